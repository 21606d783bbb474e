"""Checks a launch's shape against the device and the kernel's own contract, before any driver call.

What it is: one function shared by the emulator and the CUDA runtime. What it assumes: limits of the device, defaults
being those every CUDA device since compute capability 3.0 has. What it guarantees: a bad shape is one
:class:`GeometryError` that says which number, what the limit is and what to do. Example: block 2048 -> "a block has
at most 1024 threads, 2048 asked for: use more, smaller blocks".
"""

from __future__ import annotations

from collections.abc import Sequence

from compiler.base.dataclass import dataclass
from compiler.codegen.artifact import LaunchFacts

Dim3 = tuple[int, int, int]


class GeometryError(ValueError):
    """Grid, block or shared memory the device or the kernel does not allow."""


@dataclass(frozen=True, slots=True)
class DeviceLimits:
    """Largest launch of a device."""

    max_threads_per_block: int = 1024
    max_block: Dim3 = (1024, 1024, 64)
    max_grid: Dim3 = (2**31 - 1, 65535, 65535)
    max_shared_bytes: int = 232448


def dim3(value: int | Sequence[int], what: str = "dimension") -> Dim3:
    """``n``, ``(x,)``, ``(x, y)`` or ``(x, y, z)`` as three positive integers."""
    parts = list(value) if isinstance(value, Sequence) else [value]
    if not 1 <= len(parts) <= 3:
        raise GeometryError(f"{what} has {len(parts)} dimensions, at most 3 exist")
    numbers = [int(part) for part in parts] + [1, 1]
    if any(number < 1 for number in numbers):
        raise GeometryError(f"{what} {tuple(parts)} has a dimension below 1: nothing would run")
    return numbers[0], numbers[1], numbers[2]


def check_dynamic_shared(dynamic_bytes: int, facts: LaunchFacts) -> None:
    """Raise :class:`GeometryError` when the dynamic shared memory is not what the kernel's contract allows."""
    if facts.dynamic_shared_bytes is not None:
        low, high = facts.dynamic_shared_bytes
        if not low <= dynamic_bytes <= high:
            wanted = f"{low}" if low == high else f"{low} to {high}"
            raise GeometryError(
                f"the kernel's launch contract takes {wanted} bytes of dynamic shared memory, {dynamic_bytes} asked for"
            )


def check_geometry(
    grid: Dim3, block: Dim3, shared_bytes: int, facts: LaunchFacts | None = None, limits: DeviceLimits | None = None
) -> None:
    """Raise :class:`GeometryError` unless the launch is allowed. ``shared_bytes``: static plus dynamic."""
    limits = limits if limits is not None else DeviceLimits()
    n_threads = block[0] * block[1] * block[2]
    if n_threads > limits.max_threads_per_block:
        raise GeometryError(
            f"a block has at most {limits.max_threads_per_block} threads, {n_threads} asked for {block}: "
            "use more, smaller blocks"
        )
    for axis, asked, most in zip("xyz", block, limits.max_block, strict=True):
        if asked > most:
            raise GeometryError(f"block.{axis} is at most {most}, {asked} asked for")
    for axis, asked, most in zip("xyz", grid, limits.max_grid, strict=True):
        if asked > most:
            raise GeometryError(f"grid.{axis} is at most {most}, {asked} asked for: put the large dimension in x")
    if shared_bytes > limits.max_shared_bytes:
        raise GeometryError(
            f"a block has at most {limits.max_shared_bytes} bytes of shared memory, {shared_bytes} asked for"
        )
    if facts is not None:
        _check_contract(grid, block, n_threads, facts)


def _check_contract(grid: Dim3, block: Dim3, n_threads: int, facts: LaunchFacts) -> None:
    if facts.block is not None and tuple(facts.block) != block:
        raise GeometryError(f"the kernel's launch contract fixes block {tuple(facts.block)}, {block} asked for")
    if facts.max_threads is not None and n_threads > facts.max_threads:
        raise GeometryError(
            f"the kernel is compiled for at most {facts.max_threads} threads a block, {n_threads} asked for"
        )
    if facts.domain is not None:
        active = [max(b, g) > 1 for b, g in zip(block, grid, strict=True)]
        if any(active[facts.domain :]):
            raise GeometryError(
                f"the kernel's launch contract is {facts.domain}-dimensional, grid {grid} block {block} asked for"
            )
    if facts.cluster is not None and any(g % c for g, c in zip(grid, facts.cluster, strict=True)):
        raise GeometryError(f"grid {grid} is not a multiple of the kernel's cluster {tuple(facts.cluster)}")
    if facts.coordinates_u32 and any(g * b > 2**32 for g, b in zip(grid, block, strict=True)):
        raise GeometryError("the kernel uses 32-bit coordinates: grid times block is over 2^32 along one axis")
