"""What a worker can do: emit a stage of a kernel, run it, benchmark it, say what there is to run on.

Assumes: runs in a worker process; ``params["sources"]`` brings the texts this process does not have yet.
Guarantees: crates stay loaded between jobs, so an edit costs what it changed; errors of the user's code are
:class:`JobError` with the compiler's own words; results are JSON values.

Example: ``JOBS["emit"]({"file": "/k.rs", "kernel": "saxpy", "stage": "ptx", "target": "sm_90"}, progress)``.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from compiler import driver
from oxide_lsp.workers.child import JobError, Progress

Params = dict[str, Any]
MAX_SESSIONS = 6


class OpenSessions:
    """Compile sessions by file, and the texts the editor has open."""

    def __init__(self) -> None:
        self._texts: dict[str, bytes] = {}
        self._sessions: OrderedDict[str, driver.CompileSession] = OrderedDict()

    def update(self, sources: Params) -> None:
        """Take the texts that changed, and forget those the editor closed or the disk changed."""
        for file in sources.get("closed", ()):
            self._texts.pop(file, None)
            for session in self._sessions.values():
                session.forget_text(file)
        for file, text in sources.get("changed", {}).items():
            self._texts[file] = text.encode()
            for session in self._sessions.values():
                session.set_text(file, self._texts[file])

    def session(self, file: str) -> driver.CompileSession:
        """The session of a file, loaded if need be."""
        session = self._sessions.get(file)
        if session is None:
            session = self._sessions[file] = driver.CompileSession(file, self._texts)
            while len(self._sessions) > MAX_SESSIONS:
                self._sessions.popitem(last=False)
        self._sessions.move_to_end(file)
        return session


_open = OpenSessions()


def _session(params: Params) -> driver.CompileSession:
    _open.update(params.get("sources", {}))
    return _open.session(params["file"])


def _options(params: Params) -> driver.CompileOptions:
    target = params.get("target", "auto")
    return driver.CompileOptions(target=driver.default_target() if target in ("", "auto") else target)


def emit(params: Params, progress: Progress) -> Params:
    """``{"text", "target"}`` of a stage."""
    options = _options(params)
    try:
        text = driver.emit(_session(params), params["stage"], params["kernel"], options)
    except driver.CompileError as error:
        raise JobError(error.rendered()) from None
    return {"text": text, "target": options.target}


def warm_up() -> None:
    """Load what the first job would wait for."""
    driver.warm_up()


JOBS = {"emit": emit}
