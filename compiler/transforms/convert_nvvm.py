"""convert-nvvm: table intrinsics to LLVM intrinsic calls and inline assembly.

What it is: the last pass before text. What it assumes: operands are as ``lower-mir`` left them: Rust arguments,
arrays by address. What it guarantees: no ``nvvm`` operation is left. Before and after::

    %1 = "nvvm.warp.shuffle_sync"(%m, %v, %l) : (i32, i32, i32) -> i32
    %1 = "llvm.call_intrinsic"(%m, %v, %l, %31) {intrin = "llvm.nvvm.shfl.sync.idx.i32"} : (i32, i32, i32, i32) -> i32
"""

from __future__ import annotations

import re

from compiler.dialects.llvm import ops_arith as llvm
from compiler.dialects.llvm.ops_control import CallIntrinsicOp, InlineAsmOp, LLVMFuncOp
from compiler.dialects.llvm.ops_memory import GEPOp, LoadOp, StoreOp
from compiler.dialects.llvm.types import PTR, PointerType, StructType
from compiler.dialects.nvvm import IntrinsicRow, NvvmOp
from compiler.dialects.nvvm.table import split_types
from compiler.ir.attributes import (
    Attribute,
    DenseArrayAttr,
    IntegerAttr,
    StringAttr,
    TypeAttr,
    UnitAttr,
)
from compiler.ir.builtin import ModuleOp
from compiler.ir.core import Block, Operation, OpResult, Value
from compiler.ir.errors import IRError
from compiler.ir.types import BF16, F16, F32, F64, I1, I8, I16, I32, I64, IntegerType, Type, VectorType

SCALARS: dict[str, Type] = {
    "i1": I1, "i8": I8, "i16": I16, "i32": I32, "i64": I64, "half": F16, "bfloat": BF16, "float": F32, "double": F64,
}  # fmt: skip
ELEMENT_TYPES: dict[str, Type] = {"u32": I32, "i32": I32, "u64": I64, "i64": I64, "u16": I16, "f32": F32, "f64": F64}
CONSTANT_WORDS = {"true": 1, "false": 0}


def convert_nvvm(module: ModuleOp) -> ModuleOp:
    """Rewrite every ``nvvm`` operation of ``module`` in place; returns the module."""
    for func in module.body.ops:
        if isinstance(func, LLVMFuncOp):
            for block in func.regions[0].blocks:
                if any(isinstance(op, NvvmOp) for op in block.ops):
                    _convert_block(block)
    return module


def _convert_block(block: Block) -> None:
    old, block.ops = block.ops, []
    for op in old:
        if not isinstance(op, NvvmOp):
            block.ops.append(op)
            continue
        _Conversion(block, op).convert()
        op.drop_operands()
        op.parent = None


def parse_llvm_type(text: str) -> Type:
    """``"i32"``, ``"<2 x half>"``, ``"ptr addrspace(3)"``."""
    if text in SCALARS:
        return SCALARS[text]
    vector = re.fullmatch(r"<(\d+) x (\w+)>", text)
    if vector:
        return VectorType(int(vector.group(1)), SCALARS[vector.group(2)])
    pointer = re.fullmatch(r"ptr(?: addrspace\((\d+)\))?", text)
    if pointer:
        return PointerType(int(pointer.group(1) or 0))
    raise IRError(f"intrinsic table names an unknown type '{text}'")


