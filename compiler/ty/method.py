"""Method lookup, as rustc's probe: candidates from every autoderef step, then by value, ``&``, ``&mut``, ``*const``
at each step.

Inherent candidates (impls of the type, bounds of a type parameter, bounds of a rigid projection) beat extension
candidates (traits in scope). A candidate applies when its ``self`` type unifies with the adjusted step type and its
where-clauses may hold.

Guarantees: the pick's generic arguments are fresh variables of the caller's context, unified with the receiver only;
the caller (``infer/method_call.py``) writes adjustments and registers obligations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from compiler.base.dataclass import dataclass
from compiler.hir.def_id import DefId, DefKind
from compiler.query import Database, query
from compiler.ty import types as t
from compiler.ty.autoderef import Step, steps
from compiler.ty.infcx import InferCtxt
from compiler.ty.traits.select import fresh_args


@dataclass(frozen=True, slots=True)
class Candidate:
    """A method that might be meant. ``args``: args of the impl, or of the trait with Self; None: all fresh."""

    item: DefId
    container: DefId
    args: t.GenericArgs | None
    inherent: bool


@dataclass(frozen=True, slots=True)
class Pick:
    """``args``: container args followed by fresh ones for the method's own parameters."""

    item: DefId
    container: DefId
    args: t.GenericArgs
    step: Step
    autoref: str | None  # None | "&" | "&mut" | "*const"
    receiver_ty: t.Ty  # the method's self parameter type
    inherent: bool = True


