"""The front end's results for the library on disk, so that a new process does not work the library through again.

What it is: a :class:`compiler.query.store.MemoStore` of :data:`PERSISTED` queries, in a file named by a hash of
everything they depend on: the library's texts and this compiler's own sources. :func:`load_library` sets the
library's inputs and opens the store: the user's own file, else the one shipped with the package, else one made now
with what every session needs. :func:`save_library` adds what a session used (types and MIR of library functions,
their instances), computed anew in a database that holds the library only, so that nothing of the user's program can
be in it.

Assumes: the folder belongs to the user. Guarantees: a missing, foreign or broken file means only that results are
computed; a file is written whole or not at all.

Example: ``library = load_library(db, folder); load_workspace(db, "/p/main.rs", library)``, and at idle
``save_library(db, folder)``. ``python -m compiler.semantics.prepare`` does both for typical kernels.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import sys
from functools import cache
from pathlib import Path
from typing import Any, Final

import compiler
from compiler.hir.def_id import DefId
from compiler.hir.inputs import CrateDescription, CrateGraph, crate_graph
from compiler.library import LIBRARY_ROOT, library_crates
from compiler.mir import cleanup, type_facts
from compiler.mir.build import mir_build
from compiler.mir.consteval import queries as consteval
from compiler.mir.mono import attributes, fold, instantiate, resolve
from compiler.query import CycleError, Database, Durability, Query, input_query
from compiler.query.store import MemoStore
from compiler.resolve import def_map, expansion, lang, lowering, params, resolver, source
from compiler.resolve.workspace import library_texts, set_library
from compiler.ty import adt, assoc, collect, generics, impls, infer, layout
from compiler.ty import types as t
from compiler.ty.traits import env, select

library_fingerprint: Query[..., str] = input_query("library_fingerprint", default="")

PERSISTED: Final[list[Query[..., Any]]] = [
    source.file_item_tree,
    source.file_item_spans,
    source.syntax_diagnostics,
    source.item_of,
    source.item_location,
    source.container_items,
    source.item_source,
    source.local_item_tree,
    def_map.def_map,
    def_map.local_map,
    def_map.module_member,
    def_map.module_is_open,
    def_map.module_traits,
    def_map.enum_variants,
    def_map.extern_names,
    def_map.prelude_module,
    lang.crate_lang_items,
    lowering.lowered_signature,
    lowering.lowered_body,
    params.param_table,
    resolver.item_visibility,
    resolver.legacy_macro,
    expansion.expansion,
    generics.identity_args,
    adt.adt_def,
    adt.variant_of,
    assoc.supertrait_bounds,
    assoc.supertrait_ref,
    assoc.assoc_type_holder,
    collect.assoc_items,
    collect.fn_sig,
    collect.type_of,
    collect.const_param_type,
    collect.param_default,
    collect.predicates_of,
    collect.own_predicates_of,
    collect.super_predicates_of,
    collect.item_bounds,
    collect.opaque_bounds,
    collect.trait_def,
    impls.impl_index,
    impls.impl_header,
    impls.crate_impls,
    impls.crate_trait_impls,
    impls.crate_inherent_impls,
    env.param_env,
    select.select_ground,
    layout.layout_or_error,
    impls.drop_impl,
    type_facts.adt_drop_components,
    infer.infer,
    mir_build.mir_built,
    cleanup.mir_body,
    attributes.intrinsic_name,
    attributes.is_extern,
    attributes.host_only,
    attributes.inline_hint,
    fold.normal_form,
    fold.concrete_body,
    resolve.call_target,
    consteval.const_outcome,
    instantiate.instantiated,
]
BASIC: Final[list[Query[..., Any]]] = [
    source.file_item_tree,
    source.file_item_spans,
    def_map.def_map,
    lang.crate_lang_items,
    impls.impl_index,
]
_SOURCES: Final = ("base", "diagnostics", "query", "syntax", "library", "hir", "resolve", "ty", "mir")
_ROOT: Final = LIBRARY_ROOT.as_posix()


@cache
def compiler_hash(folders: tuple[str, ...] = (*_SOURCES, "analysis", "semantics")) -> str:
    """A hash of the sources whose results are stored."""
    digest = hashlib.blake2b(sys.version.encode())
    root = Path(compiler.__file__).parent
    for folder in folders:
        for path in sorted((root / folder).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _fingerprint(texts: dict[str, bytes]) -> str:
    digest = hashlib.blake2b(compiler_hash(_SOURCES).encode())
    for name, text in texts.items():
        digest.update(f"{name.removeprefix(_ROOT)}:{len(text)}:".encode())
        digest.update(text)
    return digest.hexdigest()


def _cache_file(folder: Path, fingerprint: str) -> Path:
    return folder / "library" / f"{fingerprint[:32]}.memos"


def stored_file(db: Database, folder: Path) -> Path:
    """Where the store of a loaded library is kept."""
    return _cache_file(folder, library_fingerprint(db))


class _LibraryOnly:
    """What may be stored: definitions of the library, and types of such."""

    root = _ROOT

    def __init__(self) -> None:
        kinds: list[type] = [DefId, t._Interned]
        for kind in kinds:
            kinds += kind.__subclasses__()
        self.shared = frozenset(kinds)
        self._crates = {DefId.crate(crate.name) for crate in library_crates()}

    def admits(self, value: Any) -> bool:
        """Whether a definition or type is made of the library's definitions only."""
        if isinstance(value, DefId):
            return value.krate in self._crates
        return all(self._is_known(part) for node in t.walk(value) for part in node.key)

    def _is_known(self, part: Any) -> bool:
        if isinstance(part, tuple):
            return all(self._is_known(each) for each in part)
        return not isinstance(part, DefId) or part.krate in self._crates


