"""Uniformity levels and the launch geometry that is known.

What it is: the chain of levels, from "differs between lanes" to "the same in the whole grid", and :class:`Geometry`,
what a contract or bounds say about a launch. Assumes: attributes without errors. Guarantees: a value at a level has one
value for all threads that share the level's group (and for every smaller group).

Example: ``blockIdx.x`` is at ``BLOCK``; ``min(BLOCK, THREAD)`` is the level of its sum with ``threadIdx.x``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

THREAD: Final = 0  # differs between the lanes of a warp
WARP: Final = 1
BLOCK: Final = 2
CLUSTER: Final = 3
GRID: Final = 4

SCOPES: Final = {"warp": WARP, "block": BLOCK, "cluster": CLUSTER, "grid": GRID}
NAMES: Final = ("thread", "warp", "block", "cluster", "grid")

WARP_SIZE: Final = 32
MAX_THREADS: Final = 1024
_AXIS_LIMITS: Final = (1024, 1024, 64)


@dataclass(frozen=True, slots=True)
class Geometry:
    """``block``: exact shape if known; ``rank``: the highest dimension a launch has, 0 if unknown; ``max_threads`` of a
    block; ``launched``: block shapes of launches seen in the file, which are the only ones then.
    """

    block: tuple[int, int, int] | None = None
    rank: int = 0
    max_threads: int = MAX_THREADS
    launched: tuple[tuple[int, int, int], ...] = ()
    uses_rows: bool = True  # whether the source looks at y or z at all

    def extent(self, axis: int) -> tuple[int, int]:
        """Least and greatest block extent along an axis."""
        if self.block is not None:
            return self.block[axis], self.block[axis]
        if self.rank and axis >= self.rank:
            return 1, 1
        return 1, min(self.max_threads, _AXIS_LIMITS[axis])

    @property
    def rows_fill_warps(self) -> bool:
        """Whether the lanes of a warp may be taken as 32 consecutive x coordinates."""
        if self.block is None:
            return True
        x, y, z = self.block
        return x % WARP_SIZE == 0 or y * z == 1

    @property
    def whole_rows(self) -> bool:
        """Whether it is known that all lanes of a warp share y and z."""
        if self.block is None:
            return self.rank == 1
        return self.block[0] % WARP_SIZE == 0 or self.block[1] * self.block[2] == 1

    def candidates(self) -> tuple[tuple[int, int, int], ...]:
        """Block shapes a witness is looked for in, likely ones first."""
        if self.block is not None:
            return (self.block,)
        if self.launched:
            return self.launched
        shapes = [(256, 1, 1), (64, 1, 1), (32, 1, 1)]
        if self.max_threads < MAX_THREADS:
            shapes.insert(0, (self.max_threads, 1, 1))
        if self.rank != 1 and self.uses_rows:
            shapes += [(16, 16, 1), (32, 8, 1)]
        if self.rank not in (1, 2) and self.uses_rows:
            shapes += [(8, 8, 4)]
        fitting = [s for s in shapes if s[0] * s[1] * s[2] <= self.max_threads]
        return tuple(fitting) or ((max(1, self.max_threads), 1, 1),)
