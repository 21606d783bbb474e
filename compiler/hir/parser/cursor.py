"""The token cursor under every grammar area: looking, taking, splitting, complaining, recovering.

What it is: position in a :class:`Tokens`, the store being filled, the faults found so far.
Assumes: nothing about the tokens. Guarantees: a fault is a :class:`ParseError` caught at the nearest statement, list
element or item, reported once; the cursor always advances.

>>> Parser(lex("a + 1"), BodyContext()).expr()          # doctest: +SKIP
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import NoReturn

from compiler.base.span import Span
from compiler.hir.body_context import BodyContext
from compiler.hir.nodes import Expr, ExprId, ExprStore, Pat, PatId, strip_mark
from compiler.syntax.errors import ParseError, SyntaxFault, unsupported
from compiler.syntax.lexer import CHAR, CLOSERS, EOF, ERROR, IDENT, KEYWORDS, LIFETIME, LITERALS, OPENERS, Tokens

MAX_DEPTH = 200
_STATEMENT_STARTS = frozenset(("let", "fn", "struct", "enum", "impl", "trait", "mod", "use", "static", "type"))
# Of every edition; `try` is a word of an edition, and raw lifetimes are written with their `r#`.
_LABEL_KEYWORDS = KEYWORDS - {"try", "_"}
_LIFETIME_KEYWORDS = _LABEL_KEYWORDS - {"static"}


Split = tuple[int, str, int]  # token, its kind before it was split, its start before
Input = tuple[Tokens, int, str | None, list[Split], bool, Span | None]


class TokenCursor(ABC):
    """State of one parse; subclasses add the grammar."""

    def __init__(self, tokens: Tokens, ctx: BodyContext) -> None:
        self.tokens = tokens
        self.kinds = tokens.kinds
        self.texts = tokens.texts
        self.starts = tokens.starts
        self.ends = tokens.ends
        self.i = 0
        self.ctx = ctx
        self.store = ExprStore()
        self.faults: list[SyntaxFault] = []
        self.depth = 0
        self.no_struct = False
        self.end_name = "end of input"
        self.call: Span | None = None  # of the innermost macro call whose expansion is being read
        self.text: str | None = None  # the source of the tokens; None inside an expansion
        self.splits: list[Split] = []
        self.underscores: set[ExprId] = set()  # ``_`` expressions not yet assigned to
        self.stray_lets: set[ExprId] = set()  # ``let`` expressions not yet seen to be in a condition
        self.underscores_rest: set[ExprId] = set()  # struct literals ending in ``..``, not yet assigned to

    @abstractmethod
    def expr(self) -> ExprId: ...

    @abstractmethod
    def block_expr(self) -> ExprId: ...

    # ------------------------------------------------------------ what is read

    def input(self) -> Input:
        """What is being read, to come back to it with :meth:`read_from`."""
        return self.tokens, self.i, self.text, self.splits, self.no_struct, self.call

    def read_from(self, state: Input) -> None:
        self.tokens, self.i, self.text, self.splits, self.no_struct, self.call = state
        tokens = self.tokens
        self.kinds, self.texts, self.starts, self.ends = tokens.kinds, tokens.texts, tokens.starts, tokens.ends

    # ------------------------------------------------------------ looking and taking

    def eat(self, kind: str) -> bool:
        if self.kinds[self.i] == kind:
            self.i += 1
            return True
        return False

    def expect(self, kind: str) -> int:
        """Take this token; its index."""
        at = self.i
        if self.kinds[at] == kind:
            self.i = at + 1
            return at
        self.expected(f"`{kind}`")

    def at_word(self, word: str) -> bool:
        """Is this a contextual keyword?"""
        return self.kinds[self.i] == IDENT and strip_mark(self.texts[self.i]) == word

    def eat_word(self, word: str) -> bool:
        if self.at_word(word):
            self.i += 1
            return True
        return False

    def ident(self, what: str = "identifier") -> str:
        """Take an identifier; its name without hygiene mark."""
        if self.kinds[self.i] != IDENT:
            self.expected(what)
        self.i += 1
        return strip_mark(self.texts[self.i - 1])

    def lifetime(self) -> str:
        """Take a lifetime; its name without quote and hygiene mark."""
        return strip_mark(self._quoted("lifetimes", _LIFETIME_KEYWORDS))

    def label(self) -> str:
        """Take a loop label; its name with its mark, without quote."""
        return self._quoted("labels", _LABEL_KEYWORDS)

    def _quoted(self, what: str, keywords: frozenset[str]) -> str:
        name = self.texts[self.i][1:]
        if strip_mark(name) in keywords:
            self.fault(f"{what} cannot use keyword names", self.here())
        self.i += 1
        return name.removeprefix("r#")

    def split(self, first: str) -> bool:
        """If this token is or begins with the one-character token ``first``, take only that character."""
        at = self.i
        kind = self.kinds[at]
        if kind == first:
            self.i = at + 1
            return True
        if kind[0] != first or kind in LITERALS or kind == IDENT:
            return False
        self.splits.append((at, kind, self.starts[at]))
        self.kinds[at] = self.texts[at] = kind[1:]
        self.starts[at] += 1
        return True

    def expect_split(self, first: str) -> None:
        if not self.split(first):
            self.expected(f"`{first}`")

    def begins(self, first: str) -> bool:
        """Would :meth:`split` succeed?"""
        kind = self.kinds[self.i]
        return kind == first or (kind[0] == first and kind not in LITERALS)

    def undo_splits(self, mark: int, keep_at: int) -> None:
        """Restore the tokens split since ``mark``, except at ``keep_at`` (whose first half has been consumed)."""
        kept = []
        while len(self.splits) > mark:
            at, kind, start = entry = self.splits.pop()
            if at == keep_at:
                kept.append(entry)
                continue
            self.kinds[at] = self.texts[at] = kind
            self.starts[at] = start
        self.splits += kept

    def last_end(self) -> int:
        """End of the token before the cursor."""
        at = self.i
        ended = self.splits and self.splits[-1][0] == at
        return self.starts[at] if ended else self.ends[at - 1] if at else self.starts[0]

    def span_from(self, start: int) -> Span:
        end = self.last_end()
        call = self.call
        if call is not None and (start == call[0]) != (end == call[1]):
            return call
        return Span(start, max(start, end))

    def here(self) -> Span:
        return Span(self.starts[self.i], self.ends[self.i])

    # ------------------------------------------------------------ building

    def add(self, expr: Expr, start: int) -> ExprId:
        """Store an expression that ends before the cursor."""
        store = self.store
        store.exprs.append(expr)
        at = self.i
        end = self.ends[at - 1] if at else 0
        call = self.call
        if call is not None and (start == call[0]) != (end == call[1]):
            # One end is the macro's, the other the caller's: the whole call is the smallest text that means it.
            store.expr_spans.append(call)
        else:
            store.expr_spans.append(Span(start, end if end > start else start))
        return len(store.exprs) - 1

    def add_pat(self, pat: Pat, start: int) -> PatId:
        return self.store.add_pat(pat, self.span_from(start))

    # ------------------------------------------------------------ complaining

    def describe(self, at: int | None = None) -> str:
        """The token as rustc names it."""
        at = self.i if at is None else at
        kind, text = self.kinds[at], self.texts[at]
        if kind == EOF:
            return self.end_name
        if kind in OPENERS and kind not in "([{":
            return f"{text} macro fragment"
        if kind in KEYWORDS and kind != "_":
            return (
                f"keyword `{kind}`" if kind not in ("try", "abstract", "box", "yield") else f"reserved keyword `{kind}`"
            )
        if kind == LIFETIME:
            return f"lifetime `{text}`"
        if kind == ERROR:
            return "unterminated literal"
        shown = strip_mark(text)
        return f"`{shown if len(shown) < 40 else shown[:37] + '...'}`"

    def expected(self, what: str) -> NoReturn:
        """Raise "expected X, found Y" at the current token."""
        found = self.describe()
        if self.kinds[self.i] == ERROR:
            raise ParseError(SyntaxFault("", self.here()))  # the lexer has spoken
        label = f"expected {what}"
        if self.kinds[self.i] == EOF:
            end = self.last_end()
            raise ParseError(SyntaxFault(f"expected {what}, found {found}", Span(max(end - 1, 0), end), label))
        raise ParseError(SyntaxFault(f"expected {what}, found {found}", self.here(), label))

    def fault(self, message: str, span: Span, label: str = "", code: str = "syntax", help: str = "") -> None:
        """Report and go on."""
        self.report(SyntaxFault(message, span, label, code, help=help))

    def report(self, fault: SyntaxFault) -> None:
        if fault.message:
            self.faults.append(fault)

    def missing(self, token: str) -> None:
        """Report a missing separator right after the previous token, and go on as if it were there."""
        if self.kinds[self.i] == ERROR:
            return
        end = self.last_end()
        message = f"expected `{token}`, found {self.describe()}"
        self.report(
            SyntaxFault(message, Span(end, end), f"add `{token}` here", insert=(end, token, f"add `{token}` here"))
        )

    # ------------------------------------------------------------ recovering

    def skip_to(self, stops: tuple[str, ...]) -> None:
        """Skip whole bracketed groups to one of ``stops``, a closer, or the end."""
        kinds = self.kinds
        while True:
            kind = kinds[self.i]
            if kind in stops or kind in CLOSERS or kind == EOF:
                return
            if kind in OPENERS:
                self.skip_group()
            else:
                self.i += 1

    def skip_element(self, before: int, after_block: bool = False) -> None:
        """Skip the broken element of a comma-separated list that began at ``before``, and its comma. It is read again
        from its start, so that a fault deep in brackets is left with them. ``after_block``: braces end an element
        too."""
        broken_at = self.i
        self.i = before
        kinds = self.kinds
        while True:
            kind = kinds[self.i]
            if kind in CLOSERS or kind == EOF:
                break
            if kind in OPENERS:
                self.skip_group()
                if (
                    after_block
                    and kind == "{"
                    and self.i > broken_at
                    and kinds[self.i] not in (",", ".", "?", "=>", "else", "if")
                ):
                    return
                continue
            self.i += 1
            if kind == "," and self.i > broken_at:
                return
        if self.i == before and kinds[self.i] != EOF:
            self.i += 1

    def skip_group(self) -> None:
        """Skip from an opening delimiter past its match."""
        kinds = self.kinds
        depth = 0
        while True:
            kind = kinds[self.i]
            if kind == EOF:
                return
            self.i += 1
            if kind in OPENERS:
                depth += 1
            elif kind in CLOSERS:
                depth -= 1
                if depth <= 0:
                    return

    def skip_statement(self) -> None:
        """Skip to after the ``;`` that ends the broken statement, or to what plainly begins the next one."""
        kinds = self.kinds
        while True:
            kind = kinds[self.i]
            if kind in CLOSERS or kind == EOF:
                return
            if kind == ";":
                self.i += 1
                return
            if kind in _STATEMENT_STARTS:
                return
            if kind in OPENERS:
                self.skip_group()
                if kind == "{" and kinds[self.i] not in (".", "?", ";", "else", ")", "]", ","):
                    return
            else:
                self.i += 1

    def close(self, closer: str, opened: int) -> None:
        """Take the closing delimiter; complain about what stands before it, then skip to it."""
        if self.kinds[self.i] == closer:
            self.i += 1
            return
        if self.kinds[self.i] != EOF:
            self.expected(f"`{closer}`")
        span = Span(self.starts[opened], self.ends[opened])
        raise ParseError(SyntaxFault("this file contains an unclosed delimiter", span, "unclosed delimiter"))

    def enter(self) -> None:
        """Count one level of nesting; refuse what no reader could follow (and Python could not recurse into)."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.depth -= 1
            raise ParseError(unsupported(f"more than {MAX_DEPTH} nested expressions, types or patterns", self.here()))


__all__ = ["CHAR", "MAX_DEPTH", "TokenCursor"]
