"""``gpu_printf!`` and ``ptx_asm!``.

What it is: the two device macros that are not ``macro_rules!``, after kernel-language 1.10 and 1.12 (messages: 3.5).
Assumes: as in :mod:`compiler.hir.parser.builtin_macros`. Guarantees: every rule of those sections is checked here, so
that later phases see only well-formed nodes.

>>> # ``gpu_printf!("i = {}\\n", i)`` -> Printf(b"i = %lld\\n", (Cast(i, i64),))
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn

from compiler.base.span import Span
from compiler.hir.nodes import (
    Cast,
    ExprId,
    Literal,
    LitKind,
    Path,
    PathSegment,
    PathType,
    Printf,
    PtxAsm,
    PtxAsmOperand,
)
from compiler.syntax.errors import ParseError, SyntaxFault
from compiler.syntax.lexer import IDENT

if TYPE_CHECKING:
    from compiler.hir.parser.macro_call import MacroCallParser

MAX_PRINTF_ARGS = 32
MAX_ASM_OPERANDS = 16
_PLACEHOLDER = re.compile(r"\{\{|\}\}|\{([^{}:]*)(?::([^{}]*))?\}|[{}]")
_SPEC = re.compile(r"([-+ #0]*)(\*|[0-9]+)?(?:\.(\*|[0-9]+)?)?([A-Za-z?]*)")
_CONVERSIONS: dict[str, tuple[str, str]] = {
    "": ("lld", "i64"),
    "d": ("lld", "i64"),
    "i": ("lld", "i64"),
    "x": ("llx", "u64"),
    "X": ("llX", "u64"),
    "o": ("llo", "u64"),
    "b": ("llb", "u64"),
    "c": ("c", "i32"),
    "p": ("llp", "u64"),
    **{letter: (letter, "f64") for letter in "eEfgGaA"},
}
_ASM_PERCENT = re.compile(r"%(%|[0-9]+|[A-Za-z_][A-Za-z0-9_.]*|)")
_OUTPUT_CONSTRAINTS = ("h", "r", "l", "q", "f", "d")
_INPUT_CONSTRAINTS = (*_OUTPUT_CONSTRAINTS, "n", "C")


def _fail(message: str, span: Span) -> NoReturn:
    raise ParseError(SyntaxFault(message, span))


def _literal_string(p: MacroCallParser, macro: str, what: str) -> tuple[str, Span]:
    """A string literal at the cursor (``concat!`` and the like included)."""
    start = p.starts[p.i]
    expr = p.expr()
    node = p.store.exprs[expr]
    span = p.span_from(start)
    if not isinstance(node, Literal) or node.kind is not LitKind.STR:
        _fail(f"{macro} {what} must be a string literal", span)
    return str(node.value), span


# ---------------------------------------------------------------- gpu_printf!


def gpu_printf(p: MacroCallParser, first: int, last: int, call: Span) -> ExprId:
    """``gpu_printf!("format", args..)``."""
    p.i = first
    if first >= last:
        _fail("gpu_printf! requires a format string", call)
    text, span = _literal_string(p, "gpu_printf!", "format")
    if "\0" in text:
        _fail("gpu_printf! format must not contain NUL bytes", span)
    args: list[ExprId] = []
    while p.i < last:
        if not p.eat(","):
            p.expected("`,`")
        if p.i < last:
            args.append(p.expr())
    if len(args) > MAX_PRINTF_ARGS:
        _fail(f"gpu_printf! supports at most {MAX_PRINTF_ARGS} arguments, found {len(args)}", call)
    return _Printf(p, text, span, args).build(call)


class _Printf:
    """Conversion of one format string."""

    def __init__(self, p: MacroCallParser, text: str, span: Span, args: list[ExprId]) -> None:
        self.p = p
        self.text = text
        self.span = span
        self.args = args
        self.next = 0
        self.promoted: list[ExprId] = []

    def build(self, call: Span) -> ExprId:
        parts: list[str] = []
        at = 0
        for match in _PLACEHOLDER.finditer(self.text):
            parts.append(self.text[at : match.start()].replace("%", "%%"))
            at = match.end()
            piece = match[0]
            if piece in ("{{", "}}"):
                parts.append(piece[0])
            elif len(piece) == 1:
                _fail(f"invalid format string: unmatched `{piece}` found", self.span)
            else:
                parts.append(self._placeholder(match[2] or ""))
        parts.append(self.text[at:].replace("%", "%%"))
        if self.next < len(self.args):
            extra = self.p.store.expr_spans[self.args[self.next]]
            _fail(f"gpu_printf! format takes {_count(self.next, 'argument')}, but {_were(len(self.args))} given", extra)
        return self.p.store.add_expr(Printf("".join(parts).encode("utf-8"), tuple(self.promoted)), call)

    def _take(self) -> ExprId:
        if self.next >= len(self.args):
            needed = sum(1 for m in _PLACEHOLDER.finditer(self.text) if len(m[0]) > 1 and m[0] not in ("{{", "}}"))
            needed += sum((m[2] or "").count("*") for m in _PLACEHOLDER.finditer(self.text))
            _fail(
                f"gpu_printf! format takes {_count(needed, 'argument')}, but {_were(len(self.args))} given", self.span
            )
        self.next += 1
        return self.args[self.next - 1]

    def _cast(self, arg: ExprId, ty: str) -> None:
        span = self.p.store.expr_spans[arg]
        path = Path((PathSegment(ty, None, span),), span=span)
        self.promoted.append(self.p.store.add_expr(Cast(arg, PathType(path, span)), span))

    def _placeholder(self, spec: str) -> str:
        match = _SPEC.fullmatch(spec)
        letter = match[4] if match is not None else spec
        if match is None or (letter not in _CONVERSIONS and letter != "s"):
            _fail(f"unsupported gpu_printf! format specifier `{{:{spec}}}`", self.span)
        out = "%" + match[1]
        if match[2]:
            out += match[2]
            if match[2] == "*":
                self._cast(self._take(), "i32")
        if "." in spec:
            out += "." + (match[3] or "")
            if match[3] == "*":
                self._cast(self._take(), "i32")
        if letter == "s":
            return self._literal_piece()
        conversion, ty = _CONVERSIONS[letter]
        self._cast(self._take(), ty)
        return out + conversion

    def _literal_piece(self) -> str:
        """``{:s}``: the argument is a literal, spliced into the format."""
        arg = self._take()
        node = self.p.store.exprs[arg]
        if not isinstance(node, Literal) or node.kind is not LitKind.STR:
            _fail("gpu_printf! `{:s}` takes a string literal", self.p.store.expr_spans[arg])
        return str(node.value).replace("%", "%%")


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def _were(n: int) -> str:
    return f"{n} was" if n == 1 else f"{n} were"


# ---------------------------------------------------------------- ptx_asm!


def ptx_asm(p: MacroCallParser, first: int, last: int, call: Span) -> ExprId:
    """``ptx_asm!("template", operands.., clobber("memory"), options(..))``."""
    p.i = first
    if first >= last:
        _fail("ptx_asm! requires a template string", call)
    template, span = _literal_string(p, "ptx_asm!", "template")
    return _Asm(p, template, span).build(last, call)


class _Asm:
    def __init__(self, p: MacroCallParser, template: str, span: Span) -> None:
        self.p = p
        self.template = template
        self.span = span
        self.operands: list[PtxAsmOperand] = []
        self.memory_clobber = False
        self.options: set[str] = set()
        self.options_span = span

    def build(self, last: int, call: Span) -> ExprId:
        p = self.p
        while p.i < last:
            if not p.eat(","):
                p.expected("`,`")
            if p.i < last:
                self._operand()
        self._check_options()
        self._check_counts(call)
        self._check_template()
        node = PtxAsm(
            self.template,
            tuple(self.operands),
            self.memory_clobber,
            "register_only" in self.options,
            "may_diverge" in self.options,
        )
        return p.store.add_expr(node, call)

    def _operand(self) -> None:
        p = self.p
        at = p.i
        span = p.here()
        word = "in" if p.kinds[at] == "in" else p.texts[at] if p.kinds[at] == IDENT else ""
        if p.kinds[at + 1] != "(" or word not in ("out", "inout", "in", "clobber", "options"):
            shown = p.describe()
            _fail(f"expected `out`, `inout`, `in`, `clobber` or `options` in ptx_asm!, found {shown}", span)
        p.i = at + 2
        if word == "options":
            self._read_options()
            return
        text, constraint_span = _literal_string(p, "ptx_asm!", "constraint")
        p.expect(")")
        if word == "clobber":
            if text != "memory":
                _fail(f'unsupported ptx_asm! clobber `{text}`; expected `"memory"`', constraint_span)
            self.memory_clobber = True
            return
        self._check_constraint(word, text, constraint_span)
        if word != "in" and any(o.kind == "in" for o in self.operands):
            _fail(f"`{word}` operands must appear before `in` operands", span)
        self.operands.append(PtxAsmOperand(word, text, p.expr()))

    def _check_constraint(self, word: str, text: str, span: Span) -> None:
        if "," in text:
            _fail("operand constraints cannot contain `,`", span)
        prefix = {"out": "=", "inout": "+", "in": ""}[word]
        letter = text[1:] if prefix else text
        if (prefix and not text.startswith(prefix)) or (not prefix and text[:1] in ("=", "+")):
            wanted = {
                "out": 'output syntax such as `"=r"`',
                "inout": 'read-write syntax such as `"+r"`',
                "in": 'input syntax such as `"r"`',
            }[word]
            _fail(f"`{word}` constraints must use {wanted}", span)
        allowed = _OUTPUT_CONSTRAINTS if prefix else _INPUT_CONSTRAINTS
        if letter not in allowed:
            _fail(f"unsupported `{word}` constraint `{letter}`; expected one of [{', '.join(allowed)}]", span)

    def _read_options(self) -> None:
        p = self.p
        start = p.starts[p.i - 2]
        while p.kinds[p.i] != ")":
            span = p.here()
            word = p.ident("`register_only` or `may_diverge`")
            if word not in ("register_only", "may_diverge"):
                _fail(f"unsupported ptx_asm! option `{word}`; expected `register_only` or `may_diverge`", span)
            self.options.add(word)
            if not p.eat(","):
                break
        p.expect(")")
        self.options_span = p.span_from(start)

    def _check_options(self) -> None:
        if "may_diverge" in self.options and "register_only" not in self.options:
            _fail("`options(may_diverge)` requires `register_only`", self.options_span)
        if "register_only" in self.options:
            if self.memory_clobber:
                _fail("`options(register_only)` cannot be used with clobbers", self.options_span)
            if all(operand.kind == "in" for operand in self.operands):
                _fail("`options(register_only)` requires an `out` or `inout` operand", self.options_span)

    def _check_counts(self, call: Span) -> None:
        n_inputs = sum(operand.kind == "in" for operand in self.operands)
        if n_inputs > MAX_ASM_OPERANDS:
            _fail(f"ptx_asm! supports at most {MAX_ASM_OPERANDS} input operands", call)
        if len(self.operands) - n_inputs > MAX_ASM_OPERANDS:
            _fail(f"ptx_asm! supports at most {MAX_ASM_OPERANDS} output operands across `out` and `inout`", call)

    def _check_template(self) -> None:
        for match in _ASM_PERCENT.finditer(self.template):
            what = match[1]
            if what == "":
                _fail("ptx_asm! template has a `%` that is neither a placeholder nor escaped as `%%`", self.span)
            if what.isdecimal() and int(what) >= len(self.operands):
                _fail(f"placeholder `%{what}` has no matching operand", self.span)
            if what != "%" and not what.isdecimal():
                _fail(f"literal PTX register `%{what}` must be escaped as `%%{what}` in ptx_asm!", self.span)
