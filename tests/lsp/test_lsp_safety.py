"""GPU safety through the server: witnesses arrive as related information, each quick fix makes its finding go away."""

from __future__ import annotations

import asyncio
import sys

import pytest
from lsp_client import applied, editor
from lsprotocol import types

SERVER = (sys.executable, "-m", "oxide_lsp")
EVERYWHERE = types.Range(types.Position(0, 0), types.Position(60, 0))
USE = "use cuda_device::{DisjointSlice, SharedArray, kernel, launch_contract, thread, warp};\n"
BLOCK = "#[kernel]\n#[launch_contract(domain = 1, block = (64, 1, 1))]\n"
TILE = "    static mut T: SharedArray<u32, 64> = SharedArray::UNINIT;\n    let t = thread::threadIdx_x() as usize;\n"
END = "    if let Some(o) = out.get_mut(thread::index_1d()) {\n        *o = v;\n    }\n}\n"
COPY = """pub fn k(n: u32, x: &[f32], mut out: DisjointSlice<f32>) {
    let i = thread::index_1d();
    let k = i.get();
    if k < n as usize {
        if let Some(o) = out.get_mut(i) {
            *o = x[k];
        }
    }
}
"""
# code, the action's title (a part of it), the kernel
CASES = {
    "add the barrier": (
        "K0301", "add a barrier",
        BLOCK + "pub fn k(mut out: DisjointSlice<u32>) {\n" + TILE
        + "    unsafe { T[t] = t as u32 };\n    let v = unsafe { T[63 - t] };\n" + END,
    ),
    "add the barrier at a loop's end": (
        "K0301", "add a barrier",
        BLOCK + "pub fn k(n: u32, mut out: DisjointSlice<u32>) {\n" + TILE
        + "    let mut v = 0;\n    let mut i = 0;\n    while i < n {\n        unsafe { T[t] = i };\n"
        + "        thread::sync_threads();\n        v += unsafe { T[63 - t] };\n        i += 1;\n    }\n" + END,
    ),
    "hoist the barrier": (
        "K0201", "move the barrier after",
        BLOCK + "pub fn k(mut out: DisjointSlice<u32>) {\n" + TILE
        + "    if t < 40 {\n        unsafe { T[t] = 1 };\n        thread::sync_threads();\n    }\n    let v = 1;\n" + END,
    ),
    "hoist the barrier before": (
        "K0201", "move the barrier before",
        BLOCK + "pub fn k(mut out: DisjointSlice<u32>) {\n" + TILE
        + "    if t < 40 {\n        thread::sync_threads();\n        unsafe { T[t] = 1 };\n    }\n    let v = 1;\n" + END,
    ),
    "hoist the barrier of both arms": (
        "K0201", "move the barrier after",
        BLOCK + "pub fn k(mut out: DisjointSlice<u32>) {\n" + TILE
        + "    if t < 40 {\n        unsafe { T[t] = 1 };\n        thread::sync_threads();\n    } else {\n"
        + "        unsafe { T[t] = 2 };\n        thread::sync_threads();\n    }\n    let v = 1;\n" + END,
    ),
    "hoist the barrier before both arms": (
        "K0201", "move the barrier before",
        BLOCK + "pub fn k(mut out: DisjointSlice<u32>) {\n" + TILE
        + "    if t < 40 {\n        thread::sync_threads();\n        unsafe { T[t] = 1 };\n    } else {\n"
        + "        thread::sync_threads();\n        unsafe { T[t] = 2 };\n    }\n    let v = 1;\n" + END,
    ),
    "bind the stride": (
        "K0301", "stride",
        ("#[kernel]\npub fn k(a: u32, b: u32, mut out: DisjointSlice<u32>) {\n"
        "    if let Some(i) = thread::index_2d(a as usize) {\n        if let Some(o) = out.get_mut(i) {\n"
        "            *o = 1;\n        }\n    }\n    if let Some(i) = thread::index_2d(b as usize) {\n"
        "        if let Some(o) = out.get_mut(i) {\n            *o = 2;\n        }\n    }\n}\n"),
    ),
    "add the contract": (
        "K0302", "launch_contract",
        ("#[kernel]\npub fn k(mut out: DisjointSlice<u32>) {\n"
        "    let i = (thread::blockIdx_x() * thread::blockDim_x() + thread::threadIdx_x()) as usize;\n"
        "    if i < out.len() {\n        unsafe { *out.get_unchecked_mut(i) = 1 };\n    }\n}\n"),
    ),
    "widen the mask": (
        "K0204", "name all lanes",
        BLOCK + "pub fn k(mut out: DisjointSlice<u32>) {\n"
        + "    let v = warp::ballot_sync(0xffff, thread::threadIdx_x() > 3);\n" + END,
    ),
    "write the own element": (
        "K0301", "get_mut",
        BLOCK + "pub fn k(mut out: DisjointSlice<u32>) {\n    let i = thread::index_1d().get();\n"
        + "    if i / 2 < out.len() {\n        unsafe { *out.get_unchecked_mut(i / 2) = 1 };\n    }\n}\n",
    ),
    "write the own element in a larger block": (
        "K0301", "get_mut",
        BLOCK + "pub fn k(mut out: DisjointSlice<u32>) {\n    let i = thread::index_1d().get();\n"
        + "    if i / 2 < out.len() {\n        unsafe {\n            let one = 1;\n"
        + "            *out.get_unchecked_mut(i / 2) = one;\n        }\n    }\n}\n",
    ),
    "take a shared reference": (
        "K0401", "take a shared reference",
        "#[kernel]\npub fn k(data: &'static mut [u32], mut out: DisjointSlice<u32>) {\n    let v = data[0];\n" + END,
    ),
    "hand each thread its own element": (
        "K0401", "own element",
        ("#[kernel]\npub fn k(a: u32, data: &mut [u32]) {\n    let i = thread::index_1d().get();\n"
        "    if i < data.len() {\n        data[i] = data[i] * a;\n        data[i] += 1;\n    }\n}\n"),
    ),
    "remove a contradiction": (
        "K0503", "remove",
        "#[kernel]\n#[launch_contract(domain = 1, block = (64, 1, 1), requires = (n > 3, n < 2, x.len() >= n))]\n" + COPY,
    ),
    "promise two dimensions": (
        "K0503", "2 dimensions",
        ("#[kernel]\n#[launch_contract(domain = 1, block = (64, 1, 1))]\n"
        "pub fn k(mut out: DisjointSlice<u32, thread::Index2D<64>>) {\n"
        "    if let Some(i) = thread::index_2d::<64>() {\n        if let Some(o) = out.get_mut(i) {\n"
        "            *o = 1;\n        }\n    }\n}\n"),
    ),
    "remove the unneeded unsafe": (
        "unused_unsafe", "unsafe",
        "#[kernel]\npub fn k(mut out: DisjointSlice<u32>) {\n    let v = unsafe { thread::threadIdx_x() };\n" + END,
    ),
    "remove an unused relation": (
        "K0502", "remove",
        "#[kernel]\n#[launch_contract(domain = 1, block = (64, 1, 1), requires = (n > 3, x.len() >= n))]\n" + COPY,
    ),
    "add a missing relation": ("K0504", "x.len()", BLOCK + COPY),
}  # fmt: skip


