"""What is known of a launch: coordinates, dimensions, and the facts of contracts, as terms.

What it is: :class:`Launch`, made once a kernel. A dimension fixed by a contract is a constant; a coordinate of a
dimension of one is zero.

Assumes: attributes without errors. Guarantees: facts hold in every launch the host makes by the safe path; those that
come from attributes are listed in ``assumptions``.

Example: with ``#[launch_contract(domain = 1, block = (256, 1, 1))]`` ``threadIdx.x`` lies in ``0..256`` and
``blockIdx.y`` is 0.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from compiler.analysis.disjointness.terms import BLOCK, GRID, THREAD, Cond, Poly, Terms

MAX_BLOCK: Final = (1024, 1024, 64)
MAX_GRID: Final = ((1 << 31) - 1, 65535, 65535)
MAX_THREADS: Final = 1024
_NAMES: Final = "xyz"


Dims = tuple[int | None, int | None, int | None]  # None: not known


@dataclass(frozen=True, slots=True)
class LaunchShape:
    """A kind of launch. ``block`` or ``grid`` None: any of that rank."""

    domain: int
    block: Dims | None = None
    grid: Dims | None = None

    @property
    def contract(self) -> str:
        """The attribute that promises the domain and the block."""
        if self.block is None:
            return f"#[launch_contract(domain = {self.domain})]"
        return f"#[launch_contract(domain = {self.domain}, block = {self.block})]"

    @property
    def is_known(self) -> bool:
        """Whether every dimension is a number."""
        return self.block is not None and self.grid is not None and None not in (*self.block, *self.grid)


@dataclass(frozen=True, slots=True)
class LaunchLimits:
    """What attributes say: ``block`` exact, ``domain`` highest rank, ``max_threads`` of a block; ``launches``: those in
    the user's host code, if there are any. ``grid``: of one such launch.
    """

    block: Dims | None = None
    domain: int | None = None
    max_threads: int | None = None
    coordinates_u32: bool = False
    dynamic_shared: tuple[int, int] | None = None
    cooperative: bool = False
    requires: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    grid: Dims | None = None
    launches: tuple[LaunchShape, ...] = ()
    never_launched: bool = False  # the host code launches other kernels only
    cluster: tuple[int, int, int] | None = None  # blocks of a cluster


@dataclass(slots=True)
class Launch:
    """See the module docstring. ``facts`` always hold."""

    terms: Terms
    limits: LaunchLimits
    facts: list[Cond] = field(default_factory=list)
    block_dim: list[Poly] = field(default_factory=list)
    grid_dim: list[Poly] = field(default_factory=list)
    thread: list[Poly] = field(default_factory=list)
    block: list[Poly] = field(default_factory=list)

    def __post_init__(self) -> None:
        terms, limits = self.terms, self.limits
        for axis, name in enumerate(_NAMES):
            flat = limits.domain is not None and axis >= limits.domain
            top = min(MAX_BLOCK[axis], limits.max_threads or MAX_THREADS)
            block = limits.block[axis] if limits.block is not None else None
            grid = limits.grid[axis] if limits.grid is not None else None
            if block is not None:
                self.block_dim.append(terms.const(block))
            elif flat:
                self.block_dim.append(terms.one)
            else:
                self.block_dim.append(terms.symbol(f"blockDim.{name}", GRID, 1, top))
            if grid is not None:
                self.grid_dim.append(terms.const(grid))
            elif flat:
                self.grid_dim.append(terms.one)
            else:
                self.grid_dim.append(terms.symbol(f"gridDim.{name}", GRID, 1, MAX_GRID[axis]))
            self.thread.append(self._below(f"threadIdx.{name}", THREAD, self.block_dim[axis]))
            self.block.append(self._below(f"blockIdx.{name}", BLOCK, self.grid_dim[axis]))

    def _below(self, name: str, level: int, limit: Poly) -> Poly:
        if limit.constant == 1:
            return self.terms.zero
        assert limit.hi is not None
        if limit.constant is not None:
            name = f"{name}<{limit.constant}"
        made = self.terms.symbol(name, level, 0, limit.hi - 1)
        fact = self.terms.lt(made, limit)
        if fact is not self.terms.true:
            self.facts.append(fact)
        return made

    def coordinate(self, key: str, axis: int) -> Poly:
        """``key``: "t", "b", "bd" or "gd"."""
        table = {"t": self.thread, "b": self.block, "bd": self.block_dim, "gd": self.grid_dim}
        return table[key][axis]

    def in_cluster(self, axis: int) -> Poly:
        """The block's coordinate in its cluster, whose size is known."""
        assert self.limits.cluster is not None
        n = self.limits.cluster[axis]
        at = self.block[axis]
        return self.terms.app("mod", (at, self.terms.const(n)), 0, n - 1) if n > 1 and at.terms else self.terms.zero

    def cluster_index(self, axis: int) -> Poly:
        """The cluster's coordinate in the grid."""
        assert self.limits.cluster is not None
        n = self.limits.cluster[axis]
        at = self.block[axis]
        return self.terms.app("div", (at, self.terms.const(n)), 0, None) if n > 1 and at.terms else at

    def rank(self) -> Poly:
        """The block's number in its cluster."""
        assert self.limits.cluster is not None
        terms, (x, y, _) = self.terms, self.limits.cluster
        inner = terms.add(self.in_cluster(1), terms.scale(self.in_cluster(2), y))
        return terms.add(self.in_cluster(0), terms.scale(inner, x))

    def linear_thread(self) -> Poly:
        """The thread's number in its block."""
        terms = self.terms
        inner = terms.add(self.thread[1], terms.mul(self.block_dim[1], self.thread[2]))
        return terms.add(self.thread[0], terms.mul(self.block_dim[0], inner))

    def lane(self) -> Poly:
        """The thread's lane."""
        linear = self.linear_thread()
        if linear.hi is not None and linear.hi < 32:
            return linear
        whole = linear.terms
        rest = self.terms.poly(tuple((m, c % 32) for m, c in whole if c % 32))
        return self.terms.app("mod", (rest, self.terms.const(32)), 0, 31)
