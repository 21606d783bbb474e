"""The values of ``#[launch_bounds(..)]`` for one instance of a kernel.

What it is: a bound is a literal, arithmetic on literals, a constant, or an associated constant of a type parameter
(``P::MAX_THREADS``); the last only has a value once the kernel's type arguments are known.

Assumes: the const evaluator is installed (:mod:`compiler.ty.consts`). Guarantees: never raises; a bound whose value is
not known is None.

Example: for ``#[launch_bounds(2 * 64, P::BLOCKS)] fn k<P: Policy>()`` at ``P = Small``: ``(128, Small's BLOCKS)``.
"""

from __future__ import annotations

from collections.abc import Callable

from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.hir.lower_signature import lower_signature
from compiler.query import Database, query
from compiler.resolve import resolver as r
from compiler.resolve.attrs import kernel_facts
from compiler.resolve.launch_attrs import LaunchContract
from compiler.ty import types as t
from compiler.ty.assoc import bound_trait, bounds_on
from compiler.ty.collect import assoc_item
from compiler.ty.consts import evaluate_const
from compiler.ty.consts_lower import literal_const, strip_blocks
from compiler.ty.impls import impl_header, inherent_impls, simplify
from compiler.ty.lower import TyLowering

_ARITHMETIC: dict[str, Callable[[int, int], int]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a // b if b else 0,
    "%": lambda a, b: a % b if b else 0,
    "<<": lambda a, b: a << min(b, 64),
    ">>": lambda a, b: a >> b,
}


@query
def launch_bounds_of(db: Database, kernel: DefId, args: t.GenericArgs) -> tuple[int | None, ...]:
    """The bounds as written, (maximum threads[, minimum blocks]), under generic arguments."""
    facts = kernel_facts(db, kernel)
    if facts is None:
        return ()
    return tuple(b.value if b.value is not None else _value(db, kernel, b.text, args) for b in facts.launch_bounds)


def _value(db: Database, kernel: DefId, text: str, args: t.GenericArgs) -> int | None:
    """An expression is read as the length of an array type."""
    decl = lower_signature(DefKind.CONST, f"const _: [u8; ({text})]".encode()).signature
    if not isinstance(decl, h.ConstDecl) or not isinstance(decl.ty, h.ArrayType):
        return None
    length = decl.ty.len
    if not isinstance(length, h.ConstArgRef) or not decl.store.anon_consts:
        return None
    return _BoundValue(db, kernel, decl.store, args).of(decl.store.anon_consts[length.anon].expr)


def missing_constant(db: Database, kernel: DefId, text: str) -> tuple[str, str] | None:
    """(type parameter, name) of an associated constant in a bound that no bound of the parameter has."""
    decl = lower_signature(DefKind.CONST, f"const _: [u8; ({text})]".encode()).signature
    if not isinstance(decl, h.ConstDecl) or not isinstance(decl.ty, h.ArrayType):
        return None
    found = _BoundValue(db, kernel, decl.store, ())
    for node in decl.store.exprs:
        if isinstance(node, h.PathExpr) and isinstance(node.path, h.Path):
            res, used = found.resolver.resolve_value_path(node.path)
            name = node.path.segments[-1].name
            if isinstance(res, r.TypeParamRes) and used == len(node.path.segments) - 1:
                if found.of_param(t.ParamTy(res.index, res.name), name) is None:
                    return res.name, name
    return None


def wrong_bound(maximum: int | None, contract: LaunchContract | None) -> str | None:
    """Why a maximum number of threads cannot be, if it cannot."""
    if maximum == 0:
        return "the maximum number of threads of `#[launch_bounds]` must be greater than zero"
    if maximum is not None and contract is not None and contract.block is not None:
        x, y, z = contract.block
        if x * y * z > maximum:
            return f"the contract's block of {x * y * z} threads exceeds the {maximum} of `#[launch_bounds]`"
    return None


class _BoundValue:
    def __init__(self, db: Database, kernel: DefId, store: h.ExprStore, args: t.GenericArgs) -> None:
        self.db = db
        self.store = store
        self.args = args
        self.kernel = kernel
        self.resolver = r.Resolver(db, kernel, signature=True)

    def of(self, expr: h.ExprId) -> int | None:
        expr = strip_blocks(self.store, expr)
        node = self.store.exprs[expr]
        if isinstance(node, h.Binary) and node.op in _ARITHMETIC:
            left, right = self.of(node.left), self.of(node.right)
            return _ARITHMETIC[node.op](left, right) if left is not None and right is not None else None
        if isinstance(node, h.Cast):
            return self.of(node.expr)
        if isinstance(node, h.PathExpr) and isinstance(node.path, h.Path):
            const = self._path(node.path)
            if const is None:
                return None
            found = evaluate_const(self.db, t.subst(const, self.args))
            return found.value if found.kind == "value" else None
        literal = literal_const(self.store, expr, t.u32)
        return literal.value if literal is not None else None

    def _path(self, path: h.Path) -> t.Const | None:
        res, used = self.resolver.resolve_value_path(path)
        if isinstance(res, r.ConstParamRes):
            return t.const_param(res.name, res.index)
        if isinstance(res, r.ValueDefRes) and res.def_id.kind is DefKind.CONST:
            return t.const_unevaluated(res.def_id, ())
        if used != len(path.segments) - 1:
            return None
        name = path.segments[-1].name
        if isinstance(res, r.TypeParamRes):
            return self.of_param(t.ParamTy(res.index, res.name), name)
        prefix = h.Path(path.segments[:-1], path.anchor, path.n_super, path.krate, span=path.span)
        return self._of_type(TyLowering(self.db, self.resolver, self.store).lower_path(prefix), name)

    def of_param(self, ty: t.ParamTy, name: str) -> t.Const | None:
        lowering = TyLowering(self.db, self.resolver, self.store)
        for bound in bounds_on(self.db, self.kernel, ty):
            trait = bound_trait(self.resolver, bound)
            item = assoc_item(self.db, trait, name, DefKind.CONST) if trait is not None else None
            if item is not None and bound.path is not None:
                ref, _ = lowering.lower_trait_ref(bound.path, ty)
                return t.const_unevaluated(item, ref.args) if ref is not None else None
        return None

    def _of_type(self, ty: t.Ty, name: str) -> t.Const | None:
        key = simplify(ty)
        for impl in inherent_impls(self.db, key) if key is not None else ():
            item = assoc_item(self.db, impl, name, DefKind.CONST)
            if item is not None and impl_header(self.db, impl).self_ty is ty:
                return t.const_unevaluated(item, ())
        return None
