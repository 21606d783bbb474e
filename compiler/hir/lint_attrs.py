"""Where the lint attributes inside a body hold.

What it is: ``#[allow(..)]`` and its like before a statement, expression, arm, parameter or field, or ``#![allow(..)]``
at the start of a block, each with the span of what it is on. The parser only notes the attributes
(``ExprStore.lint_attrs``); bodies with any are few.

Assumes: a lowered body. Guarantees: outer attributes hold from themselves to the end of the outermost node that begins
after them.

Example: ``#[allow(unused_mut)] let mut x = 1;`` gives the span of the statement.
"""

from __future__ import annotations

from typing import Final

from compiler.base.span import Span
from compiler.hir import nodes as h
from compiler.hir.item_tree import Attr

LEVELS: Final = frozenset(("allow", "expect", "warn", "deny", "forbid"))


def lint_scopes(body: h.Body) -> list[tuple[Span, Attr]]:
    """Each lint attribute of a body with the span it holds in."""
    starts = _ends_by_start(body.store)
    order = sorted(starts)
    out = []
    for attr, is_inner in body.store.lint_attrs:
        if is_inner:
            out.append((_block_around(body.store, attr.span), attr))
            continue
        start = next((s for s in order if s >= attr.span.end), None)
        if start is not None:
            out.append((Span(start, starts[start]), attr))
    return out


def _ends_by_start(store: h.ExprStore) -> dict[int, int]:
    """Where the outermost node that begins at an offset ends."""
    ends: dict[int, int] = {}

    def add(start: int, end: int) -> None:
        ends[start] = max(ends.get(start, 0), end)

    for span in (*store.expr_spans, *store.pat_spans):
        add(span.start, span.end)
    for node in store.exprs:
        if isinstance(node, h.Block):
            for stmt in node.stmts:
                if isinstance(stmt, h.LetStmt):
                    add(stmt.span.start, stmt.span.end)
        elif isinstance(node, h.Match) and node.source is h.MatchSource.NORMAL:
            for arm in node.arms:
                add(store.pat_spans[arm.pat].start, store.expr_spans[arm.body].end)
        elif isinstance(node, h.Closure):
            for param in node.params:
                add(store.pat_spans[param.pat].start, store.pat_spans[param.pat].end)
    return ends


def _block_around(store: h.ExprStore, span: Span) -> Span:
    """The smallest block that holds a span."""
    around = [
        at
        for node, at in zip(store.exprs, store.expr_spans, strict=True)
        if isinstance(node, h.Block) and at.start < span.start and span.end <= at.end
    ]
    return min(around, key=lambda at: at.end - at.start, default=span)
