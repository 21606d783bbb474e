"""The shape of a body: order of blocks, loops, and which locals a loop may change.

What it is: :class:`Flow` of a MIR body, computed once a body. Loops are natural loops of a reducible graph, which MIR
built from structured Rust always is; a back edge into the middle of a cycle makes the body irregular.

Assumes: no unreachable blocks. Guarantees: ``order`` is a reverse post-order without back edges.

Example: ``while c { b }`` has one loop whose blocks are the test and the body.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from compiler.mir import body as m


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


def successors(t: m.Terminator) -> tuple[int, ...]:
    """Blocks a terminator may go to."""
    if isinstance(t, m.SwitchInt):
        return (*(b for _, b in t.targets), t.otherwise)
    if isinstance(t, m.FalseEdge | m.FalseUnwind):
        return (t.real_target,)
    target = getattr(t, "target", None)
    return () if target is None else (target,)


def flow_of(body: m.Body) -> Flow:
    """The flow of a body."""
    order, back, dominators = _depth_first(body)
    loops: dict[int, Loop] = {}
    predecessors: dict[int, list[int]] = {}
    for b in order:
        for s in successors(body.blocks[b].terminator):
            predecessors.setdefault(s, []).append(b)
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


def _depth_first(body: m.Body) -> tuple[list[int], list[tuple[int, int]], dict[int, int]]:
    state: dict[int, int] = {0: 1}
    post: list[int] = []
    back: list[tuple[int, int]] = []
    stack = [(0, iter(successors(body.blocks[0].terminator)))]
    while stack:
        block, rest = stack[-1]
        for s in rest:
            if s not in state:
                state[s] = 1
                stack.append((s, iter(successors(body.blocks[s].terminator))))
                break
            if state[s] == 1:
                back.append((block, s))
        else:
            state[block] = 2
            post.append(block)
            stack.pop()
    order = post[::-1]
    return order, back, _dominators(body, order) if back else {}


def _dominators(body: m.Body, order: list[int]) -> dict[int, int]:
    index = {b: i for i, b in enumerate(order)}
    predecessors: dict[int, list[int]] = {}
    for b in order:
        for s in successors(body.blocks[b].terminator):
            predecessors.setdefault(s, []).append(b)
    idom = {order[0]: order[0]}
    changed = True
    while changed:
        changed = False
        for b in order[1:]:
            new = -1
            for p in predecessors.get(b, ()):
                if p in idom:
                    new = p if new < 0 else _meet(idom, index, new, p)
            if idom.get(b) != new:
                idom[b] = new
                changed = True
    return idom


def _meet(idom: dict[int, int], index: dict[int, int], a: int, b: int) -> int:
    while a != b:
        while index[a] > index[b]:
            a = idom[a]
        while index[b] > index[a]:
            b = idom[b]
    return a


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
