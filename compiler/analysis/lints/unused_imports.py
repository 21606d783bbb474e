"""``unused_imports``: private imports whose name nothing in the crate spells.

What it is: the name that a ``use`` brings in is looked for in the text of every item of the crate, attributes included,
and in the paths of other imports. Traits are never called unused: their methods need no name.

Assumes: all items of a crate. Guarantees: none for globs, for what is not known, for names that occur anywhere.

Example: ``use core::mem;`` beside ``fn f() {}`` is one warning.
"""

from __future__ import annotations

from collections.abc import Iterable

from compiler.analysis.lints.dead_code import names_in, names_in_attributes
from compiler.analysis.lints.errors import UnusedImports
from compiler.base.span import Span
from compiler.diagnostics.model import Diagnostic
from compiler.hir.def_id import DefId, DefKind
from compiler.query import Database
from compiler.resolve.def_map import module_member
from compiler.resolve.lint_levels import item_level
from compiler.resolve.scope import ALL_NAMESPACES
from compiler.resolve.source import item_location, item_of, item_source

_CONTAINERS = (DefKind.MOD, DefKind.CRATE)


def unused_imports(db: Database, definitions: Iterable[DefId]) -> list[tuple[DefId, Diagnostic]]:
    """(the ``use`` item, its warning), item-relative."""
    spelt: set[str] = set()
    imported: dict[str, set[DefId | None]] = {}  # last segments, with the modules that import them
    uses: list[DefId] = []
    for def_id in definitions:
        item = item_of(db, def_id)
        spelt |= names_in_attributes(item)
        if def_id.kind is DefKind.USE and item is not None:
            uses.append(def_id)
            for leaf in item.imports:
                spelt.update(leaf.path[:-1])
                imported.setdefault(leaf.path[-1] if leaf.path else "", set()).add(def_id.parent)
        elif def_id.kind not in _CONTAINERS and def_id.parent is not None and def_id.parent.kind in _CONTAINERS:
            spelt |= names_in(db, def_id) - {def_id.name}  # its own name is no use of it
    out = []
    for use in uses:
        found = _unused(db, use, spelt, imported)
        if found is not None:
            out.append((use, found))
    return out


def _unused(db: Database, use: DefId, spelt: set[str], imported: dict[str, set[DefId | None]]) -> Diagnostic | None:
    """The warning about one ``use`` item."""
    item, location = item_of(db, use), item_location(db, use)
    if item is None or location is None or not isinstance(location.unit, str) or item.visibility:
        return None
    if any(attr.path != "doc" for attr in item.attrs) or item_level(db, use, "unused_imports") in ("allow", "expect"):
        return None
    names: list[tuple[str, Span]] = []
    for leaf in item.imports:
        elsewhere = imported.get(leaf.name, set()) - {use.parent}
        if leaf.is_glob or leaf.name == "_" or leaf.name.removeprefix("r#") in spelt or elsewhere:
            continue
        if _is_plain(db, use, leaf.name):
            names.append(("::".join(leaf.path), leaf.span))
    if not names:
        return None
    whole = Span(0, len(item_source(db, use))) if len(names) == len(item.imports) else None
    return UnusedImports(use, tuple(names), whole).to_diagnostic()


def _is_plain(db: Database, use: DefId, name: str) -> bool:
    """The name is bound by this import, to things that are known and are no traits."""
    module = use.parent
    bindings = [module_member(db, module, space, name) for space in ALL_NAMESPACES] if module is not None else []
    known = [b for b in bindings if b is not None]
    return bool(known) and all(
        b.origin is use and isinstance(b.target, DefId) and b.target.kind is not DefKind.TRAIT for b in known
    )
