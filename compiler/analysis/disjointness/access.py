"""What a kernel does to memory: one :class:`Access` for each place of the source and path that reaches it.

What it is: the result of the symbolic execution, the input of the race and bounds checks. Assumes terms of one
analysis. Guarantees: every access to a followed memory object is there; what could not be followed is an
:class:`Unfollowed` with its reason.

Example: ``c[i] = 1.0`` under ``if i < n`` is a write of 4 bytes at ``4*i`` of ``c`` with the path ``(n - i - 1 >=
0,)``.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import Any

from compiler.analysis.disjointness.in_flight import Copies
from compiler.analysis.disjointness.order import UNORDERED, Order
from compiler.analysis.disjointness.state import Points
from compiler.analysis.disjointness.terms import Cond, Poly
from compiler.analysis.disjointness.values import Region
from compiler.analysis.disjointness.verdict import AccessKind, Place, Touch


class Blocks(enum.Enum):
    """Which different blocks two threads belong to."""

    ANY = "any"
    OF_CLUSTER = "of one cluster"
    OF_CLUSTERS = "of different clusters"


@dataclass(slots=True, eq=False)
class Access:
    """``offset`` and ``size`` in bytes; ``count`` elements of that size follow each other (None: one). ``scope`` and
    ``order`` of an atomic. ``via``: the method whose witness type proves it, "" if none. ``in_flight``: copies to or
    from the same object that the thread itself has under way; ``exact``: it happens whenever ``path`` holds;
    ``asynchronous``: not by the thread itself; ``behind``: what else orders it.
    """

    region: Region
    offset: Poly
    size: int
    kind: AccessKind
    path: tuple[Cond, ...]
    points: Points
    place: Place
    scope: str = ""
    order: str = ""
    via: str = ""
    count: Poly | None = None
    loops: tuple[int, ...] = ()
    synced: bool = False
    in_flight: Copies = ()
    exact: bool = True
    asynchronous: bool = False
    behind: Order = UNORDERED
    progress: tuple[Any, ...] = ()  # with mbarriers, as of :mod:`~.phases`
    value: object = None  # written, if it is the same in all threads of the block
    target: Poly | None = None  # the block of the cluster whose shared memory it is; None: the thread's own


@dataclass(frozen=True, slots=True)
class Unfollowed:
    """Something that may touch memory in a way the analysis does not know. ``region`` None: any memory; ``writes``:
    it may write."""

    reason: str
    place: Place | None
    region: Region | None = None
    writes: bool = True


@dataclass(slots=True, eq=False)
class BoundsCheck:
    """``inside`` must hold for the access to be inside; ``checked``: the code tests it and traps otherwise."""

    inside: Cond
    path: tuple[Cond, ...]
    place: Place
    region: Region | None
    checked: bool
    index: Poly | None = None
    length: Poly | None = None
    loops: tuple[int, ...] = ()


@dataclass(slots=True)
class Fits:
    """An operation whose exact result is assumed to fit its type, on a path."""

    value: Poly
    lo: int
    hi: int
    path: tuple[Cond, ...]


@dataclass(slots=True)
class AccessSet:
    """All of one kernel instance. ``ordered_by``: what else may order accesses (fences, acquire loads), in words;
    ``is_exact``: no result was assumed to fit its type, and nothing unknown ran; ``left_out``: calls not followed;
    ``touches``, ``moves``: as in the report."""

    accesses: list[Access] = field(default_factory=list)
    unfollowed: list[Unfollowed] = field(default_factory=list)
    bounds: list[BoundsCheck] = field(default_factory=list)
    fits: list[Fits] = field(default_factory=list)
    ordered_by: dict[str, Place] = field(default_factory=dict)
    is_exact: bool = True
    left_out: list[Any] = field(default_factory=list)
    touches: dict[Touch, None] = field(default_factory=dict)
    moves: list[BoundsCheck] = field(default_factory=list)
