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
from compiler.analysis.disjointness.state import BLOCK_STREAM, START, Points
from compiler.analysis.disjointness.substitute import Substitution
from compiler.analysis.disjointness.synchronise import Release
from compiler.analysis.disjointness.terms import GRID, THREAD, Cond, Poly
from compiler.analysis.disjointness.values import Region
from compiler.analysis.disjointness.verdict import AccessKind, Space

_PROOF_MS = 30
_FLAG_BYTES = 8  # at most
_BETWEEN_BLOCKS = ("inline PTX", "a cluster barrier", "cluster launch control")
_OF_A_BLOCK = ("inline PTX", "a cluster barrier", "an mbarrier", "a warp barrier with a mask")


@dataclass(slots=True)
class HappensBefore:
    """See the module docstring."""

    executed: Executed
    deadline: float  # of the thread, in seconds
    used: set[str] = field(default_factory=set)
    _apart: dict[tuple[object, ...], bool] = field(default_factory=dict)

    def ordered(self, conflict: Conflict) -> bool:
        """Whether one of the accesses is before the other one."""
        a, b = conflict.a, conflict.b
        if a.asynchronous or b.asynchronous or conflict.same_thread:
            return False
        return self._excluded(a, b, conflict.same_block) or any(
            self._before(first, second, entry, conflict.same_block) or self._by_block(conflict, first, entry)
            for first, second in ((a, b), (b, a))
            for entry in second.behind.acquired
            if set(entry.path) <= set(second.path)
        )

    def _by_block(self, conflict: Conflict, first: Access, entry: Acquired) -> bool:
        """Whether the flag that was read is the one of the first access's block: each block has its own in an array,
        and the block whose flag it is, computed back from the place that was read, is that one where the two accesses
        meet. All changes of flags by that block come after the access."""
        at = self.executed.launch.block
        region, offset = entry.cell
        if conflict.same_block or entry.ticket or not at[0].terms or at[1].terms or at[2].terms:
            return False
        releases = self._changes(region)
        if not releases or any(r.scope == "block" for r in releases):
            return False
        mine, theirs = (1, 2) if first is conflict.a else (2, 1)
        for release in releases:
            owner = self._owner(release.cell[1], offset)
            if owner is None or not self._precedes(first, release, True):
                return False
            made = conflict.formula()
            made.add(f"(not (= {made.poly(at[0], mine)} {made.poly(owner, theirs)}))")
            if solve(made.text(), _PROOF_MS, self.deadline).result != "unsat":
                return False
        self.used.add(region.memory.name)
        return True

    def _owner(self, place: Poly, read: Poly) -> Poly | None:
        """The block for which a place in terms of the block's number is the one that was read."""
        terms, (number, _, _) = self.executed.launch.terms, self.executed.launch.block
        unit = dict(place.terms).get(number.terms[0][0], 0)
        rest = terms.sub(place, terms.scale(number, unit))
        if unit == 0 or rest.constant is None:
            return None
        gap = terms.sub(read, rest)
        if any(c % unit for _, c in gap.terms):
            return None
        return terms.poly(tuple((m, c // unit) for m, c in gap.terms))

    def _excluded(self, a: Access, b: Access, same_block: bool) -> bool:
        """Whether only the one block that counts last does both."""
        if same_block:
            return False
        tickets = [
            {e.cell for e in x.behind.acquired if e.ticket and set(e.path) <= set(x.path)} for x in (a, b)
        ]  # fmt: skip
        return any(self._counting(cell) is not None for cell in tickets[0] & tickets[1])

    def _before(self, first: Access, second: Access, entry: Acquired, same_block: bool) -> bool:
        if entry.cell[0].memory.space is Space.SHARED:
            releases = self._own_changes(entry, second) if same_block and not entry.ticket else []
            return bool(releases) and all(self._precedes(first, r, True) for r in releases)
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
        if any(a.region is region and a.offset is not offset for a in self.executed.out.accesses):
            return []
        found = self._changes(region)
        return [] if any(r.cell[1] is not offset or r.scope == "block" for r in found) else found

    def _changes(self, region: Region) -> list[Release]:
        """All changes of the atomics in a memory object that starts at zero, as flags that the kernel is given are
        assumed to; none if not all are known."""
        is_given = region.memory.kind in ("param", "pointer")
        if not self.executed.synchronisation.is_complete or not (region.starts_at_zero or is_given):
            return []
        if any(a.region is region and a.kind is AccessKind.WRITE for a in self.executed.out.accesses):
            return []
        if any(u.region in (None, region) for u in self.executed.out.unfollowed):
            return []
        return [r for r in self.executed.synchronisation.releases if r.cell[0] is region]

    def _own_changes(self, entry: Acquired, reader: Access) -> list[Release]:
        """All changes of a flag in shared memory, which the block's first thread sets to zero before a barrier; none if
        not all are known."""
        executed, (region, offset) = self.executed, entry.cell
        if not executed.synchronisation.is_complete or offset.constant is None:
            return []
        if any(u.region in (None, region) for u in executed.out.unfollowed):
            return []
        releases = [r for r in executed.synchronisation.releases if r.cell[0] is region]
        if any(r.cell[1].constant is None for r in releases):
            return []
        zeroed = False
        for a in executed.out.accesses:
            if a.region is not region or a.kind is AccessKind.READ or self._elsewhere(a, offset):
                continue
            at_start = a.points[BLOCK_STREAM] == START
            if a.kind is AccessKind.ATOMIC:
                if any(p.site == 0 for p in a.points[BLOCK_STREAM]) or a.offset is not offset:
                    return []
            elif not at_start or a.offset is not offset or a.value is not executed.launch.terms.zero:
                return []
            else:
                zeroed |= self._by_first(a.path, reader.path)
        return [r for r in releases if r.cell[1] is offset] if zeroed else []

    def _elsewhere(self, access: Access, offset: Poly) -> bool:
        gap = self.executed.launch.terms.sub(access.offset, offset)
        after = gap.lo is not None and gap.lo >= _FLAG_BYTES
        return access.count is None and (after or (gap.hi is not None and gap.hi <= -access.size))

    def _by_first(self, path: tuple[Cond, ...], other: tuple[Cond, ...]) -> bool:
        """Whether the block's first thread certainly goes that way, if some thread goes the other one."""
        terms, launch = self.executed.launch.terms, self.executed.launch
        mapping = {at.terms[0][0][0]: terms.zero for at in launch.thread if at.terms}
        first = Substitution(terms, mapping, "", everywhere=True)
        return all(first.cond(c) is terms.true or (c.level < THREAD and c in other) for c in path)

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
        return solve(made.text(), _PROOF_MS, self.deadline).result == "unsat"


def _under(access: Access, conds: tuple[tuple[Cond, ...] | None, ...]) -> Access:
    more = [c for found in conds for c in found or ()]
    return replace(access, path=tuple(dict.fromkeys((*access.path, *more)))) if more else access
