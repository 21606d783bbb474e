"""``Drop`` impls: for one struct, enum or union as it is declared, no more and no less (rustc's ``check::dropck``).

What it is: E0120 (no such type), E0366 (only some instances), E0367 (a requirement that the type does not have).

Assumes: a coherent impl header without unknown parts. Guarantees: a where-clause about a parameter that the type does
not fix (``U`` in ``impl<T: Trait<Assoc = U>, U> Drop for S<T>``) asks for nothing.

Example: ``impl Drop for Buffer<u32>`` for ``struct Buffer<T>`` is E0366.
"""

from __future__ import annotations

from compiler.hir.def_id import DefId, DefKind
from compiler.query import Database
from compiler.ty import types as t
from compiler.ty.collect import predicates_of
from compiler.ty.generics import generics_of, identity_args
from compiler.ty.outlives import adt_outlives
from compiler.ty.traits.env import elaborate

Wrong = tuple[str, str]  # code, message


def drop_impl_fault(db: Database, impl: DefId, ty: t.Ty) -> Wrong | None:
    """What is wrong with ``impl Drop for ty``, if anything."""
    if not isinstance(ty, t.AdtTy) or ty.def_id.kind not in (DefKind.STRUCT, DefKind.ENUM, DefKind.UNION):
        return "E0120", "`Drop` can only be implemented for structs, enums and unions"
    if not _are_distinct_params(ty.args):
        return "E0366", "`Drop` impls cannot be specialised: the self type must use each generic parameter once"
    return _added_requirement(db, impl, ty)


def _are_distinct_params(args: t.GenericArgs) -> bool:
    def is_param(arg: t.GenericArg) -> bool:
        if isinstance(arg, t.Region):
            return arg is not t.STATIC
        return isinstance(arg, t.ParamTy) or (isinstance(arg, t.Const) and arg.kind == "param")

    named = [repr(a) for a in args if not isinstance(a, t.Region) or a.kind == "early"]
    return all(map(is_param, args)) and len(set(named)) == len(named)


def _added_requirement(db: Database, impl: DefId, ty: t.AdtTy) -> Wrong | None:
    names = {repr(arg): param for arg, param in zip(ty.args, identity_args(db, ty.def_id), strict=True)}
    unknown: dict[str, t.GenericArg] = {"lifetime": t.Region("error"), "type": t.ERROR, "const": t.CONST_ERROR}
    own = zip(identity_args(db, impl), generics_of(db, impl).own, strict=True)
    renamed = tuple([names.get(repr(arg), unknown[param.kind]) for arg, param in own])
    declared = predicates_of(db, ty.def_id)
    known = {t.erase_regions(p) for p in (*declared, *elaborate(db, declared))}
    outlives: set[tuple[object, t.Region]] = {(p.subject, p.region) for p in adt_outlives(db, ty.def_id)}
    for predicate in predicates_of(db, impl):
        made = t.subst(predicate, renamed)
        if made.flags & t.HAS_ERROR or any(n.kind == "error" for n in t.walk(made) if type(n) is t.Region):
            continue
        if isinstance(made, t.OutlivesPredicate):
            if made.subject is not t.STATIC and not _follows(made.subject, made.region, outlives):
                return _requires(f"{predicate.subject!r}: {predicate.region!r}")  # type: ignore[union-attr]
        elif t.erase_regions(made) not in known:
            if isinstance(predicate, t.TraitPredicate):
                return _requires(f"{predicate.trait_ref.self_ty!r}: {predicate.trait_ref.def_id.name}")
            return _requires(f"{predicate.alias!r} == {predicate.term!r}")  # type: ignore[union-attr]
    return None


def _requires(what: str) -> Wrong:
    return "E0367", f"`Drop` impl requires `{what}` but the type it is for does not"


def _follows(subject: object, region: t.Region, known: set[tuple[object, t.Region]]) -> bool:
    """``subject: region`` by what is known, through lifetimes in between."""
    seen, work = {subject}, [subject]
    while work:
        at = work.pop()
        if at is region or at is t.STATIC:
            return True
        for longer, shorter in known:
            if longer is at and shorter not in seen:
                seen.add(shorter)
                work.append(shorter)
    return False
