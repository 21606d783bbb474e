"""Generic parameters as types see them: ``generics_of``, identity arguments.

Guarantees: rustc's numbering, see :mod:`compiler.resolve.params`, whose table this is.

Example: for ``struct S<'a, T, const N: usize>``, ``identity_args`` is ``('a, T, N)``.
"""

from __future__ import annotations

from compiler.hir.def_id import DefId
from compiler.query import Database, query
from compiler.resolve.params import GenericParam, ParamTable, param_table
from compiler.ty import types as t

Generics = ParamTable


def generics_of(db: Database, def_id: DefId) -> Generics:
    """The generic parameters of a definition."""
    return param_table(db, def_id)


def all_params(db: Database, def_id: DefId) -> list[GenericParam]:
    """Parameters of the parents and own ones, by index."""
    table = param_table(db, def_id)
    inherited = all_params(db, table.parent) if table.parent is not None else []
    return [*inherited, *table.own]


def param_as_arg(param: GenericParam, owner: DefId) -> t.GenericArg:
    """A parameter as the generic argument that stands for itself."""
    if param.kind == "type":
        return t.ParamTy(param.index, param.name)
    if param.kind == "const":
        return t.const_param(param.name, param.index)
    return t.Region("early", param.name, param.index, owner)


@query
def identity_args(db: Database, def_id: DefId) -> t.GenericArgs:
    """Every parameter of a definition as itself."""
    table = param_table(db, def_id)
    inherited = identity_args(db, table.parent) if table.parent is not None else ()
    return inherited + tuple(param_as_arg(p, def_id) for p in table.own)
