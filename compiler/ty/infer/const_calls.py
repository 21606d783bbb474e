"""Calls of functions that are not ``const`` from what is evaluated at compile time (E0015).

What it is: a walk over the body of a const, a static or a ``const fn`` with its inference result. Assumes: inference
is done. Guarantees: only functions of the user's crates are told; the library's own ``const`` marks are not complete.

Example: ``const N: u32 = count();`` with ``fn count() -> u32``: E0015 at the call.
"""

from __future__ import annotations

from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.resolve.def_map import crate_description
from compiler.ty.infer.context import FnCtxt
from compiler.ty.infer.errors import Coded
from compiler.ty.infer.uses import children
from compiler.ty.results import DefRes


def check_const_calls(fcx: FnCtxt) -> None:
    """Report each call, unless the body is ordinary run-time code."""
    what = _evaluated(fcx)
    if what is None:
        return
    stack = [fcx.body.root]
    while stack:
        expr = stack.pop()
        node = fcx.store.exprs[expr]
        if isinstance(node, h.Closure):
            continue
        callee = _callee(fcx, expr, node)
        if callee is not None and _is_run_time(fcx, callee):
            text = f"cannot call non-const {_noun(callee)} `{callee.name}` in {what}"
            note = f"calls in {what} are limited to constant functions, tuple structs and tuple variants"
            fcx.error(Coded(fcx.span(expr), "E0015", text, "", note))
        stack.extend(reversed(children(node)))


def _evaluated(fcx: FnCtxt) -> str | None:
    kind = fcx.owner.kind
    if kind in (DefKind.CONST, DefKind.ANON_CONST):
        return "constants"
    if kind is DefKind.STATIC:
        return "statics"
    return "constant functions" if kind is DefKind.FN and _is_const(fcx, fcx.owner) else None


def _is_const(fcx: FnCtxt, def_id: DefId) -> bool:
    from compiler.ty.collect import fn_sig

    return bool(fn_sig(fcx.db, def_id).is_const)


def _callee(fcx: FnCtxt, expr: h.ExprId, node: h.Expr) -> DefId | None:
    res: object = None
    if isinstance(node, h.MethodCall):
        res = fcx.result.methods.get(expr)
    elif isinstance(node, h.Call):
        res = fcx.result.values.get(node.callee)
    return res.def_id if isinstance(res, DefRes) and res.def_id.kind is DefKind.FN else None


def _is_run_time(fcx: FnCtxt, callee: DefId) -> bool:
    description = crate_description(fcx.db, callee.krate)
    is_library = description is None or description.is_library
    return not is_library and not _is_const(fcx, callee)


def _noun(callee: DefId) -> str:
    return "function" if callee.parent is None or callee.parent.kind is not DefKind.IMPL else "associated function"
