"""Which crates a file belongs to and depends on, and which files are read from disk."""

from __future__ import annotations

from pathlib import Path

from compiler.hir.def_id import DefId
from compiler.hir.inputs import CrateDescription, crate_graph, file_exists, source_bytes
from compiler.query import Database
from compiler.resolve.crate_root import root_of
from compiler.resolve.def_map import def_map, resolve_in
from compiler.resolve.scope import Namespace, Unknown
from compiler.resolve.workspace import library_graph, load_modules, load_workspace, set_file, user_crates
from compiler.semantics.host import AnalysisHost


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


def _crates(root: Path, files: dict[str, str], file: str) -> dict[str, CrateDescription]:
    _write(root, files)
    return user_crates((root / file).as_posix())


DEVICE_STUB = {
    "up/cuda-device/Cargo.toml": '[package]\nname = "cuda-device"\nversion = "1.0.0"\n',
    "up/cuda-device/src/lib.rs": 'compile_error!("not ours");',
}


def test_packages_of_the_language_mean_the_library_however_they_are_found(tmp_path: Path) -> None:
    files = {
        **DEVICE_STUB,
        "Cargo.toml": '[workspace]\nmembers = ["*"]\n[workspace.dependencies]\n'
        'cuda-device = { path = "up/cuda-device" }\nhost = { package = "cuda-host", version = "1" }\n',
        "app/Cargo.toml": '[package]\nname = "app"\n[dependencies]\ncuda-device.workspace = true\n'
        'host = { workspace = true, features = ["async"] }\ngpu = { package = "cuda-device", path = "../up/cuda-device" }\n'
        'cuda-bindings = { path = "../up/cuda-device" }\ncuda-macros = { git = "https://example.com/x" }\n',
        "app/src/main.rs": "fn main() {}",
    }
    crates = _crates(tmp_path, files, "app/src/main.rs")
    assert list(crates) == ["app"]
    deps = dict(crates["app"].deps)
    assert [deps[n] for n in ("cuda_device", "host", "gpu", "cuda_macros")] == [
        "cuda_device",
        "cuda_host",
        "cuda_device",
        "cuda_macros",
    ]
    assert deps["cuda_bindings"] == ""


WORKSPACE = {
    "Cargo.toml": """
[workspace]
members = ["app", "math"]
[workspace.package]
edition = "2021"
[workspace.dependencies]
math = { path = "math", default-features = false, features = ["fast"], package = "fast-math" }
""",
    "app/Cargo.toml": """
[package]
name = "app"
edition.workspace = true
[dependencies]
math = { workspace = true, features = ["wide"] }
extra = { path = "../extra", optional = true }
other = { path = "../extra", optional = true, package = "extra" }
derive = { path = "../derive" }
[target.'cfg(windows)'.dependencies]
only-windows = "1"
[features]
default = ["dep:other", "math/deep"]
""",
    "app/src/lib.rs": "pub mod inner;",
    "app/src/inner.rs": "pub fn f() {}",
    "app/src/bin/tool/main.rs": "mod parts; fn main() {}",
    "app/src/bin/tool/parts.rs": "",
    "app/examples/show/main.rs": "mod view; fn main() { app::inner::f() }",
    "app/examples/show/view.rs": "",
    "math/Cargo.toml": """
[package]
name = "fast-math"
edition = { workspace = true }
[lib]
path = "source/root.rs"
[features]
default = ["slow"]
fast = []
wide = ["wider"]
wider = []
slow = []
deep = []
""",
    "math/source/root.rs": '#[path = "odd name.rs"] mod named; mod outer { mod within; }',
    "math/source/odd name.rs": "",
    "math/source/outer/within.rs": "",
    "extra/Cargo.toml": '[package]\nname = "extra"\n',
    "extra/src/lib.rs": "",
    "derive/Cargo.toml": '[package]\nname = "derive"\n[lib]\nproc-macro = true\n',
    "derive/src/lib.rs": "",
}


def test_workspace_inheritance_renaming_and_features(tmp_path: Path) -> None:
    crates = _crates(tmp_path, WORKSPACE, "app/src/lib.rs")
    assert list(crates) == ["fast_math", "extra", "app"]
    app, math = crates["app"], crates["fast_math"]
    assert (app.edition, math.edition, crates["extra"].edition) == ("2021", "2021", "2015")
    assert {f for f in math.cfg if f.startswith("feature")} == {
        f'feature="{n}"' for n in ("fast", "wide", "wider", "deep")
    }
    deps = dict(app.deps)
    assert (deps["math"], deps["other"], deps["extra"]) == ("fast_math", "extra", "")
    assert (deps["derive"], deps["only_windows"]) == ("", "")


def test_every_file_of_a_package_finds_its_root(tmp_path: Path) -> None:
    _write(tmp_path, WORKSPACE)
    roots = {
        "app/src/inner.rs": "app/src/lib.rs",
        "app/src/bin/tool/parts.rs": "app/src/bin/tool/main.rs",
        "app/src/bin/tool/main.rs": "app/src/bin/tool/main.rs",
        "app/examples/show/view.rs": "app/examples/show/main.rs",
        "math/source/odd name.rs": "math/source/root.rs",
        "math/source/outer/within.rs": "math/source/root.rs",
    }
    for file, root in roots.items():
        assert root_of((tmp_path / file).as_posix(), {}) == (tmp_path / root).as_posix(), file


def test_a_target_beside_a_library_sees_it(tmp_path: Path) -> None:
    crates = _crates(tmp_path, WORKSPACE, "app/examples/show/main.rs")
    assert list(crates)[-2:] == ["app", "app[bin]"]
    assert dict(crates["app[bin]"].deps)["app"] == "app"


LINTS = {
    "Cargo.toml": '[workspace]\nmembers = ["k"]\n[workspace.lints.rust]\nunused = "allow"\n',
    "k/Cargo.toml": '[package]\nname = "k"\nedition = "2024"\n[lints]\nworkspace = true\n',
    "k/src/main.rs": "fn main() { let x = 1; }\n",
    "own/Cargo.toml": """
[package]
name = "own"
edition = "2024"
[lints.rust]
unused_variables = "deny"
unused = { level = "allow", priority = -1 }
[workspace]
""",
    "own/src/main.rs": "fn main() { let x = 1; let mut y = 2; let _ = y; }\n#[allow(unused_variables)]\nfn f() { let z = 3; }\n",
}


def test_lints_of_a_manifest_give_levels_that_attributes_override(tmp_path: Path) -> None:
    _write(tmp_path, LINTS)
    found = {}
    for name in ("k", "own"):
        file = (tmp_path / name / "src/main.rs").as_posix()
        host = AnalysisHost(check_all=True)
        host.set_file(file, Path(file).read_bytes())
        found[name] = [(d.code, d.severity.value) for d in host.analysis().diagnostics(file).diagnostics]
    assert found == {"k": [], "own": [("unused_variables", "error")]}
