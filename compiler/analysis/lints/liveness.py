"""Which values of variables are read, on MIR as built (rustc's ``rustc_mir_transform::liveness``).

What it is: a backward dataflow over the variables of :mod:`compiler.analysis.lints.variables`, then one look at every
assignment: is the variable live after it? ``a += b`` reads ``a`` only for its own sake, a drop reads nothing, a
closure reads what its body reads.

Assumes: a body without errors. Guarantees: an assignment that several places of the MIR stand for (copies of a
``match`` arm) is live if one of them is.

Example: in ``let mut x = 1; x = 2; f(x)`` the first assignment is dead, and ``x`` is live after the second.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from compiler.analysis.lints.variables import CLOSURE_LOCAL, Variables, is_indirect
from compiler.base.dataclass import dataclass, field
from compiler.base.span import Span
from compiler.hir.def_id import DefId
from compiler.mir import body as m
from compiler.mir.move_paths import rvalue_operands, rvalue_place, terminator_operands
from compiler.mir.simplify import successors

ASSIGN, PARAM, CAPTURED = "assigned to", "passed to", "captured by"
Masks = tuple[int, int]  # variables read, variables given a new value


@dataclass(slots=True)
class Access:
    """``kind``: ASSIGN, PARAM (the value a caller passed) or CAPTURED; ``whole``: not a part of the variable."""

    kind: str
    live: bool
    whole: bool = True


@dataclass(slots=True)
class BodyLiveness:
    """``accesses``: of each variable, in source order; ``ever_live``, ``ever_dropped``: bit sets of variables."""

    variables: Variables
    ever_live: int = 0
    ever_dropped: int = 0
    accesses: list[dict[Span, Access]] = field(default_factory=list)

    def dead_captures(self) -> frozenset[int]:
        """Fields of a closure that its body never reads."""
        return frozenset(
            v.field for i, v in enumerate(self.variables.all) if v.field >= 0 and not self.ever_live >> i & 1
        )


def body_liveness(body: m.Body, closure_kind: str, dead_captures: Callable[[DefId], frozenset[int]]) -> BodyLiveness:
    """``closure_kind``: "" or the trait of a closure's body; ``dead_captures``: of the closures made in the body."""
    return _Liveness(body, closure_kind, dead_captures).run()


