"""The library's stored results: the same as computed ones, and harmless when missing, stale or broken."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from compiler.hir.def_id import DefId, DefKind
from compiler.query import Database
from compiler.resolve.def_map import all_crates, def_map
from compiler.resolve.lang import lang_item
from compiler.semantics import library_cache
from compiler.semantics.host import AnalysisHost
from compiler.semantics.library_cache import load_library, save_library
from compiler.ty.collect import fn_sig
from compiler.ty.impls import impl_index, trait_impls


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made: Path = tmp_path_factory.mktemp("cache")
    load_library(Database(), made)
    return made


def test_the_library_has_no_name_errors(folder: Path) -> None:
    db = Database()
    load_library(db, folder)
    assert [d.message for krate in all_crates(db) for d in def_map(db, krate).diagnostics] == []


def test_a_second_load_computes_nothing_that_is_stored(folder: Path) -> None:
    db = Database()
    load_library(db, folder)
    db.trace = []
    for krate in all_crates(db):
        impl_index(db, krate)
        def_map(db, krate)
    assert lang_item(db, "add") is not None
    assert not {"def_map", "impl_index", "lowered_signature", "impl_header"} & {name for name, _ in db.trace}


def test_stored_results_equal_computed_ones(folder: Path) -> None:
    stored, computed = Database(), Database()
    load_library(stored, folder)
    load_library(computed, None)
    core = DefId.crate("core")
    assert def_map(stored, core) == def_map(computed, core)
    for name in ("add", "clone", "iterator", "into_iterator"):
        trait = lang_item(stored, name)
        if trait is not None:
            assert trait_impls(stored, trait) == trait_impls(computed, trait)
    unwrap = next(d for d in _option_items(computed) if d.name == "unwrap")
    assert fn_sig(stored, unwrap) == fn_sig(computed, unwrap)


def _option_items(db: Database) -> list[DefId]:
    from compiler.ty.collect import assoc_items
    from compiler.ty.impls import inherent_impls

    option = lang_item(db, "Option") or DefId(DefId(DefId.crate("core"), DefKind.MOD, "option"), DefKind.ENUM, "Option")
    return [item for impl in inherent_impls(db, option) for items in assoc_items(db, impl).values() for item in items]


def test_what_a_session_used_is_stored_too(folder: Path) -> None:
    db = Database()
    load_library(db, folder)
    unwrap = next(d for d in _option_items(db) if d.name == "unwrap")
    fn_sig(db, unwrap)
    assert save_library(db, folder)
    again = Database()
    load_library(again, folder)
    again.trace = []
    fn_sig(again, unwrap)
    assert again.trace == []


def test_broken_and_unwritable_caches_are_ignored(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (file,) = (folder / "library").glob("*.memos")
    stored = file.read_bytes()
    monkeypatch.setattr(library_cache, "_basic_memos", lambda texts: stored)
    broken = tmp_path / "library" / file.name
    broken.parent.mkdir()
    for data in (b"not a pickle", pickle.dumps(("other", b"", {}, [], b"")), stored[: len(stored) // 2]):
        broken.write_bytes(data)
        db = Database()
        load_library(db, tmp_path)
        assert lang_item(db, "add") is not None
        assert broken.read_bytes() == stored
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    db = Database()
    load_library(db, blocked)
    assert lang_item(db, "add") is not None


USER = b"""
use cuda_device::{DisjointSlice, kernel, thread};
struct Zebra(f32);
impl Clone for Zebra { fn clone(&self) -> Zebra { Zebra(self.0) } }
#[kernel]
pub fn k(a: &[f32], mut out: DisjointSlice<f32>) {
    let pair = Some(Zebra(a[0]).clone());
    if let Some(slot) = out.get_mut(thread::index_1d()) {
        *slot = pair.map(|p| p.0).unwrap_or(0.0);
    }
}
"""


def test_nothing_of_a_user_is_stored_and_answers_stay(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OXIDE_CACHE_DIR", str(folder))
    answers, inferred = [], []
    for _ in range(2):
        host = AnalysisHost()
        host.set_file("/w/k.rs", USER)
        crate = host.crate_of("/w/k.rs")
        trace = crate.db.trace = []
        summary = host.analysis().kernels("/w/k.rs")
        answers.append((host.analysis().diagnostics("/w/k.rs").diagnostics, summary))
        inferred.append({key[0].krate.name for name, key in trace if name == "infer"})
        crate.save()
    assert answers[0] == answers[1] and answers[0][0] == ()
    assert "cuda_device" in inferred[0] and inferred[1] == {"main"}
    (file,) = (folder / "library").glob("*.memos")
    assert b"Zebra" not in file.read_bytes()
    assert not host.crate_of("/w/k.rs").save(), "everything is stored"
