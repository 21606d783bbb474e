"""Usefulness of patterns: which values a match forgets, and which patterns can never match
(``rustc_pattern_analysis``).

What it is: Maranget's algorithm as rustc runs it. Patterns are constructors applied to sub-patterns
(:class:`DeconstructedPat`). The rows of a matrix are the arms; specialising the matrix by each constructor the first
column distinguishes, and recursing, finds the *witnesses* (values no arm covers) and marks the rows and
or-alternatives that some value reaches.

Assumes: :class:`TypeShapes` answers for enums and structs. Guarantees: an arm with a guard covers nothing; variants
without values need no arm; a constant that cannot be seen through covers only itself. The search stops after a budget
of steps and then claims nothing missing.

Example: ``match x { Some(0) => .., None => .. }`` on ``Option<u8>`` has the one witness ``Some(1_u8..=u8::MAX)``.
"""

from __future__ import annotations

from typing import Final, Protocol

from compiler.base.dataclass import dataclass, field
from compiler.ty import types as t
from compiler.ty.constructors import (
    MISSING,
    NON_EXHAUSTIVE,
    OR,
    WILDCARD,
    Constructor,
    all_constructors,
    arity_and_fields,
    is_covered_by,
    split,
)

MAX_STEPS: Final = 50_000
MAX_WITNESSES: Final = 500


class TypeShapes(Protocol):
    """What the algorithm asks about ADTs."""

    def n_variants(self, ty: t.AdtTy) -> int: ...

    def field_tys(self, ty: t.AdtTy, variant: int) -> list[t.Ty]: ...

    def is_inhabited(self, ty: t.Ty) -> bool: ...

    def is_open(self, ty: t.AdtTy) -> bool: ...


@dataclass(slots=True, eq=False)
class DeconstructedPat:
    """``fields`` fit the constructor; for OR they are the alternatives. ``id`` names the source pattern."""

    ctor: Constructor
    fields: tuple[DeconstructedPat, ...]
    ty: t.Ty
    id: int = -1


@dataclass(frozen=True, slots=True)
class Witness:
    """A pattern of values that are not covered."""

    ctor: Constructor
    fields: tuple[Witness, ...]
    ty: t.Ty


@dataclass(slots=True, eq=False)
class Row:
    pats: list[DeconstructedPat]
    has_guard: bool
    useful: bool = False
    parent: Row | None = None
    relevant: bool = True


@dataclass(slots=True)
class UsefulnessReport:
    """``reachable``: per arm. ``unreachable_alternatives``: ids of or-alternatives no value reaches, in arms that
    are reached.
    """

    witnesses: list[Witness]
    reachable: list[bool]
    unreachable_alternatives: list[int] = field(default_factory=list)


def compute_match_usefulness(
    shapes: TypeShapes, ty: t.Ty, arms: list[tuple[DeconstructedPat, bool]]
) -> UsefulnessReport:
    """``arms``: (pattern, has a guard) in order, against a scrutinee of type ``ty``."""
    checker = _Checker(shapes)
    rows = [Row([pat], guard) for pat, guard in arms]
    witnesses = checker.compute(rows, [ty], True)
    report = UsefulnessReport([w[-1] for w in witnesses], [row.useful for row in rows])
    if checker.steps > MAX_STEPS:
        return UsefulnessReport([], [True] * len(arms))
    for (pat, _), row in zip(arms, rows, strict=True):
        if row.useful:
            checker.collect_unreachable(pat, report.unreachable_alternatives)
    return report


