"""Expressions as one MIR rvalue (rustc's ``expr/as_rvalue.rs``).

What it is: operators, casts, arrays, tuples, closures: their operands are evaluated left to right into temporaries of
the innermost scope, and the rvalue is returned for the caller to assign.

Assumes: a scope of this expression is the innermost one. Guarantees: builtin integer ``/`` and ``%`` are guarded by
Asserts (zero divisor; ``MIN / -1`` for signed types); ``+ - *`` wrap and shifts mask, as release builds do.

Example: ``a / b`` (i32): ``_4 = Eq(copy _3, const 0); assert(!_4); _5 = Eq(_3, const -1); _6 = Eq(_2, const MIN);
assert(!(_5 & _6)); Div(_2, _3)``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from compiler.base.span import Span
from compiler.mir import body as m
from compiler.mir.build import closure, stmt, thir
from compiler.mir.build import operand as operand_mod
from compiler.mir.build.builder import UNIT_OPERAND, Builder
from compiler.mir.build.mirror import mirror
from compiler.mir.place_ty import operand_ty
from compiler.ty import types as t

_DIVISIONS: Final = (m.BinOp.DIV, m.BinOp.REM)
_SHIFTS: Final = (m.BinOp.SHL, m.BinOp.SHR)
_OVERFLOWING: Final = {
    m.BinOp.ADD: m.BinOp.ADD_WITH_OVERFLOW,
    m.BinOp.SUB: m.BinOp.SUB_WITH_OVERFLOW,
    m.BinOp.MUL: m.BinOp.MUL_WITH_OVERFLOW,
}


def as_rvalue(b: Builder, ref: thir.ExprRef) -> m.Rvalue:
    """The value of an expression as an rvalue; operands live in the innermost scope."""
    expr = mirror(b, ref)
    rule = _RULES.get(type(expr))
    if rule is not None:
        return rule(b, expr)
    if expr.category is thir.STMT:
        stmt.stmt_expr(b, ref)
        return m.Use(UNIT_OPERAND)
    return m.Use(operand_mod.local_operand(b, ref))


def binary_op(b: Builder, op: m.BinOp, ty: t.Ty, left: m.Operand, right: m.Operand, span: Span) -> m.Rvalue:
    """A builtin operator on operands of type ``ty`` (of the left operand), with its checks."""
    if isinstance(ty, t.IntTy):
        if op in _DIVISIONS:
            _check_division(b, op, ty, left, right, span)
        elif b.checks_overflow and op in _OVERFLOWING:
            return _checked(b, op, ty, left, right, span)
        elif b.checks_overflow and op in _SHIFTS:
            _check_shift(b, ty, left, right, span)
        elif op in _OVERFLOWING or op in _SHIFTS:
            b.check_of_debug_builds(span)
    return m.BinaryOp(op, left, right)


def _checked(b: Builder, op: m.BinOp, ty: t.IntTy, left: m.Operand, right: m.Operand, span: Span) -> m.Rvalue:
    """Arithmetic of a constant, whose overflow is an error whatever the profile."""
    pair = b.temp(t.TupleTy((ty, t.bool_)), span)
    b.assign(pair, m.BinaryOp(_OVERFLOWING[op], _as_copy(left), _as_copy(right)), span)
    overflows = m.Copy(pair.project(m.Field(1, t.bool_)))
    _assert_false(b, overflows, m.AssertKind.OVERFLOW, (_as_copy(left), _as_copy(right)), span)
    return m.Use(m.Copy(pair.project(m.Field(0, ty))))


def _check_shift(b: Builder, ty: t.IntTy, left: m.Operand, right: m.Operand, span: Span) -> None:
    """The distance of a constant's shift, as an unsigned number, is less than the width."""
    distance = operand_ty(b.locals, right)
    if not isinstance(distance, t.IntTy):
        return
    unsigned = t.INT_TYPES["u" + distance.name[1:]] if distance.signed else distance
    value = _compute(b, m.Cast(m.CastKind.INT_TO_INT, _as_copy(right), unsigned), span, unsigned)
    width = m.Constant(m.ScalarConst(ty.bits, unsigned), span)
    too_far = _compute(b, m.BinaryOp(m.BinOp.GE, value, width), span)
    _assert_false(b, too_far, m.AssertKind.OVERFLOW, (_as_copy(left), _as_copy(right)), span)


def _as_copy(operand: m.Operand) -> m.Operand:
    return m.Copy(operand.place) if type(operand) is m.Move else operand


