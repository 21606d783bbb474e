"""A bundle of programs for a machine with a GPU: PTX, inputs, expected results and a launch, and the runner.

``pack`` compiles programs and writes one compressed NumPy archive (no pickles); ``replay`` loads it and runs every job through
:mod:`compiler.runtime`. Programs that panicked natively on some row have that row left out: a trap ends a CUDA context. Example::

    python -m bench.differential --gpu bundle.npz --count 2000
    python -m bench.differential --replay bundle.npz            # on the GPU machine
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from bench.differential.execute import CAPACITY, ROW, Expected, lowered_kernel, run_by_rustc
from bench.differential.source import Program

_BLOCK = 64


def _artifact(programs: list[Program], target: str) -> dict[str, Any]:
    session, lowered, options = lowered_kernel(programs, target)
    module = session.ptx(lowered, options)
    return {"symbol": lowered.symbol, "ptx": module.ptx, "target": module.target}


def batch(programs: list[Program], n_rows: int, target: str) -> dict[str, Any] | None:
    """What the GPU needs to run a batch; None if it does not compile as a whole."""
    from compiler.driver import CompileError

    accepted, expected, _ = run_by_rustc(programs, n_rows)
    try:
        made = _artifact(accepted, target)
    except CompileError:
        return None
    made["seeds"] = [p.seed for p in accepted]
    made["expected"] = expected
    return made


def pack(batches: list[dict[str, Any]], file: Path) -> None:
    """Write the bundle."""
    arrays: dict[str, np.ndarray[Any, Any]] = {}
    facts = []
    for i, b in enumerate(batches):
        expected: Expected = b["expected"]
        hashes = _fingerprints(expected.rows)
        arrays |= {f"inputs{i}": expected.inputs, f"hash{i}": hashes, f"panicked{i}": expected.panicked}
        arrays[f"ptx{i}"] = np.frombuffer(b["ptx"].encode(), np.uint8)
        facts.append({"symbol": b["symbol"], "target": b["target"], "seeds": b["seeds"]})
    arrays["facts"] = np.frombuffer(json.dumps(facts).encode(), np.uint8)
    np.savez_compressed(file, **arrays)


def _fingerprints(rows: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """One word for each row, so that the bundle stays small; the emulator compared the words themselves."""
    h = np.full(rows.shape[:-1], 0x9E3779B97F4A7C15, np.uint64)
    with np.errstate(over="ignore"):
        for k in range(rows.shape[-1]):
            h = (h ^ rows[..., k]) * np.uint64(0xBF58476D1CE4E5B9)
            h ^= h >> np.uint64(29)
    return h


def replay(file: Path) -> int:
    """Run the bundle on this machine's GPU; prints mismatches and batches the driver refuses, gives the programs' number."""
    from compiler.runtime import Context
    from compiler.runtime.errors import DriverError

    context = Context()
    bundle = np.load(file)
    facts = json.loads(bundle["facts"].tobytes())
    bad = total = 0
    for i, fact in enumerate(facts):
        inputs, wanted, panicked = bundle[f"inputs{i}"], bundle[f"hash{i}"], bundle[f"panicked{i}"]
        try:
            out = _run(context, bundle[f"ptx{i}"].tobytes().decode(), fact["symbol"], inputs, panicked)
        except DriverError as error:
            bad += len(fact["seeds"])
            print(f"batch of programs {fact['seeds'][0]} to {fact['seeds'][-1]}: {error}", flush=True)
            continue
        total += int((panicked == 0).sum())
        differs = (_fingerprints(out) != wanted) & (panicked == 0)
        for k in np.flatnonzero(differs.any(axis=1)):
            bad += 1
            r = int(np.flatnonzero(differs[k])[0])
            row = out[k, r, : 1 + min(int(out[k, r, 0]), CAPACITY)].tolist()
            print(f"mismatch: program {fact['seeds'][k]} inputs {inputs[k, r].tolist()}: {row}", flush=True)
    n_programs = sum(len(fact["seeds"]) for fact in facts)
    print(f"{n_programs} programs, {total} results on {context.name}: {bad} programs differ")
    return bad


def _run(context: Any, ptx: str, symbol: str, inputs: Any, panicked: Any) -> np.ndarray[Any, Any]:
    """Every job of a batch that did not panic."""
    from compiler.runtime import DeviceBuffer, Module

    jobs = np.flatnonzero(panicked.reshape(-1) == 0).astype(np.uint32)
    out = DeviceBuffer.from_host(context, np.zeros((*panicked.shape, ROW), np.uint64))
    args = [
        DeviceBuffer.from_host(context, jobs), np.uint32(len(jobs)), np.uint32(panicked.shape[1]),
        DeviceBuffer.from_host(context, np.ascontiguousarray(inputs)), out,
    ]  # fmt: skip
    Module(context, ptx).kernel(symbol).launch(-(-len(jobs) // _BLOCK), _BLOCK, args)
    return np.asarray(out.to_host()).reshape(*panicked.shape, ROW)
