"""Doc comments where they document nothing.

What it is: lookups in the text between two tokens, where the lexer leaves comments out. Assumes: the text is decoded as
latin-1, so that indices are byte offsets. Guarantees: ``////`` and comments inside comments are none.

>>> dangling_comment("{ f() /// says nothing\\n}", 5, 22)
Span(start=6, end=22)
"""

from __future__ import annotations

import re

from compiler.base.span import Span
from compiler.syntax.lexer import DOC, lex

_OUTER = re.compile(r"///(?!/)|/\*\*(?![*/])")
_INNER = re.compile(r"//!|/\*!")
DANGLING = "found a documentation comment that doesn't document anything"


def outer_comments(text: str, start: int, end: int) -> list[Span]:
    """``///`` and ``/** */`` comments between two tokens."""
    return _comments(text, start, end, False) if end - start > 2 and _OUTER.search(text, start, end) else []


def inner_comments(text: str, start: int, end: int) -> list[Span]:
    """``//!`` and ``/*! */`` comments between two tokens."""
    return _comments(text, start, end, True) if end - start > 2 and _INNER.search(text, start, end) else []


def dangling_comment(text: str, start: int, end: int) -> Span | None:
    """The last outer comment before a token that ends something."""
    found = outer_comments(text, start, end)
    return found[-1] if found else None


def _comments(text: str, start: int, end: int, inner: bool) -> list[Span]:
    docs = lex(text, start, end, keep_docs=True)
    found = zip(docs.kinds, docs.texts, docs.starts, docs.ends, strict=True)
    return [Span(s, e) for kind, word, s, e in found if kind == DOC and (word[2:3] == "!") is inner]
