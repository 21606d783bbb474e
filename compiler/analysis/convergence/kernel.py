"""The kernel's parameters as terms.

Assumes: a kernel instance. Guarantees: every parameter is the same in the whole grid; memory behind ``&[T]`` is
read-only.

Example: ``x: &[f32]`` is a fat pointer of two parameters at level GRID.
"""

from __future__ import annotations

from compiler.analysis.convergence.calls import Interpreter
from compiler.analysis.convergence.levels import GRID
from compiler.analysis.convergence.state import type_code
from compiler.analysis.convergence.values import USIZE, Node
from compiler.mir.mono.model import MonoFunction
from compiler.ty import types as t


def kernel_arguments(interpreter: Interpreter, function: MonoFunction) -> tuple[Node, ...]:
    """One term a parameter."""
    terms = interpreter.terms
    found = []
    for i in range(1, function.body.arg_count + 1):
        decl = function.body.locals[i]
        name = decl.name or f"parameter {i}"
        if isinstance(decl.ty, t.RefTy) and isinstance(decl.ty.ty, t.SliceTy):
            pointer = terms.make("param", (name,), GRID)
            if not decl.ty.mutable:
                interpreter.read_only.add(pointer)
            found.append(terms.fat(pointer, terms.make("param", (f"{name}.len()",), GRID, USIZE)))
        else:
            found.append(terms.make("param", (name,), GRID, type_code(decl.ty)))
    return tuple(found)
