"""A real client over a real pipe, and the capability sets of the two editors."""

from __future__ import annotations

import asyncio
import contextlib
import os
import pathlib
import sys
from collections.abc import AsyncIterator
from typing import Any

from lsprotocol import types

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from pytest_lsp import LanguageClient, make_test_lsp_client  # noqa: E402

TOY_SERVER = (sys.executable, "-m", "tests.lsp.toy_server")


class Editor:
    """One running server and the client that talks to it."""

    def __init__(self, client: LanguageClient) -> None:
        self.client = client
        self.versions: dict[str, int] = {}
        self.refreshed: list[str] = []
        self.answered: list[str] = []
        self.registered: list[str] = []
        self.notified: list[tuple[str, Any]] = []
        self.server: types.InitializeResult

    def open(self, uri: str, text: str, language: str = "rust") -> str:
        self.versions[uri] = 1
        item = types.TextDocumentItem(uri, language, 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return uri

    def edit(self, uri: str, *changes: types.TextDocumentContentChangeEvent) -> None:
        self.versions[uri] += 1
        document = types.VersionedTextDocumentIdentifier(self.versions[uri], uri)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, list(changes)))

    def replace(self, uri: str, text: str) -> None:
        self.edit(uri, types.TextDocumentContentChangeWholeDocument(text))

    async def pull_once(self, uri: str, previous: str | None = None) -> types.DocumentDiagnosticReport:
        document = types.TextDocumentIdentifier(uri)
        params = types.DocumentDiagnosticParams(document, previous_result_id=previous)
        return await self.client.text_document_diagnostic_async(params)

    async def pull(self, uri: str, previous: str | None = None) -> types.DocumentDiagnosticReport:
        """The whole report: asks again when told to, as long as the answer is an early one."""
        while True:
            n_asked = self.client.diagnostic_refresh_count
            found = await self.pull_once(uri, previous)
            if not (found.result_id or "").startswith("early-"):
                return found
            while self.client.diagnostic_refresh_count == n_asked:
                await asyncio.sleep(0.01)

    async def hover(self, uri: str, line: int, character: int) -> str:
        at = types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(line, character))
        found = await self.client.text_document_hover_async(at)
        return found.contents.value if found is not None else ""

    async def lenses(self, uri: str) -> list[types.CodeLens]:
        found = await self.client.text_document_code_lens_async(types.CodeLensParams(types.TextDocumentIdentifier(uri)))
        return [await self.client.code_lens_resolve_async(lens) for lens in found or []]

    async def actions(self, uri: str, where: types.Range, only: list[str] | None = None) -> list[types.CodeAction]:
        context = types.CodeActionContext(diagnostics=[], only=only)
        params = types.CodeActionParams(types.TextDocumentIdentifier(uri), where, context)
        return await self.client.text_document_code_action_async(params) or []

    async def configured(self) -> None:
        """Wait until the server has pulled the settings."""
        while "workspace/configuration" not in self.answered:
            await asyncio.sleep(0.01)
        await self.command("oxide.showStatus")

    async def command(self, name: str, *arguments: Any) -> Any:
        params = types.ExecuteCommandParams(name, list(arguments))
        return plain(await self.client.workspace_execute_command_async(params))


