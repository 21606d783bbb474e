"""Autoderef: the types reached from a receiver by repeated dereferencing.

``steps`` yields rustc's candidate steps: the type itself, then through ``&``/``&mut`` (and raw pointers only if
asked), then through ``Deref`` impls, and last, for an array, the slice it unsizes to.

>>> # Wrapper(Deref<Target = [u8; 4]>)  ->  Wrapper, [u8; 4], [u8]
"""

from __future__ import annotations

from typing import Final

from compiler.base.dataclass import dataclass
from compiler.ty import types as t
from compiler.ty.infcx import InferCtxt

MAX_STEPS: Final = 32


@dataclass(frozen=True, slots=True)
class Step:
    """``n_derefs`` dereferences give ``ty``; ``overloaded[i]`` tells whether the i-th was through ``Deref``."""

    ty: t.Ty
    n_derefs: int
    overloaded: tuple[bool, ...]
    derefs: tuple[t.Ty, ...]  # type after each dereference
    unsize: bool = False


def builtin_deref(ty: t.Ty, raw: bool = False) -> t.Ty | None:
    """Target of ``*`` on references (and raw pointers with ``raw``)."""
    if isinstance(ty, t.RefTy):
        return ty.ty
    if raw and isinstance(ty, t.PtrTy):
        return ty.ty
    return None


def overloaded_deref(icx: InferCtxt, ty: t.Ty) -> t.Ty | None:
    """``<ty as Deref>::Target`` if ``ty: Deref``."""
    if not isinstance(ty, t.AdtTy | t.ParamTy | t.AliasTy):
        return None
    from compiler.resolve.lang import lang_item
    from compiler.ty.traits.fulfill import evaluate

    trait, target = lang_item(icx.db, "deref"), lang_item(icx.db, "deref_target")
    if trait is None or target is None:
        return None
    ref = t.TraitRef(trait, (ty,))
    if evaluate(icx, t.TraitPredicate(ref)) is False:  # what is not known yet may hold
        return None
    found: t.Ty = icx.normalize(t.AliasTy("projection", target, (ty,)))
    return icx.structurally_resolve(found)


def steps(icx: InferCtxt, ty: t.Ty, raw: bool = False, unsize: bool = True) -> list[Step]:
    """All steps from ``ty``; stops at an unresolved variable (which is included)."""
    out: list[Step] = []
    ty = icx.structurally_resolve(ty)
    overloaded: tuple[bool, ...] = ()
    derefs: tuple[t.Ty, ...] = ()
    while len(out) < MAX_STEPS:
        out.append(Step(ty, len(derefs), overloaded, derefs))
        inner = builtin_deref(ty, raw)
        is_overloaded = False
        if inner is None:
            inner = overloaded_deref(icx, ty)
            is_overloaded = True
        if inner is None:
            break
        ty = icx.structurally_resolve(inner)
        overloaded += (is_overloaded,)
        derefs += (ty,)
    last = out[-1]
    if unsize and isinstance(last.ty, t.ArrayTy):
        out.append(Step(t.SliceTy(last.ty.ty), last.n_derefs, overloaded, derefs, unsize=True))
    return out
