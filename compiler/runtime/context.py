"""Devices, contexts, streams and events.

What it is: :class:`Context` (the primary context of one GPU), :class:`Stream`, :class:`Event`. What it assumes: one
context per device and process, made current on the calling thread. What it guarantees: objects keep their context
alive; times are seconds; sizes are bytes. Example::

    context = Context(0)
    with context.stream() as stream:
        ...
    print(context.name, context.compute_capability, context.limits.max_threads_per_block)
"""

from __future__ import annotations

from functools import cached_property
from types import TracebackType
from typing import Any

from compiler.codegen.launch_geometry import DeviceLimits
from compiler.runtime.driver import call, enum, query, release_with
from compiler.runtime.errors import DriverError

_RECURSIVE_STACK_BYTES = 16384


class Context:
    """The primary context of GPU ``ordinal``. Raises ``DriverUnavailable`` without a driver or device."""

    def __init__(self, ordinal: int = 0) -> None:
        self.ordinal = ordinal
        self.device = call("cuDeviceGet", ordinal)
        self.handle = call("cuDevicePrimaryCtxRetain", self.device)
        release_with(self, "cuDevicePrimaryCtxRelease", self.device)
        self.bind()

    def bind(self) -> None:
        """Make this context current on the calling thread."""
        call("cuCtxSetCurrent", self.handle)

    def attribute(self, name: str) -> int:
        """A device attribute by its name without the prefix, e.g. ``"WARP_SIZE"``."""
        return int(call("cuDeviceGetAttribute", enum("CUdevice_attribute", f"CU_DEVICE_ATTRIBUTE_{name}"), self.device))

    @cached_property
    def name(self) -> str:
        raw = call("cuDeviceGetName", 256, self.device)
        return bytes(raw).split(b"\0", 1)[0].decode()

    @cached_property
    def uuid(self) -> str:
        raw = bytes(call("cuDeviceGetUuid", self.device).bytes).hex()
        return f"GPU-{raw[:8]}-{raw[8:12]}-{raw[12:16]}-{raw[16:20]}-{raw[20:]}"

    @cached_property
    def compute_capability(self) -> tuple[int, int]:
        return self.attribute("COMPUTE_CAPABILITY_MAJOR"), self.attribute("COMPUTE_CAPABILITY_MINOR")

    @property
    def target(self) -> str:
        """``sm_90a`` for Hopper and later (their own features included), ``sm_80`` style before."""
        major, minor = self.compute_capability
        return f"sm_{major}{minor}" + ("a" if major >= 9 else "")

    @cached_property
    def limits(self) -> DeviceLimits:
        blocks = tuple(self.attribute(f"MAX_BLOCK_DIM_{axis}") for axis in "XYZ")
        grids = tuple(self.attribute(f"MAX_GRID_DIM_{axis}") for axis in "XYZ")
        return DeviceLimits(
            self.attribute("MAX_THREADS_PER_BLOCK"),
            (blocks[0], blocks[1], blocks[2]),
            (grids[0], grids[1], grids[2]),
            self.attribute("MAX_SHARED_MEMORY_PER_BLOCK_OPTIN"),
        )

    @cached_property
    def l2_bytes(self) -> int:
        return self.attribute("L2_CACHE_SIZE")

    @cached_property
    def n_multiprocessors(self) -> int:
        return self.attribute("MULTIPROCESSOR_COUNT")

    @property
    def memory_bytes(self) -> tuple[int, int]:
        """(free, total)."""
        free, total = call("cuMemGetInfo")
        return int(free), int(total)

    @property
    def stack_bytes(self) -> int:
        """The stack of each thread, for kernels that recurse; others know what they need. CUDA starts with 1024."""
        return int(call("cuCtxGetLimit", enum("CUlimit", "CU_LIMIT_STACK_SIZE")))

    @stack_bytes.setter
    def stack_bytes(self, size_bytes: int) -> None:
        call("cuCtxSetLimit", enum("CUlimit", "CU_LIMIT_STACK_SIZE"), size_bytes)

    def reserve_stack(self) -> None:
        """Have at least 16 KiB of stack a thread, less if that took an eighth of the free memory."""
        n_threads = self.n_multiprocessors * self.attribute("MAX_THREADS_PER_MULTIPROCESSOR")
        wanted = min(_RECURSIVE_STACK_BYTES, self.memory_bytes[0] // 8 // n_threads)
        self.stack_bytes = max(self.stack_bytes, wanted)

    @cached_property
    def default_stream(self) -> Stream:
        """The legacy default stream."""
        return Stream(self, handle=0)

    def stream(self) -> Stream:
        """A new stream that does not wait for the default one."""
        return Stream(self)

    def event(self, *, timing: bool = True) -> Event:
        return Event(self, timing=timing)

    def synchronize(self) -> None:
        """Wait for all work of this context; faults of kernels surface here."""
        call("cuCtxSynchronize")

    def set_stack_bytes(self, size_bytes: int) -> None:
        """Call stack of each device thread (recursive kernels)."""
        call("cuCtxSetLimit", enum("CUlimit", "CU_LIMIT_STACK_SIZE"), size_bytes)


class Stream:
    """An in-order queue of GPU work. Usable as a context manager: leaving it synchronises."""

    def __init__(self, context: Context, handle: Any = None) -> None:
        self.context = context
        self.handle = handle
        if handle is None:
            flag = enum("CUstream_flags", "CU_STREAM_NON_BLOCKING")
            self.handle = call("cuStreamCreate", flag)
            release_with(self, "cuStreamDestroy", self.handle)

    def synchronize(self) -> None:
        """Wait until everything queued so far is done; faults of kernels surface here."""
        call("cuStreamSynchronize", self.handle)

    def record(self, event: Event) -> Event:
        call("cuEventRecord", event.handle, self.handle)
        return event

    def wait(self, event: Event) -> None:
        """Later work of this stream starts after ``event``."""
        call("cuStreamWaitEvent", self.handle, event.handle, 0)

    def fork(self) -> Stream:
        """A new stream that starts after what is queued here now."""
        other = self.context.stream()
        other.wait(self.record(self.context.event(timing=False)))
        return other

    def join(self, other: Stream) -> None:
        """Later work of this stream starts after what is queued in ``other`` now."""
        self.wait(other.record(self.context.event(timing=False)))

    def __enter__(self) -> Stream:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.synchronize()


class Event:
    """A point in a stream."""

    def __init__(self, context: Context, *, timing: bool = True) -> None:
        self.context = context
        flag = "CU_EVENT_DEFAULT" if timing else "CU_EVENT_DISABLE_TIMING"
        self.handle = call("cuEventCreate", enum("CUevent_flags", flag))
        release_with(self, "cuEventDestroy", self.handle)

    def synchronize(self) -> None:
        call("cuEventSynchronize", self.handle)

    def is_done(self) -> bool:
        """Has the point been reached? A fault of a kernel before it raises ``DriverError``."""
        name = query("cuEventQuery", self.handle)
        if name in ("CUDA_SUCCESS", "CUDA_ERROR_NOT_READY"):
            return name == "CUDA_SUCCESS"
        raise DriverError("cuEventQuery", name, -1)

    def seconds_until(self, end: Event) -> float:
        """Seconds from this event to ``end``; both must have been reached."""
        return float(call("cuEventElapsedTime", self.handle, end.handle)) * 1e-3
