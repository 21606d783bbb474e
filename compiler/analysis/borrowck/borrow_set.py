"""The borrows of a body and where they are in force (rustc's ``BorrowSet`` and ``Borrows`` dataflow).

What it is: one :class:`Loan` per ``&place`` that anything could invalidate; two-phase borrows know where they
are activated; :func:`borrows_in_scope` computes the loans in force at every block entry: from the borrow on, as
long as its region holds the point, until an assignment kills it.

Assumes: region values (``contains(region, point)``). Guarantees: indices are dense, in preorder.

Example: ``let r = &mut x; use(r); x = 1;``: one borrow of ``x``, in scope at ``use(r)`` and not at the assignment.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from compiler.analysis.borrowck.flow import Flow, Point, bits, block_transfer, fixpoint
from compiler.analysis.borrowck.local_uses import LocalUses
from compiler.analysis.borrowck.places import Depth, PlaceConflicts
from compiler.mir import body as m
from compiler.mir.move_paths import rvalue_operands, rvalue_place, terminator_operands
from compiler.mir.place_ty import projection_ty
from compiler.mir.simplify import preorder
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


def collect_borrows(body: m.Body, flow: Flow, uses: LocalUses, region_at: dict[Point, int]) -> BorrowSet:
    """All borrows; ``region_at`` gives the region of each ``&`` by point.

    They are numbered in preorder, as in rustc: of two that an access conflicts with, the first is told.
    """
    found = BorrowSet()
    order = {block: i for i, block in enumerate(preorder(body))}
    for point, region in sorted(region_at.items(), key=lambda at: (order[flow.block_of[at[0]]], at[0])):
        statement = flow.at(point)
        assert isinstance(statement, m.Assign) and isinstance(statement.rvalue, m.Ref)
        place = statement.rvalue.place
        if not ignores_borrow(body, place):
            borrow = Loan(len(found.borrows), point, statement.rvalue.kind, place, region, statement.place)
            found.borrows.append(borrow)
            found.at_point[point] = borrow
            found.of_local[place.local] = found.of_local.get(place.local, 0) | 1 << borrow.index
    _find_activations(flow, uses, found)
    return found


def _find_activations(flow: Flow, uses: LocalUses, found: BorrowSet) -> None:
    """A two-phase borrow is activated where its temporary is first used."""
    pending = {
        b.assigned.local: b for b in found.borrows if b.kind is m.BorrowKind.TWO_PHASE_MUT and not b.assigned.projection
    }
    for local, borrow in pending.items():
        for point in uses.uses.get(local, ()):
            if point != borrow.point and local in _activated_locals(flow.at(point)):
                borrow.activation = point
                found.activated_at.setdefault(point, []).append(borrow.index)
                break
    for point, indices in found.activated_at.items():
        if len(indices) > 1:
            order = _activated_locals(flow.at(point))
            indices.sort(key=lambda i: order.index(found.borrows[i].assigned.local))


def _activated_locals(at: m.Statement | m.Terminator) -> list[m.Local]:
    """Locals whose use at a statement or terminator activates a borrow, in order."""
    if isinstance(at, m.Assign):
        used = [o.place.local for o in rvalue_operands(at.rvalue) if not isinstance(o, m.Constant)]
        place = rvalue_place(at.rvalue)
        if place is not None:
            used.append(place.local)
        return [*used, at.place.local] if at.place.projection else used
    if isinstance(at, m.FakeRead | m.PlaceMention):
        return []
    return [o.place.local for o in terminator_operands(at) if not isinstance(o, m.Constant)]  # type: ignore[arg-type]


# ---------------------------------------------------------------- in scope


class BorrowsInScope:
    """Loans in force: ``entry[block]``, and by point what changes: loans whose region ends are ``gone`` before the
    point is executed; after it, its own borrow begins (``gen``) and what it overwrites is no longer borrowed
    (``kill``)."""

    def __init__(
        self,
        body: m.Body,
        flow: Flow,
        uses: LocalUses,
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
        self.kill = _kills(body, flow, uses, borrows, conflicts)
        self.entry = self._solve(len(body.blocks))

    def _leaves(self, start: Point, value: int) -> list[Point]:
        """The first points after the borrow that its region does not hold."""
        flow = self._flow
        out: list[Point] = []
        seen: set[int] = set()
        work: list[int] = []
        block, point = flow.block_of[start], start + 1
        while True:
            missing = ~(value >> point)
            leaves = point + (missing & -missing).bit_length() - 1  # the first point from here outside the region
            if leaves <= flow.ends[block]:
                out.append(leaves)
            else:
                work.extend(s for s in flow.succs[block] if s not in seen)
                seen.update(flow.succs[block])
            if not work:
                return out
            block = work.pop()
            point = flow.start[block]

    def _solve(self, n_blocks: int) -> list[int]:
        gone, gen, kill = self.gone, self.gen, self.kill
        effects = []
        for point in sorted(gone.keys() | gen.keys() | kill.keys()):
            killed = kill.get(point, 0)
            effects.append((point, gone.get(point, 0) | killed, gen.get(point, 0) & ~killed))
        state = [0] * n_blocks
        fixpoint(self._flow, state, block_transfer(self._flow, effects))
        return state


def _kills(
    body: m.Body, flow: Flow, uses: LocalUses, borrows: BorrowSet, conflicts: PlaceConflicts
) -> dict[Point, int]:
    """Where borrowed places are overwritten or their storage ends."""
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

    for local in borrows.of_local:
        for point in (*uses.defs.get(local, ()), *uses.uses.get(local, ())):
            at = flow.at(point)
            if type(at) is m.StorageDead:
                note(m.Place(local), point)
            elif type(at) is m.Assign:
                if at.place.local == local and not (type(at.rvalue) is m.Ref and ignores_borrow(body, at.rvalue.place)):
                    note(at.place, point)
            elif type(at) is m.InlineAsm:
                for operand in at.operands:
                    if operand.place is not None and operand.place.local == local:
                        note(operand.place, point)
    return out
