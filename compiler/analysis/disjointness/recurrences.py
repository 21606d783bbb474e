"""Values of a loop that are functions of its iteration: those that come round again, and those all threads share.

What it is: :func:`sequences` runs the recurrences of a loop with numbers, as far as they depend on nothing but each
other (buffers in turn, stages of a ring, parities), and :func:`as_term` spells a sequence that repeats as a term of the
iteration; :func:`shared_recurrences` tells which are the same for all threads in one iteration. Assumes: placeholders
as of :mod:`~.loops`. Guarantees: exact; nothing for what does not return to its first value soon.

Example: ``cur ^= 1`` from 0 is ``k mod 2``; ``stage = (stage + 1) % 3`` from 1 is ``(k + 1) mod 3``, spelt as a choice.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from compiler.analysis.disjointness.evaluate import Evaluation
from compiler.analysis.disjointness.terms import GRID, Atom, Cond, Poly, Terms
from compiler.analysis.disjointness.values import Aggregate, EnumValue, Value

MAX_PERIOD: Final = 16
_MAX_CHOICES: Final = 8

Triple = tuple[Value, Value, Value]  # before the loop, the placeholder, after an iteration
Sequence = tuple[int, ...]


def flattened(start: Value, head: Value, after: Value) -> Iterable[Triple]:
    """The numbers and flags in a value."""
    if isinstance(head, Poly | Cond):
        if type(start) is type(head) is type(after):
            yield start, head, after
    elif isinstance(head, Aggregate) and isinstance(start, Aggregate) and isinstance(after, Aggregate):
        if len(head.fields) == len(start.fields) == len(after.fields):
            for parts in zip(start.fields, head.fields, after.fields, strict=True):
                yield from flattened(*parts)
    elif isinstance(head, EnumValue) and isinstance(start, EnumValue) and isinstance(after, EnumValue):
        yield from flattened(start.tag, head.tag, after.tag)


def sequences(terms: Terms, values: Iterable[Triple]) -> dict[int, Sequence]:
    """What each placeholder (:func:`key_of`) is in the iterations of one round, for those that come round."""
    known: dict[int, tuple[int, Poly | Cond]] = {}
    for start, head, after in values:
        first = _constant(start)
        if first is not None and after is not head and head is not start:
            known[key_of(head)] = first, after
    depends = {key: leaves_of(terms, after) for key, (_, after) in known.items()}
    found: dict[int, Sequence] = {}
    for key in known:
        together = _closure(key, depends)
        if key not in found and together <= known.keys():
            found.update(_run(terms, {k: known[k] for k in together}))
    return found


def shared_recurrences(terms: Terms, values: Iterable[Triple], counters: frozenset[int]) -> dict[int, frozenset[int]]:
    """The placeholders that are functions of the iteration and of those of the loops around (``counters``) alone, each
    with the counters it depends on."""
    mentioned: dict[int, set[int]] = {}
    for start, head, after in values:
        if head is not start:
            mentioned[key_of(head)] = leaves_of(terms, start) | leaves_of(terms, after)
    shared = set(mentioned)
    while True:
        kept = {
            key for key in shared if all(x in shared or x in counters or _is_given(terms, x) for x in mentioned[key])
        }  # fmt: skip
        if kept == shared:
            break
        shared = kept
    inner = {key: mentioned[key] & shared for key in shared}
    found = {}
    for key in shared:
        leaves = {x for k in _closure(key, inner) for x in mentioned[k]}
        found[key] = frozenset(leaves & counters)
    return found


def is_shared(terms: Terms, value: Poly | Cond, counters: frozenset[int]) -> bool:
    """Whether a term is a function of the iterations (``counters``) and of the launch alone."""
    return all(x in counters or _is_given(terms, x) for x in leaves_of(terms, value))


def _is_given(terms: Terms, leaf: int) -> bool:
    """Whether a symbol is an input of the launch, the same for all threads in all iterations."""
    if leaf < 0:
        cond = terms.condition(-1 - leaf)
        return cond.level == GRID and not cond.data and not cond.loops
    atom = terms.atoms[leaf]
    return atom.level == GRID and not atom.data and not atom.loops


def key_of(head: Poly | Cond) -> int:
    """What names a placeholder: its atom, or its condition (negative)."""
    return head.terms[0][0][0] if isinstance(head, Poly) else -1 - head.id


def _constant(value: Poly | Cond) -> int | None:
    if isinstance(value, Poly):
        return value.constant
    return int(value.value) if value.kind == "const" else None


def _closure(key: int, depends: dict[int, set[int]]) -> set[int]:
    out, work = {key}, [key]
    while work:
        more = depends.get(work.pop(), set()) - out
        out |= more
        work += more
    return out


def leaves_of(terms: Terms, value: Poly | Cond) -> set[int]:
    """Symbols and opaque conditions anywhere in a term."""
    out: set[int] = set()
    seen: set[int] = set()
    polys, conds = ([value], []) if isinstance(value, Poly) else ([], [value])
    while polys or conds:
        if conds:
            cond = conds.pop()
            if cond.id in seen:
                continue
            seen.add(cond.id)
            conds += cond.args
            polys += [cond.poly] if cond.poly is not None else []
            if cond.kind == "var":
                out.add(-1 - cond.id)
            continue
        for a in {a for mono, _ in polys.pop().terms for a in mono}:
            atom = terms.atoms[a]
            if atom.kind == "sym":
                out.add(a)
            polys += atom.args
            conds += [atom.cond] if atom.cond is not None else []
    return out


def _run(terms: Terms, recurrences: dict[int, tuple[int, Poly | Cond]]) -> dict[int, Sequence]:
    """The values until all are as they were at first."""
    start = {key: first for key, (first, _) in recurrences.items()}
    rounds = [start]
    for _ in range(MAX_PERIOD):
        now = rounds[-1]

        def symbol(atom: Atom, now: dict[int, int] = now) -> int | None:
            return now.get(atom.id)

        evaluation = Evaluation(terms, {}, symbol, {-1 - key: v for key, v in now.items() if key < 0})
        following: dict[int, int] = {}
        for key, (_, after) in recurrences.items():
            value = evaluation.poly(after) if isinstance(after, Poly) else evaluation.cond(after)
            if value is None:
                return {}
            following[key] = int(value)
        if following == start:
            return {key: tuple(r[key] for r in rounds) for key in start}
        rounds.append(following)
    return {}


def as_term(terms: Terms, found: Sequence, counter: Poly) -> Poly | None:
    """The sequence at an iteration."""
    period = len(found)
    found = found[: next(n for n in range(1, period + 1) if period % n == 0 and found == found[:n] * (period // n))]
    period, first = len(found), found[0]
    if period == 1:
        return terms.const(first)
    at = terms.app("mod", (counter, terms.const(period)), 0, period - 1)
    step = found[1] - first
    if all(v == first + i * step for i, v in enumerate(found)):
        return terms.add(terms.const(first), terms.scale(at, step))
    run = next(i for i, v in enumerate(found) if v != first)
    step = found[run] - first
    if period % run == 0 and all(v == first + i // run * step for i, v in enumerate(found)):
        quotient = terms.app("div", (at, terms.const(run)), 0, period // run - 1)
        return terms.add(terms.const(first), terms.scale(quotient, step))
    if period > _MAX_CHOICES:
        return None
    made = terms.const(found[-1])
    for i in reversed(range(period - 1)):
        made = terms.ite(terms.eq(at, terms.const(i)), terms.const(found[i]), made)
    return made


__all__ = ["as_term", "flattened", "is_shared", "key_of", "leaves_of", "sequences", "shared_recurrences"]
