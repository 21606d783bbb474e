"""Runs batches of programs: natively (rustc's machine code) and as one kernel on the emulator, and compares the rows.

A batch is one rustc invocation and one kernel; with ``Setting.gpu`` the kernel's PTX runs on this machine's GPU as well. A program that rustc rejects is dropped (the generator's fault, counted); one that
we reject, or that stops our compiler, is found by its lines or by halving the batch, reported, and the rest goes on. Jobs that
panicked natively run alone on the emulator and must trap. Example: ``run_batch(programs, Setting(4, run_by_rustc)).findings``.
"""

from __future__ import annotations

import ctypes
import json
import subprocess
import tempfile
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from bench.differential.gpu import run_on_gpu
from bench.differential.source import CAPACITY, PRELUDE, ROW, Program, kernel_source, native_source

RUSTC = (
    "rustc",
    "--edition=2024",
    "-Copt-level=2",
    "-Coverflow-checks=off",
    "-Cdebug-assertions=off",
    "-Ccodegen-units=1",
    "-Awarnings",
)
_PANICS_TRIED = 3
_EDGES = (0, 1, 2, 3, 0x7F, 0x80, 0xFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 1 << 63, (1 << 63) - 1, (1 << 64) - 1,
          0x3FF0_0000_3F80_0000, 0x7FF0_0000_7F80_0000, 0xFFF8_0000_7FC0_0000, 0x0000_0001_0000_0001)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """``kind``: "mismatch" (on the emulator), "gpu mismatch", "trap", "no trap", "rejected", "internal" or "generator"."""

    kind: str
    seed: int
    what: str


@dataclass(slots=True)
class BatchReport:
    n_programs: int = 0
    n_rows: int = 0
    n_panics: int = 0
    findings: list[Finding] = field(default_factory=list)


@dataclass(slots=True)
class Expected:
    """Native results: ``prints[k, r]`` is the fingerprint of what program ``k`` gives on input row ``r``; ``panicked`` likewise."""

    inputs: np.ndarray[Any, Any]
    prints: np.ndarray[Any, Any]
    panicked: np.ndarray[Any, Any]
    rows: np.ndarray[Any, Any] | None = None  # the results themselves, where they were computed just now

    def of(self, kept: list[int]) -> Expected:
        """That of some programs."""
        rows = None if self.rows is None else self.rows[kept]
        return Expected(self.inputs[kept], self.prints[kept], self.panicked[kept], rows)


Answer = tuple[list[Program], Expected, list[Finding]]
"""The programs that rustc accepts, what they compute, and the rest as findings."""

Answers = Callable[[list[Program], int], Answer]
"""What rustc says of programs on that many input rows: by running it, or as recorded elsewhere."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How batches run."""

    n_rows: int
    answers: Answers
    gpu: bool = False


def input_rows(programs: Sequence[Program], n_rows: int) -> np.ndarray[Any, Any]:
    """Words from edge cases, small numbers and all bits; the same for a program in whatever batch it runs."""

    def word(rng: Random) -> int:
        roll = rng.random()
        return rng.choice(_EDGES) if roll < 0.35 else rng.randrange(300) if roll < 0.6 else rng.getrandbits(64)

    of = [Random(p.seed) for p in programs]
    return np.array([[[word(rng) for _ in range(4)] for _ in range(n_rows)] for rng in of], np.uint64)


