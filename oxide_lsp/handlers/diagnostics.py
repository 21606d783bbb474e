"""Diagnostics, pulled by clients that can pull, pushed to those that cannot, never both.

Assumes: an analysis of a file says in ``related_files`` which others may change with it.
Guarantees: an answer names the version it is of; a pull whose answer has not changed says so in a few bytes; a push
is dropped when the document has moved on.

Example: ``await document_diagnostic(session, DocumentDiagnosticParams(...))`` is a full or an "unchanged" report.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from typing import Any

from lsprotocol import types

from compiler.replayed import is_replayable
from compiler.semantics.api import Analysis, Diagnostic
from oxide_lsp import to_proto
from oxide_lsp.documents import LineIndex
from oxide_lsp.features import rendering
from oxide_lsp.features.findings import findings
from oxide_lsp.from_proto import path_of
from oxide_lsp.schedule import Lane
from oxide_lsp.session import Session

Report = list[types.Diagnostic]
_WORKSPACE_POLL_S = 1.0
_EARLY_AFTER_S = 0.1


async def document_diagnostic(
    session: Session, params: types.DocumentDiagnosticParams
) -> types.DocumentDiagnosticReport:
    """``textDocument/diagnostic``. Where the whole answer takes long, what is known by then, of a client that can be
    made to ask again.
    """
    path = path_of(params.text_document.uri)
    _stop_pull(session, path)
    if "diagnostics" not in session.client.refreshes:
        found, is_early = await of_file(session, path), False
    else:
        early, complete = await _begun(session, path)
        is_early = early is not None
        found = early if early is not None else await complete or []
        if is_early:
            session.pulls[path] = asyncio.create_task(_ask_again(session, complete))
    result_id = ("early-" if is_early else "") + _result_id(found)
    if result_id == params.previous_result_id:
        return types.RelatedUnchangedDocumentDiagnosticReport(result_id)
    return types.RelatedFullDocumentDiagnosticReport(items=found, result_id=result_id)


async def workspace_diagnostic(
    session: Session, params: types.WorkspaceDiagnosticParams
) -> types.WorkspaceDiagnosticReport:
    """``workspace/diagnostic``: every kernel file of the workspace. Held open while there is nothing new to say."""
    previous = {path_of(item.uri): item.value for item in params.previous_result_ids}
    while True:
        paths = {*await session.kernel_files.paths(), *session.documents, *previous}
        items: list[types.WorkspaceDocumentDiagnosticReport] = []
        for path in sorted(paths):
            found = await of_file(session, path)
            result_id = _result_id(found)
            if previous.get(path, _NOTHING) != result_id:
                version = session.documents[path].version if path in session.documents else None
                items.append(
                    types.WorkspaceFullDocumentDiagnosticReport(
                        session.uri_of(path), found, version, result_id=result_id
                    )
                )
        if items or not previous:
            return types.WorkspaceDiagnosticReport(items)
        await asyncio.sleep(_WORKSPACE_POLL_S)


async def of_file(session: Session, path: str) -> Report:
    """Everything to say of a file; nothing for one that neither holds nor belongs to kernels."""
    return await _of_kernel_file(session, path) or []


async def _of_kernel_file(session: Session, path: str) -> Report | None:
    """Everything to say of a file, None for one that neither holds nor belongs to kernels."""
    if not session.config["diagnostics.enable"]:
        return []

    def work(analysis: Analysis, index: LineIndex) -> Report:
        return _report(session, path, analysis, index, analysis.diagnostics(path).diagnostics)

    report = await session.of_kernels(path, Lane.WORKER, work)
    session.is_analysed.set()
    session.replays.start(path)
    return report


async def _early(session: Session, path: str) -> tuple[Report, bool] | None:
    """What can be said of a file soon, and whether it is everything."""

    def work(analysis: Analysis, index: LineIndex) -> tuple[Report, bool]:
        found, is_all = analysis.early_diagnostics(path)
        return _report(session, path, analysis, index, found.diagnostics), is_all

    return await session.of_kernels(path, Lane.WORKER, work) if session.config["diagnostics.enable"] else None


async def _begun(session: Session, path: str) -> tuple[Report | None, asyncio.Future[Report | None]]:
    """The whole report of a file on its way; and what is known without it, if it is not there soon after that."""
    early = await _early(session, path)
    complete = asyncio.ensure_future(_of_kernel_file(session, path))
    is_all = early is None or early[1]
    try:
        await asyncio.wait({complete}, timeout=None if is_all else _EARLY_AFTER_S)
    except asyncio.CancelledError:
        complete.cancel()
        raise
    return None if early is None or complete.done() else early[0], complete


async def _ask_again(session: Session, complete: asyncio.Future[Report | None]) -> None:
    """Have the client ask for the whole report, once it is there."""
    await complete
    session.connection.refresh("diagnostics")


def _report(
    session: Session, path: str, analysis: Analysis, index: LineIndex, diagnostics: tuple[Diagnostic, ...]
) -> Report:
    """Diagnostics as the client takes them, with what runs found."""
    found = list(diagnostics)
    if any(map(is_replayable, found)):
        found = session.replays.settled(path, found, analysis.kernels(path))
    found = session.config.found_in(analysis, path, found)
    texts = rendering.rendered(found, lambda file: session.index_of(file).text)
    encoding = session.client.encoding
    faulty = any(key[0] == path and record.fault_line is not None for key, record in session.records.items())
    faults = findings(session.records, analysis.kernels(path)) if faulty else ()
    return [
        to_proto.diagnostic(each, path, encoding, session.index_of, text, rendering.explain_uri(each.code))
        for each, text in zip(found, texts, strict=True)
    ] + [to_proto.finding(fault, index, encoding) for fault in faults]


def ran(session: Session, path: str) -> None:
    """A run ended: what it found is to be shown, or what an earlier one found to go."""
    session.connection.refresh("diagnostics")
    push_soon(session, path)


def push_soon(session: Session, path: str) -> None:
    """After an edit, for clients that do not pull: publish when the analysis is done, for the newest text only."""
    if session.client.pulls_diagnostics:
        return
    old = session.pushes.get(path)
    if old is not None:
        old.cancel()
    session.pushes[path] = asyncio.create_task(_push(session, path))


def clear(session: Session, path: str) -> None:
    """Take a closed document's diagnostics away."""
    push = session.pushes.pop(path, None)
    if push is not None:
        push.cancel()
        _publish(session, path, None, None)
    _stop_pull(session, path)


