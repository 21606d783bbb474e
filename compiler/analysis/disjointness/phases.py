"""mbarriers by their phases: how often a thread has arrived, and how many phases it has waited for.

What it is: :class:`Phases`, the part of the executor that counts, per mbarrier and thread, arrivals and phases that are
certainly complete, and :class:`Mbarrier`, which says of one whether the count can be trusted. An access before a
thread's arrival *n* is over for who has waited for phase *n*, if that arrival belongs to that phase: where each of the
threads that may arrive has waited for all earlier phases when it arrives, and they are as many as the barrier counts.

PTX ISA, "mbarrier": ``test_wait`` with a state waits for its phase, ``test_wait.parity`` for the phase of that parity,
the current or the one before. Assumes: mbarriers at known offsets of shared memory; of others :meth:`Phases.mistrust`.
Guarantees: no order that is not there.

Example: behind ``arrive; while !try_wait_parity(bar, k & 1) {}`` in iteration ``k`` phase ``k`` is complete.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from compiler.analysis.disjointness.evaluate import Evaluation
from compiler.analysis.disjointness.order import Cell
from compiler.analysis.disjointness.rvalues import Evaluator
from compiler.analysis.disjointness.state import State, entailed
from compiler.analysis.disjointness.terms import Atom, Cond, Poly, Terms
from compiler.analysis.disjointness.values import Region
from compiler.analysis.disjointness.verdict import MemoryObject

MAX_THREADS: Final = 1024
_MOST: Final = 1 << 15  # mbarriers, each with two keys of a state's environment below those of locals

Place = tuple[MemoryObject, Poly]
Gaps = dict[
    Place, dict[Place, int]
]  # at each arrival at the one: phases of the other known to be complete, less arrivals
Progress = tuple[Cell, Poly, Poly]  # an mbarrier, arrivals so far, phases known to be complete


@dataclass(slots=True, eq=False)
class Mbarrier:
    """One mbarrier. ``counts``: what it is initialised with; ``arrivals``: the paths of the places that arrive;
    ``known``: every use of it is understood; ``in_turn``: each arrival comes after the wait for the phase before."""

    cell: Cell
    key: int
    counts: list[Poly] = field(default_factory=list)
    arrivals: list[tuple[Cond, ...]] = field(default_factory=list)
    known: bool = True
    in_turn: bool = True

    @property
    def place(self) -> Place:
        """What names it in any execution of the kernel."""
        return self.cell[0].memory, self.cell[1]


@dataclass(frozen=True, slots=True)
class Trusted:
    """An mbarrier whose arrivals are those of ``threads`` (numbers in the block; None: all), each once a phase."""

    cell: Cell
    threads: frozenset[int] | None


class Phases(Evaluator):
    """See the module docstring."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.mbarriers: dict[tuple[int, Poly], Mbarrier] = {}
        self._lost: set[int] = set()  # regions with mbarriers at unknown offsets
        self._tokens: dict[int, tuple[Mbarrier, Poly]] = {}  # what an arrival gave -> its phase
        self._completes: dict[int, tuple[Mbarrier, Poly]] = {}  # a condition -> phases complete where it holds
        self.assumed: Gaps = {}
        self.seen: Gaps = {}
        self.moduli: set[int] = set()  # of the remainders that say which mbarrier they use
        self.turning: frozenset[int] = frozenset()  # loops whose iterations use one mbarrier after the other

    def mbarrier_at(self, cell: Cell) -> Mbarrier | None:
        """The mbarrier at a place; None if it is not known which."""
        region, offset = cell
        if offset.constant is None or len(self.mbarriers) > _MOST:
            self.turning |= offset.loops
            self.moduli |= _moduli(self.terms, offset)
            if self.recording:
                self._lost.add(region.id)
            return None
        found = self.mbarriers.get((region.id, offset))
        if found is None:
            found = self.mbarriers[region.id, offset] = Mbarrier(cell, 1 + 2 * len(self.mbarriers))
        return found

    def mistrust(self, mbarrier: Mbarrier | None, region: Region | None = None) -> None:
        """It is used in a way that is not understood."""
        if mbarrier is not None:
            mbarrier.known = False
        elif region is not None and self.recording:
            self._lost.add(region.id)

    def initialised(self, state: State, mbarrier: Mbarrier, count: Poly) -> None:
        """``init``: phase 0 begins."""
        if self.recording:
            if mbarrier.counts or self.counters:
                mbarrier.known = False
            mbarrier.counts.append(count)
        state.env[mbarrier.key] = state.env[mbarrier.key + 1] = self.terms.zero

    def arrived(self, state: State, mbarrier: Mbarrier, token: Poly | None) -> None:
        """The thread arrives."""
        mine, complete = self._progress(state, mbarrier)
        if self.recording:
            mbarrier.arrivals.append(state.path)
            in_turn = self.terms.sub(complete, mine).lo
            mbarrier.in_turn &= in_turn is not None and in_turn >= 0
            self._note_gaps(state, mbarrier, mine)
        if token is not None:
            self._tokens[token.terms[0][0][0]] = mbarrier, mine
        state.env[mbarrier.key] = self.terms.add(mine, self.terms.one)

    def _note_gaps(self, state: State, mbarrier: Mbarrier, mine: Poly) -> None:
        """What a thread knows of the other mbarriers when it arrives: how many phases more than it has arrived."""
        now: dict[Place, int] = {}
        for other in self.mbarriers.values():
            if other is not mbarrier and other.key in state.env:
                gap = self.terms.sub(self._progress(state, other)[1], mine).lo
                if gap is not None:
                    now[other.place] = gap
        known = self.seen.get(mbarrier.place)
        if known is not None:
            now = {place: min(gap, known[place]) for place, gap in now.items() if place in known}
        self.seen[mbarrier.place] = now

    def _told_by_arrivals(self, state: State, mbarrier: Mbarrier, phases: Poly) -> None:
        """Who has waited for phases of one mbarrier knows what each thread knew that arrived at the last of them."""
        terms, gaps = self.terms, self.assumed.get(mbarrier.place, {})
        for other in self.mbarriers.values():
            gap = gaps.get(other.place)
            if gap is None or other.key not in state.env:
                continue
            if gap > 1 and not entailed(terms, state.known, terms.ge(terms.sub(phases, terms.one))):
                gap = 1
            complete = terms.add(phases, terms.const(gap - 1))
            more = terms.sub(complete, self._progress(state, other)[1])
            if more.lo is not None and more.lo >= 0 and more.constant != 0:
                state.env[other.key + 1] = complete

    def waits_for_token(self, mbarrier: Mbarrier, token: Poly, result: Cond) -> bool:
        """A wait for the phase of an arrival; whether it is known which."""
        found = {self._tokens.get(a) for a in self._leaves(token)}
        if len(found) != 1 or None in found:
            return False
        (only,) = found
        assert only is not None
        if only[0] is mbarrier:
            self._completes[result.id] = mbarrier, self.terms.add(only[1], self.terms.one)
        return only[0] is mbarrier

    def _leaves(self, token: Poly) -> set[int]:
        """The tokens one of which this is."""
        out: set[int] = set()
        work = [token]
        while work:
            for mono, c in work.pop().terms:
                atom = self.terms.atoms[mono[0]] if len(mono) == 1 and c == 1 else None
                if atom is None:
                    return {-1}
                if atom.kind == "ite":
                    work += atom.args
                else:
                    out.add(atom.id)
        return out

    def waits_for_parity(self, state: State, mbarrier: Mbarrier, parity: Poly, result: Cond) -> bool:
        """A wait for the phase of a parity; whether it is known what it says: that of the first phase not known to be
        complete waits for it, the other one for nothing new."""
        _, complete = self._progress(state, mbarrier)
        odd = parity_of(self.terms, self.terms.sub(parity, complete))
        if odd == 0:
            self._completes[result.id] = mbarrier, self.terms.add(complete, self.terms.one)
        return odd is not None

    def completed(self, state: State, cond: Cond) -> State:
        """The state once a condition is known to hold."""
        found = self._completes.get(cond.id)
        if found is None:
            return state
        mbarrier, phases = found
        more = self.terms.sub(phases, self._progress(state, mbarrier)[1]).lo
        if more is None or more <= 0:
            return state
        state = state.fork()
        state.env[mbarrier.key + 1] = phases
        self._told_by_arrivals(state, mbarrier, phases)
        return state

    def _progress(self, state: State, mbarrier: Mbarrier) -> tuple[Poly, Poly]:
        mine, complete = (state.env.get(mbarrier.key + i) for i in (0, 1))
        if not isinstance(mine, Poly) or not isinstance(complete, Poly):
            mbarrier.known = mbarrier.known and not self.recording
            return self.terms.zero, self.terms.zero
        return mine, complete

    def progress_of(self, state: State) -> tuple[Progress, ...]:
        """See :class:`~.memory.MemoryModel`."""
        if not self.mbarriers:
            return ()
        return tuple((b.cell, *self._progress(state, b)) for b in self.mbarriers.values() if b.key in state.env)

    # -- which can be trusted

    def trusted_mbarriers(self) -> list[Trusted]:
        """The mbarriers whose arrivals belong to the phase of their number."""
        return [t for b in self.mbarriers.values() if (t := self._trusted(b)) is not None]

    def is_consistent(self) -> bool:
        """Whether what was assumed of arrivals held: by induction over time, as each rests on earlier ones."""
        trusted = {(t.cell[0].memory, t.cell[1]) for t in self.trusted_mbarriers()}
        return all(
            place in trusted
            and all(self.seen.get(place, {}).get(other, -1 << 60) >= gap for other, gap in gaps.items())
            for place, gaps in self.assumed.items()
        )

    def distrusted(self) -> bool:
        """Whether some mbarrier may order what is not known, or speaks for threads that do not arrive themselves."""
        trusted = self.trusted_mbarriers()
        return bool(self._lost) or len(trusted) < len(self.mbarriers) or any(t.threads is not None for t in trusted)

    def _trusted(self, mbarrier: Mbarrier) -> Trusted | None:
        region, _ = mbarrier.cell
        if not mbarrier.known or region.id in self._lost or len(mbarrier.counts) != 1:
            return None
        count, (x, y, z) = mbarrier.counts[0], self.launch.block_dim
        n_threads = self.terms.mul(self.terms.mul(x, y), z)
        if not mbarrier.in_turn and count.constant != 1:
            return None
        if self.terms.sub(count, n_threads).constant == 0:
            return Trusted(mbarrier.cell, None)
        threads = self._arriving(mbarrier)
        if threads is None or len(threads) != count.constant:
            return None
        return Trusted(mbarrier.cell, threads)

    def _arriving(self, mbarrier: Mbarrier) -> frozenset[int] | None:
        """The threads that may arrive, where the block's shape is known."""
        x, y, z = (d.constant or 0 for d in self.launch.block_dim)
        if not 0 < x * y * z <= MAX_THREADS:
            return None
        found = set()
        for linear in range(x * y * z):
            at = (linear % x, linear // x % y, linear // (x * y))
            values = {p.terms[0][0][0]: v for p, v in zip(self.launch.thread, at, strict=True) if p.terms}

            def symbol(atom: Atom, values: dict[int, int] = values) -> int | None:
                return values.get(atom.id)

            evaluation = Evaluation(self.terms, {}, symbol, None)
            if any(all(evaluation.cond(c) is not False for c in path) for path in mbarrier.arrivals):
                found.add(linear)
        return frozenset(found)


def _moduli(terms: Terms, p: Poly) -> set[int]:
    """The divisors of the remainders in a number."""
    out: set[int] = set()
    work = [p]
    while work:
        for mono, _ in work.pop().terms:
            for a in mono:
                atom = terms.atoms[a]
                work += [
                    *atom.args,
                    *([atom.cond.poly] if atom.cond is not None and atom.cond.poly is not None else []),
                ]
                divisor = atom.args[1].constant if atom.name == "mod" else None
                out |= {divisor} if divisor is not None and divisor > 1 else set()
    return out


def parity_of(terms: Terms, p: Poly) -> int | None:
    """A number modulo 2, if it is known."""
    odd = 0
    work = [p]
    rest: dict[tuple[int, ...], int] = {}
    while work:
        for mono, c in work.pop().terms:
            if c % 2 == 0:
                continue
            atom = terms.atoms[mono[0]] if len(mono) == 1 else None
            inner = _congruent(terms, atom) if atom is not None else None
            if inner is not None:
                work.append(inner)
            elif mono:
                rest[mono] = rest.get(mono, 0) + 1
            else:
                odd += 1
    return None if any(n % 2 for n in rest.values()) else odd % 2


def _congruent(terms: Terms, atom: Atom) -> Poly | None:
    """A simpler number of the same parity."""
    divisor = atom.args[1].constant if atom.kind == "app" and atom.name == "mod" else None
    if divisor is not None and divisor % 2 == 0:
        return atom.args[0]
    if atom.kind == "ite" and (terms.sub(*atom.args).constant or 1) % 2 == 0:
        return atom.args[1]
    if atom.kind == "ite" and atom.cond is not None and atom.cond.kind == "eq" and atom.cond.poly is not None:
        one, two = (a.constant for a in atom.args)
        term = next(((m, c) for m, c in atom.cond.poly.terms if m), None)
        if one is not None and two is not None and term is not None and len(term[0]) == 1 and abs(term[1]) == 1:
            tested = terms.atoms[term[0][0]]
            if tested.name == "mod" and tested.args[1].constant == 2:  # it is 0 or 1 that is compared
                if (one - two) % 2 == 0:
                    return terms.const(two)
                equal = terms.add(atom.cond.poly, terms.one)
                return terms.add(terms.const(two), equal)
    return None
