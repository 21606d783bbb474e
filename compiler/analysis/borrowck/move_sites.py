"""Which moves reach a use: backwards from the use to moves and initialisations (rustc's ``get_moved_indexes``).

Guarantees: moves made only by the end of storage are not told; a move is told as "in loop" if it reaches the use only
around a back edge. Example: ``let y = x; use(x)``: the site of ``let y = x``.
"""

from __future__ import annotations

from compiler.analysis.borrowck.context import Context
from compiler.analysis.borrowck.verdicts import MoveSite
from compiler.mir import body as m


def move_sites(cx: Context, point: int, path: int) -> tuple[MoveSite, ...]:
    """See the module docstring."""
    search = _Search(cx, path)
    forward: list[int] = []
    back: list[int] = []
    search.split(point, forward, back)
    reached_start = False
    while forward:
        at = forward.pop()
        if search.stops(at, False):
            continue
        preds = cx.flow.predecessors(at)
        search.split(at, forward, back)
        reached_start = reached_start or not preds
    if (search.is_argument or not reached_start) and not search.found:
        while back:
            at = back.pop()
            if not search.stops(at, True):
                back.extend(cx.flow.predecessors(at))
    return tuple(search.found)


class _Search:
    def __init__(self, cx: Context, path: int) -> None:
        self.cx = cx
        self.path = path
        self.paths = set(cx.moves.ancestors(path))
        self.found: list[MoveSite] = []
        self.seen: set[int] = set()
        self.is_argument = any(1 <= p <= cx.body.arg_count for p in self.paths)

    def split(self, at: int, forward: list[int], back: list[int]) -> None:
        for pred in self.cx.flow.predecessors(at):
            (back if self.cx.flow.dominates(at, pred) else forward).append(pred)

    def stops(self, at: int, in_loop: bool) -> bool:
        """Note what a point does to the path; True: look no further."""
        if at in self.seen:
            return True
        self.seen.add(at)
        moves = self.cx.moves
        if type(self.cx.flow.at(at)) is not m.StorageDead:
            for number in moves.moves_at.get(at, ()):
                if moves.moves[number].path in self.paths:
                    self.found.append(MoveSite(number, at, in_loop))
                    return True
        return any(moves.inits[i].path in self.paths for i in moves.inits_at.get(at, ()))
