"""The type of a place.

Assumes: the place fits the body. Guarantees: ``ERROR`` for projections that do not fit (bodies with errors);
``Downcast`` keeps the enum.

Example: of ``(*_1)[_2]`` with ``_1: &[f32]`` it is ``f32``.
"""

from __future__ import annotations

from collections.abc import Sequence

from compiler.mir import body as m
from compiler.ty import types as t


def place_ty(locals_: Sequence[m.LocalDecl], place: m.Place) -> t.Ty:
    ty = locals_[place.local].ty
    for elem in place.projection:
        ty = projection_ty(ty, elem)
    return ty


def projection_ty(ty: t.Ty, elem: m.ProjectionElem) -> t.Ty:
    """Type after one projection."""
    kind = type(elem)
    if kind is m.Field:
        field_ty: t.Ty = elem.ty  # type: ignore[union-attr]
        return field_ty
    if kind is m.Downcast:
        return ty
    if kind is m.Deref:
        return ty.ty if isinstance(ty, (t.RefTy, t.PtrTy)) else t.ERROR
    if not isinstance(ty, (t.ArrayTy, t.SliceTy)):
        return t.ERROR
    if not isinstance(elem, m.Subslice):
        return ty.ty
    if isinstance(ty, t.SliceTy):
        return ty
    if ty.len.kind != "value":
        return t.ArrayTy(ty.ty, t.CONST_ERROR)
    end = ty.len.value - elem.end if elem.from_end else elem.end
    return t.ArrayTy(ty.ty, t.const_value(end - elem.start, t.usize))


def operand_ty(locals_: Sequence[m.LocalDecl], operand: m.Operand) -> t.Ty:
    return operand.value.ty if isinstance(operand, m.Constant) else place_ty(locals_, operand.place)
