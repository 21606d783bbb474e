"""The walk that finds errors: every access of a body against the loans, moves and permissions in force there.

What it is: rustc's ``MirBorrowckCtxt``: blocks in reverse postorder, statements in order; each operand, borrow and
assignment is an access with a depth and a kind, checked for permission, for initialisation and for conflicts.

Assumes: a :class:`Context`. Guarantees: verdicts in the order found; at most one per place and span, as in rustc.
``used_mut``/``used_mut_upvars``: variables whose ``mut`` was needed.

Example: ``let r = &x; x = 1; use(r)`` yields ``Conflict("write", ...)`` at the assignment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from compiler.analysis.borrowck import move_sites
from compiler.analysis.borrowck.borrow_set import Loan
from compiler.analysis.borrowck.context import Context
from compiler.analysis.borrowck.flow import Point, bits
from compiler.analysis.borrowck.illegal_moves import illegal_moves
from compiler.analysis.borrowck.permissions import Allowed, is_mutable, note_used_mut
from compiler.analysis.borrowck.places import Depth, is_mut
from compiler.analysis.borrowck.unwinding import UNWINDING, can_overflow
from compiler.analysis.borrowck.verdicts import (
    Conflict,
    Immutable,
    Reassigned,
    UseOfMoved,
    UseOfUninitialized,
    Verdict,
)
from compiler.base.graph import depth_first
from compiler.base.span import Span
from compiler.hir.def_id import DefId, DefKind
from compiler.mir import body as m
from compiler.mir.body import BorrowKind
from compiler.mir.simplify import successors
from compiler.mir.type_facts import needs_drop
from compiler.ty import types as t

# Kinds of access. Reads: COPY, BORROW. Writes: WRITE, MOVE, DEAD, MUT_BORROW; RESERVE and ACTIVATE are the two phases
# of a two-phase mutable borrow.
COPY, BORROW, WRITE, MOVE, DEAD, REPLACE = "copy", "borrow", "write", "move", "dead", "replace"
MUT_BORROW, RESERVE, ACTIVATE = "mut borrow", "reserve", "activate"
_READS = (COPY, BORROW)


class Walk:
    """See the module docstring."""

    def __init__(self, cx: Context, used_mut_upvars_of: Callable[[DefId], frozenset[int]]) -> None:
        self.cx = cx
        self.verdicts: list[Verdict] = []
        self.used_mut: set[m.Local] = set()
        self.used_mut_upvars: set[int] = set()
        self._upvars_of = used_mut_upvars_of
        self._reported: set[tuple[m.Place, Span]] = set()
        self._reservations: set[tuple[m.Place, int]] = set()
        self._uninit_reported: set[m.Local] = set()
        self._moves_reported: dict[tuple[int, ...], UseOfMoved] = {}
        self._loans_of = cx.borrows.of_local
        self._tracked = cx.moves.tracked
        # temporaries: writing one that is not borrowed can be no error
        self._is_free = [d.mutability is m.Mutability.MUT and not d.is_user_variable for d in cx.body.locals]
        self._in_cleanup = 0  # loans in force where unwinding drops what they borrow
        self._forever = 0  # loans that must last as long as some lifetime: unwinding ends their locals too early
        if cx.body.def_id.kind in (DefKind.FN, DefKind.CLOSURE):
            for loan in cx.borrows.borrows:
                if cx.regions.universals_in(loan.region):
                    self._forever |= 1 << loan.index
                elif loan.place.local in cx.unwinding.cleanup_point:
                    at = cx.unwinding.cleanup_point[loan.place.local]
                    self._in_cleanup |= (cx.regions.values[loan.region] >> at & 1) << loan.index
        self._unwinds: list[tuple[int, int, Span]] = []
        self.loans = self.uninit = self.ever = 0
        self.point = 0

    def run(self) -> None:
        """Walk the whole body."""
        cx = self.cx
        self.verdicts += illegal_moves(cx)
        self._unwinds = self._find_unwinds()
        self._unwound_before = self._order_of_unwinding() if self._unwinds else {}
        for block in cx.flow.rpo:
            cx.db.checkpoint()
            self._block(block)
        dropped = {cx.borrows.borrows[i].place.local: None for _, loans, _ in self._unwinds for i in bits(loans)}
        for local in dropped:
            self._unwinding_drop(local)
        for point, loans, span in self._unwinds:  # rustc's block where unwinding ends comes last
            self.point = point
            self._exits(loans & self._forever, span, "unwind")
        self.verdicts = self._merged() + list(self._moves_reported.values())

    def _find_unwinds(self) -> list[tuple[int, int, Span]]:
        """The points where control may leave by unwinding, with the loans in force there that its drops may end."""
        out: list[tuple[int, int, Span]] = []
        cx, in_scope, wanted = self.cx, self.cx.in_scope, self._forever | self._in_cleanup
        for block in cx.flow.rpo if wanted else ():
            loans, point = in_scope.entry[block], cx.flow.start[block]
            for statement in cx.body.blocks[block].statements:
                loans &= ~in_scope.gone.get(point, 0)
                if type(statement) is m.Assign:
                    if loans & wanted and can_overflow(cx.body.locals, statement.rvalue):
                        out.append((point, loans & wanted, statement.span))
                    loans |= in_scope.gen.get(point, 0)
                loans &= ~in_scope.kill.get(point, 0)
                point += 1
            lasting = loans & ~in_scope.gone.get(point, 0) & wanted
            end = cx.body.blocks[block].terminator
            if lasting and type(end) in UNWINDING:
                if type(end) is m.Drop and end.replace:  # the new value is there when unwinding goes on
                    lasting &= ~self._loans_of.get(end.place.local, 0)
                out.append((point, lasting, end.span))
        return out

    def _order_of_unwinding(self) -> dict[m.Local, frozenset[int]]:
        """By local: the blocks that rustc visits after the one in which unwinding drops the local."""
        cx, blocks = self.cx, self.cx.body.blocks
        drops: dict[int, dict[int, None]] = {}  # of a block, nodes for what may be dropped when it unwinds
        for local in {cx.borrows.borrows[i].place.local for _, loans, _ in self._unwinds for i in bits(loans)}:
            for point in cx.unwinding.points_of(local):
                drops.setdefault(cx.flow.block_of[point], {})[len(blocks) + local] = None

        def after(at: int) -> Iterator[int]:
            yield from drops.get(at, ())
            if at < len(blocks):
                yield from reversed(successors(blocks[at].terminator))

        order, later, out = depth_first(0, after)[0], set[int](), {}
        for at in reversed(order):
            if at >= len(blocks):
                out[at - len(blocks)] = frozenset(later)
            later.add(at)
        return out

    def _merged(self) -> list[Verdict]:
        """Mutable borrows of one variable that is not ``mut`` are one error, at the declaration."""
        times: dict[m.Local, int] = {}
        for v in self.verdicts:
            if isinstance(v, Immutable) and self._lacks_mut(v):
                times[v.culprit.local] = times.get(v.culprit.local, 0) + 1
        out: list[Verdict] = []
        for v in self.verdicts:
            if isinstance(v, Immutable) and self._lacks_mut(v) and times[v.culprit.local] != 1:
                if times[v.culprit.local]:
                    times[v.culprit.local] = 0
                    out.append(replace(v, span=self.cx.body.locals[v.culprit.local].span, merged=True))
            else:
                out.append(v)
        return out

    def _lacks_mut(self, v: Immutable) -> bool:
        decl = self.cx.body.locals[v.culprit.local]
        return v.is_borrow and not v.culprit.projection and decl.is_user_variable and decl.binding_mode == "by value"

    def _block(self, block: int) -> None:
        cx = self.cx
        in_scope, inits, activated = cx.in_scope, cx.inits, cx.borrows.activated_at
        gone, gen, kill, effects, ever = in_scope.gone, in_scope.gen, in_scope.kill, inits.effects, inits.ever_effects
        self.loans, self.uninit, self.ever = in_scope.entry[block], inits.uninit[block], inits.ever[block]
        point, loans_of = cx.flow.start[block], self._loans_of
        for statement in cx.body.blocks[block].statements:
            if point in gone:
                self.loans &= ~gone[point]
            kind = type(statement)
            if kind is m.StorageLive:
                point += 1
                continue
            self.point = point
            if kind is m.Assign:
                if point in activated:
                    self._activations(statement.span)
                self._assign(statement)  # type: ignore[arg-type]
                if point in gen:
                    self.loans |= gen[point]
            elif kind is m.StorageDead:
                if self.loans and self.loans & loans_of.get(statement.local, 0):  # type: ignore[union-attr]
                    self._access(m.Place(statement.local), statement.span, Depth.SHALLOW, DEAD, Allowed.YES)  # type: ignore[union-attr]
            elif kind is m.FakeRead:
                self._check_initialized(statement.place, statement.span, "use")  # type: ignore[union-attr]
            if point in kill:
                self.loans &= ~kill[point]
            if point in effects:
                out, back = effects[point]
                self.uninit = (self.uninit | out) & ~back
            if point in ever:
                dead, added = ever[point]
                self.ever = (self.ever & ~dead) | added
            point += 1
        self.point = point
        self.loans &= ~gone.get(point, 0)
        self._terminator(cx.body.blocks[block].terminator)

    def _terminator(self, terminator: m.Terminator) -> None:
        point = self.point
        if point in self.cx.borrows.activated_at:
            self._activations(terminator.span)
        rule = _TERMINATORS.get(type(terminator))
        if rule is not None:
            rule(self, terminator)

    # -- statements and terminators

    def _assign(self, s: m.Assign) -> None:
        rvalue = s.rvalue
        if type(rvalue) is m.Use:
            self._operand(rvalue.operand, s.span)
        else:
            self._rvalue(rvalue, s.span)
        self._mutate(s.place, s.span, Depth.SHALLOW)

    def _drop(self, term: m.Drop) -> None:
        kind = REPLACE if term.replace else DEAD
        if self.cx.flow.block_of[self.point] in self._unwound_before.get(term.place.local, ()) and not term.replace:
            self._unwinding_drop(term.place.local)
        self._access(term.place, term.span, Depth.DROP, kind, Allowed.YES)

    def _call(self, term: m.Call) -> None:
        self._operand(term.func, term.span)
        for operand in term.args:
            self._operand(operand, term.span)
        self._mutate(term.destination, term.span, Depth.DEEP)

    def _switch(self, term: m.SwitchInt) -> None:
        self._operand(term.discr, term.span)

    def _assert(self, term: m.Assert) -> None:
        self._operand(term.cond, term.span)
        for operand in term.operands:
            self._operand(operand, term.span)

    def _asm(self, term: m.InlineAsm) -> None:
        for operand in term.operands:
            if operand.value is not None:
                self._operand(operand.value, term.span)
            if operand.place is not None:
                self._mutate(operand.place, term.span, Depth.SHALLOW)

    def _return(self, term: m.Return) -> None:
        """Loans of locals that are still in force when the function ends."""
        if self.cx.body.def_id.kind in (DefKind.CONST, DefKind.STATIC, DefKind.ANON_CONST):
            return
        self._exits(self.loans, term.span, "exit")

    def _unwinding_drop(self, local: m.Local) -> None:
        """The loan that a variable's destructor meets when the function is left by unwinding: one for each variable."""
        cx = self.cx
        span = cx.moves.dropped.get(local) or self._end_never_reached(local)
        if span is None or (m.Place(local), span) in self._reported:
            return
        own = self._loans_of.get(local, 0)
        met: dict[int, Point] = {}
        for point, loans, _ in self._unwinds:
            if loans & own and not _is_drop_of(cx.flow.at(point), local):
                for index in bits(loans & own):
                    met.setdefault(index, point)
        for index in sorted(met):
            borrow = cx.borrows.borrows[index]
            if cx.conflicts.conflict(borrow.place, borrow.kind, m.Place(local), Depth.DROP):
                self._reported.add((m.Place(local), span))
                self._dead(Conflict("unwind", met[index], span, m.Place(local), borrow))
                return

    def _end_never_reached(self, local: m.Local) -> Span | None:
        """Where a variable is dropped whose scope ends after a loop without an end, None for what has no destructor."""
        cx, decl = self.cx, self.cx.body.locals[local]
        is_variable = decl.is_user_variable or local <= cx.body.arg_count
        return cx.body.span if is_variable and needs_drop(cx.db, cx.env, t.erase_regions(decl.ty)) else None

    def _exits(self, loans: int, span: Span, access: str) -> None:
        cx = self.cx
        for index in bits(loans):
            borrow = cx.borrows.borrows[index]
            root = m.Place(borrow.place.local)
            if cx.conflicts.conflict(borrow.place, borrow.kind, root, Depth.SHALLOW):
                self._dead(Conflict(access, self.point, span, borrow.place, borrow))

    # -- rvalues and operands

    def _rvalue(self, rvalue: m.Rvalue, span: Span) -> None:
        kind = type(rvalue)
        if kind is m.Use or kind is m.Cast or kind is m.UnaryOp or kind is m.Repeat:
            self._operand(rvalue.operand, span)  # type: ignore[union-attr]
        elif kind is m.Ref:
            self._borrow(rvalue, span)  # type: ignore[arg-type]
        elif kind is m.BinaryOp:
            self._operand(rvalue.left, span)  # type: ignore[union-attr]
            self._operand(rvalue.right, span)  # type: ignore[union-attr]
        elif kind is m.Aggregate or kind is m.Printf:
            if kind is m.Aggregate and isinstance(rvalue.kind, m.AggregateClosure):  # type: ignore[union-attr]
                self._closure_mutations(rvalue)  # type: ignore[arg-type]
            for operand in rvalue.operands:  # type: ignore[union-attr]
                self._operand(operand, span)
        elif kind is m.RawPtr:
            place = rvalue.place  # type: ignore[union-attr]
            mutable = rvalue.mutability is m.Mutability.MUT  # type: ignore[union-attr]
            kind_of = BorrowKind.MUT if mutable else BorrowKind.SHARED
            self._access(place, span, Depth.DEEP, MUT_BORROW if mutable else BORROW, Allowed.NO, kind_of)
            self._check_initialized(place, span, "borrow")
        elif kind is m.Discriminant:
            self._access(rvalue.place, span, Depth.SHALLOW, COPY, Allowed.NO)  # type: ignore[union-attr]
            self._check_initialized(rvalue.place, span, "use")  # type: ignore[union-attr]
        elif kind is m.Len:
            self._length(rvalue.place, span)  # type: ignore[union-attr]

    def _length(self, place: m.Place, span: Span) -> None:
        """The length of a slice is read from the pointer to it; behind ``&mut``, through the place."""
        if place.projection and type(place.projection[-1]) is m.Deref:
            pointer = m.Place(place.local, place.projection[:-1])
            ty = self.cx.ty(pointer)
            if not place.projection[:-1] and isinstance(ty, t.RefTy) and not ty.mutable:
                self._access(pointer, span, Depth.DEEP, COPY, Allowed.NO)
            else:
                loans, n = self.loans, len(place.projection)
                for index in bits(loans):  # the length overlaps with no element
                    if len(self.cx.borrows.borrows[index].place.projection) > n:
                        self.loans &= ~(1 << index)
                self._access(place, span, Depth.SHALLOW, COPY, Allowed.NO)
                self.loans = loans
        self._check_initialized(place, span, "use")

    def _borrow(self, rvalue: m.Ref, span: Span) -> None:
        kind, place = rvalue.kind, rvalue.place
        if kind is BorrowKind.FAKE_SHALLOW:
            self._access(place, span, Depth.FAKE, BORROW, Allowed.NO, kind)
        elif not is_mut(kind):
            self._access(place, span, Depth.DEEP, BORROW, Allowed.NO, kind)
        else:
            how = RESERVE if kind is BorrowKind.TWO_PHASE_MUT else MUT_BORROW
            self._access(place, span, Depth.DEEP, how, Allowed.NO, kind)
        self._check_initialized(place, span, "match" if kind is BorrowKind.FAKE_SHALLOW else "borrow")

    def _operand(self, operand: m.Operand, span: Span) -> None:
        if type(operand) is m.Constant:
            return
        place = operand.place  # type: ignore[union-attr]
        if self.loans and self.loans & self._loans_of.get(place.local, 0):
            if type(operand) is m.Copy:
                self._access(place, span, Depth.DEEP, COPY, Allowed.NO)
            else:
                self._access(place, span, Depth.DEEP, MOVE, Allowed.YES)
        if self._tracked[place.local]:
            self._check_initialized(place, span, "use")

    def _mutate(self, place: m.Place, span: Span, depth: Depth) -> None:
        if place.projection:
            self._check_assignable(place, span)
        elif self._is_free[place.local] and not (self.loans and self.loans & self._loans_of.get(place.local, 0)):
            return
        self._access(place, span, depth, WRITE, Allowed.NO)

    def _activations(self, span: Span) -> None:
        cx = self.cx
        for index in cx.borrows.activated_at[self.point]:
            if self.loans >> index & 1:
                borrow = cx.borrows.borrows[index]
                self._access(borrow.place, span, Depth.DEEP, ACTIVATE, Allowed.NO, borrow.kind, index)

    def _closure_mutations(self, rvalue: m.Aggregate) -> None:
        """Captures that the closure mutates need the ``mut`` of what is captured."""
        assert isinstance(rvalue.kind, m.AggregateClosure)
        for index in self._upvars_of(rvalue.kind.def_id):
            if index < len(rvalue.operands):
                operand = rvalue.operands[index]
                if not isinstance(operand, m.Constant):
                    self._captured_mutably(operand.place)

    def _captured_mutably(self, place: m.Place) -> None:
        if not place.projection and not self.cx.body.locals[place.local].is_user_variable:
            for statement in self.cx.body.blocks[self.cx.flow.block_of[self.point]].statements:
                if isinstance(statement, m.Assign) and statement.place == place and isinstance(statement.rvalue, m.Ref):
                    place = statement.rvalue.place
        ok, root, allowed = is_mutable(self.cx, place, Allowed.NO)
        if ok:
            self._note_used_mut(root, allowed)

    # -- accesses

    def _access(
        self,
        place: m.Place,
        span: Span,
        depth: Depth,
        access: str,
        allowed: Allowed,
        kind: BorrowKind | None = None,
        activating: int = -1,
    ) -> None:
        cx = self.cx
        candidates = self.loans & cx.borrows.of_local.get(place.local, 0)
        reads = access in _READS
        if not candidates and (reads or access in (MOVE, DEAD, REPLACE, ACTIVATE)):
            return
        if access is ACTIVATE and self._mention(place, cx.borrows.borrows[activating].point) in self._reservations:
            return
        if self._reported and (place, span) in self._reported and not _has_fresh_region(place):
            return
        mutability = not reads and self._check_permission(place, span, access, allowed, kind)
        conflict = bool(candidates) and self._check_conflicts(candidates, place, span, depth, access, kind, activating)
        if mutability or conflict:
            self._reported.add((place, span))

    def _check_conflicts(
        self,
        candidates: int,
        place: m.Place,
        span: Span,
        depth: Depth,
        access: str,
        kind: BorrowKind | None,
        activating: int,
    ) -> bool:
        cx = self.cx
        for index in bits(candidates):
            borrow = cx.borrows.borrows[index]
            if index == activating or self._compatible(access, kind, borrow):
                continue
            if not cx.conflicts.conflict(borrow.place, borrow.kind, place, depth):
                continue
            if access in _READS and not self._is_active(borrow):
                continue
            if access is RESERVE:
                self._reservations.add(self._mention(place, self.point))
            self._conflict(access, place, span, borrow, kind)
            return True
        return False

    @staticmethod
    def _mention(place: m.Place, point: int) -> tuple[m.Place, int]:
        """A place as rustc knows it: one with lifetimes in its fields is another wherever it is mentioned."""
        return place, point if _has_fresh_region(place) else -1

    @staticmethod
    def _compatible(access: str, kind: BorrowKind | None, borrow: Loan) -> bool:
        if access in _READS:
            if not is_mut(borrow.kind):
                return True
            return access is BORROW and kind is BorrowKind.FAKE_SHALLOW
        if access is RESERVE:
            return not is_mut(borrow.kind)
        return access is MOVE and borrow.kind is BorrowKind.FAKE_SHALLOW

    def _is_active(self, borrow: Loan) -> bool:
        """A two-phase borrow is a shared one between its reservation and its activation."""
        if borrow.kind is not BorrowKind.TWO_PHASE_MUT:
            return True
        if borrow.activation is None:
            return False
        flow = self.cx.flow
        if flow.dominates(borrow.activation, self.point):
            return True
        return not flow.dominates(borrow.point + 1, self.point)

    def _conflict(self, access: str, place: m.Place, span: Span, borrow: Loan, kind: BorrowKind | None) -> None:
        if access in (MUT_BORROW, RESERVE, ACTIVATE):
            access = BORROW
        elif access is REPLACE:
            access = WRITE
        found = Conflict(access, self.point, span, place, borrow, kind)
        if access is DEAD:
            self._dead(found)
        else:
            self.verdicts.append(found)

    def _dead(self, found: Conflict) -> None:
        borrow = found.borrow
        key = (m.Place(borrow.place.local), self.cx.borrow_span(borrow))
        if key not in self._reported:
            self._reported.add(key)
            self.verdicts.append(found)

    # -- permissions

    def _check_permission(
        self, place: m.Place, span: Span, access: str, allowed: Allowed, kind: BorrowKind | None
    ) -> bool:
        if access in (MUT_BORROW, RESERVE):
            if kind is BorrowKind.CLOSURE_MUT:
                allowed = Allowed.YES
        elif access is not WRITE:
            return False
        ok, root, root_allowed = is_mutable(self.cx, place, allowed)
        if ok:
            self._note_used_mut(root, root_allowed)
            return False
        init = self._ever_initialized(place.local)
        if init is None and (self._tracked[place.local] or not place.projection):
            return False  # what is not tracked is initialised before it is used
        if init is not None and access is WRITE and not place.projection:
            self.verdicts.append(Reassigned(self.point, span, place.local, self.cx.moves.inits[init].point))
        elif not self._is_shared_upvar(root):
            self.verdicts.append(Immutable(self.point, span, place, root, access is not WRITE))
        return True

    def _is_shared_upvar(self, place: m.Place) -> bool:
        last = place.projection[-1] if place.projection else None
        field = self.cx.upvar_field(place) if isinstance(last, m.Field) else None
        return field is not None and self.cx.upvars[field].is_shared

    def _note_used_mut(self, root: m.Place, allowed: Allowed) -> None:
        note_used_mut(self.cx, root, allowed, self._ever_initialized, self.used_mut, self.used_mut_upvars)

    def _ever_initialized(self, local: m.Local) -> int | None:
        """Some initialisation of a local that may have happened."""
        for init in self.cx.moves.inits_of.get(local, ()):
            if self.ever >> init & 1:
                return init
        return None

    # -- initialisation

    def _check_initialized(self, place: m.Place, span: Span, action: str) -> None:
        """The whole place must be there."""
        moves = self.cx.moves
        if not self._tracked[place.local]:
            return
        path, exact = moves.lookup(place) if place.projection else (place.local, True)
        if self.uninit >> path & 1:
            self._use_of_gone(action, self.cx.moves.paths[path].place, place, span, path)
            return
        last = place.projection[-1] if place.projection else None
        if isinstance(last, m.Subslice) and not exact:
            self._check_subslice(place, span, action, last)
            return
        if exact and moves.paths[path].children:
            gone = self.uninit & self.cx.moves.subtree(path) & ~(1 << path)
            if gone:
                self._use_of_gone(action, place, place, span, self._first_gone(path))

    def _first_gone(self, path: int) -> int:
        """The part below a path that is reported as gone: rustc looks at the youngest child first, and at all siblings
        before their children.
        """
        paths = self.cx.moves.paths
        todo = [list(reversed(paths[path].children.values()))]
        while todo:
            siblings = todo.pop()
            at = siblings[0]
            if self.uninit >> at & 1:
                return at
            below = list(reversed(paths[at].children.values()))
            todo += [rest for rest in (below, siblings[1:]) if rest]
        return path

    def _check_subslice(self, place: m.Place, span: Span, action: str, last: m.Subslice) -> None:
        """Elements of an array moved one by one."""
        base = m.Place(place.local, place.projection[:-1])
        path, exact = self.cx.moves.lookup(base)
        ty = self.cx.ty(base)
        if not exact or not isinstance(ty, t.ArrayTy) or ty.len.kind != "value":
            return
        end = ty.len.value - last.end if last.from_end else last.end
        for key, child in self.cx.moves.paths[path].children.items():
            if key[0] == "index" and isinstance(key[1], int) and last.start <= key[1] < end:
                gone = self.uninit & self.cx.moves.subtree(child)
                if gone:
                    self._use_of_gone(action, place, place, span, next(bits(gone)))
                    return

    def _check_full_path(self, place: m.Place, span: Span, action: str) -> None:
        """The place, or the nearest part of it that is tracked, must be there."""
        path, _ = self.cx.moves.lookup(place)
        if self.uninit >> path & 1:
            self._use_of_gone(action, self.cx.moves.paths[path].place, place, span, path)

    def _check_assignable(self, place: m.Place, span: Span) -> None:
        """What an assignment needs of the parts around its target."""
        if not place.projection:
            return
        for i in range(len(place.projection) - 1, -1, -1):
            elem = place.projection[i]
            base = m.Place(place.local, place.projection[:i])
            if type(elem) is m.Deref:
                self._check_full_path(base, span, "use")
                return
            if type(elem) is m.Field:
                ty = self.cx.ty(base)
                if self.cx.has_drop_impl(ty):
                    self._check_initialized(base, span, "assignment")
                    return
                if isinstance(ty, (t.AdtTy, t.TupleTy)):
                    self._check_parent(base, span)

    def _check_parent(self, base: m.Place, span: Span) -> None:
        """Fields of something not initialised, or moved, cannot be assigned one by one."""
        shortest: tuple[m.Place, int] | None = None
        for i in range(len(base.projection), -1, -1):
            if i < len(base.projection) and type(base.projection[i]) is m.Deref:
                break
            prefix = m.Place(base.local, base.projection[:i])
            path, exact = self.cx.moves.lookup(prefix)
            if exact and self.uninit >> path & 1:
                shortest = prefix, path
        if shortest is None:
            return
        prefix, path = shortest
        ty = self.cx.ty(prefix)
        if isinstance(ty, t.AdtTy) and ty.def_id.kind is DefKind.UNION:
            flow = self.cx.flow
            if any(
                flow.can_reach(self.cx.moves.moves[o].point, self.point) for o in self.cx.moves.moves_of.get(path, ())
            ):
                return
        self._use_of_gone("partial assignment", prefix, base, span, path)
        self.used_mut.add(base.local)

    def _use_of_gone(self, action: str, moved: m.Place, used: m.Place, span: Span, path: int) -> None:
        sites = move_sites.move_sites(self.cx, self.point, path)
        key = tuple(s.move for s in sites)  # in the order found, as rustc has it
        if not key:
            if used.local not in self._uninit_reported:
                self._uninit_reported.add(used.local)
                self.verdicts.append(UseOfUninitialized(self.point, span, action, moved, used, path))
            return
        before = self._moves_reported.get(key)
        if before is not None and _is_prefix(used, before.used):
            return
        self._moves_reported[key] = UseOfMoved(self.point, span, action, moved, used, path, sites)


