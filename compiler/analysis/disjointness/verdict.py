"""What the disjointness analysis decides, as plain data: witnesses, verdicts of memory objects, facts on bounds.

What it is: frozen dataclasses without a database, so that they can be cached, sent to a worker and replayed. Spans are
relative to their owner (a definition); the outer edge makes them absolute.

Assumes nothing. Guarantees: a :class:`Witness` with ``certain`` names everything a replay needs: geometry, lengths and
scalar values; what it leaves out (contents of buffers, values of other parameters) does not matter.

Example: ``Witness("k", "", (1, 1, 1), (2, 1, 1), {"out.len": 1}, ...)`` with threads ``ThreadId((0, 0, 0), (0, 0, 0))``
and ``ThreadId((0, 0, 0), (1, 0, 0))`` writing element 0 of ``out``.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Any

from compiler.base.span import Span

Dim3 = tuple[int, int, int]


class Space(enum.Enum):
    """Where a memory object lives."""

    GLOBAL = "global"
    SHARED = "shared"
    DYNAMIC_SHARED = "dynamic shared"
    CONSTANT = "constant"


class AccessKind(enum.Enum):
    READ = "read"
    WRITE = "write"
    ATOMIC = "atomic"


@dataclass(frozen=True, slots=True)
class MemoryObject:
    """``kind``: "param" (a slice or ``DisjointSlice`` parameter), "pointer" (a raw pointer parameter), "static", or
    "dynamic". ``name``: as the source names it. ``param``: index of the source parameter, -1 otherwise.
    ``element_size`` in bytes is the unit of element numbers.
    """

    kind: str
    name: str
    space: Space
    param: int = -1
    element_size: int = 1

    @property
    def shown(self) -> str:
        """As messages name it."""
        return f"`{self.name}`" if self.kind != "dynamic" else self.name


@dataclass(frozen=True, slots=True)
class ThreadId:
    """A thread of a launch: ``block`` is ``blockIdx``, ``thread`` is ``threadIdx``, both (x, y, z)."""

    block: Dim3
    thread: Dim3

    def __str__(self) -> str:
        return f"thread {_coordinates(self.thread)} of block {_coordinates(self.block)}"


def _coordinates(at: Dim3) -> str:
    return "(" + ", ".join(str(c) for c in at) + ")"


@dataclass(frozen=True, slots=True)
class Place:
    """A source place: ``span`` relative to the item of ``owner`` (a ``DefId``), and what the access is."""

    owner: Any
    span: Span
    kind: AccessKind


@dataclass(frozen=True, slots=True)
class Witness:
    """One concrete race.

    ``instance``: generic arguments as in ``<f32, 256>``, "" for a plain kernel. ``sizes``: element counts of slice
    parameters by parameter name. ``scalars``: values of integer and bool parameters by name; ``widths``: row widths of
    parameters that carry one. ``dynamic_shared_bytes`` of the launch. ``element``: number of the element of ``memory``
    (in units of its ``element_size``). ``interval``: "", or the barrier interval in words (shared memory).
    ``certain``: nothing but the above decides that both accesses happen; otherwise contents of buffers do as well.
    ``assumed``: of those, what must hold, in words.
    """

    kernel: str
    instance: str
    grid: Dim3
    block: Dim3
    sizes: tuple[tuple[str, int], ...]
    scalars: tuple[tuple[str, int], ...]
    widths: tuple[tuple[str, int], ...]
    dynamic_shared_bytes: int
    first: ThreadId
    second: ThreadId
    memory: MemoryObject
    element: int
    first_place: Place
    second_place: Place
    interval: str = ""
    certain: bool = True
    assumed: tuple[str, ...] = ()


class Outcome(enum.Enum):
    PROVED = "proved"
    ALARM = "alarm"
    UNDECIDED = "undecided"


class Layer(enum.Enum):
    """What decided: the types of the language, the form of the indices, or two symbolic threads and a solver."""

    WITNESS_TYPES = "witness types"
    SHAPE = "index form"
    SOLVER = "two symbolic threads"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Of one memory object in one kernel instance.

    ``candidate``: for UNDECIDED or an uncertain alarm, a race that happens unless something orders it that is not
    followed; running the kernel may show it. ``sketch``: for PROVED, a sentence saying why. ``reason``: for UNDECIDED,
    why not. ``assumptions``: facts the verdict rests on, in words ("launch contract: block = (256, 1, 1)").
    ``places``: the accesses concerned.
    """

    outcome: Outcome
    memory: MemoryObject
    layer: Layer | None = None
    sketch: str = ""
    reason: str = ""
    assumptions: tuple[str, ...] = ()
    witness: Witness | None = None
    places: tuple[Place, ...] = ()
    candidate: Witness | None = None
    contract: str = ""  # UNDECIDED: the attribute that would make it PROVED


@dataclass(frozen=True, slots=True)
class BoundsFact:
    """Of one checked or unchecked access. ``proved``: always inside, ``why`` says by what; else the check stays.

    ``outside``: it is outside whenever it is reached, or in ``thread`` of every launch; ``example`` says so with
    numbers.
    """

    place: Place
    memory: MemoryObject | None
    proved: bool
    checked: bool
    why: str = ""
    outside: bool = False
    example: str = ""
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Touch:
    """What a place of the source does with a memory object. ``how``: "read", "write", "atomic", "lent" (a reference to
    it is made) or "moved" (an address in it is computed). ``calls``: the calls in the user's code that lead there,
    innermost first, each with the function it is in.
    """

    owner: Any
    span: Span
    memory: MemoryObject
    how: str
    calls: tuple[tuple[Any, Span], ...] = ()


@dataclass(frozen=True, slots=True)
class KernelReport:
    """Everything decided of one kernel instance. ``undecided``: why the whole kernel could not be followed, or "".
    ``touches``: for the promises of `unsafe` blocks; ``moves``: whether computed addresses stay in their objects.
    """

    kernel: str
    instance: str
    verdicts: tuple[Verdict, ...] = ()
    bounds: tuple[BoundsFact, ...] = ()
    undecided: str = ""
    undecided_at: Place | None = None
    touches: tuple[Touch, ...] = ()
    moves: tuple[BoundsFact, ...] = ()
