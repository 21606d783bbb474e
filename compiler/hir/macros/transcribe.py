"""Transcription: a rule's right side with its variables filled in.

What it is: tokens of the definition get the call's span and a hygiene mark on identifiers and lifetimes; tokens of
the call keep both.
Assumes: bindings of :mod:`compiler.hir.macros.matcher`. Guarantees: the result ends with EOF tokens at the call's end;
at most :data:`MAX_TOKENS` of them.

>>> # ``{ let x = $e; x }`` with e = ``x + 1``: ``let x·1 = x + 1; x·1``
"""

from __future__ import annotations

from compiler.base.span import Span
from compiler.hir.macros.definition import Count, Crate, MacroRule, Node, Repeat, Tok, Var
from compiler.hir.macros.matcher import Bindings, Captured
from compiler.hir.nodes import HYGIENE_MARK
from compiler.syntax.errors import MACRO, ParseError, SyntaxFault, unsupported
from compiler.syntax.lexer import IDENT, LIFETIME, NUM, Tokens

MAX_TOKENS = 100_000


def transcribe(rule: MacroRule, bindings: Bindings, call: Span, krate: str, mark: str) -> Tokens:
    """The expansion of one call. ``mark`` distinguishes it from every other expansion in the body."""
    writer = _Writer(call, krate, mark)
    writer.nodes(rule.transcriber, bindings, 0)
    return writer.out.finish(call.end)


class _Writer:
    def __init__(self, call: Span, krate: str, mark: str) -> None:
        self.out = Tokens()
        self.start, self.end = call
        self.call = call
        self.krate = krate
        self.suffix = HYGIENE_MARK + mark

    def nodes(self, nodes: tuple[Node, ...], bindings: Bindings, index: int) -> None:
        out = self.out
        for node in nodes:
            if isinstance(node, Tok):
                text = (
                    node.text + self.suffix
                    if node.kind in (IDENT, LIFETIME) and text_is_hygienic(node.text)
                    else node.text
                )
                out.add(node.kind, text, self.start, self.end)
            elif isinstance(node, Var):
                self._variable(node, bindings)
            elif isinstance(node, Crate):
                out.add("$crate", self.krate, self.start, self.end)
            elif isinstance(node, Repeat):
                self._repeat(node, bindings)
            elif isinstance(node, Count):
                self._count(node, bindings, index)
        if len(out.kinds) > MAX_TOKENS:
            raise ParseError(unsupported(f"a macro expansion of more than {MAX_TOKENS} tokens", self.call))

    def _variable(self, node: Var, bindings: Bindings) -> None:
        bound = bindings.get(node.name)
        out = self.out
        if bound is None:
            out.add("$", "$", self.start, self.end)
            out.add(IDENT, node.name, self.start, self.end)
            return
        if not isinstance(bound, Captured):
            message = f"variable `{node.name}` is still repeating at this depth"
            raise ParseError(SyntaxFault(message, self.call, code=MACRO))
        out.kinds.extend(bound.kinds)
        out.texts.extend(bound.texts)
        out.starts.extend(bound.starts)
        out.ends.extend(bound.ends)

    def _repeat(self, node: Repeat, bindings: Bindings) -> None:
        repeating = {name: found for name in node.names if isinstance(found := bindings.get(name), list)}
        if not repeating:
            message = (
                "attempted to repeat an expression containing no syntax variables matched as repeating at this depth"
            )
            raise ParseError(SyntaxFault(message, self.call, code=MACRO))
        lengths = {name: len(found) for name, found in repeating.items()}
        n_rounds = max(lengths.values())
        if min(lengths.values()) != n_rounds:
            (a, n), (b, m) = sorted(lengths.items())[:2]
            message = f"meta-variable `{a}` repeats {n} times, but `{b}` repeats {m} times"
            raise ParseError(SyntaxFault(message, self.call, code=MACRO))
        for index in range(n_rounds):
            if index and node.separator is not None:
                self.out.add(node.separator.kind, node.separator.text, self.start, self.end)
            inner: Bindings = dict(bindings)
            for name, found in repeating.items():
                inner[name] = found[index]  # type: ignore[assignment]
            self.nodes(node.nodes, inner, index)

    def _count(self, node: Count, bindings: Bindings, index: int) -> None:
        if node.what == "ignore":
            return
        bound = bindings.get(node.name)
        value = index if node.what == "index" else len(bound) if isinstance(bound, list) else 0
        self.out.add(NUM, str(value), self.start, self.end)


def text_is_hygienic(text: str) -> bool:
    """Every name a macro definition writes is marked; ``'static`` and ``'_`` mean the same everywhere."""
    return text not in ("'static", "'_")
