"""Types with region variables: making them, comparing them, taking them apart.

What it is: MIR comes with erased regions. :class:`RegionTypes` renumbers a type (every region a fresh variable),
instantiates signatures, and emits the constraints that make one type a subtype of another.

- A closure type carries, after its parent's arguments, its signature as a fn pointer and its captures as a tuple.
- An opaque type (``impl Trait``) carries, after the function's arguments, the late-bound regions it captures.
- Fn pointer types, and ``dyn Fn(..)``, keep bound (or unknown: erased) regions inside; those belong to that binder.

Assumes: one instance a body. Guarantees: :meth:`erase` undoes all of it. Types that do not fit each other (a bug
elsewhere) give no constraints, never an error.

Example: ``fresh(&[&u32])`` is ``&'7 [&'8 u32]``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from compiler.analysis.borrowck.closure_sigs import BINDER_BASE, closure_signature
from compiler.analysis.borrowck.constraints import Constraints, Where
from compiler.analysis.borrowck.fn_pointers import coerce_fn_pointer, relate_fn_pointers
from compiler.analysis.borrowck.variance import COVARIANT, INVARIANT, adt_variances, compose
from compiler.hir.def_id import DefId
from compiler.mir.type_facts import capture_ty
from compiler.query import Database
from compiler.ty import types as t
from compiler.ty.captures import captured
from compiler.ty.generics import generics_of

RegionMap = dict[t.Region, t.Region]
NO_REGIONS = frozenset((t.IntTy, t.FloatTy, t.SimpleTy, t.ParamTy, t.Const, t.InferTy))


class RegionTypes:
    """See the module docstring."""

    def __init__(self, db: Database, constraints: Constraints) -> None:
        self.db = db
        self.constraints = constraints
        self.static = t.Region("var", "", 0)
        self._has: dict[Any, bool] = {}
        self._erased: dict[Any, Any] = {}
        self._variances: dict[DefId, tuple[int, ...]] = {}
        self._counts: dict[DefId, int] = {}

    # -- questions

    def has_regions(self, ty: Any) -> bool:
        """Whether anything in the type is, or stands for, a region."""
        if type(ty) in NO_REGIONS:
            return False
        found = self._has.get(ty)
        if found is None:
            found = self._has[ty] = self._look_for_regions(ty)
        return found

    def _look_for_regions(self, ty: Any) -> bool:
        kind = type(ty)
        if kind in (t.RefTy, t.Region, t.DynTy, t.ClosureTy):
            return True
        if kind is t.AliasTy and ty.kind == "opaque":
            return bool(ty.args) or bool(self._late_bound(ty.def_id))
        found = False

        def visit(child: Any) -> Any:
            nonlocal found
            found = found or self.has_regions(child)
            return child

        t.map_children(ty, visit)
        return found

    def regions(self, ty: Any) -> Iterator[t.Region]:
        """Every region variable in a type, in order, with repetitions."""
        if not ty.flags & t.HAS_REGION:
            return
        for node in t.walk(ty):
            if type(node) is t.Region and node.kind == "var":
                yield node

    def count(self, def_id: DefId) -> int:
        """Number of generic parameters of a definition, parents' included."""
        found = self._counts.get(def_id)
        if found is None:
            found = self._counts[def_id] = generics_of(self.db, def_id).count
        return found

    def _late_bound(self, fn: DefId) -> tuple[t.Region, ...]:
        from compiler.ty.collect import fn_sig

        return fn_sig(self.db, fn).late_bound

    # -- erase

    def erase(self, value: Any) -> Any:
        """The type as inference knows it."""
        found = self._erased.get(value)
        if found is None:
            found = self._erased[value] = self._erase(value)
        return found

    def _erase(self, node: Any) -> Any:
        kind = type(node)
        if kind is t.Region:
            return t.ERASED
        if kind is t.ClosureTy or (kind is t.AliasTy and node.kind == "opaque"):
            args = tuple([self.erase(a) for a in node.args[: self.count(node.def_id)]])
            if kind is t.ClosureTy:
                return t.ClosureTy(node.def_id, args)
            return t.AliasTy("opaque", node.def_id, args, node.index)
        return t.map_children(node, self.erase)

    # -- fresh variables

    def var(self) -> t.Region:
        return self.constraints.fresh()

    def fresh(self, ty: Any) -> Any:
        """The type with every region a new variable (those of fn pointers stay: they are bound there)."""
        if not self.has_regions(ty):
            return ty
        kind = type(ty)
        if kind is t.Region:
            return self.static if ty.kind == "static" else self.var()
        if kind is t.RefTy:
            return t.RefTy(self.fresh(ty.region), self.fresh(ty.ty), ty.mutable)
        if kind is t.ClosureTy:
            args = tuple([self.fresh(a) for a in ty.args[: self.count(ty.def_id)]])
            return self.closure(ty.def_id, args)
        if kind is t.FnPtrTy:
            return ty
        if kind is t.DynTy and self.fn_object(ty) is not None:
            return t.DynTy(ty.bounds, self.fresh(ty.region), ty.projections)
        made = t.map_children(ty, self.fresh)
        if kind is t.AliasTy and ty.kind == "opaque":
            args = made.args[: self.count(ty.def_id)]
            late = tuple([self.var() for _ in self._late_bound(ty.def_id)])
            return t.AliasTy("opaque", ty.def_id, args + late, ty.index)
        return made

    def is_open(self, ty: Any, inside: bool = False) -> bool:
        """Whether a fn pointer (or ``dyn Fn``) in the type has regions of which nothing is known."""
        kind = type(ty)
        if kind is t.Region:
            return inside and ty.kind == "erased"
        if kind in NO_REGIONS or not self.has_regions(ty) or (kind is t.AliasTy and ty.kind == "opaque"):
            return False
        inside = inside or kind is t.FnPtrTy or (kind is t.DynTy and self.fn_object(ty) is not None)
        return any(self.is_open(child, inside) for child in t.children(ty))

    def adopt(self, ty: Any, source: Any, inside: bool = False) -> Any:
        """A type with what a type of its shape knows of the regions in fn pointers: which are bound, which are not."""
        kind = type(ty)
        if kind is not type(source) or kind in NO_REGIONS:
            return ty
        if kind is t.Region:
            if not inside or ty.kind != "erased" or source.kind not in ("var", "bound"):
                return ty
            return source if source.kind == "bound" else self.var()
        inside = inside or kind is t.FnPtrTy or (kind is t.DynTy and self.fn_object(ty) is not None)
        inner = iter(t.children(source))
        return t.map_children(ty, lambda child: self.adopt(child, next(inner, child), inside))

    def fn_object(self, ty: t.DynTy) -> t.FnPtrTy | None:
        """The signature of ``dyn Fn(A) -> B``, as written."""
        from compiler.resolve.lang import lang_name_of

        if not ty.bounds or lang_name_of(self.db, ty.bounds[0][0]) not in ("fn", "fn_mut", "fn_once"):
            return None
        given = ty.bounds[0][1][0] if ty.bounds[0][1] else None
        if not isinstance(given, t.TupleTy) or len(ty.projections) != 1:
            return None
        return t.FnPtrTy(given.elems, ty.projections[0][2])

    def fresh_bound(self, ty: Any) -> Any:
        """As :meth:`fresh` for the parts of a closure's signature, whose bound regions stay."""
        kind = type(ty)
        if kind is t.Region:
            if ty.kind == "static":
                return self.static
            return ty if ty.kind == "var" or (ty.kind == "bound" and ty.index >= BINDER_BASE) else self.var()
        if (
            kind is t.FnPtrTy
            or kind is t.ClosureTy
            or not self.has_regions(ty)
            or (kind is t.AliasTy and ty.kind == "opaque")
        ):
            return self.fresh(ty)
        return t.map_children(ty, self.fresh_bound)

    def closure(self, def_id: DefId, parent_args: t.GenericArgs) -> t.Ty:
        """A closure's type with new variables for its captures and the free regions of its signature."""
        from compiler.ty.infer import closure_of

        facts = closure_of(self.db, def_id)
        if facts is None:
            return t.ClosureTy(def_id, parent_args)
        sig = t.map_children(t.subst(closure_signature(self.db, def_id), parent_args), self.fresh_bound)
        upvars = t.TupleTy(tuple([self.fresh(t.subst(capture_ty(c), parent_args)) for c in facts.captures]))
        return t.ClosureTy(def_id, (*parent_args, sig, upvars))

    def closure_parts(self, ty: t.ClosureTy) -> tuple[t.FnPtrTy, t.TupleTy] | None:
        """(signature, captures) of a renumbered closure type."""
        n = self.count(ty.def_id)
        if len(ty.args) != n + 2:
            return None
        sig, upvars = ty.args[n:]
        assert isinstance(sig, t.FnPtrTy) and isinstance(upvars, t.TupleTy)
        return sig, upvars

    def instantiate(self, value: Any, args: t.GenericArgs = (), bound: RegionMap | None = None) -> Any:
        """Declared type to a type of the body: parameters by ``args``, named regions by ``bound``, ``'static`` to its
        variable, unknown regions to fresh ones."""
        n = len(args)

        def go(node: Any) -> Any:
            kind = type(node)
            if kind is t.ParamTy:
                return args[node.index] if node.index < n and isinstance(args[node.index], t.Ty) else node
            if kind is t.Region:
                return self._region(node, args, bound)
            if kind is t.Const:
                if node.kind == "param" and node.index < n and isinstance(args[node.index], t.Const):
                    return args[node.index]
                return t.map_children(node, go) if node.args else node
            if not node.flags and not self.has_regions(node):
                return node
            if kind is t.FnPtrTy:
                return t.map_children(node, pointer)
            return t.map_children(node, go)

        def pointer(node: Any) -> Any:
            if type(node) is t.Region:
                return node if node.kind == "erased" else go(node)
            return t.map_children(node, pointer) if self.has_regions(node) else go(node)

        return go(value)

    def capture(self, output: Any, fn: DefId, late: tuple[t.Region, ...]) -> Any:
        """A result in which each ``impl Trait`` has what it captures, also of the late-bound regions of its function.
        What it does not capture is ``'static``, which asks nothing of anyone."""
        if not output.flags & t.HAS_ALIAS:
            return output

        def go(node: Any) -> Any:
            if type(node) is t.AliasTy and node.kind == "opaque" and node.def_id is fn:
                args = node.args[: self.count(fn)] + late
                kept = captured(self.db, fn, node.index)
                args = tuple([self.static if i < len(kept) and not kept[i] else arg for i, arg in enumerate(args)])
                return t.AliasTy("opaque", fn, args, node.index)
            return t.map_children(node, go)

        return go(output)

    def _region(self, region: t.Region, args: t.GenericArgs, bound: RegionMap | None) -> t.Region:
        kind = region.kind
        if bound is not None and region in bound:
            return bound[region]
        if kind == "early" and region.index < len(args):
            found = args[region.index]
            return found if isinstance(found, t.Region) else self.var()
        if kind == "static":
            return self.static
        return region if kind in ("var", "bound") else self.var()

    # -- relations

    def outlives(self, sup: t.Region, sub: t.Region, where: Where) -> None:
        self.constraints.add(sup, sub, where)

    def sub(self, a: Any, b: Any, where: Where) -> None:
        """``a`` is a subtype of ``b``."""
        if type(a) is t.FnPtrTy and type(b) is t.FnPtrTy and a is not b:
            coerce_fn_pointer(self, a, b, where)
            return
        self.relate(a, b, COVARIANT, where)

    def equate(self, a: Any, b: Any, where: Where) -> None:
        self.relate(a, b, INVARIANT, where)

    def relate(self, a: Any, b: Any, variance: int, where: Where) -> None:
        """Constraints of two types of one shape."""
        if a is b or variance == 0:
            return
        kind = type(a)
        if kind is not type(b):
            return
        if kind is t.Region:
            if variance & COVARIANT:
                self.constraints.add(a, b, where)
            if variance & 2:
                self.constraints.add(b, a, where)
        elif kind is t.RefTy:
            self.relate(a.region, b.region, variance, where)
            self.relate(a.ty, b.ty, compose(variance, INVARIANT) if a.mutable else variance, where)
        elif kind is t.PtrTy:
            self.relate(a.ty, b.ty, INVARIANT if a.mutable else variance, where)
        elif kind is t.SliceTy or kind is t.ArrayTy:
            self.relate(a.ty, b.ty, variance, where)
        elif kind is t.TupleTy:
            self._all(a.elems, b.elems, variance, where)
        elif kind is t.AdtTy:
            self._adt(a, b, variance, where)
        elif kind is t.FnPtrTy:
            relate_fn_pointers(self, a, b, variance, where)
        elif kind is t.DynTy:
            self.relate(a.region, b.region, variance, where)
            for (_, x), (_, y) in zip(a.bounds, b.bounds, strict=False):
                self._all(x, y, INVARIANT, where)
            for (_, _, x), (_, _, y) in zip(a.projections, b.projections, strict=False):
                self.relate(x, y, INVARIANT, where)
        elif kind in (t.FnDefTy, t.ClosureTy, t.AliasTy) and a.def_id is b.def_id:
            self._all(a.args, b.args, INVARIANT, where)

    def _all(self, xs: tuple[Any, ...], ys: tuple[Any, ...], variance: int, where: Where) -> None:
        for x, y in zip(xs, ys, strict=False):
            if x is not y:
                self.relate(x, y, variance, where)

    def _adt(self, a: t.AdtTy, b: t.AdtTy, variance: int, where: Where) -> None:
        if a.def_id is not b.def_id:
            return
        if variance == INVARIANT:
            self._all(a.args, b.args, INVARIANT, where)
            return
        known = self._variances.get(a.def_id)
        if known is None:
            known = self._variances[a.def_id] = adt_variances(self.db, a.def_id)
        for x, y, v in zip(a.args, b.args, known, strict=False):
            if x is not y:
                self.relate(x, y, compose(variance, v or 0), where)

    # -- outlives of types

    def components(self, ty: Any) -> Iterator[Any]:
        """What must outlive a region for a type to: regions, parameters and rigid projections."""
        kind = type(ty)
        if kind is t.ParamTy or kind is t.AliasTy or kind is t.Region:
            yield ty
        elif kind is t.ClosureTy:
            parts = self.closure_parts(ty)
            yield from self.components(parts[1]) if parts is not None else ()
        elif kind is t.FnDefTy:  # its lifetimes are arguments of a call to come, nothing it holds
            for arg in ty.args:
                yield from self.components(arg) if isinstance(arg, t.Ty) else ()
        elif kind is not t.FnPtrTy:
            children: list[Any] = []

            def note(child: Any) -> Any:
                children.append(child)
                return child

            t.map_children(ty, note)
            for child in children:
                if not isinstance(child, t.Const):
                    yield from self.components(child)
