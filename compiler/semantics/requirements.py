"""Which relations of a launch contract the proofs about a kernel need, which are missing, which exclude each other.

What it is: the race and bounds analysis run with fewer and with more relations. Assumes: a kernel without errors.
Guarantees: a relation is called unused only if everything about every instance is decided, the same without it, and
all that are called unused can go together; nothing is said of a kernel that could not be followed.

Example: ``requires = (n > 0)`` of a kernel that never uses ``n`` is a K0502.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from compiler.analysis.contracts.check import ContractFinding
from compiler.analysis.contracts.relations import contradictory_relation, missing_relation, unused_relation
from compiler.analysis.disjointness.report import kernel_report
from compiler.analysis.disjointness.requires import first_contradiction
from compiler.analysis.disjointness.verdict import BoundsFact, KernelReport, Outcome
from compiler.diagnostics.model import Diagnostic, Severity
from compiler.hir.def_id import DefId
from compiler.mir.mono.collector import mono_items
from compiler.mir.mono.model import Instance
from compiler.query import Database, query
from compiler.resolve.source import item_source
from compiler.semantics.kernel_params import kernel_params, launch_facts
from compiler.semantics.races import launch_limits, race_report

MAX_TRIALS: Final = 6
_UNSIGNED: Final = frozenset(("u8", "u16", "u32", "u64", "usize"))
_SLICES: Final = frozenset(("slice", "slice_mut", "disjoint", "disjoint_width"))


@query
def requirement_diagnostics(db: Database, kernel: DefId, instances: tuple[Instance, ...]) -> tuple[Diagnostic, ...]:
    """Findings on the ``requires`` of a kernel, from all its known instances."""
    for instance in instances:
        items = mono_items(db, instance)
        if items.tainted or any(d.severity is Severity.ERROR for d in items.diagnostics):
            return ()
    if not instances or launch_facts(db, kernel).domain is None:
        return ()
    relations, text = tuple(launch_facts(db, kernel).requires), item_source(db, kernel)
    scalars, slices = _operands(db, instances[0])
    wrong = first_contradiction(relations, slices, scalars)
    if wrong is not None:
        return (contradictory_relation(kernel, text, relations, wrong).to_diagnostic(),)
    reports = [race_report(db, i) for i in instances]
    if any(r.undecided for r in reports):
        return ()
    found: list[ContractFinding] = []
    if all(_is_settled(r) for r in reports):
        found += [unused_relation(kernel, text, relations, i) for i in _unused(db, instances, reports, relations)]
    if len(instances) == 1:
        found += _missing(db, instances[0], reports[0], relations)
    return tuple(f.to_diagnostic() for f in found)


def _operands(db: Database, instance: Instance) -> tuple[dict[str, int], dict[str, int]]:
    """Unsigned scalars with their bits, slices with the size of an element."""
    params = kernel_params(db, instance.def_id, instance.args)
    scalars = {p.name: 8 * p.elem.size_bytes for p in params if p.kind == "scalar" and p.elem.dtype in _UNSIGNED}
    return scalars, {p.name: p.elem.size_bytes for p in params if p.kind in _SLICES}


def _trial(db: Database, instance: Instance, relations: tuple[str, ...]) -> KernelReport:
    """The report if the contract had these relations."""
    limits = replace(launch_limits(db, instance), requires=relations)
    names = tuple(p.name for p in kernel_params(db, instance.def_id, instance.args))
    return kernel_report(db, mono_items(db, instance), limits, names, instance.def_id.name, "")


def _decided(report: KernelReport) -> object:
    """What must not change."""
    return (
        report.undecided,
        tuple((v.memory, v.outcome) for v in report.verdicts),
        tuple((b.place, b.proved, b.outside) for b in report.bounds),
    )


def _is_settled(report: KernelReport) -> bool:
    """Whether nothing is left that a relation might be meant for."""
    return all(v.outcome is not Outcome.UNDECIDED for v in report.verdicts) and all(
        b.proved or b.outside for b in report.bounds
    )


def _unused(
    db: Database, instances: tuple[Instance, ...], reports: list[KernelReport], relations: tuple[str, ...]
) -> list[int]:
    kept, unused = list(range(len(relations))), []
    wanted = [_decided(r) for r in reports]
    for i in range(len(relations))[:MAX_TRIALS]:
        fewer = tuple(relations[j] for j in kept if j != i)
        if all(_decided(_trial(db, x, fewer)) == w for x, w in zip(instances, wanted, strict=True)):
            kept.remove(i)
            unused.append(i)
    return unused


def _missing(
    db: Database, instance: Instance, report: KernelReport, relations: tuple[str, ...]
) -> list[ContractFinding]:
    """Relations ``slice.len() >= scalar`` that prove a check away."""
    kernel = instance.def_id
    open_checks = [b for b in report.bounds if _is_open(b, kernel)]
    scalars, slices = _operands(db, instance)
    candidates = [f"{s}.len() >= {n}" for s in slices for n in scalars]
    candidates = [c for c in candidates if c not in relations]
    if not open_checks or not candidates or len(candidates) > MAX_TRIALS:
        return []
    if not _newly_proved(open_checks, _trial(db, instance, (*relations, *candidates))):
        return []
    found, text = [], item_source(db, kernel)
    for candidate in candidates:
        proved = _newly_proved(open_checks, _trial(db, instance, (*relations, candidate)))
        if proved:
            found.append(missing_relation(kernel, text, relations, candidate, proved[0].place.span))
            open_checks = [b for b in open_checks if b not in proved]
    return found


def _is_open(fact: BoundsFact, kernel: DefId) -> bool:
    return not fact.proved and not fact.outside and fact.checked and fact.place.owner is kernel


def _newly_proved(open_checks: list[BoundsFact], report: KernelReport) -> list[BoundsFact]:
    proved = {(b.place, b.checked) for b in report.bounds if b.proved}
    return [b for b in open_checks if (b.place, b.checked) in proved]
