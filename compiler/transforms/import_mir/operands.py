"""MIR operands and constants as values or places.

What it is: ``Copy``/``Move`` of a scalar or pair loads it; anything larger stays a place to copy from. Constants in
memory become read-only data, one symbol per content. What it assumes: constants were evaluated by mono. What it
guarantees: a ``None`` operand is zero-sized. Example::

    operand(f, Constant(ScalarConst(1, u32)))    # mir.constant 1 : ui32
"""

from __future__ import annotations

from typing import Any

from compiler.dialects.mir import ops as mir
from compiler.dialects.mir.types import MIR_PTR, SLICE_PTR, PairType, is_scalar
from compiler.ir.attributes import (
    ArrayAttr,
    Attribute,
    DenseBytesAttr,
    DictAttr,
    IntegerAttr,
    StringAttr,
    SymbolRefAttr,
    TypeAttr,
)
from compiler.ir.core import Value
from compiler.ir.types import I64, FloatType, IntegerType, Type
from compiler.mir import body as m
from compiler.mir import place_ty
from compiler.mir.mono.resolve import fn_pointer_instance
from compiler.transforms.import_mir.function import FunctionImport, ModuleImport
from compiler.transforms.import_mir.places import PlaceValue, place_value
from compiler.transforms.import_mir.types import TypeFacts, Unsupported
from compiler.ty import types as t

OperandValue = Value | PlaceValue | None


def operand_ty(f: FunctionImport, operand: m.Operand) -> t.Ty:
    return place_ty.operand_ty(f.body.locals, operand)


def operand(f: FunctionImport, operand: m.Operand) -> OperandValue:
    """A value, a place in memory, or None for zero-sized."""
    if isinstance(operand, m.Constant):
        return constant(f, operand.value)
    place = place_value(f, operand.place)
    return read(f, place)


def read(f: FunctionImport, place: PlaceValue) -> OperandValue:
    if place.facts.value is not None:
        return f.load(place.address, place.facts.value, place.align)
    return place if place.facts.in_memory else None


def scalar_operand(f: FunctionImport, source: m.Operand) -> Value:
    """An operand that must be a value."""
    found = operand(f, source)
    if not isinstance(found, Value):
        raise Unsupported(f"an operand of type `{operand_ty(f, source)!r}` here")
    return found


def write(f: FunctionImport, destination: PlaceValue, source: OperandValue) -> None:
    """Store a value, or copy memory."""
    if source is None or destination.facts.is_zst:
        return
    if isinstance(source, PlaceValue):
        if destination.facts.value is not None:  # same bytes, other class: a union or transmuted constant
            value = f.load(source.address, destination.facts.value, min(source.align, destination.align))
            f.store(value, destination.address, destination.align)
        else:
            align = min(source.align, destination.align)
            f.copy(destination.address, source.address, destination.facts, align)
        return
    wanted = destination.facts.value
    f.store(f.reinterpret(source, wanted) if wanted is not None else source, destination.address, destination.align)


# ---------------------------------------------------------------- constants


def constant(f: FunctionImport, value: m.ConstValue) -> OperandValue:
    if isinstance(value, m.ScalarConst):
        facts = f.types.of(value.ty)
        if facts.value is None:
            return None
        return f.scalar(value.bits, facts.value)
    if isinstance(value, m.ZeroSizedConst):
        return None
    if isinstance(value, m.BytesConst):
        address = f.address_of(bytes_symbol(f.module, value.data))
        if f.types.is_fat(value.ty.ty if isinstance(value.ty, t.RefTy | t.PtrTy) else value.ty):
            return f.pair(address, f.usize(len(value.data)), SLICE_PTR)
        return address
    if isinstance(value, m.StaticRef):
        return f.address_of(f.module.statics[value.def_id])
    if isinstance(value, m.AllocConst):
        return alloc_constant(f, value)
    raise Unsupported(f"the constant `{value!r}`")


