"""``match``, ``let`` patterns and ``if let``: from patterns to blocks (rustc's ``matches/mod.rs``).

What it is: the scrutinee becomes a place, the patterns a decision tree (:mod:`tree`), and each arm gets its bindings,
its guard and its body. For the borrow checker, arms are linked by false edges (as if each might fail and try the
next), the scrutinee is mentioned, and a guarded match takes fake borrows of what was tested.

Assumes: exhaustiveness is checked elsewhere: the block where nothing matched is unreachable. Guarantees: control is
at the join of all arms afterwards; each arm's variables and temporaries die at its end.

Example: ``match x { 0 => a, n if n > 9 => b, _ => c }``: switch on ``x``; the guard's failure goes on to the third arm.
"""

from __future__ import annotations

from collections.abc import Callable

from compiler.base.dataclass import dataclass
from compiler.base.span import Span
from compiler.hir import nodes as hir
from compiler.mir import body as m
from compiler.mir.build import condition, into, place, thir
from compiler.mir.build.builder import Builder
from compiler.mir.build.matches import bindings, pattern
from compiler.mir.build.matches.candidate import Candidate, flatten
from compiler.mir.build.matches.fake_borrows import FakeBorrow, collect_fake_borrows
from compiler.mir.build.matches.tree import match_candidates
from compiler.mir.build.mirror import mirror
from compiler.mir.build.scope import Scope, clear_drops, in_if_then_scope, pop_scope, push_scope
from compiler.ty import types as t


@dataclass(slots=True)
class MatchTree:
    candidates: list[Candidate]
    otherwise: m.BasicBlockId
    fake_borrows: list[FakeBorrow]
    matched: tuple[m.Place, Span] | None  # the scrutinee and where it is written


def lower_scrutinee(b: Builder, scrutinee: thir.ExprRef) -> place.PlaceBuilder:
    """The scrutinee as a place, mentioned but not read."""
    expr = mirror(b, scrutinee)
    made = place.place_builder(b, scrutinee)
    at = made.try_to_place(b)
    if at is not None:
        b.push(m.PlaceMention(at, expr.span))
    return made


def match_tree(
    b: Builder, scrutinee: place.PlaceBuilder, patterns: list[tuple[int, bool]], span: Span, refutable: bool
) -> MatchTree:
    """Build the decision tree from the cursor. ``patterns``: (pattern, has a guard). The cursor is left without a
    block.
    """
    candidates = [Candidate(flatten(b, scrutinee, pattern.lower_pat(b.cx, pat)), guard) for pat, guard in patterns]
    fake_borrows = collect_fake_borrows(b, candidates) if any(guard for _, guard in patterns) else []
    otherwise = match_candidates(b, b.block, list(candidates), span)
    for candidate in candidates:
        candidate.inherit_bindings()
    _link_leaves(b, candidates, otherwise if refutable else None)
    at = scrutinee.try_to_place(b)
    if not refutable:
        if at is not None:
            b.blocks[otherwise].statements.append(m.FakeRead(m.FakeReadCause.FOR_MATCHED_PLACE, at, span))
        b.terminate_at(otherwise, m.Unreachable(span))
    return MatchTree(candidates, otherwise, fake_borrows, (at, span) if at is not None else None)


def _link_leaves(b: Builder, candidates: list[Candidate], next_start: m.BasicBlockId | None) -> None:
    """False edges from each leaf, and from where its guard fails, to the next one, from the last to the first."""
    for candidate in reversed(candidates):
        for leaf in reversed(candidate.leaves()):
            if next_start is not None:
                assert leaf.pre_binding is not None and leaf.otherwise is not None
                fresh = b.new_block()
                b.terminate_at(leaf.pre_binding, m.FalseEdge(fresh, next_start, leaf.span))
                leaf.pre_binding = fresh
                if candidate.has_guard:
                    failed = b.new_block()
                    b.terminate_at(failed, m.FalseEdge(leaf.otherwise, next_start, leaf.span))
                    leaf.otherwise = failed
            next_start = leaf.false_edge_start


# ---------------------------------------------------------------- match


def match_expr(b: Builder, destination: m.Place, expr: thir.Match) -> None:
    """A ``match`` into a destination."""
    scrutinee_span = b.cx.spans[expr.scrutinee]
    outer = b.scopes[-1]
    scrutinee = lower_scrutinee(b, expr.scrutinee)
    tree = match_tree(b, scrutinee, [(arm.pat, arm.guard is not None) for arm in expr.arms], scrutinee_span, False)
    outer_source_scope = b.source_scope
    ends: list[m.BasicBlockId] = []
    for arm, candidate in zip(expr.arms, tree.candidates, strict=True):
        _arm(b, destination, arm, candidate, tree, outer)
        ends.append(b.block)
        b.source_scope = outer_source_scope
    end_brace = Span(max(expr.span.end - 1, expr.span.start), expr.span.end)
    join = b.new_block()
    for end in ends:
        b.terminate_at(end, m.Goto(join, end_brace))
    b.block = join


def _arm(
    b: Builder, destination: m.Place, arm: hir.MatchArm, candidate: Candidate, tree: MatchTree, match_scope: Scope
) -> None:
    body_span = b.cx.spans[arm.body]
    arm_span = b.cx.pat_spans[arm.pat].cover(body_span)
    arm_scope = push_scope(b, arm_span, True)
    b.source_scope = b.new_source_scope(arm_span)
    bindings.declare(b, arm.pat, b.source_scope, arm.guard is not None)
    if arm.guard is not None:
        for pat in condition.patterns_of(b, arm.guard):
            bindings.declare(b, pat, b.source_scope)
    _bind_arm(b, arm, candidate, tree, arm_scope, match_scope)
    into.into_terminating(b, destination, arm.body, body_span)
    pop_scope(b)


