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
    """Where a variable is named. ``name``: the identifier; ``pat``: with ``ref``, ``mut`` and what follows; ``mut``:
    the word and the space after it; ``is_shorthand``: names a field too."""

    name: Span
    pat: Span
    mut: Span | None = None
    is_shorthand: bool = False

    @property
    def declared(self) -> Span:
        """The name with its `mut`."""
        return Span(self.mut.start, self.name.end) if self.mut is not None else self.name


def _warning(code: str, message: str, label: Label, **more: object) -> Diagnostic:
    return Diagnostic(Severity.WARNING, code, message, label, **more)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class UnusedVariable:
    """A variable that is never read, nor assigned to after its declaration."""

    owner: DefId
    name: str
    bindings: tuple[Binding, ...]

    def to_diagnostic(self) -> Diagnostic:
        first, *rest = [Label(b.declared, "unused", self.owner) for b in self.bindings]
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
            edits = [Edit(b.pat, f"{self.name}: _" if b.is_shorthand else "_", self.owner) for b in self.bindings]
            return Suggestion("try ignoring the field", tuple(edits), Applicability.MACHINE_APPLICABLE)
        edits = [Edit(b.declared, f"_{self.name}", self.owner) for b in self.bindings]
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
            Label(self.binding.declared, "", self.owner),
            children=(SubDiagnostic("note", text),),
            tags=_UNNECESSARY,
        )


@dataclass(frozen=True, slots=True)
class UnreadValue:
    """A value that is overwritten, or whose variable dies, before anything reads it. ``given``: how the variable got
    it: "assigned to" it, "passed to" a parameter, or "captured by" a ``move`` closure."""

    owner: DefId
    name: str
    span: Span
    given: str

    def to_diagnostic(self) -> Diagnostic:
        is_captured = self.given == "captured by"
        by_reference = "did you mean to capture by reference instead?"
        text = by_reference if is_captured else "maybe it is overwritten before being read?"
        return _warning(
            "unused_assignments",
            f"value {self.given} `{self.name}` is never read",
            Label(self.span, "", self.owner),
            children=(SubDiagnostic("help", text),),
            tags=() if is_captured else _UNNECESSARY,
        )


@dataclass(frozen=True, slots=True)
class Unreachable:
    """``what``: "statement", "expression", "call" ...; ``after``: what never comes back."""

    owner: DefId
    span: Span
    what: str
    after: Span

    def to_diagnostic(self) -> Diagnostic:
        text = f"unreachable {self.what}"
        return _warning(
            "unreachable_code",
            text,
            Label(self.span, text, self.owner),
            secondary=(Label(self.after, "any code following this expression is unreachable", self.owner),),
            tags=_UNNECESSARY,
        )


@dataclass(frozen=True, slots=True)
class UnusedResult:
    """``what``: "`Result`", "return value of `f`", "comparison" ...; ``start``: where ``let _ =`` may stand, if it may;
    ``note``: what the attribute gives as its reason."""

    owner: DefId
    span: Span
    what: str
    note: str
    start: int

    def to_diagnostic(self) -> Diagnostic:
        edit = Edit(Span(self.start, self.start), "let _ = ", self.owner)
        fix = Suggestion("use `let _ = ...` to ignore the resulting value", (edit,), Applicability.MACHINE_APPLICABLE)
        return _warning(
            "unused_must_use",
            f"unused {self.what} that must be used",
            Label(self.span, "", self.owner),
            children=(SubDiagnostic("note", self.note),) if self.note else (),
            suggestions=(fix,),
        )


@dataclass(frozen=True, slots=True)
class PathStatement:
    """A variable or constant as a statement. ``drops``: it is moved there, and dropped; ``end``: of the statement."""

    owner: DefId
    span: Span
    name: str
    drops: bool

    def to_diagnostic(self) -> Diagnostic:
        if not self.drops:
            text = "path statement with no effect"
            return _warning("path_statements", text, Label(self.span, "", self.owner), tags=_UNNECESSARY)
        edit = Edit(self.span, f"drop({self.name})", self.owner)
        fix = Suggestion("use `drop` to clarify the intent", (edit,), Applicability.MACHINE_APPLICABLE)
        text = "path statement drops value"
        return _warning("path_statements", text, Label(self.span, "", self.owner), suggestions=(fix,))


