"""Blocks, statements, attributes on them, local items.

What it is: rustc's ``parse_stmt`` with recovery: a broken statement is reported once, skipped, and leaves a
:class:`MissingExpr`.
Assumes: ``text`` is the source the tokens come from, or None inside a macro expansion.
Guarantees: statements disabled by ``#[cfg]`` leave no trace in the store.

>>> # ``{ let x = 1; x + 1 }`` -> Block((LetStmt(x),), tail=Binary)
"""

from __future__ import annotations

from abc import abstractmethod

from compiler.base.span import Span
from compiler.hir.attributes import AttrList, read_attribute
from compiler.hir.def_id import DefId, DefKind
from compiler.hir.doc_comments import DANGLING, dangling_comment
from compiler.hir.item_header import ItemFault
from compiler.hir.item_scanner import begins_item
from compiler.hir.item_tree import Attr, Item, ItemSpans
from compiler.hir.lint_attrs import LEVELS
from compiler.hir.nodes import (
    Block,
    ExprId,
    ExprStmt,
    LetStmt,
    Literal,
    LitKind,
    MissingExpr,
    Stmt,
)
from compiler.hir.parser.local_items import LocalItem, LocalScope
from compiler.hir.parser.primary import PrimaryParser
from compiler.syntax.errors import ParseError
from compiler.syntax.lexer import CLOSERS, EOF

UNROLL_RANGE = "partial unroll factor must be in 2..=1024, or 0 for full unrolling"


