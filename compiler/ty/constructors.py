"""Constructors of types, for the exhaustiveness check: what values of a type start with, and how a column of patterns
splits them.

Integers and chars are closed ranges of their mathematical values. ``usize``/``isize`` extend one value past each end
that depends on the target ("beyond"), so that ``0..=usize::MAX`` is not exhaustive but ``0..`` is. Slices are by
length, with or without ``..``.

Assumes: types are normalised. Guarantees: :func:`split` returns constructors such that every pattern of the column
covers each of them wholly or not at all, plus MISSING if some value of the type starts with none of the column's
constructors.

Example: the column ``0..=9``, ``5`` of a ``u8`` splits into ``0..=4``, ``5``, ``6..=9`` and MISSING (``10..=255``).
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from compiler.base.dataclass import dataclass
from compiler.hir.def_id import DefKind
from compiler.ty import types as t

if TYPE_CHECKING:
    from compiler.ty.exhaustiveness import TypeShapes


@dataclass(frozen=True, slots=True)
class Constructor:
    """``kind``: "struct", "ref", "variant" (``low`` = index), "int" (``low``..=``high``), "float" (the same, with
    float values in ``value``), "str" and "opaque" (``value``), "slice" (``low`` prefix and ``high`` suffix elements;
    ``is_variable``: with ``..``; otherwise ``low`` is the length), "wild", "or", "missing", "non exhaustive"."""

    kind: str
    low: int = 0
    high: int = 0
    is_variable: bool = False
    value: object = None
    array_len: int | None = None


WILDCARD: Final = Constructor("wild")
OR: Final = Constructor("or")
MISSING: Final = Constructor("missing")
NON_EXHAUSTIVE: Final = Constructor("non exhaustive")
STRUCT: Final = Constructor("struct")
REF: Final = Constructor("ref")


def int_range(low: int, high: int) -> Constructor:
    return Constructor("int", low, high)


def slice_of(n_prefix: int, n_suffix: int, is_variable: bool, array_len: int | None = None) -> Constructor:
    return Constructor("slice", n_prefix, n_suffix, is_variable, None, array_len)


def int_bounds(ty: t.Ty) -> list[tuple[int, int]] | None:
    """Ranges of the values of an integer-like type, with the values beyond for pointer-sized ones."""
    if ty is t.bool_:
        return [(1, 1), (0, 0)]  # two values, in the order rustc lists them
    if ty is t.char:
        return [(0, 0xD7FF), (0xE000, 0x10FFFF)]
    if not isinstance(ty, t.IntTy):
        return None
    low, high = (-(1 << (ty.bits - 1)), (1 << (ty.bits - 1)) - 1) if ty.signed else (0, (1 << ty.bits) - 1)
    if ty is t.usize:
        return [(low, high + 1)]
    return [(low - 1, high + 1)] if ty is t.isize else [(low, high)]


def all_constructors(shapes: TypeShapes, ty: t.Ty) -> list[Constructor]:
    """Every way a value of the type can start; NON_EXHAUSTIVE stands for those not listed; empty for empty types."""
    bounds = int_bounds(ty)
    if bounds is not None:
        return [int_range(low, high) for low, high in bounds]
    if isinstance(ty, t.RefTy):
        return [REF]
    if isinstance(ty, t.TupleTy):
        return [STRUCT]
    if isinstance(ty, t.AdtTy):
        if ty.def_id.kind is not DefKind.ENUM:
            return [STRUCT]
        variants = range(shapes.n_variants(ty))
        listed = [i for i in variants if all(map(shapes.is_inhabited, shapes.field_tys(ty, i)))]
        return [*(Constructor("variant", i) for i in listed), *([NON_EXHAUSTIVE] if shapes.is_open(ty) else [])]
    if isinstance(ty, t.ArrayTy) and ty.len.kind == "value":
        return [slice_of(0, 0, True, ty.len.value)]
    if isinstance(ty, (t.SliceTy, t.ArrayTy)):
        return [slice_of(0, 0, True)] if shapes.is_inhabited(ty.ty) else [slice_of(0, 0, False)]
    return [] if ty is t.never else [NON_EXHAUSTIVE]


def arity_and_fields(shapes: TypeShapes, ty: t.Ty, ctor: Constructor) -> list[t.Ty]:
    """Types of the constructor's fields."""
    kind = ctor.kind
    if kind == "ref":
        assert isinstance(ty, t.RefTy)
        return [ty.ty]
    if kind == "struct":
        if isinstance(ty, t.TupleTy):
            return list(ty.elems)
        return shapes.field_tys(ty, 0) if isinstance(ty, t.AdtTy) else []
    if kind == "variant":
        return shapes.field_tys(ty, ctor.low) if isinstance(ty, t.AdtTy) else []
    if kind == "slice":
        assert isinstance(ty, (t.SliceTy, t.ArrayTy))
        return [ty.ty] * (ctor.low + ctor.high)
    return []


