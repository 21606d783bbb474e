"""Values of region variables (rustc's ``RegionInferenceContext``).

What it is: a region's value is a set of points and of universal regions ("the end of 'a"), one Python int: bit ``p``
is point ``p``, bit ``n_points + i`` the end of universal region ``i``, the bits above those are placeholders.
Constraints are condensed into strongly connected components; values are unions over them. A region that must outlive a
placeholder it cannot name must outlive ``'static``.

Assumes: variable 0 is ``'static``. Guarantees: the least solution; deterministic paths for explanations.

Example: with ``'1: '2`` and ``'2`` live at points 3 and 4, ``'1`` has points 3 and 4 too.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from compiler.analysis.borrowck.constraints import INTEREST, Category, Constraints, OutlivesConstraint, Where
from compiler.analysis.borrowck.flow import bits
from compiler.analysis.borrowck.universal import UniversalRegions

STATIC = 0


class RegionInference:
    """See the module docstring."""

    def __init__(self, n_points: int, universal: UniversalRegions, constraints: Constraints) -> None:
        self.n_points = n_points
        self.universal = universal
        self.constraints = constraints
        self._out: dict[int, list[OutlivesConstraint]] | None = None
        self.values: list[int] = []
        self.solve()

    # -- solving

    def solve(self) -> None:
        """Compute :attr:`values`."""
        self._propagate()
        while self.constraints.placeholders and self._outlive_unnameable():
            self._out = None
            self._propagate()

    def _outlive_unnameable(self) -> bool:
        """Make regions with a placeholder that they cannot name outlive ``'static``; whether any did not already."""
        changed = False
        for i, p in enumerate(self.constraints.placeholders):
            bit = 1 << (self.n_points + self.universal.count + i)
            for region, value in enumerate(self.values):
                if value & bit and not p.region <= region < p.last and not value >> self.n_points & 1:
                    where = Where(p.where.span, Category.UNNAMEABLE)
                    self.constraints.outlives.append(OutlivesConstraint(region, 0, where))
                    changed = True
        return changed

    def _propagate(self) -> None:
        n = self.constraints.n_vars
        succ: list[list[int]] = [[] for _ in range(n)]
        for c in self.constraints.outlives:
            succ[c.sup].append(c.sub)
        component, order = _components(succ)
        initial = self._initial(n)
        values = [0] * len(order)
        for number, members in enumerate(order):
            value = 0
            for v in members:
                value |= initial[v]
                for s in succ[v]:
                    if component[s] != number:
                        value |= values[component[s]]
            values[number] = value
        self.values = [values[component[v]] for v in range(n)]

    def _initial(self, n: int) -> list[int]:
        initial = [0] * n
        for v, points in self.constraints.live_at.items():
            initial[v] = points
        all_points = (1 << self.n_points) - 1
        for i in range(self.universal.count):
            initial[i] = all_points | 1 << (self.n_points + i)
        initial[0] |= ((1 << self.universal.count) - 1) << self.n_points
        for i, p in enumerate(self.constraints.placeholders):
            initial[p.region] |= 1 << (self.n_points + self.universal.count + i)
        return initial

    # -- questions

    def contains(self, region: int, point: int) -> bool:
        return bool(self.values[region] >> point & 1)

    def universals_in(self, region: int) -> int:
        """Bit set of the universal regions whose end a region contains."""
        return self.values[region] >> self.n_points & ((1 << self.universal.count) - 1)

    def placeholders_in(self, region: int) -> int:
        """Bit set of the placeholders that a region contains."""
        return self.values[region] >> (self.n_points + self.universal.count)

    def outlives_universal(self, region: int, universal: int) -> bool:
        return bool(self.universals_in(region) >> universal & 1)

    def is_live_at(self, region: int, point: int) -> bool:
        """By liveness alone, before propagation; universal regions are live everywhere."""
        if region < self.universal.count:
            return True
        return bool(self.constraints.live_at.get(region, 0) >> point & 1)

    # -- paths, for explanations

    def forget_paths(self) -> None:
        """Constraints were added."""
        self._out = None

    def _edges(self, region: int) -> list[OutlivesConstraint]:
        if self._out is None:
            self._out = {}
            for c in self.constraints.outlives:
                self._out.setdefault(c.sup, []).append(c)
        return self._out.get(region, [])

    def path(self, start: int, is_goal: Callable[[int], bool]) -> tuple[list[OutlivesConstraint], int] | None:
        """The shortest chain of constraints from a region to one that is wanted."""
        if is_goal(start):
            return [], start
        came: dict[int, OutlivesConstraint | None] = {start: None}
        queue = deque([start])
        while queue:
            at = queue.popleft()
            for c in self._edges(at):
                if c.sub in came:
                    continue
                came[c.sub] = c
                if is_goal(c.sub):
                    return self._walk_back(came, c.sub), c.sub
                queue.append(c.sub)
        return None

    @staticmethod
    def _walk_back(came: dict[int, OutlivesConstraint | None], end: int) -> list[OutlivesConstraint]:
        out: list[OutlivesConstraint] = []
        step = came[end]
        while step is not None:
            out.append(step)
            step = came[step.sup]
        out.reverse()
        return out

    def sub_region_live_at(self, region: int, point: int) -> int:
        """Some region that ``region`` must outlive and that is live at the point."""
        found = self.path(region, lambda r: self.is_live_at(r, point))
        return found[1] if found is not None else region

    def blame_of_placeholder(self, start: int, goal: int) -> OutlivesConstraint | None:
        """As :meth:`best_blame`, closest to the start."""
        found = self.path(start, lambda r: r == goal)
        return min(found[0], key=lambda c: INTEREST[c.where.category]) if found is not None and found[0] else None

    def best_blame(self, start: int, goal: int) -> OutlivesConstraint | None:
        """The most telling constraint of the chain between two regions: the most interesting one closest to the
        end."""
        found = self.path(start, lambda r: r == goal)
        if found is None or not found[0]:
            return None
        chain = found[0]
        best = min(range(len(chain)), key=lambda i: (INTEREST[chain[i].where.category], -i))
        is_return = chain[best].where.category is Category.RETURN
        if is_return and best + 1 < len(chain) and chain[best + 1].where.category is Category.OPAQUE:
            best += 1  # what is returned is shaped by the ``impl Trait``
        return chain[best]

    def universal_upper(self, region: int) -> int | None:
        """The universal region that a loan which is too long must be valid for: what outlives all in the value; of two
        that nothing is known of the later one of the signature, as rustc has it. None if that is not in the value.
        """
        universal, ends = self.universal, self.universals_in(region)
        found = universal.fn_body
        for end in bits(ends):
            upper = universal.least_above(found, end)
            if upper == STATIC and STATIC not in (found, end):
                if universal.has_origin[end]:
                    found = end
                elif not universal.has_origin[found]:
                    found = min(found, end)
            else:
                found = upper
        return found if ends >> found & 1 else None

    def type_test_holds(self, subject_bounds: list[int], region: int) -> bool:
        """``T: region`` given the regions ``T`` is known to outlive; the body itself is always one of them."""
        ends = self.universals_in(region) & ~(1 << self.universal.fn_body)
        if self.placeholders_in(region):
            return any(self.reach(known) & 1 for known in subject_bounds)
        if not ends:
            return True
        return any(not ends & ~self.reach(known) for known in subject_bounds)

    def reach(self, region: int) -> int:
        """The universal regions that a region outlives, as known or as it had to be made."""
        found = 0
        for universal in bits(self.universals_in(region)):
            found |= self.universal.outlives[universal]
        return found


