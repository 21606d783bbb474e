"""Operations of the ``mir`` dialect: Rust's MIR with places as addresses.

What it is: a place is an address made of ``mir.alloca`` (a local), ``mir.field`` and ``mir.index``; a dereference is
a ``mir.load`` of a pointer. Values are scalars and pairs; larger things are copied between places with ``mir.copy``.
What it assumes: layouts were applied by the importer: fields are byte offsets, indices have a stride. What it
guarantees: the verifier checks types of operands, results and branch arguments. Example, ``fn inc(x: u32) -> u32 { x
+ 1 }``::

    "mir.func"() ({
    ^bb0(%x: ui32):
      %0 = "mir.constant"() {value = 1 : ui32} : () -> ui32
      %1 = "mir.binary"(%x, %0) {op = "Add"} : (ui32, ui32) -> ui32
      "mir.return"(%1) : (ui32) -> ()
    }) {sym_name = "inc", function_type = (ui32) -> ui32} : () -> ()
"""

from __future__ import annotations

from collections.abc import Sequence

from compiler.dialects.llvm.ops_control import check_branch
from compiler.dialects.mir.attributes import TagAttr
from compiler.dialects.mir.types import ADDRESS, BOOLEAN, INTEGER, PAIR, SCALAR, VALUE, MemType, PairType
from compiler.ir.attributes import (
    ArrayAttr,
    Attribute,
    BoolAttr,
    DenseArrayAttr,
    DictAttr,
    IntegerAttr,
    StringAttr,
    SymbolRefAttr,
    TypeAttr,
    UnitAttr,
)
from compiler.ir.core import (
    SEGMENTS,
    Block,
    Operation,
    Trait,
    Value,
    attribute,
    operand,
    operands,
    optional_attribute,
    result,
    results,
)
from compiler.ir.location import UNKNOWN_LOC, Location
from compiler.ir.types import I32, FunctionType

PURE = frozenset({Trait.PURE})
TERMINATOR = frozenset({Trait.TERMINATOR})
ARITHMETIC = frozenset({"Add", "Sub", "Mul", "Div", "Rem", "BitXor", "BitAnd", "BitOr", "Shl", "Shr"})
COMPARISONS = frozenset({"Eq", "Lt", "Le", "Ne", "Ge", "Gt"})
OVERFLOWING = frozenset({"AddWithOverflow", "SubWithOverflow", "MulWithOverflow"})
CASTS = frozenset(
    {"IntToInt", "FloatToInt", "IntToFloat", "FloatToFloat", "PtrToPtr", "PtrToInt", "IntToPtr", "Transmute"}
)


class FuncOp(Operation):
    """A function. ``kernel`` marks an entry; ``params`` describes its ABI parameters (see transforms/kernel_abi)."""

    name = "mir.func"
    sym_name = attribute(StringAttr)
    function_type = attribute(TypeAttr)
    kernel = optional_attribute(DictAttr)  # launch facts: maxntid, reqntid, minctasm, cluster
    inline = optional_attribute(StringAttr)  # "hint", "always", "never"
    arg_attrs = optional_attribute(ArrayAttr)
    subprogram = optional_attribute(DictAttr)
    n_regions = 1
    traits = frozenset({Trait.ISOLATED, Trait.SYMBOL})

    @property
    def type(self) -> FunctionType:
        ty = self.function_type.type
        assert isinstance(ty, FunctionType)
        return ty

    @property
    def is_declaration(self) -> bool:
        return not self.regions[0].blocks

    def verify_op(self) -> str | None:
        if not isinstance(self.function_type.type, FunctionType):
            return "function_type must be a function type"
        if self.is_declaration:
            return None
        types = tuple(arg.type for arg in self.regions[0].entry.args)
        return None if types == self.type.inputs else "entry block arguments differ from function_type"


