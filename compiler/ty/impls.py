"""Impls: headers, and the indices through which trait selection and method lookup find them.

What it is: ``impl_header`` of one impl; per crate, an index of its impls by trait and by simplified self type; over
all crates, ``trait_impls`` and ``inherent_impls``.

Assumes: impls inside bodies belong to the crate of the body. Guarantees: an edit re-reads one crate's headers, and
readers re-run only if the impls of *their* trait or type changed.

Example: ``impl<T> From<T> for Wrapper<T>`` is in ``trait_impls(db, From)`` with ``trait_ref`` ``Wrapper<T>: From<T>``.
"""

from __future__ import annotations

from typing import Any

from compiler.base.dataclass import dataclass
from compiler.base.span import Span
from compiler.diagnostics.model import Diagnostic
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId
from compiler.query import Database, query
from compiler.resolve.def_map import all_crates, def_map, local_map, local_owners
from compiler.resolve.lowering import signature
from compiler.resolve.params import param_table
from compiler.resolve.resolver import Resolver
from compiler.ty import types as t
from compiler.ty.lower import TyLowering

SimplifiedType = Any  # hashable: DefId of an ADT, or a tuple that names the head of a type


@dataclass(frozen=True, slots=True)
class ImplHeader:
    """``trait_ref``: None for inherent impls and for impls of unknown traits (then ``of_trait`` is still set)."""

    impl: DefId
    self_ty: t.Ty
    trait_ref: t.TraitRef | None
    of_trait: bool
    positive: bool = True
    is_unsafe: bool = False


@dataclass(frozen=True, slots=True)
class TraitImpl:
    """One entry of :func:`trait_impls`."""

    impl: DefId
    trait_ref: t.TraitRef


@query(cycle=lambda db, impl: ImplHeader(impl, t.ERROR, None, True))
def impl_header(db: Database, impl: DefId) -> ImplHeader:
    """Self type and trait of an impl."""
    return lower_impl_header(db, impl, [])


def lower_impl_header(db: Database, impl: DefId, diagnostics: list[Diagnostic]) -> ImplHeader:
    """:func:`impl_header` with its diagnostics."""
    decl = signature(db, impl)
    if not isinstance(decl, h.ImplDecl):
        return ImplHeader(impl, t.ERROR, None, False)
    table = param_table(db, impl)
    anonymous = [p.index for p in table.own if p.synthetic]
    used = 0

    def elided(span: Span) -> t.Region:
        nonlocal used
        used += 1
        return t.Region("early", "_", anonymous[used - 1], impl) if used <= len(anonymous) else t.ERASED

    lowering = TyLowering(db, Resolver(db, impl, signature=True), decl.store, diagnostics=diagnostics, elided=elided)
    self_ty = lowering.lower(decl.self_ty)
    trait_ref = None
    if decl.trait_path is not None:
        lowering.self_ty = self_ty
        trait_ref, _ = lowering.lower_trait_ref(decl.trait_path, self_ty)
    return ImplHeader(impl, self_ty, trait_ref, decl.trait_path is not None, not decl.negative, decl.is_unsafe)


def impl_trait_ref(db: Database, impl: DefId) -> t.TraitRef | None:
    """The trait reference an impl implements; None for inherent impls and unknown traits."""
    return impl_header(db, impl).trait_ref


def impl_is_positive(db: Database, impl: DefId) -> bool:
    """False for ``impl !Trait for T``."""
    return impl_header(db, impl).positive


def simplify(ty: Any) -> SimplifiedType | None:
    """The head of a type as an index key; None where any impl may apply (parameters, aliases, variables, errors)."""
    kind = type(ty)
    if kind is t.AdtTy:
        return ty.def_id
    if kind in (t.IntTy, t.FloatTy) or (kind is t.SimpleTy and ty is not t.ERROR):
        return ("prim", ty.name)
    if kind is t.RefTy:
        return ("&mut",) if ty.mutable else ("&",)
    if kind is t.PtrTy:
        return ("*mut",) if ty.mutable else ("*const",)
    if kind is t.SliceTy:
        return ("[]",)
    if kind is t.ArrayTy:
        return ("[;]",)
    if kind is t.TupleTy:
        return ("tuple", len(ty.elems))
    if kind is t.FnPtrTy:
        return ("fn", len(ty.inputs))
    if kind is t.FnDefTy:
        return ("fn item", ty.def_id)
    if kind is t.ClosureTy:
        return ("closure", ty.def_id)
    if kind is t.DynTy:
        return ("dyn", ty.bounds[0][0] if ty.bounds else None)
    return None


