"""Coherence of impls: overlap, orphans, parameters that nothing fixes, ``Copy`` and ``Drop``.

What it is: rustc's ``coherence`` module for one impl at a time (E0119, E0116, E0117, E0204, E0184, E0207).

Assumes: the impls of all crates are indexed. Guarantees: library impls are not checked; impls with unknown parts are
left alone; two impls clash only if their headers unify and no where-clause is known to fail.

Example: ``impl<T> Tr for T {}`` and ``impl Tr for u32 {}`` clash: E0119, at the later one.
"""

from __future__ import annotations

from typing import Any, ClassVar

from compiler.base.dataclass import dataclass
from compiler.diagnostics.model import Diagnostic, Label
from compiler.hir.def_id import DefId, DefKind
from compiler.query import Database
from compiler.resolve.attrs import has_feature
from compiler.resolve.errors import Fact
from compiler.resolve.lang import lang_item, lang_name_of
from compiler.resolve.source import item_of
from compiler.ty import types as t
from compiler.ty.adt import adt_def
from compiler.ty.collect import assoc_items, predicates_of
from compiler.ty.drop_checks import drop_impl_fault
from compiler.ty.generics import generics_of
from compiler.ty.impls import ImplHeader, TraitImpl, crate_inherent_impls, impl_header, simplify, trait_impls_for
from compiler.ty.infcx import InferCtxt
from compiler.ty.item_errors import CodedFact
from compiler.ty.traits.env import EMPTY_ENV, param_env
from compiler.ty.traits.fulfill import evaluate
from compiler.ty.traits.select import could_match, fresh_args


@dataclass(frozen=True, slots=True)
class ConflictingImpls(Fact):
    trait: str
    ty: str
    other: DefId
    code: ClassVar[str] = "E0119"

    def message(self) -> str:
        return f"conflicting implementations of trait `{self.trait}` for type `{self.ty}`"

    def label(self) -> str:
        return f"conflicting implementation for `{self.ty}`"

    def children(self) -> tuple[tuple[str, str], ...]:
        return (("note", f"the other implementation is in `{self.other.krate.name}`: `{self.other.name}`"),)


@dataclass(frozen=True, slots=True)
class BadImpl(CodedFact):
    """Any other fault of an impl as a whole: ``text`` words it."""

    text: str
    label_text: str = ""
    help_text: str = ""
    where: tuple[Label, ...] = ()

    def message(self) -> str:
        return self.text

    def label(self) -> str:
        return self.label_text

    def secondary(self) -> tuple[Label, ...]:
        return self.where

    def children(self) -> tuple[tuple[str, str], ...]:
        return (("help", self.help_text),) if self.help_text else ()


def check_coherence(db: Database, impl: DefId, found: list[Diagnostic]) -> None:
    """All checks of one impl of a user crate."""
    header = impl_header(db, impl)
    if header.self_ty.flags & t.HAS_ERROR or (header.of_trait and header.trait_ref is None):
        return
    if header.trait_ref is not None and lang_name_of(db, header.trait_ref.def_id) in _BUILT_IN:
        text = f"explicit impls for the `{header.trait_ref.def_id.name}` trait are not permitted"
        _report(db, header, found, "E0322", text)
        return
    if header.trait_ref is not None and lang_name_of(db, header.trait_ref.def_id) in _FN_TRAITS:
        if not has_feature(db, impl.krate, "unboxed_closures"):
            text = f"manual implementations of `{header.trait_ref.def_id.name}` are experimental"
            _report(db, header, found, "E0183", text, help_text="add `#![feature(unboxed_closures)]` to the crate")
            text = "the precise format of `Fn`-family traits' type parameters is subject to change"
            _report(db, header, found, "E0658", text)
            return
    n_before = len(found)
    _check_orphan(db, header, found)
    is_orphan = len(found) > n_before
    _check_unconstrained(db, header, found)
    if header.trait_ref is None and not is_orphan:
        _check_inherent_overlap(db, header, found)
    if header.trait_ref is None or not header.positive:
        return
    name = lang_name_of(db, header.trait_ref.def_id)
    if not is_orphan:
        n_before = len(found)
        _check_overlap(db, header, header.trait_ref, found)
        if len(found) > n_before:
            return
    if name == "copy" and not is_orphan:
        _check_copy(db, header, found)
    elif name == "drop":
        wrong = drop_impl_fault(db, header.impl, header.self_ty)
        if wrong is not None:
            _report(db, header, found, *wrong)


