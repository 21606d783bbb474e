"""Fills the library's cache (library_cache.py) with what typical kernels use, so that the first file opened is quick.

Assumes: run once after installation, or when the package is built; without it the first process does the work.
Guarantees: the answers are the same with and without it.

Example: ``python -m compiler.semantics.prepare examples/*.rs`` fills the user's cache; with ``--into FOLDER`` the
store is put into a folder instead, as the build does for the package's own.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from compiler.codegen.cache import default_folder
from compiler.query import Database
from compiler.semantics.crates import LoadedCrate
from compiler.semantics.definitions import kernels_of
from compiler.semantics.kernel_checks import kernel_check
from compiler.semantics.kernels import kernel_summary
from compiler.semantics.library_cache import load_library, save_library, stored_file


def prepare(folder: Path, files: list[Path]) -> Path:
    """Check the kernels of some files and store what they use of the library; returns the store's file."""
    for file in files:
        name = file.resolve().as_posix()
        db = LoadedCrate(name, {name: file.read_bytes()}, folder).db
        for kernel in kernels_of(db, name):
            kernel_summary(db, kernel)
            kernel_check(db, kernel)
        save_library(db, folder)
    db = Database()
    load_library(db, folder)
    return stored_file(db, folder)


def main(argv: list[str] | None = None) -> int:
    """See the module docstring."""
    parser = argparse.ArgumentParser(description="Prepare the library's cache.")
    parser.add_argument("files", nargs="*", type=Path, help="kernel files that use what users will use")
    parser.add_argument("--into", type=Path, help="put the store into this folder instead of the user's cache")
    args = parser.parse_args(argv)
    if args.into is None:
        prepare(default_folder(), args.files)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        made = prepare(Path(folder), args.files)
        args.into.mkdir(parents=True, exist_ok=True)
        shutil.copy(made, args.into / made.name)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