class _Checker:
    def __init__(self, shapes: TypeShapes) -> None:
        self.shapes = shapes
        self.steps = 0
        self.useful_alternatives: set[int] = set()

    def compute(
        self, rows: list[Row], tys: list[t.Ty], is_scrutinee: bool, relevant: bool = True
    ) -> list[list[Witness]]:
        """Witness stacks (last element: first column) and usefulness of ``rows``.

        ``relevant``: witnesses found here are reported. Below a constructor that occurs while others are missing they
        are not: the missing ones say it better. Where neither witnesses nor rows are relevant there is nothing to
        find (rustc's ``relevant``).
        """
        self.steps += 1
        if self.steps > MAX_STEPS or not (relevant or any(row.relevant for row in rows)):
            return []
        if not tys:
            for row in rows:
                row.useful = True
                if not row.has_guard:
                    return []
            return [[]] if relevant else []
        rows = self._expand_or(rows)
        ty = tys[0]
        present = [row.pats[0].ctor for row in rows]
        split_ctors, missing = split(all_constructors(self.shapes, ty), present)
        all_missing = not any(c is not MISSING for c in split_ctors)
        report_each = is_scrutinee or not all_missing
        out: list[list[Witness]] = []
        for ctor in split_ctors:
            found = self._specialised(rows, ctor, tys, relevant, not missing or ctor is MISSING)
            if found and len(out) < MAX_WITNESSES:
                out += self._apply(found, ctor, missing, ty, report_each)
        for row in rows:
            parent = row.parent
            if row.useful and parent is not None:
                parent.useful = True
                self.useful_alternatives.add(id(row.pats[0]))
        return out

    def _expand_or(self, rows: list[Row]) -> list[Row]:
        """Rows with or-patterns in the first column become one row per alternative; every row gets a fresh mark."""
        out: list[Row] = []
        for row in rows:
            stack = [row.pats[0]]
            if stack[0].ctor is not OR:
                out.append(Row(row.pats, row.has_guard, False, row, row.relevant))
                continue
            while stack:
                pat = stack.pop()
                if pat.ctor is OR:
                    stack.extend(reversed(pat.fields))
                else:
                    out.append(Row([pat, *row.pats[1:]], row.has_guard, False, row, row.relevant))
        return out

    def _specialised(
        self, rows: list[Row], ctor: Constructor, tys: list[t.Ty], relevant: bool, ctor_is_relevant: bool
    ) -> list[list[Witness]]:
        field_tys = arity_and_fields(self.shapes, tys[0], ctor)
        specialised: list[Row] = []
        for row in rows:
            head = row.pats[0]
            if is_covered_by(ctor, head.ctor):
                row_relevant = row.relevant and (ctor_is_relevant or head.ctor is not WILDCARD)
                pats = _fields_for(head, ctor, field_tys) + row.pats[1:]
                specialised.append(Row(pats, row.has_guard, False, row, row_relevant))
        found = self.compute(specialised, field_tys + tys[1:], False, relevant and ctor_is_relevant)
        for row in specialised:
            if row.useful and row.parent is not None:
                row.parent.useful = True
        return found

    def _apply(
        self, witnesses: list[list[Witness]], ctor: Constructor, missing: list[Constructor], ty: t.Ty, report_each: bool
    ) -> list[list[Witness]]:
        """Put the constructor back on the witnesses of its specialisation."""
        if ctor is MISSING:
            if not report_each or NON_EXHAUSTIVE in missing:
                heads = [Witness(WILDCARD, (), ty)]
            else:
                heads = [self._wild_from(c, ty) for c in missing]
            return [[*stack, head] for head in heads for stack in witnesses]
        n = len(arity_and_fields(self.shapes, ty, ctor))
        out = []
        for stack in witnesses:
            fields = tuple(reversed(stack[len(stack) - n :])) if n else ()
            out.append([*stack[: len(stack) - n], Witness(ctor, fields, ty)])
        return out

    def _wild_from(self, ctor: Constructor, ty: t.Ty) -> Witness:
        fields = tuple(Witness(WILDCARD, (), f) for f in arity_and_fields(self.shapes, ty, ctor))
        return Witness(ctor, fields, ty)

    def collect_unreachable(self, pat: DeconstructedPat, out: list[int]) -> None:
        """Or-alternatives below a reached pattern that nothing reaches."""
        if pat.ctor is OR:
            for alternative in pat.fields:
                if alternative.ctor is not OR and id(alternative) not in self.useful_alternatives:
                    out.append(alternative.id)
                else:
                    self.collect_unreachable(alternative, out)
            return
        for sub in pat.fields:
            self.collect_unreachable(sub, out)


def _fields_for(pat: DeconstructedPat, ctor: Constructor, field_tys: list[t.Ty]) -> list[DeconstructedPat]:
    """The pattern's fields as seen under ``ctor``, which it covers."""
    kind = pat.ctor.kind
    if kind == "slice" and pat.ctor.is_variable:
        n_prefix, n_suffix = pat.ctor.low, pat.ctor.high
        middle = [DeconstructedPat(WILDCARD, (), ty) for ty in field_tys[n_prefix : len(field_tys) - n_suffix]]
        return [*pat.fields[:n_prefix], *middle, *pat.fields[n_prefix:]]
    if kind in ("struct", "variant", "ref", "slice"):
        return list(pat.fields)
    return [DeconstructedPat(WILDCARD, (), ty) for ty in field_tys]
