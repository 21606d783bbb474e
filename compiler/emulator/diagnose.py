"""Words a trap: reads the machine record after a launch stopped and explains what happened.

What it is: detection happened in native code; this explains, slowly and after the fact. What it assumes: the launch
trapped and its blocks are not yet released. What it guarantees: the message names what, the notes name who else was
involved. Example: a divergent barrier's note says how many threads wait there and what the others do.
"""

from __future__ import annotations

import ctypes

import numpy as np

from compiler.base.dataclass import dataclass
from compiler.emulator import jit, state
from compiler.emulator.report import KINDS, Trap
from compiler.emulator.sites import SiteTable


@dataclass(frozen=True, slots=True)
class Region:
    """Memory of a launch by the name a user knows it by."""

    name: str
    address: int
    size: int
    writable: bool


def records(address: int, name: str, count: int) -> np.ndarray:
    dtype = state.record_dtype(name)
    memory = (ctypes.c_char * (dtype.itemsize * count)).from_address(address)
    return np.frombuffer(memoryview(memory).cast("B"), dtype)


def trap_report(machine: np.ndarray, kernel: jit.CompiledKernel, file: str, regions: list[Region]) -> Trap:
    """The trap of the launch that just stopped."""
    kind = int(machine["trap_kind"])
    site = int(machine["trap_site"])
    frame = kernel.sites.user_frame(site, file)
    frames = kernel.sites.frames[site] if site < len(kernel.sites.frames) else ()
    message, notes = _explain(machine, kind, regions, kernel.sites, file)
    block, thread = coordinates(machine)
    place = (frame.file, frame.line, frame.column) if frame is not None else ("", 0, 0)
    return Trap(KINDS.get(kind, "trap"), message, *place, block, thread, frames, notes)


def coordinates(machine: np.ndarray) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """(block, thread) of the current device thread."""
    if not int(machine["current"]) or not int(machine["block"]):
        return (0, 0, 0), (0, 0, 0)
    block = records(int(machine["block"]), "Block", 1)[0]
    thread = records(int(machine["current"]), "Thread", 1)[0]
    return (
        (int(block["ctaid_x"]), int(block["ctaid_y"]), int(block["ctaid_z"])),
        (int(thread["tid_x"]), int(thread["tid_y"]), int(thread["tid_z"])),
    )


def _explain(
    machine: np.ndarray, kind: int, regions: list[Region], sites: SiteTable, file: str
) -> tuple[str, tuple[str, ...]]:
    if kind in (state.TRAP_OUT_OF_BOUNDS, state.TRAP_READ_ONLY, state.TRAP_MISALIGNED):
        return _access(machine, kind, regions), ()
    if kind in (state.TRAP_DIVERGENT_BARRIER, state.TRAP_WARP_DEADLOCK):
        return _deadlock(machine, kind, sites, file)
    if kind == state.TRAP_ASSERT:
        return f"assertion failed: {_c_string(int(machine['message']))}", ()
    return _SIMPLE.get(kind, "the kernel trapped"), ()


_SIMPLE = {
    state.TRAP_EXPLICIT: "the kernel trapped (a failed check, panic or explicit trap)",
    state.TRAP_TIMEOUT: "the kernel did not end within its time budget",
    state.TRAP_ENDLESS_WAIT: "all threads that are left wait for what none of them will change",
    state.TRAP_STACK_OVERFLOW: "stack overflow: recursion too deep",
    state.TRAP_MEMBER_MASK: "a lane calls a warp operation whose member mask does not include it",
    state.TRAP_BARRIER_MISUSE: "barrier misuse: bad barrier number, count or arrival",
    state.TRAP_OUT_OF_MEMORY: "the emulator ran out of memory",
}


def _c_string(address: int) -> str:
    return ctypes.string_at(address).decode("utf-8", "replace") if address else ""


def _access(machine: np.ndarray, kind: int, regions: list[Region]) -> str:
    address, size = int(machine["trap_address"]), int(machine["trap_size"])
    if kind == state.TRAP_MISALIGNED:
        return f"misaligned {size}-byte access at address 0x{address:x}"
    if kind == state.TRAP_READ_ONLY:
        name = next((r.name for r in regions if r.address <= address < r.address + r.size), "constant memory")
        return f"write of {size} bytes to `{name}`, which the kernel only reads"
    if address < 4096:
        return f"out of bounds: {size}-byte access through a null pointer (address 0x{address:x})"
    shared = int(machine["shared"])
    window = Region("shared memory", shared, int(machine["shared_bytes"]) + int(machine["dynamic_bytes"]), True)
    nearest = min([*regions, window], key=lambda r: _distance(r, address))
    if _distance(nearest, address) > 1 << 32:
        return f"out of bounds: {size}-byte access at address 0x{address:x}, which belongs to no buffer"
    if address < nearest.address:
        where = f"{nearest.address - address} bytes before the start of"
    elif address < nearest.address + nearest.size:
        where = "across the end of"
    else:
        past = address - nearest.address - nearest.size
        where = f"{past} bytes past the end of" if past else "at the end of"
    return f"out of bounds: {size}-byte access {where} `{nearest.name}` ({nearest.size} bytes)"


def _distance(region: Region, address: int) -> int:
    if address < region.address:
        return region.address - address
    return max(0, address - region.address - region.size)


def _deadlock(machine: np.ndarray, kind: int, sites: SiteTable, file: str) -> tuple[str, tuple[str, ...]]:
    block = records(int(machine["block"]), "Block", 1)[0]
    threads = records(int(block["threads"]), "Thread", int(block["n_threads"]))
    groups: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
    for thread in threads:
        status = int(thread["status"])
        frame = sites.user_frame(int(thread["site"]), file)
        where = f" at {frame.file}:{frame.line}" if frame is not None else ""
        doing = {
            state.WAIT_BARRIER: "wait at a barrier",
            state.WAIT_WARP: "wait at a warp operation",
            state.WAIT_CLUSTER: "wait at the barrier of the cluster",
            state.DONE: "have returned",
        }.get(status, "can run")
        key = (doing, "" if status == state.DONE else where)
        groups.setdefault(key, []).append((int(thread["tid_x"]), int(thread["tid_y"]), int(thread["tid_z"])))
    notes = tuple(f"{len(who)} threads {doing}{where}, first {who[0]}" for (doing, where), who in groups.items())
    if kind == state.TRAP_DIVERGENT_BARRIER:
        return "divergent barrier: not every thread of the block reaches it", notes
    return "a warp operation waits for lanes of its member mask that never arrive", notes
