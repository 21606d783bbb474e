"""Symbolic values: what a local, a field or an element holds.

What it is: integers are :class:`~.terms.Poly`, booleans :class:`~.terms.Cond`; the rest are the small classes below.
Values are immutable; writing to a part makes a new whole.

Assumes: concrete types. Guarantees: every function here is total: what is not understood becomes :class:`Opaque`.

Example: ``Some(x)`` is ``EnumValue(const(1), {1: (x,)})``; ``&s[..]`` of a kernel's slice is
``Pointer(region, 0, len)``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Final

from compiler.analysis.disjointness.terms import GRID, THREAD, Cond, Poly, Terms
from compiler.analysis.disjointness.verdict import MemoryObject

MAX_ELEMENTS: Final = 64
OWN_BYTES: Final = "the bytes of a local"  # why a pointer into a local at another type is not followed
_MAX_TABLE: Final = 8


@dataclass(slots=True, eq=False)
class Opaque:
    """A value that is not followed. ``why`` names what made it, for reasons told to people."""

    level: int = THREAD
    data: bool = True
    why: str = ""
    number: Poly | None = None


@dataclass(slots=True, eq=False)
class Aggregate:
    """Struct, tuple, closure or small array."""

    fields: tuple[Any, ...]


@dataclass(slots=True, eq=False)
class EnumValue:
    """``tag`` is the variant's index; ``variants`` the fields of those it may be."""

    tag: Poly
    variants: dict[int, tuple[Any, ...]]


@dataclass(slots=True, eq=False)
class Region:
    """A memory object during execution. ``size``: in bytes, None if unknown. ``read_only``: nobody writes it."""

    id: int
    memory: MemoryObject
    size: Poly | None = None
    read_only: bool = False
    raw: bool = False
    starts_at_zero: bool = False  # a static whose initial bytes are zeros
    proof_type: str = ""  # the index space of a DisjointSlice parameter
    slice_parts: tuple[Any, ...] = ()  # of a DisjointSlice parameter: pointer, length, space
    origin: Region | None = None  # of a view: the object itself
    via: str = ""  # of a view: the method whose witness proves accesses through it
    view: Region | None = None
    rank: Poly | None = None  # of a view: the block of the cluster whose memory it is; None: the thread's own
    others: dict[Poly, Region] = field(default_factory=dict)  # views of other blocks' memory by rank

    def remote(self, rank: Poly) -> Region:
        """The same variable in a block of the cluster."""
        found = self.others.get(rank)
        if found is None:
            found = self.others[rank] = replace(self, origin=self, via="", rank=rank, others={})
        return found

    def proved(self, via: str) -> Region:
        """The object as seen through what a witness method returned."""
        if self.origin is not None:
            return self
        if self.view is None:
            self.view = replace(self, origin=self, via=via)
        return self.view


@dataclass(slots=True, eq=False)
class LocalPlace:
    """Memory of the executed functions themselves: a local and steps into it: ("f", i) to a field, ("w", i) to the only
    field of a wrapper, ("v", i) to a variant, ("i", Poly) to an element. A slice is the place of its first element."""

    key: int
    steps: tuple[tuple[str, Any], ...] = ()

    def into(self, kind: str, at: Any) -> LocalPlace:
        """A part of it."""
        return LocalPlace(self.key, (*self.steps, (kind, at)))

    def array(self) -> tuple[LocalPlace, tuple[tuple[str, Any], ...]] | None:
        """Of an element, also seen through wrappers: the array, and the steps from there; None: it is no element."""
        n = len(self.steps)
        while n and self.steps[n - 1][0] == "w":
            n -= 1
        if not n or self.steps[n - 1][0] != "i":
            return None
        return LocalPlace(self.key, self.steps[: n - 1]), self.steps[n - 1 :]

    def surroundings(self) -> LocalPlace:
        """What a write through a pointer to it may change: the array around it, or what it is a part of."""
        found = self.array()
        return found[0] if found is not None else LocalPlace(self.key, self.steps[:-1])


@dataclass(slots=True, eq=False)
class Pointer:
    """``base + offset`` bytes, with slice length ``meta`` in elements. The offset into a local is in its steps."""

    base: Region | LocalPlace
    offset: Poly
    meta: Any = None


@dataclass(slots=True, eq=False)
class PointerChoice:
    """One of several pointers (or opaque values), by condition."""

    options: tuple[tuple[Cond, Any], ...]


Value = Any


