"""``python -m bench.gpu``: every example kernel on this machine's GPU, checked, timed, and beside its CUDA C++ twin.

What it is: compiles each kernel of :mod:`bench.kernel_cases` to PTX, compares its result with NumPy, measures it
cold and hot, and does the same with the twin in ``bench/twins`` (same algorithm, same launch, built by nvcc). What
it assumes: a CUDA driver; nvcc for the twins (without it they are skipped, said so). What it guarantees: a kernel
whose result is wrong is never timed; one kernel's failure does not stop the others: each runs in a process of its
own. Example::

    python -m bench.gpu --kernels saxpy,matmul --seconds 2 --json out/gpu.json
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from bench.kernel_cases import CASES, Case, Launch
from compiler import runtime
from compiler.runtime.record import machine_record

TWINS = Path(__file__).parent / "twins"


@dataclass(slots=True)
class Timing:
    """Seconds of one kernel, and its raw cold samples for the comparison."""

    cold: float
    hot: float
    cold_p20: float
    cold_p80: float
    n_samples: int
    stopped: str
    throttled: bool
    n_registers: int
    local_bytes: int
    raw_cold: list[float] = field(default_factory=list)
    raw_hot: list[float] = field(default_factory=list)


@dataclass(slots=True)
class Row:
    """One line of the report."""

    kernel: str
    ours: Timing | None = None
    twin: Timing | None = None
    cold_verdict: str = ""
    hot_verdict: str = ""
    bandwidth_share: float = 0.0
    flops_per_second: float = 0.0
    compile_seconds: float = 0.0
    error: str = ""


def device_args(context: runtime.Context, launch: Launch) -> tuple[list[Any], dict[int, runtime.DeviceBuffer]]:
    """Arguments with arrays on the GPU; also the buffers the reference speaks of."""
    buffers: dict[int, runtime.DeviceBuffer] = {}
    args: list[Any] = []
    for i, arg in enumerate(launch.args):
        array, width = arg if isinstance(arg, tuple) else (arg, None)
        if isinstance(array, np.ndarray):
            buffers[i] = runtime.DeviceBuffer.from_host(context, array)
            args.append(buffers[i] if width is None else (buffers[i], width))
        else:
            args.append(arg)
    return args, buffers


def measure(
    kernel: runtime.Kernel, context: runtime.Context, case: Case, args: argparse.Namespace
) -> tuple[Timing, Launch]:
    """Check once, then time cold and hot."""
    launch = case.make(np.random.default_rng(0), args.size or case.large)
    arguments, buffers = device_args(context, launch)
    prepared = kernel.prepare(launch.grid, launch.block, arguments, launch.dynamic_shared_bytes)

    def check() -> None:
        for index in launch.expected:
            buffers[index].to_host(launch.array(index).reshape(buffers[index].shape))
        launch.check()

    rule = runtime.StopRule(min_seconds=min(0.5, args.seconds), max_seconds=args.seconds)
    m = runtime.measure_kernel(context, prepared.enqueue, check, rule=rule)
    attributes = kernel.attributes
    timing = Timing(
        m.cold.median,
        m.hot.median,
        m.cold.p20,
        m.cold.p80,
        m.cold.n_samples,
        m.cold.stopped,
        m.throttled,
        attributes.n_registers,
        attributes.local_bytes,
        list(m.cold.raw),
        list(m.hot.raw),
    )
    return timing, launch


def twin_kernel(context: runtime.Context, case: Case, artifact: Any) -> runtime.Kernel | None:
    """The twin as nvcc compiles it; it takes the very same launch packet."""
    source, nvcc = TWINS / case.file.replace(".rs", ".cu"), find_nvcc()
    if not source.exists() or nvcc is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        cubin = Path(folder) / "twin.cubin"
        command = [nvcc, "-O3", "-cubin", f"-arch={context.target}", "-o", str(cubin), str(source)]
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=300)
        return runtime.Module(context, cubin.read_bytes(), artifact).kernel(artifact.symbol)


def find_nvcc() -> str | None:
    found = shutil.which("nvcc")
    return found or next((str(p) for p in (Path("/usr/local/cuda/bin/nvcc"),) if p.exists()), None)


def run_case(case: Case, args: argparse.Namespace) -> Row:
    """One kernel, in this process."""
    from compiler import driver

    row, context = Row(case.name), runtime.Context()
    started = time.perf_counter()
    artifact = driver.compile_kernel(case.path, case.kernel, context.target)
    row.compile_seconds = time.perf_counter() - started
    kernel = runtime.Module.from_artifact(context, artifact).kernel()
    row.ours, launch = measure(kernel, context, case, args)
    peak = args.bandwidth or runtime.measured_bandwidth(context)
    row.bandwidth_share = launch.bytes_moved / row.ours.cold / peak
    row.flops_per_second = launch.flops / row.ours.cold
    twin = None if args.no_twins else twin_kernel(context, case, artifact)
    if twin is not None:
        row.twin, _ = measure(twin, context, case, args)
        row.cold_verdict = str(runtime.compare(row.twin.raw_cold, row.ours.raw_cold))
        row.hot_verdict = str(runtime.compare(row.twin.raw_hot, row.ours.raw_hot))
    return row


def run_isolated(case: Case, args: argparse.Namespace, bandwidth: float) -> Row:
    """One kernel in its own process: a fault or a hang costs only itself."""
    command = [sys.executable, "-m", "bench.gpu", "--one", case.name, "--seconds", str(args.seconds)]
    command += ["--bandwidth", str(bandwidth), "--size", str(args.size)] + (["--no-twins"] if args.no_twins else [])
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=args.timeout, check=False)
    except subprocess.TimeoutExpired:
        return Row(case.name, error=f"did not end within {args.timeout} s")
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode != 0 or not lines:
        tail = (done.stderr.strip() or done.stdout.strip()).splitlines()[-3:]
        return Row(case.name, error=" | ".join(tail) or f"exit status {done.returncode}")
    data = json.loads(lines[-1])
    for key in ("ours", "twin"):
        data[key] = Timing(**data[key]) if data[key] is not None else None
    return Row(**data)


HEAD = (
    f"{'kernel':18} {'cold us':>10} {'hot us':>10} {'twin cold':>10} {'twin hot':>10} {'bw %':>6} {'TFLOP/s':>8} "
    "registers  verdict (cold; hot)"
)


def line_of(row: Row) -> str:
    if row.ours is None:
        return f"{row.kernel:18} FAILED: {row.error}"
    twin = (f"{row.twin.cold * 1e6:10.2f}", f"{row.twin.hot * 1e6:10.2f}") if row.twin else (" " * 10, " " * 10)
    regs = f"{row.ours.n_registers}" + (f"/{row.twin.n_registers}" if row.twin else "")
    spill = f" spills {row.ours.local_bytes} B" if row.ours.local_bytes else ""
    verdict = f"{row.cold_verdict}; {row.hot_verdict}" if row.twin else "no twin"
    return (
        f"{row.kernel:18} {row.ours.cold * 1e6:10.2f} {row.ours.hot * 1e6:10.2f} {twin[0]} {twin[1]} "
        f"{100 * row.bandwidth_share:6.1f} {row.flops_per_second / 1e12:8.2f} {regs}{spill}  {verdict}"
    )


def options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.gpu", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kernels", default="", help="comma-separated names (default: all)")
    parser.add_argument(
        "--seconds", type=float, default=1.5, help="most seconds of sampling per kernel and cache state"
    )
    parser.add_argument("--size", type=int, default=0, help="problem size instead of each case's own")
    parser.add_argument("--timeout", type=float, default=150.0, help="most seconds per kernel, compilation included")
    parser.add_argument("--no-twins", action="store_true", help="do not build and time the CUDA C++ twins")
    parser.add_argument("--json", type=Path, help="also write everything, raw samples included, to this file")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--bandwidth", type=float, default=0.0, help=argparse.SUPPRESS)
    return parser


def main() -> int:
    args = options().parse_args()
    if args.one:
        print(json.dumps(asdict(run_case(CASES[args.one], args))))
        return 0
    if not runtime.is_available():
        for fact in runtime.facts():
            if not fact.ok:
                print(f"{fact.name}: {fact.value}: {fact.advice}", file=sys.stderr)
        return 2
    context = runtime.Context()
    bandwidth = runtime.measured_bandwidth(context)
    record = machine_record(context, 0.0)
    print(f"{record.gpu_name} ({record.gpu_uuid}), driver CUDA {record.driver_version}, {context.target}")
    print(f"measured copy bandwidth {bandwidth / 1e12:.2f} TB/s; twins by {find_nvcc() or 'no nvcc: skipped'}")
    print(HEAD, flush=True)
    names = args.kernels.split(",") if args.kernels else list(CASES)
    rows = []
    for name in names:
        rows.append(run_isolated(CASES[name], args, bandwidth))
        print(line_of(rows[-1]), flush=True)
    if args.json:
        args.json.parent.mkdir(parents=True, exist_ok=True)
        args.json.write_text(json.dumps({"machine": asdict(record), "rows": [asdict(row) for row in rows]}))
    failed = [row.kernel for row in rows if row.ours is None]
    slow = [row.kernel for row in rows if row.twin and row.ours and row.ours.cold > 1.1 * row.twin.cold]
    n_twins = sum(row.twin is not None for row in rows)
    print(f"{len(rows) - len(failed)} of {len(rows)} correct; {n_twins - len(slow)} of {n_twins} twins within 10 %")
    if slow:
        print(f"slower than 10 %: {', '.join(slow)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
