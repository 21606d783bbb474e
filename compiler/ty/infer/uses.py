"""How a piece of a body uses places: rustc's ``ExprUseVisitor`` over HIR with inference results.

Every consumption of a place expression yields a :class:`Use`: "copy", "value" (moved), "ref" or "ref mut".
Adjustments count: an autoref'd receiver is a borrow. Matching a place inspects it ("ref" of what is tested; bindings
decide the rest).
"""

from __future__ import annotations

from collections.abc import Iterator

from compiler.base.dataclass import dataclass
from compiler.base.span import Span
from compiler.hir import nodes as h
from compiler.hir.def_id import DefKind
from compiler.ty import types as t
from compiler.ty.infer.context import FnCtxt
from compiler.ty.infer.pat import sub_patterns
from compiler.ty.results import BorrowAdjust, DerefAdjust, LocalRes


@dataclass(frozen=True, slots=True)
class Place:
    """A local and field / deref projections."""

    local: h.PatId
    projection: tuple[int | str, ...] = ()


@dataclass(slots=True)
class Use:
    """``tys[i]``: type after i projections of the place."""

    place: Place
    how: str
    span: Span
    tys: list[t.Ty]


@dataclass(slots=True)
class FakeRead:
    """A place that is matched on (not ``is_let``) or destructured, whatever its patterns look at."""

    place: Place
    is_let: bool
    span: Span
    tys: list[t.Ty]


@dataclass(slots=True)
class _Tracked:
    """A place expression with the types along it; None place: a temporary."""

    place: Place | None
    tys: list[t.Ty]
    element: t.Ty | None = None  # of a part behind an index or in a variant, its type: the place is the whole
    is_indexed: bool = False  # rustc takes the index for a call of ``Index::index``, which borrows the whole

    @property
    def ty(self) -> t.Ty:
        """The type of the expression."""
        return self.tys[-1] if self.element is None else self.element

    def project(self, elem: int | str, ty: t.Ty) -> _Tracked:
        if self.place is None:
            return self
        if self.element is not None:
            return _Tracked(self.place, self.tys, ty, self.is_indexed)
        return _Tracked(Place(self.place.local, (*self.place.projection, elem)), [*self.tys, ty])

    def part(self, ty: t.Ty, is_indexed: bool = False) -> _Tracked:
        """An element, or a field of one of several variants: what is captured is the whole."""
        return self if self.place is None else _Tracked(self.place, self.tys, ty, is_indexed or self.is_indexed)


TEMP = _Tracked(None, [])


def patterns_of(node: h.Expr) -> list[h.PatId]:
    """Root patterns of an expression itself."""
    match node:
        case h.Let(pat=pat):
            return [pat]
        case h.Match(arms=arms):
            return [arm.pat for arm in arms]
        case h.Closure(params=params):
            return [p.pat for p in params]
        case h.Block(stmts=stmts):
            return [s.pat for s in stmts if isinstance(s, h.LetStmt)]
    return []


