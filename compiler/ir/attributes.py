"""Builtin attributes: the compile-time facts an operation carries.

What it is: immutable values compared by content, printed as MLIR prints them. What it assumes: floats are kept as
IEEE bit patterns, so that NaN payloads and signed zeros survive text. What it guarantees: ``str(a)`` parses back to
an equal attribute. Example::

    assert str(IntegerAttr(5, I32)) == "5 : i32"
    assert str(FloatAttr(0x3F800000, F32)) == "1.0 : f32"
    assert str(DenseArrayAttr((1, 2), I32)) == "array<i32: 1, 2>"
"""

from __future__ import annotations

import math
import struct
from typing import ClassVar

from compiler.base.dataclass import dataclass
from compiler.ir.types import FloatType, IntegerType, Type

_FLOAT_FORMATS = {"f16": ("<e", "<H"), "f32": ("<f", "<I"), "f64": ("<d", "<Q")}
_PLAIN = frozenset(range(0x20, 0x7F)) - {0x22, 0x5C}


class Attribute:
    """Base of all attributes. Subclasses are frozen and hashable."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class UnitAttr(Attribute):
    """Present or absent; prints as ``unit`` and, in a dictionary, as the bare key."""

    def __str__(self) -> str:
        return "unit"


@dataclass(frozen=True, slots=True)
class BoolAttr(Attribute):
    value: bool

    def __str__(self) -> str:
        return "true" if self.value else "false"


@dataclass(frozen=True, slots=True)
class IntegerAttr(Attribute):
    value: int
    type: Type

    def __str__(self) -> str:
        return f"{self.value} : {self.type}"


@dataclass(frozen=True, slots=True)
class FloatAttr(Attribute):
    """A float constant by its IEEE ``bits``."""

    bits: int
    type: FloatType

    @staticmethod
    def of(value: float, ty: FloatType) -> FloatAttr:
        return FloatAttr(float_bits(value, ty), ty)

    @property
    def value(self) -> float:
        return float_value(self.bits, self.type)

    def __str__(self) -> str:
        value = self.value
        if value - value == 0.0 and float_bits(value, self.type) == self.bits:
            text = repr(value)
            if "e" in text and "." not in text:
                text = text.replace("e", ".0e")
            return f"{text} : {self.type}"
        return f"0x{self.bits:0{self.type.width // 4}X} : {self.type}"


@dataclass(frozen=True, slots=True)
class StringAttr(Attribute):
    value: str

    def __str__(self) -> str:
        return quote(self.value)


@dataclass(frozen=True, slots=True)
class SymbolRefAttr(Attribute):
    """``@name``."""

    name: str

    def __str__(self) -> str:
        return symbol_text(self.name)


@dataclass(frozen=True, slots=True)
class TypeAttr(Attribute):
    type: Type

    def __str__(self) -> str:
        return str(self.type)


@dataclass(frozen=True, slots=True)
class ArrayAttr(Attribute):
    elements: tuple[Attribute, ...]

    def __str__(self) -> str:
        return f"[{', '.join(map(str, self.elements))}]"


@dataclass(frozen=True, slots=True)
class DictAttr(Attribute):
    entries: tuple[tuple[str, Attribute], ...]

    def get(self, key: str) -> Attribute | None:
        return next((value for name, value in self.entries if name == key), None)

    def __str__(self) -> str:
        return "{" + ", ".join(entry_text(key, value) for key, value in self.entries) + "}"


@dataclass(frozen=True, slots=True)
class DenseArrayAttr(Attribute):
    """``array<i32: 1, 2>``: a list of integers of one type."""

    values: tuple[int, ...]
    element: IntegerType

    def __str__(self) -> str:
        body = ", ".join(map(str, self.values))
        return f"array<{self.element}: {body}>" if body else f"array<{self.element}>"


@dataclass(frozen=True, slots=True)
class DenseBytesAttr(Attribute):
    """Raw bytes: ``dense<"0x00FF"> : tensor<2xi8>``."""

    data: bytes

    def __str__(self) -> str:
        return f'dense<"0x{self.data.hex().upper()}"> : tensor<{len(self.data)}xi8>'


class DialectAttr(Attribute):
    """Base of ``#dialect.mnemonic<parameters>`` attributes."""

    __slots__ = ()
    dialect: ClassVar[str]
    mnemonic: ClassVar[str]

    def parameters(self) -> str:
        return ""

    def __str__(self) -> str:
        parameters = self.parameters()
        head = f"#{self.dialect}.{self.mnemonic}"
        return f"{head}<{parameters}>" if parameters else head


def quote(text: str) -> str:
    """A string literal: UTF-8 bytes, with everything but plain ASCII as ``\\HH``."""
    if text.isascii() and text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    body = "".join(chr(b) if b in _PLAIN else f"\\{b:02X}" for b in text.encode("utf-8", "surrogateescape"))
    return f'"{body}"'


def is_bare_id(text: str) -> bool:
    """Whether ``text`` may stand as a key or symbol without quotes."""
    return (
        bool(text)
        and not text[0].isdigit()
        and text.isascii()
        and text.replace("_", "a").replace(".", "a").replace("$", "a").isalnum()
    )


def symbol_text(name: str) -> str:
    return f"@{name}" if is_bare_id(name) else f"@{quote(name)}"


def entry_text(key: str, value: Attribute) -> str:
    """One dictionary entry: ``key = value``, or the bare key for a unit attribute."""
    name = key if is_bare_id(key) else quote(key)
    return name if isinstance(value, UnitAttr) else f"{name} = {value}"


def float_bits(value: float, ty: FloatType) -> int:
    """IEEE bits of ``value`` rounded to ``ty``, ties to even."""
    if ty.name == "bf16":
        bits = int(struct.unpack("<I", struct.pack("<f", value))[0])
        if math.isnan(value):
            return (bits >> 16) | 0x40
        return (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16
    pack, unpack = _FLOAT_FORMATS[ty.name]
    try:
        return int(struct.unpack(unpack, struct.pack(pack, value))[0])
    except OverflowError:
        return float_bits(float("inf") if value > 0 else float("-inf"), ty)


def float_value(bits: int, ty: FloatType) -> float:
    """The number ``bits`` stand for, as a Python float."""
    if ty.name == "bf16":
        return float(struct.unpack("<f", struct.pack("<I", bits << 16))[0])
    unpack, pack = _FLOAT_FORMATS[ty.name]
    return float(struct.unpack(unpack, struct.pack(pack, bits))[0])
