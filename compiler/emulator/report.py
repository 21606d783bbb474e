"""What a launch on the emulator reports: printed text, time, and where and why it trapped.

What it is: plain data plus the wording of traps. What it assumes: the machine record of the launch that just ended.
What it guarantees: a trap names the source line (the innermost one in the kernel's own file), the block and the
thread; its message stands alone on one line. Example: ``out of bounds: 4-byte access 4 bytes past the end of `y` (64
bytes)``.
"""

from __future__ import annotations

from compiler.base.dataclass import dataclass, field
from compiler.emulator import state
from compiler.emulator.sites import Frame

Dim3 = tuple[int, int, int]

KINDS = {
    state.TRAP_EXPLICIT: "trap",
    state.TRAP_OUT_OF_BOUNDS: "out-of-bounds",
    state.TRAP_DIVERGENT_BARRIER: "divergent-barrier",
    state.TRAP_WARP_DEADLOCK: "warp-deadlock",
    state.TRAP_TIMEOUT: "timeout",
    state.TRAP_ASSERT: "assert",
    state.TRAP_STACK_OVERFLOW: "stack-overflow",
    state.TRAP_READ_ONLY: "read-only",
    state.TRAP_MEMBER_MASK: "member-mask",
    state.TRAP_MISALIGNED: "misaligned",
    state.TRAP_BARRIER_MISUSE: "barrier-misuse",
    state.TRAP_OUT_OF_MEMORY: "out-of-memory",
    state.TRAP_ENDLESS_WAIT: "endless-wait",
}


@dataclass(frozen=True, slots=True)
class Trap:
    """Why and where a kernel stopped. ``line`` and ``column`` from 1, 0 when the IR carries no debug information."""

    kind: str
    message: str
    file: str
    line: int
    column: int
    block: Dim3
    thread: Dim3
    frames: tuple[Frame, ...] = ()
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: " if self.line else ""
        return f"{place}{self.message} [block {self.block}, thread {self.thread}]"


@dataclass(frozen=True, slots=True)
class Access:
    """One side of a finding. ``what``: "write", "read", "atomic" or "copy" (asynchronous)."""

    what: str
    file: str
    line: int
    column: int
    block: Dim3
    thread: Dim3
    frames: tuple[Frame, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A defect the shadow memory saw. ``check``: the family that found it; ``element``: index, -1 when unknown."""

    check: str  # "races" | "init" | "bounds" | "convergence"
    message: str
    first: Access
    second: Access | None = None
    memory: str = ""
    element: int = -1
    missing: str = ""  # the ordering that would prevent it
    count: int = 1

    def __str__(self) -> str:
        return f"{self.first.file}:{self.first.line}: {self.message}"


@dataclass(slots=True)
class LaunchReport:
    """Result of one launch. ``seconds``: time in the scheduler, compilation not counted."""

    printed: list[str]
    n_threads: int
    seconds: float
    trap: Trap | None = None
    schedule: str = "in-order"
    seed: int = 0
    coroutine: bool = False
    warnings: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    arities: list[int] = field(default_factory=list)  # of the decisions an explored schedule took
    is_ordered: bool = False  # no race found, no atomic met: every schedule does the same
