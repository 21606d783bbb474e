"""A bare JSON-RPC client that talks to a language server process over its pipes, for measuring it from outside.

Assumes: the server speaks LSP on stdin/stdout. Guarantees: :meth:`wait_diagnostics` returns the first report for a
document version or later; requests raise on an error response; leaving the context manager ends the process.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Any


class LspClient:
    """One server process."""

    def __init__(self, command: list[str] | None = None, cache: str | None = None) -> None:
        """``cache``: the folder of stored results, the user's own if None."""
        environment = {**os.environ, **({"OXIDE_CACHE_DIR": cache} if cache is not None else {})}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a user's machine does not set it
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            command or [sys.executable, "-m", "oxide_lsp"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        self._next_id = 0
        self._responses: dict[int, Any] = {}
        self._inbox: queue.Queue[dict[str, Any]] = queue.Queue()
        self._notes: list[dict[str, Any]] = []
        threading.Thread(target=self._read, daemon=True).start()

    def __enter__(self) -> LspClient:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait()

    def processes(self) -> dict[int, str]:
        """The server and what it started: pid -> command line."""
        found: dict[int, str] = {}
        parents = {}
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError, ValueError):
                parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        for pid in parents:
            at = pid
            while at in parents and at != self.process.pid:
                at = parents[at]
            if at == self.process.pid:
                with contextlib.suppress(OSError):
                    found[pid] = Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
        return found

    def cpu_seconds(self) -> float:
        """Processor time the server and its processes have used so far."""
        total = 0
        for pid in self.processes():
            with contextlib.suppress(OSError):
                total += sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]))
        return total / os.sysconf("SC_CLK_TCK")

    def resident_bytes(self) -> dict[str, int]:
        """Memory of each process that is its own or shared with others in proportion."""
        out: dict[str, int] = {}
        for pid, command in self.processes().items():
            name = next((n for n in ("analysis_process", "workers") if n in command), "server")
            with contextlib.suppress(OSError):
                lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
                kilobytes = next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
                out[name] = out.get(name, 0) + (kilobytes << 10)
        return out

    def _read(self) -> None:
        out = self.process.stdout
        assert out is not None
        while True:
            length = 0
            while line := out.readline().strip():
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            if not length:
                return
            self._inbox.put(json.loads(out.read(length)))

    def _send(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self.process.stdin.flush()

    def notify(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def request(self, method: str, params: Any, timeout_s: float = 120.0) -> Any:
        """Send and wait for the answer; server-to-client requests met on the way are answered with null."""
        self._next_id += 1
        wanted = self._next_id
        self._send({"id": wanted, "method": method, "params": params})
        while wanted not in self._responses:
            self._take(timeout_s)
        answer = self._responses.pop(wanted)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return answer.get("result")

    def _take(self, timeout_s: float) -> None:
        message = self._inbox.get(timeout=timeout_s)
        if "method" not in message:
            self._responses[message["id"]] = message
        elif "id" in message:
            items = (
                message.get("params", {}).get("items", []) if message["method"] == "workspace/configuration" else None
            )
            self._send({"id": message["id"], "result": [None] * len(items) if items is not None else None})
        else:
            self._notes.append(message)

    def wait_diagnostics(self, uri: str, version: int, timeout_s: float = 120.0) -> list[dict[str, Any]]:
        """Diagnostics pushed for this version of the document (or a later one)."""
        while True:
            for i, note in enumerate(self._notes):
                params = note.get("params") or {}
                if note["method"] == "textDocument/publishDiagnostics" and params["uri"] == uri:
                    if params.get("version", version) >= version:
                        del self._notes[: i + 1]
                        found: list[dict[str, Any]] = params["diagnostics"]
                        return found
            self._take(timeout_s)

    def initialize(self, root_uri: str) -> Any:
        """Handshake of a push client without exotic capabilities."""
        capabilities = {
            "textDocument": {"publishDiagnostics": {"versionSupport": True}, "hover": {"contentFormat": ["markdown"]}}
        }
        result = self.request("initialize", {"processId": None, "rootUri": root_uri, "capabilities": capabilities})
        self.notify("initialized", {})
        return result
