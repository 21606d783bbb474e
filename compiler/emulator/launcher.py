"""Runs kernels on the CPU: the emulator's public face.

What it is: :func:`launch` for one shot, :func:`load` for a module whose device globals persist between launches. What
it assumes: LLVM IR text as the compiler makes it for NVPTX, or a :class:`KernelArtifact` holding it. What it
guarantees: writable NumPy arrays are updated in place; a kernel that traps, never ends or deadlocks comes back as a
:class:`~compiler.emulator.report.Trap` with source line and coordinates, the process unharmed. Example::

    report = launch(artifact, "saxpy", grid=4, block=256, args=[np.float32(2), x, y])
    assert report.trap is None
"""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Mapping, Sequence

import numpy as np

from compiler.base.dataclass import dataclass, field
from compiler.codegen.artifact import KernelArtifact, LaunchFacts
from compiler.codegen.launch_geometry import Dim3, GeometryError, check_dynamic_shared, check_geometry, dim3
from compiler.codegen.launch_packet import ArgumentError, BufferSlot, Slot, ValueSlot, launch_packet
from compiler.emulator import jit, printf, state
from compiler.emulator.diagnose import Region, trap_report
from compiler.emulator.findings import check_flags, read_findings, shared_regions
from compiler.emulator.report import LaunchReport
from compiler.emulator.schedule import EXPLORE_LANES

SCHEDULES = {
    "in-order": state.IN_ORDER,
    "reversed": state.REVERSED,
    "random": state.RANDOM,
    "explore": state.EXPLORE,
}
MOST_DECISIONS = 4096
MOST_FINDINGS = 256
_EXACT_THREADS = 2048  # launches up to this size remember every concurrent reader of a location
_MOST_RECORDS = 64  # larger ones this many
_LANE_THREADS = 16  # launches up to this size explore the order of lanes too
_WORKSPACE_BYTES = 256
_MOST_BLOCKS = 2**31 - 1


@dataclass(slots=True)
class LaunchOptions:
    """How to run. ``exited_threads_arrive``: hardware's leniency; ``poison``: fills shared memory.

    ``checks``: names of :data:`compiler.emulator.findings.CHECKS`, none for a plain run. ``choices``: the decisions of
    an explored schedule, 0 beyond them.
    """

    dynamic_smem_bytes: int = 0
    schedule: str = "in-order"
    seed: int = 0
    time_budget_s: float = 10.0
    exited_threads_arrive: bool = False
    poison: int = 0xFF
    checks: tuple[str, ...] = ()
    choices: tuple[int, ...] = ()


@dataclass(slots=True)
class EmulatedModule:
    """A device module in host memory; its globals live until it is loaded again."""

    ir: str
    artifact: KernelArtifact | None = None
    _initial: dict[str, bytes] = field(default_factory=dict)

    def kernel(self, name: str, checked: bool = False) -> jit.CompiledKernel:
        compiled = jit.compile_kernel(self.ir, name, checked)
        for symbol, size in compiled.sizes.items():
            if f"{name}:{symbol}:{checked}" not in self._initial:
                self._initial[f"{name}:{symbol}:{checked}"] = ctypes.string_at(compiled.symbol(symbol), size)
        return compiled

    def launch(
        self, kernel: str, grid: object, block: object, args: Sequence[object], options: LaunchOptions
    ) -> LaunchReport:
        """Run one kernel; globals keep their values from the launch before."""
        return _Launch(self, kernel, _dim3(grid, "grid"), _dim3(block, "block"), args, options).run()

    def global_bytes(self, kernel: str, symbol: str) -> bytes:
        """Current contents of a device global that ``kernel`` uses."""
        compiled = self.kernel(kernel)
        return ctypes.string_at(compiled.symbol(symbol), compiled.sizes[symbol])

    def set_global(self, kernel: str, symbol: str, data: bytes) -> None:
        """Write a device global or constant (``#[constant]``) before a launch."""
        compiled = self.kernel(kernel)
        if len(data) > compiled.sizes[symbol]:
            raise ArgumentError(f"`{symbol}` is {compiled.sizes[symbol]} bytes, {len(data)} given")
        ctypes.memmove(compiled.symbol(symbol), data, len(data))

    def reset(self, kernel: str, checked: bool = False) -> None:
        """Put the globals of ``kernel`` back to their initial values."""
        compiled = self.kernel(kernel, checked)
        for symbol, writable in compiled.lowered.globals.items():
            if writable:
                data = self._initial[f"{kernel}:{symbol}:{checked}"]
                ctypes.memmove(compiled.symbol(symbol), data, len(data))


