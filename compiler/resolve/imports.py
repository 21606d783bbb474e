"""Import resolution to a fixed point.

What it is: the imports of one definition map and how they are resolved while scopes are still growing. Each round
resolves every import again and enters what it found; rounds end when nothing changes. Then imports that found nothing
are reported, unless something unknown (an unknown crate, an open module) may explain them.

Assumes: it is driven by :class:`compiler.resolve.collector.DefCollector`, which owns the scopes and enters names.
Guarantees: an import that fails binds its name to :class:`Unknown`; a glob of something unknown makes the scope open.

Example: ``use a::X; use b::*;`` where both define ``X``: the first wins, in whichever order they are resolved.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from compiler.base.span import EMPTY_SPAN, Span
from compiler.diagnostics.model import Diagnostic, Label
from compiler.hir.def_id import DefId, DefKind
from compiler.resolve import errors
from compiler.resolve.def_map import DatabasePaths, map_root, module_scope
from compiler.resolve.paths import PRIMITIVE_NAMES, PathResult, enclosing_scopes, first_segment, resolve_names
from compiler.resolve.scope import (
    ALL_NAMESPACES,
    Binding,
    ImportDirective,
    ModuleScope,
    Namespace,
    PrimitiveName,
    Target,
    Unknown,
    is_ancestor,
    is_visible,
)
from compiler.resolve.similar import best_match

if TYPE_CHECKING:
    from compiler.resolve.collector import DefCollector

Anchored = tuple[str, int, tuple[str, ...]]  # anchor, n_super, names


def split_anchor(path: Sequence[str]) -> Anchored:
    """Separate ``crate``, ``self``, ``super``... and leading ``::`` from the names that follow."""
    if not path:
        return "", 0, ()
    first = path[0]
    if first == "":
        return "::", 0, tuple(path[1:])
    if first in ("crate", "$crate"):
        return first, 0, tuple(path[1:])
    at = 1 if first == "self" else 0
    n_super = 0
    while at < len(path) and path[at] == "super":
        n_super += 1
        at += 1
    if at == 0:
        return "", 0, tuple(path)
    return ("super" if n_super else "self"), n_super, tuple(path[at:])


class _Site(Protocol):
    """What the import resolver needs of its collector."""


class GrowingPaths(DatabasePaths):
    """Modules of the map being built, and of finished maps of other crates and of the crate around a body."""

    __slots__ = ("collector",)

    def __init__(self, collector: DefCollector) -> None:
        super().__init__(collector.db)
        self.collector = collector

    def _own(self, scope: DefId) -> bool:
        return map_root(scope) is self.collector.map.root

    def member(self, module: DefId, namespace: Namespace, name: str) -> Binding | None:
        scope = self.collector.map.scopes.get(module)
        if scope is not None:
            return scope.table(namespace).get(name)
        return None if self._own(module) else super().member(module, namespace, name)

    def is_open(self, module: DefId) -> bool:
        scope = self.collector.map.scopes.get(module)
        if scope is not None:
            return scope.is_open
        return False if self._own(module) else super().is_open(module)

    def variant(self, enum_def: DefId, name: str) -> DefId | None:
        for variant, _ in self.variants(enum_def):
            if variant == name:
                return DefId(enum_def, DefKind.VARIANT, name)
        return None

    def variants(self, enum_def: DefId) -> tuple[tuple[str, str], ...]:
        from compiler.resolve.def_map import enum_variants

        found = self.collector.map.variants.get(enum_def)
        if found is not None:
            return found
        own = enum_def.parent is not None and self._own(enum_def.parent)
        return () if own else enum_variants(self.db, enum_def)

    def extern_crate(self, krate: DefId, name: str) -> Target | None:
        if krate is self.collector.map.root:
            return self.collector.map.extern_names.get(name)
        return super().extern_crate(krate, name)

    def prelude(self, krate: DefId) -> DefId | None:
        return self.collector.map.prelude if krate is self.collector.map.root else super().prelude(krate)


class ImportResolver:
    """The imports of one map. ``conflicts``: (scope, namespace, name) -> the two bindings that clash."""

    def __init__(self, collector: DefCollector) -> None:
        self.collector = collector
        self.paths = GrowingPaths(collector)
        self.imports: list[ImportDirective] = []
        self.conflicts: dict[tuple[DefId, Namespace, str], tuple[Binding, Binding]] = {}
        self.found: set[int] = set()

    def add(self, directive: ImportDirective) -> None:
        self.imports.append(directive)

    def waits_for(self, name: str) -> bool:
        """Whether some import that would bring the name is not resolved."""
        return any(index not in self.found and d.name == name for index, d in enumerate(self.imports))

    def resolve(
        self, scope: DefId, names: Sequence[str], namespace: Namespace, anchor: str = "", n_super: int = 0
    ) -> PathResult:
        """A path of plain names in the map as it is now."""
        n_super = n_super or (1 if anchor == "super" else 0)
        return resolve_names(self.paths, scope, names, namespace, anchor, n_super)

    # -- rounds

    def resolve_all(self) -> None:
        """Rounds until no scope changes."""
        changed = True
        while changed:
            changed = False
            self.collector.db.checkpoint()
            for index, directive in enumerate(self.imports):
                changed |= self._glob(index, directive) if directive.is_glob else self._named(index, directive)

    def _named(self, index: int, directive: ImportDirective) -> bool:
        changed = False
        targets = list(self._targets(directive))
        seen = [(ns, b) for ns, b in targets if is_visible(b.visibility, directive.scope)]
        for namespace, binding in seen or targets:  # of a type whose constructor is private the type alone
            self.found.add(index)
            changed |= self._enter(directive, namespace, directive.name, binding)
        return changed

    def _enter(self, directive: ImportDirective, namespace: Namespace, name: str, binding: Binding) -> bool:
        scope = self.collector.map.scopes[directive.scope]
        if name == "_":
            target = binding.target
            if namespace is Namespace.TYPES and isinstance(target, DefId) and target.kind is DefKind.TRAIT:
                if target not in scope.unnamed_traits:
                    scope.unnamed_traits[target] = directive.visibility
                    return True
            return False
        visibility = directive.visibility
        if namespace is Namespace.VALUES and is_visible(binding.visibility, directive.scope):
            visibility = _narrower(visibility, binding.visibility)  # a constructor may be seen by fewer than its type
        made = Binding(binding.target, visibility, directive.origin, is_import=True)
        return self.collector.bind(directive.scope, namespace, name, made)

    def _targets(self, directive: ImportDirective) -> Iterable[tuple[Namespace, Binding]]:
        """What a named import means in each namespace, as far as known now."""
        anchor, n_super, names = split_anchor(directive.path)
        if not names:
            result = self.resolve(directive.scope, (), Namespace.TYPES, anchor, n_super)
            return ((Namespace.TYPES, Binding(result.target, None, None)),) if result.target is not None else ()
        if len(names) == 1 and anchor in ("", "::"):
            return [
                (ns, b)
                for ns in ALL_NAMESPACES
                if (b := self._first(directive, names[0], ns, anchor == "::")) is not None
            ]
        prefix = self._prefix(directive, anchor, n_super, names[:-1])
        if prefix is None:
            return ()
        return self._members(directive, prefix, names[-1])

    def _first(self, directive: ImportDirective, name: str, namespace: Namespace, is_global: bool) -> Binding | None:
        """A one-name import does not see itself."""
        binding = first_segment(self.paths, directive.scope, name, namespace, is_global)
        if binding is not None and binding.origin is directive.origin and binding.is_import and directive.name == name:
            outer = self.paths.extern_crate(directive.scope.krate, name) if namespace is Namespace.TYPES else None
            binding = Binding(outer, None, None) if outer is not None else None
        if (
            binding is not None
            and isinstance(binding.target, Unknown)
            and binding.origin is None
            and namespace is not Namespace.TYPES
        ):
            return None  # the unknown may be a type only
        if namespace is Namespace.MACROS and binding is None:
            legacy = self.collector.legacy_macro(
                directive.scope, name, (*self.collector.map.positions.get(directive.origin, ()), 1 << 30)
            )
            binding = Binding(legacy, None, None) if legacy is not None else None
        return binding

    def _prefix(self, directive: ImportDirective, anchor: str, n_super: int, names: tuple[str, ...]) -> Target | None:
        result = self.resolve(directive.scope, names, Namespace.TYPES, anchor, n_super)
        if result.target is None or result.used < len(names):
            return None
        return result.target

    def _members(self, directive: ImportDirective, prefix: Target, name: str) -> Iterable[tuple[Namespace, Binding]]:
        if isinstance(prefix, Unknown):
            unknown = Binding(Unknown(f"{prefix.path}::{name}"), None, None)
            return [(ns, unknown) for ns in ALL_NAMESPACES]
        if isinstance(prefix, PrimitiveName):
            return ()
        if prefix.kind is DefKind.ENUM:
            variant = self.paths.variant(prefix, name)
            return [(ns, Binding(variant, None, None)) for ns in ALL_NAMESPACES[:2]] if variant is not None else ()
        if prefix.kind not in (DefKind.MOD, DefKind.CRATE):
            return ()
        found = [(ns, b) for ns in ALL_NAMESPACES if (b := self.paths.member(prefix, ns, name)) is not None]
        if prefix is directive.scope and name == directive.name:
            found = [(ns, b) for ns, b in found if b.origin is not directive.origin]
        return found

    # -- globs

    def _glob(self, index: int, directive: ImportDirective) -> bool:
        anchor, n_super, names = split_anchor(directive.path)
        target = self._prefix(directive, anchor, n_super, names)
        if target is None:
            return False
        self.found.add(index)
        into = self.collector.map.scopes[directive.scope]
        if isinstance(target, Unknown | PrimitiveName):
            changed = not into.is_open
            into.is_open = True
            return changed
        if target.kind is DefKind.ENUM:
            return self._glob_enum(directive, target)
        source = self.collector.map.scopes.get(target) or module_scope(self.collector.db, target)
        return source is not None and source is not into and self._glob_module(directive, source, into)

    def _glob_enum(self, directive: ImportDirective, target: DefId) -> bool:
        changed = False
        for name, _ in self.paths.variants(target):
            binding = Binding(DefId(target, DefKind.VARIANT, name), directive.visibility, directive.origin, True, True)
            changed |= self.collector.bind(directive.scope, Namespace.TYPES, name, binding)
            changed |= self.collector.bind(directive.scope, Namespace.VALUES, name, binding)
        return changed

    def _glob_module(self, directive: ImportDirective, source: ModuleScope, into: ModuleScope) -> bool:
        changed = source.is_open and not into.is_open
        into.is_open = into.is_open or source.is_open
        bind = self.collector.bind
        for namespace in ALL_NAMESPACES:
            table = into.table(namespace)
            for name, binding in list(source.table(namespace).items()):
                old = table.get(name)
                if old is not None and (not old.is_glob or old.target is binding.target):
                    continue
                if is_visible(binding.visibility, directive.scope):
                    visibility = _narrower(directive.visibility, binding.visibility)
                    changed |= bind(
                        directive.scope,
                        namespace,
                        name,
                        Binding(binding.target, visibility, directive.origin, True, True),
                    )
        for trait, visibility in source.unnamed_traits.items():
            if trait not in into.unnamed_traits and is_visible(visibility, directive.scope):
                into.unnamed_traits[trait] = _narrower(directive.visibility, visibility)
                changed = True
        return changed

    # -- what is left

    def report(self) -> None:
        """Errors for failed imports, private ones and clashes; failed names become unknown."""
        for index, directive in enumerate(self.imports):
            if index not in self.found:
                self._fail(directive)
        self.resolve_all()
        for index, directive in enumerate(self.imports):
            self._check_privacy(directive)
            if index in self.found and not directive.is_glob:
                self._check_reexport(directive)
        for (_, namespace, name), (old, new) in self.conflicts.items():
            self._clash(namespace, name, old, new)

    def _fail(self, directive: ImportDirective) -> None:
        fact = self._fault(directive)
        scope = self.collector.map.scopes[directive.scope]
        if fact is not None:
            self.collector.map.diagnostics.append(fact.to_diagnostic(directive.origin))
            scope.has_error_imports = True
        if directive.is_glob:
            scope.is_open = True
        elif directive.name != "_":
            unknown = Binding(
                Unknown("::".join(directive.path)), directive.visibility, directive.origin, is_import=True
            )
            for namespace in ALL_NAMESPACES:
                self.collector.bind(directive.scope, namespace, directive.name, unknown)

    def _fault(self, directive: ImportDirective) -> errors.UnresolvedImport | None:
        """The error of a failed import, or None where something unknown may explain it."""
        anchor, n_super, names = split_anchor(directive.path)
        path = "::".join((*directive.path, "*") if directive.is_glob else directive.path).removeprefix("::")
        for count in range(1, len(names) + 1):
            result = self.resolve(directive.scope, names[:count], Namespace.TYPES, anchor, n_super)
            if isinstance(result.target, Unknown) and count < len(names):
                return None
            if (result.target is None or result.used < count) and count < len(names):
                return self._fault_at(directive, path, names, count - 1, result)
        result = self.resolve(directive.scope, names, Namespace.TYPES, anchor, n_super)
        return (
            None
            if isinstance(result.target, Unknown)
            else self._fault_at(directive, path, names, len(names) - 1, result)
        )

    def _fault_at(
        self, directive: ImportDirective, path: str, names: tuple[str, ...], at: int, result: PathResult
    ) -> errors.UnresolvedImport | None:
        name = names[at] if names else path
        within = result.within
        if result.target is None and result.used == 0 and within is None:
            return self._unknown_crate(directive, path, name)
        candidates = self._names_in(within) if within is not None else ()
        return errors.UnresolvedImport(
            directive.span, path, name, within.path if within is not None else None, best_match(name, candidates)
        )

    def _unknown_crate(self, directive: ImportDirective, path: str, name: str) -> errors.UnresolvedImport | None:
        """A first segment that is nothing known: a crate outside the library, unless the manifest is complete
        or it is a typo.
        """
        known = [*self.collector.map.extern_names, "crate", "self", "super"]
        for scope in enclosing_scopes(directive.scope):
            known.extend(
                n for n, b in self._table(scope).items() if isinstance(b.target, DefId) and b.target.kind is DefKind.MOD
            )
        similar = best_match(name, known)
        if not self.collector.description.is_closed and similar is None:
            return None
        return errors.UnresolvedImport(directive.span, path, name, None, similar)

    def _table(self, scope: DefId) -> dict[str, Binding]:
        found = self.collector.map.scopes.get(scope) or module_scope(self.collector.db, scope)
        return found.types if found is not None else {}

    def _names_in(self, module: DefId) -> list[str]:
        if module.kind is DefKind.ENUM:
            return [name for name, _ in self.paths.variants(module)]
        found = self.collector.map.scopes.get(module) or module_scope(self.collector.db, module)
        if found is None:
            return []
        return [*found.types, *found.values, *found.macros]

    def _check_privacy(self, directive: ImportDirective) -> None:
        anchor, n_super, names = split_anchor(directive.path)
        worst: PathResult | None = None
        for namespace in ALL_NAMESPACES:
            result = self.resolve(directive.scope, names, namespace, anchor, n_super)
            if result.target is None or isinstance(result.target, Unknown):
                continue
            if result.private is None:
                return
            worst = worst or result
        if worst is not None and worst.private is not None and names:
            name = names[worst.private]
            prefix = self.resolve(directive.scope, names[: worst.private + 1], Namespace.TYPES, anchor, n_super).target
            target = prefix if isinstance(prefix, DefId) else worst.target
            kind = target.kind.value if isinstance(target, DefId) else "item"
            self.collector.map.diagnostics.append(
                errors.PrivateItem(directive.span, name, _KIND_NOUNS.get(kind, kind)).to_diagnostic(directive.origin)
            )

    def _check_reexport(self, directive: ImportDirective) -> None:
        """``pub use`` may not widen what it names; one namespace that can be re-exported is enough."""
        if directive.visibility is directive.scope.module:
            return
        named = list(self._targets(directive))
        if not named or any(_narrower(directive.visibility, b.visibility) is directive.visibility for _, b in named):
            return
        if any(isinstance(b.target, Unknown) for _, b in named):
            return
        is_type = named[-1][0] is Namespace.TYPES  # rustc tells of the last namespace
        fact = errors.PrivateReexport(directive.span, directive.path[-1], is_type)
        self.collector.map.diagnostics.append(fact.to_diagnostic(directive.origin))

    def _clash(self, namespace: Namespace, name: str, old: Binding, new: Binding) -> None:
        if (
            isinstance(old.target, Unknown)
            or isinstance(new.target, Unknown)
            or (name in PRIMITIVE_NAMES and old.origin is None)
        ):
            return
        noun = {Namespace.TYPES: "type", Namespace.VALUES: "value", Namespace.MACROS: "macro"}[namespace]
        if self._position(old) > self._position(new):
            old, new = new, old
        old_label = Label(self._name_span(old), "previous definition here", old.origin)
        made: Diagnostic
        if old.is_import or new.is_import:
            made = errors.DuplicateImport(
                self._name_span(new), name, old_label, not (old.is_import and new.is_import)
            ).to_diagnostic(new.origin)
        else:
            made = errors.DuplicateDefinition(self._name_span(new), name, noun, old_label).to_diagnostic(new.origin)
        key = (made.code, made.primary)
        if all((d.code, d.primary) != key for d in self.collector.map.diagnostics):
            self.collector.map.diagnostics.append(made)

    def _position(self, binding: Binding) -> tuple[int, ...]:
        return self.collector.map.positions.get(binding.origin, ()) if binding.origin is not None else ()

    def _name_span(self, binding: Binding) -> Span:
        for directive in self.imports:
            if directive.origin is binding.origin and binding.is_import:
                return directive.span
        if binding.origin is None:
            return EMPTY_SPAN
        item = self.collector.item_at(binding.origin)
        return item.name_span if item is not None else EMPTY_SPAN


_KIND_NOUNS = {"mod": "module", "fn": "function", "type": "type alias", "const": "constant"}


def _narrower(a: DefId | None, b: DefId | None) -> DefId | None:
    """The smaller of two visibilities."""
    if a is None or b is None:
        return b if a is None else a
    return b if is_ancestor(a, b) else a
