"""Paths in bodies: what a value path, a pattern path or a struct-literal path means, with its generic arguments.

Three shapes (rustc's): fully resolved by names (``module::f::<T>``, ``Enum::Variant``), a type followed by an
associated item (``Vec::<T>::new``, ``T::default``, ``<T>::X``), and a trait followed by its item (``Iterator::next``,
``<T as Tr>::X``).
"""

from __future__ import annotations

from typing import Any

from compiler.base.span import Span
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.resolve import resolver as r
from compiler.resolve.lang import lang_item
from compiler.resolve.scope import Namespace
from compiler.ty import types as t
from compiler.ty.infer.context import FnCtxt
from compiler.ty.infer.errors import Coded, NoMethodFound, SeveralApplicable, shown
from compiler.ty.infer.own_args import own_args
from compiler.ty.method import any_of_trait, bound_candidates, inherent_method_index, rival_traits, trait_candidates
from compiler.ty.results import ConstParamRes, DefRes, LocalRes, SelfCtorRes, ValueRes
from compiler.ty.sketches import is_sketch, is_sketched
from compiler.ty.traits.select import fresh_args

Found = tuple[ValueRes | None, t.Ty]
NOTHING: Found = (None, t.ERROR)


def infer_path(fcx: FnCtxt, expr: h.ExprId, node: h.PathExpr, expected: t.Ty | None) -> t.Ty:
    """Type of a path expression; records ``values``."""
    res, ty = value_path(fcx, node.path, fcx.span(expr), expr)
    if isinstance(res, DefRes) and res.def_id.kind is DefKind.VARIANT and _is_record(fcx, res.def_id):
        text = f"expected value, found struct variant `{node.path}`"
        in_scope = isinstance(node.path, h.Path) and len(node.path.segments) == 1
        fcx.error(Coded(fcx.span(expr), "E0423" if in_scope else "E0533", text, "not a value"))
        res, ty = NOTHING
    if res is None:
        fcx.result.tainted = True
    else:
        fcx.result.values[expr] = res
    return ty


def _is_record(fcx: FnCtxt, def_id: DefId) -> bool:
    from compiler.ty.adt import variant_of

    return variant_of(fcx.db, def_id).ctor == "record"


def _report_private(fcx: FnCtxt) -> None:
    """Items on the way that may not be named here (E0603)."""
    found = fcx.result.diagnostics
    found.extend(problem for problem in fcx.resolver.problems if problem not in found)
    fcx.resolver.problems.clear()


def value_path(fcx: FnCtxt, path: h.AnyPath, span: Span, cause: Any, expected: str = "value") -> Found:
    """Resolve in the value namespace: locals first, then items."""
    if isinstance(path, h.LangPath):
        def_id = lang_item(fcx.db, path.item)
        return NOTHING if def_id is None else instantiate_item(fcx, def_id, fresh_args(fcx.icx, def_id, cause), cause)
    name = path.plain_name()
    if name is not None:
        local = fcx.lookup_local(name)
        if local is not None:
            local = fcx.result.pat_canonical.get(local, local)
            return LocalRes(local), fcx.result.binding_types.get(local, t.ERROR)
    if path.qself is not None:
        return _qualified(fcx, path, span, cause)
    found, n_used = fcx.resolver.resolve_value_path(path, expected)
    _report_private(fcx)
    if isinstance(found, r.UnknownRes) and _is_variable_prefix(fcx, path):
        first = path.segments[0]
        found = r.Unresolved(first.span, first.name, expected, Namespace.TYPES, is_prefix=True, resolver=fcx.resolver)
    if isinstance(found, r.Unresolved):
        return _unresolved(fcx, path, found, span)
    if isinstance(found, r.UnknownRes):
        return _of_primitive(fcx, path, span, cause) or NOTHING
    if n_used == len(path.segments):
        return _resolved_value(fcx, path, found, span, cause)
    return _type_relative(fcx, path, found, n_used, span, cause)


