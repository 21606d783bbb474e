"""Clusters of blocks: their barrier, their coordinates, and shared memory of other blocks.

What it is: :class:`Clusters`, the part of the executor for them. A pointer that ``map_shared_rank`` made leads to a
view of the memory object that knows the block's rank (:meth:`~.values.Region.remote`); an access through it says whose
memory it is. A cluster barrier begins an interval of the cluster where the thread waits; what comes between its arrival
and its wait is in the intervals before and behind it.

PTX ISA, "barrier.cluster": ``arrive`` releases (unless relaxed) and ``wait`` acquires at cluster scope. Assumes: ranks
of blocks that run. Guarantees: no order that is not there; without the cluster's size nothing is known of other
blocks.

Example: ``*map_shared_rank(&S[t], rank ^ 1)`` behind ``cluster_sync()`` reads what the other block wrote before it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from compiler.analysis.disjointness.order import Arrival
from compiler.analysis.disjointness.state import CLUSTER_STREAM, Point, State, resolved, streams_from
from compiler.analysis.disjointness.synchronise import Call, Synchronising
from compiler.analysis.disjointness.terms import BLOCK, GRID, Poly
from compiler.analysis.disjointness.values import UNIT, Pointer, PointerChoice, Region, Value
from compiler.analysis.disjointness.verdict import Space
from compiler.ty import types as t

_AXES = {"x": 0, "y": 1, "z": 2}


class Clusters(Synchronising):
    """See the module docstring."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        callees = (c for f in self.items.functions for c in f.callees.values())
        self.is_remote = any(c.def_id.name == "map_shared_rank" for c in callees)

    def cluster(self, call: Call) -> tuple[State, Value]:
        """An operation of the cluster."""
        name = call.name.partition("::")[2]
        if "barrier_cluster_wait" in name:
            return self._cluster_wait(call), UNIT
        if "barrier_cluster_arrive" in name:
            if "relaxed" not in name and call.state.order.arrival is None:
                self._cluster_arrive(call)
            return call.state, UNIT
        if name == "map_shared_rank":
            return call.state, self._mapped(call, call.args[0])
        if name == "dsmem_read_u32":
            return call.state, self.load(call.state, call.frame, self._mapped(call, call.args[0]), t.u32, call.span)
        return call.state, self.plain(call)

    def _cluster_arrive(self, call: Call) -> None:
        cell: Any = ("cluster", self.terms.zero)
        point = Point(self.site(call.frame, call.block), tuple(self.counters))
        call.state.order = replace(call.state.order, arrival=Arrival(cell, self.terms.zero, point))

    def _cluster_wait(self, call: Call) -> State:
        arrival = call.state.order.arrival
        is_open = arrival is not None and arrival.token is self.terms.zero
        if not is_open or self.launch.limits.cluster is None:
            self.order_by("a cluster barrier", call)
        return self.waited(call.state, streams_from(CLUSTER_STREAM)) if is_open else call.state

    def _mapped(self, call: Call, pointer: Value) -> Value:
        """A pointer into the same variable of another block."""
        rank = call.args[1]
        if isinstance(pointer, PointerChoice):
            return PointerChoice(tuple((c, self._mapped(call, p)) for c, p in pointer.options))
        base = pointer.base if isinstance(pointer, Pointer) else None
        shared = isinstance(base, Region) and base.memory.space in (Space.SHARED, Space.DYNAMIC_SHARED)
        if not shared or not isinstance(rank, Poly) or not isinstance(base, Region):
            self.escape(call, pointer, "`map_shared_rank`")
            return self.unknown(call.dest)
        return Pointer(
            (base.origin or base).remote(resolved(self.terms, call.state, rank)), pointer.offset, pointer.meta
        )

    def cluster_register(self, name: str) -> Poly:
        """A special register of the cluster; ``name`` without the module."""
        launch, limits = self.launch, self.launch.limits
        level = GRID if "dim" in name or "count" in name else BLOCK
        unknown = self.terms.symbol(name, level, 0, 0xFFFFFFFF)
        if limits.cluster is None:
            return unknown
        if name == "cluster_block_count":
            x, y, z = limits.cluster
            return self.terms.const(x * y * z)
        if name == "cluster_block_rank":
            return launch.rank()
        axis = _AXES.get(name[-1], 0)
        if name.startswith("cluster_block_idx"):
            return launch.in_cluster(axis)
        if name.startswith("cluster_dim"):
            return self.terms.const(limits.cluster[axis])
        return launch.cluster_index(axis) if name.startswith("cluster_idx") else unknown
