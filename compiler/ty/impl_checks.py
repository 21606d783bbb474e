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
from compiler.resolve.attrs import has_feature
from compiler.resolve.def_map import is_library
from compiler.resolve.lowering import signature
from compiler.resolve.similar import best_match
from compiler.resolve.source import item_of
from compiler.ty import item_errors as e
from compiler.ty import types as t
from compiler.ty.collect import assoc_items, const_param_type, fn_sig, own_predicates_of, predicates_of, type_of
from compiler.ty.generics import generics_of, param_as_arg
from compiler.ty.impls import impl_header
from compiler.ty.infcx import InferCtxt
from compiler.ty.traits.env import ParamEnv, elaborate, param_env
from compiler.ty.traits.fulfill import evaluate

_NOUNS = {DefKind.FN: "method", DefKind.TYPE_ALIAS: "type", DefKind.CONST: "const"}
_NOT_IN_TRAIT = {DefKind.FN: "E0407", DefKind.TYPE_ALIAS: "E0437", DefKind.CONST: "E0438"}
_Mismatch = tuple[str, str, str]  # code, message, label
_KIND_MISMATCH = {DefKind.FN: "E0324", DefKind.TYPE_ALIAS: "E0325", DefKind.CONST: "E0323"}


def check_impl(db: Database, impl: DefId, found: list[Diagnostic]) -> None:
    """All checks of one impl against its trait."""
    header = impl_header(db, impl)
    ref = header.trait_ref
    _check_twice(db, impl, found)
    _check_head(db, impl, found)
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


def _check_head(db: Database, impl: DefId, found: list[Diagnostic]) -> None:
    """What may stand before ``impl`` (E0197, E0198, E0449)."""
    decl, item = signature(db, impl), item_of(db, impl)
    if not isinstance(decl, h.ImplDecl) or item is None or is_library(db, impl):
        return
    faults: list[tuple[str, str]] = []
    if decl.is_unsafe and decl.trait_path is None:
        faults.append(("E0197", "inherent impls cannot be unsafe"))
    if decl.is_unsafe and decl.negative:
        faults.append(("E0198", "negative impls cannot be unsafe"))
    if decl.negative and not has_feature(db, impl.krate, "negative_impls"):
        faults.append(("E0658", "negative trait bounds are not fully implemented"))
    if item.visibility:
        faults.append(("E0449", "visibility qualifiers are not permitted here"))
    found += [e.MethodMismatch(item.name_span, *fault, "").to_diagnostic(impl) for fault in faults]


def _check_twice(db: Database, impl: DefId, found: list[Diagnostic]) -> None:
    of_trait = impl_header(db, impl).of_trait
    for name, items in assoc_items(db, impl).items():
        values = [i for i in items if i.kind is not DefKind.TYPE_ALIAS]
        types = [i for i in items if i.kind is DefKind.TYPE_ALIAS] if of_trait else []
        for extra in values[1:] + types[1:]:
            item = item_of(db, extra)
            if item is not None:
                code = "E0201" if of_trait else "E0592"
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
    elif item.kind is not DefKind.CONST:
        check = _MethodCheck(db, ref, same, item) if item.kind is DefKind.FN else _ItemCheck(db, ref, same, item)
        mismatch = check.shape() or (check.types() if types_known else None)
        if mismatch is not None:
            code, text, label = mismatch
            found.append(e.MethodMismatch(source.name_span, code, text, label).to_diagnostic(item))
    _check_qualifiers(db, item, found)


def _check_qualifiers(db: Database, item: DefId, found: list[Diagnostic]) -> None:
    """What an item of a trait impl may not say of itself (E0379, E0449)."""
    source, decl = item_of(db, item), signature(db, item)
    if source is None or is_library(db, item):
        return
    fault: tuple[str, str, str] | None = None
    if source.visibility:
        fault = (
            "E0449",
            "visibility qualifiers are not permitted here",
            "items of trait impls are as visible as the trait",
        )
    elif isinstance(decl, h.FnDecl) and decl.is_const:
        fault = "E0379", "functions in trait impls cannot be declared const", "not allowed here"
    if fault is not None:
        found.append(e.MethodMismatch(source.name_span, *fault).to_diagnostic(item))


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