def _is_variable_prefix(fcx: FnCtxt, path: h.Path) -> bool:
    """``x::MAX`` for a variable ``x``, where nothing else has that name: no crate is meant."""
    if len(path.segments) < 2 or path.anchor or fcx.lookup_local(path.segments[0].name) is None:
        return False
    prefix, _ = fcx.resolver.resolve_type_path(_prefix(path, 1))
    return isinstance(prefix, r.Unresolved) or (
        isinstance(prefix, r.UnknownRes) and prefix.path == path.segments[0].name
    )


def _of_primitive(fcx: FnCtxt, path: h.Path, span: Span, cause: Any) -> Found | None:
    """``f32::from_bits`` below ``use core::f32;``: what the module does not have is looked for in the type."""
    if len(path.segments) != 2 or path.anchor or path.segments[0].name not in t.PRIMITIVES:
        return None
    ty = t.PRIMITIVES[path.segments[0].name]
    return _inherent_item(fcx, ty, path.segments[1], span, cause) or _trait_assoc(
        fcx, ty, path.segments[1], span, cause
    )


def _unresolved(fcx: FnCtxt, path: h.Path, found: r.Unresolved, span: Span) -> Found:
    fcx.result.tainted = True
    local_names = {name for scope in fcx.scopes for name in scope}
    diagnostic = found.to_diagnostic(fcx.owner, local_names) if found.reportable else None
    if diagnostic is not None and diagnostic not in fcx.result.diagnostics:
        fcx.result.diagnostics.append(diagnostic)
    return NOTHING


def instantiate_item(fcx: FnCtxt, def_id: DefId, args: t.GenericArgs, cause: Any) -> Found:
    """A value item with complete args: its resolution and type; registers its where-clauses."""
    from compiler.ty.collect import type_of

    fcx.register_predicates(def_id, args, cause)
    kind = def_id.kind
    if kind in (DefKind.STRUCT, DefKind.VARIANT):
        return DefRes(def_id, args), _ctor_type(fcx, def_id, args)
    if kind is DefKind.FN:
        return DefRes(def_id, args), t.FnDefTy(def_id, args)
    return DefRes(def_id, args), fcx.instantiate(type_of(fcx.db, def_id), args, cause)


def _ctor_type(fcx: FnCtxt, def_id: DefId, args: t.GenericArgs) -> t.Ty:
    from compiler.ty.adt import variant_of

    variant = variant_of(fcx.db, def_id)
    if variant.ctor == "tuple":
        return t.FnDefTy(def_id, args)
    owner = def_id.parent if def_id.kind is DefKind.VARIANT else def_id
    assert owner is not None
    return t.AdtTy(owner, args)


def _resolved_value(fcx: FnCtxt, path: h.Path, found: Any, span: Span, cause: Any) -> Found:
    last = path.segments[-1]
    if isinstance(found, r.ConstParamRes):
        from compiler.ty.collect import const_param_type

        const = t.const_param(found.name, found.index)
        return ConstParamRes(const), const_param_type(fcx.db, found.owner, found.index)
    if isinstance(found, r.SelfTyRes):
        return _self_ctor(fcx, found, span)
    if not isinstance(found, r.ValueDefRes):
        text = f"expected value, found {_noun(found)} `{path}`"
        fcx.error(Coded(span, "E0423", text, "not a value"))
        return NOTHING
    def_id = found.def_id
    args = fresh_args(fcx.icx, def_id, cause)
    if def_id.kind is DefKind.VARIANT:
        assert def_id.parent is not None
        at = last if last.args is not None or len(path.segments) < 2 else path.segments[-2]
        args = own_args(fcx, def_id.parent, at, args)
    else:
        args = own_args(fcx, def_id, last, args)
    if def_id.kind is DefKind.STRUCT and _is_record(fcx, def_id):
        fcx.error(Coded(span, "E0423", f"expected value, found struct `{path}`", "not a value"))
        return NOTHING
    return instantiate_item(fcx, def_id, args, cause)


def _noun(found: Any) -> str:
    names = {r.ModRes: "module", r.PrimTyRes: "builtin type", r.TypeParamRes: "type parameter"}
    if isinstance(found, r.TypeDefRes):
        return {DefKind.TYPE_ALIAS: "type alias"}.get(found.def_id.kind, found.def_id.kind.value)
    return names.get(type(found), "type")


