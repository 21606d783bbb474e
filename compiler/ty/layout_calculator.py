"""Field placement: structs, unions and arrays from the layouts of their fields, exactly as rustc places them.

What it is: pure functions over :class:`Layout`, after rustc_abi's LayoutCalculator. Assumes field layouts are final.
Guarantees the same sizes, offsets, order, niches and ABI classes as rustc 1.95 (``python -m bench.layout`` compares).

Rules in short: without ``repr`` fields go by decreasing alignment group (a group is log2 of the larger of align and
size), larger niches first within it, unless moving them to the end brings the niche closer to an edge; the last field
of a possibly unsized struct stays last; enum variants after a tag go by increasing alignment.

Example: ``struct S { a: u8, b: u32, c: u16 }`` gives offsets ``(6, 0, 4)`` and size 8.
"""

from __future__ import annotations

from collections.abc import Sequence

from compiler.base.dataclass import dataclass, replace
from compiler.ty.abi import (
    MAX_SIZE,
    Abi,
    Layout,
    LayoutError,
    Memory,
    Niche,
    ReprOptions,
    Scalar,
    ScalarPair,
    SingleVariant,
    align_to,
    niche_of,
    scalar_pair_layout,
)


@dataclass(frozen=True, slots=True)
class StructKind:
    """``maybe_unsized``: the last field may be unsized in some instance, so it stays last. ``prefix``: bytes of a tag
    before."""

    maybe_unsized: bool = False
    prefix_size: int = 0
    prefix_align: int = 0


ALWAYS_SIZED = StructKind()
MAYBE_UNSIZED = StructKind(maybe_unsized=True)


def univariant(fields: Sequence[Layout], repr_: ReprOptions, kind: StructKind) -> Layout:
    """A struct, tuple, closure or one variant; chooses on which side niches go."""
    layout = _univariant_biased(fields, repr_, kind, False)
    niche = layout.largest_niche
    if kind.maybe_unsized or niche is None:
        return layout
    head = niche.offset
    tail = layout.size - head - niche.scalar.size
    if len(fields) > 1 and head != 0 and tail > 0:
        other = _univariant_biased(fields, repr_, kind, True)
        assert other.largest_niche is not None
        other_head = other.largest_niche.offset
        if other_head > head and other_head > tail:
            return other
    return layout


def _trailing_zeros(value: int) -> int:
    return (value & -value).bit_length() - 1


def _field_order(fields: Sequence[Layout], repr_: ReprOptions, kind: StructKind, niches_last: bool) -> list[int]:
    """Field indices by increasing offset."""
    order = list(range(len(fields)))
    if repr_.inhibits_reordering or len(fields) < 2:
        return order
    n_movable = len(fields) - 1 if kind.maybe_unsized else len(fields)
    movable = fields[:n_movable]
    max_align = max((f.align for f in movable), default=1)
    largest = max((f.available_niche for f in movable), default=0)

    def group(f: Layout) -> int:
        if repr_.pack:
            return min(f.align, repr_.pack)
        by_size = _trailing_zeros(max(f.align, f.size))
        if not largest:
            return by_size
        if not niches_last:
            return min(_trailing_zeros(max_align), by_size)
        return _trailing_zeros(f.align) if f.available_niche == largest else by_size

    def sized_key(i: int) -> tuple[int, int, int]:
        f = fields[i]
        niche = f.largest_niche
        if not niches_last:
            return -group(f), -f.available_niche, niche.offset if niche else 0
        # rustc negates the tail space bitwise, so fields without a niche (0) come first among equals
        inner = (1 << 64) - (f.size - niche.scalar.size - niche.offset) if niche else 0
        return -group(f), f.available_niche, inner

    if kind.prefix_size:
        order[:n_movable] = sorted(order[:n_movable], key=lambda i: (group(fields[i]), fields[i].available_niche))
    else:
        order[:n_movable] = sorted(order[:n_movable], key=sized_key)
    return order


def _univariant_biased(fields: Sequence[Layout], repr_: ReprOptions, kind: StructKind, niches_last: bool) -> Layout:
    order = _field_order(fields, repr_, kind, niches_last)
    offsets = [0] * len(fields)
    align, max_repr_align, offset = 1, repr_.align, 0
    niche: Niche | None = None
    best = 0
    unsized = False
    if kind.prefix_size:
        prefix_align = min(kind.prefix_align, repr_.pack) if repr_.pack else kind.prefix_align
        align = max(align, prefix_align)
        offset = align_to(kind.prefix_size, prefix_align)
    for i in order:
        f = fields[i]
        if unsized or (f.is_unsized and not kind.maybe_unsized):
            raise LayoutError("unsized field", i)
        unsized = f.is_unsized
        field_align = min(f.align, repr_.pack) if repr_.pack else f.align
        offset = align_to(offset, field_align)
        align = max(align, field_align)
        max_repr_align = max(max_repr_align, f.max_repr_align)
        offsets[i] = offset
        if f.largest_niche is not None:
            available = f.available_niche
            if available > best or (niches_last and available >= best):
                best = available
                niche = f.largest_niche.moved(offset)
        offset += f.size
    unadjusted = align
    align = max(align, repr_.align)
    size = align_to(offset, align)
    if size >= MAX_SIZE:
        raise LayoutError("too big")
    abi = Memory(False) if unsized else _struct_abi(fields, offsets, size, align, repr_)
    return Layout(
        size, align, abi, "arbitrary", tuple(offsets), tuple(order), largest_niche=niche,
        uninhabited=any(f.uninhabited for f in fields), max_repr_align=max_repr_align,
        unadjusted_abi_align=_unadjusted(fields, align) if repr_.transparent else unadjusted,
    )  # fmt: skip


