"""The server with the real compiler behind it: errors, code on hover, runs, and bad input."""

from __future__ import annotations

import asyncio
import pathlib
import random
import sys

import pytest
from lsp_client import ROOT, editor, ranged
from lsprotocol import types

SERVER = (sys.executable, "-m", "oxide_lsp")
SAXPY = (ROOT / "examples" / "saxpy.rs").read_text(encoding="utf-8")
FIRST_LINE = next(i for i, line in enumerate(SAXPY.splitlines()) if "fn saxpy" in line)
NAME_AT = SAXPY.splitlines()[FIRST_LINE].index("saxpy")


def real(**options):
    return editor(command=SERVER, **options)


async def test_an_error_while_typing_and_its_end(kernel_uri):
    async with real() as ed:
        ed.open(kernel_uri, SAXPY)
        assert not (await ed.pull(kernel_uri)).items
        ed.edit(kernel_uri, ranged((FIRST_LINE + 1, 0), (FIRST_LINE + 1, 0), "let é: u32 = true;\n"))
        (found,) = (await ed.pull(kernel_uri)).items
        assert (found.code, found.source) == ("E0308", "oxide")
        assert found.range == types.Range(types.Position(FIRST_LINE + 1, 13), types.Position(FIRST_LINE + 1, 17))
        assert "expected `u32`, found `bool`" in found.data["rendered"]
        ed.edit(kernel_uri, ranged((FIRST_LINE + 1, 0), (FIRST_LINE + 2, 0), ""))
        assert not (await ed.pull(kernel_uri)).items


async def test_hover_shows_the_three_forms_of_a_kernel_and_of_a_line(kernel_uri):
    async with real() as ed:
        ed.open(kernel_uri, SAXPY)
        await ed.pull(kernel_uri)
        await ed.command("oxide.viewStage", kernel_uri, "saxpy", "ptx")
        whole = await ed.hover(kernel_uri, FIRST_LINE, NAME_AT)
        assert ".entry saxpy" in whole and "define ptx_kernel" in whole and "bb0: {" in whole
        line = next(i for i, text in enumerate(SAXPY.splitlines()) if "a * x[i]" in text)
        of_line = await ed.hover(kernel_uri, line, SAXPY.splitlines()[line].index("x[i]"))
        assert f"**PTX** of line {line + 1}" in of_line and "fma.rn.f32" in of_line
        assert "fmul contract float" in of_line and "Mul(" in of_line


async def test_every_stage_is_a_document(kernel_uri):
    async with real() as ed:
        ed.open(kernel_uri, SAXPY)
        for stage, mark in (
            ("ptx", ".entry saxpy"),
            ("llvm", "define ptx_kernel void @saxpy"),
            ("llvm-opt", "define ptx_kernel void @saxpy"),
            ("mir", "bb0: {"),
            ("dialect-mir", "mir.func"),
            ("dialect-llvm", "llvm.func"),
        ):
            answer = await ed.command("oxide.viewStage", kernel_uri, "saxpy", stage)
            assert mark in answer["text"], (stage, answer["text"][:300])


async def test_the_lenses_run_and_benchmark_on_the_emulator(kernel_uri):
    async with real(settings={"run": {"device": "cpu"}}) as ed:
        await ed.configured()
        ed.open(kernel_uri, SAXPY)
        for lens in await ed.lenses(kernel_uri):
            answer = await ed.command(lens.command.command, *lens.command.arguments)
            assert answer["state"] == "done", answer
            assert "CPU emulator" in answer["summary"] and answer["result"]["device"] == "cpu"
        run, bench = await ed.lenses(kernel_uri)
        assert run.command.title.startswith("▶ Run · y = [") and "not a GPU time" in bench.command.title


async def test_a_kernel_that_traps_shows_where(kernel_uri):
    source = "use cuda_device::*;\n#[kernel]\npub fn k(mut y: DisjointSlice<u32>, x: &[u32]) {\n"
    source += "    let i = x[1 << 30];\n    if let Some(e) = y.get_mut(thread::index_1d()) { *e = i; }\n}\n"
    async with real(settings={"run": {"device": "cpu"}}) as ed:
        await ed.configured()
        ed.open(kernel_uri, source)
        assert not (await ed.pull(kernel_uri)).items
        answer = await ed.command("oxide.runKernel", kernel_uri, "k")
        assert answer["state"] == "failed" and "trap" in answer["summary"]
        (found,) = (await ed.pull(kernel_uri)).items
        assert found.range.start.line == 3 and "thread" in found.message


