"""LLVM IR spelling of each dialect-llvm instruction.

What it is: a table from operation class to a function that writes the right-hand side of one line. What it assumes:
the operation verified. What it guarantees: ``ATTRIBUTES_KEPT`` lists what each writer prints; the caller refuses
anything else, so no ordering, scope or flag is ever dropped. Example::

    INSTRUCTIONS[AddOp](function_text, op) == "add nuw i32 %0, %1"
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from compiler.codegen.llvm_metadata import Metadata
from compiler.codegen.llvm_types import attribute_words, symbol, type_text
from compiler.dialects.llvm import ops_arith as arith
from compiler.dialects.llvm import ops_control as control
from compiler.dialects.llvm import ops_memory as memory
from compiler.ir.attributes import Attribute, DenseArrayAttr, IntegerAttr, StringAttr
from compiler.ir.core import SEGMENTS, Block, Operation, Value
from compiler.ir.types import FunctionType

DeclareIntrinsic = Callable[[str, str, Iterable[str]], None]


class FunctionText:
    """What an instruction writer needs to know: names of values and blocks, and where to declare intrinsics."""

    def __init__(self, call_group: int, declare_intrinsic: DeclareIntrinsic, metadata: Metadata) -> None:
        self.names: dict[Value, str] = {}
        self.labels: dict[Block, str] = {}
        self.call_group = call_group
        self.declare_intrinsic = declare_intrinsic
        self.metadata = metadata
        self.loops: dict[Block, int] = {}

    def loop_metadata(self, header: Block, unroll: int) -> int:
        """The metadata node of the loop with this header; all its back edges share one."""
        found = self.loops.get(header)
        if found is None:
            found = self.loops[header] = self.metadata.loop_unroll(unroll)
        return found

    def typed(self, value: Value) -> str:
        return f"{type_text(value.type)} {self.names[value]}"

    def label(self, block: Block) -> str:
        return f"label %{self.labels[block]}"


Writer = Callable[[FunctionText, Operation], str]
INSTRUCTIONS: dict[type[Operation], Writer] = {}
ATTRIBUTES_KEPT: dict[type[Operation], frozenset[str]] = {}


def _writes(*classes: type[Operation], keeps: tuple[str, ...] = ()) -> Callable[[Writer], Writer]:
    def register(writer: Writer) -> Writer:
        for op_class in classes:
            INSTRUCTIONS[op_class] = writer
            ATTRIBUTES_KEPT[op_class] = frozenset(keeps)
        return writer

    return register


def _words(op: Operation, key: str) -> str:
    """The words of a string attribute with a leading space, or nothing."""
    value = op.attributes.get(key)
    return f" {value.value}" if isinstance(value, StringAttr) and value.value else ""


def _align(op: Operation) -> str:
    value = op.attributes.get("alignment")
    return f", align {value.value}" if isinstance(value, IntegerAttr) else ""


def _scope(op: Operation) -> str:
    value = op.attributes.get("syncscope")
    return f' syncscope("{value.value}")' if isinstance(value, StringAttr) and value.value else ""


@_writes(
    arith.AddOp, arith.SubOp, arith.MulOp, arith.ShlOp, arith.UDivOp, arith.SDivOp, arith.LShrOp, arith.AShrOp,
    arith.URemOp, arith.SRemOp, arith.AndOp, arith.OrOp, arith.XOrOp, arith.FAddOp, arith.FSubOp, arith.FMulOp,
    arith.FDivOp, arith.FRemOp,
    keeps=("overflowFlags", "fastmathFlags", "isExact"),
)  # fmt: skip
def _binary(fn: FunctionText, op: Operation) -> str:
    left, right = op.operands
    flags = _words(op, "overflowFlags") + _words(op, "fastmathFlags") + (" exact" if "isExact" in op.attributes else "")
    return f"{op.name[5:]}{flags} {type_text(left.type)} {fn.names[left]}, {fn.names[right]}"


@_writes(arith.FNegOp)
def _fneg(fn: FunctionText, op: Operation) -> str:
    return f"fneg {fn.typed(op.operands[0])}"


@_writes(arith.FreezeOp)
def _freeze(fn: FunctionText, op: Operation) -> str:
    return f"freeze {fn.typed(op.operands[0])}"


@_writes(arith.ICmpOp, arith.FCmpOp, keeps=("predicate",))
def _compare(fn: FunctionText, op: Operation) -> str:
    left, right = op.operands
    return f"{op.name[5:]}{_words(op, 'predicate')} {type_text(left.type)} {fn.names[left]}, {fn.names[right]}"


@_writes(arith.SelectOp)
def _select(fn: FunctionText, op: Operation) -> str:
    return "select " + ", ".join([fn.typed(value) for value in op.operands])


@_writes(
    arith.TruncOp, arith.ZExtOp, arith.SExtOp, arith.FPTruncOp, arith.FPExtOp, arith.SIToFPOp, arith.UIToFPOp,
    arith.FPToSIOp, arith.FPToUIOp, arith.PtrToIntOp, arith.IntToPtrOp, arith.BitcastOp, arith.AddrSpaceCastOp,
)  # fmt: skip
def _cast(fn: FunctionText, op: Operation) -> str:
    return f"{op.name[5:]} {fn.typed(op.operands[0])} to {type_text(op.results[0].type)}"


@_writes(arith.ExtractValueOp, arith.InsertValueOp, keeps=("position",))
def _aggregate(fn: FunctionText, op: Operation) -> str:
    position = op.attributes["position"]
    assert isinstance(position, DenseArrayAttr)
    values = ", ".join([fn.typed(value) for value in op.operands])
    return f"{op.name[5:]} {values}, {', '.join(map(str, position.values))}"


@_writes(arith.ExtractElementOp, arith.InsertElementOp)
def _element(fn: FunctionText, op: Operation) -> str:
    return f"{op.name[5:]} " + ", ".join([fn.typed(value) for value in op.operands])


@_writes(memory.AllocaOp, keeps=("elem_type", "alignment", "count"))
def _alloca(fn: FunctionText, op: Operation) -> str:
    assert isinstance(op, memory.AllocaOp)
    count = f", i32 {op.count.value}" if op.count is not None else ""
    return f"alloca {type_text(op.elem_type.type)}{count}{_align(op)}"


@_writes(memory.LoadOp, keeps=("alignment", "volatile", "ordering", "syncscope", "invariant"))
def _load(fn: FunctionText, op: Operation) -> str:
    attributes = op.attributes
    atomic = " atomic" if "ordering" in attributes else ""
    volatile = " volatile" if "volatile" in attributes else ""
    tail = f"{_scope(op)}{_words(op, 'ordering')}{_align(op)}"
    text = f"load{atomic}{volatile} {type_text(op.results[0].type)}, {fn.typed(op.operands[0])}{tail}"
    return f"{text}, !invariant.load !{{}}" if "invariant" in attributes else text


@_writes(memory.StoreOp, keeps=("alignment", "volatile", "ordering", "syncscope"))
def _store(fn: FunctionText, op: Operation) -> str:
    atomic = " atomic" if "ordering" in op.attributes else ""
    volatile = " volatile" if "volatile" in op.attributes else ""
    value, addr = op.operands
    tail = f"{_scope(op)}{_words(op, 'ordering')}{_align(op)}"
    return f"store{atomic}{volatile} {fn.typed(value)}, {fn.typed(addr)}{tail}"


@_writes(memory.GEPOp, keeps=("elem_type", "rawConstantIndices", "flags"))
def _gep(fn: FunctionText, op: Operation) -> str:
    assert isinstance(op, memory.GEPOp)
    dynamic = iter(op.operands[1:])
    indices = "".join(
        f", {fn.typed(next(dynamic))}" if index == memory.DYNAMIC else f", i64 {index}"
        for index in op.raw_constant_indices.values
    )
    return f"getelementptr{_words(op, 'flags')} {type_text(op.elem_type.type)}, {fn.typed(op.operands[0])}{indices}"


@_writes(memory.AtomicRMWOp, keeps=("bin_op", "ordering", "syncscope", "alignment", "volatile"))
def _atomicrmw(fn: FunctionText, op: Operation) -> str:
    volatile = " volatile" if "volatile" in op.attributes else ""
    addr, value = op.operands
    tail = f"{_scope(op)}{_words(op, 'ordering')}{_align(op)}"
    return f"atomicrmw{volatile}{_words(op, 'bin_op')} {fn.typed(addr)}, {fn.typed(value)}{tail}"


@_writes(
    memory.CmpXchgOp,
    keeps=("success_ordering", "failure_ordering", "syncscope", "weak", "volatile", "alignment"),
)
def _cmpxchg(fn: FunctionText, op: Operation) -> str:
    weak = " weak" if "weak" in op.attributes else ""
    volatile = " volatile" if "volatile" in op.attributes else ""
    values = ", ".join([fn.typed(value) for value in op.operands])
    orderings = f"{_words(op, 'success_ordering')}{_words(op, 'failure_ordering')}"
    return f"cmpxchg{weak}{volatile} {values}{_scope(op)}{orderings}{_align(op)}"


@_writes(memory.FenceOp, keeps=("ordering", "syncscope"))
def _fence(fn: FunctionText, op: Operation) -> str:
    return f"fence{_scope(op)}{_words(op, 'ordering')}"


@_writes(control.ReturnOp)
def _return(fn: FunctionText, op: Operation) -> str:
    return f"ret {fn.typed(op.operands[0])}" if op.operands else "ret void"


@_writes(control.UnreachableOp)
def _unreachable(fn: FunctionText, op: Operation) -> str:
    return "unreachable"


@_writes(control.BrOp, keeps=("loop_unroll",))
def _br(fn: FunctionText, op: Operation) -> str:
    assert isinstance(op, control.BrOp)
    text = f"br {fn.label(op.successors[0])}"
    if op.loop_unroll is None:
        return text
    return f"{text}, !llvm.loop !{fn.loop_metadata(op.successors[0], op.loop_unroll.value)}"


@_writes(control.CondBrOp, keeps=(SEGMENTS, "branch_weights"))
def _cond_br(fn: FunctionText, op: Operation) -> str:
    weights = op.attributes.get("branch_weights")
    text = f"br {fn.typed(op.operands[0])}, {fn.label(op.successors[0])}, {fn.label(op.successors[1])}"
    if isinstance(weights, DenseArrayAttr):
        body = ", ".join(f"i32 {weight}" for weight in weights.values)
        return f'{text}, !prof !{{!"branch_weights", {body}}}'
    return text


@_writes(control.SwitchOp, keeps=(SEGMENTS, "case_values"))
def _switch(fn: FunctionText, op: Operation) -> str:
    assert isinstance(op, control.SwitchOp)
    value = op.operands[0]
    ty = type_text(value.type)
    cases = " ".join(
        f"{ty} {case}, {fn.label(target)}"
        for case, target in zip(op.case_values.values, op.successors[1:], strict=True)
    )
    return f"switch {fn.typed(value)}, {fn.label(op.successors[0])} [ {cases} ]"


@_writes(control.CallOp, keeps=("callee", "callee_type", "fastmathFlags", "noreturn"))
def _call(fn: FunctionText, op: Operation) -> str:
    assert isinstance(op, control.CallOp)
    args = op.operands
    if op.callee is not None:
        target = symbol(op.callee.name)
        head = type_text(op.results[0].type) if op.results else "void"
    else:
        target, args = fn.names[args[0]], args[1:]
        ty = op.callee_type.type if op.callee_type is not None else None
        assert isinstance(ty, FunctionType)
        head = type_text(ty.results[0]) if ty.results else "void"
    flags = _words(op, "fastmathFlags")
    noreturn = " noreturn" if op.noreturn is not None else ""
    return f"call{flags} {head} {target}({', '.join([fn.typed(a) for a in args])}){noreturn} #{fn.call_group}"


@_writes(control.CallIntrinsicOp, keeps=("intrin", "arg_attrs", "fastmathFlags"))
def _call_intrinsic(fn: FunctionText, op: Operation) -> str:
    assert isinstance(op, control.CallIntrinsicOp)
    name = op.intrin.value
    result = type_text(op.results[0].type) if op.results else "void"
    fn.declare_intrinsic(name, result, [type_text(value.type) for value in op.operands])
    attrs: tuple[Attribute, ...] = op.arg_attrs.elements if op.arg_attrs is not None else ()
    args = ", ".join(
        [_argument(fn, value, attrs[i] if i < len(attrs) else None) for i, value in enumerate(op.operands)]
    )
    return f"call{_words(op, 'fastmathFlags')} {result} {symbol(name)}({args})"


def _argument(fn: FunctionText, value: Value, attrs: Attribute | None) -> str:
    words = attribute_words(attrs) if attrs is not None else ""
    return f"{type_text(value.type)} {words} {fn.names[value]}" if words else fn.typed(value)


@_writes(control.InlineAsmOp, keeps=("asm_string", "constraints", "has_side_effects", "nonconvergent"))
def _inline_asm(fn: FunctionText, op: Operation) -> str:
    assert isinstance(op, control.InlineAsmOp)
    result = type_text(op.results[0].type) if op.results else "void"
    effects = " sideeffect" if op.has_side_effects is not None else ""
    args = ", ".join([fn.typed(value) for value in op.operands])
    group = "nounwind" if op.nonconvergent is not None else f"#{fn.call_group}"
    template = _asm_text(op.asm_string.value)
    return f'call {result} asm{effects} "{template}", "{op.constraints.value}"({args}) {group}'


def _asm_text(text: str) -> str:
    return "".join(chr(b) if 0x20 <= b < 0x7F and b not in (0x22, 0x5C) else f"\\{b:02X}" for b in text.encode())
