"""A kernel's accesses under a launch of a given shape.

What it is: :func:`specialised` puts numbers for block dimensions (and for the rank) into what was found for any launch;
:func:`candidate_shapes` guesses the shapes a kernel was written for, from its shared arrays, its launch bounds and the
coordinates it uses.

Assumes: an :class:`~.entry.Executed` of the unknown launch. Guarantees: what holds of the result holds of every launch
of that shape.

Example: a kernel with ``SharedArray<f32, 256>`` that uses ``threadIdx.y`` may have been written for 16 x 16 threads.
"""

from __future__ import annotations

from dataclasses import replace
from math import isqrt

from compiler.analysis.disjointness import order as orders
from compiler.analysis.disjointness.access import Access, AccessSet, Fits
from compiler.analysis.disjointness.entry import Executed
from compiler.analysis.disjointness.in_flight import moved
from compiler.analysis.disjointness.launch import Launch, LaunchShape
from compiler.analysis.disjointness.loops import Last, Walk
from compiler.analysis.disjointness.state import Point, Points
from compiler.analysis.disjointness.substitute import Substitution
from compiler.analysis.disjointness.synchronise import Count, Release
from compiler.analysis.disjointness.terms import Cond, Poly
from compiler.analysis.disjointness.verdict import Dim3, Space


def specialised(executed: Executed, shape: LaunchShape) -> Executed:
    """The accesses under launches of that shape."""
    old, terms = executed.launch, executed.launch.terms
    limits = old.limits
    block = limits.block or shape.block
    new = Launch(terms, replace(limits, block=block, domain=limits.domain or shape.domain, grid=shape.grid))
    mapping: dict[int, Poly] = {}
    for before, after in (
        (old.block_dim, new.block_dim),
        (old.grid_dim, new.grid_dim),
        (old.thread, new.thread),
        (old.block, new.block),
    ):
        for a, b in zip(before, after, strict=True):
            if a.constant is None and a is not b:
                mapping[a.terms[0][0][0]] = b
    swap = Substitution(terms, mapping, "", everywhere=True)
    out = AccessSet(unfollowed=executed.out.unfollowed, bounds=executed.out.bounds, ordered_by=executed.out.ordered_by)
    out.accesses = [x for a in executed.out.accesses if (x := _access(swap, a)) is not None]
    out.fits = [Fits(swap.poly(f.value), f.lo, f.hi, tuple(swap.cond(c) for c in f.path)) for f in executed.out.fits]
    walks = {name: _recurrence(swap, w) for name, w in executed.walks.items()}
    facts = [*new.facts, *(swap.cond(f) for f in executed.facts if f not in old.facts)]
    old_sync = executed.synchronisation
    synchronisation = replace(
        old_sync,
        releases=[_release(swap, r) for r in old_sync.releases],
        ballots={
            a: replace(b, predicate=swap.cond(b.predicate), key=swap.poly(b.key) if b.key is not None else None)
            for a, b in old_sync.ballots.items()
        },
        counts={
            a: Count((c.cell[0], swap.poly(c.cell[1])), swap.poly(c.amount), c.of_warp)
            for a, c in old_sync.counts.items()
        },
        acquires=[replace(q, path=_path(swap, q.path), points=_points(swap, q.points)) for q in old_sync.acquires],
    )
    return Executed(
        out,
        new,
        walks,
        executed.exact_loops,
        executed.regions,
        executed.symbols,
        facts,
        synchronisation,
        executed.mbarriers,
        executed.no_locks,
        executed.contents,
    )


def _access(swap: Substitution, a: Access) -> Access | None:
    path = tuple(dict.fromkeys(swap.cond(c) for c in a.path))
    if swap.terms.false in path:
        return None
    count = swap.poly(a.count) if a.count is not None else None
    points = _points(swap, a.points)
    path = tuple(c for c in path if c is not swap.terms.true)
    in_flight = moved(a.in_flight, swap) if a.in_flight else ()
    return replace(
        a,
        offset=swap.poly(a.offset),
        path=path,
        points=points,
        count=count,
        in_flight=in_flight,
        behind=orders.moved(a.behind, swap),
        target=swap.poly(a.target) if a.target is not None else None,
        progress=tuple((cell, swap.poly(mine), swap.poly(complete)) for cell, mine, complete in a.progress),
    )


