"""Proofs and projections without end (E0275).

What it is: :class:`Overflow`, told where a body or an item asks for such a proof, and :func:`check_overflow`, which
finds the where-clauses that need themselves again on larger types and the associated types that stand for themselves.

Assumes: :mod:`compiler.ty.traits.select` stops after ``MAX_DEPTH`` proofs, one in the other, and says so in
``icx.overflow``. Guarantees: a fault that is told at an impl is not told again where a body uses the impl, as rustc
ends before it looks at bodies.

Example: ``impl<T> Tr for W<T> where W<W<T>>: Tr {}`` is E0275 at the where-clause.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from compiler.base.dataclass import dataclass
from compiler.base.span import Span
from compiler.diagnostics.model import Diagnostic
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.query import Database, query
from compiler.resolve.errors import Fact
from compiler.resolve.source import item_of
from compiler.ty import types as t
from compiler.ty.collect import assoc_items, own_predicates_of, type_of
from compiler.ty.impls import trait_impls
from compiler.ty.infcx import InferCtxt, ParamEnv
from compiler.ty.traits.env import param_env
from compiler.ty.traits.project import trait_ref_of
from compiler.ty.traits.select import select

MAX_SHOWN = 90


def requirement(predicate: t.Predicate) -> str:
    """What could not be decided, its types cut where they have become long."""
    if isinstance(predicate, t.TraitPredicate):
        ty, what = repr(predicate.trait_ref.self_ty), f": {predicate.trait_ref.def_id.name}"
    else:
        assert isinstance(predicate, t.ProjectionPredicate)
        ty, what = repr(predicate.alias), " == _"
    return (ty if len(ty) <= MAX_SHOWN else ty[:MAX_SHOWN] + "...") + what


@dataclass(frozen=True, slots=True)
class Endless(Fact):
    """``needs``: the requirement, as :func:`requirement` writes it."""

    needs: str
    code: ClassVar[str] = "E0275"

    def message(self) -> str:
        return f"overflow evaluating the requirement `{self.needs}`"

    def label(self) -> str:
        return "proving this needs ever larger proofs"

    def children(self) -> tuple[tuple[str, str], ...]:
        return (("help", "end the chain: bound a type that is smaller than the implementing one"),)


def check_overflow(db: Database, def_id: DefId, decl: Any, found: list[Diagnostic]) -> None:
    """The where-clauses of any item and the associated types of an impl."""
    written = decl.generics.where if hasattr(decl, "generics") else ()
    if any(w.ty is not None for w in written):
        for predicate in _endless_clauses(db, def_id):
            span = _clause_span(written, predicate)
            found.append(Endless(span, requirement(predicate)).to_diagnostic(def_id))
    if def_id.kind is DefKind.IMPL:
        for item, predicate in _endless_types(db, def_id):
            source = item_of(db, item)
            if source is not None:
                span, needs = source.name_span, requirement(predicate)
                found.append(Endless(span, needs).to_diagnostic(item))


def told_at_an_impl(db: Database, predicate: t.Predicate) -> bool:
    """Whether an impl of the trait has the fault itself."""
    if isinstance(predicate, t.TraitPredicate):
        trait = predicate.trait_ref.def_id
    else:
        assert isinstance(predicate, t.ProjectionPredicate)
        trait = trait_ref_of(db, predicate.alias).def_id
    return any(_is_endless(db, header.impl) for header in trait_impls(db, trait))


@query
def _is_endless(db: Database, impl: DefId) -> bool:
    return next(_endless_clauses(db, impl), None) is not None or next(_endless_types(db, impl), None) is not None


def _endless_clauses(db: Database, def_id: DefId) -> Iterator[t.Predicate]:
    """Where-clauses on built types that an impl promises only if it is asked for without end."""
    env = None
    for predicate in own_predicates_of(db, def_id):
        if not isinstance(predicate, t.TraitPredicate) or type(predicate.trait_ref.self_ty) is t.ParamTy:
            continue
        ref = t.erase_regions(predicate.trait_ref)
        if ref.flags & (t.HAS_ERROR | t.HAS_ALIAS):
            continue
        env = env or param_env(db, def_id)
        others = ParamEnv(tuple(p for p in env.predicates if p != t.TraitPredicate(ref)))
        icx = InferCtxt(db, others)
        select(icx, ref)
        if icx.overflow is not None:
            yield predicate


def _endless_types(db: Database, impl: DefId) -> Iterator[tuple[DefId, t.Predicate]]:
    for items in assoc_items(db, impl).values():
        for item in items:
            if item.kind is not DefKind.TYPE_ALIAS or not type_of(db, item).flags & t.HAS_ALIAS:
                continue
            icx = InferCtxt(db, param_env(db, item))
            icx.normalize(t.erase_regions(type_of(db, item)))
            if icx.overflow is not None:
                yield item, icx.overflow


def _clause_span(written: tuple[h.WherePredicateRef, ...], predicate: t.Predicate) -> Span:
    """The clause that names the trait; the first one if several do."""
    assert isinstance(predicate, t.TraitPredicate)
    name = predicate.trait_ref.def_id.name
    clauses = [w for w in written if w.ty is not None]
    for clause in clauses:
        if any(name in repr(bound) for bound in clause.bounds):
            return clause.span
    return clauses[0].span
