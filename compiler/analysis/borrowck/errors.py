"""What the borrow checker reports: one class for its facts, one function a code for its words.

What it is: :class:`BorrowFault` is the facts every borrow error has (code, message, labels, notes, edits); the
explaining modules make them. Messages are rustc's in meaning and short in form.

Guarantees: spans are item-relative to ``owner``.

Example: ``BorrowFault("E0506", "cannot assign to `x` because it is borrowed", span, "...").to_diagnostic(owner)``.
"""

from __future__ import annotations

from dataclasses import dataclass

from compiler.base.span import Span
from compiler.diagnostics.model import Applicability, Diagnostic, Edit, Label, Severity, SubDiagnostic, Suggestion
from compiler.hir.def_id import DefId

Labels = tuple[tuple[Span, str], ...]


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that may solve the problem. ``certain``: applying them makes the message go away."""

    message: str
    edits: tuple[tuple[Span, str], ...]
    certain: bool = True

    def to_suggestion(self, owner: DefId) -> Suggestion:
        how = Applicability.MACHINE_APPLICABLE if self.certain else Applicability.MAYBE_INCORRECT
        return Suggestion(self.message, tuple(Edit(span, text, owner) for span, text in self.edits), how)


@dataclass(frozen=True, slots=True)
class BorrowFault:
    """See the module docstring. ``code`` is "" where rustc has none."""

    code: str
    message: str
    span: Span
    label: str = ""
    labels: Labels = ()
    notes: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    fixes: tuple[Fix, ...] = ()
    span_notes: tuple[tuple[str, Span, str], ...] = ()

    def to_diagnostic(self, owner: DefId) -> Diagnostic:
        children = [SubDiagnostic("note", n) for n in self.notes]
        children += [SubDiagnostic("note", text, (Label(at, label, owner),)) for text, at, label in self.span_notes]
        children += [SubDiagnostic("help", h) for h in self.helps]
        labels = dict.fromkeys(self.labels)
        return Diagnostic(
            Severity.ERROR,
            self.code,
            self.message,
            Label(self.span, self.label, owner),
            tuple(Label(at, text, owner) for at, text in labels),
            tuple(children),
            tuple(f.to_suggestion(owner) for f in self.fixes),
        )
