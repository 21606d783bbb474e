"""How much of a corpus of kernel crates compiles: accepted, PTX emitted, PTX accepted by ptxas.

    OXIDE_CORPUS=<folder> python -m bench.corpus [NAME ...] [--target sm_90] [--jobs 2] [--verbose]

``OXIDE_CORPUS`` is a folder with one crate a sub-folder (``<name>/src/main.rs`` or ``lib.rs``), for example a checkout of
cuda-oxide's ``crates/rustc-codegen-cuda/examples``. Files are compiled as they are; host code in them is left alone. Per crate:
error diagnostics, kernels (instances) compiled, how many ptxas accepts. Exit status 0 when every crate named has neither errors nor
rejected kernels.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

SPINE = (
    "vecadd tiled_gemm dotprod sharedmem generic helper_fn const_generic warp_reduce atomics host_closure index2d_const "
    "dynamic_smem array_for_loop cast_tests printf"
).split()


@dataclass(slots=True)
class CrateResult:
    """One crate. ``problems``: one line each."""

    name: str
    n_errors: int = 0
    n_kernels: int = 0
    n_ptx: int = 0
    n_ptxas: int = 0
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.n_errors and self.n_kernels > 0 and self.n_kernels == self.n_ptx == self.n_ptxas


def root_file(folder: Path) -> Path | None:
    """The crate's root: ``src/main.rs``, else ``src/lib.rs``."""
    for name in ("src/main.rs", "src/lib.rs"):
        if (folder / name).is_file():
            return folder / name
    return None


def measure(folder: str, target: str) -> CrateResult:
    """Check and compile one crate."""
    from compiler.driver import CompileSession
    from compiler.semantics.checks import file_diagnostics

    path = Path(folder)
    result = CrateResult(path.name)
    started = time.perf_counter()
    file = root_file(path)
    if file is None:
        result.problems.append("no src/main.rs or src/lib.rs")
        return result
    try:
        session = CompileSession(file.as_posix())
        for d in file_diagnostics(session.db, session.file, False):
            if d.severity.value == "error":
                result.n_errors += 1
                line = session.text(session.file)[: d.primary.span.start].count(b"\n") + 1
                result.problems.append(f"{d.primary.file or file.name}:{line}: {d.code} {d.message}")
        _compile_all(session, target, result)
    except Exception as error:  # one crate's crash must not hide the others
        result.problems.append(f"crash: {type(error).__name__}: {str(error)[:300]}")
        result.n_errors += 1
    result.seconds = time.perf_counter() - started
    return result


def _compile_all(session: object, target: str, result: CrateResult) -> None:
    from compiler.codegen.sass import assemble
    from compiler.driver import CompileError, CompileOptions, CompileSession
    from compiler.semantics.roots import kernel_instances

    assert isinstance(session, CompileSession)
    options = CompileOptions(target, use_cache=False)
    for kernel in session.kernels():
        instances = kernel_instances(session.db, kernel)
        if not instances:
            result.problems.append(f"{kernel.name}: generic, no instance known")
        for instance in instances:
            result.n_kernels += 1
            try:
                artifact = session.compile(instance, options)
            except CompileError as error:
                result.problems.append(f"{kernel.name}: {str(error)[:300]}")
                continue
            except Exception as error:
                result.problems.append(f"{kernel.name}: crash {type(error).__name__}: {str(error)[:300]}")
                continue
            result.n_ptx += 1
            verdict = assemble(artifact.ptx, artifact.target)
            if verdict.status == "ok":
                result.n_ptxas += 1
            else:
                result.problems.append(f"{kernel.name}: ptxas {verdict.status}: {verdict.message[:200]}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="crates; default: the first corpus ('all' for every folder)")
    parser.add_argument("--target", default="sm_90a")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--verbose", action="store_true", help="every problem, not the first of each crate")
    args = parser.parse_args()
    corpus = os.environ.get("OXIDE_CORPUS")
    if not corpus or not Path(corpus).is_dir():
        print("OXIDE_CORPUS does not name a folder: nothing measured", file=sys.stderr)
        return 2
    names = args.names or SPINE
    if names == ["all"]:
        names = sorted(p.name for p in Path(corpus).iterdir() if root_file(p) is not None)
    folders = [str(Path(corpus) / name) for name in names]
    print(f"{'crate':34} {'errors':>6} {'kernels':>8} {'PTX':>5} {'ptxas':>6} {'s':>6}")
    good = 0
    with ProcessPoolExecutor(args.jobs) as pool:
        for result in pool.map(measure, folders, [args.target] * len(folders)):
            good += result.ok
            print(
                f"{result.name:34} {result.n_errors:6} {result.n_kernels:8} {result.n_ptx:5} {result.n_ptxas:6} {result.seconds:6.1f}"
                + ("" if result.ok else "  NOT OK"),
                flush=True,
            )
            for problem in result.problems if args.verbose else result.problems[:1]:
                print(f"    {problem}")
    print(f"{good} of {len(folders)} crates: no error, every kernel compiled and accepted by ptxas")
    return 0 if good == len(folders) else 1


if __name__ == "__main__":
    sys.exit(main())
