"""Definitions of the user's crates: which exist, in which file, in what order.

Assumes: a crate graph. Guarantees: source order within a file; items made by macros belong to the file of the macro
call.

Example: ``file_definitions(db, "/k.rs")`` of ``mod m { fn f() {} } impl S { fn g() {} }`` is ``[m, m::f, impl S, g]``.
"""

from __future__ import annotations

from compiler.hir.def_id import DefId, DefKind
from compiler.query import Database, query
from compiler.resolve.def_map import all_crates, crate_description, def_map
from compiler.resolve.source import CONTAINERS, container_items, item_location

BODY_OWNERS = (DefKind.FN, DefKind.CONST, DefKind.STATIC)


@query
def user_crates(db: Database) -> tuple[DefId, ...]:
    """Crates that are not the library's."""
    crates = []
    for krate in all_crates(db):
        description = crate_description(db, krate)
        if description is not None and not description.is_library:
            crates.append(krate)
    return tuple(crates)


def is_user(db: Database, def_id: DefId) -> bool:
    """Whether a definition is the user's own."""
    return def_id.krate in user_crates(db)


@query
def crate_definitions(db: Database, krate: DefId) -> tuple[DefId, ...]:
    """Every item of a crate and every member of its impls, traits and extern blocks; not what bodies declare."""
    out: list[DefId] = []
    for def_id in def_map(db, krate).locations:
        out.append(def_id)
        if def_id.kind in CONTAINERS:
            out.extend(container_items(db, def_id))
    return tuple(out)


@query
def file_of(db: Database, def_id: DefId) -> str:
    """The file an item is in."""
    location = item_location(db, def_id)
    while location is not None and not isinstance(location.unit, str):
        location = item_location(db, location.unit)
    return location.unit if location is not None and isinstance(location.unit, str) else ""


@query
def definitions_by_file(db: Database) -> dict[str, tuple[DefId, ...]]:
    """All definitions of user crates by file."""
    out: dict[str, list[DefId]] = {}
    for krate in user_crates(db):
        for def_id in crate_definitions(db, krate):
            out.setdefault(file_of(db, def_id), []).append(def_id)
    return {file: tuple(found) for file, found in out.items()}


def file_definitions(db: Database, file: str) -> tuple[DefId, ...]:
    """Definitions whose text is in a file."""
    return definitions_by_file(db).get(file, ())


@query
def kernels_of(db: Database, file: str) -> list[DefId]:
    """``#[kernel]`` functions of a file in source order."""
    from compiler.resolve.attrs import is_kernel

    found = [d for d in file_definitions(db, file) if d.kind is DefKind.FN and is_kernel(db, d)]
    return sorted(found, key=lambda d: _place(db, d))


def _place(db: Database, def_id: DefId) -> tuple[tuple[int, ...], ...]:
    """Where an item is, outermost first, as numbers that an edit inside a body leaves alone."""
    places: list[tuple[int, ...]] = []
    location = item_location(db, def_id)
    while location is not None:
        places.append(location.path)
        location = item_location(db, location.unit) if isinstance(location.unit, DefId) else None
    return tuple(reversed(places))


@query
def has_device_code(db: Database, krate: DefId) -> bool:
    """Whether a crate has a ``#[kernel]`` or ``#[device]`` function."""
    from compiler.resolve.attrs import is_device_body

    return any(d.kind is DefKind.FN and is_device_body(db, d) for d in crate_definitions(db, krate))
