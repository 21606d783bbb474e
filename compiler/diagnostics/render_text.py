"""Diagnostics as people know them from rustc: header, snippet with labels, notes, helps, suggested edits.

Assumes: labels are absolute (``file`` set). Guarantees: plain text, or ANSI colours when asked; never raises on spans
past the end.

Example::

    error[E0308]: mismatched types
     --> k.rs:2:18
      |
    2 |     let x: u32 = true;
      |            ---   ^^^^ expected `u32`, found `bool`
      |            |
      |            expected due to this
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from compiler.base.span import line_table
from compiler.diagnostics.model import Diagnostic, Edit, Label, Severity, SubDiagnostic, Suggestion
from compiler.diagnostics.snippet import Piece, Snippet

_COLOURS = {
    "error": "\x1b[1;31m",
    "warning": "\x1b[1;33m",
    "info": "\x1b[1;32m",
    "hint": "\x1b[1;36m",
    "note": "\x1b[1;32m",
    "help": "\x1b[1;36m",
    "secondary": "\x1b[1;34m",
    "gutter": "\x1b[1;34m",
    "title": "\x1b[1m",
    "added": "\x1b[32m",
    "removed": "\x1b[31m",
}
_WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note", Severity.HINT: "help"}
Sources = Callable[[str], bytes]


class TextRenderer:
    """Renders one diagnostic at a time. ``sources(file)`` gives a file's text; ``colour`` adds ANSI escapes."""

    def __init__(self, sources: Sources, colour: bool = False) -> None:
        self._sources = sources
        self._colour = colour

    def render(self, diagnostic: Diagnostic) -> str:
        """The whole text, ending in a line break."""
        word = _WORDS[diagnostic.severity]
        code = f"[{diagnostic.code}]" if diagnostic.code not in ("", "syntax") else ""
        out = [self._paint([(word, word + code), ("title", f": {diagnostic.message}")])]
        labels = [(diagnostic.primary, True)] + [(label, False) for label in diagnostic.secondary]
        width = self._gutter_width(diagnostic)
        out += self._snippets(labels, width, word)
        follows_snippet = diagnostic.primary.file is not None
        for child in diagnostic.children:
            out += self._child(child, width, follows_snippet)
            follows_snippet = any(label.file is not None for label in child.labels)
        for suggestion in diagnostic.suggestions:
            out += self._suggestion(suggestion, width)
        return "\n".join(line.rstrip() for line in out) + "\n"

    # -- pieces

    def _paint(self, pieces: Iterable[Piece], primary: str = "error") -> str:
        if not self._colour:
            return "".join(text for _, text in pieces)
        out = []
        for style, text in pieces:
            colour = _COLOURS.get(primary if style == "primary" else style, "")
            out.append(f"{colour}{text}\x1b[0m" if colour and text.strip() else text)
        return "".join(out)

    def _gutter_width(self, d: Diagnostic) -> int:
        labels: list[Label | Edit] = [d.primary, *d.secondary]
        labels += [label for c in d.children for label in c.labels]
        labels += [e for s in d.suggestions for e in s.edits]
        highest = 0
        for label in labels:
            if label.file is not None:
                highest = max(highest, line_table(self._sources(label.file)).line_col(label.span.end)[0] + 1)
        return len(str(highest))

    def _snippets(self, labels: list[tuple[Label, bool]], width: int, severity: str) -> list[str]:
        files: dict[str, list[tuple[Label, bool]]] = {}
        for label, primary in labels:
            if label.file is not None:
                files.setdefault(label.file, []).append((label, primary))
        out: list[str] = []
        for i, (file, marked) in enumerate(files.items()):
            out += self._snippet(file, marked, width, severity, "-->" if i == 0 else ":::")
        return out

    def _snippet(self, file: str, marked: list[tuple[Label, bool]], width: int, severity: str, arrow: str) -> list[str]:
        snippet = Snippet(self._sources(file), [(x.span, x.message, primary) for x, primary in marked])
        line, col = snippet.table.line_col_chars(marked[0][0].span.start)
        bar = " " * width + " |"
        out = [
            self._paint([("gutter", " " * width + arrow + " "), ("", f"{file}:{line + 1}:{col + 1}")]),
            self._paint([("gutter", bar)]),
        ]
        previous: int | None = None
        for shown in snippet.shown_lines():
            if previous is not None and shown > previous + 1:
                out.append(self._paint([("gutter", "...")]))
            previous = shown
            for i, row in enumerate(snippet.rows(shown)):
                gutter = f"{shown + 1:<{width}} | " if i == 0 else bar + " "
                out.append(self._paint([("gutter", gutter), *row], severity))
        return out

    def _child(self, child: SubDiagnostic, width: int, after_snippet: bool) -> list[str]:
        labels = [(label, True) for label in child.labels if label.file is not None]
        if labels:
            return [
                self._paint([(child.kind, child.kind), ("title", f": {child.message}")]),
                *self._snippets(labels, width, child.kind),
            ]
        first, *rest = child.message.split("\n")
        head = [self._paint([("gutter", " " * width + " |")])] if after_snippet else []
        indent = " " * (width + 5 + len(child.kind))
        return [
            *head,
            self._paint([("gutter", " " * width + " = "), ("title", child.kind), ("", f": {first}")]),
            *(indent + r for r in rest),
        ]

    # -- suggestions

    def _suggestion(self, suggestion: Suggestion, width: int) -> list[str]:
        out = [self._paint([("help", "help"), ("title", f": {suggestion.message}")])]
        files: dict[str, list[Edit]] = {}
        for edit in suggestion.edits:
            if edit.file is not None:
                files.setdefault(edit.file, []).append(edit)
        for file, edits in files.items():
            out.append(self._paint([("gutter", " " * width + " |")]))
            out += self._edited_lines(self._sources(file), sorted(edits, key=lambda e: e.span), width)
        return out

    def _edited_lines(self, text: bytes, edits: list[Edit], width: int) -> list[str]:
        table = line_table(text)
        first = table.line_col(edits[0].span.start)[0]
        last = table.line_col(edits[-1].span.end)[0]
        start, end = table.line_start(first), table.line_start(last) + len(table.line_text(last))
        new, marks = _applied(text, edits, start, end)
        if (
            all(e.span.start == e.span.end for e in edits)
            and "\n" not in "".join(e.text for e in edits)
            and first == last
        ):
            under = "".join("+" if at in marks else " " for at in range(len(new))).rstrip()
            return [
                self._paint([("gutter", f"{first + 1:<{width}} | "), ("", new)]),
                self._paint([("gutter", " " * width + " | "), ("added", under)]),
            ]
        old = text[start:end].decode("utf-8", "replace").split("\n")
        out = [
            self._paint([("gutter", f"{first + 1 + i:<{width}} "), ("removed", f"- {line}")])
            for i, line in enumerate(old)
        ]
        fresh = new.split("\n") if new.strip() else []
        return out + [
            self._paint([("gutter", f"{first + 1 + i:<{width}} "), ("added", f"+ {line}")])
            for i, line in enumerate(fresh)
        ]


def _applied(text: bytes, edits: list[Edit], start: int, end: int) -> tuple[str, set[int]]:
    """The edited text of the range and the character positions that are new."""
    out = ""
    marks: set[int] = set()
    at = start
    for edit in edits:
        out += text[at : edit.span.start].decode("utf-8", "replace")
        marks.update(range(len(out), len(out) + len(edit.text)))
        out += edit.text
        at = edit.span.end
    return out + text[at:end].decode("utf-8", "replace"), marks
