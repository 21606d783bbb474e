"""``unused_must_use`` and ``path_statements``: statements that compute something and throw it away.

What it is: rustc's rules for the expression of a statement that ends in ``;``: its type is ``#[must_use]`` (an ADT, a
trait of an ``impl Trait``, a closure, a tuple or array with such a part), the function it calls is, or it is an
operator without effect.

Assumes: types are known. Guarantees: expressions that a macro made are left alone; a value of a type without values
is never missed.

Example: ``a.checked_add(b);`` is one warning: the return value must be used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from compiler.analysis.lints.errors import PathStatement, UnusedResult
from compiler.analysis.lints.source import Source, is_linted
from compiler.diagnostics.model import Diagnostic
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.mir.type_facts import needs_drop
from compiler.query import Database, query
from compiler.resolve.attrs import attributes
from compiler.ty import types as t
from compiler.ty.display import display_ty
from compiler.ty.infer import infer
from compiler.ty.traits.env import param_env

_OPERATIONS: Final = {
    **dict.fromkeys(("==", "!=", "<", "<=", ">", ">="), "comparison"),
    **dict.fromkeys(("+", "-", "*", "/", "%"), "arithmetic operation"),
    **dict.fromkeys(("&&", "||"), "logical operation"),
    **dict.fromkeys(("^", "&", "|", "<<", ">>"), "bitwise operation"),
}
_LAZY_CLOSURE: Final = "closures are lazy and do nothing unless called"
_REASON: Final = re.compile(r'=\s*"((?:[^"\\]|\\.)*)"')
SUPPRESSED: Final = ("", "")


@query
def must_use_reason(db: Database, def_id: DefId) -> str | None:
    """The reason a ``#[must_use]`` gives ("" for none); None without the attribute."""
    for attr in attributes(db, def_id):
        if attr.path == "must_use":
            reason = _REASON.match(attr.tokens)
            return reason[1] if reason is not None else ""
    return None


def unused_results(db: Database, owner: DefId) -> list[Diagnostic]:
    """Both lints of a body, item-relative."""
    source = Source.of(db, owner)
    if source is None or not is_linted(db, owner):
        return []
    finder = _Finder(db, owner, source)
    out: list[Diagnostic] = []
    for node in source.body.store.exprs:
        if isinstance(node, h.Block):
            for stmt in node.stmts:
                if isinstance(stmt, h.ExprStmt) and stmt.has_semi:
                    out += finder.statement(stmt.expr)
    return out


