"""Derived impls against the types they are derived for: the fields have the trait, and so has the type what it builds
on.

What it is: what rustc finds when it checks the code that a derive wrote, told at the field or at the type's name.

Assumes: the derived impl is an item of the crate (:mod:`compiler.resolve.collector`). Guarantees: no error where a
type is not known or where the library may only lack an impl.

Example: ``#[derive(Clone)] struct S(NotClone);`` is E0277 at the field, ``#[derive(Eq)] struct S;`` at ``S``.
"""

from __future__ import annotations

from compiler.diagnostics.model import Diagnostic
from compiler.hir.def_id import DefId
from compiler.query import Database
from compiler.resolve.lang import lang_item
from compiler.resolve.source import item_of
from compiler.ty import types as t
from compiler.ty.adt import FieldDef, adt_def
from compiler.ty.collect import super_predicates_of
from compiler.ty.impls import impl_header
from compiler.ty.item_errors import KernelRule
from compiler.ty.traits.fulfill import evaluate
from compiler.ty.wf import WellFormed

_OF_FIELDS = frozenset(("Clone", "Debug", "Default", "DeviceCopy", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd"))


def check_derived(db: Database, impl: DefId, adt: DefId, found: list[Diagnostic]) -> None:
    """All checks of one derived impl of the type ``adt``."""
    ref = impl_header(db, impl).trait_ref
    item = item_of(db, adt)
    if ref is None or item is None or ref.self_ty.flags & t.HAS_ERROR:
        return
    wf = WellFormed(db, impl, [])
    for predicate in super_predicates_of(db, ref.def_id):
        wanted = t.subst(predicate, ref.args)
        if isinstance(wanted, t.TraitPredicate) and _fails(wf, wanted):
            found.append(_missing(wanted.trait_ref, item.name_span).to_diagnostic(adt))
    if ref.def_id.name not in _OF_FIELDS:
        return
    definition = adt_def(db, adt)
    if definition.is_union:
        copy = lang_item(db, "copy")
        wanted = t.TraitPredicate(t.TraitRef(copy, (ref.self_ty,))) if copy is not None else None
        if ref.def_id.name == "Clone" and wanted is not None and _fails(wf, wanted):
            found.append(_missing(wanted.trait_ref, item.name_span).to_diagnostic(adt))
        return
    if ref.def_id.name == "Default" and definition.is_enum:
        return
    for field in (f for variant in definition.variants for f in variant.fields):
        _check_field(wf, ref, adt, field, found)


def _check_field(wf: WellFormed, ref: t.TraitRef, adt: DefId, field: FieldDef, found: list[Diagnostic]) -> None:
    ty = wf.icx.resolve(wf.icx.normalize(t.erase_regions(field.ty)))
    arguments = (ty,) * len(ref.args)  # ``PartialEq<Self>``
    wanted = t.TraitRef(ref.def_id, arguments)
    if not _fails(wf, t.TraitPredicate(wanted)):
        return
    fact = _missing(wanted, field.span)
    if ref.def_id.name == "PartialEq":
        text = f"binary operation `==` cannot be applied to type `{ty!r}`"
        fact = KernelRule(field.span, "E0369", text, "", f"`{ty!r}` has no `PartialEq`, which the derive needs")
    found.append(fact.to_diagnostic(adt))


def _fails(wf: WellFormed, predicate: t.TraitPredicate) -> bool:
    """Whether a bound is known not to hold."""
    if predicate.flags & (t.HAS_ERROR | t.HAS_INFER):
        return False
    ref = t.erase_regions(predicate.trait_ref)
    is_ours = ref.def_id.krate.name == "cuda_core"  # written with all its impls
    return (is_ours or wf.is_trusted(ref)) and evaluate(wf.icx, t.TraitPredicate(ref)) is False


def _missing(ref: t.TraitRef, span: object) -> KernelRule:
    text = f"the trait bound `{ref.self_ty!r}: {ref.def_id.name}` is not satisfied"
    label = f"the trait `{ref.def_id.name}` is not implemented for `{ref.self_ty!r}`"
    return KernelRule(span, "E0277", text, label)  # type: ignore[arg-type]
