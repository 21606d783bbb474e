"""Patterns: types of patterns and bindings, with default binding modes (match ergonomics).

``check_pat(fcx, pat, expected, mode)``: ``mode`` is the default binding mode "move", "ref" or "ref mut". A
non-reference pattern against a reference peels it (recorded in ``pat_adjustments``) and makes the mode by-reference.
Bindings are declared in the innermost scope.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.resolve.similar import best_match
from compiler.ty import types as t
from compiler.ty.infer.context import FnCtxt
from compiler.ty.infer.errors import Coded, MismatchedTypes, shown
from compiler.ty.infer.path import resolve_pat_path, struct_like
from compiler.ty.infer.pattern_names import constant_named
from compiler.ty.results import DefRes

Mode = str


def check_pat(fcx: FnCtxt, pat_id: h.PatId, expected: t.Ty, mode: Mode = "move") -> None:
    """Check a pattern against the type of the value it matches."""
    pat = fcx.store.pats[pat_id]
    fcx.result.pat_types[pat_id] = expected
    resolved = _resolve_path_pat(fcx, pat_id, pat)
    if _peels(fcx, pat, resolved):
        expected, mode = _peel_refs(fcx, pat_id, expected, mode)
    rule = _RULES.get(type(pat))
    if resolved is not None:
        _check_resolved(fcx, pat_id, expected, resolved)
    elif rule is not None:
        rule(fcx, pat_id, pat, expected, mode)


def _resolve_path_pat(fcx: FnCtxt, pat_id: h.PatId, pat: h.Pat) -> Any:
    """For a path or plain-name pattern that names a constant, unit struct or unit variant: what it names."""
    if isinstance(pat, h.PathPat):
        return resolve_pat_path(fcx, pat.path, fcx.pat_span(pat_id))
    return constant_named(fcx, pat_id, pat) if isinstance(pat, h.BindPat) else None


def _peels(fcx: FnCtxt, pat: h.Pat, resolved: Any) -> bool:
    if isinstance(pat, h.TupleStructPat | h.RecordPat | h.TuplePat | h.SlicePat | h.RangePat):
        return True
    if isinstance(pat, h.LitPat):
        lit = fcx.store.exprs[pat.expr]
        return not (isinstance(lit, h.Literal) and lit.kind in (h.LitKind.STR, h.LitKind.BYTE_STR))
    return resolved is not None and not (isinstance(resolved, DefRes) and resolved.def_id.kind is DefKind.CONST)


def _peel_refs(fcx: FnCtxt, pat_id: h.PatId, expected: t.Ty, mode: Mode) -> tuple[t.Ty, Mode]:
    peeled: list[t.Ty] = []
    ty = fcx.head(expected)
    while isinstance(ty, t.RefTy):
        peeled.append(ty)
        mode = "ref" if mode == "ref" or not ty.mutable else "ref mut"
        ty = fcx.head(ty.ty)
    if peeled:
        fcx.result.pat_adjustments[pat_id] = tuple(peeled)
    return ty, mode


def _demand(fcx: FnCtxt, pat_id: h.PatId, expected: t.Ty, found: t.Ty) -> None:
    if fcx.icx.unify(found, expected):
        return
    expected, found = fcx.resolve(expected), fcx.resolve(found)
    if not (expected.flags | found.flags) & t.HAS_ERROR:
        fcx.error(MismatchedTypes(fcx.pat_span(pat_id), shown(expected), shown(found)))


def _check_resolved(fcx: FnCtxt, pat_id: h.PatId, expected: t.Ty, resolved: Any) -> None:
    if resolved == "unknown":
        fcx.result.tainted = True
        return
    def_id, args = resolved.def_id, resolved.args
    ty: t.Ty
    if def_id.kind is DefKind.CONST:
        from compiler.ty.collect import type_of

        ty = fcx.instantiate(type_of(fcx.db, def_id), args)
        fcx.result.pat_consts[pat_id] = DefRes(def_id, args)
    else:
        owner = def_id.parent if def_id.kind is DefKind.VARIANT else def_id
        ty = t.AdtTy(owner, args)
        fcx.result.pat_variants[pat_id] = def_id
    fcx.result.pat_types.setdefault(pat_id, expected)
    _demand(fcx, pat_id, expected, ty)


def _bind(fcx: FnCtxt, pat_id: h.PatId, pat: h.BindPat, expected: t.Ty, mode: Mode) -> None:
    explicit = {
        h.BindingAnnotation.REF: "ref",
        h.BindingAnnotation.REF_MUT: "ref mut",
        h.BindingAnnotation.MUTABLE: "move",
    }
    how = explicit.get(pat.mode, mode)
    ty = expected if how == "move" else t.RefTy(t.ERASED, expected, how == "ref mut")
    fcx.result.binding_modes[pat_id] = how
    fcx.result.binding_types[pat_id] = ty
    existing = fcx.scopes[-1].get(pat.name)
    if existing is not None and existing in fcx.or_bindings:
        fcx.result.pat_canonical[pat_id] = existing
        first = fcx.store.pats[existing]
        if isinstance(first, h.BindPat) and first.mode is not pat.mode:
            text = f"variable `{h.strip_mark(pat.name)}` is bound inconsistently across alternatives separated by `|`"
            fcx.error(Coded(fcx.pat_span(pat_id), "E0409", text, "bound in different ways"))
        _demand(fcx, pat_id, fcx.result.binding_types[existing], ty)
    else:
        fcx.declare(pat.name, pat_id)
        fcx.result.pat_canonical[pat_id] = pat_id
    if pat.sub is not None and not isinstance(fcx.store.pats[pat.sub], h.RestPat):
        check_pat(fcx, pat.sub, expected, mode)


def _tuple(fcx: FnCtxt, pat_id: h.PatId, pat: h.TuplePat, expected: t.Ty, mode: Mode) -> None:
    rest = _rest_index(fcx, pat.pats)
    n_written = len(pat.pats) - (rest is not None)
    ty = fcx.head(expected)
    if isinstance(ty, t.TupleTy) and (len(ty.elems) == n_written or (rest is not None and len(ty.elems) >= n_written)):
        elems = ty.elems
    elif ty is t.ERROR:
        elems = tuple(t.ERROR for _ in range(n_written))
    elif rest is not None and type(ty) is t.InferTy:
        fcx.open_type(ty, fcx.pat_span(pat_id))
        elems = tuple(t.ERROR for _ in range(n_written))
    else:
        elems = tuple(fcx.icx.fresh() for _ in range(n_written))
        _demand(fcx, pat_id, expected, t.TupleTy(elems))
        rest = None if rest is None else rest
    for sub, index in _positions(pat.pats, rest, len(elems)):
        check_pat(fcx, sub, elems[index], mode)


def _rest_index(fcx: FnCtxt, pats: tuple[h.PatId, ...]) -> int | None:
    for i, p in enumerate(pats):
        node = fcx.store.pats[p]
        if isinstance(node, h.RestPat):
            return i
    return None


def _positions(pats: tuple[h.PatId, ...], rest: int | None, n: int) -> list[tuple[h.PatId, int]]:
    """(sub-pattern, index of the element it matches), without the ``..``."""
    if rest is None:
        return [(p, i) for i, p in enumerate(pats) if i < n]
    tail = len(pats) - rest - 1
    return [(p, i) for i, p in enumerate(pats[:rest]) if i < n] + [
        (p, n - tail + i) for i, p in enumerate(pats[rest + 1 :]) if 0 <= n - tail + i < n
    ]


def _tuple_struct(fcx: FnCtxt, pat_id: h.PatId, pat: h.TupleStructPat, expected: t.Ty, mode: Mode) -> None:
    found = struct_like(fcx, pat.path, fcx.pat_span(pat_id), "tuple struct or tuple variant")
    if found is None:
        for sub in pat.pats:
            if not isinstance(fcx.store.pats[sub], h.RestPat):
                check_pat(fcx, sub, t.ERROR, mode)
        return
    variant, ty = found
    if variant.ctor != "tuple":
        kind = "unit" if variant.ctor == "unit" else "struct"
        noun = "variant" if variant.def_id.kind is DefKind.VARIANT else "struct"
        text = f"expected tuple struct or tuple variant, found {kind} {noun} `{pat.path}`"
        code = "E0532" if kind == "unit" else "E0164" if noun == "variant" else "E0532"
        fcx.error(Coded(fcx.pat_span(pat_id), code, text, "not a tuple variant or struct"))
        for sub in pat.pats:
            if not isinstance(fcx.store.pats[sub], h.RestPat):
                check_pat(fcx, sub, t.ERROR, mode)
        return
    _demand(fcx, pat_id, expected, ty)
    fcx.result.pat_variants[pat_id] = variant.def_id
    rest = _rest_index(fcx, pat.pats)
    n_written, n_fields = len(pat.pats) - (rest is not None), len(variant.fields)
    if n_written > n_fields or (rest is None and n_written < n_fields):
        noun = "variant" if variant.def_id.kind is DefKind.VARIANT else "struct"
        text = (
            f"this pattern has {n_written} field{'s' * (n_written != 1)}, but the corresponding tuple {noun} has "
            f"{n_fields} field{'s' * (n_fields != 1)}"
        )
        parts = [sub for sub in pat.pats if not isinstance(fcx.store.pats[sub], h.RestPat)]
        fcx.error(
            Coded(
                fcx.pat_span(parts[-1] if parts else pat_id),
                "E0023",
                text,
                f"expected {n_fields} field{'s' * (n_fields != 1)}, found {n_written}",
            )
        )
    tys = _field_types(fcx, variant, ty, expected)
    for sub, index in _positions(pat.pats, rest, n_fields):
        check_pat(fcx, sub, tys[index], mode)
    for sub in pat.pats:
        if sub not in fcx.result.pat_types and not isinstance(fcx.store.pats[sub], h.RestPat):
            check_pat(fcx, sub, t.ERROR, mode)


def _field_types(fcx: FnCtxt, variant: Any, ty: t.AdtTy, expected: t.Ty) -> list[t.Ty]:
    """Of a value whose type is not known, it is not known either how its fields are bound."""
    if fcx.head(expected) is t.ERROR:
        return [t.ERROR for _ in variant.fields]
    return [fcx.instantiate(f.ty, ty.args) for f in variant.fields]


def _record(fcx: FnCtxt, pat_id: h.PatId, pat: h.RecordPat, expected: t.Ty, mode: Mode) -> None:
    found = struct_like(fcx, pat.path, fcx.pat_span(pat_id))
    if found is None:
        for f in pat.fields:
            check_pat(fcx, f.pat, t.ERROR, mode)
        return
    variant, ty = found
    _demand(fcx, pat_id, expected, ty)
    fcx.result.pat_variants[pat_id] = variant.def_id
    tys = _field_types(fcx, variant, ty, expected)
    index = {f.name: i for i, f in enumerate(variant.fields)}
    seen: set[str] = set()
    for f in pat.fields:
        name = h.strip_mark(f.name)
        at = index.get(name)
        if at is None:
            fcx.error(
                Coded(
                    f.span, "E0026", f"{_variant_noun(variant)} does not have a field named `{name}`", "no such field"
                )
            )
        elif name in seen:
            fcx.error(Coded(f.span, "E0025", f"field `{name}` bound multiple times in the pattern", "multiple uses"))
        seen.add(name)
        check_pat(fcx, f.pat, tys[at] if at is not None else t.ERROR, mode)
    if variant.def_id.kind is DefKind.UNION:
        _union_fields(fcx, pat_id, pat)
        return
    missing = [n for n in index if n not in seen]
    strange = [n for n in seen if n not in index]
    if len(strange) == 1 and (meant := best_match(strange[0], missing)) is not None:
        missing.remove(meant)  # a misspelt field is one mistake
    if missing and not pat.has_rest:
        names = ", ".join(f"`{n}`" for n in missing)
        text = f"pattern does not mention field{'s' * (len(missing) > 1)} {names}"
        fcx.error(Coded(fcx.pat_span(pat_id), "E0027", text, f"missing {names}", help="add `..` to ignore the others"))


def _union_fields(fcx: FnCtxt, pat_id: h.PatId, pat: h.RecordPat) -> None:
    """A union's pattern looks at one field."""
    if len(pat.fields) != 1:
        fcx.error(Coded(fcx.pat_span(pat_id), "", "union patterns should have exactly one field"))
    if pat.has_rest:
        fcx.error(Coded(fcx.pat_span(pat_id), "", "`..` cannot be used in union patterns"))


