"""From a position in a file to the definition, expression and pattern there.

Assumes: the file's crate is loaded. Guarantees: the innermost; None between items and in expanded code.

Example: at ``x`` in ``fn f() { g(x) }`` the place is ``(f, ExprId of x)``.
"""

from __future__ import annotations

from compiler.base.dataclass import dataclass
from compiler.base.span import Span
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId
from compiler.query import Database
from compiler.resolve.lowering import body
from compiler.resolve.source import item_source, origin
from compiler.semantics.definitions import BODY_OWNERS, file_definitions


@dataclass(frozen=True, slots=True)
class At:
    """``offset`` is relative to the item of ``owner``; ``start`` where the item starts in the file."""

    owner: DefId
    offset: int
    start: int
    body: h.Body | None
    expr: h.ExprId | None = None
    pat: h.PatId | None = None

    def absolute(self, span: Span) -> Span:
        return span.shifted(self.start)


def definition_at(db: Database, file: str, offset: int) -> tuple[DefId, int] | None:
    """The innermost item around an offset, and where it starts."""
    best: tuple[int, DefId, int] | None = None
    for def_id in file_definitions(db, file):
        at = origin(db, def_id)
        if at.expanded is not None or at.file != file:
            continue
        length = len(item_source(db, def_id))
        if at.offset <= offset <= at.offset + length and (best is None or length <= best[0]):
            best = length, def_id, at.offset
    return None if best is None else (best[1], best[2])


def _innermost(spans: list[Span], offset: int) -> int | None:
    best: tuple[int, int] | None = None
    for i, span in enumerate(spans):
        if span.start <= offset <= span.end and span.end > span.start:
            length = span.end - span.start
            if best is None or length < best[0]:
                best = length, i
    return None if best is None else best[1]


def place_at(db: Database, file: str, offset: int) -> At | None:
    """What is at an offset of a file."""
    found = definition_at(db, file, offset)
    if found is None:
        return None
    owner, start = found
    lowered = body(db, owner) if owner.kind in BODY_OWNERS else None
    relative = offset - start
    if lowered is None:
        return At(owner, relative, start, None)
    store = lowered.store
    expr, pat = _innermost(store.expr_spans, relative), _innermost(store.pat_spans, relative)
    if expr is not None and pat is not None:
        expr_span, pat_span = store.expr_spans[expr], store.pat_spans[pat]
        if expr_span.end - expr_span.start < pat_span.end - pat_span.start:
            pat = None
        else:
            expr = None
    return At(owner, relative, start, lowered, expr, pat)
