"""Rvalues and discriminants of the interpreter.

Assumes: operands typed as MIR validates them. Guarantees: the destination holds the rvalue's value afterwards.

Example: ``_0 = Add(copy _1, const 1_u32)`` with 41 in ``_1`` leaves 42 in ``_0``.
"""

from __future__ import annotations

from compiler.mir import body as m
from compiler.mir.consteval import arithmetic
from compiler.mir.consteval.machine import Machine
from compiler.mir.consteval.memory import EvalError, Pointer, copy_bytes, read_scalar, write_scalar
from compiler.mir.consteval.places import (
    Frame,
    MPlace,
    Value,
    element_place,
    field_place,
    fresh,
    length_of,
    load,
    place_of,
    store,
)
from compiler.query import Database
from compiler.ty import abi
from compiler.ty import types as t
from compiler.ty.layout import layout_of, struct_tail


def assign(machine: Machine, frame: Frame, statement: m.Assign) -> None:
    """``place = rvalue``."""
    rv = statement.rvalue
    kind = type(rv)
    if kind is m.Use:
        machine.write(frame, statement.place, machine.operand(frame, rv.operand))  # type: ignore[union-attr]
    elif kind is m.Aggregate:
        _aggregate(machine, frame, machine.destination(frame, statement.place), rv)  # type: ignore[arg-type]
    elif kind is m.Repeat:
        _repeat(machine, frame, machine.destination(frame, statement.place), rv)  # type: ignore[arg-type]
    else:
        machine.write(frame, statement.place, evaluate(machine, frame, rv))


def evaluate(machine: Machine, frame: Frame, rv: m.Rvalue) -> Value:
    """The value of an rvalue other than an aggregate."""
    match rv:
        case m.BinaryOp():
            return _binary(machine, frame, rv)
        case m.Cast():
            from compiler.mir.consteval.casts import cast

            return cast(machine, frame, rv)
        case m.Ref():
            place = place_of(machine.db, frame, rv.place)
            return machine.pointer_to(t.RefTy(t.ERASED, place.ty, rv.kind is not m.BorrowKind.SHARED), place)
        case m.RawPtr():
            place = place_of(machine.db, frame, rv.place)
            return machine.pointer_to(t.PtrTy(place.ty, rv.mutability is m.Mutability.MUT), place)
        case m.UnaryOp():
            return _unary(machine, frame, rv)
        case m.Len():
            return length_of(place_of(machine.db, frame, rv.place))
        case m.Discriminant():
            return read_discriminant(machine.db, place_of(machine.db, frame, rv.place))
        case m.Use():
            return machine.operand(frame, rv.operand)
    raise EvalError("evaluating this expression", is_unsupported=True)


def _binary(machine: Machine, frame: Frame, rv: m.BinaryOp) -> Value:
    left, right = machine.operand(frame, rv.left), machine.operand(frame, rv.right)
    ty = machine.operand_ty(frame, rv.left)
    if rv.op is m.BinOp.OFFSET:
        assert isinstance(ty, t.PtrTy | t.RefTy)
        count = arithmetic.int_value(_integer(right), machine.operand_ty(frame, rv.right))
        return offset_pointer(left, count * layout_of(machine.db, ty.ty).size)
    if isinstance(left, Pointer) or isinstance(right, Pointer) or isinstance(left, MPlace):
        return compare_pointers(rv.op, left, right)
    a, b = _integer(left), _integer(right)
    if rv.op in _CHECKED:
        assert isinstance(ty, t.IntTy)
        return _pair(machine, ty, *arithmetic.overflowing(_CHECKED[rv.op], a, b, ty))
    return arithmetic.binary(rv.op, a, b, ty, machine.operand_ty(frame, rv.right))


_CHECKED = {
    m.BinOp.ADD_WITH_OVERFLOW: m.BinOp.ADD,
    m.BinOp.SUB_WITH_OVERFLOW: m.BinOp.SUB,
    m.BinOp.MUL_WITH_OVERFLOW: m.BinOp.MUL,
}


def _integer(value: Value) -> int:
    if not isinstance(value, int):
        raise EvalError("unable to turn pointer into integer")
    return value


def _pair(machine: Machine, ty: t.Ty, value: int, flag: bool) -> MPlace:
    """``(T, bool)``."""
    tuple_ty = t.TupleTy((ty, t.bool_))
    place = fresh(tuple_ty, layout_of(machine.db, tuple_ty))
    store(field_place(machine.db, place, 0, ty), value)
    store(field_place(machine.db, place, 1, t.bool_), int(flag))
    return place


def offset_pointer(pointer: Value, by: int) -> Value:
    """A pointer moved by bytes."""
    if isinstance(pointer, Pointer):
        return Pointer(pointer.alloc, pointer.offset + by)
    return (_integer(pointer) + by) & ((1 << 64) - 1)


def compare_pointers(op: m.BinOp, left: Value, right: Value) -> int:
    """Equality and order where the result does not depend on addresses."""
    if isinstance(left, MPlace) and isinstance(right, MPlace):
        raise EvalError("pointers cannot be reliably compared during const eval")
    if isinstance(left, Pointer) and isinstance(right, Pointer) and left.alloc is right.alloc:
        return arithmetic.binary(op, left.offset & ((1 << 64) - 1), right.offset & ((1 << 64) - 1), t.isize)
    if 0 in (left, right) and op in (m.BinOp.EQ, m.BinOp.NE):  # against null
        return int(op is m.BinOp.NE)
    raise EvalError("pointers cannot be reliably compared during const eval")