def _variant_noun(variant: Any) -> str:
    def_id: DefId = variant.def_id
    kind = "variant" if def_id.kind is DefKind.VARIANT else "struct"
    return f"{kind} `{def_id.name}`"


def _slice(fcx: FnCtxt, pat_id: h.PatId, pat: h.SlicePat, expected: t.Ty, mode: Mode) -> None:
    ty = fcx.head(expected)
    if isinstance(ty, t.ArrayTy | t.SliceTy):
        elem = ty.ty
    elif ty is t.ERROR or (type(ty) is t.InferTy and ty.kind == "ty"):
        elem = fcx.icx.fresh() if type(ty) is t.InferTy else t.ERROR
        if type(ty) is t.InferTy and fcx.is_let_pattern and all(not _is_rest(fcx, p) for p in pat.pats):
            fcx.icx.unify(ty, t.ArrayTy(elem, t.const_value(len(pat.pats), t.usize)))
        elif type(ty) is t.InferTy:
            fcx.open_type(ty, fcx.pat_span(pat_id))
            ty = elem = t.ERROR
    else:
        fcx.error(
            Coded(
                fcx.pat_span(pat_id),
                "E0529",
                f"expected an array or slice, found `{shown(fcx.resolve(ty))}`",
                f"pattern cannot match with input type `{shown(fcx.resolve(ty))}`",
            )
        )
        elem = t.ERROR
    n_fixed = sum(1 for p in pat.pats if not _is_rest(fcx, p))
    if isinstance(ty, t.ArrayTy):
        _check_array_length(fcx, pat_id, pat, ty, n_fixed)
    for sub in pat.pats:
        node = fcx.store.pats[sub]
        if isinstance(node, h.RestPat):
            fcx.result.pat_types[sub] = ty
        elif isinstance(node, h.BindPat) and node.sub is not None and isinstance(fcx.store.pats[node.sub], h.RestPat):
            check_pat(fcx, sub, _rest_type(fcx, ty, elem, n_fixed), mode)
        else:
            check_pat(fcx, sub, elem, mode)


