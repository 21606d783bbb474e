"""From a kernel instance to its accesses: parameters become symbols, then the executor runs.

What it is: :func:`access_set`. Assumes: mono items without errors. Guarantees: parameters of slices and
``DisjointSlice`` are memory objects of their own; raw pointers are too, which a verdict lists as an assumption.

Example: ``fn k(n: u32, x: &[f32], mut y: DisjointSlice<f32>)`` has the symbols ``n``, ``x.len``, ``y.len`` and two
memory objects.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from compiler.analysis.disjointness.access import Access, AccessSet
from compiler.analysis.disjointness.execute import Executor
from compiler.analysis.disjointness.launch import Launch
from compiler.analysis.disjointness.loops import Recurrences
from compiler.analysis.disjointness.memory import Allowed, int_range
from compiler.analysis.disjointness.phases import Gaps, Trusted
from compiler.analysis.disjointness.requires import requirement
from compiler.analysis.disjointness.state import State
from compiler.analysis.disjointness.synchronise import Count, Synchronisation
from compiler.analysis.disjointness.terms import GRID, Cond, Poly
from compiler.analysis.disjointness.values import Aggregate, Opaque, Pointer, Region, Value
from compiler.analysis.disjointness.verdict import AccessKind, MemoryObject, Space
from compiler.base.span import EMPTY_SPAN
from compiler.hir.def_id import DefKind
from compiler.mir.mono.model import MonoItems
from compiler.query import Database
from compiler.ty import types as t


@dataclass(slots=True)
class Symbols:
    """Which symbols are the launch's inputs: by parameter name, lengths in elements, scalars, row widths."""

    lengths: dict[str, Poly]
    scalars: dict[str, Poly | Cond]
    widths: dict[str, Poly]


@dataclass(slots=True)
class Executed:
    """A kernel's accesses with what is needed to judge them. ``facts`` hold in every thread."""

    out: AccessSet
    launch: Launch
    walks: Recurrences
    exact_loops: set[int]
    regions: list[Region]
    symbols: Symbols
    facts: list[Cond]
    synchronisation: Synchronisation
    mbarriers: list[Trusted]
    no_locks: frozenset[int]  # memory with changes that are not those of locks
    contents: dict[int, int]  # what was read from memory that the kernel may write: see :class:`~.memory.MemoryModel`

    def locks(self, access: Access) -> list[tuple[Region, Poly]]:
        """Where the locks are that guard an access."""
        return [(h.cell[0], h.cell[1]) for h in access.behind.held if h.ordered and h.cell[0].id not in self.no_locks]

    def stored(self) -> set[int]:
        """Numbers and conditions (as of ``contents``) that are what the kernel itself stored."""
        written = {a.region.id for a in self.out.accesses if a.kind is not AccessKind.READ}
        return {x for x, region in self.contents.items() if region in written}

    def counts(self) -> dict[int, Count]:
        """Results of updates that no other thread has: of memory that is only ever added to."""
        changed = set(self.synchronisation.changed)
        changed |= {a.region.id for a in self.out.accesses if a.kind is AccessKind.WRITE}
        lost = self.out.unfollowed
        if any(u.region is None and u.writes for u in lost):
            return {}
        changed |= {u.region.id for u in lost if u.region is not None and u.writes}
        found = self.synchronisation.counts
        return {a: c for a, c in found.items() if c.cell[0].id not in changed}


def _no_locks(executor: Executor) -> frozenset[int]:
    """Memory that holds no locks: it is written to otherwise too, or may be."""
    lost = [u for u in executor.out.unfollowed if u.writes]
    if any(u.region is None for u in lost):
        return frozenset(r.id for r in executor.regions)
    written = {a.region.id for a in executor.out.accesses if a.kind is AccessKind.WRITE}
    return frozenset(executor.no_locks | written | {u.region.id for u in lost if u.region is not None})


