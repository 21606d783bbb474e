"""Errors of signatures: paths in types, generic arguments, lifetimes, associated types.

One class per fault with its facts; every class has ``to_diagnostic(owner)``, spans item-relative. Codes are rustc's.

>>> from compiler.base.span import Span
>>> UndeclaredLifetime(Span(1, 3), "a").to_diagnostic(None).message
"use of undeclared lifetime name `'a`"
"""

from __future__ import annotations

from typing import ClassVar

from compiler.base.dataclass import dataclass
from compiler.resolve.errors import Fact


@dataclass(frozen=True, slots=True)
class UndeclaredLifetime(Fact):
    name: str
    code: ClassVar[str] = "E0261"

    def message(self) -> str:
        return f"use of undeclared lifetime name `'{self.name}`"

    def label(self) -> str:
        return "undeclared lifetime"


@dataclass(frozen=True, slots=True)
class ShadowedLifetime(Fact):
    name: str
    code: ClassVar[str] = "E0496"

    def message(self) -> str:
        return f"lifetime name `'{self.name}` shadows a lifetime name that is already in scope"

    def label(self) -> str:
        return f"lifetime `'{self.name}` already in scope"


@dataclass(frozen=True, slots=True)
class StaticParameter(Fact):
    """A lifetime parameter named ``'static``."""

    code: ClassVar[str] = "E0262"

    def message(self) -> str:
        return "invalid lifetime parameter name: `'static`"

    def label(self) -> str:
        return "'static is a reserved lifetime name"


@dataclass(frozen=True, slots=True)
class UnderscoreLifetime(Fact):
    """``'_`` where a lifetime must have a name, as of a parameter."""

    code: ClassVar[str] = "E0637"

    def message(self) -> str:
        return "`'_` cannot be used here"

    def label(self) -> str:
        return "`'_` is a reserved lifetime name"


@dataclass(frozen=True, slots=True)
class UnnamedInBound(Fact):
    """A lifetime left out in a bound, where no rule says which it is."""

    code: ClassVar[str] = "E0637"

    def message(self) -> str:
        return "a lifetime without a name cannot be used in a bound"

    def label(self) -> str:
        return "name it: a parameter of the item, or `for<'a>` before the bound"


@dataclass(frozen=True, slots=True)
class UnnamedInImplTrait(Fact):
    """A lifetime left out in the bounds of an ``impl Trait`` parameter: a feature of its own in Rust."""

    code: ClassVar[str] = "E0658"

    def message(self) -> str:
        return "a lifetime without a name in `impl Trait` is unstable"

    def label(self) -> str:
        return "name it as a parameter of the function"


RESERVED_LIFETIMES: dict[str, type[Fact]] = {"static": StaticParameter, "_": UnderscoreLifetime}


@dataclass(frozen=True, slots=True)
class MissingLifetime(Fact):
    """``returns``: in a return type that no argument's lifetime can be given to."""

    returns: bool
    code: ClassVar[str] = "E0106"

    def message(self) -> str:
        return "missing lifetime specifier"

    def label(self) -> str:
        return "expected named lifetime parameter"

    def children(self) -> tuple[tuple[str, str], ...]:
        if not self.returns:
            return ()
        return (("help", "the signature does not say which argument the returned reference borrows from"),)


@dataclass(frozen=True, slots=True)
class WrongArgumentCount(Fact):
    """``kind``: "generic", "lifetime"; ``noun``: struct, enum, trait ..."""

    noun: str
    name: str
    kind: str
    expected: str
    found: int
    code: ClassVar[str] = "E0107"

    def message(self) -> str:
        if not self.found:
            return f"missing generics for {self.noun} `{self.name}`"
        plural = "" if self.expected == "1" else "s"
        verb = "was" if self.found == 1 else "were"
        given = "" if self.found == 1 else "s"
        return (
            f"{self.noun} takes {self.expected} {self.kind} argument{plural} "
            f"but {self.found} {self.kind} argument{given} {verb} supplied"
        )

    def label(self) -> str:
        return f"expected {self.expected} {self.kind} argument{'' if self.expected == '1' else 's'}"


@dataclass(frozen=True, slots=True)
class NoSuchAssocType(Fact):
    """``T::Name`` or ``Trait<Name = ..>`` where no trait known for it has that associated type."""

    name: str
    of: str
    similar: str | None = None
    code: ClassVar[str] = "E0220"

    def message(self) -> str:
        return f"associated type `{self.name}` not found for `{self.of}`"

    def label(self) -> str:
        return f"associated type `{self.name}` not found"

    def suggestions(self) -> tuple[tuple[str, object, str], ...]:  # type: ignore[override]
        return (("a similar associated type exists", self.span, self.similar),) if self.similar else ()


@dataclass(frozen=True, slots=True)
class AmbiguousAssocType(Fact):
    """``Type::Name`` on a type that is not a parameter."""

    ty: str
    name: str
    code: ClassVar[str] = "E0223"

    def message(self) -> str:
        return "ambiguous associated type"

    def children(self) -> tuple[tuple[str, str], ...]:
        return (("help", f"name the trait: `<{self.ty} as Trait>::{self.name}`"),)


@dataclass(frozen=True, slots=True)
class NotAType(Fact):
    """A path in type position that names something else."""

    path: str
    found: str
    code: ClassVar[str] = "E0573"

    def message(self) -> str:
        return f"expected type, found {self.found} `{self.path}`"

    def label(self) -> str:
        return "not a type"