def _components(succ: list[list[int]]) -> tuple[list[int], list[list[int]]]:
    """Tarjan's algorithm without recursion: (component of each node, members by component); a component comes after
    those it leads to."""
    n = len(succ)
    index = [0] * n
    low = [0] * n
    component = [-1] * n
    order: list[list[int]] = []
    stack: list[int] = []
    counter = 0
    for root in range(n):
        if index[root]:
            continue
        if not succ[root]:
            counter += 1
            index[root] = counter
            component[root] = len(order)
            order.append([root])
            continue
        work = [(root, 0)]
        while work:
            v, i = work.pop()
            if i == 0:
                counter += 1
                index[v] = low[v] = counter
                stack.append(v)
            descended = False
            edges = succ[v]
            while i < len(edges):
                w = edges[i]
                i += 1
                if not index[w]:
                    work.append((v, i))
                    work.append((w, 0))
                    descended = True
                    break
                if component[w] < 0:
                    low[v] = min(low[v], low[w], index[w])
            if descended:
                continue
            for w in edges:
                if component[w] < 0:
                    low[v] = min(low[v], low[w])
            if low[v] == index[v]:
                members = []
                while True:
                    w = stack.pop()
                    component[w] = len(order)
                    members.append(w)
                    if w == v:
                        break
                order.append(members)
    return component, order


def is_interesting(category: Category) -> bool:
    """Worth a label of its own."""
    return INTEREST[category] < INTEREST[Category.BORING]
