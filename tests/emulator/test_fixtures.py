"""The emulator on hand-written device IR: results under every schedule, faults with line and coordinates."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from compiler import emulator

FIXTURES = Path(__file__).parent / "fixtures"
SCHEDULES = ("in-order", "reversed", "random")


def ir(name: str) -> str:
    return (FIXTURES / f"{name}.ll").read_text()


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_saxpy(schedule: str) -> None:
    x = np.arange(1000, dtype=np.float32)
    y = np.ones(1000, np.float32)
    args = [np.float32(2), x, np.uint64(1000), y, np.uint64(1000)]
    report = emulator.launch(ir("saxpy"), "saxpy", 4, 256, args, schedule=schedule)
    assert report.trap is None and report.n_threads == 1024 and not report.coroutine
    np.testing.assert_array_equal(y, 2 * x + 1)


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_block_reduction_with_barrier_in_a_loop(schedule: str) -> None:
    x = np.random.default_rng(1).integers(0, 9, 1024).astype(np.float32)
    out = np.zeros(4, np.float32)
    report = emulator.launch(ir("block_reduce"), "block_reduce", 4, 256, [x, out], schedule=schedule, seed=7)
    assert report.trap is None and report.coroutine
    np.testing.assert_array_equal(out, x.reshape(4, 256).sum(1))


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_warp_shuffle_reduction(schedule: str) -> None:
    x = np.arange(64, dtype=np.float32)
    out, mask = np.zeros(2, np.float32), np.zeros(2, np.uint32)
    report = emulator.launch(ir("warp_reduce"), "warp_reduce", 1, 64, [x, out, mask], schedule=schedule)
    assert report.trap is None
    np.testing.assert_array_equal(out, [496, 1520])
    np.testing.assert_array_equal(mask, [0xAAAAAAAA] * 2)


def test_histogram_with_atomics_and_a_device_global() -> None:
    x = np.random.default_rng(2).integers(0, 1000, 512, dtype=np.int32)
    counts, calls = np.zeros(16, np.int32), np.zeros(1, np.int32)
    for _ in range(2):  # device globals start afresh in each one-shot launch
        counts[:] = 0
        report = emulator.launch(ir("histogram"), "histogram", 2, 256, [x, counts, calls])
        assert report.trap is None
        np.testing.assert_array_equal(counts, np.bincount(x & 15, minlength=16))
        assert calls[0] == 512


def test_device_globals_persist_in_a_loaded_module() -> None:
    module = emulator.load(ir("histogram"))
    x, counts, calls = np.zeros(32, np.int32), np.zeros(16, np.int32), np.zeros(1, np.int32)
    for total in (32, 64):
        module.launch("histogram", 1, 32, [x, counts, calls], emulator.LaunchOptions())
        assert int.from_bytes(module.global_bytes("histogram", "CALLS"), "little") == total


def test_divergent_barrier_is_reported() -> None:
    trap = emulator.launch(ir("divergent"), "divergent", 1, 32, []).trap
    assert trap is not None and trap.kind == "divergent-barrier"
    assert (trap.file, trap.line, trap.thread) == ("divergent.rs", 5, (0, 0, 0))
    assert trap.notes == (
        "16 threads wait at a barrier at divergent.rs:5, first (0, 0, 0)",
        "16 threads have returned, first (16, 0, 0)",
    )


def test_exited_threads_may_count_as_arrived() -> None:
    assert emulator.launch(ir("divergent"), "divergent", 1, 32, [], exited_threads_arrive=True).trap is None


def test_trap_reports_line_block_and_thread() -> None:
    x, y = np.ones(13, np.float32), np.zeros(16, np.float32)
    trap = emulator.launch(ir("trap"), "trap", 2, 8, [x, np.uint64(13), y]).trap
    assert trap is not None and trap.kind == "trap"
    assert (trap.block, trap.thread) == ((1, 0, 0), (5, 0, 0))
    assert [(f.file, f.line, f.function) for f in trap.frames] == [("slice.rs", 41, "get"), ("trap.rs", 12, "trap")]
    assert (trap.file, trap.line) == ("trap.rs", 12)


def test_out_of_bounds_names_the_buffer() -> None:
    x, y = np.ones(16, np.float32), np.zeros(9, np.float32)
    trap = emulator.launch(ir("trap"), "trap", 2, 8, [x, np.uint64(16), y]).trap
    assert trap is not None and trap.kind == "out-of-bounds"
    assert trap.message == "out of bounds: 4-byte access at the end of `argument 2` (36 bytes)"
    assert (trap.line, trap.block, trap.thread) == (13, (1, 0, 0), (1, 0, 0))


def test_write_to_a_read_only_buffer() -> None:
    x, y = np.ones(16, np.float32), np.zeros(16, np.float32)
    y.flags.writeable = False
    trap = emulator.launch(ir("trap"), "trap", 2, 8, [x, np.uint64(16), y]).trap
    assert trap is not None and trap.kind == "read-only" and "argument 2" in trap.message


def test_printf() -> None:
    report = emulator.launch(ir("printf"), "hello", 1, 3, [np.float64(1.5)], schedule="reversed")
    assert report.printed == ["t=2 v= 1.50\n", "t=1 v= 1.50\n", "t=0 v= 1.50\n"]


def test_dynamic_shared_memory() -> None:
    x, size = np.arange(64, dtype=np.int32), np.zeros(1, np.int32)
    report = emulator.launch(ir("dynamic_smem"), "reverse", 1, 64, [x, size], dynamic_smem_bytes=256)
    assert report.trap is None and size[0] == 256
    np.testing.assert_array_equal(x, np.arange(64)[::-1])


def test_too_little_dynamic_shared_memory_is_out_of_bounds() -> None:
    x, size = np.arange(64, dtype=np.int32), np.zeros(1, np.int32)
    trap = emulator.launch(ir("dynamic_smem"), "reverse", 1, 64, [x, size], dynamic_smem_bytes=128).trap
    assert trap is not None and trap.kind == "out-of-bounds" and "shared memory" in trap.message
