"""Why a loan is still in force at a point: the third part of a borrow story (rustc's ``explain_borrow``).

What it is: a region that the loan's region must outlive and that is live at the point is looked for; then, forwards
from the point, the first use or drop of a local whose type holds it. Without one, the loan must be valid for a
universal region, and a constraint is to blame.

Guarantees: deterministic; never raises. Example: ``r`` used on the next line gives ``LaterUse("used", span of use)``.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from compiler.analysis.borrowck.borrow_set import Loan
from compiler.analysis.borrowck.constraints import Category
from compiler.analysis.borrowck.context import Context
from compiler.base.span import Span
from compiler.mir import body as m


@dataclass(frozen=True, slots=True)
class LaterUse:
    """``how``: "used", "dropped". ``in_loop``: in a later iteration."""

    how: str
    span: Span
    local: m.Local
    in_loop: bool
    point: int


@dataclass(frozen=True, slots=True)
class MustBeValidFor:
    """The loan must outlive universal region ``universal`` because of a constraint."""

    universal: int
    category: Category
    span: Span
    from_closure: bool
    point: int | None


Explanation = LaterUse | MustBeValidFor | None


def why_borrowed(cx: Context, borrow: Loan, point: int, unwinds: bool = False) -> Explanation:
    """See the module docstring. ``unwinds``: control leaves the function here, nothing is used later."""
    found = None
    if not unwinds:
        found = _find_use(cx, cx.regions.sub_region_live_at(borrow.region, point), point)
    if found is not None:
        how, local, at = found
        in_loop = _in_later_iteration(cx, borrow.point, point, at)
        return LaterUse(how, cx.flow.span(at), local, in_loop, at)
    universal = cx.regions.universal_upper(borrow.region)
    if universal is None:
        return None
    blame = cx.regions.best_blame(borrow.region, universal)
    if blame is None:
        return None
    where = blame.where
    return MustBeValidFor(universal, where.category, where.span, where.from_closure, where.point)


def _locals_with(cx: Context, region: int) -> set[m.Local]:
    types = cx.checked.types
    return {
        local
        for local in cx.liveness.relevant
        if any(r.index == region for r in types.regions(cx.checked.local_tys[local]))
    }


def _find_use(cx: Context, region: int, start: int) -> tuple[str, m.Local, int] | None:
    """Breadth first from the point, inside the region, to a use or drop."""
    locals_ = _locals_with(cx, region)
    if not locals_:
        return None
    uses = cx.liveness.uses
    at_use = {p: local for local in locals_ for p in uses.uses.get(local, ())}
    at_drop = {p: local for local in locals_ for p in uses.drops.get(local, ())}
    at_def = {p for local in locals_ for p in uses.defs.get(local, ())}
    seen: set[int] = set()
    queue = deque([start])
    while queue:
        point = queue.popleft()
        if point in seen or not cx.regions.contains(region, point):
            continue
        seen.add(point)
        if point in at_def and point not in at_use:
            continue
        if point in at_use:
            return "used", at_use[point], point
        if point in at_drop:
            return "dropped", at_drop[point], point
        queue.extend(cx.flow.successors(point))
    return None


def _in_later_iteration(cx: Context, borrow: int, conflict: int, use: int) -> bool:
    """The use comes only after control has passed the borrow again, or the conflict itself is the use."""
    if use == conflict:
        return cx.flow.can_reach(conflict, conflict)
    return not _reaches_forward(cx, conflict, use) and cx.flow.can_reach(conflict, use)


def _reaches_forward(cx: Context, start: int, goal: int) -> bool:
    """Along edges that do not go back in reverse postorder."""
    flow = cx.flow
    block_s, block_g = flow.block_of[start], flow.block_of[goal]
    if block_s == block_g:
        return start <= goal
    seen: set[int] = set()
    work = [block_s]
    while work:
        at = work.pop()
        for to in flow.succs[at]:
            if flow.order[to] <= flow.order[at] or to in seen:
                continue
            if to == block_g:
                return True
            seen.add(to)
            work.append(to)
    return False
