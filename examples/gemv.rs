//! Matrix-vector product `y = a * x`: one warp per row.
//!
//! `a` is `rows x cols`, row major. Launch 1-D with 256 threads a block and ceil(rows / 8) blocks.

use cuda_device::{DisjointSlice, cuda_module, kernel, launch_contract, thread, warp};

#[cuda_module]
pub mod kernels {
    use super::*;

    #[kernel]
    #[launch_contract(domain = 1, block = (256, 1, 1))]
    pub fn gemv(a: &[f32], x: &[f32], mut y: DisjointSlice<f32>) {
        let cols = x.len();
        let lane = warp::lane_id() as usize;
        let warps_per_block = thread::blockDim_x() / 32;
        let row = (thread::blockIdx_x() * warps_per_block + warp::warp_id()) as usize;
        if row >= y.len() || (row + 1) * cols > a.len() {
            return; // a whole warp leaves together
        }
        let row_of_a = &a[row * cols..(row + 1) * cols];

        let mut sum = 0.0f32;
        let mut i = lane;
        while i < cols {
            sum += row_of_a[i] * x[i];
            i += 32;
        }
        sum = warp::reduce_sum_f32(sum);
        if lane == 0 {
            // Lane 0 of each warp writes the element of its row.
            unsafe { *y.get_unchecked_mut(row) = sum };
        }
    }
}
