"""``mismatched_lifetime_syntaxes``: one lifetime of a signature written in several ways.

What it is: rustc's lint. A lifetime that the result shares with arguments is *named* (``&'a T``, ``View<'a>``),
*elided* (``&T``, ``View<'_>``) or *hidden* (``View``): the same way everywhere, or a reader does not see that one
borrows from the other.

Assumes: a function's signature. Guarantees: a lifetime that only arguments or only the result mention is left alone;
what macros make, and bounds behind ``impl``, are not looked at.

Example: ``fn rows(&self) -> Rows`` is a warning if ``Rows`` has a lifetime, ``-> Rows<'_>`` is none.
"""

from __future__ import annotations

from compiler.analysis.lints.errors import MismatchedLifetimes
from compiler.analysis.lints.source import is_linted
from compiler.diagnostics.model import Diagnostic
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.query import Database
from compiler.resolve.lowering import signature
from compiler.resolve.source import item_location
from compiler.ty import types as t
from compiler.ty.collect import spelled_regions
from compiler.ty.lower import SpelledRegion


def mismatched_lifetimes(db: Database, owner: DefId) -> list[Diagnostic]:
    """The warnings of a function's signature, item-relative."""
    decl = signature(db, owner) if owner.kind is DefKind.FN and is_linted(db, owner) else None
    if not isinstance(decl, h.FnDecl) or decl.ret is None or not decl.params:
        return []
    location = item_location(db, owner)
    if location is not None and isinstance(location.unit, DefId):  # the item is a macro's
        return []
    start = decl.ret.span.start
    groups: dict[t.Region, list[SpelledRegion]] = {}
    for use in spelled_regions(db, owner, decl):
        groups.setdefault(use[0], []).append(use)
    out = []
    for region, uses in groups.items():
        inputs = [use for use in uses if use[2].start < start]
        outputs = [use for use in uses if use[2].start >= start]
        if inputs and outputs and len({use[1] for use in uses}) > 1 and region.kind != "error":
            labels = [(span, how) for _, how, span in (*inputs, *outputs)]
            out.append(MismatchedLifetimes(owner, tuple(labels), len(inputs)).to_diagnostic())
    return out
