"""Asynchronous copies on their way: which may not have landed yet at a point of one path.

What it is: :class:`Copy`, one side (what it reads, or what it writes) of a ``cp.async`` its thread has not waited for,
and how a set of them changes at commits, waits, joins and from one iteration of a loop to the next. PTX ISA,
"cp.async": groups complete in the order of their commits; ``wait_group n`` leaves the ``n`` newest pending, and
what is not committed at all.

Assumes: terms of one analysis. Guarantees: a copy that may be on its way is in the set; ``exact`` only where it is for
certain.

Example: after two copies with a commit each, ``wait_group 1`` leaves the second one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from compiler.analysis.disjointness.substitute import Substitution
from compiler.analysis.disjointness.terms import THREAD, Cond, Poly, Terms
from compiler.analysis.disjointness.values import Region
from compiler.analysis.disjointness.verdict import AccessKind, Place
from compiler.mir.inline_ptx import instructions

MAX_LAG: Final = 4  # iterations a copy is followed one by one
_MOST_GROUPS: Final = 64


@dataclass(frozen=True, slots=True)
class Copy:
    """``group``: commits since it was issued (0: not committed yet); ``path``: when it is there, beyond the path of
    the state that has it."""

    region: Region
    offset: Poly
    size: int
    kind: AccessKind
    place: Place
    group: int = 0
    path: tuple[Cond, ...] = ()
    exact: bool = True
    varies: bool = False  # ``group`` is the least it may be

    @property
    def key(self) -> tuple[object, ...]:
        """What it is, whenever it is there."""
        return self.region.id, self.offset.id, self.size, self.kind, self.place, self.group


Copies = tuple[Copy, ...]
_ORDERING = ("bar", "mbarrier", "fence", "membar", "cp.", "st.async", "red.async", "wgmma", "tcgen05", "griddepcontrol")


def committed(copies: Copies) -> Copies:
    """After a commit."""
    return tuple(replace(c, group=min(c.group + 1, _MOST_GROUPS)) for c in copies)


def after_wait(copies: Copies, keep: int | None) -> Copies:
    """After waiting for all but the ``keep`` newest groups; None: how many is not known."""
    if keep is None:
        return tuple(replace(c, exact=False) for c in copies)
    left = (c for c in copies if c.group == 0 or c.group <= keep)
    return tuple(replace(c, exact=False) if c.varies else c for c in left)


def after_inline(copies: Copies, template: str) -> Copies | None:
    """What is left after inline PTX; None if it orders memory in a way that is not followed."""
    for name, statement in instructions(template):
        if name == "cp.async.commit_group":
            copies = committed(copies)
        elif name == "cp.async.wait_all":
            copies = ()
        elif name == "cp.async.wait_group":
            keep = statement.split()[-1]
            copies = after_wait(copies, int(keep) if keep.isdigit() else None)
        elif name.startswith(_ORDERING):
            return None
    return copies


def met(a: Copies, a_rest: tuple[Cond, ...], b: Copies, b_rest: tuple[Cond, ...]) -> Copies:
    """Where two paths meet, each with its conditions beyond what they share."""
    if a == b:
        return a
    common = {c.key for c in a} & {c.key for c in b}
    found = [c if c.key in common else _under(c, a_rest) for c in a]
    found += [c if c.key in common else _under(c, b_rest) for c in b]
    return united(found)


def _under(copy: Copy, conds: Iterable[Cond]) -> Copy:
    return replace(copy, path=tuple(dict.fromkeys((*copy.path, *conds))))


def united(copies: Iterable[Copy]) -> Copies:
    """Without repetitions: one that is there under two sets of conditions is there under what they share."""
    found: dict[tuple[object, ...], Copy] = {}
    for c in copies:
        old = found.get(c.key)
        if old is not None and (old.path != c.path or old.exact != c.exact):
            c = replace(c, path=tuple(x for x in old.path if x in c.path), exact=False)
        found[c.key] = c
    return tuple(found.values())


def moved(copies: Copies, swap: Substitution) -> Copies:
    """In terms of another iteration."""
    out = []
    for c in copies:
        path = dict.fromkeys(swap.cond(x) for x in c.path)
        if swap.terms.false in path:
            continue
        path.pop(swap.terms.true, None)
        out.append(replace(c, offset=swap.poly(c.offset), path=tuple(path)))
    return tuple(out)


def of_some_iteration(terms: Terms, copies: Copies, counter: Poly, number: int, outer: frozenset[int]) -> Copies:
    """Copies issued in any earlier iteration of a loop, from those this one leaves."""
    earlier = terms.symbol(f"k{number}'0", THREAD, 0, terms.most_iterations)
    swap = Substitution(terms, {counter.terms[0][0][0]: earlier}, f"'{number}", outer)
    before = terms.lt(earlier, counter)
    found = []
    for c in moved(copies, swap):
        path = tuple(x for x in c.path if not x.data)
        found.append(replace(c, path=(*path, before), exact=c.exact and len(path) == len(c.path)))
    return united(found)
