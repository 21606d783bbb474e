"""Type inference of bodies.

``infer(db, owner)`` is the query everything reads (rustc's ``typeck``): for a fn, const or static with a body, its
:class:`InferenceResult`. Closures and anonymous constants of a body are inferred with it. One file per family of
expressions; the state is :class:`compiler.ty.infer.context.FnCtxt`.

Guarantees: never raises on bad code; every expression and pattern of the body has a type (maybe ``ERROR``);
diagnostics carry item-relative spans with ``owner``.

Example: for ``fn f(x: u32) -> u32 { x + 1 }`` the literal's type is ``u32`` and no method is recorded for ``+``.
"""

from __future__ import annotations

from functools import partial

from compiler.base.span import Span
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.query import Database, query
from compiler.ty import types as t
from compiler.ty.infer.coerce import CoerceMany
from compiler.ty.infer.const_calls import check_const_calls
from compiler.ty.infer.context import FnCtxt, new_context
from compiler.ty.infer.expr import check_expr, infer_expr
from compiler.ty.infer.pat import check_pat
from compiler.ty.infer.pattern_names import check_pattern_names
from compiler.ty.infer.unsafety import check_unsafety
from compiler.ty.infer.writeback import finish
from compiler.ty.results import ClosureFacts, InferenceResult, NeverToAny


def body_owner(def_id: DefId) -> DefId:
    """The definition whose body contains this one (closures and anonymous constants belong to their owner's body)."""
    while def_id.kind in (DefKind.CLOSURE, DefKind.ANON_CONST):
        assert def_id.parent is not None
        def_id = def_id.parent
    return def_id


def is_own_body(db: Database, def_id: DefId) -> bool:
    """Whether an anonymous constant is inferred as a body of its own: all but ``const { .. }`` blocks, whose type
    comes from where they stand. So a length or const argument can be evaluated while the body that writes it is still
    being inferred."""
    if def_id.kind is not DefKind.ANON_CONST:
        return False
    found = _store_of(db, def_id)
    return found is not None and found.anon_consts[def_id.disambiguator].kind != "inline const"


def _store_of(db: Database, anon: DefId) -> h.ExprStore | None:
    """The store that holds an anonymous constant: the header's, else the body's."""
    from compiler.resolve.lowering import body, signature

    assert anon.parent is not None
    decl, lowered = signature(db, anon.parent), body(db, anon.parent)
    for store in (decl.store if decl is not None else None, lowered.store if lowered is not None else None):
        if store is not None and anon.disambiguator < len(store.anon_consts):
            return store
    return None


def _cyclic(db: Database, owner: DefId) -> InferenceResult:
    return InferenceResult(owner, tainted=True)


@query(cycle=_cyclic)
def infer(db: Database, owner: DefId) -> InferenceResult:
    """Types of the body of ``owner``; an empty result for definitions without a body."""
    body = hir_body_of(db, owner)
    if body is None:
        return InferenceResult(owner)
    fcx = new_context(db, owner, body)
    fcx.infer_expr = partial(infer_expr, fcx)
    fcx.scopes.append({})
    if owner.kind is DefKind.FN:
        _infer_fn(fcx, body)
    else:
        _infer_const(fcx, body)
    finish(fcx)
    check_unsafety(fcx)
    check_const_calls(fcx)
    check_pattern_names(fcx)
    fcx.result.tainted = fcx.result.tainted or body.has_errors
    return fcx.result


def hir_body_of(db: Database, owner: DefId) -> h.Body | None:
    """The body; for an anonymous constant, its expression as one."""
    from compiler.resolve.lowering import body

    if owner.kind is not DefKind.ANON_CONST:
        found: h.Body | None = body(db, owner)
        return found
    store = _store_of(db, owner)
    return h.Body(owner, store, (), store.anon_consts[owner.disambiguator].expr) if store is not None else None


def _infer_fn(fcx: FnCtxt, body: h.Body) -> None:
    from compiler.ty.collect import fn_sig

    sig = fn_sig(fcx.db, fcx.owner)
    inputs = [fcx.instantiate(i, fcx.identity) for i in sig.inputs]
    output = _open_opaques(fcx, fcx.instantiate(sig.output, fcx.identity))
    if any(type(node) is t.Region and node.kind == "error" for node in t.walk(sig.output)):
        output = t.ERROR
    fcx.return_ty = output
    for i, pat in enumerate(body.params):
        check_pat(fcx, pat, inputs[i] if i < len(inputs) else t.ERROR)
    merge = CoerceMany(output, _return_span(fcx))
    fcx.return_coerce = merge
    ty = infer_expr(fcx, body.root, output)
    if fcx.icx.shallow(ty) is t.never:
        if output is not t.never:
            fcx.adjust(body.root, NeverToAny(output))
    else:
        merge.add(fcx, body.root, ty)
        merge.finish(fcx, body.root)


def _return_span(fcx: FnCtxt) -> tuple[Span, str] | None:
    from compiler.resolve.lowering import signature

    decl = signature(fcx.db, fcx.owner)
    if isinstance(decl, h.FnDecl) and decl.ret is not None:
        return decl.ret.span, "expected because of the return type"
    return None


def _open_opaques(fcx: FnCtxt, ty: t.Ty) -> t.Ty:
    """Inside its function, an ``impl Trait`` of the result, or in one, is a variable with the declared bounds."""
    from compiler.ty.traits.project import alias_bounds

    def go(node: t.Ty) -> t.Ty:
        if isinstance(node, t.AliasTy) and node.kind == "opaque" and node.def_id is fcx.owner:
            var = fcx.opaque_vars.get(node.index)
            if var is None:
                var = fcx.icx.fresh(origin=fcx.body.root)
                fcx.opaque_vars[node.index] = var
                for p in alias_bounds(fcx.db, node):
                    fcx.icx.register(go(p), fcx.body.root)  # type: ignore[arg-type]
            return var
        opened: t.Ty = t.map_children(node, go)
        return opened

    return go(ty) if ty.flags & t.HAS_ALIAS else ty


def _infer_const(fcx: FnCtxt, body: h.Body) -> None:
    from compiler.ty.collect import type_of

    if fcx.owner.kind is not DefKind.ANON_CONST:
        check_expr(fcx, body.root, fcx.instantiate(type_of(fcx.db, fcx.owner), fcx.identity))
        return
    wanted = _anon_const_type(fcx)
    if wanted is not None:
        check_expr(fcx, body.root, wanted)
    else:
        infer_expr(fcx, body.root, None)


def _anon_const_type(fcx: FnCtxt) -> t.Ty | None:
    """The type a signature's anonymous constant must have: ``usize`` for lengths, the enum's for discriminants."""
    from compiler.ty.adt import discriminant_ty
    from compiler.ty.collect import type_of

    parent = fcx.owner.parent
    assert parent is not None
    if fcx.store.anon_consts[fcx.owner.disambiguator].kind == "discriminant" and parent.kind is DefKind.ENUM:
        return discriminant_ty(fcx.db, type_of(fcx.db, parent))
    if fcx.store.anon_consts[fcx.owner.disambiguator].kind == "array length":
        return t.usize
    return None


def closure_of(db: Database, closure: DefId) -> ClosureFacts | None:
    """Facts of a closure of a finished body."""
    return infer(db, body_owner(closure)).closures.get(closure.disambiguator)


def hidden_type(db: Database, fn: DefId, index: int) -> t.Ty | None:
    """The type behind a function's ``impl Trait`` return."""
    return infer(db, fn).opaque_types.get(index)
