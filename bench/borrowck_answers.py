"""What rustc says of generated functions: asked now, or as recorded for a machine without it.

What it is: batches of functions of :mod:`bench.borrowck_generator`, every second one mutated; a batch's functions
depend on the seed and the batch's number only, so a file of answers holds no text.

Assumes: ``by_rustc`` and ``record`` need rustc. Guarantees: functions with errors other than the borrow checker's
(both compilers stop before it) are left out.

Example: ``record(file, 7, 1000)`` here, then ``Recorded(file)(7, 0)`` there is what ``by_rustc(7, 0)`` is here.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.borrowck_files import Errors, rustc_messages
from bench.borrowck_forms import WIDE_PRELUDE, generate_wide
from bench.borrowck_generator import PRELUDE, generate, mutate

BATCH = 500
HEADER = PRELUDE + WIDE_PRELUDE
_CODES = (373, 381, 382, 384, *range(499, 511), 515, 521, 524, 594, 596, 597, 621, 626, 700, 712, 713, 716)
BORROWCK = frozenset(("", *(f"E0{n}" for n in _CODES)))
_WITHOUT_CODE = ("lifetime may not", "implementation of", "captured variable", "higher-ranked", "borrowed data")
Verdicts = list[Errors]


@dataclass(frozen=True, slots=True)
class Judged:
    """The well-typed functions of a batch and rustc's errors in each, lines counted from the function's first."""

    functions: list[str]
    theirs: Verdicts


Judge = Callable[[int, int], Judged]
"""From a seed and a batch's number."""


def functions(seed: int, batch: int) -> list[str]:
    """The functions of a batch."""
    rng = random.Random(f"{seed} {batch}")
    write = generate_wide if batch % 2 else generate
    made = [write(rng, f"f{i}") for i in range(BATCH)]
    return [mutate(rng, text) if i % 2 else text for i, text in enumerate(made)]


def whole_file(of: list[str]) -> str:
    """A file of functions."""
    return HEADER + "".join(of)


def split(of: list[str], messages: list[tuple[int, str, str]]) -> Verdicts:
    """The errors of a file by function, lines counted from the function's first. Errors without a code that
    are not the borrow checker's are "syntax"."""
    starts = []
    line = HEADER.count("\n") + 1
    for text in of:
        starts.append(line)
        line += text.count("\n")
    out: Verdicts = [set() for _ in of]
    for at, code, text in messages:
        code = code or ("" if text.startswith(_WITHOUT_CODE) else "syntax")
        index = sum(1 for s in starts if s <= at) - 1
        if index >= 0:
            out[index].add((at - starts[index] + 1, code))
        else:
            for errors in out:
                errors.add((0, code))
    return out


def by_rustc(seed: int, batch: int) -> Judged:
    """What rustc says of a batch."""
    kept = functions(seed, batch)
    while True:
        verdicts = split(kept, rustc_messages(whole_file(kept), "2021"))
        good = [i for i, errors in enumerate(verdicts) if all(code in BORROWCK for _, code in errors)]
        if len(good) == len(kept):
            return Judged(kept, verdicts)
        kept = [kept[i] for i in good]


def record(file: Path, seed: int, n_batches: int) -> int:
    """Write rustc's answers, a batch a line; the number of well-typed functions."""
    n_functions = 0
    with gzip.open(file, "wt", encoding="utf-8") as out:
        for batch in range(n_batches):
            judged = by_rustc(seed, batch)
            kept = dict(zip(judged.functions, judged.theirs, strict=True))
            row = [sorted(kept[text]) if text in kept else None for text in functions(seed, batch)]
            out.write(json.dumps([seed, batch, row]) + "\n")
            n_functions += len(judged.functions)
    return n_functions


class Recorded:
    """The answers in a file; a batch that is not in it is a ``KeyError``."""

    def __init__(self, file: Path) -> None:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            self._rows = {(seed, batch): row for seed, batch, row in map(json.loads, lines)}

    def __call__(self, seed: int, batch: int) -> Judged:
        pairs = zip(functions(seed, batch), self._rows[seed, batch], strict=True)
        kept = [(text, {(line, code) for line, code in errors}) for text, errors in pairs if errors is not None]
        return Judged([text for text, _ in kept], [errors for _, errors in kept])
