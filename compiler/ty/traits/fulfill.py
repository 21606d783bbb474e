"""Fulfilment: working off pending obligations, and evaluating one without consequences.

``select_where_possible`` loops while anything is decided; undecidable obligations stay pending, failed ones move to
``icx.errors`` (the caller reports them). ``evaluate`` answers True / False / None (not known) inside a probe.
"""

from __future__ import annotations

from compiler.ty import types as t
from compiler.ty.infcx import InferCtxt, Obligation
from compiler.ty.traits.project import AMBIGUOUS_PROJECTION, MAX_DEPTH, RIGID, project
from compiler.ty.traits.select import AMBIGUOUS, is_coinductive, select

DONE, STALLED, FAILED = 0, 1, 2


def select_where_possible(icx: InferCtxt) -> None:
    """Process until no progress."""
    progress = True
    while progress and icx.pending and icx.overflow is None:
        progress = False
        work, icx.pending = icx.pending, []
        stalled: list[Obligation] = []
        for obligation in work:
            if icx.overflow is not None:
                stalled.append(obligation)
                continue
            obligation = _normalized(icx, obligation)
            outcome = _process(icx, obligation)
            if outcome == STALLED:
                stalled.append(obligation)
            else:
                progress = True
                if outcome == FAILED:
                    icx.errors.append(obligation)
        icx.pending = stalled + icx.pending


def _normalized(icx: InferCtxt, obligation: Obligation) -> Obligation:
    """The obligation with its projections replaced, once: a stalled one must not make new variables at every visit."""
    predicate = obligation.predicate
    if not predicate.flags & t.HAS_ALIAS:
        return obligation
    if isinstance(predicate, t.TraitPredicate):
        ref = icx.normalize(predicate.trait_ref, obligation.cause, obligation.depth)
        return Obligation(t.TraitPredicate(ref), obligation.cause, obligation.depth)
    if isinstance(predicate, t.ProjectionPredicate):
        alias = predicate.alias
        args = tuple([icx.normalize(a, obligation.cause, obligation.depth) for a in alias.args])
        term = icx.normalize(predicate.term, obligation.cause, obligation.depth)
        made = t.ProjectionPredicate(t.AliasTy(alias.kind, alias.def_id, args, alias.index), term)
        return Obligation(made, obligation.cause, obligation.depth)
    return obligation


def _stalled_on_self(icx: InferCtxt, ty: object) -> bool:
    if isinstance(ty, t.Ty):
        ty = icx.shallow(ty)
        return type(ty) is t.InferTy and ty.kind == "ty"
    return False


def _process(icx: InferCtxt, obligation: Obligation) -> int:
    predicate = obligation.predicate
    if obligation.depth > MAX_DEPTH:
        if isinstance(predicate, t.TraitPredicate) and is_coinductive(icx.db, predicate.trait_ref):
            return DONE  # holds if nothing refutes it; what made the chain is told
        icx.overflow = predicate
        return FAILED
    if isinstance(predicate, t.TraitPredicate):
        if _stalled_on_self(icx, predicate.trait_ref.args[0]):
            return STALLED
        chosen = select(icx, predicate.trait_ref)
        if chosen is AMBIGUOUS:
            return STALLED
        if chosen is None or chosen.kind == "overflow":
            return FAILED
        for nested in chosen.nested:
            icx.register(nested, obligation.cause, obligation.depth + 1)
        return DONE
    if isinstance(predicate, t.ProjectionPredicate):
        return _process_projection(icx, predicate, obligation)
    return DONE


def _process_projection(icx: InferCtxt, predicate: t.ProjectionPredicate, obligation: Obligation) -> int:
    if _stalled_on_self(icx, predicate.alias.args[0]):
        return STALLED
    alias = predicate.alias
    found = project(icx, alias, obligation.depth)
    if found is AMBIGUOUS_PROJECTION:
        return STALLED
    if found is RIGID:
        found = icx.resolve(alias)
    else:
        found = icx.normalize(found, obligation.cause, obligation.depth + 1)
    term = predicate.term
    if isinstance(term, t.Const):
        return DONE if not isinstance(found, t.Const) or icx.unify_const(found, term) else FAILED
    if found is term or (type(found) is t.AliasTy and found is icx.shallow(term)):
        return DONE
    if type(found) is t.AliasTy:
        shallow = icx.shallow(term)
        if type(shallow) is t.InferTy:
            return DONE if icx.unify(shallow, found) else FAILED
    return DONE if icx.unify(found, term) else FAILED


def evaluate(icx: InferCtxt, predicate: t.Predicate, depth: int = 0) -> bool | None:
    """Whether a predicate holds, with nothing bound afterwards."""
    if depth > MAX_DEPTH:
        icx.overflow = icx.overflow or predicate
    if icx.overflow is not None:
        return None
    return icx.probe(lambda: _evaluate(icx, predicate, depth))  # type: ignore[no-any-return]


def _evaluate(icx: InferCtxt, predicate: t.Predicate, depth: int) -> bool | None:
    icx.pending = [Obligation(predicate, None, depth)]
    n_errors = len(icx.errors)
    select_where_possible(icx)
    if icx.overflow is not None:
        return None
    if len(icx.errors) > n_errors:
        return False
    return None if icx.pending else True
