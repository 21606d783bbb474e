"""verify-convergence: no transform duplicated, dropped or re-ordered a convergent operation.

What it is: a fingerprint of a function's convergent operations, taken before a pass and compared after it. What it
assumes: passes keep an operation's location. What it guarantees: every convergent operation appears as often as
before, and in the same order along the blocks. Example::

    before = convergent_fingerprint(module)
    run(module)
    check_convergence(before, module, "mem2reg")     # raises VerifyError
"""

from __future__ import annotations

from collections import Counter

from compiler.dialects.llvm.ops_control import CallOp, InlineAsmOp, LLVMFuncOp
from compiler.dialects.mir import ops as mir
from compiler.dialects.nvvm import NvvmOp
from compiler.ir.attributes import StringAttr
from compiler.ir.builtin import ModuleOp
from compiler.ir.core import Operation, Trait
from compiler.ir.errors import VerifyError

Fingerprint = dict[str, Counter[str]]


def convergent_fingerprint(module: ModuleOp) -> Fingerprint:
    """How often each convergent operation (by what it calls, and where in the source) occurs in each function."""
    found: Fingerprint = {}
    for func in module.body.ops:
        name = func.attributes.get("sym_name")
        if isinstance(func, mir.FuncOp | LLVMFuncOp) and isinstance(name, StringAttr):
            counts = Counter(_key(op) for block in func.regions[0].blocks for op in block.ops if _is_convergent(op))
            if counts:
                found[name.value] = counts
    return found


def _is_convergent(op: Operation) -> bool:
    if isinstance(op, mir.DeviceIntrinsicOp):
        from compiler.dialects.nvvm import row

        found = row(op.intrinsic.value)
        return found is None or found.is_convergent
    if isinstance(op, CallOp) and op.callee is not None and op.callee.name.startswith("__nv_"):
        return False
    return Trait.CONVERGENT in op.traits


def _key(op: Operation) -> str:
    if isinstance(op, mir.CallOp | CallOp) and op.callee is not None:
        what = f"call @{op.callee.name}"
    elif isinstance(op, mir.DeviceIntrinsicOp):
        what = f"nvvm.{op.intrinsic.value}"
    elif isinstance(op, NvvmOp):
        what = op.op_name
    elif isinstance(op, mir.InlineAsmOp | InlineAsmOp):
        what = "inline_asm"
    else:
        what = "call"
    return f"{what} at {op.loc}"


def check_convergence(before: Fingerprint, module: ModuleOp, pass_name: str) -> None:
    """Raise unless ``module`` has exactly the convergent operations ``before`` recorded."""
    after = convergent_fingerprint(module)
    for name, counts in before.items():
        now = after.get(name, Counter())
        if now == counts:
            continue
        for key in counts.keys() | now.keys():
            if counts[key] != now[key]:
                message = f"@{name}: '{key}' occurred {counts[key]} times before {pass_name} and {now[key]} after"
                raise VerifyError(pass_name, message)
