"""What one editor session consists of: open documents, configuration, the analysis, the workers, the results so far.

Assumes: used on the event loop only, except the closures it hands to :mod:`oxide_lsp.schedule`.
Guarantees: an analysis result always comes with the line index of exactly the text that was analysed; files without
kernels are left alone (``of_kernels`` returns None for them).

Example: ``found = await session.of_kernels(path, Lane.LATENCY, lambda analysis, index: analysis.kernels(path))``.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, TypeVar

from compiler.semantics.api import Analysis, AnalysisHost
from oxide_lsp import to_proto
from oxide_lsp.config import Config
from oxide_lsp.documents import Document, LineIndex
from oxide_lsp.features.code_lens import Record
from oxide_lsp.from_proto import Client
from oxide_lsp.kernel_files import KernelFiles, names_kernel
from oxide_lsp.replays import Replays
from oxide_lsp.schedule import Lane, Schedule
from oxide_lsp.views import Views
from oxide_lsp.workers.pool import WorkerPool
from oxide_lsp.workers.process import WorkerProcess

if TYPE_CHECKING:
    from oxide_lsp.connection import Connection

T = TypeVar("T")
log = logging.getLogger("oxide_lsp")


class Session:
    """Everything that lives as long as the connection."""

    def __init__(
        self,
        connection: Connection,
        client: Client,
        make_host: Callable[[], AnalysisHost],
        jobs_module: str,
        folders: list[str],
    ) -> None:
        self.connection = connection
        self.client = client
        self.config = Config()
        self.documents: dict[str, Document] = {}  # by path; only texts the compiler may look at
        self.schedule = Schedule(make_host)
        self.workers = WorkerPool(jobs_module)
        self.views = Views(self)
        self.replays = Replays(self)
        self.records: dict[tuple[str, str, str], Record] = {}  # (path, kernel, action) -> last result
        self.open_views: set[str] = set()  # URIs of virtual documents a client shows
        self.token_results: dict[str, tuple[str, list[int]]] = {}  # URI -> (result id, numbers) for deltas
        self.kernel_files = KernelFiles(folders)
        self.pushes: dict[str, asyncio.Task[None]] = {}  # path -> the publication under way
        self.pulls: dict[str, asyncio.Task[None]] = {}  # path -> the whole report under way, where a part was answered
        self.published: dict[str, list[Any]] = {}  # path -> the diagnostics the client was sent last
        self.device: dict[str, Any] = {}  # what the runner found to run on
        self.disk_changes: list[str] = []  # paths, in the order they changed on disk
        self.started_at = time.monotonic()
        self.is_analysed = asyncio.Event()  # some file's diagnostics have been found
        self._background: set[asyncio.Task[None]] = set()
        self._analysed: dict[str, LineIndex] = {}  # as the analysis thread sees the texts

    # -- texts

    def put(self, document: Document) -> None:
        """A document was opened or changed."""
        self.documents[document.path] = document
        path, index = document.path, document.index

        def apply(host: AnalysisHost) -> None:
            self._analysed[path] = index
            host.set_file(path, index.text)

        self.schedule.apply_edit(apply)

    def forget(self, path: str) -> None:
        """A document was closed, or changed on disk: the disk's text counts."""
        self.documents.pop(path, None)

        def apply(host: AnalysisHost) -> None:
            self._analysed.pop(path, None)
            host.remove_file(path)

        self.schedule.apply_edit(apply)

    def changed_on_disk(self, path: str) -> None:
        """A file that may not be open changed outside the editor."""
        self.disk_changes.append(path)
        if path not in self.documents:
            self.forget(path)

    def index_of(self, path: str) -> LineIndex:
        """The line index of any file as the analysis last saw it."""
        index = self._analysed.get(path)
        if index is None:
            index = LineIndex(_disk_text(path))
            self._analysed[path] = index
        return index

    def uri_of(self, path: str) -> str:
        """The URI the client itself uses for a file, where it has it open."""
        document = self.documents.get(path)
        return document.uri if document is not None else to_proto.uri_of(path)

    # -- analysis

    async def analyse(self, path: str, lane: Lane, work: Callable[[Analysis, LineIndex], T]) -> T:
        """Run work on the analysis thread with the line index of the text it will see."""
        return await self.schedule.run(lane, lambda analysis: work(analysis, self.index_of(path)))

    async def of_kernels(self, path: str, lane: Lane, work: Callable[[Analysis, LineIndex], T]) -> T | None:
        """The same, but only for files that hold or belong to kernels; None elsewhere.

        A file too broken or too large for its kernels to be seen counts when it names one: its author must be told.
        """
        if not path.endswith(".rs") and path not in self.documents:
            return None

        def guarded(analysis: Analysis, index: LineIndex) -> T | None:
            return work(analysis, index) if analysis.has_kernels(path) or names_kernel(index.text) else None

        return await self.analyse(path, lane, guarded)

    @property
    def is_generic_on(self) -> bool:
        """Whether to offer what rust-analyzer offers too."""
        choice = self.config["features.generic.enable"]
        return choice == "on" or (choice == "auto" and not self.client.has_rust_analyzer)

    # -- workers

    def sources_for(self, process: WorkerProcess) -> dict[str, object]:
        """The texts a worker does not have yet, and the paths it must read again."""
        held = process.held_serials
        changed = {
            path: document.index.text.decode("utf-8", "replace")
            for path, document in self.documents.items()
            if held.get(path) != document.serial
        }
        closed = [path for path in held if path not in self.documents]
        closed += self.disk_changes[process.n_disk_changes :]
        process.n_disk_changes = len(self.disk_changes)
        process.held_serials = {path: document.serial for path, document in self.documents.items()}
        return {"changed": changed, "closed": closed}

    def in_background(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something nobody waits for; it ends with the session."""
        task = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def close(self) -> None:
        """End the analysis thread and every worker."""
        for task in (*self._background, *self.pushes.values(), *self.pulls.values()):
            task.cancel()
        self.schedule.close()
        await self.workers.close()


def _disk_text(path: str) -> bytes:
    """A file's text as valid UTF-8; empty if it cannot be read."""
    try:
        with open(path, "rb") as file:
            text = file.read()
    except (OSError, ValueError):
        return b""
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return text.decode("utf-8", "replace").encode()
    return text
