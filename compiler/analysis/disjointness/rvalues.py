"""Operands and rvalues of MIR as symbolic values.

What it is: one method an rvalue kind. Assumes: mono constants only. Guarantees: total; what is not understood is an
unknown value of the right type.

Example: ``Lt(copy _1, copy _2)`` of two integers is the condition ``_2 - _1 - 1 >= 0``.
"""

from __future__ import annotations

from typing import Any

from compiler.analysis.disjointness.arithmetic import Arithmetic
from compiler.analysis.disjointness.memory import Frame, int_range
from compiler.analysis.disjointness.state import State
from compiler.analysis.disjointness.terms import GRID, THREAD, Cond, Poly
from compiler.analysis.disjointness.values import (
    MAX_ELEMENTS,
    OWN_BYTES,
    UNIT,
    Aggregate,
    EnumValue,
    LocalPlace,
    Merger,
    Opaque,
    Pointer,
    PointerChoice,
    Region,
    Value,
    data_of,
    level_of,
    without_proof,
)
from compiler.base.span import Span
from compiler.hir.def_id import DefKind
from compiler.library.pointer_calls import UNCHECKED
from compiler.mir import body as m
from compiler.ty import types as t

_COMPARISONS = frozenset((m.BinOp.EQ, m.BinOp.NE, m.BinOp.LT, m.BinOp.LE, m.BinOp.GE, m.BinOp.GT))
_OVERFLOWING = frozenset((m.BinOp.ADD_WITH_OVERFLOW, m.BinOp.SUB_WITH_OVERFLOW, m.BinOp.MUL_WITH_OVERFLOW))


