"""``llvm`` functions, globals, calls, branches and inline assembly.

What it is: symbols and control flow. Block arguments stand for phi nodes; branch operands are grouped by
``operandSegmentSizes``. What it assumes: every function is convergent unless it says otherwise. What it guarantees:
branch operand counts and types match their targets (verified). Example::

    BrOp([x], successors=[target])
    CondBrOp.of(condition, then_block, [], else_block, [])
"""

from __future__ import annotations

from collections.abc import Sequence

from compiler.dialects.llvm.types import ANY, BOOLEAN, INTEGER
from compiler.ir.attributes import (
    ArrayAttr,
    Attribute,
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
    results,
)
from compiler.ir.location import UNKNOWN_LOC, Location
from compiler.ir.types import I32, FunctionType

TERMINATOR = frozenset({Trait.TERMINATOR})
LINKAGES = frozenset({"external", "internal", "private", "weak", "linkonce", "linkonce_odr", "extern_weak", "common"})


def check_branch(values: Sequence[Value], target: Block) -> str | None:
    """The mismatch between branch operands and the target's arguments, or None."""
    if len(values) != len(target.args):
        return f"passes {len(values)} values to a block with {len(target.args)} arguments"
    for value, arg in zip(values, target.args, strict=True):
        if value.type != arg.type:
            return f"passes {value.type} where the block takes {arg.type}"
    return None


class LLVMFuncOp(Operation):
    """``llvm.func``. ``passthrough`` is LLVM function attributes: strings, or [key, value] pairs."""

    name = "llvm.func"
    sym_name = attribute(StringAttr)
    function_type = attribute(TypeAttr)
    linkage = optional_attribute(StringAttr)
    cconv = optional_attribute(StringAttr)
    passthrough = optional_attribute(ArrayAttr)
    arg_attrs = optional_attribute(ArrayAttr)  # one DictAttr per argument: byval, align, signext, zeroext ...
    res_attrs = optional_attribute(DictAttr)
    subprogram = optional_attribute(DictAttr)  # name, file, line: becomes a DISubprogram
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
        if self.linkage is not None and self.linkage.value not in LINKAGES:
            return f"has no linkage '{self.linkage.value}'"
        if self.is_declaration:
            return None
        types = tuple(arg.type for arg in self.regions[0].entry.args)
        return None if types == self.type.inputs else "entry block arguments differ from function_type"


class GlobalOp(Operation):
    """``llvm.mlir.global``. Without ``value``, ``undef`` or ``zero`` it is a declaration (external linkage).

    ``value`` is a ``DenseBytesAttr`` decoded by ``global_type``, or an array of bytes and symbol references matching a
    packed struct, for data that holds addresses.
    """

    name = "llvm.mlir.global"
    sym_name = attribute(StringAttr)
    global_type = attribute(TypeAttr)
    linkage = optional_attribute(StringAttr)
    addr_space = optional_attribute(IntegerAttr)
    alignment = optional_attribute(IntegerAttr)
    constant = optional_attribute(UnitAttr)
    externally_initialized = optional_attribute(UnitAttr)
    unnamed_addr = optional_attribute(UnitAttr)
    value = optional_attribute(Attribute)
    undef = optional_attribute(UnitAttr)
    zero = optional_attribute(UnitAttr)
    traits = frozenset({Trait.SYMBOL})

    @property
    def address_space(self) -> int:
        return self.addr_space.value if self.addr_space is not None else 0

    def verify_op(self) -> str | None:
        if self.linkage is not None and self.linkage.value not in LINKAGES:
            return f"has no linkage '{self.linkage.value}'"
        given = [key for key in ("value", "undef", "zero") if key in self.attributes]
        return f"has more than one initialiser: {given}" if len(given) > 1 else None


class ReturnOp(Operation):
    name = "llvm.return"
    values = operands(ANY)
    traits = TERMINATOR

    def verify_op(self) -> str | None:
        block = self.parent
        func = block.parent.parent if block is not None and block.parent is not None else None
        if not isinstance(func, LLVMFuncOp):
            return None
        types = tuple(value.type for value in self.operands)
        return None if types == func.type.results else f"returns {types} from a function of type {func.type}"


