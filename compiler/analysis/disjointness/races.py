"""Races of one kernel instance: a verdict for every memory object that is written.

What it is: :func:`verdicts`. For each object the three layers, cheapest first (safety by witness types, by index
form, by two symbolic threads), over all pairs of accesses of which one writes.

Assumes: an :class:`~.entry.Executed`. Guarantees: "proved" only if every pair was; an alarm has a witness; anything
else is undecided with its reason. Ends in about the time allowed.

Example: a kernel that writes ``out`` through ``get_mut`` only is proved by the witness types.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from compiler.analysis.disjointness.access import Access, Blocks, Unfollowed
from compiler.analysis.disjointness.conflict import PROOF_MS, QUICK_MS, Conflict, Race
from compiler.analysis.disjointness.entry import Executed
from compiler.analysis.disjointness.enumerate import apart, apart_in_row
from compiler.analysis.disjointness.happens_before import HappensBefore
from compiler.analysis.disjointness.launch import LaunchShape
from compiler.analysis.disjointness.shape import Shape
from compiler.analysis.disjointness.specialise import candidate_shapes, specialised
from compiler.analysis.disjointness.state import BLOCK_STREAM, CLUSTER_STREAM, GRID_STREAM
from compiler.analysis.disjointness.terms import Poly
from compiler.analysis.disjointness.values import Region
from compiler.analysis.disjointness.verdict import AccessKind, Layer, Outcome, Space, Verdict, Witness

MAX_PAIRS = 600
_ITERATIONS, _ELEMENTS = 4, 4096  # of a launch that is run to see whether something orders it


@dataclass(slots=True)
class Judgement:
    """One kernel instance being judged."""

    executed: Executed
    kernel: str
    instance: str
    strided: bool  # index_2d(stride) is used: its witnesses prove nothing by type
    deadline: float
    _orders: dict[int, HappensBefore] = field(default_factory=dict)
    _shapes: dict[tuple[object, ...], Shape] = field(default_factory=dict)

    def verdicts(self) -> list[Verdict]:
        """One for each object that is written."""
        open_regions: list[Region] = []
        out: dict[int, Verdict] = {}
        launches = self.executed.launch.limits.launches
        shapes = list(launches) or candidate_shapes(self.executed)
        for region, accesses in self._written(self.executed):
            verdict = self.judge(self.executed, region, accesses, search=not shapes)
            out[region.id] = verdict
            if verdict.outcome is not Outcome.PROVED and shapes and not self._lost(region):
                open_regions.append(region)
        if open_regions and launches:
            self._under_launches(open_regions, launches, out)
        elif open_regions:
            self._under_shapes(open_regions, shapes, out)
        if self.executed.launch.limits.never_launched:
            return [_unlaunched(v) for v in out.values()]
        return list(out.values())

    def _written(self, executed: Executed) -> list[tuple[Region, list[Access]]]:
        by_region: dict[int, list[Access]] = {}
        for access in executed.out.accesses:
            by_region.setdefault(access.region.id, []).append(access)
        pairs = [(region, distinct(by_region.get(region.id, []))) for region in executed.regions]
        return [(r, found) for r, found in pairs if any(a.kind is not AccessKind.READ for a in found)]

    def _under_shapes(self, regions: list[Region], shapes: list[LaunchShape], out: dict[int, Verdict]) -> None:
        """What no proof covers for every launch: proved for launches of some shape, or racy in all likely ones."""
        remaining = list(regions)
        special: list[tuple[LaunchShape, Executed]] = []
        for shape in shapes:
            if time.thread_time() > self.deadline or not remaining:
                return
            executed = specialised(self.executed, shape)
            special.append((shape, executed))
            accesses = {r.id: found for r, found in self._written(executed)}
            verdicts = {r.id: self.judge(executed, r, accesses.get(r.id, []), search=False) for r in regions}
            proved = [r for r in regions if verdicts[r.id].outcome is Outcome.PROVED]
            for region in proved if len(proved) == len(regions) else [r for r in proved if r in remaining]:
                out[region.id] = self._promised(verdicts[region.id], shape, shapes)
            remaining = [r for r in remaining if r not in proved]
            if len(proved) == len(regions):
                return
        for shape, executed in special:
            accesses = {r.id: found for r, found in self._written(executed)}
            for region in list(remaining) if shape.block is not None else ():
                verdict = self.judge(executed, region, accesses.get(region.id, []), search=True)
                out[region.id] = verdict
                if verdict.outcome is Outcome.ALARM and verdict.witness is not None:
                    remaining.remove(region)
            if time.thread_time() > self.deadline:
                return

    def _under_launches(
        self, regions: list[Region], launches: tuple[LaunchShape, ...], out: dict[int, Verdict]
    ) -> None:
        """What no proof covers for every launch, under the launches in the source."""
        for region in regions:
            proofs: list[Verdict] = []
            other: Verdict | None = None
            for launch in launches:
                executed = specialised(self.executed, launch)
                accesses = {r.id: found for r, found in self._written(executed)}
                verdict = self.judge(executed, region, accesses.get(region.id, []), search=True)
                if verdict.outcome is Outcome.PROVED:
                    proofs.append(verdict)
                    continue
                if not launch.is_known:
                    verdict = replace(verdict, candidate=None)
                if verdict.witness is not None and not launch.is_known and not self._in_any(verdict.witness):
                    assumed = (*verdict.witness.assumed, "the launch has these sizes, which the source does not say")
                    verdict = replace(verdict, witness=replace(verdict.witness, certain=False, assumed=assumed))
                if other is None or (
                    verdict.witness is not None and (other.witness is None or verdict.witness.certain)
                ):
                    other = verdict
            if other is not None:
                out[region.id] = other
            elif proofs:
                assumptions = (*proofs[0].assumptions, "the launches in the source are all there are")
                out[region.id] = replace(proofs[0], assumptions=assumptions)

    def _in_any(self, witness: Witness) -> bool:
        """Whether every launch that the contract allows has such a block, whatever its grid."""
        return self.executed.launch.limits.block is not None and witness.first.block == witness.second.block

    def _promised(self, verdict: Verdict, shape: LaunchShape, shapes: list[LaunchShape]) -> Verdict:
        """Proved for launches of one shape: undecided, with the line that would promise it."""
        if shape.block is None and self.executed.launch.limits.max_threads is None:
            shape = next((s for s in shapes if s.block is not None), shape)  # a contract needs a block or bounds
        found = self._otherwise(verdict, shape)
        if found is not None:
            return found
        reason = f"it is proved for launches with `{shape.contract}` only, which nothing promises"
        return replace(
            verdict, outcome=Outcome.UNDECIDED, reason=reason, contract=shape.contract, layer=None, sketch=""
        )

    def _otherwise(self, verdict: Verdict, shape: LaunchShape) -> Verdict | None:
        """A race in a launch of another shape than the one that is proved."""
        pairs = [(r, accesses) for r, accesses in self._written(self.executed) if r.memory == verdict.memory]
        for region, accesses in pairs:
            found = self.judge(self.executed, region, accesses, search=True)
            if found.witness is not None:
                assumed = (*found.witness.assumed, f"the launch is not of the shape `{shape.contract}`")
                witness = replace(found.witness, certain=False, assumed=assumed)
                return replace(found, witness=witness, contract=shape.contract)
        return None

    def lost_writes(self) -> list[Unfollowed]:
        """What may write objects without a verdict: those no followed access writes."""
        judged = {region.id for region, _ in self._written(self.executed)}
        return [u for u in self.executed.out.unfollowed if u.writes and (u.region is None or u.region.id not in judged)]

    def _lost(self, region: Region) -> Unfollowed | None:
        return next((u for u in self.executed.out.unfollowed if u.region in (None, region)), None)

    def judge(self, executed: Executed, region: Region, accesses: list[Access], search: bool) -> Verdict:
        """The verdict of one object; ``search`` for witnesses."""
        places = tuple(dict.fromkeys(a.place for a in accesses))
        lost = self._lost(region)
        if lost is None and self._by_types(region, accesses):
            sketch = f"every access goes through a {region.proof_type} witness of the slice, which no other thread has"
            return Verdict(
                Outcome.PROVED, region.memory, Layer.WITNESS_TYPES, sketch, "", self._assumed(region), None, places
            )
        layer, reason = Layer.SHAPE, ""
        remote = any(a.target is not None for a in accesses)
        if remote and executed.launch.limits.cluster is None:
            reason = "how many blocks a cluster has is not known: `#[cluster_launch(..)]` says it"
            return Verdict(Outcome.UNDECIDED, region.memory, None, "", reason, self._assumed(region), None, places)
        potential: Verdict | None = None
        candidate: Witness | None = None
        guess: Witness | None = None  # of a race for contents of memory that may never be
        for n, conflict in enumerate(self._conflicts(executed, accesses)):
            if n > MAX_PAIRS:
                reason = "there are too many pairs of accesses"
                break
            if n and time.thread_time() > self.deadline:
                reason = reason or "there was not enough time"
                break
            if self._by_shape(conflict):
                continue
            layer = Layer.SOLVER
            answer = conflict.decide(PROOF_MS if search else QUICK_MS)
            if answer.result != "unsat" and time.thread_time() > self.deadline:
                reason = reason or "there was not enough time"
                break
            if answer.result == "unsat" or self._before(executed).ordered(conflict) or self._enumerated(conflict):
                continue
            race = conflict.witness(answer) if search else None
            if race is None:
                reason = reason or self._why_not(conflict, answer.result)
                if not search:
                    break
                continue
            if race is not None and not (conflict.a.exact and conflict.b.exact):
                reason = reason or "which asynchronous copies are under way is not followed exactly"
                continue
            candidate = candidate or self._candidate(region, conflict, race)
            if conflict.a.synced or conflict.b.synced:
                race = self._not_ordered(executed, conflict)
            if race is None:
                how = next(iter(executed.out.ordered_by), "a fence")
                reason = reason or f"accesses may be ordered by {how}, which is not followed"
                continue
            found = self._alarm(region, conflict, race, places)
            if race.certain:
                return found
            if not conflict.same_value() and conflict.depends_on_stored():
                reason = reason or "an index depends on what the kernel itself stores, which is not followed"
                guess = guess or found.witness
                continue
            potential = potential or found
        if potential is not None:
            return replace(potential, candidate=candidate)
        if lost is not None and not reason:
            reason = lost.reason
        if reason:
            assumed = self._assumed(region)
            candidate = candidate or guess
            return Verdict(Outcome.UNDECIDED, region.memory, None, "", reason, assumed, None, places, candidate)
        sketch = (
            "each index can be split into the coordinates of its thread"
            if layer is Layer.SHAPE
            else "no two threads can reach one element in one barrier interval"
        )
        flags = sorted(self._before(executed).used)
        assumed = (*self._assumed(region), *(f"`{name}` is 0 when the kernel starts" for name in flags))
        if any(x in executed.counts() for a in accesses for mono, _ in a.offset.terms for x in mono):
            assumed = (*assumed, "no count wraps around")
        return Verdict(Outcome.PROVED, region.memory, layer, sketch, "", assumed, None, places)

    # -- layers

    def _before(self, executed: Executed) -> HappensBefore:
        found = self._orders.get(id(executed))
        if found is None:
            found = self._orders[id(executed)] = HappensBefore(executed, self.deadline)
        return found

    def _not_ordered(self, executed: Executed, conflict: Conflict) -> Race | None:
        """A race between threads that no flag and no fence orders."""
        best: Race | None = None
        for narrower in self._before(executed).unordered(conflict):
            answer = narrower.decide(QUICK_MS)
            race = narrower.witness(answer) if answer.result != "unsat" else None
            if race is not None and race.certain:
                return race
            best = best or race
        return best

    def _by_types(self, region: Region, accesses: list[Access]) -> bool:
        return bool(region.proof_type) and not self.strided and all(a.via and not a.in_flight for a in accesses)

    def _enumerated(self, conflict: Conflict) -> bool:
        a, b = conflict.a, conflict.b
        return apart(conflict) or apart_in_row(conflict, self._shape(conflict.executed, a, b))

    def _by_shape(self, conflict: Conflict) -> bool:
        a, b = conflict.a, conflict.b
        if a.count is not None or b.count is not None or conflict.same_thread:
            return False
        terms = conflict.launch.terms
        gap = terms.sub(a.offset, b.offset)
        if gap.constant is None or a.size != b.size or gap.constant % a.size:
            return False
        if gap.constant:
            return False
        unit = a.size
        if any(c % unit for _, c in a.offset.terms):
            return False
        index = terms.poly(tuple((m, c // unit) for m, c in a.offset.terms))
        return self._shape(conflict.executed, a, b).injective(index, conflict.same_block)

    def _shape(self, executed: Executed, a: Access, b: Access) -> Shape:
        """Under what both paths say: a split must be the same one in both threads."""
        key = (id(executed), a.path, b.path)
        found = self._shapes.get(key)
        if found is None:
            known = frozenset((*executed.facts, *(frozenset(a.path) & frozenset(b.path))))
            found = self._shapes[key] = Shape(executed.launch, known)
        return found

    def _conflicts(self, executed: Executed, accesses: list[Access]) -> Iterator[Conflict]:
        """Pairs that might conflict; different blocks first."""
        for same_block in (False, True):
            for i, a in enumerate(accesses):
                for b in accesses[i:]:
                    if a.kind is AccessKind.READ and b.kind is AccessKind.READ:
                        continue
                    if _both_atomic(a, b, same_block):
                        continue
                    for blocks in self._blocks(executed, a, b) if not same_block else (Blocks.ANY,):
                        conflict = Conflict(executed, a, b, same_block, self.deadline, False, blocks)
                        if conflict.meet():
                            yield conflict
        yield from self._with_own_copies(executed, accesses)

    def _blocks(self, executed: Executed, a: Access, b: Access) -> tuple[Blocks, ...]:
        """Which different blocks may share the memory of two accesses, by what orders them."""
        known = executed.launch.limits.cluster is not None
        if a.region.memory.space in (Space.SHARED, Space.DYNAMIC_SHARED):
            remote = a.target is not None or b.target is not None
            return (Blocks.OF_CLUSTER,) if remote and known else ()
        ordered = any(x.points[CLUSTER_STREAM] != x.points[GRID_STREAM] for x in (a, b))
        return (Blocks.OF_CLUSTERS, Blocks.OF_CLUSTER) if ordered and known else (Blocks.ANY,)

    def _with_own_copies(self, executed: Executed, accesses: list[Access]) -> Iterator[Conflict]:
        """Accesses of a thread to what its own asynchronous copies are still filling or reading."""
        for a in accesses:
            for c in a.in_flight:
                path = tuple(dict.fromkeys((*a.path, *c.path)))
                if any(executed.launch.terms.negate(x) in path for x in c.path):
                    continue
                b = Access(c.region, c.offset, c.size, c.kind, path, a.points, c.place)
                b.loops, b.synced, b.exact = a.loops, a.synced, c.exact
                yield Conflict(executed, a, b, True, self.deadline, same_thread=True)

    # -- results

    def _why_not(self, conflict: Conflict, result: str) -> str:
        if time.thread_time() > self.deadline:
            return "there was not enough time"
        if any(x.offset.data or any(c.data for c in x.path) for x in (conflict.a, conflict.b)):
            return "an index depends on data in a way that is not followed"
        if result == "unknown":
            return "the solver gave no answer in time"
        return "an index is not linear in the thread's coordinates"

    def _assumed(self, region: Region) -> tuple[str, ...]:
        out = list(self.executed.launch.limits.assumptions)
        if region.raw:
            out.append(f"`{region.memory.name}` overlaps no other parameter")
        if self.executed.out.fits:
            out.append("index arithmetic does not overflow")
        return tuple(out)

    def _assumed_of(self, conflict: Conflict, race: Race) -> tuple[str, ...]:
        if race.certain:
            return ()
        if conflict.same_value():
            return ("it matters that both store the same value",)
        return ("the data in memory lead both threads there",)

    def _candidate(self, region: Region, conflict: Conflict, race: Race | None) -> Witness | None:
        """A race that happens if nothing orders it that is not followed, whatever memory holds at the start."""
        if race is None or not conflict.depends_on_launch():
            return None
        witness = self._alarm(region, conflict, replace(race, certain=True), ()).witness
        if witness is None or not (conflict.a.loops or conflict.b.loops):
            return witness
        # What orders the first iteration may not order the next ones.
        sizes = tuple((name, max(size, _ELEMENTS)) for name, size in witness.sizes)
        numbers = {name for name, p in self.executed.symbols.scalars.items() if isinstance(p, Poly)}
        scalars = tuple((n, max(v, _ITERATIONS) if n in numbers else v) for n, v in witness.scalars)
        return replace(witness, sizes=sizes, scalars=scalars)

    def _alarm(self, region: Region, conflict: Conflict, race: Race, places: tuple[object, ...]) -> Verdict:
        a, b = conflict.a, conflict.b
        symbols = self.executed.symbols
        shared = region.memory.space is not Space.GLOBAL
        dynamic = conflict.launch.limits.dynamic_shared
        size = (
            dynamic[1]
            if dynamic
            else (race.offset // 4 + 256) * 4
            if region.memory.space is Space.DYNAMIC_SHARED
            else 0
        )
        memory = region.memory
        if memory.kind == "dynamic":
            memory = type(memory)(memory.kind, memory.name, memory.space, memory.param, max(1, a.size))
        witness = Witness(
            self.kernel,
            self.instance,
            race.grid,
            race.block,
            tuple((n, race.uniform[f"{n}.len"]) for n in symbols.lengths),
            tuple((n, race.uniform[n]) for n in symbols.scalars),
            tuple((n, race.uniform[f"{n}.width"]) for n in symbols.widths),
            size,
            race.first,
            race.second,
            memory,
            race.offset // max(1, memory.element_size),
            a.place,
            b.place,
            _interval(conflict, race) if shared else "",
            race.certain,
            self._assumed_of(conflict, race),
        )
        return Verdict(Outcome.ALARM, memory, Layer.SOLVER, "", "", self._assumed(region), witness, places)  # type: ignore[arg-type]


def _unlaunched(verdict: Verdict) -> Verdict:
    """An alarm of a kernel that the host code around it never launches depends on the launch."""
    verdict = replace(verdict, candidate=None)
    if verdict.witness is None:
        return verdict
    assumed = (*verdict.witness.assumed, "the launch has these sizes; the host code here never launches the kernel")
    return replace(verdict, witness=replace(verdict.witness, certain=False, assumed=assumed))


def _interval(conflict: Conflict, race: Race) -> str:
    if race.rank is not None:
        whose = f"in the shared memory of the cluster's block {race.rank}"
        return f"{_between_barriers(conflict)}, {whose}"
    return _between_barriers(conflict)


def _between_barriers(conflict: Conflict) -> str:
    sites = {p.site for p, _ in conflict.meet()}
    if sites == {0}:
        return "before the first barrier"
    if len(conflict.a.points[BLOCK_STREAM]) > 1 or len(conflict.b.points[BLOCK_STREAM]) > 1:
        return "around the end of a loop's iteration, where no barrier stands"
    return "after the same barrier"


def _both_atomic(a: Access, b: Access, same_block: bool) -> bool:
    """Whether both are atomics whose scope covers the other's thread."""
    if a.kind is not AccessKind.ATOMIC or b.kind is not AccessKind.ATOMIC:
        return False
    return same_block or (a.scope != "block" and b.scope != "block")


def _order_key(a: Access) -> tuple[object, ...]:
    return a.behind.acquired, a.behind.after, a.behind.maybe_passed, a.asynchronous


def distinct(accesses: list[Access]) -> list[Access]:
    """Without accesses that differ in nothing the checks look at."""
    seen: dict[tuple[object, ...], Access] = {}
    for a in accesses:
        key = (
            a.offset,
            a.size,
            a.kind,
            a.path,
            a.points,
            a.scope,
            bool(a.via),
            a.count,
            a.target,
            a.in_flight,
            a.synced,
            a.exact,
            _order_key(a),
            a.progress,
        )
        seen.setdefault(key, a)
    return list(seen.values())


__all__ = ["Judgement"]
