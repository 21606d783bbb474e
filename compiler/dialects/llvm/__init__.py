"""The ``llvm`` dialect: LLVM 22 IR as operations, in MLIR's spelling.

What it is: types, and operations in three files (arithmetic, memory, control). What it assumes: LLVM LangRef. What it
guarantees: :mod:`compiler.codegen.llvm_text` prints every operation declared here, and nothing else. Example::

    from compiler.dialects.llvm import LLVM
    from compiler.dialects.llvm.ops_arith import AddOp
"""

from compiler.dialects.llvm import ops_arith, ops_control, ops_memory
from compiler.dialects.llvm.types import parse_array, parse_pointer, parse_struct
from compiler.ir.dialect import Dialect

LLVM = Dialect(
    "llvm",
    ops_arith.OPERATIONS + ops_memory.OPERATIONS + ops_control.OPERATIONS,
    {"ptr": parse_pointer, "struct": parse_struct, "array": parse_array},
)
