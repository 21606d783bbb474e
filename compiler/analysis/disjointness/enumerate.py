"""The threads of one block put in by number: what no solver says of indices made of bits.

What it is: :func:`apart`, a proof by all threads of a block whose shape is known, :func:`apart_in_row`, one by all
threads that a guard leaves, and :func:`collision`, a witness by the threads of a small launch. Assumes: a
:class:`~.conflict.Conflict`. Guarantees: :func:`apart` only if no two threads of any block can meet, whatever else
the paths say; a collision was evaluated with numbers.

Example: ``S[t ^ 5]`` and ``S[t ^ 6]`` collide for threads 0 and 3; ``S[(t & 7) << 3 | t >> 3]`` with itself for none.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, product
from math import prod
from typing import TYPE_CHECKING, Final

from compiler.analysis.disjointness.access import Access, Blocks
from compiler.analysis.disjointness.evaluate import Evaluation, may_hold
from compiler.analysis.disjointness.recurrences import leaves_of
from compiler.analysis.disjointness.shape import Shape
from compiler.analysis.disjointness.state import BLOCK_STREAM, GRID_STREAM, TILES, WARP_STREAM, Point, tile_stream
from compiler.analysis.disjointness.substitute import Substitution
from compiler.analysis.disjointness.terms import GRID, THREAD, Atom, Cond, Poly, Terms
from compiler.analysis.disjointness.verdict import Dim3

if TYPE_CHECKING:
    from compiler.analysis.disjointness.conflict import Conflict, Race

MAX_THREADS: Final = 1024
_MOST_TRIED: Final = 4096  # threads times values of uniform numbers
_UNIFORM_VALUES: Final = 64
_SEARCHED: Final = 256  # threads of a launch that is searched
_ELEMENTS: Final = 4096  # of every slice, in such a launch
_SCALARS: Final = (64, 3, 1)
_ITERATIONS: Final = (0, 1, 2)
_MOST_ITERATIONS: Final = 40

Linear = int


def apart(conflict: Conflict) -> bool:
    """Whether no two threads of one block meet, by trying them all."""
    dims = [d.constant for d in conflict.launch.block_dim]
    x, y, z = dims
    if not conflict.same_block or conflict.same_thread or x is None or y is None or z is None:
        return False
    a, b = conflict.a, conflict.b
    if x * y * z > MAX_THREADS or a.count is not None or b.count is not None:
        return False
    shared = _shared_counters(conflict)
    ours, theirs = (_split(conflict, access.offset, shared) for access in (a, b))
    if ours[0] is not theirs[0]:
        return False
    threads = list(_block(x, y, z))
    first = _places(conflict, a, ours[1], threads)
    second = first if a is b else _places(conflict, b, theirs[1], threads)
    if first is None or second is None:
        return False
    return _all_apart(first, second, conflict)


def apart_in_row(conflict: Conflict, shape: Shape) -> bool:
    """Whether no two threads meet, by trying all that get there: those of a small range of ``blockIdx.x*blockDim.x +
    threadIdx.x``, which tells threads apart, with each value of the few uniform numbers that matter."""
    launch, a, b = conflict.launch, conflict.a, conflict.b
    terms, at, block = launch.terms, launch.thread[0], launch.block[0]
    if conflict.same_thread or a.count is not None or b.count is not None or not at.terms:
        return False
    row = terms.add(terms.mul(launch.block_dim[0], block), at)
    tops = [_top(terms, row, access.path) for access in (a, b)]
    if tops[0] is None or tops[1] is None or not shape.injective(row, conflict.same_block):
        return False
    n = max(tops[0], tops[1]) + 1
    number = terms.symbol("row", THREAD, 0, None)
    swap = Substitution(terms, {at.terms[0][0][0]: terms.sub(number, terms.sub(row, at))}, "", everywhere=True)
    moved = [
        replace(x, offset=swap.poly(x.offset), path=tuple(swap.cond(c) for c in x.path)) for x in (a, b)
    ]  # fmt: skip
    mine = number.terms[0][0][0]
    others = [x for access in moved for x in leaves_of(terms, access.offset) if x != mine]
    ranges = {x: _range_of(terms, x, (*a.path, *conflict.executed.facts)) for x in others}
    if any(r is None for r in ranges.values()):
        return False
    choices = [r for r in ranges.values() if r is not None]
    if n * prod(len(r) for r in choices) > _MOST_TRIED:
        return False
    for values in product(*choices):
        given = dict(zip(ranges, values, strict=True))
        first, second = (_row_places(conflict, x, given, mine, n) for x in moved)
        if first is None or second is None or not _all_apart(first, second, conflict, False):
            return False
    return True


def _top(terms: Terms, row: Poly, path: tuple[Cond, ...]) -> int | None:
    """The greatest value of a number under a path that compares it with a constant."""
    found = [
        top for c in path if c.kind == "ge" and c.poly is not None
        and (top := terms.add(c.poly, row).constant) is not None and 0 <= top < _MOST_TRIED
    ]  # fmt: skip
    return min(found) if found else None


def _range_of(terms: Terms, leaf: int, path: tuple[Cond, ...]) -> range | None:
    """The values of a uniform number, where they are few."""
    if leaf < 0 or terms.atoms[leaf].level != GRID or terms.atoms[leaf].data:
        return None
    atom = terms.atoms[leaf]
    top = _top(terms, terms.of_atom(atom), path)
    tops = [x for x in (top, atom.hi) if x is not None]
    if atom.lo is None or not tops or min(tops) - atom.lo >= _UNIFORM_VALUES:
        return None
    return range(atom.lo, min(tops) + 1)


def _row_places(
    conflict: Conflict, access: Access, given: dict[int, int], row: int, n: int
) -> list[tuple[int, Linear]] | None:
    found = []
    for i in range(n):
        values = {**given, row: i}

        def symbol(atom: Atom, values: dict[int, int] = values) -> int | None:
            return values.get(atom.id)

        evaluation = Evaluation(conflict.launch.terms, conflict.executed.walks, symbol, None)
        if any(evaluation.cond(c) is False for c in access.path):
            continue
        place = evaluation.poly(access.offset)
        if place is None:
            return None
        found.append((place, i))
    return found


def _all_apart(
    first: list[tuple[int, Linear]], second: list[tuple[int, Linear]], conflict: Conflict, in_block: bool = True
) -> bool:
    """Whether no byte of the first accesses is one of the second ones by another thread. ``in_block``: threads are
    numbered as in their block, so that a barrier of a tile can stand between two."""
    at: dict[int, set[Linear]] = {}
    for place, thread in first:
        for byte in range(place, place + conflict.a.size):
            at.setdefault(byte, set()).add(thread)
    for place, thread in second:
        for byte in range(place, place + conflict.b.size):
            for other in at.get(byte, ()):
                if other != thread and not (in_block and _between(conflict, other, thread)):
                    return False
    return True


def _between(conflict: Conflict, x: Linear, y: Linear) -> bool:
    """Whether a barrier of a tile that both threads belong to stands between the two accesses."""
    for stream, size in ((WARP_STREAM, 32), *((tile_stream(n), n) for n in TILES)):
        if x // size == y // size:
            sites = {p.site for p in conflict.a.points[stream]}
            if all(p.site not in sites for p in conflict.b.points[stream]):
                return True
    return False


def _block(x: int, y: int, z: int) -> Iterator[Dim3]:
    for k, j, i in product(range(z), range(y), range(x)):
        yield i, j, k


def _places(conflict: Conflict, access: Access, offset: Poly, threads: list[Dim3]) -> list[tuple[int, Linear]] | None:
    """Where each thread that may get there goes; None if that is not known."""
    launch = conflict.launch
    coordinates = [p.terms[0][0][0] if p.terms else -1 for p in launch.thread]
    found = []
    for linear, at in enumerate(threads):
        values = dict(zip(coordinates, at, strict=True))

        def symbol(atom: Atom, values: dict[int, int] = values) -> int | None:
            return values.get(atom.id)

        evaluation = Evaluation(launch.terms, conflict.executed.walks, symbol, None)
        if any(evaluation.cond(c) is False for c in access.path):
            continue
        place = evaluation.poly(offset)
        if place is None:
            return None
        found.append((place, linear))
    return found


def _shared_counters(conflict: Conflict) -> set[int]:
    """Iterations that two accesses share in whichever interval they meet."""
    pairs = conflict.meet()
    shared: set[int] | None = None
    for p, q in pairs:
        mine = {
            c.terms[0][0][0] for c, d in zip(p.counters, q.counters, strict=True)
            if c is d and len(c.terms) == 1 and len(c.terms[0][0]) == 1
        }  # fmt: skip
        shared = mine if shared is None else shared & mine
    return shared or set()


def _split(conflict: Conflict, offset: Poly, shared: set[int]) -> tuple[Poly, Poly]:
    """The part that is the same for all threads of a block in one iteration, and the rest."""
    terms = conflict.launch.terms

    loops = frozenset(x for a in shared for x in terms.atoms[a].loops)

    def uniform(atom: Atom) -> bool:
        if (atom.level < THREAD and atom.loops <= loops) or atom.id in shared:
            return True
        if atom.kind != "app":
            return False
        return all(uniform(terms.atoms[x]) for arg in atom.args for mono, _ in arg.terms for x in mono)

    same = tuple((m, c) for m, c in offset.terms if m and all(uniform(terms.atoms[x]) for x in m))
    rest = tuple((m, c) for m, c in offset.terms if (m, c) not in same)
    return terms.poly(same), terms.poly(rest)


# ---------------------------------------------------------------- witnesses


def collision(conflict: Conflict, mapping: dict[int, Poly]) -> Race | None:
    """Two threads of a small launch that meet. ``mapping``: the launch's dimensions."""
    launch = conflict.launch
    dims = [p.constant or mapping[p.terms[0][0][0]].constant or 1 for p in (*launch.block_dim, *launch.grid_dim)]
    n_threads = dims[0] * dims[1] * dims[2]
    wanted = 2 if conflict.blocks is Blocks.ANY else 2 * prod(launch.limits.cluster or (1, 1, 1))
    blocks = [(0, 0, 0)] if conflict.same_block else list(islice(_block(*dims[3:]), wanted))
    if conflict.same_thread or n_threads * len(blocks) > _SEARCHED or conflict.a.target or conflict.b.target:
        return None
    if not conflict.same_block and conflict.stream != GRID_STREAM:
        return None
    threads = list(_block(*dims[:3]))
    iterations = _ITERATIONS if conflict.a.loops or conflict.b.loops else _ITERATIONS[:1]
    everyone = [(b, t) for b in blocks for t in threads]
    scalars = _SCALARS if conflict.executed.symbols.scalars else _SCALARS[:1]
    for scalar, iteration in product(scalars, iterations):
        one = _Launched(conflict, mapping, scalar, iteration)
        for later in (0, 1, -1) if iteration > 0 else (0, 1) if len(iterations) > 1 else (0,):
            if time.thread_time() > conflict.deadline:
                return None
            two = one if later == 0 else _Launched(conflict, mapping, scalar, iteration, later)
            found = one.meeting(everyone, two)
            if found is not None:
                return found
    return None


