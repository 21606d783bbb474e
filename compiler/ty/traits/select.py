"""Trait selection: which impl, where-clause or built-in rule makes ``T: Trait<A>`` hold.

Order, as rustc's: where-clauses beat impls; several matching where-clauses or impls are *ambiguous* while the trait
reference holds inference variables. A single matching impl is chosen even if that binds variables (this is how ``u32:
Add<?int>`` is decided). Built-in rules cover ``Sized``, ``Copy``/``Clone`` of built-in types, ``Fn*`` of closures,
functions and fn pointers, auto traits, ``Tuple``, ``DiscriminantKind``, ``Pointee``, ``Destruct``.

A proof that needs proofs without end is :data:`OVERFLOW`, as in rustc after 128 of them (E0275), and is kept in
``icx.overflow``: nothing is decided in that context any more.

Guarantees: on success the context's variables are unified with the choice; on failure or ambiguity nothing is bound.
"""

from __future__ import annotations

from typing import Any, Final

from compiler.base.dataclass import dataclass
from compiler.hir.def_id import DefId
from compiler.query import Database, query
from compiler.ty import types as t
from compiler.ty.infcx import InferCtxt
from compiler.ty.traits.builtin import builtin_candidate
from compiler.ty.traits.env import ParamEnv
from compiler.ty.traits.project import MAX_DEPTH


@dataclass(frozen=True, slots=True)
class Selection:
    """``kind``: "impl" (``impl_id``, ``args``), "param" (where-clause), "builtin". ``nested`` must hold too."""

    kind: str
    impl_id: DefId | None = None
    args: t.GenericArgs = ()
    nested: tuple[t.Predicate, ...] = ()


AMBIGUOUS: Final = Selection("ambiguous")
PARAM: Final = Selection("param")
BUILTIN: Final = Selection("builtin")
OVERFLOW: Final = Selection("overflow")


def select(icx: InferCtxt, ref: t.TraitRef, depth: int = 0) -> Selection | None:
    """Select for a trait reference; None if it does not hold, :data:`AMBIGUOUS` if not decidable yet."""
    ref = icx.resolve(ref)
    if ref.flags & t.HAS_ERROR:
        return BUILTIN
    if not ref.flags & t.HAS_INFER and not (icx.closure_facts is not None and _mentions_closure(ref)):
        chosen = select_ground(icx.db, icx.env, ref, icx.reveal) if depth == 0 else _select_uncached(icx, ref, depth)
        if chosen is not None and chosen.kind == "overflow":
            icx.overflow = icx.overflow or t.TraitPredicate(ref)
        return chosen
    return _select_uncached(icx, ref, depth)


def _in_a_cycle(db: Database, env: ParamEnv, ref: t.TraitRef, reveal: bool) -> Selection | None:
    return BUILTIN if is_coinductive(db, ref) else None


@query(cycle=_in_a_cycle)
def select_ground(db: Database, env: ParamEnv, ref: t.TraitRef, reveal: bool) -> Selection | None:
    """Selection for a reference without inference variables; nested obligations are proved, impl args complete."""
    if db.nesting(select_ground) > MAX_DEPTH:
        return OVERFLOW
    icx = InferCtxt(db, env, reveal)
    chosen = _select_uncached(icx, ref, 1)
    if icx.overflow is not None:
        return OVERFLOW
    if chosen is None or chosen.kind != "impl":
        return chosen
    for predicate in chosen.nested:
        icx.register(predicate, None, 1)
    icx.select_where_possible()
    if icx.overflow is not None:
        return OVERFLOW
    if icx.errors:
        return None
    return Selection("impl", chosen.impl_id, tuple(map(_closed, icx.resolve_args(chosen.args))))


def _closed(arg: t.GenericArg) -> t.GenericArg:
    """A parameter that nothing fixes (E0207) is unknown; a variable would mean something else where it is read."""
    if not arg.flags & t.HAS_INFER:
        return arg
    return t.CONST_ERROR if isinstance(arg, t.Const) else t.ERROR


def _mentions_closure(ref: t.TraitRef) -> bool:
    return any(type(node) is t.ClosureTy for node in t.walk(ref))


