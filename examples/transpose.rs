//! Matrix transpose through a 32 x 32 tile in shared memory: reads and writes are both coalesced.
//!
//! `input` is `rows x cols`, `out` is `cols x rows`, both row major. Launch 2-D with (32, 8) threads a block and a
//! grid of (ceil(cols / 32), ceil(rows / 32)).

use cuda_device::thread::Runtime2DIndex;
use cuda_device::{DisjointSlice, SharedArray, cuda_module, kernel, launch_contract, thread};

#[cuda_module]
pub mod kernels {
    use super::*;

    const TILE: usize = 32;
    const STEP: usize = 8;
    const PITCH: usize = TILE + 1; // the extra column keeps column reads free of bank conflicts

    #[kernel(unchecked_indexing)] // as the CUDA C++ twin: lengths are the launch's promise
    #[launch_contract(domain = 2, block = (32, 8, 1))]
    pub fn transpose(input: &[f32], cols: u32, mut out: DisjointSlice<f32, Runtime2DIndex>) {
        static mut BUFFER: SharedArray<f32, { TILE * PITCH }> = SharedArray::UNINIT;

        let tx = thread::threadIdx_x() as usize;
        let ty = thread::threadIdx_y() as usize;
        let rows = out.row_width() as usize;
        let cols = cols as usize;

        let col = thread::blockIdx_x() as usize * TILE + tx;
        let mut k = 0;
        while k < TILE {
            let row = thread::blockIdx_y() as usize * TILE + ty + k;
            if row < rows && col < cols {
                unsafe { BUFFER[(ty + k) * PITCH + tx] = input[row * cols + col] };
            }
            k += STEP;
        }
        thread::sync_threads();

        let out_col = thread::blockIdx_y() as usize * TILE + tx;
        k = 0;
        while k < TILE {
            let out_row = thread::blockIdx_x() as usize * TILE + ty + k;
            if out_row < cols && out_col < rows {
                let at = out_row * rows + out_col;
                if at < out.len() {
                    // Tiles of different blocks and rows of one tile never overlap.
                    unsafe { *out.get_unchecked_mut(at) = BUFFER[tx * PITCH + ty + k] };
                }
            }
            k += STEP;
        }
    }
}
