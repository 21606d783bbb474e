"""Expressions as places: ``as_place`` (rustc's ``expr/as_place.rs``).

What it is: variables, captured variables, fields, dereferences and builtin indexing name memory; any other expression
is put into a temporary. A captured variable is a :class:`PlaceBuilder` without a local until enough projections are
known to say which field of the closure it is.

Assumes: builtin ``Index`` has an array or slice base. Guarantees: an index is evaluated into a fresh temporary after
the base, then checked (``Assert``) unless the owner has ``unchecked_indexing``; when index expressions nest, fake
borrows of the dereferences in the base let the borrow checker see that the index did not change them. With ``read``
(the value is only copied out), ``TABLE[i]`` of a const item reads through a promoted ``&TABLE``.

Example: ``x.0[i]`` is ``_4 = copy i; _5 = Len(_1.0); _6 = Lt(copy _4, copy _5); assert(_6)`` and the place
``_1.0[_4]``.
"""

from __future__ import annotations

from typing import Final

from compiler.base.span import Span
from compiler.mir import body as m
from compiler.mir.build import operand, promote, thir
from compiler.mir.build.builder import Builder
from compiler.mir.build.mirror import mirror
from compiler.mir.build.scope import pop_scope, push_scope
from compiler.mir.place_ty import place_ty
from compiler.ty import types as t

DEREF: Final = m.Deref()
FakeBorrows = list[m.Local]


class PlaceBuilder:
    """A place whose base may still be a captured variable (``local`` is None, ``pat`` names it)."""

    __slots__ = ("local", "pat", "projection")

    def __init__(self, local: m.Local | None, pat: int = -1, projection: tuple[m.ProjectionElem, ...] = ()) -> None:
        self.local = local
        self.pat = pat
        self.projection = projection

    def project(self, *elems: m.ProjectionElem) -> PlaceBuilder:
        return PlaceBuilder(self.local, self.pat, self.projection + elems)

    def try_to_place(self, b: Builder) -> m.Place | None:
        """None if the variable is captured only in other parts."""
        if self.local is not None:
            return m.Place(self.local, self.projection)
        return captured_place(b, self.pat, self.projection)

    def to_place(self, b: Builder) -> m.Place:
        place = self.try_to_place(b)
        if place is None:  # inference and the body disagree: only in bodies with errors
            place = b.temp(t.ERROR, b.cx.pat_spans[self.pat] if self.pat >= 0 else Span(0, 0))
        return place


def captured_place(b: Builder, pat: int, projection: tuple[m.ProjectionElem, ...]) -> m.Place | None:
    """The place inside the closure of a captured variable's part."""
    for field_index, capture in b.captures.get(pat, ()):
        by, ty = capture.by, capture.ty
        rest = _strip(projection, capture.projection)
        if rest is None:
            continue
        base: tuple[m.ProjectionElem, ...] = () if b.closure_self == "FnOnce" else (DEREF,)
        field_ty = ty if by == "value" else t.RefTy(t.ERASED, ty, by == "ref mut")
        elems = (*base, m.Field(field_index, field_ty))
        return m.Place(1, elems + rest if by == "value" else (*elems, DEREF, *rest))
    return None


def _strip(
    projection: tuple[m.ProjectionElem, ...], captured: tuple[int | str, ...]
) -> tuple[m.ProjectionElem, ...] | None:
    """What follows the captured part, or None if the projection is not inside it."""
    elems = [e for e in projection if type(e) is not m.Downcast] if captured else []
    if len(elems) < len(captured):
        return None
    for elem, want in zip(elems, captured, strict=False):
        if want == "*":
            if type(elem) is not m.Deref:
                return None
        elif not isinstance(elem, m.Field) or elem.index != want:
            return None
    if not captured:
        return projection
    n_skipped = 0
    for i, e in enumerate(projection):
        n_skipped += type(e) is not m.Downcast
        if n_skipped == len(captured):
            return projection[i + 1 :]
    return ()


# ---------------------------------------------------------------- as_place


def as_place(b: Builder, ref: thir.ExprRef, mutable: bool = True, read: bool = False) -> m.Place:
    return place_builder(b, ref, mutable, None, read).to_place(b)


def place_builder(
    b: Builder, ref: thir.ExprRef, mutable: bool = True, fake: FakeBorrows | None = None, read: bool = False
) -> PlaceBuilder:
    """The place of an expression; ``fake`` collects fake borrows inside an enclosing index expression."""
    expr = mirror(b, ref)
    if thir.is_source(ref) and expr.category is thir.PLACE and thir.needs_scope(expr):
        push_scope(b, expr.span)
        made = _place(b, expr, expr, mutable, fake, read)
        pop_scope(b)
        return made
    return _place(b, ref, expr, mutable, fake, read)


