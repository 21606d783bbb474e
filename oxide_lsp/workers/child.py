"""The worker side: reads jobs, does them one at a time, writes what came of them.

Assumes: started by :mod:`oxide_lsp.workers.process` as leader of its own process group; standard input and output are
the frame streams.
Guarantees: nothing a job prints reaches the frame stream (descriptor 1 is a copy of standard error while jobs run);
when the server goes away this process and its children end at once, whatever the job is doing.

Example: ``python -m oxide_lsp.workers.child oxide_lsp.workers.jobs`` serves the jobs of that module, whose ``JOBS``
maps a name to a function ``(params, report_progress) -> JSON value`` and whose ``warm_up()`` runs once, before the
first job.
"""

from __future__ import annotations

import importlib
import os
import queue
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from typing import BinaryIO

from oxide_lsp.workers import frames
from oxide_lsp.workers.job import Job, JobError


def main(argv: list[str]) -> int:
    """Serve jobs until the server closes the stream."""
    requests_in, replies_out = _take_streams()
    waiting: queue.SimpleQueue[frames.Frame] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(requests_in, waiting), daemon=True).start()
    module = importlib.import_module(argv[0])
    warm_up: Callable[[], None] | None = getattr(module, "warm_up", None)
    if warm_up is not None:
        warm_up()
    _send(replies_out, {"id": 0, "result": "ready"})
    while True:
        _serve(waiting.get(), module.JOBS, replies_out)


def _take_streams() -> tuple[BinaryIO, BinaryIO]:
    """Keep the frame streams to ourselves: jobs get /dev/null to read and standard error to write."""
    requests_in = os.fdopen(os.dup(0), "rb")
    replies_out = os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    os.dup2(2, 1)
    return requests_in, replies_out


def _receive(stream: BinaryIO, waiting: queue.SimpleQueue[frames.Frame]) -> None:
    """Queue requests; at the end of the stream end the whole process group (ptxas children too)."""
    while (frame := frames.read_blocking(stream)) is not None:
        waiting.put(frame)
    if os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(0)


def _serve(frame: frames.Frame, jobs: dict[str, Job], out: BinaryIO) -> None:
    request_id = frame["id"]

    def report_progress(message: str, percentage: int | None = None) -> None:
        _send(out, {"id": request_id, "progress": {"message": message, "percentage": percentage}})

    try:
        reply = {"id": request_id, "result": jobs[frame["job"]](frame["params"], report_progress)}
    except JobError as error:
        reply = {"id": request_id, "error": {"message": str(error), "detail": ""}}
    except Exception as error:
        message = f"internal error: {type(error).__name__}: {error}"
        reply = {"id": request_id, "error": {"message": message, "detail": traceback.format_exc()}}
    _send(out, reply)


def _send(out: BinaryIO, frame: frames.Frame) -> None:
    out.write(frames.encode(frame))
    out.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
