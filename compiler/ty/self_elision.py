"""Which lifetime ``self`` gives to the result: that of references to ``Self`` in its type.

What it is: rustc's ``find_lifetime_for_self``, a rule on written types. ``Self`` counts, and so does the path of the
impl's own type; an alias of it does not.

Assumes: the type of ``self`` is lowered, the region of each ``&`` noted. Guarantees: names are resolved, nothing else
is asked.

Example: in ``impl Foo``, ``self: Pin<&'a Foo>`` gives ``'a``; ``self: Foo`` and ``self: &Alias`` give none.
"""

from __future__ import annotations

from collections.abc import Iterator

from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.query import Database
from compiler.resolve import resolver as r
from compiler.ty import types as t

_ADTS = (DefKind.STRUCT, DefKind.ENUM, DefKind.UNION)


class SelfType:
    """The type that ``Self`` means around a function."""

    def __init__(self, db: Database, resolver: r.Resolver) -> None:
        self.db = db
        self.resolver = resolver

    def regions(self, ref: h.TypeRef, region_of: dict[int, t.Region]) -> set[t.Region]:
        """Regions of the references in a type behind which ``Self`` is somewhere."""
        refs = [node for node in _nodes(ref) if isinstance(node, h.RefType)]
        found = {region_of.get(id(node)) for node in refs if any(map(self._is_self, _nodes(node.ty)))}
        return {region for region in found if region is not None}

    def _is_self(self, ref: h.TypeRef) -> bool:
        if not isinstance(ref, h.PathType) or ref.path.qself is not None:
            return False
        if ref.path.plain_name() == "Self":
            return True
        own = self._impl_type()
        return own is not None and self._adt(ref.path) is own

    def _impl_type(self) -> DefId | None:
        from compiler.resolve.lowering import signature

        impl = self.resolver.owner.parent
        decl = signature(self.db, impl) if impl is not None and impl.kind is DefKind.IMPL else None
        written = decl.self_ty if isinstance(decl, h.ImplDecl) else None
        return self._adt(written.path) if isinstance(written, h.PathType) else None

    def _adt(self, path: h.Path) -> DefId | None:
        found, n_used = self.resolver.resolve_type_path(path)
        self.resolver.problems.clear()
        is_whole = isinstance(found, r.TypeDefRes) and n_used == len(path.segments)
        return found.def_id if is_whole and found.def_id.kind in _ADTS else None  # type: ignore[union-attr]


def _nodes(ref: h.TypeRef) -> Iterator[h.TypeRef]:
    """A written type and those in it."""
    stack: list[object] = [ref]
    while stack:
        at = stack.pop()
        if isinstance(at, (h.RefType, h.PtrType, h.SliceType, h.ArrayType)):
            stack.append(at.ty)
        elif isinstance(at, h.TupleType):
            stack.extend(at.elems)
        elif isinstance(at, h.PathType):
            stack.extend(arg for s in at.path.segments if s.args is not None for arg in s.args.args)
        else:
            continue
        yield at
