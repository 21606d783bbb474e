"""Where a function's signature writes ``impl Trait``.

What it is: the parameters and opaque types that ``impl Trait`` stands for, in order, the outer before those in its
bounds (``impl Iterator<Item = impl Fn()>``), and those that are not allowed where they are (rustc's ``ast_validation``
and ``ImplTraitPosition``).

Assumes: a signature's HIR; its nodes are told apart by identity. Guarantees: each node is listed, or is a fault, once.

Example: ``fn f(a: impl A<T = impl B>) -> fn(impl C)`` has two in its arguments, none in its result, and a fault.
"""

from __future__ import annotations

from collections.abc import Iterator

from compiler.hir import nodes as h

NESTED = "nested"  # directly among the arguments of another one's bound (E0666)
_Found = tuple[h.ImplTraitType, str]


def argument_impl_traits(decl: h.FnDecl) -> list[h.ImplTraitType]:
    """The ``impl Trait`` types in argument position, in order."""
    return [node for param in decl.params for node, fault in _in_type(param.ty, "", False) if not fault]


def return_impl_traits(decl: h.FnDecl) -> list[h.ImplTraitType]:
    """The ``impl Trait`` types in the return type, in order: the function's opaque types."""
    return [node for node, fault in _in_type(decl.ret, "", False) if not fault] if decl.ret is not None else []


def impl_trait_faults(decl: h.FnDecl) -> Iterator[_Found]:
    """Those that may not be where they are: :data:`NESTED`, or the place as rustc calls it."""
    for ref in (*(p.ty for p in decl.params), *([decl.ret] if decl.ret is not None else [])):
        yield from (found for found in _in_type(ref, "", False) if found[1])


def _in_type(ref: h.TypeRef, place: str, nested: bool) -> Iterator[_Found]:
    """``place``: where none is allowed; ``nested``: among the arguments of one."""
    if isinstance(ref, h.ImplTraitType):
        yield ref, place or (NESTED if nested else "")
        yield from _in_bounds(ref.bounds, place, True)
    elif isinstance(ref, h.DynTraitType):
        yield from _in_bounds(ref.bounds, place, nested)
    elif isinstance(ref, h.RefType | h.PtrType | h.SliceType | h.ArrayType):
        yield from _in_type(ref.ty, place, nested)
    elif isinstance(ref, h.TupleType):
        for elem in ref.elems:
            yield from _in_type(elem, place, nested)
    elif isinstance(ref, h.FnPtrType):
        for param in ref.params:
            yield from _in_type(param, "`fn` pointer parameters", nested)
        if ref.ret is not None:
            yield from _in_type(ref.ret, "`fn` pointer return types", nested)
    elif isinstance(ref, h.PathType):
        yield from _in_path(ref.path, place, nested)


def _in_bounds(bounds: tuple[h.BoundRef, ...], place: str, nested: bool) -> Iterator[_Found]:
    for bound in bounds:
        if bound.path is not None:
            yield from _in_path(bound.path, place, nested)


def _in_path(path: h.Path, place: str, nested: bool) -> Iterator[_Found]:
    if path.qself is not None:
        yield from _in_type(path.qself, place or "paths", nested)
    for segment in path.segments:
        if segment.args is None:
            continue
        is_fn = segment.args.parenthesized
        for arg in segment.args.args:
            if not isinstance(arg, h.LifetimeRef | h.ConstArgRef):
                yield from _in_type(arg, "the parameters of `Fn` trait bounds" if is_fn else place, nested)
        for binding in segment.args.bindings:
            if binding.ty is not None:
                yield from _in_type(binding.ty, "the return type of `Fn` trait bounds" if is_fn else place, False)
            yield from _in_bounds(binding.bounds, place, nested)
