"""Inlay hints: the types of variables whose type is not written.

Assumes: bodies infer. Guarantees: hints inside the asked span only, in order; none for unknown types, closures and
macro-made names.

Example: ``let x = a + 1;`` gets ``: u32`` after ``x``.
"""

from __future__ import annotations

from compiler.base.span import Span
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.query import Database, query
from compiler.resolve.lowering import body
from compiler.resolve.source import item_source, origin
from compiler.semantics.api import InlayHint
from compiler.semantics.definitions import file_definitions
from compiler.ty import types as t
from compiler.ty.display import display_ty
from compiler.ty.infer import infer

MAX_TYPE_LENGTH = 40


@query
def body_hints(db: Database, owner: DefId) -> tuple[InlayHint, ...]:
    """Hints of one body, item-relative."""
    lowered = body(db, owner)
    if lowered is None:
        return ()
    store, result = lowered.store, infer(db, owner)
    source = item_source(db, owner)
    typed: set[int] = set(lowered.params)
    for expr in store.exprs:
        if isinstance(expr, h.Block):
            typed.update(s.pat for s in expr.stmts if isinstance(s, h.LetStmt) and s.ty is not None)
        elif isinstance(expr, h.Closure):
            typed.update(p.pat for p in expr.params if p.ty is not None)
    out = []
    for i, pat in enumerate(store.pats):
        span = store.pat_spans[i]
        if not isinstance(pat, h.BindPat) or i in typed or pat.sub is not None or h.HYGIENE_MARK in pat.name:
            continue
        ty = result.binding_types.get(i)
        text = source[span.start : span.end].decode("utf-8", "replace")
        if ty is None or ty.flags & t.HAS_ERROR or isinstance(ty, t.ClosureTy) or not text.endswith(pat.name):
            continue
        label = display_ty(ty)
        if len(label) > MAX_TYPE_LENGTH:
            label = label[: MAX_TYPE_LENGTH - 1] + "…"
        out.append(InlayHint(span.end, f": {label}", "type"))
    return tuple(sorted(out, key=lambda hint: hint.offset))


def inlay_hints(db: Database, file: str, span: Span) -> tuple[InlayHint, ...]:
    """Hints of a file inside a span."""
    out = []
    for owner in file_definitions(db, file):
        at = origin(db, owner)
        if owner.kind is not DefKind.FN or at.expanded is not None:
            continue
        if at.offset > span.end or at.offset + len(item_source(db, owner)) < span.start:
            continue
        for hint in body_hints(db, owner):
            if span.start <= hint.offset + at.offset <= span.end:
                out.append(InlayHint(hint.offset + at.offset, hint.label, hint.kind))
    return tuple(sorted(out, key=lambda hint: hint.offset))
