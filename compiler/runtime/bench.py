"""Benchmarks that can be believed: warm-up, cold and hot cache apart, clocks watched, correctness first.

What it is: :func:`measure` over any :class:`Sampler`, and the GPU's sampler. What it assumes: a launch may be
repeated (its result does not depend on earlier launches, or a ``reset`` is given). What it guarantees: the result
is checked before anything is timed; samples are event times on a blocked stream, so the host's launch jitter is
outside; samples at under 75 % of the expected clock are discarded and counted; clocks are never changed. Example::

    m = measure(GpuSampler(context, prepared.enqueue), check=lambda: np.testing.assert_allclose(y.to_host(), expected))
    print(m.cold.median, m.hot.median, m.cold.stopped)
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any, Protocol

import numpy as np

from compiler.base.dataclass import dataclass, field
from compiler.runtime.buffer import DeviceBuffer, PinnedBuffer
from compiler.runtime.context import Context, Stream
from compiler.runtime.driver import call
from compiler.runtime.errors import DriverError
from compiler.runtime.module import Module
from compiler.runtime.record import MachineRecord, machine_record
from compiler.runtime.statistics import StopRule, Summary, summary

THROTTLED_BELOW = 0.75
_CLOCK_EVERY_SECONDS = 0.05


class Sampler(Protocol):
    """What :func:`measure` needs of a device."""

    def sample(self, *, cold: bool) -> float:
        """Run once and return its seconds; ``cold``: with nothing of it in the L2 cache."""

    def clock_hz(self) -> float:
        """Current clock of the multiprocessors; 0 when unknown."""

    def expected_clock_hz(self) -> float:
        """Clock a healthy device runs at under load; 0 when unknown."""


@dataclass(frozen=True, slots=True)
class Roofline:
    """Share of this GPU's own limits. ``source`` of bytes and operations: "declared" or "inferred"."""

    bytes_moved: int
    flops: int
    source: str
    bandwidth: float  # bytes per second this kernel reached
    measured_bandwidth: float  # bytes per second a copy reaches on this GPU
    flops_per_second: float

    @property
    def bandwidth_share(self) -> float:
        return self.bandwidth / self.measured_bandwidth if self.measured_bandwidth else 0.0


@dataclass(slots=True)
class Measurement:
    """Both cache states, and what they were measured on."""

    cold: Summary
    hot: Summary
    warmup_runs: int
    throttled: bool
    record: MachineRecord | None = None
    roofline: Roofline | None = None
    warnings: list[str] = field(default_factory=list)


def measure(sampler: Sampler, check: Callable[[], None] | None = None, rule: StopRule | None = None) -> Measurement:
    """Check, warm up, then sample cold and hot. ``check`` runs after one launch and raises when the result is wrong."""
    rule = rule if rule is not None else StopRule()
    sampler.sample(cold=False)
    if check is not None:
        check()
    warmup = warm_up(sampler)
    cold = _sample(sampler, rule, cold=True)
    hot = _sample(sampler, rule, cold=False)
    made = Measurement(cold, hot, warmup, throttled=bool(cold.n_discarded + hot.n_discarded))
    if made.throttled:
        made.warnings.append(
            f"{cold.n_discarded + hot.n_discarded} samples discarded: the GPU ran under "
            f"{THROTTLED_BELOW:.0%} of its expected clock"
        )
    return made


def warm_up(sampler: Sampler, budget_seconds: float = 0.5) -> int:
    """Run along the path of the samples until times stop falling; returns how often."""
    times: list[float] = []
    started = time.perf_counter()
    while time.perf_counter() - started < budget_seconds and len(times) < 1000:
        times.append(sampler.sample(cold=True))
        if len(times) >= 8 and min(times[-4:]) >= 0.98 * min(times[:-4]):
            break
    return len(times)


def _sample(sampler: Sampler, rule: StopRule, *, cold: bool) -> Summary:
    """Samples of one cache state; chunks between two clock readings are kept or discarded whole."""
    kept: list[float] = []
    n_discarded, expected = 0, sampler.expected_clock_hz()
    started = time.perf_counter()
    stopped = ""
    while not stopped:
        chunk: list[float] = []
        chunk_started = time.perf_counter()
        while time.perf_counter() - chunk_started < _CLOCK_EVERY_SECONDS and len(chunk) < rule.max_samples:
            chunk.append(sampler.sample(cold=cold))
        clock = sampler.clock_hz()
        elapsed = time.perf_counter() - started
        throttled = 0 < clock < THROTTLED_BELOW * expected
        if throttled and elapsed < rule.max_seconds:
            n_discarded += len(chunk)
        elif not throttled or not kept:
            kept.extend(chunk)
        stopped = rule.reason(kept, elapsed)
    return summary(kept, stopped, n_discarded)


