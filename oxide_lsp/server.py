"""The server: one table of what it answers, and the process that answers it.

Assumes: standard input and output are the client's.
Guarantees: a method is answered if and only if it is in a table below; whatever prints to standard output goes to
standard error instead, so the stream carries protocol only.

Example: ``python -m oxide_lsp`` (or ``oxide-lsp``, or ``oxide lsp``) serves on stdio.
"""

from __future__ import annotations

import argparse
import logging
import os
import pathlib
import subprocess
import sys
from collections.abc import Awaitable, Callable
from importlib import metadata
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer

from compiler.semantics.api import AnalysisHost
from oxide_lsp.analysis_process.remote import RemoteHost
from oxide_lsp.connection import Connection, OxideProtocol
from oxide_lsp.features import semantic_tokens as token_encoding
from oxide_lsp.features.virtual_document import SCHEME
from oxide_lsp.from_proto import Client, path_of
from oxide_lsp.handlers import (
    code_actions,
    code_lens,
    commands,
    content,
    diagnostics,
    document_symbols,
    hover,
    inlay_hints,
    lifecycle,
    semantic_tokens,
    sync,
)
from oxide_lsp.session import Session

Handler = Callable[[Session, Any], Awaitable[Any]]

# method -> (handler, options)
TABLE: dict[str, tuple[Handler, Any]] = {
    types.INITIALIZED: (lifecycle.initialized, None),
    types.SHUTDOWN: (lifecycle.shutdown, None),
    types.TEXT_DOCUMENT_DID_SAVE: (sync.did_save, None),
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: (sync.did_change_watched_files, None),
    types.WORKSPACE_DID_CHANGE_CONFIGURATION: (lifecycle.did_change_configuration, None),
    types.TEXT_DOCUMENT_DIAGNOSTIC: (
        diagnostics.document_diagnostic,
        types.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=True, identifier="oxide"),
    ),
    types.WORKSPACE_DIAGNOSTIC: (diagnostics.workspace_diagnostic, None),
    types.TEXT_DOCUMENT_HOVER: (hover.hover, None),
    types.TEXT_DOCUMENT_CODE_ACTION: (code_actions.code_action, types.CodeActionOptions(list(code_actions.KINDS))),
    types.TEXT_DOCUMENT_CODE_LENS: (code_lens.code_lens, None),
    types.CODE_LENS_RESOLVE: (code_lens.resolve, None),
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: (document_symbols.document_symbols, None),
    types.TEXT_DOCUMENT_INLAY_HINT: (inlay_hints.inlay_hints, None),
    types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL: (
        semantic_tokens.full,
        types.SemanticTokensLegend(list(token_encoding.TYPES), list(token_encoding.MODIFIERS)),
    ),
    types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL_DELTA: (semantic_tokens.delta, None),
    types.TEXT_DOCUMENT_SEMANTIC_TOKENS_RANGE: (semantic_tokens.range_, None),
    types.WORKSPACE_TEXT_DOCUMENT_CONTENT: (content.text_document_content, None),
    "oxide/content": (content.oxide_content, None),
}

COMMANDS: dict[str, Handler] = {
    "oxide.runKernel": commands.run_kernel,
    "oxide.benchKernel": commands.bench_kernel,
    "oxide.checkKernel": commands.check_kernel,
    "oxide.viewStage": commands.view_stage,
    "oxide.restartWorkers": commands.restart_workers,
    "oxide.showStatus": commands.show_status,
}


