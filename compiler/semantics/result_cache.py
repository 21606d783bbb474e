"""Diagnostics of files that have not changed since an earlier process, from disk.

What it is: the answer of ``file_diagnostics`` in a file named by a hash of all it depends on: this compiler's sources,
the library, the crate graph and the text of every file of the user's crates. So a project that is opened again is
underlined at once, and analysed in full when there is time (``AnalysisHost.settle``) or something is edited.

Assumes: the folder belongs to the user (a pickle is code). Guarantees: what is found is what the analysis would say; a
missing or broken file means only that it has to be computed.

Example: ``key = result_key(db, "/k.rs", False)``; ``keep(folder, key, found)``; later ``recall(folder, key)``.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
from pathlib import Path
from typing import Final

from compiler.diagnostics.model import Diagnostic
from compiler.hir.inputs import crate_graph, source_bytes
from compiler.library import LIBRARY_ROOT
from compiler.query import Database
from compiler.semantics.library_cache import compiler_hash, library_fingerprint

MAX_KEPT: Final = 256
_BROKEN = (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError, TypeError, ValueError)


def result_key(db: Database, file: str, check_all: bool) -> str:
    """Names the answer for a file."""
    digest = hashlib.blake2b(f"{compiler_hash()}{library_fingerprint(db)}{check_all}{file}\0".encode(), digest_size=20)
    graph = crate_graph(db)
    for crate in graph.crates.values() if graph is not None else ():
        digest.update(repr(crate).encode() if not crate.is_library else b"")
    library = LIBRARY_ROOT.as_posix()
    for (name,) in sorted(key for key in db.keys_of(source_bytes) if not key[0].startswith(library)):
        text = source_bytes(db, name)
        digest.update(f"{name}\0{len(text)}\0".encode() + text)
    return digest.hexdigest()


def recall(folder: Path, key: str) -> tuple[Diagnostic, ...] | None:
    """The kept answer, None if there is none."""
    try:
        found = pickle.loads((folder / "results" / key).read_bytes())
    except _BROKEN:
        return None
    return found if isinstance(found, tuple) else None


def keep(folder: Path, key: str, found: tuple[Diagnostic, ...]) -> None:
    """Keep an answer; the oldest of many go."""
    file = folder / "results" / key
    part = file.with_name(f"{key}.{os.getpid()}.part")
    with contextlib.suppress(OSError, pickle.PicklingError, TypeError, AttributeError):
        file.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(pickle.dumps(found, pickle.HIGHEST_PROTOCOL))
        part.replace(file)
        others = sorted(file.parent.iterdir(), key=lambda f: f.stat().st_mtime, reverse=True)
        for old in others[MAX_KEPT:]:
            old.unlink(missing_ok=True)
