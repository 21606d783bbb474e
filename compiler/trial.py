"""Trying a kernel: one run or one benchmark, on the GPU or on the CPU emulator, as plain results.

Assumes: an artifact. Guarantees: a trap or a driver error is a result with a message, not an exception; the result
says where it ran. A faulting kernel poisons the process's CUDA context: servers call this in a worker.

Example: ``run_kernel(artifact, "cpu").outputs[0].first`` are the first eight values of the output.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from compiler.base.dataclass import dataclass, field
from compiler.codegen.artifact import KernelArtifact
from compiler.codegen.launch_geometry import Dim3, GeometryError
from compiler.codegen.launch_packet import ArgumentError
from compiler.launch_guess import described, working_guess
from compiler.launch_plan import LIKELY, LaunchPlan, Output, outputs, plan_launch
from compiler.options import DEFAULT_N

CPU, GPU = "cpu", "gpu"
_MIN_EMULATOR_RUNS = 5


@dataclass(slots=True)
class TrialResult:
    """``device``: "gpu" or "cpu"; ``seconds`` of the launch alone; ``error``: why there is no result."""

    kernel: str
    device: str
    device_name: str
    grid: Dim3 = (0, 0, 0)
    block: Dim3 = (0, 0, 0)
    n: int = 0
    seconds: float = 0.0
    printed: list[str] = field(default_factory=list)
    outputs: list[Output] = field(default_factory=list)
    error: str = ""
    error_line: int = 0  # in the kernel's file, 0 if unknown
    measurement: dict[str, Any] = field(default_factory=dict)  # of a benchmark: seconds, see oxide bench --help
    warnings: list[str] = field(default_factory=list)


def choose_device(wanted: str = "") -> str:
    """ "gpu" if there is one and nothing else was asked for."""
    if wanted in (CPU, GPU):
        return wanted
    from compiler import runtime

    return GPU if runtime.is_available() else CPU


def run_kernel(
    artifact: KernelArtifact,
    device: str = "",
    n: int = DEFAULT_N,
    seed: int = 0,
    block: Sequence[int] | None = None,
    grid: Sequence[int] | None = None,
) -> TrialResult:
    """Run once on generated inputs."""
    return _attempt(artifact, device, n, seed, (block, grid), _run_gpu, _run_cpu)


def bench_kernel(
    artifact: KernelArtifact,
    device: str = "",
    n: int = DEFAULT_N,
    seed: int = 0,
    block: Sequence[int] | None = None,
    grid: Sequence[int] | None = None,
) -> TrialResult:
    """Time on generated inputs: cold and hot cache on the GPU, wall time on the emulator."""
    return _attempt(artifact, device, n, seed, (block, grid), _bench_gpu, _bench_cpu)


Step = Callable[[KernelArtifact, LaunchPlan, TrialResult], None]
Geometry = tuple[Sequence[int] | None, Sequence[int] | None]


def _attempt(
    artifact: KernelArtifact, device: str, n: int, seed: int, geometry: Geometry, on_gpu: Step, on_cpu: Step
) -> TrialResult:
    from compiler.runtime import CudaError

    chosen = choose_device(device)
    result = TrialResult(artifact.name, chosen, "CPU emulator" if chosen == CPU else "GPU", n=n)
    try:
        guess, stopped = working_guess(artifact, seed, *geometry)
        plan = plan_launch(artifact, n, seed, *geometry, guess)
        if guess is not LIKELY:
            result.warnings.append(f"sizes found by trying: {described(artifact, plan)} (others stop at {stopped})")
        result.grid, result.block = plan.grid, plan.block
        (on_gpu if chosen == GPU else on_cpu)(artifact, plan, result)
    except (GeometryError, ArgumentError, CudaError) as error:
        result.error = str(error)
    except Exception as error:
        if type(error).__module__.startswith("compiler.emulator"):
            result.error = str(error)
        else:
            raise
    return result


# ---------------------------------------------------------------- CPU


def _run_cpu(artifact: KernelArtifact, plan: LaunchPlan, result: TrialResult) -> None:
    from compiler import emulator

    report = emulator.launch(
        artifact, "", plan.grid, plan.block, plan.args, plan.dynamic_shared_bytes, time_budget_s=60.0
    )
    result.seconds, result.printed = report.seconds, report.printed
    result.warnings += report.warnings
    if report.trap is not None:
        result.error, result.error_line = str(report.trap), report.trap.line
    else:
        result.outputs = outputs(artifact, plan.args)


def _bench_cpu(artifact: KernelArtifact, plan: LaunchPlan, result: TrialResult) -> None:
    _run_cpu(artifact, plan, result)
    if result.error:
        return
    from compiler import emulator

    module = emulator.load(artifact)
    options = emulator.LaunchOptions(plan.dynamic_shared_bytes, time_budget_s=60.0)
    samples: list[float] = []
    started = time.perf_counter()
    while len(samples) < _MIN_EMULATOR_RUNS or (time.perf_counter() - started < 0.5 and len(samples) < 200):
        samples.append(module.launch(artifact.symbol, plan.grid, plan.block, plan.args, options).seconds)
    low, median, high = np.percentile(samples, (20, 50, 80))
    result.seconds = float(median)
    result.measurement = {
        "emulated": {
            "median": float(median),
            "p20": float(low),
            "p80": float(high),
            "min": min(samples),
            "n": len(samples),
        }
    }
    result.warnings.append("times of the CPU emulator say nothing about the GPU")


# ---------------------------------------------------------------- GPU


def _run_gpu(artifact: KernelArtifact, plan: LaunchPlan, result: TrialResult) -> None:
    from compiler import runtime

    context = runtime.Context()
    result.device_name = context.name
    result.seconds = runtime.launch(artifact, plan.grid, plan.block, plan.args, plan.dynamic_shared_bytes, context)
    result.outputs = outputs(artifact, plan.args)


def _bench_gpu(artifact: KernelArtifact, plan: LaunchPlan, result: TrialResult) -> None:
    from compiler import runtime

    context = runtime.Context()
    result.device_name = context.name
    args = [_on_device(context, arg) for arg in plan.args]
    kernel = runtime.Module.from_artifact(context, artifact).kernel()
    prepared = kernel.prepare(plan.grid, plan.block, args, plan.dynamic_shared_bytes)
    m = runtime.measure_kernel(context, prepared.enqueue, content_hash=artifact.content_hash)
    result.seconds = m.cold.median
    for name, summary in (("cold", m.cold), ("hot", m.hot)):
        result.measurement[name] = {
            "median": summary.median, "p20": summary.p20, "p80": summary.p80, "n": summary.n_samples,
            "stopped": summary.stopped,
        }  # fmt: skip
    attributes = kernel.attributes
    n_threads = plan.block[0] * plan.block[1] * plan.block[2]
    result.measurement["registers"] = attributes.n_registers
    result.measurement["occupancy"] = kernel.occupancy(n_threads, plan.dynamic_shared_bytes)
    result.warnings += m.warnings


def _on_device(context: Any, arg: Any) -> Any:
    from compiler import runtime

    array, width = arg if isinstance(arg, tuple) else (arg, None)
    if not isinstance(array, np.ndarray):
        return arg
    buffer = runtime.DeviceBuffer.from_host(context, array)
    return buffer if width is None else (buffer, width)
