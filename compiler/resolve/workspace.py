"""The crate graph of a user's file, and the files of its crates on disk.

What it is: what a host of the compiler needs before the first query: which crate a file belongs to (the nearest
``Cargo.toml`` above it, else the file alone), which crates that depends on, and the texts of their modules.

Assumes: file names are absolute and use ``/``. Guarantees: library inputs have HIGH durability; a dependency that is
neither a path dependency nor part of the library is a crate that exists but is not known (``deps`` entry with
``""``).

Example: ``load_workspace(db, "/p/src/main.rs")`` sets the crate graph and loads ``main.rs``, its modules and path
dependencies.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from compiler.hir.def_id import DefId
from compiler.hir.inputs import CrateDescription, CrateGraph, crate_graph, file_exists, source_bytes
from compiler.library import library_crates
from compiler.query import Database, Durability
from compiler.resolve.def_map import def_map

HOST_CFG = (
    "unix",
    'target_os="linux"',
    'target_family="unix"',
    'target_arch="x86_64"',
    'target_pointer_width="64"',
    'target_endian="little"',
    'target_env="gnu"',
    'target_has_atomic="32"',
    'target_has_atomic="64"',
    'panic="unwind"',
)
COMPLETE_CRATES = frozenset(("cuda_device",))


@cache
def library_graph() -> dict[str, CrateDescription]:
    """Descriptions of the library crates that are installed, dependencies first."""
    out: dict[str, CrateDescription] = {}
    for crate in library_crates():
        if crate.root_path.exists():
            deps = tuple((name, name) for name in crate.deps if name in out)
            out[crate.name] = CrateDescription(
                crate.name, crate.root_path.as_posix(), crate.edition, deps, (), True, crate.name not in COMPLETE_CRATES
            )
    return out


def set_file(db: Database, file: str, text: bytes, durability: Durability = Durability.LOW) -> None:
    """The text of a file."""
    db.set(source_bytes, (file,), text, durability)
    db.set(file_exists, (file,), True, durability)


def library_texts() -> dict[str, bytes]:
    """The texts of all library files by name."""
    texts = {}
    for description in library_graph().values():
        for path in sorted(Path(description.root_file).parent.rglob("*.rs")):
            texts[path.as_posix()] = path.read_bytes()
    return texts


def set_library(db: Database, texts: dict[str, bytes]) -> dict[str, CrateDescription]:
    """Set the library's inputs; returns the descriptions of its crates."""
    for file, text in texts.items():
        set_file(db, file, text, Durability.HIGH)
    return library_graph()


def load_library(db: Database) -> dict[str, CrateDescription]:
    """Set the texts of all library files (see :mod:`compiler.ty.library_cache` for stored results)."""
    return set_library(db, library_texts())


# ---------------------------------------------------------------- the user's crates


def user_crates(root_file: str) -> dict[str, CrateDescription]:
    """The crate of a file and its path dependencies, dependencies first; names that clash with the library's
    are its own.
    """
    manifest = find_manifest(root_file)
    if manifest is None:
        return {"main": _single_file(root_file)}
    out: dict[str, CrateDescription] = {}
    _add_package(manifest, root_file, out, set())
    return out or {"main": _single_file(root_file)}


def _single_file(root_file: str) -> CrateDescription:
    return CrateDescription("main", root_file, "2024", _library_deps(()), HOST_CFG)


