"""``python -m bench.differential [--count N] [--seed S] [--jobs J] [--kind KIND ...]``; see the package's docstring.

Prints every finding as it is found, a summary at the end, and exits 1 if our answer differed from rustc's anywhere.
``--show SEED`` prints a program. ``--mutate`` compares verdicts on programs that must not compile. A machine with a GPU and no
rustc::

    python -m bench.differential --count 20000 --record answers.npz                         # where rustc is
    python -m bench.differential --count 20000 --answers answers.npz --gpu --jobs 16        # there
"""

from __future__ import annotations

import argparse
import collections
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.differential import answers
from bench.differential.execute import BatchReport, Setting, run_batch, run_by_rustc, warm_up
from bench.differential.idioms import IDIOMS
from bench.differential.isolate import isolated
from bench.differential.source import Program, program


def _warm_up_programs(options: argparse.Namespace) -> list[Program]:
    return [program(-s, tuple(options.kind)) for s in range(1, 60)]


def _batches(options: argparse.Namespace) -> list[list[int]]:
    seeds = range(options.seed * 1_000_000, options.seed * 1_000_000 + options.count)
    return [list(seeds[i : i + options.batch]) for i in range(0, options.count, options.batch)]


def _reports(options: argparse.Namespace) -> Iterator[BatchReport]:
    theirs = answers.recorded(Path(options.answers)) if options.answers else run_by_rustc
    setting = Setting(options.rows, theirs, options.gpu)
    warm_up(_warm_up_programs(options), setting)

    def run(chosen: list[int]) -> BatchReport:
        quick = chosen[0] // options.batch % 4 != 0
        return run_batch([program(s, tuple(options.kind)) for s in chosen], setting, quick)

    return isolated(_batches(options), run, options.jobs, 300.0)


def differential(options: argparse.Namespace) -> int:
    """Run and print; the number of differences."""
    total, counts, started = BatchReport(), collections.Counter[str](), time.monotonic()
    log = Path(options.log).open("a", encoding="utf-8") if options.log else None  # noqa: SIM115
    for report in _reports(options):
        total.n_programs += report.n_programs
        total.n_rows += report.n_rows
        total.n_panics += report.n_panics
        for f in report.findings:
            counts[f.kind] += 1
            text = f"{f.kind}: program {f.seed}: {f.what}"
            print(text, file=log or sys.stdout, flush=True)
        if log:
            print(f"# {total.n_programs} {dict(counts)} {time.monotonic() - started:.0f} s", file=log, flush=True)
    minutes = (time.monotonic() - started) / 60
    print(
        f"{total.n_programs} programs, {total.n_rows} results and {total.n_panics} panics compared in {minutes:.1f} min: {dict(counts)}"
    )
    if not total.n_programs and options.answers:
        print(f"{options.answers} is of programs of another --seed or --count")
        return 1
    return sum(n for kind, n in counts.items() if kind != "generator")


def mutations(options: argparse.Namespace) -> int:
    """Verdicts on mutated programs; the number of programs where one side accepts and the other does not."""
    from bench.differential.mutate import Verdict, summary, verdicts

    seeds = list(range(options.seed * 1_000_000, options.seed * 1_000_000 + options.count))
    found: list[Verdict] = []
    for i in range(0, len(seeds), 200):
        found += verdicts(seeds[i : i + 200])
        print(summary(found, Path(options.log) if options.log else None), flush=True)
    return sum(bool(v.ours) != bool(v.theirs) for v in found)


def record(options: argparse.Namespace) -> int:
    """Write rustc's answers for a machine without it."""
    batches = [_warm_up_programs(options), *([program(s, tuple(options.kind)) for s in b] for b in _batches(options))]
    print(f"{answers.record(Path(options.record), batches, options.rows)} programs in {options.record}")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.differential", description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--rows", type=int, default=6, help="input rows for each program")
    parser.add_argument("--batch", type=int, default=100)
    parser.add_argument(
        "--kind", nargs="*", default=[], choices=sorted(IDIOMS), help="only programs around these idioms"
    )
    parser.add_argument("--log", help="append findings to a file; with --mutate: every disagreement as JSON")
    parser.add_argument("--show", type=int, help="print the program of a seed")
    parser.add_argument("--mutate", action="store_true", help="compare verdicts on programs that must not compile")
    parser.add_argument("--gpu", action="store_true", help="run the programs on this machine's GPU as well")
    parser.add_argument("--record", help="write rustc's answers to this file, for a machine without rustc")
    parser.add_argument("--answers", help="compare with the answers in this file; run no rustc")
    options = parser.parse_args()
    if options.show is not None:
        print(program(options.show, tuple(options.kind)).text)
        return 0
    chosen = mutations if options.mutate else record if options.record else differential
    return 1 if chosen(options) else 0


if __name__ == "__main__":
    sys.exit(main())
