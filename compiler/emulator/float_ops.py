"""Floating-point operations of PTX: rounding modes, flush-to-zero, saturation, packed halves, approximations.

What it is: one lowering shared by the ``llvm.nvvm.*`` intrinsics and by inline PTX; both name an operation, its
modifiers and its type in PTX's words. What it assumes: operands are LLVM values of any type with the right number of
bits. What it guarantees: IEEE results for rounded operations in all four modes; ``.approx`` operations return the
correctly rounded library result, which is at least as exact as the hardware's. Example::

    float_op(e, "fma", {"rz", "ftz"}, "f32", [("float", "%a"), ("float", "%b"), ("float", "%c")])
"""

from __future__ import annotations

import platform
from collections.abc import Collection, Sequence

from compiler.emulator.emit import Emitter

Operand = tuple[str, str]

# <fenv.h> of the host: glibc, musl and macOS use the control register's bits.
_FENV_ARM = {"rp": 0x400000, "rm": 0x800000, "rz": 0xC00000}
_FENV_X86 = {"rm": 0x400, "rp": 0x800, "rz": 0xC00}
ROUNDING = _FENV_ARM if platform.machine().lower() in ("aarch64", "arm64") else _FENV_X86
_LLVM_TYPES = {"f32": "float", "f64": "double", "f16": "half", "bf16": "bfloat"}
_ARITHMETIC = {"add": "fadd", "sub": "fsub", "mul": "fmul", "div": "fdiv"}
_LIBRARY = {"sin": "sin", "cos": "cos", "lg2": "log2", "ex2": "exp2", "tanh": "tanh"}
_ONE = {"float": "1.0", "double": "1.0"}


def float_op(e: Emitter, op: str, modifiers: Collection[str], ty: str, operands: Sequence[Operand]) -> Operand:
    """Emit one operation; returns the (type, value) of the result, packed types as integers."""
    if ty in ("f16x2", "bf16x2", "f32x2"):
        return _packed(e, op, modifiers, ty, operands)
    if ty in ("f16", "bf16"):
        return _narrow(e, op, modifiers, ty, operands)
    llvm = _LLVM_TYPES[ty]
    values = [e.resize(operand, llvm) for operand in operands]
    if "ftz" in modifiers and ty == "f32":
        values = [e.native("flush_f32", ("float", value)) for value in values]
    result = _wide(e, op, modifiers, llvm, values)
    if "ftz" in modifiers and ty == "f32":
        result = e.native("flush_f32", ("float", result))
    if "sat" in modifiers:
        result = e.native(f"saturate_{ty}", (llvm, result))
    if "relu" in modifiers:
        result = _relu(e, llvm, result)
    return llvm, result


def _relu(e: Emitter, llvm: str, value: str) -> str:
    return e.value(f"call {llvm} @llvm.maximum.{_suffix(llvm)}({llvm} {value}, {llvm} 0.0)")


def _suffix(llvm: str) -> str:
    return {"float": "f32", "double": "f64", "half": "f16", "bfloat": "bf16"}[llvm]


def _wide(e: Emitter, op: str, modifiers: Collection[str], llvm: str, v: list[str]) -> str:
    """An f32 or f64 operation."""
    mode = next((m for m in ("rz", "rm", "rp") if m in modifiers), "")
    suffix = _suffix(llvm)
    if op == "rcp":
        op, v = "div", [_ONE[llvm], v[0]]
    if mode and op in ("add", "sub", "mul", "div", "fma", "sqrt"):
        return _rounded(e, op, llvm, v, mode)
    if op in _ARITHMETIC:
        return e.value(f"{_ARITHMETIC[op]} {llvm} {v[0]}, {v[1]}")
    if op in ("fma", "mad"):
        return e.value(f"call {llvm} @llvm.fma.{suffix}({llvm} {v[0]}, {llvm} {v[1]}, {llvm} {v[2]})")
    if op in ("min", "max"):
        return _extremum(e, op, modifiers, llvm, v)
    if op in ("sqrt", "rsqrt"):
        root = e.value(f"call {llvm} @llvm.sqrt.{suffix}({llvm} {v[0]})")
        return root if op == "sqrt" else e.value(f"fdiv {llvm} 1.0, {root}")
    if op == "abs":
        return e.value(f"call {llvm} @llvm.fabs.{suffix}({llvm} {v[0]})")
    if op == "neg":
        return e.value(f"fneg {llvm} {v[0]}")
    if op == "copysign":  # PTX: sign of the first operand, magnitude of the second
        return e.value(f"call {llvm} @llvm.copysign.{suffix}({llvm} {v[1]}, {llvm} {v[0]})")
    if op in _LIBRARY:
        name = _LIBRARY[op] + ("f" if llvm == "float" else "")
        e.libm[name] = f"declare {llvm} @{name}({llvm})"
        return e.value(f"call {llvm} @{name}({llvm} {v[0]})")
    raise e.unsupported(f"floating-point operation {op}")