class UseVisitor:
    """One walk; see :meth:`closure_uses`."""

    __slots__ = ("fake_reads", "fcx", "uses")

    def __init__(self, fcx: FnCtxt) -> None:
        self.fcx = fcx
        self.uses: list[Use] = []
        self.fake_reads: list[FakeRead] = []

    def closure_uses(self, node: h.Closure) -> list[Use]:
        """All uses of places in the closure's body, in evaluation order."""
        self.consume(node.body)
        return self.uses

    def patterns_in(self, root: h.ExprId) -> Iterator[h.PatId]:
        """Root patterns of everything declared inside an expression."""
        stack = [root]
        while stack:
            node = self.fcx.store.exprs[stack.pop()]
            yield from patterns_of(node)
            stack.extend(children(node))

    # -- uses

    def _note(self, tracked: _Tracked, how: str, expr: h.ExprId, at: int | None = None) -> None:
        """``at``: a place is used before what is evaluated inside it (its indices), as rustc's visitor has it."""
        if tracked.place is not None:
            how = "copy" if how == "value" and tracked.is_indexed else how
            use = Use(tracked.place, how, self.fcx.span(expr), tracked.tys)
            if how != "ref" and any(e == "*" and isinstance(tracked.tys[i], t.PtrTy) for i, e in _elems(tracked)):
                use.how = "ref"  # what a raw pointer points to is not the closure's to change or move
            self.uses.insert(len(self.uses) if at is None else at, use)

    def _fake_read(self, tracked: _Tracked, is_let: bool, expr: h.ExprId) -> None:
        if tracked.place is not None:
            self.fake_reads.append(FakeRead(tracked.place, is_let, self.fcx.span(expr), tracked.tys))

    def is_copy(self, ty: t.Ty) -> bool:
        from compiler.resolve.lang import lang_item
        from compiler.ty.traits.fulfill import evaluate

        trait = lang_item(self.fcx.db, "copy")
        return trait is None or evaluate(self.fcx.icx, t.TraitPredicate(t.TraitRef(trait, (ty,)))) is not False

    def consume(self, expr: h.ExprId) -> None:
        """The value of the expression is used."""
        adjusts = self.fcx.result.adjustments.get(expr, ())
        if any(isinstance(a, BorrowAdjust) for a in adjusts):
            self._adjusted_borrow(expr)
            return
        at = len(self.uses)
        tracked = self.place_of(expr)
        if tracked.place is not None:
            self._note(tracked, "copy" if self.is_copy(tracked.ty) else "value", expr, at)

    def _adjusted_borrow(self, expr: h.ExprId) -> None:
        at = len(self.uses)
        tracked = self._unadjusted(expr)
        for adjust in self.fcx.result.adjustments[expr]:
            if isinstance(adjust, DerefAdjust):
                if adjust.overloaded:
                    self._note(tracked, "ref mut" if adjust.overloaded == "DerefMut" else "ref", expr)
                    tracked = TEMP
                else:
                    tracked = tracked.project("*", adjust.target)
            elif isinstance(adjust, BorrowAdjust):
                self._note(tracked, "ref mut" if adjust.mutable else "ref", expr, at)
                return

    def _borrow(self, expr: h.ExprId, mutable: bool) -> None:
        at = len(self.uses)
        self._note(self.place_of(expr), "ref mut" if mutable else "ref", expr, at)

    def _operand(self, expr: h.ExprId) -> None:
        """The target of an overloaded ``op=``: borrowed mutably, by an adjustment or implicitly."""
        if any(isinstance(a, BorrowAdjust) for a in self.fcx.result.adjustments.get(expr, ())):
            self.consume(expr)
        else:
            self._borrow(expr, True)

    def place_of(self, expr: h.ExprId) -> _Tracked:
        """Evaluate as a place, with adjustments; noting uses inside (indices, derefs of temporaries)."""
        tracked = self._unadjusted(expr)
        for adjust in self.fcx.result.adjustments.get(expr, ()):
            if isinstance(adjust, DerefAdjust):
                if adjust.overloaded:
                    self._note(tracked, "ref mut" if adjust.overloaded == "DerefMut" else "ref", expr)
                    return TEMP
                tracked = tracked.project("*", adjust.target)
            elif isinstance(adjust, BorrowAdjust):
                self._note(tracked, "ref mut" if adjust.mutable else "ref", expr)
                return TEMP
        return tracked

    def _unadjusted(self, expr: h.ExprId) -> _Tracked:
        fcx = self.fcx
        node = fcx.store.exprs[expr]
        if isinstance(node, h.PathExpr):
            res = fcx.result.values.get(expr)
            if isinstance(res, LocalRes):
                return _Tracked(Place(res.pat), [fcx.resolve(fcx.result.binding_types.get(res.pat, t.ERROR))])
            return TEMP
        if isinstance(node, h.FieldAccess) and expr in fcx.result.fields:
            return self.place_of(node.base).project(fcx.result.fields[expr], fcx.resolve(fcx.result.expr_types[expr]))
        if isinstance(node, h.Unary) and node.op == "*" and expr not in fcx.result.methods:
            return self.place_of(node.expr).project("*", fcx.resolve(fcx.result.expr_types[expr]))
        if isinstance(node, h.Index) and expr not in fcx.result.methods:
            base = self.place_of(node.base)
            self.consume(node.index)
            return base.part(fcx.resolve(fcx.result.expr_types[expr]), True)
        self._walk(expr, node)
        return TEMP

    def _walk(self, expr: h.ExprId, node: h.Expr) -> None:
        fcx = self.fcx
        match node:
            case h.AddrOf():
                self._borrow(node.expr, node.mutable)
            case h.Assign():
                self.consume(node.value)
                self._borrow(node.target, True)
            case h.AssignOp():
                self.consume(node.value)
                if expr in fcx.result.methods:
                    self._operand(node.target)
                else:
                    self._borrow(node.target, True)
            case h.Match():
                self._match(node)
            case h.Let():
                scrutinee = self.place_of(node.expr)
                self._note(scrutinee, "ref", node.expr)
                self._fake_read(scrutinee, True, node.expr)
                self._pattern(node.pat, scrutinee, node.expr)
            case h.Block():
                for stmt in node.stmts:
                    self._stmt(stmt)
                if node.tail is not None:
                    self.consume(node.tail)
            case h.Closure():
                self._inner_closure(expr)
            case h.PtxAsm():
                for operand in node.operands:
                    if operand.kind == "in":
                        self.consume(operand.expr)
                    else:
                        self._note(self.place_of(operand.expr), "ref mut", operand.expr)
            case _:
                for child in children(node):
                    self.consume(child)

    def _stmt(self, stmt: h.Stmt) -> None:
        if isinstance(stmt, h.ExprStmt):
            self.consume(stmt.expr)
            return
        if stmt.init is not None:
            init = self.place_of(stmt.init)
            self._fake_read(init, stmt.else_branch is None, stmt.init)
            self._pattern(stmt.pat, init, stmt.init)
        if stmt.else_branch is not None:
            self.consume(stmt.else_branch)

    def _match(self, node: h.Match) -> None:
        scrutinee = self.place_of(node.scrutinee)
        self._fake_read(scrutinee, False, node.scrutinee)
        for arm in node.arms:
            self._pattern(arm.pat, scrutinee, node.scrutinee, arm.guard is not None)
            if arm.guard is not None:
                self.consume(arm.guard)
            self.consume(arm.body)

    def _pattern(self, pat: h.PatId, tracked: _Tracked, expr: h.ExprId, has_guard: bool = False) -> None:
        """Uses of a matched place: tests read it, bindings move, copy or borrow parts of it."""
        result, store = self.fcx.result, self.fcx.store
        if tracked.place is None:
            return
        for _ in result.pat_adjustments.get(pat, ()):
            inner = self.fcx.icx.shallow(tracked.ty)
            tracked = tracked.project("*", inner.ty if isinstance(inner, t.RefTy) else t.ERROR)
        node = store.pats[pat]
        if pat in result.binding_modes and isinstance(node, h.BindPat) and pat in result.binding_types:
            mode = result.binding_modes[pat]
            ty = tracked.ty
            if has_guard:
                self._note(tracked, "ref", expr)
            self._note(tracked, mode if mode != "move" else "copy" if self.is_copy(ty) else "value", expr)
        elif isinstance(node, h.WildPat | h.RestPat):
            return
        elif self._looks(pat, node, tracked):
            self._note(tracked, "ref", expr)
        for sub, elem in self._sub_places(pat, node):
            sub_ty = self.fcx.resolve(result.pat_types.get(sub, t.ERROR))
            is_same = elem is None and isinstance(node, h.OrPat | h.BindPat)
            below = tracked if is_same else tracked.part(sub_ty) if elem is None else tracked.project(elem, sub_ty)
            self._pattern(sub, below, expr, has_guard)

    def _looks(self, pat: h.PatId, node: h.Pat, tracked: _Tracked) -> bool:
        """The pattern reads the place itself: a discriminant, a value, a length."""
        if isinstance(node, h.SlicePat):
            is_rest = len(node.pats) == 1 and isinstance(self.fcx.store.pats[node.pats[0]], h.RestPat)
            return not is_rest and not isinstance(self.fcx.icx.shallow(tracked.ty), t.ArrayTy)
        return not isinstance(node, h.TuplePat | h.RefPat | h.OrPat) and not self._is_only_variant(pat)

    def _is_only_variant(self, pat: h.PatId) -> bool:
        """A pattern of a struct, or of an enum without other variants: nothing is looked at to know that it fits."""
        from compiler.ty.adt import adt_def

        variant = self.fcx.result.pat_variants.get(pat)
        if variant is None or variant.kind is DefKind.STRUCT or variant.parent is None:
            return variant is not None
        return variant.kind is DefKind.VARIANT and len(adt_def(self.fcx.db, variant.parent).variants) == 1

    def _sub_places(self, pat: h.PatId, node: h.Pat) -> Iterator[tuple[h.PatId, int | str | None]]:
        from compiler.ty.adt import variant_of

        if isinstance(node, h.TuplePat):
            ty = self.fcx.resolve(self.fcx.result.pat_types.get(pat, t.ERROR))
            while isinstance(ty, t.RefTy):
                ty = ty.ty
            yield from self._positions(node.pats, len(ty.elems) if isinstance(ty, t.TupleTy) else len(node.pats))
        elif isinstance(node, h.RefPat):
            yield node.pat, "*"
        elif isinstance(node, h.TupleStructPat) and self._is_only_variant(pat):
            n_fields = len(variant_of(self.fcx.db, self.fcx.result.pat_variants[pat]).fields)
            yield from self._positions(node.pats, n_fields)
        elif isinstance(node, h.RecordPat) and self._is_only_variant(pat):
            names = [f.name for f in variant_of(self.fcx.db, self.fcx.result.pat_variants[pat]).fields]
            yield from (
                (f.pat, names.index(h.strip_mark(f.name))) for f in node.fields if h.strip_mark(f.name) in names
            )
        else:
            yield from ((p, None) for p in sub_patterns(node))

    def _positions(self, pats: tuple[h.PatId, ...], n_fields: int) -> Iterator[tuple[h.PatId, int]]:
        """Patterns by position with the field each is for; those after ``..`` are counted from the end."""
        skipped = 0
        for i, pat in enumerate(pats):
            if isinstance(self.fcx.store.pats[pat], h.RestPat):
                skipped = n_fields - len(pats)
            else:
                yield pat, i + skipped

    def _inner_closure(self, expr: h.ExprId) -> None:
        facts = self.fcx.result.closures.get(expr)
        for capture in facts.captures if facts is not None else ():
            tys = self._types_along(capture.local, capture.projection)
            how = capture.by if capture.by != "value" or not self.is_copy(capture.ty) else "copy"
            self.uses.append(Use(Place(capture.local, capture.projection), how, capture.span, tys))
        for read in facts.fake_reads if facts is not None else ():
            tys = self._types_along(read.local, read.projection)
            self.fake_reads.append(FakeRead(Place(read.local, read.projection), read.is_let, read.span, tys))

    def _types_along(self, local: h.PatId, projection: tuple[int | str, ...]) -> list[t.Ty]:
        from compiler.ty.adt import variant_of

        tys = [self.fcx.resolve(self.fcx.result.binding_types.get(local, t.ERROR))]
        for elem in projection:
            ty = self.fcx.icx.shallow(tys[-1])
            if elem == "*":
                tys.append(ty.ty if isinstance(ty, t.RefTy | t.PtrTy) else t.ERROR)
            elif isinstance(ty, t.TupleTy):
                tys.append(ty.elems[int(elem)])
            elif isinstance(ty, t.AdtTy):
                tys.append(self.fcx.instantiate(variant_of(self.fcx.db, ty.def_id).fields[int(elem)].ty, ty.args))
            else:
                tys.append(t.ERROR)
        return tys


