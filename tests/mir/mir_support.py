"""One helper for MIR tests: Rust text in, MIR out, through the real front end and library."""

from __future__ import annotations

from functools import cache

from compiler.hir.def_id import DefId, DefKind
from compiler.mir import body as m
from compiler.mir.build import mir_built
from compiler.mir.pretty import pretty_body
from compiler.query import Database
from compiler.resolve.workspace import load_library, load_workspace, set_file

FILE = "/mir/main.rs"


@cache
def _library_db() -> tuple[Database, dict]:
    db = Database()
    return db, load_library(db)


def database(text: str) -> Database:
    """The (shared) database with ``text`` as its one user file."""
    db, library = _library_db()
    set_file(db, FILE, text.encode())
    load_workspace(db, FILE, library)
    return db


def fn_id(name: str) -> DefId:
    """``f`` or ``m::f`` of the user crate."""
    at = DefId.crate("main")
    *modules, last = name.split("::")
    for module in modules:
        at = DefId(at, DefKind.MOD, module)
    return DefId(at, DefKind.FN, last)


def built(text: str, name: str = "f") -> m.Body:
    return mir_built(database(text), fn_id(name))


def dump(text: str, name: str = "f") -> str:
    return pretty_body(built(text, name), _library_db()[0])