def _rest_type(fcx: FnCtxt, ty: t.Ty, elem: t.Ty, n_fixed: int) -> t.Ty:
    if isinstance(ty, t.ArrayTy):
        length = fcx.icx.eval_const(fcx.icx.shallow_const(ty.len))
        return t.ArrayTy(
            elem, t.const_value(length.value - n_fixed, t.usize) if length.kind == "value" else t.CONST_ERROR
        )
    return t.SliceTy(elem)


def _is_rest(fcx: FnCtxt, pat: h.PatId) -> bool:
    node = fcx.store.pats[pat]
    if isinstance(node, h.BindPat) and node.sub is not None:
        node = fcx.store.pats[node.sub]
    return isinstance(node, h.RestPat)


def _check_array_length(fcx: FnCtxt, pat_id: h.PatId, pat: h.SlicePat, ty: t.ArrayTy, n_fixed: int) -> None:
    length = fcx.icx.eval_const(fcx.icx.shallow_const(ty.len))
    has_rest = n_fixed != len(pat.pats)
    if length.kind == "infer" and not has_rest:
        fcx.icx.unify_const(length, t.const_value(n_fixed, t.usize))
    elif length.kind == "value" and (n_fixed > length.value or (n_fixed < length.value and not has_rest)):
        code = "E0528" if has_rest else "E0527"
        least = "at least " if has_rest else ""
        text = f"pattern requires {least}{n_fixed} elements but array has {length.value}"
        fcx.error(Coded(fcx.pat_span(pat_id), code, text, f"expected {length.value} elements"))
    elif length.flags & t.HAS_PARAM:
        fcx.error(Coded(fcx.pat_span(pat_id), "E0730", "cannot pattern-match on an array without a fixed length"))


