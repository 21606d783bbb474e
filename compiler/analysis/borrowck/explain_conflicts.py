"""Words for conflicts with loans: E0499, E0500 to E0503, E0505, E0506, E0510, E0524, and what outlives its value:
E0373, E0515, E0597, E0713, E0716.

Assumes: verdicts of :mod:`walk`. Guarantees: the code and primary span are rustc's; the story has three points:
borrow, conflict, later use.

Example: "cannot borrow `v` as mutable because it is also borrowed as immutable".
"""

from __future__ import annotations

from compiler.analysis.borrowck.borrow_set import Loan
from compiler.analysis.borrowck.constraints import Category
from compiler.analysis.borrowck.context import Context
from compiler.analysis.borrowck.errors import BorrowFault, Fix, Labels
from compiler.analysis.borrowck.later_use import Explanation, LaterUse, MustBeValidFor, why_borrowed
from compiler.analysis.borrowck.places import is_fake, is_mut
from compiler.analysis.borrowck.source_fixes import let_binding, split_at, use_before_conflict
from compiler.analysis.borrowck.verdicts import Conflict
from compiler.base.span import Span
from compiler.mir import body as m
from compiler.mir.body import BorrowKind
from compiler.ty import types as t


def explain_conflict(cx: Context, found: Conflict) -> BorrowFault:
    """The message of one conflict."""
    if found.access in ("dead", "exit", "unwind"):
        return _too_short(cx, found)
    if found.access == "borrow":
        return _two_borrows(cx, found)
    if found.access == "copy":
        return _use_while_borrowed(cx, found)
    if found.access == "move":
        return _move_while_borrowed(cx, found)
    return _write_while_borrowed(cx, found)


def quoted(cx: Context, place: m.Place, default: str = "value") -> str:
    """A place in backticks, or what to call something without a name."""
    text = cx.describe(place)
    return f"`{text}`" if text is not None else default


def later_labels(cx: Context, explanation: Explanation, borrow: Loan) -> Labels:
    """The third label of a story."""
    if isinstance(explanation, LaterUse):
        return _use_labels(cx, explanation, borrow)
    if isinstance(explanation, MustBeValidFor):
        name = region_name(cx, explanation.universal)
        if explanation.category is Category.RETURN:
            return ((explanation.span, f"returning this value requires that the borrow lasts for {name}"),)
        if explanation.category is Category.CALL_ARGUMENT:
            return ((explanation.span, f"argument requires that the borrow lasts for {name}"),)
        return ((explanation.span, f"{explanation.category.value} requires that the borrow lasts for {name}"),)
    return ()


def _use_labels(cx: Context, use: LaterUse, borrow: Loan) -> Labels:
    when = ", in later iteration of loop" if use.in_loop else ""
    if use.how == "dropped":
        name = cx.local_name(use.local)
        what = f"`{name}`" if name else "a temporary"
        ty = cx.body.locals[use.local].ty
        note = f"borrow might be used here, when {what} is dropped{when}"
        if isinstance(ty, t.AdtTy) and cx.has_drop_impl(ty):
            note += f" and runs the destructor for type `{ty!r}`"
        return ((use.span, note),)
    captured = cx.closure_use(use.point)
    if captured is not None:
        return ((captured[1], f"borrow later captured here by closure{when}"),)
    at = cx.flow.at(use.point)
    if isinstance(at, m.Call):
        return ((use.span, f"borrow later used by call{when}"),)
    if isinstance(at, m.FakeRead):
        return ((use.span, f"borrow later stored here{when}"),)
    if use.span == cx.flow.span(borrow.point) and use.in_loop:
        return ()
    return ((use.span, f"borrow later used here{when}"),)


def region_name(cx: Context, universal: int) -> str:
    """A universal region by name, or as an anonymous one."""
    name = cx.checked.universal.names[universal]
    if name:
        return f"`{name}`"
    return f"anonymous lifetime `'{universal}`"


