"""How uniform the variables of a body are, over the kernels of its file that run it.

Assumes: kernels without errors (others say nothing). Guarantees: the lowest level over all instances and calls.

Example: in ``let t = thread::threadIdx_x();`` the variable ``t`` "differs between threads".
"""

from __future__ import annotations

from compiler.analysis.convergence.check import VariableLevel, convergence
from compiler.base.span import Span
from compiler.hir.def_id import DefId
from compiler.query import Database, query
from compiler.semantics.checks import has_errors, reach_diagnostics
from compiler.semantics.definitions import file_of, kernels_of
from compiler.semantics.geometry import geometry_of
from compiler.semantics.reach import kernel_reach
from compiler.semantics.roots import kernel_instances


@query(backdate=False)
def variable_levels(db: Database, owner: DefId) -> dict[Span, VariableLevel]:
    """By the span of a variable's binding in the owner's item."""
    found: dict[Span, VariableLevel] = {}
    for kernel in kernels_of(db, file_of(db, owner)):
        if owner not in kernel_reach(db, kernel) or has_errors(reach_diagnostics(db, kernel)):
            continue
        for instance in kernel_instances(db, kernel):
            for variable in convergence(db, instance, geometry_of(db, instance)).variables:
                if variable.owner is owner:
                    known = found.get(variable.span)
                    if known is None or variable.level < known.level:
                        found[variable.span] = variable
    return found


def modifier(db: Database, owner: DefId, span: Span) -> tuple[str, ...]:
    """``uniform``: the same for every thread of a block at least; ``divergent``: not even for a warp."""
    variable = variable_levels(db, owner).get(span)
    if variable is None or variable.level == 1:
        return ()
    return ("uniform",) if variable.level >= 2 else ("divergent",)
