//! Escape times of the Mandelbrot set, one pixel per thread.
//!
//! Safe code only. `out` is an image whose row width travels with it. Launch 2-D, for example with (16, 16) threads
//! a block.

use cuda_device::thread::Runtime2DIndex;
use cuda_device::{DisjointSlice, cuda_module, kernel, thread};

#[cuda_module]
pub mod kernels {
    use super::*;

    #[kernel]
    pub fn mandelbrot(
        left: f32,
        top: f32,
        pixel: f32,
        limit: u32,
        mut out: DisjointSlice<u32, Runtime2DIndex>,
    ) {
        if let Some(index) = thread::index_2d_runtime(&out) {
            let cx = left + index.col() as f32 * pixel;
            let cy = top - index.row() as f32 * pixel;
            let (mut x, mut y) = (0.0f32, 0.0f32);
            let mut n = 0u32;
            while n < limit && x * x + y * y <= 4.0 {
                let next = x * x - y * y + cx;
                y = 2.0 * x * y + cy;
                x = next;
                n += 1;
            }
            if let Some(out) = out.get_mut(index) {
                *out = n;
            }
        }
    }
}
