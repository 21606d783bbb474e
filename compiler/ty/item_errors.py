"""Errors of whole items: impls that do not match their trait, duplicates, recursive types, rules for kernels.

One class per fault with its facts; every class has ``to_diagnostic(owner)``, spans item-relative. Codes are rustc's,
``K01xx`` for what only the kernel language has.

>>> from compiler.base.span import Span
>>> DuplicateName(Span(0, 1), "E0124", "field", "x").to_diagnostic(None).message
'field `x` is already declared'
"""

from __future__ import annotations

from typing import Any, ClassVar

from compiler.base.dataclass import dataclass
from compiler.base.span import Span
from compiler.diagnostics.model import Diagnostic, Label
from compiler.hir.def_id import DefId
from compiler.resolve.errors import Fact


@dataclass(frozen=True, slots=True)
class CodedFact(Fact):
    """A fact whose code is a field."""

    code_: str

    def to_diagnostic(self, owner: Any) -> Diagnostic:
        made = Fact.to_diagnostic(self, owner)
        return Diagnostic(
            made.severity, self.code_, made.message, made.primary, made.secondary, made.children, made.suggestions
        )


@dataclass(frozen=True, slots=True)
class DuplicateName(CodedFact):
    """``noun``: "field" (E0124), "generic parameter" (E0403), "parameter" (E0415), "variant" (E0428)."""

    noun: str
    name: str
    previous: Label | None = None

    def message(self) -> str:
        verb = {
            "generic parameter": "already used",
            "parameter": "bound more than once",
            "variant": "defined multiple times",
        }
        return f"{self.noun} `{self.name}` is {verb.get(self.noun, 'already declared')}"

    def label(self) -> str:
        return "already used" if "parameter" in self.noun else f"{self.noun} already declared"

    def secondary(self) -> tuple[Label, ...]:
        return (self.previous,) if self.previous is not None else ()


@dataclass(frozen=True, slots=True)
class MissingImplItems(Fact):
    """A trait impl that leaves out required items."""

    names: tuple[str, ...]
    items: tuple[str, ...]
    code: ClassVar[str] = "E0046"

    def message(self) -> str:
        listed = ", ".join(f"`{name}`" for name in self.names)
        return f"not all trait items implemented, missing: {listed}"

    def label(self) -> str:
        return "missing " + ", ".join(f"`{name}`" for name in self.names) + " in implementation"

    def children(self) -> tuple[tuple[str, str], ...]:
        return tuple(("help", f"implement the missing item: `{text}`") for text in self.items)


@dataclass(frozen=True, slots=True)
class NotInTrait(CodedFact):
    """An item of a trait impl that the trait does not have: E0407 (method), E0437 (type), E0438 (const)."""

    noun: str
    name: str
    trait: str
    similar: str | None = None

    def message(self) -> str:
        return f"{self.noun} `{self.name}` is not a member of trait `{self.trait}`"

    def label(self) -> str:
        return f"not a member of trait `{self.trait}`"

    def suggestions(self) -> tuple[tuple[str, Any, str], ...]:
        return (
            ((f"there is an item with a similar name in `{self.trait}`", self.span, self.similar),)
            if self.similar
            else ()
        )


@dataclass(frozen=True, slots=True)
class ItemKindMismatch(CodedFact):
    """An impl item of another kind than the trait's (E0323 const, E0324 method, E0325 type)."""

    name: str
    found: str
    trait: str
    expected: str

    def message(self) -> str:
        return f"item `{self.name}` is an associated {self.found}, which doesn't match its trait `{self.trait}`"

    def label(self) -> str:
        return f"the trait declares an associated {self.expected}"


@dataclass(frozen=True, slots=True)
class MethodMismatch(CodedFact):
    """A method that does not fit the trait's: E0050 (parameters), E0185/E0186 (``self``), E0049 (generics),
    E0053 (a type).
    """

    text: str
    label_text: str

    def message(self) -> str:
        return self.text

    def label(self) -> str:
        return self.label_text


@dataclass(frozen=True, slots=True)
class RecursiveType(Fact):
    name: str
    field: str
    field_span: Span
    owner: DefId
    code: ClassVar[str] = "E0072"

    def secondary(self) -> tuple[Label, ...]:
        return (Label(self.field_span, "recursive without indirection", self.owner),)

    def message(self) -> str:
        return f"recursive type `{self.name}` has infinite size"

    def children(self) -> tuple[tuple[str, str], ...]:
        return (("note", f"through the field `{self.field}`; a pointer or an index would break the cycle"),)


@dataclass(frozen=True, slots=True)
class KernelRule(CodedFact):
    """A rule that an item breaks, its text fixed where it is found: most are rules for kernels and device functions."""

    text: str
    label_text: str = ""
    help_text: str = ""

    def message(self) -> str:
        return self.text

    def label(self) -> str:
        return self.label_text

    def children(self) -> tuple[tuple[str, str], ...]:
        return (("help", self.help_text),) if self.help_text else ()
