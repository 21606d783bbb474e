"""``textDocument/semanticTokens``: full, delta and range.

Assumes: the analysis gives sorted tokens that do not overlap.
Guarantees: a delta is against exactly the result the client names; if that is no longer known, the full list is sent.

Example: after a one-character rename a delta is one splice of a few numbers.
"""

from __future__ import annotations

import itertools

from lsprotocol import types

from compiler.semantics.api import Analysis, Span
from oxide_lsp.documents import LineIndex
from oxide_lsp.features import semantic_tokens as feature
from oxide_lsp.from_proto import offset_of, path_of
from oxide_lsp.schedule import Lane
from oxide_lsp.session import Session

_result_numbers = itertools.count(1)


async def full(session: Session, params: types.SemanticTokensParams) -> types.SemanticTokens | None:
    """``textDocument/semanticTokens/full``."""
    uri = params.text_document.uri
    numbers = await _numbers(session, uri, None)
    if numbers is None:
        return None
    return types.SemanticTokens(numbers, _remember(session, uri, numbers))


async def delta(
    session: Session, params: types.SemanticTokensDeltaParams
) -> types.SemanticTokens | types.SemanticTokensDelta | None:
    """``textDocument/semanticTokens/full/delta``."""
    uri = params.text_document.uri
    old_id, old = session.token_results.get(uri, ("", []))
    numbers = await _numbers(session, uri, None)
    if numbers is None:
        return None
    result_id = _remember(session, uri, numbers)
    if old_id != params.previous_result_id:
        return types.SemanticTokens(numbers, result_id)
    edits = [types.SemanticTokensEdit(start, n, inserted) for start, n, inserted in feature.delta(old, numbers)]
    return types.SemanticTokensDelta(edits, result_id)


async def range_(session: Session, params: types.SemanticTokensRangeParams) -> types.SemanticTokens | None:
    """``textDocument/semanticTokens/range``."""
    numbers = await _numbers(session, params.text_document.uri, params.range)
    return types.SemanticTokens(numbers) if numbers is not None else None


async def _numbers(session: Session, uri: str, within: types.Range | None) -> list[int] | None:
    if not session.is_generic_on:
        return None
    path = path_of(uri)
    encoding = session.client.encoding

    def work(analysis: Analysis, index: LineIndex) -> list[int]:
        span = None
        if within is not None:
            span = Span(offset_of(within.start, index, encoding), offset_of(within.end, index, encoding))
        return feature.encode(analysis.semantic_tokens(path, span), index, encoding)

    return await session.of_kernels(path, Lane.LATENCY, work)


def _remember(session: Session, uri: str, numbers: list[int]) -> str:
    result_id = str(next(_result_numbers))
    session.token_results[uri] = (result_id, numbers)
    return result_id
