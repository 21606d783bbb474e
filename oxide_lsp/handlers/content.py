"""Virtual documents: ``workspace/textDocumentContent``, and ``oxide/content`` for clients without it.

Assumes: names made by :class:`oxide_lsp.features.virtual_document.View`.
Guarantees: always a text: what cannot be made is a comment that says why, above the last text there was.

Example: ``oxide-ir:/k.rs/saxpy.sm_90.ptx`` answers the PTX of ``saxpy`` as it is in the editor now.
"""

from __future__ import annotations

from typing import Any

from lsprotocol import types

from oxide_lsp import kernel_lookup
from oxide_lsp.features.virtual_document import View
from oxide_lsp.session import Session

_COMMENTS = {"llvm": ";", "mlir": "//", "ptx": "//", "mir": "//", "sass": "//", "plaintext": "#"}


async def text_document_content(
    session: Session, params: types.TextDocumentContentParams
) -> types.TextDocumentContentResult:
    """``workspace/textDocumentContent``."""
    return types.TextDocumentContentResult(await content_of(session, params.uri))


async def oxide_content(session: Session, params: Any) -> dict[str, str]:
    """``oxide/content``: ``{uri}`` to ``{text, language}``."""
    uri = str(params.uri)
    view = View.parse(uri)
    if view is not None:
        session.open_views.add(uri)  # such a client does not open the document with the server
    return {"text": await content_of(session, uri), "language": view.language if view is not None else "plaintext"}


async def content_of(session: Session, uri: str) -> str:
    """The text of a virtual document."""
    view = View.parse(uri)
    if view is None:
        return f"# {uri} is not the name of an Oxide document\n"
    comment = _COMMENTS[view.language]
    kernel = await kernel_lookup.by_name(session, view.file, view.kernel)
    if kernel is None:
        return f"{comment} there is no kernel `{view.kernel}` in {view.file}\n"
    made = await session.views.text(kernel, view.stage, view.target)
    if not made.problem:
        return made.text
    why = "".join(f"{comment} {line}\n" for line in made.problem.splitlines())
    before = session.views.last_good(kernel, view.stage)
    return f"{why}{comment} below: the code as it was before these edits\n\n{before}" if before else why