def is_covered_by(ctor: Constructor, other: Constructor) -> bool:
    """Every value starting with ``ctor`` (a result of :func:`split`) matches a pattern headed by ``other``."""
    kind = other.kind
    if kind == "wild":
        return True
    if kind != ctor.kind:
        return False
    if kind == "int":
        return other.low <= ctor.low and ctor.high <= other.high
    if kind == "slice":
        length = ctor.low + ctor.high
        if not other.is_variable:
            return not ctor.is_variable and other.low + other.high == length
        if ctor.is_variable:
            return other.low <= ctor.low and other.high <= ctor.high
        return other.low + other.high <= length
    if kind == "float":
        return _float_covers(ctor.value, other.value)
    return ctor.low == other.low and ctor.value == other.value if kind in ("variant", "str", "opaque") else True


def _float_covers(inner: object, outer: object) -> bool:
    """Float ranges are (low, high, inclusive)."""
    assert isinstance(inner, tuple) and isinstance(outer, tuple)
    low, high, inclusive = inner
    outer_low, outer_high, outer_inclusive = outer
    if not outer_low <= low:
        return False
    return bool(high < outer_high or (high == outer_high and (outer_inclusive or not inclusive)))


# ---------------------------------------------------------------- splitting


def split(all_ctors: list[Constructor], column: Iterable[Constructor]) -> tuple[list[Constructor], list[Constructor]]:
    """(constructors to specialise by, the missing ones). With any missing, MISSING is among the first."""
    present = [c for c in column if c.kind != "wild"]
    if not all_ctors:
        return [], []
    kind = all_ctors[0].kind
    if kind == "int":
        seen, missing = _split_ints(all_ctors, present)
    elif kind == "slice":
        seen, missing = _split_slices(all_ctors[0], present)
    elif kind == "non exhaustive":
        seen, missing = list(dict.fromkeys(present)), [NON_EXHAUSTIVE]
    else:
        there = {c for c in present if c.kind == kind}
        seen = [c for c in all_ctors if c in there]
        missing = [c for c in all_ctors if c not in there]
    seen += [c for c in dict.fromkeys(present) if c.kind == "opaque" and c not in seen]
    return (seen, missing) if not missing else ([*seen, MISSING], missing)


def _split_ints(
    all_ctors: list[Constructor], present: list[Constructor]
) -> tuple[list[Constructor], list[Constructor]]:
    ranges = [(c.low, c.high) for c in present if c.kind == "int"]
    seen: list[Constructor] = []
    missing: list[Constructor] = []
    for base in all_ctors:
        inside = [
            (max(low, base.low), min(high, base.high)) for low, high in ranges if low <= base.high and base.low <= high
        ]
        starts = sorted({base.low, base.high + 1, *(low for low, _ in inside), *(high + 1 for _, high in inside)})
        depth: dict[int, int] = dict.fromkeys(starts, 0)
        for low, high in inside:
            depth[low] += 1
            depth[high + 1] -= 1
        covered = 0
        for start, following in pairwise(starts):
            covered += depth[start]
            (seen if covered else missing).append(int_range(start, following - 1))
    return seen, _merge(missing)


def _merge(ranges: list[Constructor]) -> list[Constructor]:
    out: list[Constructor] = []
    for r in ranges:
        if out and out[-1].high + 1 == r.low:
            out[-1] = int_range(out[-1].low, r.high)
        else:
            out.append(r)
    return out


def _split_slices(base: Constructor, present: list[Constructor]) -> tuple[list[Constructor], list[Constructor]]:
    slices = [c for c in present if c.kind == "slice"]
    if not base.is_variable:
        return ([base], []) if slices else ([], [base])
    if base.array_len is not None:
        return _split_array(base.array_len, slices)
    max_fixed = max((c.low + c.high for c in slices if not c.is_variable), default=0)
    max_prefix = max((c.low for c in slices if c.is_variable), default=0)
    max_suffix = max((c.high for c in slices if c.is_variable), default=0)
    min_variable = min((c.low + c.high for c in slices if c.is_variable), default=None)
    fixed = {c.low + c.high for c in slices if not c.is_variable}
    if max_fixed + 1 >= max_prefix + max_suffix:
        max_prefix = max_fixed + 1 - max_suffix
    longest = slice_of(max_prefix, max_suffix, True)
    seen: list[Constructor] = []
    missing: list[Constructor] = []
    for length in range(max_prefix + max_suffix):
        is_seen = length in fixed or (min_variable is not None and min_variable <= length)
        (seen if is_seen else missing).append(slice_of(length, 0, False))
    (seen if min_variable is not None else missing).append(longest)
    return seen, missing


def _split_array(length: int, slices: list[Constructor]) -> tuple[list[Constructor], list[Constructor]]:
    """Arrays have one length: elements that no pattern looks at stay behind ``..``."""
    n_prefix = max((c.low for c in slices if c.is_variable), default=0)
    n_suffix = max((c.high for c in slices if c.is_variable), default=0)
    if any(not c.is_variable for c in slices) or n_prefix + n_suffix >= length:
        only = slice_of(length, 0, False, length)
    else:
        only = slice_of(n_prefix, n_suffix, True, length)
    return ([only], []) if slices else ([], [only])
