"""Generic arguments a body writes with lifetimes in them (rustc's user type annotations of paths).

What it is: type inference erases regions; where ``f::<&'static u32>``, ``S::<'a>::new`` or ``E::<&'a T>::V`` names
lifetimes, the borrow checker relates what was written to what was inferred. :func:`path_args` and :func:`method_args`
give (index of the parameter, the argument with its regions); arguments that name none are left out.

Assumes: the path resolved to the definition. Guarantees: never raises; what is not understood is left out.

Example: in ``f::<&'static u32>(&x)`` with ``fn f<T>(..)``: ``((0, &'static u32),)``.
"""

from __future__ import annotations

from compiler.hir import nodes as hir
from compiler.hir.def_id import DefId, DefKind
from compiler.mir.build.cx import BodyCx
from compiler.ty import types as t

UserArgs = tuple[tuple[int, t.GenericArg], ...]


def path_args(cx: BodyCx, path: hir.AnyPath, def_id: DefId) -> UserArgs:
    """Of a path to a value."""
    if not isinstance(path, hir.Path) or not path.segments:
        return ()
    last = path.segments[-1]
    before = path.segments[-2] if len(path.segments) > 1 else None
    if def_id.kind is DefKind.VARIANT and def_id.parent is not None:
        at = last if last.args is not None else before
        return method_args(cx, at.args, def_id.parent) if at is not None else ()
    found = method_args(cx, last.args, def_id)
    parent = def_id.parent
    if parent is not None and parent.kind is DefKind.IMPL:
        found = (*_impl_args(cx, path, before, parent), *found)
    return found


def method_args(cx: BodyCx, written: hir.GenericArgsRef | None, def_id: DefId) -> UserArgs:
    """Of one list of arguments for a definition's own parameters."""
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
    for param, arg in zip([p for p in own if p.kind != "lifetime" and not p.synthetic], others, strict=False):
        ty = None if isinstance(arg, hir.ConstArgRef) or param.kind != "type" else cx.user_type(arg)
        if ty is not None:
            out.append((param.index, ty))
    return tuple(out)


def _impl_args(cx: BodyCx, path: hir.Path, before: hir.PathSegment | None, impl: DefId) -> UserArgs:
    """The impl's parameters, where its self type is written: ``S::<'a>::new``, ``<S<'a>>::new``."""
    from compiler.ty.impls import impl_header

    header = impl_header(cx.db, impl)
    self_ty = header.self_ty if header is not None else None
    if not isinstance(self_ty, t.AdtTy):
        return ()
    written: dict[int, t.GenericArg] = {}
    if path.qself is not None and path.n_trait_segments == 0:
        user = cx.user_type(path.qself)
        if isinstance(user, t.AdtTy) and user.def_id is self_ty.def_id:
            written = dict(enumerate(user.args))
    elif before is not None and before.name == self_ty.def_id.name:
        written = dict(method_args(cx, before.args, self_ty.def_id))
    out: list[tuple[int, t.GenericArg]] = []
    for i, param in enumerate(self_ty.args):
        is_param = isinstance(param, t.ParamTy) or (isinstance(param, t.Region) and param.kind == "early")
        if i in written and is_param:
            out.append((param.index, written[i]))  # type: ignore[union-attr]
    return tuple(out)