# Traits that only the compiler implements.
_BUILT_IN = frozenset(("sized", "pointee_trait", "discriminant_kind", "tuple_trait", "fn_ptr_trait", "unsize"))


_FN_TRAITS = frozenset(("fn", "fn_mut", "fn_once"))


def _report(db: Database, header: ImplHeader, found: list[Diagnostic], code: str, text: str, **more: Any) -> None:
    item = item_of(db, header.impl)
    if item is not None:
        found.append(BadImpl(item.name_span, code, text, **more).to_diagnostic(header.impl))


# ---------------------------------------------------------------- orphans, unconstrained parameters


def _is_local(ty: Any, krate: DefId) -> bool:
    """Whether a type belongs to the crate (``&Local`` counts, ``Box`` is not known here)."""
    while isinstance(ty, t.RefTy):
        ty = ty.ty
    if isinstance(ty, t.DynTy):
        return any(d.krate is krate for d, _ in ty.bounds)
    return isinstance(ty, t.AdtTy) and ty.def_id.krate is krate


def _check_orphan(db: Database, header: ImplHeader, found: list[Diagnostic]) -> None:
    krate = header.impl.krate
    ref = header.trait_ref
    if ref is None:
        if isinstance(header.self_ty, t.AdtTy):
            if header.self_ty.def_id.krate is not krate:
                text = "cannot define inherent `impl` for a type outside of the crate where the type is defined"
                _report(db, header, found, "E0116", text, help_text="define a trait and implement it for the type")
        elif isinstance(header.self_ty, t.ParamTy):
            text = "no nominal type found for inherent implementation"
            _report(db, header, found, "E0118", text, help_text="implement a trait instead")
        elif not isinstance(header.self_ty, t.AliasTy | t.DynTy):
            text = f"cannot define inherent `impl` for the primitive type `{header.self_ty!r}`"
            _report(db, header, found, "E0390", text, help_text="define a trait and implement it for the type")
        return
    types = [a for a in ref.args if isinstance(a, t.Ty)]
    if ref.def_id.krate is krate or any(_is_local(ty, krate) or ty.flags & t.HAS_ERROR for ty in types):
        return
    if isinstance(header.self_ty, t.ParamTy):
        text = f"type parameter `{header.self_ty!r}` must be used as the argument of a local type"
        _report(db, header, found, "E0210", text)
        return
    text = "only traits defined in the current crate can be implemented for types defined outside of the crate"
    _report(db, header, found, "E0117", text, help_text="define and implement a trait or a new type instead")


def _check_unconstrained(db: Database, header: ImplHeader, found: list[Diagnostic]) -> None:
    used: set[int] = set()
    roots: list[Any] = [header.self_ty, *(header.trait_ref.args if header.trait_ref is not None else ())]
    for root in roots:
        used |= _params_in(root)
    predicates = predicates_of(db, header.impl)
    for _ in range(3):  # ``I: Iterator<Item = T>`` fixes T once I is fixed
        for p in predicates:
            if isinstance(p, t.ProjectionPredicate) and all(_params_in(a) <= used for a in p.alias.args):
                used |= _params_in(p.term)
    for param in generics_of(db, header.impl).own:
        if param.kind != "lifetime" and param.index not in used:
            noun = "const" if param.kind == "const" else "type"
            text = f"the {noun} parameter `{param.name}` is not constrained by the impl trait, self type, or predicates"
            _report(db, header, found, "E0207", text, label_text=f"unconstrained {noun} parameter")


def _params_in(value: Any) -> set[int]:
    found = set()
    for node in t.walk(value):
        if isinstance(node, t.AliasTy):
            continue
        if isinstance(node, t.ParamTy) or (isinstance(node, t.Const) and node.kind == "param"):
            found.add(node.index)
    return found


# ---------------------------------------------------------------- overlap


def _check_overlap(db: Database, header: ImplHeader, ref: t.TraitRef, found: list[Diagnostic]) -> None:
    """Against every impl that comes earlier in the index."""
    icx = InferCtxt(db, EMPTY_ENV)
    for other in trait_impls_for(db, ref.def_id, simplify(ref.self_ty)):
        if other.impl is header.impl:
            return
        if icx.probe(lambda other=other: _overlap(icx, ref, header.impl, other)):  # type: ignore[misc]
            item = item_of(db, header.impl)
            if item is not None:
                fact = ConflictingImpls(item.name_span, ref.def_id.name, repr(ref.self_ty), other.impl)
                found.append(fact.to_diagnostic(header.impl))
            return


