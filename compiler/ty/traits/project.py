"""Projection: what ``<T as Trait>::Assoc`` stands for.

The ``impl Trait`` that a trait's function returns is one, too: each impl's function says what it is (``return_types``).

Order: where-clauses that equate it, declared bounds of a rigid self type, built-in rules (``FnOnce::Output`` of
callables, discriminant and metadata types), then the selected impl's definition. A projection whose trait holds only
by a where-clause is *rigid*: it stays, and equals only itself. One that cannot be decided yet becomes a variable plus
an obligation.
"""

from __future__ import annotations

from typing import Any, Final

from compiler.hir.def_id import DefKind
from compiler.query import Database, query
from compiler.ty import types as t
from compiler.ty.infcx import InferCtxt

MAX_DEPTH: Final = 128  # rustc's `recursion_limit`


class _Undecided:
    __slots__ = ()


RIGID: Final = _Undecided()
AMBIGUOUS_PROJECTION: Final = _Undecided()


def normalize(icx: InferCtxt, value: Any, cause: Any = None, depth: int = 0) -> Any:
    """Bottom-up replacement of projections (and, when revealing, opaque types and constants)."""
    if not value.flags & t.HAS_ALIAS:
        return value
    cls = type(value)
    if cls is t.Const:
        if value.kind == "unevaluated":
            args = tuple(normalize(icx, a, cause, depth) for a in value.args)
            return icx.eval_const(t.const_unevaluated(value.def_id, args, value.ty))
        return value
    if cls is not t.AliasTy:
        return t.map_children(value, lambda child: normalize(icx, child, cause, depth))
    args = tuple(normalize(icx, a, cause, depth) for a in value.args)
    alias = t.AliasTy(value.kind, value.def_id, args, value.index)
    if alias.kind == "opaque" and not is_of_trait(alias):
        return _reveal(icx, alias, depth) if icx.reveal else alias
    if depth > MAX_DEPTH:
        icx.overflow = icx.overflow or t.ProjectionPredicate(alias, t.ERROR)
        return t.ERROR
    key = _kept_as(icx, alias)
    known = icx.resolve(icx.projections[key]) if key in icx.projections else None
    if known is not None and not known.flags & t.HAS_INFER:
        return known
    found = project(icx, alias, depth)
    if found is RIGID:
        resolved = icx.resolve(alias)
        return _reveal(icx, resolved, depth) if icx.reveal and alias.kind == "opaque" else resolved
    if found is AMBIGUOUS_PROJECTION:
        var = icx.fresh(origin=cause)
        icx.register(t.ProjectionPredicate(alias, var), cause, depth + 1)
        return var
    normal = normalize(icx, found, cause, depth + 1)
    if key is not None:
        icx.keep_projection(key, normal)
    return normal


def _kept_as(icx: InferCtxt, alias: t.AliasTy) -> t.AliasTy | None:
    """The projection to remember, where no query does: of adapters around closures of this body. What each asks of the
    one below it would else be proved again at every level, three times as often as at the level above.
    """
    if icx.closure_facts is None or alias.kind != "projection":
        return None
    key: t.AliasTy = icx.resolve(alias)
    return key if not key.flags & t.HAS_INFER and any(type(n) is t.ClosureTy for n in t.walk(key)) else None


def _reveal(icx: InferCtxt, alias: t.AliasTy, depth: int) -> t.Ty:
    from compiler.ty.infer import hidden_type

    hidden = hidden_type(icx.db, alias.def_id, alias.index)
    if hidden is None or depth > 40 or _mentions_opaque(hidden, alias):
        return alias
    revealed: t.Ty = normalize(icx, t.subst(hidden, alias.args), None, depth + 1)
    return revealed


def _mentions_opaque(hidden: t.Ty, alias: t.AliasTy) -> bool:
    """A type that is made of itself has no end; it stays hidden."""
    nodes = (node for node in t.walk(hidden) if type(node) is t.AliasTy and node.kind == "opaque")
    return any(node.def_id is alias.def_id and node.index == alias.index for node in nodes)


@query
def alias_bounds_identity(db: Database, kind: str, def_id: Any, index: int) -> tuple[t.Predicate, ...]:
    """Declared bounds of an associated or opaque type on its identity alias, elaborated with supertraits."""
    from compiler.ty.collect import item_bounds, opaque_bounds
    from compiler.ty.traits.env import elaborate

    if kind == "opaque":
        return elaborate(db, opaque_bounds(db, def_id, index))
    return elaborate(db, item_bounds(db, def_id))


def alias_bounds(db: Database, alias: t.AliasTy) -> tuple[t.Predicate, ...]:
    """Declared bounds of this alias."""
    return tuple(t.subst(p, alias.args) for p in alias_bounds_identity(db, alias.kind, alias.def_id, alias.index))


def is_of_trait(alias: t.AliasTy) -> bool:
    """What a trait says of an associated type, or of an ``impl Trait`` that its function returns."""
    return alias.def_id.parent is not None and alias.def_id.parent.kind is DefKind.TRAIT


def trait_ref_of(db: Database, alias: t.AliasTy) -> t.TraitRef:
    """The trait reference a projection belongs to."""
    from compiler.ty.generics import generics_of

    trait = alias.def_id.parent
    assert trait is not None
    return t.TraitRef(trait, alias.args[: generics_of(db, trait).count])


