"""What lints ask the text of a body: where a name stands, and whether the source has it at all.

What it is: :class:`Source`, the body of an owner with its text. Spans of what a macro makes are the macro call's, or
those of the call's own tokens; a lint speaks only of names and expressions that stand where their spans say.

Assumes: ``body`` and ``item_source``. Guarantees: spans relative to the owner's item.

Example: of ``mut x @ Some(_)`` the binding's name is the span of ``x``, ``mut`` the four bytes before it.
"""

from __future__ import annotations

import re
from typing import Final

from compiler.analysis.lints.errors import Binding
from compiler.base.dataclass import dataclass
from compiler.base.span import Span
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId
from compiler.query import Database
from compiler.resolve.expansion import DERIVE
from compiler.resolve.lowering import body
from compiler.resolve.source import item_location, item_of, item_source

_BINDING: Final = re.compile(rb"(?:ref\b\s*)?(mut\b\s*)?(?:r#)?((?:\w|[\x80-\xff])+)")
_MACRO_CALL: Final = re.compile(rb"[\w:$]+\s*!\s*[\(\[\{]")


@dataclass(slots=True)
class Source:
    """``shorthands``: the patterns that name a field and a variable at once."""

    owner: DefId
    body: h.Body
    text: bytes
    shorthands: frozenset[h.PatId]

    @staticmethod
    def of(db: Database, owner: DefId) -> Source | None:
        lowered = body(db, owner)
        if lowered is None or lowered.has_errors:
            return None
        store = lowered.store
        shorthands = frozenset(
            field.pat
            for node in store.pats
            if isinstance(node, h.RecordPat)
            for field in node.fields
            if store.pat_spans[field.pat].start == field.span.start
        )
        return Source(owner, lowered, item_source(db, owner), shorthands)

    def binding(self, pat: h.PatId) -> Binding | None:
        """Where a variable is named; None if the source does not spell it there."""
        node = self.body.store.pats[pat]
        assert isinstance(node, h.BindPat)
        span = self.body.store.pat_spans[pat]
        match = _BINDING.match(self.text, span.start, span.end)
        if match is None or match[2].decode("utf-8", "replace") != h.strip_mark(node.name):
            return None
        mut = Span(match.start(1), match.end(1)) if match[1] else None
        return Binding(Span(match.start(2), match.end(2)), span, mut, pat in self.shorthands)

    def is_written(self, expr: h.ExprId) -> bool:
        """Whether an expression stands in the source, not in a macro's expansion."""
        span = self.body.store.expr_spans[expr]
        match = _MACRO_CALL.match(self.text, span.start, span.end)
        return span.end <= len(self.text) and match is None


def is_linted(db: Database, owner: DefId) -> bool:
    """Whether rustc lints a body: not if a derive wrote it."""
    parent = owner.parent
    location = item_location(db, parent) if parent is not None else None
    if parent is None or location is None:
        return True
    if isinstance(location.unit, DefId) and location.unit.name.startswith(DERIVE):
        return False
    item = item_of(db, parent)
    return item is None or (b"automatically_derived" not in item.header and item.attr("automatically_derived") is None)
