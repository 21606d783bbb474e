"""Findings about convergence as classes with facts.

Assumes: spans relative to the item of the definition beside them. Guarantees: the primary message stands alone and
points at the call in user code; the notes tell the branch, why its condition differs, and two threads that prove it.

Example: ``error[K0201]: `sync_threads` is not reached by all threads of the block``.
"""

from __future__ import annotations

from dataclasses import dataclass

from compiler.base.span import Span
from compiler.diagnostics.model import Diagnostic, Label, Severity, SubDiagnostic, Suggestion
from compiler.hir.def_id import DefId

BARRIER, WIDER, WARP_OPERATION, MASK, SOURCE, UNDECIDED = "K0201", "K0202", "K0203", "K0204", "K0205", "K0209"


@dataclass(frozen=True, slots=True)
class Place:
    """A span of a definition's item with what to say about it."""

    owner: DefId
    span: Span
    text: str = ""

    def label(self) -> Label:
        return Label(self.span, self.text, self.owner)


@dataclass(frozen=True, slots=True)
class Divergence:
    """A convergent operation that some threads of its group do not reach.

    ``severity``: an error with a witness, a warning where it depends on sizes, a hint where undecided. ``branch``: the
    condition; ``chain``: from the condition back to where the difference comes from, as (text, place).
    """

    code: str
    severity: Severity
    message: str
    at: Place
    branch: Place | None
    chain: tuple[Place, ...]
    notes: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()

    def to_diagnostic(self) -> Diagnostic:
        secondary = (self.branch.label(),) if self.branch is not None else ()
        children = [SubDiagnostic("note", p.text, (Label(p.span, "", p.owner),)) for p in self.chain]
        children += [SubDiagnostic("note", text) for text in self.notes]
        children += [SubDiagnostic("help", text) for text in self.helps]
        return Diagnostic(
            self.severity, self.code, self.message, self.at.label(), secondary, tuple(children), self.suggestions
        )
