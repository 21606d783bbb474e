"""Well-formedness of signatures: the where-clauses of every type a signature names hold.

What it is: rustc's ``wfcheck`` for fields, function signatures, constants and impl headers (E0277), and sizes known
where they must be.

Assumes: predicates are those of :func:`compiler.ty.collect.predicates_of`. Guarantees: no error where a type is
unknown or where the library may only lack an impl: a bound is reported if its trait or its type is the user's, or for
``Sized``, ``Copy`` and ``Clone``.

Example: with ``struct W<T: Copy>(T);`` the signature ``fn f<T>(x: W<T>)`` is E0277: ``T: Copy`` is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from compiler.base.dataclass import dataclass
from compiler.base.span import Span
from compiler.diagnostics.model import Diagnostic
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.query import Database
from compiler.resolve.def_map import has_unknown_derive, is_library
from compiler.resolve.errors import Fact
from compiler.resolve.lang import lang_item, lang_name_of
from compiler.resolve.lowering import signature
from compiler.resolve.source import item_of
from compiler.ty import types as t
from compiler.ty.adt import adt_def
from compiler.ty.collect import assoc_items, fn_sig, item_bounds, predicates_of, super_predicates_of, type_of
from compiler.ty.dyn_compat import dyn_violation
from compiler.ty.impls import impl_header
from compiler.ty.infcx import InferCtxt
from compiler.ty.infer.errors import unsatisfied
from compiler.ty.sketches import is_sketch, mentions_sketch
from compiler.ty.traits.builtin import is_auto_trait
from compiler.ty.traits.env import param_env
from compiler.ty.traits.fulfill import evaluate
from compiler.ty.wf_static import MustLiveForEver, short_lived

_ALWAYS_SIZED = frozenset((t.IntTy, t.FloatTy, t.RefTy, t.PtrTy, t.ArrayTy, t.FnPtrTy, t.FnDefTy, t.ClosureTy))
_TRUSTED = frozenset(("sized", "copy", "clone"))
_COMPLETE = frozenset(
    ("Default", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd")
)  # of which types of `core` have every impl


@dataclass(frozen=True, slots=True)
class UnsatisfiedBound(Fact):
    """``required_by``: what has the bound."""

    ty: str
    trait: str
    required_by: str
    code: ClassVar[str] = "E0277"

    def message(self) -> str:
        if self.trait == "Sized":
            return f"the size for values of type `{self.ty}` cannot be known at compilation time"
        return unsatisfied(self.ty, self.trait)

    def label(self) -> str:
        if self.trait == "Sized":
            return "doesn't have a size known at compile-time"
        return f"the trait `{self.trait}` is not implemented for `{self.ty}`"

    def children(self) -> tuple[tuple[str, str], ...]:
        return (("note", f"required by {self.required_by}"),)


@dataclass(frozen=True, slots=True)
class NotDynCompatible(Fact):
    """``dyn`` of a trait that cannot be called through a pointer."""

    trait: str
    why: str
    code: ClassVar[str] = "E0038"

    def message(self) -> str:
        return f"the trait `{self.trait}` is not dyn compatible"

    def label(self) -> str:
        return f"`{self.trait}` is not dyn compatible"

    def children(self) -> tuple[tuple[str, str], ...]:
        return (("note", self.why), ("help", "take a generic parameter with this bound instead"))


class WellFormed:
    """Checks in the parameter environment of one definition."""

    def __init__(self, db: Database, def_id: DefId, found: list[Diagnostic]) -> None:
        self.db = db
        self.def_id = def_id
        self.found = found
        self._icx: InferCtxt | None = None

    @property
    def icx(self) -> InferCtxt:
        """Made when first needed: most signatures need no proof."""
        if self._icx is None:
            self._icx = InferCtxt(self.db, param_env(self.db, self.def_id))
        return self._icx

    def ty(self, ty: t.Ty, span: Span) -> None:
        """The bounds of every type in ``ty``."""
        if ty.flags & t.HAS_ERROR:
            return
        for node in t.walk(t.erase_regions(ty)):
            if isinstance(node, t.AdtTy) and not is_sketch(self.db, node.def_id):
                for predicate in predicates_of(self.db, node.def_id):
                    self.holds(t.subst(predicate, node.args), span, f"a bound of `{node.def_id.name}`")
            elif isinstance(node, t.ArrayTy | t.SliceTy):
                self.sized(node.ty, span, "elements of arrays and slices")
            elif isinstance(node, t.DynTy):
                self._dyn(node, span)

    def _dyn(self, ty: t.DynTy, span: Span) -> None:
        for trait, _ in ty.bounds:
            why = dyn_violation(self.db, trait)
            if why is not None:
                made = NotDynCompatible(span, trait.name, why).to_diagnostic(self.def_id)
                self.found.extend([made] if made not in self.found else [])

    def sized(self, ty: t.Ty, span: Span, required_by: str) -> None:
        trait = lang_item(self.db, "sized")
        if trait is not None and type(ty) not in _ALWAYS_SIZED:
            self.holds(t.TraitPredicate(t.TraitRef(trait, (ty,))), span, required_by)

    def holds(self, predicate: t.Predicate, span: Span, required_by: str) -> None:
        """Report a trait bound that is known not to hold."""
        if not isinstance(predicate, t.TraitPredicate) or predicate.flags & t.HAS_ERROR:
            return
        ref = t.erase_regions(predicate.trait_ref)
        if type(ref.self_ty) in _ALWAYS_SIZED and ref.def_id is lang_item(self.db, "sized"):
            return
        if ref in self.icx.env.traits.get(ref.def_id, ()):
            return
        ref = self.icx.resolve(self.icx.normalize(ref))
        if ref.flags & (t.HAS_ERROR | t.HAS_INFER) or not self.is_trusted(ref):
            return
        if evaluate(self.icx, t.TraitPredicate(ref)) is False:
            arguments = ", ".join(map(repr, ref.args[1:]))
            trait = ref.def_id.name + (f"<{arguments}>" if arguments else "")
            fact = UnsatisfiedBound(span, repr(ref.self_ty), trait, required_by)
            made = fact.to_diagnostic(self.def_id)
            if made not in self.found:
                self.found.append(made)

    def is_trusted(self, ref: t.TraitRef) -> bool:
        """Whether a missing impl means that there is none."""
        ty: Any = ref.self_ty
        while isinstance(ty, t.RefTy | t.PtrTy | t.SliceTy | t.ArrayTy):
            ty = ty.ty
        if mentions_sketch(self.db, ref):
            return False
        if isinstance(ty, t.AdtTy):
            if has_unknown_derive(self.db, ty.def_id):
                return False
            if not is_library(self.db, ty.def_id):
                return True
        if isinstance(ty, t.ParamTy):
            return True
        of_core = isinstance(ty, t.AdtTy) and ty.def_id.krate.name == "core"  # compared by `python -m bench.impls`
        if (of_core or isinstance(ty, t.IntTy | t.FloatTy) or ty in (t.bool_, t.char)) and ref.def_id.name in _COMPLETE:
            return True
        if is_auto_trait(self.db, ref.def_id):
            return True
        return lang_name_of(self.db, ref.def_id) in _TRUSTED or not is_library(self.db, ref.def_id)


# ---------------------------------------------------------------- by kind of item


def check_well_formed(db: Database, def_id: DefId, found: list[Diagnostic]) -> None:
    """All checks of one item's signature."""
    wf = WellFormed(db, def_id, found)
    kind = def_id.kind
    if kind is DefKind.FN:
        _fn(wf)
    elif kind in (DefKind.STRUCT, DefKind.ENUM, DefKind.UNION):
        _adt(wf)
    elif kind in (DefKind.CONST, DefKind.STATIC):
        decl = signature(db, def_id)
        if isinstance(decl, h.ConstDecl):
            ty, span = type_of(db, def_id), _span(decl.ty)
            wf.ty(ty, span)
            wf.sized(ty, span, "the type of a constant or static")
            sync = lang_item(db, "sync")
            if kind is DefKind.STATIC and sync is not None and not decl.mutable and not _is_per_thread(db, def_id):
                wf.holds(t.TraitPredicate(t.TraitRef(sync, (ty,))), span, "statics: every thread sees them")
    elif kind is DefKind.IMPL:
        _impl(wf)


