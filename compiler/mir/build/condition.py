"""Conditions of ``if``, ``while``, guards and let-chains (rustc's ``then_else_break``).

What it is: evaluates a condition so that success falls through at the cursor and every failure leaves through
:func:`compiler.mir.build.scope.break_for_else` to the enclosing ``in_if_then_scope``. ``&&``, ``||`` and ``!`` become
control flow; ``let P = e`` binds on success.

Assumes: called inside ``in_if_then_scope``. Guarantees: operands that are not ``let`` drop their temporaries before
the branch is taken.

Example: ``a && let Some(x) = f()``: switch on ``a``, then on ``f()``'s discriminant; both failures share the else
block.
"""

from __future__ import annotations

from compiler.base.span import Span
from compiler.hir import nodes as hir
from compiler.mir import body as m
from compiler.mir.build import operand, thir
from compiler.mir.build.builder import Builder
from compiler.mir.build.matches import bindings
from compiler.mir.build.matches import lower as match_lower
from compiler.mir.build.mirror import mirror
from compiler.mir.build.scope import Scope, break_for_else, in_if_then_scope, pop_scope, push_scope
from compiler.ty import types as t


def then_else_break(
    b: Builder, cond: int, temp_scope: Scope | None, variables_span: Span, declare: bool = True
) -> None:
    """Branch on a condition. ``variables_span``: where its ``let`` variables are visible; ``declare``: they are not
    declared yet.
    """
    if has_let(b, cond):
        _branch(b, cond, temp_scope, variables_span, declare)
        return
    push_scope(b, b.cx.spans[cond], True)
    _branch(b, cond, temp_scope, variables_span, declare)
    pop_scope(b)


def has_let(b: Builder, cond: int) -> bool:
    """The condition is a let-chain."""
    node = b.cx.exprs[cond]
    while isinstance(node, hir.Binary) and node.op == "&&":
        if has_let(b, node.right):
            return True
        node = b.cx.exprs[node.left]
    return isinstance(node, hir.Let)


def patterns_of(b: Builder, cond: int) -> list[int]:
    """The patterns of the ``let``s of a condition, in order."""
    node = b.cx.exprs[cond]
    if isinstance(node, hir.Binary) and node.op == "&&":
        return patterns_of(b, node.left) + patterns_of(b, node.right)
    return [node.pat] if isinstance(node, hir.Let) else []


def _operand_of_chain(
    b: Builder, cond: int, temp_scope: Scope | None, span: Span, declare: bool, is_left: bool
) -> None:
    """One side of ``&&``/``||``: its own terminating scope, except for ``let`` and left-nested chains."""
    node = b.cx.exprs[cond]
    if isinstance(node, hir.Let) or (is_left and isinstance(node, hir.Binary) and node.op in ("&&", "||")):
        _branch(b, cond, temp_scope, span, declare)
        return
    push_scope(b, b.cx.spans[cond], True)
    _branch(b, cond, temp_scope, span, declare)
    pop_scope(b)


def _branch(b: Builder, cond: int, temp_scope: Scope | None, span: Span, declare: bool) -> None:
    expr = mirror(b, cond)
    if isinstance(expr, thir.LogicalOp):
        if expr.is_and:
            _operand_of_chain(b, expr.left, temp_scope, span, declare, True)
            _operand_of_chain(b, expr.right, temp_scope, span, declare, False)
        else:
            _or(b, expr, temp_scope, span)
    elif isinstance(expr, thir.Unary) and expr.op is m.UnOp.NOT and isinstance(expr.arg, int) and expr.ty is t.bool_:
        _not(b, expr.arg, temp_scope, span, expr.span)
    elif isinstance(expr, thir.Let):
        lower_let(b, expr, span, declare)
    else:
        _test(b, expr, temp_scope)


def _or(b: Builder, expr: thir.LogicalOp, temp_scope: Scope | None, span: Span) -> None:
    scope = b.scopes[-1]
    failed = in_if_then_scope(b, scope, lambda: _operand_of_chain(b, expr.left, temp_scope, span, False, True))
    left_success = b.block
    b.block = failed
    _operand_of_chain(b, expr.right, temp_scope, span, False, False)
    success = b.new_block()
    b.terminate_at(left_success, m.Goto(success, expr.span))
    b.goto(success, expr.span)
    b.block = success


def _not(b: Builder, arg: int, temp_scope: Scope | None, variables_span: Span, span: Span) -> None:
    scope = b.scopes[-1]

    def arg_holds() -> None:
        push_scope(b, b.cx.spans[arg])
        _branch(b, arg, temp_scope, variables_span, False)
        pop_scope(b)

    failed = in_if_then_scope(b, scope, arg_holds)
    break_for_else(b, b.block, span)
    b.block = failed


def _test(b: Builder, expr: thir.Expr, temp_scope: Scope | None) -> None:
    cond = operand.as_temp(b, expr, temp_scope or b.scopes[-1])
    then_block, else_block = b.new_block(), b.new_block()
    b.terminate(m.SwitchInt(m.Move(m.Place(cond)), t.bool_, ((0, else_block),), then_block, expr.span))
    break_for_else(b, else_block, expr.span)
    b.block = then_block


# ---------------------------------------------------------------- let


def lower_let(b: Builder, expr: thir.Let, variables_span: Span, declare: bool) -> None:
    """``let P = e`` as a condition; its variables live in the innermost scope (the if-then scope)."""
    if declare:
        b.source_scope = b.new_source_scope(variables_span)
        bindings.declare(b, expr.pat, b.source_scope)
    lower_let_parts(b, expr.expr, expr.pat, expr.span, b.scopes[-1])


def lower_let_parts(b: Builder, init: int, pat: int, span: Span, scope: Scope) -> None:
    """Match ``init`` against the refutable ``pat``; failure breaks for else, success binds in ``scope``."""
    scrutinee = match_lower.lower_scrutinee(b, init)
    tree = match_lower.match_tree(b, scrutinee, [(pat, False)], b.cx.spans[init], True)
    break_for_else(b, tree.otherwise, b.cx.spans[init])
    match_lower.bind_let(b, tree, scope)
