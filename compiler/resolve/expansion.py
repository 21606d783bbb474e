"""Expansions of item macros and derives: further items, made from text.

What it is: the seam between name resolution, which finds the macro a call names, and :mod:`compiler.hir.macros`, which expands it.
An expansion is a unit of items like a file: text, item tree and spans.

Guarantees: pure expansions are cached by their inputs, so collecting a crate again does not expand again.

Example: ``copy_primitives! { u8 u16 }`` is a unit with the items ``impl Copy for u8 {}``, ``impl Clone for u8 { .. }``, ...
"""

from __future__ import annotations

from dataclasses import dataclass

from compiler.diagnostics.model import Diagnostic, Label, Severity
from compiler.hir.attributes import CfgSet, cfg_set
from compiler.hir.def_id import DefId, DefKind
from compiler.hir.derive import expand_derive
from compiler.hir.inputs import file_exists, source_bytes
from compiler.hir.item_tree import Item, ItemSpans, ItemTree
from compiler.hir.lower_items import lower_items
from compiler.hir.macros.definition import MacroDef, parse_macro
from compiler.hir.macros.item_expansion import expand_item_macro
from compiler.hir.nodes import Path, PathSegment
from compiler.query import Database, query
from compiler.resolve.def_map import DefMap, crate_description, map_of
from compiler.resolve.scope import ItemLocation
from compiler.syntax.errors import SyntaxFault


@dataclass(frozen=True, slots=True)
class Expansion:
    """``text``: what the items were lowered from; spans point into it. ``faults`` point into the call or the derived item."""

    text: bytes
    tree: ItemTree
    spans: tuple[ItemSpans, ...]
    faults: tuple[SyntaxFault, ...] = ()

    def diagnostics(self, owner: DefId) -> tuple[Diagnostic, ...]:
        """The faults with their owner."""
        return tuple(
            Diagnostic(Severity.ERROR, "syntax", fault.message, Label(fault.span, fault.label, owner)) for fault in self.faults
        )


EMPTY_EXPANSION = Expansion(b"", ItemTree(()), ())


def expand_derive_items(item: Item, name: str) -> Expansion:
    """The impl of a built-in derive for an item."""
    derived = expand_derive(name, item.kind, item.header)
    if derived is None:
        return EMPTY_EXPANSION
    lowered = lower_items(derived.text, frozenset())
    return Expansion(derived.text, lowered.tree, tuple(lowered.spans), tuple(derived.faults))


def _crate_cfg(db: Database, def_id: DefId) -> CfgSet:
    description = crate_description(db, def_id.krate)
    return cfg_set(description.cfg) if description is not None else frozenset()


def _expand(db: Database, definition: MacroDef, item: Item, caller: DefId, file: str) -> Expansion:
    def include(name: str) -> bytes | None:
        path = file.rpartition("/")[0] + "/" + name
        return source_bytes(db, path) if file_exists(db, path) else None

    made = expand_item_macro(definition, item.header, caller.krate.name, _crate_cfg(db, caller), include)
    return Expansion(made.text, made.tree, made.spans, made.faults)


@query
def macro_def(db: Database, macro: DefId) -> MacroDef | None:
    """The rules of a ``macro_rules!`` definition."""
    from compiler.resolve.source import item_of

    item = item_of(db, macro)
    return parse_macro(item.header, macro.krate.name) if item is not None else None


def expand_item_call(db: Database, collected: DefMap, macro: DefId, item: Item) -> Expansion | None:
    """Expand an item macro while its crate (or body) is still being collected; None if the macro is not known."""
    if macro in collected.locations:
        found = _item_at(db, collected, collected.locations[macro])
        definition = parse_macro(found.header, macro.krate.name) if found is not None else None
    else:
        definition = macro_def(db, macro)
    if definition is None:
        return None
    scope = collected.scopes.get(collected.root)
    return _expand(db, definition, item, collected.root, scope.file if scope is not None else "")


def _item_at(db: Database, collected: DefMap, location: ItemLocation) -> Item | None:
    """The item at a location of a map under construction."""
    from compiler.resolve.source import unit_items

    unit = location.unit
    if isinstance(unit, DefId) and unit.kind is DefKind.MACRO_CALL:
        call, macro = collected.locations.get(unit), collected.expansions.get(unit)
        outer = _item_at(db, collected, call) if call is not None else None
        made = expand_item_call(db, collected, macro, outer) if outer is not None and macro is not None else None
        items = made.tree.items if made is not None else ()
    else:
        items = unit_items(db, unit).items
    found: Item | None = None
    for index in location.path:
        if index >= len(items):
            return None
        found = items[index]
        items = found.children
    return found


def expand_member_call(db: Database, container: DefId, item: Item) -> Expansion | None:
    """Expand a macro call among the items of an impl, trait or extern block."""
    from compiler.resolve.resolver import Resolver
    from compiler.resolve.shape import macro_path
    from compiler.resolve.source import origin

    names, anchor = macro_path(item)
    path = Path(tuple(PathSegment(name) for name in names), anchor)
    macro = Resolver(db, container).resolve_macro(path)
    definition = macro_def(db, macro) if isinstance(macro, DefId) else None
    return _expand(db, definition, item, container, origin(db, container).file) if definition is not None else None


@query
def expansion(db: Database, unit: DefId) -> Expansion:
    """The items a macro call or derive makes, once its crate is collected."""
    from compiler.resolve.source import CONTAINERS, item_of, origin

    parent = unit.parent
    item = item_of(db, parent if unit.name.startswith("derive ") and parent is not None else unit)
    if item is None or parent is None:
        return EMPTY_EXPANSION
    if unit.name.startswith("derive "):
        return expand_derive_items(item, unit.name.removeprefix("derive "))
    if parent.kind in CONTAINERS:
        return expand_member_call(db, parent, item) or EMPTY_EXPANSION
    found = map_of(db, parent)
    macro = found.expansions.get(unit) if found is not None else None
    definition = macro_def(db, macro) if macro is not None else None
    return _expand(db, definition, item, unit, origin(db, unit).file) if definition is not None else EMPTY_EXPANSION


def macro_lookup(db: Database, def_id: DefId, path: Path) -> MacroDef | None:
    """The macro a call in the body or header of ``def_id`` names; None if it is not known."""
    from compiler.resolve.resolver import Resolver

    macro = Resolver(db, def_id).resolve_macro(path)
    return macro_def(db, macro) if isinstance(macro, DefId) else None
