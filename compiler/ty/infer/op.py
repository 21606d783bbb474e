"""Operators. Built-in operands are typed directly; everything else goes through the operator traits.

A binary operator on two built-in scalars (inference variables for literals included) never consults traits; that is
also what decides ``x + 1`` (rustc's ``enforce_builtin_binop_types``). Otherwise the trait method is recorded in
``methods``; comparison operators and the left side of compound assignment take their operands by reference
(adjustments say so). Whether an operator on types that were still unknown turns out built in is decided at writeback.
"""

from __future__ import annotations

from typing import Final

from compiler.hir import nodes as h
from compiler.ty import types as t
from compiler.ty.infer.call import make_mutable, method_on_trait
from compiler.ty.infer.coerce import coerce_to, report_mismatch, try_coerce
from compiler.ty.infer.context import FnCtxt, OverloadedOp
from compiler.ty.infer.errors import Coded, NoOperator, shown
from compiler.ty.results import BorrowAdjust

# operator: (lang item and method of the trait, lang item and method of the assign form, trait name)
ARITHMETIC: Final[dict[str, tuple[str, str, str]]] = {
    "+": ("add", "add_assign", "Add"),
    "-": ("sub", "sub_assign", "Sub"),
    "*": ("mul", "mul_assign", "Mul"),
    "/": ("div", "div_assign", "Div"),
    "%": ("rem", "rem_assign", "Rem"),
    "^": ("bitxor", "bitxor_assign", "BitXor"),
    "&": ("bitand", "bitand_assign", "BitAnd"),
    "|": ("bitor", "bitor_assign", "BitOr"),
    "<<": ("shl", "shl_assign", "Shl"),
    ">>": ("shr", "shr_assign", "Shr"),
}
COMPARISON: Final[dict[str, tuple[str, str, str]]] = {
    "==": ("eq", "eq", "PartialEq"),
    "!=": ("eq", "ne", "PartialEq"),
    "<": ("partial_ord", "lt", "PartialOrd"),
    "<=": ("partial_ord", "le", "PartialOrd"),
    ">": ("partial_ord", "gt", "PartialOrd"),
    ">=": ("partial_ord", "ge", "PartialOrd"),
}


def _scalar_class(ty: t.Ty) -> str:
    """ "int", "float", "bool", "char", "ptr", or "" for anything not built in."""
    if isinstance(ty, t.IntTy):
        return "int"
    if isinstance(ty, t.FloatTy):
        return "float"
    if isinstance(ty, t.InferTy):
        return ty.kind if ty.kind != "ty" else ""
    if ty is t.bool_ or ty is t.char:
        return repr(ty)
    return "ptr" if isinstance(ty, t.PtrTy | t.FnPtrTy) else "unit" if ty is t.UNIT else ""


def builtin_result(op: str, lhs: t.Ty, rhs: t.Ty) -> str | None:
    """For built-in operands: "same" (one type), "lhs" (shifts), "bool" (comparison of one type); None: not built in."""
    left, right = _scalar_class(lhs), _scalar_class(rhs)
    if not left or not right:
        return None
    if op in COMPARISON:
        return "bool" if left == right else None
    if op in ("<<", ">>"):
        return "lhs" if left == right == "int" else None
    if op in ("&", "|", "^"):
        return "same" if left == right and left in ("int", "bool") else None
    return "same" if left == right and left in ("int", "float") else None


def infer_binary(fcx: FnCtxt, expr: h.ExprId, node: h.Binary, expected: t.Ty | None) -> t.Ty:
    """``left op right``."""
    op = node.op
    if op in ("&&", "||"):
        return _lazy_bool(fcx, node)
    lhs = fcx.head(fcx.infer_expr(node.left, None))
    rhs_hint = lhs if op not in ("<<", ">>") and _scalar_class(lhs) else None
    rhs = fcx.head(fcx.infer_expr(node.right, rhs_hint))
    builtin = builtin_result(op, lhs, rhs)
    if builtin is not None:
        return _enforce_builtin(fcx, expr, node, builtin, lhs, rhs)
    if t.ERROR in (lhs, rhs):
        return t.bool_ if op in COMPARISON else t.ERROR
    return _overloaded(fcx, expr, node, lhs, rhs)


def _lazy_bool(fcx: FnCtxt, node: h.Binary) -> t.Ty:
    coerce_to(fcx, node.left, fcx.infer_expr(node.left, t.bool_), t.bool_)
    diverges = fcx.diverges
    coerce_to(fcx, node.right, fcx.infer_expr(node.right, t.bool_), t.bool_)
    fcx.diverges = diverges
    return t.bool_


