"""The intrinsic table: complete, well formed, and known to the LLVM that ships."""

from __future__ import annotations

import pytest

from compiler.codegen.llvm_machine import LLVMMachine
from compiler.codegen.llvm_text import llvm_text
from compiler.codegen.sass import assemble, tool_path
from compiler.codegen.target import Target, ptx_for
from compiler.dialects.llvm.ops_control import LLVMFuncOp, ReturnOp
from compiler.dialects.llvm.types import PTR, StructType
from compiler.dialects.nvvm import intrinsic_op
from compiler.dialects.nvvm.table import IntrinsicRow, intrinsic_rows, split_types
from compiler.ir import Block, DenseArrayAttr, ModuleOp, Region, StringAttr, Trait, TypeAttr
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
MODULES = sorted({row.name.partition(".")[0] for row in ROWS.values()})


def lowered(ty: str) -> Type:
    return PTR if ty[0] in "*[" else TYPES[ty]


def lowest_target(row: IntrinsicRow) -> Target:
    word = row.sm.split(" or ")[0].split(" at ")[0].strip().rstrip("+").split(" ")[0]
    if word in ("", "all"):
        return Target.parse("sm_75")
    number = int("".join(ch for ch in word if ch.isdigit()))
    return Target.parse(f"sm_{max(number, 75)}{word[-1] if word[-1] in 'af' else ''}")


def call_of(row: IntrinsicRow) -> str:
    """LLVM IR of a kernel that calls the row with its parameters."""
    returns_array = row.result.startswith("[")
    types = [*([PTR] if returns_array else []), *(lowered(ty) for ty in row.args)]
    block = Block(types)
    if returns_array or row.result in ("()", "!"):
        results: list[Type] = []
    elif row.result == "(u32, bool)":
        results = [StructType((I32, I1))]
    else:
        results = [lowered(row.result)]
    op_class = intrinsic_op(row.name)
    assert op_class is not None
    n_immediates = sum(":imm" in word for word in row.operands)
    immediate = 0 if "mma_sp" in row.name and row.form == "asm" else 1  # some sparse shapes have one selector only
    attributes = {"immediates": DenseArrayAttr((immediate,) * n_immediates, I64)} if n_immediates else {}
    op = op_class(block.args, results, dict(attributes))
    block.append(op)
    block.append(ReturnOp(op.results))
    module = ModuleOp.empty()
    ty = TypeAttr(FunctionType(tuple(types), tuple(results)))
    module.body.append(LLVMFuncOp((), (), {"sym_name": StringAttr("f"), "function_type": ty}, [Region([block])]))
    return llvm_text(convert_nvvm(module))


def test_every_row_has_operands_for_each_argument():
    for row in ROWS.values():
        named = {int(word.split(":")[0].split(".")[0]) for word in row.operands if not word.startswith("#")}
        assert named <= set(range(len(row.args))), row.name


def test_effects_follow_the_instruction():
    assert ROWS["thread.sync_threads"].is_convergent and Trait.CONVERGENT in intrinsic_op("thread.sync_threads").traits
    assert ROWS["warp.shuffle_sync"].is_convergent
    assert ROWS["sreg.thread_idx_x"].is_pure and Trait.PURE in intrinsic_op("sreg.thread_idx_x").traits
    assert not ROWS["debug.clock"].is_pure


def test_floors_with_variants():
    row = ROWS["wgmma.wgmma_fence"]
    assert row.runs_on("sm_90a") and not row.runs_on("sm_90") and not row.runs_on("sm_100a")
    assert ROWS["warp.redux_sync_add"].runs_on("sm_86") and not ROWS["warp.redux_sync_add"].runs_on("sm_75")


def test_types_split_at_their_own_commas():
    assert split_types("[f32; 4], *const u32, u32") == ["[f32; 4]", "*const u32", "u32"]


def test_an_unknown_name_is_no_operation():
    assert intrinsic_op("warp.nothing") is None


@pytest.mark.parametrize("module", MODULES)
def test_each_row_compiles_to_ptx_that_ptxas_accepts(module: str):
    """One kernel per row; ptxas sees all rows of a target together."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in ROWS.values():
        if row.name.partition(".")[0] != module:
            continue
        target = lowest_target(row)
        ptx = LLVMMachine(target, 1, ptx_for(target, row.ptx)).compile(call_of(row))[0]
        groups.setdefault(str(target), []).append((row.name, ptx))
    if tool_path("ptxas") is None:
        pytest.skip("ptxas is not installed (nvidia-cuda-nvcc)")
    for target, compiled in groups.items():
        text = together([ptx for _, ptx in compiled])
        result = assemble(text, target, budget_seconds=120, opt_level=0)
        errors = [line for line in result.message.splitlines() if "Advisory" not in line]
        assert result.status == "ok", f"{target}: {errors[:12]}"


def together(modules: list[str]) -> str:
    """Several one-function modules as one, functions renamed, with the highest version."""
    versions = [tuple(map(int, m.split(".version ")[1].split()[0].split("."))) for m in modules]
    head = modules[0][: modules[0].index(".address_size")]
    major, minor = max(versions)
    lines = [line for line in head.splitlines() if not line.startswith(".version")]
    bodies = []
    for i, text in enumerate(modules):
        body = text[text.index(".address_size") :].split("\n", 1)[1]
        bodies.append(body.replace("func_retval0", f"ret{i}").replace("\tf\n", "").replace("// .globl", "//"))
        bodies[-1] = rename(bodies[-1], i)
    return f".version {major}.{minor}\n" + "\n".join(lines) + "\n.address_size 64\n" + "\n".join(bodies)


def rename(body: str, number: int) -> str:
    import re

    body = re.sub(r"(?<![\w$.%])f(?=\()", f"f{number}", body)
    return re.sub(r"(?<![\w$.%])f_param_", f"f{number}_param_", body)