def alloc_constant(f: FunctionImport, value: m.AllocConst) -> OperandValue:
    facts = f.types.of(value.ty)
    if facts.is_zst:
        return None
    if facts.in_memory:
        return PlaceValue(f.address_of(alloc_symbol(f.module, value)), facts, facts.align, facts.layout)
    ty = facts.value
    if isinstance(ty, PairType):
        first = _alloc_scalar(f, value, 0, ty.first)
        return f.pair(first, _alloc_scalar(f, value, ty.second_offset, ty.second), ty)
    assert ty is not None
    return _alloc_scalar(f, value, 0, ty)


def _alloc_scalar(f: FunctionImport, value: m.AllocConst, offset: int, ty: Type) -> Value:
    assert is_scalar(ty)
    for at, target, addend in value.relocations:
        if at == offset:
            address = f.address_of(target_symbol(f.module, target))
            return f.reinterpret(f.field(address, addend), ty)
    width = ty.width if isinstance(ty, IntegerType | FloatType) else 64
    size = max(1, width // 8)
    return f.scalar(int.from_bytes(value.data[offset : offset + size], "little"), ty)


def target_symbol(module: ModuleImport, target: Any) -> str:
    """The symbol a relocation points at."""
    if isinstance(target, m.AllocConst):
        return alloc_symbol(module, target)
    if isinstance(target, m.StaticRef):
        return module.statics[target.def_id]
    if isinstance(target, m.FnRef):
        instance = fn_pointer_instance(module.db, target.ty)
        if instance in module.items.symbols:
            return module.items.symbols[instance]
    raise Unsupported("a function pointer in a constant")


def bytes_symbol(module: ModuleImport, data: bytes) -> str:
    return data_symbol(module, (data, 1), data, 1, None, None)


def alloc_symbol(module: ModuleImport, value: m.AllocConst) -> str:
    """The read-only data symbol of a constant in memory."""
    facts = module.types.of(value.ty) if not isinstance(value.ty, t.SliceTy) and value.ty is not t.str_ else None
    align = max(value.align, facts.align if facts is not None and not facts.layout.is_unsized else 1)
    key = (value.data, align, tuple((o, target_symbol(module, x), a) for o, x, a in value.relocations))
    attr = image(module, value)
    elem = None if value.relocations else array_element(module, value.ty)
    return data_symbol(module, key, value.data, align, attr, elem)


def data_symbol(
    module: ModuleImport, key: object, data: bytes, align: int, attr: Attribute | None, elem: Type | None
) -> str:
    full_key = (key, elem)
    found = module.data.get(full_key)
    if found is None:
        found = module.data[full_key] = f"__data_{len(module.data)}"
        attributes: dict[str, Attribute] = {
            "sym_name": StringAttr(found),
            "space": StringAttr("data"),
            "size": IntegerAttr(len(data), I64),
            "align": IntegerAttr(align, I64),
            "value": attr or DenseBytesAttr(data),
        }
        if elem is not None:
            attributes["elem_type"] = TypeAttr(elem)
        module.module.body.append(mir.StaticOp((), (), attributes))
    return found


def image(module: ModuleImport, value: m.AllocConst) -> Attribute:
    """Bytes, or bytes and addresses in order."""
    if not value.relocations:
        return DenseBytesAttr(value.data)
    parts: list[Attribute] = []
    position = 0
    for offset, target, addend in sorted(value.relocations, key=lambda r: r[0]):
        if offset > position:
            parts.append(DenseBytesAttr(value.data[position:offset]))
        symbol = SymbolRefAttr(target_symbol(module, target))
        parts.append(DictAttr((("symbol", symbol), ("addend", IntegerAttr(addend, I64)))))
        position = offset + 8
    if position < len(value.data):
        parts.append(DenseBytesAttr(value.data[position:]))
    return ArrayAttr(tuple(parts))


def array_element(module: ModuleImport, ty: t.Ty) -> Type | None:
    """The scalar type of a (nested) array, so constant tables stay typed."""
    while isinstance(ty, t.ArrayTy | t.SliceTy):
        ty = ty.ty
    facts: TypeFacts = module.types.of(ty)
    scalar = facts.value
    if scalar is None or not is_scalar(scalar) or scalar == MIR_PTR or facts.size == 0:
        return None
    return scalar
