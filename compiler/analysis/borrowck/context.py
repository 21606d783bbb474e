"""Everything the checker and its explanations know about one body.

What it is: the body, its flow, move data, loans and region values, and small questions about places: names, types,
captured variables.

Assumes: built by :mod:`compiler.analysis.borrowck.check`. Guarantees: read-only after construction.

Example: ``describe(Place(1, (Deref, Field(0, ..))))`` with ``p: &Point`` is ``p.x``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from compiler.analysis.borrowck.borrow_set import BorrowSet, BorrowsInScope, Loan
from compiler.analysis.borrowck.flow import Flow
from compiler.analysis.borrowck.initialization import Initialization
from compiler.analysis.borrowck.liveness import Liveness
from compiler.analysis.borrowck.move_data import Moves
from compiler.analysis.borrowck.places import PlaceConflicts
from compiler.analysis.borrowck.region_inference import RegionInference
from compiler.analysis.borrowck.type_check import TypeCheck
from compiler.analysis.borrowck.unwinding import Unwinding
from compiler.base.span import Span
from compiler.hir.def_id import DefId, DefKind
from compiler.mir import body as m
from compiler.mir.place_ty import place_ty
from compiler.query import Database
from compiler.ty import types as t
from compiler.ty.impls import drop_impl


@dataclass(frozen=True, slots=True)
class Upvar:
    """A captured place: its variable, how, whether it may be mutated, where the closure first uses it."""

    name: str
    by: str
    mutable: bool
    span: Span
    is_shared: bool = False  # behind a shared reference: its creator says so, not the closure's body

    @property
    def by_ref(self) -> bool:
        return self.by != "value"


@dataclass(slots=True)
class Context:
    """See the module docstring."""

    db: Database
    owner: DefId
    body: m.Body
    env: Any
    flow: Flow
    moves: Moves
    inits: Initialization
    conflicts: PlaceConflicts
    checked: TypeCheck
    regions: RegionInference
    liveness: Liveness
    borrows: BorrowSet
    in_scope: BorrowsInScope
    upvars: list[Upvar]
    unwinding: Unwinding

    @property
    def is_closure(self) -> bool:
        return self.body.def_id.kind is DefKind.CLOSURE

    # -- types

    def ty(self, place: m.Place) -> t.Ty:
        """Type of a place, regions erased."""
        return place_ty(self.body.locals, place)

    def has_drop_impl(self, ty: t.Ty) -> bool:
        return has_drop_impl(self.db, ty)

    # -- captured variables

    def upvar_field(self, place: m.Place) -> int | None:
        """Which captured variable a place is: ``_1.0``, ``(*_1).0``, and their dereference if captured by
        reference."""
        if not self.upvars:
            return None
        projection = place.projection
        by_ref = False
        if projection and type(projection[-1]) is m.Deref:
            projection = projection[:-1]
            by_ref = True
        if place.local != 1 or not projection or type(projection[-1]) is not m.Field:
            return None
        base = m.Place(1, projection[:-1])
        if not isinstance(self.ty(base), t.ClosureTy):
            return None
        index = projection[-1].index
        if index >= len(self.upvars) or (by_ref and not self.upvars[index].by_ref):
            return None
        return index

    # -- names

    def local_name(self, local: m.Local) -> str | None:
        decl = self.body.locals[local]
        return decl.name if decl.is_user_variable else None

    def describe(self, place: m.Place) -> str | None:
        """The place as a person would write it; None for temporaries."""
        index = self.upvar_field(place)
        if index is not None:
            return self.upvars[index].name
        if not place.projection:
            return self.local_name(place.local)
        base = m.Place(place.local, place.projection[:-1])
        elem = place.projection[-1]
        if isinstance(elem, m.Deref):
            static = self.static_behind(base)
            if static is not None:
                return static
            inner = self.describe(base)
            if inner is not None and self._is_guard_ref(base):
                return inner
            return None if inner is None else f"*{inner}"
        if isinstance(elem, m.Downcast):
            return self.describe(base)
        inner = self.describe(self._strip_derefs(base))
        if inner is None:
            return None
        if isinstance(elem, m.Field):
            return f"{inner}.{self.field_name(base, elem)}"
        if isinstance(elem, m.Index):
            return f"{inner}[{self.local_name(elem.local) or '_'}]"
        return f"{inner}[..]"

    def static_behind(self, place: m.Place) -> str | None:
        """The name of the static whose address a temporary holds."""
        if place.projection or not self.body.locals[place.local].is_ref_to_static:
            return None
        for block in self.body.blocks:
            for s in block.statements:
                if isinstance(s, m.Assign) and s.place == place and isinstance(s.rvalue, m.Use):
                    operand = s.rvalue.operand
                    if isinstance(operand, m.Constant) and isinstance(operand.value, m.StaticRef):
                        return operand.value.def_id.name
        return None

    def _is_guard_ref(self, place: m.Place) -> bool:
        return False

    def _strip_derefs(self, place: m.Place) -> m.Place:
        """Field access goes through references by itself."""
        projection = place.projection
        while projection and type(projection[-1]) is m.Deref:
            if self.upvar_field(m.Place(place.local, projection)) is not None:
                break
            if self.static_behind(m.Place(place.local, projection[:-1])) is not None:
                break
            projection = projection[:-1]
        return m.Place(place.local, projection)

    def field_name(self, base: m.Place, elem: m.Field) -> str:
        """A field's name, or its number."""
        from compiler.ty.adt import adt_def

        ty = self.ty(base)
        if not isinstance(ty, t.AdtTy):
            return str(elem.index)
        variant = 0
        if base.projection and isinstance(base.projection[-1], m.Downcast):
            variant = base.projection[-1].variant_index
        variants = adt_def(self.db, ty.def_id).variants
        if variant < len(variants) and elem.index < len(variants[variant].fields):
            return variants[variant].fields[elem.index].name
        return str(elem.index)

    # -- spans

    def closure_use(self, point: int) -> tuple[Span, Span] | None:
        """(closure, use inside it) if the borrow or copy at a point is a closure's capture."""
        at = self.flow.at(point)
        if not isinstance(at, m.Assign):
            return None
        if isinstance(at.rvalue, m.Aggregate) and isinstance(at.rvalue.kind, m.AggregateClosure):
            return None
        if at.place.projection or self.body.locals[at.place.local].is_user_variable:
            return None
        block = self.flow.block_of[point]
        statements = self.body.blocks[block].statements
        for statement in statements[point + 1 - self.flow.start[block] :]:
            if isinstance(statement, m.Assign) and isinstance(statement.rvalue, m.Aggregate):
                kind = statement.rvalue.kind
                if isinstance(kind, m.AggregateClosure):
                    for i, operand in enumerate(statement.rvalue.operands):
                        if isinstance(operand, (m.Move, m.Copy)) and operand.place == at.place:
                            return statement.span, self.capture_span(kind.def_id, i, statement.span)
            if statement.span != at.span and not isinstance(statement, (m.StorageLive, m.StorageDead)):
                return None
        return None

    def closure_operand(self, point: int, place: m.Place) -> tuple[Span, Span] | None:
        """(closure, use inside it) if a place is moved or copied into a closure at a point."""
        at = self.flow.at(point)
        if not isinstance(at, m.Assign) or not isinstance(at.rvalue, m.Aggregate):
            return None
        kind = at.rvalue.kind
        if not isinstance(kind, m.AggregateClosure):
            return None
        for i, operand in enumerate(at.rvalue.operands):
            if isinstance(operand, (m.Move, m.Copy)) and operand.place == place:
                return at.span, self.capture_span(kind.def_id, i, at.span)
        return None

    def capture_span(self, closure: DefId, index: int, default: Span) -> Span:
        """Where a closure uses its ``index``-th capture."""
        from compiler.ty.infer import closure_of

        facts = closure_of(self.db, closure)
        if facts is None or index >= len(facts.captures) or facts.captures[index].span == (0, 0):
            return default
        return facts.captures[index].span

    def borrow_span(self, borrow: Loan) -> Span:
        """Where a borrow is written: the use inside the closure for a capture."""
        found = self.closure_use(borrow.point)
        return found[1] if found is not None else self.flow.span(borrow.point)

    def borrow_head_span(self, borrow: Loan) -> Span:
        """As :meth:`borrow_span`, but the closure itself for a capture."""
        found = self.closure_use(borrow.point)
        return found[0] if found is not None else self.flow.span(borrow.point)


