"""Worker processes under the real LLVM, ptxas and emulator at their worst."""

from __future__ import annotations

import asyncio
import os
import pathlib
import time

import pytest

from oxide_lsp.workers.outcome import Crashed, Done, TimedOut
from oxide_lsp.workers.pool import CODEGEN, RUNNER, WorkerPool
from tests.lsp import hostile_jobs

ROOT = pathlib.Path(__file__).resolve().parents[2]


@pytest.fixture
async def pool(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT))
    workers = WorkerPool("tests.lsp.hostile_jobs")
    yield workers
    await workers.close()


async def works(pool: WorkerPool, role) -> bool:
    outcome = await pool.submit(role, "run", lambda _process: {"kernel": "k", "device": "cpu"}, 5)
    return isinstance(outcome, Done)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        state = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (ProcessLookupError, FileNotFoundError):
        return False
    return state != "Z"


async def test_an_llvm_abort_is_an_outcome_with_llvms_words(pool):
    outcome = await pool.submit(CODEGEN, "llvm_aborts", lambda _process: {}, 20)
    assert isinstance(outcome, Crashed)
    assert "SIGABRT" in outcome.reason and "Cannot select" in outcome.reason
    assert await works(pool, CODEGEN)


async def test_a_kernel_that_never_ends_is_ended(pool):
    assert await works(pool, RUNNER)
    start = time.monotonic()
    outcome = await pool.submit(RUNNER, "kernel_never_ends", lambda _process: {}, 1.5)
    assert isinstance(outcome, TimedOut) and time.monotonic() - start < 3
    assert await works(pool, RUNNER)


async def test_a_ptxas_that_never_ends_is_ended_with_its_worker(pool, tmp_path):
    sass = pytest.importorskip("compiler.codegen.sass")
    if sass.tool_path("ptxas") is None:
        pytest.skip("ptxas is not installed (extra: toolkit)")
    outcome = await pool.submit(CODEGEN, "ptxas_never_ends", lambda _process: {"folder": str(tmp_path)}, 2)
    assert isinstance(outcome, TimedOut)
    pid = int((tmp_path / hostile_jobs.PTXAS_PID).read_text())
    await asyncio.sleep(0.1)
    assert not is_alive(pid)
    assert await works(pool, CODEGEN)


async def test_roles_do_not_wait_for_each_other(pool):
    assert await works(pool, CODEGEN)
    busy = asyncio.ensure_future(pool.submit(RUNNER, "kernel_never_ends", lambda _process: {}, 3))
    await asyncio.sleep(0.3)
    start = time.monotonic()
    assert await works(pool, CODEGEN)
    assert time.monotonic() - start < 0.5
    await busy


async def test_a_worker_killed_from_outside_is_replaced(pool):
    assert await works(pool, RUNNER)
    pid = pool.state()["runner"]["pid"]
    os.kill(pid, 9)
    await asyncio.sleep(0.2)
    assert await works(pool, RUNNER)
    assert pool.state()["runner"]["pid"] != pid


async def test_a_worker_that_says_it_is_poisoned_is_replaced(pool):
    assert await works(pool, RUNNER)
    pid = pool.state()["runner"]["pid"]
    outcome = await pool.submit(RUNNER, "run", lambda _process: {"kernel": "poisons", "device": "gpu"}, 5)
    assert isinstance(outcome, Done)
    assert await works(pool, RUNNER)
    assert pool.state()["runner"]["pid"] != pid


async def test_a_worker_without_work_is_ended_and_comes_back(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT))
    workers = WorkerPool("tests.lsp.hostile_jobs", idle_end_s=0.3)
    try:
        assert await works(workers, CODEGEN)
        pid = workers.state()["codegen"]["pid"]
        while workers.state()["codegen"]["pid"] is not None:
            await asyncio.sleep(0.02)
        assert not is_alive(pid)
        assert await works(workers, CODEGEN)
        assert workers.state()["codegen"]["restarts"] == 0
        busy_for_long = await workers.submit(CODEGEN, "kernel_never_ends", lambda _process: {}, 1.0)
        assert isinstance(busy_for_long, TimedOut)
    finally:
        await workers.close()


async def test_workers_end_with_the_server():
    code = (
        "import asyncio, sys\n"
        "from oxide_lsp.workers.pool import *\n"
        "async def main():\n"
        "    pool = WorkerPool('tests.lsp.toy_jobs')\n"
        "    job = asyncio.ensure_future(pool.submit(RUNNER, 'run', lambda p: {'kernel': 'hangs_in_child'}, 60))\n"
        "    await asyncio.sleep(1)\n"
        "    print(pool.state()['runner']['pid'], flush=True)\n"
        "    await asyncio.sleep(60)\n"
        "asyncio.run(main())\n"
    )
    import sys

    server = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    pid = int(await server.stdout.readline())
    assert is_alive(pid)
    server.kill()
    await server.wait()
    for _ in range(40):
        if not is_alive(pid):
            break
        await asyncio.sleep(0.05)
    assert not is_alive(pid)


async def test_a_role_that_cannot_start_says_so():
    workers = WorkerPool("tests.lsp.no_such_jobs")
    for _ in range(4):
        outcome = await workers.submit(RUNNER, "run", lambda _process: {}, 5)
        assert isinstance(outcome, Crashed)
    assert "cannot start" in outcome.reason
    await workers.close()
