"""Compiler intrinsics that need an LLVM form of their own: bit counting, memory, atomics, fast math, floats.

What it is: a table from rustc's intrinsic name to a lowering. What it assumes: the importer already turned intrinsics
that are MIR operations (``wrapping_add``, ``transmute``, ``read_via_copy`` ...) into those. What it guarantees:
atomics keep their ordering and scope. Before and after::

    %1 = "mir.intrinsic"(%0) {intrinsic = "ctpop"} : (ui64) -> ui32
    %2 = "llvm.call_intrinsic"(%0) {intrin = "llvm.ctpop.i64"}; %1 = "llvm.trunc"(%2)
"""

from __future__ import annotations

from collections.abc import Callable

from compiler.base.dataclass import dataclass
from compiler.dialects.llvm import ops_arith as llvm
from compiler.dialects.llvm.ops_control import InlineAsmOp
from compiler.dialects.llvm.ops_memory import AtomicRMWOp, CmpXchgOp, FenceOp, LoadOp, StoreOp
from compiler.dialects.llvm.types import PTR, StructType
from compiler.dialects.mir import ops as mir
from compiler.dialects.mir.types import BOOL, MirPtrType
from compiler.ir.attributes import Attribute, StringAttr, UnitAttr
from compiler.ir.core import Value
from compiler.ir.errors import IRError
from compiler.ir.types import I1, I8, I16, I64, FloatType, IntegerType, Type
from compiler.transforms.lower_mir import math
from compiler.transforms.lower_mir.lowering import Lowering, alignment, type_suffix
from compiler.transforms.lower_mir.memory import copy_bytes, fill_bytes
from compiler.transforms.lower_mir.scalars import extract, int_to_ptr, resize_integer
from compiler.transforms.lower_mir.types import is_signed, register_types, scalar_size

Lower = Callable[[Lowering, mir.IntrinsicOp], None]


def lower_intrinsic(low: Lowering, op: mir.IntrinsicOp) -> None:
    name = op.intrinsic.value
    if math.is_float_function(name):
        low.bind(op, math.float_function(low, name, low.all_of(op.operands)))
        return
    lower = LOWERINGS.get(name)
    if lower is None:
        if not name.startswith("atomic_"):
            raise IRError(f"compiler intrinsic '{name}' has no lowering")
        lower = lower_atomic
    lower(low, op)


def supported(name: str) -> bool:
    """Whether the pass lowers the intrinsic."""
    return name in LOWERINGS or math.is_float_function(name) or name.removeprefix("atomic_") in ATOMICS


# ---------------------------------------------------------------- bits and integers


def _bit_count(llvm_name: str, zero_is_poison: bool | None) -> Lower:
    def lower(low: Lowering, op: mir.IntrinsicOp) -> None:
        value = low.of(op.operands[0])
        args = [value] if zero_is_poison is None else [value, low.const(int(zero_is_poison), I1)]
        count = low.call_value(f"llvm.{llvm_name}.{type_suffix(value.type)}", args, value.type)
        target = register_types(op.results[0].type)[0]
        assert isinstance(target, IntegerType)
        low.bind(op, resize_integer(low, count, target, signed=False))

    return lower


def _same_type(llvm_name: str) -> Lower:
    """An LLVM intrinsic over one type, all operands and the result alike; ``{s}`` in the name is the sign."""

    def lower(low: Lowering, op: mir.IntrinsicOp) -> None:
        args = low.all_of(op.operands)
        sign = "s" if is_signed(op.operands[0].type) else "u"
        name = f"llvm.{llvm_name.format(s=sign)}.{type_suffix(args[0].type)}"
        low.bind(op, low.call_value(name, args, args[0].type))

    return lower


def _bswap(low: Lowering, op: mir.IntrinsicOp) -> None:
    value = low.of(op.operands[0])
    if isinstance(value.type, IntegerType) and value.type.width == 8:
        low.bind(op, value)
    else:
        low.bind(op, low.call_value(f"llvm.bswap.{type_suffix(value.type)}", [value], value.type))


def _rotate(llvm_name: str) -> Lower:
    def lower(low: Lowering, op: mir.IntrinsicOp) -> None:
        value, amount = low.all_of(op.operands)
        assert isinstance(value.type, IntegerType)
        amount = resize_integer(low, amount, value.type, signed=False)
        low.bind(op, low.call_value(f"llvm.{llvm_name}.{type_suffix(value.type)}", [value, value, amount], value.type))

    return lower


