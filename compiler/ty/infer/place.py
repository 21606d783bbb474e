"""Field access, indexing and dereferencing."""

from __future__ import annotations

from typing import Any

from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.ty import types as t
from compiler.ty.autoderef import builtin_deref, overloaded_deref, steps
from compiler.ty.infer.call import method_on_trait
from compiler.ty.infer.coerce import coerce_to, deref_adjusts
from compiler.ty.infer.context import FnCtxt
from compiler.ty.infer.errors import Coded, NoField, shown
from compiler.ty.results import BorrowAdjust, PointerAdjust
from compiler.ty.sketches import is_sketched


def find_field(fcx: FnCtxt, ty: t.Ty, name: str) -> tuple[int, t.Ty, Any] | None:
    """(index, type, visibility) of a field of this very type."""
    if isinstance(ty, t.TupleTy):
        if name.isdecimal() and int(name) < len(ty.elems):
            return int(name), ty.elems[int(name)], None
        return None
    if isinstance(ty, t.AdtTy) and ty.def_id.kind in (DefKind.STRUCT, DefKind.UNION):
        from compiler.ty.adt import variant_of

        for i, field in enumerate(variant_of(fcx.db, ty.def_id).fields):
            if field.name == name:
                return i, fcx.instantiate(field.ty, ty.args), field.visibility
    return None


def infer_field(fcx: FnCtxt, expr: h.ExprId, node: h.FieldAccess, expected: t.Ty | None) -> t.Ty:
    """``base.name``."""
    base_ty = fcx.head(fcx.infer_expr(node.base, None))
    name = h.strip_mark(node.name)
    private = False
    for step in steps(fcx.icx, base_ty, unsize=False):
        found = find_field(fcx, step.ty, name)
        if found is None:
            continue
        index, ty, visibility = found
        if not fcx.resolver.is_visible(visibility):
            private = True
            continue
        if step.n_derefs:
            fcx.adjust(node.base, *deref_adjusts(step.derefs, step.overloaded, False))
        fcx.result.fields[expr] = index
        return ty
    _report_no_field(fcx, node, fcx.resolve(base_ty), name, private)
    return t.ERROR


def infer_offset_of(fcx: FnCtxt, expr: h.ExprId, node: h.OffsetOf) -> None:
    """The fields that ``offset_of!(ty, a.b)`` goes through; of an enum, ``Variant.field``."""
    ty = fcx.resolve(fcx.lower_ty(node.ty, complete=True))
    steps: list[tuple[t.Ty, int, int]] = []
    names = list(zip(node.fields, node.spans, strict=True))
    while names:
        name, span = names.pop(0)
        variant, found = 0, find_field(fcx, ty, name)
        if found is None and isinstance(ty, t.AdtTy) and ty.def_id.kind is DefKind.ENUM and names:
            variant, found = _variant_field(fcx, ty, name, names.pop(0)[0])
        private = found is not None and not fcx.resolver.is_visible(found[2])
        if found is None or private:
            if ty.flags & t.HAS_ERROR:
                fcx.result.tainted = True
            elif private:
                text = f"field `{name}` of `{shown(ty)}` is private"
                fcx.error(Coded(span, "E0616", text, "private field"))
            else:
                fcx.error(NoField(span, name, shown(ty), _field_names(fcx, ty)))
            return
        steps.append((ty, variant, found[0]))
        ty = fcx.resolve(fcx.icx.normalize(found[1]))
    fcx.result.field_steps[expr] = tuple(steps)


def _variant_field(fcx: FnCtxt, ty: t.AdtTy, variant: str, name: str) -> tuple[int, tuple[int, t.Ty, Any] | None]:
    from compiler.ty.adt import adt_def

    for index, found in enumerate(adt_def(fcx.db, ty.def_id).variants):
        for i, field in enumerate(found.fields if found.name == variant else ()):
            if field.name == name:
                return index, (i, fcx.instantiate(field.ty, ty.args), None)
    return 0, None


