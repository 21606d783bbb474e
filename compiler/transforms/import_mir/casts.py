"""MIR casts.

What it is: ``CastKind`` by ``CastKind``. What it assumes: enum casts read the discriminant before. What it
guarantees: transmutes between values of different classes go through memory, byte for byte. Example: ``&[f32; 4] as
&[f32]`` is the pair of the address and 4.
"""

from __future__ import annotations

from compiler.dialects.mir.types import MIR_PTR, PairType, is_scalar
from compiler.ir.core import Value
from compiler.mir import body as m
from compiler.transforms.import_mir.function import FunctionImport
from compiler.transforms.import_mir.operands import OperandValue, operand, operand_ty, write
from compiler.transforms.import_mir.places import PlaceValue
from compiler.transforms.import_mir.types import TypeFacts, Unsupported, pointee
from compiler.ty import types as t

SCALAR_CASTS = {
    m.CastKind.INT_TO_INT: "IntToInt",
    m.CastKind.FLOAT_TO_INT: "FloatToInt",
    m.CastKind.INT_TO_FLOAT: "IntToFloat",
    m.CastKind.FLOAT_TO_FLOAT: "FloatToFloat",
    m.CastKind.POINTER_EXPOSE: "PtrToInt",
    m.CastKind.POINTER_FROM_EXPOSED: "IntToPtr",
}
FUNCTION_POINTERS = frozenset({m.CastKind.REIFY_FN_POINTER, m.CastKind.CLOSURE_FN_POINTER})


def cast(f: FunctionImport, rvalue: m.Cast) -> OperandValue:
    source_ty, facts = operand_ty(f, rvalue.operand), f.types.of(rvalue.ty)
    if rvalue.kind in FUNCTION_POINTERS:
        symbol = f.module.items.symbols.get(f.function.fn_pointers[source_ty])
        if symbol is None:
            raise Unsupported(f"a pointer to `{source_ty!r}`, which the compiler expands where it is called")
        return f.address_of(symbol)
    value = operand(f, rvalue.operand)
    if rvalue.kind is m.CastKind.TRANSMUTE:
        return transmute(f, value, f.types.of(source_ty), facts)
    if rvalue.kind is m.CastKind.UNSIZE:
        return unsize(f, value, source_ty, facts)
    if not isinstance(value, Value) or facts.value is None:
        raise Unsupported(f"the cast from `{source_ty!r}` to `{rvalue.ty!r}`")
    name = SCALAR_CASTS.get(rvalue.kind)
    if name is not None:
        return f.cast(name, thin(f, value), facts.value)
    return pointer_cast(f, value, facts)


def thin(f: FunctionImport, value: Value) -> Value:
    """The address part of a fat pointer; any other value as it is."""
    return f.component(value, 0) if isinstance(value.type, PairType) else value


def pointer_cast(f: FunctionImport, value: Value, facts: TypeFacts) -> Value:
    """Between pointer types: drops metadata when the target is thin."""
    assert facts.value is not None
    if isinstance(facts.value, PairType):
        return f.reinterpret(value, facts.value)
    return f.reinterpret(thin(f, value), facts.value)


def unsize(f: FunctionImport, value: OperandValue, source_ty: t.Ty, facts: TypeFacts) -> Value:
    """``&[T; N]`` to ``&[T]``, also behind struct tails."""
    if not isinstance(value, Value) or not isinstance(facts.value, PairType):
        raise Unsupported(f"the coercion of `{source_ty!r}` to `{facts.ty!r}`")
    tail = f.types.tail(pointee(source_ty))
    if isinstance(value.type, PairType):
        return f.reinterpret(value, facts.value)
    if not isinstance(tail, t.ArrayTy) or facts.value.first != MIR_PTR:
        raise Unsupported(f"the coercion of `{source_ty!r}` to `{facts.ty!r}`; trait objects have no device code")
    return f.pair(value, f.usize(tail.len.value), facts.value)


def transmute(f: FunctionImport, value: OperandValue, source: TypeFacts, target: TypeFacts) -> OperandValue:
    if target.is_zst or value is None:
        return None
    if isinstance(value, Value) and target.value is not None:
        if value.type == target.value:
            return value
        if is_scalar(value.type) and is_scalar(target.value):
            return f.reinterpret(value, target.value)
    if isinstance(value, PlaceValue):
        if target.value is not None:
            return f.load(value.address, target.value, min(value.align, target.align))
        return PlaceValue(value.address, target, value.align, target.layout)
    wide = source if source.align >= target.align else target
    slot = PlaceValue(f.alloca(TypeFacts(wide.ty, wide.layout, None, True)), source, wide.align, source.layout)
    write(f, slot, value)
    if target.value is not None:
        return f.load(slot.address, target.value, wide.align)
    return PlaceValue(slot.address, target, wide.align, target.layout)
