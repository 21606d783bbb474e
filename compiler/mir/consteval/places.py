"""Places and values of the interpreter: where a MIR place is in memory, and reading and writing it.

What it is: a local of scalar ABI lives in its slot as a Python value until something takes its address or projects
into it; then, and for every other type, it lives in an :class:`Allocation`. A value is an ``int``, a ``Pointer``, or
an :class:`MPlace` to copy from.

Assumes a concrete body. Guarantees: reads and writes follow the layout of the type. Example: ``(*_1).0`` with ``_1:
&(u8, u32)`` is an ``MPlace`` at the pointer's offset plus the field's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compiler.hir.def_id import DefId
from compiler.mir import body as m
from compiler.mir.consteval.memory import Allocation, EvalError, Pointer, Scalar, copy_bytes, read_scalar, write_scalar
from compiler.mir.place_ty import projection_ty
from compiler.query import Database
from compiler.ty import abi
from compiler.ty import types as t
from compiler.ty.layout import Layout, layout_of, struct_tail

if TYPE_CHECKING:
    from compiler.mir.mono.model import Instance


class MPlace:
    """A typed place in memory. ``meta``: the length behind a fat pointer. ``alloc`` None: a dangling address
    (``offset``)."""

    __slots__ = ("alloc", "layout", "meta", "offset", "ty")

    def __init__(
        self, alloc: Allocation | None, offset: int, ty: t.Ty, layout: Layout, meta: Scalar | None = None
    ) -> None:
        self.alloc = alloc
        self.offset = offset
        self.ty = ty
        self.layout = layout
        self.meta = meta

    @property
    def pointer(self) -> Scalar:
        return self.offset if self.alloc is None else Pointer(self.alloc, self.offset)


Value = int | Pointer | MPlace
Slot = int | Pointer | Allocation | None


class Frame:
    """One activation."""

    __slots__ = ("block", "body", "destination", "instance", "layouts", "return_block", "slots", "statement")

    def __init__(
        self,
        db: Database,
        body: m.Body,
        instance: Instance | None,
        destination: MPlace | None,
        return_block: int | None,
    ) -> None:
        self.body = body
        self.instance = instance
        self.layouts = [layout_of(db, d.ty) for d in body.locals]
        self.slots: list[Slot] = [None] * len(body.locals)
        self.block = 0
        self.statement = 0
        self.destination = destination
        self.return_block = return_block

    @property
    def def_id(self) -> DefId:
        return self.body.def_id


def fresh(ty: t.Ty, layout: Layout) -> MPlace:
    """New uninitialised memory for a value."""
    return MPlace(Allocation(layout.size, layout.align, ty), 0, ty, layout)


def immediate(layout: Layout) -> abi.Scalar | None:
    """The scalar of a type whose values are Python numbers here; a union may be uninitialised and stays in memory."""
    return layout.abi if isinstance(layout.abi, abi.Scalar) and not layout.abi.is_union else None


def load(place: MPlace) -> Value:
    """The value at a place: a scalar read now, anything else by reference to memory."""
    scalar = immediate(place.layout)
    if scalar is None:
        return place
    return read_scalar(_memory(place, scalar.size), place.offset, scalar.size)


def store(place: MPlace, value: Value) -> None:
    """Write a value of the place's type."""
    if isinstance(value, MPlace):
        size = place.layout.size
        if size:
            copy_bytes(_memory(value, size), value.offset, _memory(place, size), place.offset, size)
        return
    assert isinstance(place.layout.abi, abi.Scalar), place.ty
    size = place.layout.abi.size
    write_scalar(_memory(place, size), place.offset, size, value)


def _memory(place: MPlace, size: int) -> Allocation:
    if place.alloc is None:
        if size:
            raise EvalError(
                "accessing a dangling pointer: it has no provenance" if place.offset else "accessing a null pointer"
            )
        return Allocation(0, 1, None)
    return place.alloc


def local_place(frame: Frame, local: m.Local) -> MPlace:
    """A local in memory; a value in its slot moves there."""
    slot = frame.slots[local]
    layout, ty = frame.layouts[local], frame.body.locals[local].ty
    if isinstance(slot, Allocation):
        return MPlace(slot, 0, ty, layout)
    place = fresh(ty, layout)
    if slot is not None:
        store(place, slot)
    frame.slots[local] = place.alloc
    return place


def read_local(frame: Frame, local: m.Local) -> Value:
    slot = frame.slots[local]
    if isinstance(slot, Allocation):
        return load(MPlace(slot, 0, frame.body.locals[local].ty, frame.layouts[local]))
    if slot is None:
        if immediate(frame.layouts[local]) is not None:
            raise EvalError("using uninitialized data, but this operation requires initialized memory")
        return local_place(frame, local)
    return slot


