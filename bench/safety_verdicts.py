"""What the static analyses say of a kernel, reduced to three words: proved, alarm or undecided.

What it is: an adapter over ``compiler.semantics``; it shares no code with the oracle of ``safety_oracle.py``. Assumes:
the session's file has no errors in this kernel. Guarantees: undecided is never counted as a proof; an alarm without a
witness counts as undecided (nobody can check it); a kernel with one alarm is an alarm.

Example: ``verdict(session, "tree").races == "proved"``.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from compiler.analysis.disjointness.verdict import Outcome, Witness
from compiler.diagnostics.model import Severity
from compiler.driver import CompileSession
from compiler.mir.mono.model import Instance

PROVED, ALARM, UNDECIDED = "proved", "alarm", "undecided"


@dataclass(slots=True)
class StaticVerdict:
    """``races``, ``convergence``: one of the three words; ``reasons`` of what is undecided; ``seconds``: both."""

    races: str = UNDECIDED
    convergence: str = UNDECIDED
    witnesses: list[Witness] = field(default_factory=list)
    candidates: list[Witness] = field(default_factory=list)  # of what is not certain
    reasons: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    assumptions: set[str] = field(default_factory=set)
    seconds: float = 0.0
    layers: list[str] = field(default_factory=list)
    crashes: list[str] = field(default_factory=list)

    @property
    def worst(self) -> str:
        words = (self.races, self.convergence)
        return ALARM if ALARM in words else UNDECIDED if UNDECIDED in words else PROVED


def verdict(session: CompileSession, kernel: str) -> StaticVerdict:
    """Ask both analyses about one kernel (its first instance)."""
    instance = session.instance(kernel)
    session.mono(instance)  # what both need; not their time
    result = StaticVerdict()
    started = time.process_time()
    for analysis in (_races, _convergence):
        try:
            analysis(session, instance, result)
        except Exception as error:  # a crash of an analysis decides nothing
            result.crashes.append(f"{analysis.__name__[1:]}: {type(error).__name__}: {error}"[:200])
    result.reasons += [f"crash: {text}" for text in result.crashes]
    result.seconds = time.process_time() - started
    return result


def _races(session: CompileSession, instance: Instance, result: StaticVerdict) -> None:
    from compiler.semantics.races import race_report

    report = race_report(session.db, instance)
    words = [PROVED]
    if report.undecided:
        words.append(UNDECIDED)
        result.reasons.append(f"races: {report.undecided}")
    for found in report.verdicts:
        result.assumptions.update(found.assumptions)
        if found.candidate is not None:
            result.candidates.append(found.candidate)
        result.layers.append(found.layer.value if found.layer is not None else "")
        if found.outcome is Outcome.ALARM and found.witness is not None:
            words.append(ALARM)
            result.witnesses.append(found.witness)
        elif found.outcome is not Outcome.PROVED:
            words.append(UNDECIDED)
            result.reasons.append(f"races on {found.memory.name}: {found.reason}")
    result.races = _worst(words)


def _convergence(session: CompileSession, instance: Instance, result: StaticVerdict) -> None:
    try:
        from compiler.semantics import geometry
    except ImportError:
        result.convergence = PROVED  # not asked
        return
    from compiler.analysis.convergence.check import convergence

    made: Any = convergence(session.db, instance, geometry.geometry_of(session.db, instance))
    words = [PROVED]
    for diagnostic in made.findings:
        if diagnostic.severity is Severity.ERROR:
            words.append(ALARM)
            result.messages.append(diagnostic.message)
        elif diagnostic.severity in (Severity.HINT, Severity.INFO, Severity.WARNING):
            words.append(UNDECIDED)
            result.reasons.append(f"convergence: {diagnostic.message}")
    result.convergence = _worst(words)


def _worst(words: list[str]) -> str:
    return ALARM if ALARM in words else UNDECIDED if UNDECIDED in words else PROVED
