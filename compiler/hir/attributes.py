"""Attributes: reading them from tokens, and the conditional compilation they ask for.

What it is: ``#[path tokens]`` to :class:`Attr`, ``#[cfg(..)]`` evaluated and ``#[cfg_attr(p, a, ..)]`` resolved
against a set of flags.
Assumes: tokens of one text. Guarantees: never raises; a predicate that cannot be read counts as true (the item stays).

>>> cfg_holds("all(unix, not(windows))", frozenset({"unix"}))
True
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from compiler.base.dataclass import dataclass
from compiler.base.span import Span
from compiler.hir.item_tree import Attr
from compiler.hir.nodes import HYGIENE_MARK, strip_mark
from compiler.syntax.errors import SyntaxFault
from compiler.syntax.lexer import EOF, IDENT, KEYWORDS, LITERALS, OPENERS, STR, Tokens, lex

CfgSet = frozenset[str]
RawText = Callable[[int, int], str]
_MARKS = re.compile(HYGIENE_MARK + r"\w+")
_EQUALS = re.compile(r"\s*=\s*")


def cfg_set(flags: Iterable[str]) -> CfgSet:
    """Flags as written (``unix``, ``feature = "x"``), normalised."""
    if isinstance(flags, frozenset):
        return flags
    return frozenset(_EQUALS.sub("=", flag.strip()) for flag in flags)


def cfg_holds(predicate: str, cfg: CfgSet) -> bool:
    """Evaluate the text inside ``cfg(..)``."""
    tokens = lex(predicate)
    return _Predicate(tokens, cfg).read()


class _Predicate:
    """Recursive reader of cfg predicates."""

    def __init__(self, tokens: Tokens, cfg: CfgSet) -> None:
        self.tokens = tokens
        self.cfg = cfg
        self.at = 0

    def read(self) -> bool:
        kinds, texts = self.tokens.kinds, self.tokens.texts
        if kinds[self.at] == EOF:
            return True
        name = strip_mark(texts[self.at])
        self.at += 1
        if kinds[self.at] == "(":
            values = self._list()
            if name == "all":
                return all(values)
            if name == "any":
                return any(values)
            return not values[0] if name == "not" and values else True
        if kinds[self.at] == "=" and kinds[self.at + 1] == STR:
            value = texts[self.at + 1]
            self.at += 2
            return f"{name}={value}" in self.cfg
        return name == "true" or (name != "false" and name in self.cfg)

    def _list(self) -> list[bool]:
        kinds = self.tokens.kinds
        self.at += 1
        values = []
        while kinds[self.at] not in (")", EOF):
            before = self.at
            values.append(self.read())
            if kinds[self.at] == "," or self.at == before:
                self.at += 1
        self.at += 1
        return values


@dataclass(frozen=True, slots=True)
class AttrList:
    """Attributes in order; ``enabled`` is False when a ``#[cfg]`` among them does not hold."""

    attrs: tuple[Attr, ...]
    enabled: bool


NO_ATTRS = AttrList((), True)


def read_attribute(tokens: Tokens, raw: RawText, first: int, last: int, base: int, cfg: CfgSet) -> AttrList:
    """The attribute whose path starts at token ``first`` and whose ``]`` is token ``last``; spans are relative to
    ``base``.

    ``raw(a, b)`` is the text of tokens ``a..b``.
    """
    kinds, texts, starts, ends = tokens.kinds, tokens.texts, tokens.starts, tokens.ends
    at = first
    if kinds[at] == "unsafe" and kinds[at + 1] == "(" and last - at > 2:
        return read_attribute(tokens, raw, at + 2, last - 1, base, cfg)
    parts = []
    while at < last and kinds[at] not in OPENERS and kinds[at] != "=":
        parts.append(strip_mark(texts[at]))
        at += 1
    path = "".join(parts)
    rest = raw(at, last) if at < last else ""
    if path == "cfg_attr" and at < last:
        return _conditional(tokens, raw, at + 1, last - 1, base, cfg)
    if HYGIENE_MARK in rest:
        rest = _MARKS.sub("", rest)
    span = Span(starts[first] - base, ends[max(first, last - 1)] - base)
    attr = Attr(path, rest, span)
    if path == "cfg":
        return AttrList((attr,), cfg_holds(rest.strip()[1:-1], cfg))
    return AttrList((attr,), True)


def attribute_fault(tokens: Tokens, first: int, last: int, close_of: Mapping[int, int]) -> SyntaxFault | None:
    """What is wrong with the shape of the attribute in tokens ``first..last`` (what is between its brackets);
    ``close_of`` says which token closes an opening one.
    """
    kinds = tokens.kinds
    at = first + (kinds[first] == "::")
    while kinds[at] == IDENT or (kinds[at] in KEYWORDS and kinds[at] != "_"):
        at += 1
        if kinds[at] != "::":
            break
        at += 1
    if kinds[at - 1] == "::" or at == first:
        return _unexpected(tokens, at, last, "identifier")
    if at == last:
        return None
    if kinds[at] in OPENERS:
        after = close_of[at] + 1
        return _unexpected(tokens, after, last, "`]`") if after < last else None
    if kinds[at] != "=":
        return _unexpected(tokens, at, last, "one of `(`, `::`, `=`, `[`, `]`, or `{`")
    if at + 1 == last:
        return _unexpected(tokens, at + 1, last, "expression")
    if kinds[at + 1] in LITERALS and at + 2 < last:
        return _unexpected(tokens, at + 2, last, "`]`")
    return None


def _unexpected(tokens: Tokens, at: int, last: int, expected: str) -> SyntaxFault:
    found = tokens.texts[min(at, last)]
    span = Span(tokens.starts[at], tokens.ends[at])
    return SyntaxFault(f"expected {expected}, found `{found}`", span, f"expected {expected}")


def _conditional(tokens: Tokens, raw: RawText, first: int, last: int, base: int, cfg: CfgSet) -> AttrList:
    """``cfg_attr(predicate, attr, ..)``: tokens ``first..last`` are what is inside its parentheses."""
    pieces = _split_at_commas(tokens, first, last)
    if not pieces:
        return NO_ATTRS
    start, stop = pieces[0]
    predicate = raw(start, stop) if stop > start else ""
    if not cfg_holds(predicate, cfg):
        return NO_ATTRS
    attrs: list[Attr] = []
    enabled = True
    for start, stop in pieces[1:]:
        if stop > start:
            found = read_attribute(tokens, raw, start, stop, base, cfg)
            attrs += found.attrs
            enabled = enabled and found.enabled
    return AttrList(tuple(attrs), enabled)


def _split_at_commas(tokens: Tokens, first: int, last: int) -> list[tuple[int, int]]:
    pieces = []
    depth = 0
    start = first
    for at in range(first, last):
        kind = tokens.kinds[at]
        if kind in ("(", "[", "{"):
            depth += 1
        elif kind in (")", "]", "}"):
            depth -= 1
        elif kind == "," and depth == 0:
            pieces.append((start, at))
            start = at + 1
    if start < last:
        pieces.append((start, last))
    return pieces
