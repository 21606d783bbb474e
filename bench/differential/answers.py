"""rustc's answers in a file, for a machine that has none (one with a GPU, say).

``record`` writes one compressed NumPy archive (no pickles) of what rustc accepts and computes; ``recorded`` gives the answers back
in place of :func:`bench.differential.execute.run_by_rustc`. Programs and inputs are not stored: their seeds make them again.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from bench.differential.execute import Answer, Answers, Expected, input_rows, run_by_rustc
from bench.differential.source import Program


def record(file: Path, batches: Iterable[list[Program]], n_rows: int) -> int:
    """Write the answers; the number of programs that rustc accepts."""
    seeds, prints, panicked = list[int](), [], []
    for programs in batches:
        accepted, expected, _ = run_by_rustc(programs, n_rows)
        seeds += [p.seed for p in accepted]
        prints.append(expected.prints)
        panicked.append(expected.panicked)
    np.savez_compressed(file, seeds=np.array(seeds), prints=np.concatenate(prints), panicked=np.concatenate(panicked))
    return len(seeds)


def recorded(file: Path) -> Answers:
    """What was recorded; raises ValueError for another number of rows than then."""
    with np.load(file) as archive:
        seeds, prints, panicked = archive["seeds"], archive["prints"], archive["panicked"]
    index = {int(seed): i for i, seed in enumerate(seeds)}

    def answers(programs: list[Program], n_rows: int) -> Answer:
        if n_rows != panicked.shape[1]:
            raise ValueError(f"{file} has {panicked.shape[1]} rows for each program")
        accepted = [p for p in programs if p.seed in index]
        at = [index[p.seed] for p in accepted]
        return accepted, Expected(input_rows(accepted, n_rows), prints[at], panicked[at]), []

    return answers
