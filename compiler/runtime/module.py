"""Modules, functions and launches.

What it is: PTX (or cubin) loaded into a context, its kernels with their resource use, and checked launches. What it
assumes: arguments as :func:`compiler.codegen.launch_packet.launch_packet` takes them when the artifact is known,
one per PTX parameter otherwise. What it guarantees: geometry, shared memory and argument errors are raised before
any driver call; the driver's assembler log is part of a load error. Example::

    kernel = Module.from_artifact(context, artifact).kernel()
    kernel.launch(grid=4, block=256, args=[np.float32(2), x, y])      # x, y: DeviceBuffer
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from functools import cached_property
from itertools import zip_longest
from typing import Any

import numpy as np

from compiler.base.dataclass import dataclass
from compiler.codegen.artifact import KernelArtifact
from compiler.codegen.launch_geometry import Dim3, GeometryError, check_dynamic_shared, check_geometry, dim3
from compiler.codegen.launch_packet import ArgumentError, BufferSlot, Slot, ValueSlot, launch_packet
from compiler.codegen.ptx import parse_ptx
from compiler.runtime.buffer import DeviceBuffer
from compiler.runtime.context import Context, Stream
from compiler.runtime.driver import binding, call, enum, release_with
from compiler.runtime.errors import DriverError

_LOG_BYTES = 16384


class Module:
    """Device code loaded into ``context``, which gets stack (``Context.stack_bytes``) for PTX that recurses."""

    def __init__(self, context: Context, image: str | bytes, artifact: KernelArtifact | None = None) -> None:
        self.context, self.artifact = context, artifact
        data = image.encode() + b"\0" if isinstance(image, str) else image
        if isinstance(image, str) and "\tcall" in image and parse_ptx(image).has_unknown_stack:
            context.reserve_stack()
        self.handle = _load(data)
        release_with(self, "cuModuleUnload", self.handle)

    @classmethod
    def from_artifact(cls, context: Context, artifact: KernelArtifact) -> Module:
        """Load a compiled kernel's PTX. Raises ``DriverError`` with the assembler's log."""
        return cls(context, artifact.ptx, artifact)

    def kernel(self, name: str = "") -> Kernel:
        """A kernel by its PTX name; the artifact's own kernel by default."""
        if not name:
            if self.artifact is None:
                raise ValueError("which kernel? pass its PTX name")
            name = self.artifact.symbol
        return Kernel(self, name, call("cuModuleGetFunction", self.handle, name.encode()))

    def global_buffer(self, name: str, dtype: Any = np.uint8) -> DeviceBuffer:
        """A device global or constant as a buffer (shares memory with the module)."""
        address, size_bytes = call("cuModuleGetGlobal", self.handle, name.encode())
        count = int(size_bytes) // np.dtype(dtype).itemsize
        return DeviceBuffer(self.context, int(address), (count,), dtype, owner=self)


def _load(image: bytes) -> Any:
    """``cuModuleLoadDataEx`` with an error log."""
    log = bytearray(_LOG_BYTES)
    options = [
        enum("CUjit_option", "CU_JIT_ERROR_LOG_BUFFER"),
        enum("CUjit_option", "CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES"),
    ]
    result, handle = binding().cuModuleLoadDataEx(image, len(options), options, [log, _LOG_BYTES])
    if int(result) != 0:
        detail = bytes(log).split(b"\0", 1)[0].decode("utf-8", "replace").strip()
        raise DriverError("cuModuleLoadDataEx", result.name, int(result), detail)
    return handle


@dataclass(frozen=True, slots=True)
class FunctionAttributes:
    """Resources of a kernel: per thread (registers, local bytes) and per block (shared bytes, most threads)."""

    n_registers: int
    local_bytes: int
    static_shared_bytes: int
    constant_bytes: int
    max_threads_per_block: int
    ptx_version: int
    binary_version: int