def _enforce_builtin(fcx: FnCtxt, expr: h.ExprId, node: h.Binary, result: str, lhs: t.Ty, rhs: t.Ty) -> t.Ty:
    if result == "lhs":
        return lhs
    if not fcx.icx.unify(lhs, rhs):
        if isinstance(lhs, t.PtrTy) and isinstance(rhs, t.PtrTy) and try_coerce(fcx, None, rhs, lhs) is not None:
            return t.bool_
        _mismatch(fcx, expr, node, lhs, rhs)
    return t.bool_ if result == "bool" else lhs


def _mismatch(fcx: FnCtxt, expr: h.ExprId, node: h.Binary, lhs: t.Ty, rhs: t.Ty) -> None:
    """Different scalar types: rustc says E0308 on the right side (and E0277 for the missing impl of arithmetic)."""
    from compiler.ty.infer.coerce import report_mismatch

    report_mismatch(fcx, node.right, lhs, rhs)
    if node.op in ARITHMETIC:
        trait = ARITHMETIC[node.op][2]
        span = node.op_span if node.op_span.end else fcx.span(expr)
        fcx.error(NoOperator(span, node.op, shown(fcx.resolve(lhs)), shown(fcx.resolve(rhs)), trait))


def _overloaded(fcx: FnCtxt, expr: h.ExprId, node: h.Binary, lhs: t.Ty, rhs: t.Ty) -> t.Ty:
    is_comparison = node.op in COMPARISON
    lang, method, trait = COMPARISON[node.op] if is_comparison else (ARITHMETIC[node.op][0], *ARITHMETIC[node.op][::2])
    if not _operator_may_exist(fcx, lang, lhs, rhs):
        coerced = _retry_with_coercion(fcx, node.right, lang, lhs, rhs)
        if coerced is None:
            return _no_operator(fcx, expr, node, trait, lhs, rhs)
        rhs = coerced
    found = method_on_trait(fcx, lang, method, lhs, (rhs,), expr)
    if found is None:
        return t.ERROR
    res, sig = found
    fcx.result.methods[expr] = res
    fcx.overloaded_ops.append(OverloadedOp(expr, node.op, lhs, rhs, (node.left, node.right)))
    if is_comparison:
        fcx.adjust(node.left, BorrowAdjust(t.RefTy(t.ERASED, lhs, False), False))
        fcx.adjust(node.right, BorrowAdjust(t.RefTy(t.ERASED, rhs, False), False))
        return t.bool_
    _enforce_behind_references(fcx, node.op, lhs, rhs, sig.output)
    return sig.output


def _enforce_behind_references(fcx: FnCtxt, op: str, lhs: t.Ty, rhs: t.Ty, output: t.Ty) -> None:
    """``&1 * &x`` is of the type that ``1 * x`` is of, known before the impl is (rustc's ``is_builtin_binop`` looks
    behind one reference)."""
    inner_l = fcx.head(lhs.ty) if isinstance(lhs, t.RefTy) else lhs
    inner_r = fcx.head(rhs.ty) if isinstance(rhs, t.RefTy) else rhs
    builtin = builtin_result(op, inner_l, inner_r)
    if builtin == "same":
        fcx.icx.unify(inner_l, inner_r)
    if builtin in ("same", "lhs"):
        fcx.icx.unify(output, inner_l)


def _operator_may_exist(fcx: FnCtxt, lang: str, lhs: t.Ty, rhs: t.Ty) -> bool:
    from compiler.resolve.lang import lang_item
    from compiler.ty.traits.fulfill import evaluate

    trait = lang_item(fcx.db, lang)
    if trait is None:
        return True
    return evaluate(fcx.icx, t.TraitPredicate(t.TraitRef(trait, (lhs, rhs)))) is not False


def _retry_with_coercion(fcx: FnCtxt, right: h.ExprId, lang: str, lhs: t.Ty, rhs: t.Ty) -> t.Ty | None:
    """rustc checks the right side with the trait's parameter as expectation: ``&mut T`` may become ``&T`` there, and
    anything what the operator takes if it takes one type only (``buffer + &[1, 2]``)."""
    if isinstance(rhs, t.RefTy) and rhs.mutable:
        shared = t.RefTy(t.ERASED, rhs.ty, False)
        if _operator_may_exist(fcx, lang, lhs, shared):
            return coerce_to(fcx, right, rhs, shared)
    only = _only_right_side(fcx, lang, lhs)
    if not isinstance(only, t.RefTy | t.FnPtrTy | t.PtrTy):
        return None
    adjusts = fcx.icx.attempt(lambda: try_coerce(fcx, right, rhs, only))
    if adjusts is None:
        return None
    fcx.adjust(right, *adjusts)
    return only


