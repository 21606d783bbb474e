"""What holds of a trait object's type: ``dyn Trait: Trait``, its supertraits, the associated types it names.

Assumes: the type was lowered by :mod:`compiler.ty.lower_dyn`. Guarantees: predicates are elaborated, with the object as
``Self``.

Example: ``dyn Fn(u8) -> u16`` implements ``Fn<(u8,)>``, ``FnMut``, ``FnOnce``, and ``Output`` is ``u16``.
"""

from __future__ import annotations

from compiler.query import Database, query
from compiler.ty import types as t


def object_bounds(ty: t.DynTy, self_ty: t.Ty) -> list[t.Predicate]:
    """The predicates an object type spells out, about ``self_ty``."""
    found: list[t.Predicate] = [t.TraitPredicate(t.TraitRef(d, (self_ty, *args))) for d, args in ty.bounds]
    for d, args, term in ty.projections:
        found.append(t.ProjectionPredicate(t.AliasTy("projection", d, (self_ty, *args)), term))
    return found


@query
def object_predicates(db: Database, ty: t.DynTy) -> tuple[t.Predicate, ...]:
    """All predicates that hold of an object type."""
    from compiler.ty.traits.env import elaborate

    return elaborate(db, object_bounds(ty, ty))
