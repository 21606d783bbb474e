"""An item's header to its declaration.

What it is: the entry point for signatures. Assumes: ``header`` is ``Item.header`` of an item of this kind.
Guarantees: pure; never raises; what does not parse leaves a declaration as complete as possible (:class:`ErrorType`
for a type).

>>> lower_signature(DefKind.FN, b"fn f(x: u32) -> u32 ").signature.params[0].name
'x'
"""

from __future__ import annotations

from typing import Any, NamedTuple

from compiler.base.span import EMPTY_SPAN
from compiler.diagnostics.model import Diagnostic
from compiler.hir.body_context import BodyContext, MacroLookup
from compiler.hir.def_id import DefKind
from compiler.hir.nodes import (
    AdtDecl,
    ConstDecl,
    ErrorType,
    FnDecl,
    GenericsRef,
    ImplDecl,
    Signature,
    TraitDecl,
    TypeAliasDecl,
    VariantDecl,
)
from compiler.hir.parser.parser import Parser, parser_for
from compiler.syntax.delimiters import match_delimiters
from compiler.syntax.errors import ParseError
from compiler.syntax.lexer import EOF

SIGNATURE_KINDS = frozenset(
    (
        DefKind.FN,
        DefKind.STRUCT,
        DefKind.UNION,
        DefKind.ENUM,
        DefKind.TRAIT,
        DefKind.IMPL,
        DefKind.TYPE_ALIAS,
        DefKind.CONST,
        DefKind.STATIC,
    )
)
_END_NAMES = {DefKind.FN: "`{`", DefKind.TRAIT: "`{`", DefKind.IMPL: "`{`", DefKind.CONST: "`=`", DefKind.STATIC: "`=`"}


class LoweredSignature(NamedTuple):
    signature: Signature
    diagnostics: tuple[Diagnostic, ...] = ()


def lower_signature(
    kind: DefKind, header: bytes, macros: MacroLookup | None = None, ctx: BodyContext | None = None, owner: Any = None
) -> LoweredSignature:
    """The declaration of an item of ``kind`` (one of :data:`SIGNATURE_KINDS`); labels carry ``owner``."""
    context = ctx if ctx is not None else BodyContext(macro_lookup=macros, owner=owner)
    parser = parser_for(header, context)
    parser.end_name = _END_NAMES.get(kind, "end of input")
    try:
        signature = _declaration(parser, kind)
        _check_end(parser, kind)
    except ParseError as error:
        # A type cut short was reported when items were found.
        if parser.kinds[parser.i] != EOF or kind not in (
            DefKind.STRUCT,
            DefKind.UNION,
            DefKind.ENUM,
            DefKind.TYPE_ALIAS,
        ):
            parser.report(error.fault)
        signature = _empty(parser, kind)
    if parser.faults and match_delimiters(parser.tokens, "").faults:
        # Unbalanced brackets are reported once, for the file; what follows from them is not a second fault.
        return LoweredSignature(signature)
    return LoweredSignature(signature, tuple(fault.to_diagnostic(context.owner) for fault in parser.faults))


def _declaration(parser: Parser, kind: DefKind) -> Signature:
    if kind is DefKind.FN:
        return parser.fn_decl()
    if kind in (DefKind.STRUCT, DefKind.UNION):
        return parser.struct_decl(kind.value)
    if kind is DefKind.ENUM:
        return parser.enum_decl()
    if kind is DefKind.TRAIT:
        return parser.trait_decl()
    if kind is DefKind.IMPL:
        return parser.impl_decl()
    if kind is DefKind.TYPE_ALIAS:
        return parser.alias_decl()
    return parser.const_decl(kind.value)


def _check_end(parser: Parser, kind: DefKind) -> None:
    """Nothing may follow but the ``;``; a header that is only too short was reported when items were found."""
    parser.eat(";")
    if parser.kinds[parser.i] != EOF:
        expected = {
            DefKind.FN: "one of `->`, `where`, or `{`",
            DefKind.IMPL: "one of `for`, `where`, or `{`",
            DefKind.TRAIT: "one of `:`, `where`, or `{`",
        }.get(kind, "end of item")
        parser.expected(expected)


def _empty(parser: Parser, kind: DefKind) -> Signature:
    """The declaration of a header that does not parse."""
    store = parser.store
    none = GenericsRef()
    if kind is DefKind.FN:
        return FnDecl(none, (), None, store=store)
    if kind is DefKind.ENUM:
        return AdtDecl(none, (), store)
    if kind in (DefKind.STRUCT, DefKind.UNION):
        return AdtDecl(none, (VariantDecl("", (), "record"),), store)
    if kind is DefKind.TRAIT:
        return TraitDecl(none, (), store=store)
    error = ErrorType(EMPTY_SPAN)
    if kind is DefKind.IMPL:
        return ImplDecl(none, None, error, store=store)
    if kind is DefKind.TYPE_ALIAS:
        return TypeAliasDecl(none, (), error, store)
    return ConstDecl(error, store=store)
