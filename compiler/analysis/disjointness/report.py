"""The whole analysis of one kernel instance: execution, races, bounds, as a :class:`~.verdict.KernelReport`.

What it is: :func:`kernel_report`. Assumes: mono items without errors. Guarantees: always a report, in about the time
allowed; plain data that outlives the database.

Example: ``kernel_report(db, items, limits, names, "k", "").verdicts[0].outcome is Outcome.PROVED``.
"""

from __future__ import annotations

import time
from typing import Final

from compiler.analysis.disjointness.bounds import bounds_facts, certain_checks, moves_of
from compiler.analysis.disjointness.entry import access_set
from compiler.analysis.disjointness.launch import Launch, LaunchLimits
from compiler.analysis.disjointness.memory import Allowed, GiveUp
from compiler.analysis.disjointness.races import Judgement
from compiler.analysis.disjointness.terms import Terms
from compiler.analysis.disjointness.verdict import KernelReport, Outcome
from compiler.base.span import Span
from compiler.hir.def_id import DefId
from compiler.mir.mono.model import Instance, MonoItems
from compiler.query import Database

BUDGET_S = 1.0
CHECKS_EFFORT: Final = 400_000  # about half a second; kernels as they are written take a tenth of it
_EXECUTION_SHARE: Final = 0.6


def unneeded_checks(
    db: Database, items: MonoItems, limits: LaunchLimits, names: tuple[str, ...]
) -> frozenset[tuple[DefId, Span]]:
    """The bounds checks that no launch makes fail, by function and place in it; none where anything was assumed.
    ``limits``: only what the hardware enforces (the exact block, the most threads)."""
    terms = Terms()
    terms.most_iterations = 1 << 54  # one a cycle for some months
    allowed = Allowed(effort=CHECKS_EFFORT)
    try:
        executed = access_set(db, items, Launch(terms, limits), names, allowed)
    except (GiveUp, RecursionError):
        return frozenset()
    if not executed.out.is_exact or executed.out.unfollowed:
        return frozenset()
    reached = _reached_from(items, executed.out.left_out)
    found = certain_checks(executed, allowed)
    return frozenset((p.owner, p.span) for p in found if p.owner is not None and p.owner not in reached)


def _reached_from(items: MonoItems, calls: list[Instance]) -> set[DefId]:
    """Functions that calls lead to."""
    functions = {f.instance: f for f in items.functions}
    seen, work = set(calls), list(calls)
    while work:
        function = functions.get(work.pop())
        for callee in (*function.callees.values(), *function.drops.values()) if function is not None else ():
            if callee not in seen:
                seen.add(callee)
                work.append(callee)
    return {instance.def_id for instance in seen}


def kernel_report(
    db: Database,
    items: MonoItems,
    limits: LaunchLimits,
    names: tuple[str, ...],
    kernel: str,
    instance: str,
) -> KernelReport:
    """``names``: of the parameters; ``instance``: its generic arguments in words."""
    start, budget_s = time.thread_time(), BUDGET_S
    try:
        launch = Launch(Terms(), limits)
        executed = access_set(db, items, launch, names, Allowed(start + budget_s * _EXECUTION_SHARE))
    except GiveUp as up:
        return KernelReport(kernel, instance, (), (), up.reason, up.place)
    except RecursionError:
        return KernelReport(kernel, instance, (), (), "its values are nested too deeply")
    strided = any(f.instance.def_id.name == "index_2d_strided" for f in items.functions)
    judgement = Judgement(executed, kernel, instance, strided, start + budget_s)
    verdicts = judgement.verdicts()
    bounds = bounds_facts(executed, start + budget_s)
    lost = [] if any(v.outcome is Outcome.UNDECIDED for v in verdicts) else judgement.lost_writes()
    # a write to an object nothing else writes has no verdict of its own
    reason, place = (lost[0].reason, lost[0].place) if lost else ("", None)
    touches, moves = tuple(executed.out.touches), moves_of(executed, start + budget_s)
    return KernelReport(kernel, instance, tuple(verdicts), bounds, reason, place, touches, moves)