class _Parameters:
    def __init__(self, executor: Executor, symbols: Symbols) -> None:
        self.executor = executor
        self.terms = executor.terms
        self.symbols = symbols

    def value(self, ty: t.Ty, name: str, index: int) -> Value:
        """The value of a parameter or of a part of one."""
        if isinstance(ty, t.IntTy):
            made = self.terms.symbol(name, GRID, *int_range(ty))
            self.symbols.scalars[name] = made
            return made
        if ty is t.bool_:
            cond = self.terms.variable(name, GRID, False)
            self.symbols.scalars[name] = cond
            return cond
        if isinstance(ty, t.RefTy | t.PtrTy):
            return self._pointer(ty, name, index)
        if isinstance(ty, t.AdtTy) and ty.def_id.name == "DisjointSlice" and ty.def_id.krate.name == "cuda_device":
            return self._disjoint(ty, name, index)
        if isinstance(ty, t.AdtTy) and ty.def_id.kind is DefKind.UNION:
            return Opaque(GRID, False, name)
        if isinstance(ty, t.TupleTy | t.ClosureTy) or (isinstance(ty, t.AdtTy) and ty.def_id.kind is DefKind.STRUCT):
            fields = self.executor.fields(ty)
            sole = len([f for f in fields if self.executor.size_of(f)]) == 1
            return Aggregate(
                tuple(
                    self.value(f, name if sole and self.executor.size_of(f) else f"{name}.{i}", index)
                    for i, f in enumerate(fields)
                )
            )
        return Opaque(GRID, False, name)

    def _length(self, name: str, size: int) -> Poly:
        made = self.terms.symbol(f"{name}.len", GRID, 0, (1 << 63) // max(1, size) - 1)
        self.symbols.lengths[name] = made
        return made

    def _pointer(self, ty: t.RefTy | t.PtrTy, name: str, index: int) -> Value:
        element = ty.ty.ty if isinstance(ty.ty, t.SliceTy) else ty.ty
        size = max(1, self.executor.size_of(element))
        raw = isinstance(ty, t.PtrTy)
        memory = MemoryObject("pointer" if raw else "param", name, Space.GLOBAL, index, size)
        length = self._length(name, size) if isinstance(ty.ty, t.SliceTy) else None
        whole = self.terms.scale(length, size) if length is not None else None
        region = self.executor.region(memory, whole, not ty.mutable, raw)
        return Pointer(region, self.terms.zero, length)

    def _disjoint(self, ty: t.AdtTy, name: str, index: int) -> Value:
        element = next(a for a in ty.args if isinstance(a, t.Ty))
        size = max(1, self.executor.size_of(element))
        length = self._length(name, size)
        region = self.executor.region(
            MemoryObject("param", name, Space.GLOBAL, index, size), self.terms.scale(length, size), False
        )
        spaces = [repr(a) for a in ty.args if isinstance(a, t.Ty)][1:]
        region.proof_type = spaces[0] if spaces else "Index1D"
        space = self.executor.fields(ty)[2]
        data: Value = Aggregate(())
        if isinstance(space, t.IntTy):
            data = self.symbols.widths[name] = self.terms.symbol(f"{name}.width", GRID, 0, (1 << 32) - 1)
        region.slice_parts = (Pointer(region, self.terms.zero), length, data)
        return Aggregate((*region.slice_parts, Aggregate(())))


def access_set(db: Database, items: MonoItems, launch: Launch, names: tuple[str, ...], allowed: Allowed) -> Executed:
    """Execute the kernel of ``items``; ``names`` are its parameters'. Raises :class:`~.memory.GiveUp`."""
    executor, symbols, facts = _run(db, items, launch, names, allowed, {})
    if executor.distrusted() and executor.seen:  # again, with what threads learn from the arrivals of others
        again = _run(db, items, launch, names, allowed, executor.seen)
        if again[0].is_consistent():
            executor, symbols, facts = again
    if executor.distrusted() and executor.out.accesses:
        executor.out.ordered_by.setdefault("an mbarrier", executor.out.accesses[0].place)
        for access in executor.out.accesses:
            access.synced = True
    return Executed(
        executor.out, launch, executor.walks, executor.exact_loops, executor.regions, symbols, facts,
        executor.synchronisation, executor.trusted_mbarriers(), _no_locks(executor), executor.contents,
    )  # fmt: skip


def _run(
    db: Database, items: MonoItems, launch: Launch, names: tuple[str, ...], allowed: Allowed, assumed: Gaps
) -> tuple[Executor, Symbols, list[Cond]]:
    """One execution; ``assumed``: see :mod:`~.phases`."""
    executor = Executor(db, items, launch, allowed)
    executor.assumed = assumed
    symbols = Symbols({}, {}, {})
    parameters = _Parameters(executor, symbols)
    kernel = items.functions[0]
    body = kernel.body
    args: list[Any] = [
        parameters.value(body.locals[1 + i].ty, names[i] if i < len(names) else f"arg{i}", i)
        for i in range(body.arg_count)
    ]
    facts = list(launch.facts)
    for text in launch.limits.requires:
        made = requirement(launch.terms, text, symbols.lengths, symbols.scalars)
        facts += [made] if made is not None else []
    frame = executor.enter(kernel, None, EMPTY_SPAN, ())
    executor.run(frame, args, State({}, (), frozenset(facts)))
    return executor, symbols, facts
