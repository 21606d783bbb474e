"""The protocol, through a real client over a pipe, with the toy analysis."""

from __future__ import annotations

import asyncio
import time

import pytest
from lsp_client import editor, everything, push_only, ranged
from lsprotocol import types

KERNEL = "#[kernel]\nfn saxpy() {\n    let x = 1;\n}\n"


async def test_a_pulling_client_is_never_pushed_to(kernel_uri):
    async with editor() as ed:
        assert ed.server.capabilities.diagnostic_provider is not None
        ed.open(kernel_uri, KERNEL.replace("1", "wrong"))
        report = await ed.pull(kernel_uri)
        (found,) = report.items
        assert (found.range.start.line, found.range.start.character) == (2, 12)
        assert found.source == "oxide" and found.code == "E0308"
        assert found.code_description.href.startswith(("file:", "https:"))
        assert found.tags == (types.DiagnosticTag.Unnecessary,)
        assert found.related_information[0].message == "kernel here"
        assert "make it right" in found.message
        rendered = found.data["rendered"] if isinstance(found.data, dict) else found.data.rendered
        assert "error[E0308]" in rendered and "^^^^^" in rendered
        again = await ed.pull(kernel_uri, report.result_id)
        assert again.kind == "unchanged"
        assert ed.client.diagnostics == {}


async def test_a_plain_client_is_pushed_to_and_offered_no_pull(kernel_uri):
    async with editor(push_only()) as ed:
        assert ed.server.capabilities.diagnostic_provider is None
        ed.open(kernel_uri, KERNEL.replace("1", "wrong"))
        await ed.client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        assert len(ed.client.diagnostics[kernel_uri]) == 1
        ed.edit(kernel_uri, ranged((2, 12), (2, 17), "7"))
        await ed.client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        assert ed.client.diagnostics[kernel_uri] == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
async def test_positions_in_both_encodings_with_non_ascii_text(kernel_uri, encoding):
    async with editor(everything(encoding)) as ed:
        assert ed.server.capabilities.position_encoding == encoding
        line = "    /* é𝄞 */ let x = wrong;"
        ed.open(kernel_uri, f"#[kernel]\nfn k() {{\n{line}\n}}\n")
        (found,) = (await ed.pull(kernel_uri)).items
        before = line[: line.index("wrong")]
        units = len(before.encode()) if encoding == "utf-8" else len(before.encode("utf-16-le")) // 2
        assert found.range.start == types.Position(2, units)
        # an edit right after the astral character must land where the client means
        ed.edit(kernel_uri, ranged((2, units), (2, units + 5), "𝄞wrong"))
        (found,) = (await ed.pull(kernel_uri)).items
        assert found.range.start.character == units + (4 if encoding == "utf-8" else 2)


async def test_files_without_kernels_are_left_alone(kernel_uri):
    async with editor() as ed:
        ed.open(kernel_uri, "fn main() { wrong }\n")
        assert not (await ed.pull(kernel_uri)).items
        assert await ed.hover(kernel_uri, 0, 4) == ""
        assert await ed.lenses(kernel_uri) == []
        symbols = types.DocumentSymbolParams(types.TextDocumentIdentifier(kernel_uri))
        assert await ed.client.text_document_document_symbol_async(symbols) is None


async def test_hover_shows_type_and_the_code_of_the_line(kernel_uri):
    async with editor() as ed:
        ed.open(kernel_uri, "#[kernel] fn k() {\n    let x = 1;\n}\n")
        text = await ed.hover(kernel_uri, 1, 8)
        assert text.startswith("`x`")
        assert "**PTX** of line 2\n```ptx\nadd.s32 %r1, %r2, %r3;\n```" in text
        whole = await ed.hover(kernel_uri, 0, 13)
        assert "mir of k" in whole and "add.s32" in whole and "of line" not in whole


async def test_lens_runs_and_keeps_its_result_until_it_is_stale(kernel_uri):
    async with editor() as ed:
        ed.open(kernel_uri, KERNEL)
        run, bench = await ed.lenses(kernel_uri)
        assert (run.command.title, bench.command.title) == ("▶ Run", "◔ Benchmark")
        assert run.command.command in ed.server.capabilities.execute_command_provider.commands
        answer = await ed.command(run.command.command, *run.command.arguments)
        assert answer["state"] == "done" and answer["checksum"] == "1f2e"
        await ed.command(bench.command.command, *bench.command.arguments)
        titles = [lens.command.title for lens in await ed.lenses(kernel_uri)]
        assert titles == ["▶ Run · ok on auto", "◔ Benchmark · 12.5 us"]
        ed.edit(kernel_uri, ranged((2, 12), (2, 13), "2"))
        titles = [lens.command.title for lens in await ed.lenses(kernel_uri)]
        assert titles == ["▶ Run · ok on auto · stale", "◔ Benchmark · 12.5 us · stale"]
        assert "codeLens" in ed.refreshed


