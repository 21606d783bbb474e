"""Finds items in tokens: where each starts, what it is called, where its header and body end.

What it is: the structure of a file (or of a block's local items) without parsing types or bodies.
Assumes: tokens of ``text`` (latin-1); ``close_of`` from :func:`match_delimiters`, which repairs unbalanced ones.
Guarantees: never raises; each fault is reported once, and scanning resumes at the next plausible item.

>>> # ``pub fn f(x: u32) -> u32 { x }`` -> Item(FN, "f", header=b"pub fn f(x: u32) -> u32 ")
"""

from __future__ import annotations

import re
from bisect import bisect_left

from compiler.base.span import Span
from compiler.hir.attributes import CfgSet, read_attribute
from compiler.hir.def_id import DefKind
from compiler.hir.item_tree import Attr, Item, ItemSpans, UseImport
from compiler.hir.nodes import strip_mark
from compiler.hir.use_tree import use_imports
from compiler.syntax.delimiters import Delimiters
from compiler.syntax.errors import SyntaxFault
from compiler.syntax.lexer import CLOSERS, DOC, EOF, IDENT, KEYWORDS, LIFETIME, STR, Tokens, lex

_DOC_COMMENT = re.compile(r"///(?!/)|/\*\*(?![*/])")
_KIND = {
    "fn": DefKind.FN,
    "struct": DefKind.STRUCT,
    "enum": DefKind.ENUM,
    "union": DefKind.UNION,
    "trait": DefKind.TRAIT,
    "impl": DefKind.IMPL,
    "mod": DefKind.MOD,
    "use": DefKind.USE,
    "static": DefKind.STATIC,
    "const": DefKind.CONST,
    "type": DefKind.TYPE_ALIAS,
}
# Keywords that begin an item and cannot stand inside another item's header.
_HEADER_ENDERS = frozenset(
    ("struct", "enum", "trait", "mod", "use", "static", "type", "pub", "let", "}", ")", "]", EOF)
)
_ITEM_WORDS = frozenset(
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
_COUNTED = frozenset((DefKind.USE, DefKind.FOREIGN_MOD))


class ItemFault(Exception):
    """Not an item here; ``args[0]`` is the fault."""


class ItemScanner:
    def __init__(self, tokens: Tokens, text: str, cfg: CfgSet, delimiters: Delimiters) -> None:
        self.tokens = tokens
        self.kinds = tokens.kinds
        self.texts = tokens.texts
        self.starts = tokens.starts
        self.ends = tokens.ends
        self.text = text
        self.cfg = cfg
        self.delimiters = delimiters
        self.close_of = delimiters.close_of
        self.faults: list[SyntaxFault] = []

    def raw(self, first: int, last: int) -> str:
        found = self.text[self.starts[first] : self.ends[last - 1]]
        return found if found.isascii() else found.encode("latin-1").decode("utf-8", "replace")

    # ------------------------------------------------------------ lists of items

    def items(self, first: int, last: int) -> tuple[tuple[Item, ...], tuple[ItemSpans, ...]]:
        """All enabled items among tokens ``first..last``."""
        found: list[Item] = []
        spans: list[ItemSpans] = []
        seen: dict[tuple[DefKind, str], int] = {}
        at = first
        while at < last:
            if self.kinds[at] == ";":
                at += 1
                continue
            try:
                item, item_spans, following = self.item(at, last, seen)
            except ItemFault as error:
                fault = self._report(error)
                # Attributes before the fault belong to it.
                at = self.resume(max(at, bisect_left(self.starts, fault.span.start, at, last)), last)
                continue
            if item is not None and item_spans is not None:
                found.append(item)
                spans.append(item_spans)
            at = following
        return tuple(found), tuple(spans)

    def _report(self, error: ItemFault) -> SyntaxFault:
        fault: SyntaxFault = error.args[0]
        if fault.message:
            self.faults.append(fault)
        return fault

    def resume(self, at: int, last: int) -> int:
        """The next token after ``at`` that begins a line and plausibly an item."""
        kinds = self.kinds
        text, starts, ends = self.text, self.starts, self.ends
        at = self._skip(at)
        while at < last:
            word = kinds[at]
            if word in _ITEM_WORDS and (kinds[at - 1] in (";", "}") or "\n" in text[ends[at - 1] : starts[at]]):
                if word != "#" or kinds[at + 1] == "[":
                    return at
            at = self._skip(at)
        return last

    def _skip(self, at: int) -> int:
        """The token after this one, or after its whole group."""
        return self.delimiters.after(at) if at in self.close_of else at + 1

    # ------------------------------------------------------------ one item

    def item(
        self, at: int, last: int, seen: dict[tuple[DefKind, str], int]
    ) -> tuple[Item | None, ItemSpans | None, int]:
        """The item at ``at`` (None when disabled by ``#[cfg]``) and the index after it."""
        start = self._item_start(at)
        first = at
        attrs, enabled, at = self.attributes(at, start)
        if at > first and (at >= last or self.kinds[at] in CLOSERS):
            span = Span(self.starts[first], self.ends[first])
            raise ItemFault(SyntaxFault("expected item after attributes", span, "expected an item after this"))
        visibility, at = self._visibility(at)
        word_at = self._modifiers(at)
        kind = self._kind(word_at, visibility)
        header = _Header(self, kind, start, attrs, visibility)
        following = header.read(word_at, last)
        if not enabled:
            return None, None, following
        key = (kind, header.name)
        number = seen.get(key, 0)
        seen[key] = number + 1
        full = Span(start, header.end)
        return header.item(number), ItemSpans(full, header.child_spans), following

    def _item_start(self, at: int) -> int:
        """Where the item begins: its first doc comment if it has one, else its first token."""
        before = self.ends[at - 1] if at else 0
        first = self.starts[at]
        if first - before > 2 and _DOC_COMMENT.search(self.text, before, first):
            docs = lex(self.text, before, first, keep_docs=True)
            for kind, text, start in zip(docs.kinds, docs.texts, docs.starts, strict=True):
                if kind == DOC and text[2:3] != "!":
                    return start
        return first

    def attributes(self, at: int, base: int) -> tuple[tuple[Attr, ...], bool, int]:
        """Outer attributes at ``at``: resolved, whether all cfgs hold, the index after them."""
        kinds = self.kinds
        if kinds[at] != "#":
            return (), True, at
        found: list[Attr] = []
        enabled = True
        while kinds[at] == "#" and kinds[at + 1] == "[":
            close = self.close_of[at + 1]
            read = read_attribute(self.tokens, self.raw, at + 2, close, base, self.cfg)
            found += read.attrs
            enabled = enabled and read.enabled
            at = self.delimiters.after(at + 1)
        if kinds[at] == "#":
            message = "an inner attribute is not permitted in this context" if kinds[at + 1] == "!" else "expected `[`"
            raise ItemFault(SyntaxFault(message, Span(self.starts[at], self.ends[at + 1])))
        return tuple(found), enabled, at

    def _visibility(self, at: int) -> tuple[str, int]:
        kinds = self.kinds
        if kinds[at] != "pub":
            return "", at
        if kinds[at + 1] != "(" or kinds[at + 2] not in ("crate", "super", "self", "in"):
            return "pub", at + 1
        close = self.close_of[at + 1]
        inside = self.raw(at + 2, close)
        if kinds[at + 2] == "in":
            inside = "in " + "".join(self.texts[at + 3 : close])
        return f"pub({inside})", self.delimiters.after(at + 1)

    def _modifiers(self, at: int) -> int:
        """The index of the keyword that says what the item is."""
        kinds, texts = self.kinds, self.texts
        while True:
            kind, following = kinds[at], kinds[at + 1]
            if (
                (kind == "const" and following in ("fn", "unsafe", "async", "extern", "trait", "impl"))
                or (kind in ("unsafe", "async") and (following in KEYWORDS or following == IDENT))
                or (
                    kind == IDENT
                    and strip_mark(texts[at]) in ("default", "safe", "auto")
                    and following in KEYWORDS
                    and following != "_"
                )
                or (kind == "extern" and following == "fn")
            ):
                at += 1
            elif kind == "extern" and following == STR and kinds[at + 2] == "fn":
                at += 2
            else:
                return at

    def _kind(self, at: int, visibility: str) -> DefKind:
        word = self.kinds[at]
        kind = _KIND.get(word)
        if kind is not None:
            return kind
        following = self.kinds[at + 1]
        if word == "extern":
            return DefKind.EXTERN_CRATE if following == "crate" else DefKind.FOREIGN_MOD
        if word == IDENT:
            text = strip_mark(self.texts[at])
            if text == "union" and following == IDENT:
                return DefKind.UNION
            if text == "macro_rules" and following == "!" and self.kinds[at + 2] in (IDENT, "try"):
                return DefKind.MACRO
        if word == "macro" and following == IDENT:
            return DefKind.MACRO
        if word in (IDENT, "self", "super", "crate", "::", "$") and self._macro_bang(at):
            return DefKind.MACRO_CALL
        raise ItemFault(self._not_an_item(at, visibility))

    def _macro_bang(self, at: int) -> int:
        """The index of the ``!`` of ``path!``, 0 if this is none."""
        kinds = self.kinds
        if kinds[at] == "$":
            at += 1
        while kinds[at] == "::" or (kinds[at] in (IDENT, "self", "super", "crate") and kinds[at + 1] == "::"):
            at += 1
        return at + 1 if kinds[at] == IDENT and kinds[at + 1] == "!" else 0

    def _not_an_item(self, at: int, visibility: str) -> SyntaxFault:
        found = describe(self.kinds[at], self.texts[at])
        span = Span(self.starts[at], self.ends[at])
        kind, text, following = self.kinds[at], self.texts[at], self.kinds[at + 1]
        if kind in CLOSERS:
            if at not in self.delimiters.reported:
                return SyntaxFault(f"unexpected closing delimiter: `{kind}`", span, "unexpected closing delimiter")
            return SyntaxFault("", span)
        if kind == IDENT and text in ("func", "function", "def", "fun") and following == IDENT:
            return SyntaxFault(
                f"expected one of `!` or `::`, found `{self.texts[at + 1]}`",
                span,
                help="write `fn` to declare a function",
            )
        if visibility:
            return SyntaxFault(
                f"visibility `{visibility}` is not followed by an item",
                span,
                help=f"you likely meant to define an item, found {found}",
            )
        return SyntaxFault(f"expected item, found {found}", span, "expected item")


def begins_item(kinds: list[str], texts: list[str], at: int) -> bool:
    """Is the token at a statement's start (after its attributes) the first of an item?"""
    kind, following = kinds[at], kinds[at + 1]
    if kind in ("fn", "struct", "enum", "use", "trait", "impl", "mod", "type", "pub"):
        return True
    if kind == "static":
        return following in (IDENT, "mut")
    if kind == "const":
        return following in ("fn", "unsafe", "async", "extern", "_") or (following == IDENT and kinds[at + 2] == ":")
    if kind == "unsafe":
        return following in ("fn", "impl", "trait", "extern", "mod")
    if kind == "async":
        return following in ("fn", "unsafe")
    if kind == "extern":
        return following in (STR, "crate", "fn", "{")
    if kind == "macro":
        return following == IDENT
    if kind == IDENT and following == "!":
        return strip_mark(texts[at]) == "macro_rules" and kinds[at + 2] in (IDENT, "try")
    return (
        kind == IDENT
        and following == IDENT
        and strip_mark(texts[at]) == "union"
        and kinds[at + 2] in ("{", "<", "where")
    )


def describe(kind: str, text: str) -> str:
    if kind == EOF:
        return "end of file"
    if kind in KEYWORDS and kind != "_":
        return f"keyword `{kind}`"
    return f"lifetime `{text}`" if kind == LIFETIME else f"`{strip_mark(text)}`"


class _Header:
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
        stop = self._header_stop(rest, last)
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
        self.children, self.child_spans = s.items(inner, close)
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
        bang = s._macro_bang(at)
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
                or kind in _HEADER_ENDERS
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
            if kind in CLOSERS or (kind in _ITEM_WORDS and self._begins_line(at) and self._no_operand_expected(at)):
                break
            at = s._skip(at)
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
