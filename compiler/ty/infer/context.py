"""The state of inferring one body: variables, scopes, targets of ``break`` and ``return``, deferred checks, the result.

What it is: rustc's ``FnCtxt``. The rules for each kind of expression live beside it, one file per family, as functions
``(fcx, expr_id, node, expected) -> Ty`` registered in ``infer/expr.py``.

Conventions: ``expected`` is a hint (or None), never a demand; :meth:`FnCtxt.coerce_to` demands. Types are recorded
unresolved and resolved once at the end by ``writeback``. An ``ERROR`` type never causes another message.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from compiler.base.dataclass import dataclass, field
from compiler.base.span import EMPTY_SPAN, Span
from compiler.diagnostics.model import Diagnostic
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId
from compiler.query import Database
from compiler.resolve.resolver import Resolver
from compiler.ty import types as t
from compiler.ty.infcx import InferCtxt
from compiler.ty.results import Adjust, BorrowAdjust, InferenceResult
from compiler.ty.traits.builtin import ClosureShape
from compiler.ty.traits.env import param_env


class TypeError_(Protocol):
    """An error class of infer/errors.py."""

    def to_diagnostic(self, owner: DefId) -> Diagnostic: ...


@dataclass(slots=True)
class Breakable:
    """A loop or labelled block: ``coerce`` merges ``break`` values; ``may_break`` once one was seen."""

    expr: h.ExprId
    label: str | None
    is_loop: bool
    coerce: Any  # CoerceMany | None
    may_break: bool = False


@dataclass(slots=True)
class ClosureState:
    """A closure under inference."""

    ty: t.ClosureTy
    expr: h.ExprId
    sig: t.FnPtrTy
    kind: str | None = None
    mentions_outer: bool = False  # its body names a variable of the body around it: no fn pointer can be made of it


@dataclass(slots=True)
class OpenClosure:
    """A closure around what is being inferred; ``n_scopes`` and ``breakables`` are those outside of it."""

    state: ClosureState
    n_scopes: int
    breakables: list[Breakable]


@dataclass(slots=True)
class DeferredCall:
    """A call whose callee was a closure of this body: its kind is known after capture analysis."""

    expr: h.ExprId
    closure: t.ClosureTy
    args: tuple[t.Ty, ...]


@dataclass(slots=True)
class DeferredCast:
    expr: h.ExprId
    operand: h.ExprId
    from_ty: t.Ty
    to_ty: t.Ty


@dataclass(slots=True)
class OverloadedOp:
    """An operator recorded as overloaded until writeback knows whether both sides are built in."""

    expr: h.ExprId
    op: str
    lhs: t.Ty
    rhs: t.Ty | None
    operands: tuple[h.ExprId, ...] = ()


MAYBE, ALWAYS, WARNED = range(3)  # whether control goes on, rustc's ``Diverges``


@dataclass(slots=True)
class FnCtxt:
    db: Database
    owner: DefId
    body: h.Body
    resolver: Resolver
    icx: InferCtxt
    result: InferenceResult
    return_ty: t.Ty | None = None
    return_coerce: Any = None
    scopes: list[dict[str, h.PatId]] = field(default_factory=list)
    shadowed: dict[h.PatId, h.PatId] = field(default_factory=dict)  # binding -> the earlier one of its name and block
    breakables: list[Breakable] = field(default_factory=list)
    closures: dict[DefId, ClosureState] = field(default_factory=dict)
    open_closures: list[OpenClosure] = field(default_factory=list)
    deferred_calls: list[DeferredCall] = field(default_factory=list)
    deferred_casts: list[DeferredCast] = field(default_factory=list)
    overloaded_ops: list[OverloadedOp] = field(default_factory=list)
    # Expressions whose parts were coerced to the type expected of the whole: references were reborrowed there.
    settled: set[h.ExprId | None] = field(default_factory=set)
    diverges: int = 0  # MAYBE, ALWAYS, or WARNED: what follows was called unreachable
    diverged_at: Span = EMPTY_SPAN
    in_unsafe: int = 0
    opaque_vars: dict[int, t.Ty] = field(default_factory=dict)
    or_bindings: set[h.PatId] = field(
        default_factory=set
    )  # bindings of the first alternative of an enclosing or-pattern
    traits_in_scope: frozenset[DefId] = frozenset()
    identity: t.GenericArgs = ()
    saw_error: bool = False  # some type of the body is unknown
    is_let_pattern: bool = False  # checking the pattern of a ``let`` without ``else``
    demanded: Any = None  # the first NeedsAnnotation of an operation that needs a type where nothing was wrong yet
    ambiguous: list[Any] = field(default_factory=list)  # NeedsAnnotation faults, reported last
    lowering: Any = None  # TyLowering
    infer_expr: Callable[[h.ExprId, t.Ty | None], t.Ty] = lambda e, x: t.ERROR

    @property
    def store(self) -> h.ExprStore:
        return self.body.store

    # -- messages

    def diverge(self, span: Span) -> None:
        """What follows ``span`` is not reached."""
        if self.diverges == MAYBE:
            self.diverges = ALWAYS
            self.diverged_at = span

    def unreachable(self, span: Span, what: str) -> None:
        """Note what is not reached, once for what diverges."""
        self.diverges = WARNED
        self.result.unreachable.append((span, what, self.diverged_at))

    def error(self, fault: TypeError_) -> None:
        """Report, once per span and code. A missing annotation waits: it counts only if nothing else is wrong."""
        from compiler.ty.infer.errors import NeedsAnnotation

        if isinstance(fault, NeedsAnnotation):
            self.ambiguous.append(fault)
            return
        diagnostic = fault.to_diagnostic(self.owner)
        self.result.tainted = True
        key = (diagnostic.code, diagnostic.primary.span)
        if all((d.code, d.primary.span) != key for d in self.result.diagnostics):
            self.result.diagnostics.append(diagnostic)

    def open_type(self, ty: t.Ty, span: Span) -> None:
        """An operation at ``span`` needs to know ``ty`` now, and it is open: E0282, at the variable of that type."""
        from compiler.ty.infer.errors import NeedsAnnotation

        types = [*self.result.expr_types.values(), *self.result.pat_types.values()]
        at = span
        for pat, of in self.result.pat_types.items():
            is_variable = isinstance(self.store.pats[pat], h.BindPat)
            if is_variable and self.pat_span(pat).start < at.start and ty in t.walk(self.resolve(of)):
                at = self.pat_span(pat)
        fault = NeedsAnnotation(at)
        self.ambiguous.append(fault)
        if self.demanded is None and not self.result.tainted and not any(of.flags & t.HAS_ERROR for of in types):
            self.demanded = fault

    def span(self, expr: h.ExprId) -> Span:
        return self.store.expr_spans[expr]

    def pat_span(self, pat: h.PatId) -> Span:
        return self.store.pat_spans[pat]

    # -- locals

    def declare(self, name: str, pat: h.PatId) -> None:
        scope = self.scopes[-1]
        if name in scope:
            self.shadowed[pat] = scope[name]
        scope[name] = pat

    def lookup_local(self, name: str, before: h.PatId | None = None) -> h.PatId | None:
        """Innermost binding of the name as marked; a name of a local macro is one where the macro is defined, too:
        ``before`` the patterns that come later."""
        for depth in range(len(self.scopes) - 1, -1, -1):
            found = self.scopes[depth].get(name)
            while found is not None and before is not None and found >= before:
                found = self.shadowed.get(found)
            if found is not None:
                for closure in self.open_closures:
                    closure.state.mentions_outer |= depth < closure.n_scopes
                return found
        outer = h.at_definition(name)
        return self.lookup_local(*outer) if outer is not None else None

    # -- types

    def resolve(self, ty: t.Ty) -> t.Ty:
        resolved: t.Ty = self.icx.resolve(ty)
        return resolved

    def head(self, ty: t.Ty) -> t.Ty:
        """The type with its head known, if possible."""
        return self.icx.structurally_resolve(ty)

    def instantiate(self, value: Any, args: t.GenericArgs, cause: Any = None) -> Any:
        """Substitute, erase regions, normalise."""
        return self.icx.normalize(t.erase_regions(t.subst(value, args)), cause)

    def register_predicates(self, def_id: DefId, args: t.GenericArgs, cause: Any) -> None:
        """The where-clauses of ``def_id`` become obligations."""
        from compiler.ty.collect import predicates_of

        for predicate in predicates_of(self.db, def_id):
            self.icx.register(t.erase_regions(t.subst(predicate, args)), cause)

    def lower_ty(self, type_ref: h.TypeRef, complete: bool = False) -> t.Ty:
        """A written type; ``_`` becomes a variable. ``complete``: generic arguments may not be left out."""
        outer, self.lowering.complete = self.lowering.complete, complete
        lowered: t.Ty = self.icx.normalize(t.erase_regions(self.lowering.lower(type_ref)))
        self.lowering.complete = outer
        return lowered

    def adjust(self, expr: h.ExprId, *adjusts: Adjust) -> None:
        """Append adjustments (an earlier NeverToAny absorbs). A place borrowed mutably is reached mutably."""
        self.result.adjustments[expr] = self.result.adjustments.get(expr, ()) + adjusts
        if any(isinstance(a, BorrowAdjust) and a.mutable and not a.raw for a in adjusts):
            from compiler.ty.infer.call import make_mutable

            make_mutable(self, expr)

    def closure_shape(self, closure: t.ClosureTy) -> ClosureShape | None:
        """Facts of a closure being inferred here (for the trait solver)."""
        state = self.closures.get(closure.def_id)
        if state is None:
            return None
        facts = self.result.closures.get(state.expr)
        if facts is not None:
            return ClosureShape(state.sig, state.kind, facts.captures, True)
        return ClosureShape(state.sig, state.kind, (), False)


def new_context(db: Database, owner: DefId, body: h.Body) -> FnCtxt:
    """A context for the body of ``owner``, with its parameter environment and lowering hooks."""
    from compiler.ty.generics import identity_args
    from compiler.ty.infer.anon_const import anon_const_hook
    from compiler.ty.lower import TyLowering

    resolver = Resolver(db, owner)
    icx = InferCtxt(db, param_env(db, owner))
    result = InferenceResult(owner)
    fcx = FnCtxt(db, owner, body, resolver, icx, result)
    icx.closure_facts = fcx.closure_shape
    fcx.traits_in_scope = resolver.traits_in_scope()
    fcx.identity = t.erase_regions_args(identity_args(db, owner))
    fcx.lowering = TyLowering(
        db,
        resolver,
        body.store,
        infer_hook=lambda span: icx.fresh(origin=span),
        const_infer_hook=lambda span: icx.fresh_const(),
        anon_const_hook=lambda ref, expected: anon_const_hook(fcx, ref, expected),
        diagnostics=result.diagnostics,
    )
    return fcx