def load(artifact_or_ir: KernelArtifact | str) -> EmulatedModule:
    """A module to launch kernels of, one after another."""
    if isinstance(artifact_or_ir, KernelArtifact):
        return EmulatedModule(artifact_or_ir.llvm_ir, artifact_or_ir)
    return EmulatedModule(artifact_or_ir)


def launch(
    artifact_or_ir: KernelArtifact | str,
    kernel: str,
    grid: int | Sequence[int],
    block: int | Sequence[int],
    args: Sequence[object],
    dynamic_smem_bytes: int = 0,
    schedule: str = "in-order",
    seed: int = 0,
    *,
    time_budget_s: float = 10.0,
    exited_threads_arrive: bool = False,
    constants: Mapping[str, bytes] | None = None,
) -> LaunchReport:
    """Run ``kernel`` once on fresh device globals.

    ``args``: with an artifact, one entry per source parameter (array, number, bytes, ``(array, width)``); with bare IR,
    one entry per IR parameter (array for a pointer, NumPy scalar or bytes for a value). Raises ``GeometryError``,
    ``ArgumentError``, ``EmulatorError`` (bad IR) or ``UnsupportedDevice`` before anything runs.
    """
    options = LaunchOptions(dynamic_smem_bytes, schedule, seed, time_budget_s, exited_threads_arrive)
    module = load(artifact_or_ir)
    name = _symbol_of(module, kernel)
    with jit.LOCK:
        module.kernel(name)
        for symbol, data in (constants or {}).items():
            module.set_global(name, symbol, data)
        try:
            return module.launch(name, grid, block, args, options)
        finally:
            module.reset(name)


def _symbol_of(module: EmulatedModule, kernel: str) -> str:
    artifact = module.artifact
    return artifact.symbol if artifact is not None and kernel in ("", artifact.name) else kernel


def _dim3(value: object, what: str) -> Dim3:
    return dim3(value, what)  # type: ignore[arg-type]


