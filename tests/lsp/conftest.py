"""Fixtures of the language server's tests."""

from __future__ import annotations

import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))


@pytest.fixture
def kernel_uri(tmp_path: pathlib.Path) -> str:
    return (tmp_path / "k.rs").as_uri()
