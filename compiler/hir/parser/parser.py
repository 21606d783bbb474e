"""The whole parser, and how to begin one.

What it is: the last class of the grammar chain. Assumes: an item's text. Guarantees: one parser per item.

>>> # parser_for(b"fn f() {}", BodyContext()).fn_decl()
"""

from __future__ import annotations

import sys

from compiler.base.span import Span
from compiler.hir.body_context import BodyContext
from compiler.hir.parser.local_items import LocalScope
from compiler.hir.parser.macro_call import MacroCallParser
from compiler.syntax.lexer import Tokens, lex


class Parser(MacroCallParser):
    """Everything: macro calls over items over statements over expressions over patterns over types over paths over tokens."""

    def __init__(self, tokens: Tokens, text: str | None, ctx: BodyContext) -> None:
        super().__init__(tokens, ctx)
        self.text = text
        self.locals = LocalScope(None)
        self.expansions = []


_RECURSION_HEADROOM = 20_000


def parser_for(source: bytes, ctx: BodyContext) -> Parser:
    """A parser at the first token of an item's text; lexical faults are already reported."""
    if sys.getrecursionlimit() < _RECURSION_HEADROOM:
        # Pure Python calls take no C stack; nesting is bounded by MAX_DEPTH and the macro recursion limit.
        sys.setrecursionlimit(_RECURSION_HEADROOM)
    text = source.decode("latin-1")
    tokens = lex(text)
    parser = Parser(tokens, text, ctx)
    for start, end, code, message in tokens.errors:
        parser.fault(message, Span(start, end), code=code)
    return parser
