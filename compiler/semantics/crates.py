"""One database per crate root, and which root a file belongs to.

What it is: the inputs' keeper. A :class:`LoadedCrate` is a database holding the library, the crate of one root file,
its path dependencies and the in-memory texts that win over the disk. Roots are apart so that two single-file programs
never see each other.

Assumes: absolute file names with ``/``. Guarantees: an edit sets one input; files that appear because of a new ``mod
x;`` are loaded before the next question.

Example: ``root_of("/p/src/util.rs")`` is ``/p/src/main.rs`` when that declares ``mod util;``.
"""

from __future__ import annotations

import re
from pathlib import Path

from compiler.codegen.cache import default_folder
from compiler.hir.inputs import CrateDescription, source_bytes
from compiler.mir.consteval.queries import install
from compiler.query import CancellationToken, Database
from compiler.resolve.workspace import find_manifest, load_modules, load_workspace, set_file
from compiler.ty.library_cache import load_library

_ROOT_NAMES = ("main.rs", "lib.rs")
_MOD = re.compile(rb"^\s*(?:pub(?:\([^)]*\))?\s+)?mod\s+(\w+)\s*;", re.M)


class LoadedCrate:
    """See the module docstring. ``texts`` are the open files."""

    def __init__(self, root_file: str, texts: dict[str, bytes]) -> None:
        install()
        self.root_file = root_file
        self.db = Database()
        self.db.cancellation = CancellationToken()
        self._texts: dict[str, bytes] = {}
        for file, text in texts.items():
            set_file(self.db, file, text)
        self._texts.update(texts)
        graph = load_workspace(self.db, root_file, load_library(self.db, default_folder()))
        self.crates: dict[str, CrateDescription] = {n: d for n, d in graph.crates.items() if not d.is_library}
        for file, text in texts.items():
            set_file(self.db, file, text)
        self._load_new_modules()

    def set_text(self, file: str, text: bytes) -> None:
        """An edit of an open file."""
        new_modules = set(_MOD.findall(text)) != set(_MOD.findall(source_bytes(self.db, file)))
        self._texts[file] = text
        set_file(self.db, file, text)
        if new_modules:
            self._load_new_modules()

    def forget_text(self, file: str) -> None:
        """The disk's text counts again."""
        if self._texts.pop(file, None) is not None:
            path = Path(file)
            set_file(self.db, file, path.read_bytes() if path.is_file() else b"")

    def _load_new_modules(self) -> None:
        load_modules(self.db, self.crates, frozenset(self._texts))


def _declares(candidate: Path, file: Path, texts: dict[str, bytes]) -> bool:
    """Whether a root's module tree plausibly holds a file: it is below the root and its first module is declared."""
    text = texts.get(candidate.as_posix())
    if text is None:
        if not candidate.is_file():
            return False
        text = candidate.read_bytes()
    try:
        relative = file.relative_to(candidate.parent)
    except ValueError:
        return False
    first = relative.parts[0].removesuffix(".rs")
    return first.encode() in _MOD.findall(text)


def root_of(file: str, texts: dict[str, bytes]) -> str:
    """The root file of the crate a file belongs to; the file itself when nothing declares it."""
    path = Path(file)
    candidates: list[Path] = []
    manifest = find_manifest(file)
    top = manifest.parent if manifest is not None else path.parent
    for directory in (path.parent, *path.parents):
        candidates += [directory / name for name in _ROOT_NAMES]
        if directory == top:
            break
    if manifest is not None:
        candidates += [top / "src" / name for name in _ROOT_NAMES]
    for candidate in dict.fromkeys(candidates):
        if candidate != path and _declares(candidate, path, texts):
            return candidate.as_posix()
    return file
