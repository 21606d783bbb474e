"""Accesses that some thread of every launch makes outside of their object, though others may be inside.

What it is: :func:`thread_outside`, a search among the threads of the first block and the iterations of exact loops.
Assumes: a check that is neither proved nor refuted as a whole. Guarantees: a thread is named only if the contract gives
the block exactly and nothing but the thread and the iteration decides that it gets there and where it reaches.

Example: ``S[t]`` of ``SharedArray<u32, 128>`` with ``block = (256, 1, 1)``: thread (128, 0, 0), element 128 of 128.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final

from compiler.analysis.disjointness.access import BoundsCheck
from compiler.analysis.disjointness.entry import Executed
from compiler.analysis.disjointness.evaluate import Evaluation
from compiler.analysis.disjointness.recurrences import leaves_of
from compiler.analysis.disjointness.terms import Atom

SEARCH_S: Final = 0.05  # of all accesses of a kernel
_MAX_ITERATIONS: Final = 1025


def thread_outside(executed: Executed, check: BoundsCheck, until: float) -> str:
    """The thread and where it reaches, in words; "" if none is known. ``until``: of the thread's clock."""
    launch = executed.launch
    if launch.limits.block is None or any(n not in executed.exact_loops for n in check.loops):
        return ""
    leaves = {a for c in (check.inside, *check.path) for a in leaves_of(launch.terms, c)}
    threads, blocks = ({p.terms[0][0][0] for p in of if p.terms} for of in (launch.thread, launch.block))
    counters = {f"k{n}" for n in check.loops}
    free: list[Atom] = []
    for a in leaves:
        atom = launch.terms.atoms[a] if a >= 0 else None
        if atom is None or (a not in threads | blocks and atom.name not in counters):
            return ""
        free += [atom] if a not in blocks else []
    for numbers in _numbers(free, threads):
        if time.thread_time() > until:
            break
        found = _try(executed, check, numbers)
        if found:
            block = "each block" if blocks.isdisjoint(leaves) else "block (0, 0, 0)"
            return f"thread {found[0]} of {block}{found[1]}"
    return ""


def _numbers(free: Sequence[Atom], threads: set[int]) -> Iterator[dict[int, int]]:
    """Values for all of them: the ends of each range first."""
    ranges = []
    for atom in free:
        high = min(atom.hi if atom.hi is not None else _MAX_ITERATIONS, _MAX_ITERATIONS)
        low = max(0, atom.lo or 0)
        everything = range(low, high + 1)
        alone = len(free) == 1 or (atom.id not in threads and sum(a.id not in threads for a in free) == 1)
        ranges.append([*everything] if alone else list(dict.fromkeys((high, low, *everything[:40]))))
    for values in product(*ranges):
        yield {atom.id: v for atom, v in zip(free, values, strict=True)}


def _try(executed: Executed, check: BoundsCheck, numbers: dict[int, int]) -> tuple[str, str] | None:
    """The thread of these numbers and where it reaches, if it is outside."""
    launch = executed.launch
    e = Evaluation(launch.terms, executed.walks, lambda atom: numbers.get(atom.id, 0), None)
    if e.cond(check.inside) is not False or not all(e.cond(c) is True for c in check.path):
        return None
    for f in executed.out.fits:
        value = e.poly(f.value) if all(e.cond(c) for c in f.path) else None
        if value is not None and not f.lo <= value <= f.hi:
            return None
    at = "(" + ", ".join(str(e.poly(p)) for p in launch.thread) + ")"
    index = e.poly(check.index) if check.index is not None else None
    length = e.poly(check.length) if check.length is not None else None
    where = f": the index is {index}, the length {length}" if index is not None and length is not None else ""
    return at, where
