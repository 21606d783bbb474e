"""Ordered scalar values of patterns: ranges of integers, chars and floats.

Assumes: ScalarConst bounds of one scalar type. Guarantees: bounds compare in the order of the type (signed integers
by value, floats by IEEE value).

Example: the range of ``'a'..='f'`` contains 'c'; ``0..=255u8`` is full.
"""

from __future__ import annotations

import struct

from compiler.base.dataclass import dataclass
from compiler.mir import body as m
from compiler.mir.build.constants import signed_value
from compiler.ty import types as t

_FLOAT_FORMATS = {16: "<e", 32: "<f", 64: "<d"}


def scalar_value(value: m.ScalarConst) -> int | float:
    """The mathematical value of a scalar constant."""
    ty = value.ty
    if isinstance(ty, t.FloatTy) and ty.bits in _FLOAT_FORMATS:
        made: float = struct.unpack(_FLOAT_FORMATS[ty.bits], value.bits.to_bytes(ty.bits // 8, "little"))[0]
        return made
    return signed_value(value.bits, ty)


def bounds_of(ty: t.Ty) -> tuple[int, int] | None:
    """Least and greatest value of an integer or char type."""
    if isinstance(ty, t.IntTy):
        return (-(1 << (ty.bits - 1)), (1 << (ty.bits - 1)) - 1) if ty.signed else (0, (1 << ty.bits) - 1)
    return (0, 0x10FFFF) if ty is t.char else None


@dataclass(frozen=True, slots=True)
class Range:
    """``low`` and ``high`` may be None (open); ``inclusive`` is about ``high``."""

    ty: t.Ty
    low: m.ScalarConst | None
    high: m.ScalarConst | None
    inclusive: bool

    def contains(self, value: m.ConstValue) -> bool | None:
        """None if unknown."""
        if not isinstance(value, m.ScalarConst):
            return None
        at = scalar_value(value)
        if self.low is not None and not scalar_value(self.low) <= at:
            return False
        if self.high is None:
            return True
        high = scalar_value(self.high)
        return at <= high if self.inclusive else at < high

    def overlaps(self, other: Range) -> bool:
        return _starts_before_end(self, other) and _starts_before_end(other, self)


def _starts_before_end(first: Range, second: Range) -> bool:
    if first.low is None or second.high is None:
        return True
    low, high = scalar_value(first.low), scalar_value(second.high)
    return low <= high if second.inclusive else low < high


def is_full_range(range_: Range) -> bool:
    """Every value of the type is inside."""
    bounds = bounds_of(range_.ty)
    if bounds is None:
        return range_.low is None and range_.high is None
    low_ok = range_.low is None or scalar_value(range_.low) <= bounds[0]
    return low_ok and (range_.high is None or (scalar_value(range_.high) >= bounds[1] and range_.inclusive))
