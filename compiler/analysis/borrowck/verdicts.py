"""What the walk finds wrong, before anyone explains it.

What it is: plain facts: which access, at which point, against which loan or move. :mod:`explain` turns them into
messages. Example: ``Conflict("write", point, span, place, borrow)`` becomes E0506.
"""

from __future__ import annotations

from dataclasses import dataclass

from compiler.analysis.borrowck.borrow_set import Loan
from compiler.analysis.borrowck.move_data import IllegalMove
from compiler.base.span import Span
from compiler.mir import body as m
from compiler.ty import types as t


@dataclass(frozen=True, slots=True)
class MoveSite:
    """A move-out that reaches a use; ``in_loop``: only around a back edge."""

    move: int
    point: int
    in_loop: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """``access``: "copy", "borrow" (of kind ``kind``), "write", "move", "dead" (storage or value),
    "exit" (of the function), "unwind" (out of it, from a call or an endless loop)."""

    access: str
    point: int
    span: Span
    place: m.Place
    borrow: Loan
    kind: m.BorrowKind | None = None


@dataclass(frozen=True, slots=True)
class UseOfMoved:
    """``action``: "use", "borrow", "match", "assignment", "partial assignment"."""

    point: int
    span: Span
    action: str
    moved: m.Place
    used: m.Place
    path: int
    sites: tuple[MoveSite, ...]


@dataclass(frozen=True, slots=True)
class UseOfUninitialized:
    point: int
    span: Span
    action: str
    moved: m.Place
    used: m.Place
    path: int


@dataclass(frozen=True, slots=True)
class MoveOutOf:
    """E0507, E0508, E0509. ``bound``: the variables of a pattern that the move is for; ``of_value``: what is matched
    may itself be moved, the part may not."""

    move: IllegalMove
    span: Span
    bound: tuple[Span, ...] = ()
    of_value: bool = False


@dataclass(frozen=True, slots=True)
class Immutable:
    """A write to, or ``&mut`` of (``is_borrow``) ``place``; ``culprit`` is the part that is not mutable.

    ``merged``: the variable is borrowed so several times, and the error is one, at its declaration.
    """

    point: int
    span: Span
    place: m.Place
    culprit: m.Place
    is_borrow: bool
    merged: bool = False


@dataclass(frozen=True, slots=True)
class Reassigned:
    """A second assignment to an immutable local; ``init``: an earlier one, None: it is an argument."""

    point: int
    span: Span
    local: m.Local
    init: int | None


@dataclass(frozen=True, slots=True)
class RegionError:
    """``longer`` had to outlive ``shorter`` and is not known to; both universal."""

    longer: int
    shorter: int


@dataclass(frozen=True, slots=True)
class NotGeneral:
    """Something holds for some lifetime only, and was asked for all. ``trait``: an implementation; "": a bound, or a
    type (``of_type``)."""

    trait: str
    span: Span
    of_type: bool = False


@dataclass(frozen=True, slots=True)
class TypeOutlives:
    """``subject`` had to outlive a region (``universal``: the one to name; -1: any) and is not known to."""

    subject: t.Ty
    universal: int
    span: Span


@dataclass(frozen=True, slots=True)
class CapturedTooLittle:
    """The hidden type of an ``impl Trait`` borrows for a universal region that the opaque type does not capture."""

    span: Span
    universal: int


Verdict = (
    Conflict
    | UseOfMoved
    | UseOfUninitialized
    | MoveOutOf
    | Immutable
    | Reassigned
    | RegionError
    | NotGeneral
    | TypeOutlives
    | CapturedTooLittle
)
