"""The body rewrite of ``#[kernel]`` and ``#[device]`` functions (kernel-language 1.2).

What it is: index calls get the hidden launch scope, and the root block gets the statements that make it (see
hir.nodes).
Assumes: attributes are resolved. Guarantees: a body that needs no scope is left as it is.

>>> # ``let i = thread::index_1d();`` -> ``let i = $crate::thread::__internal::index_1d(&scope·0);``
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compiler.base.dataclass import dataclass, replace
from compiler.base.span import Span
from compiler.hir.body_context import BodyContext
from compiler.hir.nodes import (
    AddrOf,
    BindingAnnotation,
    BindPat,
    Block,
    Call,
    ExprId,
    GenericArgsRef,
    LetStmt,
    MethodCall,
    Path,
    PathExpr,
    PathSegment,
    PathType,
    Stmt,
    TypeRef,
)
from compiler.hir.parser.desugar import hidden, local

if TYPE_CHECKING:
    from compiler.hir.parser.macro_call import MacroCallParser

INDEX_CALLS = frozenset(("index_1d", "index_2d", "index_2d_runtime", "warp_index"))
INDEX_METHOD = "get_mut_indexed"
_SCOPE = "scope"
_LIBRARY = "cuda_device"
_DOMAIN = re.compile(r"\bdomain\s*=\s*([123])\b")
_U32 = re.compile(r"\bcoordinates\s*=\s*u32\b")
_CONTEXT = re.compile(r"\blaunch_context\s*=\s*([A-Za-z_]\w*)")


@dataclass(slots=True)
class LaunchFacts:
    """``used``: some call was rewritten, so the scope must exist."""

    domain: str
    coordinates: str
    context_name: str | None
    used: bool = False


def read_launch_facts(ctx: BodyContext) -> LaunchFacts | None:
    """Domain, coordinates and context name from the attributes; None outside kernels and device functions."""
    if not ctx.is_device_body:
        return None
    facts = LaunchFacts("UnknownDomain", "NativeCoordinates", None)
    for attr in ctx.attrs:
        tail = attr.path.rpartition("::")[2]
        if tail == "launch_contract":
            domain = _DOMAIN.search(attr.tokens)
            if domain is not None:
                facts.domain = f"Domain{domain[1]}"
            if _U32.search(attr.tokens):
                facts.coordinates = "U32Coordinates"
        elif tail == "kernel":
            context = _CONTEXT.search(attr.tokens)
            if context is not None:
                facts.context_name = context[1]
    return facts


def _library_path(names: tuple[str, ...], span: Span, args: GenericArgsRef | None = None) -> Path:
    segments = tuple(PathSegment(name, None, span) for name in names[:-1])
    return Path((*segments, PathSegment(names[-1], args, span)), "$crate", 0, _LIBRARY, span=span)


def _scope_ref(p: MacroCallParser, span: Span) -> ExprId:
    return p.store.add_expr(AddrOf(local(p, hidden(_SCOPE), span), False), span)


def rewrite_call(p: MacroCallParser, facts: LaunchFacts, call: Call, span: Span) -> Call:
    """``..::index_1d(args)`` to the internal function with the scope in front; ``index_2d(stride)`` too."""
    callee = p.store.exprs[call.callee]
    if not isinstance(callee, PathExpr) or not isinstance(callee.path, Path) or not callee.path.segments:
        return call
    tail = callee.path.segments[-1]
    if tail.name not in INDEX_CALLS:
        return call
    facts.used = True
    legacy = tail.name == "index_2d" and tail.args is None and len(call.args) == 1  # the seed release's form
    names = ("thread", "__internal", "index_2d_strided" if legacy else tail.name)
    path = _library_path(names, callee.path.span, tail.args)
    new_callee = p.store.add_expr(PathExpr(path), p.store.expr_spans[call.callee])
    return Call(new_callee, (_scope_ref(p, span), *call.args))


def rewrite_method(p: MacroCallParser, facts: LaunchFacts, call: MethodCall, span: Span) -> MethodCall:
    """``x.get_mut_indexed()`` gets the scope as its argument."""
    if call.name != INDEX_METHOD or call.args:
        return call
    facts.used = True
    return replace(call, args=(_scope_ref(p, span),))


def with_launch_scope(p: MacroCallParser, facts: LaunchFacts, root: ExprId) -> ExprId:
    """The root block with the statements that make the scope, if anything needs it."""
    block = p.store.exprs[root]
    if not isinstance(block, Block) or not (facts.used or facts.context_name):
        return root
    start = p.store.expr_spans[root].start
    span = Span(start, start)
    stmts: list[Stmt] = [_bind(p, hidden(_SCOPE), _new_scope(p, facts, span), span)]
    if facts.context_name:
        callee = PathExpr(_library_path(("thread", "__internal", "launch_context"), span))
        made = p.store.add_expr(Call(p.store.add_expr(callee, span), (_scope_ref(p, span),)), span)
        stmts.append(_bind(p, facts.context_name, made, span))
    block.stmts = (*stmts, *block.stmts)
    return root


def _bind(p: MacroCallParser, name: str, value: ExprId, span: Span) -> LetStmt:
    pat = p.store.add_pat(BindPat(name, BindingAnnotation.UNANNOTATED), span)
    return LetStmt(pat, None, value, None, span)


def _new_scope(p: MacroCallParser, facts: LaunchFacts, span: Span) -> ExprId:
    """``unsafe { LaunchScope::<D, C>::new() }``."""

    def marker(name: str) -> TypeRef:
        return PathType(_library_path(("thread", name), span), span)

    args = GenericArgsRef((marker(facts.domain), marker(facts.coordinates)), span=span)
    names = ("thread", "__internal", "LaunchScope")
    base = _library_path(names, span, args)
    path = replace(base, segments=(*base.segments, PathSegment("new", None, span)))
    made = p.store.add_expr(Call(p.store.add_expr(PathExpr(path), span), ()), span)
    return p.store.add_expr(Block((), made, None, True), span)
