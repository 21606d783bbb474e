"""Items and macros declared in the blocks of a body.

What it is: a scope per block; what all blocks share (numbering, the list of items, the scanner) is kept at the
outermost.
Guarantees: a macro is seen from its definition to the end of its block; items are listed in source order.

>>> outer = LocalScope(None); inner = LocalScope(outer); inner.shared is outer.shared
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compiler.base.dataclass import dataclass, field
from compiler.hir.attributes import CfgSet
from compiler.hir.def_id import DefId, DefKind
from compiler.hir.item_scanner import ItemScanner
from compiler.hir.item_tree import Item, ItemSpans
from compiler.syntax.delimiters import match_delimiters
from compiler.syntax.lexer import Tokens

if TYPE_CHECKING:
    from compiler.hir.macros.definition import MacroDef


@dataclass(frozen=True, slots=True)
class LocalItem:
    """``def_id`` is None only where the owner is unknown. ``source`` is the item's text; ``generated``: a macro made
    it."""

    def_id: DefId | None
    item: Item
    spans: ItemSpans
    source: bytes
    generated: bool = False


@dataclass(slots=True)
class Shared:
    """``scopes``: that of each item. ``broken``: a statement did not parse."""

    items: list[LocalItem] = field(default_factory=list)
    scopes: list[LocalScope] = field(default_factory=list)
    seen: dict[tuple[DefKind, str], int] = field(default_factory=dict)
    scanner: ItemScanner | None = None
    broken: bool = False


class LocalScope:
    __slots__ = ("defined_at", "defs", "macros", "outer", "shared")

    def __init__(self, outer: LocalScope | None) -> None:
        self.outer = outer
        self.defs: list[DefId] = []
        self.macros: dict[str, MacroDef] | None = None
        self.defined_at: dict[str, int] = {}
        self.shared: Shared = outer.shared if outer is not None else Shared()

    @property
    def seen(self) -> dict[tuple[DefKind, str], int]:
        return self.shared.seen

    def has_errors(self) -> None:
        self.shared.broken = True

    def add(self, local: LocalItem) -> None:
        self.shared.items.append(local)
        self.shared.scopes.append(self)
        if local.def_id is not None:
            self.defs.append(local.def_id)

    def chain(self) -> tuple[tuple[DefId, ...], ...]:
        """The items of this block and of each around it, innermost first."""
        out: list[tuple[DefId, ...]] = []
        scope: LocalScope | None = self
        while scope is not None:
            if scope.defs:
                out.append(tuple(scope.defs))
            scope = scope.outer
        return tuple(out)

    def scanner(self, tokens: Tokens, text: str, cfg: CfgSet) -> ItemScanner:
        """The item scanner of this body, made on first use."""
        if self.shared.scanner is None or self.shared.scanner.tokens is not tokens:
            self.shared.scanner = ItemScanner(tokens, text, cfg, match_delimiters(tokens, text))
        return self.shared.scanner

    def define(self, name: str, definition: MacroDef, n_patterns: int) -> None:
        """``n_patterns``: how many patterns of the body come before it."""
        if self.macros is None:
            self.macros = {}
        self.macros[name] = definition
        self.defined_at[name] = n_patterns

    def macro(self, name: str) -> MacroDef | None:
        """The innermost macro of this name in scope."""
        found = self.local_macro(name)
        return found[0] if found is not None else None

    def local_macro(self, name: str) -> tuple[MacroDef, int] | None:
        """:meth:`macro` with the number of patterns before it."""
        scope: LocalScope | None = self
        while scope is not None:
            if scope.macros is not None and name in scope.macros:
                return scope.macros[name], scope.defined_at[name]
            scope = scope.outer
        return None
