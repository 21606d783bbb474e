"""The end of inference: fallbacks, leftover obligations, deferred checks, and resolving every recorded type.

Integer variables fall back to ``i32``, float ones to ``f64``. What is still unknown then is E0282 once, and ``ERROR``
in the result.
"""

from __future__ import annotations

import dataclasses
from typing import Any

from compiler.base.span import Span
from compiler.hir import nodes as h
from compiler.ty import types as t
from compiler.ty.infcx import Obligation
from compiler.ty.infer.cast import finish_casts
from compiler.ty.infer.closure import FN_LANGS
from compiler.ty.infer.context import FnCtxt
from compiler.ty.infer.errors import Coded, Fault, NeedsAnnotation, ProjectionMismatch, UnsatisfiedBound, shown
from compiler.ty.infer.op import COMPARISON, finish_operators
from compiler.ty.infer.transmutes import check_transmutes
from compiler.ty.infer.upvar import analyze_closures, check_infinite_closures
from compiler.ty.overflow import Endless, requirement, told_at_an_impl
from compiler.ty.results import (
    BorrowAdjust,
    ClosureFacts,
    ConstParamRes,
    DefRes,
    DerefAdjust,
    NeverToAny,
    PointerAdjust,
    SelfCtorRes,
)
from compiler.ty.sketches import mentions_sketch
from compiler.ty.traits.builtin import callable_sig
from compiler.ty.traits.project import trait_ref_of


def finish(fcx: FnCtxt) -> None:
    """Everything after the last expression."""
    icx = fcx.icx
    icx.select_where_possible()
    _fallback(fcx)
    icx.select_where_possible()
    finish_casts(fcx)
    finish_operators(fcx)
    analyze_closures(fcx)
    icx.select_where_possible()
    _check_closure_kinds(fcx)
    _resolve_all(fcx)
    check_infinite_closures(fcx)
    check_transmutes(fcx)
    _report_obligations(fcx)
    if icx.overflow is None:
        _report_ambiguity(fcx)


def _fallback(fcx: FnCtxt) -> None:
    icx = fcx.icx
    narrow = _made_into_f32(fcx)
    for index, bound in enumerate(list(icx.ty_vars)):
        if bound is not None:
            continue
        for kind, default in (("int", t.i32), ("float", t.f64)):
            var = t.InferTy(index, kind)
            if var in fcx.icx.literal_vars:
                icx.unify(var, t.f32 if var in narrow else default)
    icx.select_where_possible()
    # What only diverging expressions gave a type to is `()`: the value of `Err(e)?;`.
    for adjusts in list(fcx.result.adjustments.values()):
        for a in adjusts:
            if isinstance(a, NeverToAny):
                target = icx.shallow(a.target)
                if type(target) is t.InferTy and target.kind == "ty":
                    icx.unify(target, t.UNIT)


def _made_into_f32(fcx: FnCtxt) -> set[t.Ty]:
    """Float literals that must convert into `f32` are `f32`, as in rustc: `f32::from(1.5)`."""
    icx = fcx.icx
    refs = [o.predicate.trait_ref for o in icx.pending if isinstance(o.predicate, t.TraitPredicate)]
    made = [icx.resolve_args(r.args) for r in refs if r.def_id.name == "From" and r.def_id.krate.name == "core"]
    return {args[1] for args in made if args[0] is t.f32 and type(args[1]) is t.InferTy and args[1].kind == "float"}


