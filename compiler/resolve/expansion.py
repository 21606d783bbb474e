"""Expansions of item macros and derives: further items, made from text.

What it is: the seam between name resolution, which finds the macro a call names, and :mod:`compiler.hir.macros`,
which expands it. An expansion is a unit of items like a file: text, item tree and spans.

Assumes: expanding is pure and cached by its inputs. Guarantees: collecting a crate again does not expand again; the
unit of a call is its MACRO_CALL definition, that of a derive a MACRO_CALL named ``derive Trait`` inside the type.

Example: ``copy_primitives! { u8 u16 }`` is a unit with the items ``impl Copy for u8 {}``, ``impl Clone for u8 { ..
}``, ...
"""

from __future__ import annotations

from functools import lru_cache

from compiler.base.span import Span
from compiler.diagnostics.model import Diagnostic
from compiler.hir.attributes import cfg_set
from compiler.hir.def_id import DefId, DefKind
from compiler.hir.derive import expand_derive
from compiler.hir.inputs import file_exists, source_bytes
from compiler.hir.item_tree import Item, ItemTree
from compiler.hir.lower_items import lower_items
from compiler.hir.macros.definition import MacroDef, parse_macro
from compiler.hir.macros.item_expansion import ExpandedItems, expand_item_macro
from compiler.hir.nodes import Path, strip_mark
from compiler.query import Database, query
from compiler.resolve.scope import Namespace

DERIVE = "derive "
GENERATED = "generated item"
EMPTY = ExpandedItems(b"", ItemTree(()), ())


def derive_unit(adt: DefId, trait_name: str) -> DefId:
    """The unit of a derive on a type."""
    return DefId(adt, DefKind.MACRO_CALL, DERIVE + trait_name)


def generated_unit(owner: DefId, number: int) -> DefId:
    """The unit of the ``number``-th item that macros made inside a body."""
    return DefId(owner, DefKind.MACRO_CALL, GENERATED, number)


def belongs_to_parent(unit: DefId) -> bool:
    """Whether a unit is no call of its own: a derive on a type, an item made inside a body."""
    return unit.name.startswith(DERIVE) or unit.name == GENERATED


@lru_cache(maxsize=4096)
def derived_items(trait_name: str, kind: DefKind, header: bytes) -> ExpandedItems | None:
    """The impls of a built-in derive; None if it is not built in."""
    derived = expand_derive(trait_name, kind, header)
    if derived is None:
        return None
    lowered = lower_items(derived.text)
    return ExpandedItems(derived.text, lowered.tree, lowered.spans, derived.faults)


def expansion_diagnostics(expanded: ExpandedItems, owner: DefId) -> tuple[Diagnostic, ...]:
    """Faults of an expansion; ``owner``: the call, or the type for a derive."""
    return tuple(fault.to_diagnostic(owner) for fault in expanded.faults)


# ---------------------------------------------------------------- macros


@query
def macro_definition(db: Database, macro: DefId) -> MacroDef | None:
    """The rules of a macro."""
    from compiler.resolve.source import item_source

    return parse_macro(item_source(db, macro), macro.krate.name)


def macro_lookup(db: Database, def_id: DefId, path: Path) -> MacroDef | None:
    """The macro a path in the body or signature of ``def_id`` names. Macros declared in the body are the body's
    own business.
    """
    from compiler.resolve.resolver import Resolver

    found = Resolver(db, def_id, signature=True).resolve_macro(path)
    return macro_definition(db, found) if isinstance(found, DefId) else None


def macro_names(item: Item) -> tuple[tuple[str, ...], str, int]:
    """(names, anchor, n_super) of the macro an item-position call names."""
    names = [strip_mark(part) for part in item.name.replace(" ", "").split("::")]
    if names[0] == "":
        return tuple(names[1:]), "::", 0
    if len(names) > 1 and names[0] in ("crate", "$crate"):
        return tuple(names[1:]), names[0], 0
    if len(names) > 1 and names[0] in ("self", "super"):
        n_super = 0
        at = 1 if names[0] == "self" else 0
        while names[at] == "super":
            n_super += 1
            at += 1
        return tuple(names[at:]), "super" if n_super else "self", n_super
    return tuple(names), "", 0


