"""``unreachable_code``: statements and expressions after one that never comes back.

What it is: what type inference noted while it tracked divergence (``InferenceResult.unreachable``), as rustc does it.

Assumes: a body without errors. Guarantees: one warning for what diverges, at the first thing after it.

Example: in ``{ return; f(); }`` the statement ``f()`` is unreachable.
"""

from __future__ import annotations

from compiler.analysis.lints.errors import Unreachable
from compiler.analysis.lints.source import is_linted
from compiler.diagnostics.model import Diagnostic
from compiler.hir.def_id import DefId
from compiler.query import Database
from compiler.ty.infer import infer


def unreachable_code(db: Database, owner: DefId) -> list[Diagnostic]:
    """The warnings of a body, item-relative."""
    found = infer(db, owner).unreachable
    if not found or not is_linted(db, owner):
        return []
    return [Unreachable(owner, span, what, after).to_diagnostic() for span, what, after in dict.fromkeys(found)]