def _only_right_side(fcx: FnCtxt, lang: str, lhs: t.Ty) -> t.Ty | str | None:
    """The right side that the operator of a type takes if it is the only one, "several", or None: no operator."""
    from compiler.resolve.lang import lang_item
    from compiler.ty.traits.select import AMBIGUOUS, select

    trait = lang_item(fcx.db, lang)
    if trait is None:
        return None

    def found() -> t.Ty | str | None:
        rhs = fcx.icx.fresh()
        chosen = select(fcx.icx, t.TraitRef(trait, (lhs, rhs)), 1)
        if chosen is None:
            return None
        if chosen is AMBIGUOUS:
            return "several"
        for predicate in chosen.nested:
            fcx.icx.register(predicate)
        fcx.icx.select_where_possible()
        only = fcx.icx.resolve(rhs)
        return only if isinstance(only, t.Ty) and not only.flags & t.HAS_INFER else "several"

    return fcx.icx.probe(found)  # type: ignore[no-any-return]


def _no_operator(fcx: FnCtxt, expr: h.ExprId, node: h.Binary, trait: str, lhs: t.Ty, rhs: t.Ty) -> t.Ty:
    lhs, rhs = fcx.resolve(lhs), fcx.resolve(rhs)
    if not (lhs.flags | rhs.flags) & t.HAS_ERROR:
        lang = COMPARISON[node.op][0] if node.op in COMPARISON else ARITHMETIC[node.op][0]
        only = _only_right_side(fcx, lang, lhs)
        if isinstance(only, t.Ty) and not (isinstance(lhs, t.RefTy) and node.op in ("==", "!=")):
            from compiler.ty.infer.coerce import report_mismatch

            report_mismatch(fcx, node.right, only, rhs)
        else:
            span = fcx.span(expr) if not node.op_span.end else node.op_span
            fcx.error(NoOperator(span, node.op, shown(lhs), shown(rhs), trait, has_others=only is not None))
            if node.op in COMPARISON and _scalar_class(lhs) and _scalar_class(rhs):
                from compiler.ty.infer.coerce import report_mismatch

                report_mismatch(fcx, node.right, lhs, rhs)  # both are built in, so both sides should be alike
    return t.bool_ if node.op in COMPARISON else t.ERROR


def infer_assign_op(fcx: FnCtxt, expr: h.ExprId, node: h.AssignOp, expected: t.Ty | None) -> t.Ty:
    """``target op= value``."""
    lhs = fcx.head(fcx.infer_expr(node.target, None))
    rhs_hint = lhs if node.op not in ("<<", ">>") and _scalar_class(lhs) else None
    rhs = fcx.head(fcx.infer_expr(node.value, rhs_hint))
    make_mutable(fcx, node.target)
    check_assignable(fcx, node.target, "E0067")
    builtin = builtin_result(node.op, lhs, rhs)
    if builtin is not None:
        if builtin == "same" and not fcx.icx.unify(lhs, rhs):
            _mismatch(fcx, expr, h.Binary(node.op, node.target, node.value, node.op_span), lhs, rhs)
        return t.UNIT
    if t.ERROR in (lhs, rhs):
        return t.UNIT
    lang, trait = ARITHMETIC[node.op][1], ARITHMETIC[node.op][2] + "Assign"
    fits = _operator_may_exist(fcx, lang, lhs, rhs)
    coerced = None if fits else _retry_with_coercion(fcx, node.value, lang, lhs, rhs)
    rhs = rhs if coerced is None else coerced
    if not fits and coerced is None:
        left, right = fcx.resolve(lhs), fcx.resolve(rhs)
        if not (left.flags | right.flags) & t.HAS_ERROR:
            only = _only_right_side(fcx, lang, lhs)
            if isinstance(only, t.Ty):
                from compiler.ty.infer.coerce import report_mismatch

                report_mismatch(fcx, node.value, only, right)
                return t.UNIT
            several = only is not None
            fcx.error(NoOperator(fcx.span(expr), node.op, shown(left), shown(right), trait, True, False, several))
        return t.UNIT
    found = method_on_trait(fcx, lang, lang, lhs, (rhs,), expr)
    if found is not None:
        fcx.result.methods[expr] = found[0]
        fcx.overloaded_ops.append(OverloadedOp(expr, node.op + "=", lhs, rhs, (node.target, node.value)))
        fcx.adjust(node.target, BorrowAdjust(t.RefTy(t.ERASED, lhs, True), True, two_phase=True))
    return t.UNIT


