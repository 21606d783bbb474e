"""Expressions as temporaries, operands and constants (rustc's ``as_temp.rs``, ``as_operand.rs``, ``as_constant.rs``).

Assumes: the scope given is on the builder's stack. Guarantees: a temporary's storage is live from before its value is computed, and its
value and storage are dropped when its scope is left; constants become operands without a temporary.

Example: ``f(a, 1)``: ``_3 = copy a`` (storage ends with the call expression) and the operands ``move _3, const 1``.
"""

from __future__ import annotations

from typing import Final

from compiler.mir import body as m
from compiler.mir.build import into, thir
from compiler.mir.build.builder import Builder
from compiler.mir.build.mirror import mirror
from compiler.mir.build.scope import Scope, schedule_drop, temp_scope
from compiler.ty import types as t

TEMP_SCOPE: Final = Scope(-1, m.EMPTY_SPAN, False)  # stands for: where temporaries of this expression die
_NEVER_ASSIGNED = (thir.Break, thir.Continue, thir.Return)


def as_temp(b: Builder, ref: thir.ExprRef, scope: Scope | None, mutable: bool = True, scoped: bool = True) -> m.Local:
    """Evaluate into a new temporary living in ``scope`` (None: forever, in constants).

    ``scoped``: the expression gets a scope of its own; False: the innermost one is its.
    """
    expr = mirror(b, ref)
    if scope is TEMP_SCOPE:
        scope = temp_scope(b, expr.id)
    locals_ = b.locals
    local = len(locals_)
    decl = m.LocalDecl(expr.ty, m.Mutability.MUT if mutable else m.Mutability.NOT, None, expr.span, scope=b.source_scope)
    locals_.append(decl)
    if type(expr) is thir.Constant and type(expr.value) is m.StaticRef:
        decl.is_ref_to_static = True
    if not _is_never_assigned(expr):
        b.push(m.StorageLive(local, expr.span))
        if scope is not None:
            schedule_drop(b, scope, local, False)
    (into.into if scoped else into.into_unscoped)(b, m.Place(local), expr)
    if scope is not None:
        schedule_drop(b, scope, local, True)
    return local


def _is_never_assigned(expr: thir.Expr) -> bool:
    if isinstance(expr, thir.Block):
        return expr.block.tail is None and expr.block.label is None and expr.ty is t.never
    return isinstance(expr, _NEVER_ASSIGNED)


def as_operand(b: Builder, ref: thir.ExprRef, scope: Scope | None) -> m.Operand:
    """A constant, or the value moved out of a temporary living in ``scope``."""
    expr = mirror(b, ref)
    if type(expr) is thir.Constant and not b.cx.needs_drop(expr.ty):
        return m.Constant(expr.value, expr.span)
    return m.Move(m.Place(as_temp(b, expr, scope)))


def local_operand(b: Builder, ref: thir.ExprRef) -> m.Operand:
    """An operand whose temporary dies with the innermost scope (the expression using it)."""
    return as_operand(b, ref, b.scopes[-1] if b.scopes else None)


def constant_operand(b: Builder, ref: thir.ExprRef) -> m.Constant | None:
    """The operand if the expression is a constant, else None."""
    expr = mirror(b, ref)
    if type(expr) is thir.Constant:
        return m.Constant(expr.value, expr.span)
    return None


