"""What Rust's own attributes must look like: their arguments, and what they may stand on.

What it is: ``attribute_faults(db, def)``: rustc's rules for ``#[inline]``, ``#[repr]``, ``#[derive]``, ``#[cfg]``,
lint levels and other attributes with a fixed form. The kernel language's own attributes are
:mod:`compiler.resolve.launch_attrs`'.

Assumes: attribute tokens as :class:`Attr` holds them. Guarantees: never raises; an attribute that is not known is
left alone (a macro of a crate that is not followed may have made it); one error a fault, at the argument that is wrong.

Example: ``#[inline(sometimes)] fn f() {}`` is E0539, ``#[repr(u8)] struct S;`` is E0517.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from compiler.base.dataclass import dataclass
from compiler.base.span import Span
from compiler.diagnostics.model import Diagnostic
from compiler.hir.def_id import DefId, DefKind
from compiler.hir.item_tree import Attr, Item
from compiler.hir.nodes import Path, PathSegment
from compiler.query import Database
from compiler.resolve.errors import Fact
from compiler.resolve.launch_attrs import AttributeTokens, parse_integer
from compiler.resolve.scope import Namespace
from compiler.resolve.similar import best_match
from compiler.resolve.source import item_of
from compiler.syntax.lexer import IDENT, KEYWORDS, LITERALS, STR

_INTEGERS = frozenset(["u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize"])
_TYPES = (DefKind.STRUCT, DefKind.ENUM, DefKind.UNION)
_Fault = tuple[Span, str, str]  # where, code, message


@dataclass(frozen=True, slots=True)
class AttributeFault(Fact):
    """An attribute that rustc refuses: ``text`` says why."""

    code_: str
    text: str

    def message(self) -> str:
        return self.text

    def to_diagnostic(self, owner: Any) -> Diagnostic:
        made = Fact.to_diagnostic(self, owner)
        return Diagnostic(made.severity, self.code_, made.message, made.primary)


@dataclass(frozen=True, slots=True)
class _Piece:
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


class _Form:
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

    def pieces(self) -> list[_Piece]:
        found = []
        tokens = self.read.tokens
        for first, last in self.read.split(1, len(tokens) - 1) if self.is_list else ():
            at = first
            while at < last and (tokens.kinds[at] in (IDENT, "::") or tokens.kinds[at] in KEYWORDS):
                at += 1
            rest = tuple(tokens.kinds[at:last]), tuple(tokens.texts[at:last])
            found.append(_Piece(self.read.span(first, last), "".join(tokens.texts[first:at]), *rest))
        return found

    def empty_piece(self) -> Span | None:
        """A comma with nothing before it."""
        before = "("
        for at, kind in enumerate(self.kinds if self.is_list else ()):
            if kind == "," and before in ("(", ",") and at:
                return self.read.span(at, at + 1)
            before = kind
        return None

    def malformed(self, code: str = "E0539", span: Span | None = None) -> _Fault:
        return span or self.whole, code, f"malformed `{self.name}` attribute input"


def attribute_faults(db: Database, def_id: DefId) -> tuple[Diagnostic, ...]:
    """Errors of the attributes of one item."""
    item = item_of(db, def_id)
    if item is None or not item.attrs:
        return ()
    found: list[_Fault] = []
    for attr in item.attrs:
        rule = _RULES.get(attr.path)
        form = _Form(attr.path, attr)
        if rule is not None and not (form.is_list and form.kinds[-1] != ")"):  # then its syntax is wrong already
            found += rule(form, item)
    found += _conflicting_reprs(item)
    found += _unknown_names(db, def_id, item)
    return tuple(AttributeFault(span, code, text).to_diagnostic(def_id) for span, code, text in found)


# The attributes of the language and its tools (Rust reference, attributes.builtin), unstable ones among them.
_BUILT_IN_WORDS = (
    "cfg cfg_attr test ignore should_panic bench derive automatically_derived macro_export macro_use proc_macro "
    "proc_macro_derive proc_macro_attribute allow expect warn deny forbid deprecated must_use link link_name "
    "link_ordinal no_link repr crate_type no_main export_name link_section no_mangle used crate_name inline "
    "cold naked no_builtins target_feature track_caller instruction_set doc no_std no_implicit_prelude path "
    "recursion_limit type_length_limit panic_handler global_allocator windows_subsystem feature non_exhaustive "
    "debugger_visualizer unsafe lang fundamental custom_mir optimize may_dangle type_const coverage const_trait "
    "marker thread_local allow_internal_unstable allow_internal_unsafe unstable stable collapse_debuginfo "
    "diagnostic rustfmt clippy oxide define_opaque global_asm linkage ffi_pure ffi_const default test_case "
    "prelude_import no_core pin_project sanitize"
)
_BUILT_IN = frozenset(_BUILT_IN_WORDS.split())


_DERIVES_WORDS = (
    "Clone Copy Debug Default Eq Hash Ord PartialEq PartialOrd ConstParamTy UnsizedConstParamTy CoercePointee "
    "DeviceCopy"
)
_DERIVES = frozenset(_DERIVES_WORDS.split())


def _unknown_names(db: Database, def_id: DefId, item: Item) -> Iterator[_Fault]:
    """Attributes and derives that nothing in scope has, where all that is imported is known."""
    from compiler.resolve.resolver import Resolver

    names = [("attribute", a.path, a.span) for a in item.attrs if a.path not in _BUILT_IN and "rustc" not in a.path]
    names += [("derive macro", p.name, p.span) for p in _derives(item) if p.is_word and p.name not in _DERIVES]
    names = [found for found in names if found[1].isidentifier()]
    if not names or def_id.parent is None:
        return
    resolver = Resolver(db, def_id.parent)
    if resolver.sees_unknown_traits() or any("::" in p.name for p in _derives(item)):
        return  # an import, or a derive by its path, may bring them
    for what, name, span in names:
        if resolver.resolve_macro(Path((PathSegment(name, None, span),), span=span)) is None:
            candidates = resolver.names_in(None, Namespace.MACROS) if what == "attribute" else sorted(_DERIVES)
            near = best_match(name, candidates)
            text = f"cannot find {what} `{name}` in this scope"
            yield span, "syntax", text + (f"; there is `{near}`" if near is not None else "")


def _derives(item: Item) -> list[_Piece]:
    return [piece for a in item.attrs if a.path == "derive" for piece in _Form(a.path, a).pieces()]


_Rule = Callable[[_Form, Item], Iterator[_Fault]]


def _word(*targets: DefKind) -> _Rule:
    """An attribute without arguments, on certain items only (anywhere: none named)."""

    def rule(form: _Form, item: Item) -> Iterator[_Fault]:
        if not form.is_word:
            yield form.malformed("E0565")
        elif targets and item.kind not in targets:
            yield form.whole, "syntax", f"`#[{form.name}]` attribute cannot be used on this kind of item"

    return rule


def _inline(form: _Form, item: Item) -> Iterator[_Fault]:
    if item.kind is not DefKind.FN:
        yield form.whole, "syntax", "`#[inline]` attribute can only be used on functions and closures"
    elif form.is_list:
        pieces = form.pieces()
        if len(pieces) != 1:
            yield form.malformed("E0805")
        elif not pieces[0].is_word or pieces[0].name not in ("always", "never"):
            yield form.malformed(span=pieces[0].span)
    elif not form.is_word:
        text = "valid forms for the attribute are `#[inline(always)]`, `#[inline(never)]` and `#[inline]`"
        yield form.whole, "syntax", text


def _must_use(form: _Form, item: Item) -> Iterator[_Fault]:
    if not form.is_word and not form.is_string():
        yield form.malformed()


def _lint_level(form: _Form, item: Item) -> Iterator[_Fault]:
    if not form.is_list:
        yield form.malformed("syntax")
    for piece in form.pieces():
        is_reason = piece.name == "reason" and piece.kinds == ("=", STR)
        if not piece.is_word and not is_reason:
            yield piece.span, "E0452", "malformed lint attribute input"


def _cfg(form: _Form, item: Item) -> Iterator[_Fault]:
    pieces = form.pieces()
    if not form.is_list:
        yield form.malformed()
    elif len(pieces) != 1:
        yield form.malformed("E0805")
    elif pieces[0].kinds[:1] == ("(",) and pieces[0].name not in (
        "all",
        "any",
        "not",
        "target",
        "version",
        "accessible",
    ):
        yield pieces[0].span, "E0537", f"invalid predicate `{pieces[0].name}`"
    elif not pieces[0].name:
        yield form.malformed(span=pieces[0].span)


def _derive(form: _Form, item: Item) -> Iterator[_Fault]:
    if not form.is_list:
        yield form.malformed("syntax")
        return
    empty = form.empty_piece()
    if empty is not None:
        yield empty, "syntax", "expected identifier, found `,`"
    for piece in form.pieces():
        if piece.kinds and piece.kinds[0] in LITERALS:
            yield piece.span, "E0777", "expected path to a trait, found literal"
        elif piece.kinds:
            yield piece.span, "syntax", "traits in `#[derive(...)]` don't accept arguments or values"


def _repr(form: _Form, item: Item) -> Iterator[_Fault]:
    if not form.is_list:
        yield form.malformed()
        return
    for piece in form.pieces():
        fault = _repr_fault(piece, item)
        if fault is not None:
            yield piece.span, *fault


def _repr_fault(piece: _Piece, item: Item) -> tuple[str, str] | None:
    name = piece.name
    if not name:
        return "E0565", "meta item in `repr` must be an identifier"
    if name not in ("C", "Rust", "transparent", "align", "packed", "simd") and name not in _INTEGERS:
        return "E0552", f"unrecognized representation hint `{name}`"
    if piece.kinds[:1] == ("=",):
        return ("E0693" if name == "align" else "E0552"), f"incorrect `repr({name})` attribute format"
    allowed = {"packed": (DefKind.STRUCT, DefKind.UNION), "simd": (DefKind.STRUCT,)}.get(name, _TYPES)
    if name in _INTEGERS:
        allowed = (DefKind.ENUM,)
    if item.kind not in allowed:
        nouns = " or ".join(kind.value for kind in allowed)
        return "E0517", f"`repr({name})` belongs on a {nouns}"
    if name == "align" or (name == "packed" and piece.kinds):
        return _alignment_fault(name, piece.argument)
    return ("E0552", f"`{name}` takes no argument") if piece.kinds else None


def _alignment_fault(name: str, written: str | None) -> tuple[str, str] | None:
    if not written:
        return "E0589", f"invalid `repr({name})` attribute: `{name}` needs an argument"
    value = parse_integer(written)
    if value is None:
        return "E0589", f"invalid `repr({name})` attribute: not an unsuffixed integer"
    if value <= 0 or value & (value - 1):
        return "E0589", f"invalid `repr({name})` attribute: not a power of two"
    return ("E0589", f"invalid `repr({name})` attribute: larger than 2^29") if value > 1 << 29 else None


def _conflicting_reprs(item: Item) -> Iterator[_Fault]:
    """Hints that exclude each other, over all ``#[repr]`` of an item."""
    pieces = [p for attr in item.attrs if attr.path == "repr" for p in _Form("repr", attr).pieces()]
    names = [p.name for p in pieces]
    if item.kind not in _TYPES or len(names) < 2:
        return
    last = pieces[-1].span
    if "transparent" in names:
        yield last, "E0692", f"transparent {item.kind.value} cannot have other repr hints"
    elif "packed" in names and "align" in names:
        yield item.name_span, "E0587", "type has conflicting packed and align representation hints"
    elif len({p.texts for p in pieces if p.name == "packed"}) > 1:
        yield item.name_span, "E0634", "type has conflicting packed representation hints"
    elif len(_INTEGERS.intersection(names)) > 1:
        yield last, "E0566", "conflicting representation hints"


_RULES: dict[str, _Rule] = {
    "inline": _inline,
    "cold": _word(),
    "track_caller": _word(DefKind.FN),
    "non_exhaustive": _word(DefKind.STRUCT, DefKind.ENUM),
    "must_use": _must_use,
    "derive": _derive,
    "repr": _repr,
    "cfg": _cfg,
    **dict.fromkeys(("allow", "warn", "deny", "forbid", "expect"), _lint_level),
}
