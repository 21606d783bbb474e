"""Generic parameters of a definition and their indices, in rustc's numbering.

What it is: the table both name resolution and types use. Order: the parent's parameters, then ``Self`` (traits), then
early-bound lifetimes, types and consts in declaration order, then one synthetic type per ``impl Trait`` in argument
position. Late-bound lifetimes of functions (used in the arguments, not in where-clauses) have no index.

Elided lifetimes of an impl header (``impl Tr for &T``) are anonymous early-bound ones, numbered last (rustc: before
the types).

Guarantees: closures, anonymous constants and variants have their parent's parameters and none of their own.

Example: ``impl<'a, T> S<'a, T> { fn f<'b, U>(x: &'b U) }``: 'a=0 T=1 U=2, and ``'b`` is late-bound.
"""

from __future__ import annotations

from collections.abc import Iterator

from compiler.base.dataclass import dataclass
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.hir.type_refs import type_refs
from compiler.query import Database, query
from compiler.resolve.impl_traits import argument_impl_traits
from compiler.resolve.lowering import signature

TRANSPARENT = (DefKind.CLOSURE, DefKind.ANON_CONST, DefKind.VARIANT)


@dataclass(frozen=True, slots=True)
class GenericParam:
    """``kind``: "lifetime" | "type" | "const". ``position``: its place in the declaration's parameter list, -1 for
    ``Self`` and
    synthetic parameters (then ``bounds`` are those of the ``impl Trait``)."""

    owner: DefId
    kind: str
    name: str
    index: int
    position: int
    synthetic: bool = False
    has_default: bool = False


@dataclass(frozen=True, slots=True)
class ParamTable:
    """``parent``: the definition whose parameters come first. ``late_bound``: lifetimes that belong to the
    signature only.
    """

    owner: DefId
    parent: DefId | None
    parent_count: int
    own: tuple[GenericParam, ...]
    late_bound: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        return self.parent_count + len(self.own)

    def named(self, name: str, lifetime: bool = False) -> GenericParam | None:
        """The own parameter of this name."""
        for param in self.own:
            if param.name == name and (param.kind == "lifetime") is lifetime and not param.synthetic:
                return param
        return None


def params_parent(def_id: DefId) -> DefId | None:
    """The definition whose generic parameters are in scope in (and come before those of) this one."""
    parent = def_id.parent
    if parent is None:
        return None
    if def_id.kind in TRANSPARENT:
        return parent
    return parent if parent.kind in (DefKind.IMPL, DefKind.TRAIT) else None


@query
def param_table(db: Database, def_id: DefId) -> ParamTable:
    """The own parameters of a definition with their indices."""
    parent = params_parent(def_id)
    base = param_table(db, parent).count if parent is not None else 0
    if def_id.kind in TRANSPARENT:
        return ParamTable(def_id, parent, base, ())
    decl = signature(db, def_id)
    if decl is None:
        return ParamTable(def_id, parent, base, ())
    own: list[GenericParam] = []
    if def_id.kind is DefKind.TRAIT:
        own.append(GenericParam(def_id, "type", "Self", base, -1))
    late = _late_bound(decl) if isinstance(decl, h.FnDecl) else ()
    params = list(enumerate(decl.generics.params))
    ordered = [p for p in params if p[1].kind == "lifetime"] + [p for p in params if p[1].kind != "lifetime"]
    for position, param in ordered:
        if param.kind == "lifetime" and param.name in late:
            continue
        has_default = param.default_ty is not None or param.default_const is not None
        own.append(GenericParam(def_id, param.kind, param.name, base + len(own), position, has_default=has_default))
    if isinstance(decl, h.FnDecl):
        for number, _ in enumerate(argument_impl_traits(decl)):
            own.append(GenericParam(def_id, "type", f"impl#{number}", base + len(own), -1, synthetic=True))
    if isinstance(decl, h.ImplDecl):
        for _ in range(_anonymous_lifetimes(decl)):
            own.append(GenericParam(def_id, "lifetime", "_", base + len(own), -1, synthetic=True))
    return ParamTable(def_id, parent, base, tuple(own), late)


