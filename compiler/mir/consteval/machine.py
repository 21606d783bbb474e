"""The interpreter: runs concrete MIR at compile time, one terminator at a time, without recursion.

Assumes: a concrete body (:func:`compiler.mir.mono.fold.concrete_body`). Guarantees: ends within the step limit with a
value or an :class:`EvalError`; ``frames`` then say where it was, for the diagnostic's notes.

Example: running the body of ``const N: usize = 4 * 4;`` returns a place holding 16.
"""

from __future__ import annotations

from typing import Any

from compiler.base.span import Span
from compiler.hir.def_id import DefId
from compiler.mir import body as m
from compiler.mir.consteval.memory import Allocation, EvalError, Pointer, Scalar, allocation_of_bytes, write_scalar
from compiler.mir.consteval.places import (
    Frame,
    MPlace,
    Value,
    field_place,
    fresh,
    load,
    local_place,
    place_of,
    read_local,
    store,
    write_local,
)
from compiler.mir.mono.model import Instance, InstanceKind
from compiler.mir.place_ty import operand_ty
from compiler.query import Database
from compiler.ty import types as t
from compiler.ty.layout import layout_of

STEP_LIMIT = 2_000_000  # terminators; rustc warns at as many
FRAME_LIMIT = 128


class Machine:
    """One evaluation. ``frames`` is the call stack."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.frames: list[Frame] = []
        self.steps = 0
        self._literals: dict[tuple[bytes, Any], Allocation] = {}
        self._constants: dict[int, Allocation] = {}
        self._fns: dict[t.Ty, Allocation] = {}
        self._statics: dict[DefId, Allocation] = {}

    # -- running

    def run(self, body: m.Body) -> MPlace:
        """Evaluate a body without arguments; the place of its result."""
        ty = body.locals[0].ty
        result = fresh(ty, layout_of(self.db, ty))
        self.frames.append(Frame(self.db, body, None, result, None))
        while self.frames:
            self._run_block()
        return result

    def _run_block(self) -> None:
        from compiler.mir.consteval.rvalues import assign, set_discriminant

        frame = self.frames[-1]
        block = frame.body.blocks[frame.block]
        statements = block.statements
        for i in range(len(statements)):
            statement = statements[i]
            frame.statement = i
            kind = type(statement)
            if kind is m.Assign:
                assign(self, frame, statement)  # type: ignore[arg-type]
            elif kind is m.StorageLive or kind is m.StorageDead:
                frame.slots[statement.local] = None  # type: ignore[union-attr]
            elif kind is m.SetDiscriminant:
                set_discriminant(self.db, place_of(self.db, frame, statement.place), statement.variant_index)  # type: ignore[union-attr]
        frame.statement = len(statements)
        self.steps += 1
        if self.steps & 0x3FF == 0:
            self.db.checkpoint()
            if self.steps > STEP_LIMIT:
                raise EvalError("constant evaluation is taking too long")
        self._terminate(frame, block.terminator)

    def _terminate(self, frame: Frame, term: m.Terminator) -> None:
        match term:
            case m.Goto():
                frame.block = term.target
            case m.SwitchInt():
                frame.block = self._switch_target(frame, term)
            case m.Return():
                self._return(frame)
            case m.Call():
                from compiler.mir.consteval.calls import call

                call(self, frame, term)
            case m.Assert():
                if bool(self.scalar(frame, term.cond)) is not term.expected:
                    raise EvalError(
                        self._assert_message(frame, term), is_panic=term.kind is not m.AssertKind.BOUNDS_CHECK
                    )
                frame.block = term.target
            case m.Drop():
                from compiler.mir.consteval.calls import drop

                drop(self, frame, term)
            case m.FalseEdge() | m.FalseUnwind():
                frame.block = term.real_target
            case m.Unreachable():
                raise EvalError("entering unreachable code")
            case _:
                raise EvalError("inline assembly is not allowed in constant evaluation")

    def _switch_target(self, frame: Frame, term: m.SwitchInt) -> int:
        value = self.operand(frame, term.discr)
        if isinstance(value, Pointer):
            raise EvalError("unable to turn pointer into integer")
        assert isinstance(value, int)
        for bits, target in term.targets:
            if bits == value:
                return target
        return term.otherwise

    def _assert_message(self, frame: Frame, term: m.Assert) -> str:
        if term.kind is m.AssertKind.BOUNDS_CHECK and len(term.operands) == 2:
            length, index = (self.operand(frame, o) for o in term.operands)
            return f"index out of bounds: the length is {length} but the index is {index}"
        return term.kind.value

    def _return(self, frame: Frame) -> None:
        if frame.destination is not None:
            value = read_local(frame, 0)
            store(frame.destination, value)
        self.frames.pop()
        if self.frames and frame.return_block is not None:
            self.frames[-1].block = frame.return_block

    def push(
        self, instance: Instance, body: m.Body, args: list[Value], destination: MPlace, target: int | None
    ) -> None:
        """Enter a function; ``destination`` receives its result and the caller goes on at ``target``."""
        if len(self.frames) >= FRAME_LIMIT:
            raise EvalError("reached the configured maximum number of stack frames")
        frame = Frame(self.db, body, instance, destination, target)
        if len(args) != body.arg_count:
            raise EvalError(f"calling a function with {len(args)} arguments that takes {body.arg_count}")
        for i, value in enumerate(args):
            write_local(frame, i + 1, value)
        self.frames.append(frame)

    def trail(self) -> list[tuple[DefId, Span, Instance | None]]:
        """Where each frame is, innermost first."""
        found = []
        for frame in reversed(self.frames):
            block = frame.body.blocks[frame.block]
            at = block.statements[frame.statement] if frame.statement < len(block.statements) else block.terminator
            found.append((frame.def_id, at.span, frame.instance))
        return found

    # -- operands

    def operand(self, frame: Frame, op: m.Operand) -> Value:
        """The value of an operand."""
        if isinstance(op, m.Constant):
            return self.constant(op.value)
        place = op.place
        if not place.projection:
            return read_local(frame, place.local)
        return load(place_of(self.db, frame, place))

    def scalar(self, frame: Frame, op: m.Operand) -> int:
        """An operand that must be a plain integer."""
        value = self.operand(frame, op)
        if not isinstance(value, int):
            raise EvalError("unable to turn pointer into integer")
        return value

    def operand_ty(self, frame: Frame, op: m.Operand) -> t.Ty:
        return operand_ty(frame.body.locals, op)

    def operand_place(self, frame: Frame, op: m.Operand) -> MPlace:
        """An operand in memory, whatever its ABI."""
        value = self.operand(frame, op)
        if isinstance(value, MPlace):
            return value
        ty = self.operand_ty(frame, op)
        place = fresh(ty, layout_of(self.db, ty))
        store(place, value)
        return place

    def write(self, frame: Frame, place: m.Place, value: Value) -> None:
        """Assign to a place."""
        if not place.projection:
            write_local(frame, place.local, value)
        else:
            store(place_of(self.db, frame, place), value)

    def destination(self, frame: Frame, place: m.Place) -> MPlace:
        """A place of the frame in memory."""
        return place_of(self.db, frame, place) if place.projection else local_place(frame, place.local)

    # -- constants

    def constant(self, value: m.ConstValue) -> Value:
        """A MIR constant as a value."""
        match value:
            case m.ScalarConst():
                return self._typed(value.bits, value.ty)
            case m.ZeroSizedConst():
                return fresh(value.ty, layout_of(self.db, value.ty))
            case m.BytesConst():
                return self._bytes(value)
            case m.StaticRef():
                return Pointer(self._static(value.def_id))
            case m.AllocConst():
                return load(MPlace(self.materialize(value), 0, value.ty, layout_of(self.db, value.ty)))
            case m.UnevaluatedConst():
                from compiler.mir.consteval.queries import required_const

                return self.constant(required_const(self.db, value.def_id, value.args, value.promoted))
        raise EvalError("the constant depends on a generic parameter", is_unsupported=True)

    def _typed(self, bits: int, ty: t.Ty) -> Value:
        layout = layout_of(self.db, ty)
        place = fresh(ty, layout)
        if layout.size:
            write_scalar(place.alloc, 0, layout.size, bits)  # type: ignore[arg-type]
        return load(place)

    def _bytes(self, value: m.BytesConst) -> Value:
        """``&[u8; N]`` is a pointer, ``&str`` and ``&[u8]`` a pointer and a length."""
        alloc = self._literals.get((value.data, value.ty))
        if alloc is None:
            array = t.ArrayTy(t.u8, t.const_value(len(value.data), t.usize))
            alloc = self._literals[value.data, value.ty] = allocation_of_bytes(value.data, 1, array)
        pointee = value.ty.ty if isinstance(value.ty, t.RefTy) else value.ty
        if isinstance(pointee, t.ArrayTy):
            return Pointer(alloc)
        return self.fat_pointer(value.ty, Pointer(alloc), len(value.data))

    def fat_pointer(self, ty: t.Ty, data: Scalar, meta: Scalar) -> MPlace:
        """A (pointer, metadata) value in memory."""
        place = fresh(ty, layout_of(self.db, ty))
        assert place.alloc is not None
        write_scalar(place.alloc, 0, 8, data)
        write_scalar(place.alloc, 8, 8, meta)
        return place

    def pointer_to(self, ty: t.Ty, place: MPlace) -> Value:
        """``&place`` as a pointer of type ``ty``."""
        return place.pointer if place.meta is None else self.fat_pointer(ty, place.pointer, place.meta)

    def materialize(self, value: m.AllocConst) -> Allocation:
        """An evaluated constant in this machine's memory."""
        alloc = self._constants.get(id(value))
        if alloc is None:
            alloc = allocation_of_bytes(value.data, value.align, value.ty)
            self._constants[id(value)] = alloc
            for offset, target, addend in value.relocations:
                write_scalar(alloc, offset, 8, Pointer(self._target(target), addend))
        return alloc

    def _target(self, target: Any) -> Allocation:
        if isinstance(target, m.StaticRef):
            return self._static(target.def_id)
        if isinstance(target, m.FnRef):
            return self.fn_allocation(target.ty)
        assert isinstance(target, m.AllocConst)
        return self.materialize(target)

    def fn_allocation(self, ty: t.Ty) -> Allocation:
        """The address of a function."""
        if ty not in self._fns:
            self._fns[ty] = Allocation(0, 1, ty, True, "fn", ty)
        return self._fns[ty]

    def _static(self, def_id: DefId) -> Allocation:
        if def_id not in self._statics:
            from compiler.mir.consteval.queries import static_allocation

            self._statics[def_id] = static_allocation(self, def_id)
        return self._statics[def_id]


def is_shim(instance: Instance) -> bool:
    """Whether the instance's body is made rather than written."""
    return instance.kind is not InstanceKind.ITEM


__all__ = ["EvalError", "Machine", "field_place"]
