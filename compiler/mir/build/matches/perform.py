"""Performing one test of a match tree (rustc's ``matches/test.rs``).

Assumes: ``targets`` maps outcomes to blocks. Guarantees: ``start`` is terminated; outcomes without a target go to
``otherwise``.

- variants: ``_2 = discriminant(place); switchInt(move _2)``; integers and chars: ``switchInt(copy place)``; bool: a
  two-way switch
- ranges: ``lo <= v`` then ``v <= hi``; slice lengths: ``Len(place)`` compared
- other constants: ``Eq`` for floats, ``<str as PartialEq>::eq(place, const)`` for strings, ``PartialEq::eq`` for
  opaque constants

Example: a pattern ``"on"`` on ``_1: &str`` is ``_3 = <str as PartialEq>::eq(copy _1, const "on"); switchInt(move _3)``.
"""

from __future__ import annotations

from typing import Final

from compiler.base.dataclass import dataclass
from compiler.base.span import Span
from compiler.mir import body as m
from compiler.mir.build.builder import Builder
from compiler.mir.build.matches.candidate import Case, HasLength, InRange, IsConst, IsVariant, MatchPair
from compiler.ty import types as t

Branch = tuple[str, int]  # ("variant", index), ("int", bits), SUCCESS, FAILURE
SUCCESS: Final[Branch] = ("success", 0)
FAILURE: Final[Branch] = ("failure", 0)
Targets = dict[Branch, m.BasicBlockId]


@dataclass(frozen=True, slots=True)
class Test:
    """``kind``: "switch", "switch int", "if", "range", "len", "eq"."""

    kind: str
    case: Case
    ty: t.Ty
    span: Span


def test_for(pair: MatchPair) -> Test:
    """The test that decides a match pair."""
    case = pair.case
    if isinstance(case, IsVariant):
        kind = "switch"
    elif isinstance(case, IsConst):
        kind = "eq" if case.bits is None else ("if" if pair.ty is t.bool_ else "switch int")
    else:
        kind = "range" if isinstance(case, InRange) else "len"
    return Test(kind, case, pair.ty, pair.span)


def perform_test(
    b: Builder,
    start: m.BasicBlockId,
    otherwise: m.BasicBlockId,
    place: m.Place,
    test: Test,
    targets: Targets,
    span: Span,
) -> None:
    saved, b.block = b.block, start
    success, failure = targets.get(SUCCESS, otherwise), targets.get(FAILURE, otherwise)
    case = test.case
    if test.kind == "switch":
        assert isinstance(case, IsVariant)
        _switch_variant(b, place, case.ty, targets, failure, span)
    elif test.kind == "switch int":
        pairs = tuple((bits, block) for (kind, bits), block in targets.items() if kind == "int")
        b.terminate(m.SwitchInt(m.Copy(place), test.ty, pairs, failure, span))
    elif test.kind == "if":
        b.terminate(m.SwitchInt(m.Copy(place), t.bool_, ((0, failure),), success, span))
    elif isinstance(case, InRange):
        _range(b, place, case, success, failure, span)
    elif isinstance(case, HasLength):
        actual = b.temp(t.usize, test.span)
        b.assign(actual, m.Len(place), test.span)
        op = m.BinOp.GE if case.at_least else m.BinOp.EQ
        _compare(
            b, op, m.Move(actual), m.Constant(m.ScalarConst(case.length, t.usize), test.span), success, failure, span
        )
    else:
        assert isinstance(case, IsConst)
        _equal(b, place, case, test, success, failure, span)
    b.block = saved


def _switch_variant(
    b: Builder, place: m.Place, ty: t.AdtTy, targets: Targets, otherwise: m.BasicBlockId, span: Span
) -> None:
    discr_ty = b.cx.discriminant_ty(ty)
    discr = b.temp(discr_ty, span)
    b.assign(discr, m.Discriminant(place), span)
    values = b.cx.discriminants(ty)
    mask = (1 << discr_ty.bits) - 1 if isinstance(discr_ty, t.IntTy) else -1
    pairs = sorted((index, block) for (kind, index), block in targets.items() if kind == "variant")
    switch = tuple((values[index] & mask, block) for index, block in pairs)
    b.terminate(m.SwitchInt(m.Move(discr), discr_ty, switch, otherwise, span))


def _range(
    b: Builder, place: m.Place, case: InRange, success: m.BasicBlockId, failure: m.BasicBlockId, span: Span
) -> None:
    low, high = case.range.low, case.range.high
    if low is not None:
        inner = success if high is None else b.new_block()
        _compare(b, m.BinOp.LE, m.Constant(low, span), m.Copy(place), inner, failure, span)
        b.block = inner
    if high is not None:
        op = m.BinOp.LE if case.range.inclusive else m.BinOp.LT
        _compare(b, op, m.Copy(place), m.Constant(high, span), success, failure, span)


def _compare(
    b: Builder,
    op: m.BinOp,
    left: m.Operand,
    right: m.Operand,
    success: m.BasicBlockId,
    failure: m.BasicBlockId,
    span: Span,
) -> None:
    result = b.temp(t.bool_, span)
    b.assign(result, m.BinaryOp(op, left, right), span)
    b.terminate(m.SwitchInt(m.Move(result), t.bool_, ((0, failure),), success, span))


def _equal(
    b: Builder, place: m.Place, case: IsConst, test: Test, success: m.BasicBlockId, failure: m.BasicBlockId, span: Span
) -> None:
    ty = case.ty
    constant = m.Constant(case.value, test.span)
    if isinstance(ty, (t.FloatTy, t.IntTy, t.PtrTy)) or ty is t.char or ty is t.bool_:
        _compare(b, m.BinOp.EQ, constant, m.Copy(place), success, failure, span)
        return
    method = b.cx.lang_method("eq")
    if method is None:
        b.note_unsupported(test.span, "a constant of this type in a pattern")
        b.terminate(m.Unreachable(span))
        return
    left, right, compared = _references(b, place, constant, ty, span)
    fun = t.FnDefTy(method, (compared, compared))
    result = b.temp(t.bool_, span)
    after = b.new_block()
    b.terminate(m.Call(m.Constant(m.ZeroSizedConst(fun), span), (left, right), result, after, span, span, True))
    b.block = after
    b.terminate(m.SwitchInt(m.Move(result), t.bool_, ((0, failure),), success, span))


def _references(
    b: Builder, place: m.Place, constant: m.Constant, ty: t.Ty, span: Span
) -> tuple[m.Operand, m.Operand, t.Ty]:
    """``&T`` operands for ``<T as PartialEq>::eq``; constants of reference type are passed as they are."""
    if isinstance(ty, t.RefTy):
        return m.Copy(place), constant, ty.ty
    if ty is t.str_:
        reference = b.temp(t.RefTy(t.ERASED, ty, False), span)
        b.assign(reference, m.Ref(t.ERASED, m.BorrowKind.SHARED, place), span)
        return m.Move(reference), constant, ty
    operands: list[m.Operand] = []
    value = b.temp(ty, span)
    b.assign(value, m.Use(constant), span)
    for at in (place, value):
        reference = b.temp(t.RefTy(t.ERASED, ty, False), span)
        b.assign(reference, m.Ref(t.ERASED, m.BorrowKind.SHARED, at), span)
        operands.append(m.Move(reference))
    return operands[0], operands[1], ty
