//! Normalises a vector to sum 1 in one launch: partial sums, a barrier of the whole grid, then the division.
//!
//! Cooperative launch, 1-D, 256 threads a block, no more blocks than fit on the GPU at once; `partial` has one
//! element per block.

use cuda_device::{
    DisjointSlice, SharedArray, cooperative_launch, cuda_module, grid, kernel, launch_contract, thread, warp,
};

#[cuda_module]
pub mod kernels {
    use super::*;

    const WARPS: usize = 8;

    #[kernel]
    #[launch_contract(domain = 1, block = (256, 1, 1))]
    #[cooperative_launch]
    pub fn normalise(mut x: DisjointSlice<f32>, mut partial: DisjointSlice<f32>) {
        static mut SUMS: SharedArray<f32, WARPS> = SharedArray::UNINIT;

        let n = x.len();
        let values = x.as_mut_ptr();
        let sums = partial.as_mut_ptr();
        let blocks = thread::gridDim_x() as usize;
        let stride = blocks * thread::blockDim_x() as usize;
        let first = (thread::blockIdx_x() * thread::blockDim_x() + thread::threadIdx_x()) as usize;

        let mut sum = 0.0f32;
        let mut i = first;
        while i < n {
            sum += unsafe { *values.add(i) };
            i += stride;
        }
        sum = warp::reduce_sum_f32(sum);
        if warp::lane_id() == 0 {
            unsafe { SUMS[warp::warp_id() as usize] = sum };
        }
        thread::sync_threads();
        if thread::threadIdx_x() == 0 {
            let mut total = 0.0f32;
            let mut w = 0;
            while w < WARPS {
                total += unsafe { SUMS[w] };
                w += 1;
            }
            unsafe { *sums.add(thread::blockIdx_x() as usize) = total };
        }

        grid::sync();

        let mut total = 0.0f32;
        let mut b = 0;
        while b < blocks {
            total += unsafe { *sums.add(b) };
            b += 1;
        }
        i = first;
        while i < n {
            // The elements this thread added are the ones it divides.
            unsafe { *values.add(i) /= total };
            i += stride;
        }
    }
}
