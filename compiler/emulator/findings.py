"""Words what the shadow memory found: reads the records after a launch and names lines, threads and elements.

What it is: detection happened in native code; this explains. What it assumes: the launch just ended and its regions
still stand. What it guarantees: each finding says who, where, which element of which memory, and which ordering is
missing; a trap is a finding of the family it belongs to. Example: ``threads (0,0,0) and (1,0,0) of block (0,0,0) both
write element 0 of `out` with no order between them``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from compiler.emulator import clocks, jit, shadow
from compiler.emulator.diagnose import Region, records
from compiler.emulator.report import Access, Dim3, Finding, LaunchReport, Trap

CHECKS = {
    "races": shadow.CHECK_RACES,
    "init": shadow.CHECK_INIT,
    "bounds": shadow.CHECK_BOUNDS,
    "convergence": shadow.CHECK_CONVERGENCE,
}
_TRAP_CHECKS = {
    "out-of-bounds": "bounds",
    "read-only": "bounds",
    "misaligned": "bounds",
    "stack-overflow": "bounds",
    "trap": "bounds",
    "assert": "bounds",
    "divergent-barrier": "convergence",
    "warp-deadlock": "convergence",
    "member-mask": "convergence",
    "barrier-misuse": "convergence",
    "timeout": "convergence",
    "endless-wait": "convergence",
}
_SITES = {
    shadow.FOUND_BARRIER_SITES: "threads of one block wait at different barriers as if they were one",
    shadow.FOUND_CLUSTER_SITES: "threads of one cluster wait at different barriers as if they were one",
    shadow.FOUND_WARP_SITES: "lanes of one warp meet in warp operations at different places",
    shadow.FOUND_SHUFFLE_SOURCE: "a shuffle reads a lane that does not take part",
}


def check_flags(names: Iterable[str]) -> int:
    """The machine's flags for names of :data:`CHECKS`; raises ``ValueError`` for an unknown one."""
    flags = 0
    for name in names:
        if name not in CHECKS:
            raise ValueError(f"no check `{name}`; there are: {', '.join(CHECKS)}")
        flags |= CHECKS[name]
    return flags


def shared_regions(kernel: jit.CompiledKernel, dynamic_bytes: int) -> list[Region]:
    """Each shared array as memory of its own."""
    base = jit.shared_address()
    found = []
    for symbol, (offset, size) in kernel.lowered.shared_symbols.items():
        size = size if size else dynamic_bytes
        if size:
            found.append(Region(_display_name(symbol), base + offset, size, True))
    return found


def _display_name(symbol: str) -> str:
    """The source's name of a static: its symbol is the path of its function and the name."""
    name = symbol.strip('@"')
    if name == "__dynamic_smem":
        return "dynamic shared memory"
    return name.rpartition("__")[2] or name


def read_findings(
    machine: np.ndarray, kernel: jit.CompiledKernel, file: str, regions: Sequence[Region]
) -> list[Finding]:
    """The findings of the launch that just ended, in the order they were made."""
    n = int(machine["n_findings"])
    if not n:
        return []
    reader = _Reader(machine, kernel, file, regions)
    return [reader.finding(record) for record in records(int(machine["findings"]), "Finding", n)]


def trap_finding(trap: Trap) -> Finding:
    """A trap as a finding."""
    where = Access("trap", trap.file, trap.line, trap.column, trap.block, trap.thread, trap.frames)
    notes = f" ({'; '.join(trap.notes)})" if trap.notes else ""
    return Finding(_TRAP_CHECKS.get(trap.kind, "bounds"), trap.message + notes, where)


def all_findings(report: LaunchReport, checks: Iterable[str]) -> list[Finding]:
    """Findings of the wanted families, the trap included."""
    wanted = set(checks)
    found = list(report.findings)
    if report.trap is not None:
        found.append(trap_finding(report.trap))
    return [f for f in found if f.check in wanted]