def _carrying_mul_add(low: Lowering, op: mir.IntrinsicOp) -> None:
    """``a * b + c + d`` in twice the width: (low half, high half)."""
    a, b, c, d = low.all_of(op.operands)
    signed = is_signed(op.operands[0].type)
    assert isinstance(a.type, IntegerType)
    wide = IntegerType(2 * a.type.width)
    x, y, z, w = (resize_integer(low, v, wide, signed) for v in (a, b, c, d))
    total = low.value(llvm.MulOp([x, y], [wide]))
    total = low.value(llvm.AddOp([total, z], [wide]))
    total = low.value(llvm.AddOp([total, w], [wide]))
    high = low.value(llvm.LShrOp([total, low.const(a.type.width, wide)], [wide]))
    low.bind(op, resize_integer(low, total, a.type, False), resize_integer(low, high, a.type, False))


def _fast(op_class: type[llvm._FloatBinary]) -> Lower:
    def lower(low: Lowering, op: mir.IntrinsicOp) -> None:
        left, right = low.all_of(op.operands)
        low.bind(op, low.value(op_class([left, right], [left.type], {"fastmathFlags": StringAttr("fast")})))

    return lower


def _float_to_int_unchecked(low: Lowering, op: mir.IntrinsicOp) -> None:
    op_class = llvm.FPToSIOp if is_signed(op.results[0].type) else llvm.FPToUIOp
    low.bind(op, low.value(op_class([low.of(op.operands[0])], [register_types(op.results[0].type)[0]])))


def _fabs(low: Lowering, op: mir.IntrinsicOp) -> None:
    value = low.of(op.operands[0])
    low.bind(op, low.call_value(f"llvm.fabs.{type_suffix(value.type)}", [value], value.type))


# ---------------------------------------------------------------- pointers and memory


def _ptr_mask(low: Lowering, op: mir.IntrinsicOp) -> None:
    pointer, mask = low.all_of(op.operands)
    low.bind(op, low.call_value("llvm.ptrmask.p0.i64", [pointer, mask], PTR))


def _ptr_difference(low: Lowering, op: mir.IntrinsicOp) -> None:
    """(pointer - base) / size, exact."""
    pointer, base = (low.value(llvm.PtrToIntOp([v], [I64])) for v in low.all_of(op.operands))
    unsigned = op.intrinsic.value == "ptr_offset_from_unsigned"
    flags: dict[str, Attribute] = {"overflowFlags": StringAttr("nuw" if unsigned else "nsw")}
    distance = low.value(llvm.SubOp([pointer, base], [I64], flags))
    size = op.size.value if op.size is not None else 1
    if size == 1:
        low.bind(op, distance)
        return

    op_class = llvm.UDivOp if unsigned else llvm.SDivOp
    low.bind(op, low.value(op_class([distance, low.const(size, I64)], [I64], {"isExact": UnitAttr()})))


def _copy(which: str) -> Lower:
    """``copy*(src, dst, count)`` of ``size``-byte elements."""

    def lower(low: Lowering, op: mir.IntrinsicOp) -> None:
        source, destination, count = low.all_of(op.operands)
        copy_bytes(low, which, destination, source, _byte_count(low, op, count), _alignment(op))

    return lower


def _write_bytes(low: Lowering, op: mir.IntrinsicOp) -> None:
    destination, byte, count = low.all_of(op.operands)
    fill_bytes(low, destination, byte, _byte_count(low, op, count), _alignment(op))


def _byte_count(low: Lowering, op: mir.IntrinsicOp, count: Value) -> Value:
    size = op.size.value if op.size is not None else 1
    if size == 1:
        return count
    flags: dict[str, Attribute] = {"overflowFlags": StringAttr("nuw nsw")}
    return low.value(llvm.MulOp([count, low.const(size, I64)], [I64], flags))


def _alignment(op: mir.IntrinsicOp) -> int:
    return op.align.value if op.align is not None else 1


# ---------------------------------------------------------------- control


def _assume(low: Lowering, op: mir.IntrinsicOp) -> None:
    low.intrinsic("llvm.assume", low.all_of(op.operands), None)


def _nothing(low: Lowering, op: mir.IntrinsicOp) -> None:
    return None


def _black_box(low: Lowering, op: mir.IntrinsicOp) -> None:
    """Opaque to the optimiser, free at run time."""

    outputs: list[Value] = []
    for value in low.all_of(op.operands):
        letter = {1: "h", 8: "h", 16: "h", 32: "r", 64: "l"}.get(getattr(value.type, "width", 64), "l")
        attributes: dict[str, Attribute] = {
            "asm_string": StringAttr(""),
            "constraints": StringAttr(f"={letter},0,~{{memory}}"),
            "has_side_effects": UnitAttr(),
            "nonconvergent": UnitAttr(),
        }
        if isinstance(value.type, FloatType):
            as_int = low.value(llvm.BitcastOp([value], [IntegerType(value.type.width)]))
            out = low.value(InlineAsmOp([as_int], [as_int.type], attributes))
            outputs.append(low.value(llvm.BitcastOp([out], [value.type])))
        elif value.type in (I1, I8):
            wide = low.value(llvm.ZExtOp([value], [I16]))
            outputs.append(low.value(llvm.TruncOp([low.value(InlineAsmOp([wide], [I16], attributes))], [value.type])))
        else:
            outputs.append(low.value(InlineAsmOp([value], [value.type], attributes)))
    low.bind(op, *outputs)