@dataclass(frozen=True, slots=True)
class NoMethod:
    """Nothing applied. ``near``: same-named methods whose bounds failed; ``private``: one that is not visible."""

    steps: tuple[Step, ...]
    near: tuple[Candidate, ...] = ()
    private: DefId | None = None
    ambiguous_numeric: bool = False
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Methods of several traits apply alike (E0034)."""

    candidates: tuple[Candidate, ...]
    step: Step


@query
def inherent_method_index(db: Database, key: object) -> dict[str, tuple[tuple[DefId, DefId], ...]]:
    """Associated functions and consts of inherent impls for a simplified type: name -> ((impl, item), ...)."""
    from compiler.ty.collect import assoc_items
    from compiler.ty.impls import inherent_impls

    out: dict[str, list[tuple[DefId, DefId]]] = {}
    for impl in inherent_impls(db, key):
        for name, items in assoc_items(db, impl).items():
            out.setdefault(name, []).extend((impl, item) for item in items)
    return {name: tuple(found) for name, found in out.items()}


def _inherent_of(icx: InferCtxt, ty: t.Ty, name: str) -> Iterable[Candidate]:
    from compiler.ty.impls import simplify

    key = simplify(ty)
    if key is None:
        return
    for impl, item in inherent_method_index(icx.db, key).get(name, ()):
        yield Candidate(item, impl, None, True)


def _trait_item(db: Database, trait: DefId, name: str) -> DefId | None:
    from compiler.ty.collect import assoc_items

    for item in assoc_items(db, trait).get(name, ()):
        if item.kind in (DefKind.FN, DefKind.CONST):
            return item
    return None


def bound_candidates(icx: InferCtxt, ty: t.Ty, name: str) -> Iterable[Candidate]:
    """Methods of the traits a parameter, rigid projection or object is known to implement."""
    if not isinstance(ty, t.ParamTy | t.AliasTy | t.DynTy):
        return
    refs = [r for found in icx.env.traits.values() for r in found if r.args[0] is ty]
    if isinstance(ty, t.AliasTy):
        from compiler.ty.traits.project import alias_bounds

        refs += [
            p.trait_ref
            for p in alias_bounds(icx.db, ty)
            if isinstance(p, t.TraitPredicate) and p.trait_ref.args[0] is ty
        ]
    elif isinstance(ty, t.DynTy):
        from compiler.ty.traits.object import object_predicates

        known = object_predicates(icx.db, icx.resolve(ty))
        refs += [p.trait_ref for p in known if isinstance(p, t.TraitPredicate) and p.trait_ref.args[0] is ty]
    for ref in refs:
        item = _trait_item(icx.db, ref.def_id, name)
        if item is not None:
            yield Candidate(item, ref.def_id, ref.args, True)


def trait_candidates(icx: InferCtxt, traits: Iterable[DefId], name: str) -> list[Candidate]:
    """Methods of traits in scope."""
    out = []
    for trait in traits:
        item = _trait_item(icx.db, trait, name)
        if item is not None:
            out.append(Candidate(item, trait, None, False))
    out.sort(key=lambda c: c.item.uid)
    return out


def probe_method(
    icx: InferCtxt, receiver: t.Ty, name: str, traits: Iterable[DefId], visible: Callable[[DefId], bool]
) -> Pick | NoMethod | Ambiguous:
    """Find the method ``receiver.name(..)`` means."""
    all_steps = steps(icx, receiver)
    last = all_steps[-1].ty
    if last is t.ERROR or any(s.ty.flags & t.HAS_ERROR for s in all_steps):
        return NoMethod(tuple(all_steps), unknown=True)
    inherent: list[Candidate] = []
    private: DefId | None = None
    for step in all_steps:
        for candidate in (*_inherent_of(icx, step.ty, name), *bound_candidates(icx, step.ty, name)):
            if candidate.item.kind is not DefKind.FN or candidate in inherent:
                continue
            if candidate.args is None and not visible(candidate.item):
                private = candidate.item
            else:
                inherent.append(candidate)
    extension = [c for c in trait_candidates(icx, traits, name) if c.item.kind is DefKind.FN]
    for step in all_steps:
        pick = _pick_at_step(icx, step, inherent, extension)
        if pick is not None:
            return pick
    numeric = type(last) is t.InferTy and last.kind != "ty"
    return NoMethod(tuple(all_steps), tuple(inherent) + tuple(extension), private, ambiguous_numeric=numeric)


def _pick_at_step(
    icx: InferCtxt, step: Step, inherent: list[Candidate], extension: list[Candidate]
) -> Pick | Ambiguous | None:
    ty = step.ty
    if type(ty) is t.InferTy and ty.kind == "ty":
        return None
    modes: list[tuple[str | None, t.Ty]] = [] if step.unsize else [(None, ty)]
    modes += [("&", t.RefTy(t.ERASED, ty, False)), ("&mut", t.RefTy(t.ERASED, ty, True))]
    if isinstance(ty, t.PtrTy) and ty.mutable:
        modes.append(("*const", t.PtrTy(ty.ty, False)))
    for autoref, self_ty in modes:
        for candidates in (inherent, extension):
            pick = _first_applicable(icx, step, autoref, self_ty, candidates)
            if pick is not None:
                return pick
    return None


def _first_applicable(
    icx: InferCtxt, step: Step, autoref: str | None, self_ty: t.Ty, candidates: list[Candidate]
) -> Pick | Ambiguous | None:
    found = [(c, icx.probe(lambda c=c: _applies(icx, c, self_ty))) for c in candidates]  # type: ignore[misc]
    applicable = [c for c, applies in found if applies is not False]
    if not applicable:
        return None
    chosen = applicable[0]
    if len(applicable) > 1:
        sure = [c for c, applies in found if applies is True]
        if rivals := rival_traits(sure):
            return Ambiguous(rivals, step)
        chosen = any_of_trait(applicable)
    args, receiver_ty = instantiate_candidate(icx, chosen)
    icx.unify(receiver_ty, self_ty)
    return Pick(chosen.item, chosen.container, args, step, autoref, receiver_ty, chosen.inherent)


def rival_traits(sure: list[Candidate]) -> tuple[Candidate, ...]:
    """One candidate of each trait, where several traits have the method and all are known to be implemented."""
    of_trait = {c.container: c for c in sure if _of_trait(c)}
    return tuple(of_trait.values()) if len(of_trait) > 1 and all(map(_of_trait, sure)) else ()


def _of_trait(candidate: Candidate) -> bool:
    return candidate.container.kind is DefKind.TRAIT


def any_of_trait(applicable: list[Candidate]) -> Candidate:
    """Of ``T: Into<u32> + Into<u64>`` the arguments decide, and what is expected, not the order of the bounds."""
    first = applicable[0]
    if _of_trait(first) and all(c.container is first.container for c in applicable):
        return Candidate(first.item, first.container, None, first.inherent)
    return first


def instantiate_candidate(icx: InferCtxt, candidate: Candidate) -> tuple[t.GenericArgs, t.Ty]:
    """Fresh args for the candidate and its self parameter type under them."""
    from compiler.ty.collect import fn_sig
    from compiler.ty.generics import generics_of

    args = fresh_args(icx, candidate.item)
    if candidate.args is not None:
        n_parent = generics_of(icx.db, candidate.item).parent_count
        args = candidate.args + args[n_parent:]
    sig = fn_sig(icx.db, candidate.item)
    if not sig.has_self or not sig.inputs:
        return args, t.ERROR
    receiver_ty: t.Ty = icx.normalize(t.erase_regions(t.subst(sig.inputs[0], args)))
    return args, receiver_ty


def _applies(icx: InferCtxt, candidate: Candidate, self_ty: t.Ty) -> bool | None:
    """None: where-clauses are still open."""
    from compiler.ty.collect import fn_sig, predicates_of
    from compiler.ty.traits.fulfill import evaluate

    icx.pending = []
    if not fn_sig(icx.db, candidate.item).has_self:
        return False
    args, receiver_ty = instantiate_candidate(icx, candidate)
    if not icx.unify(receiver_ty, self_ty):
        return False
    if candidate.container.kind is DefKind.IMPL:
        checks = [t.erase_regions(t.subst(p, args)) for p in predicates_of(icx.db, candidate.container)]
    elif candidate.args is None:
        from compiler.ty.generics import generics_of

        ref = t.TraitRef(candidate.container, args[: generics_of(icx.db, candidate.container).count])
        checks = [t.TraitPredicate(ref)]
    else:
        checks = []
    checks += [o.predicate for o in icx.pending]
    open_ = False
    for p in checks:
        holds = evaluate(icx, p, 1)
        if holds is False:
            return False
        open_ = open_ or holds is None
    return None if open_ else True
