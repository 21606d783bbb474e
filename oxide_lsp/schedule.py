"""When analysis runs: one thread, two lanes, edits before both.

Assumes: the query engine evaluates on one thread at a time, and ``AnalysisHost.cancel`` makes the snapshot in use raise
``Cancelled`` within 20 ms; one that comes too late may hit the next piece of work, which is then simply begun again.
Guarantees:
- an edit waits for that interrupt only: what runs is stopped, the edit applied, the work begun again on the new text;
- latency work (hover, tokens, hints, symbols) goes before worker work (diagnostics), stopping it where it is;
  finished queries are memoised, so nothing done is done twice, and work stopped ``MAX_PREEMPTIONS`` times is let
  through, so nothing starves;
- work whose asker has gone away is dropped.

Foreign code (LLVM, ptxas, the driver) never runs here; see :mod:`oxide_lsp.workers`.

Example: ``kernels = await schedule.run(Lane.LATENCY, lambda analysis: analysis.kernels(path))``.
"""

from __future__ import annotations

import asyncio
import enum
import heapq
import itertools
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from compiler.semantics.api import Analysis, AnalysisHost, Cancelled

T = TypeVar("T")
log = logging.getLogger("oxide_lsp")
Work = Callable[[Analysis], T]

MAX_PREEMPTIONS = 8


class Lane(enum.IntEnum):
    """Smaller goes first."""

    EDIT = 0
    LATENCY = 1
    WORKER = 2


@dataclass(slots=True)
class _Task:
    lane: Lane
    order: int
    work: Work[Any]
    answer: asyncio.Future[Any]
    n_preemptions: int = 0
    is_abandoned: bool = False

    def __lt__(self, other: _Task) -> bool:
        return (self.lane, self.order) < (other.lane, other.order)


class Schedule:
    """The analysis thread and its queue. Made and used on one event loop."""

    def __init__(self, make_host: Callable[[], AnalysisHost]) -> None:
        """``make_host`` is called on the analysis thread: importing the compiler does not hold up the handshake."""
        self._make_host = make_host
        self._host: AnalysisHost | None = None
        self._loop = asyncio.get_running_loop()
        self._queue: list[_Task] = []
        self._order = itertools.count()
        self._changed = threading.Condition()
        self._running: _Task | None = None
        self._is_closed = False
        self._thread = threading.Thread(target=self._serve, name="oxide-analysis", daemon=True)
        self._thread.start()

    async def run(self, lane: Lane, work: Work[T]) -> T:
        """The result of work done on the analysis thread. Cancelling the awaiting task stops the work."""
        task = _Task(lane, next(self._order), work, self._loop.create_future())
        self._enqueue(task)
        try:
            answer: T = await task.answer
        except asyncio.CancelledError:
            with self._changed:
                task.is_abandoned = True
                if self._running is task:
                    self._interrupt()
            raise
        return answer

    def apply_edit(self, apply: Callable[[AnalysisHost], None]) -> asyncio.Future[None]:
        """Queue a change of inputs, in order with other edits, and stop what runs. Returns at once."""

        def work(_analysis: Analysis) -> None:
            assert self._host is not None
            apply(self._host)

        task = _Task(Lane.EDIT, next(self._order), work, self._loop.create_future())
        task.answer.add_done_callback(_note_failure)
        self._enqueue(task)
        return task.answer

    def close(self) -> None:
        """Stop the thread; work still queued is never answered."""
        with self._changed:
            self._is_closed = True
            if self._running is not None:
                self._interrupt()
            self._changed.notify()

    def load(self) -> dict[str, int]:
        """How much waits, for ``oxide.showStatus``."""
        with self._changed:
            return {lane.name.lower(): sum(task.lane is lane for task in self._queue) for lane in Lane}

    def _enqueue(self, task: _Task) -> None:
        with self._changed:
            heapq.heappush(self._queue, task)
            running = self._running
            if running is not None and running.lane > task.lane and self._may_preempt(task, running):
                self._interrupt()
            self._changed.notify()

    @staticmethod
    def _may_preempt(task: _Task, running: _Task) -> bool:
        return task.lane is Lane.EDIT or running.n_preemptions < MAX_PREEMPTIONS

    def _interrupt(self) -> None:
        if self._host is not None:
            self._host.cancel()

    def _serve(self) -> None:
        try:
            self._host = self._make_host()
        except Exception as error:
            self._refuse_all(error)
            return
        while (begun := self._next()) is not None:
            task, analysis = begun
            try:
                value = task.work(analysis)
            except Cancelled:
                self._requeue(task)
            except BaseException as error:
                self._finish(task, None, error)
            else:
                self._finish(task, value, None)

    def _refuse_all(self, error: Exception) -> None:
        """The compiler cannot be loaded: say so to everything asked, now and later."""
        with self._changed:
            while not self._is_closed:
                while self._queue:
                    self._answer(heapq.heappop(self._queue), None, error)
                self._changed.wait()

    def _next(self) -> tuple[_Task, Analysis] | None:
        """The next task with its snapshot, taken under the lock so that no interrupt can fall between the two."""
        with self._changed:
            while True:
                while self._queue:
                    task = heapq.heappop(self._queue)
                    if not task.is_abandoned:
                        self._running = task
                        assert self._host is not None
                        return task, self._host.analysis()
                if self._is_closed:
                    return None
                self._changed.wait()

    def _requeue(self, task: _Task) -> None:
        """Stopped for an edit or for the latency lane: begin again, in the place it had."""
        with self._changed:
            self._running = None
            task.n_preemptions += 1
            if not task.is_abandoned and not self._is_closed:
                heapq.heappush(self._queue, task)

    def _finish(self, task: _Task, value: Any, error: BaseException | None) -> None:
        with self._changed:
            self._running = None
        self._answer(task, value, error)

    def _answer(self, task: _Task, value: Any, error: BaseException | None) -> None:
        def settle() -> None:
            if task.answer.done():
                return
            if error is None:
                task.answer.set_result(value)
            else:
                task.answer.set_exception(error)

        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(settle)


def _note_failure(answer: asyncio.Future[Any]) -> None:
    """Nobody waits for an edit; what asks after it will meet the same error."""
    if not answer.cancelled() and (error := answer.exception()) is not None:
        log.error("a change could not be applied: %s", error)