# ---------------------------------------------------------------- two borrows


def _two_borrows(cx: Context, found: Conflict) -> BorrowFault:
    borrow, kind = found.borrow, found.kind or BorrowKind.MUT
    closure = cx.closure_use(found.point)
    span = closure[0] if closure is not None else found.span
    first = cx.borrow_head_span(borrow)
    place, other = quoted(cx, found.place), quoted(cx, borrow.place)
    why = why_borrowed(cx, borrow, found.point)
    labels = later_labels(cx, why, borrow)
    if is_fake(borrow.kind):
        return _in_guard(cx, found, span, first)
    code, message, here, there = _wording(kind, borrow.kind, place, other)
    if first == span:
        here, there = here.replace("second ", ""), ""
        here += ": it was borrowed in the previous iteration of the loop"
    more: Labels = ((first, there),) if there else ()
    if closure is not None:
        more += ((closure[1], f"second borrow occurs due to use of {place} in closure"),)
    first_use = cx.closure_use(borrow.point)
    if first_use is not None:
        more += ((first_use[1], f"first borrow occurs due to use of {other} in closure"),)
    fixes = split_at(cx, found, first, span) if code == "E0499" else ()
    fixes = fixes or use_before_conflict(cx, found, why)
    return BorrowFault(code, message, span, here, more + labels, helps=_split_hint(cx, found), fixes=fixes)


def _wording(kind: BorrowKind, issued: BorrowKind, place: str, other: str) -> tuple[str, str, str, str]:
    """(code, message, label here, label at the first borrow)."""
    if not is_mut(kind):
        if issued is BorrowKind.CLOSURE_MUT:
            text = f"cannot borrow {place} as immutable because previous closure requires unique access"
            return "E0501", text, "second borrow occurs here", "closure construction occurs here"
        text = f"cannot borrow {place} as immutable because it is also borrowed as mutable"
        return "E0502", text, "immutable borrow occurs here", "mutable borrow occurs here"
    if kind is BorrowKind.CLOSURE_MUT:
        if issued is BorrowKind.CLOSURE_MUT:
            text = f"two closures require unique access to {place} at the same time"
            return "E0524", text, "second closure is constructed here", "first closure is constructed here"
        text = f"closure requires unique access to {place} but it is already borrowed"
        return "E0500", text, "closure construction occurs here", "borrow occurs here"
    if issued is BorrowKind.CLOSURE_MUT:
        text = f"cannot borrow {place} as mutable because previous closure requires unique access"
        return "E0501", text, "second borrow occurs here", "closure construction occurs here"
    if is_mut(issued):
        text = f"cannot borrow {place} as mutable more than once at a time"
        return "E0499", text, "second mutable borrow occurs here", "first mutable borrow occurs here"
    text = f"cannot borrow {place} as mutable because it is also borrowed as immutable"
    return "E0502", text, "mutable borrow occurs here", "immutable borrow occurs here"


def _in_guard(cx: Context, found: Conflict, span: Span, first: Span) -> BorrowFault:
    place = quoted(cx, found.place)
    if found.borrow.kind is BorrowKind.FAKE_SHALLOW and _is_index_guard(cx, found.borrow):
        message = f"cannot mutably borrow {place} in indexing expression"
        return BorrowFault("E0510", message, span, "cannot mutably borrow", ((first, "value is immutable here"),))
    message = f"cannot mutably borrow {place} in match guard"
    return BorrowFault("E0510", message, span, "cannot mutably borrow", ((first, "value is immutable in match guard"),))


def _is_index_guard(cx: Context, borrow: Loan) -> bool:
    local = borrow.assigned.local
    for block in cx.body.blocks:
        for statement in block.statements:
            if isinstance(statement, m.FakeRead) and statement.place.local == local:
                return statement.cause is m.FakeReadCause.FOR_INDEX
    return False