class Kernel:
    """An entry point of a module."""

    def __init__(self, module: Module, name: str, handle: Any) -> None:
        self.module, self.name, self.handle = module, name, handle
        self._dynamic_limit = 48 * 1024

    @property
    def artifact(self) -> KernelArtifact | None:
        artifact = self.module.artifact
        return artifact if artifact is not None and artifact.symbol == self.name else None

    def _attribute(self, name: str) -> int:
        return int(call("cuFuncGetAttribute", enum("CUfunction_attribute", f"CU_FUNC_ATTRIBUTE_{name}"), self.handle))

    @cached_property
    def attributes(self) -> FunctionAttributes:
        names = (
            "NUM_REGS",
            "LOCAL_SIZE_BYTES",
            "SHARED_SIZE_BYTES",
            "CONST_SIZE_BYTES",
            "MAX_THREADS_PER_BLOCK",
            "PTX_VERSION",
            "BINARY_VERSION",
        )
        return FunctionAttributes(*(self._attribute(name) for name in names))

    def blocks_per_multiprocessor(self, n_threads: int, dynamic_shared_bytes: int = 0) -> int:
        """How many blocks of ``n_threads`` run on one multiprocessor at once."""
        return int(call("cuOccupancyMaxActiveBlocksPerMultiprocessor", self.handle, n_threads, dynamic_shared_bytes))

    def occupancy(self, n_threads: int, dynamic_shared_bytes: int = 0) -> float:
        """Resident threads over the multiprocessor's most, 0 to 1."""
        most = self.module.context.attribute("MAX_THREADS_PER_MULTIPROCESSOR")
        return self.blocks_per_multiprocessor(n_threads, dynamic_shared_bytes) * n_threads / most

    def launch(
        self,
        grid: int | Sequence[int],
        block: int | Sequence[int],
        args: Sequence[object],
        stream: Stream | None = None,
        dynamic_shared_bytes: int = 0,
    ) -> None:
        """Queue the kernel on ``stream`` (default: the default stream) and return at once.

        ``grid`` in blocks, ``block`` in threads. ``args``: device buffers for slices and pointers, numbers or bytes for
        values. Raises ``GeometryError`` and ``ArgumentError`` before the driver is called, ``DriverError`` after. A
        fault inside the kernel surfaces at the next synchronisation.
        """
        self.prepare(grid, block, args, dynamic_shared_bytes).enqueue(stream or self.module.context.default_stream)

    def prepare(
        self,
        grid: int | Sequence[int],
        block: int | Sequence[int],
        args: Sequence[object],
        dynamic_shared_bytes: int = 0,
    ) -> PreparedLaunch:
        """Check a launch once, to queue it many times."""
        grid3, block3 = dim3(grid, "grid"), dim3(block, "block")
        facts = self.artifact.launch if self.artifact is not None else None
        limits = self.module.context.limits
        check_geometry(grid3, block3, dynamic_shared_bytes, facts, limits)
        if facts is not None:
            check_dynamic_shared(dynamic_shared_bytes, facts)
        shared = self.attributes.static_shared_bytes + dynamic_shared_bytes
        check_geometry(grid3, block3, shared, facts, limits)
        n_threads = block3[0] * block3[1] * block3[2]
        if n_threads > self.attributes.max_threads_per_block:
            raise GeometryError(
                f"`{self.name}` uses {self.attributes.n_registers} registers: at most "
                f"{self.attributes.max_threads_per_block} threads fit a block, {n_threads} asked for"
            )
        if dynamic_shared_bytes > self._dynamic_limit:
            attribute = enum("CUfunction_attribute", "CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES")
            call("cuFuncSetAttribute", self.handle, attribute, dynamic_shared_bytes)
            self._dynamic_limit = dynamic_shared_bytes
        slots = launch_packet(self.artifact, args) if self.artifact is not None else _raw_slots(args)
        return PreparedLaunch(self, grid3, block3, dynamic_shared_bytes, Packet(slots))


class Packet:
    """The array of pointers to parameter values that ``cuLaunchKernel`` takes."""

    def __init__(self, slots: Sequence[Slot]) -> None:
        self.values = [ctypes.create_string_buffer(self._bytes(slot)) for slot in slots]
        self.pointers = (ctypes.c_void_p * max(1, len(slots)))(*(ctypes.addressof(value) for value in self.values))
        self.buffers = [slot.buffer for slot in slots if isinstance(slot, BufferSlot)]  # keep alive

    @staticmethod
    def _bytes(slot: Slot) -> bytes:
        if isinstance(slot, ValueSlot):
            return slot.data
        if not isinstance(slot.buffer, DeviceBuffer):
            raise ArgumentError(
                f"`{slot.name}` must be in GPU memory: pass a DeviceBuffer (DeviceBuffer.from_host), "
                f"not {type(slot.buffer).__name__}"
            )
        return slot.buffer.address.to_bytes(8, "little")

    @property
    def address(self) -> int:
        return ctypes.addressof(self.pointers)


