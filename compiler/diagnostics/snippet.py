"""Source snippets with labels under the lines, as rustc draws them.

What it is: text layout only; styles are names ("error", "line", "label" ...) that the caller turns into colours.
Assumes absolute byte spans of one file. Guarantees one output line per source line shown plus label rows; tabs count
four columns, wide characters two.

Example, for labels on ``a`` (secondary) and ``b`` (primary) of ``a + b``::

    1 | a + b
      | -   ^ this one
      | |
      | first
"""

from __future__ import annotations

import unicodedata

from compiler.base.dataclass import dataclass, field, replace
from compiler.base.span import Span, line_table

TAB_WIDTH = 4
MAX_LINE_WIDTH = 180  # columns of a source line that are shown
LEFT_CONTEXT = 40  # columns kept before the first label of a line that is too long
Piece = tuple[str, str]  # (style, text)


@dataclass(frozen=True, slots=True)
class Mark:
    """A label in columns of one line (display columns, half open) or of several lines."""

    first_line: int
    last_line: int
    start: int
    end: int
    message: str
    primary: bool

    @property
    def is_multiline(self) -> bool:
        return self.first_line != self.last_line


@dataclass(slots=True)
class Row:
    """Cells of one output row, written in any order; later writes win."""

    cells: dict[int, Piece] = field(default_factory=dict)

    def put(self, col: int, text: str, style: str) -> None:
        for i, ch in enumerate(text):
            self.cells[col + i] = (style, ch)

    def pieces(self) -> list[Piece]:
        out: list[Piece] = []
        for col in range(max(self.cells, default=-1) + 1):
            style, ch = self.cells.get(col, ("", " "))
            if out and out[-1][0] == style:
                out[-1] = (style, out[-1][1] + ch)
            else:
                out.append((style, ch))
        return out


