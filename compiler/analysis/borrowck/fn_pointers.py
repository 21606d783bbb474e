"""Subtyping of fn pointers with ``for<'a>`` (rustc's ``TypeRelating::binders``).

What it is: ``a`` is a subtype of ``b`` if, whatever the lifetimes that ``b`` binds are (*placeholders*), some choice of
those that ``a`` binds makes the signatures fit. Two that bind alike are compared as they are.

Assumes: bound regions have numbers of their own (from ``BINDER_BASE``). Guarantees: signatures with unknown (erased)
regions are compared without placeholders, so that no error comes of what is not known.

Example: ``for<'a, 'b> fn(&'a u32, &'b u32)`` is a subtype of ``for<'a> fn(&'a u32, &'a u32)``, not the other way round.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compiler.analysis.borrowck.closure_sigs import BINDER_BASE
from compiler.analysis.borrowck.constraints import Placeholder, Where
from compiler.analysis.borrowck.variance import CONTRAVARIANT, COVARIANT, compose
from compiler.ty import types as t

if TYPE_CHECKING:
    from compiler.analysis.borrowck.region_types import RegionTypes


def coerce_fn_pointer(types: RegionTypes, a: t.FnPtrTy, b: t.FnPtrTy, where: Where) -> None:
    """``a`` becomes ``b``: as a subtype of it, and no lifetime that ``b`` binds may have to outlive one from outside or
    another one of ``b``. rustc's type check says so already (its *leak check*), and goes no further in that body."""
    a, b = _clear(a), _clear(b)
    if len(a.inputs) != len(b.inputs) or _alike(a, b):
        same_binder(types, a, b, COVARIANT, where)
        return
    regions = types.constraints
    first, n_before = regions.n_vars, len(regions.outlives)
    _subtype(types, a, b, where)
    leads_to: dict[int, list[int]] = {}
    for c in regions.outlives[n_before:]:
        leads_to.setdefault(c.sup, []).append(c.sub)
    placeholders = {p.region for p in regions.placeholders if p.region >= first}
    for placeholder in placeholders:
        seen, work = {placeholder}, [placeholder]
        while work:
            for to in leads_to.get(work.pop(), ()):
                if to < first or (to in placeholders and to != placeholder):
                    regions.mismatches.append(where)
                    return
                if to not in seen:
                    seen.add(to)
                    work.append(to)


def relate_fn_pointers(types: RegionTypes, a: t.FnPtrTy, b: t.FnPtrTy, variance: int, where: Where) -> None:
    """The constraints of two fn pointers, as :meth:`RegionTypes.relate`."""
    a, b = _clear(a), _clear(b)
    if len(a.inputs) != len(b.inputs) or _alike(a, b):
        same_binder(types, a, b, variance, where)
        return
    if variance & COVARIANT:
        _subtype(types, a, b, where)
    if variance & CONTRAVARIANT:
        _subtype(types, b, a, where)


def same_binder(types: RegionTypes, a: t.FnPtrTy, b: t.FnPtrTy, variance: int, where: Where) -> None:
    """Part by part; nothing is said of bound regions."""
    for x, y in zip(a.inputs, b.inputs, strict=False):
        types.relate(x, y, compose(variance, CONTRAVARIANT), where)
    types.relate(a.output, b.output, variance, where)


def _alike(a: t.FnPtrTy, b: t.FnPtrTy) -> bool:
    """They bind nothing, or the same regions in the same places, or it is not known what they bind."""
    if not (a.flags | b.flags) & t.HAS_BOUND:
        return True
    there: dict[Any, Any] = {}
    back: dict[Any, Any] = {}
    found = True
    for x, y in zip(_regions(a), _regions(b), strict=False):
        if "erased" in (x.kind, y.kind):
            return True
        same = there.setdefault(x, y) is y and back.setdefault(y, x) is x
        found = found and _is_bound(x) == _is_bound(y) and (same or not _is_bound(x))
    return found


def _regions(ty: t.FnPtrTy) -> list[t.Region]:
    return [node for node in t.walk(ty) if type(node) is t.Region]


def _clear(ty: t.FnPtrTy) -> t.FnPtrTy:
    """A named lifetime in pointers inside this one only may be bound here or there: nothing is known of it."""
    if not ty.flags & t.HAS_BOUND:
        return ty
    own = set(_own_regions(ty))
    unclear = {r for r in _regions(ty) if _is_bound(r) and r.name and r not in own}
    return _replaced(ty, dict.fromkeys(unclear, t.ERASED)) if unclear else ty


def _replaced(ty: t.FnPtrTy, by: dict[t.Region, t.Region]) -> t.FnPtrTy:
    def go(node: Any) -> Any:
        return by.get(node, node) if type(node) is t.Region else t.map_children(node, go)

    made = go(ty)
    assert isinstance(made, t.FnPtrTy)
    return made


def _own_regions(ty: t.FnPtrTy) -> list[t.Region]:
    """Those outside the pointers and objects inside, each once."""
    nodes = t.walk_outside(t.TupleTy((*ty.inputs, ty.output)), (t.FnPtrTy, t.DynTy))
    return list(dict.fromkeys([node for node in nodes if type(node) is t.Region]))


def _is_bound(region: t.Region) -> bool:
    return region.kind == "bound" and region.index >= BINDER_BASE


def _subtype(types: RegionTypes, a: t.FnPtrTy, b: t.FnPtrTy, where: Where) -> None:
    regions = types.constraints
    wanted, placeholders = _opened(types, b)
    marks = [Placeholder(p.index, p.index + 1, "", where, True) for p in placeholders]
    regions.placeholders.extend(marks)
    given, _ = _opened(types, a)
    same_binder(types, given, wanted, COVARIANT, where)
    for mark in marks:
        mark.last = regions.n_vars


def _opened(types: RegionTypes, ty: t.FnPtrTy) -> tuple[t.FnPtrTy, list[t.Region]]:
    """With new variables for the regions bound by this pointer, not by one inside it."""
    made = {region: types.var() for region in _own_regions(ty) if _is_bound(region)}
    placeholders = list(made.values())
    made[t.STATIC] = types.static
    return _replaced(ty, made), placeholders
