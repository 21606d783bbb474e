"""Inference context: variables, unification with undo, and the obligations waiting on them.

What it is: rustc's ``InferCtxt`` without regions (bodies are inferred with erased regions; the borrow checker adds
them back on MIR). Type, integer, float and const variables are slots in two arrays; every binding is logged, so a
probe can be undone.

Assumes: types given in have erased regions and no unnormalised projections (see :meth:`InferCtxt.normalize`).
Guarantees: :meth:`unify` either succeeds, or fails having bound at most variables that :meth:`rollback_to` can unbind.

>>> icx = InferCtxt(Database(), EMPTY_ENV); v = icx.fresh()
>>> icx.unify(v, t.u32), icx.resolve(v)
(True, u32)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from compiler.base.dataclass import dataclass
from compiler.query import Database
from compiler.ty import types as t
from compiler.ty.traits.env import EMPTY_ENV, ParamEnv

__all__ = ["EMPTY_ENV", "InferCtxt", "Obligation", "ParamEnv"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Obligation:
    """A predicate that must hold. ``cause``: the ExprId (or any token) to blame; ``depth`` bounds recursion."""

    predicate: t.Predicate
    cause: Any = None
    depth: int = 0


class InferCtxt:
    """See the module docstring. ``reveal``: opaque types are seen through (code generation)."""

    __slots__ = (
        "_log",
        "closure_facts",
        "const_vars",
        "db",
        "env",
        "errors",
        "in_progress",
        "literal_vars",
        "overflow",
        "pending",
        "projections",
        "reveal",
        "ty_vars",
        "var_origin",
    )

    def __init__(self, db: Database, env: ParamEnv, reveal: bool = False) -> None:
        self.db = db
        self.env = env
        self.reveal = reveal
        self.ty_vars: list[t.Ty | None] = []
        self.var_origin: list[Any] = []
        self.const_vars: list[t.Const | None] = []
        self.literal_vars: set[t.InferTy] = set()  # integer and float variables, for fallback
        self.projections: dict[t.AliasTy, t.Ty] = {}  # what was projected; see project.normalize
        self._log: list[tuple[bool, int] | t.AliasTy] = []
        self.pending: list[Obligation] = []
        self.errors: list[Obligation] = []
        self.in_progress: list[t.TraitRef] = []
        self.overflow: t.Predicate | None = None  # what asked for more than MAX_DEPTH proofs, one in the other; stays
        self.closure_facts: Callable[[t.ClosureTy], Any] | None = None  # closures of the body being inferred

    # -- variables

    def fresh(self, kind: str = "ty", origin: Any = None) -> t.InferTy:
        self.ty_vars.append(None)
        self.var_origin.append(origin)
        var = t.InferTy(len(self.ty_vars) - 1, kind)
        if kind != "ty":
            self.literal_vars.add(var)
        return var

    def fresh_const(self) -> t.Const:
        self.const_vars.append(None)
        return t.const_infer(len(self.const_vars) - 1)

    def shallow(self, ty: t.Ty) -> t.Ty:
        """Follow variable bindings at the root."""
        while type(ty) is t.InferTy:
            bound = self.ty_vars[ty.index]
            if bound is None:
                return ty
            ty = bound
        return ty

    def shallow_const(self, const: t.Const) -> t.Const:
        while const.kind == "infer":
            bound = self.const_vars[const.index]
            if bound is None:
                return const
            const = bound
        return const

    def resolve(self, value: Any) -> Any:
        """Replace every bound variable, deeply."""
        if not value.flags & t.HAS_INFER:
            return value
        cls = type(value)
        if cls is t.InferTy:
            bound = self.shallow(value)
            return bound if bound is value else self.resolve(bound)
        if cls is t.Const and value.kind == "infer":
            bound_const = self.shallow_const(value)
            return bound_const if bound_const is value else self.resolve(bound_const)
        return t.map_children(value, self.resolve)

    def resolve_args(self, args: t.GenericArgs) -> t.GenericArgs:
        return tuple([self.resolve(a) for a in args])

    # -- undo

    def snapshot(self) -> int:
        return len(self._log)

    def rollback_to(self, mark: int) -> None:
        """Unbind everything bound since the snapshot (variables made since stay, unbound and unused)."""
        log = self._log
        while len(log) > mark:
            entry = log.pop()
            if type(entry) is not tuple:
                del self.projections[entry]  # type: ignore[arg-type]
                continue
            is_ty, index = entry
            if is_ty:
                self.ty_vars[index] = None
            else:
                self.const_vars[index] = None

    def keep_projection(self, alias: t.AliasTy, found: t.Ty) -> None:
        if alias not in self.projections:
            self.projections[alias] = found
            self._log.append(alias)

    def probe(self, action: Callable[[], Any]) -> Any:
        """Run ``action`` and undo its bindings and obligations."""
        mark, n_pending, n_errors = self.snapshot(), list(self.pending), len(self.errors)
        try:
            return action()
        finally:
            self.rollback_to(mark)
            self.pending = n_pending
            del self.errors[n_errors:]

    def attempt(self, action: Callable[[], T | None]) -> T | None:
        """Run ``action``; undo its bindings and obligations if it returns None."""
        mark, pending, n_errors = self.snapshot(), list(self.pending), len(self.errors)
        found = action()
        if found is None:
            self.rollback_to(mark)
            self.pending = pending  # some may have been worked off, by bindings that are undone
            del self.errors[n_errors:]
        return found

    # -- unification

    def _bind(self, var: t.InferTy, ty: t.Ty) -> bool:
        kind = var.kind
        if type(ty) is t.InferTy:
            if kind in ("ty", ty.kind):
                pass
            elif ty.kind == "ty":
                var, ty = ty, var
            else:
                return False
        elif kind == "int":
            if type(ty) is not t.IntTy and ty is not t.ERROR:
                return False
        elif kind == "float":
            if type(ty) is not t.FloatTy and ty is not t.ERROR:
                return False
        elif ty.flags & t.HAS_INFER and self._occurs(var, ty):
            return False
        self._log.append((True, var.index))
        self.ty_vars[var.index] = ty
        return True

    def _occurs(self, var: t.InferTy, value: Any) -> bool:
        if not value.flags & t.HAS_INFER:
            return False
        if type(value) is t.InferTy:
            value = self.shallow(value)
            if type(value) is t.InferTy:
                return value is var
        found = False

        def visit(child: Any) -> Any:
            nonlocal found
            found = found or self._occurs(var, child)
            return child

        t.map_children(value, visit)
        return found

    def unify(self, a: t.Ty, b: t.Ty) -> bool:
        """Make two types equal (regions ignored)."""
        a, b = self.shallow(a), self.shallow(b)
        if a is b:
            return True
        cls = type(a)
        if cls is t.InferTy:
            return self._bind(a, b)  # type: ignore[arg-type]
        if type(b) is t.InferTy:
            return self._bind(b, a)
        if a is t.ERROR or b is t.ERROR:
            return True
        if cls is t.AliasTy or type(b) is t.AliasTy:
            return self._unify_alias(a, b)
        if cls is not type(b):
            return False
        rule = _RULES.get(cls)
        return rule is not None and rule(self, a, b)

    def unify_args(self, a: t.GenericArgs, b: t.GenericArgs) -> bool:
        if a is b:
            return True
        if len(a) != len(b):
            return False
        for x, y in zip(a, b, strict=True):
            if x is y:
                continue
            if isinstance(x, t.Ty):
                if not isinstance(y, t.Ty) or not self.unify(x, y):
                    return False
            elif isinstance(x, t.Const) and (not isinstance(y, t.Const) or not self.unify_const(x, y)):
                return False
        return True

    def unify_const(self, a: t.Const, b: t.Const) -> bool:
        a, b = self.shallow_const(a), self.shallow_const(b)
        if a is b or a.kind == "error" or b.kind == "error":
            return True
        if a.kind == "infer":
            self._log.append((False, a.index))
            self.const_vars[a.index] = b
            return True
        if b.kind == "infer":
            self._log.append((False, b.index))
            self.const_vars[b.index] = a
            return True
        a, b = self.eval_const(a), self.eval_const(b)
        if a.kind == "value" and b.kind == "value":
            return a.value == b.value
        if a.kind == "unevaluated" and b.kind == "unevaluated":
            return self._unify_unevaluated(a, b)
        # A generic expression (`N + 1`) is not known to differ: never a false error.
        return a is b or a.kind in ("unevaluated", "error") or b.kind in ("unevaluated", "error")

    def _unify_unevaluated(self, a: t.Const, b: t.Const) -> bool:
        from compiler.ty.abstract_const import same_expression

        mark = self.snapshot()
        if a.def_id is b.def_id and self.unify_args(a.args, b.args):
            return True
        self.rollback_to(mark)
        return same_expression(self, a, b)

    def eval_const(self, const: t.Const) -> t.Const:
        """The value of an unevaluated constant when it can be computed now."""
        if const.kind != "unevaluated":
            return const
        from compiler.ty.consts import evaluate_const

        return evaluate_const(self.db, self.resolve(const), self.reveal)

    def _unify_alias(self, a: t.Ty, b: t.Ty) -> bool:
        if type(a) is t.AliasTy and type(b) is t.AliasTy and a.def_id is b.def_id and a.index == b.index:
            mark = self.snapshot()
            if self.unify_args(a.args, b.args):
                return True
            self.rollback_to(mark)
        na, nb = self.normalize(a), self.normalize(b)
        if na is a and nb is b:
            return False  # rigid and different
        return self.unify(na, nb)

    # -- normalisation and obligations (implemented in compiler.ty.traits)

    def normalize(self, value: Any, cause: Any = None, depth: int = 0) -> Any:
        """Replace projections by what they stand for; unknown ones by fresh variables with an obligation."""
        if not value.flags & t.HAS_ALIAS:
            return value
        from compiler.ty.traits.project import normalize

        return normalize(self, value, cause, depth)

    def register(self, predicate: t.Predicate, cause: Any = None, depth: int = 0) -> None:
        if type(predicate) is not t.OutlivesPredicate:
            self.pending.append(Obligation(predicate, cause, depth))

    def select_where_possible(self) -> None:
        """Process pending obligations until nothing more can be decided."""
        if self.pending:
            from compiler.ty.traits.fulfill import select_where_possible

            select_where_possible(self)

    def structurally_resolve(self, ty: t.Ty) -> t.Ty:
        """The type's head if it can be known now; an inference variable otherwise."""
        ty = self.shallow(ty)
        if type(ty) is t.InferTy and self.pending:
            self.select_where_possible()
            ty = self.shallow(ty)
        if type(ty) is t.AliasTy:
            ty = self.shallow(self.normalize(ty))
        return ty