def plain(value: Any) -> Any:
    """JSON objects as dictionaries again: pygls reads them as named tuples."""
    if hasattr(value, "_asdict"):
        return {key: plain(item) for key, item in value._asdict().items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def ranged(start: tuple[int, int], end: tuple[int, int], text: str) -> types.TextDocumentContentChangePartial:
    return types.TextDocumentContentChangePartial(types.Range(types.Position(*start), types.Position(*end)), text)


def applied(text: str, edit: types.WorkspaceEdit, uri: str) -> str:
    """The text after the edits of one document; positions in UTF-16."""
    if edit.document_changes is not None:
        edits = [e for change in edit.document_changes if change.text_document.uri == uri for e in change.edits]
    else:
        edits = list((edit.changes or {}).get(uri, ()))
    lines = text.split("\n")

    def offset(at: types.Position) -> int:
        before = lines[at.line].encode("utf-16-le")[: 2 * at.character].decode("utf-16-le")
        return sum(len(line) + 1 for line in lines[: at.line]) + len(before)

    for each in sorted(edits, key=lambda e: (e.range.start.line, e.range.start.character), reverse=True):
        text = text[: offset(each.range.start)] + each.new_text + text[offset(each.range.end) :]
    return text


def push_only(encoding: str = "utf-16") -> types.ClientCapabilities:
    """A plain client: no pull, no dynamic registration, no refresh."""
    general = types.GeneralClientCapabilities(position_encodings=[encoding])
    return types.ClientCapabilities(text_document=types.TextDocumentClientCapabilities(), general=general)


def everything(encoding: str = "utf-16") -> types.ClientCapabilities:
    """What VS Code and Neovim can do between them, as far as this server cares."""
    refresh = {"refresh_support": True}
    return types.ClientCapabilities(
        general=types.GeneralClientCapabilities(position_encodings=[encoding, "utf-16"]),
        text_document=types.TextDocumentClientCapabilities(
            diagnostic=types.DiagnosticClientCapabilities(dynamic_registration=True, related_document_support=True),
            code_lens=types.CodeLensClientCapabilities(),
        ),
        window=types.WindowClientCapabilities(
            work_done_progress=True, show_document=types.ShowDocumentClientCapabilities(True)
        ),
        workspace=types.WorkspaceClientCapabilities(
            configuration=True,
            workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True),
            code_lens=types.CodeLensWorkspaceClientCapabilities(**refresh),
            diagnostics=types.DiagnosticWorkspaceClientCapabilities(**refresh),
            inlay_hint=types.InlayHintWorkspaceClientCapabilities(**refresh),
            semantic_tokens=types.SemanticTokensWorkspaceClientCapabilities(**refresh),
            did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
            did_change_configuration=types.DidChangeConfigurationClientCapabilities(dynamic_registration=True),
        ),
    )


@contextlib.asynccontextmanager
async def editor(
    capabilities: types.ClientCapabilities | None = None,
    options: Any = None,
    settings: dict[str, Any] | None = None,
    command: tuple[str, ...] = TOY_SERVER,
    folder: str | None = None,
) -> AsyncIterator[Editor]:
    """A server started, initialized, used and shut down."""
    client = make_test_lsp_client()
    session = Editor(client)
    _answer_requests(session)
    if settings is not None:
        client.set_configuration(settings, section="oxide")
    await client.start_io(*command, cwd=str(ROOT), env={**os.environ, "PYTHONPATH": str(ROOT)})
    folders = [types.WorkspaceFolder(pathlib.Path(folder).as_uri(), "w")] if folder else None
    params = types.InitializeParams(
        capabilities or everything(), initialization_options=options, workspace_folders=folders, process_id=os.getpid()
    )
    session.server = await asyncio.wait_for(client.initialize_session(params), 20)
    try:
        yield session
    finally:
        await asyncio.wait_for(client.shutdown_session(), 10)
        await asyncio.wait_for(client.stop(), 10)


def _answer_requests(session: Editor) -> None:
    client = session.client
    for what in ("codeLens", "diagnostic", "inlayHint", "semanticTokens"):
        method = f"workspace/{what}/refresh"
        if method not in client.protocol.fm.features:
            client.feature(method)(lambda _params, what=what: session.refreshed.append(what))

    @client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def _register(params: types.RegistrationParams) -> None:
        session.registered += [registration.method for registration in params.registrations]

    settings = client.protocol.fm.features.pop(types.WORKSPACE_CONFIGURATION)

    @client.feature(types.WORKSPACE_CONFIGURATION)
    def _configuration(params: types.ConfigurationParams) -> Any:
        session.answered.append(types.WORKSPACE_CONFIGURATION)
        return settings(params)

    for method in ("oxide/status", "oxide/contentChanged"):
        client.feature(method)(lambda params, method=method: session.notified.append((method, plain(params))))
