"""Which parts of a type its destructor can see (rustc's ``dropck_outlives``).

What it is: a type with its own ``Drop`` impl may look at everything it holds; one without only drops its fields;
references and plain values drop nothing.

Guarantees: types (with region variables) whose regions must be live where the value is dropped.

Example: of ``(Guard<'1>, &'2 u32)`` with ``impl Drop for Guard<'_>`` only ``Guard<'1>``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compiler.analysis.borrowck.context import has_drop_impl
from compiler.analysis.borrowck.region_types import RegionTypes
from compiler.mir.type_facts import needs_drop
from compiler.query import Database
from compiler.ty import types as t

if TYPE_CHECKING:
    from compiler.analysis.borrowck.type_check import TypeCheck

_MAX_DEPTH = 12


def drop_parts(db: Database, env: Any, types: RegionTypes, checked: TypeCheck, ty: t.Ty) -> list[t.Ty]:
    """See the module docstring."""
    from compiler.resolve.lang import lang_item
    from compiler.ty.adt import adt_def

    out: list[t.Ty] = []
    work: list[tuple[t.Ty, int]] = [(ty, 0)]
    seen: set[t.Ty] = set()
    while work:
        at, depth = work.pop()
        if at in seen or not types.has_regions(at) or not needs_drop(db, env, types.erase(at)):
            continue
        seen.add(at)
        if isinstance(at, (t.ArrayTy, t.SliceTy)):
            work.append((at.ty, depth))
        elif isinstance(at, t.TupleTy):
            work += [(e, depth) for e in at.elems]
        elif isinstance(at, t.ClosureTy):
            parts = types.closure_parts(at)
            work += [(e, depth) for e in parts[1].elems] if parts is not None else []
        elif isinstance(at, t.AdtTy) and not has_drop_impl(db, at) and depth < _MAX_DEPTH:
            if at.def_id is lang_item(db, "manually_drop"):
                continue
            for v, variant in enumerate(adt_def(db, at.def_id).variants):
                work += [(checked.adt_field(at, v, f), depth + 1) for f in range(len(variant.fields))]
        else:
            out.append(at)
    return out
