"""The lenses above a kernel: what each says before, during and after its command.

Assumes: ``KernelSummary.content_hash`` changes when the kernel's code may have changed.
Guarantees: a result stays in the title until the next one, marked stale once the kernel differs from what was run.

>>> title(RUN, None, "h1")
'▶ Run'
>>> title(RUN, Record("done", "1024 × f32, checksum 1f2e (GPU)", "h1"), "h2")
'▶ Run · 1024 × f32, checksum 1f2e (GPU) · stale'
"""

from __future__ import annotations

from dataclasses import dataclass

from compiler.semantics.api import KernelSummary, Span

RUN = "run"
BENCH = "bench"
CHECK = "check"
_VERBS = {RUN: "▶ Run", BENCH: "◔ Benchmark", CHECK: "✓ Check"}
_DOING = {RUN: "running …", BENCH: "measuring …", CHECK: "checking …"}


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of the last run, benchmark or check. ``state``: "running", "done" or "failed".

    ``fault_line``: where it failed, counted from the kernel's line, if that is known.
    """

    state: str
    summary: str
    content_hash: str
    detail: str = ""
    fault_line: int | None = None


@dataclass(frozen=True, slots=True)
class Lens:
    """A lens before it is resolved."""

    kernel: str
    action: str
    span: Span
    content_hash: str


def lenses(kernels: tuple[KernelSummary, ...], is_enabled: dict[str, bool]) -> list[Lens]:
    """The lenses of a file, in source order."""
    return [
        Lens(kernel.name, action, kernel.name_span, kernel.content_hash)
        for kernel in kernels
        for action in _VERBS
        if is_enabled[action]
    ]


def title(action: str, record: Record | None, content_hash: str) -> str:
    """The text of a lens."""
    if record is None:
        return _VERBS[action]
    if record.state == "running":
        return f"{_VERBS[action]} · {record.summary or _DOING[action]}"
    mark = "✗ " if record.state == "failed" else ""
    stale = " · stale" if record.content_hash != content_hash else ""
    return f"{_VERBS[action]} · {mark}{record.summary}{stale}"
