"""Expressions as temporaries, operands and constants (rustc's ``as_temp.rs``, ``as_operand.rs``, ``as_constant.rs``).

Assumes: the scope given is on the builder's stack. Guarantees: a temporary's storage is live from before its value is
computed, and its value and storage are dropped when its scope is left; constants become operands without a temporary.

Example: ``f(a, 1)``: ``_3 = copy a`` (storage ends with the call expression) and the operands ``move _3, const 1``.
"""

from __future__ import annotations

from typing import Final

from compiler.base.span import EMPTY_SPAN
from compiler.mir import body as m
from compiler.mir.build import into, thir
from compiler.mir.build.builder import Builder
from compiler.mir.build.mirror import mirror
from compiler.mir.build.scope import Drop, Scope, pop_scope, push_scope, temp_scope
from compiler.ty import types as t

TEMP_SCOPE: Final = Scope(-1, EMPTY_SPAN, False)  # stands for: where temporaries of this expression die
_NEVER_ASSIGNED = (thir.Break, thir.Continue, thir.Return)


def as_temp(b: Builder, ref: thir.ExprRef, scope: Scope | None, mutable: bool = True) -> m.Local:
    """Evaluate into a new temporary living in ``scope`` (None: forever, in constants)."""
    expr = mirror(b, ref)
    return _temp(b, expr, scope, mutable, thir.is_source(ref) and thir.needs_scope(expr))


def _temp(b: Builder, expr: thir.Expr, scope: Scope | None, mutable: bool, scoped: bool) -> m.Local:
    """``scoped``: the expression gets a scope of its own; False: the innermost one is its."""
    if scope is TEMP_SCOPE:
        scope = temp_scope(b, expr.id)
    ty, span, category = expr.ty, expr.span, expr.category
    local = len(b.locals)
    mutability = m.Mutability.MUT if mutable else m.Mutability.NOT
    decl = m.LocalDecl(ty, mutability, None, span, False, False, "", b.source_scope)
    b.locals.append(decl)
    if category is thir.CONSTANT or category is thir.PLACE or not _is_never_assigned(expr):
        b.blocks[b.block].statements.append(m.StorageLive(local, span))
        if scope is not None:
            scope.drops.append(Drop(local, False, scope.end_span))
    if category is thir.CONSTANT:
        decl.is_ref_to_static = type(expr.value) is m.StaticRef  # type: ignore[attr-defined]
    if scoped:
        push_scope(b, span)
        into.into_unscoped(b, m.Place(local), expr)
        pop_scope(b)
    else:
        into.into_unscoped(b, m.Place(local), expr)
    if scope is not None and b.cx.needs_drop(ty):
        scope.drops.append(Drop(local, True, scope.end_span))
    return local


def _is_never_assigned(expr: thir.Expr) -> bool:
    if isinstance(expr, thir.Block):
        return expr.block.tail is None and expr.block.label is None and expr.ty is t.never
    return isinstance(expr, _NEVER_ASSIGNED)


def as_operand(b: Builder, ref: thir.ExprRef, scope: Scope | None) -> m.Operand:
    """A constant, or the value moved out of a temporary living in ``scope``."""
    expr = mirror(b, ref)
    if type(expr) is thir.Constant and not b.cx.needs_drop(expr.ty):
        return constant(expr)
    return m.Move(m.Place(_temp(b, expr, scope, True, thir.is_source(ref) and thir.needs_scope(expr))))


def local_operand(b: Builder, ref: thir.ExprRef) -> m.Operand:
    """An operand whose temporary dies with the innermost scope (the expression using it)."""
    return as_operand(b, ref, b.scopes[-1] if b.scopes else None)


def constant(expr: thir.Constant) -> m.Constant:
    return m.Constant(expr.value, expr.span, expr.user_args)