def _self_ctor(fcx: FnCtxt, found: r.SelfTyRes, span: Span) -> Found:
    from compiler.ty.adt import variant_of
    from compiler.ty.collect import type_of

    ty = fcx.instantiate(type_of(fcx.db, found.def_id), fcx.identity)
    if not isinstance(ty, t.AdtTy) or ty.def_id.kind is not DefKind.STRUCT:
        fcx.error(Coded(span, "E0423", "expected value, found type `Self`", "not a value"))
        return NOTHING
    res = SelfCtorRes(ty.def_id, ty.args)
    return res, t.FnDefTy(ty.def_id, ty.args) if variant_of(fcx.db, ty.def_id).ctor == "tuple" else ty


def _qualified(fcx: FnCtxt, path: h.Path, span: Span, cause: Any) -> Found:
    assert path.qself is not None
    self_ty = fcx.lower_ty(path.qself, complete=True)
    last = path.segments[-1]
    if path.n_trait_segments == 0:
        if len(path.segments) > 1:
            prefix = _prefix(path, len(path.segments) - 1)
            self_ty = fcx.lower_ty(h.PathType(prefix, prefix.span))
        return associated_item(fcx, self_ty, last, span, cause)
    if len(path.segments) > path.n_trait_segments + 1:
        prefix = _prefix(path, len(path.segments) - 1)
        return associated_item(fcx, fcx.lower_ty(h.PathType(prefix, prefix.span)), last, span, cause)
    trait_path = h.Path(path.segments[: path.n_trait_segments], path.anchor, path.n_super, path.krate, span=path.span)
    with fcx.lowering.nothing_left_out():
        trait_ref, _ = fcx.lowering.lower_trait_ref(trait_path, self_ty)
    if trait_ref is None:
        return NOTHING
    return _trait_item(fcx, t.erase_regions(trait_ref), last, span, cause)


def _prefix(path: h.Path, n: int) -> h.Path:
    span = Span(path.span.start, path.segments[n - 1].span.end) if n else path.span
    return h.Path(
        path.segments[:n], path.anchor, path.n_super, path.krate, path.qself, min(path.n_trait_segments, n), span
    )


def _trait_item(fcx: FnCtxt, ref: t.TraitRef, segment: h.PathSegment, span: Span, cause: Any) -> Found:
    from compiler.ty.collect import assoc_items
    from compiler.ty.generics import generics_of

    name = h.strip_mark(segment.name)
    for item in assoc_items(fcx.db, ref.def_id).get(name, ()):
        if item.kind in (DefKind.FN, DefKind.CONST):
            n_parent = generics_of(fcx.db, item).parent_count
            args = ref.args + fresh_args(fcx.icx, item, cause)[n_parent:]
            return instantiate_item(fcx, item, own_args(fcx, item, segment, args), cause)
    if is_sketch(fcx.db, ref.def_id):
        fcx.result.tainted = True
        return NOTHING
    text = f"cannot find method or associated constant `{name}` in trait `{ref.def_id.name}`"
    fcx.error(Coded(segment.span, "E0576", text, f"not found in `{ref.def_id.name}`"))
    return NOTHING


def _type_relative(fcx: FnCtxt, path: h.Path, found: Any, n_used: int, span: Span, cause: Any) -> Found:
    last = path.segments[-1]
    if isinstance(found, r.TypeDefRes) and found.def_id.kind is DefKind.TRAIT and n_used == len(path.segments) - 1:
        self_ty: t.Ty = fcx.icx.fresh(origin=cause)
        prefix = _prefix(path, n_used)
        trait_ref, _ = fcx.lowering.lower_trait_ref(prefix, self_ty)
        return NOTHING if trait_ref is None else _trait_item(fcx, t.erase_regions(trait_ref), last, span, cause)
    prefix = _prefix(path, len(path.segments) - 1)
    self_ty = fcx.lower_ty(h.PathType(prefix, prefix.span))
    return associated_item(fcx, self_ty, last, span, cause)


