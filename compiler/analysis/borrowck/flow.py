"""The control-flow graph of a body as the borrow checker walks it: points, predecessors, dominators.

What it is: every statement and terminator is a *point*, a dense number; sets of points are Python ints. rustc's
``PointIndex`` and ``DenseLocationMap``.

Assumes: every block is terminated. Guarantees: ``point(block, i)`` grows by one inside a block; ``rpo`` holds the
reachable blocks in reverse postorder, ``pieces`` what they are made of: (block, first statement, end), as built.

Example: a body with blocks of 2 and 0 statements has points 0, 1, 2 (terminator) and 3.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from compiler.base.graph import immediate_dominators
from compiler.base.span import Span
from compiler.mir import body as m
from compiler.mir.simplify import reachable_in_rpo, successors

Point = int


class Flow:
    """See the module docstring."""

    __slots__ = (
        "_idom",
        "block_of",
        "blocks",
        "ends",
        "n_points",
        "order",
        "pieces",
        "preds",
        "rpo",
        "start",
        "succs",
    )

    def __init__(self, body: m.Body) -> None:
        self.blocks = body.blocks
        self.start: list[Point] = []
        self.block_of: list[int] = []
        for number, block in enumerate(body.blocks):
            self.start.append(len(self.block_of))
            self.block_of.extend([number] * (len(block.statements) + 1))
        self.n_points = len(self.block_of)
        self.ends = [start + len(block.statements) for start, block in zip(self.start, body.blocks, strict=True)]
        self.succs = [tuple(dict.fromkeys(successors(block.terminator))) for block in body.blocks]
        self.preds: list[list[int]] = [[] for _ in body.blocks]
        self.rpo = reachable_in_rpo(body)
        # in the order built, as rustc goes: searches tell what they find first
        self.pieces = body.pieces or [(b, 0, len(body.blocks[b].statements) + 1) for b in sorted(self.rpo)]
        for number, _, end in self.pieces:
            if end > len(self.blocks[number].statements):
                for to in self.succs[number]:
                    self.preds[to].append(number)
        self.order = {block: i for i, block in enumerate(self.rpo)}
        self._idom: dict[int, int] | None = None

    def terminator_point(self, block: int) -> Point:
        return self.ends[block]

    def at(self, point: Point) -> m.Statement | m.Terminator:
        """The statement or terminator of a point."""
        number = self.block_of[point]
        block = self.blocks[number]
        return block.terminator if point == self.ends[number] else block.statements[point - self.start[number]]

    def span(self, point: Point) -> Span:
        return self.at(point).span

    def is_terminator(self, point: Point) -> bool:
        block = self.block_of[point]
        return point == self.terminator_point(block)

    def predecessors(self, point: Point) -> list[Point]:
        """Points control can come from."""
        block = self.block_of[point]
        if point > self.start[block]:
            return [point - 1]
        return [self.terminator_point(p) for p in self.preds[block]]

    def successors(self, point: Point) -> list[Point]:
        """Points control can go to."""
        block = self.block_of[point]
        if point < self.terminator_point(block):
            return [point + 1]
        return [self.start[s] for s in self.succs[block]]

    # -- dominators

    def dominates(self, a: Point, b: Point) -> bool:
        """Every path to ``b`` passes ``a``."""
        block_a, block_b = self.block_of[a], self.block_of[b]
        if block_a == block_b:
            return a <= b
        return block_a in self._dominators_of(block_b)

    def _dominators_of(self, block: int) -> Iterator[int]:
        if self._idom is None:
            self._idom = immediate_dominators(self.rpo, self.preds.__getitem__)
        while block in self._idom:
            block = self._idom[block]
            yield block

    def can_reach(self, start: Point, goal: Point) -> bool:
        """Whether control can get from just after ``start`` to ``goal``."""
        seen: set[int] = set()
        block_s, block_g = self.block_of[start], self.block_of[goal]
        if block_s == block_g and start < goal:
            return True
        work = list(self.succs[block_s])
        while work:
            at = work.pop()
            if at == block_g:
                return True
            if at not in seen:
                seen.add(at)
                work.extend(self.succs[at])
        return False


Transfer = dict[int, tuple[int, int]]  # of a block: (clear, add); blocks that change nothing are left out


def block_transfer(flow: Flow, effects: Iterable[tuple[Point, int, int]]) -> Transfer:
    """(clear, add) of whole blocks from those of their points, which come in ascending order."""
    out: Transfer = {}
    block_of = flow.block_of
    for point, clear, add in effects:
        block = block_of[point]
        before = out.get(block)
        out[block] = (clear, add) if before is None else (before[0] | clear, (before[1] & ~clear) | add)
    return out


def fixpoint(flow: Flow, state: list[int], transfer: Transfer) -> None:
    """The least solution of a union over paths: states at block entries, forwards, until nothing changes."""
    changed = True
    while changed:
        changed = False
        for block in flow.rpo:
            out = state[block]
            effect = transfer.get(block)
            if effect is not None:
                out = (out & ~effect[0]) | effect[1]
            for to in flow.succs[block]:
                merged = state[to] | out
                if merged != state[to]:
                    state[to] = merged
                    changed = changed or flow.order[to] <= flow.order[block]


def bits(mask: int) -> Iterator[int]:
    """Numbers in a bit set, ascending."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
