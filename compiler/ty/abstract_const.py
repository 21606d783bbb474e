"""When two generic constant expressions are the same expression: ``[T; N * 2]`` in a type and in a value.

What it is: anonymous constants as trees of literals, parameters, constants, operators, casts and calls (rustc's
abstract constants, ``generic_const_exprs``). Assumes: the constants' bodies infer. Guarantees: an expression that has
no such tree (a loop, a local variable) is equal to itself alone.

Example: the trees of ``N * 2`` in ``fn f<const N: usize>() -> [u8; N * 2] { [0; N * 2] }`` are equal; that of ``2 * N``
is another.
"""

from __future__ import annotations

from compiler.base.dataclass import dataclass
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.query import Database, query
from compiler.ty import types as t
from compiler.ty.consts_lower import strip_blocks
from compiler.ty.infcx import InferCtxt
from compiler.ty.results import ConstParamRes, DefRes, InferenceResult


@dataclass(frozen=True, slots=True)
class Node:
    """``head``: the operator, literal's value, or what is named or called; ``args``: generic arguments of that."""

    kind: str
    head: object = None
    args: t.GenericArgs = ()
    parts: tuple[Node, ...] = ()


def same_expression(icx: InferCtxt, a: t.Const, b: t.Const) -> bool:
    """Whether two unevaluated constants are one expression under their generic arguments."""
    left, right = _tree_of(icx.db, a), _tree_of(icx.db, b)
    return left is not None and right is not None and _same(icx, left, a.args, right, b.args)


def _tree_of(db: Database, const: t.Const) -> Node | None:
    assert const.def_id is not None
    if const.def_id.kind is DefKind.ANON_CONST:
        return abstract_const(db, const.def_id)
    return Node("const", const.def_id, const.args)


def _same(icx: InferCtxt, a: Node, a_args: t.GenericArgs, b: Node, b_args: t.GenericArgs) -> bool:
    if a.kind == "param" or b.kind == "param":
        left, right = _value(a, a_args), _value(b, b_args)
        if left is not None and right is not None:
            return icx.unify_const(left, right)
        known, other, other_args = (left, b, b_args) if left is not None else (right, a, a_args)
        tree = _tree_of(icx.db, known) if known is not None and known.kind == "unevaluated" else None
        return tree is not None and known is not None and _same(icx, tree, known.args, other, other_args)
    if a.kind != b.kind or a.head != b.head or len(a.parts) != len(b.parts):
        return False
    mine, yours = (
        t.erase_regions_args(tuple([t.subst(x, args) for x in n.args])) for n, args in ((a, a_args), (b, b_args))
    )
    if not icx.unify_args(*(tuple([icx.normalize(x) for x in xs]) for xs in (mine, yours))):
        return False
    return all(_same(icx, x, a_args, y, b_args) for x, y in zip(a.parts, b.parts, strict=True))


def _value(node: Node, args: t.GenericArgs) -> t.Const | None:
    """A literal or parameter as a constant."""
    if node.kind == "literal":
        return node.args[0] if isinstance(node.args[0], t.Const) else None
    if node.kind != "param":
        return None
    found = t.subst(node.args[0], args)
    return found if isinstance(found, t.Const) else None


@query(cycle=lambda db, anon: None)
def abstract_const(db: Database, anon: DefId) -> Node | None:
    """The tree of an anonymous constant; None: it has none."""
    from compiler.ty.infer import hir_body_of, infer

    body = hir_body_of(db, anon)
    return None if body is None else _node(body.store, infer(db, anon), body.root)


def _node(store: h.ExprStore, result: InferenceResult, expr: h.ExprId) -> Node | None:
    expr = strip_blocks(store, expr)
    node = store.exprs[expr]
    ty = result.expr_types.get(expr)
    match node:
        case h.Literal():
            if isinstance(node.value, int) and ty is not None:
                return Node("literal", None, (t.const_value(int(node.value), ty),))
        case h.PathExpr():
            return _path(result, expr)
        case h.Binary():
            return _with_parts(store, result, Node("binary", node.op), (node.left, node.right))
        case h.Unary():
            return _with_parts(store, result, Node("unary", node.op), (node.expr,))
        case h.Cast():
            return _with_parts(store, result, Node("cast", None, () if ty is None else (ty,)), (node.expr,))
        case h.Call():
            callee = result.expr_types.get(node.callee)
            if isinstance(callee, t.FnDefTy):
                return _with_parts(store, result, Node("call", callee.def_id, callee.args), node.args)
        case h.MethodCall():
            method = result.methods.get(expr)
            if method is not None:
                made = Node("call", method.def_id, method.args)
                return _with_parts(store, result, made, (node.receiver, *node.args))
    return None


def _path(result: InferenceResult, expr: h.ExprId) -> Node | None:
    res = result.values.get(expr)
    if isinstance(res, ConstParamRes):
        return Node("param", None, (res.const,))
    if isinstance(res, DefRes) and res.def_id.kind is DefKind.CONST:
        return Node("const", res.def_id, res.args)
    return None


def _with_parts(store: h.ExprStore, result: InferenceResult, made: Node, exprs: tuple[h.ExprId, ...]) -> Node | None:
    parts = [_node(store, result, e) for e in exprs]
    if any(p is None for p in parts):
        return None
    return Node(made.kind, made.head, made.args, tuple(p for p in parts if p is not None))