class Evaluator(Arithmetic):
    """See the module docstring."""

    # -- operands

    def operand(self, state: State, frame: Frame, operand: m.Operand, span: Span) -> Value:
        """The value of an operand."""
        if isinstance(operand, m.Constant):
            return self.constant(operand.value)
        place = operand.place
        if not place.projection:
            ty = frame.body.locals[place.local].ty
            return self.load_value(state, LocalPlace(frame.base + place.local), ty)
        at, ty = self.place(state, frame, place)
        return self.load(state, frame, at, ty, span)

    def operand_ty(self, frame: Frame, operand: m.Operand) -> t.Ty:
        """The type of an operand."""
        return operand.value.ty if isinstance(operand, m.Constant) else self.place_type(frame, operand.place)

    def constant(self, value: m.ConstValue) -> Value:
        """The value of a constant."""
        ty = value.ty
        if isinstance(value, m.ScalarConst):
            return self._scalar(value.bits, ty)
        if isinstance(value, m.ZeroSizedConst):
            return UNIT
        if isinstance(value, m.StaticRef):
            return self._pointer_to_static(value)
        if isinstance(value, m.AllocConst):
            return self._alloc(value)
        return self._unknown_constant(value, ty)

    def _unknown_constant(self, value: Any, ty: t.Ty) -> Value:
        made = Opaque(GRID, False, "constant")
        if isinstance(ty, t.RefTy):
            key = self.constant_key(value)
            length = self.terms.const(len(value.data)) if isinstance(value, m.BytesConst) else None
            return Pointer(LocalPlace(key), self.terms.zero, length if isinstance(ty.ty, t.SliceTy) else None)
        return made

    def _scalar(self, bits: int, ty: t.Ty) -> Value:
        if ty is t.bool_:
            return self.terms.true if bits else self.terms.false
        if isinstance(ty, t.IntTy):
            return self.terms.const(bits - (1 << ty.bits) if ty.signed and bits >> (ty.bits - 1) else bits)
        if ty is t.char:
            return self.terms.const(bits)
        return Opaque(GRID, False, "constant")

    def _pointer_to_static(self, value: m.StaticRef) -> Pointer:
        return Pointer(self.static_region(value.def_id), self.terms.zero)

    def _alloc(self, value: m.AllocConst) -> Value:
        """A constant in memory: scalars, and small structs and arrays of them."""
        ty = value.ty
        if isinstance(ty, t.RefTy) and value.relocations:
            target = value.relocations[0][1]
            meta = None
            if len(value.data) >= 16:
                meta = self.terms.const(int.from_bytes(value.data[8:16], "little"))
            if isinstance(target, m.StaticRef):
                return Pointer(self.static_region(target.def_id), self.terms.zero, meta)
            if isinstance(target, m.AllocConst):
                key = self.constant_key(target)
                self.constants[key] = self._alloc(target)
                return Pointer(self._first_of(LocalPlace(key), ty.ty), self.terms.zero, meta)
        return self._bytes(value.data, ty) if not value.relocations else Opaque(GRID, False, "constant")

    def _bytes(self, data: bytes, ty: t.Ty) -> Value:
        if isinstance(ty, t.IntTy) or ty in (t.bool_, t.char):
            return self._scalar(int.from_bytes(data[: self.size_of(ty)], "little"), ty)
        if isinstance(ty, t.ArrayTy) and ty.len.kind == "value" and ty.len.value <= MAX_ELEMENTS:
            size = self.size_of(ty.ty)
            return Aggregate(tuple(self._bytes(data[i * size : (i + 1) * size], ty.ty) for i in range(ty.len.value)))
        if isinstance(ty, t.TupleTy) or (isinstance(ty, t.AdtTy) and ty.def_id.kind is DefKind.STRUCT):
            offsets = [self._field_offset(ty, 0, i) for i in range(len(self.fields(ty)))]
            return Aggregate(tuple(self._bytes(data[o:], f) for o, f in zip(offsets, self.fields(ty), strict=True)))
        return Opaque(GRID, False, "constant")

    # -- rvalues

    def rvalue(self, state: State, frame: Frame, rvalue: m.Rvalue, dest: t.Ty, span: Span) -> Value:
        """The value of an rvalue."""
        match rvalue:
            case m.Use(operand):
                return self.operand(state, frame, operand, span)
            case m.BinaryOp():
                return self._binary(state, frame, rvalue, dest, span)
            case m.UnaryOp(op, operand):
                return self._unary(state, frame, op, operand, dest, span)
            case m.Ref(_, _, place) | m.RawPtr(_, place):
                made = self.address(state, frame, place)
                if isinstance(rvalue, m.Ref) and self._lends(frame, place):
                    self.touch(frame, span, made, "lent")
                return made
            case m.Cast():
                return self._cast(state, frame, rvalue, span)
            case m.Aggregate():
                return self._aggregate(state, frame, rvalue, dest, span)
            case m.Discriminant(place):
                return self._discriminant(state, frame, place, span)
            case m.Len(place):
                return self._length(state, frame, place)
            case m.Repeat(operand, count):
                value = self.operand(state, frame, operand, span)
                if count.kind == "value" and count.value <= MAX_ELEMENTS:
                    return Aggregate((value,) * count.value)
                return Opaque(level_of(value), data_of(value), "array")
            case m.Printf(_, operands):
                for operand in operands:
                    self.operand(state, frame, operand, span)
        return self.unknown(dest)

    def _lends(self, frame: Frame, place: m.Place) -> bool:
        """Whether a reference to the place is made from a raw pointer, by the user or by what skips a check."""
        if not place.projection or not isinstance(place.projection[0], m.Deref):
            return False
        is_raw = isinstance(frame.body.locals[place.local].ty, t.PtrTy)
        return is_raw and frame.called in ("", *UNCHECKED)

    def address(self, state: State, frame: Frame, place: m.Place) -> Value:
        """``&place``."""
        at, _ty = self.place(state, frame, place)
        if isinstance(at, LocalPlace):
            return Pointer(at, self.terms.zero)
        return at

    def _length(self, state: State, frame: Frame, place: m.Place) -> Value:
        at, ty = self.place(state, frame, place)
        if isinstance(ty, t.ArrayTy) and ty.len.kind == "value":
            return self.terms.const(ty.len.value)
        if isinstance(at, Pointer) and isinstance(at.meta, Poly):
            return at.meta
        return self.unknown(t.usize, level_of(at))

    def _discriminant(self, state: State, frame: Frame, place: m.Place, span: Span) -> Value:
        from compiler.ty.adt import discriminant_values

        at, ty = self.place(state, frame, place)
        value = self.load(state, frame, at, ty, span)
        if isinstance(value, EnumValue) and isinstance(ty, t.AdtTy):
            return self.discriminant_of(value.tag, list(discriminant_values(self.db, ty.def_id)))
        if isinstance(value, Opaque):
            if value.number is None:
                value.number = self.terms.fresh("variant", value.level, None, None, value.data)
            return value.number
        return value if isinstance(value, Poly) else self.terms.fresh("variant", level_of(value))

    def discriminant_of(self, tag: Poly, values: list[int]) -> Poly:
        """The discriminant of a variant index."""
        if values == list(range(len(values))):
            return tag
        if tag.constant is not None:
            return self.terms.const(values[tag.constant])
        made = self.terms.const(values[-1])
        for i, v in enumerate(values[:-1]):
            made = self.terms.ite(self.terms.eq(tag, self.terms.const(i)), self.terms.const(v), made)
        return made

    def _aggregate(self, state: State, frame: Frame, rvalue: m.Aggregate, dest: t.Ty, span: Span) -> Value:
        fields = tuple(self.operand(state, frame, o, span) for o in rvalue.operands)
        kind = rvalue.kind
        if isinstance(kind, m.AggregateAdt):
            if kind.active_field is not None:
                return fields[0]
            if kind.def_id.kind is DefKind.ENUM:
                return EnumValue(self.terms.const(kind.variant_index), {kind.variant_index: fields})
        if isinstance(kind, m.AggregateRawPtr):
            return self.with_meta(fields[0], fields[1] if len(fields) > 1 else None)
        if isinstance(kind, m.AggregateArray) and len(fields) > MAX_ELEMENTS:
            return Opaque(max(map(level_of, fields)), any(map(data_of, fields)), "array")
        return Aggregate(fields)

    def with_meta(self, value: Value, meta: Value) -> Value:
        """A pointer with a slice length."""
        value = without_proof(value)
        length = meta if isinstance(meta, Poly) else None
        if isinstance(value, Pointer):
            return Pointer(value.base, value.offset, length)
        if isinstance(value, PointerChoice):
            return PointerChoice(tuple((c, self.with_meta(p, meta)) for c, p in value.options))
        return value

    # -- operators

    def _binary(self, state: State, frame: Frame, rvalue: m.BinaryOp, dest: t.Ty, span: Span) -> Value:
        a = self.operand(state, frame, rvalue.left, span)
        b = self.operand(state, frame, rvalue.right, span)
        op = rvalue.op
        if op is m.BinOp.OFFSET:
            pointee = self.operand_ty(frame, rvalue.left)
            element = pointee.ty if isinstance(pointee, t.PtrTy | t.RefTy) else t.u8
            return self.advance(without_proof(a), self.number(b), element)
        if op in _COMPARISONS:
            return self.compare(op, a, b)
        if isinstance(a, Cond) and isinstance(b, Cond):
            return self._logic(op, a, b)
        ty = dest.elems[0] if op in _OVERFLOWING and isinstance(dest, t.TupleTy) else dest
        if isinstance(ty, t.IntTy) and not isinstance(a, Opaque) and not isinstance(b, Opaque):
            x, y = self.number(a), self.number(b)
            exact = frame.owner.krate.name == "cuda_device"
            if op in _OVERFLOWING:
                return self.overflowing(state, op, x, y, ty)
            return self.binary(state, op, x, y, ty, exact)
        level = max(level_of(a), level_of(b))
        return self.unknown(dest, level, "value", data_of(a) or data_of(b) or not isinstance(dest, t.IntTy))

    def overflowing(self, state: State, op: m.BinOp, a: Poly, b: Poly, ty: t.IntTy) -> Aggregate:
        """``(result, overflowed)``."""
        terms = self.terms
        join = {"A": terms.add, "S": terms.sub, "M": terms.mul}[op.value[0]]
        exact = join(a, b)
        lo, hi = int_range(ty)
        inside = terms.and_((terms.ge(terms.sub(exact, terms.const(lo))), terms.ge(terms.sub(terms.const(hi), exact))))
        over = terms.negate(inside)
        if over is terms.false:
            return Aggregate((exact, over))
        other = terms.app("wrapped", (exact,), lo, hi)
        return Aggregate((terms.ite(inside, exact, other), over))

    def compare(self, op: m.BinOp, a: Value, b: Value) -> Cond:
        """A comparison of two scalars or pointers."""
        terms = self.terms
        if isinstance(a, Cond) and isinstance(b, Cond) and op in (m.BinOp.EQ, m.BinOp.NE):
            same = terms.choose(a, b, terms.negate(b))
            return same if op is m.BinOp.EQ else terms.negate(same)
        if isinstance(a, Poly | Cond) and isinstance(b, Poly | Cond):
            x, y = self.number(a), self.number(b)
            match op:
                case m.BinOp.EQ:
                    return terms.eq(x, y)
                case m.BinOp.NE:
                    return terms.negate(terms.eq(x, y))
                case m.BinOp.LT:
                    return terms.lt(x, y)
                case m.BinOp.LE:
                    return terms.le(x, y)
                case m.BinOp.GT:
                    return terms.lt(y, x)
            return terms.le(y, x)
        if isinstance(a, Pointer) and isinstance(b, Pointer) and a.base is b.base and op is not m.BinOp.NE:
            return self.compare(op, a.offset, b.offset)
        level = max(level_of(a), level_of(b))
        data = not (isinstance(a, Pointer) and isinstance(b, Pointer))
        return terms.fresh_condition("condition", level, data)

    def _logic(self, op: m.BinOp, a: Cond, b: Cond) -> Value:
        terms = self.terms
        if op is m.BinOp.BIT_AND:
            return terms.and_((a, b))
        if op is m.BinOp.BIT_OR:
            return terms.or_((a, b))
        if op is m.BinOp.BIT_XOR:
            return terms.choose(a, terms.negate(b), b)
        return terms.fresh_condition("condition", max(a.level, b.level))

    def _unary(self, state: State, frame: Frame, op: m.UnOp, operand: m.Operand, dest: t.Ty, span: Span) -> Value:
        a = self.operand(state, frame, operand, span)
        if op is m.UnOp.PTR_METADATA:
            if isinstance(a, Pointer) and isinstance(a.meta, Poly):
                return a.meta
            return self.unknown(dest, level_of(a))
        if isinstance(a, Cond):
            return self.terms.negate(a)
        if isinstance(a, Poly) and isinstance(dest, t.IntTy):
            if op is m.UnOp.NEG:
                return self.wrapped(state, self.terms.neg(a), dest)
            top = (1 << dest.bits) - 1 if not dest.signed else -1
            return self.terms.sub(self.terms.const(top), a)
        return self.unknown(dest, level_of(a), "value", data_of(a))

    def _cast(self, state: State, frame: Frame, cast: m.Cast, span: Span) -> Value:
        value = self.operand(state, frame, cast.operand, span)
        source, dest = self.operand_ty(frame, cast.operand), cast.ty
        kind = cast.kind
        if kind is m.CastKind.INT_TO_INT:
            if isinstance(value, EnumValue):
                value = value.tag
            if isinstance(value, Poly | Cond):
                number = self.number(value)
                return self.cast_int(state, number, dest) if isinstance(dest, t.IntTy) else number
            return self.unknown(dest, level_of(value), "value", data_of(value))
        if isinstance(value, Pointer | PointerChoice):
            return self.cast_pointer(value, source, dest, kind)
        if kind is m.CastKind.TRANSMUTE:
            return self.transmuted(state, value, source, dest)
        if isinstance(dest, t.PtrTy | t.RefTy | t.FnPtrTy):
            return value if isinstance(value, Opaque) else Opaque(level_of(value), data_of(value), "pointer")
        return self.unknown(dest, level_of(value), "value", data_of(value))

    def cast_pointer(self, value: Value, source: t.Ty, dest: t.Ty, kind: m.CastKind) -> Value:
        """A pointer as another pointer, or as an integer."""
        if isinstance(value, PointerChoice):
            return PointerChoice(tuple((c, self.cast_pointer(p, source, dest, kind)) for c, p in value.options))
        if not isinstance(value, Pointer):
            return value
        if not isinstance(dest, t.PtrTy | t.RefTy):
            if isinstance(dest, t.IntTy):
                return self.address_of(value, dest)
            return self.transmuted(None, value, source, dest)
        if kind is m.CastKind.UNSIZE:
            inner = source.ty if isinstance(source, t.PtrTy | t.RefTy) else source
            if isinstance(inner, t.ArrayTy) and inner.len.kind == "value":
                first = self._first_of(value.base, dest.ty) if isinstance(value.base, LocalPlace) else value.base
                return Pointer(first, value.offset, self.terms.const(inner.len.value))
            return value
        thin = not isinstance(dest.ty, t.SliceTy)
        if isinstance(value.base, LocalPlace) and isinstance(source, t.PtrTy | t.RefTy):
            base = self._retyped(value.base, source.ty, dest.ty)
            if base is None:
                return Opaque(THREAD, True, OWN_BYTES)
            return Pointer(base, value.offset, None if thin else value.meta)
        return Pointer(value.base, value.offset, None if thin else value.meta)

    def address_of(self, value: Pointer, ty: t.IntTy) -> Value:
        """A pointer as a number: unknown, but 0 only where the kernel was given it."""
        lo, hi = int_range(ty)
        given = isinstance(value.base, Region) and (value.base.origin or value.base).raw
        return self.terms.fresh("address", value.offset.level, lo if given or ty.signed else 1, hi, True)

    def _first_of(self, at: LocalPlace, ty: t.Ty) -> LocalPlace:
        """An array seen as a slice."""
        return at.into("i", self.terms.zero) if isinstance(ty, t.SliceTy) else at

    def _retyped(self, at: LocalPlace, source: t.Ty, dest: t.Ty) -> LocalPlace | None:
        """A place inside a local seen at another type: through wrappers and to first elements."""
        for _ in range(8):
            if source is dest or t.erase_regions(source) is t.erase_regions(dest):
                return at
            if isinstance(source, t.ArrayTy):
                if isinstance(dest, t.ArrayTy) and source.ty is dest.ty:
                    return at
                at, source = at.into("i", self.terms.zero), t.SliceTy(source.ty)
            elif isinstance(source, t.SliceTy):
                if isinstance(dest, t.SliceTy) and source.ty is dest.ty:
                    return at
                source = source.ty
            elif self.is_union(source):
                source = max(self.fields(source), key=self.size_of)
            else:
                fields = [(i, f) for i, f in enumerate(self.fields(source)) if self.size_of(f)]
                if len(fields) != 1:
                    break
                at, source = at.into("w", fields[0][0]), fields[0][1]
        if isinstance(dest, t.ArrayTy) and at.steps and at.steps[-1] == ("i", self.terms.zero) and dest.ty is source:
            return LocalPlace(at.key, at.steps[:-1])
        wrapper = [f for f in self.fields(dest) if self.size_of(f)]
        if self.is_union(dest) and wrapper:
            return self._retyped(at, source, max(wrapper, key=self.size_of))
        if len(wrapper) == 1 and at.steps and at.steps[-1][0] in ("f", "w"):
            return self._retyped(LocalPlace(at.key, at.steps[:-1]), dest, dest)
        return None

    def transmuted(self, state: State | None, value: Value, source: t.Ty, dest: t.Ty) -> Value:
        """The bits of a value at another type, where that is the same value."""
        if t.erase_regions(source) is t.erase_regions(dest):
            return value
        if isinstance(value, Pointer | PointerChoice) and isinstance(dest, t.PtrTy | t.RefTy):
            return value
        if isinstance(value, Poly) and isinstance(dest, t.IntTy) and state is not None:
            return self.cast_int(state, value, dest)
        if isinstance(source, t.ArrayTy) and isinstance(dest, t.ArrayTy) and isinstance(value, Aggregate):
            if source.len == dest.len:
                return Aggregate(tuple(self.transmuted(state, v, source.ty, dest.ty) for v in value.fields))
        for whole in (source, dest):  # what is in a union is the union
            parts = [f for f in self.fields(whole) if self.size_of(f)] if self.is_union(whole) else []
            if len(parts) == 1:
                source, dest = (parts[0], dest) if whole is source else (source, parts[0])
                return self.transmuted(state, value, source, dest)
        fields = [(i, f) for i, f in enumerate(self.fields(dest)) if self.size_of(f)]
        if isinstance(dest, t.AdtTy) and dest.def_id.kind is DefKind.STRUCT and len(fields) == 1:
            inner = self.transmuted(state, value, source, fields[0][1])
            return Aggregate(tuple(inner if i == fields[0][0] else UNIT for i in range(len(self.fields(dest)))))
        mine = [(i, f) for i, f in enumerate(self.fields(source)) if self.size_of(f)]
        if isinstance(value, Aggregate) and len(mine) == 1 and mine[0][0] < len(value.fields):
            return self.transmuted(state, value.fields[mine[0][0]], mine[0][1], dest)
        return self.unknown(dest, level_of(value), "value", data_of(value))

    def selected(self, cond: Cond, a: Value, b: Value) -> Value:
        """``if cond { a } else { b }`` of two values."""
        if cond.kind == "const":
            return a if cond.value else b
        return Merger(self.terms, cond).merge(a, b)
