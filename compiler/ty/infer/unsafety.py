"""Unsafe operations: what needs ``unsafe``, found in HIR with inference results, and its absence (E0133).

Needs unsafe: calling an ``unsafe fn`` (or through an unsafe fn pointer), dereferencing a raw pointer, using a
``static mut`` (except to take its raw address), reading a union field, ``ptx_asm!``, making or changing a value of a
type whose layout restricts it. The body of an ``unsafe fn`` counts as unsafe context (rustc's
``unsafe_op_in_unsafe_fn`` is a lint, not an error), and so does that of a ``#[custom_mir]`` function. Closures inherit
the context they are written in.

Assumes: types are final. Guarantees: :func:`unsafe_operation` and :func:`visited` are the one description of both, for
E0133 and for what an ``unsafe`` block is needed for.

Example: in ``*p = 1`` with ``p: *mut u32`` the dereference is an operation of kind "raw pointer".
"""

from __future__ import annotations

from typing import Final

from compiler.base.dataclass import dataclass
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.query import Database
from compiler.resolve.attrs import attributes
from compiler.ty import types as t
from compiler.ty.infer.context import FnCtxt
from compiler.ty.infer.errors import Coded
from compiler.ty.infer.pat import sub_patterns
from compiler.ty.infer.uses import children, patterns_of
from compiler.ty.results import DefRes, InferenceResult

# kind -> (what is done, for which the name of what it is done to may stand; why it is unsafe)
_TEXTS: Final = {
    "unsafe call": ("call to unsafe function `{}`", "consult the function's documentation for what must hold"),
    "raw pointer": ("dereference of raw pointer", "raw pointers may be null, dangling or unaligned"),
    "mutable static": (
        "use of mutable static",
        "mutable statics can be mutated by multiple threads: aliasing or data races are undefined",
    ),
    "union field": ("access to union field", "the field may not be properly initialized"),
    "inline assembly": ("use of inline assembly", "inline assembly is not checked by the compiler"),
    "restricted value": (
        "initializing type with `rustc_layout_scalar_valid_range` attr",
        "values outside of the range are undefined",
    ),
    "restricted field": ("mutation of layout constrained field", "values outside of the range are undefined"),
}


@dataclass(frozen=True, slots=True)
class UnsafeOperation:
    """``kind``: a key of the table above; ``name`` of the function, static or type, "" if there is none."""

    kind: str
    name: str = ""

    @property
    def what(self) -> str:
        return _TEXTS[self.kind][0].format(self.name)

    @property
    def why(self) -> str:
        return _TEXTS[self.kind][1]


def check_unsafety(fcx: FnCtxt) -> None:
    """Report every unsafe operation outside an unsafe context."""
    if _is_unsafe_fn(fcx.db, fcx.owner) or _is_custom_mir(fcx):
        return
    stack: list[tuple[h.ExprId, bool]] = [(fcx.body.root, False)]
    stack += [(anon.expr, False) for i, anon in enumerate(fcx.store.anon_consts) if i in fcx.result.anon_consts]
    while stack:
        expr, raw_address = stack.pop()
        node = fcx.store.exprs[expr]
        if isinstance(node, h.Block) and node.is_unsafe:
            continue
        found = unsafe_operation(fcx.db, fcx.store, fcx.result, expr, raw_address)
        spans = [] if found is None else [(found, fcx.span(expr))]
        read = union_patterns(fcx.store, fcx.result, node)
        spans += [(UnsafeOperation("union field"), fcx.pat_span(pat)) for pat in read]
        for operation, span in spans:
            text = f"{operation.what} is unsafe and requires unsafe function or block"
            fcx.error(Coded(span, "E0133", text, operation.what.split(" to ")[0], operation.why))
        stack.extend(reversed(visited(fcx.store, fcx.result, node)))


def visited(store: h.ExprStore, result: InferenceResult, node: h.Expr) -> list[tuple[h.ExprId, bool]]:
    """The parts of an expression to look at, with whether only their raw address is taken."""
    is_raw = isinstance(node, h.AddrOf) and node.raw
    written = _written_union_fields(store, result, node)
    return [(child, is_raw) if child not in written else (written[child], False) for child in children(node)]


def union_patterns(store: h.ExprStore, result: InferenceResult, node: h.Expr) -> list[h.PatId]:
    """The patterns of a ``match``, ``let`` or closure that read a field of a union: all that look at its value."""
    found: list[h.PatId] = []
    stack = [(pat, False) for pat in patterns_of(node)]
    while stack:
        at, in_union = stack.pop()
        pat = store.pats[at]
        if in_union and not isinstance(pat, h.WildPat | h.OrPat):
            found.append(at)
            continue
        ty = result.pat_types.get(at)
        while isinstance(ty, t.RefTy):
            ty = ty.ty
        is_union = isinstance(pat, h.RecordPat) and isinstance(ty, t.AdtTy) and ty.def_id.kind is DefKind.UNION
        stack += [(sub, is_union or in_union) for sub in sub_patterns(pat)]
    return found


