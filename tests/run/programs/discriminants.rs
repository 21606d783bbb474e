//! Opaque discriminants are as wide as the enum's, also where a generic function takes them.
//!
//! What it is: `core::mem::discriminant` of enums with and without a representation, as values and as a constant. What it
//! assumes: nothing. What it guarantees: the numbers are those of rustc's machine code.
//!
//! ```text
//! //= 1: 1 ..      the results of record(1, ..)
//! ```
//= 0: 1 0 1 8 2
//= 1: 0 1 1 8 2
use core::mem::{Discriminant, discriminant, size_of};
use cuda_device::kernel;

#[repr(u16)]
#[derive(Clone, Copy)]
enum Wide {
    Low = 1,
    High = 257,
}
#[derive(Clone, Copy)]
enum Plain {
    A(u32),
    B,
}
const B: Discriminant<Plain> = discriminant(&Plain::B);

fn same<T>(x: &T, y: &T) -> u64 {
    let of_x = discriminant(x);
    (of_x == discriminant(y)) as u64
}

fn run(input: u32) -> [u64; 5] {
    let (wide, plain) = if input == 0 { (Wide::Low, Plain::A(7)) } else { (Wide::High, Plain::B) };
    [
        same(&wide, &Wide::Low),
        (discriminant(&plain) == B) as u64,
        same(&plain, &plain),
        size_of::<Discriminant<Plain>>() as u64,
        size_of::<Discriminant<Wide>>() as u64,
    ]
}

#[kernel]
pub unsafe fn record(input: u32, out: *mut u64) {
    for (i, word) in run(input).into_iter().enumerate() {
        unsafe { *out.add(i) = word };
    }
}
