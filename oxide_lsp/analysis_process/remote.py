"""The server's side of the analysis process.

Assumes: calls come from the analysis thread of :mod:`oxide_lsp.schedule`, ``cancel`` from any. Guarantees: a call
returns what the process found, raises ``Cancelled`` once it was asked to stop, or raises what went wrong there; if the
process died, the call says so, and the next one finds a new process with the same texts.

Example: ``host = RemoteHost(start())``; ``host.analysis().kernels("/k.rs")``.
"""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable
from typing import Any, cast

from compiler.semantics.api import Analysis, Cancelled
from oxide_lsp.analysis_process import frames
from oxide_lsp.analysis_process.start import start

MAX_DEATHS = 2  # on the same texts; then every call fails until they change


class AnalysisDied(RuntimeError):
    """The analysis process ended in the middle of a call."""


class RemoteHost:
    """An :class:`compiler.semantics.api.AnalysisHost` in another process."""

    def __init__(self, process: subprocess.Popen[bytes] | None = None) -> None:
        self._process = process or start()
        self._texts: dict[str, bytes] = {}
        self._writing = threading.Lock()
        self._number = 0
        self._running = 0
        self._is_cancelled = False
        self._deaths = 0

    # -- the host's contract

    def set_file(self, file: str, text: bytes) -> None:
        """Open or edit a file."""
        self._texts[file] = text
        self._deaths = 0
        self._tell("set_file", file, text)

    def remove_file(self, file: str) -> None:
        """The disk's text counts again."""
        self._texts.pop(file, None)
        self._deaths = 0
        self._tell("remove_file", file)

    def analysis(self) -> Analysis:
        """A snapshot of now."""
        self._is_cancelled = False
        return cast(Analysis, _RemoteAnalysis(self))

    def cancel(self) -> None:
        """Make the running call, and further ones on the same snapshot, raise ``Cancelled``."""
        self._is_cancelled = True
        running = self._running
        if running:
            self._send((running, "cancel", ()))

    # -- calls

    def ask(self, name: str, arguments: tuple[Any, ...]) -> Any:
        """The value of a method of a snapshot."""
        if self._is_cancelled:
            raise Cancelled
        self._revive()
        self._number += 1
        self._running = self._number
        try:
            self._send((self._number, f"ask:{name}", arguments))
            if self._is_cancelled:
                self._send((self._number, "cancel", ()))
            return self._answer(self._number)
        finally:
            self._running = 0

    def _answer(self, number: int) -> Any:
        assert self._process.stdout is not None
        while True:
            frame = frames.read(self._process.stdout)  # type: ignore[arg-type]
            if frame is None:
                self._deaths += 1
                self.close()
                raise AnalysisDied("the analysis process ended unexpectedly; it is started again")
            answered, kind, value = frame
            if answered != number:
                continue
            if kind == "cancelled":
                raise Cancelled
            if kind == "error":
                raise value
            return value

    def _tell(self, name: str, *arguments: Any) -> None:
        """A change, in order with the calls; nobody waits for it."""
        self._revive()
        self._send((0, name, arguments))

    def _send(self, frame: tuple[Any, ...]) -> None:
        stream = self._process.stdin
        assert stream is not None
        try:
            with self._writing:
                stream.write(frames.encode(frame))
                stream.flush()
        except (BrokenPipeError, ValueError):
            return  # the next read says so

    def _revive(self) -> None:
        """A new process for one that died."""
        if self._process.poll() is None:
            return
        if self._deaths >= MAX_DEATHS:
            raise AnalysisDied("the analysis process ends on these texts; edit them to try again")
        self._process = start()
        for file, text in self._texts.items():
            self._send((0, "set_file", (file, text)))

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()


class _RemoteAnalysis:
    """Any method of a snapshot, called over there."""

    def __init__(self, host: RemoteHost) -> None:
        self._host = host

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *arguments: self._host.ask(name, arguments)
