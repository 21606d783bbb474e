//! Softmax of each row of a matrix: one block per row, two block reductions (maximum, sum of exponentials).
//!
//! `x` and `out` are `rows x cols`, row major. Launch 1-D with 256 threads a block and one block per row.

use cuda_device::{DisjointSlice, SharedArray, cuda_module, kernel, launch_contract, thread, warp};

#[cuda_module]
pub mod kernels {
    use super::*;

    const THREADS: usize = 256;
    const WARPS: usize = THREADS / 32;

    #[kernel]
    #[launch_contract(domain = 1, block = (256, 1, 1))]
    pub fn softmax(x: &[f32], cols: u32, mut out: DisjointSlice<f32>) {
        static mut PARTIAL: SharedArray<f32, WARPS> = SharedArray::UNINIT;

        let cols = cols as usize;
        let t = thread::threadIdx_x() as usize;
        let lane = warp::lane_id() as usize;
        let warp_in_block = warp::warp_id() as usize;
        let start = thread::blockIdx_x() as usize * cols;
        if start + cols > x.len() || start + cols > out.len() {
            return; // the whole block leaves together
        }
        let row = &x[start..start + cols];

        let mut largest = f32::NEG_INFINITY;
        let mut i = t;
        while i < cols {
            largest = largest.max(row[i]);
            i += THREADS;
        }
        largest = warp::reduce_max_f32(largest);
        if lane == 0 {
            unsafe { PARTIAL[warp_in_block] = largest };
        }
        thread::sync_threads();
        largest = unsafe { PARTIAL[lane % WARPS] };
        largest = warp::reduce_max_f32(largest);
        thread::sync_threads();

        let mut sum = 0.0f32;
        i = t;
        while i < cols {
            sum += (row[i] - largest).exp();
            i += THREADS;
        }
        sum = warp::reduce_sum_f32(sum);
        if lane == 0 {
            unsafe { PARTIAL[warp_in_block] = sum };
        }
        thread::sync_threads();
        let share = if lane < WARPS { unsafe { PARTIAL[lane] } } else { 0.0 };
        let scale = 1.0 / warp::reduce_sum_f32(share);

        i = t;
        while i < cols {
            // Rows belong to blocks, columns modulo 256 to threads.
            unsafe { *out.get_unchecked_mut(start + i) = (row[i] - largest).exp() * scale };
            i += THREADS;
        }
    }
}
