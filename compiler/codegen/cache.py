"""A content-addressed cache of compiled modules on disk.

What it is: ``key -> JSON`` in the user's cache folder. What it assumes: keys hash everything the value depends on,
the tools' versions included. What it guarantees: a reader never sees half a file (written aside, then renamed);
damaged or unwritable entries count as absent; the folder stays below a size, oldest use first. Example::

    cache = DiskCache(default_folder())
    text = cache.get(key)
    if text is None: cache.put(key, compile())
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

MAX_BYTES = 256 * 1024 * 1024
FOLDER_VARIABLE = "OXIDE_CACHE_DIR"


def default_folder() -> Path:
    """``$OXIDE_CACHE_DIR``, else the platform's user cache folder."""
    chosen = os.environ.get(FOLDER_VARIABLE)
    if chosen:
        return Path(chosen)
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "oxide"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "oxide" / "cache"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "oxide"


def content_key(*parts: object) -> str:
    """A hash of the parts' text, each delimited."""
    digest = hashlib.sha256()
    for part in parts:
        data = str(part).encode()
        digest.update(f"{len(data)}:".encode())
        digest.update(data)
    return digest.hexdigest()


class DiskCache:
    """Values are JSON-serialisable dictionaries."""

    def __init__(self, folder: Path, max_bytes: int = MAX_BYTES) -> None:
        self.folder = folder
        self.max_bytes = max_bytes

    def path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key[2:]}.json"

    def get(self, key: str) -> dict[str, Any] | None:
        path = self.path(key)
        try:
            value = json.loads(path.read_bytes())
        except (OSError, ValueError):
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return value if isinstance(value, dict) else None

    def put(self, key: str, value: dict[str, Any]) -> None:
        path = self.path(key)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(value, file)
            os.replace(name, path)

    def trim(self) -> int:
        """Remove least recently used entries until the folder is below its size; the number removed."""
        entries: list[tuple[float, int, Path]] = []
        for path in self.folder.glob("*/*.json"):
            with contextlib.suppress(OSError):
                stat = path.stat()
                entries.append((stat.st_mtime, stat.st_size, path))
        total = sum(size for _, size, _ in entries)
        removed = 0
        for _, size, path in sorted(entries):
            if total <= self.max_bytes:
                break
            with contextlib.suppress(OSError):
                path.unlink()
                total -= size
                removed += 1
        return removed