@dataclass(frozen=True, slots=True)
class NotATrait(Fact):
    path: str
    found: str
    code: ClassVar[str] = "E0404"

    def message(self) -> str:
        return f"expected trait, found {self.found} `{self.path}`"

    def label(self) -> str:
        return "not a trait"


@dataclass(frozen=True, slots=True)
class TraitAsType(Fact):
    """A bare trait where a type is expected (edition 2021)."""

    path: str
    code: ClassVar[str] = "E0782"

    def message(self) -> str:
        return "expected a type, found a trait"

    def children(self) -> tuple[tuple[str, str], ...]:
        return (("help", f"write `impl {self.path}`, or `dyn {self.path}` for a trait object"),)


@dataclass(frozen=True, slots=True)
class BindingNotAllowed(Fact):
    """``Type<Item = T>`` on something that is not a trait."""

    code: ClassVar[str] = "E0229"

    def message(self) -> str:
        return "associated item constraints are not allowed here"

    def label(self) -> str:
        return "associated item constraint not allowed here"


@dataclass(frozen=True, slots=True)
class ParenthesizedArguments(Fact):
    """``Type(A, B)`` on something that is not a ``Fn`` trait."""

    code: ClassVar[str] = "E0214"

    def message(self) -> str:
        return "parenthesized type parameters may only be used with a `Fn` trait"

    def label(self) -> str:
        return "only `Fn` traits may use parentheses"

    def children(self) -> tuple[tuple[str, str], ...]:
        return (("help", "write type arguments in angle brackets: `<..>`"),)


@dataclass(frozen=True, slots=True)
class ArgumentKind(Fact):
    """A type given for a const parameter or the other way round."""

    expected: str
    found: str
    code: ClassVar[str] = "E0747"

    def message(self) -> str:
        return f"{self.found} provided when a {self.expected} was expected"


@dataclass(frozen=True, slots=True)
class PlaceholderInSignature(Fact):
    """``_`` in an item's signature."""

    code: ClassVar[str] = "E0121"

    def message(self) -> str:
        return "the placeholder `_` is not allowed within types on item signatures"

    def label(self) -> str:
        return "not allowed in type signatures"


@dataclass(frozen=True, slots=True)
class ImplTraitNotAllowed(Fact):
    """``place``: as rustc calls it, if it is in a function's signature."""

    place: str = ""
    code: ClassVar[str] = "E0562"

    def message(self) -> str:
        if self.place:
            return f"`impl Trait` is not allowed in {self.place}"
        return "`impl Trait` is allowed only in arguments and return types of functions"

    def label(self) -> str:
        return "`impl Trait` not allowed here"


@dataclass(frozen=True, slots=True)
class NestedImplTrait(Fact):
    """``impl Into<impl Debug>``."""

    code: ClassVar[str] = "E0666"

    def message(self) -> str:
        return "nested `impl Trait` is not allowed"

    def label(self) -> str:
        return "among the arguments of another `impl Trait`: name it as a generic parameter"


@dataclass(frozen=True, slots=True)
class ArgumentsOnPrimitive(Fact):
    """Generic arguments on something that takes none."""

    what: str
    code: ClassVar[str] = "E0109"

    def message(self) -> str:
        return f"generic arguments are not allowed on {self.what}"

    def label(self) -> str:
        return "generic arguments not allowed"


@dataclass(frozen=True, slots=True)
class AdditionalTrait(Fact):
    """A second trait with methods in a trait object."""

    first: str
    second: str
    code: ClassVar[str] = "E0225"

    def message(self) -> str:
        return "only auto traits can be used as additional traits in a trait object"

    def label(self) -> str:
        return "additional non-auto trait"

    def children(self) -> tuple[tuple[str, str], ...]:
        return (("help", f"make a trait with supertraits `{self.first}` and `{self.second}` and use that"),)


@dataclass(frozen=True, slots=True)
class DefaultMentionsSelf(Fact):
    """A parameter of a trait object's trait is left out, and its default is ``Self``."""

    name: str
    code: ClassVar[str] = "E0393"

    def message(self) -> str:
        return f"a type parameter of `{self.name}` must be given: its default is `Self`"

    def label(self) -> str:
        return "missing type argument: behind `dyn`, `Self` is not known"


@dataclass(frozen=True, slots=True)
class AssocTypeNotGiven(Fact):
    """A trait object leaves associated types open."""

    trait: str
    names: tuple[str, ...]
    code: ClassVar[str] = "E0191"

    def message(self) -> str:
        many = "s" * (len(self.names) > 1)
        return f"the value{many} of the associated type{many} {self._listed()} in `{self.trait}` must be specified"

    def label(self) -> str:
        return f"specify the associated type: `{self.trait}<{', '.join(f'{n} = Type' for n in self.names)}>`"

    def _listed(self) -> str:
        return " and ".join(f"`{name}`" for name in self.names)


@dataclass(frozen=True, slots=True)
class WrongLiteral(Fact):
    """A literal that is no value of a const parameter's type."""

    found: str
    expected: str
    code: ClassVar[str] = "E0308"

    def message(self) -> str:
        return "mismatched types"

    def label(self) -> str:
        return f"expected `{self.expected}`, found {self.found}"


@dataclass(frozen=True, slots=True)
class NegatedLiteral(Fact):
    """A negative number for a const parameter without a sign."""

    expected: str
    code: ClassVar[str] = "E0600"

    def message(self) -> str:
        return f"cannot apply unary operator `-` to type `{self.expected}`"

    def label(self) -> str:
        return "cannot apply unary operator `-`"