def write_local(frame: Frame, local: m.Local, value: Value) -> None:
    if isinstance(frame.slots[local], Allocation) or isinstance(value, MPlace):
        store(local_place(frame, local), value)
    else:
        frame.slots[local] = value


def dereferenced(db: Database, value: Value, ty: t.Ty) -> MPlace:
    """The place a pointer value points to."""
    assert isinstance(ty, t.RefTy | t.PtrTy), ty
    pointee = ty.ty
    meta: Scalar | None = None
    if isinstance(value, MPlace):  # a fat pointer in memory
        memory = _memory(value, 16)
        meta = read_scalar(memory, value.offset + 8, 8)
        value = read_scalar(memory, value.offset, 8)
    layout = layout_of(db, pointee)
    if isinstance(value, Pointer):
        return MPlace(value.alloc, value.offset, pointee, layout, meta)
    return MPlace(None, value, pointee, layout, meta)


def place_of(db: Database, frame: Frame, place: m.Place) -> MPlace:
    """Evaluate a place expression."""
    elems = place.projection
    if elems and type(elems[0]) is m.Deref:
        at = dereferenced(db, read_local(frame, place.local), frame.body.locals[place.local].ty)
        elems = elems[1:]
    else:
        at = local_place(frame, place.local)
    for elem in elems:
        at = _projected(db, frame, at, elem)
    return at


def _projected(db: Database, frame: Frame, at: MPlace, elem: m.ProjectionElem) -> MPlace:
    match elem:
        case m.Field():
            return field_place(db, at, elem.index, elem.ty)
        case m.Deref():
            return dereferenced(db, load(at), at.ty)
        case m.Downcast():
            assert isinstance(at.ty, t.AdtTy)
            return MPlace(at.alloc, at.offset, at.ty, at.layout.for_variant(elem.variant_index, 64), at.meta)
        case m.Index():
            index = read_local(frame, elem.local)
            if not isinstance(index, int):
                raise EvalError("unable to turn pointer into integer")
            return element_place(db, at, index)
        case m.ConstantIndex():
            return element_place(db, at, length_of(at) - elem.offset if elem.from_end else elem.offset)
        case m.Subslice():
            return _subslice(db, at, elem)
    raise EvalError("evaluating this projection", is_unsupported=True)


def field_place(db: Database, at: MPlace, index: int, ty: t.Ty) -> MPlace:
    """A field of a struct, tuple, union, closure or downcast variant."""
    layout = layout_of(db, ty)
    meta = at.meta if layout.is_unsized else None
    return MPlace(at.alloc, at.offset + at.layout.field_offset(index), ty, layout, meta)


def length_of(at: MPlace) -> int:
    """Elements of an array or slice place."""
    if isinstance(at.ty, t.ArrayTy):
        return at.layout.count
    if not isinstance(at.meta, int):
        raise EvalError("unable to turn pointer into integer")
    return at.meta


def element_place(db: Database, at: MPlace, index: int) -> MPlace:
    """An element; the bounds are checked."""
    elem = at.ty.ty if isinstance(at.ty, t.ArrayTy | t.SliceTy) else t.u8
    if not 0 <= index < length_of(at):
        raise EvalError(f"index out of bounds: the length is {length_of(at)} but the index is {index}")
    return MPlace(at.alloc, at.offset + index * at.layout.stride, elem, layout_of(db, elem))


def _subslice(db: Database, at: MPlace, elem: m.Subslice) -> MPlace:
    length = length_of(at)
    end = length - elem.end if elem.from_end else elem.end
    ty = projection_ty(at.ty, elem)
    meta = end - elem.start if isinstance(ty, t.SliceTy) else None
    return MPlace(at.alloc, at.offset + elem.start * at.layout.stride, ty, layout_of(db, ty), meta)


def size_and_align(db: Database, at: MPlace) -> tuple[int, int]:
    """Of the value at a place, also when it is unsized."""
    layout = at.layout
    if not layout.is_unsized:
        return layout.size, layout.align
    tail = struct_tail(db, at.ty)
    if not isinstance(at.meta, int) or isinstance(tail, t.DynTy):
        raise EvalError("trait objects in constants", is_unsupported=True)
    stride = layout_of(db, tail.ty).size if isinstance(tail, t.SliceTy) else 1
    before = layout.offsets[-1] if layout.shape == "arbitrary" else 0
    return abi.align_to(before + at.meta * stride, layout.align), layout.align
