"""Constants as queries: const items, associated consts, promoteds, statics, and constants in types.

What it is: the doors of the evaluator. Assumes concrete arguments. Guarantees: a value or diagnostics, never an
exception, from :func:`const_outcome`; the type system's evaluator (:mod:`compiler.ty.consts`) is installed by
importing this module.

Example: ``const_value_of(db, <const N>, ())`` of ``const N: usize = 4 * 4;`` is ``ScalarConst(16, usize)``.
"""

from __future__ import annotations

from typing import Any

from compiler.base.dataclass import dataclass
from compiler.diagnostics.model import Diagnostic
from compiler.hir.def_id import DefId
from compiler.mir import body as m
from compiler.mir.consteval.errors import ConstantCycle, EvaluationFailed
from compiler.mir.consteval.machine import Machine
from compiler.mir.consteval.memory import Allocation, ConstEvalFailed, EvalError, copy_bytes, read_scalar
from compiler.mir.consteval.places import MPlace
from compiler.mir.mono.fold import concrete_body
from compiler.mir.mono.resolve import canonical_args, resolve_assoc_const
from compiler.query import CycleError, Database, query
from compiler.ty import abi
from compiler.ty import types as t
from compiler.ty.consts import set_evaluator
from compiler.ty.layout import LayoutError, layout_of

_SCALARS = (t.IntTy, t.FloatTy, t.PtrTy)


@dataclass(frozen=True, slots=True)
class ConstOutcome:
    """The value, or why there is none (empty when the error is reported elsewhere, as a type error of the constant)."""

    value: m.ConstValue | None
    diagnostics: tuple[Diagnostic, ...] = ()


@query(cycle=lambda db, def_id, args, promoted: ConstOutcome(None, (ConstantCycle(def_id).to_diagnostic(),)))
def const_outcome(db: Database, def_id: DefId, args: t.GenericArgs, promoted: int | None) -> ConstOutcome:
    """Evaluate a const, static, anonymous const (or promoted ``promoted`` of a body) with concrete arguments."""
    machine = Machine(db)
    try:
        body = concrete_body(db, def_id, args)
        if promoted is not None:
            body = body.promoted[promoted]
        if body.tainted_by_errors:
            return ConstOutcome(None)
        return ConstOutcome(constant_of(machine.run(body)))
    except ConstEvalFailed as failure:
        return ConstOutcome(None, failure.diagnostics)
    except (EvalError, LayoutError) as error:
        return ConstOutcome(None, (_diagnostic(machine, def_id, error),))
    except CycleError:
        return ConstOutcome(None, (ConstantCycle(def_id).to_diagnostic(),))


def _diagnostic(machine: Machine, subject: DefId, error: EvalError | LayoutError) -> Diagnostic:
    trail = tuple((def_id, span) for def_id, span, _ in machine.trail())
    if isinstance(error, LayoutError):
        return EvaluationFailed(
            subject, f"the type has no known layout ({error.reason})", False, True, trail
        ).to_diagnostic()
    return EvaluationFailed(subject, error.message, error.is_panic, error.is_unsupported, trail).to_diagnostic()


def const_value_of(
    db: Database, def_id: DefId, args: t.GenericArgs = (), promoted: int | None = None
) -> m.ConstValue | None:
    """The value of a constant with concrete arguments, trait constants resolved; None when it has errors."""
    return outcome_of(db, def_id, args, promoted).value


def outcome_of(db: Database, def_id: DefId, args: t.GenericArgs = (), promoted: int | None = None) -> ConstOutcome:
    """:func:`const_outcome` of the constant a trait constant resolves to."""
    if promoted is None:
        def_id, args = resolve_assoc_const(db, def_id, args)
    return const_outcome(db, def_id, canonical_args(db, args), promoted)


def required_const(db: Database, def_id: DefId, args: t.GenericArgs, promoted: int | None) -> m.ConstValue:
    """A constant needed by another evaluation."""
    outcome = outcome_of(db, def_id, args, promoted)
    if outcome.value is None:
        raise ConstEvalFailed(f"evaluation of `{def_id.path}` failed", outcome.diagnostics)
    return outcome.value


def static_initializer(db: Database, def_id: DefId) -> m.AllocConst | None:
    """The initial memory of a static; None when it has errors."""
    return static_outcome(db, def_id)[0]


