"""Bodies of ``#[custom_mir]`` functions: the MIR that ``mir!`` spells out (rustc's ``builder/custom``).

What it is: the statements of the block made by :mod:`compiler.hir.parser.custom_mir`, read as MIR one to one. Nothing
is added: no storage markers, no drops, no checks.

Assumes: a body whose root holds that block. Guarantees: an expression that is no MIR of its kind ends in
``Body.unsupported`` at its span, and its block in ``Unreachable``.

Example: ``{ RET = x + 1; Return() }`` is ``bb0: _0 = Add(copy _1, const 1); return``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from compiler.base.span import Span
from compiler.hir import nodes as hir
from compiler.hir.def_id import DefId
from compiler.mir import body as m
from compiler.mir.build import thir
from compiler.mir.build.builder import Builder
from compiler.mir.build.matches.pattern import ConstPat, OrPat, Pat, WildPat, lower_pat
from compiler.mir.build.mirror import mirror
from compiler.query import Database
from compiler.ty import types as t

ATTRIBUTE: Final = "custom_mir"
_MODULE: Final = "mir"
_BLOCK: Final = "core::intrinsics::mir::BasicBlock"
_WITH_OVERFLOW: Final = {
    m.BinOp.ADD: m.BinOp.ADD_WITH_OVERFLOW,
    m.BinOp.SUB: m.BinOp.SUB_WITH_OVERFLOW,
    m.BinOp.MUL: m.BinOp.MUL_WITH_OVERFLOW,
}


class _NotMir(Exception):
    def __init__(self, span: Span, what: str) -> None:
        self.span, self.what = span, what


def is_custom_mir(db: Database, def_id: DefId) -> bool:
    """Whether a function carries ``#[custom_mir(..)]``."""
    from compiler.resolve.attrs import attributes

    return any(attr.path.rpartition("::")[2] == ATTRIBUTE for attr in attributes(db, def_id))


def custom_block(b: Builder, root: int) -> hir.Block | None:
    """The block that ``mir!`` made: the value of the body; None if the body has another shape."""
    node = b.cx.exprs[root]
    while isinstance(node, hir.Block) and not node.stmts and node.tail is not None:
        node = b.cx.exprs[node.tail]
    return node if isinstance(node, hir.Block) else None


def build(b: Builder, block: hir.Block) -> None:
    """Fill the builder's blocks; the cursor is at the entry."""
    _Custom(b).build(block)


