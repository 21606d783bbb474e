"""The fixes a file's diagnostics suggest, as plain edits.

What it is: a diagnostic's suggestions turned into fixes a client can offer, and the one fix that applies every sure
one at once. Assumes: absolute spans; an edit without a file means the file of its diagnostic.
Guarantees: a fix's edits do not overlap; of two sure fixes that touch the same bytes only the first is part of
``all_sure``, so applying it and asking again converges.

Example: E0384's "make this binding mutable" becomes ``Fix("make this binding mutable: `mut`", (edit,), True, 0)``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from compiler.semantics.api import Applicability, Diagnostic, Edit, Span, Suggestion


@dataclass(frozen=True, slots=True)
class Fix:
    """``edits`` are sorted by file and position, each with its file. ``index``: which diagnostic it is for."""

    title: str
    edits: tuple[Edit, ...]
    is_sure: bool
    index: int


def fixes(found: Iterable[Diagnostic], file: str, span: Span) -> list[Fix]:
    """Fixes of the diagnostics that touch ``span``; sure ones first."""
    out = []
    for index, diagnostic in enumerate(found):
        if _touches(diagnostic.primary.span, span):
            out += _of_diagnostic(diagnostic, file, index)
    return sorted(out, key=lambda fix: not fix.is_sure)


def all_sure(found: Iterable[Diagnostic], file: str) -> Fix | None:
    """Every sure fix of a file that no earlier one overlaps, as one; None where there is none."""
    edits: list[Edit] = []
    for index, diagnostic in enumerate(found):
        for fix in _of_diagnostic(diagnostic, file, index):
            if fix.is_sure and not any(_overlap(new, old) for new in fix.edits for old in edits):
                edits += fix.edits
                break
    return Fix("Apply all sure fixes", _sorted(edits, file), True, -1) if edits else None


def _of_diagnostic(diagnostic: Diagnostic, file: str, index: int) -> list[Fix]:
    out = []
    for suggestion in diagnostic.suggestions:
        edits = _sorted(suggestion.edits, file)
        if edits and not any(_overlap(a, b) for a, b in pairwise(edits)):
            is_sure = suggestion.applicability is Applicability.MACHINE_APPLICABLE
            out.append(Fix(_title(suggestion), edits, is_sure, index))
    return out


def _title(suggestion: Suggestion) -> str:
    """The suggestion's message, with the new text where the message does not name it."""
    text = suggestion.edits[0].text.strip()
    is_named = "`" in suggestion.message or len(suggestion.edits) > 1 or not text or "\n" in text
    return suggestion.message if is_named else f"{suggestion.message}: `{text}`"


def _sorted(edits: Iterable[Edit], file: str) -> tuple[Edit, ...]:
    placed = [Edit(e.span, e.text, None, e.file or file) for e in edits]
    return tuple(sorted(placed, key=lambda e: (e.file or "", e.span.start, e.span.end)))


def _touches(a: Span, b: Span) -> bool:
    return a.start <= b.end and b.start <= a.end


def _overlap(a: Edit, b: Edit) -> bool:
    """Two insertions at one place conflict too: their order would be a guess."""
    if a.file != b.file:
        return False
    if a.span == b.span:
        return True
    return a.span.start < b.span.end and b.span.start < a.span.end
