"""The analysis process: one thread computes, another hears what to stop.

Assumes: started by :mod:`oxide_lsp.analysis_process.remote`; standard input and output are the frame streams.
Guarantees: calls are answered in order; a running call hears of its cancellation within 20 ms; what is found while
nobody waits (what the library's cache lacks, garbage) is seen to after ``IDLE_S`` without a call; the process ends
with its server, whatever it is doing.

Example: ``python -m oxide_lsp.analysis_process.child``.
"""

from __future__ import annotations

import gc
import os
import queue
import sys
import threading
from collections.abc import Callable
from typing import Any, BinaryIO

from oxide_lsp.analysis_process import frames

IDLE_S = 3.0


class _Calls:
    """Calls that wait, and the one that runs."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._waiting: queue.SimpleQueue[tuple[int, str, tuple[Any, ...]]] = queue.SimpleQueue()
        self.running = 0
        self.cancel: Callable[[], None] = lambda: None
        threading.Thread(target=self._receive, daemon=True).start()

    def _receive(self) -> None:
        while (frame := frames.read(self._stream)) is not None:
            number, name, _ = frame
            if name != "cancel":
                self._waiting.put(frame)
            elif number == self.running:
                self.cancel()
            if self.running < 0:
                self.cancel()  # idle work gives way to anything
        os._exit(0)

    def next(self, timeout_s: float | None) -> tuple[int, str, tuple[Any, ...]] | None:
        try:
            return self._waiting.get(timeout=timeout_s)
        except queue.Empty:
            return None


def main() -> int:
    """Serve until the server goes away."""
    requests_in, replies_out = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a stray print must not reach the frames
    sys.setswitchinterval(0.001)
    gc.disable()  # collected while idle
    calls = _Calls(requests_in)
    from compiler.semantics.host import AnalysisHost

    host = AnalysisHost(keeps_results=True)
    calls.cancel = host.cancel
    host.prepare()
    is_settled = True
    while True:
        call = calls.next(None if is_settled else IDLE_S)
        if call is None:
            is_settled = _settle(host, calls)
            continue
        is_settled = False
        number, name, arguments = call
        calls.running = number
        frame = _answer(host, number, name, arguments)
        calls.running = 0
        if number:
            replies_out.write(frame)
            replies_out.flush()


def _answer(host: Any, number: int, name: str, arguments: tuple[Any, ...]) -> bytes:
    from compiler.semantics.api import Cancelled

    try:
        if name.startswith("ask:"):
            value = getattr(host.analysis(), name.removeprefix("ask:"))(*arguments)
        else:
            value = getattr(host, name)(*arguments)
        return frames.encode((number, "value", value))
    except Cancelled:
        return frames.encode((number, "cancelled", None))
    except Exception as error:
        try:
            return frames.encode((number, "error", error))
        except Exception:
            return frames.encode((number, "error", RuntimeError(f"{type(error).__name__}: {error}")))


def _settle(host: Any, calls: _Calls) -> bool:
    """Idle work; returns whether it is done. A call that arrives stops it."""
    from compiler.semantics.api import Cancelled

    host.analysis()  # a fresh token: what was cancelled before is over
    calls.running = -1
    try:
        host.settle()
        gc.collect()
        return True
    except Cancelled:
        return False
    finally:
        calls.running = 0


if __name__ == "__main__":
    sys.exit(main())