def _unadjusted(fields: Sequence[Layout], align: int) -> int:
    """A transparent wrapper has the unadjusted alignment of what it wraps."""
    inner = [f for f in fields if not f.is_zst]
    return inner[0].unadjusted_abi_align if len(inner) == 1 and not inner[0].is_unsized else align


def _struct_abi(fields: Sequence[Layout], offsets: Sequence[int], size: int, align: int, repr_: ReprOptions) -> Abi:
    """Scalar or pair where the one or two fields with bytes fill the struct."""
    if size == 0:
        return Memory()
    present = [(i, f) for i, f in enumerate(fields) if not f.is_zst]
    if len(present) == 1:
        i, f = present[0]
        if offsets[i] == 0 and align == f.align and size == f.size:
            newtype = isinstance(f.abi, Scalar) and not (repr_.c or repr_.integer is not None)
            if newtype or isinstance(f.abi, ScalarPair):
                return f.abi
    elif len(present) == 2:
        (i, a), (j, b) = present
        if isinstance(a.abi, Scalar) and isinstance(b.abi, Scalar):
            if offsets[i] >= offsets[j]:
                i, a, j, b = j, b, i, a
            assert isinstance(a.abi, Scalar) and isinstance(b.abi, Scalar)
            pair = scalar_pair_layout(a.abi, b.abi)
            if (offsets[i], offsets[j]) == pair.offsets and align == pair.align and size == pair.size:
                return pair.abi
    return Memory()


def struct_layout(
    fields: Sequence[Layout],
    repr_: ReprOptions,
    kind: StructKind,
    valid_range: tuple[int | None, int | None] = (None, None),
    hides_niches: bool = False,
) -> Layout:
    """A struct with what its attributes say: ``UnsafeCell`` hides niches, ``NonNull`` and friends restrict the
    scalar."""
    layout = univariant(fields, repr_, kind)
    if hides_niches:
        return replace(layout, abi=_without_niches(layout.abi), largest_niche=None)
    start, end = valid_range
    scalar = layout.abi.first if isinstance(layout.abi, ScalarPair) else layout.abi
    if not isinstance(scalar, Scalar):
        return layout
    if start is not None or end is not None:
        scalar = scalar.with_range(scalar.start if start is None else start, scalar.end if end is None else end)
    niche, old = niche_of(0, scalar), layout.largest_niche
    abi = ScalarPair(scalar, layout.abi.second) if isinstance(layout.abi, ScalarPair) else scalar
    if niche is not None and (old is None or old.available <= niche.available):
        old = niche
    return replace(layout, abi=abi, largest_niche=old)


def _without_niches(abi: Abi) -> Abi:
    if isinstance(abi, Scalar):
        return abi.full_range()
    return ScalarPair(abi.first.full_range(), abi.second.full_range()) if isinstance(abi, ScalarPair) else abi


def union_layout(fields: Sequence[Layout], repr_: ReprOptions) -> Layout:
    """All fields at 0; keeps a scalar ABI when every field with bytes has the same one."""
    if not fields:
        raise LayoutError("conflicting repr")
    align = max((f.align for f in fields), default=1)
    if any(f.is_unsized for f in fields):
        raise LayoutError("unsized field")
    if repr_.pack:
        align = min(align, repr_.pack)
    unadjusted = align
    align = max(align, repr_.align)
    size = align_to(max(f.size for f in fields), align)
    return Layout(
        size, align, _union_abi(fields, align, repr_), "union", (0,) * len(fields), tuple(range(len(fields))),
        max_repr_align=max([repr_.align, *(f.max_repr_align for f in fields)]), unadjusted_abi_align=unadjusted,
    )  # fmt: skip


def _union_abi(fields: Sequence[Layout], align: int, repr_: ReprOptions) -> Abi:
    if repr_.c:
        return Memory()
    seen: set[Abi] = set()
    for f in fields:
        if not f.is_zst:
            a = f.abi
            if isinstance(a, ScalarPair):
                a = ScalarPair(a.first.to_union(), a.second.to_union())
            seen.add(a.to_union() if isinstance(a, Scalar) else a)
    if len(seen) != 1:
        return Memory()
    abi = seen.pop()
    natural = (
        abi.align
        if isinstance(abi, Scalar)
        else max(abi.first.align, abi.second.align)
        if isinstance(abi, ScalarPair)
        else align
    )
    return abi if natural == align else Memory()


def array_layout(elem: Layout, count: int | None) -> Layout:
    """``[T; N]``, or ``[T]`` with ``count`` None."""
    n = count or 0
    size = elem.size * n
    if size >= MAX_SIZE:
        raise LayoutError("too big")
    return Layout(
        size, elem.align, Memory(count is not None), "array", stride=elem.size, count=n,
        largest_niche=elem.largest_niche if n else None, uninhabited=elem.uninhabited and n != 0,
        unadjusted_abi_align=elem.align,
    )  # fmt: skip


def single_variant(layout: Layout, index: int) -> Layout:
    """An enum that is laid out like its only present variant."""
    return replace(layout, variants=SingleVariant(index))
