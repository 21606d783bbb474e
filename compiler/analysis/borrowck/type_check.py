"""The MIR type check: which regions must outlive which (rustc's ``borrowck::type_check``).

What it is: one walk over a body. Local types are renumbered, the signature is equated with the parameters and the
return place, and every statement says what its types demand of each other.

Assumes: a body without type errors. Guarantees: constraints only, no messages; ``region_at`` has the region of each
``&`` by point, ``local_tys`` the renumbered types.

Example: ``_3 = &'7 (*_1)`` with ``_1: &'2 u32`` gives ``'2: '7`` (reborrow) and ``'7: '3`` (assignment to ``&'3 u32``).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from compiler.analysis.borrowck import promoted, user_types
from compiler.analysis.borrowck.constraints import Category, Constraints, Where
from compiler.analysis.borrowck.flow import Flow
from compiler.analysis.borrowck.fn_pointers import same_binder
from compiler.analysis.borrowck.projection import Projections
from compiler.analysis.borrowck.region_types import NO_REGIONS, RegionTypes
from compiler.analysis.borrowck.requirements import ClosureRequirements, apply_requirements
from compiler.analysis.borrowck.universal import UniversalRegions
from compiler.analysis.borrowck.variance import COVARIANT, INVARIANT
from compiler.hir.def_id import DefId, DefKind
from compiler.mir import body as m
from compiler.query import Database
from compiler.ty import types as t
from compiler.ty.generics import identity_args
from compiler.ty.traits.object import object_bounds

RequirementsOf = Callable[[DefId], ClosureRequirements]


class TypeCheck:
    """See the module docstring."""

    def __init__(
        self,
        db: Database,
        body: m.Body,
        flow: Flow,
        types: RegionTypes,
        projections: Projections,
        universal: UniversalRegions,
        requirements_of: RequirementsOf,
    ) -> None:
        self.db = db
        self.body = body
        self.flow = flow
        self.types = types
        self.projections = projections
        self.universal = universal
        self.requirements_of = requirements_of
        self.constraints: Constraints = types.constraints
        self.local_tys: list[t.Ty] = []
        self.region_at: dict[int, int] = {}
        self._place_tys: dict[m.Place, t.Ty] = {}
        self._places_here: dict[m.Place, t.Ty] = {}  # with fields of their own regions, for this statement
        self._variance = COVARIANT
        self._fields: dict[tuple[t.Ty, int, int], t.Ty] = {}
        self._predicates: dict[DefId, list[t.Predicate]] = {}
        self._plain_fns: dict[DefId, bool] = {}
        self._open: set[m.Local] = set()
        self._aggregate_temps: set[m.Local] = set()
        self._where = Where()

    def run(self) -> None:
        """Walk the body; see the module docstring."""
        self._locals()
        self._find_aggregate_temps()
        for user in self.body.user_types:  # wherever they are written, in code that is never reached too
            user_types.ascribe(self, user)
        self.walk()

    def walk(self) -> None:
        """The constraints of every statement and terminator that is reached."""
        rules, assign = _STATEMENTS, TypeCheck._assign
        for block, first, end in self.flow.pieces:
            self.db.checkpoint()
            point = self.flow.start[block] + first
            statements = self.body.blocks[block].statements
            for statement in statements[first:end]:
                rule = rules.get(type(statement))
                if rule is not None and not (rule is assign and self._says_nothing(statement)):
                    self._where = Where(statement.span, Category.BORING, point)
                    self._places_here.clear()
                    rule(self, statement)
                point += 1
            if end > len(statements):
                terminator = self.body.blocks[block].terminator
                self._where = Where(terminator.span, Category.BORING, point)
                self._places_here.clear()
                self._terminator(terminator)

    def _locals(self) -> None:
        """Renumber the locals and tie the signature to its places."""
        universal, types = self.universal, self.types
        for i, decl in enumerate(self.body.locals):
            if i == 1 and universal.closure is not None:
                self.local_tys.append(universal.inputs[0])
                continue
            self.local_tys.append(decl.ty if type(decl.ty) in NO_REGIONS else types.fresh(decl.ty))
        for i, ty in enumerate(universal.inputs):
            if 1 + i <= self.body.arg_count:
                decl = self.body.locals[1 + i]
                if types.is_open(self.local_tys[1 + i]):
                    self.local_tys[1 + i] = types.adopt(self.local_tys[1 + i], ty)
                types.equate(self.local_tys[1 + i], ty, Where(decl.span, Category.BORING_NO_LOCATION))
        if types.is_open(self.local_tys[0]):
            self.local_tys[0] = types.adopt(self.local_tys[0], universal.output)
        self._open = {i for i, ty in enumerate(self.local_tys) if types.is_open(ty)}
        span = self.body.locals[0].span
        types.equate(self.local_tys[0], universal.output, Where(span, Category.BORING_NO_LOCATION))
        if universal.closure is not None:
            user_types.ascribe_closure(self)

    def _says_nothing(self, statement: Any) -> bool:
        """Quickly seen: neither side of an assignment has regions."""
        rvalue = statement.rvalue
        kind = type(rvalue)
        if kind is m.Use:
            return self._is_plain(rvalue.operand)
        if kind is m.BinaryOp:
            return self._is_plain(rvalue.left) and self._is_plain(rvalue.right)
        return kind is m.Len or kind is m.Discriminant or kind is m.UnaryOp

    def _is_plain(self, operand: m.Operand) -> bool:
        if type(operand) is m.Constant:
            return type(operand.value.ty) in NO_REGIONS and not operand.user_args
        place = operand.place  # type: ignore[union-attr]
        if not place.projection:
            return type(self.local_tys[place.local]) in NO_REGIONS
        last = place.projection[-1]
        return len(place.projection) == 1 and type(last) is m.Field and type(last.ty) in NO_REGIONS

    # -- types of places

    def place_ty(self, place: m.Place) -> t.Ty:
        """Type of a place, with its regions."""
        if not place.projection:
            return self.local_tys[place.local]
        found = self._place_tys.get(place) or self._places_here.get(place)
        return self._project_place(place) if found is None else found

    def _project_place(self, place: m.Place) -> t.Ty:
        prefix, elem = m.Place(place.local, place.projection[:-1]), place.projection[-1]
        base = self.place_ty(prefix)
        before = place.projection[-2] if len(place.projection) > 1 else None
        made = self._project_ty(base, before, elem)
        point = self._where.point
        if type(elem) is m.Field and point is not None and made.flags & t.HAS_REGION:
            made = self._mentioned(made, point)
        elif prefix not in self._places_here:
            self._place_tys[place] = made
            return made
        self._places_here[place] = made
        return made

    def _mentioned(self, field: t.Ty, point: int) -> t.Ty:
        """A field where a statement mentions it: of a type of its own (rustc renumbers the types in projections)."""
        made = self.types.fresh(field)
        assert isinstance(made, t.Ty)
        self.types.relate(field, made, self._variance, self._set(Category.BORING))
        for region in self.types.regions(made):
            self.constraints.make_live(region, 1 << point)
        return made

    def project(self, ty: t.Ty, projection: tuple[m.ProjectionElem, ...]) -> t.Ty:
        """Type of a part of a value of a type."""
        before: m.ProjectionElem | None = None
        for elem in projection:
            ty = self._project_ty(ty, before, elem)
            before = elem
        return ty

    def _project_ty(self, base: t.Ty, before: m.ProjectionElem | None, elem: m.ProjectionElem) -> t.Ty:
        if isinstance(elem, m.Field):
            variant = before.variant_index if isinstance(before, m.Downcast) else 0
            return self.field_ty(base, variant, elem)
        if isinstance(elem, m.Downcast):
            return base
        if isinstance(elem, m.Deref):
            return base.ty if isinstance(base, (t.RefTy, t.PtrTy)) else t.ERROR
        if isinstance(elem, m.Subslice):
            return base
        return base.ty if isinstance(base, (t.ArrayTy, t.SliceTy)) else t.ERROR

    def field_ty(self, base: t.Ty, variant: int, elem: m.Field) -> t.Ty:
        """Type of a field with the regions of the value it is in."""
        if not self.types.has_regions(elem.ty):
            return elem.ty
        if isinstance(base, t.TupleTy):
            return base.elems[elem.index] if elem.index < len(base.elems) else t.ERROR
        if isinstance(base, t.ClosureTy):
            parts = self.types.closure_parts(base)
            if parts is None or elem.index >= len(parts[1].elems):
                return t.ERROR
            return parts[1].elems[elem.index]
        if isinstance(base, t.AdtTy):
            return self.adt_field(base, variant, elem.index)
        return self.types.fresh(elem.ty)  # type: ignore[no-any-return]

    def adt_field(self, base: t.AdtTy, variant: int, index: int) -> t.Ty:
        """Type of a field of a struct or variant."""
        key = (base, variant, index)
        found = self._fields.get(key)
        if found is None:
            from compiler.ty.adt import adt_def

            variants = adt_def(self.db, base.def_id).variants
            fields = variants[variant].fields if variant < len(variants) else ()
            declared = fields[index].ty if index < len(fields) else t.ERROR
            found = self.projections.normalize(self.types.instantiate(declared, base.args), self._where)
            assert isinstance(found, t.Ty)
            self._fields[key] = found
        return found

    # -- statements

    def _category_of(self, place: m.Place, called: bool = False) -> Category:
        """What an assignment to a place is about; ``called``: of a call's result."""
        if place.projection:
            return Category.ASSIGNMENT
        if place.local == m.RETURN_PLACE:
            kind = self.body.def_id.kind
            if kind is DefKind.CONST or kind is DefKind.ANON_CONST:
                return Category.USE_AS_CONST
            return Category.USE_AS_STATIC if kind is DefKind.STATIC else Category.RETURN
        if place.local in self._aggregate_temps and not called:
            return Category.USAGE
        return Category.ASSIGNMENT if self.body.locals[place.local].is_user_variable else Category.BORING

    def _find_aggregate_temps(self) -> None:
        """Temporaries that become a field or an element."""
        for block in self.body.blocks:
            for statement in block.statements:
                rvalue = statement.rvalue if type(statement) is m.Assign else None
                if type(rvalue) is m.Aggregate and not isinstance(rvalue.kind, m.AggregateClosure):
                    for operand in rvalue.operands:
                        if type(operand) is m.Move and not self.body.locals[operand.place.local].is_user_variable:
                            self._aggregate_temps.add(operand.place.local)

    def _assign(self, statement: m.Assign) -> None:
        rvalue = statement.rvalue
        made = _RVALUES[type(rvalue)](self, rvalue)
        if made is None:
            return
        if statement.place.local in self._open:
            self.adopt(statement.place, made)
        ty = self._written_ty(statement.place)
        if ty is made:
            return
        where = self._where
        category = self._category_of(statement.place)
        self.types.sub(made, ty, Where(where.span, category, where.point))

    def _written_ty(self, place: m.Place) -> t.Ty:
        """Type of a place that is written or borrowed mutably."""
        self._variance = INVARIANT
        ty = self.place_ty(place)
        self._variance = COVARIANT
        return ty

    def is_open(self, place: m.Place) -> bool:
        """A variable of which it is not known yet what its fn pointers bind."""
        return place.local in self._open and not place.projection

    def adopt(self, place: m.Place, made: t.Ty) -> t.Ty:
        """A variable's written type, or else its first value, says which regions of its fn pointers are bound."""
        if not place.projection:
            self._open.discard(place.local)
            self.local_tys[place.local] = self.types.adopt(self.local_tys[place.local], made)
        return self.place_ty(place)

    def of_promoted(self, body: m.Body, flow: Flow) -> TypeCheck:
        """The walk over a promoted constant of this body."""
        inner = TypeCheck(self.db, body, flow, self.types, self.projections, self.universal, self.requirements_of)
        inner.local_tys = [d.ty if type(d.ty) in NO_REGIONS else self.types.fresh(d.ty) for d in body.locals]
        inner.walk()
        return inner

    def _set(self, category: Category) -> Where:
        return Where(self._where.span, category, self._where.point)

    # -- operands

    def operand_ty(self, operand: m.Operand) -> t.Ty:
        """Type of an operand with regions."""
        if type(operand) is m.Constant:
            return self._constant(operand)
        ty = self.place_ty(operand.place)  # type: ignore[union-attr]
        if type(operand) is m.Copy and type(ty) in _MAY_COPY_CONDITIONALLY and self.types.has_regions(ty):
            self._prove_copy(ty)
        return ty

    def _prove_copy(self, ty: t.Ty) -> None:
        """``impl Copy for S<'static>``: a copy demands what the impl does."""
        from compiler.resolve.lang import lang_item

        if isinstance(ty, t.TupleTy):
            for elem in ty.elems:
                self._prove_copy(elem)
        elif isinstance(ty, t.ArrayTy):
            self._prove_copy(ty.ty)
        elif isinstance(ty, t.AdtTy) and self.types.has_regions(ty):
            trait = lang_item(self.db, "copy")
            if trait is not None:
                self.projections.prove_trait(t.TraitRef(trait, (ty,)), self._set(Category.COPY_BOUND))

    def _constant(self, constant: m.Constant) -> t.Ty:
        value = constant.value
        ty = value.ty
        if not self.types.has_regions(ty) and type(ty) is not t.FnDefTy and not constant.user_args:
            return ty
        kind = type(value)
        if kind is m.StaticRef:
            return self._static_pointer(value)  # type: ignore[arg-type]
        if kind is m.BytesConst:
            made = self.types.fresh(ty)
            if isinstance(made, t.RefTy):
                self.types.outlives(made.region, self.types.static, self._where)
            return made  # type: ignore[no-any-return]
        if isinstance(value, m.UnevaluatedConst) and value.promoted is not None:
            return promoted.promoted_ty(self, value)
        if kind is m.UnevaluatedConst:
            return self._const_item(constant, value)  # type: ignore[arg-type]
        made = self.types.fresh(ty)
        if isinstance(made, t.FnDefTy):
            user_types.ascribe_args(self, made.def_id, made.args, constant.user_args, constant.span)
            self.prove_predicates(made.def_id, made.args, self._set(Category.BORING))
            user_types.well_formed_item(self, made.def_id, made.args, self._set(Category.BORING_NO_LOCATION))
        return made  # type: ignore[no-any-return]

    def _static_pointer(self, value: m.StaticRef) -> t.Ty:
        """``&'static T`` or ``*mut T`` with the regions that the static's own type is written with."""
        from compiler.ty.collect import type_of

        pointee = self.types.instantiate(type_of(self.db, value.def_id), ())
        pointee = self.projections.normalize(pointee, self._where)
        pointer = value.ty
        if isinstance(pointer, t.PtrTy | t.RefTy) and self.types.erase(pointee) is self.types.erase(pointer.ty):
            if isinstance(pointer, t.PtrTy):
                return t.PtrTy(pointee, pointer.mutable)
            return t.RefTy(self.types.static, pointee, pointer.mutable)
        return self.types.fresh(pointer)  # type: ignore[no-any-return]

    def _const_item(self, constant: m.Constant, value: m.UnevaluatedConst) -> t.Ty:
        from compiler.ty.collect import type_of

        if value.promoted is None and value.def_id.kind is DefKind.CONST:
            args = tuple([self.types.fresh(a) for a in value.args])
            user_types.ascribe_args(self, value.def_id, args, constant.user_args, constant.span)
            self.prove_predicates(value.def_id, args, self._set(Category.BORING))
            user_types.well_formed_item(self, value.def_id, args, self._set(Category.BORING_NO_LOCATION))
            made = self.types.instantiate(type_of(self.db, value.def_id), args)
            made = self.projections.normalize(made, self._where)
            if self.types.erase(made) is self.types.erase(value.ty):
                return made  # type: ignore[no-any-return]
        return self.types.fresh(value.ty)  # type: ignore[no-any-return]

    def prove_predicates(self, def_id: DefId, args: t.GenericArgs, where: Where) -> None:
        predicates = self._predicates.get(def_id)
        if predicates is None:
            predicates = self._predicates[def_id] = self._telling_predicates(def_id)
        for predicate in predicates:
            self.projections.prove(self.types.instantiate(predicate, args), where)

    def _telling_predicates(self, def_id: DefId) -> list[t.Predicate]:
        """Where-clauses but those about marker traits, which bring no constraints."""
        from compiler.ty.collect import predicates_of

        if def_id.kind is DefKind.VARIANT:
            assert def_id.parent is not None
            def_id = def_id.parent
        return [
            p
            for p in predicates_of(self.db, def_id)
            if not (isinstance(p, t.TraitPredicate) and self.projections.is_marker(p.trait_ref.def_id))
        ]

    # -- rvalues

    def _use(self, rvalue: m.Use) -> t.Ty:
        return self.operand_ty(rvalue.operand)

    def _repeat(self, rvalue: m.Repeat) -> t.Ty:
        return t.ArrayTy(self.operand_ty(rvalue.operand), rvalue.count)

    def _ref(self, rvalue: m.Ref) -> t.Ty:
        region = self.types.var()
        point = self._where.point
        assert point is not None
        self.region_at[point] = region.index
        mutable = rvalue.kind.value not in ("&", "&fake ", "&fake shallow ")
        ty = self._written_ty(rvalue.place) if mutable else self.place_ty(rvalue.place)
        self._reborrow(region, rvalue.place)
        self.constraints.make_live(region, 1 << point)
        return t.RefTy(region, ty, mutable)

    def _reborrow(self, region: t.Region, place: m.Place) -> None:
        """What a borrow through references demands of them."""
        for i in range(len(place.projection) - 1, -1, -1):
            if type(place.projection[i]) is not m.Deref:
                continue
            base = self.place_ty(m.Place(place.local, place.projection[:i]))
            if not isinstance(base, t.RefTy):
                return
            self.types.outlives(base.region, region, self._reborrow_where(place))
            if not base.mutable:
                return

    def _reborrow_where(self, place: m.Place) -> Where:
        is_upvar = self.universal.closure is not None and place.local == 1
        return self._set(Category.CLOSURE_UPVAR) if is_upvar else self._where

    def _raw_ptr(self, rvalue: m.RawPtr) -> t.Ty:
        mutable = rvalue.mutability is m.Mutability.MUT
        return t.PtrTy(self._written_ty(rvalue.place) if mutable else self.place_ty(rvalue.place), mutable)

    def _no_type(self, rvalue: Any) -> None:
        return None

    def _binary(self, rvalue: m.BinaryOp) -> t.Ty | None:
        if rvalue.op is m.BinOp.OFFSET:
            return self.operand_ty(rvalue.left)
        left, right = self.operand_ty(rvalue.left), self.operand_ty(rvalue.right)
        if isinstance(left, (t.PtrTy, t.FnPtrTy)):  # pointers are compared as of one type
            common = self.types.adopt(self.types.fresh(self.types.erase(left)), left)
            where = self._set(Category.CALL_ARGUMENT)
            self.types.sub(left, common, where)
            self.types.sub(right, common, where)
        return None

    def _cast(self, rvalue: m.Cast) -> t.Ty | None:
        source = self.operand_ty(rvalue.operand)
        target = self.types.fresh(rvalue.ty)
        where = self._set(Category.CAST)
        kind = rvalue.kind
        if kind is m.CastKind.UNSIZE:
            self._unsize(source, target, where)
        elif kind in (m.CastKind.REIFY_FN_POINTER, m.CastKind.CLOSURE_FN_POINTER):
            target = self._fn_pointer(source, target, where)
        elif kind is m.CastKind.ARRAY_TO_POINTER:
            array = source.ty if isinstance(source, (t.PtrTy, t.RefTy)) else None
            if isinstance(array, t.ArrayTy) and isinstance(target, t.PtrTy):
                self.types.sub(array.ty, target.ty, where)
        elif kind in (m.CastKind.MUT_TO_CONST_POINTER, m.CastKind.PTR_TO_PTR, m.CastKind.UNSAFE_FN_POINTER):
            if isinstance(source, t.PtrTy) and isinstance(target, t.PtrTy):
                self.types.sub(source.ty, target.ty, where)
        return target  # type: ignore[no-any-return]

    def _fn_pointer(self, source: t.Ty, target: t.Ty, where: Where) -> t.Ty:
        """A function or closure as a fn pointer: a function is as general as its signature; what a closure's own
        binder binds is not known for sure."""
        if not isinstance(target, t.FnPtrTy):
            return target
        own = self.projections.signature(source) if isinstance(source, t.FnDefTy) else None
        if own is None:
            sig = self.projections.callable(source)
            if sig is not None:
                same_binder(self.types, sig, target, COVARIANT, where)
            return target
        if self.types.is_open(target):
            target = self.types.adopt(target, own)
        self.types.sub(own, target, where)
        return target

    def _unsize(self, source: t.Ty, target: t.Ty, where: Where) -> None:
        inner, outer = source, target
        if isinstance(source, t.RefTy) and isinstance(target, (t.RefTy, t.PtrTy)):
            if isinstance(target, t.RefTy):
                self.types.outlives(source.region, target.region, where)
            inner, outer = source.ty, target.ty
        elif isinstance(source, t.PtrTy) and isinstance(target, t.PtrTy):
            inner, outer = source.ty, target.ty
        if isinstance(inner, t.ArrayTy) and isinstance(outer, t.SliceTy):
            self.types.equate(inner.ty, outer.ty, where)
        elif isinstance(outer, t.DynTy):
            self._to_object(inner, outer, where)
        else:
            self.types.sub(inner, outer, where)

    def _to_object(self, inner: t.Ty, outer: t.DynTy, where: Where) -> None:
        """What becomes a trait object outlives its region and implements its bounds, with the lifetimes they name."""
        if isinstance(inner, t.DynTy):
            self.types.outlives(inner.region, outer.region, where)
        else:
            self.projections.prove_outlives(inner, outer.region, where)
        sig = self.types.fn_object(outer)
        own = self.projections.callable(inner) if sig is not None else None
        if sig is not None and own is not None:
            same_binder(self.types, own, sig, COVARIANT, where)
            return
        for predicate in object_bounds(outer, inner):
            self.projections.prove(predicate, where)

    def _aggregate(self, rvalue: m.Aggregate) -> t.Ty | None:
        kind = rvalue.kind
        if isinstance(kind, m.AggregateTuple):
            return t.TupleTy(tuple([self.operand_ty(o) for o in rvalue.operands]))
        if isinstance(kind, m.AggregateArray):
            elem = self.types.fresh(kind.elem)
            for operand in rvalue.operands:
                self.types.sub(self.operand_ty(operand), elem, self._where)
            return t.ArrayTy(elem, t.const_value(len(rvalue.operands), t.usize))
        if isinstance(kind, m.AggregateAdt):
            return self._adt_aggregate(kind, rvalue.operands)
        if isinstance(kind, m.AggregateClosure):
            return self._closure_aggregate(kind, rvalue.operands)
        for operand in rvalue.operands:
            self.operand_ty(operand)
        return self.types.fresh(kind.ty)  # type: ignore[no-any-return]

    def _adt_aggregate(self, kind: m.AggregateAdt, operands: tuple[m.Operand, ...]) -> t.Ty:
        made = t.AdtTy(kind.def_id, tuple([self.types.fresh(a) for a in kind.args]))
        user_types.ascribe_args(self, kind.def_id, made.args, kind.user_args, self._where.span)
        first = kind.active_field or 0
        for i, operand in enumerate(operands):
            ty = self.operand_ty(operand)
            if self.types.has_regions(ty):
                self.types.sub(ty, self.adt_field(made, kind.variant_index, first + i), self._where)
        if self.types.has_regions(made):
            self.prove_predicates(kind.def_id, made.args, self._where)
        return made

    def _closure_aggregate(self, kind: m.AggregateClosure, operands: tuple[m.Operand, ...]) -> t.Ty:
        args = tuple([self.types.fresh(a) for a in kind.args])
        own = Where(self._where.span, Category.BORING_NO_LOCATION)
        for made_arg, arg in zip(args, identity_args(self.db, self.universal.owner), strict=False):
            self.types.equate(made_arg, self.types.instantiate(arg, (), self.universal.mapping), own)
        made = self.types.closure(kind.def_id, args)
        assert isinstance(made, t.ClosureTy)
        parts = self.types.closure_parts(made)
        if parts is not None:
            for operand, field in zip(operands, parts[1].elems, strict=False):
                self.types.sub(self.operand_ty(operand), field, self._where)
        named = tuple(self.universal.mapping.values())
        apply_requirements(self.requirements_of(kind.def_id), made, named, self.projections, self._where)
        return made

    def _printf(self, rvalue: m.Printf) -> None:
        for operand in rvalue.operands:
            self.operand_ty(operand)

    # -- terminators

    def _terminator(self, terminator: m.Terminator) -> None:
        if isinstance(terminator, m.Call):
            self._call(terminator)

    def _call(self, call: m.Call) -> None:
        func = self.operand_ty(call.func)
        sig = self._object_signature(func, call) or self._signature(func)
        if sig is None:
            return
        argument = Category.BORING if call.from_overloaded_operator else Category.CALL_ARGUMENT
        for operand, wanted in zip(call.args, sig.inputs, strict=False):
            ty = self.operand_ty(operand)
            if ty is not wanted:
                self.types.sub(ty, wanted, self._set(argument))
        if call.destination.local in self._open:
            self.adopt(call.destination, sig.output)
        if call.target is not None or not isinstance(sig.output, t.SimpleTy):
            category = self._category_of(call.destination, True)
            self.types.sub(sig.output, self._written_ty(call.destination), self._set(category))

    def _object_signature(self, func: t.Ty, call: m.Call) -> t.FnPtrTy | None:
        """``f(x)`` with ``f: &dyn Fn(X) -> Y``: what is called is known from the operand's type."""
        if not isinstance(func, t.FnDefTy) or not func.args or not isinstance(func.args[0], t.DynTy):
            return None
        callee = self.operand_ty(call.args[0]) if len(call.args) == 2 else None
        if not isinstance(callee, t.RefTy) or not isinstance(callee.ty, t.DynTy):
            return None
        own = self.projections.callable(callee.ty) if func.def_id.name.startswith("call") else None
        return t.FnPtrTy((callee, t.TupleTy(own.inputs)), own.output) if own is not None else None

    def _signature(self, func: t.Ty) -> t.FnPtrTy | None:
        """The callee's signature for this call; late-bound regions are new and live here."""
        from compiler.ty.collect import fn_sig

        point = self._where.point
        assert point is not None
        if isinstance(func, t.FnPtrTy):
            made = self.projections.open_binder_deep(func)
            for region in self.types.regions(made):
                self.constraints.make_live(region, 1 << point)
            return made
        if not isinstance(func, t.FnDefTy):
            return None
        sig = fn_sig(self.db, func.def_id)
        if self._has_no_regions(func.def_id, sig):
            return t.FnPtrTy(sig.inputs, sig.output)
        bound = {region: self.types.var() for region in sig.late_bound}
        for var in bound.values():
            self.constraints.make_live(var, 1 << point)
        where = self._set(Category.BORING)
        made = self.types.instantiate(t.FnPtrTy(sig.inputs, sig.output), func.args, bound)
        inputs = tuple([self.projections.normalize(i, where) for i in made.inputs])
        output = self.types.capture(made.output, func.def_id, tuple(bound.values()))
        output = self.projections.normalize(output, where)
        self._well_formed((*inputs, output), where)
        return t.FnPtrTy(inputs, output)

    def _has_no_regions(self, fn: DefId, sig: Any) -> bool:
        """A signature of plain types that no argument changes."""
        found = self._plain_fns.get(fn)
        if found is None:
            parts = (*sig.inputs, sig.output)
            found = not sig.late_bound and all(not p.flags and not self.types.has_regions(p) for p in parts)
            self._plain_fns[fn] = found
        return found

    def _well_formed(self, tys: tuple[t.Ty, ...], where: Where) -> None:
        for ty in tys:
            if ty.flags & t.HAS_REGION:
                self.prove_implied(ty, where)

    def prove_implied(self, ty: t.Ty, where: Where) -> None:
        """``&'a T`` needs ``T: 'a``; a struct's arguments need what it declares."""
        from compiler.analysis.borrowck.universal import implied_bounds

        for subject, region in implied_bounds(self.db, self.types, ty):
            if self.types.has_regions(subject) or subject.flags & (t.HAS_PARAM | t.HAS_ALIAS):
                self.projections.prove_outlives(subject, region, where)


_MAY_COPY_CONDITIONALLY = (t.AdtTy, t.TupleTy, t.ArrayTy)
_RVALUES: dict[type, Callable[[TypeCheck, Any], t.Ty | None]] = {
    m.Use: TypeCheck._use,
    m.Repeat: TypeCheck._repeat,
    m.Ref: TypeCheck._ref,
    m.RawPtr: TypeCheck._raw_ptr,
    m.Len: TypeCheck._no_type,
    m.Discriminant: TypeCheck._no_type,
    m.UnaryOp: TypeCheck._no_type,
    m.BinaryOp: TypeCheck._binary,
    m.Cast: TypeCheck._cast,
    m.Aggregate: TypeCheck._aggregate,
    m.Printf: TypeCheck._printf,
}
_STATEMENTS: dict[type, Callable[[TypeCheck, Any], None]] = {
    m.Assign: TypeCheck._assign,
}
