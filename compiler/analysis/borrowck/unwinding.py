"""Where control may leave a body by unwinding, and what is dropped then: rustc's cleanup blocks, which our MIR has not.

What it is: :class:`Unwinding` knows the points that may unwind with the places that are initialised there, and gives
each local that has a destructor a *cleanup point* behind those of the body: the point of its drop on the way out.
Locals are dropped in reverse order of their declaration, so the one declared last is dropped first.

Assumes: what is dropped is a variable, an argument, or a temporary with a drop of its own. Guarantees: a body without
such locals costs nothing.

Example: in ``let g = Guard(&mut x); loop { f(); x += 1 }`` the call may unwind into the drop of ``g``, so ``x`` is
borrowed there, although no path that returns drops ``g``.
"""

from __future__ import annotations

from compiler.analysis.borrowck.flow import Flow, Point
from compiler.analysis.borrowck.initialization import Initialization
from compiler.mir import body as m
from compiler.mir.place_ty import place_ty
from compiler.ty import types as t

_CHECKED = (m.BinOp.ADD, m.BinOp.SUB, m.BinOp.MUL, m.BinOp.SHL, m.BinOp.SHR, m.BinOp.DIV, m.BinOp.REM)
UNWINDING = (m.FalseUnwind, m.Call, m.Drop, m.Assert)


def can_overflow(locals_: list[m.LocalDecl], rvalue: m.Rvalue) -> bool:
    """Arithmetic that rustc checks when it judges a program, whatever it compiles later."""
    if type(rvalue) is m.BinaryOp:
        operand, is_checked = rvalue.left, rvalue.op in _CHECKED
    elif type(rvalue) is m.UnaryOp:
        operand, is_checked = rvalue.operand, rvalue.op is m.UnOp.NEG
    else:
        return False
    if not is_checked:
        return False
    ty = operand.value.ty if isinstance(operand, m.Constant) else place_ty(locals_, operand.place)
    return isinstance(ty, t.IntTy)


class Unwinding:
    """See the module docstring. ``cleanup_point[local]``: of the locals given to :meth:`number`."""

    def __init__(self, body: m.Body, flow: Flow, inits: Initialization) -> None:
        self._body = body
        self._flow = flow
        self._inits = inits
        self._states: list[tuple[Point, int]] | None = None
        self.cleanup_point: dict[m.Local, Point] = {}

    @property
    def n_points(self) -> int:
        """Points of the body and cleanup points."""
        return self._flow.n_points + len(self.cleanup_point)

    def number(self, locals_: list[m.Local]) -> None:
        """Give the locals cleanup points, in the order of their drops."""
        first = self._flow.n_points
        self.cleanup_point = {local: first + i for i, local in enumerate(sorted(locals_, reverse=True))}

    def points_of(self, local: m.Local) -> list[Point]:
        """Where unwinding begins with the local, or a part of it, initialised."""
        if self._states is None:
            self._states = self._find()
        subtree = self._inits.moves.subtree(local)
        return [point for point, state in self._states if state & subtree]

    def live_at_cleanup(self, local: m.Local) -> int:
        """The cleanup points up to the local's own: what its destructor sees is needed until then."""
        return (1 << (self.cleanup_point[local] + 1)) - (1 << self._flow.n_points)

    def _find(self) -> list[tuple[Point, int]]:
        out: list[tuple[Point, int]] = []
        flow, inits, body = self._flow, self._inits, self._body
        for block in flow.rpo:
            state, point = inits.init[block], flow.start[block]
            for statement in body.blocks[block].statements:
                if type(statement) is m.Assign and can_overflow(body.locals, statement.rvalue):
                    out.append((point, state))
                state = inits.step_init(point, state)
                point += 1
            if type(body.blocks[block].terminator) in UNWINDING:
                out.append((point, inits.step_init(point, state)))
        return out
