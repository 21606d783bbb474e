"""Checks of whole kernels: what each instance reaches on the device, and what only a kernel can get wrong.

Assumes: the file's bodies have no errors. Guarantees: diagnostics with the chain of calls from the kernel.

Example: a kernel whose helper calls a host-only function gets the error at that call, with "called from `helper`".
"""

from __future__ import annotations

from compiler.analysis.convergence.check import convergence
from compiler.diagnostics.model import Diagnostic
from compiler.hir.def_id import DefId
from compiler.mir.mono.collector import mono_items
from compiler.query import Database, query
from compiler.semantics.definitions import kernels_of
from compiler.semantics.geometry import geometry_of
from compiler.semantics.races import race_diagnostics
from compiler.semantics.roots import kernel_instances


@query
def kernel_check(db: Database, kernel: DefId) -> tuple[Diagnostic, ...]:
    """Diagnostics of every known instance of a kernel, each once."""
    found: dict[Diagnostic, None] = {}
    for instance in kernel_instances(db, kernel):
        found.update(dict.fromkeys(mono_items(db, instance).diagnostics))
        found.update(dict.fromkeys(race_diagnostics(db, instance)))
        found.update(dict.fromkeys(convergence(db, instance, geometry_of(db, instance)).findings))
    return tuple(found)


def kernel_diagnostics(db: Database, file: str) -> list[Diagnostic]:
    """Of the kernels of a file."""
    return [d for kernel in kernels_of(db, file) for d in kernel_check(db, kernel)]
