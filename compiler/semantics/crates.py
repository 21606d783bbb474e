"""One database per crate root.

What it is: the inputs' keeper. A :class:`LoadedCrate` is a database holding the library, the crate of one root file,
its path dependencies and the in-memory texts that win over the disk. Roots are apart so that two single-file programs
never see each other.

Assumes: absolute file names with ``/``. Guarantees: an edit sets one input; files that appear because of a new ``mod
x;`` are loaded before the next question.

Example: ``LoadedCrate("/p/src/main.rs", {})`` holds ``main.rs``, ``util.rs`` when that declares ``mod util;``, and the
library.
"""

from __future__ import annotations

import re
from pathlib import Path

from compiler.codegen.cache import default_folder
from compiler.hir.inputs import CrateDescription, source_bytes
from compiler.mir.consteval.queries import install
from compiler.query import CancellationToken, Database
from compiler.resolve.workspace import load_modules, load_workspace, set_file
from compiler.semantics.library_cache import load_library, save_library

_MOD = re.compile(rb"\bmod\s+(\w+)\s*;")  # in comments and strings too: only a hint


_spare: dict[Path, tuple[Database, dict[str, CrateDescription]]] = {}  # loaded ahead, by the folder of its cache


def _with_library(cache: Path) -> tuple[Database, dict[str, CrateDescription]]:
    """A database that holds the library, and the library's crates."""
    ready = _spare.pop(cache, None)
    if ready is not None:
        return ready
    db = Database()
    return db, load_library(db, cache)


class LoadedCrate:
    """See the module docstring. ``texts`` are the open files, ``cache`` the folder of stored results."""

    def __init__(self, root_file: str, texts: dict[str, bytes], cache: Path | None = None) -> None:
        install()
        self.cache = cache if cache is not None else default_folder()
        self.root_file = root_file
        self.db, library = _with_library(self.cache)
        self.db.cancellation = CancellationToken()
        self._texts: dict[str, bytes] = {}
        self._modules: dict[str, frozenset[bytes]] = {}  # by file, the names after ``mod`` in its last text
        for file, text in texts.items():
            set_file(self.db, file, text)
        self._texts.update(texts)
        graph = load_workspace(self.db, root_file, library)
        self.crates: dict[str, CrateDescription] = {n: d for n, d in graph.crates.items() if not d.is_library}
        for file, text in texts.items():
            set_file(self.db, file, text)
        self._load_new_modules()

    @staticmethod
    def prepare() -> None:
        """Load the library, and what every check needs, before there is a file to check."""
        install()
        import compiler.mir.build.check_match
        import compiler.semantics.kernel_checks
        import compiler.ty.item_checks  # noqa: F401 - imported late elsewhere, by what uses them

        folder = default_folder()
        _spare.setdefault(folder, _with_library(folder))

    def set_text(self, file: str, text: bytes) -> None:
        """An edit of an open file."""
        modules = frozenset(_MOD.findall(text)) if b"mod" in text else frozenset()
        before = self._modules.get(file)
        if before is None:
            before = frozenset(_MOD.findall(source_bytes(self.db, file)))
        self._modules[file] = modules
        self._texts[file] = text
        set_file(self.db, file, text)
        if modules != before:
            self._load_new_modules()

    def forget_text(self, file: str) -> None:
        """The disk's text counts again."""
        if self._texts.pop(file, None) is not None:
            path = Path(file)
            set_file(self.db, file, path.read_bytes() if path.is_file() else b"")

    def save(self) -> bool:
        """Keep on disk what was found of the library; returns whether there was anything new."""
        return save_library(self.db, self.cache)

    def _load_new_modules(self) -> None:
        load_modules(self.db, self.crates, frozenset(self._texts))
