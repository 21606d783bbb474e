"""Bodies: functions, closures, constants and statics from HIR to MIR (rustc's ``mir_build``).

What it is: ``mir_built(db, def_id)``, the query, and the set-up of locals, parameters and the outermost scopes.

- A function: ``_0``, its parameters (patterns bound to them), then the root expression into ``_0``; ``return`` leaves
  to the same exit.
- A closure: ``_1`` is the closure itself, then its untupled parameters; captured variables are fields of ``_1``.
- A const, static or anonymous constant: no parameters; temporaries of its value live forever.

Assumes: ``body`` and ``infer`` of the owner. Guarantees: never raises on bodies with errors (``tainted_by_errors`` is
set; where there is nothing to build, the body is one ``Unreachable``); every block is terminated; no unreachable
block remains.

Example: ``fn inc(x: u32) -> u32 { x + 1 }``: ``bb0: StorageLive(_2); _2 = copy _1; _0 = Add(move _2, const 1);
StorageDead(_2); return``.
"""

from __future__ import annotations

import sys

from compiler.base.span import Span
from compiler.hir import nodes as hir
from compiler.hir.def_id import DefId, DefKind
from compiler.mir import body as m
from compiler.mir.build import block, closure, custom_mir, into
from compiler.mir.build.builder import Builder
from compiler.mir.build.cx import BodyCx, body_cx
from compiler.mir.build.matches import bindings, lower
from compiler.mir.build.place import PlaceBuilder
from compiler.mir.build.scope import Scope, in_breakable_scope, pop_scope, push_scope, schedule_drop
from compiler.mir.simplify import remove_unreachable_blocks
from compiler.query import Database, query
from compiler.ty import types as t
from compiler.ty.results import ClosureFacts

_RECURSION_LIMIT = 20_000  # nesting of expressions; statements are walked in a loop


@query(cycle=lambda db, def_id: error_body(def_id), backdate=False)
def mir_built(db: Database, def_id: DefId) -> m.Body:
    """MIR of a definition with everything the borrow checker needs; promoteds are in ``Body.promoted``."""
    from compiler.ty.infer import body_owner, is_own_body

    if sys.getrecursionlimit() < _RECURSION_LIMIT:
        sys.setrecursionlimit(_RECURSION_LIMIT)
    owner = def_id if is_own_body(db, def_id) else body_owner(def_id)
    cx = body_cx(db, owner)
    return error_body(def_id) if cx is None else build_body(cx, def_id)


def mir_for_const(db: Database, owner: DefId) -> m.Body:
    """MIR of a const, static or anonymous constant (the same query; the name says what is expected)."""
    return mir_built(db, owner)


def error_body(def_id: DefId) -> m.Body:
    """Stands for a definition that has no body or cannot be built."""
    block_ = m.BasicBlock([], m.Unreachable())
    return m.Body(def_id, [m.LocalDecl(t.ERROR)], 0, [block_], tainted_by_errors=True)


def build_body(cx: BodyCx, def_id: DefId) -> m.Body:
    """Build ``def_id``, which is the owner of ``cx`` or a closure or anonymous constant inside it."""
    if def_id.kind is DefKind.CLOSURE:
        facts = cx.res.closures.get(def_id.disambiguator)
        return error_body(def_id) if facts is None else _build_closure(cx, def_id, facts)
    if def_id.kind is DefKind.FN:
        return _build_fn(cx, def_id)
    root, ty = cx.body.root, cx.expr_ty_adjusted(cx.body.root)
    if def_id.kind is DefKind.ANON_CONST and def_id is not cx.owner:
        root = cx.body.store.anon_consts[def_id.disambiguator].expr
        ty = cx.res.anon_consts.get(def_id.disambiguator, t.ERROR)
    return _build_const(cx, def_id, root, ty)


def _builder(cx: BodyCx, def_id: DefId, root: int, ty: t.Ty) -> Builder:
    span = cx.spans[root]
    b = Builder(cx, def_id, span)
    b.new_local(m.LocalDecl(ty, m.Mutability.MUT, None, span))
    return b


def _finish(b: Builder, cx: BodyCx, arg_count: int, span: Span) -> m.Body:
    body = m.Body(
        b.def_id,
        b.locals,
        arg_count,
        b.blocks,
        span,
        b.promoted,
        b.source_scopes,
        [],
        b.loop_unroll,
        cx.res.tainted,
        b.unsupported,
        [],
        b.user_types,
    )
    remove_unreachable_blocks(body)
    return body


