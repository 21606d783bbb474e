//! Least, greatest and mean absolute value of each row, by iterator adapters over chunks of four.
//!
//! `stats` gets `[least, greatest, mean]` a row. One thread a row, launch 1-D.

use cuda_device::{DisjointSlice, cuda_module, kernel, thread};

#[cuda_module]
pub mod kernels {
    use super::*;

    #[kernel]
    pub fn row_stats(x: &[f32], cols: u32, mut stats: DisjointSlice<[f32; 3]>) {
        let index = thread::index_1d();
        let Some(row) = x.chunks_exact(cols as usize).nth(index.get()) else {
            return;
        };
        let (least, greatest) = row
            .iter()
            .copied()
            .fold((f32::INFINITY, f32::NEG_INFINITY), |(least, greatest), value| (least.min(value), greatest.max(value)));
        let fours = row.chunks_exact(4);
        let rest: f32 = fours.remainder().iter().map(|value| value.abs()).sum();
        let sum = rest + fours.map(|four| four.iter().map(|value| value.abs()).sum::<f32>()).sum::<f32>();
        if let Some(out) = stats.get_mut(index) {
            *out = [least, greatest, sum / cols as f32];
        }
    }
}
