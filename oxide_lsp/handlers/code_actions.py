"""``textDocument/codeAction``: the fixes that diagnostics suggest, and all sure ones at once.

Assumes: positions are of the text the client last sent.
Guarantees: an action's edit names the version of each open document it changes, so a client never applies it to another
text; a client that cannot take versions gets plain changes.

Example: on the line of E0384, the action "make this binding mutable" inserts ``mut ``.
"""

from __future__ import annotations

from lsprotocol import types

from compiler.semantics.api import Analysis, Diagnostic, Span
from oxide_lsp import to_proto
from oxide_lsp.documents import LineIndex
from oxide_lsp.features import quick_fixes, rendering
from oxide_lsp.from_proto import offset_of, path_of
from oxide_lsp.schedule import Lane
from oxide_lsp.session import Session

FIX_ALL = "source.fixAll.oxide"
KINDS = (types.CodeActionKind.QuickFix.value, FIX_ALL)


async def code_action(session: Session, params: types.CodeActionParams) -> list[types.CodeAction] | None:
    """``textDocument/codeAction``."""
    if not session.config["diagnostics.enable"]:
        return None
    path = path_of(params.text_document.uri)
    encoding = session.client.encoding
    wanted = params.context.only

    def work(analysis: Analysis, index: LineIndex) -> list[types.CodeAction]:
        span = Span(offset_of(params.range.start, index, encoding), offset_of(params.range.end, index, encoding))
        found = session.config.found_in(analysis, path, analysis.diagnostics(path).diagnostics)
        actions = []
        if _is_wanted(types.CodeActionKind.QuickFix.value, wanted):
            for fix in quick_fixes.fixes(found, path, span):
                actions.append(_action(session, fix, path, found[fix.index]))
        whole = quick_fixes.all_sure(found, path) if wanted and _is_wanted(FIX_ALL, wanted) else None
        if whole is not None:
            actions.append(types.CodeAction(whole.title, FIX_ALL, edit=_edit(session, whole)))
        return actions

    return await session.of_kernels(path, Lane.LATENCY, work)


def _is_wanted(kind: str, only: object) -> bool:
    """LSP: a kind asked for covers the kinds below it; nothing asked for is everything."""
    if not only:
        return True
    names = [str(getattr(each, "value", each)) for each in only]  # type: ignore[attr-defined]
    return any(not name or kind == name or kind.startswith(name + ".") for name in names)


def _action(session: Session, fix: quick_fixes.Fix, path: str, diagnostic: Diagnostic) -> types.CodeAction:
    shown = to_proto.diagnostic(
        diagnostic, path, session.client.encoding, session.index_of, "", rendering.explain_uri(diagnostic.code)
    )
    return types.CodeAction(
        title=fix.title[:1].upper() + fix.title[1:],
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[shown],
        is_preferred=True if fix.is_sure else None,
        edit=_edit(session, fix),
    )


def _edit(session: Session, fix: quick_fixes.Fix) -> types.WorkspaceEdit:
    by_file: dict[str, list[types.TextEdit]] = {}
    for each in fix.edits:
        file = each.file or ""
        where = to_proto.range_of(each.span, session.index_of(file), session.client.encoding)
        by_file.setdefault(file, []).append(types.TextEdit(where, each.text))
    if not session.client.takes_document_changes:
        return types.WorkspaceEdit(changes={session.uri_of(file): edits for file, edits in by_file.items()})
    changes: list[types.TextDocumentEdit] = []
    for file, edits in by_file.items():
        document = session.documents.get(file)
        version = document.version if document is not None else None
        identifier = types.OptionalVersionedTextDocumentIdentifier(session.uri_of(file), version)
        changes.append(types.TextDocumentEdit(identifier, list(edits)))
    return types.WorkspaceEdit(document_changes=list(changes))
