"""Which instances of a kernel exist: the kernel itself, or those a generic kernel is used with.

- A kernel without type or const parameters: one instance.
- ``#[kernel(f32, i32)]``: those types (kernel-language 1.2).
- Otherwise the host call sites in user crates: ``module.scale::<f32>(..)``, ``scale_ptx_name::<f32>()``, a path
  ``scale::<f32>`` (``cuda_launch!``), and calls whose argument types are known.

Assumes: host code may not be understood; what cannot be told is not an instance. Guarantees: concrete arguments,
source order, no duplicates. Example: ``module.scale::<f32>(&s, cfg, 2.0, &x, &mut y)`` gives ``scale`` the instance
``<f32>``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from compiler.base.dataclass import dataclass
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.mir.mono.model import Instance, InstanceKind
from compiler.mir.mono.resolve import canonical_args
from compiler.query import Database, query
from compiler.resolve.attrs import is_kernel, kernel_facts
from compiler.resolve.lowering import body
from compiler.semantics.definitions import BODY_OWNERS, crate_definitions, user_crates
from compiler.ty import types as t

if TYPE_CHECKING:
    from compiler.ty.lower import TyLowering

_HOST_LEADING_ARGUMENTS = 2  # stream, launch configuration
_LAUNCH_FUNCTION = "launched"  # what the library's cuda_launch! expands to


def value_params(db: Database, kernel: DefId) -> list[int]:
    """Indices of the type and const parameters."""
    from compiler.ty.generics import all_params

    return [i for i, p in enumerate(all_params(db, kernel)) if p.kind != "lifetime"]


def is_generic(db: Database, kernel: DefId) -> bool:
    """Whether the kernel needs type or const arguments."""
    return bool(value_params(db, kernel))


def kernel_instances(db: Database, kernel: DefId) -> tuple[Instance, ...]:
    """The known instances of a kernel."""
    return tuple(Instance(InstanceKind.ITEM, kernel, args) for args in instance_args(db, kernel))


@query
def instance_args(db: Database, kernel: DefId) -> tuple[t.GenericArgs, ...]:
    """Argument lists of the known instances."""
    from compiler.ty.generics import all_params

    params = all_params(db, kernel)
    if not is_generic(db, kernel):
        return (tuple(t.ERASED for _ in params),)
    facts = kernel_facts(db, kernel)
    found: dict[t.GenericArgs, None] = {}
    for text in facts.instances if facts is not None else ():
        listed = explicit_instance(db, kernel, text)
        if listed is not None and len(value_params(db, kernel)) == 1:
            found[listed.args] = None
    for krate in user_crates(db):
        for args in host_uses(db, krate).get(kernel.name, ()):
            complete = _complete(db, kernel, list(args))
            if complete:
                found[complete] = None
        for kernel_args in inferred_uses(db, krate, kernel):
            found[kernel_args] = None
    return tuple(found)


def _complete(db: Database, kernel: DefId, given: list[t.GenericArg]) -> t.GenericArgs:
    """Values for the type and const parameters, with erased lifetimes; () when they do not fit."""
    from compiler.ty.generics import all_params

    params = all_params(db, kernel)
    wanted = value_params(db, kernel)
    if len(given) != len(wanted) or any(a.flags & (t.HAS_INFER | t.HAS_PARAM | t.HAS_ERROR) for a in given):
        return ()
    values = iter(given)
    made = canonical_args(db, tuple(t.ERASED if p.kind == "lifetime" else next(values) for p in params))
    return () if any(a.flags & t.HAS_ERROR for a in made) else made


def explicit_instance(db: Database, kernel: DefId, text: str) -> Instance | None:
    """The instance of a kernel for generic arguments as written: ``f32, 256``; names resolve where the kernel is."""
    from compiler.hir.lower_signature import lower_signature
    from compiler.resolve.resolver import Resolver
    from compiler.ty.lower import TyLowering

    alias = lower_signature(DefKind.TYPE_ALIAS, f"type Instance = Kernel<{text}>;".encode()).signature
    path = alias.ty.path if isinstance(alias, h.TypeAliasDecl) and isinstance(alias.ty, h.PathType) else None
    ref = path.segments[-1].args if path is not None else None
    if ref is None or not isinstance(alias, h.TypeAliasDecl):
        return None
    lowering = TyLowering(db, Resolver(db, kernel.module, signature=True), alias.store)
    found = _lowered_arg_list(lowering, ref, kernel)
    args = _complete(db, kernel, list(found)) if found is not None else ()
    return Instance(InstanceKind.ITEM, kernel, args) if args else None


# ---------------------------------------------------------------- explicit arguments in host code


@query
def host_uses(db: Database, krate: DefId) -> dict[str, tuple[t.GenericArgs, ...]]:
    """Explicit generic arguments that bodies give to names of kernels, by kernel name."""
    names = _generic_kernels(db)
    found: dict[str, dict[t.GenericArgs, None]] = {}
    for owner in crate_definitions(db, krate) if names else ():
        lowered = body(db, owner) if owner.kind in BODY_OWNERS else None
        if lowered is None:
            continue
        for expr in lowered.store.exprs:
            name, args = _generic_use(expr)
            name = name.removesuffix("_ptx_name")
            if args is None or name not in names:
                continue
            lowered_args = _lowered_args(db, owner, lowered, args, names[name])
            if lowered_args is not None:
                found.setdefault(name, {})[lowered_args] = None
    return {name: tuple(args) for name, args in found.items()}


@query
def _generic_kernels(db: Database) -> dict[str, DefId]:
    return {
        d.name: d for krate in user_crates(db) for d in crate_definitions(db, krate)
        if d.kind is DefKind.FN and is_kernel(db, d) and is_generic(db, d)
    }  # fmt: skip


def _generic_use(expr: h.Expr) -> tuple[str, h.GenericArgsRef | None]:
    if isinstance(expr, h.MethodCall):
        return expr.name, expr.generic_args
    if isinstance(expr, h.PathExpr) and isinstance(expr.path, h.Path) and expr.path.segments:
        last = expr.path.segments[-1]
        return last.name, last.args
    return "", None


def _lowered_args(
    db: Database, owner: DefId, lowered: h.Body, args: h.GenericArgsRef, kernel: DefId
) -> t.GenericArgs | None:
    """The written arguments as types and constants; None when one is inferred or unknown."""
    from compiler.resolve.resolver import Resolver
    from compiler.ty.lower import TyLowering

    return _lowered_arg_list(TyLowering(db, Resolver(db, owner), lowered.store), args, kernel)


def _lowered_arg_list(lowering: TyLowering, args: h.GenericArgsRef, kernel: DefId) -> t.GenericArgs | None:
    """The arguments for a kernel's type and const parameters, as written; None when one is inferred or unknown."""
    made = _args_by_param(lowering, args, kernel)
    if made is None or any(arg is None for arg in made.values()):
        return None
    return tuple(arg for arg in made.values() if arg is not None)