def _bind_arm(
    b: Builder, arm: hir.MatchArm, candidate: Candidate, tree: MatchTree, arm_scope: Scope, match_scope: Scope
) -> None:
    """Bind (and guard) each leaf; several leaves meet in one block before the body."""
    leaves = candidate.leaves()
    if len(leaves) == 1:
        _bind_leaf(b, arm, leaves[0], tree, arm_scope, match_scope)
        return
    target = b.new_block()
    for leaf in leaves:
        clear_drops(b, arm_scope)
        _bind_leaf(b, arm, leaf, tree, arm_scope, match_scope)
        b.goto(target, leaf.span)
    b.block = target


def _bind_leaf(
    b: Builder, arm: hir.MatchArm, leaf: Candidate, tree: MatchTree, arm_scope: Scope, match_scope: Scope
) -> None:
    guard, otherwise = arm.guard, leaf.otherwise
    assert leaf.pre_binding is not None and otherwise is not None
    b.block = leaf.pre_binding
    if guard is None:
        bindings.bind_for_body(b, leaf.bindings, arm_scope, tree.matched)
        return
    bindings.bind_for_guard(b, leaf.bindings, arm_scope)
    guard_span = b.cx.spans[guard]
    for borrow in tree.fake_borrows:
        b.assign(m.Place(borrow.temp), m.Ref(t.ERASED, m.BorrowKind.FAKE_SHALLOW, borrow.place), guard_span)
    b.guards.append(frozenset(binding.var for binding in leaf.bindings))
    failed = in_if_then_scope(b, match_scope, _guard_test(b, guard))
    b.guards.pop()
    b.terminate_at(failed, m.Goto(otherwise, guard_span))
    guard_end = Span(max(guard_span.end - 1, guard_span.start), guard_span.end)
    for borrow in tree.fake_borrows:
        b.push(m.FakeRead(m.FakeReadCause.FOR_MATCH_GUARD, m.Place(borrow.temp), guard_end))
    by_value = [binding for binding in leaf.bindings if binding.mode == "move"]
    for binding in by_value:
        b.push(m.FakeRead(m.FakeReadCause.FOR_GUARD_BINDING, m.Place(b.guard_locals[binding.var]), guard_end))
    bindings.bind_for_body(b, by_value, arm_scope, tree.matched)


def _guard_test(b: Builder, guard: int) -> Callable[[], None]:
    """The guard's ``let`` variables are declared with the arm's: it is lowered once for each alternative."""
    return lambda: condition.then_else_break(b, guard, None, b.cx.spans[guard], False)


# ---------------------------------------------------------------- let


def bind_let(b: Builder, tree: MatchTree, scope: Scope) -> None:
    """Bind the one pattern of an ``if let``, ``let else`` or ``let``; variables die with ``scope``."""
    leaves = tree.candidates[0].leaves()
    if len(leaves) == 1:
        assert leaves[0].pre_binding is not None
        b.block = leaves[0].pre_binding
        bindings.bind_for_body(b, leaves[0].bindings, scope, tree.matched)
        return
    target = b.new_block()
    for i, leaf in enumerate(leaves):
        assert leaf.pre_binding is not None
        b.block = leaf.pre_binding
        bindings.bind_for_body(b, leaf.bindings, scope if i == 0 else None, tree.matched)
        b.goto(target, leaf.span)
    b.block = target


def expr_into_pattern(b: Builder, pat: int, init: thir.ExprRef, scope: Scope, user_ty: t.Ty | None) -> None:
    """``let PAT: TY = init`` for an irrefutable pattern; ``user_ty`` if the written type names lifetimes."""
    cx = b.cx
    node = cx.pats[pat]
    is_plain = isinstance(node, hir.BindPat) and node.sub is None and cx.res.binding_modes.get(pat) == "move"
    if is_plain and pat in b.vars:
        variable = bindings.Variable(pat, cx.pat_spans[pat])
        local = m.Place(bindings.storage_live(b, variable, scope))
        into.into(b, local, init)
        b.push(m.FakeRead(m.FakeReadCause.FOR_LET, local, variable.span))
        if user_ty is not None:
            b.push(m.AscribeUserType(local, user_ty, variable.span))
        bindings.schedule_value_drop(b, variable, scope)
        return
    scrutinee = lower_scrutinee(b, init)
    place_into_pattern(b, pat, scrutinee, scope, user_ty, cx.spans[init] if isinstance(init, int) else init.span)


def place_into_pattern(
    b: Builder,
    pat: int,
    initializer: place.PlaceBuilder,
    scope: Scope,
    user_ty: t.Ty | None = None,
    matched: Span | None = None,
) -> None:
    """Bind an irrefutable pattern to a place (``let``, parameters), written at ``matched`` unless it is the pattern."""
    span = b.cx.pat_spans[pat]
    at = initializer.try_to_place(b) if user_ty is not None else None
    tree = match_tree(b, initializer, [(pat, False)], span, False)
    if tree.matched is not None and matched is not None:
        tree.matched = tree.matched[0], matched
    bind_let(b, tree, scope)
    if user_ty is not None and at is not None:
        b.push(m.AscribeUserType(at, user_ty, span, True, _typed_variables(b, tree, at)))


def _typed_variables(
    b: Builder, tree: MatchTree, at: m.Place
) -> tuple[tuple[m.Local, tuple[m.ProjectionElem, ...]], ...]:
    """Variables of the pattern, with the part of the place that each is or refers to."""
    n = len(at.projection)
    found = [
        (b.vars[binding.var], binding.source.projection[n:])
        for binding in tree.candidates[0].bindings
        if binding.source.local == at.local and binding.source.projection[:n] == at.projection
    ]
    return tuple(found)