def _extremum(e: Emitter, op: str, modifiers: Collection[str], llvm: str, v: list[str]) -> str:
    suffix = _suffix(llvm)
    sign = ""
    if "xorsign" in modifiers:
        bits = {"float": "i32", "double": "i64"}[llvm]
        left, right = (e.resize((llvm, value), bits) for value in v)
        sign = e.resize((bits, e.value(f"xor {bits} {left}, {right}")), llvm)
        v = [e.value(f"call {llvm} @llvm.fabs.{suffix}({llvm} {value})") for value in v]
    name = f"{op}imum" if "NaN" in modifiers or "nan" in modifiers else f"{op}imumnum"
    result = e.value(f"call {llvm} @llvm.{name}.{suffix}({llvm} {v[0]}, {llvm} {v[1]})")
    if sign:
        result = e.value(f"call {llvm} @llvm.copysign.{suffix}({llvm} {result}, {llvm} {sign})")
    return result


def _rounded(e: Emitter, op: str, llvm: str, v: list[str], mode: str) -> str:
    """Through a helper that switches the host's rounding mode around one constrained operation."""
    name = f"oxide.round.{op}.{_suffix(llvm)}"
    params = ", ".join(f"{llvm} %a{i}" for i in range(len(v)))
    intrinsic = _ARITHMETIC.get(op, op)
    e.libm["fesetround"] = "declare i32 @fesetround(i32)"
    e.libm[name] = (
        f"define internal {llvm} @{name}({params}, i32 %mode) noinline strictfp {{\n"
        f"  %1 = call i32 @fesetround(i32 %mode) strictfp\n"
        f"  %2 = call {llvm} @llvm.experimental.constrained.{intrinsic}.{_suffix(llvm)}({params},"
        ' metadata !"round.dynamic", metadata !"fpexcept.strict") strictfp\n'
        f"  %3 = call i32 @fesetround(i32 0) strictfp\n"
        f"  ret {llvm} %2\n}}"
    )
    arguments = ", ".join(f"{llvm} {value}" for value in v)
    return e.value(f"call {llvm} @{name}({arguments}, i32 {ROUNDING[mode]})")


def _packed(e: Emitter, op: str, modifiers: Collection[str], ty: str, operands: Sequence[Operand]) -> Operand:
    """Two lanes, low half first."""
    lane, bits = ty[:-2], 32 if ty == "f32x2" else 16
    packed = [e.resize(operand, f"i{2 * bits}") for operand in operands]
    halves: list[str] = []
    for shift in (0, bits):
        lanes = []
        for value in packed:
            part = e.value(f"lshr i{2 * bits} {value}, {shift}")
            lanes.append((f"i{bits}", e.value(f"trunc i{2 * bits} {part} to i{bits}")))
        result = float_op(e, op, modifiers, lane, lanes)
        halves.append(e.resize((f"i{bits}", e.resize(result, f"i{bits}")), f"i{2 * bits}"))
    high = e.value(f"shl i{2 * bits} {halves[1]}, {bits}")
    return f"i{2 * bits}", e.value(f"or i{2 * bits} {high}, {halves[0]}")


def _narrow(e: Emitter, op: str, modifiers: Collection[str], ty: str, operands: Sequence[Operand]) -> Operand:
    """A half or bfloat16 operation in a wider type, rounded once at the end."""
    if op in ("neg", "abs"):
        bits = e.resize(operands[0], "i16")
        return "i16", e.value(f"{'xor' if op == 'neg' else 'and'} i16 {bits}, {-32768 if op == 'neg' else 32767}")
    wide = "double" if op in ("fma", "mad") else "float"
    values = [widen(e, ty, operand, wide) for operand in operands]
    result = _wide(e, op, modifiers, wide, values)
    if "relu" in modifiers:
        result = _relu(e, wide, result)
    if "sat" in modifiers:
        result = e.native("saturate_f64" if wide == "double" else "saturate_f32", (wide, result))
    return "i16", round_narrow(e, ty, (wide, result))


