"""From LSP's shapes to ours: URIs to paths, positions to byte offsets, capabilities to plain facts.

Assumes: lsprotocol has checked the shapes.
Guarantees: total; what a client does not say reads as "cannot".

>>> path_of("file:///a%20b/k.rs"), path_of("untitled:Untitled-1")
('/a b/k.rs', 'untitled:Untitled-1')
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lsprotocol import types
from pygls.uris import to_fs_path

from oxide_lsp.documents import Encoding, LineIndex


def path_of(uri: str) -> str:
    """The path the compiler knows a document by; the URI itself where it is not a file."""
    if not uri.startswith("file:"):
        return uri
    return to_fs_path(uri) or uri


def offset_of(position: types.Position, index: LineIndex, encoding: Encoding) -> int:
    """Byte offset of a position."""
    return index.offset(position.line, position.character, encoding)


@dataclass(frozen=True, slots=True)
class Client:
    """What the server needs to know of a client."""

    encoding: Encoding = Encoding.UTF16
    pulls_diagnostics: bool = False
    takes_related_diagnostics: bool = False
    takes_progress: bool = False
    takes_configuration: bool = False
    takes_content: bool = False  # workspace/textDocumentContent
    takes_document_changes: bool = False  # edits with document versions
    shows_documents: bool = False
    registers_watchers: bool = False
    registers_configuration: bool = False
    refreshes: frozenset[str] = frozenset()  # of: codeLens, diagnostics, inlayHint, semanticTokens
    has_rust_analyzer: bool = False
    is_trusted: bool = True  # may run what is in the workspace

    @classmethod
    def of(cls, params: types.InitializeParams) -> Client:
        """Read the capabilities of an ``initialize`` request."""
        capabilities = params.capabilities
        pull = _at(capabilities, "text_document", "diagnostic")
        options = params.initialization_options
        refreshes = {
            name for name, field in _REFRESHABLE.items() if _at(capabilities, "workspace", field, "refresh_support")
        }
        return cls(
            encoding=_encoding(capabilities),
            pulls_diagnostics=pull is not None,
            takes_related_diagnostics=bool(pull is not None and pull.related_document_support),
            takes_progress=bool(_at(capabilities, "window", "work_done_progress")),
            takes_configuration=bool(_at(capabilities, "workspace", "configuration")),
            takes_content=_at(capabilities, "workspace", "text_document_content") is not None,
            takes_document_changes=bool(_at(capabilities, "workspace", "workspace_edit", "document_changes")),
            shows_documents=bool(_at(capabilities, "window", "show_document", "support")),
            registers_watchers=bool(_at(capabilities, "workspace", "did_change_watched_files", "dynamic_registration")),
            registers_configuration=bool(
                _at(capabilities, "workspace", "did_change_configuration", "dynamic_registration")
            ),
            refreshes=frozenset(refreshes),
            is_trusted=not (isinstance(options, dict) and options.get("isTrusted") is False),
            has_rust_analyzer=isinstance(options, dict) and bool(options.get("rustAnalyzer")),
        )


_REFRESHABLE = {
    "codeLens": "code_lens",
    "diagnostics": "diagnostics",
    "inlayHint": "inlay_hint",
    "semanticTokens": "semantic_tokens",
}


def _encoding(capabilities: types.ClientCapabilities) -> Encoding:
    """The client's first choice among what we speak."""
    for offered in _at(capabilities, "general", "position_encodings") or ():
        for encoding in Encoding:
            if offered == encoding.value:
                return encoding
    return Encoding.UTF16


def _at(value: Any, *names: str) -> Any:
    for name in names:
        if value is None:
            return None
        value = getattr(value, name, None)
    return value
