"""``borrow_check(db, owner)``: the borrow errors of a body and of the closures in it.

What it is: the phases in order: flow, move data, initialisation, universal regions, type check, liveness, region
inference, loans in scope, the walk; then the explanations. Closures first: the creator needs what they require.

Assumes: nothing. Guarantees: a body with type errors, unknown types or constructs the builder does not support is not
checked: no error from a guess.

Example: ``borrow_check(db, f)`` with ``fn f() { let x = vec; let y = x; use(x) }`` is one E0382.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from compiler.analysis.borrowck.borrow_set import BorrowsInScope, collect_borrows
from compiler.analysis.borrowck.constraints import Constraints
from compiler.analysis.borrowck.context import Context, has_drop_impl, upvars_of
from compiler.analysis.borrowck.drops import drop_parts
from compiler.analysis.borrowck.explain import explain
from compiler.analysis.borrowck.flow import Flow
from compiler.analysis.borrowck.initialization import Initialization
from compiler.analysis.borrowck.liveness import Liveness, outliving_free
from compiler.analysis.borrowck.local_uses import local_uses
from compiler.analysis.borrowck.move_data import Moves
from compiler.analysis.borrowck.opaque import choose_hidden_regions, hidden_regions
from compiler.analysis.borrowck.places import PlaceConflicts
from compiler.analysis.borrowck.region_check import RegionCheck
from compiler.analysis.borrowck.region_inference import RegionInference
from compiler.analysis.borrowck.region_types import RegionTypes
from compiler.analysis.borrowck.requirements import NO_REQUIREMENTS, ClosureRequirements, Requirement
from compiler.analysis.borrowck.type_check import TypeCheck
from compiler.analysis.borrowck.universal import universal_regions
from compiler.analysis.borrowck.unwinding import Unwinding
from compiler.analysis.borrowck.verdicts import CapturedTooLittle, NotGeneral
from compiler.analysis.borrowck.walk import Walk
from compiler.diagnostics.model import Diagnostic
from compiler.hir.def_id import DefId, DefKind
from compiler.mir import body as m
from compiler.mir.build import mir_built
from compiler.mir.simplify import simplified_as_built
from compiler.query import Database, query
from compiler.ty import types as t


@dataclass(slots=True)
class BorrowCheckResult:
    """Of one body. ``used_mut``: locals whose ``mut`` was needed; ``checked``: False if the body was left alone."""

    diagnostics: tuple[Diagnostic, ...] = ()
    requirements: ClosureRequirements = NO_REQUIREMENTS
    used_mut: frozenset[m.Local] = frozenset()
    used_mut_upvars: frozenset[int] = frozenset()
    checked: bool = False
    closures: tuple[DefId, ...] = field(default=())


def borrow_check(db: Database, owner: DefId) -> tuple[Diagnostic, ...]:
    """Borrow errors of a body, closures included, item-relative."""
    found = body_borrows(db, owner)
    out = list(found.diagnostics)
    for closure in found.closures:
        out += body_borrows(db, closure).diagnostics
    return tuple(dict.fromkeys(out))


@query(cycle=lambda db, def_id: BorrowCheckResult(), backdate=False)
def body_borrows(db: Database, def_id: DefId) -> BorrowCheckResult:
    """The result for one function, constant or closure."""
    from compiler.ty.infer import body_owner, infer

    owner = body_owner(def_id) if def_id.kind is DefKind.CLOSURE else def_id
    if infer(db, owner).tainted:
        return BorrowCheckResult()
    body = mir_built(db, def_id)
    if not can_check(body):
        return BorrowCheckResult()
    result = check_body(db, owner, simplified_as_built(body)).result
    if def_id is owner:
        result.closures = tuple(c.def_id for c in infer(db, owner).closures.values())
    return result


def can_check(body: m.Body) -> bool:
    """No unknown part."""
    if body.tainted_by_errors or body.unsupported:
        return False
    return not any(d.ty.flags & (t.HAS_ERROR | t.HAS_INFER) for d in body.locals)


@dataclass(slots=True)
class CheckedBody:
    """What a check leaves for tests and views."""

    context: Context
    walk: Walk
    result: BorrowCheckResult


def check_body(db: Database, owner: DefId, body: m.Body) -> CheckedBody:
    """Run every phase on a body."""
    from compiler.ty.traits.env import param_env

    env = param_env(db, owner)
    flow = Flow(body)
    drops: dict[t.Ty, bool] = {}

    def has_drop(ty: t.Ty) -> bool:
        found = drops.get(ty)
        if found is None:
            found = drops[ty] = has_drop_impl(db, ty)
        return found

    moves = Moves(body, flow, has_drop)
    inits = Initialization(body, flow, moves)
    types = RegionTypes(db, Constraints())
    universal, projections = universal_regions(db, owner, body, types, env)
    checked = TypeCheck(db, body, flow, types, projections, universal, lambda c: body_borrows(db, c).requirements)
    checked.run()
    hidden = hidden_regions(checked)
    free = outliving_free(types.constraints, universal.count) | {r.region for r in hidden}

    def parts(ty: t.Ty) -> list[t.Ty]:
        return drop_parts(db, env, types, checked, ty)

    uses = local_uses(body, flow)
    unwinding = Unwinding(body, flow, inits)
    liveness = Liveness(flow, uses, inits, checked.local_tys, parts, free, projections.live_regions, unwinding)
    liveness.add_to(types.constraints)
    regions = RegionInference(unwinding.n_points, universal, types.constraints)
    not_captured = choose_hidden_regions(checked, hidden, regions)
    borrows = collect_borrows(body, flow, uses, checked.region_at)
    conflicts = PlaceConflicts(body, has_drop)
    in_scope = BorrowsInScope(body, flow, uses, borrows, regions.values.__getitem__, conflicts)
    upvars = upvars_of(db, body.def_id) if body.def_id.kind is DefKind.CLOSURE else []
    context = Context(
        db,
        owner,
        body,
        env,
        flow,
        moves,
        inits,
        conflicts,
        checked,
        regions,
        liveness,
        borrows,
        in_scope,
        upvars,
        unwinding,
    )
    return _report(context, not_captured)


def _report(cx: Context, not_captured: list[CapturedTooLittle]) -> CheckedBody:
    walk = Walk(cx, lambda c: body_borrows(cx.db, c).used_mut_upvars)
    if cx.checked.types.constraints.mismatches:
        return _mismatched(cx, walk)
    region_check = RegionCheck(cx.regions, cx.checked.universal, cx.checked.projections)
    region_check.run()
    walk.run()
    verdicts = [*region_check.verdicts, *not_captured, *walk.verdicts]
    diagnostics = tuple(dict.fromkeys(explain(cx, v).to_diagnostic(cx.owner) for v in verdicts))
    result = BorrowCheckResult(
        diagnostics,
        _requirements(cx, region_check.requirements),
        frozenset(walk.used_mut),
        frozenset(walk.used_mut_upvars),
        True,
    )
    return CheckedBody(cx, walk, result)


def _mismatched(cx: Context, walk: Walk) -> CheckedBody:
    """Fn pointers that do not fit: nothing else is said of the body."""
    spans = dict.fromkeys(where.span for where in cx.checked.types.constraints.mismatches)
    faults = [explain(cx, NotGeneral("", span, True)).to_diagnostic(cx.owner) for span in spans]
    return CheckedBody(cx, walk, BorrowCheckResult(tuple(faults)))


def _requirements(cx: Context, found: list[Requirement]) -> ClosureRequirements:
    """With external regions by their position in the closure's type."""
    closure: Any = cx.checked.universal.closure
    if closure is None or not found:
        return NO_REQUIREMENTS
    n = cx.checked.universal.n_external
    position = [-1] * n
    for i, region in enumerate(cx.checked.types.regions(closure)):
        if 0 < region.index < n and position[region.index] < 0:
            position[region.index] = i
    return ClosureRequirements(tuple(dict.fromkeys(found)), tuple(position))
