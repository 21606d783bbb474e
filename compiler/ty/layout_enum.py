"""Enum layout: tagged, niche-filling, or a single variant, whichever rustc picks.

What it is: the enum half of the layout calculator, after rustc_abi. Assumes final field layouts and discriminant
values already in the enum's discriminant type. Guarantees rustc 1.95's choice, tag type and offsets.

Example: ``enum E { A(bool, u32), B }`` has no tag of its own: ``B`` is the bool's pattern 2.
"""

from __future__ import annotations

from collections.abc import Sequence

from compiler.base.dataclass import dataclass, replace
from compiler.ty.abi import (
    MAX_SIZE,
    NO_VARIANTS_LAYOUT,
    Abi,
    DirectTag,
    Layout,
    LayoutError,
    Memory,
    MultipleVariants,
    NicheTag,
    ReprOptions,
    Scalar,
    ScalarPair,
    SingleVariant,
    align_to,
    int_scalar,
    niche_of,
    scalar_pair_layout,
)
from compiler.ty.layout_calculator import ALWAYS_SIZED, StructKind, single_variant, struct_layout, univariant

Variant = Sequence[Layout]


@dataclass(frozen=True, slots=True)
class EnumShape:
    """``discriminants`` are mathematical values; ``explicit``: some discriminant was written, which forbids niches."""

    variants: Sequence[Variant]
    discriminants: Sequence[int]
    explicit: bool = False


def _is_absent(fields: Variant) -> bool:
    """A variant that can never be and takes no room."""
    return any(f.uninhabited for f in fields) and all(f.is_1zst for f in fields)


def enum_layout(shape: EnumShape, repr_: ReprOptions) -> Layout:
    """The layout of an enum."""
    present = [i for i, v in enumerate(shape.variants) if repr_.c or not _is_absent(v)]
    if not present:
        return NO_VARIANTS_LAYOUT
    if len(present) == 1 and not repr_.inhibits_enum_optimisation:
        return single_variant(struct_layout(shape.variants[present[0]], repr_, ALWAYS_SIZED), present[0])
    if repr_.pack:
        raise LayoutError("conflicting repr")
    niche = None if shape.explicit or repr_.inhibits_enum_optimisation else _niche_layout(shape.variants, repr_)
    tagged = _tagged_layout(shape, repr_)
    if niche is not None:
        smaller = niche.size < tagged.size
        if smaller or (niche.size == tagged.size and tagged.available_niche < niche.available_niche):
            return niche
    return tagged


# ---------------------------------------------------------------- niche filling


def _niche_layout(variants: Sequence[Variant], repr_: ReprOptions) -> Layout | None:
    if len(variants) < 2:
        return None
    layouts = [single_variant(univariant(v, repr_, ALWAYS_SIZED), i) for i, v in enumerate(variants)]
    largest = max(range(len(layouts)), key=lambda i: (layouts[i].size, i))
    tagged = [i for i, v in enumerate(variants) if i != largest and not _is_absent(v)]
    big = layouts[largest]
    if not tagged or big.largest_niche is None:
        return None
    reserved = big.largest_niche.reserve(tagged[-1] - tagged[0] + 1)
    if reserved is None:
        return None
    start, tag = reserved
    align = max(v.align for v in layouts)
    size = align_to(big.size, align)
    fitted = _fit_around_niche(layouts, largest, big.largest_niche.offset, tag.size, size)
    if fitted is None:
        return None
    offset = big.largest_niche.offset
    others_zst = all(i == largest or v.size == 0 for i, v in enumerate(fitted))
    plain = size == big.size and align == big.align and others_zst
    return Layout(
        size, align, _niche_abi(big.abi, tag, offset) if plain else Memory(), "arbitrary", (offset,), (0,),
        variants=MultipleVariants(tag, offset, NicheTag(largest, (tagged[0], tagged[-1]), start), tuple(fitted)),
        largest_niche=niche_of(offset, tag), uninhabited=all(v.uninhabited for v in fitted),
        max_repr_align=max([repr_.align, *(v.max_repr_align for v in layouts)]),
        unadjusted_abi_align=max(v.unadjusted_abi_align for v in layouts),
    )  # fmt: skip


def _fit_around_niche(
    layouts: list[Layout], largest: int, offset: int, tag_size: int, size: int
) -> list[Layout] | None:
    """The other variants before the niche, or moved after it; None when one does not fit."""
    fitted: list[Layout] = []
    for i, v in enumerate(layouts):
        if i == largest:
            fitted.append(v)
        elif v.size <= offset:
            fitted.append(replace(v, largest_niche=None))
        else:
            at = align_to(offset + tag_size, v.align)
            if at + v.size > size:
                return None
            moved = tuple(o + at for o in v.offsets)
            abi = v.abi if v.uninhabited else Memory()
            fitted.append(replace(v, largest_niche=None, offsets=moved, abi=abi, size=v.size + at))
    return fitted


def _niche_abi(abi: Abi, tag: Scalar, offset: int) -> Abi:
    if isinstance(abi, Scalar):
        return tag
    if isinstance(abi, ScalarPair):
        if offset == 0:
            return ScalarPair(tag, abi.second.to_union())
        return ScalarPair(abi.first.to_union(), tag)
    return Memory()


