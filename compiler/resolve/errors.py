"""Errors of name resolution: one class per fault, with its facts (design.md rule 5).

Every class has ``to_diagnostic(owner)``; spans are item-relative to ``owner``. Codes are rustc's where the meaning is.

>>> UnresolvedName(Span(0, 3), "foo", "value").to_diagnostic(None).message
'cannot find value `foo` in this scope'
"""

from __future__ import annotations

from typing import Any, ClassVar

from compiler.base.dataclass import dataclass, replace
from compiler.base.span import Span
from compiler.diagnostics.model import Applicability, Diagnostic, Edit, Label, Severity, SubDiagnostic, Suggestion


@dataclass(frozen=True, slots=True)
class Fact:
    """Base of all name errors."""

    span: Span
    code: ClassVar[str] = ""
    severity: ClassVar[Severity] = Severity.ERROR

    def message(self) -> str:
        raise AssertionError("every error class words its message")

    def label(self) -> str:
        return ""

    def secondary(self) -> tuple[Label, ...]:
        return ()

    def children(self) -> tuple[tuple[str, str], ...]:
        return ()

    def suggestions(self) -> tuple[tuple[str, Span, str], ...]:
        """(message, span, replacement)."""
        return ()

    def to_diagnostic(self, owner: Any) -> Diagnostic:
        return Diagnostic(
            self.severity,
            self.code,
            self.message(),
            Label(self.span, self.label(), owner),
            self.secondary(),
            tuple(SubDiagnostic(kind, text) for kind, text in self.children()),
            tuple(
                Suggestion(m, (Edit(s, new, owner),), Applicability.MAYBE_INCORRECT) for m, s, new in self.suggestions()
            ),
        )


def _with_code(made: Diagnostic, code: str) -> Diagnostic:
    return replace(made, code=code)


_EXPECTED_CODES = {
    "type": "E0425",
    "trait": "E0405",
    "value": "E0425",
    "function": "E0425",
    "struct, variant or union type": "E0422",
    "tuple struct or tuple variant": "E0531",
    "unit struct, unit variant or constant": "E0531",
    "macro": "",
}


@dataclass(frozen=True, slots=True)
class UnresolvedName(Fact):
    """A name that is not in scope, or not in the module a path leads to (``within``)."""

    name: str
    expected: str  # "type", "value", "trait", "function", ...
    within: str | None = None
    similar: str | None = None
    imports: tuple[str, ...] = ()

    def message(self) -> str:
        place = f"`{self.within}`" if self.within else "this scope"
        return f"cannot find {self.expected} `{self.name}` in {place}"

    def label(self) -> str:
        return f"not found in `{self.within}`" if self.within else "not found in this scope"

    def children(self) -> tuple[tuple[str, str], ...]:
        return tuple(("help", f"consider importing it: `use {path};`") for path in self.imports[:3])

    def suggestions(self) -> tuple[tuple[str, Span, str], ...]:
        return (("a similar name exists", self.span, self.similar),) if self.similar else ()

    def to_diagnostic(self, owner: Any) -> Diagnostic:
        code = {"self": "E0424", "Self": "E0411"}.get(self.name) or _EXPECTED_CODES.get(self.expected, "E0425")
        return _with_code(Fact.to_diagnostic(self, owner), code)


_WRONG_KIND_CODES = {
    "type": "E0573",
    "trait": "E0404",
    "struct, variant or union type": "E0574",
    "tuple struct or tuple variant": "E0532",
    "unit struct, unit variant or constant": "E0532",
}


@dataclass(frozen=True, slots=True)
class WrongKind(Fact):
    """A name that means something, but nothing of the kind that is expected."""

    name: str
    expected: str
    found: str

    def message(self) -> str:
        return f"expected {self.expected}, found {self.found} `{self.name}`"

    def label(self) -> str:
        return f"not a {self.expected}"

    def children(self) -> tuple[tuple[str, str], ...]:
        return (("help", f"a macro is called with `!`: `{self.name}!(..)`"),) if self.found == "macro" else ()

    def to_diagnostic(self, owner: Any) -> Diagnostic:
        return _with_code(Fact.to_diagnostic(self, owner), _WRONG_KIND_CODES.get(self.expected, "E0423"))


@dataclass(frozen=True, slots=True)
class FailedToResolve(Fact):
    """A segment in the middle of a path that leads nowhere."""

    name: str
    within: str | None = None
    similar: str | None = None
    imports: tuple[str, ...] = ()
    code: ClassVar[str] = "E0433"

    def message(self) -> str:
        if self.within:
            return f"cannot find `{self.name}` in `{self.within}`"
        kind = "type" if self.name[:1].isupper() else "module or crate"
        return f"cannot find {kind} `{self.name}` in this scope"

    def label(self) -> str:
        return f"could not find `{self.name}` in `{self.within}`" if self.within else f"use of undeclared `{self.name}`"

    def children(self) -> tuple[tuple[str, str], ...]:
        return tuple(("help", f"consider importing it: `use {path};`") for path in self.imports[:3])

    def suggestions(self) -> tuple[tuple[str, Span, str], ...]:
        return (("a similar name exists", self.span, self.similar),) if self.similar else ()


