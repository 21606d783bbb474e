"""Scopes: what a module, or the items of a block, puts into each namespace.

What it is: the data that name resolution produces and reads. A :class:`Binding` is one name in one namespace: what it
means, who may see it and which item or ``use`` made it. A :class:`ModuleScope` is all the names of one module,
enum-like scopes excluded.

Assumes: visibilities are absolute: ``None`` (everybody) or the module inside which the name is visible.
Guarantees: everything here compares by value, so a scope that did not change does not invalidate its readers.

>>> Binding(Unknown("tokio::spawn"), None, None).is_glob
False
"""

from __future__ import annotations

import enum

from compiler.base.dataclass import dataclass, field
from compiler.base.span import EMPTY_SPAN, Span
from compiler.hir.def_id import DefId, DefKind


class Namespace(enum.Enum):
    TYPES = "types"
    VALUES = "values"
    MACROS = "macros"

    __hash__ = object.__hash__  # members are singletons; the default hashes the name, in Python


ALL_NAMESPACES = (Namespace.TYPES, Namespace.VALUES, Namespace.MACROS)


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something real that this compiler does not know: an item of a crate outside the library, a generated item."""

    path: str


@dataclass(frozen=True, slots=True)
class PrimitiveName:
    """A built-in type bound to a name (``use core::primitive::u32``)."""

    name: str


Target = DefId | Unknown | PrimitiveName


@dataclass(frozen=True, slots=True)
class Binding:
    """``origin``: the item itself, or the ``use`` item that brought the name in (``None``: built in)."""

    target: Target
    visibility: DefId | None
    origin: DefId | None
    is_glob: bool = False
    is_import: bool = False


@dataclass(slots=True)
class ModuleScope:
    """Names of one module, or of the items inside one body (then ``owner`` is the fn, const or static).

    ``others`` keeps further local items of the same name in other blocks of one body. ``legacy_macros`` is the
    textual scope of ``macro_rules!``: (position, macro) by name. ``is_open``: something unknown (a glob of an unknown
    crate, a macro that is not known) may define any name here. ``glob_traits`` / ``unnamed_traits``: traits in scope
    without a name of their own.
    """

    owner: DefId
    types: dict[str, Binding] = field(default_factory=dict)
    values: dict[str, Binding] = field(default_factory=dict)
    macros: dict[str, Binding] = field(default_factory=dict)
    others: dict[tuple[Namespace, str], tuple[Binding, ...]] = field(default_factory=dict)
    unnamed_traits: dict[DefId, DefId | None] = field(default_factory=dict)  # trait -> visibility
    legacy_macros: dict[str, list[tuple[tuple[int, ...], DefId]]] = field(default_factory=dict)
    is_open: bool = False
    has_error_imports: bool = False  # some import failed: names may be missing because of it
    file: str = ""
    position: tuple[int, ...] = ()

    def table(self, namespace: Namespace) -> dict[str, Binding]:
        if namespace is Namespace.TYPES:
            return self.types
        return self.values if namespace is Namespace.VALUES else self.macros


@dataclass(frozen=True, slots=True)
class ItemLocation:
    """Where the tree of an item is: ``path`` of child indices in the items of ``unit``.

    A unit is a file (its name), a macro call or derive (a MACRO_CALL definition) or the body of a fn, const or static
    (its definition) for items declared inside it.
    """

    unit: str | DefId
    path: tuple[int, ...]


def is_ancestor(module: DefId, of: DefId | None) -> bool:
    """Whether ``of`` is ``module`` or inside it."""
    while of is not None:
        if of is module:
            return True
        of = of.parent
    return False


def is_visible(visibility: DefId | None, from_def: DefId) -> bool:
    return visibility is None or is_ancestor(visibility, from_def)


def namespaces_of(kind: DefKind) -> tuple[Namespace, ...]:
    """The namespaces an item of this kind lives in; structs add VALUES when they have a constructor."""
    if kind in (DefKind.FN, DefKind.CONST, DefKind.STATIC):
        return (Namespace.VALUES,)
    if kind is DefKind.MACRO:
        return (Namespace.MACROS,)
    if kind is DefKind.VARIANT:
        return (Namespace.TYPES, Namespace.VALUES)
    return (Namespace.TYPES,)


@dataclass(frozen=True, slots=True)
class ImportDirective:
    """One leaf of a ``use`` (or an ``extern crate``) waiting to be resolved."""

    scope: DefId
    path: tuple[str, ...]
    name: str
    is_glob: bool
    visibility: DefId | None
    origin: DefId
    span: Span = EMPTY_SPAN
