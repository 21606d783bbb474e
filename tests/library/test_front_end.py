"""Our own front end finds nothing wrong in the library.

What it is: signatures and bodies of every item of every crate, not only what some kernel reaches. What it assumes:
nothing. What it guarantees: neither the library nor the front end has moved away from the other.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from compiler.driver import CompileSession
from compiler.library import LIBRARY_ROOT, library_crates
from compiler.resolve.def_map import all_crates
from compiler.semantics.absolute import absolute
from compiler.semantics.checks import body_check, item_check
from compiler.semantics.definitions import BODY_OWNERS, crate_definitions, file_of


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> CompileSession:
    """Any crate that loads the library."""
    file: Path = tmp_path_factory.mktemp("library") / "main.rs"
    file.write_text("fn main() {}\n")
    return CompileSession(str(file))


@pytest.mark.parametrize("crate", [crate.name for crate in library_crates()])
def test_no_diagnostics(session: CompileSession, crate: str) -> None:
    db = session.db
    (root,) = (found for found in all_crates(db) if found.name == crate)
    found: list[str] = []
    for definition in crate_definitions(db, root):
        diagnostics = list(item_check(db, definition))
        if definition.kind in BODY_OWNERS:
            diagnostics += body_check(db, definition)
        for diagnostic in diagnostics:
            place = absolute(db, diagnostic).primary
            file = Path(place.file or file_of(db, definition))
            line = session.text(str(file))[: place.span.start].count(b"\n") + 1
            found.append(f"{file.relative_to(LIBRARY_ROOT)}:{line} {diagnostic.code} {diagnostic.message}")
    assert found == []
