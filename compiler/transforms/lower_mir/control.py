"""Branches, switches, assertions, calls and returns.

What it is: dialect-mir control flow as LLVM's. An ``mir.assert`` becomes a conditional branch to a block that traps,
with the assertion's location; a two-way switch on ``bool`` becomes ``cond_br``. Before and after::

    "mir.assert"(%c)[^next] {expected = true, message = "index out of bounds"}
    "llvm.cond_br"(%c)[^next, ^trap]      ^trap: llvm.trap; llvm.unreachable
"""

from __future__ import annotations

from compiler.dialects.llvm import ops_arith as llvm
from compiler.dialects.llvm.ops_control import (
    BrOp,
    CallOp,
    CondBrOp,
    InlineAsmOp,
    ReturnOp,
    SwitchOp,
    UnreachableOp,
)
from compiler.dialects.llvm.types import StructType
from compiler.dialects.mir import ops as mir
from compiler.dialects.mir.types import PairType
from compiler.ir.attributes import (
    Attribute,
    DenseArrayAttr,
    IntegerAttr,
    StringAttr,
    SymbolRefAttr,
    TypeAttr,
    UnitAttr,
)
from compiler.ir.core import SEGMENTS, Block, Operation, Value
from compiler.ir.types import I32, I64, FunctionType, IntegerType
from compiler.transforms.lower_mir.lowering import Lowering
from compiler.transforms.lower_mir.scalars import extract
from compiler.transforms.lower_mir.types import register_types, result_type


def lower_goto(low: Lowering, op: mir.GotoOp) -> None:
    attributes: dict[str, Attribute] = {"loop_unroll": op.unroll} if op.unroll is not None else {}
    low.emit(BrOp(low.all_of(op.operands), (), attributes, (), [low.blocks[op.successors[0]]]))


def lower_switch(low: Lowering, op: mir.SwitchIntOp) -> None:
    discr = low.of(op.operands[0])
    targets = [low.blocks[block] for block in op.successors]
    args = [low.all_of(op.segment(i + 1)) for i in range(len(targets))]
    cases = [case.value for case in op.cases.elements if isinstance(case, IntegerAttr)]
    if cases and isinstance(op.successors[0].ops[0], mir.UnreachableOp):  # the last case needs no comparison
        cases.pop()
        targets[0], args[0] = targets.pop(), args.pop()
    if isinstance(discr.type, IntegerType) and discr.type.width == 1 and len(cases) == 1:
        yes, no = (1, 0) if cases[0] == 1 else (0, 1)
        low.emit(CondBrOp.of(discr, targets[yes], args[yes], targets[no], args[no]))
        return
    if not cases:
        low.emit(BrOp(args[0], successors=[targets[0]]))
        return
    sizes = DenseArrayAttr((1, *map(len, args)), I32)
    width = discr.type.width if isinstance(discr.type, IntegerType) else 64
    values = tuple(case - (1 << width) if width > 1 and case >> (width - 1) else case for case in cases)
    attributes: dict[str, Attribute] = {"case_values": DenseArrayAttr(values, I64), SEGMENTS: sizes}
    low.emit(SwitchOp([discr, *(v for group in args for v in group)], (), attributes, (), targets))


def lower_assert(low: Lowering, op: mir.AssertOp) -> None:
    condition = low.of(op.operands[0])
    trap_block = new_block(low)
    target = low.blocks[op.successors[0]]
    args = low.all_of(op.operands[1:])
    if op.expected.value:
        low.emit(CondBrOp.of(condition, target, args, trap_block, []))
    else:
        low.emit(CondBrOp.of(condition, trap_block, [], target, args))
    low.block = trap_block
    trap(low)


def new_block(low: Lowering) -> Block:
    region = low.entry.parent
    assert region is not None
    return region.add_block()


def trap(low: Lowering) -> None:
    low.intrinsic("llvm.trap", (), None)
    low.emit(UnreachableOp())


def lower_trap(low: Lowering, op: mir.TrapOp) -> None:
    trap(low)


def lower_unreachable(low: Lowering, op: mir.UnreachableOp) -> None:
    low.emit(UnreachableOp())


def lower_return(low: Lowering, op: mir.ReturnOp) -> None:
    values = low.all_of(op.operands)
    if len(values) == 2:
        struct = StructType(tuple(value.type for value in values))
        values = [build_struct(low, struct, values)]
    low.emit(ReturnOp(values))


def build_struct(low: Lowering, ty: StructType, values: list[Value]) -> Value:
    built: Value = low.value(llvm.PoisonOp((), (ty,)))
    for i, value in enumerate(values):
        built = low.value(llvm.InsertValueOp([built, value], [ty], {"position": DenseArrayAttr((i,), I64)}))
    return built


def bind_result(low: Lowering, op: Operation, value: Value) -> None:
    """Unpack a returned pair."""
    ty = op.results[0].type
    if isinstance(ty, PairType):
        first, second = register_types(ty)
        low.bind(op, extract(low, value, 0, first), extract(low, value, 1, second))
    else:
        low.bind(op, value)


def lower_call(low: Lowering, op: mir.CallOp) -> None:
    results = [result_type(res.type) for res in op.results]
    call = low.emit(CallOp(low.all_of(op.operands), results, {"callee": SymbolRefAttr(op.callee.name)}))
    if results:
        bind_result(low, op, call.results[0])


def lower_call_indirect(low: Lowering, op: mir.CallIndirectOp) -> None:
    results = tuple(result_type(res.type) for res in op.results)
    values = low.all_of(op.operands)
    ty = FunctionType(tuple(value.type for value in values[1:]), results)
    call = low.emit(CallOp(values, results, {"callee_type": TypeAttr(ty)}))
    if results:
        bind_result(low, op, call.results[0])


def lower_inline_asm(low: Lowering, op: mir.InlineAsmOp) -> None:
    """``%N`` becomes ``$N``; literal ``$`` and ``%%`` are escaped for LLVM."""
    constraints = [c.value for c in op.constraints.elements if isinstance(c, StringAttr)]
    if op.memory_clobber is not None:
        constraints.append("~{memory}")
    attributes: dict[str, Attribute] = {
        "asm_string": StringAttr(asm_template(op.template.value)),
        "constraints": StringAttr(",".join(constraints)),
    }
    if op.register_only is None:
        attributes["has_side_effects"] = UnitAttr()
    if op.may_diverge is not None:
        attributes["nonconvergent"] = UnitAttr()
    types = tuple(register_types(res.type)[0] for res in op.results)
    if len(types) <= 1:
        asm = low.emit(InlineAsmOp(low.all_of(op.operands), types, attributes))
        if types:
            low.bind(op, asm.results[0])
        return
    struct = low.value(InlineAsmOp(low.all_of(op.operands), [StructType(types)], attributes))
    for i, (res, ty) in enumerate(zip(op.results, types, strict=True)):
        low.values[res] = (extract(low, struct, i, ty),)


def asm_template(text: str) -> str:
    """``%0`` operand references and ``%%`` escapes of ``ptx_asm!`` in LLVM's ``$`` syntax."""
    out: list[str] = []
    i = 0
    while i < len(text):
        ch = text[i]
        if ch == "%" and text[i + 1 : i + 2] == "%":
            out.append("%")
            i += 1
        elif ch == "%" and text[i + 1 : i + 2].isdigit():
            out.append("$")
        elif ch == "$":
            out.append("$$")
        else:
            out.append(ch)
        i += 1
    return "".join(out)
