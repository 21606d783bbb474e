"""Forwarding of temporaries: operands that were copied into a temporary only to be used once (a part of rustc's
``CopyProp``).

What it is: MIR building evaluates every operand into a temporary of its own, for the borrow checker. Afterwards most
are noise. Within a block, a scalar temporary that is assigned once and moved once is replaced

- by its source, where it holds a copy of a place or a constant and nothing in between may change that place;
- by its use's destination, where it is stored elsewhere right after it is computed.

Assumes: cleaned MIR (no borrowck-only statements). Guarantees: the same reads and writes of memory that others can
see, in the same order; user variables keep their locals.

Before: ``_3 = copy _1; _4 = copy _2; _5 = Add(move _3, move _4); _6 = move _5``. After: ``_6 = Add(copy _1, copy _2)``.
"""

from __future__ import annotations

import dataclasses

from compiler.mir import body as m
from compiler.mir.move_paths import assigned_places, rvalue_operands, rvalue_place, terminator_operands
from compiler.ty import types as t

_SCALARS = (t.IntTy, t.FloatTy, t.SimpleTy, t.RefTy, t.PtrTy, t.FnPtrTy)


def forward_temporaries(body: m.Body) -> None:
    """Rewrite the blocks of a body in place; statements are replaced, not changed."""
    usage = _Usage(body)
    for block in body.blocks:
        if len(block.statements) > 1 or (block.statements and not isinstance(block.terminator, m.Goto)):
            _Forwarder(usage, block).run()


class _Usage:
    """``single``: temporaries assigned once as a whole and moved once as a whole.

    ``exposed``: locals whose address is taken.
    """

    def __init__(self, body: m.Body) -> None:
        n_defs = [0] * len(body.locals)
        n_moves = [0] * len(body.locals)
        self.exposed: set[m.Local] = set()
        other: set[m.Local] = set(range(body.arg_count + 1))
        for block in body.blocks:
            for s in block.statements:
                if isinstance(s, m.Assign):
                    if s.place.projection:
                        _mention(s.place, other)
                    else:
                        n_defs[s.place.local] += 1
                    at = rvalue_place(s.rvalue)
                    if at is not None:
                        _mention(at, other)
                        if isinstance(s.rvalue, (m.Ref, m.RawPtr)):
                            self.exposed.add(at.local)
                    _count_moves(rvalue_operands(s.rvalue), n_moves, other)
                elif isinstance(s, m.SetDiscriminant):
                    _mention(s.place, other)
            terminator = block.terminator
            _count_moves(terminator_operands(terminator), n_moves, other)
            for at in assigned_places(terminator):
                _mention(at, other)
            if isinstance(terminator, m.Drop):
                _mention(terminator.place, other)
        self.single = {
            local
            for local, decl in enumerate(body.locals)
            if n_defs[local] == 1 and n_moves[local] == 1 and local not in other
            and not decl.is_user_variable and isinstance(decl.ty, _SCALARS)
        }  # fmt: skip


def _mention(place: m.Place, into: set[m.Local]) -> None:
    into.add(place.local)
    for elem in place.projection:
        if isinstance(elem, m.Index):
            into.add(elem.local)


def _count_moves(operands: tuple[m.Operand, ...], n_moves: list[int], other: set[m.Local]) -> None:
    for operand in operands:
        if isinstance(operand, m.Constant):
            continue
        if isinstance(operand, m.Move) and not operand.place.projection:
            n_moves[operand.place.local] += 1
        else:
            _mention(operand.place, other)


