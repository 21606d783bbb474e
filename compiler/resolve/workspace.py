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

from functools import cache
from pathlib import Path

from compiler.hir.def_id import DefId
from compiler.hir.inputs import CrateDescription, CrateGraph, crate_graph, file_exists, source_bytes
from compiler.library import library_crates
from compiler.query import Database, Durability
from compiler.resolve.cargo import (
    Dependency,
    Package,
    crate_identifier,
    features_of,
    find_manifest,
    is_active,
    package_at,
)
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
# Packages of the language's own workspace that are bindings to the driver and the linker: host code only.
_HOST_CRATES = frozenset(("cuda_bindings", "libnvvm_sys", "nvjitlink_sys", "oxide_artifacts", "reserved_oxide_symbols"))


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
        return {"main": CrateDescription("main", root_file, "2024", _library_deps(()), HOST_CFG)}
    return _Packages(package_at(manifest.resolve(), HOST_CFG)).crates_of(root_file)


def _library_deps(extra: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    known = library_graph()
    deps = {name: name for name in known}
    if "std" not in deps and "core" in deps:
        deps["std"] = "core"
    deps.setdefault("alloc", "")
    deps.update(extra)
    return tuple(deps.items())


class _Packages:
    """The packages that one package builds, and a crate for each."""

    def __init__(self, root: Package) -> None:
        self.root = root
        self.packages: dict[Path, Package] = {}
        self._read(root)
        self.features = features_of(root, self.packages)
        self.crates: dict[str, CrateDescription] = {}
        self.names: dict[Path, str] = {}

    def _read(self, package: Package) -> None:
        work = [package]
        while work:
            package = work.pop()
            if package.manifest not in self.packages:
                self.packages[package.manifest] = package
                found = (d.manifest for d in package.dependencies if d.manifest and _library_crate(d) is None)
                work += [package_at(manifest, HOST_CFG) for manifest in found]

    def crates_of(self, root_file: str) -> dict[str, CrateDescription]:
        """Of a target (or another file) of the root package; what it depends on comes first."""
        package = self.root
        if package.lib is not None and Path(package.lib).resolve() == Path(root_file).resolve():
            self._add(package, package.crate_name, root_file)
            return self.crates
        extra: tuple[tuple[str, str], ...] = ()
        name = package.crate_name
        if package.lib is not None:
            found = self._library_of(package)
            extra = ((package.crate_name, found),) if found else ()
            name = f"{name}[bin]"
        self._add(package, name, root_file, extra)
        return self.crates

    def _library_of(self, package: Package) -> str:
        """The name of a package's library crate; "" if its text says nothing of its names."""
        if package.manifest in self.names:
            return self.names[package.manifest]
        self.names[package.manifest] = ""
        if package.lib is not None and not package.is_proc_macro:
            name, n = package.crate_name, 1
            while name in self.crates or name == self.root.crate_name != package.crate_name:
                name, n = f"{package.crate_name}[{n}]", n + 1
            if package.manifest != self.root.manifest:
                while name in self.names.values() or name == self.root.crate_name:
                    name, n = f"{package.crate_name}[{n}]", n + 1
            self.names[package.manifest] = name
            self._add(package, name, package.lib)
        return self.names[package.manifest]

    def _add(self, package: Package, name: str, root: str, extra: tuple[tuple[str, str], ...] = ()) -> None:
        active = self.features.get(package.manifest, frozenset())
        deps = {d.extern: self._target(d) if is_active(package, d, active) else "" for d in package.dependencies}
        deps.update(extra)
        flags = (f'feature="{f}"' for f in sorted(active) if f in package.features or f in deps)
        self.crates[name] = CrateDescription(
            name,
            Path(root).as_posix(),
            package.edition,
            _library_deps(tuple(deps.items())),
            (*HOST_CFG, *flags),
            is_closed=True,
            lints=package.lints,
        )

    def _target(self, dependency: Dependency) -> str:
        own = _library_crate(dependency)
        if own is not None:
            return own
        package = self.packages.get(dependency.manifest) if dependency.manifest is not None else None
        return self._library_of(package) if package is not None else ""


def _library_crate(dependency: Dependency) -> str | None:
    """Oxide's own crate for a package of the kernel language, wherever a manifest finds that package; "" for one of
    upstream's host crates that the library has no part of."""
    name = crate_identifier(dependency.package)
    if name in _HOST_CRATES:
        return ""
    is_ours = name in library_graph() and (name.startswith("cuda_") or dependency.manifest is None)
    return name if is_ours else None


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
