"""Types of the ``mir`` dialect.

What it is: what a Rust value looks like once its layout is known. Integers keep their sign (``si32``, ``ui64``),
``bool`` is ``i1``, ``char`` is ``ui32``; every thin pointer is ``!mir.ptr``; a value of two scalars (fat pointers,
``Option<u32>``, ``(f32, bool)``) is ``!mir.pair<a, b>``; everything larger lives in memory and is named
``!mir.mem<"name", size, align>``, which is only the type of an alloca or a copy, never of a value. What it
guarantees: ``str`` parses back. Example::

    assert str(PairType(MIR_PTR, USIZE)) == "!mir.pair<!mir.ptr, ui64>"
"""

from __future__ import annotations

from typing import ClassVar

from compiler.base.dataclass import dataclass
from compiler.ir.attributes import quote
from compiler.ir.core import TypeConstraint
from compiler.ir.parser import Parser
from compiler.ir.types import DialectType, FloatType, IntegerType, Type


@dataclass(frozen=True, slots=True)
class MirPtrType(DialectType):
    """A thin pointer or reference; generic address space."""

    dialect: ClassVar[str] = "mir"
    mnemonic: ClassVar[str] = "ptr"

    def __str__(self) -> str:
        return "!mir.ptr"


@dataclass(frozen=True, slots=True)
class PairType(DialectType):
    """Two scalars that travel together; ``second_offset`` is where the second lies in memory."""

    first: Type
    second: Type
    second_offset: int
    size: int
    dialect: ClassVar[str] = "mir"
    mnemonic: ClassVar[str] = "pair"

    def parameters(self) -> str:
        return f"{self.first}, {self.second}, {self.second_offset}, {self.size}"

    def __str__(self) -> str:
        return f"!mir.pair<{self.parameters()}>"


@dataclass(frozen=True, slots=True)
class MemType(DialectType):
    """A type that lives in memory: its Rust name, size and alignment in bytes."""

    rust_name: str
    size: int
    align: int
    dialect: ClassVar[str] = "mir"
    mnemonic: ClassVar[str] = "mem"

    def __str__(self) -> str:
        return f"!mir.mem<{quote(self.rust_name)}, {self.size}, {self.align}>"


MIR_PTR = MirPtrType()
BOOL = IntegerType(1)
CHAR = IntegerType(32, "u")
U8 = IntegerType(8, "u")
U32 = IntegerType(32, "u")
U64 = USIZE = IntegerType(64, "u")
SLICE_PTR = PairType(MIR_PTR, USIZE, 8, 16)


def is_scalar(ty: Type) -> bool:
    return isinstance(ty, IntegerType | FloatType | MirPtrType)


VALUE = TypeConstraint("a scalar or pair", lambda ty: is_scalar(ty) or isinstance(ty, PairType))
SCALAR = TypeConstraint("a scalar", is_scalar)
PAIR = TypeConstraint("a pair", lambda ty: isinstance(ty, PairType))
ADDRESS = TypeConstraint("!mir.ptr", lambda ty: isinstance(ty, MirPtrType))
INTEGER = TypeConstraint("an integer", lambda ty: isinstance(ty, IntegerType))
BOOLEAN = TypeConstraint("i1", lambda ty: ty == BOOL)


def parse_ptr(parser: Parser) -> Type:
    return MIR_PTR


def parse_pair(parser: Parser) -> Type:
    parser.expect("<")
    first = parser.type()
    parser.expect(",")
    second = parser.type()
    parser.expect(",")
    offset = parser.integer()
    parser.expect(",")
    size = parser.integer()
    parser.expect(">")
    return PairType(first, second, offset, size)


def parse_mem(parser: Parser) -> Type:
    parser.expect("<")
    name = parser.string()
    parser.expect(",")
    size = parser.integer()
    parser.expect(",")
    align = parser.integer()
    parser.expect(">")
    return MemType(name, size, align)