def _release(swap: Substitution, r: Release) -> Release:
    cell, order = (r.cell[0], swap.poly(r.cell[1])), orders.moved(r.order, swap)
    return replace(r, path=_path(swap, r.path), points=_points(swap, r.points), cell=cell, order=order)


def _path(swap: Substitution, path: tuple[Cond, ...]) -> tuple[Cond, ...]:
    return tuple(c for c in map(swap.cond, path) if c is not swap.terms.true)


def _recurrence(swap: Substitution, w: Walk | Last) -> Walk | Last:
    if isinstance(w, Last):
        return Last(swap.cond(w.ends), w.counters)
    heads = {a: swap.poly(p) for a, p in w.heads.items()}
    return Walk(w.name, swap.poly(w.start), swap.poly(w.step), heads, w.counters)


def _points(swap: Substitution, points: Points) -> Points:
    return tuple(tuple(_point(swap, p) for p in stream) for stream in points)


def _point(swap: Substitution, p: Point) -> Point:
    counters = tuple(swap.poly(c) for c in p.counters)
    return Point(p.site, counters, swap.cond(p.when) if p.when is not None else None)


def candidate_shapes(executed: Executed) -> list[LaunchShape]:
    """Likely shapes, likeliest first; none where the contract already says it."""
    limits = executed.launch.limits
    if limits.block is not None:
        return []
    rank = limits.domain or _rank(executed)
    limit = limits.max_threads or 1024
    sizes = [limits.max_threads] if limits.max_threads else []
    for region in executed.regions:
        if region.memory.space is Space.SHARED and region.size is not None and region.size.constant:
            sizes.append(region.size.constant // max(1, region.memory.element_size))
    sizes += [256, 128, 1024, 64, 32]
    sizes = [s for s in dict.fromkeys(sizes) if (1 < s <= limit and s & (s - 1) == 0) or s == limits.max_threads]
    if rank == 1:
        return [LaunchShape(1), *(LaunchShape(1, (s, 1, 1)) for s in sizes)][:6]
    shapes: list[Dim3] = []
    for s in sizes:
        side = isqrt(s)
        if side * side == s:
            shapes.append((side, side, 1))
        if s >= 64:
            shapes += [(32, s // 32, 1), (16, s // 16, 1)]
    if rank == 3:
        shapes = [b for b in ((8, 8, 8), (4, 4, 4), (8, 8, 4), (4, 4, 2)) if b[0] * b[1] * b[2] <= limit]
        return [LaunchShape(3), *(LaunchShape(3, b) for b in shapes[:3])]
    return [LaunchShape(2), *(LaunchShape(2, b) for b in dict.fromkeys(shapes) if b[0] * b[1] <= limit)][:8]


def _rank(executed: Executed) -> int:
    """The highest axis whose coordinates an access mentions."""
    terms = executed.launch.terms
    used: set[int] = set()
    work: list[Poly] = []
    conds: list[Cond] = []
    for a in executed.out.accesses:
        work.append(a.offset)
        conds += a.path
    seen: set[int] = set()
    while work or conds:
        if conds:
            c = conds.pop()
            conds += c.args
            if c.poly is not None:
                work.append(c.poly)
            continue
        p = work.pop()
        if p.id in seen:
            continue
        seen.add(p.id)
        for mono, _ in p.terms:
            for x in mono:
                used.add(x)
                work += terms.atoms[x].args
                inner = terms.atoms[x].cond
                if inner is not None:
                    conds.append(inner)
    for axis in (2, 1):
        for at in (executed.launch.thread[axis], executed.launch.block[axis]):
            if at.terms and at.terms[0][0][0] in used:
                return axis + 1
    return 1
