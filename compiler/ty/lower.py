"""Lowering of written types to :class:`Ty` in the scope of a definition.

What it is: rustc's ``HirTyLowerer``. :class:`TyLowering` lowers types, trait references and bounds; hooks say what
``_``, elided lifetimes, ``impl Trait`` and anonymous constants mean where it is used (a signature, a body, an impl
header).

Assumes: paths carry item-relative spans. Guarantees: never raises; a type that cannot be lowered is ``ERROR`` and
either was reported to ``diagnostics`` or names something unknown (silent).

Example: ``&'a [T; N]`` in ``impl<'a, T, const N: usize>`` is ``RefTy('a#0, ArrayTy(T#1, N#2))``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from compiler.base.span import Span
from compiler.diagnostics.model import Diagnostic
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.query import Database
from compiler.resolve import resolver as r
from compiler.resolve.errors import Fact
from compiler.ty import lower_errors as e
from compiler.ty import types as t
from compiler.ty.consts_lower import anon_const_def, literal_const, literal_fault, strip_blocks
from compiler.ty.generics import identity_args

InferHook = Callable[[Span], t.Ty]
SpelledRegion = tuple[t.Region, str, Span]  # "named", "elided" or "hidden", and where
NOUNS = {
    DefKind.STRUCT: "struct",
    DefKind.ENUM: "enum",
    DefKind.UNION: "union",
    DefKind.TRAIT: "trait",
    DefKind.TYPE_ALIAS: "type alias",
    DefKind.VARIANT: "variant",
    DefKind.FN: "function",
    DefKind.MOD: "module",
    DefKind.CRATE: "crate",
}


class TyLowering:
    """See the module docstring.

    ``self_ty``: what ``Self`` is, when it must not be asked for (inside an impl header). ``elided``: the region of a
    lifetime left out; None means erased. ``impl_trait``: what an ``impl Trait`` node stands for. ``in_body``: missing
    arguments are inferred.
    """

    def __init__(
        self,
        db: Database,
        resolver: r.Resolver,
        store: h.ExprStore | None,
        infer_hook: InferHook | None = None,
        const_infer_hook: Callable[[Span], t.Const] | None = None,
        anon_const_hook: Callable[[h.ConstArgRef, t.Ty | None], t.Const] | None = None,
        diagnostics: list[Diagnostic] | None = None,
        self_ty: t.Ty | None = None,
        elided: Callable[[Span], t.Region] | None = None,
        impl_trait: Callable[[h.ImplTraitType], t.Ty] | None = None,
    ) -> None:
        self.db = db
        self.resolver = resolver
        self.owner = resolver.owner
        self.store = store if store is not None else h.ExprStore()
        self.infer_hook = infer_hook
        self.const_infer_hook = const_infer_hook
        self.anon_const_hook = anon_const_hook
        self.diagnostics = diagnostics if diagnostics is not None else []
        self.self_ty = self_ty
        self.elided = elided
        self.impl_trait = impl_trait
        self.in_body = infer_hook is not None
        self.complete = not self.in_body  # generic arguments may not be left out
        self.binders: list[dict[str, t.Region]] = []
        self.regions_seen: list[t.Region] = []
        self.ref_regions: dict[int, t.Region] | None = None  # of each ``&``, if asked for
        self.spelled: list[SpelledRegion] | None = None  # how each is written, if a lint asks
        self.n_bound = 0

    # -- messages

    def error(self, fact: Fact) -> None:
        """Report, once per code and span."""
        self.note(fact.to_diagnostic(self.owner))

    def note(self, diagnostic: Diagnostic) -> None:
        if all((d.code, d.primary.span) != (diagnostic.code, diagnostic.primary.span) for d in self.diagnostics):
            self.diagnostics.append(diagnostic)

    # -- types

    def lower(self, ref: h.TypeRef) -> t.Ty:
        """The type a type reference means."""
        made: t.Ty = _LOWER[type(ref)](self, ref)
        return made

    def _ref(self, ref: h.RefType) -> t.Ty:
        region = self.region(ref.lifetime, ref.span)
        if self.ref_regions is not None:
            self.ref_regions[id(ref)] = region
        inner = self._dyn(ref.ty, region) if isinstance(ref.ty, h.DynTraitType) else self.lower(ref.ty)
        return t.RefTy(region, inner, ref.mutable)

    def _ptr(self, ref: h.PtrType) -> t.Ty:
        return t.PtrTy(self.lower(ref.ty), ref.mutable)

    def _slice(self, ref: h.SliceType) -> t.Ty:
        return t.SliceTy(self.lower(ref.ty))

    def _array(self, ref: h.ArrayType) -> t.Ty:
        elem = self.lower(ref.ty)
        return t.ArrayTy(elem, self.lower_const_arg(ref.len, t.usize))

    def _tuple(self, ref: h.TupleType) -> t.Ty:
        return t.TupleTy(tuple([self.lower(elem) for elem in ref.elems]))

    def _never(self, ref: h.NeverType) -> t.Ty:
        return t.never

    def _infer(self, ref: h.InferType) -> t.Ty:
        if self.infer_hook is not None:
            return self.infer_hook(ref.span)
        self.error(e.PlaceholderInSignature(ref.span))
        return t.ERROR

    def _error(self, ref: h.ErrorType) -> t.Ty:
        return t.ERROR

    def _fn_ptr(self, ref: h.FnPtrType) -> t.Ty:
        with self.binder(ref.lifetimes), self.elided_bound():
            inputs = tuple([self.lower(p) for p in ref.params])
            output = self.elided_output(ref.ret, inputs) if ref.ret is not None else t.UNIT
        return t.FnPtrTy(inputs, output, ref.is_unsafe, ref.abi or "Rust")

    def _impl(self, ref: h.ImplTraitType) -> t.Ty:
        if self.impl_trait is not None:
            return self.impl_trait(ref)
        self.error(e.ImplTraitNotAllowed(ref.span))
        return t.ERROR

    def _dyn(self, ref: h.DynTraitType, default: t.Region = t.STATIC) -> t.Ty:
        """``default``: the lifetime of the reference it is behind (Rust reference, lifetime-elision.trait-object)."""
        from compiler.ty.lower_dyn import lower_dyn

        return lower_dyn(self, ref, t.ERASED if self.in_body else default)

    # -- lifetimes

    @contextmanager
    def binder(self, lifetimes: Iterable[h.LifetimeRef]) -> Iterator[None]:
        """``for<'a>``: names bound inside."""
        names: dict[str, t.Region] = {}
        for lifetime in lifetimes:
            if lifetime.name in e.RESERVED_LIFETIMES:
                self.error(e.RESERVED_LIFETIMES[lifetime.name](lifetime.span))
            elif any(lifetime.name in outer for outer in self.binders) or self.resolver.resolve_lifetime(lifetime.name):
                self.error(e.ShadowedLifetime(lifetime.span, lifetime.name))
            names[lifetime.name] = self.fresh_bound(lifetime.name)
        self.binders.append(names)
        yield
        self.binders.pop()

    @contextmanager
    def nothing_left_out(self) -> Iterator[None]:
        """In a body only what the path of an expression or pattern leaves out is inferred, not what types in it do."""
        outer, self.complete = self.complete, True
        try:
            yield
        finally:
            self.complete = outer

    @contextmanager
    def elided_bound(self) -> Iterator[None]:
        """Inside fn pointer types and ``Fn(..)``: elided lifetimes are bound there."""
        saved, seen = self.elided, self.regions_seen
        self.elided = lambda span: self.fresh_bound("")
        self.regions_seen = []
        yield
        self.elided, self.regions_seen = saved, seen

    def elided_output(self, ref: h.TypeRef, inputs: Iterable[t.Ty]) -> t.Ty:
        """The result of ``fn(..) -> R`` or ``Fn(..) -> R``: lifetimes left out are the one of the inputs."""
        nodes = [n for ty in inputs for n in t.walk(ty)]
        regions = dict.fromkeys(n for n in nodes if type(n) is t.Region)
        saved = self.elided

        def elided(span: Span) -> t.Region:
            if len(regions) == 1:
                return next(iter(regions))
            if not any(n is t.ERROR or (type(n) is t.Region and n.kind == "error") for n in nodes):
                self.error(e.MissingLifetime(span, True))
            return t.Region("error")

        self.elided = elided
        lowered = self.lower(ref)
        self.elided = saved
        return lowered

    def fresh_bound(self, name: str) -> t.Region:
        """A new bound region of this signature."""
        self.n_bound += 1
        return t.Region("bound", name, 1000 + self.n_bound)

    def region(self, lifetime: h.LifetimeRef | None, span: Span, hidden: bool = False) -> t.Region:
        """A written or elided lifetime; ``hidden``: one of a path that does not show that it has any."""
        if lifetime is None or lifetime.name == "_":
            made = self.elided(lifetime.span if lifetime is not None else span) if self.elided is not None else t.ERASED
        else:
            made = self._named_region(lifetime)
        self.regions_seen.append(made)
        if self.spelled is not None:
            is_named = lifetime is not None and lifetime.name != "_"
            self.spelled.append((made, "hidden" if hidden else "named" if is_named else "elided", span))
        return made

    def _named_region(self, lifetime: h.LifetimeRef) -> t.Region:
        if lifetime.name == "static":
            return t.STATIC
        for names in reversed(self.binders):
            if lifetime.name in names:
                return names[lifetime.name]
        found = self.resolver.resolve_lifetime(lifetime.name)
        if found is None:
            self.error(e.UndeclaredLifetime(lifetime.span, lifetime.name))
            return t.Region("error")
        table, index = found
        if index is None:
            return t.Region("bound", lifetime.name, table.late_bound.index(lifetime.name))
        return t.Region("early", lifetime.name, index, table.owner)

    # -- constants

    def lower_const_arg(self, ref: h.ConstArgRef | h.TypeRef, expected: t.Ty | None) -> t.Const:
        """An array length or const argument (a bare path arrives as a PathType)."""
        if isinstance(ref, h.InferType):
            if self.const_infer_hook is not None:
                return self.const_infer_hook(ref.span)
            self.error(e.PlaceholderInSignature(ref.span))
            return t.CONST_ERROR
        if isinstance(ref, h.PathType):
            return self._path_const(ref.path, expected) or t.CONST_ERROR
        if not isinstance(ref, h.ConstArgRef) or ref.anon >= len(self.store.anon_consts):
            return t.CONST_ERROR
        expr = strip_blocks(self.store, self.store.anon_consts[ref.anon].expr)
        found = literal_fault(self.store, expr, expected)
        if found is not None:
            span, wanted = self.store.expr_spans[expr], repr(expected)
            self.error(e.WrongLiteral(span, found, wanted) if found else e.NegatedLiteral(span, wanted))
            return t.CONST_ERROR
        literal = literal_const(self.store, expr, expected)
        if literal is not None:
            return literal
        node = self.store.exprs[expr]
        if isinstance(node, h.PathExpr) and isinstance(node.path, h.Path):
            known = self._path_const(node.path, expected, quiet=self.in_body)
            if known is not None:
                return known
        if self.anon_const_hook is not None:
            return self.anon_const_hook(ref, expected)
        return t.const_unevaluated(anon_const_def(self.owner, ref.anon), identity_args(self.db, self.owner), expected)

    def _path_const(self, path: h.Path, expected: t.Ty | None, quiet: bool = False) -> t.Const | None:
        res, used = self.resolver.resolve_value_path(path)
        if isinstance(res, r.ConstParamRes):
            return t.const_param(res.name, res.index)
        if used == len(path.segments):
            if isinstance(res, r.ValueDefRes) and res.def_id.kind is DefKind.CONST:
                return t.const_unevaluated(res.def_id, (), expected)
            if isinstance(res, r.Unresolved) and not quiet:
                self.note(res.to_diagnostic(self.owner))
                return t.CONST_ERROR
            if isinstance(res, r.TypeDefRes | r.TypeParamRes | r.PrimTyRes | r.SelfTyRes) and not quiet:
                self.error(e.ArgumentKind(path.span, "constant", "type"))
        elif not quiet:
            as_type, n_used = self.resolver.resolve_type_path(path)
            if n_used == len(path.segments) and isinstance(as_type, r.PrimTyRes | r.TypeParamRes):
                self.error(e.ArgumentKind(path.span, "constant", "type"))
        return t.CONST_ERROR if isinstance(res, r.UnknownRes) else None

    def const_param_ty(self, param: Any) -> t.Ty:
        """The type of a const parameter (a :class:`GenericParam`)."""
        from compiler.ty.collect import const_param_type

        ty: t.Ty = const_param_type(self.db, param.owner, param.index)
        return ty

    def const_param_ty_of(self, found: r.ConstParamRes) -> t.Ty:
        """The type of a const parameter by its resolution."""
        return self.const_param_ty(found)

    # -- paths

    def _path(self, ref: h.PathType) -> t.Ty:
        return self.lower_path(ref.path)

    def lower_path(self, path: h.Path) -> t.Ty:
        """A path in type position."""
        from compiler.ty.assoc import assoc_type_path

        if path.qself is not None:
            return self._qualified(path)
        res, used = self.resolver.resolve_type_path(path)
        if self.resolver.problems:
            for problem in self.resolver.problems:
                self.note(problem)
            self.resolver.problems.clear()
        if isinstance(res, r.UnknownRes):
            return t.ERROR
        if isinstance(res, r.Unresolved):
            if res.reportable:
                self.note(res.to_diagnostic(self.owner))
            return t.ERROR
        ty = self._resolved(path, res, used)
        for at in range(used, len(path.segments)):
            if ty is t.ERROR:
                break
            ty = assoc_type_path(self, ty, res if at == used else None, path.segments[at])
        return ty

    def _resolved(self, path: h.Path, res: r.Resolution, used: int) -> t.Ty:
        segment = path.segments[used - 1]
        if isinstance(res, r.TypeDefRes):
            return self._definition(path, res.def_id, segment, used)
        if segment.args is not None and segment.args.parenthesized:
            self.error(e.ParenthesizedArguments(segment.args.span))
        elif segment.args is not None and segment.args.args:
            what = "type parameters" if isinstance(res, r.TypeParamRes) else "this type"
            self.error(e.ArgumentsOnPrimitive(segment.args.span, what))
        if isinstance(res, r.PrimTyRes):
            return t.PRIMITIVES[res.name]
        if isinstance(res, r.TypeParamRes):
            return t.ParamTy(res.index, res.name)
        if isinstance(res, r.SelfTyRes):
            return self._self_type(res.def_id)
        noun = "constant parameter" if isinstance(res, r.ConstParamRes) else "module"
        if isinstance(res, r.ValueDefRes):
            noun = NOUNS.get(res.def_id.kind, res.def_id.kind.value)
        self.error(e.NotAType(path.span, str(path), noun))
        return t.ERROR

    def _self_type(self, def_id: DefId) -> t.Ty:
        if self.self_ty is not None:
            return self.self_ty
        if def_id.kind is DefKind.TRAIT:
            return t.ParamTy(0, "Self")
        if def_id.kind is DefKind.IMPL:
            from compiler.ty.impls import impl_header

            return impl_header(self.db, def_id).self_ty
        return t.AdtTy(def_id, identity_args(self.db, def_id))

    def _definition(self, path: h.Path, def_id: DefId, segment: h.PathSegment, used: int) -> t.Ty:
        from compiler.ty.lower_args import lower_args

        if def_id.kind is DefKind.VARIANT:
            self.error(e.NotAType(path.span, str(path), "variant"))
            return t.ERROR
        if def_id.kind is DefKind.TRAIT:
            if used == len(path.segments):
                self.error(e.TraitAsType(path.span, str(path)))
            elif not self.in_body:
                rest = path.segments[used].name
                self.error(e.AmbiguousAssocType(path.span, "Type", rest))
            return t.ERROR
        args = lower_args(self, def_id, segment)
        if def_id.kind is DefKind.TYPE_ALIAS:
            from compiler.ty.collect import type_of

            aliased: t.Ty = t.subst(type_of(self.db, def_id), args)
            return aliased
        return t.AdtTy(def_id, args)

    def _qualified(self, path: h.Path) -> t.Ty:
        """``<T as Trait>::X`` and ``<T>::X``."""
        from compiler.ty.assoc import assoc_type_path, trait_assoc_type
        from compiler.ty.lower_args import lower_args

        assert path.qself is not None
        with self.nothing_left_out():
            self_ty = self.lower(path.qself)
        at = path.n_trait_segments
        if at:
            trait_path = h.Path(path.segments[:at], path.anchor, path.n_super, path.krate, span=path.span)
            with self.nothing_left_out():
                trait_ref, _ = self.lower_trait_ref(trait_path, self_ty)
            if trait_ref is None or at >= len(path.segments):
                return t.ERROR
            segment = path.segments[at]
            item = trait_assoc_type(self.db, trait_ref.def_id, h.strip_mark(segment.name))
            if item is None:
                self.error(e.NoSuchAssocType(segment.span, segment.name, trait_ref.def_id.name))
                return t.ERROR
            own = lower_args(self, item, segment, trait_ref.args)
            self_ty = t.AliasTy("projection", item, own)
            at += 1
        for segment in path.segments[at:]:
            self_ty = assoc_type_path(self, self_ty, None, segment)
        return self_ty

    # -- traits and bounds

    def lower_trait_ref(self, path: h.Path, self_ty: t.Ty) -> tuple[t.TraitRef | None, list[t.Predicate]]:
        """``Trait<A, Item = B>`` for a self type, and what its bindings say; None if it is not a known trait."""
        from compiler.ty.lower_args import lower_args, lower_bindings

        res, used = self.resolver.resolve_type_path(path, "trait")
        for problem in self.resolver.problems:
            self.note(problem)
        self.resolver.problems.clear()
        if isinstance(res, r.UnknownRes):
            return None, []
        if isinstance(res, r.Unresolved):
            if res.reportable:
                self.note(res.to_diagnostic(self.owner))
            return None, []
        if not isinstance(res, r.TypeDefRes) or res.def_id.kind is not DefKind.TRAIT or used < len(path.segments):
            noun = NOUNS.get(res.def_id.kind, "type") if isinstance(res, r.TypeDefRes) else "type"
            self.error(e.NotATrait(path.span, str(path), noun))
            return None, []
        segment = path.segments[-1]
        trait_ref = t.TraitRef(res.def_id, lower_args(self, res.def_id, segment, (self_ty,)))
        return trait_ref, lower_bindings(self, trait_ref, segment)

    def lower_bounds(self, self_ty: t.Ty, bounds: Iterable[h.BoundRef], out: list[t.Predicate]) -> bool:
        """Bounds on a type, appended to ``out``; returns whether ``?Sized`` is among them."""
        maybe = False
        for bound in bounds:
            if bound.maybe:
                maybe = True
            elif bound.lifetime is not None:
                out.append(t.OutlivesPredicate(self_ty, self.region(bound.lifetime, bound.span)))
            elif bound.captures is not None:
                from compiler.ty.captures import check_captures

                check_captures(self, bound.captures)
            elif bound.path is not None:
                with self.binder(bound.for_lifetimes):
                    trait_ref, more = self.lower_trait_ref(bound.path, self_ty)
                if trait_ref is not None:
                    out.append(t.TraitPredicate(trait_ref))
                    out.extend(more)
        return maybe


_LOWER: dict[type, Callable[[TyLowering, Any], t.Ty]] = {
    h.PathType: TyLowering._path,
    h.RefType: TyLowering._ref,
    h.PtrType: TyLowering._ptr,
    h.SliceType: TyLowering._slice,
    h.ArrayType: TyLowering._array,
    h.TupleType: TyLowering._tuple,
    h.NeverType: TyLowering._never,
    h.InferType: TyLowering._infer,
    h.FnPtrType: TyLowering._fn_ptr,
    h.ImplTraitType: TyLowering._impl,
    h.DynTraitType: TyLowering._dyn,
    h.ErrorType: TyLowering._error,
}
