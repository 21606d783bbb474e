"""``llvm`` arithmetic, comparison, conversion and aggregate operations.

What it is: one class per LLVM instruction of those groups. What it assumes: LLVM LangRef semantics; flags are
attributes (``overflowFlags = "nuw"``, ``fastmathFlags = "contract"``). What it guarantees: the verifier checks that
operand and result types agree. Example::

    AddOp([a, b], [a.type])
    ICmpOp([a, b], [I1], {"predicate": StringAttr("ult")})
"""

from __future__ import annotations

from compiler.dialects.llvm.types import AGGREGATE, ANY, BOOLEAN, FLOAT, INTEGER, POINTER
from compiler.ir.attributes import Attribute, DenseArrayAttr, StringAttr, SymbolRefAttr, UnitAttr
from compiler.ir.core import Operation, Trait, attribute, operand, optional_attribute, result

PURE = frozenset({Trait.PURE})
INTEGER_PREDICATES = frozenset({"eq", "ne", "ugt", "uge", "ult", "ule", "sgt", "sge", "slt", "sle"})
FLOAT_PREDICATES = frozenset(
    {"oeq", "ogt", "oge", "olt", "ole", "one", "ord", "ueq", "ugt", "uge", "ult", "ule", "une", "uno", "false", "true"}
)
FAST_MATH_FLAGS = frozenset({"contract", "fast", "reassoc", "nnan", "ninf", "nsz", "arcp", "afn"})
OVERFLOW_FLAGS = frozenset({"nuw", "nsw"})


def _unknown_flags(flags: StringAttr | None, known: frozenset[str]) -> str | None:
    if flags is None:
        return None
    unknown = set(flags.value.split()) - known
    return f"has unknown flags {sorted(unknown)}" if unknown else None


class ConstantOp(Operation):
    """``llvm.mlir.constant``: an integer or float literal."""

    name = "llvm.mlir.constant"
    value = attribute(Attribute)
    res = result(ANY)
    traits = PURE


class UndefOp(Operation):
    name = "llvm.mlir.undef"
    res = result(ANY)
    traits = PURE


class PoisonOp(Operation):
    name = "llvm.mlir.poison"
    res = result(ANY)
    traits = PURE


class ZeroOp(Operation):
    """``zeroinitializer`` or ``null``."""

    name = "llvm.mlir.zero"
    res = result(ANY)
    traits = PURE


class AddressOfOp(Operation):
    """The address of a global or function, in the symbol's own address space."""

    name = "llvm.mlir.addressof"
    global_name = attribute(SymbolRefAttr)
    res = result(POINTER)
    traits = PURE


class _IntegerBinary(Operation):
    left = operand(INTEGER)
    right = operand(INTEGER)
    res = result(INTEGER)
    traits = PURE

    def verify_op(self) -> str | None:
        ty = self.operands[0].type
        if self.operands[1].type != ty or self.results[0].type != ty:
            return "operands and result must have one type"
        return None


class _IntegerWrapping(_IntegerBinary):
    overflow_flags = optional_attribute(StringAttr)
    overflow_flags.attr_name = "overflowFlags"

    def verify_op(self) -> str | None:
        return super().verify_op() or _unknown_flags(self.overflow_flags, OVERFLOW_FLAGS)


class AddOp(_IntegerWrapping):
    name = "llvm.add"


class SubOp(_IntegerWrapping):
    name = "llvm.sub"


class MulOp(_IntegerWrapping):
    name = "llvm.mul"


class ShlOp(_IntegerWrapping):
    name = "llvm.shl"


class _IntegerExact(_IntegerBinary):
    is_exact = optional_attribute(UnitAttr)
    is_exact.attr_name = "isExact"


class UDivOp(_IntegerExact):
    name = "llvm.udiv"


class SDivOp(_IntegerExact):
    name = "llvm.sdiv"


class LShrOp(_IntegerExact):
    name = "llvm.lshr"


class AShrOp(_IntegerExact):
    name = "llvm.ashr"


class URemOp(_IntegerBinary):
    name = "llvm.urem"


class SRemOp(_IntegerBinary):
    name = "llvm.srem"


class AndOp(_IntegerBinary):
    name = "llvm.and"


class OrOp(_IntegerBinary):
    name = "llvm.or"


class XOrOp(_IntegerBinary):
    name = "llvm.xor"


class _FloatBinary(Operation):
    left = operand(FLOAT)
    right = operand(FLOAT)
    res = result(FLOAT)
    fastmath_flags = optional_attribute(StringAttr)
    fastmath_flags.attr_name = "fastmathFlags"
    traits = PURE

    def verify_op(self) -> str | None:
        ty = self.operands[0].type
        if self.operands[1].type != ty or self.results[0].type != ty:
            return "operands and result must have one type"
        return _unknown_flags(self.fastmath_flags, FAST_MATH_FLAGS)


