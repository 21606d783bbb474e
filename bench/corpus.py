"""``OXIDE_CORPUS=<folder> python -m bench.corpus``: upstream's examples, one line each.

What it is: for each ``<folder>/<name>`` with a ``Cargo.toml`` (or the names given): the library, binaries and examples
of its packages accepted by the checker, kernel instances (also those of a member that another target asks for)
compiled to PTX, accepted by ptxas. Findings of the safety analyses (races, divergent barriers) are alarms, listed
apart: they are about what a launch does, not about the language. Assumes the folder holds examples of the kernel
language; ptxas is optional.
Guarantees: one example's failure does not stop the others; a worker process per few examples, so that an abort of
LLVM costs one line.

Example: ``python -m bench.corpus vecadd atomics --jobs 1``.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

TARGETS = ("sm_90a", "sm_100a", "sm_120a")
PTXAS_BUDGET_SECONDS = 120.0
SHOWN_PROBLEMS = 3
ALARMS = ("K02", "K03")  # convergence; races and bounds


@dataclass(slots=True)
class Row:
    """The outcome of one example. ``seconds``: to the diagnostics, and in all."""

    name: str
    n_errors: int = 0
    n_kernels: int = 0
    n_instances: int = 0
    n_ptx: int = 0
    n_assembled: int = 0
    seconds: tuple[float, float] = (0.0, 0.0)
    problems: list[str] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)

    @property
    def verdict(self) -> str:
        if self.n_errors:
            return "rejected"
        return "ok" if self.n_assembled == self.n_instances and not self.problems else "accepted"


def targets_of(example: Path) -> list[str]:
    """Root files of the packages in a folder; build scripts are host programs of their own."""
    from compiler.resolve.cargo import package_at

    manifests = sorted(example.rglob("Cargo.toml"))
    roots = [root for m in manifests for root in package_at(m, ()).roots if not root.endswith("build.rs")]
    return list(dict.fromkeys(roots))


def tried(name: str, files: list[str], check_all: bool = False) -> Row:
    """Check and compile one example."""
    row, done, began = Row(name), set[str](), time.perf_counter()
    checked = 0.0
    for file in files:
        checked += _target(file, row, done, check_all)
    row.seconds = checked, time.perf_counter() - began
    return row


def _target(file: str, row: Row, done: set[str], check_all: bool) -> float:
    """One target: its file checked, the kernels of its crates compiled; the seconds to the diagnostics."""
    from compiler import driver
    from compiler.semantics.checks import file_diagnostics
    from compiler.semantics.definitions import definitions_by_file, kernels_of
    from compiler.semantics.roots import kernel_instances

    began = time.perf_counter()
    session = driver.CompileSession(file)
    found = file_diagnostics(session.db, session.file, check_all)
    errors = [d for d in found if d.severity.value == "error"]
    row.alarms += [_placed(session.db, d) for d in errors if d.code.startswith(ALARMS)]
    errors = [d for d in errors if not d.code.startswith(ALARMS)]
    row.n_errors += len(errors)
    row.problems += [f"{d.code} {d.message}" for d in errors]
    checked = time.perf_counter() - began
    kernels = [k for source in definitions_by_file(session.db) for k in kernels_of(session.db, source)]
    for kernel in kernels if not errors else ():
        row.n_kernels += kernel.path not in done
        done.add(kernel.path)
        for instance in kernel_instances(session.db, kernel):
            key = f"{kernel.path} {instance.args!r}"
            if key in done:
                continue
            done.add(key)
            row.n_instances += 1
            try:
                _compiled(session, instance, row)
            except driver.CompileError as error:
                row.problems.append(f"{kernel.name}: {error}")
    return checked


def _placed(db: object, found: object) -> str:
    """An alarm with its line."""
    from compiler.base.span import LineTable
    from compiler.hir.inputs import source_bytes

    text = source_bytes(db, found.primary.file)  # type: ignore[attr-defined, arg-type]
    line, _ = LineTable(text).line_col(found.primary.span.start)  # type: ignore[attr-defined]
    return f"line {line + 1}: {found.code} {found.message}"  # type: ignore[attr-defined]


def _compiled(session: object, instance: object, row: Row) -> None:
    """PTX for the first target that has everything the kernel uses, then ptxas."""
    from compiler import driver
    from compiler.codegen.sass import assemble

    assert isinstance(session, driver.CompileSession)
    for target in TARGETS:
        try:
            artifact = session.compile(instance, driver.CompileOptions(target))  # type: ignore[arg-type]
        except driver.CompileError as error:
            if " needs sm_" not in str(error) or target == TARGETS[-1]:
                raise
            continue
        row.n_ptx += 1
        result = assemble(artifact.ptx, target, PTXAS_BUDGET_SECONDS)
        if result.status in ("ok", "missing"):
            row.n_assembled += result.status == "ok"
        else:
            row.problems.append(f"{artifact.name}: ptxas: {' '.join(result.message.split())}")
        return


def _guarded(job: tuple[str, list[str], bool]) -> Row:
    try:
        return tried(*job)
    except Exception as error:
        return Row(job[0], 1, problems=[f"internal error: {type(error).__name__}: {error}"])


def main(argv: list[str] | None = None) -> int:
    """Print the table; exit status 1 if something that was accepted did not compile."""
    parser = argparse.ArgumentParser(prog="python -m bench.corpus")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--all", action="store_true", help="check host code too")
    options = parser.parse_args(argv)
    root = Path(os.environ.get("OXIDE_CORPUS", ""))
    folders = {p.parent.name: p.parent for p in sorted(root.glob("*/Cargo.toml"))} if root.name else {}
    if not folders:
        print("set OXIDE_CORPUS to a folder of examples (<name>/Cargo.toml)", file=sys.stderr)
        return 2
    chosen = [(name, targets_of(folders[name]), options.all) for name in options.names or folders]
    rows = []
    with multiprocessing.get_context("spawn").Pool(options.jobs, maxtasksperchild=16) as pool:
        for row in pool.imap(_guarded, chosen):
            rows.append(row)
            counts = (
                f"kernels {row.n_kernels:3} instances {row.n_instances:3} ptx {row.n_ptx:3} ptxas {row.n_assembled:3}"
            )
            print(f"{row.name:36} {row.verdict:9} {counts} {row.seconds[0]:6.2f} s {row.seconds[1]:6.2f} s", flush=True)
            for problem in row.problems[:SHOWN_PROBLEMS]:
                print(f"    {problem[:200]}", flush=True)
            for alarm in dict.fromkeys(row.alarms):
                print(f"    alarm: {alarm[:200]}", flush=True)
    n_accepted = sum(not r.n_errors for r in rows)
    n_ok = sum(r.verdict == "ok" for r in rows)
    n_alarmed = sum(bool(r.alarms) for r in rows)
    print(f"{len(rows)} examples: {n_accepted} accepted, {n_ok} with every instance through ptxas")
    print(f"{n_alarmed} with safety alarms")
    return int(n_ok < n_accepted)


if __name__ == "__main__":
    sys.exit(main())
