"""Calls of intrinsics: rustc's (``#[rustc_intrinsic]``) and the device's (``#[oxide::intrinsic("module.name")]``).

What it is: an intrinsic that is a MIR operation becomes that operation; one that needs LLVM becomes
``mir.intrinsic``; a row of the NVVM table becomes ``mir.device_intrinsic``. What it assumes: names of
:func:`compiler.mir.mono.attributes.intrinsic_name`:

- rustc's names; ``atomic_*`` take their ordering from the first const argument (the second if it fails), their
  scope from a suffix ``.device``, ``.block`` or ``.system`` (none: system);
- ``module.name`` or ``module::name`` of the table (``warp.shuffle_sync``);
- ``dynamic_shared``: the address of the kernel's dynamic shared memory; its alignment is the first const argument.

What it guarantees: an unknown name is an ``unsupported`` diagnostic at the call. Example: ``wrapping_add::<u32>(a,
b)`` is ``mir.binary Add``.
"""

from __future__ import annotations

from collections.abc import Callable

from compiler.base.dataclass import dataclass
from compiler.dialects.mir import ops as mir
from compiler.dialects.mir.types import BOOL, MIR_PTR, USIZE, PairType, is_scalar
from compiler.dialects.nvvm import row
from compiler.ir.attributes import Attribute, DenseArrayAttr, IntegerAttr, StringAttr
from compiler.ir.core import Value
from compiler.ir.types import I64, IntegerType
from compiler.mir import body as m
from compiler.mir.mono.model import Instance
from compiler.transforms.import_mir.casts import transmute
from compiler.transforms.import_mir.enums import read_discriminant
from compiler.transforms.import_mir.function import FunctionImport
from compiler.transforms.import_mir.operands import OperandValue, operand, operand_ty, read, scalar_operand, write
from compiler.transforms.import_mir.places import PlaceValue, place_value, pointer_place
from compiler.transforms.import_mir.rvalues import binary_values, three_way
from compiler.transforms.import_mir.types import TypeFacts, Unsupported, pointee
from compiler.transforms.lower_mir.intrinsics import supported
from compiler.ty import types as t

ORDERINGS = ("Relaxed", "Release", "Acquire", "AcqRel", "SeqCst")  # core::intrinsics::AtomicOrdering by discriminant
SCOPES = {
    "device": "device",
    "gpu": "device",
    "block": "block",
    "cta": "block",
    "system": "",
    "sys": "",
    "cluster": "cluster",
}


@dataclass(slots=True)
class IntrinsicCall:
    """One call: the type arguments, the MIR call, and the destination."""

    f: FunctionImport
    name: str
    instance: Instance
    terminator: m.Call

    def type_arg(self, index: int = 0) -> t.Ty:
        types = [arg for arg in self.instance.args if isinstance(arg, t.Ty)]
        if index >= len(types):
            raise Unsupported(f"`{self.name}` without its type argument")
        return types[index]

    def const_args(self) -> list[int]:
        return [arg.value for arg in self.instance.args if isinstance(arg, t.Const) and arg.kind == "value"]

    def facts(self, index: int = 0) -> TypeFacts:
        return self.f.types.of(self.type_arg(index))

    def arg(self, index: int) -> OperandValue:
        return operand(self.f, self.terminator.args[index])

    def scalar(self, index: int) -> Value:
        return scalar_operand(self.f, self.terminator.args[index])

    def scalars(self) -> list[Value]:
        return [scalar_operand(self.f, arg) for arg in self.terminator.args]

    def destination(self) -> PlaceValue:
        return place_value(self.f, self.terminator.destination)

    def result(self) -> TypeFacts:
        return self.f.types.of(self.f.body_place_ty(self.terminator.destination))

    def write(self, value: OperandValue) -> None:
        write(self.f, self.destination(), value)


def intrinsic_call(f: FunctionImport, name: str, instance: Instance, terminator: m.Call) -> None:
    call = IntrinsicCall(f, name, instance, terminator)
    handler = HANDLERS.get(name)
    if handler is not None:
        handler(call)
    elif name in BINARY:
        binary(call)
    elif name.startswith("atomic_"):
        atomic(call)
    elif supported(name):
        plain(call)
    else:
        device_intrinsic(call)


# ---------------------------------------------------------------- arithmetic

