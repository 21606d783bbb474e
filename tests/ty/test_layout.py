"""Layouts of real types through the front end; sizes as rustc's for the same text."""

from __future__ import annotations

import pytest

from compiler.hir.def_id import DefId, DefKind
from compiler.query import Database
from compiler.resolve.workspace import load_workspace, set_file
from compiler.ty.abi import LayoutError
from compiler.ty.collect import type_of
from compiler.ty.layout import layout_of, layout_or_error

FILE = "/nowhere/main.rs"
HEAD = "use core::{cell::Cell, mem::{ManuallyDrop, MaybeUninit}, num::NonZeroU32, ptr::NonNull};\n"


def layout(ty: str, items: str = ""):
    db = Database()
    load_workspace(db, FILE)
    set_file(db, FILE, f"{HEAD}{items}\ntype X = {ty};".encode())
    return layout_of(db, type_of(db, DefId(DefId.crate("main"), DefKind.TYPE_ALIAS, "X")))


SIZES = {
    "u128": (16, 16), "&'static [u8]": (16, 8), "&'static str": (16, 8), "Option<&'static u8>": (8, 8),
    "Option<NonZeroU32>": (4, 4), "Option<NonNull<u8>>": (8, 8), "Option<u32>": (8, 4), "Option<bool>": (1, 1),
    "Option<char>": (4, 4), "Cell<bool>": (1, 1), "Option<Cell<bool>>": (2, 1), "MaybeUninit<u64>": (8, 8),
    "(u8, u32, u8)": (8, 4), "[(); 100]": (0, 1), "[u16; 3]": (6, 2), "fn(u32) -> u32": (8, 8), "!": (0, 1),
    "Result<u8, ManuallyDrop<u8>>": (2, 1), "Option<Option<bool>>": (1, 1), "Option<(u8, bool)>": (2, 1),
}  # fmt: skip


@pytest.mark.parametrize("ty", SIZES)
def test_size_and_alignment(ty):
    made = layout(ty)
    assert (made.size, made.align) == SIZES[ty]


def test_repr_attributes():
    assert layout("S", "#[repr(C)] struct S { a: u8, b: u32 }").offsets == (0, 4)
    assert layout("S", "#[repr(C, packed)] struct S { a: u8, b: u32 }").size == 5
    assert layout("S", "#[repr(align(16))] struct S(u8);").size == 16
    assert layout("E", "#[repr(u16)] enum E { A, B }").size == 2


def test_explicit_discriminants_decide_the_tag():
    assert layout("E", "enum E { A = 300, B }").size == 2
    assert layout("E", "const N: isize = -1; enum E { A = N, B }").size == 1


def test_a_recursive_type_has_no_layout():
    db = Database()
    load_workspace(db, FILE)
    set_file(db, FILE, b"struct S(Option<S>); type X = S;")
    error = layout_or_error(db, type_of(db, DefId(DefId.crate("main"), DefKind.TYPE_ALIAS, "X")))
    assert isinstance(error, LayoutError) and error.reason == "infinite size"
