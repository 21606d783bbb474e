"""libdevice (``__nv_*``) calls to the host: LLVM intrinsics, the C math library, or a few lines of IR.

What it is: a table by name. What it assumes: a declared ``__nv_`` function has CUDA's signature. What it guarantees:
the same function up to the last units in the last place; a name it does not know raises :class:`UnsupportedDevice`.
Example: ``__nv_powf`` is ``powf``; ``__nv_rsqrtf`` is ``1 / sqrt(x)``; ``__nv_fast_expf`` is ``expf``.
"""

from __future__ import annotations

from compiler.emulator.emit import Emitter
from compiler.emulator.ir_text import Call

_C_FUNCTIONS = frozenset(
    [
        "sin",
        "cos",
        "tan",
        "asin",
        "acos",
        "atan",
        "atan2",
        "sinh",
        "cosh",
        "tanh",
        "asinh",
        "acosh",
        "atanh",
        "exp",
        "exp2",
        "expm1",
        "exp10",
        "log",
        "log2",
        "log10",
        "log1p",
        "pow",
        "cbrt",
        "hypot",
        "erf",
        "erfc",
        "tgamma",
        "lgamma",
        "fmod",
        "remainder",
        "remquo",
        "j0",
        "j1",
        "jn",
        "y0",
        "y1",
        "yn",
        "ldexp",
        "scalbn",
        "frexp",
        "modf",
        "ilogb",
        "logb",
        "nextafter",
        "fdim",
        "lround",
        "llround",
        "lrint",
        "llrint",
        "sincos",
    ]
)
_LLVM = {
    "sqrt": "sqrt",
    "fabs": "fabs",
    "floor": "floor",
    "ceil": "ceil",
    "trunc": "trunc",
    "round": "round",
    "rint": "roundeven",
    "nearbyint": "roundeven",
    "fma": "fma",
    "copysign": "copysign",
    "fmin": "minimumnum",
    "fmax": "maximumnum",
    "sqrt_rn": "sqrt",
    "fma_rn": "fma",
    "fsqrt_rn": "sqrt",
    "fmaf_rn": "fma",
    "abs": "abs",
}
_SUFFIX = {"float": "f32", "double": "f64"}
_TESTS = {
    "isnan": "fcmp uno {ty} {x}, 0.0",
    "isinf": "fcmp oeq {ty} {abs}, {inf}",
    "finite": "fcmp one {ty} {abs}, {inf}",
}
_PREDICATE_NAMES = {
    **{f"{test}{suffix}": test for test in ("isnan", "isinf") for suffix in ("f", "d")},
    "finitef": "finite",
    "isfinited": "finite",
}


def lower_libdevice(e: Emitter, call: Call) -> bool:
    """Replace a call of ``__nv_*``; False when it is something else."""
    if not call.callee.startswith("@__nv_"):
        return False
    name = call.callee[len("@__nv_") :].removeprefix("fast_")
    base = name[:-1] if name.endswith("f") and call.type != "double" and name not in ("erf",) else name
    arguments = ", ".join(f"{ty} {value}" for ty, value in call.args)
    if name in _PREDICATE_NAMES:
        result = _classify(e, call, _PREDICATE_NAMES[name])
    elif base in _LLVM and call.type in _SUFFIX:
        result = e.value(f"call {call.type} @llvm.{_LLVM[base]}.{_SUFFIX[call.type]}({arguments})")
    elif base in _C_FUNCTIONS:
        result = _c_call(e, call, name, arguments)
    else:
        result = _special(e, call, base)
    if result:
        e.bind(call.result, call.type, result)
    return True


def _c_call(e: Emitter, call: Call, name: str, arguments: str) -> str:
    types = ", ".join(ty for ty, _ in call.args)
    e.libm[name] = f"declare {call.type} @{name}({types})"
    text = f"call {call.type} @{name}({arguments})"
    if call.type == "void":
        e.line(text)
        return ""
    return e.value(text)


def _classify(e: Emitter, call: Call, test: str) -> str:
    ty, x = call.args[0]
    magnitude = e.value(f"call {ty} @llvm.fabs.{_SUFFIX[ty]}({ty} {x})")
    answer = e.value(_TESTS[test].format(ty=ty, x=x, abs=magnitude, inf="0x7FF0000000000000"))
    return e.resize(("i1", answer), call.type)


def _special(e: Emitter, call: Call, name: str) -> str:
    """Functions the C library does not have."""
    ty, suffix = call.type, _SUFFIX.get(call.type, "")
    values = [value for _, value in call.args]
    if name == "rsqrt":
        return e.value(f"fdiv {ty} 1.0, {e.value(f'call {ty} @llvm.sqrt.{suffix}({ty} {values[0]})')}")
    if name == "powi":
        return e.value(f"call {ty} @llvm.powi.{suffix}.i32({ty} {values[0]}, i32 {values[1]})")
    if name in ("fdivide", "fdiv_rn", "ddiv_rn"):
        return e.value(f"fdiv {ty} {values[0]}, {values[1]}")
    if name == "saturate":
        return e.native("saturate_f32", ("float", values[0]))
    if name in ("sinpi", "cospi"):
        pi = "0x400921FB60000000" if ty == "float" else "0x400921FB54442D18"
        angle = e.value(f"fmul {ty} {values[0]}, {pi}")
        c_name = name[:3] + ("f" if ty == "float" else "")
        e.libm[c_name] = f"declare {ty} @{c_name}({ty})"
        return e.value(f"call {ty} @{c_name}({ty} {angle})")
    raise e.unsupported(f"libdevice function {call.callee[1:]}")
