"""Iterators and options cost nothing: what was decided once is not tested again, and iterators live in registers."""

from __future__ import annotations

import pytest

from compiler import driver

HEAD = "use cuda_device::*;\n#[kernel]\npub fn k(x: &[f32], n: u32, mut y: DisjointSlice<f32>) {\n    let i = thread::index_1d();\n"


def compiled(folder, body: str):
    path = folder / "k.rs"
    path.write_text(HEAD + body + "\n}\n", encoding="utf-8")
    return driver.compile_kernel(str(path), "k", "sm_90").ptx, driver.emit(driver.CompileSession(str(path)), "llvm-opt")


@pytest.mark.parametrize(
    "body",
    [
        """    let at = i.get();
    let near: [f32; 5] = core::array::from_fn(|k| x[at + k * n as usize]);
    let weights = [1.0, 4.0, 6.0, 4.0, 1.0];
    let sum: f32 = near.iter().zip(weights).map(|(a, w)| a * w).sum();
    let least = near.into_iter().fold(f32::INFINITY, f32::min);
    if let Some(e) = y.get_mut(i) { *e = sum + least; }""",
        """    let at = i.get();
    let mut v = [0.0f32; 8];
    for (k, e) in v.iter_mut().enumerate() { *e = x[at * 8 + k]; }
    for (a, b) in [(0, 1), (2, 3), (4, 5), (6, 7), (1, 2), (5, 6)] {
        if v[a] > v[b] { v.swap(a, b); }
    }
    if let Some(e) = y.get_mut(i) { *e = v.into_iter().skip(2).take(3).sum(); }""",
    ],
    ids=["array by value with zip and fold", "sorting network from a table"],
)
def test_small_arrays_and_their_iterators_are_registers(tmp_path, body):
    ptx, _ = compiled(tmp_path, body)
    assert "__local_depot" not in ptx


def test_an_element_that_is_there_is_not_tested_for_null(tmp_path):
    _, optimised = compiled(
        tmp_path,
        """    let Some(v) = x.get(i.get()) else { return };
    if let Some(e) = y.get_mut(i) { *e = *v; }""",
    )
    branches = [line for line in optimised.splitlines() if "icmp eq ptr" in line]
    assert not branches, branches
