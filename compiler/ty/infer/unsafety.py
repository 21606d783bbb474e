"""Unsafety checking (E0133): operations that need ``unsafe``, found in HIR with inference results.

Needs unsafe: calling an ``unsafe fn`` (or through an unsafe fn pointer), dereferencing a raw pointer, using a
``static mut`` (except to take its raw address), reading a union field, ``ptx_asm!``. The body of an ``unsafe fn``
counts as unsafe context (rustc's ``unsafe_op_in_unsafe_fn`` is a lint, not an error), and so does that of a
``#[custom_mir]`` function. Closures inherit the context they are written in.
"""

from __future__ import annotations

from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.resolve.attrs import attributes
from compiler.ty import types as t
from compiler.ty.infer.context import FnCtxt
from compiler.ty.infer.errors import Coded
from compiler.ty.infer.uses import children
from compiler.ty.results import DefRes


def check_unsafety(fcx: FnCtxt) -> None:
    """Report every unsafe operation outside an unsafe context."""
    if _is_unsafe_fn(fcx, fcx.owner) or _is_custom_mir(fcx):
        return
    stack: list[tuple[h.ExprId, bool]] = [(fcx.body.root, False)]
    stack += [(anon.expr, False) for i, anon in enumerate(fcx.store.anon_consts) if i in fcx.result.anon_consts]
    while stack:
        expr, raw_address = stack.pop()
        node = fcx.store.exprs[expr]
        if isinstance(node, h.Block) and node.is_unsafe:
            continue
        fault = _needs_unsafe(fcx, expr, node, raw_address)
        if fault is not None:
            what, why = fault
            text = f"{what} is unsafe and requires unsafe function or block"
            fcx.error(Coded(fcx.span(expr), "E0133", text, what.split(" to ")[0] if " to " in what else what, why))
        raw_child = isinstance(node, h.AddrOf) and node.raw
        written = _written_union_fields(fcx, node)
        stack.extend((child, raw_child) for child in reversed(children(node)) if child not in written)
        stack.extend((base, False) for base in written.values())


def _written_union_fields(fcx: FnCtxt, node: h.Expr) -> dict[h.ExprId, h.ExprId]:
    """The target of an assignment that ends in fields of a union, with the expression below those fields: writing a
    union field reads nothing (its type has no destructor, or the union would not be accepted)."""
    if not isinstance(node, h.Assign):
        return {}
    at = node.target
    is_union = False
    while isinstance(field := fcx.store.exprs[at], h.FieldAccess) and at not in fcx.result.methods:
        base = fcx.result.expr_types.get(field.base)
        if not isinstance(base, t.AdtTy | t.TupleTy):
            break
        is_union = is_union or (isinstance(base, t.AdtTy) and base.def_id.kind is DefKind.UNION)
        at = field.base
    return {node.target: at} if is_union else {}


def _is_unsafe_fn(fcx: FnCtxt, def_id: DefId) -> bool:
    if def_id.kind is not DefKind.FN:
        return False
    from compiler.ty.collect import fn_sig

    return bool(fn_sig(fcx.db, def_id).is_unsafe)


def _is_custom_mir(fcx: FnCtxt) -> bool:
    return any(attr.path.rpartition("::")[2] == "custom_mir" for attr in attributes(fcx.db, fcx.owner))


def _callee_is_unsafe(fcx: FnCtxt, expr: h.ExprId) -> str | None:
    """The name of the unsafe function a call or method call reaches."""
    node = fcx.store.exprs[expr]
    if isinstance(node, h.MethodCall):
        res = fcx.result.methods.get(expr)
        return res.def_id.name if res is not None and _is_unsafe_fn(fcx, res.def_id) else None
    if isinstance(node, h.Call):
        ty = fcx.result.expr_types.get(node.callee)
        if isinstance(ty, t.FnDefTy):
            return ty.def_id.name if _is_unsafe_fn(fcx, ty.def_id) else None
        if isinstance(ty, t.FnPtrTy) and ty.is_unsafe:
            return "fn pointer"
    return None


def _needs_unsafe(fcx: FnCtxt, expr: h.ExprId, node: h.Expr, raw_address: bool) -> tuple[str, str] | None:
    if isinstance(node, h.Call | h.MethodCall):
        name = _callee_is_unsafe(fcx, expr)
        if name is not None:
            return f"call to unsafe function `{name}`", "consult the function's documentation for what must hold"
    elif isinstance(node, h.Unary) and node.op == "*":
        if not raw_address and isinstance(fcx.result.expr_types.get(node.expr), t.PtrTy):
            return "dereference of raw pointer", "raw pointers may be null, dangling or unaligned"
    elif isinstance(node, h.PathExpr):
        res = fcx.result.values.get(expr)
        if (
            isinstance(res, DefRes)
            and res.def_id.kind is DefKind.STATIC
            and not raw_address
            and _is_mutable(fcx, res.def_id)
        ):
            return (
                "use of mutable static",
                "mutable statics can be mutated by multiple threads: aliasing or data races are undefined",
            )
    elif isinstance(node, h.FieldAccess):
        base = fcx.result.expr_types.get(node.base)
        if isinstance(base, t.AdtTy) and base.def_id.kind is DefKind.UNION and not raw_address:
            return "access to union field", "the field may not be properly initialized"
    elif isinstance(node, h.PtxAsm):
        return "use of inline assembly", "inline assembly is not checked by the compiler"
    return None


def _is_mutable(fcx: FnCtxt, static: DefId) -> bool:
    from compiler.resolve.lowering import signature

    decl = signature(fcx.db, static)
    return isinstance(decl, h.ConstDecl) and decl.mutable
