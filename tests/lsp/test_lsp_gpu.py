"""The runner worker on a real GPU: runs, benchmarks, a kernel that faults, a kernel that never ends."""

from __future__ import annotations

import pathlib

import pytest

from compiler import runtime
from oxide_lsp.workers.outcome import Done, Outcome, TimedOut
from oxide_lsp.workers.pool import RUNNER, WorkerPool

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAXPY = (ROOT / "examples" / "saxpy.rs").read_text(encoding="utf-8")
USES = "use cuda_device::{kernel, thread, DisjointSlice};\n"
FAULTS = USES + (
    "#[kernel]\npub fn k(mut y: DisjointSlice<u32>, p: *mut u32) {\n"
    "    unsafe { *p.add(1 << 40) = 7; }\n    if let Some(e) = y.get_mut(thread::index_1d()) { *e = 1; }\n}\n"
)
NEVER_ENDS = USES + (
    "#[kernel]\npub fn k(p: *mut u32) {\n    unsafe { loop { p.write_volatile(p.read_volatile() + 1); } }\n}\n"
)

pytestmark = [
    pytest.mark.gpu,
    pytest.mark.skipif(not runtime.is_available(), reason="no GPU: test_lsp_compiler runs the lenses on the emulator"),
]


async def launch(pool: WorkerPool, action: str, source: str, kernel: str, budget_s: float = 60) -> Outcome:
    params = {"file": "/k.rs", "kernel": kernel, "target": "auto", "device": "gpu"}
    sources = {"changed": {"/k.rs": source}}
    return await pool.submit(RUNNER, action, lambda _process: {**params, "sources": sources}, budget_s)


async def ran_well(pool: WorkerPool, action: str) -> str:
    outcome = await launch(pool, action, SAXPY, "saxpy")
    assert isinstance(outcome, Done) and outcome.value["ok"], outcome
    return outcome.value["summary"]


async def test_lenses_on_the_gpu_survive_a_fault_and_a_hang():
    pool = WorkerPool()
    try:
        print(await ran_well(pool, "run"))
        summary = await ran_well(pool, "bench")
        print(summary)
        assert "cold" in summary and "hot" in summary

        outcome = await launch(pool, "run", FAULTS, "k")
        print(outcome)
        assert not (isinstance(outcome, Done) and outcome.value["ok"])
        print(await ran_well(pool, "run"))

        outcome = await launch(pool, "run", NEVER_ENDS, "k", budget_s=5)
        assert isinstance(outcome, TimedOut)
        print(await ran_well(pool, "run"))
    finally:
        await pool.close()
