"""Signatures as types: ``fn_sig``, ``type_of``, ``predicates_of``, ``assoc_items`` and their kin.

What it is: rustc's ``hir_analysis::collect``: the queries through which everything else reads what items declare.
Values carry no diagnostics; :mod:`compiler.ty.item_checks` lowers the same signatures again to report.

Assumes: paths resolve through :class:`compiler.resolve.resolver.Resolver`. Guarantees: total; broken parts are
``ERROR``. Each query depends on one item's header (and what it names), never on a body.

Example: for ``fn f<'a, T: Copy>(x: &'a T) -> &T``, ``fn_sig`` is ``(&'a T) -> &'a T`` with ``'a`` late-bound, and
``predicates_of`` is ``T: Sized, T: Copy``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from compiler.base.dataclass import dataclass
from compiler.base.span import Span
from compiler.diagnostics.model import Diagnostic
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.query import Database, query
from compiler.resolve.errors import Fact
from compiler.resolve.impl_traits import NESTED, argument_impl_traits, impl_trait_faults, return_impl_traits
from compiler.resolve.lang import lang_item
from compiler.resolve.lowering import signature
from compiler.resolve.params import GenericParam, param_table
from compiler.resolve.resolver import Resolver
from compiler.resolve.source import container_items, item_of
from compiler.ty import lower_errors as e
from compiler.ty import types as t
from compiler.ty.generics import all_params, identity_args
from compiler.ty.lower import SpelledRegion, TyLowering
from compiler.ty.self_elision import SelfType

ASSOC_KINDS = (DefKind.FN, DefKind.CONST, DefKind.TYPE_ALIAS)


@dataclass(frozen=True, slots=True)
class FnSig:
    """``late_bound``: regions of the binder, named ones first. ``has_self``: inputs[0] is the receiver."""

    inputs: tuple[t.Ty, ...]
    output: t.Ty
    is_unsafe: bool = False
    abi: str = "Rust"
    has_self: bool = False
    late_bound: tuple[t.Region, ...] = ()
    is_const: bool = False
    is_async: bool = False
    is_variadic: bool = False

    def fn_ptr(self) -> t.FnPtrTy:
        """The signature as a fn pointer type."""
        return t.FnPtrTy(self.inputs, self.output, self.is_unsafe, self.abi)


UNKNOWN_SIG = FnSig((), t.ERROR)

# ---------------------------------------------------------------- items of a container


@query
def assoc_items(db: Database, container: DefId) -> dict[str, tuple[DefId, ...]]:
    """Functions, consts and types of an impl or trait, by name."""
    out: dict[str, tuple[DefId, ...]] = {}
    for item in container_items(db, container):
        if item.kind in ASSOC_KINDS:
            out[item.name] = (*out.get(item.name, ()), item)
    return out


def assoc_item(db: Database, container: DefId, name: str, kind: DefKind) -> DefId | None:
    """The item of that name and kind."""
    for item in assoc_items(db, container).get(name, ()):
        if item.kind is kind:
            return item
    return None


# ---------------------------------------------------------------- functions


@query
def fn_sig(db: Database, def_id: DefId) -> FnSig:
    """The signature of a function, or of a struct or variant constructor."""
    return lower_fn_sig(db, def_id, [])


def lower_fn_sig(db: Database, def_id: DefId, diagnostics: list[Diagnostic]) -> FnSig:
    """:func:`fn_sig` with its diagnostics."""
    if def_id.kind in (DefKind.STRUCT, DefKind.VARIANT):
        return _ctor_sig(db, def_id)
    decl = signature(db, def_id)
    if not isinstance(decl, h.FnDecl):
        return UNKNOWN_SIG
    return _FnSigLowering(db, def_id, decl, diagnostics).run()


def _ctor_sig(db: Database, def_id: DefId) -> FnSig:
    from compiler.ty.adt import variant_of

    variant = variant_of(db, def_id)
    owner = def_id.parent if def_id.kind is DefKind.VARIANT else def_id
    assert owner is not None
    return FnSig(tuple(f.ty for f in variant.fields), t.AdtTy(owner, identity_args(db, owner)))


def spelled_regions(db: Database, def_id: DefId, decl: h.FnDecl) -> list[SpelledRegion]:
    """How each lifetime of a function's signature is written, in order, but for those behind ``impl``."""
    lowered = _FnSigLowering(db, def_id, decl, [])
    found = lowered.lowering.spelled = []
    lowered.run()
    return found


