"""Closure captures: what each closure takes from its environment, and how (edition 2021 precise captures).

A walk over the closure's body as rustc's ``ExprUseVisitor``: every use of a place rooted in a local of the enclosing
body is a capture of that place, by value (moved), by reference, or by unique reference. Places are truncated at
dereferences of raw pointers and at union fields, behind the last dereference of a shared reference (the reference is
captured instead), for by-value captures at any dereference, and for moves at fields of a type with a destructor;
captures that are prefixes of one another merge. Captures come in the order the variables are first used, those of one
variable in the order of its fields. The closure's kind is the one its context asks for; without one, moves out make
``FnOnce``, mutation ``FnMut``, else ``Fn``.

Runs after inference of the body: types are resolved. Closures are analysed in the order they end in the source, so
that inner closures come before outer ones (their captures are uses of the outer) and a closure before its calls.

Example: ``|| { p.x += 1; q.0 + *r }`` with ``r: &u32`` captures ``p.x`` by ``ref mut``, ``q.0`` and ``*r`` by ``ref``.
"""

from __future__ import annotations

from compiler.base.dataclass import dataclass, field
from compiler.base.span import Span
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.ty import types as t
from compiler.ty.impls import drop_impl
from compiler.ty.infer.call import finish_closure_calls
from compiler.ty.infer.context import FnCtxt
from compiler.ty.infer.errors import Coded
from compiler.ty.infer.pat import bindings_of
from compiler.ty.infer.uses import FakeRead, Place, Use, UseVisitor
from compiler.ty.results import CapturedPlace, ClosureFacts, FakeReadPlace

_RANK = {"ref": 0, "ref unique": 1, "ref mut": 2, "value": 3}
_KINDS = {"ref": "Fn", "ref mut": "FnMut", "value": "FnOnce"}


@dataclass(slots=True)
class _Capture:
    place: Place
    by: str
    span: Span
    tys: list[t.Ty] = field(default_factory=list)


def analyze_closures(fcx: FnCtxt) -> None:
    """Captures and kinds of all closures of the body."""
    spans = fcx.store.expr_spans
    states = sorted(fcx.closures.values(), key=lambda s: (spans[s.expr].end, -spans[s.expr].start))
    for state in states:
        node = fcx.store.exprs[state.expr]
        assert isinstance(node, h.Closure)
        inside = _locals_inside(fcx, node)
        visitor = UseVisitor(fcx)
        uses = [u for u in visitor.closure_uses(node) if u.place.local not in inside]
        kind, captures = _captures(fcx, node, uses)
        state.kind = state.kind or kind
        fake_reads = tuple(_fake_read(fcx, read) for read in visitor.fake_reads if read.place.local not in inside)
        facts = ClosureFacts(state.ty.def_id, state.expr, state.kind, state.sig, captures, fake_reads)
        fcx.result.closures[state.expr] = facts
        finish_closure_calls(fcx, state.ty.def_id)


def check_infinite_closures(fcx: FnCtxt) -> None:
    """E0644: a closure whose signature or captures hold its own type."""
    closures = {facts.def_id: facts for facts in fcx.result.closures.values()}

    def parts(facts: ClosureFacts) -> set[DefId]:
        tys = (facts.sig, *(capture.ty for capture in facts.captures))
        return {n.def_id for ty in tys for n in t.walk(ty) if type(n) is t.ClosureTy and n.def_id in closures}

    inside = {def_id: parts(facts) for def_id, facts in closures.items()}
    for def_id, facts in closures.items():
        seen: set[DefId] = set()
        work = [*inside[def_id]]
        while work:
            at = work.pop()
            if at not in seen:
                seen.add(at)
                work += inside[at]
        if def_id in seen:
            text = "closure type that references itself"
            fcx.error(Coded(fcx.span(facts.expr), "E0644", text, "cyclic type of infinite size"))


def _fake_read(fcx: FnCtxt, read: FakeRead) -> FakeReadPlace:
    n = _precise_len(fcx, read.place, read.tys)
    return FakeReadPlace(read.place.local, read.place.projection[:n], read.is_let, read.span)


def _locals_inside(fcx: FnCtxt, node: h.Closure) -> set[h.PatId]:
    """Every local declared in the closure (parameters, lets, arms): what is not captured."""
    out: set[h.PatId] = set()
    for param in node.params:
        out.update(bindings_of(fcx.store, param.pat))
    for pat in UseVisitor(fcx).patterns_in(node.body):
        out.update(bindings_of(fcx.store, pat))
    return out


def _captures(fcx: FnCtxt, node: h.Closure, uses: list[Use]) -> tuple[str, tuple[CapturedPlace, ...]]:
    strongest = "ref"
    found: list[_Capture] = []
    for use in uses:
        by = "ref" if use.how == "copy" else use.how
        place, tys = _cut(use.place, use.tys, _precise_len(fcx, use.place, use.tys))
        place, tys = _cut(place, tys, _shared_len(fcx, place, tys))
        strongest = max(strongest, by, key=_RANK.__getitem__)
        by = "value" if node.is_move else by
        if by == "value":
            place, tys = _cut(place, tys, _first(place, "*"))
            place, tys = _cut(place, tys, _drop_len(fcx, place, tys))
        _merge(fcx, found, _Capture(place, by, use.span, tys))
    return _KINDS[strongest], tuple(_captured(fcx, capture) for capture in _sorted(found))


