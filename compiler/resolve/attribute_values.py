"""Attributes whose arguments are names with values: ``deprecated``, ``link``, ``export_name``, and stability.

What it is: rustc's rules for them (E0538, E0539, E0454, E0459, E0648, E0734). Assumes: the attribute's brackets match.
Guarantees: one error an attribute.

Example: ``#[deprecated(note)]`` is E0539.
"""

from __future__ import annotations

from collections.abc import Iterator

from compiler.hir.item_tree import Item
from compiler.resolve.attribute_form import Fault, Form
from compiler.syntax.lexer import STR


def check_deprecated(form: Form, item: Item) -> Iterator[Fault]:
    """``#[deprecated]``, ``= "why"`` or ``(since = "..", note = "..", suggestion = "..")``."""
    seen: set[str] = set()
    for piece in form.pieces():
        if piece.name not in ("since", "note", "suggestion") or piece.kinds != ("=", STR):
            yield form.malformed()
            return
        if piece.name in seen:
            yield form.malformed("E0538")
            return
        seen.add(piece.name)
    if not form.is_word and not form.is_string() and not form.is_list:
        yield form.malformed()


def check_link(form: Form, item: Item) -> Iterator[Fault]:
    """``#[link(name = "..", kind = "..")]``."""
    names = [piece for piece in form.pieces() if piece.name == "name"]
    if form.is_list and not names:
        yield form.whole, "E0459", '`#[link]` attribute requires a `name = "string"` argument'
    elif names and names[0].texts[1:] == ('""',):
        yield names[0].span, "E0454", "link name must not be empty"


def check_export_name(form: Form, item: Item) -> Iterator[Fault]:
    """``#[export_name = ".."]``."""
    if form.is_string() and "\\0" in form.read.tokens.texts[1]:
        yield form.whole, "E0648", "`export_name` may not contain null characters"


def check_stability(form: Form, item: Item) -> Iterator[Fault]:
    """``#[stable]`` and ``#[unstable]`` are the standard library's."""
    yield form.whole, "E0734", "stability attributes may not be used outside of the standard library"
