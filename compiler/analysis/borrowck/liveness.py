"""Where the regions of each local's type must be valid (rustc's ``type_check::liveness``).

What it is: for each local with regions, the points where it is *use-live* (may be read later), and those where it is
*drop-live* (may be dropped later, having been initialised); at the former every region of its type is live, at the
latter only those its destructor can see.

Locals all of whose regions must outlive a universal region need no liveness: rustc leaves them out, and which use
explains a loan depends on it.

Assumes: :class:`Flow`, initialisation. Guarantees: point sets are ints.

Example: ``let r = &x; ...; use(r)``: the region of ``r`` holds every point from after the ``let`` to the use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from compiler.analysis.borrowck.constraints import Constraints
from compiler.analysis.borrowck.flow import Flow, Point
from compiler.analysis.borrowck.initialization import Initialization
from compiler.analysis.borrowck.local_uses import LocalUses
from compiler.analysis.borrowck.unwinding import Unwinding
from compiler.mir import body as m
from compiler.ty import types as t


def outliving_free(constraints: Constraints, n_universal: int) -> set[int]:
    """Regions that must outlive a universal one: they hold every point, whatever is live."""
    above: dict[int, list[int]] = {}
    for c in constraints.outlives:
        above.setdefault(c.sub, []).append(c.sup)
    found = set(range(n_universal))
    work = list(found)
    while work:
        for sup in above.get(work.pop(), ()):
            if sup not in found:
                found.add(sup)
                work.append(sup)
    return found


class Liveness:
    """See the module docstring."""

    def __init__(
        self,
        flow: Flow,
        uses: LocalUses,
        inits: Initialization,
        local_tys: list[t.Ty],
        drop_parts: Callable[[t.Ty], list[t.Ty]],
        free: set[int],
        live_regions: Callable[[t.Ty], Iterable[t.Region]],
        unwinding: Unwinding,
    ) -> None:
        self._flow = flow
        self._inits = inits
        self._exits: dict[int, int] = {}
        self.uses = uses
        self._regions = {
            i: dict.fromkeys(live_regions(ty)) for i, ty in enumerate(local_tys) if ty.flags & t.HAS_REGION
        }
        self._live_regions = live_regions
        self._local_tys = local_tys
        self._drop_parts = drop_parts
        self._unwinding = unwinding
        self.relevant = {i for i, found in self._regions.items() if any(r.index not in free for r in found)}

    def add_to(self, constraints: Constraints) -> None:
        """Make the regions of live locals live."""
        dropped_regions = self._dropped_regions()
        self._unwinding.number([*dropped_regions])
        for local in sorted(self.relevant):
            live = self._use_live(local)
            if live:
                for region in self._regions[local]:
                    constraints.make_live(region, live)
            if local in dropped_regions:
                dropped = self._drop_live(local, live)
                for region in dropped_regions[local] if dropped else ():
                    constraints.make_live(region, dropped | self._unwinding.live_at_cleanup(local))

    def _dropped_regions(self) -> dict[m.Local, list[t.Region]]:
        """Of locals with a destructor that can see regions, these."""
        out: dict[m.Local, list[t.Region]] = {}
        tracked = self._inits.moves.tracked
        for local in self.relevant:
            ty = self._local_tys[local]
            if tracked[local] and not isinstance(ty, t.RefTy):
                parts = self._drop_parts(ty)
                found = [region for part in parts for region in self._live_regions(part)]
                if found:
                    out[local] = list(dict.fromkeys(found))
        return out

    def _defs_by_block(self, local: m.Local) -> dict[int, list[Point]]:
        out: dict[int, list[Point]] = {}
        for point in self.uses.defs.get(local, ()):
            out.setdefault(self._flow.block_of[point], []).append(point)
        return out

    def _use_live(self, local: m.Local) -> int:
        """Backwards from each use to the definitions."""
        flow = self._flow
        uses = self.uses.uses.get(local)
        if not uses:
            return 0
        defs = self._defs_by_block(local)
        live = 0
        done: set[int] = set()  # blocks live from their end
        work = list(uses)
        while work:
            point = work.pop()
            block = flow.block_of[point]
            start = flow.start[block]
            before = [d for d in defs.get(block, ()) if d < point]
            low = before[-1] + 1 if before else start
            live |= (1 << (point + 1)) - (1 << low)
            if before:
                continue
            for pred in flow.preds[block]:
                if pred not in done:
                    done.add(pred)
                    end = flow.terminator_point(pred)
                    if end not in defs.get(pred, ()):
                        work.append(end)
        return live

    def _initialized_at_exit(self, block: int, local: m.Local) -> bool:
        if block not in self._exits:
            self._exits[block] = self._inits.at_exit(block, True)
        return bool(self._exits[block] & self._inits.moves.subtree(local))

    def _initialized_before(self, point: Point, local: m.Local) -> bool:
        block = self._flow.block_of[point]
        state = self._inits.init[block]
        for at in range(self._flow.start[block], point):
            state = self._inits.step_init(at, state)
        return bool(state & self._inits.moves.subtree(local))

    def _drop_live(self, local: m.Local, use_live: int) -> int:
        """Backwards from each drop of an initialised value, those of unwinding included; stops
        where the local is defined or use-live anyway."""
        flow = self._flow
        defs = self._defs_by_block(local)
        live = 0
        done: set[int] = set()
        work = [p for p in self.uses.drops.get(local, ()) if self._initialized_before(p, local)]
        work += self._unwinding.points_of(local)
        while work:
            point = work.pop()
            block = flow.block_of[point]
            low = point
            stopped = False
            live |= 1 << point
            for at in range(point - 1, flow.start[block] - 1, -1):
                if at in defs.get(block, ()) or use_live >> at & 1:
                    stopped = True
                    break
                low = at
            live |= (1 << (point + 1)) - (1 << low)
            if stopped:
                continue
            for pred in flow.preds[block]:
                end = flow.terminator_point(pred)
                if pred in done or not self._initialized_at_exit(pred, local):
                    continue
                if end in defs.get(pred, ()) or use_live >> end & 1:
                    continue
                done.add(pred)
                work.append(end)
        return live
