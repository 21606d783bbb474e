"""``macro_rules!`` definitions.

What it is: the rules of a macro as trees of matchers and transcribers, read from the item's text.
Assumes: the text is one whole ``macro_rules!`` (or ``macro``) item. Guarantees: pure and cached; a rule that cannot be
read is dropped and listed in ``faults``.

>>> parse_macro(b"macro_rules! two { ($e:expr) => { $e + $e }; }", "k").rules[0].matcher
(Fragment(name='e', kind='expr'),)
"""

from __future__ import annotations

from functools import lru_cache

from compiler.base.dataclass import dataclass
from compiler.base.span import Span
from compiler.hir.nodes import strip_mark
from compiler.syntax.errors import SyntaxFault
from compiler.syntax.lexer import CLOSERS, EOF, IDENT, KEYWORDS, OPENERS, Tokens, lex, words

FRAGMENT_KINDS = words("block expr expr_2021 ident item lifetime literal meta pat pat_param path stmt tt ty vis")


@dataclass(frozen=True, slots=True)
class Tok:
    """A token to match or to emit."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Fragment:
    """``$name:kind`` in a matcher."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Var:
    """``$name`` in a transcriber."""

    name: str


@dataclass(frozen=True, slots=True)
class Crate:
    """``$crate``."""


@dataclass(frozen=True, slots=True)
class Count:
    """``${count(name)}``, ``${index()}`` (name empty), ``${ignore(name)}`` (emits nothing)."""

    what: str
    name: str


@dataclass(frozen=True, slots=True)
class Repeat:
    """``$( nodes ) separator op``; ``names``: the variables inside."""

    nodes: tuple[Node, ...]
    separator: Tok | None
    op: str
    names: frozenset[str]


Node = Tok | Fragment | Var | Crate | Count | Repeat


@dataclass(frozen=True, slots=True)
class MacroRule:
    matcher: tuple[Node, ...]
    transcriber: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class MacroDef:
    """``krate``: what ``$crate`` means. ``builtin``: the compiler expands it (``#[rustc_builtin_macro]``)."""

    name: str
    krate: str
    rules: tuple[MacroRule, ...]
    builtin: str | None = None
    faults: tuple[SyntaxFault, ...] = ()


@lru_cache(maxsize=4096)
def parse_macro(source: bytes, krate: str) -> MacroDef:
    """The definition in an item's text (attributes included)."""
    text = source.decode("latin-1")
    return _Reader(lex(text), krate).definition()