def fingerprints(rows: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """One word for each row."""
    h = np.full(rows.shape[:-1], 0x9E3779B97F4A7C15, np.uint64)
    with np.errstate(over="ignore"):
        for k in range(rows.shape[-1]):
            h = (h ^ rows[..., k]) * np.uint64(0xBF58476D1CE4E5B9)
            h ^= h >> np.uint64(29)
    return h


def program_lines(programs: Sequence[Program]) -> list[int]:
    """The last line of each program in the native source."""
    ends, line = [], PRELUDE.count("\n")
    for p in programs:
        line += p.text.count("\n") + 3
        ends.append(line)
    return ends


def at_line(programs: Sequence[Program], line: int) -> int | None:
    """Which program a line of an assembled source belongs to; the kernel source has one line more before them."""
    return next((i for i, end in enumerate(program_lines(programs)) if line <= end), None)


def compile_natively(programs: list[Program], folder: Path) -> tuple[list[Program], list[Finding], Path]:
    """The programs that rustc accepts, as a library."""
    found: list[Finding] = []
    for turn in range(8):
        source, library = folder / f"native{turn}.rs", folder / f"native{turn}.so"
        source.write_text(native_source(programs))
        done = subprocess.run(
            [*RUSTC, "--crate-type=cdylib", "--error-format=json", "-o", str(library), str(source)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode == 0:
            return programs, found, library
        bad: dict[int, str] = {}
        for text in done.stderr.splitlines():
            message = json.loads(text) if text.startswith("{") else {"spans": []}
            for span in message["spans"]:
                index = at_line(programs, span["line_start"])
                if message["level"] == "error" and span["is_primary"] and index is not None:
                    bad.setdefault(index, f"{message['message']}: {span['text'][0]['text'].strip()[:300]}")
        if not bad:
            raise RuntimeError(done.stderr[-2000:])
        found += [Finding("generator", programs[i].seed, what) for i, what in bad.items()]
        programs = [p for i, p in enumerate(programs) if i not in bad]
    raise RuntimeError("rustc rejects too many programs")


def run_natively(programs: Sequence[Program], library: Path, n_rows: int) -> Expected:
    """Every program on every row."""
    n = len(programs)
    inputs = input_rows(programs, n_rows)
    rows, panicked = np.zeros((n, n_rows, ROW), np.uint64), np.zeros((n, n_rows), np.uint8)
    run = ctypes.CDLL(str(library)).run_all
    run(ctypes.c_size_t(n_rows), *(ctypes.c_void_p(a.ctypes.data) for a in (inputs, rows, panicked)))
    return Expected(inputs, fingerprints(rows), panicked, rows)


_FILE = "/differential.rs"
_SESSIONS: list[Any] = []  # one: a child process finds what its parent compiled before


def lowered_kernel(programs: Sequence[Program], target: str = "sm_90") -> tuple[Any, Any, Any]:
    """The session, its lowered kernel and the options."""
    from compiler import driver

    text = kernel_source(programs).encode()
    if _SESSIONS:
        session = _SESSIONS[0]
        session.set_text(_FILE, text)
    else:
        session = driver.CompileSession(_FILE, {_FILE: text})
        _SESSIONS.append(session)
    options = driver.CompileOptions(target, debug=False, contract=False, use_cache=False)
    return session, session.lower(session.instance("all"), options), options


def warm_up(programs: list[Program], setting: Setting) -> None:
    """Compile some programs, so that processes forked from this one know the library's bodies."""
    from compiler import driver

    driver.warm_up()
    run_batch(programs, replace(setting, gpu=False))


def _use_quick_code(quick: bool) -> None:
    """Machine code without LLVM's optimiser: cheap, and it tests our lowering; optimised code tests our promises to LLVM."""
    import llvmlite.binding as llvm

    from compiler.emulator import jit

    host = jit.host()
    if quick:
        host.machine = llvm.Target.from_triple(host.triple).create_target_machine(
            cpu=llvm.get_host_cpu_name(),
            features=llvm.get_host_cpu_features().flatten(),
            opt=0,
            reloc="pic",
            codemodel="small",
        )
        optimised = host.optimised
        host.optimised = lambda text, _level=0: optimised(text, 0)  # type: ignore[method-assign]


def run_ours(programs: list[Program], expected: Expected, report: BatchReport, gpu: bool) -> None:
    """Compile, run and compare; a batch that fails as a whole is halved."""
    from compiler import driver

    if not programs:
        return
    try:
        session, lowered, options = lowered_kernel(programs)
        ptx = session.ptx(lowered, options).ptx if gpu else None
    except driver.CompileError as error:
        bad = _rejected(programs, error, report)
        if bad:
            kept = [i for i in range(len(programs)) if i not in bad]
            run_ours([programs[i] for i in kept], expected.of(kept), report, gpu)
        else:
            _halve(programs, expected, report, gpu, error)
        return
    except Exception as error:
        _halve(programs, expected, report, gpu, error)
        return
    from compiler.runtime.errors import DriverError

    try:
        _compare(programs, expected, lowered.llvm_ir, lowered.symbol, report)
        if ptx is not None:
            out = run_on_gpu(ptx, lowered.symbol, expected.inputs, expected.panicked)
            _compare_rows(programs, expected, out, "gpu mismatch", report)
    except DriverError:
        raise  # the process's context is lost: the batch is halved by processes
    except Exception as error:
        _halve(programs, expected, report, gpu, error)


def _rejected(programs: list[Program], error: Any, report: BatchReport) -> set[int]:
    """Programs that our front end has an error in."""
    bad: set[int] = set()
    for d in error.diagnostics:
        if d.severity.name != "ERROR" or d.primary.file != _FILE:
            continue
        text = error.sources[d.primary.file]
        start = d.primary.span.start
        index = at_line(programs, text[:start].count(b"\n"))
        if index is not None and index not in bad:
            line = text[text.rfind(b"\n", 0, start) + 1 : start + 60].decode(errors="replace").split("\n")[0]
            report.findings.append(
                Finding("rejected", programs[index].seed, f"[{d.code}] {d.message}: ...{line[-160:]}")
            )
            bad.add(index)
    return bad


def _halve(programs: list[Program], expected: Expected, report: BatchReport, gpu: bool, error: Exception) -> None:
    if len(programs) == 1:
        frames = traceback.extract_tb(error.__traceback__)
        place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
        report.findings.append(
            Finding("internal", programs[0].seed, f"{type(error).__name__}: {str(error)[:300]}{place}")
        )
        return
    half = len(programs) // 2
    for kept in (list(range(half)), list(range(half, len(programs)))):
        run_ours([programs[i] for i in kept], expected.of(kept), report, gpu)


def _compare(programs: list[Program], expected: Expected, llvm_ir: str, symbol: str, report: BatchReport) -> None:
    from compiler import emulator

    module = emulator.load(llvm_ir)
    n_rows = expected.panicked.shape[1]
    flat = expected.panicked.reshape(-1)
    out = np.zeros((*expected.panicked.shape, ROW), np.uint64)
    inputs = np.ascontiguousarray(expected.inputs)

    def launch(jobs: np.ndarray[Any, Any]) -> Any:
        args = [jobs, np.uint32(len(jobs)), np.uint32(n_rows), inputs, out]
        options = emulator.LaunchOptions(time_budget_s=60)
        return module.launch(symbol, -(-len(jobs) // 32), 32, args, options)

    quiet = np.flatnonzero(flat == 0).astype(np.uint32)
    done = launch(quiet) if len(quiet) else None
    if done is not None and done.trap is not None:
        if len(programs) > 1:
            raise RuntimeError(f"trap: {done.trap}")
        report.findings.append(Finding("trap", programs[0].seed, str(done.trap)[:300]))
        return
    report.n_programs += len(programs)
    report.n_rows += len(quiet)
    report.n_panics += int(flat.sum())
    _compare_rows(programs, expected, out, "mismatch", report)
    for k, p in enumerate(programs):
        for r in np.flatnonzero(expected.panicked[k])[:_PANICS_TRIED]:
            if launch(np.array([k * n_rows + r], np.uint32)).trap is None:
                report.findings.append(Finding("no trap", p.seed, f"inputs {expected.inputs[k, r].tolist()}"))
                break


def _compare_rows(
    programs: list[Program], expected: Expected, out: np.ndarray[Any, Any], kind: str, report: BatchReport
) -> None:
    differs = (fingerprints(out) != expected.prints) & (expected.panicked == 0)
    for k in np.flatnonzero(differs.any(axis=1)):
        r = int(np.flatnonzero(differs[k])[0])
        what = f"inputs {expected.inputs[k, r].tolist()} gives {out[k, r, : 1 + min(int(out[k, r, 0]), CAPACITY)].tolist()}"
        if expected.rows is not None:
            at = int(np.flatnonzero(expected.rows[k, r] != out[k, r])[0])
            what += f", word {at} is {int(expected.rows[k, r, at]):#x} by rustc"
        report.findings.append(Finding(kind, programs[k].seed, what))


def run_by_rustc(programs: list[Program], n_rows: int) -> Answer:
    """What rustc says of programs, by compiling and running them here."""
    with tempfile.TemporaryDirectory() as folder:
        accepted, found, library = compile_natively(programs, Path(folder))
        return accepted, run_natively(accepted, library, n_rows), found


def run_batch(programs: list[Program], setting: Setting, quick: bool = False) -> BatchReport:
    """Native and our results of a batch, compared."""
    _use_quick_code(quick)
    accepted, expected, found = setting.answers(programs, setting.n_rows)
    report = BatchReport(findings=found)
    run_ours(accepted, expected, report, setting.gpu)
    return report
