"""Random edits of example kernels leave an open session with the answers of a fresh one (``bench.incremental``)."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.incremental import difference

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.parametrize(("name", "seed"), [("saxpy", 1), ("saxpy", 2), ("reduction", 3)])
def test_incremental_equals_from_scratch_after_random_edits(name: str, seed: int) -> None:
    text = (EXAMPLES / f"{name}.rs").read_text("utf-8")
    assert difference(f"/nowhere/{name}.rs", text, 8, seed) == ""
