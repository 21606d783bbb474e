"""Types of the ``llvm`` dialect: pointers with address spaces, structs, arrays.

What it is: MLIR's spelling of LLVM types; scalars and vectors are the builtin ones. What it assumes: pointers are
opaque. What it guarantees: ``str`` parses back. Example::

    assert str(PointerType(3)) == "!llvm.ptr<3>"
    assert str(StructType((I32, F32))) == "!llvm.struct<(i32, f32)>"
    assert str(ArrayType(4, F32)) == "!llvm.array<4 x f32>"
"""

from __future__ import annotations

from typing import ClassVar

from compiler.base.dataclass import dataclass
from compiler.ir.core import TypeConstraint
from compiler.ir.parser import Parser
from compiler.ir.types import DialectType, FloatType, IntegerType, Type, VectorType

GENERIC, GLOBAL, SHARED, CONSTANT, LOCAL, SHARED_CLUSTER = 0, 1, 3, 4, 5, 7  # NVPTX address spaces


@dataclass(frozen=True, slots=True)
class PointerType(DialectType):
    address_space: int = 0
    dialect: ClassVar[str] = "llvm"
    mnemonic: ClassVar[str] = "ptr"

    def parameters(self) -> str:
        return str(self.address_space) if self.address_space else ""

    def __str__(self) -> str:
        return f"!llvm.ptr<{self.address_space}>" if self.address_space else "!llvm.ptr"


@dataclass(frozen=True, slots=True)
class StructType(DialectType):
    elements: tuple[Type, ...]
    packed: bool = False
    dialect: ClassVar[str] = "llvm"
    mnemonic: ClassVar[str] = "struct"

    def parameters(self) -> str:
        return f"{'packed ' if self.packed else ''}({', '.join(map(str, self.elements))})"

    def __str__(self) -> str:
        return f"!llvm.struct<{self.parameters()}>"


@dataclass(frozen=True, slots=True)
class ArrayType(DialectType):
    length: int
    element: Type
    dialect: ClassVar[str] = "llvm"
    mnemonic: ClassVar[str] = "array"

    def parameters(self) -> str:
        return f"{self.length} x {self.element}"

    def __str__(self) -> str:
        return f"!llvm.array<{self.length} x {self.element}>"


PTR = PointerType(GENERIC)

ANY = TypeConstraint("any type", lambda ty: True)
INTEGER = TypeConstraint(
    "an integer or vector of integers",
    lambda ty: isinstance(ty, IntegerType) or (isinstance(ty, VectorType) and isinstance(ty.element, IntegerType)),
)
BOOLEAN = TypeConstraint("i1", lambda ty: isinstance(ty, IntegerType) and ty.width == 1)
FLOAT = TypeConstraint(
    "a float or vector of floats",
    lambda ty: isinstance(ty, FloatType) or (isinstance(ty, VectorType) and isinstance(ty.element, FloatType)),
)
POINTER = TypeConstraint("a pointer", lambda ty: isinstance(ty, PointerType))
AGGREGATE = TypeConstraint("a struct or array", lambda ty: isinstance(ty, StructType | ArrayType))


def parse_pointer(parser: Parser) -> Type:
    if not parser.accept("<"):
        return PTR
    space = parser.integer()
    parser.expect(">")
    return PointerType(space)


def parse_struct(parser: Parser) -> Type:
    parser.expect("<")
    packed = parser.accept("packed")
    parser.expect("(")
    elements = tuple(parser.comma_list(")", parser.type))
    parser.expect(">")
    return StructType(elements, packed)


def parse_array(parser: Parser) -> Type:
    parser.expect("<")
    length = parser.integer()
    parser.expect("x")
    element = parser.type()
    parser.expect(">")
    return ArrayType(length, element)
