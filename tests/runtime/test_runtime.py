"""The runtime against a fake driver: errors, geometry, argument packing, buffers, operations, samples."""

from __future__ import annotations

import ctypes
import gc

import numpy as np
import pytest
from fake_driver import FakeDriver, Result

from compiler import runtime
from compiler.codegen.artifact import ElemType, KernelArtifact, KernelParam, LaunchFacts
from compiler.runtime import bench, driver
from compiler.runtime.errors import ADVICE, STICKY

F32 = ElemType("f32", 4, 4, "f32")
U32 = ElemType("u32", 4, 4, "u32")


def artifact(params: tuple[KernelParam, ...], facts: LaunchFacts | None = None) -> KernelArtifact:
    return KernelArtifact("k", "k", "k.rs", 1, params, facts or LaunchFacts(), "sm_90", "", ".version 8.0")


SAXPY = (
    KernelParam("a", "scalar", F32),
    KernelParam("x", "slice", F32),
    KernelParam("y", "disjoint", F32, writable=True, index_space="Index1D"),
)


def record_packet(fake: FakeDriver, sizes: list[int]) -> list[bytes]:
    """Parameter values of the next launch of ``k`` (the packet lives only during the call)."""
    values: list[bytes] = []

    def read(packet: int) -> None:
        pointers = (ctypes.c_void_p * len(sizes)).from_address(packet)
        values.extend(ctypes.string_at(pointer, size) for pointer, size in zip(pointers, sizes, strict=True))

    fake.kernels["k"] = read
    return values


def test_without_a_driver_there_is_one_clear_error() -> None:
    driver.binding.cache_clear()
    if runtime.is_available():
        pytest.skip("this machine has a GPU")
    with pytest.raises(runtime.DriverUnavailable, match="install an NVIDIA driver, or run on the CPU emulator"):
        runtime.Context()
    assert [fact.ok for fact in runtime.facts() if fact.name in ("driver", "gpu")] == [False, False]
    assert all(fact.ok or fact.advice for fact in runtime.facts())
    assert runtime.devices() == []


def test_driver_errors_name_call_result_and_advice(fake: FakeDriver, context: runtime.Context) -> None:
    fake.failures["cuMemAlloc"] = Result.CUDA_ERROR_OUT_OF_MEMORY
    with pytest.raises(runtime.DriverError) as caught:
        runtime.DeviceBuffer.empty(context, 4)
    error = caught.value
    assert (error.call, error.name, error.code, error.is_sticky) == ("cuMemAlloc", "CUDA_ERROR_OUT_OF_MEMORY", 2, False)
    assert str(error) == f"cuMemAlloc failed: CUDA_ERROR_OUT_OF_MEMORY (2): {ADVICE[error.name]}"


def test_faults_are_sticky() -> None:
    assert runtime.DriverError("cuStreamSynchronize", "CUDA_ERROR_ILLEGAL_ADDRESS", 700).is_sticky
    assert STICKY - ADVICE.keys() <= {"CUDA_ERROR_INVALID_ADDRESS_SPACE", "CUDA_ERROR_INVALID_PC"}


def test_a_module_that_does_not_assemble_carries_the_log(context: runtime.Context) -> None:
    with pytest.raises(runtime.DriverError, match=r"(?s)CUDA_ERROR_INVALID_PTX.*line 3: what"):
        runtime.Module(context, "bad ptx")


@pytest.mark.parametrize(
    ("grid", "block", "facts", "message"),
    [
        (1, 2048, LaunchFacts(), "at most 1024 threads, 2048 asked for"),
        (1, (16, 16, 8), LaunchFacts(), "at most 1024 threads, 2048 asked for"),
        (1, (1, 1, 128), LaunchFacts(), "block.z is at most 64"),
        ((1, 70000), 32, LaunchFacts(), "grid.y is at most 65535"),
        (0, 32, LaunchFacts(), "dimension below 1"),
        (1, 64, LaunchFacts(block=(32, 1, 1)), "fixes block \\(32, 1, 1\\)"),
        (1, 256, LaunchFacts(max_threads=128), "compiled for at most 128 threads"),
        ((1, 2), 32, LaunchFacts(domain=1), "1-dimensional"),
        (3, 32, LaunchFacts(cluster=(2, 1, 1)), "not a multiple of the kernel's cluster"),
    ],
)
def test_geometry_is_checked_before_the_driver(
    fake: FakeDriver, context: runtime.Context, grid: object, block: object, facts: LaunchFacts, message: str
) -> None:
    kernel = runtime.Module.from_artifact(context, artifact((), facts)).kernel()
    with pytest.raises(runtime.GeometryError, match=message):
        kernel.launch(grid, block, [])  # type: ignore[arg-type]
    assert fake.launches == []


