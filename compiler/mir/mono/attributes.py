"""What attributes of a definition mean to monomorphisation: intrinsics, extern declarations, inlining, host-only stubs.

Assumes: attributes as written in the library and in user code. Guarantees: names without path.

Example: ``intrinsic_name`` of ``#[rustc_intrinsic] fn size_of`` is ``"size_of"``; of
``#[oxide::intrinsic("shfl_sync_idx")]`` the string.
"""

from __future__ import annotations

from compiler.hir.def_id import DefId, DefKind
from compiler.hir.item_tree import Attr
from compiler.query import Database, query


def attribute(db: Database, def_id: DefId, path: str) -> Attr | None:
    """The first attribute with this path."""
    from compiler.resolve.source import item_of

    item = item_of(db, def_id)
    return item.attr(path) if item is not None else None


def attribute_text(attr: Attr) -> str:
    """The string of ``= "x"`` or ``("x")``, or the bare tokens."""
    return attr.tokens.strip("()= ").strip('"')


@query
def intrinsic_name(db: Database, def_id: DefId) -> str | None:
    """The name code generation knows this function by, None for ordinary functions."""
    if def_id.kind is not DefKind.FN:
        return None
    attr = attribute(db, def_id, "oxide::intrinsic")
    if attr is not None:
        return attribute_text(attr) or def_id.name
    return def_id.name if attribute(db, def_id, "rustc_intrinsic") is not None else None


@query
def is_extern(db: Database, def_id: DefId) -> bool:
    """Declared in an ``extern`` block."""
    return def_id.parent is not None and def_id.parent.kind is DefKind.FOREIGN_MOD


@query
def inline_hint(db: Database, def_id: DefId) -> str:
    """ "", "hint", "always" or "never"; closures are hinted."""
    if def_id.kind is DefKind.CLOSURE:
        return "hint"
    attr = attribute(db, def_id, "inline")
    if attr is None:
        return ""
    return {"always": "always", "never": "never"}.get(attribute_text(attr), "hint")


@query
def host_only(db: Database, def_id: DefId) -> str | None:
    """The message of ``#[oxide::host_only("why")]`` on a library function that must not be reached from a kernel."""
    attr = attribute(db, def_id, "oxide::host_only")
    return None if attr is None else attribute_text(attr)
