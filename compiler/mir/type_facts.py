"""Facts about types that MIR needs: Copy, drop glue, interior mutability, fields, discriminants.

Assumes: ``env`` is the ParamEnv of the body the type occurs in, where ``impl Trait`` results are what they say and no
more; None for concrete types, where they are seen through.
Guarantees: erroneous types are Copy, need no drop and are Freeze, so that a broken body causes no follow-up messages.

Example: ``needs_drop(db, env, [T; 4])`` is whether ``T`` needs drop; a type parameter needs drop unless it is Copy.
"""

from __future__ import annotations

from typing import Any

from compiler.hir.def_id import DefId
from compiler.query import Database, query
from compiler.ty import types as t
from compiler.ty.impls import drop_impl

_PLAIN = (t.IntTy, t.FloatTy, t.SimpleTy, t.PtrTy, t.FnDefTy, t.FnPtrTy)


def holds(db: Database, env: Any, lang_trait: str, ty: t.Ty) -> bool:
    """Whether ``ty: Trait`` for a marker trait known by its lang name."""
    from compiler.resolve.lang import lang_item
    from compiler.ty.infcx import EMPTY_ENV, InferCtxt
    from compiler.ty.traits.fulfill import evaluate

    trait = lang_item(db, lang_trait)
    if trait is None:
        return False
    return evaluate(InferCtxt(db, env or EMPTY_ENV, env is None), t.TraitPredicate(t.TraitRef(trait, (ty,)))) is True


def normalize(db: Database, env: Any, ty: t.Ty) -> t.Ty:
    """Projections resolved as far as the environment allows."""
    if not ty.flags & t.HAS_ALIAS:
        return ty
    from compiler.ty.infcx import EMPTY_ENV, InferCtxt

    icx = InferCtxt(db, env or EMPTY_ENV, env is None)
    made = icx.resolve(icx.normalize(ty))
    return ty if made.flags & t.HAS_INFER else made


def field_tys(db: Database, env: Any, variant: Any, args: t.GenericArgs) -> list[t.Ty]:
    """Types of a variant's fields with the ADT's args."""
    return [normalize(db, env, t.erase_regions(t.subst(f.ty, args))) for f in variant.fields]


def is_copy(db: Database, env: Any, ty: t.Ty) -> bool:
    if isinstance(ty, _PLAIN):
        return ty is not t.str_
    if isinstance(ty, t.RefTy):
        return not ty.mutable
    if isinstance(ty, (t.SliceTy, t.DynTy)):
        return False
    if isinstance(ty, t.ArrayTy):
        return is_copy(db, env, ty.ty)
    if isinstance(ty, t.TupleTy):
        return all(is_copy(db, env, e) for e in ty.elems)
    if ty.flags & t.HAS_ERROR:
        return True
    return holds(db, env, "copy", ty)


def needs_drop(db: Database, env: Any, ty: t.Ty) -> bool:
    """Whether dropping a value of the type may run code."""
    if isinstance(ty, (*_PLAIN, t.RefTy)):
        return False
    if isinstance(ty, t.ArrayTy):
        return not (ty.len.kind == "value" and ty.len.value == 0) and needs_drop(db, env, ty.ty)
    if isinstance(ty, t.SliceTy):
        return needs_drop(db, env, ty.ty)
    if isinstance(ty, t.TupleTy):
        return any(needs_drop(db, env, e) for e in ty.elems)
    if isinstance(ty, t.AdtTy):
        return _adt_needs_drop(db, env, ty)
    if isinstance(ty, t.ClosureTy):
        return any(needs_drop(db, env, c) for c in upvar_tys(db, ty))
    if isinstance(ty, t.AliasTy):
        made = normalize(db, env, ty)
        if made is not ty:
            return needs_drop(db, env, made)
    return not is_copy(db, env, ty)


def _adt_needs_drop(db: Database, env: Any, ty: t.AdtTy) -> bool:
    from compiler.resolve.lang import lang_item

    if ty.def_id is lang_item(db, "manually_drop"):
        return False
    if drop_impl(db, ty.def_id) is not None:
        return True
    components = adt_drop_components(db, ty.def_id)
    return any(needs_drop(db, env, normalize(db, env, t.subst(c, ty.args))) for c in components)


