"""The lowered forms of kernels, made in the codegen worker and kept by content.

Assumes: ``KernelSummary.content_hash`` names everything a kernel's code depends on.
Guarantees: a text is made once for a (kernel content, stage, target); a request that gives up waiting does not stop
the work others wait for; content that killed its worker is not tried again until it is edited or the workers are
restarted; at most ``MAX_BYTES`` of text are kept, oldest use first out.

Example: ``text = await session.views.text(kernel, "ptx")`` is a :class:`ViewText`.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lsprotocol import types

from compiler.semantics.api import KernelSummary
from oxide_lsp import kernel_lookup
from oxide_lsp.features.virtual_document import STAGES
from oxide_lsp.workers.outcome import Cancelled, Crashed, Done, Failed, Outcome, TimedOut
from oxide_lsp.workers.pool import CODEGEN

if TYPE_CHECKING:
    from oxide_lsp.session import Session

MAX_BYTES = 64 << 20
REFRESH_IDLE_S = 0.25
MAX_LAST_GOOD = 32
Key = tuple[str, str, str, str, str]  # file, kernel, content hash, stage, target
_ORDER = tuple(STAGES)  # each stage is made from the one before it


@dataclass(frozen=True, slots=True)
class ViewText:
    """A stage's text, or why there is none."""

    text: str = ""
    target: str = ""
    problem: str = ""


class Views:
    """The cache and the requests under way."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._kept: OrderedDict[Key, ViewText] = OrderedDict()
        self._n_bytes = 0
        self._turn = asyncio.Lock()
        self._last_good: OrderedDict[tuple[str, str, str], str] = OrderedDict()
        # content -> (first stage that killed its worker, why): later stages would only do it again
        self._fatal: dict[tuple[str, str, str, str], tuple[int, str]] = {}
        self._refresh: asyncio.TimerHandle | None = None
        self._under_way: dict[Key, asyncio.Task[ViewText]] = {}

    async def text(self, kernel: KernelSummary, stage: str, target: str = "") -> ViewText:
        """A stage of a kernel. Raises nothing; a failure is a ``problem``."""
        target = target or self._session.config["target"]
        key = (kernel.file, kernel.name, kernel.content_hash, stage, target)
        self._supersede(key)
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
            return kept
        task = self._under_way.get(key)
        if task is None:
            task = asyncio.create_task(self._make(key))
            self._under_way[key] = task
            task.add_done_callback(lambda _task: self._under_way.pop(key, None))
        return await asyncio.shield(task)

    def last_good(self, kernel: KernelSummary, stage: str) -> str:
        """The newest text there was of a stage, whatever the kernel's code is now; "" if there was none."""
        return self._last_good.get((kernel.file, kernel.name, stage), "")

    def forget_all(self) -> None:
        """After workers were restarted: failures may not repeat."""
        self._kept.clear()
        self._n_bytes = 0
        self._fatal.clear()

    def refresh_soon(self, path: str, offset: int) -> None:
        """After an edit, once typing pauses: drop work on old contents, have the documents shown asked for again, and
        compile the kernel edited, so that hovering it does not wait."""
        if self._refresh is not None:
            self._refresh.cancel()
        self._refresh = asyncio.get_running_loop().call_later(REFRESH_IDLE_S, self._refresh_now, path, offset)

    def _refresh_now(self, path: str, offset: int) -> None:
        self._session.in_background(self._settle(path, offset))
        session = self._session
        for uri in session.open_views:
            if session.client.takes_content:
                params = types.TextDocumentContentRefreshParams(uri)
                session.connection.ask(types.WORKSPACE_TEXT_DOCUMENT_CONTENT_REFRESH, params)
            else:
                session.connection.notify("oxide/contentChanged", {"uri": uri})

    async def _settle(self, path: str, offset: int) -> None:
        kernels = await kernel_lookup.all_of(self._session, path)
        contents = {(kernel.name, kernel.content_hash) for kernel in kernels}
        for key, task in list(self._under_way.items()):
            if key[0] == path and key[1:3] not in contents:
                task.cancel()
        edited = next((kernel for kernel in kernels if offset <= kernel.span.end), None)
        if edited is not None and self._session.config["hover.ptx.enable"]:
            await self.text(edited, "ptx")

    def size(self) -> dict[str, int]:
        """For ``oxide.showStatus``."""
        return {"texts": len(self._kept), "bytes": self._n_bytes, "under_way": len(self._under_way)}

    def _supersede(self, key: Key) -> None:
        """The kernel was edited: nobody wants the stages of its old content any more."""
        content = _content_of(key)
        for other, task in list(self._under_way.items()):
            if other[:2] == key[:2] and _content_of(other) != content:
                task.cancel()
        for other_content in [c for c in self._fatal if c[:2] == key[:2] and c[2] != key[2]]:
            del self._fatal[other_content]

    async def _make(self, key: Key) -> ViewText:
        async with self._turn:
            stage_at, problem = self._fatal.get(_content_of(key), (len(_ORDER), ""))
            if _ORDER.index(key[3]) >= stage_at:
                return ViewText(problem=problem)
            return await self._emit(key)

    async def _emit(self, key: Key) -> ViewText:
        file, kernel, _, stage, target = key
        request = {"file": file, "kernel": kernel, "stage": stage, "target": target}
        session = self._session
        outcome = await session.workers.submit(
            CODEGEN,
            "emit",
            lambda process: {**request, "sources": session.sources_for(process)},
            session.config["codegen.budgetSeconds"],
        )
        view = _view_text(outcome)
        if view.text:
            self._last_good[file, kernel, stage] = view.text
            self._last_good.move_to_end((file, kernel, stage))
            while len(self._last_good) > MAX_LAST_GOOD:
                self._last_good.popitem(last=False)
        if isinstance(outcome, Done | Failed):
            self._keep(key, view)
        elif isinstance(outcome, TimedOut | Crashed):
            self._fatal[_content_of(key)] = (_ORDER.index(stage), view.problem)
        return view

    def _keep(self, key: Key, view: ViewText) -> None:
        self._kept[key] = view
        self._n_bytes += len(view.text)
        while self._n_bytes > MAX_BYTES:
            _, oldest = self._kept.popitem(last=False)
            self._n_bytes -= len(oldest.text)


def _content_of(key: Key) -> tuple[str, str, str, str]:
    file, kernel, content_hash, _, target = key
    return file, kernel, content_hash, target


def _view_text(outcome: Outcome) -> ViewText:
    match outcome:
        case Done(value):
            return ViewText(value["text"], value.get("target", ""))
        case Failed() | TimedOut() | Crashed() | Cancelled():
            return ViewText(problem=outcome.reason)
