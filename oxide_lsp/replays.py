"""Races replayed in a worker before the editor shows them as certain.

Assumes: the runner's ``replay`` job answers with one row a race of the file, by message.
Guarantees: a race is a warning until the emulator has seen it and an error after; a result holds for as long as the
code of its kernel is unchanged; a worker that dies leaves the warning and says why; one job a file at a time.

Example: ``session.replays.settled(path, found, kernels)`` on the analysis thread, then ``session.replays.start(path)``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from compiler.replayed import Replay, ReplayOutcome, is_replayable, settle
from compiler.semantics.api import Diagnostic, KernelSummary
from oxide_lsp.workers.outcome import Done
from oxide_lsp.workers.pool import RUNNER

if TYPE_CHECKING:
    from oxide_lsp.session import Session

BUDGET_S = 15.0
_MOST_RESULTS = 4096
Key = tuple[str, str, str]  # path, content hash of the kernel, message


class Replays:
    """The results so far and the jobs under way."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._results: dict[Key, Replay] = {}
        self._wanted: dict[str, list[Key]] = {}
        self._running: set[str] = set()

    def settled(self, path: str, found: Iterable[Diagnostic], kernels: Iterable[KernelSummary]) -> list[Diagnostic]:
        """The diagnostics as they may be shown now; notes what has to be replayed."""
        known = tuple(kernels)
        wanted, shown = [], []
        for each in found:
            if is_replayable(each):
                key = (path, _code_of(each, known), each.message)
                if key not in self._results:
                    wanted.append(key)
                each = settle(each, self._results.get(key))
            shown.append(each)
        self._wanted[path] = wanted
        return shown

    def start(self, path: str) -> None:
        """Replay what the last answer about a file left open."""
        if self._wanted.get(path) and path not in self._running:
            self._running.add(path)
            self._session.in_background(self._run(path))

    async def _run(self, path: str) -> None:
        from oxide_lsp.handlers import diagnostics

        session = self._session
        asked = self._wanted.pop(path, [])
        try:
            outcome = await session.workers.submit(
                RUNNER, "replay", lambda process: {"file": path, "sources": session.sources_for(process)}, BUDGET_S
            )
        finally:
            self._running.discard(path)
        rows = outcome.value if isinstance(outcome, Done) else []
        why = "" if isinstance(outcome, Done) else outcome.reason
        by_message = {row["message"]: _replay(row) for row in rows}
        if len(self._results) > _MOST_RESULTS:
            self._results.clear()
        for key in asked:
            missing = Replay(ReplayOutcome.NOT_RUN, why or "the code changed meanwhile")
            self._results[key] = by_message.get(key[2], missing)
        diagnostics.ran(session, path)


def _replay(row: dict[str, Any]) -> Replay:
    return Replay(ReplayOutcome(row["outcome"]), row["reason"], schedule=row["schedule"])


def _code_of(diagnostic: Diagnostic, kernels: tuple[KernelSummary, ...]) -> str:
    """Content hash of the kernel a race is in; of all kernels when it is in a function they call."""
    for kernel in kernels:
        if kernel.span.contains(diagnostic.primary.span.start):
            return kernel.content_hash
    return "".join(kernel.content_hash for kernel in kernels)
