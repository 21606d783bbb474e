"""When a borrow of one place conflicts with an access to another (rustc's ``places_conflict``).

Assumes: both places are of one body. Guarantees: no answer "disjoint" for places that may overlap at run time
(indices known only then overlap, unless the caller asks for definite conflicts).

Example: a borrow of ``a.0`` conflicts with a deep access to ``a``, and not with one to ``a.1``.
"""

from __future__ import annotations

import enum
from collections.abc import Callable

from compiler.hir.def_id import DefKind
from compiler.mir import body as m
from compiler.mir.place_ty import projection_ty
from compiler.ty import types as t


class Depth(enum.Enum):
    """How far an access reaches: a shallow one leaves what is behind references alone, a drop reaches what its
    destructors do. ``FAKE``: the shallow access of a match guard's fake borrow or a length."""

    SHALLOW = "shallow"
    FAKE = "fake"
    DEEP = "deep"
    DROP = "drop"


def is_fake(kind: m.BorrowKind) -> bool:
    """A borrow that guards a match or an index."""
    return kind is m.BorrowKind.FAKE_SHALLOW or kind is m.BorrowKind.FAKE_DEEP


def is_mut(kind: m.BorrowKind) -> bool:
    return kind in (m.BorrowKind.MUT, m.BorrowKind.TWO_PHASE_MUT, m.BorrowKind.CLOSURE_MUT)


class PlaceConflicts:
    """The comparison for one body."""

    def __init__(self, body: m.Body, has_drop_impl: Callable[[t.Ty], bool]) -> None:
        self._locals = body.locals
        self._has_drop_impl = has_drop_impl

    def conflict(
        self, borrowed: m.Place, kind: m.BorrowKind, accessed: m.Place, depth: Depth, definite: bool = False
    ) -> bool:
        """``definite``: only if they overlap for sure."""
        if borrowed.local != accessed.local:
            return False
        ty = self._locals[borrowed.local].ty
        n = min(len(borrowed.projection), len(accessed.projection))
        for i in range(n):
            a, b = borrowed.projection[i], accessed.projection[i]
            if a != b or type(a) is m.Index:
                verdict = _compare(ty, a, b, definite)
                if verdict is not None:
                    return verdict
            ty = projection_ty(ty, a)
        if len(borrowed.projection) > n:
            for elem in borrowed.projection[n:]:
                verdict = self._below(ty, elem, depth)
                if verdict is not None:
                    return verdict
                ty = projection_ty(ty, elem)
        return not (kind is m.BorrowKind.FAKE_SHALLOW and len(borrowed.projection) < len(accessed.projection))

    def _below(self, ty: t.Ty, elem: m.ProjectionElem, depth: Depth) -> bool | None:
        """One step of a borrow that goes deeper than the access; None: look at the next step."""
        if depth is Depth.FAKE:
            return False
        if type(elem) is m.Deref:
            if depth is Depth.SHALLOW:
                return False
            if depth is Depth.DROP and isinstance(ty, t.RefTy):
                return False
        if type(elem) is m.Field and depth is Depth.DROP and self._has_drop_impl(ty):
            return True
        return None


def _compare(ty: t.Ty, a: m.ProjectionElem, b: m.ProjectionElem, definite: bool) -> bool | None:
    """Two steps from one place: True overlap for good, False disjoint, None equal or not known to be disjoint."""
    if isinstance(a, m.Field) and isinstance(b, m.Field):
        if a.index == b.index:
            return None
        return isinstance(ty, t.AdtTy) and ty.def_id.kind is DefKind.UNION
    if isinstance(a, m.Downcast) and isinstance(b, m.Downcast):
        return None if a.variant_index == b.variant_index else False
    if isinstance(a, m.Index) or isinstance(b, m.Index):
        return False if definite else None
    if isinstance(a, m.ConstantIndex) and isinstance(b, m.ConstantIndex):
        return None if _may_equal(a, b) else False
    if isinstance(a, m.ConstantIndex) and isinstance(b, m.Subslice):
        return None if _may_contain(b, a) else False
    if isinstance(a, m.Subslice) and isinstance(b, m.ConstantIndex):
        return None if _may_contain(a, b) else False
    if isinstance(a, m.Subslice) and isinstance(b, m.Subslice):
        if not a.from_end and not b.from_end and (b.start >= a.end or a.start >= b.end):
            return False
    return None


def _may_equal(a: m.ConstantIndex, b: m.ConstantIndex) -> bool:
    if a.from_end == b.from_end:
        return a.offset == b.offset
    front, back = (b, a) if a.from_end else (a, b)
    return front.offset >= max(front.min_length, back.min_length) - back.offset


def _may_contain(slice_: m.Subslice, index: m.ConstantIndex) -> bool:
    if not index.from_end:
        if slice_.from_end:
            return index.offset >= slice_.start
        return slice_.start <= index.offset < slice_.end
    return not slice_.from_end or index.offset > slice_.end