def _args_by_param(
    lowering: TyLowering, args: h.GenericArgsRef, kernel: DefId
) -> dict[int, t.GenericArg | None] | None:
    """What is written for a kernel's type and const parameters, by index, None where it is inferred or unknown; None
    for another number of arguments.
    """
    from compiler.ty.generics import all_params

    params, wanted = all_params(lowering.db, kernel), value_params(lowering.db, kernel)
    written = [a for a in args.args if not isinstance(a, h.LifetimeRef)]
    if len(wanted) != len(written):
        return None
    return {i: _lowered_arg(lowering, params[i], arg) for i, arg in zip(wanted, written, strict=True)}


def _lowered_arg(lowering: TyLowering, param: Any, arg: Any) -> t.GenericArg | None:
    """One written argument; None when it is inferred or unknown."""
    if isinstance(arg, h.InferType):
        return None
    if param.kind == "const":
        made: t.Ty | t.Const = lowering.lower_const_arg(arg, lowering.const_param_ty(param))
    elif isinstance(arg, h.ConstArgRef):
        return None
    else:
        made = lowering.lower(arg)
    return None if made.flags & (t.HAS_ERROR | t.HAS_INFER | t.HAS_PARAM) else made


# ---------------------------------------------------------------- arguments known from types


@dataclass(frozen=True, slots=True)
class HostLaunch:
    """A launch in host code: the kernel's name, its written generic arguments, and the kernel's arguments."""

    kernel: str
    generic_args: h.GenericArgsRef | None
    args: tuple[h.ExprId, ...]


def _launches(store: h.ExprStore) -> Iterator[HostLaunch]:
    """``module.k(&stream, config, args..)`` and ``cuda_launch! { kernel: k, .., args: [..] }``."""
    for expr in store.exprs:
        if isinstance(expr, h.MethodCall):
            yield HostLaunch(expr.name, expr.generic_args, expr.args[_HOST_LEADING_ARGUMENTS:])
        elif isinstance(expr, h.Call) and len(expr.args) == 2 and _path_tail(store, expr.callee) == _LAUNCH_FUNCTION:
            kernel, fields = store.exprs[expr.args[0]], store.exprs[expr.args[1]]
            args = store.exprs[fields.elems[-1]] if isinstance(fields, h.Tuple) and fields.elems else None
            if isinstance(kernel, h.PathExpr) and isinstance(kernel.path, h.Path) and isinstance(args, h.Tuple):
                yield HostLaunch(kernel.path.segments[-1].name, kernel.path.segments[-1].args, args.elems)


