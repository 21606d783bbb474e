"""Simplifying the control-flow graph (rustc's ``SimplifyCfg`` and ``SimplifyLocals``).

- :func:`remove_unreachable_blocks`: keeps what the entry reaches, renumbers.
- :func:`simplify_cfg`: also threads jumps through empty blocks and merges a block into its only predecessor.
- :func:`simplified_as_built`: the same for a reader who minds the order of blocks.
- :func:`remove_unused_locals`: drops temporaries nothing mentions.

Assumes: every block is terminated. Guarantees: the entry stays block 0; ``loop_unroll`` follows its headers; blocks
are in reverse postorder after :func:`simplify_cfg`.

Example: ``bb0: goto bb1; bb1: goto bb2; bb2: return`` becomes ``bb0: return``.
"""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable
from typing import Any, Final

from compiler.base.graph import depth_first
from compiler.mir import body as m
from compiler.mir.move_paths import assigned_places, rvalue_operands, rvalue_place, terminator_operands

Map = Callable[[int], int]


def successors(terminator: m.Terminator) -> tuple[int, ...]:
    """Blocks control may go to, in order."""
    kind = type(terminator)
    if kind is m.SwitchInt:
        return (*[block for _, block in terminator.targets], terminator.otherwise)  # type: ignore[union-attr]
    if kind is m.FalseEdge:
        return (terminator.real_target, terminator.imaginary_target)  # type: ignore[union-attr]
    if kind is m.FalseUnwind:
        return (terminator.real_target,)  # type: ignore[union-attr]
    target = getattr(terminator, "target", None)
    return () if target is None else (target,)


def map_successors(terminator: m.Terminator, f: Map) -> None:
    """Rewrite the targets in place."""
    kind = type(terminator)
    if isinstance(terminator, m.SwitchInt):
        terminator.targets = tuple([(value, f(block)) for value, block in terminator.targets])
        terminator.otherwise = f(terminator.otherwise)
    elif isinstance(terminator, m.FalseEdge):
        terminator.real_target = f(terminator.real_target)
        terminator.imaginary_target = f(terminator.imaginary_target)
    elif isinstance(terminator, m.FalseUnwind):
        terminator.real_target = f(terminator.real_target)
    elif kind in _ONE_TARGET:
        one: Any = terminator
        if one.target is not None:
            one.target = f(one.target)


_ONE_TARGET: Final = frozenset((m.Goto, m.Drop, m.Call, m.Assert, m.InlineAsm))


def reachable_in_rpo(body: m.Body) -> list[int]:
    """Reachable blocks in reverse postorder."""
    return depth_first(0, lambda at: reversed(successors(body.blocks[at].terminator)))[0]


def preorder(body: m.Body) -> list[int]:
    """Reachable blocks, each before what it leads to; of a block's successors the last one first, as rustc walks."""
    order: dict[int, None] = {}
    stack = [0]
    while stack:
        block = stack.pop()
        if block not in order:
            order[block] = None
            stack += successors(body.blocks[block].terminator)
    return list(order)


def _renumber(body: m.Body, order: list[int]) -> None:
    index = {old: new for new, old in enumerate(order)}
    body.blocks = [body.blocks[old] for old in order]
    for block in body.blocks:
        map_successors(block.terminator, index.__getitem__)
    body.loop_unroll = {index[old]: factor for old, factor in body.loop_unroll.items() if old in index}


def remove_unreachable_blocks(body: m.Body) -> None:
    """Keep what the entry reaches, in the order it was built."""
    kept = sorted(preorder(body))
    if len(kept) != len(body.blocks):
        _renumber(body, kept)


def simplify_cfg(body: m.Body) -> None:
    """Thread empty gotos, merge straight lines, renumber in reverse postorder."""
    _renumber(body, _merged(body))