def test_dynamic_shared_memory_follows_the_contract(fake: FakeDriver, context: runtime.Context) -> None:
    facts = LaunchFacts(dynamic_shared_bytes=(64, 128))
    kernel = runtime.Module.from_artifact(context, artifact((), facts)).kernel()
    with pytest.raises(runtime.GeometryError, match="takes 64 to 128 bytes of dynamic shared memory, 32 asked for"):
        kernel.launch(1, 32, [], dynamic_shared_bytes=32)
    kernel.launch(1, 32, [], dynamic_shared_bytes=64)


def test_shared_memory_and_registers_limit_a_launch(fake: FakeDriver, context: runtime.Context) -> None:
    kernel = runtime.Module.from_artifact(context, artifact(())).kernel()
    with pytest.raises(runtime.GeometryError, match="232448 bytes of shared memory, 232449"):
        kernel.launch(1, 32, [], dynamic_shared_bytes=232448 - 1024 + 1)
    kernel.launch(1, 32, [], dynamic_shared_bytes=100_000)
    assert "cuFuncSetAttribute" in fake.calls
    fake.function_attributes["MAX_THREADS_PER_BLOCK"] = 512
    heavy = runtime.Module.from_artifact(context, artifact(())).kernel()
    with pytest.raises(runtime.GeometryError, match="at most 512 threads fit a block"):
        heavy.launch(1, 1024, [])


def test_arguments_become_the_launch_packet(fake: FakeDriver, context: runtime.Context) -> None:
    kernel = runtime.Module.from_artifact(context, artifact(SAXPY)).kernel()
    x = runtime.DeviceBuffer.from_host(context, np.arange(8, dtype=np.float32))
    y = runtime.DeviceBuffer.zeros(context, 8)
    values = record_packet(fake, [4, 8, 8, 8, 8])
    kernel.launch(2, 4, [2.0, x, y])
    (launch,) = fake.launches
    assert launch[:8] == ("k", 2, 1, 1, 4, 1, 1, 0)
    assert values[0] == np.float32(2).tobytes()
    assert [int.from_bytes(v, "little") for v in values[1:]] == [x.address, 8, y.address, 8]


def test_width_pairs_zero_sized_and_aggregate_parameters(fake: FakeDriver, context: runtime.Context) -> None:
    pair = ElemType("struct", 8, 4, "Pair", (("a", 4, U32), ("b", 0, F32)))
    params = (
        KernelParam("f", "zst", ElemType("struct", 0, 1, "()")),
        KernelParam("p", "aggregate", pair),
        KernelParam("c", "disjoint_width", F32, writable=True, index_space="Runtime2DIndex"),
    )
    kernel = runtime.Module.from_artifact(context, artifact(params)).kernel()
    c = runtime.DeviceBuffer.zeros(context, (4, 4))
    values = record_packet(fake, [8, 8, 8, 4])
    kernel.launch(1, 32, [{"a": 7, "b": 1.5}, (c, 4)])
    assert values[0] == np.float32(1.5).tobytes() + (7).to_bytes(4, "little")
    assert [int.from_bytes(v, "little") for v in values[2:]] == [16, 4]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ([2.0], "takes 3 arguments \\(a, x, y\\), 1 given"),
        (["two", None, None], "`a` is f32: pass a number, not str"),
        ([2.0, 3, 4], "`x` is a slice of f32: pass an array or a device buffer, not int"),
        (
            [2.0, np.zeros(2, np.float64), None],
            "`x` is a slice of f32 \\(float32\\), the array has elements of float64",
        ),
        ([2.0, np.zeros((4, 4), np.float32)[:, 0], None], "`x` needs a contiguous array"),
        ([2.0, np.zeros(4, np.float32), np.zeros(4, np.float32)], "`x` must be in GPU memory"),
    ],
)
def test_argument_errors_name_the_parameter(
    fake: FakeDriver, context: runtime.Context, args: list[object], message: str
) -> None:
    kernel = runtime.Module.from_artifact(context, artifact(SAXPY)).kernel()
    with pytest.raises(runtime.ArgumentError, match=message):
        kernel.launch(1, 32, args)
    assert fake.launches == []


def test_scalars_out_of_range(context: runtime.Context) -> None:
    kernel = runtime.Module.from_artifact(context, artifact((KernelParam("n", "scalar", U32),))).kernel()
    with pytest.raises(runtime.ArgumentError, match="`n` is u32: -1 is out of range"):
        kernel.launch(1, 32, [-1])
    with pytest.raises(runtime.ArgumentError, match=r"`n` is u32: 1\.5 is not an integer"):
        kernel.launch(1, 32, [1.5])