def _select_uncached(icx: InferCtxt, ref: t.TraitRef, depth: int) -> Selection | None:
    if max(depth, len(icx.in_progress)) > MAX_DEPTH:
        icx.overflow = icx.overflow or t.TraitPredicate(ref)
        return OVERFLOW
    self_ty = icx.shallow(ref.self_ty)
    if type(self_ty) is t.AliasTy:
        normal = icx.normalize(self_ty)
        if normal is not self_ty:
            ref = t.TraitRef(ref.def_id, (normal, *ref.args[1:]))
            self_ty = icx.shallow(normal)
    if type(self_ty) is t.InferTy and self_ty.kind == "ty":
        return AMBIGUOUS
    if ref in icx.in_progress:
        return None if not is_coinductive(icx.db, ref) else BUILTIN
    icx.in_progress.append(ref)
    try:
        found = _param_candidates(icx, ref)
        if found is None:
            found = builtin_candidate(icx, ref, self_ty)
        if found is None or found == "none":
            return None if found == "none" else _impl_candidates(icx, ref, self_ty, depth)
        return _BUILTIN_RESULT[found]
    finally:
        icx.in_progress.pop()


_BUILTIN_RESULT: Final[dict[str, Selection]] = {"yes": BUILTIN, "ambiguous": AMBIGUOUS, "param": PARAM}


def is_coinductive(db: Database, ref: t.TraitRef) -> bool:
    """Traits that hold of a type if assuming so leads to no fault."""
    from compiler.resolve.lang import lang_name_of
    from compiler.ty.traits.builtin import is_auto_trait

    return lang_name_of(db, ref.def_id) == "sized" or is_auto_trait(db, ref.def_id)


def _bounds_in_scope(icx: InferCtxt, ref: t.TraitRef) -> list[t.TraitRef]:
    """Where-clauses for the trait, plus the declared bounds of a rigid associated, opaque or object self type."""
    bounds = icx.env.traits.get(ref.def_id)
    self_ty = icx.shallow(ref.self_ty)
    if type(self_ty) is t.DynTy:
        from compiler.ty.traits.object import object_predicates

        own = [p.trait_ref for p in object_predicates(icx.db, icx.resolve(self_ty)) if isinstance(p, t.TraitPredicate)]
        return [*(bounds or []), *(r for r in own if r.def_id is ref.def_id)]
    if type(self_ty) is not t.AliasTy:
        return bounds or []
    from compiler.ty.traits.project import alias_bounds

    extra = [p.trait_ref for p in alias_bounds(icx.db, self_ty) if isinstance(p, t.TraitPredicate)]
    return [*(bounds or []), *(r for r in extra if r.def_id is ref.def_id)]


def _param_candidates(icx: InferCtxt, ref: t.TraitRef) -> str | None:
    bounds = _bounds_in_scope(icx, ref)
    if not bounds:
        return None
    matching: list[t.TraitRef] = []
    for bound in bounds:
        mark = icx.snapshot()
        if icx.unify_args(bound.args, ref.args):
            resolved = icx.resolve(bound)
            if resolved not in matching:
                matching.append(resolved)
        icx.rollback_to(mark)
    if not matching:
        return None
    if len(matching) > 1:
        exact = [m for m in matching if m.args == ref.args]
        if not exact:
            return "ambiguous"
        matching = exact
    icx.unify_args(matching[0].args, ref.args)
    return "param"


def could_match(icx: InferCtxt, pattern: Any, ty: Any) -> bool:
    """Cheap necessary condition for unification of an impl header type with a type: compares the heads."""
    if not isinstance(ty, t.Ty) or not isinstance(pattern, t.Ty):
        return True
    ty = icx.shallow(ty)
    kind, pattern_kind = type(ty), type(pattern)
    if pattern_kind is t.ParamTy or pattern_kind is t.AliasTy or kind is t.AliasTy:
        return True
    if isinstance(ty, t.InferTy) and ty.kind == "ty":
        return True
    if isinstance(ty, t.InferTy):
        return pattern_kind is (t.IntTy if ty.kind == "int" else t.FloatTy)
    if kind is not pattern_kind:
        return False
    if kind in (t.IntTy, t.FloatTy, t.SimpleTy):
        return ty is pattern
    if kind is t.AdtTy:
        return ty.def_id is pattern.def_id  # type: ignore[attr-defined]
    if kind in (t.RefTy, t.PtrTy):
        return ty.mutable == pattern.mutable and could_match(icx, pattern.ty, ty.ty)  # type: ignore[attr-defined]
    if kind is t.TupleTy:
        return len(ty.elems) == len(pattern.elems)  # type: ignore[attr-defined]
    return True


