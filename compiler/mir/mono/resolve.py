"""Which code a call runs: trait methods to impl methods, closures, function items, constructors, intrinsics.

Assumes: concrete arguments, and that the trait holds (inference checked it). Guarantees: an :class:`Instance` that
has a body, a shim, an intrinsic lowering or an extern declaration; ``None`` when nothing applies, which is a
diagnostic of the caller.

Example: ``<u32 as Add>::add`` resolves to ``ITEM(<impl Add for u32>::add)``; ``<closure as FnOnce>::call_once`` of a
closure whose body takes ``&self`` to a ``CLOSURE_ONCE_SHIM``.
"""

from __future__ import annotations

from typing import Final

from compiler.base.dataclass import dataclass
from compiler.hir.def_id import DefId, DefKind
from compiler.mir.mono.fold import normal_form
from compiler.mir.mono.model import Instance, InstanceKind
from compiler.query import Database, query
from compiler.ty import types as t
from compiler.ty.traits.env import ParamEnv

_FN_TRAITS: Final = {"fn": "Fn", "fn_mut": "FnMut", "fn_once": "FnOnce"}


@dataclass(frozen=True, slots=True)
class CallTarget:
    """How a call is made. ``instance`` None: indirectly, through the fn pointer that is the first argument.

    ``spread``: the last argument is a tuple whose elements are the callee's arguments. ``drops_self``: the first
    argument (a zero-sized function item) is not passed on.
    """

    instance: Instance | None
    spread: bool = False
    drops_self: bool = False


def canonical_args(db: Database, args: t.GenericArgs) -> t.GenericArgs:
    """Arguments in normal form."""
    return tuple(
        [
            normal_form(db, a)
            if isinstance(a, t.Ty)
            else canonical_const(db, a)
            if isinstance(a, t.Const)
            else t.ERASED
            for a in args
        ]
    )


def canonical_const(db: Database, const: t.Const) -> t.Const:
    """A constant argument as a value."""
    if not const.flags & t.HAS_ALIAS:
        return const
    array = normal_form(db, t.ArrayTy(t.u8, const))
    assert isinstance(array, t.ArrayTy)
    return array.len


def resolve_instance(db: Database, def_id: DefId, args: t.GenericArgs) -> Instance | None:
    """The instance a function value ``def_id::<args>`` stands for, None if it cannot be resolved."""
    target = call_target(db, def_id, canonical_args(db, args))
    return target.instance if target is not None else None


@query
def call_target(db: Database, def_id: DefId, args: t.GenericArgs) -> CallTarget | None:
    """What calling ``def_id::<args>`` does."""
    parent = def_id.parent
    if def_id.kind in (DefKind.STRUCT, DefKind.VARIANT):
        return CallTarget(Instance(InstanceKind.CTOR, def_id, args))
    if def_id.kind is DefKind.CLOSURE:
        return CallTarget(Instance(InstanceKind.ITEM, def_id, args))
    if parent is not None and parent.kind is DefKind.TRAIT:
        return _trait_method(db, def_id, args)
    return CallTarget(_item(db, def_id, args))


def _item(db: Database, def_id: DefId, args: t.GenericArgs) -> Instance:
    from compiler.mir.mono.attributes import intrinsic_name, is_extern
    from compiler.mir.mono.shims import drop_glue
    from compiler.resolve.lang import lang_name_of

    if lang_name_of(db, def_id) == "drop_in_place":
        dropped = args[0]
        assert isinstance(dropped, t.Ty)
        return drop_glue(db, dropped)
    if intrinsic_name(db, def_id) is not None:
        return Instance(InstanceKind.INTRINSIC, def_id, args)
    if is_extern(db, def_id):
        return Instance(InstanceKind.EXTERN, def_id, args)
    return Instance(InstanceKind.ITEM, def_id, args)


