"""Words that an edition reserves: ``gen`` is a name before edition 2024 and a keyword from there on.

What it is: one look over the tokens of a file that has the word. Assumes: the lexer takes the word for a name, so that
one text reads alike in all editions (macros of an older crate may be used in a newer one). Guarantees: what is written
``r#gen``, or stands in the input of a macro, is not complained of.

Example: ``fn gen() {}`` in edition 2024 is "expected identifier, found reserved keyword `gen`".
"""

from __future__ import annotations

import re
from typing import Final

from compiler.base.span import Span
from compiler.diagnostics.model import Diagnostic, Label, Severity
from compiler.hir.inputs import crate_graph, source_bytes
from compiler.query import Database, query
from compiler.syntax.lexer import CLOSERS, IDENT, OPENERS, Tokens, lex

_WORD: Final = re.compile(rb"(?<![\w#'])gen\b")


@query
def reserved_words(db: Database, file: str) -> tuple[Diagnostic, ...]:
    """Reserved words used as names in a file."""
    source = source_bytes(db, file)
    if source is None or _WORD.search(source) is None or _edition(db, file) < "2024":
        return ()
    tokens = lex(source.decode("latin-1"))
    message = "expected identifier, found reserved keyword `gen`"
    return tuple(
        Diagnostic(Severity.ERROR, "syntax", message, Label(Span(tokens.starts[at], tokens.ends[at]), "", file=file))
        for at in _outside_macros(tokens)
        if tokens.kinds[at] == IDENT and source[tokens.starts[at] : tokens.ends[at]] == b"gen"
    )


def _edition(db: Database, file: str) -> str:
    graph = crate_graph(db)
    crates = graph.crates.values() if graph is not None else ()
    roots = [(len(c.root_file.rpartition("/")[0]), c.edition) for c in crates if _holds(c.root_file, file)]
    return max(roots)[1] if roots else "2024"


def _holds(root: str, file: str) -> bool:
    return file == root or file.startswith(root.rpartition("/")[0] + "/")


def _outside_macros(tokens: Tokens) -> list[int]:
    out: list[int] = []
    kinds = tokens.kinds
    depth_inside = 0
    for at, kind in enumerate(kinds):
        opens = kind in OPENERS
        if depth_inside:
            depth_inside += opens - (kind in CLOSERS)
        elif opens and at and (kinds[at - 1] == "!" or (kinds[at - 1] == IDENT and at > 1 and kinds[at - 2] == "!")):
            depth_inside = 1
        else:
            out.append(at)
    return out
