"""One worker process, seen from the server's event loop.

Assumes: used from one event loop; one job at a time (:mod:`oxide_lsp.workers.pool` sees to it).
Guarantees: :meth:`WorkerProcess.call` returns an outcome within the job's budget (plus the time a kill takes), and
after ``TimedOut``, ``Crashed`` or ``Cancelled`` the process and everything it started are gone.

Example: ``worker = await WorkerProcess.spawn("oxide_lsp.workers.jobs"); await worker.ready(20)``, then
``outcome = await worker.call("emit", params, budget_s=10)``.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections import deque
from collections.abc import Callable
from typing import Any

from oxide_lsp.workers import frames
from oxide_lsp.workers.outcome import Crashed, Done, Failed, Outcome, TimedOut

ProgressSink = Callable[[str, int | None], None]
_STDERR_LINES_KEPT = 40


class WorkerProcess:
    """A started child and its streams."""

    __slots__ = (
        "_last_id",
        "_process",
        "_stderr",
        "_stderr_task",
        "held_serials",
        "is_ready",
        "n_disk_changes",
        "n_jobs",
    )

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._last_id = 0
        self._stderr: deque[str] = deque(maxlen=_STDERR_LINES_KEPT)
        self._stderr_task = asyncio.create_task(self._drain_stderr())
        self.held_serials: dict[str, int] = {}  # path -> serial of the document text this child has
        self.n_disk_changes = 0  # how much of the session's list of disk changes this child was told
        self.is_ready = False
        self.n_jobs = 0

    @classmethod
    async def spawn(cls, jobs_module: str) -> WorkerProcess:
        """Start a child that serves the jobs of a module; it imports the compiler while the caller goes on."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "oxide_lsp.workers.child",
            jobs_module,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
            limit=1 << 20,
        )
        return cls(process)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        return self._process.returncode is None

    def resident_bytes(self) -> int:
        """Memory of the process now; 0 where the system does not say."""
        try:
            with open(f"/proc/{self.pid}/statm", encoding="ascii") as statm:
                return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        except (OSError, ValueError):
            return 0

    async def ready(self, budget_s: float) -> Crashed | TimedOut | None:
        """Wait until the child has imported its jobs; None when it has."""
        if self.is_ready:
            return None
        assert self._process.stdout is not None
        try:
            frame = await asyncio.wait_for(frames.read_async(self._process.stdout), budget_s)
        except TimeoutError:
            await self.kill()
            return TimedOut(budget_s)
        if frame is None:
            return await self._crashed()
        self.is_ready = True
        return None

    async def call(
        self, job: str, params: dict[str, Any], budget_s: float, on_progress: ProgressSink | None = None
    ) -> Outcome:
        """Do one job, after :meth:`ready`. Cancelling the awaiting task kills the process."""
        self._last_id += 1
        self.n_jobs += 1
        request = frames.encode({"id": self._last_id, "job": job, "params": params})
        try:
            return await asyncio.wait_for(self._exchange(request, self._last_id, on_progress), budget_s)
        except TimeoutError:
            await self.kill()
            return TimedOut(budget_s)
        except asyncio.CancelledError:
            await self.kill()
            raise

    async def _exchange(self, request: bytes, request_id: int, on_progress: ProgressSink | None) -> Outcome:
        assert self._process.stdin is not None and self._process.stdout is not None
        with contextlib.suppress(ConnectionError):
            self._process.stdin.write(request)
            await self._process.stdin.drain()
        while (frame := await frames.read_async(self._process.stdout)) is not None:
            if frame["id"] != request_id:
                continue
            if "progress" in frame:
                if on_progress is not None:
                    on_progress(frame["progress"]["message"], frame["progress"]["percentage"])
            elif "error" in frame:
                return Failed(frame["error"]["message"], frame["error"]["detail"])
            else:
                return Done(frame["result"])
        return await self._crashed()

    async def _crashed(self) -> Crashed:
        await self.kill()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(self._stderr_task), 0.5)
        return Crashed(self._process.returncode or 0, "\n".join(self._stderr))

    async def kill(self) -> None:
        """End the process group now and reap it."""
        if self._process.returncode is None and self._process.stdout is not None and self._process.stdout.at_eof():
            # The stream closed by itself: let the exit status be the process's own if it is already on its way out.
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._process.wait(), 0.5)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        await self._process.wait()

    async def _drain_stderr(self) -> None:
        """Keep the last lines for the message of a crash; reading on keeps the child from blocking."""
        assert self._process.stderr is not None
        while chunk := await self._process.stderr.read(1 << 16):
            self._stderr.extend(chunk.decode("utf-8", "replace").splitlines())
