"""``layout_of(db, ty)``: size, alignment, field offsets, ABI class, niches and variants of a concrete type, as rustc's.

Assumes: ``ty`` holds no parameters or inference variables. Guarantees: equal to rustc 1.95's layout for
x86-64/nvptx64 (compared by ``python -m bench.layout``); a type without layout raises :class:`LayoutError` with the
reason.

Example: ``layout_of(db, RefTy(ERASED, SliceTy(f32), False))`` is a pair of a non-null pointer and a ``usize``, 16
bytes.
"""

from __future__ import annotations

from typing import Any

from compiler.hir.def_id import DefId, DefKind
from compiler.query import Database, query
from compiler.ty import abi as a
from compiler.ty import types as t
from compiler.ty.abi import Layout, LayoutError
from compiler.ty.layout_calculator import (
    ALWAYS_SIZED,
    MAYBE_UNSIZED,
    array_layout,
    struct_layout,
    union_layout,
    univariant,
)
from compiler.ty.layout_enum import EnumShape, enum_layout

__all__ = ["Layout", "LayoutError", "field_tys", "layout_of", "struct_tail"]

_CHAR = a.scalar_layout(a.int_scalar(4, False).with_range(0, 0x10FFFF))
_BOOL = a.scalar_layout(a.int_scalar(1, False).with_range(0, 1))


def layout_of(db: Database, ty: t.Ty) -> Layout:
    """The layout, or raise :class:`LayoutError`."""
    found = layout_or_error(db, ty)
    if isinstance(found, LayoutError):
        raise found
    return found


@query(cycle=lambda db, ty: LayoutError("infinite size", ty), backdate=False)
def layout_or_error(db: Database, ty: t.Ty) -> Layout | LayoutError:
    """:func:`layout_of` with the failure as a value."""
    try:
        return _layout(db, ty)
    except LayoutError as error:
        return error


def concrete(db: Database, value: t.Ty) -> t.Ty:
    """Regions erased, projections and opaque types replaced, constants evaluated."""
    if value.flags & t.HAS_REGION:
        value = t.erase_regions(value)
    if not value.flags & t.HAS_ALIAS:
        return value
    from compiler.ty.infcx import EMPTY_ENV, InferCtxt

    icx = InferCtxt(db, EMPTY_ENV, reveal=True)
    made: t.Ty = icx.normalize(value)
    icx.select_where_possible()
    made = icx.resolve(made)
    return made