class OxideServer(LanguageServer):
    """pygls' server with a session."""

    sync = sync

    def __init__(self, make_host: Callable[[], AnalysisHost], jobs_module: str) -> None:
        super().__init__("oxide-lsp", _version(), protocol_cls=OxideProtocol)
        self._make_host = make_host
        self._jobs_module = jobs_module
        self._session: Session | None = None
        for method, (handler, options) in TABLE.items():
            self.feature(method, options)(self._bound(handler))

    @property
    def session(self) -> Session:
        """The session; there is one from ``initialize`` on."""
        if self._session is None:
            raise JsonRpcInvalidParams("the server has not been initialized")
        return self._session

    def open_session(self, params: types.InitializeParams) -> None:
        """Begin: the analysis thread starts importing the compiler while the handshake goes on."""
        client = Client.of(params)
        folders = [path_of(folder.uri) for folder in params.workspace_folders or []]
        if not folders and params.root_uri:
            folders = [path_of(params.root_uri)]
        self._session = Session(Connection(self, client), client, self._make_host, self._jobs_module, folders)
        lifecycle.configure(self._session, params.initialization_options)

    def adjust_capabilities(self, capabilities: types.ServerCapabilities) -> None:
        """What the table cannot say: it depends on the client, or pygls does not derive it."""
        client = self.session.client
        capabilities.position_encoding = types.PositionEncodingKind(client.encoding.value)
        capabilities.execute_command_provider = types.ExecuteCommandOptions(list(COMMANDS))
        if not client.pulls_diagnostics:
            capabilities.diagnostic_provider = None
        if client.takes_content and capabilities.workspace is not None:
            capabilities.workspace.text_document_content = types.TextDocumentContentOptions([SCHEME])
        capabilities.text_document_sync = types.TextDocumentSyncOptions(
            open_close=True, change=types.TextDocumentSyncKind.Incremental, save=types.SaveOptions(include_text=False)
        )

    async def execute_command(self, params: types.ExecuteCommandParams) -> Any:
        """Dispatch ``workspace/executeCommand``."""
        handler = COMMANDS.get(params.command)
        if handler is None:
            raise JsonRpcInvalidParams(f"there is no command {params.command!r}")
        return await handler(self.session, list(params.arguments or []))

    def _bound(self, handler: Handler) -> Callable[[Any], Awaitable[Any]]:
        async def handle(params: Any) -> Any:
            return await handler(self.session, params)

        return handle


def serve(make_host: Callable[[], AnalysisHost] = RemoteHost, jobs_module: str = "oxide_lsp.workers.jobs") -> None:
    """Serve one client on standard input and output, then return."""
    protocol_out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a stray print must not reach the protocol stream
    sys.stdout = sys.stderr
    sys.setswitchinterval(0.001)  # the event loop must not wait 5 ms for the analysis thread
    OxideServer(make_host, jobs_module).start_io(sys.stdin.buffer, protocol_out)


def neovim_plugin_path() -> pathlib.Path:
    """The folder to put on Neovim's ``runtimepath``."""
    return pathlib.Path(__file__).parent / "neovim"


def main(argv: list[str] | None = None, process: subprocess.Popen[bytes] | None = None) -> int:
    """What :mod:`oxide_lsp.launch` calls. ``process``: the analysis process, if it is started already."""
    parser = argparse.ArgumentParser(prog="oxide-lsp", description="Language server for GPU kernels in Rust.")
    parser.add_argument("--stdio", action="store_true", help="serve on standard input and output (the default)")
    parser.add_argument("--version", action="version", version=f"oxide-lsp {_version()}")
    parser.add_argument("--neovim-path", action="store_true", help="print the folder of the Neovim plugin and exit")
    parser.add_argument("--log-level", default="warning", choices=("debug", "info", "warning", "error"))
    parser.add_argument("--clientProcessId", help=argparse.SUPPRESS)
    args = parser.parse_args(argv)
    if args.neovim_path:
        print(neovim_plugin_path())
        return 0
    logging.basicConfig(stream=sys.stderr, level=args.log_level.upper(), format="%(levelname)s %(name)s: %(message)s")
    serve(lambda: RemoteHost(process))
    return 0


def _version() -> str:
    try:
        return metadata.version("oxide-kernels")
    except metadata.PackageNotFoundError:
        return "0.1.0"
