"""The shape lemma: index forms from which a thread's coordinates can be read back.

What it is: ``P*U + Q`` with ``0 <= Q < U`` determines ``P`` and ``Q`` (row-major order); applied again to both, it
tells which coordinates an index determines. Two threads with equal indices of one form then are the same thread.

Assumes: the conditions of the path hold in each thread. Guarantees: sound; no answer where no split is found.

Example: ``blockIdx.x*blockDim.x + threadIdx.x`` determines both coordinates: ``0 <= threadIdx.x < blockDim.x``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from compiler.analysis.disjointness.launch import Launch
from compiler.analysis.disjointness.state import entailed
from compiler.analysis.disjointness.terms import GRID, Cond, Mono, Poly

_MAX_DEPTH: Final = 8


@dataclass(slots=True)
class Shape:
    """Index forms under a path."""

    launch: Launch
    known: frozenset[Cond]

    def coordinates(self, same_block: bool) -> set[int]:
        """Atoms that tell threads apart, under the path."""
        axes = list(zip(self.launch.thread, self.launch.block_dim, strict=True))
        if not same_block:
            axes += zip(self.launch.block, self.launch.grid_dim, strict=True)
        terms = self.launch.terms
        out: set[int] = set()
        for at, dim in axes:
            if at.terms and terms.eq(dim, terms.one) not in self.known and not self._fixed(at):
                out.add(at.terms[0][0][0])
        return out

    def _fixed(self, at: Poly) -> bool:
        """Whether the path gives the coordinate a value that is the same in all threads."""
        mono = at.terms[0][0]
        for c in self.known:
            if c.kind == "eq" and c.poly is not None and c.poly.terms:
                coefficients = dict(c.poly.terms)
                rest = [m for m in coefficients if m != mono]
                if coefficients.get(mono) in (1, -1) and all(self._uniform(m) for m in rest):
                    return True
        return False

    def _uniform(self, mono: Mono) -> bool:
        return all(self.launch.terms.atoms[a].level == GRID for a in mono)

    def injective(self, index: Poly, same_block: bool) -> bool:
        """Whether equal indices are indices of the same thread."""
        wanted = self.coordinates(same_block)
        if not wanted:
            return True
        found = self.determined(index, 0)
        return found is not None and wanted <= self._closure(found)

    def determined(self, p: Poly, depth: int) -> set[int] | None:
        """Atoms that are functions of the value of ``p``; None if no split is found."""
        terms = self.launch.terms
        moving = tuple((m, c) for m, c in p.terms if not self._uniform(m))
        if not moving:
            return set()
        if len(moving) == 1:
            mono, _ = moving[0]
            own = [a for a in mono if terms.atoms[a].level != GRID]
            others = [a for a in mono if terms.atoms[a].level == GRID]
            positive = all((terms.atoms[a].lo or 0) > 0 or self._nonzero(a) for a in others)
            return set(own) if len(own) == 1 and positive else None
        if depth > _MAX_DEPTH:
            return None
        for unit_mono, unit in self._units(moving):
            inside = tuple((m, c) for m, c in moving if c % unit == 0 and _divides(unit_mono, m))
            if not inside or len(inside) == len(moving):
                continue
            q = terms.poly(tuple((m, c) for m, c in moving if (m, c) not in inside))
            u = terms.poly(((unit_mono, unit),)) if unit_mono else terms.const(unit)
            if not self._between(q, u):
                continue
            quotient = terms._from({_over(m, unit_mono): c // unit for m, c in inside})
            high, low = self.determined(quotient, depth + 1), self.determined(q, depth + 1)
            if high is not None and low is not None:
                return high | low
        return None

    def _nonzero(self, atom: int) -> bool:
        terms = self.launch.terms
        return entailed(terms, self.known, terms.ge(terms.sub(terms.of_atom(terms.atoms[atom]), terms.one)))

    def _units(self, moving: tuple[tuple[Mono, int], ...]) -> list[tuple[Mono, int]]:
        """Candidates for ``U``: the uniform factor of each term, greatest first."""
        found: dict[tuple[Mono, int], None] = {}
        for mono, c in moving:
            uniform = tuple(a for a in mono if self.launch.terms.atoms[a].level == GRID)
            if c > 0 and (uniform or c > 1):
                found[uniform, c] = None
        return sorted(found, key=lambda u: (-len(u[0]), -u[1]))

    def _between(self, q: Poly, u: Poly) -> bool:
        """``0 <= q < u``."""
        terms = self.launch.terms
        if not entailed(terms, self.known, terms.ge(q)):
            return False
        room = terms.sub(terms.sub(u, q), terms.one)
        return entailed(terms, self.known, terms.ge(room)) or self._room_at_limit(q, u)

    def _room_at_limit(self, q: Poly, u: Poly) -> bool:
        """``q < u`` with every coordinate at its greatest value."""
        terms = self.launch.terms
        mapping: dict[int, Poly] = {}
        pairs = zip(
            (*self.launch.thread, *self.launch.block), (*self.launch.block_dim, *self.launch.grid_dim), strict=True
        )
        for at, dim in pairs:
            if at.terms:
                mapping[at.terms[0][0][0]] = terms.sub(dim, terms.one)
        for mono, c in q.terms:
            touched = any(a in mapping for a in mono)
            if touched and (c < 0 or any((terms.atoms[a].lo or 0) < 0 or terms.atoms[a].lo is None for a in mono)):
                return False
        top = terms.substitute(q, mapping)
        return entailed(terms, self.known, terms.ge(terms.sub(terms.sub(u, top), terms.one)))

    def _closure(self, found: set[int]) -> set[int]:
        """With what quotient and remainder together determine."""
        terms = self.launch.terms
        out = set(found)
        for a in found:
            atom = terms.atoms[a]
            if atom.kind == "app" and atom.name == "div":
                rest = [b for b in found if terms.atoms[b].name == "mod" and terms.atoms[b].args == atom.args]
                if rest:
                    out |= self.determined(atom.args[0], 1) or set()
        return out


def _divides(part: Mono, mono: Mono) -> bool:
    rest = list(mono)
    for a in part:
        if a not in rest:
            return False
        rest.remove(a)
    return True


def _over(mono: Mono, part: Mono) -> Mono:
    rest = list(mono)
    for a in part:
        rest.remove(a)
    return tuple(rest)