def _place(
    b: Builder, ref: thir.ExprRef, expr: thir.Expr, mutable: bool, fake: FakeBorrows | None, read: bool
) -> PlaceBuilder:
    if isinstance(expr, thir.VarRef):
        return variable(b, expr.pat)
    if isinstance(expr, thir.Field):
        return place_builder(b, expr.lhs, mutable, fake, read).project(m.Field(expr.index, expr.ty))
    if isinstance(expr, thir.Deref):
        return place_builder(b, expr.arg, mutable, fake).project(DEREF)
    if isinstance(expr, thir.Ascribed):
        temp = operand.as_temp(b, expr.source, operand.TEMP_SCOPE, mutable)
        b.push(m.AscribeUserType(m.Place(temp), expr.user_ty, expr.span))
        return PlaceBuilder(temp)
    if isinstance(expr, thir.Index):
        return _index(b, expr, mutable, fake, read)
    if read and isinstance(expr, thir.Constant) and promote.is_table(b, expr):
        return PlaceBuilder(promote.promoted_reference(b, expr, expr.span).local, projection=(DEREF,))
    return PlaceBuilder(operand.as_temp(b, ref, operand.TEMP_SCOPE, mutable))


def variable(b: Builder, pat: int) -> PlaceBuilder:
    """A local variable: by reference inside the guard that binds it, captured, or plain."""
    for frame in reversed(b.guards):
        if pat in frame:
            return PlaceBuilder(b.guard_locals[pat], projection=(DEREF,))
    local = b.vars.get(pat)
    if local is not None:
        return PlaceBuilder(local)
    if pat in b.captures:
        return PlaceBuilder(None, pat)
    ty = b.cx.res.binding_types.get(pat, t.ERROR)  # a variable whose declaration was not lowered: erroneous bodies only
    return PlaceBuilder(b.temp(ty, b.cx.pat_spans[pat]).local)


# ---------------------------------------------------------------- indexing


def _index(b: Builder, expr: thir.Index, mutable: bool, fake: FakeBorrows | None, read: bool) -> PlaceBuilder:
    collected: FakeBorrows = [] if fake is None else fake
    base = place_builder(b, expr.lhs, mutable, collected, read)
    base_place = base.to_place(b)
    index = operand.as_temp(b, expr.index, operand.TEMP_SCOPE, False)
    if not b.cx.unchecked_indexing:
        _bounds_check(b, base_place, _base_ty(b, expr.lhs), index, expr.span)
    if fake is None:
        for temp in collected:
            b.push(m.FakeRead(m.FakeReadCause.FOR_INDEX, m.Place(temp), expr.span))
    elif isinstance(_base_ty(b, expr.lhs), t.SliceTy):
        _fake_borrow_base(b, base_place, expr.span, collected)
    return PlaceBuilder(base_place.local, projection=(*base_place.projection, m.Index(index)))


def _base_ty(b: Builder, ref: thir.ExprRef) -> t.Ty:
    return b.cx.expr_ty_adjusted(ref) if isinstance(ref, int) else ref.ty


def _bounds_check(b: Builder, base: m.Place, base_ty: t.Ty, index: m.Local, span: Span) -> None:
    length: m.Operand
    if isinstance(base_ty, t.ArrayTy):
        b.push(m.FakeRead(m.FakeReadCause.FOR_INDEX, base, span))
        if base_ty.len.kind == "value":
            length = m.Constant(m.ScalarConst(base_ty.len.value, t.usize), span)
        else:
            length = m.Constant(m.ParamConst(base_ty.len, t.usize), span)
        again: m.Operand = length
    else:
        len_place = b.temp(t.usize, span)
        b.assign(len_place, m.Len(base), span)
        length, again = m.Move(len_place), m.Copy(len_place)
    cond = b.temp(t.bool_, span)
    b.assign(cond, m.BinaryOp(m.BinOp.LT, m.Copy(m.Place(index)), again), span)
    target = b.new_block()
    operands = (length, m.Copy(m.Place(index)))
    b.terminate(m.Assert(m.Move(cond), True, m.AssertKind.BOUNDS_CHECK, operands, target, span))
    b.block = target


def _fake_borrow_base(b: Builder, base: m.Place, span: Span, collected: FakeBorrows) -> None:
    """Fake shallow borrows of every dereferenced pointer in the base, so that later index expressions cannot
    reassign it.
    """
    for i in range(len(base.projection) - 1, -1, -1):
        if type(base.projection[i]) is m.Deref:
            prefix = m.Place(base.local, base.projection[:i])
            temp = b.temp(t.RefTy(t.ERASED, place_ty(b.locals, prefix), False), span).local
            b.assign(m.Place(temp), m.Ref(t.ERASED, m.BorrowKind.FAKE_SHALLOW, prefix), span)
            collected.append(temp)
