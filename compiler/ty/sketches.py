"""Types of the library's host crates, which stand for crates that are known only by name.

What it is: ``CudaContext`` or ``DeviceBuffer`` has no methods, fields or impls here, but has them in the crate a user
builds with. Assumes: crates that are only sketched are marked as open; ``core`` is open too, but what it has of a type
is all that device code may use. Guarantees: nothing that is asked of such a type is called an error.

Example: ``DeviceBuffer::<f32>::zeroed(&stream, n)?`` in host code has an unknown type.
"""

from __future__ import annotations

from typing import Any

from compiler.hir.def_id import DefId
from compiler.query import Database
from compiler.resolve.def_map import crate_is_open
from compiler.ty import types as t


def is_sketch(db: Database, def_id: DefId) -> bool:
    """Whether a definition's crate is only sketched."""
    return crate_is_open(db, def_id.krate) and def_id.krate.name not in ("core", "std")


def is_sketched(db: Database, ty: Any) -> bool:
    """Whether a type, behind references, is one of which only the name is known."""
    while isinstance(ty, t.RefTy | t.PtrTy):
        ty = ty.ty
    return isinstance(ty, t.AdtTy) and is_sketch(db, ty.def_id)


def mentions_sketch(db: Database, ref: t.TraitRef) -> bool:
    """Whether a trait reference is about something only sketched."""
    nodes = [ref.def_id, *(node.def_id for node in t.walk(ref) if isinstance(node, t.AdtTy))]
    return any(is_sketch(db, def_id) for def_id in nodes)
