"""Walks of directed graphs that any control-flow graph needs: depth first, and dominators.

Assumes: nodes are hashable, and a successor function gives the same answer each time. Guarantees: no recursion, so
depth is bounded by memory only; results depend on the order of successors and on nothing else.

>>> order, back = depth_first(0, {0: (1, 2), 1: (3,), 2: (3,), 3: (1,)}.__getitem__)
>>> order, back
([0, 2, 1, 3], [(3, 1)])
>>> immediate_dominators(order, {0: (), 1: (0, 3), 2: (0,), 3: (1, 2)}.__getitem__)
{2: 0, 1: 0, 3: 0}
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

N = TypeVar("N", bound=Hashable)


def depth_first(entry: N, successors: Callable[[N], Iterable[N]]) -> tuple[list[N], list[tuple[N, N]]]:
    """What can be reached in reverse postorder, and the edges that go back to a node whose successors are not done."""
    is_done = {entry: False}
    post: list[N] = []
    back: list[tuple[N, N]] = []
    stack = [(entry, iter(successors(entry)))]
    while stack:
        node, rest = stack[-1]
        for to in rest:
            if to not in is_done:
                is_done[to] = False
                stack.append((to, iter(successors(to))))
                break
            if not is_done[to]:
                back.append((node, to))
        else:
            is_done[node] = True
            post.append(node)
            stack.pop()
    return post[::-1], back


def immediate_dominators(order: Sequence[N], predecessors: Callable[[N], Iterable[N]]) -> dict[N, N]:
    """The immediate dominator of every node but the first, by Cooper, Harvey and Kennedy's iteration.

    ``order``: reverse postorder. Predecessors outside it do not count.
    """
    number = {node: i for i, node in enumerate(order)}
    into = [[number[p] for p in predecessors(node) if p in number] for node in order]
    idom = [0] + [-1] * (len(order) - 1)
    changed = True
    while changed:
        changed = False
        for i in range(1, len(order)):
            new = -1
            for p in into[i]:
                if idom[p] >= 0:
                    new = p if new < 0 else _meet(idom, new, p)
            if new != idom[i]:
                idom[i] = new
                changed = True
    return {order[i]: order[idom[i]] for i in range(1, len(order))}


def _meet(idom: list[int], a: int, b: int) -> int:
    """The nearest node that dominates both."""
    while a != b:
        while a > b:
            a = idom[a]
        while b > a:
            b = idom[b]
    return a