def load_library(db: Database, folder: Path | None) -> dict[str, CrateDescription]:
    """Set the library's inputs, with stored results if there are any; returns the descriptions of its crates."""
    texts = library_texts()
    crates = set_library(db, texts)
    fingerprint = _fingerprint(texts)
    db.set(library_fingerprint, (), fingerprint, Durability.HIGH)
    db.set(crate_graph, (), CrateGraph(crates), Durability.HIGH)
    if folder is None:
        return crates
    file = _cache_file(folder, fingerprint)
    store = _read(file) or _read(LIBRARY_ROOT / f"{fingerprint[:32]}.memos")
    if store is None:
        data = _basic_memos(texts)
        _write(file, data)
        store = MemoStore.decode(data, PERSISTED, _ROOT)
    if store is not None:
        db.attach(store, (library_fingerprint, ()))
    if not gc.get_freeze_count():  # a library loaded before may be garbage by now, with the session it was loaded for
        gc.freeze()  # the library stays: collections need not look at it again
    return crates


def _read(file: Path) -> MemoStore | None:
    try:
        return MemoStore.decode(file.read_bytes(), PERSISTED, _ROOT)
    except OSError:
        return None


def _basic_memos(texts: dict[str, bytes]) -> bytes:
    """A store of what every session needs, computed in a database of its own so that the rest is not kept."""
    db = Database()
    crates = set_library(db, texts)
    db.set(crate_graph, (), CrateGraph(crates), Durability.HIGH)
    for name in crates:
        krate = DefId.crate(name)
        impls.impl_index(db, krate)
        lang.crate_lang_items(db, krate)
    return MemoStore(PERSISTED, _ROOT).extended(db.export_memos(BASIC), _LibraryOnly())


def save_library(db: Database, folder: Path) -> bool:
    """Store the library's results that this database (made by :func:`load_library`) has used and that are not
    stored; returns whether there was something to store and it could be. Raises ``Cancelled`` as queries do.
    """
    held = db.store
    if held is None:
        return False
    used = [(q, key) for q in PERSISTED for key in db.keys_of(q)]
    wanted = held.may_keep(used, _LibraryOnly())
    if not wanted:
        return False
    clean = Database()
    clean.cancellation = db.cancellation
    load_library(clean, folder)
    for q, key in wanted:
        with contextlib.suppress(CycleError):
            q(clean, *key)
    store = clean.store or held
    data = store.extended(clean.export_memos(PERSISTED), _LibraryOnly())
    return _write(stored_file(db, folder), data)


def _write(file: Path, data: bytes) -> bool:
    part = file.with_suffix(f".{os.getpid()}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(file)
        _drop_others(file)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        return False
    return True


def _drop_others(keep: Path, n_kept: int = 4) -> None:
    """Keep the newest few files of other versions."""
    others = sorted(
        (f for f in keep.parent.glob("*.memos") if f != keep), key=lambda f: f.stat().st_mtime, reverse=True
    )
    for file in others[n_kept:]:
        file.unlink(missing_ok=True)
