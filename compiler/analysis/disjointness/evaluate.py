"""Terms with numbers put in: the check of a solver's answer, and of a launch.

What it is: exact evaluation. Assumes: values for symbols by (atom, copy of the thread). Guarantees: None as soon as
something has no value (data in memory, a recurrence too long); never a wrong number.

Example: ``div(threadIdx.x, 32)`` at ``threadIdx.x = 40`` is 1.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from compiler.analysis.disjointness.operations import OPERATIONS, counted_bits
from compiler.analysis.disjointness.terms import Atom, Cond, Poly, Terms

if TYPE_CHECKING:
    from compiler.analysis.disjointness.loops import Last, Recurrences, Walk

_MAX_WALK = 4096
_MAX_LOOP = 64
_MAX_DEPTH = 3
V = TypeVar("V")


class Evaluation:
    """See the module docstring. ``atoms``: values of symbols; ``conds``: of opaque conditions."""

    def __init__(
        self, terms: Terms, walks: Recurrences, atoms: Callable[[Atom], int | None], conds: dict[int, int] | None
    ) -> None:
        self.terms = terms
        self.walks = walks
        self.symbol = atoms
        self.opaque = conds
        self._heads: dict[int, int] = {}
        self._depth = 0
        self._memo: dict[int, int | None] = {}

    def assume(self, atom: int, value: int) -> None:
        """Give an atom that is no symbol a value."""
        self._memo[atom] = value

    def poly(self, p: Poly) -> int | None:
        """An integer."""
        total = 0
        for mono, c in p.terms:
            product = c
            for a in mono:
                value = self.atom(self.terms.atoms[a])
                if value is None:
                    return None
                product *= value
            total += product
        return total

    def atom(self, atom: Atom) -> int | None:
        """An atom."""
        if atom.id in self._heads:
            return self._heads[atom.id]
        if atom.id in self._memo and not self._heads:
            return self._memo[atom.id]
        value = self._atom(atom)
        if not self._heads:
            self._memo[atom.id] = value
        return value

    def _atom(self, atom: Atom) -> int | None:
        if atom.kind == "sym":
            return self.symbol(atom)
        if atom.kind == "ite":
            assert atom.cond is not None
            chosen = self.cond(atom.cond)
            return None if chosen is None else self.poly(atom.args[0 if chosen else 1])
        recurrence = self.walks.get(atom.name)
        if recurrence is not None:
            is_walk = hasattr(recurrence, "step")
            return self._walk(recurrence, atom) if is_walk else self._last(recurrence, atom)  # type: ignore[arg-type]
        operation = OPERATIONS.get(atom.name)
        args = [self.poly(a) for a in atom.args]
        if len(args) == 1 and args[0] is not None:
            return counted_bits(atom.name, args[0])
        if operation is None or len(args) != 2 or args[0] is None or args[1] is None:
            return None
        if args[1] == 0 and atom.name in ("div", "mod", "sdiv", "srem"):
            return None
        return operation(args[0], args[1])

    def _walk(self, walk: Walk, atom: Atom) -> int | None:
        mine = {
            a for a, p in walk.heads.items()
            if len(p.terms) == 1 and len(p.terms[0][0]) == 1 and self.terms.atoms[p.terms[0][0][0]].name == walk.name
        }  # fmt: skip
        others = walk.heads.keys() - mine
        if not mine or any(a in others for a in _used(self.terms, walk.step)):
            return None
        args = self._arguments(atom)
        if args is None or not 0 <= args[0] <= _MAX_WALK:
            return None
        around = _numbered(walk.counters[1:], args[1:])
        value = self._under(around, lambda: self.poly(walk.start))
        for k in range(args[0]):
            if value is None:
                return None
            given = {**around, **_numbered(walk.counters, (k,)), **dict.fromkeys(mine, value)}
            value = self._under(given, lambda: self.poly(walk.step))
        return value

    def _last(self, last: Last, atom: Atom) -> int | None:
        args = self._arguments(atom)
        for k in range(_MAX_LOOP if args is not None else 0):
            assert args is not None
            ends = self._under(_numbered(last.counters, (k, *args)), lambda: self.cond(last.ends))
            if ends is not False:
                return k if ends else None
        return None

    def _arguments(self, atom: Atom) -> list[int] | None:
        args = [self.poly(a) for a in atom.args] if self._depth < _MAX_DEPTH else [None]
        return None if None in args else [a for a in args if a is not None]

    def _under(self, given: dict[int, int], value: Callable[[], V]) -> V:
        """A value with numbers for atoms, those of a loop that is run."""
        saved, self._heads = self._heads, given
        self._depth += 1
        try:
            return value()
        finally:
            self._heads = saved
            self._depth -= 1

    def cond(self, c: Cond) -> bool | None:
        """A condition."""
        if c.kind == "const":
            return c.value
        if c.poly is not None:
            value = self.poly(c.poly)
            if value is None:
                return None
            return value >= 0 if c.kind == "ge" else (value == 0) == (c.kind == "eq")
        if c.kind == "var":
            value = None if self.opaque is None else self.opaque.get(c.id)
            return None if value is None else bool(value)
        if c.kind == "not":
            inner = self.cond(c.args[0])
            return None if inner is None else not inner
        values = [self.cond(a) for a in c.args]
        decided = c.kind == "or"
        if decided in values:
            return decided
        return None if None in values else not decided


def may_hold(e: Evaluation, cond: Cond) -> bool:
    """Whether a condition holds for these numbers; one about data may, unless they decide it."""
    return e.cond(cond) is not False if cond.data else e.cond(cond) is True


def _numbered(counters: Sequence[Poly], values: Sequence[int]) -> dict[int, int]:
    return {c.terms[0][0][0]: v for c, v in zip(counters, values, strict=False)}


def _used(terms: Terms, p: Poly) -> set[int]:
    out: set[int] = set()
    work = [p]
    while work:
        for mono, _ in work.pop().terms:
            for a in mono:
                out.add(a)
                work += terms.atoms[a].args
    return out