def _env_projection(icx: InferCtxt, alias: t.AliasTy) -> Any:
    candidates = list(icx.env.projections.get(alias.def_id, ()))
    self_ty = icx.shallow(alias.args[0])  # type: ignore[arg-type]
    if type(self_ty) is t.AliasTy:
        candidates += [
            p
            for p in alias_bounds(icx.db, self_ty)
            if isinstance(p, t.ProjectionPredicate) and p.alias.def_id is alias.def_id
        ]
    elif type(self_ty) is t.DynTy:
        from compiler.ty.traits.object import object_predicates

        known = object_predicates(icx.db, icx.resolve(self_ty))
        candidates += [p for p in known if isinstance(p, t.ProjectionPredicate) and p.alias.def_id is alias.def_id]
    matches: list[t.ProjectionPredicate] = []
    for candidate in candidates:
        if candidate.alias is not alias and any(n is alias for arg in candidate.alias.args for n in t.walk(arg)):
            continue  # its self type is a projection of this very alias: asking would go round
        mark = icx.snapshot()
        if icx.unify_args(candidate.alias.args, alias.args) and candidate.term is not alias:
            matches.append(candidate)
        icx.rollback_to(mark)
    if not matches:
        return None
    is_open = icx.resolve(alias).flags & t.HAS_INFER
    if is_open and (len({m.term for m in matches}) > 1 or _has_rivals(icx, alias, self_ty)):
        return AMBIGUOUS_PROJECTION
    icx.unify_args(matches[0].alias.args, alias.args)
    return matches[0].term


def _has_rivals(icx: InferCtxt, alias: t.AliasTy, self_ty: t.Ty) -> bool:
    """``T: From<u8, Error = E> + From<N>``: while the argument is open, which bound is meant is, too."""
    ref = trait_ref_of(icx.db, alias)
    known = list(icx.env.traits.get(ref.def_id, ()))
    if type(self_ty) is t.AliasTy:
        bounds = (p.trait_ref for p in alias_bounds(icx.db, self_ty) if isinstance(p, t.TraitPredicate))
        known += [r for r in bounds if r.def_id is ref.def_id]
    fitting = {r for r in known if icx.probe(lambda r=r: icx.unify_args(r.args, ref.args))}  # type: ignore[misc]
    return len(fitting) > 1


def project(icx: InferCtxt, alias: t.AliasTy, depth: int = 0) -> Any:
    """A type, :data:`RIGID` or :data:`AMBIGUOUS_PROJECTION`."""
    from compiler.ty.traits.return_types import impl_return_type
    from compiler.ty.traits.select import AMBIGUOUS, select

    self_ty = icx.shallow(alias.args[0])  # type: ignore[arg-type]
    if self_ty is t.ERROR:
        return t.ERROR
    if type(self_ty) is t.InferTy and self_ty.kind == "ty":
        return AMBIGUOUS_PROJECTION
    found = _env_projection(icx, alias)
    if found is not None:
        return found
    builtin = _builtin_projection(icx, alias, self_ty)
    if builtin is not None:
        return builtin
    ref = trait_ref_of(icx.db, alias)
    chosen = select(icx, ref, 0)
    if chosen is AMBIGUOUS:
        return AMBIGUOUS_PROJECTION
    if chosen is None and not icx.resolve(ref).flags & (t.HAS_INFER | t.HAS_PARAM):
        return t.ERROR  # the trait does not hold: its own obligation says so
    if chosen is None or chosen.kind != "impl":
        return RIGID
    for predicate in chosen.nested:
        icx.register(predicate, None, depth + 1)
    assert chosen.impl_id is not None
    if alias.kind == "opaque":
        return impl_return_type(icx, alias, chosen.impl_id, chosen.args) or RIGID
    return _impl_assoc_type(icx, alias, chosen.impl_id, chosen.args)


def _impl_assoc_type(icx: InferCtxt, alias: t.AliasTy, impl_id: Any, impl_args: t.GenericArgs) -> Any:
    from compiler.ty.collect import assoc_items, type_of
    from compiler.ty.generics import generics_of

    own_args = alias.args[generics_of(icx.db, alias.def_id).parent_count :]
    for item in assoc_items(icx.db, impl_id).get(alias.def_id.name, ()):
        if item.kind is DefKind.TYPE_ALIAS:
            return t.erase_regions(t.subst(type_of(icx.db, item), impl_args + own_args))
    default = type_of(icx.db, alias.def_id)
    if default is t.ERROR:
        return t.ERROR
    return t.erase_regions(t.subst(default, alias.args))


def _builtin_projection(icx: InferCtxt, alias: t.AliasTy, self_ty: t.Ty) -> Any:
    from compiler.resolve.lang import lang_name_of
    from compiler.ty.traits.builtin import callable_sig

    trait = alias.def_id.parent
    assert trait is not None
    name = lang_name_of(icx.db, trait)
    if name == "fn_once":
        sig = callable_sig(icx, self_ty)
        if sig is None:
            return None
        given = alias.args[1]
        assert isinstance(given, t.Ty)
        icx.unify(icx.normalize(t.TupleTy(sig.inputs)), given)
        return icx.normalize(sig.output)
    if name == "discriminant_kind":
        from compiler.ty.adt import discriminant_ty

        return RIGID if type(self_ty) in (t.ParamTy, t.AliasTy) else discriminant_ty(icx.db, self_ty)
    if name == "pointee_trait":
        if self_ty is t.str_ or type(self_ty) is t.SliceTy:
            return t.usize
        return RIGID if type(self_ty) in (t.ParamTy, t.AliasTy) else t.UNIT
    return None
