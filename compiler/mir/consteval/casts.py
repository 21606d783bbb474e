"""Casts of the interpreter.

Assumes: the cast kind fits the types. Guarantees: the value has the target type's layout. Example: ``IntToInt`` of
``-1i8`` to ``u32`` is ``0xFFFF_FFFF``.
"""

from __future__ import annotations

from compiler.mir import body as m
from compiler.mir.consteval import arithmetic
from compiler.mir.consteval.machine import Machine
from compiler.mir.consteval.memory import EvalError, Pointer, read_scalar
from compiler.mir.consteval.places import Frame, MPlace, Value, fresh, immediate, load, store
from compiler.mir.consteval.rvalues import read_discriminant
from compiler.ty import abi
from compiler.ty import types as t
from compiler.ty.layout import layout_of, struct_tail

_NUMERIC = frozenset(
    (m.CastKind.INT_TO_INT, m.CastKind.FLOAT_TO_INT, m.CastKind.INT_TO_FLOAT, m.CastKind.FLOAT_TO_FLOAT)
)
_SAME_BITS = frozenset(
    (
        m.CastKind.UNSAFE_FN_POINTER,
        m.CastKind.MUT_TO_CONST_POINTER,
        m.CastKind.ARRAY_TO_POINTER,
        m.CastKind.FN_PTR_TO_PTR,
    )
)


def cast(machine: Machine, frame: Frame, rv: m.Cast) -> Value:
    """``operand as ty``."""
    source = machine.operand_ty(frame, rv.operand)
    kind = rv.kind
    if kind in _NUMERIC:
        return _numeric(machine, frame, rv, source)
    if kind in (m.CastKind.REIFY_FN_POINTER, m.CastKind.CLOSURE_FN_POINTER):
        return Pointer(machine.fn_allocation(source))
    value = machine.operand(frame, rv.operand)
    if kind is m.CastKind.TRANSMUTE:
        return transmute(machine, value, source, rv.ty)
    if kind is m.CastKind.UNSIZE:
        return _unsize(machine, value, source, rv.ty)
    if kind is m.CastKind.PTR_TO_PTR or kind in _SAME_BITS:
        return _pointer(machine, value, rv.ty)
    if kind is m.CastKind.POINTER_FROM_EXPOSED:
        return value
    raise EvalError("exposing pointers is not possible at compile-time")


def _numeric(machine: Machine, frame: Frame, rv: m.Cast, source: t.Ty) -> Value:
    if isinstance(source, t.AdtTy):
        from compiler.mir.type_facts import discriminant_ty

        bits = read_discriminant(machine.db, machine.operand_place(frame, rv.operand))
        return arithmetic.cast_scalar(bits, discriminant_ty(machine.db, source), rv.ty)
    return arithmetic.cast_scalar(machine.scalar(frame, rv.operand), source, rv.ty)


def _pointer(machine: Machine, value: Value, target: t.Ty) -> Value:
    """Between pointer types: a fat pointer cast to a thin one keeps its address."""
    wants_fat = isinstance(layout_of(machine.db, target).abi, abi.ScalarPair)
    if isinstance(value, MPlace) and value.layout.size == 16:
        assert value.alloc is not None
        if not wants_fat:
            return read_scalar(value.alloc, value.offset, 8)
        return machine.fat_pointer(
            target, read_scalar(value.alloc, value.offset, 8), read_scalar(value.alloc, value.offset + 8, 8)
        )
    return value


def _unsize(machine: Machine, value: Value, source: t.Ty, target: t.Ty) -> Value:
    """``&[T; N]`` to ``&[T]``."""
    if not isinstance(source, t.RefTy | t.PtrTy) or isinstance(value, MPlace):
        raise EvalError("this unsizing coercion", is_unsupported=True)
    tail = struct_tail(machine.db, source.ty)
    if not isinstance(tail, t.ArrayTy):
        raise EvalError("trait objects in constants", is_unsupported=True)
    return machine.fat_pointer(target, value, layout_of(machine.db, tail).count)


def transmute(machine: Machine, value: Value, source: t.Ty, target: t.Ty) -> Value:
    """The same bytes as another type."""
    layout = layout_of(machine.db, target)
    if not isinstance(value, MPlace):
        if immediate(layout) is not None:
            return value
        place = fresh(source, layout_of(machine.db, source))
        store(place, value)
        value = place
    moved = fresh(target, layout)
    store(moved, MPlace(value.alloc, value.offset, target, layout))
    return load(moved)
