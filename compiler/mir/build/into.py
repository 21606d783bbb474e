"""Expressions into a destination place (rustc's ``expr/into.rs``).

What it is: :func:`into` evaluates an expression and leaves its value in ``destination``; control flow (``if``,
``match``, loops, blocks, calls) writes the destination on each path. Other expressions go through ``as_rvalue`` or
``as_place``.

Assumes: the destination is not read by the expression. Guarantees: after it, control is at the cursor (in an
unreachable block if the expression diverges); each expression's operand temporaries die when it is done.

Example: ``into(_0, if c { 1 } else { 2 })`` ends both arms with ``_0 = const`` and a ``goto`` to a join block.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from compiler.base.span import EMPTY_SPAN, Span
from compiler.mir import body as m
from compiler.mir.build import asm, block, condition, operand, place, promote, rvalue, stmt, thir
from compiler.mir.build.builder import Builder
from compiler.mir.build.matches import lower as match_lower
from compiler.mir.build.mirror import mirror
from compiler.mir.build.scope import in_breakable_scope, in_if_then_scope, pop_scope, push_scope, record_moved
from compiler.ty import types as t


def into(b: Builder, destination: m.Place, ref: thir.ExprRef) -> None:
    """Evaluate ``ref`` into ``destination``; an expression of the source has a scope of its own."""
    expr = mirror(b, ref)
    if thir.is_source(ref) and thir.needs_scope(expr):
        push_scope(b, expr.span)
        into_unscoped(b, destination, expr)
        pop_scope(b)
    else:
        into_unscoped(b, destination, expr)


def into_unscoped(b: Builder, destination: m.Place, expr: thir.Expr) -> None:
    """As :func:`into`, with the operands of the expression itself living in the innermost scope already there."""
    category = expr.category
    if category is thir.CONSTANT:
        b.assign(destination, m.Use(operand.constant(expr)), expr.span)  # type: ignore[arg-type]
    elif category is thir.PLACE:
        value = b.consume(place.as_place(b, expr, True, True), expr.ty)
        b.assign(destination, m.Use(value), expr.span)
    elif category is thir.AS_RVALUE:
        b.assign(destination, rvalue.as_rvalue(b, expr), expr.span)
    elif category is thir.INTO:
        _RULES[type(expr)](b, destination, expr)
    elif category is thir.STMT:
        stmt.effect(b, expr)
        if not isinstance(expr, (thir.Break, thir.Continue, thir.Return, thir.Unsupported)):
            b.assign_unit(destination, expr.span)
    else:
        raise AssertionError(f"{type(expr).__name__} has no lowering")


def into_terminating(b: Builder, destination: m.Place, ref: thir.ExprRef, span: Span) -> None:
    """As :func:`into`, in a scope of its own where the temporaries of the expression die (arms, tails, conditions)."""
    push_scope(b, span, True)
    into_unscoped(b, destination, mirror(b, ref))
    pop_scope(b)


# ---------------------------------------------------------------- control flow


def _block(b: Builder, destination: m.Place, expr: thir.Block) -> None:
    block.ast_block(b, destination, expr)


def _if(b: Builder, destination: m.Place, expr: thir.If) -> None:
    span = expr.span
    then_span = b.cx.spans[expr.then_branch]
    outer_source_scope = b.source_scope
    condition_scope = b.scopes[-1]
    rescoped = push_scope(b, then_span, b.cx.edition_2024)

    def then() -> None:
        condition.then_else_break(b, expr.cond, condition_scope, then_span)
        into_terminating(b, destination, expr.then_branch, then_span)

    else_block = in_if_then_scope(b, condition_scope, then)
    assert b.scopes[-1] is rescoped
    pop_scope(b)
    then_block = b.block
    b.source_scope = outer_source_scope
    b.block = else_block
    if expr.else_branch is not None:
        into_terminating(b, destination, expr.else_branch, b.cx.spans[expr.else_branch])
    else:
        b.assign_unit(destination, Span(span.end, span.end))
    _join(b, then_block, span)


def _join(b: Builder, other: m.BasicBlockId, span: Span) -> None:
    """Continue where the cursor and the open block ``other`` meet."""
    join = b.new_block()
    b.terminate_at(other, m.Goto(join, span))
    b.goto(join, span)
    b.block = join


def _let(b: Builder, destination: m.Place, expr: thir.Let) -> None:
    """``let P = e`` as a bool value."""
    outer = b.scopes[-1]
    push_scope(b, expr.span)

    def then() -> None:
        condition.lower_let(b, expr, expr.span, True)
        b.assign(destination, m.Use(b.bool_const(True, expr.span)), expr.span)

    else_block = in_if_then_scope(b, outer, then)
    pop_scope(b)
    then_block = b.block
    b.block = else_block
    b.assign(destination, m.Use(b.bool_const(False, expr.span)), expr.span)
    _join(b, then_block, expr.span)


def _logical(b: Builder, destination: m.Place, expr: thir.LogicalOp) -> None:
    scope = b.scopes[-1]
    else_block = in_if_then_scope(b, scope, lambda: condition.then_else_break(b, expr.left, scope, expr.span))
    short_circuit, continuation = (else_block, b.block) if expr.is_and else (b.block, else_block)
    b.block = short_circuit
    b.assign(destination, m.Use(b.bool_const(not expr.is_and, expr.span)), expr.span)
    b.block = continuation
    into_terminating(b, destination, expr.right, b.cx.spans[expr.right])
    _join(b, short_circuit, expr.span)


def _match(b: Builder, destination: m.Place, expr: thir.Match) -> None:
    match_lower.match_expr(b, destination, expr)


def _never_to_any(b: Builder, destination: m.Place, expr: thir.NeverToAny) -> None:
    is_call = isinstance(expr.source, thir.Call)
    operand.as_temp(b, expr.source, b.scopes[-1])
    if not is_call:
        b.terminate(m.Unreachable(expr.span))
        b.start_block()


def _loop(b: Builder, destination: m.Place, expr: thir.Loop) -> None:
    span = expr.span
    loop_block = b.new_block()
    b.goto(loop_block, span)
    if expr.unroll is not None:
        b.loop_unroll[loop_block] = expr.unroll

    def body() -> bool:
        body_block = b.new_block()
        b.terminate_at(loop_block, m.FalseUnwind(body_block, span))
        b.block = body_block
        into_terminating(b, b.get_unit_temp(span), expr.body, b.cx.spans[expr.body])
        b.goto(loop_block, span)
        return False

    in_breakable_scope(b, expr.id, loop_block, destination, span, body)


def _use(b: Builder, destination: m.Place, expr: thir.Use) -> None:
    into(b, destination, expr.source)


# ---------------------------------------------------------------- calls, borrows, aggregates


def _call(b: Builder, destination: m.Place, expr: thir.Call) -> None:
    fun = operand.local_operand(b, expr.fun)
    args = tuple([operand.local_operand(b, a) for a in expr.args])
    record_moved(b, args)
    target = b.new_block()
    returns = b.cx.is_inhabited(expr.ty)
    fn_span = expr.fn_span if expr.fn_span != EMPTY_SPAN else expr.span
    b.terminate(m.Call(fun, args, destination, target if returns else None, expr.span, fn_span, expr.overloaded))
    b.block = target


def _borrow(b: Builder, destination: m.Place, expr: thir.Borrow) -> None:
    if promote.is_promotable_borrow(b, expr):
        reference = promote.promoted_reference(b, mirror(b, expr.arg), expr.span, expr.kind is not m.BorrowKind.SHARED)
        b.assign(destination, m.Ref(t.ERASED, expr.kind, reference.project(place.DEREF)), expr.span)
        return
    borrowed = place.as_place(b, expr.arg, expr.kind is not m.BorrowKind.SHARED)
    b.assign(destination, m.Ref(t.ERASED, expr.kind, borrowed), expr.span)


def _raw_borrow(b: Builder, destination: m.Place, expr: thir.RawBorrow) -> None:
    borrowed = place.as_place(b, expr.arg, expr.mutable)
    mutability = m.Mutability.MUT if expr.mutable else m.Mutability.NOT
    b.assign(destination, m.RawPtr(mutability, borrowed), expr.span)


def _adt(b: Builder, destination: m.Place, expr: thir.Adt) -> None:
    cx = b.cx
    written = {index: operand.local_operand(b, value) for index, value in expr.fields}
    active = next(iter(written), None) if cx.is_union(expr.def_id) else None
    operands: tuple[m.Operand, ...]
    if expr.base is None:
        operands = tuple([written[i] for i in sorted(written)])
    else:
        base = place.place_builder(b, expr.base)
        assert isinstance(expr.ty, t.AdtTy)
        tys = cx.field_tys(expr.ty, expr.variant_index)
        operands = tuple(
            [
                written[i] if i in written else b.consume(base.project(m.Field(i, ty)).to_place(b), ty)
                for i, ty in enumerate(tys)
            ]
        )
    kind = m.AggregateAdt(expr.def_id, expr.variant_index, expr.args, active, expr.user_args)
    b.assign(destination, m.Aggregate(kind, operands), expr.span)


def _asm(b: Builder, destination: m.Place, expr: thir.InlineAsm) -> None:
    asm.inline_asm(b, destination, expr)


_RULES: Final[dict[type, Callable[[Builder, m.Place, Any], None]]] = {
    thir.Block: _block,
    thir.If: _if,
    thir.Let: _let,
    thir.Match: _match,
    thir.Loop: _loop,
    thir.NeverToAny: _never_to_any,
    thir.LogicalOp: _logical,
    thir.Use: _use,
    thir.Call: _call,
    thir.Borrow: _borrow,
    thir.RawBorrow: _raw_borrow,
    thir.Adt: _adt,
    thir.InlineAsm: _asm,
}
