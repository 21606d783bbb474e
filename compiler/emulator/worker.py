"""Launches in a process of their own: whatever a kernel or LLVM does, the caller lives.

What it is: :func:`launch_isolated`, the same contract as :func:`compiler.emulator.launch` over a worker that can be
killed. What it assumes: arguments pickle (NumPy arrays, numbers, bytes, pairs). What it guarantees: results of
writable arrays come back in place; a worker that dies is a trap of kind ``crash`` and one that outlives its budget
a trap of kind ``timeout``; in both cases the next launch gets a fresh worker. Example::

    report = launch_isolated(artifact, "spin", 1, 1, [], time_budget_s=1.0)
    assert report.trap.kind == "timeout"
"""

from __future__ import annotations

import atexit
import multiprocessing
import threading
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

import numpy as np

from compiler.codegen.artifact import KernelArtifact
from compiler.emulator.report import LaunchReport, Trap

GRACE_SECONDS = 5.0  # beyond the time budget: compilation, and the polite stop inside the worker


class Worker:
    """One emulator process; restarted after it was killed or died."""

    def __init__(self) -> None:
        self._process: BaseProcess | None = None
        self._pipe: Connection[Any, Any] | None = None
        self._lock = threading.Lock()

    def _start(self) -> Connection[Any, Any]:
        if self._process is None or not self._process.is_alive() or self._pipe is None:
            self.kill()
            context = multiprocessing.get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
            self._process.start()
            theirs.close()
        return self._pipe

    def kill(self) -> None:
        """End the process now."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None

    def launch(
        self, artifact_or_ir: KernelArtifact | str, kernel: str, args: Sequence[object], budget_s: float, **options: Any
    ) -> LaunchReport:
        """Run in the worker and copy written arrays back."""
        with self._lock:
            pipe = self._start()
            started = time.perf_counter()
            try:
                pipe.send((artifact_or_ir, kernel, list(args), {"time_budget_s": budget_s, **options}))
                if not pipe.poll(budget_s + GRACE_SECONDS):
                    self.kill()
                    return _lost("timeout", "the kernel did not end within its time budget", started)
                status, value, arrays = pipe.recv()
            except (EOFError, OSError):
                code = self._process.exitcode if self._process is not None else None
                self.kill()
                return _lost("crash", f"the emulator process died (exit status {code})", started)
        if status == "error":
            raise value
        for target, source in zip(_arrays(args), arrays, strict=True):
            if target.flags.writeable:
                target[...] = source
        report: LaunchReport = value
        return report


def _lost(kind: str, message: str, started: float) -> LaunchReport:
    trap = Trap(kind, message, "", 0, 0, (0, 0, 0), (0, 0, 0))
    return LaunchReport([], 0, time.perf_counter() - started, trap)


def _arrays(args: Sequence[object]) -> list[np.ndarray[Any, np.dtype[Any]]]:
    """The arrays among the arguments, those in ``(array, width)`` pairs included."""
    found = [arg[0] if isinstance(arg, tuple) and arg else arg for arg in args]
    return [arg for arg in found if isinstance(arg, np.ndarray)]


def _serve(pipe: Connection[Any, Any]) -> None:
    """The worker's loop."""
    from compiler.emulator.launcher import launch

    while True:
        try:
            artifact_or_ir, kernel, args, options = pipe.recv()
        except EOFError:
            return
        grid, block = options.pop("grid"), options.pop("block")
        try:
            report = launch(artifact_or_ir, kernel, grid, block, args, **options)
            pipe.send(("done", report, _arrays(args)))
        except Exception as error:  # sent to the caller, which raises it there
            pipe.send(("error", error, []))


_WORKER = Worker()
atexit.register(_WORKER.kill)


def launch_isolated(
    artifact_or_ir: KernelArtifact | str,
    kernel: str,
    grid: int | Sequence[int],
    block: int | Sequence[int],
    args: Sequence[object],
    dynamic_smem_bytes: int = 0,
    schedule: str = "in-order",
    seed: int = 0,
    *,
    time_budget_s: float = 10.0,
    **options: Any,
) -> LaunchReport:
    """:func:`compiler.emulator.launch` in a worker process; same arguments, errors and results."""
    return _WORKER.launch(
        artifact_or_ir,
        kernel,
        args,
        time_budget_s,
        grid=grid,
        block=block,
        dynamic_smem_bytes=dynamic_smem_bytes,
        schedule=schedule,
        seed=seed,
        **options,
    )
