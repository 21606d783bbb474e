"""Closure values, and the captured variables inside closure bodies.

What it is: creating a closure evaluates each captured place: copied or moved in place (``value``), or borrowed
(``ref``, ``ref mut``), into an aggregate. In the closure's body, captured places are fields of local 1
(:func:`compiler.mir.build.place.captured_place`).

Assumes: captures are in field order. Guarantees: a unique borrow of an immutable variable is ``CLOSURE_MUT`` (rustc's
closure capture kind).

Example: ``|| x += y`` captures ``x`` by ``ref mut`` and ``y`` by ``ref``: ``_5 = &mut _1; _6 = &_2; _4 =
{closure}(move _5, move _6)``.
"""

from __future__ import annotations

from compiler.base.span import Span
from compiler.hir.def_id import DefKind
from compiler.mir import body as m
from compiler.mir.build import place, thir
from compiler.mir.build.builder import Builder
from compiler.mir.build.scope import schedule_drop
from compiler.mir.place_ty import projection_ty
from compiler.mir.type_facts import capture_ty
from compiler.ty import types as t
from compiler.ty.results import CapturedPlace, ClosureFacts


def closure_rvalue(b: Builder, expr: thir.Closure) -> m.Rvalue:
    """The aggregate of a closure expression; its operands live in the innermost scope."""
    for read in expr.facts.fake_reads:
        at = _source(b, read.local, read.projection).try_to_place(b)
        if at is not None:
            cause = m.FakeReadCause.FOR_LET if read.is_let else m.FakeReadCause.FOR_MATCHED_PLACE
            b.push(m.FakeRead(cause, at, read.span))
    operands = tuple([_capture(b, capture, expr.span) for capture in expr.facts.captures])
    args = expr.ty.args if isinstance(expr.ty, t.ClosureTy) else b.cx.identity_args
    return m.Aggregate(m.AggregateClosure(expr.facts.def_id, args), operands)


def _capture(b: Builder, capture: CapturedPlace, span: Span) -> m.Operand:
    source = _source(b, capture.local, capture.projection).to_place(b)
    if capture.by == "value":
        return b.consume(source, capture.ty)
    temp = b.temp(capture_ty(capture), span).local
    b.push(m.StorageLive(temp, span))
    schedule_drop(b, b.scopes[-1], temp, False)
    b.assign(m.Place(temp), m.Ref(t.ERASED, _borrow_kind(b, source, capture), source), span)
    return m.Move(m.Place(temp))


def _source(b: Builder, local: int, projection: tuple[int | str, ...]) -> place.PlaceBuilder:
    """The place of the environment."""
    ty = b.cx.res.binding_types.get(local, t.ERROR)
    elems: list[m.ProjectionElem] = []
    for step in projection:
        if step == "*":
            elem: m.ProjectionElem = place.DEREF
        else:
            assert isinstance(step, int)
            if isinstance(ty, t.AdtTy) and ty.def_id.kind is DefKind.ENUM:  # its only variant
                elems.append(m.Downcast(0, b.cx.variants(ty.def_id)[0].name))
            elem = m.Field(step, _field_ty(b, ty, step))
        ty = projection_ty(ty, elem)
        elems.append(elem)
    return place.variable(b, local).project(*elems)


def _field_ty(b: Builder, ty: t.Ty, index: int) -> t.Ty:
    if isinstance(ty, t.TupleTy) and index < len(ty.elems):
        return ty.elems[index]
    if isinstance(ty, t.AdtTy):
        tys = b.cx.field_tys(ty, 0)
        if index < len(tys):
            return tys[index]
    return t.ERROR


def _borrow_kind(b: Builder, source: m.Place, capture: CapturedPlace) -> m.BorrowKind:
    """Unique, not mutable, where the variable (or what an enclosing closure captured of it) is not mutable."""
    if capture.by == "ref":
        return m.BorrowKind.SHARED
    if capture.is_unique:
        return m.BorrowKind.CLOSURE_MUT
    if capture.local in b.captures and capture.local not in b.vars:
        field = next((e.index for e in source.projection if isinstance(e, m.Field)), -1)
        is_mutable = any(outer.is_mutable for index, outer in b.captures[capture.local] if index == field)
    else:
        is_mutable = b.locals[source.local].mutability is m.Mutability.MUT
    return m.BorrowKind.MUT if is_mutable else m.BorrowKind.CLOSURE_MUT


def enter_captures(b: Builder, facts: ClosureFacts) -> None:
    """Make the captured variables known to the builder of the closure's body."""
    b.closure_self = facts.kind
    for index, capture in enumerate(facts.captures):
        b.captures.setdefault(capture.local, []).append((index, capture))


def self_ty(facts: ClosureFacts, args: t.GenericArgs) -> t.Ty:
    """Type of local 1 of the closure's body."""
    ty = t.ClosureTy(facts.def_id, args)
    return ty if facts.kind == "FnOnce" else t.RefTy(t.ERASED, ty, facts.kind == "FnMut")


def upvars(facts: ClosureFacts) -> list[tuple[str, t.Ty, str]]:
    return [(c.name, capture_ty(c), c.by) for c in facts.captures]
