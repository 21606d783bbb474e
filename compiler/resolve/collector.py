"""Collecting the definitions of a crate (or of one body) and resolving its imports and item macros to a fixed point.

What it is: rustc's ``build_reduced_graph`` and ``resolve_imports`` in one. Items of every file are entered into the
scopes of their modules; then imports, item-position macro calls and derives are resolved again and again until
nothing changes. What is still unresolved then is reported (:mod:`compiler.resolve.import_errors`), except where
something unknown may explain it.

Assumes: item trees are pure functions of their text; maps of dependencies are complete.
Guarantees: explicit names win over globs whatever the order; a name bound by a failed or unknown import is
:class:`Unknown`, so it causes no second message; the result does not depend on the order of items (except textual
``macro_rules!`` scope, as in Rust).

Example: ``use a::*; mod a { pub use super::b::f; } mod b { pub fn f() {} }`` needs two rounds: ``a::f`` first, then
the glob.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from compiler.hir.def_id import DefId, DefKind
from compiler.hir.inputs import CrateDescription, file_exists
from compiler.hir.item_tree import Item, ItemTree
from compiler.hir.macros.definition import MacroDef, parse_macro
from compiler.query import Database
from compiler.resolve import errors
from compiler.resolve.builtin import BUILTIN_DERIVES, GENERATED_BY_CUDA_MODULE, attribute_named, may_be_rewritten
from compiler.resolve.def_map import DefMap, crate_description
from compiler.resolve.expansion import (
    derive_unit,
    derived_items,
    expand_call,
    expansion_diagnostics,
    generated_unit,
    macro_definition,
    macro_names,
)
from compiler.resolve.imports import ImportResolver
from compiler.resolve.modules import module_file, resolve_visibility
from compiler.resolve.scope import (
    Binding,
    ImportDirective,
    ItemLocation,
    ModuleScope,
    Namespace,
    Target,
    Unknown,
    namespaces_of,
)
from compiler.resolve.shape import adt_shape, extern_crate_names
from compiler.resolve.similar import best_match
from compiler.resolve.source import file_item_tree, item_source, local_item_tree

MAX_EXPANSION_DEPTH: Final = 64
CALLABLE_ITEMS: Final = (DefKind.FN, DefKind.CONST, DefKind.STATIC)


def collect_crate(db: Database, krate: DefId) -> DefMap:
    """The map of a whole crate."""
    description = crate_description(db, krate)
    collected = DefMap(krate)
    if description is None:
        collected.scopes[krate] = ModuleScope(krate, is_open=True)
        return collected
    collector = DefCollector(db, collected, description)
    collector.enter_crate(description)
    collector.run()
    return collected


def collect_body(db: Database, owner: DefId) -> DefMap | None:
    """The map of the items declared inside one body."""
    tree = local_item_tree(db, owner)
    made = items_made_in(db, owner)
    description = crate_description(db, owner.krate)
    if description is None or (tree is None and not made):
        return None
    collected = DefMap(owner)
    collected.scopes[owner] = ModuleScope(owner)
    collector = DefCollector(db, collected, description)
    if tree is not None:
        collector.collect_items(owner, owner, tree.items, (), ())
    for number, item in enumerate(made):
        unit = generated_unit(owner, number)
        collector.expanded[unit] = ItemTree((item,))
        collector.collect_items(owner, unit, (item,), (), (1 << 20, number))
    collector.run()
    return collected


def items_made_in(db: Database, owner: DefId) -> tuple[Item, ...]:
    """Items that macro calls in statement position make in a body."""
    from compiler.resolve.lowering import lowered_body

    if b"!" not in item_source(db, owner):
        return ()
    lowered = lowered_body(db, owner)
    return tuple(local.item for local in lowered.generated) if lowered is not None else ()


class PendingCall:
    """An item-position macro call that waits for its macro."""

    __slots__ = ("call", "depth", "item", "position", "scope")

    def __init__(self, scope: DefId, call: DefId, item: Item, position: tuple[int, ...], depth: int) -> None:
        self.scope = scope
        self.call = call
        self.item = item
        self.position = position
        self.depth = depth


class DefCollector:
    """Fills one :class:`DefMap`."""

    def __init__(self, db: Database, collected: DefMap, description: CrateDescription) -> None:
        self.db = db
        self.map = collected
        self.description = description
        self.krate = collected.root.krate
        self.imports = ImportResolver(self)
        self.calls: list[PendingCall] = []
        self.modules_dir: dict[DefId, str] = {}
        self.depth = 0
        self.expanded: dict[DefId, ItemTree] = {}
        self.cuda_modules: set[DefId] = set()

    # -- the crate

    def enter_crate(self, description: CrateDescription) -> None:
        """Root module, extern prelude, prelude module, then the root file."""
        root = self.map.root
        scope = ModuleScope(root, file=description.root_file)
        self.map.scopes[root] = scope
        for name, krate in description.deps:
            known = krate and crate_description(self.db, DefId.crate(krate)) is not None
            self.map.extern_names[name] = DefId.crate(krate) if known else Unknown(name)
        self.map.prelude = self._prelude_of(description)
        self.modules_dir[root] = description.root_file.rpartition("/")[0]
        if not file_exists(self.db, description.root_file):
            self.map.probed_files.append(description.root_file)
        self._enter_file(root, description.root_file, ())

    def _prelude_of(self, description: CrateDescription) -> DefId | None:
        core = self.map.extern_names.get("core")
        if description.name == "core":
            core = self.map.root
        if not isinstance(core, DefId):
            return None
        return DefId(DefId(core, DefKind.MOD, "prelude"), DefKind.MOD, f"rust_{description.edition}")

    def _enter_file(self, module: DefId, file: str, position: tuple[int, ...]) -> None:
        tree = file_item_tree(self.db, file)
        self.collect_items(module, file, tree.items, (), position)

    def run(self) -> None:
        """Imports, macro calls and derives to a fixed point, then errors."""
        while True:
            self.imports.resolve_all()
            if not self._expand_ready_calls():
                break
        for pending, target in [(pending, self._macro_of(pending)) for pending in self.calls]:
            self._give_up_call(pending, target)
        self.imports.resolve_all()
        self.imports.report()

    # -- items

    def collect_items(
        self, scope: DefId, unit: str | DefId, items: Iterable[Item], prefix: tuple[int, ...], position: tuple[int, ...]
    ) -> None:
        """Enter sibling items of one unit into a scope. ``prefix``: their parent's path in the unit."""
        for index, item in enumerate(items):
            self._collect_item(scope, item, ItemLocation(unit, (*prefix, index)), (*position, index))

    def _collect_item(self, scope: DefId, item: Item, location: ItemLocation, position: tuple[int, ...]) -> None:
        def_id = self._new_def(scope, item, location)
        self.map.positions[def_id] = position
        kind = item.kind
        if kind is DefKind.USE:
            self._collect_use(scope, def_id, item)
        elif kind is DefKind.EXTERN_CRATE:
            self._collect_extern_crate(scope, def_id, item)
        elif kind is DefKind.MOD:
            self._collect_module(scope, def_id, item, location, position)
        elif kind is DefKind.IMPL:
            self.map.impls.append(def_id)
        elif kind is DefKind.MACRO:
            self._collect_macro(scope, def_id, item, position)
        elif kind is DefKind.MACRO_CALL:
            self.calls.append(PendingCall(scope, def_id, item, position, self.depth))
        elif kind is DefKind.FOREIGN_MOD:
            self._collect_foreign(scope, def_id, item)
        else:
            self._collect_named(scope, def_id, item)
        self._collect_lang(def_id, item)

    def _new_def(self, scope: DefId, item: Item, location: ItemLocation) -> DefId:
        """The item's id; items from different expansions may collide and are numbered on."""
        number = item.disambiguator
        def_id = DefId(scope, item.kind, item.name, number)
        while def_id in self.map.locations:
            number += 1
            def_id = DefId(scope, item.kind, item.name, number)
        self.map.locations[def_id] = location
        return def_id

    def _collect_lang(self, def_id: DefId, item: Item) -> None:
        if not self.description.is_library:
            return
        lang = item.attr("lang")
        if lang is not None:
            self.map.lang_items.setdefault(lang.tokens.lstrip("= ").strip('"'), def_id)
        for child in item.children:
            if child.attrs and item.kind in (DefKind.TRAIT, DefKind.IMPL):
                lang = child.attr("lang")
                if lang is not None:
                    child_def = DefId(def_id, child.kind, child.name, child.disambiguator)
                    self.map.lang_items.setdefault(lang.tokens.lstrip("= ").strip('"'), child_def)

    def item_at(self, def_id: DefId) -> Item | None:
        """The item of a definition of this map."""
        location = self.map.locations.get(def_id)
        if location is None:
            return None
        items = self.items_of(location.unit)
        found: Item | None = None
        for index in location.path:
            found = items[index]
            items = found.children
        return found

    def items_of(self, unit: str | DefId) -> tuple[Item, ...]:
        """The items of a unit of this map."""
        if isinstance(unit, str):
            return file_item_tree(self.db, unit).items
        if unit in self.expanded:
            return self.expanded[unit].items
        tree = local_item_tree(self.db, unit)
        return tree.items if tree is not None else ()

    def _visibility(self, scope: DefId, text: str) -> DefId | None:
        return resolve_visibility(scope.module, text)

    def _collect_named(self, scope: DefId, def_id: DefId, item: Item) -> None:
        visibility = self._visibility(scope, item.visibility)
        binding = Binding(def_id, visibility, def_id)
        if item.name != "_":
            for namespace in namespaces_of(item.kind):
                self.bind(scope, namespace, item.name, binding)
        if item.kind is DefKind.ENUM:
            shape = adt_shape(item.kind, item.header)
            self.map.variants[def_id] = tuple((v.name, v.ctor) for v in shape.variants)
            self._collect_variant_langs(def_id, item)
        elif item.kind is DefKind.STRUCT:
            self._collect_constructor(scope, def_id, item, visibility)
        if item.attrs:
            self._collect_derives(scope, def_id, item)
            if item.kind is DefKind.FN and attribute_named(item, "kernel") is not None:
                self._bind_generated(scope, Namespace.VALUES, f"{item.name}_ptx_name")
                self._bind_generated(scope, Namespace.TYPES, f"__{item.name}_CudaKernel")

    def _collect_variant_langs(self, def_id: DefId, item: Item) -> None:
        if not self.description.is_library:
            return
        for variant in adt_shape(item.kind, item.header).variants:
            if variant.lang is not None:
                self.map.lang_items.setdefault(variant.lang, DefId(def_id, DefKind.VARIANT, variant.name))

    def _collect_constructor(self, scope: DefId, def_id: DefId, item: Item, visibility: DefId | None) -> None:
        """Unit and tuple structs are values too; a private field makes the constructor private."""
        variant = adt_shape(item.kind, item.header).variants[0]
        if variant.ctor == "record":
            return
        for text in variant.field_visibilities:
            seen = self._visibility(scope, text)
            if seen is not None and (
                visibility is None or (seen is not visibility and len(seen.path) > len(visibility.path))
            ):
                visibility = seen
        self.bind(scope, Namespace.VALUES, item.name, Binding(def_id, visibility, def_id))

    def _bind_generated(self, scope: DefId, namespace: Namespace, name: str) -> None:
        """A name that an attribute macro generates for the host side."""
        self.map.scopes[scope].table(namespace).setdefault(name, Binding(Unknown(name), None, None))

    def _collect_derives(self, scope: DefId, def_id: DefId, item: Item) -> None:
        seen: set[str] = set()
        for attr in item.attrs:
            if attr.path != "derive":
                continue
            if item.kind not in (DefKind.STRUCT, DefKind.ENUM, DefKind.UNION):
                self.map.diagnostics.append(errors.MisplacedDerive(attr.span).to_diagnostic(def_id))
                continue
            for path in attr.tokens.strip("() \n").split(","):
                name = path.strip().rpartition("::")[2]
                if name in seen:
                    self.map.diagnostics.append(errors.DerivedTwice(attr.span, name, item.name).to_diagnostic(def_id))
                elif name in BUILTIN_DERIVES:
                    seen.add(name)
                    self._splice_derive(scope, def_id, item, name)
                elif name:
                    self.map.unknown_derives.add(def_id)

    def _splice_derive(self, scope: DefId, adt: DefId, item: Item, name: str) -> None:
        expanded = derived_items(name, item.kind, item.header)
        if expanded is None:
            return
        unit = derive_unit(adt, name)
        self.expanded[unit] = expanded.tree
        self.map.diagnostics.extend(expansion_diagnostics(expanded, adt))
        for index, made in enumerate(expanded.tree.items):
            impl = self._new_def(scope, made, ItemLocation(unit, (index,)))
            self.map.positions[impl] = self.map.positions[adt]
            self.map.impls.append(impl)
            self.map.derives[impl] = adt

    # -- modules, macros, imports

    def _collect_module(
        self, parent: DefId, module: DefId, item: Item, location: ItemLocation, position: tuple[int, ...]
    ) -> None:
        scope = ModuleScope(module, file=self.map.scopes[parent].file, position=position)
        self.map.scopes[module] = scope
        target: Target = Unknown(module.path) if may_be_rewritten(item) else module
        binding = Binding(target, self._visibility(parent, item.visibility), module)
        self.bind(parent, Namespace.TYPES, item.name, binding)
        if parent in self.cuda_modules or attribute_named(item, "cuda_module") is not None:
            self.cuda_modules.add(module)
            for namespace, name in GENERATED_BY_CUDA_MODULE:
                self._bind_generated(module, namespace, name)
        path_attr = item.attr("path")
        explicit = path_attr.tokens.lstrip("= ").strip('"') if path_attr is not None else None
        directory = self.modules_dir.get(parent, "")
        if item.has_body:
            self.modules_dir[module] = f"{directory}/{explicit or item.name}"
            self.collect_items(module, location.unit, item.children, location.path, position)
        else:
            self._enter_file_module(module, item, directory, explicit, position)
        if item.attr("macro_use") is not None:
            self._export_legacy(module, parent)

    def _enter_file_module(
        self, module: DefId, item: Item, directory: str, explicit: str | None, position: tuple[int, ...]
    ) -> None:
        scope = self.map.scopes[module]
        file, own_dir, probed = module_file(self.db, scope.file, directory, item.name, explicit)
        self.map.probed_files.extend(probed)
        if file is None:
            scope.is_open = True
            self.map.diagnostics.append(
                errors.MissingModuleFile(item.name_span, item.name, probed).to_diagnostic(module)
            )
            return
        scope.file = file
        self.modules_dir[module] = own_dir
        self._enter_file(module, file, position)

    def _export_legacy(self, module: DefId, parent: DefId) -> None:
        into = self.map.scopes[parent].legacy_macros
        for name, entries in self.map.scopes[module].legacy_macros.items():
            into.setdefault(name, []).extend(entries)

    def _collect_macro(self, scope: DefId, def_id: DefId, item: Item, position: tuple[int, ...]) -> None:
        if item.header.lstrip().startswith((b"pub", b"macro ")) or b"\nmacro " in item.header or item.visibility:
            self.bind(
                scope, Namespace.MACROS, item.name, Binding(def_id, self._visibility(scope, item.visibility), def_id)
            )
            return
        self.map.scopes[scope].legacy_macros.setdefault(item.name, []).append((position, def_id))
        if item.attr("macro_export") is not None and self.map.root.kind is DefKind.CRATE:
            self.map.exported_macros[item.name] = def_id
            self.bind(self.map.root, Namespace.MACROS, item.name, Binding(def_id, None, def_id))

    def _collect_use(self, scope: DefId, def_id: DefId, item: Item) -> None:
        visibility = self._visibility(scope, item.visibility)
        for leaf in item.imports:
            self.imports.add(ImportDirective(scope, leaf.path, leaf.name, leaf.is_glob, visibility, def_id, leaf.span))

    def _collect_extern_crate(self, scope: DefId, def_id: DefId, item: Item) -> None:
        source, name = extern_crate_names(item.header)
        target: Target = self.map.root if source == "self" else self.map.extern_names.get(source, Unknown(source))
        binding = Binding(target, self._visibility(scope, item.visibility), def_id, is_import=True)
        if name != "_":
            self.bind(scope, Namespace.TYPES, name, binding)
            if scope is self.map.root:
                self.map.extern_names.setdefault(name, target)

    def _collect_foreign(self, scope: DefId, block: DefId, item: Item) -> None:
        for child in item.children:
            if child.kind is not DefKind.MACRO_CALL:
                child_def = DefId(block, child.kind, child.name, child.disambiguator)
                binding = Binding(child_def, self._visibility(scope, child.visibility), child_def)
                for namespace in namespaces_of(child.kind):
                    self.bind(scope, namespace, child.name, binding)

    # -- bindings

    def bind(self, scope: DefId, namespace: Namespace, name: str, binding: Binding) -> bool:
        """Enter a name; explicit names replace globs. Returns whether the scope changed."""
        table = self.map.scopes[scope].table(namespace)
        old = table.get(name)
        if old is None or (old.is_glob and not binding.is_glob):
            table[name] = binding
            return True
        if old == binding or (binding.is_glob and not old.is_glob):
            return False
        if old.origin is binding.origin and (old.is_import or binding.is_glob):
            changed = old.target is not binding.target and old.target != binding.target
            if changed and not isinstance(binding.target, Unknown):
                table[name] = binding
                return True
            return False
        return False if binding.is_glob else self._conflict(scope, namespace, name, old, binding)

    def _conflict(self, scope: DefId, namespace: Namespace, name: str, old: Binding, new: Binding) -> bool:
        if scope is self.map.root and self.map.root.kind is not DefKind.CRATE:
            others = self.map.scopes[scope].others
            known = others.get((namespace, name), ())
            if any(b.origin is new.origin for b in known):
                return False
            others[namespace, name] = (*known, new)
            return True
        if isinstance(old.target, Unknown) and old.origin is None:  # generated name
            self.map.scopes[scope].table(namespace)[name] = new
            return True
        if (old.target is not new.target or (old.is_import and new.is_import)) and namespace is not Namespace.MACROS:
            self.imports.conflicts.setdefault((scope, namespace, name), (old, new))
        return False

    # -- macro calls

    def _expand_ready_calls(self) -> bool:
        """Expand every call whose macro is known now; returns whether any was."""
        calls, self.calls = self.calls, []
        progress = False
        for pending in calls:
            macro = self._macro_of(pending)
            if not isinstance(macro, DefId):
                self.calls.append(pending)
                continue
            progress = True
            self._splice_call(pending, macro)
        return progress

    def _macro_of(self, pending: PendingCall) -> Target | None:
        names, anchor, n_super = macro_names(pending.item)
        if len(names) == 1 and not anchor:
            legacy = self.legacy_macro(pending.scope, names[0], pending.position)
            if legacy is not None:
                return legacy
        target = self.imports.resolve(pending.scope, names, Namespace.MACROS, anchor, n_super).target
        return None if isinstance(target, DefId) and target.kind is not DefKind.MACRO else target

    def legacy_macro(self, scope: DefId, name: str, position: tuple[int, ...]) -> DefId | None:
        """The ``macro_rules!`` of that name in textual scope at a position."""
        best: tuple[tuple[int, ...], DefId] | None = None
        at: DefId | None = scope
        while at is not None:
            found = self.map.scopes.get(at)
            for entry in found.legacy_macros.get(name, ()) if found is not None else ():
                if entry[0] < position and (best is None or entry[0] > best[0]):
                    best = entry
            at = at.parent
        return best[1] if best is not None else None

    def _splice_call(self, pending: PendingCall, macro: DefId) -> None:
        if pending.depth >= MAX_EXPANSION_DEPTH:
            self.map.diagnostics.append(
                errors.RecursionLimit(pending.item.name_span, pending.item.name).to_diagnostic(pending.call)
            )
            return
        definition = self._definition(macro)
        expanded = None
        if definition is not None:
            file = self.map.scopes[pending.scope].file
            expanded = expand_call(self.db, definition, pending.item, self.krate, file, self.map.probed_files)
        if expanded is None:
            self.map.scopes[pending.scope].is_open = True
            return
        self.map.diagnostics.extend(expansion_diagnostics(expanded, pending.call))
        self.expanded[pending.call] = expanded.tree
        self.map.expansions[pending.call] = macro
        self.depth = pending.depth + 1
        self.collect_items(pending.scope, pending.call, expanded.tree.items, (), pending.position)
        self.depth = 0

    def _definition(self, macro: DefId) -> MacroDef | None:
        """The rules of a macro of this map or of a finished one."""
        if macro in self.map.locations:
            item = self.item_at(macro)
            return parse_macro(item.header, self.krate.name) if item is not None else None
        return macro_definition(self.db, macro)

    def _give_up_call(self, pending: PendingCall, target: Target | None) -> None:
        """A macro that is not known may define anything."""
        scope = self.map.scopes[pending.scope]
        names, _, _ = macro_names(pending.item)
        if target is None and not scope.is_open and not self.imports.waits_for(names[0]):
            similar = best_match(names[-1], self._macro_candidates(pending.scope))
            fact = errors.UnresolvedMacro(pending.item.name_span, names[-1], similar)
            self.map.diagnostics.append(fact.to_diagnostic(pending.call))
        scope.is_open = True

    def _macro_candidates(self, scope: DefId) -> list[str]:
        names: list[str] = []
        at: DefId | None = scope
        while at is not None:
            found = self.map.scopes.get(at)
            names += [*found.legacy_macros, *found.macros] if found is not None else []
            at = at.parent
        return names