async def test_progress_can_be_cancelled_and_the_worker_is_back(kernel_uri):
    async with editor() as ed:
        ed.open(kernel_uri, KERNEL.replace("saxpy", "hangs"))
        running = asyncio.ensure_future(ed.command("oxide.runKernel", kernel_uri, "hangs"))
        while not any(len(reports) > 1 for reports in ed.client.progress_reports.values()):
            await asyncio.sleep(0.02)
        (token,) = ed.client.progress_reports
        start = time.monotonic()
        ed.client.window_work_done_progress_cancel(types.WorkDoneProgressCancelParams(token))
        assert (await asyncio.wait_for(running, 5))["state"] == "cancelled"
        assert time.monotonic() - start < 1
        ed.replace(kernel_uri, KERNEL)
        assert (await ed.command("oxide.runKernel", kernel_uri, "saxpy"))["state"] == "done"


@pytest.mark.parametrize(
    ("kernel", "says"),
    [
        ("aborts", "ended its worker process"),
        ("faults", "ended its worker process"),
        ("hangs", "did not end within 0.5 s"),
        ("hangs_in_child", "did not end within 0.5 s"),
        ("raises", "internal error: ValueError: a bug"),
        ("refuses", "unsupported: inline assembly"),  # word for word
    ],
)
async def test_the_server_survives_what_a_run_does_to_its_worker(kernel_uri, kernel, says):
    async with editor(settings={"run": {"budgetSeconds": 0.5}}) as ed:
        ed.open(kernel_uri, KERNEL.replace("saxpy", kernel))
        await ed.configured()
        answer = await ed.command("oxide.runKernel", kernel_uri, kernel)
        assert answer["state"] == "failed" and says in answer["summary"]
        assert kernel == "raises" or "internal error" not in answer["summary"]
        assert says.split(";", maxsplit=1)[0] in (await ed.lenses(kernel_uri))[0].command.title
        ed.replace(kernel_uri, KERNEL)
        assert (await ed.command("oxide.runKernel", kernel_uri, "saxpy"))["state"] == "done"


@pytest.mark.parametrize("kernel", ["aborts", "hangs", "hangs_in_child"])
async def test_a_hover_survives_what_codegen_does_and_others_do_not_wait(kernel_uri, kernel):
    async with editor(settings={"codegen": {"budgetSeconds": 0.5}}) as ed:
        await ed.configured()
        ed.open(kernel_uri, KERNEL.replace("saxpy", kernel))
        hovering = asyncio.ensure_future(ed.hover(kernel_uri, 1, 4))
        await asyncio.sleep(0.1)
        start = time.monotonic()
        await ed.lenses(kernel_uri)
        await ed.pull(kernel_uri)
        assert time.monotonic() - start < 0.4
        text = await hovering
        assert ("SIGABRT" in text) if kernel == "aborts" else ("pending" in text or "no answer within" in text)
        ed.replace(kernel_uri, KERNEL)
        assert "mir of saxpy" in await ed.hover(kernel_uri, 1, 4)


async def test_prints_of_a_worker_never_reach_the_protocol(kernel_uri):
    async with editor() as ed:
        ed.open(kernel_uri, KERNEL.replace("saxpy", "prints"))
        assert (await ed.command("oxide.runKernel", kernel_uri, "prints"))["state"] == "done"
        assert ed.client.error is None


async def test_analysis_is_cancelled_by_edits_and_by_the_client(kernel_uri):
    async with editor() as ed:
        ed.open(kernel_uri, KERNEL.replace("1", "slow"))
        pulling = asyncio.ensure_future(ed.pull(kernel_uri))
        await asyncio.sleep(0.2)
        start = time.monotonic()
        assert len(await ed.lenses(kernel_uri)) == 2  # the latency lane goes first
        assert time.monotonic() - start < 0.3
        ed.replace(kernel_uri, KERNEL.replace("1", "wrong"))
        assert len((await pulling).items) == 1  # begun again on the new text
        ed.replace(kernel_uri, KERNEL.replace("1", "slow"))
        message = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(kernel_uri))
        method = types.TEXT_DOCUMENT_DIAGNOSTIC
        request = asyncio.ensure_future(ed.client.protocol.send_request_async(method, message, msg_id="slow-1"))
        await asyncio.sleep(0.03)
        ed.client.cancel_request(types.CancelParams("slow-1"))
        with pytest.raises(Exception, match=r"(?i)cancel"):
            await asyncio.wait_for(request, 0.5)