class _Forwarder:
    """One block: ``pending`` maps a temporary to the operand it holds, while that can still be read instead."""

    def __init__(self, usage: _Usage, block: m.BasicBlock) -> None:
        self.usage = usage
        self.block = block
        self.pending: dict[m.Local, m.Operand] = {}
        self.defined_at: dict[m.Local, int] = {}
        self.out: list[m.Statement | None] = []
        self.forwarded: set[m.Local] = set()

    def run(self) -> None:
        for statement in self.block.statements:
            if isinstance(statement, m.Assign):
                self._assign(statement)
            else:
                if isinstance(statement, m.StorageDead):
                    self._clobber(statement.local)
                elif isinstance(statement, m.SetDiscriminant):
                    self.pending.clear()
                self.out.append(statement)
        self._terminator()
        if self.forwarded:
            self.block.statements = [s for s in self.out if s is not None and not self._is_marker(s)]
        else:
            self.block.statements = [s for s in self.out if s is not None]

    def _is_marker(self, s: m.Statement) -> bool:
        return isinstance(s, (m.StorageLive, m.StorageDead)) and s.local in self.forwarded

    def _assign(self, statement: m.Assign) -> None:
        rvalue = self._forward_into(statement.rvalue)
        place = statement.place
        ended: list[m.Statement] = []
        if isinstance(rvalue, m.Use) and isinstance(rvalue.operand, m.Move) and not rvalue.operand.place.projection:
            taken = self._take_computation(rvalue.operand.place.local)
            rvalue, ended = taken if taken is not None else (rvalue, ended)
        self._clobber_by_write(place)
        local = place.local
        if not place.projection and local in self.usage.single:
            self.defined_at[local] = len(self.out)
            if isinstance(rvalue, m.Use) and type(rvalue.operand) is not m.Move:
                self.pending[local] = rvalue.operand
        self.out.append(statement if rvalue is statement.rvalue else m.Assign(place, rvalue, statement.span))
        self.out += ended

    def _take_computation(self, temporary: m.Local) -> tuple[m.Rvalue, list[m.Statement]] | None:
        """The computation of a temporary, if nothing but storage markers came after it; it is removed there, with the
        ends of the storage it may read."""
        at = self.defined_at.get(temporary)
        if at is None or any(
            s is not None and not isinstance(s, (m.StorageLive, m.StorageDead)) for s in self.out[at + 1 :]
        ):
            return None
        computed = self.out[at]
        assert isinstance(computed, m.Assign)
        self.out[at] = None
        self.forwarded.add(temporary)
        ended: list[m.Statement] = []
        for i in range(at + 1, len(self.out)):
            marker = self.out[i]
            if isinstance(marker, m.StorageDead):
                ended.append(marker)
                self.out[i] = None
        return computed.rvalue, ended

    # -- uses

    def _operand(self, operand: m.Operand) -> m.Operand:
        if isinstance(operand, m.Move) and not operand.place.projection:
            source = self.pending.pop(operand.place.local, None)
            if source is not None:
                self.forwarded.add(operand.place.local)
                self.out[self.defined_at[operand.place.local]] = None
                return source
        return operand

    def _operands(self, operands: tuple[m.Operand, ...]) -> tuple[m.Operand, ...]:
        return tuple([self._operand(o) for o in operands])

    def _forward_into(self, rvalue: m.Rvalue) -> m.Rvalue:
        if not self.pending:
            return rvalue
        if isinstance(rvalue, m.BinaryOp):
            left, right = self._operand(rvalue.left), self._operand(rvalue.right)
            if left is rvalue.left and right is rvalue.right:
                return rvalue
            return m.BinaryOp(rvalue.op, left, right)
        if isinstance(rvalue, m.Use):
            operand = self._operand(rvalue.operand)
            return rvalue if operand is rvalue.operand else m.Use(operand)
        if isinstance(rvalue, (m.Cast, m.UnaryOp, m.Repeat)):
            operand = self._operand(rvalue.operand)
            return rvalue if operand is rvalue.operand else dataclasses.replace(rvalue, operand=operand)
        if isinstance(rvalue, (m.Aggregate, m.Printf)):
            return dataclasses.replace(rvalue, operands=self._operands(rvalue.operands))
        return rvalue

    def _terminator(self) -> None:
        terminator = self.block.terminator
        if not self.pending:
            return
        if isinstance(terminator, m.Call):
            terminator.func = self._operand(terminator.func)
            terminator.args = self._operands(terminator.args)
        elif isinstance(terminator, m.SwitchInt):
            terminator.discr = self._operand(terminator.discr)
        elif isinstance(terminator, m.Assert):
            terminator.cond = self._operand(terminator.cond)
            terminator.operands = self._operands(terminator.operands)

    # -- writes in between

    def _clobber_by_write(self, place: m.Place) -> None:
        """A write ends the forwarding of what it may change."""
        if not self.pending:
            return
        local = place.local
        if any(type(e) is m.Deref for e in place.projection) or local in self.usage.exposed:
            exposed = self.usage.exposed
            self.pending = {
                k: o for k, o in self.pending.items() if isinstance(o, m.Constant) or _is_private(o.place, exposed)
            }
        self._clobber(local)

    def _clobber(self, local: m.Local) -> None:
        if self.pending:
            stale = [k for k, o in self.pending.items() if not isinstance(o, m.Constant) and _reads(o.place, local)]
            for key in stale:
                del self.pending[key]


def _is_private(place: m.Place, exposed: set[m.Local]) -> bool:
    return place.local not in exposed and not any(type(e) is m.Deref for e in place.projection)


def _reads(place: m.Place, local: m.Local) -> bool:
    return place.local == local or any(isinstance(e, m.Index) and e.local == local for e in place.projection)
