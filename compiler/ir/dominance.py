"""Dominators of a region's control-flow graph.

What it is: reverse post-order and immediate dominators by Cooper, Harvey and Kennedy, and dominance frontiers for SSA
construction. What it assumes: the first block is the entry and successors are on the last operation of a block. What it
guarantees: unreachable blocks have no number, and every query about them answers False or empty. Example::

    tree = DominatorTree(region)
    tree.dominates(region.entry, block)
"""

from __future__ import annotations

from compiler.base.graph import depth_first, immediate_dominators
from compiler.ir.core import Block, Region


def reverse_post_order(region: Region) -> list[Block]:
    """Reachable blocks, each before its successors except along back edges."""
    if not region.blocks:
        return []
    return depth_first(region.entry, Block.successors)[0]


def predecessors(region: Region) -> dict[Block, list[Block]]:
    """Predecessor blocks, one entry per edge."""
    found: dict[Block, list[Block]] = {block: [] for block in region.blocks}
    for block in region.blocks:
        for successor in block.successors():
            found[successor].append(block)
    return found


class DominatorTree:
    __slots__ = ("_enter", "_leave", "idom", "number", "order", "predecessors")

    def __init__(self, region: Region) -> None:
        self.order = reverse_post_order(region)
        self.number = {block: i for i, block in enumerate(self.order)}
        reachable = self.number
        self.predecessors = {
            block: [p for p in found if p in reachable]
            for block, found in predecessors(region).items()
            if block in reachable
        }
        self.idom = immediate_dominators(self.order, self.predecessors.__getitem__)
        self._enter: dict[Block, int] = {}
        self._leave: dict[Block, int] = {}
        self._number_tree()

    def _number_tree(self) -> None:
        children = self.children()
        if not self.order:
            return
        clock = 0
        stack: list[tuple[Block, bool]] = [(self.order[0], False)]
        while stack:
            block, done = stack.pop()
            if done:
                self._leave[block] = clock
                continue
            self._enter[block] = clock
            clock += 1
            stack.append((block, True))
            stack.extend((child, False) for child in reversed(children[block]))

    def children(self) -> dict[Block, list[Block]]:
        """Blocks by immediate dominator, in reverse post-order."""
        found: dict[Block, list[Block]] = {block: [] for block in self.order}
        for block in self.order[1:]:
            found[self.idom[block]].append(block)
        return found

    def dominates(self, a: Block, b: Block) -> bool:
        """Whether every path from the entry to ``b`` passes ``a``; a block dominates itself."""
        enter = self._enter
        if a not in enter or b not in enter:
            return False
        return enter[a] <= enter[b] < self._leave[a]

    def frontiers(self) -> dict[Block, list[Block]]:
        """Dominance frontier of each reachable block."""
        found: dict[Block, dict[Block, None]] = {block: {} for block in self.order}
        for block in self.order:
            into = self.predecessors[block]
            if len(into) < 2:
                continue
            stop = self.idom.get(block)
            for runner in into:
                while runner is not stop:
                    found[runner][block] = None
                    parent = self.idom.get(runner)
                    if parent is None:
                        break
                    runner = parent
        return {block: list(blocks) for block, blocks in found.items()}
