"""Diagnostics as text for people: the rustc-style rendering and the explain page of a code.

Assumes: label offsets are absolute in their files.
Guarantees: one text per diagnostic, in order; plain, without colour.

Example: ``rendered((diagnostic,), "/k.rs", text_of)`` is ``["error[E0308]: mismatched types\\n --> /k.rs:3:9 ..."]``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from compiler.semantics.api import Diagnostic, Label
from oxide_lsp.documents import Encoding, LineIndex

TextOf = Callable[[str], bytes]


def rendered(found: Iterable[Diagnostic], file: str, text_of: TextOf) -> list[str]:
    """The rustc-style text of each diagnostic."""
    return ["\n".join(_lines(each, file, text_of)) + "\n" for each in found]


def explain_uri(code: str) -> str | None:
    """Where the long explanation of a code is, if this package has one."""
    return None


def _lines(found: Diagnostic, file: str, text_of: TextOf) -> list[str]:
    lines = [f"{found.severity.value}[{found.code}]: {found.message}"]
    for label in (found.primary, *found.secondary):
        lines += _snippet(label, file, text_of, "^" if label is found.primary else "-")
    for child in found.children:
        lines.append(f"  = {child.kind}: {child.message}")
        for label in child.labels:
            lines += _snippet(label, file, text_of, "-")
    lines += [f"  = help: {suggestion.message}" for suggestion in found.suggestions]
    return lines


def _snippet(label: Label, file: str, text_of: TextOf, mark: str) -> list[str]:
    where = label.file or file
    index = LineIndex(text_of(where))
    line_0, column = index.position(label.span.start, Encoding.UTF32)
    end_line, end_column = index.position(label.span.end, Encoding.UTF32)
    text = index.line(line_0).decode("utf-8", "replace").replace("\t", " ")
    width = max(1, (end_column if end_line == line_0 else len(text)) - column)
    number = str(line_0 + 1)
    margin = " " * len(number)
    return [
        f"{margin}--> {where}:{number}:{column + 1}",
        f"{margin} |",
        f"{number} | {text}",
        f"{margin} | {' ' * column}{mark * width} {label.message}".rstrip(),
    ]