BINARY: dict[str, tuple[m.BinOp, str]] = {
    "wrapping_add": (m.BinOp.ADD, ""),
    "wrapping_sub": (m.BinOp.SUB, ""),
    "wrapping_mul": (m.BinOp.MUL, ""),
    "unchecked_add": (m.BinOp.ADD, "no overflow"),
    "unchecked_sub": (m.BinOp.SUB, "no overflow"),
    "unchecked_mul": (m.BinOp.MUL, "no overflow"),
    "unchecked_div": (m.BinOp.DIV, ""),
    "unchecked_rem": (m.BinOp.REM, ""),
    "unchecked_shl": (m.BinOp.SHL, "in range"),
    "unchecked_shr": (m.BinOp.SHR, "in range"),
    "exact_div": (m.BinOp.DIV, "exact"),
    "add_with_overflow": (m.BinOp.ADD_WITH_OVERFLOW, ""),
    "sub_with_overflow": (m.BinOp.SUB_WITH_OVERFLOW, ""),
    "mul_with_overflow": (m.BinOp.MUL_WITH_OVERFLOW, ""),
}


def binary(call: IntrinsicCall) -> None:
    op, promise = BINARY[call.name]
    left, right = call.scalar(0), call.scalar(1)
    if promise and isinstance(left.type, IntegerType):
        flags = {"no overflow": "nsw" if left.type.signedness == "s" else "nuw", "in range": "nuw", "exact": "exact"}
        call.write(call.f.binary(op.value, left, right, None, flags[promise]))
    else:
        call.write(binary_values(call.f, op, left, right, call.terminator.destination))


def three_way_compare(call: IntrinsicCall) -> None:
    facts = call.result()
    assert facts.value is not None
    call.write(three_way(call.f, call.scalar(0), call.scalar(1), facts.value))


def select(call: IntrinsicCall) -> None:
    condition, yes, no = (call.arg(i) for i in range(3))
    if isinstance(condition, Value) and isinstance(yes, Value) and isinstance(no, Value):
        call.write(call.f.value(mir.SelectOp([condition, yes, no], [yes.type])))
    elif isinstance(yes, PlaceValue) and isinstance(no, PlaceValue) and isinstance(condition, Value):
        chosen = call.f.value(mir.SelectOp([condition, yes.address, no.address], [MIR_PTR]))
        call.write(PlaceValue(chosen, yes.facts, min(yes.align, no.align), yes.layout))


def plain(call: IntrinsicCall) -> None:
    """An intrinsic over values that lowers by its own name."""
    facts = call.result()
    call.write(call.f.intrinsic(call.name, call.scalars(), facts.value))


def carrying_mul_add(call: IntrinsicCall) -> None:
    facts = call.result()
    assert isinstance(facts.value, PairType)
    call.write(call.f.intrinsic(call.name, call.scalars(), facts.value))


# ---------------------------------------------------------------- memory


def _pointer_align(call: IntrinsicCall) -> dict[str, Attribute]:
    facts = call.facts()
    return {"size": IntegerAttr(facts.size, I64), "align": IntegerAttr(facts.align, I64)}


def memory(call: IntrinsicCall) -> None:
    """``copy*``, ``write_bytes``: counts are of ``T``."""
    if call.facts().size:
        call.f.intrinsic(call.name, call.scalars(), None, _pointer_align(call))


def ptr_difference(call: IntrinsicCall) -> None:
    call.write(call.f.intrinsic(call.name, call.scalars(), call.result().value, _pointer_align(call)))


def _place(call: IntrinsicCall, index: int) -> PlaceValue:
    return pointer_place(call.f, call.scalar(index), call.type_arg())


def read_via_copy(call: IntrinsicCall) -> None:
    call.write(read(call.f, _place(call, 0)))


def write_via_move(call: IntrinsicCall) -> None:
    value = call.arg(1)
    write(call.f, _place(call, 0), value)


def volatile_load(call: IntrinsicCall) -> None:
    f, place = call.f, _place(call, 0)
    if place.facts.value is not None:
        call.write(f.load(place.address, place.facts.value, place.align, volatile=True))
    elif place.facts.in_memory:
        f.copy(call.destination().address, place.address, place.facts, place.align, volatile=True)


def volatile_store(call: IntrinsicCall) -> None:
    f, place, value = call.f, _place(call, 0), call.arg(1)
    if isinstance(value, Value):
        f.store(value, place.address, place.align, volatile=True)
    elif isinstance(value, PlaceValue):
        f.copy(place.address, value.address, place.facts, min(place.align, value.align), volatile=True)


def typed_swap(call: IntrinsicCall) -> None:
    f, left, right = call.f, _place(call, 0), _place(call, 1)
    if left.facts.is_zst:
        return
    if left.facts.value is not None:
        x = f.load(left.address, left.facts.value, left.align)
        y = f.load(right.address, left.facts.value, right.align)
        f.store(y, left.address, left.align)
        f.store(x, right.address, right.align)
        return
    slot = f.alloca(left.facts)
    f.copy(slot, left.address, left.facts, left.align)
    f.copy(left.address, right.address, left.facts, left.align)
    f.copy(right.address, slot, left.facts, left.align)


