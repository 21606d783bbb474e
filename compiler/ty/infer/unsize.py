"""What ``Unsize`` holds of: which types behind a pointer become unsized ones (Rust reference, "Unsized coercions").

What it is: arrays to slices, and structs whose last field does so. Objects are :mod:`compiler.ty.infer.coerce`'s own.
Assumes: the heads of both types are known if they can be. Guarantees: nothing but unification happens (an obligation
worked off here would be lost when the caller, told False, rolls back).

Example: ``Lock<[u32; 4]>`` becomes ``Lock<[u32]>`` for ``struct Lock<T: ?Sized> { held: bool, value: T }``.
"""

from __future__ import annotations

from compiler.hir.def_id import DefKind
from compiler.ty import types as t
from compiler.ty.adt import adt_def
from compiler.ty.infer.context import FnCtxt


def unify_unsized(fcx: FnCtxt, source: t.Ty, target: t.Ty) -> bool:
    """Whether a pointer to ``source`` coerces to one to ``target``; element types are made equal."""
    source, target = fcx.icx.shallow(source), fcx.icx.shallow(target)
    if isinstance(source, t.ArrayTy) and isinstance(target, t.SliceTy):
        return fcx.icx.unify(source.ty, target.ty)
    if not isinstance(source, t.AdtTy) or not isinstance(target, t.AdtTy) or source.def_id is not target.def_id:
        return False
    return source.def_id.kind is DefKind.STRUCT and _unify_tails(fcx, source, target)


def _unify_tails(fcx: FnCtxt, source: t.AdtTy, target: t.AdtTy) -> bool:
    """Parameters that only the last field mentions may differ; the field itself becomes unsized."""
    fields = adt_def(fcx.db, source.def_id).variants[0].fields
    if not fields:
        return False
    elsewhere = {p for field in fields[:-1] for p in _params(field.ty)}
    own = _params(fields[-1].ty) - elsewhere
    for i, (x, y) in enumerate(zip(source.args, target.args, strict=True)):
        if i not in own and not fcx.icx.unify_args((x,), (y,)):
            return False
    tails = [fcx.instantiate(fields[-1].ty, ty.args) for ty in (source, target)]
    return bool(own) and unify_unsized(fcx, tails[0], tails[1])


def _params(ty: t.Ty) -> set[int]:
    return {node.index for node in t.walk(ty) if isinstance(node, t.ParamTy)}
