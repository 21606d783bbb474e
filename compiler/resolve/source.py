"""Where items are: item trees of files and other units, and the header, text and position of one definition.

What it is: the queries between the texts and name resolution. Items come from three kinds of *unit*: a file, the
expansion of an item macro or derive, and the body of a fn, const or static (its local items). A definition's
:class:`ItemLocation` names its unit and its place in it.

Assumes: ``def_map`` (and, for local items, ``local_map``) know the location of every definition.
Guarantees: early cut-off. An edit inside one body changes ``item_source`` of that item only; an edit above an item
changes only its ``item_start``.

Example: in ``fn a() {} fn b() {}`` typing in ``a`` re-runs ``item_source(b)``, whose value is unchanged, and nothing
that reads it.
"""

from __future__ import annotations

from compiler.base.dataclass import dataclass
from compiler.base.span import Span
from compiler.diagnostics.model import Diagnostic
from compiler.hir.def_id import DefId, DefKind
from compiler.hir.inputs import crate_graph, source_bytes
from compiler.hir.item_tree import Item, ItemSpans, ItemTree
from compiler.hir.lower_items import LoweredItems, lower_local_items
from compiler.query import Database, Query, input_query, query
from compiler.resolve.relower import relower
from compiler.resolve.scope import ItemLocation

Spans = tuple[ItemSpans, ...]
BODY_OWNERS = (DefKind.FN, DefKind.CONST, DefKind.STATIC)
CONTAINERS = (DefKind.IMPL, DefKind.TRAIT, DefKind.FOREIGN_MOD)

cached_file_items: Query[..., tuple[ItemTree, Spans] | None] = input_query("cached_file_items")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where item-relative spans of a definition point: ``offset`` into ``file``; ``expanded``: made by a macro, every
    span means
    the call's ``span``."""

    file: str
    offset: int
    expanded: Span | None = None


# ---------------------------------------------------------------- files


@query(backdate=False, eager=True)
def lowered_file(db: Database, file: str) -> LoweredItems:
    """Item tree, spans and syntax errors of a file in one pass (readers use the three queries below)."""
    return relower(db, file, source_bytes(db, file), file_cfg(db, file))


@query(eager=True)
def file_item_tree(db: Database, file: str) -> ItemTree:
    """The items of a file; equal before and after an edit inside a body."""
    cached = cached_file_items(db, file)
    return cached[0] if cached is not None else lowered_file(db, file).tree


@query(eager=True)
def file_item_spans(db: Database, file: str) -> Spans:
    """Absolute spans parallel to the tree."""
    cached = cached_file_items(db, file)
    return cached[1] if cached is not None else tuple(lowered_file(db, file).spans)


@query(eager=True)
def syntax_diagnostics(db: Database, file: str) -> tuple[Diagnostic, ...]:
    """Syntax errors between items of a file; those inside an item come with its signature and body."""
    if cached_file_items(db, file) is not None:
        return ()
    return tuple(lowered_file(db, file).diagnostics(file))


@query(eager=True)
def file_cfg(db: Database, file: str) -> tuple[str, ...]:
    """The cfg flags of the crate a file belongs to: the crate whose root lies nearest above it."""
    graph = crate_graph(db)
    best: tuple[int, tuple[str, ...]] = (-1, ())
    for crate in graph.crates.values() if graph is not None else ():
        directory = crate.root_file.rpartition("/")[0]
        if (file == crate.root_file or file.startswith(directory + "/") or not directory) and len(directory) > best[0]:
            best = len(directory), crate.cfg
    return best[1]


def crate_cfg(db: Database, def_id: DefId) -> tuple[str, ...]:
    """The cfg flags of a definition's crate."""
    from compiler.resolve.def_map import crate_description

    description = crate_description(db, def_id.krate)
    return description.cfg if description is not None else ()


# ---------------------------------------------------------------- units


@query
def local_item_tree(db: Database, owner: DefId) -> ItemTree | None:
    """Items declared inside a body, None when there are none."""
    lowered = _lowered_local(db, owner)
    return lowered.tree if lowered is not None and lowered.tree.items else None


@query(backdate=False)
def _lowered_local(db: Database, owner: DefId) -> LoweredItems | None:
    item = item_of(db, owner)
    if item is None or not item.has_body:
        return None
    return lower_local_items(item_source(db, owner), len(item.header), crate_cfg(db, owner))


def unit_items(db: Database, unit: str | DefId) -> ItemTree:
    """The item tree of a unit."""
    if isinstance(unit, str):
        return file_item_tree(db, unit)
    if unit.kind is DefKind.MACRO_CALL:
        from compiler.resolve.expansion import expansion

        return expansion(db, unit).tree
    return local_item_tree(db, unit) or ItemTree(())


def unit_spans(db: Database, unit: str | DefId) -> Spans:
    """Spans parallel to :func:`unit_items`, relative to the unit's text."""
    if isinstance(unit, str):
        return file_item_spans(db, unit)
    if unit.kind is DefKind.MACRO_CALL:
        from compiler.resolve.expansion import expansion

        return expansion(db, unit).spans
    lowered = _lowered_local(db, unit)
    return tuple(lowered.spans) if lowered is not None else ()


def unit_text(db: Database, unit: str | DefId) -> bytes:
    """The text the unit's spans point into."""
    if isinstance(unit, str):
        return source_bytes(db, unit)
    if unit.kind is DefKind.MACRO_CALL:
        from compiler.resolve.expansion import expansion

        return expansion(db, unit).text
    return item_source(db, unit)


# ---------------------------------------------------------------- definitions


