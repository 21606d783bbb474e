//! Items that macros make inside a body, with expressions handed in.
//!
//! What it is: constants, statics, functions and types made by a local macro. What it assumes: nothing. What it
//! guarantees: the numbers are those of rustc's machine code.
//!
//! ```text
//! //= 1: 14 ..      the results of record(1, ..)
//! ```
//= 0: 14 8 7 14
//= 1: 14 21 7 14
//= 2: 14 22 7 14
//= 9: 14 77 7 14
use cuda_device::kernel;

fn run(input: u32) -> [u64; 4] {
    macro_rules! table {
        ($name:ident, $function:ident, $value:expr) => {
            const $name: u32 = $value;
            static WORDS: [u32; 2] = [1 + $value, $value * 2];
            fn $function(x: u32) -> u32 {
                x * $value + WORDS[(x % 2) as usize]
            }
        };
    }
    table!(SEVEN, scaled, 3 + 4);
    type Row = [u8; SEVEN as usize];
    [(SEVEN * 2) as u64, scaled(input) as u64, size_of::<Row>() as u64, WORDS[1] as u64]
}

#[kernel]
pub unsafe fn record(input: u32, out: *mut u64) {
    for (i, word) in run(input).into_iter().enumerate() {
        unsafe { *out.add(i) = word };
    }
}

fn main() {}
