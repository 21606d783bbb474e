"""Checks that a body is well formed (rustc's MIR validator).

What it is: :func:`validate` returns what is wrong, as text; empty is good. Tests run it on everything built; passes
may run it between steps.

Checks: blocks and locals exist; projections fit their base types; assigned values have the type of the place (regions
aside, and only where both types are free of parameters that normalisation may change); switches are on integers;
after cleanup no borrowck-only construct remains.

Assumes: nothing. Guarantees: never raises. Example: ``_1 = const 1_u8`` with ``_1: u32`` gives ``bb0[0]: assigning u8
to u32``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from compiler.hir.def_id import DefKind
from compiler.mir import body as m
from compiler.mir.move_paths import assigned_places, rvalue_operands, rvalue_place, terminator_operands
from compiler.mir.place_ty import operand_ty, place_ty, projection_ty
from compiler.mir.simplify import successors
from compiler.ty import types as t

_OPAQUE: Final = t.HAS_ERROR | t.HAS_ALIAS | t.HAS_INFER
_BORROWCK_ONLY: Final = (m.FakeRead, m.PlaceMention, m.AscribeUserType)
_CHECKED: Final = frozenset((m.BinOp.ADD_WITH_OVERFLOW, m.BinOp.SUB_WITH_OVERFLOW, m.BinOp.MUL_WITH_OVERFLOW))
_COMPARISONS: Final = frozenset((m.BinOp.EQ, m.BinOp.LT, m.BinOp.LE, m.BinOp.NE, m.BinOp.GE, m.BinOp.GT))


def validate(body: m.Body, cleaned: bool = False) -> list[str]:
    """What is wrong with a body and its promoteds."""
    out = [f"promoted[{i}] {fault}" for i, p in enumerate(body.promoted) for fault in validate(p, cleaned)]
    if body.tainted_by_errors:
        out += [*_structure(body)]
        return out
    out += [*_structure(body)]
    return out or [*_types(body, cleaned)]


def _structure(body: m.Body) -> Iterator[str]:
    n_blocks, n_locals = len(body.blocks), len(body.locals)
    for i, block in enumerate(body.blocks):
        for to in successors(block.terminator):
            if not 0 <= to < n_blocks:
                yield f"bb{i}: no block bb{to}"
        for j, statement in enumerate(block.statements):
            for local in _statement_locals(statement):
                if not 0 <= local < n_locals:
                    yield f"bb{i}[{j}]: no local _{local}"
        for place in _terminator_places(block.terminator):
            if not 0 <= place.local < n_locals:
                yield f"bb{i}: no local _{place.local}"
    for block_id in body.loop_unroll:
        if not 0 <= block_id < n_blocks:
            yield f"loop_unroll: no block bb{block_id}"


def _statement_locals(statement: m.Statement) -> Iterator[int]:
    if isinstance(statement, (m.StorageLive, m.StorageDead)):
        yield statement.local
    elif not isinstance(statement, m.Nop):
        for place in _statement_places(statement):
            yield place.local
            yield from (e.local for e in place.projection if isinstance(e, m.Index))


def _statement_places(statement: m.Statement) -> Iterator[m.Place]:
    if isinstance(statement, (m.StorageLive, m.StorageDead, m.Nop)):
        return
    yield statement.place
    if isinstance(statement, m.Assign):
        inspected = rvalue_place(statement.rvalue)
        if inspected is not None:
            yield inspected
        for operand in rvalue_operands(statement.rvalue):
            if not isinstance(operand, m.Constant):
                yield operand.place


def _terminator_places(terminator: m.Terminator) -> Iterator[m.Place]:
    for operand in terminator_operands(terminator):
        if not isinstance(operand, m.Constant):
            yield operand.place
    yield from assigned_places(terminator)
    if isinstance(terminator, m.Drop):
        yield terminator.place


# ---------------------------------------------------------------- types


def _types(body: m.Body, cleaned: bool) -> Iterator[str]:
    for i, block in enumerate(body.blocks):
        for j, statement in enumerate(block.statements):
            where = f"bb{i}[{j}]"
            for place in _statement_places(statement):
                yield from (f"{where}: {fault}" for fault in _place_faults(body, place))
            if isinstance(statement, m.Assign):
                found, wanted = rvalue_ty(body, statement.rvalue), place_ty(body.locals, statement.place)
                if found is not None and not same(found, wanted):
                    yield f"{where}: assigning {found!r} to {wanted!r}"
            elif cleaned and isinstance(statement, _BORROWCK_ONLY):
                yield f"{where}: {type(statement).__name__} after cleanup"
        for place in _terminator_places(block.terminator):
            yield from (f"bb{i}: {fault}" for fault in _place_faults(body, place))
        yield from (f"bb{i}: {fault}" for fault in _terminator_faults(body, block.terminator, cleaned))


def same(a: t.Ty, b: t.Ty) -> bool:
    """Equal up to regions; types that normalisation may still change are not compared."""
    if a is b or (a.flags | b.flags) & _OPAQUE:
        return True
    return t.erase_regions(a) is t.erase_regions(b)


def _place_faults(body: m.Body, place: m.Place) -> Iterator[str]:
    ty = body.locals[place.local].ty
    for elem in place.projection:
        if ty.flags & _OPAQUE:
            return
        if isinstance(elem, m.Deref):
            fits = isinstance(ty, (t.RefTy, t.PtrTy))
        elif isinstance(elem, m.Field):
            fits = isinstance(ty, (t.TupleTy, t.AdtTy, t.ClosureTy))
        elif isinstance(elem, m.Downcast):
            fits = isinstance(ty, t.AdtTy) and ty.def_id.kind is DefKind.ENUM
        else:
            fits = isinstance(ty, (t.ArrayTy, t.SliceTy))
        if not fits:
            yield f"{type(elem).__name__} of {ty!r}"
            return
        ty = projection_ty(ty, elem)


def rvalue_ty(body: m.Body, rvalue: m.Rvalue) -> t.Ty | None:
    """Type of an rvalue; None where it takes more than the body to know."""
    locals_ = body.locals
    if isinstance(rvalue, m.Use):
        return operand_ty(locals_, rvalue.operand)
    if isinstance(rvalue, m.Ref):
        return t.RefTy(t.ERASED, place_ty(locals_, rvalue.place), rvalue.kind not in _SHARED)
    if isinstance(rvalue, m.RawPtr):
        return t.PtrTy(place_ty(locals_, rvalue.place), rvalue.mutability is m.Mutability.MUT)
    if isinstance(rvalue, m.Cast):
        return rvalue.ty
    if isinstance(rvalue, m.Len):
        return t.usize
    if isinstance(rvalue, m.Printf):
        return t.i32
    if isinstance(rvalue, m.BinaryOp):
        if rvalue.op in _COMPARISONS:
            return t.bool_
        left = operand_ty(locals_, rvalue.left)
        return t.TupleTy((left, t.bool_)) if rvalue.op in _CHECKED else left
    if isinstance(rvalue, m.UnaryOp):
        return operand_ty(locals_, rvalue.operand) if rvalue.op is not m.UnOp.PTR_METADATA else None
    if isinstance(rvalue, m.Aggregate):
        return _aggregate_ty(body, rvalue)
    return None


_SHARED: Final = frozenset((m.BorrowKind.SHARED, m.BorrowKind.FAKE_DEEP, m.BorrowKind.FAKE_SHALLOW))


def _aggregate_ty(body: m.Body, rvalue: m.Aggregate) -> t.Ty | None:
    kind = rvalue.kind
    tys = tuple(operand_ty(body.locals, o) for o in rvalue.operands)
    if isinstance(kind, m.AggregateTuple):
        return t.TupleTy(tys)
    if isinstance(kind, m.AggregateArray):
        return t.ArrayTy(kind.elem, t.const_value(len(tys), t.usize))
    if isinstance(kind, m.AggregateAdt):
        return t.AdtTy(kind.def_id, kind.args)
    if isinstance(kind, m.AggregateClosure):
        return t.ClosureTy(kind.def_id, kind.args)
    return kind.ty


def _terminator_faults(body: m.Body, terminator: m.Terminator, cleaned: bool) -> Iterator[str]:
    if isinstance(terminator, m.SwitchInt):
        ty = operand_ty(body.locals, terminator.discr)
        if not same(ty, terminator.ty):
            yield f"switch on {ty!r} as {terminator.ty!r}"
        values = [value for value, _ in terminator.targets]
        if len(set(values)) != len(values):
            yield "switch with a repeated value"
    elif isinstance(terminator, m.Assert):
        if operand_ty(body.locals, terminator.cond) is not t.bool_:
            yield "assert of a value that is not bool"
    elif isinstance(terminator, m.Call):
        ty = operand_ty(body.locals, terminator.func)
        if not isinstance(ty, (t.FnDefTy, t.FnPtrTy)) and not ty.flags & _OPAQUE:
            yield f"call of {ty!r}"
    elif cleaned and isinstance(terminator, (m.FalseEdge, m.FalseUnwind)):
        yield f"{type(terminator).__name__} after cleanup"
