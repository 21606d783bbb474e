"""Arithmetic, comparisons and casts of scalars.

What it is: Rust's rules in LLVM's operations: ``+ - *`` wrap, shift amounts are masked, division is plain (checks
came before), floats carry ``contract`` only, float to integer saturates with NaN as 0, comparisons are by signedness.
Before and after::

    %2 = "mir.binary"(%0, %1) {op = "Shl"} : (ui32, ui32) -> ui32
    %3 = "llvm.and"(%1, 31) ; %2 = "llvm.shl"(%0, %3)
"""

from __future__ import annotations

from collections.abc import Callable

from compiler.dialects.llvm import ops_arith as llvm
from compiler.dialects.llvm.types import PTR, StructType
from compiler.dialects.mir import ops as mir
from compiler.dialects.mir.types import MirPtrType
from compiler.ir.attributes import Attribute, BoolAttr, DenseArrayAttr, FloatAttr, IntegerAttr, StringAttr, UnitAttr
from compiler.ir.core import Operation, Value
from compiler.ir.errors import IRError
from compiler.ir.types import I1, I64, FloatType, IntegerType, Type
from compiler.transforms.lower_mir.lowering import Lowering, type_suffix
from compiler.transforms.lower_mir.math import call_libdevice
from compiler.transforms.lower_mir.types import is_signed, register_types

INTEGER_OPS: dict[str, tuple[type[Operation], type[Operation]]] = {  # unsigned, signed
    "Add": (llvm.AddOp, llvm.AddOp),
    "Sub": (llvm.SubOp, llvm.SubOp),
    "Mul": (llvm.MulOp, llvm.MulOp),
    "Div": (llvm.UDivOp, llvm.SDivOp),
    "Rem": (llvm.URemOp, llvm.SRemOp),
    "BitXor": (llvm.XOrOp, llvm.XOrOp),
    "BitAnd": (llvm.AndOp, llvm.AndOp),
    "BitOr": (llvm.OrOp, llvm.OrOp),
}
FLOAT_OPS: dict[str, type[Operation]] = {
    "Add": llvm.FAddOp,
    "Sub": llvm.FSubOp,
    "Mul": llvm.FMulOp,
    "Div": llvm.FDivOp,
}
INTEGER_PREDICATES = {"Eq": "eq", "Ne": "ne", "Lt": "lt", "Le": "le", "Gt": "gt", "Ge": "ge"}
FLOAT_PREDICATES = {"Eq": "oeq", "Ne": "une", "Lt": "olt", "Le": "ole", "Gt": "ogt", "Ge": "oge"}
OVERFLOW_NAMES = {"AddWithOverflow": "add", "SubWithOverflow": "sub", "MulWithOverflow": "mul"}


def lower_constant(low: Lowering, op: mir.ConstantOp) -> None:
    ty = register_types(op.results[0].type)[0]
    value = op.value
    if isinstance(value, FloatAttr):
        low.bind(op, low.float_const(value.bits, value.type))
    elif isinstance(value, BoolAttr):
        low.bind(op, low.const(int(value.value), I1))
    elif isinstance(value, IntegerAttr) and isinstance(ty, IntegerType):
        low.bind(op, low.const(value.value, ty))
    elif isinstance(value, IntegerAttr) and ty == PTR:
        low.bind(op, int_to_ptr(low, low.const(value.value, I64)))
    else:
        raise IRError(f"constant {value} cannot have type {ty}")


def int_to_ptr(low: Lowering, value: Value) -> Value:
    return low.value(llvm.IntToPtrOp([value], [PTR]))


# ---------------------------------------------------------------- binary


