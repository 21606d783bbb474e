"""``dead_code``: items that nothing uses.

What it is: an item is used if its name stands in the text of what is used; it begins with what the outside can see
or an attribute asks for: ``pub`` items, ``main``, kernels, implementations of traits, imports, macros and their calls.
So a name that means something else keeps an item alive, and none that is used is called dead.

Assumes: all items of a crate. Guarantees: no type or body is looked at; names in strings count, in comments they do
not.

Example: ``fn a() { b() } fn b() {}`` beside an empty ``main`` are two warnings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from compiler.analysis.lints.errors import DeadItems
from compiler.diagnostics.model import Diagnostic
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.hir.item_tree import Item
from compiler.query import Database, query
from compiler.resolve.lint_levels import item_level
from compiler.resolve.source import item_location, item_of, item_source
from compiler.syntax.lexer import BYTE_STR, C_STR, IDENT, STR, lex, words

_NOUNS: Final = {
    DefKind.FN: ("function", "used"),
    DefKind.CONST: ("constant", "used"),
    DefKind.STATIC: ("static", "used"),
    DefKind.STRUCT: ("struct", "constructed"),
    DefKind.UNION: ("union", "used"),
    DefKind.ENUM: ("enum", "used"),
    DefKind.TRAIT: ("trait", "used"),
    DefKind.TYPE_ALIAS: ("type alias", "used"),
}
_PLAIN_ATTRS: Final = words(
    "inline cold must_use doc derive repr track_caller deprecated non_exhaustive default rustfmt::skip warn deny "
    "forbid cfg cfg_attr"
)
_TYPES: Final = (DefKind.STRUCT, DefKind.ENUM, DefKind.UNION)
_WORD: Final = re.compile(r"[A-Za-z_]\w*")
_TEXTS: Final = (STR, BYTE_STR, C_STR)


@query
def names_in(db: Database, def_id: DefId) -> frozenset[str]:
    """The identifiers in the text of an item, and the words in its strings."""
    text = item_source(db, def_id).decode("latin-1")
    tokens = lex(text)
    out: set[str] = set()
    for kind, written in zip(tokens.kinds, tokens.texts, strict=False):
        if kind == IDENT:
            out.add(written.removeprefix("r#"))
        elif kind in _TEXTS:
            out.update(_WORD.findall(written))
    return frozenset(out)


def names_in_attributes(item: Item | None) -> set[str]:
    """The words in the attributes of an item."""
    attrs = item.attrs if item is not None else ()
    return {word for attr in attrs for word in _WORD.findall(f"{attr.path} {attr.tokens}")}


def dead_items(db: Database, definitions: Iterable[DefId]) -> dict[DefId, list[DefId]]:
    """Unused items by the impl they are in, or by themselves, in source order."""
    candidates: dict[str, list[DefId]] = {}
    live: list[DefId] = []
    impls: list[DefId] = []
    on_modules: set[str] = set()
    for def_id in definitions:
        if needs_use(db, def_id):
            candidates.setdefault(def_id.name.removeprefix("r#"), []).append(def_id)
        elif _is_text(db, def_id):
            live.append(def_id)
        elif def_id.kind is DefKind.IMPL:
            impls.append(def_id)
        elif def_id.kind is DefKind.MOD:
            on_modules |= names_in_attributes(item_of(db, def_id))
    for impl in impls:
        _keep_named_by(db, impl, candidates, live)
    for name in on_modules:
        live += candidates.pop(name, ())
    seen = set(on_modules)
    while live and candidates:
        for name in names_in(db, live.pop()) - seen:
            seen.add(name)
            live += candidates.pop(name, ())
    out: dict[DefId, list[DefId]] = {}
    for found in candidates.values():
        for def_id in found:
            parent = def_id.parent
            assert parent is not None
            group = parent if parent.kind is DefKind.IMPL else def_id
            out.setdefault(group, []).append(def_id)
    for members in out.values():
        members.sort(key=lambda d: location.path if (location := item_location(db, d)) is not None else ())
    return out


def _keep_named_by(db: Database, impl: DefId, candidates: dict[str, list[DefId]], live: list[DefId]) -> None:
    """What the head of an inherent impl names is used, but for the type itself."""
    item = item_of(db, impl)
    for name in _WORD.findall(item.header.decode("latin-1")) if item is not None else ():
        found = candidates.get(name, [])
        live += [d for d in found if d.kind not in _TYPES]
        candidates[name] = [d for d in found if d.kind in _TYPES]


def dead_code(db: Database, dead: dict[DefId, list[DefId]]) -> list[Diagnostic]:
    """The warnings, item-relative."""
    out = []
    for group in dead.values():
        names = [(d, item.name_span) for d in group if (item := item_of(db, d)) is not None]
        if names:
            noun, done = _noun(db, group[0])
            same = all(_noun(db, d)[0] == noun for d in group)
            out.append(DeadItems(noun if same else "associated item", done, tuple(names)).to_diagnostic())
    return out


def _noun(db: Database, def_id: DefId) -> tuple[str, str]:
    noun, done = _NOUNS[def_id.kind]
    if def_id.parent is None or def_id.parent.kind is not DefKind.IMPL:
        return noun, done
    if def_id.kind is not DefKind.FN:
        return f"associated {noun}", done
    from compiler.ty.collect import fn_sig

    return ("method" if fn_sig(db, def_id).has_self else "associated function"), done


def _is_text(db: Database, def_id: DefId) -> bool:
    """Text of its own, not that of its members."""
    if def_id.kind in (DefKind.MOD, DefKind.CRATE):
        return False
    return def_id.kind is not DefKind.IMPL or _is_trait_impl(db, def_id)


def _is_trait_impl(db: Database, impl: DefId) -> bool:
    from compiler.resolve.lowering import signature

    decl = signature(db, impl)
    return not isinstance(decl, h.ImplDecl) or decl.trait_path is not None


@query
def needs_use(db: Database, def_id: DefId) -> bool:
    """Whether an item needs a use."""
    item, location, parent = item_of(db, def_id), item_location(db, def_id), def_id.parent
    if def_id.kind not in _NOUNS or item is None or location is None or isinstance(location.unit, DefId):
        return False
    if parent is None or parent.kind in (DefKind.TRAIT, DefKind.FOREIGN_MOD):
        return False
    if parent.kind is DefKind.IMPL and _is_trait_impl(db, parent):
        return False
    if item.visibility == "pub" or item.name.startswith("_") or item.name == "main":
        return False
    if any(attr.path not in _PLAIN_ATTRS for attr in item.attrs):
        return False
    return item_level(db, def_id, "dead_code") not in ("allow", "expect")
