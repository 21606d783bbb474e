"""Match trees: candidates to a decision tree of tests (rustc's ``matches/mod.rs`` and ``matches/buckets.rs``).

What it is: ``match_candidates`` takes candidates in priority order at a block and returns the block reached when none
matches. It tests the first candidate's first pair, sorts the following candidates into the outcomes they can still
match under (stopping at the first one the test says nothing about), recurses into each outcome, and goes on with the
rest.

Assumes: candidates are fresh. Guarantees: each leaf candidate gets a ``pre_binding`` block (all its tests hold) and
an ``otherwise`` block (its guard failed); a candidate is tested only after the ones before it failed or were found
compatible.

Example: ``match o { Some(1) => a, Some(_) => b, None => c }``: one switch on the discriminant; in variant 1 a switch
on the payload.
"""

from __future__ import annotations

from compiler.base.span import Span
from compiler.mir import body as m
from compiler.mir.build.builder import Builder
from compiler.mir.build.matches.candidate import AnyOf, Candidate, HasLength, InRange, IsConst, IsVariant, MatchPair
from compiler.mir.build.matches.perform import FAILURE, SUCCESS, Branch, Test, perform_test, test_for


def match_candidates(b: Builder, start: m.BasicBlockId, candidates: list[Candidate], span: Span) -> m.BasicBlockId:
    """See the module docstring. Works through the list in a loop; recursion is per nesting of tests only."""
    while True:
        if not candidates:
            return start
        first = candidates[0]
        if first.false_edge_start is None:
            first.false_edge_start = start
        if not first.pairs:
            start = _select_matched(b, first, start)
            candidates = candidates[1:]
        elif any(c.starts_with_or() for c in candidates):
            start, candidates = _expand_or(b, start, candidates, span)
        else:
            start, candidates = _test_candidates(b, start, candidates, span)


def _select_matched(b: Builder, candidate: Candidate, start: m.BasicBlockId) -> m.BasicBlockId:
    candidate.pre_binding = start
    candidate.otherwise = b.new_block()
    return candidate.otherwise


# ---------------------------------------------------------------- tests


def _test_candidates(
    b: Builder, start: m.BasicBlockId, candidates: list[Candidate], span: Span
) -> tuple[m.BasicBlockId, list[Candidate]]:
    pair = candidates[0].pairs[0]
    place, test = pair.place, test_for(pair)
    sorted_: dict[Branch, list[Candidate]] = {}
    n_sorted = 0
    for candidate in candidates:
        branch = _sort_candidate(place, test, candidate, sorted_)
        if branch is None:
            break
        sorted_.setdefault(branch, []).append(candidate)
        n_sorted += 1
    assert n_sorted > 0
    remainder = b.new_block()
    targets: dict[Branch, m.BasicBlockId] = {}
    for branch, under in sorted_.items():
        branch_start = b.new_block()
        otherwise = match_candidates(b, branch_start, under, span)
        b.terminate_at(otherwise, m.Goto(remainder, span))
        targets[branch] = branch_start
    perform_test(b, start, remainder, place, test, targets, span)
    return remainder, candidates[n_sorted:]


def _sort_candidate(
    place: m.Place, test: Test, candidate: Candidate, sorted_: dict[Branch, list[Candidate]]
) -> Branch | None:
    """The outcome under which the candidate can match; None: under several. A pair that the outcome decides is
    replaced by its parts.
    """
    at = next((i for i, q in enumerate(candidate.pairs) if q.place == place and type(q.case) is not AnyOf), None)
    if at is None:
        return None
    pair = candidate.pairs[at]
    branch, fully = _relate(place, test, pair, sorted_)
    if fully:
        del candidate.pairs[at]
        candidate.pairs.extend(pair.subpairs)
        candidate.sort_pairs()
    return branch


def _relate(
    place: m.Place, test: Test, pair: MatchPair, sorted_: dict[Branch, list[Candidate]]
) -> tuple[Branch | None, bool]:
    """(outcome implied by the pair, whether the outcome implies the pair)."""
    case, kind = pair.case, test.kind
    if kind == "switch":
        return (("variant", case.index), True) if isinstance(case, IsVariant) else (None, False)
    if kind == "switch int":
        return _relate_switch_int(place, case, sorted_)
    if kind == "if":
        if isinstance(case, IsConst) and case.bits is not None:
            return (SUCCESS if case.bits else FAILURE), True
        return None, False
    if kind == "len":
        assert isinstance(test.case, HasLength)
        return _relate_len(test.case, case) if isinstance(case, HasLength) else (None, False)
    if kind == "range":
        assert isinstance(test.case, InRange)
        return _relate_range(test.case, case)
    assert isinstance(test.case, IsConst)
    if isinstance(case, IsConst):
        if test.case.value == case.value:
            return SUCCESS, True
        decided = not isinstance(case.value, m.UnevaluatedConst) and not isinstance(test.case.value, m.UnevaluatedConst)
        return (FAILURE, False) if decided else (None, False)
    return None, False


