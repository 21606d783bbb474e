"""``mir! { .. }``: the body of a ``#[custom_mir]`` function, written as MIR (std::intrinsics::mir).

What it is: the reader of the macro's own syntax. Its statements and terminators are ordinary expressions (calls of the
functions of ``core::intrinsics::mir``), so the result is an ordinary block that type inference understands;
:mod:`compiler.mir.build.custom_mir` gives it its meaning.
Assumes: the cursor may be moved anywhere. Guarantees: the block declares, in this order, ``RET``, the locals and the
basic blocks (names of type ``BasicBlock``), then has one ``let _: BasicBlock = { .. };`` a basic block, the first
for the entry, and ``RET`` as its value.

>>> # ``mir! { let x: u32; { x = 1; Goto(next) } next = { Return() } }`` is
>>> # ``{ let RET; let x: u32; let next: BasicBlock; let _: BasicBlock = { x = 1; Goto(next) }; let _ = ..; RET }``
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compiler.base.span import Span
from compiler.hir.nodes import (
    BindingAnnotation,
    BindPat,
    Block,
    ExprId,
    LetStmt,
    Path,
    PathSegment,
    PathType,
    Stmt,
    TypeRef,
    WildPat,
)
from compiler.hir.parser.desugar import local
from compiler.syntax.lexer import IDENT

if TYPE_CHECKING:
    from compiler.hir.parser.macro_call import MacroCallParser

RETURN_NAME = "RET"


def custom_mir(p: MacroCallParser, first: int, last: int, call: Span) -> ExprId:
    """The block of a call whose tokens are ``first..last``."""
    p.i = first
    stmts: list[Stmt] = [_return_place(p, call)]
    while p.kinds[p.i] in ("let", IDENT) and p.i < last and p.kinds[p.i + 1] != "=":
        if p.kinds[p.i] == "let":
            stmts.append(_local(p))
        elif p.texts[p.i] == "debug":
            while p.i < last and not p.eat(";"):
                p.i += 1
        else:
            break
    blocks: list[tuple[str, Span, ExprId]] = [("", p.here(), p.block())]
    while p.i < last:
        span = p.here()
        name = p.ident()
        if p.eat("("):  # ``name (cleanup) = ..``: no unwinding here
            p.ident()
            p.expect(")")
        p.expect("=")
        blocks.append((name, span, p.block()))
    stmts += [_declared(p, name, span, _block_type(span)) for name, span, _ in blocks if name]
    for _, span, block in blocks:
        stmts.append(LetStmt(p.store.add_pat(WildPat(), span), _block_type(span), block, None, span))
    return p.store.add_expr(Block(tuple(stmts), local(p, RETURN_NAME, call)), call)


def _return_place(p: MacroCallParser, call: Span) -> Stmt:
    ty: TypeRef | None = None
    if p.eat("type"):
        p.ident()
        p.expect("=")
        ty = p.ty()
        p.expect(";")
    return _declared(p, RETURN_NAME, call, ty)


def _local(p: MacroCallParser) -> Stmt:
    p.expect("let")
    p.eat("mut")
    span = p.here()
    name = p.ident()
    ty = p.ty() if p.eat(":") else None
    p.expect(";")
    return _declared(p, name, span, ty)


def _declared(p: MacroCallParser, name: str, span: Span, ty: TypeRef | None) -> Stmt:
    pat = p.store.add_pat(BindPat(name, BindingAnnotation.MUTABLE), span)
    return LetStmt(pat, ty, None, None, span)


def _block_type(span: Span) -> TypeRef:
    names = ("intrinsics", "mir", "BasicBlock")
    return PathType(Path(tuple(PathSegment(n, None, span) for n in names), "$crate", 0, "core", span=span), span)
