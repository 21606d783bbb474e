"""Move paths: the places of a body that are moved, initialised or dropped as wholes (rustc's
``rustc_mir_dataflow::move_paths``).

What it is: a tree of places. Each local is a root; a place moved out of, or dropped, adds the path to it. Moving
``a.b`` leaves ``a.c`` initialised; a pattern that moves elements of an array makes a path of each element. There are no
paths through references, raw pointers, indices computed at run time, unions, or fields of types with a ``Drop`` impl: a
place behind one of those belongs to its nearest ancestor path.

Assumes: ``has_drop_impl(ty)`` answers for the ADT types of the body. Guarantees: ``MovePathIndex`` are dense;
``mask(p)`` is the bit set of a path and everything below it.

Example: ``let t = (a, b); drop(t.0)``: paths ``_3``, ``_3.0``; after the move ``_3.0`` is uninitialised, ``_3``
itself partly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from compiler.base.dataclass import dataclass, field
from compiler.hir.def_id import DefKind
from compiler.mir import body as m
from compiler.mir.place_ty import projection_ty
from compiler.ty import types as t

MovePathIndex = int
_Key = tuple[str, int]


@dataclass(slots=True)
class MovePath:
    place: m.Place
    ty: t.Ty
    parent: MovePathIndex | None
    children: dict[_Key, MovePathIndex] = field(default_factory=dict)


class MovePaths:
    """See the module docstring."""

    def __init__(self, body: m.Body, has_drop_impl: Callable[[t.Ty], bool]) -> None:
        self._has_drop_impl = has_drop_impl
        self.paths = [MovePath(m.Place(i), decl.ty, None) for i, decl in enumerate(body.locals)]
        self._masks: dict[MovePathIndex, int] = {}

    def add(self, place: m.Place) -> MovePathIndex:
        """The path of a place, made if needed; of its nearest trackable ancestor if it cannot have one."""
        at = place.local
        for i, elem in enumerate(place.projection):
            key = self._key(at, elem)
            if key is None:
                return at
            found = self.paths[at].children.get(key)
            if found is None:
                found = len(self.paths)
                ty = projection_ty(self.paths[at].ty, elem)
                self.paths.append(MovePath(m.Place(place.local, place.projection[: i + 1]), ty, at))
                self.paths[at].children[key] = found
            at = found
        return at

    def lookup(self, place: m.Place) -> tuple[MovePathIndex, bool]:
        """(the deepest path containing the place, whether it is the place itself)."""
        at = place.local
        for elem in place.projection:
            key = self._key(at, elem)
            found = self.paths[at].children.get(key) if key is not None else None
            if found is None:
                return at, False
            at = found
        return at, True

    def _key(self, base: MovePathIndex, elem: m.ProjectionElem) -> _Key | None:
        ty = self.paths[base].ty
        if isinstance(elem, m.Downcast):
            return None if self._has_drop_impl(ty) else ("variant", elem.variant_index)
        if isinstance(elem, m.Field):
            if isinstance(ty, t.AdtTy) and (ty.def_id.kind is DefKind.UNION or self._has_drop_impl(ty)):
                return None
            return ("field", elem.index)
        if isinstance(elem, m.ConstantIndex):
            n = array_length(ty)
            return ("element", n - elem.offset if elem.from_end else elem.offset) if n is not None else None
        return None

    def descendants(self, path: MovePathIndex) -> Iterator[MovePathIndex]:
        """The path and everything below it."""
        stack = [path]
        while stack:
            at = stack.pop()
            yield at
            stack.extend(self.paths[at].children.values())

    def mask(self, path: MovePathIndex) -> int:
        """Bit set of :meth:`descendants`; valid once all paths are added."""
        found = self._masks.get(path)
        if found is None:
            found = 0
            for at in self.descendants(path):
                found |= 1 << at
            self._masks[path] = found
        return found


def array_length(ty: t.Ty) -> int | None:
    """The number of elements of an array type, if it is one and its length is known."""
    return ty.len.value if isinstance(ty, t.ArrayTy) and ty.len.kind == "value" else None


def whole_places(body: m.Body, place: m.Place) -> Iterator[m.Place]:
    """The place itself, or the elements of the part of an array that a pattern took (``[first, rest @ ..]``)."""
    last = place.projection[-1] if place.projection else None
    if isinstance(last, m.Subslice):
        base = m.Place(place.local, place.projection[:-1])
        ty = body.locals[place.local].ty
        for elem in base.projection:
            ty = projection_ty(ty, elem)
        n = array_length(ty)
        if n is not None:
            for i in range(last.start, n - last.end if last.from_end else last.end):
                yield base.project(m.ConstantIndex(i, n, False))
            return
    yield place


def moved_operands(body: m.Body) -> Iterator[m.Place]:
    """Every place a ``move`` takes, and every place dropped."""
    for block in body.blocks:
        for statement in block.statements:
            if isinstance(statement, m.Assign):
                for operand in rvalue_operands(statement.rvalue):
                    if type(operand) is m.Move:
                        yield operand.place
        for operand in terminator_operands(block.terminator):
            if type(operand) is m.Move:
                yield operand.place
        if isinstance(block.terminator, m.Drop):
            yield block.terminator.place


_ONE_OPERAND: Final = frozenset((m.Use, m.Cast, m.UnaryOp, m.Repeat))
_OPERANDS: Final = frozenset((m.Aggregate, m.Printf))
_ONE_PLACE: Final = frozenset((m.Ref, m.RawPtr, m.Len, m.Discriminant))


def rvalue_operands(rvalue: m.Rvalue) -> tuple[m.Operand, ...]:
    """Operands of an rvalue in evaluation order."""
    kind = type(rvalue)
    if kind in _ONE_OPERAND:
        return (rvalue.operand,)  # type: ignore[union-attr]
    if kind is m.BinaryOp:
        return rvalue.left, rvalue.right  # type: ignore[union-attr]
    return rvalue.operands if kind in _OPERANDS else ()  # type: ignore[union-attr]


def rvalue_place(rvalue: m.Rvalue) -> m.Place | None:
    """The place an rvalue borrows or inspects without an operand."""
    return rvalue.place if type(rvalue) in _ONE_PLACE else None  # type: ignore[union-attr]


def terminator_operands(terminator: m.Terminator) -> tuple[m.Operand, ...]:
    """Operands of a terminator in evaluation order."""
    if isinstance(terminator, m.Call):
        return (terminator.func, *terminator.args)
    if isinstance(terminator, m.SwitchInt):
        return (terminator.discr,)
    if isinstance(terminator, m.Assert):
        return (terminator.cond, *terminator.operands)
    if isinstance(terminator, m.InlineAsm):
        return tuple([o.value for o in terminator.operands if o.value is not None])
    return ()


def assigned_places(terminator: m.Terminator) -> tuple[m.Place, ...]:
    """Places a terminator writes on its normal exit."""
    if isinstance(terminator, m.Call):
        return (terminator.destination,)
    if isinstance(terminator, m.InlineAsm):
        return tuple([o.place for o in terminator.operands if o.place is not None])
    return ()
