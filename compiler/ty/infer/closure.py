"""Closures: expected signatures from bounds, and inference of their bodies.

The expected signature comes from the expected type: a fn pointer, another closure bound, or a variable about which
pending obligations say ``?F: Fn(A) -> B`` (rustc's ``deduce_closure_signature``), or an opaque type's bounds.
"""

from __future__ import annotations

from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.ty import types as t
from compiler.ty.infer.coerce import CoerceMany
from compiler.ty.infer.context import MAYBE, ClosureState, FnCtxt, OpenClosure
from compiler.ty.infer.errors import Coded
from compiler.ty.infer.pat import check_pat
from compiler.ty.results import NeverToAny

FN_LANGS = ("fn", "fn_mut", "fn_once")


def infer_closure(fcx: FnCtxt, expr: h.ExprId, node: h.Closure, expected: t.Ty | None) -> t.Ty:
    """``|params| body``."""
    def_id = DefId(fcx.owner, DefKind.CLOSURE, "", expr)
    wanted = _expected_sig(fcx, expected)
    if wanted is not None and wanted[0] is not None and len(wanted[0]) != len(node.params):
        n = len(node.params)
        text = f"closure is expected to take {len(wanted[0])} argument{'s' * (len(wanted[0]) != 1)}, but it takes {n}"
        fcx.error(Coded(fcx.span(expr), "E0593", text, f"takes {n} argument{'s' * (n != 1)}"))
        wanted, expected = None, t.ERROR
    inputs: list[t.Ty] = []
    for i, param in enumerate(node.params):
        hint = wanted[0][i] if wanted is not None and wanted[0] is not None else None
        declared = fcx.lower_ty(param.ty, complete=True) if param.ty is not None else None
        if declared is not None and hint is not None:
            fcx.icx.unify(declared, hint)
        unknown = t.ERROR if expected is t.ERROR else None
        inputs.append(declared or hint or unknown or fcx.icx.fresh(origin=param.pat))
    output: t.Ty = fcx.lower_ty(node.ret, complete=True) if node.ret is not None else fcx.icx.fresh(origin=expr)
    if node.ret is None and wanted is not None and wanted[1] is not None:
        hinted = fcx.icx.shallow(wanted[1])
        if type(hinted) is not t.AliasTy:
            fcx.icx.unify(output, hinted)
    closure = t.ClosureTy(def_id, fcx.identity)
    kind = _expected_kind(fcx, expected)
    state = fcx.closures[def_id] = ClosureState(closure, expr, t.FnPtrTy(tuple(inputs), output), kind)
    fcx.open_closures.append(OpenClosure(state, len(fcx.scopes), fcx.breakables))
    _infer_body(fcx, node, inputs, output)
    fcx.open_closures.pop()
    return closure


def _infer_body(fcx: FnCtxt, node: h.Closure, inputs: list[t.Ty], output: t.Ty) -> None:
    saved = fcx.return_ty, fcx.return_coerce, fcx.breakables, fcx.diverges, fcx.in_unsafe
    fcx.return_ty, fcx.breakables, fcx.diverges, fcx.in_unsafe = output, [], MAYBE, 0
    fcx.return_coerce = CoerceMany(output)
    fcx.scopes.append({})
    for param, ty in zip(node.params, inputs, strict=True):
        check_pat(fcx, param.pat, ty)
    body_ty = fcx.infer_expr(node.body, output)
    if (
        fcx.icx.shallow(body_ty) is t.never
        and not fcx.return_coerce.exprs
        and type(fcx.icx.shallow(output)) is t.InferTy
    ):
        fcx.adjust(node.body, NeverToAny(output))  # what is asked of the closure, or nothing, decides
    else:
        fcx.return_coerce.add(fcx, node.body, body_ty)
        fcx.return_coerce.finish(fcx, node.body)
    fcx.scopes.pop()
    fcx.return_ty, fcx.return_coerce, fcx.breakables, fcx.diverges, fcx.in_unsafe = saved


