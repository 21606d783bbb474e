"""Coercions: the implicit conversions at coercion sites, and merging the types of branches.

Rules (Rust reference, "Type coercions"): never to any; reborrow and autoderef of references; ``&mut T`` to ``&T``;
references to raw pointers; ``*mut`` to ``*const``; unsizing arrays to slices and values to
trait objects behind a pointer; function items and
capture-less closures to fn pointers. Each success records adjustments on the expression.

``CoerceMany`` merges the values of ``if``/``match`` arms, array elements, ``break`` and ``return`` into one type
(rustc's LUB rules).
"""

from __future__ import annotations

from compiler.base.span import Span
from compiler.hir import nodes as h
from compiler.resolve.lang import lang_item
from compiler.ty import types as t
from compiler.ty.autoderef import steps
from compiler.ty.infer.context import FnCtxt
from compiler.ty.infer.errors import MismatchedTypes, shown
from compiler.ty.infer.unsize import unify_unsized
from compiler.ty.results import Adjust, BorrowAdjust, DerefAdjust, LocalRes, NeverToAny, PointerAdjust
from compiler.ty.traits.object import object_bounds, object_predicates

POINTERS = (t.RefTy, t.PtrTy)


def coerce_to(
    fcx: FnCtxt, expr: h.ExprId, found: t.Ty, expected: t.Ty, because: tuple[Span, str] | None = None
) -> t.Ty:
    """Demand that the expression's value fits; reports E0308."""
    adjusts = try_coerce(fcx, expr, found, expected)
    if adjusts is not None:
        if adjusts:
            fcx.adjust(expr, *adjusts)
        return expected
    report_mismatch(fcx, expr, expected, found, because)
    return expected


def report_mismatch(
    fcx: FnCtxt,
    expr: h.ExprId,
    expected: t.Ty,
    found: t.Ty,
    because: tuple[Span, str] | None = None,
    is_branch: bool = False,
) -> None:
    """E0308 at the expression's value (the tail of a block is what does not fit), with a fix where one is obvious.
    ``is_branch``: it does not fit the other branches; then a block without tail is blamed for its last statement."""
    expected, found = fcx.resolve(expected), fcx.resolve(found)
    if (expected.flags | found.flags) & t.HAS_ERROR or _is_wrong_closure(fcx, found):
        fcx.result.tainted = True
        return
    at = expr
    while isinstance(node := fcx.store.exprs[at], h.Block) and node.tail is not None and node.label is None:
        at = node.tail
    span = fcx.span(at)
    if is_branch and isinstance(node, h.Block) and node.stmts and node.label is None:
        last = node.stmts[-1]
        span = last.span if isinstance(last, h.LetStmt) else fcx.span(last.expr)
    fcx.error(MismatchedTypes(span, shown(expected), shown(found), because, _suggest(fcx, at, expected, found)))


def _is_wrong_closure(fcx: FnCtxt, ty: t.Ty) -> bool:
    state = fcx.closures.get(ty.def_id) if isinstance(ty, t.ClosureTy) else None
    return state is not None and bool(fcx.resolve(state.sig).flags & t.HAS_ERROR)


def _suggest(fcx: FnCtxt, expr: h.ExprId, expected: t.Ty, found: t.Ty) -> tuple[str, Span, str] | None:
    span = fcx.span(expr)
    before, after = Span(span.start, span.start), Span(span.end, span.end)
    if isinstance(expected, t.RefTy) and expected.ty is found:
        return ("consider borrowing here", before, "&mut " if expected.mutable else "&")
    if isinstance(found, t.RefTy) and found.ty is expected:
        return ("consider dereferencing the borrow", before, "*")
    numeric = (t.IntTy, t.FloatTy)
    if isinstance(expected, numeric) and isinstance(found, numeric):
        plain = isinstance(
            fcx.store.exprs[expr], h.PathExpr | h.MethodCall | h.Call | h.FieldAccess | h.Index | h.Literal
        )
        if plain:
            return (f"convert with `as {expected.name}`", after, f" as {expected.name}")
    return None