def choices(value: Value) -> tuple[tuple[Cond | None, Any], ...]:
    """The values one of which this is, each with the condition under which it is that one; None: always."""
    return value.options if isinstance(value, PointerChoice) else ((None, value),)


UNIT: Final = Aggregate(())


@dataclass(slots=True)
class Merger:
    """Joins values of two paths: ``cond`` holds on the first."""

    terms: Terms
    cond: Cond
    made: dict[tuple[int, int], Any] = field(default_factory=dict)

    def merge(self, a: Value, b: Value) -> Value:
        """``if cond { a } else { b }``."""
        if a is b:
            return a
        ka, kb = type(a), type(b)
        if ka is Poly and kb is Poly:
            return self.terms.ite(self.cond, a, b)
        if ka is Cond and kb is Cond:
            return self.terms.choose(self.cond, a, b)
        if ka is Aggregate and kb is Aggregate and len(a.fields) == len(b.fields):
            fields = tuple(self.merge(x, y) for x, y in zip(a.fields, b.fields, strict=True))
            return a if all(x is y for x, y in zip(fields, a.fields, strict=True)) else Aggregate(fields)
        if ka is EnumValue and kb is EnumValue:
            return self._enums(a, b)
        if ka is Pointer and kb is Pointer:
            return self._pointers(a, b)
        if ka in (Pointer, PointerChoice) or kb in (Pointer, PointerChoice):
            return self._choice(a, b)
        return Opaque(max(self.cond.level, level_of(a), level_of(b)), True)

    def _enums(self, a: EnumValue, b: EnumValue) -> EnumValue:
        variants = dict(a.variants)
        for i, fields in b.variants.items():
            mine = variants.get(i)
            variants[i] = fields if mine is None else tuple(map(self.merge, mine, fields))
        return EnumValue(self.terms.ite(self.cond, a.tag, b.tag), variants)

    def _pointers(self, a: Pointer, b: Pointer) -> Value:
        if a.base is b.base or same_place(a.base, b.base):
            meta = a.meta if a.meta is b.meta or a.meta is None or b.meta is None else self.merge(a.meta, b.meta)
            return Pointer(a.base, self.terms.ite(self.cond, a.offset, b.offset), meta)
        return self._choice(a, b)

    def _choice(self, a: Value, b: Value) -> PointerChoice:
        options: list[tuple[Cond, Any]] = []
        for cond, value in ((self.cond, a), (self.terms.negate(self.cond), b)):
            inner = value.options if isinstance(value, PointerChoice) else ((self.terms.true, value),)
            options += [(self.terms.and_((cond, c)), v) for c, v in inner]
        return PointerChoice(tuple((c, v) for c, v in options if c is not self.terms.false)[:8])


def same_place(a: Region | LocalPlace, b: Region | LocalPlace) -> bool:
    """Whether two places are spelt alike."""
    return isinstance(a, LocalPlace) and isinstance(b, LocalPlace) and a.key == b.key and a.steps == b.steps


def level_of(value: Value) -> int:
    """How far a value is the same in all threads."""
    if isinstance(value, (Poly, Cond, Opaque)):
        return value.level
    if isinstance(value, Aggregate):
        return max((level_of(f) for f in value.fields), default=GRID)
    if isinstance(value, EnumValue):
        inner = [level_of(f) for fields in value.variants.values() for f in fields]
        return max([value.tag.level, *inner])
    if isinstance(value, Pointer):
        return max(value.offset.level, level_of(value.meta) if value.meta is not None else GRID)
    return THREAD


def data_of(value: Value) -> bool:
    """Whether a value depends on more than the launch."""
    if isinstance(value, (Poly, Cond, Opaque)):
        return value.data
    if isinstance(value, Aggregate):
        return any(data_of(f) for f in value.fields)
    return not isinstance(value, Pointer)


def step_into(terms: Terms, value: Value, step: tuple[str, Any]) -> Value:
    """A part of a value."""
    kind, at = step
    if kind in ("f", "w"):
        if isinstance(value, Aggregate) and at < len(value.fields):
            return value.fields[at]
    elif kind == "v":
        if isinstance(value, EnumValue):
            return Aggregate(value.variants[at]) if at in value.variants else Opaque(why="variant")
    elif isinstance(value, Aggregate):
        index = at.constant
        if index is not None:
            return value.fields[index] if 0 <= index < len(value.fields) else Opaque(why="index")
        if value.fields and all(f is value.fields[0] for f in value.fields):
            return value.fields[0]
        chosen = _by_index(terms, value.fields, at)
        if chosen is not None:
            return chosen
        return Opaque(max(at.level, level_of(value)), True, "array element")
    return Opaque(level_of(value), data_of(value), "part")