class _FnSigLowering:
    """One function signature: inputs with fresh bound regions, then the output by the elision rules."""

    def __init__(self, db: Database, def_id: DefId, decl: h.FnDecl, diagnostics: list[Diagnostic]) -> None:
        self.db = db
        self.def_id = def_id
        self.decl = decl
        self.table = param_table(db, def_id)
        self.lowering = TyLowering(db, Resolver(db, def_id, signature=True), decl.store, diagnostics=diagnostics)
        self.late = [t.Region("bound", name, i) for i, name in enumerate(self.table.late_bound)]
        self.synthetic = [p for p in self.table.own if p.synthetic]
        self.arg_impls = {id(ref): i for i, ref in enumerate(argument_impl_traits(decl))}

    def run(self) -> FnSig:
        decl, lowering = self.decl, self.lowering
        inputs = self.inputs()
        output = lowering.lower(decl.ret) if decl.ret is not None else t.UNIT
        return FnSig(
            inputs,
            output,
            decl.is_unsafe or self._foreign_unsafe(),
            decl.abi or self._foreign_abi(),
            decl.self_kind is not None,
            tuple(self.late),
            decl.is_const,
            decl.is_async,
            decl.is_variadic,
        )

    def inputs(self) -> tuple[t.Ty, ...]:
        """The types of the parameters; from then on, types are lowered as in the result."""
        decl, lowering = self.decl, self.lowering
        for node, fault in impl_trait_faults(decl):
            lowering.error(e.NestedImplTrait(node.span) if fault == NESTED else e.ImplTraitNotAllowed(node.span, fault))
        lowering.elided, lowering.ref_regions = self._fresh, {}
        lowering.impl_trait = self._argument_impl
        inputs: list[t.Ty] = []
        self_regions: set[t.Region] = set()
        n_self = 0
        for i, param in enumerate(decl.params):
            inputs.append(lowering.lower(param.ty))
            if i == 0 and decl.self_kind is not None:
                self_regions = SelfType(self.db, lowering.resolver).regions(param.ty, lowering.ref_regions)
                n_self = len(lowering.regions_seen)  # of other parts of its type nothing is taken
        lowering.elided = self._output_region(self_regions, lowering.regions_seen[n_self:])
        lowering.impl_trait = self._opaque
        return tuple(inputs)

    def _foreign_unsafe(self) -> bool:
        """Functions of an extern block are unsafe unless ``safe fn``."""
        parent = self.def_id.parent
        if parent is None or parent.kind is not DefKind.FOREIGN_MOD:
            return False
        item = item_of(self.db, self.def_id)
        return item is None or b"safe fn" not in item.header.replace(b"unsafe fn", b"")

    def _foreign_abi(self) -> str:
        parent = self.def_id.parent
        return parent.name or "C" if parent is not None and parent.kind is DefKind.FOREIGN_MOD else "Rust"

    def _fresh(self, span: Span) -> t.Region:
        region = t.Region("bound", "", len(self.late))
        self.late.append(region)
        return region

    def _argument_impl(self, ref: h.ImplTraitType) -> t.Ty:
        number = self.arg_impls.get(id(ref))
        if number is None or number >= len(self.synthetic):
            return t.ERROR
        param = self.synthetic[number]
        return t.ParamTy(param.index, param.name)

    def _opaque(self, ref: h.ImplTraitType) -> t.Ty:
        for number, node in enumerate(return_impl_traits(self.decl)):
            if node is ref:
                return t.AliasTy("opaque", self.def_id, identity_args(self.db, self.def_id), number)
        return t.ERROR

    def _output_region(self, of_self: set[t.Region], seen: list[t.Region]) -> Callable[[Span], t.Region]:
        distinct = list(of_self or dict.fromkeys(r for r in seen if r.kind != "error"))
        if len(distinct) == 1:
            return lambda span: distinct[0]

        def missing(span: Span) -> t.Region:
            self.lowering.error(e.MissingLifetime(span, True))
            return t.Region("error")

        return missing


# ---------------------------------------------------------------- types of items


