"""Whether the value of a const item has parts that change or are dropped (rustc's ``mir_const_qualif``, by value).

What it is: a borrow of a const item may be promoted although its *type* has interior mutability or a destructor, when
its value has no such part: ``None`` of an ``Option<Cell<u32>>``.

Assumes: promotion asks (:mod:`compiler.mir.build.promote`). Guarantees: False for what depends on generic parameters,
fails to evaluate, or is a union.

Example: with ``const EMPTY: Option<Cell<u32>> = None``, ``&EMPTY`` lives for ever.
"""

from __future__ import annotations

from compiler.hir.def_id import DefId, DefKind
from compiler.mir.build.cx import BodyCx
from compiler.mir.consteval.machine import Machine
from compiler.mir.consteval.memory import EvalError
from compiler.mir.consteval.places import MPlace, element_place, field_place, fresh, length_of, store
from compiler.mir.consteval.queries import const_value_of
from compiler.mir.consteval.rvalues import read_discriminant
from compiler.resolve.lang import lang_item
from compiler.ty import types as t
from compiler.ty.impls import drop_impl
from compiler.ty.layout import LayoutError, layout_of

_MAX_ELEMENTS = 256


def has_only_fixed_parts(cx: BodyCx, def_id: DefId, args: t.GenericArgs, ty: t.Ty) -> bool:
    """No part of the const item's value is a cell or has a destructor."""
    flags = t.HAS_PARAM | t.HAS_INFER | t.HAS_ERROR
    if ty.flags & flags or any(arg.flags & flags for arg in args):
        return False
    value = const_value_of(cx.db, def_id, args)
    if value is None:
        return False
    try:
        place = fresh(ty, layout_of(cx.db, ty))
        store(place, Machine(cx.db).constant(value))
        return _is_fixed(cx, place)
    except (EvalError, LayoutError):
        return False


def _is_fixed(cx: BodyCx, place: MPlace) -> bool:
    ty = place.ty
    if not cx.needs_drop(ty) and cx.is_freeze(ty):
        return True
    if isinstance(ty, t.TupleTy):
        return _are_fixed(cx, place, list(ty.elems))
    if isinstance(ty, t.ArrayTy):
        n = length_of(place)
        return n <= _MAX_ELEMENTS and all(_is_fixed(cx, element_place(cx.db, place, i)) for i in range(n))
    if not isinstance(ty, t.AdtTy) or ty.def_id.kind is DefKind.UNION:
        return False
    if drop_impl(cx.db, ty.def_id) is not None or ty.def_id is lang_item(cx.db, "unsafe_cell"):
        return False
    if ty.def_id.kind is not DefKind.ENUM:
        return _are_fixed(cx, place, cx.field_tys(ty, 0))
    bits = read_discriminant(cx.db, place)
    discr_ty = cx.discriminant_ty(ty)
    mask = (1 << discr_ty.bits) - 1 if isinstance(discr_ty, t.IntTy) else -1
    variant = next((i for i, value in enumerate(cx.discriminants(ty)) if value & mask == bits), None)
    if variant is None:
        return False
    inner = MPlace(place.alloc, place.offset, ty, place.layout.for_variant(variant, 64), place.meta)
    return _are_fixed(cx, inner, cx.field_tys(ty, variant))


def _are_fixed(cx: BodyCx, place: MPlace, tys: list[t.Ty]) -> bool:
    return all(_is_fixed(cx, field_place(cx.db, place, i, ty)) for i, ty in enumerate(tys))