def widen(e: Emitter, ty: str, operand: Operand, wide: str = "float") -> str:
    """An f16, bf16, e4m3 or e5m2 operand as float or double."""
    if ty == "f16":
        half = e.resize(("i16", e.resize(operand, "i16")), "half")
        value = e.value(f"fpext half {half} to float")
    elif ty == "bf16":
        value = e.native("bf16_to_f32", ("i16", e.resize(operand, "i16")))
    else:
        value = e.native(f"{ty}_to_f32", ("i8", e.resize(operand, "i8")))
    return value if wide == "float" else e.value(f"fpext float {value} to double")


def round_narrow(e: Emitter, ty: str, operand: Operand, mode: str = "rn") -> str:
    """Round float or double to the i16 bits of an f16 or bf16."""
    wide, value = operand
    if ty == "bf16":
        if wide == "double":
            value = e.native("f64_to_f32_odd", ("double", value))
        name = "f32_to_bf16_rz" if mode == "rz" else "f32_to_bf16"
        return e.resize(("i32", e.native(name, ("float", value))), "i16")
    if wide == "float":
        value = e.value(f"fpext float {value} to double")
    name = "f64_to_f16_rz" if mode == "rz" else "f64_to_f16"
    return e.resize(("i32", e.native(name, ("double", value))), "i16")


def convert(e: Emitter, target: str, source: str, modifiers: Collection[str], operands: Sequence[Operand]) -> Operand:
    """``cvt`` to a packed or narrow float; the first of two operands goes to the high half."""
    mode = "rz" if "rz" in modifiers else "rn"
    if target == "tf32":
        return "i32", _to_tf32(e, modifiers, operands[0])
    if target in ("f16x2", "bf16x2") and source == "f32":
        high, low = (_relu_f32(e, modifiers, operand) for operand in operands)
        return "i32", _pair(e, *(round_narrow(e, target[:-2], ("float", v), mode) for v in (high, low)))
    if target in ("e4m3x2", "e5m2x2"):
        if source == "f32":
            high, low = (_relu_f32(e, modifiers, operand) for operand in operands)
        else:
            high, low = (_relu_f32(e, modifiers, ("float", v)) for v in reversed(_halves(e, source[:-2], operands[0])))
        bytes_ = [e.native(f"f32_to_{target[:-2]}", ("float", v)) for v in (high, low)]
        upper = e.value(f"shl i32 {bytes_[0]}, 8")
        return "i16", e.resize(("i32", e.value(f"or i32 {upper}, {bytes_[1]}")), "i16")
    if source in ("e4m3x2", "e5m2x2") and target == "f16x2":
        packed = e.resize(operands[0], "i16")
        upper = e.value(f"lshr i16 {packed}, 8")
        lanes = [widen(e, source[:-2], ("i16", v)) for v in (upper, packed)]
        lanes = [_relu_f32(e, modifiers, ("float", v)) for v in lanes]
        return "i32", _pair(e, *(round_narrow(e, "f16", ("float", v)) for v in lanes))
    raise e.unsupported(f"cvt.{target}.{source}")


def _pair(e: Emitter, high: str, low: str) -> str:
    upper = e.value(f"shl i32 {e.resize(('i16', high), 'i32')}, 16")
    return e.value(f"or i32 {upper}, {e.resize(('i16', low), 'i32')}")


def _halves(e: Emitter, ty: str, operand: Operand) -> list[str]:
    """Low and high lane of a packed pair as float."""
    packed = e.resize(operand, "i32")
    upper = e.value(f"lshr i32 {packed}, 16")
    return [widen(e, ty, ("i32", v)) for v in (packed, upper)]


def _relu_f32(e: Emitter, modifiers: Collection[str], operand: Operand) -> str:
    value = e.resize(operand, "float")
    return _relu(e, "float", value) if "relu" in modifiers else value


def _to_tf32(e: Emitter, modifiers: Collection[str], operand: Operand) -> str:
    mode = next((m for m in ("rna", "rz", "rn") if m in modifiers), "rn")
    value = _relu_f32(e, modifiers, operand)
    bits = e.native(f"f32_to_tf32_{mode}", ("float", value))
    return e.native("tf32_finite", ("i32", bits)) if "satfinite" in modifiers else bits