def _report_no_field(fcx: FnCtxt, node: h.FieldAccess, ty: t.Ty, name: str, private: bool) -> None:
    if ty.flags & t.HAS_ERROR or (is_sketched(fcx.db, ty) and not private):
        fcx.result.tainted = True
    elif type(ty) is t.InferTy and ty.kind == "ty":
        fcx.open_type(ty, fcx.span(node.base))
    elif private:
        text = f"field `{name}` of `{shown(_peel(ty))}` is private"
        fcx.error(Coded(node.name_span, "E0616", text, "private field"))
    elif _has_method(fcx, ty, name):
        text = f"attempted to take value of method `{name}` on type `{shown(_peel(ty))}`"
        fcx.error(
            Coded(node.name_span, "E0615", text, "method, not a field", help="use parentheses to call the method")
        )
    elif ty in t.PRIMITIVES.values() or type(ty) is t.InferTy:
        text = f"`{shown(ty)}` is a primitive type and therefore doesn't have fields"
        fcx.error(Coded(node.name_span, "E0610", text))
    else:
        fcx.error(NoField(node.name_span, name, shown(_peel(ty)), _field_names(fcx, _peel(ty))))


def _peel(ty: t.Ty) -> t.Ty:
    while isinstance(ty, t.RefTy):
        ty = ty.ty
    return ty


def _has_method(fcx: FnCtxt, ty: t.Ty, name: str) -> bool:
    from compiler.ty.impls import simplify
    from compiler.ty.method import Pick, inherent_method_index, probe_method

    key = simplify(_peel(ty))
    if key is not None and name in inherent_method_index(fcx.db, key):
        return True
    found = fcx.icx.probe(lambda: probe_method(fcx.icx, ty, name, fcx.traits_in_scope, fcx.resolver.def_visible))
    return isinstance(found, Pick)


def _field_names(fcx: FnCtxt, ty: t.Ty) -> tuple[str, ...]:
    if isinstance(ty, t.AdtTy) and ty.def_id.kind in (DefKind.STRUCT, DefKind.UNION):
        from compiler.ty.adt import variant_of

        return tuple(f.name for f in variant_of(fcx.db, ty.def_id).fields)
    return ()


def infer_index(fcx: FnCtxt, expr: h.ExprId, node: h.Index, expected: t.Ty | None) -> t.Ty:
    """``base[index]``: built in for arrays and slices with ``usize``, else ``Index``."""
    base_ty = fcx.infer_expr(node.base, None)
    index_ty = fcx.head(fcx.infer_expr(node.index, None))
    if fcx.head(base_ty) is t.ERROR:
        return t.ERROR
    if index_ty.flags & t.HAS_ERROR:
        return _element(fcx, base_ty)
    for step in steps(fcx.icx, base_ty):
        ty = fcx.head(step.ty)
        if isinstance(ty, t.ArrayTy | t.SliceTy) and not step.unsize and _is_usize(fcx, index_ty):
            fcx.icx.unify(index_ty, t.usize)
            if step.n_derefs:
                fcx.adjust(node.base, *deref_adjusts(step.derefs, step.overloaded, False))
            return ty.ty
        found = _overloaded_index(fcx, expr, node, step, ty, index_ty)
        if found is not None:
            return found
    _report_index(fcx, expr, node, fcx.resolve(base_ty), fcx.resolve(index_ty))
    return t.ERROR


def _element(fcx: FnCtxt, base_ty: t.Ty) -> t.Ty:
    """Element type of an array or slice whose index is broken."""
    for step in steps(fcx.icx, base_ty):
        if isinstance(step.ty, t.ArrayTy | t.SliceTy):
            return step.ty.ty
    return t.ERROR


def _is_usize(fcx: FnCtxt, ty: t.Ty) -> bool:
    ty = fcx.icx.shallow(ty)
    return ty is t.usize or (type(ty) is t.InferTy and ty.kind == "int")


def _overloaded_index(fcx: FnCtxt, expr: h.ExprId, node: h.Index, step: Any, ty: t.Ty, index_ty: t.Ty) -> t.Ty | None:
    from compiler.resolve.lang import lang_item
    from compiler.ty.traits.fulfill import evaluate

    trait = lang_item(fcx.db, "index")
    if trait is None or type(ty) is t.InferTy:
        return None
    idx = fcx.icx.fresh()
    if evaluate(fcx.icx, t.TraitPredicate(t.TraitRef(trait, (ty, idx)))) is False:
        return None
    if evaluate(fcx.icx, t.TraitPredicate(t.TraitRef(trait, (ty, index_ty)))) is not False:
        fcx.icx.unify(idx, index_ty)
    elif not _index_coerces(fcx, trait, ty, idx, node.index, index_ty):
        return None
    method = method_on_trait(fcx, "index", "index", ty, (idx,), expr)
    if method is None:
        return None
    res, sig = method
    fcx.result.methods[expr] = res
    if step.n_derefs:
        fcx.adjust(node.base, *deref_adjusts(step.derefs, step.overloaded, False))
    place = step.derefs[-1] if step.derefs else fcx.head(fcx.result.expr_types[node.base])
    fcx.adjust(node.base, BorrowAdjust(t.RefTy(t.ERASED, place if step.unsize else ty, False), False))
    if step.unsize:
        fcx.adjust(node.base, PointerAdjust(t.RefTy(t.ERASED, ty, False), "Unsize"))
    output = fcx.head(sig.output)
    return output.ty if isinstance(output, t.RefTy) else t.ERROR


