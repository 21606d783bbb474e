"""Signatures of closures with their bound regions, which inference erases.

What it is: a region in a closure's signature is *bound* (each call may choose it) if the parameter's written type
leaves it out, or the expected type binds it: the ``Fn`` bound of the parameter the closure is passed to, a fn pointer
type, the ``impl Fn`` it is returned as. Every other region is one of the creator's.

Assumes: the enclosing body is inferred. Guarantees: the shape of the inferred signature; only regions differ.

Example: in ``apply(|x| x.len())`` with ``fn apply(f: impl Fn(&[u8]) -> usize)`` it is ``fn(&'b [u8]) -> usize``.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from compiler.hir import nodes as h
from compiler.hir.def_id import DefId
from compiler.query import Database, query
from compiler.ty import results as r
from compiler.ty import types as t

if TYPE_CHECKING:
    from compiler.ty.lower import TyLowering

BINDER_BASE = 1000  # bound regions of ``for<..>`` and ``Fn(..)`` are numbered from here (ty.lower)
_FN_TRAITS = ("fn", "fn_mut", "fn_once")


@query(backdate=False)
def closure_signatures(db: Database, owner: DefId) -> dict[int, t.FnPtrTy]:
    """By closure expression of a body: the signature with bound regions; the rest erased."""
    from compiler.ty.infer import hir_body_of, infer

    body = hir_body_of(db, owner)
    res = infer(db, owner)
    if body is None or not res.closures:
        return {}
    made = _Signatures(db, owner, body, res)
    return {expr: made.signature(expr) for expr in res.closures}


def closure_signature(db: Database, closure: DefId) -> t.FnPtrTy:
    """Of one closure."""
    from compiler.ty.infer import body_owner, closure_of

    found = closure_signatures(db, body_owner(closure)).get(closure.disambiguator)
    if found is not None:
        return found
    facts = closure_of(db, closure)
    return facts.sig if facts is not None else t.FnPtrTy((), t.ERROR)


def written_signature(db: Database, closure: DefId) -> tuple[list[t.Ty | None], t.Ty | None]:
    """The types written in a closure's head that name lifetimes: of its parameters, and of its result. What they leave
    out are holes (see ``AscribeUserType``)."""
    from compiler.mir.build.cx import says_regions
    from compiler.ty.infer import body_owner, hir_body_of

    owner = body_owner(closure)
    body = hir_body_of(db, owner)
    node = body.store.exprs[closure.disambiguator] if body is not None else None
    if body is None or not isinstance(node, h.Closure):
        return [], None
    holes = itertools.count()

    def lowered(ref: h.TypeRef | None) -> t.Ty | None:
        if ref is None:
            return None
        ty = _lowering(db, owner, body, lambda: t.Region("hole", "", next(holes))).lower(ref)
        return ty if says_regions(ty) else None

    return [lowered(param.ty) for param in node.params], lowered(node.ret)


def _lowering(db: Database, owner: DefId, body: h.Body, elided: Callable[[], t.Region]) -> TyLowering:
    from compiler.resolve.resolver import Resolver
    from compiler.ty.lower import TyLowering

    return TyLowering(
        db,
        Resolver(db, owner),
        body.store,
        infer_hook=lambda _: t.ERROR,
        const_infer_hook=lambda _: t.CONST_ERROR,
        elided=lambda _: elided(),
    )


class _Signatures:
    def __init__(self, db: Database, owner: DefId, body: h.Body, res: r.InferenceResult) -> None:
        self.db = db
        self.owner = owner
        self.body = body
        self.res = res
        self.n_bound = 0
        self.expected: dict[int, t.FnPtrTy] = {}
        self._find_expected()

    # -- expectations

    def _find_expected(self) -> None:
        closures = self.res.closures
        for expr, node in enumerate(self.body.store.exprs):
            if isinstance(node, h.Call):
                if any(self._closure_in(a) is not None for a in node.args):
                    self._from_callee(self.res.values.get(node.callee), node.args, 0)
            elif isinstance(node, h.MethodCall):
                if any(self._closure_in(a) is not None for a in node.args):
                    self._from_callee(self.res.methods.get(expr), node.args, 1)
        root = self._closure_in(self.body.root)
        if root is not None and root in closures:
            self._from_return(root)
        for statement in self._lets():
            closure = self._closure_in(statement.init) if statement.init is not None else None
            if closure is not None and isinstance(statement.ty, h.FnPtrType):
                self._note(closure, self._lower(statement.ty))

    def _lets(self) -> list[h.LetStmt]:
        found = []
        for node in self.body.store.exprs:
            if isinstance(node, h.Block):
                found += [s for s in node.stmts if isinstance(s, h.LetStmt)]
        return found

    def _closure_in(self, expr: int) -> int | None:
        """The closure an expression is, behind blocks, or a reference to it."""
        node = self.body.store.exprs[expr]
        while (isinstance(node, h.Block) and node.tail is not None) or isinstance(node, h.AddrOf):
            expr = node.expr if isinstance(node, h.AddrOf) else node.tail  # type: ignore[assignment]
            node = self.body.store.exprs[expr]
        return expr if isinstance(node, h.Closure) else None

    def _note(self, closure: int, sig: Any) -> None:
        if isinstance(sig, t.FnPtrTy):
            self.expected.setdefault(closure, sig)

    def _from_callee(self, res: object, args: tuple[int, ...], skip: int) -> None:
        from compiler.ty.collect import fn_sig, predicates_of

        if not isinstance(res, r.DefRes):
            return
        sig = fn_sig(self.db, res.def_id)
        predicates = predicates_of(self.db, res.def_id)
        for i, arg in enumerate(args):
            closure = self._closure_in(arg)
            if closure is None or i + skip >= len(sig.inputs):
                continue
            param = sig.inputs[i + skip]
            behind = param.ty if isinstance(param, t.RefTy) else param
            if isinstance(behind, t.DynTy):
                self._note(closure, self._object_signature(behind))
            else:
                self._note(closure, param if isinstance(param, t.FnPtrTy) else self._fn_bound(predicates, param))

    def _object_signature(self, ty: t.DynTy) -> t.FnPtrTy | None:
        """Of ``dyn Fn(A) -> B``."""
        given = ty.bounds[0][1][0] if ty.bounds and ty.bounds[0][1] else None
        if not isinstance(given, t.TupleTy) or len(ty.projections) != 1:
            return None
        return t.FnPtrTy(given.elems, ty.projections[0][2])

    def _from_return(self, closure: int) -> None:
        from compiler.ty.collect import fn_sig, opaque_bounds

        output = fn_sig(self.db, self.owner).output if self.owner.kind.value == "fn" else None
        if isinstance(output, t.AliasTy) and output.kind == "opaque":
            self._note(closure, self._fn_bound(opaque_bounds(self.db, output.def_id, output.index), output))
        else:
            self._note(closure, output)

    def _fn_bound(self, predicates: tuple[t.Predicate, ...], subject: t.Ty) -> t.FnPtrTy | None:
        """The signature in ``subject: Fn(A) -> B``."""
        from compiler.resolve.lang import lang_name_of

        inputs: tuple[t.Ty, ...] | None = None
        output: t.Ty = t.ERROR
        for p in predicates:
            if isinstance(p, t.TraitPredicate) and p.trait_ref.self_ty is subject:
                if lang_name_of(self.db, p.trait_ref.def_id) in _FN_TRAITS:
                    given = p.trait_ref.args[1]
                    inputs = given.elems if isinstance(given, t.TupleTy) else None
            elif isinstance(p, t.ProjectionPredicate) and p.alias.args and p.alias.args[0] is subject:
                if isinstance(p.term, t.Ty):
                    output = p.term
        return t.FnPtrTy(inputs, output) if inputs is not None else None

    # -- signatures

    def signature(self, expr: int) -> t.FnPtrTy:
        facts = self.res.closures[expr]
        node = self.body.store.exprs[expr]
        assert isinstance(node, h.Closure)
        wanted = self.expected.get(expr)
        inputs = []
        for i, ty in enumerate(facts.sig.inputs):
            written = node.params[i].ty if i < len(node.params) else None
            if wanted is not None and i < len(wanted.inputs):  # what is written must fit it: see `written_signature`
                inputs.append(_transfer(wanted.inputs[i], ty, False))
            else:
                inputs.append(_transfer(self._lower(written), ty, True) if written is not None else ty)
        pattern = wanted.output if wanted is not None and node.ret is None else t.ERROR
        output = _transfer(pattern, facts.sig.output, False)
        return t.FnPtrTy(tuple(inputs), output, facts.sig.is_unsafe, facts.sig.abi)

    def _lower(self, ref: h.TypeRef) -> t.Ty:
        """A written type; elided lifetimes are bound."""

        def elided() -> t.Region:
            self.n_bound += 1
            return t.Region("bound", "", 2000 + self.n_bound)

        return _lowering(self.db, self.owner, self.body, elided).lower(ref)


def _transfer(pattern: Any, ty: Any, written: bool) -> Any:
    """``ty`` with the regions of a pattern of (partly) the same shape: the bound ones; all, if it was written here."""
    if type(pattern) is t.Region:
        is_bound = pattern.kind == "bound" and pattern.index >= BINDER_BASE
        named = written and pattern.kind in ("early", "static")
        return pattern if (is_bound or named) and type(ty) is t.Region else ty
    if type(pattern) is not type(ty) or isinstance(ty, t.ClosureTy) or not isinstance(ty, t.Ty):
        return ty
    if getattr(pattern, "def_id", None) is not getattr(ty, "def_id", None):
        return ty
    rest = iter(t.children(pattern))
    return t.map_children(ty, lambda c: _transfer(next(rest, c), c, written))
