"""Pointers that change places in a loop: buffers that are read and written in turn.

What it is: :class:`Swaps`. Each pointer that a loop changes is a *slot*; an iteration leaves in it what was in some
slot before, or a pointer that the loop does not change. Together the slots are in one of few states; where an iteration
always does the same they come round, so that the state is known, else it is an unknown number that the threads share.

Assumes: placeholders as of :mod:`~.loops`. Guarantees: no answer where an iteration does anything else with a pointer.

Example: ``swap(&mut from, &mut to)`` from ``(A, B)``: ``from`` is ``A`` if ``k mod 2`` is 0, else ``B``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from compiler.analysis.disjointness.recurrences import as_term
from compiler.analysis.disjointness.terms import THREAD, Cond, Poly, Terms
from compiler.analysis.disjointness.values import (
    Aggregate,
    LocalPlace,
    Opaque,
    Pointer,
    PointerChoice,
    Region,
    Value,
    choices,
    same_place,
)

_MAX_STATES: Final = 8
_MAX_SLOTS: Final = 8

State = tuple[Value, ...]  # pointers in the slots, in their order
Sources = tuple[int | Pointer, ...]  # what an iteration leaves in each slot: what was in another, or a pointer


@dataclass(frozen=True, slots=True)
class Slot:
    """A pointer before the loop, its placeholder, and what an iteration leaves."""

    start: Pointer | PointerChoice
    head: Pointer
    after: Value


def slots_of(start: Value, head: Value, after: Value) -> Iterable[tuple[int, Slot]]:
    """The pointers in a value, each with the atom of its placeholder."""
    if isinstance(head, Pointer) and isinstance(start, Pointer | PointerChoice):
        mono = head.offset.terms[0][0] if len(head.offset.terms) == 1 else ()
        if len(mono) == 1 and isinstance(after, Pointer | PointerChoice):
            yield mono[0], Slot(start, head, after)
    elif isinstance(head, Aggregate) and isinstance(start, Aggregate) and isinstance(after, Aggregate):
        if len(head.fields) == len(start.fields) == len(after.fields):
            for parts in zip(start.fields, head.fields, after.fields, strict=True):
                yield from slots_of(*parts)


@dataclass(slots=True)
class Swaps:
    """See the module docstring. ``number``: of the loop; ``around``: the iterations of the loops around it; ``outer``:
    those loops; ``differs``: whether threads may disagree about a condition."""

    terms: Terms
    number: int
    counter: Poly
    around: tuple[Poly, ...]
    outer: frozenset[int]
    differs: Callable[[Cond], bool]
    slots: dict[int, Slot] = field(default_factory=dict)

    def value(self, head: Pointer) -> Value | None:
        """What the slot of a placeholder holds at the head of iteration ``k``; None if it is not such a pointer."""
        at = self._slot_of(head)
        if at is None or not self._moves(at):
            return None
        together = self._together(at)
        maps = self._maps(together) if together is not None else None
        if together is None or not maps:
            return None
        states = self._states(together, maps)
        if states is None:
            return None
        place = together.index(at)
        return self._chosen([state[place] for state in states], self._index(together, maps, states))

    def one_of(self, key: str, start: Value, after: Value) -> Value:
        """One of the pointers that a value was or became, which one is unknown but the same for all threads."""
        seen: list[Pointer] = []
        for value in (start, after):
            for cond, p in choices(value):
                fixed = isinstance(p, Pointer) and isinstance(p.base, Region) and p.offset.loops <= self.outer
                if not fixed or (cond is not None and self.differs(cond)):
                    return Opaque(THREAD, True, "pointer")
                if not any(_alike((p,), (q,)) for q in seen):
                    seen.append(p)
        which = self.terms.app(f"which{self.number}:{key}", (self.counter, *self.around), 0, len(seen) - 1)
        return PointerChoice(tuple((self.terms.eq(which, self.terms.const(i)), p) for i, p in enumerate(seen)))

    def _moves(self, at: int) -> bool:
        """Whether an iteration leaves what another slot held, or one of several."""
        after = self.slots[at].after
        return isinstance(after, PointerChoice) or self._slot_of(after) not in (None, at)

    def _slot_of(self, value: Value) -> int | None:
        """The slot whose placeholder a pointer is."""
        if not isinstance(value, Pointer) or len(value.offset.terms) != 1:
            return None
        mono, c = value.offset.terms[0]
        slot = self.slots.get(mono[0]) if len(mono) == 1 and c == 1 else None
        if slot is None or value.meta is not slot.head.meta or not _same_base(value, slot.head):
            return None
        return mono[0]

    def _source(self, value: Value) -> int | Pointer | None:
        at = self._slot_of(value)
        if at is not None:
            return at
        fixed = isinstance(value, Pointer) and isinstance(value.base, Region) and value.offset.loops <= self.outer
        if not fixed or (value.meta is not None and not value.meta.loops <= self.outer):
            return None
        return value  # type: ignore[no-any-return]

    def _together(self, at: int) -> list[int] | None:
        """The slots that what comes to one depends on."""
        seen: dict[int, None] = {at: None}
        work = [at]
        while work:
            slot = self.slots[work.pop()]
            if not all(isinstance(p, Pointer) and not _has_steps(p.base) for _, p in choices(slot.start)):
                return None
            for cond, value in choices(slot.after):
                source = self._source(value)
                if source is None or (cond is not None and self.differs(cond)):
                    return None
                if isinstance(source, int) and source not in seen:
                    seen[source] = None
                    work.append(source)
        return sorted(seen) if len(seen) <= _MAX_SLOTS else None

    def _maps(self, together: list[int]) -> list[Sources]:
        """What an iteration may do; none if that is too much."""
        found: list[tuple[Cond, Sources]] = [(self.terms.true, ())]
        for at in together:
            options = [(c or self.terms.true, self._source(p)) for c, p in choices(self.slots[at].after)]
            joined = [
                (both, (*sources, source)) for when, sources in found for cond, source in options
                if source is not None and (both := self.terms.and_((when, cond))) is not self.terms.false
            ]  # fmt: skip
            found = joined
            if len(found) > _MAX_STATES:
                return []
        return list(dict.fromkeys(sources for _, sources in found))

    def _states(self, together: list[int], maps: list[Sources]) -> list[State] | None:
        """The states the slots may be in, the first one first."""
        states: list[State] = [tuple(self.slots[at].start for at in together)]
        for state in states:
            for sources in maps:
                found = self._after(state, together, sources)
                if not any(_alike(found, known) for known in states):
                    states.append(found)
            if len(states) > _MAX_STATES:
                return None
        return states

    def _after(self, state: State, together: list[int], sources: Sources) -> State:
        return tuple(state[together.index(s)] if isinstance(s, int) else s for s in sources)

    def _index(self, together: list[int], maps: list[Sources], states: list[State]) -> Poly:
        """The number of the state at iteration ``k``."""
        terms, k = self.terms, self.counter
        if len(states) == 1:
            return terms.zero
        if len(maps) > 1:
            name = f"which{self.number}:{','.join(map(str, together))}"
            return terms.app(name, (k, *self.around), 0, len(states) - 1)
        again = self._after(states[-1], together, maps[0])
        late = next(i for i, state in enumerate(states) if _alike(state, again))  # before, each state comes once
        period = terms.const(len(states) - late)
        made = terms.zero
        if period is not terms.one:
            made = terms.app("mod", (terms.sub(k, terms.const(late)), period), 0, len(states) - late - 1)
        made = terms.add(made, terms.const(late))
        for i in reversed(range(late)):
            made = terms.ite(terms.eq(k, terms.const(i)), terms.const(i), made)
        return made

    def _chosen(self, values: list[Value], index: Poly) -> Value:
        """The value of the state that the index numbers."""
        terms = self.terms
        pointers = [v for v in values if isinstance(v, Pointer)]
        first = pointers[0] if pointers else None
        if first is not None and all(
            isinstance(v, Pointer) and _same_base(v, first) and v.meta is first.meta for v in values
        ):
            return Pointer(first.base, self._offset([p.offset for p in pointers], index), first.meta)
        options: list[tuple[Cond, Pointer]] = []
        for i, value in enumerate(values):
            at = terms.eq(index, terms.const(i))
            for cond, p in choices(value):
                both = at if cond is None else terms.and_((at, cond))
                known = next((n for n, (_, q) in enumerate(options) if _alike((p,), (q,))), None)
                if known is None:
                    options.append((both, p))
                else:
                    options[known] = terms.or_((options[known][0], both)), options[known][1]
        return PointerChoice(tuple(options))

    def _offset(self, offsets: list[Poly], index: Poly) -> Poly:
        terms, first = self.terms, offsets[0]
        gaps = [terms.sub(offset, first).constant for offset in offsets]
        cycle = len(index.terms) == 1 and terms.atoms[index.terms[0][0][0]].args[:1] == (self.counter,)
        if cycle and None not in gaps and terms.atoms[index.terms[0][0][0]].name == "mod":
            moved = as_term(terms, tuple(g for g in gaps if g is not None), self.counter)
            if moved is not None:
                return terms.add(first, moved)
        offset = offsets[-1]
        for i in reversed(range(len(offsets) - 1)):
            offset = terms.ite(terms.eq(index, terms.const(i)), offsets[i], offset)
        return offset


def _has_steps(base: Region | LocalPlace) -> bool:
    return isinstance(base, LocalPlace) and bool(base.steps)


def _same_base(a: Pointer, b: Pointer) -> bool:
    return a.base is b.base or same_place(a.base, b.base)


def _alike(a: State, b: State) -> bool:
    return all(x is y or _same_pointer(x, y) for x, y in zip(a, b, strict=True))


def _same_pointer(a: Value, b: Value) -> bool:
    if not isinstance(a, Pointer) or not isinstance(b, Pointer):
        return False
    return _same_base(a, b) and a.offset is b.offset and a.meta is b.meta
