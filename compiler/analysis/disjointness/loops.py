"""What changes from one iteration of a loop to the next.

What it is: before a loop is executed, each changing value is replaced by a placeholder and the body is run once; from
what the placeholder became, :func:`progression` tells how it moves: not at all, by the same amount (then it is its
first value plus a multiple of the loop's counter), by another function of itself (then it is an application to the
counter), or unknown.

Assumes: placeholders are atoms of the loop. Guarantees: the value given for iteration ``k`` is exact, or an unknown.

Example: ``i += stride`` makes ``i = i0 + stride*k``; ``s >>= 1`` makes ``s = walk(k)`` with ``walk(k+1) = walk(k) div
2``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from compiler.analysis.disjointness.memory import int_range
from compiler.analysis.disjointness.recurrences import as_term, is_shared, key_of, leaves_of
from compiler.analysis.disjointness.substitute import Substitution
from compiler.analysis.disjointness.swaps import Swaps
from compiler.analysis.disjointness.terms import THREAD, Atom, Cond, Poly, Terms
from compiler.analysis.disjointness.values import (
    Aggregate,
    EnumValue,
    LocalPlace,
    Opaque,
    Pointer,
    PointerChoice,
    Value,
    level_of,
)
from compiler.ty import types as t


@dataclass(slots=True)
class Walk:
    """A recurrence: ``step`` in terms of placeholders, ``start`` before the loop, ``heads``: what placeholders stand
    for; ``counters``: the loop's and those of loops around that it depends on, arguments of its application."""

    name: str
    start: Poly
    step: Poly
    heads: dict[int, Poly]
    counters: tuple[Poly, ...]

    def first(self, terms: Terms, args: tuple[Poly, ...]) -> Poly:
        """The first value, for iterations of the loops around."""
        swap = self._swap(terms, args[1:], self.counters[1:])
        return self.start if swap is None else swap.poly(self.start)

    def following(self, terms: Terms, args: tuple[Poly, ...]) -> Poly | None:
        """The value of the next iteration in terms of those of this one; None if a placeholder is not known."""
        for a in leaves_of(terms, self.step):
            if a >= 0 and terms.atoms[a].name[:4] == "head" and a not in self.heads:
                return None
        step = Substitution(terms, self.heads, "~", everywhere=True).poly(self.step)
        swap = self._swap(terms, args, self.counters)
        return step if swap is None else swap.poly(step)

    def _swap(self, terms: Terms, args: tuple[Poly, ...], counters: tuple[Poly, ...]) -> Substitution | None:
        mapping = {c.terms[0][0][0]: a for c, a in zip(counters, args, strict=True) if c is not a}
        return Substitution(terms, mapping, "", everywhere=True) if mapping else None


@dataclass(slots=True)
class Last:
    """The number of iterations of a loop within others, where all threads do as many: the first for which ``ends``
    holds. ``counters``: the loop's, then those of the loops around, arguments of its application."""

    ends: Cond
    counters: tuple[Poly, ...]

    def facts(self, terms: Terms, last: Poly, args: tuple[Poly, ...]) -> tuple[Cond, ...]:
        """What holds of the number, for iterations of the loops around."""
        before = terms.or_((terms.eq0(last), terms.negate(self.at(terms, terms.sub(last, terms.one), args))))
        return self.at(terms, last, args), before

    def at(self, terms: Terms, iteration: Poly, args: tuple[Poly, ...]) -> Cond:
        """Whether the loop ends before an iteration."""
        mapping = {c.terms[0][0][0]: a for c, a in zip(self.counters, (iteration, *args), strict=True) if c is not a}
        return Substitution(terms, mapping, "", everywhere=True).cond(self.ends) if mapping else self.ends


Recurrences = dict[str, Walk | Last]  # by the name of the application


