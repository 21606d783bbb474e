"""The definition map of a crate: its module tree, every module's scope, and where each item is.

What it is: the result of collecting a crate's items over its files, expanding its item macros and derives, and
resolving its imports to a fixed point (:mod:`compiler.resolve.collector`). ``local_map`` is the same for the items
declared inside one body.

Assumes: the definition maps of the crates it depends on exist (no cyclic dependencies).
Guarantees: it holds names and places only, so an edit of a signature or a body leaves it equal. Readers use the small
queries below (``module_member`` ...), so adding an item re-runs only those who ask for its name.

Example: for ``mod m { pub fn f() {} } use m::f;`` ``module_member(db, root, VALUES, "f").target`` is the ``fn f`` of
``m``.
"""

from __future__ import annotations

from compiler.base.dataclass import dataclass, field
from compiler.diagnostics.model import Diagnostic
from compiler.hir.def_id import DefId, DefKind
from compiler.hir.inputs import CrateDescription, crate_graph
from compiler.query import Database, query
from compiler.resolve.paths import PathResult, enclosing_scopes, resolve_names
from compiler.resolve.scope import Binding, ItemLocation, ModuleScope, Namespace, Target, Unknown

BODY_OWNERS = (DefKind.FN, DefKind.CONST, DefKind.STATIC)


@dataclass(slots=True)
class DefMap:
    """``root``: the crate, or the fn, const or static whose local items these are.

    ``variants``: (name, constructor kind) of each enum's variants. ``derives``: the ADT each derived impl comes from.
    ``unknown_derives``: ADTs with a derive that is not known (they may implement anything). ``probed_files``: files
    whose existence decided something.
    """

    root: DefId
    scopes: dict[DefId, ModuleScope] = field(default_factory=dict)
    locations: dict[DefId, ItemLocation] = field(default_factory=dict)
    positions: dict[DefId, tuple[int, ...]] = field(default_factory=dict)
    impls: list[DefId] = field(default_factory=list)
    variants: dict[DefId, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    lang_items: dict[str, DefId] = field(default_factory=dict)
    exported_macros: dict[str, DefId] = field(default_factory=dict)
    expansions: dict[DefId, DefId] = field(default_factory=dict)  # item macro call -> macro
    derives: dict[DefId, DefId] = field(default_factory=dict)
    unknown_derives: set[DefId] = field(default_factory=set)
    extern_names: dict[str, Target] = field(default_factory=dict)
    prelude: DefId | None = None
    probed_files: list[str] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)


@query
def def_map(db: Database, krate: DefId) -> DefMap:
    """Items, scopes and imports of a crate."""
    from compiler.resolve.collector import collect_crate

    return collect_crate(db, krate)


@query
def local_map(db: Database, owner: DefId) -> DefMap | None:
    """Items declared inside the body of a fn, const or static; None when there are none."""
    from compiler.resolve.collector import collect_body

    return collect_body(db, owner)


def map_root(scope: DefId) -> DefId:
    """The crate or body whose map holds this module, body or item parent."""
    at = scope
    while at.kind not in BODY_OWNERS and at.parent is not None:
        at = at.parent
    return at


def map_of(db: Database, scope: DefId) -> DefMap | None:
    """The map that holds ``scope``."""
    root = map_root(scope)
    return def_map(db, root) if root.kind is DefKind.CRATE else local_map(db, root)


@query
def crate_description(db: Database, krate: DefId) -> CrateDescription | None:
    """The crate's entry in the graph."""
    graph = crate_graph(db)
    return graph.crates.get(krate.name) if graph is not None else None


def is_library(db: Database, def_id: DefId) -> bool:
    """Whether a definition is in a crate of Oxide's own library."""
    description = crate_description(db, def_id.krate)
    return description is not None and description.is_library


@query
def all_crates(db: Database) -> tuple[DefId, ...]:
    """Every crate of the graph, in its order."""
    graph = crate_graph(db)
    return tuple(DefId.crate(name) for name in graph.crates) if graph is not None else ()


# ---------------------------------------------------------------- small queries on a map


@query
def module_member(db: Database, module: DefId, namespace: Namespace, name: str) -> Binding | None:
    """The binding of a name in a module or in the items of a body (not through enclosing scopes or the prelude)."""
    scope = module_scope(db, module)
    return scope.table(namespace).get(name) if scope is not None else None


@query
def module_is_open(db: Database, module: DefId) -> bool:
    """Whether something unknown may define further names in this scope."""
    scope = module_scope(db, module)
    return scope is not None and scope.is_open