def try_coerce(fcx: FnCtxt, expr: h.ExprId | None, found: t.Ty, expected: t.Ty) -> tuple[Adjust, ...] | None:
    """Adjustments that turn ``found`` into ``expected``, or None. ``expr`` None: two-way merge, nothing is recorded."""
    icx = fcx.icx
    found = fcx.head(found)
    expected = icx.shallow(expected)
    if found is t.never:
        if type(expected) is t.InferTy and expected.kind == "ty":
            return (NeverToAny(expected),)
        return () if expected is t.never else (NeverToAny(expected),)
    if type(found) is t.InferTy and found.kind == "ty":
        return () if icx.unify(found, expected) else None
    if type(expected) is t.AliasTy:
        expected = fcx.head(expected)
    rule = _COERCE_FROM.get(type(found))
    if expr in fcx.settled and found is expected and not found.mutable:  # type: ignore[attr-defined]
        return ()  # its parts were reborrowed for this very place: the types are equal, lifetimes included
    if rule is not None and type(expected) is not t.InferTy:
        adjusts = icx.attempt(lambda: rule(fcx, found, expected))
        if adjusts is not None:
            _object_obligations(fcx, expr, adjusts)
            return adjusts
    mark = icx.snapshot()
    if icx.unify(found, expected):
        return ()
    icx.rollback_to(mark)
    return None


def _from_ref(fcx: FnCtxt, found: t.Ty, expected: t.Ty) -> tuple[Adjust, ...] | None:
    assert isinstance(found, t.RefTy)
    if isinstance(expected, t.PtrTy):
        return _ref_to_ptr(fcx, found, expected)
    if not isinstance(expected, t.RefTy) or (expected.mutable and not found.mutable):
        return None
    unsized = _unsize_ref(fcx, found, expected.ty, expected.mutable)
    if unsized is not None:
        return unsized
    icx = fcx.icx
    for step in steps(icx, found, unsize=False)[1:]:
        mark = icx.snapshot()
        if not icx.unify(step.ty, expected.ty):
            icx.rollback_to(mark)
            continue
        derefs = deref_adjusts(step.derefs, step.overloaded, expected.mutable)
        return (*derefs, BorrowAdjust(t.RefTy(t.ERASED, step.ty, expected.mutable), expected.mutable, two_phase=False))
    return None


def deref_adjusts(derefs: tuple[t.Ty, ...], overloaded: tuple[bool, ...], mutable: bool) -> tuple[Adjust, ...]:
    """DerefAdjusts for autoderef steps; overloaded ones take ``DerefMut`` when the place is mutated."""
    how = "DerefMut" if mutable else "Deref"
    return tuple(DerefAdjust(ty, how if o else None) for ty, o in zip(derefs, overloaded, strict=True))


def _unsize_ref(fcx: FnCtxt, found: t.RefTy, target: t.Ty, mutable: bool) -> tuple[Adjust, ...] | None:
    """``&[T; N]`` to ``&[T]``, also behind struct tails; ``&T`` to ``&dyn Trait``."""
    inner, target = fcx.head(found.ty), fcx.icx.shallow(target)
    if isinstance(target, t.DynTy):
        return _unsize_to_dyn(fcx, inner, target, mutable)
    mark = fcx.icx.snapshot()
    if not unify_unsized(fcx, inner, target):
        fcx.icx.rollback_to(mark)
        return None
    return (
        DerefAdjust(inner),
        BorrowAdjust(t.RefTy(t.ERASED, inner, mutable), mutable),
        PointerAdjust(t.RefTy(t.ERASED, target, mutable), "Unsize"),
    )


def _unsize_to_dyn(fcx: FnCtxt, inner: t.Ty, target: t.DynTy, mutable: bool) -> tuple[Adjust, ...] | None:
    """``&inner`` becomes the object; :func:`try_coerce` demands that ``inner`` implements the traits."""
    if isinstance(inner, t.InferTy) and inner.kind == "ty":
        return None
    if isinstance(inner, t.DynTy) and not _is_upcast(fcx, inner, target):
        return None
    return (
        DerefAdjust(inner),
        BorrowAdjust(t.RefTy(t.ERASED, inner, mutable), mutable),
        PointerAdjust(t.RefTy(t.ERASED, target, mutable), "Unsize"),
    )