def test_cooperative_kernels_launch_cooperatively(fake: FakeDriver, context: runtime.Context) -> None:
    runtime.Module.from_artifact(context, artifact((), LaunchFacts(cooperative=True))).kernel().launch(2, 32, [])
    assert fake.launches[0][0] == "cooperative"


def test_buffers_round_trip_and_free_their_memory(fake: FakeDriver, context: runtime.Context) -> None:
    host = np.arange(12, dtype=np.int32).reshape(3, 4)
    buffer = runtime.DeviceBuffer.from_host(context, host)
    np.testing.assert_array_equal(buffer.to_host(), host)
    assert (buffer.shape, buffer.n_elements, buffer.size_bytes, len(buffer)) == ((3, 4), 12, 48, 3)
    with pytest.raises(ValueError, match="cannot copy 4 bytes into 48"):
        buffer.copy_from(np.zeros(1, np.int32))
    pinned = runtime.PinnedBuffer.from_array(context, host + 1)
    buffer.copy_from(pinned)
    np.testing.assert_array_equal(buffer.reshape(12).to_host(), (host + 1).ravel())
    del buffer, pinned
    gc.collect()
    assert fake.memory == {}


def test_an_array_over_pinned_memory_keeps_it(fake: FakeDriver, context: runtime.Context) -> None:
    view = runtime.PinnedBuffer.from_array(context, np.arange(4)).array[1:]
    gc.collect()
    assert len(fake.memory) == 1 and list(view) == [1, 2, 3]
    del view
    gc.collect()
    assert fake.memory == {}


def test_empty_buffers_are_null(context: runtime.Context) -> None:
    buffer = runtime.DeviceBuffer.from_host(context, np.zeros(0, np.float32))
    assert buffer.address == 0 and buffer.to_host().shape == (0,)


def test_dlpack_out_keeps_the_buffer_alive(fake: FakeDriver, context: runtime.Context) -> None:
    buffer = runtime.DeviceBuffer.from_host(context, np.arange(6, dtype=np.float32).reshape(2, 3))
    again = runtime.DeviceBuffer.from_dlpack(context, buffer)
    assert (again.address, again.shape, again.dtype) == (buffer.address, (2, 3), np.dtype(np.float32))
    del buffer
    gc.collect()
    assert len(fake.memory) == 1
    del again
    gc.collect()
    assert fake.memory == {}


def test_an_unconsumed_capsule_releases_its_buffer(fake: FakeDriver, context: runtime.Context) -> None:
    capsule = runtime.DeviceBuffer.zeros(context, 4).__dlpack__()
    assert len(fake.memory) == 1
    del capsule
    gc.collect()
    assert fake.memory == {}


def test_dlpack_in_from_the_host(context: runtime.Context) -> None:
    class Tensor:
        array = np.arange(3, dtype=np.float64)

        def __dlpack__(self, **options: object) -> object:
            return self.array.__dlpack__()

        def __dlpack_device__(self) -> tuple[int, int]:
            return self.array.__dlpack_device__()

    buffer = runtime.DeviceBuffer.from_dlpack(context, Tensor())
    np.testing.assert_array_equal(buffer.to_host(), [0, 1, 2])


def test_operations_are_lazy_and_run_in_order(fake: FakeDriver, context: runtime.Context) -> None:
    kernel = runtime.Module(context, ".version 8.0").kernel("twice")
    x = np.arange(4, dtype=np.float32)

    def twice(packet: int) -> None:
        address = ctypes.c_uint64.from_address(ctypes.c_void_p.from_address(packet).value or 0).value
        values = (ctypes.c_float * 4).from_address(address)
        values[:] = [2 * v for v in values]

    fake.kernels["twice"] = twice

    def run(buffer: runtime.DeviceBuffer) -> runtime.DeviceOperation[np.ndarray]:
        return runtime.launch_operation(kernel, 1, 32, [buffer]).and_then(lambda _: runtime.copy_to_host(buffer))

    work = runtime.copy_to_device(x).and_then(run)
    assert fake.launches == []
    pool = runtime.StreamPool(context, 2)
    both = work.zip(runtime.value(7)).sync(pool)
    np.testing.assert_array_equal(both[0], 2 * x)
    assert both[1] == 7 and len(fake.launches) == 1


async def test_operations_can_be_awaited(fake: FakeDriver, context: runtime.Context) -> None:
    pool = runtime.StreamPool(context)
    work = runtime.copy_to_device(np.ones(3, np.float32)).and_then(runtime.copy_to_host).map(np.sum)
    assert await work.schedule(pool) == 3


