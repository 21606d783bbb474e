"""Which places may be uninitialised, and which initialisations may have happened, at each point.

What it is: two forward dataflows over move paths, on bit sets: *maybe uninitialised* (rustc's
``MaybeUninitializedPlaces``) and *ever initialised* (``EverInitializedPlaces``); *maybe initialised* on demand, for
drop-liveness.

Assumes: :class:`Moves`. Guarantees: states at block entries are the least fixed point; ``step`` applies one
point's effect.

Example: after ``let y = x;`` with ``x: String`` the path of ``x`` is in the maybe-uninitialised set.
"""

from __future__ import annotations

from compiler.analysis.borrowck.flow import Flow, Point
from compiler.analysis.borrowck.move_data import Moves
from compiler.mir import body as m


class Initialization:
    """See the module docstring. ``uninit[b]``, ``ever[b]``, ``init[b]``: sets at the entry of a block."""

    def __init__(self, body: m.Body, flow: Flow, moves: Moves) -> None:
        self.flow = flow
        self.moves = moves
        n_blocks = len(body.blocks)
        everything = 0
        for local, is_tracked in enumerate(moves.tracked):
            if is_tracked:
                everything |= moves.subtree(local)
        arguments = 0
        for local in range(1, 1 + body.arg_count):
            arguments |= moves.subtree(local)
        self.effects = self._point_effects(body)
        self._on_return = self._return_effects()
        self.uninit = self._solve(n_blocks, everything & ~arguments, False)
        self.init = self._solve(n_blocks, arguments, True)
        self.ever = self._solve_ever(body)

    # -- effects

    def _point_effects(self, body: m.Body) -> dict[Point, tuple[int, int]]:
        """(made uninitialised, then made initialised) of each point that does either."""
        moves = self.moves
        gone: dict[Point, int] = {}
        come: dict[Point, int] = {}
        for move in moves.moves:
            gone[move.point] = gone.get(move.point, 0) | moves.subtree(move.path)
        for init in moves.inits:
            if init.point is not None and not init.on_return:
                come[init.point] = come.get(init.point, 0) | moves.subtree(init.path)
        return {p: (gone.get(p, 0), come.get(p, 0)) for p in gone.keys() | come.keys()}

    def _return_effects(self) -> dict[int, int]:
        """By block: the paths its call's return initialises."""
        out: dict[int, int] = {}
        for init in self.moves.inits:
            if init.on_return and init.point is not None:
                block = self.flow.block_of[init.point]
                out[block] = out.get(block, 0) | self.moves.subtree(init.path)
        return out

    def step(self, point: Point, uninit: int) -> int:
        """Maybe-uninitialised after a point (before a call returns)."""
        effect = self.effects.get(point)
        return uninit if effect is None else (uninit | effect[0]) & ~effect[1]

    def step_init(self, point: Point, init: int) -> int:
        """Maybe-initialised after a point (before a call returns)."""
        effect = self.effects.get(point)
        return init if effect is None else (init & ~effect[0]) | effect[1]

    def at_exit(self, block: int, positive: bool) -> int:
        """State at the end of a block, a call having returned."""
        state = (self.init if positive else self.uninit)[block]
        for point in range(self.flow.start[block], self.flow.terminator_point(block) + 1):
            state = self.step_init(point, state) if positive else self.step(point, state)
        on_return = self._on_return.get(block, 0)
        return state | on_return if positive else state & ~on_return

    def _solve(self, n_blocks: int, entry: int, positive: bool) -> list[int]:
        """Both problems are unions over paths; per block they are ``(state & keep) | add``."""
        transfer = {block: self._block_transfer(block, positive) for block in self.flow.rpo}
        state: list[int] = [0] * n_blocks
        if self.flow.rpo:
            state[self.flow.rpo[0]] = entry
        _fixpoint(self.flow, state, transfer)
        return state

    def _block_transfer(self, block: int, positive: bool) -> tuple[int, int]:
        flow = self.flow
        clear, add = 0, 0
        for point in range(flow.start[block], flow.terminator_point(block) + 1):
            effect = self.effects.get(point)
            if effect is None:
                continue
            gone, come = effect
            first, second = (gone, come) if positive else (come, gone)
            if positive:
                clear, add = (clear | first) & ~second, (add & ~first) | second
            else:
                clear, add = (clear & ~second) | first, (add | second) & ~first
        on_return = self._on_return.get(block, 0)
        if on_return:
            if positive:
                clear, add = clear & ~on_return, add | on_return
            else:
                clear, add = clear | on_return, add & ~on_return
        return clear, add

    # -- ever initialised

    def _solve_ever(self, body: m.Body) -> list[int]:
        moves, flow = self.moves, self.flow
        entry = 0
        for number, init in enumerate(moves.inits):
            if init.point is None:
                entry |= 1 << number
        self.ever_effects = self._ever_points(body)
        transfer = {block: self._ever_transfer(block) for block in flow.rpo}
        state = [0] * len(body.blocks)
        if flow.rpo:
            state[flow.rpo[0]] = entry
        _fixpoint(flow, state, transfer)
        return state

    def _ever_points(self, body: m.Body) -> dict[Point, tuple[int, int]]:
        """(forgotten, added) initialisations of each point that does either."""
        out: dict[Point, tuple[int, int]] = {}
        for point, inits in self.moves.inits_at.items():
            added = 0
            for init in inits:
                added |= 1 << init
            out[point] = 0, added
        for block in self.flow.rpo:
            point = self.flow.start[block]
            for statement in body.blocks[block].statements:
                if type(statement) is m.StorageDead and statement.local in self.moves.inits_of:
                    out[point] = self._inits_of(statement.local), 0
                point += 1
        return out

    def _ever_transfer(self, block: int) -> tuple[int, int]:
        clear, add = 0, 0
        for point in range(self.flow.start[block], self.flow.terminator_point(block) + 1):
            effect = self.ever_effects.get(point)
            if effect is not None:
                dead, more = effect
                clear, add = (clear | dead) & ~more, (add & ~dead) | more
        return clear, add

    def _inits_of(self, local: m.Local) -> int:
        found = 0
        for init in self.moves.inits_of.get(local, ()):
            found |= 1 << init
        return found


def _fixpoint(flow: Flow, state: list[int], transfer: dict[int, tuple[int, int]]) -> None:
    """Propagate unions in reverse postorder until nothing changes; ``transfer``: (clear, add) of a block."""
    changed = True
    while changed:
        changed = False
        for block in flow.rpo:
            clear, add = transfer[block]
            out = (state[block] & ~clear) | add
            for to in flow.succs[block]:
                merged = state[to] | out
                if merged != state[to]:
                    state[to] = merged
                    changed = changed or flow.order[to] <= flow.order[block]
