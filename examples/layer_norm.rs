//! Layer normalisation of each row: `(x - mean) / sqrt(variance + epsilon) * gamma + beta`.
//!
//! `x` and `out` are `rows x cols`, `gamma` and `beta` have `cols` elements. Launch 1-D with 256 threads a block
//! and one block per row.

use cuda_device::{DisjointSlice, SharedArray, cuda_module, kernel, launch_contract, thread, warp};

#[cuda_module]
pub mod kernels {
    use super::*;

    const THREADS: usize = 256;
    const WARPS: usize = THREADS / 32;

    /// Sum over the block; every thread gets it. Call from uniform control flow only.
    #[inline(always)]
    fn block_sum(value: f32) -> f32 {
        static mut PARTIAL: SharedArray<f32, WARPS> = SharedArray::UNINIT;

        let lane = warp::lane_id() as usize;
        let sum = warp::reduce_sum_f32(value);
        thread::sync_threads(); // the array may still be read from the call before
        if lane == 0 {
            unsafe { PARTIAL[warp::warp_id() as usize] = sum };
        }
        thread::sync_threads();
        warp::reduce_sum_f32(if lane < WARPS { unsafe { PARTIAL[lane] } } else { 0.0 })
    }

    #[kernel]
    #[launch_contract(domain = 1, block = (256, 1, 1))]
    pub fn layer_norm(
        x: &[f32],
        gamma: &[f32],
        beta: &[f32],
        epsilon: f32,
        cols: u32,
        mut out: DisjointSlice<f32>,
    ) {
        let cols = cols as usize;
        let t = thread::threadIdx_x() as usize;
        let start = thread::blockIdx_x() as usize * cols;
        if start + cols > x.len() || start + cols > out.len() || gamma.len() < cols || beta.len() < cols {
            return; // the whole block leaves together
        }
        let row = &x[start..start + cols];

        let mut sum = 0.0f32;
        let mut i = t;
        while i < cols {
            sum += row[i];
            i += THREADS;
        }
        let mean = block_sum(sum) / cols as f32;

        let mut squares = 0.0f32;
        i = t;
        while i < cols {
            let d = row[i] - mean;
            squares += d * d;
            i += THREADS;
        }
        let variance = block_sum(squares) / cols as f32;
        let scale = 1.0 / (variance + epsilon).sqrt();

        i = t;
        while i < cols {
            let value = (row[i] - mean) * scale * gamma[i] + beta[i];
            // Rows belong to blocks, columns modulo 256 to threads.
            unsafe { *out.get_unchecked_mut(start + i) = value };
            i += THREADS;
        }
    }
}
