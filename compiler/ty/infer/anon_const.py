"""Anonymous constants inside bodies: ``[0; N * 2]``, ``f::<{ K + 1 }>``, ``const { .. }``.

Lengths and const arguments that are not plain literals or parameters are bodies of their own (same store), inferred
and evaluated apart from the body that writes them; their messages are reported with it. ``const { .. }`` blocks are
inferred in place.
"""

from __future__ import annotations

from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.ty import types as t
from compiler.ty.infer.context import MAYBE, FnCtxt


def own_body_const(fcx: FnCtxt, index: int) -> DefId:
    """The definition of an anonymous constant that is a body of its own; its messages become this body's."""
    from compiler.ty.infer import body_owner, infer

    anon = DefId(body_owner(fcx.owner), DefKind.ANON_CONST, "", index)
    found = infer(fcx.db, anon)
    fcx.result.tainted = fcx.result.tainted or found.tainted
    fcx.result.diagnostics.extend(d for d in found.diagnostics if d not in fcx.result.diagnostics)
    return anon


def anon_const_hook(fcx: FnCtxt, ref: h.ConstArgRef, expected: t.Ty | None) -> t.Const:
    """Lower a non-trivial length or const argument of this body."""
    return fcx.icx.eval_const(t.const_unevaluated(own_body_const(fcx, ref.anon), fcx.identity, expected))


def infer_inline_const(fcx: FnCtxt, index: int, expected: t.Ty | None) -> t.Ty:
    """Infer a ``const`` block in isolation from locals, loops and ``return`` of the body around it."""
    from compiler.ty.infer.coerce import coerce_to

    anon = fcx.store.anon_consts[index]
    saved = fcx.scopes, fcx.open_closures, fcx.breakables, fcx.return_ty, fcx.return_coerce, fcx.diverges
    fcx.scopes, fcx.open_closures, fcx.breakables = [{}], [], []
    fcx.return_ty, fcx.return_coerce, fcx.diverges = None, None, MAYBE
    ty = fcx.infer_expr(anon.expr, expected)
    if expected is not None:
        ty = coerce_to(fcx, anon.expr, ty, expected)
    fcx.scopes, fcx.open_closures, fcx.breakables, fcx.return_ty, fcx.return_coerce, fcx.diverges = saved
    fcx.result.anon_consts[index] = ty
    return ty
