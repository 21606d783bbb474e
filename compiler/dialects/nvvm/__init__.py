"""The ``nvvm`` dialect: one operation per row of the intrinsic table, made when first asked for.

What it is: ``nvvm.<module>.<name>`` operations whose operands are the lowered arguments (scalars, pointers; arrays by
address) and whose result is a scalar, a pair as ``struct``, or none when an array result is written through the first
operand. What it assumes: :mod:`compiler.dialects.nvvm.table`. What it guarantees: an unknown name is no operation;
convergence is a trait. Example::

    op = intrinsic_op("warp.shuffle_sync")([mask, value, lane], [I32])
"""

from __future__ import annotations

from functools import cache
from typing import ClassVar

from compiler.dialects.llvm.types import ANY
from compiler.dialects.nvvm.table import IntrinsicRow, row
from compiler.ir.attributes import DenseArrayAttr
from compiler.ir.core import Operation, Trait, operands, optional_attribute, results
from compiler.ir.dialect import Dialect


class NvvmOp(Operation):
    """Base of the table's operations. ``immediates``: values of the operands that must be constants, in order."""

    args = operands(ANY)
    res = results(ANY)
    immediates = optional_attribute(DenseArrayAttr)
    row: ClassVar[IntrinsicRow]


@cache
def intrinsic_op(name: str) -> type[NvvmOp] | None:
    """The operation class of row ``module.name``; None if the table has no such row."""
    found = row(name)
    if found is None:
        return None
    traits = frozenset({Trait.CONVERGENT} if found.is_convergent else {Trait.PURE} if found.is_pure else ())
    return type(f"Nvvm_{name}", (NvvmOp,), {"name": f"nvvm.{name}", "row": found, "traits": traits, "__slots__": ()})


def _find(name: str) -> type[Operation] | None:
    return intrinsic_op(name.removeprefix("nvvm."))


NVVM = Dialect("nvvm", find_operation=_find)

__all__ = ["NVVM", "IntrinsicRow", "NvvmOp", "intrinsic_op", "row"]
