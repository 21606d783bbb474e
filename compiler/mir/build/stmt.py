"""Expressions for their effect only (rustc's ``expr/stmt.rs``): assignments, ``break``, ``continue``, ``return``.

Assumes: the innermost scope is the statement's. Guarantees: an assignment evaluates its right side, then its place,
then drops the old value if its type needs it (``Drop(replace)``) and stores. After a diverging expression the cursor
is in an unreachable block.

Example: ``a[i] += x`` evaluates ``x``, then ``a[i]`` with its bounds check, then ``a[_4] = Add(copy a[_4], move _3)``.
"""

from __future__ import annotations

from compiler.mir import body as m
from compiler.mir.build import into, operand, place, rvalue, thir
from compiler.mir.build.builder import Builder
from compiler.mir.build.mirror import mirror
from compiler.mir.build.scope import BreakableScope, Scope, exit_scope, pop_scope, push_scope


def stmt_expr(b: Builder, ref: thir.ExprRef, statement_scope: Scope | None = None) -> None:
    """Evaluate and discard a statement's expression; other values die in ``statement_scope``."""
    expr = mirror(b, ref)
    if thir.is_source(ref) and thir.needs_scope(expr):
        push_scope(b, expr.span)
        effect(b, expr, statement_scope)
        pop_scope(b)
    else:
        effect(b, expr, statement_scope)


def effect(b: Builder, expr: thir.Expr, statement_scope: Scope | None = None) -> None:
    """As :func:`stmt_expr`, with the innermost scope as the expression's own."""
    if isinstance(expr, thir.Assign):
        _assign(b, expr)
    elif isinstance(expr, thir.AssignOp):
        _assign_op(b, expr)
    elif isinstance(expr, thir.Break):
        _break(b, expr)
    elif isinstance(expr, thir.Continue):
        target = _target(b, expr.target)
        if target is not None:
            exit_scope(b, target, True, expr.span)
    elif isinstance(expr, thir.Return):
        _leave(b, b.breakables[0], expr.value, expr)
    elif isinstance(expr, thir.Unsupported):
        _unsupported(b, expr)
    else:
        operand.as_temp(b, expr, statement_scope, False)


def _assign(b: Builder, expr: thir.Assign) -> None:
    value = rvalue.as_rvalue(b, expr.rhs)
    target = place.as_place(b, expr.lhs)
    if b.cx.needs_drop(rvalue.thir_ty(b, expr.lhs)):
        next_block = b.new_block()
        span = mirror(b, expr.lhs).span
        b.terminate(m.Drop(target, next_block, span, True))
        b.block = next_block
        b.assign(target, value, span)
    else:
        b.assign(target, value, expr.span)


def _assign_op(b: Builder, expr: thir.AssignOp) -> None:
    right = operand.local_operand(b, expr.rhs)
    target = place.as_place(b, expr.lhs)
    value = rvalue.binary_op(b, expr.op, rvalue.thir_ty(b, expr.lhs), m.Copy(target), right, expr.span)
    b.assign(target, value, expr.span)


def _target(b: Builder, expr: int) -> BreakableScope | None:
    for breakable in reversed(b.breakables):
        if breakable.expr == expr:
            return breakable
    return None


def _break(b: Builder, expr: thir.Break) -> None:
    target = _target(b, expr.target)
    if target is not None:
        _leave(b, target, expr.value, expr)


def _leave(b: Builder, target: BreakableScope, value: int | None, expr: thir.Expr) -> None:
    if value is not None:
        into.into(b, target.destination, value)
    else:
        b.assign_unit(target.destination, expr.span)
    exit_scope(b, target, False, expr.span)


def _unsupported(b: Builder, expr: thir.Unsupported) -> None:
    """Note what cannot be lowered; control does not go on."""
    if expr.construct:
        b.note_unsupported(expr.span, expr.construct)
    b.terminate(m.Unreachable(expr.span))
    b.start_block()