def _is_upcast(fcx: FnCtxt, inner: t.DynTy, target: t.DynTy) -> bool:
    """``dyn Sub`` to ``dyn Super``, ``dyn A + Send`` to ``dyn A``, ``dyn A`` to one that lives shorter."""
    known = [p for p in object_predicates(fcx.db, fcx.icx.resolve(inner)) if isinstance(p, t.TraitPredicate)]
    return all(
        any(p.trait_ref.def_id is trait and fcx.icx.unify_args(p.trait_ref.args[1:], args) for p in known)
        for trait, args in target.bounds
    )


def _object_obligations(fcx: FnCtxt, expr: h.ExprId | None, adjusts: tuple[Adjust, ...]) -> None:
    """What unsizing to an object asks of the type behind the pointer."""
    if not adjusts or not isinstance(adjusts[-1], PointerAdjust) or adjusts[-1].cast != "Unsize":
        return
    target = adjusts[-1].target
    if not isinstance(target, POINTERS) or not isinstance(target.ty, t.DynTy) or len(adjusts) < 2:
        return
    borrow, sized = adjusts[-2], lang_item(fcx.db, "sized")
    source = borrow.target.ty if isinstance(borrow, BorrowAdjust) and isinstance(borrow.target, POINTERS) else None
    if source is None or isinstance(source, t.DynTy):
        return
    wanted = object_bounds(target.ty, source)
    if sized is not None:
        wanted.append(t.TraitPredicate(t.TraitRef(sized, (source,))))
    for predicate in wanted:
        fcx.icx.register(predicate, expr)


def _ref_to_ptr(fcx: FnCtxt, found: t.RefTy, expected: t.PtrTy) -> tuple[Adjust, ...] | None:
    if expected.mutable and not found.mutable:
        return None
    inner, target = fcx.head(found.ty), fcx.icx.shallow(expected.ty)
    borrow = BorrowAdjust(t.PtrTy(inner, expected.mutable), expected.mutable, raw=True)
    unsize = PointerAdjust(t.PtrTy(target, expected.mutable), "Unsize")
    if isinstance(target, t.DynTy) and _unsize_to_dyn(fcx, inner, target, expected.mutable) is not None:
        return (DerefAdjust(inner), borrow, unsize)
    mark = fcx.icx.snapshot()
    if unify_unsized(fcx, inner, target):
        return (DerefAdjust(inner), borrow, unsize)
    fcx.icx.rollback_to(mark)
    return (DerefAdjust(inner), borrow) if fcx.icx.unify(inner, target) else None


def _from_ptr(fcx: FnCtxt, found: t.Ty, expected: t.Ty) -> tuple[Adjust, ...] | None:
    assert isinstance(found, t.PtrTy)
    if not isinstance(expected, t.PtrTy) or (expected.mutable and not found.mutable):
        return None
    pointee = fcx.head(found.ty)
    mark = fcx.icx.snapshot()
    if unify_unsized(fcx, pointee, expected.ty):
        return (PointerAdjust(t.PtrTy(fcx.icx.shallow(expected.ty), expected.mutable), "Unsize"),)
    fcx.icx.rollback_to(mark)
    if found.mutable and not expected.mutable and fcx.icx.unify(found.ty, expected.ty):
        return (PointerAdjust(t.PtrTy(found.ty, False), "MutToConstPointer"),)
    return None


def _from_fn_def(fcx: FnCtxt, found: t.Ty, expected: t.Ty) -> tuple[Adjust, ...] | None:
    from compiler.ty.traits.builtin import callable_sig

    if not isinstance(expected, t.FnPtrTy):
        return None
    sig = callable_sig(fcx.icx, found)
    if sig is None:
        return None
    sig = fcx.icx.normalize(sig)
    if sig.is_unsafe != expected.is_unsafe and expected.is_unsafe:
        safe = t.FnPtrTy(sig.inputs, sig.output, True, sig.abi)
        if fcx.icx.unify(safe, expected):
            return (PointerAdjust(sig, "ReifyFnPointer"), PointerAdjust(safe, "UnsafeFnPointer"))
        return None
    return (PointerAdjust(sig, "ReifyFnPointer"),) if fcx.icx.unify(sig, expected) else None


