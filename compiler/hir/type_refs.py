"""Walking types as written.

What it is: one iterator over the parts of a type. Assumes nothing. Guarantees: each written type comes once, the outer
before the inner. Example: ``[Option<T>; 2]`` gives itself, ``Option<T>`` and ``T``.
"""

from __future__ import annotations

from collections.abc import Iterator

from compiler.hir import nodes as h


def type_refs(ref: h.TypeRef) -> Iterator[h.TypeRef]:
    """A type and the types written in it, outside in, left to right (not inside ``impl``/``dyn`` bounds)."""
    yield ref
    if isinstance(ref, h.RefType | h.PtrType | h.SliceType | h.ArrayType):
        yield from type_refs(ref.ty)
    elif isinstance(ref, h.TupleType):
        for elem in ref.elems:
            yield from type_refs(elem)
    elif isinstance(ref, h.FnPtrType):
        for param in ref.params:
            yield from type_refs(param)
        if ref.ret is not None:
            yield from type_refs(ref.ret)
    elif isinstance(ref, h.PathType):
        if ref.path.qself is not None:
            yield from type_refs(ref.path.qself)
        for segment in ref.path.segments:
            if segment.args is not None:
                for arg in segment.args.args:
                    if not isinstance(arg, h.LifetimeRef | h.ConstArgRef):
                        yield from type_refs(arg)
                for binding in segment.args.bindings:
                    if binding.ty is not None:
                        yield from type_refs(binding.ty)
