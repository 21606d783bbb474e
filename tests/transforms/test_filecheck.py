"""Every pass on small modules: one file per behaviour in ``filecheck/``."""

from __future__ import annotations

from pathlib import Path

import pytest
from pass_filecheck import filecheck

FILES = sorted((Path(__file__).parent / "filecheck").glob("*.mlir"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_pass(path: Path):
    filecheck(path)
