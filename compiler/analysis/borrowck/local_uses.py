"""Where each local is defined, used and dropped, found in one pass.

What it is: by local, the points that *define* it (overwrite it as a whole, begin or end its storage), *use* it (read,
borrow or mention it or a part of it, write a part of it) and *drop* it. Liveness, the activation of two-phase borrows
and the kills of loans read these instead of the statements.

Assumes: :class:`Flow`. Guarantees: reachable blocks only, in reverse postorder; inside a point the order of evaluation.

Example: ``_2 = move _1`` at point 4 adds 4 to ``uses[1]`` and to ``defs[2]``.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from compiler.analysis.borrowck.flow import Flow, Point
from compiler.mir import body as m
from compiler.mir.move_paths import rvalue_operands, rvalue_place, terminator_operands

PointsOf = defaultdict[m.Local, list[Point]]


def _points_of() -> PointsOf:
    return defaultdict(list)


@dataclass(slots=True)
class LocalUses:
    """See the module docstring. Read with ``get``: a local without entries has no key."""

    defs: PointsOf = field(default_factory=_points_of)
    uses: PointsOf = field(default_factory=_points_of)
    drops: PointsOf = field(default_factory=_points_of)


def local_uses(body: m.Body, flow: Flow) -> LocalUses:
    """See the module docstring."""
    found = LocalUses()
    defs, uses = found.defs, found.uses
    for block in flow.rpo:
        point = flow.start[block]
        for statement in body.blocks[block].statements:
            kind = type(statement)
            if kind is m.StorageDead or kind is m.StorageLive:
                defs[statement.local].append(point)  # type: ignore[union-attr]
            elif kind is m.Assign:
                _rvalue(statement.rvalue, point, uses)  # type: ignore[union-attr]
                place = statement.place  # type: ignore[union-attr]
                (uses if place.projection else defs)[place.local].append(point)
            elif kind is m.FakeRead or kind is m.PlaceMention:
                uses[statement.place.local].append(point)  # type: ignore[union-attr]
            point += 1
        _terminator(body.blocks[block].terminator, point, found)
    return found


def _rvalue(rvalue: m.Rvalue, point: Point, uses: PointsOf) -> None:
    kind = type(rvalue)
    if kind is m.Use:
        operand = rvalue.operand  # type: ignore[union-attr]
        if type(operand) is not m.Constant:
            uses[operand.place.local].append(point)  # type: ignore[union-attr]
    elif kind is m.Ref:
        uses[rvalue.place.local].append(point)  # type: ignore[union-attr]
    else:
        for operand in rvalue_operands(rvalue):
            if type(operand) is not m.Constant:
                uses[operand.place.local].append(point)  # type: ignore[union-attr]
        place = rvalue_place(rvalue)
        if place is not None:
            uses[place.local].append(point)


def _terminator(terminator: m.Terminator, point: Point, found: LocalUses) -> None:
    uses = found.uses
    for operand in terminator_operands(terminator):
        if type(operand) is not m.Constant:
            uses[operand.place.local].append(point)  # type: ignore[union-attr]
    written: tuple[m.Place, ...] = ()
    kind = type(terminator)
    if kind is m.Call:
        written = (terminator.destination,)  # type: ignore[union-attr]
    elif kind is m.InlineAsm:
        written = tuple([o.place for o in terminator.operands if o.place is not None])  # type: ignore[union-attr]
    elif kind is m.Drop:
        found.drops[terminator.place.local].append(point)  # type: ignore[union-attr]
    elif kind is m.Return:
        uses[m.RETURN_PLACE].append(point)
    for place in written:
        (uses if place.projection else found.defs)[place.local].append(point)
