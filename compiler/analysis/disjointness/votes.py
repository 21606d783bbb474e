"""Places that a vote gives out: the number of lanes below one's own for which something holds.

What it is: :class:`Ballot`, a vote as an atom of the terms, :func:`counted`, which tells that a term counts all its
lanes or those below the thread's own, and :func:`ranks`, what is known of such numbers. Assumes: the lanes of a warp
that vote at one place with one mask share the vote. Guarantees: the assertions hold for every warp.

Example: with ``m = ballot(p)`` the numbers ``(m & lanemask_lt()).count_ones()`` of lanes with ``p`` are different.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from compiler.analysis.disjointness.launch import Launch
from compiler.analysis.disjointness.terms import Atom, Cond, Poly, Terms


@dataclass(frozen=True, slots=True)
class Ballot:
    """A vote on ``predicate`` (for a match: true, each lane is in its own); ``counters``: iterations of the loops
    around it."""

    predicate: Cond
    counters: tuple[Poly, ...]
    key: Poly | None = None  # of ``match_any``: lanes with the same number share the result


@dataclass(frozen=True, slots=True)
class Number:
    """A count in the text for the solver, of one of two threads (``copy``). ``predicate`` and ``lane`` in that text."""

    ballot: int
    is_rank: bool
    name: str
    copy: int
    predicate: str
    lane: str


def counted(launch: Launch, atom: Atom) -> tuple[int, bool] | None:
    """The atom of the vote whose lanes are counted, and whether only those below the thread's own are."""
    arg = _single(launch.terms, atom.args[0]) if atom.name == "ctpop.32" else None
    if arg is None:
        return None
    if arg.kind == "sym":
        return arg.id, False
    if arg.name != "and":
        return None
    for vote, below in (arg.args, arg.args[::-1]):
        found = _single(launch.terms, vote)
        if found is not None and found.kind == "sym" and _is_below(launch, below):
            return found.id, True
    return None


def population(launch: Launch, p: Poly, bits: int) -> Poly:
    """How many bits of an unsigned number are set: of lanes below one's own as many as the lane's number, of a
    complement those that are not set."""
    terms = launch.terms
    if bits == 32 and _is_below(launch, p):
        return launch.lane()
    top = terms.const((1 << bits) - 1)
    if len(p.terms) > 1 and _single(terms, terms.sub(top, p)) is not None:
        return terms.sub(terms.const(bits), population(launch, terms.sub(top, p), bits))
    atom = _single(terms, p)
    for x, y in (atom.args, atom.args[::-1]) if atom is not None and atom.name == "and" and atom.lo == 0 else ():
        rest = terms.sub(top, x)
        if len(x.terms) > 1 and _single(terms, rest) is not None:
            both = terms.app("and", (rest, y), 0, y.hi)
            return terms.sub(population(launch, y, bits), population(launch, both, bits))
    return terms.app(f"ctpop.{bits}", (p,), 0, bits)


def _single(terms: Terms, p: Poly) -> Atom | None:
    if len(p.terms) == 1 and p.terms[0][1] == 1 and len(p.terms[0][0]) == 1:
        return terms.atoms[p.terms[0][0][0]]
    return None


def _is_below(launch: Launch, mask: Poly) -> bool:
    """Whether a mask names the lanes below the thread's own."""
    terms, lane = launch.terms, launch.lane()
    found = _single(terms, mask)
    if found is not None:
        return found.name == "lanemask_lt" and found.args == (lane,)
    shifted = _single(terms, terms.add(mask, terms.one))
    return shifted is not None and shifted.name == "shl" and shifted.args == (terms.one, lane)


def ranks(mine: Number, others: list[Number], same_warp: str) -> Iterator[str]:
    """What is known of a count and of others of the same vote; ``same_warp``: whether the two threads share it."""
    yield f"(and (<= 0 {mine.name}) (<= {mine.name} {mine.lane if mine.is_rank else '32'}))"
    for other in others:
        if other.ballot != mine.ballot:
            continue
        known = _known(mine, other)
        yield known if other.copy == mine.copy else f"(=> {same_warp} {known})"


def _known(a: Number, b: Number) -> str:
    if not a.is_rank and not b.is_rank:
        return f"(= {a.name} {b.name})"
    if a.is_rank and b.is_rank:
        return f"(and {_ordered(a, b)} {_ordered(b, a)})"
    rank, total = (a, b) if a.is_rank else (b, a)
    holds = f"(ite {rank.predicate} 1 0)"
    above = f"(- {total.name} {rank.name})"  # lanes from one's own on for which it holds
    return f"(and (<= {holds} {above}) (<= {above} (- (+ 31 {holds}) {rank.lane})))"


def _ordered(low: Number, high: Number) -> str:
    """Between two lanes there are at most as many for which it holds as lanes, the lower one if it does itself."""
    gap, holds = f"(- {high.name} {low.name})", f"(ite {low.predicate} 1 0)"
    most = f"(+ (- {high.lane} {low.lane} 1) {holds})"
    return f"(=> (< {low.lane} {high.lane}) (and (<= {holds} {gap}) (<= {gap} {most})))"
