"""Every example kernel against its NumPy reference: on the emulator under three schedules, and on the GPU."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from bench.kernel_cases import CASES, Case, Launch
from compiler import emulator, runtime
from compiler.codegen.artifact import KernelArtifact

driver = pytest.importorskip("compiler.driver")
SCHEDULES = ("in-order", "reversed", "random")


@cache
def compiled(name: str, target: str = "sm_90") -> KernelArtifact:
    case = CASES[name]
    return driver.compile_kernel(case.path, case.kernel, target)


def made(case: Case, size: int) -> Launch:
    return case.make(np.random.default_rng(len(case.name)), size)


@pytest.mark.parametrize("schedule", SCHEDULES)
@pytest.mark.parametrize("name", CASES)
def test_on_the_emulator(name: str, schedule: str) -> None:
    case = CASES[name]
    launch = made(case, case.small)
    report = emulator.launch(
        compiled(name),
        case.kernel,
        launch.grid,
        launch.block,
        launch.args,
        launch.dynamic_shared_bytes,
        schedule,
        seed=1,
    )
    assert report.trap is None, str(report.trap)
    launch.check()


@pytest.mark.gpu
@pytest.mark.parametrize("name", CASES)
def test_on_the_gpu(name: str) -> None:
    if not runtime.is_available():
        pytest.skip("no GPU on this machine: the emulator ran the same kernels")
    case, context = CASES[name], runtime.Context()
    launch = made(case, case.small)
    artifact = compiled(name, context.target)
    runtime.launch(artifact, launch.grid, launch.block, launch.args, launch.dynamic_shared_bytes, context)
    launch.check()


def test_every_example_file_has_a_case() -> None:
    files = {path.name for path in next(iter(CASES.values())).path.parent.glob("*.rs")}
    assert files == {case.file for case in CASES.values()}
