"""Walks of random graphs against their definitions."""

from __future__ import annotations

import doctest
import random

import pytest

from compiler.base import graph
from compiler.base.graph import depth_first, immediate_dominators


def reached(succs: list[list[int]], without: int | None) -> set[int]:
    seen: set[int] = set()
    work = [0] if without != 0 else []
    while work:
        at = work.pop()
        if at not in seen:
            seen.add(at)
            work += [s for s in succs[at] if s != without]
    return seen


@pytest.mark.parametrize("seed", range(60))
def test_order_back_edges_and_dominators(seed):
    rng = random.Random(seed)
    n = rng.randrange(1, 14)
    succs = [[rng.randrange(n) for _ in range(rng.randrange(4))] for _ in range(n)]
    preds: list[list[int]] = [[p for p in range(n) if b in succs[p]] for b in range(n)]
    order, back = depth_first(0, succs.__getitem__)
    assert order[0] == 0 and sorted(order) == sorted(reached(succs, None)) and len(set(order)) == len(order)
    place = {b: i for i, b in enumerate(order)}
    edges = {(a, b) for a in order for b in succs[a]}
    assert {(a, b) for a, b in edges if place[b] <= place[a]} == set(back)
    idom = immediate_dominators(order, preds.__getitem__)
    assert list(idom) == order[1:]
    dominators = {b: {d for d in order if b not in reached(succs, d)} for b in order}  # includes b itself
    for b in order[1:]:
        chain, at = {b}, b
        while at in idom:
            at = idom[at]
            chain.add(at)
        assert chain == dominators[b]


def test_a_long_chain_does_not_recurse():
    order, back = depth_first(0, lambda i: (i + 1,) if i < 50_000 else ())
    assert len(order) == 50_001 and not back
    assert immediate_dominators(order, lambda i: (i - 1,))[50_000] == 49_999


def test_the_example():
    assert doctest.testmod(graph).failed == 0
