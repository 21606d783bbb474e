"""Literate language tests: every ``rust`` block of ``tests/spec/**/*.md`` is checked, and its diagnostics must be exactly those its
comments announce: ``//~ error: [E0308] "text"`` (also ``warning``, ``hint``) on the line of the primary span; ``//~^`` means the line
above, ``//~|`` the same line as the previous comment's. A block without such comments must be clean.

The text in quotes must occur in the primary message or label; it may be left out. Blocks marked ``rust,ignore`` are prose.
``<!-- hints: K02 -->`` in a file: hints of other families than ``K02`` are not compared, they have suites of their own.
Lints of what is unused or unreachable are compared in ``lints/`` only: small programs about something else are full of it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from compiler.base.span import LineTable
from compiler.semantics.host import AnalysisHost

ROOT = Path(__file__).parent
BLOCK = re.compile(r"^(#+ [^\n]*)$|^```rust\n(.*?)^```", re.M | re.S)
MARK = re.compile(r'//~(\^*|\|) *(error|warning|hint): \[([\w-]*)\](?: "([^"]*)")?')


UNUSED_LINTS = frozenset(
    (
        "unused_variables",
        "unused_assignments",
        "unused_mut",
        "unused_must_use",
        "path_statements",
        "unreachable_code",
        "unused_parens",
        "dead_code",
        "unused_imports",
    )
)
HINTS = re.compile(r"<!-- hints: (\w+) -->")


def _cases() -> list[tuple[str, str, str, bool]]:
    out = []
    for path in sorted(ROOT.rglob("*.md")):
        title, count, text = path.stem, 0, path.read_text("utf-8")
        only = HINTS.search(text)
        for match in BLOCK.finditer(text):
            if match[1]:
                title, count = match[1].lstrip("# "), 0
            else:
                count += 1
                hints = only[1] if only else ""
                out.append((f"{path.stem}: {title} {count}", match[2], hints, path.parent.name == "lints"))
    return out


def _expected(code: str) -> list[tuple[int, str, str, str]]:
    out: list[tuple[int, str, str, str]] = []
    for line_0, text in enumerate(code.split("\n")):
        for match in MARK.finditer(text):
            at = out[-1][0] if match[1] == "|" else line_0 - len(match[1])
            out.append((at, match[2], match[3], match[4] or ""))
    return out


CASES = _cases()


@pytest.mark.parametrize(("code", "hints", "lints"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_block(code: str, hints: str, lints: bool) -> None:
    host = AnalysisHost(check_all=True)
    text = code.encode()
    host.set_file("/spec/case.rs", text)
    table = LineTable(text)
    found = [
        (table.line_col(d.primary.span.start)[0], d.severity.value, d.code, f"{d.message} / {d.primary.message}")
        for d in host.analysis().diagnostics("/spec/case.rs").diagnostics
        if (d.severity.value != "hint" or d.code.startswith(hints)) and (lints or d.code not in UNUSED_LINTS)
        if d.code != "dead_code" or "[dead_code]" in code
    ]
    expected = _expected(code)
    unmatched = list(found)
    missing = []
    for want in expected:
        hit = next((f for f in unmatched if f[:3] == want[:3] and want[3] in f[3]), None)
        if hit is None:
            missing.append(want)
        else:
            unmatched.remove(hit)
    assert not missing and not unmatched, f"missing: {missing}\nunexpected: {unmatched}"