async def test_errors_of_the_code_are_the_answer_of_a_run(kernel_uri):
    async with real() as ed:
        ed.open(kernel_uri, SAXPY.replace("a * x[i]", "true * x[i]"))
        answer = await ed.command("oxide.runKernel", kernel_uri, "saxpy")
        assert answer["state"] == "failed" and answer["summary"].startswith("error[E")


async def test_files_without_kernels_are_left_alone(kernel_uri):
    async with real() as ed:
        ed.open(kernel_uri, "fn main() { let x: u32 = true; undefined(); }\n")
        assert not (await ed.pull(kernel_uri)).items
        assert not await ed.lenses(kernel_uri)


async def test_a_file_cut_anywhere_never_ends_the_server(kernel_uri):
    rng = random.Random(5)
    async with real() as ed:
        ed.open(kernel_uri, SAXPY)
        for _ in range(12):
            ed.replace(kernel_uri, SAXPY[: rng.randrange(len(SAXPY))])
            await asyncio.wait_for(ed.pull(kernel_uri), 20)
            await ed.lenses(kernel_uri)
        ed.replace(kernel_uri, SAXPY)
        assert not (await ed.pull(kernel_uri)).items


@pytest.mark.parametrize(
    "text",
    ["", "\0", "#[kernel]", "#[kernel] fn", "\ud800", "#[kernel]\r\npub fn k() {\r}\r\n", "é" * 100_000],
    ids=["empty", "nul", "attribute", "header", "surrogate", "breaks", "long line"],
)
async def test_odd_texts(kernel_uri, text):
    async with real() as ed:
        ed.open(kernel_uri, text)
        await asyncio.wait_for(ed.pull(kernel_uri), 30)
        await ed.hover(kernel_uri, 0, 3)
        ed.replace(kernel_uri, SAXPY)
        assert len(await ed.lenses(kernel_uri)) == 2


async def test_a_file_that_is_not_utf8_on_disk(tmp_path: pathlib.Path):
    (tmp_path / "bytes.rs").write_bytes(b"#[kernel]\npub fn k() { let x = \xff; }\n")
    async with real(folder=str(tmp_path)) as ed:
        await asyncio.wait_for(ed.pull((tmp_path / "bytes.rs").as_uri()), 30)
        await asyncio.wait_for(ed.client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams([])), 30)
        assert (await ed.command("oxide.showStatus"))["documents"] == 0


async def test_ten_megabytes_are_survived(kernel_uri):
    async with real() as ed:
        ed.open(kernel_uri, "")
        kernel = "use cuda_device::kernel;\n#[kernel]\npub fn k() { let x: u32 = true; }\n"
        ed.replace(kernel_uri, ("// " + "x" * 96 + "\n") * 100_000 + kernel)
        report = await asyncio.wait_for(ed.pull(kernel_uri), 60)
        (found,) = report.items
        assert "unsupported: a source file of" in found.message


async def test_a_syntax_error_that_swallows_the_kernel_is_still_said(kernel_uri):
    async with real() as ed:
        ed.open(kernel_uri, 'use cuda_device::kernel;\nconst S: &str = "open;\n#[kernel]\npub fn k() {}\n')
        assert (await ed.pull(kernel_uri)).items


async def test_a_race_is_certain_once_it_was_replayed(kernel_uri):
    source = "use cuda_device::*;\n#[kernel]\n#[launch_contract(domain = 1, block = (64, 1, 1))]\n"
    source += "pub fn halves(mut y: DisjointSlice<f32>) {\n    let t = thread::threadIdx_x() as usize;\n"
    source += "    if t / 2 < y.len() {\n        unsafe { *y.get_unchecked_mut(t / 2) = 1.0 };\n    }\n}\n"
    async with real() as ed:
        ed.open(kernel_uri, source)
        for _ in range(100):
            (race,) = [d for d in (await ed.pull(kernel_uri)).items if d.code == "K0301"]
            if race.severity is types.DiagnosticSeverity.Error:
                break
            assert race.severity is types.DiagnosticSeverity.Warning
            assert race.message.startswith("possibly, ")
            await asyncio.sleep(0.2)
        assert "confirmed: the emulator ran this launch" in race.data["rendered"]
        assert "both write element 0 of `y`" in race.message
