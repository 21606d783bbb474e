"""The HIR of one definition: its signature and its body, from its text.

What it is: queries around the pure lowering functions of :mod:`compiler.hir`, with the macros and attributes that are
in scope.

Assumes: nothing; any text lowers. Guarantees: a signature depends on the item's header (and the type macros it
calls), a body on its own item's text and the macros it calls; positions are read only by what asks for them
(``line!()``).

Example: typing in the body of ``f`` re-runs ``body(f)`` and not ``signature(f)``.
"""

from __future__ import annotations

import os

from compiler.base.span import line_table
from compiler.diagnostics.model import Diagnostic
from compiler.hir.attributes import cfg_set
from compiler.hir.body_context import BodyContext
from compiler.hir.def_id import DefId, DefKind
from compiler.hir.inputs import file_exists, source_bytes
from compiler.hir.lower_body import LoweredBody, lower_body
from compiler.hir.lower_signature import SIGNATURE_KINDS, LoweredSignature, lower_signature
from compiler.hir.nodes import Body, Path, Signature
from compiler.query import Database, query
from compiler.resolve.cargo import environment, find_manifest
from compiler.resolve.def_map import crate_description
from compiler.resolve.source import file_of_item, item_of, item_source, origin

BODY_OWNERS = (DefKind.FN, DefKind.CONST, DefKind.STATIC)


@query
def lowered_signature(db: Database, def_id: DefId) -> LoweredSignature | None:
    """The declaration of an item and its syntax errors."""
    item = item_of(db, def_id)
    if item is None or def_id.kind not in SIGNATURE_KINDS:
        return None
    return lower_signature(def_id.kind, item.header, ctx=_context(db, def_id), owner=def_id)


def signature(db: Database, def_id: DefId) -> Signature | None:
    """The declaration of an item, None for what has none (modules, uses, closures)."""
    lowered = lowered_signature(db, def_id)
    return lowered.signature if lowered is not None else None


def signature_diagnostics(db: Database, def_id: DefId) -> tuple[Diagnostic, ...]:
    """Syntax errors in an item's header."""
    lowered = lowered_signature(db, def_id)
    return lowered.diagnostics if lowered is not None else ()


@query
def lowered_body(db: Database, owner: DefId) -> LoweredBody | None:
    """The body of a fn, const or static with its syntax errors; None if it has none."""
    item = item_of(db, owner)
    if item is None or not item.has_body or owner.kind not in BODY_OWNERS:
        return None
    return lower_body(owner, item_source(db, owner), owner.kind, _context(db, owner))


def body(db: Database, owner: DefId) -> Body | None:
    """The body of a fn, const or static; of a closure or anonymous constant: that of the definition it is in."""
    while owner.kind not in BODY_OWNERS and owner.parent is not None:
        owner = owner.parent
    lowered = lowered_body(db, owner)
    return lowered.body if lowered is not None else None


def body_diagnostics(db: Database, owner: DefId) -> tuple[Diagnostic, ...]:
    """Syntax and macro errors in a body."""
    lowered = lowered_body(db, owner)
    return lowered.diagnostics if lowered is not None else ()


def _context(db: Database, def_id: DefId) -> BodyContext:
    """What lowering may ask about the world around ``def_id``; asked lazily, so that only what is used is a
    dependency.
    """
    from compiler.resolve.expansion import macro_lookup

    description = crate_description(db, def_id.krate)
    item = item_of(db, def_id)
    attrs = item.attrs if item is not None else ()

    def line_of(offset: int) -> tuple[int, int]:
        at = origin(db, def_id)
        start = at.expanded.start if at.expanded else at.offset + offset
        line_0, col = line_table(source_bytes(db, at.file)).line_col_chars(start)
        return line_0 + 1, col + 1

    def include(name: str) -> bytes | None:
        file = file_of_item(db, def_id).rpartition("/")[0] + "/" + name
        return source_bytes(db, file) if file_exists(db, file) else None

    def env(name: str) -> str | None:
        manifest = find_manifest(file_of_item(db, def_id))
        if manifest is not None and name.startswith("CARGO_"):
            source_bytes(db, manifest.as_posix())
            return environment(manifest).get(name)
        return os.environ.get(name)

    def lookup(path: Path) -> object:
        return macro_lookup(db, def_id, path)

    return BodyContext(
        macro_lookup=lookup,  # type: ignore[arg-type]
        attrs=attrs,
        is_kernel=any(a.path.rpartition("::")[2] == "kernel" for a in attrs),
        is_device=any(a.path.rpartition("::")[2] == "device" for a in attrs),
        is_library=description is not None and description.is_library,
        cfg=cfg_set(description.cfg) if description is not None else frozenset(),
        krate=def_id.krate.name,
        module_path=def_id.module.path,
        line_of=line_of,
        include=include,
        owner=def_id,
        env=env,
    )