def _from_closure(fcx: FnCtxt, found: t.Ty, expected: t.Ty) -> tuple[Adjust, ...] | None:
    from compiler.ty.traits.builtin import callable_sig

    if not isinstance(expected, t.FnPtrTy) or _names_outer(fcx, found):
        return None
    sig = callable_sig(fcx.icx, found)
    if sig is not None and fcx.icx.unify(t.FnPtrTy(sig.inputs, sig.output, expected.is_unsafe, expected.abi), expected):
        return (PointerAdjust(expected, "ClosureFnPointer"),)
    return None


def _declared_ty(fcx: FnCtxt, expr: h.ExprId) -> t.Ty | None:
    """The type of a parameter or a part of one as the signature has it, with its lifetimes; None of anything else."""
    from compiler.ty.adt import variant_of
    from compiler.ty.collect import fn_sig

    node, res = fcx.store.exprs[expr], fcx.result.values.get(expr)
    if isinstance(res, LocalRes):
        params, inputs = list(fcx.body.params), fn_sig(fcx.db, fcx.owner).inputs
        index = params.index(res.pat) if res.pat in params else len(inputs)
        found: t.Ty | None = inputs[index] if index < len(inputs) else None
        return found
    if expr in fcx.result.methods:
        return None
    if isinstance(node, h.Unary) and node.op == "*":
        pointer = _declared_ty(fcx, node.expr)
        return pointer.ty if isinstance(pointer, t.RefTy) else None
    if not isinstance(node, h.FieldAccess | h.Index):
        return None
    base = _declared_ty(fcx, node.base)
    while isinstance(base, t.RefTy):
        base = base.ty
    if isinstance(node, h.Index):
        return base.ty if isinstance(base, t.ArrayTy | t.SliceTy) else None
    field = fcx.result.fields.get(expr)
    if field is None or not isinstance(base, t.AdtTy | t.TupleTy):
        return None
    if isinstance(base, t.TupleTy):
        return base.elems[field]
    made: t.Ty = t.subst(variant_of(fcx.db, base.def_id).fields[field].ty, base.args)
    return made


def _names_outer(fcx: FnCtxt, ty: t.Ty) -> bool:
    """A closure that mentions a variable around it, captured or not, is no function."""
    if not isinstance(ty, t.ClosureTy):
        return False
    state = fcx.closures.get(ty.def_id)
    return state is not None and state.mentions_outer


def _from_fn_ptr(fcx: FnCtxt, found: t.Ty, expected: t.Ty) -> tuple[Adjust, ...] | None:
    assert isinstance(found, t.FnPtrTy)
    if isinstance(expected, t.FnPtrTy) and expected.is_unsafe and not found.is_unsafe:
        made = t.FnPtrTy(found.inputs, found.output, True, found.abi)
        return (PointerAdjust(made, "UnsafeFnPointer"),) if fcx.icx.unify(made, expected) else None
    return None


_COERCE_FROM = {
    t.RefTy: _from_ref,
    t.PtrTy: _from_ptr,
    t.FnDefTy: _from_fn_def,
    t.ClosureTy: _from_closure,
    t.FnPtrTy: _from_fn_ptr,
}


def _readjusted(adjusts: tuple[Adjust, ...], further: tuple[Adjust, ...], ty: t.Ty) -> tuple[Adjust, ...] | None:
    """``further`` (to ``ty``) after ``adjusts``; None where that would be more than a reborrow before it."""
    if not adjusts:
        return further
    if len(adjusts) == 1 and isinstance(adjusts[0], NeverToAny):
        return (NeverToAny(ty),)
    if len(adjusts) != 2 or not further or not isinstance(further[0], DerefAdjust):
        return None
    deref, borrow = adjusts
    if isinstance(deref, DerefAdjust) and deref.overloaded is None and isinstance(borrow, BorrowAdjust):
        return None if borrow.raw else further  # a reborrow has no effect before a dereference
    return None