def simplified_as_built(body: m.Body) -> m.Body:
    """A copy with empty gotos threaded and straight lines merged as rustc's ``SimplifyCfg`` does it, block by block in
    the order built: what its borrow checker gets to see, down to the order in which it finds things.
    """
    blocks = [
        dataclasses.replace(b, statements=list(b.statements), terminator=copy.copy(b.terminator)) for b in body.blocks
    ]
    made = dataclasses.replace(body, blocks=blocks, loop_unroll={})
    n_edges = [0] * len(blocks)  # into each block, from those the entry reaches
    n_edges[0] = 1
    for at in preorder(body):
        for successor in successors(blocks[at].terminator):
            n_edges[successor] += 1
    changed = True
    while changed:
        changed = False
        for at in range(len(blocks)):
            changed = (n_edges[at] > 0 and _merged_as_built(blocks, at, n_edges)) or changed
    remove_unreachable_blocks(made)
    _join_at_checks(made)
    return made


def _join_at_checks(body: m.Body) -> None:
    """Blocks that end where only rustc's debug builds check something go on in their successor; ``pieces`` keeps them
    and their order."""
    blocks = body.blocks
    pieces: list[tuple[int, int, int]] = []
    place_of: dict[int, tuple[int, int]] = {}  # of a block that was joined: (block, first statement)
    joined = {b.terminator.target for b in blocks if type(b.terminator) is m.Goto and b.terminator.after_check}
    if not joined:
        return
    length = [len(b.statements) for b in blocks]
    last: set[int] = set()  # the pieces with their block's terminator
    for at, block in enumerate(blocks):
        if at in joined:
            continue
        piece = at
        while type(block.terminator) is m.Goto and block.terminator.after_check:
            piece = block.terminator.target
            place_of[piece] = at, len(block.statements)
            block.statements += blocks[piece].statements
            block.terminator = blocks[piece].terminator
        last.add(piece)
    kept = [at for at in range(len(blocks)) if at not in joined]
    index = {old: new for new, old in enumerate(kept)}
    for at in range(len(blocks)):
        home, first = place_of.get(at, (at, 0))
        end = first + length[at]
        pieces.append((index[home], first, end + (at in last)))
    _renumber(body, kept)
    body.pieces = pieces


def _merged_as_built(blocks: list[m.BasicBlock], at: int, n_edges: list[int]) -> bool:
    """Thread the jumps of one block, then take in the blocks that only it leads to; whether something changed."""
    changed = False

    def threaded(start: int) -> int:
        nonlocal changed
        chain, end = [], start
        while end != at and end not in chain and not blocks[end].statements:
            terminator = blocks[end].terminator
            if not isinstance(terminator, m.Goto) or terminator.after_check:
                break
            chain.append(end)
            end = terminator.target
        changed = changed or end != start
        for link in reversed(chain):
            goto = blocks[link].terminator
            assert isinstance(goto, m.Goto)
            changed = changed or goto.target != end
            goto.target = end
            if n_edges[link] == 1:
                n_edges[link] = 0
            else:
                n_edges[end] += 1
                n_edges[link] -= 1
        return end

    block = blocks[at]
    map_successors(block.terminator, threaded)
    while isinstance(block.terminator, m.Goto) and n_edges[block.terminator.target] == 1:
        target = block.terminator.target
        if target == at or block.terminator.after_check:
            break
        block.statements += blocks[target].statements
        block.terminator = blocks[target].terminator
        n_edges[target] = 0
        changed = True
    return changed


def _merged(body: m.Body) -> list[int]:
    """Thread empty gotos and merge straight lines; the blocks left, in reverse postorder."""
    _thread_gotos(body)
    order = reachable_in_rpo(body)
    n_predecessors = dict.fromkeys(order, 0)
    n_predecessors[0] = 1
    for at in order:
        for successor in successors(body.blocks[at].terminator):
            n_predecessors[successor] += 1
    merged: set[int] = set()
    for at in order:
        if at in merged:
            continue
        block = body.blocks[at]
        while isinstance(block.terminator, m.Goto) and n_predecessors[block.terminator.target] == 1:
            target = block.terminator.target
            if target == at or target in body.loop_unroll:
                break
            merged.add(target)
            block.statements.extend(body.blocks[target].statements)
            block.terminator = body.blocks[target].terminator
    return [at for at in order if at not in merged]


