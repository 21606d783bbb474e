"""Trait facts with regions: what a projection is, and which constraints a where-clause brings.

What it is: the trait solver works on erased types. Here its *choice* (which impl, which where-clause) is replayed on
types with region variables: the impl's header is matched against them, regions that meet are equated, and the impl's
own where-clauses follow.

Assumes: the body is well-typed, so every question has an answer. Guarantees: where the choice cannot be replayed the
result has fresh, unconstrained regions: an error may be missed, none is invented.

Example: ``<Iter<'3, u32> as Iterator>::Item`` is ``&'3 u32``.
"""

from __future__ import annotations

from typing import Any

from compiler.analysis.borrowck.closure_sigs import BINDER_BASE
from compiler.analysis.borrowck.constraints import Placeholder, TypeTest, Where
from compiler.analysis.borrowck.region_types import RegionMap, RegionTypes
from compiler.hir.def_id import DefId, DefKind
from compiler.mir.type_facts import normalize as normalize_erased
from compiler.query import Database
from compiler.ty import types as t
from compiler.ty.traits.project import is_of_trait
from compiler.ty.traits.return_types import counterpart

_OF_FUNCTIONS = BINDER_BASE + 2_000_000  # late-bound regions of a function as a value
_FN_TRAITS = ("fn", "fn_mut", "fn_once")
_MAX_DEPTH = 24


def _length(normal: t.Ty, made: t.ArrayTy) -> t.Const:
    return normal.len if isinstance(normal, t.ArrayTy) else made.len


