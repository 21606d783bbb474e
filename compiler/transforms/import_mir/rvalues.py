"""MIR assignments.

What it is: each rvalue, evaluated and written to its destination. What it assumes: operands are read before the
destination is written, which matters for aggregates built from parts of their destination. What it guarantees: an
aggregate is stored field by field, never as one LLVM aggregate. Example: ``_0 = (move _1, const 2_u32)`` is two
stores at the tuple's offsets.
"""

from __future__ import annotations

from compiler.dialects.mir import ops as mir
from compiler.dialects.mir.types import BOOL, MIR_PTR, PairType
from compiler.ir.attributes import FloatAttr, IntegerAttr, StringAttr, SymbolRefAttr
from compiler.ir.core import Value
from compiler.ir.types import I32, I64, IntegerType, Type
from compiler.mir import body as m
from compiler.transforms.import_mir.casts import cast
from compiler.transforms.import_mir.enums import read_discriminant, write_discriminant
from compiler.transforms.import_mir.function import FunctionImport
from compiler.transforms.import_mir.operands import (
    OperandValue,
    bytes_symbol,
    operand,
    operand_ty,
    scalar_operand,
    write,
)
from compiler.transforms.import_mir.places import PlaceValue, address_value, length, place_value
from compiler.transforms.import_mir.types import TypeFacts, Unsupported, pointee, restrict_align
from compiler.ty import types as t

UNROLLED_REPEAT = 16


def assign(f: FunctionImport, statement: m.Assign) -> None:
    rvalue = statement.rvalue
    if isinstance(rvalue, m.Aggregate) and not isinstance(rvalue.kind, m.AggregateRawPtr):
        aggregate(f, place_value(f, statement.place), rvalue, statement.place.local)
    elif isinstance(rvalue, m.Repeat):
        repeat(f, place_value(f, statement.place), rvalue)
    else:
        value = evaluate(f, rvalue, statement.place)
        write(f, place_value(f, statement.place), value)


def evaluate(f: FunctionImport, rvalue: m.Rvalue, destination: m.Place) -> OperandValue:
    if isinstance(rvalue, m.Use):
        return operand(f, rvalue.operand)
    if isinstance(rvalue, m.Ref | m.RawPtr):
        return address_value(f, place_value(f, rvalue.place))
    if isinstance(rvalue, m.Len):
        return length(f, place_value(f, rvalue.place))
    if isinstance(rvalue, m.Cast):
        return cast(f, rvalue)
    if isinstance(rvalue, m.BinaryOp):
        return binary(f, rvalue, destination)
    if isinstance(rvalue, m.UnaryOp):
        return unary(f, rvalue)
    if isinstance(rvalue, m.Discriminant):
        facts = destination_facts(f, destination)
        assert facts.value is not None
        return read_discriminant(f, place_value(f, rvalue.place), facts.value)
    if isinstance(rvalue, m.Aggregate) and isinstance(rvalue.kind, m.AggregateRawPtr):
        return raw_pointer(f, rvalue, rvalue.kind.ty)
    if isinstance(rvalue, m.Printf):
        return printf(f, rvalue)
    raise Unsupported(f"the operation `{type(rvalue).__name__}`")


def destination_facts(f: FunctionImport, place: m.Place) -> TypeFacts:
    return f.types.of(f.body_place_ty(place))


# ---------------------------------------------------------------- operators


def binary(f: FunctionImport, rvalue: m.BinaryOp, destination: m.Place) -> Value:
    op = rvalue.op
    left, right = operand(f, rvalue.left), operand(f, rvalue.right)
    if left is None and right is None:  # comparing units
        return f.scalar(int(op in (m.BinOp.EQ, m.BinOp.LE, m.BinOp.GE)), BOOL)
    if not isinstance(left, Value) or not isinstance(right, Value):
        raise Unsupported(f"`{op.value}` of `{operand_ty(f, rvalue.left)!r}`")
    if op is m.BinOp.OFFSET:
        facts = f.types.of(pointee(operand_ty(f, rvalue.left)))
        return f.index(left, right, facts.size)
    return binary_values(f, op, left, right, destination)


