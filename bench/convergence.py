"""The convergence check over a folder of kernels: verdicts, findings and time per kernel.

What it is: a table for ``bench/RESULTS.md``. Assumes: a folder of Rust files (``OXIDE_CORPUS``, else ``examples``).
Guarantees: times are CPU time of the check alone, the kernel's MIR being ready.

    python -m bench.convergence [FOLDER]
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from pathlib import Path

from compiler.analysis.convergence.check import Convergence, convergence
from compiler.diagnostics.model import Diagnostic
from compiler.mir.mono.collector import mono_items
from compiler.query import Database
from compiler.semantics.absolute import absolute
from compiler.semantics.definitions import kernels_of
from compiler.semantics.geometry import geometry_of
from compiler.semantics.host import AnalysisHost
from compiler.semantics.roots import kernel_instances


def _line(d: Diagnostic) -> str:
    line = Path(d.primary.file or "").read_bytes().count(b"\n", 0, d.primary.span.start) + 1
    return f"{d.primary.file}:{line}: {d.severity.value} {d.code}: {d.message}"


def _judge(db: Database, file: str, times: list[float], total: Counter[str]) -> None:
    for kernel in kernels_of(db, file):
        for instance in kernel_instances(db, kernel):
            if not mono_items(db, instance).functions:
                continue
            geometry = geometry_of(db, instance)
            start = time.process_time()
            found: Convergence = convergence(db, instance, geometry)
            times.append((time.process_time() - start) * 1e3)
            total.update(operations=found.operations, proved=found.proved, undecided=found.undecided)
            for d in found.findings:
                total[d.severity.value] += 1
                print(_line(absolute(db, d)), flush=True)


def main(folder: str) -> None:
    """Check every kernel file of a folder."""
    times: list[float] = []
    total: Counter[str] = Counter()
    for path in sorted(Path(folder).rglob("*.rs")):
        if b"kernel" in path.read_bytes():
            file = path.absolute().as_posix()
            _judge(AnalysisHost().crate_of(file).db, file, times, total)
    times.sort()
    if times:
        middle, late = times[len(times) // 2], times[int(len(times) * 0.95)]
        print(f"{len(times)} kernels, {dict(total)}, median {middle:.1f} ms, p95 {late:.1f} ms, max {times[-1]:.1f} ms")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("OXIDE_CORPUS", "examples"))