def _split_hint(cx: Context, found: Conflict) -> tuple[str, ...]:
    """Two elements of one slice: the borrow checker cannot tell their indices apart."""
    a, b = found.place.projection, found.borrow.place.projection
    if any(type(e) is m.Index for e in a) and any(type(e) is m.Index for e in b):
        return ("use `.split_at_mut(position)` to obtain two mutable non-overlapping sub-slices",)
    return ()


# ---------------------------------------------------------------- uses, writes, moves


def _use_while_borrowed(cx: Context, found: Conflict) -> BorrowFault:
    borrow = found.borrow
    place, other = quoted(cx, found.place), quoted(cx, borrow.place)
    captured = cx.closure_operand(found.point, found.place)
    span = captured[1] if captured is not None else found.span
    labels: Labels = ((cx.borrow_head_span(borrow), f"{other} is borrowed here"),)
    labels += later_labels(cx, why_borrowed(cx, borrow, found.point), borrow)
    message = f"cannot use {place} because it was mutably borrowed"
    return BorrowFault("E0503", message, span, f"use of borrowed {other}", labels)


def _write_while_borrowed(cx: Context, found: Conflict) -> BorrowFault:
    borrow = found.borrow
    place, other = quoted(cx, found.place), quoted(cx, borrow.place)
    first = cx.borrow_head_span(borrow)
    if is_fake(borrow.kind):
        where = "indexing expression" if _is_index_guard(cx, borrow) else "match guard"
        message = f"cannot assign {place} in {where}"
        return BorrowFault("E0510", message, found.span, "cannot assign", ((first, "value is immutable here"),))
    labels: Labels = ((first, f"{other} is borrowed here"),)
    why = why_borrowed(cx, borrow, found.point)
    labels += later_labels(cx, why, borrow)
    message = f"cannot assign to {place} because it is borrowed"
    here = f"{place} is assigned to here but it was already borrowed"
    return BorrowFault("E0506", message, found.span, here, labels, fixes=use_before_conflict(cx, found, why))


def _move_while_borrowed(cx: Context, found: Conflict) -> BorrowFault:
    borrow = found.borrow
    place, other = quoted(cx, found.place), quoted(cx, borrow.place)
    captured = cx.closure_operand(found.point, found.place)
    span = captured[0] if captured is not None else found.span
    labels: Labels = ((cx.borrow_head_span(borrow), f"borrow of {other} occurs here"),)
    if captured is not None:
        labels += ((captured[1], "move occurs due to use in closure"),)
    why = why_borrowed(cx, borrow, found.point)
    labels += later_labels(cx, why, borrow)
    message = f"cannot move out of {place} because it is borrowed"
    fixes = use_before_conflict(cx, found, why)
    return BorrowFault("E0505", message, span, f"move out of {place} occurs here", labels, fixes=fixes)


# ---------------------------------------------------------------- values that do not live long enough


def _too_short(cx: Context, found: Conflict) -> BorrowFault:
    borrow = found.borrow
    explanation = why_borrowed(cx, borrow, found.point, found.access == "unwind")
    destructor = _destructor_of(cx, borrow, found)
    if destructor is not None:
        return _borrow_in_destructor(cx, found, explanation, destructor)
    name = cx.describe(borrow.place)
    closure = cx.closure_use(borrow.point)
    if isinstance(explanation, MustBeValidFor):
        escapes = explanation.category in _ESCAPES and not explanation.from_closure
        if closure is not None and name is not None and escapes:
            return _escaping_closure(cx, explanation, closure, f"`{name}`")
        if explanation.category is Category.RETURN and not explanation.from_closure:
            return _returns_local(cx, borrow, explanation, name)
    labels = later_labels(cx, explanation, borrow)
    decl = cx.body.locals[borrow.place.local]
    if name is None:
        here = "creates a temporary value which is freed while still in use"
        labels = ((found.span, "temporary value is freed at the end of this statement"), *labels)
        note = "consider using a `let` binding to create a longer lived value"
        text = "temporary value dropped while borrowed"
        fixes = let_binding(cx, found, explanation)
        notes = () if fixes else (note,)
        return BorrowFault("E0716", text, decl.span, here, labels, notes=notes, fixes=fixes)
    binding: Labels = ((decl.span, f"binding `{decl.name}` declared here"),) if decl.is_user_variable else ()
    span = cx.borrow_span(borrow)
    labels = (*binding, (found.span, f"`{name}` dropped here while still borrowed"), *labels)
    text = f"`{name}` does not live long enough"
    return BorrowFault("E0597", text, span, "borrowed value does not live long enough", labels)


