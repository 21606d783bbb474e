"""Integer, float and cast arithmetic on bit patterns, with the semantics of the device.

Assumes: integers, chars, bools and floats are unsigned bit patterns of their type's size. Guarantees: results are
such patterns; integer operations wrap, shifts mask the amount, float operations round once to nearest even,
float-to-int casts saturate (NaN is 0).

Example: ``binary(BinOp.ADD, 255, 1, u8) == 0``.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from fractions import Fraction

from compiler.mir.body import BinOp
from compiler.mir.build.constants import float_bits_of
from compiler.mir.consteval.memory import EvalError
from compiler.ty import types as t

_FORMATS = {16: "<e", 32: "<f", 64: "<d"}


def to_signed(bits: int, width: int) -> int:
    """The two's complement value."""
    return bits - (1 << width) if bits >> (width - 1) & 1 else bits


def int_value(bits: int, ty: t.Ty) -> int:
    """The mathematical value of an integer, bool or char pattern."""
    return to_signed(bits, ty.bits) if isinstance(ty, t.IntTy) and ty.signed else bits


def float_value(bits: int, ty: t.FloatTy) -> float:
    """The value of a float pattern."""
    if ty.bits not in _FORMATS:
        raise EvalError("f128 arithmetic", is_unsupported=True)
    value: float = struct.unpack(_FORMATS[ty.bits], bits.to_bytes(ty.bits // 8, "little"))[0]
    return value


def float_pattern(value: float, ty: t.FloatTy) -> int:
    """Round a double to the type; NaN is the canonical quiet one."""
    if ty.bits not in _FORMATS:
        raise EvalError("f128 arithmetic", is_unsupported=True)
    if math.isnan(value):
        return {16: 0x7E00, 32: 0x7FC00000, 64: 0x7FF8000000000000}[ty.bits]
    try:
        return int.from_bytes(struct.pack(_FORMATS[ty.bits], value), "little")
    except OverflowError:
        infinity = {16: 0x7C00, 32: 0x7F800000, 64: 0}[ty.bits]
        return infinity | (1 << (ty.bits - 1)) if value < 0 else infinity


def int_to_float(value: int, ty: t.FloatTy) -> int:
    """Round an integer to the nearest float."""
    bits = float_bits_of(Fraction(abs(value)), ty.bits)
    return bits | (1 << (ty.bits - 1)) if value < 0 else bits


def float_to_int(value: float, ty: t.IntTy) -> int:
    """Truncate and saturate."""
    low, high = (-(1 << (ty.bits - 1)), (1 << (ty.bits - 1)) - 1) if ty.signed else (0, (1 << ty.bits) - 1)
    if math.isnan(value):
        return 0
    if math.isinf(value):
        return (high if value > 0 else low) & ((1 << ty.bits) - 1)
    return max(low, min(high, math.trunc(value))) & ((1 << ty.bits) - 1)


# ---------------------------------------------------------------- operators


def _truncating_div(a: int, b: int) -> int:
    q = abs(a) // abs(b)
    return q if (a < 0) == (b < 0) else -q


def _int_div(a: int, b: int) -> int:
    if b == 0:
        raise EvalError("dividing by zero")
    return _truncating_div(a, b)


def _int_rem(a: int, b: int) -> int:
    if b == 0:
        raise EvalError("calculating the remainder with a divisor of zero")
    return a - _truncating_div(a, b) * b


_INT_OPS: dict[BinOp, Callable[[int, int], int]] = {
    BinOp.ADD: lambda a, b: a + b,
    BinOp.SUB: lambda a, b: a - b,
    BinOp.MUL: lambda a, b: a * b,
    BinOp.DIV: _int_div,
    BinOp.REM: _int_rem,
    BinOp.BIT_XOR: lambda a, b: a ^ b,
    BinOp.BIT_AND: lambda a, b: a & b,
    BinOp.BIT_OR: lambda a, b: a | b,
}
_COMPARE: dict[BinOp, Callable[[float, float], bool]] = {
    BinOp.EQ: lambda a, b: a == b,
    BinOp.NE: lambda a, b: a != b,
    BinOp.LT: lambda a, b: a < b,
    BinOp.LE: lambda a, b: a <= b,
    BinOp.GT: lambda a, b: a > b,
    BinOp.GE: lambda a, b: a >= b,
}


def _float_div(a: float, b: float) -> float:
    if b != 0:
        return a / b
    return math.nan if a == 0 or math.isnan(a) else math.copysign(math.inf, a) * math.copysign(1.0, b)


_FLOAT_OPS: dict[BinOp, Callable[[float, float], float]] = {
    BinOp.ADD: lambda a, b: a + b,
    BinOp.SUB: lambda a, b: a - b,
    BinOp.MUL: lambda a, b: a * b,
    BinOp.DIV: _float_div,
    BinOp.REM: lambda a, b: math.nan if b == 0 or math.isinf(a) or math.isnan(a) or math.isnan(b) else math.fmod(a, b),
}


def binary(op: BinOp, a: int, b: int, ty: t.Ty, right_ty: t.Ty | None = None) -> int:
    """A binary operation on patterns of type ``ty`` (``right_ty`` for shift amounts)."""
    if isinstance(ty, t.FloatTy):
        return _float_binary(op, a, b, ty)
    compare = _COMPARE.get(op)
    if compare is not None:
        return int(compare(int_value(a, ty), int_value(b, ty)))
    width = ty.bits if isinstance(ty, t.IntTy) else 1 if ty is t.bool_ else 32
    if op in (BinOp.SHL, BinOp.SHR):
        amount = int_value(b, right_ty or ty) & (width - 1)
        x = int_value(a, ty)
        return (x << amount if op is BinOp.SHL else x >> amount) & ((1 << width) - 1)
    if op is BinOp.CMP:
        x, y = int_value(a, ty), int_value(b, ty)
        return ((x > y) - (x < y)) & 0xFF
    return _INT_OPS[op](int_value(a, ty), int_value(b, ty)) & ((1 << width) - 1)


def _float_binary(op: BinOp, a: int, b: int, ty: t.FloatTy) -> int:
    x, y = float_value(a, ty), float_value(b, ty)
    compare = _COMPARE.get(op)
    if compare is not None:
        return int(compare(x, y))
    return float_pattern(_FLOAT_OPS[op](x, y), ty)


def overflowing(op: BinOp, a: int, b: int, ty: t.IntTy) -> tuple[int, bool]:
    """(wrapped result, whether it overflowed) of ``ADD``, ``SUB``, ``MUL``."""
    exact = _INT_OPS[op](int_value(a, ty), int_value(b, ty))
    wrapped = exact & ((1 << ty.bits) - 1)
    return wrapped, int_value(wrapped, ty) != exact


def cast_scalar(bits: int, source: t.Ty, target: t.Ty) -> int:
    """``as`` between integers, floats, bool and char."""
    if isinstance(target, t.FloatTy):
        if isinstance(source, t.FloatTy):
            return float_pattern(float_value(bits, source), target)
        return int_to_float(int_value(bits, source), target)
    if isinstance(source, t.FloatTy):
        assert isinstance(target, t.IntTy)
        return float_to_int(float_value(bits, source), target)
    width = target.bits if isinstance(target, t.IntTy) else 8 if target is t.bool_ else 32 if target is t.char else 64
    return int_value(bits, source) & ((1 << width) - 1)
