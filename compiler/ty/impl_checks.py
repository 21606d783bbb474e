"""Whether an impl fits its trait: nothing missing, nothing extra, methods of the same shape.

What it is: rustc's ``compare_impl_item`` and the completeness check, as far as they need no inference. Types of
methods are compared only when both sides are free of projections and anything unknown.

Guarantees: impls of traits that are not known are left alone.

Example: ``impl Iterator for C { fn next(self) -> Option<u32> {..} }`` lacks ``Item`` (E0046) and ``next`` has the
wrong ``self`` (E0053).
"""

from __future__ import annotations

from compiler.diagnostics.model import Diagnostic
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.query import Database
from compiler.resolve.lowering import signature
from compiler.resolve.similar import best_match
from compiler.resolve.source import item_of
from compiler.ty import item_errors as e
from compiler.ty import types as t
from compiler.ty.collect import assoc_items, fn_sig
from compiler.ty.generics import generics_of
from compiler.ty.impls import impl_header

_NOUNS = {DefKind.FN: "method", DefKind.TYPE_ALIAS: "type", DefKind.CONST: "const"}
_NOT_IN_TRAIT = {DefKind.FN: "E0407", DefKind.TYPE_ALIAS: "E0437", DefKind.CONST: "E0438"}
_KIND_MISMATCH = {DefKind.FN: "E0324", DefKind.TYPE_ALIAS: "E0325", DefKind.CONST: "E0323"}


def check_impl(db: Database, impl: DefId, found: list[Diagnostic]) -> None:
    """All checks of one impl against its trait."""
    header = impl_header(db, impl)
    ref = header.trait_ref
    _check_twice(db, impl, found)
    if ref is None:
        return
    trait_items = assoc_items(db, ref.def_id)
    if not header.positive:
        return
    for items in assoc_items(db, impl).values():
        for item in items:
            _check_item(db, ref, trait_items, item, found)
    _check_complete(db, impl, ref.def_id, trait_items, found)


def _check_twice(db: Database, impl: DefId, found: list[Diagnostic]) -> None:
    for name, items in assoc_items(db, impl).items():
        values = [i for i in items if i.kind is not DefKind.TYPE_ALIAS]
        for extra in values[1:]:
            item = item_of(db, extra)
            if item is not None:
                code = "E0201" if impl_header(db, impl).of_trait else "E0592"
                found.append(
                    e.MethodMismatch(
                        item.name_span, code, f"duplicate definitions with name `{name}`", ""
                    ).to_diagnostic(extra)
                )


def _check_item(
    db: Database, ref: t.TraitRef, trait_items: dict[str, tuple[DefId, ...]], item: DefId, found: list[Diagnostic]
) -> None:
    source = item_of(db, item)
    if source is None:
        return
    declared = trait_items.get(item.name, ())
    same = next((d for d in declared if d.kind is item.kind), None)
    trait = ref.def_id.name
    if same is None and declared:
        fact: e.CodedFact = e.ItemKindMismatch(
            source.name_span, _KIND_MISMATCH[item.kind], item.name, _NOUNS[item.kind], trait, _NOUNS[declared[0].kind]
        )
        found.append(fact.to_diagnostic(item))
    elif same is None:
        near = best_match(item.name, [n for n, ds in trait_items.items() if any(d.kind is item.kind for d in ds)])
        fact = e.NotInTrait(source.name_span, _NOT_IN_TRAIT[item.kind], _NOUNS[item.kind], item.name, trait, near)
        found.append(fact.to_diagnostic(item))
    elif item.kind is DefKind.FN:
        _check_method(db, ref, same, item, source.name_span, found)


