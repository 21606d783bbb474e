"""The example kernels with inputs, launch shapes and NumPy references: data for tests and benchmarks.

What it is: one :class:`Case` per kernel of ``examples/``. What it assumes: nothing but NumPy. What it guarantees:
inputs are random but seeded, and the reference is computed independently of any kernel, in float64 where rounding
matters. Example::

    launch = CASES["saxpy"].make(np.random.default_rng(0), CASES["saxpy"].small)
    # run it on launch.args with launch.grid and launch.block, then launch.check()
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
Array = np.ndarray[Any, np.dtype[Any]]
Dims = int | tuple[int, ...]


@dataclass(slots=True)
class Launch:
    """One launch. ``expected``: argument index -> the array afterwards; ``bytes_moved``: least traffic."""

    grid: Dims
    block: Dims
    args: list[Any]
    expected: dict[int, Array]
    rtol: float = 1e-5
    atol: float = 1e-6
    dynamic_shared_bytes: int = 0
    bytes_moved: int = 0
    flops: int = 0

    def array(self, index: int) -> Array:
        """The array behind an argument (``(array, width)`` pairs included)."""
        arg = self.args[index]
        made: Array = arg[0] if isinstance(arg, tuple) else arg
        return made

    def check(self) -> None:
        """Raise ``AssertionError`` unless every written array holds what the reference says."""
        for index, want in self.expected.items():
            got = self.array(index).reshape(want.shape)
            if want.dtype.kind == "f":
                np.testing.assert_allclose(got, want, rtol=self.rtol, atol=self.atol)
            else:
                np.testing.assert_array_equal(got, want)


@dataclass(frozen=True, slots=True)
class Case:
    """A kernel of an example file. ``small`` suits the emulator, ``large`` fills a GPU."""

    name: str
    file: str
    kernel: str
    make: Callable[[np.random.Generator, int], Launch]
    small: int
    large: int

    @property
    def path(self) -> Path:
        return EXAMPLES / self.file


CASES: dict[str, Case] = {}
Make = Callable[[np.random.Generator, int], Launch]


def case(file: str, kernel: str, small: int, large: int) -> Callable[[Make], Make]:
    """Register the maker of one kernel's launches."""

    def register(make: Make) -> Make:
        CASES[kernel] = Case(kernel, file, kernel, make, small, large)
        return make

    return register


def floats(generator: np.random.Generator, *shape: int, low: float = -1.0, high: float = 1.0) -> Array:
    return (generator.random(shape) * (high - low) + low).astype(np.float32)


