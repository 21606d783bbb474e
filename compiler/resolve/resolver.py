"""The scope of one definition: what a path written there means.

What it is: ``Resolver(db, owner)``: generic parameters of the owner and of what it is in, ``Self``, items of
enclosing bodies, the module, crates, the prelude and built-in types, in Rust's order. Local variables are type
checking's own; it asks here when none matches.

Guarantees: never raises. :class:`UnknownRes` (something outside what the compiler knows) must stay silent.
:class:`Unresolved` has the facts of the error. A path may resolve to a type with segments left over: those name
associated items.

Example: in ``impl<T> Wrapper<T> { fn f() { T::default(); } }`` ``resolve_value_path(T::default)`` is
(TypeParamRes(T), 1).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from compiler.base.dataclass import dataclass, field
from compiler.base.span import Span
from compiler.diagnostics.model import Diagnostic
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.query import Database, query
from compiler.resolve import errors
from compiler.resolve.def_map import (
    DatabasePaths,
    crate_description,
    imports_unknown,
    local_map,
    module_scope,
    traits_in_scope,
)
from compiler.resolve.import_candidates import import_candidates, modules_with
from compiler.resolve.params import ParamTable, param_table, params_parent
from compiler.resolve.paths import PRIMITIVE_NAMES, PathResult, enclosing_scopes, resolve_names
from compiler.resolve.scope import Binding, Namespace, PrimitiveName, Target, Unknown, is_visible
from compiler.resolve.similar import best_match


@dataclass(frozen=True, slots=True)
class ModRes:
    """A module or crate."""

    def_id: DefId


@dataclass(frozen=True, slots=True)
class TypeDefRes:
    """A struct, enum, union, trait, type alias; or a variant (in type position: an error; in struct literals: fine)."""

    def_id: DefId


@dataclass(frozen=True, slots=True)
class PrimTyRes:
    name: str


@dataclass(frozen=True, slots=True)
class SelfTyRes:
    """``Self`` in an impl, a trait or a type definition."""

    def_id: DefId


@dataclass(frozen=True, slots=True)
class TypeParamRes:
    owner: DefId
    index: int
    name: str


@dataclass(frozen=True, slots=True)
class ConstParamRes:
    owner: DefId
    index: int
    name: str


@dataclass(frozen=True, slots=True)
class ValueDefRes:
    """A fn, const, static, or the constructor of a struct or variant."""

    def_id: DefId


@dataclass(frozen=True, slots=True)
class UnknownRes:
    """Something the compiler does not know; silent, unless a kernel reaches it."""

    path: str


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A name that means nothing. What may have been meant is looked for only when the error is worded.

    ``is_prefix``: a segment before the last. ``within``: the module that lacks it; None: nothing in scope has that
    name. ``modules``: those elsewhere that are called so and have what the path goes on with.
    """

    span: Span
    name: str
    expected: str
    namespace: Namespace
    is_prefix: bool = False
    within: DefId | None = None
    outer_param: bool = False
    modules: tuple[str, ...] = ()
    reportable: bool = True
    resolver: Resolver | None = field(default=None, compare=False, repr=False)

    def to_diagnostic(self, owner: DefId, local_names: Iterable[str] = ()) -> Diagnostic:
        """The error, with the most similar name in scope (``local_names``: variables)."""
        if self.outer_param:
            return errors.OuterGenericParam(self.span, self.name).to_diagnostic(owner)
        names: list[str] = []
        imports: tuple[str, ...] = ()
        if self.resolver is not None:
            names += self.resolver.names_in(self.within, self.namespace)
            if self.within is None:
                imports = self.modules or import_candidates(
                    self.resolver.db, self.resolver.module, self.name, self.namespace
                )
        if self.within is None:
            names += [h.strip_mark(n) for n in local_names]
        found = self._another_kind()
        if found is not None:
            return errors.WrongKind(self.span, self.name, self.expected, found).to_diagnostic(owner)
        similar = best_match(self.name, dict.fromkeys(names)) if not imports else None
        within = self.within.path if self.within is not None else None
        if self.is_prefix:
            return errors.FailedToResolve(self.span, self.name, within, similar, imports).to_diagnostic(owner)
        return errors.UnresolvedName(self.span, self.name, self.expected, within, similar, imports).to_diagnostic(owner)

    def _another_kind(self) -> str | None:
        """What the name is where something of another kind is expected; None if it is nothing at all."""
        resolver = self.resolver
        if self.is_prefix or resolver is None:
            return None
        if self.namespace is Namespace.VALUES and self.within is None:
            if any(table.named(self.name) is not None for table in resolver.param_tables()):
                return "type parameter"
            if self.name in PRIMITIVE_NAMES:
                return "builtin type"
        elif self.expected == "type" and self.name in resolver.names_in(self.within, Namespace.VALUES):
            return "value"
        if self.namespace is Namespace.VALUES or self.expected == "type":
            if self.within is not None:
                is_macro = self.name in resolver.names_in(self.within, Namespace.MACROS)
            else:
                is_macro = resolver.resolve_macro(h.Path((h.PathSegment(self.name),))) is not None
            return "macro" if is_macro else None
        return None


