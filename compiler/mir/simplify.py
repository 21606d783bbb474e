"""Simplifying the control-flow graph (rustc's ``SimplifyCfg`` and ``SimplifyLocals``).

- :func:`remove_unreachable_blocks`: keeps what the entry reaches, renumbers.
- :func:`simplify_cfg`: also threads jumps through empty blocks and merges a block into its only predecessor.
- :func:`remove_unused_locals`: drops temporaries nothing mentions.

Assumes: every block is terminated. Guarantees: the entry stays block 0; ``loop_unroll`` follows its headers; blocks are in reverse postorder
after :func:`simplify_cfg`.

Example: ``bb0: goto bb1; bb1: goto bb2; bb2: return`` becomes ``bb0: return``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from compiler.mir import body as m

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
    blocks = body.blocks
    order: list[int] = []
    seen = {0}
    stack: list[tuple[int, list[int]]] = [(0, list(successors(blocks[0].terminator)))]
    while stack:
        at, rest = stack[-1]
        while rest:
            successor = rest.pop()
            if successor not in seen:
                seen.add(successor)
                stack.append((successor, list(successors(blocks[successor].terminator))))
                break
        else:
            order.append(at)
            stack.pop()
    order.reverse()
    return order


def _renumber(body: m.Body, order: list[int]) -> None:
    index = {old: new for new, old in enumerate(order)}
    body.blocks = [body.blocks[old] for old in order]
    for block in body.blocks:
        map_successors(block.terminator, index.__getitem__)
    body.loop_unroll = {index[old]: factor for old, factor in body.loop_unroll.items() if old in index}


def remove_unreachable_blocks(body: m.Body) -> None:
    """Keep what the entry reaches, in the order it was built."""
    blocks = body.blocks
    seen = {0}
    stack = [0]
    while stack:
        for successor in successors(blocks[stack.pop()].terminator):
            if successor not in seen:
                seen.add(successor)
                stack.append(successor)
    if len(seen) != len(blocks):
        _renumber(body, sorted(seen))


def simplify_cfg(body: m.Body) -> None:
    """Thread empty gotos, merge straight lines, renumber in reverse postorder."""
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
    _renumber(body, [at for at in order if at not in merged])


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
