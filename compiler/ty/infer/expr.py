"""Expressions: the dispatch table, literals, blocks, control flow, aggregates, casts, references.

``infer_expr`` records the type of every expression and tracks divergence: an expression of type ``!`` makes what
follows unreachable, and a block that diverges without a tail has type ``!``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from compiler.base.span import EMPTY_SPAN, Span
from compiler.hir import nodes as h
from compiler.hir.def_id import DefKind
from compiler.resolve.lang import lang_item
from compiler.ty import types as t
from compiler.ty.infer.call import infer_call, infer_method_call, make_mutable
from compiler.ty.infer.closure import infer_closure
from compiler.ty.infer.coerce import CoerceMany, coerce_to, try_coerce
from compiler.ty.infer.context import ALWAYS, MAYBE, WARNED, Breakable, DeferredCast, FnCtxt
from compiler.ty.infer.errors import Coded, MismatchedTypes, shown
from compiler.ty.infer.op import infer_assign, infer_assign_op, infer_binary, infer_unary, is_written_place
from compiler.ty.infer.pat import bindings_of, check_pat
from compiler.ty.infer.path import infer_path, struct_like
from compiler.ty.infer.place import infer_field, infer_index, infer_offset_of
from compiler.ty.results import NeverToAny

Rule = Callable[[FnCtxt, h.ExprId, Any, t.Ty | None], t.Ty]


def infer_expr(fcx: FnCtxt, expr: h.ExprId, expected: t.Ty | None = None) -> t.Ty:
    """Infer one expression; see the module docstring."""
    fcx.db.checkpoint()
    node = fcx.store.exprs[expr]
    if fcx.diverges == ALWAYS:
        fcx.unreachable(fcx.span(expr), "expression")
    outer_diverges = fcx.diverges
    fcx.diverges = MAYBE
    ty = RULES[type(node)](fcx, expr, node, expected)
    if fcx.diverges == ALWAYS:
        _after_diverging_part(fcx, expr, node)
    if ty is t.never or (type(ty) is t.InferTy and fcx.icx.shallow(ty) is t.never):
        fcx.diverge(fcx.span(expr))
    fcx.diverges = max(fcx.diverges, outer_diverges)
    fcx.result.expr_types[expr] = ty
    return ty


def _after_diverging_part(fcx: FnCtxt, expr: h.ExprId, node: h.Expr) -> None:
    """An expression that is not reached because a part of it diverges; what has branches spoke for itself."""
    match node:
        case h.Block() | h.If() | h.Let() | h.Loop() | h.Match():
            return
        case h.Call():
            fcx.unreachable(fcx.span(node.callee), "call")
        case h.MethodCall():
            fcx.unreachable(node.name_span, "call")
        case _:
            fcx.unreachable(fcx.span(expr), "expression")


def check_expr(fcx: FnCtxt, expr: h.ExprId, expected: t.Ty, because: tuple[Span, str] | None = None) -> t.Ty:
    """Infer with a hint and coerce to it."""
    return coerce_to(fcx, expr, infer_expr(fcx, expr, expected), expected, because)


# ---------------------------------------------------------------- literals


def _literal(fcx: FnCtxt, expr: h.ExprId, node: h.Literal, expected: t.Ty | None) -> t.Ty:
    kind = node.kind
    if kind is h.LitKind.INT:
        return _int_literal(fcx, node, expected)
    if kind is h.LitKind.FLOAT:
        if node.suffix in t.FLOAT_TYPES:
            return t.FLOAT_TYPES[node.suffix]
        hint = fcx.icx.shallow(expected) if expected is not None else None
        return hint if isinstance(hint, t.FloatTy) else fcx.icx.fresh("float")
    if kind is h.LitKind.STR:
        return t.RefTy(t.ERASED, t.str_, False)
    if kind is h.LitKind.BYTE_STR:
        assert isinstance(node.value, bytes)
        return t.RefTy(t.ERASED, t.ArrayTy(t.u8, t.const_value(len(node.value), t.usize)), False)
    if kind is h.LitKind.C_STR:
        cstr = lang_item(fcx.db, "CStr")
        return t.ERROR if cstr is None else t.RefTy(t.ERASED, t.AdtTy(cstr), False)
    return {h.LitKind.BOOL: t.bool_, h.LitKind.CHAR: t.char, h.LitKind.BYTE: t.u8}[kind]


def _int_literal(fcx: FnCtxt, node: h.Literal, expected: t.Ty | None) -> t.Ty:
    if node.suffix in t.INT_TYPES:
        return t.INT_TYPES[node.suffix]
    if node.suffix in t.FLOAT_TYPES:
        return t.FLOAT_TYPES[node.suffix]
    hint = fcx.icx.shallow(expected) if expected is not None else None
    if isinstance(hint, t.IntTy):
        return hint
    return fcx.icx.fresh("int")


# ---------------------------------------------------------------- blocks and statements


def _block(fcx: FnCtxt, expr: h.ExprId, node: h.Block, expected: t.Ty | None) -> t.Ty:
    fcx.scopes.append({})
    fcx.resolver.enter_block(node.items)
    fcx.in_unsafe += node.is_unsafe
    target: Breakable | None = None
    if node.label is not None:
        target = Breakable(expr, node.label, False, CoerceMany(expected))
        fcx.breakables.append(target)
    for stmt in node.stmts:
        _stmt(fcx, stmt)
    ty = _block_value(fcx, expr, node, expected, target)
    if target is not None:
        fcx.breakables.pop()
    fcx.in_unsafe -= node.is_unsafe
    fcx.resolver.leave_block()
    fcx.scopes.pop()
    return ty


def _block_value(fcx: FnCtxt, expr: h.ExprId, node: h.Block, expected: t.Ty | None, target: Breakable | None) -> t.Ty:
    if target is not None:
        if node.tail is not None:
            target.coerce.add(fcx, node.tail, infer_expr(fcx, node.tail, expected))
        elif not fcx.diverges:
            target.coerce.add_unit(fcx, fcx.span(expr))
        if target.may_break:
            fcx.diverges = MAYBE
        made: t.Ty = target.coerce.finish(fcx, expr)
        return made
    if node.tail is not None:
        return _tail(fcx, expr, node.tail, expected)
    return t.never if fcx.diverges else t.UNIT


def _tail(fcx: FnCtxt, expr: h.ExprId, tail: h.ExprId, expected: t.Ty | None) -> t.Ty:
    """A tail is a coercion site of its own: a reference is reborrowed there."""
    ty = infer_expr(fcx, tail, expected)
    if expected is None or not isinstance(wanted := fcx.icx.shallow(expected), t.RefTy):
        return ty
    if not isinstance(fcx.head(ty), t.RefTy):
        return ty
    adjusts = fcx.icx.attempt(lambda: try_coerce(fcx, tail, ty, wanted))
    if adjusts is None:
        return ty
    if adjusts:
        fcx.adjust(tail, *adjusts)
    fcx.settled.add(expr)
    return wanted


def _stmt(fcx: FnCtxt, stmt: h.Stmt) -> None:
    if fcx.diverges == ALWAYS:
        fcx.unreachable(stmt.span if isinstance(stmt, h.LetStmt) else fcx.span(stmt.expr), "statement")
    if isinstance(stmt, h.LetStmt):
        outer_diverges, fcx.diverges = fcx.diverges, MAYBE
        _let(fcx, stmt)
        fcx.diverges = max(fcx.diverges, outer_diverges)
        return
    if stmt.has_semi:
        infer_expr(fcx, stmt.expr, None)
    else:
        # A block-like expression statement without `;` must be unit.
        ty = fcx.icx.shallow(infer_expr(fcx, stmt.expr, t.UNIT))
        if ty is not t.never:
            coerce_to(fcx, stmt.expr, ty, t.UNIT)
        else:
            fcx.adjust(stmt.expr, NeverToAny(t.UNIT))


def _let(fcx: FnCtxt, stmt: h.LetStmt) -> None:
    declared = fcx.lower_ty(stmt.ty, complete=True) if stmt.ty is not None else None
    ty: t.Ty = declared if declared is not None else fcx.icx.fresh(origin=stmt.pat)
    if stmt.init is not None:
        if declared is not None:
            assert stmt.ty is not None
            check_expr(fcx, stmt.init, declared, (stmt.ty.span, "expected due to this"))
        else:
            hint = ty if not _has_ref_binding(fcx, stmt.pat) else None
            found = infer_expr(fcx, stmt.init, hint)
            if found is not t.never:
                ty = found
            else:
                ty = fcx.icx.fresh(origin=stmt.pat)
                fcx.adjust(stmt.init, NeverToAny(ty))
        _use_mutably(fcx, stmt.init, stmt.pat)
    diverges = fcx.diverges
    if stmt.else_branch is not None:
        fcx.diverges = MAYBE
        else_ty = infer_expr(fcx, stmt.else_branch, t.never)
        if fcx.icx.shallow(else_ty) is not t.never:
            resolved = fcx.resolve(else_ty)
            if not resolved.flags & t.HAS_ERROR:
                fcx.error(MismatchedTypes(fcx.span(stmt.else_branch), "!", shown(resolved)))
        fcx.diverges = diverges
    fcx.is_let_pattern = stmt.else_branch is None
    check_pat(fcx, stmt.pat, ty)
    fcx.is_let_pattern = False


def _has_ref_binding(fcx: FnCtxt, pat: h.PatId) -> bool:
    node = fcx.store.pats[pat]
    return isinstance(node, h.BindPat) and node.mode in (h.BindingAnnotation.REF, h.BindingAnnotation.REF_MUT)


# ---------------------------------------------------------------- control flow


def _if(fcx: FnCtxt, expr: h.ExprId, node: h.If, expected: t.Ty | None) -> t.Ty:
    fcx.scopes.append({})
    found = infer_expr(fcx, node.cond, t.bool_)
    if not _is_let_forgotten(fcx, node):
        coerce_to(fcx, node.cond, found, t.bool_)
    if fcx.diverges == ALWAYS:
        fcx.unreachable(fcx.span(node.then_branch), "block in `if` or `while` expression")
    cond_diverges = fcx.diverges
    fcx.diverges = MAYBE
    hint = _branch_hint(fcx, expected)
    merge = CoerceMany(hint)
    then_ty = infer_expr(fcx, node.then_branch, hint)
    then_diverges = fcx.diverges
    fcx.scopes.pop()
    fcx.diverges = MAYBE
    if node.else_branch is None:
        ty = fcx.head(then_ty)
        if ty is not t.never and not fcx.icx.unify(ty, t.UNIT):
            resolved = fcx.resolve(ty)
            if not resolved.flags & t.HAS_ERROR:
                text = "`if` may be missing an `else` clause"
                fcx.error(Coded(fcx.span(expr), "E0317", text, f"expected `{shown(resolved)}`, found `()`"))
                fcx.diverges = cond_diverges
                return t.ERROR
        fcx.diverges = cond_diverges
        return t.UNIT
    merge.add(fcx, node.then_branch, then_ty)
    merge.add(fcx, node.else_branch, infer_expr(fcx, node.else_branch, hint))
    if isinstance(hint, t.RefTy) and _is_settled(fcx, node.else_branch):
        fcx.settled.add(expr)
    fcx.diverges = max(cond_diverges, min(then_diverges, fcx.diverges))
    return merge.complete(fcx)


def _is_let_forgotten(fcx: FnCtxt, node: h.If) -> bool:
    """``while Some(x) = e`` for ``while let``: that ``x`` is no place was said, and is enough."""
    loop = fcx.store.exprs[fcx.breakables[-1].expr] if fcx.breakables else None
    if not isinstance(loop, h.Loop) or loop.source is not h.LoopSource.WHILE:
        return False
    body, cond = fcx.store.exprs[loop.body], fcx.store.exprs[node.cond]
    if not isinstance(body, h.Block) or body.tail is None or fcx.store.exprs[body.tail] is not node:
        return False
    if not isinstance(cond, h.Block) or cond.tail is not None or len(cond.stmts) != 2:
        return False
    assign = fcx.store.exprs[cond.stmts[1].expr] if isinstance(cond.stmts[1], h.ExprStmt) else None
    if not isinstance(assign, h.Assign):
        return False
    is_known = not fcx.resolve(fcx.result.expr_types.get(assign.target, t.ERROR)).flags & t.HAS_ERROR
    return not (is_known and is_written_place(fcx, assign.target))


def _is_settled(fcx: FnCtxt, branch: h.ExprId) -> bool:
    """A further branch has the very type of the first: otherwise the merged lifetime is a new one."""
    return branch in fcx.settled or fcx.icx.shallow(fcx.result.expr_types.get(branch, t.ERROR)) is t.never


def _branch_hint(fcx: FnCtxt, expected: t.Ty | None) -> t.Ty | None:
    """An expectation is demanded of each branch only if its head is known."""
    if expected is None:
        return None
    shallow = fcx.icx.shallow(expected)
    return None if type(shallow) is t.InferTy and shallow.kind == "ty" else shallow


def _let_condition(fcx: FnCtxt, expr: h.ExprId, node: h.Let, expected: t.Ty | None) -> t.Ty:
    ty = infer_expr(fcx, node.expr, None)
    _use_mutably(fcx, node.expr, node.pat)
    check_pat(fcx, node.pat, ty)
    return t.bool_


def _use_mutably(fcx: FnCtxt, place: h.ExprId, *patterns: h.PatId) -> None:
    """``match *guard { Some(ref mut x) => .. }`` goes through ``DerefMut``."""
    bindings = (fcx.store.pats[p] for pattern in patterns for p in bindings_of(fcx.store, pattern))
    if any(isinstance(b, h.BindPat) and b.mode is h.BindingAnnotation.REF_MUT for b in bindings):
        make_mutable(fcx, place)


def _match(fcx: FnCtxt, expr: h.ExprId, node: h.Match, expected: t.Ty | None) -> t.Ty:
    scrutinee = infer_expr(fcx, node.scrutinee, None)
    fcx.icx.select_where_possible()
    if fcx.diverges == ALWAYS and node.arms:
        fcx.unreachable(fcx.span(node.arms[0].body), "arm")
    scrutinee_diverges = fcx.diverges
    if fcx.icx.shallow(scrutinee) is t.never and node.arms and not _bind_by_reference(fcx, node):
        scrutinee = fcx.icx.fresh()
        fcx.adjust(node.scrutinee, NeverToAny(scrutinee))
    _use_mutably(fcx, node.scrutinee, *(arm.pat for arm in node.arms))
    hint = _branch_hint(fcx, expected)
    merge = CoerceMany(hint if hint is not t.UNIT else None)  # arms may agree on another type; the whole does not fit
    all_diverge = WARNED
    for arm in node.arms:
        fcx.scopes.append({})
        fcx.diverges = MAYBE
        check_pat(fcx, arm.pat, scrutinee)
        if arm.guard is not None:
            check_expr(fcx, arm.guard, t.bool_)
            fcx.diverges = MAYBE
        merge.add(fcx, arm.body, _arm(fcx, arm.body, hint))
        all_diverge = min(all_diverge, fcx.diverges)
        fcx.scopes.pop()
    if isinstance(hint, t.RefTy) and all(_is_settled(fcx, arm.body) for arm in node.arms[1:]):
        fcx.settled.add(expr)
    if node.arms:
        fcx.diverges = max(scrutinee_diverges, all_diverge)
        if all_diverge == ALWAYS and node.source is h.MatchSource.NORMAL:
            fcx.diverged_at = fcx.span(expr)
    else:
        fcx.diverge(fcx.span(expr))
    return merge.complete(fcx)


def _arm(fcx: FnCtxt, body: h.ExprId, hint: t.Ty | None) -> t.Ty:
    """The type of an arm; the value of a block that never ends is what is expected of the block, here ``()``."""
    ty = infer_expr(fcx, body, hint)
    node = fcx.store.exprs[body]
    if hint is not t.UNIT or ty is not t.never or not isinstance(node, h.Block) or node.tail is None:
        return ty
    fcx.adjust(body, NeverToAny(t.UNIT))
    return t.UNIT


def _bind_by_reference(fcx: FnCtxt, node: h.Match) -> bool:
    """Some arm says ``ref``: then the scrutinee is a place, not a value to be coerced."""
    bindings = (fcx.store.pats[p] for arm in node.arms for p in bindings_of(fcx.store, arm.pat))
    by_ref = (h.BindingAnnotation.REF, h.BindingAnnotation.REF_MUT)
    return any(isinstance(binding, h.BindPat) and binding.mode in by_ref for binding in bindings)


def _loop(fcx: FnCtxt, expr: h.ExprId, node: h.Loop, expected: t.Ty | None) -> t.Ty:
    is_plain = node.source is h.LoopSource.LOOP
    target = Breakable(expr, node.label, True, CoerceMany(expected) if is_plain else None)
    fcx.breakables.append(target)
    body_ty = fcx.icx.shallow(infer_expr(fcx, node.body, t.UNIT))
    if body_ty is not t.never:
        coerce_to(fcx, node.body, body_ty, t.UNIT)
    fcx.breakables.pop()
    if node.unroll_anon is not None:
        from compiler.ty.infer.anon_const import own_body_const

        own_body_const(fcx, node.unroll_anon)
    if not is_plain or target.may_break:
        fcx.diverges = MAYBE
    else:
        fcx.diverge(fcx.span(expr))
    if not is_plain:
        return t.UNIT
    if not target.may_break:
        return t.never
    broken_with: t.Ty = target.coerce.finish(fcx, expr)
    return broken_with


def _find_target(fcx: FnCtxt, expr: h.ExprId, label: str | None, is_continue: bool) -> Breakable | None:
    word = "continue" if is_continue else "break"
    for target in reversed(fcx.breakables):
        if label is None and target.is_loop:
            if _is_in_condition(fcx, expr, target.expr):
                text = f"`{word}` with no label in the condition of a `while` loop"
                fcx.error(Coded(fcx.span(expr), "E0590", text, "say by a label which loop is meant"))
                return None
            return target
        if label is None:
            text = f"unlabeled `{word}` inside of a labeled block"
            help_ = f"name the loop: `{word} 'label`"
            fcx.error(Coded(fcx.span(expr), "E0695", text, f"`{word}` needs a label here", help_))
            return None
        if _is_labelled(target, label):
            if is_continue and not target.is_loop:
                fcx.error(
                    Coded(
                        fcx.span(expr),
                        "E0696",
                        "`continue` pointing to a labeled block",
                        "labeled blocks cannot be `continue`'d",
                    )
                )
                return None
            return target
    is_outside = any(_is_labelled(target, label) for closure in fcx.open_closures for target in closure.breakables)
    if is_outside and label is not None:
        text = f"use of unreachable label `'{h.strip_mark(label)}`"
        fcx.error(Coded(fcx.span(expr), "E0767", text, "labels are unreachable through functions and closures"))
    elif label is not None:
        fcx.error(
            Coded(fcx.span(expr), "E0426", f"use of undeclared label `'{h.strip_mark(label)}`", "undeclared label")
        )
    if label is None or (is_outside and not fcx.breakables):
        where = "inside of a closure" if fcx.return_coerce is not None and fcx.open_closures else "outside of a loop"
        code = "E0267" if fcx.open_closures else "E0268"
        tail = " or labeled block" if not is_continue and not fcx.open_closures else ""
        fcx.error(Coded(fcx.span(expr), code, f"`{word}` {where}{tail}", f"cannot `{word}` {where}{tail}"))
    return None


def _is_in_condition(fcx: FnCtxt, expr: h.ExprId, loop: h.ExprId) -> bool:
    node = fcx.store.exprs[loop]
    if not isinstance(node, h.Loop) or node.source is not h.LoopSource.WHILE:
        return False
    body = fcx.store.exprs[node.body]
    test = fcx.store.exprs[body.tail] if isinstance(body, h.Block) and body.tail is not None else None
    condition = fcx.span(test.cond) if isinstance(test, h.If) else EMPTY_SPAN
    return condition.start <= fcx.span(expr).start < condition.end


def _is_labelled(target: Breakable, label: str | None) -> bool:
    if label is None or target.label is None:
        return False
    outer = h.at_definition(label)
    is_named = target.label == label or h.strip_mark(target.label) == label
    return is_named or (outer is not None and _is_labelled(target, outer[0]))


def _break(fcx: FnCtxt, expr: h.ExprId, node: h.Break, expected: t.Ty | None) -> t.Ty:
    target = _find_target(fcx, expr, node.label, False)
    if target is None:
        if node.expr is not None:
            infer_expr(fcx, node.expr, None)
        return t.ERROR
    fcx.result.loop_labels[expr] = target.expr
    target.may_break = True
    if node.expr is not None:
        if target.coerce is None:
            infer_expr(fcx, node.expr, None)
            fcx.error(
                Coded(
                    fcx.span(expr),
                    "E0571",
                    "`break` with value from a loop that is not `loop`",
                    "can only break with a value inside `loop` or breakable block",
                )
            )
        else:
            value_ty = infer_expr(fcx, node.expr, target.coerce.expected)
            target.coerce.add(fcx, node.expr, value_ty)
    elif target.coerce is not None:
        target.coerce.add_unit(fcx, fcx.span(expr))
    return t.never


def _continue(fcx: FnCtxt, expr: h.ExprId, node: h.Continue, expected: t.Ty | None) -> t.Ty:
    target = _find_target(fcx, expr, node.label, True)
    if target is None:
        return t.ERROR
    fcx.result.loop_labels[expr] = target.expr
    return t.never


def _return(fcx: FnCtxt, expr: h.ExprId, node: h.Return, expected: t.Ty | None) -> t.Ty:
    if fcx.return_coerce is None:
        if node.expr is not None:
            infer_expr(fcx, node.expr, None)
        fcx.error(Coded(fcx.span(expr), "E0572", "return statement outside of function body"))
        return t.never
    if node.expr is not None:
        fcx.return_coerce.add(fcx, node.expr, infer_expr(fcx, node.expr, fcx.return_ty))
    elif fcx.return_ty is not None and not fcx.icx.unify(fcx.return_ty, t.UNIT):
        resolved = fcx.resolve(fcx.return_ty)
        if not resolved.flags & t.HAS_ERROR:
            fcx.error(
                Coded(
                    fcx.span(expr),
                    "E0069",
                    "`return;` in a function whose return type is not `()`",
                    f"return type is `{shown(resolved)}`",
                )
            )
    return t.never


# ---------------------------------------------------------------- aggregates and the rest


def _tuple(fcx: FnCtxt, expr: h.ExprId, node: h.Tuple, expected: t.Ty | None) -> t.Ty:
    hint = fcx.icx.shallow(expected) if expected is not None else None
    hints = (
        hint.elems if isinstance(hint, t.TupleTy) and len(hint.elems) == len(node.elems) else (None,) * len(node.elems)
    )
    elems = []
    for elem, wanted in zip(node.elems, hints, strict=True):
        ty = infer_expr(fcx, elem, wanted)
        if wanted is not None and type(fcx.icx.shallow(wanted)) is not t.InferTy:
            ty = coerce_to(fcx, elem, ty, wanted)
        elems.append(ty)
    return t.TupleTy(tuple(elems))


def _array(fcx: FnCtxt, expr: h.ExprId, node: h.Array, expected: t.Ty | None) -> t.Ty:
    hint = fcx.icx.shallow(expected) if expected is not None else None
    elem_hint = hint.ty if isinstance(hint, t.ArrayTy | t.SliceTy) else None
    merge = CoerceMany(_branch_hint(fcx, elem_hint))
    for elem in node.elems:
        merge.add(fcx, elem, infer_expr(fcx, elem, merge.expected if merge.expected is not None else elem_hint))
        if merge.expected is None and merge.merged is not None and fcx.icx.shallow(merge.merged) is not t.never:
            merge.expected = merge.merged
    elem_ty = merge.complete(fcx) if node.elems else (elem_hint or fcx.icx.fresh())
    return t.ArrayTy(elem_ty, t.const_value(len(node.elems), t.usize))


def _repeat(fcx: FnCtxt, expr: h.ExprId, node: h.Repeat, expected: t.Ty | None) -> t.Ty:
    count = fcx.lowering.lower_const_arg(node.count, t.usize)
    fcx.result.repeat_counts[expr] = count
    hint = fcx.icx.shallow(expected) if expected is not None else None
    elem_hint = hint.ty if isinstance(hint, t.ArrayTy | t.SliceTy) else None
    if elem_hint is not None and type(fcx.icx.shallow(elem_hint)) is not t.InferTy:
        elem_ty = check_expr(fcx, node.elem, elem_hint)
    else:
        elem_ty = infer_expr(fcx, node.elem, elem_hint)
    return t.ArrayTy(elem_ty, count)


def _record(fcx: FnCtxt, expr: h.ExprId, node: h.RecordLit, expected: t.Ty | None) -> t.Ty:
    found = struct_like(fcx, node.path, fcx.span(expr))
    if found is None:
        for f in node.fields:
            infer_expr(fcx, f.expr, None)
        if node.base is not None:
            infer_expr(fcx, node.base, None)
        return t.ERROR
    variant, ty = found
    if expected is not None:
        fcx.icx.attempt(lambda: fcx.icx.unify(ty, fcx.icx.shallow(expected)) or None)
    fcx.result.variants[expr] = variant.def_id
    _record_fields(fcx, expr, node, variant, ty)
    if node.base is not None:
        check_expr(fcx, node.base, ty)
        if ty.def_id.kind is not DefKind.STRUCT:
            text = "functional record update syntax requires a struct"
            fcx.error(Coded(fcx.span(node.base), "E0436", text))
    fcx.register_predicates(ty.def_id, ty.args, expr)
    return ty


def _record_fields(fcx: FnCtxt, expr: h.ExprId, node: h.RecordLit, variant: Any, ty: t.AdtTy) -> None:
    index = {f.name: i for i, f in enumerate(variant.fields)}
    written: list[int] = []
    hidden = _hidden_fields(fcx, node, variant)
    for f in node.fields:
        name = h.strip_mark(f.name)
        at = index.get(name)
        if at is None:
            text = (
                f"{'struct' if variant.def_id is ty.def_id else 'variant'} `{variant.name}` has no field named `{name}`"
            )
            code = "E0560" if variant.def_id is ty.def_id else "E0559"
            fcx.error(Coded(f.span, code, text, "unknown field"))
            infer_expr(fcx, f.expr, None)
            written.append(0)
            continue
        if at in written:
            fcx.error(Coded(f.span, "E0062", f"field `{name}` specified more than once", "used more than once"))
        if not fcx.resolver.is_visible(variant.fields[at].visibility) and not hidden:
            fcx.error(Coded(f.span, "E0451", f"field `{name}` of struct `{variant.name}` is private", "private field"))
        check_expr(fcx, f.expr, fcx.instantiate(variant.fields[at].ty, ty.args))
        written.append(at)
    fcx.result.record_fields[expr] = tuple(written)
    missing = [f"`{n}`" for n, i in index.items() if i not in written]
    if ty.def_id.kind.value == "union":
        if len(written) != 1:
            fcx.error(Coded(fcx.span(expr), "E0784", "union expressions should have exactly one field"))
    elif hidden:
        text = f"cannot construct `{variant.name}` with struct literal syntax due to private fields"
        fcx.error(Coded(fcx.span(expr), "", text, f"{', '.join(f'`{n}`' for n in hidden)} cannot be given here"))
    elif missing and node.base is None and variant.fields and all(h.strip_mark(f.name) in index for f in node.fields):
        text = f"missing field{'s' * (len(missing) > 1)} {', '.join(missing)} in initializer of `{variant.name}`"
        fcx.error(Coded(fcx.span(expr), "E0063", text, f"missing {', '.join(missing)}"))


def _hidden_fields(fcx: FnCtxt, node: h.RecordLit, variant: Any) -> list[str]:
    """Private fields that a literal leaves out."""
    if node.base is not None:
        return []
    given = {h.strip_mark(f.name) for f in node.fields}
    return [f.name for f in variant.fields if f.name not in given and not fcx.resolver.is_visible(f.visibility)]


def _addr_of(fcx: FnCtxt, expr: h.ExprId, node: h.AddrOf, expected: t.Ty | None) -> t.Ty:
    hint: t.Ty | None = None
    outer = fcx.icx.shallow(expected) if expected is not None else None
    if isinstance(outer, t.RefTy | t.PtrTy):
        inner = fcx.icx.shallow(outer.ty)
        what = {t.SliceTy: h.Array | h.Repeat, t.DynTy: h.Closure}.get(
            type(inner)
        )  # what an unsized type is a hint for
        fits = what is None or isinstance(fcx.store.exprs[node.expr], what)
        hint = inner if fits and not _has_unsized_tail(fcx, inner) else None
    ty = infer_expr(fcx, node.expr, hint)
    if node.raw and not is_written_place(fcx, node.expr):
        fcx.error(Coded(fcx.span(node.expr), "E0745", "cannot take address of a temporary", "temporary value"))
    if node.mutable:
        make_mutable(fcx, node.expr)
    return t.PtrTy(ty, node.mutable) if node.raw else t.RefTy(t.ERASED, ty, node.mutable)


def _has_unsized_tail(fcx: FnCtxt, ty: t.Ty) -> bool:
    """A struct whose last field is unsized is the target of a coercion, never the type of an expression (rustc's
    ``rvalue_hint``)."""
    from compiler.ty.adt import adt_def

    at = ty
    while isinstance(at, t.AdtTy) and at.def_id.kind is DefKind.STRUCT:
        fields = adt_def(fcx.db, at.def_id).variants[0].fields
        if not fields:
            return False
        at = fcx.icx.shallow(fcx.instantiate(fields[-1].ty, at.args))
    return at is not ty and (at is t.str_ or isinstance(at, t.SliceTy | t.DynTy))


def _cast(fcx: FnCtxt, expr: h.ExprId, node: h.Cast, expected: t.Ty | None) -> t.Ty:
    to_ty = fcx.lower_ty(node.ty, complete=True)
    target = fcx.icx.shallow(to_ty)
    from_ty = infer_expr(fcx, node.expr, _castable_hint(fcx, node.expr, target))
    fcx.deferred_casts.append(DeferredCast(expr, node.expr, from_ty, to_ty))
    return to_ty


def _castable_hint(fcx: FnCtxt, operand: h.ExprId, target: t.Ty) -> t.Ty | None:
    """What a cast tells its operand (rustc's ``ExpectCastableToType``): literals and closures only; an ``if`` or a call
    has whatever type it has."""
    node = fcx.store.exprs[operand]
    while isinstance(node, h.Unary) and node.op in "-!":
        node = fcx.store.exprs[node.expr]
    if isinstance(node, h.Closure):
        return target
    if not isinstance(node, h.Literal):
        return None
    if isinstance(target, t.PtrTy | t.FnPtrTy):
        return t.usize
    return t.u8 if target is t.char else target


def _inline_const(fcx: FnCtxt, expr: h.ExprId, node: h.InlineConst, expected: t.Ty | None) -> t.Ty:
    from compiler.ty.infer.anon_const import infer_inline_const

    return infer_inline_const(fcx, node.anon, _branch_hint(fcx, expected))


def _ptx_asm(fcx: FnCtxt, expr: h.ExprId, node: h.PtxAsm, expected: t.Ty | None) -> t.Ty:
    for operand in node.operands:
        found = infer_expr(fcx, operand.expr, _asm_hint(operand.constraint))
        if operand.constraint == "C":
            _check_asm_text(fcx, operand.expr, fcx.resolve(found))
        if operand.kind != "in":
            make_mutable(fcx, operand.expr)
    return t.UNIT


def _check_asm_text(fcx: FnCtxt, expr: h.ExprId, ty: t.Ty) -> None:
    """A ``C`` operand is ``&'static [u8; N]``."""
    is_bytes = isinstance(ty, t.RefTy) and isinstance(ty.ty, t.ArrayTy) and ty.ty.ty is t.u8
    if not is_bytes and not ty.flags & (t.HAS_ERROR | t.HAS_INFER):
        fcx.error(MismatchedTypes(fcx.span(expr), "&'static [u8; _]", shown(ty)))


def _asm_hint(constraint: str) -> t.Ty | None:
    """The type an unsuffixed literal operand takes."""
    return {"h": t.u16, "r": t.u32, "l": t.u64, "q": t.u128, "f": t.f32, "d": t.f64, "n": t.i32}.get(
        constraint.lstrip("=+")
    )


def _printf(fcx: FnCtxt, expr: h.ExprId, node: h.Printf, expected: t.Ty | None) -> t.Ty:
    for arg in node.args:
        infer_expr(fcx, arg, None)
    return t.i32


def _offset_of(fcx: FnCtxt, expr: h.ExprId, node: h.OffsetOf, expected: t.Ty | None) -> t.Ty:
    infer_offset_of(fcx, expr, node)
    return t.usize


def _unsupported(fcx: FnCtxt, expr: h.ExprId, node: h.UnsupportedExpr, expected: t.Ty | None) -> t.Ty:
    for child in node.children:
        infer_expr(fcx, child, None)
    return t.ERROR


def _missing(fcx: FnCtxt, expr: h.ExprId, node: h.MissingExpr, expected: t.Ty | None) -> t.Ty:
    fcx.result.tainted = True
    return t.ERROR


RULES: dict[type, Rule] = {
    h.Literal: _literal,
    h.PathExpr: infer_path,
    h.Call: infer_call,
    h.MethodCall: infer_method_call,
    h.FieldAccess: infer_field,
    h.Index: infer_index,
    h.Unary: infer_unary,
    h.Binary: infer_binary,
    h.Assign: infer_assign,
    h.AssignOp: infer_assign_op,
    h.AddrOf: _addr_of,
    h.Cast: _cast,
    h.Block: _block,
    h.If: _if,
    h.Let: _let_condition,
    h.Match: _match,
    h.Loop: _loop,
    h.Break: _break,
    h.Continue: _continue,
    h.Return: _return,
    h.Closure: infer_closure,
    h.Tuple: _tuple,
    h.Array: _array,
    h.Repeat: _repeat,
    h.RecordLit: _record,
    h.InlineConst: _inline_const,
    h.PtxAsm: _ptx_asm,
    h.Printf: _printf,
    h.OffsetOf: _offset_of,
    h.UnsupportedExpr: _unsupported,
    h.MissingExpr: _missing,
}
