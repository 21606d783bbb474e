"""Which files of the workspace folders may hold kernels.

Assumes: kernels are written in ``.rs`` files that name ``kernel`` or ``cuda_module`` in an attribute.
Guarantees: scanned off the event loop, at most ``MAX_FILES`` files of at most ``MAX_BYTES``; build and dependency
folders are skipped; the answer is kept until something changes on disk.

Example: ``await KernelFiles(["/src"]).paths()`` is a list of absolute paths.
"""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Iterator

MAX_FILES = 5_000
MAX_BYTES = 1 << 20
_SKIPPED = frozenset({"target", "node_modules", "build", "dist", "__pycache__"})
_MARK = re.compile(rb"#\s*\[\s*(?:[a-z_]+\s*::\s*)*(?:kernel|cuda_module)\b")


def names_kernel(text: bytes) -> bool:
    """Whether a text looks as if it held kernels, parsed or not."""
    return _MARK.search(text) is not None


class KernelFiles:
    """A scan of the workspace folders, made once."""

    def __init__(self, folders: list[str]) -> None:
        self._folders = folders
        self._found: list[str] | None = None

    async def paths(self) -> list[str]:
        """The files, scanning if need be."""
        if self._found is None:
            self._found = await asyncio.get_running_loop().run_in_executor(None, _scan, self._folders)
        return self._found

    def forget(self) -> None:
        """Something changed on disk."""
        self._found = None


def _scan(folders: list[str]) -> list[str]:
    found = []
    for n_seen, path in enumerate(_rust_files(folders)):
        if n_seen >= MAX_FILES:
            break
        try:
            with open(path, "rb") as file:
                if names_kernel(file.read(MAX_BYTES)):
                    found.append(path)
        except OSError:
            continue
    return found


def _rust_files(folders: list[str]) -> Iterator[str]:
    for top in folders:
        for folder, children, names in os.walk(top):
            children[:] = [name for name in children if name not in _SKIPPED and not name.startswith(".")]
            yield from (os.path.join(folder, name) for name in names if name.endswith(".rs"))