class _Custom:
    def __init__(self, b: Builder) -> None:
        self.b = b
        self.names: dict[int, m.BasicBlockId] = {}

    def build(self, block: hir.Block) -> None:
        b, bodies = self.b, []
        for at, stmt in enumerate(block.stmts):
            if isinstance(stmt, hir.LetStmt) and stmt.init is not None:
                bodies.append(stmt.init)
            elif isinstance(stmt, hir.LetStmt):
                self._declare(stmt.pat, at == 0)
        for order, body in enumerate(bodies):
            b.block = order
            node = b.cx.exprs[body]
            try:
                if isinstance(node, hir.Block):
                    self._basic_block(node)
            except _NotMir as fault:
                b.note_unsupported(fault.span, fault.what)
                b.terminate(m.Unreachable(fault.span))

    def _declare(self, pat: int, is_return: bool) -> None:
        b, ty = self.b, self.b.cx.pat_ty(pat)
        node = b.cx.pats[pat]
        if is_return:
            b.vars[pat] = m.RETURN_PLACE
        elif isinstance(ty, t.AdtTy) and ty.def_id.path == _BLOCK:
            self.names[pat] = b.new_block()
        elif isinstance(node, hir.BindPat):
            name, span = hir.strip_mark(node.name), b.cx.pat_spans[pat]
            b.vars[pat] = b.new_local(m.LocalDecl(ty, m.Mutability.MUT, name, span, True, binding_mode="by value"))

    def _basic_block(self, block: hir.Block) -> None:
        exprs = [s.expr for s in block.stmts if isinstance(s, hir.ExprStmt)]
        if block.tail is not None:
            exprs.append(block.tail)
        for expr in exprs[:-1]:
            self._statement(_plain(mirror(self.b, expr)))
        if exprs:
            self._terminator(_plain(mirror(self.b, exprs[-1])))

    # ------------------------------------------------------------ statements and terminators

    def _statement(self, expr: thir.Expr) -> None:
        b, span = self.b, expr.span
        if isinstance(expr, thir.Assign):
            b.assign(self.place(expr.lhs), self.rvalue(expr.rhs), span)
            return
        name, args = self._marker(expr)
        if name == "SetDiscriminant":
            b.push(m.SetDiscriminant(self.place(args[0]), self._number(args[1]), span))
        elif name in ("StorageLive", "StorageDead"):
            made = m.StorageLive if name == "StorageLive" else m.StorageDead
            b.push(made(self.place(args[0]).local, span))
        elif name not in ("Deinit", "Retag", "Assume"):
            raise _NotMir(span, "this expression as a statement of `mir!`")

    def _terminator(self, expr: thir.Expr) -> None:
        b, span = self.b, expr.span
        if isinstance(expr, thir.Match):
            b.terminate(self._switch(expr))
            return
        name, args = self._marker(expr)
        if name == "Return":
            b.terminate(m.Return(span))
        elif name in ("Unreachable", "UnwindResume"):
            b.terminate(m.Unreachable(span))
        elif name == "Goto":
            b.terminate(m.Goto(self._target(args[0]), span))
        elif name == "Drop":
            b.terminate(m.Drop(self.place(args[0]), self._target(args[1]), span))
        elif name == "Call":
            self._call(args, span)
        elif name == "TailCall":
            self._tail_call(args[0], span)
        else:
            raise _NotMir(span, "this expression as the end of a block of `mir!`")

    def _call(self, args: tuple[thir.ExprRef, ...], span: Span) -> None:
        assign = _plain(mirror(self.b, args[0]))
        call = _plain(mirror(self.b, assign.rhs)) if isinstance(assign, thir.Assign) else assign
        if not isinstance(assign, thir.Assign) or not isinstance(call, thir.Call):
            raise _NotMir(span, "a `Call` that is not of the form `place = f(..)`")
        self.b.terminate(self._called(call, self.place(assign.lhs), self._target(args[1]), span))

    def _tail_call(self, ref: thir.ExprRef, span: Span) -> None:
        call = _plain(mirror(self.b, ref))
        if not isinstance(call, thir.Call):
            raise _NotMir(span, "a `TailCall` of something that is no call")
        after = self.b.new_block()
        self.b.terminate(self._called(call, m.Place(m.RETURN_PLACE), after, span))
        self.b.terminate_at(after, m.Return(span))

    def _called(self, call: thir.Call, destination: m.Place, target: int, span: Span) -> m.Call:
        args = tuple(self.operand(a) for a in call.args)
        return m.Call(self.operand(call.fun), args, destination, target, span, call.fn_span)

    def _switch(self, expr: thir.Match) -> m.SwitchInt:
        scrutinee = _plain(mirror(self.b, expr.scrutinee))
        targets: list[tuple[int, int]] = []
        otherwise: int | None = None
        for arm in expr.arms:
            target = self._target(arm.body)
            values = _values(lower_pat(self.b.cx, arm.pat))
            if values is None:
                otherwise = target
                break
            targets += [(value, target) for value in values]
        if otherwise is None:
            otherwise = targets.pop()[1] if targets else 0
        return m.SwitchInt(self.operand(scrutinee), scrutinee.ty, tuple(targets), otherwise, expr.span)

    # ------------------------------------------------------------ names

    def _marker(self, expr: thir.Expr) -> tuple[str, tuple[thir.ExprRef, ...]]:
        """The function of ``core::intrinsics::mir`` that an expression calls ("" if none) and its arguments."""
        if isinstance(expr, thir.Call):
            fun = mirror(self.b, expr.fun)
            if isinstance(fun.ty, t.FnDefTy):
                parent = fun.ty.def_id.parent
                if parent is not None and parent.name == _MODULE and fun.ty.def_id.krate.name == "core":
                    return fun.ty.def_id.name, expr.args
        return "", ()

    def _target(self, ref: thir.ExprRef) -> m.BasicBlockId:
        expr = _plain(mirror(self.b, ref))
        name, args = self._marker(expr)
        if name == "ReturnTo":
            return self._target(args[0])
        if isinstance(expr, thir.Block) and expr.block.tail is not None and not expr.block.stmts:
            return self._target(expr.block.tail)
        found = self.names.get(expr.pat) if isinstance(expr, thir.VarRef) else None
        if found is None:
            raise _NotMir(expr.span, "something that is not the name of a block of `mir!`")
        return found

    def _number(self, ref: thir.ExprRef) -> int:
        expr = _plain(mirror(self.b, ref))
        if isinstance(expr, thir.Constant) and isinstance(expr.value, m.ScalarConst):
            return expr.value.bits
        raise _NotMir(expr.span, "a number that is not a literal in `mir!`")

    # ------------------------------------------------------------ places, operands, right sides

    def place(self, ref: thir.ExprRef) -> m.Place:
        expr = _plain(mirror(self.b, ref))
        if isinstance(expr, thir.VarRef) and expr.pat in self.b.vars:
            return m.Place(self.b.vars[expr.pat])
        if isinstance(expr, thir.Deref):
            return self._deref(expr)
        if isinstance(expr, thir.Field):
            return self.place(expr.lhs).project(m.Field(expr.index, expr.ty))
        if isinstance(expr, thir.Index):
            index = self.place(expr.index)
            return self.place(expr.lhs).project(m.Index(index.local))
        name, args = self._marker(expr)
        if name == "Field":
            return self.place(args[0]).project(m.Field(self._number(args[1]), expr.ty))
        if name == "Variant":
            return self._variant(args)
        raise _NotMir(expr.span, "this expression as a place of `mir!`")

    def _deref(self, expr: thir.Deref) -> m.Place:
        inner = _plain(mirror(self.b, expr.arg))
        name, args = self._marker(inner)
        if name == "__internal_make_place":
            return self.place(args[0])
        if isinstance(inner, thir.Constant) and isinstance(inner.value, m.StaticRef):
            temp = self.b.temp(inner.ty, inner.span)
            self.b.assign(temp, m.Use(m.Constant(inner.value, inner.span)), inner.span)
            return temp.project(m.Deref())
        return self.place(inner).project(m.Deref())

    def _variant(self, args: tuple[thir.ExprRef, ...]) -> m.Place:
        enum_ty = _plain(mirror(self.b, args[0])).ty
        index = self._number(args[1])
        variants = self.b.cx.variants(enum_ty.def_id) if isinstance(enum_ty, t.AdtTy) else ()
        name = variants[index].name if index < len(variants) else ""
        return self.place(args[0]).project(m.Downcast(index, name))

    def operand(self, ref: thir.ExprRef) -> m.Operand:
        expr = _plain(mirror(self.b, ref))
        if isinstance(expr, thir.Constant):
            return m.Constant(expr.value, expr.span)
        if isinstance(expr, thir.Tuple | thir.Adt) and not _fields(expr):
            return m.Constant(m.ZeroSizedConst(expr.ty), expr.span)
        name, args = self._marker(expr)
        if name == "Move":
            return m.Move(self.place(args[0]))
        if name in ("Static", "StaticMut"):
            return self._static(args[0], expr)
        return m.Copy(self.place(expr))

    def _static(self, ref: thir.ExprRef, expr: thir.Expr) -> m.Operand:
        static = _plain(mirror(self.b, ref))
        inner = _plain(mirror(self.b, static.arg)) if isinstance(static, thir.Deref) else static
        if isinstance(inner, thir.Constant) and isinstance(inner.value, m.StaticRef):
            return m.Constant(m.StaticRef(inner.value.def_id, expr.ty), expr.span)
        raise _NotMir(expr.span, "something that is no static in `mir!`")

    def rvalue(self, ref: thir.ExprRef) -> m.Rvalue:
        expr = _plain(mirror(self.b, ref))
        rule = _RVALUES.get(type(expr))
        if rule is not None:
            return rule(self, expr)
        name, args = self._marker(expr)
        if name == "Discriminant":
            return m.Discriminant(self.place(args[0]))
        if name == "Len":
            return m.Len(self.place(args[0]))
        if name == "CopyForDeref":
            return m.Use(m.Copy(self.place(args[0])))
        if name == "Offset":
            return m.BinaryOp(m.BinOp.OFFSET, self.operand(args[0]), self.operand(args[1]))
        if name == "PtrMetadata":
            return m.UnaryOp(m.UnOp.PTR_METADATA, self.operand(args[0]))
        if name in _CASTS:
            return m.Cast(_CASTS[name], self.operand(args[0]), expr.ty)
        if name == "Checked":
            return self._checked(_plain(mirror(self.b, args[0])))
        return m.Use(self.operand(expr))

    def _checked(self, expr: thir.Expr) -> m.Rvalue:
        if isinstance(expr, thir.Binary) and expr.op in _WITH_OVERFLOW:
            return m.BinaryOp(_WITH_OVERFLOW[expr.op], self.operand(expr.left), self.operand(expr.right))
        raise _NotMir(expr.span, "`Checked` of something other than `+`, `-` or `*`")

    def _adt(self, expr: thir.Adt) -> m.Rvalue:
        fields = sorted(expr.fields, key=lambda f: f[0])
        active = fields[0][0] if self.b.cx.is_union(expr.def_id) and fields else None
        kind = m.AggregateAdt(expr.def_id, expr.variant_index, expr.args, active)
        return m.Aggregate(kind, tuple(self.operand(value) for _, value in fields))


