"""When two accesses conflict: the question put to the solver, and the search for a witness.

What it is: :class:`Conflict` of one pair of accesses, in different blocks or in one block. Assumes: both touch one
memory object and at least one writes. Guarantees: "never" only if no two threads of any launch can do it in one
interval; a found :class:`Race` was evaluated with numbers.

Example: writes of ``c[0]`` by every thread conflict for threads (0,0,0) and (1,0,0) of block (0,0,0).
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from compiler.analysis.disjointness.access import Access, Blocks
from compiler.analysis.disjointness.entry import Executed
from compiler.analysis.disjointness.enumerate import collision
from compiler.analysis.disjointness.evaluate import Evaluation, may_hold
from compiler.analysis.disjointness.formula import Formula
from compiler.analysis.disjointness.launch import Launch
from compiler.analysis.disjointness.recurrences import leaves_of
from compiler.analysis.disjointness.solver import Answer, solve
from compiler.analysis.disjointness.state import (
    BLOCK_STREAM,
    CLUSTER_STREAM,
    GRID_STREAM,
    TILES,
    WARP_STREAM,
    Point,
    tile_stream,
)
from compiler.analysis.disjointness.substitute import Substitution
from compiler.analysis.disjointness.terms import GRID, Atom, Cond, Poly
from compiler.analysis.disjointness.verdict import Dim3, Space, ThreadId

PROOF_MS: Final = 100
QUICK_MS: Final = 30  # where a launch of a likely shape is tried next
SEARCH_MS: Final = 60
_COUNTER: Final = re.compile(r"(k|last)\d+['^\d]*")  # iterations of loops
_SMALL: Final = (
    ((64, 1, 1), (2, 1, 1)),
    ((8, 8, 1), (2, 2, 1)),
    ((4, 4, 4), (2, 2, 2)),
    ((256, 1, 1), (4, 1, 1)),
    ((32, 1, 1), (1, 1, 1)),
    ((16, 16, 1), (4, 4, 1)),
    ((1, 1, 1), (4, 1, 1)),
    ((64, 1, 1), (8, 1, 1)),
    ((32, 1, 1), (64, 1, 1)),
)
_WIDTHS: Final = ((8,), (8, 5, 12, 7), (64,), (1000,))


@dataclass(frozen=True, slots=True)
class Race:
    """Numbers of a conflict. ``atoms``: values of symbols by (atom, copy)."""

    grid: Dim3
    block: Dim3
    first: ThreadId
    second: ThreadId
    offset: int
    uniform: dict[str, int]
    certain: bool
    rank: int | None = None  # the block of the cluster whose shared memory it is


@dataclass(slots=True)
class Conflict:
    """See the module docstring."""

    executed: Executed
    a: Access
    b: Access
    same_block: bool
    deadline: float
    same_thread: bool = False  # ``b`` is a copy that the thread of ``a`` has under way
    blocks: Blocks = Blocks.ANY  # of different blocks: which

    @property
    def _copies(self) -> tuple[int, int]:
        return (1, 1) if self.same_thread else (1, 2)

    @property
    def launch(self) -> Launch:
        return self.executed.launch

    # -- intervals

    def meet(self) -> list[tuple[Point, Point]]:
        """Pairs of barriers after which both accesses may lie in one interval."""
        return _common(self.a.points[self.stream], self.b.points[self.stream])

    @property
    def stream(self) -> int:
        """Of the barriers that both threads take part in."""
        if self.same_block:
            return BLOCK_STREAM
        return CLUSTER_STREAM if self.blocks is Blocks.OF_CLUSTER else GRID_STREAM

    # -- the question

    def formula(self, swap: Substitution | None = None) -> Formula:
        """Two threads, both paths, one place, one interval."""
        facts = [swap.cond(f) if swap is not None else f for f in self.executed.facts]
        made = Formula(self.launch, self.executed.walks, self.same_block, facts)
        if not self.same_thread:
            made.counts = self.executed.counts()
            made.ballots = self.executed.synchronisation.ballots
        for access, copy in zip((self.a, self.b), self._copies, strict=True):
            for c in access.path:
                made.require(swap.cond(c) if swap is not None else c, copy)
        for fact in facts:
            if fact.level == GRID:
                made.require(fact, 1)
        if not self.same_thread:
            self._intervals(made, swap)
            self._distinct(made, swap)
        self._same_place(made, swap)
        if not self.same_thread:
            self._not_guarded(made, swap)
        return made

    def _not_guarded(self, made: Formula, swap: Substitution | None) -> None:
        """The threads do not both hold one lock."""
        for region, mine in self.executed.locks(self.a):
            for other, theirs in self.executed.locks(self.b):
                if region is other:
                    x, y = (p if swap is None else swap.poly(p) for p in (mine, theirs))
                    made.add(f"(not (= {made.poly(x, 1)} {made.poly(y, 2)}))")

    def _intervals(self, made: Formula, swap: Substitution | None) -> None:
        choices = [self._points_equal(made, p, q, swap) for p, q in self.meet()]
        made.add(f"(or {' '.join(choices)} false)")
        if self.same_block:
            for stream, size in ((WARP_STREAM, 32), *((tile_stream(n), n) for n in TILES)):
                self._interval_of_tile(made, stream, size, swap)
            for one, two, mine, theirs in ((self.a, self.b, 1, 2), (self.b, self.a, 2, 1)):
                self._phases(made, (one, mine), (two, theirs), swap)

    def _phases(
        self, made: Formula, one: tuple[Access, int], two: tuple[Access, int], swap: Substitution | None
    ) -> None:
        """The second thread has not waited for the phase of an mbarrier at which the first one arrives afterwards."""
        for threads, mine, theirs in self.phases(one[0], two[0]):
            arrivals, complete = (p if swap is None else swap.poly(p) for p in (mine, theirs))
            over = f"(> {made.poly(complete, two[1])} {made.poly(arrivals, one[1])})"
            linear = self.launch.linear_thread() if swap is None else swap.poly(self.launch.linear_thread())
            at = made.poly(linear, one[1])
            arrives = "true" if threads is None else f"(or {' '.join(f'(= {at} {n})' for n in sorted(threads))})"
            made.add(f"(not (and {arrives} {over}))")

    def phases(self, one: Access, two: Access) -> Iterator[tuple[frozenset[int] | None, Poly, Poly]]:
        """Of each mbarrier: who arrives, how often the first thread had before its access, and how many phases the
        second one has waited for."""
        for trusted in self.executed.mbarriers:
            mine = next((p[1] for p in one.progress if p[0] == trusted.cell), None)
            theirs = next((p[2] for p in two.progress if p[0] == trusted.cell), None)
            if mine is not None and theirs is not None:
                yield trusted.threads, mine, theirs

    def _interval_of_tile(self, made: Formula, stream: int, size: int, swap: Substitution | None) -> None:
        """Threads of one tile are in one interval of its barriers too."""
        mine, around = ((self.a.points[s], self.b.points[s]) for s in (stream, stream - 1))
        if mine == around:
            return
        same = [self._points_equal(made, p, q, swap) for p, q in _common(*mine)]
        terms, linear = self.launch.terms, self.launch.linear_thread()
        if swap is not None:
            linear = swap.poly(linear)
        tile = terms.app("div", (linear, terms.const(size)), 0, 1024 // size - 1)
        apart = f"(not (= {made.poly(tile, 1)} {made.poly(tile, 2)}))"
        made.add(f"(or {apart} {' '.join(same)} false)")

    def _points_equal(self, made: Formula, p: Point, q: Point, swap: Substitution | None) -> str:
        parts = ["true"]
        for c, d in zip(p.counters, q.counters, strict=True):
            x, y = (swap.poly(c), swap.poly(d)) if swap is not None else (c, d)
            parts.append(f"(= {made.poly(x, 1)} {made.poly(y, 2)})")
        for when, copy in ((p.when, 1), (q.when, 2)):
            if when is not None:
                parts.append(made.cond(swap.cond(when) if swap is not None else when, copy))
        return f"(and {' '.join(parts)})"

    def _distinct(self, made: Formula, swap: Substitution | None) -> None:
        axes = self.launch.thread if self.same_block else self.launch.block
        differ = []
        for at in axes:
            if at.terms:
                differ.append(f"(not (= {made.poly(at, 1)} {made.poly(at, 2)}))")
        made.add(f"(or {' '.join(differ)} false)")
        if self.blocks is not Blocks.ANY:
            pairs = ((made.poly(p, 1), made.poly(p, 2)) for p in self._of_launch(swap, self.launch.cluster_index))
            same = " ".join(f"(= {x} {y})" for x, y in pairs)
            made.add(f"(and {same})" if self.blocks is Blocks.OF_CLUSTER else f"(not (and {same}))")
        if self.a.target is not None or self.b.target is not None:
            x, y = (self._target(access, swap) for access in (self.a, self.b))
            made.add(f"(= {made.poly(x, 1)} {made.poly(y, 2)})")

    def _of_launch(self, swap: Substitution | None, of: Callable[[int], Poly]) -> list[Poly]:
        return [of(axis) if swap is None else swap.poly(of(axis)) for axis in range(3)]

    def _target(self, access: Access, swap: Substitution | None = None) -> Poly:
        """The rank of the block whose shared memory it is."""
        rank = access.target if access.target is not None else self.launch.rank()
        return rank if swap is None else swap.poly(rank)

    def _same_place(self, made: Formula, swap: Substitution | None) -> None:
        terms = self.launch.terms
        offsets = [swap.poly(x.offset) if swap is not None else x.offset for x in (self.a, self.b)]
        names = []
        spans = []
        for access, offset, copy in zip((self.a, self.b), offsets, self._copies, strict=True):
            span = terms.const(access.size)
            if access.count is not None:
                count = swap.poly(access.count) if swap is not None else access.count
                span = terms.scale(count, access.size)
            made.require(terms.ge(offset), copy)
            size = access.region.size
            if size is not None:
                whole = swap.poly(size) if swap is not None else size
                made.require(terms.ge(terms.sub(terms.sub(whole, offset), span)), copy)
            names.append(made.poly(offset, copy))
            spans.append(made.poly(span, copy))
        unit = self.a.size
        if (
            self.a.count is None
            and self.b.count is None
            and self.b.size == unit
            and all(_aligned(o, unit) for o in offsets)
        ):
            x, y = (made.poly(_over(terms, o, unit), i) for i, o in zip(self._copies, offsets, strict=True))
            made.add(f"(= {x} {y})")
        else:
            made.add(f"(and (< {names[0]} (+ {names[1]} {spans[1]})) (< {names[1]} (+ {names[0]} {spans[0]})))")

    def decide(self, wanted_ms: int = PROOF_MS) -> Answer:
        """Whether it can happen at all; "unsat" is a proof."""
        return solve(self.formula().text(), wanted_ms, self.deadline)

    def _time(self, wanted_ms: int) -> int:
        return min(wanted_ms, int((self.deadline - time.thread_time()) * 1000))

    # -- witnesses

    def witness(self, hint: Answer) -> Race | None:
        """Numbers for which it happens: small launches first."""
        best: Race | None = None
        for mapping in self._launches(hint):
            if self._time(SEARCH_MS) <= 0:
                break
            swap = Substitution(self.launch.terms, mapping, "", everywhere=True)
            made = self.formula(swap)
            for limit in (4096, 1 << 24):
                text = made.text() + "\n" + "\n".join(self._small(made, limit))
                answer = solve(text, SEARCH_MS, self.deadline)
                if answer.result != "unsat":
                    break
            if answer.result == "sat":
                race = self._checked(made, answer, mapping)
                if race is not None and race.certain:
                    return race
                best = best or race
            if best is None and not (self.a.offset.data or self.b.offset.data) and self._time(SEARCH_MS) > 0:
                best = collision(self, mapping)
                if best is not None:
                    return best
        return best

    def _depends_on_data(self) -> bool:
        return any(x.offset.data or any(c.data for c in x.path) for x in (self.a, self.b))

    def settled(self, one: Evaluation, two: Evaluation) -> Race | None:
        """The race of two threads that were found to meet, unless an index wraps around for these numbers."""
        if not self._fits(one, self.a) or not self._fits(two, self.b):
            return None
        return self._race(one, two, self._is_certain(one, two))

    def _is_certain(self, one: Evaluation, two: Evaluation) -> bool:
        certain = not self._depends_on_data() and self.a.exact and self.b.exact and not self.same_value()
        return certain and self._loops_exact(one, two) and self._all_given()

    def _launches(self, hint: Answer) -> Iterator[dict[int, Poly]]:
        """Numbers for the launch's dimensions and for what is multiplied with an unknown."""
        terms = self.launch.terms
        others = self._multiplied()
        limit = self.launch.limits.max_threads or 1024
        seen: set[tuple[int, ...]] = set()
        for numbers in self._numbers(others, hint):
            for block, grid in _SMALL:
                if block[0] * block[1] * block[2] > limit and self.launch.limits.block is None:
                    continue
                mapping: dict[int, Poly] = {}
                for dims, values in ((self.launch.block_dim, block), (self.launch.grid_dim, grid)):
                    for d, v in zip(dims, values, strict=True):
                        if d.constant is None:
                            mapping[d.terms[0][0][0]] = terms.const(v)
                for atom, value in zip(others, numbers, strict=True):
                    mapping.setdefault(atom.id, terms.const(value))
                if not self._whole_clusters(mapping):
                    continue
                key = tuple(p.constant or 0 for p in mapping.values())
                if key not in seen:
                    seen.add(key)
                    yield mapping

    def _whole_clusters(self, mapping: dict[int, Poly]) -> bool:
        """Whether a grid consists of clusters."""
        for n, dim in zip(self.launch.limits.cluster or (), self.launch.grid_dim, strict=False):
            value = dim.constant or mapping[dim.terms[0][0][0]].constant or 1
            if value % n:
                return False
        return True

    def _numbers(self, others: list[Atom], hint: Answer) -> Iterator[list[int]]:
        """Values for symbols that are multiplied with unknowns: all alike, all different, those of the solver."""
        if not others:
            yield []
            return
        for row in _WIDTHS:
            yield [self._clamped(atom, row[i % len(row)]) for i, atom in enumerate(others)]
        model = {name.split("_", 1)[0]: v for name, v in hint.values.items() if name[0] == "s"}
        found = [model.get(f"s{atom.id}") for atom in others]
        if None not in found:
            yield [v for v in found if v is not None]

    def _clamped(self, atom: Atom, value: int) -> int:
        value = max(value, atom.lo or 0)
        return value if atom.hi is None else min(value, atom.hi)

    def _multiplied(self) -> list[Atom]:
        """Symbols of the launch in products with unknowns, and divisors."""
        terms = self.launch.terms
        found: dict[int, Atom] = {}
        polys = [self.a.offset, self.b.offset]
        conds = [*self.a.path, *self.b.path]
        visited: set[int] = set()
        while polys or conds:
            if conds:
                c = conds.pop()
                conds += c.args
                if c.poly is not None:
                    polys.append(c.poly)
                continue
            p = polys.pop()
            if p.id in visited:
                continue
            visited.add(p.id)
            for mono, _ in p.terms:
                for x in mono:
                    atom = terms.atoms[x]
                    if len(mono) > 1 and atom.kind == "sym" and atom.level == GRID and not atom.data:
                        found[x] = atom
                    if atom.name in ("div", "mod") and len(atom.args) == 2:
                        for m, _ in atom.args[1].terms:
                            found.update((y, terms.atoms[y]) for y in m if terms.atoms[y].kind == "sym")
                    polys += atom.args
                    if atom.cond is not None:
                        conds.append(atom.cond)
        return list(found.values())

    def _small(self, made: Formula, limit: int) -> list[str]:
        """Prefer numbers a person can follow."""
        out = []
        for name, (atom, _) in made.symbols.items():
            if atom.level == GRID and (atom.hi is None or atom.hi > limit):
                out.append(f"(assert (<= {name} {limit}))")
        return out

    def _checked(self, made: Formula, answer: Answer, mapping: dict[int, Poly]) -> Race | None:
        """The model, evaluated: exact where all is decided by the launch."""
        given = {
            (atom.id, copy): answer.values.get(name, max(0, atom.lo or 0))
            for name, (atom, copy) in made.symbols.items()
        }

        def values(copy: int) -> Evaluation:
            def symbol(atom: Atom) -> int | None:
                if atom.id in mapping:
                    return mapping[atom.id].constant
                shared = atom.level == GRID or made._is_shared(atom)
                value = given.get((atom.id, 1 if shared else copy))
                return value if value is not None else (None if atom.data else max(0, atom.lo or 0))

            opaque = {int(n[1:].partition("_")[0]): v for n, v in answer.values.items() if _of_copy(n, copy)}
            return Evaluation(self.launch.terms, self.executed.walks, symbol, opaque)

        one = values(1)
        two = one if self.same_thread else values(2)
        if not (self.a.offset.data or self.b.offset.data):
            for e, access in ((one, self.a), (two, self.b)):
                if any(not may_hold(e, c) for c in access.path):
                    return None
            x, y = one.poly(self.a.offset), two.poly(self.b.offset)
            if x is None or y is None or not (x < y + self._span(self.b, two) and y < x + self._span(self.a, one)):
                return None
            if not self._fits(one, self.a) or not self._fits(two, self.b):
                return None
            if self.a.target is not None or self.b.target is not None:
                x, y = one.poly(self._target(self.a)), two.poly(self._target(self.b))
                if x is None or x != y:
                    return None
        return self._race(one, two, self._is_certain(one, two))

    def same_value(self) -> bool:
        """Whether both store one value, in shared memory: a race without effect, as CUDA's race checker sees it."""
        if self.same_thread:
            return False
        return self.same_block and self.a.value is not None and self.a.value is self.b.value and self._in_shared()

    def _in_shared(self) -> bool:
        return self.a.region.memory.space in (Space.SHARED, Space.DYNAMIC_SHARED)

    def depends_on_launch(self) -> bool:
        """Whether the launch, and who is first at atomics and mbarriers, decide alone that both accesses happen."""
        given = self.executed.synchronisation.given
        return self.a.exact and self.b.exact and not self.same_value() and self._all_given(frozenset(given))

    def _all_given(self, others: frozenset[int] = frozenset()) -> bool:
        """Whether everything the accesses depend on is an input of the launch, a coordinate or an iteration, or one of
        ``others`` (atoms, and conditions as of :func:`~.recurrences.key_of`)."""
        launch, symbols = self.launch, self.executed.symbols
        given = [*launch.thread, *launch.block, *launch.block_dim, *launch.grid_dim]
        given += [
            p for t in (symbols.lengths, symbols.scalars, symbols.widths) for p in t.values() if isinstance(p, Poly)
        ]
        known = {p.terms[0][0][0] for p in given if p.terms and p.terms[0][0]}
        flags = {c for c in symbols.scalars.values() if isinstance(c, Cond)}
        stream = None if self.same_thread else self.stream
        for access in (self.a, self.b):
            atoms, opaque = _mentioned(launch, access, stream)
            if any(c not in flags and -1 - c.id not in others for c in opaque):
                return False
            for a in atoms:
                atom = launch.terms.atoms[a]
                counter = _COUNTER.fullmatch(atom.name) is not None and not atom.data
                moved = bool(others) and atom.name.startswith("walk") and not atom.data
                if atom.kind == "sym" and a not in known and not counter and not moved and a not in others:
                    return False
        return True

    def depends_on_stored(self) -> bool:
        """Whether an index depends on what the kernel itself stores."""
        stored = self.executed.stored()
        terms = self.launch.terms
        return any(not stored.isdisjoint(leaves_of(terms, x.offset)) for x in (self.a, self.b) if stored)

    def _span(self, access: Access, e: Evaluation) -> int:
        if access.count is None:
            return access.size
        return (e.poly(access.count) or 0) * access.size

    def _fits(self, e: Evaluation, access: Access) -> bool:
        """Whether no operation of the index wraps around for these numbers."""
        symbols = _mentioned(self.launch, access)[0]
        for f in self.executed.out.fits:
            if any(a in symbols for mono, _ in f.value.terms for a in mono):
                value = e.poly(f.value)
                if value is not None and not f.lo <= value <= f.hi and all(e.cond(c) for c in f.path):
                    return False
        return True

    def _loops_exact(self, one: Evaluation, two: Evaluation) -> bool:
        exact = self.executed.exact_loops
        for access, e in ((self.a, one), (self.b, two)):
            for number in access.loops:
                k = e.poly(
                    self.launch.terms.symbol(f"k{number}", 3, 0, self.launch.terms.most_iterations, False, number)
                )
                if number not in exact and k != 0:
                    return False
        return True

    def _race(self, one: Evaluation, two: Evaluation, certain: bool) -> Race:
        launch = self.launch
        grid, block = _triple(one, launch.grid_dim), _triple(one, launch.block_dim)
        first = ThreadId(_triple(one, launch.block), _triple(one, launch.thread))
        second = ThreadId(_triple(two, launch.block), _triple(two, launch.thread))
        offset = one.poly(self.a.offset)
        uniform: dict[str, int] = {}
        symbols = self.executed.symbols
        for group, table in (("len", symbols.lengths), ("", symbols.scalars), ("width", symbols.widths)):
            for name, p in table.items():
                value = one.poly(p) if isinstance(p, Poly) else one.cond(p)
                uniform[f"{name}.{group}" if group else name] = int(value or 0)
        remote = self.a.target is not None or self.b.target is not None
        rank = one.poly(self._target(self.a)) if remote else None
        return Race(grid, block, first, second, offset if offset is not None else 0, uniform, certain, rank)