def offset(call: IntrinsicCall) -> None:
    ty = operand_ty(call.f, call.terminator.args[0])
    facts = call.f.types.of(pointee(ty))
    wrapping = call.name == "arith_offset"
    call.write(call.f.index(call.scalar(0), call.scalar(1), facts.size, wrapping))


def ptr_metadata(call: IntrinsicCall) -> None:
    pointer = call.scalar(0)
    call.write(call.f.component(pointer, 1) if isinstance(pointer.type, PairType) else None)


def aggregate_raw_ptr(call: IntrinsicCall) -> None:
    facts = call.result()
    meta = call.arg(1)
    if isinstance(facts.value, PairType) and isinstance(meta, Value):
        call.write(call.f.pair(call.scalar(0), meta, facts.value))
    else:
        call.write(call.scalar(0))


def transmute_value(call: IntrinsicCall) -> None:
    source = call.f.types.of(operand_ty(call.f, call.terminator.args[0]))
    call.write(transmute(call.f, call.arg(0), source, call.result()))


def discriminant(call: IntrinsicCall) -> None:
    facts = call.result()
    assert facts.value is not None
    call.write(read_discriminant(call.f, _place(call, 0), facts.value))


def size_of_val(call: IntrinsicCall) -> None:
    """Of slices and ``str``: elements times size."""
    f, ty = call.f, call.type_arg()
    facts = f.types.of(ty)
    if call.name == "align_of_val":
        call.write(f.usize(facts.align))
        return
    if not facts.layout.is_unsized:
        call.write(f.usize(facts.size))
        return
    pointer = call.scalar(0)
    if (not isinstance(ty, t.SliceTy) and ty is not t.str_) or not isinstance(pointer.type, PairType):
        raise Unsupported(f"the size of a `{ty!r}` value")
    element = f.types.of(ty.ty if isinstance(ty, t.SliceTy) else t.u8)
    call.write(f.binary("Mul", f.component(pointer, 1), f.usize(element.size)))


def raw_eq(call: IntrinsicCall) -> None:
    """Byte equality of two small values: by the widest words their alignment allows."""
    f, left, right = call.f, _place(call, 0), _place(call, 1)
    equal: Value = f.scalar(1, BOOL)
    at = 0
    while at < left.facts.size:
        width = min(8, left.facts.align, (left.facts.size - at) & -(left.facts.size - at))
        word = IntegerType(8 * width, "u")
        x = f.load(f.field(left.address, at), word, width)
        y = f.load(f.field(right.address, at), word, width)
        equal = f.binary("BitAnd", equal, f.binary("Eq", x, y, BOOL))
        at += width
    call.write(equal)


def compare_bytes(call: IntrinsicCall) -> None:
    """``memcmp`` as a loop; the sign of the first difference."""
    f = call.f
    left, right, count = call.scalars()
    facts = call.result()
    assert facts.value is not None
    counter, answer = f.alloca(f.types.of(t.usize)), f.alloca(facts)
    f.store(f.usize(0), counter, 8)
    f.store(f.scalar(0, facts.value), answer, 4)
    head, body, step, done = (f.new_block() for _ in range(4))
    byte = IntegerType(8, "u")
    f.goto(head)
    f.block = head
    i = f.load(counter, USIZE, 8)
    f.emit(mir.SwitchIntOp.of(f.binary("Lt", i, count, BOOL), [0], [body, done]))
    f.block = body
    x, y = (f.load(f.index(p, i, 1), byte, 1) for p in (left, right))
    f.store(three_way(f, x, y, facts.value), answer, 4)
    f.store(f.binary("Add", i, f.usize(1)), counter, 8)
    f.emit(mir.SwitchIntOp.of(f.binary("Eq", x, y, BOOL), [0], [step, done]))
    f.block = step
    f.goto(head)
    f.block = done
    call.write(f.load(answer, facts.value, 4))


def ptr_guaranteed_cmp(call: IntrinsicCall) -> None:
    facts = call.result()
    assert facts.value is not None
    equal = call.f.binary("Eq", call.scalar(0), call.scalar(1), BOOL)
    call.write(call.f.cast("IntToInt", equal, facts.value))


# ---------------------------------------------------------------- control


def trap(call: IntrinsicCall) -> None:
    call.f.emit(mir.TrapOp())


def unreachable(call: IntrinsicCall) -> None:
    call.f.emit(mir.UnreachableOp())


def nothing(call: IntrinsicCall) -> None:
    """Evaluated for its arguments only, which MIR already did."""


def assert_inhabited(call: IntrinsicCall) -> None:
    if call.facts().layout.uninhabited:
        trap(call)