_ESCAPES = (Category.RETURN, Category.CALL_ARGUMENT, Category.OPAQUE)


def _destructor_of(cx: Context, borrow: Loan, found: Conflict) -> t.Ty | None:
    """The type whose destructor could use a borrowed part of its value (E0713)."""
    if found.access == "exit":
        return None
    place, dropped = borrow.place, found.place
    if dropped.projection[: len(place.projection)] == place.projection and len(dropped.projection) >= len(
        place.projection
    ):
        return None
    result: t.Ty | None = None
    for i, elem in enumerate(place.projection):
        ty = cx.ty(m.Place(place.local, place.projection[:i]))
        if type(elem) is m.Field and result is None and cx.has_drop_impl(ty):
            result = ty
    return result


def _borrow_in_destructor(cx: Context, found: Conflict, explanation: Explanation, ty: t.Ty) -> BorrowFault:
    borrow = found.borrow
    name = quoted(cx, borrow.place)
    labels: Labels = ((found.span, f"here, drop of {quoted(cx, found.place)} needs exclusive access to {name}"),)
    labels += later_labels(cx, explanation, borrow)
    text = f"borrow may still be in use when destructor runs for {name}" if name != "value" else ""
    text = text or "borrow may still be in use when destructor runs"
    note = f"type `{ty!r}` has a destructor that may use the borrowed part"
    return BorrowFault("E0713", text, cx.borrow_span(borrow), "", labels, notes=(note,))


def _escaping_closure(cx: Context, why: MustBeValidFor, closure: tuple[Span, Span], name: str) -> BorrowFault:
    head = Span(closure[0].start, closure[0].start)
    fix = Fix(f"to force the closure to take ownership of {name}, use the `move` keyword", ((head, "move "),))
    what = "closure is returned here"
    if why.category is Category.CALL_ARGUMENT:
        what = f"function requires argument type to outlive {region_name(cx, why.universal)}"
    text = f"closure may outlive the current function, but it borrows {name}, which is owned by the current function"
    labels: Labels = ((closure[1], f"{name} is borrowed here"),)
    note = (what, why.span, "")
    return BorrowFault("E0373", text, closure[0], f"may outlive borrowed value {name}", labels, (), (), (fix,), (note,))


def _returns_local(cx: Context, borrow: Loan, why: MustBeValidFor, name: str | None) -> BorrowFault:
    at_borrow = cx.flow.span(borrow.point)
    what = "reference to" if why.span == at_borrow else "value referencing"
    decl = cx.body.locals[borrow.place.local]
    if name is None:
        message = f"cannot return {what} temporary value"
        here = f"returns a {what} data owned by the current function"
        return BorrowFault("E0515", message, why.span, here, ((decl.span, "temporary value created here"),))
    is_argument = 1 <= borrow.place.local <= cx.body.arg_count
    kind = "function parameter" if is_argument else "local variable"
    if borrow.place.projection and any(type(e) is m.Deref for e in borrow.place.projection):
        kind = "local data"
    message = f"cannot return {what} {kind} `{name}`"
    here = f"returns a {what} data owned by the current function"
    labels: Labels = () if why.span == at_borrow else ((cx.borrow_span(borrow), f"`{name}` is borrowed here"),)
    return BorrowFault("E0515", message, why.span, here, labels)
