"""Replacing symbols everywhere in a term or value.

What it is: a rewrite with a memo. Atoms in ``mapping`` are replaced; other atoms that belong to inner loops are renamed
with a suffix, because they mean another iteration than the one being looked at; those of the loops in ``keep`` stay.

Assumes: terms of one analysis. Guarantees: terms without the replaced symbols come back as they are.

Example: with ``{k: k - 1}`` the value ``i0 + 4*k`` becomes ``i0 + 4*k - 4``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import gcd

from compiler.analysis.disjointness.operations import OPERATIONS
from compiler.analysis.disjointness.terms import Atom, Cond, Poly, Terms
from compiler.analysis.disjointness.values import (
    Aggregate,
    EnumValue,
    LocalPlace,
    Pointer,
    PointerChoice,
    Region,
    Value,
)


@dataclass(slots=True)
class Substitution:
    """See the module docstring."""

    terms: Terms
    mapping: dict[int, Poly]
    suffix: str
    keep: frozenset[int] = frozenset()
    used: bool = False  # a replaced symbol was met
    everywhere: bool = False  # symbols of no loop are replaced too, none is renamed
    _atoms: dict[int, Poly] = field(default_factory=dict)
    _conds: dict[int, Cond] = field(default_factory=dict)

    def poly(self, p: Poly) -> Poly:
        """A polynomial."""
        if p.loops <= self.keep and not self.everywhere:
            return p
        changed = {a: self._atom(self.terms.atoms[a]) for mono, _ in p.terms for a in mono}
        return self.terms.substitute(p, changed)

    def _atom(self, atom: Atom) -> Poly:
        if atom.id in self.mapping:
            self.used = True
            return self.mapping[atom.id]
        found = self._atoms.get(atom.id)
        if found is None:
            found = self._atoms[atom.id] = self._made(atom)
        return found

    def _made(self, atom: Atom) -> Poly:
        terms = self.terms
        if atom.loops <= self.keep and not self.everywhere:
            return terms.of_atom(atom)
        if atom.kind == "sym":
            if self.everywhere:
                return terms.of_atom(atom)
            return terms.symbol(atom.name + self.suffix, atom.level, atom.lo, atom.hi, True)
        args = tuple(self.poly(a) for a in atom.args)
        if atom.kind == "ite" and atom.cond is not None:
            return terms.ite(self.cond(atom.cond), *args)
        if all(x is y for x, y in zip(args, atom.args, strict=True)):
            return terms.of_atom(atom)
        operation = OPERATIONS.get(atom.name)
        if operation is not None and len(args) == 2:
            x, y = args[0].constant, args[1].constant
            if x is not None and y is not None and (y or atom.name[-3:] not in ("div", "mod", "rem")):
                return terms.const(operation(x, y))
        if atom.name in ("div", "mod") and (args[1].constant or 0) > 0:
            return _divided(terms, atom, args)
        return terms.app(atom.name, args, atom.lo, atom.hi, atom.data)

    def cond(self, c: Cond) -> Cond:
        """A condition."""
        if c.loops <= self.keep and not self.everywhere:
            return c
        found = self._conds.get(c.id)
        if found is not None:
            return found
        if c.poly is not None:
            p = self.poly(c.poly)
            made = self.terms.ge(p) if c.kind == "ge" else self.terms.eq0(p)
            made = self.terms.negate(made) if c.kind == "ne" else made
        elif c.kind in ("and", "or"):
            join = self.terms.and_ if c.kind == "and" else self.terms.or_
            made = join([self.cond(a) for a in c.args])
        elif self.everywhere:
            made = c
        else:
            made = self.terms.variable(f"{c.id}{self.suffix}", c.level, True)
        self._conds[c.id] = made
        return made

    def value(self, v: Value) -> Value:
        """A value."""
        if isinstance(v, Poly):
            return self.poly(v)
        if isinstance(v, Cond):
            return self.cond(v)
        if isinstance(v, Aggregate):
            fields = tuple(self.value(f) for f in v.fields)
            return v if all(x is y for x, y in zip(fields, v.fields, strict=True)) else Aggregate(fields)
        if isinstance(v, EnumValue):
            return EnumValue(
                self.poly(v.tag), {i: tuple(self.value(f) for f in fields) for i, fields in v.variants.items()}
            )
        if isinstance(v, Pointer):
            base = v.base
            if isinstance(base, LocalPlace) and base.steps:
                base = LocalPlace(base.key, tuple((k, self.poly(a) if k == "i" else a) for k, a in base.steps))
            if isinstance(base, Region) and base.rank is not None and base.origin is not None:
                base = base.origin.remote(self.poly(base.rank))
            return Pointer(base, self.poly(v.offset), self.value(v.meta) if v.meta is not None else None)
        if isinstance(v, PointerChoice):
            return PointerChoice(tuple((self.cond(c), self.value(p)) for c, p in v.options))
        return v


def _divided(terms: Terms, atom: Atom, args: tuple[Poly, ...]) -> Poly:
    """Floor division or remainder by a constant, without the multiples of it."""
    by = args[1].constant
    assert by is not None
    rest = terms.poly(tuple((m, c % by) for m, c in args[0].terms if c % by))
    whole = terms.poly(tuple((m, c // by) for m, c in args[0].terms if c // by))
    inside = rest.lo is not None and rest.lo >= 0 and rest.hi is not None and rest.hi < by
    if inside:
        return whole if atom.name == "div" else rest
    unit = gcd(by, *(c for _, c in rest.terms))
    if unit > 1:  # (u*a) mod (u*b) is u * (a mod b)
        rest, by = terms.poly(tuple((m, c // unit) for m, c in rest.terms)), by // unit
    hi = by - 1 if atom.name == "mod" else None
    made = terms.app(atom.name, (rest, terms.const(by)), 0 if atom.lo == 0 else None, hi, atom.data)
    return terms.scale(made, unit) if atom.name == "mod" else terms.add(whole, made)