class _Finder:
    def __init__(self, db: Database, owner: DefId, source: Source) -> None:
        self.db = db
        self.owner = owner
        self.source = source
        self.store = source.body.store
        self.result = infer(db, owner)

    def statement(self, expr: h.ExprId) -> list[Diagnostic]:
        """The warnings about one statement."""
        node = self.store.exprs[expr]
        if isinstance(node, h.Assign | h.AssignOp | h.Return | h.Break | h.Continue | h.If):
            return []
        if expr not in self.result.expr_types or not self.source.is_written(expr):
            return []
        if isinstance(node, h.PathExpr):
            return self._path(expr)
        while isinstance(node, h.Block) and node.tail is not None:
            expr, node = node.tail, self.store.exprs[node.tail]
        if expr not in self.result.expr_types or not self.source.is_written(expr):
            return []
        return [self._warning(expr, *said) for said in self._said(expr, node)]

    def _warning(self, expr: h.ExprId, what: str, note: str) -> Diagnostic:
        span = self.store.expr_spans[expr]
        return UnusedResult(self.owner, span, what, note, span.start).to_diagnostic()

    def _said(self, expr: h.ExprId, node: h.Expr) -> Iterator[tuple[str, str]]:
        of_type = self._of_type(self.result.expr_types[expr], node)
        if of_type is not None and of_type is not SUPPRESSED:
            yield of_type
        called = self._called(expr, node)
        reason = must_use_reason(self.db, called) if called is not None else None
        if called is not None and reason is not None:
            yield f"return value of `{_path_of(self.db, called)}`", reason
        elif of_type is None:
            operation = self._operation(node)
            if operation:
                yield operation, ""

    def _operation(self, node: h.Expr) -> str:
        match node:
            case h.Binary():
                return _OPERATIONS[node.op]
            case h.Unary():
                return "unary operation"
            case h.AddrOf(raw=False):
                return "borrow"
            case h.OffsetOf():
                return "`offset_of` call"
        return ""

    def _called(self, expr: h.ExprId, node: h.Expr) -> DefId | None:
        """The function that a call names."""
        res: object = None
        if isinstance(node, h.MethodCall):
            res = self.result.methods.get(expr)
        elif isinstance(node, h.Call) and expr not in self.result.methods:
            res = self.result.values.get(node.callee)
        found = getattr(res, "def_id", None)
        return found if isinstance(found, DefId) and found.kind is DefKind.FN else None

    def _path(self, expr: h.ExprId) -> list[Diagnostic]:
        ty = self.result.expr_types[expr]
        drops = needs_drop(self.db, param_env(self.db, self.owner), ty)
        span = self.store.expr_spans[expr]
        name = self.source.text[span.start : span.end].decode("utf-8", "replace")
        return [PathStatement(self.owner, span, name, drops).to_diagnostic()]

    # -- types

    def _of_type(self, ty: t.Ty, node: h.Expr | None = None) -> tuple[str, str] | None:
        """(what is not used, why not) of a type that must be used; ``SUPPRESSED``: nothing is to be said."""
        if ty is t.UNIT or is_empty(self.db, ty):
            return SUPPRESSED
        match ty:
            case t.AdtTy():
                return self._of_adt(ty)
            case t.AliasTy(kind="opaque"):
                return self._of_bounds(ty)
            case t.DynTy():
                reasons = ((d, must_use_reason(self.db, d)) for d, _ in ty.bounds)
                return next(((f"boxed `{d.name}` trait object", r) for d, r in reasons if r is not None), None)
            case t.TupleTy():
                parts = ((i, self._of_type(e)) for i, e in enumerate(ty.elems) if e is not t.UNIT)
                return next(((f"{p[0]} in tuple element {i}", p[1]) for i, p in parts if p and p[0]), None)
            case t.ArrayTy():
                part = self._of_type(ty.ty) if ty.len.kind == "value" and ty.len.value else None
                return (f"array of {part[0]}", part[1]) if part and part[0] else None
            case t.ClosureTy():
                return "closure", _LAZY_CLOSURE
        return None

    def _of_adt(self, ty: t.AdtTy) -> tuple[str, str] | None:
        if ty.def_id.name == "Result" and len(ty.args) == 2 and ty.args[0] is t.UNIT:
            error = ty.args[1]
            if isinstance(error, t.Ty) and is_empty(self.db, error):
                return SUPPRESSED
        reason = must_use_reason(self.db, ty.def_id)
        return (f"`{ty.def_id.name}`", reason) if reason is not None else None

    def _of_bounds(self, ty: t.AliasTy) -> tuple[str, str] | None:
        from compiler.ty.collect import opaque_bounds

        for bound in opaque_bounds(self.db, ty.def_id, ty.index):
            if isinstance(bound, t.TraitPredicate):
                reason = must_use_reason(self.db, bound.trait_ref.def_id)
                if reason is not None:
                    return f"implementer of `{bound.trait_ref.def_id.name}`", reason
        return None


def is_empty(db: Database, ty: t.Ty) -> bool:
    """Whether a type has no values, as far as it is plain to see."""
    if ty is t.never:
        return True
    if isinstance(ty, t.TupleTy):
        return any(is_empty(db, e) for e in ty.elems)
    if isinstance(ty, t.AdtTy) and ty.def_id.kind is DefKind.ENUM:
        from compiler.ty.adt import adt_def

        return not adt_def(db, ty.def_id).variants
    return False


def _path_of(db: Database, def_id: DefId) -> str:
    """``f``, ``module::f``, ``Type::f`` or ``Trait::f``."""
    parent = def_id.parent
    if parent is None or parent.kind is DefKind.CRATE:
        return def_id.name
    if parent.kind is DefKind.IMPL:
        from compiler.ty.impls import impl_header

        return f"{display_ty(impl_header(db, parent).self_ty).partition('<')[0]}::{def_id.name}"
    return f"{parent.name}::{def_id.name}"
