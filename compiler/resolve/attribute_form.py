"""An attribute taken apart: a word, a value, or a list of arguments.

What it is: what the rules of attributes look at. Assumes: tokens as :class:`Attr` holds them. Guarantees: never raises.

Example: ``#[repr(C, align(8))]`` is a list of the pieces ``C`` and ``align`` with the argument ``8``.
"""

from __future__ import annotations

from compiler.base.dataclass import dataclass
from compiler.base.span import Span
from compiler.hir.item_tree import Attr
from compiler.resolve.launch_attrs import AttributeTokens
from compiler.syntax.lexer import IDENT, KEYWORDS, STR

Fault = tuple[Span, str, str]  # where, code, message


@dataclass(frozen=True, slots=True)
class Piece:
    """One argument: ``name`` (a path; "" for anything else), then ``rest``: the kinds and texts after it."""

    span: Span
    name: str
    kinds: tuple[str, ...]
    texts: tuple[str, ...]

    @property
    def is_word(self) -> bool:
        return bool(self.name) and not self.kinds

    @property
    def argument(self) -> str | None:
        """``x`` of ``name(x)``."""
        return "".join(self.texts[1:-1]) if self.kinds[:1] == ("(",) else None


class Form:
    """An attribute taken apart: a word, ``= value``, or a list of pieces."""

    def __init__(self, name: str, attr: Attr) -> None:
        self.name = name
        self.read = AttributeTokens(attr)
        tokens = self.read.tokens
        self.kinds = tokens.kinds[: len(tokens)]
        self.is_word = len(tokens) == 0
        self.is_list = self.kinds[:1] == ["("]
        self.whole = attr.span

    def is_string(self) -> bool:
        return self.kinds == ["=", STR]

    def pieces(self) -> list[Piece]:
        found = []
        tokens = self.read.tokens
        for first, last in self.read.split(1, len(tokens) - 1) if self.is_list else ():
            at = first
            while at < last and (tokens.kinds[at] in (IDENT, "::") or tokens.kinds[at] in KEYWORDS):
                at += 1
            rest = tuple(tokens.kinds[at:last]), tuple(tokens.texts[at:last])
            found.append(Piece(self.read.span(first, last), "".join(tokens.texts[first:at]), *rest))
        return found

    def empty_piece(self) -> Span | None:
        """A comma with nothing before it."""
        before = "("
        for at, kind in enumerate(self.kinds if self.is_list else ()):
            if kind == "," and before in ("(", ",") and at:
                return self.read.span(at, at + 1)
            before = kind
        return None

    def malformed(self, code: str = "E0539", span: Span | None = None) -> Fault:
        return span or self.whole, code, f"malformed `{self.name}` attribute input"
