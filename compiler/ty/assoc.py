"""Associated types by name: ``T::Item``, ``Self::Output``, ``Iterator<Item = X>``.

What it is: finding which trait an associated type belongs to. For a type parameter, the bounds written on it are
searched by trait *name* first and only the bound that has the type is lowered, so that bounds may mention the very
associated types they introduce.

Guarantees: the answer is an alias ``<T as Trait<..>>::Item``; normalising it is the trait solver's business.

Example: in ``fn f<I: Iterator>(x: I::Item)``, ``I::Item`` is ``<I as Iterator>::Item``.
"""

from __future__ import annotations

from collections.abc import Iterator

from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.query import Database, query
from compiler.resolve import resolver as r
from compiler.resolve.impl_traits import argument_impl_traits
from compiler.resolve.lowering import signature
from compiler.resolve.params import params_parent
from compiler.resolve.similar import best_match
from compiler.ty import lower_errors as e
from compiler.ty import types as t
from compiler.ty.lower import TyLowering


def trait_assoc_type(db: Database, trait: DefId, name: str) -> DefId | None:
    """The trait's own associated type of that name."""
    from compiler.ty.collect import assoc_items

    for item in assoc_items(db, trait).get(name, ()):
        if item.kind is DefKind.TYPE_ALIAS:
            return item
    return None


@query
def supertrait_bounds(db: Database, trait: DefId) -> tuple[tuple[DefId, h.BoundRef], ...]:
    """The supertraits written on a trait (``trait A: B`` and ``where Self: B``), with the trait each names."""
    decl = signature(db, trait)
    if not isinstance(decl, h.TraitDecl):
        return ()
    resolver = r.Resolver(db, trait, signature=True)
    bounds = list(decl.supertraits)
    for clause in decl.generics.where:
        if isinstance(clause.ty, h.PathType) and clause.ty.path.plain_name() == "Self":
            bounds.extend(clause.bounds)
    return tuple((found, b) for b in bounds if (found := bound_trait(resolver, b)) is not None)


def bound_trait(resolver: r.Resolver, bound: h.BoundRef) -> DefId | None:
    """The trait a bound names, arguments not looked at."""
    if bound.path is None or bound.maybe:
        return None
    res = resolver.resolve_trait_path(bound.path)
    return res.def_id if isinstance(res, r.TypeDefRes) and res.def_id.kind is DefKind.TRAIT else None


@query(cycle=lambda db, trait, number: None)
def supertrait_ref(db: Database, trait: DefId, number: int) -> t.TraitRef | None:
    """The ``number``-th supertrait of a trait for ``Self``."""
    bounds = supertrait_bounds(db, trait)
    lowering = TyLowering(db, r.Resolver(db, trait, signature=True), None)
    path = bounds[number][1].path
    assert path is not None
    with lowering.binder(bounds[number][1].for_lifetimes):
        return lowering.lower_trait_ref(path, t.ParamTy(0, "Self"))[0]


@query(cycle=lambda db, trait, name: None)
def assoc_type_holder(db: Database, trait: DefId, name: str) -> tuple[t.TraitRef, DefId] | None:
    """The trait among ``trait`` and its supertraits that declares the associated type, as a reference for ``Self``."""
    from compiler.ty.generics import identity_args

    item = trait_assoc_type(db, trait, name)
    if item is not None:
        return t.TraitRef(trait, identity_args(db, trait)), item
    for number, (parent, _) in enumerate(supertrait_bounds(db, trait)):
        found = assoc_type_holder(db, parent, name)
        if found is not None:
            ref = supertrait_ref(db, trait, number)
            return (t.subst(found[0], ref.args), found[1]) if ref is not None else None
    return None


def find_assoc_type(db: Database, trait_ref: t.TraitRef, name: str) -> tuple[t.TraitRef, DefId] | None:
    """The associated type of that name in a trait reference or its supertraits."""
    found = assoc_type_holder(db, trait_ref.def_id, name)
    return (t.subst(found[0], trait_ref.args), found[1]) if found is not None else None


# ---------------------------------------------------------------- shorthand


def assoc_type_path(lowering: TyLowering, ty: t.Ty, res: r.Resolution | None, segment: h.PathSegment) -> t.Ty:
    """``ty::segment`` in type position. ``res``: what the path before it resolved to, if it was a name."""
    from compiler.ty.lower_args import lower_args

    name = h.strip_mark(segment.name)
    if ty is t.ERROR:
        return t.ERROR
    found = _shorthand(lowering, ty, res, name)
    if found is None:
        if _unknown_trait_involved(lowering, ty, res):
            return t.ERROR
        return _no_assoc_type(lowering, ty, segment, name)
    trait_ref, item = found
    return t.AliasTy("projection", item, lower_args(lowering, item, segment, trait_ref.args))


