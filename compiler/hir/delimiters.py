"""Which bracket closes which, also in text where they do not balance.

What it is: one pass over the tokens; when that finds a fault, a second pass that trusts the layout: an item keyword that begins a line
no deeper than the line of an open ``{`` shows that this ``{`` was left open.
Assumes: tokens of one text. Guarantees: every opening bracket has an end; each fault is one message, rustc's.

>>> match_delimiters(lex("f(a[0]) }"), "f(a[0]) }").close_of
{1: 6, 3: 5}
"""

from __future__ import annotations

from dataclasses import dataclass, field

from compiler.base.span import Span
from compiler.syntax.errors import SyntaxFault
from compiler.syntax.lexer import EOF, Tokens

_CLOSER = {"(": ")", "[": "]", "{": "}"}
_BRACKETS = frozenset("()[]{}")
_ITEM_LINE = frozenset(("fn", "pub", "struct", "enum", "impl", "mod", "use", "static", "const", "trait", "#", "type", "unsafe", "extern"))


@dataclass(slots=True)
class Delimiters:
    """``close_of[i]``: the token that closes bracket ``i``, or, if ``i`` is in ``unclosed``, the first token after its content."""

    tokens: Tokens
    close_of: dict[int, int] = field(default_factory=dict)
    unclosed: set[int] = field(default_factory=set)
    reported: set[int] = field(default_factory=set)  # stray closers already complained about
    faults: list[SyntaxFault] = field(default_factory=list)

    def after(self, opener: int) -> int:
        """The index after the group."""
        close = self.close_of[opener]
        return close if opener in self.unclosed else close + 1

    def end_offset(self, opener: int) -> int:
        """The end of the group in the text."""
        return self.tokens.ends[self.after(opener) - 1]


def match_delimiters(tokens: Tokens, text: str) -> Delimiters:
    found = Delimiters(tokens)
    close_of = found.close_of
    stack: list[int] = []
    kinds = tokens.kinds
    for at, kind in enumerate(kinds):
        if kind in _BRACKETS:
            if kind in _CLOSER:
                stack.append(at)
            elif stack and _CLOSER[kinds[stack[-1]]] == kind:
                close_of[stack.pop()] = at
            else:
                return _by_layout(tokens, text)
    return _by_layout(tokens, text) if stack else found


def _by_layout(tokens: Tokens, text: str) -> Delimiters:
    """The second pass, for text that does not balance."""
    found = Delimiters(tokens)
    stack: list[int] = []
    kinds = tokens.kinds
    for at, kind in enumerate(kinds):
        if kind in _BRACKETS:
            if kind in _CLOSER:
                stack.append(at)
            else:
                _closer(found, stack, at)
        elif kind in _ITEM_LINE and stack and _begins_line(tokens, text, at):
            column = _indent(text, tokens.starts[at])
            while stack and _indent(text, tokens.starts[stack[-1]]) >= column:
                _left_open(found, stack.pop(), at)
    end = kinds.index(EOF)
    while stack:
        _left_open(found, stack.pop(), end)
    return found


def _closer(found: Delimiters, stack: list[int], at: int) -> None:
    tokens = found.tokens
    kind = tokens.kinds[at]
    depth = next((i for i in range(len(stack) - 1, -1, -1) if _CLOSER[tokens.kinds[stack[i]]] == kind), None)
    span = Span(tokens.starts[at], tokens.ends[at])
    if depth is None:
        found.faults.append(SyntaxFault(f"unexpected closing delimiter: `{kind}`", span, "unexpected closing delimiter"))
        found.reported.add(at)
        return
    if depth < len(stack) - 1:
        opener = stack[-1]
        related = (Span(tokens.starts[opener], tokens.ends[opener]), "unclosed delimiter")
        found.faults.append(SyntaxFault(f"mismatched closing delimiter: `{kind}`", span, "mismatched closing delimiter", related=related))
        while len(stack) - 1 > depth:
            opener = stack.pop()
            found.close_of[opener] = at
            found.unclosed.add(opener)
    found.close_of[stack.pop()] = at


def _left_open(found: Delimiters, opener: int, at: int) -> None:
    tokens = found.tokens
    found.close_of[opener] = at
    found.unclosed.add(opener)
    span = Span(tokens.starts[opener], tokens.ends[opener])
    if not found.faults or found.faults[-1].message != "this file contains an unclosed delimiter":
        found.faults.append(SyntaxFault("this file contains an unclosed delimiter", span, "unclosed delimiter"))


def _begins_line(tokens: Tokens, text: str, at: int) -> bool:
    return at == 0 or "\n" in text[tokens.ends[at - 1] : tokens.starts[at]]


def _indent(text: str, offset: int) -> int:
    """The column of the first visible character of the line that holds ``offset``."""
    start = text.rfind("\n", 0, offset) + 1
    at = start
    while at < len(text) and text[at] in " \t":
        at += 1
    return at - start
