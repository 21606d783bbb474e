"""Locks made of one atomic: who holds one is alone with what it guards, whoever held it before is done.

What it is: :class:`Locks`, the part of the executor that knows which locks a thread holds. A cell is a lock if every
change of it is an exchange of one number (free) for another (held) by who finds it free, or puts the free number back
by who holds it. Acquire and release orderings, or fences, make what is done in between seen.

PTX ISA, "release and acquire patterns". Assumes: nothing of the cell's first value; if it is neither, nobody gets in.
Guarantees: a lock is held only where that is certain; a change that is understood otherwise makes the memory no lock.

Example: between ``while LOCK.compare_exchange(0, 1, Acquire, Relaxed).is_err() {}`` and ``LOCK.store(0, Release)`` the
lock ``LOCK`` is held.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from compiler.analysis.disjointness.order import Cell, Held
from compiler.analysis.disjointness.phases import Phases
from compiler.analysis.disjointness.state import State
from compiler.analysis.disjointness.terms import Cond, Poly
from compiler.analysis.disjointness.values import Aggregate, Value

ACQUIRES: Final = frozenset(("acquire", "acq_rel", "seq_cst"))
RELEASES: Final = frozenset(("release", "acq_rel", "seq_cst"))


class Locks(Phases):
    """See the module docstring."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.no_locks: set[int] = set()  # regions with other changes
        self._taken: dict[int, tuple[Cell, str]] = {}  # a condition -> the lock that is held where it holds
        self._swapped: dict[int, tuple[Cell, str, int]] = {}  # what a swap gave -> the lock, the free number
        self._free: dict[int, tuple[int, int]] = {}  # a region's numbers: free, held

    def lock_change(
        self, state: State, operation: str, order: str, cell: Cell, args: list[Value], value: Value
    ) -> None:
        """A change of an atomic."""
        numbers = [a.constant if isinstance(a, Poly) else None for a in args]
        region = cell[0].id
        if operation.startswith("cxchg") and len(numbers) > 1 and isinstance(value, Aggregate):
            free, held = numbers[0], numbers[1]
            if free is not None and held is not None and self._is_lock(region, free, held):
                self._taken[value.fields[1].id] = cell, order
                return
        elif operation in ("xchg", "store") and numbers and numbers[0] is not None:
            mine = next((h for h in state.order.held if h.cell == cell), None)
            if mine is not None and self._free.get(region, (None,))[0] == numbers[0]:
                rest = tuple(h for h in state.order.held if h is not mine)
                state.order = replace(state.order, held=rest)
                if (order in RELEASES or mine.clean) and not state.pending:
                    return
            elif operation == "xchg" and isinstance(value, Poly) and self._takes(region, numbers[0]):
                self._swapped[value.terms[0][0][0]] = cell, order, self._free[region][0]
                return
        self.no_locks.add(region)

    def _is_lock(self, region: int, free: int, held: int) -> bool:
        return free != held and self._free.setdefault(region, (free, held)) == (free, held)

    def _takes(self, region: int, held: int) -> bool:
        """``swap(held)``: the free number is another one, 0 if no exchange says which."""
        return self._is_lock(region, self._free.get(region, (0, held))[0], held)

    def took(self, state: State, cond: Cond) -> State:
        """The state once a condition is known to hold: an exchange was made."""
        found = self._taken.get(cond.id)
        if found is None and cond.kind == "eq" and cond.poly is not None and self._swapped:
            for a in {a for mono, _ in cond.poly.terms for a in mono if a in self._swapped}:
                cell, order, free = self._swapped[a]
                value = self.terms.of_atom(self.terms.atoms[a])
                if cond is self.terms.eq(value, self.terms.const(free)):
                    found = cell, order
        if found is None or any(h.cell == found[0] for h in state.order.held):
            return state
        state = state.fork()
        held = Held(found[0], found[1] in ACQUIRES)
        state.order = replace(state.order, held=(*state.order.held, held))
        return state

    def fenced(self, state: State) -> None:
        """A fence of more than the block's scope."""
        if state.order.held:
            held = tuple(replace(h, ordered=True, clean=True) for h in state.order.held)
            state.order = replace(state.order, held=held)
