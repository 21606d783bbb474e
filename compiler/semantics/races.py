"""Races and bounds of kernels: the disjointness analysis run, cached and told.

Assumes: a kernel instance without errors. Guarantees: one report for each content of a kernel's code, whatever else is
edited; diagnostics with spans relative to items.

Example: ``race_diagnostics(db, instance)`` of a kernel whose threads all write ``out[0]`` is one K0301.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

from compiler.analysis.disjointness.errors import OutOfBounds, Undecided, told
from compiler.analysis.disjointness.fixes import barrier_fix, contract_fix, stride_fix, witness_fix
from compiler.analysis.disjointness.launch import LaunchLimits, LaunchShape
from compiler.analysis.disjointness.memory import LIBRARY
from compiler.analysis.disjointness.report import kernel_report
from compiler.analysis.disjointness.report import unneeded_checks as certain
from compiler.analysis.disjointness.verdict import KernelReport, Outcome, Place, Verdict
from compiler.analysis.tiers.unsafe_blocks import unsafe_blocks
from compiler.base.span import Span
from compiler.diagnostics.model import Diagnostic, Severity, Suggestion
from compiler.hir.def_id import DefId
from compiler.mir import body as m
from compiler.mir.mono.collector import mono_items
from compiler.mir.mono.model import Instance, MonoFunction
from compiler.query import Database, query
from compiler.resolve.lint_levels import severity_at
from compiler.resolve.lowering import body
from compiler.resolve.source import item_def, item_of, item_source
from compiler.semantics.definitions import user_crates
from compiler.semantics.kernel_params import kernel_params, launch_facts
from compiler.semantics.kernels import content_hash, instance_label
from compiler.semantics.launches import host_launches

_KEPT: Final = 512
_reports: OrderedDict[tuple[str, str, str, LaunchLimits], KernelReport] = OrderedDict()


def launch_limits(db: Database, instance: Instance) -> LaunchLimits:
    """What the attributes of a kernel promise of its launches."""
    facts = launch_facts(db, instance.def_id, instance.args)
    assumptions = []
    if facts.block is not None:
        assumptions.append(f"launch contract: block = {facts.block}")
    elif facts.domain is not None:
        assumptions.append(f"launch contract: domain = {facts.domain}")
    if facts.max_threads is not None:
        assumptions.append(f"at most {facts.max_threads} threads a block")
    assumptions += [f"launch contract: requires {r}" for r in facts.requires]
    return LaunchLimits(
        facts.block,
        facts.domain,
        facts.max_threads,
        facts.coordinates_u32,
        facts.dynamic_shared_bytes,
        facts.cooperative,
        tuple(facts.requires),
        tuple(assumptions),
        None,
        shapes := launch_shapes(db, instance.def_id),
        not shapes and any(host_launches(db, krate) for krate in user_crates(db)),
        facts.cluster,
    )


def launch_shapes(db: Database, kernel: DefId) -> tuple[LaunchShape, ...]:
    """The launches of a kernel in the user's host code, each shape once."""
    found: dict[LaunchShape, None] = {}
    for krate in user_crates(db):
        for launch in host_launches(db, krate):
            if launch.kernel == kernel.name:
                ones = [block in (1,) and grid in (1,) for block, grid in zip(launch.block, launch.grid, strict=True)]
                rank = launch.rank or (1 if ones[1] and ones[2] else 2 if ones[2] else 3)
                found[LaunchShape(rank, launch.block, launch.grid)] = None
    return tuple(found)[:4]


@query
def race_report(db: Database, instance: Instance) -> KernelReport:
    """The report of one kernel instance."""
    kernel = instance.def_id
    limits = launch_limits(db, instance)
    key = (content_hash(db, kernel), kernel.path, repr(instance.args), limits)
    found = _reports.get(key)
    if found is not None:
        _reports.move_to_end(key)
        return found
    items = mono_items(db, instance)
    names = tuple(p.name for p in kernel_params(db, kernel, instance.args))
    label = instance_label(db, instance) if instance.args else ""
    made = kernel_report(db, items, limits, names, kernel.name, label)
    _reports[key] = made
    if len(_reports) > _KEPT:
        _reports.popitem(last=False)
    return made