def binary_values(f: FunctionImport, op: m.BinOp, left: Value, right: Value, destination: m.Place) -> Value:
    if isinstance(left.type, PairType):
        return compare_pairs(f, op, left, right)
    if op in (m.BinOp.SHL, m.BinOp.SHR):
        return f.binary(op.value, left, right)
    right = f.reinterpret(right, left.type)
    if op is m.BinOp.CMP:
        facts = destination_facts(f, destination)
        assert facts.value is not None
        return three_way(f, left, right, facts.value)
    if op.value.endswith("WithOverflow"):
        facts = destination_facts(f, destination)
        return f.binary(op.value, left, right, facts.value)
    if op.value in COMPARISONS:
        return f.binary(op.value, left, right, BOOL)
    return f.binary(op.value, left, right)


COMPARISONS = frozenset({"Eq", "Lt", "Le", "Ne", "Ge", "Gt"})


def compare_pairs(f: FunctionImport, op: m.BinOp, left: Value, right: Value) -> Value:
    """Fat pointers: addresses first, then metadata."""
    a, b = f.component(left, 0), f.component(right, 0)
    c, d = f.component(left, 1), f.component(right, 1)
    if op in (m.BinOp.EQ, m.BinOp.NE):
        same = f.binary("BitAnd", f.binary("Eq", a, b, BOOL), f.binary("Eq", c, d, BOOL))
        return same if op is m.BinOp.EQ else f.value(mir.UnaryOp([same], [BOOL], {"op": StringAttr("Not")}))
    before = f.binary("Lt" if op in (m.BinOp.LT, m.BinOp.LE) else "Gt", a, b, BOOL)
    tied = f.binary("BitAnd", f.binary("Eq", a, b, BOOL), f.binary(op.value, c, d, BOOL))
    return f.binary("BitOr", before, tied)


def three_way(f: FunctionImport, left: Value, right: Value, result: Type) -> Value:
    """``Ordering``: ``(left > right) - (left < right)``."""
    greater = f.cast("IntToInt", f.binary("Gt", left, right, BOOL), result)
    return f.binary("Sub", greater, f.cast("IntToInt", f.binary("Lt", left, right, BOOL), result))


def unary(f: FunctionImport, rvalue: m.UnaryOp) -> OperandValue:
    value = operand(f, rvalue.operand)
    if rvalue.op is m.UnOp.PTR_METADATA:
        return f.component(value, 1) if isinstance(value, Value) and isinstance(value.type, PairType) else None
    if not isinstance(value, Value):
        raise Unsupported(f"`{rvalue.op.value}` of `{operand_ty(f, rvalue.operand)!r}`")
    return f.value(mir.UnaryOp([value], [value.type], {"op": StringAttr(rvalue.op.value)}))


# ---------------------------------------------------------------- aggregates


def aggregate(f: FunctionImport, destination: PlaceValue, rvalue: m.Aggregate, local: m.Local) -> None:
    values = [operand(f, op) for op in rvalue.operands]
    if any(isinstance(v, PlaceValue) for v in values) and _reads_local(rvalue.operands, local):
        temporary = PlaceValue(
            f.alloca(destination.facts), destination.facts, destination.facts.align, destination.layout
        )
        fill(f, temporary, rvalue.kind, values)
        f.copy(destination.address, temporary.address, destination.facts, min(destination.align, temporary.align))
    else:
        fill(f, destination, rvalue.kind, values)


def _reads_local(operands: tuple[m.Operand, ...], local: m.Local) -> bool:
    return any(not isinstance(op, m.Constant) and op.place.local == local for op in operands)


def fill(f: FunctionImport, destination: PlaceValue, kind: m.AggregateKind, values: list[OperandValue]) -> None:
    layout = destination.layout
    variant = kind.variant_index if isinstance(kind, m.AggregateAdt) else 0
    if isinstance(kind, m.AggregateAdt):
        layout = destination.facts.layout.for_variant(variant, len(values))
    if isinstance(kind, m.AggregateArray):
        stride = f.types.of(kind.elem).size
        for i, value in enumerate(values):
            store_field(f, destination, i * stride, value)
        return
    active = kind.active_field if isinstance(kind, m.AggregateAdt) else None
    for i, value in enumerate(values):
        store_field(f, destination, layout.field_offset(i if active is None else active), value)
    if isinstance(kind, m.AggregateAdt):
        write_discriminant(f, destination, variant)


