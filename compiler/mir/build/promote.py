"""Promotion: ``&<constant expression>`` lives forever (rustc's ``promote_consts``, Rust reference "Constant
promotion").

What it is: a shared borrow of an expression made of literals, const items, constructors, arrays, tuples and
checked-free arithmetic, their fields and elements, and calls of a few functions of the library, which has no part with
a destructor or interior mutability, borrows a *promoted*: a body of its own that computes ``&value``, evaluated at
compile time. ``&mut []`` too. Reading ``TABLE[i]`` of a const item goes through a promoted ``&TABLE``, so the table
stays one global.

Assumes: types are inferred. Guarantees: evaluating a promoted cannot fail or have effects.

Example: ``let a: &[u32] = &[1, 2]`` gives ``promoted[0] = { _1 = [const 1, const 2]; _0 = &_1; return }``.
"""

from __future__ import annotations

from typing import Final

from compiler.base.span import Span
from compiler.hir import nodes as hir
from compiler.hir.def_id import DefKind
from compiler.mir import body as m
from compiler.mir.build import into, thir
from compiler.mir.build.builder import Builder
from compiler.mir.build.mirror import mirror
from compiler.mir.build.scope import pop_scope, push_scope
from compiler.resolve.lang import lang_item
from compiler.resolve.source import item_of
from compiler.ty import results as r
from compiler.ty import types as t
from compiler.ty.impls import drop_impl

_NEVER_PROMOTED: Final = (
    thir.VarRef,
    thir.Deref,
    thir.If,
    thir.Match,
    thir.Loop,
    thir.Block,
    thir.Let,
    thir.NeverToAny,
    thir.LogicalOp,
    thir.InlineAsm,
    thir.Printf,
    thir.Assign,
    thir.AssignOp,
    thir.Break,
    thir.Continue,
    thir.Return,
    thir.Unsupported,
)
_MAX_DEPTH: Final = 40


def is_table(b: Builder, expr: thir.Constant) -> bool:
    """A const item of array type that may be read in place."""
    if b.in_const or not isinstance(expr.value, m.UnevaluatedConst) or not isinstance(expr.ty, t.ArrayTy):
        return False
    return not b.cx.needs_drop(expr.ty) and b.cx.is_freeze(expr.ty)


def is_promotable_borrow(b: Builder, expr: thir.Borrow) -> bool:
    """``expr`` borrows a value that can be promoted. What a promoted borrows lives forever anyway."""
    if b.in_promoted:
        return False
    ref = expr.arg
    if type(ref) is not int and isinstance(ref, _NEVER_PROMOTED):
        return False
    node = b.cx.exprs[ref] if isinstance(ref, int) else None
    if expr.kind is not m.BorrowKind.SHARED or (isinstance(node, hir.Array) and not node.elems):
        arg = mirror(b, ref)
        return isinstance(arg, thir.Array) and not arg.elems
    if isinstance(ref, thir.Expr):
        if ref.id < 0 or not _value(b, ref.id, 0):
            return False
        return _is_fixed(b, ref.id, ref.ty, unadjusted=True)
    return _adjusted(b, ref, 0) and _is_fixed(b, ref, b.cx.expr_ty_adjusted(ref))


def is_promotable(b: Builder, expr: int) -> bool:
    """The value of an expression is a constant."""
    return _adjusted(b, expr, 0)


# ---------------------------------------------------------------- which expressions


def _adjusted(b: Builder, expr: int, depth: int) -> bool:
    for adjust in b.cx.res.adjustments.get(expr, ()):
        if isinstance(adjust, r.NeverToAny) or (isinstance(adjust, r.DerefAdjust) and adjust.overloaded):
            return False
        if isinstance(adjust, r.BorrowAdjust) and (adjust.mutable or adjust.raw):
            return False
    return _value(b, expr, depth)