def _check_closure_kinds(fcx: FnCtxt) -> None:
    """Fn bounds that were accepted before the kind of a closure was known (E0525)."""
    from compiler.resolve.lang import lang_name_of

    rank = {"Fn": 0, "FnMut": 1, "FnOnce": 2}
    lang_kind = {"fn": "Fn", "fn_mut": "FnMut"}
    for expr, res in list(fcx.result.methods.items()) + list(fcx.result.values.items()):
        if not isinstance(res, DefRes):
            continue
        from compiler.ty.collect import predicates_of

        for p in predicates_of(fcx.db, res.def_id):
            if not isinstance(p, t.TraitPredicate):
                continue
            wanted = lang_kind.get(lang_name_of(fcx.db, p.trait_ref.def_id) or "")
            if wanted is None:
                continue
            subject = fcx.resolve(t.subst(p.trait_ref.self_ty, res.args))
            state = fcx.closures.get(subject.def_id) if isinstance(subject, t.ClosureTy) else None
            if state is not None and state.kind is not None and rank[state.kind] > rank[wanted]:
                text = f"expected a closure that implements the `{wanted}` trait, "
                text += f"but this closure only implements `{state.kind}`"
                more = ((fcx.span(expr), f"the requirement to implement `{wanted}` derives from here"),)
                note = f"this closure implements `{state.kind}`, not `{wanted}`"
                fcx.error(Coded(fcx.span(state.expr), "E0525", text, note, more=more))


# ---------------------------------------------------------------- leftover obligations


def _cause_span(fcx: FnCtxt, cause: Any) -> Span:
    if isinstance(cause, int) and cause < len(fcx.store.expr_spans):
        node = fcx.store.exprs[cause]
        if isinstance(node, h.MethodCall):
            return node.name_span
        return fcx.span(cause)
    return cause if isinstance(cause, Span) else fcx.span(fcx.body.root)


def _report_obligations(fcx: FnCtxt) -> None:
    overflow = fcx.icx.overflow
    if overflow is not None:
        fcx.result.tainted = True
        if not told_at_an_impl(fcx.db, overflow):
            cause = next((o.cause for o in fcx.icx.errors if o.cause is not None), None)
            fcx.error(Endless(_cause_span(fcx, cause), requirement(fcx.icx.resolve(overflow))))
        return
    for obligation in fcx.icx.errors:
        _report_obligation(fcx, obligation)


def _report_obligation(fcx: FnCtxt, obligation: Obligation) -> None:
    predicate = fcx.icx.resolve(obligation.predicate)
    if predicate.flags & (t.HAS_ERROR | t.HAS_INFER) or obligation.cause is None:
        fcx.result.tainted = True
        return
    span = _cause_span(fcx, obligation.cause)
    if isinstance(predicate, t.TraitPredicate) and mentions_sketch(fcx.db, predicate.trait_ref):
        fcx.result.tainted = True
    elif isinstance(predicate, t.TraitPredicate):
        ref = predicate.trait_ref
        span = _argument_of_type(fcx, obligation.cause, ref.self_ty) or span
        callable_fault = _wrong_callable(fcx, ref, span)
        if callable_fault is not None:
            fcx.error(callable_fault)
            return
        bound = ref.def_id.name
        if len(ref.args) > 1:
            bound += "<" + ", ".join(shown(a) for a in ref.args[1:]) + ">"
        required = _required_by(fcx, obligation.cause)
        fcx.error(UnsatisfiedBound(span, shown(ref.self_ty), bound, required))
    elif isinstance(predicate, t.ProjectionPredicate):
        if _wrong_callable(fcx, trait_ref_of(fcx.db, predicate.alias), span) is not None:
            return
        found = fcx.icx.resolve(fcx.icx.normalize(predicate.alias))
        if not found.flags & (t.HAS_ERROR | t.HAS_INFER):
            fcx.error(ProjectionMismatch(span, shown(predicate.alias), shown(predicate.term), shown(found)))


def _argument_of_type(fcx: FnCtxt, cause: Any, ty: t.Ty) -> Span | None:
    """Where the only argument of a call has the type, unless it is a closure written there."""
    call = fcx.store.exprs[cause] if isinstance(cause, int) and cause < len(fcx.store.exprs) else None
    if not isinstance(call, h.Call | h.MethodCall):
        return None
    fitting = [arg for arg in call.args if fcx.resolve(fcx.result.expr_types.get(arg, t.ERROR)) is ty]
    if len(fitting) != 1 or isinstance(fcx.store.exprs[fitting[0]], h.Closure):
        return None
    return fcx.span(fitting[0])


