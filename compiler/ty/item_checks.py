"""Checks of an item's signature as a whole: what it names, what it declares twice, whether an impl fits its trait.

What it is: ``item_diagnostics(db, def)``: the signature's types lowered once more with their errors kept, then the
rules of rustc's ``hir_analysis::check`` that need no inference, then the rules for kernels (kernel-language.md 1 and
3.5).

Assumes: syntax and attribute errors are reported elsewhere (``signature_diagnostics``, ``kernel_fact_diagnostics``).
Guarantees: no error where something unknown is involved; spans are item-relative with ``owner`` set.

Example: ``impl Clone for S {}`` is E0046, missing ``clone``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from compiler.base.span import Span
from compiler.diagnostics.model import Diagnostic, Label
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.hir.parser.ty import ABIS
from compiler.query import Database, query
from compiler.resolve.attrs import has_feature
from compiler.resolve.builtin import attribute_named
from compiler.resolve.def_map import def_map, is_library, map_of
from compiler.resolve.impl_traits import return_impl_traits
from compiler.resolve.lowering import signature
from compiler.resolve.resolver import Resolver
from compiler.resolve.source import item_of
from compiler.resolve.visibility_rules import visibility_fault
from compiler.ty import item_errors as e
from compiler.ty import types as t
from compiler.ty.adt import AdtDef, VariantDef, adt_def, discriminant_values, lower_adt
from compiler.ty.coherence import check_coherence
from compiler.ty.collect import (
    assoc_items,
    lower_fn_sig,
    lower_opaque_bounds,
    lower_own_predicates,
    lower_type_of,
    unnamed,
)
from compiler.ty.consts import evaluate_const
from compiler.ty.cycles import check_cycle
from compiler.ty.derive_checks import check_derived
from compiler.ty.impl_checks import check_impl
from compiler.ty.impls import lower_impl_header
from compiler.ty.kernel_rules import check_constant_memory, check_kernel_rules
from compiler.ty.lower import TyLowering
from compiler.ty.lower_errors import RESERVED_LIFETIMES, MissingLifetime, ShadowedLifetime, UnnamedInBound
from compiler.ty.overflow import check_overflow
from compiler.ty.param_rules import parameter_faults
from compiler.ty.receivers import check_receiver
from compiler.ty.repr_checks import check_repr
from compiler.ty.wf import check_well_formed

Found = list[Diagnostic]


@query
def item_diagnostics(db: Database, def_id: DefId) -> tuple[Diagnostic, ...]:
    """Errors of an item's signature; () for what is no item."""
    found: Found = []
    decl = signature(db, def_id)
    if decl is not None:
        _LOWER[def_id.kind](db, def_id, found)
        _check_params(db, def_id, decl, found)
    if (fault := visibility_fault(db, def_id)) is not None:
        found.append(fault)
    is_ours = decl is not None and not is_library(db, def_id)
    incoherent: Found = []
    if def_id.kind is DefKind.IMPL and is_ours and not found:
        check_coherence(db, def_id, incoherent)
    check = _CHECKS.get(def_id.kind)
    if check is not None:
        check(db, def_id, found)
    if any(d.code != "E0207" for d in incoherent):  # what such an impl holds is not looked at
        return tuple(dict.fromkeys([d for d in found if d.code in _OF_NAMES] + incoherent))
    if not found and is_ours:
        check_overflow(db, def_id, decl, found)
        check_well_formed(db, def_id, found)
        if isinstance(decl, h.FnDecl):
            check_receiver(db, def_id, decl, found)
        if def_id.kind in (DefKind.CONST, DefKind.TRAIT) or (def_id.kind is DefKind.TYPE_ALIAS and _is_free(def_id)):
            check_cycle(db, def_id, found)
    return tuple(dict.fromkeys(found + incoherent))


_OF_NAMES = ("E0407", "E0437", "E0438", "E0449")  # told when names are resolved and syntax is checked


def _is_free(def_id: DefId) -> bool:
    return def_id.parent is None or def_id.parent.kind not in (DefKind.TRAIT, DefKind.IMPL)


# ---------------------------------------------------------------- types named in signatures


def _lower_fn(db: Database, def_id: DefId, found: Found) -> None:
    lower_fn_sig(db, def_id, found)
    decl = signature(db, def_id)
    for index in range(len(return_impl_traits(decl)) if isinstance(decl, h.FnDecl) else 0):
        lower_opaque_bounds(db, def_id, index, found)
    lower_own_predicates(db, def_id, found)


