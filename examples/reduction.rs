//! Sum of a vector: each block adds a strided share of `x` and writes one partial sum.
//!
//! Launch 1-D with 256 threads a block; `partial` has one element per block. Add the partial sums on the host, or
//! run the kernel again on them with one block.

use cuda_device::{DisjointSlice, SharedArray, cuda_module, kernel, launch_contract, thread, warp};

#[cuda_module]
pub mod kernels {
    use super::*;

    const WARPS: usize = 8;

    #[kernel]
    #[launch_contract(domain = 1, block = (256, 1, 1))]
    pub fn reduce_sum(x: &[f32], mut partial: DisjointSlice<f32>) {
        static mut SUMS: SharedArray<f32, WARPS> = SharedArray::UNINIT;

        let stride = (thread::gridDim_x() * thread::blockDim_x()) as usize;
        let mut i = (thread::blockIdx_x() * thread::blockDim_x() + thread::threadIdx_x()) as usize;
        let mut sum = 0.0f32;
        while i < x.len() {
            sum += x[i];
            i += stride;
        }

        let lane = warp::lane_id() as usize;
        let warp_in_block = warp::warp_id() as usize;
        sum = warp::reduce_sum_f32(sum);
        if lane == 0 {
            unsafe { SUMS[warp_in_block] = sum };
        }
        thread::sync_threads();

        if warp_in_block == 0 {
            let share = if lane < WARPS { unsafe { SUMS[lane] } } else { 0.0 };
            let total = warp::reduce_sum_f32(share);
            let block = thread::blockIdx_x() as usize;
            if lane == 0 && block < partial.len() {
                // One thread of each block writes the element of its block.
                unsafe { *partial.get_unchecked_mut(block) = total };
            }
        }
    }
}
