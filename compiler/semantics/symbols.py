"""Document symbols: the outline of a file, from its item tree.

Assumes: nothing; a broken file has the items that were recognised. Guarantees: source order, nested as written, spans
absolute.

Example: a file with ``#[kernel] pub fn k() {}`` has one symbol of kind "kernel".
"""

from __future__ import annotations

from compiler.hir.def_id import DefKind
from compiler.hir.item_tree import Item, ItemSpans
from compiler.query import Database, query
from compiler.resolve.builtin import attribute_name
from compiler.resolve.source import file_item_spans, file_item_tree
from compiler.semantics.api import SymbolNode

_KINDS = {
    DefKind.FN: "function",
    DefKind.STRUCT: "struct",
    DefKind.UNION: "struct",
    DefKind.ENUM: "enum",
    DefKind.TRAIT: "trait",
    DefKind.MOD: "module",
    DefKind.CONST: "const",
    DefKind.STATIC: "static",
    DefKind.TYPE_ALIAS: "type",
    DefKind.IMPL: "impl",
    DefKind.MACRO: "macro",
    DefKind.FOREIGN_MOD: "module",
}


@query
def document_symbols(db: Database, file: str) -> tuple[SymbolNode, ...]:
    """The outline of a file."""
    return _symbols(file_item_tree(db, file).items, file_item_spans(db, file), False)


def _symbols(items: tuple[Item, ...], spans: tuple[ItemSpans, ...], in_container: bool) -> tuple[SymbolNode, ...]:
    out = []
    for item, span in zip(items, spans, strict=False):
        kind = _KINDS.get(item.kind)
        if kind is None:
            continue
        if item.kind is DefKind.FN:
            marks = {attribute_name(a) for a in item.attrs}
            kind = "kernel" if "kernel" in marks else "method" if in_container else "function"
        container = item.kind in (DefKind.IMPL, DefKind.TRAIT)
        children = _symbols(item.children, span.children, container)
        name = item.name if item.kind is not DefKind.IMPL else f"impl {item.name}".replace("impl impl", "impl")
        full = span.full
        out.append(SymbolNode(name, "", kind, full, item.name_span.shifted(full.start), children))
    return tuple(out)
