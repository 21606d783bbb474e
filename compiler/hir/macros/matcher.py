"""Matching a call's tokens against a macro's rules.

What it is: the rules in order, each greedily, an iteration of a repetition undone when it does not fit. rustc's matcher
accepts only macros without local ambiguity, and for those this is the same.
Assumes: the call's tokens are balanced. Guarantees: no effect but the bindings; the furthest token reached is known,
for the message.

>>> # ``($($e:expr),* $(,)?)`` on ``1, f(2),`` -> {"e": [1, f(2)]}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compiler.base.dataclass import dataclass
from compiler.hir.item_header import ItemFault
from compiler.hir.item_scanner import ItemScanner, begins_item
from compiler.hir.macros.definition import Fragment, MacroDef, MacroRule, Node, Repeat, Tok
from compiler.hir.nodes import strip_mark
from compiler.syntax.delimiters import match_delimiters
from compiler.syntax.errors import ParseError
from compiler.syntax.lexer import (
    CLOSE_GROUP,
    CLOSERS,
    EOF,
    IDENT,
    KEYWORDS,
    LIFETIME,
    LITERALS,
    OPEN_GROUP,
    OPENERS,
    Tokens,
)

if TYPE_CHECKING:
    from compiler.hir.parser.macro_call import MacroCallParser

# Fragments that stay opaque once matched: they are put between invisible delimiters.
_OPAQUE = frozenset(("expr", "ty", "pat", "pat_param", "path", "literal"))
_NOT_EXPR = frozenset(
    (";", ",", "=>", "=", ":", ".", "+", ")", "]", "}", EOF, "let", "else", "in", "as", "where", "mut", "ref", "$")
)


@dataclass(slots=True)
class Captured:
    """The tokens of one fragment."""

    kind: str
    kinds: list[str]
    texts: list[str]
    starts: list[int]
    ends: list[int]


Bindings = dict[str, "Captured | list[object]"]


@dataclass(slots=True)
class NoMatch:
    """``at``: the furthest token any rule reached."""

    at: int


def match_rules(
    definition: MacroDef, tokens: Tokens, first: int, last: int, scratch: MacroCallParser
) -> tuple[MacroRule, Bindings] | NoMatch:
    """The first rule that matches tokens ``first..last`` exactly. ``scratch`` reads fragments; its input must be
    ``tokens``."""
    matcher = _Matcher(tokens, last, scratch)
    for rule in definition.rules:
        bindings: Bindings = {}
        end = matcher.sequence(rule.matcher, first, bindings)
        scratch.undo_splits(0, -1)
        if end == last:
            return rule, bindings
        if end is not None and end > matcher.furthest:
            matcher.furthest = end
    return NoMatch(matcher.furthest)


class _Matcher:
    def __init__(self, tokens: Tokens, last: int, scratch: MacroCallParser) -> None:
        self.tokens = tokens
        self.kinds = tokens.kinds
        self.texts = tokens.texts
        self.last = last
        self.scratch = scratch
        self.furthest = 0
        self.scanner: ItemScanner | None = None

    def sequence(self, nodes: tuple[Node, ...], at: int, bindings: Bindings) -> int | None:
        """Match all nodes from ``at``; the index after, None if they do not fit."""
        for node in nodes:
            found: int | None
            if isinstance(node, Tok):
                found = at + 1 if at < self.last and self._same(node, at) else None
            elif isinstance(node, Fragment):
                found = self._fragment(node, at, bindings)
            elif isinstance(node, Repeat):
                found = self._repeat(node, at, bindings)
            else:
                found = None
            if found is None:
                self.furthest = max(self.furthest, at)
                return None
            at = found
        return at

    def _same(self, node: Tok, at: int) -> bool:
        if self.kinds[at] != node.kind:
            return False
        return self.texts[at] == node.text or strip_mark(self.texts[at]) == strip_mark(node.text)

    def _repeat(self, node: Repeat, at: int, bindings: Bindings) -> int | None:
        rounds: list[Bindings] = []
        while True:
            start = at
            if rounds and node.separator is not None:
                if at >= self.last or not self._same(node.separator, at):
                    break
                start = at + 1
            inner: Bindings = {}
            end = self.sequence(node.nodes, start, inner)
            if end is None or end == at:
                break
            rounds.append(inner)
            at = end
            if node.op == "?":
                break
        if node.op == "+" and not rounds:
            return None
        for name in node.names:
            bindings[name] = [found[name] for found in rounds if name in found]
        return at

    def _fragment(self, node: Fragment, at: int, bindings: Bindings) -> int | None:
        kind = node.kind
        if at >= self.last and kind != "vis":
            return None
        end = self._fragment_end(kind, at)
        if end is None or end > self.last:
            return None
        bindings[node.name] = self._capture(kind, at, end)
        return end

    def _capture(self, kind: str, at: int, end: int) -> Captured:
        tokens = self.tokens
        kinds, texts = tokens.kinds[at:end], tokens.texts[at:end]
        starts, ends = tokens.starts[at:end], tokens.ends[at:end]
        splits = self.scratch.splits
        if splits and splits[-1][0] == end:
            # The fragment took the first half of ``>>``.
            _, whole, start = splits[-1]
            kinds.append(whole[0])
            texts.append(whole[0])
            starts.append(start)
            ends.append(start + 1)
        already = len(kinds) > 1 and kinds[0] == OPEN_GROUP and self._group_end(at) == end
        if kind in _OPAQUE and not already:
            first, final = starts[0], ends[-1]
            kinds = [OPEN_GROUP, *kinds, CLOSE_GROUP]
            texts = [kind, *texts, kind]
            starts = [first, *starts, final]
            ends = [first, *ends, final]
        return Captured(kind, kinds, texts, starts, ends)

    # ------------------------------------------------------------ where fragments end

    def _fragment_end(self, kind: str, at: int) -> int | None:
        first = self.kinds[at]
        if kind == "tt":
            if first in CLOSERS or first == EOF:
                return None
            return self._group_end(at) if first in OPENERS else at + 1
        if kind == "ident":
            return at + 1 if first == IDENT or (first in KEYWORDS and first != "_") else None
        if kind == "lifetime":
            return at + 1 if first == LIFETIME else None
        if kind == "literal":
            return self._literal_end(at)
        if kind == "block":
            return self._group_end(at) if first == "{" else None
        if kind == "vis":
            return self._visibility_end(at)
        if kind == "item":
            return self._item_end(at)
        if kind == "expr" and (first in _NOT_EXPR and first != "let"):
            return None
        return self._parsed_end(kind, at)

    def _group_end(self, at: int) -> int:
        depth = 0
        kinds = self.kinds
        while True:
            kind = kinds[at]
            if kind in OPENERS:
                depth += 1
            elif kind in CLOSERS:
                depth -= 1
                if depth <= 0:
                    return at + 1
            elif kind == EOF:
                return at
            at += 1

    def _literal_end(self, at: int) -> int | None:
        if self.kinds[at] == OPEN_GROUP:
            return self._group_end(at) if self.texts[at] == "literal" else None
        at += self.kinds[at] == "-"
        return at + 1 if self.kinds[at] in LITERALS or self.kinds[at] in ("true", "false") else None

    def _visibility_end(self, at: int) -> int:
        if at >= self.last or self.kinds[at] != "pub":
            return at
        if self.kinds[at + 1] == "(" and self.kinds[at + 2] in ("crate", "super", "self", "in"):
            return self._group_end(at + 1)
        return at + 1

    def _item_end(self, at: int) -> int | None:
        if self.scanner is None:
            self.scanner = ItemScanner(self.tokens, "", frozenset(), match_delimiters(self.tokens, ""))
        scanner = self.scanner
        scanner.faults.clear()
        try:
            found = scanner.item(at, self.last, {})
        except ItemFault:
            return None
        return None if scanner.faults else found[2]

    def _parsed_end(self, kind: str, at: int) -> int | None:
        """Let the grammar say where an expr, ty, pat, path, stmt or meta ends."""
        p = self.scratch
        mark, faults, depth = len(p.splits), len(p.faults), p.depth
        p.i = at
        p.no_struct = False
        try:
            self._parse(p, kind)
        except ParseError:
            p.undo_splits(mark, -1)
            return None
        finally:
            p.depth = depth
            p.reset_store()
        end = p.i
        p.undo_splits(mark, end)
        if len(p.faults) > faults:
            del p.faults[faults:]
        return end

    def _parse(self, p: MacroCallParser, kind: str) -> None:
        if kind == "expr":
            p.expr()
        elif kind == "ty":
            p.ty(allow_plus=False)
        elif kind == "pat":
            p.pat()
        elif kind == "pat_param":
            p.pat_no_alt()
        elif kind == "path":
            p.path(in_type=True)
        elif kind == "meta":
            p.skip_meta()
        else:
            self._parse_stmt(p)

    def _parse_stmt(self, p: MacroCallParser) -> None:
        if p.kinds[p.i] == "let" or not begins_item(p.kinds, p.texts, p.i):
            p.skip_one_statement()
            return
        end = self._item_end(p.i)
        if end is None:
            p.expected("statement")
        p.i = end