class GpuSampler:
    """Samples of one launch on a GPU. ``enqueue(stream)`` queues it; ``reset(stream)`` restores inputs, untimed."""

    def __init__(
        self,
        context: Context,
        enqueue: Callable[[Stream], None],
        reset: Callable[[Stream], None] | None = None,
    ) -> None:
        self.context, self.enqueue, self.reset = context, enqueue, reset
        self.stream = context.stream()
        self.start, self.end = context.event(), context.event()
        self.flush = DeviceBuffer.empty(context, max(1, 2 * context.l2_bytes), np.uint8)
        self.gate = _Gate(context, self.stream)
        self.clock = _ClockProbe(context, self.stream)

    def sample(self, *, cold: bool) -> float:
        """Everything is queued behind a closed gate, so the GPU never waits for the host between the events."""
        self.gate.close()
        try:
            if self.reset is not None:
                self.reset(self.stream)
            if cold:
                self.flush.fill_zero(self.stream)
            self.stream.record(self.start)
            self.enqueue(self.stream)
            self.stream.record(self.end)
        finally:
            self.gate.open()
        self.end.synchronize()
        return self.start.seconds_until(self.end)

    def clock_hz(self) -> float:
        return self.clock.read()

    def expected_clock_hz(self) -> float:
        return self.clock.expected_hz


class _Gate:
    """Holds a stream until the host opens it, where the GPU supports stream memory operations."""

    def __init__(self, context: Context, stream: Stream) -> None:
        self.stream = stream
        self.flag = PinnedBuffer(context, 1, np.uint32)
        self.ticket = 0
        self.works = self._probe()

    def _probe(self) -> bool:
        try:
            self.ticket = 1
            self.flag.array[0] = 1
            call("cuStreamWaitValue32", self.stream.handle, self.flag.address, 1, 0)
            self.stream.synchronize()
        except (DriverError, AttributeError):
            return False
        return True

    def close(self) -> None:
        if self.works:
            self.ticket += 1
            call("cuStreamWaitValue32", self.stream.handle, self.flag.address, self.ticket, 0)

    def open(self) -> None:
        self.flag.array[0] = self.ticket


_CLOCK_PTX = """
.version 7.0
.target sm_70
.address_size 64
.visible .entry oxide_clock(.param .u64 out)
{
    .reg .pred %p<2>;
    .reg .b64 %rd<8>;
    ld.param.u64 %rd0, [out];
    mov.u64 %rd1, %globaltimer;
    mov.u64 %rd2, %clock64;
again:
    mov.u64 %rd3, %globaltimer;
    sub.u64 %rd4, %rd3, %rd1;
    setp.lt.u64 %p0, %rd4, 200000;
    @%p0 bra again;
    mov.u64 %rd5, %clock64;
    sub.u64 %rd6, %rd5, %rd2;
    st.global.u64 [%rd0], %rd4;
    st.global.u64 [%rd0+8], %rd6;
    ret;
}
"""


class _ClockProbe:
    """Reads the multiprocessor clock: cycles over nanoseconds of a 0.2 ms spin by one thread."""

    def __init__(self, context: Context, stream: Stream) -> None:
        self.stream = stream
        self.result = DeviceBuffer.zeros(context, 2, np.uint64)
        kernel = Module(context, _CLOCK_PTX).kernel("oxide_clock")
        self.launch = kernel.prepare(1, 1, [self.result])
        self.read()
        declared = context.attribute("CLOCK_RATE") * 1e3
        self.expected_hz = declared if declared > 0 else max(self.read() for _ in range(5))

    def read(self) -> float:
        self.launch.enqueue(self.stream)
        nanoseconds, cycles = (int(x) for x in self.result.to_host(stream=self.stream))
        return cycles / nanoseconds * 1e9 if nanoseconds else 0.0


def measured_bandwidth(context: Context, size_bytes: int = 1 << 29) -> float:
    """Bytes per second (read plus written) of a device-to-device copy on this very GPU, cold cache."""
    free, _ = context.memory_bytes
    size_bytes = min(size_bytes, free // 8)
    source, target = (DeviceBuffer.zeros(context, size_bytes, np.uint8) for _ in range(2))
    sampler = GpuSampler(context, lambda stream: target.copy_from(source, stream))
    samples = [sampler.sample(cold=True) for _ in range(12)][2:]
    return 2 * size_bytes / float(np.median(samples))


def roofline(
    measurement: Measurement, bytes_moved: int, flops: int, peak_bandwidth: float, source: str = "declared"
) -> Roofline:
    """Place a measurement (its cold median) under the GPU's measured bandwidth."""
    seconds = measurement.cold.median
    return Roofline(bytes_moved, flops, source, bytes_moved / seconds, peak_bandwidth, flops / seconds)


def random_inputs(shapes: Sequence[tuple[tuple[int, ...], Any]], seed: int = 0) -> list[np.ndarray[Any, np.dtype[Any]]]:
    """Random arrays (never zeros: they compress and burn less power): floats in [-1, 1), integers over their range."""
    generator = np.random.default_rng(seed)
    made = []
    for shape, dtype in shapes:
        kind = np.dtype(dtype)
        if kind.kind == "f":
            made.append((generator.random(shape, np.float32) * 2 - 1).astype(kind))
        else:
            limits = np.iinfo(kind)
            made.append(generator.integers(limits.min, limits.max, shape, kind, endpoint=True))
    return made


def measure_kernel(
    context: Context, enqueue: Callable[[Stream], None], check: Callable[[], None] | None = None, **options: Any
) -> Measurement:
    """:func:`measure` on a GPU, with the machine's record. Options: ``reset``, ``rule``, ``content_hash``."""
    sampler = GpuSampler(context, enqueue, options.get("reset"))
    measurement = measure(sampler, check, options.get("rule"))
    measurement.record = machine_record(context, sampler.clock_hz(), options.get("content_hash", ""))
    return measurement
