"""``pub(in path)``: the path leads to a module around the item.

What it is: the rules for the path of a restricted visibility (Rust reference, visibility-and-privacy). Assumes: the
path is kept as written. Guarantees: nothing is said where something unknown may explain it.

Example: ``pub(in crate::a) struct S;`` outside ``mod a`` is E0742.
"""

from __future__ import annotations

from compiler.base.span import Span
from compiler.diagnostics.model import Diagnostic, Label, Severity
from compiler.hir.def_id import DefId, DefKind
from compiler.query import Database
from compiler.resolve.def_map import DatabasePaths, crate_description
from compiler.resolve.errors import FailedToResolve
from compiler.resolve.imports import split_anchor
from compiler.resolve.paths import resolve_names
from compiler.resolve.scope import Namespace, Unknown, is_ancestor
from compiler.resolve.source import item_of
from compiler.syntax.errors import SYNTAX

_PREFIX = "pub(in "
_MESSAGES = {
    SYNTAX: "relative paths are not supported in visibilities from edition 2018 on",
    "E0577": "expected module, found something else",
    "E0742": "visibilities can only be restricted to ancestor modules",
}


def visibility_fault(db: Database, def_id: DefId) -> Diagnostic | None:
    """What is wrong with the path of an item's ``pub(in path)``."""
    item = item_of(db, def_id)
    if item is None or def_id.parent is None or not item.visibility.startswith(_PREFIX):
        return None
    path = item.visibility[len(_PREFIX) : -1]
    at = item.header.find(b"in", item.header.find(b"pub"))
    span = Span(at, at + len("in ") + len(path))
    anchor, n_super, names = split_anchor(path.split("::"))
    if anchor in ("", "::"):
        description = crate_description(db, def_id.krate)
        if description is not None and description.edition >= "2018" and anchor == "":
            return _fault(def_id, span, SYNTAX)
        anchor = "crate"
    result = resolve_names(DatabasePaths(db), def_id.parent.module, names, Namespace.TYPES, anchor, n_super)
    if isinstance(result.target, Unknown):
        return None
    if not isinstance(result.target, DefId) or result.used < len(names):
        return FailedToResolve(span, names[min(result.used, len(names) - 1)]).to_diagnostic(def_id)
    if result.target.kind not in (DefKind.MOD, DefKind.CRATE):
        return _fault(def_id, span, "E0577")
    return None if is_ancestor(result.target, def_id.parent.module) else _fault(def_id, span, "E0742")


def _fault(def_id: DefId, span: Span, code: str) -> Diagnostic:
    return Diagnostic(Severity.ERROR, code, _MESSAGES[code], Label(span, "not a module around this item", def_id))
