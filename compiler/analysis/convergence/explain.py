"""Why a condition differs: from the branch back to the sources, in the user's source.

What it is: a walk over MIR definitions, backwards from the operand of the branch, along operands that are less uniform
than the operation needs. Only for findings; may be slow. Assumes: solved runs. Guarantees: each step is a place in some
item's source; the walk ends.

Example: for ``let t = threadIdx_x(); if t < 16 {..}``: "`t` differs between threads of the block", "because
`threadIdx_x()` does".
"""

from __future__ import annotations

from dataclasses import dataclass

from compiler.analysis.convergence.calls import Operation
from compiler.analysis.convergence.errors import Place
from compiler.analysis.convergence.interpret import Run
from compiler.analysis.convergence.levels import GRID, NAMES
from compiler.base.span import Span
from compiler.mir import body as m
from compiler.ty import types as t

MAX_STEPS = 40
MAX_PLACES = 5


@dataclass(frozen=True, slots=True)
class _Definition:
    """Where a local is written: operands, the callee's name for a call, and the span."""

    block: int
    operands: tuple[m.Operand, ...]
    callee: str
    span: Span
    reads_memory: bool = False


def definitions(body: m.Body, local: int) -> list[_Definition]:
    """All writes of a local."""
    found = []
    for number, block in enumerate(body.blocks):
        for s in block.statements:
            if isinstance(s, m.Assign) and s.place.local == local:
                found.append(_Definition(number, _operands(s.rvalue), "", s.span, _is_load(s.rvalue)))
        term = block.terminator
        if isinstance(term, m.Call) and term.destination.local == local:
            name = _callee_name(term.func)
            found.append(_Definition(number, term.args, name, term.span))
        elif isinstance(term, m.InlineAsm) and any(
            o.place is not None and o.place.local == local for o in term.operands
        ):
            found.append(_Definition(number, (), "ptx_asm!", term.span))
    return found


def _callee_name(func: m.Operand) -> str:
    if isinstance(func, m.Constant) and isinstance(func.value, m.ZeroSizedConst):
        if isinstance(func.value.ty, t.FnDefTy):
            return func.value.ty.def_id.name
    return "this call"


def _operands(rv: m.Rvalue) -> tuple[m.Operand, ...]:
    if isinstance(rv, m.BinaryOp):
        return (rv.left, rv.right)
    if isinstance(rv, m.Aggregate):
        return rv.operands
    if isinstance(rv, m.Use | m.Cast | m.UnaryOp | m.Repeat):
        return (rv.operand,)
    if isinstance(rv, m.Ref | m.RawPtr | m.Discriminant | m.Len):
        return (m.Copy(rv.place),)
    return ()


def _is_load(rv: m.Rvalue) -> bool:
    operand = rv.operand if isinstance(rv, m.Use) else None
    place = operand.place if isinstance(operand, m.Copy | m.Move) else None
    return place is not None and any(isinstance(e, m.Deref) for e in place.projection)


class Chain:
    """Walks back from a branch."""

    def __init__(self, operation: Operation, scope: int) -> None:
        self.operation = operation
        self.group = NAMES[scope]
        self.scope = scope
        self.places: dict[Place, None] = {}
        self.steps = 0
        self.seen: set[tuple[int, int]] = set()

    def of_branch(self, frame: int, block: int) -> tuple[Place, ...]:
        """The chain of a branch's condition."""
        run: Run = self.operation.frames[frame].run
        term = run.body.blocks[block].terminator
        if isinstance(term, m.SwitchInt):
            self._operand(run, frame, term.discr)
        return tuple(self.places)[:MAX_PLACES]

    def _operand(self, run: Run, frame: int, operand: m.Operand) -> None:
        if isinstance(operand, m.Copy | m.Move):
            self._local(run, frame, operand.place.local)
            for elem in operand.place.projection:
                if isinstance(elem, m.Index):
                    self._local(run, frame, elem.local)

    def _local(self, run: Run, frame: int, local: int) -> None:
        self.steps += 1
        if self.steps > MAX_STEPS or (run.number, local) in self.seen:
            return
        self.seen.add((run.number, local))
        decl = run.body.locals[local]
        found = definitions(run.body, local)
        if 0 < local <= run.body.arg_count and frame > 0:
            self._argument(run, frame, local)
        source = next((d for d in found if self._is_source(run, d)), None)
        if decl.is_user_variable and decl.name and found and run.levels.get(local, GRID) < self.scope:
            span = found[0].span if source is None else source.span
            text = f"`{decl.name}` differs between threads of the {self.group}"
            self._say(run, decl.span if decl.span.end else span, text)
        for d in found:
            self._definition(run, frame, d, found)

    def _is_source(self, run: Run, d: _Definition) -> bool:
        return bool(d.callee) and not d.operands

    def _definition(self, run: Run, frame: int, d: _Definition, all_: list[_Definition]) -> None:
        followed = any(self._is_low(run, o) or self._is_reference(run, o) for o in d.operands)
        if d.callee and not followed:
            if self._level_after(run, d) < self.scope:
                self._say(run, d.span, f"`{d.callee}{'' if d.callee.endswith(('!', 'call')) else '()'}` differs "
                          f"between threads of the {self.group}")  # fmt: skip
            return
        low = [o for o in d.operands if self._is_low(run, o) or self._is_reference(run, o)]
        if d.reads_memory and low:
            self._say(run, d.span, f"this load may differ between threads of the {self.group}")
        for o in low:
            self._operand(run, frame, o)
        if not low and len(all_) > 1:
            for block, _ in run.flow.controllers[d.block]:
                if run.condition_level(block) < self.scope:
                    self._say(run, d.span, "which value this is depends on the path a thread takes")
                    term = run.body.blocks[block].terminator
                    if isinstance(term, m.SwitchInt):
                        self._operand(run, frame, term.discr)
                    break

    def _level_after(self, run: Run, d: _Definition) -> int:
        term = run.body.blocks[d.block].terminator
        return run.local_levels.get(term.destination.local, GRID) if isinstance(term, m.Call) else 0

    def _is_low(self, run: Run, operand: m.Operand) -> bool:
        if not isinstance(operand, m.Copy | m.Move):
            return False
        locals_ = [operand.place.local, *(e.local for e in operand.place.projection if isinstance(e, m.Index))]
        return any(run.local_levels.get(x, run.entry_level(x)) < self.scope for x in locals_)

    def _is_reference(self, run: Run, operand: m.Operand) -> bool:
        if not isinstance(operand, m.Copy | m.Move):
            return False
        return isinstance(run.body.locals[operand.place.local].ty, t.RefTy)

    def _argument(self, run: Run, frame: int, local: int) -> None:
        """A parameter of a helper: the argument at the call."""
        caller = self.operation.frames[frame - 1]
        outer: Run = caller.run
        term = outer.body.blocks[caller.block].terminator
        if isinstance(term, m.Call) and local - 1 < len(term.args):
            argument = term.args[local - 1]
            name = run.body.locals[local].name
            if self._is_low(outer, argument) and name:
                self._say(outer, term.span, f"`{name}` is given a value that differs between threads here")
            self._operand(outer, frame - 1, argument)

    def _say(self, run: Run, span: Span, text: str) -> None:
        if run.interpreter.is_user(run.body.def_id) and span.end:
            self.places.setdefault(Place(run.body.def_id, span, text))
