//! One pass of a least-significant-digit radix sort over 4-bit digits: count, (scan), scatter. Stable.
//!
//! Both kernels: 1-D, 256 threads a block, one key per thread. `digit_counts` writes `counts[digit * blocks +
//! block]`; scan that array exclusively, then `scatter` moves each key to its place.

use cuda_device::atomic::{AtomicOrdering, BlockAtomicU32};
use cuda_device::{DisjointSlice, SharedArray, cuda_module, kernel, launch_contract, thread, warp};

#[cuda_module]
pub mod kernels {
    use super::*;

    const DIGITS: usize = 16;
    const WARPS: usize = 8;
    const NO_DIGIT: u32 = DIGITS as u32;

    #[inline(always)]
    fn digit_of(key: u32, shift: u32) -> u32 {
        (key >> shift) & 15
    }

    #[kernel]
    #[launch_contract(domain = 1, block = (256, 1, 1))]
    pub fn digit_counts(keys: &[u32], shift: u32, mut counts: DisjointSlice<u32>) {
        static mut LOCAL: SharedArray<u32, DIGITS> = SharedArray::UNINIT;

        let t = thread::threadIdx_x() as usize;
        if t < DIGITS {
            unsafe { LOCAL[t] = 0 };
        }
        thread::sync_threads();

        let i = thread::index_1d().get();
        if i < keys.len() {
            let digit = digit_of(keys[i], shift) as usize;
            let local = unsafe { SharedArray::as_raw_mut_ptr(&raw mut LOCAL) };
            let counter = unsafe { BlockAtomicU32::from_ptr(local.add(digit)) };
            counter.fetch_add(1, AtomicOrdering::Relaxed);
        }
        thread::sync_threads();

        let at = t * thread::gridDim_x() as usize + thread::blockIdx_x() as usize;
        if t < DIGITS && at < counts.len() {
            // One element per digit and block.
            unsafe { *counts.get_unchecked_mut(at) = LOCAL[t] };
        }
    }

    /// `offsets`: exclusive scan of the counts, in the same order.
    #[kernel]
    #[launch_contract(domain = 1, block = (256, 1, 1))]
    pub fn scatter(keys: &[u32], offsets: &[u32], shift: u32, mut out: DisjointSlice<u32>) {
        static mut WARP_COUNTS: SharedArray<u32, { DIGITS * WARPS }> = SharedArray::UNINIT;

        let i = thread::index_1d().get();
        let lane = warp::lane_id();
        let warp_in_block = warp::warp_id() as usize;
        let key = if i < keys.len() { keys[i] } else { 0 };
        let digit = if i < keys.len() { digit_of(key, shift) } else { NO_DIGIT };

        // Lanes with my digit, and how many of them come before me.
        let same = warp::match_any_sync(0xffff_ffff, digit);
        let rank_in_warp = (same & warp::lanemask_lt()).count_ones();

        if (lane as usize) < DIGITS {
            unsafe { WARP_COUNTS[lane as usize * WARPS + warp_in_block] = 0 };
        }
        warp::sync_mask(0xffff_ffff);
        if digit != NO_DIGIT && rank_in_warp == 0 {
            unsafe { WARP_COUNTS[digit as usize * WARPS + warp_in_block] = same.count_ones() };
        }
        thread::sync_threads();

        if digit != NO_DIGIT {
            let mut rank = rank_in_warp;
            let mut w = 0;
            while w < warp_in_block {
                rank += unsafe { WARP_COUNTS[digit as usize * WARPS + w] };
                w += 1;
            }
            let block = thread::blockIdx_x() as usize;
            let start = offsets[digit as usize * thread::gridDim_x() as usize + block];
            let at = (start + rank) as usize;
            if at < out.len() {
                // Ranks are distinct, so no two threads write one element.
                unsafe { *out.get_unchecked_mut(at) = key };
            }
        }
    }
}