def lower_binary(low: Lowering, op: mir.BinaryOp) -> None:
    name = op.op.value
    ty = op.operands[0].type
    left, right = low.of(op.operands[0]), low.of(op.operands[1])
    if name in INTEGER_PREDICATES:
        low.bind(op, compare(low, name, ty, left, right))
    elif name in OVERFLOW_NAMES:
        low.bind(op, *overflowing(low, name, ty, left, right))
    elif name in ("Shl", "Shr"):
        low.bind(op, shift(low, op, left, right))
    elif isinstance(ty, FloatType):
        low.bind(op, float_binary(low, op, ty, left, right))
    elif isinstance(ty, IntegerType):
        unsigned, signed = INTEGER_OPS[name]
        op_class = signed if is_signed(ty) else unsigned
        low.bind(op, low.value(op_class([left, right], [left.type], integer_flags(op))))
    else:
        raise IRError(f"'{name}' of {ty} has no lowering")


def integer_flags(op: mir.BinaryOp) -> dict[str, Attribute]:
    if op.flags is None:
        return {}
    if op.flags.value == "exact":
        return {"isExact": UnitAttr()}
    return {"overflowFlags": op.flags}


def float_binary(low: Lowering, op: mir.BinaryOp, ty: FloatType, left: Value, right: Value) -> Value:
    flags = {"fastmathFlags": op.flags} if op.flags is not None else low.float_flags
    name = op.op.value
    if name != "Rem":
        return low.value(FLOAT_OPS[name]([left, right], [ty], dict(flags)))
    if ty.width == 64 or op.flags is not None:  # LLVM expands frem inexactly; fmod is exact
        return fmod(low, left, right) if op.flags is None else low.value(llvm.FRemOp([left, right], [ty], dict(flags)))
    if ty.width == 32:
        return fmod(low, left, right)
    f32 = FloatType("f32")
    wide = [low.value(llvm.FPExtOp([value], [f32])) for value in (left, right)]
    return low.value(llvm.FPTruncOp([fmod(low, *wide)], [ty]))


def fmod(low: Lowering, left: Value, right: Value) -> Value:
    return call_libdevice(low, "fmod", [left, right])


def shift(low: Lowering, op: mir.BinaryOp, left: Value, amount: Value) -> Value:
    """Amounts are taken modulo the width (Rust's release semantics)."""
    ty = left.type
    assert isinstance(ty, IntegerType)
    amount = resize_integer(low, amount, ty, signed=False)
    if op.flags is None:
        amount = low.value(llvm.AndOp([amount, low.const(ty.width - 1, ty)], [ty]))
    if op.op.value == "Shl":
        return low.value(llvm.ShlOp([left, amount], [ty]))
    op_class = llvm.AShrOp if is_signed(op.operands[0].type) else llvm.LShrOp
    return low.value(op_class([left, amount], [ty]))


def compare(low: Lowering, name: str, ty: Type, left: Value, right: Value) -> Value:
    if isinstance(ty, FloatType):
        return low.value(llvm.FCmpOp([left, right], [I1], {"predicate": StringAttr(FLOAT_PREDICATES[name])}))
    predicate = INTEGER_PREDICATES[name]
    if predicate not in ("eq", "ne"):
        predicate = ("s" if is_signed(ty) else "u") + predicate
    return low.value(llvm.ICmpOp([left, right], [I1], {"predicate": StringAttr(predicate)}))


def overflowing(low: Lowering, name: str, ty: Type, left: Value, right: Value) -> tuple[Value, Value]:
    sign = "s" if is_signed(ty) else "u"
    pair = StructType((left.type, I1))
    both = low.call_value(
        f"llvm.{sign}{OVERFLOW_NAMES[name]}.with.overflow.{type_suffix(left.type)}", [left, right], pair
    )
    return extract(low, both, 0, left.type), extract(low, both, 1, I1)


def extract(low: Lowering, value: Value, index: int, ty: Type) -> Value:
    return low.value(llvm.ExtractValueOp([value], [ty], {"position": DenseArrayAttr((index,), I64)}))


def lower_unary(low: Lowering, op: mir.UnaryOp) -> None:
    arg = low.of(op.operands[0])
    ty = arg.type
    if op.op.value == "Neg" and isinstance(ty, FloatType):
        low.bind(op, low.value(llvm.FNegOp([arg], [ty])))
    elif op.op.value == "Neg":
        low.bind(op, low.value(llvm.SubOp([low.const(0, ty), arg], [ty])))
    else:
        low.bind(op, low.value(llvm.XOrOp([arg, low.const(-1, ty)], [ty])))


