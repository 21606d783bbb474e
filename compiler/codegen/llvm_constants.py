"""LLVM IR spelling of constants and global initialisers.

What it is: literals, and byte images decoded by the global's type, so that constant tables appear as typed arrays.
What it assumes: data is little-endian, as on every CUDA device. What it guarantees: floats are printed by their exact
bits. Example::

    constant_text(FloatAttr.of(1.0, F32)) == "0x3FF0000000000000"
    initializer_text(DenseBytesAttr(bytes(8)), ArrayType(2, I32), {}) == "[i32 0, i32 0]"
"""

from __future__ import annotations

import struct

from compiler.codegen.llvm_types import symbol, type_text
from compiler.dialects.llvm.types import ArrayType, PointerType, StructType
from compiler.ir.attributes import (
    ArrayAttr,
    Attribute,
    BoolAttr,
    DenseBytesAttr,
    DictAttr,
    FloatAttr,
    IntegerAttr,
    SymbolRefAttr,
)
from compiler.ir.errors import IRError
from compiler.ir.types import FloatType, IntegerType, Type

_PLAIN = frozenset(range(0x20, 0x7F)) - {0x22, 0x5C}


def constant_text(value: Attribute) -> str:
    """An integer, bool or float literal without its type."""
    if isinstance(value, IntegerAttr):
        return str(value.value)
    if isinstance(value, BoolAttr):
        return "true" if value.value else "false"
    if isinstance(value, FloatAttr):
        return float_text(value.bits, value.type)
    raise IRError(f"constant {value} has no LLVM IR form")


def float_text(bits: int, ty: FloatType) -> str:
    """Exact hexadecimal form: ``0xH``/``0xR`` for 16-bit floats, the bits of the equal double for ``float``."""
    if ty.name == "f16":
        return f"0xH{bits:04X}"
    if ty.name == "bf16":
        return f"0xR{bits:04X}"
    if ty.name == "f64":
        return f"0x{bits:016X}"
    exponent, fraction = (bits >> 23) & 0xFF, bits & 0x7FFFFF
    if exponent == 0xFF:  # infinities and NaNs: struct would quieten signalling NaNs
        return f"0x{(bits >> 31) << 63 | 0x7FF << 52 | fraction << 29:016X}"
    value = struct.unpack("<f", struct.pack("<I", bits))[0]
    return f"0x{struct.unpack('<Q', struct.pack('<d', value))[0]:016X}"


def initializer_text(value: Attribute, ty: Type, symbol_spaces: dict[str, int]) -> str:
    """The initialiser of a global of type ``ty``; ``symbol_spaces`` gives the address space of each global symbol."""
    if isinstance(value, DenseBytesAttr):
        return _decode(value.data, ty)
    if isinstance(value, ArrayAttr) and isinstance(ty, StructType) and len(value.elements) == len(ty.elements):
        parts = [
            f"{type_text(element_ty)} {_element(element, element_ty, symbol_spaces)}"
            for element, element_ty in zip(value.elements, ty.elements, strict=True)
        ]
        body = f"{{ {', '.join(parts)} }}"
        return f"<{body}>" if ty.packed else body
    if isinstance(value, IntegerAttr | FloatAttr | BoolAttr):
        return constant_text(value)
    raise IRError(f"initialiser {value} of type {ty} has no LLVM IR form")


def _element(element: Attribute, ty: Type, symbol_spaces: dict[str, int]) -> str:
    if isinstance(element, SymbolRefAttr):
        return _address(element.name, 0, symbol_spaces)
    if isinstance(element, DictAttr):  # {symbol = @name, addend = n}
        target, addend = element.get("symbol"), element.get("addend")
        assert isinstance(target, SymbolRefAttr) and isinstance(addend, IntegerAttr)
        return _address(target.name, addend.value, symbol_spaces)
    return initializer_text(element, ty, symbol_spaces)


def _address(name: str, addend: int, symbol_spaces: dict[str, int]) -> str:
    space = symbol_spaces.get(name, 0)
    text = symbol(name)
    pointer = type_text(PointerType(space))
    if addend:
        text = f"getelementptr (i8, {pointer} {text}, i64 {addend})"
    return f"addrspacecast ({pointer} {text} to ptr)" if space else text


def _decode(data: bytes, ty: Type) -> str:
    if not any(data) and not isinstance(ty, IntegerType | FloatType):
        return "zeroinitializer"
    if isinstance(ty, IntegerType):
        return str(int.from_bytes(data, "little"))
    if isinstance(ty, FloatType):
        return float_text(int.from_bytes(data, "little"), ty)
    if isinstance(ty, ArrayType):
        if ty.element == IntegerType(8):
            return 'c"' + "".join(chr(b) if b in _PLAIN else f"\\{b:02X}" for b in data) + '"'
        size = len(data) // ty.length
        element = type_text(ty.element)
        parts = [f"{element} {_decode(data[i * size : (i + 1) * size], ty.element)}" for i in range(ty.length)]
        return f"[{', '.join(parts)}]"
    raise IRError(f"bytes cannot initialise a global of type {ty}")
