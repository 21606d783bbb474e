"""Built-in trait rules: what holds by the structure of a type rather than by an impl.

``builtin_candidate`` returns "yes", "none" (does not hold, and no impl may say otherwise), "ambiguous", or None (not
built in: look at impls).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from compiler.hir.def_id import DefId
from compiler.query import Database, query
from compiler.ty import types as t
from compiler.ty.infcx import InferCtxt

Answer = str | None


@query
def is_auto_trait(db: Database, trait: DefId) -> bool:
    """``auto trait`` (Send, Sync, Unpin, Freeze ...)."""
    from compiler.ty.collect import trait_def

    return trait_def(db, trait).is_auto


def builtin_candidate(icx: InferCtxt, ref: t.TraitRef, self_ty: t.Ty) -> Answer:
    """See the module docstring."""
    from compiler.resolve.lang import lang_name_of

    name = lang_name_of(icx.db, ref.def_id)
    rule = _RULES.get(name) if name else None
    if rule is not None:
        return rule(icx, ref, self_ty)
    if is_auto_trait(icx.db, ref.def_id):
        return _auto(icx, ref, self_ty)
    return None


def _auto(icx: InferCtxt, ref: t.TraitRef, self_ty: t.Ty) -> Answer:
    """An auto trait holds if it holds of every part, unless impls are about this very type (Rust reference,
    special-types-and-traits.auto-traits)."""
    from compiler.ty.impls import trait_impls
    from compiler.ty.traits.select import could_match

    is_opaque = isinstance(self_ty, t.AliasTy) and self_ty.kind == "opaque"
    if not is_opaque and any(
        could_match(icx, h.trait_ref.args[0], self_ty) and type(h.trait_ref.args[0]) is not t.ParamTy
        for h in trait_impls(icx.db, ref.def_id)
    ):
        return None
    parts = _parts(icx, self_ty)
    return "none" if parts is None else _all_hold(icx, ref, parts)


def _parts(icx: InferCtxt, ty: t.Ty) -> list[t.Ty] | None:
    """The types a value of the type is made of; None: a parameter or object, of which only bounds tell."""
    match ty:
        case t.RefTy() | t.PtrTy() | t.SliceTy() | t.ArrayTy():
            return [ty.ty]
        case t.TupleTy():
            return list(ty.elems)
        case t.ClosureTy():
            return _captured(icx, ty)
        case t.AdtTy():
            return _adt_parts(icx, ty)
        case t.ParamTy() | t.DynTy():
            return None
        case t.AliasTy():
            return [] if ty.kind == "opaque" else None  # what it hides may not be inferred yet
    return []


def _adt_parts(icx: InferCtxt, ty: t.AdtTy) -> list[t.Ty]:
    from compiler.resolve.lang import lang_item
    from compiler.ty.adt import adt_def
    from compiler.ty.sketches import is_sketch

    if is_sketch(icx.db, ty.def_id):
        return []  # stands for a type of a host crate, without its private fields
    if ty.def_id is lang_item(icx.db, "phantom_data"):
        return [a for a in ty.args if isinstance(a, t.Ty)]
    fields = [f.ty for v in adt_def(icx.db, ty.def_id).variants for f in v.fields]
    return [icx.normalize(t.erase_regions(t.subst(field, ty.args))) for field in dict.fromkeys(fields)]


def _captured(icx: InferCtxt, closure: t.ClosureTy) -> list[t.Ty]:
    facts = closure_facts(icx, closure)
    if facts is None or not facts.captures_known:
        return []
    found = [(c.by, t.subst(c.ty, closure.args)) for c in facts.captures]
    return [ty if by == "value" else t.RefTy(t.ERASED, ty, by == "ref mut") for by, ty in found]


def _sized(icx: InferCtxt, ref: t.TraitRef, self_ty: t.Ty) -> Answer:
    if self_ty is t.str_ or type(self_ty) in (t.SliceTy, t.DynTy):
        return "none"
    return "yes"


def _copy(icx: InferCtxt, ref: t.TraitRef, self_ty: t.Ty) -> Answer:
    kind = type(self_ty)
    if kind in (t.IntTy, t.FloatTy, t.InferTy, t.PtrTy, t.FnDefTy, t.FnPtrTy) or self_ty in (t.bool_, t.char, t.never):
        return "yes"
    if isinstance(self_ty, t.RefTy):
        return "none" if self_ty.mutable else "yes"
    if isinstance(self_ty, t.ArrayTy):
        return _all_hold(icx, ref, [self_ty.ty])
    if isinstance(self_ty, t.TupleTy):
        return _all_hold(icx, ref, list(self_ty.elems))
    if isinstance(self_ty, t.ClosureTy):
        return _closure_captures_hold(icx, ref, self_ty)
    if kind in (t.SliceTy, t.DynTy) or self_ty is t.str_:
        return "none"
    return None


def _clone(icx: InferCtxt, ref: t.TraitRef, self_ty: t.Ty) -> Answer:
    if isinstance(self_ty, t.TupleTy | t.ClosureTy | t.FnDefTy | t.FnPtrTy):
        return _copy(icx, ref, self_ty)
    return None


def _all_hold(icx: InferCtxt, ref: t.TraitRef, tys: list[t.Ty]) -> Answer:
    from compiler.ty.traits.fulfill import evaluate

    answer = "yes"
    for ty in tys:
        holds = evaluate(icx, t.TraitPredicate(t.TraitRef(ref.def_id, (ty, *ref.args[1:]))), 1)
        if holds is False:
            return "none"
        if holds is None:
            answer = "ambiguous"
    return answer


def _closure_captures_hold(icx: InferCtxt, ref: t.TraitRef, closure: t.ClosureTy) -> Answer:
    facts = closure_facts(icx, closure)
    if facts is None or not facts.captures_known:
        return "yes"  # inside the body that makes it, before capture analysis
    tys: list[t.Ty] = []
    for capture in facts.captures:
        if capture.by == "ref mut":
            return "none"
        if capture.by == "value":
            tys.append(t.subst(capture.ty, closure.args))
    return _all_hold(icx, ref, tys)


class ClosureShape:
    """What the solver needs of a closure: its signature, kind (None: not known yet) and captures."""

    __slots__ = ("captures", "captures_known", "kind", "sig")

    def __init__(self, sig: t.FnPtrTy, kind: str | None, captures: Any, captures_known: bool) -> None:
        self.sig = sig
        self.kind = kind
        self.captures = captures
        self.captures_known = captures_known


def closure_facts(icx: InferCtxt, closure: t.ClosureTy) -> ClosureShape | None:
    """Facts of a closure of the body being inferred, or of a finished body."""
    if icx.closure_facts is not None:
        local = icx.closure_facts(closure)
        if local is not None:
            assert isinstance(local, ClosureShape)
            return local
    from compiler.ty.infer import closure_of

    facts = closure_of(icx.db, closure.def_id)
    if facts is None:
        return None
    sig = t.subst(facts.sig, closure.args)
    return ClosureShape(sig, facts.kind, facts.captures, True)


def callable_sig(icx: InferCtxt, ty: t.Ty) -> t.FnPtrTy | None:
    """Signature of a closure, function item or fn pointer type (erased, instantiated, not yet normalised)."""
    if isinstance(ty, t.ClosureTy):
        facts = closure_facts(icx, ty)
        return facts.sig if facts is not None else None
    if isinstance(ty, t.FnPtrTy):
        return ty
    if isinstance(ty, t.FnDefTy):
        from compiler.ty.collect import fn_sig

        sig = fn_sig(icx.db, ty.def_id)
        ptr = t.FnPtrTy(sig.inputs, sig.output, sig.is_unsafe, sig.abi)
        made: t.FnPtrTy = t.erase_regions(t.subst(ptr, ty.args))
        return made
    return None


_KIND_RANK: Final = {"Fn": 0, "FnMut": 1, "FnOnce": 2}
_LANG_KIND: Final = {"fn": "Fn", "fn_mut": "FnMut", "fn_once": "FnOnce"}


def _fn_family(icx: InferCtxt, ref: t.TraitRef, self_ty: t.Ty) -> Answer:
    from compiler.resolve.lang import lang_name_of

    sig = callable_sig(icx, self_ty)
    if sig is None:
        return None  # impls of Fn for &F live in the library
    if isinstance(self_ty, t.ClosureTy):
        facts = closure_facts(icx, self_ty)
        wanted = _LANG_KIND[lang_name_of(icx.db, ref.def_id) or "fn_once"]
        if facts is not None and facts.kind is not None and _KIND_RANK[facts.kind] > _KIND_RANK[wanted]:
            return "none"
    elif sig.is_unsafe:
        return "none"
    if t.ERROR in sig.inputs:
        return "yes"  # what is wrong with it has been said
    inputs = icx.normalize(t.TupleTy(sig.inputs))
    given = ref.args[1]
    assert isinstance(given, t.Ty)
    mark = icx.snapshot()
    if icx.unify(inputs, given):
        return "yes"
    icx.rollback_to(mark)
    return "none"


def _tuple_trait(icx: InferCtxt, ref: t.TraitRef, self_ty: t.Ty) -> Answer:
    return "yes" if type(self_ty) is t.TupleTy else "none"


def _always(icx: InferCtxt, ref: t.TraitRef, self_ty: t.Ty) -> Answer:
    return "yes"


_RULES: Final[dict[str, Callable[[InferCtxt, t.TraitRef, t.Ty], Answer]]] = {
    "sized": _sized,
    "meta_sized": _always,
    "pointee_sized": _always,
    "copy": _copy,
    "clone": _clone,
    "fn": _fn_family,
    "fn_mut": _fn_family,
    "fn_once": _fn_family,
    "tuple_trait": _tuple_trait,
    "discriminant_kind": _always,
    "pointee_trait": _always,
    "destruct": _always,
    "freeze": _always,
}
