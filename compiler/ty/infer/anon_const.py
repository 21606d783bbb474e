"""Anonymous constants inside bodies: ``[0; N * 2]``, ``f::<{ K + 1 }>``, ``const { .. }``.

Literals and const parameters become values at once. Anything else is inferred as a small body of its own type inside the
enclosing body's result (same store) and stays ``unevaluated`` until the const evaluator computes it.
"""

from __future__ import annotations

from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.ty import types as t
from compiler.ty.infer.context import FnCtxt


def anon_const_def(owner: DefId, index: int) -> DefId:
    """The DefId of an owner's anonymous constant."""
    return DefId(owner, DefKind.ANON_CONST, "", index)


def anon_const_hook(fcx: FnCtxt, ref: h.ConstArgRef, expected: t.Ty | None) -> t.Const:
    """Lower a non-trivial const argument of this body."""
    infer_anon_const(fcx, ref.anon, expected)
    return fcx.icx.eval_const(t.const_unevaluated(anon_const_def(fcx.owner, ref.anon), fcx.identity, expected))


def infer_anon_const(fcx: FnCtxt, index: int, expected: t.Ty | None) -> t.Ty:
    """Infer the constant's expression in isolation from locals, loops and ``return`` of the body around it."""
    from compiler.ty.infer.coerce import coerce_to

    if index in fcx.result.anon_consts:
        return fcx.result.anon_consts[index]
    anon = fcx.store.anon_consts[index]
    saved = fcx.scopes, fcx.breakables, fcx.return_ty, fcx.return_coerce, fcx.diverges
    fcx.scopes, fcx.breakables, fcx.return_ty, fcx.return_coerce, fcx.diverges = [{}], [], None, None, False
    ty = fcx.infer_expr(anon.expr, expected)
    if expected is not None:
        ty = coerce_to(fcx, anon.expr, ty, expected)
    fcx.scopes, fcx.breakables, fcx.return_ty, fcx.return_coerce, fcx.diverges = saved
    fcx.result.anon_consts[index] = ty
    return ty
