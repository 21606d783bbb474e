"""Constants written in types: array lengths and const arguments.

Guarantees: literals and const parameters become values at once; a path to a const item or anything larger stays
``const_unevaluated`` for the const evaluator (:mod:`compiler.ty.consts`).

Example: ``[f32; 256]`` has the length ``const_value(256, usize)``; ``[f32; N * 2]`` an unevaluated anonymous constant.
"""

from __future__ import annotations

from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.ty import types as t


def anon_const_def(owner: DefId, anon: int) -> DefId:
    """The id of an owner's anonymous constant (those of the header come first in the body's store, so one
    numbering serves both).
    """
    return DefId(owner, DefKind.ANON_CONST, "", anon)


def strip_blocks(store: h.ExprStore, expr: h.ExprId) -> h.ExprId:
    """The expression inside ``{ e }``."""
    node = store.exprs[expr]
    while isinstance(node, h.Block) and not node.stmts and node.tail is not None and not node.items:
        expr = node.tail
        node = store.exprs[expr]
    return expr


def literal_const(store: h.ExprStore, expr: h.ExprId, expected: t.Ty | None) -> t.Const | None:
    """The value of a literal (perhaps negated), else None."""
    node = store.exprs[expr]
    negative = isinstance(node, h.Unary) and node.op == "-"
    if isinstance(node, h.Unary) and negative:
        node = store.exprs[node.expr]
    if not isinstance(node, h.Literal):
        return None
    if node.kind in (h.LitKind.INT, h.LitKind.CHAR, h.LitKind.BYTE) and isinstance(node.value, int):
        return t.const_value(-node.value if negative else node.value, _literal_type(node, expected))
    if node.kind is h.LitKind.BOOL and not negative:
        return t.const_value(int(bool(node.value)), t.bool_)
    return None


def literal_fault(store: h.ExprStore, expr: h.ExprId, expected: t.Ty | None) -> str | None:
    """What a literal is that is no argument of a const parameter of a type; "" of a negative number without a sign."""
    node = store.exprs[expr]
    negative = isinstance(node, h.Unary) and node.op == "-"
    if isinstance(node, h.Unary) and negative:
        node = store.exprs[node.expr]
    if not isinstance(node, h.Literal) or expected is None or not isinstance(expected, t.IntTy | t.SimpleTy):
        return None
    found: str | None = {
        h.LitKind.INT: node.suffix or "integer", h.LitKind.BOOL: "bool", h.LitKind.CHAR: "char", h.LitKind.BYTE: "u8",
        h.LitKind.STR: "&str", h.LitKind.FLOAT: node.suffix or "floating-point number",
    }.get(node.kind)  # fmt: skip
    fits = isinstance(expected, t.IntTy) if found == "integer" else found == repr(expected)
    if found is None or fits:
        is_unsigned = isinstance(expected, t.IntTy) and not expected.signed
        return "" if negative and is_unsigned else None
    return found


def _literal_type(node: h.Literal, expected: t.Ty | None) -> t.Ty:
    if node.kind is h.LitKind.CHAR:
        return t.char
    if node.kind is h.LitKind.BYTE:
        return t.u8
    if node.suffix:
        return t.INT_TYPES.get(node.suffix, t.usize)
    return expected if expected is not None and not expected.flags & t.HAS_INFER else t.usize
