"""``cuda_intrinsics`` operations: dialect-mir to dialect-nvvm.

What it is: the operands of ``mir.device_intrinsic`` are the Rust arguments (arrays by address, and first the
destination when the result is an array); they go to the table's operation unchanged. Before and after::

    %1 = "mir.device_intrinsic"(%m, %v, %l) {intrinsic = "warp.shuffle_sync"} : (ui32, ui32, ui32) -> ui32
    %1 = "nvvm.warp.shuffle_sync"(%m, %v, %l) : (i32, i32, i32) -> i32
"""

from __future__ import annotations

from compiler.dialects.mir import ops as mir
from compiler.dialects.nvvm import intrinsic_op
from compiler.ir.attributes import Attribute
from compiler.ir.errors import IRError
from compiler.transforms.lower_mir.control import bind_result
from compiler.transforms.lower_mir.lowering import Lowering
from compiler.transforms.lower_mir.types import result_type


def lower_device_intrinsic(low: Lowering, op: mir.DeviceIntrinsicOp) -> None:
    name = op.intrinsic.value
    op_class = intrinsic_op(name)
    if op_class is None:
        raise IRError(f"no intrinsic '{name}' in the table")
    attributes: dict[str, Attribute] = {}
    if op.immediates is not None:
        attributes["immediates"] = op.immediates
    results = [result_type(res.type) for res in op.results]
    made = low.emit(op_class(low.all_of(op.operands), results, attributes))
    if results:
        bind_result(low, op, made.results[0])
