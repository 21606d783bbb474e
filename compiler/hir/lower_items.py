"""A file's text to its item tree.

What it is: the entry point over :mod:`compiler.hir.item_scanner`. Assumes: any bytes.
Guarantees: pure; never raises; items disabled by ``#[cfg]`` are gone; spans run parallel to the tree; nothing inside a function body
or an initialiser is looked at beyond its brackets.

>>> tree, spans, faults = lower_items(b"fn f() {}")
>>> tree.items[0].name, spans[0].full
('f', Span(start=0, end=9))
"""

from __future__ import annotations

import re
from typing import NamedTuple

from compiler.hir.attributes import CfgSet, read_attribute
from compiler.hir.delimiters import match_delimiters
from compiler.hir.item_scanner import ItemScanner
from compiler.hir.item_tree import Attr, ItemSpans, ItemTree
from compiler.syntax.errors import SyntaxFault
from compiler.syntax.lexer import lex

_SHEBANG = re.compile(r"#!(?!\s*\[)[^\n]*")


class LoweredItems(NamedTuple):
    """``faults``: what is wrong between items (absolute spans); faults inside an item come with its signature or body."""

    tree: ItemTree
    spans: tuple[ItemSpans, ...]
    faults: tuple[SyntaxFault, ...]


def lower_items(text: bytes, cfg: CfgSet = frozenset()) -> LoweredItems:
    """The items of a file."""
    source = text.decode("latin-1")
    tokens = lex(source, content_start(source))
    delimiters = match_delimiters(tokens, source)
    scanner = ItemScanner(tokens, source, cfg, delimiters)
    inner: list[Attr] = []
    at = 0
    while tokens.kinds[at] == "#" and tokens.kinds[at + 1] == "!" and tokens.kinds[at + 2] == "[":
        inner += read_attribute(tokens, scanner.raw, at + 3, delimiters.close_of[at + 2], 0, cfg).attrs
        at = delimiters.after(at + 2)
    items, spans = scanner.items(at, len(tokens))
    faults = (*delimiters.faults, *scanner.faults)
    return LoweredItems(ItemTree(items, tuple(inner)), spans, faults)


def content_start(source: str) -> int:
    """The offset after a byte order mark and a ``#!`` line."""
    start = 3 if source.startswith("\xef\xbb\xbf") else 0
    shebang = _SHEBANG.match(source, start)
    return shebang.end() if shebang else start
