"""Calls, item values and constructors, mirrored to THIR.

- ``f(a)`` of a function item or pointer: the callee operand and the arguments.
- ``Some(x)``, ``Point(x, y)``, ``Self(x)``: an aggregate, when called directly; as a value, a constructor is a
  ``FnDef``.
- ``f(a)`` of a closure or ``F: Fn*``: the rust-call convention, ``Fn*::call*(f, (a,))``.
- ``x.m(a)``: the method with the adjusted receiver first.

Assumes ``methods``/``values`` of the InferenceResult. Guarantees: as :mod:`compiler.mir.build.mirror`.

Example: ``f(1, 2)`` with ``f: F, F: Fn(u32, u32)`` is ``Call(<F as Fn<(u32, u32)>>::call, [&f, (1, 2)])``.
"""

from __future__ import annotations

from compiler.base.span import Span
from compiler.hir import nodes as hir
from compiler.hir.def_id import DefId, DefKind
from compiler.mir import body as m
from compiler.mir.build import mirror as mirror_mod
from compiler.mir.build import thir, user_args
from compiler.mir.build.builder import Builder
from compiler.ty import results as r
from compiler.ty import types as t
from compiler.ty.collect import fn_sig

_CALL_METHODS = {"Fn": "call", "FnMut": "call_mut", "FnOnce": "call_once"}
_BY_KIND = {"Fn": False, "FnMut": True}


def fn_constant(def_id: DefId, args: t.GenericArgs, span: Span) -> thir.Constant:
    """The zero-sized function item as an expression."""
    ty = t.FnDefTy(def_id, args)
    return thir.Constant(ty, span, -1, m.ZeroSizedConst(ty))


def by_reference(
    b: Builder, ref: thir.ExprRef, args: t.GenericArgs, mutable: bool, two_phase: bool = False
) -> thir.ExprRef:
    """The operand of an overloaded operator that takes ``&Self`` (``args[0]``): borrowed, unless adjusted to a
    reference already.
    """
    expr = mirror_mod.mirror(b, ref)
    ty = expr.ty
    if isinstance(ty, t.RefTy) and (not args or ty.ty is args[0]) and not (args and ty is args[0]):
        if ty.mutable == mutable:
            return ref
    kind = mirror_mod.borrow_kind(mutable, two_phase)
    return thir.Borrow(t.RefTy(t.ERASED, ty, mutable), expr.span, expr.id, kind, expr, True)


def item_value(b: Builder, id: int, res: r.DefRes | r.SelfCtorRes, ty: t.Ty, span: Span) -> thir.Expr:
    """A path to an item as a value."""
    def_id = res.def_id
    node = b.cx.exprs[id] if id >= 0 else None
    written = user_args.path_args(b.cx, node.path, def_id) if isinstance(node, hir.PathExpr) else ()
    if isinstance(ty, t.FnDefTy):
        return thir.Constant(ty, span, id, m.ZeroSizedConst(ty), written)
    if def_id.kind is DefKind.FN:
        fn_ty = t.FnDefTy(def_id, res.args)
        return thir.Constant(fn_ty, span, id, m.ZeroSizedConst(fn_ty), written)
    if def_id.kind is DefKind.STATIC:
        pointer = b.cx.static_pointer(def_id, ty)
        base = thir.Constant(pointer, span, id, m.StaticRef(def_id, pointer))
        return thir.Deref(ty, span, id, base)
    if isinstance(ty, t.AdtTy) and def_id.kind in (DefKind.STRUCT, DefKind.VARIANT):
        return thir.Adt(ty, span, id, ty.def_id, b.cx.variant_index(def_id), ty.args, (), None, written)
    if def_id.kind in (DefKind.CONST, DefKind.ANON_CONST):
        return thir.Constant(ty, span, id, m.UnevaluatedConst(def_id, res.args, ty), written)
    return mirror_mod.error_expr(ty, span, id)


