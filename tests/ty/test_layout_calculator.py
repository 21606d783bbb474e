"""Field placement on hand-made layouts; the wide comparison is ``python -m bench.layout``."""

from __future__ import annotations

from compiler.ty import abi
from compiler.ty.abi import DEFAULT_REPR, Memory, NicheTag, ReprOptions, Scalar, ScalarPair
from compiler.ty.layout_calculator import (
    ALWAYS_SIZED,
    MAYBE_UNSIZED,
    array_layout,
    struct_layout,
    union_layout,
    univariant,
)
from compiler.ty.layout_enum import EnumShape, enum_layout

U8, U16, U32, U128 = (abi.scalar_layout(abi.int_scalar(n, False)) for n in (1, 2, 4, 16))
BOOL = abi.scalar_layout(abi.int_scalar(1, False).with_range(0, 1))
REF = abi.scalar_layout(abi.pointer_scalar(True))
UNIT = univariant([], DEFAULT_REPR, ALWAYS_SIZED)


def test_fields_go_by_decreasing_alignment():
    layout = univariant([U8, U32, U16], DEFAULT_REPR, ALWAYS_SIZED)
    assert (layout.size, layout.offsets, layout.memory_order) == (8, (6, 0, 4), (1, 2, 0))


def test_repr_c_keeps_order():
    layout = univariant([U8, U32, U16], ReprOptions(c=True), ALWAYS_SIZED)
    assert (layout.size, layout.offsets) == (12, (0, 4, 8))


def test_packed_removes_padding():
    assert univariant([U8, U32], ReprOptions(c=True, pack=1), ALWAYS_SIZED).size == 5


def test_tuple_keeps_its_last_field_last():
    assert univariant([U8, U32, BOOL], DEFAULT_REPR, MAYBE_UNSIZED).offsets == (4, 0, 5)


def test_option_of_reference_has_no_tag():
    layout = enum_layout(EnumShape([[], [REF]], [0, 1]), DEFAULT_REPR)
    assert layout.size == 8 and isinstance(layout.abi, Scalar)
    assert layout.variants.tag_encoding == NicheTag(1, (0, 0), 0)


def test_option_of_u32_is_a_tag_and_a_payload():
    layout = enum_layout(EnumShape([[], [U32]], [0, 1]), DEFAULT_REPR)
    assert layout.size == 8 and isinstance(layout.abi, ScalarPair) and layout.abi.second.is_union
    assert layout.variants.tag.size == 4


def test_uninhabited_variants_vanish():
    never = enum_layout(EnumShape([], []), DEFAULT_REPR)
    layout = enum_layout(EnumShape([[U32], [never]], [0, 1]), DEFAULT_REPR)
    assert layout.size == 4 and layout.variants.index == 0


def test_transparent_wrapper_with_restricted_range_has_a_niche():
    layout = struct_layout([U8], ReprOptions(transparent=True), ALWAYS_SIZED, (1, None))
    assert layout.available_niche == 1
    assert struct_layout([layout], DEFAULT_REPR, ALWAYS_SIZED, hides_niches=True).available_niche == 0


def test_union_of_one_scalar_stays_a_scalar():
    assert isinstance(union_layout([U32, UNIT], DEFAULT_REPR).abi, Scalar)
    assert union_layout([U32, U8], DEFAULT_REPR).abi == Memory()


def test_u128_is_aligned_to_16_and_arrays_multiply():
    assert U128.align == 16
    layout = array_layout(U128, 3)
    assert (layout.size, layout.field_offset(2)) == (48, 32)
