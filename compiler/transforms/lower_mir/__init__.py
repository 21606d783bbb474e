"""lower-mir: dialect-mir to dialect-llvm and dialect-nvvm.

What it is: the pass and its table of operation lowerings; one file per area. What it assumes: the module verifies.
What it guarantees: no ``mir`` operation is left; functions other than kernels are internal; kernels have the
``ptx_kernel`` convention and the launch facts as ``nvvm.*`` attributes. Before and after::

    "mir.func"() ({...}) {sym_name = "k", kernel = {maxntid = array<i32: 256, 1, 1>}, function_type = (!mir.ptr) -> ()}
    "llvm.func"() ({...}) {sym_name = "k", cconv = "ptx_kernel", passthrough = [["nvvm.maxntid", "256,1,1"]]}
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from compiler.dialects.llvm.ops_control import LLVMFuncOp
from compiler.dialects.mir import ops as mir
from compiler.ir.attributes import StringAttr, TypeAttr
from compiler.ir.builtin import ModuleOp
from compiler.ir.core import Operation, Region
from compiler.ir.errors import IRError
from compiler.ir.types import FunctionType
from compiler.transforms.lower_mir import control, device, functions, intrinsics, memory, scalars
from compiler.transforms.lower_mir.lowering import Lowering, LowerOptions
from compiler.transforms.lower_mir.statics import SPACES, lower_static

LOWERINGS: dict[type[Operation], Callable[[Lowering, Any], None]] = {
    mir.ConstantOp: scalars.lower_constant,
    mir.UndefOp: scalars.lower_undef,
    mir.BinaryOp: scalars.lower_binary,
    mir.UnaryOp: scalars.lower_unary,
    mir.CastOp: scalars.lower_cast,
    mir.SelectOp: scalars.lower_select,
    mir.PairOp: scalars.lower_pair,
    mir.ComponentOp: scalars.lower_component,
    mir.DiscriminantOp: scalars.lower_discriminant,
    mir.AddressOfOp: memory.lower_address_of,
    mir.AllocaOp: memory.lower_alloca,
    mir.LoadOp: memory.lower_load,
    mir.StoreOp: memory.lower_store,
    mir.CopyOp: memory.lower_copy,
    mir.FieldOp: memory.lower_field,
    mir.IndexOp: memory.lower_index,
    mir.CallOp: control.lower_call,
    mir.CallIndirectOp: control.lower_call_indirect,
    mir.InlineAsmOp: control.lower_inline_asm,
    mir.GotoOp: control.lower_goto,
    mir.SwitchIntOp: control.lower_switch,
    mir.AssertOp: control.lower_assert,
    mir.ReturnOp: control.lower_return,
    mir.UnreachableOp: control.lower_unreachable,
    mir.TrapOp: control.lower_trap,
    mir.IntrinsicOp: intrinsics.lower_intrinsic,
    mir.DeviceIntrinsicOp: device.lower_device_intrinsic,
}

__all__ = ["LowerOptions", "lower_mir"]


def lower_mir(module: ModuleOp, options: LowerOptions | None = None) -> ModuleOp:
    """A new module in dialect-llvm and dialect-nvvm."""
    options = options or LowerOptions()
    lowered = ModuleOp.empty(module.sym_name.value if module.sym_name is not None else "")
    spaces = {op.sym_name.value: SPACES[op.space.value] for op in module.body.ops if isinstance(op, mir.StaticOp)}
    externs: functions.Externs = {}
    for op in module.body.ops:
        if isinstance(op, mir.StaticOp):
            lowered.body.append(lower_static(op))
        elif isinstance(op, mir.FuncOp):
            low = Lowering(options, spaces, externs)
            lowered.body.append(functions.lower_function(low, op, LOWERINGS))
        else:
            raise IRError(f"'{op.op_name}' op is not part of a dialect-mir module")
    known = lowered.symbols()
    for name, (args, result) in externs.items():
        if name not in known:
            ty = TypeAttr(FunctionType(args, (result,)))
            lowered.body.append(LLVMFuncOp((), (), {"sym_name": StringAttr(name), "function_type": ty}, [Region()]))
    return lowered
