"""Regions of hidden types: what an ``impl Trait`` result may borrow (rustc's member constraints).

What it is: in the function that returns ``impl Trait``, each region of the hidden type must equal one of the lifetimes
that the opaque type captures, or ``'static``: the smallest that fits is chosen, and the region made to outlive it.

Assumes: constraints are solved once. Guarantees: only adds constraints; where no smallest choice exists, none.

Example: ``fn f() -> impl Fn() -> u32 { let x = 1; || x }``: the capture's region must be ``'static``.
"""

from __future__ import annotations

from typing import Any

from compiler.analysis.borrowck.constraints import Category, OutlivesConstraint, Where
from compiler.analysis.borrowck.flow import bits
from compiler.analysis.borrowck.region_inference import RegionInference
from compiler.analysis.borrowck.type_check import TypeCheck
from compiler.hir.def_id import DefKind
from compiler.ty import types as t


def hidden_regions(checked: TypeCheck) -> list[t.Region]:
    """The regions of the hidden types of the body's own opaque result."""
    owner = checked.body.def_id
    output = checked.universal.output
    hidden: list[t.Region] = []
    if owner.kind is DefKind.FN and output.flags & t.HAS_ALIAS:
        _pairs(checked, output, checked.local_tys[0], hidden)
    return list(dict.fromkeys(hidden))


def choose_hidden_regions(checked: TypeCheck, hidden: list[t.Region], regions: RegionInference) -> None:
    """Add what the hidden types demand, and solve again."""
    choices = _choices(checked)
    added = False
    for region in hidden:
        choice = _smallest(checked, regions, region.index, choices)
        if choice is not None and choice != region.index:
            where = Where(checked.body.locals[0].span, Category.OPAQUE)
            regions.constraints.outlives.append(OutlivesConstraint(region.index, choice, where))
            added = True
    if added:
        regions.forget_paths()
        regions.solve()


def _pairs(checked: TypeCheck, declared: Any, actual: Any, out: list[t.Region]) -> None:
    """Regions of what stands where the declared type says ``impl Trait``."""
    if type(declared) is t.AliasTy and declared.kind == "opaque" and declared.def_id is checked.body.def_id:
        out.extend(checked.types.regions(actual))
        return
    if type(declared) is not type(actual):
        return
    for a, b in zip(t.children(declared), t.children(actual), strict=False):
        _pairs(checked, a, b, out)


def _choices(checked: TypeCheck) -> list[int]:
    """``'static`` and every lifetime of the signature (captured by default since edition 2024; in older editions a
    lifetime too many only hides an error)."""
    return [0, *range(1, checked.universal.fn_body)]


def _smallest(checked: TypeCheck, regions: RegionInference, region: int, choices: list[int]) -> int | None:
    known = checked.universal.outlives
    lower = regions.universals_in(region)
    fitting = [c for c in choices if all(known[c] >> u & 1 for u in bits(lower))]
    for candidate in fitting:
        if all(known[other] >> candidate & 1 for other in fitting):
            return candidate
    return None
