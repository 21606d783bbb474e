//! Inclusive scan (running sum) in two kernels: a scan inside each block, then the sums of the blocks before it.
//!
//! `scan_blocks`: 256 threads a block, one element per thread; `block_sums` gets each block's total. Scan those
//! (with the same kernel, or on the host), then `add_block_offsets` with the same launch shape.

use cuda_device::{DisjointSlice, SharedArray, cuda_module, kernel, launch_contract, thread, warp};

#[cuda_module]
pub mod kernels {
    use super::*;

    const WARPS: usize = 8;

    /// Inclusive scan over the lanes of a warp: log2(32) shuffles.
    #[inline(always)]
    fn warp_scan(mut value: u32, lane: u32) -> u32 {
        let mut delta = 1u32;
        while delta < 32 {
            let other = warp::shuffle_up(value, delta);
            if lane >= delta {
                value += other;
            }
            delta *= 2;
        }
        value
    }

    #[kernel]
    #[launch_contract(domain = 1, block = (256, 1, 1))]
    pub fn scan_blocks(x: &[u32], mut out: DisjointSlice<u32>, mut block_sums: DisjointSlice<u32>) {
        static mut TOTALS: SharedArray<u32, WARPS> = SharedArray::UNINIT;

        let index = thread::index_1d();
        let i = index.get();
        let lane = warp::lane_id();
        let warp_in_block = warp::warp_id() as usize;

        let value = if i < x.len() { x[i] } else { 0 };
        let mut scanned = warp_scan(value, lane);
        if lane == 31 {
            unsafe { TOTALS[warp_in_block] = scanned };
        }
        thread::sync_threads();

        if warp_in_block == 0 {
            let total = if (lane as usize) < WARPS { unsafe { TOTALS[lane as usize] } } else { 0 };
            let before = warp_scan(total, lane) - total;
            if (lane as usize) < WARPS {
                unsafe { TOTALS[lane as usize] = before };
            }
        }
        thread::sync_threads();

        scanned += unsafe { TOTALS[warp_in_block] };
        if let Some(out) = out.get_mut(index) {
            *out = scanned;
        }
        let block = thread::blockIdx_x() as usize;
        if thread::threadIdx_x() == thread::blockDim_x() - 1 && block < block_sums.len() {
            // The last thread of each block writes the element of its block.
            unsafe { *block_sums.get_unchecked_mut(block) = scanned };
        }
    }

    /// `scanned_sums`: inclusive scan of the block sums.
    #[kernel]
    pub fn add_block_offsets(scanned_sums: &[u32], mut out: DisjointSlice<u32>) {
        let block = thread::blockIdx_x() as usize;
        if block == 0 {
            return;
        }
        let offset = scanned_sums[block - 1];
        if let Some(out) = out.get_mut(thread::index_1d()) {
            *out += offset;
        }
    }
}
