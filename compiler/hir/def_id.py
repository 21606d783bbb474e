"""Stable identities of definitions.

A :class:`DefId` is an interned path: (parent, kind, name, disambiguator). Two equal paths are the *same object*, so
identity
comparison and hashing are fast, and an id survives every edit that keeps the item's name, kind and place in its parent.

- Crates have no parent. Items in a function body have the *function* as parent (blocks are not part of the path).
- Associated items have the impl or trait as parent; impls are named by their normalised header text.
- ``disambiguator`` counts earlier siblings with the same (kind, name), in source order.
- Enum variants are definitions (parent: the enum); fields are not (they are (owner, index)).
- Tuple-struct/variant constructors share the DefId of their struct/variant.
- Closures: kind CLOSURE, parent the enclosing body owner, name "", disambiguator = the closure's ExprId.
- Anonymous constants (array lengths, const arguments, inline const, enum discriminants): ANON_CONST, the same way, by a
  number unique in the owner (see hir.nodes.AnonConst).

>>> DefId.crate("core") is DefId.crate("core")
True
"""

from __future__ import annotations

import enum
from typing import ClassVar


class DefKind(enum.Enum):
    CRATE = "crate"
    MOD = "mod"
    FN = "fn"
    STRUCT = "struct"
    ENUM = "enum"
    UNION = "union"
    VARIANT = "variant"
    TRAIT = "trait"
    TYPE_ALIAS = "type"
    CONST = "const"
    STATIC = "static"
    IMPL = "impl"
    MACRO = "macro"
    FOREIGN_MOD = "extern"
    USE = "use"
    EXTERN_CRATE = "extern crate"
    MACRO_CALL = "macro call"
    CLOSURE = "closure"
    ANON_CONST = "anon const"

    __hash__ = object.__hash__  # members are singletons; the default hashes the name, in Python


class DefId:
    """Interned definition path; compare with ``is`` or ``==`` (same thing)."""

    __slots__ = ("__weakref__", "_path", "disambiguator", "kind", "name", "parent", "uid")

    _table: ClassVar[dict[tuple[DefId | None, DefKind, str, int], DefId]] = {}

    parent: DefId | None
    kind: DefKind
    name: str
    disambiguator: int
    uid: int

    def __new__(cls, parent: DefId | None, kind: DefKind, name: str, disambiguator: int = 0) -> DefId:
        key = (parent, kind, name, disambiguator)
        found = cls._table.get(key)
        if found is None:
            found = super().__new__(cls)
            found.parent = parent
            found.kind = kind
            found.name = name
            found.disambiguator = disambiguator
            found.uid = len(cls._table)
            cls._table[key] = found
        return found

    @classmethod
    def crate(cls, name: str) -> DefId:
        return cls(None, DefKind.CRATE, name)

    def __reduce__(self) -> tuple[type[DefId], tuple[DefId | None, DefKind, str, int]]:
        return DefId, (self.parent, self.kind, self.name, self.disambiguator)

    @property
    def krate(self) -> DefId:
        """The crate this definition lives in."""
        at = self
        while at.parent is not None:
            at = at.parent
        return at

    @property
    def module(self) -> DefId:
        """The nearest enclosing module or crate (the definition itself if it is one)."""
        at = self
        while at.kind not in (DefKind.MOD, DefKind.CRATE):
            assert at.parent is not None
            at = at.parent
        return at

    @property
    def path(self) -> str:
        """``crate::module::name``, for messages and symbol names."""
        if self.parent is None:
            return self.name
        if self.kind is DefKind.CLOSURE:
            own = f"{{closure#{self.disambiguator}}}"
        elif self.kind is DefKind.ANON_CONST:
            own = f"{{constant#{self.disambiguator}}}"
        elif self.kind is DefKind.IMPL:
            own = f"{{{self.name}}}" + (f"#{self.disambiguator}" if self.disambiguator else "")
        else:
            own = self.name
        return f"{self.parent.path}::{own}"

    def __repr__(self) -> str:
        return f"<{self.kind.value} {self.path}>"
