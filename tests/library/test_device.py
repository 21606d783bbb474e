"""The device library on the emulator: index spaces, views, warp and block collectives, atomics, vectors.

What it is: each kernel of `device.rs` against a NumPy computation. What it assumes: the emulator. What it guarantees:
the library's own algorithms (partial warps, tile-relative masks, scans, view proofs) are right, not only well-typed.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from compiler import driver, emulator
from compiler.codegen.artifact import KernelArtifact

SOURCE = str(Path(__file__).parent / "device.rs")


@cache
def compiled(kernel: str) -> KernelArtifact:
    return driver.compile_kernel(SOURCE, kernel, "sm_90")


def run(kernel: str, grid: int | tuple[int, int], block: int | tuple[int, int], *args: object) -> None:
    report = emulator.launch(compiled(kernel), kernel, grid, block, args)
    assert report.trap is None, str(report.trap)


def test_const_rows_and_warps() -> None:
    cells, warps = np.zeros(32, np.uint32), np.zeros(4, np.uint32)
    run("index_spaces", (5, 4), (2, 1), cells, warps)
    assert cells.tolist() == [i + 1 for i in range(32)]  # columns 8 and 9 own nothing
    assert not warps.any()  # a launch with rows has no warp index
    run("index_spaces", 2, 40, cells, warps)
    assert warps.tolist() == [100, 101, 100, 101]


def test_runtime_width() -> None:
    cells = np.full(15, 7, np.uint32)
    run("runtime_width", (2, 2), (3, 2), (cells, 5))
    assert cells.reshape(3, 5).tolist() == [[r * 100 + c for c in range(5)] for r in range(3)]


def test_elements_with_their_indices() -> None:
    cells = np.zeros(5, np.uint64)
    run("indexed", 2, 3, cells)
    assert cells.tolist() == [i * 3 + 1 for i in range(5)]
    run("indexed", (1, 2), 5, cells * 0)  # not a 1-D launch: nobody writes


def test_tiles_of_a_line() -> None:
    whole, clipped = np.zeros(10, np.uint32), np.zeros(7, np.uint32)
    run("linear_tiles", 1, 4, whole, clipped)
    assert whole.tolist() == [10, 15, 0, 13, 10, 15, 0, 13, 0, 0]
    assert clipped.tolist() == [1, 2, 3, 1, 2, 3, 1001]


def test_grid_stride_runs() -> None:
    cells = np.zeros(13, np.uint32)
    run("grid_stride", 1, 3, cells)
    expected = [300 + (i // 6 + 1) * 10 + i % 2 for i in range(13)]
    assert cells.tolist() == expected


def test_tiles_of_a_matrix() -> None:
    fixed, free = np.zeros((5, 6), np.uint32), np.zeros((3, 5), np.uint32)
    run("tiles_2d", (1, 1), (4, 4), fixed.reshape(-1), (free.reshape(-1), 5))
    expected = np.zeros((5, 6), np.uint32)
    expected[:4] = np.tile([[1, 2], [3, 4]], (2, 3))
    assert fixed.tolist() == expected.tolist()
    assert free.tolist() == [[5, 6, 5, 6, 0]] * 3


def test_rows_and_columns() -> None:
    n = 4
    a, b = np.arange(16, dtype=np.float32), np.arange(16, 32, dtype=np.float32)
    out = np.zeros(20, np.float32)
    run("matrix_views", 1, 20, a, b, n, out)
    product = (a.reshape(n, n) @ b.reshape(n, n)).reshape(-1)
    assert out.tolist() == [*(product + 2), *[1.0] * 4]  # rows beyond the matrix have no proof


def test_partial_warps() -> None:
    for n_threads in (1, 2, 5, 16, 31, 32):
        out = np.zeros(n_threads, np.float32)
        run("warp_sums", 1, n_threads, out)
        total = n_threads * (n_threads + 1) // 2
        assert out.tolist() == [np.float32(total * 10000 + n_threads * 100 + 1)] * n_threads, n_threads


def test_wide_shuffles_and_votes() -> None:
    out = np.zeros(32, np.uint64)
    run("warp_words", 1, 32, out)
    thirds = sum(1 << lane for lane in range(0, 32, 3))
    for lane in range(32):
        wide = ((lane ^ 5) << 40) | (lane ^ 5)
        assert int(out[lane]) == wide + 7 + thirds * 8 + (0xF << (lane // 4 * 4)) + 11


def tile_word(lane: int) -> int:
    """What `tiles_of_a_warp` computes in a lane."""
    base, rank = lane // 8 * 8, lane % 8
    word = sum(range(base, base + 8)) + (rank + 1) * 1000 + 3 * 100_000
    word ^= 0b10101010 << 20
    word ^= lane + 7 if rank == 0 else lane
    word ^= lane << 8  # xor by 8 leaves the tile
    if lane % 2 == 0:
        above = sum(1 << (even // 2) for even in range(0, 32, 2) if even > 10)
        word ^= 16 ^ 10 ^ (above << 4) ^ (lane // 2)
    return word


def test_tiles_and_coalesced_threads() -> None:
    out = np.zeros(32, np.uint32)
    run("tiles_of_a_warp", 1, 32, out)
    assert out.tolist() == [tile_word(lane) & 0xFFFF_FFFF for lane in range(32)]


def test_block_reductions_and_scans() -> None:
    for n_threads in (1, 31, 32, 33, 100, 128):
        values = np.random.default_rng(n_threads).integers(-50, 50, n_threads).astype(np.int32)
        sums, scans = np.zeros(n_threads, np.int32), np.zeros(n_threads, np.int32)
        run("whole_block", 1, n_threads, values, sums, scans)
        mixed = int(np.bitwise_xor.reduce(values))
        expected = int(values.max()) * 7 + int(values.min()) * 5 + mixed * 3 + int(values[-1])
        assert sums.tolist() == [expected] * n_threads
        assert scans.tolist() == np.cumsum(values).tolist()


def test_atomics() -> None:
    words, floats, wide = np.zeros(5, np.uint32), np.full(1, 10, np.float32), np.ones(1, np.uint64)
    run("atomic_counts", 1, 48, words, floats, wide)
    grown = 0
    for _ in range(48):
        grown = (grown * 3 + 1) & 0xFFFF_FFFF
    mask = sum(1 << lane for lane in range(16, 32))  # lanes 0..16 flipped twice
    assert words.tolist() == [96, 47, (-47) & 0xFFFF_FFFF, mask, grown]
    assert floats[0] == 10 - 24
    assert int(wide[0]) == 1 + (48 << 33)


def test_pure_device_functions() -> None:
    values, out = np.arange(16, dtype=np.float32), np.zeros(12, np.float32)
    run("plain_rust", 1, 12, values, out)
    swizzled = 27 ^ ((27 >> 3) & 7)
    expected = [6, 0, 1 + 4 + 3 + 2 + 3, swizzled, 32, 4, 1.5 * 100 - 2.25, 73, 1, 1, 0, 0]
    assert out.tolist() == expected
