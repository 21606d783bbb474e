"""The level of a lint at a place: what ``#[allow]``, ``#[warn]``, ``#[deny]`` and their like say of it.

What it is: the attributes of a body's statements, of its item, of the modules and impls around it and of the crate,
innermost first; on one node the last attribute wins, a group counts as each of its lints, and ``warnings`` is whatever
would be a warning.

Assumes: ``body(db, owner)`` for places inside a body. Guarantees: total; an attribute that does not parse says nothing.

Example: below ``#![deny(unused)]``, in ``#[allow(unused_mut)] fn f() { .. }``, ``unused_mut`` is not reported and
``unused_variables`` is an error.
"""

from __future__ import annotations

import re
from typing import Final

from compiler.base.dataclass import dataclass
from compiler.base.span import Span
from compiler.diagnostics.model import Severity
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.hir.item_tree import Attr
from compiler.hir.lint_attrs import LEVELS, lint_scopes
from compiler.query import Database, query
from compiler.resolve.def_map import crate_description
from compiler.resolve.lowering import body
from compiler.resolve.source import file_item_tree, item_of, item_source

UNUSED: Final = frozenset(
    (
        "unused_variables",
        "unused_assignments",
        "unused_mut",
        "unused_must_use",
        "unused_unsafe",
        "unreachable_code",
        "unreachable_patterns",
        "path_statements",
    )
)
DENIED: Final = frozenset(("arithmetic_overflow", "overflowing_literals", "unconditional_panic"))
_SEVERITIES: Final = {"allow": None, "expect": None, "warn": Severity.WARNING}
_INNER = re.compile(rb"\s*#!\[((?:[^\[\]\"]|\[[^\]]*\]|\"[^\"]*\")*)\]")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_WORD = re.compile(r"[\w:]+")


@dataclass(frozen=True, slots=True)
class LevelAttr:
    """``lints``: names and groups as written."""

    level: str
    lints: frozenset[str]


def level_attr(attr: Attr) -> LevelAttr | None:
    """What an attribute says of lints."""
    if attr.path not in LEVELS:
        return None
    return LevelAttr(attr.path, frozenset(_WORD.findall(_STRING.sub("", attr.tokens))))


@query
def item_levels(db: Database, def_id: DefId) -> tuple[LevelAttr, ...]:
    """The attributes on an item itself, inner ones included."""
    item = item_of(db, def_id)
    found = [*(item.attrs if item is not None else ())]
    if def_id.kind in (DefKind.MOD, DefKind.CRATE) or item is None:
        found += _module_attrs(db, def_id)
    if def_id.kind in (DefKind.MOD, DefKind.IMPL, DefKind.TRAIT) and item is not None:
        found += _inner_attrs(item_source(db, def_id), len(item.header))
    return tuple(level for attr in found if (level := level_attr(attr)) is not None)


def _module_attrs(db: Database, def_id: DefId) -> tuple[Attr, ...]:
    """``#![..]`` of the file that is a module."""
    from compiler.resolve.def_map import module_scope

    own = module_scope(db, def_id)
    if own is None or not own.file:
        return ()
    outer = module_scope(db, def_id.parent) if def_id.parent is not None else None
    if outer is not None and outer.file == own.file:
        return ()
    return file_item_tree(db, own.file).inner_attrs


def _inner_attrs(source: bytes, header: int) -> list[Attr]:
    """``#![..]`` at the start of the braces of an item."""
    at = source.find(b"{", header) + 1
    out: list[Attr] = []
    while at and (match := _INNER.match(source, at)) is not None:
        text = match[1].decode("utf-8", "replace").strip()
        path = _WORD.match(text)
        if path is not None:
            out.append(Attr(path[0], text[path.end() :].strip(), Span(match.start(), match.end())))
        at = match.end()
    return out


def _said(levels: tuple[LevelAttr, ...], lint: str) -> str | None:
    """The level that attributes of one node give a lint."""
    found = None
    for attr in levels:
        if lint in attr.lints or (lint in UNUSED and "unused" in attr.lints):
            found = attr.level
    return found


@query
def item_level(db: Database, owner: DefId, lint: str) -> str | None:
    """The level of a lint by the attributes of an item and of what is around it, then by the package's manifest; None
    if none names it."""
    at: DefId | None = owner
    while at is not None:
        found = _said(item_levels(db, at), lint)
        if found is not None:
            return found
        at = at.parent
    description = crate_description(db, owner.krate)
    of_manifest = (
        tuple(LevelAttr(level, frozenset((name,))) for name, level in description.lints) if description else ()
    )
    return _said(of_manifest, lint)


def _level(db: Database, owner: DefId, lint: str, offset: int) -> str | None:
    lowered = body(db, owner)
    if lowered is not None and lowered.store.lint_attrs:
        for attrs in _around(lowered, offset):
            found = _said(attrs, lint)
            if found is not None:
                return found
    return item_level(db, owner, lint)


def _around(lowered: h.Body, offset: int) -> list[tuple[LevelAttr, ...]]:
    """The attributes inside a body that hold at an offset, innermost first."""
    holding = [(span, attr) for span, attr in lint_scopes(lowered) if span.start <= offset < span.end]
    nodes: dict[Span, list[LevelAttr]] = {}
    for span, attr in holding:
        level = level_attr(attr)
        if level is not None:
            nodes.setdefault(span, []).append(level)
    return [tuple(nodes[span]) for span in sorted(nodes, key=lambda s: s.end - s.start)]


def severity_at(db: Database, owner: DefId, lint: str, span: Span) -> Severity | None:
    """How a lint is reported at a span of an owner's body; None: it is not."""
    level = _level(db, owner, lint, span.start)
    if level is None and lint in DENIED:
        return Severity.ERROR
    if level in (None, "warn"):
        level = _level(db, owner, "warnings", span.start) or "warn"
    return _SEVERITIES.get(level, Severity.ERROR)
