"""From the compiler's plain data to LSP's shapes.

Assumes: spans are absolute in the text of the ``LineIndex`` given; labels in other files name theirs.
Guarantees: every position lies in its text, in the client's encoding; severities, tags and kinds that LSP lacks are
mapped to the nearest it has.

Example: ``diagnostic(d, index, encoding, uri, rendered, lookup)`` gives one ``lsprotocol.types.Diagnostic`` with its
related places, its tags, its explain page and the rustc-style text in ``data.rendered``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lsprotocol import types
from pygls.uris import from_fs_path

from compiler.semantics.api import Diagnostic, InlayHint, Label, Severity, Span, SymbolNode
from oxide_lsp.documents import Encoding, LineIndex
from oxide_lsp.features.findings import Finding

SOURCE = "oxide"
IndexOf = Callable[[str], LineIndex]

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
    Severity.HINT: types.DiagnosticSeverity.Hint,
}
_TAGS = {"unnecessary": types.DiagnosticTag.Unnecessary, "deprecated": types.DiagnosticTag.Deprecated}
_SYMBOL_KINDS = {
    "kernel": types.SymbolKind.Event,
    "function": types.SymbolKind.Function,
    "method": types.SymbolKind.Method,
    "struct": types.SymbolKind.Struct,
    "union": types.SymbolKind.Struct,
    "enum": types.SymbolKind.Enum,
    "variant": types.SymbolKind.EnumMember,
    "field": types.SymbolKind.Field,
    "trait": types.SymbolKind.Interface,
    "module": types.SymbolKind.Module,
    "const": types.SymbolKind.Constant,
    "static": types.SymbolKind.Variable,
    "type": types.SymbolKind.TypeParameter,
    "impl": types.SymbolKind.Object,
    "macro": types.SymbolKind.Function,
}
_RUSTC_CODE_PAGES = "https://doc.rust-lang.org/error_codes/{code}.html"


def uri_of(path: str) -> str:
    """The URI of a path; paths that are URIs already (untitled documents) stay."""
    return (from_fs_path(path) or path) if path.startswith("/") else path


def range_of(span: Span, index: LineIndex, encoding: Encoding) -> types.Range:
    """A range in the client's encoding."""
    start = index.position(span.start, encoding)
    end = index.position(max(span.start, span.end), encoding)
    return types.Range(types.Position(*start), types.Position(*end))


def diagnostic(
    found: Diagnostic, file: str, encoding: Encoding, index_of: IndexOf, rendered: str, explain_uri: str | None
) -> types.Diagnostic:
    """One diagnostic of a file, with everything a client can show of it."""
    return types.Diagnostic(
        range=range_of(found.primary.span, index_of(file), encoding),
        message=_message(found),
        severity=_SEVERITIES[found.severity],
        code=found.code,
        code_description=_code_description(found.code, explain_uri),
        source=SOURCE,
        tags=[_TAGS[tag] for tag in found.tags if tag in _TAGS] or None,
        related_information=_related(found, file, encoding, index_of) or None,
        data={"rendered": rendered},
    )


def finding(found: Finding, index: LineIndex, encoding: Encoding) -> types.Diagnostic:
    """A fault of a run, on the whole line without its indentation."""
    line_0 = min(found.line, len(index.starts)) - 1
    text = index.line(line_0)
    start = index.starts[line_0] + len(text) - len(text.lstrip())
    severity = types.DiagnosticSeverity.Hint if found.is_stale else types.DiagnosticSeverity.Error
    return types.Diagnostic(
        range=range_of(Span(start, index.starts[line_0] + len(text)), index, encoding),
        message=found.message,
        severity=severity,
        code="run",
        source=SOURCE,
        data={"rendered": found.message},
    )


def _message(found: Diagnostic) -> str:
    """The primary message, its label, and the notes that have no place of their own."""
    parts = [found.message]
    if found.primary.message and found.primary.message != found.message:
        parts[0] += f": {found.primary.message}"
    parts += [f"{child.kind}: {child.message}" for child in found.children if not child.labels]
    parts += [f"help: {suggestion.message}" for suggestion in found.suggestions]
    return "\n".join(parts)


def _related(
    found: Diagnostic, file: str, encoding: Encoding, index_of: IndexOf
) -> list[types.DiagnosticRelatedInformation]:
    def place(label: Label, fallback: str) -> types.DiagnosticRelatedInformation:
        where = label.file or file
        span = range_of(label.span, index_of(where), encoding)
        return types.DiagnosticRelatedInformation(types.Location(uri_of(where), span), label.message or fallback)

    related = [place(label, "here") for label in found.secondary]
    related += [place(label, child.message) for child in found.children for label in child.labels]
    return related


def _code_description(code: str, explain_uri: str | None) -> types.CodeDescription | None:
    if explain_uri is not None:
        return types.CodeDescription(explain_uri)
    if len(code) == 5 and code[0] == "E" and code[1:].isdigit():
        return types.CodeDescription(_RUSTC_CODE_PAGES.format(code=code))
    return None


def inlay_hint(hint: InlayHint, index: LineIndex, encoding: Encoding) -> types.InlayHint:
    """A hint behind (types) or before (parameters) its place."""
    is_type = hint.kind == "type"
    return types.InlayHint(
        position=types.Position(*index.position(hint.offset, encoding)),
        label=hint.label,
        kind=types.InlayHintKind.Type if is_type else types.InlayHintKind.Parameter,
        padding_left=is_type and not hint.label.startswith(":"),
        padding_right=not is_type,
    )


def document_symbols(nodes: Iterable[SymbolNode], index: LineIndex, encoding: Encoding) -> list[types.DocumentSymbol]:
    """The outline of a file. LSP wants the name's range inside the whole range."""
    return [
        types.DocumentSymbol(
            name=node.name or "_",
            detail=("kernel " + node.detail).strip() if node.kind == "kernel" else node.detail or None,
            kind=_SYMBOL_KINDS.get(node.kind, types.SymbolKind.Object),
            range=range_of(node.span.cover(node.name_span), index, encoding),
            selection_range=range_of(node.name_span, index, encoding),
            children=document_symbols(node.children, index, encoding) or None,
        )
        for node in nodes
    ]
