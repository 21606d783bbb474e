"""Integer operations of the machine on unbounded symbolic integers.

What it is: each operation gives the exact result where an interval or the path shows that nothing wraps; else either a
choice or remainder that spells the wrap out, or the unwrapped result with a note that it is assumed to fit.

Assumes: operands within their types. Guarantees: a result that may be inexact is noted (:class:`~.access.Fits`) or is
an application, equal for equal operands.

Example: ``i - 1`` of ``u32`` under ``i > 0`` is ``i - 1``; without the guard ``ite(i < 1, i + 4294967295, i - 1)``.
"""

from __future__ import annotations

from typing import Final

from compiler.analysis.disjointness.memory import MemoryModel, int_range
from compiler.analysis.disjointness.state import State, entailed
from compiler.analysis.disjointness.terms import Atom, Poly
from compiler.mir import body as m
from compiler.ty import types as t

ORDINARY: Final = 1 << 14  # a size or coordinate as it occurs


class Arithmetic(MemoryModel):
    """See the module docstring."""

    def wrapped(self, state: State, value: Poly, ty: t.IntTy, exact: bool = False) -> Poly:
        """A sum, difference or product brought into its type. ``exact``: the program says that it may wrap."""
        lo, hi = int_range(ty)
        terms, width = self.terms, 1 << ty.bits
        below = value.lo is None or value.lo < lo
        above = value.hi is None or value.hi > hi
        if below and entailed(terms, state.known, terms.ge(terms.sub(value, terms.const(lo)))):
            below = False
        if above and entailed(terms, state.known, terms.ge(terms.sub(terms.const(hi), value))):
            above = False
        if not below and not above:
            return value
        if below and not ty.signed and value.lo is not None and value.lo >= -width and not (above and exact):
            return terms.ite(terms.ge(value), value, terms.add(value, terms.const(width)))
        if exact and not value.data:
            if above and not below and value.hi is not None and value.hi < 2 * width:
                over = terms.ge(terms.sub(value, terms.const(hi + 1)))
                return terms.ite(over, terms.sub(value, terms.const(width)), value)
            return self._masked(value, ty) if self._likely_wraps(value, ty) else self.fits(state, value, lo, hi)
        if value.data and (exact or not self.is_counted(value)):
            return self._masked(value, ty)
        return self.fits(state, value, lo, hi)

    def is_counted(self, value: Poly) -> bool:
        """Whether a number is what a counter gave out and little more, which is assumed not to wrap around."""
        return False

    def _masked(self, value: Poly, ty: t.IntTy) -> Poly:
        """The value modulo 2 to the number of bits."""
        terms, width = self.terms, 1 << ty.bits
        half = terms.const(width >> 1 if ty.signed else 0)
        return terms.sub(terms.app("mod", (terms.add(value, half), terms.const(width)), 0, width - 1), half)

    def _likely_wraps(self, value: Poly, ty: t.IntTy) -> bool:
        """Whether it leaves its type for numbers as they occur: a hash or a generator of random numbers, where an index
        leaves it only in launches that nobody makes."""
        lo, hi = int_range(ty)
        low = high = 0
        for mono, c in value.terms:
            size = 1
            for a in mono:
                atom = self.terms.atoms[a]
                known = atom.hi is not None and atom.hi <= hi
                size *= max(1, min(ORDINARY, atom.hi)) if known and atom.hi is not None else ORDINARY
            low, high = (low, high + c * size) if c > 0 else (low + c * size, high)
        return high > hi or low < lo - (0 if ty.signed else 1 << ty.bits)

    def binary(self, state: State, op: m.BinOp, a: Poly, b: Poly, ty: t.IntTy, exact: bool = False) -> Poly:
        """An arithmetic or bit operation."""
        terms = self.terms
        if op in (m.BinOp.ADD, m.BinOp.ADD_WITH_OVERFLOW):
            return self.wrapped(state, terms.add(a, b), ty, exact)
        if op in (m.BinOp.SUB, m.BinOp.SUB_WITH_OVERFLOW):
            return self.wrapped(state, terms.sub(a, b), ty, exact)
        if op in (m.BinOp.MUL, m.BinOp.MUL_WITH_OVERFLOW):
            return self.wrapped(state, terms.mul(a, b), ty, exact)
        if op is m.BinOp.DIV:
            return self.divided(state, a, b)
        if op is m.BinOp.REM:
            return self.remainder(state, a, b)
        if op is m.BinOp.SHL:
            return self._shifted_left(state, a, b, ty)
        if op is m.BinOp.SHR:
            amount = b.constant
            if amount is not None:
                return self.floor_divided(state, a, terms.const(1 << (amount & (ty.bits - 1))))
            self.shifting |= b.loops
            return terms.app("shr", (a, b), 0 if a.lo is not None and a.lo >= 0 else None, a.hi)
        return self.bits(state, op, a, b, ty)

    def _shifted_left(self, state: State, a: Poly, b: Poly, ty: t.IntTy) -> Poly:
        amount = b.constant
        if amount is not None:
            return self.wrapped(state, self.terms.scale(a, 1 << (amount & (ty.bits - 1))), ty, True)
        self.shifting |= b.loops
        lo, hi = int_range(ty)
        low = 1 if a.constant is not None and a.constant & 1 and not ty.signed else lo
        return self.terms.app("shl", (a, b), low, hi)

    def divided(self, state: State, a: Poly, b: Poly) -> Poly:
        """Rust's division; floor division where nothing is negative."""
        if self._natural(state, a):
            return self.floor_divided(state, a, b)
        return self.terms.app("sdiv", (a, b), None, None)

    def remainder(self, state: State, a: Poly, b: Poly) -> Poly:
        """Rust's remainder."""
        if self._natural(state, a):
            quotient, rest = self._split(state, a, b)
            return rest if quotient is not None else self._app_mod(rest, b)
        return self.terms.app("srem", (a, b), None, None)

    def _app_mod(self, a: Poly, b: Poly) -> Poly:
        hi = None if b.hi is None else b.hi - 1
        if a.hi is not None and (hi is None or a.hi < hi):
            hi = a.hi
        return self.terms.app("mod", (a, b), 0, hi)

    def floor_divided(self, state: State, a: Poly, b: Poly) -> Poly:
        """Floor division by a positive number."""
        terms = self.terms
        triangle = self._triangle(a) if b.constant == 2 else None
        if triangle is not None:
            return triangle
        quotient, rest = self._split(state, a, b)
        if quotient is not None:
            return quotient
        whole = terms.sub(a, rest)
        lo = 0 if rest.lo is not None and rest.lo >= 0 else None
        hi = rest.hi
        if hi is not None and b.lo is not None and b.lo > 0:
            hi = hi // b.lo
        inner = terms.app("div", (rest, b), lo, hi)
        return terms.add(self._exactly(whole, b), inner)

    def _triangle(self, a: Poly) -> Poly | None:
        """``x*(x + 1) / 2``, of numbers that are not negative."""
        terms = self.terms
        x, more = terms.factors.get(a, (None, 0))
        if x is None:
            squares = (y for square, (y, c) in terms.factors.items() if c == 0 and terms.sub(a, square) is y)
            x, more = next(squares, None), 1
        if x is not None and abs(more) == 1:
            x = x if more == 1 else terms.sub(x, terms.one)
            least = x.lo if x.lo is not None else -2
            if least >= -1:  # of -1 it is 0 too
                top = None if x.hi is None else x.hi * (x.hi + 1) // 2
                return terms.app("triangle", (x,), 0, top)
        return None

    def _exactly(self, whole: Poly, b: Poly) -> Poly:
        """A multiple of ``b`` divided by it."""
        if not whole.terms:
            return whole
        if b.constant is not None:
            return self.terms.poly(tuple((mono, c // b.constant) for mono, c in whole.terms))
        (mono, k) = b.terms[0]
        return self.terms._from({_without(n, mono): c // k for n, c in whole.terms})

    def _split(self, state: State, a: Poly, b: Poly) -> tuple[Poly | None, Poly]:
        """``(q, r)`` with ``a = b*q + r`` and ``0 <= r < b``; or ``(None, r)`` with ``r`` congruent to ``a``, not
        negative."""
        terms = self.terms
        inside: list[tuple[tuple[int, ...], int]] = []
        rest: list[tuple[tuple[int, ...], int]] = []
        divisor = b.constant
        if divisor is not None and divisor <= 0:
            return None, a
        if divisor is None and len(b.terms) != 1:
            return (terms.one, terms.zero) if a is b else (None, a)
        for mono, c in a.terms:
            if divisor is not None:
                multiple = c - c % divisor
                if multiple:
                    inside.append((mono, multiple))
                if c % divisor:
                    rest.append((mono, c % divisor))
                continue
            bm, bk = b.terms[0]
            fits = c % bk == 0 and _contains(mono, bm)
            (inside if fits else rest).append((mono, c))
        r = terms.poly(tuple(rest))
        whole = terms.poly(tuple(inside))
        positive = (r.lo is not None and r.lo >= 0) or entailed(terms, state.known, terms.ge(r))
        if not positive:
            return None, a
        small = terms.ge(terms.sub(terms.sub(b, r), terms.one))
        if small is terms.true or entailed(terms, state.known, small):
            return self._exactly(whole, b), r
        return None, r

    def bits(self, state: State, op: m.BinOp, a: Poly, b: Poly, ty: t.IntTy) -> Poly:
        """And, or, xor."""
        terms = self.terms
        if a.constant is not None and b.constant is None:
            a, b = b, a
        x, y = a.constant, b.constant
        if x is not None and y is not None:
            value = {m.BinOp.BIT_AND: x & y, m.BinOp.BIT_OR: x | y, m.BinOp.BIT_XOR: x ^ y}[op]
            return terms.const(value)
        natural = self._natural(state, a) and self._natural(state, b)
        if y is not None and natural:
            exact = self._with_constant(state, op, a, y, ty)
            if exact is not None:
                return exact
        if op is m.BinOp.BIT_AND:
            if y is not None and y >= 0 and y & (y + 1) == 0 and natural:
                return self.remainder(state, a, terms.const(y + 1))
            his = [h for h in (a.hi, b.hi) if h is not None] if natural else []
            return terms.app("and", self._sorted(a, b), 0 if natural else None, min(his) if his else None)
        if y == 0 and op in (m.BinOp.BIT_OR, m.BinOp.BIT_XOR):
            return a
        if natural and self._disjoint_bits(state, a, b):
            return terms.add(a, b)
        if op is m.BinOp.BIT_XOR and a is b:
            return terms.zero
        if a is b:
            return a
        top = None
        if natural and a.hi is not None and b.hi is not None:
            top = (1 << max(a.hi, b.hi).bit_length()) - 1
        name = "or" if op is m.BinOp.BIT_OR else "xor"
        if name == "xor":
            for p, q in ((a, b), (b, a)):
                atom = self._single(p)
                if atom is not None and atom.name == "xor" and q in atom.args:
                    return atom.args[1] if atom.args[0] is q else atom.args[0]
        lo: int | None = 0 if natural else None
        return terms.app(name, self._sorted(a, b), lo, top)

    def _with_constant(self, state: State, op: m.BinOp, a: Poly, y: int, ty: t.IntTy) -> Poly | None:
        """A bit operation with a constant of few bits, or of all bits above one, as arithmetic."""
        terms = self.terms
        low = (1 << ty.bits) - y
        if op is m.BinOp.BIT_AND and y and low & (low - 1) == 0:
            return terms.sub(a, self.remainder(state, a, terms.const(low)))
        if y & (y + 1) == 0 and op is m.BinOp.BIT_AND:
            return None
        if y.bit_count() > 2:
            return None
        result = terms.zero if op is m.BinOp.BIT_AND else a
        for k in range(y.bit_length()):
            unit = 1 << k
            if not y & unit:
                continue
            bit = self.remainder(state, self.floor_divided(state, a, terms.const(unit)), terms.const(2))
            weight = {m.BinOp.BIT_AND: 0, m.BinOp.BIT_OR: 1, m.BinOp.BIT_XOR: 1}[op]
            factor = {m.BinOp.BIT_AND: 1, m.BinOp.BIT_OR: -1, m.BinOp.BIT_XOR: -2}[op]
            result = terms.add(result, terms.add(terms.const(weight * unit), terms.scale(bit, factor * unit)))
        return result

    def _natural(self, state: State, p: Poly) -> bool:
        return (p.lo is not None and p.lo >= 0) or entailed(self.terms, state.known, self.terms.ge(p))

    def _single(self, p: Poly) -> Atom | None:
        if len(p.terms) == 1 and p.terms[0][1] == 1 and len(p.terms[0][0]) == 1:
            return self.terms.atoms[p.terms[0][0][0]]
        return None

    def _sorted(self, a: Poly, b: Poly) -> tuple[Poly, Poly]:
        return (a, b) if a.terms <= b.terms else (b, a)

    def _disjoint_bits(self, state: State, a: Poly, b: Poly) -> bool:
        """Whether every coefficient of one is a multiple of a power of two above the other."""
        for low, high in ((a, b), (b, a)):
            if not high.terms:
                continue
            unit = min(c & -c for _, c in high.terms)
            room = self.terms.ge(self.terms.sub(self.terms.const(unit - 1), low))
            if entailed(self.terms, state.known, room):
                return True
        return False

    def cast_int(self, state: State, value: Poly, ty: t.IntTy) -> Poly:
        """An integer in another integer type."""
        lo, hi = int_range(ty)
        if value.lo is not None and value.lo >= lo and value.hi is not None and value.hi <= hi:
            return value
        below = value.lo is None or value.lo < lo
        if below and entailed(self.terms, state.known, self.terms.ge(self.terms.sub(value, self.terms.const(lo)))):
            below = False
        above = value.hi is None or value.hi > hi
        if above and entailed(self.terms, state.known, self.terms.ge(self.terms.sub(self.terms.const(hi), value))):
            above = False
        if not below and not above:
            return value
        if below and not above and not ty.signed and value.lo is not None and value.lo >= -(1 << ty.bits):
            moved = self.terms.add(value, self.terms.const(1 << ty.bits))
            return self.terms.ite(self.terms.ge(value), value, moved)
        narrow = not ty.signed and ty.bits <= 16
        if narrow or value.data or self._likely_wraps(value, ty):
            return self._masked(value, ty)
        return self.fits(state, value, lo, hi)


def _contains(mono: tuple[int, ...], part: tuple[int, ...]) -> bool:
    rest = list(mono)
    for a in part:
        if a not in rest:
            return False
        rest.remove(a)
    return True


def _without(mono: tuple[int, ...], part: tuple[int, ...]) -> tuple[int, ...]:
    rest = list(mono)
    for a in part:
        rest.remove(a)
    return tuple(rest)
