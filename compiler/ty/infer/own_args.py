"""Generic arguments written after a name in a body: ``f::<u32, 4>``.

What it is: :func:`own_args` puts the written arguments in the place of the inferred ones. Assumes: ``args`` is complete
(fresh variables, lifetimes erased). Guarantees: written lifetimes are counted (E0107, E0794) and otherwise left to the
borrow checker; where the count of a path's arguments is wrong, all stay inferred (a method's are taken as far as they
go, as in rustc).

Example: for ``fn f<T, const N: usize>()``, ``f::<u32>`` is E0107 and ``f::<u32, 4>`` is ``[u32, 4]``.
"""

from __future__ import annotations

from typing import Any

from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.ty import types as t
from compiler.ty.generics import Generics, generics_of
from compiler.ty.infer.context import FnCtxt
from compiler.ty.infer.errors import Coded


def own_args(
    fcx: FnCtxt, def_id: DefId, segment: h.PathSegment | None, args: t.GenericArgs, is_method_call: bool = False
) -> t.GenericArgs:
    """Overwrite the definition's own parameters with turbofish arguments (lifetimes and synthetic ones stay)."""
    from compiler.ty.collect import param_default

    if segment is None or segment.args is None:
        return args
    generics = generics_of(fcx.db, def_id)
    slots = [p for p in generics.own if p.kind != "lifetime" and not p.synthetic]
    given = [a for a in segment.args.args if not isinstance(a, h.LifetimeRef)]
    fits = _check_lifetimes(fcx, def_id, generics, segment.args, is_method_call)
    n_required = sum(not p.has_default for p in slots)
    if len(given) > len(slots) or 0 < len(given) < n_required:
        _wrong_count(fcx, def_id, segment.args, "generic", len(slots), len(given))
        fits = False
    if not fits and not is_method_call:
        return args
    out = list(args)
    for param, arg in zip(slots, given, strict=False):
        out[param.index] = _lower_arg(fcx, param, arg)
    for param in slots[len(given) :] if given else ():
        if param.has_default:
            out[param.index] = t.subst(param_default(fcx.db, param.owner, param.index), tuple(out[: param.index]))
    return tuple(out)


def _check_lifetimes(
    fcx: FnCtxt, def_id: DefId, generics: Generics, written: h.GenericArgsRef, is_method_call: bool
) -> bool:
    n_given = sum(isinstance(a, h.LifetimeRef) for a in written.args)
    n_early = sum(p.kind == "lifetime" for p in generics.own)
    if not n_given or n_given == n_early:
        return True
    if not (generics.late_bound or _has_elided(fcx, def_id)):
        _wrong_count(fcx, def_id, written, "lifetime", n_early, n_given)
        return False
    if not is_method_call:
        text = "cannot specify lifetime arguments explicitly if late bound lifetime parameters are present"
        first = next(a for a in written.args if isinstance(a, h.LifetimeRef))
        fcx.error(Coded(first.span, "E0794", text, help="leave the lifetimes out: they are inferred at each call"))
    return is_method_call


def _has_elided(fcx: FnCtxt, def_id: DefId) -> bool:
    """A lifetime without a name among the parameters of a function is late bound as well."""
    from compiler.ty.collect import fn_sig

    return def_id.kind is DefKind.FN and any(ty.flags & t.HAS_BOUND for ty in fn_sig(fcx.db, def_id).inputs)


def _wrong_count(fcx: FnCtxt, def_id: DefId, written: h.GenericArgsRef, what: str, n_wanted: int, n_given: int) -> None:
    text = f"`{def_id.name}` takes {n_wanted} {what} arguments but {n_given} were supplied"
    fcx.error(Coded(written.span, "E0107", text, f"`{def_id.name}` expects {n_wanted}"))


def _lower_arg(fcx: FnCtxt, param: Any, arg: Any) -> t.GenericArg:
    if param.kind == "const":
        expected = fcx.lowering.const_param_ty(param)
        if isinstance(arg, h.InferType):
            return fcx.icx.fresh_const()
        lowered: t.Const = fcx.lowering.lower_const_arg(arg, expected)
        return lowered
    return fcx.lower_ty(arg, complete=True) if not isinstance(arg, h.ConstArgRef) else t.ERROR