def expand_call(
    db: Database, definition: MacroDef, item: Item, krate: DefId, file: str, probed: list[str] | None = None
) -> ExpandedItems | None:
    """The items of a call written in ``file``; None if they cannot be known (``include!`` of something computed or
    missing).

    ``probed``: gets the names of the files whose existence mattered.
    """
    from compiler.resolve.def_map import crate_description

    description = crate_description(db, krate)
    flags = cfg_set(description.cfg) if description is not None else frozenset()

    def include(name: str) -> bytes | None:
        wanted = file.rpartition("/")[0] + "/" + name
        if probed is not None:
            probed.append(wanted)
        return source_bytes(db, wanted) if file_exists(db, wanted) else None

    expanded = expand_item_macro(definition, item.header, krate.name, flags, include)
    return None if definition.builtin == "include" and expanded.faults and not expanded.tree.items else expanded


def expand_member_call(db: Database, container: DefId, item: Item) -> ExpandedItems | None:
    """A macro call inside an impl, trait or extern block; None if its macro is not known."""
    from compiler.resolve.def_map import DatabasePaths
    from compiler.resolve.paths import enclosing_scopes, resolve_names
    from compiler.resolve.resolver import legacy_macro
    from compiler.resolve.source import file_of_item

    names, anchor, n_super = macro_names(item)
    macro = legacy_macro(db, container, names[0]) if len(names) == 1 and not anchor else None
    if macro is None:
        scope = next(iter(enclosing_scopes(container)))
        target = resolve_names(DatabasePaths(db), scope, names, Namespace.MACROS, anchor, n_super).target
        macro = target if isinstance(target, DefId) and target.kind is DefKind.MACRO else None
    definition = macro_definition(db, macro) if macro is not None else None
    return (
        expand_call(db, definition, item, container.krate, file_of_item(db, container))
        if definition is not None
        else None
    )


# ---------------------------------------------------------------- units


@query
def expansion(db: Database, unit: DefId) -> ExpandedItems:
    """The items of a MACRO_CALL unit."""
    from compiler.resolve.def_map import map_of
    from compiler.resolve.source import CONTAINERS, file_of_item, item_of

    parent = unit.parent
    assert parent is not None
    if unit.name == GENERATED:
        return _generated(db, parent, unit.disambiguator)
    if unit.name.startswith(DERIVE):
        adt = item_of(db, parent)
        found = derived_items(unit.name[len(DERIVE) :], parent.kind, adt.header) if adt is not None else None
        return found or EMPTY
    item = item_of(db, unit)
    if item is None:
        return EMPTY
    if parent.kind in CONTAINERS:
        return expand_member_call(db, parent, item) or EMPTY
    found_map = map_of(db, parent)
    macro = found_map.expansions.get(unit) if found_map is not None else None
    definition = macro_definition(db, macro) if macro is not None else None
    found = expand_call(db, definition, item, unit.krate, file_of_item(db, unit)) if definition is not None else None
    return found or EMPTY


def _generated(db: Database, owner: DefId, number: int) -> ExpandedItems:
    from compiler.resolve.lowering import lowered_body

    lowered = lowered_body(db, owner)
    if lowered is None or number >= len(lowered.generated):
        return EMPTY
    local = lowered.generated[number]
    return ExpandedItems(local.source, ItemTree((local.item,)), (local.spans,))


def expansion_span(db: Database, unit: DefId, span: Span) -> Span:
    """Where a span of the unit's text came from, relative to the call (or the type or body around it)."""
    from compiler.resolve.source import item_of, item_source

    assert unit.parent is not None
    if belongs_to_parent(unit):
        parent = item_of(db, unit.parent)
        attr = parent.attr("derive") if parent is not None and unit.name != GENERATED else None
        if attr is not None:
            return attr.span
        return parent.name_span if parent is not None else Span(0, 0)
    return expansion(db, unit).source_span(span) or Span(0, len(item_source(db, unit)))
