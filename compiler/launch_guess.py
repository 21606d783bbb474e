"""Sizes that a kernel accepts, found by trying some on the emulator.

What it is: a matrix multiplication has three sizes and three slices that must fit each other, and nothing in its
signature says how. Where the likely sizes fail a check, others are tried that kernels are commonly written for: all
sizes the side of a square, inputs that are that many times longer, small numbers.

Assumes: an artifact. Guarantees: a kernel that the likely sizes do not stop keeps them, also one too slow to tell;
longer inputs are tried only where half of the threads or more would read beyond shorter ones, so that a missing check
at the end still shows.

Example: ``working_guess(sgemm)`` of ``sgemm(m, n, k, alpha, a, b, beta, c)`` is ``Guess(scalars=SIDE)``.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from compiler.codegen.artifact import KernelArtifact
from compiler.codegen.launch_geometry import GeometryError
from compiler.codegen.launch_packet import ArgumentError
from compiler.launch_plan import LIKELY, SIDE, Guess, LaunchPlan, plan_launch

if TYPE_CHECKING:
    from compiler.emulator import Trap

_ELEMENTS: Final = 1024
_BUDGET_S: Final = 2.0  # of all tries together
_GUESSES: Final = (
    LIKELY,
    Guess(SIDE),
    *(Guess(None, times) for times in (2, 4, 8, 16, SIDE)),
    Guess(SIDE, SIDE),
    *(Guess(value) for value in (4, 2, 1, 0)),
)


def working_guess(
    artifact: KernelArtifact,
    seed: int = 0,
    block: Sequence[int] | None = None,
    grid: Sequence[int] | None = None,
) -> tuple[Guess, Trap | None]:
    """The first guess no check of the kernel fails with, and what stopped the likely sizes; the likely sizes if none
    works or the emulator cannot tell.
    """
    from compiler.emulator import EmulatorError, UnsupportedDevice, launch

    deadline = time.monotonic() + _BUDGET_S
    first: Trap | None = None
    tried: set[tuple[object, ...]] = set()
    is_early = True
    for guess in _GUESSES:
        if guess.inputs != 1 and not is_early:
            continue
        left_s = deadline - time.monotonic()
        if left_s <= 0:
            break
        try:
            plan = plan_launch(artifact, _ELEMENTS, seed, block, grid, guess)
            key = _sizes(plan)
            if key in tried:
                continue
            tried.add(key)
            trap = launch(
                artifact, "", plan.grid, plan.block, plan.args, plan.dynamic_shared_bytes, time_budget_s=left_s
            ).trap
        except (GeometryError, ArgumentError, EmulatorError, UnsupportedDevice):
            return LIKELY, first
        if trap is None:
            return guess, first
        if guess is LIKELY:
            first, is_early = trap, _is_early(trap, plan)
    return LIKELY, first


def described(artifact: KernelArtifact, plan: LaunchPlan) -> str:
    """The sizes of a plan, for people: ``m = 32, n = 32, a: 1024 elements``."""
    sizes = []
    for param, arg in zip(artifact.params, plan.args, strict=True):
        array = arg[0] if isinstance(arg, tuple) else arg
        if isinstance(array, int) and not isinstance(array, bool):
            sizes.append(f"{param.name} = {array}")
        elif hasattr(array, "size"):
            sizes.append(f"{param.name}: {array.size} elements")
    return ", ".join(sizes)


def _sizes(plan: LaunchPlan) -> tuple[object, ...]:
    arrays = [arg[0] if isinstance(arg, tuple) else arg for arg in plan.args]
    return tuple(array.size if hasattr(array, "size") else array for array in arrays)


def _is_early(trap: Trap, plan: LaunchPlan) -> bool:
    """Whether the thread that failed is in the first half of the grid, along each axis."""
    at = [trap.block[i] * plan.block[i] + trap.thread[i] for i in range(3)]
    return all(2 * i <= plan.grid[axis] * plan.block[axis] for axis, i in enumerate(at))
