"""Replaying what a static analysis claims: a witness of a race, run on the emulator with shadow memory.

What it is: :func:`replay` builds the launch a :class:`~compiler.analysis.disjointness.verdict.Witness` names (sizes,
scalars, widths, geometry; other inputs random), runs it, and says whether the two source lines race on that memory.
Assumes: a session that can compile the kernel. Guarantees: ``CONFIRMED`` only if the emulator saw two unordered
accesses at both of the witness's lines; a witness that depends on data is tried with several inputs before it is called
``NOT_SEEN``; a launch too large for the emulator, or one it cannot run, is ``NOT_RUN`` with the reason.

Example: ``replay(session, witness).outcome is ReplayOutcome.CONFIRMED``.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from compiler.base.dataclass import replace
from compiler.codegen.artifact import KernelArtifact, KernelParam
from compiler.codegen.launch_geometry import GeometryError
from compiler.codegen.launch_packet import ArgumentError, numpy_dtype
from compiler.replayed import Replay, ReplayOutcome, Settled, key_of

if TYPE_CHECKING:
    from compiler.analysis.disjointness.verdict import Place, Witness
    from compiler.driver import CompileSession
    from compiler.emulator.explore import Scheduled
    from compiler.emulator.report import Access, Finding
    from compiler.mir.mono.model import Instance

Lines = list[set[tuple[str, int]]]  # of each of the two places: (file name, line)
MOST_THREADS = 1 << 16
MOST_ELEMENTS = 1 << 22
_DATA_TRIES = 12
_DATA_BUDGETS = 3  # of one launch, for all tries together
_POINTER_ELEMENTS = 4096
_ROOMY_ELEMENTS = 4096
_BUDGET_S = 1.0


def replay(session: CompileSession, witness: Witness, budget_s: float = _BUDGET_S) -> Replay:
    """Run a witness. Raises :class:`compiler.driver.CompileError` when the kernel does not compile."""
    artifact = session.compile_for_emulator(session.instance(witness.kernel + witness.instance))
    return replay_artifact(session, artifact, witness, budget_s)


def replay_artifact(
    session: CompileSession, artifact: KernelArtifact, witness: Witness, budget_s: float = _BUDGET_S
) -> Replay:
    """:func:`replay` of a kernel that is compiled already."""
    reason = _too_large(witness)
    if reason:
        return Replay(ReplayOutcome.NOT_RUN, reason)
    lines = [_lines(session, place) for place in (witness.first_place, witness.second_place)]
    result = _tried(artifact, witness, lines, budget_s)
    if result.stopped and result.outcome is ReplayOutcome.NOT_SEEN:
        # An access out of range ends the launch before the race: longer slices, the same threads and lines.
        longer = replace(witness, sizes=tuple((name, max(size, _ROOMY_ELEMENTS)) for name, size in witness.sizes))
        again = _tried(artifact, longer, lines, budget_s)
        result = again if again.outcome is ReplayOutcome.CONFIRMED else result
    return result


def _tried(artifact: KernelArtifact, witness: Witness, lines: Lines, budget_s: float) -> Replay:
    """Launch with each set of inputs until the race is seen."""
    result = Replay(ReplayOutcome.NOT_SEEN, "the emulator saw no race at these lines")
    started = time.monotonic()
    for args in _inputs(artifact, witness):
        if time.monotonic() - started > _DATA_BUDGETS * budget_s:
            break
        result.n_launches += 1
        try:
            found = _launch(artifact, witness, args, budget_s, lines)
        except (GeometryError, ArgumentError) as error:
            return Replay(ReplayOutcome.NOT_RUN, str(error))
        except Exception as error:
            if not type(error).__module__.startswith("compiler.emulator"):
                raise
            return Replay(ReplayOutcome.NOT_RUN, str(error))
        for scheduled in found:
            if _matches(scheduled.finding, lines):
                return Replay(
                    ReplayOutcome.CONFIRMED, "", scheduled, str(scheduled.schedule), result.n_launches, result.seen
                )
            if scheduled.finding.check == "convergence":
                return Replay(ReplayOutcome.NOT_RUN, f"the launch stops: {scheduled.finding.message}")
            result.stopped |= scheduled.finding.check == "bounds"
            result.seen.append(str(scheduled.finding))
    if result.stopped:
        result.reason = "the launch stops at an access out of range before the race"
    return result


def _too_large(witness: Witness) -> str:
    n_threads = int(np.prod([*witness.grid, *witness.block], dtype=object))
    if n_threads > MOST_THREADS:
        return f"{n_threads} threads are more than the emulator replays"
    largest = max((size for _, size in witness.sizes), default=0)
    return f"{largest} elements are more than the emulator replays" if largest > MOST_ELEMENTS else ""


def _launch(
    artifact: KernelArtifact, witness: Witness, args: list[Any], budget_s: float, lines: Lines
) -> list[Scheduled]:
    from compiler.emulator.explore import CheckPlan, check_launch

    plan = CheckPlan(
        witness.dynamic_shared_bytes, budget_s, random_runs=1, explored_runs=8, until=lambda f: _matches(f, lines)
    )
    return check_launch(artifact, witness.grid, witness.block, args, ("races", "bounds", "convergence"), plan).findings


# ---------------------------------------------------------------- inputs


def _inputs(artifact: KernelArtifact, witness: Witness) -> Iterator[list[Any]]:
    """Arguments: one set when nothing else matters; several, from constant to wild, when data decides."""
    tries = 1 if witness.certain else _DATA_TRIES
    for seed in range(tries):
        generator = np.random.default_rng(seed)
        yield [_argument(param, witness, seed, generator) for param in artifact.params]


def _argument(param: KernelParam, witness: Witness, seed: int, generator: np.random.Generator) -> Any:
    sizes, scalars, widths = dict(witness.sizes), dict(witness.scalars), dict(witness.widths)
    if param.kind == "zst":
        return None
    if param.kind in ("slice", "slice_mut", "disjoint"):
        return _array(param, sizes.get(param.name, 0), seed, generator)
    if param.kind == "disjoint_width":
        return _array(param, sizes.get(param.name, 0), seed, generator), widths.get(param.name, 1)
    if param.kind == "pointer":
        return _array(param, sizes.get(param.name, _POINTER_ELEMENTS), seed, generator)
    if param.kind == "scalar":
        return _scalar(param, scalars.get(param.name), generator)
    return generator.integers(0, 2, param.elem.size_bytes, np.uint8).tobytes()


def _array(param: KernelParam, n: int, seed: int, generator: np.random.Generator) -> np.ndarray[Any, Any]:
    """Small values collide: zeros first, then ranges that grow with the try."""
    dtype = numpy_dtype(param.elem)
    if dtype is None:
        return np.zeros(n * max(1, param.elem.size_bytes), np.uint8)
    if dtype.kind == "b":
        return generator.integers(0, 2, n).astype(np.bool_)
    if dtype.kind == "f":
        return (generator.random(n) * 2 - 1).astype(dtype)
    if seed % 3 == 1:
        return np.ones(n, dtype)
    return generator.integers(0, max(1, min(n, 2 * seed)), n).astype(dtype)


def _scalar(param: KernelParam, value: int | None, generator: np.random.Generator) -> Any:
    dtype = param.elem.dtype
    if value is not None:
        return bool(value) if dtype == "bool" else value
    if dtype.startswith("f"):
        return float(np.float32(generator.random()))
    return True if dtype == "bool" else "x" if dtype == "char" else 1


# ---------------------------------------------------------------- matching


def _lines(session: CompileSession, place: Place) -> set[tuple[str, int]]:
    """(file name, line) pairs a place covers; empty when it is unknown."""
    if place.owner is None:
        return set()
    found: set[tuple[str, int]] = set()
    first = session.locate(place.owner, place.span)
    last = session.locate(place.owner, type(place.span)(max(place.span.start, place.span.end - 1), place.span.end))
    if first is not None and last is not None:
        name = first.file.rsplit("/", 1)[-1]
        found.update((name, line) for line in range(first.line, last.line + 1))
    return found


def _matches(finding: Finding, lines: Lines) -> bool:
    if finding.second is None or finding.check != "races":
        return False
    first, second = lines
    straight = _at(finding.first, first) and _at(finding.second, second)
    return straight or (_at(finding.first, second) and _at(finding.second, first))


def _at(access: Access, lines: set[tuple[str, int]]) -> bool:
    places = {(access.file, access.line), *((frame.file, frame.line) for frame in access.frames)}
    return not lines or any((file.rsplit("/", 1)[-1], line) in lines for file, line in places)


# ---------------------------------------------------------------- settling diagnostics


def replayed_races(session: CompileSession) -> Settled:
    """Every certain race of the session's file and every candidate for one, replayed; kernels that do not compile are
    left out."""
    from compiler.driver import CompileError
    from compiler.semantics.roots import kernel_instances

    settled: Settled = {}
    for kernel in session.kernels():
        for instance in kernel_instances(session.db, kernel):
            races = _certain_races(session, instance)
            if not races:
                continue
            try:
                artifact = session.compile_for_emulator(instance)
            except CompileError as error:
                settled.update({key: Replay(ReplayOutcome.NOT_RUN, str(error)) for key, _ in races})
                continue
            settled.update({key: replay_artifact(session, artifact, witness) for key, witness in races})
    return settled


def _certain_races(session: CompileSession, instance: Instance) -> list[tuple[tuple[str, int, int], Witness]]:
    from compiler.mir.mono.collector import mono_items
    from compiler.semantics.absolute import absolute
    from compiler.semantics.races import race_report, verdict_diagnostic

    if mono_items(session.db, instance).tainted:
        return []
    found = []
    for verdict in race_report(session.db, instance).verdicts:
        witness = verdict.witness if verdict.witness is not None and verdict.witness.certain else verdict.candidate
        diagnostic = verdict_diagnostic(session.db, instance, verdict) if witness is not None else None
        if witness is not None and diagnostic is not None:
            found.append((key_of(absolute(session.db, diagnostic)), witness))
    return found
