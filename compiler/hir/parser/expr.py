"""Operators and postfix expressions.

What it is: precedence climbing over rustc's table; operator chains are loops, only nesting recurses (and is bounded).
Assumes: the cursor is at the first token. Guarantees: every expression is in the store with its span before its parent.

>>> # ``a + b * c as u32`` -> Binary(+, a, Binary(*, b, Cast(c, u32)))
"""

from __future__ import annotations

from abc import abstractmethod

from compiler.base.span import Span
from compiler.hir.nodes import (
    AddrOf,
    AssignOp,
    Binary,
    Call,
    Cast,
    ExprId,
    FieldAccess,
    Index,
    Literal,
    LitKind,
    MethodCall,
    MissingExpr,
    Path,
    PathExpr,
    PathType,
    TypeRef,
    Unary,
    UnsupportedExpr,
    strip_mark,
)
from compiler.hir.parser import desugar
from compiler.hir.parser.pat import PatParser
from compiler.syntax.errors import ParseError, SyntaxFault, unsupported
from compiler.syntax.lexer import (
    BYTE,
    BYTE_STR,
    C_STR,
    CHAR,
    CLOSE_GROUP,
    IDENT,
    LIFETIME,
    LITERALS,
    NUM,
    OPEN_GROUP,
    STR,
    words,
)
from compiler.syntax.literals import LiteralValue, decode_number, decode_quoted

PRECEDENCE = {
    "||": 3,
    "&&": 4,
    "==": 5,
    "!=": 5,
    "<": 5,
    ">": 5,
    "<=": 5,
    ">=": 5,
    "|": 6,
    "^": 7,
    "&": 8,
    "<<": 9,
    ">>": 9,
    "+": 10,
    "-": 10,
    "*": 11,
    "/": 11,
    "%": 11,
    "as": 12,
}
_COMPARISON = 5
ASSIGN_OPS = frozenset(("+=", "-=", "*=", "/=", "%=", "^=", "&=", "|=", "<<=", ">>="))
RANGE_OPS = frozenset(("..", "..=", "..."))
_EXPR_STARTS = words(
    "( [ { - ! * & && | || < << :: .. ..= true false if match loop while for unsafe return break continue move async "
    "const let self Self super crate $crate static _ do #"
)
EXPR_STARTS = LITERALS | _EXPR_STARTS | {IDENT, LIFETIME, OPEN_GROUP}
_LIT_KIND = {STR: LitKind.STR, BYTE_STR: LitKind.BYTE_STR, C_STR: LitKind.C_STR, CHAR: LitKind.CHAR, BYTE: LitKind.BYTE}
_MAX_CHAIN = 3000


