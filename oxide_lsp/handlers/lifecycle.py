"""The beginning and the end of a session, and its configuration.

Assumes: ``initialized`` comes once, after the client has registered its handlers.
Guarantees: no request waits for the configuration or for a worker to start; a wrong setting is reported once and its
default used.

Example: after ``initialized`` the client is asked for ``oxide`` settings and to watch ``**/*.rs``, and the workers
are warmed.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from lsprotocol import types

from oxide_lsp.config import SECTION, Config
from oxide_lsp.features import status
from oxide_lsp.handlers import diagnostics
from oxide_lsp.session import Session
from oxide_lsp.workers.outcome import Done
from oxide_lsp.workers.pool import CODEGEN, RUNNER

_WATCHED = ("**/*.rs", "**/Cargo.toml")
_DEVICE_BUDGET_S = 30.0
_QUIET_START_S = 4.0


async def initialized(session: Session, params: types.InitializedParams) -> None:
    """The client is ready for requests of ours."""
    _register(session)
    await _pull_configuration(session)
    session.in_background(_prepare_workers(session))


async def shutdown(session: Session, params: None) -> None:
    """The client is about to go."""
    await session.close()


async def did_change_configuration(session: Session, params: types.DidChangeConfigurationParams) -> None:
    """Settings changed: pull them where the client can be asked, else read what it sent."""
    if session.client.takes_configuration:
        await _pull_configuration(session)
    else:
        configure(session, params.settings)
        _reconsider(session)


def configure(session: Session, sent: Any) -> None:
    """Take settings from what a client sent, in whichever form."""
    if isinstance(sent, dict) and isinstance(sent.get(SECTION), dict):
        sent = sent[SECTION]
    elif isinstance(sent, dict) and isinstance(sent.get("settings"), dict):
        sent = sent["settings"]
    session.config, problems = Config.parse(sent)
    for problem in problems:
        session.connection.log(problem, types.MessageType.Warning)


def _register(session: Session) -> None:
    registrations: list[types.Registration] = []
    if session.client.registers_watchers:
        watchers = [types.FileSystemWatcher(glob_pattern=pattern) for pattern in _WATCHED]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        registrations.append(types.Registration("oxide-watch", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options))
    if session.client.registers_configuration:
        section = {"section": SECTION}
        registrations.append(
            types.Registration("oxide-configuration", types.WORKSPACE_DID_CHANGE_CONFIGURATION, section)
        )
    if registrations:
        session.connection.ask(types.CLIENT_REGISTER_CAPABILITY, types.RegistrationParams(registrations))


async def _pull_configuration(session: Session) -> None:
    if not session.client.takes_configuration:
        return
    items = types.ConfigurationParams([types.ConfigurationItem(section=SECTION)])
    try:
        answer = await asyncio.wait_for(session.connection.ask(types.WORKSPACE_CONFIGURATION, items), 5.0)
    except Exception as error:
        session.connection.log(f"settings could not be read, defaults are used: {error}", types.MessageType.Warning)
        return
    if answer and answer[0] is not None:
        configure(session, answer[0])
        _reconsider(session)


def _reconsider(session: Session) -> None:
    """After a change of settings everything shown may differ."""
    for what in ("diagnostics", "codeLens", "inlayHint", "semanticTokens"):
        session.connection.refresh(what)
    for path in session.documents:
        diagnostics.push_soon(session, path)


async def _prepare_workers(session: Session) -> None:
    """Start the workers once the first file has been analysed: until then the processors have better to do."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(session.is_analysed.wait(), _QUIET_START_S)
    session.workers.warm(CODEGEN)
    for path in list(session.documents)[:1]:
        session.views.refresh_soon(path, 0)
    await _find_device(session)


async def _find_device(session: Session) -> None:
    """Ask the runner worker what there is to run on, and tell the client's status item."""
    outcome = await session.workers.submit(RUNNER, "device", lambda _process: {}, _DEVICE_BUDGET_S)
    if isinstance(outcome, Done):
        session.device = outcome.value
    summary = status.summary(session.device, session.config["target"])
    session.connection.notify("oxide/status", {"summary": summary, "device": session.device})
