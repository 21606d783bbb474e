"""Functions: signatures, kernel convention and launch facts, block order.

What it is: the shell of ``lower-mir``: creates the LLVM function and its blocks, lowers operations in reverse
post-order, and binds block arguments (pairs as two). What it assumes: kernel arguments are as
``transforms/import_mir/kernel_abi`` made them. What it guarantees: allocas stand in the entry block; ``bool`` kernel
parameters are bytes. Example: see the package docstring.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from compiler.dialects.llvm import ops_arith as llvm
from compiler.dialects.llvm.ops_control import LLVMFuncOp
from compiler.dialects.llvm.types import SHARED
from compiler.dialects.mir import ops as mir
from compiler.dialects.mir.types import BOOL
from compiler.ir.attributes import ArrayAttr, Attribute, DenseArrayAttr, DictAttr, IntegerAttr, StringAttr, TypeAttr
from compiler.ir.core import Block, Operation, Region, Value
from compiler.ir.dominance import reverse_post_order
from compiler.ir.errors import IRError
from compiler.ir.types import I1, I8, FunctionType, Type
from compiler.transforms.lower_mir.lowering import Externs, Lowering
from compiler.transforms.lower_mir.types import function_type, register_types

Table = dict[type[Operation], Callable[[Lowering, Any], None]]
INLINE_ATTRIBUTES = {"always": "alwaysinline", "hint": "inlinehint"}

__all__ = ["Externs", "lower_function"]


def lower_function(low: Lowering, op: mir.FuncOp, table: Table) -> LLVMFuncOp:
    ty = kernel_type(op.type) if op.kernel is not None else function_type(op.type)
    region = Region()
    has_shared = SHARED in low.spaces.values()
    func = LLVMFuncOp((), (), function_attributes(op, ty, has_shared), [region], loc=op.loc)
    if op.is_declaration:
        return func
    low.entry = region.add_block(Block(ty.inputs))
    order = reverse_post_order(op.regions[0])
    for block in order:
        low.blocks[block] = low.entry if block is order[0] else region.add_block()
    bind_entry(low, op, order[0])
    for block in order[1:]:
        for arg in block.args:
            low.values[arg] = tuple(
                low.blocks[block].add_arg(llvm_ty, arg.name_hint) for llvm_ty in register_types(arg.type)
            )
    if any(order[0] in block.successors() for block in order):
        raise IRError(f"function '{op.sym_name.value}' branches to its entry block")
    lower_blocks(low, order, table)
    hoist_allocas(low)
    return func


def lower_blocks(low: Lowering, order: list[Block], table: Table) -> None:
    low.body_entry = low.block
    for i, block in enumerate(order):
        if i > 0:
            low.block = low.blocks[block]
        for op in block.ops:
            lower = table.get(type(op))
            if lower is None:
                raise IRError(f"'{op.op_name}' op has no lowering")
            low.loc = op.loc
            lower(low, op)


def bind_entry(low: Lowering, op: mir.FuncOp, entry: Block) -> None:
    """Entry arguments; the body's first operations go to a block of their own list, after the allocas."""
    llvm_args = iter(low.entry.args)
    low.block = Block()
    low.block.parent = low.entry.parent
    for arg in entry.args:
        values: list[Value] = []
        for ty in register_types(arg.type):
            value: Value = next(llvm_args)
            value.name_hint = arg.name_hint
            if op.kernel is not None and ty == I1:
                value = low.value(llvm.TruncOp([value], [I1]))
            values.append(value)
        if len(values) == 2 and arg.name_hint:
            values[0].name_hint, values[1].name_hint = f"{arg.name_hint}.0", f"{arg.name_hint}.1"
        low.values[arg] = tuple(values)


def hoist_allocas(low: Lowering) -> None:
    """Put the body's first block behind the allocas gathered in the entry block."""
    for op in low.body_entry.ops:
        op.parent = low.entry
    low.entry.ops.extend(low.body_entry.ops)


def kernel_type(ty: FunctionType) -> FunctionType:
    inputs: list[Type] = []
    for arg in ty.inputs:
        inputs += [I8] if arg == BOOL else register_types(arg)
    return FunctionType(tuple(inputs), ())


def function_attributes(op: mir.FuncOp, ty: FunctionType, has_shared: bool) -> dict[str, Attribute]:
    attributes: dict[str, Attribute] = {"sym_name": op.sym_name, "function_type": TypeAttr(ty)}
    passthrough: list[Attribute] = []
    if op.kernel is not None:
        attributes["cconv"] = StringAttr("ptx_kernel")
        passthrough += [ArrayAttr((StringAttr(key), StringAttr(value))) for key, value in launch_attributes(op.kernel)]
    elif not op.is_declaration:
        attributes["linkage"] = StringAttr("internal")
    if op.inline is not None and op.inline.value in INLINE_ATTRIBUTES:
        passthrough.append(StringAttr(INLINE_ATTRIBUTES[op.inline.value]))
    if has_shared and not op.is_declaration:
        # no tables made of switches: they would hold shared addresses, which are no constants in PTX
        passthrough.append(ArrayAttr((StringAttr("no-jump-tables"), StringAttr("true"))))
    if passthrough:
        attributes["passthrough"] = ArrayAttr(tuple(passthrough))
    if op.arg_attrs is not None:
        attributes["arg_attrs"] = expand_arg_attrs(op)
    if op.subprogram is not None:
        attributes["subprogram"] = op.subprogram
    return attributes


def expand_arg_attrs(op: mir.FuncOp) -> ArrayAttr:
    """One dictionary per LLVM argument; a pair's attributes go to both parts."""
    assert op.arg_attrs is not None
    expanded: list[Attribute] = []
    for ty, attrs in zip(op.type.inputs, op.arg_attrs.elements, strict=True):
        expanded += [attrs] * len(register_types(ty))
    return ArrayAttr(tuple(expanded))


def launch_attributes(kernel: DictAttr) -> list[tuple[str, str]]:
    """Launch facts as the function attributes LLVM 22's NVPTX honours."""
    found: list[tuple[str, str]] = []
    for key, value in kernel.entries:
        if isinstance(value, DenseArrayAttr):
            text = ",".join(map(str, value.values))
        elif isinstance(value, IntegerAttr):
            text = str(value.value)
        else:
            raise IRError(f"launch fact {key} = {value} has no LLVM form")
        found.append((LAUNCH_ATTRIBUTES[key], text))
    return found


LAUNCH_ATTRIBUTES = {
    "maxntid": "nvvm.maxntid",
    "reqntid": "nvvm.reqntid",
    "minctasm": "nvvm.minctasm",
    "maxnreg": "nvvm.maxnreg",
    "cluster_dim": "nvvm.cluster_dim",
}
