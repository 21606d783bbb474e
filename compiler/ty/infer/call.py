"""Calls: functions, constructors, closures, ``F: Fn*`` values, methods; checking arguments; receiver adjustments.

Arguments are checked in two rounds, closures last, so that a closure's expected signature is known from the others
(rustc). Place expressions used mutably get their overloaded ``Index``/``Deref`` turned into ``IndexMut``/``DerefMut``
by :func:`make_mutable`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from compiler.hir import nodes as h
from compiler.hir.def_id import DefId
from compiler.resolve.lang import lang_item
from compiler.ty import types as t
from compiler.ty.autoderef import steps
from compiler.ty.infer.coerce import coerce_to, deref_adjusts, try_coerce
from compiler.ty.infer.context import DeferredCall, FnCtxt
from compiler.ty.infer.errors import (
    ArgumentCount,
    ClosureArgumentCount,
    Coded,
    NoMethodFound,
    SeveralApplicable,
    shown,
)
from compiler.ty.infer.host_launch import closures_of_launch
from compiler.ty.infer.kernel_call import with_launch_context
from compiler.ty.infer.own_args import own_args
from compiler.ty.method import Ambiguous, NoMethod, Pick, probe_method
from compiler.ty.results import BorrowAdjust, DefRes, DerefAdjust, PointerAdjust
from compiler.ty.sketches import is_sketched
from compiler.ty.traits.builtin import callable_sig
from compiler.ty.traits.select import fresh_args


def infer_call(fcx: FnCtxt, expr: h.ExprId, node: h.Call, expected: t.Ty | None) -> t.Ty:
    """``callee(args)``."""
    callee_ty = fcx.infer_expr(node.callee, None)
    for step in steps(fcx.icx, callee_ty, unsize=False):
        ty = fcx.head(step.ty)
        sig = callable_sig(fcx.icx, ty)
        if sig is not None:
            _adjust_callee(fcx, node.callee, step, callee_ty)
            return _direct_call(fcx, expr, node, ty, fcx.icx.normalize(sig, expr), expected)
        if ty.flags & t.HAS_ERROR and ty is t.ERROR:
            break
        if isinstance(ty, t.RefTy) and not step.n_derefs:
            continue  # `f: &mut F` is called through `F`, as in rustc: `f` itself need not be mutable
        found = _fn_trait_call(fcx, ty)
        if found is not None:
            return _overloaded_call(fcx, expr, node, step, found, expected)
        if type(ty) is t.InferTy:
            break
    return _not_callable(fcx, expr, node, callee_ty)


def _not_callable(fcx: FnCtxt, expr: h.ExprId, node: h.Call, callee_ty: t.Ty) -> t.Ty:
    ty = fcx.resolve(callee_ty)
    for arg in node.args:
        fcx.infer_expr(arg, t.ERROR)
    if type(ty) is t.InferTy and ty.kind == "ty":
        fcx.open_type(ty, fcx.span(node.callee))
    elif not ty.flags & t.HAS_ERROR:
        fcx.error(
            Coded(
                fcx.span(expr), "E0618", f"expected function, found `{shown(ty)}`", "call expression requires function"
            )
        )
    return t.ERROR


def _adjust_callee(fcx: FnCtxt, callee: h.ExprId, step: Any, callee_ty: t.Ty) -> None:
    if step.n_derefs:
        fcx.adjust(callee, *deref_adjusts(step.derefs, step.overloaded, False))


def _direct_call(fcx: FnCtxt, expr: h.ExprId, node: h.Call, ty: t.Ty, sig: t.FnPtrTy, expected: t.Ty | None) -> t.Ty:
    is_closure = isinstance(ty, t.ClosureTy)
    name = ty.def_id.name if isinstance(ty, t.FnDefTy) else ""
    variadic = isinstance(ty, t.FnDefTy) and _is_variadic(fcx, ty.def_id)
    sig = with_launch_context(fcx.db, ty, sig, len(node.args))
    if len(node.args) != len(sig.inputs) and not (variadic and len(node.args) > len(sig.inputs)):
        made = ClosureArgumentCount if is_closure else ArgumentCount
        kind = "closure" if is_closure else "function"
        if isinstance(ty, t.FnDefTy) and ty.def_id.kind.value in ("struct", "variant"):
            kind = "struct" if ty.def_id.kind.value == "struct" else "enum variant"
        fcx.error(made(fcx.span(expr), name, len(sig.inputs), len(node.args), kind))
    check_args(fcx, expr, sig, node.args, expected)
    if isinstance(ty, t.ClosureTy) and ty.def_id in fcx.closures:
        fcx.deferred_calls.append(DeferredCall(expr, ty, sig.inputs))
    elif isinstance(ty, t.ClosureTy):
        _record_fn_call(fcx, expr, "Fn", ty, sig.inputs)
    return sig.output


def _is_variadic(fcx: FnCtxt, def_id: DefId) -> bool:
    from compiler.ty.collect import fn_sig

    return fn_sig(fcx.db, def_id).is_variadic


FN_TRAITS = (("fn", "Fn", "call"), ("fn_mut", "FnMut", "call_mut"), ("fn_once", "FnOnce", "call_once"))


def _fn_trait_call(fcx: FnCtxt, ty: t.Ty) -> tuple[str, t.TupleTy | t.InferTy, t.Ty] | None:
    """``ty: Fn*<Args>`` known from bounds: (kind, args tuple type, output)."""
    if not isinstance(ty, t.ParamTy | t.AliasTy | t.RefTy | t.AdtTy | t.DynTy):
        return None
    from compiler.ty.traits.select import AMBIGUOUS, select

    output = lang_item(fcx.db, "fn_once_output")
    for lang, kind, _ in FN_TRAITS:
        trait = lang_item(fcx.db, lang)
        if trait is None:
            continue
        args = fcx.icx.fresh()
        chosen = select(fcx.icx, t.TraitRef(trait, (ty, args)))
        if chosen is None or chosen is AMBIGUOUS:
            continue
        for predicate in chosen.nested:
            fcx.icx.register(predicate)
        inputs = fcx.head(args)
        if isinstance(inputs, t.TupleTy) and output is not None:
            return kind, inputs, fcx.icx.normalize(t.AliasTy("projection", output, (ty, inputs)))
    return None


def _overloaded_call(
    fcx: FnCtxt, expr: h.ExprId, node: h.Call, step: Any, found: tuple[str, Any, t.Ty], expected: t.Ty | None
) -> t.Ty:
    kind, inputs, output = found
    if step.n_derefs:
        fcx.adjust(node.callee, *deref_adjusts(step.derefs, step.overloaded, kind == "FnMut"))
    if kind != "FnOnce":
        mutable = kind == "FnMut"
        fcx.adjust(node.callee, BorrowAdjust(t.RefTy(t.ERASED, step.ty, mutable), mutable, two_phase=mutable))
        if mutable:
            make_mutable(fcx, node.callee)
    sig = t.FnPtrTy(inputs.elems, output)
    if len(node.args) != len(sig.inputs):
        fcx.error(ClosureArgumentCount(fcx.span(expr), "", len(sig.inputs), len(node.args), "function"))
    check_args(fcx, expr, sig, node.args, expected)
    _record_fn_call(fcx, expr, kind, step.ty, inputs.elems)
    return output


def _record_fn_call(fcx: FnCtxt, expr: h.ExprId, kind: str, callee: t.Ty, inputs: tuple[t.Ty, ...]) -> None:
    lang, method = next((lang, m) for lang, k, m in FN_TRAITS if k == kind)
    trait = lang_item(fcx.db, lang)
    if trait is not None:
        from compiler.ty.collect import assoc_items

        for item in assoc_items(fcx.db, trait).get(method, ()):
            fcx.result.methods[expr] = DefRes(item, (callee, t.TupleTy(inputs)))
    fcx.result.closure_calls[expr] = kind


def finish_closure_calls(fcx: FnCtxt, closure: DefId) -> None:
    """After its capture analysis: calls of this body's closure know its kind; autoref the callee."""
    for call in fcx.deferred_calls:
        if call.closure.def_id is not closure:
            continue
        kind = fcx.closures[call.closure.def_id].kind or "Fn"
        node = fcx.store.exprs[call.expr]
        assert isinstance(node, h.Call)
        if kind != "FnOnce":
            mutable = kind == "FnMut"
            fcx.adjust(node.callee, BorrowAdjust(t.RefTy(t.ERASED, call.closure, mutable), mutable, two_phase=mutable))
        _record_fn_call(fcx, call.expr, kind, call.closure, call.args)


