"""``impl Trait`` in the result of a trait's function: an associated type without a name.

What it is: :func:`impl_return_type`, what the function of an impl returns where the trait's says ``impl Bounds``. The
two results have one shape; an ``impl`` that stands in another one's bounds is found by what that bound equates.

Assumes: the impl was selected for the trait of the alias. Guarantees: ``None`` where the impl has no such function (the
trait's own body decides then) or the shapes do not fit (checked elsewhere).

Example: of ``fn all(&self) -> Option<impl Iterator>`` in the trait and ``-> Option<Range<u32>>`` in the impl it is
``Range<u32>``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compiler.hir.def_id import DefId, DefKind
from compiler.ty import types as t

if TYPE_CHECKING:
    from compiler.ty.infcx import InferCtxt


def impl_return_type(icx: InferCtxt, alias: t.AliasTy, impl_id: DefId, impl_args: t.GenericArgs) -> t.Ty | None:
    """The type behind an opaque alias of a trait's function, not normalised yet."""
    from compiler.ty.collect import assoc_items, fn_sig
    from compiler.ty.generics import generics_of

    declared = fn_sig(icx.db, alias.def_id).output
    own_args = alias.args[generics_of(icx.db, alias.def_id).parent_count :]
    for item in assoc_items(icx.db, impl_id).get(alias.def_id.name, ()):
        if item.kind is DefKind.FN:
            given = t.erase_regions(t.subst(fn_sig(icx.db, item).output, impl_args + own_args))
            found = counterpart(declared, given, alias)
            return found if found is not None else _in_bounds(icx, declared, alias)
    return None


def counterpart(declared: Any, given: Any, alias: t.AliasTy) -> t.Ty | None:
    """What stands in ``given`` where ``declared`` has the alias."""
    if _is_same(declared, alias):
        return given if isinstance(given, t.Ty) else None
    if type(declared) is not type(given) or getattr(declared, "def_id", None) is not getattr(given, "def_id", None):
        return None
    for x, y in zip(t.children(declared), t.children(given), strict=False):
        found = counterpart(x, y, alias)
        if found is not None:
            return found
    return None


def _in_bounds(icx: InferCtxt, declared: t.Ty, alias: t.AliasTy) -> t.Ty | None:
    """``impl Iterator<Item = impl Fn()>``: the inner one is the outer one's ``Item``."""
    from compiler.ty.collect import opaque_bounds

    outers = [n for n in t.walk(declared) if type(n) is t.AliasTy and n.kind == "opaque" and n.def_id is alias.def_id]
    for outer in outers:
        for bound in opaque_bounds(icx.db, alias.def_id, outer.index):
            if isinstance(bound, t.ProjectionPredicate) and any(_is_same(n, alias) for n in t.walk(bound.term)):
                given = icx.normalize(t.subst(bound.alias, alias.args))
                return counterpart(bound.term, given, alias)
    return None


def _is_same(ty: Any, alias: t.AliasTy) -> bool:
    return type(ty) is t.AliasTy and ty.kind == "opaque" and ty.def_id is alias.def_id and ty.index == alias.index