def _adt(icx: InferCtxt, a: Any, b: Any) -> bool:
    return a.def_id is b.def_id and icx.unify_args(a.args, b.args)


def _ref(icx: InferCtxt, a: t.RefTy, b: t.RefTy) -> bool:
    return a.mutable == b.mutable and icx.unify(a.ty, b.ty)


def _ptr(icx: InferCtxt, a: t.PtrTy, b: t.PtrTy) -> bool:
    return a.mutable == b.mutable and icx.unify(a.ty, b.ty)


def _slice(icx: InferCtxt, a: t.SliceTy, b: t.SliceTy) -> bool:
    return icx.unify(a.ty, b.ty)


def _array(icx: InferCtxt, a: t.ArrayTy, b: t.ArrayTy) -> bool:
    return icx.unify(a.ty, b.ty) and icx.unify_const(a.len, b.len)


def _tuple(icx: InferCtxt, a: t.TupleTy, b: t.TupleTy) -> bool:
    return len(a.elems) == len(b.elems) and all(icx.unify(x, y) for x, y in zip(a.elems, b.elems, strict=True))


def _fn_ptr(icx: InferCtxt, a: t.FnPtrTy, b: t.FnPtrTy) -> bool:
    return (
        len(a.inputs) == len(b.inputs)
        and a.is_unsafe == b.is_unsafe
        and a.abi == b.abi
        and all(icx.unify(x, y) for x, y in zip(a.inputs, b.inputs, strict=True))
        and icx.unify(a.output, b.output)
    )


def _dyn(icx: InferCtxt, a: t.DynTy, b: t.DynTy) -> bool:
    if len(a.bounds) != len(b.bounds) or len(a.projections) != len(b.projections):
        return False
    return all(d1 is d2 and icx.unify_args(x, y) for (d1, x), (d2, y) in zip(a.bounds, b.bounds, strict=True)) and all(
        d1 is d2 and icx.unify_args(x, y) and icx.unify(v, w)
        for (d1, x, v), (d2, y, w) in zip(a.projections, b.projections, strict=True)
    )


_RULES: dict[type, Callable[[InferCtxt, Any, Any], bool]] = {
    t.AdtTy: _adt,
    t.FnDefTy: _adt,
    t.ClosureTy: _adt,
    t.RefTy: _ref,
    t.PtrTy: _ptr,
    t.SliceTy: _slice,
    t.ArrayTy: _array,
    t.TupleTy: _tuple,
    t.FnPtrTy: _fn_ptr,
    t.DynTy: _dyn,
}
