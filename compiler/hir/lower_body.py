"""The body of a function, or the initialiser of a const or static, to HIR.

What it is: the entry point for bodies; the grammar is in :mod:`compiler.hir.parser`. Assumes: ``source`` is the whole
text of the item (attributes and header included), so spans are item-relative; ``ctx`` describes the owner.
Guarantees: pure; never raises; a statement that does not parse is one diagnostic and a :class:`MissingExpr`; the
anonymous constants of the header come first in the store, numbered as in the signature.

>>> f = DefId(DefId.crate("k"), DefKind.FN, "f")
>>> lowered = lower_body(f, b"fn f() -> u32 { 1 + 2 }", DefKind.FN, BodyContext())
>>> lowered.body.store.exprs[lowered.body.root]
Block(stmts=(), tail=2, label=None, is_unsafe=False, items=())
"""

from __future__ import annotations

from compiler.base.dataclass import dataclass, field, replace
from compiler.base.span import Span
from compiler.diagnostics.model import Diagnostic
from compiler.hir.body_context import BodyContext
from compiler.hir.def_id import DefId, DefKind
from compiler.hir.item_tree import ItemSpans, ItemTree
from compiler.hir.nodes import Body, ExprId, MissingExpr, PatId
from compiler.hir.parser.launch_scope import read_launch_facts, with_launch_scope
from compiler.hir.parser.local_items import LocalItem
from compiler.hir.parser.parser import Parser, parser_for
from compiler.syntax.delimiters import match_delimiters
from compiler.syntax.errors import ParseError, SyntaxFault
from compiler.syntax.lexer import EOF


@dataclass(slots=True)
class LoweredBody:
    """``local_items``: items declared in the body, in source order; ``local_spans``: parallel, item-relative;
    ``generated``: local items made by macros, whose text is their own."""

    body: Body
    diagnostics: tuple[Diagnostic, ...] = ()
    local_items: ItemTree = field(default_factory=lambda: ItemTree(()))
    local_spans: tuple[ItemSpans, ...] = ()
    generated: tuple[LocalItem, ...] = ()


def lower_body(owner: DefId, source: bytes, kind: DefKind, ctx: BodyContext) -> LoweredBody:
    """Lower the body of a FN, CONST or STATIC."""
    if ctx.owner is not owner:
        ctx = replace(ctx, owner=owner)
    parser = parser_for(source, ctx)
    params: list[PatId] = []
    facts = read_launch_facts(ctx)
    parser.launch = facts
    try:
        root = _root(parser, kind, params)
    except ParseError as error:
        parser.report(error.fault)
        parser.locals.has_errors()
        root = parser.store.add_expr(MissingExpr(), Span(0, 0))
    parser.finish()
    if facts is not None:
        root = with_launch_scope(parser, facts, root)
    return _lowered(parser, owner, tuple(params), root)


def _root(parser: Parser, kind: DefKind, params: list[PatId]) -> ExprId:
    try:
        if kind is DefKind.FN:
            parser.fn_decl(params)
        else:
            parser.const_decl(kind.value)
    except ParseError as error:
        parser.report(error.fault)
        parser.depth, parser.i = 0, 0
        parser.skip_to(("{", "=", ";"))
    if parser.faults:
        parser.faults.clear()  # they come with the signature
        parser.locals.has_errors()
    if kind is not DefKind.FN:
        return _initialiser(parser)
    return parser.block() if parser.kinds[parser.i] == "{" else parser.store.add_expr(MissingExpr(), parser.here())


def _initialiser(parser: Parser) -> ExprId:
    if not parser.split_eq():
        return parser.store.add_expr(MissingExpr(), parser.here())
    root = parser.expr()
    if parser.kinds[parser.i] not in (";", EOF):
        parser.expected("one of `.`, `;`, `?`, or an operator")
    return root


def _lowered(parser: Parser, owner: DefId, params: tuple[PatId, ...], root: ExprId) -> LoweredBody:
    shared = parser.locals.shared
    own = [local for local in shared.items if not local.generated]
    faults = parser.faults
    broken = shared.broken or bool(faults)
    if faults and parser.text is not None and match_delimiters(parser.tokens, parser.text).faults:
        # Unbalanced brackets are reported once, for the file; what follows from them is not a second fault.
        faults = []
    faults = _without_repeats(faults)
    named = [(i, local.def_id) for i, local in enumerate(shared.items) if local.def_id is not None]
    defs = tuple(def_id for _, def_id in named)
    blocks = tuple(shared.scopes[i].chain() for i, _ in named)
    launch = parser.launch.context_name if parser.launch is not None else None
    body = Body(owner, parser.store, params, root, defs, blocks, launch, broken)
    return LoweredBody(
        body,
        tuple(fault.to_diagnostic(owner) for fault in faults),
        ItemTree(tuple(local.item for local in own)),
        tuple(local.spans for local in own),
        tuple(local for local in shared.items if local.generated),
    )


def _without_repeats(faults: list[SyntaxFault]) -> list[SyntaxFault]:
    """A fault in a macro's definition shows at every call; once is enough."""
    seen: set[tuple[str, str]] = set()
    kept = []
    for fault in faults:
        key = (fault.message, fault.note)
        if fault.note and key in seen:
            continue
        seen.add(key)
        kept.append(fault)
    return kept
