"""Integer and narrow-float operations of PTX that LLVM IR has no instruction for.

What it is: native functions, inlined into kernels: byte permutes, packed dot products, bit fields, three-input logic,
bfloat16, tf32 and 8-bit float conversions. What it assumes: operands as PTX has them, narrow floats in integers. What
it guarantees: bit-exact PTX results, rounding to nearest even unless the name says otherwise. Example:
``prmt(0x33221100, 0x77665544, 0x7531) == 0x77553311``.
"""

from __future__ import annotations

from compiler.emulator.native import bit, bitcast, f32, f64, i32, native, u32, u64


@native
def prmt(a: u32, b: u32, selector: u32) -> u32:
    both = (u64(b) << 32) | u64(a)
    result = u32(0)
    for i in range(4):
        pick = (selector >> (i * 4)) & 15
        byte = u32(both >> u64((pick & 7) * 8)) & 255
        if pick & 8 != 0:
            byte = (u32(0) - (byte >> 7)) & 255
        result |= byte << (i * 8)
    return result


@native
def prmt_f4e(a: u32, b: u32, selector: u32) -> u32:
    return u32(((u64(b) << 32) | u64(a)) >> u64((selector & 3) * 8))


@native
def prmt_b4e(a: u32, b: u32, selector: u32) -> u32:
    both = (u64(b) << 32) | u64(a)
    result = u32(0)
    for i in range(4):
        at = ((selector & 3) - i) & 7
        result |= (u32(both >> u64(at * 8)) & 255) << (i * 8)
    return result


@native
def prmt_rc8(a: u32, selector: u32) -> u32:
    return ((a >> ((selector & 3) * 8)) & 255) * 0x01010101


@native
def prmt_edge(a: u32, selector: u32, left: bit) -> u32:
    """``ecl`` (clamp below the selected byte) and ``ecr`` (clamp above it)."""
    result = u32(0)
    edge = selector & 3
    for i in range(4):
        at = u32(i)
        if left and i < edge:
            at = edge
        if not left and i > edge:
            at = edge
        result |= ((a >> (at * 8)) & 255) << (i * 8)
    return result


@native
def prmt_ecl(a: u32, selector: u32) -> u32:
    return prmt_edge(a, selector, True)


@native
def prmt_ecr(a: u32, selector: u32) -> u32:
    return prmt_edge(a, selector, False)


@native
def prmt_rc16(a: u32, selector: u32) -> u32:
    return ((a >> ((selector & 1) * 16)) & 0xFFFF) * 0x00010001


@native
def lane_of(x: u32, index: u32, bits: u32, signed: bit) -> u32:
    """Lane ``index`` of width ``bits``, sign or zero extended."""
    shift = 32 - bits
    up = (x >> (index * bits)) << shift
    if signed:
        return u32(i32(up) >> i32(shift))
    return up >> shift


@native
def dp4a(a: u32, b: u32, c: u32, a_signed: bit, b_signed: bit) -> u32:
    total = c
    for i in range(4):
        total += lane_of(a, i, u32(8), a_signed) * lane_of(b, i, u32(8), b_signed)
    return total


@native
def dp2a(a: u32, b: u32, c: u32, a_signed: bit, b_signed: bit, high: bit) -> u32:
    total = c
    base = u32(2) if high else u32(0)
    for i in range(2):
        total += lane_of(a, i, u32(16), a_signed) * lane_of(b, base + i, u32(8), b_signed)
    return total


@native
def lop3(a: u32, b: u32, c: u32, table: u32) -> u32:
    result = u32(0)
    for row in range(8):
        if (table >> row) & 1 != 0:
            x = a if row & 4 != 0 else ~a
            y = b if row & 2 != 0 else ~b
            z = c if row & 1 != 0 else ~c
            result |= x & y & z
    return result


@native
def bfe_u32(a: u32, position: u32, length: u32) -> u32:
    position = position & 255
    length = length & 255
    if length == 0 or position > 31:
        return u32(0)
    value = a >> position
    if length > 31:
        return value
    return value & ((u32(1) << length) - 1)


