"""Closure captures: what each closure takes from its environment, and how (edition 2021 precise captures).

A walk over the closure's body as rustc's ``ExprUseVisitor``: every use of a place rooted in a local of the enclosing
body is a capture of that place, by value (moved), by reference, or by unique reference. Places are truncated at
dereferences of raw pointers, union fields, and (for by-value captures) at any dereference; captures that are prefixes
of one another merge. The closure's kind follows: moves out make ``FnOnce``, mutation ``FnMut``, else ``Fn``.

Runs after inference of the body: types are resolved. Inner closures are analysed first; their captures are uses of
the outer.
"""

from __future__ import annotations

from compiler.base.dataclass import dataclass, field
from compiler.base.span import Span
from compiler.hir import nodes as h
from compiler.hir.def_id import DefKind
from compiler.ty import types as t
from compiler.ty.infer.context import FnCtxt
from compiler.ty.infer.pat import bindings_of
from compiler.ty.infer.uses import Place, Use, UseVisitor
from compiler.ty.results import CapturedPlace, ClosureFacts

_RANK = {"ref": 0, "ref mut": 1, "value": 2}
_KINDS = ("Fn", "FnMut", "FnOnce")


@dataclass(slots=True)
class _Capture:
    place: Place
    by: str
    span: Span
    tys: list[t.Ty] = field(default_factory=list)


def analyze_closures(fcx: FnCtxt) -> None:
    """Captures and kinds of all closures of the body, innermost first (closures are discovered outside in)."""
    for state in reversed(list(fcx.closures.values())):
        node = fcx.store.exprs[state.expr]
        assert isinstance(node, h.Closure)
        inside = _locals_inside(fcx, node)
        uses = [u for u in UseVisitor(fcx).closure_uses(node) if u.place.local not in inside]
        kind, captures = _captures(fcx, node, uses)
        state.kind = kind
        fcx.result.closures[state.expr] = ClosureFacts(state.ty.def_id, state.expr, kind, state.sig, captures)


def _locals_inside(fcx: FnCtxt, node: h.Closure) -> set[h.PatId]:
    """Every local declared in the closure (parameters, lets, arms): what is not captured."""
    out: set[h.PatId] = set()
    for param in node.params:
        out.update(bindings_of(fcx.store, param.pat))
    for pat in UseVisitor(fcx).patterns_in(node.body):
        out.update(bindings_of(fcx.store, pat))
    return out


def _captures(fcx: FnCtxt, node: h.Closure, uses: list[Use]) -> tuple[str, tuple[CapturedPlace, ...]]:
    kind = 0
    found: list[_Capture] = []
    for use in uses:
        by, place, tys = use.how, use.place, use.tys
        if by == "copy":
            by = "ref"
        elif by == "value":
            kind = 2
        elif by == "ref mut":
            kind = max(kind, 1)
        place, tys, by = _truncate(fcx, place, tys, by, node.is_move)
        _merge(found, _Capture(place, by, use.span, tys))
    out = []
    for capture in found:
        name_node = fcx.store.pats[capture.place.local]
        name = h.strip_mark(name_node.name) if isinstance(name_node, h.BindPat) else ""
        out.append(
            CapturedPlace(
                capture.place.local, capture.place.projection, capture.by, capture.tys[-1], capture.span, name
            )
        )
    return _KINDS[kind], tuple(out)


def _truncate(fcx: FnCtxt, place: Place, tys: list[t.Ty], by: str, is_move: bool) -> tuple[Place, list[t.Ty], str]:
    """Shorten a place to what may be captured; ``tys[i]`` is the type after i projections."""
    n = len(place.projection)
    for i, elem in enumerate(place.projection):
        ty = fcx.icx.shallow(tys[i])
        if elem == "*" and isinstance(ty, t.PtrTy):
            n = i
            break
        if elem != "*" and isinstance(ty, t.AdtTy) and (ty.def_id.kind is DefKind.UNION or _is_packed(fcx, ty)):
            n = i
            break
    if is_move:
        first_deref = next((i for i, e in enumerate(place.projection) if e == "*"), None)
        if first_deref is not None and first_deref < n:
            n = first_deref
        by = "value"
    elif by == "value":
        first_deref = next((i for i, e in enumerate(place.projection) if e == "*"), None)
        if first_deref is not None and first_deref < n:
            n = first_deref
    elif by == "ref" and n and place.projection[n - 1] == "*" and isinstance(fcx.icx.shallow(tys[n - 1]), t.RefTy):
        # `*r` of a shared reference by shared borrow: rustc captures `*r` by reborrow; the place stays.
        pass
    return Place(place.local, place.projection[:n]), tys[: n + 1], by


def _is_packed(fcx: FnCtxt, ty: t.AdtTy) -> bool:
    from compiler.ty.adt import adt_def

    return adt_def(fcx.db, ty.def_id).repr.packed is not None


def _merge(found: list[_Capture], new: _Capture) -> None:
    """Keep the shortest of nested places with the strongest mode; first use's span stays."""
    for old in found:
        shorter = min(len(old.place.projection), len(new.place.projection))
        if old.place.local == new.place.local and old.place.projection[:shorter] == new.place.projection[:shorter]:
            if len(new.place.projection) < len(old.place.projection):
                old.place, old.tys = new.place, new.tys
            if _RANK[new.by] > _RANK[old.by]:
                old.by = new.by
            survivors = [c for c in found if c is old or not _covers(old.place, c.place)]
            for dropped in (c for c in found if c is not old and _covers(old.place, c.place)):
                if _RANK[dropped.by] > _RANK[old.by]:
                    old.by = dropped.by
            found[:] = survivors
            return
    found.append(new)


def _covers(short: Place, long: Place) -> bool:
    return short.local == long.local and long.projection[: len(short.projection)] == short.projection
