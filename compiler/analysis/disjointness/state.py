"""What is known at one point of one path: values of locals, the path's condition, the barrier interval.

What it is: :class:`State` and the join of states. The path is a tuple of conditions, oldest first; joins rely on two
paths sharing a prefix and then disagreeing on one condition.

Assumes: conditions of one :class:`~.terms.Terms`. Guarantees: a join holds wherever one of its parts did.

Example: the states after ``if c { x = 1 } else { x = 2 }`` join to ``x = ite(c, 1, 2)`` with the path before the
``if``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Final

from compiler.analysis.disjointness import order as orders
from compiler.analysis.disjointness.in_flight import Copies, met
from compiler.analysis.disjointness.order import UNORDERED, Order
from compiler.analysis.disjointness.terms import Cond, Poly, Terms
from compiler.analysis.disjointness.values import Aggregate, EnumValue, Merger, Pointer, PointerChoice

Stream = int
GRID_STREAM, CLUSTER_STREAM, BLOCK_STREAM, WARP_STREAM = 0, 1, 2, 3  # barriers of the grid and of smaller groups
TILES: Final = (16, 8, 4, 2)  # threads of the tiles with a stream each, after the warp's
N_STREAMS: Final = 4 + len(TILES)


@dataclass(frozen=True, slots=True)
class Point:
    """The last barrier a thread passed: ``site`` numbers it (0: the kernel's start), ``counters`` are the iterations of
    the loops around it at that time, ``when`` is the condition under which it is the last one."""

    site: int
    counters: tuple[Poly, ...] = ()
    when: Cond | None = None


Points = tuple[tuple[Point, ...], ...]  # by stream; a barrier of more threads is in the streams of fewer too
START = (Point(0),)
FIRST_LOCAL: Final = 1 << 16  # keys below are those of :mod:`~.phases`: of arrivals odd, of complete phases even


def streams_from(first: Stream) -> tuple[Stream, ...]:
    """The streams of a barrier: of its group and of all that lie within."""
    return tuple(range(first, N_STREAMS))


def tile_stream(size: int) -> Stream:
    """The stream of the barriers of tiles of that many threads, or of the warp."""
    return WARP_STREAM if size == 32 else WARP_STREAM + 1 + TILES.index(size)


@dataclass(slots=True)
class State:
    """See the module docstring. ``pending``: asynchronous copies not waited for. ``synced``: something other than a
    barrier (a fence, an acquire load) may order what follows after what other threads did.
    """

    env: dict[int, Any]
    path: tuple[Cond, ...] = ()
    known: frozenset[Cond] = frozenset()
    points: Points = (START,) * N_STREAMS
    pending: Copies = ()
    synced: bool = False
    order: Order = UNORDERED

    def fork(self) -> State:
        """A copy that may be changed."""
        return State(dict(self.env), self.path, self.known, self.points, self.pending, self.synced, self.order)


def assume(terms: Terms, state: State, cond: Cond) -> State | None:
    """The state where ``cond`` holds too; None if that cannot be."""
    if cond is terms.true:
        return state
    if cond is terms.false:
        return None
    path, known = state.path, set(state.known)
    for c in cond.args if cond.kind == "and" else (cond,):
        if c in known:
            continue
        if terms.negate(c) in known:
            return None
        if entailed(terms, known, terms.negate(c)):
            return None
        if not entailed(terms, known, c):
            path = (*path, c)
        known.add(c)
        if c.kind == "ne" and c.poly is not None and c.poly.lo == 0:  # a number that is not 0 is at least 1
            known.add(terms.ge(terms.sub(c.poly, terms.one)))
        known.update(_left_over(terms, known, terms.negate(c)))
        known.update(_decided(terms, c))
    return State(state.env, path, frozenset(known), state.points, state.pending, state.synced, state.order)


def _left_over(terms: Terms, known: set[Cond], refuted: Cond) -> list[Cond]:
    """What must hold because all else that might, one of several, does not."""
    found: list[Cond] = []
    terms.effort += len(known)
    for k in known:
        if k.kind == "or" and refuted in k.args:
            left = [c for c in k.args if terms.negate(c) not in known]
            if len(left) == 1:
                found += left[0].args if left[0].kind == "and" else left
    return found


def _decided(terms: Terms, cond: Cond) -> list[Cond]:
    """What the choices in a condition must be, because it could not hold otherwise."""
    if cond.poly is None or not cond.poly.has_ite:
        return []
    found: list[Cond] = []
    choices = (terms.atoms[a] for mono, _ in cond.poly.terms for a in mono)
    for choice in choices:
        if choice.kind != "ite" or choice.cond is None:
            continue
        for needed, other in ((choice.cond, choice.args[1]), (terms.negate(choice.cond), choice.args[0])):
            poly = terms.substitute(cond.poly, {choice.id: other})
            made = terms.ge(poly) if cond.kind == "ge" else terms.eq0(poly)
            if (terms.negate(made) if cond.kind == "ne" else made) is terms.false:
                found += needed.args if needed.kind == "and" else (needed,)
    return found


def entailed(terms: Terms, known: Any, cond: Cond) -> bool:
    """Whether the condition follows from the known ones by cheap means."""
    terms.effort += 1 + len(known)
    if cond is terms.true or cond in known:
        return True
    if cond.kind == "and":
        return all(entailed(terms, known, c) for c in cond.args)
    if cond.kind == "or":
        return any(entailed(terms, known, c) for c in cond.args)
    if cond.kind == "ge":
        p = cond.poly
        assert p is not None
        mine = cond.monos
        for k in known:
            if k.kind in ("ge", "eq") and k.poly is not None and not mine.isdisjoint(k.monos):
                lo = terms.sub(p, k.poly).lo
                if lo is not None and lo >= 0:
                    return True
                if k.kind == "eq":
                    lo = terms.add(p, k.poly).lo
                    if lo is not None and lo >= 0:
                        return True
    if cond.kind == "ne":
        assert cond.poly is not None
        low = terms.ge(terms.sub(cond.poly, terms.one))
        high = terms.ge(terms.sub(terms.neg(cond.poly), terms.one))
        return any(c.kind != "const" and entailed(terms, known, c) for c in (low, high))
    return False


def entailed_by_cases(terms: Terms, known: frozenset[Cond], p: Poly, depth: int = 4) -> bool:
    """Whether a number is not negative, whichever way its choices go."""
    if entailed(terms, known, terms.ge(p)):
        return True
    atoms = (terms.atoms[a] for mono, _ in p.terms for a in mono)
    choice = next((atom for atom in atoms if atom.kind == "ite"), None) if depth else None
    if choice is None or choice.cond is None:
        return False
    for cond, arm in zip((choice.cond, terms.negate(choice.cond)), choice.args, strict=True):
        facts = cond.args if cond.kind == "and" else (cond,)
        if any(terms.negate(c) in known for c in facts):
            continue
        if not entailed_by_cases(terms, known.union(facts), terms.substitute(p, {choice.id: arm}), depth - 1):
            return False
    return True


def possible(terms: Terms, path: tuple[Cond, ...]) -> bool:
    """Whether cheap means find no contradiction among conditions."""
    known = frozenset(path)
    return not any(entailed(terms, known, terms.negate(c)) for c in path)


def resolved(terms: Terms, state: State, value: Any) -> Any:
    """The value with choices decided by the path taken."""
    kind = type(value)
    if kind is Poly:
        return _resolved_poly(terms, state, value) if value.has_ite else value
    if kind is Cond:
        return resolved_cond(terms, state, value)
    if kind is Aggregate:
        fields = tuple(resolved(terms, state, f) for f in value.fields)
        return value if all(x is y for x, y in zip(fields, value.fields, strict=True)) else Aggregate(fields)
    if kind is EnumValue:
        tag = resolved(terms, state, value.tag)
        variants = {
            i: tuple(resolved(terms, state, f) for f in fields)
            for i, fields in value.variants.items()
            if tag.constant is None or i == tag.constant
        }
        return EnumValue(tag, variants)
    if kind is Pointer:
        offset = resolved(terms, state, value.offset)
        meta = resolved(terms, state, value.meta) if value.meta is not None else None
        return value if offset is value.offset and meta is value.meta else Pointer(value.base, offset, meta)
    if kind is PointerChoice:
        live = [(c, v) for c, v in value.options if resolved_cond(terms, state, c) is not terms.false]
        return live[0][1] if len(live) == 1 else PointerChoice(tuple(live))
    return value


def resolved_cond(terms: Terms, state: State, cond: Cond) -> Cond:
    """A condition, decided where the path decides it."""
    if cond.kind == "const":
        return cond
    if cond in state.known:
        return terms.true
    if terms.negate(cond) in state.known:
        return terms.false
    if cond.kind in ("and", "or"):
        join = terms.and_ if cond.kind == "and" else terms.or_
        return join([resolved_cond(terms, state, c) for c in cond.args])
    if cond.poly is not None:
        if cond.poly.has_ite:
            poly = _resolved_poly(terms, state, cond.poly)
            if poly is not cond.poly:
                made = terms.ge(poly) if cond.kind == "ge" else terms.eq0(poly)
                return resolved_cond(terms, state, terms.negate(made) if cond.kind == "ne" else made)
        if entailed(terms, state.known, cond):
            return terms.true
        if entailed(terms, state.known, terms.negate(cond)):
            return terms.false
    return cond


def _resolved_poly(terms: Terms, state: State, p: Poly) -> Poly:
    mapping: dict[int, Poly] = {}
    for mono, _ in p.terms:
        for a in mono:
            atom = terms.atoms[a]
            if atom.kind == "ite" and atom.cond is not None:
                decided = resolved_cond(terms, state, atom.cond)
                if decided.kind == "const":
                    mapping[a] = _resolved_poly(terms, state, atom.args[0 if decided.value else 1])
    return terms.substitute(p, mapping) if mapping else p


# ---------------------------------------------------------------- joins


def join(terms: Terms, states: list[State]) -> State:
    """One state for several paths that meet, closest relatives first."""
    states = list(states)
    while len(states) > 1:
        best, at = -1, (0, 1)
        for i in range(len(states) - 1):
            shared = _shared(states[i].path, states[i + 1].path)
            if shared > best:
                best, at = shared, (i, i + 1)
        if len(states) > 2:
            for i in range(len(states)):
                for j in range(i + 2, len(states)):
                    shared = _shared(states[i].path, states[j].path)
                    if shared > best:
                        best, at = shared, (i, j)
        joined = _join_two(terms, states[at[0]], states[at[1]], best)
        states[at[0]] = joined
        del states[at[1]]
    return states[0]


def _shared(a: tuple[Cond, ...], b: tuple[Cond, ...]) -> int:
    n = 0
    for x, y in zip(a, b, strict=False):
        if x is not y:
            break
        n += 1
    return n


def _join_two(terms: Terms, a: State, b: State, shared: int) -> State:
    if a.path == b.path and a.env is b.env:
        return a
    terms.effort += len(b.env)
    rest_a, rest_b = a.path[shared:], b.path[shared:]
    selector = _selector(terms, rest_a, rest_b)
    prefix = a.path[:shared]
    extra = _either(terms, rest_a, rest_b)
    known = a.known & b.known
    if extra is not terms.true:
        prefix = (*prefix, *(extra.args if extra.kind == "and" else (extra,)))
        known = known | frozenset(extra.args if extra.kind == "and" else (extra,))
    env = _join_env(Merger(terms, selector), a, b)
    points = tuple(_join_points(terms, selector, x, y) for x, y in zip(a.points, b.points, strict=True))
    pending = met(a.pending, rest_a, b.pending, rest_b)
    order = orders.met(a.order, rest_a, b.order, rest_b)
    return State(env, prefix, known, points, pending, a.synced or b.synced, order)


def _either(terms: Terms, a: tuple[Cond, ...], b: tuple[Cond, ...]) -> Cond:
    """``and(a) or and(b)``."""
    if not a or not b:
        return terms.true
    if terms.negate(a[0]) is b[0]:
        return terms.choose(a[0], terms.and_(a[1:]), terms.and_(b[1:]))
    return terms.or_((terms.and_(a), terms.and_(b)))


def _selector(terms: Terms, a: tuple[Cond, ...], b: tuple[Cond, ...]) -> Cond:
    """A condition that holds on the first path and not on the second."""
    for c in a:
        if terms.negate(c) in b:
            return c
    one, two = terms.and_(a), terms.and_(b)
    if a and terms.and_((one, two)) is terms.false:
        return one
    level = max([c.level for c in (*a, *b)], default=3) if a or b else 3
    return terms.fresh_condition("path", level)


def _join_env(merger: Merger, a: State, b: State) -> dict[int, Any]:
    out = dict(a.env)
    for key, value in b.env.items():
        mine = out.get(key)
        if mine is None:
            out[key] = value
        elif mine is not value:
            least = _least(merger.terms, a, mine, b, value) if key < FIRST_LOCAL and key % 2 == 0 else None
            out[key] = merger.merge(mine, value) if least is None else least
    return out


def _least(terms: Terms, a: State, mine: Any, b: State, theirs: Any) -> Poly | None:
    """Of two numbers that say at least how many (:mod:`~.phases`; 0 always holds) the one that both paths support."""
    if type(mine) is not Poly or type(theirs) is not Poly or not (mine.loops or theirs.loops):
        return None
    supported = [
        value for value, other, known in ((mine, theirs, b.known), (theirs, mine, a.known))
        if entailed(terms, known, terms.le(value, other)) or entailed(terms, known, terms.le(value, terms.zero))
    ]  # fmt: skip
    more = terms.sub(theirs, mine).lo
    return supported[-1 if more is not None and more >= 0 else 0] if supported else None


def _join_points(terms: Terms, cond: Cond, a: tuple[Point, ...], b: tuple[Point, ...]) -> tuple[Point, ...]:
    if a == b:
        return a
    out: dict[tuple[int, tuple[Poly, ...]], Point] = {}
    for points, side in ((a, cond), (b, terms.negate(cond))):
        for p in points:
            when = side if p.when is None else terms.and_((side, p.when))
            key = (p.site, p.counters)
            old = out.get(key)
            if old is None:
                out[key] = replace(p, when=when)
            else:
                both = terms.true if old.when is None else terms.or_((old.when, when))
                out[key] = replace(p, when=None if both is terms.true else both)
    return tuple(out.values())


__all__ = ["BLOCK_STREAM", "GRID_STREAM", "START", "WARP_STREAM", "Point", "State", "assume", "field", "join"]