def _shorthand(lowering: TyLowering, ty: t.Ty, res: r.Resolution | None, name: str) -> tuple[t.TraitRef, DefId] | None:
    db = lowering.db
    if isinstance(res, r.SelfTyRes):
        if res.def_id.kind is DefKind.TRAIT:
            found = assoc_type_holder(db, res.def_id, name)
            return found if found is not None else _from_bounds(lowering, ty, name)
        if res.def_id.kind is DefKind.IMPL:
            found = _from_impl(lowering, res.def_id, ty, name)
            if found is not None:
                return found
    if isinstance(ty, t.ParamTy | t.AliasTy):
        return _from_bounds(lowering, ty, name)
    return None


def _from_impl(lowering: TyLowering, impl: DefId, self_ty: t.Ty, name: str) -> tuple[t.TraitRef, DefId] | None:
    """``Self::X`` in a trait impl: an associated type of the trait."""
    decl = signature(lowering.db, impl)
    if not isinstance(decl, h.ImplDecl) or decl.trait_path is None:
        return None
    trait = bound_trait(lowering.resolver, h.BoundRef(decl.trait_path))
    if trait is None or assoc_type_holder(lowering.db, trait, name) is None:
        return None
    trait_ref = _impl_trait_ref(lowering, impl, decl, self_ty)
    return find_assoc_type(lowering.db, trait_ref, name) if trait_ref is not None else None


def _impl_trait_ref(lowering: TyLowering, impl: DefId, decl: h.ImplDecl, self_ty: t.Ty) -> t.TraitRef | None:
    if lowering.owner is impl and lowering.self_ty is not None:  # inside the header itself: impl Tr<Self::X> for ..
        assert decl.trait_path is not None
        plain = h.Path(
            (
                *decl.trait_path.segments[:-1],
                h.PathSegment(decl.trait_path.segments[-1].name, None, decl.trait_path.segments[-1].span),
            ),
            decl.trait_path.anchor,
            decl.trait_path.n_super,
            decl.trait_path.krate,
            span=decl.trait_path.span,
        )
        return TyLowering(lowering.db, lowering.resolver, None, self_ty=self_ty).lower_trait_ref(plain, self_ty)[0]
    from compiler.ty.impls import impl_trait_ref

    return impl_trait_ref(lowering.db, impl)


def _from_bounds(lowering: TyLowering, ty: t.Ty, name: str) -> tuple[t.TraitRef, DefId] | None:
    """Search the bounds on a parameter or alias in force in the owner, then those an alias is declared with."""
    db = lowering.db
    at: DefId | None = lowering.owner
    while at is not None and at.kind not in (DefKind.MOD, DefKind.CRATE):
        resolver = lowering.resolver if at is lowering.owner else r.Resolver(db, at, signature=True)
        for bound in bounds_on(db, at, ty):
            found = _through_bound(lowering, at, resolver, bound, ty, name)
            if found is not None:
                return found
        if at.kind is DefKind.TRAIT and isinstance(ty, t.ParamTy) and ty.index == 0:
            return assoc_type_holder(db, at, name)
        at = params_parent(at)
    return _from_declared_bounds(lowering, ty, name) if isinstance(ty, t.AliasTy) else None


def _through_bound(
    lowering: TyLowering, at: DefId, resolver: r.Resolver, bound: h.BoundRef, ty: t.Ty, name: str
) -> tuple[t.TraitRef, DefId] | None:
    trait = bound_trait(resolver, bound)
    if trait is None or assoc_type_holder(lowering.db, trait, name) is None:
        return None
    assert bound.path is not None
    decl = signature(lowering.db, at)
    inner = TyLowering(lowering.db, resolver, decl.store if decl is not None else None)
    inner.binders = lowering.binders
    with inner.binder(bound.for_lifetimes):
        plain = _without_bindings(bound.path)
        trait_ref, _ = inner.lower_trait_ref(plain, ty)
    return find_assoc_type(lowering.db, trait_ref, name) if trait_ref is not None else None


def _without_bindings(path: h.Path) -> h.Path:
    """The path with its associated type bindings left out (they may mention what is being looked for)."""
    last = path.segments[-1]
    if last.args is None or not last.args.bindings or last.args.parenthesized:
        return path
    args = h.GenericArgsRef(last.args.args, (), False, last.args.span)
    return h.Path(
        (*path.segments[:-1], h.PathSegment(last.name, args, last.span)),
        path.anchor,
        path.n_super,
        path.krate,
        span=path.span,
    )


def bounds_on(db: Database, owner: DefId, ty: t.Ty) -> Iterator[h.BoundRef]:
    """Bounds the owner's own generics write on a parameter or an alias, in the order written."""
    decl = signature(db, owner)
    if decl is None:
        return
    wanted = alias_text(ty)
    for param in decl.generics.params:
        if param.kind == "type" and isinstance(ty, t.ParamTy) and param.name == ty.name:
            yield from param.bounds
    if isinstance(decl, h.FnDecl) and isinstance(ty, t.ParamTy) and ty.name.startswith("impl#"):
        yield from argument_impl_traits(decl)[int(ty.name[5:])].bounds
    for clause in decl.generics.where:
        if isinstance(clause.ty, h.PathType) and path_text(clause.ty.path) in wanted:
            yield from clause.bounds


