"""The import contracts of pyproject.toml hold."""

from __future__ import annotations

from pathlib import Path


def test_arrows_point_down(monkeypatch, capsys):
    from importlinter.cli import lint_imports

    monkeypatch.chdir(Path(__file__).resolve().parents[2])
    assert lint_imports(no_cache=True) == 0, capsys.readouterr().out
