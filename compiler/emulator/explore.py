"""Runs one launch under many schedules with shadow memory, and keeps the simplest schedule that shows each finding.

What it is: :func:`check_launch`. Order: threads in order, reversed (the last warp runs far ahead), seeded random with
preemption at atomics, then explored schedules with one deviation from the order, two, and so on. What it assumes: the
kernel compiles for the emulator. What it guarantees: arguments are not changed; every finding names a schedule that
replays it; ``complete`` is said only when every explored decision was taken both ways, or when a launch without
atomics showed no race (then all schedules do the same). Example::

    report = check_launch(artifact, 2, 64, [x, out], ("races",))
    report.findings[0].schedule            # Schedule("in-order", 0, ())
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from compiler.base.dataclass import dataclass, field
from compiler.codegen.artifact import KernelArtifact
from compiler.emulator.findings import CHECKS, all_findings
from compiler.emulator.launcher import EmulatedModule, LaunchOptions, load
from compiler.emulator.report import Finding, LaunchReport

RANDOM_RUNS = 3
EXPLORED_RUNS = 64
ONE_RUN_S = 2.0  # a launch that takes longer counts as one that never ends


@dataclass(frozen=True, slots=True)
class Schedule:
    """``name``: "in-order", "reversed", "random" (with ``seed``) or "explore" (with ``choices``)."""

    name: str = "in-order"
    seed: int = 0
    choices: tuple[int, ...] = ()

    def __str__(self) -> str:
        if self.name == "explore":
            return f"explore {','.join(map(str, self.choices))}"
        return f"random, seed {self.seed}" if self.name == "random" else self.name


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A finding and the simplest schedule that shows it."""

    finding: Finding
    schedule: Schedule


@dataclass(slots=True)
class CheckReport:
    """``complete``: every schedule of the launch was tried. ``outputs_differ``: results depended on the schedule."""

    findings: list[Scheduled] = field(default_factory=list)
    n_schedules: int = 0
    complete: bool = False
    outputs_differ: bool = False
    printed: list[str] = field(default_factory=list)


@dataclass(slots=True)
class CheckPlan:
    """How hard to look. ``budget_s`` bounds all schedules together; ``first_seed`` starts the random ones; ``until``: a
    finding after which nothing more is wanted."""

    dynamic_smem_bytes: int = 0
    budget_s: float = 10.0
    random_runs: int = RANDOM_RUNS
    explored_runs: int = EXPLORED_RUNS
    first_seed: int = 0
    until: Callable[[Finding], bool] | None = None


def check_launch(
    artifact: KernelArtifact,
    grid: int | Sequence[int],
    block: int | Sequence[int],
    args: Sequence[Any],
    checks: Iterable[str] = tuple(CHECKS),
    plan: CheckPlan | None = None,
) -> CheckReport:
    """Look for findings of the families ``checks``; raises what :func:`compiler.emulator.launch` raises."""
    return _Explorer(artifact, (grid, block), args, tuple(checks), plan or CheckPlan()).run()


class _Explorer:
    def __init__(
        self,
        artifact: KernelArtifact,
        geometry: tuple[int | Sequence[int], int | Sequence[int]],
        args: Sequence[Any],
        checks: tuple[str, ...],
        plan: CheckPlan,
    ) -> None:
        self.module: EmulatedModule = load(artifact)
        self.symbol = artifact.symbol
        self.geometry, self.args, self.checks, self.plan = geometry, args, checks, plan
        self.report = CheckReport()
        self.seen: set[tuple[object, ...]] = set()
        self.outputs: list[bytes] | None = None
        self.deadline = time.monotonic() + plan.budget_s

    def run(self) -> CheckReport:
        first = self.attempt(Schedule())
        self.report.printed = first.printed
        if first.is_ordered:
            self.report.complete = True
            return self.report
        for schedule in self._simple():
            if self.is_over():
                return self.report
            self.attempt(schedule)
        self.report.complete = self._explore()
        return self.report

    def _simple(self) -> Iterator[Schedule]:
        yield Schedule("reversed")
        for i in range(self.plan.random_runs):
            yield Schedule("random", self.plan.first_seed + i)

    def _explore(self) -> bool:
        """Schedules with few deviations first; whether all were tried."""
        queue: deque[tuple[int, ...]] = deque([()])
        for _ in range(self.plan.explored_runs):
            if not queue:
                return True
            if self.is_over():
                return False
            choices = queue.popleft()
            arities = self.attempt(Schedule("explore", 0, choices)).arities
            for at in range(len(choices), min(len(arities), len(choices) + 4 * self.plan.explored_runs)):
                padding = (0,) * (at - len(choices))
                queue.extend((*choices, *padding, value) for value in range(1, arities[at]))
        return not queue

    def is_over(self) -> bool:
        """The time is spent, or what was wanted has been seen."""
        until = self.plan.until
        seen = until is not None and any(until(scheduled.finding) for scheduled in self.report.findings)
        return seen or time.monotonic() > self.deadline

    def attempt(self, schedule: Schedule) -> LaunchReport:
        """One launch on copies of the arguments."""
        args = [_copy(arg) for arg in self.args]
        options = LaunchOptions(
            self.plan.dynamic_smem_bytes,
            schedule.name,
            schedule.seed,
            max(0.05, min(ONE_RUN_S, self.plan.budget_s / 3, self.deadline - time.monotonic())),
            checks=self.checks,
            choices=schedule.choices,
        )
        report = self.module.launch(self.symbol, *self.geometry, args, options)
        self.module.reset(self.symbol, checked=True)
        self.report.n_schedules += 1
        for finding in all_findings(report, self.checks):
            if report.trap is not None and report.trap.kind == "timeout" and not self._had_its_time(finding, report):
                continue
            key = _identity(finding)
            if key not in self.seen:
                self.seen.add(key)
                self.report.findings.append(Scheduled(finding, schedule))
        self._compare(args, report)
        return report

    def _had_its_time(self, finding: Finding, report: LaunchReport) -> bool:
        """A run cut short because the budget of all runs was spent shows nothing."""
        return finding.first.what != "trap" or report.seconds >= 0.9 * ONE_RUN_S

    def _compare(self, args: Sequence[Any], report: LaunchReport) -> None:
        if report.trap is not None:
            return
        outputs = [a.tobytes() for a in map(_array, args) if a is not None]
        if self.outputs is None:
            self.outputs = outputs
        self.report.outputs_differ |= outputs != self.outputs


def _identity(finding: Finding) -> tuple[object, ...]:
    """Findings at the same places in either order are one."""
    places = [(finding.first.file, finding.first.line, finding.first.column, finding.first.what)]
    if finding.second is not None:
        places.append((finding.second.file, finding.second.line, finding.second.column, finding.second.what))
    return (finding.check, finding.memory, *sorted(places))


def _array(arg: Any) -> np.ndarray[Any, Any] | None:
    array = arg[0] if isinstance(arg, tuple) and arg else arg
    return array if isinstance(array, np.ndarray) else None


def _copy(arg: Any) -> Any:
    if isinstance(arg, tuple) and arg:
        return (_copy(arg[0]), *arg[1:])
    return arg.copy() if isinstance(arg, np.ndarray) else arg
