"""What a ``Cargo.toml`` says: packages, their targets, dependencies and features, with what a workspace shares.

What it is: :func:`package_at` reads one manifest into a :class:`Package`; :func:`features_of` follows features through
the dependencies as Cargo unifies them. Nothing here asks the network or a registry: a dependency is a folder on this
machine, or a name.

Assumes: manifests may be broken or absent. Guarantees: never raises; ``workspace = true`` is looked up in the nearest
manifest above with a ``[workspace]`` (or the one ``package.workspace`` names); a key of the wrong kind counts as
absent.

Example: with ``dev = { package = "cuda-device", path = "../device" }`` the package has
``Dependency("dev", "cuda-device", <folder>/Cargo.toml, ...)``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from compiler.hir.attributes import cfg_holds, cfg_set

_TARGET_KINDS = (("bin", "src/bin"), ("example", "examples"), ("test", "tests"), ("bench", "benches"))
_DEPENDENCY_TABLES = ("build-dependencies", "dev-dependencies", "dependencies")
DEFAULT_EDITION = "2015"

Table = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Dependency:
    """``extern``: the name the source writes. ``manifest``: where the package is on disk, if it is."""

    extern: str
    package: str
    manifest: Path | None
    features: tuple[str, ...] = ()
    has_default_features: bool = True
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class Package:
    """``lib`` and ``roots`` (every target, the library first) are root files that exist."""

    manifest: Path
    name: str
    edition: str
    crate_name: str
    lib: str | None
    is_proc_macro: bool
    roots: tuple[str, ...]
    dependencies: tuple[Dependency, ...]
    features: dict[str, tuple[str, ...]]
    lints: tuple[tuple[str, str], ...] = ()


def find_manifest(file: str) -> Path | None:
    """The nearest ``Cargo.toml`` above a file that has a package."""
    for directory in Path(file).parents:
        candidate = directory / "Cargo.toml"
        if candidate.is_file():
            return candidate if "package" in _toml(candidate) else None
    return None


def package_at(manifest: Path, cfg: Iterable[str]) -> Package:
    """Read a manifest; ``cfg`` decides which ``[target.'cfg(..)']`` tables count."""
    data = _toml(manifest)
    shared = _workspace_of(manifest, data)
    package = _table(data, "package")
    edition = _inherited(package, "edition", _table(shared[1], "package"))
    name = str(package.get("name", "main"))
    lib = _table(data, "lib")
    root = manifest.parent / str(lib.get("path", "src/lib.rs"))
    lib_root = root.as_posix() if root.is_file() else None
    return Package(
        manifest,
        name,
        str(edition or DEFAULT_EDITION),
        crate_identifier(str(lib.get("name") or name)),
        lib_root,
        bool(lib.get("proc-macro") or lib.get("proc_macro")),
        tuple(dict.fromkeys(([lib_root] if lib_root else []) + _target_roots(manifest.parent, data))),
        _dependencies(manifest, data, shared, frozenset(cfg_set(cfg))),
        {k: tuple(map(str, v)) for k, v in _table(data, "features").items() if isinstance(v, list)},
        _lints(_table(data, "lints"), shared[1]),
    )


def _lints(table: Table, workspace: Table) -> tuple[tuple[str, str], ...]:
    """rustc's lints of ``[lints]``, by rising priority (the Cargo Book, "The lints section")."""
    rust = _table(_table(workspace, "lints") if table.get("workspace") else table, "rust")
    found: list[tuple[int, str, str]] = []
    for name, value in rust.items():
        level = value.get("level") if isinstance(value, dict) else value
        priority = value.get("priority", 0) if isinstance(value, dict) else 0
        if isinstance(level, str) and isinstance(priority, int):
            found.append((priority, name, level))
    return tuple((name, level) for _, name, level in sorted(found, key=lambda f: f[0]))