def alias_text(ty: t.Ty) -> frozenset[str]:
    """How a parameter or an alias of one may be written as the subject of a where-clause."""
    if isinstance(ty, t.ParamTy):
        return frozenset((ty.name,))
    if isinstance(ty, t.AliasTy) and ty.kind == "projection" and isinstance(ty.args[0], t.Ty):
        return frozenset(f"{base}::{ty.def_id.name}" for base in alias_text(ty.args[0]))
    return frozenset()


def path_text(path: h.Path) -> str:
    """A path as :func:`alias_text` writes it: ``T::Item`` also for ``<T as Trait>::Item``."""
    if path.qself is not None:
        base = path_text(path.qself.path) if isinstance(path.qself, h.PathType) else "?"
        return "::".join((base, *(s.name for s in path.segments[path.n_trait_segments :])))
    return "::".join(s.name for s in path.segments)


def _from_declared_bounds(lowering: TyLowering, alias: t.AliasTy, name: str) -> tuple[t.TraitRef, DefId] | None:
    """The bounds in the trait's declaration of the associated type (``type IntoIter: Iterator``)."""
    if alias.kind != "projection":
        return None
    decl = signature(lowering.db, alias.def_id)
    if not isinstance(decl, h.TypeAliasDecl):
        return None
    resolver = r.Resolver(lowering.db, alias.def_id, signature=True)
    for bound in decl.bounds:
        trait = bound_trait(resolver, bound)
        if trait is not None and assoc_type_holder(lowering.db, trait, name) is not None:
            assert bound.path is not None
            inner = TyLowering(lowering.db, resolver, decl.store)
            from compiler.ty.generics import identity_args

            identity = t.AliasTy("projection", alias.def_id, identity_args(lowering.db, alias.def_id))
            trait_ref, _ = inner.lower_trait_ref(_without_bindings(bound.path), identity)
            if trait_ref is not None:
                return find_assoc_type(lowering.db, t.subst(trait_ref, alias.args), name)
    return None


def _unknown_trait_involved(lowering: TyLowering, ty: t.Ty, res: r.Resolution | None) -> bool:
    """Whether a trait that is not known could have the associated type."""
    db = lowering.db
    paths: list[h.BoundRef] = []
    at: DefId | None = lowering.owner
    while at is not None and at.kind not in (DefKind.MOD, DefKind.CRATE):
        paths.extend(bounds_on(db, at, ty))
        decl = signature(db, at)
        if isinstance(res, r.SelfTyRes) and at is res.def_id:
            if isinstance(decl, h.ImplDecl) and decl.trait_path is not None:
                paths.append(h.BoundRef(decl.trait_path))
            elif isinstance(decl, h.TraitDecl):
                paths.extend(decl.supertraits)
        at = params_parent(at)
    resolver = lowering.resolver
    return any(b.path is not None and isinstance(resolver.resolve_trait_path(b.path), r.UnknownRes) for b in paths)


def _no_assoc_type(lowering: TyLowering, ty: t.Ty, segment: h.PathSegment, name: str) -> t.Ty:
    if ty.flags & t.HAS_ERROR:
        return t.ERROR
    if isinstance(ty, t.ParamTy | t.AliasTy):
        lowering.error(e.NoSuchAssocType(segment.span, name, repr(ty), best_match(name, _known_names(lowering, ty))))
    elif isinstance(ty, t.AdtTy) and ty.def_id.kind is DefKind.ENUM and _is_variant(lowering, ty.def_id, name):
        lowering.error(e.NotAType(segment.span, f"{ty.def_id.name}::{name}", "variant"))
    elif not isinstance(ty, t.InferTy):
        lowering.error(e.AmbiguousAssocType(segment.span, repr(ty), name))
    return t.ERROR


def _is_variant(lowering: TyLowering, enum_def: DefId, name: str) -> bool:
    from compiler.resolve.def_map import enum_variants

    return any(variant == name for variant, _ in enum_variants(lowering.db, enum_def))


def _known_names(lowering: TyLowering, ty: t.Ty) -> list[str]:
    from compiler.ty.collect import assoc_items

    names: list[str] = []
    at: DefId | None = lowering.owner
    while at is not None and at.kind not in (DefKind.MOD, DefKind.CRATE):
        resolver = r.Resolver(lowering.db, at, signature=True)
        for bound in bounds_on(lowering.db, at, ty):
            trait = bound_trait(resolver, bound)
            if trait is not None:
                names.extend(
                    n for n, items in assoc_items(lowering.db, trait).items() if items[0].kind is DefKind.TYPE_ALIAS
                )
        at = params_parent(at)
    return names
