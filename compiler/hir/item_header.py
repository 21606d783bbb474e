"""One item from its keyword to its end: name, header, body, children.

What it is: where the header stops, for every kind of item. Assumes: attributes, visibility and modifiers have been read
by :mod:`compiler.hir.item_scanner`, which also scans the children. Guarantees: an item that is cut short is kept, with
one fault.

>>> # ``const N: usize = 3;`` -> name "N", header ``const N: usize ``, has_body
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compiler.base.span import Span
from compiler.hir.attributes import read_attribute
from compiler.hir.def_id import DefKind
from compiler.hir.item_tree import Attr, Item, ItemSpans, UseImport
from compiler.hir.nodes import strip_mark
from compiler.hir.use_tree import use_imports
from compiler.syntax.errors import SyntaxFault
from compiler.syntax.lexer import CLOSE_GROUP, CLOSERS, EOF, IDENT, KEYWORDS, LIFETIME, STR

if TYPE_CHECKING:
    from compiler.hir.item_scanner import ItemScanner

# Keywords that begin an item and cannot stand inside another item's header.
_HEADER_ENDERS = frozenset(
    ("struct", "enum", "trait", "mod", "use", "static", "type", "pub", "let", "}", ")", "]", EOF)
)
ITEM_WORDS = frozenset(
    ("fn", "struct", "enum", "trait", "impl", "mod", "use", "static", "const", "type", "pub", "extern", "unsafe", "#")
)
_AFTER_SIGNATURE = {
    DefKind.FN: "one of `->`, `where`, `{` or `;`",
    DefKind.STRUCT: "`where`, `{`, `(`, or `;` after struct name",
    DefKind.ENUM: "one of `<`, `where` or `{`",
    DefKind.UNION: "one of `<`, `where` or `{`",
    DefKind.TRAIT: "one of `:`, `<`, `=`, `where` or `{`",
    DefKind.IMPL: "one of `for`, `where` or `{`",
    DefKind.MOD: "one of `;` or `{`",
    DefKind.FOREIGN_MOD: "`{`",
}


class ItemFault(Exception):
    """Not an item here; ``args[0]`` is the fault."""


def describe(kind: str, text: str) -> str:
    if kind == EOF:
        return "end of file"
    if kind in KEYWORDS and kind != "_":
        return f"keyword `{kind}`"
    return f"lifetime `{text}`" if kind == LIFETIME else f"`{strip_mark(text)}`"


class ItemHeader:
    """One item being read: from its keyword to its end."""

    def __init__(
        self, scanner: ItemScanner, kind: DefKind, start: int, attrs: tuple[Attr, ...], visibility: str
    ) -> None:
        self.scanner = scanner
        self.kind = kind
        self.start = start
        self.attrs = attrs
        self.visibility = visibility
        self.name = ""
        self.name_span = Span(0, 0)
        self.header_end = start
        self.end = start
        self.has_body = False
        self.children: tuple[Item, ...] = ()
        self.child_spans: tuple[ItemSpans, ...] = ()
        self.imports: tuple[UseImport, ...] = ()

    def item(self, number: int) -> Item:
        header = self.scanner.text[self.start : self.header_end].encode("latin-1")
        return Item(
            self.kind,
            self.name,
            number,
            header,
            self.visibility,
            self.attrs,
            self.children,
            self.imports,
            self.has_body,
            self.name_span,
        )

    def read(self, at: int, last: int) -> int:
        """Fill in everything from the keyword at ``at``; the index after the item."""
        kind = self.kind
        if kind is DefKind.IMPL:
            return self._container(at, at, last)
        if kind is DefKind.FOREIGN_MOD:
            self.name = self.scanner.texts[at + 1].strip('"') if self.scanner.kinds[at + 1] == STR else "C"
            return self._container(at, at + 1, last)
        if kind is DefKind.USE:
            return self._use(at, last)
        if kind is DefKind.MACRO_CALL:
            return self._macro_call(at)
        if kind is DefKind.EXTERN_CRATE:
            self._name(at + 2)
            return self._whole(self._semicolon(at + 2, last))
        if kind is DefKind.MACRO:
            return self._macro(at)
        if kind in (DefKind.CONST, DefKind.STATIC):
            return self._constant(at, last)
        self._name(at + 1)
        if kind in (DefKind.MOD, DefKind.TRAIT):
            return self._container(at, at + 2, last)
        if kind is DefKind.FN:
            return self._function(at, last)
        if kind is DefKind.TYPE_ALIAS:
            return self._whole(self._semicolon(at + 2, last))
        return self._adt(at, last)

    def _name(self, at: int) -> None:
        s = self.scanner
        if (
            s.kinds[at] != IDENT
            and s.kinds[at] != "_"
            and not (s.kinds[at] == "self" and self.kind is DefKind.EXTERN_CRATE)
        ):
            found = describe(s.kinds[at], s.texts[at])
            raise ItemFault(
                SyntaxFault(
                    f"expected identifier, found {found}", Span(s.starts[at], s.ends[at]), "expected identifier"
                )
            )
        self.name = strip_mark(s.texts[at])
        self.name_span = Span(s.starts[at] - self.start, s.ends[at] - self.start)

    def _whole(self, after: int) -> int:
        """The header is the whole item."""
        self.header_end = self.end = self.scanner.ends[after - 1]
        return after

    # ------------------------------------------------------------ kinds of items

    def _function(self, at: int, last: int) -> int:
        s = self.scanner
        stop = self._header_stop(at + 2, last)
        if s.kinds[stop] == "{":
            self.has_body = True
            self.header_end = s.starts[stop]
            after = s.delimiters.after(stop)
            self.end = s.delimiters.end_offset(stop)
            return after
        if s.kinds[stop] == ";":
            self.header_end = s.starts[stop]
            self.end = s.ends[stop]
            return stop + 1
        return self._cut_short(stop)

    def _adt(self, at: int, last: int) -> int:
        s = self.scanner
        stop = self._header_stop(at + 2, last)
        if s.kinds[stop] == "{":
            after = s.delimiters.after(stop)
            self.header_end = self.end = s.delimiters.end_offset(stop)
            return after
        if s.kinds[stop] == ";":
            return self._whole(stop + 1)
        return self._cut_short(stop)

    def _container(self, at: int, rest: int, last: int) -> int:
        """mod, trait, impl, extern block: a header, then items in braces."""
        s = self.scanner
        stop = rest if self.kind is DefKind.MOD else self._header_stop(rest, last)
        kind = s.kinds[stop]
        if self.kind is DefKind.IMPL:
            self.name = normalised(s, at, stop)
            self.name_span = Span(s.starts[at] - self.start, s.ends[at] - self.start)
        if kind == ";" and self.kind in (DefKind.MOD, DefKind.TRAIT):
            return self._whole(stop + 1)
        if kind != "{":
            return self._cut_short(stop)
        self.has_body = True
        self.header_end = s.starts[stop]
        inner = stop + 1
        close = s.close_of[stop]
        while s.kinds[inner] == "#" and s.kinds[inner + 1] == "!" and s.kinds[inner + 2] == "[":
            found = read_attribute(s.tokens, s.raw, inner + 3, s.close_of[inner + 2], self.start, s.cfg)
            self.attrs += found.attrs
            inner = s.delimiters.after(inner + 2)
        self.children, self.child_spans = s.items(inner, close, self.kind)
        self.end = s.delimiters.end_offset(stop)
        return s.delimiters.after(stop)

    def _constant(self, at: int, last: int) -> int:
        s = self.scanner
        if s.kinds[at + 1] == "mut":
            at += 1
        self._name(at + 1)
        stop = self._header_stop(at + 2, last, stop_at_equals=True)
        if s.kinds[stop] not in ("=", "==", ">=", ">>=") and s.kinds[stop] != ";":
            return self._cut_short(stop)
        self.header_end = s.starts[stop] if s.kinds[stop] in ("=", ";") else s.ends[stop] - 1
        if s.kinds[stop] == ";":
            self.end = s.ends[stop]
            return stop + 1
        self.has_body = True
        after = self._semicolon(stop + 1, last)
        self.end = s.ends[after - 1]
        return after

    def _macro_call(self, at: int) -> int:
        s = self.scanner
        bang = s.macro_bang(at)
        self.name = "".join(map(strip_mark, s.texts[at:bang]))
        self.name_span = Span(s.starts[at] - self.start, s.ends[bang - 1] - self.start)
        return self._delimited_macro(bang + 1)

    def _macro(self, at: int) -> int:
        """``macro_rules! name { .. }`` or ``macro name(..) { .. }``."""
        s = self.scanner
        if s.kinds[at] == "macro":
            self._name(at + 1)
            after = at + 2
            while after in s.close_of:
                after = s.delimiters.after(after)
            return self._whole(after)
        name_at = at + 2
        self.name = strip_mark(s.texts[name_at])
        self.name_span = Span(s.starts[name_at] - self.start, s.ends[name_at] - self.start)
        return self._delimited_macro(at + 3)

    def _delimited_macro(self, at: int) -> int:
        s = self.scanner
        if at not in s.close_of:
            found = describe(s.kinds[at], s.texts[at])
            raise ItemFault(
                SyntaxFault(f"expected one of `(`, `[`, or `{{`, found {found}", Span(s.starts[at], s.ends[at]))
            )
        after = s.delimiters.after(at)
        if s.kinds[at] == "{":
            return self._whole(after)
        if s.kinds[after] == ";":
            return self._whole(after + 1)
        end = s.ends[after - 1]
        self._missing(end, "macros that expand to items must be delimited with braces or followed by a semicolon", ";")
        return self._whole(after)

    def _use(self, at: int, last: int) -> int:
        s = self.scanner
        after = self._semicolon(at + 1, last)
        imports: list[UseImport] = []
        stop = after - 1 if s.kinds[after - 1] == ";" else after
        fault = use_imports(s.tokens, at + 1, stop, self.start, imports)
        if fault is not None:
            s.faults.append(fault)
        self.imports = tuple(imports)
        return self._whole(after)

    # ------------------------------------------------------------ ends

    def _header_stop(self, at: int, last: int, stop_at_equals: bool = False) -> int:
        """The index of the ``{``, ``;`` (or ``=``) that ends the header, or of what cannot belong to it."""
        s = self.scanner
        kinds = s.kinds
        angle = 0
        while at < last:
            kind = kinds[at]
            if kind in ("<", "<<"):
                angle += len(kind)
            elif kind in (">", ">>"):
                angle -= len(kind)
            elif kind == "{":
                if angle <= 0 or kinds[at - 1] not in ("<", ",", "=", "<<"):
                    return at
                at = s.delimiters.after(at)
                continue
            elif kind in ("(", "["):
                at = s.delimiters.after(at)
                continue
            elif (
                kind == ";"
                or (kind in _HEADER_ENDERS and not (kind == "use" and kinds[at + 1] == "<"))  # `use<'a, T>` is a bound
                or (kind == "fn" and kinds[at + 1] == IDENT)
                or (stop_at_equals and angle <= 0 and kind in ("=", "=="))
            ):
                return at
            elif stop_at_equals and kind in (">=", ">>="):
                angle -= kind.count(">")
                if angle <= 0:
                    return at
            at += 1
        return min(at, last)

    def _semicolon(self, at: int, last: int) -> int:
        """The index after the ``;`` that ends this item."""
        s = self.scanner
        kinds = s.kinds
        while at < last:
            kind = kinds[at]
            if kind == ";":
                return at + 1
            if (kind in CLOSERS and kind != CLOSE_GROUP) or (
                kind in ITEM_WORDS and self._begins_line(at) and self._no_operand_expected(at)
            ):
                break
            at = s.skip(at)
        end = s.ends[at - 1]
        found = describe(kinds[at], s.texts[at]) if at < last else describe(kinds[last], s.texts[last])
        self._missing(end, f"expected `;`, found {found}", ";")
        return at

    def _begins_line(self, at: int) -> bool:
        s = self.scanner
        return "\n" in s.text[s.ends[at - 1] : s.starts[at]]

    def _no_operand_expected(self, at: int) -> bool:
        kind = self.scanner.kinds[at - 1]
        return kind in CLOSERS or kind == IDENT or kind.isupper() or kind == "*"

    def _missing(self, end: int, message: str, token: str) -> None:
        insert = (end, token, f"add `{token}` here")
        self.scanner.faults.append(SyntaxFault(message, Span(end, end), f"add `{token}` here", insert=insert))

    def _cut_short(self, stop: int) -> int:
        """The header ends where no header may end: keep the item, say so once."""
        s = self.scanner
        expected = _AFTER_SIGNATURE.get(self.kind, "one of `:`, `=` or `;`")
        found = describe(s.kinds[stop], s.texts[stop])
        if s.kinds[stop] in (EOF, "}"):
            end = s.ends[stop - 1]
            span = Span(end, end)
        else:
            span = Span(s.starts[stop], s.ends[stop])
        s.faults.append(SyntaxFault(f"expected {expected}, found {found}", span, f"expected {expected}"))
        self.header_end = self.end = s.ends[stop - 1]
        return stop


def normalised(scanner: ItemScanner, first: int, last: int) -> str:
    """The header's tokens, joined so that layout does not matter."""
    parts: list[str] = []
    previous = ""
    for at in range(first, last):
        kind, text = scanner.kinds[at], strip_mark(scanner.texts[at])
        wordy = kind in (IDENT, LIFETIME) or kind.isalnum()
        if (
            parts
            and wordy
            and (previous.isalnum() or previous == IDENT or previous in (LIFETIME, ",", ":", ">", "+", "=", "->", ")"))
        ):
            parts.append(" ")
        parts.append(text)
        previous = kind
    return "".join(parts)