@query(cycle=lambda db, def_id: t.ERROR)
def type_of(db: Database, def_id: DefId) -> t.Ty:
    """The type an item is or has: ADT, alias, associated type, const, static, ``Self`` of an impl, the FnDef of
    a function.
    """
    return lower_type_of(db, def_id, [])


def lower_type_of(db: Database, def_id: DefId, diagnostics: list[Diagnostic]) -> t.Ty:
    """:func:`type_of` with its diagnostics."""
    kind = def_id.kind
    if kind in (DefKind.STRUCT, DefKind.ENUM, DefKind.UNION):
        return t.AdtTy(def_id, identity_args(db, def_id))
    if kind is DefKind.VARIANT:
        assert def_id.parent is not None
        return t.AdtTy(def_id.parent, identity_args(db, def_id.parent))
    if kind is DefKind.FN:
        return t.FnDefTy(def_id, identity_args(db, def_id))
    if kind is DefKind.IMPL:
        from compiler.ty.impls import impl_header

        return impl_header(db, def_id).self_ty
    if kind is DefKind.TRAIT:
        return t.ParamTy(0, "Self")
    decl = signature(db, def_id)
    lowering = TyLowering(
        db, Resolver(db, def_id, signature=True), decl.store if decl is not None else None, diagnostics=diagnostics
    )
    if isinstance(decl, h.ConstDecl):
        lowering.elided = lambda span: t.STATIC
        return lowering.lower(decl.ty)
    if isinstance(decl, h.TypeAliasDecl):
        lowering.elided = lambda span: unnamed(lowering, e.MissingLifetime(span, False))
        return lowering.lower(decl.ty) if decl.ty is not None else t.ERROR
    return t.ERROR


def unnamed(lowering: TyLowering, fault: Fact) -> t.Region:
    """What a lifetime left out is where none may be; reports the fault."""
    lowering.error(fault)
    return t.Region("error")


# ---------------------------------------------------------------- parameters


def _param(db: Database, owner: DefId, index: int) -> tuple[GenericParam, h.GenericParamRef, h.ExprStore] | None:
    decl = signature(db, owner)
    if decl is None:
        return None
    for param in param_table(db, owner).own:
        if param.index == index and param.position >= 0:
            return param, decl.generics.params[param.position], decl.store
    return None


@query
def const_param_type(db: Database, owner: DefId, index: int) -> t.Ty:
    """The type of a const parameter."""
    found = _param(db, owner, index)
    if found is None or found[1].const_ty is None:
        return t.ERROR
    return TyLowering(db, Resolver(db, owner, signature=True), found[2]).lower(found[1].const_ty)


@query(cycle=lambda db, owner, index: t.ERROR)
def param_default(db: Database, owner: DefId, index: int) -> t.GenericArg:
    """The default of a type or const parameter."""
    found = _param(db, owner, index)
    if found is None:
        return t.ERROR
    lowering = TyLowering(
        db,
        Resolver(db, owner, signature=True),
        found[2],
        self_ty=t.ParamTy(0, "Self") if owner.kind is DefKind.TRAIT else None,
    )
    if found[0].kind == "const":
        default = found[1].default_const
        return (
            lowering.lower_const_arg(default, const_param_type(db, owner, index))
            if default is not None
            else t.CONST_ERROR
        )
    return lowering.lower(found[1].default_ty) if found[1].default_ty is not None else t.ERROR


# ---------------------------------------------------------------- predicates


@query
def predicates_of(db: Database, def_id: DefId) -> tuple[t.Predicate, ...]:
    """Where-clauses in force in a definition, the parents' first; a trait's begin with ``Self: Trait``."""
    parent = param_table(db, def_id).parent
    inherited = predicates_of(db, parent) if parent is not None else ()
    return inherited + own_predicates_of(db, def_id)


@query
def own_predicates_of(db: Database, def_id: DefId) -> tuple[t.Predicate, ...]:
    """What the definition's own generics require."""
    return lower_own_predicates(db, def_id, [])