def _captured(fcx: FnCtxt, capture: _Capture) -> CapturedPlace:
    node = fcx.store.pats[capture.place.local]
    name = h.strip_mark(node.name) if isinstance(node, h.BindPat) else ""
    is_mutable = isinstance(node, h.BindPat) and node.mode is h.BindingAnnotation.MUTABLE
    is_shared = False
    for i, elem in enumerate(capture.place.projection):
        pointer = fcx.icx.shallow(capture.tys[i])
        if elem == "*" and isinstance(pointer, t.RefTy):
            is_mutable = pointer.mutable
            if not is_mutable:
                is_shared = True
                break
    place, ty, is_unique = capture.place, capture.tys[-1], capture.by == "ref unique"
    by = "ref mut" if is_unique else capture.by
    return CapturedPlace(place.local, place.projection, by, ty, capture.span, name, is_mutable, is_shared, is_unique)


def _sorted(found: list[_Capture]) -> list[_Capture]:
    """By first use of the variable, then by the fields taken."""
    order: dict[h.PatId, int] = {}
    for capture in found:
        order.setdefault(capture.place.local, len(order))

    def key(capture: _Capture) -> tuple[int, tuple[int, ...]]:
        return order[capture.place.local], tuple(e for e in capture.place.projection if isinstance(e, int))

    return sorted(found, key=key)


# ---------------------------------------------------------------- how much of a place is captured


def _cut(place: Place, tys: list[t.Ty], n: int) -> tuple[Place, list[t.Ty]]:
    """The first ``n`` projections; ``tys[i]`` is the type after i of them."""
    return (place, tys) if n >= len(place.projection) else (Place(place.local, place.projection[:n]), tys[: n + 1])


def _first(place: Place, elem: str) -> int:
    return place.projection.index(elem) if elem in place.projection else len(place.projection)


def _precise_len(fcx: FnCtxt, place: Place, tys: list[t.Ty]) -> int:
    """Not behind raw pointers, not into unions or packed structs."""
    for i, elem in enumerate(place.projection):
        ty = fcx.icx.shallow(tys[i])
        if elem == "*" and isinstance(ty, t.PtrTy):
            return i
        if elem != "*" and isinstance(ty, t.AdtTy) and (ty.def_id.kind is DefKind.UNION or _is_packed(fcx, ty)):
            return i
    return len(place.projection)


def _shared_len(fcx: FnCtxt, place: Place, tys: list[t.Ty]) -> int:
    """What the last dereferenced shared reference points to is captured as a whole: that is the reference itself."""
    for i in range(len(place.projection) - 1, -1, -1):
        if place.projection[i] == "*":
            ty = fcx.icx.shallow(tys[i])
            return i + 1 if isinstance(ty, t.RefTy) and not ty.mutable else len(place.projection)
    return len(place.projection)


def _drop_len(fcx: FnCtxt, place: Place, tys: list[t.Ty]) -> int:
    """Nothing is moved out of a type with a destructor."""
    if UseVisitor(fcx).is_copy(tys[-1]):
        return len(place.projection)
    for i in range(len(place.projection)):
        ty = fcx.icx.shallow(tys[i])
        if isinstance(ty, t.AdtTy) and drop_impl(fcx.db, ty.def_id) is not None:
            return i
    return len(place.projection)


def _is_packed(fcx: FnCtxt, ty: t.AdtTy) -> bool:
    from compiler.ty.adt import adt_def

    return adt_def(fcx.db, ty.def_id).repr.packed is not None


def _shorten(fcx: FnCtxt, capture: _Capture, n: int) -> None:
    """What is changed behind a ``&mut`` is borrowed uniquely, not mutably, if the reference is captured instead."""
    if capture.by == "ref mut":
        for i, elem in enumerate(capture.place.projection[n:], n):
            ty = fcx.icx.shallow(capture.tys[i])
            if elem == "*" and isinstance(ty, t.RefTy) and ty.mutable:
                capture.by = "ref unique"
                break
    capture.place, capture.tys = _cut(capture.place, capture.tys, n)


def _merge(fcx: FnCtxt, found: list[_Capture], new: _Capture) -> None:
    """Keep the shortest of nested places with the strongest mode; the first use's span stays."""
    below = [old for old in found if _covers(new.place, old.place)]
    if below:
        at = found.index(below[0])
        found[:] = [old for old in found if old not in below]
        for old in below:
            _shorten(fcx, old, len(new.place.projection))
            if _RANK[old.by] >= _RANK[new.by]:
                new.by, new.span = old.by, old.span
        found.insert(at, new)
        return
    for old in found:
        if _covers(old.place, new.place):
            _shorten(fcx, new, len(old.place.projection))
            if _RANK[new.by] > _RANK[old.by]:
                old.by, old.span = new.by, new.span
            return
    found.append(new)


def _covers(short: Place, long: Place) -> bool:
    return short.local == long.local and long.projection[: len(short.projection)] == short.projection
