"""Item trees: kinds, names, headers, attributes, imports, and what an edit in a body leaves alone."""

from __future__ import annotations

import pytest

from compiler.hir.def_id import DefKind
from compiler.hir.lower_items import lower_items, lower_local_items
from tests.hir.lowering_of import LIBRARY, file_faults

SOURCE = b"""\
#![no_std]
//! Crate docs.
use a::{self, b::*, c as d, e as _};
/// Docs are part of the item.
#[kernel]
#[cfg_attr(gpu, launch_bounds(256))]
pub unsafe fn k<const N: usize>(x: [u8; {N + 1}]) -> Foo<{N}> where T: Fn(u8) -> u8, { body() }
pub(crate) struct S<T> where T: Copy { a: T }
struct U(u8);
#[cfg(not(gpu))]
fn off() {}
pub(in crate::m) const C: <A as B<X = u8>>::T = { 1; 2 };
static mut M: Vec<Vec<u8>>= vec![];
mod m { #![allow(x)] fn inner() {} mod empty {} }
impl<T: Copy> Tr for S<T> { type Out = u8; const K: u8 = 3; fn go(&self); }
extern "C" { fn ffi(x: u8); static G: u8; }
macro_rules! two { ($x:expr) => { $x + $x }; }
two!(1);
a::b::made! { x }
unsafe auto trait Au {}
union Un { a: u8 }
type Al<T> = Vec<T>;
extern crate core as c2;
async fn later() {}
fn k() {}
"""


def shape(text: bytes, cfg: tuple[str, ...] = ("gpu",)) -> list[tuple[str, str]]:
    return [(item.kind.name, item.name) for item in lower_items(text, cfg).tree.items]


def test_kinds_and_names() -> None:
    assert shape(SOURCE) == [
        ("USE", ""),
        ("FN", "k"),
        ("STRUCT", "S"),
        ("STRUCT", "U"),
        ("CONST", "C"),
        ("STATIC", "M"),
        ("MOD", "m"),
        ("IMPL", "impl<T: Copy> Tr for S<T>"),
        ("FOREIGN_MOD", "C"),
        ("MACRO", "two"),
        ("MACRO_CALL", "two"),
        ("MACRO_CALL", "a::b::made"),
        ("TRAIT", "Au"),
        ("UNION", "Un"),
        ("TYPE_ALIAS", "Al"),
        ("EXTERN_CRATE", "core"),
        ("FN", "later"),
        ("FN", "k"),
    ]


def test_details() -> None:
    found = lower_items(SOURCE, ("gpu",))
    items = {(i.kind, i.name, i.disambiguator): i for i in found.tree.items}
    use = items[DefKind.USE, "", 0]
    assert [(i.path, i.name, i.is_glob) for i in use.imports] == [
        (("a",), "a", False),
        (("a", "b"), "*", True),
        (("a", "c"), "d", False),
        (("a", "e"), "_", False),
    ]
    k = items[DefKind.FN, "k", 0]
    assert k.header.startswith(b"/// Docs") and k.header.endswith(b"-> u8, ")
    assert [(a.path, a.tokens) for a in k.attrs] == [("kernel", ""), ("launch_bounds", "(256)")]
    assert (k.visibility, k.has_body) == ("pub", True)
    assert items[DefKind.FN, "k", 1].disambiguator == 1
    assert items[DefKind.CONST, "C", 0].header.endswith(b"::T ")
    assert items[DefKind.CONST, "C", 0].visibility == "pub(in crate::m)"
    assert items[DefKind.STATIC, "M", 0].header == b"static mut M: Vec<Vec<u8>>"
    impl = items[DefKind.IMPL, "impl<T: Copy> Tr for S<T>", 0]
    assert [(c.kind.name, c.name, c.has_body) for c in impl.children] == [
        ("TYPE_ALIAS", "Out", False),
        ("CONST", "K", True),
        ("FN", "go", False),
    ]
    assert [a.path for a in found.tree.inner_attrs] == ["no_std"]
    assert [a.path for a in items[DefKind.MOD, "m", 0].attrs] == ["allow"]


def test_spans_hold_the_items() -> None:
    found = lower_items(SOURCE, ("gpu",))
    for item, span in zip(found.tree.items, found.spans, strict=True):
        text = SOURCE[span.full.start : span.full.end]
        assert text.startswith(item.header)
        if item.kind not in (DefKind.IMPL, DefKind.USE, DefKind.FOREIGN_MOD, DefKind.MACRO_CALL):
            name = text[item.name_span.start : item.name_span.end].decode()
            assert name == item.name


