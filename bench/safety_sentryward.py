"""Our verdicts beside SentryWard's: ``python -m bench.safety_sentryward [--mutants N]``.

What it is: SentryWard (``pip install sentryward``) verifies PTX at a fixed launch; it knows nothing of our analyses,
and they read nothing of PTX. Each kernel, port and mutant of :mod:`bench.safety` is compiled for ``sm_100a``, the
architecture it is made for, and given to it with each of its launches, sizes as arguments and buffers as distinct
pointers.

Assumes: a ``sentryward`` command on the path or beside this Python. Guarantees: what SentryWard does not decide
(branches on data, what it has no model of) is counted apart, never as agreement.

Example: a kernel that we prove and in which it finds unordered accesses is listed, with the pair.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.safety import Sessions, chosen
from bench.safety_cases import Case, Launch, cases
from bench.safety_mutants import mutants
from bench.safety_verdicts import ALARM, PROVED, StaticVerdict, verdict
from compiler.codegen.artifact import KernelArtifact
from compiler.codegen.launch_packet import ValueSlot, launch_packet
from compiler.driver import CompileError, CompileOptions

_TARGET = "sm_100a"
_SECONDS = 30
_FAULTS = ("not_wellsynced", "potential_race", "invalid_lifecycle")
_TYPES = {1: "u8", 2: "u16", 4: "u32", 8: "u64"}


def command() -> str | None:
    """The program, None if it is not installed."""
    beside = Path(sys.executable).parent / "sentryward"
    return str(beside) if beside.is_file() else shutil.which("sentryward")


def launch_input(artifact: KernelArtifact, launch: Launch) -> dict[str, Any]:
    """SentryWard's description of a launch; buffers are left to it, which takes each for memory of its own."""
    arguments = [
        {
            "parameter": f"{artifact.symbol}_param_{i}",
            "type": _TYPES[len(slot.data)],
            "value": int.from_bytes(slot.data, "little"),
        }
        for i, slot in enumerate(launch_packet(artifact, launch.arguments(artifact, 0)))
        if isinstance(slot, ValueSlot) and len(slot.data) in _TYPES
    ]
    grid, block = ([*dims, 1, 1][:3] for dims in (launch.grid, launch.block))
    shape = {"grid_dim": grid, "block_dim": block, "cluster_dim": list(artifact.launch.cluster or (1, 1, 1))}
    return {
        "schema": "spverify.kernel-input/v1",
        "entry": artifact.symbol,
        "launch": {**shape, "dynamic_shared_bytes": launch.shared},
        "arguments": arguments,
    }


def judged_by_sentryward(program: str, artifact: KernelArtifact, launches: tuple[Launch, ...]) -> tuple[str, str]:
    """(result, why) over the launches: a fault of any, "race_free" of all, else what kept it from deciding."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        ptx, config = Path(folder, "kernel.ptx"), Path(folder, "input.json")
        ptx.write_text(artifact.ptx, encoding="utf-8")
        for launch in launches:
            config.write_text(json.dumps(launch_input(artifact, launch)), encoding="utf-8")
            done = subprocess.run(
                [program, str(ptx), "--input", str(config), "--timeout", str(_SECONDS)],
                capture_output=True, text=True, check=False,
            )  # fmt: skip
            answer = json.loads(done.stdout)
            codes = ", ".join(dict.fromkeys(d.get("code", "") for d in answer.get("diagnostics", ())))
            found.append((answer["result"], codes))
            if answer["result"] in _FAULTS:
                return found[-1]
    return next((f for f in found if f[0] != "race_free"), found[-1])


def candidates(n_mutants: int, only: str) -> Iterator[tuple[Case, str, str]]:
    """(case, text of the file, title)."""
    for case in (*cases("safety_kernels"), *cases("safety_ports")):
        if only in case.name:
            yield case, case.text, case.name
    every = [m for case in cases("safety_kernels") if only in case.name for m in mutants(case)]
    for mutant in chosen(every, n_mutants):
        yield mutant.case, mutant.text, f"{mutant.name} (line {mutant.line}: `{mutant.after.strip()[:60]}`)"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--mutants", type=int, default=300)
    parser.add_argument("--only", default="", help="kernels whose name contains this")
    options = parser.parse_args()
    program = command()
    if program is None:
        print("no sentryward on this machine: pip install sentryward")
        return 1
    sessions, counts = Sessions(), Counter[tuple[str, str]]()
    undecided, contradictions = Counter[str](), 0
    for case, text, title in candidates(options.mutants, options.only):
        session = sessions.of(case.file, text)
        try:
            ours = verdict(session, case.name)
            artifact = session.compile(session.instance(case.name), CompileOptions(_TARGET))
            theirs, why = judged_by_sentryward(program, artifact, case.launches)
        except CompileError:
            continue
        counts[ours.worst, _word(theirs)] += 1
        if _word(theirs) == "undecided":
            undecided[why or theirs] += 1
        if _contradicts(ours, theirs):
            contradictions += 1
            print(f"{title} of {Path(case.file).name}: ours {ours.races}/{ours.convergence}, theirs {theirs} ({why})")
    for (mine, other), n in sorted(counts.items()):
        print(f"ours {mine:10} theirs {other:10} {n}")
    print("not decided there: " + ", ".join(f"{why} {n}" for why, n in undecided.most_common()))
    print(f"{contradictions} contradictions")
    return 0


def _word(theirs: str) -> str:
    return "fault" if theirs in _FAULTS else "race free" if theirs == "race_free" else "undecided"


def _contradicts(ours: StaticVerdict, theirs: str) -> bool:
    return (ours.worst == PROVED and theirs in _FAULTS) or (ours.worst == ALARM and theirs == "race_free")


if __name__ == "__main__":
    sys.exit(main())