def _ref(fcx: FnCtxt, pat_id: h.PatId, pat: h.RefPat, expected: t.Ty, mode: Mode) -> None:
    ty = fcx.head(expected)
    if isinstance(ty, t.RefTy) and ty.mutable == pat.mutable:
        check_pat(fcx, pat.pat, ty.ty)
        return
    inner = t.ERROR if ty is t.ERROR else fcx.icx.fresh()
    _demand(fcx, pat_id, expected, t.RefTy(t.ERASED, inner, pat.mutable))
    check_pat(fcx, pat.pat, inner)


def _lit(fcx: FnCtxt, pat_id: h.PatId, pat: h.LitPat, expected: t.Ty, mode: Mode) -> None:
    ty = fcx.infer_expr(pat.expr, expected)
    shallow = fcx.head(expected)
    if (
        isinstance(shallow, t.RefTy)
        and isinstance(shallow.ty, t.SliceTy)
        and isinstance(ty, t.RefTy)
        and isinstance(ty.ty, t.ArrayTy)
    ):
        ty = t.RefTy(t.ERASED, t.SliceTy(t.u8), False)  # b"..." against &[u8]
        fcx.result.expr_types[pat.expr] = ty
    if shallow is t.str_ and isinstance(ty, t.RefTy):
        ty = t.str_
    _demand(fcx, pat_id, expected, ty)