def _depth(module: DefId) -> int:
    """How many modules are around a module."""
    n, at = 0, module
    while at.parent is not None:
        n, at = n + 1, at.parent.module
    return n


def _is_inside(scope: DefId, owner: DefId) -> bool:
    """Whether a scope is that of ``owner`` or of something declared in it."""
    at: DefId | None = scope
    while at is not None and at is not owner:
        at = at.parent
    return at is not None


Resolution = (
    ModRes | TypeDefRes | PrimTyRes | SelfTyRes | TypeParamRes | ConstParamRes | ValueDefRes | UnknownRes | Unresolved
)
_VALUE_KINDS = (DefKind.FN, DefKind.CONST, DefKind.STATIC)


class Resolver:
    """See the module docstring. ``problems`` collects errors of paths that resolve all the same (E0603).

    ``signature``: resolve as in the owner's header, where the items of its body are not in scope.
    """

    __slots__ = ("_paths", "_tables", "blocks", "db", "module", "owner", "problems", "scope")

    def __init__(self, db: Database, owner: DefId, signature: bool = False) -> None:
        self.db = db
        self.owner = owner
        from_def = owner.parent if signature and owner.kind in _VALUE_KINDS and owner.parent is not None else owner
        self.scope = next(iter(enclosing_scopes(from_def)))
        self.module = owner.module
        self.problems: list[Diagnostic] = []
        self.blocks: list[tuple[DefId, ...]] = []
        self._paths = _BlockPaths(db, self)
        self._tables: list[ParamTable] | None = None

    # -- blocks

    def enter_block(self, items: tuple[DefId, ...]) -> None:
        """From here on the caller is in a block with these items, which come before those of outer blocks."""
        self.blocks.append(items)

    def leave_block(self) -> None:
        self.blocks.pop()

    # -- what is in scope

    def traits_in_scope(self) -> frozenset[DefId]:
        """Traits whose methods may be called here (a trait's own items see the trait)."""
        found = traits_in_scope(self.db, self.scope)
        at: DefId | None = self.owner
        while at is not None and at.kind is not DefKind.MOD:
            if at.kind is DefKind.TRAIT:
                found |= {at}
            at = at.parent
        return found

    def sees_unknown_traits(self) -> bool:
        """Whether a name or a glob of a crate that is not there is imported here: it may bring traits into scope."""
        return any(imports_unknown(self.db, at) for at in enclosing_scopes(self.scope))

    def is_visible(self, visibility: DefId | None) -> bool:
        return is_visible(visibility, self.owner)

    def def_visible(self, def_id: DefId) -> bool:
        """Whether an item (an associated item, mostly) is visible here."""
        return is_visible(item_visibility(self.db, def_id), self.owner)

    def param_tables(self) -> list[ParamTable]:
        """Tables of the owner's parameters, innermost first."""
        if self._tables is None:
            self._tables = []
            at: DefId | None = self.owner
            while at is not None and at.kind not in (DefKind.MOD, DefKind.CRATE):
                table = param_table(self.db, at)
                if table.own or table.late_bound:
                    self._tables.append(table)
                at = params_parent(at)
        return self._tables

    def self_def(self) -> DefId | None:
        """The impl, trait or type that ``Self`` means here."""
        at: DefId | None = self.owner
        while at is not None and at.kind not in (DefKind.MOD, DefKind.CRATE):
            if at.kind in (DefKind.IMPL, DefKind.TRAIT, DefKind.STRUCT, DefKind.ENUM, DefKind.UNION):
                return at
            parent = params_parent(at)
            at = parent if parent is not None or at.kind is not DefKind.FOREIGN_MOD else at.parent
        return None

    # -- paths

    def resolve_type_path(self, path: h.Path, expected: str = "type") -> tuple[Resolution, int]:
        """What the path means as a type (or trait), and how many segments that took."""
        return self._resolve(path, Namespace.TYPES, expected)

    def resolve_value_path(self, path: h.Path, expected: str = "value") -> tuple[Resolution, int]:
        """What the path means as a value; fewer segments than it has: a type whose associated item is meant."""
        return self._resolve(path, Namespace.VALUES, expected)

    def resolve_trait_path(self, path: h.Path) -> Resolution:
        """What the path means as a trait; anything else is returned for the caller to refuse."""
        return self._resolve(path, Namespace.TYPES, "trait")[0]

    def resolve_macro(self, path: h.Path) -> DefId | UnknownRes | None:
        """The macro a path names: textual scope first, then macro names in modules."""
        names = tuple(h.strip_mark(s.name) for s in path.segments)
        if len(names) == 1 and not path.anchor:
            legacy = legacy_macro(self.db, self.owner, names[0])
            if legacy is not None:
                return legacy
        result = resolve_names(self._paths, self.scope, names, Namespace.MACROS, path.anchor, path.n_super, path.krate)
        if isinstance(result.target, DefId):
            return result.target if result.target.kind is DefKind.MACRO else None
        return UnknownRes(result.target.path) if isinstance(result.target, Unknown) else None

    def resolve_lifetime(self, name: str, outside: DefId | None = None) -> tuple[ParamTable, int | None] | None:
        """The table declaring a lifetime and its index (None: late-bound); ``outside``: not that of this item."""
        for table in self.param_tables():
            if table.owner is outside:
                continue
            param = table.named(name, lifetime=True)
            if param is not None:
                return table, param.index
            if name in table.late_bound:
                return table, None
        return None

    def _resolve(self, path: h.Path, namespace: Namespace, expected: str) -> tuple[Resolution, int]:
        segments = path.segments
        names = tuple([h.strip_mark(s.name) for s in segments])
        if not path.anchor and names:
            found = self._generic_scope(names[0], namespace if len(names) == 1 else Namespace.TYPES)
            if found is not None:
                return found, 1
        if path.n_super and path.n_super > _depth(self.module):
            return Unresolved(path.span, "super", expected, namespace, is_prefix=True, within=self.owner.krate), 0
        result = resolve_names(self._paths, self.scope, names, namespace, path.anchor, path.n_super, path.krate)
        target = result.target
        if target is None or (isinstance(target, DefId) and target.kind in (DefKind.MOD, DefKind.CRATE)):
            if (
                names
                and not path.anchor
                and names[0] in PRIMITIVE_NAMES
                and (len(names) > 1 or namespace is Namespace.TYPES)
            ):
                return PrimTyRes(names[0]), 1
        if target is None and namespace is Namespace.VALUES and result.used == len(names) - 1:
            as_type = resolve_names(
                self._paths, self.scope, names, Namespace.TYPES, path.anchor, path.n_super, path.krate
            )
            if isinstance(as_type.target, DefId):  # a type where a value is expected: the caller says so
                return _resolution(as_type.target, Namespace.TYPES), as_type.used
        if target is None:
            return self._unresolved(path, names, result, namespace, expected), result.used
        if result.private is not None and result.private < len(segments):
            self._note_private(segments[result.private], names, result, path, namespace)
        return _resolution(target, namespace), result.used

    def _generic_scope(self, name: str, namespace: Namespace) -> Resolution | None:
        """``Self`` and generic parameters, unless an item inside the body has that name."""
        if name == "Self":
            found = self.self_def()
            return SelfTyRes(found) if found is not None else None
        for table in self.param_tables():
            param = table.named(name)
            if param is None or (param.kind == "const") is not (namespace is Namespace.VALUES):
                if param is None or param.kind != "const":
                    continue
            if self._shadowed_by_local_item(name, namespace, table.owner):
                return None
            res = ConstParamRes if param.kind == "const" else TypeParamRes
            return res(table.owner, param.index, name)
        return None

    def _shadowed_by_local_item(self, name: str, namespace: Namespace, table_owner: DefId) -> bool:
        for at in enclosing_scopes(self.scope):
            if not _is_inside(at, table_owner):
                return False
            if self._paths.member(at, namespace, name) is not None:
                return True
        return False

    # -- what is wrong

    def _unresolved(
        self, path: h.Path, names: tuple[str, ...], result: PathResult, namespace: Namespace, expected: str
    ) -> Resolution:
        at = min(result.used, len(names) - 1)
        name, segment = names[at], path.segments[at]
        is_prefix = at < len(names) - 1
        modules: tuple[str, ...] = ()
        if is_prefix:
            namespace = Namespace.TYPES
            if result.within is None:
                modules = modules_with(self.db, self.module, name, names[at + 1])
                if not modules and self._may_be_unknown_crate(name):
                    return UnknownRes("::".join(names))
        if result.within is None and self._outer_param(name):
            return Unresolved(segment.span, name, expected, namespace, outer_param=True)
        return Unresolved(
            segment.span, name, expected, namespace, is_prefix, result.within, modules=modules, resolver=self
        )

    def _may_be_unknown_crate(self, name: str) -> bool:
        description = crate_description(self.db, self.owner.krate)
        if description is not None and description.is_closed:
            return False
        return name.islower() and best_match(name, self.names_in(None, Namespace.TYPES)) is None

    def _outer_param(self, name: str) -> bool:
        """Whether a function around this item has a generic parameter of that name."""
        at = self.owner.parent
        while at is not None:
            if at.kind is DefKind.FN and at is not self.owner:
                table: ParamTable | None = param_table(self.db, at)
                while table is not None:
                    if table.named(name) is not None and table not in self.param_tables():
                        return True
                    table = param_table(self.db, table.parent) if table.parent is not None else None
            at = at.parent
        return False

    def names_in(self, within: DefId | None, namespace: Namespace) -> list[str]:
        """Names visible here in a module, or in scope (None)."""
        if within is not None:
            scope = module_scope(self.db, within)
            return (
                [n for n, b in scope.table(namespace).items() if is_visible(b.visibility, self.owner)]
                if scope is not None
                else []
            )
        names: list[str] = []
        for at in enclosing_scopes(self.scope):
            scope = module_scope(self.db, at)
            if scope is not None:
                names.extend(scope.table(namespace))
        for table in self.param_tables():
            names.extend(p.name for p in table.own if p.kind != "lifetime" and not p.synthetic)
        if namespace is Namespace.TYPES:
            names.extend(PRIMITIVE_NAMES)
        prelude = self._paths.prelude(self.owner.krate)
        scope = module_scope(self.db, prelude) if prelude is not None else None
        return names + list(scope.table(namespace)) if scope is not None else names

    def _note_private(
        self, segment: h.PathSegment, names: tuple[str, ...], result: PathResult, path: h.Path, namespace: Namespace
    ) -> None:
        at = result.private or 0
        last = at == len(names) - 1
        target = resolve_names(
            self._paths,
            self.scope,
            names[: at + 1],
            namespace if last else Namespace.TYPES,
            path.anchor,
            path.n_super,
            path.krate,
        ).target
        kind = target.kind.value if isinstance(target, DefId) else "item"
        noun = {"mod": "module", "fn": "function", "type": "type alias", "const": "constant"}.get(kind, kind)
        self.problems.append(errors.PrivateItem(segment.span, names[at], noun).to_diagnostic(self.owner))


