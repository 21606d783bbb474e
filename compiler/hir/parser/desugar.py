"""Desugarings: ranges, ``?``, ``for``, ``while``, destructuring assignment.

What it is: functions that build the nodes :mod:`compiler.hir.nodes` promises, in rustc's shapes (rustc_ast_lowering).
Assumes: operands are in the parser's store. Guarantees: names made here carry the mark ``·0``, which no source name
can have.

>>> # ``a..b`` -> RecordLit(LangPath("Range"), start: a, end: b)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compiler.base.span import Span
from compiler.hir.nodes import (
    HIDDEN_MARK,
    AddrOf,
    Array,
    Assign,
    BindingAnnotation,
    BindPat,
    Block,
    Break,
    Call,
    ExprId,
    ExprStmt,
    FieldPat,
    If,
    LangPath,
    LetStmt,
    Loop,
    LoopSource,
    Match,
    MatchArm,
    MatchSource,
    MissingExpr,
    Pat,
    Path,
    PathExpr,
    PathPat,
    PathSegment,
    PatId,
    RecordField,
    RecordLit,
    RecordPat,
    RestPat,
    Return,
    SlicePat,
    Stmt,
    Tuple,
    TuplePat,
    TupleStructPat,
    WildPat,
)

if TYPE_CHECKING:
    from compiler.hir.parser.expr import ExprParser


def hidden(name: str) -> str:
    """A local name only the compiler can write."""
    return name + HIDDEN_MARK


def local(p: ExprParser, name: str, span: Span) -> ExprId:
    return p.store.add_expr(PathExpr(Path((PathSegment(name, None, span),), span=span)), span)


def lang_call(p: ExprParser, item: str, args: tuple[ExprId, ...], span: Span) -> ExprId:
    callee = p.store.add_expr(PathExpr(LangPath(item, span)), span)
    return p.store.add_expr(Call(callee, args), span)


def range_expr(p: ExprParser, low: ExprId | None, high: ExprId | None, op: str, start: int) -> ExprId:
    span = p.span_from(start)
    inclusive = op != ".." and high is not None
    if inclusive and low is not None and high is not None:
        return lang_call(p, "range_inclusive_new", (low, high), span)
    item = {
        (True, True): "Range",
        (True, False): "RangeFrom",
        (False, True): "RangeToInclusive" if inclusive else "RangeTo",
        (False, False): "RangeFull",
    }[low is not None, high is not None]
    fields = []
    if low is not None:
        fields.append(RecordField("start", low, p.store.expr_spans[low]))
    if high is not None:
        fields.append(RecordField("end", high, p.store.expr_spans[high]))
    return p.store.add_expr(RecordLit(LangPath(item, span), tuple(fields), None), span)


def try_expr(p: ExprParser, operand: ExprId, start: int) -> ExprId:
    """``e?``: match Try::branch(e) { Continue(val) => val, Break(residual) => return
    FromResidual::from_residual(residual) }."""
    span = p.span_from(start)
    store = p.store
    branch = lang_call(p, "branch", (operand,), span)
    value = store.add_pat(BindPat(hidden("val"), BindingAnnotation.UNANNOTATED), span)
    residual = store.add_pat(BindPat(hidden("residual"), BindingAnnotation.UNANNOTATED), span)
    go_on = store.add_pat(TupleStructPat(LangPath("Continue", span), (value,)), span)
    leave = store.add_pat(TupleStructPat(LangPath("Break", span), (residual,)), span)
    made = lang_call(p, "from_residual", (local(p, hidden("residual"), span),), span)
    returned = store.add_expr(Return(made), span)
    arms = (MatchArm(leave, None, returned), MatchArm(go_on, None, local(p, hidden("val"), span)))
    return store.add_expr(Match(branch, arms, MatchSource.TRY), span)


def while_loop(p: ExprParser, cond: ExprId, body: ExprId, loop: Loop, start: int) -> ExprId:
    """``while c { b }``: loop { if c { b } else { break } }."""
    span = p.span_from(start)
    store = p.store
    leave = store.add_expr(Break(None, None), span)
    otherwise = store.add_expr(Block((ExprStmt(leave, False),), None), span)
    branch = store.add_expr(If(cond, body, otherwise), span)
    loop.body = store.add_expr(Block((), branch), span)
    loop.source = LoopSource.WHILE
    return store.add_expr(loop, span)


def for_loop(p: ExprParser, pat: PatId, iterated: ExprId, body: ExprId, loop: Loop, start: int) -> ExprId:
    """``for p in e { b }``: match into_iter(e) { mut iter => loop { match next(&mut iter) { None => break, Some(p) =>
    b } } }."""
    span = p.span_from(start)
    store = p.store
    head = store.expr_spans[iterated]
    made = lang_call(p, "into_iter", (iterated,), head)
    borrowed = store.add_expr(AddrOf(local(p, hidden("iter"), head), True), head)
    stepped = lang_call(p, "next", (borrowed,), head)
    none = store.add_pat(PathPat(LangPath("None", head)), head)
    some = store.add_pat(TupleStructPat(LangPath("Some", head), (pat,)), store.pat_spans[pat])
    leave = store.add_expr(Break(None, None), head)
    inner = store.add_expr(
        Match(stepped, (MatchArm(none, None, leave), MatchArm(some, None, body)), MatchSource.FOR_LOOP), span
    )
    loop.body = store.add_expr(Block((ExprStmt(inner, False),), None), span)
    loop.source = LoopSource.FOR
    looped = store.add_expr(loop, span)
    iterator = store.add_pat(BindPat(hidden("iter"), BindingAnnotation.MUTABLE), head)
    return store.add_expr(Match(made, (MatchArm(iterator, None, looped),), MatchSource.FOR_LOOP), span)


def assignment(p: ExprParser, target: ExprId, value: ExprId, start: int) -> ExprId:
    """``target = value``; a destructuring one becomes ``{ let pattern = value; place = temporary; .. }``."""
    span = p.span_from(start)
    store = p.store
    if not _destructures(p, target):
        return store.add_expr(Assign(target, value), span)
    assignments: list[Stmt] = []
    pat = _pattern_of(p, target, assignments)
    stmts: list[Stmt] = [LetStmt(pat, None, value, None, span), *assignments]
    return store.add_expr(Block(tuple(stmts), None), span)


def _destructures(p: ExprParser, target: ExprId) -> bool:
    expr = p.store.exprs[target]
    if isinstance(expr, MissingExpr):
        return target in p.underscores
    if isinstance(expr, Call):
        callee = p.store.exprs[expr.callee]
        # Constructors are written in upper case; a call of a function is no place, which type inference says.
        name = callee.path.segments[-1].name if isinstance(callee, PathExpr) and isinstance(callee.path, Path) else ""
        return name[:1].isupper() or (isinstance(callee, PathExpr) and not name)
    return isinstance(expr, (Tuple, Array)) or (isinstance(expr, RecordLit) and isinstance(expr.path, Path))


def _pattern_of(p: ExprParser, target: ExprId, assignments: list[Stmt]) -> PatId:
    """The pattern of an assignee expression (reference: destructuring assignment); leaves become temporaries."""
    store = p.store
    expr = store.exprs[target]
    span = store.expr_spans[target]
    if target in p.underscores:
        p.underscores.discard(target)
        return store.add_pat(WildPat(), span)

    def patterns(exprs: tuple[ExprId, ...]) -> tuple[PatId, ...]:
        return tuple(_pattern_of(p, child, assignments) for child in exprs)

    pat: Pat
    if isinstance(expr, Tuple):
        pat = TuplePat(patterns(expr.elems))
    elif isinstance(expr, Array):
        pat = SlicePat(patterns(expr.elems))
    elif isinstance(expr, Call) and isinstance(callee := store.exprs[expr.callee], PathExpr):
        pat = TupleStructPat(callee.path, patterns(expr.args))
    elif isinstance(expr, RecordLit) and isinstance(expr.path, LangPath) and expr.path.item == "RangeFull":
        pat = RestPat()
    elif isinstance(expr, RecordLit):
        fields = tuple(FieldPat(f.name, _pattern_of(p, f.expr, assignments), f.span) for f in expr.fields)
        rest = target in p.underscores_rest
        p.underscores_rest.discard(target)
        pat = RecordPat(expr.path, fields, rest)
    else:
        name = hidden(f"lhs{len(assignments)}")
        assigned = store.add_expr(Assign(target, local(p, name, span)), span)
        assignments.append(ExprStmt(assigned, True))
        pat = BindPat(name, BindingAnnotation.UNANNOTATED)
    return store.add_pat(pat, span)