class StaticOp(Operation):
    """A static or constant allocation. ``space``: "global", "constant", "shared" or "data" (internal, read-only).

    ``value`` is bytes, or an array of bytes and ``{symbol, addend}`` dictionaries; absent for shared memory
    (undefined) and dynamic shared memory (``extern``). ``elem_type``/``count`` give the typed view of a plain
    array of scalars.
    """

    name = "mir.static"
    sym_name = attribute(StringAttr)
    space = attribute(StringAttr)
    size = attribute(IntegerAttr)
    align = attribute(IntegerAttr)
    value = optional_attribute(Attribute)
    elem_type = optional_attribute(TypeAttr)
    mutable = optional_attribute(UnitAttr)
    extern = optional_attribute(UnitAttr)
    traits = frozenset({Trait.SYMBOL})

    def verify_op(self) -> str | None:
        known = ("global", "constant", "shared", "data")
        return None if self.space.value in known else f"has no space '{self.space.value}'"


class ConstantOp(Operation):
    """An integer, bool, char or float; pointers are integers cast."""

    name = "mir.constant"
    value = attribute(Attribute)
    res = result(SCALAR)
    traits = PURE


class UndefOp(Operation):
    """A value nobody has written yet."""

    name = "mir.undef"
    res = result(VALUE)
    traits = PURE


class AddressOfOp(Operation):
    """The generic address of a static or function."""

    name = "mir.address_of"
    symbol = attribute(SymbolRefAttr)
    res = result(ADDRESS)
    traits = PURE


class AllocaOp(Operation):
    """The memory of a local: ``type`` is a value type or ``!mir.mem``."""

    name = "mir.alloca"
    res = result(ADDRESS)
    type = attribute(TypeAttr)


class LoadOp(Operation):
    name = "mir.load"
    place = operand(ADDRESS)
    res = result(VALUE)
    align = attribute(IntegerAttr)
    volatile_ = optional_attribute(UnitAttr)
    traits = frozenset({Trait.READS_MEMORY})


class StoreOp(Operation):
    name = "mir.store"
    value = operand(VALUE)
    place = operand(ADDRESS)
    align = attribute(IntegerAttr)
    volatile_ = optional_attribute(UnitAttr)


class CopyOp(Operation):
    """Copies one value of ``type`` from ``source`` to ``destination``; they are equal or do not overlap."""

    name = "mir.copy"
    destination = operand(ADDRESS)
    source = operand(ADDRESS)
    type = attribute(TypeAttr)
    volatile_ = optional_attribute(UnitAttr)

    def verify_op(self) -> str | None:
        return None if isinstance(self.type.type, MemType) else "copies memory types only; load and store values"


class FieldOp(Operation):
    """The address ``offset`` bytes into ``base``; ``field`` is its name, for people."""

    name = "mir.field"
    base = operand(ADDRESS)
    res = result(ADDRESS)
    offset = attribute(IntegerAttr)
    field = optional_attribute(StringAttr)
    traits = PURE


class IndexOp(Operation):
    """``base + index * stride``, inside one allocation (``inbounds``) unless ``wrapping``."""

    name = "mir.index"
    base = operand(ADDRESS)
    index = operand(INTEGER)
    res = result(ADDRESS)
    stride = attribute(IntegerAttr)
    wrapping = optional_attribute(UnitAttr)
    traits = PURE


class PairOp(Operation):
    name = "mir.pair"
    first = operand(SCALAR)
    second = operand(SCALAR)
    res = result(PAIR)
    traits = PURE

    def verify_op(self) -> str | None:
        ty = self.results[0].type
        assert isinstance(ty, PairType)
        same = self.operands[0].type == ty.first and self.operands[1].type == ty.second
        return None if same else "components differ from the pair's type"


class ComponentOp(Operation):
    """Component 0 or 1 of a pair."""

    name = "mir.component"
    pair = operand(PAIR)
    res = result(SCALAR)
    index = attribute(IntegerAttr)
    traits = PURE


