"""Small worlds for name and signature tests: files in one text, markers for the errors they must give.

``//- /path.rs`` begins a file (before the first: ``/main.rs``); ``//- crate name deps=a,b closed /path.rs`` begins a
further crate. ``//~ CODE`` at the end of a line expects a diagnostic with that code on it; ``//~ CODE "text"`` also
that its message has the text.
"""

from __future__ import annotations

import re

from compiler.base.span import LineTable
from compiler.diagnostics.model import Diagnostic
from compiler.hir.def_id import DefId, DefKind
from compiler.hir.inputs import CrateDescription, CrateGraph, crate_graph, source_bytes
from compiler.query import Database, Durability
from compiler.resolve.def_map import def_map
from compiler.resolve.source import absolute_span, container_items, syntax_diagnostics
from compiler.resolve.workspace import set_file

_MARK = re.compile(r"//~ (\S+)(?: \"([^\"]*)\")?")


class World:
    """A database with the crates of one fixture. The crate under test is ``main``."""

    def __init__(
        self, text: str, deps: tuple[tuple[str, str], ...] = (), closed: bool = False, edition: str = "2024"
    ) -> None:
        self.db = Database()
        self.crates = {"main": CrateDescription("main", "/main.rs", edition, deps, is_closed=closed)}
        self.main = DefId.crate("main")
        file, lines = "/main.rs", []
        for line in text.splitlines():
            if line.startswith("//- "):
                self._file(file, lines)
                words = line[4:].split()
                file, lines = words[-1], []
                if words[0] == "crate":
                    self._crate(words[1], words[2:-1], file)
            else:
                lines.append(line)
        self._file(file, lines)
        self.set_graph()

    def _file(self, file: str, lines: list[str]) -> None:
        if lines or file == "/main.rs":
            set_file(self.db, file, "\n".join(lines).encode())

    def _crate(self, name: str, flags: list[str], file: str) -> None:
        deps = next((f[5:].split(",") for f in flags if f.startswith("deps=")), [])
        self.crates[name] = CrateDescription(
            name, file, "2021", tuple((d, d) for d in deps), is_library="library" in flags, is_open="open" in flags
        )
        main = self.crates["main"]
        names = (*main.deps, (name, name))
        self.crates["main"] = CrateDescription(main.name, main.root_file, main.edition, names, is_closed=main.is_closed)

    def set_graph(self) -> None:
        main = self.crates.pop("main")
        self.crates["main"] = main
        self.db.set(crate_graph, (), CrateGraph(dict(self.crates)), Durability.HIGH)

    def edit(self, old: str, new: str, file: str = "/main.rs") -> None:
        text = source_bytes(self.db, file).decode()
        assert old in text
        set_file(self.db, file, text.replace(old, new, 1).encode())

    def find(self, path: str, kind: DefKind | None = None) -> DefId:
        """A definition by path in ``main``: ``m::S``, ``S::method`` finds the item of an inherent impl or trait."""
        found = [d for d in self.definitions(self.main) if d.path == f"main::{path}" and kind in (None, d.kind)]
        if not found:
            head, _, tail = path.rpartition("::")
            found = [d for d in self.definitions(self.main) if d.name == tail and head in d.parent.name]
        assert found, path
        return found[0]

    def definitions(self, krate: DefId) -> list[DefId]:
        """All items of a crate, associated ones included, local ones not."""
        out = [krate]
        for def_id in def_map(self.db, krate).locations:
            out.append(def_id)
            if def_id.kind in (DefKind.IMPL, DefKind.TRAIT, DefKind.FOREIGN_MOD):
                out.extend(container_items(self.db, def_id))
        return out

    def name_diagnostics(self) -> list[Diagnostic]:
        files = {scope.file for scope in def_map(self.db, self.main).scopes.values()}
        syntax = [d for file in sorted(files) for d in syntax_diagnostics(self.db, file)]
        return syntax + list(def_map(self.db, self.main).diagnostics)


def place(world: World, diagnostic: Diagnostic) -> tuple[str, int, int]:
    """(file, line_0, column) of a diagnostic."""
    label = diagnostic.primary
    file, span = (
        absolute_span(world.db, label.owner, label.span) if label.owner is not None else (label.file or "", label.span)
    )
    line, column = LineTable(source_bytes(world.db, file)).line_col(span.start)
    return file, line, column


def check(world: World, diagnostics: list[Diagnostic]) -> None:
    """The diagnostics are those the markers ask for: line by line, code by code."""
    expected = []
    for description in world.crates.values():
        files = {scope.file for scope in def_map(world.db, DefId.crate(description.name)).scopes.values()}
        for file in sorted(files):
            for number, line in enumerate(source_bytes(world.db, file).decode().splitlines()):
                expected += [(file, number, code, text) for code, text in _MARK.findall(line)]
    found = [(*place(world, d)[:2], d.code, d.message) for d in diagnostics]
    unmatched = list(found)
    for file, line, code, text in expected:
        hit = next((f for f in unmatched if f[:3] == (file, line, code) and text in f[3]), None)
        assert hit is not None, f"expected {code} {text!r} at {file}:{line + 1}; found {found}"
        unmatched.remove(hit)
    assert not unmatched, f"unexpected: {unmatched}"