def _check_division(b: Builder, op: m.BinOp, ty: t.IntTy, left: m.Operand, right: m.Operand, span: Span) -> None:
    zero = m.Constant(m.ScalarConst(0, ty), span)
    kind = m.AssertKind.DIVISION_BY_ZERO if op is m.BinOp.DIV else m.AssertKind.REMAINDER_BY_ZERO
    if not (isinstance(right, m.Constant) and isinstance(right.value, m.ScalarConst) and right.value.bits):
        is_zero = _compute(b, m.BinaryOp(m.BinOp.EQ, _as_copy(right), zero), span)
        _assert_false(b, is_zero, kind, (_as_copy(left),), span)
    else:
        b.check_of_debug_builds(span)
    if not ty.signed:
        return
    mask = (1 << ty.bits) - 1
    if isinstance(right, m.Constant) and isinstance(right.value, m.ScalarConst) and right.value.bits != mask:
        b.check_of_debug_builds(span)
        return
    minus_one = m.Constant(m.ScalarConst(mask, ty), span)
    smallest = m.Constant(m.ScalarConst(1 << (ty.bits - 1), ty), span)
    is_minus_one = _compute(b, m.BinaryOp(m.BinOp.EQ, _as_copy(right), minus_one), span)
    is_smallest = _compute(b, m.BinaryOp(m.BinOp.EQ, _as_copy(left), smallest), span)
    overflows = _compute(b, m.BinaryOp(m.BinOp.BIT_AND, is_minus_one, is_smallest), span)
    _assert_false(b, overflows, m.AssertKind.OVERFLOW, (_as_copy(left), _as_copy(right)), span)


def _compute(b: Builder, rvalue: m.Rvalue, span: Span, ty: t.Ty = t.bool_) -> m.Operand:
    cond = b.temp(ty, span)
    b.assign(cond, rvalue, span)
    return m.Move(cond)


def _assert_false(b: Builder, cond: m.Operand, kind: m.AssertKind, operands: tuple[m.Operand, ...], span: Span) -> None:
    target = b.new_block()
    b.terminate(m.Assert(cond, False, kind, operands, target, span))
    b.block = target


# ---------------------------------------------------------------- the rules


def thir_ty(b: Builder, ref: thir.ExprRef) -> t.Ty:
    """Type of an expression after its adjustments."""
    return b.cx.expr_ty_adjusted(ref) if isinstance(ref, int) else ref.ty


def _binary(b: Builder, expr: thir.Binary) -> m.Rvalue:
    left = operand_mod.local_operand(b, expr.left)
    right = operand_mod.local_operand(b, expr.right)
    return binary_op(b, expr.op, thir_ty(b, expr.left), left, right, expr.span)


def _unary(b: Builder, expr: thir.Unary) -> m.Rvalue:
    operand = operand_mod.local_operand(b, expr.arg)
    ty = thir_ty(b, expr.arg)
    if expr.op is m.UnOp.NEG and isinstance(ty, t.IntTy) and ty.signed:
        b.check_of_debug_builds(expr.span)
    return m.UnaryOp(expr.op, operand)


def _cast(b: Builder, expr: thir.Cast) -> m.Rvalue:
    source_ty = thir_ty(b, expr.source)
    if expr.kind is m.CastKind.INT_TO_INT and isinstance(source_ty, t.AdtTy):
        return _enum_cast(b, expr, source_ty)
    return m.Cast(expr.kind, operand_mod.local_operand(b, expr.source), expr.ty)


def _enum_cast(b: Builder, expr: thir.Cast, source_ty: t.Ty) -> m.Rvalue:
    """``Enum::A as u32``: the discriminant, then an integer cast."""
    operand = operand_mod.local_operand(b, expr.source)
    value = operand.place if not isinstance(operand, m.Constant) else b.temp(source_ty, expr.span)
    if isinstance(operand, m.Constant):
        b.assign(value, m.Use(operand), expr.span)
    discr_ty = b.cx.discriminant_ty(source_ty)
    discr = b.temp(discr_ty, expr.span)
    b.assign(discr, m.Discriminant(value), expr.span)
    if discr_ty is expr.ty:
        return m.Use(m.Move(discr))
    return m.Cast(m.CastKind.INT_TO_INT, m.Move(discr), expr.ty)


def _array(b: Builder, expr: thir.Array) -> m.Rvalue:
    return m.Aggregate(m.AggregateArray(expr.elem), tuple([operand_mod.local_operand(b, e) for e in expr.elems]))


def _tuple(b: Builder, expr: thir.Tuple) -> m.Rvalue:
    return m.Aggregate(m.AggregateTuple(), tuple([operand_mod.local_operand(b, e) for e in expr.elems]))


def _repeat(b: Builder, expr: thir.Repeat) -> m.Rvalue:
    if b.cx.const_value(expr.count) == 0:
        value = mirror(b, expr.value)
        if not isinstance(value, thir.Constant):
            operand_mod.local_operand(b, expr.value)
        elem = expr.ty.ty if isinstance(expr.ty, t.ArrayTy) else t.ERROR
        return m.Aggregate(m.AggregateArray(elem), ())
    return m.Repeat(operand_mod.local_operand(b, expr.value), expr.count)


def _printf(b: Builder, expr: thir.Printf) -> m.Rvalue:
    return m.Printf(expr.format, tuple([operand_mod.local_operand(b, a) for a in expr.args]))


def _closure(b: Builder, expr: thir.Closure) -> m.Rvalue:
    return closure.closure_rvalue(b, expr)


_RULES: Final[dict[type, Callable[[Builder, Any], m.Rvalue]]] = {
    thir.Binary: _binary,
    thir.Unary: _unary,
    thir.Cast: _cast,
    thir.Array: _array,
    thir.Tuple: _tuple,
    thir.Repeat: _repeat,
    thir.Printf: _printf,
    thir.Closure: _closure,
}