def _relate_switch_int(
    place: m.Place, case: object, sorted_: dict[Branch, list[Candidate]]
) -> tuple[Branch | None, bool]:
    if isinstance(case, IsConst) and case.bits is not None:
        for candidate in sorted_.get(FAILURE, ()):
            for q in candidate.pairs:
                if q.place == place and isinstance(q.case, InRange) and q.case.range.contains(case.value) is not False:
                    return FAILURE, False
        return ("int", case.bits), True
    if isinstance(case, InRange):
        tested = (m.ScalarConst(branch[1], case.range.ty) for branch in sorted_ if branch[0] == "int")
        if all(case.range.contains(value) is False for value in tested):
            return FAILURE, False
    return None, False


def _relate_len(test: HasLength, case: HasLength) -> tuple[Branch | None, bool]:
    if test.length < case.length:
        return (SUCCESS, False) if test.at_least else (FAILURE, False)
    if test.length == case.length:
        if test.at_least:
            return SUCCESS, case.at_least
        return (None, False) if case.at_least else (SUCCESS, True)
    return (None, False) if case.at_least else (FAILURE, False)


def _relate_range(test: InRange, case: object) -> tuple[Branch | None, bool]:
    if isinstance(case, InRange):
        if case.range == test.range:
            return SUCCESS, True
        return (None if case.range.overlaps(test.range) else FAILURE), False
    if isinstance(case, IsConst):
        return (FAILURE if test.range.contains(case.value) is False else None), False
    return None, False


# ---------------------------------------------------------------- or-patterns


def _expand_or(
    b: Builder, start: m.BasicBlockId, candidates: list[Candidate], span: Span
) -> tuple[m.BasicBlockId, list[Candidate]]:
    """Expand leading or-patterns one level; a candidate with more tests after its or-pattern is the last one
    expanded.
    """
    n = len(candidates)
    for i, candidate in enumerate(candidates):
        if len(candidate.pairs) > 1 and candidate.starts_with_or():
            n = i + 1
            break
    to_expand, rest = candidates[:n], candidates[n:]
    expanded: list[Candidate] = []
    for candidate in to_expand:
        if candidate.starts_with_or():
            pair = candidate.pairs.pop(0)
            assert isinstance(pair.case, AnyOf)
            candidate.subcandidates = [Candidate(flat, candidate.has_guard) for flat in pair.case.flats]
            candidate.subcandidates[0].false_edge_start = candidate.false_edge_start
            expanded.extend(candidate.subcandidates)
        else:
            expanded.append(candidate)
    remainder = match_candidates(b, start, expanded, span)
    for candidate in to_expand:
        if candidate.subcandidates:
            _merge_trivial(b, candidate)
    _test_after_or(b, to_expand[-1], span)
    return remainder, rest


def _merge_trivial(b: Builder, candidate: Candidate) -> None:
    """Alternatives that bind nothing share one block; not with a guard, which must be tried for each."""
    subs = candidate.subcandidates
    if candidate.has_guard or any(s.subcandidates or s.bindings for s in subs):
        return
    shared = b.new_block()
    if candidate.false_edge_start is None:
        candidate.false_edge_start = subs[0].false_edge_start
    for sub in subs:
        assert sub.pre_binding is not None
        b.terminate_at(sub.pre_binding, m.Goto(shared, sub.span))
    candidate.pre_binding = shared
    candidate.otherwise = subs[-1].otherwise
    candidate.subcandidates = []


def _test_after_or(b: Builder, candidate: Candidate, span: Span) -> None:
    """Tests that follow the or-pattern, on each of its leaves."""
    if not candidate.pairs:
        return
    leaves = candidate.leaves()
    last_otherwise = leaves[-1].otherwise
    remaining, candidate.pairs = candidate.pairs, []
    for leaf in leaves:
        leaf.pairs = [*leaf.pairs, *remaining]
        or_start = leaf.pre_binding
        or_otherwise = leaf.otherwise if leaf.has_guard else last_otherwise
        assert or_start is not None and or_otherwise is not None
        leaf.pre_binding = None
        otherwise = match_candidates(b, or_start, [leaf], span)
        b.terminate_at(otherwise, m.Goto(or_otherwise, span))
