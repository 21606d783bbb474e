"""Leaves of a use tree.

>>> # ``a::{self, b::*, c as d}`` -> (a) as a; (a, b) as *; (a, c) as d
"""

from __future__ import annotations

from compiler.base.span import Span
from compiler.hir.item_tree import UseImport
from compiler.hir.nodes import strip_mark
from compiler.syntax.errors import SyntaxFault
from compiler.syntax.lexer import IDENT, Tokens

_SEGMENTS = frozenset((IDENT, "self", "super", "crate"))


def use_imports(tokens: Tokens, first: int, last: int, base: int, imports: list[UseImport]) -> SyntaxFault | None:
    """Append the imports of the use tree in tokens ``first..last``; the fault that stopped it, if any."""
    reader = _Reader(tokens, last, base, imports)
    after = reader.tree(first, ())
    if reader.fault is None and after < last:
        reader.fault = reader.unexpected(after, "one of `::`, `;`, or `as`")
    return reader.fault or reader.misplaced


class _Reader:
    def __init__(self, tokens: Tokens, last: int, base: int, imports: list[UseImport]) -> None:
        self.tokens = tokens
        self.last = last
        self.base = base
        self.imports = imports
        self.fault: SyntaxFault | None = None
        self.misplaced: SyntaxFault | None = None  # the import is as it would be in braces
        self.depth = 0

    def unexpected(self, at: int, expected: str) -> SyntaxFault:
        tokens = self.tokens
        if at >= self.last:
            end = tokens.ends[at - 1]
            return SyntaxFault(f"expected {expected}, found `;`", Span(end - 1, end), f"expected {expected}")
        kind = tokens.kinds[at]
        found = f"keyword `{kind}`" if kind.isalpha() and kind.islower() else f"`{tokens.texts[at]}`"
        return SyntaxFault(
            f"expected {expected}, found {found}", Span(tokens.starts[at], tokens.ends[at]), f"expected {expected}"
        )

    def tree(self, at: int, prefix: tuple[str, ...]) -> int:
        """One tree; the index after it."""
        kinds = self.tokens.kinds
        start = at
        if kinds[at] == "::":
            prefix = ("", *prefix)
            at += 1
        while at < self.last:
            kind = kinds[at]
            if kind == "*":
                self._leaf(prefix, "*", start, at, True)
                return at + 1
            if kind == "{":
                return self._group(at, prefix)
            if kind == "$" and kinds[at + 1] == "crate":
                at += 1
            if kind not in _SEGMENTS and kind != "$":
                break
            prefix = (*prefix, strip_mark(self.tokens.texts[at]))
            at += 1
            if kinds[at] != "::":
                return self._renamed(prefix, start, at)
            at += 1
        self.fault = self.fault or self.unexpected(at, "identifier")
        return self.last

    def _renamed(self, path: tuple[str, ...], start: int, at: int) -> int:
        name = path[-1]
        if name == "self" and len(path) > 1:
            if not self.depth:
                span = Span(self.tokens.starts[at - 1], self.tokens.ends[at - 1])
                message = "`self` imports are only allowed within a { } list"
                self.misplaced = SyntaxFault(
                    message, span, "", "E0429", help="import the module itself, or write `{self}`"
                )
            path = path[:-1]
            name = path[-1]
        if self.tokens.kinds[at] == "as" and at < self.last:
            at += 1
            if self.tokens.kinds[at] not in (IDENT, "_"):
                self.fault = self.fault or self.unexpected(at, "identifier")
                return self.last
            name = strip_mark(self.tokens.texts[at])
            at += 1
        self._leaf(path, name, start, at - 1, False)
        return at

    def _leaf(self, path: tuple[str, ...], name: str, start: int, end: int, is_glob: bool) -> None:
        tokens = self.tokens
        span = Span(tokens.starts[start] - self.base, tokens.ends[end] - self.base)
        self.imports.append(UseImport(path, name, is_glob, span))

    def _group(self, at: int, prefix: tuple[str, ...]) -> int:
        kinds = self.tokens.kinds
        at += 1
        self.depth += 1
        while at < self.last and kinds[at] != "}":
            at = self.tree(at, prefix)
            if self.fault is not None:
                return self.last
            if kinds[at] == ",":
                at += 1
            elif kinds[at] != "}":
                self.fault = self.unexpected(at, "one of `,`, `::`, `as`, or `}`")
                return self.last
        self.depth -= 1
        return at + 1