def _is_drop_of(at: m.Statement | m.Terminator, local: m.Local) -> bool:
    return type(at) is m.Drop and at.place.local == local


def _is_prefix(short: m.Place, long: m.Place) -> bool:
    """As rustc compares places: a field whose type has lifetimes is never the same one twice, since each mention of it
    has lifetime variables of its own.
    """
    if short.local != long.local or long.projection[: len(short.projection)] != short.projection:
        return False
    return not _has_fresh_region(short)


def _has_fresh_region(place: m.Place) -> bool:
    return any(isinstance(e, m.Field) and _has_region(e.ty) for e in place.projection)


def _has_region(ty: t.Ty) -> bool:
    found = isinstance(ty, t.RefTy)

    def visit(part: t.GenericArg) -> t.GenericArg:
        nonlocal found
        if isinstance(part, t.Region) or (isinstance(part, t.Ty) and not found and _has_region(part)):
            found = True
        return part

    if not found:
        t.map_children(ty, visit)
    return found


_TERMINATORS: dict[type, Callable[[Walk, Any], None]] = {
    m.Drop: Walk._drop,
    m.Call: Walk._call,
    m.SwitchInt: Walk._switch,
    m.Assert: Walk._assert,
    m.InlineAsm: Walk._asm,
    m.Return: Walk._return,
}
