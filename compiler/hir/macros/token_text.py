"""Tokens back to text, for ``stringify!`` and for items made by macros.

>>> from compiler.syntax.lexer import lex
>>> text_of(lex("a+ b . c"), 0, 5)
'a+ b . c'
"""

from __future__ import annotations

from compiler.base.span import Span
from compiler.hir.nodes import strip_mark
from compiler.syntax.lexer import (
    CLOSE_GROUP,
    IDENT,
    KEYWORDS,
    LIFETIME,
    LITERALS,
    OPEN_GROUP,
    Tokens,
)

_GLUED_BEFORE = frozenset((",", ";", ".", ")", "]", "?", ":"))
_GLUED_AFTER = frozenset(("(", "[", ".", "!", "&", "#", "$", "::", "'"))


def text_of(tokens: Tokens, first: int, last: int) -> str:
    """The tokens as ``stringify!`` shows them: spaced as in the source where it is known."""
    parts: list[str] = []
    previous = -1
    for at in range(first, last):
        kind = tokens.kinds[at]
        if kind in (OPEN_GROUP, CLOSE_GROUP):
            continue
        if previous >= 0 and _apart(tokens, previous, at):
            parts.append(" ")
        parts.append(_plain(kind, tokens.texts[at]))
        previous = at
    return "".join(parts)


def _apart(tokens: Tokens, left: int, right: int) -> bool:
    start, end = tokens.starts[right], tokens.ends[left]
    if tokens.starts[left] != start and start >= end:
        return start > end
    return _heuristic(tokens.kinds[left], tokens.kinds[right])


def _heuristic(left: str, right: str) -> bool:
    if right in _GLUED_BEFORE or left in _GLUED_AFTER:
        return False
    return not (right in ("(", "[", "!", "::") and (left == IDENT or left in ("self", "Self", ">")))


def _plain(kind: str, text: str) -> str:
    if kind == "$crate":
        return "$crate"
    if kind == IDENT and text in KEYWORDS:
        return "r#" + text
    return strip_mark(text) if kind in (IDENT, LIFETIME) else _utf8(text) if kind in LITERALS else text


def _utf8(text: str) -> str:
    return text if text.isascii() else text.encode("latin-1").decode("utf-8", "replace")


class SpanMap:
    """Where the tokens of generated text came from: (offset in the text, span in the source), by rising offset."""

    __slots__ = ("offsets", "spans")

    def __init__(self) -> None:
        self.offsets: list[int] = []
        self.spans: list[Span] = []

    def add(self, offset: int, span: Span) -> None:
        self.offsets.append(offset)
        self.spans.append(span)


def item_text(tokens: Tokens, first: int, last: int, krate: str) -> tuple[bytes, SpanMap]:
    """The tokens as text that lexes back to them, hygiene marks included; invisible groups become what they mean.

    ``$crate`` becomes ``crate`` in its own crate and ``::name`` elsewhere.
    """
    parts: list[bytes] = []
    span_map = SpanMap()
    offset = 0
    previous = ""
    closers: list[str] = []
    for at in range(first, last):
        kind, text = tokens.kinds[at], tokens.texts[at]
        if kind == OPEN_GROUP:
            opener, closer = _GROUP_TEXT.get(text, ("", ""))
            closers.append(closer)
            written = opener
        elif kind == CLOSE_GROUP:
            written = closers.pop() if closers else ""
        elif kind == "$crate":
            written = "crate" if text == krate else f"::{text}"
        elif kind == IDENT and text in KEYWORDS:
            written = "r#" + text
        else:
            written = text
        if not written:
            continue
        raw = written.encode("latin-1") if kind in LITERALS else written.encode("utf-8")
        if _needs_space(previous, written):
            parts.append(b" ")
            offset += 1
        span_map.add(offset, Span(tokens.starts[at], tokens.ends[at]))
        parts.append(raw)
        offset += len(raw)
        previous = written
    return b"".join(parts), span_map


def _needs_space(left: str, right: str) -> bool:
    """Would the two tokens lex differently, or read badly, without a space?"""
    if not left or left in "([{;" or right in ")]},;([{":
        return left in (";", "{") or right in ("}", "{")
    if left in (",", ")", "]", "}"):
        return right[0] != "."
    wordy_left, wordy_right = _wordy(left[-1]), _wordy(right[0])
    return (
        wordy_left == wordy_right
        or (wordy_left and right[0] in "'\".=<>+-*/&|")
        or (wordy_right and left not in ("::", ".", "#", "!", "&", "$"))
    )


def _wordy(char: str) -> bool:
    return char.isalnum() or char in "_\"'" or char >= "\x80"


_GROUP_TEXT = {"expr": ("(", ")"), "pat": ("(", ")"), "pat_param": ("(", ")")}