@query
def blocks_around(db: Database, owner: DefId) -> dict[DefId, tuple[tuple[DefId, ...], ...]]:
    """Of each item declared in a body, the items of the blocks around it, innermost first."""
    from compiler.resolve.lowering import lowered_body

    lowered = lowered_body(db, owner)
    if lowered is None or lowered.body.has_errors:
        return {}
    return dict(zip(lowered.body.local_items, lowered.body.local_blocks, strict=True))


class _BlockPaths(DatabasePaths):
    """Names in the owner's own body go by the blocks that are entered, those of an item in a body by the blocks around
    it; without any, every item of the body is seen.
    """

    __slots__ = ("resolver",)

    def __init__(self, db: Database, resolver: Resolver) -> None:
        super().__init__(db)
        self.resolver = resolver

    def member(self, module: DefId, namespace: Namespace, name: str) -> Binding | None:
        found = super().member(module, namespace, name)
        if found is None or module.kind not in _VALUE_KINDS:
            return found
        at = self.resolver.owner
        blocks: Iterable[tuple[DefId, ...]] = reversed(self.resolver.blocks)
        if at is not module:
            while at.parent is not None and at.parent is not module:
                at = at.parent
            own = local_map(self.db, module)
            adt = own.derives.get(at, at) if own is not None else at  # a derived impl stands where its type does
            blocks = blocks_around(self.db, module).get(adt, ())
        elif module is not self.resolver.scope:
            return found
        blocks = tuple(blocks)
        if not blocks:
            return found
        own = local_map(self.db, module)
        others = own.scopes[module].others.get((namespace, name), ()) if own is not None else ()
        for items in blocks:
            for binding in (found, *others):
                if binding.origin in items:
                    return binding
        return found if found.origin is None else None


