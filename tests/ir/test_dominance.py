"""Dominators and frontiers on drawn graphs, and against the definition on random ones."""

from __future__ import annotations

import random

from compiler.ir import Block, Operation, Region, Trait
from compiler.ir.dominance import DominatorTree, reverse_post_order


class JumpOp(Operation):
    name = "toy.jump"
    n_successors = None
    traits = frozenset({Trait.TERMINATOR})


def graph(edges: dict[int, list[int]]) -> tuple[Region, list[Block]]:
    blocks = [Block() for _ in edges]
    for number, targets in edges.items():
        blocks[number].append(JumpOp(successors=[blocks[t] for t in targets]))
    return Region(blocks), blocks


def test_a_diamond_with_a_loop():
    region, b = graph({0: [1, 2], 1: [3], 2: [3], 3: [0 + 4], 4: [3, 5], 5: []})
    tree = DominatorTree(region)
    assert tree.idom[b[3]] is b[0] and tree.idom[b[5]] is b[4]
    assert tree.dominates(b[0], b[5]) and not tree.dominates(b[1], b[3])
    assert tree.frontiers()[b[1]] == [b[3]] and tree.frontiers()[b[4]] == [b[3]]


def test_unreachable_blocks_dominate_nothing():
    region, b = graph({0: [1], 1: [], 2: [1]})
    tree = DominatorTree(region)
    assert b[2] not in tree.number and not tree.dominates(b[2], b[1])


def test_dominance_is_what_its_definition_says():
    rng = random.Random(7)
    for _ in range(60):
        n = rng.randrange(2, 9)
        region, _ = graph({i: [rng.randrange(n) for _ in range(rng.randrange(3))] for i in range(n)})
        tree = DominatorTree(region)
        reachable = set(reverse_post_order(region))
        for block in reachable:
            avoiding = _reach_without(region, block)
            for other in reachable:
                assert tree.dominates(block, other) == (other is block or other not in avoiding)


def _reach_without(region: Region, avoided: Block) -> set[Block]:
    seen: set[Block] = set()
    work = [region.entry] if region.entry is not avoided else []
    while work:
        block = work.pop()
        if block not in seen:
            seen.add(block)
            work += [s for s in block.successors() if s is not avoided]
    return seen
