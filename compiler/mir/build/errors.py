"""What the pattern checker reports, in rustc's words.

Assumes: spans are relative to ``owner``'s item. Example: ``NonExhaustiveMatch(span, ("`None`"), "Option<u32>",
owner).to_diagnostic()``.
"""

from __future__ import annotations

from typing import Protocol

from compiler.base.dataclass import dataclass
from compiler.base.span import Span
from compiler.diagnostics.model import Diagnostic, Label, Severity, SubDiagnostic
from compiler.hir.def_id import DefId


class PatternFault(Protocol):
    """What every class here is."""

    def to_diagnostic(self, owner: DefId) -> Diagnostic: ...


@dataclass(frozen=True, slots=True)
class NonExhaustiveMatch:
    """E0004. ``missing``: the joined witnesses; ``n_missing`` of them. No witnesses: the match has no arms."""

    span: Span
    missing: str
    n_missing: int
    ty: str
    has_arms: bool

    def to_diagnostic(self, owner: DefId) -> Diagnostic:
        note = SubDiagnostic("note", f"the matched value is of type `{self.ty}`")
        if not self.has_arms:
            text = f"non-exhaustive patterns: type `{self.ty}` is non-empty"
            advice = "ensure that all possible cases are being handled by adding a match arm with a wildcard pattern"
            return Diagnostic(
                Severity.ERROR,
                "E0004",
                text,
                Label(self.span, "", owner),
                children=(note, SubDiagnostic("help", advice)),
            )
        plural = "s" if self.n_missing > 1 else ""
        advice = (
            "ensure that all possible cases are being handled by adding a match arm with a wildcard pattern"
            + (" or an explicit pattern as shown" if self.n_missing == 1 else "")
            + (", a match arm with multiple or-patterns as shown, or multiple match arms" if self.n_missing > 1 else "")
        )
        return Diagnostic(
            Severity.ERROR,
            "E0004",
            f"non-exhaustive patterns: {self.missing} not covered",
            Label(self.span, f"pattern{plural} {self.missing} not covered", owner),
            children=(note, SubDiagnostic("help", advice)),
        )


@dataclass(frozen=True, slots=True)
class RefutablePattern:
    """E0005. ``where``: "local binding", "function argument", "closure argument", "`for` loop binding"."""

    span: Span
    missing: str
    n_missing: int
    ty: str
    where: str

    def to_diagnostic(self, owner: DefId) -> Diagnostic:
        plural = "s" if self.n_missing > 1 else ""
        children = [SubDiagnostic("note", f"the matched value is of type `{self.ty}`")]
        if self.where == "local binding":
            note = '`let` bindings require an "irrefutable pattern", like a `struct` or an `enum` with only one variant'
            variants = "variants that aren't" if self.n_missing > 1 else "variant that isn't"
            children.insert(0, SubDiagnostic("note", note))
            children.append(SubDiagnostic("help", f"you might want to use `let else` to handle the {variants} matched"))
        return Diagnostic(
            Severity.ERROR,
            "E0005",
            f"refutable pattern in {self.where}",
            Label(self.span, f"pattern{plural} {self.missing} not covered", owner),
            children=tuple(children),
        )


@dataclass(frozen=True, slots=True)
class UnreachablePattern:
    """Lint ``unreachable_patterns``. ``covered_by``: the earlier pattern that matches everything, if one does."""

    span: Span
    covered_by: Span | None

    def to_diagnostic(self, owner: DefId) -> Diagnostic:
        secondary = () if self.covered_by is None else (Label(self.covered_by, "matches any value", owner),)
        return Diagnostic(
            Severity.WARNING,
            "unreachable_patterns",
            "unreachable pattern",
            Label(self.span, "no value can reach this", owner),
            secondary,
            tags=("unnecessary",),
        )


@dataclass(frozen=True, slots=True)
class IrrefutableLet:
    """Lint ``irrefutable_let_patterns``. ``construct``: "`if let` pattern", "`while let` pattern", "`let...else`
    pattern".
    """

    span: Span
    construct: str

    def to_diagnostic(self, owner: DefId) -> Diagnostic:
        return Diagnostic(
            Severity.WARNING,
            "irrefutable_let_patterns",
            f"irrefutable {self.construct}",
            Label(self.span, "", owner),
            children=(SubDiagnostic("note", "this pattern will always match"),),
        )


@dataclass(frozen=True, slots=True)
class BindingNamedLikeVariant:
    """E0170: ``match e { A => .. }`` binds ``A`` instead of matching ``E::A``."""

    span: Span
    name: str
    enum: str

    def to_diagnostic(self, owner: DefId) -> Diagnostic:
        text = f"pattern binding `{self.name}` is named the same as one of the variants of the type `{self.enum}`"
        advice = SubDiagnostic("help", f"to match on the variant, qualify the path: `{self.enum}::{self.name}`")
        return Diagnostic(Severity.ERROR, "E0170", text, Label(self.span, "", owner), children=(advice,))


@dataclass(frozen=True, slots=True)
class GenericConstantPattern:
    """E0158: ``T::K`` as a pattern has no value yet."""

    span: Span

    def to_diagnostic(self, owner: DefId) -> Diagnostic:
        text = "constant pattern cannot depend on generic parameters"
        return Diagnostic(
            Severity.ERROR, "E0158", text, Label(self.span, "`const` depends on a generic parameter", owner)
        )


@dataclass(frozen=True, slots=True)
class EmptyRange:
    """E0030 (inclusive) and E0579 (exclusive)."""

    span: Span
    inclusive: bool

    def to_diagnostic(self, owner: DefId) -> Diagnostic:
        than = "less than or equal to" if self.inclusive else "less than"
        label = "lower bound larger than upper bound" if self.inclusive else ""
        text = f"lower bound for range pattern must be {than} upper bound"
        return Diagnostic(Severity.ERROR, "E0030" if self.inclusive else "E0579", text, Label(self.span, label, owner))