def enum_variant(fcx: FnCtxt, ty: t.Ty, name: str) -> DefId | None:
    """The variant of an enum type by name."""
    if isinstance(ty, t.AdtTy) and ty.def_id.kind is DefKind.ENUM:
        from compiler.ty.adt import adt_def

        for variant in adt_def(fcx.db, ty.def_id).variants:
            if variant.name == name:
                return variant.def_id
    return None


def associated_item(fcx: FnCtxt, self_ty: t.Ty, segment: h.PathSegment, span: Span, cause: Any) -> Found:
    """``Type::name``: enum variant, inherent item, then items of traits in scope."""
    ty = fcx.head(self_ty)
    name = h.strip_mark(segment.name)
    if ty.flags & t.HAS_ERROR:
        return NOTHING
    variant = enum_variant(fcx, ty, name)
    if variant is not None:
        assert isinstance(ty, t.AdtTy)
        return instantiate_item(fcx, variant, ty.args, cause)
    item = _inherent_item(fcx, ty, segment, span, cause) or _trait_assoc(fcx, ty, segment, span, cause)
    if item is not None:
        return item
    resolved = fcx.resolve(ty)
    if is_sketched(fcx.db, resolved):
        fcx.result.tainted = True
        return NOTHING
    kind = (
        "variant or associated item"
        if isinstance(ty, t.AdtTy) and ty.def_id.kind is DefKind.ENUM
        else "associated item"
    )
    fcx.error(NoMethodFound(segment.span, name, shown(resolved), kind))
    return NOTHING


def _inherent_item(fcx: FnCtxt, ty: t.Ty, segment: h.PathSegment, span: Span, cause: Any) -> Found | None:
    from compiler.ty.collect import type_of
    from compiler.ty.impls import simplify

    name = h.strip_mark(segment.name)
    bounds = list(dict.fromkeys(bound_candidates(fcx.icx, ty, name)))
    if bounds:
        if rivals := rival_traits(bounds):
            fcx.error(SeveralApplicable(segment.span, name, tuple(c.container for c in rivals), shown(fcx.resolve(ty))))
            return NOTHING
        chosen = any_of_trait(bounds) if len(bounds) > 1 else bounds[0]
        ref_args = chosen.args or (ty, *fresh_args(fcx.icx, chosen.container, cause)[1:])
        return _trait_item(fcx, t.TraitRef(chosen.container, ref_args), segment, span, cause)
    key = simplify(ty)
    private: DefId | None = None
    for impl, item in inherent_method_index(fcx.db, key).get(name, ()) if key is not None else ():
        args = fresh_args(fcx.icx, item, cause)
        impl_ty = fcx.instantiate(type_of(fcx.db, impl), args)
        if not fcx.icx.probe(lambda ty=ty, impl_ty=impl_ty: fcx.icx.unify(impl_ty, ty)):  # type: ignore[misc]
            continue
        if not fcx.resolver.def_visible(item):
            private = item
            continue
        fcx.icx.unify(impl_ty, ty)
        return instantiate_item(fcx, item, own_args(fcx, item, segment, args), cause)
    if private is not None:
        what = "associated constant" if private.kind is DefKind.CONST else "associated function"
        fcx.error(Coded(segment.span, "E0624", f"{what} `{name}` is private", f"private {what}"))
        return NOTHING
    return None


def _trait_assoc(fcx: FnCtxt, ty: t.Ty, segment: h.PathSegment, span: Span, cause: Any) -> Found | None:
    from compiler.ty.generics import generics_of
    from compiler.ty.traits.fulfill import evaluate

    viable: list[tuple[bool | None, t.TraitRef]] = []
    for candidate in trait_candidates(fcx.icx, fcx.traits_in_scope, h.strip_mark(segment.name)):
        args = fresh_args(fcx.icx, candidate.item, cause)[: generics_of(fcx.db, candidate.container).count]
        ref = t.TraitRef(candidate.container, (ty, *args[1:]))
        holds = evaluate(fcx.icx, t.TraitPredicate(ref))
        if holds is not False:
            viable.append((holds, ref))
    if not viable:
        return None
    sure = [ref.def_id for holds, ref in viable if holds]
    if len(sure) > 1:
        name = h.strip_mark(segment.name)
        fcx.error(SeveralApplicable(segment.span, name, tuple(sure), shown(fcx.resolve(ty))))
        return NOTHING
    viable.sort(key=lambda v: v[0] is not True)
    return _trait_item(fcx, viable[0][1], segment, span, cause)


