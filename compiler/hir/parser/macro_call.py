"""Macro calls in expression, statement, type and pattern position.

What it is: finds the macro, expands it, and continues the parse in the expansion's tokens, so that expansions are
ordinary HIR.
Assumes: ``ctx.macro_lookup`` knows macros outside the body; macros declared in the body are found in ``locals``.
Guarantees: bounded depth; a macro nobody knows becomes an :class:`UnsupportedExpr` that names it; faults in an
expansion name the macro.

>>> # ``assert!(a < b)`` -> the tokens of its rule, parsed as an expression in place
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NoReturn, TypeVar

from compiler.base.span import Span
from compiler.hir.body_context import BodyContext
from compiler.hir.item_header import ItemFault
from compiler.hir.item_scanner import ItemScanner
from compiler.hir.item_tree import Item, ItemSpans
from compiler.hir.lower_items import lower_items
from compiler.hir.macros.definition import MacroDef, parse_macro
from compiler.hir.macros.matcher import NoMatch, match_rules
from compiler.hir.macros.token_text import item_text
from compiler.hir.macros.transcribe import transcribe
from compiler.hir.nodes import (
    HYGIENE_MARK,
    LOCAL_MACRO,
    Call,
    ErrorType,
    ExprId,
    ExprStmt,
    ExprStore,
    MethodCall,
    MissingExpr,
    MissingPat,
    Path,
    PatId,
    Stmt,
    TypeRef,
    UnsupportedExpr,
    strip_mark,
)
from compiler.hir.parser.builtin_macros import BUILTINS
from compiler.hir.parser.item import ItemParser
from compiler.hir.parser.launch_scope import LaunchFacts, rewrite_call, rewrite_method
from compiler.hir.parser.local_items import LocalScope
from compiler.syntax.delimiters import match_delimiters
from compiler.syntax.errors import MACRO, SYNTAX, ParseError, SyntaxFault, unsupported
from compiler.syntax.lexer import CLOSERS, EOF, Tokens, lex

RECURSION_LIMIT = 128
MAX_EXPANDED_TOKENS = 500_000
FIRST_GENERATED = 1000  # disambiguator of the first local item of its name that a macro makes
_CALL_DELIMITERS = ("(", "[", "{")
T = TypeVar("T")


class MacroCallParser(ItemParser):
    launch: LaunchFacts | None = None
    skipping = False  # reading a fragment only to see where it ends: macros are not expanded
    n_expansions = 0
    n_expanded_tokens = 0

    def __init__(self, tokens: Tokens, text: str | None, ctx: BodyContext) -> None:
        super().__init__(tokens, ctx)
        self.text = text
        self.locals = LocalScope(None)
        self.expansions: list[str] = []  # names of the macros being expanded, outermost first

    # ------------------------------------------------------------ hooks of the grammar

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
        """What can only be said at the end of the body."""
        for expr in sorted(self.underscores):
            span = self.store.expr_spans[expr]
            message = "in expressions, `_` can only be used on the left-hand side of an assignment"
            self.fault(message, span, "`_` not allowed here")
        for expr in sorted(self.stray_lets):
            start = self.store.expr_spans[expr].start
            self.fault("expected expression, found `let` statement", Span(start, start + 3))
        for expr in sorted(self.underscores_rest):
            span = self.store.expr_spans[expr]
            self.fault(
                "base expression required after `..`",
                Span(span.end - 1, span.end),
                "add a base expression here",
                "E0797",
            )

    def reset_store(self) -> None:
        """Forget what was read only to find its end."""
        self.store = ExprStore()
        self.underscores.clear()
        self.underscores_rest.clear()
        self.stray_lets.clear()
        self.unroll_span = None

    def skip_meta(self) -> None:
        """A ``meta`` fragment: a path, then nothing, a delimited group, or ``= expr``."""
        self.path(in_type=False)
        if self.kinds[self.i] in _CALL_DELIMITERS:
            self.skip_group()
        elif self.eat("="):
            self.expr()

    def skip_one_statement(self) -> None:
        """A ``stmt`` fragment, without its semicolon."""
        if self.kinds[self.i] != "let":
            self.outer_attrs()
            self.expr()
            return
        self.i += 1
        self.pat()
        if self.eat(":"):
            self.ty()
        if self.eat("="):
            self.expr()
            if self.eat("else"):
                self.block()

    # ------------------------------------------------------------ the call

    def _call_range(self) -> tuple[int, int, Span]:
        """With the cursor at ``!``: the tokens inside the delimiters, and the cursor after them."""
        opened = self.i + 1
        self.i = opened
        self.skip_group()
        closed = self.kinds[self.i - 1] in CLOSERS
        return opened + 1, self.i - 1 if closed else self.i, Span(self.starts[opened], self.ends[self.i - 1])

    def find_macro(self, path: Path) -> MacroDef | None:
        """The definition a path names, None when nobody knows it."""
        name = path.segments[-1].name if path.segments else ""
        if len(path.segments) == 1 and not path.anchor:
            local = self.locals.macro(strip_mark(name))
            if local is not None:
                return local
        found = self.ctx.macro_lookup(path) if self.ctx.macro_lookup is not None else None
        if found is None and strip_mark(name) in BUILTINS:
            return MacroDef(strip_mark(name), "core", (), strip_mark(name))
        return found

    def expansion(self, definition: MacroDef, first: int, last: int, call: Span) -> Tokens:
        """The tokens a ``macro_rules!`` macro makes of a call."""
        tokens, first, last = self._with_docs(first, last)
        scratch = MacroCallParser(tokens, None, replace(self.ctx, macro_lookup=None))
        scratch.skipping = True
        matched = match_rules(definition, tokens, first, last, scratch)
        if isinstance(matched, NoMatch):
            self._no_rule(definition, tokens, matched.at, last, call)
        self.n_expansions += 1
        rule, bindings = matched
        local = self.locals.local_macro(definition.name)
        mark = str(self.n_expansions)
        if local is not None and local[0] is definition:
            mark = f"{LOCAL_MACRO}{mark}_{local[1]}"
        made = transcribe(rule, bindings, call, definition.krate, mark)
        self.n_expanded_tokens += len(made)
        if self.n_expanded_tokens > MAX_EXPANDED_TOKENS:
            raise ParseError(
                unsupported(f"macro expansions of more than {MAX_EXPANDED_TOKENS} tokens in one body", call)
            )
        return made

    def _with_docs(self, first: int, last: int) -> tuple[Tokens, int, int]:
        """The call's tokens; doc comments in it are attributes to the macro."""
        if self.text is None:
            return self.tokens, first, last
        start, end = self.ends[first - 1], self.starts[last]
        if "//" not in (inside := self.text[start:end]) and "/*" not in inside:
            return self.tokens, first, last
        tokens = doc_attributes(lex(self.text, start, end, keep_docs=True))
        return tokens, 0, len(tokens)

    def _no_rule(self, definition: MacroDef, tokens: Tokens, at: int, last: int, call: Span) -> NoReturn:
        if at >= last:
            label = "missing tokens in macro arguments"
            raise ParseError(SyntaxFault("unexpected end of macro invocation", call, label, MACRO))
        text = strip_mark(tokens.texts[at])
        span = Span(tokens.starts[at], tokens.ends[at])
        message = f"no rules expected the token `{text}`"
        raise ParseError(SyntaxFault(message, span, "no rules expected this token in macro call", MACRO))

    def inside(self, name: str, tokens: Tokens, call: Span, parse: Callable[[], T]) -> T:
        """Run ``parse`` with the cursor at the start of an expansion."""
        if len(self.expansions) >= RECURSION_LIMIT:
            raise ParseError(SyntaxFault(f"recursion limit reached while expanding `{name}!`", call, code=MACRO))
        state = self.input()
        n_faults = len(self.faults)
        self.read_from((tokens, 0, None, [], False, call))
        self.expansions.append(name)
        try:
            return parse()
        except ParseError as error:
            raise ParseError(_within(name, error.fault)) from None
        finally:
            self.expansions.pop()
            self.faults[n_faults:] = [_within(name, fault) for fault in self.faults[n_faults:]]
            self.read_from(state)

    def _end_of_expansion(self, name: str) -> None:
        self.eat(";")
        if self.kinds[self.i] != EOF:
            message = f"macro expansion ignores {self.describe()} and any tokens following"
            raise ParseError(SyntaxFault(message, self.here(), f"caused by the macro expansion of `{name}!` here"))

    # ------------------------------------------------------------ positions

    def macro_expr(self, path: Path, start: int) -> ExprId:
        first, last, call = self._call_range()
        call = Span(min(start, call.end), call.end)
        if self.skipping:
            return self.add(MissingExpr(), start)
        definition = self.find_macro(path)
        if definition is None:
            return self.add(UnsupportedExpr(f"macro `{_shown(path)}!`"), start)
        if definition.builtin is not None:
            return self._builtin(definition.builtin, first, last, call)
        return self._expanded_expr(definition, first, last, call)

    def _builtin(self, name: str, first: int, last: int, call: Span) -> ExprId:
        expand = BUILTINS.get(name)
        if expand is None:
            return self.store.add_expr(UnsupportedExpr(f"macro `{name}!`"), call)
        after = self.i
        state = self.no_struct
        self.no_struct = False
        try:
            return expand(self, first, last, call)
        finally:
            self.i = after
            self.no_struct = state

    def _expanded_expr(self, definition: MacroDef, first: int, last: int, call: Span) -> ExprId:
        tokens = self.expansion(definition, first, last, call)

        def parse() -> ExprId:
            found = self.expr()
            self._end_of_expansion(definition.name)
            return found

        return self.inside(definition.name, tokens, call, parse)

    def macro_type(self, path: Path, start: int) -> TypeRef:
        first, last, call = self._call_range()
        definition = None if self.skipping else self.find_macro(path)
        if definition is None or definition.builtin is not None:
            if not self.skipping:
                self.report(unsupported(f"macro `{_shown(path)}!` in type position", Span(start, call.end)))
            return ErrorType(self.span_from(start))
        tokens = self.expansion(definition, first, last, call)

        def parse() -> TypeRef:
            found = self.ty()
            self._end_of_expansion(definition.name)
            return found

        return self.inside(definition.name, tokens, call, parse)

    def macro_pat(self, path: Path, start: int) -> PatId:
        first, last, call = self._call_range()
        definition = None if self.skipping else self.find_macro(path)
        if definition is None or definition.builtin is not None:
            if not self.skipping:
                self.report(unsupported(f"macro `{_shown(path)}!` in pattern position", Span(start, call.end)))
            return self.add_pat(MissingPat(), start)
        tokens = self.expansion(definition, first, last, call)

        def parse() -> PatId:
            found = self.pat()
            self._end_of_expansion(definition.name)
            return found

        return self.inside(definition.name, tokens, call, parse)

    def macro_statement(self, stmts: list[Stmt], closer: str) -> ExprId | None:
        """``m! { .. }``, ``m!(..);`` or the ``m!(..)`` that ends an expansion: statements of this block."""
        start = self.starts[self.i]
        first = self.i
        if not self.at_path():
            return None
        mark = len(self.splits)
        path = self.path()
        if self.kinds[self.i] != "!" or self.kinds[self.i + 1] not in _CALL_DELIMITERS or self.skipping:
            self.undo_splits(mark, -1)
            self.i = first
            return None
        braces = self.kinds[self.i + 1] == "{"
        bang = self.i
        inner_first, inner_last, call = self._call_range()
        following = self.kinds[self.i]
        semicolon = following == ";"
        definition = self.find_macro(path)
        is_rules = definition is not None and definition.builtin is None
        # What ends an expansion is a statement like what a semicolon ends: its own expansion may be none, or a `let`.
        if not is_rules or not (semicolon or following == EOF or (braces and following not in (".", "?"))):
            return self._macro_expr_statement(path, start, bang, braces, stmts, closer)
        assert definition is not None
        self.i += semicolon
        return self._expanded_statements(
            definition, (inner_first, inner_last), Span(start, call.end), stmts, closer, semicolon
        )

    def _macro_expr_statement(
        self, path: Path, start: int, bang: int, braces: bool, stmts: list[Stmt], closer: str
    ) -> ExprId:
        """A call whose expansion is one expression; it may go on (``m!(x).f() + 1``), unless it stands in braces."""
        self.i = bang
        expr = self.macro_expr(path, start)
        if not braces or self.kinds[self.i] in (".", "?"):
            expr = self.finish_expr(self.binary_rest(self.postfix(expr, start), start, 3), start)
            braces = False
        tail = self.finish_statement(expr, stmts, closer, braces)
        return -1 if tail is None else tail

    def _expanded_statements(
        self, definition: MacroDef, inner: tuple[int, int], call: Span, stmts: list[Stmt], closer: str, semicolon: bool
    ) -> ExprId:
        tokens = self.expansion(definition, inner[0], inner[1], call)

        made, tail = self.inside(definition.name, tokens, call, lambda: self.statements(EOF))
        stmts += made
        if tail is None:
            return -1
        if semicolon or self.kinds[self.i] not in (closer, EOF):
            stmts.append(ExprStmt(tail, semicolon))
            return -1
        return tail

    # ------------------------------------------------------------ local macros and items

    def define_macro(self, name: str, source: bytes, offset: int) -> None:
        if self.skipping:
            return
        definition = parse_macro(source, self.ctx.krate)
        for fault in definition.faults:
            span = fault.span.shifted(offset) if self.call is None else self.call
            self.report(replace(fault, span=span))
        self.locals.define(name, definition, len(self.store.pats))

    def generated_item(self, enabled: bool) -> None:
        scanner = ItemScanner(self.tokens, "", self.ctx.cfg, match_delimiters(self.tokens, ""))
        first = self.i
        try:
            _, _, self.i = scanner.item(first, len(self.tokens), {})
        except ItemFault as error:
            raise ParseError(error.args[0]) from None
        if self.skipping:
            return
        text, _ = item_text(self.tokens, first, self.i, self.ctx.krate)
        made = lower_items(text, self.ctx.cfg)
        for fault in made.faults:
            self.report(replace(fault, span=Span(self.starts[first], self.ends[first]), related=None, insert=None))
        for item, spans in zip(made.tree.items, made.spans, strict=True):
            self._declare_generated(item, spans, text)

    def _declare_generated(self, item: Item, spans: ItemSpans, source: bytes) -> None:
        """Generated items are numbered apart from the written ones, whose numbers must not depend on macros."""
        seen = self.locals.seen
        key = (item.kind, f"{HYGIENE_MARK}{item.name}")
        number = seen.get(key, FIRST_GENERATED)
        seen[key] = number + 1
        self.declare(replace(item, disambiguator=number), spans, source, generated=True)


def doc_attributes(tokens: Tokens) -> Tokens:
    """Doc comments as the attributes macros see: ``#[doc = "text"]``."""
    if "DOC" not in tokens.kinds:
        return tokens
    out = Tokens()
    for kind, text, start, end in zip(tokens.kinds, tokens.texts, tokens.starts, tokens.ends, strict=True):
        if kind != "DOC":
            out.add(kind, text, start, end)
            continue
        body = text[3:-2] if text.startswith("/*") else text[3:]
        quoted = '"' + body.replace("\\", "\\\\").replace('"', '\\"') + '"'
        pieces = [("#", "#")] + ([("!", "!")] if text[2] == "!" else [])
        pieces += [("[", "["), ("IDENT", "doc"), ("=", "="), ("STR", quoted), ("]", "]")]
        for piece_kind, piece in pieces:
            out.add(piece_kind, piece, start, end)
    return out


def _within(name: str, fault: SyntaxFault) -> SyntaxFault:
    if not fault.message or fault.note:
        return fault
    code = MACRO if fault.code == SYNTAX else fault.code
    return replace(fault, note=f"in the expansion of the macro `{name}`", code=code)


def _shown(path: Path) -> str:
    return strip_mark(str(path)) if len(path.segments) == 1 else str(path)