def _layout(db: Database, ty: t.Ty) -> Layout:
    kind = type(ty)
    if isinstance(ty, t.IntTy):
        return a.scalar_layout(a.int_scalar(ty.bits // 8, ty.signed))
    if isinstance(ty, t.FloatTy):
        return a.scalar_layout(a.Scalar("float", ty.bits // 8, False, 0, (1 << ty.bits) - 1))
    if isinstance(ty, t.SimpleTy):
        return _simple(ty)
    if isinstance(ty, t.RefTy | t.PtrTy):
        return _pointer(db, ty.ty, kind is t.RefTy)
    if kind is t.FnPtrTy:
        return a.scalar_layout(a.pointer_scalar(True))
    if kind is t.FnDefTy:
        return univariant([], a.DEFAULT_REPR, ALWAYS_SIZED)
    if isinstance(ty, t.ArrayTy):
        return array_layout(layout_of(db, ty.ty), _length(db, ty))
    if isinstance(ty, t.SliceTy):
        return array_layout(layout_of(db, ty.ty), None)
    if isinstance(ty, t.TupleTy):
        return univariant(
            [layout_of(db, e) for e in ty.elems], a.DEFAULT_REPR, MAYBE_UNSIZED if ty.elems else ALWAYS_SIZED
        )
    if isinstance(ty, t.ClosureTy):
        return univariant([layout_of(db, e) for e in closure_field_tys(db, ty)], a.DEFAULT_REPR, ALWAYS_SIZED)
    if isinstance(ty, t.AdtTy):
        return _adt(db, ty)
    if isinstance(ty, t.DynTy):
        return a.Layout(0, 1, a.Memory(False))
    if isinstance(ty, t.AliasTy):
        made = concrete(db, ty)
        if made is not ty:
            return layout_of(db, made)
    raise LayoutError("too generic", ty)


def _simple(ty: t.SimpleTy) -> Layout:
    if ty is t.bool_:
        return _BOOL
    if ty is t.char:
        return _CHAR
    if ty is t.never:
        return a.NEVER_LAYOUT
    if ty is t.str_:
        return array_layout(a.scalar_layout(a.int_scalar(1, False)), None)
    raise LayoutError("unknown type", ty)


def _length(db: Database, ty: t.ArrayTy) -> int:
    length = ty.len
    if length.kind == "unevaluated":
        made = concrete(db, ty)
        length = made.len if isinstance(made, t.ArrayTy) else length
    if length.kind != "value":
        raise LayoutError("unknown type" if length.kind == "error" else "too generic", ty)
    return length.value


# ---------------------------------------------------------------- pointers


def struct_tail(db: Database, ty: t.Ty) -> t.Ty:
    """The last field of the last field ...: what decides whether a pointer to ``ty`` is fat."""
    while True:
        if isinstance(ty, t.AliasTy):
            made = concrete(db, ty)
            if made is ty:
                return ty
            ty = made
        elif isinstance(ty, t.AdtTy) and ty.def_id.kind is DefKind.STRUCT:
            fields = field_tys(db, ty, 0)
            if not fields:
                return ty
            ty = fields[-1]
        elif isinstance(ty, t.TupleTy) and ty.elems:
            ty = ty.elems[-1]
        else:
            return ty


def _pointer(db: Database, pointee: t.Ty, non_null: bool) -> Layout:
    data = a.pointer_scalar(non_null)
    tail = struct_tail(db, pointee)
    if isinstance(tail, t.SliceTy) or tail is t.str_:
        return a.scalar_pair_layout(data, a.int_scalar(8, False))
    if isinstance(tail, t.DynTy):
        return a.scalar_pair_layout(data, a.pointer_scalar(True))
    if isinstance(tail, t.ParamTy | t.AliasTy | t.InferTy):
        raise LayoutError("too generic", tail)
    return a.scalar_layout(data)


# ---------------------------------------------------------------- closures and ADTs


def closure_field_tys(db: Database, ty: t.ClosureTy) -> list[t.Ty]:
    """Types of a closure's fields: its captures, by value or as references."""
    from compiler.ty.infer import closure_of

    facts = closure_of(db, ty.def_id)
    if facts is None:
        raise LayoutError("unknown type", ty)
    fields: list[t.Ty] = []
    for capture in facts.captures:
        whole = capture.ty if capture.by == "value" else t.RefTy(t.ERASED, capture.ty, capture.by == "ref mut")
        fields.append(concrete(db, t.subst(whole, ty.args)))
    return fields


def field_tys(db: Database, ty: t.AdtTy, variant: int) -> list[t.Ty]:
    """Concrete types of the fields of a struct, union (variant 0) or enum variant."""
    from compiler.ty.adt import adt_def

    return [concrete(db, t.subst(f.ty, ty.args)) for f in adt_def(db, ty.def_id).variants[variant].fields]


def _adt(db: Database, ty: t.AdtTy) -> Layout:
    from compiler.resolve.lang import lang_item
    from compiler.ty.adt import adt_def

    adt = adt_def(db, ty.def_id)
    repr_ = _repr_options(adt.repr)
    variants = [[layout_of(db, f) for f in field_tys(db, ty, i)] for i in range(len(adt.variants))]
    if not variants and ty.def_id.kind is not DefKind.ENUM:
        raise LayoutError("unknown type", ty)
    if ty.def_id.kind is DefKind.UNION:
        return union_layout(variants[0], repr_)
    if ty.def_id.kind is DefKind.ENUM:
        from compiler.ty.adt import discriminant_values

        explicit = any(v.discriminant is not None for v in adt.variants)
        return enum_layout(EnumShape(variants, list(discriminant_values(db, ty.def_id)), explicit), repr_)
    kind = MAYBE_UNSIZED if variants[0] and tail_may_be_unsized(db, ty.def_id) else ALWAYS_SIZED
    hides = ty.def_id is lang_item(db, "unsafe_cell")
    return struct_layout(variants[0], repr_, kind, valid_range(db, ty.def_id), hides)


def _repr_options(options: Any) -> a.ReprOptions:
    int_ty = options.int_ty
    return a.ReprOptions(
        options.c,
        options.transparent,
        options.simd,
        None if int_ty is None else (int_ty.bits, int_ty.signed),
        options.align or 0,
        options.packed or 0,
    )


def valid_range(db: Database, adt: DefId) -> tuple[int | None, int | None]:
    """``#[rustc_layout_scalar_valid_range_start(n)]`` and ``_end``: the library's non-null and non-zero types."""
    from compiler.resolve.source import item_of

    item = item_of(db, adt)
    bounds: list[int | None] = []
    for which in ("start", "end"):
        attr = item.attr(f"rustc_layout_scalar_valid_range_{which}") if item is not None else None
        bounds.append(None if attr is None else int(attr.tokens.strip("() ").replace("_", ""), 0))
    return bounds[0], bounds[1]


@query(cycle=lambda db, adt: False)
def tail_may_be_unsized(db: Database, adt: DefId) -> bool:
    """Whether the last field of a struct, as declared, is not known to be ``Sized``."""
    from compiler.ty.adt import adt_def

    fields = adt_def(db, adt).variants[0].fields
    if not fields:
        return False
    tail = fields[-1].ty
    if isinstance(tail, t.SliceTy | t.DynTy) or tail is t.str_:
        return True
    if isinstance(tail, t.ParamTy):
        return tail.name in unsized_params(db, adt)
    if isinstance(tail, t.AdtTy) and tail.def_id.kind is DefKind.STRUCT and tail_may_be_unsized(db, tail.def_id):
        inner = struct_tail(db, tail)
        if isinstance(inner, t.ParamTy):
            return inner.name in unsized_params(db, adt)
        return isinstance(inner, t.SliceTy | t.DynTy) or inner is t.str_
    return False


@query
def unsized_params(db: Database, adt: DefId) -> frozenset[str]:
    """Names of the type parameters with a ``?Sized`` bound."""
    from compiler.hir.nodes import AdtDecl, PathType
    from compiler.resolve.lowering import signature

    decl = signature(db, adt)
    if not isinstance(decl, AdtDecl):
        return frozenset()
    names = {p.name for p in decl.generics.params if any(b.maybe for b in p.bounds)}
    for where in decl.generics.where:
        if isinstance(where.ty, PathType) and any(b.maybe for b in where.bounds):
            names.add(where.ty.path.plain_name() or "")
    return frozenset(names)