class UnreachableOp(Operation):
    name = "llvm.unreachable"
    traits = TERMINATOR


class BrOp(Operation):
    """``loop_unroll`` on a back edge: the factor LLVM must unroll the loop by, 0 for all iterations."""

    name = "llvm.br"
    dest_operands = operands(ANY)
    loop_unroll = optional_attribute(IntegerAttr)
    n_successors = 1
    traits = TERMINATOR

    def verify_op(self) -> str | None:
        return check_branch(self.operands, self.successors[0])


class CondBrOp(Operation):
    name = "llvm.cond_br"
    condition = operand(BOOLEAN)
    true_operands = operands(ANY)
    false_operands = operands(ANY)
    branch_weights = optional_attribute(DenseArrayAttr)
    n_successors = 2
    traits = TERMINATOR

    @staticmethod
    def of(
        condition: Value,
        true_dest: Block,
        true_args: Sequence[Value],
        false_dest: Block,
        false_args: Sequence[Value],
        loc: Location = UNKNOWN_LOC,
    ) -> CondBrOp:
        sizes = DenseArrayAttr((1, len(true_args), len(false_args)), I32)
        values = [condition, *true_args, *false_args]
        return CondBrOp(values, (), {SEGMENTS: sizes}, (), (true_dest, false_dest), loc)

    def verify_op(self) -> str | None:
        return check_branch(self.true_operands, self.successors[0]) or check_branch(
            self.false_operands, self.successors[1]
        )


class SwitchOp(Operation):
    """Successor 0 is the default; segment ``i + 1`` holds the operands of successor ``i``."""

    name = "llvm.switch"
    value = operand(INTEGER)
    default_operands = operands(ANY)
    case_operands = operands(ANY)
    case_values = attribute(DenseArrayAttr)
    n_successors = None
    traits = TERMINATOR

    def verify_op(self) -> str | None:
        sizes = self.segments()
        if len(self.successors) != len(self.case_values.values) + 1 or len(sizes) != len(self.successors) + 1:
            return "needs one successor and one operand segment per case and for the default"
        for i, target in enumerate(self.successors):
            fault = check_branch(self.segment(i + 1), target)
            if fault is not None:
                return fault
        return None


class CallOp(Operation):
    """A direct call (``callee``), or an indirect one whose first operand is the function's address."""

    name = "llvm.call"
    args = operands(ANY)
    res = results(ANY)
    callee = optional_attribute(SymbolRefAttr)
    callee_type = optional_attribute(TypeAttr)  # indirect calls
    fastmath_flags = optional_attribute(StringAttr)
    fastmath_flags.attr_name = "fastmathFlags"
    noreturn = optional_attribute(UnitAttr)
    traits = frozenset({Trait.CONVERGENT})

    def verify_op(self) -> str | None:
        if len(self.results) > 1:
            return "has at most one result"
        if self.callee is None and self.callee_type is None:
            return "needs callee or callee_type"
        return None


class CallIntrinsicOp(Operation):
    """A call of an LLVM intrinsic by its mangled name; attributes come from LLVM's own definition of it."""

    name = "llvm.call_intrinsic"
    args = operands(ANY)
    res = results(ANY)
    intrin = attribute(StringAttr)
    arg_attrs = optional_attribute(ArrayAttr)
    fastmath_flags = optional_attribute(StringAttr)
    fastmath_flags.attr_name = "fastmathFlags"

    def verify_op(self) -> str | None:
        return None if len(self.results) <= 1 else "has at most one result"


class InlineAsmOp(Operation):
    """PTX assembly. Convergent unless ``nonconvergent``; several outputs come back as one struct."""

    name = "llvm.inline_asm"
    args = operands(ANY)
    res = results(ANY)
    asm_string = attribute(StringAttr)
    constraints = attribute(StringAttr)
    has_side_effects = optional_attribute(UnitAttr)
    nonconvergent = optional_attribute(UnitAttr)
    traits = frozenset({Trait.CONVERGENT})


OPERATIONS: tuple[type[Operation], ...] = (
    LLVMFuncOp, GlobalOp, ReturnOp, UnreachableOp, BrOp, CondBrOp, SwitchOp, CallOp, CallIntrinsicOp, InlineAsmOp,
)  # fmt: skip
