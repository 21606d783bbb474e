"""The three dialects: ``mir`` (Rust's MIR over memory), ``llvm`` (LLVM IR) and ``nvvm`` (NVIDIA intrinsics as a table).

What it is: operation, type and attribute declarations with verifiers; no transform lives here. What it assumes:
nothing of the front end; layouts arrive as offsets, sizes and alignments. What it guarantees: :func:`oxide_context`
knows all three. Example::

    from compiler.dialects import oxide_context
    parse_module(text, oxide_context())
"""

from functools import cache

from compiler.dialects.llvm import LLVM
from compiler.dialects.mir import MIR
from compiler.dialects.nvvm import NVVM
from compiler.ir import Context


@cache
def oxide_context() -> Context:
    """The context every textual form of this compiler parses in."""
    return Context((MIR, LLVM, NVVM))


__all__ = ["LLVM", "MIR", "NVVM", "oxide_context"]
