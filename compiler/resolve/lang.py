"""Lang items: definitions the language itself refers to, marked ``#[lang = "name"]`` in the library.

Guarantees: names are rustc's; the first crate of the graph that has one wins (the library comes first).

Example: ``lang_item(db, "add")`` is the trait ``core::ops::Add``.
"""

from __future__ import annotations

from compiler.hir.def_id import DefId
from compiler.query import Database, query
from compiler.resolve.def_map import all_crates, crate_description, def_map


@query
def crate_lang_items(db: Database, krate: DefId) -> dict[str, DefId]:
    """The lang items a library crate defines."""
    description = crate_description(db, krate)
    return def_map(db, krate).lang_items if description is not None and description.is_library else {}


@query
def lang_items(db: Database) -> dict[str, DefId]:
    """All lang items by name."""
    out: dict[str, DefId] = {}
    for krate in all_crates(db):
        for name, def_id in crate_lang_items(db, krate).items():
            out.setdefault(name, def_id)
    return out


@query
def _lang_names(db: Database) -> dict[DefId, str]:
    return {def_id: name for name, def_id in lang_items(db).items()}


def lang_item(db: Database, name: str) -> DefId | None:
    """The definition of a lang item."""
    return lang_items(db).get(name)


def lang_name_of(db: Database, def_id: DefId) -> str | None:
    """The lang name of a definition, if it is a lang item."""
    return _lang_names(db).get(def_id)
