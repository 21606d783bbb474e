"""Atoms, control flow, closures, struct literals.

What it is: everything an expression can begin with, by its first token. Assumes: the cursor is at that token.
Guarantees: one method per construct; loops take the ``#[unroll]`` waiting for them.

>>> # ``if let Some(x) = y && x > 0 { .. }`` -> If(Binary(&&, Let(..), ..), Block, None)
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import ClassVar

from compiler.base.span import Span
from compiler.hir.nodes import (
    Array,
    Binary,
    Block,
    Break,
    Closure,
    ClosureParam,
    Continue,
    ExprId,
    If,
    InlineConst,
    Let,
    Loop,
    Match,
    MatchArm,
    MissingExpr,
    Path,
    PathExpr,
    RecordField,
    RecordLit,
    Repeat,
    Return,
    Tuple,
    UnsupportedExpr,
    strip_mark,
)
from compiler.hir.parser import desugar
from compiler.hir.parser.expr import EXPR_STARTS, ExprParser
from compiler.hir.parser.path import unmarked
from compiler.syntax.errors import ParseError, SyntaxFault
from compiler.syntax.lexer import CLOSE_GROUP, EOF, IDENT, LIFETIME, LITERALS, NUM, OPEN_GROUP

_BLOCK_LIKE = frozenset(("{", "if", "match", "loop", "while", "for", LIFETIME))


class PrimaryParser(ExprParser):
    _BY_KIND: ClassVar[dict[str, Callable[[PrimaryParser], ExprId]]] = {}

    @abstractmethod
    def block(self, label: str | None = None, is_unsafe: bool = False, start: int | None = None) -> ExprId: ...

    @abstractmethod
    def macro_expr(self, path: Path, start: int) -> ExprId: ...

    @abstractmethod
    def take_unroll(self) -> tuple[int | None, int | None]: ...

    def primary(self) -> ExprId:
        method = self._BY_KIND.get(self.kinds[self.i])
        if method is None:
            self.expected("expression")
        return method(self)

    def at_expr(self) -> bool:
        kind = self.kinds[self.i]
        return kind in EXPR_STARTS and not (kind == "{" and self.no_struct)

    # ------------------------------------------------------------ paths, literals, delimiters

    def _path_expr(self) -> ExprId:
        start = self.starts[self.i]
        path = self.path()
        kind = self.kinds[self.i]
        if kind == "!" and self.kinds[self.i + 1] in ("(", "[", "{"):
            return self.macro_expr(path, start)
        if kind == "{" and not self.no_struct:
            return self._struct_literal(path, start)
        return self.add(PathExpr(path), start)

    def _struct_literal(self, path: Path, start: int) -> ExprId:
        opened = self.expect("{")
        saved, self.no_struct = self.no_struct, False
        fields: list[RecordField] = []
        base: ExprId | None = None
        rest = False
        while self.kinds[self.i] != "}":
            enabled = self.outer_attrs()
            if self.eat(".."):
                rest = self.kinds[self.i] == "}"
                base = None if rest else self.expr()
                if self.kinds[self.i] == ",":
                    self.fault("cannot use a comma after the base struct", self.here(), "remove this comma")
                    self.i += 1
                break
            field = self._record_field()
            if enabled:
                fields.append(field)
            if not self.eat(","):
                break
        if self.kinds[self.i] not in ("}", EOF):
            self.expected("one of `,`, `:`, or `}`" if fields else "identifier")
        self.close("}", opened)
        self.no_struct = saved
        found = self.add(RecordLit(unmarked(path), tuple(fields), base), start)
        if rest:
            self.underscores_rest.add(found)
        return found

    def _record_field(self) -> RecordField:
        at = self.i
        start = self.starts[at]
        kind = self.kinds[at]
        if kind not in (IDENT, NUM):
            self.expected("identifier")
        name = strip_mark(self.texts[at])
        following = self.kinds[at + 1]
        if following == ":":
            self.i = at + 2
            value = self.expr()
        elif following == "=" and kind == IDENT:
            span = Span(self.starts[at + 1], self.ends[at + 1])
            raise ParseError(
                SyntaxFault("expected `:`, found `=`", span, "expected `:`", help="replace equals symbol with a colon")
            )
        else:
            self.i = at + 1
            value = self.add(PathExpr(self._single(at)), start)
        return RecordField(name, value, Span(start, self.ends[at]))

    def _single(self, at: int) -> Path:
        saved, self.i = self.i, at
        found = self.path()
        self.i = saved
        return found

    def _paren(self) -> ExprId:
        start = self.starts[self.i]
        opened = self.i
        if self.kinds[self.i + 1] == ")":
            self.i += 2
            return self.add(Tuple(()), start)
        self.i += 1
        saved, self.no_struct = self.no_struct, False
        self.outer_attrs()
        first = self.expr()
        self.no_struct = saved
        if self.kinds[self.i] == ")":
            self.i += 1
            spans = self.store.expr_spans
            spans[first] = Span(min(start, spans[first].start), max(spans[first].end, self.ends[self.i - 1]))
            return first
        if self.kinds[self.i] != ",":
            if self.kinds[self.i] == EOF:
                self.close(")", opened)
            self.expected("one of `)`, `,`, `.`, `?`, or an operator")
        return self._tuple_rest(first, opened, start)

    def _tuple_rest(self, first: ExprId, opened: int, start: int) -> ExprId:
        self.i += 1
        elems = [first]
        saved, self.no_struct = self.no_struct, False
        while self.kinds[self.i] not in (")", EOF):
            elems.append(self.expr())
            if not self.eat(","):
                break
        self.no_struct = saved
        self.close(")", opened)
        return self.add(Tuple(tuple(elems)), start)

    def _array(self) -> ExprId:
        start = self.starts[self.i]
        opened = self.i
        if self.kinds[opened + 1] == "]":
            self.i += 2
            return self.add(Array(()), start)
        saved, self.no_struct = self.no_struct, False
        self.i += 1
        enabled = self.outer_attrs()
        first = self.expr()
        if self.eat(";"):
            count = self.array_length()
            self.no_struct = saved
            self.close("]", opened)
            return self.add(Repeat(first, count), start)
        elems = [first] if enabled else []
        while self.kinds[self.i] == ",":
            self.i += 1
            if self.kinds[self.i] == "]":
                break
            if self.outer_attrs():
                elems.append(self.expr())
            else:
                self.expr()
        self.no_struct = saved
        if self.kinds[self.i] not in ("]", EOF):
            self.expected("one of `,`, `.`, `;`, `?`, `]`, or an operator")
        self.close("]", opened)
        return self.add(Array(tuple(elems)), start)

    def _underscore(self) -> ExprId:
        start = self.starts[self.i]
        self.i += 1
        found = self.add(MissingExpr(), start)
        self.underscores.add(found)
        return found

    def _fragment(self) -> ExprId:
        kind = self.texts[self.i]
        if kind in ("path", "ty"):
            return self._path_expr()
        if kind == "stmt":
            self.expected("expression")
        start = self.starts[self.i]
        self.i += 1
        saved, self.no_struct = self.no_struct, False
        found = self.expr()
        self.no_struct = saved
        self.expect(CLOSE_GROUP)
        spans = self.store.expr_spans
        if start < spans[found].start:
            spans[found] = Span(start, spans[found].end)
        return found

    # ------------------------------------------------------------ blocks

    def block_expr(self) -> ExprId:
        return self.block()

    def _unsafe_block(self) -> ExprId:
        start = self.starts[self.i]
        self.i += 1
        return self.block(is_unsafe=True, start=start)

    def const_block(self) -> ExprId:
        start = self.starts[self.i]
        if self.kinds[self.i + 1] != "{":
            return self._closure()
        self.expect("const")
        body = self.block()
        anon = self.anon_const(body, "inline const", start).anon
        return self.add(InlineConst(anon), start)

    def _async(self) -> ExprId:
        """``async`` blocks and closures: parsed, refused on the device."""
        start = self.starts[self.i]
        self.i += 1
        if self.kinds[self.i] in ("|", "||") or (
            self.kinds[self.i] == "move" and self.kinds[self.i + 1] in ("|", "||")
        ):
            return self.add(UnsupportedExpr("async closure", (self._closure(),)), start)
        self.eat("move")
        return self.add(UnsupportedExpr("async block", (self.block(),)), start)

    def _labelled(self) -> ExprId:
        start = self.starts[self.i]
        label = self.label()
        if self.kinds[self.i] != ":":
            self.expected("`while`, `for`, `loop` or `{` after a label")
        self.i += 1
        kind = self.kinds[self.i]
        if kind == "while":
            return self._while(label, start)
        if kind == "for":
            return self._for(label, start)
        if kind == "loop":
            return self._loop(label, start)
        if kind == "{":
            return self.block(label=label, start=start)
        self.expected("`while`, `for`, `loop` or `{` after a label")

    # ------------------------------------------------------------ control flow

    def _if(self) -> ExprId:
        """An ``else if`` chain, folded from its end so that long chains do not recurse."""
        links: list[tuple[int, ExprId, ExprId]] = []
        otherwise: ExprId | None = None
        while True:
            start = self.starts[self.i]
            self.expect("if")
            cond, branch = self._condition_and_block("if")
            links.append((start, cond, branch))
            if not self.eat("else"):
                break
            if self.kinds[self.i] == "if":
                continue
            otherwise = self._branch()
            break
        for start, cond, then_branch in reversed(links):
            otherwise = self.add(If(cond, then_branch, otherwise), start)
        assert otherwise is not None
        return otherwise

    def _branch(self) -> ExprId:
        if self.kinds[self.i] != "{":
            self.expected("`{`")
        return self.block()

    def _condition_and_block(self, word: str) -> tuple[ExprId, ExprId]:
        """A condition may itself be a block: ``if { .. } { .. }``; one block alone lacks the condition."""
        start = self.starts[self.i]
        starts_with_block = self.kinds[self.i] == "{"
        cond = self._allow_lets(self.expr_no_struct())
        if starts_with_block and self.kinds[self.i] != "{" and isinstance(self.store.exprs[cond], Block):
            self.fault(f"missing condition for `{word}` expression", Span(start, start), "expected condition here")
            return self.store.add_expr(MissingExpr(), Span(start, start)), cond
        return cond, self._branch()

    def _let(self) -> ExprId:
        """``let PAT = EXPR`` in a condition; the scrutinee binds tighter than ``&&``."""
        start = self.starts[self.i]
        self.i += 1
        pat = self.pat()
        self.expect("=")
        found = self.add(Let(pat, self.binary(5)), start)
        self.stray_lets.add(found)
        return found

    def _allow_lets(self, condition: ExprId) -> ExprId:
        """A condition may be a ``let``, or a chain of ``&&`` with them; anywhere else they are strays."""
        work = [condition] if self.stray_lets else []
        while work:
            at = work.pop()
            self.stray_lets.discard(at)
            node = self.store.exprs[at]
            if isinstance(node, Binary) and node.op == "&&":
                work += (node.left, node.right)
        return condition

    def _match(self) -> ExprId:
        start = self.starts[self.i]
        self.i += 1
        scrutinee = self.expr_no_struct()
        opened = self.expect("{")
        saved, self.no_struct = self.no_struct, False
        self.inner_attrs()
        arms: list[MatchArm] = []
        while self.kinds[self.i] not in ("}", EOF):
            self._recovering_arm(arms)
        self.no_struct = saved
        self.close("}", opened)
        return self.add(Match(scrutinee, tuple(arms)), start)

    @abstractmethod
    def inner_attrs(self) -> None: ...

    def _recovering_arm(self, arms: list[MatchArm]) -> None:
        depth, at = self.depth, self.i
        try:
            self._arm(arms)
        except ParseError as error:
            self.report(error.fault)
            self.depth, self.no_struct = depth, False
            self.skip_element(at, after_block=True)

    def _arm(self, arms: list[MatchArm]) -> None:
        enabled = self.outer_attrs()
        pat = self.pat()
        guard = self._allow_lets(self.expr()) if self.eat("if") else None
        if self.kinds[self.i] != "=>":
            self.expected("one of `=>`, `if`, or `|`")
        self.i += 1
        is_block = self.at_block_like()
        body = self.block_like_or_expr(is_block)
        if enabled:
            arms.append(MatchArm(pat, guard, body))
        kind = self.kinds[self.i]
        if kind == ",":
            self.i += 1
        elif kind != "}" and not (is_block and self.kinds[self.i - 1] == "}"):
            self.expected("one of `,`, `.`, `?`, `}`, or an operator")

    def at_block_like(self) -> bool:
        kind = self.kinds[self.i]
        if kind in _BLOCK_LIKE:
            return True
        following = self.kinds[self.i + 1]
        return (kind in ("unsafe", "const") and following == "{") or (kind == "async" and following in ("{", "move"))

    def block_like_or_expr(self, is_block: bool) -> ExprId:
        """A block-like expression ends a statement or arm, unless a method call or ``?`` follows."""
        if not is_block:
            return self.expr()
        start = self.starts[self.i]
        found = self.primary()
        if self.kinds[self.i] in (".", "?"):
            found = self.postfix(found, start)
            return self.finish_expr(self.binary_rest(found, start, 3), start)
        return found

    def _loop(self, label: str | None = None, start: int | None = None) -> ExprId:
        start = self.starts[self.i] if start is None else start
        unroll, anon = self.take_unroll()
        self.i += 1
        body = self.block()
        return self.add(Loop(body, label, unroll=unroll, unroll_anon=anon), start)

    def _while(self, label: str | None = None, start: int | None = None) -> ExprId:
        start = self.starts[self.i] if start is None else start
        unroll, anon = self.take_unroll()
        self.i += 1
        cond, body = self._condition_and_block("while")
        return desugar.while_loop(self, cond, body, Loop(0, label, unroll=unroll, unroll_anon=anon), start)

    def _for(self, label: str | None = None, start: int | None = None) -> ExprId:
        start = self.starts[self.i] if start is None else start
        if self.kinds[self.i + 1] == "<":
            self.for_lifetimes()
            return self._closure()
        unroll, anon = self.take_unroll()
        self.i += 1
        pat = self.pat()
        if self.kinds[self.i] != "in":
            self.expected("`in`")
        self.i += 1
        iterated = self.expr_no_struct()
        body = self.block()
        return desugar.for_loop(self, pat, iterated, body, Loop(0, label, unroll=unroll, unroll_anon=anon), start)

    # ------------------------------------------------------------ jumps

    def _break(self) -> ExprId:
        start = self.starts[self.i]
        self.i += 1
        label = self.label() if self.kinds[self.i] == LIFETIME and self.kinds[self.i + 1] != ":" else None
        value = self.expr() if self.at_expr() else None
        return self.add(Break(label, value), start)

    def _continue(self) -> ExprId:
        start = self.starts[self.i]
        self.i += 1
        label = self.label() if self.kinds[self.i] == LIFETIME else None
        return self.add(Continue(label), start)

    def _return(self) -> ExprId:
        start = self.starts[self.i]
        self.i += 1
        value = self.expr() if self.at_expr() else None
        return self.add(Return(value), start)

    def _unsupported_jump(self) -> ExprId:
        start = self.starts[self.i]
        word = self.kinds[self.i]
        self.i += 1
        children = (self.expr(),) if self.at_expr() else ()
        return self.add(UnsupportedExpr(f"`{word}` expression", children), start)

    # ------------------------------------------------------------ closures

    def _closure(self) -> ExprId:
        start = self.starts[self.i]
        while self.kinds[self.i] in ("static", "const", "async"):
            if self.kinds[self.i] == "static":
                self.fault("closures cannot be static", self.here(), code="E0697")
                self.fault("coroutine syntax is experimental", self.here(), code="E0658")
            self.i += 1
        is_move = self.eat("move")
        params: list[ClosureParam] = []
        if not self.eat("||"):
            self.expect("|")
            while not self.begins("|"):
                self.outer_attrs()
                pat = self.pat_no_alt()
                params.append(ClosureParam(pat, self.ty() if self.eat(":") else None))
                if not self.eat(","):
                    break
            self.expect_split("|")
        saved, self.no_struct = self.no_struct, self.no_struct
        if self.eat("->"):
            ret = self.ty(allow_plus=False)
            body = self.block()
        else:
            ret = None
            body = self.expr()
        self.no_struct = saved
        return self.add(Closure(tuple(params), ret, body, is_move), start)

    def _static(self) -> ExprId:
        if self.kinds[self.i + 1] in ("move", "|", "||"):
            return self._closure()
        self.expected("expression")

    def _attributed_expr(self) -> ExprId:
        """``#[attr] expr``: attributes stay with the expression."""
        self.outer_attrs()
        return self.unary()


def _table() -> dict[str, Callable[[PrimaryParser], ExprId]]:
    p = PrimaryParser
    table: dict[str, Callable[[PrimaryParser], ExprId]] = dict.fromkeys(
        (IDENT, "self", "Self", "super", "crate", "::", "$crate", "<", "<<"), p._path_expr
    )
    table.update(dict.fromkeys(LITERALS | {"true", "false"}, p.literal))
    table.update({"(": p._paren, "[": p._array, "{": p.block_expr, "_": p._underscore, OPEN_GROUP: p._fragment})
    table.update(
        {
            "unsafe": p._unsafe_block,
            "const": p.const_block,
            "async": p._async,
            LIFETIME: p._labelled,
            "#": p._attributed_expr,
        }
    )
    table.update({"if": p._if, "let": p._let, "match": p._match, "loop": p._loop, "while": p._while, "for": p._for})
    table.update({"break": p._break, "continue": p._continue, "return": p._return, "yield": p._unsupported_jump})
    table.update({"do": p._unsupported_jump, "become": p._unsupported_jump})
    table.update({"|": p._closure, "||": p._closure, "move": p._closure, "static": p._static})
    return table


PrimaryParser._BY_KIND = _table()