def environment(manifest: Path) -> dict[str, str]:
    """The variables that Cargo sets while it compiles a package (the Cargo Book, "Environment variables")."""
    data = _toml(manifest)
    shared = _table(_workspace_of(manifest, data)[1], "package")
    package = _table(data, "package")

    def text(key: str) -> str:
        value = _inherited(package, key, shared)
        return ":".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)

    version = text("version") or "0.0.0"
    numbers, _, pre = version.partition("+")[0].partition("-")
    major, minor, patch = [*numbers.split("."), "0", "0"][:3]
    keys = ("authors", "description", "homepage", "license", "license-file", "name", "readme", "repository")
    return {
        "CARGO_MANIFEST_DIR": manifest.parent.as_posix(),
        "CARGO_MANIFEST_PATH": manifest.as_posix(),
        "CARGO_CRATE_NAME": crate_identifier(text("name")),
        "CARGO_PKG_VERSION": version,
        "CARGO_PKG_VERSION_MAJOR": major,
        "CARGO_PKG_VERSION_MINOR": minor,
        "CARGO_PKG_VERSION_PATCH": patch,
        "CARGO_PKG_VERSION_PRE": pre,
        **{"CARGO_PKG_" + key.upper().replace("-", "_"): text(key) for key in (*keys, "rust-version")},
    }


def crate_identifier(name: str) -> str:
    """A package's name as source writes it."""
    return name.replace("-", "_")


# ---------------------------------------------------------------- reading


def _toml(path: Path) -> Table:
    try:
        stamp = path.stat().st_mtime_ns
    except OSError:
        return {}
    return _toml_text(path, stamp)


@lru_cache(maxsize=256)
def _toml_text(path: Path, stamp: int) -> Table:
    try:
        return tomllib.loads(path.read_text("utf-8", "replace"))
    except (OSError, tomllib.TOMLDecodeError):
        return {}


def _table(data: Any, key: str) -> Table:
    found = data.get(key) if isinstance(data, dict) else None
    return found if isinstance(found, dict) else {}


def _workspace_of(manifest: Path, data: Table) -> tuple[Path, Table]:
    """(folder, ``[workspace]`` table) that a manifest inherits from; its own folder and {} without one."""
    named = _table(data, "package").get("workspace")
    if isinstance(named, str):
        root = (manifest.parent / named).resolve()
        return root, _table(_toml(root / "Cargo.toml"), "workspace")
    for folder in manifest.parents:
        found = _toml(folder / "Cargo.toml") if folder != manifest.parent else data
        if "workspace" in found:
            return folder, _table(found, "workspace")
    return manifest.parent, {}


def _inherited(table: Table, key: str, shared: Table) -> Any:
    value = table.get(key)
    return shared.get(key) if isinstance(value, dict) and value.get("workspace") else value


# ---------------------------------------------------------------- targets


def _target_roots(folder: Path, data: Table) -> list[str]:
    """Root files of binaries, examples, tests, benchmarks and the build script, declared or found by their place."""
    package = _table(data, "package")
    found = [folder / "src/main.rs"]
    for kind, place in _TARGET_KINDS:
        declared = data.get(kind)
        for target in declared if isinstance(declared, list) else ():
            if isinstance(target, dict):
                found += _declared_root(folder, place, target)
        if package.get(f"auto{kind}{'es' if kind == 'bench' else 's'}", True):
            found += sorted((folder / place).glob("*.rs"))
            found += sorted((folder / place).glob("*/main.rs"))
    build = package.get("build", "build.rs")
    if isinstance(build, str):
        found.append(folder / build)
    return [path.as_posix() for path in found if path.is_file()]


def _declared_root(folder: Path, place: str, target: Table) -> list[Path]:
    if isinstance(target.get("path"), str):
        return [folder / target["path"]]
    name = str(target.get("name", ""))
    return [folder / place / f"{name}.rs", folder / place / name / "main.rs"] if name else []


# ---------------------------------------------------------------- dependencies


def _dependencies(
    manifest: Path, data: Table, shared: tuple[Path, Table], cfg: frozenset[str]
) -> tuple[Dependency, ...]:
    """Later tables win: a table whose platform is another one only makes its names known."""
    targets = _table(data, "target")
    ordered = sorted((_platform_holds(key, cfg), key) for key in targets)
    tables = [_table(targets, key) for _, key in ordered] + [data]
    patches = _patches(shared)
    out: dict[str, Dependency] = {}
    for kind in _DEPENDENCY_TABLES:
        for table in tables:
            for key, spec in _table(table, kind).items():
                found = _dependency(key, spec, manifest.parent, shared, patches)
                before = out.get(found.extern)
                if before is None or before.manifest is None or found.manifest is not None:
                    out[found.extern] = found
    return tuple(out.values())