# ---------------------------------------------------------------- atomics


@dataclass(frozen=True, slots=True)
class _Atomic:
    """How one ``atomic_*`` lowers: LLVM operation for integers, signed variant, float variant."""

    unsigned: str
    signed: str
    float_: str = ""


ATOMICS: dict[str, _Atomic] = {
    "load": _Atomic("", ""), "store": _Atomic("", ""), "fence": _Atomic("", ""), "singlethreadfence": _Atomic("", ""),
    "cxchg": _Atomic("", ""), "cxchgweak": _Atomic("", ""),
    "xchg": _Atomic("xchg", "xchg", "xchg"), "xadd": _Atomic("add", "add", "fadd"),
    "xsub": _Atomic("sub", "sub", "fsub"),
    "and": _Atomic("and", "and"), "nand": _Atomic("nand", "nand"), "or": _Atomic("or", "or"),
    "xor": _Atomic("xor", "xor"),
    "max": _Atomic("umax", "max", "fmax"), "min": _Atomic("umin", "min", "fmin"), "umax": _Atomic("umax", "umax"),
    "umin": _Atomic("umin", "umin"),
}  # fmt: skip
ORDERING_NAMES = {
    "Relaxed": "monotonic", "Acquire": "acquire", "Release": "release", "AcqRel": "acq_rel", "SeqCst": "seq_cst",
}  # fmt: skip


def lower_atomic(low: Lowering, op: mir.IntrinsicOp) -> None:
    name = op.intrinsic.value.removeprefix("atomic_")
    ordering = ORDERING_NAMES[op.ordering.value] if op.ordering is not None else "seq_cst"
    scope: dict[str, Attribute] = {"syncscope": op.syncscope} if op.syncscope is not None else {}
    if name in ("fence", "singlethreadfence"):
        if name == "singlethreadfence":
            scope = {"syncscope": StringAttr("singlethread")}
        low.emit(FenceOp((), (), {"ordering": StringAttr(ordering), **scope}))
    elif name == "load":
        low.bind(op, _atomic_load(low, op, ordering, scope))
    elif name == "store":
        _atomic_store(low, op, ordering, scope)
    elif name in ("cxchg", "cxchgweak"):
        _compare_exchange(low, op, ordering, scope)
    else:
        _read_modify_write(low, op, ATOMICS[name], ordering, scope)


def _storage(ty: Type) -> IntegerType | FloatType:
    """The type an atomic access has in LLVM: pointers as integers, ``bool`` as a byte."""
    if isinstance(ty, MirPtrType):
        return I64
    if ty == BOOL:
        return I8
    found = register_types(ty)[0]
    assert isinstance(found, IntegerType | FloatType)
    return found


def _to_storage(low: Lowering, value: Value, ty: Type) -> Value:
    if isinstance(ty, MirPtrType):
        return low.value(llvm.PtrToIntOp([value], [I64]))
    return low.value(llvm.ZExtOp([value], [I8])) if ty == BOOL else value


def _from_storage(low: Lowering, value: Value, ty: Type) -> Value:
    if isinstance(ty, MirPtrType):
        return int_to_ptr(low, value)
    return low.value(llvm.TruncOp([value], [I1])) if ty == BOOL else value


def _atomic_load(low: Lowering, op: mir.IntrinsicOp, ordering: str, scope: dict[str, Attribute]) -> Value:
    ty = op.results[0].type
    attributes = {"alignment": alignment(scalar_size(ty)), "ordering": StringAttr(ordering), **scope}
    return _from_storage(low, low.value(LoadOp([low.of(op.operands[0])], [_storage(ty)], attributes)), ty)


def _atomic_store(low: Lowering, op: mir.IntrinsicOp, ordering: str, scope: dict[str, Attribute]) -> None:
    addr, value = low.all_of(op.operands)
    ty = op.operands[1].type
    attributes = {"alignment": alignment(scalar_size(ty)), "ordering": StringAttr(ordering), **scope}
    low.emit(StoreOp([_to_storage(low, value, ty), addr], (), attributes))