def static_outcome(db: Database, def_id: DefId) -> tuple[m.AllocConst | None, tuple[Diagnostic, ...]]:
    """:func:`static_initializer` with its diagnostics."""
    from compiler.ty.collect import type_of

    outcome = const_outcome(db, def_id, (), None)
    if outcome.value is None:
        return None, outcome.diagnostics
    ty = t.erase_regions(type_of(db, def_id))
    layout = layout_of(db, ty)
    machine = Machine(db)
    place = MPlace(Allocation(layout.size, layout.align, ty), 0, ty, layout)
    from compiler.mir.consteval.places import store

    store(place, machine.constant(outcome.value))
    assert place.alloc is not None
    return alloc_const(place.alloc, {}), ()


def static_allocation(machine: Machine, def_id: DefId) -> Allocation:
    """The memory of a static during evaluation: its address, and its bytes when it can be read."""
    from compiler.ty.collect import type_of

    ty = t.erase_regions(type_of(machine.db, def_id))
    layout = layout_of(machine.db, ty)
    if any(f.body.def_id is def_id for f in machine.frames):
        return Allocation(layout.size, layout.align, ty, kind="static", target=def_id)
    value, diagnostics = static_outcome(machine.db, def_id)
    if value is None:
        raise ConstEvalFailed(f"evaluation of static `{def_id.name}` failed", diagnostics)
    alloc = Allocation(layout.size, layout.align, ty, True, "static", def_id)
    source = machine.materialize(value)
    copy_bytes(source, 0, alloc, 0, layout.size)
    return alloc


# ---------------------------------------------------------------- results


def constant_of(place: MPlace) -> m.ConstValue:
    """The value at a place as a MIR constant."""
    ty, layout = place.ty, place.layout
    if layout.size == 0:
        return m.ZeroSizedConst(ty)
    assert place.alloc is not None
    is_scalar = isinstance(layout.abi, abi.Scalar) and (isinstance(ty, _SCALARS) or ty in (t.bool_, t.char))
    if is_scalar:
        value = read_scalar(place.alloc, place.offset, layout.size)
        if isinstance(value, int):
            return m.ScalarConst(value, ty)
    whole = Allocation(layout.size, layout.align, ty)
    copy_bytes(place.alloc, place.offset, whole, 0, layout.size)
    return alloc_const(whole, {})


def alloc_const(alloc: Allocation, done: dict[int, m.AllocConst]) -> m.AllocConst:
    """Memory as a constant, with everything it points to; shared allocations stay shared."""
    found = done.get(id(alloc))
    if found is None:
        relocations = tuple(
            (
                offset,
                _relocation_target(target, done),
                int.from_bytes(alloc.data[offset : offset + 8], "little", signed=True),
            )
            for offset, target in sorted(alloc.relocations.items())
        )
        data = bytearray(alloc.data)
        for offset, _, _ in relocations:
            data[offset : offset + 8] = bytes(8)
        found = done[id(alloc)] = m.AllocConst(bytes(data), alloc.ty, relocations, alloc.align)
    return found


def _relocation_target(target: Allocation, done: dict[int, m.AllocConst]) -> Any:
    if target.kind == "static":
        return m.StaticRef(target.target, t.PtrTy(target.ty, False))
    if target.kind == "fn":
        return m.FnRef(target.target)
    return alloc_const(target, done)


# ---------------------------------------------------------------- constants in types


def eval_const(db: Database, const: t.Const, env: Any = None) -> t.Const:
    """A constant of a type as a value; unchanged when it depends on parameters, ``CONST_ERROR`` when it fails."""
    if const.kind != "unevaluated" or const.flags & (t.HAS_INFER | t.HAS_PARAM):
        return const
    assert const.def_id is not None
    value = const_value_of(db, const.def_id, const.args)
    if value is None:
        return t.CONST_ERROR
    ty = value.ty
    if isinstance(value, m.ScalarConst):
        bits = value.bits
        if isinstance(ty, t.IntTy) and ty.signed and bits >> (ty.bits - 1):
            bits -= 1 << ty.bits
        return t.const_value(bits, ty)
    if isinstance(value, m.AllocConst) and not value.relocations and isinstance(layout_of(db, ty).abi, abi.Scalar):
        return t.const_value(int.from_bytes(value.data, "little"), ty)
    return t.const_value(0, ty) if isinstance(value, m.ZeroSizedConst) else t.CONST_ERROR


def _evaluator(db: Database, const: t.Const, reveal: bool) -> t.Const:
    return eval_const(db, const)


def install() -> None:
    """Make the type system evaluate constants with this evaluator."""
    set_evaluator(_evaluator)


install()

__all__ = [
    "ConstOutcome", "alloc_const", "const_outcome", "const_value_of", "constant_of", "eval_const", "outcome_of",
    "required_const", "static_initializer", "static_outcome",
]  # fmt: skip