# ---------------------------------------------------------------- tagged


def _fits(value: int, size: int, signed: bool) -> bool:
    bits = 8 * size
    return -(1 << (bits - 1)) <= value < (1 << (bits - 1)) if signed else 0 <= value < (1 << bits)


def _tag_int(low: int, high: int, repr_: ReprOptions) -> tuple[int, bool]:
    """(size, signed) of the smallest tag for the discriminant range."""
    if repr_.integer is not None:
        return repr_.integer[0] // 8, repr_.integer[1]
    least = 4 if repr_.c else 1
    signed = low < 0
    for size in (1, 2, 4, 8, 16):
        if size >= least and _fits(low, size, signed) and _fits(high, size, signed):
            return size, signed
    raise LayoutError("conflicting repr")


def _tagged_layout(shape: EnumShape, repr_: ReprOptions) -> Layout:
    variants = shape.variants
    used = [
        d for d, v in zip(shape.discriminants, variants, strict=True) if repr_.c or not any(f.uninhabited for f in v)
    ]
    low, high = (min(used), max(used)) if used else (0, 0)
    min_size, signed = _tag_int(low, high, repr_)
    prefix_align = min_size
    if repr_.c:
        prefix_align = max([min_size, *(f.align for v in variants for f in v)])
    kind = StructKind(prefix_size=min_size, prefix_align=prefix_align)
    layouts = [single_variant(univariant(v, repr_, kind), i) for i, v in enumerate(variants)]
    align = max([1, *(v.align for v in layouts)])
    size = align_to(max(v.size for v in layouts), align)
    if size >= MAX_SIZE:
        raise LayoutError("too big")
    tag_size = min_size
    if not (repr_.c or repr_.integer is not None):
        tag_size = max(min_size, _widest_free_tag(variants, layouts))
    if tag_size > min_size:
        layouts = [_with_wider_tag(v, min_size, tag_size) for v in layouts]
    mask = (1 << (8 * tag_size)) - 1
    tag = int_scalar(tag_size, signed).with_range(low & mask, high & mask)
    abi: Abi = tag if tag_size == size else _tagged_pair(tag, variants, layouts, size, align)
    if not isinstance(abi, Memory):
        layouts = [_with_enum_abi(v, abi, size, align) for v in layouts]
    return Layout(
        size, align, abi, "arbitrary", (0,), (0,), variants=MultipleVariants(tag, 0, DirectTag(), tuple(layouts)),
        largest_niche=niche_of(0, tag), uninhabited=all(v.uninhabited for v in layouts),
        max_repr_align=max([repr_.align, *(v.max_repr_align for v in layouts)]),
        unadjusted_abi_align=max([1, *(v.unadjusted_abi_align for v in layouts)]),
    )  # fmt: skip


def _widest_free_tag(variants: Sequence[Variant], layouts: Sequence[Layout]) -> int:
    """The integer as wide as the smallest alignment of a first field: padding the tag may take (1 if none)."""
    start_align = 256
    for fields, v in zip(variants, layouts, strict=True):
        for i in v.memory_order:
            if not fields[i].is_1zst:
                start_align = min(start_align, fields[i].align)
                break
    return start_align if start_align <= 16 else 1


def _with_wider_tag(v: Layout, old: int, new: int) -> Layout:
    offsets = tuple(new if o <= old else o for o in v.offsets)
    return replace(v, offsets=offsets, size=new if v.size <= old else v.size)


def _with_enum_abi(v: Layout, abi: Abi, size: int, align: int) -> Layout:
    if v.offsets and isinstance(v.abi, Memory):
        return replace(v, abi=abi, size=max(v.size, size), align=max(v.align, align))
    return v


def _tagged_pair(tag: Scalar, variants: Sequence[Variant], layouts: Sequence[Layout], size: int, align: int) -> Abi:
    """(tag, payload) when every variant holds at most one scalar, all of one primitive at one offset."""
    common: tuple[Scalar, int] | None = None
    initialized = True
    for fields, v in zip(variants, layouts, strict=True):
        present = [(f, o) for f, o in zip(fields, v.offsets, strict=True) if not f.is_zst]
        if not present:
            initialized = False
            continue
        field, offset = present[0]
        if len(present) > 1 or not isinstance(field.abi, Scalar):
            return Memory()
        initialized = initialized and not field.abi.is_union
        if common is None:
            common = (field.abi, offset)
            continue
        prim = _common_primitive(common[0], field.abi)
        if prim is None or offset != common[1]:
            return Memory()
        common = (prim, common[1])
    if common is None:
        return Memory()
    payload = common[0].with_range(0, common[0].max_value) if initialized else common[0].to_union()
    payload = replace(payload, is_union=not initialized)
    pair = scalar_pair_layout(tag, payload)
    if pair.offsets == (0, common[1]) and align == pair.align and size == pair.size:
        return pair.abi
    return Memory()


def _common_primitive(a: Scalar, b: Scalar) -> Scalar | None:
    if a.primitive == b.primitive:
        return a
    if a.size == b.size and "float" not in (a.kind, b.kind):
        return b if b.kind == "pointer" else a
    return None


__all__ = ["EnumShape", "SingleVariant", "enum_layout"]
