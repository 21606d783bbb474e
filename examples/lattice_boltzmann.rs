//! One step of a lattice Boltzmann flow (D2Q9, BGK) on a torus: pull, collide, write.
//!
//! Populations are stored by direction (`9 x height x width`), so that neighbouring threads read neighbouring
//! elements. Launch 1-D over the cells.

use cuda_device::{DisjointSlice, cuda_module, kernel, thread};

#[cuda_module]
pub mod kernels {
    use super::*;

    const DIRECTIONS: [(isize, isize); 9] =
        [(0, 0), (1, 0), (0, 1), (-1, 0), (0, -1), (1, 1), (-1, 1), (-1, -1), (1, -1)];
    const WEIGHTS: [f32; 9] = {
        let mut weights = [4.0 / 9.0; 9];
        let mut i = 1;
        while i < 9 {
            weights[i] = if i < 5 { 1.0 / 9.0 } else { 1.0 / 36.0 };
            i += 1;
        }
        weights
    };

    /// Density and velocity of a cell.
    struct Moments {
        density: f32,
        ux: f32,
        uy: f32,
    }

    impl Moments {
        fn of(populations: &[f32; 9]) -> Moments {
            let density: f32 = populations.iter().sum();
            let (px, py) = populations.iter().zip(DIRECTIONS).fold((0.0, 0.0), |(px, py), (f, (dx, dy))| {
                (px + f * dx as f32, py + f * dy as f32)
            });
            Moments { density, ux: px / density, uy: py / density }
        }

        fn equilibrium(&self, direction: usize) -> f32 {
            let (dx, dy) = DIRECTIONS[direction];
            let along = dx as f32 * self.ux + dy as f32 * self.uy;
            let speed = self.ux * self.ux + self.uy * self.uy;
            WEIGHTS[direction] * self.density * (1.0 + 3.0 * along + 4.5 * along * along - 1.5 * speed)
        }
    }

    /// `at + by` on a ring of `n`, for steps of at most one.
    fn around(at: usize, by: isize, n: usize) -> usize {
        match by {
            -1 => if at == 0 { n - 1 } else { at - 1 },
            1 => if at + 1 == n { 0 } else { at + 1 },
            _ => at,
        }
    }

    #[kernel]
    pub fn lattice_boltzmann(now: &[f32], width: u32, height: u32, omega: f32, mut next: DisjointSlice<f32>) {
        let (width, height) = (width as usize, height as usize);
        let cell = thread::index_1d().get();
        let n = width * height;
        if cell >= n || next.len() < 9 * n {
            return;
        }
        let (row, col) = (cell / width, cell % width);
        let populations: [f32; 9] = core::array::from_fn(|i| {
            let (dx, dy) = DIRECTIONS[i];
            now[i * n + around(row, -dy, height) * width + around(col, -dx, width)]
        });
        let moments = Moments::of(&populations);
        for (i, f) in populations.into_iter().enumerate() {
            // SAFETY: `next` holds nine populations of each cell, and a thread writes those of its own cell.
            unsafe { *next.get_unchecked_mut(i * n + cell) = f + omega * (moments.equilibrium(i) - f) };
        }
    }
}