def _wrong_callable(fcx: FnCtxt, ref: t.TraitRef, span: Span) -> Coded | None:
    """A closure or function that takes other arguments than the ``Fn`` bound gives it: E0593, E0631."""
    from compiler.resolve.lang import lang_name_of

    sig = callable_sig(fcx.icx, ref.self_ty) if isinstance(ref.self_ty, t.ClosureTy | t.FnDefTy) else None
    if sig is None or lang_name_of(fcx.db, ref.def_id) not in FN_LANGS:
        return None
    given = ref.args[1]
    if not isinstance(given, t.TupleTy) or sig.is_unsafe:
        return None
    noun = "closure" if isinstance(ref.self_ty, t.ClosureTy) else "function"
    n, m = len(sig.inputs), len(given.elems)
    if n != m:
        text = f"{noun} is expected to take {m} argument{'s' * (m != 1)}, but it takes {n} argument{'s' * (n != 1)}"
        return Coded(span, "E0593", text, f"expected {noun} that takes {m} argument{'s' * (m != 1)}")
    inputs = fcx.icx.normalize(t.TupleTy(sig.inputs))
    if fcx.icx.probe(lambda: fcx.icx.unify(inputs, given)):
        return None  # it can be called so: its kind does not fit
    text = f"type mismatch in {noun} arguments"
    found = fcx.resolve(inputs)
    return Coded(span, "E0631", text, f"expected arguments `{shown(given)}`, found `{shown(found)}`")


def _required_by(fcx: FnCtxt, cause: Any) -> str:
    if not isinstance(cause, int):
        return ""
    res = fcx.result.methods.get(cause) or fcx.result.values.get(cause)
    return res.def_id.name if isinstance(res, DefRes) else ""


# ---------------------------------------------------------------- resolution


class _Resolver:
    """Final resolution: unknown variables become ERROR and are remembered."""

    __slots__ = ("fcx", "unknown")

    def __init__(self, fcx: FnCtxt) -> None:
        self.fcx = fcx
        self.unknown = False

    def __call__(self, value: Any) -> Any:
        icx = self.fcx.icx
        value = icx.resolve(value)
        if value.flags & t.HAS_ALIAS:
            value = icx.resolve(icx.normalize(value))
        if not value.flags & t.HAS_INFER:
            self.fcx.saw_error = self.fcx.saw_error or bool(value.flags & t.HAS_ERROR)
            return value
        return self._replace(value)

    def _replace(self, node: Any) -> Any:
        if type(node) is t.InferTy:
            self.unknown = True
            return t.ERROR
        if type(node) is t.Const and node.kind == "infer":
            self.unknown = True
            return t.CONST_ERROR
        return t.map_children(node, self._replace) if node.flags & t.HAS_INFER else node

    def args(self, args: t.GenericArgs) -> t.GenericArgs:
        return tuple([self(a) for a in args])

    def res(self, res: Any) -> Any:
        if isinstance(res, DefRes):
            return DefRes(res.def_id, self.args(res.args))
        if isinstance(res, SelfCtorRes):
            return SelfCtorRes(res.def_id, self.args(res.args))
        if isinstance(res, ConstParamRes):
            return ConstParamRes(self(res.const))
        return res

    def adjust(self, a: Any) -> Any:
        target = self(a.target)
        if isinstance(a, NeverToAny):
            return NeverToAny(target)
        if isinstance(a, DerefAdjust):
            return DerefAdjust(target, a.overloaded)
        if isinstance(a, BorrowAdjust):
            return BorrowAdjust(target, a.mutable, a.raw, a.two_phase)
        return PointerAdjust(target, a.cast)


def _resolve_all(fcx: FnCtxt) -> None:
    result, final = fcx.result, _Resolver(fcx)
    _resolve_types(fcx, final)
    for table in (result.values, result.methods):
        for key, res in table.items():
            final.unknown = False
            table[key] = final.res(res)
            if final.unknown:
                _report_unknown(fcx, fcx.span(key))
    for pat, res in result.pat_consts.items():
        result.pat_consts[pat] = final.res(res)
    for expr, adjusts in result.adjustments.items():
        result.adjustments[expr] = tuple(final.adjust(a) for a in adjusts)
    for expr, facts in result.closures.items():
        captures = tuple(dataclasses.replace(c, ty=final(c.ty)) for c in facts.captures)
        sig = final(facts.sig)
        result.closures[expr] = ClosureFacts(facts.def_id, expr, facts.kind, sig, captures, facts.fake_reads)
    for expr, count in result.repeat_counts.items():
        result.repeat_counts[expr] = final(count)
    for index, ty in fcx.opaque_vars.items():
        result.opaque_types[index] = final(ty)


