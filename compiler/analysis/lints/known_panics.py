"""``arithmetic_overflow`` and ``unconditional_panic``: operations that fail whenever they are reached.

What it is: rustc's ``KnownPanicsLint``: values that are known without knowing any argument are carried through the
body, and an operation on them that overflows, divides by zero or indexes past the end of an array is told. A local
assigned once keeps its value; one assigned again keeps it to the end of the block; one that is borrowed has none.

Assumes: MIR before cleanup, of a body without errors. Guarantees: only what is certain if control gets there; a branch
on a known value is followed on one side.

Example: ``let a = [1, 2, 3]; let i = 3; a[i]`` is an error at ``a[i]``, ``200u8 * 2`` at the product.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from compiler.base.dataclass import dataclass
from compiler.base.span import Span
from compiler.diagnostics.model import Diagnostic, Label, Severity
from compiler.hir.def_id import DefId
from compiler.mir import body as m
from compiler.mir.build import mir_built
from compiler.mir.consteval.arithmetic import binary, cast_scalar, int_value, overflowing
from compiler.mir.consteval.memory import EvalError
from compiler.mir.consteval.queries import const_value_of
from compiler.mir.place_ty import operand_ty, place_ty
from compiler.mir.pretty import pretty_const
from compiler.mir.simplify import successors
from compiler.query import Database
from compiler.resolve.source import item_of
from compiler.ty import types as t
from compiler.ty.adt import discriminant_values
from compiler.ty.infer import infer
from compiler.ty.layout import LayoutError, layout_or_error

ARITHMETIC: Final = "arithmetic_overflow"
PANIC: Final = "unconditional_panic"
_MAX_SIZE: Final = 64  # bytes of a local whose value is followed
_SYMBOLS: Final = {m.BinOp.ADD: "+", m.BinOp.SUB: "-", m.BinOp.MUL: "*"}
_SHIFTS: Final = {m.BinOp.SHL: "left", m.BinOp.SHR: "right"}
_NUMERIC: Final = frozenset(
    (m.CastKind.INT_TO_INT, m.CastKind.INT_TO_FLOAT, m.CastKind.FLOAT_TO_INT, m.CastKind.FLOAT_TO_FLOAT)
)


@dataclass(frozen=True, slots=True)
class Parts:
    """A known aggregate; a part that is None is not known."""

    variant: int
    fields: tuple[Known | None, ...]


Known = int | Parts  # a scalar's bits


@dataclass(frozen=True, slots=True)
class KnownPanic:
    owner: DefId
    span: Span
    lint: str
    why: str

    def to_diagnostic(self) -> Diagnostic:
        text = "this arithmetic operation will overflow" if self.lint == ARITHMETIC else "this operation will panic"
        return Diagnostic(Severity.WARNING, self.lint, text, Label(self.span, self.why, self.owner))


def known_panics(db: Database, owner: DefId) -> list[Diagnostic]:
    """The findings of a body and of the closures in it, item-relative; MIR that the user wrote is taken as it is."""
    item = item_of(db, owner)
    if item is not None and item.attr("custom_mir") is not None:
        return []
    bodies = [mir_built(db, d) for d in (owner, *(facts.def_id for facts in infer(db, owner).closures.values()))]
    return [d for body in bodies if _may_fail(body) for d in _Propagation(db, owner, body).run()]


def _may_fail(body: m.Body) -> bool:
    """Whether something in a body could be told: a constant beside an operator, or a check."""
    for block in body.blocks:
        if isinstance(block.terminator, m.Assert):
            return True
        for statement in block.statements:
            rvalue = statement.rvalue if type(statement) is m.Assign else None
            if type(rvalue) is m.BinaryOp and (rvalue.op in _SYMBOLS or rvalue.op in _SHIFTS):
                return True
            if type(rvalue) is m.UnaryOp and rvalue.op is m.UnOp.NEG:
                return True
    return False


class _Propagation:
    def __init__(self, db: Database, owner: DefId, body: m.Body) -> None:
        self.db, self.owner, self.body = db, owner, body
        self.values: dict[m.Local, Known] = {}
        self.assigned_here: set[m.Local] = set()  # known to the end of the block only
        self.checked: dict[int, Known | None] = {}  # results of operations that rustc checks in the block before
        self.found: dict[Span, KnownPanic] = {}
        assigned: Counter[m.Local] = Counter(range(1, body.arg_count + 1))
        self.unfollowed: set[m.Local] = set()
        for block in body.blocks:
            for statement in block.statements:
                self._uses(statement, assigned)
            self._ends(block.terminator, assigned)
        self.often = {local for local, n in assigned.items() if n > 1}
        self.small: dict[m.Local, bool] = {}
        self.entries = Counter(to for block in body.blocks for to in successors(block.terminator))

    def _uses(self, statement: m.Statement, assigned: Counter[m.Local]) -> None:
        if type(statement) is m.Assign:
            _wrote(statement.place, assigned)
            rvalue = statement.rvalue
            if isinstance(rvalue, m.Ref | m.RawPtr) and not _is_indirect(rvalue.place):
                self.unfollowed.add(rvalue.place.local)
        elif type(statement) is m.SetDiscriminant:
            _wrote(statement.place, assigned)

    def _ends(self, terminator: m.Terminator, assigned: Counter[m.Local]) -> None:
        if type(terminator) is m.Call:
            _wrote(terminator.destination, assigned)
        elif type(terminator) is m.Drop:
            self.unfollowed.add(terminator.place.local)
        elif type(terminator) is m.InlineAsm:
            self.unfollowed.update(o.place.local for o in terminator.operands if o.place is not None)

    # -- control flow

    def run(self) -> list[Diagnostic]:
        work, seen = [m.START_BLOCK], set()
        while work:
            block = work.pop()
            if block in seen:
                continue
            seen.add(block)
            work += self._block(block)
        return [found.to_diagnostic() for found in self.found.values()]

    def _block(self, index: int) -> tuple[int, ...]:
        block = self.body.blocks[index]
        for statement in block.statements:
            kind = type(statement)
            if kind is m.Assign:
                self._assign(statement)  # type: ignore[arg-type]
            elif kind is m.StorageLive or kind is m.StorageDead:
                self.values.pop(statement.local, None)  # type: ignore[union-attr]
            elif kind is m.SetDiscriminant:
                self._forget(statement.place)  # type: ignore[union-attr]
        end = block.terminator
        if type(end) is m.Assert:
            self._assert(end)
        targets = self._targets(end)
        if type(end) is m.Goto:
            following = self.body.blocks[end.target]
            if end.after_check and following.statements:
                first = following.statements[0]
                if type(first) is m.Assign:
                    self.checked[id(first)] = self._rvalue(first)
            elif self.entries[end.target] == 1:
                return targets  # one block to rustc
        for local in self.assigned_here:
            self.values.pop(local, None)
        self.assigned_here.clear()
        return targets

    def _targets(self, end: m.Terminator) -> tuple[int, ...]:
        if type(end) is m.SwitchInt:
            value = self._operand(end.discr)
            if isinstance(value, int):
                return (next((to for bits, to in end.targets if bits == value), end.otherwise),)
        if type(end) is m.FalseEdge:
            return (end.real_target,)
        return successors(end)

    # -- statements

    def _assign(self, statement: m.Assign) -> None:
        place = statement.place
        value = self.checked.pop(id(statement)) if id(statement) in self.checked else self._rvalue(statement)
        local = place.local
        if _is_indirect(place) or local in self.unfollowed:
            return
        if value is None or not self._is_small(local) or not self._store(place, value):
            self._forget(place)
        elif local in self.often:
            self.assigned_here.add(local)

    def _is_small(self, local: m.Local) -> bool:
        found = self.small.get(local)
        if found is None:
            ty = self.body.locals[local].ty
            if _is_scalar(ty):
                found = True
            elif ty.flags & (t.HAS_PARAM | t.HAS_ALIAS | t.HAS_ERROR | t.HAS_INFER):
                found = False
            else:
                layout = layout_or_error(self.db, t.erase_regions(ty))
                found = not isinstance(layout, LayoutError) and layout.size < _MAX_SIZE
            self.small[local] = found
        return found

    def _forget(self, place: m.Place) -> None:
        if not _is_indirect(place):
            self.values.pop(place.local, None)

    def _store(self, place: m.Place, value: Known) -> bool:
        """Write a whole local, or a field of known parts; False where what is there then is not known."""
        if not place.projection:
            self.values[place.local] = value
            return True
        whole = self.values.get(place.local)
        made = self._replaced(whole, place.projection, value) if whole is not None else None
        if made is None:
            return False
        self.values[place.local] = made
        return True

    def _replaced(self, whole: Known | None, path: tuple[m.ProjectionElem, ...], value: Known) -> Known | None:
        if not path:
            return value
        at = self._part(path[0]) if isinstance(whole, Parts) else None
        if at is None or not isinstance(whole, Parts) or at >= len(whole.fields):
            return None
        part = self._replaced(whole.fields[at], path[1:], value)
        return Parts(whole.variant, (*whole.fields[:at], part, *whole.fields[at + 1 :]))

    def _part(self, elem: m.ProjectionElem) -> int | None:
        if type(elem) is m.Field:
            return elem.index
        if type(elem) is m.Index:
            index = self.values.get(elem.local)
            return index if isinstance(index, int) else None
        return elem.offset if type(elem) is m.ConstantIndex and not elem.from_end else None

    # -- values

    def _operand(self, operand: m.Operand) -> int | None:
        """Scalars only: a copy of an aggregate is not known, as in rustc."""
        if type(operand) is m.Constant:
            return self._constant(operand.value)
        value = self._place(operand.place)  # type: ignore[union-attr]
        return value if isinstance(value, int) else None

    def _place(self, place: m.Place) -> Known | None:
        value = self.values.get(place.local)
        for elem in place.projection:
            at = self._part(elem)
            if not isinstance(value, Parts) or at is None or at >= len(value.fields):
                return None
            value = value.fields[at]
        return value

    def _constant(self, value: m.ConstValue) -> int | None:
        if type(value) is m.ScalarConst:
            return value.bits
        if type(value) is m.ParamConst:
            const = value.const
            width = value.ty.bits if isinstance(value.ty, t.IntTy) else 32
            return const.value & ((1 << width) - 1) if const.kind == "value" else None
        if type(value) is not m.UnevaluatedConst or any(a.flags & (t.HAS_PARAM | t.HAS_ALIAS) for a in value.args):
            return None
        if not _is_scalar(value.ty):
            return None
        found = const_value_of(self.db, value.def_id, value.args, value.promoted)
        return found.bits if isinstance(found, m.ScalarConst) else None

    def _rvalue(self, statement: m.Assign) -> Known | None:
        rvalue = statement.rvalue
        kind = type(rvalue)
        if kind is m.Use:
            return self._operand(rvalue.operand)  # type: ignore[union-attr]
        if kind is m.BinaryOp:
            return self._binary(statement, rvalue)  # type: ignore[arg-type]
        if kind is m.UnaryOp:
            return self._unary(statement, rvalue)  # type: ignore[arg-type]
        if kind is m.Cast:
            return self._cast(rvalue)  # type: ignore[arg-type]
        if kind is m.Aggregate:
            return self._aggregate(rvalue)  # type: ignore[arg-type]
        if kind is m.Discriminant:
            return self._discriminant(rvalue.place)  # type: ignore[union-attr]
        if kind is m.Len:
            ty = place_ty(self.body.locals, rvalue.place)  # type: ignore[union-attr]
            return ty.len.value if isinstance(ty, t.ArrayTy) and ty.len.kind == "value" else None
        return None

    def _aggregate(self, rvalue: m.Aggregate) -> Known | None:
        kind = rvalue.kind
        if isinstance(kind, m.AggregateRawPtr) or (isinstance(kind, m.AggregateAdt) and kind.active_field is not None):
            return None
        variant = kind.variant_index if isinstance(kind, m.AggregateAdt) else 0
        return Parts(variant, tuple(map(self._operand, rvalue.operands)))

    def _discriminant(self, place: m.Place) -> Known | None:
        value, ty = self._place(place), place_ty(self.body.locals, place)
        if not isinstance(value, Parts) or not isinstance(ty, t.AdtTy):
            return None
        values = discriminant_values(self.db, ty.def_id)
        return values[value.variant] if value.variant < len(values) and values[value.variant] >= 0 else None

    def _cast(self, rvalue: m.Cast) -> Known | None:
        value = self._operand(rvalue.operand)
        source = operand_ty(self.body.locals, rvalue.operand)
        if rvalue.kind not in _NUMERIC or not isinstance(value, int) or isinstance(source, t.AdtTy):
            return None
        try:
            return cast_scalar(value, source, rvalue.ty)
        except (EvalError, OverflowError):
            return None

    def _unary(self, statement: m.Assign, rvalue: m.UnaryOp) -> Known | None:
        value, ty = self._operand(rvalue.operand), operand_ty(self.body.locals, rvalue.operand)
        if not isinstance(value, int) or not (isinstance(ty, t.IntTy) or ty is t.bool_):
            return None
        width = ty.bits if isinstance(ty, t.IntTy) else 1
        if rvalue.op is m.UnOp.NOT:
            return ~value & ((1 << width) - 1)
        if rvalue.op is not m.UnOp.NEG or not isinstance(ty, t.IntTy):
            return None
        if value == 1 << (width - 1):
            self._tell(statement.span, ARITHMETIC, f"attempt to negate `{_shown(value, ty)}`, which would overflow")
            return None
        return -value & ((1 << width) - 1)

    def _binary(self, statement: m.Assign, rvalue: m.BinaryOp) -> Known | None:
        left, right = self._operand(rvalue.left), self._operand(rvalue.right)
        ty, op = operand_ty(self.body.locals, rvalue.left), rvalue.op
        if not isinstance(right, int) or op is m.BinOp.OFFSET:
            return None
        right_ty = operand_ty(self.body.locals, rvalue.right)
        if op in _SHIFTS and isinstance(ty, t.IntTy) and not 0 <= int_value(right, right_ty) < ty.bits:
            by = _shown(right, right_ty)
            self._tell(statement.span, ARITHMETIC, f"attempt to shift {_SHIFTS[op]} by `{by}`, which would overflow")
            return None
        if not isinstance(left, int):
            return None
        if isinstance(ty, t.IntTy) and op in _SYMBOLS:
            result, is_over = overflowing(op, left, right, ty)
            if is_over:
                sides = f"`{_shown(left, ty)} {_SYMBOLS[op]} {_shown(right, ty)}`"
                self._tell(statement.span, ARITHMETIC, f"attempt to compute {sides}, which would overflow")
                return None
            return result
        if not _is_scalar(ty):
            return None
        try:
            return binary(op, left, right, ty, right_ty)
        except (EvalError, KeyError):
            return None

    # -- checks

    def _assert(self, check: m.Assert) -> None:
        value = self._operand(check.cond)
        if not isinstance(value, int) or bool(value) == check.expected:
            return
        types = [operand_ty(self.body.locals, o) for o in check.operands]
        values = [self._operand(o) for o in check.operands]
        shown = [_shown(v, ty) if isinstance(v, int) else "_" for v, ty in zip(values, types, strict=True)]
        if check.kind is m.AssertKind.BOUNDS_CHECK:
            length, index = (v if isinstance(v, int) else "_" for v in values)
            why = f"index out of bounds: the length is {length} but the index is {index}"
        elif check.kind is m.AssertKind.DIVISION_BY_ZERO:
            why = f"attempt to divide `{shown[0]}` by zero"
        elif check.kind is m.AssertKind.REMAINDER_BY_ZERO:
            why = f"attempt to calculate the remainder of `{shown[0]}` with a divisor of zero"
        else:
            why = f"attempt to compute a quotient of `{shown[0]}` and `{shown[-1]}`, which would overflow"
        self._tell(check.span, PANIC, why)

    def _tell(self, span: Span, lint: str, why: str) -> None:
        self.found.setdefault(span, KnownPanic(self.owner, span, lint, why))


def _is_scalar(ty: t.Ty) -> bool:
    return isinstance(ty, t.IntTy | t.FloatTy) or ty in (t.bool_, t.char)


def _is_indirect(place: m.Place) -> bool:
    return any(type(elem) is m.Deref for elem in place.projection)


def _wrote(place: m.Place, assigned: Counter[m.Local]) -> None:
    if not (place.projection and type(place.projection[0]) is m.Deref):
        assigned[place.local] += 1


def _shown(bits: int, ty: t.Ty) -> str:
    return pretty_const(m.ScalarConst(bits, ty)).removeprefix("const ")