_CASTS: Final = {
    "CastTransmute": m.CastKind.TRANSMUTE,
    "CastPtrToPtr": m.CastKind.PTR_TO_PTR,
    "CastUnsize": m.CastKind.UNSIZE,
}


def _borrow(c: _Custom, e: thir.Borrow) -> m.Rvalue:
    kind = m.BorrowKind.MUT if e.kind is m.BorrowKind.TWO_PHASE_MUT else e.kind
    return m.Ref(t.ERASED, kind, c.place(e.arg))


def _raw_borrow(c: _Custom, e: thir.RawBorrow) -> m.Rvalue:
    return m.RawPtr(m.Mutability.MUT if e.mutable else m.Mutability.NOT, c.place(e.arg))


_RVALUES: Final[dict[type, Callable[[_Custom, Any], m.Rvalue]]] = {
    thir.Binary: lambda c, e: m.BinaryOp(e.op, c.operand(e.left), c.operand(e.right)),
    thir.Unary: lambda c, e: m.UnaryOp(e.op, c.operand(e.arg)),
    thir.Cast: lambda c, e: m.Cast(e.kind, c.operand(e.source), e.ty),
    thir.Borrow: _borrow,
    thir.RawBorrow: _raw_borrow,
    thir.Tuple: lambda c, e: m.Aggregate(m.AggregateTuple(), tuple(map(c.operand, e.elems))),
    thir.Array: lambda c, e: m.Aggregate(m.AggregateArray(e.elem), tuple(map(c.operand, e.elems))),
    thir.Repeat: lambda c, e: m.Repeat(c.operand(e.value), e.count),
    thir.Adt: _Custom._adt,
}


def _fields(expr: thir.Tuple | thir.Adt) -> tuple[Any, ...]:
    return expr.elems if isinstance(expr, thir.Tuple) else expr.fields


def _plain(expr: thir.Expr) -> thir.Expr:
    """Without wrappers that change nothing."""
    while isinstance(expr, thir.Use | thir.NeverToAny) and isinstance(expr.source, thir.Expr):
        expr = expr.source
    return expr


def _values(pat: Pat) -> list[int] | None:
    """The values a pattern of a ``match`` in ``mir!`` names; None for ``_``."""
    if isinstance(pat, WildPat):
        return None
    if isinstance(pat, OrPat):
        found = [_values(p) for p in pat.pats]
        return None if any(v is None for v in found) else [x for v in found if v for x in v]
    if isinstance(pat, ConstPat) and isinstance(pat.value, m.ScalarConst):
        return [pat.value.bits]
    raise _NotMir(pat.span, "this pattern in a `match` of `mir!`")
