"""The state of building one body, and the primitive steps on it (rustc's ``Builder`` and ``CFG``).

What it is: a cursor (``Builder.block``) in a growing control-flow graph. The lowering functions (``as_place``,
``into`` ...) are free functions in the sibling modules taking the builder first; they emit at the cursor and leave it
where control continues.

Assumes: one Builder per body; types come from ``cx`` (:class:`compiler.mir.build.cx.BodyCx`). Guarantees: a block is
terminated once; a block left open ends in ``Unreachable``.

Example: ``b.assign(Place(0), Use(operand), span); b.goto(join, span); b.block = join``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from compiler.base.span import EMPTY_SPAN, Span
from compiler.mir import body as m
from compiler.ty import types as t

if TYPE_CHECKING:
    from compiler.hir.def_id import DefId
    from compiler.mir.build.cx import BodyCx
    from compiler.mir.build.scope import BreakableScope, IfThenScope, Scope
    from compiler.ty.results import CapturedPlace

UNIT_OPERAND: Final = m.Constant(m.ZeroSizedConst(t.UNIT))
OPEN: Final[m.Terminator] = m.Unreachable()  # placeholder identity of a block not yet terminated


class Builder:
    """Everything known while one body is built."""

    __slots__ = (
        "block",
        "blocks",
        "breakables",
        "captures",
        "checks_overflow",
        "closure_self",
        "cx",
        "def_id",
        "expected_arg_count",
        "guard_locals",
        "guards",
        "if_then",
        "in_const",
        "in_promoted",
        "locals",
        "loop_unroll",
        "promoted",
        "rvalue_scopes",
        "scopes",
        "source_scope",
        "source_scopes",
        "unit_temp",
        "unsupported",
        "user_types",
        "vars",
    )

    def __init__(self, cx: BodyCx, def_id: DefId, span: Span) -> None:
        self.cx = cx
        self.def_id = def_id
        self.blocks: list[m.BasicBlock] = []
        self.block: int = self.new_block()
        self.locals: list[m.LocalDecl] = []
        self.scopes: list[Scope] = []
        self.breakables: list[BreakableScope] = []
        self.if_then: IfThenScope | None = None
        self.vars: dict[int, m.Local] = {}
        self.guard_locals: dict[int, m.Local] = {}
        self.guards: list[frozenset[int]] = []  # bindings visible by reference in the enclosing guards
        self.rvalue_scopes: dict[int, Scope | None] = {}
        self.source_scopes: list[m.SourceScope] = [m.SourceScope(None, span)]
        self.source_scope = 0
        self.unit_temp: m.Place | None = None
        self.user_types: list[m.AscribeUserType] = []
        self.unsupported: list[tuple[Span, str]] = []
        self.loop_unroll: dict[int, int | t.Const] = {}
        self.promoted: list[m.Body] = []
        self.captures: dict[int, list[tuple[int, CapturedPlace]]] = {}
        self.closure_self: str = ""  # in a closure: its kind
        self.in_promoted = False
        self.in_const = False
        self.checks_overflow = False  # in a constant somebody wrote; device code and what is promoted from it wrap
        self.expected_arg_count = 0

    # -- control flow

    def new_block(self) -> m.BasicBlockId:
        self.blocks.append(m.BasicBlock([], OPEN))
        return len(self.blocks) - 1

    def push(self, statement: m.Statement) -> None:
        self.blocks[self.block].statements.append(statement)
        if type(statement) is m.AscribeUserType:
            self.user_types.append(statement)

    def assign(self, place: m.Place, rvalue: m.Rvalue, span: Span) -> None:
        self.blocks[self.block].statements.append(m.Assign(place, rvalue, span))

    def assign_unit(self, place: m.Place, span: Span) -> None:
        self.blocks[self.block].statements.append(m.Assign(place, m.Use(UNIT_OPERAND), span))

    def terminate(self, terminator: m.Terminator) -> None:
        """End the block at the cursor. The cursor stays; set ``block`` before emitting more."""
        at = self.blocks[self.block]
        assert at.terminator is OPEN, f"bb{self.block} terminated twice"
        at.terminator = terminator

    def terminate_at(self, block: m.BasicBlockId, terminator: m.Terminator) -> None:
        assert self.blocks[block].terminator is OPEN, f"bb{block} terminated twice"
        self.blocks[block].terminator = terminator

    def goto(self, target: m.BasicBlockId, span: Span) -> None:
        self.terminate(m.Goto(target, span))

    def start_block(self) -> m.BasicBlockId:
        """A new block, with the cursor in it."""
        self.block = self.new_block()
        return self.block

    def goto_new(self, span: Span) -> None:
        """Jump to a new block and continue there."""
        target = self.new_block()
        self.terminate(m.Goto(target, span))
        self.block = target

    def check_of_debug_builds(self, span: Span) -> None:
        """Continue in a new block where rustc asserts something that device code does not check: its borrow checker
        goes by the order of blocks."""
        target = self.new_block()
        self.terminate(m.Goto(target, span, True))
        self.block = target

    # -- locals

    def new_local(self, decl: m.LocalDecl) -> m.Local:
        self.locals.append(decl)
        return len(self.locals) - 1

    def temp(self, ty: t.Ty, span: Span, mutability: m.Mutability = m.Mutability.MUT) -> m.Place:
        """A local without storage markers."""
        self.locals.append(m.LocalDecl(ty, mutability, None, span, scope=self.source_scope))
        return m.Place(len(self.locals) - 1)

    def get_unit_temp(self, span: Span) -> m.Place:
        if self.unit_temp is None:
            self.unit_temp = self.temp(t.UNIT, span)
        return self.unit_temp

    def consume(self, place: m.Place, ty: t.Ty) -> m.Operand:
        """``copy`` or ``move`` of a place, by its type."""
        return m.Copy(place) if self.cx.is_copy(ty) else m.Move(place)

    # -- source scopes

    def new_source_scope(self, span: Span, is_unsafe: bool = False) -> int:
        unsafe_ = is_unsafe or self.source_scopes[self.source_scope].is_unsafe
        self.source_scopes.append(m.SourceScope(self.source_scope, span, unsafe_))
        return len(self.source_scopes) - 1

    def note_unsupported(self, span: Span, construct: str) -> None:
        self.unsupported.append((span, construct))

    def usize_const(self, value: int) -> m.Constant:
        return m.Constant(m.ScalarConst(value, t.usize), EMPTY_SPAN)

    def bool_const(self, value: bool, span: Span) -> m.Constant:
        return m.Constant(m.ScalarConst(int(value), t.bool_), span)
