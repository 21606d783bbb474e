"""A fake driver in place of libcuda, and a context on it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from compiler.runtime import Context, driver

sys.path.insert(0, str(Path(__file__).parent))

from fake_driver import FakeDriver


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeDriver:
    made = FakeDriver()
    monkeypatch.setattr(driver, "binding", lambda: made)
    monkeypatch.setattr("compiler.runtime.module.binding", lambda: made)
    return made


@pytest.fixture
def context(fake: FakeDriver) -> Context:
    return Context(0)
