"""Byte spans and line tables.

Assumes: source text is ``bytes`` of UTF-8; offsets are byte offsets.
Guarantees: spans are half open ``[start, end)``; a :class:`LineTable` converts offsets to (line_0, col) pairs in
bytes, UTF-16 units or Unicode scalar values, and back, without ever raising on an offset past the end.

Spans inside an item (signature or body) are *item-relative*: offset 0 is the first byte of the item (its first
outer attribute). They become absolute only at the outer edge, by adding the start of the item in its file, so an
edit above a function does not change anything computed from the function.

>>> LineTable(b"ab\\ncd").line_col(4)
(1, 1)
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple


class Span(NamedTuple):
    """Half-open byte range."""

    start: int
    end: int

    def shifted(self, offset_bytes: int) -> Span:
        return Span(self.start + offset_bytes, self.end + offset_bytes)

    def cover(self, other: Span) -> Span:
        return Span(min(self.start, other.start), max(self.end, other.end))

    def contains(self, offset: int) -> bool:
        return self.start <= offset < self.end


EMPTY_SPAN = Span(0, 0)


class LineTable:
    """Start offsets of the lines of one text."""

    __slots__ = ("_starts", "_text")

    def __init__(self, text: bytes) -> None:
        self._text = text
        starts = [0]
        find = text.find
        at = find(b"\n")
        while at >= 0:
            starts.append(at + 1)
            at = find(b"\n", at + 1)
        self._starts = starts

    @property
    def n_lines(self) -> int:
        return len(self._starts)

    def line_start(self, line_0: int) -> int:
        return self._starts[line_0] if line_0 < len(self._starts) else len(self._text)

    def line_text(self, line_0: int) -> bytes:
        """The bytes of a line without its line break."""
        return self._text[self.line_start(line_0) : self.line_start(line_0 + 1)].rstrip(b"\r\n")

    def line_col(self, offset: int) -> tuple[int, int]:
        """(line_0, column in bytes) of an offset; offsets past the end are clamped."""
        offset = max(0, min(offset, len(self._text)))
        line_0 = bisect_right(self._starts, offset) - 1
        return line_0, offset - self._starts[line_0]

    def line_col_chars(self, offset: int) -> tuple[int, int]:
        """(line_0, column in Unicode scalar values)."""
        line_0, col = self.line_col(offset)
        start = self._starts[line_0]
        return line_0, len(self._text[start : start + col].decode("utf-8", "replace"))

    def line_col_utf16(self, offset: int) -> tuple[int, int]:
        """(line_0, column in UTF-16 code units), as LSP's default encoding wants it."""
        line_0, col = self.line_col(offset)
        start = self._starts[line_0]
        return line_0, len(self._text[start : start + col].decode("utf-8", "replace").encode("utf-16-le")) // 2

    def offset(self, line_0: int, col_bytes: int) -> int:
        """Byte offset of (line_0, column in bytes), clamped to the line."""
        start = self.line_start(line_0)
        return min(start + col_bytes, max(start, self.line_start(line_0) + len(self.line_text(line_0))))

    def offset_utf16(self, line_0: int, col_utf16: int) -> int:
        """Byte offset of (line_0, column in UTF-16 code units), clamped to the line."""
        start = self.line_start(line_0)
        units = self.line_text(line_0).decode("utf-8", "replace").encode("utf-16-le")
        prefix = units[: 2 * col_utf16].decode("utf-16-le", "ignore")
        return start + len(prefix.encode("utf-8"))


@lru_cache(maxsize=128)
def line_table(text: bytes) -> LineTable:
    """The line table of a text, made once for texts asked about again and again."""
    return LineTable(text)
