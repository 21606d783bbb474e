"""A file's text to its item tree.

What it is: the entry point over :mod:`compiler.hir.item_scanner`. Assumes: any bytes.
Guarantees: pure; never raises; items disabled by ``#[cfg]`` are gone; spans run parallel to the tree; nothing inside a
function body or an initialiser is looked at beyond its brackets.

>>> found = lower_items(b"fn f() {}")
>>> found.tree.items[0].name, found.spans[0].full
('f', Span(start=0, end=9))
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from compiler.diagnostics.model import Diagnostic
from compiler.hir.attributes import cfg_set, read_attribute
from compiler.hir.def_id import DefKind
from compiler.hir.item_header import ItemFault
from compiler.hir.item_scanner import ItemScanner, begins_item
from compiler.hir.item_tree import Attr, Item, ItemSpans, ItemTree
from compiler.syntax.delimiters import match_delimiters
from compiler.syntax.errors import SyntaxFault
from compiler.syntax.lexer import IDENT, Tokens, lex, words
from compiler.syntax.source_text import read_text

_OPENERS = ("(", "[", "{")
_ITEM_STARTS = words("# fn struct enum use trait impl mod static const type extern pub unsafe async")
_STATEMENT_ENDS = frozenset(("{", "}", ";"))


class LoweredItems(NamedTuple):
    """``faults``: what is wrong between items; faults inside an item come with its signature or body."""

    tree: ItemTree
    spans: tuple[ItemSpans, ...]
    faults: tuple[SyntaxFault, ...] = ()

    def diagnostics(self, file: str | None = None) -> tuple[Diagnostic, ...]:
        return tuple(fault.to_diagnostic(None, file) for fault in self.faults)


def lower_items(text: bytes, cfg: Iterable[str] = ()) -> LoweredItems:
    """The items of a file; absolute spans. ``cfg``: flags as written."""
    flags = cfg_set(cfg)
    read = read_text(text)
    tokens, delimiters = read.tokens, read.delimiters
    scanner = ItemScanner(tokens, read.source, flags, delimiters)
    inner: list[Attr] = []
    at = 0
    while tokens.kinds[at] == "#" and tokens.kinds[at + 1] == "!" and tokens.kinds[at + 2] == "[":
        inner += read_attribute(tokens, scanner.raw, at + 3, delimiters.close_of[at + 2], 0, flags).attrs
        at = delimiters.after(at + 2)
    items, spans = scanner.items(at, len(tokens))
    faults = read.faults if read.is_torn else (*read.faults, *scanner.faults)
    return LoweredItems(ItemTree(items, tuple(inner)), spans, faults)


def lower_local_items(source: bytes, body_start: int, cfg: Iterable[str] = ()) -> LoweredItems:
    """The items declared in the blocks of a body that begins at ``body_start``; spans relative to ``source``.

    Their numbering is that of :func:`compiler.hir.lower_body.lower_body`. Faults are left to it.
    """
    text = source.decode("latin-1")
    tokens = lex(text, body_start)
    scanner = ItemScanner(tokens, text, cfg_set(cfg), match_delimiters(tokens, text))
    items: list[Item] = []
    spans: list[ItemSpans] = []
    seen: dict[tuple[DefKind, str], int] = {}
    kinds = tokens.kinds
    last = len(tokens)
    at = after_attr = 0
    while at < last:
        kind = kinds[at]
        if kind == "!" and kinds[at - 1] == IDENT:
            at += 1 if kinds[at + 1] in _OPENERS else 2 if kinds[at + 2] in _OPENERS else 0
            at = scanner.delimiters.after(at) if at in scanner.close_of else at + 1
            continue
        if kind == "#" and kinds[at + 1] == "!" and kinds[at + 2] == "[":
            at = after_attr = scanner.delimiters.after(at + 2)  # `#![allow(..)]` of the block: a statement may begin
            continue
        if (
            (kind in _ITEM_STARTS or kind == IDENT)
            and (at in (0, after_attr) or kinds[at - 1] in _STATEMENT_ENDS)
            and at_item(tokens, scanner, at)
        ):
            try:
                item, item_spans, at = scanner.item(at, last, seen)
            except ItemFault:
                at = scanner.resume(at, last)
                continue
            if item is not None and item_spans is not None:
                items.append(item)
                spans.append(item_spans)
            continue
        at += 1
    return LoweredItems(ItemTree(tuple(items)), tuple(spans))


def at_item(tokens: Tokens, scanner: ItemScanner, at: int) -> bool:
    """Does an item (attributes included) begin at this statement position?"""
    kinds = tokens.kinds
    while kinds[at] == "#" and kinds[at + 1] == "[":
        at = scanner.delimiters.after(at + 1)
    return begins_item(kinds, tokens.texts, at)
