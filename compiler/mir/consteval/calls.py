"""Calls and drops of the interpreter: functions, closures, shims, intrinsics, panics.

Assumes: callee operands of function type, or fn pointers made by this evaluation. Guarantees: a panic ends the
evaluation with its message; a function that cannot run at compile time says so.

Example: ``panic!("N must be even")`` in a const block is ``EvalError("evaluation panicked: N must be even")``.
"""

from __future__ import annotations

from compiler.hir.def_id import DefKind
from compiler.mir import body as m
from compiler.mir.consteval.intrinsics import intrinsic
from compiler.mir.consteval.machine import Machine
from compiler.mir.consteval.memory import ConstEvalFailed, EvalError, Pointer, read_scalar
from compiler.mir.consteval.places import Frame, MPlace, Value, field_place, fresh, load, place_of
from compiler.mir.mono.attributes import intrinsic_name
from compiler.mir.mono.fold import concrete_body
from compiler.mir.mono.model import Instance, InstanceKind
from compiler.mir.mono.resolve import CallTarget, call_target, fn_pointer_instance
from compiler.mir.mono.shims import drop_glue, shim_body
from compiler.ty import types as t
from compiler.ty.layout import layout_of


def call(machine: Machine, frame: Frame, term: m.Call) -> None:
    """Enter the callee, or do the intrinsic."""
    args = [machine.operand(frame, a) for a in term.args]
    tys = [machine.operand_ty(frame, a) for a in term.args]
    func_ty = machine.operand_ty(frame, term.func)
    destination = machine.destination(frame, term.destination)
    if isinstance(func_ty, t.FnDefTy):
        target = call_target(machine.db, func_ty.def_id, func_ty.args)
        if target is None:
            raise EvalError(f"calling `{func_ty.def_id.path}`", is_unsupported=True)
        _check_panic(machine, func_ty, args)
    else:
        target = CallTarget(_pointed_function(machine, machine.operand(frame, term.func)))
    instance, args, tys = _adapted(machine, target, args, tys)
    run(machine, instance, args, tys, destination, term.target)


def _adapted(
    machine: Machine, target: CallTarget, args: list[Value], tys: list[t.Ty]
) -> tuple[Instance, list[Value], list[t.Ty]]:
    """Spread the argument tuple of ``Fn*`` calls."""
    instance = target.instance
    if instance is None:
        instance = _pointed_function(machine, load_reference(machine, args[0], tys[0]))
    if not target.spread:
        return instance, args, tys
    packed, tuple_ty = args[-1], tys[-1]
    assert isinstance(tuple_ty, t.TupleTy)
    if not isinstance(packed, MPlace):  # a one-element tuple of a scalar
        spread: list[Value] = [packed]
    else:
        spread = [load(field_place(machine.db, packed, i, ty)) for i, ty in enumerate(tuple_ty.elems)]
    if target.drops_self or target.instance is None:
        return instance, spread, list(tuple_ty.elems)
    return instance, [*args[:-1], *spread], [*tys[:-1], *tuple_ty.elems]


def load_reference(machine: Machine, value: Value, ty: t.Ty) -> Value:
    """The fn pointer of ``Fn*::call*``'s receiver: by value or behind references."""
    while isinstance(ty, t.RefTy):
        if not isinstance(value, Pointer):
            raise EvalError("calling through a dangling pointer")
        ty = ty.ty
        value = load(MPlace(value.alloc, value.offset, ty, layout_of(machine.db, ty)))
    return value


def _pointed_function(machine: Machine, value: Value) -> Instance:
    if isinstance(value, Pointer) and value.alloc.kind == "fn" and value.offset == 0:
        instance = fn_pointer_instance(machine.db, value.alloc.ty)
        if instance is not None:
            return instance
    raise EvalError("calling something that is not a function")


def run(
    machine: Machine, instance: Instance, args: list[Value], tys: list[t.Ty], destination: MPlace, target: int | None
) -> None:
    """Start an instance with its final arguments."""
    db = machine.db
    match instance.kind:
        case InstanceKind.INTRINSIC:
            name = intrinsic_name(db, instance.def_id) or instance.def_id.name
            if intrinsic(machine, name, instance, args, tys, destination):
                _go_on(machine, target)
                return
            body = concrete_body(db, instance.def_id, instance.args)
            if body.tainted_by_errors or len(body.blocks) == 0:
                raise EvalError(f"calling the intrinsic `{name}` at compile time", is_unsupported=True)
        case InstanceKind.EXTERN:
            raise EvalError(
                f"calling the extern function `{instance.def_id.name}` at compile time", is_unsupported=True
            )
        case InstanceKind.ITEM:
            body = concrete_body(db, instance.def_id, instance.args)
            if body.tainted_by_errors:
                raise ConstEvalFailed(f"`{instance.def_id.name}` has errors")
        case _:
            body = shim_body(db, instance)
    machine.push(instance, body, args, destination, target)


def _go_on(machine: Machine, target: int | None) -> None:
    if target is None:
        raise EvalError("entering unreachable code")
    machine.frames[-1].block = target


def drop(machine: Machine, frame: Frame, term: m.Drop) -> None:
    """Run the drop glue of a place."""
    from compiler.mir.type_facts import needs_drop

    place = place_of(machine.db, frame, term.place)
    if not needs_drop(machine.db, None, place.ty):
        frame.block = term.target
        return
    glue = drop_glue(machine.db, place.ty)
    pointer_ty = t.PtrTy(place.ty, True)
    pointer = machine.pointer_to(pointer_ty, place)
    unit = fresh(t.UNIT, layout_of(machine.db, t.UNIT))
    machine.push(glue, shim_body(machine.db, glue), [pointer], unit, term.target)


# ---------------------------------------------------------------- panics


def _check_panic(machine: Machine, func_ty: t.FnDefTy, args: list[Value]) -> None:
    from compiler.resolve.lang import lang_name_of

    if func_ty.def_id.kind is not DefKind.FN:
        return
    name = lang_name_of(machine.db, func_ty.def_id)
    if name is None or not name.startswith("panic"):
        return
    if name == "panic_bounds_check" and len(args) == 2:
        raise EvalError(f"index out of bounds: the length is {args[1]} but the index is {args[0]}")
    raise EvalError(_message(args) or "explicit panic", is_panic=True)


def _message(args: list[Value]) -> str:
    """The text behind a ``&str`` argument."""
    for value in args:
        if isinstance(value, MPlace) and value.layout.size == 16 and value.alloc is not None:
            data, length = read_scalar(value.alloc, value.offset, 8), read_scalar(value.alloc, value.offset + 8, 8)
            if isinstance(data, Pointer) and isinstance(length, int):
                return bytes(data.alloc.data[data.offset : data.offset + length]).decode("utf-8", "replace")
    return ""