@dataclass(slots=True)
class PreparedLaunch:
    """A checked launch; :meth:`enqueue` may be called any number of times."""

    kernel: Kernel
    grid: Dim3
    block: Dim3
    dynamic_shared_bytes: int
    packet: Packet

    def enqueue(self, stream: Stream) -> None:
        facts = self.kernel.artifact.launch if self.kernel.artifact is not None else None
        shape = (*self.grid, *self.block, self.dynamic_shared_bytes, stream.handle)
        if facts is not None and facts.cluster is not None:
            self._enqueue_with_attributes(stream, facts.cluster, facts.cooperative)
        elif facts is not None and facts.cooperative:
            call("cuLaunchCooperativeKernel", self.kernel.handle, *shape, self.packet.address)
        else:
            call("cuLaunchKernel", self.kernel.handle, *shape, self.packet.address, 0)

    def _enqueue_with_attributes(self, stream: Stream, cluster: Dim3, cooperative: bool) -> None:
        driver = binding()
        attributes = [driver.CUlaunchAttribute()]
        attributes[0].id = enum("CUlaunchAttributeID", "CU_LAUNCH_ATTRIBUTE_CLUSTER_DIMENSION")
        dims = attributes[0].value.clusterDim
        dims.x, dims.y, dims.z = cluster
        if cooperative:
            attributes.append(driver.CUlaunchAttribute())
            attributes[1].id = enum("CUlaunchAttributeID", "CU_LAUNCH_ATTRIBUTE_COOPERATIVE")
            attributes[1].value.cooperative = 1
        config = driver.CUlaunchConfig()
        config.gridDimX, config.gridDimY, config.gridDimZ = self.grid
        config.blockDimX, config.blockDimY, config.blockDimZ = self.block
        config.sharedMemBytes, config.hStream = self.dynamic_shared_bytes, stream.handle
        config.attrs, config.numAttrs = attributes, len(attributes)
        call("cuLaunchKernelEx", config, self.kernel.handle, self.packet.address, 0)


def _raw_slots(args: Sequence[object]) -> list[Slot]:
    """One argument per PTX parameter."""
    slots: list[Slot] = []
    for i, arg in enumerate(args):
        name = f"argument {i}"
        if isinstance(arg, DeviceBuffer):
            slots.append(BufferSlot(name, arg, True))
        elif isinstance(arg, np.generic):
            slots.append(ValueSlot(name, arg.tobytes()))
        elif isinstance(arg, (bytes, bytearray)):
            slots.append(ValueSlot(name, bytes(arg)))
        else:
            raise ArgumentError(f"{name}: pass a DeviceBuffer, a NumPy scalar or bytes, not {type(arg).__name__}")
    return slots


def launch(
    artifact: KernelArtifact,
    grid: int | Sequence[int],
    block: int | Sequence[int],
    args: Sequence[object],
    dynamic_shared_bytes: int = 0,
    context: Context | None = None,
) -> float:
    """Run a kernel once on host arrays and wait: the counterpart of ``compiler.emulator.launch``.

    NumPy arrays are copied to the GPU, those of writable parameters are copied back; ``(array, width)`` pairs stay
    pairs. Returns the kernel's time in seconds. Raises ``DriverUnavailable`` without a GPU, ``DriverError`` on a fault.
    """
    context = context or Context()
    kernel = Module.from_artifact(context, artifact).kernel()
    moved: list[tuple[np.ndarray[Any, np.dtype[Any]], DeviceBuffer]] = []

    def to_device(arg: object) -> object:
        if isinstance(arg, tuple) and len(arg) == 2 and isinstance(arg[0], np.ndarray):
            return to_device(arg[0]), arg[1]
        if not isinstance(arg, np.ndarray):
            return arg
        known = next((buffer for host, buffer in moved if host is arg), None)
        buffer = known if known is not None else DeviceBuffer.from_host(context, arg)
        moved.append((arg, buffer))
        return buffer

    kinds = [param.kind for param in artifact.params]
    if len(kinds) != len(args):
        kinds = [kind for kind in kinds if kind != "zst"]
    by_value = ("scalar", "aggregate", "zst")
    on_device = [arg if kind in by_value else to_device(arg) for kind, arg in zip_longest(kinds, args)][: len(args)]
    prepared = kernel.prepare(grid, block, on_device, dynamic_shared_bytes)
    stream, start, end = context.stream(), context.event(), context.event()
    context.synchronize()
    stream.record(start)
    prepared.enqueue(stream)
    stream.record(end)
    stream.synchronize()
    for host, buffer in moved:
        if host.flags.writeable:
            buffer.to_host(host)
    return start.seconds_until(end)
