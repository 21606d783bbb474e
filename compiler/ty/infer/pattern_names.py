"""Names in patterns: which are constants, and which may not be bound.

What it is: :func:`constant_named` says whether a name is a constant's, or binds, and may bind (E0530, rustc's
``try_resolve_as_non_binding``); :func:`check_pattern_names` finds a name bound twice in one pattern (E0416) or among
the parameters' patterns (E0415) in a walk over a body.

Assumes: for the walk, inference has decided which names are constants. Guarantees: the alternatives of an or-pattern
bind the same names, which is no fault; one diagnostic a pattern.

Example: ``let (a, a) = pair;``: E0416 at the second ``a``.
"""

from __future__ import annotations

from collections.abc import Iterator

from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.resolve import resolver as r
from compiler.ty.infer.context import FnCtxt
from compiler.ty.infer.errors import Coded
from compiler.ty.infer.path import resolve_pat_path
from compiler.ty.results import DefRes


def constant_named(fcx: FnCtxt, pat_id: h.PatId, pat: h.BindPat) -> DefRes | str | None:
    """The constant, unit struct or unit variant that a name alone means; "unknown": it was refused; None: it binds."""
    if pat.name.endswith(h.HIDDEN_MARK):
        return None
    span = fcx.pat_span(pat_id)
    path = h.Path((h.PathSegment(h.strip_mark(pat.name), None, span),), span=span)
    found, _ = fcx.resolver.resolve_value_path(path)
    is_plain = pat.sub is None and pat.mode is h.BindingAnnotation.UNANNOTATED
    if isinstance(found, r.ConstParamRes):
        if is_plain:
            fcx.error(
                Coded(span, "E0158", "constant parameters cannot be referenced in patterns", "can't be used here")
            )
            return "unknown"
        _cannot_shadow(fcx, pat_id, "const parameter")
        return None
    what = _in_the_way(fcx, found.def_id) if isinstance(found, r.ValueDefRes) else ""
    if not what:
        return None
    if is_plain and what in ("constant", "unit struct", "unit variant"):
        return resolve_pat_path(fcx, path, span)
    _cannot_shadow(fcx, pat_id, what)
    return None


def _in_the_way(fcx: FnCtxt, item: DefId) -> str:
    """What an item is that no variable may be named like; empty: a function, which may be shadowed."""
    from compiler.ty.adt import variant_of

    if item.kind in (DefKind.CONST, DefKind.STATIC):
        return "constant" if item.kind is DefKind.CONST else "static"
    if item.kind not in (DefKind.STRUCT, DefKind.VARIANT):
        return ""
    ctor = variant_of(fcx.db, item).ctor
    return f"{ctor} {'variant' if item.kind is DefKind.VARIANT else 'struct'}" if ctor in ("unit", "tuple") else ""


def _cannot_shadow(fcx: FnCtxt, pat_id: h.PatId, what: str) -> None:
    name = h.strip_mark(fcx.store.pats[pat_id].name)  # type: ignore[union-attr]
    owners = (noun for noun, roots in _patterns(fcx) if any(pat_id in _inside(fcx, root) for root in roots))
    text = f"{next(owners, 'binding')}s cannot shadow {what}s"
    fcx.error(Coded(fcx.pat_span(pat_id), "E0530", text, f"`{name}` cannot be named the same as a {what}"))


def _patterns(fcx: FnCtxt) -> Iterator[tuple[str, tuple[h.PatId, ...]]]:
    """Every pattern of the body and what binds there; those of parameters are one."""
    yield "function parameter", fcx.body.params
    for expr in fcx.store.exprs:
        if isinstance(expr, h.Block):
            for stmt in expr.stmts:
                if isinstance(stmt, h.LetStmt):
                    yield "let binding", (stmt.pat,)
        elif isinstance(expr, h.Match):
            for arm in expr.arms:
                yield "match binding", (arm.pat,)
        elif isinstance(expr, h.Let):
            yield "let binding", (expr.pat,)
        elif isinstance(expr, h.Closure):
            yield "function parameter", tuple(param.pat for param in expr.params)


def _inside(fcx: FnCtxt, root: h.PatId) -> Iterator[h.PatId]:
    from compiler.ty.infer.pat import sub_patterns

    stack = [root]
    while stack:
        at = stack.pop()
        yield at
        stack.extend(sub_patterns(fcx.store.pats[at]))


def check_pattern_names(fcx: FnCtxt) -> None:
    """Every pattern of the body; those of parameters are one list of names."""
    are_plain = all(isinstance(fcx.store.pats[pat], h.BindPat) for pat in fcx.body.params)
    for noun, roots in _patterns(fcx):
        if not (roots is fcx.body.params and are_plain):  # the signature's own names are looked at elsewhere
            _check(fcx, roots, noun == "function parameter")


def _check(fcx: FnCtxt, roots: tuple[h.PatId, ...], are_params: bool) -> None:
    seen: set[str] = set()
    stack = list(reversed(roots))
    while stack:
        at = stack.pop()
        node = fcx.store.pats[at]
        if isinstance(node, h.BindPat) and at in fcx.result.binding_types:
            if node.name in seen:
                name = h.strip_mark(node.name)
                text = f"identifier `{name}` is bound more than once in the same pattern"
                code, label = "E0416", "used in a pattern more than once"
                if are_params:
                    text = f"identifier `{name}` is bound more than once in this parameter list"
                    code, label = "E0415", "used as parameter more than once"
                fcx.error(Coded(fcx.pat_span(at), code, text, label))
                return
            seen.add(node.name)
        stack.extend(reversed(_parts(node)))


def _parts(node: h.Pat) -> tuple[h.PatId, ...]:
    """Sub-patterns; of alternatives the first, which binds what all bind."""
    if isinstance(node, h.OrPat):
        return node.pats[:1]
    if isinstance(node, h.BindPat):
        return (node.sub,) if node.sub is not None else ()
    if isinstance(node, h.RecordPat):
        return tuple(f.pat for f in node.fields)
    if isinstance(node, h.RefPat):
        return (node.pat,)
    return tuple(getattr(node, "pats", ()))
