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
from compiler.ty.collect import assoc_items, fn_sig, type_of
from compiler.ty.generics import generics_of, param_as_arg
from compiler.ty.impls import impl_header
from compiler.ty.infcx import InferCtxt
from compiler.ty.traits.env import param_env

_NOUNS = {DefKind.FN: "method", DefKind.TYPE_ALIAS: "type", DefKind.CONST: "const"}
_NOT_IN_TRAIT = {DefKind.FN: "E0407", DefKind.TYPE_ALIAS: "E0437", DefKind.CONST: "E0438"}
_KIND_MISMATCH = {DefKind.FN: "E0324", DefKind.TYPE_ALIAS: "E0325", DefKind.CONST: "E0323"}


def check_impl(db: Database, impl: DefId, found: list[Diagnostic]) -> None:
    """All checks of one impl against its trait."""
    header = impl_header(db, impl)
    ref = header.trait_ref
    _check_twice(db, impl, found)
    if ref is None or header.self_ty.flags & t.HAS_ERROR:
        return
    trait_items = assoc_items(db, ref.def_id)
    if not header.positive:
        return
    _check_safety(db, impl, ref.def_id, found)
    missing = _missing_items(db, impl, trait_items)
    types_known = not any(item.kind is DefKind.TYPE_ALIAS for item in missing)
    for items in assoc_items(db, impl).values():
        for item in items:
            _check_item(db, ref, trait_items, item, types_known, found)
    source = item_of(db, impl)
    if missing and source is not None:
        texts = tuple(_declaration_text(db, item) for item in missing)
        fact = e.MissingImplItems(source.name_span, tuple(item.name for item in missing), texts)
        found.append(fact.to_diagnostic(impl))


def _check_safety(db: Database, impl: DefId, trait: DefId, found: list[Diagnostic]) -> None:
    """``unsafe impl`` exactly for unsafe traits (E0199, E0200)."""
    decl, declared, item = signature(db, impl), signature(db, trait), item_of(db, impl)
    if not isinstance(decl, h.ImplDecl) or not isinstance(declared, h.TraitDecl) or item is None:
        return
    has_may_dangle = "may_dangle" in item.header.decode("utf-8", "replace")
    if decl.is_unsafe and not declared.is_unsafe and not has_may_dangle:
        text = f"implementing the trait `{trait.name}` is not unsafe"
        fact = e.KernelRule(item.name_span, "E0199", text, "", "remove `unsafe` from this trait implementation")
        found.append(fact.to_diagnostic(impl))
    elif declared.is_unsafe and not decl.is_unsafe:
        text = f"the trait `{trait.name}` requires an `unsafe impl` declaration"
        fact = e.KernelRule(item.name_span, "E0200", text, "", "write `unsafe impl`, and keep what the trait promises")
        found.append(fact.to_diagnostic(impl))


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
    db: Database,
    ref: t.TraitRef,
    trait_items: dict[str, tuple[DefId, ...]],
    item: DefId,
    types_known: bool,
    found: list[Diagnostic],
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
    elif item.kind is DefKind.CONST and types_known:
        _check_const(db, ref, same, item, found)
    elif item.kind is DefKind.FN:
        check = _MethodCheck(db, ref, same, item)
        mismatch = check.shape() or (check.types() if types_known else None)
        if mismatch is not None:
            code, text, label = mismatch
            found.append(e.MethodMismatch(source.name_span, code, text, label).to_diagnostic(item))


def _check_const(db: Database, ref: t.TraitRef, declared: DefId, item: DefId, found: list[Diagnostic]) -> None:
    """The constant has the type that the trait declares (E0326)."""
    assert item.parent is not None
    icx = InferCtxt(db, param_env(db, item.parent))
    wanted = icx.normalize(t.erase_regions(t.subst(type_of(db, declared), ref.args)))
    given = icx.normalize(t.erase_regions(type_of(db, item)))
    source = item_of(db, item)
    if source is None or (wanted.flags | given.flags) & (t.HAS_ERROR | t.HAS_ALIAS) or icx.unify(wanted, given):
        return
    text = f"implemented const `{item.name}` has an incompatible type for trait"
    label = f"expected `{wanted!r}`, found `{given!r}`"
    found.append(e.MethodMismatch(source.name_span, "E0326", text, label).to_diagnostic(item))


