"""A sample of alarms and proofs as cases a GPU can run: ``python -m bench.safety_gpu FOLDER``.

What it is: picks proofs and replay-confirmed alarms among the benchmark's kernels, ports and mutants, compiles each to
PTX, and writes it with its launch, its inputs and (for proofs) the output the emulator computed. Assumes: the target's
GPU runs ``bench/safety_gpu_runner.py FOLDER`` later, with nothing but Python and a driver. Guarantees: the same choice
every time; no alarm is included that the emulator did not see.

Example: ``python -m bench.safety_gpu build/gpu_cases --target sm_90`` then, there, ``python3
bench/safety_gpu_runner.py build/gpu_cases``.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from bench.safety import Judged, Sessions, chosen, judge
from bench.safety_cases import Case, Launch, cases
from bench.safety_mutants import Mutant, mutants
from bench.safety_verdicts import ALARM, PROVED
from compiler.codegen.artifact import KernelArtifact
from compiler.codegen.launch_packet import BufferSlot, ValueSlot, launch_packet
from compiler.driver import CompileError, CompileOptions

_FLOAT_ATOMICS = ("atomic_sum",)  # sums of floats in an order that changes


def candidates(n_mutants: int) -> Iterator[tuple[Case, str, str]]:
    """(case, text of the file, title): kernels, ports, then mutants."""
    own = [*cases("safety_kernels"), *cases("safety_ports")]
    for case in sorted(own, key=lambda c: zlib.crc32(c.name.encode())):  # every file has its turn
        yield case, case.text, case.name
    every = [m for case in cases("safety_kernels") for m in mutants(case)]
    for mutant in chosen(every, n_mutants):
        yield mutant.case, mutant.text, _title(mutant)


def _title(mutant: Mutant) -> str:
    return f"{mutant.name} (line {mutant.line})"


def kind_of(judged: Judged) -> tuple[str, str] | None:
    """(verdict, where) of a case worth running, else None."""
    if judged.static.races == ALARM and any("confirmed" in word for word in judged.replays):
        spaces = {w.memory.space.value for w in judged.static.witnesses}
        return ALARM, "shared" if any("shared" in s for s in spaces) else "global"
    if judged.static.convergence == ALARM and judged.label == "divergent":
        return ALARM, "barrier"
    if judged.static.worst == PROVED and judged.label == "clean":
        return PROVED, ""
    return None


def emit(folder: Path, target: str, wanted: dict[tuple[str, str], int], n_mutants: int) -> list[dict[str, Any]]:
    """Write cases until ``wanted`` of each kind are there."""
    sessions, rows = Sessions(), []
    left = dict(wanted)
    for case, text, title in candidates(n_mutants):
        if not any(left.values()):
            break
        session = sessions.of(case.file, text)
        judged = judge(session, case, case.launches, title)
        kind = kind_of(judged) if judged is not None else None
        if kind is not None and left.get(kind, 0) > 0:
            try:
                artifact = session.compile(session.instance(case.name), CompileOptions(target))
                rows.append(_write(folder, len(rows), artifact, case.launches[0], (title, *kind)))
                left[kind] -= 1
            except CompileError as error:
                print(f"  {title}: {error}")
        sessions.of(case.file, case.text)
        if sys.stderr.isatty():
            print(f"\r{len(rows)} cases", end="", file=sys.stderr)
    return rows


def _write(
    folder: Path, number: int, artifact: KernelArtifact, launch: Launch, what: tuple[str, str, str]
) -> dict[str, Any]:
    title, verdict, space = what
    name = f"case{number:03}"
    arguments = launch.arguments(artifact, 0)
    slots = [_slot(slot) for slot in launch_packet(artifact, arguments)]
    shape = {"grid": _three(launch.grid), "block": _three(launch.block), "shared": launch.shared}
    body = {"symbol": artifact.symbol, "slots": slots, "cooperative": artifact.launch.cooperative, **shape}
    (folder / f"{name}.json").write_text(json.dumps(body), encoding="utf-8")
    (folder / f"{name}.ptx").write_text(artifact.ptx, encoding="utf-8")
    exact = verdict == PROVED and artifact.name not in _FLOAT_ATOMICS and not _uses_floats(artifact)
    expected = _emulated(artifact, launch, arguments) if exact else ""
    return {"name": name, "title": title, "verdict": verdict, "space": space, "expected": expected}


def _uses_floats(artifact: KernelArtifact) -> bool:
    """Rounding of fused operations may differ from the emulator's."""
    return any(param.elem.dtype.startswith(("f", "struct")) for param in artifact.params)


def _three(dims: tuple[int, ...]) -> list[int]:
    return [*dims, 1, 1][:3]


def _slot(slot: ValueSlot | BufferSlot) -> dict[str, Any]:
    if isinstance(slot, ValueSlot):
        return {"buffer": False, "data": base64.b64encode(slot.data).decode(), "writable": False}
    assert isinstance(slot.buffer, np.ndarray)
    data = base64.b64encode(slot.buffer.tobytes()).decode()
    return {"buffer": True, "data": data, "writable": slot.writable}


def _emulated(artifact: KernelArtifact, launch: Launch, arguments: list[Any]) -> str:
    """Digest of what the writable buffers hold after a run on the emulator."""
    from compiler import emulator

    report = emulator.launch(artifact, "", launch.grid, launch.block, arguments, launch.shared)
    if report.trap is not None:
        return ""
    buffers = [slot for slot in launch_packet(artifact, arguments) if isinstance(slot, BufferSlot)]
    data = b"".join(b.buffer.tobytes() for b in buffers if b.writable and isinstance(b.buffer, np.ndarray))
    return hashlib.blake2b(data, digest_size=8).hexdigest()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--target", default="sm_90")
    parser.add_argument("--mutants", type=int, default=300, help="how many to choose from")
    parser.add_argument("--each", type=int, default=14, help="alarms of each kind; three times as many proofs")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    n = options.each
    wanted = {(ALARM, "shared"): n, (ALARM, "global"): n, (ALARM, "barrier"): n // 2, (PROVED, ""): 3 * n}
    rows = emit(options.folder, options.target, wanted, options.mutants)
    (options.folder / "cases.json").write_text(json.dumps(rows, indent=1), encoding="utf-8")
    n_alarms = sum(row["verdict"] == ALARM for row in rows)
    print(f"\n{n_alarms} alarms and {len(rows) - n_alarms} proofs in {options.folder}")
    print(f"on the GPU machine: python3 bench/safety_gpu_runner.py {options.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
