"""Enum tags: reading a discriminant, writing a variant.

What it is: the layout's tag encoding as operations. What it assumes: rustc's encodings (direct tag, niche). What it
guarantees: a variant that is encoded by its payload's niche writes no tag. Example: ``Option<&T>``: ``None`` stores a
null pointer, ``Some`` only its payload.
"""

from __future__ import annotations

from compiler.dialects.mir import ops as mir
from compiler.dialects.mir.attributes import TagAttr
from compiler.dialects.mir.types import BOOL, U64
from compiler.hir.def_id import DefKind
from compiler.ir.core import Value
from compiler.ir.types import Type
from compiler.mir.type_facts import discriminants
from compiler.transforms.import_mir.function import FunctionImport
from compiler.transforms.import_mir.places import PlaceValue
from compiler.transforms.import_mir.types import restrict_align, scalar_type
from compiler.ty import types as t
from compiler.ty.abi import DirectTag, MultipleVariants, NicheTag, SingleVariant


def discriminant_value(f: FunctionImport, ty: t.Ty, variant: int) -> int:
    """The discriminant of a variant; variant numbers themselves for types that are not enums."""
    if isinstance(ty, t.AdtTy) and ty.def_id.kind is DefKind.ENUM:
        return discriminants(f.module.db, ty.def_id)[variant]
    return variant


def read_discriminant(f: FunctionImport, place: PlaceValue, result: Type) -> Value:
    variants = place.facts.layout.variants
    if not isinstance(variants, MultipleVariants):
        index = variants.index if isinstance(variants, SingleVariant) else 0
        return f.scalar(discriminant_value(f, place.facts.ty, index), result)
    tag_ty = scalar_type(variants.tag)
    align = restrict_align(place.align, variants.tag_offset)
    tag = f.load(f.field(place.address, variants.tag_offset), tag_ty, align)
    encoding = variants.tag_encoding
    if isinstance(encoding, DirectTag):
        attr = TagAttr("direct")
    else:
        first, last = encoding.niche_variants
        attr = TagAttr("niche", encoding.untagged, first, last, encoding.niche_start)
    return f.value(mir.DiscriminantOp([tag], [result], {"encoding": attr}))


def write_discriminant(f: FunctionImport, place: PlaceValue, variant: int) -> None:
    variants = place.facts.layout.variants
    if not isinstance(variants, MultipleVariants):
        return
    encoding = variants.tag_encoding
    if isinstance(encoding, NicheTag):
        if variant == encoding.untagged:
            _assume_untagged(f, place, variant)
            return
        bits = (encoding.niche_start + variant - encoding.niche_variants[0]) & variants.tag.max_value
    else:
        bits = discriminant_value(f, place.facts.ty, variant) & variants.tag.max_value
    tag_ty = scalar_type(variants.tag)
    align = restrict_align(place.align, variants.tag_offset)
    f.store(f.scalar(bits, tag_ty), f.field(place.address, variants.tag_offset), align)


def _assume_untagged(f: FunctionImport, place: PlaceValue, variant: int) -> None:
    """The payload just stored is none of the values that stand for other variants: a reference is not null. LLVM, which
    sees a pointer, would test it again where the enum is matched."""
    tag = read_discriminant(f, place, U64)
    untagged = f.integer(discriminant_value(f, place.facts.ty, variant), U64)
    f.intrinsic("assume", [f.binary("Eq", tag, untagged, BOOL)])