@dataclass(slots=True)
class LoopTerms:
    """Placeholders of one loop. ``number`` identifies it; ``counter`` is its iteration."""

    terms: Terms
    number: int
    counter: Poly
    fields: Callable[[Any, int], list[Any]]

    def placeholder(self, key: tuple[Any, ...], value: Value, ty: Any = None) -> Value:
        """Something to stand for a value (of a type, if known) at the head of any iteration."""
        if isinstance(value, Poly):
            lo, hi = int_range(ty) if isinstance(ty, t.IntTy) else (None, None)
            return self.terms.symbol(f"head{self.number}:{key}", value.level, lo, hi, False, self.number)
        if isinstance(value, Cond):
            made = self.terms.variable(f"head{self.number}:{key}", THREAD, True)
            made.loops = frozenset((self.number,))
            return made
        if isinstance(value, Aggregate):
            types = self._types(ty, 0, len(value.fields))
            parts = zip(value.fields, types, strict=True)
            return Aggregate(tuple(self.placeholder((*key, i), f, ty) for i, (f, ty) in enumerate(parts)))
        if isinstance(value, EnumValue):
            variants = {
                v: tuple(
                    self.placeholder((*key, v, i), f, ty)
                    for i, (f, ty) in enumerate(zip(fields, self._types(ty, v, len(fields)), strict=True))
                )
                for v, fields in value.variants.items()
            }
            return EnumValue(self.placeholder((*key, "tag"), value.tag, t.u32), variants)
        if isinstance(value, Pointer):
            base = value.base
            if isinstance(base, LocalPlace):
                base = LocalPlace(base.key, self._steps(key, base.steps))
            meta = self.placeholder((*key, "meta"), value.meta, t.usize) if value.meta is not None else None
            return Pointer(base, self.placeholder((*key, "at"), value.offset), meta)
        if isinstance(value, PointerChoice):
            first = value.options[0][1] if value.options else None
            return self.placeholder(key, first) if isinstance(first, Pointer) else Opaque(THREAD, True, "pointer")
        return value

    def _types(self, ty: Any, variant: int, count: int) -> list[Any]:
        if isinstance(ty, t.ArrayTy):
            return [ty.ty] * count
        found = self.fields(ty, variant) if ty is not None else []
        return found if len(found) == count else [None] * count

    def _steps(self, key: tuple[Any, ...], steps: tuple[tuple[str, Any], ...]) -> tuple[tuple[str, Any], ...]:
        return tuple(
            (kind, self.placeholder((*key, "step", i), at, t.usize) if kind == "i" else at)
            for i, (kind, at) in enumerate(steps)
        )


def kept_parts(start: Value, head: Value, after: Value) -> Value:
    """The placeholder, with the parts an iteration does not change as they were before the loop."""
    if after is head or (after is start and isinstance(after, Poly | Cond)):
        return start
    if isinstance(head, Aggregate) and isinstance(after, Aggregate) and isinstance(start, Aggregate):
        if len(head.fields) == len(after.fields) == len(start.fields):
            return Aggregate(tuple(map(kept_parts, start.fields, head.fields, after.fields)))
    if isinstance(start, EnumValue) and isinstance(head, EnumValue) and isinstance(after, EnumValue):
        variants = dict(head.variants)
        for v in start.variants.keys() & head.variants.keys() & after.variants.keys():
            fields = zip(start.variants[v], head.variants[v], after.variants[v], strict=True)
            variants[v] = tuple(kept_parts(*parts) for parts in fields)
        return EnumValue(kept_parts(start.tag, head.tag, after.tag), variants)
    return head


