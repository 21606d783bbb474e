//! References to values without changeable parts live forever, whatever the type they are of.
//!
//! What it is: `&None`, `&[]` and aggregates of them, of generic types. What it assumes: nothing. What it guarantees:
//! the numbers are those of rustc's machine code.
//!
//! ```text
//! //= 1: 1 ..      the results of record(1, ..)
//! ```
//= 0: 1 0 2
//= 2: 1 0 1
use core::cell::Cell;
use cuda_device::kernel;

struct Slot<T>(Option<T>, [T; 0]);

fn nothing<T>() -> &'static Option<T> {
    &None
}
fn no_items<T>() -> core::slice::Iter<'static, T> {
    [].iter()
}
fn slot<T>() -> &'static Slot<T> {
    &Slot(None, [])
}
fn pair<T>(x: bool) -> &'static (Option<T>, u8) {
    if x { &(None, 1) } else { &(None, 2) }
}
fn cell() -> &'static Option<Cell<u8>> {
    &None
}

fn run(input: u32) -> [u64; 3] {
    let empty = nothing::<Cell<u32>>().is_none() as u64 + no_items::<u64>().len() as u64;
    [empty, slot::<Cell<u8>>().1.len() as u64 + slot::<u8>().0.is_some() as u64, pair::<u64>(input > 1).1 as u64 + cell().is_some() as u64]
}

#[kernel]
pub unsafe fn record(input: u32, out: *mut u64) {
    for (i, word) in run(input).into_iter().enumerate() {
        unsafe { *out.add(i) = word };
    }
}

fn main() {}
