"""Constants in patterns taken apart: ``const ORIGIN: Point`` is matched field by field (rustc's ``const_to_pat``).

What it is: the constant is evaluated (:mod:`compiler.mir.consteval`) and its memory read back as a THIR pattern.

Assumes: the constant does not depend on generic parameters (else it is compared as a whole). Guarantees: None for
what cannot be taken apart: pointers to other memory than slices, arrays, strings and values; unions; constants whose
evaluation failed.

Example: ``const K: (u8, Option<bool>) = (1, None)`` as a pattern is ``LeafPat([ConstPat(1), VariantPat(None)])``.
"""

from __future__ import annotations

from compiler.base.span import Span
from compiler.hir.def_id import DefId, DefKind
from compiler.mir import body as m
from compiler.mir.build.cx import BodyCx
from compiler.mir.build.matches import pattern as p
from compiler.mir.consteval.machine import Machine
from compiler.mir.consteval.memory import EvalError, Pointer, read_scalar
from compiler.mir.consteval.places import (
    MPlace,
    dereferenced,
    element_place,
    field_place,
    fresh,
    length_of,
    load,
    store,
)
from compiler.mir.consteval.queries import const_value_of
from compiler.mir.consteval.rvalues import read_discriminant
from compiler.mir.mono.resolve import assoc_const_in
from compiler.ty import types as t
from compiler.ty.layout import LayoutError, layout_of

_MAX_ELEMENTS = 4096


def evaluate_pattern_constant(
    cx: BodyCx, def_id: DefId, args: t.GenericArgs, ty: t.Ty, span: Span, id: int
) -> p.Pat | None:
    """The pattern equal to a const item or anonymous constant."""
    if any(arg.flags & (t.HAS_INFER | t.HAS_ERROR) for arg in args) or ty.flags & (t.HAS_PARAM | t.HAS_ERROR):
        return None
    is_generic = any(arg.flags & t.HAS_PARAM for arg in args)
    if is_generic:
        resolved = assoc_const_in(cx.db, cx.env, def_id, args)
        if resolved is None:
            return None
        def_id, args = resolved
    value = const_value_of(cx.db, def_id, args)
    if value is None and is_generic:
        return None
    if value is None:
        return p.WildPat(ty, span, id)  # reported where the constant is evaluated
    if isinstance(value, m.ScalarConst):
        return p.ConstPat(ty, span, id, value)
    machine = Machine(cx.db)
    try:
        place = fresh(ty, layout_of(cx.db, ty))
        store(place, machine.constant(value))
        return _Reader(cx, span, id).pattern(place)
    except (EvalError, LayoutError):
        return None


class _Reader:
    def __init__(self, cx: BodyCx, span: Span, id: int) -> None:
        self.cx = cx
        self.span = span
        self.id = id

    def pattern(self, place: MPlace) -> p.Pat | None:
        ty = place.ty
        if isinstance(ty, (t.IntTy, t.FloatTy)) or ty in (t.bool_, t.char):
            bits = load(place)
            return p.ConstPat(ty, self.span, self.id, m.ScalarConst(bits, ty)) if isinstance(bits, int) else None
        if isinstance(ty, t.TupleTy):
            return self._leaf(place, list(ty.elems))
        if isinstance(ty, t.RefTy):
            return self._reference(place, ty)
        if isinstance(ty, (t.ArrayTy, t.SliceTy)):
            return self._elements(place)
        if isinstance(ty, t.AdtTy) and ty.def_id.kind is not DefKind.UNION:
            return self._adt(place, ty)
        return None

    def _leaf(self, place: MPlace, tys: list[t.Ty]) -> p.Pat | None:
        subs = self._fields(place, tys)
        return None if subs is None else p.LeafPat(place.ty, self.span, self.id, subs)

    def _fields(self, place: MPlace, tys: list[t.Ty]) -> tuple[tuple[int, p.Pat], ...] | None:
        out: list[tuple[int, p.Pat]] = []
        for index, ty in enumerate(tys):
            sub = self.pattern(field_place(self.cx.db, place, index, ty))
            if sub is None:
                return None
            out.append((index, sub))
        return tuple(out)

    def _adt(self, place: MPlace, ty: t.AdtTy) -> p.Pat | None:
        if ty.def_id.kind is not DefKind.ENUM:
            return self._leaf(place, self.cx.field_tys(ty, 0))
        bits = read_discriminant(self.cx.db, place)
        discr_ty = self.cx.discriminant_ty(ty)
        mask = (1 << discr_ty.bits) - 1 if isinstance(discr_ty, t.IntTy) else -1
        variant = next((i for i, value in enumerate(self.cx.discriminants(ty)) if value & mask == bits), None)
        if variant is None:
            return None
        inner = MPlace(place.alloc, place.offset, ty, place.layout.for_variant(variant, 64), place.meta)
        subs = self._fields(inner, self.cx.field_tys(ty, variant))
        return None if subs is None else p.VariantPat(ty, self.span, self.id, variant, subs)

    def _reference(self, place: MPlace, ty: t.RefTy) -> p.Pat | None:
        target = dereferenced(self.cx.db, load(place), ty)
        if ty.ty is t.str_:
            data = self._bytes(target)
            return None if data is None else p.ConstPat(ty, self.span, self.id, m.BytesConst(data, ty))
        sub = self.pattern(target)
        return None if sub is None else p.DerefPat(ty, self.span, self.id, sub)

    def _bytes(self, place: MPlace) -> bytes | None:
        if place.alloc is None or not isinstance(place.meta, int):
            return b"" if place.meta == 0 else None
        out = [read_scalar(place.alloc, place.offset + i, 1) for i in range(place.meta)]
        return None if any(isinstance(b, Pointer) for b in out) else bytes(b for b in out if isinstance(b, int))

    def _elements(self, place: MPlace) -> p.Pat | None:
        length = length_of(place)
        if length > _MAX_ELEMENTS:
            return None
        subs: list[p.Pat] = []
        for index in range(length):
            sub = self.pattern(element_place(self.cx.db, place, index))
            if sub is None:
                return None
            subs.append(sub)
        return p.SlicePat(place.ty, self.span, self.id, tuple(subs), None, ())
