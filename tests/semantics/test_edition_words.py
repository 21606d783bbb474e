"""``gen`` is a name before edition 2024 (:mod:`compiler.resolve.edition_words`)."""

from __future__ import annotations

from pathlib import Path

import pytest

from compiler.semantics.host import AnalysisHost

SOURCE = "fn gen(gen: u32) -> u32 { let gen = gen + 1; gen }\nmacro_rules! m { (gen $e:expr) => { $e } }\n"
RAW = "fn r#gen(n: u32) -> u32 { m!(gen n) }\nmacro_rules! m { (gen $e:expr) => { $e } }\n"


def _errors(folder: Path, edition: str, text: str) -> list[str]:
    (folder / "src").mkdir()
    (folder / "Cargo.toml").write_text(f'[package]\nname = "p"\nedition = "{edition}"\n')
    root = folder / "src" / "main.rs"
    root.write_text(text)
    host = AnalysisHost(check_all=True)
    host.set_file(str(root), text.encode())
    found = host.analysis().diagnostics(str(root)).diagnostics
    return [d.message for d in found if d.severity.value == "error"]


@pytest.mark.parametrize("text", [SOURCE, RAW])
def test_a_name_in_2021(tmp_path: Path, text: str) -> None:
    assert _errors(tmp_path, "2021", text) == []


def test_a_keyword_in_2024(tmp_path: Path) -> None:
    found = _errors(tmp_path, "2024", SOURCE)
    assert set(found) == {"expected identifier, found reserved keyword `gen`"}
    assert len(found) == 5


def test_raw_and_inside_macros(tmp_path: Path) -> None:
    assert _errors(tmp_path, "2024", RAW) == []