def lower_select(low: Lowering, op: mir.SelectOp) -> None:
    condition = low.of(op.operands[0])
    chosen = [
        low.value(llvm.SelectOp([condition, yes, no], [yes.type]))
        for yes, no in zip(low.values[op.operands[1]], low.values[op.operands[2]], strict=True)
    ]
    low.bind(op, *chosen)


def lower_pair(low: Lowering, op: mir.PairOp) -> None:
    low.bind(op, low.of(op.operands[0]), low.of(op.operands[1]))


def lower_component(low: Lowering, op: mir.ComponentOp) -> None:
    low.bind(op, low.values[op.operands[0]][op.index.value])


def lower_undef(low: Lowering, op: mir.UndefOp) -> None:
    low.bind(op, *(low.value(llvm.UndefOp((), (ty,))) for ty in register_types(op.results[0].type)))


# ---------------------------------------------------------------- casts


def lower_cast(low: Lowering, op: mir.CastOp) -> None:
    source, target = op.operands[0].type, op.results[0].type
    low.bind(op, CASTS[op.kind.value](low, low.of(op.operands[0]), source, target))


def resize_integer(low: Lowering, value: Value, ty: IntegerType, signed: bool) -> Value:
    assert isinstance(value.type, IntegerType)
    if value.type.width == ty.width:
        return value
    if value.type.width > ty.width:
        return low.value(llvm.TruncOp([value], [ty]))
    return low.value((llvm.SExtOp if signed else llvm.ZExtOp)([value], [ty]))


def int_to_int(low: Lowering, value: Value, source: Type, target: Type) -> Value:
    ty = register_types(target)[0]
    assert isinstance(ty, IntegerType)
    return resize_integer(low, value, ty, is_signed(source))


def int_to_float(low: Lowering, value: Value, source: Type, target: Type) -> Value:
    return low.value((llvm.SIToFPOp if is_signed(source) else llvm.UIToFPOp)([value], [target]))


def float_to_int(low: Lowering, value: Value, source: Type, target: Type) -> Value:
    """Saturating, NaN is 0 (the Rust reference on ``as``)."""
    ty = register_types(target)[0]
    sign = "si" if is_signed(target) else "ui"
    if isinstance(ty, IntegerType) and ty.width == 128 and isinstance(source, FloatType):
        return _float_to_wide(low, value, source, ty, sign == "si")
    return low.call_value(f"llvm.fpto{sign}.sat.{type_suffix(ty)}.{type_suffix(source)}", [value], ty)


def _float_to_wide(low: Lowering, value: Value, source: FloatType, ty: IntegerType, signed: bool) -> Value:
    """As ``float_to_int`` without ``llvm.fpto*.sat.i128``, which NVPTX cannot select; plain ones are expanded."""
    exponent_bits, mantissa_bits = {16: (5, 10), 32: (8, 23), 64: (11, 52)}[source.width]
    bias, infinity = (1 << (exponent_bits - 1)) - 1, ((1 << exponent_bits) - 1) << mantissa_bits
    limit = min((127 if signed else 128) + bias << mantissa_bits, infinity)  # 2^127 or 2^128, or infinity if beyond

    def compare(predicate: str, bits: int) -> Value:
        bound = low.float_const(bits, source)
        return low.value(llvm.FCmpOp([value, bound], [I1], {"predicate": StringAttr(predicate)}))

    converted = low.value((llvm.FPToSIOp if signed else llvm.FPToUIOp)([value], [ty]))
    least, greatest = (-1 << 127, (1 << 127) - 1) if signed else (0, (1 << 128) - 1)
    below = compare("olt", limit | 1 << (source.width - 1) if signed else 0)
    chosen = low.value(llvm.SelectOp([below, low.const(least, ty), converted], [ty]))
    chosen = low.value(llvm.SelectOp([compare("oge", limit), low.const(greatest, ty), chosen], [ty]))
    return low.value(llvm.SelectOp([compare("uno", 0), low.const(0, ty), chosen], [ty]))


