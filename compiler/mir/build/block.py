"""Blocks and ``let`` statements (rustc's ``builder/block.rs``), and which temporaries of a ``let`` initialiser live on.

What it is: each ``let`` opens a *remainder scope* until the end of its block, where its variables die; in the
initialiser, temporaries whose address is taken by the value (``let x = &temp()``) are extended to that scope (Rust
reference, "Temporary lifetime extension").

Assumes: nothing is on the cursor's path but the block. Guarantees: statements are walked in a loop, so a long block
needs no recursion.

Example: ``{ let a = f(); &g(a) }`` (edition 2024): ``g``'s temporary dies at the end of the tail, before ``a``.
"""

from __future__ import annotations

from compiler.base.span import Span
from compiler.hir import nodes as hir
from compiler.mir import body as m
from compiler.mir.build import condition, into, stmt, thir
from compiler.mir.build.builder import Builder
from compiler.mir.build.matches import bindings
from compiler.mir.build.matches import lower as match_lower
from compiler.mir.build.scope import Scope, in_breakable_scope, in_if_then_scope, pop_scope, push_scope
from compiler.ty import results as r
from compiler.ty import types as t


def ast_block(b: Builder, destination: m.Place, expr: thir.Block) -> None:
    """A block into a destination; a labelled one is a break target."""
    if expr.block.label is None:
        _statements(b, destination, expr)
        return
    scope = push_scope(b, expr.span)

    def body() -> bool:
        _statements(b, destination, expr)
        return True

    in_breakable_scope(b, expr.id, None, destination, expr.span, body)
    assert b.scopes[-1] is scope
    pop_scope(b)


def _statements(b: Builder, destination: m.Place, expr: thir.Block) -> None:
    node, span = expr.block, expr.span
    outer_source_scope = b.source_scope
    if node.is_unsafe:
        b.source_scope = b.new_source_scope(span, True)
    block_scope = push_scope(b, span)
    depth = block_scope.depth
    spans = b.cx.spans
    for statement in node.stmts:
        if isinstance(statement, hir.LetStmt):
            _let(b, statement, span)
        else:
            at = spans[statement.expr]
            scope = push_scope(b, at, True)
            stmt.stmt_expr(b, statement.expr, scope)
            pop_scope(b)
    _tail(b, destination, expr)
    while len(b.scopes) > depth:
        pop_scope(b)
    b.source_scope = outer_source_scope


def _tail(b: Builder, destination: m.Place, expr: thir.Block) -> None:
    tail = expr.block.tail
    if tail is not None:
        if b.cx.edition_2024:
            into.into_terminating(b, destination, tail, b.cx.spans[tail])
        else:
            into.into(b, destination, tail)
    elif expr.ty is t.UNIT:
        b.assign_unit(destination, expr.span)


# ---------------------------------------------------------------- let


def _let(b: Builder, statement: hir.LetStmt, block_span: Span) -> None:
    outer = b.scopes[-1]
    failure = _else_entry(b, statement, outer) if statement.else_branch is not None else None
    remainder_span = Span(statement.span.end, block_span.end)
    remainder = push_scope(b, remainder_span)
    visibility = b.new_source_scope(remainder_span)
    init = push_scope(b, statement.span, True)
    bindings.declare(b, statement.pat, visibility)
    user_ty = b.cx.user_type(statement.ty) if statement.ty is not None else None
    if statement.init is not None:
        extend_temporaries(b, statement.init, statement.pat, remainder)
        if failure is None:
            match_lower.expr_into_pattern(b, statement.pat, statement.init, remainder, user_ty)
        else:
            _let_else(b, statement, outer, remainder, failure)
    else:
        for binding in bindings.primary_bindings(b, statement.pat):
            bindings.storage_live(b, binding, remainder)
            bindings.schedule_value_drop(b, binding, remainder)
            if user_ty is not None and isinstance(b.cx.pats[statement.pat], hir.BindPat):
                b.push(m.AscribeUserType(m.Place(b.vars[binding.pat]), user_ty, binding.span))
        if user_ty is not None and not isinstance(b.cx.pats[statement.pat], hir.BindPat):
            unset = b.new_local(m.LocalDecl(b.cx.pat_ty(statement.pat), span=statement.span))
            b.push(m.AscribeUserType(m.Place(unset), user_ty, b.cx.pat_spans[statement.pat]))
    assert b.scopes[-1] is init
    pop_scope(b)
    b.source_scope = visibility


