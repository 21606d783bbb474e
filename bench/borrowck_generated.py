"""``python -m bench.borrowck --generated N``: generated functions, our verdict against rustc's, one function at a time.

What it is: batches of functions of :mod:`bench.borrowck_generator`, every second one mutated; one rustc invocation and
one check of ours a batch. A function on which the (line, code) sets differ is cut down, line by line, as long as it
type-checks and the sets differ, and written to the output folder with what was false and what was missed.

Assumes: rustc. Guarantees: functions with errors other than the borrow checker's (both compilers stop before it) are
left out and counted.

Example: ``python -m bench.borrowck --generated 1000 --seed 7 --out /tmp/disagreements``.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from pathlib import Path

from bench.borrowck_files import Errors, OurChecker, rustc_messages
from bench.borrowck_generator import PRELUDE, generate, mutate

BATCH = 500
MAX_MINIMISED = 8
_CODES = (373, 381, 382, 384, *range(499, 511), 515, 521, 524, 594, 596, 597, 621, 626, 700, 712, 713, 716)
BORROWCK = frozenset(("", *(f"E0{n}" for n in _CODES)))
Verdicts = list[Errors]


def run(n: int, seed: int, out: Path | None) -> int:
    """Compare ``n`` functions; returns how many differ."""
    checker, rng = OurChecker.shared(), random.Random(seed)
    false: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    n_done = n_wrong = n_left_out = n_different = n_minimised = 0
    seconds = [0.0, 0.0]
    while n_done < n:
        functions = [_function(rng, i) for i in range(min(BATCH, n - n_done))]
        n_done += len(functions)
        functions, theirs = _well_typed(functions, seconds)
        n_left_out += min(BATCH, n) - len(functions) if len(functions) < BATCH else 0
        began = time.perf_counter()
        ours = _split(functions, checker.messages(_file(functions), "2021"))
        seconds[1] += time.perf_counter() - began
        for text, mine, wanted in zip(functions, ours, theirs, strict=True):
            n_wrong += bool(wanted)
            if mine == wanted:
                continue
            n_different += 1
            false.update(code for _, code in mine - wanted)
            missed.update(code for _, code in wanted - mine)
            if out is not None and n_minimised < MAX_MINIMISED:
                n_minimised += 1
                _write(out, f"g{seed}_{n_done}_{n_different}", minimised(checker, text))
        print(f"{n_done} functions, {n_different} disagreements", flush=True)
    print(f"{n_done} generated ({n_wrong} wrong by rustc, {n_left_out} left out), {n_different} disagreements")
    print(f"  false errors: {dict(false.most_common())}\n  missed errors: {dict(missed.most_common())}")
    print(f"  seconds: rustc {seconds[0]:.1f}, ours {seconds[1]:.1f}")
    return n_different


def _function(rng: random.Random, i: int) -> str:
    text = generate(rng, f"f{i}")
    return mutate(rng, text) if i % 2 else text


def _file(functions: list[str]) -> str:
    return PRELUDE + "".join(functions)


def _split(functions: list[str], messages: list[tuple[int, str, str]]) -> Verdicts:
    """Errors by function, lines counted from the function's first."""
    starts = []
    line = PRELUDE.count("\n") + 1
    for text in functions:
        starts.append(line)
        line += text.count("\n")
    out: Verdicts = [set() for _ in functions]
    for at, code, _ in messages:
        index = sum(1 for s in starts if s <= at) - 1
        if index >= 0:
            out[index].add((at - starts[index] + 1, code))
        else:
            for errors in out:
                errors.add((0, code))
    return out


def _well_typed(functions: list[str], seconds: list[float]) -> tuple[list[str], Verdicts]:
    """The functions without errors other than the borrow checker's, and rustc's verdicts on them."""
    while True:
        began = time.perf_counter()
        verdicts = _split(functions, rustc_messages(_file(functions), "2021"))
        seconds[0] += time.perf_counter() - began
        good = [i for i, errors in enumerate(verdicts) if all(code in BORROWCK for _, code in errors)]
        other = any(code not in BORROWCK for errors in verdicts for _, code in errors)
        syntax = [i for i in good if any("expected" in c for _, c in verdicts[i])]
        if not other and not syntax:
            return functions, verdicts
        functions = [functions[i] for i in good]


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
        theirs = _split(functions, rustc_messages(_file(functions), "2021"))
        bad = {i for i, errors in zip(alive, theirs, strict=True) if any(c not in BORROWCK for _, c in errors)}
        if not bad:
            break
        alive = [i for i in alive if i not in bad]
    else:
        return None
    functions = [candidates[i] for i in alive]
    ours = _split(functions, checker.messages(_file(functions), "2021"))
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
            if j > i + 1:
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
    whole = PRELUDE + text
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
    return line - PRELUDE.count("\n")