def _root(b: Builder, root: int, leading: int, params: list[tuple[int, m.Local]]) -> None:
    """Parameters, then the root expression into the return place: what ``return`` leaves, dropping the arguments."""
    span = b.cx.spans[root]

    def body() -> bool:
        arg_scope = push_scope(b, span)
        for local in range(1, 1 + leading):
            schedule_drop(b, arg_scope, local, True)
        for pat, local in params:
            _parameter(b, pat, local, arg_scope)
        into.into_terminating(b, m.Place(m.RETURN_PLACE), root, span)
        assert b.scopes[-1] is arg_scope
        pop_scope(b)
        return True

    in_breakable_scope(b, -1, None, m.Place(m.RETURN_PLACE), span, body)


def _end_span(span: Span) -> Span:
    return Span(max(span.end - 1, span.start), span.end)


# ---------------------------------------------------------------- functions and closures


def _build_fn(cx: BodyCx, def_id: DefId) -> m.Body:
    inputs, output = cx.signature()
    params = cx.body.params
    b = _builder(cx, def_id, cx.body.root, output)
    tys = [inputs[i] if i < len(inputs) else cx.pat_ty(p) for i, p in enumerate(params)]
    return _build_callable(b, cx, cx.body.root, [], list(zip(params, tys, strict=True)))


def _build_closure(cx: BodyCx, def_id: DefId, facts: ClosureFacts) -> m.Body:
    node = cx.exprs[facts.expr]
    assert isinstance(node, hir.Closure)
    b = _builder(cx, def_id, node.body, facts.sig.output)
    closure.enter_captures(b, facts)
    environment = m.LocalDecl(closure.self_ty(facts, cx.identity_args), m.Mutability.MUT, span=cx.spans[facts.expr])
    params = [p.pat for p in node.params]
    tys = [facts.sig.inputs[i] if i < len(facts.sig.inputs) else cx.pat_ty(p) for i, p in enumerate(params)]
    body = _build_callable(b, cx, node.body, [environment], list(zip(params, tys, strict=True)))
    body.upvars = closure.upvars(facts)
    return body


def _build_callable(
    b: Builder, cx: BodyCx, root: int, leading: list[m.LocalDecl], params: list[tuple[int, t.Ty]]
) -> m.Body:
    span = cx.spans[root]
    for decl in leading:
        b.new_local(decl)
    args = [b.new_local(m.LocalDecl(ty, m.Mutability.MUT, span=cx.pat_spans[pat])) for pat, ty in params]
    call_site = push_scope(b, span)
    bound = [(pat, local) for (pat, _), local in zip(params, args, strict=True)]
    custom = custom_mir.custom_block(b, root) if custom_mir.is_custom_mir(cx.db, b.def_id) else None
    if custom is not None:
        arg_scope = push_scope(b, span)
        for pat, local in bound:
            _parameter(b, pat, local, arg_scope)
        custom_mir.build(b, custom)
        return _finish(b, cx, len(leading) + len(params), span)
    _root(b, root, len(leading), bound)
    assert b.scopes[-1] is call_site
    pop_scope(b)
    b.terminate(m.Return(_end_span(span)))
    return _finish(b, cx, len(leading) + len(params), span)


def _parameter(b: Builder, pat: int, local: m.Local, scope: Scope) -> None:
    """Bind a parameter: a plain name is the argument local itself."""
    cx = b.cx
    node = cx.pats[pat]
    schedule_drop(b, scope, local, True)
    is_plain = isinstance(node, hir.BindPat) and node.sub is None and cx.res.binding_modes.get(pat) == "move"
    if is_plain and isinstance(node, hir.BindPat) and pat in cx.res.binding_types and pat not in cx.res.pat_consts:
        decl = b.locals[local]
        decl.name, decl.is_user_variable, decl.binding_mode = hir.strip_mark(node.name), True, "by value"
        decl.pat = pat
        if node.mode is not hir.BindingAnnotation.MUTABLE:
            decl.mutability = m.Mutability.NOT
        b.vars[pat] = local
        return
    if isinstance(node, (hir.WildPat, hir.MissingPat)):
        return
    b.source_scope = b.new_source_scope(cx.pat_spans[pat])
    bindings.declare(b, pat, b.source_scope)
    lower.place_into_pattern(b, pat, PlaceBuilder(local), scope)


# ---------------------------------------------------------------- constants


def _build_const(cx: BodyCx, def_id: DefId, root: int, ty: t.Ty) -> m.Body:
    b = _builder(cx, def_id, root, ty)
    b.in_const = b.checks_overflow = True
    span = cx.spans[root]
    scope = push_scope(b, span)
    block.extend_temporaries(b, root, None, None)
    in_breakable_scope(b, -1, None, m.Place(m.RETURN_PLACE), span, lambda: _const_root(b, root))
    assert b.scopes[-1] is scope
    scope.drops.clear()
    pop_scope(b)
    b.terminate(m.Return(_end_span(span)))
    return _finish(b, cx, 0, span)


def _const_root(b: Builder, root: int) -> bool:
    into.into(b, m.Place(m.RETURN_PLACE), root)
    return True
