"""Modules over files, and visibilities as written.

Assumes: file names use ``/``. Guarantees: follows the Rust reference (items/modules.html): ``mod x;`` is ``x.rs`` or
``x/mod.rs`` in the directory of the module that declares it; ``#[path]`` is relative to the directory of the current
file.

Example: in ``src/main.rs``, ``mod a;`` is ``src/a.rs`` or ``src/a/mod.rs``; in ``src/a.rs``, ``mod b;`` is
``src/a/b.rs`` ...
"""

from __future__ import annotations

import posixpath

from compiler.hir.def_id import DefId
from compiler.hir.inputs import file_exists
from compiler.query import Database


def module_file(
    db: Database, current_file: str, directory: str, name: str, explicit: str | None
) -> tuple[str | None, str, tuple[str, ...]]:
    """(file or None, directory of its own submodules, files probed)."""
    if explicit is not None:
        file = posixpath.normpath(posixpath.join(posixpath.dirname(current_file), explicit))
        return (file if file_exists(db, file) else None), posixpath.dirname(file), (file,)
    own = f"{directory}/{name}"
    candidates = (f"{own}.rs", f"{own}/mod.rs")
    for file in candidates:
        if file_exists(db, file):
            return file, own, candidates
    return None, own, candidates


def resolve_visibility(module: DefId, text: str) -> DefId | None:
    """The module inside which an item of ``module`` written with this visibility is visible; None: everywhere."""
    if not text:
        return module
    if text == "pub":
        return None
    inside = text[text.find("(") + 1 : text.rfind(")")].strip() if "(" in text else "crate"
    if inside.startswith("in "):
        inside = inside[3:].strip()
    if inside == "crate" or text == "crate":
        return module.krate
    at: DefId = module
    for part in inside.split("::"):
        if part == "super":
            at = at.parent.module if at.parent is not None else at
        elif part == "crate":
            at = module.krate
        elif part != "self":
            return _ancestor_named(module, part, inside)
    return at


def _ancestor_named(module: DefId, name: str, path: str) -> DefId:
    """``pub(in a::b)``: the ancestor whose path ends so (2015 style paths included)."""
    wanted = [p for p in path.split("::") if p not in ("crate", "self", "super")]
    at: DefId | None = module
    while at is not None:
        chain: list[str] = []
        up: DefId | None = at
        while up is not None and up.parent is not None:
            chain.append(up.name)
            up = up.parent
        if list(reversed(chain))[-len(wanted) :] == wanted:
            return at
        at = at.parent
    return module.krate
