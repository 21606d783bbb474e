"""``textDocument/codeLens`` and ``codeLens/resolve``: Run and Benchmark above each kernel.

Assumes: a client resolves the lenses it shows.
Guarantees: the list costs one cached analysis; titles are made on resolving, from the newest result.

Example: a lens resolves to the command ``oxide.runKernel`` with the arguments ``[uri, "saxpy"]``.
"""

from __future__ import annotations

from lsprotocol import types

from compiler.semantics.api import Analysis
from oxide_lsp import to_proto
from oxide_lsp.documents import LineIndex
from oxide_lsp.features import code_lens as feature
from oxide_lsp.from_proto import path_of
from oxide_lsp.schedule import Lane
from oxide_lsp.session import Session

_COMMANDS = {
    feature.RUN: "oxide.runKernel",
    feature.BENCH: "oxide.benchKernel",
    feature.CHECK: "oxide.checkKernel",
}


async def code_lens(session: Session, params: types.CodeLensParams) -> list[types.CodeLens] | None:
    """``textDocument/codeLens``."""
    uri = params.text_document.uri
    path = path_of(uri)
    is_enabled = {
        feature.RUN: session.config["lens.run.enable"],
        feature.BENCH: session.config["lens.benchmark.enable"],
        feature.CHECK: session.config["lens.check.enable"],
    }

    def work(analysis: Analysis, index: LineIndex) -> list[types.CodeLens]:
        return [
            types.CodeLens(
                range=to_proto.range_of(lens.span, index, session.client.encoding),
                data={"uri": uri, "kernel": lens.kernel, "action": lens.action, "hash": lens.content_hash},
            )
            for lens in feature.lenses(analysis.kernels(path), is_enabled)
        ]

    return await session.of_kernels(path, Lane.LATENCY, work)


async def resolve(session: Session, lens: types.CodeLens) -> types.CodeLens:
    """``codeLens/resolve``."""
    data = lens.data if isinstance(lens.data, dict) else {}
    uri, kernel, action = data.get("uri", ""), data.get("kernel", ""), data.get("action", feature.RUN)
    record = session.records.get((path_of(uri), kernel, action))
    title = feature.title(action, record, data.get("hash", ""))
    tooltip = record.detail or record.summary if record is not None else None
    lens.command = types.Command(title, _COMMANDS.get(action, ""), tooltip, [uri, kernel])
    return lens
