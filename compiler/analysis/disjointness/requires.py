"""The relations of a launch contract's ``requires`` as conditions.

What it is: a reader of checked relations (their grammar is in :mod:`compiler.resolve.requires`). Assumes nothing: what
does not read is no fact. Guarantees: a condition implied by the relation.

Example: ``out.len() >= n * 2`` is ``out.len - 2*n >= 0``.
"""

from __future__ import annotations

import re
from typing import Any

from compiler.analysis.disjointness.terms import Cond, Poly, Terms

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