@query
def item_location(db: Database, def_id: DefId) -> ItemLocation | None:
    """Where the item of a definition is; None for what is not an item (crates, variants, closures, anonymous
    constants).
    """
    parent = def_id.parent
    if parent is None:
        return None
    if parent.kind in CONTAINERS:
        return container_items(db, parent).get(def_id)
    from compiler.resolve.def_map import map_of

    found = map_of(db, parent)
    return found.locations.get(def_id) if found is not None else None


@query
def container_items(db: Database, container: DefId) -> dict[DefId, ItemLocation]:
    """Items of an impl, trait or extern block, in order; item macros in it are expanded."""
    location = item_location(db, container)
    item = item_of(db, container)
    if location is None or item is None:
        return {}
    from compiler.resolve.expansion import expand_member_call

    out: dict[DefId, ItemLocation] = {}
    work: list[tuple[tuple[Item, ...], str | DefId, tuple[int, ...]]] = [(item.children, location.unit, location.path)]
    for items, unit, prefix in work:
        for index, child in enumerate(items):
            number = child.disambiguator
            while (child_def := DefId(container, child.kind, child.name, number)) in out:
                number += 1
            out[child_def] = ItemLocation(unit, (*prefix, index))
            if child.kind is DefKind.MACRO_CALL and len(work) < 64:
                expanded = expand_member_call(db, container, child)
                if expanded is not None:
                    work.append((expanded.tree.items, child_def, ()))
    return out


@query
def item_of(db: Database, def_id: DefId) -> Item | None:
    """The item of a definition: header, attributes, children."""
    location = item_location(db, def_id)
    if location is None:
        return None
    items = unit_items(db, location.unit).items
    found: Item | None = None
    for index in location.path:
        if index >= len(items):
            return None
        found = items[index]
        items = found.children
    return found


@query(eager=True)
def file_item_text(db: Database, file: str, path: tuple[int, ...]) -> bytes:
    """The text of the item at a place of a file's tree: what an edit elsewhere leaves alone."""
    span = _span_at(file_item_spans(db, file), path)
    return source_bytes(db, file)[span.start : span.end] if span is not None else b""


def _span_at(spans: Spans, path: tuple[int, ...]) -> Span | None:
    found: ItemSpans | None = None
    for index in path:
        if index >= len(spans):
            return None
        found = spans[index]
        spans = found.children
    return found.full if found is not None else None


def _span_in_unit(db: Database, location: ItemLocation) -> Span | None:
    return _span_at(unit_spans(db, location.unit), location.path)


@query
def item_source(db: Database, def_id: DefId) -> bytes:
    """The text of an item, header and body."""
    location = item_location(db, def_id)
    if location is None:
        return b""
    if isinstance(location.unit, str):
        return file_item_text(db, location.unit, location.path)
    span = _span_in_unit(db, location)
    return unit_text(db, location.unit)[span.start : span.end] if span is not None else b""


def item_def(def_id: DefId) -> DefId:
    """The nearest definition that is an item: the enum of a variant, the body owner of a closure or anonymous
    constant.
    """
    at = def_id
    while at.kind in (DefKind.VARIANT, DefKind.CLOSURE, DefKind.ANON_CONST):
        assert at.parent is not None
        at = at.parent
    return at


def absolute_span(db: Database, def_id: DefId, span: Span) -> tuple[str, Span]:
    """An item-relative span in its file; in macro-made items the tokens of the call it came from, or the whole call."""
    def_id = item_def(def_id)
    location = item_location(db, def_id)
    if location is None:
        return _file_of_module(db, def_id), span
    found = _span_in_unit(db, location) or Span(0, 0)
    span = span.shifted(found.start)
    unit = location.unit
    if isinstance(unit, str):
        return unit, span
    if unit.kind is not DefKind.MACRO_CALL:
        return absolute_span(db, unit, span)
    from compiler.resolve.expansion import belongs_to_parent, expansion_span

    owner = unit.parent if belongs_to_parent(unit) else unit
    assert owner is not None
    return absolute_span(db, owner, expansion_span(db, unit, span))


def origin(db: Database, def_id: DefId) -> Origin:
    """Where the item-relative spans of a definition point (see :class:`Origin`)."""
    file, expanded, has_place = _written_in(db, def_id)
    if not has_place:
        return Origin(file, 0)
    file, span = absolute_span(db, def_id, Span(0, 0))
    return Origin(file, span.start, span if expanded else None)


def file_of_item(db: Database, def_id: DefId) -> str:
    """The file whose text a definition comes from; unlike its origin, an edit elsewhere in the file leaves it alone."""
    return _written_in(db, def_id)[0]


def is_expanded(db: Database, def_id: DefId) -> bool:
    """Whether a macro made a definition; unlike its origin, an edit elsewhere in the file leaves it alone."""
    _, expanded, has_place = _written_in(db, def_id)
    return expanded and has_place


def _written_in(db: Database, def_id: DefId) -> tuple[str, bool, bool]:
    """The file, whether a macro made it, and whether it has a place in the file."""
    at = item_def(def_id)
    expanded = False
    while (location := item_location(db, at)) is not None and not isinstance(location.unit, str):
        if location.unit.kind is DefKind.MACRO_CALL:
            expanded = True
        from compiler.resolve.expansion import belongs_to_parent

        at = location.unit.parent if belongs_to_parent(location.unit) and location.unit.parent else location.unit
    if location is None:
        return _file_of_module(db, at), expanded, False
    assert isinstance(location.unit, str)
    return location.unit, expanded, True


def _file_of_module(db: Database, def_id: DefId) -> str:
    from compiler.resolve.def_map import module_scope

    scope = module_scope(db, def_id)
    return scope.file if scope is not None else ""


@query
def item_start(db: Database, def_id: DefId) -> tuple[str, int]:
    """(file, offset) that item-relative spans of a definition are relative to."""
    at = origin(db, def_id)
    return at.file, at.offset
