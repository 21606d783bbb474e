"""Small programs with one mistake each: their errors, on the line of the mistake, have the codes that rustc 1.95 gives them.

``tests/spec/programs/*.txt``: declarations, a line ``---``, then one program a line: codes, a tab, items. No code: accepted. The codes are
rustc's (recorded by running it); ``python -m bench.verdicts`` compares again, with what is known to differ.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from compiler.base.span import LineTable
from compiler.semantics.host import AnalysisHost

FILES = sorted(Path(__file__).parent.glob("programs/*.txt"))
FILE = "/spec/program.rs"


def errors_of(host: AnalysisHost, source: str) -> list[tuple[int, str]]:
    text = source.encode()
    host.set_file(FILE, text)
    table = LineTable(text)
    found = host.analysis().diagnostics(FILE).diagnostics
    errors = {(table.line_col(d.primary.span.start)[0], d.code) for d in found if d.severity.value == "error"}
    return sorted(errors)


@pytest.mark.parametrize("path", FILES, ids=[p.stem for p in FILES])
def test_codes_and_lines(path: Path) -> None:
    head, _, programs = path.read_text("utf-8").partition("\n---\n")
    host, line_0 = AnalysisHost(check_all=True), head.count("\n") + 1
    assert errors_of(host, head + "\n") == []
    wrong = []
    for entry in programs.splitlines():
        codes, _, program = entry.partition("\t")
        expected = [(line_0, code) for code in codes.split(",") if code]
        found = errors_of(host, f"{head}\n{program}\n")
        if found != expected:
            wrong.append((program, found, codes))
    assert not wrong
