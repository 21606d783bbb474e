//! Ackermann's function: recursion whose depth the assembler cannot know.

use cuda_device::{kernel, thread, DisjointSlice};

#[inline(never)]
fn ackermann(m: u32, n: u32) -> u32 {
    match (m, n) {
        (0, _) => n + 1,
        (_, 0) => ackermann(m - 1, 1),
        _ => ackermann(m - 1, ackermann(m, n - 1)),
    }
}

#[kernel]
pub fn deep(mut out: DisjointSlice<u32>) {
    let index = thread::index_1d();
    let n = index.get() as u32 % 60;
    if let Some(slot) = out.get_mut(index) {
        *slot = ackermann(2, n);
    }
}
