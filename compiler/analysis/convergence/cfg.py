"""Control-flow facts of one body: who controls whom, where paths join again, loops.

What it is: :func:`flow_of`, computed once per instance. Edges into blocks that can only trap are left out: a thread
that traps ends the launch, it does not diverge. Assumes: MIR of an instance. Guarantees: ``controllers[b]`` holds every
branch on which it depends whether ``b`` runs, nearest first; block sets are bit masks.

Example: in ``if c { x } y`` the block of ``x`` is controlled by the branch on ``c``, the block of ``y`` by none.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from compiler.base.graph import depth_first, immediate_dominators
from compiler.mir import body as m
from compiler.mir.mono.instantiate import instantiated
from compiler.mir.mono.model import Instance
from compiler.query import Database, query


@dataclass(slots=True)
class Loop:
    """A natural loop. ``exits``: blocks inside with a successor outside. ``assigned``: locals written inside."""

    header: int
    blocks: int
    exits: list[int] = field(default_factory=list)
    assigned: frozenset[int] = frozenset()
    bit: int = 0


@dataclass(slots=True)
class Flow:
    """See the module docstring. ``order``: reverse postorder. ``joins[b]``: branches whose paths meet at ``b``."""

    succs: list[tuple[int, ...]]
    preds: list[list[int]]
    order: list[int]
    idom: list[int]
    ipdom: list[int]
    loops: list[Loop]
    loops_of: list[list[Loop]]
    controllers: list[tuple[tuple[int, int], ...]]
    joins: dict[int, tuple[int, ...]]
    headers: dict[int, Loop]


@query(backdate=False)
def flow_of(db: Database, instance: Instance) -> Flow:
    """The flow facts of an instance's body."""
    return flow_of_body(instantiated(db, instance).function.body)


def flow_of_body(body: m.Body) -> Flow:
    """The flow facts of a body."""
    succs = _successors(body)
    order, _ = depth_first(0, succs.__getitem__)
    preds: list[list[int]] = [[] for _ in succs]
    for b in order:
        for s in succs[b]:
            preds[s].append(b)
    idom = _dominators(order, preds)
    ipdom = _post_dominators(succs, preds, order)
    loops = _loops(body, succs, preds, order, idom)
    loops_of: list[list[Loop]] = [[] for _ in succs]
    for loop in loops:
        for b in order:
            if loop.blocks >> b & 1:
                loops_of[b].append(loop)
    controllers = _controllers(succs, order, ipdom)
    joins = _joins(succs, preds, order, ipdom)
    headers = {loop.header: loop for loop in loops}
    return Flow(succs, preds, order, idom, ipdom, loops, loops_of, controllers, joins, headers)


def _targets(term: m.Terminator) -> tuple[int, ...]:
    if isinstance(term, m.Goto | m.Assert | m.Drop | m.InlineAsm):
        return (term.target,)
    if isinstance(term, m.SwitchInt):
        return tuple(dict.fromkeys((*(t for _, t in term.targets), term.otherwise)))
    if isinstance(term, m.Call):
        return () if term.target is None else (term.target,)
    if isinstance(term, m.FalseEdge | m.FalseUnwind):
        return (term.real_target,)
    return ()


def _successors(body: m.Body) -> list[tuple[int, ...]]:
    """Without edges into blocks from which no return can be reached, unless none can."""
    succs = [_targets(block.terminator) for block in body.blocks]
    returning = {i for i, block in enumerate(body.blocks) if isinstance(block.terminator, m.Return)}
    preds: dict[int, list[int]] = {}
    for b, targets in enumerate(succs):
        for s in targets:
            preds.setdefault(s, []).append(b)
    work = list(returning)
    while work:
        for p in preds.get(work.pop(), ()):
            if p not in returning:
                returning.add(p)
                work.append(p)
    if 0 not in returning:
        return succs
    return [tuple(s for s in targets if s in returning) for targets in succs]


def _dominators(order: list[int], preds: list[list[int]]) -> list[int]:
    """Immediate dominators; -1 for the entry and unreached blocks."""
    idom = immediate_dominators(order, preds.__getitem__)
    return [idom.get(b, -1) for b in range(len(preds))]


