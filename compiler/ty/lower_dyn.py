"""``dyn A<X, Item = Y> + Send + 'a`` as a type.

What it is: the traits of a trait object, sorted into the one that has methods and auto traits, with what it says of
associated types. Assumes: a :class:`~compiler.ty.lower.TyLowering` of the place. Guarantees: two auto traits in either
order are one type; faults (E0191, E0225, E0393) are reported once, and the type is an error where it means nothing.

Example: ``dyn Iterator<Item = u8> + Send`` has bounds ``Iterator``, ``Send`` and one projection, ``Item`` is ``u8``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.ty import lower_errors as e
from compiler.ty import types as t

if TYPE_CHECKING:
    from compiler.ty.lower import TyLowering

# Stands for the type behind the object while its traits are read.
_SELF: Final = t.ParamTy(1 << 20, "Self")


def lower_dyn(lowering: TyLowering, ref: h.DynTraitType, region: t.Region) -> t.Ty:
    """See the module docstring. ``region``: the lifetime if none is written."""
    from compiler.ty.collect import trait_def

    principal: tuple[t.TraitRef, h.BoundRef] | None = None
    autos: dict[DefId, None] = {}
    said: list[t.Predicate] = []
    for bound in ref.bounds:
        if bound.lifetime is not None:
            region = lowering.region(bound.lifetime, bound.span)
        elif bound.path is not None:
            with lowering.binder(bound.for_lifetimes):
                trait_ref, more = lowering.lower_trait_ref(bound.path, _SELF)
            if trait_ref is None:
                return t.ERROR
            if trait_def(lowering.db, trait_ref.def_id).is_auto:
                autos[trait_ref.def_id] = None
            elif principal is None:
                principal = _without_self(lowering, trait_ref, bound), bound
                said = more
            else:
                lowering.error(e.AdditionalTrait(bound.span, principal[0].def_id.name, trait_ref.def_id.name))
    bounds = [(d, ()) for d in sorted(autos, key=lambda d: d.path)]
    if principal is None:
        return t.DynTy(tuple(bounds), region)
    main, written = principal
    projections = _projections(said)
    _check_complete(lowering, main, said, written)
    return t.DynTy(((main.def_id, main.args[1:]), *bounds), region, projections)


def _without_self(lowering: TyLowering, ref: t.TraitRef, bound: h.BoundRef) -> t.TraitRef:
    """The reference, without arguments that a default takes from ``Self``."""
    if not any(node is _SELF for arg in ref.args[1:] for node in t.walk(arg)):
        return ref
    lowering.error(e.DefaultMentionsSelf(bound.span, ref.def_id.name))
    return t.TraitRef(ref.def_id, (ref.args[0], *(t.ERROR for _ in ref.args[1:])))


def _projections(said: list[t.Predicate]) -> tuple[tuple[DefId, t.GenericArgs, t.Ty], ...]:
    found: dict[DefId, tuple[DefId, t.GenericArgs, t.Ty]] = {}
    for p in said:
        if isinstance(p, t.ProjectionPredicate) and isinstance(p.term, t.Ty):
            found[p.alias.def_id] = (p.alias.def_id, p.alias.args[1:], p.term)
    return tuple(found[d] for d in sorted(found, key=lambda d: d.path))


def _check_complete(lowering: TyLowering, main: t.TraitRef, said: list[t.Predicate], bound: h.BoundRef) -> None:
    """Every associated type of the trait and its supertraits is said (E0191)."""
    from compiler.ty.collect import assoc_items
    from compiler.ty.dyn_compat import requires_sized
    from compiler.ty.traits.env import elaborate

    known = elaborate(lowering.db, [t.TraitPredicate(main), *said])
    given = {p.alias.def_id for p in known if isinstance(p, t.ProjectionPredicate)}
    for p in known:
        if not isinstance(p, t.TraitPredicate) or p.trait_ref.args[0] is not _SELF:
            continue
        trait = p.trait_ref.def_id
        missing = [
            item.name
            for items in assoc_items(lowering.db, trait).values()
            for item in items
            if item.kind is DefKind.TYPE_ALIAS and item not in given and not requires_sized(lowering.db, item)
        ]
        if missing:
            lowering.error(e.AssocTypeNotGiven(bound.span, trait.name, tuple(missing)))
