"""``as`` casts, checked after inference: which cast it is, or why it is none (rustc: E0604 to E0607, E0605).

A cast that is a coercion is recorded as "coercion" with adjustments on the operand; otherwise the ``CastKind`` name
of mir.body.
"""

from __future__ import annotations

from compiler.base.span import Span
from compiler.hir import nodes as h
from compiler.hir.def_id import DefKind
from compiler.ty import types as t
from compiler.ty.infer.coerce import try_coerce
from compiler.ty.infer.context import DeferredCast, FnCtxt
from compiler.ty.infer.errors import Coded, shown

_DEEPEST_TAIL = 64  # a struct that contains itself has no end; its own check says so


def finish_casts(fcx: FnCtxt) -> None:
    """Classify every cast of the body."""
    for cast in fcx.deferred_casts:
        from_ty, to_ty = fcx.head(cast.from_ty), fcx.head(cast.to_ty)
        if from_ty.flags & t.HAS_ERROR or to_ty.flags & t.HAS_ERROR:
            fcx.result.casts[cast.expr] = "coercion"
            continue
        if _is_unsized(to_ty):
            text = f"cast to unsized type: `{shown(fcx.resolve(from_ty))}` as `{shown(fcx.resolve(to_ty))}`"
            fcx.error(Coded(fcx.span(cast.expr), "E0620", text, "", "cast to a reference or a pointer"))
            fcx.result.casts[cast.expr] = "coercion"
            continue
        kind = _numeric(from_ty, to_ty)
        if kind is None:
            kind = (
                _coercion(fcx, cast, from_ty, to_ty)
                or _pointer(fcx, from_ty, to_ty, fcx.span(cast.expr))
                or _enum(fcx, from_ty, to_ty)
            )
        if kind is None:
            _report(fcx, cast, fcx.resolve(from_ty), fcx.resolve(to_ty))
        fcx.result.casts[cast.expr] = kind or "coercion"


def _is_unsized(ty: t.Ty) -> bool:
    return isinstance(ty, t.SliceTy | t.DynTy) or ty is t.str_


def _coercion(fcx: FnCtxt, cast: DeferredCast, from_ty: t.Ty, to_ty: t.Ty) -> str | None:
    adjusts = fcx.icx.attempt(lambda: try_coerce(fcx, cast.operand, from_ty, to_ty))
    if adjusts is None:
        return None
    if adjusts:
        fcx.adjust(cast.operand, *adjusts)
    return "coercion"


def _numeric(from_ty: t.Ty, to_ty: t.Ty) -> str | None:
    from_int = isinstance(from_ty, t.IntTy) or (isinstance(from_ty, t.InferTy) and from_ty.kind == "int")
    from_float = isinstance(from_ty, t.FloatTy) or (isinstance(from_ty, t.InferTy) and from_ty.kind == "float")
    if isinstance(to_ty, t.IntTy):
        if from_int or from_ty in (t.bool_, t.char):
            return "coercion" if from_ty is to_ty else "INT_TO_INT"
        return "FLOAT_TO_INT" if from_float else None
    if isinstance(to_ty, t.FloatTy):
        if from_int:
            return "INT_TO_FLOAT"
        return ("coercion" if from_ty is to_ty else "FLOAT_TO_FLOAT") if from_float else None
    if to_ty is t.char and from_ty is t.u8:
        return "INT_TO_INT"
    return None


def _enum(fcx: FnCtxt, from_ty: t.Ty, to_ty: t.Ty) -> str | None:
    """A field-less enum to an integer."""
    if not isinstance(to_ty, t.IntTy) or not isinstance(from_ty, t.AdtTy) or from_ty.def_id.kind is not DefKind.ENUM:
        return None
    from compiler.ty.adt import adt_def

    return "INT_TO_INT" if all(not v.fields for v in adt_def(fcx.db, from_ty.def_id).variants) else None


def _is_thin(fcx: FnCtxt, ty: t.Ty) -> bool:
    """Whether a pointer to the type is one word: the last field decides, as deep as structs and tuples go."""
    from compiler.ty.adt import variant_of

    ty = fcx.head(ty)
    for _ in range(_DEEPEST_TAIL):
        if not isinstance(ty, t.TupleTy) and not (isinstance(ty, t.AdtTy) and ty.def_id.kind is DefKind.STRUCT):
            break
        if isinstance(ty, t.TupleTy):
            last = ty.elems[-1] if ty.elems else t.UNIT
        else:
            fields = variant_of(fcx.db, ty.def_id).fields
            last = fcx.instantiate(fields[-1].ty, ty.args) if fields else t.UNIT
        if last is t.UNIT:
            return True
        ty = fcx.head(last)
    return not _is_unsized(ty)