def _check_method(
    db: Database, ref: t.TraitRef, declared: DefId, item: DefId, span: tuple[int, int], found: list[Diagnostic]
) -> None:
    trait, name = ref.def_id.name, item.name
    wanted, given = fn_sig(db, declared), fn_sig(db, item)
    name_span = item_of(db, item).name_span  # type: ignore[union-attr]
    text = ""
    code = label = ""
    if given.has_self and not wanted.has_self:
        code, text, label = (
            "E0185",
            f"method `{name}` has a `self` parameter, but not in trait `{trait}`",
            "`self` is unexpected here",
        )
    elif wanted.has_self and not given.has_self:
        code, text, label = (
            "E0186",
            f"method `{name}` has no `self` parameter, but has one in trait `{trait}`",
            "expected `self`",
        )
    elif len(given.inputs) != len(wanted.inputs):
        n, m = len(given.inputs), len(wanted.inputs)
        code, label = "E0050", f"expected {m} parameter{'s' * (m != 1)}, found {n}"
        text = f"method `{name}` has {n} parameter{'s' * (n != 1)} but the declaration in trait `{trait}` has {m}"
    else:
        code, text, label = _generics_or_types(db, ref, declared, item)
    if code:
        found.append(e.MethodMismatch(name_span, code, text, label).to_diagnostic(item))


def _generics_or_types(db: Database, ref: t.TraitRef, declared: DefId, item: DefId) -> tuple[str, str, str]:
    name, trait = item.name, ref.def_id.name
    wanted, given = generics_of(db, declared), generics_of(db, item)
    for kind in ("type", "const"):
        n = sum(p.kind == kind for p in given.own)
        m = sum(p.kind == kind for p in wanted.own)
        if n != m:
            text = f"method `{name}` has {n} {kind} parameter{'s' * (n != 1)} but its trait declaration has {m}"
            return "E0049", text, f"expected {m} {kind} parameter{'s' * (m != 1)}, found {n}"
    args = ref.args + tuple(
        t.ERASED
        if p.kind == "lifetime"
        else (t.ParamTy(q.index, q.name) if p.kind == "type" else t.const_param(q.name, q.index))
        for p, q in zip(wanted.own, given.own, strict=False)
    )
    if len(wanted.own) != len(given.own):
        return "", "", ""
    for i, (expected, actual) in enumerate(zip(fn_sig(db, declared).inputs, fn_sig(db, item).inputs, strict=True)):
        expected = t.erase_regions(t.subst(expected, args))
        actual = t.erase_regions(actual)
        if expected is not actual and not (expected.flags | actual.flags) & (t.HAS_ALIAS | t.HAS_ERROR):
            text = f"method `{name}` has an incompatible type for trait `{trait}`"
            return "E0053", text, f"parameter {i + 1}: expected `{expected!r}`, found `{actual!r}`"
    return "", "", ""


def _check_complete(
    db: Database, impl: DefId, trait: DefId, trait_items: dict[str, tuple[DefId, ...]], found: list[Diagnostic]
) -> None:
    own = assoc_items(db, impl)
    missing = [
        item
        for name, items in trait_items.items()
        for item in items
        if _is_required(db, item) and not any(i.kind is item.kind for i in own.get(name, ()))
    ]
    source = item_of(db, impl)
    if missing and source is not None:
        texts = tuple(_declaration_text(db, item) for item in missing)
        fact = e.MissingImplItems(source.name_span, tuple(item.name for item in missing), texts)
        found.append(fact.to_diagnostic(impl))


def _is_required(db: Database, item: DefId) -> bool:
    source = item_of(db, item)
    if source is None or source.attr("rustc_intrinsic") is not None:
        return False
    if item.kind is DefKind.TYPE_ALIAS:
        decl = signature(db, item)
        return isinstance(decl, h.TypeAliasDecl) and decl.ty is None
    return not source.has_body


def _declaration_text(db: Database, item: DefId) -> str:
    source = item_of(db, item)
    text = source.header.decode("utf-8", "replace") if source is not None else ""
    kept = [line.strip() for line in text.splitlines() if not line.strip().startswith(("///", "#["))]
    return " ".join(kept).rstrip("; ") + (" { .. }" if item.kind is DefKind.FN else " = ..")