def _expected_inputs(fcx: FnCtxt, sig: t.FnPtrTy, expected: t.Ty | None) -> tuple[t.Ty, ...]:
    """Hints for the arguments from the expected result type."""
    if expected is None:
        return sig.inputs
    output, wanted = fcx.icx.shallow(sig.output), fcx.icx.shallow(expected)
    if type(wanted) is t.InferTy or not sig.output.flags & t.HAS_INFER:
        return sig.inputs

    def attempt() -> tuple[t.Ty, ...]:
        if fcx.icx.unify(output, wanted):
            return tuple(fcx.icx.resolve(i) for i in sig.inputs)
        return sig.inputs

    hints: tuple[t.Ty, ...] = fcx.icx.probe(attempt)
    return hints


def check_args(fcx: FnCtxt, call: h.ExprId, sig: t.FnPtrTy, args: tuple[h.ExprId, ...], expected: t.Ty | None) -> None:
    """Infer each argument with its formal type as hint and coerce it."""
    hints = _expected_inputs(fcx, sig, expected)
    closures: list[int] = []
    for i, arg in enumerate(args):
        if isinstance(fcx.store.exprs[arg], h.Closure):
            closures.append(i)
            continue
        _check_arg(fcx, sig, hints, i, arg)
    if closures:
        fcx.icx.select_where_possible()
        for i in closures:
            _check_arg(fcx, sig, hints, i, args[i])