# ---------------------------------------------------------------- patterns and struct literals


def resolve_pat_path(fcx: FnCtxt, path: h.AnyPath, span: Span) -> DefRes | str:
    """What a path pattern names: a constant, unit struct or unit variant (DefRes), or "unknown"."""
    if isinstance(path, h.LangPath):
        def_id = lang_item(fcx.db, path.item)
        return DefRes(def_id, fresh_args(fcx.icx, def_id, span)) if def_id is not None else "unknown"
    res, _ = value_path(fcx, path, span, None, "unit struct, unit variant or constant")
    if isinstance(res, SelfCtorRes):
        return DefRes(res.def_id, res.args)
    if isinstance(res, DefRes) and res.def_id.kind is DefKind.CONST:
        return res
    if isinstance(res, DefRes) and res.def_id.kind in (DefKind.STRUCT, DefKind.VARIANT):
        from compiler.ty.adt import variant_of

        if variant_of(fcx.db, res.def_id).ctor == "unit":
            return res
    if res is not None:
        is_record = isinstance(res, DefRes) and res.def_id.kind is DefKind.VARIANT and _is_record(fcx, res.def_id)
        is_assoc = _is_associated(res)
        what = "struct variant " if is_record else "associated function " if is_assoc else ""
        text = f"expected unit struct, unit variant or constant, found {what}`{path}`"
        code = "E0533" if (is_record and len(path.segments) > 1) or is_assoc else "E0532"
        fcx.error(Coded(span, code, text, "not a unit struct, unit variant or constant"))
    return "unknown"


def struct_like(
    fcx: FnCtxt, path: h.AnyPath, span: Span, expected: str = "struct, variant or union type"
) -> tuple[Any, t.AdtTy] | None:
    """The struct, union or variant a ``Path { .. }`` or ``Path(..)`` pattern or literal names, and its type."""
    if isinstance(path, h.LangPath):
        def_id = lang_item(fcx.db, path.item)
        return None if def_id is None else _variant_type(fcx, def_id, fresh_args(fcx.icx, def_id, span))
    found, n_used = fcx.resolver.resolve_type_path(path) if path.qself is None else (None, 0)
    if isinstance(found, r.UnknownRes):
        return None
    complete = found is not None and n_used == len(path.segments)
    names_type = complete and not isinstance(found, r.Unresolved) and not _is_variant_res(found)
    if names_type and isinstance(found, r.TypeDefRes) and not expected.startswith("struct"):
        if not _has_constructor(fcx, path, found, span, expected):
            return None
    if names_type or _is_associated_type(fcx, path, found, n_used):
        return _struct_of_type(fcx, path, found, span, expected)
    res, _ = value_or_variant(fcx, path, span, expected)
    if res is None:
        fcx.result.tainted = True
        return None
    if isinstance(res, DefRes | SelfCtorRes) and res.def_id.kind in (DefKind.STRUCT, DefKind.VARIANT):
        return _variant_type(fcx, res.def_id, res.args)
    code = "E0574" if expected.startswith("struct") else "E0164" if _is_associated(res) else "E0532"
    fcx.error(Coded(span, code, f"expected {expected}, found `{path}`", f"not a {expected}"))
    return None


def _is_associated(res: ValueRes) -> bool:
    parent = res.def_id.parent if isinstance(res, DefRes) else None
    return parent is not None and parent.kind in (DefKind.IMPL, DefKind.TRAIT)