def _post_dominators(succs: list[tuple[int, ...]], preds: list[list[int]], order: list[int]) -> list[int]:
    """Immediate post-dominators; -1 stands for the exit."""
    n = len(succs)
    exit_block = n
    back_succs: list[list[int]] = [list(p) for p in preds]
    exits = [b for b in order if not succs[b]] or [order[-1]]
    back_succs.append(exits)
    back_preds: list[list[int]] = [list(s) for s in succs]
    back_preds.append([])
    for b in exits:
        back_preds[b] = [*back_preds[b], exit_block]
    order_back, _ = depth_first(exit_block, back_succs.__getitem__)
    found = _dominators(order_back, back_preds)
    return [-1 if p in (exit_block, -1) else p for p in found[:n]]


def _loops(
    body: m.Body, succs: list[tuple[int, ...]], preds: list[list[int]], order: list[int], idom: list[int]
) -> list[Loop]:
    found: dict[int, int] = {}
    for b in order:
        for header in succs[b]:
            if not _dominates(header, b, idom):
                continue
            blocks = found.get(header, 1 << header)
            work = [b]
            while work:
                x = work.pop()
                if not blocks >> x & 1:
                    blocks |= 1 << x
                    work += preds[x]
            found[header] = blocks
    loops = []
    for header, blocks in found.items():
        inside = [b for b in order if blocks >> b & 1]
        exits = [b for b in inside if any(not blocks >> s & 1 for s in succs[b])]
        loops.append(Loop(header, blocks, exits, frozenset(_assigned(body, inside))))
    return loops


def _dominates(a: int, b: int, idom: list[int]) -> bool:
    while b >= 0:
        if a == b:
            return True
        b = idom[b]
    return False


def _assigned(body: m.Body, blocks: list[int]) -> set[int]:
    """Locals written in the blocks, or whose address is taken there."""
    written: set[int] = set()
    for b in blocks:
        for s in body.blocks[b].statements:
            if isinstance(s, m.Assign):
                written.add(s.place.local)
                rv = s.rvalue
                if isinstance(rv, m.RawPtr) or (isinstance(rv, m.Ref) and rv.kind is not m.BorrowKind.SHARED):
                    written.add(rv.place.local)
            elif isinstance(s, m.SetDiscriminant):
                written.add(s.place.local)
        term = body.blocks[b].terminator
        if isinstance(term, m.Call):
            written.add(term.destination.local)
        elif isinstance(term, m.InlineAsm):
            written |= {o.place.local for o in term.operands if o.place is not None}
    return written


def _controllers(succs: list[tuple[int, ...]], order: list[int], ipdom: list[int]) -> list[tuple[tuple[int, int], ...]]:
    """(branch, successor taken) pairs each block depends on, transitively, nearest first."""
    direct: list[list[tuple[int, int]]] = [[] for _ in succs]
    for b in order:
        if len(succs[b]) < 2:
            continue
        for s in succs[b]:
            at = s
            while at not in (-1, ipdom[b]):
                if (b, s) not in direct[at]:
                    direct[at].append((b, s))
                at = ipdom[at]
    out: list[tuple[tuple[int, int], ...]] = []
    for b in range(len(succs)):
        seen: dict[tuple[int, int], None] = {}
        work = list(direct[b])
        while work:
            pair = work.pop(0)
            if pair not in seen:
                seen[pair] = None
                work += direct[pair[0]]
        out.append(tuple(seen))
    return out


def _joins(
    succs: list[tuple[int, ...]], preds: list[list[int]], order: list[int], ipdom: list[int]
) -> dict[int, tuple[int, ...]]:
    found: dict[int, list[int]] = {}
    merges = [b for b in order if len(preds[b]) > 1]
    for b in order:
        if len(succs[b]) < 2:
            continue
        reach = [_reach(s, ipdom[b], succs) for s in succs[b]]
        twice, once = 0, 0
        for r in reach:
            twice |= once & r
            once |= r
        for j in merges:
            if twice >> j & 1 or j == ipdom[b]:
                found.setdefault(j, []).append(b)
    return {j: tuple(branches) for j, branches in found.items()}


def _reach(start: int, stop: int, succs: list[tuple[int, ...]]) -> int:
    """Blocks reached from ``start`` without passing ``stop``."""
    if start == stop:
        return 0
    seen, work = 1 << start, [start]
    while work:
        for s in succs[work.pop()]:
            if s != stop and not seen >> s & 1:
                seen |= 1 << s
                work.append(s)
    return seen