def _written_union_fields(store: h.ExprStore, result: InferenceResult, node: h.Expr) -> dict[h.ExprId, h.ExprId]:
    """The target of an assignment that ends in fields of a union, with the expression below those fields: writing a
    union field reads nothing (its type has no destructor, or the union would not be accepted)."""
    if not isinstance(node, h.Assign):
        return {}
    at = node.target
    is_union = False
    while isinstance(field := store.exprs[at], h.FieldAccess) and at not in result.methods:
        base = adjusted(result, field.base)
        if not isinstance(base, t.AdtTy | t.TupleTy):
            break
        is_union = is_union or (isinstance(base, t.AdtTy) and base.def_id.kind is DefKind.UNION)
        at = field.base
        if result.adjustments.get(at):
            break
    return {node.target: at} if is_union else {}


def adjusted(result: InferenceResult, expr: h.ExprId) -> t.Ty | None:
    """The type of an expression as it is used: dereferenced as often as needed."""
    adjusts = result.adjustments.get(expr)
    return adjusts[-1].target if adjusts else result.expr_types.get(expr)


def unsafe_operation(
    db: Database, store: h.ExprStore, result: InferenceResult, expr: h.ExprId, raw_address: bool
) -> UnsafeOperation | None:
    """What an expression itself does that needs ``unsafe``; ``raw_address``: only its raw address is taken."""
    node = store.exprs[expr]
    match node:
        case h.Call() | h.MethodCall():
            return _call(db, result, expr, node)
        case h.RecordLit():
            made = result.variants.get(expr)
            if made is None or not _is_restricted(db, made):
                return None
            return UnsafeOperation("restricted value", made.name)
        case h.Unary(op="*"):
            is_pointer = isinstance(result.expr_types.get(node.expr), t.PtrTy)
            return UnsafeOperation("raw pointer") if is_pointer and not raw_address else None
        case h.PathExpr():
            res = result.values.get(expr)
            if isinstance(res, DefRes) and not raw_address and _is_mutable_static(db, res.def_id):
                return UnsafeOperation("mutable static", res.def_id.name)
        case h.FieldAccess():
            base = adjusted(result, node.base)
            if isinstance(base, t.AdtTy) and base.def_id.kind is DefKind.UNION and not raw_address:
                return UnsafeOperation("union field")
        case h.PtxAsm():
            return UnsafeOperation("inline assembly")
        case h.Assign() | h.AssignOp():
            return _change(db, store, result, node.target)
        case h.AddrOf(mutable=True, raw=False):
            return _change(db, store, result, node.expr)
    return None


def _call(db: Database, result: InferenceResult, expr: h.ExprId, node: h.Call | h.MethodCall) -> UnsafeOperation | None:
    """A call of an unsafe function, or of the constructor of a restricted type."""
    ty = result.expr_types.get(node.callee) if isinstance(node, h.Call) else None
    if isinstance(ty, t.FnPtrTy):
        return UnsafeOperation("unsafe call", "fn pointer") if ty.is_unsafe else None
    target = call_target(result, expr, node)
    if target is None:
        return None
    if _is_restricted(db, target):
        return UnsafeOperation("restricted value", target.name)
    return UnsafeOperation("unsafe call", target.name) if _is_unsafe_fn(db, target) else None


def call_target(result: InferenceResult, expr: h.ExprId, node: h.Call | h.MethodCall) -> DefId | None:
    """The function, or method of a trait, that is called by name."""
    if isinstance(node, h.MethodCall):
        method = result.methods.get(expr)
        return method.def_id if method is not None else None
    ty = result.expr_types.get(node.callee)
    return ty.def_id if isinstance(ty, t.FnDefTy) else None


def _change(db: Database, store: h.ExprStore, result: InferenceResult, at: h.ExprId) -> UnsafeOperation | None:
    """A place that is changed, or lent to be, inside a value of a restricted type."""
    while isinstance(field := store.exprs[at], h.FieldAccess):
        base = result.expr_types.get(field.base)
        while isinstance(base, t.RefTy):
            base = base.ty
        if isinstance(base, t.AdtTy) and _is_restricted(db, base.def_id):
            return UnsafeOperation("restricted field", base.def_id.name)
        at = field.base
    return None


def _is_restricted(db: Database, made: DefId | None) -> bool:
    """Whether only some bit patterns of a struct are values."""
    from compiler.ty.layout import valid_range

    return made is not None and made.kind is DefKind.STRUCT and valid_range(db, made) != (None, None)


def _is_unsafe_fn(db: Database, def_id: DefId) -> bool:
    if def_id.kind is not DefKind.FN:
        return False
    from compiler.ty.collect import fn_sig

    return bool(fn_sig(db, def_id).is_unsafe)


def _is_custom_mir(fcx: FnCtxt) -> bool:
    return any(attr.path.rpartition("::")[2] == "custom_mir" for attr in attributes(fcx.db, fcx.owner))


def _is_mutable_static(db: Database, def_id: DefId) -> bool:
    from compiler.resolve.lowering import signature

    decl = signature(db, def_id) if def_id.kind is DefKind.STATIC else None
    return isinstance(decl, h.ConstDecl) and decl.mutable
