"""The library's front-end results on disk, so that a new process does not parse and resolve the library again.

What it is: a pickle of the HIGH-durability memos of :data:`PERSISTED` queries, in a file named by a hash of
everything they depend on: the library's texts and this compiler's own sources. :func:`load_library` sets the
library's inputs and takes the memos, or computes and stores the basic ones; :func:`save_library` adds those of a
database that has worked for a while, so what kernels really use is there next time.

Assumes: the folder belongs to the user. Guarantees: a missing, foreign or broken file means only that results are
computed; a file is written whole or not at all.

Example: ``library = load_library(db, folder); load_workspace(db, "/p/main.rs", library)``, and at idle
``save_library(db, folder)``.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import pickle
import sys
from functools import cache
from pathlib import Path
from typing import Any, Final

import compiler
from compiler.hir.def_id import DefId
from compiler.hir.inputs import CrateDescription, CrateGraph, crate_graph
from compiler.query import Database, Durability, Query, input_query
from compiler.resolve import def_map, expansion, lang, lowering, params, resolver, source
from compiler.resolve.workspace import library_texts, set_library
from compiler.ty import adt, assoc, collect, generics, impls

library_fingerprint: Query[..., str] = input_query("library_fingerprint", default="")

# What every session needs (a prefix of PERSISTED); the others are stored as far as a session used them.
BASIC: Final[list[Query[..., Any]]] = [
    source.file_item_tree,
    source.file_item_spans,
    def_map.def_map,
    lang.crate_lang_items,
    impls.impl_index,
]
PERSISTED: Final[list[Query[..., Any]]] = [
    *BASIC,
    source.item_of,
    source.item_location,
    source.container_items,
    source.item_source,
    def_map.module_member,
    def_map.module_is_open,
    def_map.module_traits,
    def_map.enum_variants,
    def_map.extern_names,
    def_map.prelude_module,
    lowering.lowered_signature,
    params.param_table,
    resolver.item_visibility,
    resolver.legacy_macro,
    generics.identity_args,
    expansion.expansion,
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
    impls.impl_header,
    impls.crate_impls,
    impls.crate_trait_impls,
    impls.crate_inherent_impls,
]
_SOURCES: Final = ("syntax", "hir", "query", "resolve", "ty")


@cache
def _compiler_hash() -> str:
    """A hash of the sources whose results are stored."""
    digest = hashlib.sha256(sys.version.encode())
    root = Path(compiler.__file__).parent
    for folder in _SOURCES:
        for path in sorted((root / folder).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _fingerprint(texts: dict[str, bytes]) -> str:
    digest = hashlib.sha256(_compiler_hash().encode())
    for name, text in texts.items():
        digest.update(f"{name}:{len(text)}:".encode())
        digest.update(text)
    return digest.hexdigest()


def _cache_file(folder: Path, fingerprint: str) -> Path:
    return folder / "library" / f"{fingerprint[:32]}.pickle"


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
    memos = _read(file)
    if memos is None:
        memos = _basic_memos(texts)
        _write(file, memos)
    db.import_memos(PERSISTED, memos, (library_fingerprint, ()))
    gc.freeze()  # the library stays: collections need not look at it again
    return crates


def _basic_memos(texts: dict[str, bytes]) -> list[tuple[int, Any, Any]]:
    """What every session needs, computed in a database of its own so that the rest is not kept."""
    db = Database()
    crates = set_library(db, texts)
    db.set(crate_graph, (), CrateGraph(crates), Durability.HIGH)
    for name in crates:
        krate = DefId.crate(name)
        impls.impl_index(db, krate)
        lang.crate_lang_items(db, krate)
    return db.export_memos(BASIC)


def _read(file: Path) -> list[tuple[int, Any, Any]] | None:
    try:
        data = file.read_bytes()
    except OSError:
        return None
    collecting = gc.isenabled()
    gc.disable()  # thousands of new objects, none of them garbage
    try:
        found = pickle.loads(data)
    except (pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError, TypeError, ValueError):
        return None
    finally:
        if collecting:
            gc.enable()
    return found if isinstance(found, list) else None


def save_library(db: Database, folder: Path) -> bool:
    """Store the library's results that this database (made by :func:`load_library`) has used; returns whether
    it could.
    """
    return _write(_cache_file(folder, library_fingerprint(db)), db.export_memos(PERSISTED))


def _write(file: Path, memos: list[tuple[int, Any, Any]]) -> bool:
    part = file.with_suffix(f".{os.getpid()}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(pickle.dumps(memos, pickle.HIGHEST_PROTOCOL))
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
        (f for f in keep.parent.glob("*.pickle") if f != keep), key=lambda f: f.stat().st_mtime, reverse=True
    )
    for file in others[n_kept:]:
        file.unlink(missing_ok=True)