def _index_coerces(fcx: FnCtxt, trait: DefId, ty: t.Ty, wanted: t.Ty, index: h.ExprId, found: t.Ty) -> bool:
    """Where one impl alone says what the index is, the index coerces to it: ``table[&[1, 2]]`` for ``Index<&[u8]>``."""

    def sole() -> t.Ty:
        fcx.icx.pending = []
        fcx.icx.register(t.TraitPredicate(t.TraitRef(trait, (ty, wanted))), index)
        fcx.icx.select_where_possible()
        return fcx.resolve(wanted)

    only = fcx.icx.probe(sole)
    if only.flags & t.HAS_INFER or not fcx.icx.unify(wanted, only):
        return False
    coerce_to(fcx, index, found, wanted)
    return True


def _report_index(fcx: FnCtxt, expr: h.ExprId, node: h.Index, base: t.Ty, index: t.Ty) -> None:
    if (base.flags | index.flags) & t.HAS_ERROR or is_sketched(fcx.db, base):
        fcx.result.tainted = True
        return
    peeled = _peel(base)
    if isinstance(peeled, t.ArrayTy | t.SliceTy):
        text = f"the type `[{shown(peeled.ty)}]` cannot be indexed by `{shown(index)}`"
        help_ = "convert the index with `as usize`" if isinstance(index, t.IntTy) else ""
        fcx.error(
            Coded(fcx.span(node.index), "E0277", text, "slice indices are of type `usize` or ranges of `usize`", help_)
        )
    elif type(base) is t.InferTy and base.kind == "ty":
        fcx.open_type(base, fcx.span(node.base))
    elif _implements_index(fcx, base):
        text = f"the type `{shown(peeled)}` cannot be indexed by `{shown(index)}`"
        fcx.error(Coded(fcx.span(node.index), "E0277", text, f"no `Index<{shown(index)}>` for `{shown(peeled)}`"))
    else:
        fcx.error(Coded(fcx.span(expr), "E0608", f"cannot index into a value of type `{shown(base)}`"))


def _implements_index(fcx: FnCtxt, base: t.Ty) -> bool:
    """By something else than what was written."""
    from compiler.resolve.lang import lang_item
    from compiler.ty.traits.fulfill import evaluate

    trait = lang_item(fcx.db, "index")
    return trait is not None and any(
        evaluate(fcx.icx, t.TraitPredicate(t.TraitRef(trait, (step.ty, fcx.icx.fresh())))) is not False
        for step in steps(fcx.icx, base, unsize=False)
    )


def infer_deref(fcx: FnCtxt, expr: h.ExprId, node: h.Unary, expected: t.Ty | None) -> t.Ty:
    """``*e``."""
    ty = fcx.head(fcx.infer_expr(node.expr, None))
    inner = builtin_deref(ty, raw=True)
    if inner is not None:
        return inner
    if type(ty) is t.InferTy and ty.kind == "ty":
        fcx.open_type(ty, fcx.span(node.expr))
        return t.ERROR
    target = overloaded_deref(fcx.icx, ty)
    if target is not None:
        method = method_on_trait(fcx, "deref", "deref", ty, (), expr)
        if method is not None:
            fcx.result.methods[expr] = method[0]
            fcx.adjust(node.expr, BorrowAdjust(t.RefTy(t.ERASED, ty, False), False))
        return target
    if is_sketched(fcx.db, ty):
        fcx.result.tainted = True
    elif not ty.flags & t.HAS_ERROR:
        resolved = fcx.resolve(ty)
        fcx.error(
            Coded(fcx.span(expr), "E0614", f"type `{shown(resolved)}` cannot be dereferenced", "can't be dereferenced")
        )
    return t.ERROR
