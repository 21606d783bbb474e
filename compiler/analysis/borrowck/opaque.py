"""Regions of hidden types: what an ``impl Trait`` result may borrow (rustc's member constraints).

What it is: in the function that returns ``impl Trait``, each region of the hidden type must equal one of the lifetimes
that the opaque type captures, or ``'static``: the smallest that fits is chosen, and the region made to outlive it.

Assumes: constraints are solved once. Guarantees: only adds constraints; where no smallest choice exists, none; where no
choice fits at all, the hidden type captures a lifetime that it may not (E0700).

Example: ``fn f() -> impl Fn() -> u32 { let x = 1; || x }``: the capture's region must be ``'static``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from compiler.analysis.borrowck.constraints import Category, OutlivesConstraint, Where
from compiler.analysis.borrowck.flow import bits
from compiler.analysis.borrowck.region_inference import RegionInference
from compiler.analysis.borrowck.type_check import TypeCheck
from compiler.analysis.borrowck.verdicts import CapturedTooLittle
from compiler.base.span import Span
from compiler.hir.def_id import DefKind
from compiler.mir import body as m
from compiler.ty import types as t
from compiler.ty.captures import captured
from compiler.ty.collect import fn_sig
from compiler.ty.generics import identity_args


@dataclass(frozen=True, slots=True)
class HiddenRegion:
    """A region of a hidden type. ``choices``: ``'static`` and the lifetimes that the opaque type captures."""

    region: int
    choices: tuple[int, ...]


def hidden_regions(checked: TypeCheck) -> list[HiddenRegion]:
    """The regions of the hidden types of the body's own opaque result."""
    owner = checked.body.def_id
    output = checked.universal.output
    hidden: list[HiddenRegion] = []
    if owner.kind is DefKind.FN and output.flags & t.HAS_ALIAS:
        _pairs(checked, output, checked.local_tys[0], hidden)
    return list(dict.fromkeys(hidden))


def choose_hidden_regions(
    checked: TypeCheck, hidden: list[HiddenRegion], regions: RegionInference
) -> list[CapturedTooLittle]:
    """Add what the hidden types demand, and solve again; what no lifetime that is captured can be."""
    added, faults = False, []
    known = checked.universal.outlives
    outer = _reversed(regions) if hidden else {}
    for found in hidden:
        upper = _upper_bounds(checked, outer, found.region)
        lower = list(bits(regions.universals_in(found.region)))
        fitting = [c for c in found.choices
                   if all(known[c] >> u & 1 for u in lower) and all(known[u] >> c & 1 for u in upper)]  # fmt: skip
        choice = next((c for c in fitting if all(known[other] >> c & 1 for other in fitting)), None)
        if not fitting and upper:
            faults.append(CapturedTooLittle(_result_span(checked), min(upper)))
        elif choice is not None and choice != found.region:
            where = Where(checked.body.locals[0].span, Category.OPAQUE)
            regions.constraints.outlives.append(OutlivesConstraint(found.region, choice, where))
            added = True
    if added:
        regions.forget_paths()
        regions.solve()
    return faults


def _pairs(checked: TypeCheck, declared: Any, actual: Any, out: list[HiddenRegion]) -> None:
    """Regions of what stands where the declared type says ``impl Trait``."""
    if type(declared) is t.AliasTy and declared.kind == "opaque" and declared.def_id is checked.body.def_id:
        choices = _choices(checked, declared)
        out.extend(HiddenRegion(region.index, choices) for region in checked.types.regions(actual))
        return
    if type(declared) is not type(actual):
        return
    for a, b in zip(t.children(declared), t.children(actual), strict=False):
        _pairs(checked, a, b, out)


def _choices(checked: TypeCheck, opaque: t.AliasTy) -> tuple[int, ...]:
    fn = opaque.def_id
    lifetimes = [*identity_args(checked.db, fn), *fn_sig(checked.db, fn).late_bound]
    kept = zip(lifetimes, captured(checked.db, fn, opaque.index), strict=True)
    mapping = checked.universal.mapping
    return (0, *(mapping[r].index for r, keep in kept if keep and isinstance(r, t.Region)))


def _reversed(regions: RegionInference) -> dict[int, list[int]]:
    """What is to outlive each region directly."""
    outer: dict[int, list[int]] = {}
    for constraint in regions.constraints.outlives:
        outer.setdefault(constraint.sub, []).append(constraint.sup)
    return outer


def _upper_bounds(checked: TypeCheck, outer: dict[int, list[int]], region: int) -> set[int]:
    """The universal regions that are to outlive a region."""
    seen, work = {region}, [region]
    while work:
        for sup in outer.get(work.pop(), ()):
            if sup not in seen:
                seen.add(sup)
                work.append(sup)
    return {r for r in seen if 0 < r < checked.universal.fn_body}


def _result_span(checked: TypeCheck) -> Span:
    """Where the result is first made."""
    for block in checked.body.blocks:
        for statement in block.statements:
            if isinstance(statement, m.Assign) and statement.place.local == 0:
                return statement.span
        end = block.terminator
        if isinstance(end, m.Call) and end.destination.local == 0:
            return end.span
    return checked.body.locals[0].span
