"""The registry of diagnostic codes: one page each in ``explain/``, read when asked for.

A page is ``explain/<CODE>.md``; its first line is ``# <CODE>: <title>``. Codes are rustc's where the meaning is
rustc's (``E0382``), a ``K`` number for what only a kernel language has, or a lint's name (``unused_mut``). A test
asserts that every code the compiler mentions has a page. Example: ``title_of("E0308") == "mismatched types"``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "explain"


@cache
def codes() -> tuple[str, ...]:
    """All codes with a page, sorted."""
    return tuple(sorted(p.stem for p in _FOLDER.glob("*.md")))


@cache
def explanation(code: str) -> str | None:
    """The page of a code, Markdown, or None. Case does not matter for ``E`` and ``K`` codes."""
    for name in (code, code.upper(), code.lower()):
        if name in codes():
            return (_FOLDER / f"{name}.md").read_text(encoding="utf-8")
    return None


def title_of(code: str) -> str | None:
    """The title of a code's page."""
    page = explanation(code)
    if page is None:
        return None
    _, _, title = page.partition("\n")[0].partition(": ")
    return title
