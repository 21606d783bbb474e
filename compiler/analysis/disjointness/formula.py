"""Terms of two threads as text for an SMT solver.

What it is: :class:`Formula` collects declarations and assertions. Symbols that are the same in all threads are shared,
the others have a copy a thread. Integers are unbounded; products of two unknowns are replaced by a variable with the
lemmas that row-major indices need (``U*V`` with ``U`` the same for both threads): equal ``V`` give equal products,
different ``V`` give products at least ``U`` apart, and a coordinate below its dimension leaves room for one more ``U``.
Operations that are no arithmetic become functions, equal for equal arguments, with the laws of ``xor``.

Assumes: copies are numbered 1 and 2. Guarantees: if the text has no solution, neither have the terms; a solution must
be checked (:mod:`compiler.analysis.disjointness.evaluate`).

Example: ``4*i`` of thread 1 with ``i = blockIdx.x*blockDim.x + threadIdx.x`` is
``(* 4 (+ p7_1 threadIdx.x_1))`` with ``p7_1`` the product.
"""

from __future__ import annotations

import re
from math import gcd
from typing import Final

from compiler.analysis.disjointness.launch import Launch
from compiler.analysis.disjointness.loops import Last, Recurrences, Walk
from compiler.analysis.disjointness.synchronise import Count
from compiler.analysis.disjointness.terms import BLOCK, GRID, THREAD, Atom, Cond, Mono, Poly, Terms
from compiler.analysis.disjointness.votes import Ballot, Number, counted, ranks

MAX_WALKS: Final = 24
_BAD: Final = re.compile(r"[^A-Za-z0-9_.]")