class BinaryOp(Operation):
    """MIR ``BinOp`` by rustc's name. Arithmetic wraps, shifts mask, ``*WithOverflow`` gives a pair with ``i1``."""

    name = "mir.binary"
    left = operand(SCALAR)
    right = operand(SCALAR)
    res = result(VALUE)
    op = attribute(StringAttr)
    flags = optional_attribute(StringAttr)  # "nuw", "nsw", "exact", "fast": promises of unchecked intrinsics
    traits = PURE

    def verify_op(self) -> str | None:
        op = self.op.value
        left, right, res = self.operands[0].type, self.operands[1].type, self.results[0].type
        if op in ("Shl", "Shr"):
            return None if left == res else "a shift has its left operand's type"
        if left != right:
            return f"'{op}' operands differ: {left} and {right}"
        if op in COMPARISONS:
            return None if BOOLEAN.accepts(res) else "a comparison gives i1"
        if op in OVERFLOWING:
            return None if isinstance(res, PairType) and res.first == left else "gives a pair of its operand and i1"
        if op not in ARITHMETIC:
            return f"has no operator '{op}'"
        return None if left == res else f"'{op}' gives its operands' type"


class UnaryOp(Operation):
    name = "mir.unary"
    arg = operand(SCALAR)
    res = result(SCALAR)
    op = attribute(StringAttr)
    traits = PURE

    def verify_op(self) -> str | None:
        if self.op.value not in ("Not", "Neg"):
            return f"has no operator '{self.op.value}'"
        return None if self.operands[0].type == self.results[0].type else "gives its operand's type"


class CastOp(Operation):
    """MIR ``CastKind`` of scalars; ``Transmute`` reinterprets bits of equal size."""

    name = "mir.cast"
    arg = operand(SCALAR)
    res = result(SCALAR)
    kind = attribute(StringAttr)
    traits = PURE

    def verify_op(self) -> str | None:
        return None if self.kind.value in CASTS else f"has no kind '{self.kind.value}'"


class SelectOp(Operation):
    name = "mir.select"
    condition = operand(BOOLEAN)
    true_value = operand(VALUE)
    false_value = operand(VALUE)
    res = result(VALUE)
    traits = PURE


class DiscriminantOp(Operation):
    """The variant's discriminant from its loaded tag, by the layout's encoding."""

    name = "mir.discriminant"
    tag = operand(SCALAR)
    res = result(INTEGER)
    encoding = attribute(TagAttr)
    traits = PURE


class CallOp(Operation):
    """A direct call. Memory arguments and results are passed by address."""

    name = "mir.call"
    args = operands(VALUE)
    res = results(VALUE)
    callee = attribute(SymbolRefAttr)
    traits = frozenset({Trait.CONVERGENT})


class CallIndirectOp(Operation):
    """A call through a ``fn`` pointer (the first operand)."""

    name = "mir.call_indirect"
    args = operands(VALUE)
    res = results(VALUE)
    traits = frozenset({Trait.CONVERGENT})


class IntrinsicOp(Operation):
    """A compiler intrinsic rustc lowers in code generation (``sqrtf32``, ``ctpop``, ``copy_nonoverlapping`` ...)."""

    name = "mir.intrinsic"
    args = operands(VALUE)
    res = results(VALUE)
    intrinsic = attribute(StringAttr)
    size = optional_attribute(IntegerAttr)  # of the pointee, for memory intrinsics
    align = optional_attribute(IntegerAttr)
    ordering = optional_attribute(StringAttr)
    failure_ordering = optional_attribute(StringAttr)
    syncscope = optional_attribute(StringAttr)


class DeviceIntrinsicOp(Operation):
    """A ``cuda_intrinsics::<module>::<name>`` operation; ``immediates`` are compile-time arguments."""

    name = "mir.device_intrinsic"
    args = operands(VALUE)
    res = results(VALUE)
    intrinsic = attribute(StringAttr)  # "warp.shuffle_sync"
    immediates = optional_attribute(DenseArrayAttr)
    traits = frozenset({Trait.CONVERGENT})


