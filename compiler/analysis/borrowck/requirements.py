"""What a closure demands of the regions of the body that makes it (rustc's ``ClosureRegionRequirements``).

What it is: a closure cannot know how its captures' regions relate; what it needs is handed to the creator as
"external region i outlives external region j" and "type outlives region", and checked there.

Guarantees: external regions are ``'static``, the lifetimes named by the enclosing function, which are the same ones in
its creator, then those of the closure's type, by their order there.

Example: ``|| v.push(r)`` with captured ``v: &mut Vec<&'a u32>`` and ``r: &'b u32`` needs ``'b: 'a``.
"""

from __future__ import annotations

from dataclasses import dataclass

from compiler.analysis.borrowck.constraints import Where
from compiler.analysis.borrowck.projection import Projections
from compiler.ty import types as t


@dataclass(frozen=True, slots=True)
class Requirement:
    """``subject``: number of an external region, or a type parameter or projection without regions."""

    subject: int | t.Ty
    outlived: int
    where: Where

    __hash__ = object.__hash__


@dataclass(frozen=True, slots=True)
class ClosureRequirements:
    """``external``: by number, the position of the region among those of the closure type, -1 for ``'static`` and
    named ones."""

    requirements: tuple[Requirement, ...] = ()
    external: tuple[int, ...] = (-1,)


NO_REQUIREMENTS = ClosureRequirements()


def apply_requirements(
    found: ClosureRequirements,
    closure: t.ClosureTy,
    named: tuple[t.Region, ...],
    projections: Projections,
    where: Where,
) -> None:
    """Add a closure's requirements as constraints of its creator."""
    if not found.requirements:
        return
    types = projections.types
    regions = list(types.regions(closure))

    def region(number: int) -> t.Region | None:
        if not 0 <= number < len(found.external):
            return None
        at = found.external[number]
        if 1 <= number <= len(named):
            return named[number - 1]
        if at < 0:
            return types.static
        return regions[at] if at < len(regions) else None

    for requirement in found.requirements:
        outlived = region(requirement.outlived)
        inside = requirement.where
        here = Where(inside.span, inside.category, where.point, True)
        if outlived is None:
            continue
        if isinstance(requirement.subject, int):
            longer = region(requirement.subject)
            if longer is not None:
                types.outlives(longer, outlived, here)
        else:
            projections.prove_outlives(requirement.subject, outlived, here)