def lower_own_predicates(db: Database, def_id: DefId, diagnostics: list[Diagnostic]) -> tuple[t.Predicate, ...]:
    """:func:`own_predicates_of` with its diagnostics."""
    table = param_table(db, def_id)
    decl = (
        signature(db, def_id)
        if table.own or def_id.kind not in (DefKind.CLOSURE, DefKind.ANON_CONST, DefKind.VARIANT)
        else None
    )
    if decl is None:
        return ()
    lowering = TyLowering(db, Resolver(db, def_id, signature=True), decl.store, diagnostics=diagnostics)
    out: list[t.Predicate] = []
    if def_id.kind is DefKind.TRAIT:
        out.append(t.TraitPredicate(t.TraitRef(def_id, identity_args(db, def_id))))
    lowering.elided = lambda span: unnamed(lowering, e.UnnamedInBound(span))
    _param_predicates(lowering, decl, out)
    _where_predicates(lowering, decl.generics.where, out)
    if isinstance(decl, h.FnDecl):
        lowering.elided = lambda span: unnamed(lowering, e.UnnamedInImplTrait(span))
        _impl_trait_predicates(lowering, decl, out)
    return tuple(dict.fromkeys(out))


def _sized(db: Database, ty: t.Ty) -> tuple[t.Predicate, ...]:
    trait = lang_item(db, "sized")
    return (t.TraitPredicate(t.TraitRef(trait, (ty,))),) if trait is not None else ()


def _param_predicates(lowering: TyLowering, decl: h.Signature, out: list[t.Predicate]) -> None:
    """Inline bounds and the implied ``Sized`` of each parameter, ``?Sized`` anywhere lifting it."""
    table = param_table(lowering.db, lowering.owner)
    by_position = {p.position: p for p in table.own if p.position >= 0}
    unsized = {
        c.ty.path.plain_name()
        for c in decl.generics.where
        if isinstance(c.ty, h.PathType) and any(b.maybe for b in c.bounds)
    }
    for position, written in enumerate(decl.generics.params):
        param = by_position.get(position)
        if written.kind == "lifetime":
            subject = (
                lowering.region(h.LifetimeRef(written.name, written.span), written.span) if written.bounds else t.ERASED
            )
            for bound in written.bounds:
                if bound.lifetime is not None:
                    out.append(t.OutlivesPredicate(subject, lowering.region(bound.lifetime, bound.span)))
        elif written.kind == "type" and param is not None:
            ty = t.ParamTy(param.index, param.name)
            bounds: list[t.Predicate] = []
            maybe = lowering.lower_bounds(ty, written.bounds, bounds)
            if not maybe and written.name not in unsized:
                out.extend(_sized(lowering.db, ty))
            out.extend(bounds)


def _impl_trait_predicates(lowering: TyLowering, decl: h.FnDecl, out: list[t.Predicate]) -> None:
    synthetic = [p for p in param_table(lowering.db, lowering.owner).own if p.synthetic]
    nodes = argument_impl_traits(decl)
    params = {id(ref): t.ParamTy(p.index, p.name) for p, ref in zip(synthetic, nodes, strict=False)}
    lowering.impl_trait = lambda ref: params.get(id(ref), t.ERROR)
    for param, ref in zip(synthetic, nodes, strict=False):
        ty = t.ParamTy(param.index, param.name)
        bounds: list[t.Predicate] = []
        if not lowering.lower_bounds(ty, ref.bounds, bounds):
            out.extend(_sized(lowering.db, ty))
        out.extend(bounds)


def _where_predicates(lowering: TyLowering, clauses: Iterable[h.WherePredicateRef], out: list[t.Predicate]) -> None:
    for clause in clauses:
        if clause.lifetime is not None:
            subject = lowering.region(clause.lifetime, clause.span)
            out.extend(
                t.OutlivesPredicate(subject, lowering.region(b.lifetime, b.span))
                for b in clause.bounds
                if b.lifetime is not None
            )
        elif clause.ty is not None:
            with lowering.binder(clause.for_lifetimes):
                ty = lowering.lower(clause.ty)
                if ty is not t.ERROR:
                    lowering.lower_bounds(ty, clause.bounds, out)


@query(cycle=lambda db, trait: ())
def super_predicates_of(db: Database, trait: DefId) -> tuple[t.Predicate, ...]:
    """What ``Self: Trait`` implies about ``Self``: supertraits with their bindings."""
    decl = signature(db, trait)
    if not isinstance(decl, h.TraitDecl):
        return ()
    lowering = TyLowering(db, Resolver(db, trait, signature=True), decl.store)
    out: list[t.Predicate] = []
    self_ty = t.ParamTy(0, "Self")
    lowering.lower_bounds(self_ty, decl.supertraits, out)
    for clause in decl.generics.where:
        if isinstance(clause.ty, h.PathType) and clause.ty.path.plain_name() == "Self":
            with lowering.binder(clause.for_lifetimes):
                lowering.lower_bounds(self_ty, clause.bounds, out)
    return tuple(dict.fromkeys(out))


