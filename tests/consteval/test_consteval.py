"""Compile-time evaluation of constants: values, errors with their place, constants in types."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from compiler.hir.def_id import DefId, DefKind
from compiler.hir.inputs import crate_graph
from compiler.mir import body as m
from compiler.mir.consteval.queries import const_outcome, eval_const
from compiler.query import Database
from compiler.resolve.workspace import load_workspace, set_file
from compiler.ty.collect import type_of
from compiler.ty.layout import layout_of

FILE = "/nowhere/main.rs"
ROOT = DefId.crate("main")


def world(text: str) -> Database:
    db = Database()
    load_workspace(db, FILE)
    set_file(db, FILE, text.encode())
    assert crate_graph(db) is not None
    return db


def outcome(text: str, name: str = "X"):
    kind = DefKind.STATIC if re.search(rf"\bstatic (mut )?{name}\b", text) else DefKind.CONST
    return const_outcome(world(text), DefId(ROOT, kind, name), (), None)


def bits(text: str) -> int:
    value = outcome(text).value
    assert isinstance(value, m.ScalarConst), outcome(text)
    return value.bits


VALUES = {
    "const X: usize = 4 * 4 + 1;": 17,
    "const X: i32 = -5 / 2;": 2**32 - 2,
    "const X: u8 = 250u8.wrapping_add(10);": 4,
    "const X: u32 = 1u32.leading_zeros();": 31,
    "const X: u32 = !0u32 >> 4;": 0x0FFF_FFFF,
    "const X: bool = 3 > 2 && 1.5f32 < 2.0;": 1,
    "const X: char = 'x';": ord("x"),
    "const X: u32 = 300.7f64 as u8 as u32;": 255,
    "const X: f32 = 1.5 + 2.25;": 0x40700000,
    "const X: u32 = fib(10); const fn fib(n: u32) -> u32 { if n < 2 { n } else { fib(n - 1) + fib(n - 2) } }": 55,
    "const X: u32 = T[1] + T[3]; const T: [u32; 4] = { let mut t = [0; 4]; let mut i = 0; while i < 4 { t[i] = i as u32 * 2; i += 1; } t };": 8,
    "const X: usize = S.len(); const S: &[u32] = &[1, 2, 3];": 3,
    "const X: u32 = match O { Some(x) => x + 1, None => 0 }; const O: Option<u32> = Some(5);": 6,
    "const X: u32 = E::B as u32; enum E { A = 3, B, C = 10 }": 4,
    "const X: u32 = <Z as T>::K + Z::D; trait T { const K: u32; const D: u32 = 9; } struct Z; impl T for Z { const K: u32 = 77; }": 86,
    "const X: usize = core::mem::size_of::<(u8, u64)>();": 16,
    "const X: u32 = g::<5>(); const fn g<const N: u32>() -> u32 { N * 2 }": 10,
    "const X: u32 = { let p = P { a: 1, b: 2 }; let r = &p; r.a as u32 + r.b }; struct P { a: u8, b: u32 }": 3,
    "const X: u32 = { let mut a = [1, 2, 3]; let r = &mut a; r[1] = 7; a[0] + a[1] };": 8,
    "const X: u32 = apply(|v| v + 1); const fn apply(f: fn(u32) -> u32) -> u32 { f(2) }": 3,
    'const X: u8 = b"abc"[1];': ord("b"),
    "const X: u32 = unsafe { core::mem::transmute::<f32, u32>(1.0) };": 0x3F800000,
    "const X: u32 = const { 2 + 3 };": 5,
    "const X: Option<u32> = None; ": None,
}


@pytest.mark.parametrize("text", [t for t, v in VALUES.items() if v is not None])
def test_values(text):
    assert bits(text) == VALUES[text]


def test_aggregates_are_bytes_with_relocations():
    value = outcome("const X: &[u16; 2] = &[1, 2];").value
    assert isinstance(value, m.AllocConst) and value.data == bytes(8)
    ((offset, target, addend),) = value.relocations
    assert (offset, target.data, addend) == (0, b"\x01\x00\x02\x00", 0)


def test_a_static_is_its_bytes():
    value = outcome("static X: [u8; N] = [7; N]; const N: usize = 3;").value
    assert isinstance(value, m.AllocConst) and value.data == b"\x07\x07\x07"


ERRORS = {
    "const X: u32 = [1, 2][Y]; const Y: usize = 5;": "index out of bounds: the length is 2 but the index is 5",
    'const X: u32 = { if Y > 4 { panic!("too large") } 3 }; const Y: u32 = 5;': "evaluation panicked: too large",
    "const X: u32 = 1 / Y; const Y: u32 = 0;": "attempt to divide by zero",
    "const X: u32 = { loop {} };": "constant evaluation is taking too long",
    "const X: u32 = f(); const fn f() -> u32 { f() }": "reached the configured maximum number of stack frames",
}


@pytest.mark.parametrize("text", ERRORS)
def test_errors(text):
    made = outcome(text)
    assert made.value is None
    assert [d.code for d in made.diagnostics] == ["E0080"]
    assert made.diagnostics[0].message.endswith(ERRORS[text])


def test_an_error_points_at_the_place_in_the_called_function():
    text = "const X: u32 = check(9); const fn check(n: u32) -> u32 { assert!(n < 5); n }"
    (diagnostic,) = outcome(text).diagnostics
    assert diagnostic.primary.owner.name == "check"
    assert any("called inside constant `X`" in c.message for c in diagnostic.children)


def test_a_constant_that_needs_itself():
    (diagnostic,) = outcome("const X: u32 = Y; const Y: u32 = X;").diagnostics
    assert diagnostic.code == "E0391"


def test_array_lengths_and_const_arguments_are_evaluated():
    db = world(
        "const N: usize = 3; struct A<const K: usize>; static X: [[u8; N * 2]; 2] = [[0; 6]; 2]; static Y: A<{ N + 1 }> = A;"
    )
    assert layout_of(db, type_of(db, DefId(ROOT, DefKind.STATIC, "X"))).size == 12
    argument = type_of(db, DefId(ROOT, DefKind.STATIC, "Y")).args[0]
    assert eval_const(db, argument).value == 4


def test_an_edit_of_an_unrelated_constant_does_not_evaluate_again():
    db = world("const X: u32 = 1 + 1; const Y: u32 = 2;")
    x = DefId(ROOT, DefKind.CONST, "X")
    assert const_outcome(db, x, (), None).value.bits == 2
    set_file(db, FILE, b"const X: u32 = 1 + 1; const Y: u32 = 3;")
    db.trace = []
    assert const_outcome(db, x, (), None).value.bits == 2
    assert "const_outcome" not in [name for name, _ in db.trace]


ENVIRONMENT = {
    "Cargo.toml": """