def blocks(n: int, size: int) -> int:
    return -(-n // size)


@case("saxpy.rs", "saxpy", 1000, 1 << 26)
def saxpy(generator: np.random.Generator, n: int) -> Launch:
    a, x, y = 2.5, floats(generator, n), floats(generator, n)
    return Launch(blocks(n, 256), 256, [a, x, y], {2: np.float32(a) * x + y}, bytes_moved=12 * n, flops=2 * n)


@case("reduction.rs", "reduce_sum", 10_000, 1 << 26)
def reduce_sum(generator: np.random.Generator, n: int) -> Launch:
    grid = min(blocks(n, 256), 132 * 8)
    x, partial = floats(generator, n, low=0.0), np.zeros(grid, np.float32)
    padded = np.zeros(blocks(n, grid * 256) * grid * 256)
    padded[:n] = x
    want = padded.reshape(-1, grid, 256).sum((0, 2)).astype(np.float32)
    return Launch(grid, 256, [x, partial], {1: want}, rtol=1e-4, bytes_moved=4 * n, flops=n)


@case("dot.rs", "dot", 5000, 1 << 25)
def dot(generator: np.random.Generator, n: int) -> Launch:
    a, b = floats(generator, n, low=0.0), floats(generator, n, low=0.0)
    want = np.array([np.dot(a.astype(np.float64), b)], np.float32)
    grid = min(blocks(n, 256), 132 * 8)
    return Launch(grid, 256, [a, b, np.zeros(1, np.float32)], {2: want}, rtol=1e-3, bytes_moved=8 * n, flops=2 * n)


@case("scan.rs", "scan_blocks", 1500, 1 << 25)
def scan_blocks(generator: np.random.Generator, n: int) -> Launch:
    grid = blocks(n, 256)
    x = generator.integers(0, 100, n, dtype=np.uint32)
    padded = np.zeros(grid * 256, np.uint32)
    padded[:n] = x
    scanned = np.cumsum(padded.reshape(grid, 256), 1, dtype=np.uint32)
    args = [x, np.zeros(n, np.uint32), np.zeros(grid, np.uint32)]
    return Launch(grid, 256, args, {1: scanned.ravel()[:n], 2: scanned[:, -1].copy()}, bytes_moved=8 * n)


@case("scan.rs", "add_block_offsets", 1500, 1 << 25)
def add_block_offsets(generator: np.random.Generator, n: int) -> Launch:
    grid = blocks(n, 256)
    sums = np.cumsum(generator.integers(0, 100, grid, dtype=np.uint32), dtype=np.uint32)
    out = generator.integers(0, 100, n, dtype=np.uint32)
    want = out + np.repeat(np.concatenate([[0], sums[:-1]]), 256)[:n].astype(np.uint32)
    return Launch(grid, 256, [sums, out], {1: want}, bytes_moved=8 * n)


@case("prefix_sum.rs", "prefix_sum", 2048, 1 << 25)
def prefix_sum(generator: np.random.Generator, n: int) -> Launch:
    x = generator.integers(0, 1000, n, dtype=np.uint32)
    chunks = x.reshape(-1, 512)
    want = np.cumsum(chunks, 1, dtype=np.uint32) - chunks
    return Launch(n // 512, 256, [x, np.zeros(n, np.uint32)], {1: want.ravel()}, bytes_moved=8 * n)


@case("histogram.rs", "histogram", 4000, 1 << 26)
def histogram(generator: np.random.Generator, n: int) -> Launch:
    data = generator.integers(0, 2**32, n, dtype=np.uint32)
    want = np.bincount(data.view(np.uint8), minlength=256).astype(np.uint32)
    grid = min(blocks(n, 256), 132 * 8)
    return Launch(grid, 256, [data, np.zeros(256, np.uint32)], {1: want}, bytes_moved=4 * n)


@case("transpose.rs", "transpose", 70, 8192)
def transpose(generator: np.random.Generator, n: int) -> Launch:
    rows, cols = n, n + (n % 32 != 0) * 13
    x = floats(generator, rows, cols)
    args = [x, cols, (np.zeros((cols, rows), np.float32), rows)]
    grid = (blocks(cols, 32), blocks(rows, 32))
    return Launch(grid, (32, 8), args, {2: x.T.copy()}, bytes_moved=8 * rows * cols)


@case("matmul.rs", "matmul", 128, 4096)
def matmul(generator: np.random.Generator, n: int) -> Launch:
    m, k = n, n // 2 if n <= 128 else n
    a, b = floats(generator, m, k), floats(generator, k, n)
    want = (a.astype(np.float64) @ b).astype(np.float32) if n <= 512 else a @ b
    args = [a, b, k, (np.zeros((m, n), np.float32), n)]
    return Launch(
        (n // 64, m // 64),
        (16, 16),
        args,
        {3: want},
        rtol=1e-3,
        atol=2e-3,
        bytes_moved=4 * (m * k + k * n + m * n),
        flops=2 * m * n * k,
    )


@case("softmax.rs", "softmax", 1000, 4096)
def softmax(generator: np.random.Generator, cols: int) -> Launch:
    rows = 6 if cols < 2000 else 16384
    x = floats(generator, rows, cols, low=-4.0, high=4.0)
    exponentials = np.exp(x.astype(np.float64) - x.max(1, keepdims=True))
    want = (exponentials / exponentials.sum(1, keepdims=True)).astype(np.float32)
    return Launch(rows, 256, [x, cols, np.zeros_like(x)], {2: want}, rtol=1e-4, bytes_moved=8 * x.size)


@case("layer_norm.rs", "layer_norm", 700, 4096)
def layer_norm(generator: np.random.Generator, cols: int) -> Launch:
    rows = 5 if cols < 2000 else 16384
    x, gamma, beta = floats(generator, rows, cols), floats(generator, cols), floats(generator, cols)
    wide = x.astype(np.float64)
    want = (wide - wide.mean(1, keepdims=True)) / np.sqrt(wide.var(1, keepdims=True) + 1e-5) * gamma + beta
    args = [x, gamma, beta, 1e-5, cols, np.zeros_like(x)]
    return Launch(rows, 256, args, {5: want.astype(np.float32)}, rtol=1e-4, atol=1e-5, bytes_moved=8 * x.size)


@case("stencil.rs", "stencil", 50, 8192)
def stencil(generator: np.random.Generator, n: int) -> Launch:
    height, width = n, n + 7 if n < 1000 else n
    x = floats(generator, height, width)
    want = x.copy()
    want[1:-1, 1:-1] = 0.25 * (x[:-2, 1:-1] + x[2:, 1:-1] + x[1:-1, :-2] + x[1:-1, 2:])
    args = [x, height, (np.zeros_like(x), width)]
    grid = (blocks(width, 32), blocks(height, 8))
    return Launch(grid, (32, 8), args, {2: want}, bytes_moved=8 * x.size, flops=4 * x.size)


@case("nbody.rs", "nbody", 512, 16384)
def nbody(generator: np.random.Generator, n: int) -> Launch:
    bodies = floats(generator, n, 4)
    bodies[:, 3] = np.abs(bodies[:, 3]) / n
    want = np.zeros((n, 4))
    wide = bodies.astype(np.float64)
    for start in range(0, n, 256):
        d = wide[None, :, :3] - wide[start : start + 256, None, :3]
        inverse = ((d * d).sum(2) + 1e-3) ** -1.5 * wide[None, :, 3]
        want[start : start + 256, :3] = (d * inverse[:, :, None]).sum(1)
    args = [bodies, np.zeros_like(bodies)]
    want32 = want.astype(np.float32)
    return Launch(n // 256, 256, args, {1: want32}, rtol=2e-3, atol=1e-4, bytes_moved=32 * n, flops=20 * n * n)


@case("black_scholes.rs", "black_scholes", 1000, 1 << 24)
def black_scholes(generator: np.random.Generator, n: int) -> Launch:
    spot, strike = floats(generator, n, low=5, high=30), floats(generator, n, low=1, high=100)
    years, rate, volatility = floats(generator, n, low=0.25, high=10), 0.02, 0.30
    s, x, t = (array.astype(np.float64) for array in (spot, strike, years))
    d1 = (np.log(s / x) + (rate + 0.5 * volatility**2) * t) / (volatility * np.sqrt(t))
    d2 = d1 - volatility * np.sqrt(t)
    n1, n2 = _normal(d1), _normal(d2)
    discounted = x * np.exp(-rate * t)
    call, put = s * n1 - discounted * n2, discounted * (1 - n2) - s * (1 - n1)
    args = [spot, strike, years, rate, volatility, np.zeros(n, np.float32), np.zeros(n, np.float32)]
    want = {5: call.astype(np.float32), 6: put.astype(np.float32)}
    return Launch(blocks(n, 256), 256, args, want, rtol=1e-3, atol=1e-3, bytes_moved=20 * n)


def _normal(d: Array) -> Array:
    """Cumulative normal distribution (Abramowitz and Stegun 26.2.17)."""
    k = 1 / (1 + 0.2316419 * np.abs(d))
    series = k * (0.319381530 + k * (-0.356563782 + k * (1.781477937 + k * (-1.821255978 + k * 1.330274429))))
    tail = np.exp(-0.5 * d * d) / np.sqrt(2 * np.pi) * series
    made: Array = np.where(d > 0, 1 - tail, tail)
    return made


@case("mandelbrot.rs", "mandelbrot", 40, 4096)
def mandelbrot(generator: np.random.Generator, n: int) -> Launch:
    limit, left, top, pixel = 64, np.float32(-2.0), np.float32(1.25), np.float32(2.5 / n)
    col, row = np.meshgrid(np.arange(n, dtype=np.float32), np.arange(n, dtype=np.float32))
    cx, cy = left + col * pixel, top - row * pixel
    x, y, count = np.zeros_like(cx), np.zeros_like(cx), np.zeros(cx.shape, np.uint32)
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(limit):
            inside = x * x + y * y <= 4.0
            x, y = np.where(inside, x * x - y * y + cx, x), np.where(inside, np.float32(2) * x * y + cy, y)
            count += inside
    made = Launch(
        (blocks(n, 16), blocks(n, 16)),
        (16, 16),
        [left, top, pixel, limit, (np.zeros((n, n), np.uint32), n)],
        {4: count},
    )
    return _Fractal(made.grid, made.block, made.args, made.expected, bytes_moved=4 * n * n)


class _Fractal(Launch):
    """Fused multiply-adds move the boundary: a small share of pixels may differ."""

    __slots__ = ()

    def check(self) -> None:
        got, want = self.array(4), self.expected[4]
        share = float(np.mean(got != want))
        assert share < 0.02, f"{share:.1%} of the pixels differ"


@case("radix_sort.rs", "digit_counts", 2000, 1 << 24)
def digit_counts(generator: np.random.Generator, n: int) -> Launch:
    keys, shift, grid = generator.integers(0, 2**32, n, dtype=np.uint32), 8, blocks(n, 256)
    want = _digit_counts(keys, shift, grid)
    return Launch(grid, 256, [keys, shift, np.zeros(16 * grid, np.uint32)], {2: want}, bytes_moved=4 * n)


def _digit_counts(keys: Array, shift: int, grid: int) -> Array:
    digit = (keys >> shift) & 15
    block = np.arange(len(keys)) // 256
    return np.bincount(digit * grid + block, minlength=16 * grid).astype(np.uint32)


@case("radix_sort.rs", "scatter", 2000, 1 << 24)
def scatter(generator: np.random.Generator, n: int) -> Launch:
    keys, shift, grid = generator.integers(0, 2**32, n, dtype=np.uint32), 4, blocks(n, 256)
    counts = _digit_counts(keys, shift, grid)
    offsets = (np.cumsum(counts) - counts).astype(np.uint32)
    want = keys[np.argsort((keys >> shift) & 15, kind="stable")]
    return Launch(grid, 256, [keys, offsets, shift, np.zeros(n, np.uint32)], {3: want}, bytes_moved=8 * n)


@case("gemv.rs", "gemv", 100, 8192)
def gemv(generator: np.random.Generator, n: int) -> Launch:
    a, x = floats(generator, n, n + 3 if n < 1000 else n), floats(generator, n + 3 if n < 1000 else n)
    want = (a.astype(np.float64) @ x).astype(np.float32) if n < 1000 else a @ x
    args = [a, x, np.zeros(n, np.float32)]
    return Launch(blocks(n, 8), 256, args, {2: want}, rtol=1e-3, atol=1e-3, bytes_moved=4 * a.size, flops=2 * a.size)


@case("attention.rs", "attention_row", 40, 2048)
def attention_row(generator: np.random.Generator, tokens: int) -> Launch:
    q, k, v = (floats(generator, tokens, 64) for _ in range(3))
    scores = q.astype(np.float64) @ k.T / 8
    weights = np.exp(scores - scores.max(1, keepdims=True))
    want = (weights / weights.sum(1, keepdims=True) @ v).astype(np.float32)
    args = [q, k, v, np.zeros_like(q)]
    flops = 4 * tokens * tokens * 64
    return Launch(tokens, 128, args, {3: want}, 1e-3, 1e-4, dynamic_shared_bytes=4 * tokens, flops=flops)


@case("rng.rs", "random_uniform", 500, 1 << 24)
def random_uniform(generator: np.random.Generator, n: int) -> Launch:
    seed = 0x1234_5678_9ABC_DEF0
    counter = [np.arange(n, dtype=np.uint64), *(np.zeros(n, np.uint64) for _ in range(3))]
    key, mask = [np.uint64(seed & 0xFFFFFFFF), np.uint64(seed >> 32)], np.uint64(0xFFFFFFFF)
    for _ in range(10):
        p0, p1 = np.uint64(0xD2511F53) * counter[0], np.uint64(0xCD9E8D57) * counter[2]
        counter = [
            (p1 >> np.uint64(32)) ^ counter[1] ^ key[0],
            p1 & mask,
            (p0 >> np.uint64(32)) ^ counter[3] ^ key[1],
            p0 & mask,
        ]
        key = [(key[0] + np.uint64(0x9E3779B9)) & mask, (key[1] + np.uint64(0xBB67AE85)) & mask]
    want = np.stack([(c >> np.uint64(8)).astype(np.float32) / np.float32(2**24) for c in counter], 1)
    args = [seed, np.zeros((n, 4), np.float32)]
    return Launch(blocks(n, 256), 256, args, {1: want}, bytes_moved=16 * n)


@case("bitonic_sort.rs", "bitonic_sort", 2048, 1 << 24)
def bitonic_sort(generator: np.random.Generator, n: int) -> Launch:
    keys = generator.integers(0, 2**32, n, dtype=np.uint32)
    want = np.sort(keys.reshape(-1, 1024), 1).ravel()
    return Launch(n // 1024, 512, [keys], {0: want}, bytes_moved=8 * n)


@case("convolution.rs", "convolution", 45, 8192)
def convolution(generator: np.random.Generator, n: int) -> Launch:
    height, width = n, n + 6 if n < 1000 else n
    x, taps = floats(generator, height, width), floats(generator, 25)
    padded = np.pad(x, 2)
    want = np.zeros_like(x)
    for dy in range(5):
        for dx in range(5):
            want += taps[5 * dy + dx] * padded[dy : dy + height, dx : dx + width]
    args = [x, taps, height, (np.zeros_like(x), width)]
    grid = (blocks(width, 32), blocks(height, 8))
    return Launch(grid, (32, 8), args, {3: want}, rtol=1e-4, atol=1e-5, bytes_moved=8 * x.size, flops=50 * x.size)


@case("kmeans.rs", "kmeans_step", 600, 1 << 22)
def kmeans_step(generator: np.random.Generator, n: int) -> Launch:
    points, centres = floats(generator, n, 4), floats(generator, 16, 4)
    distance = np.stack([((points - centre) ** 2).sum(1) for centre in centres], 1)
    labels = distance.argmin(1).astype(np.uint32)
    sums = np.zeros((16, 4))
    np.add.at(sums, labels, points)
    counts = np.bincount(labels, minlength=16).astype(np.uint32)
    args = [points, centres, np.zeros(n, np.uint32), np.zeros((16, 4), np.float32), np.zeros(16, np.uint32)]
    want = {2: labels, 3: sums.astype(np.float32), 4: counts}
    return _Clusters(blocks(n, 256), 256, args, want, rtol=1e-2, atol=0.05, bytes_moved=20 * n)


class _Clusters(Launch):
    """Points at nearly equal distance of two centres may go to either."""

    __slots__ = ()

    def check(self) -> None:
        differing = int(np.sum(self.array(2) != self.expected[2]))
        assert differing <= len(self.array(2)) // 10_000, f"{differing} labels differ"
        np.testing.assert_allclose(self.array(3), self.expected[3], rtol=self.rtol, atol=self.atol + 2 * differing)
        assert int(np.abs(self.array(4).astype(np.int64) - self.expected[4]).sum()) <= 2 * differing


@case("game_of_life.rs", "life", 40, 8192)
def life(generator: np.random.Generator, n: int) -> Launch:
    height, width = n, n + 5 if n < 1000 else n
    cells = generator.integers(0, 2, (height, width), dtype=np.uint8)
    around = sum(np.roll(cells, (dy, dx), (0, 1)) for dy in (-1, 0, 1) for dx in (-1, 0, 1)) - cells
    want = ((around == 3) | ((cells == 1) & (around == 2))).astype(np.uint8)
    args = [cells, height, (np.zeros_like(cells), width)]
    grid = (blocks(width, 32), blocks(height, 8))
    return Launch(grid, (32, 8), args, {2: want}, bytes_moved=2 * cells.size)


@case("spmv.rs", "spmv", 300, 1 << 20)
def spmv(generator: np.random.Generator, rows: int) -> Launch:
    lengths = generator.integers(0, 32, rows)
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.uint32)
    columns = generator.integers(0, rows, int(starts[-1]), dtype=np.uint32)
    values, x = floats(generator, int(starts[-1])), floats(generator, rows)
    want = np.zeros(rows)
    np.add.at(want, np.repeat(np.arange(rows), lengths), values.astype(np.float64) * x[columns])
    args = [starts, columns, values, x, np.zeros(rows, np.float32)]
    moved = 8 * int(starts[-1]) + 12 * rows
    return Launch(blocks(rows, 256), 256, args, {4: want.astype(np.float32)}, 1e-4, 1e-5, bytes_moved=moved)


@case("monte_carlo_pi.rs", "monte_carlo_pi", 256, 1 << 20)
def monte_carlo_pi(generator: np.random.Generator, n: int) -> Launch:
    seed, throws = 12345, 16
    state = (np.uint32(seed) ^ (np.arange(n, dtype=np.uint64) * 0x9E3779B9).astype(np.uint32)) | np.uint32(1)

    def step(x: Array) -> Array:
        x = x ^ (x << np.uint32(13))
        x = x ^ (x >> np.uint32(17))
        return x ^ (x << np.uint32(5))

    hits = 0
    for _ in range(throws):
        state = step(state)
        x = (state >> np.uint32(8)).astype(np.float32) / np.float32(2**24)
        state = step(state)
        y = (state >> np.uint32(8)).astype(np.float32) / np.float32(2**24)
        hits += int(np.sum(x * x + y * y < 1.0))
    return _Darts(blocks(n, 256), 256, [seed, throws, np.zeros(1, np.uint32)], {2: np.array([hits], np.uint32)})


class _Darts(Launch):
    """A fused multiply-add may move a dart across the circle."""

    __slots__ = ()

    def check(self) -> None:
        got, want = int(self.array(2)[0]), int(self.expected[2][0])
        assert abs(got - want) <= max(2, want // 100_000), f"{got} hits, {want} expected"


@case("grid_sum.rs", "normalise", 4000, 1 << 24)
def normalise(generator: np.random.Generator, n: int) -> Launch:
    x, grid = floats(generator, n, low=0.0), min(blocks(n, 256), 132 * 4) if n > 10_000 else 4
    want = (x / x.astype(np.float64).sum()).astype(np.float32)
    return Launch(grid, 256, [x, np.zeros(grid, np.float32)], {0: want}, rtol=1e-3, atol=1e-12, bytes_moved=12 * n)


@case("async_tile.rs", "async_row_sums", 1024, 8192)
def async_row_sums(generator: np.random.Generator, cols: int) -> Launch:
    rows = 3 if cols < 2000 else 8192
    x = floats(generator, rows, cols)
    want = x.astype(np.float64).sum(1).astype(np.float32)
    args = [x, cols, np.zeros(rows, np.float32)]
    return Launch(rows, 64, args, {2: want}, rtol=1e-3, atol=1e-3, bytes_moved=4 * x.size, flops=x.size)


@case("sobel.rs", "sobel", 45, 8192)
def sobel(generator: np.random.Generator, n: int) -> Launch:
    height, width = n, n + 3 if n < 1000 else n
    pixels = generator.integers(0, 256, (height, width), dtype=np.uint8)
    padded = np.pad(pixels, 1, "edge").astype(np.int32)
    part = {(dy, dx): padded[1 + dy :, 1 + dx :][:height, :width] for dy in (-1, 0, 1) for dx in (-1, 0, 1)}
    x = sum((2 - dy * dy) * (part[dy, 1] - part[dy, -1]) for dy in (-1, 0, 1))
    y = sum((2 - dx * dx) * (part[1, dx] - part[-1, dx]) for dx in (-1, 0, 1))
    want = np.minimum(np.abs(x) + np.abs(y), 255).astype(np.uint8)
    args = [pixels, height, (np.zeros_like(pixels), width)]
    grid = (blocks(width, 32), blocks(height, 8))
    return Launch(grid, (32, 8), args, {2: want}, bytes_moved=2 * pixels.size)


@case("particles.rs", "particles", 300, 1 << 22)
def particles(generator: np.random.Generator, n: int) -> Launch:
    stiffness, drag, dt, steps = 2.0, 0.3, 0.01, 32
    positions, velocities = floats(generator, n, 3), floats(generator, n, 3, low=-3.0, high=3.0)
    p, v, centre = positions.astype(np.float64), velocities.astype(np.float64), np.array([0.0, 0.5, 0.0])
    for _ in range(steps):
        speed = np.sqrt((v * v).sum(1, keepdims=True))
        v = v + ((centre - p) * stiffness - drag * speed * v) * dt
        p = p + v * dt
        v = np.where(np.abs(p) > 1, -v, v)
        p = np.where(np.abs(p) > 1, 2 * np.sign(p) - p, p)
    args = [stiffness, drag, dt, steps, positions, velocities]
    want = {4: p.astype(np.float32), 5: v.astype(np.float32)}
    return _Bouncing(blocks(n, 256), 256, args, want, rtol=1e-3, atol=1e-4, bytes_moved=48 * n)


class _Bouncing(Launch):
    """A particle that is at a wall within rounding may turn one step earlier or later."""

    __slots__ = ()

    def check(self) -> None:
        for index, want in self.expected.items():
            near = np.isclose(self.array(index), want, self.rtol, self.atol).all(1)
            assert near.mean() > 0.999, f"{1 - near.mean():.2%} of the particles differ"


@case("sha256.rs", "sha256", 40, 1 << 20)
def sha256(generator: np.random.Generator, n: int) -> Launch:
    messages = generator.integers(0, 2**32, (n, 16), dtype=np.uint32)
    digests = (hashlib.sha256(message.astype(">u4").tobytes()).digest() for message in messages)
    want = np.frombuffer(b"".join(digests), ">u4").reshape(n, 8).astype(np.uint32)
    return Launch(blocks(n, 128), 128, [messages, np.zeros((n, 8), np.uint32)], {1: want}, bytes_moved=96 * n)


@case("lattice_boltzmann.rs", "lattice_boltzmann", 24, 2048)
def lattice_boltzmann(generator: np.random.Generator, n: int) -> Launch:
    height, width, omega = n, n + 5 if n < 1000 else n, 1.2
    now = floats(generator, 9, height, width, low=0.05, high=0.15)
    steps = [(0, 0), (1, 0), (0, 1), (-1, 0), (0, -1), (1, 1), (-1, 1), (-1, -1), (1, -1)]
    f = np.stack([np.roll(now[i].astype(np.float64), (dy, dx), (0, 1)) for i, (dx, dy) in enumerate(steps)])
    density = f.sum(0)
    ux, uy = (sum(f[i] * step[axis] for i, step in enumerate(steps)) / density for axis in (0, 1))
    want = np.empty_like(f)
    for i, (dx, dy) in enumerate(steps):
        along, weight = dx * ux + dy * uy, 4 / 9 if i == 0 else 1 / 9 if i < 5 else 1 / 36
        balance = weight * density * (1 + 3 * along + 4.5 * along**2 - 1.5 * (ux * ux + uy * uy))
        want[i] = f[i] + omega * (balance - f[i])
    args = [now, width, height, omega, np.zeros_like(now)]
    cells = height * width
    return Launch(blocks(cells, 256), 256, args, {4: want.astype(np.float32)}, 1e-4, bytes_moved=72 * cells)


@case("newton.rs", "newton", 30, 4096)
def newton(generator: np.random.Generator, n: int) -> Launch:
    limit, left, top, pixel = 40, np.float32(-2.0), np.float32(2.0), np.float32(4.0 / n)
    col, row = np.meshgrid(np.arange(n, dtype=np.float32), np.arange(n, dtype=np.float32))
    z = (left + pixel * col + 1j * (top - pixel * row)).astype(np.complex64)
    roots = np.exp(2j * np.pi * np.arange(3) / 3)
    want = np.full((n, n), limit << 2, np.uint32)
    with np.errstate(all="ignore"):
        for step in range(limit):
            for i, root in enumerate(roots):
                want[(want == limit << 2) & (np.abs(z - root) ** 2 < 1e-6)] = step << 2 | i + 1
            z = z - (z * z * z - 1) / (3 * z * z)
    args = [left, top, pixel, limit, (np.zeros((n, n), np.uint32), n)]
    return _Fractal((blocks(n, 16), blocks(n, 16)), (16, 16), args, {4: want}, bytes_moved=4 * n * n)


@case("row_stats.rs", "row_stats", 30, 1 << 16)
def row_stats(generator: np.random.Generator, rows: int) -> Launch:
    cols = 67 if rows < 1000 else 1026
    x = floats(generator, rows, cols)
    want = np.stack([x.min(1), x.max(1), np.abs(x.astype(np.float64)).mean(1)], 1).astype(np.float32)
    args = [x, cols, np.zeros((rows, 3), np.float32)]
    return Launch(blocks(rows, 128), 128, args, {2: want}, rtol=1e-4, bytes_moved=4 * x.size)
