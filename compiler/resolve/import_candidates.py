"""Where a name that is not in scope could be imported from.

Guarantees: paths usable from the asking module, shortest first; computed only when an error is worded.

Example: an unresolved ``AtomicU32`` gives ``core::sync::atomic::AtomicU32``.
"""

from __future__ import annotations

from collections.abc import Iterator

from compiler.hir.def_id import DefId, DefKind
from compiler.query import Database, query
from compiler.resolve.def_map import all_crates, def_map, extern_names
from compiler.resolve.scope import Namespace, is_visible


@query
def public_paths(db: Database, krate: DefId) -> dict[tuple[Namespace, str], tuple[str, ...]]:
    """Every public name of a crate with the shortest public path of modules that leads to it."""
    found: dict[tuple[Namespace, str], list[str]] = {}
    work: list[tuple[DefId, str]] = [(krate, krate.name)]
    seen = {krate}
    scopes = def_map(db, krate).scopes
    for module, path in work:
        scope = scopes.get(module)
        if scope is None:
            continue
        for namespace in (Namespace.TYPES, Namespace.VALUES):
            for name, binding in scope.table(namespace).items():
                target = binding.target
                if binding.visibility is not None or not isinstance(target, DefId):
                    continue
                if target.kind is DefKind.MOD:
                    if target not in seen:
                        seen.add(target)
                        work.append((target, f"{path}::{name}"))
                else:
                    found.setdefault((namespace, name), []).append(f"{path}::{name}")
    return {key: tuple(paths[:3]) for key, paths in found.items()}


def modules_with(db: Database, asking: DefId, name: str, member: str) -> tuple[str, ...]:
    """Paths of the modules of that name, usable from the asking module, that have an item ``member``."""
    out: list[str] = []
    for krate, prefix in _usable_crates(db, asking):
        scopes = def_map(db, krate).scopes
        for module, scope in scopes.items():
            if module.kind is not DefKind.MOD or module.name != name or module.parent is None:
                continue
            around = scopes.get(module.parent.module)
            binding = around.table(Namespace.TYPES).get(name) if around is not None else None
            if binding is None or binding.target is not module or not is_visible(binding.visibility, asking):
                continue
            if any(member in scope.table(namespace) for namespace in Namespace):
                out.append(prefix + module.path[len(krate.name) :])
    return tuple(sorted(out, key=lambda p: (p.count("::"), p))[:3])


def _usable_crates(db: Database, module: DefId) -> Iterator[tuple[DefId, str]]:
    """Crates that a module can name, each with how it does."""
    names = extern_names(db, module.krate)
    usable = {target: extern for extern, target in reversed(names.items()) if isinstance(target, DefId)}
    for krate in all_crates(db):
        prefix = "crate" if krate is module.krate else usable.get(krate)
        if prefix is not None:
            yield krate, prefix


def import_candidates(db: Database, module: DefId, name: str, namespace: Namespace) -> tuple[str, ...]:
    """Paths to import ``name`` from, for a module."""
    out: list[str] = []
    for krate, prefix in _usable_crates(db, module):
        for path in public_paths(db, krate).get((namespace, name), ()):
            out.append(prefix + path[len(krate.name) :])
    return tuple(sorted(out, key=lambda p: (p.count("::"), p))[:3])
