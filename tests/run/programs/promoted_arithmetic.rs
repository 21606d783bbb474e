//! Constant arithmetic that overflows behind a reference wraps, as all arithmetic of a release build does.
//!
//! What it is: values read through promoted constants. What it assumes: overflow checks are off. What it guarantees: the
//! numbers are those of rustc's machine code.
//!
//! ```text
//! //= 1: 3 2147483648 ..      the results of record(1, ..)
//! ```
//= 1: 3 2147483648 2147483643 18446744073709551611 65532
//= 0: 3 4294967294 2147483648 18446744073709551615 65532

#![allow(arithmetic_overflow)]
use cuda_device::kernel;

fn run(c: bool) -> [u64; 5] {
    let length = [51008u32 - u32::MAX; 3].len() as u64;
    let pair: &'static [i32; 2] = if c { &[i32::MAX + 1, -(i32::MIN + 2) - 3] } else { &[7 - 9, i32::MIN * 3] };
    let shifted: &u64 = if c { &(u64::MAX * 5) } else { &(0 - 1) };
    let nested = &(&(255u8 + 2), (4u16 - 9, [u8::MAX + 1; 2]));
    [length, pair[0] as u32 as u64, pair[1] as u32 as u64, *shifted, *nested.0 as u64 + nested.1.0 as u64 + nested.1.1[1] as u64]
}

#[kernel]
pub unsafe fn record(input: u32, out: *mut u64) {
    for (i, word) in run(input != 0).into_iter().enumerate() {
        unsafe { *out.add(i) = word };
    }
}

fn main() {}