class _Reader:
    def __init__(self, machine: np.ndarray, kernel: jit.CompiledKernel, file: str, regions: Sequence[Region]) -> None:
        self.kernel, self.file, self.regions = kernel, file, regions
        self.block = tuple(int(machine[f"ntid_{axis}"]) for axis in "xyz")
        self.grid = tuple(int(machine[f"nctaid_{axis}"]) for axis in "xyz")
        self.cluster = tuple(int(machine[f"cluster_{axis}"]) for axis in "xyz")

    def finding(self, record: np.void) -> Finding:
        what = int(record["what"])
        if what == shadow.FOUND_RACE:
            return self._race(record)
        if what == shadow.FOUND_BLOCK_ENDED:
            return self._after_the_end(record)
        first = self._access("read", int(record["site"]), int(record["thread"]))
        if what == shadow.FOUND_UNINITIALISED:
            memory, element = self._element(int(record["address"]), int(record["size"]))
            place = _place(memory, element) + self._home(record)
            text = f"{_thread(first)} reads {place} before anything was written there"
            return Finding("init", text, first, None, memory, element, "", int(record["count"]))
        first = self._access("wait", int(record["site"]), int(record["thread"]))
        second = self._access("wait", int(record["other_site"]), int(record["other_thread"]))
        return Finding("convergence", _SITES[what], first, second, count=int(record["count"]))

    def _race(self, record: np.void) -> Finding:
        kind, other = int(record["kind"]), int(record["other_kind"])
        second = self._access(_what(kind), int(record["site"]), int(record["thread"]))
        first = self._access(_what(other), int(record["other_site"]), int(record["other_thread"]))
        memory, element = self._element(int(record["address"]), int(record["size"]))
        missing = _missing(first, second, kind | other, self._in_one_cluster(first, second))
        place = _place(memory, element) + self._home(record)
        text = (
            f"{_thread(first)} {_verb(first)} and {_thread(second)} {_verb(second)} {place} with no order between them"
        )
        return Finding("races", text, first, second, memory, element, missing, int(record["count"]))

    def _after_the_end(self, record: np.void) -> Finding:
        first = self._access(_what(int(record["kind"])), int(record["site"]), int(record["thread"]))
        memory, element = self._element(int(record["address"]), int(record["size"]))
        place = _place(memory, element) + self._home(record)
        text = f"{_thread(first)} {_verb(first)} {place} when every thread of that block may have returned"
        missing = "a barrier of the cluster (`cluster_sync()`) before the block returns"
        return Finding("bounds", text, first, None, memory, element, missing, int(record["count"]))

    def _home(self, record: np.void) -> str:
        """Whose shared memory it is, in a launch of clusters."""
        home = int(record["home"])
        return f" of block {_coordinates(home - 1, self.grid)}" if home else ""

    def _in_one_cluster(self, first: Access, second: Access) -> bool:
        clusters = [tuple(at // n for at, n in zip(a.block, self.cluster, strict=True)) for a in (first, second)]
        return clusters[0] == clusters[1]

    def _access(self, what: str, site: int, thread: int) -> Access:
        frame = self.kernel.sites.user_frame(site, self.file)
        frames = self.kernel.sites.frames[site] if site < len(self.kernel.sites.frames) else ()
        place = (frame.file, frame.line, frame.column) if frame is not None else (self.file, 0, 0)
        n = self.block[0] * self.block[1] * self.block[2]
        return Access(what, *place, _coordinates(thread // n, self.grid), _coordinates(thread % n, self.block), frames)

    def _element(self, address: int, size: int) -> tuple[str, int]:
        for region in self.regions:
            if region.address <= address < region.address + region.size:
                return region.name, (address - region.address) // max(1, size)
        return "", -1


def _coordinates(linear: int, shape: tuple[int, ...]) -> Dim3:
    x, y, _ = shape
    return linear % x, linear // x % y, linear // (x * y)


def _what(kind: int) -> str:
    if kind & clocks.KIND_ASYNC:
        return "copy"
    if kind & clocks.KIND_ATOMIC:
        return "atomic write" if kind & clocks.KIND_WRITE else "atomic read"
    return "write" if kind & clocks.KIND_WRITE else "read"


_VERBS = {
    "copy": "copies asynchronously",
    "atomic write": "atomically updates",
    "atomic read": "atomically reads",
    "write": "writes",
    "read": "reads",
}


def _verb(access: Access) -> str:
    return _VERBS.get(access.what, access.what)


def _thread(access: Access) -> str:
    return f"thread {access.thread} of block {access.block}"


def _place(memory: str, element: int) -> str:
    return f"element {element} of `{memory}`" if memory else "the same memory"


def _missing(first: Access, second: Access, kinds: int, in_one_cluster: bool) -> str:
    """The ordering that would prevent a race."""
    if kinds & clocks.KIND_ASYNC:
        return "a wait for the asynchronous copy, then a barrier"
    if first.block != second.block:
        if kinds & clocks.KIND_NARROW:
            return "atomics of device scope: block scope does not reach other blocks"
        if in_one_cluster:
            return "a barrier of the cluster (`cluster_sync()`)"
        return "nothing orders blocks: use atomics, a grid barrier or two launches"
    if first.what.startswith("atomic") != second.what.startswith("atomic"):
        return "an atomic access on both sides, or a barrier"
    return "a barrier of the block (`sync_threads()`)"


def families(names: str) -> tuple[str, ...]:
    """``races,init`` as a tuple; ``all`` is every one. Raises ``ValueError``."""
    chosen = tuple(CHECKS) if names == "all" else tuple(name.strip() for name in names.split(",") if name.strip())
    check_flags(chosen)
    if not chosen:
        raise ValueError(f"no check given; there are: {', '.join(CHECKS)}")
    return chosen
