"""Every intrinsic of the table outside the tensor core, cluster and TMA modules lowers to the emulated machine."""

from __future__ import annotations

import pytest

from compiler.codegen.llvm_text import llvm_text
from compiler.dialects.llvm.ops_control import LLVMFuncOp, ReturnOp
from compiler.dialects.llvm.types import PTR, StructType
from compiler.dialects.nvvm import intrinsic_op
from compiler.dialects.nvvm.table import IntrinsicRow, intrinsic_rows
from compiler.emulator.emit import UnsupportedDevice
from compiler.emulator.jit import host_ir
from compiler.ir import Block, DenseArrayAttr, ModuleOp, Region, StringAttr, TypeAttr
from compiler.ir.types import F32, F64, I1, I16, I32, I64, FunctionType, Type
from compiler.transforms.convert_nvvm import convert_nvvm

ROWS = intrinsic_rows()
TYPES: dict[str, Type] = {
    "u32": I32,
    "i32": I32,
    "u64": I64,
    "i64": I64,
    "u16": I16,
    "bool": I1,
    "f32": F32,
    "f64": F64,
}
LATER = {"matrix", "tcgen05", "tma", "clc", "wgmma"}
MODULES = sorted({row.name.partition(".")[0] for row in ROWS.values()} - LATER)


def kernel_of(row: IntrinsicRow) -> str:
    """A kernel that calls the intrinsic with its own parameters and stores what comes back."""
    types: list[Type] = [PTR if ty[0] in "*[" else TYPES[ty] for ty in row.args]
    block = Block(types)
    if row.result in ("()", "!"):
        results: list[Type] = []
    else:
        wanted = PTR if row.result[0] == "*" else TYPES.get(row.result, StructType((I32, I1)))
        results = [wanted]
    op_class = intrinsic_op(row.name)
    assert op_class is not None
    n_immediates = sum(":imm" in word for word in row.operands)
    attributes = {"immediates": DenseArrayAttr((1,) * n_immediates, I64)} if n_immediates else {}
    op = op_class(block.args, results, dict(attributes))
    block.append(op)
    block.append(ReturnOp(op.results))
    module = ModuleOp.empty()
    ty = TypeAttr(FunctionType(tuple(types), tuple(results)))
    module.body.append(LLVMFuncOp((), (), {"sym_name": StringAttr("f"), "function_type": ty}, [Region([block])]))
    text = llvm_text(convert_nvvm(module))
    head = next(line for line in text.splitlines() if line.startswith("define"))
    result = head.split(" @f(")[0].removeprefix("define ").strip()
    params = head[head.index("(") + 1 : head.rindex(")")]
    kernel = f"\ndefine ptx_kernel void @k({params}{', ' if params else ''}ptr %out) {{\n"
    kernel += f"  call void @f({params})\n" if result == "void" else f"  %r = call {result} @f({params})\n"
    kernel += "" if result == "void" else f"  store {result} %r, ptr %out\n"
    return text + kernel + "  ret void\n}"


@pytest.mark.parametrize("module", MODULES)
def test_each_intrinsic_lowers(module: str) -> None:
    refused = []
    for row in ROWS.values():
        if row.name.partition(".")[0] == module:
            try:
                assert "@llvm.nvvm" not in host_ir(kernel_of(row), "k"), row.name
            except UnsupportedDevice as error:
                refused.append(f"{row.name}: {error.what}")
    assert not [line for line in refused if "wgmma" not in line]
