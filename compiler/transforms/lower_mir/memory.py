"""Locals, loads, stores, copies and addresses.

What it is: dialect-mir memory operations as LLVM's. ``bool`` is widened to a byte in memory; a pair is loaded and
stored as two scalars; address arithmetic becomes byte GEPs with ``inbounds`` (and ``nuw`` for constant offsets), as
rustc emits. Before and after::

    %1 = "mir.field"(%0) {offset = 8 : i64}
    %1 = "llvm.getelementptr"(%0) {elem_type = i8, rawConstantIndices = array<i64: 8>, flags = "inbounds nuw"}
"""

from __future__ import annotations

from compiler.dialects.llvm import ops_arith as llvm
from compiler.dialects.llvm.ops_memory import DYNAMIC, AllocaOp, GEPOp, LoadOp, StoreOp
from compiler.dialects.llvm.types import PTR, ArrayType, PointerType
from compiler.dialects.mir import ops as mir
from compiler.dialects.mir.types import BOOL, MemType, PairType
from compiler.ir.attributes import Attribute, DenseArrayAttr, StringAttr, SymbolRefAttr, TypeAttr, UnitAttr
from compiler.ir.core import Value
from compiler.ir.types import I1, I8, I32, I64, IntegerType, Type, VectorType
from compiler.transforms.lower_mir.lowering import Lowering, alignment
from compiler.transforms.lower_mir.scalars import resize_integer
from compiler.transforms.lower_mir.types import is_signed, memory_type, scalar_size

EXPANDED_COPY_BYTES = 64
VECTOR_ALIGN = 16


def lower_alloca(low: Lowering, op: mir.AllocaOp) -> None:
    ty = op.type.type
    if isinstance(ty, MemType):
        size, align = ty.size, ty.align
    elif isinstance(ty, PairType):
        size, align = ty.size, max(scalar_size(ty.first), scalar_size(ty.second))
    else:
        size = align = scalar_size(ty)
    elem = memory_type(ty) if not isinstance(ty, MemType | PairType) else ArrayType(size, I8)
    slot = AllocaOp((), (PTR,), {"elem_type": TypeAttr(elem), "alignment": alignment(align)})
    slot.loc = low.loc
    slot.parent = low.entry
    low.entry.ops.append(slot)  # allocas stand before everything else, so loops do not grow the stack
    low.bind(op, slot.results[0])


def access_attributes(align: int, volatile: bool) -> dict[str, Attribute]:
    found: dict[str, Attribute] = {"alignment": alignment(align)}
    if volatile:
        found["volatile"] = UnitAttr()
    return found


def load_scalar(low: Lowering, addr: Value, ty: Type, align: int, volatile: bool = False) -> Value:
    value = low.value(LoadOp([addr], [memory_type(ty)], access_attributes(align, volatile)))
    return low.value(llvm.TruncOp([value], [I1])) if ty == BOOL else value


def store_scalar(low: Lowering, value: Value, addr: Value, ty: Type, align: int, volatile: bool = False) -> None:
    if ty == BOOL:
        value = low.value(llvm.ZExtOp([value], [I8]))
    low.emit(StoreOp([value, addr], (), access_attributes(align, volatile)))


def byte_offset(low: Lowering, base: Value, offset: int) -> Value:
    if offset == 0:
        return base
    flags = "inbounds nuw" if offset > 0 else "inbounds"
    return low.value(
        GEPOp(
            [base],
            [base.type],
            {
                "elem_type": TypeAttr(I8),
                "rawConstantIndices": DenseArrayAttr((offset,), I64),
                "flags": StringAttr(flags),
            },
        )
    )


def second_align(ty: PairType, align: int) -> int:
    """Alignment of a pair's second scalar when the pair is aligned to ``align``."""
    return min(align, ty.second_offset & -ty.second_offset)


def lower_load(low: Lowering, op: mir.LoadOp) -> None:
    addr, ty, align = low.of(op.operands[0]), op.results[0].type, op.align.value
    volatile = op.volatile_ is not None
    if isinstance(ty, PairType):
        first = load_scalar(low, addr, ty.first, align, volatile)
        second_addr = byte_offset(low, addr, ty.second_offset)
        low.bind(op, first, load_scalar(low, second_addr, ty.second, second_align(ty, align), volatile))
    else:
        low.bind(op, load_scalar(low, addr, ty, align, volatile))


