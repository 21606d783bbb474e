"""Atomics on memory of the thread's own: plain reads and writes of a local.

What it is: :class:`LocalAtomics`, the part of the executor that gives such an operation its meaning. Assumes: nothing.
Guarantees: the local holds what the operation leaves there; an unknown value where that is not followed.

Example: behind ``let c = AtomicU32::new(2); c.fetch_add(3, Relaxed)`` the result is 2 and ``c`` holds 5.
"""

from __future__ import annotations

from typing import Final

from compiler.analysis.disjointness.locks import Locks
from compiler.analysis.disjointness.memory import Frame
from compiler.analysis.disjointness.state import State
from compiler.analysis.disjointness.terms import THREAD, Cond, Poly
from compiler.analysis.disjointness.values import Aggregate, Opaque, Pointer, Value
from compiler.base.span import Span
from compiler.mir import body as m
from compiler.ty import types as t

_ARITHMETIC: Final = {
    "xadd": m.BinOp.ADD, "xsub": m.BinOp.SUB, "and": m.BinOp.BIT_AND, "or": m.BinOp.BIT_OR, "xor": m.BinOp.BIT_XOR,
}  # fmt: skip
_GREATER: Final = {"max": True, "umax": True, "min": False, "umin": False}


class LocalAtomics(Locks):
    """See the module docstring."""

    def atomic_on_local(
        self, state: State, frame: Frame, at: Pointer, ty: t.Ty, operation: str, args: list[Value], span: Span
    ) -> Value:
        """The operation's result, that of a load too; the state is changed."""
        old = self.load(state, frame, at, ty, span)
        if operation == "load":
            return old
        if operation.startswith("cxchg"):
            return self._exchanged(state, frame, at, ty, args, span, old)
        self.store(state, frame, at, ty, self._updated(state, operation, old, args[0], ty), span)
        return old

    def _exchanged(
        self, state: State, frame: Frame, at: Pointer, ty: t.Ty, args: list[Value], span: Span, old: Value
    ) -> Value:
        same: Cond = self.terms.fresh_condition("exchanged", THREAD)
        if isinstance(old, Poly) and isinstance(args[0], Poly):
            same = self.terms.eq(old, args[0])
        self.store(state, frame, at, ty, self.selected(same, args[1], old), span)
        return Aggregate((old, same))

    def _updated(self, state: State, operation: str, old: Value, by: Value, ty: t.Ty) -> Value:
        if operation in ("store", "xchg"):
            return by
        if isinstance(old, Poly) and isinstance(by, Poly) and isinstance(ty, t.IntTy):
            if operation in _ARITHMETIC:
                return self.binary(state, _ARITHMETIC[operation], old, by, ty, True)
            if operation in _GREATER and ty.signed == (not operation.startswith("u")):
                return self.selected(self.terms.le(old, by), *((by, old) if _GREATER[operation] else (old, by)))
        return Opaque(THREAD, True, "call")
