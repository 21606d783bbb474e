"""Literals to typed MIR constants.

Assumes: literal types are resolved. Guarantees: ``ScalarConst.bits`` is the unsigned bit pattern; floats are rounded
once, to nearest even, from the exact decimal value to the target's format (f16, f32, f64, f128); out-of-range
integers keep their low bits.

Example: ``float_bits("1.5", 16) == 0x3E00``; ``-1i8`` is ``ScalarConst(255, i8)``.
"""

from __future__ import annotations

import struct
from fractions import Fraction
from functools import lru_cache

from compiler.hir import nodes as hir
from compiler.mir import body as m
from compiler.ty import types as t

_FORMATS = {16: (10, 15), 32: (23, 127), 64: (52, 1023), 128: (112, 16383)}  # bits -> (fraction bits, bias)


@lru_cache(4096)
def float_bits(digits: str, bits: int) -> int:
    """IEEE bits of the decimal ``digits`` in the format of ``bits`` bits."""
    if bits == 64:
        return int.from_bytes(struct.pack("<d", float(digits)), "little")
    return float_bits_of(Fraction(digits.rstrip(".") or "0"), bits)


def float_bits_of(value: Fraction, bits: int) -> int:
    """IEEE bits of a non-negative number, rounded to nearest even."""
    fraction_bits, bias = _FORMATS[bits]
    if value == 0:
        return 0
    exponent = value.numerator.bit_length() - value.denominator.bit_length()
    if Fraction(2) ** exponent > value:
        exponent -= 1
    exponent = max(exponent, 1 - bias)
    scaled = value / Fraction(2) ** (exponent - fraction_bits)
    mantissa = round(scaled)  # Python rounds halves to even
    if mantissa >= 1 << (fraction_bits + 1):
        mantissa >>= 1
        exponent += 1
    if exponent > bias:
        return ((1 << (bits - fraction_bits - 1)) - 1) << fraction_bits
    if mantissa < 1 << fraction_bits:
        return mantissa
    return ((exponent + bias) << fraction_bits) | (mantissa - (1 << fraction_bits))


def literal_constant(literal: hir.Literal, ty: t.Ty, negated: bool = False) -> m.ConstValue | None:
    """The constant of a literal of type ``ty``; None if they do not fit together (a type error, reported already)."""
    kind, value = literal.kind, literal.value
    if isinstance(ty, t.FloatTy) and kind in (hir.LitKind.FLOAT, hir.LitKind.INT):
        bits = float_bits(str(value), ty.bits)
        return m.ScalarConst(bits | (1 << (ty.bits - 1)) if negated else bits, ty)
    if isinstance(ty, t.IntTy) and isinstance(value, int):
        return m.ScalarConst((-value if negated else value) & ((1 << ty.bits) - 1), ty)
    if kind is hir.LitKind.BOOL and ty is t.bool_:
        return m.ScalarConst(int(bool(value)), ty)
    if kind is hir.LitKind.CHAR and ty is t.char and isinstance(value, int):
        return m.ScalarConst(value, ty)
    if kind is hir.LitKind.STR and isinstance(value, str):
        return m.BytesConst(value.encode("utf-8", "surrogatepass"), ty)
    if kind is hir.LitKind.BYTE_STR and isinstance(value, bytes):
        return m.BytesConst(value, ty)
    if kind is hir.LitKind.C_STR:
        data = value if isinstance(value, bytes) else str(value).encode()
        return m.BytesConst(data + b"\0", ty)
    return None


def signed_value(bits: int, ty: t.Ty) -> int:
    """The value of a bit pattern of an integer, char or bool type."""
    if isinstance(ty, t.IntTy) and ty.signed and bits >> (ty.bits - 1):
        return bits - (1 << ty.bits)
    return bits
