"""The wire: pygls with document sync of our own, and what the server says without being asked.

Assumes: one client on one connection; methods are called on the event loop.
Guarantees: document changes are applied in the order they came, before anything asked after them; every request the
server makes of the client is made only if the client can answer it, and a client that never answers holds nothing up.

Example:
``async with connection.progress("Running saxpy", on_cancel=task.cancel) as progress: progress.report("launch", 50)``.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import Callable, Generator
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from lsprotocol import types
from pygls.protocol import LanguageServerProtocol, lsp_method

if TYPE_CHECKING:
    from oxide_lsp.from_proto import Client
    from oxide_lsp.server import OxideServer

log = logging.getLogger("oxide_lsp")

_REFRESH_METHODS = {
    "codeLens": types.WORKSPACE_CODE_LENS_REFRESH,
    "diagnostics": types.WORKSPACE_DIAGNOSTIC_REFRESH,
    "inlayHint": types.WORKSPACE_INLAY_HINT_REFRESH,
    "semanticTokens": types.WORKSPACE_SEMANTIC_TOKENS_REFRESH,
}


class OxideProtocol(LanguageServerProtocol):
    """pygls' protocol, with documents, commands and capabilities of our own."""

    _server: OxideServer

    @lsp_method(types.INITIALIZE)
    def lsp_initialize(self, params: types.InitializeParams) -> Generator[Any, Any, types.InitializeResult]:
        """Open the session, then let pygls derive the capabilities from the registration table."""
        self._server.open_session(params)
        result = yield from super().lsp_initialize(params)
        self._server.adjust_capabilities(result.capabilities)
        return result

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        """Document sync is the session's: pygls splits lines at more than LSP's line breaks."""
        self._server.sync.did_open(self._server.session, params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        self._server.sync.did_change(self._server.session, params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        self._server.sync.did_close(self._server.session, params)

    @lsp_method(types.WORKSPACE_EXECUTE_COMMAND)
    async def lsp_workspace__execute_command(self, params: types.ExecuteCommandParams) -> Any:  # type: ignore[override]
        """Commands take their arguments as they come and check them themselves."""
        return await self._server.execute_command(params)


class Progress:
    """One work-done progress in the client, if it shows such things."""

    def __init__(self, connection: Connection, title: str, on_cancel: Callable[[], object]) -> None:
        self._connection = connection
        self._title = title
        self._on_cancel = on_cancel
        self._token = f"oxide-{next(_progress_numbers)}"
        self.is_cancelled = False

    async def __aenter__(self) -> Self:
        if self._connection.client.takes_progress:
            server = self._connection.server
            create = types.WorkDoneProgressCreateParams(self._token)
            self._connection.ask(types.WINDOW_WORK_DONE_PROGRESS_CREATE, create)
            begin = types.WorkDoneProgressBegin(title=self._title, cancellable=True, percentage=0)
            server.work_done_progress.begin(self._token, begin)
            server.work_done_progress.tokens[self._token].add_done_callback(self._settled)
        return self

    def report(self, message: str, percentage: int | None = None) -> None:
        """Show how far it is."""
        if self._connection.client.takes_progress:
            value = types.WorkDoneProgressReport(message=message, percentage=percentage, cancellable=True)
            self._connection.server.work_done_progress.report(self._token, value)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        if self._connection.client.takes_progress:
            progress = self._connection.server.work_done_progress
            progress.tokens.pop(self._token, None)
            progress.end(self._token, types.WorkDoneProgressEnd())

    def _settled(self, future: Any) -> None:
        if future.cancelled():
            self.is_cancelled = True
            self._on_cancel()


_progress_numbers = itertools.count(1)


class Connection:
    """What the server can ask of, or tell, the client."""

    def __init__(self, server: OxideServer, client: Client) -> None:
        self.server = server
        self.client = client

    def progress(self, title: str, on_cancel: Callable[[], object]) -> Progress:
        """A progress to enter; ``on_cancel`` is called when the user presses cancel."""
        return Progress(self, title, on_cancel)

    def refresh(self, what: str) -> None:
        """Make the client ask again for lenses, diagnostics, hints or tokens, if it can."""
        if what in self.client.refreshes:
            self.ask(_REFRESH_METHODS[what], None)

    def notify(self, method: str, params: Any) -> None:
        """Send a notification."""
        self.server.protocol.notify(method, params)

    def ask(self, method: str, params: Any) -> asyncio.Future[Any]:
        """Send a request; the caller may await the answer or leave it: a refusal is logged."""
        future: asyncio.Future[Any] = self.server.protocol.send_request_async(method, params)
        future.add_done_callback(_note_refusal)
        return future

    def log(self, message: str, kind: types.MessageType = types.MessageType.Info) -> None:
        """Write to the client's output channel."""
        self.server.window_log_message(types.LogMessageParams(kind, message))

    def show(self, message: str, kind: types.MessageType = types.MessageType.Info) -> None:
        """Tell the user."""
        self.server.window_show_message(types.ShowMessageParams(kind, message))


def _note_refusal(future: asyncio.Future[Any]) -> None:
    if not future.cancelled() and (error := future.exception()) is not None:
        log.info("the client refused a request: %s", error)
