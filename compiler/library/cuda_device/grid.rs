//! A barrier for the whole grid.
//!
//! What it is: `sync`, by the protocol of CUDA's cooperative launch: blocks count themselves in the launch's workspace,
//! block 0 flips the top bit when all others have arrived.
//! What it assumes: a cooperative launch; otherwise the workspace address is meaningless.
//! What it guarantees: earlier accesses of every thread are visible to every thread after it.
//!
//! ```text
//! partial[block] = sum; grid::sync(); total = partial[0] + partial[1];
//! ```

use cuda_intrinsics::grid::{envreg1, envreg2};

use crate::atomic::{AtomicOrdering, DeviceAtomicU32};
use crate::thread;

/// The bit that flips each time all blocks have arrived.
const PHASE: u32 = 0x8000_0000;

/// Waits until every thread of the grid arrives.
#[oxide::convergent(grid)]
#[inline]
pub fn sync() {
    thread::sync_threads();
    if thread::threadIdx_x() == 0 && thread::threadIdx_y() == 0 && thread::threadIdx_z() == 0 {
        wait_for_blocks();
    }
    thread::sync_threads();
}

/// Arrives for the block and waits for the others.
fn wait_for_blocks() {
    let workspace = ((envreg1() as u64) << 32) | envreg2() as u64;
    let arrived = unsafe { DeviceAtomicU32::from_ptr((workspace as *mut u32).add(1)) };
    let is_first = thread::blockIdx_x() == 0 && thread::blockIdx_y() == 0 && thread::blockIdx_z() == 0;
    let blocks = thread::gridDim_x() * thread::gridDim_y() * thread::gridDim_z();
    let step = if is_first { PHASE - (blocks - 1) } else { 1 };
    let before = arrived.fetch_add(step, AtomicOrdering::Release);
    while (before ^ arrived.load(AtomicOrdering::Acquire)) & PHASE == 0 {}
}
