"""Statics as LLVM globals in their address spaces.

What it is: ``mir.static`` to ``llvm.mlir.global``: shared memory in space 3 with undefined contents, constant memory
in space 4, mutable statics in space 1, read-only data internal and constant in space 1. What it assumes: data is
bytes, or bytes and addresses. What it guarantees: arrays of one scalar type keep that type, so constant tables are
indexed in place; data with addresses becomes a packed struct. Before and after::

    "mir.static"() {sym_name = "TILE", space = "shared", size = 1024, align = 4}
    "llvm.mlir.global"() {sym_name = "TILE", global_type = !llvm.array<1024 x i8>, addr_space = 3, undef}
"""

from __future__ import annotations

from compiler.dialects.llvm.ops_control import GlobalOp
from compiler.dialects.llvm.types import CONSTANT, GLOBAL, PTR, SHARED, ArrayType, StructType
from compiler.dialects.mir.ops import StaticOp
from compiler.ir.attributes import (
    ArrayAttr,
    Attribute,
    DenseBytesAttr,
    IntegerAttr,
    StringAttr,
    SymbolRefAttr,
    TypeAttr,
    UnitAttr,
)
from compiler.ir.types import I8, I32, Type
from compiler.transforms.lower_mir.lowering import alignment
from compiler.transforms.lower_mir.types import memory_type, scalar_size

SPACES = {"shared": SHARED, "constant": CONSTANT, "global": GLOBAL, "data": GLOBAL}


def lower_static(op: StaticOp) -> GlobalOp:
    space = op.space.value
    attributes: dict[str, Attribute] = {
        "sym_name": StringAttr(op.sym_name.value),
        "global_type": TypeAttr(global_type(op)),
        "addr_space": IntegerAttr(SPACES[space], I32),
        "alignment": alignment(op.align.value),
    }
    if op.extern is not None:
        return GlobalOp((), (), attributes, loc=op.loc)
    if space in ("shared", "data"):
        attributes["linkage"] = StringAttr("internal")
    if space == "shared":
        attributes["undef"] = UnitAttr()
        return GlobalOp((), (), attributes, loc=op.loc)
    if space in ("data", "global") and op.mutable is None:
        attributes["constant"] = UnitAttr()
    if space == "data":
        attributes["unnamed_addr"] = UnitAttr()
    if space == "constant":
        attributes["externally_initialized"] = UnitAttr()  # the host writes it before a launch
    if space == "global" and op.mutable is not None:
        attributes["externally_initialized"] = UnitAttr()
    value = op.value
    if value is None or (isinstance(value, DenseBytesAttr) and not any(value.data)):
        attributes["zero"] = UnitAttr()
    elif isinstance(value, ArrayAttr):
        attributes["value"] = ArrayAttr(
            tuple(SymbolRefAttr(e.name) if isinstance(e, SymbolRefAttr) else e for e in value.elements)
        )
    else:
        attributes["value"] = value
    return GlobalOp((), (), attributes, loc=op.loc)


def global_type(op: StaticOp) -> Type:
    """The LLVM type of the data: typed array, byte array, or packed struct of bytes and pointers."""
    if isinstance(op.value, ArrayAttr):
        parts = tuple(ArrayType(len(e.data), I8) if isinstance(e, DenseBytesAttr) else PTR for e in op.value.elements)
        return StructType(parts, packed=True)
    size = op.size.value
    if op.elem_type is not None:
        elem = memory_type(op.elem_type.type)
        return ArrayType(size // scalar_size(op.elem_type.type), elem)
    return ArrayType(size, I8)