def infer_assign(fcx: FnCtxt, expr: h.ExprId, node: h.Assign, expected: t.Ty | None) -> t.Ty:
    """``target = value``; where a ``bool`` is expected, ``==`` was meant, and the sides are not judged."""
    lhs = fcx.infer_expr(node.target, None)
    make_mutable(fcx, node.target)
    if expected is not None and fcx.icx.shallow(expected) is t.bool_:
        rhs = fcx.infer_expr(node.value, lhs)
        if not (fcx.resolve(lhs).flags | fcx.resolve(rhs).flags) & t.HAS_ERROR:
            report_mismatch(fcx, expr, t.bool_, t.UNIT)
        return t.ERROR
    is_place = check_assignable(fcx, node.target, "E0070")
    rhs = fcx.infer_expr(node.value, lhs)
    if is_place:
        coerce_to(fcx, node.value, rhs, lhs, (fcx.span(node.target), "expected due to the type of this binding"))
    return t.UNIT


def check_assignable(fcx: FnCtxt, target: h.ExprId, code: str) -> bool:
    """Whether the left side of an assignment is a place; reports ``code`` (E0070, E0067) if not."""
    is_place = is_written_place(fcx, target)
    if not is_place:
        text = "invalid left-hand side of assignment"
        fcx.error(Coded(fcx.span(target), code, text, "cannot assign to this expression"))
    return is_place


def is_written_place(fcx: FnCtxt, expr: h.ExprId) -> bool:
    """Whether an expression, whose parts are inferred, is written as a place: not a call, a literal or a constant."""
    node = fcx.store.exprs[expr]
    is_place = isinstance(node, h.FieldAccess | h.Index | h.MissingExpr | h.UnsupportedExpr) or (
        isinstance(node, h.Unary) and node.op == "*"
    )
    if isinstance(node, h.PathExpr):
        from compiler.hir.def_id import DefKind
        from compiler.ty.results import DefRes, LocalRes

        res = fcx.result.values.get(expr)
        is_place = (
            res is None or isinstance(res, LocalRes) or (isinstance(res, DefRes) and res.def_id.kind is DefKind.STATIC)
        )
    return is_place


def infer_unary(fcx: FnCtxt, expr: h.ExprId, node: h.Unary, expected: t.Ty | None) -> t.Ty:
    """``-e``, ``!e`` (``*e`` is in place.py)."""
    if node.op == "*":
        from compiler.ty.infer.place import infer_deref

        return infer_deref(fcx, expr, node, expected)
    ty = fcx.head(fcx.infer_expr(node.expr, expected))
    kind = _scalar_class(ty)
    if node.op == "!" and (kind in ("int", "bool") or ty is t.never):
        return ty
    if node.op == "-" and kind in ("int", "float"):
        if isinstance(ty, t.IntTy) and not ty.signed:
            fcx.error(
                Coded(
                    fcx.span(expr),
                    "E0600",
                    f"cannot apply unary operator `-` to type `{ty.name}`",
                    "cannot apply unary operator `-`",
                    "unsigned values cannot be negated",
                )
            )
        return ty
    if type(ty) is t.InferTy and ty.kind == "ty":
        fcx.open_type(ty, fcx.span(node.expr))
    if ty is t.ERROR:
        return t.ERROR
    lang = "neg" if node.op == "-" else "not"
    from compiler.resolve.lang import lang_item
    from compiler.ty.traits.fulfill import evaluate

    trait = lang_item(fcx.db, lang)
    if trait is None or evaluate(fcx.icx, t.TraitPredicate(t.TraitRef(trait, (ty,)))) is False:
        resolved = fcx.resolve(ty)
        if not resolved.flags & t.HAS_ERROR:
            fcx.error(NoOperator(fcx.span(expr), node.op, shown(resolved), "", lang, unary=True))
        return t.ERROR
    found = method_on_trait(fcx, lang, lang, ty, (), expr)
    if found is None:
        return t.ERROR
    fcx.result.methods[expr] = found[0]
    fcx.overloaded_ops.append(OverloadedOp(expr, "u" + node.op, ty, None, (node.expr,)))
    return found[1].output


def finish_operators(fcx: FnCtxt) -> None:
    """At writeback: operators whose operands turned out to be built in lose their method and autorefs."""
    for op in fcx.overloaded_ops:
        lhs = fcx.icx.shallow(op.lhs)
        if op.rhs is None:
            if _scalar_class(lhs) in ("int", "float", "bool"):
                fcx.result.methods.pop(op.expr, None)
            continue
        rhs = fcx.icx.shallow(op.rhs)
        plain = op.op.removesuffix("=") if op.op not in COMPARISON else op.op
        if builtin_result(plain, lhs, rhs) is None:
            continue
        fcx.result.methods.pop(op.expr, None)
        for operand in op.operands:
            adjusts = fcx.result.adjustments.get(operand)
            if adjusts and isinstance(adjusts[-1], BorrowAdjust):
                fcx.result.adjustments[operand] = adjusts[:-1]
