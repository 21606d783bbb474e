"""Symbolic integers and conditions: polynomials over atoms, with intervals, and boolean terms over them.

What it is: the terms of the symbolic execution. A :class:`Poly` is a sum of products of :class:`Atom` with integer
coefficients, kept in normal form, so that equal forms are the same object. An atom is a symbol (a coordinate, a
parameter, a loop's counter), an application of an operation that is no polynomial (``div``, ``mod``, ``xor``, a load),
or a choice (``ite``). Integers are unbounded; whoever builds a term answers for wrap-around.

Every term has a *level*: how far it is the same in all threads (the grid, the block, or one thread only), and a flag
``data``: whether it depends on something not decided by the launch (contents of memory, floats, what a loop left).

Assumes: terms of one :class:`Terms` are not mixed with another's. Guarantees: intervals contain every value.

Example: ``t.sub(t.mul(x, t.const(4)), x)`` is ``3*x``.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import gcd
from typing import Any, Final

GRID: Final = 0
BLOCK: Final = 1
THREAD: Final = 3

Mono = tuple[int, ...]  # ids of atoms, sorted


class Atom:
    """See the module docstring. ``kind``: "sym", "app" or "ite" (then ``cond`` is set)."""

    __slots__ = ("args", "cond", "data", "hi", "id", "kind", "level", "lo", "loops", "name")

    def __init__(
        self, id_: int, kind: str, name: str, args: tuple[Poly, ...], lo: int | None, hi: int | None, level: int
    ) -> None:
        self.id = id_
        self.kind = kind
        self.name = name
        self.args = args
        self.lo = lo
        self.hi = hi
        self.level = level
        self.data = False
        self.cond: Cond | None = None
        self.loops: frozenset[int] = frozenset()

    def __repr__(self) -> str:
        if self.kind == "sym":
            return self.name
        if self.kind == "ite":
            return f"ite({self.cond}, {self.args[0]}, {self.args[1]})"
        return f"{self.name}({', '.join(map(str, self.args))})"


class Poly:
    """A polynomial in normal form. ``lo``/``hi``: bounds, None when there is none."""

    __slots__ = ("data", "has_ite", "hi", "id", "level", "lo", "loops", "terms")
    terms: tuple[tuple[Mono, int], ...]
    lo: int | None
    hi: int | None
    level: int
    data: bool
    has_ite: bool
    loops: frozenset[int]
    id: int

    @property
    def constant(self) -> int | None:
        """The value of a constant."""
        if not self.terms:
            return 0
        if len(self.terms) == 1 and not self.terms[0][0]:
            return self.terms[0][1]
        return None

    def __repr__(self) -> str:
        return " + ".join(f"{c}*{m}" if m else str(c) for m, c in self.terms) or "0"


class Cond:
    """A boolean term. ``kind``: "const", "ge" (poly >= 0), "eq"/"ne" (poly == 0), "var"/"not" (opaque), "and"/"or"."""

    __slots__ = ("args", "data", "id", "kind", "level", "loops", "monos", "negation", "poly", "value")

    def __init__(self, id_: int, kind: str) -> None:
        self.id = id_
        self.kind = kind
        self.args: tuple[Cond, ...] = ()
        self.poly: Poly | None = None
        self.value = False
        self.level = GRID
        self.data = False
        self.loops: frozenset[int] = frozenset()
        self.negation: Cond | None = None
        self.monos: frozenset[Mono] = frozenset()  # of the polynomial, without the constant

    def __repr__(self) -> str:
        if self.kind == "const":
            return str(self.value)
        if self.kind in ("ge", "eq", "ne"):
            return f"({self.poly} {self.kind} 0)"
        if self.kind in ("var", "not"):
            return f"{self.kind}{self.id}"
        return f"{self.kind}({', '.join(map(str, self.args))})"


_NO_BOUND: Final = -(1 << 200)
NO_LOOPS: Final[frozenset[int]] = frozenset()


def _min_sum(a: int | None, b: int | None) -> int | None:
    return None if a is None or b is None else a + b


class Terms:
    """The factory of one analysis."""

    def __init__(self) -> None:
        self.most_iterations = 1 << 40  # of a loop
        self.effort = 0  # spent so far, in comparisons of terms: the same for the same kernel at any time
        self.atoms: list[Atom] = []
        self._atom_keys: dict[Any, Atom] = {}
        self._polys: dict[tuple[tuple[Mono, int], ...], Poly] = {}
        self._conds: dict[Any, Cond] = {}
        self._numbered: dict[int, Cond] = {}
        self.true = self._constant(True)
        self.false = self._constant(False)
        self.true.negation, self.false.negation = self.false, self.true
        self.factors: dict[Poly, tuple[Poly, int]] = {}  # ``a*(a + c)``, not of the grid -> a, c
        self.zero = self.poly(())
        self.one = self.const(1)

    # -- polynomials

    def poly(self, terms: tuple[tuple[Mono, int], ...]) -> Poly:
        """The interned polynomial of sorted terms without zero coefficients."""
        found = self._polys.get(terms)
        if found is not None:
            return found
        made = Poly()
        made.terms = terms
        made.id = len(self._polys)
        lo: int | None = 0
        hi: int | None = 0
        level, data, has_ite, loops = GRID, False, False, NO_LOOPS
        for mono, c in terms:
            mlo, mhi = self._mono_range(mono)
            if c < 0:
                mlo, mhi = mhi, mlo
            lo = None if lo is None or mlo is None else lo + mlo * c
            hi = None if hi is None or mhi is None else hi + mhi * c
            for a in mono:
                atom = self.atoms[a]
                level = max(level, atom.level)
                data = data or atom.data
                has_ite = has_ite or atom.kind == "ite"
                if atom.loops:
                    loops = loops | atom.loops
        if lo is not None and lo < 0:
            lo = max(lo, self._least_of_multiples(terms))
        made.lo, made.hi, made.level, made.data, made.has_ite, made.loops = lo, hi, level, data, has_ite, loops
        self._polys[terms] = made
        return made

    def _least_of_multiples(self, terms: tuple[tuple[Mono, int], ...]) -> int:
        """A lower bound by ``a - a mod n >= 0``; far below zero where there is no such part."""
        for mono, c in terms:
            atom = self.atoms[mono[0]] if len(mono) == 1 and c < 0 else None
            if atom is None or atom.name != "mod" or atom.args[0].lo is None or atom.args[0].lo < 0:
                continue
            rest = dict(terms)
            del rest[mono]
            for m, k in atom.args[0].terms:
                rest[m] = rest.get(m, 0) + c * k
            if all(k >= 0 for m, k in rest.items() if m):
                lo = self._from(rest).lo
                return _NO_BOUND if lo is None else lo
        return _NO_BOUND

    def _mono_range(self, mono: Mono) -> tuple[int | None, int | None]:
        if not mono:
            return 1, 1
        first = self.atoms[mono[0]]
        lo, hi = first.lo, first.hi
        for a in mono[1:]:
            atom = self.atoms[a]
            if lo is not None and lo >= 0 and atom.lo is not None and atom.lo >= 0:
                lo = lo * atom.lo
                hi = None if hi is None or atom.hi is None else hi * atom.hi
            elif lo is None or hi is None or atom.lo is None or atom.hi is None:
                return None, None
            else:
                ends = [lo * atom.lo, lo * atom.hi, hi * atom.lo, hi * atom.hi]
                lo, hi = min(ends), max(ends)
        return lo, hi

    def const(self, value: int) -> Poly:
        """A constant."""
        return self.poly((((), value),) if value else ())

    def of_atom(self, atom: Atom) -> Poly:
        """An atom as a polynomial."""
        return self.poly((((atom.id,), 1),))

    def _from(self, acc: dict[Mono, int]) -> Poly:
        return self.poly(tuple(sorted((m, c) for m, c in acc.items() if c)))

    def add(self, a: Poly, b: Poly) -> Poly:
        """Sum."""
        if not a.terms:
            return b
        if not b.terms:
            return a
        acc = dict(a.terms)
        for m, c in b.terms:
            acc[m] = acc.get(m, 0) + c
        return self._from(acc)

    def sub(self, a: Poly, b: Poly) -> Poly:
        """Difference."""
        if not b.terms:
            return a
        acc = dict(a.terms)
        for m, c in b.terms:
            acc[m] = acc.get(m, 0) - c
        return self._from(acc)

    def scale(self, a: Poly, k: int) -> Poly:
        """Multiple."""
        if k == 1:
            return a
        return self.poly(tuple((m, c * k) for m, c in a.terms)) if k else self.zero

    def neg(self, a: Poly) -> Poly:
        """Negation."""
        return self.scale(a, -1)

    def mul(self, a: Poly, b: Poly) -> Poly:
        """Product."""
        if a.constant is not None:
            return self.scale(b, a.constant)
        if b.constant is not None:
            return self.scale(a, b.constant)
        if len(a.terms) * len(b.terms) > 256 or max(len(m) for m, _ in (*a.terms, *b.terms)) > 6:
            return self.app("mul", (a, b), None, None)
        self.effort += len(a.terms) * len(b.terms)
        acc: dict[Mono, int] = {}
        for m, c in a.terms:
            for n, d in b.terms:
                mono = tuple(sorted(m + n))
                acc[mono] = acc.get(mono, 0) + c * d
        made = self._from(acc)
        gap = self.sub(b, a).constant if a.level != GRID else None
        if gap is not None:
            self.factors[made] = a, gap
        return made

    # -- atoms

    def _new_atom(self, key: Any, kind: str, name: str, args: tuple[Poly, ...], lo: Any, hi: Any, level: int) -> Atom:
        atom = Atom(len(self.atoms), kind, name, args, lo, hi, level)
        self.atoms.append(atom)
        if key is not None:
            self._atom_keys[key] = atom
        return atom

    def symbol(
        self, name: str, level: int, lo: int | None = None, hi: int | None = None, data: bool = False, loop: int = -1
    ) -> Poly:
        """The symbol of that name and nature; made at its first mention."""
        key = (name, level, lo, hi, data)
        atom = self._atom_keys.get(key)
        if atom is None:
            atom = self._new_atom(key, "sym", name, (), lo, hi, level)
            atom.data = data
            if loop >= 0:
                atom.loops = frozenset((loop,))
        return self.of_atom(atom)

    def fresh(self, name: str, level: int, lo: int | None = None, hi: int | None = None, data: bool = True) -> Poly:
        """A symbol like no other."""
        return self.symbol(f"{name}#{len(self.atoms)}", level, lo, hi, data)

    def app(self, name: str, args: tuple[Poly, ...], lo: int | None, hi: int | None, data: bool = False) -> Poly:
        """A deterministic operation applied to integers."""
        key = (name, args, lo, hi)
        atom = self._atom_keys.get(key)
        if atom is None:
            atom = self._new_atom(key, "app", name, args, lo, hi, max((a.level for a in args), default=GRID))
            atom.data = data or any(a.data for a in args)
            for a in args:
                atom.loops = atom.loops | a.loops
        return self.of_atom(atom)

    def ite(self, cond: Cond, a: Poly, b: Poly) -> Poly:
        """A choice."""
        if cond.kind == "const":
            return a if cond.value else b
        if a is b:
            return a
        if cond.kind in ("ne", "not"):
            cond, a, b = self.negate(cond), b, a
        if cond.kind == "eq" and cond.poly is not None and self._agree(a, b, cond.poly):
            return b  # where it is 0 that is compared, both are the same
        if a.constant is None and b.constant is None:
            gap = self.sub(a, b)
            if gap.constant is not None:  # what may be added to a number, so that a loop that does it is seen to
                return self.add(b, self.ite(cond, gap, self.zero))
        key = ("ite", cond, a, b)
        atom = self._atom_keys.get(key)
        if atom is None:
            lo = None if a.lo is None or b.lo is None else min(a.lo, b.lo)
            hi = None if a.hi is None or b.hi is None else max(a.hi, b.hi)
            atom = self._new_atom(key, "ite", "ite", (a, b), lo, hi, max(cond.level, a.level, b.level))
            atom.cond = cond
            atom.data = cond.data or a.data or b.data
            atom.loops = cond.loops | a.loops | b.loops
        return self.of_atom(atom)

    def _agree(self, a: Poly, b: Poly, zero: Poly) -> bool:
        """Whether two numbers are certainly the same where ``zero`` is 0; of a choice, whichever is chosen."""
        if a is b or _is_multiple(self.sub(a, b), zero):
            return True
        mono, times = a.terms[0] if len(a.terms) == 1 else ((), 0)
        chosen = self.atoms[mono[0]] if len(mono) == times == 1 else None
        return chosen is not None and chosen.kind == "ite" and all(self._agree(x, b, zero) for x in chosen.args)

    def substitute(self, p: Poly, mapping: dict[int, Poly]) -> Poly:
        """Replace atoms of the polynomial itself (not inside applications)."""
        if not any(a in mapping for m, _ in p.terms for a in m):
            return p
        acc: dict[Mono, int] = {}
        for mono, c in p.terms:
            if not any(a in mapping for a in mono):
                acc[mono] = acc.get(mono, 0) + c
                continue
            product = self.const(c)
            for a in mono:
                product = self.mul(product, mapping.get(a) or self.of_atom(self.atoms[a]))
            for m, d in product.terms:
                acc[m] = acc.get(m, 0) + d
        return self._from(acc)

    # -- conditions

    def _constant(self, value: bool) -> Cond:
        made = Cond(int(value), "const")
        made.value = value
        return made

    def _cond(self, key: Any, kind: str) -> tuple[Cond, bool]:
        found = self._conds.get(key)
        if found is not None:
            return found, False
        made = Cond(len(self._conds) + 2, kind)
        self._conds[key] = self._numbered[made.id] = made
        return made, True

    def _atomic(self, kind: str, p: Poly) -> Cond:
        made, new = self._cond((kind, p), kind)
        if new:
            made.poly, made.level, made.data, made.loops = p, p.level, p.data, p.loops
            made.monos = frozenset(m for m, _ in p.terms if m)
        return made

    def ge(self, p: Poly) -> Cond:
        """``p >= 0``."""
        if p.lo is not None and p.lo >= 0:
            return self.true
        if p.hi is not None and p.hi < 0:
            return self.false
        lifted = self._lift(p, self.ge) if p.has_ite else None
        if lifted is not None:
            return lifted
        g = 0
        for m, c in p.terms:
            g = gcd(g, c) if m else g
        if g > 1:
            p = self.poly(tuple((m, c // g) for m, c in p.terms if m or c // g))
        return self._atomic("ge", p)

    def lt(self, a: Poly, b: Poly) -> Cond:
        """``a < b``."""
        return self.ge(self.sub(self.sub(b, a), self.one))

    def le(self, a: Poly, b: Poly) -> Cond:
        """``a <= b``."""
        return self.ge(self.sub(b, a))

    def eq(self, a: Poly, b: Poly) -> Cond:
        """``a == b``."""
        return self.eq0(self.sub(a, b))

    def eq0(self, p: Poly) -> Cond:
        """``p == 0``."""
        if not p.terms:
            return self.true
        if (p.lo is not None and p.lo > 0) or (p.hi is not None and p.hi < 0):
            return self.false
        lifted = self._lift(p, self.eq0) if p.has_ite else None
        if lifted is not None:
            return lifted
        g, rest = 0, 0
        for m, c in p.terms:
            if m:
                g = gcd(g, c)
            else:
                rest = c
        if rest % g:
            return self.false
        if p.terms[-1][1] < 0:
            g = -g
        if g != 1:
            p = self.poly(tuple((m, c // g) for m, c in p.terms))
        return self._atomic("eq", p)

    def _lift(self, p: Poly, build: Any) -> Cond | None:
        """A comparison with one choice as the choice of comparisons, where that decides one side."""
        found: Atom | None = None
        for mono, _ in p.terms:
            for a in mono:
                atom = self.atoms[a]
                if atom.kind == "ite":
                    if len(mono) > 1 or (found is not None and found is not atom):
                        return None
                    found = atom
        if found is None or found.cond is None:
            return None
        one = build(self.substitute(p, {found.id: found.args[0]}))
        two = build(self.substitute(p, {found.id: found.args[1]}))
        if one.kind != "const" and two.kind != "const" and one is not two:
            return None
        return self.choose(found.cond, one, two)

    def choose(self, cond: Cond, a: Cond, b: Cond) -> Cond:
        """``if cond { a } else { b }``."""
        if a is b:
            return a
        if a is self.true:
            return self.or_((cond, b))
        if a is self.false:
            return self.and_((self.negate(cond), b))
        if b is self.true:
            return self.or_((self.negate(cond), a))
        if b is self.false:
            return self.and_((cond, a))
        return self.or_((self.and_((cond, a)), self.and_((self.negate(cond), b))))

    def variable(self, name: str, level: int, data: bool) -> Cond:
        """An opaque condition of that name."""
        made, new = self._cond(("var", name), "var")
        if new:
            made.level, made.data = level, data
        return made

    def fresh_condition(self, name: str, level: int, data: bool = True) -> Cond:
        """An opaque condition like no other."""
        return self.variable(f"{name}#{len(self._conds)}", level, data)

    def condition(self, number: int) -> Cond:
        """The condition of that number."""
        return self._numbered[number]

    def negate(self, c: Cond) -> Cond:
        """``!c``."""
        if c.negation is None:
            c.negation = self._negation(c)
            if c.negation.negation is None:
                c.negation.negation = c
        return c.negation

    def _negation(self, c: Cond) -> Cond:
        if c.kind == "ge":
            assert c.poly is not None
            return self.ge(self.sub(self.neg(c.poly), self.one))
        if c.kind in ("eq", "ne"):
            assert c.poly is not None
            return self._atomic("ne" if c.kind == "eq" else "eq", c.poly)
        if c.kind in ("var", "not"):
            made, _ = self._cond(("not", c), "not")
            made.level, made.data, made.args, made.loops = c.level, c.data, (c,), c.loops
            return made
        build = self.or_ if c.kind == "and" else self.and_
        return build(self.negate(a) for a in c.args)

    def and_(self, parts: Iterable[Cond]) -> Cond:
        """Conjunction."""
        return self._join(parts, "and", self.true, self.false)

    def or_(self, parts: Iterable[Cond]) -> Cond:
        """Disjunction."""
        return self._join(parts, "or", self.false, self.true)

    def _join(self, parts: Iterable[Cond], kind: str, unit: Cond, zero: Cond) -> Cond:
        seen: dict[Cond, None] = {}
        dual = "or" if kind == "and" else "and"
        for part in parts:
            for c in part.args if part.kind == kind else (part,):
                if c is zero or self.negate(c) in seen:
                    return zero
                if c is not unit:
                    seen[c] = None
        if len(seen) > 1 and any(c.kind == dual for c in seen):
            return self._absorbed(seen, kind, dual, unit, zero)
        return self._joined(seen, kind, unit)

    def _absorbed(self, seen: dict[Cond, None], kind: str, dual: str, unit: Cond, zero: Cond) -> Cond:
        """``a and (!a or b)`` is ``a and b``; ``a and (a or b)`` is ``a``."""
        again = False
        out: dict[Cond, None] = {}
        for c in seen:
            if c.kind == dual:
                if any(x in seen for x in c.args):
                    continue
                kept = [x for x in c.args if self.negate(x) not in seen]
                if not kept:
                    return zero
                if len(kept) < len(c.args):
                    again = True
                    c = self._joined(dict.fromkeys(kept), dual, zero)
            out[c] = None
        return self._join(out, kind, unit, zero) if again else self._joined(out, kind, unit)

    def _joined(self, seen: dict[Cond, None], kind: str, unit: Cond) -> Cond:
        if not seen:
            return unit
        if len(seen) == 1:
            return next(iter(seen))
        args = tuple(sorted(seen, key=_cond_id))
        made, new = self._cond((kind, args), kind)
        if new:
            made.args = args
            made.level = max(c.level for c in args)
            made.data = any(c.data for c in args)
            for c in args:
                made.loops = made.loops | c.loops
        return made


def _is_multiple(p: Poly, unit: Poly) -> bool:
    """Whether a polynomial is a multiple of another one."""
    if len(p.terms) != len(unit.terms) or not p.terms:
        return False
    k, rest = divmod(p.terms[0][1], unit.terms[0][1])
    return rest == 0 and all(m == n and c == k * d for (m, c), (n, d) in zip(p.terms, unit.terms, strict=True))


def _cond_id(c: Cond) -> int:
    return c.id