class Projections:
    """See the module docstring. ``predicates``: the where-clauses of the body's owner, with region variables."""

    def __init__(self, db: Database, env: Any, types: RegionTypes, predicates: list[t.Predicate]) -> None:
        self.db = db
        self.env = env
        self.types = types
        self.predicates = predicates
        self._depth = 0
        self._proving: set[Any] = set()
        self._normal: dict[t.Ty, t.Ty] = {}
        self._markers: dict[DefId, bool] = {}

    # -- normalisation

    def normalize(self, ty: Any, where: Where) -> Any:
        """Projections replaced, bottom up."""
        if not ty.flags & t.HAS_ALIAS:
            return ty
        kind = type(ty)
        if kind is t.Const:
            return ty
        made = t.map_children(ty, lambda c: self.normalize(c, where))
        if kind is t.AliasTy and (made.kind == "projection" or is_of_trait(made)) and self._depth < _MAX_DEPTH:
            self._depth += 1
            try:
                return self._project(made, where)
            finally:
                self._depth -= 1
        if kind is t.ArrayTy:
            return t.ArrayTy(made.ty, _length(self._normalize_erased(made), made)) if made.len.flags else made
        return made

    def _normalize_erased(self, ty: t.Ty) -> t.Ty:
        found = self._normal.get(ty)
        if found is None:
            found = self._normal[ty] = normalize_erased(self.db, self.env, ty)
        return found

    def _project(self, alias: t.AliasTy, where: Where) -> Any:
        if alias.kind == "opaque":
            found = self._replay(alias, where)
            return self.normalize(found, where) if found is not None else alias
        erased = self.types.erase(alias)
        normal = self._normalize_erased(erased)
        if normal is erased:
            return alias  # rigid
        if not self.types.has_regions(normal) and not self.types.has_regions(alias):
            return normal
        found = self._replay(alias, where)
        if found is None:
            return self.types.fresh(normal)
        found = self.normalize(found, where)
        return found if self.types.erase(found) is normal else self.types.fresh(normal)

    def _replay(self, alias: t.AliasTy, where: Where) -> Any:
        """What a projection stands for, by the same choice as the solver's; None: it cannot be replayed."""
        from compiler.resolve.lang import lang_name_of

        found = self._from_clauses(alias, where)
        if found is not None:
            return found
        trait = alias.def_id.parent
        assert trait is not None
        if lang_name_of(self.db, trait) == "fn_once":
            sig = self.callable(alias.args[0])
            if sig is not None:
                self.types.equate(t.TupleTy(sig.inputs), alias.args[1], where)
                return sig.output
        n = self.types.count(trait)
        chosen = self._select(t.TraitRef(trait, alias.args[:n]))
        if chosen is None or chosen.kind != "impl":
            return None
        args = self._impl_args(chosen, t.TraitRef(trait, alias.args[:n]), where)
        if alias.kind == "opaque":
            return self._return_type(alias, chosen.impl_id, args)
        return self._assoc_type(alias, chosen.impl_id, args)

    def _return_type(self, alias: t.AliasTy, impl: DefId, args: t.GenericArgs) -> Any:
        """What an impl's function returns where its trait's says ``impl Trait``."""
        from compiler.ty.collect import assoc_items, fn_sig
        from compiler.ty.generics import generics_of

        n = self.types.count(alias.def_id)
        own = alias.args[generics_of(self.db, alias.def_id).parent_count : n]
        for item in assoc_items(self.db, impl).get(alias.def_id.name, ()):
            sig = fn_sig(self.db, item)
            late = tuple([r for r in alias.args[n:] if isinstance(r, t.Region)])
            given = self.types.instantiate(sig.output, args + own, dict(zip(sig.late_bound, late, strict=False)))
            given = self.types.capture(given, item, late)
            return counterpart(fn_sig(self.db, alias.def_id).output, given, alias)
        return None

    def _assoc_type(self, alias: t.AliasTy, impl: DefId, args: t.GenericArgs) -> Any:
        from compiler.ty.collect import assoc_items, type_of
        from compiler.ty.generics import generics_of

        own = alias.args[generics_of(self.db, alias.def_id).parent_count :]
        for item in assoc_items(self.db, impl).get(alias.def_id.name, ()):
            if item.kind is DefKind.TYPE_ALIAS:
                return self.types.instantiate(type_of(self.db, item), args + own)
        return self.types.instantiate(type_of(self.db, alias.def_id), alias.args)

    def _clauses(self, self_ty: Any) -> list[t.Predicate]:
        """Where-clauses in scope and the declared bounds of a rigid self type."""
        from compiler.ty.collect import item_bounds, opaque_bounds

        if isinstance(self_ty, t.DynTy):
            return [*self.predicates, *self._of_object(self_ty)]
        if not isinstance(self_ty, t.AliasTy):
            return self.predicates
        if self_ty.kind == "opaque":
            bounds = opaque_bounds(self.db, self_ty.def_id, self_ty.index)
            late = self_ty.args[self.types.count(self_ty.def_id) :]
            names = self.types._late_bound(self_ty.def_id)
            bound = {n: r for n, r in zip(names, late, strict=False) if isinstance(r, t.Region)}
            own = [self._pin(p, self_ty, bound) for p in bounds]
        else:
            own = [self.types.instantiate(p, self_ty.args) for p in item_bounds(self.db, self_ty.def_id)]
        return [*self.predicates, *own]

    def _of_object(self, ty: t.DynTy) -> list[t.Predicate]:
        """What a trait object implements by itself, supertraits included."""
        from compiler.ty.collect import super_predicates_of
        from compiler.ty.traits.object import object_bounds

        out: dict[t.Predicate, None] = {}
        work = object_bounds(ty, ty)[::-1]
        while work:
            p = work.pop()
            if p not in out and isinstance(p, t.TraitPredicate):
                supers = super_predicates_of(self.db, p.trait_ref.def_id)
                work.extend(self.types.instantiate(s, p.trait_ref.args) for s in reversed(supers))
            out[p] = None
        return list(out)

    def _pin(self, p: t.Predicate, alias: t.AliasTy, bound: RegionMap) -> t.Predicate:
        """A declared bound of an opaque type, about this very alias."""

        def go(node: Any) -> Any:
            if type(node) is t.AliasTy and node.kind == "opaque" and node.def_id is alias.def_id:
                if node.index == alias.index:
                    return alias
            if type(node) in (t.ParamTy, t.Region, t.Const):
                return self.types.instantiate(node, alias.args, bound)
            return t.map_children(node, go)

        return go(p)  # type: ignore[no-any-return]

    def _from_clauses(self, alias: t.AliasTy, where: Where) -> Any:
        wanted = self.types.erase(alias).args
        for p in self._clauses(alias.args[0]):
            if not isinstance(p, t.ProjectionPredicate) or p.alias.def_id is not alias.def_id:
                continue
            if tuple(map(self.types.erase, p.alias.args)) == wanted:
                found = self.open_binder(p)
                assert isinstance(found, t.ProjectionPredicate)
                self.types._all(found.alias.args, alias.args, 3, where)
                return found.term
        return None

    def live_regions(self, ty: Any) -> list[t.Region]:
        """The regions that must hold where a value of the type is live: all, but for rigid projections and opaque
        types that are ``'static`` by their bounds."""
        if not ty.flags & t.HAS_REGION:
            return []
        if not ty.flags & t.HAS_ALIAS:
            return list(self.types.regions(ty))
        out: list[t.Region] = []

        def visit(node: Any) -> Any:
            if type(node) is t.Region:
                if node.kind == "var":
                    out.append(node)
            elif not (type(node) is t.AliasTy and self._is_static(node)):
                t.map_children(node, visit)
            return node

        visit(ty)
        return out

    def _is_static(self, alias: t.AliasTy) -> bool:
        return any(
            isinstance(p, t.OutlivesPredicate) and p.region is self.types.static and self._covers(p.subject, alias)
            for p in self._clauses(alias)
        )

    def _covers(self, subject: Any, alias: t.AliasTy) -> bool:
        """Whether what is said of ``subject``, perhaps for all lifetimes, is said of ``alias``."""
        if subject is alias:
            return True
        return bool(subject.flags & t.HAS_BOUND) and self.types.erase(subject) is self.types.erase(alias)

    def _is_open_callable(self, predicate: Any) -> bool:
        """``F: for<'a> Fn(&'a A)`` for a closure or fn pointer, of which it is not known for sure what its own binder
        binds: such a bound is held to for some lifetime."""
        from compiler.resolve.lang import lang_name_of

        trait: Any = None
        if isinstance(predicate, t.TraitPredicate):
            trait, self_ty = predicate.trait_ref.def_id, predicate.trait_ref.args[0]
        elif isinstance(predicate, t.ProjectionPredicate):
            trait, self_ty = predicate.alias.def_id.parent, predicate.alias.args[0]
        return trait is not None and lang_name_of(self.db, trait) in _FN_TRAITS and not isinstance(self_ty, t.FnDefTy)

    def _enter_binder(self, predicate: Any, where: Where) -> tuple[Any, list[Placeholder]]:
        """``for<'a>`` regions of what is to be proved, replaced by placeholders."""
        trait = ""
        if isinstance(predicate, t.TraitPredicate):
            trait = predicate.trait_ref.def_id.name
        elif isinstance(predicate, t.ProjectionPredicate) and predicate.alias.def_id.parent is not None:
            trait = predicate.alias.def_id.parent.name
        made: RegionMap = {}
        opened = self._open(predicate, made)
        found = [Placeholder(region.index, region.index + 1, trait, where) for region in made.values()]
        self.types.constraints.placeholders.extend(found)
        return opened, found

    def open_binder(self, value: Any) -> Any:
        """``for<'a>`` regions of a clause replaced by new variables."""
        return self._open(value, {}) if value.flags & t.HAS_BOUND else value

    def _open(self, value: Any, made: RegionMap) -> Any:
        def go(node: Any) -> Any:
            if type(node) is t.Region and node.kind == "bound" and node.index >= BINDER_BASE:
                if node not in made:
                    made[node] = self.types.var()
                return made[node]
            if type(node) is t.FnPtrTy or type(node) is t.DynTy:
                return node
            return t.map_children(node, go)

        return go(value)

    # -- selection, replayed

    def _select(self, ref: t.TraitRef) -> Any:
        from compiler.ty.traits.select import select_ground

        return select_ground(self.db, self.env, self.types.erase(ref), False)

    def _impl_args(self, chosen: Any, ref: t.TraitRef, where: Where) -> t.GenericArgs:
        """The impl's arguments with regions: read off the header, the rest from its where-clauses."""
        from compiler.ty.collect import predicates_of
        from compiler.ty.impls import impl_trait_ref

        header = impl_trait_ref(self.db, chosen.impl_id)
        assert header is not None
        found: dict[int, Any] = {}
        for pattern, arg in zip(header.args, ref.args, strict=False):
            self._match(pattern, arg, found, where)
        args = list(chosen.args)
        open_ = [i for i in range(len(args)) if i not in found]
        for i in range(len(args)):
            args[i] = found[i] if i in found else self.types.fresh(args[i])
        if open_:
            self._bind_from_clauses(predicates_of(self.db, chosen.impl_id), tuple(args), where)
        return tuple(args)

    def _bind_from_clauses(self, predicates: tuple[t.Predicate, ...], args: t.GenericArgs, where: Where) -> None:
        for p in predicates:
            if isinstance(p, t.ProjectionPredicate) and isinstance(p.term, t.Ty):
                made = self.open_binder(self.types.instantiate(p, args))
                self.types.equate(self.normalize(made.alias, where), self.normalize(made.term, where), where)

    def _match(self, pattern: Any, arg: Any, found: dict[int, Any], where: Where) -> None:
        """Read an impl's parameters off a type of the header's shape."""
        kind = type(pattern)
        if kind is t.ParamTy or (kind is t.Region and pattern.kind == "early"):
            if pattern.index in found:
                self.types.equate(found[pattern.index], arg, where)
            else:
                found[pattern.index] = arg
        elif kind is t.Region:
            if pattern.kind == "static" and isinstance(arg, t.Region):
                self.types.outlives(arg, self.types.static, where)
        elif kind is t.Const:
            if pattern.kind == "param":
                found.setdefault(pattern.index, arg)
        elif kind is type(arg) and kind is not t.AliasTy:
            self._match_children(pattern, arg, found, where)

    def _match_children(self, pattern: Any, arg: Any, found: dict[int, Any], where: Where) -> None:
        for x, y in zip(t.children(pattern), t.children(arg), strict=False):
            self._match(x, y, found, where)

    def callable(self, ty: Any) -> t.FnPtrTy | None:
        """The signature of a closure, function item or fn pointer for one call: bound regions are new variables."""
        if isinstance(ty, t.ClosureTy):
            parts = self.types.closure_parts(ty)
            return self.open_binder_deep(parts[0]) if parts is not None else None
        if isinstance(ty, t.FnPtrTy):
            return self.open_binder_deep(ty)
        if isinstance(ty, t.DynTy):
            object_sig = self.types.fn_object(ty)
            return self.open_binder_deep(object_sig) if object_sig is not None else None
        return self.signature(ty, False) if isinstance(ty, t.FnDefTy) else None

    def signature(self, fn: t.FnDefTy, is_binder: bool = True) -> t.FnPtrTy:
        """A function's signature; its late-bound lifetimes are bound there, or new variables."""
        from compiler.ty.collect import fn_sig

        sig = fn_sig(self.db, fn.def_id)
        bound: RegionMap = {}
        for i, region in enumerate(sig.late_bound):
            bound[region] = t.Region("bound", "late", _OF_FUNCTIONS + i) if is_binder else self.types.var()
        made = self.types.instantiate(t.FnPtrTy(sig.inputs, sig.output), fn.args, bound)
        assert isinstance(made, t.FnPtrTy)
        return self.normalize(made, Where())  # type: ignore[no-any-return]

    def open_binder_deep(self, ty: t.FnPtrTy) -> t.FnPtrTy:
        """One call's view of a fn pointer: its bound regions, and unknown ones by the elision rule, are variables."""
        made: RegionMap = {}
        unknown: list[t.Region] = []

        def go(node: Any, is_output: bool) -> Any:
            if type(node) is t.Region:
                if node.kind == "erased":
                    if is_output and len(unknown) == 1:
                        return unknown[0]
                    unknown.append(self.types.var())
                    return unknown[-1]
                if node.kind == "bound":
                    if node not in made:
                        made[node] = self.types.var()
                    return made[node]
                return self.types.static if node.kind == "static" else node
            if type(node) is t.FnPtrTy:
                return node
            return t.map_children(node, lambda c: go(c, is_output))

        inputs = tuple([go(i, False) for i in ty.inputs])
        return t.FnPtrTy(inputs, go(ty.output, True), ty.is_unsafe, ty.abi)

    # -- where-clauses

    def prove(self, predicate: Any, where: Where) -> None:
        """The region constraints a predicate (with region variables) brings."""
        if predicate.flags & t.HAS_BOUND and not self._is_open_callable(predicate):
            opened, placeholders = self._enter_binder(predicate, where)
            if placeholders:
                self.prove(opened, where)
                for placeholder in placeholders:
                    placeholder.last = self.types.constraints.n_vars
                return
        if isinstance(predicate, t.OutlivesPredicate):
            self.prove_outlives(predicate.subject, predicate.region, where)
            return
        if not self.types.has_regions(predicate) or self._depth >= _MAX_DEPTH:
            return
        if predicate in self._proving:
            return
        self._depth += 1
        self._proving.add(predicate)
        try:
            if isinstance(predicate, t.ProjectionPredicate):
                self._prove_projection(predicate, where)
            elif isinstance(predicate, t.TraitPredicate):
                self.prove_trait(predicate.trait_ref, where)
        finally:
            self._proving.discard(predicate)
            self._depth -= 1

    def _prove_projection(self, p: t.ProjectionPredicate, where: Where) -> None:
        if isinstance(p.term, t.Ty):
            opened = self.open_binder(p)
            term = self.normalize(opened.term, where)
            self.types.equate(self.normalize(opened.alias, where), term, where)

    def is_marker(self, trait: DefId) -> bool:
        """``Sized`` or an auto trait."""
        from compiler.resolve.lang import lang_name_of
        from compiler.ty.traits.builtin import is_auto_trait

        found = self._markers.get(trait)
        if found is None:
            is_sized = lang_name_of(self.db, trait) == "sized"
            found = self._markers[trait] = is_sized or is_auto_trait(self.db, trait)
        return found

    def prove_trait(self, ref: t.TraitRef, where: Where) -> None:
        """The constraints of ``ref`` holding."""
        from compiler.resolve.lang import lang_name_of
        from compiler.ty.collect import predicates_of

        if self.is_marker(ref.def_id):
            return
        name = lang_name_of(self.db, ref.def_id)
        ref = self.normalize(self.open_binder(ref), where)
        if name in _FN_TRAITS:
            sig = self.callable(ref.args[0])
            if sig is not None:
                self.types.equate(t.TupleTy(sig.inputs), ref.args[1], where)
                return
        if self._by_clause(ref, where):
            return
        chosen = self._select(ref)
        if chosen is None or chosen.kind != "impl":
            return
        args = self._impl_args(chosen, ref, where)
        for p in predicates_of(self.db, chosen.impl_id):
            self.prove(self.types.instantiate(p, args), where)

    def _by_clause(self, ref: t.TraitRef, where: Where) -> bool:
        wanted = self.types.erase(ref)
        for p in self._clauses(ref.args[0]):
            if isinstance(p, t.TraitPredicate) and p.trait_ref.def_id is ref.def_id:
                if self.types.erase(p.trait_ref) is wanted:
                    self.types._all(self.open_binder(p.trait_ref).args, ref.args, 3, where)
                    return True
        return False

    def prove_outlives(self, subject: Any, region: t.Region, where: Where) -> None:
        """``subject: region``."""
        if isinstance(subject, t.Region):
            self.types.outlives(subject, region, where)
            return
        if region.kind != "var":
            return
        for component in self.types.components(self.normalize(subject, where)):
            if isinstance(component, t.Region):
                self.types.outlives(component, region, where)
            else:
                self.types.constraints.type_tests.append(TypeTest(component, region.index, where))
