//! `y = a * x + y`: one element per thread.
//!
//! Launch 1-D with at least `y.len()` threads; `x` and `y` have the same length.

use cuda_device::{DisjointSlice, cuda_module, kernel, thread};

#[cuda_module]
pub mod kernels {
    use super::*;

    #[kernel]
    pub fn saxpy(a: f32, x: &[f32], mut y: DisjointSlice<f32>) {
        let index = thread::index_1d();
        let i = index.get();
        if let Some(y) = y.get_mut(index) {
            *y = a * x[i] + *y;
        }
    }
}
