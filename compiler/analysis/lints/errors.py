"""The warnings of the lints, one class each, in rustc's words.

Assumes: spans relative to the owner's item. Guarantees: where one edit makes a warning go away without changing what
the program does, it is a machine-applicable suggestion.

Example: ``UnusedVariable(f, "x", (Binding(..),))`` suggests ``_x``, or ``x: _`` for a field of a pattern.
"""

from __future__ import annotations

from compiler.base.dataclass import dataclass
from compiler.base.span import Span
from compiler.diagnostics.model import (
    Applicability,
    Diagnostic,
    Edit,
    Label,
    Severity,
    SubDiagnostic,
    Suggestion,
)
from compiler.hir.def_id import DefId

_UNNECESSARY = ("unnecessary",)


@dataclass(frozen=True, slots=True)
class Binding:
    """Where a variable is named. ``name``: the identifier; ``pat``: with ``ref``, ``mut`` and what follows; ``mut``: the
    word and the space after it; ``is_shorthand``: names a field too."""

    name: Span
    pat: Span
    mut: Span | None = None
    is_shorthand: bool = False


def _warning(code: str, message: str, label: Label, **more: object) -> Diagnostic:
    return Diagnostic(Severity.WARNING, code, message, label, **more)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class UnusedVariable:
    """A variable that is never read, nor assigned to after its declaration."""

    owner: DefId
    name: str
    bindings: tuple[Binding, ...]

    def to_diagnostic(self) -> Diagnostic:
        first, *rest = [Label(b.name, "unused", self.owner) for b in self.bindings]
        return _warning(
            "unused_variables",
            f"unused variable: `{self.name}`",
            Label(first.span, "", self.owner),
            secondary=tuple(rest),
            suggestions=(self._fix(),),
            tags=_UNNECESSARY,
        )

    def _fix(self) -> Suggestion:
        if any(b.is_shorthand for b in self.bindings):
            edits = [
                Edit(b.pat, f"{self.name}: _" if b.is_shorthand else "_", self.owner) for b in self.bindings
            ]
            return Suggestion("try ignoring the field", tuple(edits), Applicability.MACHINE_APPLICABLE)
        edits = [Edit(b.name, f"_{self.name}", self.owner) for b in self.bindings]
        text = "if this is intentional, prefix it with an underscore"
        return Suggestion(text, tuple(edits), Applicability.MACHINE_APPLICABLE)


@dataclass(frozen=True, slots=True)
class AssignedOnly:
    """A variable that is assigned to, but never read."""

    owner: DefId
    name: str
    binding: Binding

    def to_diagnostic(self) -> Diagnostic:
        text = f"consider using `_{self.name}` instead"
        return _warning(
            "unused_variables",
            f"variable `{self.name}` is assigned to, but never used",
            Label(self.binding.name, "", self.owner),
            children=(SubDiagnostic("note", text),),
            tags=_UNNECESSARY,
        )


@dataclass(frozen=True, slots=True)
class UnreadAssignment:
    """A value that is overwritten, or whose variable dies, before anything reads it."""

    owner: DefId
    name: str
    span: Span

    def to_diagnostic(self) -> Diagnostic:
        return _warning(
            "unused_assignments",
            f"value assigned to `{self.name}` is never read",
            Label(self.span, "", self.owner),
            children=(SubDiagnostic("help", "maybe it is overwritten before being read?"),),
            tags=_UNNECESSARY,
        )


@dataclass(frozen=True, slots=True)
class UnreadParameter:
    """A parameter that is overwritten before it is read."""

    owner: DefId
    name: str
    span: Span

    def to_diagnostic(self) -> Diagnostic:
        return _warning(
            "unused_assignments",
            f"value passed to `{self.name}` is never read",
            Label(self.span, "", self.owner),
            children=(SubDiagnostic("help", "maybe it is overwritten before being read?"),),
            tags=_UNNECESSARY,
        )


@dataclass(frozen=True, slots=True)
class UnreadCapture:
    """A copy that a ``move`` closure captured and overwrites."""

    owner: DefId
    name: str
    span: Span

    def to_diagnostic(self) -> Diagnostic:
        return _warning(
            "unused_assignments",
            f"value captured by `{self.name}` is never read",
            Label(self.span, "", self.owner),
            children=(SubDiagnostic("help", "did you mean to capture by reference instead?"),),
        )
