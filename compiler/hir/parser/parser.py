"""The whole parser, and how to begin one.

What it is: the last class of the grammar chain. Assumes: an item's text. Guarantees: one parser per item.

>>> # parser_for(b"fn f() {}", BodyContext()).fn_decl()
"""

from __future__ import annotations

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


def parser_for(source: bytes, ctx: BodyContext) -> Parser:
    """A parser at the first token of an item's text; lexical faults are already reported."""
    text = source.decode("latin-1")
    tokens = lex(text)
    parser = Parser(tokens, text, ctx)
    for start, end, code, message in tokens.errors:
        parser.lexical_fault(start, end, code, message)
    return parser
