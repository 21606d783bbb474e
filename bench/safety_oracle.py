"""What running a kernel says of it: the dynamic label of a case or a mutant.

What it is: each launch of a case on the emulator with shadow memory, over several schedules. Assumes: the launches are
those the kernel is meant for. Guarantees: "race" and "divergent" are facts (an execution shows them); "clean" only
says that these launches showed nothing; "broken" is a kernel that does not compile or that stops (a failed check).

Example: ``observe(session, "tree", case.launches).label == "clean"``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.safety_cases import Launch
from compiler.driver import CompileError, CompileSession
from compiler.emulator.explore import CheckPlan, Scheduled, check_launch

CHECKS = ("races", "init", "bounds", "convergence")
SEEDS = (0, 1)
_BUDGET_S = 1.5


@dataclass(slots=True)
class Observation:
    """``label``: "race", "divergent", "stuck", "clean" or "broken"; ``found``: all that was seen; ``problem``: why
    broken."""

    label: str
    found: list[Scheduled] = field(default_factory=list)
    problem: str = ""

    def lines(self, check: str) -> set[tuple[int, int]]:
        """Line pairs of the findings of a family."""
        return {
            (s.finding.first.line, s.finding.second.line if s.finding.second is not None else 0)
            for s in self.found
            if s.finding.check == check
        }


def observe(session: CompileSession, kernel: str, launches: Sequence[Launch], thorough: bool = False) -> Observation:
    """Run a kernel; ``thorough``: more schedules."""
    try:
        artifact = session.compile_for_emulator(session.instance(kernel))
    except CompileError as error:
        return Observation("broken", problem=str(error))
    found: list[Scheduled] = []
    plan = CheckPlan(budget_s=_BUDGET_S, random_runs=3 if thorough else 1, explored_runs=48 if thorough else 6)
    for launch in launches:
        for seed in SEEDS:
            plan.dynamic_smem_bytes, plan.first_seed = launch.shared, seed
            try:
                arguments = launch.arguments(artifact, seed)
                report = check_launch(artifact, launch.grid, launch.block, arguments, CHECKS, plan)
            except Exception as error:
                return Observation("broken", found, f"{type(error).__name__}: {error}")
            found += report.findings
            if found and _label(found) != "broken":
                return Observation(_label(found), found)
    return Observation(_label(found), found)


def _label(found: Sequence[Scheduled]) -> str:
    """A race counts only where the barriers are met: an analysis of races may assume that they are. An endless wait may
    be a race's effect; else it is a label of its own, as no analysis says whether waits end."""
    families = {s.finding.check for s in found}
    stuck = all("none of them will change" in s.finding.message for s in found if s.finding.check == "convergence")
    if "convergence" in families and not stuck:
        return "divergent"
    if "races" in families:
        return "race"
    if "convergence" in families:
        return "stuck"
    return "broken" if families else "clean"
