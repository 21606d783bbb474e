"""Outlives constraints between region variables, and region variables themselves.

What it is: region variables are ``t.Region("var", index=i)``; a constraint ``sup: sub`` says that the value of ``sup``
includes that of ``sub``, everywhere (constraints know where they come from only to explain errors).

Guarantees: constraints keep their order; equal ones may repeat.

Example: ``let r: &'2 u32 = &'1 x`` adds ``'1: '2`` with the assignment's span and category.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

from compiler.base.span import EMPTY_SPAN, Span
from compiler.ty import types as t


class Category(enum.Enum):
    """Why a constraint exists, in rustc's words; the value is how interesting it is to blame (less: more)."""

    RETURN = "return"
    CAST = "cast"
    CALL_ARGUMENT = "argument"
    ASSIGNMENT = "assignment"
    USAGE = "use"
    COPY_BOUND = "copying this value"
    CLOSURE_UPVAR = "closure capture"
    USE_AS_CONST = "constant"
    USE_AS_STATIC = "static"
    TYPE_ANNOTATION = "type annotation"
    GENERIC_ARG = "generic argument"
    PREDICATE = "bound"
    OPAQUE = "opaque type"
    BORING = "boring"
    BORING_NO_LOCATION = "boring without place"
    INTERNAL = "internal"
    UNNAMEABLE = "outlives what it cannot name"

    __hash__ = object.__hash__


INTEREST: dict[Category, int] = {
    Category.RETURN: 0,
    Category.CAST: 2,
    Category.CALL_ARGUMENT: 2,
    Category.ASSIGNMENT: 2,
    Category.USAGE: 2,
    Category.COPY_BOUND: 2,
    Category.CLOSURE_UPVAR: 2,
    Category.USE_AS_CONST: 2,
    Category.USE_AS_STATIC: 2,
    Category.TYPE_ANNOTATION: 2,
    Category.GENERIC_ARG: 3,
    Category.PREDICATE: 4,
    Category.OPAQUE: 4,
    Category.BORING: 5,
    Category.BORING_NO_LOCATION: 6,
    Category.INTERNAL: 7,
    Category.UNNAMEABLE: 8,
}


@dataclass(slots=True)
class Where:
    """Where constraints being emitted come from. ``point`` is None: everywhere."""

    span: Span = EMPTY_SPAN
    category: Category = Category.BORING
    point: int | None = None
    from_closure: bool = False


@dataclass(slots=True)
class OutlivesConstraint:
    sup: int
    sub: int
    where: Where


@dataclass(slots=True)
class TypeTest:
    """``subject: region`` for a type parameter or rigid projection."""

    subject: t.Ty
    region: int
    where: Where


@dataclass(slots=True)
class Placeholder:
    """A region of which a ``for<'a>`` to be proved says nothing: only variables made during that proof, those from
    ``region`` to ``last``, can name it. ``trait``: whose implementation must be as general; "": a lifetime bound, or a
    type (``of_type``) that must be."""

    region: int
    last: int
    trait: str
    where: Where
    of_type: bool = False


_VARS: list[t.Region] = []  # variables by number: those of every body are the same interned values


@dataclass(slots=True)
class Constraints:
    """What the type check of one body produced."""

    n_vars: int = 0
    outlives: list[OutlivesConstraint] = field(default_factory=list)
    type_tests: list[TypeTest] = field(default_factory=list)
    placeholders: list[Placeholder] = field(default_factory=list)
    mismatches: list[Where] = field(default_factory=list)  # of fn pointers: rustc's type check ends there
    live_at: dict[int, int] = field(default_factory=dict)  # region -> points

    def fresh(self) -> t.Region:
        """A new region variable."""
        index = self.n_vars
        self.n_vars = index + 1
        if index == len(_VARS):
            _VARS.append(t.Region("var", "", index))
        return _VARS[index]

    def add(self, sup: t.Region, sub: t.Region, where: Where) -> None:
        """``sup: sub``; both must be variables."""
        if sup is not sub and sup.kind == "var" and sub.kind == "var" and sup.index != 0:
            self.outlives.append(OutlivesConstraint(sup.index, sub.index, where))

    def make_live(self, region: t.Region, points: int) -> None:
        """The region holds these points."""
        if region.kind == "var":
            self.live_at[region.index] = self.live_at.get(region.index, 0) | points
