"""The runtime on a real GPU: skipped, and said so, where there is none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from compiler import runtime
from compiler.driver import compile_kernel
from compiler.runtime import driver

driver.binding.cache_clear()
pytestmark = [
    pytest.mark.gpu,
    pytest.mark.skipif(
        not runtime.is_available(), reason="no CUDA GPU on this machine: the fake driver covers the logic"
    ),
]

PTX = """
.version 7.0
.target sm_70
.address_size 64
.visible .entry scale(.param .f32 factor, .param .u64 x, .param .u32 n)
{
    .reg .pred %p<2>;
    .reg .b32 %r<6>;
    .reg .f32 %f<4>;
    .reg .b64 %rd<4>;
    ld.param.f32 %f0, [factor];
    ld.param.u64 %rd0, [x];
    ld.param.u32 %r0, [n];
    mov.u32 %r1, %ctaid.x;
    mov.u32 %r2, %ntid.x;
    mov.u32 %r3, %tid.x;
    mad.lo.s32 %r4, %r1, %r2, %r3;
    setp.ge.u32 %p0, %r4, %r0;
    @%p0 bra done;
    mul.wide.u32 %rd1, %r4, 4;
    add.s64 %rd2, %rd0, %rd1;
    ld.global.f32 %f1, [%rd2];
    mul.f32 %f2, %f1, %f0;
    st.global.f32 [%rd2], %f2;
done:
    ret;
}
"""


@pytest.fixture(scope="module")
def context() -> runtime.Context:
    return runtime.Context(0)


@pytest.fixture(scope="module")
def kernel(context: runtime.Context) -> runtime.Kernel:
    return runtime.Module(context, PTX).kernel("scale")


def test_launch_on_a_stream(context: runtime.Context, kernel: runtime.Kernel) -> None:
    x = runtime.DeviceBuffer.from_host(context, np.arange(1000, dtype=np.float32))
    with context.stream() as stream:
        kernel.launch(4, 256, [np.float32(3), x, np.uint32(1000)], stream)
    np.testing.assert_array_equal(x.to_host(), 3 * np.arange(1000, dtype=np.float32))
    assert kernel.attributes.n_registers > 0 and 0 < kernel.occupancy(256) <= 1


def test_pinned_copies_events_and_forks(context: runtime.Context) -> None:
    stream, start, end = context.stream(), context.event(), context.event()
    pinned = runtime.PinnedBuffer.from_array(context, np.arange(1 << 20, dtype=np.int32))
    buffer = runtime.DeviceBuffer.empty(context, 1 << 20, np.int32)
    stream.record(start)
    buffer.copy_from(pinned, stream)
    other = stream.fork()
    pinned_back = runtime.PinnedBuffer(context, 1 << 20, np.int32)
    buffer.to_host(pinned_back, other)
    stream.join(other)
    stream.record(end)
    end.synchronize()
    np.testing.assert_array_equal(pinned_back.array, pinned.array)
    assert end.is_done() and start.seconds_until(end) > 0


def test_errors_of_the_real_driver(context: runtime.Context, kernel: runtime.Kernel) -> None:
    with pytest.raises(runtime.DriverError, match="CUDA_ERROR_INVALID_PTX"):
        runtime.Module(context, ".version 7.0\n.target sm_70\n.address_size 64\nwhat")
    with pytest.raises(runtime.DriverError, match="CUDA_ERROR_NOT_FOUND"):
        kernel.module.kernel("missing")
    with pytest.raises(runtime.DriverError, match="CUDA_ERROR_OUT_OF_MEMORY"):
        runtime.DeviceBuffer.empty(context, 1 << 50, np.uint8)
    with pytest.raises(runtime.GeometryError, match="2048"):
        kernel.launch(1, 2048, [])


FAULT = f"""
import numpy as np
from compiler import runtime
from compiler.driver import compile_kernel
context = runtime.Context()
kernel = runtime.Module(context, {PTX!r}).kernel("scale")
kernel.launch(1, 32, [np.float32(1), np.uint64(8), np.uint32(32)])
try:
    context.synchronize()
except runtime.DriverError as error:
    print(error.name, error.is_sticky)
"""


def test_a_fault_is_sticky_and_named() -> None:
    done = subprocess.run([sys.executable, "-c", FAULT], capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.split() == ["CUDA_ERROR_ILLEGAL_ADDRESS", "True"]


def test_operations(context: runtime.Context, kernel: runtime.Kernel) -> None:
    def run(buffer: runtime.DeviceBuffer) -> runtime.DeviceOperation[np.ndarray]:
        args = [np.float32(2), buffer, np.uint32(100)]
        return runtime.launch_operation(kernel, 1, 128, args).and_then(lambda _: runtime.copy_to_host(buffer))

    pool = runtime.StreamPool(context)
    work = runtime.copy_to_device(np.ones(100, np.float32)).and_then(run)
    both = work.zip(runtime.copy_to_device(np.full(100, 4, np.float32)).and_then(run)).sync(pool)
    np.testing.assert_array_equal(both[0], np.full(100, 2))
    np.testing.assert_array_equal(both[1], np.full(100, 8))


async def test_awaited_operations(context: runtime.Context) -> None:
    pool = runtime.StreamPool(context)
    work = runtime.copy_to_device(np.ones(3, np.float32)).and_then(runtime.copy_to_host)
    np.testing.assert_array_equal(await work.schedule(pool), np.ones(3))


def test_dlpack_with_torch(context: runtime.Context) -> None:
    torch = pytest.importorskip("torch")
    tensor = torch.arange(6, dtype=torch.float32, device="cuda").reshape(2, 3)
    buffer = runtime.DeviceBuffer.from_dlpack(context, tensor)
    assert buffer.address == tensor.data_ptr() and buffer.shape == (2, 3)
    back = torch.from_dlpack(runtime.DeviceBuffer.from_host(context, np.ones(4, np.float32)))
    assert float(back.sum()) == 4.0


def test_measurement(context: runtime.Context, kernel: runtime.Kernel) -> None:
    n = 1 << 22
    x = runtime.DeviceBuffer.from_host(context, np.ones(n, np.float32))
    prepared = kernel.prepare(n // 256, 256, [np.float32(1), x, np.uint32(n)])
    rule = runtime.StopRule(min_seconds=0.1, max_seconds=1.0)
    m = runtime.measure_kernel(context, prepared.enqueue, rule=rule)
    assert 0 < m.hot.median <= m.cold.median and m.cold.n_samples >= 10
    assert m.record is not None and m.record.gpu_uuid.startswith("GPU-") and m.record.clock_hz > 1e8
    assert runtime.measured_bandwidth(context, 1 << 26) > 1e10


def test_recursion_has_room(context: runtime.Context) -> None:
    artifact = compile_kernel(str(Path(__file__).parent / "recursion.rs"), "deep", context.target)
    out = runtime.DeviceBuffer.zeros(context, 4096, np.uint32)
    runtime.Module.from_artifact(context, artifact).kernel().launch(16, 256, [out])
    n = np.arange(4096) % 60
    np.testing.assert_array_equal(out.to_host(), 2 * n + 3)