@native
def bfe_s32(a: u32, position: u32, length: u32) -> u32:
    position = position & 255
    length = length & 255
    if length == 0:
        return u32(0)
    top = position + length - 1
    if top > 31:
        top = u32(31)
    sign = (a >> top) & 1
    value = bfe_u32(a, position, length)
    n = top + 1 - position if position <= 31 else u32(0)
    if sign != 0 and n < 32:
        value |= u32(0xFFFFFFFF) << n
    return value


@native
def bfi_b32(a: u32, b: u32, position: u32, length: u32) -> u32:
    position = position & 255
    length = length & 255
    if length == 0 or position > 31:
        return b
    mask = u32(0xFFFFFFFF) if length > 31 else (u32(1) << length) - 1
    mask = mask << position
    return (b & ~mask) | ((a << position) & mask)


@native
def bf16_to_f32(x: u32) -> f32:
    return bitcast(f32, x << 16)


@native
def is_nan_bits(bits: u32) -> bit:
    return bits & 0x7FFFFFFF > 0x7F800000


@native
def f32_to_bf16(x: f32) -> u32:
    bits = bitcast(u32, x)
    if is_nan_bits(bits):
        return u32(0x7FFF)
    return (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16


@native
def f32_to_bf16_rz(x: f32) -> u32:
    bits = bitcast(u32, x)
    if is_nan_bits(bits):
        return u32(0x7FFF)
    return bits >> 16


@native
def f32_to_tf32_rna(x: f32) -> u32:
    bits = bitcast(u32, x)
    if is_nan_bits(bits) or bits & 0x7FFFFFFF == 0x7F800000:
        return bits
    return (bits + 0x1000) & 0xFFFFE000


@native
def f32_to_tf32_rn(x: f32) -> u32:
    bits = bitcast(u32, x)
    if is_nan_bits(bits) or bits & 0x7FFFFFFF == 0x7F800000:
        return bits
    return (bits + 0xFFF + ((bits >> 13) & 1)) & 0xFFFFE000


@native
def f32_to_tf32_rz(x: f32) -> u32:
    return bitcast(u32, x) & 0xFFFFE000


@native
def tf32_finite(bits: u32) -> u32:
    """``satfinite``: the largest tf32 instead of infinity."""
    if bits & 0x7FFFFFFF == 0x7F800000:
        return (bits & 0x80000000) | 0x7F7FE000
    return bits


@native
def f32_to_fp8(x: f32, exponent_bits: u32, mantissa_bits: u32, largest: u32) -> u32:
    """Round to nearest even, saturate to ``largest`` (magnitude bits), NaN to 0x7F."""
    bits = bitcast(u32, x)
    sign = (bits >> 24) & 0x80
    if is_nan_bits(bits):
        return u32(0x7F)
    magnitude = bits & 0x7FFFFFFF
    bias = (u32(1) << (exponent_bits - 1)) - 1
    shift = 23 - mantissa_bits
    exponent = i32(magnitude >> 23) - 127 + i32(bias)
    if exponent >= 1:
        rounded = magnitude + ((u32(1) << (shift - 1)) - 1) + ((magnitude >> shift) & 1)
        result = (rounded >> shift) - ((127 - bias) << mantissa_bits)
        return sign | (result if result < largest else largest)
    extra = u32(1 - exponent)
    if extra > 24:
        return sign
    mantissa = (magnitude & 0x7FFFFF) | 0x800000
    drop = shift + extra
    if drop > 31:
        return sign
    kept = mantissa >> drop
    rest = mantissa & ((u32(1) << drop) - 1)
    half = u32(1) << (drop - 1)
    if rest > half or (rest == half and kept & 1 != 0):
        kept += 1
    return sign | kept


@native
def f32_to_e4m3(x: f32) -> u32:
    return f32_to_fp8(x, u32(4), u32(3), u32(0x7E))


@native
def f32_to_e5m2(x: f32) -> u32:
    return f32_to_fp8(x, u32(5), u32(2), u32(0x7B))


@native
def fp8_to_f32(x: u32, mantissa_bits: u32, bias: u32) -> f32:
    """Value of a finite 8-bit float."""
    mantissa = x & ((u32(1) << mantissa_bits) - 1)
    exponent = (x & 0x7F) >> mantissa_bits
    scale = exponent if exponent != 0 else u32(1)
    if exponent != 0:
        mantissa |= u32(1) << mantissa_bits
    power = bitcast(f32, (scale + 127 - bias - mantissa_bits) << 23)
    value = f32(mantissa) * power
    if x & 0x80 != 0:
        return -value
    return value


@native
def e4m3_to_f32(x: u32) -> f32:
    if x & 0x7F == 0x7F:
        return bitcast(f32, u32(0x7FC00000))
    return fp8_to_f32(x, u32(3), u32(7))


@native
def e5m2_to_f32(x: u32) -> f32:
    if x & 0x7F == 0x7C:
        return bitcast(f32, u32(0x7F800000) | ((x & 0x80) << 24))
    if x & 0x7F > 0x7C:
        return bitcast(f32, u32(0x7FC00000))
    return fp8_to_f32(x, u32(2), u32(15))


@native
def flush_f32(x: f32) -> f32:
    """``ftz``: a subnormal becomes a zero of its sign."""
    bits = bitcast(u32, x)
    if bits & 0x7F800000 == 0:
        return bitcast(f32, bits & 0x80000000)
    return x


@native
def saturate_f32(x: f32) -> f32:
    """``sat``: clamp to [0, 1], NaN to 0."""
    if x >= 1.0:
        return f32(1.0)
    if x > 0.0:
        return x
    return f32(0.0)


@native
def saturate_f64(x: f64) -> f64:
    if x >= 1.0:
        return f64(1.0)
    if x > 0.0:
        return x
    return f64(0.0)


@native
def round_f64_bits(x: f64, toward_zero: bit) -> u32:
    """IEEE half of a double, rounded once."""
    bits = bitcast(u64, x)
    sign = u32(bits >> 48) & 0x8000
    magnitude = bits & 0x7FFFFFFFFFFFFFFF
    if magnitude > 0x7FF0000000000000:
        return sign | 0x7FFF
    if magnitude == 0x7FF0000000000000:
        return sign | 0x7C00
    exponent = i32(u32(magnitude >> 52)) - 1023 + 15
    mantissa = (magnitude & 0xFFFFFFFFFFFFF) | 0x10000000000000
    drop = u64(42)
    base = u32(0)
    if exponent >= 1:
        base = u32(exponent - 1) << 10
    else:
        drop += u64(u32(1 - exponent))
    if exponent > 30:
        return sign | (u32(0x7BFF) if toward_zero else u32(0x7C00))
    if drop > 54:
        return sign
    kept = u32(mantissa >> drop) + base
    rest = mantissa & ((u64(1) << drop) - 1)
    half = u64(1) << (drop - 1)
    if not toward_zero and (rest > half or (rest == half and kept & 1 != 0)):
        kept += 1
    return sign | kept


@native
def f64_to_f16(x: f64) -> u32:
    return round_f64_bits(x, False)


@native
def f64_to_f16_rz(x: f64) -> u32:
    return round_f64_bits(x, True)


@native
def f64_to_f32_odd(x: f64) -> f32:
    """Round to odd, so that a second rounding to bfloat16 is exact."""
    near = f32(x)
    bits = bitcast(u32, near)
    back = f64(near)
    if back == x or is_nan_bits(bits):
        return near
    magnitude_near = bitcast(u64, back) & 0x7FFFFFFFFFFFFFFF
    if magnitude_near > bitcast(u64, x) & 0x7FFFFFFFFFFFFFFF:
        bits -= 1
    return bitcast(f32, bits | 1)
