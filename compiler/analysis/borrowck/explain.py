"""From verdicts to messages. Example: ``explain(cx, Conflict("write", ...)).code == "E0506"``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from compiler.analysis.borrowck import verdicts as v
from compiler.analysis.borrowck.context import Context
from compiler.analysis.borrowck.errors import BorrowFault
from compiler.analysis.borrowck.explain_conflicts import explain_conflict
from compiler.analysis.borrowck.explain_moves import explain_illegal_move, explain_moved, explain_uninitialized
from compiler.analysis.borrowck.explain_mutability import explain_immutable, explain_reassigned
from compiler.analysis.borrowck.explain_regions import (
    explain_captured_too_little,
    explain_not_general,
    explain_region,
    explain_type_outlives,
)

_RULES: dict[type, Callable[[Context, Any], BorrowFault]] = {
    v.Conflict: explain_conflict,
    v.UseOfMoved: explain_moved,
    v.UseOfUninitialized: explain_uninitialized,
    v.MoveOutOf: explain_illegal_move,
    v.Immutable: explain_immutable,
    v.Reassigned: explain_reassigned,
    v.RegionError: explain_region,
    v.NotGeneral: explain_not_general,
    v.TypeOutlives: explain_type_outlives,
    v.CapturedTooLittle: explain_captured_too_little,
}


def explain(cx: Context, verdict: v.Verdict) -> BorrowFault:
    """The message of a verdict."""
    return _RULES[type(verdict)](cx, verdict)
