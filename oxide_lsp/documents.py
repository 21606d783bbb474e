"""Open documents as UTF-8 bytes, with positions in the unit the client chose.

Assumes: changes arrive in order, each range valid against the text the change before it left (clamped when it is not).
Guarantees: text is always valid UTF-8; a position outside the text is clamped, never an error; ``\\n``, ``\\r\\n``
and a lone ``\\r`` end a line, as LSP says (and form feeds or U+2028 do not).

>>> doc = Document("file:///a.rs", "/a.rs", "rust", 1, "let é = 1;\\nb".encode())
>>> doc.index.position(7, Encoding.UTF16), doc.index.offset(1, 0, Encoding.UTF8)
((0, 6), 12)
"""

from __future__ import annotations

import enum
import itertools
from bisect import bisect_right
from dataclasses import dataclass

_serials = itertools.count(1)


class Encoding(enum.Enum):
    """What a client counts in a ``character`` field."""

    UTF8 = "utf-8"
    UTF16 = "utf-16"
    UTF32 = "utf-32"


@dataclass(frozen=True, slots=True)
class TextEdit:
    """Bytes ``[start, end)`` of the old text became ``new``."""

    start: int
    end: int
    new: bytes


class LineIndex:
    """An immutable text and where each of its lines starts, in bytes."""

    __slots__ = ("starts", "text")

    def __init__(self, text: bytes, starts: list[int] | None = None) -> None:
        self.text = text
        self.starts = line_starts(text) if starts is None else starts

    def position(self, offset: int, encoding: Encoding) -> tuple[int, int]:
        """(line, character) of a byte offset, both from 0."""
        offset = max(0, min(offset, len(self.text)))
        line_0 = bisect_right(self.starts, offset) - 1
        before = self.text[self.starts[line_0] : offset]
        if encoding is Encoding.UTF8 or before.isascii():
            return line_0, len(before)
        chars = before.decode("utf-8", "ignore")
        if encoding is Encoding.UTF32:
            return line_0, len(chars)
        return line_0, len(chars.encode("utf-16-le")) // 2

    def offset(self, line_0: int, character: int, encoding: Encoding) -> int:
        """Byte offset of (line, character), clamped to the end of the line, which is before its line break."""
        if line_0 >= len(self.starts):
            return len(self.text)
        start = self.starts[max(0, line_0)]
        line = self.line(line_0)
        character = max(0, character)
        if line.isascii():
            return start + min(character, len(line))
        if encoding is Encoding.UTF8:
            return start + len(line[:character].decode("utf-8", "ignore").encode())
        chars = line.decode("utf-8", "replace")
        if encoding is Encoding.UTF32:
            return start + len(chars[:character].encode())
        return start + len(chars.encode("utf-16-le")[: 2 * character].decode("utf-16-le", "ignore").encode())

    def line(self, line_0: int) -> bytes:
        """The bytes of a line, without its line break."""
        if line_0 >= len(self.starts):
            return b""
        end = self.starts[line_0 + 1] if line_0 + 1 < len(self.starts) else len(self.text)
        return self.text[self.starts[line_0] : end].rstrip(b"\r\n")


def line_starts(text: bytes) -> list[int]:
    """Byte offsets at which lines start; the first is always 0."""
    starts = [0]
    find = text.find
    at = find(b"\n")
    while at >= 0:
        starts.append(at + 1)
        at = find(b"\n", at + 1)
    if text.count(b"\r") != text.count(b"\r\n"):
        lone = [i + 1 for i in range(len(text)) if text[i] == 13 and text[i + 1 : i + 2] != b"\n"]
        starts = sorted({*starts, *lone})
    return starts


class Document:
    """One open text. ``serial`` differs between any two states of any documents of this process."""

    __slots__ = ("index", "language_id", "path", "serial", "uri", "version")

    def __init__(self, uri: str, path: str, language_id: str, version: int, text: bytes) -> None:
        self.uri = uri
        self.path = path
        self.language_id = language_id
        self.version = version
        self.index = LineIndex(text)
        self.serial = next(_serials)

    def replace(self, edit: TextEdit) -> None:
        """Apply one edit; only the lines it touches are looked at again."""
        old = self.index
        text = old.text[: edit.start] + edit.new + old.text[edit.end :]
        self.serial = next(_serials)
        if b"\r" in old.text or b"\r" in edit.new:
            self.index = LineIndex(text)
            return
        shift = len(edit.new) - (edit.end - edit.start)
        first = bisect_right(old.starts, edit.start)
        last = bisect_right(old.starts, edit.end)
        inserted = [edit.start + s for s in line_starts(edit.new)[1:]]
        tail = old.starts[last:]
        self.index = LineIndex(text, old.starts[:first] + inserted + ([s + shift for s in tail] if shift else tail))

    def edit_of(self, start: tuple[int, int], end: tuple[int, int], new: str, encoding: Encoding) -> TextEdit:
        """The byte edit a client's ranged change means against the present text."""
        start_offset = self.index.offset(*start, encoding)
        end_offset = max(start_offset, self.index.offset(*end, encoding))
        return TextEdit(start_offset, end_offset, to_utf8(new))


def to_utf8(text: str) -> bytes:
    """UTF-8 of a JSON string; a lone surrogate becomes ``?``, which has the same length in UTF-16."""
    return text.encode("utf-8", "replace")