def assume(call: IntrinsicCall) -> None:
    call.f.intrinsic("assume", [call.scalar(0)])


def black_box(call: IntrinsicCall) -> None:
    value = call.arg(0)
    if isinstance(value, Value) and is_scalar(value.type):
        value = call.f.intrinsic("black_box", [value], value.type)
    call.write(value)


def breakpoint_(call: IntrinsicCall) -> None:
    call.f.emit(mir.DeviceIntrinsicOp((), (), {"intrinsic": StringAttr("debug.breakpoint")}))


# ---------------------------------------------------------------- atomics


def atomic(call: IntrinsicCall) -> None:
    name, _, suffix = call.name.partition(".")
    if not supported(name) or suffix not in ("", *SCOPES):
        raise Unsupported(f"the intrinsic `{call.name}`")
    orderings = [ORDERINGS[value] for value in call.const_args()]
    if not orderings:
        raise Unsupported(f"`{call.name}` with a memory order that is not a constant")
    attributes: dict[str, Attribute] = {"ordering": StringAttr(orderings[0])}
    if len(orderings) > 1:
        attributes["failure_ordering"] = StringAttr(orderings[1])
    if SCOPES.get(suffix):
        attributes["syncscope"] = StringAttr(SCOPES[suffix])
    facts = call.result()
    call.write(call.f.intrinsic(name, call.scalars(), facts.value, attributes))


# ---------------------------------------------------------------- device


def dynamic_shared(call: IntrinsicCall) -> None:
    module = call.f.module
    symbol = f"__dynamic_smem_{module.items.symbols[module.items.root]}"
    aligns = [value for value in call.const_args() if value]
    align = max([16, *aligns]) if not aligns else max(aligns)
    module.dynamic_shared[symbol] = max(module.dynamic_shared.get(symbol, 1), align)
    call.write(call.f.address_of(symbol))


def device_intrinsic(call: IntrinsicCall) -> None:
    name = call.name.replace("::", ".").removeprefix("cuda_intrinsics.")
    found = row(name)
    if found is None:
        raise Unsupported(f"the intrinsic `{call.name}`")
    f = call.f
    args: list[Value] = []
    for source in call.terminator.args:
        value = operand(f, source)
        if value is not None:
            args.append(value.address if isinstance(value, PlaceValue) else value)
    facts = call.result()
    attributes: dict[str, Attribute] = {"intrinsic": StringAttr(name)}
    immediates = call.const_args()
    if immediates:
        attributes["immediates"] = DenseArrayAttr(tuple(immediates), I64)
    if facts.in_memory:
        slot = f.alloca(facts)
        f.emit(mir.DeviceIntrinsicOp([slot, *args], (), attributes))
        call.write(PlaceValue(slot, facts, facts.align, facts.layout))
        return
    op = f.emit(mir.DeviceIntrinsicOp(args, () if facts.value is None else (facts.value,), attributes))
    if op.results:
        call.write(op.results[0])
    if "noreturn" in found.effects:
        f.emit(mir.UnreachableOp())


HANDLERS: dict[str, Callable[[IntrinsicCall], None]] = {
    "three_way_compare": three_way_compare,
    "select_unpredictable": select,
    "carrying_mul_add": carrying_mul_add,
    "copy": memory,
    "copy_nonoverlapping": memory,
    "write_bytes": memory,
    "ptr_offset_from": ptr_difference,
    "ptr_offset_from_unsigned": ptr_difference,
    "read_via_copy": read_via_copy,
    "write_via_move": write_via_move,
    "volatile_load": volatile_load,
    "unaligned_volatile_load": volatile_load,
    "volatile_store": volatile_store,
    "unaligned_volatile_store": volatile_store,
    "typed_swap_nonoverlapping": typed_swap,
    "offset": offset,
    "arith_offset": offset,
    "ptr_metadata": ptr_metadata,
    "aggregate_raw_ptr": aggregate_raw_ptr,
    "transmute": transmute_value,
    "transmute_unchecked": transmute_value,
    "discriminant_value": discriminant,
    "size_of_val": size_of_val,
    "align_of_val": size_of_val,
    "raw_eq": raw_eq,
    "compare_bytes": compare_bytes,
    "ptr_guaranteed_cmp": ptr_guaranteed_cmp,
    "abort": trap,
    "unreachable": unreachable,
    "forget": nothing,
    "cold_path": nothing,
    "assert_inhabited": assert_inhabited,
    "assert_zero_valid": nothing,
    "assert_mem_uninitialized_valid": nothing,
    "assume": assume,
    "black_box": black_box,
    "breakpoint": breakpoint_,
    "dynamic_shared": dynamic_shared,
}