class _ItemCheck:
    """An associated type of an impl (or what methods share with it) against the trait's declaration."""

    def __init__(self, db: Database, ref: t.TraitRef, declared: DefId, item: DefId) -> None:
        self.db = db
        self.ref = ref
        self.declared = declared
        self.item = item

    def shape(self) -> _Mismatch | None:
        """The generic parameters."""
        name, trait = self.item.name, self.ref.def_id.name
        own, other = generics_of(self.db, self.item).own, generics_of(self.db, self.declared).own
        if len(own) == len(other) and any(p.kind != q.kind for p, q in zip(own, other, strict=True)):
            text = f"item `{name}` has an incompatible generic parameter for trait `{trait}`"
            return "E0053", text, "a parameter of another kind than in the trait"
        for kind in ("type", "const"):
            n, m = sum(p.kind == kind for p in own), sum(p.kind == kind for p in other)
            if n != m:
                text = f"item `{name}` has {_counted(n, kind + ' parameter')} but its trait declaration has {m}"
                return "E0049", text, f"expected {_counted(m, kind + ' parameter')}, found {n}"
        if [p.kind for p in own].count("lifetime") != [p.kind for p in other].count("lifetime"):
            text = f"lifetime parameters or bounds on `{name}` do not match the trait declaration"
            return "E0195", text, f"not the lifetimes of `{trait}::{name}`"
        if any(p.synthetic is not q.synthetic for p, q in zip(own, other, strict=True)):
            text = f"method `{name}` has incompatible signature for trait: `impl Trait` is not a type parameter"
            return "E0643", text, "write it as the trait does"
        return None

    def types(self) -> _Mismatch | None:
        """Types of const parameters; bounds that the trait does not have."""
        own, other = generics_of(self.db, self.item).own, generics_of(self.db, self.declared).own
        args = self.ref.args + tuple(param_as_arg(q, self.item) for q in own)
        for mine, theirs in zip(own, other, strict=True):
            if mine.kind == "const":
                given, wanted = (const_param_type(self.db, p.owner, p.index) for p in (mine, theirs))
                if given is not wanted and not (given.flags | wanted.flags) & (t.HAS_ERROR | t.HAS_ALIAS):
                    text = f"item `{self.item.name}` has an incompatible generic parameter for trait"
                    return "E0053", text, f"expected `{wanted!r}`, found `{given!r}`"
        return self._stricter(args)

    def _stricter(self, args: t.GenericArgs) -> _Mismatch | None:
        """A bound of the impl's item that does not follow from the trait's and the impl's own (E0276)."""
        own = own_predicates_of(self.db, self.item)
        if not own or self.item.parent is None:
            return None
        assumed = [t.subst(p, args) for p in own_predicates_of(self.db, self.declared)]
        env = ParamEnv(elaborate(self.db, (*predicates_of(self.db, self.item.parent), *assumed)))
        icx = InferCtxt(self.db, env)
        for predicate in own:
            if not isinstance(predicate, t.TraitPredicate):
                continue
            ref = icx.resolve(icx.normalize(t.erase_regions(predicate.trait_ref)))
            if ref.flags & (t.HAS_ERROR | t.HAS_INFER | t.HAS_ALIAS) or not isinstance(ref.self_ty, t.ParamTy):
                continue
            if evaluate(icx, t.TraitPredicate(ref)) is False:
                label = f"impl has the extra requirement `{ref.self_ty!r}: {ref.def_id.name}`"
                return "E0276", "impl has stricter requirements than trait", label
        return None


class _MethodCheck(_ItemCheck):
    """A method of an impl against the trait's declaration."""

    def __init__(self, db: Database, ref: t.TraitRef, declared: DefId, item: DefId) -> None:
        super().__init__(db, ref, declared, item)
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
        if (given.is_unsafe, given.abi) != (wanted.is_unsafe, wanted.abi):
            text = f"method `{name}` has an incompatible type for trait `{trait}`"
            return "E0053", text, "`unsafe` and the ABI must be as in the trait"
        return super().shape()

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
        return super().types()


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
