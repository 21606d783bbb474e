"""Rvalues as terms.

Assumes: MIR of an instance (types concrete). Guarantees: one term for each rvalue; what is not modelled becomes an
opaque function of its operands, so its level is still theirs.

Example: ``Lt(copy _1, const 5)`` is ``bin("Lt", value of _1, 5)``.
"""

from __future__ import annotations

from typing import Any

from compiler.analysis.convergence.simplify import Arithmetic
from compiler.analysis.convergence.state import State, thin, type_code
from compiler.analysis.convergence.values import BOOL, FLOAT, OTHER, USIZE, Node, wrap
from compiler.hir.def_id import DefKind
from compiler.mir import body as m
from compiler.mir.place_ty import operand_ty, place_ty
from compiler.ty import types as t

_ARITHMETIC_OVERFLOW = {
    m.BinOp.ADD_WITH_OVERFLOW: "Add",
    m.BinOp.SUB_WITH_OVERFLOW: "Sub",
    m.BinOp.MUL_WITH_OVERFLOW: "Mul",
}
_SAME_POINTER = frozenset(
    (
        m.CastKind.PTR_TO_PTR,
        m.CastKind.MUT_TO_CONST_POINTER,
        m.CastKind.ARRAY_TO_POINTER,
        m.CastKind.UNSAFE_FN_POINTER,
    )
)


def operand(state: State, op: m.Operand) -> Node:
    """The value of an operand."""
    if isinstance(op, m.Constant):
        return constant(state, op.value)
    return state.read(op.place)


def constant(state: State, value: m.ConstValue) -> Node:
    """A constant."""
    terms = state.terms
    if isinstance(value, m.ScalarConst):
        code = type_code(value.ty)
        return terms.const(wrap(value.bits, code), code)
    if isinstance(value, m.ZeroSizedConst):
        return terms.unit
    if isinstance(value, m.StaticRef):
        return terms.over("static", (value.def_id,))
    if isinstance(value, m.BytesConst):
        return terms.fat(terms.over("bytes", (value.data,)), terms.const(len(value.data), USIZE))
    if isinstance(value, m.AllocConst) and value.relocations and isinstance(value.ty, t.RefTy | t.PtrTy):
        return _allocated_pointer(state, value)
    made = terms.over("constant", (value,))
    return terms.make("constant", (value,), made.level, OTHER, None, None, 0, True)


def _allocated_pointer(state: State, value: m.AllocConst) -> Node:
    terms = state.terms
    pointer = terms.over("allocated", (value.relocations[0][1],))
    if isinstance(value.ty, t.RefTy | t.PtrTy) and isinstance(value.ty.ty, t.SliceTy) and len(value.data) >= 16:
        return terms.fat(pointer, terms.const(int.from_bytes(value.data[8:16], "little"), USIZE))
    return pointer


def rvalue(state: State, arith: Arithmetic, rv: m.Rvalue) -> Node:
    """The value of an rvalue."""
    made: Node = _RVALUES[type(rv)](state, arith, rv)
    return made


def _use(state: State, arith: Arithmetic, rv: m.Use) -> Node:
    return operand(state, rv.operand)


def _repeat(state: State, arith: Arithmetic, rv: m.Repeat) -> Node:
    return state.terms.over("array", (operand(state, rv.operand),))


def _address(state: State, arith: Arithmetic, rv: m.Ref | m.RawPtr) -> Node:
    root, path = state.resolve(rv.place)
    if isinstance(root, int):
        return state.terms.ref(root, path)
    return root


def _len(state: State, arith: Arithmetic, rv: m.Len) -> Node:
    ty = place_ty(state.run.body.locals, rv.place)
    if isinstance(ty, t.ArrayTy) and isinstance(ty.len.value, int):
        return state.terms.const(ty.len.value, USIZE)
    if rv.place.projection and isinstance(rv.place.projection[-1], m.Deref):
        pointer = state.read(m.Place(rv.place.local, rv.place.projection[:-1]))
        return metadata(state, pointer)
    return state.terms.over("len", (state.read(rv.place),), USIZE)


def metadata(state: State, pointer: Node) -> Node:
    """The length of a fat pointer."""
    if pointer.op == "fat":
        made: Node = pointer.args[1]
        return made
    return state.terms.over("meta", (pointer,), USIZE)