class InlineAsmOp(Operation):
    """``ptx_asm!``: ``%N`` in the template counts outputs, then inputs."""

    name = "mir.inline_asm"
    args = operands(SCALAR)
    res = results(SCALAR)
    template = attribute(StringAttr)
    constraints = attribute(ArrayAttr)
    memory_clobber = optional_attribute(UnitAttr)
    register_only = optional_attribute(UnitAttr)
    may_diverge = optional_attribute(UnitAttr)
    traits = frozenset({Trait.CONVERGENT})


class GotoOp(Operation):
    """``unroll`` on the back edge of a loop: its ``#[unroll]`` factor, 0 for all iterations."""

    name = "mir.goto"
    args = operands(VALUE)
    unroll = optional_attribute(IntegerAttr)
    n_successors = 1
    traits = TERMINATOR

    def verify_op(self) -> str | None:
        return check_branch(self.operands, self.successors[0])


class SwitchIntOp(Operation):
    """Successor 0 is ``otherwise``; segment ``i + 1`` holds the operands of successor ``i``."""

    name = "mir.switch_int"
    discr = operand(INTEGER)
    otherwise_args = operands(VALUE)
    case_args = operands(VALUE)
    cases = attribute(ArrayAttr)  # IntegerAttrs: bit patterns may need 128 bits
    n_successors = None
    traits = TERMINATOR

    @staticmethod
    def of(discr: Value, cases: Sequence[int], targets: Sequence[Block], loc: Location = UNKNOWN_LOC) -> SwitchIntOp:
        """``targets[0]`` is the otherwise block; no block arguments."""
        values = ArrayAttr(tuple(IntegerAttr(case, discr.type) for case in cases))
        sizes = DenseArrayAttr((1, *(0 for _ in targets)), I32)
        return SwitchIntOp([discr], (), {"cases": values, SEGMENTS: sizes}, (), targets, loc)

    def verify_op(self) -> str | None:
        if len(self.successors) != len(self.cases.elements) + 1 or len(self.segments()) != len(self.successors) + 1:
            return "needs one successor and one operand segment per case and for otherwise"
        for i, target in enumerate(self.successors):
            fault = check_branch(self.segment(i + 1), target)
            if fault is not None:
                return fault
        return None


class AssertOp(Operation):
    """Traps unless ``condition == expected``; ``message`` is rustc's panic message."""

    name = "mir.assert"
    condition = operand(BOOLEAN)
    args = operands(VALUE)
    expected = attribute(BoolAttr)
    message = attribute(StringAttr)
    n_successors = 1
    traits = TERMINATOR

    def verify_op(self) -> str | None:
        return check_branch(self.operands[1:], self.successors[0])


class ReturnOp(Operation):
    name = "mir.return"
    values = operands(VALUE)
    traits = TERMINATOR

    def verify_op(self) -> str | None:
        block = self.parent
        func = block.parent.parent if block is not None and block.parent is not None else None
        if not isinstance(func, FuncOp):
            return None
        types = tuple(value.type for value in self.operands)
        return None if types == func.type.results else "returns other types than the function's"


class UnreachableOp(Operation):
    name = "mir.unreachable"
    traits = TERMINATOR


class TrapOp(Operation):
    """A panic: the thread stops the grid with an error."""

    name = "mir.trap"
    traits = TERMINATOR


OPERATIONS: tuple[type[Operation], ...] = (
    FuncOp, StaticOp, ConstantOp, UndefOp, AddressOfOp, AllocaOp, LoadOp, StoreOp, CopyOp, FieldOp, IndexOp, PairOp,
    ComponentOp, BinaryOp, UnaryOp, CastOp, SelectOp, DiscriminantOp, CallOp, CallIndirectOp, IntrinsicOp,
    DeviceIntrinsicOp, InlineAsmOp, GotoOp, SwitchIntOp, AssertOp, ReturnOp, UnreachableOp, TrapOp,
)  # fmt: skip