def _counted(n: int, noun: str) -> str:
    return f"{n} {noun}{'s' * (n != 1)}"


_Mismatch = tuple[str, str, str]  # code, message, label


class _MethodCheck:
    """A method of an impl against the trait's declaration."""

    def __init__(self, db: Database, ref: t.TraitRef, declared: DefId, item: DefId) -> None:
        self.db = db
        self.ref = ref
        self.declared = declared
        self.item = item
        self.wanted = fn_sig(db, declared)
        self.given = fn_sig(db, item)

    def shape(self) -> _Mismatch | None:
        """``self``, the number of parameters and of generic parameters."""
        name, trait = self.item.name, self.ref.def_id.name
        wanted, given = self.wanted, self.given
        if given.has_self and not wanted.has_self:
            text = f"method `{name}` has a `self` parameter, but not in trait `{trait}`"
            return "E0185", text, "`self` is unexpected here"
        if wanted.has_self and not given.has_self:
            text = f"method `{name}` has no `self` parameter, but has one in trait `{trait}`"
            return "E0186", text, "expected `self`"
        n, m = len(given.inputs), len(wanted.inputs)
        if n != m:
            text = f"method `{name}` has {_counted(n, 'parameter')} but the declaration in trait `{trait}` has {m}"
            return "E0050", text, f"expected {_counted(m, 'parameter')}, found {n}"
        own, other = generics_of(self.db, self.item).own, generics_of(self.db, self.declared).own
        for kind in ("type", "const"):
            n, m = sum(p.kind == kind for p in own), sum(p.kind == kind for p in other)
            if n != m:
                text = f"method `{name}` has {_counted(n, kind + ' parameter')} but its trait declaration has {m}"
                return "E0049", text, f"expected {_counted(m, kind + ' parameter')}, found {n}"
        return None

    def types(self) -> _Mismatch | None:
        """Each parameter's type and the result's, normalised where the method is."""
        own, other = generics_of(self.db, self.item).own, generics_of(self.db, self.declared).own
        if len(own) != len(other):
            return None
        args = self.ref.args + tuple(param_as_arg(q, self.item) for q in own)
        icx = InferCtxt(self.db, param_env(self.db, self.item))
        pairs = zip((*self.wanted.inputs, self.wanted.output), (*self.given.inputs, self.given.output), strict=True)
        for position, (expected, actual) in enumerate(pairs, 1):
            expected = icx.resolve(icx.normalize(t.erase_regions(t.subst(expected, args))))
            actual = icx.resolve(icx.normalize(t.erase_regions(actual)))
            if (expected.flags | actual.flags) & (t.HAS_ALIAS | t.HAS_ERROR | t.HAS_INFER) or expected is actual:
                continue
            place = f"parameter {position}" if position <= len(self.given.inputs) else "return type"
            if not icx.probe(lambda e=expected, a=actual: icx.unify(e, a)):  # type: ignore[misc]
                text = f"method `{self.item.name}` has an incompatible type for trait `{self.ref.def_id.name}`"
                return "E0053", text, f"{place}: expected `{expected!r}`, found `{actual!r}`"
        return None


def _missing_items(db: Database, impl: DefId, trait_items: dict[str, tuple[DefId, ...]]) -> list[DefId]:
    own = assoc_items(db, impl)
    return [
        item
        for name, items in trait_items.items()
        for item in items
        if _is_required(db, item) and not any(i.kind is item.kind for i in own.get(name, ()))
    ]


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
