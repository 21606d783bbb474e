"""Branches decided by constants: their dead side is not part of the program.

Assumes: a concrete body with evaluated constants. Guarantees: same behaviour; no unreachable block; locals that are
set once to a constant expression decide the switches on them.

Before: ``_2 = Gt(const 8_usize, const 4_usize); switchInt(move _2) -> [0: bb2, otherwise: bb1]``. After: ``goto bb1``.
"""

from __future__ import annotations

import contextlib

from compiler.mir import body as m
from compiler.mir.consteval import arithmetic
from compiler.mir.consteval.memory import EvalError
from compiler.mir.place_ty import operand_ty
from compiler.ty import types as t

_NUMERIC = frozenset(
    (m.CastKind.INT_TO_INT, m.CastKind.FLOAT_TO_INT, m.CastKind.INT_TO_FLOAT, m.CastKind.FLOAT_TO_FLOAT)
)


def _single_assignments(body: m.Body) -> dict[m.Local, m.Rvalue]:
    """Locals written once, as a whole, and never borrowed."""
    found: dict[m.Local, m.Rvalue] = {}
    excluded = set(range(body.arg_count + 1))
    for block in body.blocks:
        for s in block.statements:
            if isinstance(s, m.Assign):
                local = s.place.local
                if s.place.projection or local in found:
                    excluded.add(local)
                found[local] = s.rvalue
                if isinstance(s.rvalue, m.Ref | m.RawPtr):
                    excluded.add(s.rvalue.place.local)
            elif isinstance(s, m.SetDiscriminant):
                excluded.add(s.place.local)
        if isinstance(block.terminator, m.Call):
            excluded.add(block.terminator.destination.local)
        elif isinstance(block.terminator, m.InlineAsm):
            excluded.update(o.place.local for o in block.terminator.operands if o.place is not None)
    return {local: rv for local, rv in found.items() if local not in excluded}


class KnownValues:
    """Values of operands that are constants, or locals set once to a constant expression."""

    def __init__(self, body: m.Body) -> None:
        self.body = body
        self.once = _single_assignments(body)
        self.known: dict[m.Local, int | None] = {}

    def operand(self, op: m.Operand) -> int | None:
        if isinstance(op, m.Constant):
            return op.value.bits if isinstance(op.value, m.ScalarConst) else None
        return None if op.place.projection else self.local(op.place.local)

    def local(self, local: m.Local) -> int | None:
        if local not in self.known:
            self.known[local] = None  # while it is being computed
            rv = self.once.get(local)
            if rv is not None:
                with contextlib.suppress(EvalError):
                    self.known[local] = self.rvalue(rv)
        return self.known[local]

    def rvalue(self, rv: m.Rvalue) -> int | None:
        match rv:
            case m.Use():
                return self.operand(rv.operand)
            case m.BinaryOp() if rv.op.value not in ("Offset", "Cmp") and "Overflow" not in rv.op.value:
                left, right = self.operand(rv.left), self.operand(rv.right)
                ty = operand_ty(self.body.locals, rv.left)
                if left is not None and right is not None and not isinstance(ty, t.PtrTy | t.RefTy | t.AdtTy):
                    return arithmetic.binary(rv.op, left, right, ty, operand_ty(self.body.locals, rv.right))
            case m.UnaryOp() if rv.op is m.UnOp.NOT:
                value, ty = self.operand(rv.operand), operand_ty(self.body.locals, rv.operand)
                if value is not None:
                    return ~value & ((1 << (ty.bits if isinstance(ty, t.IntTy) else 1)) - 1)
            case m.Cast() if rv.kind in _NUMERIC:
                value, ty = self.operand(rv.operand), operand_ty(self.body.locals, rv.operand)
                if value is not None and not isinstance(ty, t.AdtTy):
                    return arithmetic.cast_scalar(value, ty, rv.ty)
        return None


def fold_switches(body: m.Body) -> None:
    """Replace switches on known values by jumps, and checks known to pass."""
    folder: KnownValues | None = None
    for block in body.blocks:
        term = block.terminator
        if isinstance(term, m.SwitchInt):
            folder = folder or KnownValues(body)
            value = folder.operand(term.discr)
            if value is not None:
                target = next((to for bits, to in term.targets if bits == value), term.otherwise)
                block.terminator = m.Goto(target, term.span)
        elif isinstance(term, m.Assert):
            folder = folder or KnownValues(body)
            value = folder.operand(term.cond)
            if value is not None and bool(value) is term.expected:
                block.terminator = m.Goto(term.target, term.span)


def successors(term: m.Terminator) -> tuple[int, ...]:
    """Blocks control may go to."""
    match term:
        case m.Goto() | m.Drop() | m.Assert() | m.InlineAsm():
            return (term.target,)
        case m.SwitchInt():
            return (*(to for _, to in term.targets), term.otherwise)
        case m.Call():
            return () if term.target is None else (term.target,)
        case m.FalseEdge():
            return (term.real_target, term.imaginary_target)
        case m.FalseUnwind():
            return (term.real_target,)
    return ()


def retarget(term: m.Terminator, to: dict[int, int]) -> None:
    """Replace the blocks that a terminator names."""
    match term:
        case m.Goto() | m.Drop() | m.Assert() | m.InlineAsm():
            term.target = to[term.target]
        case m.SwitchInt():
            term.targets = tuple((bits, to[b]) for bits, b in term.targets)
            term.otherwise = to[term.otherwise]
        case m.Call():
            term.target = None if term.target is None else to[term.target]


def keep_reachable(body: m.Body) -> None:
    """Drop unreachable blocks and renumber the rest in their order; terminators must not be shared with another
    body."""
    seen = {0}
    work = [0]
    while work:
        for following in successors(body.blocks[work.pop()].terminator):
            if following not in seen:
                seen.add(following)
                work.append(following)
    if len(seen) == len(body.blocks):
        return
    kept = sorted(seen)
    to = {old: new for new, old in enumerate(kept)}
    body.blocks = [body.blocks[b] for b in kept]
    for block in body.blocks:
        retarget(block.terminator, to)
    body.loop_unroll = {to[b]: factor for b, factor in body.loop_unroll.items() if b in to}
