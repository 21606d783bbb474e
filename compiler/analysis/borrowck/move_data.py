"""Move paths, moves out and initialisations of a body (rustc's ``rustc_mir_dataflow::move_paths``).

What it is: a tree of the places that matter as wholes, every *move-out* (``move`` operands, drops, ``StorageDead``)
and every *init* (assignments, arguments, call results) by point. Moves from places that cannot be moved out of are
collected as :class:`IllegalMove`.

Temporaries that are never dropped and no scrutinees are not tracked: the builder initialises them right before their
one use.

Assumes: types have regions or not, it does not matter. Guarantees: ``paths[i]`` of local ``i`` is number ``i``.

Example: ``let t = (a, b); drop(t.0)`` has a path ``t.0`` under ``t``, moved out at the call.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from compiler.analysis.borrowck.flow import Flow, Point
from compiler.base.span import Span
from compiler.hir.def_id import DefKind
from compiler.mir import body as m
from compiler.mir.move_paths import rvalue_operands, terminator_operands
from compiler.mir.place_ty import place_ty, projection_ty
from compiler.ty import types as t

PathId = int
FieldTys = Callable[[t.Ty], bool]


_NO_CHILDREN: dict[tuple[object, ...], PathId] = {}  # most paths have none; never changed


_PLACES: list[m.Place] = []


def _places(n: int) -> list[m.Place]:
    """Of locals 0 to ``n`` - 1 and perhaps more; the same values for every body."""
    while len(_PLACES) < n:
        _PLACES.append(m.Place(len(_PLACES)))
    return _PLACES


@dataclass(slots=True)
class MovePath:
    """``children`` by the projection below this path."""

    place: m.Place
    ty: t.Ty
    parent: PathId | None
    children: dict[tuple[object, ...], PathId]


@dataclass(slots=True)
class MoveOut:
    path: PathId
    point: Point


@dataclass(slots=True)
class Init:
    """``point`` is None for arguments. ``on_return``: a call's result, there only if the call returns."""

    path: PathId
    point: Point | None
    on_return: bool = False


@dataclass(frozen=True, slots=True)
class IllegalMove:
    """``kind``: "borrowed content", "destructor", "array or slice". ``target``: what cannot be moved out of; its
    container's type is ``container``."""

    kind: str
    target: m.Place
    container: t.Ty
    original: m.Place
    point: Point
    by_index: bool = False


class _Blocked(Exception):
    def __init__(self, kind: str, target: m.Place, container: t.Ty, by_index: bool = False) -> None:
        super().__init__(kind)
        self.kind, self.target, self.container, self.by_index = kind, target, container, by_index


