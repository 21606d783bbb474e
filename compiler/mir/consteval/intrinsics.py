"""Intrinsics at compile time: a table from the library's names to what they do on values.

Assumes: arguments as the library declares them. Guarantees: the destination is written, or False is returned and
nothing was done (then the intrinsic's own body runs, if it has one).

Example: ``size_of::<(u8, u32)>()`` writes 8.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from compiler.hir.def_id import DefKind
from compiler.mir.body import BinOp, BytesConst
from compiler.mir.consteval import arithmetic
from compiler.mir.consteval.casts import transmute
from compiler.mir.consteval.machine import Machine
from compiler.mir.consteval.memory import (
    Allocation,
    EvalError,
    Pointer,
    copy_bytes,
    equal_bytes,
    fill_bytes,
    read_scalar,
)
from compiler.mir.consteval.places import MPlace, Value, dereferenced, field_place, load, size_and_align, store
from compiler.mir.consteval.rvalues import compare_pointers, offset_pointer, raw_pointer, read_discriminant
from compiler.mir.mono.model import Instance
from compiler.mir.mono.symbols import hash_128, type_key
from compiler.query import Database
from compiler.ty import types as t
from compiler.ty.display import type_name
from compiler.ty.layout import layout_of

Rule = Callable[["_Site"], Value | None]


class _Site:
    """One intrinsic call."""

    __slots__ = ("args", "destination", "instance", "machine", "tys")

    def __init__(
        self, machine: Machine, instance: Instance, args: list[Value], tys: list[t.Ty], destination: MPlace
    ) -> None:
        self.machine = machine
        self.instance = instance
        self.args = args
        self.tys = tys
        self.destination = destination

    @property
    def type_arg(self) -> t.Ty:
        ty = self.instance.args[0]
        assert isinstance(ty, t.Ty)
        return ty

    def integer(self, index: int) -> int:
        value = self.args[index]
        if not isinstance(value, int):
            raise EvalError("unable to turn pointer into integer")
        return value

    def int_ty(self, index: int = 0) -> t.IntTy:
        ty = self.tys[index]
        if not isinstance(ty, t.IntTy):
            raise EvalError("an integer operation on another type", is_unsupported=True)
        return ty

    def memory(self, index: int, size: int) -> tuple[Allocation, int]:
        """Allocation and offset behind a pointer argument."""
        value = self.args[index]
        if isinstance(value, Pointer):
            return value.alloc, value.offset
        if size:
            raise EvalError("accessing a dangling pointer: it has no provenance")
        return Allocation(0, 1, None), 0


def intrinsic(
    machine: Machine, name: str, instance: Instance, args: list[Value], tys: list[t.Ty], destination: MPlace
) -> bool:
    """Do the intrinsic if this table knows it."""
    rule = _RULES.get(name)
    if rule is None:
        return False
    result = rule(_Site(machine, instance, args, tys, destination))
    if result is not None:
        store(destination, result)
    return True


# ---------------------------------------------------------------- facts about types


def known_type_fact(db: Database, name: str, args: t.GenericArgs) -> int | None:
    """The value of an intrinsic that depends on its type argument only; shared with monomorphisation."""
    if not args or not isinstance(args[0], t.Ty):
        return None
    ty = args[0]
    match name:
        case "size_of":
            return layout_of(db, ty).size
        case "align_of" | "min_align_of" | "pref_align_of":
            return layout_of(db, ty).align
        case "needs_drop":
            from compiler.mir.type_facts import needs_drop

            return int(needs_drop(db, None, ty))
        case "type_id":
            return int(hash_128(type_key(t.erase_regions(ty))), 16)
        case "variant_count":
            from compiler.ty.adt import adt_def

            return len(adt_def(db, ty.def_id).variants) if isinstance(ty, t.AdtTy) else 0
        case "offset_of":
            variant, index = (arg.value if isinstance(arg, t.Const) else 0 for arg in args[1:3])
            layout, is_enum = layout_of(db, ty), isinstance(ty, t.AdtTy) and ty.def_id.kind is DefKind.ENUM
            return (layout.for_variant(variant, index + 1) if is_enum else layout).field_offset(index)
    return None


def type_name_constant(ty: t.Ty) -> BytesConst:
    """What ``type_name`` of a type is."""
    return BytesConst(type_name(ty).encode(), t.RefTy(t.ERASED, t.str_, False))


def _type_fact(name: str) -> Rule:
    return lambda s: known_type_fact(s.machine.db, name, s.instance.args)


def _of_value(s: _Site, which: int) -> Value:
    return size_and_align(s.machine.db, dereferenced(s.machine.db, s.args[0], s.tys[0]))[which]


def _assert_inhabited(s: _Site) -> None:
    if layout_of(s.machine.db, s.type_arg).uninhabited:
        raise EvalError(f"attempted to instantiate uninhabited type `{s.type_arg!r}`", is_panic=True)


# ---------------------------------------------------------------- integers


def _arith(op: BinOp) -> Rule:
    return lambda s: arithmetic.binary(op, s.integer(0), s.integer(1), s.tys[0], s.tys[1])


def _exact(op: BinOp) -> Rule:
    def rule(s: _Site) -> Value:
        value, overflow = arithmetic.overflowing(op, s.integer(0), s.integer(1), s.int_ty())
        if overflow:
            raise EvalError(f"arithmetic overflow in `unchecked_{op.value.lower()}`")
        return value

    return rule


def _with_overflow(op: BinOp) -> Rule:
    def rule(s: _Site) -> None:
        ty = s.int_ty()
        value, overflow = arithmetic.overflowing(op, s.integer(0), s.integer(1), ty)
        store(field_place(s.machine.db, s.destination, 0, ty), value)
        store(field_place(s.machine.db, s.destination, 1, t.bool_), int(overflow))

    return rule


def _saturating(op: BinOp) -> Rule:
    def rule(s: _Site) -> Value:
        ty = s.int_ty()
        value, overflow = arithmetic.overflowing(op, s.integer(0), s.integer(1), ty)
        if not overflow:
            return value
        if not ty.signed:
            return (1 << ty.bits) - 1 if op is BinOp.ADD else 0
        negative = arithmetic.int_value(s.integer(0), ty) < 0
        return 1 << (ty.bits - 1) if negative else (1 << (ty.bits - 1)) - 1

    return rule


def _rotate(s: _Site, left: bool) -> Value:
    bits = s.int_ty().bits
    by = s.integer(1) % bits
    by = by if left else (bits - by) % bits
    x = s.integer(0)
    return ((x << by) | (x >> (bits - by))) & ((1 << bits) - 1)


def _leading_zeros(s: _Site) -> Value:
    return s.int_ty().bits - s.integer(0).bit_length()


def _trailing_zeros(s: _Site) -> Value:
    x = s.integer(0)
    return (x & -x).bit_length() - 1 if x else s.int_ty().bits


def _swap_bytes(s: _Site) -> Value:
    n = s.int_ty().bits // 8
    return int.from_bytes(s.integer(0).to_bytes(n, "little"), "big")


def _reverse_bits(s: _Site) -> Value:
    return int(f"{s.integer(0):0{s.int_ty().bits}b}"[::-1], 2)


def _three_way(s: _Site) -> Value:
    return arithmetic.binary(BinOp.CMP, s.integer(0), s.integer(1), s.tys[0])


# ---------------------------------------------------------------- pointers and memory


def _offset(s: _Site) -> Value:
    ty = s.tys[0]
    assert isinstance(ty, t.PtrTy | t.RefTy)
    by = arithmetic.int_value(s.integer(1), s.tys[1]) * layout_of(s.machine.db, ty.ty).size
    return offset_pointer(s.args[0], by)


def _offset_from(s: _Site) -> Value:
    size = layout_of(s.machine.db, s.type_arg).size
    a, b = s.args[0], s.args[1]
    if size == 0:
        raise EvalError("zero-sized pointee type has no element distance")
    if isinstance(a, Pointer) and isinstance(b, Pointer) and a.alloc is b.alloc:
        return ((a.offset - b.offset) // size) & ((1 << 64) - 1)
    if isinstance(a, int) and isinstance(b, int):
        return (arithmetic.to_signed(a - b & ((1 << 64) - 1), 64) // size) & ((1 << 64) - 1)
    raise EvalError(
        "`ptr_offset_from` called on two different pointers that are not both derived from the same allocation"
    )


def _copy(s: _Site) -> None:
    size = layout_of(s.machine.db, s.type_arg).size * s.integer(2)
    source, target = s.memory(0, size), s.memory(1, size)
    copy_bytes(*source, *target, size)


def _write_bytes(s: _Site) -> None:
    size = layout_of(s.machine.db, s.type_arg).size * s.integer(2)
    if size:
        fill_bytes(*s.memory(0, size), size, s.integer(1))


def _read(s: _Site) -> None:
    place = dereferenced(s.machine.db, s.args[0], s.tys[0])
    store(s.destination, load(place))


def _write(s: _Site) -> None:
    store(dereferenced(s.machine.db, s.args[0], s.tys[0]), s.args[1])


def _compare_bytes(s: _Site) -> Value:
    n = s.integer(2)
    return equal_bytes(*s.memory(0, n), *s.memory(1, n), n) & 0xFFFF_FFFF


def _raw_eq(s: _Site) -> Value:
    n = layout_of(s.machine.db, s.type_arg).size
    return int(equal_bytes(*s.memory(0, n), *s.memory(1, n), n) == 0)


def _metadata(s: _Site) -> None:
    value = s.args[0]
    if isinstance(value, MPlace) and value.alloc is not None and s.destination.layout.size == 8:
        store(s.destination, read_scalar(value.alloc, value.offset + 8, 8))


def _from_parts(s: _Site) -> Value:
    return raw_pointer(s.machine, s.destination.ty, s.args[0], s.args[1])


def _transmute(s: _Site) -> None:
    if s.destination.layout.size:
        store(s.destination, transmute(s.machine, s.args[0], s.tys[0], s.destination.ty))


def _discriminant(s: _Site) -> Value:
    return read_discriminant(s.machine.db, dereferenced(s.machine.db, s.args[0], s.tys[0]))


def _identity(s: _Site) -> Value:
    return s.args[0]


def _select(s: _Site) -> Value:
    return s.args[1] if s.integer(0) else s.args[2]


def _nothing(s: _Site) -> None:
    return None


def _assume(s: _Site) -> None:
    if not s.integer(0):
        raise EvalError("`assume` called with `false`")


def _abort(s: _Site) -> None:
    raise EvalError("the program aborted execution", is_panic=True)


def _unreachable(s: _Site) -> None:
    raise EvalError("entering unreachable code")


def _guaranteed_cmp(s: _Site) -> Value:
    return compare_pointers(BinOp.EQ, s.args[0], s.args[1])


# ---------------------------------------------------------------- floats


def _float(function: Callable[..., float]) -> Rule:
    def rule(s: _Site) -> Value:
        ty = s.tys[0]
        assert isinstance(ty, t.FloatTy)
        values = [
            arithmetic.float_value(s.integer(i), ty) for i in range(len(s.args)) if isinstance(s.tys[i], t.FloatTy)
        ]
        try:
            return arithmetic.float_pattern(function(*values), ty)
        except ValueError:
            return arithmetic.float_pattern(math.nan, ty)

    return rule


def _abs(s: _Site) -> Value:
    ty = s.tys[0]
    assert isinstance(ty, t.FloatTy)
    return s.integer(0) & ((1 << (ty.bits - 1)) - 1)


def _copysign(s: _Site) -> Value:
    ty = s.tys[0]
    assert isinstance(ty, t.FloatTy)
    sign = 1 << (ty.bits - 1)
    return (s.integer(0) & (sign - 1)) | (s.integer(1) & sign)


def _rounded(function: Callable[[float], float]) -> Callable[[float], float]:
    return lambda x: x if math.isinf(x) or math.isnan(x) else math.copysign(float(function(x)), x)


def _number(pick: Callable[[float, float], float]) -> Callable[[float, float], float]:
    return lambda a, b: b if math.isnan(a) else a if math.isnan(b) else pick(a, b)


def _propagating(pick: Callable[[float, float], float]) -> Callable[[float, float], float]:
    return lambda a, b: math.nan if math.isnan(a) or math.isnan(b) else pick(a, b)


_FLOAT_RULES: dict[str, Rule] = {
    "sqrt": _float(math.sqrt),
    "floor": _float(_rounded(math.floor)),
    "ceil": _float(_rounded(math.ceil)),
    "trunc": _float(_rounded(math.trunc)),
    "round": _float(_rounded(lambda x: math.floor(abs(x)) + (abs(x) - math.floor(abs(x)) >= 0.5))),
    "round_ties_even_": _float(_rounded(round)),
    "copysign": _copysign,
    "minimum_number_nsz_": _float(_number(min)),
    "maximum_number_nsz_": _float(_number(max)),
    "minimum": _float(_propagating(min)),
    "maximum": _float(_propagating(max)),
}

_RULES: dict[str, Rule] = {
    **{n: _type_fact(n) for n in ("size_of", "align_of", "needs_drop", "variant_count", "offset_of", "type_id")},
    "type_name": lambda s: s.machine.constant(type_name_constant(s.type_arg)),
    "size_of_val": lambda s: _of_value(s, 0),
    "align_of_val": lambda s: _of_value(s, 1),
    "assert_inhabited": _assert_inhabited,
    "wrapping_add": _arith(BinOp.ADD),
    "wrapping_sub": _arith(BinOp.SUB),
    "wrapping_mul": _arith(BinOp.MUL),
    "unchecked_add": _exact(BinOp.ADD),
    "unchecked_sub": _exact(BinOp.SUB),
    "unchecked_mul": _exact(BinOp.MUL),
    "unchecked_div": _arith(BinOp.DIV),
    "unchecked_rem": _arith(BinOp.REM),
    "exact_div": _arith(BinOp.DIV),
    "unchecked_shl": _arith(BinOp.SHL),
    "unchecked_shr": _arith(BinOp.SHR),
    "add_with_overflow": _with_overflow(BinOp.ADD),
    "sub_with_overflow": _with_overflow(BinOp.SUB),
    "mul_with_overflow": _with_overflow(BinOp.MUL),
    "saturating_add": _saturating(BinOp.ADD),
    "saturating_sub": _saturating(BinOp.SUB),
    "rotate_left": lambda s: _rotate(s, True),
    "rotate_right": lambda s: _rotate(s, False),
    "ctpop": lambda s: s.integer(0).bit_count(),
    "ctlz": _leading_zeros,
    "ctlz_nonzero": _leading_zeros,
    "cttz": _trailing_zeros,
    "cttz_nonzero": _trailing_zeros,
    "bswap": _swap_bytes,
    "bitreverse": _reverse_bits,
    "three_way_compare": _three_way,
    "offset": _offset,
    "arith_offset": _offset,
    "ptr_offset_from": _offset_from,
    "ptr_offset_from_unsigned": _offset_from,
    "copy": _copy,
    "copy_nonoverlapping": _copy,
    "write_bytes": _write_bytes,
    "read_via_copy": _read,
    "write_via_move": _write,
    "compare_bytes": _compare_bytes,
    "raw_eq": _raw_eq,
    "ptr_metadata": _metadata,
    "aggregate_raw_ptr": _from_parts,
    "transmute": _transmute,
    "transmute_unchecked": _transmute,
    "discriminant_value": _discriminant,
    "ptr_guaranteed_cmp": _guaranteed_cmp,
    "black_box": _identity,
    "select_unpredictable": _select,
    "forget": _nothing,
    "cold_path": _nothing,
    "assume": _assume,
    "abort": _abort,
    "unreachable": _unreachable,
    "fabs": _abs,
    **{f"{name}f{bits}": rule for name, rule in _FLOAT_RULES.items() for bits in (16, 32, 64)},
}