class _Reader:
    def __init__(self, tokens: Tokens, krate: str) -> None:
        self.tokens = tokens
        self.kinds = tokens.kinds
        self.texts = tokens.texts
        self.krate = krate
        self.faults: list[SyntaxFault] = []

    def definition(self) -> MacroDef:
        at, builtin = self._attributes()
        while self.kinds[at] not in (EOF, "macro") and not (
            self.kinds[at] == IDENT and strip_mark(self.texts[at]) == "macro_rules"
        ):
            at += 1
        is_macro_2 = self.kinds[at] == "macro"
        at += 1 if is_macro_2 else 2
        name = strip_mark(self.texts[at])
        at += 1
        rules: list[MacroRule] = []
        if is_macro_2 and self.kinds[at] == "(":
            self._rule_without_arrow(at, rules)
        elif self.kinds[at] in OPENERS:
            self._rules(at + 1, self._close(at), rules)
        return MacroDef(name, self.krate, tuple(rules), name if builtin == "" else builtin, tuple(self.faults))

    def _attributes(self) -> tuple[int, str | None]:
        """The index after the attributes, and the builtin name ("" for the macro's own), None if it is an ordinary
        macro."""
        at = 0
        builtin: str | None = None
        while self.kinds[at] == "#":
            close = self._close(at + 1)
            if self.texts[at + 2] == "rustc_builtin_macro":
                names = [self.texts[i] for i in range(at + 3, close) if self.kinds[i] in (IDENT, "STR")]
                builtin = names[0].strip('"') if names else ""
            at = close + 1
        return at, builtin

    def _close(self, at: int) -> int:
        depth = 0
        while self.kinds[at] != EOF:
            if self.kinds[at] in OPENERS:
                depth += 1
            elif self.kinds[at] in CLOSERS:
                depth -= 1
                if depth <= 0:
                    return at
            at += 1
        return at

    def _span(self, at: int) -> Span:
        return Span(self.tokens.starts[at], self.tokens.ends[at])

    def _rules(self, at: int, last: int, rules: list[MacroRule]) -> None:
        while at < last:
            if self.kinds[at] not in ("(", "[", "{"):
                self.faults.append(SyntaxFault("no rules expected this token in macro definition", self._span(at)))
                return
            close = self._close(at)
            matcher = self._nodes(at + 1, close, True)
            at = close + 1
            if self.kinds[at] != "=>" or self.kinds[at + 1] not in ("(", "[", "{"):
                expected = "`=>`" if self.kinds[at] != "=>" else "one of `(`, `[`, or `{`"
                where = at if self.kinds[at] != "=>" else at + 1
                shown = self.texts[where] or "end of macro"
                self.faults.append(SyntaxFault(f"expected {expected}, found `{shown}`", self._span(where)))
                return
            close = self._close(at + 1)
            rules.append(MacroRule(matcher, self._nodes(at + 2, close, False)))
            at = close + 1
            if self.kinds[at] in (";", ","):
                at += 1

    def _rule_without_arrow(self, at: int, rules: list[MacroRule]) -> None:
        """``macro name(matcher) { transcriber }``."""
        close = self._close(at)
        matcher = self._nodes(at + 1, close, True)
        body = close + 1
        rules.append(MacroRule(matcher, self._nodes(body + 1, self._close(body), False)))

    def _nodes(self, at: int, last: int, in_matcher: bool) -> tuple[Node, ...]:
        found: list[Node] = []
        kinds, texts = self.kinds, self.texts
        while at < last:
            if kinds[at] != "$":
                found.append(Tok(kinds[at], texts[at]))
                at += 1
                continue
            at = self._dollar(at, last, in_matcher, found)
        return tuple(found)

    def _dollar(self, at: int, last: int, in_matcher: bool, found: list[Node]) -> int:
        """What a ``$`` at ``at`` introduces; the index after it."""
        kinds, texts = self.kinds, self.texts
        following = kinds[at + 1]
        if following == "(":
            return self._repetition(at + 1, last, in_matcher, found)
        if following == "crate":
            found.append(Crate())
            return at + 2
        if following == "$":
            found.append(Tok("$", "$"))
            return at + 2
        if following == "{" and not in_matcher:
            close = self._close(at + 1)
            name = texts[at + 4] if kinds[at + 4] != ")" else ""
            found.append(Count(texts[at + 2], strip_mark(name)))
            return close + 1
        if following != IDENT and following not in KEYWORDS:
            found.append(Tok("$", "$"))
            return at + 1
        name = strip_mark(texts[at + 1])
        if not in_matcher:
            found.append(Var(name))
            return at + 2
        if kinds[at + 2] != ":" or at + 3 >= last:
            self.faults.append(SyntaxFault("missing fragment specifier", self._span(at + 1)))
            found.append(Fragment(name, "tt"))
            return at + 2
        kind = strip_mark(texts[at + 3])
        if kind not in FRAGMENT_KINDS:
            self.faults.append(SyntaxFault(f"invalid fragment specifier `{kind}`", self._span(at + 3)))
            kind = "tt"
        found.append(Fragment(name, "expr" if kind == "expr_2021" else kind))
        return at + 4

    def _repetition(self, opened: int, last: int, in_matcher: bool, found: list[Node]) -> int:
        kinds, texts = self.kinds, self.texts
        close = self._close(opened)
        nodes = self._nodes(opened + 1, close, in_matcher)
        at = close + 1
        separator: Tok | None = None
        if kinds[at] not in ("*", "+", "?") and at < last:
            separator = Tok(kinds[at], texts[at])
            at += 1
        if kinds[at] not in ("*", "+", "?") or at >= last:
            self.faults.append(SyntaxFault("expected one of: `*`, `+`, or `?`", self._span(min(at, last))))
            return at
        op = kinds[at]
        found.append(Repeat(nodes, separator, op, frozenset(_names(nodes))))
        return at + 1


def _names(nodes: tuple[Node, ...]) -> list[str]:
    names: list[str] = []
    for node in nodes:
        if isinstance(node, (Fragment, Var)) or (isinstance(node, Count) and node.name):
            names.append(node.name)
        elif isinstance(node, Repeat):
            names += node.names
    return names
