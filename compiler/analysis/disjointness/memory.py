"""Memory during execution: places, loads, stores, unknown values, and the record of accesses.

What it is: the lowest layer of the executor (:mod:`execute` has the whole). A place is a part of a local
(:class:`~.values.LocalPlace`) or of a memory object (:class:`~.values.Pointer`).

Assumes: a mono body. Guarantees: a load gives a value of the type asked for, unknown where nothing better is known.

Example: ``(*_3)[_7]`` with ``_3`` a kernel slice is the pointer ``region + 4*_7``.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Any, Final

from compiler.analysis.disjointness.access import Access, AccessSet, BoundsCheck, Fits, Unfollowed
from compiler.analysis.disjointness.flow import Flow
from compiler.analysis.disjointness.in_flight import Copy
from compiler.analysis.disjointness.launch import Launch
from compiler.analysis.disjointness.state import State, resolved
from compiler.analysis.disjointness.terms import GRID, THREAD, Cond, Poly, Terms
from compiler.analysis.disjointness.values import (
    Aggregate,
    LocalPlace,
    Merger,
    Opaque,
    Pointer,
    PointerChoice,
    Region,
    Value,
    choices,
    level_of,
    step_into,
    with_part,
)
from compiler.analysis.disjointness.verdict import AccessKind, MemoryObject, Place, Space, Touch
from compiler.base.span import EMPTY_SPAN, Span
from compiler.hir.def_id import DefId, DefKind
from compiler.library import library_crates
from compiler.library.pointer_calls import ADDRESSES, UNCHECKED
from compiler.mir import body as m
from compiler.mir.mono.model import Instance, MonoFunction, MonoItems
from compiler.mir.place_ty import place_ty, projection_ty
from compiler.query import Database
from compiler.ty import types as t
from compiler.ty.layout import LayoutError, closure_field_tys, field_tys, layout_of

LOCALS: Final = 1 << 16  # locals of a frame, as keys of a state's environment
MAX_STEPS: Final = 60_000
_STEP_EFFORT: Final = 4
LIBRARY: Final = frozenset(c.name for c in library_crates())


class GiveUp(Exception):
    """The kernel cannot be followed at all."""

    def __init__(self, reason: str, place: Place | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.place = place


@dataclass(frozen=True, slots=True)
class Allowed:
    """How long may be worked: until a time (of the thread, in seconds), or up to an effort (of the terms), which is the
    same on any machine."""

    deadline: float | None = None
    effort: int | None = None

    def is_spent(self, terms: Terms, look_at_clock: bool = True) -> bool:
        """Whether it is used up. ``look_at_clock``: a slow call on some systems."""
        if self.effort is not None and terms.effort > self.effort:
            return True
        return self.deadline is not None and look_at_clock and time.thread_time() > self.deadline


@dataclass(slots=True, eq=False)
class Frame:
    """A function being executed. ``chain`` names it among the calls, for barriers and loops."""

    function: MonoFunction
    flow: Flow
    base: int
    parent: Frame | None = None
    call_span: Span = EMPTY_SPAN
    chain: tuple[Any, ...] = ()
    depth: int = 0

    @property
    def body(self) -> m.Body:
        return self.function.body

    @property
    def owner(self) -> DefId:
        return self.function.body.def_id

    @property
    def callers(self) -> tuple[tuple[DefId, Span], ...]:
        """The calls in the user's code that lead here, innermost first."""
        found: list[tuple[DefId, Span]] = []
        at: Frame = self
        while at.parent is not None:
            if at.parent.owner.krate.name not in LIBRARY:
                found.append((at.parent.owner, at.call_span))
            at = at.parent
        return tuple(found)

    @property
    def called(self) -> str:
        """The library function that the user's code calls and that this is a part of; "" in the user's code."""
        at: Frame = self
        name = ""
        while at.parent is not None and at.owner.krate.name in LIBRARY:
            name, at = at.owner.name, at.parent
        return name