@query
def unneeded_checks(db: Database, instance: Instance) -> frozenset[tuple[DefId, Span]]:
    """Bounds checks that code generation may leave out: they hold for any launch the hardware accepts."""
    items = mono_items(db, instance)
    if items.tainted or not any(_has_check(f) for f in items.functions):
        return frozenset()
    facts = launch_facts(db, instance.def_id, instance.args)
    names = tuple(p.name for p in kernel_params(db, instance.def_id, instance.args))
    return certain(db, items, LaunchLimits(facts.block, None, facts.max_threads), names)


def _has_check(function: MonoFunction) -> bool:
    """Whether it is the user's and indexes something."""
    if function.instance.def_id.krate.name in LIBRARY:
        return False
    ends = (b.terminator for b in function.body.blocks)
    return any(isinstance(end, m.Assert) and end.kind is m.AssertKind.BOUNDS_CHECK for end in ends)


@query
def race_diagnostics(db: Database, instance: Instance) -> tuple[Diagnostic, ...]:
    """Races, definite out-of-bounds accesses, and what is undecided."""
    items = mono_items(db, instance)
    if items.tainted or any(d.severity is Severity.ERROR for d in items.diagnostics):
        return ()
    report = race_report(db, instance)
    kernel = instance.def_id
    outside = [b for b in report.bounds if b.outside and not (b.checked and _may_panic(db, b.place))]
    found: list[Diagnostic] = [OutOfBounds(b).to_diagnostic() for b in outside]
    item = item_of(db, kernel)
    assert item is not None
    if report.undecided:
        place = report.undecided_at
        if place is not None and place.owner is not kernel:
            place = None
        made = Undecided(kernel.name, item.name_span, kernel, "memory", report.undecided, place)
        found.append(made.to_diagnostic())
    found += [d for v in report.verdicts if (d := verdict_diagnostic(db, instance, v)) is not None]
    return tuple(dict.fromkeys(found))


def verdict_diagnostic(db: Database, instance: Instance, verdict: Verdict) -> Diagnostic | None:
    """What is said of one memory object."""
    kernel = instance.def_id
    item = item_of(db, kernel)
    assert item is not None
    fixes = _contract(db, kernel, verdict)
    if verdict.outcome is Outcome.ALARM:
        fixes = fixes or _fixes(db, instance, verdict)
    undecided = Undecided(kernel.name, item.name_span, kernel, verdict.memory.shown, verdict.reason)
    return told(kernel.name, verdict, undecided, fixes)


def _may_panic(db: Database, place: Place) -> bool:
    """Whether an attribute around a place says ``allow(unconditional_panic)``."""
    owner = item_def(place.owner)
    return body(db, owner) is not None and severity_at(db, owner, "unconditional_panic", place.span) is None


def _fixes(db: Database, instance: Instance, verdict: Verdict) -> tuple[Suggestion, ...]:
    """Quick fixes of a race."""

    def text(owner: DefId) -> bytes:
        return item_source(db, owner)

    kernel = instance.def_id
    params = kernel_params(db, kernel, instance.args)
    at = verdict.memory.param
    flat = 0 <= at < len(params) and params[at].index_space == "Index1D"
    found = barrier_fix(verdict, text) + stride_fix(verdict, kernel, text(kernel))
    return found or witness_fix(verdict, text, flat, _block_of(db, verdict))


def _block_of(db: Database, verdict: Verdict) -> Span | None:
    """The `unsafe` block around the first access, if that is the one unsafe thing in it."""
    if verdict.witness is None:
        return None
    place = verdict.witness.first_place
    for b in unsafe_blocks(db, place.owner):
        if b.kind == "block" and b.span.start < place.span.start and place.span.end <= b.span.end:
            return b.span if len(b.obligations) == 1 else None
    return None


def _contract(db: Database, kernel: DefId, verdict: Verdict) -> tuple[Suggestion, ...]:
    return contract_fix(kernel, item_source(db, kernel), verdict.contract)