class _Launched:
    """One launch with numbers for all that is not data. ``iteration``: of every loop; ``later``: how many more of the
    innermost one."""

    def __init__(
        self, conflict: Conflict, mapping: dict[int, Poly], scalar: int, iteration: int, later: int = 0
    ) -> None:
        self.conflict = conflict
        self.values = {a: p.constant for a, p in mapping.items()}
        symbols, launch = conflict.executed.symbols, conflict.launch
        for table, value in ((symbols.lengths, _ELEMENTS), (symbols.scalars, scalar), (symbols.widths, 64)):
            for p in table.values():
                if isinstance(p, Poly) and p.terms:
                    self.values.setdefault(p.terms[0][0][0], value)
        for number in (*conflict.a.loops, *conflict.b.loops):
            counter = launch.terms.symbol(f"k{number}", THREAD, 0, launch.terms.most_iterations, False, number)
            innermost = number in (*conflict.a.loops[-1:], *conflict.b.loops[-1:])
            self.values[counter.terms[0][0][0]] = iteration + later if innermost else iteration
        self.coordinates = [p.terms[0][0][0] if p.terms else -1 for p in (*launch.block, *launch.thread)]
        self._iterate()

    def _iterate(self) -> None:
        """How often the loops ran that were over before: the first number under which the paths hold."""
        terms = self.conflict.launch.terms
        conds = [c for access in (self.conflict.a, self.conflict.b) for c in access.path]
        lasts = {x for c in conds for x in leaves_of(terms, c) if x >= 0 and terms.atoms[x].name.startswith("last")}
        for atom in sorted(lasts - self.values.keys()):
            about = [c for c in conds if atom in leaves_of(terms, c)]
            for count in range(_MOST_ITERATIONS):
                self.values[atom] = count
                one = self.evaluation((0, 0, 0), (0, 0, 0))
                if all(one.cond(c) for c in about):
                    break

    def meeting(self, threads: list[tuple[Dim3, Dim3]], other: _Launched) -> Race | None:
        """Two of the threads at one place in one interval, the second one in an iteration of ``other``."""
        conflict = self.conflict
        all_of = [self.evaluation(b, t) for b, t in threads]
        others = all_of if other is self else [other.evaluation(b, t) for b, t in threads]
        if not all(e.cond(f) is not False for e in all_of[:1] for f in conflict.executed.facts):
            return None
        at: dict[int, list[int]] = {}
        for i, e in enumerate(all_of):
            place = self._reached(e, conflict.a)
            for byte in range(place, place + conflict.a.size) if place is not None else ():
                at.setdefault(byte, []).append(i)
        for j, e in enumerate(others):
            place = self._reached(e, conflict.b)
            for byte in range(place, place + conflict.b.size) if place is not None else ():
                for i in at.get(byte, ()):
                    if i != j and self._together(all_of[i], e, threads[i], threads[j]):
                        return conflict.settled(all_of[i], e)
        return None

    def evaluation(self, block: Dim3, thread: Dim3) -> Evaluation:
        values = {**self.values, **dict(zip(self.coordinates, (*block, *thread), strict=True))}
        return Evaluation(
            self.conflict.launch.terms, self.conflict.executed.walks, lambda atom: values.get(atom.id), None
        )

    def _reached(self, e: Evaluation, access: Access) -> int | None:
        if access.count is not None or any(not may_hold(e, c) for c in access.path):
            return None
        place = e.poly(access.offset)
        size = e.poly(access.region.size) if access.region.size is not None else None
        outside = place is None or place < 0 or (size is not None and place + access.size > size)
        return None if outside else place

    def _together(self, one: Evaluation, two: Evaluation, mine: tuple[Dim3, Dim3], other: tuple[Dim3, Dim3]) -> bool:
        """Whether no barrier is between two accesses."""
        if not self.conflict.same_block:
            return self._apart(mine[0], other[0]) and self._meet(one, two, GRID_STREAM)
        linear = self.conflict.launch.linear_thread()
        x, y = one.poly(linear), two.poly(linear)
        if x is None or y is None:
            return False
        tiles = [(WARP_STREAM, 32), *((tile_stream(n), n) for n in TILES)]
        streams = [BLOCK_STREAM, *(s for s, n in tiles if x // n == y // n)]
        return all(self._meet(one, two, s) for s in streams) and not (
            self._over(one, x, self.conflict.a, two, self.conflict.b)
            or self._over(two, y, self.conflict.b, one, self.conflict.a)
        )

    def _apart(self, one: Dim3, two: Dim3) -> bool:
        """Whether blocks are different ones, and of different clusters where that is asked for."""
        size = self.conflict.launch.limits.cluster
        if self.conflict.blocks is Blocks.ANY or size is None:
            return one != two
        return any(x // n != y // n for x, y, n in zip(one, two, size, strict=True))

    def _over(self, one: Evaluation, linear: int, first: Access, two: Evaluation, second: Access) -> bool:
        """Whether the first access is over, by an mbarrier."""
        for threads, mine, theirs in self.conflict.phases(first, second):
            arrivals, complete = one.poly(mine), two.poly(theirs)
            arrives = threads is None or linear in threads
            if arrives and (arrivals is None or complete is None or complete > arrivals):
                return True
        return False

    def _meet(self, one: Evaluation, two: Evaluation, stream: int) -> bool:
        a, b = self.conflict.a.points[stream], self.conflict.b.points[stream]
        return any(_same_point(one, p, two, q) for p in a for q in b)


def _same_point(one: Evaluation, p: Point, two: Evaluation, q: Point) -> bool:
    if p.site != q.site or len(p.counters) != len(q.counters) or not _holds(one, p.when) or not _holds(two, q.when):
        return False
    pairs = [(one.poly(c), two.poly(d)) for c, d in zip(p.counters, q.counters, strict=True)]
    return all(x is not None and x == y for x, y in pairs)


def _holds(e: Evaluation, cond: Cond | None) -> bool:
    return cond is None or e.cond(cond) is True
