"""Batches in processes of their own: a crash or a hang of LLVM, of native code or of ours costs one batch, not the run.

``isolated(batches, run, jobs, seconds)`` forks a child for each batch, at most ``jobs`` at a time. A child that dies or exceeds its
seconds of CPU time has its batch halved until one program is left, which is reported as a crash.
"""

from __future__ import annotations

import multiprocessing
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any

from bench.differential.execute import BatchReport, Finding

_WALL_PER_CPU = 20  # a loaded machine

Run = Callable[[list[int]], BatchReport]


@dataclass(slots=True)
class _Child:
    seeds: list[int]
    process: Any
    pipe: Connection
    deadline: float


def _start(run: Run, seeds: list[int], seconds: float) -> _Child:
    context = multiprocessing.get_context("fork")
    mine, theirs = context.Pipe(duplex=False)

    def work() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
        theirs.send(run(seeds))

    process = context.Process(target=work)
    process.start()
    theirs.close()
    return _Child(seeds, process, mine, time.monotonic() + _WALL_PER_CPU * seconds)


def _outcome(child: _Child) -> BatchReport | str:
    """Its report, or how it ended."""
    try:
        report: BatchReport = child.pipe.recv()
        child.process.join()
        return report
    except EOFError:
        child.process.join()
        return f"exit code {child.process.exitcode}"


def isolated(batches: list[list[int]], run: Run, jobs: int, seconds: float) -> Iterator[BatchReport]:
    """The report of each batch, in order of completion."""
    waiting, running = batches[::-1], list[_Child]()
    while waiting or running:
        while waiting and len(running) < jobs:
            running.append(_start(run, waiting.pop(), seconds))
        ready = wait([c.pipe for c in running], timeout=1.0)
        for child in list(running):
            late = time.monotonic() > child.deadline
            if child.pipe not in ready and not late:
                continue
            running.remove(child)
            if late:
                child.process.kill()
            result = _outcome(child)
            if isinstance(result, BatchReport):
                yield result
            elif len(child.seeds) == 1:
                yield BatchReport(findings=[Finding("crash", child.seeds[0], "too slow" if late else result)])
            else:
                half = len(child.seeds) // 2
                waiting += [child.seeds[half:], child.seeds[:half]]