class CoerceMany:
    """Merges several values into one type. ``expected``: the type demanded from outside, if known. ``is_exact``: the
    merged lifetimes are the first value's, nothing was merged with them."""

    __slots__ = ("because", "expected", "exprs", "final", "is_exact", "merged")

    def __init__(self, expected: t.Ty | None, because: tuple[Span, str] | None = None) -> None:
        self.expected = expected
        self.merged: t.Ty | None = None
        self.exprs: list[h.ExprId] = []
        self.because = because
        self.final: t.Ty | None = None
        self.is_exact = True

    def add(self, fcx: FnCtxt, expr: h.ExprId, ty: t.Ty) -> None:
        """Merge one more value."""
        ty = fcx.head(ty)
        if self.merged is t.ERROR:
            if self._settles_itself(fcx, expr) and ty is not t.never:  # else only the first misfit is told of
                coerce_to(fcx, expr, ty, self.expected, self.because)  # type: ignore[arg-type]
        elif self.merged is None or fcx.icx.shallow(self.merged) is t.never:
            self._first(fcx, expr, ty)
        else:
            self._further(fcx, expr, ty)
        self.exprs.append(expr)

    def add_unit(self, fcx: FnCtxt, span: Span, note: str = "") -> None:
        """A value-less ``break``/``return`` or missing ``else``."""
        if self.merged is t.ERROR:
            return
        target = (
            self.merged if self.merged is not None and fcx.icx.shallow(self.merged) is not t.never else self.expected
        )
        if target is None:
            self.merged = t.UNIT
            return
        if not fcx.icx.unify(target, t.UNIT):
            expected = fcx.resolve(target)
            if not expected.flags & t.HAS_ERROR:
                fcx.error(MismatchedTypes(span, shown(expected), "()", self.because))
            self.merged = t.ERROR
            return
        self.merged = self.merged if self.merged is not None and self.merged is not t.never else t.UNIT

    def _first(self, fcx: FnCtxt, expr: h.ExprId, ty: t.Ty) -> None:
        earlier = list(self.exprs)
        if self.expected is not None and ty is not t.never:
            expected = fcx.icx.shallow(self.expected)
            if type(expected) is not t.InferTy or type(ty) is not t.FnDefTy:
                adjusts = try_coerce(fcx, expr, ty, expected)
                if adjusts is None:
                    report_mismatch(fcx, expr, expected, ty, self.because)
                elif adjusts:
                    fcx.adjust(expr, *adjusts)
                self.merged = t.ERROR if adjusts is None else expected
            else:
                self.merged = ty
        else:
            self.merged = ty
        if self.merged is not t.never:
            for other in earlier:
                fcx.adjust(other, NeverToAny(self.merged))

    def _further(self, fcx: FnCtxt, expr: h.ExprId, ty: t.Ty) -> None:
        assert self.merged is not None
        merged = fcx.icx.shallow(self.merged)
        if isinstance(merged, t.FnDefTy | t.ClosureTy) and isinstance(ty, t.FnDefTy | t.ClosureTy) and merged is not ty:
            if self._reify(fcx, expr, ty, merged):
                return
        if ty is merged and self.is_exact and (expr in fcx.settled or self._is_argument_returned(fcx, expr, ty)):
            return  # of the very type: a later value is not reborrowed again, as in rustc
        self.is_exact = False
        fcx.settled.discard(expr)
        adjusts = try_coerce(fcx, expr, ty, merged)
        if adjusts is not None:
            if adjusts:
                fcx.adjust(expr, *adjusts)
        elif not self._earlier_as(fcx, expr, ty, merged):
            report_mismatch(fcx, expr, merged, ty, self.because, is_branch=self.expected is None)
            self.merged = t.ERROR

    def _earlier_as(self, fcx: FnCtxt, expr: h.ExprId, ty: t.Ty, merged: t.Ty) -> bool:
        """The other way round: the earlier values become what the new one is, where each was at most reborrowed."""
        if self._settles_itself(fcx, expr):
            return False
        mark = fcx.icx.snapshot()
        further = try_coerce(fcx, self.exprs[0] if self.exprs else None, merged, ty)
        if further is None:
            return False
        before = [fcx.result.adjustments.get(e, ()) for e in self.exprs]
        after = [_readjusted(adjusts, further, ty) for adjusts in before]
        if any(adjusts is None for adjusts in after):
            fcx.icx.rollback_to(mark)
            return False
        for e, adjusts in zip(self.exprs, after, strict=True):
            fcx.result.adjustments[e] = ()
            fcx.adjust(e, *(adjusts or ()))
        self.merged = ty
        return True

    def _settles_itself(self, fcx: FnCtxt, expr: h.ExprId) -> bool:
        """A block's tail must be what is expected of the block; other values may agree on another type, and then the
        whole does not fit."""
        node = fcx.store.exprs[expr]
        if not isinstance(node, h.Block) or node.label is not None or self.expected is None:
            return False
        return type(fcx.icx.shallow(self.expected)) is not t.InferTy

    def _is_argument_returned(self, fcx: FnCtxt, expr: h.ExprId, ty: t.Ty) -> bool:
        """``return v;`` or ``return v.part[0];`` with ``v`` a parameter: what is returned is of the function's result
        type, lifetimes included.
        """
        from compiler.ty.collect import fn_sig

        if self is not fcx.return_coerce or not isinstance(ty, t.RefTy) or not ty.mutable or fcx.open_closures:
            return False
        return _declared_ty(fcx, expr) is fn_sig(fcx.db, fcx.owner).output

    def _reify(self, fcx: FnCtxt, expr: h.ExprId, ty: t.Ty, merged: t.Ty) -> bool:
        from compiler.ty.traits.builtin import callable_sig

        a, b = callable_sig(fcx.icx, merged), callable_sig(fcx.icx, ty)
        if a is None or b is None or fcx.icx.probe(lambda: fcx.icx.unify(merged, ty)):
            return False
        if _names_outer(fcx, merged) or _names_outer(fcx, ty):
            return False
        a, b = fcx.icx.normalize(a), fcx.icx.normalize(b)
        is_unsafe = a.is_unsafe or b.is_unsafe
        made = t.FnPtrTy(a.inputs, a.output, is_unsafe, a.abi)
        if not fcx.icx.unify(made, t.FnPtrTy(b.inputs, b.output, is_unsafe, b.abi)):
            return False
        for e, was, sig in [(e, merged, a) for e in self.exprs] + [(expr, ty, b)]:
            if isinstance(was, t.ClosureTy):
                fcx.adjust(e, PointerAdjust(made, "ClosureFnPointer"))
            elif sig.is_unsafe == is_unsafe:
                fcx.adjust(e, PointerAdjust(made, "ReifyFnPointer"))
            else:
                fcx.adjust(e, PointerAdjust(sig, "ReifyFnPointer"), PointerAdjust(made, "UnsafeFnPointer"))
        self.merged = made
        return True

    def complete(self, fcx: FnCtxt) -> t.Ty:
        """The merged type: ``!`` when nothing was added."""
        return t.never if self.merged is None else self.merged

    def finish(self, fcx: FnCtxt, whole: h.ExprId) -> t.Ty:
        """The merged type, which must be what is expected of the whole; the first value decides what is still open."""
        made = self.complete(fcx)
        if self.expected is None or made is t.ERROR or made is t.never or fcx.icx.unify(self.expected, made):
            return made
        expected, found = fcx.resolve(self.expected), fcx.resolve(made)
        if (expected.flags | found.flags) & t.HAS_ERROR:
            fcx.result.tainted = True
        else:
            fcx.error(MismatchedTypes(fcx.span(whole), shown(expected), shown(found), self.because))
        return self.expected
