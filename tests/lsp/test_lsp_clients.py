"""The capability sets real clients send, recorded from Neovim 0.11.4 and vscode-languageclient 11."""

from __future__ import annotations

import json
import pathlib

import pytest
from lsp_client import editor, ranged
from lsprotocol import types
from lsprotocol.converters import get_converter

CAPABILITIES = pathlib.Path(__file__).parent / "capabilities"


@pytest.mark.parametrize(
    ("recorded", "encoding"), [("neovim-0.11.4.json", "utf-8"), ("vscode-languageclient-11.json", "utf-16")]
)
async def test_a_real_client_is_understood(kernel_uri, recorded, encoding):
    sent = json.loads((CAPABILITIES / recorded).read_text())
    capabilities = get_converter().structure(sent, types.ClientCapabilities)
    async with editor(capabilities) as ed:
        server = ed.server.capabilities
        assert server.position_encoding == encoding
        assert server.diagnostic_provider is not None
        assert server.text_document_sync.change == types.TextDocumentSyncKind.Incremental
        offers_content = server.workspace.text_document_content is not None
        assert offers_content == ("vscode" in recorded)
        ed.open(kernel_uri, "#[kernel]\nfn saxpy() {\n    let x = wrong;\n}\n")
        report = await ed.pull(kernel_uri)
        assert len(report.items) == 1
        ed.edit(kernel_uri, ranged((2, 12), (2, 17), "1"))
        assert not (await ed.pull(kernel_uri)).items
        assert ed.client.diagnostics == {}
        assert "PTX" in await ed.hover(kernel_uri, 1, 4)
        answer = await ed.command("oxide.viewStage", kernel_uri, "saxpy")
        if offers_content:
            params = types.TextDocumentContentParams(answer["uri"])
            content = await ed.client.workspace_text_document_content_async(params)
            assert content.text == answer["text"]
