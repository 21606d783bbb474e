"""Bounds: which accesses are always inside their object, which keep their check, which are outside whenever reached.

What it is: :func:`bounds_facts`, one fact for each place of the source. Assumes: an :class:`~.entry.Executed`.
Guarantees: "proved" and "outside" hold for every launch the facts allow, as long as index arithmetic does not wrap.

Example: ``x[i]`` under ``if i < x.len()`` is proved by its guard; ``TILE[256]`` of ``SharedArray<f32, 256>`` is
outside.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Final

from compiler.analysis.disjointness.access import BoundsCheck
from compiler.analysis.disjointness.entry import Executed
from compiler.analysis.disjointness.formula import Formula
from compiler.analysis.disjointness.memory import Allowed
from compiler.analysis.disjointness.outside import SEARCH_S, thread_outside
from compiler.analysis.disjointness.solver import solve
from compiler.analysis.disjointness.state import entailed
from compiler.analysis.disjointness.verdict import BoundsFact, MemoryObject, Place

QUERY_MS: Final = 15
MAX_QUERIES: Final = 24


@dataclass(slots=True)
class _Bounds:
    executed: Executed
    deadline: float
    queries: int = 0
    search_s: float = SEARCH_S
    answers: dict[object, str] = field(default_factory=dict)

    def fact(self, check: BoundsCheck) -> BoundsFact:
        """What is known of one check on one path."""
        terms = self.executed.launch.terms
        known = frozenset((*self.executed.facts, *check.path))
        memory = check.region.memory if check.region is not None else None
        if entailed(terms, known, check.inside):
            why = "the guards before it" if check.path else "its type and the launch"
            return BoundsFact(check.place, memory, True, check.checked, why)
        negation = terms.negate(check.inside)
        if entailed(terms, known, negation):
            return BoundsFact(check.place, memory, False, check.checked, "", self._reached(check), self._example(check))
        if self._refuted(check):
            return BoundsFact(check.place, memory, True, check.checked, "the guards before it and the launch")
        start = time.thread_time()
        found = thread_outside(self.executed, check, min(self.deadline, start + self.search_s))
        self.search_s -= time.thread_time() - start
        return BoundsFact(check.place, memory, False, check.checked, "", bool(found), found, found)

    def is_certain(self, check: BoundsCheck) -> bool:
        """Whether the index is inside by the path and the launch alone, as sums of at most three conditions."""
        terms = self.executed.launch.terms
        known = tuple(dict.fromkeys((*self.executed.facts, *check.path)))  # in an order that is always the same
        if entailed(terms, known, check.inside):
            return True
        p = check.inside.poly if check.inside.kind == "ge" else None
        return p is not None and any(
            entailed(terms, known, terms.ge(terms.sub(p, k.poly)))
            for k in known
            if k.kind == "ge" and k.poly is not None and not check.inside.monos.isdisjoint(k.monos)
        )

    def _reached(self, check: BoundsCheck) -> bool:
        """Whether some thread gets there: an error needs that; data on the way leave it open."""
        if any(c.data for c in check.path):
            return False
        made = Formula(self.executed.launch, self.executed.walks, True, self.executed.facts)
        for c in (*check.path, *self.executed.facts):
            made.require(c, 1)
        return solve(made.text(), 4 * QUERY_MS, self.deadline).result == "sat"

    def _example(self, check: BoundsCheck) -> str:
        if check.index is not None and check.length is not None:
            index, length = check.index.constant, check.length.constant
            if index is not None and length is not None:
                return f"the index is {index}, the length {length}"
        return ""

    def _refuted(self, check: BoundsCheck) -> bool:
        """Whether no thread can be outside."""
        key = (check.inside, check.path)
        found = self.answers.get(key)
        if found is None:
            found = "unknown"
            if self.queries < MAX_QUERIES and not check.inside.data:
                self.queries += 1
                made = Formula(self.executed.launch, self.executed.walks, True, self.executed.facts)
                for c in (*check.path, *self.executed.facts, self.executed.launch.terms.negate(check.inside)):
                    made.require(c, 1)
                found = solve(made.text(), QUERY_MS, self.deadline).result
            self.answers[key] = found
        return found == "unsat"


def bounds_facts(executed: Executed, deadline: float) -> tuple[BoundsFact, ...]:
    """One fact a place: proved only if proved on every path, outside only if outside on every path."""
    judge = _Bounds(executed, deadline)
    by_place: dict[tuple[Place, bool], list[BoundsFact]] = {}
    for check in executed.out.bounds:
        place = Place(check.place.owner, check.place.span, check.place.kind)
        by_place.setdefault((place, check.checked), []).append(judge.fact(check))
    out = []
    for facts in by_place.values():
        of_thread = next((f for f in facts if f.thread), None)
        if of_thread is not None:
            out.append(of_thread)
            continue
        weakest = next((f for f in facts if not f.proved and not f.outside), None)
        weakest = weakest or next((f for f in facts if not f.proved), facts[0])
        if weakest.outside and not all(f.outside for f in facts):
            weakest = BoundsFact(weakest.place, weakest.memory, False, weakest.checked)
        out.append(weakest)
    return tuple(out)


def moves_of(executed: Executed, deadline: float) -> tuple[BoundsFact, ...]:
    """Whether computed addresses stay in their objects, by cheap means; one fact a place, the weakest."""
    terms, facts = executed.launch.terms, executed.facts
    found: dict[tuple[Place, MemoryObject | None], BoundsFact] = {}
    for check in executed.out.moves:
        memory = check.region.memory if check.region is not None else None
        known = found.get((check.place, memory))
        if known is None or known.proved:
            in_time = time.thread_time() < deadline
            inside = in_time and entailed(terms, frozenset((*facts, *check.path)), check.inside)
            found[check.place, memory] = BoundsFact(check.place, memory, inside, False)
    return tuple(found.values())


def certain_checks(executed: Executed, allowed: Allowed) -> frozenset[Place]:
    """Places whose checks never fail, whatever the path. Without the solver and any clock: the same on any machine."""
    judge = _Bounds(executed, 0.0)
    kept: dict[Place, bool] = {}
    for check in executed.out.bounds:
        if check.checked:
            place = Place(check.place.owner, check.place.span, check.place.kind)
            in_time = not allowed.is_spent(executed.launch.terms)
            kept[place] = kept.get(place, True) and in_time and judge.is_certain(check)
    return frozenset(place for place, holds in kept.items() if holds)