def call(b: Builder, id: int, node: hir.Call, ty: t.Ty, span: Span) -> thir.Expr:
    cx = b.cx
    kind = cx.res.closure_calls.get(id)
    if kind is not None or id in cx.res.methods:
        return _overloaded_call(b, id, node, kind, ty, span)
    callee = cx.exprs[node.callee]
    if isinstance(callee, hir.PathExpr) and node.callee not in cx.res.adjustments:
        res = cx.res.values.get(node.callee)
        if isinstance(res, (r.DefRes, r.SelfCtorRes)) and res.def_id.kind in (DefKind.STRUCT, DefKind.VARIANT):
            if isinstance(ty, t.AdtTy):
                fields = tuple(enumerate(node.args))
                index, written = cx.variant_index(res.def_id), user_args.path_args(cx, callee.path, res.def_id)
                return thir.Adt(ty, span, id, ty.def_id, index, ty.args, fields, None, written)
    callee_ty = cx.expr_ty_adjusted(node.callee)
    if not isinstance(callee_ty, (t.FnDefTy, t.FnPtrTy)):
        return mirror_mod.error_expr(ty, span, id, (node.callee, *node.args))
    return thir.Call(ty, span, id, node.callee, _declared_args(b, callee_ty, node.args), span)


def _declared_args(b: Builder, callee: t.FnDefTy | t.FnPtrTy, args: tuple[int, ...]) -> tuple[int, ...]:
    """Without the launch context that a generic kernel may be handed."""
    if not isinstance(callee, t.FnDefTy) or callee.def_id.kind is not DefKind.FN:
        return args
    sig = fn_sig(b.cx.db, callee.def_id)
    return args if sig.is_variadic else args[: len(sig.inputs)]


def _overloaded_call(b: Builder, id: int, node: hir.Call, kind: str | None, ty: t.Ty, span: Span) -> thir.Expr:
    cx = b.cx
    method = cx.res.methods.get(id)
    tuple_ty = t.TupleTy(tuple([cx.expr_ty_adjusted(a) for a in node.args]))
    if method is None:
        assert kind is not None
        def_id = cx.lang_method(_CALL_METHODS[kind])
        if def_id is None:
            return mirror_mod.error_expr(ty, span, id, (node.callee, *node.args))
        method = r.DefRes(def_id, (_callee_ty(b, node.callee, kind), tuple_ty))
    kind = kind or {"call": "Fn", "call_mut": "FnMut"}.get(method.def_id.name, "FnOnce")
    callee: thir.ExprRef = node.callee
    if kind in _BY_KIND:
        callee = by_reference(b, callee, method.args, _BY_KIND[kind])
        if isinstance(callee, thir.Borrow) and callee.kind is m.BorrowKind.TWO_PHASE_MUT:
            callee.kind = m.BorrowKind.MUT  # rustc: no two-phase borrows for overloaded calls
    args = thir.Tuple(tuple_ty, span, -1, node.args)
    fun = fn_constant(method.def_id, method.args, cx.spans[node.callee])
    return thir.Call(ty, span, id, fun, (callee, args), span, True)


def _callee_ty(b: Builder, callee: int, kind: str) -> t.Ty:
    """``Self`` of the ``Fn*`` call: the callee's type without a by-reference adjustment."""
    adjusts = b.cx.res.adjustments.get(callee)
    if adjusts and isinstance(adjusts[-1], r.BorrowAdjust) and kind != "FnOnce":
        target = adjusts[-1].target
        assert isinstance(target, t.RefTy)
        return target.ty
    return b.cx.expr_ty_adjusted(callee)


def method_call(b: Builder, id: int, node: hir.MethodCall, ty: t.Ty, span: Span) -> thir.Expr:
    method = b.cx.res.methods.get(id)
    if method is None:
        return mirror_mod.error_expr(ty, span, id, (node.receiver, *node.args))
    fun = fn_constant(method.def_id, method.args, node.name_span)
    fun.user_args = user_args.method_args(b.cx, node.generic_args, method.def_id)
    fn_span = Span(node.name_span.start, span.end)
    return thir.Call(ty, span, id, fun, (node.receiver, *node.args), fn_span)
