"""Macros the compiler expands itself.

What it is: a table from name to the function that reads the call's tokens and makes an expression.
Assumes: the cursor may be moved anywhere; the caller puts it back after the call. Guarantees: a call that cannot be
read is one fault.

>>> # ``concat!("a", 1, true)`` -> Literal(STR, "a1true")
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from compiler.base.span import Span
from compiler.hir.attributes import cfg_holds
from compiler.hir.macros.token_text import text_of
from compiler.hir.nodes import (
    AddrOf,
    Call,
    ExprId,
    LangPath,
    Literal,
    LitKind,
    MissingExpr,
    OffsetOf,
    PathExpr,
    Unary,
    UnsupportedExpr,
)
from compiler.hir.parser.custom_mir import custom_mir
from compiler.hir.parser.gpu_macros import gpu_printf, ptx_asm
from compiler.syntax.errors import MACRO, ParseError, SyntaxFault
from compiler.syntax.lexer import IDENT, NUM, Tokens, lex

if TYPE_CHECKING:
    from compiler.hir.parser.macro_call import MacroCallParser

Expand = Callable[["MacroCallParser", int, int, Span], ExprId]


def _string(p: MacroCallParser, value: str, call: Span) -> ExprId:
    return p.store.add_expr(Literal(LitKind.STR, value), call)


def _number(p: MacroCallParser, value: int, call: Span) -> ExprId:
    return p.store.add_expr(Literal(LitKind.INT, value, "u32"), call)


def _exprs(p: MacroCallParser, first: int, last: int) -> list[ExprId]:
    """Comma-separated expressions in tokens ``first..last``."""
    p.i = first
    found: list[ExprId] = []
    while p.i < last:
        found.append(p.expr())
        if p.i < last and not p.eat(","):
            p.expected("`,`")
    return found


def _concat(p: MacroCallParser, first: int, last: int, call: Span) -> ExprId:
    parts = []
    for expr in _exprs(p, first, last):
        text = _literal_text(p, expr)
        node = p.store.exprs[expr]
        if isinstance(node, (UnsupportedExpr, MissingExpr)):
            return p.store.add_expr(node, call)
        if text is None:
            p.fault(
                "expected a literal",
                p.store.expr_spans[expr],
                help='only literals (like `"foo"`, `-42` and `3.14`) can be passed to `concat!()`',
            )
            text = ""
        parts.append(text)
    return _string(p, "".join(parts), call)


def _literal_text(p: MacroCallParser, expr: ExprId) -> str | None:
    node = p.store.exprs[expr]
    if isinstance(node, Unary) and node.op == "-":
        inner = _literal_text(p, node.expr)
        return None if inner is None else "-" + inner
    if not isinstance(node, Literal) or node.kind in (LitKind.BYTE, LitKind.BYTE_STR, LitKind.C_STR):
        return None
    if node.kind is LitKind.CHAR:
        return chr(int(node.value))
    return ("true" if node.value else "false") if node.kind is LitKind.BOOL else str(node.value)


def _stringify(p: MacroCallParser, first: int, last: int, call: Span) -> ExprId:
    return _string(p, text_of(p.tokens, first, last), call)


def _line(p: MacroCallParser, first: int, last: int, call: Span) -> ExprId:
    return _number(p, p.ctx.line_of(call.start)[0] if p.ctx.line_of is not None else 1, call)


def _column(p: MacroCallParser, first: int, last: int, call: Span) -> ExprId:
    return _number(p, p.ctx.line_of(call.start)[1] if p.ctx.line_of is not None else 1, call)


def _file(p: MacroCallParser, first: int, last: int, call: Span) -> ExprId:
    return _string(p, p.ctx.file, call)


def _module_path(p: MacroCallParser, first: int, last: int, call: Span) -> ExprId:
    return _string(p, p.ctx.module_path, call)


def _cfg(p: MacroCallParser, first: int, last: int, call: Span) -> ExprId:
    predicate = text_of(p.tokens, first, last)
    return p.store.add_expr(Literal(LitKind.BOOL, cfg_holds(predicate, p.ctx.cfg)), call)


def string_argument(p: MacroCallParser, first: int, last: int, call: Span) -> str:
    """The one string literal (or macro that makes one) of a call."""
    exprs = _exprs(p, first, last)
    node = p.store.exprs[exprs[0]] if exprs else None
    if len(exprs) != 1 or not isinstance(node, Literal) or node.kind is not LitKind.STR:
        raise ParseError(SyntaxFault("argument must be a string literal", call, code=MACRO))
    return str(node.value)


def _included(p: MacroCallParser, first: int, last: int, call: Span) -> bytes:
    name = string_argument(p, first, last, call)
    found = p.ctx.include(name) if p.ctx.include is not None else None
    if found is None:
        raise ParseError(SyntaxFault(f"couldn't read `{name}`", call, code=MACRO))
    return found


def _include(p: MacroCallParser, first: int, last: int, call: Span) -> ExprId:
    return p.inside("include", _at(call, _included(p, first, last, call)), call, p.expr)


def _at(call: Span, text: bytes) -> Tokens:
    """The tokens of a text that a call stands for, all at the call."""
    tokens = lex(text.decode("latin-1"))
    tokens.starts[:] = [call.start] * len(tokens.starts)
    tokens.ends[:] = [call.end] * len(tokens.ends)
    return tokens


def _include_str(p: MacroCallParser, first: int, last: int, call: Span) -> ExprId:
    return _string(p, _included(p, first, last, call).decode("utf-8", "replace"), call)


def _include_bytes(p: MacroCallParser, first: int, last: int, call: Span) -> ExprId:
    return p.store.add_expr(Literal(LitKind.BYTE_STR, _included(p, first, last, call)), call)


def _variable(p: MacroCallParser, first: int, last: int, call: Span) -> tuple[str, str | None, list[ExprId]]:
    """(name, value in the environment of the compiler, all arguments) of ``env!`` or ``option_env!``."""
    exprs = _exprs(p, first, last)
    node = p.store.exprs[exprs[0]] if exprs else None
    if not isinstance(node, Literal) or node.kind is not LitKind.STR:
        raise ParseError(SyntaxFault("expected string literal", call, code=MACRO))
    name = str(node.value)
    return name, p.ctx.env(name) if p.ctx.env is not None else None, exprs


def _env(p: MacroCallParser, first: int, last: int, call: Span) -> ExprId:
    name, value, exprs = _variable(p, first, last, call)
    if len(exprs) > 2:
        raise ParseError(SyntaxFault("`env!()` takes 1 or 2 arguments", call, code=MACRO))
    if value is not None:
        return _string(p, value, call)
    message = _literal_text(p, exprs[1]) if len(exprs) == 2 else None
    if message is None:
        message = f"environment variable `{name}` not defined at compile time"
    p.fault(message, call, code=MACRO, help=f'`option_env!("{name}")` is `None` where the variable is not set')
    return p.store.add_expr(MissingExpr(), call)


def _option_env(p: MacroCallParser, first: int, last: int, call: Span) -> ExprId:
    _, value, exprs = _variable(p, first, last, call)
    if len(exprs) > 1:
        raise ParseError(SyntaxFault("`option_env!()` takes 1 argument", call, code=MACRO))
    if value is None:
        return p.inside("option_env", _at(call, b"::core::option::Option::None::<&'static str>"), call, p.expr)
    some = p.store.add_expr(PathExpr(LangPath("Some", call)), call)
    return p.store.add_expr(Call(some, (_string(p, value, call),)), call)


def _compile_error(p: MacroCallParser, first: int, last: int, call: Span) -> ExprId:
    p.fault(string_argument(p, first, last, call), call)
    return p.store.add_expr(MissingExpr(), call)


def _offset_of(p: MacroCallParser, first: int, last: int, call: Span) -> ExprId:
    p.i = first
    ty = p.ty()
    p.expect(",")
    fields: list[str] = []
    spans: list[Span] = []
    while p.i < last:
        spans.append(p.here())
        if p.kinds[p.i] == NUM:
            numbers = p.texts[p.i].split(".")
            fields += numbers
            spans += spans[-1:] * (len(numbers) - 1)
            p.i += 1
        elif p.kinds[p.i] == IDENT:
            fields.append(p.ident())
        else:
            p.expected("field name")
        if p.i < last and not p.eat("."):
            p.eat(",")
            break
    if p.i < last:
        p.expected("`.`")
    return p.store.add_expr(OffsetOf(ty, tuple(fields), tuple(spans)), call)


def _addr_of(mutable: bool) -> Expand:
    def expand(p: MacroCallParser, first: int, last: int, call: Span) -> ExprId:
        exprs = _exprs(p, first, last)
        if len(exprs) != 1:
            raise ParseError(SyntaxFault("expected one expression", call))
        return p.store.add_expr(AddrOf(exprs[0], mutable, raw=True), call)

    return expand


def _format_args(p: MacroCallParser, first: int, last: int, call: Span) -> ExprId:
    """The arguments are parsed, so that their syntax is checked, and dropped."""
    p.i = first
    while p.i < last:
        if p.kinds[p.i] == IDENT and p.kinds[p.i + 1] == "=":
            p.i += 2
        p.expr()
        if p.i < last and not p.eat(","):
            p.expected("`,`")
    return p.store.add_expr(UnsupportedExpr("macro `format_args!`"), call)


BUILTINS: dict[str, Expand] = {
    "concat": _concat,
    "stringify": _stringify,
    "line": _line,
    "column": _column,
    "file": _file,
    "module_path": _module_path,
    "cfg": _cfg,
    "include": _include,
    "include_str": _include_str,
    "include_bytes": _include_bytes,
    "compile_error": _compile_error,
    "offset_of": _offset_of,
    "addr_of": _addr_of(False),
    "addr_of_mut": _addr_of(True),
    "format_args": _format_args,
    "env": _env,
    "option_env": _option_env,
    "gpu_printf": gpu_printf,
    "mir": custom_mir,
    "ptx_asm": ptx_asm,
}
