"""What came of replaying a witness, and how a race may be shown after it.

What it is: :class:`Replay` and :func:`settle`, apart from the replaying itself so that a server can import them at
once. Assumes: diagnostics of the disjointness analysis, absolute. Guarantees: a race is an error only if the emulator
saw it; everything else about the diagnostic stays.

Example: ``settle(race, None)`` is a warning, "possibly, threads ... both write element 0 of `y`".
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from compiler.base.dataclass import dataclass, field, replace
from compiler.diagnostics.model import Diagnostic, Severity, SubDiagnostic

if TYPE_CHECKING:
    from compiler.emulator.explore import Scheduled

RACE_CODE = "K0301"


class ReplayOutcome(enum.Enum):
    CONFIRMED = "confirmed"
    NOT_SEEN = "not seen"
    NOT_RUN = "not run"


@dataclass(slots=True)
class Replay:
    """``reason``: why not confirmed. ``finding``: what the emulator saw; ``schedule``: under which; ``n_launches``:
    how many inputs were tried; ``seen``: other findings, worded; ``stopped``: an access out of range ended a launch."""

    outcome: ReplayOutcome
    reason: str = ""
    finding: Scheduled | None = None
    schedule: str = ""
    n_launches: int = 0
    seen: list[str] = field(default_factory=list)
    stopped: bool = False


Settled = dict[tuple[str, int, int], Replay]  # by (message, start, end) of the race's diagnostic


def is_replayable(diagnostic: Diagnostic) -> bool:
    """Whether running the kernel may say more of a diagnostic."""
    return diagnostic.code == RACE_CODE or diagnostic.if_confirmed is not None


def key_of(diagnostic: Diagnostic) -> tuple[str, int, int]:
    """What names a race's diagnostic."""
    return diagnostic.message, diagnostic.primary.span.start, diagnostic.primary.span.end


def settle(diagnostic: Diagnostic, result: Replay | None) -> Diagnostic:
    """A race as it may be shown: an error once the emulator has seen it, a warning otherwise. What was undecided
    becomes one then, and stays as it is otherwise."""
    confirmed = result is not None and result.outcome is ReplayOutcome.CONFIRMED
    if diagnostic.if_confirmed is not None:
        return settle(diagnostic.if_confirmed, result) if confirmed else replace(diagnostic, if_confirmed=None)
    if diagnostic.code != RACE_CODE or diagnostic.severity is not Severity.ERROR:
        return diagnostic
    if result is not None and confirmed:
        note = f"confirmed: the emulator ran this launch and saw both accesses unordered (schedule: {result.schedule})"
        return replace(diagnostic, children=(*diagnostic.children, SubDiagnostic("note", note)))
    if result is None:
        note = "not replayed on the emulator yet"
    elif result.outcome is ReplayOutcome.NOT_RUN:
        note = f"not replayed on the emulator: {result.reason}"
    else:
        note = "the emulator ran this launch and did not see it"
    children = (*diagnostic.children, SubDiagnostic("note", note))
    return replace(diagnostic, severity=Severity.WARNING, message=f"possibly, {diagnostic.message}", children=children)
