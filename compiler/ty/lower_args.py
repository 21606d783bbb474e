"""Generic arguments of a path segment: ``<'a, T, N, Item = U>`` against the parameters of what it names.

Guarantees: the result has one argument per parameter, in the parameters' order; what is missing is a default, an
inference variable (in bodies) or an error.

Example: ``DisjointSlice<f32>`` gives ``('_, f32, Index1D)`` from the declaration's default.
"""

from __future__ import annotations

from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.resolve.params import GenericParam
from compiler.ty import lower_errors as e
from compiler.ty import types as t
from compiler.ty.generics import generics_of
from compiler.ty.lower import NOUNS, TyLowering

_Given = h.TypeRef | h.ConstArgRef


def lower_args(
    lowering: TyLowering, def_id: DefId, segment: h.PathSegment, parent_args: t.GenericArgs = ()
) -> t.GenericArgs:
    """The complete arguments of ``def_id`` (``parent_args`` first; for a trait: its ``Self``)."""
    table = generics_of(lowering.db, def_id)
    params = [p for p in table.own if p.index >= len(parent_args) and not p.synthetic]
    written = segment.args
    if written is not None and written.bindings and not written.parenthesized and def_id.kind is not DefKind.TRAIT:
        lowering.error(e.BindingNotAllowed(written.bindings[0].span))
    if written is not None and written.parenthesized and def_id.kind is not DefKind.TRAIT:
        lowering.error(e.ParenthesizedArguments(written.span))
        return (*parent_args, *(_unknown(p) for p in params))
    if not params:
        if written is not None and written.args:
            _wrong_count(lowering, def_id, written, "generic", "0", len(written.args))
        return parent_args
    out: list[t.GenericArg] = list(parent_args)
    _lifetimes(lowering, def_id, segment, [p for p in params if p.kind == "lifetime"], out)
    _types(lowering, def_id, segment, [p for p in params if p.kind != "lifetime"], out)
    return tuple(out)


def _unknown(param: GenericParam) -> t.GenericArg:
    """The argument of a parameter about which an error was reported."""
    if param.kind == "lifetime":
        return t.Region("error")
    return t.CONST_ERROR if param.kind == "const" else t.ERROR


def _lifetimes(
    lowering: TyLowering, def_id: DefId, segment: h.PathSegment, params: list[GenericParam], out: list[t.GenericArg]
) -> None:
    given = [a for a in segment.args.args if isinstance(a, h.LifetimeRef)] if segment.args is not None else []
    if given and len(given) != len(params):
        assert segment.args is not None
        _wrong_count(lowering, def_id, segment.args, "lifetime", str(len(params)), len(given))
    for i, _ in enumerate(params):
        if i < len(given):
            out.append(lowering.region(given[i], given[i].span))
        else:
            out.append(t.Region("error") if given else lowering.region(None, segment.span, hidden=True))


def _types(
    lowering: TyLowering, def_id: DefId, segment: h.PathSegment, params: list[GenericParam], out: list[t.GenericArg]
) -> None:
    written = segment.args
    if written is not None and written.parenthesized:
        _parenthesized(lowering, written, params, out)
        return
    given: list[_Given] = [a for a in written.args if not isinstance(a, h.LifetimeRef)] if written is not None else []
    infer_all = not given and lowering.in_body and written is None and not lowering.complete
    n_required = sum(1 for p in params if not p.has_default)
    if not infer_all and not n_required <= len(given) <= len(params):
        _report_count(lowering, def_id, segment, n_required, len(params), len(given))
    is_mixed_up = False  # one argument of the wrong kind is told; what the others are meant for is not known then
    for i, param in enumerate(params):
        if is_mixed_up:
            out.append(t.CONST_ERROR if param.kind == "const" else t.ERROR)
        elif i < len(given):
            n_before = len(lowering.diagnostics)
            out.append(_given(lowering, param, given[i]))
            is_mixed_up = any(d.code == e.ArgumentKind.code for d in lowering.diagnostics[n_before:])
        elif infer_all:
            out.append(_inferred(lowering, param, segment))
        else:
            out.append(_default(lowering, param, out))