def _late_bound(decl: h.FnDecl) -> tuple[str, ...]:
    """rustc's rule: a lifetime in a where-clause or bound, or in the result and not in the arguments, is early-
    bound.
    """
    lifetimes = [p for p in decl.generics.params if p.kind == "lifetime"]
    if not lifetimes:
        return ()
    early = {p.name for p in lifetimes if p.bounds}
    for param in decl.generics.params:
        for bound in param.bounds:
            early.update(_bound_lifetimes(bound))
    for clause in decl.generics.where:
        if clause.ty is not None:
            early.update(lifetimes_in(clause.ty))
        if clause.lifetime is not None:
            early.add(clause.lifetime.name)
        for bound in clause.bounds:
            early.update(_bound_lifetimes(bound))
    in_args = {name for param in decl.params for name in lifetimes_in(param.ty)}
    only_in_result = set(lifetimes_in(decl.ret)) - in_args if decl.ret is not None else set()
    return tuple(p.name for p in lifetimes if p.name not in early and p.name not in only_in_result)


def _anonymous_lifetimes(decl: h.ImplDecl) -> int:
    count = elided_lifetimes(decl.self_ty)
    return count + (elided_in_path(decl.trait_path) if decl.trait_path is not None else 0)


def elided_lifetimes(ref: h.TypeRef) -> int:
    """How many lifetimes a type leaves out or writes ``'_``; those of fn pointers and ``Fn(..)`` are bound there."""
    if isinstance(ref, h.RefType):
        return (ref.lifetime is None or ref.lifetime.name == "_") + elided_lifetimes(ref.ty)
    if isinstance(ref, h.PtrType | h.SliceType | h.ArrayType):
        return elided_lifetimes(ref.ty)
    if isinstance(ref, h.TupleType):
        return sum(map(elided_lifetimes, ref.elems))
    return elided_in_path(ref.path) if isinstance(ref, h.PathType) else 0


def elided_in_path(path: h.Path) -> int:
    """The same for the arguments of a path."""
    count = elided_lifetimes(path.qself) if path.qself is not None else 0
    for segment in path.segments:
        if segment.args is None or segment.args.parenthesized:
            continue
        for arg in segment.args.args:
            if isinstance(arg, h.LifetimeRef):
                count += arg.name == "_"
            elif not isinstance(arg, h.ConstArgRef):
                count += elided_lifetimes(arg)
    return count


def _bound_lifetimes(bound: h.BoundRef) -> Iterator[str]:
    if bound.lifetime is not None:
        yield bound.lifetime.name
    if bound.path is not None:
        yield from _path_lifetimes(bound.path)


def _path_lifetimes(path: h.Path) -> Iterator[str]:
    if path.qself is not None:
        yield from lifetimes_in(path.qself)
    for segment in path.segments:
        if segment.args is not None:
            for arg in segment.args.args:
                if isinstance(arg, h.LifetimeRef):
                    yield arg.name
                elif not isinstance(arg, h.ConstArgRef):
                    yield from lifetimes_in(arg)
            for binding in segment.args.bindings:
                if binding.ty is not None:
                    yield from lifetimes_in(binding.ty)
                for bound in binding.bounds:
                    yield from _bound_lifetimes(bound)


def lifetimes_in(ref: h.TypeRef) -> Iterator[str]:
    """Names of the lifetimes written in a type."""
    for node in type_refs(ref):
        if isinstance(node, h.RefType) and node.lifetime is not None:
            yield node.lifetime.name
        elif isinstance(node, h.PathType):
            for segment in node.path.segments:
                if segment.args is not None:
                    yield from (a.name for a in segment.args.args if isinstance(a, h.LifetimeRef))
        elif isinstance(node, h.ImplTraitType | h.DynTraitType):
            for bound in node.bounds:
                yield from _bound_lifetimes(bound)