def _value(b: Builder, expr: int, depth: int) -> bool:
    """Whether the unadjusted value is a constant expression."""
    node = b.cx.exprs[expr]
    if isinstance(node, hir.Literal):
        return True
    if depth > _MAX_DEPTH or expr in b.cx.res.methods:
        return False
    depth += 1
    if isinstance(node, hir.PathExpr):
        return _path(b, expr)
    if isinstance(node, hir.Closure):
        facts = b.cx.res.closures.get(expr)
        return facts is not None and not facts.captures
    if isinstance(node, hir.Unary):
        return node.op != "*" and _adjusted(b, node.expr, depth)
    if isinstance(node, hir.Binary):
        return _binary(b, node, depth)
    if isinstance(node, hir.Cast):
        return _cast(b, expr) and _adjusted(b, node.expr, depth)
    if isinstance(node, hir.AddrOf):
        return _borrow(b, node, depth)
    if isinstance(node, (hir.FieldAccess, hir.Index)):
        is_place = depth == 1  # what is borrowed itself; elsewhere the part is moved out of its value
        if not is_place and not b.cx.is_copy(b.cx.expr_types.get(expr, t.ERROR)):
            return False
        return _part(b, node.base, depth) if isinstance(node, hir.FieldAccess) else _element(b, node, depth)
    if isinstance(node, hir.Call) and _is_promotable_fn(b, node.callee):
        return all(_adjusted(b, arg, depth) for arg in node.args)
    children = _children(b, expr, node)
    return children is not None and all(_adjusted(b, child, depth) for child in children)


def _children(b: Builder, expr: int, node: hir.Expr) -> tuple[int, ...] | None:
    """The parts of an aggregate, all of which must be constant; None: not an aggregate."""
    if isinstance(node, (hir.Tuple, hir.Array)):
        return node.elems
    if isinstance(node, hir.Repeat):
        return (node.elem,)
    if isinstance(node, hir.RecordLit) and node.base is None:
        return tuple(f.expr for f in node.fields)
    if isinstance(node, hir.Call):
        res = b.cx.res.values.get(node.callee)
        is_ctor = isinstance(res, (r.DefRes, r.SelfCtorRes)) and res.def_id.kind in (DefKind.STRUCT, DefKind.VARIANT)
        return node.args if is_ctor else None
    return () if isinstance(node, hir.InlineConst) else None


def _part(b: Builder, base: int, depth: int) -> bool:
    """A field or element of a constant without destructor; of a union none."""
    ty = b.cx.expr_ty_adjusted(base)
    if isinstance(ty, t.AdtTy) and ty.def_id.kind is DefKind.UNION:
        return False
    is_dropped = b.cx.needs_drop(ty) and not _is_fixed(b, base, ty)
    is_place = isinstance(b.cx.exprs[base], (hir.FieldAccess, hir.Index))
    return not is_dropped and _adjusted(b, base, 0 if is_place else depth)


def _element(b: Builder, node: hir.Index, depth: int) -> bool:
    """An element that is known to be there."""
    ty, index = b.cx.expr_ty_adjusted(node.base), b.cx.exprs[node.index]
    if not isinstance(ty, t.ArrayTy) or not isinstance(ty.len.value, int):
        return False
    is_inside = isinstance(index, hir.Literal) and isinstance(index.value, int) and index.value < ty.len.value
    return is_inside and _part(b, node.base, depth)


def _is_promotable_fn(b: Builder, callee: int) -> bool:
    """A function of the library that is promised to stay computable at compile time (``#[oxide::promotable]``)."""
    res = b.cx.res.values.get(callee)
    if not isinstance(res, r.DefRes) or res.def_id.kind is not DefKind.FN:
        return False
    item = item_of(b.cx.db, res.def_id)
    return item is not None and item.attr("oxide::promotable") is not None


def _path(b: Builder, expr: int) -> bool:
    res = b.cx.res.values.get(expr)
    if isinstance(res, r.DefRes):
        if res.def_id.kind is DefKind.CONST:
            ty = b.cx.expr_types.get(expr, t.ERROR)
            return (not b.cx.needs_drop(ty) and b.cx.is_freeze(ty)) or _is_fixed_item(b, res, ty)
        return res.def_id.kind in (DefKind.STRUCT, DefKind.VARIANT, DefKind.FN)
    return isinstance(res, (r.ConstParamRes, r.SelfCtorRes))


def _binary(b: Builder, node: hir.Binary, depth: int) -> bool:
    if node.op in ("&&", "||"):
        return False
    if node.op in ("/", "%") and isinstance(b.cx.expr_types.get(node.right), t.IntTy):
        divisor = b.cx.exprs[node.right]
        if not isinstance(divisor, hir.Literal) or not divisor.value:
            return False
    left_ty = b.cx.expr_ty_adjusted(node.left)
    if not isinstance(left_ty, (t.IntTy, t.FloatTy)) and left_ty not in (t.bool_, t.char):
        return False
    return _adjusted(b, node.left, depth) and _adjusted(b, node.right, depth)