def _library_deps(extra: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    known = library_graph()
    deps = {name: name for name in known}
    if "std" not in deps and "core" in deps:
        deps["std"] = "core"
    deps.setdefault("alloc", "")
    deps.update(extra)
    return tuple(deps.items())


def find_manifest(file: str) -> Path | None:
    """The nearest ``Cargo.toml`` above a file that has a package."""
    for directory in Path(file).parents:
        candidate = directory / "Cargo.toml"
        if candidate.is_file():
            return candidate if "package" in _read_toml(candidate) else None
    return None


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8", "replace"))
    except (OSError, tomllib.TOMLDecodeError):
        return {}


def _add_package(
    manifest: Path, root_file: str | None, out: dict[str, CrateDescription], active: set[Path]
) -> str | None:
    """Add a package and its path dependencies; returns its crate name."""
    if manifest in active:
        return None
    active.add(manifest)
    data = _read_toml(manifest)
    package = data.get("package", {})
    name = str(data.get("lib", {}).get("name") or package.get("name", "main")).replace("-", "_")
    deps: dict[str, str] = {}
    for key, spec in _dependencies(data).items():
        extern = key.replace("-", "_")
        path = spec.get("path") if isinstance(spec, dict) else None
        inner = (manifest.parent / str(path) / "Cargo.toml").resolve() if path else None
        found = _add_package(inner, None, out, active) if inner is not None and inner.is_file() else None
        deps[extern] = found or (extern if extern in library_graph() else "")
    root = root_file or _library_root(manifest, data)
    if root is None:
        return None
    is_bin = root_file is not None and Path(root_file).name != "lib.rs"
    lib = _library_root(manifest, data)
    if is_bin and lib is not None and Path(lib) != Path(root_file or ""):
        found = _add_package_library(manifest, name, lib, tuple(deps.items()), data, out)
        deps[found] = found
        name = f"{name}[bin]"
    out[name] = CrateDescription(
        name,
        Path(root).as_posix(),
        str(package.get("edition", "2015")),
        _library_deps(tuple(deps.items())),
        _cfg(data),
        is_closed=True,
    )
    return name


def _add_package_library(
    manifest: Path,
    name: str,
    root: str,
    deps: tuple[tuple[str, str], ...],
    data: dict[str, Any],
    out: dict[str, CrateDescription],
) -> str:
    edition = str(data.get("package", {}).get("edition", "2015"))
    out[name] = CrateDescription(name, Path(root).as_posix(), edition, _library_deps(deps), _cfg(data), is_closed=True)
    return name


def _dependencies(data: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    tables = [data, *data.get("target", {}).values()]
    for table in tables:
        for key in ("dependencies", "dev-dependencies", "build-dependencies"):
            found.update(table.get(key, {}))
    return found


def _library_root(manifest: Path, data: dict[str, Any]) -> str | None:
    explicit = data.get("lib", {}).get("path")
    root = manifest.parent / (str(explicit) if explicit else "src/lib.rs")
    return root.as_posix() if root.is_file() else None


def _cfg(data: dict[str, Any]) -> tuple[str, ...]:
    """Host flags and the default features, followed through."""
    features: dict[str, list[str]] = data.get("features", {})
    active: list[str] = []
    work = ["default"]
    while work:
        name = work.pop()
        if name in active or "/" in name or name.startswith("dep:"):
            continue
        active.append(name)
        work.extend(features.get(name, ()))
    return (*HOST_CFG, *(f'feature="{name}"' for name in sorted(active) if name in features))


# ---------------------------------------------------------------- loading


def load_modules(db: Database, crates: dict[str, CrateDescription], open_files: frozenset[str] = frozenset()) -> None:
    """Read the files of user crates from disk, following ``mod x;``, except those an editor has open."""
    for description in crates.values():
        if not description.is_library:
            _load(db, description.root_file, open_files)
            seen: set[str] = set()
            while True:
                probed = set(def_map(db, DefId.crate(description.name)).probed_files) - seen
                n_loaded = sum(_load(db, file, open_files) for file in probed)
                if not n_loaded:
                    break
                seen |= probed


def _load(db: Database, file: str, open_files: frozenset[str]) -> bool:
    """Set a file's text from disk; returns whether that changed anything."""
    if file in open_files:
        return False
    path = Path(file)
    if not path.is_file():
        return False
    before = db.revision
    set_file(db, file, path.read_bytes())
    return db.revision != before


def load_workspace(db: Database, root_file: str, library: dict[str, CrateDescription] | None = None) -> CrateGraph:
    """Library, the crate of ``root_file`` and its path dependencies: graph and texts."""
    crates = dict(library if library is not None else load_library(db))
    for name, description in user_crates(root_file).items():
        crates[name if name not in crates else f"{name}[user]"] = description
    graph = CrateGraph(crates)
    db.set(crate_graph, (), graph, Durability.HIGH)
    load_modules(db, crates)
    return graph