@dataclass(frozen=True, slots=True)
class UnresolvedImport(Fact):
    """``use`` of something that does not exist."""

    path: str
    name: str
    within: str | None
    similar: str | None = None
    code: ClassVar[str] = "E0432"

    def message(self) -> str:
        return f"unresolved import `{self.path}`"

    def label(self) -> str:
        where = f" in `{self.within}`" if self.within else ""
        return f"no `{self.name}`{where}"

    def children(self) -> tuple[tuple[str, str], ...]:
        return (("help", f"a similar name exists: `{self.similar}`"),) if self.similar else ()


@dataclass(frozen=True, slots=True)
class PrivateReexport(Fact):
    """``pub use`` of something that is not as visible: E0365 for types and modules, E0364 for everything else."""

    name: str
    is_type: bool
    code: ClassVar[str] = "E0364"

    def message(self) -> str:
        return f"`{self.name}` is private, and cannot be re-exported"

    def label(self) -> str:
        return f"re-export of private `{self.name}`"

    def to_diagnostic(self, owner: Any) -> Diagnostic:
        return _with_code(Fact.to_diagnostic(self, owner), "E0365" if self.is_type else "E0364")


@dataclass(frozen=True, slots=True)
class PrivateItem(Fact):
    """A name that exists but is not visible from here."""

    name: str
    kind: str
    definition: Any = None
    code: ClassVar[str] = "E0603"

    def message(self) -> str:
        return f"{self.kind} `{self.name}` is private"

    def label(self) -> str:
        return f"private {self.kind}"


@dataclass(frozen=True, slots=True)
class MissingModuleFile(Fact):
    """``mod x;`` without a file."""

    name: str
    probed: tuple[str, ...]
    code: ClassVar[str] = "E0583"

    def message(self) -> str:
        return f"file not found for module `{self.name}`"

    def children(self) -> tuple[tuple[str, str], ...]:
        names = " or ".join(f'"{file}"' for file in self.probed)
        return (("help", f"to create the module `{self.name}`, create file {names}"),)


@dataclass(frozen=True, slots=True)
class UnresolvedMacro(Fact):
    """A macro that is not in scope."""

    name: str
    similar: str | None
    code: ClassVar[str] = "macro"

    def message(self) -> str:
        return f"cannot find macro `{self.name}` in this scope"

    def suggestions(self) -> tuple[tuple[str, Span, str], ...]:
        return (("a similar macro exists", self.span, self.similar),) if self.similar else ()


@dataclass(frozen=True, slots=True)
class RecursionLimit(Fact):
    """A macro that expands into itself without end."""

    name: str
    code: ClassVar[str] = "macro"

    def message(self) -> str:
        return f"recursion limit reached while expanding `{self.name}!`"


@dataclass(frozen=True, slots=True)
class DuplicateDefinition(Fact):
    """Two items of one name in one namespace of a module."""

    name: str
    namespace: str  # "type", "value", "macro"
    previous: Label
    code: ClassVar[str] = "E0428"

    def message(self) -> str:
        return f"the name `{self.name}` is defined multiple times"

    def label(self) -> str:
        return f"`{self.name}` redefined here"

    def secondary(self) -> tuple[Label, ...]:
        return (self.previous,)

    def children(self) -> tuple[tuple[str, str], ...]:
        return (("note", f"`{self.name}` must be defined only once in the {self.namespace} namespace of this module"),)


@dataclass(frozen=True, slots=True)
class DuplicateImport(Fact):
    """Two imports, or an import and an item, of one name."""

    name: str
    previous: Label
    with_item: bool
    code: ClassVar[str] = "E0252"

    def message(self) -> str:
        return f"the name `{self.name}` is defined multiple times"

    def label(self) -> str:
        return f"`{self.name}` reimported here"

    def secondary(self) -> tuple[Label, ...]:
        return (self.previous,)

    def to_diagnostic(self, owner: Any) -> Diagnostic:
        return _with_code(Fact.to_diagnostic(self, owner), "E0255" if self.with_item else "E0252")


@dataclass(frozen=True, slots=True)
class OuterGenericParam(Fact):
    """An inner item that names a generic parameter of the function around it."""

    name: str
    code: ClassVar[str] = "E0401"

    def message(self) -> str:
        return f"generic parameter `{self.name}` of the outer function is not usable in an inner item"

    def label(self) -> str:
        return "declare it on the inner item"


@dataclass(frozen=True, slots=True)
class MisplacedDerive(Fact):
    """``#[derive]`` on something that is no data type."""

    code: ClassVar[str] = "E0774"

    def message(self) -> str:
        return "`derive` may only be applied to structs, enums and unions"

    def label(self) -> str:
        return "not applicable here"


@dataclass(frozen=True, slots=True)
class DerivedTwice(Fact):
    """One trait in two derives of a type."""

    trait: str
    ty: str
    code: ClassVar[str] = "E0119"

    def message(self) -> str:
        return f"conflicting implementations of trait `{self.trait}` for type `{self.ty}`"

    def label(self) -> str:
        return f"`{self.trait}` is derived twice"