@dataclass(frozen=True, slots=True)
class UnusedParens:
    """``what`` they are around; ``spaced``: whether a letter stands before or behind them."""

    owner: DefId
    span: Span
    what: str
    spaced: tuple[bool, bool]

    def to_diagnostic(self) -> Diagnostic:
        start, end = self.span.start, self.span.end
        left = Edit(Span(start, start + 1), " " if self.spaced[0] else "", self.owner)
        right = Edit(Span(end - 1, end), " " if self.spaced[1] else "", self.owner)
        fix = Suggestion("remove these parentheses", (left, right), Applicability.MACHINE_APPLICABLE)
        what = self.what.removesuffix(" before `else`")
        text = f"unnecessary parentheses around {what}"
        return _warning("unused_parens", text, Label(self.span, "", self.owner), suggestions=(fix,), tags=_UNNECESSARY)


@dataclass(frozen=True, slots=True)
class MismatchedLifetimes:
    """``uses``: where the lifetime is and how it is written there; the first ``n_inputs`` are arguments'."""

    owner: DefId
    uses: tuple[tuple[Span, str], ...]
    n_inputs: int

    def to_diagnostic(self) -> Diagnostic:
        ways = {how for _, how in self.uses}
        verb = {"hidden": "hiding", "elided": "eliding"}
        done = [verb[how] for how in ("hidden", "elided") if how in ways]
        other = "named" if "named" in ways else "elided"
        doing = " or ".join(done if other == "named" else done[:1])
        labels = [
            Label(span, f"the {'same ' * (i >= self.n_inputs)}lifetime is {how} here", self.owner)
            for i, (span, how) in enumerate(self.uses)
        ]
        text = f"{doing} a lifetime that's {other} elsewhere is confusing"
        return _warning("mismatched_lifetime_syntaxes", text, labels[0], secondary=tuple(labels[1:]))


@dataclass(frozen=True, slots=True)
class DeadItems:
    """``noun``: what they are; ``done``: what is never done with them ("used"); ``names``: where each is named."""

    noun: str
    done: str
    names: tuple[tuple[DefId, Span], ...]

    def to_diagnostic(self) -> Diagnostic:
        shown = [f"`{owner.name}`" for owner, _ in self.names]
        many = len(shown) > 1
        listed = " and ".join((", ".join(shown[:-1]), shown[-1])) if many else shown[0]
        text = f"{self.noun}{'s' if many else ''} {listed} {'are' if many else 'is'} never {self.done}"
        first, *rest = [Label(span, "", owner) for owner, span in self.names]
        return _warning("dead_code", text, first, secondary=tuple(rest), tags=_UNNECESSARY)


@dataclass(frozen=True, slots=True)
class UnusedImports:
    """``names``: paths as imported, with their spans; ``whole``: of the item, if nothing of it is used."""

    owner: DefId
    names: tuple[tuple[str, Span], ...]
    whole: Span | None

    def to_diagnostic(self) -> Diagnostic:
        shown = ", ".join(sorted(f"`{name}`" for name, _ in self.names))
        text = f"unused import{'s' if len(self.names) > 1 else ''}: {shown}"
        first, *rest = [Label(span, "", self.owner) for _, span in self.names]
        fixes: tuple[Suggestion, ...] = ()
        if self.whole is not None:
            edit = Edit(self.whole, "", self.owner)
            fixes = (Suggestion("remove the whole `use` item", (edit,), Applicability.MACHINE_APPLICABLE),)
        return _warning("unused_imports", text, first, secondary=tuple(rest), suggestions=fixes, tags=_UNNECESSARY)