def fresh_args(icx: InferCtxt, def_id: DefId, origin: Any = None) -> t.GenericArgs:
    """Inference variables for every parameter of a definition (erased regions for lifetimes)."""
    from compiler.ty.generics import generics_of

    args: list[t.GenericArg] = []
    generics = generics_of(icx.db, def_id)
    chain = []
    at: Any = generics
    while at is not None:
        chain.append(at)
        at = generics_of(icx.db, at.parent) if at.parent is not None else None
    for part in reversed(chain):
        for param in part.own:
            if param.kind == "type":
                args.append(icx.fresh(origin=origin))
            else:
                args.append(t.ERASED if param.kind == "lifetime" else icx.fresh_const())
    return tuple(args)


def _impl_candidates(icx: InferCtxt, ref: t.TraitRef, self_ty: t.Ty, depth: int) -> Selection | None:
    from compiler.ty.collect import predicates_of
    from compiler.ty.impls import trait_impls

    db = icx.db
    candidates: list[tuple[DefId, t.TraitRef]] = []
    for header in trait_impls(db, ref.def_id):
        pattern = header.trait_ref
        if could_match(icx, pattern.args[0], self_ty) and all(
            could_match(icx, p, a) for p, a in zip(pattern.args[1:], ref.args[1:], strict=False)
        ):
            candidates.append((header.impl, pattern))
    candidates = [c for c in candidates if icx.probe(lambda c=c: _header_matches(icx, ref, *c) is not None)]  # type: ignore[misc]
    # The only impl whose header matches is chosen unasked, as rustc does: its where-clauses are obligations of the
    # caller. Asking them here as well would double the work at each level of a chain of adapters.
    viable = candidates if len(candidates) == 1 else []
    for impl_id, pattern in candidates if not viable else ():
        if icx.probe(lambda i=impl_id, p=pattern: _impl_may_apply(icx, ref, i, p, depth)):  # type: ignore[misc]
            viable.append((impl_id, pattern))
            if len(viable) > 1 and ref.flags & t.HAS_INFER:
                return AMBIGUOUS
    if not viable:
        return None
    if len(viable) > 1:
        viable.sort(key=lambda c: _specificity(c[1]), reverse=True)
    impl_id, pattern = viable[0]
    from compiler.ty.impls import impl_is_positive

    if not impl_is_positive(db, impl_id):
        return None
    args = fresh_args(icx, impl_id)
    header_ref = icx.normalize(t.erase_regions(t.subst(pattern, args)))
    icx.unify_args(header_ref.args, ref.args)
    nested = tuple(t.erase_regions(t.subst(p, args)) for p in predicates_of(db, impl_id))
    return Selection("impl", impl_id, args, nested)


def _specificity(ref: t.TraitRef) -> int:
    """More concrete headers win if two impls overlap on ground types (blanket against specific)."""
    return sum(1 for node in t.walk(ref) if type(node) is not t.ParamTy)


def _header_matches(icx: InferCtxt, ref: t.TraitRef, impl_id: DefId, pattern: t.TraitRef) -> t.GenericArgs | None:
    """The impl's arguments, bound to those of the reference; what its header still asks is then ``icx.pending``."""
    args = fresh_args(icx, impl_id)
    icx.pending = []
    header_ref = icx.normalize(t.erase_regions(t.subst(pattern, args)))
    return args if icx.unify_args(header_ref.args, ref.args) else None


def _impl_may_apply(icx: InferCtxt, ref: t.TraitRef, impl_id: DefId, pattern: t.TraitRef, depth: int) -> bool:
    from compiler.ty.collect import predicates_of
    from compiler.ty.traits.fulfill import evaluate

    args = _header_matches(icx, ref, impl_id, pattern)
    if args is None:
        return False
    nested = [t.erase_regions(t.subst(p, args)) for p in predicates_of(icx.db, impl_id)]
    pending = [o.predicate for o in icx.pending]
    return all(evaluate(icx, p, depth + 1) is not False for p in (*pending, *nested))