class Formula:
    """See the module docstring. ``same_block``: block coordinates are shared."""

    def __init__(self, launch: Launch, walks: Recurrences, same_block: bool, facts: list[Cond]) -> None:
        self.launch = launch
        self.facts = facts
        self.terms: Terms = launch.terms
        self.walks = walks
        self.same_block = same_block
        self.declared: dict[str, str] = {}
        self.asserts: list[str] = []
        self.symbols: dict[str, tuple[Atom, int]] = {}  # name in the text -> atom, copy
        self._products: dict[tuple[Mono, Poly, int], str] = {}
        self._atoms: dict[tuple[int, int], str] = {}
        self._conds: dict[tuple[int, int], str] = {}
        self._xors: dict[str, tuple[str, str]] = {}
        self._triangles: dict[str, str] = {}
        self._walked: dict[tuple[str, int], tuple[Walk, tuple[Poly, ...], str, int]] = {}
        self._queue: list[tuple[Walk, tuple[Poly, ...], str, int]] = []
        self._queue_of_facts: list[tuple[Cond, int]] = []
        self._facts: set[tuple[int, int]] = set()
        self.counts: dict[int, Count] = {}  # results of updates that count
        self._counted: list[tuple[Count, str, int]] = []
        self.ballots: dict[int, Ballot] = {}  # results of votes
        self._numbers: list[Number] = []
        self._limits = {
            p.terms[0][0][0]: q
            for p, q in zip((*launch.thread, *launch.block), (*launch.block_dim, *launch.grid_dim), strict=True)
            if p.terms
        }

    # -- text

    def text(self) -> str:
        """The whole problem."""
        for n, walked in enumerate(self._queue):  # a step may mention further recurrences
            if n < MAX_WALKS:
                self._walk(*walked)
            self._settle()
        self._settle()
        self._queue.clear()
        self._facts_of_symbols()
        return "\n".join((*self.declared.values(), *self.asserts))

    def _settle(self) -> None:
        """Assert what is known of the numbers of iterations, and of those that mentions."""
        for n, (fact, copy) in enumerate(self._queue_of_facts):
            if n < MAX_WALKS:
                self.require(fact, copy)
        self._queue_of_facts.clear()

    def add(self, text: str) -> None:
        """Assert."""
        self.asserts.append(f"(assert {text})")

    def require(self, cond: Cond, copy: int) -> None:
        """Assert a condition of a thread."""
        if cond is not self.terms.true:
            self.add(self.cond(cond, copy))

    def _declare(self, name: str, sort: str = "Int", arity: int = 0) -> str:
        if name not in self.declared:
            args = " ".join(["Int"] * arity)
            self.declared[name] = f"(declare-fun {name} ({args}) {sort})"
        return name

    def _facts_of_symbols(self) -> None:
        """Facts on coordinates, of those that occur."""
        for copy in (1, 2):
            for fact in self.facts:
                if fact.poly is None or (fact.id, copy) in self._facts:
                    continue
                names = [self._name(self.terms.atoms[a], copy) for mono, _ in fact.poly.terms for a in mono]
                if any(n in self.declared for n in names):
                    self._facts.add((fact.id, copy))
                    self.require(fact, copy)

    # -- conditions

    def cond(self, c: Cond, copy: int) -> str:
        """A condition of a thread."""
        if c.level == GRID:
            copy = 1
        key = (c.id, copy)
        found = self._conds.get(key)
        if found is None:
            found = self._conds[key] = self._cond(c, copy)
        return found

    def _cond(self, c: Cond, copy: int) -> str:
        if c.kind == "const":
            return "true" if c.value else "false"
        if c.poly is not None:
            op = ">=" if c.kind == "ge" else "="
            text = f"({op} {self.poly(c.poly, copy)} 0)"
            return f"(not {text})" if c.kind == "ne" else text
        if c.kind == "not":
            return f"(not {self.cond(c.args[0], copy)})"
        if c.kind == "var":
            shared = c.level == GRID or (c.level == BLOCK and self.same_block)
            return self._declare(f"c{c.id}" if shared else f"c{c.id}_{copy}", "Bool")
        return f"({c.kind} {' '.join(self.cond(a, copy) for a in c.args)})"

    # -- integers

    def poly(self, p: Poly, copy: int) -> str:
        """An integer of a thread."""
        if not p.terms:
            return "0"
        parts: list[str] = []
        groups: dict[Mono, dict[Mono, int]] = {}
        alone: list[tuple[Mono, int]] = []
        for mono, c in p.terms:
            if not mono:
                parts.append(_int(c))
            elif len(mono) == 1:
                alone.append((mono, c))
            else:
                uniform = tuple(a for a in mono if self.terms.atoms[a].level == GRID)
                rest = tuple(a for a in mono if self.terms.atoms[a].level != GRID)
                if not uniform:
                    uniform, rest = mono[:1], mono[1:]
                elif not rest:
                    uniform, rest = mono[:-1], mono[-1:]
                groups.setdefault(uniform, {})[rest] = c
        for mono, c in alone:
            if mono in groups:  # ``U*V + c*U`` is ``U*(V + c)``
                groups[mono][()] = c
            else:
                parts.append(_times(c, self.atom(self.terms.atoms[mono[0]], copy)))
        for uniform, inner in groups.items():
            unit = gcd(*inner.values())
            if all(c < 0 for c in inner.values()):
                unit = -unit
            value = self.terms.poly(tuple(sorted((rest, c // unit) for rest, c in inner.items())))
            parts.append(_times(unit, self.product(uniform, value, copy)))
        return parts[0] if len(parts) == 1 else f"(+ {' '.join(parts)})"

    def product(self, uniform: Mono, value: Poly, copy: int) -> str:
        """``U*V`` as a variable with lemmas. ``U`` may be a product, and may differ between threads."""
        if value.level == GRID and all(self.terms.atoms[a].level == GRID for a in uniform):
            copy = 1
        key = (uniform, value, copy)
        found = self._products.get(key)
        if found is not None:
            return found
        name = self._declare(f"p{len(self._products)}_{copy}")
        self._products[key] = name
        u_poly = self.terms.poly(((uniform, 1),))
        u, v = self.poly(u_poly, copy), self.poly(value, copy)
        whole = self.terms.mul(u_poly, value)
        if whole.lo is not None:
            self.add(f"(>= {name} {_int(whole.lo)})")
        self.add(f"(=> (= {v} 0) (= {name} 0))")
        self.add(f"(=> (= {v} 1) (= {name} {u}))")
        self.add(f"(=> (= {u} 1) (= {name} {v}))")
        self.add(f"(=> (= {u} 0) (= {name} 0))")
        if u_poly.lo is not None and u_poly.lo >= 0:
            self.add(f"(=> (>= {v} 2) (>= {name} (* 2 {u})))")
            self.add(f"(=> (<= {v} (- 1)) (<= {name} (- {u})))")
            self._room(uniform, value, copy, name, u)
            self._apart(uniform, value, copy, name, u, v)
        return name

    def _room(self, uniform: Mono, value: Poly, copy: int, name: str, u: str) -> None:
        """A coordinate is below its dimension: one more ``U`` fits."""
        moving = [(mono, c) for mono, c in value.terms if mono]
        more = next((c for mono, c in value.terms if not mono), 0)
        if len(moving) != 1 or len(moving[0][0]) != 1 or moving[0][1] != 1:
            return
        limit = self._limits.get(moving[0][0][0])
        if limit is not None:
            end = self.terms.add(limit, self.terms.const(more))
            whole = self.terms.mul(self.terms.poly(((uniform, 1),)), end)
            self.add(f"(<= (+ {name} {u}) {self.poly(whole, copy)})")

    def _apart(self, uniform: Mono, value: Poly, copy: int, name: str, u: str, v: str) -> None:
        """Products with the same ``U`` of different ``V``."""
        shared = all(self._is_shared(self.terms.atoms[a]) for a in uniform)
        for (other, w_poly, at), w_name in list(self._products.items()):
            if other != uniform or w_name == name or (not shared and at != copy):
                continue
            w = self.poly(w_poly, at)
            self.add(f"(=> (= {v} {w}) (= {name} {w_name}))")
            for a, b, x, y in ((v, w, name, w_name), (w, v, w_name, name)):
                self.add(f"(=> (= {a} (+ {b} 1)) (= {x} (+ {y} {u})))")
                self.add(f"(=> (>= {a} (+ {b} 2)) (>= {x} (+ {y} (* 2 {u}))))")

    def _is_shared(self, atom: Atom) -> bool:
        return atom.level == GRID or (atom.level == BLOCK and self.same_block)

    def _name(self, atom: Atom, copy: int) -> str:
        base = f"s{atom.id}_{_BAD.sub('.', atom.name)[:40]}"
        return base if self._is_shared(atom) else f"{base}_{copy}"

    def atom(self, atom: Atom, copy: int) -> str:
        """An atom of a thread."""
        if self._is_shared(atom):
            copy = 1
        found = self._atoms.get((atom.id, copy))
        if found is None:
            found = self._atoms[atom.id, copy] = self._atom(atom, copy)
        return found

    def _atom(self, atom: Atom, copy: int) -> str:
        if atom.kind == "sym":
            name = self._declare(self._name(atom, copy))
            self.symbols[name] = (atom, copy)
            self._bound(name, atom)
            if atom.id in self.counts:
                self._count(self.counts[atom.id], name, copy)
            return name
        if atom.kind == "ite":
            assert atom.cond is not None
            a, b = (self.poly(x, copy) for x in atom.args)
            return f"(ite {self.cond(atom.cond, copy)} {a} {b})"
        if atom.name in ("div", "mod") and atom.args[1].constant is not None:
            return self._divided(atom, copy, atom.args[1].constant)
        if atom.name in ("div", "mod") and len(atom.args[1].terms) == 1:
            return self._divided_by_symbol(atom, copy)
        return self._applied(atom, copy)

    def _divided(self, atom: Atom, copy: int, divisor: int) -> str:
        key = ("div", atom.args[0].id, divisor)
        q = self._declare(f"q{key[1]}.{divisor}_{copy}")
        name = f"r{key[1]}.{divisor}_{copy}"
        if name not in self.declared:
            self._declare(name)
            self.add(f"(= {self.poly(atom.args[0], copy)} (+ (* {divisor} {q}) {name}))")
            self.add(f"(and (<= 0 {name}) (< {name} {divisor}))")
        return q if atom.name == "div" else name

    def _divided_by_symbol(self, atom: Atom, copy: int) -> str:
        """``a div b`` and ``a mod b`` share ``a = b*q + r``."""
        a, b = atom.args
        mono, k = b.terms[0]
        if k != 1 or b.lo is None or b.lo < 0:
            return self._applied(atom, copy)
        q = self.terms.symbol(f"quotient({a.id},{b.id})", max(a.level, b.level), 0, None)
        r = self.terms.symbol(f"remainder({a.id},{b.id})", max(a.level, b.level), 0, None)
        key = (-1 - q.id, copy)
        if key not in self._facts:
            self._facts.add(key)
            self.add(f"(= {self.poly(a, copy)} (+ {self.product(mono, q, copy)} {self.poly(r, copy)}))")
            self.add(f"(< {self.poly(r, copy)} {self.poly(b, copy)})")
        return self.poly(q if atom.name == "div" else r, copy)

    def _count(self, count: Count, name: str, copy: int) -> None:
        """Two threads' updates of one counter give numbers at least the first one's amount apart."""
        others = [(c, n) for c, n, at in self._counted if at != copy and c.cell[0] is count.cell[0]]
        self._counted.append((count, name, copy))
        for other, theirs in others:
            same = f"(= {self.poly(count.cell[1], copy)} {self.poly(other.cell[1], 3 - copy)})"
            mine, amount = self.poly(count.amount, copy), self.poly(other.amount, 3 - copy)
            apart = f"(or (<= (+ {name} {mine}) {theirs}) (<= (+ {theirs} {amount}) {name}))"
            if count.of_warp and other.of_warp and self.same_block:
                shared = f"(= {name} {theirs})" if count is other else "true"
                self.add(f"(=> {same} (ite {self._same_warp()} {shared} {apart}))")
            elif count.of_warp == other.of_warp or not self.same_block:
                self.add(f"(=> {same} {apart})")

    def _same_warp(self) -> str:
        warp = self.terms.app("div", (self.launch.linear_thread(), self.terms.const(32)), 0, 31)
        return f"(= {self.poly(warp, 1)} {self.poly(warp, 2)})"

    def _voted(self, atom: Atom, name: str, copy: int) -> None:
        """What is known of a count of a vote's lanes."""
        found = counted(self.launch, atom)
        ballot = self.ballots.get(found[0]) if found is not None else None
        if found is None or ballot is None:
            return
        predicate, lane = self.cond(ballot.predicate, copy), self.poly(self.launch.lane(), copy)
        mine = Number(found[0], found[1], name, copy, predicate, lane)
        rounds = [f"(= {self.poly(c, 1)} {self.poly(c, 2)})" for c in ballot.counters]
        if ballot.key is not None:
            rounds.append(f"(= {self.poly(ballot.key, 1)} {self.poly(ballot.key, 2)})")
        same = f"(and {self._same_warp()} {' '.join(rounds)})" if self.same_block else "false"
        for known in ranks(mine, self._numbers, same):
            self.add(known)
        self._numbers.append(mine)

    def _applied(self, atom: Atom, copy: int) -> str:
        args = [self.poly(a, copy) for a in atom.args]
        function = f"f_{_BAD.sub('.', atom.name)}"
        self._declare(function, arity=len(args))
        text = f"({function} {' '.join(args)})"
        name = self._declare(f"a{atom.id}_{copy}")
        self.add(f"(= {name} {text})")
        self._bound(name, atom)
        if self.ballots and atom.name == "ctpop.32":
            self._voted(atom, name, copy)
        if atom.name == "xor":
            self._xor(name, (args[0], args[1]))
        if atom.name == "triangle":
            self._triangle(name, args[0])
        walk = self.walks.get(atom.name)
        if isinstance(walk, Last):
            for fact in walk.facts(self.terms, self.terms.of_atom(atom), atom.args):
                self._queue_of_facts.append((fact, copy))
        elif walk is not None:
            self._queue.append((walk, atom.args, name, copy))
        return name

    def _bound(self, name: str, atom: Atom) -> None:
        if atom.lo is not None:
            self.add(f"(>= {name} {_int(atom.lo)})")
        if atom.hi is not None:
            self.add(f"(<= {name} {_int(atom.hi)})")

    def _xor(self, name: str, args: tuple[str, str]) -> None:
        a, b = args
        self.add(f"(and (= (= {name} {a}) (= {b} 0)) (= (= {name} {b}) (= {a} 0)))")
        for other, (c, d) in self._xors.items():
            for x, y in ((a, b), (b, a)):
                for z, w in ((c, d), (d, c)):
                    self.add(
                        f"(=> (= {y} {w}) (and (= (= {name} {other}) (= {x} {z})) (= (= {name} {z}) (= {other} {x}))))"
                    )
        self._xors[name] = args

    def _triangle(self, name: str, x: str) -> None:
        """The sum of the numbers up to ``x``: between two there is room for the greater one."""
        self.add(f"(=> (<= {x} 0) (= {name} 0))")
        self.add(f"(=> (>= {x} 1) (>= {name} {x}))")
        for other, y in self._triangles.items():
            self.add(f"(=> (< {x} {y}) (>= {other} (+ {name} {y})))")
            self.add(f"(=> (< {y} {x}) (>= {name} (+ {other} {x})))")
        self._triangles[name] = x

    def _walk(self, walk: Walk, args: tuple[Poly, ...], name: str, copy: int) -> None:
        """First value and next value of a recurrence."""
        k = self.poly(args[0], copy)
        self.add(f"(=> (= {k} 0) (= {name} {self.poly(walk.first(self.terms, args), copy)}))")
        mine = (walk, args, name, copy)
        self._walked[walk.name, copy] = mine
        other = self._walked.get((walk.name, 3 - copy))
        if other is not None and other[1] == args:
            for (w, _, _, at), (_, _, following, then) in ((mine, other), (other, mine)):
                step = w.following(self.terms, args)
                if step is not None:
                    same = [f"(= {self.poly(x, at)} {self.poly(x, then)})" for x in args[1:]]
                    next_one = f"(= {self.poly(args[0], then)} (+ {self.poly(args[0], at)} 1))"
                    self.add(f"(=> (and {' '.join([next_one, *same])}) (= {following} {self.poly(step, at)}))")


def _int(value: int) -> str:
    return str(value) if value >= 0 else f"(- {-value})"


def _times(c: int, text: str) -> str:
    return text if c == 1 else f"(* {_int(c)} {text})"


__all__ = ["THREAD", "Formula"]
