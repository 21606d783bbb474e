"""The state of lowering one function: values so far, where operations go, and small constructors.

What it is: what every file of the pass shares. What it assumes: blocks are visited in an order where definitions come
before uses (reverse post-order). What it guarantees: ``values`` maps each MIR value to its LLVM values. Example::

    low.emit(AddOp([a, b], [I32]))
    low.const(4, I64)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from compiler.base.dataclass import dataclass
from compiler.dialects.llvm.ops_arith import ConstantOp
from compiler.dialects.llvm.ops_control import CallIntrinsicOp
from compiler.ir.attributes import ArrayAttr, Attribute, DictAttr, FloatAttr, IntegerAttr, StringAttr
from compiler.ir.core import Block, Operation, OpResult, Value
from compiler.ir.errors import IRError
from compiler.ir.location import UNKNOWN_LOC, Location
from compiler.ir.types import I32, I64, FloatType, IntegerType, Type

O = TypeVar("O", bound=Operation)
Externs = dict[str, tuple[tuple[Type, ...], Type]]  # symbol -> (argument types, result type)


@dataclass(frozen=True, slots=True)
class LowerOptions:
    """``contract``: let LLVM fuse ``a * b + c`` (nvcc's and upstream's default)."""

    contract: bool = True


class Lowering:
    """One function being lowered."""

    def __init__(self, options: LowerOptions, spaces: dict[str, int], externs: Externs) -> None:
        self.options = options
        self.externs = externs  # library functions to declare
        self.spaces = spaces  # address space of each static
        self.values: dict[Value, tuple[Value, ...]] = {}
        self.blocks: dict[Block, Block] = {}
        self.block = Block()
        self.entry = Block()
        self.loc: Location = UNKNOWN_LOC
        self.body_entry = Block()
        self.float_flags: dict[str, Attribute] = {"fastmathFlags": StringAttr("contract")} if options.contract else {}

    # ---- values

    def of(self, value: Value) -> Value:
        """The LLVM value of a MIR scalar."""
        return self.values[value][0]

    def all_of(self, values: Sequence[Value]) -> list[Value]:
        """LLVM values of MIR values, pairs expanded."""
        return [llvm for value in values for llvm in self.values[value]]

    def bind(self, op: Operation, *values: Value) -> None:
        """``values`` are the lowered result of ``op``."""
        source = op.results[0]
        if source.name_hint and not isinstance(values[0].owner, Block) and not values[0].name_hint:
            for value in values:
                value.name_hint = value.name_hint or source.name_hint
        self.values[source] = values

    # ---- operations

    def emit(self, op: O) -> O:
        op.parent = self.block
        op.loc = self.loc
        self.block.ops.append(op)
        return op

    def value(self, op: Operation) -> OpResult:
        """Emit an operation with one result and return it."""
        return self.emit(op).results[0]

    def const(self, value: int, ty: Type) -> OpResult:
        return self.value(ConstantOp((), (ty,), {"value": IntegerAttr(_canonical(value, ty), ty)}))

    def float_const(self, bits: int, ty: FloatType) -> OpResult:
        return self.value(ConstantOp((), (ty,), {"value": FloatAttr(bits, ty)}))

    def intrinsic(
        self,
        name: str,
        args: Sequence[Value],
        result: Type | None,
        attributes: dict[str, Attribute] | None = None,
        aligns: Sequence[int] = (),
    ) -> Value | None:
        """Call an LLVM intrinsic; ``aligns`` gives ``align`` of the first arguments."""
        found = {"intrin": StringAttr(name), **(attributes or {})}
        if aligns:
            found["arg_attrs"] = ArrayAttr(tuple(DictAttr((("align", IntegerAttr(a, I32)),)) for a in aligns))
        op = self.emit(CallIntrinsicOp(args, () if result is None else (result,), found))
        return op.results[0] if result is not None else None

    def call_value(
        self, name: str, args: Sequence[Value], result: Type, attributes: dict[str, Attribute] | None = None
    ) -> Value:
        """An LLVM intrinsic that returns a value."""
        value = self.intrinsic(name, args, result, attributes)
        assert value is not None
        return value


def _canonical(value: int, ty: Type) -> int:
    """An integer constant as LLVM prints it: signed for its width, so text is stable."""
    if not isinstance(ty, IntegerType) or ty.width == 1:
        return value & 1 if isinstance(ty, IntegerType) else value
    value &= (1 << ty.width) - 1
    return value - (1 << ty.width) if value >> (ty.width - 1) else value


def alignment(value: int) -> IntegerAttr:
    return IntegerAttr(value, I64)


def type_suffix(ty: Type) -> str:
    """The overload suffix of an LLVM intrinsic: ``i32``, ``f32``, ``bf16``."""
    if isinstance(ty, IntegerType):
        return f"i{ty.width}"
    if isinstance(ty, FloatType):
        return ty.name
    raise IRError(f"no intrinsic overload for {ty}")
