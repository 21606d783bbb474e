"""Which bracket closes which, also in text where they do not balance.

What it is: one pass over the tokens; when that finds a fault, a second pass that trusts the layout: an item keyword
that begins a line no deeper than the line of an open ``{`` shows that this ``{`` was left open.
Assumes: tokens of one text. Guarantees: every opening bracket has an end; each fault is one message, rustc's.

>>> from compiler.syntax.lexer import lex
>>> match_delimiters(lex("f(a[0])"), "f(a[0])").close_of
{3: 5, 1: 6}
"""

from __future__ import annotations

import re
from bisect import bisect_right

from compiler.base.dataclass import dataclass, field
from compiler.base.span import Span
from compiler.syntax.errors import SyntaxFault
from compiler.syntax.lexer import EOF, Tokens

_CLOSER = {"(": ")", "[": "]", "{": "}"}
_NEWLINE = re.compile("\n")
_BLANKS = re.compile("[ \t]*")
_BRACKETS = frozenset("()[]{}")
_ITEM_LINE = frozenset(
    ("fn", "pub", "struct", "enum", "impl", "mod", "use", "static", "const", "trait", "#", "type", "unsafe", "extern")
)
_RESYNC = frozenset(("fn", "pub", "struct", "enum", "impl", "mod", "trait"))


@dataclass(slots=True)
class Delimiters:
    """``close_of[i]``: the token that closes bracket ``i``, or, if ``i`` is in ``unclosed``, the first token after
    its content."""

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
    layout = _Layout(text)
    n_kept = 0
    stack: list[int] = []
    kinds = tokens.kinds
    for at, kind in enumerate(kinds):
        if kind in _BRACKETS:
            if kind in _CLOSER:
                stack.append(at)
            else:
                _closer(found, stack, at, len(found.faults) > n_kept)
        elif kind in _ITEM_LINE and stack and (column := layout.column_if_first(tokens.starts[at])) is not None:
            while stack and layout.indent(tokens.starts[stack[-1]]) >= column:
                _left_open(found, stack.pop(), at)
            if kind in _RESYNC:
                # Structure is regained: a later fault is a fault of its own. Until here, only the first is.
                n_kept += 1 if len(found.faults) > n_kept else 0
                del found.faults[n_kept:]
    n_kept += 1 if len(found.faults) > n_kept else 0
    del found.faults[n_kept:]
    n_kept = max(n_kept, 1)
    end = kinds.index(EOF)
    while stack:
        _left_open(found, stack.pop(), end)
    return found


_SEARCH_DEPTH = 64


def _closer(found: Delimiters, stack: list[int], at: int, quiet: bool) -> None:
    """A closing bracket: it closes the innermost open one of its kind, and leaves those inside it unclosed."""
    tokens = found.tokens
    kind = tokens.kinds[at]
    lowest = max(-1, len(stack) - 1 - _SEARCH_DEPTH)
    depth = next((i for i in range(len(stack) - 1, lowest, -1) if _CLOSER[tokens.kinds[stack[i]]] == kind), None)
    span = Span(tokens.starts[at], tokens.ends[at])
    if depth is None:
        if not quiet:
            found.faults.append(
                SyntaxFault(f"unexpected closing delimiter: `{kind}`", span, "unexpected closing delimiter")
            )
        found.reported.add(at)
        return
    if depth < len(stack) - 1:
        opener = stack[-1]
        related = (Span(tokens.starts[opener], tokens.ends[opener]), "unclosed delimiter")
        if not quiet:
            fault = _semicolon_inside(tokens, opener, at)
            found.faults.append(
                fault
                or SyntaxFault(
                    f"mismatched closing delimiter: `{kind}`", span, "mismatched closing delimiter", related=related
                )
            )
        while len(stack) - 1 > depth:
            opener = stack.pop()
            found.close_of[opener] = at
            found.unclosed.add(opener)
    found.close_of[stack.pop()] = at


def _semicolon_inside(tokens: Tokens, opener: int, last: int) -> SyntaxFault | None:
    """``f(a, b;``: no parenthesis holds a ``;``, so the first one shows where the closer is missing."""
    if tokens.kinds[opener] != "(":
        return None
    depth = 0
    for at in range(opener + 1, last):
        kind = tokens.kinds[at]
        if kind in _CLOSER:
            depth += 1
        elif kind in _BRACKETS:
            depth -= 1
        elif kind == ";" and depth == 0:
            span = Span(tokens.starts[at], tokens.ends[at])
            opened = Span(tokens.starts[opener], tokens.ends[opener])
            return SyntaxFault("expected `)`, found `;`", span, "expected `)`", related=(opened, "unclosed delimiter"))
    return None


def _left_open(found: Delimiters, opener: int, at: int) -> None:
    tokens = found.tokens
    found.close_of[opener] = at
    found.unclosed.add(opener)
    span = Span(tokens.starts[opener], tokens.ends[opener])
    if not found.faults or found.faults[-1].message != "this file contains an unclosed delimiter":
        found.faults.append(SyntaxFault("this file contains an unclosed delimiter", span, "unclosed delimiter"))


class _Layout:
    """Indentation of the lines of a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.line_starts = [0, *(match.end() for match in _NEWLINE.finditer(text))]
        self.indents: dict[int, int] = {}

    def indent(self, offset: int) -> int:
        """The column of the first visible character of the line that holds ``offset``."""
        line = bisect_right(self.line_starts, offset) - 1
        found = self.indents.get(line)
        if found is None:
            start = self.line_starts[line]
            found = self.indents[line] = _BLANKS.match(self.text, start).end() - start  # type: ignore[union-attr]
        return found

    def column_if_first(self, offset: int) -> int | None:
        """The column of ``offset`` if nothing visible stands before it on its line."""
        indent = self.indent(offset)
        start = self.line_starts[bisect_right(self.line_starts, offset) - 1]
        return indent if offset - start == indent else None