def _of_copy(name: str, copy: int) -> bool:
    base, _, at = name[1:].partition("_")
    return name[0] == "c" and base.isdigit() and at in ("", str(copy))


def _triple(e: Evaluation, polys: list[Poly]) -> Dim3:
    x, y, z = (e.poly(p) or 0 for p in polys)
    return x, y, z


def _common(a: tuple[Point, ...], b: tuple[Point, ...]) -> list[tuple[Point, Point]]:
    return [(p, q) for p in a for q in b if p.site == q.site and len(p.counters) == len(q.counters)]


def _aligned(p: Poly, unit: int) -> bool:
    return all(c % unit == 0 for _, c in p.terms)


def _over(terms: object, p: Poly, unit: int) -> Poly:
    made: Poly = terms.poly(tuple((m, c // unit) for m, c in p.terms))  # type: ignore[attr-defined]
    return made


def _mentioned(launch: Launch, access: Access, stream: int | None = None) -> tuple[set[int], set[Cond]]:
    """Atoms and opaque conditions an access depends on, with its barrier interval if one is asked for."""
    atoms: set[int] = set()
    opaque: set[Cond] = set()
    seen: set[Cond] = set()
    polys = [access.offset, *([access.target] if access.target is not None else [])]
    conds = list(access.path)
    for p in access.points[stream] if stream is not None else ():
        polys += p.counters
        conds += [p.when] if p.when is not None else []
    while polys or conds:
        if conds:
            c = conds.pop()
            if c in seen:
                continue
            seen.add(c)
            conds += c.args
            if c.kind == "var":
                opaque.add(c)
            if c.poly is not None:
                polys.append(c.poly)
            continue
        for mono, _ in polys.pop().terms:
            for a in mono:
                if a not in atoms:
                    atoms.add(a)
                    polys += launch.terms.atoms[a].args
                    inner = launch.terms.atoms[a].cond
                    if inner is not None:
                        conds.append(inner)
    return atoms, opaque
