"""Expansions of item macros and derives: further items, made from text.

What it is: the seam between name resolution, which finds the macro a call names, and :mod:`compiler.hir.macros`, which expands it.
An expansion is a unit of items like a file: text, item tree and spans.

Guarantees: pure expansions are cached by their inputs, so collecting a crate again does not expand again.

Example: ``copy_primitives! { u8 u16 }`` is a unit with the items ``impl Copy for u8 {}``, ``impl Clone for u8 { .. }``, ...
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from compiler.diagnostics.model import Diagnostic
from compiler.hir.def_id import DefId
from compiler.hir.item_tree import Item, ItemSpans, ItemTree
from compiler.hir.nodes import Path
from compiler.query import Database, query

if TYPE_CHECKING:
    from compiler.resolve.def_map import DefMap


@dataclass(frozen=True, slots=True)
class Expansion:
    """``text``: what the items were lowered from; spans point into it."""

    text: bytes
    tree: ItemTree
    spans: tuple[ItemSpans, ...]

    def diagnostics(self, owner: DefId) -> tuple[Diagnostic, ...]:
        return ()


EMPTY_EXPANSION = Expansion(b"", ItemTree(()), ())


def expand_derive_items(item: Item, name: str) -> Expansion:
    return EMPTY_EXPANSION


def expand_item_call(db: Database, collected: DefMap, macro: DefId, item: Item) -> Expansion | None:
    return None


def expand_member_call(db: Database, container: DefId, item: Item) -> Expansion | None:
    return None


@query
def expansion(db: Database, unit: DefId) -> Expansion:
    return EMPTY_EXPANSION


def macro_lookup(db: Database, def_id: DefId, path: Path) -> Any:
    return None
