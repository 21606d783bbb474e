"""What the emulator's checks see in a kernel: exactly the marked lines, in the kernels marked, and nothing in the others.

Fixtures: ``observed/*.rs``. ``//@ grid G, block B, n N`` above a kernel is its launch; ``//~ races init`` at the end of
a line says which checks name that line.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from compiler.driver import CompileOptions, CompileSession
from compiler.emulator.explore import CheckPlan, check_launch
from compiler.emulator.findings import CHECKS
from compiler.launch_plan import plan_launch

FOLDER = Path(__file__).parent / "observed"
LAUNCH = re.compile(r"//@ grid (\d+), block (\d+), n (\d+)\n#\[kernel\]\n(?:#\[.*\n)*pub (?:unsafe )?fn (\w+)")
MARK = re.compile(r"//~ ([\w ]+)$")


def cases() -> list[tuple[str, str, tuple[int, int, int]]]:
    found = []
    for path in sorted(FOLDER.glob("*.rs")):
        for match in LAUNCH.finditer(path.read_text(encoding="utf-8")):
            found.append((path.name, match[4], (int(match[1]), int(match[2]), int(match[3]))))
    return found


@cache
def session(name: str) -> CompileSession:
    return CompileSession(str(FOLDER / name))


def expected(file: str, kernel: str) -> set[tuple[str, int]]:
    """Marks between this kernel's line and the next launch comment."""
    lines = (FOLDER / file).read_text(encoding="utf-8").splitlines()
    start = next(i for i, line in enumerate(lines) if f"fn {kernel}(" in line)
    found = set()
    for i in range(start, len(lines)):
        if lines[i].startswith("//@"):
            break
        mark = MARK.search(lines[i])
        if mark is not None:
            found.update((check, i + 1) for check in mark[1].split())
    return found


@pytest.mark.parametrize(("file", "kernel", "launch"), cases(), ids=str)
def test_exactly_the_marked_lines(file, kernel, launch):
    grid, block, n = launch
    compiler = session(file)
    artifact = compiler.compile(compiler.instance(kernel), CompileOptions("sm_90"))
    plan = plan_launch(artifact, n, 0, (block,), (grid,))
    report = check_launch(artifact, plan.grid, plan.block, plan.args, CHECKS, CheckPlan(explored_runs=8))
    seen = set()
    for scheduled in report.findings:
        finding = scheduled.finding
        seen.add((finding.check, finding.first.line))
        if finding.second is not None:
            seen.add((finding.check, finding.second.line))
    assert seen == expected(file, kernel), [str(s.finding) for s in report.findings]
