"""``llvm`` memory operations: allocas, loads, stores, addresses, atomics, fences.

What it is: one class per LLVM memory instruction, with ordering, ``syncscope``, ``volatile_`` and alignment as
attributes. What it assumes: NVPTX scopes: "" (system), "device", "block", "cluster", "singlethread". What it
guarantees: an ordering or scope that is not LLVM's is rejected here, never dropped later. Example::

    LoadOp([p], [F32], {"alignment": IntegerAttr(4, I64)})
    AtomicRMWOp([p, one], [I32], {"bin_op": StringAttr("add"), "ordering": StringAttr("monotonic")})
"""

from __future__ import annotations

from compiler.dialects.llvm.types import ANY, INTEGER, POINTER
from compiler.ir.attributes import DenseArrayAttr, IntegerAttr, StringAttr, TypeAttr, UnitAttr
from compiler.ir.core import Operation, Trait, attribute, operand, operands, optional_attribute, result

ORDERINGS = frozenset({"unordered", "monotonic", "acquire", "release", "acq_rel", "seq_cst"})
SYNC_SCOPES = frozenset({"", "device", "block", "cluster", "singlethread"})
RMW_OPERATIONS = frozenset(
    {"xchg", "add", "sub", "and", "nand", "or", "xor", "max", "min", "umax", "umin", "fadd", "fsub", "fmax", "fmin",
     "uinc_wrap", "udec_wrap"}
)  # fmt: skip
DYNAMIC = -(2**31)  # marks a run-time index in rawConstantIndices, as in MLIR


def check_ordering(ordering: StringAttr | None, scope: StringAttr | None) -> str | None:
    """The fault in an ordering or scope, or None."""
    if ordering is not None and ordering.value not in ORDERINGS:
        return f"has no ordering '{ordering.value}'"
    if scope is not None and scope.value not in SYNC_SCOPES:
        return f"has no syncscope '{scope.value}'"
    return None


class AllocaOp(Operation):
    """One stack slot of ``elem_type``; lives in the function's entry block."""

    name = "llvm.alloca"
    res = result(POINTER)
    elem_type = attribute(TypeAttr)
    alignment = optional_attribute(IntegerAttr)
    count = optional_attribute(IntegerAttr)


class LoadOp(Operation):
    name = "llvm.load"
    addr = operand(POINTER)
    res = result(ANY)
    alignment = optional_attribute(IntegerAttr)
    volatile_ = optional_attribute(UnitAttr)
    ordering = optional_attribute(StringAttr)
    syncscope = optional_attribute(StringAttr)
    invariant = optional_attribute(UnitAttr)
    traits = frozenset({Trait.READS_MEMORY})

    def verify_op(self) -> str | None:
        if self.ordering is not None and self.ordering.value in ("release", "acq_rel"):
            return "cannot have release ordering"
        return check_ordering(self.ordering, self.syncscope)


class StoreOp(Operation):
    name = "llvm.store"
    value = operand(ANY)
    addr = operand(POINTER)
    alignment = optional_attribute(IntegerAttr)
    volatile_ = optional_attribute(UnitAttr)
    ordering = optional_attribute(StringAttr)
    syncscope = optional_attribute(StringAttr)

    def verify_op(self) -> str | None:
        if self.ordering is not None and self.ordering.value in ("acquire", "acq_rel"):
            return "cannot have acquire ordering"
        return check_ordering(self.ordering, self.syncscope)


class GEPOp(Operation):
    """``getelementptr``: ``rawConstantIndices`` holds constants, ``DYNAMIC`` where the next index operand goes."""

    name = "llvm.getelementptr"
    base = operand(POINTER)
    indices = operands(INTEGER)
    res = result(POINTER)
    elem_type = attribute(TypeAttr)
    raw_constant_indices = attribute(DenseArrayAttr)
    raw_constant_indices.attr_name = "rawConstantIndices"
    flags = optional_attribute(StringAttr)  # "inbounds", "inbounds nuw", "nuw" ...
    traits = frozenset({Trait.PURE})

    def verify_op(self) -> str | None:
        n_dynamic = sum(1 for index in self.raw_constant_indices.values if index == DYNAMIC)
        if n_dynamic != len(self.operands) - 1:
            return f"has {n_dynamic} dynamic indices for {len(self.operands) - 1} operands"
        unknown = set(self.flags.value.split()) - {"inbounds", "nuw", "nusw"} if self.flags else set()
        return f"has unknown flags {sorted(unknown)}" if unknown else None


class AtomicRMWOp(Operation):
    name = "llvm.atomicrmw"
    addr = operand(POINTER)
    value = operand(ANY)
    res = result(ANY)
    bin_op = attribute(StringAttr)
    ordering = attribute(StringAttr)
    syncscope = optional_attribute(StringAttr)
    alignment = optional_attribute(IntegerAttr)
    volatile_ = optional_attribute(UnitAttr)

    def verify_op(self) -> str | None:
        if self.bin_op.value not in RMW_OPERATIONS:
            return f"has no operation '{self.bin_op.value}'"
        return check_ordering(self.ordering, self.syncscope)


class CmpXchgOp(Operation):
    """Result is ``struct<(T, i1)>``: the old value and whether it was exchanged."""

    name = "llvm.cmpxchg"
    addr = operand(POINTER)
    compare = operand(ANY)
    value = operand(ANY)
    res = result(ANY)
    success_ordering = attribute(StringAttr)
    failure_ordering = attribute(StringAttr)
    syncscope = optional_attribute(StringAttr)
    weak = optional_attribute(UnitAttr)
    volatile_ = optional_attribute(UnitAttr)
    alignment = optional_attribute(IntegerAttr)

    def verify_op(self) -> str | None:
        if self.failure_ordering.value in ("release", "acq_rel"):
            return "cannot fail with release ordering"
        return check_ordering(self.success_ordering, self.syncscope) or check_ordering(self.failure_ordering, None)


class FenceOp(Operation):
    name = "llvm.fence"
    ordering = attribute(StringAttr)
    syncscope = optional_attribute(StringAttr)

    def verify_op(self) -> str | None:
        if self.ordering.value in ("unordered", "monotonic"):
            return f"cannot have {self.ordering.value} ordering"
        return check_ordering(self.ordering, self.syncscope)


OPERATIONS: tuple[type[Operation], ...] = (
    AllocaOp, LoadOp, StoreOp, GEPOp, AtomicRMWOp, CmpXchgOp, FenceOp,
)  # fmt: skip