class _Liveness:
    def __init__(self, body: m.Body, closure_kind: str, dead_captures: Callable[[DefId], frozenset[int]]) -> None:
        self.body = body
        self.closure_kind = closure_kind
        self.dead_captures = dead_captures
        self.variables = Variables(body)
        self.by_ref = sum(1 << i for i, v in enumerate(self.variables.all) if v.by_ref)
        self.out = BodyLiveness(self.variables, accesses=[{} for _ in self.variables.all])
        self.steps = [[self._statement(s) for s in block.statements] for block in body.blocks]
        self.ends = [self._terminator(block.terminator) for block in body.blocks]

    def run(self) -> BodyLiveness:
        if self.variables.all:
            live_out, live_in = self._solve()
            for block in reversed(range(len(self.body.blocks))):
                self._look(block, live_out[block])
            self.out.ever_live |= live_in[m.START_BLOCK]
            self._entry(live_in[m.START_BLOCK])
            self._merge_guards()
        return self.out

    # -- the dataflow

    def _successors(self, block: int) -> list[int]:
        terminator = self.body.blocks[block].terminator
        if isinstance(terminator, m.Return) and self.closure_kind == "FnMut":
            return [m.START_BLOCK]  # what a call leaves in its captures, the next call finds
        return list(successors(terminator))

    def _solve(self) -> tuple[list[int], list[int]]:
        n = len(self.body.blocks)
        transfer = [self._block_masks(b) for b in range(n)]
        after = [self._successors(b) for b in range(n)]
        before: list[list[int]] = [[] for _ in range(n)]
        for b in range(n):
            for s in after[b]:
                before[s].append(b)
        live_out, live_in = [0] * n, [0] * n
        work = list(range(n))
        queued = [True] * n
        while work:
            b = work.pop()
            queued[b] = False
            out = 0
            for s in after[b]:
                out |= live_in[s]
            live_out[b] = out
            reads, writes = transfer[b]
            new = (out & ~writes) | reads
            if new != live_in[b]:
                live_in[b] = new
                for p in before[b]:
                    if not queued[p]:
                        queued[p] = True
                        work.append(p)
        return live_out, live_in

    def _block_masks(self, block: int) -> Masks:
        reads, writes = self.ends[block]
        for r, w in reversed(self.steps[block]):
            reads = (reads & ~w) | r
            writes |= w
        return reads, writes

    # -- the look at assignments

    def _look(self, block: int, live: int) -> None:
        data = self.body.blocks[block]
        out = self.out
        out.ever_live |= live
        for place, drops in _written(data.terminator):
            if not drops:
                self._access(place, data.terminator.span, live)
            found = self.variables.find(place)
            if found is not None and not found[1] and not isinstance(data.terminator, m.InlineAsm):
                out.ever_dropped |= 1 << found[0]
        reads, writes = self.ends[block]
        live = (live & ~writes) | reads
        for statement, (reads, writes) in zip(reversed(data.statements), reversed(self.steps[block]), strict=True):
            out.ever_live |= live
            if isinstance(statement, m.Assign | m.SetDiscriminant):
                self._access(statement.place, statement.span, live)
            live = (live & ~writes) | reads

    def _access(self, place: m.Place, span: Span, live: int) -> None:
        found = self.variables.find(place)
        if found is None or is_indirect(found[1]):
            return
        index, projection = found
        is_live = bool(live >> index & 1)
        seen = self.out.accesses[index].setdefault(span, Access(ASSIGN, is_live, not projection))
        seen.live |= is_live

    def _entry(self, live: int) -> None:
        """Arguments and captured values as they come in."""
        for index, variable in enumerate(self.variables.all):
            if variable.field >= 0:
                if variable.by_ref:
                    continue
                kind, span = CAPTURED, self.body.locals[CLOSURE_LOCAL].span
            elif 1 <= variable.local <= self.body.arg_count:
                kind, span = PARAM, self.body.locals[variable.local].span
            else:
                continue
            self.out.accesses[index][span] = Access(kind, bool(live >> index & 1))

    def _merge_guards(self) -> None:
        """What a guard does with its reference to a variable counts for the variable."""
        for index, variable in enumerate(self.variables.all):
            if variable.guard_of < 0:
                continue
            arm = variable.guard_of
            if self.out.ever_live >> index & 1:
                self.out.ever_live |= 1 << arm
            accesses, self.out.accesses[index] = self.out.accesses[index], {}
            for span, access in accesses.items():
                self.out.accesses[arm].setdefault(span, access).live |= access.live

    # -- what a statement reads and writes

    def _read(self, place: m.Place) -> int:
        found = self.variables.find(place)
        mask = 1 << found[0] if found is not None else 0
        return mask | self._indices(place)

    def _indices(self, place: m.Place) -> int:
        mask = 0
        for elem in place.projection:
            if type(elem) is m.Index:
                mask |= self._read(m.Place(elem.local))
        return mask

    def _write(self, place: m.Place) -> Masks:
        found = self.variables.find(place)
        reads = self._indices(place)
        if found is None:
            return reads, 0
        index, projection = found
        if is_indirect(projection):
            return reads | 1 << index, 0
        return reads, 0 if projection else 1 << index

    def _operands(self, operands: tuple[m.Operand, ...]) -> int:
        mask = 0
        for operand in operands:
            if not isinstance(operand, m.Constant):
                mask |= self._read(operand.place)
        return mask

    def _rvalue(self, rvalue: m.Rvalue) -> int:
        if isinstance(rvalue, m.Aggregate) and isinstance(rvalue.kind, m.AggregateClosure):
            dead = self.dead_captures(rvalue.kind.def_id)
            return self._operands(tuple(o for i, o in enumerate(rvalue.operands) if i not in dead))
        place = rvalue_place(rvalue)
        return self._read(place) if place is not None else self._operands(rvalue_operands(rvalue))

    def _statement(self, statement: m.Statement) -> Masks:
        if isinstance(statement, m.Assign):
            rvalue = statement.rvalue
            if _is_own_update(statement) and self._is_direct(statement.place):
                assert isinstance(rvalue, m.BinaryOp)
                return self._operands((rvalue.right,)) | self._indices(statement.place), 0
            reads, writes = self._write(statement.place)
            return reads | self._rvalue(rvalue), writes
        if isinstance(statement, m.SetDiscriminant):
            return self._write(statement.place)
        if isinstance(statement, m.FakeRead):
            skipped = m.FakeReadCause.FOR_LET, m.FakeReadCause.FOR_GUARD_BINDING
            return (0 if statement.cause in skipped else self._read(statement.place)), 0
        return (self._read(statement.place) if isinstance(statement, m.PlaceMention) else 0), 0

    def _is_direct(self, place: m.Place) -> bool:
        found = self.variables.find(place)
        return found is None or not is_indirect(found[1])

    def _terminator(self, terminator: m.Terminator) -> Masks:
        if isinstance(terminator, m.Call):
            reads, writes = self._write(terminator.destination)
            return reads | (self._operands(terminator_operands(terminator)) & ~writes), writes
        if isinstance(terminator, m.InlineAsm):
            return self._asm(terminator)
        if isinstance(terminator, m.Return):
            return self.by_ref, 0
        return self._operands(terminator_operands(terminator)), 0

    def _asm(self, terminator: m.InlineAsm) -> Masks:
        reads = writes = 0
        for operand in terminator.operands:
            if operand.value is not None:
                reads |= self._operands((operand.value,))
            if operand.place is not None:
                if operand.kind == "inout":
                    reads |= self._read(operand.place)
                r, w = self._write(operand.place)
                reads, writes = reads | r, writes | w
        return reads, writes


def _is_own_update(statement: m.Assign) -> bool:
    """``a = Op(copy a, b)``."""
    rvalue = statement.rvalue
    return isinstance(rvalue, m.BinaryOp) and isinstance(rvalue.left, m.Copy) and rvalue.left.place == statement.place


def _written(terminator: m.Terminator) -> Iterator[tuple[m.Place, bool]]:
    """Places a terminator writes, or drops (True)."""
    if isinstance(terminator, m.Call):
        yield terminator.destination, False
    elif isinstance(terminator, m.Drop):
        yield terminator.place, True
    elif isinstance(terminator, m.InlineAsm):
        yield from ((o.place, False) for o in terminator.operands if o.place is not None)
