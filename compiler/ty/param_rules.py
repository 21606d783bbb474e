"""Rules of lists of generic parameters and of where-clauses that need no types.

What it is: E0128 and E0735 (what a default may name), E0770 (what the type of a const parameter may name), E0203
(``?Sized`` said twice), E0316 (``for<'a>`` inside ``for<'b>``).

Assumes: names are looked up elsewhere. Guarantees: one error a parameter.

Example: ``struct S<T = U, U = ()>(T, U);`` is E0128 at the first ``U``.
"""

from __future__ import annotations

from collections.abc import Iterator

from compiler.base.span import Span
from compiler.hir import nodes as h
from compiler.hir.def_id import DefKind
from compiler.hir.type_refs import type_refs

Fault = tuple[Span, str, str, str]  # where, code, message, label
_TYPES = (DefKind.STRUCT, DefKind.ENUM, DefKind.UNION)


def parameter_faults(kind: DefKind, generics: h.GenericsRef) -> Iterator[Fault]:
    """What is wrong with the parameters and where-clauses of an item of ``kind``."""
    declared = {p.name for p in generics.params if p.kind != "lifetime"}
    known: set[str] = set()
    for param in generics.params:
        if param.const_ty is not None and (span := _mention(param.const_ty, declared)) is not None:
            text = "the type of const parameters must not depend on other generic parameters"
            yield span, "E0770", text, "the type must not depend on a parameter"
        if param.default_ty is not None:
            yield from _default_faults(kind, param.default_ty, declared - known)
        known.add(param.name)
    yield from _relaxed_twice(generics)
    for clause in generics.where:
        nested = next((b for b in clause.bounds if b.for_lifetimes), None)
        if clause.for_lifetimes and nested is not None:
            yield nested.span, "E0316", "nested quantification of lifetimes", ""


def _default_faults(kind: DefKind, default: h.TypeRef, later: set[str]) -> Iterator[Fault]:
    if (span := _mention(default, later)) is not None:
        text = "generic parameter defaults cannot reference parameters before they are declared"
        yield span, "E0128", text, "cannot reference a parameter that is declared later"
    elif kind in _TYPES and (span := _mention(default, {"Self"})) is not None:
        yield span, "E0735", "generic parameters cannot use `Self` in their defaults", ""


def _mention(ref: h.TypeRef, names: set[str]) -> Span | None:
    """Where a type begins a path with one of the names."""
    for part in type_refs(ref):
        if isinstance(part, h.PathType) and not part.path.anchor and part.path.segments[0].name in names:
            return part.span
    return None


def _relaxed_twice(generics: h.GenericsRef) -> Iterator[Fault]:
    """A parameter with two ``?Sized``, at the parameter or in where-clauses."""
    relaxed: dict[str, list[Span]] = {p.name: [b.span for b in p.bounds if b.maybe] for p in generics.params}
    for clause in generics.where:
        name = clause.ty.path.segments[0].name if isinstance(clause.ty, h.PathType) else ""
        relaxed.get(name, []).extend(b.span for b in clause.bounds if b.maybe)
    for spans in relaxed.values():
        if len(spans) > 1:
            yield spans[0], "E0203", "duplicate relaxed `Sized` bounds", "say `?Sized` once"
