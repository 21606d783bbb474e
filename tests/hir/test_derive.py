"""Derives: text that lowers without fault, with rustc's bounds and bodies."""

from __future__ import annotations

import pytest

from compiler.hir.def_id import DefKind
from compiler.hir.derive import expand_derive
from tests.hir.lowering_of import file_faults

TRAITS = (
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Eq",
    "Hash",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "ConstParamTy",
    "DeviceCopy",
)
STRUCT = b"""/// struct X in a comment
#[derive(Clone)] pub struct P<'a, T: Copy + 'a = u8, const N: usize = 3> where T: Sized { pub a: &'a [T; N], r#type: T::Item }"""
ENUM = b"enum E<T> { #[default] A, B(T, u32), C { x: u8 } }"


@pytest.mark.parametrize("trait", TRAITS)
@pytest.mark.parametrize(
    ("kind", "header"),
    [
        (DefKind.STRUCT, STRUCT),
        (DefKind.STRUCT, b"struct U;"),
        (DefKind.STRUCT, b"struct T2(u8, f32);"),
        (DefKind.STRUCT, b"#[repr(C, packed)] struct K { a: u8 }"),
        (DefKind.ENUM, ENUM),
        (DefKind.ENUM, b"#[derive(Clone, Copy)] enum F { #[default] A = 1, B }"),
    ],
)
def test_every_derive_is_sound_text(trait: str, kind: DefKind, header: bytes) -> None:
    derived = expand_derive(trait, kind, header)
    assert derived is not None
    assert bool(derived.faults) == (trait == "DeviceCopy" and kind is DefKind.ENUM)
    assert file_faults(derived.text) == []


def impl(trait: str, kind: DefKind, header: bytes) -> str:
    derived = expand_derive(trait, kind, header)
    assert derived is not None
    return " ".join(derived.text.decode().split())


def test_bounds() -> None:
    text = impl("Copy", DefKind.STRUCT, STRUCT)
    assert text == (
        "impl<'a, T: Copy + 'a + ::core::marker::Copy, const N: usize> ::core::marker::Copy for P<'a, T, N> "
        "where T: Sized, T::Item: ::core::marker::Copy {}"
    )


def test_clone_of_copy_types_copies() -> None:
    assert "{ *self }" in impl("Clone", DefKind.STRUCT, b"#[derive(Clone, Copy)] struct A { x: u8 }")
    assert "clone(&self.x)" in impl("Clone", DefKind.STRUCT, b"#[derive(Clone, Copy)] struct A<T> { x: T }")
    assert "clone(&self.x)" in impl("Clone", DefKind.STRUCT, b"#[derive(Clone)] struct A { x: u8 }")


def test_attributes_that_a_macro_wrote_count() -> None:
    copied = expand_derive("Clone", DefKind.STRUCT, "#[derive·m0(Copy·m0, Clone·m0)] struct A(u8);".encode())
    packed = expand_derive("PartialEq", DefKind.STRUCT, "#[repr·m0(C·m0, packed·m0)] struct K { a: u32 }".encode())
    assert copied is not None and b"{ *self }" in copied.text
    written = expand_derive("PartialEq", DefKind.STRUCT, b"#[repr(C, packed)] struct K { a: u32 }")
    assert packed is not None and written is not None and packed.text == written.text
    assert packed.text != expand_derive("PartialEq", DefKind.STRUCT, b"struct K { a: u32 }").text


def test_comparisons() -> None:
    assert "self.a == other.a && self.b == other.b" in impl("PartialEq", DefKind.STRUCT, b"struct A { a: u8, b: u8 }")
    assert "StructuralPartialEq for A" in impl("PartialEq", DefKind.STRUCT, b"struct A;")
    text = impl("Ord", DefKind.ENUM, ENUM)
    assert (
        "Self::B { 0: a0, 1: a1 }, Self::B { 0: b0, 1: b1 }" in text and "_ => ::core::cmp::Ord::cmp(&this_tag" in text
    )
    assert "({ self.a }) == ({ other.a })" in impl("PartialEq", DefKind.STRUCT, b"#[repr(packed)] struct A { a: u8 }")


@pytest.mark.parametrize(
    ("trait", "header", "message"),
    [
        ("Default", b"enum E { A }", "`#[derive(Default)]` on enum with no `#[default]`"),
        ("Default", b"enum E { #[default] A, #[default] B }", "multiple declared defaults"),
        (
            "Default",
            b"enum E { #[default] A(u8) }",
            "the `#[default]` attribute may only be used on unit enum variants",
        ),
        (
            "DeviceCopy",
            b"enum E { A }",
            "`#[derive(DeviceCopy)]` cannot be applied to enums: zeroed or device-written bytes may not be a valid discriminant",
        ),
    ],
)
def test_faults(trait: str, header: bytes, message: str) -> None:
    derived = expand_derive(trait, DefKind.ENUM, header)
    assert derived is not None and [f.message for f in derived.faults] == [message]


def test_unknown_derives_are_not_ours() -> None:
    assert expand_derive("Serialize", DefKind.STRUCT, b"struct A;") is None
