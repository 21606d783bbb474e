"""Parameter environments: the where-clauses in force inside a definition, elaborated with supertraits.

Guarantees: regions are erased; for every ``T: Sub`` with ``trait Sub: Super`` also ``T: Super`` is present, and the
projection bounds of supertraits; order is declaration order (earlier bounds win).
"""

from __future__ import annotations

from collections.abc import Iterable

from compiler.hir.def_id import DefId
from compiler.query import Database, query
from compiler.ty import types as t


class ParamEnv:
    """Interned by its predicates so that it can be a query key."""

    __slots__ = ("_hash", "predicates", "projections", "traits")

    def __init__(self, predicates: tuple[t.Predicate, ...]) -> None:
        self.predicates = predicates
        self._hash = hash(predicates)
        self.traits: dict[DefId, list[t.TraitRef]] = {}
        self.projections: dict[DefId, list[t.ProjectionPredicate]] = {}
        for p in predicates:
            if isinstance(p, t.TraitPredicate):
                self.traits.setdefault(p.trait_ref.def_id, []).append(p.trait_ref)
            elif isinstance(p, t.ProjectionPredicate):
                self.projections.setdefault(p.alias.def_id, []).append(p)

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, ParamEnv) and self.predicates == other.predicates)

    def __hash__(self) -> int:
        return self._hash


EMPTY_ENV = ParamEnv(())


def elaborate(db: Database, predicates: Iterable[t.Predicate]) -> tuple[t.Predicate, ...]:
    """Close a set of predicates under supertraits."""
    from compiler.ty.collect import super_predicates_of

    out: dict[t.Predicate, None] = {}
    work = [t.erase_regions(p) for p in predicates]
    work.reverse()
    while work:
        p = work.pop()
        if p in out or isinstance(p, t.OutlivesPredicate):
            continue
        out[p] = None
        if isinstance(p, t.TraitPredicate):
            ref = p.trait_ref
            work.extend(t.erase_regions(t.subst(s, ref.args)) for s in reversed(super_predicates_of(db, ref.def_id)))
    return tuple(out)


@query
def param_env(db: Database, def_id: DefId) -> ParamEnv:
    """The environment inside ``def_id`` (a trait's items also assume ``Self: Trait``)."""
    from compiler.ty.collect import predicates_of

    predicates = elaborate(db, predicates_of(db, def_id))
    return ParamEnv(_normalize_predicates(db, predicates))


def _normalize_predicates(db: Database, predicates: tuple[t.Predicate, ...]) -> tuple[t.Predicate, ...]:
    """Normalise projections inside the where-clauses under the clauses themselves (``T::Item: Add<..>``)."""
    if not any(_mentions_alias(p) for p in predicates):
        return predicates
    from compiler.ty.infcx import InferCtxt

    icx = InferCtxt(db, ParamEnv(predicates))
    out: dict[t.Predicate, None] = {}
    for p in predicates:
        if isinstance(p, t.TraitPredicate):
            out[t.TraitPredicate(icx.resolve(icx.normalize(p.trait_ref)))] = None
        elif isinstance(p, t.ProjectionPredicate):
            args = tuple(icx.resolve(icx.normalize(a)) for a in p.alias.args)
            term = icx.resolve(icx.normalize(p.term))
            out[t.ProjectionPredicate(t.AliasTy("projection", p.alias.def_id, args), term)] = None
    return (
        tuple(p for p in out if not p.flags & t.HAS_INFER)
        if not any(p.flags & t.HAS_INFER for p in out)
        else predicates
    )


def _mentions_alias(p: t.Predicate) -> bool:
    if isinstance(p, t.TraitPredicate):
        return bool(p.flags & t.HAS_ALIAS)
    if isinstance(p, t.ProjectionPredicate):
        return bool(p.term.flags & t.HAS_ALIAS) or any(a.flags & t.HAS_ALIAS for a in p.alias.args)
    return False
