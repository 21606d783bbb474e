"""Running a kernel under the emulator's checks: ``oxide run --check`` as a library, findings as diagnostics.

What it is: :func:`check_kernel` runs generated launches of a kernel (the size asked for and an odd one beside it) over
many schedules with shadow memory. Assumes: an artifact. Guarantees: only the CPU emulator is used; each finding names
both source lines, threads, element and the schedule that replays it; what could not be run is ``error``, never an
empty success.

Example: ``check_kernel(artifact, ("races",)).findings[0].message``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from compiler.base.dataclass import dataclass, field, replace
from compiler.base.span import LineTable, Span, line_table
from compiler.codegen.artifact import KernelArtifact
from compiler.codegen.launch_geometry import GeometryError
from compiler.codegen.launch_packet import ArgumentError
from compiler.diagnostics.model import Diagnostic, Label, Severity, SubDiagnostic
from compiler.launch_guess import working_guess
from compiler.launch_plan import Guess, plan_launch

if TYPE_CHECKING:
    from compiler.emulator.report import Access, Dim3

DEFAULT_CHECK_N = 1000
CODES = {"races": "K0801", "init": "K0802", "bounds": "K0803", "convergence": "K0804"}
_BUDGET_S = 10.0


@dataclass(frozen=True, slots=True)
class ObservedDefect:
    """One finding as plain data. ``schedule`` with ``n``, ``grid`` and ``block`` replays it."""

    check: str
    code: str
    message: str
    file: str
    line: int
    column: int
    block: Dim3
    thread: Dim3
    memory: str = ""
    element: int = -1
    missing: str = ""
    other_line: int = 0
    other_column: int = 0
    other_block: Dim3 | None = None
    other_thread: Dim3 | None = None
    what: str = ""
    other_what: str = ""
    count: int = 1
    schedule: str = "in-order"
    seed: int = 0
    n: int = 0
    grid: Dim3 = (1, 1, 1)
    launch_block: Dim3 = (1, 1, 1)
    calls: tuple[str, ...] = ()  # "function at file:line", innermost first, when the place was inlined


@dataclass(slots=True)
class DynamicCheck:
    """Result of a check. ``complete``: all schedules of these launches; ``error``: why nothing can be said."""

    kernel: str
    checks: tuple[str, ...]
    findings: list[ObservedDefect] = field(default_factory=list)
    launches: list[str] = field(default_factory=list)
    n_schedules: int = 0
    complete: bool = False
    error: str = ""
    printed: list[str] = field(default_factory=list)


def check_kernel(
    artifact: KernelArtifact,
    checks: Sequence[str],
    n: int = DEFAULT_CHECK_N,
    seed: int = 0,
    block: Sequence[int] | None = None,
    grid: Sequence[int] | None = None,
) -> DynamicCheck:
    """Run generated launches of ``n`` and of an odd number of elements under the checks."""
    result = DynamicCheck(artifact.name, tuple(checks), complete=True)
    sizes = [n] if n < 4 else [n, n - n // 3 | 1]
    guess, _ = working_guess(artifact, seed, block, grid)
    for size in sizes:
        try:
            _check_size(artifact, result, size, seed, (block, grid), guess)
        except (GeometryError, ArgumentError) as error:
            result.error = str(error)
        except Exception as error:
            if not type(error).__module__.startswith("compiler.emulator"):
                raise
            result.error = str(error)
        if result.error:
            result.complete = False
            break
    return result


def _check_size(
    artifact: KernelArtifact,
    result: DynamicCheck,
    n: int,
    seed: int,
    geometry: tuple[Sequence[int] | None, Sequence[int] | None],
    guess: Guess,
) -> None:
    from compiler.emulator.explore import CheckPlan, check_launch

    plan = plan_launch(artifact, n, seed, *geometry, guess)
    how = CheckPlan(plan.dynamic_shared_bytes, _BUDGET_S, first_seed=seed)
    report = check_launch(artifact, plan.grid, plan.block, plan.args, result.checks, how)
    result.launches.append(f"n {n}, grid {plan.grid}, block {plan.block}")
    result.n_schedules += report.n_schedules
    result.complete &= report.complete
    result.printed = result.printed or report.printed
    known = {_place(f) for f in result.findings}
    for scheduled in report.findings:
        defect = _defect(scheduled, n, plan.grid, plan.block)
        if _place(defect) not in known:
            known.add(_place(defect))
            result.findings.append(defect)


def _place(d: ObservedDefect) -> tuple[object, ...]:
    return d.check, d.memory, *sorted(((d.line, d.column, d.what), (d.other_line, d.other_column, d.other_what)))


def _defect(scheduled: Any, n: int, grid: Dim3, block: Dim3) -> ObservedDefect:
    f = scheduled.finding
    first: Access = f.first
    defect = ObservedDefect(
        f.check, CODES[f.check], f.message, first.file, first.line, first.column, first.block, first.thread, f.memory,
        f.element, f.missing, what=first.what, count=f.count, schedule=str(scheduled.schedule),
        seed=scheduled.schedule.seed, n=n, grid=grid, launch_block=block, calls=_calls(first),
    )  # fmt: skip
    if f.second is None:
        return defect
    second: Access = f.second
    return replace(
        defect,
        other_line=second.line,
        other_column=second.column,
        other_block=second.block,
        other_thread=second.thread,
        other_what=second.what,
    )


def _calls(access: Access) -> tuple[str, ...]:
    """The inlined calls between the place shown and where it really happened."""
    outer = [f for f in access.frames if (f.file, f.line) != (access.file, access.line)]
    return tuple(f"{f.function or 'a function'} at {f.file}:{f.line}" for f in outer)


def defect_diagnostic(defect: ObservedDefect, file: str, source: Callable[[str], bytes]) -> Diagnostic:
    """A finding at its source line, with the second place as a label of its own."""
    table = line_table(source(file))
    notes = []
    if defect.missing:
        notes.append(SubDiagnostic("help", f"missing: {defect.missing}"))
    launch = f"seen with n = {defect.n}, grid {defect.grid}, block {defect.launch_block}, schedule: {defect.schedule}"
    notes.append(SubDiagnostic("note", launch))
    secondary: tuple[Label, ...] = ()
    if defect.other_line and (defect.other_line, defect.other_column) != (defect.line, defect.column):
        text = f"{defect.other_what} by thread {defect.other_thread} of block {defect.other_block}"
        secondary = (Label(_span(table, defect.other_line, defect.other_column), text, None, file),)
    text = f"{defect.what} by thread {defect.thread} of block {defect.block}"
    primary = Label(_span(table, max(1, defect.line), defect.column), text, None, file)
    return Diagnostic(Severity.ERROR, defect.code, defect.message, primary, secondary, tuple(notes))


def _span(table: LineTable, line: int, column: int) -> Span:
    """From the column to the end of the statement's line."""
    start = table.offset(line - 1, max(0, column - 1))
    text = table.line_text(line - 1).rstrip()
    end = max(table.line_start(line - 1) + len(text), start + 1)
    return Span(start, end)
