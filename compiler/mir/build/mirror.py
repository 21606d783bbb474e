"""HIR expressions to THIR: one node at a time, with adjustments applied (rustc's ``thir/cx/expr.rs``).

``mirror(b, expr)`` gives the node of an ``ExprId`` after all of its adjustments. Overloaded operators, indexing,
dereferences and calls through ``Fn*`` become :class:`thir.Call` of the trait's method; comparison operators and
``op=`` borrow their operands, indexing and deref their base, unless inference recorded that borrow as an adjustment
already.

Assumes: ids are of ``b.cx.body``'s store and the result is its InferenceResult. Guarantees: never raises on bodies
with errors: what has no meaning becomes ``thir.Unsupported`` with an empty construct.

Example: ``a += b`` on ``u32`` is ``AssignOp(ADD, a, b)``; on ``Complex`` it is ``Call(AddAssign::add_assign,
[Borrow(&two_phase mut a), b])``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from compiler.base.span import Span
from compiler.hir import nodes as hir
from compiler.mir import body as m
from compiler.mir.build import mirror_call, thir, user_args
from compiler.mir.build.builder import Builder
from compiler.mir.build.constants import literal_constant
from compiler.resolve.lang import lang_item
from compiler.ty import results as r
from compiler.ty import types as t

BIN_OPS: Final[dict[str, m.BinOp]] = {
    "+": m.BinOp.ADD,
    "-": m.BinOp.SUB,
    "*": m.BinOp.MUL,
    "/": m.BinOp.DIV,
    "%": m.BinOp.REM,
    "^": m.BinOp.BIT_XOR,
    "&": m.BinOp.BIT_AND,
    "|": m.BinOp.BIT_OR,
    "<<": m.BinOp.SHL,
    ">>": m.BinOp.SHR,
    "==": m.BinOp.EQ,
    "<": m.BinOp.LT,
    "<=": m.BinOp.LE,
    "!=": m.BinOp.NE,
    ">=": m.BinOp.GE,
    ">": m.BinOp.GT,
}
COMPARISONS: Final = frozenset(("==", "!=", "<", "<=", ">", ">="))
POINTER_CASTS: Final[dict[str, m.CastKind]] = {
    "ReifyFnPointer": m.CastKind.REIFY_FN_POINTER,
    "UnsafeFnPointer": m.CastKind.UNSAFE_FN_POINTER,
    "ClosureFnPointer": m.CastKind.CLOSURE_FN_POINTER,
    "MutToConstPointer": m.CastKind.MUT_TO_CONST_POINTER,
    "Unsize": m.CastKind.UNSIZE,
}


def mirror(b: Builder, ref: thir.ExprRef) -> thir.Expr:
    """The node of an expression, adjusted; nodes pass through."""
    if type(ref) is not int:
        return ref  # type: ignore[return-value]
    expr = unadjusted(b, ref)
    adjusts = b.cx.res.adjustments.get(ref)
    if adjusts is not None:
        for adjust in adjusts:
            expr = _adjust(b, ref, expr, adjust)
    return expr


def unadjusted(b: Builder, id: int) -> thir.Expr:
    node = b.cx.exprs[id]
    rule = _RULES[type(node)]
    ty = b.cx.expr_types.get(id, t.ERROR)
    return rule(b, id, node, ty, b.cx.spans[id])


def error_expr(ty: t.Ty, span: Span, id: int, children: tuple[int, ...] = ()) -> thir.Expr:
    """An expression whose fault was reported already."""
    return thir.Unsupported(ty, span, id, "", children)


# ---------------------------------------------------------------- adjustments


def _adjust(b: Builder, id: int, expr: thir.Expr, adjust: r.Adjust) -> thir.Expr:
    span = expr.span
    if isinstance(expr, thir.Block) and expr.block.tail is not None:
        span = b.cx.spans[expr.block.tail]
    if type(adjust) is r.DerefAdjust:
        if adjust.overloaded is None:
            return thir.Deref(adjust.target, span, id, expr)
        return overloaded_deref(b, id, expr, adjust.target, adjust.overloaded == "DerefMut", span)
    if type(adjust) is r.BorrowAdjust:
        if adjust.raw:
            return thir.RawBorrow(adjust.target, span, id, adjust.mutable, expr)
        return thir.Borrow(adjust.target, span, id, borrow_kind(adjust.mutable, adjust.two_phase), expr)
    if type(adjust) is r.PointerAdjust:
        return thir.Cast(adjust.target, span, id, POINTER_CASTS[adjust.cast], expr)
    return thir.NeverToAny(adjust.target, span, id, expr)


def borrow_kind(mutable: bool, two_phase: bool = False) -> m.BorrowKind:
    if not mutable:
        return m.BorrowKind.SHARED
    return m.BorrowKind.TWO_PHASE_MUT if two_phase else m.BorrowKind.MUT


def overloaded_deref(b: Builder, id: int, base: thir.Expr, target: t.Ty, mutable: bool, span: Span) -> thir.Expr:
    """``*Deref::deref(&base)``."""
    method = b.cx.lang_method("deref_mut" if mutable else "deref")
    if method is None:
        return error_expr(target, span, id)
    arg = thir.Borrow(t.RefTy(t.ERASED, base.ty, mutable), span, id, borrow_kind(mutable), base)
    fun = mirror_call.fn_constant(method, (base.ty,), span)
    call = thir.Call(t.RefTy(t.ERASED, target, mutable), span, id, fun, (arg,), span, True)
    return thir.Deref(target, span, id, call)


# ---------------------------------------------------------------- leaves


def _literal(b: Builder, id: int, node: hir.Literal, ty: t.Ty, span: Span) -> thir.Expr:
    value = literal_constant(node, ty)
    return error_expr(ty, span, id) if value is None else thir.Constant(ty, span, id, value)


def _path(b: Builder, id: int, node: hir.PathExpr, ty: t.Ty, span: Span) -> thir.Expr:
    res = b.cx.res.values.get(id)
    if isinstance(res, r.LocalRes):
        return thir.VarRef(ty, span, id, res.pat)
    if isinstance(res, r.ConstParamRes):
        return thir.Constant(ty, span, id, m.ParamConst(res.const, ty))
    if res is None:
        return error_expr(ty, span, id)
    return mirror_call.item_value(b, id, res, ty, span)


def _inline_const(b: Builder, id: int, node: hir.InlineConst, ty: t.Ty, span: Span) -> thir.Expr:
    def_id = b.cx.anon_const(node.anon)
    return thir.Constant(ty, span, id, m.UnevaluatedConst(def_id, b.cx.identity_args, ty))


# ---------------------------------------------------------------- places and operators


def _field(b: Builder, id: int, node: hir.FieldAccess, ty: t.Ty, span: Span) -> thir.Expr:
    index = b.cx.res.fields.get(id)
    if index is None:
        return error_expr(ty, span, id, (node.base,))
    return thir.Field(ty, span, id, node.base, index)


def _index(b: Builder, id: int, node: hir.Index, ty: t.Ty, span: Span) -> thir.Expr:
    method = b.cx.res.methods.get(id)
    if method is None:
        return thir.Index(ty, span, id, node.base, node.index)
    mutable = method.def_id.name == "index_mut"
    base = mirror_call.by_reference(b, node.base, method.args, mutable)
    fun = mirror_call.fn_constant(method.def_id, method.args, span)
    call = thir.Call(t.RefTy(t.ERASED, ty, mutable), span, id, fun, (base, node.index), span, True)
    return thir.Deref(ty, span, id, call)


def _unary(b: Builder, id: int, node: hir.Unary, ty: t.Ty, span: Span) -> thir.Expr:
    method = b.cx.res.methods.get(id)
    if node.op == "*":
        if method is None:
            return thir.Deref(ty, span, id, node.expr)
        mutable = method.def_id.name == "deref_mut"
        base = mirror_call.by_reference(b, node.expr, method.args, mutable)
        fun = mirror_call.fn_constant(method.def_id, method.args, span)
        return thir.Deref(ty, span, id, thir.Call(t.RefTy(t.ERASED, ty, mutable), span, id, fun, (base,), span, True))
    if method is not None:
        fun = mirror_call.fn_constant(method.def_id, method.args, span)
        return thir.Call(ty, span, id, fun, (node.expr,), span, True)
    operand = b.cx.exprs[node.expr]
    if node.op == "-" and isinstance(operand, hir.Literal):
        value = literal_constant(operand, ty, True)
        if value is not None:
            return thir.Constant(ty, span, id, value)
    return thir.Unary(ty, span, id, m.UnOp.NEG if node.op == "-" else m.UnOp.NOT, node.expr)


def _binary(b: Builder, id: int, node: hir.Binary, ty: t.Ty, span: Span) -> thir.Expr:
    op = node.op
    if op in ("&&", "||"):
        return thir.LogicalOp(ty, span, id, op == "&&", node.left, node.right)
    method = b.cx.res.methods.get(id)
    if method is None:
        return thir.Binary(ty, span, id, BIN_OPS[op], node.left, node.right)
    left: thir.ExprRef = node.left
    right: thir.ExprRef = node.right
    if op in COMPARISONS:
        left = mirror_call.by_reference(b, left, method.args, False)
        right = mirror_call.by_reference(b, right, method.args[1:], False)
    fun = mirror_call.fn_constant(method.def_id, method.args, node.op_span)
    return thir.Call(ty, span, id, fun, (left, right), span, True)


def _assign_op(b: Builder, id: int, node: hir.AssignOp, ty: t.Ty, span: Span) -> thir.Expr:
    method = b.cx.res.methods.get(id)
    if method is None:
        return thir.AssignOp(ty, span, id, BIN_OPS[node.op], node.target, node.value)
    target = mirror_call.by_reference(b, node.target, method.args, True, True)
    fun = mirror_call.fn_constant(method.def_id, method.args, node.op_span)
    return thir.Call(ty, span, id, fun, (target, node.value), span, True)


def _assign(b: Builder, id: int, node: hir.Assign, ty: t.Ty, span: Span) -> thir.Expr:
    return thir.Assign(ty, span, id, node.target, node.value)


def _addr_of(b: Builder, id: int, node: hir.AddrOf, ty: t.Ty, span: Span) -> thir.Expr:
    if node.raw:
        return thir.RawBorrow(ty, span, id, node.mutable, node.expr)
    return thir.Borrow(ty, span, id, borrow_kind(node.mutable), node.expr)


_CAST_KINDS: Final[dict[str, m.CastKind]] = {
    **{k.name: k for k in m.CastKind},
    **{k.value: k for k in m.CastKind},
    **POINTER_CASTS,
}


def _cast(b: Builder, id: int, node: hir.Cast, ty: t.Ty, span: Span) -> thir.Expr:
    kind = b.cx.res.casts.get(id)
    made: thir.Expr
    if kind == "coercion":
        made = thir.Use(ty, span, id, node.expr)
    else:
        found = _CAST_KINDS.get(kind or "")
        if found is None:
            return error_expr(ty, span, id, (node.expr,))
        made = thir.Cast(ty, span, id, found, node.expr)
    user_ty = b.cx.user_type(node.ty)
    return made if user_ty is None else thir.Ascribed(ty, span, id, made, user_ty)


# ---------------------------------------------------------------- aggregates and control flow


def _block(b: Builder, id: int, node: hir.Block, ty: t.Ty, span: Span) -> thir.Expr:
    return thir.Block(ty, span, id, node)


def _if(b: Builder, id: int, node: hir.If, ty: t.Ty, span: Span) -> thir.Expr:
    return thir.If(ty, span, id, node.cond, node.then_branch, node.else_branch)


def _let(b: Builder, id: int, node: hir.Let, ty: t.Ty, span: Span) -> thir.Expr:
    return thir.Let(ty, span, id, node.pat, node.expr)


def _match(b: Builder, id: int, node: hir.Match, ty: t.Ty, span: Span) -> thir.Expr:
    return thir.Match(ty, span, id, node.scrutinee, node.arms)


def _loop(b: Builder, id: int, node: hir.Loop, ty: t.Ty, span: Span) -> thir.Expr:
    unroll: int | t.Const | None = node.unroll
    if unroll is None and node.unroll_anon is not None:
        unroll = b.cx.anon_value(node.unroll_anon)
        if unroll is None:
            unroll = t.const_unevaluated(b.cx.anon_const(node.unroll_anon), b.cx.identity_args, t.u32)
    return thir.Loop(ty, span, id, node.body, unroll)


def _break(b: Builder, id: int, node: hir.Break, ty: t.Ty, span: Span) -> thir.Expr:
    target = b.cx.res.loop_labels.get(id)
    return error_expr(ty, span, id) if target is None else thir.Break(ty, span, id, target, node.expr)


def _continue(b: Builder, id: int, node: hir.Continue, ty: t.Ty, span: Span) -> thir.Expr:
    target = b.cx.res.loop_labels.get(id)
    return error_expr(ty, span, id) if target is None else thir.Continue(ty, span, id, target)


def _return(b: Builder, id: int, node: hir.Return, ty: t.Ty, span: Span) -> thir.Expr:
    return thir.Return(ty, span, id, node.expr)


def _closure(b: Builder, id: int, node: hir.Closure, ty: t.Ty, span: Span) -> thir.Expr:
    facts = b.cx.res.closures.get(id)
    return error_expr(ty, span, id) if facts is None else thir.Closure(ty, span, id, facts)


def _tuple(b: Builder, id: int, node: hir.Tuple, ty: t.Ty, span: Span) -> thir.Expr:
    if not node.elems:
        return thir.Constant(t.UNIT, span, id, m.ZeroSizedConst(t.UNIT))
    return thir.Tuple(ty, span, id, node.elems)


def _array(b: Builder, id: int, node: hir.Array, ty: t.Ty, span: Span) -> thir.Expr:
    return thir.Array(ty, span, id, ty.ty if isinstance(ty, t.ArrayTy) else t.ERROR, node.elems)


def _repeat(b: Builder, id: int, node: hir.Repeat, ty: t.Ty, span: Span) -> thir.Expr:
    count = b.cx.res.repeat_counts.get(id)
    if count is None:
        count = ty.len if isinstance(ty, t.ArrayTy) else t.CONST_ERROR
    return thir.Repeat(ty, span, id, node.elem, count)


def _record(b: Builder, id: int, node: hir.RecordLit, ty: t.Ty, span: Span) -> thir.Expr:
    variant = b.cx.res.variants.get(id)
    indices = b.cx.res.record_fields.get(id)
    if variant is None or indices is None or not isinstance(ty, t.AdtTy):
        return error_expr(ty, span, id, tuple(f.expr for f in node.fields))
    fields = tuple((i, f.expr) for i, f in zip(indices, node.fields, strict=False))
    written = user_args.path_args(b.cx, node.path, variant)
    return thir.Adt(ty, span, id, ty.def_id, b.cx.variant_index(variant), ty.args, fields, node.base, written)


def _printf(b: Builder, id: int, node: hir.Printf, ty: t.Ty, span: Span) -> thir.Expr:
    return thir.Printf(ty, span, id, node.format, node.args)


def _asm(b: Builder, id: int, node: hir.PtxAsm, ty: t.Ty, span: Span) -> thir.Expr:
    return thir.InlineAsm(ty, span, id, node)


def _unsupported(b: Builder, id: int, node: hir.UnsupportedExpr, ty: t.Ty, span: Span) -> thir.Expr:
    return thir.Unsupported(ty, span, id, node.construct, node.children)


def _offset_of(b: Builder, id: int, node: hir.OffsetOf, ty: t.Ty, span: Span) -> thir.Expr:
    """The sum of one ``core::intrinsics::offset_of::<T, VARIANT, FIELD>()`` a step."""
    intrinsic = lang_item(b.cx.db, "offset_of")
    steps = b.cx.res.field_steps.get(id)
    if steps is None or intrinsic is None:
        return error_expr(ty, span, id)
    total: thir.Expr | None = None
    for container, variant, field in steps:
        args = (t.erase_regions(container), t.const_value(variant, t.u32), t.const_value(field, t.u32))
        offset = thir.Call(t.usize, span, id, mirror_call.fn_constant(intrinsic, args, span), (), span)
        total = offset if total is None else thir.Binary(t.usize, span, id, m.BinOp.ADD, total, offset)
    return total if total is not None else thir.Constant(t.usize, span, id, m.ScalarConst(0, t.usize))


def _missing(b: Builder, id: int, node: hir.MissingExpr, ty: t.Ty, span: Span) -> thir.Expr:
    return error_expr(ty, span, id)


_RULES: Final[dict[type, Callable[[Builder, int, Any, t.Ty, Span], thir.Expr]]] = {
    hir.Literal: _literal,
    hir.PathExpr: _path,
    hir.InlineConst: _inline_const,
    hir.FieldAccess: _field,
    hir.Index: _index,
    hir.Unary: _unary,
    hir.Binary: _binary,
    hir.AssignOp: _assign_op,
    hir.Assign: _assign,
    hir.AddrOf: _addr_of,
    hir.Cast: _cast,
    hir.Block: _block,
    hir.If: _if,
    hir.Let: _let,
    hir.Match: _match,
    hir.Loop: _loop,
    hir.Break: _break,
    hir.Continue: _continue,
    hir.Return: _return,
    hir.Closure: _closure,
    hir.Tuple: _tuple,
    hir.Array: _array,
    hir.Repeat: _repeat,
    hir.RecordLit: _record,
    hir.Printf: _printf,
    hir.PtxAsm: _asm,
    hir.UnsupportedExpr: _unsupported,
    hir.OffsetOf: _offset_of,
    hir.MissingExpr: _missing,
    hir.Call: mirror_call.call,
    hir.MethodCall: mirror_call.method_call,
}