def _lower_adt(db: Database, def_id: DefId, found: Found) -> None:
    lower_adt(db, def_id, found)
    lower_own_predicates(db, def_id, found)


def _lower_value(db: Database, def_id: DefId, found: Found) -> None:
    decl = signature(db, def_id)
    if not isinstance(decl, h.TypeAliasDecl) or decl.ty is not None:
        lower_type_of(db, def_id, found)
    if isinstance(decl, h.TypeAliasDecl) and decl.bounds:
        lowering = TyLowering(db, Resolver(db, def_id, signature=True), decl.store, diagnostics=found)
        lowering.elided = lambda span: unnamed(lowering, UnnamedInBound(span))
        lowering.lower_bounds(t.ERROR, decl.bounds, [])


def _lower_impl(db: Database, def_id: DefId, found: Found) -> None:
    lower_impl_header(db, def_id, found)
    lower_own_predicates(db, def_id, found)


def _lower_trait(db: Database, def_id: DefId, found: Found) -> None:
    decl = signature(db, def_id)
    assert isinstance(decl, h.TraitDecl)
    lowering = TyLowering(db, Resolver(db, def_id, signature=True), decl.store, diagnostics=found)
    lowering.elided = lambda span: unnamed(lowering, MissingLifetime(span, False))
    lowering.lower_bounds(t.ParamTy(0, "Self"), decl.supertraits, [])
    lower_own_predicates(db, def_id, found)


_LOWER: dict[DefKind, Callable[[Database, DefId, Found], None]] = {
    DefKind.FN: _lower_fn,
    DefKind.STRUCT: _lower_adt,
    DefKind.ENUM: _lower_adt,
    DefKind.UNION: _lower_adt,
    DefKind.TRAIT: _lower_trait,
    DefKind.IMPL: _lower_impl,
    DefKind.TYPE_ALIAS: _lower_value,
    DefKind.CONST: _lower_value,
    DefKind.STATIC: _lower_value,
}


# ---------------------------------------------------------------- names declared twice


def _check_params(db: Database, def_id: DefId, decl: h.Signature, found: Found) -> None:
    """Defaults and const types of generic parameters, and names used twice."""
    lowering = TyLowering(db, Resolver(db, def_id, signature=True), decl.store, diagnostics=found)
    for param in decl.generics.params:
        if param.const_ty is not None:
            ty = lowering.lower(param.const_ty)
            if not _is_const_param_type(ty) and not has_feature(db, def_id.krate, "adt_const_params"):
                text = f"`{ty!r}` is forbidden as the type of a const generic parameter"
                lowering.error(
                    e.KernelRule(param.const_ty.span, "syntax", text, "integers, `bool` and `char` are allowed")
                )
        if param.default_ty is not None:
            lowering.lower(param.default_ty)
    for span, code, text, label in parameter_faults(def_id.kind, decl.generics):
        found.append(e.KernelRule(span, code, text, label).to_diagnostic(def_id))
    names = ((f"'{p.name}" if p.kind == "lifetime" else p.name, p.span) for p in decl.generics.params)
    _duplicates(def_id, names, "E0403", "generic parameter", found)
    _check_outer_params(db, def_id, decl, found)
    for param in decl.generics.params:
        if param.kind != "lifetime":
            continue
        if param.name in RESERVED_LIFETIMES:
            lowering.error(RESERVED_LIFETIMES[param.name](param.span))
        elif lowering.resolver.resolve_lifetime(param.name, outside=def_id) is not None:
            lowering.error(ShadowedLifetime(param.span, param.name))
    item = item_of(db, def_id)
    if isinstance(decl, h.FnDecl) and item is not None and item.has_body:
        named = ((p.name, p.span) for p in decl.params if p.name is not None and p.name != "_")
        _duplicates(def_id, named, "E0415", "parameter", found)


def _is_const_param_type(ty: t.Ty) -> bool:
    return isinstance(ty, t.IntTy | t.ParamTy) or ty in (t.bool_, t.char) or bool(ty.flags & t.HAS_ERROR)


def _check_outer_params(db: Database, def_id: DefId, decl: h.Signature, found: Found) -> None:
    """A parameter of a trait's or impl's item has not the name of one of the trait or impl."""
    around = signature(db, def_id.parent) if def_id.parent is not None and not _is_free(def_id) else None
    outer = {p.name: p.span for p in around.generics.params if p.kind != "lifetime"} if around is not None else {}
    for param in decl.generics.params:
        if param.kind != "lifetime" and param.name in outer:
            previous = Label(outer[param.name], "first declared here", def_id.parent)
            fact = e.DuplicateName(param.span, "E0403", "generic parameter", param.name, previous)
            found.append(fact.to_diagnostic(def_id))


