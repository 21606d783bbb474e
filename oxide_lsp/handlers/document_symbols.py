"""``textDocument/documentSymbol``: the outline, with kernels told apart.

Assumes: the analysis gives nodes in source order.
Guarantees: nothing where rust-analyzer gives the outline already.

Example: a file with one kernel answers ``[DocumentSymbol(name="saxpy", detail="kernel fn(...)", ...)]``.
"""

from __future__ import annotations

from lsprotocol import types

from oxide_lsp import to_proto
from oxide_lsp.from_proto import path_of
from oxide_lsp.schedule import Lane
from oxide_lsp.session import Session


async def document_symbols(session: Session, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol] | None:
    """``textDocument/documentSymbol``."""
    if not session.is_generic_on:
        return None
    path = path_of(params.text_document.uri)
    return await session.of_kernels(
        path,
        Lane.LATENCY,
        lambda analysis, index: to_proto.document_symbols(
            analysis.document_symbols(path), index, session.client.encoding
        ),
    )
