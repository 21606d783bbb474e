"""Diagnostics as text for people: the rustc-style rendering and the explain page of a code.

Assumes: labels are absolute (``file`` set), as the facade gives them.
Guarantees: one text per diagnostic, in order; plain, without colour.

Example: ``rendered((diagnostic,), text_of)`` is ``["error[E0308]: mismatched types\\n --> /k.rs:3:9 ..."]``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import compiler.diagnostics
from compiler.diagnostics.render_text import TextRenderer
from compiler.semantics.api import Diagnostic

TextOf = Callable[[str], bytes]
_PAGES = Path(compiler.diagnostics.__file__).parent / "explain"


def rendered(found: Iterable[Diagnostic], text_of: TextOf) -> list[str]:
    """The rustc-style text of each diagnostic."""
    renderer = TextRenderer(text_of)
    return [renderer.render(each) for each in found]


@cache
def explain_uri(code: str) -> str | None:
    """Where the long explanation of a code is, if this package has one."""
    page = _PAGES / f"{code}.md"
    return page.as_uri() if code.isidentifier() and page.exists() else None