def _pointer(fcx: FnCtxt, from_ty: t.Ty, to_ty: t.Ty, span: Span) -> str | None:
    if isinstance(from_ty, t.RefTy) and isinstance(to_ty, t.PtrTy):
        return _ref_to_pointer(fcx, from_ty, to_ty)
    if isinstance(from_ty, t.PtrTy):
        if isinstance(to_ty, t.PtrTy):
            return "PTR_TO_PTR" if not _is_thin(fcx, from_ty.ty) or _is_thin(fcx, to_ty.ty) else None
        return "POINTER_EXPOSE" if isinstance(to_ty, t.IntTy) and _is_thin(fcx, from_ty.ty) else None
    if isinstance(to_ty, t.PtrTy):
        if isinstance(from_ty, t.IntTy) or (isinstance(from_ty, t.InferTy) and from_ty.kind == "int"):
            if isinstance(from_ty, t.InferTy):
                fcx.icx.unify(from_ty, t.usize)
            pointee = fcx.head(to_ty.ty)
            if type(pointee) is t.InferTy and pointee.kind not in ("int", "float"):
                text = "cannot cast to a pointer of an unknown kind"
                fcx.error(Coded(span, "E0641", text, "needs more type information"))
                fcx.icx.unify(pointee, t.ERROR)
            return "POINTER_FROM_EXPOSED" if _is_thin(fcx, to_ty.ty) else None
        if isinstance(from_ty, t.FnPtrTy | t.FnDefTy):
            return "FN_PTR_TO_PTR"
    if isinstance(from_ty, t.FnPtrTy | t.FnDefTy) and isinstance(to_ty, t.IntTy):
        return "POINTER_EXPOSE"
    return None


def _ref_to_pointer(fcx: FnCtxt, from_ty: t.RefTy, to_ty: t.PtrTy) -> str | None:
    """``&[T; N] as *const T`` (the other reference casts are coercions)."""
    inner = fcx.head(from_ty.ty)
    if isinstance(inner, t.ArrayTy) and (from_ty.mutable or not to_ty.mutable) and fcx.icx.unify(inner.ty, to_ty.ty):
        return "ARRAY_TO_POINTER"
    return None


def _report(fcx: FnCtxt, cast: DeferredCast, from_ty: t.Ty, to_ty: t.Ty) -> None:
    span = fcx.span(cast.expr)
    source, target = shown(from_ty), shown(to_ty)
    if to_ty is t.bool_:
        fcx.error(
            Coded(
                span,
                "E0054",
                f"cannot cast `{source}` as `bool`",
                "unsupported cast",
                "compare with zero instead: `!= 0`",
            )
        )
    elif to_ty is t.char:
        fcx.error(Coded(span, "E0604", f"only `u8` can be cast as `char`, not `{source}`", "invalid cast"))
    elif isinstance(to_ty, t.FloatTy) and from_ty in (t.bool_, t.char):
        text = f"casting `{source}` as `{target}` is invalid"
        fcx.error(Coded(span, "E0606", text, "", "cast through an integer first"))
    elif isinstance(from_ty, t.RefTy) and isinstance(to_ty, t.PtrTy):
        fcx.error(Coded(span, "E0606", f"casting `{source}` as `{target}` is invalid"))
    elif isinstance(from_ty, t.RefTy) and isinstance(to_ty, t.IntTy | t.FloatTy):
        help_ = (
            f"dereference the expression: `*{_text(fcx, cast.operand)}`"
            if isinstance(from_ty.ty, t.IntTy | t.FloatTy)
            else ""
        )
        fcx.error(Coded(span, "E0606", f"casting `{source}` as `{target}` is invalid", "", help_))
    elif isinstance(from_ty, t.PtrTy | t.FloatTy | t.IntTy) and isinstance(to_ty, t.PtrTy | t.FloatTy | t.IntTy):
        code = "E0607" if isinstance(from_ty, t.PtrTy) and isinstance(to_ty, t.PtrTy) else "E0606"
        fcx.error(Coded(span, code, f"casting `{source}` as `{target}` is invalid"))
    else:
        fcx.error(
            Coded(
                span,
                "E0605",
                f"non-primitive cast: `{source}` as `{target}`",
                "an `as` expression can only be used to convert between primitive types or to coerce",
            )
        )


def _text(fcx: FnCtxt, expr: h.ExprId) -> str:
    node = fcx.store.exprs[expr]
    return str(node.path) if isinstance(node, h.PathExpr) and isinstance(node.path, h.Path) else "..."
