"""Errors of compile-time evaluation.

Assumes: a trail of (definition, item-relative span, instance) innermost first. Guarantees: E0080 at the innermost
place in user code, with the way there in notes. Example: ``evaluation panicked: N must be even``, note "inside
`check`", note "in constant `TABLE`".
"""

from __future__ import annotations

from compiler.base.dataclass import dataclass
from compiler.base.span import Span
from compiler.diagnostics.model import Diagnostic, Label, Severity, SubDiagnostic
from compiler.hir.def_id import DefId, DefKind

Place = tuple[DefId, Span]


def describe(def_id: DefId) -> str:
    """``constant `N```, ``static `TABLE```, ``function `f```, an anonymous constant by where it stands."""
    word = {
        DefKind.CONST: "constant",
        DefKind.STATIC: "static",
        DefKind.FN: "function",
        DefKind.CLOSURE: "closure",
    }.get(def_id.kind)
    if def_id.kind is DefKind.CLOSURE:
        return "a closure"
    return f"{word} `{def_id.name}`" if word else "an anonymous constant"


@dataclass(frozen=True, slots=True)
class EvaluationFailed:
    """Evaluating ``subject`` failed for ``reason``; ``trail`` innermost first."""

    subject: DefId
    reason: str
    is_panic: bool
    is_unsupported: bool
    trail: tuple[Place, ...]

    def to_diagnostic(self) -> Diagnostic:
        places = self.trail or ((self.subject, Span(0, 0)),)
        user = [p for p in places if p[0].krate is self.subject.krate] or list(places)
        owner, span = user[0]
        notes = [SubDiagnostic("note", f"inside {describe(places[0][0])}")] if places[0] is not user[0] else []
        for def_id, at in user[1:]:
            notes.append(SubDiagnostic("note", f"called inside {describe(def_id)}", (Label(at, "the call", def_id),)))
        if self.is_unsupported:
            return Diagnostic(
                Severity.ERROR, "K0900", f"unsupported: {self.reason}", Label(span, "", owner), (), tuple(notes)
            )
        message = f"evaluation panicked: {self.reason}" if self.is_panic else self.reason
        label = f"evaluation of {describe(self.subject)} failed here"
        return Diagnostic(Severity.ERROR, "E0080", message, Label(span, label, owner), (), tuple(notes))


@dataclass(frozen=True, slots=True)
class ConstantCycle:
    """A constant that needs its own value."""

    subject: DefId

    def to_diagnostic(self) -> Diagnostic:
        message = f"cycle detected when evaluating {describe(self.subject)}"
        return Diagnostic(
            Severity.ERROR, "E0391", message, Label(Span(0, 0), "its value depends on itself", self.subject)
        )
