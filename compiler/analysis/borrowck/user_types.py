"""Types and generic arguments that a body writes itself (rustc's user type annotations).

What it is: a written type is related to the one inferred at its place, and must be well-formed by itself: ``&'a T``
needs ``T: 'a``, a struct's arguments need what its where-clauses say, an alias needs its impl to apply.

Assumes: MIR building left out what names no lifetime. Guarantees: constraints that hold everywhere, at the span of
what was written.

Example: ``let _: &'a &'b u32;`` demands ``'b: 'a``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compiler.analysis.borrowck.closure_sigs import written_signature
from compiler.analysis.borrowck.constraints import Category, Where
from compiler.base.span import Span
from compiler.hir.def_id import DefId, DefKind
from compiler.mir import body as m
from compiler.ty import types as t

if TYPE_CHECKING:
    from compiler.analysis.borrowck.type_check import TypeCheck


def ascribe(check: TypeCheck, statement: m.AscribeUserType) -> None:
    """The type of a place is the written one, or a subtype of it where only a part is looked at."""
    where = Where(statement.span, Category.TYPE_ANNOTATION)
    ty = check.place_ty(statement.place)
    if statement.constant is not None:  # the place is compared with it: its type fits the place's
        check.types.sub(check.operand_ty(statement.constant), ty, where)
        return
    made = written(check, statement.ty, where, ty)
    if check.is_open(statement.place) and isinstance(made, t.Ty):
        ty = check.adopt(statement.place, made)
    if statement.covariant:
        check.types.sub(ty, made, where)
    else:
        check.types.equate(ty, made, where)
    for local, projection in statement.variables:
        own, by_value = check.local_tys[local], check.body.locals[local].binding_mode == "by value"
        own = own.ty if isinstance(own, t.RefTy) and not by_value else own
        check.types.equate(own, check.project(made, projection), where)


def written(check: TypeCheck, ty: Any, where: Where, inferred: Any) -> Any:
    """A written type or region with region variables, normalised and well-formed; holes are filled from the type that
    was inferred."""
    types, holes = check.types, dict[Any, Any](check.universal.mapping)
    if ty.flags & (t.HAS_INFER | t.HAS_REGION):
        _fill(check, ty, inferred, holes)
        ty = _replace(ty, holes)
    made = types.instantiate(ty, (), check.universal.mapping)
    if isinstance(made, t.Ty):
        well_formed(check, made, where)
        made = check.projections.normalize(made, where)
    return made


def _fill(check: TypeCheck, user: Any, inferred: Any, holes: dict[Any, Any]) -> None:
    """Holes of a written type: one variable, or one renumbered part of the inferred type, for each."""
    if type(user) is t.Region:
        if user.kind == "hole" and user not in holes:
            holes[user] = check.types.var()
        return
    if type(user) is t.InferTy:
        if user not in holes and isinstance(inferred, t.Ty):
            holes[user] = check.types.fresh(check.types.erase(inferred))
        return
    same = type(user) is type(inferred) and not isinstance(user, t.AliasTy)
    inner = iter(t.children(inferred) if same else ())
    for child in t.children(user):
        _fill(check, child, next(inner, None), holes)


def _replace(user: Any, holes: dict[Any, Any]) -> Any:
    if user in holes:
        return holes[user]
    if type(user) is t.InferTy:
        return t.ERROR
    return t.map_children(user, lambda child: _replace(child, holes))


def ascribe_args(
    check: TypeCheck, def_id: DefId, made: t.GenericArgs, user: tuple[tuple[int, t.GenericArg], ...], span: Span
) -> None:
    """Arguments written with lifetimes are the ones inferred."""
    where = Where(span, Category.GENERIC_ARG)
    for index, arg in user:
        if index == m.USER_SELF_TY:
            _self_ty(check, def_id, made, arg, where)
        elif index < len(made):
            check.types.equate(made[index], written(check, arg, where, made[index]), where)


def _self_ty(check: TypeCheck, def_id: DefId, made: t.GenericArgs, arg: Any, where: Where) -> None:
    """The impl's self type for these arguments is the written one."""
    header = impl_self_ty(check, def_id)
    if header is not None:
        own = check.projections.normalize(check.types.instantiate(header, made), where)
        check.types.equate(own, written(check, arg, where, own), where)


def impl_self_ty(check: TypeCheck, def_id: DefId) -> t.Ty | None:
    """The self type of the inherent impl that an item is in."""
    from compiler.ty.impls import impl_header

    parent = def_id.parent
    if parent is None or parent.kind is not DefKind.IMPL:
        return None
    header = impl_header(check.db, parent)
    return header.self_ty if header is not None and header.trait_ref is None else None


def well_formed_item(check: TypeCheck, def_id: DefId, made: t.GenericArgs, where: Where) -> None:
    """An item's type arguments, and the self type of its impl for them, are well-formed."""
    for arg in made:
        if isinstance(arg, t.Ty):
            well_formed(check, arg, where)
    self_ty = impl_self_ty(check, def_id)
    if self_ty is not None and self_ty.flags & (t.HAS_REGION | t.HAS_PARAM):
        well_formed(check, check.types.instantiate(self_ty, made), where)


def well_formed(check: TypeCheck, ty: t.Ty, where: Where) -> None:
    """The constraints of a type being well-formed."""
    if not check.types.has_regions(ty):
        return
    check.prove_implied(ty, where)
    for node in t.walk_outside(ty, _BINDERS):
        if type(node) is t.AdtTy and node.args and check.types.has_regions(node):
            check.prove_predicates(node.def_id, node.args, where)


_BINDERS = (t.ClosureTy, t.FnPtrTy, t.DynTy)  # the lifetimes in their signatures may be bound there


def ascribe_closure(check: TypeCheck) -> None:
    """The types written in a closure's head are those of its signature."""
    inputs, output = written_signature(check.db, check.body.def_id)
    own = check.universal.inputs[1:]
    for i, (ty, made) in enumerate(zip(inputs, own, strict=False)):
        if ty is not None:
            where = Where(check.body.locals[2 + i].span, Category.BORING_NO_LOCATION)
            check.types.equate(made, written(check, ty, where, made), where)
    if output is not None:
        where = Where(check.body.locals[0].span, Category.BORING_NO_LOCATION)
        made = check.universal.output
        check.types.equate(made, written(check, output, where, made), where)
