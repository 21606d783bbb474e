"""Bodies that declare impls: found by their text and that of the macros they call, before anything is parsed.

What it is: the filter in front of the impls of bodies, so that trait selection needs no body that has none.
Assumes: an impl is written with the word ``impl`` or ``derive``, in the body or in a macro it calls, directly or not.
Guarantees: a macro that is not found may declare impls.

Example: ``fn f() { unit!(Metre); }`` is listed when ``macro_rules! unit`` holds ``impl``.
"""

from __future__ import annotations

import re
from typing import Final

from compiler.hir import nodes as h
from compiler.hir.def_id import DefId
from compiler.query import Database, query
from compiler.resolve.source import (
    BODY_OWNERS,
    CONTAINERS,
    container_items,
    file_item_text,
    item_location,
    item_of,
    item_source,
)


@query
def bodies_with_items(db: Database, krate: DefId) -> tuple[DefId, ...]:
    """Bodies of a crate that declare impls of their own (library bodies do not)."""
    from compiler.resolve.def_map import crate_description, def_map, local_map

    description = crate_description(db, krate)
    if description is None or description.is_library:
        return ()
    work = list(def_map(db, krate).locations)
    out: list[DefId] = []
    for def_id in work:
        if def_id.kind in CONTAINERS:
            work.extend(container_items(db, def_id))
        elif def_id.kind in BODY_OWNERS and declares_impls(db, def_id):
            out.append(def_id)
            local = local_map(db, def_id)
            work.extend(local.locations if local is not None else ())
    return tuple(out)


_IMPL_WORD: Final = re.compile(rb"\bimpl\b|\bderive\b")
_MACRO_CALL: Final = re.compile(rb"\b([A-Za-z_]\w*) *![ \n]*[(\[{]")


@query(eager=True)
def file_item_may_declare(db: Database, file: str, path: tuple[int, ...]) -> bool:
    """Whether the text of an item holds what a body with impls must hold: a word, or a call of a macro."""
    text = file_item_text(db, file, path)
    return bool(_IMPL_WORD.search(text) or _MACRO_CALL.search(text))


@query
def declares_impls(db: Database, owner: DefId) -> bool:
    """Whether a body has items and may hold impls (its own text says so before anything is parsed)."""
    location = item_location(db, owner)
    if location is not None and isinstance(location.unit, str):
        if not file_item_may_declare(db, location.unit, location.path):
            return False
    item = item_of(db, owner)
    if item is None or not item.has_body:
        return False
    source = item_source(db, owner)
    if not _IMPL_WORD.search(source, len(item.header)) and not _macros_declare(db, owner, source, set()):
        return False
    from compiler.resolve.def_map import local_map

    found = local_map(db, owner)
    return found is not None


def _macros_declare(db: Database, owner: DefId, text: bytes, seen: set[DefId]) -> bool:
    """Whether a macro called in a text may make impls. Those of libraries make none."""
    from compiler.resolve.def_map import crate_description
    from compiler.resolve.resolver import Resolver

    for name in sorted(set(_MACRO_CALL.findall(text)) - {b"macro_rules"}):
        macro = Resolver(db, owner).resolve_macro(h.Path((h.PathSegment(name.decode()),)))
        if not isinstance(macro, DefId):
            if b"macro_rules! " + name not in text:  # one of the body itself has its words in the body
                return True
            continue
        description = crate_description(db, macro.krate)
        if macro in seen or description is None or description.is_library:
            continue
        seen.add(macro)
        source = item_source(db, macro)
        if _IMPL_WORD.search(source) or _macros_declare(db, owner, source, seen):
            return True
    return False
