"""Which of the user's bodies are device code: what ``#[kernel]`` and ``#[device]`` functions mention, transitively.

What it is: the closure used to decide what is checked. It is taken before monomorphisation, so it errs on the large
side: a method of a trait counts with all its implementations in user crates, and a user type that device code
mentions counts with its trait impls (iterators, operators, ``Drop``), except formatting. Host functions outside it
are left alone.

Assumes: inference never fails. Guarantees: deterministic order. Example: ``#[kernel] fn k() { helper() } fn main() {
k() }`` gives ``[k, helper]``.
"""

from __future__ import annotations

from compiler.hir.def_id import DefId, DefKind
from compiler.query import Database, query
from compiler.resolve.def_map import def_map, local_map
from compiler.resolve.lowering import body
from compiler.semantics.definitions import BODY_OWNERS, crate_definitions, user_crates
from compiler.ty import results as r
from compiler.ty import types as t

_HOST_TRAIT_MODULES = ("core::fmt", "std::fmt", "core::error")


@query
def mentioned(db: Database, owner: DefId) -> tuple[DefId, ...]:
    """Functions, constants, statics and types of user crates that a body mentions."""
    from compiler.ty.infer import infer

    users = set(user_crates(db))
    result = infer(db, owner)
    found: dict[DefId, None] = {}
    tables = (result.values.values(), result.methods.values(), result.pat_consts.values())
    for res in (res for table in tables for res in table):
        if isinstance(res, r.DefRes):
            found[res.def_id] = None
            for arg in res.args:
                _note_types(arg, found)
    for ty in {*result.expr_types.values(), *result.binding_types.values()}:
        _note_types(ty, found)
    lowered = body(db, owner)
    if lowered is not None:
        found.update(dict.fromkeys(lowered.local_items))
    return tuple(d for d in found if d.krate in users or (d.parent is not None and d.parent.kind is DefKind.TRAIT))


def _note_types(arg: object, found: dict[DefId, None]) -> None:
    for node in t.walk(arg):
        if isinstance(node, t.AdtTy | t.FnDefTy):
            found[node.def_id] = None


@query
def impls_of_type(db: Database, krate: DefId) -> dict[DefId, tuple[DefId, ...]]:
    """Trait impls of a crate by the user type they are for, without formatting traits."""
    from compiler.ty.impls import impl_trait_ref

    out: dict[DefId, list[DefId]] = {}
    for impl in def_map(db, krate).impls:
        ref = impl_trait_ref(db, impl)
        if ref is None or (ref.def_id.module.path in _HOST_TRAIT_MODULES):
            continue
        self_ty = ref.args[0]
        if isinstance(self_ty, t.AdtTy):
            out.setdefault(self_ty.def_id, []).append(impl)
    return {adt: tuple(impls) for adt, impls in out.items()}


@query
def impls_of_trait(db: Database, krate: DefId) -> dict[DefId, tuple[DefId, ...]]:
    """Impls of a crate by trait."""
    from compiler.ty.impls import impl_trait_ref

    out: dict[DefId, list[DefId]] = {}
    for impl in def_map(db, krate).impls:
        ref = impl_trait_ref(db, impl)
        if ref is not None:
            out.setdefault(ref.def_id, []).append(impl)
    return {trait: tuple(impls) for trait, impls in out.items()}


def _members(db: Database, container: DefId, name: str | None = None) -> list[DefId]:
    from compiler.ty.collect import assoc_items

    items = assoc_items(db, container)
    found = [d for defs in (items.values() if name is None else [items.get(name, ())]) for d in defs]
    return [d for d in found if d.kind in BODY_OWNERS]


def _following(db: Database, def_id: DefId) -> list[DefId]:
    """What else is device code when ``def_id`` is mentioned."""
    parent = def_id.parent
    out: list[DefId] = []
    if parent is not None and parent.kind is DefKind.TRAIT:
        for krate in user_crates(db):
            for impl in impls_of_trait(db, krate).get(parent, ()):
                out += _members(db, impl, def_id.name)
    if def_id.kind in (DefKind.STRUCT, DefKind.ENUM, DefKind.UNION):
        for krate in user_crates(db):
            for impl in impls_of_type(db, krate).get(def_id, ()):
                out += _members(db, impl)
    if def_id.kind is DefKind.IMPL:
        out += _members(db, def_id)
    return out


def _closure(db: Database, roots: list[DefId]) -> tuple[DefId, ...]:
    users = set(user_crates(db))
    seen: dict[DefId, None] = dict.fromkeys(roots)
    work = list(reversed(roots))
    while work:
        db.checkpoint()
        at = work.pop()
        found = _following(db, at)
        if at.kind in BODY_OWNERS and at.krate in users:
            found += mentioned(db, at)
            local = local_map(db, at)
            found += local.impls if local is not None else []
        for def_id in found:
            if def_id not in seen:
                seen[def_id] = None
                work.append(def_id)
    return tuple(d for d in seen if d.krate in users)


@query
def device_reach(db: Database) -> tuple[DefId, ...]:
    """User definitions that are device code or that device code mentions."""
    from compiler.resolve.attrs import is_device_body

    roots = [
        d for krate in user_crates(db) for d in crate_definitions(db, krate)
        if d.kind is DefKind.FN and is_device_body(db, d)
    ]  # fmt: skip
    return _closure(db, roots)


@query
def kernel_reach(db: Database, kernel: DefId) -> tuple[DefId, ...]:
    """User definitions that one kernel mentions, itself first."""
    return _closure(db, [kernel])