@query(cycle=lambda db, item: ())
def item_bounds(db: Database, item: DefId) -> tuple[t.Predicate, ...]:
    """Bounds a trait declares on its associated type, about its identity alias; ``Sized`` unless ``?Sized``."""
    decl = signature(db, item)
    if not isinstance(decl, h.TypeAliasDecl) or item.parent is None:
        return ()
    alias = t.AliasTy("projection", item, identity_args(db, item))
    lowering = TyLowering(db, Resolver(db, item, signature=True), decl.store)
    out: list[t.Predicate] = []
    maybe = lowering.lower_bounds(alias, decl.bounds, out)
    out = out if maybe else [*_sized(db, alias), *out]
    trait_decl = signature(db, item.parent)
    if isinstance(trait_decl, h.TraitDecl):
        from compiler.ty.assoc import path_text

        wanted = f"Self::{item.name}"
        outer = TyLowering(db, Resolver(db, item.parent, signature=True), trait_decl.store)
        for clause in trait_decl.generics.where:
            if isinstance(clause.ty, h.PathType) and path_text(clause.ty.path) == wanted:
                with outer.binder(clause.for_lifetimes):
                    outer.lower_bounds(alias, clause.bounds, out)
    return tuple(dict.fromkeys(out))


@query(cycle=lambda db, def_id, index: ())
def opaque_bounds(db: Database, def_id: DefId, index: int) -> tuple[t.Predicate, ...]:
    """Bounds of the ``index``-th ``impl Trait`` in a function's return type, about its identity alias."""
    return lower_opaque_bounds(db, def_id, index, [])


def lower_opaque_bounds(
    db: Database, def_id: DefId, index: int, diagnostics: list[Diagnostic]
) -> tuple[t.Predicate, ...]:
    """:func:`opaque_bounds` with its diagnostics."""
    decl = signature(db, def_id)
    if not isinstance(decl, h.FnDecl):
        return ()
    nodes = return_impl_traits(decl)
    alias = t.AliasTy("opaque", def_id, identity_args(db, def_id), index)
    header = _FnSigLowering(db, def_id, decl, [])
    header.inputs()
    header.lowering.diagnostics = diagnostics
    out: list[t.Predicate] = []
    if index < len(nodes) and not header.lowering.lower_bounds(alias, nodes[index].bounds, out):
        out = [*_sized(db, alias), *out]
    return tuple(dict.fromkeys(out))


def captured_lifetimes(db: Database, fn: DefId, decl: h.FnDecl, use: h.GenericArgsRef) -> set[t.Region]:
    """The lifetimes that the ``use<..>`` of a function's result names."""
    header = _FnSigLowering(db, fn, decl, [])
    header.inputs()
    return {header.lowering.region(arg, arg.span) for arg in use.args if isinstance(arg, h.LifetimeRef)}


@dataclass(frozen=True, slots=True)
class TraitDef:
    """A trait's own facts; its items are ``assoc_items``."""

    def_id: DefId
    is_unsafe: bool
    is_auto: bool
    supertraits: tuple[DefId, ...]


@query
def trait_def(db: Database, trait: DefId) -> TraitDef:
    """Flags and supertraits of a trait."""
    from compiler.ty.assoc import supertrait_bounds

    decl = signature(db, trait)
    item = item_of(db, trait)
    is_auto = (isinstance(decl, h.TraitDecl) and decl.is_auto) or (
        item is not None and item.attr("oxide::auto_trait") is not None
    )
    is_unsafe = isinstance(decl, h.TraitDecl) and decl.is_unsafe
    return TraitDef(trait, is_unsafe, is_auto, tuple(found for found, _ in supertrait_bounds(db, trait)))


def param_named(db: Database, def_id: DefId, name: str) -> GenericParam | None:
    """A parameter in scope in a definition, by name."""
    return next((p for p in all_params(db, def_id) if p.name == name), None)
