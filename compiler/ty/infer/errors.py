"""Type errors as classes with facts (design.md rule 5): rustc's code where the meaning is rustc's.

Every class has ``to_diagnostic(owner)``; spans are item-relative to ``owner``.
"""

from __future__ import annotations

from typing import Any, ClassVar

from compiler.base.dataclass import dataclass, field
from compiler.base.span import Span
from compiler.diagnostics.model import Applicability, Diagnostic, Edit, Label, Severity, SubDiagnostic, Suggestion
from compiler.hir.def_id import DefId


@dataclass(frozen=True, slots=True)
class Fault:
    """Base: a span, a primary message, an optional label, notes, helps and edits."""

    span: Span
    code: ClassVar[str] = ""

    def message(self) -> str:
        return ""

    def label(self) -> str:
        return ""

    def notes(self) -> tuple[tuple[str, str], ...]:
        return ()

    def secondary(self) -> tuple[tuple[Span, str], ...]:
        return ()

    def edits(self) -> tuple[tuple[str, Span, str], ...]:
        """(message, span, replacement) suggestions."""
        return ()

    def to_diagnostic(self, owner: DefId) -> Diagnostic:
        return Diagnostic(
            Severity.ERROR,
            self.code,
            self.message(),
            Label(self.span, self.label(), owner),
            tuple(Label(s, m, owner) for s, m in self.secondary()),
            tuple(SubDiagnostic(kind, text) for kind, text in self.notes()),
            tuple(Suggestion(m, (Edit(s, text, owner),), Applicability.MAYBE_INCORRECT) for m, s, text in self.edits()),
        )


@dataclass(frozen=True, slots=True)
class MismatchedTypes(Fault):
    expected: str
    found: str
    because: tuple[Span, str] | None = None
    suggestion: tuple[str, Span, str] | None = None
    code: ClassVar[str] = "E0308"

    def message(self) -> str:
        return "mismatched types"

    def label(self) -> str:
        return f"expected `{self.expected}`, found `{self.found}`"

    def secondary(self) -> tuple[tuple[Span, str], ...]:
        return (self.because,) if self.because else ()

    def edits(self) -> tuple[tuple[str, Span, str], ...]:
        return (self.suggestion,) if self.suggestion else ()


@dataclass(frozen=True, slots=True)
class UnresolvedName(Fault):
    """A local or value that does not exist; facts from the resolver when it has them."""

    name: str
    similar: str | None = None
    code: ClassVar[str] = "E0425"

    def message(self) -> str:
        return f"cannot find value `{self.name}` in this scope"

    def label(self) -> str:
        return (
            f"help: a local variable with a similar name exists: `{self.similar}`"
            if self.similar
            else "not found in this scope"
        )

    def edits(self) -> tuple[tuple[str, Span, str], ...]:
        return ((f"use `{self.similar}`", self.span, self.similar),) if self.similar else ()


@dataclass(frozen=True, slots=True)
class ArgumentCount(Fault):
    callee: str
    expected: int
    found: int
    kind: str = "function"
    code: ClassVar[str] = "E0061"

    def message(self) -> str:
        def n(count: int) -> str:
            return f"{count} argument" + ("" if count == 1 else "s")

        was = "was" if self.found == 1 else "were"
        return f"this {self.kind} takes {n(self.expected)} but {n(self.found)} {was} supplied"

    def label(self) -> str:
        return f"`{self.callee}` takes {self.expected}" if self.callee else ""


@dataclass(frozen=True, slots=True)
class ClosureArgumentCount(ArgumentCount):
    code: ClassVar[str] = "E0057"


@dataclass(frozen=True, slots=True)
class NoMethodFound(Fault):
    name: str
    ty: str
    kind: str = "method"
    unsatisfied: tuple[str, ...] = ()
    similar: str | None = None
    code: ClassVar[str] = "E0599"

    def message(self) -> str:
        if self.unsatisfied:
            return f"the {self.kind} `{self.name}` exists for type `{self.ty}`, but its trait bounds were not satisfied"
        return f"no {self.kind} named `{self.name}` found for type `{self.ty}` in the current scope"

    def label(self) -> str:
        if self.similar:
            return f"help: there is a {self.kind} with a similar name: `{self.similar}`"
        return f"{self.kind} not found in `{self.ty}`"

    def notes(self) -> tuple[tuple[str, str], ...]:
        if not self.unsatisfied:
            return ()
        return (
            ("note", "the following trait bounds were not satisfied: " + ", ".join(f"`{u}`" for u in self.unsatisfied)),
        )


@dataclass(frozen=True, slots=True)
class NoField(Fault):
    name: str
    ty: str
    available: tuple[str, ...] = ()
    code: ClassVar[str] = "E0609"

    def message(self) -> str:
        return f"no field `{self.name}` on type `{self.ty}`"

    def label(self) -> str:
        return "unknown field"

    def notes(self) -> tuple[tuple[str, str], ...]:
        return (
            (("note", "available fields are: " + ", ".join(f"`{f}`" for f in self.available)),)
            if self.available
            else ()
        )


