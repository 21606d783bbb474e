"""Clusters of several blocks: coordinates, exchange through distributed shared memory, under every schedule."""

from __future__ import annotations

import numpy as np
import pytest

from compiler import emulator
from compiler.driver import compile_kernel

SOURCE = """
use cuda_device::{DisjointSlice, SharedArray, cluster, cluster_launch, kernel, thread};

#[kernel]
#[cluster_launch(2, 3)]
pub fn coordinates(mut y: DisjointSlice<u32>) {
    let linear = (thread::blockIdx_y() * thread::gridDim_x() + thread::blockIdx_x()) as usize * 6;
    let seen = [
        cluster::block_rank(),
        cluster::cluster_ctaidX(),
        cluster::cluster_ctaidY(),
        cluster::cluster_idx(),
        cluster::num_clusters(),
        cluster::cluster_size(),
    ];
    for k in 0..6 {
        unsafe { *y.get_unchecked_mut(linear + k) = seen[k] };
    }
}

#[kernel]
#[cluster_launch(4)]
pub fn summed(x: &[u32], mut y: DisjointSlice<u32>) {
    static mut PART: SharedArray<u32, 1> = SharedArray::UNINIT;
    let t = thread::threadIdx_x();
    if t == 0 {
        let b = thread::blockIdx_x() as usize;
        unsafe { PART[0] = x[4 * b] + x[4 * b + 1] + x[4 * b + 2] + x[4 * b + 3] };
    }
    cluster::cluster_sync();
    let mine = unsafe { SharedArray::as_raw_mut_ptr(&raw mut PART) };
    let mut sum = 0;
    for rank in 0..cluster::cluster_size() {
        sum += unsafe { cluster::dsmem_read_u32(mine as *const u32, rank) };
    }
    cluster::cluster_sync();
    if let Some(o) = y.get_mut(thread::index_1d()) {
        *o = sum;
    }
}
"""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("clusters") / "clusters.rs"
    path.write_text(SOURCE)
    return str(path)


def test_coordinates_in_the_cluster_and_of_it(source: str) -> None:
    seen = np.zeros((6, 4, 6), np.uint32)  # y, x, what
    report = emulator.launch(
        compile_kernel(source, "coordinates", "sm_90"), "coordinates", (4, 6), 1, [seen.reshape(-1)]
    )
    assert report.trap is None, str(report.trap)
    y, x = np.indices((6, 4))
    wanted = [x % 2 + y % 3 * 2, x % 2, y % 3, x // 2 + y // 3 * 2, np.full_like(x, 4), np.full_like(x, 6)]
    assert np.array_equal(seen, np.stack(wanted, -1))


@pytest.mark.parametrize("schedule", ("in-order", "reversed", "random"))
def test_every_block_reads_the_sums_of_all(source: str, schedule: str) -> None:
    x, y = np.arange(32, dtype=np.uint32), np.zeros(8 * 32, np.uint32)
    report = emulator.launch(compile_kernel(source, "summed", "sm_90"), "summed", 8, 32, [x, y], 0, schedule, 3)
    assert report.trap is None, str(report.trap)
    assert np.array_equal(y, np.repeat(x.reshape(2, 16).sum(1), 4 * 32))