def _resolve_types(fcx: FnCtxt, final: _Resolver) -> None:
    result = fcx.result
    for pat, ty in result.binding_types.items():
        final.unknown = False
        result.binding_types[pat] = final(ty)
        if final.unknown:
            _report_unknown(fcx, fcx.pat_span(pat))
    for pat, ty in result.pat_types.items():
        result.pat_types[pat] = final(ty)
    for pat, tys in result.pat_adjustments.items():
        result.pat_adjustments[pat] = tuple(final(ty) for ty in tys)
    for index, ty in result.anon_consts.items():
        result.anon_consts[index] = final(ty)
    for expr, ty in result.expr_types.items():
        final.unknown = False
        result.expr_types[expr] = final(ty)
        if final.unknown and not isinstance(fcx.store.exprs[expr], h.Block | h.If | h.Match | h.Loop):
            _report_unknown(fcx, fcx.span(expr))


def _report_unknown(fcx: FnCtxt, span: Span) -> None:
    fcx.error(NeedsAnnotation(span))


def _report_ambiguity(fcx: FnCtxt) -> None:
    """E0282 for the first place whose type stayed open, unless something unknown or wrong explains it."""
    if not fcx.ambiguous:
        return
    already_wrong = fcx.demanded is None and (fcx.result.tainted or fcx.saw_error)
    fcx.result.tainted = True
    if not already_wrong:
        first = min(fcx.ambiguous, key=lambda fault: (fault.span.start, -fault.span.end))
        fcx.result.diagnostics.append((fcx.demanded or _open_bound(fcx) or first).to_diagnostic(fcx.owner))


def _open_bound(fcx: FnCtxt) -> Fault | None:
    """A trait bound that many types would fulfil (E0283), or a function of a trait whose impl is not known (E0790)."""
    from compiler.resolve.lang import lang_name_of

    for obligation in fcx.icx.pending:
        predicate = fcx.icx.resolve(obligation.predicate)
        if not isinstance(predicate, t.TraitPredicate) or not isinstance(obligation.cause, int):
            continue
        trait = predicate.trait_ref.def_id
        if not predicate.flags & t.HAS_INFER or lang_name_of(fcx.db, trait) == "sized":
            continue
        res = fcx.result.values.get(obligation.cause)
        is_self_open = type(predicate.trait_ref.self_ty) is t.InferTy
        if is_self_open and isinstance(res, DefRes) and res.def_id.parent is trait:
            text = "cannot call associated function on trait without specifying the corresponding `impl` type"
            return Coded(
                fcx.span(obligation.cause), "E0790", text, f"cannot call associated function of `{trait.name}`"
            )
        span = _cause_span(fcx, obligation.cause)
        if (outer := _operator_around(fcx, obligation.cause)) is not None:
            return Coded(fcx.span(outer), "E0284", "type annotations needed", "cannot tell the type of this operation")
        return Coded(span, "E0283", "type annotations needed", f"cannot tell which type implements `{trait.name}`")
    return None


def _operator_around(fcx: FnCtxt, inner: h.ExprId) -> h.ExprId | None:
    """The operation whose right side is an expression of open type: what it gives is not known either."""
    for op in fcx.overloaded_ops:
        node = fcx.store.exprs[op.expr]
        if not isinstance(node, h.Binary) or op.op in COMPARISON or op.rhs is None:
            continue
        if type(fcx.icx.shallow(op.rhs)) is t.InferTy:
            right = fcx.span(node.right)
            if right.start <= fcx.span(inner).start < right.end:
                return op.expr
    return None
