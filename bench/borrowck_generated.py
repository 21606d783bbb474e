"""``python -m bench.borrowck --generated N``: generated functions, our verdict against rustc's, one function at a time.

What it is: batches of functions, one rustc invocation (or recorded answers, :mod:`bench.borrowck_answers`) and one
check of ours a batch, in as many processes as asked for. A function on which the (line, code) sets differ is cut down,
line by line, as long as it type-checks and the sets differ, and written to the output folder with what was false and
what was missed; without rustc it is written whole.

Assumes: rustc or its answers. Guarantees: functions with errors other than the borrow checker's are left out.

Example: ``python -m bench.borrowck --generated 1000 --seed 7 --out /tmp/disagreements``.
"""

from __future__ import annotations

import multiprocessing
import time
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bench.borrowck_answers import BATCH, BORROWCK, HEADER, Judge, by_rustc, split, whole_file
from bench.borrowck_files import Errors, OurChecker, have_rustc, rustc_messages

MAX_MINIMISED = 30


@dataclass(slots=True)
class _Compared:
    """Batch ``number``: functions judged, those wrong by rustc, and (function, our errors, rustc's) that differ."""

    number: int
    n_functions: int
    n_wrong: int
    seconds: tuple[float, float]  # rustc's, ours
    different: list[tuple[str, Errors, Errors]] = field(default_factory=list)


def run(n: int, seed: int, out: Path | None, jobs: int, judge: Judge = by_rustc) -> int:
    """Compare ``n`` functions, in whole batches; returns how many differ."""
    OurChecker.shared().messages(HEADER)  # the library, once for all processes
    n_batches = -(-n // BATCH)
    false: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    n_done = n_wrong = n_different = 0
    to_minimise: list[tuple[str, str]] = []  # later: a process forked meanwhile would inherit half a query
    seconds = [0.0, 0.0]
    with multiprocessing.get_context("fork").Pool(jobs, maxtasksperchild=4) as pool:
        for batch in pool.imap_unordered(partial(_compared, judge, seed), range(n_batches)):
            n_done += batch.n_functions
            n_wrong += batch.n_wrong
            n_different += len(batch.different)
            seconds = [a + b for a, b in zip(seconds, batch.seconds, strict=True)]
            for i, (text, mine, wanted) in enumerate(batch.different):
                false.update(code for _, code in mine - wanted)
                missed.update(code for _, code in wanted - mine)
                if out is not None and have_rustc() and len(to_minimise) < MAX_MINIMISED:
                    to_minimise.append((f"g{seed}_{batch.number}_{i}", text))
                elif out is not None and not have_rustc():
                    out.mkdir(parents=True, exist_ok=True)
                    (out / f"g{seed}_{batch.number}_{i}.rs").write_text(f"{text}// ours {mine}\n// rustc's {wanted}\n")
            print(f"{n_done} functions, {n_different} disagreements", flush=True)
    for name, text in to_minimise:
        assert out is not None
        _write(out, name, minimised(OurChecker.shared(), text))
    n_left_out = n_batches * BATCH - n_done
    print(f"{n_done} generated ({n_wrong} wrong by rustc; {n_left_out} left out), {n_different} disagreements")
    print(f"  false errors: {dict(false.most_common())}\n  missed errors: {dict(missed.most_common())}")
    print(f"  seconds: rustc {seconds[0]:.1f}, ours {seconds[1]:.1f}")
    return n_different


def _compared(judge: Judge, seed: int, batch: int) -> _Compared:
    times = [time.perf_counter()]
    judged = judge(seed, batch)
    times.append(time.perf_counter())
    ours = split(judged.functions, OurChecker.shared().messages(whole_file(judged.functions), "2021"))
    times.append(time.perf_counter())
    seconds = times[1] - times[0], times[2] - times[1]
    made = _Compared(batch, len(judged.functions), sum(map(bool, judged.theirs)), seconds)
    rows = zip(judged.functions, ours, judged.theirs, strict=True)
    made.different += [(text, mine, wanted) for text, mine, wanted in rows if mine != wanted]
    return made


# ---------------------------------------------------------------- cutting down


def minimised(checker: OurChecker, text: str) -> str:
    """A smaller function on which the verdicts still differ, all candidates of a round in one rustc invocation."""
    while True:
        candidates = _smaller(text)
        if not candidates:
            return text
        renamed = [_renamed(c, i) for i, c in enumerate(candidates)]
        best = _first_different(checker, renamed)
        if best is None:
            return text
        text = candidates[best]


def _first_different(checker: OurChecker, candidates: list[str]) -> int | None:
    alive = list(range(len(candidates)))
    while alive:
        functions = [candidates[i] for i in alive]
        theirs = split(functions, rustc_messages(whole_file(functions), "2021"))
        bad = {i for i, errors in zip(alive, theirs, strict=True) if any(c not in BORROWCK for _, c in errors)}
        if not bad:
            break
        alive = [i for i in alive if i not in bad]
    else:
        return None
    functions = [candidates[i] for i in alive]
    ours = split(functions, checker.messages(whole_file(functions), "2021"))
    for i, mine, wanted in zip(alive, ours, theirs, strict=True):
        if mine != wanted:
            return i
    return None


def _renamed(text: str, i: int) -> str:
    head, _, rest = text.partition("<")
    return f"{head.rsplit(' ', 1)[0]} c{i}<{rest}"


def _smaller(text: str) -> list[str]:
    """Without one statement, without one block, or with one block's braces taken off; braces stay balanced."""
    lines = text.splitlines()
    out = []
    for i in range(1, len(lines) - 1):
        ends = [j for j in range(i, len(lines) - 1) if _balanced(lines[i : j + 1])]
        for j in ends[:1]:
            out.append("\n".join(lines[:i] + lines[j + 1 :]) + "\n")
            if j > i + 1 and _balanced(lines[i + 1 : j]):
                out.append("\n".join(lines[:i] + lines[i + 1 : j] + lines[j + 1 :]) + "\n")
    return out


def _balanced(lines: list[str]) -> bool:
    depth = 0
    for line in lines:
        for char in line:
            depth += {"{": 1, "}": -1}.get(char, 0)
            if depth < 0:
                return False
    return depth == 0


def _write(out: Path, name: str, text: str) -> None:
    out.mkdir(parents=True, exist_ok=True)
    whole = HEADER + text
    theirs = rustc_messages(whole, "2021")
    ours = OurChecker.shared().messages(whole, "2021")
    wanted, mine = {m[:2] for m in theirs}, {m[:2] for m in ours}
    notes = [
        f"// false {code} in line {_line(line)}: {message}"
        for line, code, message in ours
        if (line, code) not in wanted
    ]
    notes += [
        f"// missed {code} in line {_line(line)}: {message}"
        for line, code, message in theirs
        if (line, code) not in mine
    ]
    (out / f"{name}.rs").write_text(text + "\n".join(notes) + "\n")


def _line(line: int) -> int:
    return line - HEADER.count("\n")
