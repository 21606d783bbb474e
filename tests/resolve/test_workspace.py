"""Which crates a file belongs to and depends on, and which files are read from disk."""

from __future__ import annotations

from pathlib import Path

from compiler.hir.def_id import DefId
from compiler.hir.inputs import crate_graph, file_exists, source_bytes
from compiler.query import Database
from compiler.resolve.def_map import def_map, resolve_in
from compiler.resolve.scope import Namespace, Unknown
from compiler.resolve.workspace import library_graph, load_modules, load_workspace, set_file, user_crates


def _write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


PACKAGE = {
    "Cargo.toml": """
[package]
name = "my-app"
edition = "2021"
[dependencies]
tokio = "1"
helper-lib = { path = "helper" }
[features]
default = ["fast"]
fast = ["extra"]
extra = []
unused = []
""",
    "src/main.rs": "mod a;\nuse helper_lib::Help;\nuse tokio::spawn;\nuse serde::Thing;\nfn main() {}\n",
    "src/a.rs": """pub mod b;
#[cfg(feature = "extra")] pub struct Extra;
#[cfg(feature = "unused")] pub struct Not;
""",
    "src/a/b.rs": "pub struct Deep;",
    "helper/Cargo.toml": '[package]\nname = "helper-lib"\nedition = "2024"\n',
    "helper/src/lib.rs": "pub struct Help;\npub use my_missing::X;",
}


def test_package_with_a_path_dependency(tmp_path: Path) -> None:
    _write(tmp_path, PACKAGE)
    root = (tmp_path / "src/main.rs").as_posix()
    db = Database()
    graph = load_workspace(db, root, {})
    assert list(graph.crates) == ["helper_lib", "my_app"]
    assert graph.crates["my_app"].edition == "2021"
    main = DefId.crate("my_app")
    codes = [(d.code, d.message) for d in def_map(db, main).diagnostics]
    assert codes == [("E0432", "unresolved import `serde::Thing`")]
    assert [d.code for d in def_map(db, DefId.crate("helper_lib")).diagnostics] == ["E0432"]

    def target(path: str) -> object:
        return resolve_in(db, main, tuple(path.split("::")), Namespace.TYPES).target

    assert isinstance(target("spawn"), Unknown)
    assert isinstance(target("a::b::Deep"), DefId) and isinstance(target("a::Extra"), DefId)
    assert target("a::Not") is None


def test_a_file_without_a_manifest_is_a_crate(tmp_path: Path) -> None:
    _write(tmp_path, {"k.rs": "mod other; use tokio::x;", "other.rs": "pub fn f() {}"})
    db = Database()
    load_workspace(db, (tmp_path / "k.rs").as_posix(), {})
    assert def_map(db, DefId.crate("main")).diagnostics == []


def test_open_files_win_over_the_disk_and_new_modules_are_found(tmp_path: Path) -> None:
    _write(tmp_path, {"k.rs": "", "late.rs": "pub struct Late;", "inc.rs": "pub struct Included;"})
    root = (tmp_path / "k.rs").as_posix()
    db = Database()
    graph = load_workspace(db, root, {})
    set_file(
        db,
        root,
        b'#[rustc_builtin_macro] macro_rules! include { () => {}; } mod late; include!("inc.rs"); mod missing;',
    )
    load_modules(db, graph.crates, frozenset((root,)))
    assert source_bytes(db, root).startswith(b"#[rustc")
    assert file_exists(db, (tmp_path / "late.rs").as_posix())
    names = resolve_in(db, DefId.crate("main"), ("late", "Late"), Namespace.TYPES).target
    included = resolve_in(db, DefId.crate("main"), ("Included",), Namespace.TYPES).target
    assert isinstance(names, DefId) and isinstance(included, DefId)
    assert [d.code for d in def_map(db, DefId.crate("main")).diagnostics] == ["E0583"]
    assert crate_graph(db) is graph


def test_binary_beside_a_library(tmp_path: Path) -> None:
    _write(
        tmp_path,
        {
            "Cargo.toml": '[package]\nname = "both"\nedition = "2021"\n',
            "src/lib.rs": "pub struct FromLib;",
            "src/main.rs": "use both::FromLib; fn main() {}",
        },
    )
    crates = user_crates((tmp_path / "src/main.rs").as_posix())
    assert list(crates) == ["both", "both[bin]"]
    db = Database()
    load_workspace(db, (tmp_path / "src/main.rs").as_posix(), {})
    assert def_map(db, DefId.crate("both[bin]")).diagnostics == []


def test_broken_manifest_is_no_manifest(tmp_path: Path) -> None:
    _write(tmp_path, {"Cargo.toml": "[package\n", "src/main.rs": "fn main() {}"})
    assert list(user_crates((tmp_path / "src/main.rs").as_posix())) == ["main"]


def test_library_crates_come_with_what_they_need() -> None:
    crates = library_graph()
    assert next(iter(crates)) == "core"
    for description in crates.values():
        assert all(dep in crates for _, dep in description.deps)
        assert description.is_library