def lower_store(low: Lowering, op: mir.StoreOp) -> None:
    ty, addr, align = op.operands[0].type, low.of(op.operands[1]), op.align.value
    values = low.values[op.operands[0]]
    volatile = op.volatile_ is not None
    if isinstance(ty, PairType):
        store_scalar(low, values[0], addr, ty.first, align, volatile)
        second_addr = byte_offset(low, addr, ty.second_offset)
        store_scalar(low, values[1], second_addr, ty.second, second_align(ty, align), volatile)
    else:
        store_scalar(low, values[0], addr, ty, align, volatile)


def lower_copy(low: Lowering, op: mir.CopyOp) -> None:
    ty = op.type.type
    assert isinstance(ty, MemType)
    if ty.size == 0:
        return
    volatile = op.volatile_ is not None
    if volatile or (ty.align >= VECTOR_ALIGN and ty.size <= EXPANDED_COPY_BYTES):
        expand_copy(low, low.of(op.operands[0]), low.of(op.operands[1]), ty, volatile)
    else:  # SROA splits a memcpy as it likes, and pointers in it stay pointers
        copy_bytes(low, "memcpy", low.of(op.operands[0]), low.of(op.operands[1]), low.const(ty.size, I64), ty.align)


def expand_copy(low: Lowering, destination: Value, source: Value, ty: MemType, volatile: bool) -> None:
    """Copy memory to memory with the widest accesses the alignment allows (``ld.global.v4`` at 16 bytes)."""
    parts: list[tuple[int, int, Value]] = []
    offset = 0
    while offset < ty.size:
        width = min(16, ty.align, (ty.size - offset) & -(ty.size - offset) if ty.size - offset < 16 else 16)
        if offset:
            width = min(width, offset & -offset)
        part: Type = IntegerType(8 * width) if width <= 4 else VectorType(width // 4, I32)
        align = min(ty.align, offset & -offset) if offset else ty.align
        addr = byte_offset(low, source, offset)
        parts.append((offset, align, low.value(LoadOp([addr], [part], access_attributes(align, volatile)))))
        offset += width
    for offset, align, value in parts:
        addr = byte_offset(low, destination, offset)
        low.emit(StoreOp([value, addr], (), access_attributes(align, volatile)))


def copy_bytes(low: Lowering, which: str, destination: Value, source: Value, size: Value, align: int) -> None:
    """``memcpy`` or ``memmove`` of ``size`` bytes, both sides aligned to ``align``."""
    low.intrinsic(f"llvm.{which}.p0.p0.i64", [destination, source, size, low.const(0, I1)], None, aligns=(align, align))


def fill_bytes(low: Lowering, destination: Value, byte: Value, size: Value, align: int) -> None:
    low.intrinsic("llvm.memset.p0.i64", [destination, byte, size, low.const(0, I1)], None, aligns=(align,))


def lower_field(low: Lowering, op: mir.FieldOp) -> None:
    low.bind(op, byte_offset(low, low.of(op.operands[0]), op.offset.value))


def lower_index(low: Lowering, op: mir.IndexOp) -> None:
    base, index = low.of(op.operands[0]), low.of(op.operands[1])
    wide = resize_integer(low, index, I64, is_signed(op.operands[1].type))
    stride = op.stride.value
    element = STRIDE_TYPES.get(stride) or ArrayType(stride, I8)
    attributes: dict[str, Attribute] = {
        "elem_type": TypeAttr(element),
        "rawConstantIndices": DenseArrayAttr((DYNAMIC,), I64),
    }
    if op.wrapping is None:
        attributes["flags"] = StringAttr("inbounds" if is_signed(op.operands[1].type) else "inbounds nuw")
    low.bind(op, low.value(GEPOp([base, wide], [base.type], attributes)))


STRIDE_TYPES: dict[int, Type] = {1: I8, 2: IntegerType(16), 4: I32, 8: I64, 16: IntegerType(128)}


def lower_address_of(low: Lowering, op: mir.AddressOfOp) -> None:
    """Statics live in address spaces; every pointer Rust sees is generic, so cast at the use."""
    name = op.symbol.name
    space = low.spaces.get(name, 0)
    addr = low.value(llvm.AddressOfOp((), (PointerType(space),), {"global_name": SymbolRefAttr(name)}))
    low.bind(op, low.value(llvm.AddrSpaceCastOp([addr], [PTR])) if space else addr)
