"""Running and benchmarking kernels for the lenses: one worker, its progress, its result kept until the next.

Assumes: the runner worker answers with a dict ``{"summary": str, "detail": str, ...}`` or fails with a message for
the user.
Guarantees: the record of a (file, kernel, action) is "running" while it runs and "done" or "failed" after, whatever
happens to the worker; cancelling from the editor's progress kills the worker and restores the record there was before.

Example: ``await launch(session, kernel, code_lens.RUN)`` returns what ``oxide.runKernel`` answers.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from compiler.semantics.api import KernelSummary
from oxide_lsp.features.code_lens import BENCH, CHECK, RUN, Record
from oxide_lsp.workers.outcome import Crashed, Done, Failed, Outcome, TimedOut
from oxide_lsp.workers.pool import RUNNER

if TYPE_CHECKING:
    from oxide_lsp.connection import Progress
    from oxide_lsp.session import Session

_TITLES = {RUN: "Running", BENCH: "Benchmarking", CHECK: "Checking"}
# What a dead worker most likely means, in the user's terms.
_FATES: dict[type, str] = {
    TimedOut: "did not end within {budget:g} s (the setting oxide.run.budgetSeconds); the worker was restarted",
    Crashed: "ended its worker process; a new one was started",
}


async def launch(session: Session, kernel: KernelSummary, action: str, options: dict[str, Any]) -> dict[str, Any]:
    """Run, benchmark or check a kernel and keep the result for its lens."""
    key = (kernel.file, kernel.name, action)
    before = session.records.get(key)
    session.records[key] = Record("running", "", kernel.content_hash)
    session.connection.refresh("codeLens")
    work: asyncio.Task[Outcome] | None = None
    progress = session.connection.progress(f"{_TITLES[action]} {kernel.name}", lambda: work and work.cancel())
    try:
        async with progress:
            work = asyncio.create_task(_submit(session, kernel, action, options, progress))
            outcome = await work
    except asyncio.CancelledError:
        if work is not None:
            work.cancel()
        _restore(session, key, before)
        if not progress.is_cancelled:
            raise
        return {"state": "cancelled", "kernel": kernel.name, "summary": "cancelled"}
    finally:
        session.connection.refresh("codeLens")
    return _recorded(session, key, kernel, outcome)


async def _submit(
    session: Session, kernel: KernelSummary, action: str, options: dict[str, Any], progress: Progress
) -> Outcome:
    config = session.config
    request = {
        "file": kernel.file,
        "kernel": kernel.name,
        "target": config["target"],
        "device": config["run.device"],
        "elements": config["run.elements"],
        "seed": config["run.seed"],
        **options,
    }

    def on_progress(message: str, percentage: int | None) -> None:
        session.records[kernel.file, kernel.name, action] = Record("running", message, kernel.content_hash)
        progress.report(message, percentage)

    return await session.workers.submit(
        RUNNER,
        action,
        lambda process: {**request, "sources": session.sources_for(process)},
        config["run.budgetSeconds"],
        on_progress,
    )


def _restore(session: Session, key: tuple[str, str, str], before: Record | None) -> None:
    if before is None:
        session.records.pop(key, None)
    else:
        session.records[key] = before


def _recorded(session: Session, key: tuple[str, str, str], kernel: KernelSummary, outcome: Outcome) -> dict[str, Any]:
    """Keep what came of a launch and word it for the command's answer."""
    if isinstance(outcome, Done):
        value: dict[str, Any] = outcome.value
        state = "done" if value.get("ok", True) else "failed"
        line = value.get("error_line", 0)
        fault_line = line - kernel.line if line else None
        session.records[key] = Record(state, value["summary"], kernel.content_hash, value.get("detail", ""), fault_line)
        return {"state": state, "kernel": kernel.name, **value}
    fate = _FATES.get(type(outcome))
    summary = fate.format(budget=session.config["run.budgetSeconds"]) if fate is not None else outcome.reason
    detail = outcome.detail if isinstance(outcome, Failed) else outcome.reason
    session.records[key] = Record("failed", summary.splitlines()[0], kernel.content_hash, detail)
    return {"state": "failed", "kernel": kernel.name, "summary": summary, "detail": detail}
