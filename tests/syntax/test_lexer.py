"""Tokens: kinds, texts, exact byte ranges, and recovery from unterminated literals."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from compiler.syntax.lexer import lex
from compiler.syntax.source_text import read_text

LIBRARY = sorted((Path(__file__).resolve().parents[2] / "compiler" / "library").rglob("*.rs"))


def kinds(text: str) -> list[str]:
    return lex(text).kinds[:-3]


def texts(text: str, **options: bool) -> list[str]:
    return lex(text.encode().decode("latin-1"), **options).texts[:-3]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a+=b<<=c>>d", ["IDENT", "+=", "IDENT", "<<=", "IDENT", ">>", "IDENT"]),
        ("x.0.1 1..2 1.max 1. 1.5e-3f32", ["IDENT", ".", "NUM", "NUM", "..", "NUM", "NUM", ".", "IDENT", "NUM", "NUM"]),
        ("'a' 'a '\\'' '\\u{41}' b'x'", ["CHAR", "LIFETIME", "CHAR", "CHAR", "BYTE"]),
        ("<'a,'b>", ["<", "LIFETIME", ",", "LIFETIME", ">"]),
        ('"a" r"b\\" r#"c"d"# b"e" br#"f"# c"g"', ["STR", "STR", "STR", "BYTE_STR", "BYTE_STR", "C_STR"]),
        ("r#fn fn r", ["IDENT", "fn", "IDENT"]),
        ("a /* x /* y */ z */ b // c\nd", ["IDENT", "IDENT", "IDENT"]),
        ('for"x" b#', ["for", "STR", "IDENT", "#"]),
        ("/", ["/"]),
        ("", []),
        ("// only a comment", []),
        ("  \n ", []),
    ],
)
def test_kinds(text: str, expected: list[str]) -> None:
    assert kinds(text) == expected


def test_texts_are_the_token_and_ranges_are_bytes() -> None:
    source = 'let é = "ü"; r#fn'
    tokens = lex(source.encode().decode("latin-1"))
    assert tokens.texts[:2] == ["let", "é"]
    raw = source.encode()
    assert [raw[s:e].decode() for s, e in zip(tokens.starts[:-3], tokens.ends[:-3], strict=True)] == [
        "let", "é", "=", '"ü"', ";", "r#fn",
    ]  # fmt: skip
    assert tokens.texts[5] == "fn"


def test_doc_comments_only_on_request() -> None:
    source = "/// one\n//// not\n/** two */ /*** not */ /**/ //! three\nx"
    assert texts(source) == ["x"]
    assert texts(source, keep_docs=True) == ["/// one", "/** two */", "//! three", "x"]


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ('let s = "abc; f();\nlet t = "x"; g("y");', "E0765", '"abc; f();'),
        ('f("a", "b', "E0765", '"b'),
        ("/* a /* b */", "E0758", "/*"),
        ("let x = '", "E0762", "'"),
    ],
)
def test_the_culprit_of_an_unterminated_literal(text: str, code: str, where: str) -> None:
    faults = read_text(text.encode()).faults
    assert [(f.code, text[f.span.start : f.span.end]) for f in faults] == [(code, where)]


def test_multi_line_strings_are_strings() -> None:
    assert not read_text(b'f("a\n b \\\n c"); r#"x\ny"#;').faults


def test_any_bytes_lex() -> None:
    rng = random.Random(4)
    for _ in range(300):
        data = bytes(rng.choice(b"\x00\xff\"'/*{}()ab01.#r\\\n ") for _ in range(rng.randrange(40)))
        tokens = lex(data.decode("latin-1"))
        assert tokens.starts == sorted(tokens.starts)


@pytest.mark.parametrize("path", LIBRARY, ids=lambda p: p.stem)
def test_the_library_has_no_lexical_fault(path: Path) -> None:
    assert not read_text(path.read_bytes()).faults
