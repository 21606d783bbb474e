"""The kernel language's own library: crates written in the language, shipped as `.rs` files beside this module.

What it is: `library_crates()` names every crate with its root file and what it depends on, dependencies first.
What it assumes: the package is installed as ordinary files (not zipped).
What it guarantees: nothing is parsed here; the front end compiles from these files only what a kernel reaches.

    >>> [crate.name for crate in library_crates()][:2]
    ['core', 'std']
"""

from __future__ import annotations

from pathlib import Path

from compiler.base.dataclass import dataclass

LIBRARY_ROOT = Path(__file__).resolve().parent

# name -> direct dependencies; every crate but `core` also sees `core` through its prelude.
_CRATES: dict[str, tuple[str, ...]] = {
    "core": (),
    "std": ("core",),
    "cuda_intrinsics": ("core",),
    "cuda_device": ("core", "cuda_intrinsics"),
    "cuda_macros": ("core", "cuda_device"),
    "libm": ("core",),
    "cuda_core": ("core",),
    "cuda_host": ("core", "cuda_device", "cuda_core"),
    "cuda_async": ("core", "cuda_core"),
}


@dataclass(frozen=True, slots=True)
class LibraryCrate:
    """One crate of the library: its name, its root file, the crates it names, and its Rust edition."""

    name: str
    root_path: Path
    deps: tuple[str, ...]
    edition: str = "2021"


def library_crates() -> list[LibraryCrate]:
    """Every library crate, dependencies before dependents."""
    return [LibraryCrate(name, LIBRARY_ROOT / name / "lib.rs", deps) for name, deps in _CRATES.items()]