@query
def enum_variants(db: Database, enum_def: DefId) -> tuple[tuple[str, str], ...]:
    """(name, constructor kind) of each variant, in order."""
    found = map_of(db, enum_def.parent) if enum_def.parent is not None else None
    return found.variants.get(enum_def, ()) if found is not None else ()


@query
def has_unknown_derive(db: Database, adt: DefId) -> bool:
    """Whether a derive that is not known stands on a type: it may implement anything."""
    found = map_of(db, adt.parent) if adt.parent is not None else None
    return found is not None and adt in found.unknown_derives


@query
def extern_names(db: Database, krate: DefId) -> dict[str, Target]:
    """The extern prelude: crate names usable as the first segment of a path."""
    return def_map(db, krate).extern_names


@query
def prelude_module(db: Database, krate: DefId) -> DefId | None:
    """The module whose names every module of the crate sees."""
    return def_map(db, krate).prelude


@query
def crate_is_open(db: Database, krate: DefId) -> bool:
    """Whether the crate is known only in part."""
    description = crate_description(db, krate)
    return description is not None and description.is_open


@query
def imports_unknown(db: Database, module: DefId) -> bool:
    """Whether a module or body imports from a crate that is not in the graph."""
    scope = module_scope(db, module)
    if scope is None:
        return False
    known = {name for name, target in extern_names(db, module.krate).items() if isinstance(target, DefId)}
    known |= {"crate", "self", "super", module.krate.name}
    imported = (b.target for b in scope.types.values() if b.is_import)
    return scope.is_open or any(t.path.partition("::")[0] not in known for t in imported if isinstance(t, Unknown))


@query
def module_traits(db: Database, module: DefId) -> frozenset[DefId]:
    """Traits a module or the items of a body bring into scope by a name, by ``as _`` or by a glob; no enclosing
    scopes.
    """
    scope = module_scope(db, module)
    if scope is None:
        return frozenset()
    named = (b.target for b in scope.types.values())
    other = (b.target for bindings in scope.others.values() for b in bindings)
    found = {d for targets in (named, other) for d in targets if isinstance(d, DefId) and d.kind is DefKind.TRAIT}
    return frozenset(found.union(scope.unnamed_traits))


@query
def local_owners(db: Database, krate: DefId) -> tuple[DefId, ...]:
    """Bodies of a crate that declare items of their own (those may hold impls)."""
    from compiler.resolve.body_impls import bodies_with_items

    return bodies_with_items(db, krate)


def module_scope(db: Database, module: DefId) -> ModuleScope | None:
    """All names of a module or body; prefer :func:`module_member` (this one changes with every name)."""
    found = map_of(db, module)
    return found.scopes.get(module) if found is not None else None


class DatabasePaths:
    """:class:`compiler.resolve.paths.ModulePaths` on finished maps."""

    __slots__ = ("db",)

    def __init__(self, db: Database) -> None:
        self.db = db

    def member(self, module: DefId, namespace: Namespace, name: str) -> Binding | None:
        if module.kind in BODY_OWNERS:  # most bodies declare nothing: one dependency on the map instead of one a name
            found = local_map(self.db, module)
            return found.scopes[module].table(namespace).get(name) if found is not None else None
        return module_member(self.db, module, namespace, name)

    def is_open(self, module: DefId) -> bool:
        if module.kind in BODY_OWNERS:
            found = local_map(self.db, module)
            return found is not None and found.scopes[module].is_open
        return module_is_open(self.db, module)

    def crate_is_open(self, krate: DefId) -> bool:
        return crate_is_open(self.db, krate)

    def variant(self, enum_def: DefId, name: str) -> DefId | None:
        if any(name == variant for variant, _ in enum_variants(self.db, enum_def)):
            return DefId(enum_def, DefKind.VARIANT, name)
        return None

    def extern_crate(self, krate: DefId, name: str) -> Target | None:
        return extern_names(self.db, krate).get(name)

    def prelude(self, krate: DefId) -> DefId | None:
        return prelude_module(self.db, krate)


def resolve_in(
    db: Database, scope: DefId, names: tuple[str, ...], namespace: Namespace, anchor: str = ""
) -> PathResult:
    """Resolve a path of plain names from a module or body."""
    return resolve_names(DatabasePaths(db), scope, names, namespace, anchor)


def traits_in_scope(db: Database, scope: DefId) -> frozenset[DefId]:
    """Traits whose methods may be called in a module or body: its own, those of enclosing bodies, the prelude's."""
    found: set[DefId] = set()
    for at in enclosing_scopes(scope):
        found |= module_traits(db, at)
    prelude = prelude_module(db, scope.krate)
    if prelude is not None:
        found |= module_traits(db, prelude)
    return frozenset(found)


def is_unknown(target: Target | None) -> bool:
    return isinstance(target, Unknown)