class ExprParser(PatParser):
    @abstractmethod
    def primary(self) -> ExprId: ...

    @abstractmethod
    def rewritten_call(self, callee: ExprId, args: tuple[ExprId, ...], start: int) -> ExprId: ...

    @abstractmethod
    def rewritten_method(self, call: MethodCall, start: int) -> ExprId: ...

    # ------------------------------------------------------------ operators

    def expr(self) -> ExprId:
        start = self.starts[self.i]
        return self.finish_expr(self.binary(3), start)

    def expr_allowing_struct(self) -> ExprId:
        """An expression between delimiters, where struct literals are unambiguous again."""
        saved, self.no_struct = self.no_struct, False
        found = self.expr()
        self.no_struct = saved
        return found

    def expr_no_struct(self) -> ExprId:
        """A condition or scrutinee: ``{`` after a path begins the block, not a struct literal."""
        saved, self.no_struct = self.no_struct, True
        found = self.expr()
        self.no_struct = saved
        return found

    def finish_expr(self, left: ExprId, start: int) -> ExprId:
        """Range and assignment operators after an operand of higher precedence."""
        kind = self.kinds[self.i]
        if kind in RANGE_OPS:
            left = self._range(left, start)
            kind = self.kinds[self.i]
        if kind == "=":
            self.i += 1
            return desugar.assignment(self, left, self.expr(), start)
        if kind in ASSIGN_OPS:
            op_span = self.here()
            self.i += 1
            return self.add(AssignOp(kind[:-1], left, self.expr(), op_span), start)
        return left

    def binary(self, min_precedence: int) -> ExprId:
        start = self.starts[self.i]
        left = self.unary()
        if self.kinds[self.i] not in PRECEDENCE:
            return left
        return self.binary_rest(left, start, min_precedence)

    def binary_rest(self, left: ExprId, start: int, min_precedence: int) -> ExprId:
        """Fold the operators at the cursor that bind at least as tightly as ``min_precedence``."""
        kinds = self.kinds
        chain = 0
        while True:
            op = kinds[self.i]
            precedence = PRECEDENCE.get(op)
            if precedence is None or precedence < min_precedence:
                return left
            chain += 1
            if chain > _MAX_CHAIN:
                raise ParseError(unsupported(f"a chain of more than {_MAX_CHAIN} operators", self.here()))
            op_span = self.here()
            self.i += 1
            if op == "as":
                left = self.add(Cast(left, self._cast_type()), start)
                continue
            if self.kinds[self.i] == op and op in "+-" and self._is_increment():
                raise ParseError(self._increment_fault(op, op_span))
            right = self.binary(precedence + 1)
            if precedence == _COMPARISON and PRECEDENCE.get(kinds[self.i]) == _COMPARISON:
                self._chained_comparison(op_span)
            left = self.add(Binary(op, left, right, op_span), start)

    def _cast_type(self) -> TypeRef:
        """The type after ``as``; ``x as usize < y`` is told apart from generic arguments by what follows."""
        at = self.i
        try:
            return self.ty(allow_plus=False)
        except ParseError:
            after = at
            while self.kinds[after] in (IDENT, "::", "self", "Self", "super", "crate"):
                after += 1
            if after == at or self.kinds[after] not in ("<", "<<"):
                raise
        name = self.texts[after - 1]
        meaning = "a comparison" if self.kinds[after] == "<" else "a shift"
        message = f"`{self.kinds[after]}` is interpreted as a start of generic arguments for `{name}`, not {meaning}"
        span = Span(self.starts[after], self.ends[after])
        self.fault(message, span, f"not interpreted as {meaning.split()[1]}", help="put parentheses around the cast")
        self.i = at
        path = self.path()
        return PathType(path, path.span)

    def _is_increment(self) -> bool:
        """``x++`` or ``x--``: two adjacent operators and no operand."""
        at = self.i
        return self.starts[at] == self.ends[at - 1] and self.kinds[at + 1] in (";", "}", ")", ",", "EOF")

    def _increment_fault(self, op: str, first: Span) -> SyntaxFault:
        word = "increment" if op == "+" else "decrement"
        span = Span(first.start, self.ends[self.i])
        label = f"not a valid postfix operator; use `{op}= 1` instead"
        return SyntaxFault(f"Rust has no postfix {word} operator", span, label)

    def _chained_comparison(self, first: Span) -> None:
        help_text = "use `::<...>` instead of `<...>` to specify lifetime, type, or const arguments"
        second = self.kinds[self.i]
        self.fault(
            "comparison operators cannot be chained",
            Span(first.start, self.ends[self.i]),
            help=help_text if second in (">", ">=") else "split the comparison into two with `&&`",
        )

    def _range(self, left: ExprId | None, start: int) -> ExprId:
        """``a..``, ``a..b``, ``a..=b``, ``..b``, ``..`` with the cursor at the operator."""
        op = self.kinds[self.i]
        op_span = self.here()
        if op == "...":
            self.fault(
                "unexpected token: `...`", op_span, "use `..` for an exclusive range, or `..=` for an inclusive range"
            )
        self.i += 1
        right = None
        kind = self.kinds[self.i]
        if kind in EXPR_STARTS and not (kind == "{" and self.no_struct):
            right = self.binary(3)
        elif op != "..":
            self.fault("inclusive range with no end", op_span, code="E0586", help="use `..` instead")
        return desugar.range_expr(self, left, right, op, start)

    def unary(self) -> ExprId:
        at = self.i
        kind = self.kinds[at]
        self.enter()
        if kind in ("&", "&&"):
            found = self._address_of(kind)
        elif kind in ("-", "*", "!"):
            start = self.starts[at]
            self.i = at + 1
            found = self.add(Unary(kind, self.unary()), start)
        elif kind in RANGE_OPS:
            found = self._range(None, self.starts[at])
        else:
            start = self.starts[at]
            found = self.postfix(self.primary(), start)
        self.depth -= 1
        return found

    def _address_of(self, kind: str) -> ExprId:
        start = self.starts[self.i]
        self.i += 1
        raw = mutable = False
        if self.at_word("raw") and self.kinds[self.i + 1] in ("const", "mut"):
            raw = True
            mutable = self.kinds[self.i + 1] == "mut"
            self.i += 2
        else:
            mutable = self.eat("mut")
        inner = self.add(AddrOf(self.unary(), mutable, raw), start + 1 if kind == "&&" else start)
        return self.add(AddrOf(inner, False), start) if kind == "&&" else inner

    # ------------------------------------------------------------ postfix

    def postfix(self, found: ExprId, start: int) -> ExprId:
        """Calls, indexing, fields, methods, ``?`` after an operand."""
        kinds = self.kinds
        while True:
            kind = kinds[self.i]
            if kind == ".":
                found = self._dot(found, start)
            elif kind == "(":
                args = self.call_args()
                found = self.rewritten_call(found, args, start)
            elif kind == "[":
                opened = self.i
                self.i += 1
                index = self.expr_allowing_struct()
                self.close("]", opened)
                found = self.add(Index(found, index), start)
            elif kind == "?":
                self.i += 1
                found = desugar.try_expr(self, found, start)
            else:
                return found

    def call_args(self) -> tuple[ExprId, ...]:
        """``(a, b)`` with the cursor at ``(``."""
        return self.expr_list("(", ")")

    def expr_list(self, opener: str, closer: str) -> tuple[ExprId, ...]:
        opened = self.expect(opener)
        saved, self.no_struct = self.no_struct, False
        kinds = self.kinds
        found: list[ExprId] = []
        while kinds[self.i] != closer:
            if kinds[self.i] == "#":
                self._attributed(found)
            else:
                found.append(self.expr())
            kind = kinds[self.i]
            if kind == ",":
                self.i += 1
            elif kind != closer:
                self._separator(closer, opened)
        self.i += 1
        self.no_struct = saved
        return tuple(found)

    def _attributed(self, found: list[ExprId]) -> None:
        enabled = self.outer_attrs()
        expr = self.expr()
        if enabled:
            found.append(expr)

    def _separator(self, closer: str, opened: int) -> None:
        """Neither ``,`` nor the closer follows a list element."""
        if self.kinds[self.i] == "EOF":
            self.close(closer, opened)
        end = self.last_end()
        on_new_line = self.kinds[self.i] in LITERALS or self.kinds[self.i] == IDENT
        message = f"expected one of `{closer}`, `,`, `.`, `?`, or an operator, found {self.describe()}"
        insert = (end, ",", "missing `,`") if on_new_line else None
        self.report(
            SyntaxFault(
                message, self.here(), f"expected one of `{closer}`, `,`, `.`, `?`, or an operator", insert=insert
            )
        )
        if not on_new_line:
            self.skip_to((",",))
            self.eat(",")
            if self.kinds[self.i] == "EOF":
                raise ParseError(SyntaxFault("", self.here()))

    def _dot(self, base: ExprId, start: int) -> ExprId:
        self.i += 1
        return self._after_dot(base, start)

    def _after_dot(self, base: ExprId, start: int) -> ExprId:
        at = self.i
        kind = self.kinds[at]
        if kind == IDENT:
            return self._member(base, start)
        if kind == NUM:
            return self._tuple_field(base, start)
        if kind == "await":
            self.i += 1
            return self.add(UnsupportedExpr("`.await`", (base,)), start)
        if kind == OPEN_GROUP:
            return self._fragment_member(base, start)
        dot = Span(self.ends[at - 1] - 1, self.ends[at - 1])
        self.report(
            SyntaxFault(f"unexpected token: {self.describe()}", dot, "expected a field or method name after `.`")
        )
        return self.add(MissingExpr(), start)

    def _member(self, base: ExprId, start: int) -> ExprId:
        at = self.i
        name = strip_mark(self.texts[at])
        name_span = Span(self.starts[at], self.ends[at])
        self.i = at + 1
        kind = self.kinds[at + 1]
        if kind == "(":
            call = MethodCall(base, name, None, self.call_args(), name_span)
            return self.rewritten_method(call, start)
        if kind == "::":
            self.i = at + 2
            if not self.begins("<"):
                self.expected("`<`")
            args = self.generic_args()
            if self.kinds[self.i] != "(":
                span = args.span
                self.fault("field expressions cannot have generic arguments", span)
                return self.add(FieldAccess(base, name, name_span), start)
            return self.rewritten_method(MethodCall(base, name, args, self.call_args(), name_span), start)
        return self.add(FieldAccess(base, name, name_span), start)

    def _fragment_member(self, base: ExprId, start: int) -> ExprId:
        """``x.$n`` where the fragment is a literal tuple index."""
        self.i += 1
        if self.kinds[self.i] != NUM:
            self.expected("field name")
        found = self._tuple_field(base, start)
        self.expect(CLOSE_GROUP)
        return found

    def _tuple_field(self, base: ExprId, start: int) -> ExprId:
        """``x.0``, and ``x.0.1``, whose ``0.1`` is one float token."""
        at = self.i
        text = self.texts[at]
        self.i = at + 1
        offset = self.starts[at]
        for part in text.split("."):
            if not part:
                break
            span = Span(offset, offset + len(part))
            if not part.isdecimal() or (part[0] == "0" and len(part) > 1):
                self.fault(f"suffixes on a tuple index are invalid: `{text}`", Span(self.starts[at], self.ends[at]))
            field = FieldAccess(base, part, span)
            base = self.store.add_expr(field, Span(min(start, span.end), span.end))
            offset += len(part) + 1
        if text.endswith("."):  # `x.0.$name`, `x.0. name`: the second dot is part of the token
            return self._after_dot(base, start)
        return base

    # ------------------------------------------------------------ literals

    def literal_expr(self) -> ExprId:
        """A literal or a negated literal."""
        start = self.starts[self.i]
        if self.kinds[self.i] == "-":
            self.i += 1
            return self.add(Unary("-", self.literal_expr()), start)
        if self.kinds[self.i] == OPEN_GROUP and self.texts[self.i] in ("literal", "expr"):
            self.i += 1
            found = self.expr() if self.texts[self.i - 1] == "expr" else self.literal_expr()
            self.expect(CLOSE_GROUP)
            return found
        if self.kinds[self.i] == OPEN_GROUP:
            return self.primary()
        return self.literal()

    def literal(self) -> ExprId:
        at = self.i
        kind = self.kinds[at]
        if kind not in LITERALS and kind not in ("true", "false"):
            self.expected("literal")
        self.i = at + 1
        start = self.starts[at]
        if kind == NUM:
            value = decode_number(self.texts[at])
            lit_kind = LitKind.INT if value.kind == "int" else LitKind.FLOAT
            if value.suffix and lit_kind is LitKind.INT and value.suffix[0] == "f":
                lit_kind = LitKind.FLOAT
        elif kind in _LIT_KIND:
            value = decode_quoted(self.texts[at])
            lit_kind = _LIT_KIND[kind]
        else:
            return self.add(Literal(LitKind.BOOL, kind == "true"), start)
        if value.faults:
            self.literal_faults(value, start)
        return self.add(Literal(lit_kind, value.value, value.suffix), start)

    def literal_faults(self, value: LiteralValue, start: int) -> None:
        for first, last, code, message in value.faults:
            self.fault(message, Span(start + first, start + last), code=code)

    def path_expr(self, path: Path, start: int) -> ExprId:
        return self.add(PathExpr(path), start)

    def plain_call(self, callee: ExprId, args: tuple[ExprId, ...], start: int) -> ExprId:
        return self.add(Call(callee, args), start)
