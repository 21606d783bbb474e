"""Exhaustiveness and reachability of patterns; the messages are rustc's."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from mir_support import database, fn_id

from compiler.mir.build.check_match import check_match

TYPES = "#![allow(dead_code)]\npub enum E { A, B(bool), C { x: u8, y: Option<bool> } }\npub enum Never {}\n"

CASES: list[tuple[str, str, list[tuple[str, str]]]] = [
    ("e: E", "match e { E::A => 1, E::B(true) => 2 }", [("E0004", "`E::C { .. }` not covered")]),
    ("e: E", "match e { E::A => 1, E::B(true) => 2, E::C { .. } => 3 }", [("E0004", "`E::B(false)` not covered")]),
    ("e: E", "match e { E::A => 1, E::B(_) => 2, E::C { x: 0, .. } => 3 }",
     [("E0004", "`E::C { x: 1_u8..=u8::MAX, .. }` not covered")]),
    ("x: u8", "match x { 0..=9 => 1, 20..30 => 2, 255 => 3 }",
     [("E0004", "`10_u8..=19_u8` and `30_u8..=254_u8` not covered")]),
    ("x: i32", "match x { i32::MIN..=-1 => 1, 1.. => 2 }", [("E0004", "`0_i32` not covered")]),
    ("x: i8", "match x { ..0 => 1, 0 => 2 }", [("E0004", "`1_i8..=i8::MAX` not covered")]),
    ("x: (Option<u32>, bool)", "match x { (Some(_), true) => 1, (None, _) => 0 }",
     [("E0004", "`(Some(_), false)` not covered")]),
    ("x: &[u32]", "match x { [] => 0, [a] => *a, [a, .., 3] => *a }",
     [("E0004", "`&[_, .., 0_u32..=2_u32]` and `&[_, .., 4_u32..=u32::MAX]` not covered")]),
    ("x: &[u32]", "match x { [] => 0, [_, ..] => 1 }", []),
    ("x: &[bool]", "match x { [true, ..] => 0, [.., false] => 1 }",
     [("E0004", "`&[]` not covered")]),
    ("x: usize", "match x { 0..=5 => 1, 7..=18446744073709551615 => 2 }",
     [("E0004", "`6_usize` and `usize::MAX..` not covered")]),
    ("x: usize", "match x { 0..5 => 1, 5.. => 2 }", []),
    ("x: &str", 'match x { "a" => 1, "b" => 2 }', [("E0004", "`&_` not covered")]),
    ("x: char", "match x { 'a'..='z' => 1, '\\0'..='`' => 3 }",
     [("E0004", "`'{'..='\\u{d7ff}'` and `'\\u{e000}'..='\\u{10ffff}'` not covered")]),
    ("x: &Option<&E>", "match x { None => 0, Some(E::A) => 1, Some(E::C { x: 0, .. }) => 3 }",
     [("E0004", "`&Some(&E::B(_))` not covered")]),
    ("x: bool", "match x { true => 1, false => 2, _ => 3 }", [("unreachable_patterns", "unreachable pattern")]),
    ("x: u32", "match x { 1 | 2 | 1 => 1, _ => 3, 7 => 2 }",
     [("unreachable_patterns", "unreachable pattern"), ("unreachable_patterns", "unreachable pattern")]),
    ("x: [bool; 2]", "match x { [true, _] => 1, [_, true] => 2 }", [("E0004", "`[false, false]` not covered")]),
    ("x: f32", "match x { 0.0..=1.0 => 1, 2.0 => 3 }", [("E0004", "`_` not covered")]),
    ("x: u32", "match x { n if n > 3 => 1, 0..=3 => 2 }", [("E0004", "`4_u32..=u32::MAX` not covered")]),
    ("x: Option<Option<u8>>", "match x { Some(Some(0..=254)) => 1 }", [("E0004", "`None` not covered")]),
    ("x: i8", "match x { -5..=5 => 0, 6..=-6 => 1, _ => 2 }", [("E0030", "lower bound for range pattern")]),
    ("x: core::cmp::Ordering", "match x { core::cmp::Ordering::Less => 1 }",
     [("E0004", "`std::cmp::Ordering::Equal` and `std::cmp::Ordering::Greater` not covered")]),
    ("a: (bool, bool, bool)", "match a { (true, _, _) => 1, (_, true, _) => 2, (_, _, true) => 3 }",
     [("E0004", "`(false, false, false)` not covered")]),
    ("x: u64", "match x {}", [("E0004", "type `u64` is non-empty")]),
    ("x: Never", "match x {}", []),
    ("x: Result<u32, Never>", "{ let Ok(y) = x; y }", []),
    ("x: Option<u32>", "{ let Some(y) = x; y }", [("E0005", "refutable pattern in local binding")]),
    ("Some(x): Option<u32>", "x", [("E0005", "refutable pattern in function argument")]),
    ("x: u32", "{ let (1, y) = (x, x); y }", [("E0005", "refutable pattern in local binding")]),
    ("x: u32", "{ if let y = x { y } else { 0 } }", [("irrefutable_let_patterns", "irrefutable `if let` pattern")]),
    ("x: Option<u32>", "{ let Some(y) = x else { return 3 }; y }", []),
    ("e: E", "match e { A => 1 }", [("E0170", "pattern binding `A` is named the same")]),
    ("x: (u8, u8)", "match x { (0, _) | (_, 0) => 1, (1..=255, 1..=255) => 2 }", []),
]  # fmt: skip


def source(signature: str, body: str) -> str:
    return f"{TYPES}pub fn f({signature}) -> u32 {{ {body} }}\n"


@pytest.mark.parametrize(("signature", "body", "expected"), CASES)
def test_patterns(signature: str, body: str, expected: list[tuple[str, str]]) -> None:
    found = check_match(database(source(signature, body)), fn_id("f"))
    assert [d.code for d in found] == [code for code, _ in expected]
    for diagnostic, (_, text) in zip(found, expected, strict=True):
        assert text in diagnostic.message


def test_generic_constants_are_no_patterns() -> None:
    text = "pub trait T { const K: u32; }\npub fn f<X: T>(x: u32) -> u32 { match x { X::K => 1, _ => 2 } }"
    assert [d.code for d in check_match(database(text), fn_id("f"))] == ["E0158"]


def test_large_tuples_are_quick() -> None:
    ty = ", ".join(["Option<bool>"] * 12)
    arms = "".join(f"({', '.join('Some(true)' if i == k else '_' for i in range(12))}) => {k}," for k in range(12))
    found = check_match(database(source(f"x: ({ty})", f"match x {{ {arms} }}")), fn_id("f"))
    assert len(found) == 1 and found[0].code == "E0004"


@pytest.mark.rustc
@pytest.mark.skipif(shutil.which("rustc") is None, reason="no rustc on this machine")
def test_rustc_agrees(tmp_path: Path) -> None:
    functions = "".join(f"pub fn f{i}({s}) -> u32 {{ {b} }}\n" for i, (s, b, _) in enumerate(CASES))
    path = tmp_path / "t.rs"
    path.write_text(TYPES + functions)
    command = ["rustc", "--edition", "2024", "--crate-type", "lib", "--error-format=short", "--emit=metadata"]
    shown = subprocess.run(
        [*command, "-o", str(tmp_path / "m"), str(path)], capture_output=True, text=True, check=False
    )
    lines = shown.stderr.splitlines()
    first = TYPES.count("\n") + 1
    for i, (_, _, expected) in enumerate(CASES):
        here = [
            line
            for line in lines
            if f"t.rs:{first + i}:" in line and "unused variable" not in line and "unnecessary" not in line
        ]
        assert len(here) == len(expected), (CASES[i], here)
        for code, text in expected:
            assert any(text in line and (not code.startswith("E") or f"[{code}]" in line) for line in here), (
                text,
                here,
            )