def _cast(b: Builder, expr: int) -> bool:
    kind = b.cx.res.casts.get(expr, "")
    ty = b.cx.expr_types.get(expr, t.ERROR)
    return kind == "coercion" or (
        isinstance(ty, (t.IntTy, t.FloatTy)) and "Expose" not in kind and "EXPOSE" not in kind
    )


def _borrow(b: Builder, node: hir.AddrOf, depth: int) -> bool:
    if node.raw:
        return False
    if node.mutable:
        inner = b.cx.exprs[node.expr]
        return isinstance(inner, hir.Array) and not inner.elems
    return _adjusted(b, node.expr, depth) and _is_fixed(b, node.expr, b.cx.expr_ty_adjusted(node.expr))


def _is_fixed(b: Builder, expr: int, ty: t.Ty, unadjusted: bool = False) -> bool:
    """Nothing can change in the value and nothing is dropped: by its type, or because this value has no such parts
    (``None`` of any type, ``[]``)."""
    if not b.cx.needs_drop(ty) and b.cx.is_freeze(ty):
        return True
    node = b.cx.exprs[expr]
    if not unadjusted and b.cx.res.adjustments.get(expr):
        return False
    if isinstance(node, (hir.FieldAccess, hir.Index)):
        return _is_fixed(b, node.base, b.cx.expr_ty_adjusted(node.base))
    parts = _children(b, expr, node)
    if isinstance(ty, t.AdtTy) and _has_rules(b, ty):
        return False
    if isinstance(node, hir.PathExpr):
        res = b.cx.res.values.get(expr)
        if isinstance(res, r.DefRes) and res.def_id.kind is DefKind.CONST:
            return _is_fixed_item(b, res, ty)
        is_unit = isinstance(res, r.DefRes) and res.def_id.kind in (DefKind.STRUCT, DefKind.VARIANT)
        parts = () if is_unit else None
    return parts is not None and all(_is_fixed(b, part, b.cx.expr_ty_adjusted(part)) for part in parts)


def _is_fixed_item(b: Builder, res: r.DefRes, ty: t.Ty) -> bool:
    from compiler.mir.build.const_parts import has_only_fixed_parts

    return has_only_fixed_parts(b.cx, res.def_id, res.args, ty)


def _has_rules(b: Builder, ty: t.AdtTy) -> bool:
    """Types that drop, or change, by themselves."""
    return drop_impl(b.cx.db, ty.def_id) is not None or ty.def_id is lang_item(b.cx.db, "unsafe_cell")


# ---------------------------------------------------------------- promoteds


def promoted_constant(b: Builder, expr: thir.Expr, mutable: bool = False) -> m.ConstValue:
    """``&value`` (or ``&mut value``) as a promoted constant."""
    return _promote(b, expr, True, mutable)


def promoted_value(b: Builder, expr: thir.Expr) -> m.ConstValue:
    """The value itself as a promoted constant."""
    return _promote(b, expr, False)


def promoted_reference(b: Builder, expr: thir.Expr, span: Span, mutable: bool = False) -> m.Place:
    """A temporary holding ``&value`` of a promoted."""
    constant = promoted_constant(b, expr, mutable)
    reference = b.temp(constant.ty, span)
    b.assign(reference, m.Use(m.Constant(constant, span)), span)
    return reference


def _promote(b: Builder, expr: thir.Expr, by_reference: bool, mutable: bool = False) -> m.ConstValue:
    inner = Builder(b.cx, b.def_id, expr.span)
    inner.in_const = inner.in_promoted = True
    ty = t.RefTy(t.ERASED, expr.ty, mutable) if by_reference else expr.ty
    kind = m.BorrowKind.MUT if mutable else m.BorrowKind.SHARED
    result = inner.temp(ty, expr.span)
    push_scope(inner, expr.span)
    if by_reference:
        value = inner.temp(expr.ty, expr.span)
        into.into(inner, value, expr)
        inner.assign(result, m.Ref(t.ERASED, kind, value), expr.span)
    else:
        into.into(inner, result, expr)
    inner.scopes[-1].drops.clear()
    pop_scope(inner)
    inner.terminate(m.Return(expr.span))
    b.promoted.append(m.Body(b.def_id, inner.locals, 0, inner.blocks, expr.span, [], inner.source_scopes))
    return m.UnevaluatedConst(b.def_id, b.cx.identity_args, ty, len(b.promoted) - 1)