def _check_arg(fcx: FnCtxt, sig: t.FnPtrTy, hints: tuple[t.Ty, ...], i: int, arg: h.ExprId) -> None:
    _coerce_arg(fcx, sig, hints, i, arg)
    adjusts = fcx.result.adjustments.get(arg)
    last = adjusts[-1] if adjusts else None
    if adjusts and isinstance(last, BorrowAdjust) and last.mutable and not last.raw:
        # An implicit reborrow of an argument is two-phase: `set(s, s.len())`.
        fcx.result.adjustments[arg] = (*adjusts[:-1], BorrowAdjust(last.target, True, two_phase=True))


def _coerce_arg(fcx: FnCtxt, sig: t.FnPtrTy, hints: tuple[t.Ty, ...], i: int, arg: h.ExprId) -> None:
    if i >= len(sig.inputs):
        fcx.infer_expr(arg, t.ERROR)
        return
    hint = fcx.icx.shallow(sig.inputs[i])
    if isinstance(hint, t.RefTy) and _open(fcx, hint.ty):
        # What the reference is to may hang on the call's own obligations, and decides how the argument coerces.
        fcx.icx.select_where_possible()
    if type(hint) is not t.InferTy:
        coerce_to(fcx, arg, fcx.infer_expr(arg, hint), sig.inputs[i])
        return
    found = fcx.infer_expr(arg, hints[i])
    wanted = fcx.icx.shallow(hints[i])
    if type(wanted) is not t.InferTy:
        # `Some(&[])` where `Option<&[T]>` is expected: the argument itself coerces, then the parameter is known.
        adjusts = try_coerce(fcx, arg, found, wanted)
        if adjusts and fcx.icx.unify(sig.inputs[i], wanted):
            fcx.adjust(arg, *adjusts)
            return
    coerce_to(fcx, arg, found, sig.inputs[i])


