"""The roles workers play, one process each: who waits for whom, and what is started again.

Assumes: one event loop.
Guarantees: jobs of one role run one after another in the order asked; roles never wait for each other (so no hover
waits for a benchmark); a process that was killed or died is started again at once; a role whose process cannot even
start says so instead of trying for ever.

A process without work for ``IDLE_END_S`` is ended, and with it its memory and what it holds of a GPU; the next job
starts one. A job nobody wants any more is dropped if it has not begun; if it has, it may finish within the role's
``cancel_grace_s`` (killing a compiler that is nearly done costs more than it saves), then its process is killed.

Example: ``await WorkerPool().submit(CODEGEN, "emit", params_for, budget_s=10)``.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from oxide_lsp.workers.outcome import Crashed, Done, Outcome, TimedOut
from oxide_lsp.workers.process import ProgressSink, WorkerProcess

START_BUDGET_S = 30.0
MAX_START_FAILURES = 3
IDLE_END_S = 300.0
MAX_RESIDENT_BYTES = 1 << 30  # a worker that has grown past this is replaced after its job

# A job's parameters are made when a process is at hand, because what has to be sent depends on what it already holds.
ParamsFor = Callable[[WorkerProcess], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Role:
    """A kind of work that gets a process of its own."""

    name: str
    cancel_grace_s: float


CODEGEN = Role("codegen", cancel_grace_s=0.4)
RUNNER = Role("runner", cancel_grace_s=0.05)


@dataclass(slots=True)
class _Slot:
    role: Role
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    process: WorkerProcess | None = None
    n_start_failures: int = 0
    n_restarts: int = 0
    running: str = ""
    idle_end: asyncio.Task[None] | None = None


class WorkerPool:
    """The worker processes of one server."""

    def __init__(self, jobs_module: str = "oxide_lsp.workers.jobs", idle_end_s: float = IDLE_END_S) -> None:
        self._jobs_module, self._idle_end_s = jobs_module, idle_end_s
        self._slots = {role.name: _Slot(role) for role in (CODEGEN, RUNNER)}
        self._tasks: set[asyncio.Task[Any]] = set()
        self._is_closed = False

    def warm(self, role: Role) -> None:
        """Start a role's process now, so that its first job does not wait for imports."""
        self._keep(asyncio.create_task(self._warm(self._slots[role.name])))

    async def submit(
        self, role: Role, job: str, params_for: ParamsFor, budget_s: float, on_progress: ProgressSink | None = None
    ) -> Outcome:
        """Do a job in a role's process. Cancelling the awaiting task gives the job up."""
        slot = self._slots[role.name]
        work = self._keep(asyncio.create_task(self._perform(slot, job, params_for, budget_s, on_progress)))
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            if slot.running and not work.done():
                self._keep(asyncio.create_task(_end_after(work, role.cancel_grace_s)))
            else:
                work.cancel()
            raise

    async def restart(self) -> None:
        """Kill every process and start afresh; forgets start failures."""
        for slot in self._slots.values():
            slot.n_start_failures = 0
            if slot.process is not None:
                await slot.process.kill()
            slot.process = None
            self.warm(slot.role)

    async def close(self) -> None:
        """End every process; nothing is started again."""
        self._is_closed = True
        for task in self._tasks:
            task.cancel()
        for slot in self._slots.values():
            if slot.process is not None:
                await slot.process.kill()

    def state(self) -> dict[str, dict[str, Any]]:
        """What ``oxide.showStatus`` reports of each role."""
        return {
            name: {
                "pid": slot.process.pid if slot.process is not None and slot.process.is_alive else None,
                "running": slot.running,
                "jobs": slot.process.n_jobs if slot.process is not None else 0,
                "restarts": slot.n_restarts,
            }
            for name, slot in self._slots.items()
        }

    async def _perform(
        self, slot: _Slot, job: str, params_for: ParamsFor, budget_s: float, on_progress: ProgressSink | None
    ) -> Outcome:
        async with slot.turn:
            failure = await self._start(slot)
            if failure is not None:
                return failure
            assert slot.process is not None
            process = slot.process
            slot.running = job
            is_spent = False
            try:
                outcome = await process.call(job, params_for(process), budget_s, on_progress)
                is_spent = _is_poisoned(outcome) or process.resident_bytes() > MAX_RESIDENT_BYTES
                return outcome
            finally:
                slot.running = ""
                if is_spent:
                    await process.kill()
                if not process.is_alive and not self._is_closed:
                    slot.n_restarts += 1
                    self.warm(slot.role)
                self._end_when_idle(slot)

    async def _warm(self, slot: _Slot) -> None:
        async with slot.turn:
            await self._start(slot)
            self._end_when_idle(slot)

    def _end_when_idle(self, slot: _Slot) -> None:
        """End the slot's process unless it has something to do before long."""
        if slot.idle_end is not None:
            slot.idle_end.cancel()
        slot.idle_end = self._keep(asyncio.create_task(self._end_idle(slot)))

    async def _end_idle(self, slot: _Slot) -> None:
        await asyncio.sleep(self._idle_end_s)
        async with slot.turn:  # a job that got it first cancels this
            if slot.process is not None:
                await slot.process.kill()
            slot.process = None

    async def _start(self, slot: _Slot) -> Crashed | TimedOut | None:
        """Make sure the slot has a live, ready process."""
        if slot.process is not None and slot.process.is_alive and slot.process.is_ready:
            return None
        if slot.n_start_failures >= MAX_START_FAILURES:
            return Crashed(1, f"the {slot.role.name} worker cannot start; `oxide.restartWorkers` tries again")
        slot.process = await WorkerProcess.spawn(self._jobs_module)
        failure = await slot.process.ready(START_BUDGET_S)
        slot.n_start_failures = 0 if failure is None else slot.n_start_failures + 1
        return failure

    def _keep(self, task: asyncio.Task[Any]) -> asyncio.Task[Any]:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _is_poisoned(outcome: Outcome) -> bool:
    """Whether the job says that its process must not be used again."""
    return isinstance(outcome, Done) and isinstance(outcome.value, dict) and bool(outcome.value.get("is_poisoned"))


async def _end_after(work: asyncio.Task[Outcome], grace_s: float) -> None:
    """Let running work finish within its grace, then cancel it, which kills its process."""
    await asyncio.wait({work}, timeout=grace_s)
    work.cancel()
