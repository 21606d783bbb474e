"""Generic arguments a body writes with lifetimes in them (rustc's user type annotations of paths).

What it is: type inference erases regions; where ``f::<&'static u32>``, ``S::<'a>::new``, ``<T as Trait<'a>>::C`` or
``E::<&'a T>::V`` names lifetimes, the borrow checker relates what was written to what was inferred. :func:`path_args`
and :func:`method_args` give (index of the parameter, the argument with its regions); arguments that name none are left
out. The index :data:`SELF_TY` stands for the self type of the impl that the item is in.

Assumes: the path resolved to the definition. Guarantees: never raises; what is not understood is left out.

Example: in ``f::<&'static u32>(&x)`` with ``fn f<T>(..)``: ``((0, &'static u32),)``.
"""

from __future__ import annotations

from compiler.hir import nodes as hir
from compiler.hir.def_id import DefId, DefKind
from compiler.mir.body import USER_SELF_TY as SELF_TY
from compiler.mir.build.cx import BodyCx, says_regions
from compiler.ty import types as t

UserArgs = tuple[tuple[int, t.GenericArg], ...]


def path_args(cx: BodyCx, path: hir.AnyPath, def_id: DefId) -> UserArgs:
    """Of a path to a value."""
    if not isinstance(path, hir.Path) or not path.segments:
        return ()
    last = path.segments[-1]
    parent = def_id.parent
    if def_id.kind is DefKind.VARIANT and parent is not None:
        if last.args is not None:
            return method_args(cx, last.args, parent)
        return _adt_args(cx, _prefix(path), parent)
    if def_id.kind in (DefKind.STRUCT, DefKind.UNION):
        return method_args(cx, last.args, def_id) if last.args is not None else _adt_args(cx, path, def_id)
    found = method_args(cx, last.args, def_id)
    if parent is not None and parent.kind is DefKind.IMPL:
        return (*_impl_args(cx, path, parent), *found)
    if parent is not None and parent.kind is DefKind.TRAIT:
        return (*_trait_args(cx, path, parent), *found)
    return found


def method_args(cx: BodyCx, written: hir.GenericArgsRef | None, def_id: DefId) -> UserArgs:
    """Of one list of arguments for a definition's own parameters; those left out have their defaults."""
    from compiler.ty.collect import param_default
    from compiler.ty.generics import generics_of

    if written is None or written.parenthesized:
        return ()
    own = generics_of(cx.db, def_id).own
    out: list[tuple[int, t.GenericArg]] = []
    lifetimes = [a for a in written.args if isinstance(a, hir.LifetimeRef)]
    for param, lifetime in zip([p for p in own if p.kind == "lifetime"], lifetimes, strict=False):
        if lifetime.name != "_":
            out.append((param.index, cx.user_region(lifetime)))
    others = [a for a in written.args if not isinstance(a, hir.LifetimeRef)]
    first_own = 1 if def_id.kind is DefKind.TRAIT else 0  # after ``Self``
    params = [p for p in own[first_own:] if p.kind != "lifetime" and not p.synthetic]
    for param, arg in zip(params, others, strict=False):
        ty = None if isinstance(arg, hir.ConstArgRef) or param.kind != "type" else cx.user_type(arg)
        if ty is not None:
            out.append((param.index, ty))
    for param in params[len(others) :] if others else ():
        default = param_default(cx.db, param.owner, param.index) if param.has_default else None
        if isinstance(default, t.Ty) and says_regions(default) and not default.flags & t.HAS_PARAM:
            out.append((param.index, default))
    return tuple(out)


def _prefix(path: hir.Path) -> hir.Path:
    """The type before the last segment."""
    return hir.Path(path.segments[:-1], path.anchor, path.n_super, path.krate, path.qself, path.n_trait_segments)


def _written_type(cx: BodyCx, path: hir.Path) -> t.Ty | None:
    """The type a path names, if that names lifetimes."""
    if path.qself is not None and not path.segments:
        return cx.user_type(path.qself)
    if not path.segments or (path.qself is not None and path.n_trait_segments >= len(path.segments)):
        return None
    return cx.user_type(hir.PathType(path, path.segments[-1].span))


def _adt_args(cx: BodyCx, path: hir.Path, adt: DefId) -> UserArgs:
    """``Self { .. }``, ``Alias { .. }``, ``Self::Variant``, ``E::<&'a T>::V``."""
    from compiler.ty.generics import generics_of

    if not generics_of(cx.db, adt).count:
        return ()
    ty = _written_type(cx, path)
    if not isinstance(ty, t.AdtTy) or ty.def_id is not adt:
        return ()
    return tuple((i, arg) for i, arg in enumerate(ty.args) if says_regions(arg))


def _impl_args(cx: BodyCx, path: hir.Path, impl: DefId) -> UserArgs:
    """The self type of an impl's item: ``S::<'a>::new``, ``<S<'a>>::C``, ``Self::f``."""
    from compiler.ty.generics import generics_of
    from compiler.ty.impls import impl_header

    header = impl_header(cx.db, impl)
    if header is None or not (generics_of(cx.db, impl).count or says_regions(header.self_ty)):
        return ()
    ty = None if path.n_trait_segments else _written_type(cx, _prefix(path))
    return () if ty is None or type(ty) is not type(header.self_ty) else ((SELF_TY, ty),)


def _trait_args(cx: BodyCx, path: hir.Path, trait: DefId) -> UserArgs:
    """``<T as Trait<'a>>::f``, ``Trait::<'a>::f``, ``S::<'a>::f`` with ``f`` a trait's."""
    if path.qself is None and len(path.segments) < 2:
        return ()
    if path.qself is not None and path.n_trait_segments:
        ty = cx.user_type(path.qself)
        segment = path.segments[path.n_trait_segments - 1]
        return (*(((0, ty),) if ty is not None else ()), *method_args(cx, segment.args, trait))
    if path.qself is None and path.segments[-2].name == trait.name:
        return method_args(cx, path.segments[-2].args, trait)
    ty = _written_type(cx, _prefix(path))
    return () if ty is None or isinstance(ty, t.DynTy) else ((0, ty),)