def _elems(tracked: _Tracked) -> Iterator[tuple[int, int | str]]:
    assert tracked.place is not None
    return enumerate(tracked.place.projection)


def children(node: h.Expr) -> list[h.ExprId]:
    """Direct sub-expressions in evaluation order."""
    match node:
        case h.Call():
            return [node.callee, *node.args]
        case h.MethodCall():
            return [node.receiver, *node.args]
        case h.FieldAccess():
            return [node.base]
        case h.Index():
            return [node.base, node.index]
        case h.Unary() | h.AddrOf() | h.Cast() | h.Let():
            return [node.expr]
        case h.Binary():
            return [node.left, node.right]
        case h.Assign() | h.AssignOp():
            return [node.target, node.value]
        case h.Block():
            return _block_children(node)
        case h.If():
            return [node.cond, node.then_branch, *([node.else_branch] if node.else_branch is not None else [])]
        case h.Match():
            return [node.scrutinee, *(e for arm in node.arms for e in (arm.guard, arm.body) if e is not None)]
        case h.Loop() | h.Closure():
            return [node.body]
        case h.Break() | h.Return():
            return [node.expr] if node.expr is not None else []
        case h.Tuple() | h.Array():
            return list(node.elems)
        case h.Repeat():
            return [node.elem]
        case h.RecordLit():
            return [f.expr for f in node.fields] + ([node.base] if node.base is not None else [])
        case h.PtxAsm():
            return [o.expr for o in node.operands]
        case h.Printf():
            return list(node.args)
        case h.UnsupportedExpr():
            return list(node.children)
    return []


def _block_children(node: h.Block) -> list[h.ExprId]:
    out: list[h.ExprId] = []
    for stmt in node.stmts:
        if isinstance(stmt, h.ExprStmt):
            out.append(stmt.expr)
        else:
            out.extend(e for e in (stmt.init, stmt.else_branch) if e is not None)
    if node.tail is not None:
        out.append(node.tail)
    return out
