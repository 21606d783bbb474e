"""Document sync: open, change, close, save, and files changed outside the editor.

Assumes: notifications arrive in order.
Guarantees: ``did_change`` only splices bytes and queues the change for the analysis thread; virtual documents never
reach the compiler.

Example: after ``did_change(session, params)`` every later request sees the new text.
"""

from __future__ import annotations

from lsprotocol import types

from oxide_lsp.documents import Document, TextEdit, to_utf8
from oxide_lsp.features.virtual_document import SCHEME
from oxide_lsp.from_proto import path_of
from oxide_lsp.handlers import diagnostics
from oxide_lsp.session import Session


def did_open(session: Session, params: types.DidOpenTextDocumentParams) -> None:
    """A document was opened."""
    item = params.text_document
    if item.uri.startswith(SCHEME + ":"):
        session.open_views.add(item.uri)
    elif item.language_id == "rust" or item.uri.endswith(".rs"):
        path = path_of(item.uri)
        session.put(Document(item.uri, path, item.language_id, item.version, to_utf8(item.text)))
        diagnostics.push_soon(session, path)


def did_change(session: Session, params: types.DidChangeTextDocumentParams) -> None:
    """A document was edited, in one or more places."""
    document = session.documents.get(path_of(params.text_document.uri))
    if document is None:
        return
    at = 0
    for change in params.content_changes:
        edit = _edit(document, change, session)
        document.replace(edit)
        at = edit.start
    document.version = params.text_document.version
    session.put(document)
    diagnostics.push_soon(session, document.path)
    session.views.refresh_soon(document.path, at)


def _edit(document: Document, change: types.TextDocumentContentChangeEvent, session: Session) -> TextEdit:
    if isinstance(change, types.TextDocumentContentChangePartial):
        start, end = change.range.start, change.range.end
        encoding = session.client.encoding
        return document.edit_of((start.line, start.character), (end.line, end.character), change.text, encoding)
    return TextEdit(0, len(document.index.text), to_utf8(change.text))


def did_close(session: Session, params: types.DidCloseTextDocumentParams) -> None:
    """A document was closed: the disk's text counts again."""
    uri = params.text_document.uri
    session.open_views.discard(uri)
    path = path_of(uri)
    if path in session.documents:
        diagnostics.clear(session, path)
        session.forget(path)


async def did_save(session: Session, params: types.DidSaveTextDocumentParams) -> None:
    """Nothing is computed on save that was not computed while typing."""


async def did_change_watched_files(session: Session, params: types.DidChangeWatchedFilesParams) -> None:
    """Files changed outside the editor."""
    for change in params.changes:
        session.changed_on_disk(path_of(change.uri))
    session.kernel_files.forget()
    session.connection.refresh("diagnostics")
    for path in list(session.documents):
        diagnostics.push_soon(session, path)
