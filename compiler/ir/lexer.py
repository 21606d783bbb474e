"""Tokens of MLIR's generic textual form.

What it is: one regular expression over the whole text. What it guarantees: every character is in a token, a comment or
white space, or a :class:`ParseError` points at it. Example::

    [t.text for t in tokenize('%0 = "a.b"() : () -> i32')][:3] == ['%0', '=', '"a.b"']
"""

from __future__ import annotations

import re
from typing import NamedTuple

from compiler.ir.errors import ParseError

_TOKEN = re.compile(
    r"""
    (?P<space>(?:[ \t\r\n]+|//[^\n]*)+)
  | (?P<string>"(?:[^"\\\n]|\\.)*")
  | (?P<value>%[A-Za-z0-9_$.\-]+(?:\#[0-9]+)?)
  | (?P<block>\^[A-Za-z0-9_$.]+)
  | (?P<symbol>@(?:[A-Za-z_$][A-Za-z0-9_$.]*|"(?:[^"\\\n]|\\.)*"))
  | (?P<hash>\#[A-Za-z_][A-Za-z0-9_$.]*)
  | (?P<bang>![A-Za-z_][A-Za-z0-9_$.]*)
  | (?P<arrow>->)
  | (?P<number>-?(?:0x[0-9A-Fa-f]+|[0-9]+\.[0-9]*(?:[eE][-+]?[0-9]+)?|[0-9]+))
  | (?P<word>[A-Za-z_][A-Za-z0-9_$.]*)
  | (?P<punct>[()\[\]{}<>,:=*+?|-])
    """,
    re.VERBOSE,
)


class Token(NamedTuple):
    kind: str
    text: str
    offset: int


def tokenize(text: str) -> list[Token]:
    """All tokens, ending in one of kind ``eof``."""
    tokens: list[Token] = []
    position = 0
    match = _TOKEN.match
    while position < len(text):
        found = match(text, position)
        if found is None:
            line = text.count("\n", 0, position) + 1
            column = position - text.rfind("\n", 0, position)
            raise ParseError(f"unexpected character {text[position]!r}", line, column)
        kind = found.lastgroup or ""
        if kind != "space":
            tokens.append(Token(kind, found.group(), position))
        position = found.end()
    tokens.append(Token("eof", "", len(text)))
    return tokens
