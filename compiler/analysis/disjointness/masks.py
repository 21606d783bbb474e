"""Masks of warp barriers: which name the aligned tile of the calling lane.

What it is: :func:`tile_size` of a mask. Assumes: a lane that calls a warp operation is in its mask, which the analysis
of convergence checks. Guarantees: a size only where the mask of every lane that may have this mask is its tile, so that
two lanes of one tile name each other.

Example: ``0xff << (lane & !7)`` names tiles of 8, ``0xffff_0000`` the upper tile of 16.
"""

from __future__ import annotations

from typing import Final

from compiler.analysis.disjointness.evaluate import Evaluation
from compiler.analysis.disjointness.launch import Launch
from compiler.analysis.disjointness.terms import Atom, Poly

WARP_SIZE: Final = 32


def tile_size(launch: Launch, mask: Poly) -> int | None:
    """The number of lanes of the tiles that a mask names; None if it does not name tiles."""
    value = mask.constant
    if value is not None:
        size = value.bit_count()
        aligned = [_tile(lane, size) for lane in range(0, WARP_SIZE, size)] if _is_size(size) else []
        return size if value in aligned else None
    named = [*enumerate(_by_thread(launch, mask) or [])] or [*enumerate(_by_lane(launch, mask))]
    first = named[0][1]
    size = first.bit_count() if first is not None else 0
    if not _is_size(size) or any(found != _tile(at % WARP_SIZE, size) for at, found in named):
        return None
    return size


def _is_size(size: int) -> bool:
    return 0 < size <= WARP_SIZE and size & (size - 1) == 0


def _tile(lane: int, size: int) -> int:
    return ((1 << size) - 1) << (lane // size * size)


def _by_thread(launch: Launch, mask: Poly) -> list[int | None] | None:
    """The mask of every thread of a block whose shape is known."""
    dims = [d.constant for d in launch.block_dim]
    x, y, z = dims
    if x is None or y is None or z is None or x * y * z > 1024:
        return None
    found = []
    for linear in range(x * y * z):
        at = (linear % x, linear // x % y, linear // (x * y))
        values = {p.terms[0][0][0]: v for p, v in zip(launch.thread, at, strict=True) if p.terms}

        def symbol(atom: Atom, values: dict[int, int] = values) -> int | None:
            return values.get(atom.id)

        found.append(_low_bits(Evaluation(launch.terms, {}, symbol, None).poly(mask)))
    return found


def _by_lane(launch: Launch, mask: Poly) -> list[int | None]:
    """The mask of every lane, if it depends on nothing but the lane."""
    lane = launch.lane()
    if len(lane.terms) != 1 or len(lane.terms[0][0]) != 1 or lane.terms[0][1] != 1:
        return [None]
    at = lane.terms[0][0][0]
    found = []
    for value in range(WARP_SIZE):
        evaluation = Evaluation(launch.terms, {}, lambda _: None, None)
        evaluation.assume(at, value)
        found.append(_low_bits(evaluation.poly(mask)))
    return found


def _low_bits(value: int | None) -> int | None:
    """A mask as the machine has it: shifts of terms keep the bits that fall out."""
    return None if value is None else value & 0xFFFFFFFF