class StmtParser(PrimaryParser):
    locals: LocalScope
    pending_attrs: tuple[Attr, ...] = ()
    unroll: tuple[int | None, int | None] = (None, None)
    unroll_span: Span | None = None

    # ------------------------------------------------------------ attributes

    def raw(self, first: int, last: int) -> str:
        """The text of tokens ``first..last``."""
        if self.text is None:
            return " ".join(self.texts[first:last])
        found = self.text[self.starts[first] : self.ends[last - 1]]
        return found if found.isascii() else found.encode("latin-1").decode("utf-8", "replace")

    def outer_attrs(self) -> bool:
        """Take ``#[..]`` attributes into ``pending_attrs``; False when a ``#[cfg]`` among them does not hold."""
        if self.kinds[self.i] != "#":
            self.pending_attrs = ()
            return True
        found: list[Attr] = []
        enabled = True
        while self.kinds[self.i] == "#":
            read = self._attribute(1)
            found += read.attrs
            enabled = enabled and read.enabled
        self.pending_attrs = tuple(found)
        return enabled

    def inner_attrs(self) -> None:
        """Skip ``#![..]``."""
        while self.kinds[self.i] == "#" and self.kinds[self.i + 1] == "!":
            self._attribute(2)

    def _attribute(self, skip: int) -> AttrList:
        first = self.i + skip
        self.i = first
        if self.kinds[first] != "[":
            self.expected("`[`")
        self.skip_group()
        read = read_attribute(self.tokens, self.raw, first + 1, self.i - 1, 0, self.ctx.cfg)
        for attr in read.attrs:
            if attr.path in LEVELS:
                self.store.lint_attrs.append((attr, skip == 2))
            elif attr.path.rpartition("::")[2] == "unroll":
                self._read_unroll(attr, first)
        return read

    def _read_unroll(self, attr: Attr, first: int) -> None:
        """``#[unroll]``, ``#[unroll(4)]``, ``#[unroll(EXPR)]``."""
        self.unroll_span = attr.span
        if not attr.tokens:
            self.unroll = (0, None)
            return
        after, self.i = self.i, first
        while self.kinds[self.i] != "(":
            self.i += 1
        self.i += 1
        start = self.starts[self.i]
        factor = self.expr()
        self.i = after
        literal = self.store.exprs[factor]
        if isinstance(literal, Literal) and literal.kind is LitKind.INT and isinstance(literal.value, int):
            if not 2 <= literal.value <= 1024:
                self.fault(UNROLL_RANGE, self.store.expr_spans[factor], code="E0080")
            self.unroll = (literal.value, None)
            return
        self.unroll = (None, self.anon_const(factor, "unroll", start).anon)

    def take_unroll(self) -> tuple[int | None, int | None]:
        found, self.unroll, self.unroll_span = self.unroll, (None, None), None
        return found

    def _check_unroll_used(self) -> None:
        if self.unroll_span is not None:
            span, self.unroll_span, self.unroll = self.unroll_span, None, (None, None)
            self.fault("`#[unroll]` can only be applied to a `while`, `loop` or `for` expression", span)

    # ------------------------------------------------------------ blocks

    def block(self, label: str | None = None, is_unsafe: bool = False, start: int | None = None) -> ExprId:
        opened = self.i
        start = self.starts[opened] if start is None else start
        self.expect("{")
        self.enter()
        saved, self.no_struct = self.no_struct, False
        self.inner_attrs()
        outer = self.locals
        self.locals = LocalScope(outer)
        stmts, tail = self.statements("}")
        self._check_last_comment()
        items = tuple(self.locals.defs)
        self.locals = outer
        self.no_struct = saved
        self.depth -= 1
        self.close("}", opened)
        return self.add(Block(stmts, tail, label, is_unsafe, items), start)

    def _check_last_comment(self) -> None:
        """A doc comment at the end of a block documents nothing."""
        if self.text is not None and self.i and self.kinds[self.i] == "}":
            at = dangling_comment(self.text, self.ends[self.i - 1], self.starts[self.i])
            if at is not None:
                self.fault(DANGLING, at, "this doc comment doesn't document anything", "E0585")

    def statements(self, closer: str) -> tuple[tuple[Stmt, ...], ExprId | None]:
        """Statements up to ``closer`` and the value expression before it, if any."""
        stmts: list[Stmt] = []
        tail: ExprId | None = None
        kinds = self.kinds
        while True:
            kind = kinds[self.i]
            if kind in (closer, EOF):
                return tuple(stmts), tail
            if kind == ";":
                self.i += 1
                continue
            before, depth, locals_ = self.i, self.depth, self.locals
            try:
                tail = self.statement(stmts, closer)
            except ParseError as error:
                self.depth, self.locals, self.no_struct = depth, locals_, False
                self._recover(error, stmts, before, closer)

    def _recover(self, error: ParseError, stmts: list[Stmt], before: int, closer: str) -> None:
        self.report(error.fault)
        self.locals.has_errors()
        self.stray_lets.clear()
        span = Span(self.starts[before], self.ends[before])
        stmts.append(ExprStmt(self.store.add_expr(MissingExpr(), span), True))
        broken_at = self.i
        self.i = before
        while True:
            # From the statement's start, so that a fault deep in brackets is left with them.
            at = self.i
            self.skip_statement()
            kind = self.kinds[self.i]
            if kind in (closer, EOF) or self.i > broken_at or (self.i == broken_at and self.i > before):
                return
            if self.i == at or kind in CLOSERS:
                self.i += 1

    # ------------------------------------------------------------ statements

    def statement(self, stmts: list[Stmt], closer: str) -> ExprId | None:
        """One statement into ``stmts``; the tail expression instead if this is one."""
        kind = self.kinds[self.i]
        if kind == "#":
            return self._attributed_statement(stmts, closer)
        if kind == "let":
            self._let_statement(stmts)
            return None
        if begins_item(self.kinds, self.texts, self.i):
            self._local_item(True)
            return None
        return self._expr_statement(stmts, closer, ())

    def _attributed_statement(self, stmts: list[Stmt], closer: str) -> ExprId | None:
        first = self.i
        store = self.store
        marks = len(store.exprs), len(store.pats), len(store.anon_consts)
        enabled = self.outer_attrs()
        attrs = self.pending_attrs
        if begins_item(self.kinds, self.texts, self.i):
            self.i = first
            self._local_item(enabled)
            return None
        n_before = len(stmts)
        tail = None
        if self.kinds[self.i] == "let":
            self._let_statement(stmts)
        elif self.kinds[self.i] in (closer, EOF):
            self.fault("expected statement after outer attribute", Span(self.starts[first], self.last_end()))
        else:
            tail = self._expr_statement(stmts, closer, attrs)
        self._check_unroll_used()
        if not enabled:
            del stmts[n_before:]
            del store.exprs[marks[0] :], store.expr_spans[marks[0] :]
            for pending in (self.underscores, self.underscores_rest, self.stray_lets):
                pending -= {expr for expr in pending if expr >= marks[0]}
            del store.pats[marks[1] :], store.pat_spans[marks[1] :], store.anon_consts[marks[2] :]
            return None
        return tail

    def _let_statement(self, stmts: list[Stmt]) -> None:
        start = self.starts[self.i]
        self.i += 1
        self.outer_attrs()
        pat = self.pat()
        ty = self.ty() if self.eat(":") else None
        init = None
        otherwise = None
        if self.kinds[self.i] == "=":
            self.i += 1
            init = self.expr()
            if self.kinds[self.i] == "else":
                self.i += 1
                otherwise = self.block()
        elif self.kinds[self.i] in ("+=", "-=", "==", "*=", ":="):
            self.expected("one of `:`, `;`, `=`, `@`, or `|`")
        span = self.span_from(start)
        stmts.append(LetStmt(pat, ty, init, otherwise, span))
        if self.kinds[self.i] == ";":
            self.i += 1
            return
        if otherwise is not None:
            self.missing(";")
            return
        self._end_of_statement(init is not None)

    def _end_of_statement(self, complete: bool) -> None:
        """No ``;`` where one must be: a forgotten one is supplied, anything else is an error here."""
        kind = self.kinds[self.i]
        on_new_line = self._begins_line() or kind in ("}", EOF)
        if on_new_line or kind in ("let", "return", "if", "for", "while", "loop", "match"):
            self.missing(";")
            return
        if not complete:
            self.expected("one of `:`, `;`, `=`, `@`, or `|`")
        self.expected("one of `.`, `;`, `?`, `else`, or an operator")

    def _begins_line(self) -> bool:
        if self.text is None or self.i == 0:
            return False
        return "\n" in self.text[self.ends[self.i - 1] : self.starts[self.i]]

    def _expr_statement(self, stmts: list[Stmt], closer: str, attrs: tuple[Attr, ...]) -> ExprId | None:
        kinds = self.kinds
        if kinds[self.i + 1] in ("!", "::") or kinds[self.i] == "$crate":
            made = self.macro_statement(stmts, closer)
            if made is not None:
                return made if made >= 0 else None
        is_block = self.at_block_like()
        expr = self.block_like_or_expr(is_block)
        return self.finish_statement(expr, stmts, closer, is_block and kinds[self.i - 1] == "}", attrs)

    def finish_statement(
        self, expr: ExprId, stmts: list[Stmt], closer: str, ends_itself: bool, attrs: tuple[Attr, ...] = ()
    ) -> ExprId | None:
        """After the expression of a statement: ``;``, the end of the block, or neither."""
        if attrs:
            self.store.attrs[expr] = attrs
        kind = self.kinds[self.i]
        if kind == ";":
            self.i += 1
            stmts.append(ExprStmt(expr, True))
            return None
        if kind in (closer, EOF):
            return expr
        if ends_itself:
            stmts.append(ExprStmt(expr, False))
            return None
        stmts.append(ExprStmt(expr, True))
        if self._begins_line() or kind in ("let", "return", "if", "for", "while", "loop", "match"):
            self.missing(";")
            return None
        self.expected(
            f"one of `.`, `;`, `?`, `{closer}`, or an operator" if closer == "}" else "one of `;`, or an operator"
        )

    @abstractmethod
    def macro_statement(self, stmts: list[Stmt], closer: str) -> ExprId | None:
        """A macro call in statement position: a tail expression, -1 when done, None when this is no macro statement."""

    # ------------------------------------------------------------ local items

    def _local_item(self, enabled: bool) -> None:
        """An item among the statements: scanned like a file's, named after the body's owner."""
        if self.text is None:
            self.generated_item(enabled)
            return
        scanner = self.locals.scanner(self.tokens, self.text, self.ctx.cfg)
        before = len(scanner.faults)
        try:
            item, spans, self.i = scanner.item(self.i, len(self.tokens), self.locals.seen)
        except ItemFault as error:
            raise ParseError(error.args[0]) from None
        for fault in scanner.faults[before:]:
            self.report(fault)
        if item is not None and spans is not None:
            self.declare(item, spans, self.text[spans.full.start : spans.full.end].encode("latin-1"))

    def declare(self, item: Item, spans: ItemSpans, source: bytes, generated: bool = False) -> None:
        owner = self.ctx.owner
        if item.kind is DefKind.MACRO:
            self.define_macro(item.name, source, 0 if generated else spans.full.start)
        def_id = DefId(owner, item.kind, item.name, item.disambiguator) if isinstance(owner, DefId) else None
        self.locals.add(LocalItem(def_id, item, spans, source, generated))

    @abstractmethod
    def define_macro(self, name: str, source: bytes, offset: int) -> None:
        """A ``macro_rules!`` from here to the end of the block."""

    @abstractmethod
    def generated_item(self, enabled: bool) -> None:
        """An item inside a macro expansion, which has no text of its own."""