def _resolution(target: Target, namespace: Namespace) -> Resolution:
    if isinstance(target, Unknown):
        return UnknownRes(target.path)
    if isinstance(target, PrimitiveName):
        return PrimTyRes(target.name)
    kind = target.kind
    if kind in (DefKind.MOD, DefKind.CRATE):
        return ModRes(target)
    if kind in _VALUE_KINDS:
        return ValueDefRes(target)
    if namespace is Namespace.VALUES and kind in (DefKind.STRUCT, DefKind.VARIANT):
        return ValueDefRes(target)
    return TypeDefRes(target)


@query
def item_visibility(db: Database, def_id: DefId) -> DefId | None:
    """The module inside which an item is visible; None: everywhere. Items of traits and trait impls are as
    visible as the trait.
    """
    from compiler.resolve.lowering import signature
    from compiler.resolve.modules import resolve_visibility
    from compiler.resolve.source import item_of

    parent = def_id.parent
    if parent is None or def_id.kind is DefKind.VARIANT or parent.kind is DefKind.TRAIT:
        return None
    if parent.kind is DefKind.IMPL:
        decl = signature(db, parent)
        if isinstance(decl, h.ImplDecl) and decl.trait_path is not None:
            return None
    item = item_of(db, def_id)
    return resolve_visibility(def_id.module, item.visibility) if item is not None else None


@query
def legacy_macro(db: Database, owner: DefId, name: str) -> DefId | None:
    """The ``macro_rules!`` in textual scope where ``owner`` is written."""
    from compiler.resolve.def_map import map_of

    at: DefId | None = owner
    while at is not None and at.parent is not None:
        found = map_of(db, at.parent)
        position = found.positions.get(at) if found is not None else None
        if found is not None and position is not None:
            best = _latest(found, at.parent, name, position)
            if best is not None:
                return best
        at = at.parent
    return None


def _latest(found: Any, scope: DefId, name: str, position: tuple[int, ...]) -> DefId | None:
    best: tuple[tuple[int, ...], DefId] | None = None
    at: DefId | None = scope
    while at is not None:
        holder = found.scopes.get(at)
        for entry in holder.legacy_macros.get(name, ()) if holder is not None else ():
            if entry[0] < position and (best is None or entry[0] > best[0]):
                best = entry
        at = at.parent
    return best[1] if best is not None else None


def binding_target(binding: Binding | None) -> Target | None:
    """What a binding means, if there is one."""
    return binding.target if binding is not None else None
