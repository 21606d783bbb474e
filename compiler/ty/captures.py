"""Which generic parameters an ``impl Trait`` result captures.

What it is: ``captured(db, fn, index)``: one flag for each generic argument of the function, then one for each of its
late-bound lifetimes (Rust reference, types.impl-trait.captures). Types and constants are always captured.

Assumes: the crate's edition is known. Guarantees: ``use<..>`` says exactly which lifetimes; without it all are captured
from edition 2024 on and in functions of traits, and before that only those that the bounds mention.

Example: for ``fn f<'a, T>(x: &'a T) -> impl Sized + use<T>`` the flags are those of ``T``, True, and of ``'a``, False.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.query import Database, query
from compiler.resolve import resolver as r
from compiler.resolve.def_map import crate_description
from compiler.resolve.impl_traits import return_impl_traits
from compiler.resolve.lowering import signature
from compiler.syntax.errors import SYNTAX
from compiler.ty import types as t
from compiler.ty.collect import captured_lifetimes, fn_sig, opaque_bounds
from compiler.ty.generics import all_params, identity_args
from compiler.ty.item_errors import KernelRule

if TYPE_CHECKING:
    from compiler.ty.lower import TyLowering


@query
def captured(db: Database, fn: DefId, index: int) -> tuple[bool, ...]:
    """See the module docstring; ``index``: which ``impl Trait`` of the result."""
    params: list[t.GenericArg] = [*identity_args(db, fn), *fn_sig(db, fn).late_bound]
    if not any(isinstance(p, t.Region) for p in params):
        return (True,) * len(params)
    decl = signature(db, fn)
    nodes = return_impl_traits(decl) if isinstance(decl, h.FnDecl) else []
    use = next((b.captures for b in nodes[index].bounds if b.captures is not None), None) if nodes else None
    if isinstance(decl, h.FnDecl) and use is not None:
        kept = captured_lifetimes(db, fn, decl, use)
        return tuple([not isinstance(p, t.Region) or p in kept for p in params])
    if _captures_all(db, fn):
        return (True,) * len(params)
    mentioned = set(_mentioned(db, opaque_bounds(db, fn, index), fn))
    return tuple([not isinstance(p, t.Region) or p in mentioned for p in params])


def check_captures(lowering: TyLowering, use: h.GenericArgsRef) -> None:
    """``use<..>`` names parameters in scope (E0799, E0800, E0261), and all that are types or constants."""
    named: set[str] = set()
    for arg in use.args:
        if isinstance(arg, h.LifetimeRef):
            if arg.name != "static":
                lowering.region(arg, arg.span)
                continue
        elif isinstance(arg, h.PathType) and (name := arg.path.plain_name()) is not None:
            code = _fault_of_name(lowering, arg.path)
            if name in named:
                lowering.error(KernelRule(arg.span, SYNTAX, f"cannot capture parameter `{name}` twice"))
            elif code:
                lowering.error(KernelRule(arg.span, code, f"`{name}` is no type or const parameter in scope"))
            named.add(name)
            continue
        lowering.error(KernelRule(use.span, SYNTAX, "only parameters in scope can be captured"))
    missing = [p.name for p in all_params(lowering.db, lowering.owner) if p.kind != "lifetime" and p.name not in named]
    if missing and not any(d.code in ("E0799", "E0800") for d in lowering.diagnostics):
        text = f"`impl Trait` must mention all type and const parameters in scope in `use<..>`: {', '.join(missing)}"
        lowering.error(KernelRule(use.span, SYNTAX, text))


def _fault_of_name(lowering: TyLowering, path: h.Path) -> str:
    found, _ = lowering.resolver.resolve_type_path(path)
    if isinstance(found, r.TypeParamRes):
        return ""
    if isinstance(found, r.SelfTyRes):
        return "" if found.def_id.kind is DefKind.TRAIT else "E0799"
    value, _ = lowering.resolver.resolve_value_path(path)
    lowering.resolver.problems.clear()
    if isinstance(value, r.ConstParamRes):
        return ""
    is_unknown = all(isinstance(res, r.Unresolved | r.UnknownRes) for res in (found, value))
    return "E0800" if is_unknown and not _is_parameter(lowering, path) else "E0799"


def _is_parameter(lowering: TyLowering, path: h.Path) -> bool:
    decl = signature(lowering.db, lowering.owner)
    names = {p.name for p in decl.params} if isinstance(decl, h.FnDecl) else ()
    return path.plain_name() in names


def _captures_all(db: Database, fn: DefId) -> bool:
    description = crate_description(db, fn.krate)
    if description is None or description.edition >= "2024":
        return True
    parent = fn.parent
    if parent is None or parent.kind is not DefKind.IMPL:
        return parent is not None and parent.kind is DefKind.TRAIT
    decl = signature(db, parent)
    return isinstance(decl, h.ImplDecl) and decl.trait_path is not None


def _mentioned(db: Database, values: Iterable[Any], fn: DefId) -> Iterator[t.Region]:
    """The lifetimes that bounds name; the arguments that an inner ``impl Trait`` has by itself are none."""
    for value in values:
        if isinstance(value, t.Region):
            yield value
        elif isinstance(value, t.AliasTy) and value.kind == "opaque" and value.def_id is fn:
            continue
        else:
            yield from _mentioned(db, t.children(value), fn)