def _is_per_thread(db: Database, static: DefId) -> bool:
    """Of a foreign block, or one for each thread: need not be ``Sync``."""
    item = item_of(db, static)
    foreign = static.parent is not None and static.parent.kind is DefKind.FOREIGN_MOD
    return foreign or item is None or item.attr("thread_local") is not None


def _span(ref: h.TypeRef | None) -> Span:
    return ref.span if ref is not None else Span(0, 0)


def _fn(wf: WellFormed) -> None:
    decl, item = signature(wf.db, wf.def_id), item_of(wf.db, wf.def_id)
    if not isinstance(decl, h.FnDecl) or item is None:
        return
    sig = fn_sig(wf.db, wf.def_id)
    for param, ty in zip(decl.params, sig.inputs, strict=False):
        wf.ty(ty, _span(param.ty))
        if item.has_body:
            wf.sized(ty, _span(param.ty), "a function parameter")
    wf.ty(sig.output, _span(decl.ret))
    if item.has_body and decl.ret is not None:
        wf.sized(sig.output, _span(decl.ret), "a return type")


def _adt(wf: WellFormed) -> None:
    adt = adt_def(wf.db, wf.def_id)
    decl = signature(wf.db, wf.def_id)
    if not isinstance(decl, h.AdtDecl):
        return
    for variant, written in zip(adt.variants, decl.variants, strict=False):
        for i, (field, ref) in enumerate(zip(variant.fields, written.fields, strict=False)):
            wf.ty(field.ty, _span(ref.ty))
            for param in short_lived(wf.db, wf.def_id, field.ty):
                wf.found.append(MustLiveForEver(_span(ref.ty), repr(param)).to_diagnostic(wf.def_id))
            if not (adt.is_struct and i == len(variant.fields) - 1):
                wf.sized(field.ty, _span(ref.ty), "every field but the last of a struct")
    _unused_params(wf, decl)