@query(cycle=lambda db, adt: ())
def adt_drop_components(db: Database, adt: DefId) -> tuple[t.Ty, ...]:
    """Field types of an ADT (without Drop impl) that may need drop, for any arguments; unions never drop their
    fields.
    """
    from compiler.hir.def_id import DefKind
    from compiler.ty.adt import adt_def

    if adt.kind is DefKind.UNION:
        return ()
    out: dict[t.Ty, None] = {}
    for variant in adt_def(db, adt).variants:
        for field in variant.fields:
            ty = t.erase_regions(field.ty)
            if ty.flags & (t.HAS_PARAM | t.HAS_ALIAS):
                out[ty] = None
            elif needs_drop(db, None, ty):
                return (ty,)
    return tuple(out)


def upvar_tys(db: Database, closure: t.ClosureTy) -> list[t.Ty]:
    """Field types of a closure value: the captured places, or references to them."""
    from compiler.ty.infer import closure_of

    facts = closure_of(db, closure.def_id)
    if facts is None:
        return []
    return [t.subst(capture_ty(c), closure.args) for c in facts.captures]


def capture_ty(capture: Any) -> t.Ty:
    """Type of the closure field of a CapturedPlace."""
    if capture.by == "value":
        ty: t.Ty = capture.ty
        return ty
    return t.RefTy(t.ERASED, capture.ty, capture.by == "ref mut")


def is_freeze(db: Database, env: Any, ty: t.Ty) -> bool:
    """No interior mutability outside of pointers."""
    if isinstance(ty, (*_PLAIN, t.RefTy)):
        return True
    if isinstance(ty, (t.ArrayTy, t.SliceTy)):
        return is_freeze(db, env, ty.ty)
    if isinstance(ty, t.TupleTy):
        return all(is_freeze(db, env, e) for e in ty.elems)
    if isinstance(ty, t.ClosureTy):
        return all(is_freeze(db, env, c) for c in upvar_tys(db, ty))
    if isinstance(ty, t.AdtTy):
        return _adt_is_freeze(db, env, ty)
    return bool(ty.flags & t.HAS_ERROR)


def _adt_is_freeze(db: Database, env: Any, ty: t.AdtTy) -> bool:
    from compiler.resolve.lang import lang_item

    if ty.def_id is lang_item(db, "unsafe_cell"):
        return False
    if ty.def_id is lang_item(db, "phantom_data"):
        return True
    components = adt_cells(db, ty.def_id)
    return all(is_freeze(db, env, normalize(db, env, t.subst(c, ty.args))) for c in components)


@query(cycle=lambda db, adt: ())
def adt_cells(db: Database, adt: DefId) -> tuple[t.Ty, ...]:
    """Field types of an ADT that may hold an UnsafeCell, for any arguments."""
    from compiler.ty.adt import adt_def

    out: dict[t.Ty, None] = {}
    for variant in adt_def(db, adt).variants:
        for field in variant.fields:
            ty = t.erase_regions(field.ty)
            if ty.flags & (t.HAS_PARAM | t.HAS_ALIAS):
                out[ty] = None
            elif not is_freeze(db, None, ty):
                return (ty,)
    return tuple(out)


def discriminants(db: Database, adt: DefId) -> list[int]:
    """Discriminant values of an enum's variants, in order."""
    from compiler.ty.adt import discriminant_values

    return list(discriminant_values(db, adt))


def discriminant_ty(db: Database, ty: t.Ty) -> t.Ty:
    from compiler.ty.adt import discriminant_ty as of_type

    return of_type(db, ty)


def trait_method(db: Database, lang_trait: str, method: str) -> DefId | None:
    """The method ``method`` of the lang trait."""
    from compiler.resolve.lang import lang_item
    from compiler.ty.collect import assoc_items

    trait = lang_item(db, lang_trait)
    if trait is None:
        return None
    items = assoc_items(db, trait).get(method, ())
    return items[0] if items else None
