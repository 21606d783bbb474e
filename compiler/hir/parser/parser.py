"""How to begin a parse.

What it is: the last class of the grammar chain (macro calls over items over statements over expressions over patterns
over types over paths over tokens) under its plain name. Assumes: an item's text. Guarantees: one parser per item.

>>> # parser_for(b"fn f() {}", BodyContext()).fn_decl()
"""

from __future__ import annotations

import sys

from compiler.hir.body_context import BodyContext
from compiler.hir.parser.macro_call import MacroCallParser as Parser
from compiler.syntax.lexer import lex

__all__ = ["Parser", "parser_for"]

_RECURSION_HEADROOM = 20_000


def parser_for(source: bytes, ctx: BodyContext) -> Parser:
    """A parser at the first token of an item's text; lexical faults are reported for the file (syntax.source_text)."""
    if sys.getrecursionlimit() < _RECURSION_HEADROOM:
        # Pure Python calls take no C stack; nesting is bounded by MAX_DEPTH and the macro recursion limit.
        sys.setrecursionlimit(_RECURSION_HEADROOM)
    text = source.decode("latin-1")
    tokens = lex(text)
    parser = Parser(tokens, text, ctx)
    if tokens.errors:
        parser.locals.has_errors()
    return parser