def _unused_params(wf: WellFormed, decl: h.AdtDecl) -> None:
    """E0392: a type or lifetime parameter that no field uses."""
    from compiler.ty.generics import generics_of
    from compiler.ty.item_errors import KernelRule

    adt = adt_def(wf.db, wf.def_id)
    fields = [f.ty for v in adt.variants for f in v.fields]
    if any(ty.flags & t.HAS_ERROR for ty in fields) or adt.lang is not None:
        return
    used = set(_used_indices(fields))
    for p in predicates_of(wf.db, wf.def_id):  # ``F: Fn() -> U`` uses U as long as F is used
        if isinstance(p, t.ProjectionPredicate) and set(_used_indices(p.alias.args)) <= used:
            used.update(_used_indices((p.term,)))
    for param in generics_of(wf.db, wf.def_id).own:
        if param.kind == "const" or param.index in used or (param.kind, param.name) == ("lifetime", "static"):
            continue
        name = f"'{param.name}" if param.kind == "lifetime" else param.name
        noun = "lifetime" if param.kind == "lifetime" else "type"
        text = f"{noun} parameter `{name}` is never used"
        help_text = "remove it, or use it in a field of type `core::marker::PhantomData`"
        fact = KernelRule(
            decl.generics.params[param.position].span, "E0392", text, f"unused {noun} parameter", help_text
        )
        wf.found.append(fact.to_diagnostic(wf.def_id))


def _used_indices(types: Iterable[Any]) -> Iterator[int]:
    for ty in types:
        for node in t.walk(ty):
            if isinstance(node, t.ParamTy) or (isinstance(node, t.Region) and node.kind == "early"):
                yield node.index


def _impl(wf: WellFormed) -> None:
    """The trait's own bounds and supertraits hold for the self type, and associated types keep their declared
    bounds.
    """
    header = impl_header(wf.db, wf.def_id)
    decl = signature(wf.db, wf.def_id)
    if not isinstance(decl, h.ImplDecl) or header.self_ty.flags & t.HAS_ERROR:
        return
    span = _span(decl.self_ty)
    wf.ty(header.self_ty, span)
    ref = header.trait_ref
    if ref is None or not header.positive:
        return
    own = t.TraitPredicate(t.TraitRef(ref.def_id, ref.args))
    for predicate in (*predicates_of(wf.db, ref.def_id)[1:], *super_predicates_of(wf.db, ref.def_id)):
        wanted = t.subst(predicate, ref.args)
        if wanted is not own:
            wf.holds(wanted, span, f"the trait `{ref.def_id.name}`")
    for name, items in assoc_items(wf.db, wf.def_id).items():
        for item in items:
            if item.kind is DefKind.TYPE_ALIAS and not type_of(wf.db, item).flags & t.HAS_ERROR:
                _assoc_type_bounds(wf, ref, name, item, span)


def _assoc_type_bounds(wf: WellFormed, ref: t.TraitRef, name: str, item: DefId, span: Span) -> None:
    declared = next((d for d in assoc_items(wf.db, ref.def_id).get(name, ()) if d.kind is DefKind.TYPE_ALIAS), None)
    if declared is None or len(signature(wf.db, item).generics.params):  # type: ignore[union-attr]
        return
    for bound in item_bounds(wf.db, declared):
        wf.holds(t.subst(bound, ref.args), span, f"the associated type `{name}` of `{ref.def_id.name}`")
