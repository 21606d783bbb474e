"""``unused_parens``: parentheses around a whole condition, argument, value or result.

What it is: rustc's rules for where an expression stands alone anyway: conditions and scrutinees, what is iterated over,
arguments, indices, what is assigned, returned or the value of a block or arm.

Assumes: the parser widens an expression's span to the parentheses around it. Guarantees: none where leaving them out
would be read differently: struct literals and jumps before a block, blocks at the start of a statement, ``&&`` before
``else`` or in ``let`` conditions, ranges in them. Macros are left alone.

Example: ``if (x > 0) { .. }`` is one warning; ``if (x == S { n: 1 }) { .. }`` is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from compiler.analysis.lints.errors import UnusedParens
from compiler.analysis.lints.source import Source, is_linted
from compiler.diagnostics.model import Diagnostic
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.query import Database
from compiler.resolve.source import item_location
from compiler.syntax.lexer import CLOSERS, OPENERS, lex

_LAZY = ("&&", "||")
_BLOCK_LIKE = (h.If, h.Match, h.Block, h.Loop, h.InlineConst)
_JUMP = re.compile(r"\b(?:return|break|continue|yield)\b")


def unused_parens(db: Database, owner: DefId) -> list[Diagnostic]:
    """The warnings of a body, item-relative."""
    source = Source.of(db, owner)
    if source is None or not is_linted(db, owner) or b"(" not in source.text:
        return []
    location = item_location(db, owner)
    if location is not None and isinstance(location.unit, DefId):  # the item is a macro's
        return []
    return [d for found in _Finder(db, source).all() if (d := found.to_diagnostic())]


class _Finder:
    def __init__(self, db: Database, source: Source) -> None:
        self.source = source
        self.exprs = source.body.store.exprs
        self.spans = source.body.store.expr_spans
        self.text = source.text.decode("latin-1")

    def all(self) -> Iterator[UnusedParens]:
        """In the order of the body's expressions."""
        owner = self.source.owner
        for expr, before_block, what in self._places():
            if self._is_in_parens(expr) and not self._needs_them(expr, before_block, what):
                span = self.spans[expr]
                before, after = self.text[span.start - 1 : span.start], self.text[span.end : span.end + 1]
                spaced = before.isalnum() or before == "_", after.isalnum() or after == "_"
                yield UnusedParens(owner, span, what, spaced)

    def _places(self) -> Iterator[tuple[h.ExprId, bool, str]]:
        """(expression, whether a block follows, what it is) for every place where one stands alone."""
        if self.source.owner.kind in (DefKind.CONST, DefKind.STATIC):
            yield self.source.body.root, False, "assigned value"
        for node in self.exprs:
            match node:
                case h.If(cond=cond):
                    yield from self._condition(cond)
                case h.Match(source=h.MatchSource.NORMAL, scrutinee=scrutinee) if not self._is_made(scrutinee):
                    yield scrutinee, True, "`match` scrutinee expression"
                    yield from ((arm.body, False, "match arm expression") for arm in node.arms)
                case h.Return(expr=int(value)):
                    yield value, False, "`return` value"
                case h.Break(expr=int(value)):
                    yield value, False, "`break` value"
                case h.Index(index=index):
                    yield index, False, "index expression"
                case h.Assign(value=value) | h.AssignOp(value=value):
                    yield value, False, "assigned value"
                case h.Call(callee=callee, args=args):
                    item = self._made(callee)
                    if item == "into_iter":
                        yield args[0], True, "`for` iterator expression"
                    elif not item:
                        yield from ((arg, False, "function argument") for arg in args)
                case h.MethodCall(args=args):
                    yield from ((arg, False, "method argument") for arg in args)
                case h.Closure(ret=None, body=body):
                    yield body, False, "closure body"
                case h.Block():
                    yield from self._block(node)

    def _block(self, node: h.Block) -> Iterator[tuple[h.ExprId, bool, str]]:
        for stmt in node.stmts:
            if isinstance(stmt, h.LetStmt) and stmt.init is not None:
                yield stmt.init, False, "assigned value" if stmt.else_branch is None else "assigned value before `else`"
        if node.tail is not None:
            yield node.tail, False, "block return value"

    def _condition(self, cond: h.ExprId) -> Iterator[tuple[h.ExprId, bool, str]]:
        node = self.exprs[cond]
        if isinstance(node, h.Let):
            yield node.expr, True, "`let` scrutinee expression"
        else:
            yield cond, True, "`if` condition"

    def _made(self, callee: h.ExprId) -> str:
        """The lang item that a call in the place of other syntax calls; "" for a call in the source."""
        node = self.exprs[callee]
        return node.path.item if isinstance(node, h.PathExpr) and isinstance(node.path, h.LangPath) else ""

    def _is_made(self, expr: h.ExprId) -> bool:
        node = self.exprs[expr]
        return isinstance(node, h.Call) and bool(self._made(node.callee))

    # -- which parentheses

    def _is_in_parens(self, expr: h.ExprId) -> bool:
        """The expression's span is one pair of parentheses, written in the source."""
        span = self.spans[expr]
        if span.end > len(self.text) or self.text[span.start : span.start + 1] != "(":
            return False
        if self.text[span.end - 1] != ")" or isinstance(self.exprs[expr], h.Tuple):
            return False
        if self.text[: span.start].rstrip().endswith("]"):  # behind an attribute
            return False
        depth = 0
        tokens = lex(self.text, span.start, span.end)
        for i, kind in enumerate(tokens.kinds):
            depth += (kind in OPENERS) - (kind in CLOSERS)
            if depth == 0:
                return tokens.ends[i] == span.end
        return False

    def _needs_them(self, expr: h.ExprId, before_block: bool, what: str) -> bool:
        node = self.exprs[expr]
        if isinstance(node, h.AddrOf) and node.raw:
            return True
        if what.endswith("`else`") and (self._is_lazy(node) or self._ends_in_brace(expr)):
            return True
        if what.startswith("`let`") and (self._is_lazy(node) or self._is_range(node)):
            return True
        inner = self.text[self.spans[expr].start + 1 : self.spans[expr].end - 1].strip()
        if what in ("`return` value", "`break` value"):
            if isinstance(node, h.Assign) or (isinstance(node, h.Block) and not inner.endswith("}")):
                return True  # an assignment, perhaps to a pattern
            if what == "`break` value" and isinstance(node, _BLOCK_LIKE):
                return True
        leftmost = self._leftmost(expr)
        if leftmost is not node and isinstance(leftmost, _BLOCK_LIKE):
            return True
        if not before_block:
            return False
        return (
            self._has_struct(expr) or _JUMP.search(inner) is not None or (self._is_range(node) and inner.endswith("}"))
        )

    @staticmethod
    def _is_lazy(node: h.Expr) -> bool:
        return isinstance(node, h.Binary) and node.op in _LAZY

    def _is_range(self, node: h.Expr) -> bool:
        if isinstance(node, h.Call):  # `a..=b`
            return bool(self._made(node.callee))
        return isinstance(node, h.RecordLit) and isinstance(node.path, h.LangPath)

    def _ends_in_brace(self, expr: h.ExprId) -> bool:
        span = self.spans[expr]
        return self.text[span.start : span.end - 1].rstrip().endswith("}")

    def _leftmost(self, expr: h.ExprId) -> h.Expr:
        """What the expression begins with."""
        node, at = self.exprs[expr], expr
        while True:
            match node:
                case h.Binary(left=inner) | h.Call(callee=inner) | h.Cast(expr=inner) | h.Index(base=inner):
                    at = inner
                case h.FieldAccess(base=inner) | h.MethodCall(receiver=inner) | h.Assign(target=inner):
                    at = inner
                case h.AssignOp(target=inner):
                    at = inner
                case _:
                    return node
            if self._is_in_parens(at):
                return h.MissingExpr()
            node = self.exprs[at]

    def _has_struct(self, expr: h.ExprId) -> bool:
        """A struct literal outside of brackets, which would be read as the block."""
        match self.exprs[expr]:
            case h.RecordLit(path=path):
                return not isinstance(path, h.LangPath)
            case h.Binary(left=a, right=b) | h.Assign(target=a, value=b) | h.AssignOp(target=a, value=b):
                inner = [a, b]
            case h.Unary(expr=a) | h.Cast(expr=a) | h.FieldAccess(base=a) | h.MethodCall(receiver=a) | h.Index(base=a):
                inner = [a]
            case _:
                inner = []
        return any(not self._is_in_parens(e) and self._has_struct(e) for e in inner)