def test_run_on_host_arrays_copies_results_back(fake: FakeDriver, context: runtime.Context) -> None:
    def fill(packet: int) -> None:
        pointers = (ctypes.c_void_p * 5).from_address(packet)
        address = ctypes.c_uint64.from_address(pointers[3]).value
        (ctypes.c_float * 4).from_address(address)[:] = [9.0] * 4

    fake.kernels["k"] = fill
    x, y = np.ones(4, np.float32), np.zeros(4, np.float32)
    seconds = runtime.launch(artifact(SAXPY), 1, 32, [2.0, x, y], context=context)
    np.testing.assert_array_equal(y, [9] * 4)
    assert seconds == pytest.approx(0.25e-3)


class FakeSampler:
    """Times fall during warm-up, then vary a little; the clock may sag."""

    def __init__(self, noise: float = 0.001, clock: float = 1.0) -> None:
        self.n, self.noise, self.clock = 0, noise, clock
        self.generator = np.random.default_rng(0)

    def sample(self, *, cold: bool) -> float:
        self.n += 1
        base = 2e-5 if cold else 1e-5
        return base * (1 + 1 / self.n**2) * (1 + self.noise * float(self.generator.standard_normal()))

    def clock_hz(self) -> float:
        return self.clock

    def expected_clock_hz(self) -> float:
        return 1.0


RULE = runtime.StopRule(min_seconds=0.0, max_seconds=2.0)


def test_measure_reports_cold_and_hot_apart() -> None:
    checked: list[int] = []
    m = runtime.measure(FakeSampler(), lambda: checked.append(1), RULE)
    assert checked == [1] and m.cold.stopped == m.hot.stopped == "precise"
    assert m.cold.median == pytest.approx(2e-5, rel=0.01) and m.hot.median == pytest.approx(1e-5, rel=0.01)
    assert m.cold.minimum <= m.cold.p20 <= m.cold.median <= m.cold.p80 and not m.throttled


def test_noise_that_does_not_fall_settles() -> None:
    assert runtime.measure(FakeSampler(noise=0.05), rule=RULE).cold.stopped == "settled"


def test_throttled_samples_are_discarded_and_said() -> None:
    rule = runtime.StopRule(min_seconds=0.02, max_seconds=0.15)
    m = runtime.measure(FakeSampler(clock=0.5), rule=rule)
    assert m.throttled and m.cold.n_discarded > 0 and "under 75%" in m.warnings[0]


def test_a_wrong_result_is_never_timed() -> None:
    sampler = FakeSampler()

    def wrong() -> None:
        raise AssertionError("element 3 differs")

    with pytest.raises(AssertionError, match="element 3"):
        runtime.measure(sampler, wrong)
    assert sampler.n == 1


@pytest.mark.parametrize(
    ("factor", "noise", "verdict"),
    [(1.0, 0.002, "SAME"), (0.9, 0.005, "FASTER"), (1.2, 0.005, "SLOWER"), (1.01, 0.08, "AMBIGUOUS")],
)
def test_compare(factor: float, noise: float, verdict: str) -> None:
    generator = np.random.default_rng(3)
    before = list(1e-4 * (1 + noise * generator.standard_normal(200)))
    after = list(1e-4 * factor * (1 + noise * generator.standard_normal(200)))
    assert runtime.compare(before, after).verdict == verdict


def test_random_inputs_are_never_zeros() -> None:
    a, b = bench.random_inputs([((100,), np.float32), ((100,), np.uint8)])
    assert np.count_nonzero(a) == 100 and len(np.unique(b)) > 50


RECURSIVE = """
.version 8.0
.target sm_90
.address_size 64
.func (.param .b32 result) down(.param .b32 n)
{
	call.uni (retval0), down, (param0);
	ret;
}
.func up()
{
	ret;
}
.visible .entry k()
{
	call.uni (retval0), FUNCTION, (param0);
	ret;
}
"""


@pytest.mark.parametrize(("function", "stack"), [("down", 16384), ("%rd1", 16384), ("up", 1024)])
def test_code_that_recurses_has_stack(context: runtime.Context, function: str, stack: int) -> None:
    runtime.Module(context, RECURSIVE.replace("FUNCTION", function))
    assert context.stack_bytes == stack


def test_a_larger_stack_of_the_users_stays(context: runtime.Context) -> None:
    context.stack_bytes = 1 << 16
    runtime.Module(context, RECURSIVE.replace("FUNCTION", "down"))
    assert context.stack_bytes == 1 << 16
