"""A small SSA core in MLIR's terms: operations, regions, blocks, values, types, attributes, text in and out.

What it is: the data structure both dialects and every transform share. It knows no Rust, no LLVM and no front end.
What it assumes: dialects declare their operations as subclasses of :class:`Operation` and list them in a
:class:`Dialect`. What it guarantees: use lists are exact, the generic textual form round-trips, the verifier rejects
what a dialect did not declare. Example::

    from compiler.ir import Context, parse_module, print_module, verify
    module = parse_module('"builtin.module"() ({\\n}) : () -> ()', Context(()))
    verify(module)
    assert print_module(module).startswith('"builtin.module"()')
"""

from compiler.ir.attributes import (
    ArrayAttr,
    Attribute,
    BoolAttr,
    DenseArrayAttr,
    DenseBytesAttr,
    DictAttr,
    FloatAttr,
    IntegerAttr,
    StringAttr,
    SymbolRefAttr,
    TypeAttr,
    UnitAttr,
)
from compiler.ir.builder import Builder
from compiler.ir.builtin import ModuleOp
from compiler.ir.core import Block, BlockArgument, Operation, OpResult, Region, Trait, Value
from compiler.ir.dialect import Context, Dialect
from compiler.ir.errors import IRError, ParseError, VerifyError
from compiler.ir.location import UNKNOWN_LOC, CallSiteLoc, FileLineColLoc, Location, UnknownLoc
from compiler.ir.parser import parse_module
from compiler.ir.printer import print_module, print_op
from compiler.ir.types import FloatType, FunctionType, IntegerType, Type, VectorType
from compiler.ir.verifier import verify

__all__ = [
    "UNKNOWN_LOC",
    "ArrayAttr",
    "Attribute",
    "Block",
    "BlockArgument",
    "BoolAttr",
    "Builder",
    "CallSiteLoc",
    "Context",
    "DenseArrayAttr",
    "DenseBytesAttr",
    "Dialect",
    "DictAttr",
    "FileLineColLoc",
    "FloatAttr",
    "FloatType",
    "FunctionType",
    "IRError",
    "IntegerAttr",
    "IntegerType",
    "Location",
    "ModuleOp",
    "OpResult",
    "Operation",
    "ParseError",
    "Region",
    "StringAttr",
    "SymbolRefAttr",
    "Trait",
    "Type",
    "TypeAttr",
    "UnitAttr",
    "UnknownLoc",
    "Value",
    "VectorType",
    "VerifyError",
    "parse_module",
    "print_module",
    "print_op",
    "verify",
]
