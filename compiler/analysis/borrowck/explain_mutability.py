"""Words for writes that the declaration forbids: E0384, E0594, E0596.

Assumes: verdicts of :mod:`walk`. Guarantees: code and primary span are rustc's; where adding ``mut`` solves it, the
edit is offered.

Example: "cannot borrow `x` as mutable, as it is not declared as mutable", with the edit ``mut `` before ``x``.
"""

from __future__ import annotations

from compiler.analysis.borrowck.context import Context
from compiler.analysis.borrowck.errors import BorrowFault, Fix, Labels
from compiler.analysis.borrowck.explain_conflicts import quoted
from compiler.analysis.borrowck.verdicts import Immutable, Reassigned
from compiler.base.span import Span
from compiler.mir import body as m
from compiler.ty import types as t

_BEHIND = ", as it is behind "
_STATIC = " is an immutable static item"


def explain_reassigned(cx: Context, found: Reassigned) -> BorrowFault:
    """E0384."""
    decl = cx.body.locals[found.local]
    name = f"`{decl.name}`" if decl.name else "value"
    fix = _mut_fix(decl)
    if found.init is None and 1 <= found.local <= cx.body.arg_count:
        message = f"cannot assign to immutable argument {name}"
        return BorrowFault("E0384", message, found.span, "cannot assign to immutable argument", (), (), (), fix)
    labels: Labels = ()
    if found.init is not None and cx.flow.span(found.init) != found.span:
        labels = ((cx.flow.span(found.init), f"first assignment to {name}"),)
    message = f"cannot assign twice to immutable variable {name}"
    return BorrowFault("E0384", message, found.span, "cannot assign twice to immutable variable", labels, (), (), fix)


def _mut_fix(decl: m.LocalDecl) -> tuple[Fix, ...]:
    if not decl.is_user_variable or decl.binding_mode not in ("", "by value"):
        return ()
    at = Span(decl.span.start, decl.span.start)
    return (Fix("consider making this binding mutable", ((at, "mut "),)),)


def explain_immutable(cx: Context, found: Immutable) -> BorrowFault:
    """E0594 for assignments, E0596 for mutable borrows."""
    captured = cx.closure_use(found.point) if found.is_borrow and not found.merged else None
    span = captured[0] if captured is not None else found.span
    code = "E0596" if found.is_borrow else "E0594"
    name = quoted(cx, found.place)
    reason, fixes, labels = _reason(cx, found)
    if name == "value" and reason.startswith(_BEHIND):
        name, reason = f"data in {reason.removeprefix(_BEHIND)}", ""
    elif found.place == found.culprit and reason.endswith(_STATIC):
        name, reason = f"immutable static item {name}", ""
    if found.is_borrow:
        message = f"cannot borrow {name} as mutable{reason}"
        if name == "value":
            message = f"cannot borrow data as mutable{reason}"
        return BorrowFault(code, message, span, "cannot borrow as mutable", labels, (), (), fixes)
    message = f"cannot assign to {name}{reason}"
    return BorrowFault(code, message, span, "cannot assign", labels, (), (), fixes)


def _reason(cx: Context, found: Immutable) -> tuple[str, tuple[Fix, ...], Labels]:
    culprit = found.culprit
    if not culprit.projection:
        return _local_reason(cx, found, culprit.local)
    field = cx.upvar_field(culprit)
    last = culprit.projection[-1]
    if field is not None and not cx.upvars[field].mutable:
        what = "it" if found.place in (culprit, culprit.project(m.Deref())) else f"`{cx.upvars[field].name}`"
        return f", as {what} is not declared as mutable", (), ()
    if type(last) is m.Deref:
        base = m.Place(culprit.local, culprit.projection[:-1])
        if cx.is_closure and base == m.Place(1):
            return ", as it is a captured variable in a `Fn` closure", (), ()
        return _behind(cx, base)
    return "", (), ()


def _local_reason(cx: Context, found: Immutable, local: m.Local) -> tuple[str, tuple[Fix, ...], Labels]:
    decl = cx.body.locals[local]
    what = "it" if not found.place.projection else f"`{decl.name}`" if decl.name else "it"
    return f", as {what} is not declared as mutable", _mut_fix(decl), ()


def _behind(cx: Context, base: m.Place) -> tuple[str, tuple[Fix, ...], Labels]:
    ty = cx.ty(base)
    pointer = "a `*const` pointer" if isinstance(ty, t.PtrTy) else "a `&` reference"
    static = cx.static_behind(base)
    if static is not None:
        return f", as `{static}`{_STATIC}", (), ()
    name = cx.describe(base)
    if name is None:
        return f"{_BEHIND}{pointer}", (), ()
    return f", as `{name}` is behind {pointer}", (), ()
