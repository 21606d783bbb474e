"""Small programs on the emulator: each file's kernel ``record(input, out)`` must give the words of its ``//= input: words`` lines.

The words were recorded from rustc's machine code; most files began as a difference that ``python -m bench.differential`` found.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from compiler import driver, emulator

PROGRAMS = sorted((Path(__file__).parent / "programs").glob("*.rs"))
EXPECTED = re.compile(r"^//= (\d+): (.*)$", re.M)


@pytest.mark.parametrize("file", PROGRAMS, ids=[p.stem for p in PROGRAMS])
def test_program(file: Path) -> None:
    cases = EXPECTED.findall(file.read_text("utf-8"))
    assert cases
    artifact = driver.compile_kernel(str(file), "record", "sm_90")
    for given, words in cases:
        wanted = [int(word) for word in words.split()]
        out = np.zeros(len(wanted), np.uint64)
        report = emulator.launch(artifact, "record", 1, 1, (np.uint32(int(given)), out), time_budget_s=60)
        assert report.trap is None, str(report.trap)
        assert out.tolist() == wanted