def _by_index(terms: Terms, fields: tuple[Any, ...], at: Poly) -> Value | None:
    """The element of a small table of numbers, pointers or structs of them at an index that is no constant."""
    if not 1 < len(fields) <= _MAX_TABLE:
        return None
    conds = [terms.eq(at, terms.const(i)) for i in range(len(fields))]
    if all(isinstance(f, Poly) for f in fields):
        chosen = fields[-1]
        for cond, f in zip(reversed(conds[:-1]), reversed(fields[:-1]), strict=True):
            chosen = terms.ite(cond, f, chosen)
        return chosen
    if all(isinstance(f, Aggregate) and len(f.fields) == len(fields[0].fields) for f in fields):
        columns = zip(*(f.fields for f in fields), strict=True)
        parts = (
            (column[0] if column.count(column[0]) == len(column) else _by_index(terms, column, at))
            for column in columns
        )
        return Aggregate(tuple(Opaque(THREAD, True, "array element") if p is None else p for p in parts))
    if all(isinstance(f, Pointer) for f in fields):
        return PointerChoice(tuple((c, f) for c, f in zip(conds, fields, strict=True) if c is not terms.false))
    return None


def with_part(terms: Terms, value: Value, steps: tuple[tuple[str, Any], ...], part: Value) -> Value:
    """A value with one part replaced."""
    if not steps:
        return part
    (kind, at), rest = steps[0], steps[1:]
    if kind == "v":
        if isinstance(value, EnumValue):
            inner = with_part(terms, Aggregate(value.variants.get(at, ())), rest, part)
            return EnumValue(value.tag, {**value.variants, at: inner.fields if isinstance(inner, Aggregate) else ()})
        return value
    if not isinstance(value, Aggregate):
        return Opaque(max(level_of(value), level_of(part)), True, "part")
    if kind == "i":
        if at.constant is None:
            level = max(at.level, level_of(value), level_of(part))
            return Aggregate(tuple(Opaque(level, True, "array element") for _ in value.fields))
        at = at.constant
    if at >= len(value.fields) and kind in ("f", "w") and at < MAX_ELEMENTS:
        value = Aggregate(value.fields + tuple(Opaque() for _ in range(at + 1 - len(value.fields))))
    if not 0 <= at < len(value.fields):
        return value
    fields = list(value.fields)
    fields[at] = with_part(terms, fields[at], rest, part)
    return Aggregate(tuple(fields))


def through_witness(value: Value, via: str) -> Value:
    """A result of a witness method: its pointers into memory objects are proved."""
    if isinstance(value, Aggregate):
        return Aggregate(tuple(through_witness(f, via) for f in value.fields))
    if isinstance(value, EnumValue):
        variants = {v: tuple(through_witness(f, via) for f in fields) for v, fields in value.variants.items()}
        return EnumValue(value.tag, variants)
    if isinstance(value, Pointer) and isinstance(value.base, Region):
        return Pointer(value.base.proved(via), value.offset, value.meta)
    return value


def without_proof(value: Value) -> Value:
    """A pointer that was computed with: nothing is proved of it."""
    if isinstance(value, Pointer) and isinstance(value.base, Region) and value.base.via:
        return Pointer(value.base.origin or value.base, value.offset, value.meta)
    if isinstance(value, PointerChoice):
        return PointerChoice(tuple((c, without_proof(p)) for c, p in value.options))
    return value


def same_value(a: Value, b: Value) -> bool:
    """Whether two values are certainly equal."""
    if a is b:
        return True
    if type(a) is not type(b):
        return False
    if isinstance(a, Aggregate):
        return len(a.fields) == len(b.fields) and all(map(same_value, a.fields, b.fields))
    if isinstance(a, EnumValue):
        return (
            a.tag is b.tag
            and a.variants.keys() == b.variants.keys()
            and all(
                len(f) == len(b.variants[v]) and all(map(same_value, f, b.variants[v])) for v, f in a.variants.items()
            )
        )
    if isinstance(a, Pointer):
        same = a.base is b.base or (
            isinstance(a.base, LocalPlace) and isinstance(b.base, LocalPlace)
            and a.base.key == b.base.key and a.base.steps == b.base.steps
        )  # fmt: skip
        return same and a.offset is b.offset and a.meta is b.meta
    return False