def _open(fcx: FnCtxt, ty: t.Ty) -> bool:
    ty = fcx.icx.shallow(ty)
    return type(ty) is t.InferTy and ty.kind == "ty"


# ---------------------------------------------------------------- methods


def infer_method_call(fcx: FnCtxt, expr: h.ExprId, node: h.MethodCall, expected: t.Ty | None) -> t.Ty:
    """``receiver.name::<..>(args)``."""
    receiver_ty = fcx.head(fcx.infer_expr(node.receiver, None))
    name = h.strip_mark(node.name)
    pick = probe_method(fcx.icx, receiver_ty, name, fcx.traits_in_scope, fcx.resolver.def_visible)
    if isinstance(pick, Ambiguous):
        rivals = tuple(candidate.container for candidate in pick.candidates)
        fcx.error(SeveralApplicable(node.name_span, name, rivals, shown(fcx.resolve(pick.step.ty))))
    if isinstance(pick, NoMethod | Ambiguous):
        called_field = isinstance(pick, NoMethod) and _field_call(fcx, expr, node, receiver_ty)
        if isinstance(pick, NoMethod) and not called_field:
            _report_no_method(fcx, node, receiver_ty, pick)
        wanted = closures_of_launch(fcx, expr, node) if receiver_ty is t.ERROR else {}
        for arg in node.args:
            found = fcx.infer_expr(arg, wanted.get(arg, t.ERROR))
            if arg in wanted:
                fcx.icx.unify(found, wanted[arg])
        return t.ERROR
    if name == "drop" and pick.item.parent is not None and pick.item.parent is lang_item(fcx.db, "drop"):
        text = "explicit use of destructor method"
        fcx.error(Coded(node.name_span, "E0040", text, "explicit destructor calls not allowed; use `drop(value)`"))
    args = _method_args(fcx, node, pick)
    _adjust_receiver(fcx, node.receiver, pick)
    fcx.register_predicates(pick.item, args, expr)
    fcx.result.methods[expr] = DefRes(pick.item, args)
    sig = fcx.icx.normalize(callable_sig(fcx.icx, t.FnDefTy(pick.item, args)), expr)
    if len(node.args) != len(sig.inputs) - 1:
        fcx.error(ArgumentCount(node.name_span, pick.item.name, len(sig.inputs) - 1, len(node.args), "method"))
    rest = t.FnPtrTy(sig.inputs[1:], sig.output, sig.is_unsafe, sig.abi)
    check_args(fcx, expr, rest, node.args, expected)
    return rest.output


def _method_args(fcx: FnCtxt, node: h.MethodCall, pick: Pick) -> t.GenericArgs:
    segment = h.PathSegment(node.name, node.generic_args, node.name_span)
    explicit = own_args(fcx, pick.item, segment, pick.args, is_method_call=True)
    if explicit is not pick.args:
        fcx.icx.unify_args(explicit, pick.args)
    return explicit


def _adjust_receiver(fcx: FnCtxt, receiver: h.ExprId, pick: Pick) -> None:
    step = pick.step
    derefs, overloaded, autoref, final = step.derefs, step.overloaded, pick.autoref, step.ty
    mutable = autoref == "&mut"
    if autoref is None and isinstance(final, t.RefTy):
        # a reference that is the receiver by value is reborrowed: `&*r`, `&mut *r`
        mutable = final.mutable
        derefs, overloaded = (*derefs, final.ty), (*overloaded, False)
        borrow = BorrowAdjust(final, mutable, two_phase=mutable)
        fcx.adjust(receiver, *deref_adjusts(derefs, overloaded, mutable), borrow)
        if mutable:
            make_mutable(fcx, receiver)
        return
    if derefs:
        fcx.adjust(receiver, *deref_adjusts(derefs, overloaded, mutable))
    if autoref == "*const":
        assert isinstance(final, t.PtrTy)
        fcx.adjust(receiver, PointerAdjust(t.PtrTy(final.ty, False), "MutToConstPointer"))
    elif autoref is not None:
        place = derefs[-1] if step.unsize and derefs else None
        array_ty = (place or fcx.head(fcx.result.expr_types[receiver])) if step.unsize else final
        fcx.adjust(receiver, BorrowAdjust(t.RefTy(t.ERASED, array_ty, mutable), mutable, two_phase=mutable))
        if step.unsize:
            fcx.adjust(receiver, PointerAdjust(t.RefTy(t.ERASED, final, mutable), "Unsize"))
        if mutable:
            make_mutable(fcx, receiver)


