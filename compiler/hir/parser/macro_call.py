"""Macro calls."""

from __future__ import annotations

from compiler.base.span import Span
from compiler.hir.nodes import Call, ErrorType, ExprId, MethodCall, MissingPat, Path, PatId, Stmt, TypeRef, UnsupportedExpr
from compiler.hir.parser.item import ItemParser
from compiler.hir.parser.launch_scope import LaunchFacts, rewrite_call, rewrite_method


class MacroCallParser(ItemParser):
    launch: LaunchFacts | None = None

    def lexical_fault(self, start: int, end: int, code: str, message: str) -> None:
        self.fault(message, Span(start, end), code=code)

    def rewritten_call(self, callee: ExprId, args: tuple[ExprId, ...], start: int) -> ExprId:
        call = Call(callee, args)
        if self.launch is not None:
            call = rewrite_call(self, self.launch, call, self.span_from(start))
        return self.add(call, start)

    def rewritten_method(self, call: MethodCall, start: int) -> ExprId:
        if self.launch is not None:
            call = rewrite_method(self, self.launch, call, self.span_from(start))
        return self.add(call, start)

    def finish(self) -> None:
        for expr in sorted(self.underscores):
            self.fault(
                "in expressions, `_` can only be used on the left-hand side of an assignment",
                self.store.expr_spans[expr],
                "`_` not allowed here",
            )
        for expr in sorted(self.underscores_rest):
            span = self.store.expr_spans[expr]
            self.fault("base expression required after `..`", Span(span.end - 1, span.end), "add a base expression here", "E0797")

    def macro_expr(self, path: Path, start: int) -> ExprId:
        self.i += 1
        self.skip_group()
        return self.add(UnsupportedExpr(f"macro `{path}!`"), start)

    def macro_type(self, path: Path, start: int) -> TypeRef:
        self.i += 1
        self.skip_group()
        return ErrorType(self.span_from(start))

    def macro_pat(self, path: Path, start: int) -> PatId:
        self.i += 1
        self.skip_group()
        return self.add_pat(MissingPat(), start)

    def macro_statement(self, stmts: list[Stmt], closer: str) -> ExprId | None:
        return None

    def define_macro(self, name: str, source: bytes) -> None:
        pass

    def generated_item(self, enabled: bool) -> None:
        self.i += 1