def _split_fences(ordering: str) -> tuple[str, str]:
    """Fences before and after a relaxed operation that together give ``ordering`` (kernel-language.md 2.8)."""
    if ordering == "seq_cst":
        return "seq_cst", "seq_cst"
    before = "acq_rel" if ordering in ("release", "acq_rel") else ""
    after = "acq_rel" if ordering in ("acquire", "acq_rel") else ""
    return before, after


def _read_modify_write(
    low: Lowering, op: mir.IntrinsicOp, atomic: _Atomic, ordering: str, scope: dict[str, Attribute]
) -> None:
    addr, value = low.all_of(op.operands)
    ty = op.results[0].type
    bin_op = atomic.float_ if isinstance(ty, FloatType) else atomic.signed if is_signed(ty) else atomic.unsigned
    if not bin_op:
        raise IRError(f"'{op.intrinsic.value}' of {ty} has no lowering")
    if bin_op == "fsub":  # PTX adds only
        bin_op, value = "fadd", low.value(llvm.FNegOp([value], [value.type]))
    if bin_op == "sub":
        bin_op = "add"
        value = low.value(llvm.SubOp([low.const(0, value.type), value], [value.type]))
    before, after = _split_fences(ordering)
    if before:
        low.emit(FenceOp((), (), {"ordering": StringAttr(before), **scope}))
    attributes: dict[str, Attribute] = {"bin_op": StringAttr(bin_op), "ordering": StringAttr("monotonic"), **scope}
    stored = _to_storage(low, value, op.operands[1].type)
    old = low.value(AtomicRMWOp([addr, stored], [stored.type], attributes))
    if after:
        low.emit(FenceOp((), (), {"ordering": StringAttr(after), **scope}))
    low.bind(op, _from_storage(low, old, ty))


def _compare_exchange(low: Lowering, op: mir.IntrinsicOp, ordering: str, scope: dict[str, Attribute]) -> None:
    addr, old, new = low.all_of(op.operands)
    ty = op.operands[1].type
    storage = _storage(ty)
    failure = ORDERING_NAMES[op.failure_ordering.value] if op.failure_ordering is not None else "monotonic"
    before, after = _split_fences(ordering)
    if failure in ("acquire", "seq_cst"):
        after = after or "acq_rel"
    if before:
        low.emit(FenceOp((), (), {"ordering": StringAttr(before), **scope}))
    bits = IntegerType(storage.width)
    expected, desired = (_as_bits(low, _to_storage(low, v, ty), bits) for v in (old, new))
    attributes = {"success_ordering": StringAttr("monotonic"), "failure_ordering": StringAttr("monotonic"), **scope}
    both = low.value(CmpXchgOp([addr, expected, desired], [StructType((bits, I1))], attributes))
    if after:
        low.emit(FenceOp((), (), {"ordering": StringAttr(after), **scope}))
    found = extract(low, both, 0, bits)
    if isinstance(storage, FloatType):
        found = low.value(llvm.BitcastOp([found], [storage]))
    low.bind(op, _from_storage(low, found, ty), extract(low, both, 1, I1))


def _as_bits(low: Lowering, value: Value, bits: IntegerType) -> Value:
    return low.value(llvm.BitcastOp([value], [bits])) if isinstance(value.type, FloatType) else value


LOWERINGS: dict[str, Lower] = {
    "ctpop": _bit_count("ctpop", None),
    "ctlz": _bit_count("ctlz", False),
    "ctlz_nonzero": _bit_count("ctlz", True),
    "cttz": _bit_count("cttz", False),
    "cttz_nonzero": _bit_count("cttz", True),
    "bswap": _bswap,
    "bitreverse": _same_type("bitreverse"),
    "rotate_left": _rotate("fshl"),
    "rotate_right": _rotate("fshr"),
    "saturating_add": _same_type("{s}add.sat"),
    "saturating_sub": _same_type("{s}sub.sat"),
    "min": _same_type("{s}min"),
    "max": _same_type("{s}max"),
    "carrying_mul_add": _carrying_mul_add,
    "fadd_fast": _fast(llvm.FAddOp),
    "fsub_fast": _fast(llvm.FSubOp),
    "fmul_fast": _fast(llvm.FMulOp),
    "fdiv_fast": _fast(llvm.FDivOp),
    "frem_fast": _fast(llvm.FRemOp),
    "float_to_int_unchecked": _float_to_int_unchecked,
    "fabs": _fabs,
    "ptr_mask": _ptr_mask,
    "ptr_offset_from": _ptr_difference,
    "ptr_offset_from_unsigned": _ptr_difference,
    "copy": _copy("memmove"),
    "copy_nonoverlapping": _copy("memcpy"),
    "write_bytes": _write_bytes,
    "assume": _assume,
    "cold_path": _nothing,
    "black_box": _black_box,
}