def make_mutable(fcx: FnCtxt, expr: h.ExprId) -> None:
    """The place is used mutably: overloaded index and deref on the way to it become their ``Mut`` forms."""
    at = expr
    while True:
        adjusts = fcx.result.adjustments.get(at)
        if adjusts and any(isinstance(a, DerefAdjust) and a.overloaded == "Deref" for a in adjusts):
            fcx.result.adjustments[at] = tuple(
                replace(a, overloaded="DerefMut") if isinstance(a, DerefAdjust) and a.overloaded else a for a in adjusts
            )
        node = fcx.store.exprs[at]
        if isinstance(node, h.FieldAccess):
            at = node.base
        elif isinstance(node, h.Index):
            _method_to_mut(fcx, at, node.base, "index_mut", "index_mut")
            at = node.base
        elif isinstance(node, h.Unary) and node.op == "*":
            _method_to_mut(fcx, at, node.expr, "deref_mut", "deref_mut")
            at = node.expr
        else:
            return


def _method_to_mut(fcx: FnCtxt, expr: h.ExprId, base: h.ExprId, lang: str, method: str) -> None:
    found = fcx.result.methods.get(expr)
    trait = lang_item(fcx.db, lang)
    if found is None or trait is None or found.def_id.name == method:
        return
    from compiler.ty.collect import assoc_items

    for item in assoc_items(fcx.db, trait).get(method, ()):
        fcx.result.methods[expr] = DefRes(item, found.args)
        fcx.icx.register(t.TraitPredicate(t.TraitRef(trait, found.args)), expr)
    adjusts = fcx.result.adjustments.get(base, ())
    if adjusts and isinstance(adjusts[-1], BorrowAdjust) and isinstance(adjusts[-1].target, t.RefTy):
        last = adjusts[-1]
        made = BorrowAdjust(t.RefTy(t.ERASED, last.target.ty, True), True, last.raw, two_phase=False)  # type: ignore[attr-defined]
        fcx.result.adjustments[base] = (*adjusts[:-1], made)


def _field_call(fcx: FnCtxt, expr: h.ExprId, node: h.MethodCall, receiver_ty: t.Ty) -> bool:
    """``x.f(..)`` where ``f`` is a field: E0599 with rustc's advice."""
    from compiler.ty.infer.place import find_field

    for step in steps(fcx.icx, receiver_ty, unsize=False):
        if find_field(fcx, step.ty, h.strip_mark(node.name)) is not None:
            text = (
                f"no method named `{node.name}` found for type `{shown(fcx.resolve(receiver_ty))}` in the current scope"
            )
            fcx.error(
                Coded(
                    node.name_span,
                    "E0599",
                    text,
                    "field, not a method",
                    help=f"to call the function stored in `{node.name}`, surround the field access with parentheses",
                )
            )
            return True
    return False


