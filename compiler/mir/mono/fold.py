"""Instantiating MIR: generic arguments substituted, regions erased, projections replaced; the source body is not
changed.

Assumes: ``args`` are concrete. Guarantees: every type and constant in the result is concrete and canonical (equal
types are one object); unevaluated constants keep their definition with concrete arguments.

Example: ``fn id<T>(x: T) -> T`` folded with ``(f32,)`` has locals of type ``f32``.
"""

from __future__ import annotations

from typing import Any

from compiler.hir.def_id import DefId
from compiler.mir import body as m
from compiler.query import Database, query
from compiler.ty import types as t
from compiler.ty.layout import concrete


@query
def normal_form(db: Database, ty: t.Ty) -> t.Ty:
    """A parameter-free type with its projections and constants replaced."""
    return t.erase_regions(concrete(db, ty))  # type: ignore[no-any-return]


def _scalar_constant(const: t.Const, ty: t.Ty) -> m.ConstValue:
    """A type-level value as an operand; its ``value`` is mathematical, a pattern has the type's width."""
    if isinstance(ty, t.IntTy):
        return m.ScalarConst(const.value & ((1 << ty.bits) - 1), ty)
    return m.ScalarConst(const.value, ty)


class BodyFolder:
    """Folds bodies with one substitution."""

    def __init__(self, db: Database, args: t.GenericArgs) -> None:
        self.db = db
        self.args = args
        self._types: dict[Any, Any] = {}
        self._places: dict[m.Place, m.Place] = {}

    # -- types

    def ty(self, ty: t.Ty) -> t.Ty:
        """A type made concrete."""
        found = self._types.get(ty)
        if found is None:
            made = t.erase_regions(t.subst(t.erase_regions(ty), self.args))
            if made.flags & t.HAS_ALIAS:
                made = normal_form(self.db, made)
            found = self._types[ty] = made
        return found  # type: ignore[no-any-return]

    def const(self, const: t.Const) -> t.Const:
        """A type-level constant made concrete; lengths end as values."""
        array = self.ty(t.ArrayTy(t.u8, const))
        assert isinstance(array, t.ArrayTy)
        return array.len

    def unroll_factor(self, factor: int | t.Const) -> int | t.Const:
        """A factor that was written with generic parameters, as a number."""
        made = self.const(factor) if isinstance(factor, t.Const) else factor
        return made.value if isinstance(made, t.Const) and made.kind == "value" else made

    def generic_args(self, args: t.GenericArgs) -> t.GenericArgs:
        """Arguments of an item reference."""
        return tuple(
            [self.ty(a) if isinstance(a, t.Ty) else self.const(a) if isinstance(a, t.Const) else t.ERASED for a in args]
        )

    # -- places and operands

    def place(self, place: m.Place) -> m.Place:
        if not place.projection:
            return place
        found = self._places.get(place)
        if found is None:
            elems = tuple([m.Field(e.index, self.ty(e.ty)) if type(e) is m.Field else e for e in place.projection])
            found = self._places[place] = m.Place(place.local, elems)
        return found

    def operand(self, op: m.Operand) -> m.Operand:
        kind = type(op)
        if kind is m.Copy:
            return m.Copy(self.place(op.place))  # type: ignore[union-attr]
        if kind is m.Move:
            return m.Move(self.place(op.place))  # type: ignore[union-attr]
        assert isinstance(op, m.Constant)
        return m.Constant(self.value(op.value), op.span)

    def value(self, value: m.ConstValue) -> m.ConstValue:
        """A constant operand; parameters become values, unevaluated ones stay to be evaluated."""
        match value:
            case m.ScalarConst():
                return m.ScalarConst(value.bits, self.ty(value.ty))
            case m.ZeroSizedConst():
                return m.ZeroSizedConst(self.ty(value.ty))
            case m.BytesConst():
                return m.BytesConst(value.data, self.ty(value.ty))
            case m.UnevaluatedConst():
                return m.UnevaluatedConst(
                    value.def_id, self.generic_args(value.args), self.ty(value.ty), value.promoted
                )
            case m.ParamConst():
                const = self.const(value.const)
                ty = self.ty(value.ty)
                return _scalar_constant(const, ty) if const.kind == "value" else m.ParamConst(const, ty)
            case m.StaticRef():
                return m.StaticRef(value.def_id, self.ty(value.ty))
        return value

    # -- rvalues

    def rvalue(self, rv: m.Rvalue) -> m.Rvalue:
        match rv:
            case m.Use():
                return m.Use(self.operand(rv.operand))
            case m.BinaryOp():
                return m.BinaryOp(rv.op, self.operand(rv.left), self.operand(rv.right))
            case m.Ref():
                return m.Ref(t.ERASED, rv.kind, self.place(rv.place))
            case m.Cast():
                return m.Cast(rv.kind, self.operand(rv.operand), self.ty(rv.ty))
            case m.Aggregate():
                return m.Aggregate(self._aggregate(rv.kind), tuple([self.operand(o) for o in rv.operands]))
            case m.UnaryOp():
                return m.UnaryOp(rv.op, self.operand(rv.operand))
            case m.RawPtr():
                return m.RawPtr(rv.mutability, self.place(rv.place))
            case m.Len():
                return m.Len(self.place(rv.place))
            case m.Discriminant():
                return m.Discriminant(self.place(rv.place))
            case m.Printf():
                return m.Printf(rv.format, tuple([self.operand(o) for o in rv.operands]))
        assert isinstance(rv, m.Repeat)
        return m.Repeat(self.operand(rv.operand), self.const(rv.count))

    def _aggregate(self, kind: m.AggregateKind) -> m.AggregateKind:
        match kind:
            case m.AggregateAdt():
                return m.AggregateAdt(kind.def_id, kind.variant_index, self.generic_args(kind.args), kind.active_field)
            case m.AggregateArray():
                return m.AggregateArray(self.ty(kind.elem))
            case m.AggregateClosure():
                return m.AggregateClosure(kind.def_id, self.generic_args(kind.args))
            case m.AggregateRawPtr():
                return m.AggregateRawPtr(self.ty(kind.ty))
        return kind

    # -- statements and terminators

    def statement(self, s: m.Statement) -> m.Statement | None:
        """None for what code generation does not see."""
        match s:
            case m.Assign():
                return m.Assign(self.place(s.place), self.rvalue(s.rvalue), s.span)
            case m.SetDiscriminant():
                return m.SetDiscriminant(self.place(s.place), s.variant_index, s.span)
            case m.StorageLive() | m.StorageDead():
                return s
        return None

    def terminator(self, term: m.Terminator) -> m.Terminator:
        match term:
            case m.Call():
                args = tuple([self.operand(a) for a in term.args])
                place = self.place(term.destination)
                func = self.operand(term.func)
                return m.Call(func, args, place, term.target, term.span, term.fn_span, term.from_overloaded_operator)
            case m.SwitchInt():
                return m.SwitchInt(self.operand(term.discr), self.ty(term.ty), term.targets, term.otherwise, term.span)
            case m.Drop():
                return m.Drop(self.place(term.place), term.target, term.span)
            case m.Assert():
                operands = tuple([self.operand(o) for o in term.operands])
                return m.Assert(self.operand(term.cond), term.expected, term.kind, operands, term.target, term.span)
            case m.FalseEdge() | m.FalseUnwind():
                return m.Goto(term.real_target, term.span)
            case m.Goto():
                return m.Goto(term.target, term.span)
            case m.InlineAsm():
                operands_asm = tuple([self._asm_operand(o) for o in term.operands])
                return m.InlineAsm(
                    term.template,
                    operands_asm,
                    term.target,
                    term.memory_clobber,
                    term.register_only,
                    term.may_diverge,
                    term.span,
                )
        return term

    def _asm_operand(self, o: m.AsmOperand) -> m.AsmOperand:
        value = None if o.value is None else self.operand(o.value)
        place = None if o.place is None else self.place(o.place)
        return m.AsmOperand(o.kind, o.constraint, value, place, o.const_bytes)

    # -- bodies

    def body(self, body: m.Body) -> m.Body:
        """A concrete copy."""
        local_decls = [
            m.LocalDecl(
                self.ty(d.ty),
                d.mutability,
                d.name,
                d.span,
                d.is_user_variable,
                d.is_ref_to_static,
                d.binding_mode,
                d.scope,
            )
            for d in body.locals
        ]
        blocks = []
        for block in body.blocks:
            statements = [x for s in block.statements if (x := self.statement(s)) is not None]
            blocks.append(m.BasicBlock(statements, self.terminator(block.terminator)))
        for required in body.required_consts:
            self.value(required)
        upvars = [(name, self.ty(ty), by) for name, ty, by in body.upvars]
        return m.Body(
            body.def_id,
            local_decls,
            body.arg_count,
            blocks,
            body.span,
            [self.body(p) for p in body.promoted],
            list(body.scopes),
            upvars,
            {header: self.unroll_factor(factor) for header, factor in body.loop_unroll.items()},
            body.tainted_by_errors,
            list(body.unsupported),
        )


@query(backdate=False)
def concrete_body(db: Database, def_id: DefId, args: t.GenericArgs) -> m.Body:
    """MIR of a definition with concrete arguments; constants not yet evaluated, calls not yet resolved."""
    from compiler.mir.cleanup import mir_body

    return BodyFolder(db, args).body(mir_body(db, def_id))
