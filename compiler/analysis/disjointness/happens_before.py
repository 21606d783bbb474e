"""Whether two accesses are ordered by a flag, a fence or a count of blocks, although no barrier is between them.

What it is: :class:`HappensBefore`. An access is before another one if every release of some atomic that the path of
the second one has acquired comes after the first: in its thread, or behind a barrier of its block. PTX ISA,
"causality order": release pattern, synchronizes-with, acquire pattern, barriers.

Assumes: a static whose initial value is 0 is 0 when the kernel starts. Guarantees: ``True`` only where the order holds
whatever the schedule; the atomics it rests on are in ``used``.

Example: ``*data = 1; READY.store(1, Release)`` is before ``while READY.load(Acquire) == 0 {}; *data``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from compiler.analysis.disjointness.access import Access
from compiler.analysis.disjointness.conflict import Conflict
from compiler.analysis.disjointness.entry import Executed
from compiler.analysis.disjointness.formula import Formula
from compiler.analysis.disjointness.order import Acquired, Cell
from compiler.analysis.disjointness.solver import solve
from compiler.analysis.disjointness.state import BLOCK_STREAM, Points
from compiler.analysis.disjointness.synchronise import Release
from compiler.analysis.disjointness.terms import GRID, THREAD, Cond
from compiler.analysis.disjointness.verdict import AccessKind

_PROOF_MS = 30
_BETWEEN_BLOCKS = ("a cluster barrier", "cluster launch control")
_OF_A_BLOCK = ("a cluster barrier", "an mbarrier", "a warp barrier with a mask")


@dataclass(slots=True)
class HappensBefore:
    """See the module docstring."""

    executed: Executed
    used: set[str] = field(default_factory=set)
    _apart: dict[tuple[object, ...], bool] = field(default_factory=dict)

    def ordered(self, conflict: Conflict) -> bool:
        """Whether one of the accesses is before the other one."""
        a, b = conflict.a, conflict.b
        if a.asynchronous or b.asynchronous or conflict.same_thread:
            return False
        return self._excluded(a, b, conflict.same_block) or any(
            self._before(first, second, entry, conflict.same_block)
            for first, second in ((a, b), (b, a))
            for entry in second.behind.acquired
            if set(entry.path) <= set(second.path)
        )

    def _excluded(self, a: Access, b: Access, same_block: bool) -> bool:
        """Whether only the one block that counts last does both."""
        if same_block:
            return False
        tickets = [
            {e.cell for e in x.behind.acquired if e.ticket and set(e.path) <= set(x.path)} for x in (a, b)
        ]  # fmt: skip
        return any(self._counting(cell) is not None for cell in tickets[0] & tickets[1])

    def _before(self, first: Access, second: Access, entry: Acquired, same_block: bool) -> bool:
        if entry.ticket:
            count = None if same_block else self._counting(entry.cell)
            found = count is not None and self._precedes(first, count, True)
        else:
            releases = self._releases(entry.cell)
            found = bool(releases) and all(self._precedes(first, r, False) for r in releases)
        if found:
            self.used.add(entry.cell[0].memory.name)
        return found

    # -- what nothing orders

    def unordered(self, conflict: Conflict) -> Iterator[Conflict]:
        """The same conflict between threads that certainly do not order it: for each direction, the first one releases
        nothing after its access, or the second one has acquired nothing before its own."""
        how = self.executed.out.ordered_by
        kinds = _OF_A_BLOCK if conflict.same_block else _BETWEEN_BLOCKS
        complete = self.executed.synchronisation.is_complete
        if conflict.same_thread or not complete or any(kind in how for kind in kinds):
            return
        sync, a, b = self.executed.synchronisation, conflict.a, conflict.b
        releases = [(r.path, r.points) for r in sync.releases if r.is_release]
        acquires = [(q.path, q.points) for q in sync.acquires]
        no_release, no_acquire = ([self._without(x, found) for x in (a, b)] for found in (releases, acquires))
        for for_a, for_b in (
            ((no_release[0],), (no_release[1],)),
            ((no_release[0], no_acquire[0]), ()),
            ((), (no_release[1], no_acquire[1])),
            ((no_acquire[0],), (no_acquire[1],)),
        ):
            if None not in (*for_a, *for_b):
                yield replace(conflict, a=_under(a, for_a), b=_under(b, for_b))

    def _without(self, access: Access, found: list[tuple[tuple[Cond, ...], Points]]) -> tuple[Cond, ...] | None:
        """Conditions under which an access's thread does none of these; None if another thread of its block may do it
        for it, with a barrier between."""
        terms = self.executed.launch.terms
        out: dict[Cond, None] = {}
        for path, points in found:
            here = access.points[BLOCK_STREAM]
            same = here == points[BLOCK_STREAM] and not any(
                p.counters or (p.when is not None and p.when.level == THREAD) for p in here
            )
            if not same and not self._never(access.path, path, "one block"):
                return None
            if same:
                plain = [c for c in path if not c.data and not c.loops]
                out[terms.negate(terms.and_(plain))] = None
        return tuple(out)

    # -- atomics

    def _releases(self, cell: Cell) -> list[Release]:
        """All changes of an atomic; none if something else may change it, or if it is not known where they go."""
        region, offset = cell
        if not self.executed.synchronisation.is_complete or not region.starts_at_zero:
            return []
        for a in self.executed.out.accesses:
            if a.region is region and (a.kind is AccessKind.WRITE or a.offset is not offset):
                return []
        found = [r for r in self.executed.synchronisation.releases if r.cell[0] is region]
        if any(r.cell[1] is not offset or r.scope == "block" for r in found):
            return []
        return [] if any(u.region in (None, region) for u in self.executed.out.unfollowed) else found

    def _counting(self, cell: Cell) -> Release | None:
        """The update by which each block adds one, once. Who counted last may set it back."""
        found = [
            r for r in self._releases(cell)
            if not any(e.ticket and e.cell == cell and set(e.path) <= set(r.path) for e in r.order.acquired)
        ]  # fmt: skip
        if len(found) != 1 or not found[0].counts or found[0].looped:
            return None
        once = self._never(found[0].path, found[0].path, "threads")
        return found[0] if once else None

    # -- program order and barriers

    def _precedes(self, access: Access, release: Release, in_own_block: bool) -> bool:
        """Whether an access is before a release, of its own block if each block has one."""
        if not in_own_block and not self._never(access.path, release.path, "blocks"):
            return False
        passed = self.executed.synchronisation.passed
        behind = {
            e for e in release.events
            if passed.get(e, frozenset()) - access.behind.maybe_passed
        }  # fmt: skip
        if behind:
            return True
        return any(e not in access.behind.after for e in release.events) and self._never(
            access.path, release.path, "threads"
        )

    def _never(self, one: tuple[Cond, ...], two: tuple[Cond, ...], what: str) -> bool:
        """Whether no two different threads of a block ("threads"), no threads of different blocks ("blocks"), or no
        threads of one block ("one block") get there."""
        key = (one, two, what)
        known = self._apart.get(key)
        if known is None:
            known = self._apart[key] = self._proved_never(one, two, what)
        return known

    def _proved_never(self, one: tuple[Cond, ...], two: tuple[Cond, ...], what: str) -> bool:
        executed = self.executed
        made = Formula(executed.launch, executed.walks, what != "blocks", executed.facts)
        for path, copy in ((one, 1), (two, 2)):
            for c in path:
                made.require(c, copy)
        for fact in executed.facts:
            if fact.level == GRID:
                made.require(fact, 1)
        axes = executed.launch.thread if what == "threads" else executed.launch.block
        differ = [f"(not (= {made.poly(at, 1)} {made.poly(at, 2)}))" for at in axes if at.terms]
        if what != "one block":
            made.add(f"(or {' '.join(differ)} false)")
        return solve(made.text(), _PROOF_MS).result == "unsat"


def _under(access: Access, conds: tuple[tuple[Cond, ...] | None, ...]) -> Access:
    more = [c for found in conds for c in found or ()]
    return replace(access, path=tuple(dict.fromkeys((*access.path, *more)))) if more else access