def float_to_float(low: Lowering, value: Value, source: Type, target: Type) -> Value:
    assert isinstance(source, FloatType) and isinstance(target, FloatType)
    if source.width == target.width:
        return value
    return low.value((llvm.FPTruncOp if source.width > target.width else llvm.FPExtOp)([value], [target]))


def transmute(low: Lowering, value: Value, source: Type, target: Type) -> Value:
    """The same bits as another scalar of the same size."""
    ty = register_types(target)[0]
    if value.type == ty:
        return value
    if isinstance(value.type, IntegerType) and isinstance(ty, IntegerType):  # bool as u8 and back
        return resize_integer(low, value, ty, signed=False)
    if isinstance(source, MirPtrType) and isinstance(ty, FloatType):
        value = low.value(llvm.PtrToIntOp([value], [I64]))
    if isinstance(value.type, FloatType) and ty == PTR:
        value = low.value(llvm.BitcastOp([value], [I64]))
    if ty == PTR:
        return int_to_ptr(low, value)
    if value.type == PTR:
        return low.value(llvm.PtrToIntOp([value], [ty]))
    return low.value(llvm.BitcastOp([value], [ty]))


def ptr_to_int(low: Lowering, value: Value, source: Type, target: Type) -> Value:
    return low.value(llvm.PtrToIntOp([value], [register_types(target)[0]]))


def int_to_pointer(low: Lowering, value: Value, source: Type, target: Type) -> Value:
    assert isinstance(value.type, IntegerType)
    return int_to_ptr(low, resize_integer(low, value, I64, is_signed(source)))


Cast = Callable[[Lowering, Value, Type, Type], Value]
CASTS: dict[str, Cast] = {
    "IntToInt": int_to_int,
    "IntToFloat": int_to_float,
    "FloatToInt": float_to_int,
    "FloatToFloat": float_to_float,
    "PtrToPtr": lambda low, value, source, target: value,
    "PtrToInt": ptr_to_int,
    "IntToPtr": int_to_pointer,
    "Transmute": transmute,
}


# ---------------------------------------------------------------- enums


def lower_discriminant(low: Lowering, op: mir.DiscriminantOp) -> None:
    """The tag itself, or for a niche the variant number computed without a branch.

    ``relative = tag - start; relative <= last - first ? first + relative : untagged`` (wrapping at the tag's width).
    """
    tag = low.of(op.operands[0])
    source, target = op.operands[0].type, register_types(op.results[0].type)[0]
    encoding = op.encoding
    assert isinstance(target, IntegerType)
    if encoding.encoding == "direct":
        low.bind(op, resize_integer(low, tag, target, is_signed(source)))
        return
    if isinstance(source, MirPtrType):
        tag = low.value(llvm.PtrToIntOp([tag], [I64]))
    ty = tag.type
    untagged = low.const(encoding.untagged, target)
    if encoding.first == encoding.last:
        equal = StringAttr("eq")
        hit = low.value(llvm.ICmpOp([tag, low.const(encoding.start, ty)], [I1], {"predicate": equal}))
        low.bind(op, low.value(llvm.SelectOp([hit, low.const(encoding.first, target), untagged], [target])))
        return
    relative = low.value(llvm.SubOp([tag, low.const(encoding.start, ty)], [ty]))
    last = low.const(encoding.last - encoding.first, ty)
    hit = low.value(llvm.ICmpOp([relative, last], [I1], {"predicate": StringAttr("ule")}))
    variant = resize_integer(low, relative, target, signed=False)
    if encoding.first:
        variant = low.value(llvm.AddOp([variant, low.const(encoding.first, target)], [target]))
    low.bind(op, low.value(llvm.SelectOp([hit, variant, untagged], [target])))
