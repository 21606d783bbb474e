"""``textDocument/hover``: the type, and the lowered code of the hovered line or kernel.

Assumes: stages are made by the codegen worker and cached by content.
Guarantees: answers within ``STAGE_WAIT_S`` of the analysis, with "pending" for stages still being made; the analysis
lanes are free while it waits.

Example: hovering a kernel's name shows its whole MIR, LLVM IR and PTX; hovering a line inside shows that line's.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from lsprotocol import types

from compiler.semantics.api import Analysis, HoverResult, KernelSummary, Span
from oxide_lsp import to_proto
from oxide_lsp.documents import Encoding, LineIndex
from oxide_lsp.features import hover as feature
from oxide_lsp.from_proto import offset_of, path_of
from oxide_lsp.schedule import Lane
from oxide_lsp.session import Session
from oxide_lsp.views import ViewText

STAGE_WAIT_S = 1.5
_STAGES = ("mir", "llvm", "ptx")


@dataclass(frozen=True, slots=True)
class _Hovered:
    types: HoverResult | None
    kernel: KernelSummary | None
    line: int | None  # from 1; None: the kernel as a whole
    span: Span
    index: LineIndex


async def hover(session: Session, params: types.HoverParams) -> types.Hover | None:
    """``textDocument/hover``."""
    path = path_of(params.text_document.uri)
    encoding = session.client.encoding

    def work(analysis: Analysis, index: LineIndex) -> _Hovered:
        return _hovered(analysis, index, path, offset_of(params.position, index, encoding))

    hovered = await session.of_kernels(path, Lane.LATENCY, work)
    if hovered is None:
        return None
    is_typed = session.config["hover.types.enable"] and session.is_generic_on
    text = hovered.types.markdown if hovered.types is not None and is_typed else ""
    sections = await _sections(session, hovered) if hovered.kernel is not None else []
    markdown = feature.markdown(text, sections)
    if not markdown:
        return None
    contents = types.MarkupContent(types.MarkupKind.Markdown, markdown)
    return types.Hover(contents, to_proto.range_of(hovered.span, hovered.index, encoding))


def _hovered(analysis: Analysis, index: LineIndex, path: str, offset: int) -> _Hovered:
    """What is under the position: a typed thing, a kernel's name, a line of a kernel."""
    found = analysis.hover(path, offset)
    kernel = analysis.kernel_at(path, offset)
    line_0, _ = index.position(offset, Encoding.UTF8)
    if kernel is not None and kernel.name_span.start <= offset <= kernel.name_span.end:
        return _Hovered(found, kernel, None, kernel.name_span, index)
    start = index.starts[line_0]
    line = Span(start, start + len(index.line(line_0)))
    return _Hovered(found, kernel, line_0 + 1, found.span if found is not None else line, index)


async def _sections(session: Session, hovered: _Hovered) -> list[feature.Section]:
    """The stages of the hovered code, waiting a little for those not made yet."""
    kernel = hovered.kernel
    assert kernel is not None
    stages = [stage for stage in _STAGES if session.config[f"hover.{stage}.enable"]]
    if not stages:
        return []
    made = [asyncio.create_task(session.views.text(kernel, stage)) for stage in stages]
    await asyncio.wait(made, timeout=STAGE_WAIT_S)
    sections: list[feature.Section] = []
    for stage, task in zip(stages, made, strict=True):
        view = task.result() if task.done() else None
        section = _section(session, hovered, stage, view)
        if section is not None and section not in sections:
            sections.insert(0, section)  # what is nearest the machine first: a popup shows a dozen lines
        task.cancel()
    return sections


def _section(session: Session, hovered: _Hovered, stage: str, view: ViewText | None) -> feature.Section | None:
    if view is None:
        return feature.Section(stage, "", hovered.line, note="pending, hover again in a moment")
    if view.problem:
        return feature.Section(stage, "", hovered.line, note=view.problem.splitlines()[0])
    assert hovered.kernel is not None
    return feature.section(stage, view.text, hovered.kernel.file, hovered.line, session.config["hover.maxLines"])
