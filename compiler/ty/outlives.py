"""What a struct or enum demands of its arguments' lifetimes: written, or inferred from its fields (RFC 2093).

Assumes: signatures only. Guarantees: in order of declaration, the written ones first; recursion through other types
ends.

Example: ``struct Pair<'a, T> { x: &'a T }`` demands ``T: 'a``.
"""

from __future__ import annotations

from typing import Any

from compiler.hir.def_id import DefId
from compiler.query import Database, query
from compiler.ty import types as t


@query(cycle=lambda db, adt: ())
def adt_outlives(db: Database, adt: DefId) -> tuple[t.OutlivesPredicate, ...]:
    """Outlives requirements of a struct or enum: the written ones, and those its fields' types imply."""
    from compiler.ty.adt import adt_def
    from compiler.ty.collect import predicates_of
    from compiler.ty.generics import generics_of

    if not generics_of(db, adt).count:
        return ()
    out: dict[t.OutlivesPredicate, None] = {}
    for p in predicates_of(db, adt):
        if isinstance(p, t.OutlivesPredicate):
            out[p] = None
    for variant in adt_def(db, adt).variants:
        for field_ in variant.fields:
            for node in t.walk(field_.ty):
                if type(node) is t.RefTy and node.region.kind == "early":
                    for component in _components(node.ty):
                        if component is not node.region:
                            out[t.OutlivesPredicate(component, node.region)] = None
                elif type(node) is t.AdtTy and node.args and node.def_id is not adt:
                    for p in adt_outlives(db, node.def_id):
                        made = t.subst(p, node.args)
                        if made.region.kind == "early":
                            for component in _components(made.subject):
                                if component is not made.region:
                                    out[t.OutlivesPredicate(component, made.region)] = None
    return tuple(out)


def _components(ty: Any) -> list[Any]:
    return [
        n
        for n in t.walk(ty)
        if type(n) is t.ParamTy or (type(n) is t.Region and n.kind == "early") or type(n) is t.AliasTy
    ]
