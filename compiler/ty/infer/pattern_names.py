"""A name bound twice in one pattern (E0416) or among the parameters' patterns (E0415).

What it is: a walk over the patterns of a body. Assumes: inference has decided which names are constants. Guarantees:
the alternatives of an or-pattern bind the same names, which is no fault; one diagnostic a pattern.

Example: ``let (a, a) = pair;``: E0416 at the second ``a``.
"""

from __future__ import annotations

from compiler.hir import nodes as h
from compiler.ty.infer.context import FnCtxt
from compiler.ty.infer.errors import Coded


def check_pattern_names(fcx: FnCtxt) -> None:
    """Every pattern of the body; those of parameters are one list of names."""
    if any(not isinstance(fcx.store.pats[pat], h.BindPat) for pat in fcx.body.params):
        _check(fcx, *fcx.body.params, are_params=True)
    for expr in fcx.store.exprs:
        if isinstance(expr, h.Block):
            for stmt in expr.stmts:
                if isinstance(stmt, h.LetStmt):
                    _check(fcx, stmt.pat)
        elif isinstance(expr, h.Match):
            for arm in expr.arms:
                _check(fcx, arm.pat)
        elif isinstance(expr, h.Let):
            _check(fcx, expr.pat)
        elif isinstance(expr, h.Closure):
            _check(fcx, *(param.pat for param in expr.params), are_params=True)


def _check(fcx: FnCtxt, *roots: h.PatId, are_params: bool = False) -> None:
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
