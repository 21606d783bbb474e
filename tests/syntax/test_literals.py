"""Exact values of literals, and rustc's complaints."""

from __future__ import annotations

import pytest

from compiler.syntax.literals import decode_number, decode_quoted


@pytest.mark.parametrize(
    ("text", "value", "suffix"),
    [
        ("0", 0, None),
        ("1_000i64", 1000, "i64"),
        ("0xFf_u8", 255, "u8"),
        ("0o17", 15, None),
        ("0b1010_1010", 170, None),
        ("340282366920938463463374607431768211455", (1 << 128) - 1, None),
        ("1.5", "1.5", None),
        ("1.", "1.", None),
        ("1_0.0_1e-1_0f64", "10.01e-10", "f64"),
        ("2f32", "2", "f32"),
        ("1E5", "1E5", None),
    ],
)
def test_numbers(text: str, value: int | str, suffix: str | None) -> None:
    found = decode_number(text)
    assert (found.value, found.suffix, found.faults) == (value, suffix, [])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r'"a\n\t\\\"\0\x41\u{1F600}"', 'a\n\t\\"\0A\U0001f600'),
        ('"a\\\n   b"', "ab"),
        ('r"a\\n"', "a\\n"),
        ('r##"a"#b"##', 'a"#b'),
        (r'b"\xff\n"', b"\xff\n"),
        ('c"hi"', b"hi"),
        ("'x'", ord("x")),
        (r"'\''", ord("'")),
        (r"b'\\'", ord("\\")),
    ],
)
def test_quoted(text: str, value: int | str | bytes) -> None:
    found = decode_quoted(text)
    assert (found.value, found.faults) == (value, [])


def test_utf8_is_decoded() -> None:
    assert decode_quoted('"é"'.encode().decode("latin-1")).value == "é"
    assert decode_quoted("'é'".encode().decode("latin-1")).value == ord("é")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("0b12", "invalid digit for a base 2 literal"),
        ("0o8", "invalid digit for a base 8 literal"),
        ("0x", "no valid digits found for number"),
        ("1u33", "invalid width `33` for integer literal"),
        ("1f33", "invalid width `33` for float literal"),
        ("1foo", "invalid suffix `foo` for number literal"),
        ("1.0u8", "invalid suffix `u8` for float literal"),
        ("1e", "expected at least one digit in exponent"),
        ("340282366920938463463374607431768211456", "integer literal is too large"),
    ],
)
def test_number_faults(text: str, message: str) -> None:
    assert [f[3] for f in decode_number(text).faults] == [message]


@pytest.mark.parametrize(
    ("text", "at", "message"),
    [
        (r'"a\q"', r"\q", "unknown character escape: `q`"),
        (r'b"\q"', r"\q", "unknown byte escape: `q`"),
        (r'"\xff"', r"\xff", "out of range hex escape"),
        (r'"\x4"', r"\x4", "numeric character escape is too short"),
        (r'"\xg0"', r"\xg0", "invalid character in numeric character escape: `g`"),
        (r'"\u41"', r"\u", "incorrect unicode escape sequence"),
        (r'"\u{}"', r"\u{}", "empty unicode escape"),
        (r'"\u{1234567}"', r"\u{1234567}", "overlong unicode escape"),
        (r'"\u{d800}"', r"\u{d800}", "invalid unicode character escape"),
        (r'b"\u{41}"', r"\u{41}", "unicode escape in byte string"),
        ("''", "''", "empty character literal"),
        ("'ab'", "'ab'", "character literal may only contain one codepoint"),
        ('"x"foo', '"x"foo', "suffixes on string literals are invalid"),
        ('c"a\\0b"', 'c"a\\0b"', "null characters in C string literals are not supported"),
    ],
)
def test_quoted_faults(text: str, at: str, message: str) -> None:
    assert [(text[f[0] : f[1]], f[3]) for f in decode_quoted(text).faults] == [(at, message)]