def test_an_edit_in_a_body_leaves_the_tree_equal() -> None:
    before = lower_items(b"fn a() { x }\nmod m { fn b() { y } const C: u8 = 1; }")
    after = lower_items(b"fn a() { x + { 2 } }\nmod m { fn b() { } const C: u8 = { 2 }; }")
    assert before.tree == after.tree
    assert before.spans != after.spans


@pytest.mark.parametrize(
    ("predicate", "holds"),
    [
        ("unix", True),
        ("windows", False),
        ('feature = "a"', True),
        ('feature="b"', False),
        ("all(unix, not(windows))", True),
        ("any()", False),
        ("all()", True),
        ("any(windows, true)", True),
    ],
)
def test_cfg(predicate: str, holds: bool) -> None:
    text = f"#[cfg({predicate})] fn f() {{}}".encode()
    assert bool(shape(text, ("unix", 'feature = "a"'))) is holds


def test_local_items_are_found_at_statement_starts_only() -> None:
    source = b"fn f() { static mut S: u8 = 0; m! { struct Not; } { #[a] fn g() {} let x = y; const C: u8 = 1; } struct S2 {} }"
    found = lower_local_items(source, 7)
    assert [(i.kind.name, i.name) for i in found.tree.items] == [
        ("STATIC", "S"),
        ("FN", "g"),
        ("CONST", "C"),
        ("STRUCT", "S2"),
    ]
    assert source[slice(*found.spans[1].full)] == b"#[a] fn g() {}"


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (b"struct A\nfn g() {}", [("expected `where`, `{`, `(`, or `;` after struct name, found keyword `fn`", "fn")]),
        (b"fn (x: u8) {}", [("expected identifier, found `(`", "(")]),
        (b"let x = 3;\nfn g() {}", [("expected item, found keyword `let`", "let")]),
        (b"pub x;\nfn g() {}", [("visibility `pub` is not followed by an item", "x")]),
        (b"use a::b\nuse c::d;", [("expected `;`, found keyword `use`", "")]),
        (b"use a::{b c};", [("expected one of `,`, `::`, `as`, or `}`, found `c`", "c")]),
        (b"const X: u8 = 3\nfn f() {}", [("expected `;`, found keyword `fn`", "")]),
        (b"const X = 3;", [("missing type for `const` item", "")]),
        (b"fn f(x) {}", [("expected one of `:`, `@`, or `|`, found `)`", ")")]),
        (b"fn f() -> { }", [("expected type, found `{`", ">")]),
        (b"struct A { x: u32 y: u8 }", [("expected `,`, or `}`, found `y`", "")]),
        (b"enum E { A B }", [("expected one of `(`, `,`, `=`, `{`, or `}`, found `B`", "B")]),
        (b"#[]\nfn f() {}", [("expected identifier, found `]`", "]")]),
        (b"#[a b]\nfn f() {}", [("expected one of `(`, `::`, `=`, `[`, `]`, or `{`, found `b`", "b")]),
        (b"fn f();", [("free function without a body", ";")]),
        (b"impl S { fn f(); }", [("associated function in `impl` without body", ";")]),
        (b"struct S {};", [("expected item, found `;`", ";")]),
        (b"#[a]", [("expected item after attributes", "#")]),
        (
            b"m!(x)\nfn f() {}",
            [("macros that expand to items must be delimited with braces or followed by a semicolon", "")],
        ),
        (b"func f() {}", [("expected one of `!` or `::`, found `f`", "func")]),
    ],
)
def test_one_message_per_fault(text: bytes, faults: list[tuple[str, str]]) -> None:
    assert file_faults(text) == faults


def test_items_after_a_fault_are_kept() -> None:
    assert shape(b"fn a() {}\nxyzzy plugh\n#[k]\nfn b() {}\nstruct C\nfn d() {}") == [
        ("FN", "a"),
        ("FN", "b"),
        ("STRUCT", "C"),
        ("FN", "d"),
    ]


@pytest.mark.parametrize("path", sorted(LIBRARY.rglob("*.rs")), ids=lambda p: p.stem)
def test_the_library_has_no_fault(path) -> None:  # type: ignore[no-untyped-def]
    assert not lower_items(path.read_bytes()).faults
