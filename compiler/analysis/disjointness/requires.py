"""The relations of a launch contract's ``requires`` as conditions.

What it is: a reader of checked relations (their grammar is in :mod:`compiler.resolve.requires`). Assumes nothing: what
does not read is no fact. Guarantees: a condition implied by the relation.

Example: ``out.len() >= n * 2`` is ``out.len - 2*n >= 0``.
"""

from __future__ import annotations

import re
from typing import Any, Final

from compiler.analysis.disjointness.formula import Formula
from compiler.analysis.disjointness.launch import Launch, LaunchLimits
from compiler.analysis.disjointness.solver import solve
from compiler.analysis.disjointness.terms import GRID, Cond, Poly, Terms

_CONTRADICTION_MS: Final = 50

_TOKEN = re.compile(r"\s*(>=|<=|==|!=|[A-Za-z_]\w*(?:\s*\.\s*len\s*\(\s*\))?|\d[\d_]*\w*|[-+*()<>])")


class _Unreadable(Exception):
    pass


class _Reader:
    def __init__(self, terms: Terms, tokens: list[str], lengths: dict[str, Poly], scalars: dict[str, Any]) -> None:
        self.terms = terms
        self.tokens = tokens
        self.at = 0
        self.lengths = lengths
        self.scalars = scalars

    def next(self) -> str:
        """The next token, "" at the end."""
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        """The next token, passed."""
        self.at += 1
        return self.tokens[self.at - 1]

    def sum(self) -> Poly:
        """Terms joined by ``+`` and ``-``."""
        value = self.product()
        while self.next() in ("+", "-"):
            join = self.terms.add if self.take() == "+" else self.terms.sub
            value = join(value, self.product())
        return value

    def product(self) -> Poly:
        """Factors joined by ``*``."""
        value = self.factor()
        while self.next() == "*":
            self.take()
            value = self.terms.mul(value, self.factor())
        return value

    def factor(self) -> Poly:
        """A name, a number or a parenthesis."""
        token = self.take() if self.next() else ""
        if token == "(":
            value = self.sum()
            if self.next() != ")":
                raise _Unreadable
            self.take()
            return value
        number = re.match(r"\d[\d_]*", token)
        if number is not None:
            return self.terms.const(int(number.group().replace("_", "")))
        name = re.match(r"\w+", token)
        table = self.lengths if "len" in token[len(name.group()) if name else 0 :] else self.scalars
        found = table.get(name.group()) if name is not None else None
        if not isinstance(found, Poly):
            raise _Unreadable
        return found


def requirement(terms: Terms, text: str, lengths: dict[str, Poly], scalars: dict[str, Any]) -> Cond | None:
    """The condition of one relation; None if it cannot be read."""
    tokens = _TOKEN.findall(text)
    while len(tokens) > 2 and tokens[0] == "(" and tokens[-1] == ")" and _encloses(tokens):
        tokens = tokens[1:-1]
    reader = _Reader(terms, tokens, lengths, scalars)
    try:
        left = reader.sum()
        op = reader.take() if reader.next() else ""
        right = reader.sum()
    except (_Unreadable, IndexError):
        return None
    if reader.next():
        return None
    match op:
        case ">=":
            return terms.le(right, left)
        case ">":
            return terms.lt(right, left)
        case "<=":
            return terms.le(left, right)
        case "<":
            return terms.lt(left, right)
        case "==":
            return terms.eq(left, right)
        case "!=":
            return terms.negate(terms.eq(left, right))
    return None


def _encloses(tokens: list[str]) -> bool:
    depth = 0
    for i, token in enumerate(tokens):
        depth += (token == "(") - (token == ")")
        if depth == 0:
            return i == len(tokens) - 1
    return False


def first_contradiction(relations: tuple[str, ...], slices: dict[str, int], scalars: dict[str, int]) -> int | None:
    """The first relation that no launch satisfies together with those before it.

    ``slices``: names with the size of an element, ``scalars``: with their bits.
    """
    if not relations:
        return None
    launch = Launch(Terms(), LaunchLimits())
    terms = launch.terms
    lengths = {n: terms.symbol(f"{n}.len", GRID, 0, (1 << 63) // max(1, size) - 1) for n, size in slices.items()}
    values = {n: terms.symbol(n, GRID, 0, (1 << bits) - 1) for n, bits in scalars.items()}
    made = Formula(launch, {}, True, [])
    for i, text in enumerate(relations):
        cond = requirement(terms, text, lengths, values)
        if cond is None:
            continue
        made.require(cond, 1)
        if cond is terms.false or solve(made.text(), _CONTRADICTION_MS).result == "unsat":
            return i
    return None
