"""Go to definition: locals, items, methods, fields' types.

Assumes: bodies infer. Guarantees: places in user files, and in the library's own sources for library items.

Example: at ``helper`` in ``helper(x)`` the place is ``fn helper``.
"""

from __future__ import annotations

from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.query import Database
from compiler.resolve.source import item_of, item_source, origin
from compiler.semantics.api import Location
from compiler.semantics.hover import definition_of
from compiler.semantics.position import At, place_at
from compiler.ty import results as r
from compiler.ty.infer import infer


def location_of(db: Database, def_id: DefId) -> Location | None:
    """Where an item is written; a variant is shown at its enum."""
    owner = def_id.parent if def_id.kind is DefKind.VARIANT and def_id.parent is not None else def_id
    item = item_of(db, owner)
    at = origin(db, owner)
    if item is None or not at.file:
        return None
    if at.expanded is not None:
        return Location(at.file, at.expanded, at.expanded)
    from compiler.base.span import Span

    whole = Span(at.offset, at.offset + len(item_source(db, owner)))
    return Location(at.file, whole, item.name_span.shifted(at.offset))


def _local(at: At, file: str, pat: int) -> Location:
    assert at.body is not None
    span = at.absolute(at.body.store.pat_spans[pat])
    return Location(file, span, span)


def definition_at(db: Database, file: str, offset: int) -> tuple[Location, ...]:
    """Where the name at an offset is defined."""
    at = place_at(db, file, offset)
    if at is None or at.body is None:
        return ()
    if at.pat is not None and isinstance(at.body.store.pats[at.pat], h.BindPat):
        return (_local(at, file, at.pat),)
    if at.expr is None:
        return ()
    result, expr = infer(db, at.owner), at.body.store.exprs[at.expr]
    value = result.values.get(at.expr)
    if isinstance(value, r.LocalRes):
        return (_local(at, file, value.pat),)
    target = definition_of(result, at.expr, expr)
    found = location_of(db, target) if target is not None else None
    return (found,) if found is not None else ()