def _has_constructor(fcx: FnCtxt, path: h.Path, found: r.TypeDefRes, span: Span, expected: str) -> bool:
    """Whether the name of a struct is a value too: where its constructor is seen. Else E0532 or E0603."""
    value, _ = fcx.resolver.resolve_value_path(path, expected)
    _report_private(fcx)
    if isinstance(value, r.ValueDefRes) or found.def_id.kind not in (DefKind.STRUCT, DefKind.TYPE_ALIAS):
        return True
    if found.def_id.kind is DefKind.STRUCT and _is_record(fcx, found.def_id):
        return True  # told by what the pattern needs
    noun = "struct" if found.def_id.kind is DefKind.STRUCT else "type alias"
    fcx.error(Coded(span, "E0532", f"expected {expected}, found {noun} `{path}`", f"not a {expected}"))
    return False


def _struct_of_type(fcx: FnCtxt, path: h.Path, found: Any, span: Span, expected: str) -> tuple[Any, t.AdtTy] | None:
    """``path`` names a type. What cannot be a struct by its name alone is E0574; a type behind a name, E0071."""
    from compiler.ty.adt import variant_of

    literal = expected.startswith("struct")
    kind = found.def_id.kind if isinstance(found, r.TypeDefRes) else None
    if literal and (isinstance(found, r.ModRes) or kind is DefKind.TRAIT):
        fcx.error(Coded(span, "E0574", f"expected {expected}, found {_noun(found)} `{path}`", f"not a {expected}"))
        return None
    ty = fcx.head(fcx.lower_ty(h.PathType(path, span)))
    if isinstance(ty, t.AdtTy) and ty.def_id.kind in (DefKind.STRUCT, DefKind.UNION):
        return variant_of(fcx.db, ty.def_id), ty
    if ty.flags & t.HAS_ERROR:
        return None
    by_name = kind is DefKind.ENUM or isinstance(found, r.PrimTyRes | r.TypeParamRes)
    if not literal:
        fcx.error(Coded(span, "E0532", f"expected {expected}, found `{shown(ty)}`", f"not a {expected}"))
    elif by_name and len(path.segments) == 1:
        fcx.error(Coded(span, "E0574", f"expected {expected}, found {_noun(found)} `{path}`", f"not a {expected}"))
    else:
        what = "associated type" if isinstance(ty, t.AliasTy) else f"`{shown(fcx.resolve(ty))}`"
        fcx.error(Coded(span, "E0071", f"expected {expected}, found {what}", "not a struct"))
    return None


def _is_associated_type(fcx: FnCtxt, path: h.Path, found: Any, n_used: int) -> bool:
    """``T::Output { .. }`` and ``Self::Output { .. }``, the type before it not being an enum."""
    if not isinstance(found, r.TypeParamRes | r.SelfTyRes) or n_used != 1 or len(path.segments) != 2:
        return False
    prefix = _prefix(path, 1)
    ty = fcx.head(fcx.lower_ty(h.PathType(prefix, prefix.span)))
    return not ty.flags & t.HAS_ERROR and not (isinstance(ty, t.AdtTy) and ty.def_id.kind is DefKind.ENUM)


def _is_variant_res(found: Any) -> bool:
    return isinstance(found, r.TypeDefRes | r.ValueDefRes) and found.def_id.kind is DefKind.VARIANT


def value_or_variant(fcx: FnCtxt, path: h.Path, span: Span, expected: str) -> Found:
    """Like :func:`value_path`, but record variants are fine."""
    if path.qself is None:
        found, n_used = fcx.resolver.resolve_value_path(path)
        if _is_variant_res(found) and n_used == len(path.segments):
            def_id: Any = found.def_id  # type: ignore[union-attr]
            args = fresh_args(fcx.icx, def_id, span)
            at = path.segments[-1]
            if at.args is None and len(path.segments) > 1:
                at = path.segments[-2]
            return DefRes(def_id, own_args(fcx, def_id.parent, at, args)), t.ERROR
    return value_path(fcx, path, span, None, expected)


def _variant_type(fcx: FnCtxt, def_id: DefId, args: t.GenericArgs) -> tuple[Any, t.AdtTy]:
    from compiler.ty.adt import variant_of

    owner = def_id.parent if def_id.kind is DefKind.VARIANT else def_id
    assert owner is not None
    return variant_of(fcx.db, def_id), t.AdtTy(owner, args)