class Progression:
    """Values at iteration ``k`` of a loop from the values before it, the placeholders, and what these became."""

    def __init__(
        self, loop: LoopTerms, walks: Recurrences, uniform: int, outer: frozenset[int], around: tuple[Poly, ...]
    ) -> None:
        self.loop = loop
        self.around = around  # the iterations of the loops around this one
        self.terms = loop.terms
        self.walks = walks
        self.uniform = uniform  # level of the conditions that keep the loop going
        self.outer = outer  # loops around this one
        self.heads: dict[int, Poly] = {}  # what placeholders stand for
        self.first_differs = False  # a constant that is another one from the second iteration on
        self.irregular = False  # something moves in a way that is neither constant nor affine
        self.rounds: dict[int, tuple[int, ...]] = {}  # values that come round again
        self.shared: dict[int, frozenset[int]] = {}  # values all threads share, with the counters they depend on
        self.carried: dict[int, Poly] = {}  # numbers that move in a way that is not known -> what an iteration leaves
        self.goes_on: dict[Cond, Cond] = {}  # the test of a number that stops at a bound -> that no iteration failed it
        self.swaps = Swaps(loop.terms, loop.number, loop.counter, around, outer, self._differs)

    def at_head(self, key: tuple[Any, ...], start: Value, head: Value, after: Value) -> Value:
        """The value at the head of iteration ``k``."""
        if after is start and isinstance(after, Poly | Cond):
            return start
        if after is head or start is None:
            self._stays(head, start)
            return start
        if head is start:  # it was taken for unchanging, and is not
            self.irregular = True
            return self._lost(start, after)
        if isinstance(head, Poly):
            return self._number(key, start, head, after) if isinstance(after, Poly) else self._lost(start, after)
        if isinstance(head, Cond):
            turn = self._round(head)
            if turn is not None:
                return self.terms.eq(turn, self.terms.one)
            ended = self._ended(start, after)
            if ended is not None:
                return ended
            if isinstance(after, Cond) and after.kind == "const" and isinstance(start, Cond) and start.kind == "const":
                self.first_differs = True
            return self._flag(key, start, after)
        if isinstance(head, Aggregate) and isinstance(after, Aggregate) and isinstance(start, Aggregate):
            if len(head.fields) == len(after.fields) == len(start.fields):
                parts = zip(start.fields, head.fields, after.fields, strict=True)
                return Aggregate(tuple(self.at_head((*key, i), *p) for i, p in enumerate(parts)))
        if isinstance(head, EnumValue) and isinstance(after, EnumValue) and isinstance(start, EnumValue):
            return self._enum(key, start, head, after)
        if isinstance(head, Pointer) and isinstance(start, Pointer | PointerChoice):
            found = self.swaps.value(head)
            if found is None and isinstance(after, Pointer) and isinstance(start, Pointer):
                found = self._pointer(key, start, head, after)
            if found is not None:
                return found
        if isinstance(start, Pointer | PointerChoice) or isinstance(after, Pointer | PointerChoice):
            return self.swaps.one_of(str(key), start, after)
        return self._lost(start, after)

    def _stays(self, head: Value, start: Value) -> None:
        """Note what the placeholders in a value that does not move stand for."""
        if isinstance(head, Poly) and isinstance(start, Poly) and head is not start:
            self.heads[head.terms[0][0][0]] = start
        elif isinstance(head, Aggregate) and isinstance(start, Aggregate):
            for a, b in zip(head.fields, start.fields, strict=False):
                self._stays(a, b)
        elif isinstance(head, Pointer) and isinstance(start, Pointer):
            self._stays(head.offset, start.offset)
            if head.meta is not None and start.meta is not None:
                self._stays(head.meta, start.meta)

    def _lost(self, start: Value, after: Value) -> Opaque:
        return Opaque(max(level_of(start), level_of(after), self.uniform), True, "loop value")

    def _enum(self, key: tuple[Any, ...], start: EnumValue, head: EnumValue, after: EnumValue) -> EnumValue:
        tag = self.at_head((*key, "tag"), start.tag, head.tag, after.tag)
        variants: dict[int, tuple[Any, ...]] = {}
        for v in {**start.variants, **after.variants}:
            a, h, b = start.variants.get(v), head.variants.get(v), after.variants.get(v)
            if a is not None and h is not None and b is not None:
                variants[v] = tuple(self.at_head((*key, v, i), *p) for i, p in enumerate(zip(a, h, b, strict=True)))
            else:
                variants[v] = tuple(self._lost(f, f) for f in (a or b or ()))
        return EnumValue(tag, variants)

    def _pointer(self, key: tuple[Any, ...], start: Pointer, head: Pointer, after: Pointer) -> Pointer | None:
        base = start.base
        if isinstance(base, LocalPlace):
            if not isinstance(head.base, LocalPlace) or not isinstance(after.base, LocalPlace):
                return None
            one, two, three = base.steps, head.base.steps, after.base.steps
            if after.base.key != base.key or not len(one) == len(two) == len(three):
                return None
            steps: list[tuple[str, Any]] = []
            for i, (a, h, b) in enumerate(zip(one, two, three, strict=True)):
                if a[0] != b[0] or (a[0] != "i" and a[1] != b[1]):
                    return None
                steps.append((a[0], self.at_head((*key, "step", i), a[1], h[1], b[1])) if a[0] == "i" else a)
            base = LocalPlace(base.key, tuple(steps))
        elif after.base is not base:
            return None
        offset = self.at_head((*key, "at"), start.offset, head.offset, after.offset)
        meta = None
        if start.meta is not None and after.meta is not None:
            meta = self.at_head((*key, "meta"), start.meta, head.meta, after.meta)
        return Pointer(base, offset, meta)

    def _differs(self, cond: Cond) -> bool:
        """Whether threads may disagree about a condition in one iteration."""
        around = frozenset(c.terms[0][0][0] for c in (self.loop.counter, *self.around))
        heads = {a for a in leaves_of(self.terms, cond) if a >= 0 and self.terms.atoms[a].name.startswith("head")}
        shared = heads <= self.shared.keys()
        return cond.level >= THREAD and not (shared and is_shared(self.terms, cond, around | heads))

    def _number(self, key: tuple[Any, ...], start: Poly, head: Poly, after: Poly) -> Poly:
        terms, number = self.terms, self.loop.number
        step = terms.sub(after, head)
        mine = head.terms[0][0][0]
        if step.loops <= self.outer:
            self.heads[mine] = terms.add(start, terms.mul(step, self.loop.counter))
            return self.heads[mine]
        turn = self._round(head) or self._stopping(start, head, step)
        if turn is not None:
            self.heads[mine] = turn
            return turn
        if after.constant is not None and start.constant is not None:
            self.first_differs = True
        self.irregular = True
        lo, hi = self.range_of(start, head, after)
        name = f"walk{number}:{key}"
        if mine in self.shared:
            around = tuple(c for c in self.around if c.terms[0][0][0] in self.shared[mine])
            counters = (self.loop.counter, *around)
            self.walks[name] = Walk(name, start, after, self.heads, counters)
            made = terms.app(name, counters, lo, hi)
            self.heads[mine] = made
        else:
            made = terms.symbol(name, THREAD, lo, hi, after.data)
            self.carried[made.terms[0][0][0]] = after
        return made

    def _stopping(self, start: Poly, head: Poly, step: Poly) -> Poly | None:
        """A number that goes up (or down) by one until it is at a bound, and stays there: ``start..=end``."""
        terms, k = self.terms, self.loop.counter
        mono, times = step.terms[0] if len(step.terms) == 1 else ((), 0)
        atom = terms.atoms[mono[0]] if len(mono) == 1 else None
        if atom is None or atom.cond is None:
            return None
        ways = [a.constant for a in atom.args]
        sign = times * next((way for way in ways if way), 0)
        if abs(sign) != 1 or 0 not in ways:
            return None
        test = atom.cond if ways[1] == 0 else terms.negate(atom.cond)
        if test.kind != "ge" or test.poly is None:
            return None
        last = terms.add(test.poly, terms.scale(head, sign))  # it goes on while it is at most that
        if not last.loops <= self.outer:
            return None
        first, end = terms.scale(start, sign), terms.add(last, terms.one)
        going = terms.ge(terms.sub(terms.sub(end, first), k))
        self.goes_on[test] = going
        stopped = terms.ite(terms.ge(terms.sub(end, first)), end, first)
        return terms.scale(terms.ite(going, terms.add(first, k), stopped), sign)

    def _ended(self, start: Value, after: Value) -> Cond | None:
        """A flag that says that such a number is at its bound."""
        terms, k = self.terms, self.loop.counter
        going = self.goes_on.get(terms.negate(after)) if isinstance(after, Cond) else None
        if going is None or start is not terms.false:
            return None
        at_start = Substitution(terms, {k.terms[0][0][0]: terms.zero}, "", everywhere=True).cond(going)
        return (
            terms.negate(going)
            if at_start is terms.true
            else terms.and_((terms.ge(terms.sub(k, terms.one)), terms.negate(going)))
        )

    def _flag(self, key: tuple[Any, ...], start: Value, after: Value) -> Cond:
        """A flag that an iteration leaves: one that was off before the loop and is on now implies what no iteration
        changes of the condition that sets it; likewise one that was on and is off."""
        terms = self.terms
        made = terms.variable(f"flag{self.loop.number}:{key}", THREAD, True)
        if not isinstance(after, Cond) or (start is not terms.false and start is not terms.true):
            return made
        sets = after if start is terms.false else terms.negate(after)
        parts = sets.args if sets.kind == "and" else (sets,)
        on = terms.and_((*(c for c in parts if self._is_fixed(c)), made))
        return on if start is terms.false else terms.negate(on)

    def _is_fixed(self, cond: Cond) -> bool:
        """Whether a condition is made of coordinates and inputs of the launch, the same in all iterations."""
        if cond.data or not cond.loops <= self.outer:
            return False
        leaves = leaves_of(self.terms, cond)
        return all(x >= 0 and not self.terms.atoms[x].name.startswith(("walk", "head")) for x in leaves)

    def _round(self, head: Poly | Cond) -> Poly | None:
        """A value that comes round again, at iteration ``k``."""
        found = self.rounds.get(key_of(head))
        return as_term(self.terms, found, self.loop.counter) if found is not None else None

    def range_of(self, start: Poly, head: Poly, after: Poly) -> tuple[int | None, int | None]:
        """Bounds that hold before the loop and are kept by each iteration."""
        atom = self._only_atom(after)
        if atom is not None and atom.name == "div" and start.lo is not None and start.lo >= 0:
            return 0, start.hi
        if len(after.terms) == 1 and len(after.terms[0][0]) == 1 and after.terms[0][1] >= 1:
            if start.lo is not None and start.lo >= 0 and after.terms[0][0] == head.terms[0][0]:
                return start.lo, None
        low = None
        if start.lo is not None and start.lo >= 0 and not after.has_ite:
            low = self._kept(after, head)
        return (0 if low else None), None

    def _kept(self, after: Poly, head: Poly) -> bool:
        """Whether a result is not negative when the placeholder is not."""
        mono = head.terms[0][0]
        for m, c in after.terms:
            if m == mono:
                if c < 0:
                    return False
                continue
            part = self.terms.poly(((m, c),))
            if part.lo is None or part.lo < 0:
                return False
        return True

    def _only_atom(self, p: Poly) -> Atom | None:
        if len(p.terms) == 1 and p.terms[0][1] == 1 and len(p.terms[0][0]) == 1:
            return self.terms.atoms[p.terms[0][0][0]]
        return None