def _overlap(icx: InferCtxt, ref: t.TraitRef, impl: DefId, other: TraitImpl) -> bool:
    if (ref.flags | other.trait_ref.flags) & t.HAS_ERROR:
        return False  # a type that is not known is no other impl's
    pairs = list(zip(ref.args, other.trait_ref.args, strict=False))
    if not all(could_match(icx, a, b) or could_match(icx, b, a) for a, b in pairs):
        return False
    return _meet(icx, impl, ref.args, other.impl, other.trait_ref.args)


def _meet(icx: InferCtxt, impl: DefId, args: t.GenericArgs, other: DefId, other_args: t.GenericArgs) -> bool:
    """Whether some types are both what two impls are written for, with the bounds of both."""
    icx.pending = []
    mine, theirs = fresh_args(icx, impl), fresh_args(icx, other)
    ours = tuple(icx.normalize(t.erase_regions(t.subst(a, mine))) for a in args)
    if not icx.unify_args(ours, tuple(icx.normalize(t.erase_regions(t.subst(a, theirs))) for a in other_args)):
        return False
    predicates = [t.subst(p, mine) for p in predicates_of(icx.db, impl)]
    predicates += [t.subst(p, theirs) for p in predicates_of(icx.db, other)]
    predicates += [o.predicate for o in icx.pending]
    return all(evaluate(icx, t.erase_regions(p)) is not False for p in predicates)


def _check_inherent_overlap(db: Database, header: ImplHeader, found: list[Diagnostic]) -> None:
    """Against the items of every inherent impl of the type that is written later (E0592)."""
    key = simplify(header.self_ty)
    own = assoc_items(db, header.impl)
    if key is None or not own:
        return
    impls = crate_inherent_impls(db, header.impl.krate, key)
    for other in impls[impls.index(header.impl) + 1 :] if header.impl in impls else ():
        theirs = assoc_items(db, other)
        same = [(a, b) for name in own.keys() & theirs.keys() for a in own[name] for b in theirs[name]]
        same = [(a, b) for a, b in same if (a.kind is DefKind.TYPE_ALIAS) is (b.kind is DefKind.TYPE_ALIAS)]
        if not same or not _same_self_ty(db, header, impl_header(db, other)):
            continue
        for mine, twice in same:
            item, again = item_of(db, mine), item_of(db, twice)
            if item is not None and again is not None:
                where = (Label(again.name_span, f"other definition for `{mine.name}`", twice),)
                text = f"duplicate definitions with name `{mine.name}`"
                found.append(BadImpl(item.name_span, "E0592", text, where=where).to_diagnostic(mine))


def _same_self_ty(db: Database, header: ImplHeader, other: ImplHeader) -> bool:
    """Whether some type is the self type of both impls."""
    if other.self_ty.flags & t.HAS_ERROR:
        return False
    return _meet(InferCtxt(db, EMPTY_ENV), header.impl, (header.self_ty,), other.impl, (other.self_ty,))


# ---------------------------------------------------------------- Copy


def _check_copy(db: Database, header: ImplHeader, found: list[Diagnostic]) -> None:
    ty = header.self_ty
    copy = lang_item(db, "copy")
    if isinstance(ty, t.RefTy | t.SliceTy | t.DynTy | t.ArrayTy | t.TupleTy | t.PtrTy):
        _report(
            db,
            header,
            found,
            "E0206",
            f"the trait `Copy` cannot be implemented for `{ty!r}`, which is no type of its own",
        )
    if not isinstance(ty, t.AdtTy) or copy is None:
        return
    icx = InferCtxt(db, param_env(db, header.impl))
    for variant in adt_def(db, ty.def_id).variants:
        for field in variant.fields:
            field_ty = icx.normalize(t.erase_regions(t.subst(field.ty, ty.args)))
            if field_ty.flags & t.HAS_ERROR:
                continue
            if evaluate(icx, t.TraitPredicate(t.TraitRef(copy, (field_ty,)))) is False:
                text = f"the trait `Copy` cannot be implemented for `{ty.def_id.name}`"
                label = Label(field.span, f"`{field.name}` is `{field_ty!r}`, which is not `Copy`", ty.def_id)
                _report(db, header, found, "E0204", text, where=(label,))
                return
    drop = lang_item(db, "drop")
    if drop is not None and _has_impl(db, drop, ty.def_id):
        text = f"the trait `Copy` cannot be implemented for `{ty.def_id.name}`, which has a destructor"
        _report(db, header, found, "E0184", text)


def _has_impl(db: Database, trait: DefId, adt: DefId) -> bool:
    return any(simplify(other.trait_ref.self_ty) is adt for other in trait_impls_for(db, trait, adt))
