//! Copies tiles to shared memory with `cp.async` while the tile before is being added up: sums of rows of 256.
//!
//! `x` is `rows x cols` with `cols` a multiple of 256; `out` has one element per row. Launch 1-D with 64 threads a
//! block, one block per row. Needs sm_80.

use cuda_device::async_copy::{cp_async_ca_16, cp_async_commit_group, cp_async_wait_group};
use cuda_device::{DisjointSlice, SharedArray, cuda_module, kernel, launch_contract, thread, warp};

#[cuda_module]
pub mod kernels {
    use super::*;

    const TILE: usize = 256;
    const THREADS: usize = 64;

    /// Start the copy of one tile: each thread moves 16 bytes.
    ///
    /// # Safety
    /// `source` has a whole tile, 16-byte aligned; `target` is shared memory of that size.
    #[inline(always)]
    unsafe fn start_copy(target: *mut f32, source: *const f32, t: usize) {
        unsafe {
            cp_async_ca_16(target.add(4 * t) as *mut u32, source.add(4 * t) as *const u32);
            cp_async_commit_group();
        }
    }

    #[kernel]
    #[launch_contract(domain = 1, block = (64, 1, 1))]
    pub fn async_row_sums(x: &[f32], cols: u32, mut out: DisjointSlice<f32>) {
        static mut TILES: SharedArray<f32, { 2 * TILE }, 16> = SharedArray::UNINIT;
        static mut SUMS: SharedArray<f32, 2> = SharedArray::UNINIT;

        let tiles = unsafe { SharedArray::as_raw_mut_ptr(&raw mut TILES) };
        let cols = cols as usize;
        let t = thread::threadIdx_x() as usize;
        let block = thread::blockIdx_x() as usize;
        if (block + 1) * cols > x.len() || cols < TILE {
            return; // the whole block leaves together
        }
        let row = &x[block * cols..(block + 1) * cols];
        let n_tiles = cols / TILE;

        let mut sum = 0.0f32;
        unsafe { start_copy(tiles, row.as_ptr(), t) };
        let mut tile = 0;
        while tile < n_tiles {
            if tile + 1 < n_tiles {
                let target = unsafe { tiles.add(((tile + 1) & 1) * TILE) };
                unsafe { start_copy(target, row.as_ptr().add((tile + 1) * TILE), t) };
                unsafe { cp_async_wait_group(1) };
            } else {
                unsafe { cp_async_wait_group(0) };
            }
            thread::sync_threads();
            let mut i = t;
            while i < TILE {
                sum += unsafe { *tiles.add((tile & 1) * TILE + i) };
                i += THREADS;
            }
            thread::sync_threads();
            tile += 1;
        }

        sum = warp::reduce_sum_f32(sum);
        if warp::lane_id() == 0 {
            unsafe { SUMS[warp::warp_id() as usize] = sum };
        }
        thread::sync_threads();
        if t == 0 && block < out.len() {
            // One element per block.
            unsafe { *out.get_unchecked_mut(block) = SUMS[0] + SUMS[1] };
        }
    }
}
