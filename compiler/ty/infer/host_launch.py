"""Closures that host code hands to a generic kernel, where the type of the loaded module is not known.

What it is: ``module.scale::<f32, _>(&stream, cfg, |v| v * k, &x, &mut y)`` launches ``fn scale<T, F: Fn(T) -> T>(f: F,
..)``; the methods of a loaded module are generated, so what the closure is asked to be is read off the kernel.
Assumes: a method call on a value of unknown type. Guarantees: only calls with the kernel's arguments behind a stream
and a configuration, or behind one of them, are taken for launches; nothing is demanded but the signature.

Example: above, ``v`` is an ``f32``.
"""

from __future__ import annotations

from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.query import Database, query
from compiler.resolve.attrs import is_kernel
from compiler.resolve.def_map import def_map
from compiler.resolve.lang import lang_name_of
from compiler.ty import types as t
from compiler.ty.infer.context import FnCtxt

_SUFFIXES = ("", "_async_owned_unchecked", "_async_unchecked", "_async_owned", "_unchecked", "_async")
_FN_TRAITS = ("fn", "fn_mut", "fn_once")


@query
def generic_kernels(db: Database, krate: DefId) -> dict[str, DefId]:
    """The crate's kernels with parameters, by the names of the methods that launch them."""
    from compiler.ty.generics import generics_of

    found = [d for d in def_map(db, krate).locations if d.kind is DefKind.FN and is_kernel(db, d)]
    return {d.name + suffix: d for d in found if generics_of(db, d).own for suffix in _SUFFIXES}


def closures_of_launch(fcx: FnCtxt, expr: h.ExprId, node: h.MethodCall) -> dict[h.ExprId, t.Ty]:
    """The type that each closure among the arguments is to have; its bounds are registered."""
    from compiler.ty.collect import fn_sig, predicates_of
    from compiler.ty.infer.own_args import own_args
    from compiler.ty.traits.select import fresh_args

    if not any(isinstance(fcx.store.exprs[a], h.Closure) for a in node.args):
        return {}
    kernel = generic_kernels(fcx.db, fcx.owner.krate).get(h.strip_mark(node.name))
    inputs = fn_sig(fcx.db, kernel).inputs if kernel is not None else ()
    n_before = len(node.args) - len(inputs)
    if kernel is None or n_before not in (1, 2):
        return {}
    segment = h.PathSegment(node.name, node.generic_args, node.name_span)
    args = own_args(fcx, kernel, segment, fresh_args(fcx.icx, kernel, expr), is_method_call=True)
    found: dict[h.ExprId, t.Ty] = {}
    for arg, param in zip(node.args[n_before:], inputs, strict=True):
        if not isinstance(param, t.ParamTy) or not isinstance(fcx.store.exprs[arg], h.Closure):
            continue
        for p in predicates_of(fcx.db, kernel):
            if _is_about(fcx.db, p, param):
                fcx.icx.register(t.erase_regions(t.subst(p, args)), expr)
        wanted = args[param.index]
        assert isinstance(wanted, t.Ty)
        found[arg] = wanted
    return found


def _is_about(db: Database, p: t.Predicate, param: t.ParamTy) -> bool:
    """Whether a bound says how the parameter is called."""
    if isinstance(p, t.TraitPredicate):
        return p.trait_ref.args[0] is param and lang_name_of(db, p.trait_ref.def_id) in _FN_TRAITS
    if isinstance(p, t.ProjectionPredicate) and p.alias.def_id.parent is not None:
        return p.alias.args[0] is param and lang_name_of(db, p.alias.def_id.parent) in _FN_TRAITS
    return False