ExpectedSig = tuple[tuple[t.Ty, ...] | None, t.Ty | None]


def _expected_kind(fcx: FnCtxt, expected: t.Ty | None) -> str | None:
    """The weakest ``Fn*`` trait the context asks for; None: the body decides."""
    from compiler.resolve.lang import lang_name_of
    from compiler.ty.traits.env import elaborate

    if expected is None:
        return None
    ty = fcx.icx.shallow(expected)
    if isinstance(ty, t.FnPtrTy):
        return "Fn"
    mine = _predicates_on(fcx, ty)
    traits = set()
    for p in elaborate(fcx.db, mine):
        named = p.trait_ref.def_id if isinstance(p, t.TraitPredicate) else None
        named = p.alias.def_id.parent if isinstance(p, t.ProjectionPredicate) else named
        if named is not None:
            traits.add(lang_name_of(fcx.db, named))
    return next((kind for lang, kind in zip(FN_LANGS, ("Fn", "FnMut", "FnOnce"), strict=True) if lang in traits), None)


def _predicates_on(fcx: FnCtxt, ty: t.Ty) -> list[t.Predicate]:
    """What is known to hold of a type that stands for the closure: a variable or an opaque type."""
    from compiler.ty.traits.object import object_bounds
    from compiler.ty.traits.project import alias_bounds

    if isinstance(ty, t.InferTy):
        return [o.predicate for o in fcx.icx.pending if _subject(fcx, o.predicate) is ty]
    if isinstance(ty, t.DynTy):
        return object_bounds(ty, ty)
    if isinstance(ty, t.AliasTy):
        return [p for p in alias_bounds(fcx.db, ty) if _subject(fcx, p) is ty]
    return []


def _expected_sig(fcx: FnCtxt, expected: t.Ty | None) -> ExpectedSig | None:
    if expected is None:
        return None
    ty = fcx.icx.shallow(expected)
    if isinstance(ty, t.FnPtrTy):
        return ty.inputs, ty.output
    return _from_predicates(fcx, _predicates_on(fcx, ty))


def _from_predicates(fcx: FnCtxt, mine: list[t.Predicate]) -> ExpectedSig | None:
    """Fn-family bounds on one type; also through traits whose supertraits or projections mention them."""
    from compiler.resolve.lang import lang_name_of
    from compiler.ty.traits.env import elaborate

    inputs: tuple[t.Ty, ...] | None = None
    output: t.Ty | None = None
    for p in elaborate(fcx.db, mine):
        if isinstance(p, t.TraitPredicate) and lang_name_of(fcx.db, p.trait_ref.def_id) in FN_LANGS:
            tuple_ty = fcx.icx.shallow(p.trait_ref.args[1])  # type: ignore[arg-type]
            if isinstance(tuple_ty, t.TupleTy):
                inputs = tuple(fcx.icx.normalize(e) for e in tuple_ty.elems)
        elif isinstance(p, t.ProjectionPredicate) and isinstance(p.term, t.Ty):
            trait = p.alias.def_id.parent
            if trait is not None and lang_name_of(fcx.db, trait) == "fn_once":
                tuple_ty = fcx.icx.shallow(p.alias.args[1])  # type: ignore[arg-type]
                if inputs is None and isinstance(tuple_ty, t.TupleTy):
                    inputs = tuple(fcx.icx.normalize(e) for e in tuple_ty.elems)
                output = fcx.icx.normalize(p.term)
    return None if inputs is None and output is None else (inputs, output)


def _subject(fcx: FnCtxt, p: t.Predicate) -> t.Ty | None:
    if isinstance(p, t.TraitPredicate):
        return fcx.icx.shallow(p.trait_ref.self_ty)
    if isinstance(p, t.ProjectionPredicate):
        return fcx.icx.shallow(p.alias.args[0])  # type: ignore[arg-type]
    return None