async def test_a_pull_that_takes_long_is_answered_with_what_is_known(kernel_uri):
    async with editor() as ed:
        ed.open(kernel_uri, KERNEL.replace("1", "slow; wrong"))
        start = time.monotonic()
        early = await ed.pull_once(kernel_uri)
        assert time.monotonic() - start < 0.8
        assert len(early.items) == 0
        assert ed.client.diagnostic_refresh_count == 0
        whole = await ed.pull(
            kernel_uri, early.result_id
        )  # stops the work for the first answer, asks again for its own
        assert [d.code for d in whole.items] == ["E0308"]
        assert ed.client.diagnostic_refresh_count == 1


async def test_a_client_that_cannot_be_asked_to_pull_again_waits(kernel_uri):
    capabilities = everything()
    capabilities.workspace.diagnostics = None
    async with editor(capabilities) as ed:
        ed.open(kernel_uri, KERNEL.replace("1", "slow; wrong"))
        assert len((await ed.pull_once(kernel_uri)).items) == 1


async def test_symbols_hints_and_tokens(kernel_uri):
    async with editor() as ed:
        ed.open(kernel_uri, KERNEL)
        document = types.TextDocumentIdentifier(kernel_uri)
        (symbol,) = await ed.client.text_document_document_symbol_async(types.DocumentSymbolParams(document))
        assert (symbol.name, symbol.detail) == ("saxpy", "kernel fn()")
        whole = types.Range(types.Position(0, 0), types.Position(9, 0))
        (hint,) = await ed.client.text_document_inlay_hint_async(types.InlayHintParams(document, whole))
        assert (hint.label, hint.position) == (": u32", types.Position(2, 9))
        full = await ed.client.text_document_semantic_tokens_full_async(types.SemanticTokensParams(document))
        legend = ed.server.capabilities.semantic_tokens_provider.legend
        assert list(full.data[:3]) == [1, 3, 5] and legend.token_types[full.data[3]] == "function"
        assert legend.token_modifiers.index("kernel") in [i for i in range(16) if full.data[4] >> i & 1]
        ed.edit(kernel_uri, ranged((0, 0), (0, 0), "\n"))
        params = types.SemanticTokensDeltaParams(document, full.result_id)
        delta = await ed.client.text_document_semantic_tokens_full_delta_async(params)
        assert [(e.start, e.delete_count, list(e.data)) for e in delta.edits] == [(0, 1, [2])]
        within = types.SemanticTokensRangeParams(document, types.Range(types.Position(3, 0), types.Position(4, 0)))
        assert (await ed.client.text_document_semantic_tokens_range_async(within)).data == ()


async def test_where_rust_analyzer_is_only_the_gpu_side_shows(kernel_uri):
    async with editor(options={"rustAnalyzer": True}) as ed:
        ed.open(kernel_uri, KERNEL)
        text = await ed.hover(kernel_uri, 2, 8)
        assert "`x`" not in text and "PTX" in await ed.hover(kernel_uri, 1, 4)
        symbols = types.DocumentSymbolParams(types.TextDocumentIdentifier(kernel_uri))
        assert await ed.client.text_document_document_symbol_async(symbols) is None
        assert len(await ed.lenses(kernel_uri)) == 2


async def test_settings_by_initialization_options_and_by_configuration(kernel_uri):
    async with editor(push_only(), options={"lens": {"benchmark": {"enable": False}}}) as ed:
        ed.open(kernel_uri, KERNEL)
        assert [lens.command.command for lens in await ed.lenses(kernel_uri)] == ["oxide.runKernel"]
        settings = {"oxide": {"lens.run.enable": False, "target": 90}}
        ed.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings))
        assert [lens.command.command for lens in await ed.lenses(kernel_uri)] == ["oxide.benchKernel"]
        assert any("oxide.target: expected a string" in message.message for message in ed.client.log_messages)
    async with editor(settings={"lens": {"run": {"enable": False}}}) as ed:
        ed.open(kernel_uri, KERNEL)
        await ed.configured()
        assert [lens.command.command for lens in await ed.lenses(kernel_uri)] == ["oxide.benchKernel"]
        assert "workspace/didChangeWatchedFiles" in ed.registered


async def test_virtual_documents(kernel_uri):
    async with editor() as ed:
        ed.open(kernel_uri, KERNEL)
        answer = await ed.command("oxide.viewStage", kernel_uri, "saxpy", "ptx", "sm_80")
        assert answer["uri"].startswith("oxide-ir:/") and answer["uri"].endswith("/k.rs/saxpy.sm_80.ptx")
        assert ".entry saxpy" in answer["text"]
        assert ed.client.shown_documents[-1].uri == answer["uri"]
        content = await ed.client.protocol.send_request_async("oxide/content", {"uri": answer["uri"]})
        assert content.text == answer["text"] and content.language == "ptx"
        ed.open(answer["uri"], answer["text"], "ptx")
        ed.edit(kernel_uri, ranged((2, 12), (2, 13), "2"))
        await asyncio.sleep(0.5)
        assert ("oxide/contentChanged", {"uri": answer["uri"]}) in ed.notified
        missing = await ed.client.protocol.send_request_async(
            "oxide/content", {"uri": answer["uri"].replace("saxpy", "gone")}
        )
        assert "no kernel `gone`" in missing.text