# ---------------------------------------------------------------- indices


@dataclass(slots=True)
class ImplIndex:
    """The impls of one crate: by trait, and inherent ones by simplified self type."""

    by_trait: dict[DefId, tuple[TraitImpl, ...]]
    inherent: dict[SimplifiedType, tuple[DefId, ...]]


@query
def crate_impls(db: Database, krate: DefId) -> tuple[DefId, ...]:
    """Every impl of a crate, in order, those in bodies last."""
    own = list(def_map(db, krate).impls)
    for owner in local_owners(db, krate):
        local = local_map(db, owner)
        if local is not None:
            own.extend(local.impls)
    return tuple(own)


@query
def impl_index(db: Database, krate: DefId) -> ImplIndex:
    """The index of a crate."""
    by_trait: dict[DefId, list[TraitImpl]] = {}
    inherent: dict[SimplifiedType, list[DefId]] = {}
    for impl in crate_impls(db, krate):
        header = impl_header(db, impl)
        if header.trait_ref is not None:
            if not header.self_ty.flags & t.HAS_ERROR:
                by_trait.setdefault(header.trait_ref.def_id, []).append(TraitImpl(impl, header.trait_ref))
        elif not header.of_trait:
            key = simplify(header.self_ty)
            if key is not None:
                inherent.setdefault(key, []).append(impl)
    return ImplIndex({k: tuple(v) for k, v in by_trait.items()}, {k: tuple(v) for k, v in inherent.items()})


@query
def crate_trait_impls(db: Database, krate: DefId, trait: DefId) -> tuple[TraitImpl, ...]:
    """The impls of a trait in one crate."""
    return impl_index(db, krate).by_trait.get(trait, ())


@query
def trait_impls(db: Database, trait: DefId) -> tuple[TraitImpl, ...]:
    """The impls of a trait in all crates."""
    out: tuple[TraitImpl, ...] = ()
    for krate in all_crates(db):
        out += crate_trait_impls(db, krate, trait)
    return out


@query
def trait_impl_table(db: Database, trait: DefId) -> dict[SimplifiedType | None, tuple[int, ...]]:
    """Positions in :func:`trait_impls` by the head of the self type (None: impls for any type)."""
    out: dict[SimplifiedType | None, list[int]] = {}
    for position, impl in enumerate(trait_impls(db, trait)):
        out.setdefault(simplify(impl.trait_ref.self_ty), []).append(position)
    return {key: tuple(positions) for key, positions in out.items()}


def trait_impls_for(db: Database, trait: DefId, key: SimplifiedType | None) -> tuple[TraitImpl, ...]:
    """The impls of a trait that may apply to a type with this head (:func:`simplify`; None: to any), in order."""
    impls = trait_impls(db, trait)
    if key is None:
        return impls
    table = trait_impl_table(db, trait)
    return tuple([impls[i] for i in sorted((*table.get(key, ()), *table.get(None, ())))])


@query
def drop_impl(db: Database, adt: DefId) -> DefId | None:
    """The ``impl Drop`` of an ADT."""
    from compiler.resolve.lang import lang_item

    trait = lang_item(db, "drop")
    if trait is None:
        return None
    for header in trait_impls(db, trait):
        self_ty = header.trait_ref.args[0]
        if isinstance(self_ty, t.AdtTy) and self_ty.def_id is adt:
            return header.impl
    return None


@query
def crate_inherent_impls(db: Database, krate: DefId, key: SimplifiedType) -> tuple[DefId, ...]:
    """The inherent impls for a simplified type in one crate."""
    return impl_index(db, krate).inherent.get(key, ())


@query
def inherent_impls(db: Database, key: SimplifiedType) -> tuple[DefId, ...]:
    """The inherent impls for a simplified type in all crates (built-in types: the library's)."""
    if isinstance(key, DefId):
        return crate_inherent_impls(db, key.krate, key)
    out: tuple[DefId, ...] = ()
    for krate in all_crates(db):
        out += crate_inherent_impls(db, krate, key)
    return out
