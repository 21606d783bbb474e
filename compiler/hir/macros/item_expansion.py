"""Macro calls in item position: further items, as text.

What it is: the expansion of a MACRO_CALL item written out as text (hygiene marks included), lowered like a file, with a
map back to the spans of the call. Assumes: name resolution has found the macro.
Guarantees: pure and cached; spans of the call's own tokens are relative to the call item, tokens of the definition
map to the whole call.

>>> # ``impl_all! { u8 u16 }`` -> text ``impl T for u8 { } impl T for u16 { }``, two items
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from functools import lru_cache

from compiler.base.dataclass import dataclass
from compiler.base.span import Span
from compiler.hir.attributes import CfgSet
from compiler.hir.body_context import BodyContext
from compiler.hir.item_tree import ItemSpans, ItemTree
from compiler.hir.lower_items import lower_items
from compiler.hir.macros.definition import MacroDef
from compiler.hir.macros.token_text import SpanMap, item_text
from compiler.hir.nodes import HYGIENE_MARK
from compiler.hir.parser.builtin_macros import string_argument
from compiler.hir.parser.parser import Parser, parser_for
from compiler.syntax.errors import ParseError, SyntaxFault
from compiler.syntax.lexer import CLOSERS, EOF


@dataclass(frozen=True, slots=True)
class ExpandedItems:
    """``text`` is what the tree was lowered from; ``spans`` point into it; ``faults`` into the call."""

    text: bytes
    tree: ItemTree
    spans: tuple[ItemSpans, ...]
    faults: tuple[SyntaxFault, ...] = ()
    span_map: SpanMap | None = None

    def source_span(self, span: Span) -> Span | None:
        """The span in the call that a span of ``text`` came from."""
        if self.span_map is None or not self.span_map.offsets:
            return None
        offsets, spans = self.span_map.offsets, self.span_map.spans
        first = max(0, bisect_right(offsets, span.start) - 1)
        last = max(first, bisect_right(offsets, max(span.start, span.end - 1)) - 1)
        start, end = spans[first].start, spans[last].end
        return Span(start, end) if end >= start else spans[first]


_NOTHING = ItemTree(())


def expand_item_macro(
    definition: MacroDef,
    call: bytes,
    krate: str,
    cfg: CfgSet = frozenset(),
    include: Callable[[str], bytes | None] | None = None,
) -> ExpandedItems:
    """Expand ``call`` (the text of a MACRO_CALL item) in crate ``krate``."""
    if definition.builtin is not None:
        return _builtin(definition.builtin, call, cfg, include)
    return _expand(definition, call, krate, cfg)


@lru_cache(maxsize=2048)
def _expand(definition: MacroDef, call: bytes, krate: str, cfg: CfgSet) -> ExpandedItems:
    parser, first, last, span = _open(call, cfg, krate)
    try:
        tokens = parser.expansion(definition, first, last, span)
    except ParseError as error:
        return ExpandedItems(b"", _NOTHING, (), (error.fault,) if error.fault.message else ())
    mark = _fresh_mark(call)
    for at, word in enumerate(tokens.texts):
        if word.endswith(HYGIENE_MARK + "1"):
            tokens.texts[at] = word[:-1] + mark
    text, span_map = item_text(tokens, 0, len(tokens), krate)
    lowered = lower_items(text, cfg)
    expanded = ExpandedItems(text, lowered.tree, lowered.spans, (), span_map)
    faults = tuple(
        SyntaxFault(
            f.message,
            expanded.source_span(f.span) or span,
            f.label,
            note=f"in the expansion of the macro `{definition.name}`",
        )
        for f in lowered.faults
    )
    return ExpandedItems(text, lowered.tree, lowered.spans, faults, span_map)


def _fresh_mark(call: bytes) -> str:
    """A mark no token of the call carries: expansions nest."""
    number = 0
    while f"{HYGIENE_MARK}m{number}".encode() in call:
        number += 1
    return f"m{number}"


def _open(call: bytes, cfg: CfgSet, krate: str) -> tuple[Parser, int, int, Span]:
    """A parser of the call's text and the range of tokens inside its delimiters."""
    parser = parser_for(call, BodyContext(cfg=cfg, krate=krate))
    kinds = parser.kinds
    at = 0
    while kinds[at] == "#" and kinds[at + 1] == "[":
        parser.i = at + 1
        parser.skip_group()
        at = parser.i
    start = parser.starts[at]
    while kinds[at] not in ("!", EOF):
        at += 1
    parser.i = at + 1
    parser.skip_group()
    last = parser.i - 1 if kinds[parser.i - 1] in CLOSERS else parser.i
    return (
        parser,
        min(at + 2, last),
        last,
        Span(start, max(start, parser.ends[max(last, 1) - 1], parser.ends[min(last, len(kinds) - 1)])),
    )


def _builtin(name: str, call: bytes, cfg: CfgSet, include: Callable[[str], bytes | None] | None) -> ExpandedItems:
    parser, first, last, span = _open(call, cfg, "")
    fault: SyntaxFault | None = None
    parser.ctx.include = include
    try:
        if name == "compile_error":
            fault = SyntaxFault(string_argument(parser, first, last, span), span)
        elif name == "include":
            path = string_argument(parser, first, last, span)
            included = include(path) if include is not None else None
            if included is not None:
                lowered = lower_items(included, cfg)
                return ExpandedItems(included, lowered.tree, lowered.spans, lowered.faults)
            fault = SyntaxFault(f"couldn't read `{path}`", span)
        elif name not in ("concat", "line", "stringify"):
            return ExpandedItems(b"", _NOTHING, ())
        else:
            fault = SyntaxFault(f"expected item, found `{name}!` macro call", span)
    except ParseError as error:
        fault = error.fault
    return ExpandedItems(b"", _NOTHING, (), (fault,) if fault.message else ())
