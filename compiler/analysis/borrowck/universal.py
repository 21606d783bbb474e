"""The regions a body does not choose: ``'static``, its lifetime parameters, the anonymous ones of its signature, and
for closures everything of the creator (rustc's ``UniversalRegions``).

What it is: variables 0 .. n-1. 0 is ``'static``, n-1 the body itself (``fr_fn_body``). For a closure, first come the
*external* regions: those in the closure's own type, in order; then the bound ones of its signature.

Assumes: made before any other variable. Guarantees: ``outlives[i]`` is the set of regions that ``i`` is known to
outlive, closed under transitivity; implied bounds of the signature are in it.

Example: ``fn f<'a, 'b: 'a>(x: &'a u32, y: &u32)`` has ``'static, 'a, 'b, '1 (y), body`` and knows ``'b: 'a``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from compiler.analysis.borrowck.closure_sigs import BINDER_BASE
from compiler.analysis.borrowck.constraints import Where
from compiler.analysis.borrowck.projection import Projections
from compiler.analysis.borrowck.region_types import RegionMap, RegionTypes
from compiler.hir.def_id import DefId, DefKind
from compiler.mir import body as m
from compiler.query import Database
from compiler.ty import types as t
from compiler.ty.outlives import adt_outlives


@dataclass(slots=True)
class UniversalRegions:
    """See the module docstring. ``names``: as a person would write them, "" for anonymous ones. ``has_origin``: is of
    the signature, named or not. ``rank``: the order in which rustc hears of them, by which it breaks ties."""

    owner: DefId
    names: list[str] = field(default_factory=list)
    is_local: list[bool] = field(default_factory=list)
    has_origin: list[bool] = field(default_factory=list)
    rank: list[int] = field(default_factory=list)
    outlives: list[int] = field(default_factory=list)
    known_types: list[tuple[t.Ty, int]] = field(default_factory=list)  # T: 'r
    inputs: tuple[t.Ty, ...] = ()
    output: t.Ty = t.UNIT
    mapping: RegionMap = field(default_factory=dict)  # named regions of the owner's signature
    closure: t.ClosureTy | None = None
    n_external: int = 1

    @property
    def count(self) -> int:
        return len(self.names)

    @property
    def fn_body(self) -> int:
        return len(self.names) - 1

    def new(self, types: RegionTypes, name: str, is_local: bool) -> t.Region:
        """The next region; only while nothing else is made."""
        region = types.var()
        assert region.index == len(self.names)
        self.names.append(name)
        self.is_local.append(is_local)
        self.has_origin.append(True)
        return region

    def fill(self, n: int, is_local: bool, has_origin: bool) -> None:
        """Anonymous regions made meanwhile, up to ``n``."""
        while len(self.names) < n:
            self.names.append("")
            self.is_local.append(is_local)
            self.has_origin.append(has_origin)

    def least_above(self, a: int, b: int) -> int:
        """The least region known to outlive both; of several, and of equal ones, rustc's choice."""
        if self.rank[a] > self.rank[b]:
            a, b = b, a
        if self.outlives[b] >> a & 1:
            return b
        if self.outlives[a] >> b & 1:
            return a
        both = 1 << a | 1 << b
        above = sorted((u for u, below in enumerate(self.outlives) if not both & ~below), key=self.rank.__getitem__)
        above = self._pared(self._pared(above)[::-1])[::-1]
        while len(above) > 1:
            above.append(self.least_above(above.pop(), above.pop()))
        return above[0]

    def _pared(self, regions: list[int]) -> list[int]:
        """Without those that outlive an earlier one."""
        kept: list[int] = []
        for region in regions:
            if not any(self.outlives[region] >> other & 1 for other in kept):
                kept.append(region)
        return kept


