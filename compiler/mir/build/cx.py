"""What MIR building asks of the rest of the compiler, for one body.

What it is: the HIR body and InferenceResult of an owner plus memoised questions about types (``is_copy``,
``needs_drop``, ``is_freeze``) in the owner's parameter environment. Tests subclass it to build without a front end.

Assumes: ``owner`` is a fn, const or static (closures and anonymous constants share the cx of the body that contains
them).
Guarantees: answers about erroneous types are the quiet ones (Copy, no drop glue).

Example: ``BodyCx.of(db, owner).is_copy(RefTy(ERASED, u32, True))`` is False.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from compiler.hir import nodes as hir
from compiler.hir.def_id import DefId, DefKind
from compiler.mir import body as m
from compiler.mir import type_facts
from compiler.query import Database
from compiler.ty import types as t
from compiler.ty.results import InferenceResult

if TYPE_CHECKING:
    from compiler.ty.lower import TyLowering

_TRAIT_METHODS = {
    "deref": ("deref", "deref"),
    "deref_mut": ("deref_mut", "deref_mut"),
    "call": ("fn", "call"),
    "call_mut": ("fn_mut", "call_mut"),
    "call_once": ("fn_once", "call_once"),
    "eq": ("eq", "eq"),
}


class BodyCx:
    """See the module docstring."""

    __slots__ = (
        "_copy",
        "_drop",
        "_freeze",
        "_methods",
        "body",
        "db",
        "edition_2024",
        "env",
        "expr_types",
        "exprs",
        "identity_args",
        "owner",
        "pat_spans",
        "pats",
        "pattern_constants",
        "res",
        "spans",
        "unchecked_indexing",
    )

    def __init__(self, db: Database, owner: DefId, body: hir.Body, res: InferenceResult) -> None:
        self.db = db
        self.owner = owner
        self.body = body
        self.res = res
        self.exprs = body.store.exprs
        self.spans = body.store.expr_spans
        self.pats = body.store.pats
        self.pat_spans = body.store.pat_spans
        self.expr_types = res.expr_types
        self.identity_args: t.GenericArgs = ()
        self.env: Any = None
        self.unchecked_indexing = False
        self.edition_2024 = True
        self.pattern_constants: dict[int, list[m.Constant]] = {}  # of patterns: paths that name lifetimes
        self._copy: dict[t.Ty, bool] = {}
        self._drop: dict[t.Ty, bool] = {}
        self._freeze: dict[t.Ty, bool] = {}
        self._methods: dict[str, DefId | None] = {}

    # -- types

    def expr_ty_adjusted(self, expr: int) -> t.Ty:
        adjusts = self.res.adjustments.get(expr)
        return adjusts[-1].target if adjusts else self.expr_types.get(expr, t.ERROR)

    def pat_ty(self, pat: int) -> t.Ty:
        return self.res.pat_types.get(pat, t.ERROR)

    def is_copy(self, ty: t.Ty) -> bool:
        found = self._copy.get(ty)
        if found is None:
            found = self._copy[ty] = type_facts.is_copy(self.db, self.env, ty)
        return found

    def needs_drop(self, ty: t.Ty) -> bool:
        found = self._drop.get(ty)
        if found is None:
            found = self._drop[ty] = type_facts.needs_drop(self.db, self.env, ty)
        return found

    def is_freeze(self, ty: t.Ty) -> bool:
        found = self._freeze.get(ty)
        if found is None:
            found = self._freeze[ty] = type_facts.is_freeze(self.db, self.env, ty)
        return found

    def normalize(self, ty: t.Ty) -> t.Ty:
        return type_facts.normalize(self.db, self.env, ty)

    # -- definitions

    def variants(self, adt: DefId) -> tuple[Any, ...]:
        """Variants (``def_id``, ``name``, ``fields`` with ``name``/``ty``, ``ctor``) of a struct, enum or union."""
        from compiler.ty.adt import adt_def

        return tuple(adt_def(self.db, adt).variants)

    def variant_index(self, def_id: DefId) -> int:
        """Index of a variant in its enum; 0 for structs and unions."""
        if def_id.kind is not DefKind.VARIANT or def_id.parent is None:
            return 0
        for i, variant in enumerate(self.variants(def_id.parent)):
            if variant.def_id is def_id:
                return i
        return 0

    def field_tys(self, ty: t.AdtTy, variant_index: int) -> list[t.Ty]:
        """Types of the fields of a variant of ``ty``, normalised."""
        return type_facts.field_tys(self.db, self.env, self.variants(ty.def_id)[variant_index], ty.args)

    def discriminants(self, ty: t.AdtTy) -> list[int]:
        """Discriminant values (signed) of the variants, in order."""
        return type_facts.discriminants(self.db, ty.def_id)

    def discriminant_ty(self, ty: t.Ty) -> t.Ty:
        return type_facts.discriminant_ty(self.db, ty)

    def is_union(self, adt: DefId) -> bool:
        return adt.kind is DefKind.UNION

    def is_inhabited(self, ty: t.Ty) -> bool:
        """False for ``!`` and enums without variants: a call giving one does not return."""
        if isinstance(ty, t.AdtTy) and ty.def_id.kind is DefKind.ENUM:
            return bool(self.variants(ty.def_id))
        return ty is not t.never

    def is_variant_uninhabited(self, ty: t.AdtTy, index: int) -> bool:
        """No value of this variant exists (a field is ``!`` or an enum without variants)."""
        return any(not self.is_inhabited(f) for f in self.field_tys(ty, index))

    def signature(self) -> tuple[tuple[t.Ty, ...], t.Ty]:
        """Inputs and output of the owner (a fn), regions erased; its own ``impl Trait`` output is the hidden type."""
        from compiler.ty.collect import fn_sig

        sig = fn_sig(self.db, self.owner)
        inputs = tuple([self.normalize(t.erase_regions(i)) for i in sig.inputs])
        output = t.erase_regions(sig.output)
        if self.res.opaque_types and output.flags & t.HAS_ALIAS:
            output = self._reveal_own(output)
        return inputs, self.normalize(output)

    def _reveal_own(self, ty: t.Ty) -> t.Ty:
        if isinstance(ty, t.AliasTy) and ty.kind == "opaque" and ty.def_id is self.owner:
            return self.res.opaque_types.get(ty.index, t.ERROR)
        made: t.Ty = t.map_children(ty, lambda c: self._reveal_own(c) if isinstance(c, t.Ty) else c)
        return made

    def lang_method(self, name: str) -> DefId | None:
        """The method of an operator trait: "deref", "deref_mut", "call", "call_mut", "call_once", "eq"."""
        if name not in self._methods:
            self._methods[name] = type_facts.trait_method(self.db, *_TRAIT_METHODS[name])
        return self._methods[name]

    def static_pointer(self, static: DefId, ty: t.Ty) -> t.Ty:
        """Type of the address of a static: ``&T``, or ``*mut T`` for ``static mut``."""
        from compiler.resolve.lowering import signature

        decl = signature(self.db, static)
        if isinstance(decl, hir.ConstDecl) and decl.mutable:
            return t.PtrTy(ty, True)
        return t.RefTy(t.ERASED, ty, False)

    def user_type(self, ref: hir.TypeRef) -> t.Ty | None:
        """A written type that names lifetimes, or may by an alias, with its regions and not normalised; what is left
        to inference are holes (see ``AscribeUserType``).

        None: it names none.
        """
        if not _may_name_lifetime(ref):
            return None
        ty = self._lowering().lower(ref)
        return ty if says_regions(ty) else None

    def user_region(self, lifetime: hir.LifetimeRef) -> t.Region:
        """A written lifetime."""
        return self._lowering().region(lifetime, lifetime.span)

    def _lowering(self) -> TyLowering:
        from compiler.resolve.resolver import Resolver
        from compiler.ty.lower import TyLowering

        resolver = Resolver(self.db, self.owner)
        holes = itertools.count()
        return TyLowering(
            self.db,
            resolver,
            self.body.store,
            infer_hook=lambda _: t.InferTy(next(holes), "hole"),
            const_infer_hook=lambda _: t.CONST_ERROR,
            elided=lambda _: t.Region("hole", "", next(holes)),
        )

    def anon_const(self, index: int) -> DefId:
        return DefId(self.owner, DefKind.ANON_CONST, "", index)

    def anon_value(self, index: int) -> int | None:
        """Value of an anonymous constant, if it can be known before monomorphisation."""
        node = self.exprs[self.body.store.anon_consts[index].expr]
        if isinstance(node, hir.Literal) and isinstance(node.value, int):
            return node.value
        return self.const_value(t.const_unevaluated(self.anon_const(index), self.identity_args, t.usize))

    def const_value(self, const: t.Const) -> int | None:
        """Value of a type-level constant, if it does not depend on parameters."""
        if const.kind == "unevaluated":
            from compiler.ty.consts import evaluate_const

            const = evaluate_const(self.db, const)
        return const.value if const.kind == "value" else None


def body_cx(db: Database, owner: DefId) -> BodyCx | None:
    """The cx of the body of ``owner`` ; None if it has none."""
    from compiler.ty.generics import identity_args
    from compiler.ty.infer import hir_body_of, infer
    from compiler.ty.traits.env import param_env

    hir_body = hir_body_of(db, owner)
    if hir_body is None:
        return None
    cx = BodyCx(db, owner, hir_body, infer(db, owner))
    cx.identity_args = tuple(t.erase_regions(a) for a in identity_args(db, owner))
    cx.env = param_env(db, owner)
    cx.unchecked_indexing = _unchecked_indexing(db, owner)
    cx.edition_2024 = _edition_2024(db, owner)
    return cx


def _may_name_lifetime(ref: object) -> bool:
    """False for what is quickly seen to be plain: ``u32``, ``&u32``, ``[f32; 4]``."""
    if isinstance(ref, hir.RefType):
        named = ref.lifetime is not None and ref.lifetime.name != "_"
        return named or _may_name_lifetime(ref.ty)
    if isinstance(ref, (hir.PtrType, hir.SliceType, hir.ArrayType)):
        return _may_name_lifetime(ref.ty)
    if isinstance(ref, hir.TupleType):
        return any(map(_may_name_lifetime, ref.elems))
    if isinstance(ref, hir.PathType):
        path = ref.path
        plain = path.qself is None and len(path.segments) == 1 and path.segments[0].args is None
        return not plain or path.segments[0].name not in t.PRIMITIVES
    return isinstance(ref, (hir.FnPtrType, hir.DynTraitType))


def says_regions(value: object) -> bool:
    """Whether a lowered type names a region (``'static``, a parameter) or binds one (``fn(&u32)``), an alias may hide
    one, or it says that what is left out at two places is the same."""
    holes = set()
    for node in t.walk(value):
        kind = type(node)
        if (kind is t.Region and node.kind == "hole") or kind is t.InferTy:
            if node in holes:
                return True
            holes.add(node)
        if kind is t.Region and node.kind in ("static", "early", "bound"):
            return True
        if kind is t.AliasTy and node.kind == "projection":
            return True
    return False


def _unchecked_indexing(db: Database, owner: DefId) -> bool:
    if owner.kind is not DefKind.FN:
        return False
    from compiler.resolve.attrs import kernel_facts

    facts = kernel_facts(db, owner)
    return bool(facts is not None and facts.unchecked_indexing)


def _edition_2024(db: Database, owner: DefId) -> bool:
    from compiler.hir.inputs import crate_graph

    graph = crate_graph(db)
    crate = graph.crates.get(owner.krate.name) if graph is not None else None
    return crate is None or crate.edition >= "2024"
