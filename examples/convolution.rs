//! 2-D convolution with a 5 x 5 filter over a tile with halo in shared memory; outside the image is zero.
//!
//! `input` and `out` are `height x width`, `filter` has 25 elements. Launch 2-D with (32, 8) threads a block and a
//! grid of (ceil(width / 32), ceil(height / 8)).

use cuda_device::thread::Runtime2DIndex;
use cuda_device::{DisjointSlice, SharedArray, cuda_module, kernel, launch_contract, thread};

#[cuda_module]
pub mod kernels {
    use super::*;

    const RADIUS: usize = 2;
    const SIZE: usize = 2 * RADIUS + 1;
    const TILE_X: usize = 32;
    const TILE_Y: usize = 8;
    const PITCH: usize = TILE_X + 2 * RADIUS;
    const ROWS: usize = TILE_Y + 2 * RADIUS;

    #[kernel]
    #[launch_contract(domain = 2, block = (32, 8, 1))]
    pub fn convolution(input: &[f32], filter: &[f32], height: u32, mut out: DisjointSlice<f32, Runtime2DIndex>) {
        static mut TILE: SharedArray<f32, { PITCH * ROWS }> = SharedArray::UNINIT;
        static mut FILTER: SharedArray<f32, { SIZE * SIZE }> = SharedArray::UNINIT;

        let (width, height) = (out.row_width() as usize, height as usize);
        let tx = thread::threadIdx_x() as usize;
        let ty = thread::threadIdx_y() as usize;
        let t = ty * TILE_X + tx;
        let col0 = thread::blockIdx_x() as usize * TILE_X;
        let row0 = thread::blockIdx_y() as usize * TILE_Y;

        let mut at = t;
        while at < PITCH * ROWS {
            // Subtracting the radius wraps below zero, which the comparison rejects as too large.
            let row = (row0 + at / PITCH).wrapping_sub(RADIUS);
            let col = (col0 + at % PITCH).wrapping_sub(RADIUS);
            let inside = row < height && col < width;
            unsafe { TILE[at] = if inside { input[row * width + col] } else { 0.0 } };
            at += TILE_X * TILE_Y;
        }
        if t < SIZE * SIZE {
            unsafe { FILTER[t] = filter[t] };
        }
        thread::sync_threads();

        let mut sum = 0.0f32;
        let mut dy = 0;
        while dy < SIZE {
            let mut dx = 0;
            while dx < SIZE {
                sum += unsafe { TILE[(ty + dy) * PITCH + tx + dx] * FILTER[dy * SIZE + dx] };
                dx += 1;
            }
            dy += 1;
        }
        let (row, col) = (row0 + ty, col0 + tx);
        let at = row * width + col;
        if row < height && col < width && at < out.len() {
            // One pixel per thread.
            unsafe { *out.get_unchecked_mut(at) = sum };
        }
    }
}