def store_field(f: FunctionImport, base: PlaceValue, offset: int, value: OperandValue) -> None:
    if value is None:
        return
    address = f.field(base.address, offset)
    align = restrict_align(base.align, offset)
    if isinstance(value, PlaceValue):
        f.copy(address, value.address, value.facts, min(align, value.align))
    else:
        f.store(value, address, align)


def raw_pointer(f: FunctionImport, rvalue: m.Aggregate, ty: t.Ty) -> OperandValue:
    facts = f.types.of(ty)
    values = [operand(f, op) for op in rvalue.operands]
    if not isinstance(values[0], Value):
        raise Unsupported("a pointer made of something else than an address")
    if isinstance(facts.value, PairType) and isinstance(values[1], Value):
        return f.pair(values[0], values[1], facts.value)
    return values[0]


def repeat(f: FunctionImport, destination: PlaceValue, rvalue: m.Repeat) -> None:
    """``[value; count]``: zeroes by memset, short arrays by stores, long ones by a loop."""
    count = rvalue.count.value
    value = operand(f, rvalue.operand)
    if value is None or count == 0:
        return
    facts = f.types.of(operand_ty(f, rvalue.operand))
    if isinstance(value, Value) and is_zero(value) and count > 1:
        size = {"size": IntegerAttr(1, I64), "align": IntegerAttr(destination.align, I64)}
        zero = f.integer(0, IntegerType(8, "u"))
        f.intrinsic("write_bytes", [destination.address, zero, f.usize(count * facts.size)], None, dict(size))
        return
    if count <= UNROLLED_REPEAT:
        for i in range(count):
            store_field(f, destination, i * facts.size, value)
        return
    repeat_loop(f, destination, facts.size, count, value)


def is_zero(value: Value) -> bool:
    """Whether a value is a constant of all-zero bits."""
    if not isinstance(value.owner, mir.ConstantOp) or value.type == MIR_PTR:
        return False
    attr = value.owner.value
    if isinstance(attr, FloatAttr):
        return attr.bits == 0
    return isinstance(attr, IntegerAttr) and attr.value == 0


def repeat_loop(f: FunctionImport, destination: PlaceValue, stride: int, count: int, value: OperandValue) -> None:
    counter = f.alloca(f.types.of(t.usize))
    f.store(f.usize(0), counter, 8)
    head, body, done = f.new_block(), f.new_block(), f.new_block()
    usize = IntegerType(64, "u")
    f.goto(head)
    f.block = head
    index = f.load(counter, usize, 8)
    more = f.binary("Lt", index, f.usize(count), BOOL)
    f.emit(mir.SwitchIntOp.of(more, [0], [body, done]))
    f.block = body
    align = restrict_align(destination.align, stride)
    element = PlaceValue(f.index(destination.address, index, stride), destination.facts, align, destination.layout)
    store_field(f, element, 0, value)
    f.store(f.binary("Add", index, f.usize(1)), counter, 8)
    f.goto(head)
    f.block = done


def printf(f: FunctionImport, rvalue: m.Printf) -> Value:
    """``vprintf(format, arguments)``: the arguments lie in memory one after the other, each aligned to its size."""
    values = [scalar_operand(f, source) for source in rvalue.operands]
    sizes = [f.types.of(operand_ty(f, source)).layout.size for source in rvalue.operands]
    memory = f.alloca(f.types.of(t.ArrayTy(t.u64, t.const_value(max(1, len(values)), t.usize))), "printf")
    offset = 0
    for value, size in zip(values, sizes, strict=True):
        offset = -(-offset // size) * size
        f.store(value, f.field(memory, offset), size)
        offset += size
    text = f.address_of(bytes_symbol(f.module, rvalue.format + b"\0"))
    f.module.externs["vprintf"] = ((MIR_PTR, MIR_PTR), (I32,))
    return f.value(mir.CallOp([text, memory], (I32,), {"callee": SymbolRefAttr("vprintf")}))
