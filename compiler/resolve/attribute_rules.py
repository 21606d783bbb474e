"""What Rust's own attributes must look like: their arguments, and what they may stand on.

What it is: ``attribute_faults(db, def)``: rustc's rules for ``#[inline]``, ``#[repr]``, ``#[derive]``, ``#[cfg]``,
lint levels and other attributes with a fixed form. The kernel language's own attributes are
:mod:`compiler.resolve.launch_attrs`'.

Assumes: attribute tokens as :class:`Attr` holds them. Guarantees: never raises; an attribute that is not known is
left alone (a macro of a crate that is not followed may have made it); one error a fault, at the argument that is wrong.

Example: ``#[inline(sometimes)] fn f() {}`` is E0539, ``#[repr(u8)] struct S;`` is E0517.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from compiler.base.dataclass import dataclass
from compiler.diagnostics.model import Diagnostic, Label, Severity
from compiler.hir.def_id import DefId, DefKind
from compiler.hir.item_tree import Item
from compiler.hir.lint_attrs import LEVELS
from compiler.hir.nodes import Path, PathSegment
from compiler.query import Database, query
from compiler.resolve.attribute_form import Fault, Form, Piece
from compiler.resolve.attribute_values import check_deprecated, check_export_name, check_link, check_stability
from compiler.resolve.errors import Fact, MisplacedDerive
from compiler.resolve.launch_attrs import parse_integer
from compiler.resolve.lint_levels import item_level
from compiler.resolve.scope import Namespace
from compiler.resolve.similar import best_match
from compiler.resolve.source import file_item_tree, item_of
from compiler.syntax.lexer import LITERALS, STR

_INTEGERS = frozenset(["u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize"])
_TYPES = (DefKind.STRUCT, DefKind.ENUM, DefKind.UNION)


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


def attribute_faults(db: Database, def_id: DefId) -> tuple[Diagnostic, ...]:
    """Errors of the attributes of one item."""
    item = item_of(db, def_id)
    if item is None or not item.attrs:
        return ()
    found: list[Fault] = []
    for attr in item.attrs:
        rule = _RULES.get(attr.path)
        form = Form(attr.path, attr)
        if rule is not None and not (form.is_list and form.kinds[-1] != ")"):  # then its syntax is wrong already
            found += rule(form, item)
    found += _conflicting_reprs(item)
    deprecations = [attr for attr in item.attrs if attr.path == "deprecated"]
    found += [(attr.span, "syntax", "multiple `deprecated` attributes") for attr in deprecations[1:]]
    if any(attr.path == "no_mangle" for attr in item.attrs) and not item.name.isascii():
        found.append((item.name_span, "E0754", "`#[no_mangle]` requires an ASCII identifier"))
    if def_id.parent is not None and def_id.parent.kind in (DefKind.TRAIT, DefKind.IMPL, DefKind.FOREIGN_MOD):
        derives = [MisplacedDerive(attr.span) for attr in item.attrs if attr.path == "derive"]
        found += [(fact.span, fact.code, fact.message()) for fact in derives]
    found += _forbidden(db, def_id, item)
    found += _unknown_names(db, def_id, item)
    return tuple(AttributeFault(span, code, text).to_diagnostic(def_id) for span, code, text in found)


@query
def inner_attribute_faults(db: Database, file: str) -> tuple[Diagnostic, ...]:
    """Errors of the lint levels at the start of a file."""
    return tuple(
        Diagnostic(Severity.ERROR, code, text, Label(span, "", file=file))
        for attr in file_item_tree(db, file).inner_attrs
        if attr.path in LEVELS
        for span, code, text in _lint_level(Form(attr.path, attr), None)
    )


def _forbidden(db: Database, def_id: DefId, item: Item) -> Iterator[Fault]:
    """A lint that something around the item forbids stays forbidden."""
    around = def_id.parent
    if around is None:
        return
    for attr in (a for a in item.attrs if a.path in ("allow", "warn", "expect")):
        for piece in Form(attr.path, attr).pieces():
            if item_level(db, around, piece.name) == "forbid":
                yield piece.span, "E0453", f"{attr.path}({piece.name}) incompatible with previous forbid"


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


def _unknown_names(db: Database, def_id: DefId, item: Item) -> Iterator[Fault]:
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


def _derives(item: Item) -> list[Piece]:
    return [piece for a in item.attrs if a.path == "derive" for piece in Form(a.path, a).pieces()]


_Rule = Callable[[Form, Item], Iterator[Fault]]


def _word(*targets: DefKind) -> _Rule:
    """An attribute without arguments, on certain items only (anywhere: none named)."""

    def rule(form: Form, item: Item) -> Iterator[Fault]:
        if not form.is_word:
            yield form.malformed("E0565")
        elif targets and item.kind not in targets:
            yield form.whole, "syntax", f"`#[{form.name}]` attribute cannot be used on this kind of item"

    return rule


def _inline(form: Form, item: Item) -> Iterator[Fault]:
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


def _must_use(form: Form, item: Item) -> Iterator[Fault]:
    if not form.is_word and not form.is_string():
        yield form.malformed()


def _lint_level(form: Form, item: Item | None) -> Iterator[Fault]:
    if not form.is_list:
        yield form.malformed("syntax")
    for piece in form.pieces():
        is_reason = piece.name == "reason" and piece.kinds == ("=", STR)
        tool = piece.name.partition("::")[0] if "::" in piece.name else ""
        if not piece.is_word and not is_reason:
            yield piece.span, "E0452", "malformed lint attribute input"
        elif tool and tool not in _TOOLS:
            yield piece.span, "E0710", f"unknown tool name `{tool}` found in scoped lint: `{piece.name}`"


_TOOLS = frozenset(("clippy", "rustc", "rustdoc", "rustfmt", "miri", "diagnostic", "rust_analyzer", "oxide"))


def _track_caller(form: Form, item: Item) -> Iterator[Fault]:
    if b"extern" in item.header and re.search(rb'\bextern\s*("(?!Rust")|fn)', item.header):
        yield form.whole, "E0737", "`#[track_caller]` requires Rust ABI"
    yield from _word(DefKind.FN)(form, item)


def _cfg(form: Form, item: Item) -> Iterator[Fault]:
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


def _derive(form: Form, item: Item) -> Iterator[Fault]:
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


def _repr(form: Form, item: Item) -> Iterator[Fault]:
    if not form.is_list:
        yield form.malformed()
        return
    for piece in form.pieces():
        fault = _repr_fault(piece, item)
        if fault is not None:
            yield piece.span, *fault


def _repr_fault(piece: Piece, item: Item) -> tuple[str, str] | None:
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


def _conflicting_reprs(item: Item) -> Iterator[Fault]:
    """Hints that exclude each other, over all ``#[repr]`` of an item."""
    pieces = [p for attr in item.attrs if attr.path == "repr" for p in Form("repr", attr).pieces()]
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
    "track_caller": _track_caller,
    "deprecated": check_deprecated,
    "link": check_link,
    "export_name": check_export_name,
    **dict.fromkeys(("stable", "unstable", "rustc_const_stable", "rustc_const_unstable"), check_stability),
    "non_exhaustive": _word(DefKind.STRUCT, DefKind.ENUM),
    "must_use": _must_use,
    "derive": _derive,
    "repr": _repr,
    "cfg": _cfg,
    **dict.fromkeys(("allow", "warn", "deny", "forbid", "expect"), _lint_level),
}
