"""THIR: expressions with every adjustment and overloaded operator made explicit (rustc's ``rustc_middle::thir``).

What it is: the small vocabulary MIR building works on. Nodes are made lazily by :mod:`compiler.mir.build.mirror`, one
at a time, when the builder reaches an expression; a child is an ``ExprId`` (not mirrored yet) or a node. Nothing here
outlives the build.

Assumes: ``id`` is the HIR expression the node stands for (adjustments share the id of the expression they adjust),
used to find its temporary scope. Guarantees: ``category`` says how a node is lowered: PLACE names memory, CONSTANT is
an operand at once, INTO writes into a destination and may branch, AS_RVALUE is one MIR rvalue of operands, STMT has
no value.

Example: ``v[0]`` with ``v: Vec32`` (overloaded) is ``Deref(Call(Index::index, [Borrow(v), 0]))``.
"""

from __future__ import annotations

import enum
from typing import ClassVar

from compiler.base.dataclass import dataclass
from compiler.base.span import EMPTY_SPAN, Span
from compiler.hir import nodes as hir
from compiler.hir.def_id import DefId
from compiler.mir.body import BinOp, BorrowKind, CastKind, ConstValue, UnOp
from compiler.ty.results import ClosureFacts
from compiler.ty.types import Const, GenericArg, GenericArgs, Ty


class Category(enum.Enum):
    PLACE = 0
    CONSTANT = 1
    INTO = 2
    AS_RVALUE = 3
    STMT = 4


PLACE, CONSTANT, INTO, AS_RVALUE, STMT = Category


@dataclass(slots=True)
class Expr:
    """Base of all nodes."""

    category: ClassVar[Category] = INTO
    ty: Ty
    span: Span
    id: int


ExprRef = int | Expr


def is_source(ref: ExprRef) -> bool:
    """Stands for an expression of the source, which has a scope of its own; adjustments and made-up nodes have none."""
    return type(ref) is int or (type(ref) is Borrow and ref.is_operand)


def needs_scope(expr: Expr) -> bool:
    """Whether lowering the node may schedule drops in its own scope: not if its parts are expressions of the source."""
    kind = type(expr)
    if kind in _SCOPED_BY_PARTS:
        return False
    if kind is Borrow or kind is RawBorrow or kind is Deref:
        return type(expr.arg) is not int  # type: ignore[attr-defined]
    if kind is Field:
        return type(expr.lhs) is not int  # type: ignore[attr-defined]
    return True


# ---------------------------------------------------------------- places


@dataclass(slots=True)
class VarRef(Expr):
    """A local variable or, in a closure, a captured one."""

    category: ClassVar[Category] = PLACE
    pat: int


@dataclass(slots=True)
class Deref(Expr):
    category: ClassVar[Category] = PLACE
    arg: ExprRef


@dataclass(slots=True)
class Field(Expr):
    category: ClassVar[Category] = PLACE
    lhs: ExprRef
    index: int


@dataclass(slots=True)
class Index(Expr):
    """Builtin indexing of an array or slice by ``usize``."""

    category: ClassVar[Category] = PLACE
    lhs: ExprRef
    index: ExprRef


@dataclass(slots=True)
class Ascribed(Expr):
    """A cast to a type that names lifetimes: the place of its value, which has that type."""

    category: ClassVar[Category] = PLACE
    source: Expr
    user_ty: Ty


# ---------------------------------------------------------------- constants


@dataclass(slots=True)
class Constant(Expr):
    category: ClassVar[Category] = CONSTANT
    value: ConstValue
    user_args: tuple[tuple[int, GenericArg], ...] = ()


# ---------------------------------------------------------------- control flow and values made in place


@dataclass(slots=True)
class Block(Expr):
    block: hir.Block


@dataclass(slots=True)
class If(Expr):
    cond: int
    then_branch: int
    else_branch: int | None


@dataclass(slots=True)
class Let(Expr):
    pat: int
    expr: int


