"""Where a name that is not in scope could be imported from.

Guarantees: paths usable from the asking module, shortest first; computed only when an error is worded.

Example: an unresolved ``AtomicU32`` gives ``core::sync::atomic::AtomicU32``.
"""

from __future__ import annotations

from compiler.hir.def_id import DefId, DefKind
from compiler.query import Database, query
from compiler.resolve.def_map import all_crates, def_map, extern_names
from compiler.resolve.scope import Namespace


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


def import_candidates(db: Database, module: DefId, name: str, namespace: Namespace) -> tuple[str, ...]:
    """Paths to import ``name`` from, for a module."""
    names = extern_names(db, module.krate)
    usable = {target: extern for extern, target in reversed(names.items()) if isinstance(target, DefId)}
    out: list[str] = []
    for krate in all_crates(db):
        prefix = "crate" if krate is module.krate else usable.get(krate)
        if prefix is None:
            continue
        for path in public_paths(db, krate).get((namespace, name), ()):
            out.append(prefix + path[len(krate.name) :])
    return tuple(sorted(out, key=lambda p: (p.count("::"), p))[:3])