def _cast(state: State, arith: Arithmetic, rv: m.Cast) -> Node:
    value = operand(state, rv.operand)
    code = type_code(rv.ty)
    if rv.kind is m.CastKind.INT_TO_INT:
        return arith.cast(value.args[0] if value.op == "enum" else value, code)
    if rv.kind is m.CastKind.UNSIZE:
        return _unsize(state, rv, value)
    if rv.kind in _SAME_POINTER:
        wide = isinstance(rv.ty, t.PtrTy | t.RefTy) and isinstance(rv.ty.ty, t.SliceTy | t.SimpleTy)
        return value if wide else thin(value)
    if rv.kind is m.CastKind.TRANSMUTE:
        source = operand_ty(state.run.body.locals, rv.operand)
        if source is rv.ty or (value.op in ("ref", "refs", "refin", "fat") and isinstance(rv.ty, t.PtrTy | t.RefTy)):
            return value
        both_integers = type_code(source) not in (OTHER, FLOAT) and code not in (OTHER, FLOAT)
        return arith.cast(value, code) if both_integers else state.terms.over("bits", (value,), code)
    return state.terms.over("convert", (value,), code)


def _unsize(state: State, rv: m.Cast, value: Node) -> Node:
    source = operand_ty(state.run.body.locals, rv.operand)
    inner = source.ty if isinstance(source, t.RefTy | t.PtrTy) else None
    if isinstance(inner, t.ArrayTy) and isinstance(inner.len.value, int):
        return state.terms.fat(value, state.terms.const(inner.len.value, USIZE))
    return state.terms.over("unsize", (value,))


def _binary(state: State, arith: Arithmetic, rv: m.BinaryOp) -> Node:
    a, b = operand(state, rv.left), operand(state, rv.right)
    if rv.op is m.BinOp.OFFSET:
        return offset(state, a, b)
    if rv.op in _ARITHMETIC_OVERFLOW:
        plain = arith.binary(_ARITHMETIC_OVERFLOW[rv.op], a, b)
        return state.terms.agg((plain, state.terms.over("overflows", (plain, a, b), BOOL)))
    if rv.op is m.BinOp.CMP:
        return ordering(state, a, b)
    return arith.binary(rv.op.value, a, b)


def ordering(state: State, a: Node, b: Node) -> Node:
    """An ``Ordering``."""
    discr = state.terms.over("Cmp", (a, b), -8, -1, 1)
    return state.terms.enum(discr, ((0, ()), (1, ()), (2, ())))


def offset(state: State, pointer: Node, by: Node) -> Node:
    """``pointer + by`` elements."""
    pointer = thin(pointer)
    if by.op == "const" and by.args[0] == 0:
        return pointer
    if pointer.op == "ref":
        return state.terms.over("refin", (pointer, by))
    if pointer.op == "refin":
        return state.terms.over("refin", (pointer.args[0], state.terms.over("sum", (pointer.args[1], by), USIZE)))
    if pointer.op == "refs":
        moved = dict.fromkeys(offset(state, p, by) for p in pointer.args)
        return state.terms.over("refs", tuple(moved))
    return state.terms.over("at", (pointer, by))


def _unary(state: State, arith: Arithmetic, rv: m.UnaryOp) -> Node:
    value = operand(state, rv.operand)
    if rv.op is m.UnOp.PTR_METADATA:
        return metadata(state, value)
    return arith.unary(rv.op.value, value)


def _discriminant(state: State, arith: Arithmetic, rv: m.Discriminant) -> Node:
    value = state.read(rv.place)
    if value.op == "enum":
        made: Node = value.args[0]
        return made
    return state.terms.over("discr", (value,))


def _aggregate(state: State, arith: Arithmetic, rv: m.Aggregate) -> Node:
    values = tuple(operand(state, x) for x in rv.operands)
    kind, terms = rv.kind, state.terms
    if isinstance(kind, m.AggregateArray):
        same = values and all(v is values[0] for v in values)
        return terms.over("array", (values[0],)) if same else terms.over("arrayof", values)
    if isinstance(kind, m.AggregateRawPtr):
        meta = values[1]
        return terms.fat(thin(values[0]), meta) if meta is not terms.unit else values[0]
    if isinstance(kind, m.AggregateAdt):
        if kind.def_id.kind is DefKind.ENUM:
            return enum_value(state, kind.def_id, kind.variant_index, values)
        if kind.active_field is not None:
            return terms.over("union", values)
    return terms.agg(values)


def enum_value(state: State, def_id: Any, variant: int, fields: tuple[Node, ...]) -> Node:
    """A value of one variant."""
    from compiler.ty.adt import discriminant_values

    discr = discriminant_values(state.run.db, def_id)[variant]
    return state.terms.enum(state.terms.const(discr, -64), ((variant, fields),))


def _printf(state: State, arith: Arithmetic, rv: m.Printf) -> Node:
    return state.terms.over("printed", ())


_RVALUES: dict[type, Any] = {
    m.Use: _use,
    m.Repeat: _repeat,
    m.Ref: _address,
    m.RawPtr: _address,
    m.Len: _len,
    m.Cast: _cast,
    m.BinaryOp: _binary,
    m.UnaryOp: _unary,
    m.Discriminant: _discriminant,
    m.Aggregate: _aggregate,
    m.Printf: _printf,
}