def _trait_method(db: Database, def_id: DefId, args: t.GenericArgs) -> CallTarget | None:
    from compiler.resolve.lang import lang_name_of
    from compiler.ty.generics import generics_of
    from compiler.ty.infcx import EMPTY_ENV
    from compiler.ty.traits.select import select_ground

    trait = def_id.parent
    assert trait is not None
    lang = lang_name_of(db, trait)
    self_ty = args[0]
    assert isinstance(self_ty, t.Ty)
    if lang in _FN_TRAITS:
        target = _callable(db, _FN_TRAITS[lang], self_ty)
        if target is not None:
            return target
    n_trait = generics_of(db, trait).count
    chosen = select_ground(db, EMPTY_ENV, t.TraitRef(trait, args[:n_trait]), True)
    if chosen is None or chosen.kind not in ("impl", "builtin"):
        return None
    if chosen.kind == "builtin":
        if lang == "clone" and def_id.name == "clone":
            return CallTarget(Instance(InstanceKind.CLONE_SHIM, def_id, (), self_ty))
        return CallTarget(_item(db, def_id, args))
    assert chosen.impl_id is not None
    return CallTarget(_impl_method(db, chosen.impl_id, canonical_args(db, chosen.args), def_id, args, n_trait))


def _impl_method(
    db: Database, impl: DefId, impl_args: t.GenericArgs, method: DefId, args: t.GenericArgs, n_trait: int
) -> Instance:
    """The impl's own method, or the trait's default."""
    from compiler.ty.collect import assoc_items

    for item in assoc_items(db, impl).get(method.name, ()):
        if item.kind is DefKind.FN:
            return _item(db, item, impl_args + args[n_trait:])
    return _item(db, method, args)


# ---------------------------------------------------------------- callables


def _callable(db: Database, wanted: str, self_ty: t.Ty) -> CallTarget | None:
    """A call through ``Fn*`` of a closure, function item or fn pointer; None for anything else (``&F`` has an impl)."""
    if isinstance(self_ty, t.ClosureTy):
        return CallTarget(closure_instance(db, self_ty, wanted), spread=True)
    if isinstance(self_ty, t.FnDefTy):
        inner = call_target(db, self_ty.def_id, canonical_args(db, self_ty.args))
        if inner is None or inner.instance is None or inner.spread:
            return None
        return CallTarget(inner.instance, spread=True, drops_self=True)
    if isinstance(self_ty, t.FnPtrTy):
        return CallTarget(None, spread=True)
    return None


def resolve_assoc_const(db: Database, def_id: DefId, args: t.GenericArgs) -> tuple[DefId, t.GenericArgs]:
    """A constant of a trait to the impl's (or the default); any other constant to itself."""
    from compiler.ty.infcx import EMPTY_ENV

    return assoc_const_in(db, EMPTY_ENV, def_id, args) or (def_id, args)


def assoc_const_in(
    db: Database, env: ParamEnv, def_id: DefId, args: t.GenericArgs
) -> tuple[DefId, t.GenericArgs] | None:
    """:func:`resolve_assoc_const` in generic code; None: which impl has it depends on the parameters."""
    from compiler.ty.collect import assoc_items
    from compiler.ty.generics import generics_of
    from compiler.ty.traits.select import select_ground

    trait = def_id.parent
    if trait is None or trait.kind is not DefKind.TRAIT or def_id.kind is not DefKind.CONST:
        return def_id, args
    n_trait = generics_of(db, trait).count
    chosen = select_ground(db, env, t.TraitRef(trait, args[:n_trait]), True)
    if chosen is None or chosen.kind != "impl" or chosen.impl_id is None:
        return None
    for item in assoc_items(db, chosen.impl_id).get(def_id.name, ()):
        if item.kind is DefKind.CONST:
            return item, canonical_args(db, chosen.args) + args[n_trait:]
    return def_id, args


def closure_instance(db: Database, ty: t.ClosureTy, wanted: str) -> Instance:
    """The closure's body, through a shim when it is called by value but takes itself by reference."""
    from compiler.ty.infer import closure_of

    facts = closure_of(db, ty.def_id)
    kind = facts.kind if facts is not None else "Fn"
    if wanted == "FnOnce" and kind != "FnOnce":
        return Instance(InstanceKind.CLOSURE_ONCE_SHIM, ty.def_id, ty.args, ty)
    return Instance(InstanceKind.ITEM, ty.def_id, ty.args)


def fn_pointer_instance(db: Database, ty: t.Ty) -> Instance | None:
    """What a function item or capture-less closure becomes as a ``fn`` pointer."""
    if isinstance(ty, t.ClosureTy):
        return Instance(InstanceKind.FN_PTR_SHIM, ty.def_id, ty.args, ty)
    if isinstance(ty, t.FnDefTy):
        return resolve_instance(db, ty.def_id, ty.args)
    return None
