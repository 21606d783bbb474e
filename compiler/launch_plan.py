"""A launch for a bare kernel: inputs, grid and block made from its signature and contract, and what came out.

What it is: the inputs of the Run and Benchmark lenses and of ``oxide run`` and ``oxide bench``. Slices get ``n``
random elements, integer scalars their likely meaning (a length, a row length), outputs too start random, never zero.
Assumes a :class:`KernelArtifact`. Guarantees: the same seed gives the same launch; the geometry respects the contract.

Example: ``plan_launch(saxpy, n=1024, seed=0)`` has grid (4, 1, 1), block (256, 1, 1) and arguments ``[0.27, x, y]``.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from compiler.base.dataclass import dataclass
from compiler.codegen.artifact import KernelArtifact, KernelParam
from compiler.codegen.launch_geometry import Dim3, dim3
from compiler.codegen.launch_packet import numpy_dtype
from compiler.options import DEFAULT_N

DEFAULT_BLOCK: Dim3 = (256, 1, 1)
DEFAULT_BLOCK_2D: Dim3 = (16, 16, 1)
_SLICES = ("slice", "slice_mut", "disjoint", "disjoint_width")
_LENGTH_NAMES = ("n", "len", "length", "count", "size", "total", "num_elements", "elements")
_STEP_NAMES = ("iter", "step", "round", "pass", "sample", "bins", "depth")


@dataclass(frozen=True, slots=True)
class Guess:
    """What the sizes in a signature may mean. ``scalars``: the value of every integer that is no seed or step count,
    ``SIDE`` for the root of ``n``, None for what its name says; ``inputs``: how many times ``n`` elements slices have
    that are only read, or ``SIDE``.
    """

    scalars: int | None = None
    inputs: int = 1


SIDE = -1
LIKELY = Guess()


@dataclass(slots=True)
class LaunchPlan:
    """``args``: one entry a source parameter, as :func:`compiler.codegen.launch_packet.launch_packet` wants them."""

    grid: Dim3
    block: Dim3
    args: list[Any]
    dynamic_shared_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Output:
    """What the kernel left in one writable parameter. ``checksum``: of its bytes, 16 hex digits."""

    name: str
    dtype: str
    shape: tuple[int, ...]
    first: tuple[Any, ...]
    checksum: str


def _side(n: int) -> int:
    return max(1, math.isqrt(n))


def is_two_dimensional(artifact: KernelArtifact) -> bool:
    """Whether the kernel works on rows and columns."""
    return artifact.rank == 2 or any(p.kind == "disjoint_width" for p in artifact.params)


def _integer_params(artifact: KernelArtifact) -> list[KernelParam]:
    return [p for p in artifact.params if p.kind == "scalar" and p.elem.dtype[:1] in "ui" and p.elem.dtype != "bool"]


def _scalar(param: KernelParam, artifact: KernelArtifact, n: int, generator: np.random.Generator, guess: Guess) -> Any:
    dtype = param.elem.dtype
    if dtype == "bool":
        return True
    if dtype == "char":
        return "x"
    if dtype.startswith("f"):
        return float(np.float32(generator.random() * 0.75 + 0.25))
    name = param.name.lower()
    if "seed" in name:
        return int(generator.integers(1, 1 << 15))
    if any(word in name for word in _STEP_NAMES):
        return 16
    several = len(_integer_params(artifact)) > 1 or is_two_dimensional(artifact)
    value = _side(n) if several and name not in _LENGTH_NAMES else n
    if guess.scalars is not None:
        value = _side(n) if guess.scalars == SIDE else guess.scalars
    return min(value, (1 << (8 * param.elem.size_bytes - 1)) - 1)


def _array(param: KernelParam, n: int, generator: np.random.Generator) -> np.ndarray[Any, Any]:
    dtype = numpy_dtype(param.elem)
    if dtype is None:
        return generator.integers(0, 256, n * max(1, param.elem.size_bytes), np.uint8)
    if dtype.kind == "f":
        return (generator.random(n, np.float32) * 2 - 1).astype(dtype)
    if dtype.kind == "b":
        return generator.integers(0, 2, n).astype(np.bool_)
    top = min(n, (1 << (8 * dtype.itemsize - (dtype.kind == "i"))) - 1)
    return generator.integers(0, top, n).astype(dtype)


def _argument(
    param: KernelParam, artifact: KernelArtifact, n: int, generator: np.random.Generator, guess: Guess
) -> Any:
    if param.kind == "disjoint_width":
        return _array(param, n, generator), _side(n)
    if param.kind in _SLICES or param.kind == "pointer":
        times = 1 if param.writable else _side(n) if guess.inputs == SIDE else guess.inputs
        return _array(param, n * times, generator)
    if param.kind == "scalar":
        return _scalar(param, artifact, n, generator, guess)
    if param.kind == "zst":
        return None
    return generator.integers(0, 2, param.elem.size_bytes, np.uint8).tobytes()


def plan_launch(
    artifact: KernelArtifact,
    n: int = DEFAULT_N,
    seed: int = 0,
    block: Sequence[int] | None = None,
    grid: Sequence[int] | None = None,
    guess: Guess = LIKELY,
) -> LaunchPlan:
    """Inputs and geometry. ``n``: elements of each slice (made square for 2-D kernels)."""
    generator = np.random.default_rng(seed)
    flat = not is_two_dimensional(artifact)
    if not flat or len(_integer_params(artifact)) > 1:
        n = _side(n) ** 2
    chosen = dim3(list(block), "block") if block else _default_block(artifact, flat)
    if grid:
        shape = dim3(list(grid), "grid")
    elif (flat and len(_integer_params(artifact)) <= 1) or artifact.rank == 1:
        shape = (-(-n // (chosen[0] * chosen[1] * chosen[2])), 1, 1)
    else:
        shape = (-(-_side(n) // chosen[0]), -(-_side(n) // chosen[1]), 1)
    shape = _whole_clusters(shape, artifact.launch.cluster)
    shared = artifact.launch.dynamic_shared_bytes
    dynamic = shared[1] if shared is not None else chosen[0] * chosen[1] * 16 if artifact.uses_dynamic_shared else 0
    return LaunchPlan(shape, chosen, [_argument(p, artifact, n, generator, guess) for p in artifact.params], dynamic)


def _default_block(artifact: KernelArtifact, flat: bool) -> Dim3:
    launch = artifact.launch
    if launch.block is not None:
        return launch.block
    limit = launch.max_threads or 1024
    if flat or artifact.rank == 1:
        return min(DEFAULT_BLOCK[0], limit), 1, 1
    side = min(DEFAULT_BLOCK_2D[0], 1 << (limit.bit_length() - 1) // 2)
    return side, side, 1


def _whole_clusters(grid: Dim3, cluster: Dim3 | None) -> Dim3:
    if cluster is None:
        return grid
    x, y, z = (-(-g // c) * c for g, c in zip(grid, cluster, strict=True))
    return x, y, z


def outputs(artifact: KernelArtifact, args: Sequence[Any]) -> list[Output]:
    """The writable arrays after a launch."""
    found = []
    for param, arg in zip(artifact.params, args, strict=True):
        array = arg[0] if isinstance(arg, tuple) else arg
        if param.writable and isinstance(array, np.ndarray):
            first = tuple(x.item() for x in array.reshape(-1)[:8])
            checksum = hashlib.blake2b(array.tobytes(), digest_size=8).hexdigest()
            found.append(Output(param.name, str(array.dtype), array.shape, first, checksum))
    return found