def has_drop_impl(db: Database, ty: t.Ty) -> bool:
    return isinstance(ty, t.AdtTy) and drop_impl(db, ty.def_id) is not None


def upvars_of(db: Database, closure: DefId) -> list[Upvar]:
    """The captures of a closure, in field order."""
    from compiler.ty.infer import body_owner, closure_of, infer

    facts = closure_of(db, closure)
    if facts is None:
        return []
    res = infer(db, body_owner(closure))
    return [Upvar(_capture_name(db, c, res), c.by, c.is_mutable, c.span, c.is_shared) for c in facts.captures]


def _field(db: Database, ty: t.Ty, index: int) -> t.Ty:
    from compiler.ty.adt import adt_def

    if isinstance(ty, t.TupleTy) and index < len(ty.elems):
        return ty.elems[index]
    if isinstance(ty, t.AdtTy):
        variants = adt_def(db, ty.def_id).variants
        if variants and index < len(variants[0].fields):
            found: t.Ty = t.subst(variants[0].fields[index].ty, ty.args)
            return found
    return t.ERROR


def _capture_name(db: Database, capture: Any, res: Any) -> str:
    """``self.x`` for a captured field."""
    from compiler.ty.adt import adt_def

    name: str = capture.name
    ty = res.binding_types.get(capture.local, t.ERROR)
    for i, step in enumerate(capture.projection):
        if step == "*":
            if i + 1 == len(capture.projection):
                name = f"*{name}"
            ty = ty.ty if isinstance(ty, (t.RefTy, t.PtrTy)) else t.ERROR
            continue
        shown = str(step)
        if isinstance(ty, t.AdtTy):
            variants = adt_def(db, ty.def_id).variants
            if variants and step < len(variants[0].fields):
                shown = variants[0].fields[step].name
        name = f"{name}.{shown}"
        ty = _field(db, ty, step)
    return name
