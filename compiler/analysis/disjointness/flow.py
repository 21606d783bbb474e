"""The shape of a body: order of blocks, loops, and which locals a loop may change.

What it is: :class:`Flow` of a MIR body, computed once a body. Loops are natural loops of a reducible graph, which MIR
built from structured Rust always is; a back edge into the middle of a cycle makes the body irregular.

Assumes: no unreachable blocks. Guarantees: ``order`` is a reverse post-order without back edges.

Example: ``while c { b }`` has one loop whose blocks are the test and the body.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from compiler.base.graph import depth_first, immediate_dominators
from compiler.mir import body as m
from compiler.mir.simplify import successors


@dataclass(slots=True)
class Loop:
    """``blocks`` contains the header; ``assigned``: locals assigned or mutably borrowed inside."""

    header: int
    blocks: set[int]
    assigned: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Flow:
    """See the module docstring."""

    order: list[int]
    loops: dict[int, Loop]
    irregular: bool = False


def flow_of(body: m.Body) -> Flow:
    """The flow of a body."""
    order, back = depth_first(0, lambda b: successors(body.blocks[b].terminator))
    loops: dict[int, Loop] = {}
    predecessors: dict[int, list[int]] = {}
    for b in order:
        for s in successors(body.blocks[b].terminator):
            predecessors.setdefault(s, []).append(b)
    dominators = immediate_dominators(order, lambda b: predecessors.get(b, ())) if back else {}
    irregular = False
    for tail, header in back:
        if not _dominates(dominators, header, tail):
            irregular = True
            continue
        loop = loops.setdefault(header, Loop(header, {header}))
        work = [tail]
        while work:
            b = work.pop()
            if b not in loop.blocks:
                loop.blocks.add(b)
                work += predecessors.get(b, ())
    for loop in loops.values():
        for b in loop.blocks:
            _assigned(body.blocks[b], loop.assigned)
    return Flow(order, loops, irregular)


def _dominates(idom: dict[int, int], a: int, b: int) -> bool:
    while b != a:
        up = idom.get(b, b)
        if up == b:
            return False
        b = up
    return True


def _assigned(block: m.BasicBlock, out: set[int]) -> None:
    for s in block.statements:
        if isinstance(s, m.Assign):
            out.add(s.place.local)
            borrowed = s.rvalue
            if isinstance(borrowed, m.RawPtr) or (
                isinstance(borrowed, m.Ref) and borrowed.kind is not m.BorrowKind.SHARED
            ):
                out.add(borrowed.place.local)
        elif isinstance(s, m.SetDiscriminant):
            out.add(s.place.local)
    t = block.terminator
    if isinstance(t, m.Call):
        out.add(t.destination.local)
    elif isinstance(t, m.InlineAsm):
        out.update(o.place.local for o in t.operands if o.place is not None)