def _report_no_method(fcx: FnCtxt, node: h.MethodCall, receiver_ty: t.Ty, miss: NoMethod) -> None:
    ty = fcx.resolve(receiver_ty)
    if miss.unknown or ty.flags & t.HAS_ERROR or any(is_sketched(fcx.db, step.ty) for step in miss.steps):
        fcx.result.tainted = True
        return
    if fcx.resolver.sees_unknown_traits():
        fcx.result.tainted = True  # a method of one of them, perhaps
        return
    name = h.strip_mark(node.name)
    is_number = type(ty) is t.InferTy and ty.kind != "ty"
    if name in _OF_ALLOC and (is_number or isinstance(_behind_references(ty), _WITH_ALLOC_METHODS)):
        fcx.result.tainted = True  # exists in the standard library; device code that reaches it is told so
        return
    if type(ty) is t.InferTy:
        if ty.kind == "ty":
            fcx.open_type(ty, fcx.span(node.receiver))
        else:
            text = f"can't call method `{name}` on ambiguous numeric type `{shown(ty)}`"
            fcx.error(Coded(node.name_span, "E0689", text, help="specify a concrete type, like `f32` or `i32`"))
        return
    if miss.private is not None:
        fcx.error(Coded(node.name_span, "E0624", f"method `{name}` is private", "private method"))
        return
    unsatisfied = tuple(_failed_bounds(fcx, miss))
    similar = None if unsatisfied else _similar_method(fcx, miss, name)
    fcx.error(NoMethodFound(node.name_span, name, shown(ty), "method", unsatisfied, similar))


# Methods that the `alloc` crate gives to types of `core`.
_OF_ALLOC = frozenset(
    (
        *("to_vec", "concat", "join", "repeat", "into_vec", "to_owned", "to_string", "into_boxed_slice"),
        *("to_ascii_uppercase", "to_ascii_lowercase", "to_uppercase", "to_lowercase", "replace", "replacen"),
    )
)
_WITH_ALLOC_METHODS = (t.SliceTy, t.ArrayTy, t.IntTy, t.FloatTy, type(t.str_))


def _behind_references(ty: t.Ty) -> t.Ty:
    while isinstance(ty, t.RefTy):
        ty = ty.ty
    return ty


def _failed_bounds(fcx: FnCtxt, miss: NoMethod) -> list[str]:
    """Bounds that kept inherent candidates of the right shape from applying."""
    from compiler.ty.collect import predicates_of
    from compiler.ty.method import instantiate_candidate
    from compiler.ty.traits.fulfill import evaluate

    out: list[str] = []
    for candidate in miss.near:
        if candidate.args is not None or not candidate.inherent:
            continue

        def check(candidate: Any = candidate) -> None:
            args, receiver = instantiate_candidate(fcx.icx, candidate)
            shapes = [
                s
                for step in miss.steps
                for s in (step.ty, t.RefTy(t.ERASED, step.ty, False), t.RefTy(t.ERASED, step.ty, True))
            ]
            if not any(fcx.icx.unify(receiver, s) for s in shapes):
                return
            for p in predicates_of(fcx.db, candidate.container):
                p = t.erase_regions(t.subst(p, args))
                if evaluate(fcx.icx, p) is False:
                    out.append(shown(fcx.icx.resolve(p)))

        fcx.icx.probe(check)
    return out[:3]


def _similar_method(fcx: FnCtxt, miss: NoMethod, name: str) -> str | None:
    from difflib import get_close_matches

    from compiler.ty.impls import simplify
    from compiler.ty.method import inherent_method_index

    names: set[str] = set()
    for step in miss.steps:
        key = simplify(step.ty)
        if key is not None:
            names.update(inherent_method_index(fcx.db, key))
    close = get_close_matches(name, names, 1, 0.75)
    return close[0] if close else None


def method_on_trait(
    fcx: FnCtxt, lang: str, method: str, self_ty: t.Ty, others: tuple[t.Ty, ...], cause: Any
) -> tuple[DefRes, t.FnPtrTy] | None:
    """``<self_ty as lang-trait<others>>::method``: its resolution and signature; registers the trait obligation."""
    trait = lang_item(fcx.db, lang)
    if trait is None:
        return None
    from compiler.ty.collect import assoc_items

    for item in assoc_items(fcx.db, trait).get(method, ()):
        args = (self_ty, *others, *fresh_args(fcx.icx, item)[1 + len(others) :])
        fcx.icx.register(t.TraitPredicate(t.TraitRef(trait, (self_ty, *others))), cause)
        sig = fcx.icx.normalize(callable_sig(fcx.icx, t.FnDefTy(item, args)), cause)
        return DefRes(item, args), sig
    return None
