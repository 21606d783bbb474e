"""One run and one benchmark of a kernel on the GPU path, against the driver made of Python."""

from __future__ import annotations

from types import SimpleNamespace

from fake_driver import FakeDriver, Result

from compiler.driver import compile_kernel
from compiler.trial import bench_kernel, run_kernel

TEXT = b"""use cuda_device::{kernel, thread, DisjointSlice};
#[kernel]
pub fn copy(n: u32, x: &[f32], mut y: DisjointSlice<f32>) {
    let index = thread::index_1d();
    let i = index.get();
    if let Some(slot) = y.get_mut(index) { *slot = x[i] + n as f32; }
}
"""


def test_run_uses_the_device(fake: FakeDriver) -> None:
    result = run_kernel(compile_kernel(TEXT, "copy", "sm_90"), "gpu", n=1024)
    assert result.error == "" and result.device == "gpu" and result.device_name
    assert [o.name for o in result.outputs] == ["y"]


def test_bench_reports_cold_and_hot(fake: FakeDriver) -> None:
    fake.cuDeviceGetUuid = lambda device: (Result.CUDA_SUCCESS, SimpleNamespace(bytes=bytes(16)))
    result = bench_kernel(compile_kernel(TEXT, "copy", "sm_90"), "gpu", n=1024)
    assert result.error == ""
    assert {"cold", "hot", "registers", "occupancy"} <= set(result.measurement)
    assert result.measurement["cold"]["median"] == result.seconds


def test_a_bad_geometry_is_a_result(fake: FakeDriver) -> None:
    result = run_kernel(compile_kernel(TEXT, "copy", "sm_90"), "gpu", n=1024, block=(2048,))
    assert "at most 1024 threads" in result.error
