"""The kernel the editors open, and where this repository is."""

import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]

KERNEL = """use cuda_device::{kernel, thread, DisjointSlice};

/// y ← a·x + y
#[kernel]
pub fn saxpy(a: f32, x: &[f32], mut y: DisjointSlice<f32>) {
    let idx = thread::index_1d();
    let i = idx.get();
    if let Some(y_elem) = y.get_mut(idx) {
        *y_elem = a * x[i] + *y_elem;
    }
}
"""
BROKEN_LINE = "    /* é𝄞 */ let n: u32 = true;"
