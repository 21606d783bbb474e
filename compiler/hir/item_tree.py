"""The item tree: every item of a file with its header text, and nothing of its bodies.

What it is: the incremental firewall between typing in a body and the rest of the program. It compares equal before and
after an edit inside a function body, so everything derived from it is not recomputed.

- ``Item.header`` is the item's text from its first outer attribute up to (not including) the body: for functions the
  ``{``
  of the block (or the ``;``), for consts/statics the ``=``; for structs, enums, unions, type aliases, uses and macros
  the whole
  item (they have no body). For mod/impl/trait/extern blocks: up to the ``{``; what is inside is ``children``.
- Spans live beside the tree, in :class:`ItemSpans`, so that moving an item does not change the tree.
- Items produced by item-position macro calls are spliced in by resolve (DefMap collection), which knows the macros.
"""

from __future__ import annotations

from compiler.base.dataclass import dataclass
from compiler.base.span import EMPTY_SPAN, Span
from compiler.hir.def_id import DefKind


@dataclass(frozen=True, slots=True)
class Attr:
    """``#[path tokens]``. ``tokens`` is the raw text after the path, without surrounding space: ``(inline)``, ``=
    "x"``, ``""``.

    ``span`` is item-relative. ``#[cfg_attr(p, a)]`` is already resolved to ``a``, doc comments are dropped.
    """

    path: str
    tokens: str
    span: Span


@dataclass(frozen=True, slots=True)
class UseImport:
    """One leaf of a use tree. ``path`` segments may begin with "crate", "self", "super", or "" (leading ``::``).

    ``name`` is the bound name, "*" for globs, "_" for ``as _``. ``span`` is the leaf's item-relative span.
    """

    path: tuple[str, ...]
    name: str
    is_glob: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Item:
    kind: DefKind
    name: str
    disambiguator: int
    header: bytes
    visibility: str  # "", "pub", "pub(crate)", "pub(super)", "pub(self)", "pub(in a::b)"
    attrs: tuple[Attr, ...] = ()
    children: tuple[Item, ...] = ()
    imports: tuple[UseImport, ...] = ()  # USE only
    has_body: bool = False  # fn with block, const/static with initialiser, mod with braces
    name_span: Span = EMPTY_SPAN  # item-relative

    def attr(self, path: str) -> Attr | None:
        """The first attribute with this path."""
        for attr in self.attrs:
            if attr.path == path:
                return attr
        return None


@dataclass(frozen=True, slots=True)
class ItemTree:
    items: tuple[Item, ...]
    inner_attrs: tuple[Attr, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemSpans:
    """Absolute spans parallel to the tree: ``(full, children)``, ``full`` from the first outer attribute to the end."""

    full: Span
    children: tuple[ItemSpans, ...] = ()