class FAddOp(_FloatBinary):
    name = "llvm.fadd"


class FSubOp(_FloatBinary):
    name = "llvm.fsub"


class FMulOp(_FloatBinary):
    name = "llvm.fmul"


class FDivOp(_FloatBinary):
    name = "llvm.fdiv"


class FRemOp(_FloatBinary):
    name = "llvm.frem"


class FNegOp(Operation):
    name = "llvm.fneg"
    arg = operand(FLOAT)
    res = result(FLOAT)
    traits = PURE


class ICmpOp(Operation):
    name = "llvm.icmp"
    left = operand(ANY)
    right = operand(ANY)
    res = result(INTEGER)
    predicate = attribute(StringAttr)
    traits = PURE

    def verify_op(self) -> str | None:
        if self.operands[0].type != self.operands[1].type:
            return "operands must have one type"
        return None if self.predicate.value in INTEGER_PREDICATES else f"has no predicate '{self.predicate.value}'"


class FCmpOp(Operation):
    name = "llvm.fcmp"
    left = operand(FLOAT)
    right = operand(FLOAT)
    res = result(INTEGER)
    predicate = attribute(StringAttr)
    traits = PURE

    def verify_op(self) -> str | None:
        if self.operands[0].type != self.operands[1].type:
            return "operands must have one type"
        return None if self.predicate.value in FLOAT_PREDICATES else f"has no predicate '{self.predicate.value}'"


class SelectOp(Operation):
    name = "llvm.select"
    condition = operand(BOOLEAN)
    true_value = operand(ANY)
    false_value = operand(ANY)
    res = result(ANY)
    traits = PURE

    def verify_op(self) -> str | None:
        ty = self.results[0].type
        same = self.operands[1].type == ty and self.operands[2].type == ty
        return None if same else "both values must have the result's type"


class FreezeOp(Operation):
    name = "llvm.freeze"
    arg = operand(ANY)
    res = result(ANY)
    traits = PURE


class CastOp(Operation):
    """Base of conversions; subclasses name the instruction."""

    arg = operand(ANY)
    res = result(ANY)
    traits = PURE


class TruncOp(CastOp):
    name = "llvm.trunc"


class ZExtOp(CastOp):
    name = "llvm.zext"


class SExtOp(CastOp):
    name = "llvm.sext"


class FPTruncOp(CastOp):
    name = "llvm.fptrunc"


class FPExtOp(CastOp):
    name = "llvm.fpext"


class SIToFPOp(CastOp):
    name = "llvm.sitofp"


class UIToFPOp(CastOp):
    name = "llvm.uitofp"


class FPToSIOp(CastOp):
    name = "llvm.fptosi"


class FPToUIOp(CastOp):
    name = "llvm.fptoui"


class PtrToIntOp(CastOp):
    name = "llvm.ptrtoint"


class IntToPtrOp(CastOp):
    name = "llvm.inttoptr"


class BitcastOp(CastOp):
    name = "llvm.bitcast"


class AddrSpaceCastOp(CastOp):
    name = "llvm.addrspacecast"


class ExtractValueOp(Operation):
    name = "llvm.extractvalue"
    container = operand(AGGREGATE)
    res = result(ANY)
    position = attribute(DenseArrayAttr)
    traits = PURE


class InsertValueOp(Operation):
    name = "llvm.insertvalue"
    container = operand(AGGREGATE)
    value = operand(ANY)
    res = result(AGGREGATE)
    position = attribute(DenseArrayAttr)
    traits = PURE


class ExtractElementOp(Operation):
    name = "llvm.extractelement"
    vector = operand(ANY)
    position = operand(INTEGER)
    res = result(ANY)
    traits = PURE


class InsertElementOp(Operation):
    name = "llvm.insertelement"
    vector = operand(ANY)
    value = operand(ANY)
    position = operand(INTEGER)
    res = result(ANY)
    traits = PURE


OPERATIONS: tuple[type[Operation], ...] = (
    ConstantOp, UndefOp, PoisonOp, ZeroOp, AddressOfOp, AddOp, SubOp, MulOp, ShlOp, UDivOp, SDivOp, LShrOp, AShrOp,
    URemOp, SRemOp, AndOp, OrOp, XOrOp, FAddOp, FSubOp, FMulOp, FDivOp, FRemOp, FNegOp, ICmpOp, FCmpOp,
    SelectOp, FreezeOp,
    TruncOp,
    ZExtOp, SExtOp, FPTruncOp, FPExtOp, SIToFPOp, UIToFPOp, FPToSIOp, FPToUIOp, PtrToIntOp, IntToPtrOp, BitcastOp,
    AddrSpaceCastOp, ExtractValueOp, InsertValueOp, ExtractElementOp, InsertElementOp,
)  # fmt: skip
