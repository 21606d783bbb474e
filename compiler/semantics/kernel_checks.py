"""Checks of whole kernels: what each instance reaches on the device, and what only a kernel can get wrong.

Assumes: the file's bodies have no errors. Guarantees: diagnostics with the chain of calls from the kernel.

Example: a kernel whose helper calls a host-only function gets the error at that call, with "called from `helper`".
"""

from __future__ import annotations

from compiler.analysis.contracts.check import contract_findings
from compiler.analysis.convergence.check import convergence
from compiler.analysis.disjointness.verdict import Outcome
from compiler.analysis.tiers.shared_references import shared_references
from compiler.diagnostics.model import Diagnostic, Severity
from compiler.hir.def_id import DefId
from compiler.mir.mono.collector import mono_items
from compiler.mir.mono.model import Instance
from compiler.query import Database, query
from compiler.resolve.attrs import kernel_facts
from compiler.semantics.definitions import kernels_of
from compiler.semantics.geometry import geometry_of
from compiler.semantics.kernel_params import launch_facts
from compiler.semantics.launches import launches_of
from compiler.semantics.races import race_diagnostics, race_report
from compiler.semantics.requirements import requirement_diagnostics
from compiler.semantics.roots import kernel_instances


@query
def kernel_check(db: Database, kernel: DefId) -> tuple[Diagnostic, ...]:
    """Diagnostics of every known instance of a kernel, each once."""
    found: dict[Diagnostic, None] = {}
    for instance in kernel_instances(db, kernel):
        found.update(dict.fromkeys(mono_items(db, instance).diagnostics))
        found.update(dict.fromkeys(race_diagnostics(db, instance)))
        found.update(dict.fromkeys(_contract(db, instance)))
        converging = convergence(db, instance, geometry_of(db, instance))
        found.update(dict.fromkeys(converging.findings))
        if converging.trusting and _is_raced(db, instance):
            found.update(dict.fromkeys(converging.trusting))
    found.update(dict.fromkeys(requirement_diagnostics(db, kernel, tuple(kernel_instances(db, kernel)))))
    found.update(dict.fromkeys(shared_references(db, kernel)))
    return tuple(found)


def _is_raced(db: Database, instance: Instance) -> bool:
    """Whether threads race in launches of any shape."""
    return any(v.outcome is Outcome.ALARM and not v.contract for v in race_report(db, instance).verdicts)


def _contract(db: Database, instance: Instance) -> list[Diagnostic]:
    """The contract against body and launches."""
    facts, items = kernel_facts(db, instance.def_id), mono_items(db, instance)
    if facts is None or items.tainted or any(d.severity is Severity.ERROR for d in items.diagnostics):
        return []
    bounds = launch_facts(db, instance.def_id, instance.args)
    return contract_findings(db, items, facts, bounds.max_threads, launches_of(db, instance.def_id))


@query
def kernel_diagnostics(db: Database, file: str) -> list[Diagnostic]:
    """Of the kernels of a file."""
    return [d for kernel in kernels_of(db, file) for d in kernel_check(db, kernel)]


def known_kernel_diagnostics(db: Database, file: str) -> tuple[list[Diagnostic], bool]:
    """What is known of them without checking any kernel now, of edited ones what was true before; and whether that
    is all.
    """
    found: list[Diagnostic] = []
    is_all = True
    for kernel in kernels_of(db, file):
        known, is_current = db.peek(kernel_check, (kernel,))
        found += known or ()
        is_all = is_all and is_current
    return found, is_all
