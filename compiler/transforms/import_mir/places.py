"""MIR places as addresses.

What it is: projections become address arithmetic: a field is a byte offset, an index a stride, a dereference a load
of the pointer. What it assumes: bounds were asserted before. What it guarantees: the alignment of a place is tracked
from its base, so packed fields are accessed unaligned and over-aligned ones as wide as allowed. Example:
``(*_1)[_2]`` of ``_1: &[f32]``::

    %p = "mir.load"(%_1) : (!mir.ptr) -> !mir.pair<!mir.ptr, ui64, 8, 16>
    %a = "mir.index"(%p.0, %_2) {stride = 4}
"""

from __future__ import annotations

from compiler.base.dataclass import dataclass
from compiler.dialects.mir.types import MIR_PTR, SLICE_PTR, USIZE, PairType
from compiler.ir.core import Value
from compiler.mir import body as m
from compiler.transforms.import_mir.function import FunctionImport
from compiler.transforms.import_mir.types import TypeFacts, Unsupported, pointee, restrict_align
from compiler.ty import types as t
from compiler.ty.abi import Layout


@dataclass(slots=True)
class PlaceValue:
    """An address, the type there, its known alignment, metadata if unsized, and the layout (after a downcast)."""

    address: Value
    facts: TypeFacts
    align: int
    layout: Layout
    meta: Value | None = None


def local_place(f: FunctionImport, local: m.Local) -> PlaceValue:
    facts = f.types.of(f.body.locals[local].ty)
    address = f.addresses.get(local)
    if address is None:
        address = f.dangling(facts.align)
    return PlaceValue(address, facts, facts.align, facts.layout)


def place_value(f: FunctionImport, place: m.Place) -> PlaceValue:
    """The address of a place."""
    found = local_place(f, place.local)
    for elem in place.projection:
        if isinstance(elem, m.Deref):
            found = _deref(f, found)
        elif isinstance(elem, m.Field):
            found = _field(f, found, elem)
        elif isinstance(elem, m.Downcast):
            found.layout = found.layout.for_variant(elem.variant_index, 64)
        elif isinstance(elem, m.Index):
            index = f.load(f.addresses[elem.local], USIZE, 8)
            found = _element(f, found, index)
        elif isinstance(elem, m.ConstantIndex):
            found = _element(f, found, _constant_index(f, found, elem))
        else:
            found = _subslice(f, found, elem)
    return found


def _deref(f: FunctionImport, place: PlaceValue) -> PlaceValue:
    if place.facts.value is None:
        raise Unsupported(f"dereferencing a `{place.facts.ty!r}`")
    pointer = f.load(place.address, place.facts.value, place.align)
    return pointer_place(f, pointer, pointee(place.facts.ty))


def pointer_place(f: FunctionImport, pointer: Value, ty: t.Ty) -> PlaceValue:
    """The place a (thin or fat) pointer value points to."""
    facts = f.types.of(ty)
    if isinstance(pointer.type, PairType):
        meta = f.component(pointer, 1)
        return PlaceValue(f.component(pointer, 0), facts, facts.align, facts.layout, meta)
    return PlaceValue(pointer, facts, facts.align, facts.layout)


def _field(f: FunctionImport, place: PlaceValue, elem: m.Field) -> PlaceValue:
    facts = f.types.of(elem.ty)
    offset = place.layout.field_offset(elem.index)
    meta = place.meta if facts.layout.is_unsized else None
    align = restrict_align(place.align, offset)
    return PlaceValue(f.field(place.address, offset), facts, align, facts.layout, meta)


def element_ty(ty: t.Ty) -> t.Ty:
    if isinstance(ty, t.ArrayTy | t.SliceTy):
        return ty.ty
    if ty is t.str_:
        return t.u8
    raise Unsupported(f"indexing a `{ty!r}`")


def _element(f: FunctionImport, place: PlaceValue, index: Value) -> PlaceValue:
    facts = f.types.of(element_ty(place.facts.ty))
    align = restrict_align(place.align, facts.size) if facts.size else facts.align
    return PlaceValue(f.index(place.address, index, facts.size), facts, align, facts.layout)


def length(f: FunctionImport, place: PlaceValue) -> Value:
    """Number of elements of an array or slice place."""
    ty = place.facts.ty
    if isinstance(ty, t.ArrayTy):
        return f.usize(ty.len.value)
    if place.meta is None:
        raise Unsupported(f"the length of a `{ty!r}`")
    return place.meta


def _constant_index(f: FunctionImport, place: PlaceValue, elem: m.ConstantIndex) -> Value:
    if not elem.from_end:
        return f.usize(elem.offset)
    return f.binary("Sub", length(f, place), f.usize(elem.offset))


def _subslice(f: FunctionImport, place: PlaceValue, elem: m.Subslice) -> PlaceValue:
    facts = f.types.of(element_ty(place.facts.ty))
    offset = elem.start * facts.size
    address = f.field(place.address, offset)
    align = restrict_align(place.align, offset)
    ty = place.facts.ty
    if isinstance(ty, t.ArrayTy):
        stop = ty.len.value - elem.end if elem.from_end else elem.end
        whole = f.types.of(t.ArrayTy(ty.ty, t.const_value(stop - elem.start, t.usize)))
        return PlaceValue(address, whole, align, whole.layout)
    end = f.binary("Sub", length(f, place), f.usize(elem.end)) if elem.from_end else f.usize(elem.end)
    return PlaceValue(address, place.facts, align, place.layout, f.binary("Sub", end, f.usize(elem.start)))


def address_value(f: FunctionImport, place: PlaceValue) -> Value:
    """A pointer value to a place: thin, or fat with its metadata."""
    if place.meta is None:
        return place.address
    if place.meta.type == USIZE:
        return f.pair(place.address, place.meta, SLICE_PTR)
    return f.pair(place.address, place.meta, PairType(MIR_PTR, place.meta.type, 8, 16))