def _platform_holds(key: str, cfg: frozenset[str]) -> bool:
    if key.startswith("cfg(") and key.endswith(")"):
        return cfg_holds(key[4:-1], cfg)
    return "x86_64" in key and "linux" in key


def _dependency(key: str, spec: Any, folder: Path, shared: tuple[Path, Table], patches: dict[str, Path]) -> Dependency:
    own: Table = spec if isinstance(spec, dict) else {}
    base = own
    if own.get("workspace"):
        inherited = _table(shared[1], "dependencies").get(key)
        base = inherited if isinstance(inherited, dict) else {}
        folder = shared[0]
    package = str(base.get("package", key))
    path = base.get("path")
    manifest = (folder / path / "Cargo.toml").resolve() if isinstance(path, str) else patches.get(package)
    wanted = [f for table in (base, own) for f in table.get("features", ()) if isinstance(table.get("features"), list)]
    default = base.get("default-features", base.get("default_features", True)) is not False
    return Dependency(
        crate_identifier(key),
        package,
        manifest if manifest is not None and manifest.is_file() else None,
        tuple(dict.fromkeys(map(str, wanted))),
        default or own.get("default-features") is True,
        bool(own.get("optional")),
    )


def _patches(shared: tuple[Path, Table]) -> dict[str, Path]:
    """Package name -> manifest, from ``[patch.<source>]`` of the workspace's root."""
    out: dict[str, Path] = {}
    for source in _table(_toml(shared[0] / "Cargo.toml"), "patch").values():
        for key, spec in source.items() if isinstance(source, dict) else ():
            if isinstance(spec, dict) and isinstance(spec.get("path"), str):
                out[str(spec.get("package", key))] = (shared[0] / spec["path"] / "Cargo.toml").resolve()
    return out


# ---------------------------------------------------------------- features


def features_of(root: Package, packages: dict[Path, Package]) -> dict[Path, frozenset[str]]:
    """Active features of every package that ``root`` builds; optional dependencies are named ``dep:x`` when active."""
    active: dict[Path, set[str]] = {}
    work: list[tuple[Path, str]] = [(root.manifest, "default"), (root.manifest, "")]
    while work:
        manifest, name = work.pop()
        package, known = packages.get(manifest), active.setdefault(manifest, set())
        if package is None or name in known:
            continue
        known.add(name)
        work += [(manifest, inner) for inner in package.features.get(name, ())]
        for dependency in package.dependencies:
            work += _asked(package, dependency, name)
    return {manifest: frozenset(names - {""}) for manifest, names in active.items()}


def _asked(package: Package, dependency: Dependency, name: str) -> list[tuple[Path, str]]:
    """What a feature of a package (``""``: the package itself) activates through one of its dependencies."""
    extern = name.removeprefix("dep:")
    prefix, slash, feature = extern.partition("/")
    own = crate_identifier(prefix.rstrip("?")) == dependency.extern
    is_named = own and not slash and (name.startswith("dep:") or name not in package.features)
    asks: list[tuple[Path, str]] = []
    if dependency.manifest is not None and (is_named or (not name and not dependency.is_optional)):
        asks = [(dependency.manifest, f) for f in ("", *dependency.features)]
        if dependency.has_default_features:
            asks.append((dependency.manifest, "default"))
    elif dependency.manifest is not None and own and slash:
        asks = [(dependency.manifest, feature)]
    if own and slash and dependency.is_optional and not prefix.endswith("?"):
        asks.append((package.manifest, f"dep:{prefix}"))
    return asks


def is_active(package: Package, dependency: Dependency, active: frozenset[str]) -> bool:
    """Whether a dependency is built with these features of its package."""
    names = {crate_identifier(f.removeprefix("dep:")) for f in active if f not in package.features}
    return not dependency.is_optional or dependency.extern in names
