"""THIR patterns: HIR patterns with default binding modes, constants and variants resolved (rustc's ``thir/pattern``).

Assumes: the InferenceResult's ``pat_*`` maps. Guarantees: implicit dereferences (``pat_adjustments``) are explicit
:class:`DerefPat`; a plain name that is a constant or unit variant is no binding; byte-string literals against slices
are slice patterns; struct constants are taken apart; what has an error is a :class:`WildPat`.

Example: ``Some(x)`` against ``&Option<u32>`` is ``DerefPat(VariantPat(1, [(0, BindingPat("ref", x))]))``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from compiler.base.dataclass import dataclass
from compiler.base.span import Span
from compiler.hir import nodes as hir
from compiler.hir.def_id import DefId
from compiler.mir import body as m
from compiler.mir.build.constants import literal_constant
from compiler.mir.build.cx import BodyCx
from compiler.mir.build.user_args import path_args
from compiler.ty import types as t
from compiler.ty.results import DefRes


@dataclass(slots=True)
class Pat:
    """Base: the type of the matched value, the span, the HIR pattern."""

    ty: t.Ty
    span: Span
    id: int


@dataclass(slots=True)
class WildPat(Pat):
    pass


@dataclass(slots=True)
class BindingPat(Pat):
    """``mode``: "move", "ref", "ref mut"; ``var``: the canonical BindPat."""

    mode: str
    var: int
    var_ty: t.Ty
    sub: Pat | None


@dataclass(slots=True)
class VariantPat(Pat):
    """``user_ty``: the type as the path says it, if that names lifetimes."""

    variant_index: int
    subs: tuple[tuple[int, Pat], ...]
    user_ty: t.Ty | None = None


@dataclass(slots=True)
class LeafPat(Pat):
    """A struct, union or tuple."""

    subs: tuple[tuple[int, Pat], ...]
    user_ty: t.Ty | None = None


@dataclass(slots=True)
class DerefPat(Pat):
    sub: Pat


@dataclass(slots=True)
class ConstPat(Pat):
    value: m.ConstValue


@dataclass(slots=True)
class RangePat(Pat):
    """Bounds as ScalarConst of the type; None is open."""

    low: m.ScalarConst | None
    high: m.ScalarConst | None
    inclusive: bool


@dataclass(slots=True)
class SlicePat(Pat):
    """Of a slice or array; ``middle`` is the pattern of ``..`` (wild if unnamed), None without ``..``."""

    prefix: tuple[Pat, ...]
    middle: Pat | None
    suffix: tuple[Pat, ...]


@dataclass(slots=True)
class OrPat(Pat):
    pats: tuple[Pat, ...]


def sub_patterns(pat: Pat) -> list[Pat]:
    """Direct sub-patterns, in source order."""
    if isinstance(pat, (VariantPat, LeafPat)):
        return [sub for _, sub in pat.subs]
    if isinstance(pat, DerefPat):
        return [pat.sub]
    if isinstance(pat, BindingPat):
        return [] if pat.sub is None else [pat.sub]
    if isinstance(pat, SlicePat):
        return [*pat.prefix, *([] if pat.middle is None else [pat.middle]), *pat.suffix]
    return list(pat.pats) if isinstance(pat, OrPat) else []


def lower_pat(cx: BodyCx, id: int) -> Pat:
    """The THIR pattern of an HIR pattern."""
    node = cx.pats[id]
    ty = cx.pat_ty(id)
    peeled = cx.res.pat_adjustments.get(id, ())
    if peeled:
        inner_ref = peeled[-1]
        ty = inner_ref.ty if isinstance(inner_ref, t.RefTy) else t.ERROR
    span = cx.pat_spans[id]
    pat: Pat
    if id in cx.res.pat_consts:
        pat = _constant(cx, id, ty, span)
    elif id in cx.res.pat_variants and isinstance(node, (hir.BindPat, hir.PathPat)):
        pat = _adt(cx, id, ty, span, ())
    else:
        pat = _RULES[type(node)](cx, id, node, ty, span)
    for ref_ty in reversed(peeled):
        pat = DerefPat(ref_ty, span, id, pat)
    return pat


def _wild(cx: BodyCx, id: int, node: Any, ty: t.Ty, span: Span) -> Pat:
    return WildPat(ty, span, id)


def _binding(cx: BodyCx, id: int, node: hir.BindPat, ty: t.Ty, span: Span) -> Pat:
    res = cx.res
    if id not in res.binding_types:
        return WildPat(ty, span, id)
    sub = None
    if node.sub is not None and not isinstance(cx.pats[node.sub], hir.RestPat):
        sub = lower_pat(cx, node.sub)
    var = res.pat_canonical.get(id, id)
    return BindingPat(ty, span, id, res.binding_modes.get(id, "move"), var, res.binding_types[id], sub)


def _adt(cx: BodyCx, id: int, ty: t.Ty, span: Span, subs: tuple[tuple[int, Pat], ...]) -> Pat:
    variant = cx.res.pat_variants[id]
    if not isinstance(ty, t.AdtTy):
        return WildPat(ty, span, id)
    user_ty = _user_ty(cx, id, variant, ty)
    if variant.kind.value == "variant":
        return VariantPat(ty, span, id, cx.variant_index(variant), subs, user_ty)
    return LeafPat(ty, span, id, subs, user_ty)


def _user_ty(cx: BodyCx, id: int, variant: DefId, ty: t.AdtTy) -> t.Ty | None:
    node = cx.pats[id]
    if not isinstance(node, (hir.PathPat, hir.TupleStructPat, hir.RecordPat)):
        return None
    written = dict(path_args(cx, node.path, variant))
    if not written:
        return None
    return t.AdtTy(ty.def_id, tuple([written.get(i, _hole(arg)) for i, arg in enumerate(ty.args)]))


def _hole(arg: t.GenericArg) -> t.GenericArg:
    return t.ERASED if isinstance(arg, t.Region) else t.ERROR if isinstance(arg, t.Ty) else arg


def _path(cx: BodyCx, id: int, node: hir.PathPat, ty: t.Ty, span: Span) -> Pat:
    return WildPat(ty, span, id)  # unresolved: reported already


def _with_positions(cx: BodyCx, pats: tuple[int, ...], n_fields: int) -> tuple[tuple[int, Pat], ...]:
    """Positional sub-patterns around at most one ``..``, with field indices."""
    out: list[tuple[int, Pat]] = []
    for i, sub in enumerate(pats):
        if isinstance(cx.pats[sub], hir.RestPat):
            n_after = len(pats) - i - 1
            out += [(n_fields - n_after + k, lower_pat(cx, p)) for k, p in enumerate(pats[i + 1 :])]
            break
        out.append((i, lower_pat(cx, sub)))
    return tuple((i, p) for i, p in out if 0 <= i < n_fields)


def _tuple_struct(cx: BodyCx, id: int, node: hir.TupleStructPat, ty: t.Ty, span: Span) -> Pat:
    if id not in cx.res.pat_variants or not isinstance(ty, t.AdtTy):
        return WildPat(ty, span, id)
    variant = cx.variants(ty.def_id)[cx.variant_index(cx.res.pat_variants[id])]
    return _adt(cx, id, ty, span, _with_positions(cx, node.pats, len(variant.fields)))


def _record(cx: BodyCx, id: int, node: hir.RecordPat, ty: t.Ty, span: Span) -> Pat:
    if id not in cx.res.pat_variants or not isinstance(ty, t.AdtTy):
        return WildPat(ty, span, id)
    variant = cx.variants(ty.def_id)[cx.variant_index(cx.res.pat_variants[id])]
    index = {f.name: i for i, f in enumerate(variant.fields)}
    subs = [(index.get(hir.strip_mark(f.name), -1), f.pat) for f in node.fields]
    return _adt(cx, id, ty, span, tuple((i, lower_pat(cx, p)) for i, p in subs if i >= 0))


def _tuple(cx: BodyCx, id: int, node: hir.TuplePat, ty: t.Ty, span: Span) -> Pat:
    if not isinstance(ty, t.TupleTy):
        return WildPat(ty, span, id)
    return LeafPat(ty, span, id, _with_positions(cx, node.pats, len(ty.elems)))


def _is_rest(cx: BodyCx, pat: int) -> bool:
    node = cx.pats[pat]
    if isinstance(node, hir.BindPat) and node.sub is not None:
        node = cx.pats[node.sub]
    return isinstance(node, hir.RestPat)


def _slice(cx: BodyCx, id: int, node: hir.SlicePat, ty: t.Ty, span: Span) -> Pat:
    if not isinstance(ty, (t.ArrayTy, t.SliceTy)):
        return WildPat(ty, span, id)
    prefix: list[Pat] = []
    suffix: list[Pat] = []
    middle: Pat | None = None
    for sub in node.pats:
        if _is_rest(cx, sub):
            middle = lower_pat(cx, sub)
        else:
            (prefix if middle is None else suffix).append(lower_pat(cx, sub))
    return SlicePat(ty, span, id, tuple(prefix), middle, tuple(suffix))


def _ref(cx: BodyCx, id: int, node: hir.RefPat, ty: t.Ty, span: Span) -> Pat:
    return DerefPat(ty, span, id, lower_pat(cx, node.pat))


def _or(cx: BodyCx, id: int, node: hir.OrPat, ty: t.Ty, span: Span) -> Pat:
    return OrPat(ty, span, id, tuple(lower_pat(cx, p) for p in node.pats))


# ---------------------------------------------------------------- constants


def _literal(cx: BodyCx, id: int, node: hir.LitPat, ty: t.Ty, span: Span) -> Pat:
    return _expr_pattern(cx, node.expr, ty, span, id)


def _constant(cx: BodyCx, id: int, ty: t.Ty, span: Span) -> Pat:
    res = cx.res.pat_consts[id]
    node = cx.pats[id]
    return _named(cx, res.def_id, res.args, ty, span, id, node.path if isinstance(node, hir.PathPat) else None)


def _named(
    cx: BodyCx, def_id: DefId, args: t.GenericArgs, ty: t.Ty, span: Span, id: int, path: hir.AnyPath | None = None
) -> Pat:
    """A const item, associated const or inline const; compared as a whole if it cannot be taken apart."""
    from compiler.mir.build.matches.const_pattern import evaluate_pattern_constant

    made = evaluate_pattern_constant(cx, def_id, args, ty, span, id)
    written = path_args(cx, path, def_id) if path is not None else ()
    if written:
        constant = m.Constant(m.UnevaluatedConst(def_id, args, ty), span, written)
        cx.pattern_constants.setdefault(id, []).append(constant)
    return made or ConstPat(ty, span, id, m.UnevaluatedConst(def_id, args, ty))


def _expr_pattern(cx: BodyCx, expr: int, ty: t.Ty, span: Span, id: int) -> Pat:
    """A literal, negated literal, path or inline const written in a pattern."""
    node = cx.exprs[expr]
    negated = isinstance(node, hir.Unary) and node.op == "-"
    inner = cx.exprs[node.expr] if isinstance(node, hir.Unary) and negated else node
    if isinstance(inner, hir.Literal):
        lit_ty = cx.expr_types.get(expr, ty)
        if inner.kind not in (hir.LitKind.STR, hir.LitKind.BYTE_STR) or lit_ty.flags & t.HAS_ERROR:
            lit_ty = ty
        value = literal_constant(inner, lit_ty, negated)
        return WildPat(ty, span, id) if value is None else _literal_pattern(value, ty, span, id)
    res = cx.res.values.get(expr)
    if isinstance(res, DefRes):
        path = inner.path if isinstance(inner, hir.PathExpr) else None
        return _named(cx, res.def_id, res.args, ty, span, id, path)
    if isinstance(inner, hir.InlineConst):
        return _named(cx, cx.anon_const(inner.anon), cx.identity_args, ty, span, id)
    return WildPat(ty, span, id)


def _literal_pattern(value: m.ConstValue, ty: t.Ty, span: Span, id: int) -> Pat:
    """Byte strings against slices or arrays become slice patterns; other values stay constants."""
    if isinstance(value, m.BytesConst) and isinstance(ty, t.RefTy) and isinstance(ty.ty, (t.SliceTy, t.ArrayTy)):
        elems = tuple(ConstPat(t.u8, span, id, m.ScalarConst(byte, t.u8)) for byte in value.data)
        return DerefPat(ty, span, id, SlicePat(ty.ty, span, id, elems, None, ()))
    return ConstPat(ty, span, id, value)


def _range(cx: BodyCx, id: int, node: hir.RangePat, ty: t.Ty, span: Span) -> Pat:
    bounds: list[m.ScalarConst | None] = []
    for expr in (node.start, node.end):
        pat = _expr_pattern(cx, expr, ty, span, id) if expr is not None else None
        if pat is not None and not (isinstance(pat, ConstPat) and isinstance(pat.value, m.ScalarConst)):
            return pat if isinstance(pat, ConstPat) else WildPat(ty, span, id)  # of generic code, or not understood
        bounds.append(pat.value if isinstance(pat, ConstPat) and isinstance(pat.value, m.ScalarConst) else None)
    low, high = bounds
    return RangePat(ty, span, id, low, high, node.inclusive or high is None)


_RULES: Final[dict[type, Callable[[BodyCx, int, Any, t.Ty, Span], Pat]]] = {
    hir.WildPat: _wild,
    hir.RestPat: _wild,
    hir.MissingPat: _wild,
    hir.BindPat: _binding,
    hir.PathPat: _path,
    hir.TupleStructPat: _tuple_struct,
    hir.RecordPat: _record,
    hir.TuplePat: _tuple,
    hir.SlicePat: _slice,
    hir.RefPat: _ref,
    hir.LitPat: _literal,
    hir.RangePat: _range,
    hir.OrPat: _or,
}
