"""Promoted constants in the type check (rustc's ``check_promoted``).

What it is: ``&f::<&'a u32>`` is a reference to a constant whose own little body says more of its regions than its type;
that body is walked where the constant is used, its constraints hold there.

Assumes: promoted bodies have no loans to check. Guarantees: constraints only; the enclosing body's points stay its own.

Example: ``let f = &drop::<&'a i32>; f(&x)`` makes ``&x`` live for ``'a``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compiler.analysis.borrowck.constraints import Category, Where
from compiler.analysis.borrowck.flow import Flow
from compiler.mir import body as m
from compiler.ty import types as t

if TYPE_CHECKING:
    from compiler.analysis.borrowck.type_check import TypeCheck


def promoted_ty(check: TypeCheck, value: m.UnevaluatedConst) -> t.Ty:
    """The type of a use of a promoted constant; where its body says no more than that, any fitting type."""
    made: t.Ty = check.types.fresh(value.ty)
    index = value.promoted
    if index is None or index >= len(check.body.promoted) or value.def_id is not check.body.def_id:
        return made
    body = check.body.promoted[index]
    if not _names_regions(body):
        return made
    constraints = check.constraints
    n_before, live = len(constraints.outlives), dict(constraints.live_at)
    inner = check.of_promoted(body, Flow(body))
    check.types.sub(inner.local_tys[0], made, check._where)
    here = check._where
    for constraint in constraints.outlives[n_before:]:
        if constraint.where.point is not None:
            category = constraint.where.category
            category = Category.BORING if category is Category.RETURN else category
            constraint.where = Where(here.span, category, here.point)
    constraints.live_at = live
    return made


def _names_regions(body: m.Body) -> bool:
    """Whether lifetimes are written in it."""
    if body.user_types:
        return True
    for block in body.blocks:
        for statement in block.statements:
            if type(statement) is m.Assign and _written_in(statement.rvalue):
                return True
    return False


def _written_in(rvalue: m.Rvalue) -> bool:
    operands = [rvalue.operand] if isinstance(rvalue, (m.Use, m.Cast)) else []
    if isinstance(rvalue, m.Aggregate):
        operands += rvalue.operands
        if isinstance(rvalue.kind, m.AggregateAdt) and rvalue.kind.user_args:
            return True
    return any(isinstance(o, m.Constant) and o.user_args for o in operands)