@dataclass(slots=True)
class Match(Expr):
    scrutinee: int
    arms: tuple[hir.MatchArm, ...]


@dataclass(slots=True)
class Loop(Expr):
    body: int
    unroll: int | Const | None


@dataclass(slots=True)
class NeverToAny(Expr):
    source: Expr


@dataclass(slots=True)
class LogicalOp(Expr):
    is_and: bool
    left: int
    right: int


@dataclass(slots=True)
class Use(Expr):
    """A value expression that stands for another (coercion casts)."""

    source: ExprRef


@dataclass(slots=True)
class Call(Expr):
    fun: ExprRef
    args: tuple[ExprRef, ...]
    fn_span: Span = EMPTY_SPAN
    overloaded: bool = False


@dataclass(slots=True)
class Borrow(Expr):
    kind: BorrowKind
    arg: ExprRef
    is_operand: bool = False  # the implicit borrow of an operator's operand: scoped like the operand itself


@dataclass(slots=True)
class RawBorrow(Expr):
    mutable: bool
    arg: ExprRef


@dataclass(slots=True)
class Adt(Expr):
    """Struct, variant or union literal; ``fields``: (field index, value) as written."""

    def_id: DefId
    variant_index: int
    args: GenericArgs
    fields: tuple[tuple[int, ExprRef], ...]
    base: int | None = None
    user_args: tuple[tuple[int, GenericArg], ...] = ()


@dataclass(slots=True)
class InlineAsm(Expr):
    asm: hir.PtxAsm


# ---------------------------------------------------------------- rvalues


@dataclass(slots=True)
class Repeat(Expr):
    category: ClassVar[Category] = AS_RVALUE
    value: int
    count: Const


@dataclass(slots=True)
class Array(Expr):
    category: ClassVar[Category] = AS_RVALUE
    elem: Ty
    elems: tuple[ExprRef, ...]


@dataclass(slots=True)
class Tuple(Expr):
    category: ClassVar[Category] = AS_RVALUE
    elems: tuple[ExprRef, ...]


@dataclass(slots=True)
class Unary(Expr):
    category: ClassVar[Category] = AS_RVALUE
    op: UnOp
    arg: ExprRef


@dataclass(slots=True)
class Binary(Expr):
    category: ClassVar[Category] = AS_RVALUE
    op: BinOp
    left: ExprRef
    right: ExprRef


@dataclass(slots=True)
class Cast(Expr):
    category: ClassVar[Category] = AS_RVALUE
    kind: CastKind
    source: ExprRef


@dataclass(slots=True)
class Closure(Expr):
    category: ClassVar[Category] = AS_RVALUE
    facts: ClosureFacts


@dataclass(slots=True)
class Printf(Expr):
    category: ClassVar[Category] = AS_RVALUE
    format: bytes
    args: tuple[int, ...]


# ---------------------------------------------------------------- statements


@dataclass(slots=True)
class Assign(Expr):
    category: ClassVar[Category] = STMT
    lhs: ExprRef
    rhs: ExprRef


@dataclass(slots=True)
class AssignOp(Expr):
    category: ClassVar[Category] = STMT
    op: BinOp
    lhs: ExprRef
    rhs: ExprRef


@dataclass(slots=True)
class Break(Expr):
    """``target``: the Loop or Block expression left."""

    category: ClassVar[Category] = STMT
    target: int
    value: int | None


@dataclass(slots=True)
class Continue(Expr):
    category: ClassVar[Category] = STMT
    target: int


@dataclass(slots=True)
class Return(Expr):
    category: ClassVar[Category] = STMT
    value: int | None


@dataclass(slots=True)
class Unsupported(Expr):
    """Refused on the device (``construct``), or erroneous and already reported (``construct`` empty)."""

    category: ClassVar[Category] = STMT
    construct: str
    children: tuple[int, ...] = ()


_SCOPED_BY_PARTS = frozenset((Constant, VarRef, Block, Use))
