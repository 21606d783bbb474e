"""The lowered forms of kernels, made in the codegen worker and kept by content.

Assumes: ``KernelSummary.content_hash`` names everything a kernel's code depends on.
Guarantees: a text is made once for a (kernel content, stage, target); a request that gives up waiting does not stop the work others
wait for; at most ``MAX_BYTES`` of text are kept, oldest use first out.

Example: ``text = await session.views.text(kernel, "ptx")`` is a :class:`ViewText`.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lsprotocol import types

from compiler.semantics.api import KernelSummary
from oxide_lsp.workers.outcome import Cancelled, Crashed, Done, Failed, Outcome, TimedOut
from oxide_lsp.workers.pool import CODEGEN

if TYPE_CHECKING:
    from oxide_lsp.session import Session

MAX_BYTES = 64 << 20
REFRESH_IDLE_S = 0.25
Key = tuple[str, str, str, str, str]  # file, kernel, content hash, stage, target


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
        self._refresh: asyncio.TimerHandle | None = None
        self._under_way: dict[Key, asyncio.Task[ViewText]] = {}

    async def text(self, kernel: KernelSummary, stage: str, target: str = "") -> ViewText:
        """A stage of a kernel. Raises nothing; a failure is a ``problem``."""
        target = target or self._session.config["target"]
        key = (kernel.file, kernel.name, kernel.content_hash, stage, target)
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

    def forget_all(self) -> None:
        """After workers were restarted: failures may not repeat."""
        self._kept.clear()
        self._n_bytes = 0

    def refresh_soon(self) -> None:
        """After an edit: once typing pauses, make the client ask again for the documents it shows."""
        if self._refresh is not None:
            self._refresh.cancel()
        if self._session.open_views:
            self._refresh = asyncio.get_running_loop().call_later(REFRESH_IDLE_S, self._refresh_now)

    def _refresh_now(self) -> None:
        session = self._session
        for uri in session.open_views:
            if session.client.takes_content:
                params = types.TextDocumentContentRefreshParams(uri)
                session.connection.ask(types.WORKSPACE_TEXT_DOCUMENT_CONTENT_REFRESH, params)
            else:
                session.connection.notify("oxide/contentChanged", {"uri": uri})

    def size(self) -> dict[str, int]:
        """For ``oxide.showStatus``."""
        return {"texts": len(self._kept), "bytes": self._n_bytes, "under_way": len(self._under_way)}

    async def _make(self, key: Key) -> ViewText:
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
        if isinstance(outcome, Done | Failed):
            self._keep(key, view)
        return view

    def _keep(self, key: Key, view: ViewText) -> None:
        self._kept[key] = view
        self._n_bytes += len(view.text)
        while self._n_bytes > MAX_BYTES:
            _, oldest = self._kept.popitem(last=False)
            self._n_bytes -= len(oldest.text)


def _view_text(outcome: Outcome) -> ViewText:
    match outcome:
        case Done(value):
            return ViewText(value["text"], value.get("target", ""))
        case Failed() | TimedOut() | Crashed() | Cancelled():
            return ViewText(problem=outcome.reason)