class _Conversion:
    """One operation: its operands by argument index, and where the replacement goes."""

    def __init__(self, block: Block, op: NvvmOp) -> None:
        self.block = block
        self.op = op
        self.row: IntrinsicRow = op.row
        returns_array = self.row.result.startswith("[")
        self.destination = op.operands[0] if returns_array else None
        self.args = op.operands[1:] if returns_array else list(op.operands)
        self.result_word, _, through = self.row.result_form.partition("@")
        if through:  # the result goes back through an argument
            self.destination = self.args[int(through)]
        self.immediates = list(op.immediates.values) if op.immediates is not None else []

    def emit(self, op: Operation) -> OpResult:
        op.parent = self.block
        op.loc = self.op.loc
        self.block.ops.append(op)
        return op.results[0] if op.results else OpResult(I1, op, 0)

    def const(self, value: int, ty: Type) -> Value:
        return self.emit(llvm.ConstantOp((), (ty,), {"value": IntegerAttr(value, ty)}))

    # ---- operands

    def operands(self) -> list[Value]:
        return [self.operand(word) for word in self.row.operands]

    def operand(self, word: str) -> Value:
        if word.startswith("#"):
            ty, _, text = word[1:].partition(" ")
            return self.const(CONSTANT_WORDS[text] if text in CONSTANT_WORDS else int(text), parse_llvm_type(ty))
        place, _, view = word.partition(":")
        index, _, element = place.partition(".")
        if view == "imm":
            return self.immediate(int(index))
        value = self.element(int(index), int(element)) if element else self.args[int(index)]
        return self.cast(value, parse_llvm_type(view)) if view else value

    def immediate(self, index: int) -> Value:
        value = self.args[index]
        known = constant_value(value)
        if known is not None:
            return self.const(known, value.type)
        if self.immediates:
            return self.const(self.immediates.pop(0), value.type)
        if self.row.form == "asm":
            return value  # constant once inlined, or llvm_machine says it is not
        raise IRError(f"argument {index} of '{self.row.name}' must be a compile-time constant")

    def element(self, index: int, position: int) -> Value:
        """Element ``position`` of the array whose address is argument ``index``."""
        ty = ELEMENT_TYPES[self.row.args[index][1:].partition(";")[0].strip()]
        return self.emit(LoadOp([self.element_address(self.args[index], ty, position)], [ty], _align(ty)))

    def element_address(self, base: Value, ty: Type, position: int) -> Value:
        attributes: dict[str, Attribute] = {
            "elem_type": TypeAttr(ty),
            "rawConstantIndices": DenseArrayAttr((position,), I64),
            "flags": StringAttr("inbounds"),
        }
        return self.emit(GEPOp([base], [PTR], attributes)) if position else base

    def cast(self, value: Value, ty: Type) -> Value:
        if value.type == ty:
            return value
        if isinstance(ty, PointerType) and isinstance(value.type, PointerType):
            return self.emit(llvm.AddrSpaceCastOp([value], [ty]))
        if isinstance(ty, IntegerType) and isinstance(value.type, IntegerType):  # bool and its register
            op_class = llvm.ZExtOp if ty.width > value.type.width else llvm.TruncOp
            return self.emit(op_class([value], [ty]))
        if isinstance(ty, PointerType):  # tensor memory addresses are integers in Rust
            return self.emit(llvm.IntToPtrOp([value], [ty]))
        return self.emit(llvm.BitcastOp([value], [ty]))

    # ---- results

    def llvm_result(self) -> tuple[Type, ...]:
        """The LLVM result type the row's result word asks for."""
        word = self.result_word
        if not word:
            return ()
        if word == "=":
            return (self.op.results[0].type,)
        if word.startswith("="):
            return (parse_llvm_type(word[1:]),)
        if word.startswith("first "):
            word = word[6:]
        if word.startswith("{"):
            return (StructType(tuple(parse_llvm_type(part) for part in split_types(word.strip("{}")))),)
        count, _, element = word.partition("*")
        types = (parse_llvm_type(element),) * int(count)
        return (StructType(types),) if len(types) > 1 or self.row.form == "llvm" else types

    def finish(self, value: Value | None) -> None:
        """Give the converted result to the users of the operation, or store it through the destination."""
        word = self.result_word
        if value is None:
            return
        if self.destination is not None:
            self.store_elements(value)
            return
        if word.startswith("first ") or ("*" in word and isinstance(value.type, StructType)):
            value = self.extract(value, 0)
        target = self.op.results[0]
        target.replace_all_uses_with(self.cast(value, target.type))

    def extract(self, value: Value, index: int) -> Value:
        assert isinstance(value.type, StructType)
        position = DenseArrayAttr((index,), I64)
        return self.emit(llvm.ExtractValueOp([value], [value.type.elements[index]], {"position": position}))

    def store_elements(self, value: Value) -> None:
        array = self.row.result if self.row.result.startswith("[") else "[f32"
        element = ELEMENT_TYPES[array[1:].partition(";")[0].strip()]
        count = len(value.type.elements) if isinstance(value.type, StructType) else 1
        assert self.destination is not None
        for i in range(count):
            part = self.cast(
                self.extract(value, i) if count > 1 or isinstance(value.type, StructType) else value, element
            )
            address = self.element_address(self.destination, element, i)
            self.emit(StoreOp([part, address], (), _align(element)))

    # ---- forms

    def convert(self) -> None:
        row = self.row
        args, results = self.operands(), self.llvm_result()
        if row.form == "llvm":
            op: Operation = CallIntrinsicOp(args, results, {"intrin": StringAttr(row.text)})
        else:
            attributes: dict[str, Attribute] = {
                "asm_string": StringAttr(row.text),
                "constraints": StringAttr(row.constraints),
            }
            if row.effects:
                attributes["has_side_effects"] = UnitAttr()
            if not row.is_convergent:
                attributes["nonconvergent"] = UnitAttr()
            op = InlineAsmOp(args, results, attributes)
        self.emit(op)
        self.finish(op.results[0] if results else None)


def constant_value(value: Value) -> int | None:
    """The integer behind constants and their conversions."""
    owner = value.owner
    while isinstance(owner, llvm.ZExtOp | llvm.SExtOp | llvm.TruncOp):
        owner = owner.operands[0].owner
    attr = owner.value if isinstance(owner, llvm.ConstantOp) else None
    return attr.value if isinstance(attr, IntegerAttr) else None


def _align(ty: Type) -> dict[str, Attribute]:
    width = ty.width if isinstance(ty, IntegerType) else getattr(ty, "width", 64)
    return {"alignment": IntegerAttr(max(1, width // 8), I64)}
