"""Every code the compiler can report has an explain page."""

from __future__ import annotations

import re
from pathlib import Path

from compiler.diagnostics.codes import codes, explanation, title_of

ROOT = Path(__file__).resolve().parents[2]
CODE = re.compile(r'"([EK]\d{4})"')
LINT = re.compile(r'(?:code: ClassVar\[str\] = |Severity\.WARNING,\s*)"([a-z_]+)"')


def mentioned_codes() -> set[str]:
    found: set[str] = set()
    for path in (ROOT / "compiler").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        found.update(CODE.findall(text))
        found.update(LINT.findall(text))
    return found


def test_every_code_has_a_page():
    assert sorted(mentioned_codes() - set(codes())) == []


def test_pages_begin_with_their_code_and_a_title():
    for code in codes():
        assert (explanation(code) or "").startswith(f"# {code}: "), code
        assert title_of(code), code


def test_case_does_not_matter():
    assert explanation("e0382") == explanation("E0382") is not None
    assert explanation("E9999") is None