def _path_tail(store: h.ExprStore, expr: h.ExprId) -> str:
    node = store.exprs[expr]
    return node.path.segments[-1].name if isinstance(node, h.PathExpr) and isinstance(node.path, h.Path) else ""


def _argument_type(store: h.ExprStore, types: dict[h.ExprId, t.Ty], arg: h.ExprId) -> t.Ty:
    """The type of a launch argument; ``slice(buffer)`` is its buffer."""
    node = store.exprs[arg]
    if isinstance(node, h.Call) and len(node.args) == 1 and _path_tail(store, node.callee) in ("slice", "slice_mut"):
        arg = node.args[0]
        borrowed = store.exprs[arg]
        arg = borrowed.expr if isinstance(borrowed, h.AddrOf) else arg
    return t.erase_regions(types.get(arg, t.ERROR))  # type: ignore[no-any-return]


@query
def inferred_uses(db: Database, krate: DefId, kernel: DefId) -> tuple[t.GenericArgs, ...]:
    """Instances from launches whose argument types were inferred, written generic arguments first."""
    from compiler.ty.collect import fn_sig
    from compiler.ty.infer import infer

    inputs = [t.erase_regions(ty) for ty in fn_sig(db, kernel).inputs]
    params = value_params(db, kernel)
    found: dict[t.GenericArgs, None] = {}
    for owner in crate_definitions(db, krate):
        lowered = body(db, owner) if owner.kind in BODY_OWNERS else None
        for launch in _launches(lowered.store) if lowered is not None else ():
            if lowered is None or launch.kernel != kernel.name or len(launch.args) != len(inputs):
                continue
            solved = _written(db, owner, lowered, launch.generic_args, kernel)
            types = infer(db, owner).expr_types
            for wanted, arg in zip(inputs, launch.args, strict=True):
                _solve(wanted, _argument_type(lowered.store, types, arg), solved)
            args = _complete(db, kernel, [solved[i] for i in params if i in solved])
            if args:
                found[args] = None
    return tuple(found)


def _written(
    db: Database, owner: DefId, lowered: h.Body, args: h.GenericArgsRef | None, kernel: DefId
) -> dict[int, t.GenericArg]:
    """The generic arguments that are written and not ``_``, by parameter index."""
    from compiler.resolve.resolver import Resolver
    from compiler.ty.lower import TyLowering

    if args is None:
        return {}
    made = _args_by_param(TyLowering(db, Resolver(db, owner), lowered.store), args, kernel)
    return {index: arg for index, arg in (made or {}).items() if arg is not None}


def _solve(wanted: t.Ty, given: t.Ty, solved: dict[int, t.GenericArg]) -> None:
    """Match a device parameter type against the host argument it is launched with."""
    if isinstance(wanted, t.ParamTy):
        if not given.flags & (t.HAS_ERROR | t.HAS_INFER):
            solved.setdefault(wanted.index, given)
        return
    buffer = given.ty if isinstance(given, t.RefTy) else given
    element: t.Ty | None = None
    if isinstance(wanted, t.RefTy) and isinstance(wanted.ty, t.SliceTy):
        element = wanted.ty.ty
    elif isinstance(wanted, t.AdtTy) and wanted.def_id.name in ("DisjointSlice", "Uniform"):
        element = next((x for x in wanted.args if isinstance(x, t.Ty)), None)
    if element is not None:
        held = next((x for x in buffer.args if isinstance(x, t.Ty)), None) if isinstance(buffer, t.AdtTy) else buffer
        if held is not None:
            _solve(element, held, solved)
    elif isinstance(wanted, t.PtrTy | t.RefTy) and isinstance(given, t.PtrTy | t.RefTy):
        _solve(wanted.ty, given.ty, solved)
    elif isinstance(wanted, t.AdtTy) and isinstance(given, t.AdtTy) and wanted.def_id is given.def_id:
        for a, b in zip(wanted.args, given.args, strict=False):
            if isinstance(a, t.Ty) and isinstance(b, t.Ty):
                _solve(a, b, solved)
            elif isinstance(a, t.Const) and a.kind == "param" and isinstance(b, t.Const) and b.kind == "value":
                solved.setdefault(a.index, b)
