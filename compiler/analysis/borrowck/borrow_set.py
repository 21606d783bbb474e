"""The borrows of a body and where they are in force (rustc's ``BorrowSet`` and ``Borrows`` dataflow).

What it is: one :class:`Loan` per ``&place`` that anything could invalidate; two-phase borrows know where they
are activated; :func:`borrows_in_scope` computes the loans in force at every block entry: from the borrow on, as
long as its region holds the point, until an assignment kills it.

Assumes: region values (``contains(region, point)``). Guarantees: indices are dense, in reverse postorder.

Example: ``let r = &mut x; use(r); x = 1;``: one borrow of ``x``, in scope at ``use(r)`` and not at the assignment.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from compiler.analysis.borrowck.flow import Flow, Point, bits
from compiler.analysis.borrowck.places import Depth, PlaceConflicts
from compiler.mir import body as m
from compiler.mir.move_paths import rvalue_operands, rvalue_place, terminator_operands
from compiler.mir.place_ty import projection_ty
from compiler.ty import types as t


@dataclass(slots=True)
class Loan:
    """``region``: number of the region variable. ``activation``: of a two-phase borrow; None: never, or not
    two-phase."""

    index: int
    point: Point
    kind: m.BorrowKind
    place: m.Place
    region: int
    assigned: m.Place
    activation: Point | None = None


@dataclass(slots=True)
class BorrowSet:
    borrows: list[Loan] = field(default_factory=list)
    of_local: dict[m.Local, int] = field(default_factory=dict)  # bit sets
    at_point: dict[Point, Loan] = field(default_factory=dict)
    activated_at: dict[Point, list[int]] = field(default_factory=dict)


def ignores_borrow(body: m.Body, place: m.Place) -> bool:
    """A borrow behind a shared reference or raw pointer: nothing done to the path can invalidate it."""
    ty = body.locals[place.local].ty
    for elem in place.projection:
        if type(elem) is m.Deref and (isinstance(ty, t.PtrTy) or (isinstance(ty, t.RefTy) and not ty.mutable)):
            return True
        ty = projection_ty(ty, elem)
    return False


def collect_borrows(body: m.Body, flow: Flow, region_at: Callable[[Point], int]) -> BorrowSet:
    """All borrows; ``region_at`` gives the region of the ``&`` at a point."""
    found = BorrowSet()
    for block in flow.rpo:
        point = flow.start[block]
        for statement in body.blocks[block].statements:
            if type(statement) is m.Assign and type(statement.rvalue) is m.Ref:
                place = statement.rvalue.place
                if not ignores_borrow(body, place):
                    borrow = Loan(
                        len(found.borrows), point, statement.rvalue.kind, place, region_at(point), statement.place
                    )
                    found.borrows.append(borrow)
                    found.at_point[point] = borrow
                    found.of_local[place.local] = found.of_local.get(place.local, 0) | 1 << borrow.index
            point += 1
    _find_activations(body, flow, found)
    return found


def _find_activations(body: m.Body, flow: Flow, found: BorrowSet) -> None:
    """A two-phase borrow is activated where its temporary is first used."""
    pending = {
        b.assigned.local: b for b in found.borrows if b.kind is m.BorrowKind.TWO_PHASE_MUT and not b.assigned.projection
    }
    if not pending:
        return
    for block in flow.rpo:
        point = flow.start[block]
        for statement in body.blocks[block].statements:
            _note_uses(_used_locals(statement), point, pending, found)
            point += 1
        terminator = body.blocks[block].terminator
        used = [o.place.local for o in terminator_operands(terminator) if not isinstance(o, m.Constant)]
        _note_uses(used, point, pending, found)


def _used_locals(statement: m.Statement) -> list[m.Local]:
    if not isinstance(statement, m.Assign):
        return []
    used = [o.place.local for o in rvalue_operands(statement.rvalue) if not isinstance(o, m.Constant)]
    place = rvalue_place(statement.rvalue)
    if place is not None:
        used.append(place.local)
    if statement.place.projection:
        used.append(statement.place.local)
    return used


def _note_uses(used: list[m.Local], point: Point, pending: dict[m.Local, Loan], found: BorrowSet) -> None:
    for local in used:
        borrow = pending.get(local)
        if borrow is not None and borrow.activation is None and borrow.point != point:
            borrow.activation = point
            found.activated_at.setdefault(point, []).append(borrow.index)


# ---------------------------------------------------------------- in scope


class BorrowsInScope:
    """Loans in force: ``entry[block]``, and by point what changes: loans whose region ends are ``gone`` before the
    point is executed; after it, its own borrow begins (``gen``) and what it overwrites is no longer borrowed
    (``kill``)."""

    def __init__(
        self,
        body: m.Body,
        flow: Flow,
        borrows: BorrowSet,
        value_of: Callable[[int], int],
        conflicts: PlaceConflicts,
    ) -> None:
        self._flow = flow
        self.gone: dict[Point, int] = {}
        for borrow in borrows.borrows:
            for point in self._leaves(borrow.point, value_of(borrow.region)):
                self.gone[point] = self.gone.get(point, 0) | 1 << borrow.index
        self.gen = {b.point: 1 << b.index for b in borrows.borrows}
        self.kill = _kills(body, flow, borrows, conflicts)
        self.entry = self._solve(len(body.blocks))

    def _leaves(self, start: Point, value: int) -> list[Point]:
        """The first points after the borrow that its region does not hold."""
        flow = self._flow
        out: list[Point] = []
        seen: set[int] = set()
        work = flow.successors(start)
        while work:
            point = work.pop()
            block = flow.block_of[point]
            if point == flow.start[block]:
                if block in seen:
                    continue
                seen.add(block)
            end = flow.terminator_point(block)
            missing = ~(value >> point)
            run = (missing & -missing).bit_length() - 1  # how many points from here are in the region
            if point + run <= end:
                out.append(point + run)
            else:
                work.extend(flow.start[s] for s in flow.succs[block])
        return out

    def _solve(self, n_blocks: int) -> list[int]:
        flow = self._flow
        transfer: dict[int, tuple[int, int]] = {}
        for block in flow.rpo:
            clear, add = 0, 0
            for point in range(flow.start[block], flow.terminator_point(block) + 1):
                gone, kill = self.gone.get(point, 0), self.kill.get(point, 0)
                gen = self.gen.get(point, 0)
                if gone or kill or gen:
                    clear = ((clear | gone) & ~gen) | kill
                    add = ((add & ~gone) | gen) & ~kill
            transfer[block] = clear, add
        state = [0] * n_blocks
        changed = True
        while changed:
            changed = False
            for block in flow.rpo:
                clear, add = transfer[block]
                out = (state[block] & ~clear) | add
                for to in flow.succs[block]:
                    if out & ~state[to]:
                        state[to] |= out
                        changed = True
        return state


def _kills(body: m.Body, flow: Flow, borrows: BorrowSet, conflicts: PlaceConflicts) -> dict[Point, int]:
    out: dict[Point, int] = {}

    def note(place: m.Place, point: Point) -> None:
        mask = borrows.of_local.get(place.local, 0)
        if mask and place.projection:
            mask = sum(
                1 << i
                for i in bits(mask)
                if conflicts.conflict(borrows.borrows[i].place, borrows.borrows[i].kind, place, Depth.DEEP, True)
            )
        if mask:
            out[point] = out.get(point, 0) | mask

    for block in flow.rpo:
        point = flow.start[block]
        for statement in body.blocks[block].statements:
            if type(statement) is m.StorageDead:
                note(m.Place(statement.local), point)
            elif type(statement) is m.Assign and not (
                type(statement.rvalue) is m.Ref and ignores_borrow(body, statement.rvalue.place)
            ):
                note(statement.place, point)
            point += 1
        terminator = body.blocks[block].terminator
        if isinstance(terminator, m.InlineAsm):
            for operand in terminator.operands:
                if operand.place is not None:
                    note(operand.place, point)
    return out
