"""What a worker can do: emit a stage of a kernel, run it, benchmark it, say what there is to run on.

Assumes: runs in a worker process; ``params["sources"]`` brings the texts this process does not have yet.
Guarantees: crates stay loaded between jobs, so an edit costs what it changed; errors of the user's code are
:class:`JobError` with the compiler's own words; results are JSON values.

Example: ``JOBS["emit"]({"file": "/k.rs", "kernel": "saxpy", "stage": "ptx", "target": "sm_90"}, progress)``.
"""

from __future__ import annotations

import dataclasses
import functools
import math
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from compiler import driver, runtime, trial
from compiler.options import DEFAULT_N
from oxide_lsp.features import trial_text
from oxide_lsp.workers.job import JobError, Progress

Params = dict[str, Any]
EMULATED_ELEMENTS = 4096  # enough to see a result, at once
MAX_SESSIONS = 6


class OpenSessions:
    """Compile sessions by file, and the texts the editor has open."""

    def __init__(self) -> None:
        self._texts: dict[str, bytes] = {}
        self._sessions: OrderedDict[str, driver.CompileSession] = OrderedDict()

    def update(self, sources: Params) -> None:
        """Take the texts that changed, and forget those the editor closed or the disk changed."""
        for file in sources.get("closed", ()):
            self._texts.pop(file, None)
            for session in self._sessions.values():
                session.forget_text(file)
        for file, text in sources.get("changed", {}).items():
            self._texts[file] = text.encode()
            for session in self._sessions.values():
                session.set_text(file, self._texts[file])

    def session(self, file: str) -> driver.CompileSession:
        """The session of a file, loaded if need be."""
        session = self._sessions.get(file)
        if session is None:
            session = self._sessions[file] = driver.CompileSession(file, self._texts)
            while len(self._sessions) > MAX_SESSIONS:
                self._sessions.popitem(last=False)
        self._sessions.move_to_end(file)
        return session


_open = OpenSessions()


def _session(params: Params) -> driver.CompileSession:
    _open.update(params.get("sources", {}))
    return _open.session(params["file"])


def _told(job: Callable[[Params, Progress], Any]) -> Callable[[Params, Progress], Any]:
    """A job whose compile errors are told as the compiler words them."""

    @functools.wraps(job)
    def work(params: Params, progress: Progress) -> Any:
        try:
            return job(params, progress)
        except driver.CompileError as error:
            raise JobError(error.rendered()) from None

    return work


def _options(params: Params) -> driver.CompileOptions:
    target = params.get("target", "auto")
    return driver.CompileOptions(target=driver.default_target() if target in ("", "auto") else target)


def emit(params: Params, progress: Progress) -> Params:
    """``{"text", "target"}`` of a stage."""
    options = _options(params)
    text = driver.emit(_session(params), params["stage"], params["kernel"], options)
    return {"text": text, "target": options.target}


def run(params: Params, progress: Progress) -> Params:
    """Run a kernel once on generated inputs."""
    return _try(params, progress, trial.run_kernel, trial_text.run_summary)


def bench(params: Params, progress: Progress) -> Params:
    """Time a kernel on generated inputs."""
    return _try(params, progress, trial.bench_kernel, trial_text.bench_summary)


def check(params: Params, progress: Progress) -> Params:
    """Run a kernel on the emulator under all its checks."""
    from compiler.dynamic_check import DEFAULT_CHECK_N, check_kernel
    from compiler.emulator.findings import CHECKS

    progress("compiling", 10)
    session = _session(params)
    artifact = session.compile_for_emulator(session.instance(params["kernel"]))
    progress("checking on the CPU emulator", 50)
    n = params.get("elements") or DEFAULT_CHECK_N
    result = check_kernel(artifact, tuple(CHECKS), n, params.get("seed", 0), params.get("block"), params.get("grid"))
    found = sorted(result.findings, key=lambda each: each.check != "races")  # a race explains the rest
    lines = [f"{each.file}:{each.line}: {each.message}" for each in found]
    clean = f"no findings in {result.n_schedules} schedules"
    return {
        "ok": not result.error and not lines,
        "summary": result.error or (found[0].message if found else clean),
        "detail": "\n".join([*lines, *(f"ran {launch}" for launch in result.launches)]),
        "error_line": found[0].line if found else 0,
        "result": _plain(dataclasses.asdict(result)),
    }


def _try(
    params: Params,
    progress: Progress,
    attempt: Callable[..., trial.TrialResult],
    summary: Callable[[trial.TrialResult], str],
) -> Params:
    progress("compiling", 10)
    session, options = _session(params), _options(params)
    artifact = session.compile(session.instance(params["kernel"]), options)
    wanted = params.get("device", "auto")
    device = trial.choose_device("" if wanted == "auto" else wanted)
    n = params.get("elements") or (EMULATED_ELEMENTS if device == trial.CPU else DEFAULT_N)
    progress(f"running on the {'GPU' if device == trial.GPU else 'CPU emulator'}", 50)
    result = attempt(artifact, device, n, params.get("seed", 0), params.get("block"), params.get("grid"))
    return {
        "ok": not result.error,
        "summary": summary(result),
        "detail": trial_text.detail(result),
        "error_line": result.error_line,
        # a kernel that faults takes the process's CUDA context with it: this worker is of no more use
        "is_poisoned": device == trial.GPU and bool(result.error),
        "result": _plain(dataclasses.asdict(result)),
    }


def _plain(value: Any) -> Any:
    """JSON has no infinities and no tuples."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


def replay(params: Params, progress: Progress) -> list[Params]:
    """Run the witness of every race of a file; one row each."""
    from compiler.replay import replayed_races

    return [
        {"message": key[0], "outcome": found.outcome.value, "reason": found.reason, "schedule": found.schedule}
        for key, found in replayed_races(_session(params)).items()
    ]


def device(params: Params, progress: Progress) -> Params:
    """The first GPU, or that there is none."""
    found = runtime.devices()
    if not found:
        return {"gpu": False, "name": "CPU emulator", "target": driver.default_target()}
    driver_version = next((fact.value for fact in runtime.facts() if fact.name == "driver"), "")
    return {"gpu": True, "name": found[0].name, "target": found[0].target, "driver": driver_version}


def warm_up() -> None:
    """Load what the first job would wait for."""
    driver.warm_up()


JOBS = {job.__name__: _told(job) for job in (emit, run, bench, check, replay, device)}
