"""One clear message per fault in a body, on the smallest span; wording is rustc's."""

from __future__ import annotations

import random

import pytest

from compiler.syntax.lexer import lex
from tests.hir.lowering_of import LIBRARY, body_faults, file_faults


@pytest.mark.parametrize(
    ("statements", "message", "at"),
    [
        ("let x = 5\n let y = 6;", "expected `;`, found keyword `let`", ""),
        ("foo()\n bar()", "expected `;`, found `bar`", ""),
        ("let x: = 3;", "expected type, found `=`", "="),
        ("let = 3;", "expected pattern, found `=`", "="),
        ("let mut self = 3;", "expected identifier, found keyword `self`", "self"),
        ("x = ; y", "expected expression, found `;`", ";"),
        ("x +", "expected expression, found `}`", "}"),
        ("a.; b", "unexpected token: `;`", "."),
        ("foo(,)", "expected expression, found `,`", ","),
        ("foo(1 2)", "expected one of `)`, `,`, `.`, `?`, or an operator, found `2`", "2"),
        ("match x { 1 => 2 3 => 4 }", "expected one of `,`, `.`, `?`, `}`, or an operator, found `3`", "3"),
        ("match x { P { a b } => 1, Q => 2 }", "expected one of `}`, `,`, or `:`, found `b`", "b"),
        ("for x 0..3 {}", "expected `in`, found `0`", "0"),
        ("while { }", "missing condition for `while` expression", ""),
        ("if x y", "expected `{`, found `y`", "y"),
        ("S { a: 1 b: 2 }", "expected one of `,`, `:`, or `}`, found `b`", "b"),
        ("S { a = 1 }", "expected `:`, found `=`", "="),
        ("a < b < c", "comparison operators cannot be chained", "< b <"),
        ("x as usize < y", "`<` is interpreted as a start of generic arguments for `usize`, not a comparison", "<"),
        ("x++;", "Rust has no postfix increment operator", "++"),
        ("_", "in expressions, `_` can only be used on the left-hand side of an assignment", "_"),
        ("let Some(x) = y else { return } z", "expected `;`, found `z`", ""),
        ("a..=", "inclusive range with no end", "..="),
        ("0b12;", "invalid digit for a base 2 literal", "2"),
        (r'"\q";', "unknown character escape: `q`", r"\q"),
        ("x.f::<u8>;", "field expressions cannot have generic arguments", "<u8>"),
        ("#[unroll(1)] for i in x {}", "partial unroll factor must be in 2..=1024, or 0 for full unrolling", "1"),
        ("#[unroll] x;", "`#[unroll]` can only be applied to a `while`, `loop` or `for` expression", "unroll"),
        ("if let A = b = c {}", "expected expression, found `let` statement", "let"),
        ("x = let A = b;", "expected expression, found `let` statement", "let"),
        ("if a || let B = c {}", "expected expression, found `let` statement", "let"),
        ("S { ..  };", "base expression required after `..`", "}"),
    ],
)
def test_faults(statements: str, message: str, at: str) -> None:
    assert body_faults(statements) == [(message, at)]


@pytest.mark.parametrize("statements", ["(", "foo(a; b", "x[1", "{ {", "a }", '"abc'])
def test_unbalanced_bodies_are_reported_for_the_file_only(statements: str) -> None:
    assert len(file_faults(f"fn f() {{\n    {statements}\n}}\nfn g() {{}}\n".encode())) == 1


SAMPLES = sorted((LIBRARY / "core").rglob("*.rs"))[::6]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_broken_files_never_raise_and_say_little(path) -> None:  # type: ignore[no-untyped-def]
    text = path.read_bytes()
    assert file_faults(text) == []
    rng = random.Random(path.name)
    tokens = lex(text.decode("latin-1"))
    if len(tokens) < 20:
        return
    counts = []
    for _ in range(8):
        counts.append(len(file_faults(text[: rng.randrange(len(text))])))
        at = rng.randrange(len(tokens))
        counts.append(len(file_faults(text[: tokens.starts[at]] + text[tokens.ends[at] :])))
    assert sum(counts) <= 2 * len(counts)


def _balanced(words: list[str]) -> bool:
    stack: list[str] = []
    for word in words:
        if word in ("(", "[", "{"):
            stack.append({"(": ")", "[": "]", "{": "}"}[word])
        elif word in (")", "]", "}") and (not stack or stack.pop() != word):
            return False
    return not stack


def test_random_tokens_have_faults_where_brackets_do_not_balance() -> None:
    """And never more faults than tokens, each with words of its own."""
    rng = random.Random(11)
    words = [
        "fn",
        "f",
        "(",
        ")",
        "{",
        "}",
        "[",
        "]",
        "let",
        "x",
        "=",
        ";",
        ",",
        ".",
        "::",
        "<",
        ">",
        "+",
        "if",
        "else",
        "match",
        "=>",
        "|",
        "&",
        "'a",
        "1",
        '"s"',
        "for",
        "in",
        "#",
        "!",
        "pub",
        "use",
        "mod",
        "impl",
        "struct",
        "as",
    ]
    for _ in range(400):
        chosen = [rng.choice(words) for _ in range(rng.randrange(30))]
        for text in (chosen, ["fn", "f", "(", ")", "{", *chosen, "}"]):
            faults = file_faults(" ".join(text).encode())
            assert faults or _balanced(text), text
            assert len(faults) <= len(text) and all(message for message, _ in faults), text
