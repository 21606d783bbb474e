//! Edges of a grey image: Sobel's gradient magnitude, borders repeated.
//!
//! Safe code only, with iterators over the two masks. Launch 2-D, for example with (32, 8) threads a block, covering
//! `width x height`.

use cuda_device::thread::Runtime2DIndex;
use cuda_device::{DisjointSlice, cuda_module, kernel, thread};

#[cuda_module]
pub mod kernels {
    use super::*;

    const ACROSS: [[i32; 3]; 3] = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]];
    const DOWN: [[i32; 3]; 3] = [[-1, -2, -1], [0, 0, 0], [1, 2, 1]];

    /// A grey image by rows whose pixels outside are those of its border.
    #[derive(Clone, Copy)]
    struct Image<'a> {
        pixels: &'a [u8],
        width: usize,
        height: usize,
    }

    impl Image<'_> {
        fn at(&self, row: isize, col: isize) -> i32 {
            let row = row.clamp(0, self.height as isize - 1) as usize;
            let col = col.clamp(0, self.width as isize - 1) as usize;
            self.pixels[row * self.width + col] as i32
        }

        /// The sum of the pixels around one, weighted by a mask.
        fn around(&self, row: usize, col: usize, mask: &[[i32; 3]; 3]) -> i32 {
            mask.iter()
                .zip(-1isize..)
                .map(|(weights, dy)| {
                    weights.iter().zip(-1isize..).map(|(w, dx)| w * self.at(row as isize + dy, col as isize + dx)).sum::<i32>()
                })
                .sum()
        }
    }

    #[kernel]
    pub fn sobel(pixels: &[u8], height: u32, mut out: DisjointSlice<u8, Runtime2DIndex>) {
        let image = Image { pixels, width: out.row_width() as usize, height: height as usize };
        if let Some(index) = thread::index_2d_runtime(&out) {
            let (row, col) = (index.row(), index.col());
            if row >= image.height {
                return;
            }
            let (x, y) = (image.around(row, col, &ACROSS), image.around(row, col, &DOWN));
            if let Some(edge) = out.get_mut(index) {
                *edge = (x.abs() + y.abs()).min(255) as u8;
            }
        }
    }
}
