//! Sparse matrix times vector, CSR format, one row per thread.
//!
//! Row `r` has the entries `row_starts[r] .. row_starts[r + 1]` of `columns` and `values`. Safe code only. Launch
//! 1-D with at least as many threads as rows.

use cuda_device::{DisjointSlice, cuda_module, kernel, thread};

#[cuda_module]
pub mod kernels {
    use super::*;

    #[kernel]
    pub fn spmv(
        row_starts: &[u32],
        columns: &[u32],
        values: &[f32],
        x: &[f32],
        mut y: DisjointSlice<f32>,
    ) {
        let index = thread::index_1d();
        let row = index.get();
        if let Some(y) = y.get_mut(index) {
            let mut sum = 0.0f32;
            if row + 1 < row_starts.len() {
                let start = row_starts[row] as usize;
                let end = row_starts[row + 1] as usize;
                if start <= end && end <= columns.len() && end <= values.len() {
                    for (column, value) in columns[start..end].iter().zip(values[start..end].iter()) {
                        if let Some(x) = x.get(*column as usize) {
                            sum += *value * *x;
                        }
                    }
                }
            }
            *y = sum;
        }
    }
}