[workspace]
members = ["app"]
[workspace.package]
version = "1.4.7-beta.2"
authors = ["A", "B"]
""",
    "app/Cargo.toml": """
[package]
name = "my-app"
edition = "2024"
version.workspace = true
authors.workspace = true
license = "MIT"
""",
    "app/src/main.rs": """
const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut i = 0;
    while i < a.len() && i < b.len() && a[i] == b[i] { i += 1; }
    i == a.len() && i == b.len()
}
const VERSION: bool = same(concat!(env!("CARGO_PKG_VERSION"), "|", env!("CARGO_PKG_VERSION_PRE")), "1.4.7-beta.2|beta.2");
const AUTHORS: bool = same(env!("CARGO_PKG_AUTHORS"), "A:B");
const LICENSE: bool = same(concat!(env!("CARGO_PKG_LICENSE"), env!("CARGO_PKG_HOMEPAGE")), "MIT");
const CRATE: bool = same(env!("CARGO_CRATE_NAME"), "my_app");
const SET: bool = match option_env!("OXIDE_TEST_SET") { Some(v) => same(v, "yes"), None => false };
const UNSET: bool = option_env!("OXIDE_TEST_NEVER_SET").is_none();
fn main() {}
""",
}


@pytest.mark.parametrize("name", ["VERSION", "AUTHORS", "LICENSE", "CRATE", "SET", "UNSET"])
def test_environment_of_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("OXIDE_TEST_SET", "yes")
    for file, text in ENVIRONMENT.items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text)
    db = Database()
    load_workspace(db, (tmp_path / "app/src/main.rs").as_posix())
    found = const_outcome(db, DefId(DefId.crate("my_app"), DefKind.CONST, name), (), None)
    assert isinstance(found.value, m.ScalarConst), found
    assert found.value.bits == 1