async def settled(ed, uri, code):
    """The diagnostics once replays are through."""
    for _ in range(150):
        found = (await ed.pull(uri)).items
        if not any("not replayed on the emulator yet" in (d.data or {}).get("rendered", "") for d in found):
            break
        await asyncio.sleep(0.1)
    return found, [d for d in found if d.code == code]


async def test_each_fix_makes_its_finding_go_away(kernel_uri):
    async with editor(command=SERVER) as ed:
        ed.open(kernel_uri, "")
        for name, (code, title, kernel) in CASES.items():
            text = USE + kernel
            ed.replace(kernel_uri, text)
            before = (await ed.pull(kernel_uri)).items
            assert any(d.code == code for d in before), (name, [(d.code, d.message) for d in before])
            actions = await ed.actions(kernel_uri, EVERYWHERE)
            fitting = [
                a for a in actions if title in a.title.lower() and a.diagnostics and a.diagnostics[0].code == code
            ]
            assert fitting, (name, [a.title for a in actions])
            fixed = applied(text, fitting[0].edit, kernel_uri)
            ed.replace(kernel_uri, fixed)
            left = [
                (d.code, d.message)
                for d in (await ed.pull(kernel_uri)).items
                if str(d.code)[:1] in "KE" or d.code == "unused_unsafe"
            ]
            assert not [each for each in left if each[0] == code], (name, left, fixed)
            assert not [each for each in left if each[0][0] in "Eu"], (name, left, fixed)


