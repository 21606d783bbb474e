//! Pointers to arrays and to structs that end in one become pointers to slices.
//!
//! What it is: references, raw pointers of both kinds, nested structs. What it assumes: nothing. What it guarantees: the
//! numbers are those of rustc's machine code.
//!
//! ```text
//! //= 1: 1 ..      the results of record(1, ..)
//! ```
//= 0: 3 8 19
//= 1: 4 12 20
//= 2: 5 16 21
//= 7: 10 36 26
//= 12345: 12348 49388 12364
use cuda_device::kernel;
use core::cell::{Cell, UnsafeCell};
struct Lock<T: ?Sized> { held: Cell<bool>, value: UnsafeCell<T> }
struct Wrap<T: ?Sized>(u32, Lock<T>);
fn total(l: &Lock<[u32]>) -> u32 { unsafe { (*l.value.get()).iter().sum() } }
fn run(input: u32) -> [u64; 3] {
    let lock: &Lock<[u32]> = &Lock { held: Cell::new(false), value: UnsafeCell::new([1, 2, input]) };
    let own = Wrap(7, Lock { held: Cell::new(true), value: UnsafeCell::new([input; 4]) });
    let wide: &Wrap<[u32]> = &own;
    let mut a = [1u32, input, 3];
    let p: *mut [u32] = &raw mut a;
    let q: *const [u32] = &raw mut a;
    let r: *const [u32; 3] = &a;
    let s: *const [u32] = r;
    unsafe { (&mut *p)[0] = 9; }
    let n = unsafe { (&*q)[0] + (&*s).len() as u32 + p.len() as u32 };
    let cell: &Cell<[u32]> = &Cell::new([1, 2, 3]);
    cell.as_slice_of_cells()[1].set(input);
    [total(lock) as u64 + lock.held.get() as u64, total(&wide.1) as u64 + wide.0 as u64 + own.1.held.get() as u64, n as u64 + cell.as_slice_of_cells().iter().map(|c| c.get() as u64).sum::<u64>()]
}

#[kernel]
pub unsafe fn record(input: u32, out: *mut u64) {
    for (i, word) in run(input).into_iter().enumerate() {
        unsafe { *out.add(i) = word };
    }
}

fn main() {}