class Moves:
    """See the module docstring."""

    def __init__(self, body: m.Body, flow: Flow, has_drop_impl: Callable[[t.Ty], bool]) -> None:
        self.body = body
        self.flow = flow
        self._has_drop_impl = has_drop_impl
        self.paths = [
            MovePath(p, d.ty, None, _NO_CHILDREN) for p, d in zip(_places(len(body.locals)), body.locals, strict=False)
        ]
        self.moves: list[MoveOut] = []
        self.inits: list[Init] = []
        self.moves_at: dict[Point, list[int]] = {}
        self.inits_at: dict[Point, list[int]] = {}
        self.moves_of: dict[PathId, list[int]] = {}
        self.inits_of: dict[PathId, list[int]] = {}
        self.dead_at: list[tuple[Point, m.Local]] = []  # ends of storage of tracked locals
        self.illegal: list[IllegalMove] = []
        self._subtree: dict[PathId, int] = {}
        self.tracked = [d.is_user_variable or i <= body.arg_count for i, d in enumerate(body.locals)]
        self.dropped: dict[m.Local, Span] = {}  # locals with drops at their end, and where the last one is
        for block, first, end in flow.pieces:
            statements = body.blocks[block].statements
            for statement in statements if not first else ():
                if type(statement) is m.PlaceMention:  # a scrutinee: parts of it may be moved
                    self.tracked[statement.place.local] = True
            terminator = body.blocks[block].terminator
            if end > len(statements) and type(terminator) is m.Drop:
                self.tracked[terminator.place.local] = True
                if not terminator.replace:
                    self.dropped[terminator.place.local] = terminator.span
        for local in range(1, 1 + body.arg_count):
            self._init(local, None)
        for block, first, end in flow.pieces:
            self._gather_block(block, first, end)

    # -- gathering

    def _gather_block(self, block: int, first: int, end: int) -> None:
        point = self.flow.start[block] + first
        tracked = self.tracked
        statements = self.body.blocks[block].statements
        for statement in statements[first:end]:
            kind = type(statement)
            if kind is m.Assign:
                if tracked[statement.place.local]:  # type: ignore[union-attr]
                    self._assigned(statement.place, point)  # type: ignore[union-attr]
                for operand in rvalue_operands(statement.rvalue):  # type: ignore[union-attr]
                    if type(operand) is m.Move:
                        self._operand(operand, point)
            elif kind is m.StorageDead:
                if tracked[statement.local]:  # type: ignore[union-attr]
                    self._move_out(statement.local, point)  # type: ignore[union-attr]
                    self.dead_at.append((point, statement.local))  # type: ignore[union-attr]
            elif kind is m.FakeRead and statement.place.projection:  # type: ignore[union-attr]
                self._try_path(statement.place)  # type: ignore[union-attr]
            point += 1
        if end > len(statements):
            self._terminator(self.body.blocks[block].terminator, point)

    def _terminator(self, terminator: m.Terminator, point: Point) -> None:
        for operand in terminator_operands(terminator):
            self._operand(operand, point)
        if isinstance(terminator, m.Call):
            if terminator.target is not None:
                self._assigned(terminator.destination, point, True)
        elif isinstance(terminator, m.Drop):
            self._move(terminator.place, point, quiet=True)
        elif isinstance(terminator, m.InlineAsm):
            for asm in terminator.operands:
                if asm.place is not None:
                    self._assigned(asm.place, point)

    def _assigned(self, place: m.Place, point: Point, on_return: bool = False) -> None:
        if not self.tracked[place.local]:
            return
        if not place.projection:
            self._init(place.local, point, on_return)
            return
        self._try_path(place)
        path, exact = self.lookup(place)
        if exact or self._is_union(self.paths[path].ty):
            self._init(path, point, on_return)

    def _is_union(self, ty: t.Ty) -> bool:
        return isinstance(ty, t.AdtTy) and ty.def_id.kind is DefKind.UNION

    def _init(self, path: PathId, point: Point | None, on_return: bool = False) -> None:
        number = len(self.inits)
        self.inits.append(Init(path, point, on_return))
        self.inits_of.setdefault(path, []).append(number)
        if point is not None:
            self.inits_at.setdefault(point, []).append(number)

    def _operand(self, operand: m.Operand, point: Point) -> None:
        if type(operand) is m.Move:
            place = operand.place
            if place.projection:
                self._move(place, point)
            elif self.tracked[place.local]:
                self._move_out(place.local, point)

    def _move(self, place: m.Place, point: Point, quiet: bool = False) -> None:
        last = place.projection[-1] if place.projection else None
        if isinstance(last, m.Subslice):
            base = m.Place(place.local, place.projection[:-1])
            ty = place_ty(self.body.locals, base)
            if isinstance(ty, t.ArrayTy) and ty.len.kind == "value":
                end = ty.len.value - last.end if last.from_end else last.end
                for i in range(last.start, end):
                    self._move(base.project(m.ConstantIndex(i, ty.len.value, False)), point, quiet)
                return
        try:
            path = self._path(place)
            if self.tracked[place.local]:
                self._move_out(path, point)
        except _Blocked as found:
            if not quiet:
                self.illegal.append(
                    IllegalMove(found.kind, found.target, found.container, place, point, found.by_index)
                )

    def _move_out(self, path: PathId, point: Point) -> None:
        number = len(self.moves)
        self.moves.append(MoveOut(path, point))
        self.moves_at.setdefault(point, []).append(number)
        self.moves_of.setdefault(path, []).append(number)

    # -- paths

    def _try_path(self, place: m.Place) -> None:
        try:
            self._path(place)
        except _Blocked:
            return

    def _path(self, place: m.Place) -> PathId:
        """The path of a place, made if needed; of the union it is in, if it is in one."""
        at = place.local
        union: PathId | None = None
        for i, elem in enumerate(place.projection):
            base = m.Place(place.local, place.projection[:i])
            ty = self.paths[at].ty if union is None else place_ty(self.body.locals, base)
            self._check_step(place, i, base, ty, elem)
            if self._is_union(ty) and union is None:
                union = at
            if union is None:
                at = self._child(at, elem, ty)
        return at if union is None else union

    def _check_step(self, place: m.Place, i: int, base: m.Place, ty: t.Ty, elem: m.ProjectionElem) -> None:
        kind = type(elem)
        if kind is m.Deref:
            raise _Blocked("borrowed content", m.Place(place.local, place.projection[: i + 1]), ty)
        if kind is m.Field:
            if self._has_drop_impl(ty):
                raise _Blocked("destructor", base, ty)
        elif kind is m.Index or (kind is not m.Downcast and isinstance(ty, t.SliceTy)):
            raise _Blocked("array or slice", base, ty, kind is m.Index)

    def _child(self, at: PathId, elem: m.ProjectionElem, ty: t.Ty) -> PathId:
        key = _key(elem, ty)
        found = self.paths[at].children.get(key)
        if found is None:
            found = len(self.paths)
            place = self.paths[at].place.project(elem)
            self.paths.append(MovePath(place, projection_ty(ty, elem), at, _NO_CHILDREN))
            if not self.paths[at].children:
                self.paths[at].children = {}
            self.paths[at].children[key] = found
        return found

    def lookup(self, place: m.Place) -> tuple[PathId, bool]:
        """(the deepest path containing the place, whether it is the place itself)."""
        at = place.local
        for elem in place.projection:
            path = self.paths[at]
            if not path.children:
                return at, False
            found = path.children.get(_key(elem, path.ty))
            if found is None:
                return at, False
            at = found
        return at, True

    def subtree(self, path: PathId) -> int:
        """Bit set of a path and everything below it."""
        found = self._subtree.get(path)
        if found is None:
            found = 1 << path
            for child in self.paths[path].children.values():
                found |= self.subtree(child)
            self._subtree[path] = found
        return found

    def ancestors(self, path: PathId) -> Iterator[PathId]:
        """The path and its parents, inside out."""
        at: PathId | None = path
        while at is not None:
            yield at
            at = self.paths[at].parent


def _key(elem: m.ProjectionElem, ty: t.Ty) -> tuple[object, ...]:
    """What makes two projections the same child."""
    if isinstance(elem, m.Field):
        return ("field", elem.index)
    if isinstance(elem, m.Downcast):
        return ("variant", elem.variant_index)
    if isinstance(elem, m.ConstantIndex):
        offset = elem.offset
        if elem.from_end and isinstance(ty, t.ArrayTy) and ty.len.kind == "value":
            offset = ty.len.value - elem.offset
        elif elem.from_end:
            offset = -elem.offset
        return ("index", offset)
    if isinstance(elem, m.Subslice):
        return ("subslice", elem.start, elem.end, elem.from_end)
    return (type(elem).__name__,)
