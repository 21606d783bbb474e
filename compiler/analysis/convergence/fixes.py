"""Edits that make a finding go away, for the shapes where that is sure.

Assumes: spans relative to the owner's item. Guarantees: an edit is offered only where the text has exactly the shape it
is for: a barrier that is the first or last statement of an ``if`` without ``else``, or of both arms of one with an
``else``; a mask written as a literal.

Example: ``if t < 8 { x(); sync_threads(); }`` becomes ``if t < 8 { x(); } sync_threads();``.
"""

from __future__ import annotations

import re

from compiler.base.span import Span
from compiler.diagnostics.model import Applicability, Edit, Suggestion
from compiler.hir.def_id import DefId
from compiler.query import Database
from compiler.resolve.source import item_source

_MASK = re.compile(rb"\(\s*(0[xX][0-9a-fA-F_]+|0b[01_]+|[0-9][0-9_]*)(u32)?\s*[,)]")


def hoist(db: Database, owner: DefId, span: Span) -> Suggestion | None:
    """Move a barrier statement out of the ``if`` it stands in."""
    text = item_source(db, owner)
    return _hoist_of_one(text, owner, span) or _hoist_of_both(text, owner, span)


def _hoist_of_one(text: bytes, owner: DefId, span: Span) -> Suggestion | None:
    """Out of an ``if`` without ``else``."""
    end = _after(text, span.end, b";")
    if end is None:
        return None
    start = span.start
    statement = text[start:end].decode("utf-8", "replace")
    closing = _skip(text, end)
    before = _skip_back(text, start)
    opening = before - 1
    if closing < len(text) and text[closing : closing + 1] == b"}":
        head = _if_head(text, _opening_of(text, closing))
        if head is not None and not _has_else(text, closing):
            indent = _indent(text, head)
            insert = Edit(Span(closing + 1, closing + 1), f"\n{indent}{statement}", owner)
            return _moved("after", (Edit(Span(before, end), "", owner), insert))
    if opening >= 0 and text[opening : opening + 1] == b"{":
        head = _if_head(text, opening)
        close = _closing_of(text, opening)
        if head is not None and close is not None and not _has_else(text, close):
            insert = Edit(Span(head, head), f"{statement}\n{_indent(text, head)}", owner)
            return _moved("before", (insert, Edit(Span(start, _skip(text, end)), "", owner)))
    return None


def _hoist_of_both(text: bytes, owner: DefId, span: Span) -> Suggestion | None:
    """Out of both arms, which end or begin with the same barrier."""
    barrier = b"".join(text[span.start : span.end].split())
    arms = _arms_around(text, span.start)
    if arms is None:
        return None
    head, blocks = arms
    first, last = [], []
    for opening, closing in blocks:
        start = _skip(text, opening + 1)
        end = text.find(b";", start, closing)
        if end >= 0 and b"".join(text[start:end].split()) == barrier:
            first.append(Span(start, _skip(text, end + 1)))
        end = _skip_back(text, closing)
        start = max(text.rfind(mark, opening, end - 1) for mark in (b";", b"{", b"}")) + 1
        if text[end - 1 : end] == b";" and b"".join(text[start : end - 1].split()) == barrier:
            last.append(Span(start, end))
    statement = text[span.start : span.end].decode("utf-8", "replace") + ";"
    indent = _indent(text, head)
    if len(last) == 2 and any(s.start <= span.start < s.end for s in last):
        close = blocks[1][1] + 1
        edits = tuple(Edit(s, "", owner) for s in last)
        return _moved("after", (*edits, Edit(Span(close, close), f"\n{indent}{statement}", owner)))
    if len(first) == 2 and any(s.start <= span.start < s.end for s in first):
        edits = tuple(Edit(s, "", owner) for s in first)
        return _moved("before", (Edit(Span(head, head), f"{statement}\n{indent}", owner), *edits))
    return None


def _arms_around(text: bytes, at: int) -> tuple[int, list[tuple[int, int]]] | None:
    """Start of the ``if .. else`` whose arm is the innermost block around a position, and the braces of both arms."""
    depth, opening = 0, at - 1
    while opening >= 0 and (depth or text[opening : opening + 1] != b"{"):
        depth += (text[opening : opening + 1] == b"}") - (text[opening : opening + 1] == b"{")
        opening -= 1
    before = _skip_back(text, max(opening, 0))
    if text[max(before - 4, 0) : before] == b"else":
        closing = _skip_back(text, before - 4) - 1
        if text[closing : closing + 1] != b"}":
            return None
        opening = _opening_of(text, closing)
    head, closes = _if_head(text, opening), _closing_of(text, opening)
    if head is None or closes is None or not _has_else(text, closes):
        return None
    other = _skip(text, _skip(text, closes + 1) + 4)
    end = _closing_of(text, other) if text[other : other + 1] == b"{" else None
    return None if end is None else (head, [(opening, closes), (other, end)])


def _moved(where: str, edits: tuple[Edit, ...]) -> Suggestion:
    return Suggestion(f"move the barrier {where} the `if`", edits, Applicability.MACHINE_APPLICABLE)


def widen_mask(db: Database, owner: DefId, span: Span) -> Suggestion | None:
    """Name all lanes in a literal mask."""
    found = _MASK.search(item_source(db, owner), span.start, span.end)
    if found is None:
        return None
    edit = Edit(Span(found.start(1), found.end(1)), "0xffff_ffff", owner)
    return Suggestion("name all lanes", (edit,), Applicability.MACHINE_APPLICABLE)


# ---------------------------------------------------------------- text


def _skip(text: bytes, at: int) -> int:
    while at < len(text) and text[at : at + 1].isspace():
        at += 1
    return at


def _skip_back(text: bytes, at: int) -> int:
    while at > 0 and text[at - 1 : at].isspace():
        at -= 1
    return at


def _after(text: bytes, at: int, mark: bytes) -> int | None:
    at = _skip(text, at)
    return at + 1 if text[at : at + 1] == mark else None


def _opening_of(text: bytes, closing: int) -> int:
    depth = 0
    for at in range(closing, -1, -1):
        byte = text[at : at + 1]
        depth += (byte == b"}") - (byte == b"{")
        if depth == 0:
            return at
    return -1


def _closing_of(text: bytes, opening: int) -> int | None:
    depth = 0
    for at in range(opening, len(text)):
        byte = text[at : at + 1]
        depth += (byte == b"{") - (byte == b"}")
        if depth == 0:
            return at
    return None


def _if_head(text: bytes, opening: int) -> int | None:
    """Start of the ``if`` whose block opens here, if it is a statement of its own."""
    if opening < 0:
        return None
    start = max(text.rfind(mark, 0, opening) for mark in (b";", b"{", b"}")) + 1
    start = _skip(text, start)
    while text[start : start + 2] == b"//":
        start = _skip(text, text.find(b"\n", start))
    head = text[start:opening]
    return start if re.match(rb"if\b(?!\s+let\b)", head) and b"//" not in head and b"/*" not in head else None


def _has_else(text: bytes, closing: int) -> bool:
    at = _skip(text, closing + 1)
    return text[at : at + 4] == b"else"


def _indent(text: bytes, at: int) -> str:
    line = text.rfind(b"\n", 0, at) + 1
    return re.match(rb"[ \t]*", text[line:at]).group().decode()  # type: ignore[union-attr]