def _thread_gotos(body: m.Body) -> None:
    """Jumps to a block that only jumps go to its target; loop headers marked for unrolling stay."""
    blocks = body.blocks
    final: dict[int, int] = {}

    def resolve(block: int) -> int:
        found = final.get(block)
        if found is not None:
            return found
        chain = []
        at = block
        while at not in final and not blocks[at].statements and at not in body.loop_unroll:
            terminator = blocks[at].terminator
            if not isinstance(terminator, m.Goto) or at in chain:
                break
            chain.append(at)
            at = terminator.target
        end = final.get(at, at)
        for link in chain:
            final[link] = end
        final.setdefault(block, end)
        return end

    for block in blocks:
        map_successors(block.terminator, resolve)
        terminator = block.terminator
        if isinstance(terminator, m.SwitchInt) and all(to == terminator.otherwise for _, to in terminator.targets):
            block.terminator = m.Goto(terminator.otherwise, terminator.span)


# ---------------------------------------------------------------- locals


def remove_unused_locals(body: m.Body) -> None:
    """Remove assignments to locals nothing reads, then the locals no longer mentioned, and renumber the rest."""
    used = _read_locals(body)
    keep = set(range(body.arg_count + 1)) | used
    for block in body.blocks:
        block.statements = [s for s in block.statements if _is_live(s, keep)]
    mentioned = keep | _written_locals(body)
    if len(mentioned) == len(body.locals):
        return
    order = sorted(mentioned)
    index = {old: new for new, old in enumerate(order)}
    body.locals = [body.locals[old] for old in order]
    renumber = LocalRenumbering(index)
    for block in body.blocks:
        block.statements = [renumber.statement(s) for s in block.statements]
        block.terminator = renumber.terminator(block.terminator)


def _is_live(statement: m.Statement, keep: set[int]) -> bool:
    kind = type(statement)
    if kind is m.Assign:
        place = statement.place  # type: ignore[union-attr]
        return bool(place.projection) or place.local in keep or type(statement.rvalue) is m.Printf  # type: ignore[union-attr]
    if kind in _STORAGE:
        return statement.local in keep  # type: ignore[union-attr]
    return True


_STORAGE: Final = frozenset((m.StorageLive, m.StorageDead))


def _read_locals(body: m.Body) -> set[int]:
    """Locals whose value matters, transitively: an assignment to an unread local reads nothing."""
    reads_of: dict[int, list[int]] = {}
    roots: list[int] = list(range(body.arg_count + 1))
    for block in body.blocks:
        for s in block.statements:
            if type(s) is m.Assign:
                place = s.place
                if place.projection or type(s.rvalue) is m.Printf:
                    _note_place(place, roots)
                    _note_rvalue(s.rvalue, roots)
                else:
                    _note_rvalue(s.rvalue, reads_of.setdefault(place.local, []))
            elif isinstance(s, m.SetDiscriminant):
                _note_place(s.place, roots)
        _note_terminator(block.terminator, roots)
    out: set[int] = set()
    while roots:
        local = roots.pop()
        if local not in out:
            out.add(local)
            roots.extend(reads_of.get(local, ()))
    return out


def _written_locals(body: m.Body) -> set[int]:
    out: set[int] = set()
    for block in body.blocks:
        for s in block.statements:
            if type(s) is m.Assign:
                out.add(s.place.local)
        for place in assigned_places(block.terminator):
            out.add(place.local)
    return out


def _note_place(place: m.Place, into: list[int]) -> None:
    into.append(place.local)
    if place.projection:
        into.extend([e.local for e in place.projection if type(e) is m.Index])


def _note_rvalue(rvalue: m.Rvalue, into: list[int]) -> None:
    for operand in rvalue_operands(rvalue):
        if type(operand) is not m.Constant:
            _note_place(operand.place, into)  # type: ignore[union-attr]
    place = rvalue_place(rvalue)
    if place is not None:
        _note_place(place, into)