@dataclass(frozen=True, slots=True)
class Coded(Fault):
    """A fault whose text is fixed where it is found; ``coded`` is its code."""

    coded: str
    text: str
    note_on_span: str = ""
    help: str = ""
    more: tuple[tuple[Span, str], ...] = field(default=())

    def message(self) -> str:
        return self.text

    def label(self) -> str:
        return self.note_on_span

    def secondary(self) -> tuple[tuple[Span, str], ...]:
        return self.more

    def notes(self) -> tuple[tuple[str, str], ...]:
        return (("help", self.help),) if self.help else ()

    def to_diagnostic(self, owner: DefId) -> Diagnostic:
        made = super().to_diagnostic(owner)
        return Diagnostic(
            made.severity,
            self.coded,
            made.message,
            made.primary,
            made.secondary,
            made.children,
            made.suggestions,
            made.tags,
        )


def unsatisfied(ty: str, bound: str) -> str:
    """The headline of E0277."""
    if bound in ("Send", "Sync"):
        done = "sent" if bound == "Send" else "shared"
        return f"`{ty}` cannot be {done} between threads safely"
    return f"the trait bound `{ty}: {bound}` is not satisfied"


@dataclass(frozen=True, slots=True)
class UnsatisfiedBound(Fault):
    ty: str
    bound: str
    required_by: str = ""
    code: ClassVar[str] = "E0277"

    def message(self) -> str:
        return unsatisfied(self.ty, self.bound)

    def label(self) -> str:
        return f"the trait `{self.bound}` is not implemented for `{self.ty}`"

    def notes(self) -> tuple[tuple[str, str], ...]:
        return (("note", f"required by a bound in `{self.required_by}`"),) if self.required_by else ()


@dataclass(frozen=True, slots=True)
class ProjectionMismatch(Fault):
    alias: str
    expected: str
    found: str
    code: ClassVar[str] = "E0271"

    def message(self) -> str:
        return f"type mismatch resolving `{self.alias} == {self.expected}`"

    def label(self) -> str:
        return f"expected `{self.expected}`, found `{self.found}`"


@dataclass(frozen=True, slots=True)
class NoOperator(Fault):
    op: str
    lhs: str
    rhs: str
    trait: str
    assign: bool = False
    unary: bool = False
    has_others: bool = False  # there are implementations for other right sides

    def message(self) -> str:
        if self.unary:
            return f"cannot apply unary operator `{self.op}` to type `{self.lhs}`"
        if self.assign:
            return f"binary assignment operation `{self.op}=` cannot be applied to type `{self.lhs}`"
        if self.trait in ("PartialEq", "PartialOrd"):
            return f"binary operation `{self.op}` cannot be applied to type `{self.lhs}`"
        verb = {"+": ("add", "to"), "-": ("subtract", "from"), "*": ("multiply", "by"), "/": ("divide", "by")}.get(
            self.op
        )
        if verb is None:
            return f"no implementation for `{self.lhs} {self.op} {self.rhs}`"
        first, second = (self.rhs, self.lhs) if self.op in "+-" else (self.lhs, self.rhs)
        return f"cannot {verb[0]} `{first}` {verb[1]} `{second}`"

    def label(self) -> str:
        if self.unary:
            return f"cannot apply unary operator `{self.op}`"
        eq = "=" if self.assign else ""
        return f"no implementation for `{self.lhs} {self.op}{eq} {self.rhs}`"

    def notes(self) -> tuple[tuple[str, str], ...]:
        return (
            (("help", f"the trait `{self.trait}<{self.rhs}>` is not implemented for `{self.lhs}`"),)
            if not self.unary
            else ()
        )

    def to_diagnostic(self, owner: DefId) -> Diagnostic:
        code = "E0277"
        if self.unary:
            code = "E0600"
        elif not self.has_others and not self.lhs_is_number():
            code = "E0368" if self.assign else "E0369"
        return Coded(
            self.span, code, self.message(), self.label(), self.notes()[0][1] if self.notes() else ""
        ).to_diagnostic(owner)

    def lhs_is_number(self) -> bool:
        """Numbers have their operators with some right sides; for other types rustc says that there is none."""
        from compiler.ty.types import PRIMITIVES, FloatTy, IntTy

        number = PRIMITIVES.get(self.lhs)
        if isinstance(number, FloatTy) or self.lhs == "{float}":
            return self.op in ("+", "-", "*", "/", "%")
        return isinstance(number, IntTy) or self.lhs == "{integer}"


@dataclass(frozen=True, slots=True)
class NeedsAnnotation(Fault):
    what: str = "type"
    code: ClassVar[str] = "E0282"

    def message(self) -> str:
        return "type annotations needed"

    def label(self) -> str:
        return f"cannot infer {self.what}"


def shown(ty: Any) -> str:
    """A type or trait for a message."""
    return repr(ty)


@dataclass(frozen=True, slots=True)
class SeveralApplicable(Fault):
    """``x.f()`` or ``T::f`` where several traits that the type implements have an ``f``."""

    name: str
    traits: tuple[DefId, ...]
    self_ty: str
    code: ClassVar[str] = "E0034"

    def message(self) -> str:
        return "multiple applicable items in scope"

    def label(self) -> str:
        return f"multiple `{self.name}` found"

    def notes(self) -> tuple[tuple[str, str], ...]:
        shown = [trait.name for trait in self.traits]
        found = [("note", f"candidate #{i + 1} is that of the trait `{name}`") for i, name in enumerate(shown)]
        call = f"<{self.self_ty} as {shown[0]}>::{self.name}(..)"
        return (*found, ("help", f"name the trait that is meant: `{call}`"))