class _Setup:
    def __init__(self, db: Database, owner: DefId, body: m.Body, types: RegionTypes) -> None:
        self.db = db
        self.owner = owner
        self.body = body
        self.types = types
        self.out = UniversalRegions(owner)
        self.out.new(types, "'static", False)

    def run(self, env: Any) -> tuple[UniversalRegions, Projections]:
        out = self.out
        is_closure = self.body.def_id.kind is DefKind.CLOSURE
        self._named(not is_closure)
        if is_closure:
            self._closure()
            sig_inputs, output = self._closure_signature()
        else:
            sig_inputs, output = self._signature()
        self._make_anonymous(sig_inputs, output, is_closure)
        out.new(self.types, "", True)
        out.has_origin[-1] = False
        predicates = self._predicates()
        projections = Projections(self.db, env, self.types, predicates)
        out.inputs = tuple([projections.normalize(i, Where()) for i in out.inputs])
        out.output = projections.normalize(out.output, Where())
        self._relations(predicates, sig_inputs)
        return out, projections

    # -- regions

    def _named(self, is_local: bool) -> None:
        """Early-bound parameters in scope, then the late-bound ones of the signature."""
        from compiler.ty.collect import fn_sig
        from compiler.ty.generics import identity_args

        for arg in identity_args(self.db, self.owner):
            if isinstance(arg, t.Region):
                self.out.mapping[arg] = self.out.new(self.types, _shown(arg), is_local)
        if self.owner.kind is DefKind.FN:
            for region in fn_sig(self.db, self.owner).late_bound:
                self.out.mapping[region] = self.out.new(self.types, _shown(region), is_local)

    def _closure(self) -> None:
        """The closure's own type: each of its regions is external."""
        from compiler.ty.generics import identity_args

        n_before = self.out.count
        parent = tuple([self.types.instantiate(a, (), self.out.mapping) for a in identity_args(self.db, self.owner)])
        made = self.types.closure(self.body.def_id, parent)
        assert isinstance(made, t.ClosureTy)
        self.out.closure = made
        self.out.fill(self.types.constraints.n_vars, False, False)
        self.out.n_external = self.out.count
        assert n_before <= self.out.count

    def _closure_signature(self) -> tuple[tuple[t.Ty, ...], t.Ty]:
        from compiler.ty.infer import closure_of

        closure = self.out.closure
        assert closure is not None
        parts = self.types.closure_parts(closure)
        facts = closure_of(self.db, self.body.def_id)
        if parts is None or facts is None:
            return (closure,), t.ERROR
        sig = parts[0]
        self_ty: t.Ty = closure
        if facts.kind != "FnOnce":
            region = t.Region("bound", "", BINDER_BASE + 1_000_000)
            self_ty = t.RefTy(region, closure, facts.kind == "FnMut")
        return (self_ty, *sig.inputs), sig.output

    def _signature(self) -> tuple[tuple[t.Ty, ...], t.Ty]:
        from compiler.ty.collect import fn_sig, type_of

        if self.owner.kind is DefKind.FN:
            sig = fn_sig(self.db, self.owner)
            return sig.inputs, sig.output
        ty = self.body.locals[0].ty
        if self.owner.kind in (DefKind.CONST, DefKind.STATIC):
            ty = type_of(self.db, self.owner)
        return (), ty

    def _make_anonymous(self, inputs: tuple[t.Ty, ...], output: t.Ty, is_closure: bool) -> None:
        """Instantiate the signature; unknown and bound regions in it become universal."""
        types, out = self.types, self.out
        mapping = dict(out.mapping)  # a closure's bound regions are its own: clauses may number theirs alike

        def bound(node: Any, in_pointer: bool) -> None:
            if type(node) is t.Region:
                if is_closure and not in_pointer and node.kind == "bound" and node not in mapping:
                    mapping[node] = out.new(types, "", True)
                return
            inside = in_pointer or type(node) is t.FnPtrTy
            for child in t.children(node):
                bound(child, inside)

        for ty in (*inputs, output) if is_closure else ():
            bound(ty, False)
        out.inputs = tuple([types.instantiate(i, (), mapping) for i in inputs])
        out.output = types.instantiate(output, (), mapping)
        out.fill(types.constraints.n_vars, True, not is_closure)

    # -- what is known

    def _predicates(self) -> list[t.Predicate]:
        """Where-clauses of the owner, supertraits included, with region variables."""
        from compiler.ty.collect import predicates_of, super_predicates_of

        out: dict[t.Predicate, None] = {}
        work = [self.types.instantiate(p, (), self.out.mapping) for p in predicates_of(self.db, self.owner)]
        work.reverse()
        while work:
            p = work.pop()
            if p in out:
                continue
            out[p] = None
            if isinstance(p, t.TraitPredicate):
                ref = p.trait_ref
                supers = super_predicates_of(self.db, ref.def_id)
                work.extend(self.types.instantiate(s, ref.args) for s in reversed(supers))
        return list(out)

    def _relations(self, predicates: list[t.Predicate], sig_inputs: tuple[t.Ty, ...]) -> None:
        out = self.out
        n = out.count
        everything = (1 << n) - 1
        out.outlives = [1 << i | 1 << (n - 1) for i in range(n)]
        out.outlives[0] = everything
        explicit = [p for p in predicates if isinstance(p, t.OutlivesPredicate)]
        known = [(p.subject, p.region) for p in explicit]
        for ty in (*out.inputs, out.output, *self._impl_header()):
            known += implied_bounds(self.db, self.types, ty)
        for subject, region in known:
            if region.kind == "bound" and region not in t.walk(subject):
                region = self.types.static  # ``for<'a> T: 'a``
            if region.kind != "var" or region.index >= n:
                continue
            for component in self.types.components(subject):
                if isinstance(component, t.Region):
                    if component.kind == "var" and component.index < n:
                        out.outlives[component.index] |= 1 << region.index
                else:
                    out.known_types.append((component, region.index))
        _close(out.outlives)
        heard = [
            r.index for p in explicit for r in (p.region, p.subject) if isinstance(r, t.Region) and r.kind == "var"
        ]
        order = list(dict.fromkeys((*(r for r in heard if r < n), 0, n - 1, *range(n))))
        out.rank = [order.index(r) for r in range(n)]

    def _impl_header(self) -> list[Any]:
        """Types that are well-formed wherever the impl applies."""
        from compiler.ty.impls import impl_header

        parent = self.owner.parent
        if parent is None or parent.kind is not DefKind.IMPL:
            return []
        header = impl_header(self.db, parent)
        tys: list[Any] = [header.self_ty, *(header.trait_ref.args if header.trait_ref is not None else ())]
        return [self.types.instantiate(ty, (), self.out.mapping) for ty in tys if isinstance(ty, t.Ty)]


def _shown(region: t.Region) -> str:
    return f"'{region.name}" if region.name and region.name != "_" else ""


def _close(outlives: list[int]) -> None:
    """Transitive closure."""
    n = len(outlives)
    for k in range(n):
        via, through = 1 << k, outlives[k]
        for i in range(n):
            if outlives[i] & via:
                outlives[i] |= through


def universal_regions(
    db: Database, owner: DefId, body: m.Body, types: RegionTypes, env: Any
) -> tuple[UniversalRegions, Projections]:
    """The universal regions of a body, and the projections of its environment."""
    return _Setup(db, owner, body, types).run(env)


# ---------------------------------------------------------------- implied bounds


def implied_bounds(db: Database, types: RegionTypes, ty: Any) -> list[tuple[Any, t.Region]]:
    """What the well-formedness of a type says: (subject, region) pairs."""
    out: list[tuple[Any, t.Region]] = []
    for node in t.walk(ty):
        if type(node) is t.RefTy:
            out.append((node.ty, node.region))
        elif type(node) is t.AdtTy and node.args:
            for p in adt_outlives(db, node.def_id):
                made = types.instantiate(p, node.args)
                out.append((made.subject, made.region))
    return out
