"""Structs, enums and unions: variants, fields with their types, representation.

Assumes: fields' types may be recursive; nothing here needs a layout. Guarantees: total; the value depends on the
definition's own text and on what its field types name.

Example: ``enum E { A, B(u32) = 7 }``: two variants, ctor "unit" and "tuple", the second with an explicit discriminant.
"""

from __future__ import annotations

import re

from compiler.base.dataclass import dataclass
from compiler.base.span import EMPTY_SPAN, Span
from compiler.diagnostics.model import Diagnostic
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.hir.item_tree import Item
from compiler.query import Database, query
from compiler.resolve.lang import lang_name_of
from compiler.resolve.launch_attrs import parse_integer
from compiler.resolve.lowering import signature
from compiler.resolve.modules import resolve_visibility
from compiler.resolve.resolver import Resolver
from compiler.resolve.source import item_of
from compiler.ty import lower_errors as e
from compiler.ty import types as t
from compiler.ty.lower import TyLowering


@dataclass(frozen=True, slots=True)
class FieldDef:
    """``visibility``: the module inside which it is visible; None: everywhere."""

    name: str
    ty: t.Ty
    visibility: DefId | None
    span: Span = EMPTY_SPAN


@dataclass(frozen=True, slots=True)
class VariantDef:
    """``def_id``: the variant, or the struct or union itself. ``ctor``: "unit", "tuple", "record".

    ``discriminant``: the explicit one, evaluated or not; None: one more than the variant before (the first: 0).
    """

    def_id: DefId
    name: str
    ctor: str
    fields: tuple[FieldDef, ...]
    discriminant: t.Const | None = None
    index: int = 0
    span: Span = EMPTY_SPAN


@dataclass(frozen=True, slots=True)
class ReprOptions:
    """``int_ty``: ``#[repr(u8)]`` ...; ``align``/``packed`` in bytes."""

    c: bool = False
    transparent: bool = False
    simd: bool = False
    int_ty: t.IntTy | None = None
    align: int | None = None
    packed: int | None = None


@dataclass(frozen=True, slots=True)
class AdtDef:
    """``is_shared``: ``#[oxide::shared]``: a static of it lives in shared memory. ``lang``: its lang name, if any."""

    def_id: DefId
    kind: DefKind
    variants: tuple[VariantDef, ...]
    repr: ReprOptions
    lang: str | None = None
    is_shared: bool = False

    @property
    def is_struct(self) -> bool:
        return self.kind is DefKind.STRUCT

    @property
    def is_enum(self) -> bool:
        return self.kind is DefKind.ENUM

    @property
    def is_union(self) -> bool:
        return self.kind is DefKind.UNION

    def variant(self, name: str) -> VariantDef | None:
        return next((v for v in self.variants if v.name == name), None)


@query
def adt_def(db: Database, def_id: DefId) -> AdtDef:
    """The definition of a struct, enum or union."""
    return lower_adt(db, def_id, [])


def lower_adt(db: Database, def_id: DefId, diagnostics: list[Diagnostic]) -> AdtDef:
    """:func:`adt_def` with its diagnostics."""
    decl = signature(db, def_id)
    item = item_of(db, def_id)
    if not isinstance(decl, h.AdtDecl) or item is None:
        return AdtDef(def_id, def_id.kind, (), ReprOptions())
    lowering = TyLowering(db, Resolver(db, def_id, signature=True), decl.store, diagnostics=diagnostics)

    def elided(span: Span) -> t.Region:
        lowering.error(e.MissingLifetime(span, False))
        return t.Region("error")

    lowering.elided = elided
    repr_ = repr_options(item)
    variants = tuple(_variant(lowering, def_id, v, i, repr_) for i, v in enumerate(decl.variants))
    return AdtDef(
        def_id, def_id.kind, variants, repr_, lang_name_of(db, def_id), item.attr("oxide::shared") is not None
    )


def _variant(lowering: TyLowering, adt: DefId, decl: h.VariantDecl, index: int, repr_: ReprOptions) -> VariantDef:
    is_enum = adt.kind is DefKind.ENUM
    def_id = DefId(adt, DefKind.VARIANT, decl.name) if is_enum else adt
    fields = tuple(
        FieldDef(
            f.name, lowering.lower(f.ty), None if is_enum else resolve_visibility(adt.module, f.visibility), f.span
        )
        for f in decl.fields
    )
    discriminant = None
    if decl.discriminant is not None:
        discriminant = lowering.lower_const_arg(decl.discriminant, repr_.int_ty or t.isize)
    return VariantDef(def_id, decl.name if is_enum else adt.name, decl.ctor, fields, discriminant, index, decl.span)


_UNKNOWN_FIELDS = ()


@query
def variant_of(db: Database, def_id: DefId) -> VariantDef:
    """The variant a VARIANT, or the only one a STRUCT or UNION definition names."""
    if def_id.kind is DefKind.VARIANT:
        assert def_id.parent is not None
        found = adt_def(db, def_id.parent).variant(def_id.name)
    else:
        variants = adt_def(db, def_id).variants
        found = variants[0] if variants else None
    return found if found is not None else VariantDef(def_id, def_id.name, "unit", _UNKNOWN_FIELDS)


_REPR_ITEM = re.compile(r"(\w+)\s*(?:\(\s*(\w+)\s*\))?")


def repr_options(item: Item) -> ReprOptions:
    """``#[repr(..)]`` attributes of an item."""
    c = transparent = simd = False
    int_ty: t.IntTy | None = None
    align: int | None = None
    packed: int | None = None
    for attr in item.attrs:
        if attr.path != "repr":
            continue
        for name, value in _REPR_ITEM.findall(attr.tokens.strip()[1:-1]):
            number = parse_integer(value) if value else None
            if name == "C":
                c = True
            elif name == "transparent":
                transparent = True
            elif name == "simd":
                simd = True
            elif name == "align" and number is not None:
                align = max(align or 1, number)
            elif name == "packed":
                packed = number or 1
            elif name in t.INT_TYPES:
                int_ty = t.INT_TYPES[name]
    return ReprOptions(c, transparent, simd, int_ty, align, packed)


@query
def discriminant_values(db: Database, def_id: DefId) -> tuple[int, ...]:
    """Discriminants of an enum's variants as mathematical values; an explicit one that cannot be evaluated
    counts as 0.
    """
    from compiler.ty.consts import evaluate_const

    out: list[int] = []
    value = -1
    for variant in adt_def(db, def_id).variants:
        value += 1
        if variant.discriminant is not None:
            const = evaluate_const(db, variant.discriminant)
            value = const.value if const.kind == "value" else 0
        out.append(value)
    return tuple(out)


def discriminant_ty(db: Database, ty: t.Ty) -> t.Ty:
    """``<ty as DiscriminantKind>::Discriminant``: the repr integer or isize of an enum; u8 for everything else."""
    if isinstance(ty, t.AdtTy) and ty.def_id.kind is DefKind.ENUM:
        return adt_def(db, ty.def_id).repr.int_ty or t.isize
    return t.u8
