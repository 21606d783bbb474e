"""The server's parts by themselves: texts, settings, names, lanes, excerpts."""

from __future__ import annotations

import asyncio
import doctest
import importlib
import json
import pathlib
import pkgutil
import random
import time

import pytest

import oxide_lsp
from oxide_lsp.config import Config, json_schema
from oxide_lsp.documents import Document, Encoding, LineIndex
from oxide_lsp.features import excerpt, semantic_tokens
from oxide_lsp.features.virtual_document import STAGES, View
from oxide_lsp.schedule import Lane, Schedule
from oxide_lsp.server import COMMANDS
from tests.lsp.toy_host import ToyHost

ROOT = pathlib.Path(__file__).resolve().parents[2]
MODULES = [m.name for m in pkgutil.walk_packages(oxide_lsp.__path__, "oxide_lsp.") if not m.name.endswith("__main__")]


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def _reference_edit(text: str, start: tuple[int, int], end: tuple[int, int], new: str) -> str:
    """What an editor does, on UTF-16 units, the slow way."""
    units = text.encode("utf-16-le")
    starts = [0]
    for i, char in enumerate(text):
        if char == "\n":
            starts.append(len(text[: i + 1].encode("utf-16-le")))
    at = [starts[line] + 2 * column for line, column in (start, end)]
    return (units[: at[0]] + new.encode("utf-16-le") + units[at[1] :]).decode("utf-16-le")


