"""What else than barriers orders a thread after others: flags, fences and mbarriers, as known at a point of one path.

What it is: :class:`Order`, a part of the state. An *event* is a release (a store or update with release ordering) or a
fence, numbered by its place among the calls. Sets of what certainly happened shrink where paths meet, sets of what may
have happened grow.

Assumes: terms of one analysis. Guarantees: ``passed``, ``fences`` and ``acquired`` hold on every path; ``maybe_passed``
and ``after`` miss nothing.

Example: behind ``while READY.load(Acquire) == 0 {}`` the flag ``READY`` is acquired.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from compiler.analysis.disjointness.substitute import Substitution
from compiler.analysis.disjointness.terms import Cond, Poly
from compiler.analysis.disjointness.values import Region

Cell = tuple[Region, Poly]  # a memory object and an offset
NOTHING: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Acquired:
    """A value that only a release leaves there was read from ``cell``, under ``path`` beyond the state's own.

    ``ticket``: it was the count of an update, so high that every other block had done its own.
    """

    cell: Cell
    path: tuple[Cond, ...] = ()
    ticket: bool = False


@dataclass(frozen=True, slots=True)
class Arrival:
    """All threads of the block arrived at an mbarrier and have not waited yet. ``since``: accesses after it."""

    cell: Cell
    token: Poly
    point: Any
    since: tuple[Any, ...] = ()

    def is_that(self, other: Arrival | None) -> bool:
        """Whether it is the same arrival."""
        return other is not None and self.cell == other.cell and self.token is other.token


@dataclass(frozen=True, slots=True)
class Post:
    """A number that a thread left in shared memory, under ``path`` beyond the state's own. ``seen``: a barrier of the
    block has followed, and the thread is the block's first. ``fenced``: as of :class:`Order` there."""

    cell: Cell
    value: Any
    path: tuple[Cond, ...] = ()
    seen: bool = False
    fenced: frozenset[int] = NOTHING


@dataclass(frozen=True, slots=True)
class Held:
    """A lock the thread holds. ``ordered``: what who held it before did is seen; ``clean``: nothing was accessed since
    a fence."""

    cell: Cell
    ordered: bool
    clean: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """See the module docstring. ``passed``: block barriers outside of loops; ``observed``: read, but not with acquire
    ordering; ``posts``: what shared memory holds for certain; ``fenced``: numbers that atomics gave before a fence."""

    passed: frozenset[int] = NOTHING
    maybe_passed: frozenset[int] = NOTHING
    fences: frozenset[int] = NOTHING
    after: frozenset[int] = NOTHING
    observed: tuple[Acquired, ...] = ()
    acquired: tuple[Acquired, ...] = ()
    arrival: Arrival | None = None
    posts: tuple[Post, ...] = ()
    held: tuple[Held, ...] = ()
    fenced: frozenset[int] = NOTHING


UNORDERED = Order()


def met(a: Order, a_rest: tuple[Cond, ...], b: Order, b_rest: tuple[Cond, ...]) -> Order:
    """Where two paths meet, each with its conditions beyond what they share."""
    if a is b:
        return a
    arrival = None
    if a.arrival is not None and a.arrival.is_that(b.arrival):
        assert b.arrival is not None
        since = dict.fromkeys((*a.arrival.since, *b.arrival.since))
        arrival = replace(a.arrival, since=tuple(since))
    return Order(
        a.passed & b.passed,
        a.maybe_passed | b.maybe_passed,
        a.fences & b.fences,
        a.after | b.after,
        _met(a.observed, a_rest, b.observed, b_rest),
        _met(a.acquired, a_rest, b.acquired, b_rest),
        arrival,
        _posts_met(a.posts, a_rest, b.posts, b_rest) if a.posts or b.posts else (),
        _held_by_both(a.held, b.held) if a.held and b.held else (),
        a.fenced & b.fenced,
    )


def _held_by_both(a: tuple[Held, ...], b: tuple[Held, ...]) -> tuple[Held, ...]:
    pairs = ((x, y) for x in a for y in b if x.cell == y.cell)
    return tuple(replace(x, ordered=x.ordered and y.ordered, clean=x.clean and y.clean) for x, y in pairs)


def _posts_met(
    a: tuple[Post, ...], a_rest: tuple[Cond, ...], b: tuple[Post, ...], b_rest: tuple[Cond, ...]
) -> tuple[Post, ...]:
    """A cell's post of either path, if the other one has none."""
    kept = [x for x in a if x in b]
    for mine, rest, others in ((a, a_rest, b), (b, b_rest, a)):
        cells = {x.cell for x in others}
        kept += [replace(x, path=(*x.path, *rest)) for x in mine if x.cell not in cells and not x.seen]
    return tuple(kept)


def _met(
    a: tuple[Acquired, ...], a_rest: Iterable[Cond], b: tuple[Acquired, ...], b_rest: Iterable[Cond]
) -> tuple[Acquired, ...]:
    both = [x for x in a if x in b]
    for mine, rest in ((a, a_rest), (b, b_rest)):
        both += [replace(x, path=tuple(dict.fromkeys((*x.path, *rest)))) for x in mine if x not in both]
    return tuple(dict.fromkeys(both))


def at_head(before: Order, back: Order) -> Order:
    """At the head of any iteration: what held before the loop, and what an iteration may have done."""
    arrival = before.arrival
    if arrival is not None and not arrival.is_that(back.arrival):
        arrival = None
    passed, after = before.maybe_passed | back.maybe_passed, before.after | back.after
    posts = tuple(x for x in before.posts if x in back.posts)
    held = _held_by_both(before.held, back.held)
    return replace(before, arrival=arrival, maybe_passed=passed, after=after, posts=posts, held=held)


def moved(order: Order, swap: Substitution) -> Order:
    """With other terms put for those it mentions."""
    if order.held:
        held = tuple(replace(h, cell=(h.cell[0], swap.poly(h.cell[1]))) for h in order.held)
        order = replace(order, held=held)
    if order.posts:
        posts = (p for p in order.posts if not p.value.loops and not any(c.loops for c in p.path))
        order = replace(order, posts=tuple(posts))
    if not order.observed and not order.acquired:
        return order
    return replace(order, observed=_moved(order.observed, swap), acquired=_moved(order.acquired, swap))


def _moved(found: tuple[Acquired, ...], swap: Substitution) -> tuple[Acquired, ...]:
    out = []
    for x in found:
        path = tuple(c for c in map(swap.cond, x.path) if c is not swap.terms.true)
        out.append(replace(x, cell=(x.cell[0], swap.poly(x.cell[1])), path=path))
    return tuple(out)
