//! Dot product of two vectors, added up with one floating-point atomic per block.
//!
//! Launch 1-D with 256 threads a block; `result` has one element, zero before the launch. The order of the
//! additions varies from run to run, and so do the last bits.

use cuda_device::atomic::{AtomicOrdering, DeviceAtomicF32};
use cuda_device::{DisjointSlice, SharedArray, cuda_module, kernel, launch_contract, thread, warp};

#[cuda_module]
pub mod kernels {
    use super::*;

    const WARPS: usize = 8;

    #[kernel]
    #[launch_contract(domain = 1, block = (256, 1, 1))]
    pub fn dot(a: &[f32], b: &[f32], mut result: DisjointSlice<f32>) {
        static mut SUMS: SharedArray<f32, WARPS> = SharedArray::UNINIT;

        let n = if a.len() < b.len() { a.len() } else { b.len() };
        let stride = (thread::gridDim_x() * thread::blockDim_x()) as usize;
        let mut i = (thread::blockIdx_x() * thread::blockDim_x() + thread::threadIdx_x()) as usize;
        let mut sum = 0.0f32;
        while i < n {
            sum += a[i] * b[i];
            i += stride;
        }

        let lane = warp::lane_id() as usize;
        sum = warp::reduce_sum_f32(sum);
        if lane == 0 {
            unsafe { SUMS[warp::warp_id() as usize] = sum };
        }
        thread::sync_threads();

        if warp::warp_id() == 0 {
            let share = if lane < WARPS { unsafe { SUMS[lane] } } else { 0.0 };
            let total = warp::reduce_sum_f32(share);
            if lane == 0 && !result.is_empty() {
                // All blocks add to the one element, atomically.
                let target = unsafe { DeviceAtomicF32::from_ptr(result.as_mut_ptr()) };
                target.fetch_add(total, AtomicOrdering::Relaxed);
            }
        }
    }
}