def _note_terminator(terminator: m.Terminator, into: list[int]) -> None:
    for operand in terminator_operands(terminator):
        if type(operand) is not m.Constant:
            _note_place(operand.place, into)  # type: ignore[union-attr]
    if isinstance(terminator, m.Drop):
        _note_place(terminator.place, into)
    for place in assigned_places(terminator):
        if place.projection:
            _note_place(place, into)


class LocalRenumbering:
    """Rewrites the locals of statements and terminators by a map."""

    __slots__ = ("index",)

    def __init__(self, index: dict[int, int]) -> None:
        self.index = index

    def place(self, place: m.Place) -> m.Place:
        projection = place.projection
        if not projection:
            return m.Place(self.index[place.local])
        if any(type(e) is m.Index for e in projection):
            projection = tuple([m.Index(self.index[e.local]) if isinstance(e, m.Index) else e for e in projection])
        return m.Place(self.index[place.local], projection)

    def operand(self, operand: m.Operand) -> m.Operand:
        return operand if isinstance(operand, m.Constant) else type(operand)(self.place(operand.place))

    def operands(self, operands: tuple[m.Operand, ...]) -> tuple[m.Operand, ...]:
        return tuple([self.operand(o) for o in operands])

    def rvalue(self, rvalue: m.Rvalue) -> m.Rvalue:
        if isinstance(rvalue, m.Use):
            return m.Use(self.operand(rvalue.operand))
        if isinstance(rvalue, (m.Ref, m.RawPtr, m.Len, m.Discriminant)):
            return self._of_place(rvalue)
        if isinstance(rvalue, m.Cast):
            return m.Cast(rvalue.kind, self.operand(rvalue.operand), rvalue.ty)
        if isinstance(rvalue, (m.UnaryOp, m.Repeat)):
            return dataclasses.replace(rvalue, operand=self.operand(rvalue.operand))
        if isinstance(rvalue, m.BinaryOp):
            return m.BinaryOp(rvalue.op, self.operand(rvalue.left), self.operand(rvalue.right))
        return dataclasses.replace(rvalue, operands=self.operands(rvalue.operands))

    def _of_place(self, rvalue: m.Ref | m.RawPtr | m.Len | m.Discriminant) -> m.Rvalue:
        if isinstance(rvalue, m.Ref):
            return m.Ref(rvalue.region, rvalue.kind, self.place(rvalue.place))
        if isinstance(rvalue, m.RawPtr):
            return m.RawPtr(rvalue.mutability, self.place(rvalue.place))
        return type(rvalue)(self.place(rvalue.place))

    def statement(self, s: m.Statement) -> m.Statement:
        if isinstance(s, m.Assign):
            return m.Assign(self.place(s.place), self.rvalue(s.rvalue), s.span)
        if isinstance(s, (m.StorageLive, m.StorageDead)):
            return type(s)(self.index[s.local], s.span)
        if isinstance(s, m.Nop):
            return s
        return dataclasses.replace(s, place=self.place(s.place))

    def terminator(self, terminator: m.Terminator) -> m.Terminator:
        if isinstance(terminator, m.Call):
            terminator.func = self.operand(terminator.func)
            terminator.args = self.operands(terminator.args)
            terminator.destination = self.place(terminator.destination)
        elif isinstance(terminator, m.SwitchInt):
            terminator.discr = self.operand(terminator.discr)
        elif isinstance(terminator, m.Drop):
            terminator.place = self.place(terminator.place)
        elif isinstance(terminator, m.Assert):
            terminator.cond = self.operand(terminator.cond)
            terminator.operands = self.operands(terminator.operands)
        elif isinstance(terminator, m.InlineAsm):
            terminator.operands = tuple([self._asm(o) for o in terminator.operands])
        return terminator

    def _asm(self, o: m.AsmOperand) -> m.AsmOperand:
        value = None if o.value is None else self.operand(o.value)
        place = None if o.place is None else self.place(o.place)
        return dataclasses.replace(o, value=value, place=place)