def test_random_edits_leave_the_editors_text():
    rng = random.Random(7)
    for _ in range(60):
        text = "".join(rng.choice("ab\né𝄞 ") for _ in range(40))
        document = Document("file:///k.rs", "/k.rs", "rust", 1, text.encode())
        for _ in range(25):
            lines = text.split("\n")
            places = sorted((rng.randrange(len(lines)), rng.random()) for _ in range(2))
            spots = []
            for line, share in places:
                prefix = lines[line][: round(share * len(lines[line]))]
                spots.append((line, len(prefix.encode("utf-16-le")) // 2))
            start, end = min(spots), max(spots)
            new = "".join(rng.choice("xy\n𝄞") for _ in range(rng.randrange(4)))
            text = _reference_edit(text, start, end, new)
            document.replace(document.edit_of(start, end, new, Encoding.UTF16))
            assert document.index.text.decode() == text
            assert document.index.starts == LineIndex(text.encode()).starts


def test_only_lsp_line_breaks_break_lines():
    index = LineIndex("a\x0cb\u2028c\rd\r\ne\nf".encode())
    assert [index.line(i).decode() for i in range(len(index.starts))] == ["a\x0cb\u2028c", "d", "e", "f"]


@pytest.mark.parametrize("encoding", list(Encoding))
def test_positions_round_trip_and_clamp(encoding):
    text = "é𝄞x\n\nab".encode()
    index = LineIndex(text)
    boundaries = [len("é𝄞x\n\nab"[:n].encode()) for n in range(8)]
    assert [index.offset(*index.position(at, encoding), encoding) for at in boundaries] == boundaries
    assert index.offset(0, 999, encoding) == len("é𝄞x".encode())
    assert index.offset(999, 0, encoding) == len(text)
    assert index.position(999, encoding)[0] == 2


def test_the_extension_contributes_exactly_the_servers_settings_and_commands():
    package = json.loads((ROOT / "vscode-extension" / "package.json").read_text())
    contributed = package["contributes"]["configuration"]["properties"]
    own = {name: entry for name, entry in contributed.items() if not name.startswith(("oxide.server.", "oxide.trace."))}
    assert own == json_schema()
    commands = {command["command"] for command in package["contributes"]["commands"]}
    assert set(COMMANDS) <= commands


@pytest.mark.parametrize("sent", [None, 7, [], {"target": None}, {"run": 5}, {"unknown": {"x": 1}}, {"": {"": {}}}])
def test_odd_settings_leave_the_defaults(sent):
    config, _ = Config.parse(sent)
    assert config.as_dict() == Config().as_dict()


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("kernel", ["k", "mod::k", "k<f32>", "größe"])
def test_names_of_virtual_documents_round_trip(stage, kernel):
    target = "sm_90a" if STAGES[stage][2] else ""
    view = View("/a b/ü/k.rs", kernel, stage, target)
    assert View.parse(view.uri) == view
    assert View.parse("oxide-ir:/nonsense") is None and View.parse("file:///k.rs") is None


def test_token_deltas_are_exact():
    rng = random.Random(3)
    for _ in range(300):
        old, new = ([rng.randrange(3) for _ in range(rng.randrange(12))] for _ in range(2))
        assert semantic_tokens.apply(old, semantic_tokens.delta(old, new)) == new


PTX = """
.visible .entry k()
{
\t.loc 1 3 5
\tmov.u32 %r1, %tid.x;
\t.loc 2 90 1, function_name $L__info_string0, inlined_at 1 4 9
\tadd.s32 %r2, %r1, 1;
\t.loc 2 91 1
\tret;
}
\t.file 1 "/src/k.rs"
\t.file 2 "/lib/core/ops.rs"
"""
LLVM = """define ptx_kernel void @k() !dbg !1 {
  %a = add i32 1, 2, !dbg !5
  %b = mul i32 %a, 2, !dbg !6
  ret void, !dbg !5
}
!5 = !DILocation(line: 3, column: 1, scope: !1)
!6 = !DILocation(line: 90, column: 1, scope: !2, inlinedAt: !7)
!7 = distinct !DILocation(line: 4, column: 9, scope: !1)
"""


def test_excerpts_credit_inlined_code_to_the_users_line():
    assert excerpt.of_line("ptx", PTX, "/src/k.rs", 3) == ["mov.u32 %r1, %tid.x;"]
    assert excerpt.of_line("ptx", PTX, "/src/k.rs", 4)[0] == "add.s32 %r2, %r1, 1;"
    assert excerpt.of_line("llvm", LLVM, "/src/k.rs", 4) == ["%b = mul i32 %a, 2"]
    assert excerpt.source_lines("llvm", LLVM, "/src/k.rs") == {3, 4}
    mir = (
        "fn k() {\n    StorageLive(_1);  // line 3\n    _1 = _2;  // line 3\n}\n\nfn g() {\n    _9 = _8;  // line 3\n}"
    )
    assert excerpt.of_line("mir", mir, "/src/k.rs", 3) == ["_1 = _2;"]
    assert excerpt.clipped(["a", "b", "c"], 2) == ["a", "b", "... 1 more lines"]


async def test_edits_overtake_latency_work_which_overtakes_the_rest():
    schedule = Schedule(ToyHost)
    done: list[str] = []

    def slow(analysis):
        analysis._work(0.5)
        done.append("worker")

    worker = asyncio.ensure_future(schedule.run(Lane.WORKER, slow))
    await asyncio.sleep(0.1)
    start = time.monotonic()
    await schedule.run(Lane.LATENCY, lambda _analysis: done.append("latency"))
    await schedule.apply_edit(lambda _host: done.append("edit"))
    assert time.monotonic() - start < 0.1
    await worker
    assert done == ["latency", "edit", "worker"]
    schedule.close()


async def test_abandoned_work_stops_and_errors_reach_whoever_asked():
    schedule = Schedule(ToyHost)
    abandoned = asyncio.ensure_future(schedule.run(Lane.WORKER, lambda analysis: analysis._work(5)))
    await asyncio.sleep(0.05)
    abandoned.cancel()
    start = time.monotonic()
    with pytest.raises(ZeroDivisionError):
        await schedule.run(Lane.WORKER, lambda _analysis: 1 // 0)
    assert time.monotonic() - start < 0.1
    schedule.close()


async def test_a_compiler_that_cannot_be_loaded_is_an_answer_not_a_hang():
    def broken():
        raise ImportError("no compiler here")

    schedule = Schedule(broken)
    for _ in range(2):
        with pytest.raises(ImportError):
            await asyncio.wait_for(schedule.run(Lane.LATENCY, lambda _analysis: 1), 2)
    schedule.close()
