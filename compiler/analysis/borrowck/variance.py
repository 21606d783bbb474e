"""Variances of the parameters of structs, enums and unions (rustc's ``variances_of``).

What it is: a fixed point over field types: 1 covariant, 2 contravariant, 3 invariant, 0 unused (bivariant).

Assumes: field types are lowered with named regions. Guarantees: ``PhantomData<T>`` is covariant, ``UnsafeCell<T>``
invariant, projections invariant; total, also for recursive types.

Example: ``struct S<'a, T> { x: &'a mut T }`` is ``(1, 3)``.
"""

from __future__ import annotations

from typing import Any

from compiler.hir.def_id import DefId
from compiler.query import Database, query
from compiler.ty import types as t

COVARIANT, CONTRAVARIANT, INVARIANT = 1, 2, 3


def compose(outer: int, inner: int) -> int:
    """Variance of a position inside a position."""
    if outer == 0 or inner == 0:
        return 0
    if outer == COVARIANT:
        return inner
    if outer == INVARIANT:
        return INVARIANT
    return {COVARIANT: CONTRAVARIANT, CONTRAVARIANT: COVARIANT, INVARIANT: INVARIANT}[inner]


@query
def adt_variances(db: Database, adt: DefId) -> tuple[int, ...]:
    """One variance a parameter."""
    table: dict[DefId, list[int]] = {}
    _add(db, adt, table)
    changed = True
    while changed:
        changed = False
        for known in list(table):
            found = _Walk(db, table, list(table[known])).adt(known)
            if found != table[known]:
                table[known] = found
                changed = True
    return tuple(table[adt])


def _add(db: Database, adt: DefId, table: dict[DefId, list[int]]) -> None:
    """The definition and all that its fields mention, at bivariant."""
    from compiler.resolve.lang import lang_name_of
    from compiler.ty.adt import adt_def
    from compiler.ty.generics import generics_of

    work = [adt]
    while work:
        at = work.pop()
        if at in table:
            continue
        count = generics_of(db, at).count
        lang = lang_name_of(db, at)
        fixed = {"phantom_data": COVARIANT, "unsafe_cell": INVARIANT}.get(lang or "")
        table[at] = [fixed or 0] * count
        if count == 0 or fixed:
            continue
        for variant in adt_def(db, at).variants:
            for field in variant.fields:
                work.extend(n.def_id for n in t.walk(field.ty) if type(n) is t.AdtTy and n.args)


class _Walk:
    def __init__(self, db: Database, table: dict[DefId, list[int]], own: list[int]) -> None:
        self.db = db
        self.table = table
        self.own = own

    def adt(self, adt: DefId) -> list[int]:
        from compiler.ty.adt import adt_def

        if self.own:
            for variant in adt_def(self.db, adt).variants:
                for field in variant.fields:
                    self.visit(field.ty, COVARIANT)
        return self.own

    def note(self, index: int, variance: int) -> None:
        if index < len(self.own):
            self.own[index] |= variance

    def visit(self, node: Any, variance: int) -> None:
        kind = type(node)
        if kind is t.ParamTy or (kind is t.Region and node.kind == "early"):
            self.note(node.index, variance)
        elif kind is t.Const:
            if node.kind == "param":
                self.note(node.index, INVARIANT)
        elif kind is t.RefTy:
            self.visit(node.region, variance)
            self.visit(node.ty, INVARIANT if node.mutable else variance)
        elif kind is t.PtrTy:
            self.visit(node.ty, INVARIANT if node.mutable else variance)
        elif kind is t.AdtTy:
            known = self.table.get(node.def_id)
            for i, arg in enumerate(node.args):
                inner = known[i] if known is not None and i < len(known) else INVARIANT
                self.visit(arg, compose(variance, inner))
        elif kind is t.FnPtrTy:
            for param in node.inputs:
                self.visit(param, compose(variance, CONTRAVARIANT))
            self.visit(node.output, variance)
        elif kind is t.DynTy:
            self.visit(node.region, variance)
            t.map_children(node, lambda c: c if c is node.region else self._invariant(c))
        elif kind in (t.AliasTy, t.FnDefTy, t.ClosureTy):
            t.map_children(node, self._invariant)
        elif kind is not t.Region:
            t.map_children(node, lambda c: self._same(c, variance))

    def _invariant(self, child: Any) -> Any:
        self.visit(child, INVARIANT)
        return child

    def _same(self, child: Any, variance: int) -> Any:
        self.visit(child, variance)
        return child
