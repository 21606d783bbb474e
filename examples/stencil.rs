//! One Jacobi step of the 2-D heat equation: the mean of the four neighbours, borders kept.
//!
//! Safe code only: the row width travels with the output slice, so no two threads can own one element. Launch 2-D,
//! for example with (32, 8) threads a block, covering `width x height`.

use cuda_device::thread::Runtime2DIndex;
use cuda_device::{DisjointSlice, cuda_module, kernel, launch_bounds, launch_contract, thread};

#[cuda_module]
pub mod kernels {
    use super::*;

    #[kernel(unchecked_indexing)] // as the CUDA C++ twin: lengths are the launch's promise
    #[launch_contract(domain = 2)]
    #[launch_bounds(256)]
    pub fn stencil(input: &[f32], height: u32, mut out: DisjointSlice<f32, Runtime2DIndex>) {
        let width = out.row_width() as usize;
        let height = height as usize;
        if let Some(index) = thread::index_2d_runtime(&out) {
            let (row, col) = (index.row(), index.col());
            if row >= height {
                return;
            }
            if let Some(out) = out.get_mut(index) {
                let at = row * width + col;
                let border = row == 0 || col == 0 || row + 1 == height || col + 1 == width;
                *out = if border {
                    input[at]
                } else {
                    0.25 * (input[at - width] + input[at + width] + input[at - 1] + input[at + 1])
                };
            }
        }
    }
}