class _Launch:
    """One launch in progress: owns the memory the machine record points to."""

    def __init__(
        self,
        module: EmulatedModule,
        kernel: str,
        grid: Dim3,
        block: Dim3,
        args: Sequence[object],
        options: LaunchOptions,
    ) -> None:
        if options.schedule not in SCHEDULES:
            raise ValueError(f"schedule is one of {', '.join(SCHEDULES)}, not {options.schedule!r}")
        self.module, self.grid, self.block, self.options = module, grid, block, options
        self.kernel = module.kernel(_symbol_of(module, kernel), bool(options.checks))
        self.artifact = module.artifact
        facts = self.artifact.launch if self.artifact is not None else LaunchFacts()
        used = self.shared_bytes - self.kernel.lowered.red_zone_bytes + options.dynamic_smem_bytes
        check_geometry(grid, block, used, facts)
        check_dynamic_shared(options.dynamic_smem_bytes, facts)
        if int(np.prod(grid, dtype=np.int64)) > _MOST_BLOCKS:
            raise GeometryError(f"the emulator runs at most {_MOST_BLOCKS} blocks, grid {grid} asked for")
        self.cluster = facts.cluster or (1, 1, 1)
        self.slots = launch_packet(self.artifact, args) if self.artifact is not None else _raw_slots(args)
        self.keep: list[object] = []
        self.regions: list[Region] = []
        self.workspace = np.zeros(_WORKSPACE_BYTES // 4, np.uint32)
        self.workspace[0] = _WORKSPACE_BYTES

    @property
    def shared_bytes(self) -> int:
        lowered = self.kernel.lowered
        return max(lowered.shared_bytes, lowered.dynamic_offset)

    def run(self) -> LaunchReport:
        with jit.LOCK:
            machine = machine_record()
            self._fill(machine)
            printf.PRINTED.clear()
            run, release = jit.runner(), jit.releaser()
            watchdog = threading.Timer(self.options.time_budget_s, _stop, (machine,))
            watchdog.daemon = True
            watchdog.start()
            started = time.perf_counter()
            trapped = run()
            seconds = time.perf_counter() - started
            watchdog.cancel()
            trap = trap_report(machine, self.kernel, self._file(), self.regions) if trapped else None
            found = read_findings(machine, self.kernel, self._file(), self.regions)
            release()
        n_threads = int(np.prod(self.grid, dtype=np.int64)) * int(np.prod(self.block))
        options = self.options
        return LaunchReport(
            list(printf.PRINTED),
            n_threads,
            seconds,
            trap,
            options.schedule,
            options.seed,
            self.kernel.lowered.coroutine,
            findings=found,
            arities=[int(n) for n in self.arities[: int(machine["n_chosen"])]],
            is_ordered="races" in options.checks and not int(machine["n_strong"]) and not found,
        )

    def _file(self) -> str:
        return self.artifact.file if self.artifact is not None else ""

    def _fill(self, machine: np.ndarray) -> None:
        """Write the machine record."""
        machine[...] = np.zeros((), machine.dtype)
        options = self.options
        n_blocks = int(np.prod(self.grid, dtype=np.int64))
        slots = self._keep(np.zeros(min(n_blocks, 1 << 16), np.uint64))
        packet = self._packet()
        regions = self._region_table()
        values: dict[str, int] = {
            "slots": slots.ctypes.data,
            "n_slots": len(slots),
            "regions": regions.ctypes.data,
            "n_regions": len(regions),
            "shared": jit.shared_address(),
            "entry": self.kernel.symbol("oxide.entry"),
            "args": packet.ctypes.data,
            "workspace": self.workspace.ctypes.data,
            "n_blocks": n_blocks,
            "rng": (options.seed * 0x9E3779B97F4A7C15 + 0x1234567) & (2**64 - 1) | 1,
            "shared_bytes": self.shared_bytes,
            "dynamic_bytes": options.dynamic_smem_bytes,
            "schedule": SCHEDULES[options.schedule],
            "coroutine": int(self.kernel.lowered.coroutine),
            "exited_counts": int(options.exited_threads_arrive),
            "poison": options.poison,
            **self._check_fields(n_blocks),
        }
        for axis, n_threads, n in zip("xyz", self.block, self.grid, strict=True):
            values[f"ntid_{axis}"], values[f"nctaid_{axis}"] = n_threads, n
        for axis, n in zip("xyz", self.cluster, strict=True):
            values[f"cluster_{axis}"] = n
        values["cluster_blocks"] = int(np.prod(self.cluster))
        for name, value in values.items():
            machine[name] = value
        ctypes.memset(self.kernel.symbol("oxide.caches"), 0, 16 * self.kernel.lowered.n_caches)

    def _check_fields(self, n_blocks: int) -> dict[str, int]:
        """The part of the record that concerns checks and explored schedules."""
        options = self.options
        n_threads = n_blocks * int(np.prod(self.block))
        choices = np.zeros(MOST_DECISIONS, np.uint32)
        choices[: len(options.choices)] = options.choices
        self.arities = np.zeros(MOST_DECISIONS, np.uint32)
        findings = np.zeros(MOST_FINDINGS if options.checks else 1, state.record_dtype("Finding"))
        return {
            "checks": check_flags(options.checks) | self._lane_flag(n_threads),
            "findings": self._keep(findings).ctypes.data,
            "max_findings": len(findings) if options.checks else 0,
            "max_records": n_threads if n_threads <= _EXACT_THREADS else _MOST_RECORDS,
            "block_threads": int(np.prod(self.block)),
            "n_threads": min(n_threads, 2**32 - 1),
            "choices": self._keep(choices).ctypes.data,
            "arities": self._keep(self.arities).ctypes.data,
            "max_chosen": MOST_DECISIONS if options.schedule == "explore" else 0,
        }

    def _lane_flag(self, n_threads: int) -> int:
        explored = self.options.checks and self.options.schedule == "explore"
        return EXPLORE_LANES if explored and n_threads <= _LANE_THREADS else 0

    def _keep(self, array: np.ndarray) -> np.ndarray:
        self.keep.append(array)
        return array

    def _packet(self) -> np.ndarray:
        """Array of pointers to parameter values, as ``cuLaunchKernel`` takes it."""
        pointers = self._keep(np.zeros(max(1, len(self.slots)), np.uint64))
        for i, slot in enumerate(self.slots):
            data = slot.data if isinstance(slot, ValueSlot) else self._buffer(slot).to_bytes(8, "little")
            value = self._keep(np.frombuffer(data + bytes(16), np.uint8).copy())
            pointers[i] = value.ctypes.data
        return pointers

    def _buffer(self, slot: BufferSlot) -> int:
        array = slot.buffer
        if not isinstance(array, np.ndarray):
            raise ArgumentError(f"`{slot.name}`: the emulator takes NumPy arrays, not {type(array).__name__}")
        if not array.flags.c_contiguous:
            raise ArgumentError(f"`{slot.name}` needs a contiguous array (use numpy.ascontiguousarray)")
        # Atomics write through `&[T]`, so only a read-only array is protected.
        self.regions.append(Region(slot.name, array.ctypes.data, array.nbytes, bool(array.flags.writeable)))
        return int(array.ctypes.data)

    def _region_table(self) -> np.ndarray:
        """Buffers, device globals and the grid workspace; a range written through any argument is writable."""
        for symbol, writable in self.kernel.lowered.globals.items():
            self.regions.append(Region(symbol, self.kernel.symbol(symbol), self.kernel.sizes[symbol], writable))
        self.regions.append(Region("grid workspace", self.workspace.ctypes.data, self.workspace.nbytes, True))
        if self.options.checks:
            self.regions += shared_regions(self.kernel, self.options.dynamic_smem_bytes)
        self.regions.sort(key=lambda region: not region.writable)
        table = self._keep(np.zeros(len(self.regions), state.record_dtype("Region")))
        for row, region in zip(table, self.regions, strict=True):
            row["low"], row["high"], row["writable"] = region.address, region.address + region.size, region.writable
        return table


def _stop(machine: np.ndarray) -> None:
    machine["stop"] = 1


def machine_record() -> np.ndarray:
    """The machine as a zero-dimensional structured array over native memory."""
    dtype = state.record_dtype("Machine")
    memory = (ctypes.c_char * dtype.itemsize).from_address(jit.machine_address())
    return np.frombuffer(memoryview(memory).cast("B"), dtype).reshape(())


def _raw_slots(args: Sequence[object]) -> list[Slot]:
    """Arguments of bare IR: one per IR parameter."""
    slots: list[Slot] = []
    for i, arg in enumerate(args):
        name = f"argument {i}"
        if isinstance(arg, np.ndarray):
            slots.append(BufferSlot(name, arg, bool(arg.flags.writeable)))
        elif isinstance(arg, (bytes, bytearray)):
            slots.append(ValueSlot(name, bytes(arg)))
        elif isinstance(arg, np.generic):
            slots.append(ValueSlot(name, arg.tobytes()))
        elif isinstance(arg, int):
            slots.append(ValueSlot(name, (arg & (2**64 - 1)).to_bytes(8, "little")))
        else:
            raise ArgumentError(f"{name}: pass an array, a NumPy scalar or bytes, not {type(arg).__name__}")
    return slots