def _stop_pull(session: Session, path: str) -> None:
    under_way = session.pulls.pop(path, None)
    if under_way is not None:
        under_way.cancel()


async def _push(session: Session, path: str) -> None:
    document = session.documents.get(path)
    if document is None:
        return
    version = document.version
    _publish(session, path, await _complete(session, path, version), version)
    for other in await _related_open_files(session, path):
        _publish(session, other, await _of_kernel_file(session, other), session.documents[other].version)


async def _complete(session: Session, path: str, version: int) -> Report | None:
    """The whole report of a file that is shown anyhow. Where it takes long, what is known by then is published first,
    if that changes what the client shows: a mistake corrected must not stay underlined until every kernel is analysed.
    """
    shown = session.published.get(path)
    early, complete = await _begun(session, path)
    try:
        if early is not None and early != (shown or []):
            _publish(session, path, early, version)
        return await complete
    finally:
        complete.cancel()


async def _related_open_files(session: Session, path: str) -> list[str]:
    related = await session.of_kernels(path, Lane.WORKER, lambda analysis, _index: analysis.related_files(path))
    return [file for file in related or () if file != path and file in session.documents]


def _publish(session: Session, path: str, found: Report | None, version: int | None) -> None:
    """Send; of a file without kernels only that nothing is left of what was said."""
    if found is None and path not in session.published:
        return
    if found is None:
        session.published.pop(path, None)
    else:
        session.published[path] = found
    found = found or []
    params = types.PublishDiagnosticsParams(uri=session.uri_of(path), diagnostics=found, version=version)
    session.connection.notify(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, params)


def _result_id(found: Report) -> str:
    """Equal for equal reports."""
    text = json.dumps([_facts(each) for each in found], sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()


def _facts(found: types.Diagnostic) -> list[Any]:
    start, end = found.range.start, found.range.end
    rendered = found.data.get("rendered", "") if isinstance(found.data, dict) else ""
    return [start.line, start.character, end.line, end.character, found.message, found.code, found.severity, rendered]


_NOTHING = _result_id([])
