"""Sizes of generated launches that a kernel accepts."""

from __future__ import annotations

import pytest

from compiler import emulator, launch_guess, trial
from compiler.driver import compile_kernel
from compiler.dynamic_check import check_kernel
from compiler.launch_guess import working_guess
from compiler.launch_plan import LIKELY, SIDE, Guess

HEAD = "use cuda_device::{kernel, thread, DisjointSlice};\n"
MULTIPLY = """
#[kernel]
pub fn multiply(m: u32, n: u32, k: u32, a: &[f32], b: &[f32], mut c: DisjointSlice<f32>) {
    let at = thread::index_1d();
    let (row, col) = (at.get() / n as usize, at.get() % n as usize);
    if row < m as usize && let Some(slot) = c.get_mut(at) {
        *slot = 0.0;
        for i in 0..k as usize {
            *slot += a[row * k as usize + i] * b[i * n as usize + col];
        }
    }
}
"""
ROWS = """
#[kernel]
pub fn rows(n: u32, matrix: &[f32], x: &[f32], mut y: DisjointSlice<f32>) {
    let at = thread::index_1d();
    let row = at.get() * n as usize;
    if let Some(slot) = y.get_mut(at) {
        *slot = (0..n as usize).map(|j| matrix[row + j] * x[j]).sum();
    }
}
"""
WORDS = """
#[kernel]
pub fn words(bytes: &[u8], mut out: DisjointSlice<u32>) {
    let at = thread::index_1d();
    let i = 4 * at.get();
    if let Some(slot) = out.get_mut(at) {
        *slot = u32::from_le_bytes([bytes[i], bytes[i + 1], bytes[i + 2], bytes[i + 3]]);
    }
}
"""
PICK = """
#[kernel]
pub fn pick(i: usize, mut out: DisjointSlice<u32>) {
    let table = [3, 1, 2];
    if let Some(slot) = out.get_mut(thread::index_1d()) {
        *slot = table[i];
    }
}
"""
NEIGHBOUR = """
#[kernel]
pub fn neighbour(x: &[f32], mut y: DisjointSlice<f32>) {
    let at = thread::index_1d();
    let i = at.get();
    if let Some(slot) = y.get_mut(at) {
        *slot = x[i] + x[i + 1];
    }
}
"""
ENDLESS = """
#[kernel]
pub fn endless(n: u32, mut out: DisjointSlice<u32>) {
    let mut i = n | 1;
    while i != 0 {
        i = i.wrapping_add(2);
    }
    if let Some(slot) = out.get_mut(thread::index_1d()) {
        *slot = i;
    }
}
"""
FINE = NEIGHBOUR.replace(" + x[i + 1]", "")


@pytest.mark.parametrize(
    ("source", "guess"),
    [
        (MULTIPLY, Guess(SIDE)),
        (ROWS, Guess(SIDE, SIDE)),
        (WORDS, Guess(None, 4)),
        (PICK, Guess(2)),
        (FINE, LIKELY),
    ],
    ids=["matrices", "rows", "words", "table", "one to one"],
)
def test_sizes_that_work(source: str, guess: Guess) -> None:
    artifact = compile_kernel((HEAD + source).encode(), "", "sm_90")
    assert working_guess(artifact)[0] == guess
    result = trial.run_kernel(artifact, trial.CPU, 4096)
    assert not result.error
    assert any("sizes found by trying" in w for w in result.warnings) == (guess != LIKELY)
    assert not check_kernel(artifact, ("bounds",)).error


def test_a_missing_check_at_the_end_still_shows() -> None:
    artifact = compile_kernel((HEAD + NEIGHBOUR).encode(), "", "sm_90")
    assert working_guess(artifact)[0] == LIKELY
    assert "trapped" in trial.run_kernel(artifact, trial.CPU, 4096).error


def test_a_kernel_that_does_not_end_keeps_the_likely_sizes(monkeypatch: pytest.MonkeyPatch) -> None:
    launches = []
    emulated = emulator.launch
    monkeypatch.setattr(launch_guess, "_BUDGET_S", 0.2)
    monkeypatch.setattr(emulator, "launch", lambda *a, **k: launches.append(a) or emulated(*a, **k), raising=False)
    artifact = compile_kernel((HEAD + ENDLESS).encode(), "", "sm_90")
    assert working_guess(artifact)[0] == LIKELY
    assert len(launches) == 1
