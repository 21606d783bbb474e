"""Bounds of accesses, for the hover: which checks are proved away, which stay, and what nothing checks.

Assumes: a body that kernels of its file reach. Guarantees: what is said holds for every instance of those kernels.

Example: on ``x[i]`` behind ``if i < x.len()`` the words are "always inside: by the guards before it".
"""

from __future__ import annotations

from compiler.analysis.disjointness.verdict import BoundsFact
from compiler.hir.def_id import DefId
from compiler.query import Database
from compiler.semantics.checks import has_errors, reach_diagnostics
from compiler.semantics.definitions import file_of, kernels_of
from compiler.semantics.races import race_report
from compiler.semantics.reach import kernel_reach
from compiler.semantics.roots import kernel_instances


def bounds_words(db: Database, owner: DefId, offset: int) -> str:
    """What is known of the smallest access around an offset in the owner's item; "" if there is none."""
    around: list[BoundsFact] = []
    for kernel in kernels_of(db, file_of(db, owner)):
        if owner not in kernel_reach(db, kernel) or has_errors(reach_diagnostics(db, kernel)):
            continue
        for instance in kernel_instances(db, kernel):
            around += [
                b for b in race_report(db, instance).bounds
                if b.place.owner is owner and b.place.span.start <= offset < b.place.span.end
            ]  # fmt: skip
    if not around:
        return ""
    smallest = min(b.place.span.end - b.place.span.start for b in around)
    return _words([b for b in around if b.place.span.end - b.place.span.start == smallest])


def _words(facts: list[BoundsFact]) -> str:
    """Of one access in all kernels that reach it; what a check has let through needs none."""
    facts = [b for b in facts if b.checked] or facts
    if all(b.proved for b in facts):
        check = "; the check never fails" if facts[0].checked else ""
        return f"always inside: by {facts[0].why}{check}"
    of_thread = next((b.thread for b in facts if b.thread), "")
    if of_thread:
        return f"outside in {of_thread}"
    if any(b.outside for b in facts):
        return "outside whenever it is reached"
    if all(b.checked for b in facts):
        return "checked when it is reached: that it is inside is not proved"
    return "not checked, and not proved to be inside"
