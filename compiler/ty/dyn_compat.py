"""Whether a trait can be used as ``dyn Trait``, and why not.

What it is: rustc's dyn compatibility (Rust reference, items.traits.dyn-compatible). Assumes: nothing. Guarantees: a
trait that mentions something unknown counts as compatible.

Example: ``trait T { fn make() -> u32; }``: "associated function `make` has no `self` parameter".
"""

from __future__ import annotations

from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.query import Database, query
from compiler.resolve.lang import lang_item
from compiler.resolve.lowering import signature
from compiler.ty import types as t
from compiler.ty.collect import assoc_items, fn_sig, own_predicates_of, super_predicates_of
from compiler.ty.generics import generics_of


@query(cycle=lambda db, trait: None)
def dyn_violation(db: Database, trait: DefId) -> str | None:
    """Why ``dyn`` of the trait is not possible; None if it is."""
    sized = lang_item(db, "sized")
    for predicate in super_predicates_of(db, trait):
        if not isinstance(predicate, t.TraitPredicate) or predicate.trait_ref.args[0] is not t.ParamTy(0, "Self"):
            continue
        ref = predicate.trait_ref
        if ref.def_id is sized:
            return "it requires `Self: Sized`"
        if any(_mentions_self(arg) for arg in ref.args[1:]):
            return f"it uses `Self` as a type parameter of its supertrait `{ref.def_id.name}`"
        why = dyn_violation(db, ref.def_id) if ref.def_id is not trait else None
        if why is not None:
            return f"its supertrait `{ref.def_id.name}` is not: {why}"
    return next((why for item in _items(db, trait) if (why := _item_violation(db, item)) is not None), None)


def _items(db: Database, trait: DefId) -> list[DefId]:
    return [item for items in assoc_items(db, trait).values() for item in items]


def _item_violation(db: Database, item: DefId) -> str | None:
    decl = signature(db, item)
    if requires_sized(db, item):
        return None
    if item.kind is DefKind.CONST:
        return f"it contains the associated constant `{item.name}`"
    own = generics_of(db, item).own
    if item.kind is DefKind.TYPE_ALIAS:
        return f"it contains the generic associated type `{item.name}`" if own else None
    if not isinstance(decl, h.FnDecl):
        return None
    if decl.self_kind is None:
        return f"associated function `{item.name}` has no `self` parameter"
    if any(p.kind != "lifetime" for p in own):
        return f"method `{item.name}` has generic type parameters"
    if decl.is_async or any(
        isinstance(node, t.AliasTy) and node.kind == "opaque" for node in t.walk(fn_sig(db, item).output)
    ):
        return f"method `{item.name}` returns an unnamed type"
    sig = fn_sig(db, item)
    if any(_mentions_self(ty) for ty in (*sig.inputs[1:], sig.output)):
        return f"method `{item.name}` references the `Self` type in its parameters or return type"
    return None


def requires_sized(db: Database, item: DefId) -> bool:
    """``where Self: Sized``: left out of the trait object."""
    sized, own = lang_item(db, "sized"), t.ParamTy(0, "Self")
    found = own_predicates_of(db, item)
    return any(
        isinstance(p, t.TraitPredicate) and p.trait_ref.def_id is sized and p.trait_ref.args[0] is own for p in found
    )


def _mentions_self(value: t.GenericArg) -> bool:
    """``Self`` outside of projections (``Self::Item`` may be named)."""
    if isinstance(value, t.AliasTy):
        return False
    if isinstance(value, t.ParamTy):
        return value.index == 0 and value.name == "Self"
    return any(_mentions_self(part) for part in _parts(value))


def _parts(value: t.GenericArg) -> tuple[t.GenericArg, ...]:
    if isinstance(value, t.AdtTy):
        return value.args
    if isinstance(value, t.TupleTy):
        return value.elems
    if isinstance(value, t.RefTy | t.PtrTy | t.SliceTy | t.ArrayTy):
        return (value.ty,)
    if isinstance(value, t.FnPtrTy):
        return (*value.inputs, value.output)
    return ()
