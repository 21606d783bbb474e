//! Patterns that look at a field of a union: alone, inside other patterns, behind a reference.
//!
//! What it is: `match`, `let` and `if let` on unions. What it assumes: all fields are valid for the bytes written. What it
//! guarantees: the numbers are those of rustc's machine code.
//!
//! ```text
//! //= 1: 1 1 ..      the results of record(1, ..)
//! ```
//= 0: 1 0 1 0 0
//= 1: 2 1065353216 1 1065353216 63
//= 2: 0 1073741824 0 64 64
//= 3: 0 1077936128 0 3 64
//= 4: 4 1082130432 0 1082130432 64
//= 7: 7 1088421888 0 1088421888 64
//= 100: 100 1120403456 0 1120403456 66
use cuda_device::kernel;

#[derive(Clone, Copy)]
union Bits {
    float: f32,
    word: u32,
    bytes: [u8; 4],
}
#[derive(Clone, Copy)]
struct Tagged {
    tag: u8,
    bits: Bits,
}

fn classify(x: Bits) -> u64 {
    unsafe {
        match x {
            Bits { word: 0 } => 1,
            Bits { bytes: [.., 0x3f] } => 2,
            Bits { float } if float > 3.0 => float as u64,
            Bits { bytes: [a, b, ..] } => a as u64 * 256 + b as u64,
        }
    }
}

fn tagged(x: &Tagged) -> u64 {
    unsafe {
        match *x {
            Tagged { tag: 0, bits: Bits { float } } => float as u64,
            Tagged { tag: 1, bits: Bits { word } } => word as u64,
            Tagged { bits: Bits { bytes: [.., last] }, .. } => last as u64,
        }
    }
}

fn run(input: u32) -> [u64; 5] {
    let bits = Bits { float: input as f32 };
    let word = unsafe {
        let Bits { word } = bits;
        word as u64
    };
    let Bits { bytes: _ } = bits;
    let small = unsafe { if let Bits { word: 0 | 0x3f80_0000 } = &bits { 1 } else { 0 } };
    [classify(bits), word, small, tagged(&Tagged { tag: (input % 3) as u8, bits }), tagged(&Tagged { tag: 2, bits })]
}

#[kernel]
pub unsafe fn record(input: u32, out: *mut u64) {
    for (i, word) in run(input).into_iter().enumerate() {
        unsafe { *out.add(i) = word };
    }
}

fn main() {}