def _else_entry(b: Builder, statement: hir.LetStmt, outer: Scope) -> m.BasicBlockId:
    """The block of the ``else`` of a ``let``, lowered outside the statement's scopes; it diverges."""
    assert statement.else_branch is not None
    at = b.block
    entry = b.start_block()
    span = b.cx.spans[statement.else_branch]
    into.into_terminating(b, b.temp(t.never, span), statement.else_branch, span)
    b.terminate(m.Unreachable(span))
    b.block = at
    return entry


def _let_else(b: Builder, statement: hir.LetStmt, outer: Scope, remainder: Scope, failure: m.BasicBlockId) -> None:
    assert statement.init is not None
    init, pat, span = statement.init, statement.pat, b.cx.spans[statement.init]
    failed = in_if_then_scope(b, outer, lambda: condition.lower_let_parts(b, init, pat, span, remainder))
    b.terminate_at(failed, m.Goto(failure, statement.span))


# ---------------------------------------------------------------- temporary lifetime extension


def extend_temporaries(b: Builder, init: int, pat: int | None, scope: Scope | None) -> None:
    """Record which temporaries of a ``let`` initialiser (or constant) live as long as ``scope``."""
    if pat is not None and _binds_by_reference(b, pat):
        _record(b, init, scope)
    work = [init]
    exprs = b.cx.exprs
    while work:
        at = work.pop()
        node = exprs[at]
        if isinstance(node, hir.AddrOf):
            work.append(node.expr)
            _record(b, node.expr, scope)
        elif isinstance(node, hir.RecordLit):
            work.extend(f.expr for f in node.fields)
        elif isinstance(node, (hir.Array, hir.Tuple)):
            work.extend(node.elems)
        elif isinstance(node, hir.Cast):
            work.append(node.expr)
        elif isinstance(node, hir.Block):
            if node.tail is not None:
                work.append(node.tail)
        elif isinstance(node, hir.If):
            work.append(node.then_branch)
            if node.else_branch is not None:
                work.append(node.else_branch)
        elif isinstance(node, hir.Match):
            work.extend(arm.body for arm in node.arms)
        elif isinstance(node, hir.Call) and _is_constructor(b, node.callee):
            work.extend(node.args)


def _is_constructor(b: Builder, callee: int) -> bool:
    res = b.cx.res.values.get(callee)
    return isinstance(res, r.SelfCtorRes) or (
        isinstance(res, r.DefRes) and res.def_id.kind.value in ("struct", "variant")
    )


def _record(b: Builder, expr: int, scope: Scope | None) -> None:
    """The operand of a borrow and the places it is a part of."""
    exprs = b.cx.exprs
    while True:
        b.rvalue_scopes[expr] = scope
        node = exprs[expr]
        if isinstance(node, hir.AddrOf) or (isinstance(node, hir.Unary) and node.op == "*"):
            expr = node.expr
        elif isinstance(node, (hir.FieldAccess, hir.Index)):
            expr = node.base
        else:
            return


def _binds_by_reference(b: Builder, pat: int) -> bool:
    """``ref`` bindings written in the pattern (not through a default binding mode)."""
    node = b.cx.pats[pat]
    if isinstance(node, hir.BindPat):
        return node.mode in (hir.BindingAnnotation.REF, hir.BindingAnnotation.REF_MUT)
    if isinstance(node, hir.RecordPat):
        return any(_binds_by_reference(b, f.pat) for f in node.fields)
    if isinstance(node, (hir.TuplePat, hir.TupleStructPat, hir.SlicePat, hir.OrPat)):
        return any(_binds_by_reference(b, p) for p in node.pats)
    return False