def _report_count(lowering: TyLowering, def_id: DefId, segment: h.PathSegment, low: int, high: int, found: int) -> None:
    expected = str(high) if low == high else (f"at least {low}" if found < low else f"at most {high}")
    args = segment.args if segment.args is not None else h.GenericArgsRef((), span=segment.span)
    _wrong_count(lowering, def_id, args, "generic", expected, found)


def _wrong_count(
    lowering: TyLowering, def_id: DefId, args: h.GenericArgsRef, kind: str, expected: str, found: int
) -> None:
    noun = NOUNS.get(def_id.kind, def_id.kind.value)
    lowering.error(e.WrongArgumentCount(args.span, noun, def_id.name, kind, expected, found))


def _given(lowering: TyLowering, param: GenericParam, arg: _Given) -> t.GenericArg:
    if param.kind == "const":
        if not isinstance(arg, h.ConstArgRef | h.PathType | h.InferType):
            lowering.error(e.ArgumentKind(arg.span, "constant", "type"))
            return t.CONST_ERROR
        return lowering.lower_const_arg(arg, lowering.const_param_ty(param))
    if isinstance(arg, h.ConstArgRef):
        lowering.error(e.ArgumentKind(arg.span, "type", "constant"))
        return t.ERROR
    with lowering.nothing_left_out():
        return lowering.lower(arg)


def _inferred(lowering: TyLowering, param: GenericParam, segment: h.PathSegment) -> t.GenericArg:
    if param.kind == "const":
        return lowering.const_infer_hook(segment.span) if lowering.const_infer_hook is not None else t.CONST_ERROR
    assert lowering.infer_hook is not None
    return lowering.infer_hook(segment.span)


def _default(lowering: TyLowering, param: GenericParam, so_far: list[t.GenericArg]) -> t.GenericArg:
    from compiler.ty.collect import param_default

    if not param.has_default:
        return t.CONST_ERROR if param.kind == "const" else t.ERROR
    made: t.GenericArg = t.subst(param_default(lowering.db, param.owner, param.index), tuple(so_far))
    return made


def _parenthesized(
    lowering: TyLowering, written: h.GenericArgsRef, params: list[GenericParam], out: list[t.GenericArg]
) -> None:
    """``Fn(A, B)``: the one type parameter is the tuple of the arguments."""
    with lowering.elided_bound():
        inputs = [lowering.lower(a) for a in written.args if not isinstance(a, h.LifetimeRef | h.ConstArgRef)]
    out.append(t.TupleTy(tuple(inputs)))
    out.extend(_default(lowering, p, out) for p in params[1:])


def lower_bindings(lowering: TyLowering, trait_ref: t.TraitRef, segment: h.PathSegment) -> list[t.Predicate]:
    """``Item = T``, ``Item: Bound`` and the ``-> R`` of ``Fn(..) -> R`` as predicates."""
    from compiler.ty.assoc import find_assoc_type

    written = segment.args
    if written is None:
        return []
    out: list[t.Predicate] = []
    for binding in written.bindings:
        found = find_assoc_type(lowering.db, trait_ref, h.strip_mark(binding.name))
        if found is None:
            if not _is_assoc_const(lowering, trait_ref, binding.name):
                lowering.error(e.NoSuchAssocType(binding.span, binding.name, trait_ref.def_id.name))
            continue
        holder, item = found
        own = lower_args(lowering, item, h.PathSegment(binding.name, binding.args, binding.span), holder.args)
        alias = t.AliasTy("projection", item, own)
        if binding.ty is not None:
            inputs = [arg for arg in trait_ref.args[1:2] if isinstance(arg, t.Ty)]
            term = lowering.elided_output(binding.ty, inputs) if written.parenthesized else lowering.lower(binding.ty)
            out.append(t.ProjectionPredicate(alias, term))
        lowering.lower_bounds(alias, binding.bounds, out)
    if written.parenthesized and not written.bindings:
        found = find_assoc_type(lowering.db, trait_ref, "Output")
        if found is not None:
            out.append(t.ProjectionPredicate(t.AliasTy("projection", found[1], found[0].args), t.UNIT))
    return out


def _is_assoc_const(lowering: TyLowering, trait_ref: t.TraitRef, name: str) -> bool:
    from compiler.ty.collect import assoc_items

    return any(item.kind is DefKind.CONST for item in assoc_items(lowering.db, trait_ref.def_id).get(name, ()))
