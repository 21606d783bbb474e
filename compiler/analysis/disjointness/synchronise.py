"""What orders threads: barriers, warp barriers, mbarriers, atomics and fences, as the symbolic execution meets them.

What it is: :class:`Synchronising`, the part of the executor for them. Only what certainly orders becomes a new barrier
interval or an entry of :class:`~.order.Order`; of anything else :meth:`Synchronising.order_by` says that it may order,
so that no race is claimed and none is excluded because of it.

Of mbarriers see :mod:`~.phases`. PTX ISA: ``shfl`` and votes do not order memory, ``bar.warp.sync`` does.

Assumes: convergence of barriers, which is another analysis. Guarantees: no order that is not there.

Example: ``sync_threads()`` begins an interval of the block, of its warps and of their tiles.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any, Final

from compiler.analysis.disjointness.arithmetic import ORDINARY
from compiler.analysis.disjointness.local_atomics import LocalAtomics
from compiler.analysis.disjointness.locks import ACQUIRES, RELEASES
from compiler.analysis.disjointness.memory import Frame
from compiler.analysis.disjointness.order import Acquired, Cell, Order, Post
from compiler.analysis.disjointness.phases import Mbarrier
from compiler.analysis.disjointness.recurrences import is_shared, leaves_of
from compiler.analysis.disjointness.state import BLOCK_STREAM, Point, Points, State, resolved
from compiler.analysis.disjointness.substitute import Substitution
from compiler.analysis.disjointness.terms import BLOCK, THREAD, Cond, Poly
from compiler.analysis.disjointness.values import (
    UNIT,
    Aggregate,
    LocalPlace,
    Pointer,
    PointerChoice,
    Region,
    Value,
    choices,
    level_of,
)
from compiler.analysis.disjointness.verdict import AccessKind, Space
from compiler.analysis.disjointness.votes import Ballot
from compiler.base.span import Span
from compiler.mir.mono.model import Instance
from compiler.ty import types as t

ORDERS: Final = ("relaxed", "release", "acquire", "acq_rel", "seq_cst")
_MBARRIER_BYTES: Final = 8
_ITERATION: Final = re.compile(r"k\d+['\d]*")


@dataclass(slots=True)
class Call:
    """An intrinsic call being executed. ``dest``: type of the result."""

    name: str
    instance: Instance
    args: list[Value]
    types: list[t.Ty]
    dest: t.Ty
    state: State
    frame: Frame
    span: Span
    block: int


@dataclass(slots=True, eq=False)
class Release:
    """A store or update of an atomic. ``events``: what makes it a release (itself, or fences before it); ``counts``: it
    adds one; ``looped``: it may happen more than once a thread; ``order``: when it happens."""

    cell: Cell
    path: tuple[Cond, ...]
    events: frozenset[int]
    counts: bool
    looped: bool
    order: Order
    scope: str
    points: Points
    is_release: bool  # or may be one


@dataclass(slots=True)
class Acquire:
    """An atomic read that may be an acquire."""

    path: tuple[Cond, ...]
    points: Points


@dataclass(frozen=True, slots=True)
class Count:
    """What ``fetch_add`` of ``amount`` gave: no other update of ``cell`` gives a number from there up to it.
    ``of_warp``: all lanes of a warp have the number that one of them got."""

    cell: Cell
    amount: Poly
    of_warp: bool = False


@dataclass(slots=True)
class Synchronisation:
    """Of one kernel. ``passed``: barriers certainly passed before an event; ``fences``: which events are fences;
    ``given``: results that only the schedule decides; ``counts``: by the atom of the result; ``changed``: memory that
    atomics change otherwise than by adding up, or within one block only."""

    releases: list[Release] = field(default_factory=list)
    acquires: list[Acquire] = field(default_factory=list)
    passed: dict[int, frozenset[int]] = field(default_factory=dict)
    is_complete: bool = True  # no change of an atomic is missing
    fences: set[int] = field(default_factory=set)
    counts: dict[int, Count] = field(default_factory=dict)
    changed: set[int] = field(default_factory=set)
    given: set[int] = field(default_factory=set)
    ballots: dict[int, Ballot] = field(default_factory=dict)  # by the atom of the result


class Synchronising(LocalAtomics):
    """See the module docstring."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.synchronisation = Synchronisation()
        self.is_remote = False  # shared memory of other blocks is used
        self._posts: dict[int, Post] = {}  # what a value read from shared memory is to the thread that left it there
        self._read_atomically: dict[int, tuple[Cell, str, bool]] = {}  # a value's atom -> cell, ordering, update
        self.asserted: set[int] = set()  # conditions of checks that trap
        self.branched: set[int] = set()  # conditions of branches

    # -- atomics and fences

    def atomic(self, call: Call) -> tuple[State, Value]:
        """An atomic operation, or a fence written like one."""
        operation, _, scope = call.name.removeprefix("atomic_").partition(".")
        order = next((ORDERS[a.value] for a in call.instance.args if isinstance(a, t.Const) and a.value < 5), "relaxed")
        scope = scope or "system"
        if "singlethreadfence" in operation:
            return call.state, UNIT
        if "fence" in operation:
            return self.fence(call, "a fence", order), UNIT
        element = call.types[0].ty if isinstance(call.types[0], t.PtrTy | t.RefTy) else t.u8
        at = call.args[0]
        if isinstance(at, Pointer) and isinstance(at.base, LocalPlace):
            return call.state, self.atomic_on_local(
                call.state, call.frame, at, element, operation, call.args[1:], call.span
            )
        for cond, p in choices(at):
            if isinstance(p, Pointer) and isinstance(p.base, LocalPlace):
                self.forget_local(call.state, call.frame, p, call.span)
            elif isinstance(p, Pointer) and isinstance(p.base, Region) and p.base.rank is not None:
                self.atomic_elsewhere(call, p, self.size_of(element), scope, order, cond)
                return call.state, UNIT if operation == "store" else self.unknown(call.dest)
            elif isinstance(p, Pointer):
                size = self.size_of(element)
                self.record(call.state, call.frame, p, size, AccessKind.ATOMIC, call.span, cond, scope, order)
            else:
                self.unfollowed(call.frame, call.span, "an atomic through a pointer that cannot be followed")
        value: Value = UNIT if operation == "store" else self.unknown(call.dest)
        if operation.startswith("cxchg"):
            value = Aggregate((self.unknown(element), self.terms.fresh_condition("exchanged", THREAD)))
        elif isinstance(value, Poly) and isinstance(at, Pointer) and self._orders(scope, at.base):
            self._read_atomically[value.terms[0][0][0]] = (self._cell(call.state, at), order, operation != "load")
        if isinstance(at, Pointer) and isinstance(at.base, Region) and self._starts_known(at.base):
            self._scheduled(value)
        if operation != "load":
            self._locked(call, operation, order, scope, value)
            self._counted(call, operation, scope, value)
            self._released(call, operation, order, scope)
        if operation != "store" and self.recording:
            self.synchronisation.acquires.append(Acquire(call.state.path, call.state.points))
        if order != "relaxed":
            self.order_by(f"an atomic with {order} ordering", call)
        return call.state, value

    def _orders(self, scope: str, base: Any) -> bool:
        """Whether an atomic of that scope reaches all threads that have the memory."""
        return isinstance(base, Region) and (scope != "block" or (base.origin or base).memory.space is Space.SHARED)

    def _locked(self, call: Call, operation: str, order: str, scope: str, value: Value) -> None:
        """A change of an atomic as one of a lock."""
        for _, p in choices(call.args[0]):
            if isinstance(p, Pointer) and isinstance(p.base, Region):
                cell, args = self._cell(call.state, p), [resolved(self.terms, call.state, a) for a in call.args[1:]]
                shared = cell[0].memory.space is Space.SHARED
                if p is call.args[0] and (scope != "block" or shared):
                    self.lock_change(call.state, operation, order, cell, args, value)
                else:
                    self.no_locks.add(cell[0].id)

    def voted(self, value: Value, predicate: Value) -> None:
        """Note the result of a vote."""
        if isinstance(value, Poly) and isinstance(predicate, Cond):
            self.synchronisation.ballots[value.terms[0][0][0]] = Ballot(predicate, tuple(self.counters))

    def matched(self, value: Value, key: Value) -> None:
        """Note the lanes that have the same number."""
        if isinstance(value, Poly) and isinstance(key, Poly):
            made = Ballot(self.terms.true, tuple(self.counters), key)
            self.synchronisation.ballots[value.terms[0][0][0]] = made

    def told_by_lane(self, result: Value, value: Value, source: Value) -> None:
        """Note what one lane tells the others, if that is a number a counter gave it."""
        if not isinstance(value, Poly) or not isinstance(source, Poly) or not isinstance(result, Poly):
            return
        terms, counts = self.terms, self.synchronisation.counts
        atom = terms.atoms[value.terms[0][0][0]] if len(value.terms) == 1 and value.terms[0][0] else None
        if atom is None or atom.cond is not terms.eq(self.launch.lane(), source) or len(atom.args[0].terms) != 1:
            return
        mono, c = atom.args[0].terms[0]
        count = counts.get(mono[0]) if len(mono) == 1 and c == 1 else None
        if count is not None and count.cell[1].level < THREAD and self._is_of_warp(count.amount):
            counts[result.terms[0][0][0]] = replace(count, of_warp=True)

    def _is_of_warp(self, value: Poly) -> bool:
        """Whether all lanes of a warp have this number: it is made of votes and of what the block shares."""
        ballots = self.synchronisation.ballots
        leaves = leaves_of(self.terms, value)
        return all(x in ballots or (x >= 0 and self.terms.atoms[x].level < THREAD) for x in leaves)

    def _starts_known(self, region: Region) -> bool:
        """Whether the kernel itself, or zeros, are all a memory object can hold."""
        region = region.origin or region
        return region.starts_at_zero or region.memory.space is Space.SHARED

    def _scheduled(self, value: Value) -> None:
        """Note a result that only the schedule decides."""
        if isinstance(value, Poly) and len(value.terms) == 1:
            self.synchronisation.given.update(value.terms[0][0])
        elif isinstance(value, Cond):
            self.synchronisation.given.add(-1 - value.id)
        elif isinstance(value, Aggregate):
            for part in value.fields:
                self._scheduled(part)

    def _counted(self, call: Call, operation: str, scope: str, value: Value) -> None:
        """An update as a count: its result is no other thread's."""
        amount = call.args[1] if len(call.args) > 1 else None
        adds = operation == "xadd" and isinstance(amount, Poly) and amount.lo is not None and amount.lo >= 0
        for _, p in choices(call.args[0]):
            if isinstance(p, Pointer) and not isinstance(p.base, LocalPlace):
                region: Any = p.base.origin or p.base
                shared = region.memory.space in (Space.SHARED, Space.DYNAMIC_SHARED)
                if not adds or (scope == "block" and not shared):
                    self.synchronisation.changed.add(region.id)
                elif isinstance(value, Poly) and isinstance(amount, Poly) and p is call.args[0]:
                    atom = value.terms[0][0][0]
                    amount = resolved(self.terms, call.state, amount)
                    self.synchronisation.counts[atom] = Count(self._cell(call.state, p), amount)

    def is_counted(self, value: Poly) -> bool:
        """See :class:`~.arithmetic.Arithmetic`."""
        atoms = [self.terms.atoms[a] for mono, _ in value.terms for a in mono]
        counts = self.synchronisation.counts
        return any(a.id in counts for a in atoms) and all(
            a.id in counts or not a.data or (a.hi is not None and a.hi <= ORDINARY) for a in atoms
        )

    def _cell(self, state: State, at: Pointer) -> Cell:
        region: Any = at.base
        return region.origin or region, resolved(self.terms, state, at.offset)

    def _released(self, call: Call, operation: str, order: str, scope: str) -> None:
        """A store or update: what came before it is known to who reads its value, if it is a release."""
        at, known = call.args[0], call.state.order
        event = self.site(call.frame, call.block)
        if isinstance(at, Pointer) and not isinstance(at.base, LocalPlace) and self.recording:
            adds = operation == "xadd" and isinstance(call.args[1], Poly) and call.args[1].constant == 1
            itself = frozenset((event,)) if order in RELEASES else frozenset()
            events, cell = known.fences | itself, self._cell(call.state, at)
            may_be = order in RELEASES or bool(known.after & self.synchronisation.fences)
            state = call.state
            made = Release(cell, state.path, events, adds, bool(self.counters), known, scope, state.points, may_be)
            self.synchronisation.releases.append(made)
        elif isinstance(at, PointerChoice):
            self.synchronisation.is_complete = False
        if order in RELEASES:
            self._happened(call, event)

    def _happened(self, call: Call, event: int) -> None:
        order = call.state.order
        self.synchronisation.passed[event] = order.passed & self.synchronisation.passed.get(event, order.passed)
        call.state.order = replace(order, after=order.after | {event})

    def fence(self, call: Call, what: str, ordering: str = "seq_cst") -> State:
        """A fence of more than the block's scope: what was read before counts as acquired, what is stored after as
        released."""
        self.order_by(what, call)
        if not call.name.endswith("block") and ordering in ("acq_rel", "seq_cst"):
            self.fenced(call.state)
        order = call.state.order
        if call.name.endswith("block"):  # it may order threads of the block
            event = self.site(call.frame, call.block)
            self.synchronisation.fences.add(event)
            call.state.order = replace(order, after=order.after | {event})
            return call.state
        if ordering in ACQUIRES:
            acquired = tuple(dict.fromkeys((*order.acquired, *order.observed)))
            call.state.order = replace(order, acquired=acquired, fenced=order.fenced.union(self._read_atomically))
        if ordering in RELEASES:
            event = self.site(call.frame, call.block)
            self._happened(call, event)
            self.synchronisation.fences.add(event)
            order = call.state.order
            call.state.order = replace(order, fences=order.fences | {event})
        return call.state

    def order_by(self, what: str, call: Call) -> None:
        """Note something that may order accesses of different threads beyond barriers."""
        self.order_at(what, call.state, call.frame, call.span)

    def order_at(self, what: str, state: State, frame: Frame, span: Span) -> None:
        """:meth:`order_by` of what is no call."""
        state.synced = True
        if self.recording:
            self.out.ordered_by.setdefault(what, self.place_at(frame, span, AccessKind.ATOMIC))

    def learned(self, state: State, cond: Cond) -> State:
        """The state once a condition is known to hold: a phase completed, or a value that was published was read."""
        state = self.took(self.completed(state, cond), cond)
        if cond.kind == "and":
            for c in cond.args:
                state = self.learned(state, c)
        if cond.poly is None or not self._read_atomically:
            return state
        told = self._as_posted(cond)
        if told is not cond:
            return self._told(state, cond, told)
        for a in {x for mono, _ in cond.poly.terms for x in mono if x in self._read_atomically}:
            cell, order, is_update = self._read_atomically[a]
            made = self._acquired(cond, a, cell, is_update)
            if made is None:
                continue
            state = state.fork()
            known = state.order
            if order in ACQUIRES:
                state.order = replace(known, acquired=(*known.acquired, made))
            else:
                state.order = replace(known, observed=(*known.observed, made))
        return state

    def _told(self, state: State, cond: Cond, told: Cond) -> State:
        """The state once it is known what the first thread of the block learned: by what it acquired, the others too,
        also with a fence before it told; else what it only observed a fence makes good in its own thread."""
        before = {*state.order.acquired, *state.order.observed}
        after = self.learned(state, told)
        posts = [
            p
            for mono, _ in (cond.poly.terms if cond.poly is not None else ())
            for a in mono
            if (p := self._posts.get(a))
        ]
        read = [x for x in leaves_of(self.terms, told) if x in self._read_atomically]
        if all(x in p.fenced for p in posts for x in read):
            acquired = tuple(
                dict.fromkeys((*after.order.acquired, *(x for x in after.order.observed if x not in before)))
            )
            observed = tuple(x for x in after.order.observed if x in before)
            after.order = replace(after.order, acquired=acquired, observed=observed)
            return after
        first = self.terms.and_(self.terms.eq0(at) for at in self.launch.thread if at.terms)
        alone = first.args if first.kind == "and" else (first,)
        observed = tuple(x if x in before else replace(x, path=alone) for x in after.order.observed)
        if observed != after.order.observed:
            after.order = replace(after.order, observed=observed)
        return after

    def _acquired(self, cond: Cond, atom: int, cell: Cell, is_update: bool) -> Acquired | None:
        """What is known of a value that satisfies a condition: not zero, or that it is the last one to be counted."""
        terms = self.terms
        assert cond.poly is not None
        if is_update:
            dims = self.launch.grid_dim
            last = terms.sub(terms.mul(terms.mul(dims[0], dims[1]), dims[2]), terms.one)
            at_last, before = (
                terms.substitute(cond.poly, {atom: x}).constant for x in (last, terms.sub(last, terms.one))
            )
            if at_last == 0 and (cond.kind == "eq" or (cond.kind == "ge" and before == -1)):
                return Acquired(cell, (), True)
        at_zero = Substitution(terms, {atom: terms.zero}, "", everywhere=True).cond(cond)
        return Acquired(cell) if at_zero is terms.false and not is_update else None

    # -- barriers

    def barrier(self, call: Call, streams: tuple[int, ...]) -> State:
        """A new interval in the given streams."""
        site = self.site(call.frame, call.block)
        state = self._interval(call.state, Point(site, tuple(self.counters)), streams)
        if BLOCK_STREAM in streams:
            order, once = state.order, frozenset((site,)) if not self.counters else frozenset()
            shared = tuple(self._shared(state, x) for x in order.acquired)
            posts = tuple(
                replace(p, path=(), seen=True) for p in order.posts if p.seen or self._by_first(state, p.path)
            )
            state.order = replace(
                order, passed=order.passed | once, maybe_passed=order.maybe_passed | once, acquired=shared, posts=posts
            )
        return state

    # -- what one thread tells its block

    def posted(self, state: State, at: Pointer, value: Value) -> None:
        """See :class:`~.memory.MemoryModel`."""
        region: Any = at.base
        offset = resolved(self.terms, state, at.offset)
        if self.is_remote:
            return  # another block may store there too
        if isinstance(region, Region) and region.memory.space is Space.SHARED and offset.constant is not None:
            if isinstance(value, Poly):
                cell = (region.origin or region, offset)
                made = Post(cell, resolved(self.terms, state, value), fenced=state.order.fenced)
                state.order = replace(state.order, posts=(*state.order.posts, made))

    def read_post(self, state: State, at: Pointer) -> Value | None:
        """See :class:`~.memory.MemoryModel`: the first thread's value, the same for all."""
        if not state.order.posts or not isinstance(at.base, Region):
            return None
        cell = at.base.origin or at.base, resolved(self.terms, state, at.offset)
        found = next((p for p in state.order.posts if p.cell == cell and p.seen), None)
        if found is None:
            return None
        value: Poly = self.terms.fresh("post", BLOCK, found.value.lo, found.value.hi)
        self._posts[value.terms[0][0][0]] = found
        if is_shared(self.terms, found.value, frozenset(self.synchronisation.given)):
            self._scheduled(value)
        counts, single = self.synchronisation.counts, found.value.terms
        count = counts.get(single[0][0][0]) if len(single) == 1 and single[0][1] == 1 and single[0][0] else None
        if count is not None and count.amount.level < THREAD and count.cell[1].level < THREAD:
            counts[value.terms[0][0][0]] = count
        return value

    def _as_posted(self, cond: Cond) -> Cond:
        """A condition on what was read as one on what the thread had that left it there."""
        mapping = {
            a: self._posts[a].value for mono, _ in (cond.poly.terms if cond.poly is not None else ()) for a in mono
            if a in self._posts
        }  # fmt: skip
        return Substitution(self.terms, mapping, "", everywhere=True).cond(cond) if mapping else cond

    def _by_first(self, state: State, path: tuple[Cond, ...]) -> bool:
        """Whether the first thread of the block certainly went that way, and comes here."""
        mapping = {at.terms[0][0][0]: self.terms.zero for at in self.launch.thread if at.terms}
        first = Substitution(self.terms, mapping, "", everywhere=True)
        holds = all(first.cond(c) is self.terms.true for c in path)
        return holds and all(
            c.level < THREAD or first.cond(self._past_checks(c)) is self.terms.true for c in state.path
        )

    def _interval(self, state: State, point: Point, streams: tuple[int, ...]) -> State:
        points = list(state.points)
        for stream in streams:
            points[stream] = (point,)
        state = state.fork()
        state.points = tuple(points)
        for copy in state.pending:
            self.still_in_flight(state, copy)
        return state

    def _shared(self, state: State, acquired: Acquired) -> Acquired:
        """Behind a barrier all know what one thread of the block acquired: thread 0, if its path says so."""
        if not acquired.path or acquired.ticket:
            return acquired
        return replace(acquired, path=()) if self._by_first(state, acquired.path) else acquired

    def plain(self, call: Call) -> Value:
        """A function of its arguments without effect on memory, unless it is given a memory object."""
        for arg, ty in zip(call.args, call.types, strict=False):
            self.escape(call, arg, f"`{call.name.rpartition('::')[2]}`")
            if isinstance(ty, t.PtrTy | t.RefTy) and ty.mutable:
                self.forget_local(call.state, call.frame, arg, call.span)
        level = max((level_of(a) for a in call.args), default=THREAD)
        return self.unknown(call.dest, level, "value")

    def escape(self, call: Call, arg: Value, what: str) -> None:
        """An argument that gives away a memory object."""
        for _, p in choices(arg):
            if isinstance(p, Pointer) and not isinstance(p.base, LocalPlace):
                self.unfollowed(call.frame, call.span, f"{what} accesses memory in a way that is not followed", p.base)

    def atomic_elsewhere(self, call: Call, at: Pointer, size: int, scope: str, order: str, cond: Cond | None) -> None:
        """An atomic on another block's memory: it takes part in races, and its order is not followed."""
        region: Any = at.base
        self.record(call.state, call.frame, at, size, AccessKind.ATOMIC, call.span, cond, scope, order)
        self.synchronisation.is_complete = False
        self.synchronisation.changed.add(region.origin.id)
        self.no_locks.add(region.origin.id)
        self.order_by("an atomic on another block's shared memory", call)

    # -- mbarriers

    def mbarrier(self, call: Call) -> tuple[State, Value]:
        """One operation of an mbarrier."""
        name, state = call.name.partition("::")[2], call.state
        result = UNIT if call.dest is t.UNIT else self.unknown(call.dest, THREAD, name)
        at = call.args[0] if call.args else None
        self._scheduled(result)
        if not isinstance(at, Pointer) or isinstance(at.base, LocalPlace):
            self.order_by("an mbarrier", call)
            for mbarrier in self.mbarriers.values():
                self.mistrust(mbarrier)
            return state, result
        changes = AccessKind.WRITE if "init" in name or "inval" in name else AccessKind.ATOMIC
        self.record(state, call.frame, at, _MBARRIER_BYTES, changes, call.span, None, "device")
        cell = self._cell(state, at)
        if isinstance(at.base, Region) and at.base.rank is not None:  # another block's: it is no arrival at one's own
            self._elsewhere(call, cell[0])
            return state, result
        found = self.mbarrier_at(cell)
        if found is None or not self._phase(call, found, name.removesuffix("_cluster"), result):
            self.order_by("an mbarrier", call)
            self.mistrust(found, cell[0])
        return state, result

    def _elsewhere(self, call: Call, region: Region) -> None:
        """An operation on another block's mbarrier: whose phases it moves is not followed."""
        self.order_by("an mbarrier", call)
        self.mistrust(None, region)
        for mbarrier in self.mbarriers.values():
            self.mistrust(mbarrier)

    def committed_to(self, call: Call, at: Pointer) -> tuple[State, Value]:
        """An arrival that is made when what the thread has issued is done: of which phase is not known."""
        self.record(call.state, call.frame, at, _MBARRIER_BYTES, AccessKind.ATOMIC, call.span, None, "device")
        cell = self._cell(call.state, at)
        self.order_by("an mbarrier", call)
        if isinstance(at.base, Region) and at.base.rank is not None:
            self._elsewhere(call, cell[0])
        else:
            self.mistrust(self.mbarrier_at(cell), cell[0])
        return call.state, UNIT

    def _phase(self, call: Call, mbarrier: Mbarrier, name: str, result: Value) -> bool:
        """What an operation says of phases; False if that is not known."""
        state = call.state
        if name == "mbarrier_init":
            self.initialised(state, mbarrier, self.number(call.args[1]))
        elif name in ("mbarrier_arrive", "mbarrier_arrive_expect_tx") and isinstance(result, Poly):
            self.arrived(state, mbarrier, result)
        elif name in ("mbarrier_test_wait", "mbarrier_try_wait") and isinstance(result, Cond):
            token = call.args[1]
            return isinstance(token, Poly) and self.waits_for_token(mbarrier, token, result)
        elif name == "mbarrier_try_wait_parity" and isinstance(result, Cond):
            parity = resolved(self.terms, state, call.args[1])
            if not isinstance(parity, Poly) or not self.waits_for_parity(state, mbarrier, parity, result):
                self.order_by("an mbarrier", call)  # it may tell more than is known
        else:
            return name == "mbarrier_inval"
        return True

    def _past_checks(self, cond: Cond) -> Cond:
        """A condition where checks hold: threads for which one fails go no other way, they end the launch."""
        if cond.id in self.asserted and cond.id not in self.branched:
            return self.terms.true
        if cond.kind in ("and", "or"):
            join = self.terms.and_ if cond.kind == "and" else self.terms.or_
            return join([self._past_checks(c) for c in cond.args])
        return cond

    def waited(self, state: State, streams: tuple[int, ...]) -> State:
        """Behind the wait for an arrival: what came before any arrival is over, what came after one's own is not."""
        arrival = state.order.arrival
        assert arrival is not None
        after = self._interval(state, arrival.point, streams)
        after.order = replace(state.order, arrival=None)
        if self.recording:
            self.out.accesses += [replace(a, points=after.points) for a in arrival.since]
        return after