def display_width(text: str) -> int:
    """Columns of a text on a terminal."""
    if text.isascii() and "\t" not in text:
        return len(text)
    return sum(TAB_WIDTH if c == "\t" else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


class Snippet:
    """Labels of one file."""

    def __init__(self, text: bytes, labels: list[tuple[Span, str, bool]]) -> None:
        self.table = line_table(text)
        self.left = 0  # columns cut off on the left, because lines are too long
        marks = [self._mark(*label) for label in labels]
        first = min((m.start for m in marks), default=0)
        if first > MAX_LINE_WIDTH - LEFT_CONTEXT:
            self.left = first - LEFT_CONTEXT
            marks = [replace(m, start=max(0, m.start - self.left), end=max(1, m.end - self.left)) for m in marks]
        self.marks = [replace(m, end=min(m.end, max(m.start + 1, MAX_LINE_WIDTH))) for m in marks]
        self.multiline = [m for m in self.marks if m.is_multiline]

    def _mark(self, span: Span, message: str, primary: bool) -> Mark:
        first, start = self._column(span.start)
        last, end = self._column(max(span.start, span.end))
        if last > first and end == 0:  # ends at a line start: the line break itself
            last -= 1
            end = display_width(self.line_text(last))
        if first == last:
            end = max(end, start + 1)
        return Mark(first, last, start, end, message, primary)

    def _column(self, offset: int) -> tuple[int, int]:
        line, col = self.table.line_col(offset)
        return line, display_width(self.table.line_text(line)[:col].decode("utf-8", "replace"))

    def line_text(self, line: int) -> str:
        return self.table.line_text(line).decode("utf-8", "replace")

    # -- which lines

    def shown_lines(self) -> list[int]:
        """Lines to show, in order; gaps are drawn by the caller."""
        wanted: set[int] = set()
        for m in self.marks:
            wanted.update((m.first_line, m.last_line))
            if m.is_multiline:
                wanted.update(range(m.first_line, min(m.first_line + 4, m.last_line)))
                wanted.add(m.last_line - 1)
        ordered = sorted(wanted)
        filled: list[int] = []
        for line in ordered:
            if filled and line - filled[-1] == 2:
                filled.append(line - 1)
            filled.append(line)
        return filled

    # -- rows of one line

    def rows(self, line: int) -> list[list[Piece]]:
        """The source line and the label rows under it, without the number gutter."""
        margin = len(self.multiline) + 1 if self.multiline else 0
        text = Row()
        text.put(margin, self._shown_text(line), "code")
        self._bars(text, line, before=True)
        rows = [text]
        for depth, m in enumerate(self.multiline):
            if m.first_line == line and self._starts_line(m):
                text.put(depth, "/", _style(m))
            elif m.first_line == line:
                rows.append(self._opening(m, line, margin))
        rows += self._single(line, margin)
        for m in (m for m in self.multiline if m.last_line == line):
            rows.append(self._closing(m, line, margin))
        return [r.pieces() for r in rows]

    def _shown_text(self, line: int) -> str:
        """The line with tabs expanded, cut to what is shown."""
        text = self.line_text(line).replace("\t", " " * TAB_WIDTH).rstrip()
        if self.left:
            text = "..." + text[self.left + 3 :]
        return text if len(text) <= MAX_LINE_WIDTH else text[: MAX_LINE_WIDTH - 3] + "..."

    def _starts_line(self, m: Mark) -> bool:
        """Whether only blanks stand before a label that spans lines: then a corner in the margin is enough."""
        text = self.line_text(m.first_line)
        return m.start <= display_width(text[: len(text) - len(text.lstrip())])

    def _bars(self, row: Row, line: int, before: bool, opened: tuple[Mark, ...] = ()) -> None:
        """Vertical bars of the multi-line labels that cross this row."""
        for depth, m in enumerate(self.multiline):
            inside = m.first_line < line < m.last_line or (m.last_line == line and m not in opened)
            if inside or (not before and m.first_line == line and m in opened):
                row.put(depth, "|", _style(m))

    def _opening(self, m: Mark, line: int, margin: int) -> Row:
        row = Row()
        earlier = tuple(
            o for o in self.multiline if o.first_line == line and self.multiline.index(o) < self.multiline.index(m)
        )
        self._bars(row, line, False, earlier)
        depth = self.multiline.index(m)
        row.put(depth + 1, "_" * (margin + m.start - depth - 1), _style(m))
        row.put(margin + m.start, "^" if m.primary else "-", _style(m))
        return row

    def _closing(self, m: Mark, line: int, margin: int) -> Row:
        row = Row()
        depth = self.multiline.index(m)
        for i, other in enumerate(self.multiline):
            if other.first_line <= line <= other.last_line and (other.last_line > line or i <= depth):
                row.put(i, "|", _style(other))
        last = max(0, m.end - 1)
        row.put(depth + 1, "_" * (margin + last - depth - 1), _style(m))
        row.put(margin + last, ("^" if m.primary else "-") + (f" {m.message}" if m.message else ""), _style(m))
        return row

    def _single(self, line: int, margin: int) -> list[Row]:
        here = sorted(
            (m for m in self.marks if not m.is_multiline and m.first_line == line), key=lambda m: (m.start, m.end)
        )
        if not here:
            return []
        opened = tuple(m for m in self.multiline if m.first_line == line)
        marks = Row()
        self._bars(marks, line, False, opened)
        for m in sorted(here, key=lambda m: m.primary):
            marks.put(margin + m.start, ("^" if m.primary else "-") * (m.end - m.start), _style(m))
        labelled = [m for m in here if m.message]
        rows = [marks]
        if labelled and all(o is labelled[-1] or o.end <= labelled[-1].start for o in here):
            inline = labelled.pop()
            marks.put(margin + inline.end + 1, inline.message, _style(inline))
        if labelled:
            rows.append(self._hanging(line, margin, labelled, None, opened))
        while labelled:
            text = labelled.pop()
            rows.append(self._hanging(line, margin, labelled, text, opened))
        return rows

    def _hanging(self, line: int, margin: int, bars: list[Mark], text: Mark | None, opened: tuple[Mark, ...]) -> Row:
        row = Row()
        self._bars(row, line, False, opened)
        for m in bars:
            row.put(margin + m.start, "|", _style(m))
        if text is not None:
            row.put(margin + text.start, text.message, _style(text))
        return row


def _style(mark: Mark) -> str:
    return "primary" if mark.primary else "secondary"