def _duplicates(def_id: DefId, names: Iterable[tuple[str, Span]], code: str, noun: str, found: Found) -> None:
    seen: dict[str, Span] = {}
    for name, span in names:
        if name in seen:
            previous = Label(seen[name], "first declared here", def_id)
            found.append(e.DuplicateName(span, code, noun, name, previous).to_diagnostic(def_id))
        else:
            seen[name] = span


def _derived_impls(db: Database, def_id: DefId, found: Found) -> None:
    """What ``#[derive]`` made must be allowed as if it were written (E0204, E0184, and the traits it builds on)."""
    for impl, adt in def_map(db, def_id.krate).derives.items():
        if adt is def_id:
            n_before = len(found)
            check_coherence(db, impl, found)
            if len(found) == n_before:
                check_derived(db, impl, def_id, found)


def _check_discriminants(db: Database, adt: AdtDef, found: Found) -> None:
    explicit = [v.discriminant for v in adt.variants if v.discriminant is not None]
    if any(evaluate_const(db, const).kind != "value" for const in explicit):
        return
    seen: dict[int, VariantDef] = {}
    for variant, value in zip(adt.variants, discriminant_values(db, adt.def_id), strict=False):
        first = seen.setdefault(value, variant)
        item = item_of(db, adt.def_id)
        if first is not variant and item is not None:
            text = f"discriminant value `{value}` assigned more than once"
            label = f"`{first.name}` and `{variant.name}` have the same discriminant"
            found.append(e.KernelRule(item.name_span, "E0081", text, label).to_diagnostic(adt.def_id))
            return


def _check_adt(db: Database, def_id: DefId, found: Found) -> None:
    adt = adt_def(db, def_id)
    _derived_impls(db, def_id, found)
    if adt.is_enum:
        _check_discriminants(db, adt, found)
        _duplicates(def_id, ((v.name, v.span) for v in adt.variants), "E0428", "variant", found)
    check_repr(db, adt, found)
    for variant in adt.variants:
        _duplicates(def_id, ((f.name, f.span) for f in variant.fields), "E0124", "field", found)
        for field in variant.fields:
            cycle = _cycle_through(db, field.ty, def_id)
            if cycle and not any(_is_before(db, other, def_id) for other in cycle):
                item = item_of(db, def_id)
                span = item.name_span if item is not None else field.span
                fact = e.RecursiveType(span, def_id.name, field.name, field.span, def_id)
                found.append(fact.to_diagnostic(def_id))
                return


def _cycle_through(db: Database, ty: t.Ty, wanted: DefId) -> list[DefId]:
    """The ADTs on a path by which a value of the type holds a value of ``wanted`` in place; empty if it does not."""
    seen: set[t.Ty] = set()

    def visit(node: t.Ty) -> list[DefId]:
        if node in seen or len(seen) > 200:
            return []
        seen.add(node)
        if isinstance(node, t.ArrayTy):
            return [] if node.len.kind == "value" and node.len.value == 0 else visit(node.ty)
        if isinstance(node, t.TupleTy):
            return next((path for elem in node.elems if (path := visit(elem))), [])
        if not isinstance(node, t.AdtTy):
            return []
        if node.def_id is wanted:
            return [wanted]
        adt = adt_def(db, node.def_id)
        if adt.lang == "phantom_data":
            return []
        fields = (t.subst(f.ty, node.args) for v in adt.variants for f in v.fields)
        path = next((path for field in fields if (path := visit(field))), [])
        return [node.def_id, *path] if path else []

    return visit(ty)


def _is_before(db: Database, other: DefId, def_id: DefId) -> bool:
    """Whether a type of the same crate is declared earlier (a cycle is reported once, at its first type)."""
    first, second = (map_of(db, d.parent) if d.parent is not None else None for d in (other, def_id))
    if first is None or first is not second:
        return False
    return first.positions.get(other, ()) < first.positions.get(def_id, ())


