//! One generation of Conway's Game of Life on a torus, one cell per thread, cells as bytes.
//!
//! Safe code only. Launch 2-D, for example with (32, 8) threads a block, covering the board.

use cuda_device::thread::Runtime2DIndex;
use cuda_device::{DisjointSlice, cuda_module, kernel, thread};

#[cuda_module]
pub mod kernels {
    use super::*;

    #[kernel]
    pub fn life(cells: &[u8], height: u32, mut next: DisjointSlice<u8, Runtime2DIndex>) {
        let width = next.row_width() as usize;
        let height = height as usize;
        if let Some(index) = thread::index_2d_runtime(&next) {
            let (row, col) = (index.row(), index.col());
            if row >= height {
                return;
            }
            let rows = [if row == 0 { height - 1 } else { row - 1 }, row, if row + 1 == height { 0 } else { row + 1 }];
            let cols = [if col == 0 { width - 1 } else { col - 1 }, col, if col + 1 == width { 0 } else { col + 1 }];
            let mut alive = 0u32;
            for r in rows {
                for c in cols {
                    alive += cells[r * width + c] as u32;
                }
            }
            let own = cells[row * width + col];
            alive -= own as u32;
            if let Some(cell) = next.get_mut(index) {
                *cell = match (own, alive) {
                    (_, 3) => 1,
                    (1, 2) => 1,
                    _ => 0,
                };
            }
        }
    }
}
