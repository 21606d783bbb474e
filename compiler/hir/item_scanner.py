"""Finds items in tokens: where each starts, what it is called, where its header and body end.

What it is: the structure of a file (or of a block's local items) without parsing types or bodies; one item from its
keyword on is read by :mod:`compiler.hir.item_header`.
Assumes: tokens of ``text`` (latin-1); ``close_of`` from :func:`match_delimiters`, which repairs unbalanced ones.
Guarantees: never raises; each fault is reported once, and scanning resumes at the next plausible item.

>>> # ``pub fn f(x: u32) -> u32 { x }`` -> Item(FN, "f", header=b"pub fn f(x: u32) -> u32 ")
"""

from __future__ import annotations

from bisect import bisect_left

from compiler.base.span import Span
from compiler.hir.attributes import CfgSet, attribute_fault, read_attribute
from compiler.hir.def_id import DefKind
from compiler.hir.doc_comments import DANGLING, dangling_comment, inner_comments, outer_comments
from compiler.hir.item_header import ITEM_WORDS, ItemFault, ItemHeader, describe
from compiler.hir.item_tree import Attr, Item, ItemSpans
from compiler.hir.nodes import strip_mark
from compiler.syntax.delimiters import Delimiters
from compiler.syntax.errors import SYNTAX, SyntaxFault
from compiler.syntax.lexer import CLOSERS, IDENT, KEYWORDS, STR, Tokens

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
_BODIES = {
    DefKind.FN: ("free function", "associated function"),
    DefKind.CONST: ("free constant item", "associated constant"),
    DefKind.STATIC: ("free static item", "associated static"),
}


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

    def items(
        self, first: int, last: int, container: DefKind | None = None
    ) -> tuple[tuple[Item, ...], tuple[ItemSpans, ...]]:
        """All enabled items among tokens ``first..last``, which are inside a mod, trait, impl or extern block or
        (None) a file."""
        found: list[Item] = []
        spans: list[ItemSpans] = []
        seen: dict[tuple[DefKind, str], int] = {}
        at = first
        if last > first:
            self._check_last_comment(last, container)
        while at < last:
            if self.kinds[at] == ";":
                span = Span(self.starts[at], self.ends[at])
                self.faults.append(SyntaxFault("expected item, found `;`", span, help="remove this semicolon"))
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
                if not item.has_body and item.kind in _BODIES and container not in (DefKind.TRAIT, DefKind.FOREIGN_MOD):
                    self._without_body(item, item_spans, container)
            at = following
        return tuple(found), tuple(spans)

    def _without_body(self, item: Item, spans: ItemSpans, container: DefKind | None) -> None:
        """Only traits, extern blocks and intrinsics may leave the body out."""
        end = spans.full.end
        if self.text[end - 1 : end] != ";" or any("intrinsic" in attr.path for attr in item.attrs):
            return
        free, owned = _BODIES[item.kind]
        message = (
            f"{owned} in `impl` without body"
            if container is DefKind.IMPL
            else f"{free} without {'a ' * (free[5] == 'f')}body"
        )
        help_text = (
            "provide a definition for the function: `{ <body> }`"
            if item.kind is DefKind.FN
            else "provide a definition: `= <expr>;`"
        )
        self.faults.append(SyntaxFault(message, Span(end - 1, end), help=help_text))

    def _report(self, error: ItemFault) -> SyntaxFault:
        fault: SyntaxFault = error.args[0]
        if fault.message:
            self.faults.append(fault)
        return fault

    def resume(self, at: int, last: int) -> int:
        """The next token after ``at`` that begins a line and plausibly an item."""
        kinds = self.kinds
        text, starts, ends = self.text, self.starts, self.ends
        at = self.skip(at)
        while at < last:
            word = kinds[at]
            if word in ITEM_WORDS and (kinds[at - 1] in (";", "}") or "\n" in text[ends[at - 1] : starts[at]]):
                if word != "#" or kinds[at + 1] == "[":
                    return at
            at = self.skip(at)
        return last

    def skip(self, at: int) -> int:
        """The token after this one, or after its whole group."""
        return self.delimiters.after(at) if at in self.close_of else at + 1

    # ------------------------------------------------------------ one item

    def item(
        self, at: int, last: int, seen: dict[tuple[DefKind, str], int]
    ) -> tuple[Item | None, ItemSpans | None, int]:
        """The item at ``at`` (None when disabled by ``#[cfg]``) and the index after it."""
        start = self._item_start(at)
        first = at
        self._check_inner_comment(at)
        attrs, enabled, at = self.attributes(at, start)
        if at > first and (at >= last or self.kinds[at] in CLOSERS):
            span = Span(self.starts[first], self.ends[first])
            raise ItemFault(SyntaxFault("expected item after attributes", span, "expected an item after this"))
        visibility, at = self._visibility(at)
        word_at = self._modifiers(at)
        kind = self._kind(word_at, visibility)
        header = ItemHeader(self, kind, start, attrs, visibility)
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
        comments = outer_comments(self.text, before, first)
        return comments[0].start if comments else first

    def _check_last_comment(self, close: int, container: DefKind | None) -> None:
        """A doc comment at the end of a container documents nothing."""
        at = dangling_comment(self.text, self.ends[close - 1], self.starts[close])
        if at is not None:
            in_file = container in (None, DefKind.MOD)
            message, code = ("expected item after doc comment", SYNTAX) if in_file else (DANGLING, "E0584")
            self.faults.append(SyntaxFault(message, at, "this doc comment doesn't document anything", code))

    def _check_inner_comment(self, at: int) -> None:
        """``//!`` belongs at the start of a file or of what it documents."""
        before = self.ends[at - 1] if at else self.starts[at]
        found = inner_comments(self.text, before, self.starts[at])
        if found and self.kinds[at - 1] not in ("{", "]"):  # `]` closes an inner attribute
            help_ = "write `///` to document the item that follows"
            self.faults.append(SyntaxFault("expected outer doc comment", found[0], "", "E0753", help=help_))

    def attributes(self, at: int, base: int) -> tuple[tuple[Attr, ...], bool, int]:
        """Outer attributes at ``at``: resolved, whether all cfgs hold, the index after them."""
        kinds = self.kinds
        if kinds[at] != "#":
            return (), True, at
        found: list[Attr] = []
        enabled = True
        while kinds[at] == "#" and kinds[at + 1] == "[":
            close = self.close_of[at + 1]
            fault = attribute_fault(self.tokens, at + 2, close, self.close_of)
            if fault is not None:
                self.faults.append(fault)
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
            if kinds[at + 1] == "(":
                at = self.close_of[at + 1]
                span = Span(self.starts[at - 1], self.ends[at - 1])
                help_ = "write `pub(crate)`, `pub(self)`, `pub(super)` or `pub(in path)`"
                self.faults.append(SyntaxFault("incorrect visibility restriction", span, "", "E0704", help=help_))
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
        if word in (IDENT, "self", "super", "crate", "::", "$") and self.macro_bang(at):
            return DefKind.MACRO_CALL
        raise ItemFault(self._not_an_item(at, visibility))

    def macro_bang(self, at: int) -> int:
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