def _check_trait(db: Database, def_id: DefId, found: Found) -> None:
    """Items declared twice (types apart from the rest)."""
    for items in assoc_items(db, def_id).values():
        for is_type in (True, False):
            same = [i for i in items if (i.kind is DefKind.TYPE_ALIAS) is is_type]
            spans = [(i, item_of(db, i)) for i in same]
            first = spans[0][1] if spans else None
            for again, item in spans[1:]:
                if item is not None and first is not None:
                    previous = Label(first.name_span, "first declared here", same[0])
                    fact = e.DuplicateName(item.name_span, "E0428", "item", again.name, previous)
                    found.append(fact.to_diagnostic(again))


_EXTERN = re.compile(r'extern\s*"([^"]*)"\s*$')


def _check_foreign_mod(db: Database, def_id: DefId, found: Found) -> None:
    """The ABI of an extern block, and what its items may not have."""
    item = item_of(db, def_id)
    written = _EXTERN.search(item.header.decode("utf-8", "replace")) if item is not None else None
    if item is None:
        return
    if written is not None and written.group(1) not in ABIS:
        text = f"invalid ABI: found `{written.group(1)}`"
        found.append(e.KernelRule(item.name_span, "E0703", text, "invalid ABI").to_diagnostic(def_id))


def _check_foreign_fn(db: Database, def_id: DefId, found: Found) -> None:
    item, decl = item_of(db, def_id), signature(db, def_id)
    if item is None or not isinstance(decl, h.FnDecl):
        return
    if item.has_body:
        text = "incorrect function inside `extern` block: it cannot have a body"
        found.append(
            e.KernelRule(item.name_span, "syntax", text, "", "end the declaration with `;`").to_diagnostic(def_id)
        )
    if any(p.kind != "lifetime" for p in decl.generics.params):
        text = "foreign items may not have type or const parameters"
        found.append(e.KernelRule(item.name_span, "E0044", text).to_diagnostic(def_id))
    for param in decl.params:
        if param.takes_apart:
            text = "patterns aren't allowed in foreign function declarations"
            found.append(e.KernelRule(param.span, "E0130", text, "pattern not allowed here").to_diagnostic(def_id))
    block = item_of(db, def_id.parent) if def_id.parent is not None else None
    abi = _EXTERN.search(block.header.decode("utf-8", "replace")) if block is not None else None
    if decl.is_variadic and abi is not None and abi.group(1) not in _VARIADIC_ABIS:
        text = f'C-variadic functions with the "{abi.group(1)}" calling convention are not supported'
        found.append(e.KernelRule(item.name_span, "E0045", text).to_diagnostic(def_id))


_VARIADIC_ABIS = ("C", "C-unwind", "cdecl", "cdecl-unwind", "system", "sysv64", "win64", "efiapi", "aapcs")


def _check_fn(db: Database, def_id: DefId, found: Found) -> None:
    check_kernel_rules(db, def_id, found)
    if def_id.parent is not None and def_id.parent.kind is DefKind.FOREIGN_MOD:
        _check_foreign_fn(db, def_id, found)
    elif def_id.parent is not None and def_id.parent.kind is DefKind.TRAIT:
        _check_trait_fn(db, def_id, found)


def _check_trait_fn(db: Database, def_id: DefId, found: Found) -> None:
    item, decl = item_of(db, def_id), signature(db, def_id)
    if item is None or not isinstance(decl, h.FnDecl) or is_library(db, def_id):
        return
    if decl.is_const:
        text = "functions in traits cannot be declared const"
        found.append(e.KernelRule(item.name_span, "E0379", text, "cannot be const here").to_diagnostic(def_id))
    for param in decl.params if not item.has_body else ():
        if param.takes_apart:
            text = "patterns aren't allowed in functions without bodies"
            found.append(e.KernelRule(param.span, "E0642", text, "pattern not allowed here").to_diagnostic(def_id))


def _check_mod(db: Database, def_id: DefId, found: Found) -> None:
    from compiler.ty.kernel_rules import check_cuda_module

    item = item_of(db, def_id)
    if item is not None and attribute_named(item, "cuda_module") is not None:
        check_cuda_module(db, def_id, item, found)


_CHECKS: dict[DefKind, Callable[[Database, DefId, Found], None]] = {
    DefKind.STRUCT: _check_adt,
    DefKind.ENUM: _check_adt,
    DefKind.UNION: _check_adt,
    DefKind.IMPL: check_impl,
    DefKind.FN: _check_fn,
    DefKind.STATIC: check_constant_memory,
    DefKind.MOD: _check_mod,
    DefKind.TRAIT: _check_trait,
    DefKind.FOREIGN_MOD: _check_foreign_mod,
}
