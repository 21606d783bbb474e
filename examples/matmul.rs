//! Single-precision matrix product `c = a * b` with 64 x 64 tiles in shared memory and 4 x 4 results per thread.
//!
//! `a` is `m x k`, `b` is `k x n`, `c` is `m x n`, row major; `m`, `n` multiples of 64 and `k` of 16. Launch 2-D
//! with (16, 16) threads a block and a grid of (n / 64, m / 64). Each thread owns one 4 x 4 tile of `c`: its writes need no
//! `unsafe`, the witness proves them disjoint.

use cuda_device::view::{LocalIndex32, RuntimeRowMajorTiles};
use cuda_device::{DisjointSlice, SharedArray, cuda_module, kernel, launch_contract, thread};

#[cuda_module]
pub mod kernels {
    use super::*;

    const TILE: usize = 64;
    const DEPTH: usize = 16;
    const RESULTS: usize = 4;

    // Unchecked as the CUDA C++ twin: lengths are the launch's promise.
    #[kernel(launch_context = launch, unchecked_indexing)]
    #[launch_contract(domain = 2, block = (16, 16, 1), coordinates = u32)]
    pub fn matmul(a: &[f32], b: &[f32], k: u32, mut c: DisjointSlice<f32, RuntimeRowMajorTiles<RESULTS, RESULTS>>) {
        static mut A: SharedArray<f32, { DEPTH * TILE }, 16> = SharedArray::UNINIT; // transposed: A[depth][row]
        static mut B: SharedArray<f32, { DEPTH * TILE }, 16> = SharedArray::UNINIT; // B[depth][col]

        let tx = thread::threadIdx_x() as usize;
        let ty = thread::threadIdx_y() as usize;
        let t = ty * 16 + tx;
        let n = c.row_width() as usize;
        let k = k as usize;
        let row0 = thread::blockIdx_y() as usize * TILE;
        let col0 = thread::blockIdx_x() as usize * TILE;

        if (row0 + TILE) * k > a.len() || k * n > b.len() || (row0 + TILE) * n > c.len() || col0 + TILE > n {
            return; // the whole block leaves together
        }

        let mut sums = [[0.0f32; RESULTS]; RESULTS];
        let mut depth0 = 0;
        while depth0 < k {
            // 256 threads load 64 x 16 elements of each matrix: four apiece.
            let mut i = 0;
            while i < RESULTS {
                let at = t + i * 256;
                let (row, depth) = (at / DEPTH, at % DEPTH);
                unsafe { A[depth * TILE + row] = a[(row0 + row) * k + depth0 + depth] };
                let (depth, col) = (at / TILE, at % TILE);
                unsafe { B[depth * TILE + col] = b[(depth0 + depth) * n + col0 + col] };
                i += 1;
            }
            thread::sync_threads();

            let mut depth = 0;
            while depth < DEPTH {
                let mut left = [0.0f32; RESULTS];
                let mut right = [0.0f32; RESULTS];
                let mut i = 0;
                while i < RESULTS {
                    unsafe {
                        left[i] = A[depth * TILE + ty * RESULTS + i];
                        right[i] = B[depth * TILE + tx * RESULTS + i];
                    }
                    i += 1;
                }
                let mut i = 0;
                while i < RESULTS {
                    let mut j = 0;
                    while j < RESULTS {
                        sums[i][j] += left[i] * right[j];
                        j += 1;
                    }
                    i += 1;
                }
                depth += 1;
            }
            thread::sync_threads();
            depth0 += DEPTH;
        }

        if let Some(mut tile) = c.tile_2d32_rt(thread::coord_2d_u32(launch)) {
            let mut i = 0;
            while i < RESULTS {
                let mut j = 0;
                while j < RESULTS {
                    if let (Some(row), Some(col)) = (LocalIndex32::new(i as u32), LocalIndex32::new(j as u32)) {
                        tile.at(row, col).write(sums[i][j]);
                    }
                    j += 1;
                }
                i += 1;
            }
        }
    }
}
