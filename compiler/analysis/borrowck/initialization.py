"""Which places may be uninitialised, and which initialisations may have happened, at each point.

What it is: two forward dataflows over move paths, on bit sets: *maybe uninitialised* (rustc's
``MaybeUninitializedPlaces``) and *ever initialised* (``EverInitializedPlaces``); *maybe initialised* on demand, for
drop-liveness.

Assumes: :class:`Moves`. Guarantees: states at block entries are the least fixed point; ``step`` applies one
point's effect.

Example: after ``let y = x;`` with ``x: String`` the path of ``x`` is in the maybe-uninitialised set.
"""

from __future__ import annotations

from compiler.analysis.borrowck.flow import Flow, Point, block_transfer, fixpoint
from compiler.analysis.borrowck.move_data import Moves
from compiler.analysis.borrowck.places import is_mut
from compiler.mir import body as m


class Initialization:
    """See the module docstring. ``uninit[b]``, ``ever[b]``, ``init[b]``: sets at the entry of a block."""

    def __init__(self, body: m.Body, flow: Flow, moves: Moves) -> None:
        self.flow = flow
        self.moves = moves
        self._body = body
        self._n_blocks = len(body.blocks)
        everything = self._arguments = 0
        for local, is_tracked in enumerate(moves.tracked):
            if is_tracked:
                everything |= moves.subtree(local)
        for local in range(1, 1 + body.arg_count):
            self._arguments |= moves.subtree(local)
        self.effects = self._point_effects()
        self._on_return = self._return_effects()
        self.uninit = self._solve(everything & ~self._arguments, False)
        self._init: list[int] | None = None
        self._lent: dict[Point, int] = {}
        self.ever_effects = self._ever_points()
        self.ever = self._solve_ever()

    @property
    def init(self) -> list[int]:
        """Maybe initialised, at block entries."""
        if self._init is None:
            self._lent = self._mutably_lent()
            self._init = self._solve(self._arguments, True)
        return self._init

    # -- effects

    def _point_effects(self) -> dict[Point, tuple[int, int]]:
        """(made uninitialised, then made initialised) of each point that does either."""
        moves = self.moves
        gone: dict[Point, int] = {}
        come: dict[Point, int] = {}
        for move in moves.moves:
            gone[move.point] = gone.get(move.point, 0) | moves.subtree(move.path)
        for init in moves.inits:
            if init.point is not None and not init.on_return:
                come[init.point] = come.get(init.point, 0) | moves.subtree(init.path)
        return {p: (gone.get(p, 0), come.get(p, 0)) for p in sorted(gone.keys() | come.keys())}

    def _return_effects(self) -> dict[Point, int]:
        """By terminator: the paths its call's return initialises."""
        out: dict[Point, int] = {}
        for init in self.moves.inits:
            if init.on_return and init.point is not None:
                out[init.point] = out.get(init.point, 0) | self.moves.subtree(init.path)
        return out

    def _mutably_lent(self) -> dict[Point, int]:
        """Paths that may be initialised after a point because a mutable borrow of them begins there."""
        out: dict[Point, int] = {}
        moves, flow = self.moves, self.flow
        for block, first, end in flow.pieces:
            for at, statement in enumerate(self._body.blocks[block].statements[first:end], flow.start[block] + first):
                rvalue = statement.rvalue if type(statement) is m.Assign else None
                if (type(rvalue) is m.Ref and is_mut(rvalue.kind)) or type(rvalue) is m.RawPtr:
                    path, is_exact = moves.lookup(rvalue.place)
                    if is_exact and moves.tracked[rvalue.place.local]:
                        out[at] = moves.subtree(path)
        return out

    def step(self, point: Point, uninit: int) -> int:
        """Maybe-uninitialised after a point (before a call returns)."""
        effect = self.effects.get(point)
        return uninit if effect is None else (uninit | effect[0]) & ~effect[1]

    def step_init(self, point: Point, init: int) -> int:
        """Maybe-initialised after a point (before a call returns)."""
        effect = self.effects.get(point)
        init = init if effect is None else (init & ~effect[0]) | effect[1]
        return init | self._lent.get(point, 0)

    def at_exit(self, block: int, positive: bool) -> int:
        """State at the end of a block, a call having returned."""
        state = (self.init if positive else self.uninit)[block]
        end = self.flow.terminator_point(block)
        for point in range(self.flow.start[block], end + 1):
            state = self.step_init(point, state) if positive else self.step(point, state)
        on_return = self._on_return.get(end, 0)
        return state | on_return if positive else state & ~on_return

    def _solve(self, entry: int, positive: bool) -> list[int]:
        """Both problems are unions over paths; per block they are ``(state & ~clear) | add``."""
        if positive:
            effects = [(p, gone, come) for p, (gone, come) in self.effects.items()]
            effects += [(p, 0, path) for p, path in self._on_return.items()]
            effects += [(p, 0, paths) for p, paths in self._lent.items()]
        else:
            effects = [(p, come, gone & ~come) for p, (gone, come) in self.effects.items()]
            effects += [(p, path, 0) for p, path in self._on_return.items()]
        effects.sort(key=_point_of)  # stable: a call's return comes after its operands
        return self._states(entry, effects)

    def _states(self, entry: int, effects: list[tuple[Point, int, int]]) -> list[int]:
        state = [0] * self._n_blocks
        if self.flow.rpo:
            state[self.flow.rpo[0]] = entry
        fixpoint(self.flow, state, block_transfer(self.flow, effects))
        return state

    # -- ever initialised

    def _solve_ever(self) -> list[int]:
        entry = 0
        for number, init in enumerate(self.moves.inits):
            if init.point is None:
                entry |= 1 << number
        return self._states(entry, [(p, *self.ever_effects[p]) for p in sorted(self.ever_effects)])

    def _ever_points(self) -> dict[Point, tuple[int, int]]:
        """(forgotten, added) initialisations of each point that does either."""
        out: dict[Point, tuple[int, int]] = {}
        for point, inits in self.moves.inits_at.items():
            added = 0
            for init in inits:
                added |= 1 << init
            out[point] = 0, added
        for point, local in self.moves.dead_at:
            if local in self.moves.inits_of:
                out[point] = self._inits_of(local), 0
        return out

    def _inits_of(self, local: m.Local) -> int:
        found = 0
        for init in self.moves.inits_of.get(local, ()):
            found |= 1 << init
        return found


def _point_of(effect: tuple[Point, int, int]) -> Point:
    return effect[0]
