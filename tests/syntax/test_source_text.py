"""Faults of a text as a whole: size, encoding, brackets. One message each, at the right place."""

from __future__ import annotations

import pytest

from compiler.syntax.source_text import MAX_BYTES, read_text


def faults(text: bytes) -> list[tuple[str, bytes]]:
    return [(f.message, text[f.span.start : f.span.end]) for f in read_text(text).faults]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"", []),
        (b"\xef\xbb\xbffn f() {}", []),
        (b"#!/usr/bin/env run\nfn f() {}", []),
        (b"#![allow(x)]\nfn f() {}", []),
        (b"fn f() { (a[0]) }", []),
        (b"fn f() { if x {\n}\nfn g() {}\n", [("this file contains an unclosed delimiter", b"{")]),
        (b"fn f() { a } }\nfn g() {}", [("unexpected closing delimiter: `}`", b"}")]),
        (b"fn f() {\n    a(b;\n    c();\n}\n", [("expected `)`, found `;`", b";")]),
        (b"fn f() { a[b; }", [("mismatched closing delimiter: `}`", b"}")]),
        (b"fn f() { \xff }", [("file is not valid UTF-8: byte 0xff at offset 9", b"\xff")]),
    ],
)
def test_faults(text: bytes, expected: list[tuple[str, bytes]]) -> None:
    assert faults(text) == expected


def test_an_unclosed_brace_does_not_swallow_the_items_after_it() -> None:
    text = b"fn f() {\n    if x {\n}\n\nfn g() { }\n"
    read = read_text(text)
    openers = [i for i, kind in enumerate(read.tokens.kinds) if kind == "{"]
    assert text[: read.delimiters.end_offset(openers[0])].count(b"fn") == 1


def test_a_huge_text_is_one_message() -> None:
    assert [f.message for f in read_text(b"a " * MAX_BYTES).faults] == [
        "unsupported: a source file of 8.0 MiB (the limit is 4 MiB)"
    ]