async def test_bad_commands_get_an_answer(kernel_uri):
    async with editor() as ed:
        ed.open(kernel_uri, KERNEL)
        assert "no kernel `nope`" in (await ed.command("oxide.runKernel", kernel_uri, "nope"))["summary"]
        for arguments in ([], [7], [kernel_uri, "saxpy", "options"]):
            with pytest.raises(Exception, match="argument"):
                await ed.command("oxide.runKernel", *arguments)
        with pytest.raises(Exception, match="no command"):
            await ed.command("oxide.fly")
        assert (await ed.command("oxide.restartWorkers"))["state"] == "done"
        assert (await ed.command("oxide.runKernel", kernel_uri, "saxpy"))["state"] == "done"
        status = await ed.command("oxide.showStatus")
        assert status["workers"]["runner"]["pid"] and status["memory_mb"] > 1


@pytest.mark.parametrize(
    "text",
    ["", "\0\0\0", "#[kernel]\nfn k() {", "\ud800 lone", "#[kernel]\r\nfn k() {\r}\r\n", "x" * 10_000_000],
    ids=["empty", "nul", "cut", "surrogate", "mixed-breaks", "10MB"],
)
async def test_bad_input_never_ends_the_server(kernel_uri, text):
    async with editor() as ed:
        ed.open(kernel_uri, text)
        await asyncio.wait_for(ed.pull(kernel_uri), 10)
        ed.edit(kernel_uri, ranged((0, 0), (0, 1), "y"), ranged((9999, 5), (99999, 1), "z"))
        await ed.hover(kernel_uri, 99999, 99999)
        ed.replace(kernel_uri, KERNEL)
        assert len(await ed.lenses(kernel_uri)) == 2


async def test_workspace_diagnostics_name_kernel_files_on_disk(tmp_path):
    (tmp_path / "a.rs").write_text("#[kernel] fn a() { }")
    (tmp_path / "b.rs").write_text("fn main() {}")
    (tmp_path / "bytes.rs").write_bytes(b"#[kernel] \xff\xfe")
    async with editor(folder=str(tmp_path)) as ed:
        uri = ed.open((tmp_path / "a.rs").as_uri(), "#[kernel] fn a() { wrong }")
        report = await ed.client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams([]))
        assert [(item.uri, len(item.items)) for item in report.items] == [(uri, 1)]


async def test_nothing_is_run_in_an_untrusted_workspace(kernel_uri):
    async with editor(options={"isTrusted": False}) as ed:
        ed.open(kernel_uri, KERNEL)
        assert "not trusted" in (await ed.command("oxide.runKernel", kernel_uri, "saxpy"))["summary"]
        assert "PTX" in await ed.hover(kernel_uri, 1, 4)


async def test_a_fault_of_a_run_is_shown_at_its_line_until_the_kernel_changes(kernel_uri):
    async with editor() as ed:
        ed.open(kernel_uri, KERNEL.replace("saxpy", "traps"))
        assert not (await ed.pull(kernel_uri)).items
        assert (await ed.command("oxide.runKernel", kernel_uri, "traps"))["state"] == "failed"
        (found,) = (await ed.pull(kernel_uri)).items
        assert (found.range.start, found.severity) == (types.Position(2, 4), types.DiagnosticSeverity.Error)
        assert "out of bounds" in found.message and ed.client.diagnostic_refresh_count
        ed.edit(kernel_uri, ranged((0, 0), (0, 0), "\n"), ranged((3, 12), (3, 13), "2"))
        (found,) = (await ed.pull(kernel_uri)).items
        assert (found.range.start.line, found.severity) == (3, types.DiagnosticSeverity.Hint)
        assert "before the last edit" in found.message


async def test_a_view_keeps_the_last_good_text_while_the_code_is_broken(kernel_uri):
    async with editor() as ed:
        ed.open(kernel_uri, KERNEL)
        uri = (await ed.command("oxide.viewStage", kernel_uri, "saxpy", "ptx"))["uri"]
        ed.edit(kernel_uri, ranged((2, 12), (2, 13), "broken"))
        content = await ed.client.protocol.send_request_async("oxide/content", {"uri": uri})
        assert content.text.startswith("// mismatched types\n// below: the code as it was before")
        assert ".entry saxpy" in content.text
