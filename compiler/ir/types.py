"""Builtin types: integers, floats, vectors, function types; the base class dialect types derive from.

What it is: immutable values compared by content, printed as MLIR prints them (``i32``, ``ui64``, ``f32``,
``vector<2xf16>``, ``(i32) -> f32``, ``!llvm.ptr<3>``). What it assumes: a dialect type sets ``dialect`` and
``mnemonic`` and prints its own parameters. What it guarantees: ``str(t)`` parses back to an equal type. Example::

    assert str(IntegerType(32, "u")) == "ui32" and str(VectorType(2, F16)) == "vector<2xf16>"
"""

from __future__ import annotations

from typing import ClassVar

from compiler.base.dataclass import dataclass


class Type:
    """Base of all types. Subclasses are frozen and hashable."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class IntegerType(Type):
    """``i32`` (signless), ``si32``, ``ui32``; ``signedness`` is "", "s" or "u"."""

    width: int
    signedness: str = ""

    def __str__(self) -> str:
        return f"{self.signedness}i{self.width}"


@dataclass(frozen=True, slots=True)
class FloatType(Type):
    """``f16``, ``bf16``, ``f32`` or ``f64``."""

    name: str

    @property
    def width(self) -> int:
        return FLOAT_WIDTHS[self.name]

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class VectorType(Type):
    """A fixed-length vector of scalars: ``vector<2xf16>``."""

    length: int
    element: Type

    def __str__(self) -> str:
        return f"vector<{self.length}x{self.element}>"


@dataclass(frozen=True, slots=True)
class FunctionType(Type):
    """``(inputs) -> results``; one result prints without parentheses."""

    inputs: tuple[Type, ...]
    results: tuple[Type, ...]

    def __str__(self) -> str:
        return f"({', '.join(map(str, self.inputs))}) -> {results_text(self.results)}"


class DialectType(Type):
    """Base of ``!dialect.mnemonic<parameters>`` types."""

    __slots__ = ()
    dialect: ClassVar[str]
    mnemonic: ClassVar[str]

    def parameters(self) -> str:
        """The text between the angle brackets; empty for none."""
        return ""

    def __str__(self) -> str:
        parameters = self.parameters()
        head = f"!{self.dialect}.{self.mnemonic}"
        return f"{head}<{parameters}>" if parameters else head


def results_text(results: tuple[Type, ...]) -> str:
    """Result types as the generic form writes them: bare when there is exactly one non-function type."""
    if len(results) == 1 and not isinstance(results[0], FunctionType):
        return str(results[0])
    return f"({', '.join(map(str, results))})"


FLOAT_WIDTHS = {"f16": 16, "bf16": 16, "f32": 32, "f64": 64}
F16, BF16, F32, F64 = (FloatType(name) for name in FLOAT_WIDTHS)
I1, I8, I16, I32, I64, I128 = (IntegerType(width) for width in (1, 8, 16, 32, 64, 128))