def _unary(machine: Machine, frame: Frame, rv: m.UnaryOp) -> Value:
    if rv.op is m.UnOp.PTR_METADATA:
        value = machine.operand(frame, rv.operand)
        if isinstance(value, MPlace) and value.layout.size == 16:
            assert value.alloc is not None
            return read_scalar(value.alloc, value.offset + 8, 8)
        return fresh(t.UNIT, layout_of(machine.db, t.UNIT))
    bits, ty = machine.scalar(frame, rv.operand), machine.operand_ty(frame, rv.operand)
    if isinstance(ty, t.FloatTy):
        return bits ^ (1 << (ty.bits - 1))
    width = ty.bits if isinstance(ty, t.IntTy) else 1
    return (~bits if rv.op is m.UnOp.NOT else -bits) & ((1 << width) - 1)


# ---------------------------------------------------------------- aggregates


def _repeat(machine: Machine, frame: Frame, target: MPlace, rv: m.Repeat) -> None:
    value = machine.operand(frame, rv.operand)
    assert target.alloc is not None
    if not target.layout.count:
        return
    store(element_place(machine.db, target, 0), value)
    done, size = target.layout.stride, target.layout.stride * target.layout.count
    while done < size:  # twice as many elements each time
        n_bytes = min(done, size - done)
        copy_bytes(target.alloc, target.offset, target.alloc, target.offset + done, n_bytes)
        done += n_bytes


def _aggregate(machine: Machine, frame: Frame, target: MPlace, rv: m.Aggregate) -> None:
    db, kind = machine.db, rv.kind
    values = [(machine.operand(frame, o), machine.operand_ty(frame, o)) for o in rv.operands]
    if isinstance(kind, m.AggregateArray):
        for i, (value, _) in enumerate(values):
            store(element_place(db, target, i), value)
        return
    if isinstance(kind, m.AggregateRawPtr):
        store(target, raw_pointer(machine, kind.ty, values[0][0], values[1][0]))
        return
    inside = target
    if isinstance(kind, m.AggregateAdt):
        inside = MPlace(
            target.alloc, target.offset, target.ty, target.layout.for_variant(kind.variant_index, len(values))
        )
    first = kind.active_field or 0 if isinstance(kind, m.AggregateAdt) else 0
    for i, (value, ty) in enumerate(values):
        store(field_place(db, inside, first + i, ty), value)
    if isinstance(kind, m.AggregateAdt):
        set_discriminant(db, target, kind.variant_index)


def raw_pointer(machine: Machine, ty: t.Ty, data: Value, meta: Value) -> Value:
    """A pointer from its parts; thin when the pointee is sized."""
    if isinstance(data, MPlace):
        raise EvalError("a fat pointer as the data of a pointer", is_unsupported=True)
    assert isinstance(ty, t.PtrTy | t.RefTy)
    tail = struct_tail(machine.db, ty.ty)
    if isinstance(tail, t.SliceTy | t.DynTy) or tail is t.str_:
        assert not isinstance(meta, MPlace)
        return machine.fat_pointer(ty, data, meta)
    return data


# ---------------------------------------------------------------- discriminants


def _discriminant_bits(db: Database, ty: t.Ty, variant: int) -> int:
    from compiler.mir.type_facts import discriminant_ty, discriminants

    if not isinstance(ty, t.AdtTy):
        return 0
    discr_ty = discriminant_ty(db, ty)
    assert isinstance(discr_ty, t.IntTy)
    return discriminants(db, ty.def_id)[variant] & ((1 << discr_ty.bits) - 1)


def _is_enum(ty: t.Ty) -> bool:
    from compiler.hir.def_id import DefKind

    return isinstance(ty, t.AdtTy) and ty.def_id.kind is DefKind.ENUM


def set_discriminant(db: Database, place: MPlace, variant: int) -> None:
    """Make the place be of a variant; its fields are written separately."""
    v = place.layout.variants
    if place.layout.uninhabited or not _is_enum(place.ty):
        return
    if not isinstance(v, abi.MultipleVariants):
        return
    assert place.alloc is not None
    at, size = place.offset + v.tag_offset, v.tag.size
    if isinstance(v.tag_encoding, abi.DirectTag):
        bits = _discriminant_bits(db, place.ty, variant) & v.tag.max_value
        write_scalar(place.alloc, at, size, bits)
    elif variant != v.tag_encoding.untagged:
        first = v.tag_encoding.niche_variants[0]
        write_scalar(place.alloc, at, size, (v.tag_encoding.niche_start + variant - first) & v.tag.max_value)


def read_discriminant(db: Database, place: MPlace) -> int:
    """The discriminant value as the bit pattern of the discriminant type."""
    from compiler.mir.type_facts import discriminant_ty

    v = place.layout.variants
    if not _is_enum(place.ty):
        return 0
    if isinstance(v, abi.NoVariants) or place.layout.uninhabited:
        raise EvalError("read discriminant of an uninhabited enum variant")
    if isinstance(v, abi.SingleVariant):
        return _discriminant_bits(db, place.ty, v.index)
    assert place.alloc is not None
    tag = read_scalar(place.alloc, place.offset + v.tag_offset, v.tag.size)
    if isinstance(v.tag_encoding, abi.DirectTag):
        if isinstance(tag, Pointer):
            raise EvalError("unable to turn pointer into integer")
        discr_ty = discriminant_ty(db, place.ty)
        assert isinstance(discr_ty, t.IntTy)
        value = arithmetic.to_signed(tag, 8 * v.tag.size) if v.tag.signed else tag
        return value & ((1 << discr_ty.bits) - 1)
    encoding = v.tag_encoding
    variant = encoding.untagged
    if not isinstance(tag, Pointer):
        low, high = encoding.niche_variants
        relative = (tag - encoding.niche_start) & v.tag.max_value
        if relative <= high - low:
            variant = low + relative
    return _discriminant_bits(db, place.ty, variant)


__all__ = ["assign", "evaluate", "load", "read_discriminant", "set_discriminant"]
