"""Value types of dialect-mir as LLVM types, in registers and in memory.

What it is: the one place that says how a MIR value looks to LLVM. A scalar is one LLVM value, a pair two. ``bool`` is
``i1`` in a register and ``i8`` in memory. What it guarantees: sizes in memory equal the Rust layout's. Example::

    register_types(PairType(MIR_PTR, USIZE, 8, 16)) == (PTR, I64)
    memory_type(BOOL) == I8
"""

from __future__ import annotations

from functools import cache

from compiler.dialects.llvm.types import PTR, StructType
from compiler.dialects.mir.types import BOOL, MirPtrType, PairType
from compiler.ir.errors import IRError
from compiler.ir.types import I8, FloatType, FunctionType, IntegerType, Type


@cache
def register_types(ty: Type) -> tuple[Type, ...]:
    """The LLVM values a MIR value becomes."""
    if isinstance(ty, PairType):
        return register_types(ty.first) + register_types(ty.second)
    if isinstance(ty, IntegerType):
        return (IntegerType(ty.width),)
    if isinstance(ty, FloatType):
        return (ty,)
    if isinstance(ty, MirPtrType):
        return (PTR,)
    raise IRError(f"type {ty} is not a value")


def memory_type(ty: Type) -> Type:
    """The LLVM type a scalar is loaded and stored as."""
    return I8 if ty == BOOL else register_types(ty)[0]


def scalar_size(ty: Type) -> int:
    """Bytes of a scalar in memory."""
    if isinstance(ty, IntegerType):
        return max(1, ty.width // 8)
    return ty.width // 8 if isinstance(ty, FloatType) else 8


def result_type(ty: Type) -> Type:
    """What a function returns: a pair as a struct."""
    types = register_types(ty)
    return types[0] if len(types) == 1 else StructType(types)


def function_type(ty: FunctionType) -> FunctionType:
    """The LLVM signature of an internal device function."""
    inputs = tuple(llvm for arg in ty.inputs for llvm in register_types(arg))
    return FunctionType(inputs, tuple(result_type(res) for res in ty.results))


def is_signed(ty: Type) -> bool:
    return isinstance(ty, IntegerType) and ty.signedness == "s"