def _range(fcx: FnCtxt, pat_id: h.PatId, pat: h.RangePat, expected: t.Ty, mode: Mode) -> None:
    ends = [(end, fcx.infer_expr(end, expected)) for end in (pat.start, pat.end) if end is not None]
    unordered = [fcx.span(end) for end, ty in ends if not _has_ranges(fcx.head(ty))]
    if unordered:
        text = "only `char` and numeric types are allowed in range patterns"
        fcx.error(Coded(unordered[0], "E0029", text, "this is of another type"))
        return
    for _, ty in ends:
        _demand(fcx, pat_id, expected, ty)


def _has_ranges(ty: t.Ty) -> bool:
    return isinstance(ty, t.IntTy | t.FloatTy | t.InferTy) or ty in (t.char, t.ERROR, t.never)


def _or(fcx: FnCtxt, pat_id: h.PatId, pat: h.OrPat, expected: t.Ty, mode: Mode) -> None:
    outer = fcx.or_bindings
    before = dict(fcx.scopes[-1])
    check_pat(fcx, pat.pats[0], expected, mode)
    made = {p for name, p in fcx.scopes[-1].items() if before.get(name) != p}
    fcx.or_bindings = outer | made
    names = {fcx.store.pats[p].name for p in made}  # type: ignore[union-attr]
    for sub in pat.pats[1:]:
        known = set(fcx.scopes[-1])
        check_pat(fcx, sub, expected, mode)
        for name in set(fcx.scopes[-1]) - known:
            text = f"variable `{h.strip_mark(name)}` is not bound in all patterns"
            fcx.error(Coded(fcx.pat_span(sub), "E0408", text, f"pattern doesn't bind `{h.strip_mark(name)}`"))
        _check_all_bound(fcx, sub, names)
    fcx.or_bindings = outer


def _check_all_bound(fcx: FnCtxt, pat_id: h.PatId, names: set[str]) -> None:
    bound = {fcx.store.pats[p].name for p in bindings_of(fcx.store, pat_id)}  # type: ignore[union-attr]
    for name in sorted(names - bound):
        text = f"variable `{h.strip_mark(name)}` is not bound in all patterns"
        fcx.error(Coded(fcx.pat_span(pat_id), "E0408", text, f"pattern doesn't bind `{h.strip_mark(name)}`"))


def sub_patterns(pat: h.Pat) -> tuple[h.PatId, ...]:
    """Direct sub-patterns."""
    match pat:
        case h.BindPat(sub=sub):
            return () if sub is None else (sub,)
        case h.TupleStructPat() | h.TuplePat() | h.SlicePat() | h.OrPat():
            return pat.pats
        case h.RecordPat():
            return tuple(f.pat for f in pat.fields)
        case h.RefPat():
            return (pat.pat,)
    return ()


def bindings_of(store: h.ExprStore, root: h.PatId) -> list[h.PatId]:
    """All BindPats inside a pattern, in source order."""
    out: list[h.PatId] = []
    stack = [root]
    while stack:
        at = stack.pop()
        if isinstance(store.pats[at], h.BindPat):
            out.append(at)
        stack.extend(reversed(sub_patterns(store.pats[at])))
    return out


def _nothing(fcx: FnCtxt, pat_id: h.PatId, pat: h.Pat, expected: t.Ty, mode: Mode) -> None:
    """Wildcards, ``..`` and patterns that did not parse."""


_RULES: dict[type, Callable[[FnCtxt, h.PatId, Any, t.Ty, Mode], None]] = {
    h.WildPat: _nothing,
    h.RestPat: _nothing,
    h.MissingPat: _nothing,
    h.BindPat: _bind,
    h.TuplePat: _tuple,
    h.TupleStructPat: _tuple_struct,
    h.RecordPat: _record,
    h.SlicePat: _slice,
    h.RefPat: _ref,
    h.LitPat: _lit,
    h.RangePat: _range,
    h.OrPat: _or,
}