async def test_missing_safety_comments_are_told_where_a_setting_asks_for_it(kernel_uri):
    text = USE + CASES["write the own element"][2].replace("i / 2", "i")
    for setting, expected in (("off", []), ("hint", [types.DiagnosticSeverity.Hint])):
        async with editor(command=SERVER, settings={"findings": {"undocumentedUnsafe": setting}}) as ed:
            await ed.configured()
            ed.open(kernel_uri, text)
            found = (await ed.pull(kernel_uri)).items
            assert [d.severity for d in found if d.code == "undocumented_unsafe"] == expected
            ed.replace(kernel_uri, text.replace("        unsafe {", "        // SAFETY: its own.\n        unsafe {"))
            found = (await ed.pull(kernel_uri)).items
            assert not [d for d in found if d.code == "undocumented_unsafe"]


async def test_a_witness_is_related_information(kernel_uri):
    async with editor(command=SERVER) as ed:
        text = USE + CASES["add the barrier"][2]
        ed.open(kernel_uri, text)
        found, (race,) = await settled(ed, kernel_uri, "K0301")
        assert race.severity is types.DiagnosticSeverity.Error
        lines = text.splitlines()
        places = {race.range.start.line, *(i.location.range.start.line for i in race.related_information)}
        assert {i for i, line in enumerate(lines) if "T[t] = t" in line or "T[63 - t]" in line} <= places
        assert "in a launch of kernel `k` with grid" in race.data["rendered"]
        assert not [d for d in found if d.severity is types.DiagnosticSeverity.Error and d is not race]


LOCK = """use cuda_device::atomic::{AtomicOrdering, DeviceAtomicU32};
use cuda_device::{DisjointSlice, kernel, launch_contract};
#[kernel]
#[launch_contract(domain = 1, block = (1, 1, 1))]
pub fn k(mut y: DisjointSlice<u32>) {
    static LOCK: DeviceAtomicU32 = DeviceAtomicU32::new(0);
    if y.len() == 0 {
        return;
    }
    while LOCK.compare_exchange(0, 1, AtomicOrdering::Acquire, AtomicOrdering::Relaxed).is_err() {}
    BODY
}
"""
HELD = "unsafe { *y.as_mut_ptr() += 1 };\n    LOCK.store(0, AtomicOrdering::Release);"
GIVEN_UP = """let v = unsafe { *y.as_mut_ptr() };
    LOCK.store(0, AtomicOrdering::Release);
    unsafe { *y.as_mut_ptr() = v + 1 };"""


@pytest.mark.parametrize(("body", "races"), [(GIVEN_UP, True), (HELD, False)], ids=["given up early", "held"])
async def test_what_is_undecided_is_an_error_once_the_emulator_saw_it(kernel_uri, body, races):
    async with editor(command=SERVER) as ed:
        ed.open(kernel_uri, LOCK.replace("BODY", body))
        for _ in range(100):
            found = (await ed.pull(kernel_uri)).items
            errors = [d for d in found if d.code == "K0301"]
            if errors or not races:
                break
            assert [d.code for d in found if str(d.code).startswith("K03")] == ["K0303"]
            await asyncio.sleep(0.2)
        assert bool(errors) is races
        if races:
            assert errors[0].severity is types.DiagnosticSeverity.Error
            assert "confirmed: the emulator ran this launch" in errors[0].data["rendered"]


async def test_the_check_lens_runs_the_emulators_checks(kernel_uri):
    async with editor(command=SERVER, settings={"lens": {"check": {"enable": True}}}) as ed:
        await ed.configured()
        text = USE + CASES["add the barrier"][2]
        ed.open(kernel_uri, text)
        lens = (await ed.lenses(kernel_uri))[-1]
        assert lens.command.command == "oxide.checkKernel" and lens.command.title == "✓ Check"
        answer = await ed.command(lens.command.command, *lens.command.arguments)
        assert answer["state"] == "failed" and "with no order between them" in answer["summary"], answer
        assert (await ed.lenses(kernel_uri))[-1].command.title.startswith("✓ Check · ✗ thread")
        actions = await ed.actions(kernel_uri, EVERYWHERE)
        ed.replace(kernel_uri, applied(text, actions[0].edit, kernel_uri))
        answer = await ed.command("oxide.checkKernel", kernel_uri, "k")
        assert answer["state"] == "done" and answer["summary"].startswith("no findings in"), answer