class MemoryModel:
    """See the module docstring."""

    def __init__(self, db: Database, items: MonoItems, launch: Launch, allowed: Allowed) -> None:
        self.db = db
        self.items = items
        self.launch = launch
        self.terms = launch.terms
        self.allowed = allowed
        self.out = AccessSet()
        self.regions: list[Region] = []
        self.statics: dict[DefId, Region] = {}
        self.recording = True
        self.steps = 0
        self.functions: dict[Instance, MonoFunction] = {f.instance: f for f in items.functions}
        self.loop_stack: list[int] = []
        self.counters: list[Poly] = []  # the iterations of the loops being executed
        self._sites: dict[Any, int] = {}
        self._dynamic: Region | None = None
        self.shifting: set[int] = set()  # loops whose iteration says by how many bits something is shifted
        self.contents: dict[int, int] = {}  # by atom, or condition (-1 - its number): the memory it was read from
        self.constants: dict[int, Value] = {}
        self._constant_keys: dict[int, int] = {}
        self._fields: dict[tuple[t.Ty, int], list[t.Ty]] = {}

    def constant_key(self, value: object) -> int:
        """The key of a constant in memory, as of a local."""
        return self._constant_keys.setdefault(id(value), -1 - len(self._constant_keys))

    def tick(self) -> None:
        """Count a step; give up when there were too many."""
        self.steps += 1
        if self.steps & 255 == 0:
            self.db.checkpoint()
            self.terms.effort += 256 * _STEP_EFFORT
            if self.steps > MAX_STEPS or self.allowed.is_spent(self.terms, self.steps & 1023 == 0):
                raise GiveUp("the kernel is too large to be followed in the time allowed")

    # -- places in the source

    def place_at(self, frame: Frame, span: Span, kind: AccessKind) -> Place:
        """The user's code that an access in ``frame`` belongs to."""
        at: Frame = frame
        while at.parent is not None and at.owner.krate.name in LIBRARY:
            span, at = at.call_span, at.parent
        return Place(at.owner, span, kind)

    def touch(self, frame: Frame, span: Span, at: Any, how: str) -> None:
        """Note what a place of the source does with a memory object."""
        if not self.recording or not isinstance(at, Pointer) or not isinstance(at.base, Region):
            return
        place, user = self.place_at(frame, span, AccessKind.READ), frame
        while user.parent is not None and user.owner.krate.name in LIBRARY:
            user = user.parent
        made = Touch(place.owner, place.span, at.base.memory, how, user.callers)
        self.out.touches.setdefault(made)

    def unfollowed(
        self, frame: Frame, span: Span, reason: str, region: Region | None = None, writes: bool = True
    ) -> None:
        """Note what cannot be followed."""
        place = self.place_at(frame, span, AccessKind.READ)
        if self.recording and all(
            (u.reason, u.place, u.region) != (reason, place, region) for u in self.out.unfollowed
        ):
            self.out.unfollowed.append(Unfollowed(reason, place, region, writes))

    # -- types

    def fields(self, ty: t.Ty, variant: int = 0) -> list[t.Ty]:
        """Types of the fields of a type."""
        key = (ty, variant)
        found = self._fields.get(key)
        if found is None:
            if isinstance(ty, t.TupleTy):
                found = list(ty.elems)
            elif isinstance(ty, t.ClosureTy):
                found = closure_field_tys(self.db, ty)
            elif isinstance(ty, t.AdtTy):
                found = field_tys(self.db, ty, variant)
            else:
                found = []
            self._fields[key] = found
        return found

    def holds_pointer(self, ty: t.Ty, depth: int = 0) -> bool:
        """Whether a value of the type may contain a pointer."""
        if isinstance(ty, t.RefTy | t.PtrTy | t.FnPtrTy) or depth > 6:
            return True
        if isinstance(ty, t.ArrayTy):
            return self.holds_pointer(ty.ty, depth + 1)
        variants = 1
        if isinstance(ty, t.AdtTy) and ty.def_id.kind is DefKind.ENUM:
            from compiler.ty.adt import adt_def

            variants = len(adt_def(self.db, ty.def_id).variants)
        return any(self.holds_pointer(f, depth + 1) for v in range(variants) for f in self.fields(ty, v))

    def size_of(self, ty: t.Ty) -> int:
        """Size in bytes; 1 for what has none."""
        try:
            return layout_of(self.db, ty).size
        except LayoutError:
            return 1

    def is_union(self, ty: t.Ty) -> bool:
        """Whether all fields lie at the start: they are the whole."""
        return isinstance(ty, t.AdtTy) and ty.def_id.kind is DefKind.UNION

    # -- unknown values

    def unknown(self, ty: t.Ty, level: int = THREAD, why: str = "value", data: bool = True) -> Value:
        """Some value of a type."""
        if isinstance(ty, t.IntTy):
            lo, hi = int_range(ty)
            return self.terms.fresh(why, level, lo, hi, data)
        if ty is t.bool_:
            return self.terms.fresh_condition(why, level, data)
        if ty is t.char:
            return self.terms.fresh(why, level, 0, 0x10FFFF, data)
        if isinstance(ty, t.TupleTy) or (isinstance(ty, t.AdtTy) and ty.def_id.kind is DefKind.STRUCT):
            fields = self.fields(ty)
            if len(fields) <= 16:
                return Aggregate(tuple(self.unknown(f, level, why, data) for f in fields))
        return Opaque(level, data, why)

    def typed(self, value: Value, ty: t.Ty) -> Value:
        """An opaque value as one of the type."""
        if not isinstance(value, Opaque) or not (isinstance(ty, t.IntTy) or ty is t.bool_ or ty is t.char):
            return value
        if value.number is None:
            made = self.unknown(ty, value.level, value.why or "value", value.data)
            value.number = made
        if isinstance(value.number, Poly) != (ty is not t.bool_):
            return self.unknown(ty, value.level, value.why or "value", value.data)
        return value.number

    # -- places

    def place(self, state: State, frame: Frame, place: m.Place) -> tuple[Any, t.Ty]:
        """Where a MIR place is: a :class:`LocalPlace`, :class:`Pointer`, :class:`PointerChoice` or Opaque, and its
        type."""
        key = frame.base + place.local
        ty = frame.body.locals[place.local].ty
        at: Any = LocalPlace(key)
        variant = 0
        for elem in place.projection:
            if isinstance(elem, m.Deref):
                at = self.load_value(state, at, ty)
                if isinstance(at, Pointer) and isinstance(at.base, LocalPlace):
                    at = at if at.meta is not None else at.base
            else:
                at = self._project(state, frame, at, ty, variant, elem)
            variant = elem.variant_index if isinstance(elem, m.Downcast) else 0
            ty = projection_ty(ty, elem)
        return at, ty

    def _project(self, state: State, frame: Frame, at: Any, ty: t.Ty, variant: int, elem: m.ProjectionElem) -> Any:
        if isinstance(at, PointerChoice):
            parts = tuple((c, self._project(state, frame, p, ty, variant, elem)) for c, p in at.options)
            return PointerChoice(parts)
        if isinstance(at, Pointer) and isinstance(at.base, LocalPlace):
            meta, at = at.meta, at.base
        else:
            meta = at.meta if isinstance(at, Pointer) else None
        if isinstance(at, Opaque):
            return at
        if isinstance(elem, m.Field):
            if self.is_union(ty):
                return at
            if isinstance(at, LocalPlace):
                return LocalPlace(at.key, (*at.steps, ("f", elem.index)))
            offset = self._field_offset(ty, variant, elem.index)
            return Pointer(at.base, self.terms.add(at.offset, self.terms.const(offset)), meta)
        if isinstance(elem, m.Downcast):
            return LocalPlace(at.key, (*at.steps, ("v", elem.variant_index))) if isinstance(at, LocalPlace) else at
        return self._indexed(state, frame, at, ty, meta, elem)

    def _indexed(self, state: State, frame: Frame, at: Any, ty: t.Ty, meta: Any, elem: m.ProjectionElem) -> Any:
        element = ty.ty if isinstance(ty, t.ArrayTy | t.SliceTy) else t.u8
        length = self.terms.const(ty.len.value) if isinstance(ty, t.ArrayTy) and ty.len.kind == "value" else meta
        if isinstance(elem, m.Index):
            index = self.number(self.load_value(state, LocalPlace(frame.base + elem.local), t.usize))
        elif isinstance(elem, m.ConstantIndex):
            index = self.terms.const(elem.offset)
            if elem.from_end:
                index = self.terms.sub(self.number(length), index) if length is not None else self.number(None)
        else:
            assert isinstance(elem, m.Subslice)
            index = self.terms.const(elem.start)
            whole = self.number(length) if length is not None else self.number(None)
            end = self.terms.sub(whole, self.terms.const(elem.end)) if elem.from_end else self.terms.const(elem.end)
            moved = self._element_of(at, ty, index, element)
            if isinstance(moved, LocalPlace):
                moved = Pointer(moved, self.terms.zero)
            return (
                Pointer(moved.base, moved.offset, self.terms.sub(end, index)) if isinstance(moved, Pointer) else moved
            )
        if isinstance(at, LocalPlace):
            return self._element_of(at, ty, index, element)
        return self.advance(Pointer(at.base, at.offset), index, element)

    def _element_of(self, at: Any, ty: t.Ty, index: Poly, element: t.Ty) -> Any:
        """An element of an array or a slice."""
        inside = isinstance(at, LocalPlace) and isinstance(ty, t.ArrayTy)
        return at.into("i", index) if inside else self.advance(at, index, element)

    def advance(self, at: Any, index: Poly, element: t.Ty) -> Any:
        """The element ``index`` after another one."""
        if isinstance(at, LocalPlace):
            found = at.array()
            if found is None:
                return at if index is self.terms.zero else at.into("i", index)
            array, (step, *wrappers) = found
            return LocalPlace(array.key, (*array.steps, ("i", self.terms.add(step[1], index)), *wrappers))
        if isinstance(at, Pointer):
            if isinstance(at.base, LocalPlace):
                return Pointer(self.advance(at.base, index, element), at.offset, at.meta)
            scaled = self.terms.scale(index, self.size_of(element))
            return Pointer(at.base, self.terms.add(at.offset, scaled), at.meta)
        if isinstance(at, PointerChoice):
            return PointerChoice(tuple((c, self.advance(p, index, element)) for c, p in at.options))
        return at

    def _field_offset(self, ty: t.Ty, variant: int, index: int) -> int:
        try:
            layout = layout_of(self.db, ty)
            if isinstance(ty, t.AdtTy) and ty.def_id.kind is DefKind.ENUM:
                layout = layout.for_variant(variant)
            return layout.field_offset(index)
        except (LayoutError, IndexError):
            return 0

    def number(self, value: Value) -> Poly:
        """A value as an integer."""
        if isinstance(value, Poly):
            return value
        if isinstance(value, Cond):
            return self.terms.ite(value, self.terms.one, self.terms.zero)
        level = level_of(value) if value is not None else THREAD
        return self.terms.fresh("value", level)

    # -- loads and stores

    def load_value(self, state: State, at: Any, ty: t.Ty) -> Value:
        """What a local place holds, with choices decided by the path."""
        if isinstance(at, LocalPlace):
            value = state.env.get(at.key)
            if value is None:
                value = self.constants.get(at.key)
            if value is None:
                value = state.env[at.key] = Opaque(THREAD, True, "uninitialised")
            for step in at.steps:
                value = step_into(self.terms, value, step)
            return resolved(self.terms, state, self.typed(value, ty))
        return at if isinstance(at, Opaque) else self.unknown(ty)

    def load(self, state: State, frame: Frame, at: Any, ty: t.Ty, span: Span, **how: Any) -> Value:
        """Read a place; a memory object's read is recorded."""
        if isinstance(at, Pointer) and isinstance(at.base, LocalPlace):
            at = at.base
        if isinstance(at, LocalPlace):
            return self.load_value(state, at, ty)
        if isinstance(at, Pointer):
            self.record(state, frame, at, self.size_of(ty), AccessKind.READ, span, **how)
            return self.read_post(state, at) or self.loaded(at, ty)
        if isinstance(at, PointerChoice):
            values = [(c, self.load(state, frame, p, ty, span, extra=c, **how)) for c, p in at.options]
            if not values:
                return self.unknown(ty)
            value = values[-1][1]
            for c, v in reversed(values[:-1]):
                value = Merger(self.terms, c).merge(v, value)
            return value
        if self.size_of(ty):
            self.unfollowed(frame, span, "a read through a pointer that cannot be followed", writes=False)
        return self.unknown(ty)

    def progress_of(self, state: State) -> Any:
        """How far the thread is with each mbarrier."""
        return ()

    def posted(self, state: State, at: Pointer, value: Value) -> None:
        """Note what a store leaves in shared memory."""

    def read_post(self, state: State, at: Pointer) -> Value | None:
        """What shared memory is known to hold."""
        return None

    def loaded(self, at: Pointer, ty: t.Ty) -> Value:
        """The value at a memory object's address: the same for the same address where nobody writes."""
        region = at.base
        assert isinstance(region, Region)
        if not region.read_only:
            value = self.unknown(ty, why=f"{region.memory.name}[..]")
            self._note_contents(value, (region.origin or region).id)
            return value
        if isinstance(ty, t.IntTy):
            lo, hi = int_range(ty)
            return self.terms.app(f"load{region.id}.{ty.bits}", (at.offset,), lo, hi, data=True)
        if isinstance(ty, t.TupleTy) or (isinstance(ty, t.AdtTy) and ty.def_id.kind is DefKind.STRUCT):
            parts = []
            for i, f in enumerate(self.fields(ty)):
                offset = self.terms.add(at.offset, self.terms.const(self._field_offset(ty, 0, i)))
                parts.append(self.loaded(Pointer(region, offset), f))
            return Aggregate(tuple(parts))
        if ty is t.bool_:
            byte = self.terms.app(f"load{region.id}.1", (at.offset,), 0, 1, data=True)
            return self.terms.negate(self.terms.eq0(byte))
        return self.unknown(ty, at.offset.level, f"{region.memory.name}[..]")

    def _note_contents(self, value: Value, region: int) -> None:
        """Note that numbers were read from memory that the kernel may write."""
        if isinstance(value, Poly) and value.terms:
            self.contents[value.terms[0][0][0]] = region
        elif isinstance(value, Cond):
            self.contents[-1 - value.id] = region
        elif isinstance(value, Aggregate):
            for part in value.fields:
                self._note_contents(part, region)

    def forget_local(self, state: State, frame: Frame, value: Value, span: Span) -> None:
        """A pointer to a local is given to something unknown, which may write there."""
        for _, p in choices(value):
            if isinstance(p, Pointer) and isinstance(p.base, LocalPlace) and p.base.key >= 0:
                self.store(state, frame, p.base.surroundings(), t.UNIT, Opaque(THREAD, True, "call"), span)

    def store(self, state: State, frame: Frame, at: Any, ty: t.Ty, value: Value, span: Span, **how: Any) -> None:
        """Write a place."""
        if isinstance(at, Pointer) and isinstance(at.base, LocalPlace):
            at = at.base
        if isinstance(at, LocalPlace):
            if not at.steps:
                state.env[at.key] = value
            else:
                whole = state.env.get(at.key) or Aggregate(())
                state.env[at.key] = with_part(self.terms, whole, at.steps, value)
        elif isinstance(at, Pointer):
            if self.size_of(ty):
                made = self.record(state, frame, at, self.size_of(ty), AccessKind.WRITE, span, **how)
                if made is not None and level_of(value) < THREAD and isinstance(value, Poly | Cond | Opaque):
                    made.value = value
                self.posted(state, at, value)
        elif isinstance(at, PointerChoice):
            for c, p in at.options:
                if (isinstance(p, Pointer) and isinstance(p.base, LocalPlace)) or isinstance(p, LocalPlace):
                    old = self.load(state, frame, p, ty, span)
                    self.store(state, frame, p, ty, Merger(self.terms, c).merge(value, old), span)
                else:
                    self.store(state, frame, p, ty, value, span, extra=c, **how)
        elif self.size_of(ty):
            self.unfollowed(frame, span, "a write through a pointer that cannot be followed")

    def record(
        self,
        state: State,
        frame: Frame,
        at: Pointer,
        size: int,
        kind: AccessKind,
        span: Span,
        extra: Cond | None = None,
        scope: str = "",
        order: str = "",
        count: Poly | None = None,
    ) -> Access | None:
        """Note an access to a memory object."""
        region = at.base
        assert isinstance(region, Region)
        via, target, region = region.via, region.rank, region.origin or region
        if state.order.posts and kind is not AccessKind.READ:
            state.order = replace(state.order, posts=tuple(p for p in state.order.posts if p.cell[0] is not region))
        if state.order.held:
            held = tuple(h if h.cell[0] is region else replace(h, clean=False) for h in state.order.held)
            state.order = replace(state.order, held=held)
        if not self.recording or size == 0:
            return None
        path = state.path if extra is None or extra is self.terms.true else (*state.path, extra)
        place = self.place_at(frame, span, kind)
        offset = resolved(self.terms, state, at.offset)
        made = Access(region, offset, size, kind, path, state.points, place, scope, order, via, count)
        made.loops = tuple(self.loop_stack)
        made.synced = state.synced
        made.target = resolved(self.terms, state, target) if target is not None else None
        if state.pending:
            made.in_flight = tuple(
                c for c in state.pending if c.region is region and not (c.kind is kind is AccessKind.READ)
            )
        self.out.accesses.append(made)
        self.touch(frame, span, at, kind.value)
        made.behind = state.order
        made.progress = self.progress_of(state)
        if state.order.arrival is not None:
            arrival = replace(state.order.arrival, since=(*state.order.arrival.since, made))
            state.order = replace(state.order, arrival=arrival)
        if region.size is not None and count is None:
            self._bounds(made, frame)
        return made

    def still_in_flight(self, state: State, copy: Copy) -> None:
        """Note a copy in the barrier interval that has just begun: it is not waited for."""
        if not self.recording or any(self.terms.negate(c) in state.known for c in copy.path):
            return
        path = (*state.path, *(c for c in copy.path if c not in state.known))
        made = Access(copy.region, copy.offset, copy.size, copy.kind, path, state.points, copy.place)
        made.loops, made.synced, made.exact = tuple(self.loop_stack), state.synced, copy.exact
        made.asynchronous, made.behind = True, state.order
        made.progress = self.progress_of(state)
        self.out.accesses.append(made)

    def _bounds(self, access: Access, frame: Frame) -> None:
        """An access that no ``Assert`` guards."""
        end = self.terms.add(access.offset, self.terms.const(access.size))
        assert access.region.size is not None
        inside = self.terms.and_((self.terms.ge(access.offset), self.terms.le(end, access.region.size)))
        check = BoundsCheck(inside, access.path, access.place, access.region, False, loops=access.loops)
        unit = access.region.memory.element_size
        if all(c % unit == 0 for p in (access.offset, access.region.size) for _, c in p.terms):
            check.index, check.length = (
                self.terms.poly(tuple((m, c // unit) for m, c in p.terms)) for p in (access.offset, access.region.size)
            )
        self.out.bounds.append(check)

    def fits(self, state: State, value: Poly, lo: int, hi: int) -> Poly:
        """An exact result assumed to fit."""
        self.out.is_exact = self.out.is_exact and not self.recording
        if self.recording and not value.data:
            self.out.fits.append(Fits(value, lo, hi, state.path))
        return value

    def region(self, memory: MemoryObject, size: Poly | None, read_only: bool, raw: bool = False) -> Region:
        """A new memory object."""
        made = Region(len(self.regions), memory, size, read_only, raw)
        self.regions.append(made)
        return made

    def static_region(self, def_id: DefId) -> Region:
        """The memory object of a static."""
        found = self.statics.get(def_id)
        if found is None:
            static = next((s for s in self.items.statics if s.def_id is def_id), None)
            space = {"shared": Space.SHARED, "constant": Space.CONSTANT}.get(
                static.space if static else "", Space.GLOBAL
            )
            unit = self._element_size(static.ty) if static is not None else 1
            memory = MemoryObject("static", def_id.name, space, -1, unit)
            size = self.terms.const(static.size) if static is not None else None
            read_only = static is None or not static.mutable or space is Space.CONSTANT
            found = self.statics[def_id] = self.region(memory, size, read_only)
            initial = static.initializer if static is not None else None
            found.starts_at_zero = initial is not None and not initial.relocations and not any(initial.data)
        return found

    def _element_size(self, ty: t.Ty) -> int:
        if isinstance(ty, t.AdtTy) and ty.args and isinstance(ty.args[0], t.Ty):
            return max(1, self.size_of(ty.args[0]))
        if isinstance(ty, t.ArrayTy):
            return max(1, self.size_of(ty.ty))
        return max(1, self.size_of(ty))

    def dynamic_region(self) -> Region:
        """The kernel's dynamic shared memory."""
        if self._dynamic is None:
            memory = MemoryObject("dynamic", "dynamic shared memory", Space.DYNAMIC_SHARED)
            bytes_ = self.launch.limits.dynamic_shared
            size = None
            if bytes_ is not None:
                low, high = bytes_
                is_exact = low == high
                size = self.terms.const(low) if is_exact else self.terms.symbol("dynamic shared", GRID, low, high)
            self._dynamic = self.region(memory, size, False)
        return self._dynamic

    def site(self, frame: Frame, block: int) -> int:
        """The number of a barrier in the source, by the calls that lead to it."""
        return self._sites.setdefault((frame.chain, block), len(self._sites) + 1)

    def place_type(self, frame: Frame, place: m.Place) -> t.Ty:
        """The type of a MIR place."""
        return place_ty(frame.body.locals, place)


def int_range(ty: t.IntTy) -> tuple[int, int]:
    """Smallest and greatest value."""
    return (-(1 << (ty.bits - 1)), (1 << (ty.bits - 1)) - 1) if ty.signed else (0, (1 << ty.bits) - 1)


WITNESS_METHODS: Final = frozenset((
    "get_mut", "get_mut_indexed", "element_thread32", "tile_thread32", "thread_run32", "grid_stride_runs32",
    "tile_2d32", "tile_2d32_rt",
))  # fmt: skip


# what computes an address for the user's code, or is that code
COMPUTES_ADDRESS: Final = frozenset(("", *ADDRESSES, *UNCHECKED))


def is_witness_method(def_id: DefId) -> bool:
    """Whether a function hands out elements by a witness of the calling thread."""
    return def_id.name in WITNESS_METHODS and def_id.krate.name == "cuda_device"
