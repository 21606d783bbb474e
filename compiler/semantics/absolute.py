"""Item-relative diagnostics made absolute.

Assumes: labels with ``owner`` a DefId, or ``file`` set. Guarantees: every label of the result has a file and an
absolute span; labels inside a macro expansion mean the macro call.

Example: a label at 4..8 of an item that starts at byte 100 of ``/k.rs`` becomes 104..108 of ``/k.rs``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from compiler.diagnostics.model import Diagnostic, Edit, Label, SubDiagnostic, Suggestion
from compiler.hir.def_id import DefId
from compiler.query import Database
from compiler.resolve.source import absolute_span, is_expanded

L = TypeVar("L", Label, Edit)


def absolute_label(db: Database, label: L) -> L:
    """A label or edit with its file."""
    if not isinstance(label.owner, DefId):
        return label
    file, span = absolute_span(db, label.owner, label.span)
    return replace(label, span=span, owner=None, file=file)


def absolute(db: Database, d: Diagnostic) -> Diagnostic:
    """A diagnostic with absolute labels; suggestions that would edit a macro expansion are left out."""
    children = tuple(
        SubDiagnostic(c.kind, c.message, tuple(absolute_label(db, x) for x in c.labels)) if c.labels else c
        for c in d.children
    )
    suggestions = tuple(
        Suggestion(s.message, tuple(absolute_label(db, e) for e in s.edits), s.applicability)
        for s in d.suggestions
        if all(_can_edit(db, e) for e in s.edits)
    )
    primary = absolute_label(db, d.primary)
    return replace(
        d,
        primary=primary,
        secondary=tuple(absolute_label(db, x) for x in d.secondary),
        children=children,
        suggestions=suggestions,
        if_confirmed=absolute(db, d.if_confirmed) if d.if_confirmed is not None else None,
    )


def _can_edit(db: Database, edit: Edit) -> bool:
    return not isinstance(edit.owner, DefId) or not is_expanded(db, edit.owner)
