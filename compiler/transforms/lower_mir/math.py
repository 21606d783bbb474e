"""Float functions: LLVM intrinsics where the hardware has the operation, libdevice for the rest.

What it is: a table from rustc's intrinsic names (``sqrtf32``, ``powif64`` ...) to ``llvm.*`` or ``__nv_*``. What it
assumes: libdevice is linked when an ``__nv_*`` function is declared; ``f16`` is computed in ``f32``. What it
guarantees: ``sqrt`` is ``sqrt.rn``, ``fma`` is one rounding. Example::

    float_function(low, "sinf32", [x])     # call float @__nv_sinf(float %x)
"""

from __future__ import annotations

from collections.abc import Sequence

from compiler.dialects.llvm import ops_arith as llvm
from compiler.dialects.llvm.ops_control import CallOp
from compiler.ir.attributes import SymbolRefAttr
from compiler.ir.core import Value
from compiler.ir.types import F16, F32, F64, FloatType
from compiler.transforms.lower_mir.lowering import Lowering

LLVM_FUNCTIONS = {
    "sqrt": "sqrt", "floor": "floor", "ceil": "ceil", "trunc": "trunc", "round": "round",
    "round_ties_even_": "roundeven",
    "copysign": "copysign", "minimum": "minimum", "maximum": "maximum", "minimum_number_nsz_": "minnum",
    "maximum_number_nsz_": "maxnum", "minnum": "minnum", "maxnum": "maxnum", "fma": "fma", "fmuladd": "fma",
    "fabs": "fabs",
}  # fmt: skip
LIBDEVICE_FUNCTIONS = {
    "sin": "sin", "cos": "cos", "tan": "tan", "asin": "asin", "acos": "acos", "atan": "atan", "atan2": "atan2",
    "sinh": "sinh", "cosh": "cosh", "tanh": "tanh", "asinh": "asinh", "acosh": "acosh", "atanh": "atanh", "exp": "exp",
    "exp2": "exp2", "exp10": "exp10", "expm1": "expm1", "log": "log", "log2": "log2", "log10": "log10",
    "log1p": "log1p", "pow": "pow", "powi": "powi", "hypot": "hypot", "cbrt": "cbrt", "fmod": "fmod", "fdim": "fdim",
    "erf": "erf", "erfc": "erfc", "tgamma": "tgamma", "lgamma": "lgamma", "rsqrt": "rsqrt", "rcbrt": "rcbrt",
}  # fmt: skip
FLOATS = {"f16": F16, "f32": F32, "f64": F64}


def split_name(intrinsic: str) -> tuple[str, FloatType] | None:
    """``"sqrtf32"`` to ("sqrt", f32); None if it does not end in a float type."""
    ty = FLOATS.get(intrinsic[-3:])
    return (intrinsic[:-3], ty) if ty is not None else None


def is_float_function(intrinsic: str) -> bool:
    split = split_name(intrinsic)
    return split is not None and (split[0] in LLVM_FUNCTIONS or split[0] in LIBDEVICE_FUNCTIONS)


def float_function(low: Lowering, intrinsic: str, args: Sequence[Value]) -> Value:
    split = split_name(intrinsic)
    assert split is not None
    base, ty = split
    if base in LLVM_FUNCTIONS:
        return llvm_function(low, LLVM_FUNCTIONS[base], ty, args)
    if ty == F16:
        wide = [low.value(llvm.FPExtOp([a], [F32])) if a.type == F16 else a for a in args]
        return low.value(llvm.FPTruncOp([call_libdevice(low, LIBDEVICE_FUNCTIONS[base], wide)], [F16]))
    return call_libdevice(low, LIBDEVICE_FUNCTIONS[base], args)


def llvm_function(low: Lowering, name: str, ty: FloatType, args: Sequence[Value]) -> Value:
    if ty == F16 and name == "sqrt":
        wide = [low.value(llvm.FPExtOp([a], [F32])) for a in args]
        return low.value(llvm.FPTruncOp([low.call_value("llvm.sqrt.f32", wide, F32)], [F16]))
    return low.call_value(f"llvm.{name}.{ty.name}", args, ty)


def call_libdevice(low: Lowering, name: str, args: Sequence[Value]) -> Value:
    """``__nv_<name>`` or ``__nv_<name>f`` by the first argument's type."""
    ty = args[0].type
    symbol = f"__nv_{name}{'f' if ty == F32 else ''}"
    low.externs[symbol] = (tuple(a.type for a in args), ty)
    return low.value(CallOp(args, [ty], {"callee": SymbolRefAttr(symbol)}))
