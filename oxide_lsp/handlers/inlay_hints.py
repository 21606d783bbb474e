"""``textDocument/inlayHint``: inferred types in kernels.

Assumes: hints of the analysis are inside the span asked for.
Guarantees: nothing where rust-analyzer shows the same hints already, or where the setting is off.

Example: ``let i = idx.get();`` shows ``: usize`` after ``i``.
"""

from __future__ import annotations

from lsprotocol import types

from compiler.semantics.api import Analysis, Span
from oxide_lsp import to_proto
from oxide_lsp.documents import LineIndex
from oxide_lsp.from_proto import offset_of, path_of
from oxide_lsp.schedule import Lane
from oxide_lsp.session import Session


async def inlay_hints(session: Session, params: types.InlayHintParams) -> list[types.InlayHint] | None:
    """``textDocument/inlayHint``."""
    if not (session.config["inlayHints.types.enable"] and session.is_generic_on):
        return None
    path = path_of(params.text_document.uri)
    encoding = session.client.encoding

    def work(analysis: Analysis, index: LineIndex) -> list[types.InlayHint]:
        span = Span(offset_of(params.range.start, index, encoding), offset_of(params.range.end, index, encoding))
        return [to_proto.inlay_hint(hint, index, encoding) for hint in analysis.inlay_hints(path, span)]

    return await session.of_kernels(path, Lane.LATENCY, work)
