"""Words for moves and initialisation: E0381, E0382, E0384, E0507 to E0509, and for mutability: E0594, E0596.

Assumes: verdicts of :mod:`walk`. Guarantees: code and primary span are rustc's.

Example: "use of moved value: `s`", with where it was moved, why that is a move, and where it is used again.
"""

from __future__ import annotations

from compiler.analysis.borrowck.context import Context
from compiler.analysis.borrowck.errors import BorrowFault, Fix, Labels
from compiler.analysis.borrowck.explain_conflicts import quoted
from compiler.analysis.borrowck.move_data import IllegalMove
from compiler.analysis.borrowck.source_fixes import reborrow, use_before_move
from compiler.analysis.borrowck.verdicts import MoveOutOf, MoveSite, UseOfMoved, UseOfUninitialized
from compiler.base.span import Span
from compiler.mir import body as m
from compiler.mir.type_facts import holds
from compiler.ty import types as t

_ACTIONS = {"use": "use", "borrow": "borrow", "match": "use", "assignment": "assign", "partial assignment": "assign"}
_PAST = {
    "use": "used",
    "borrow": "borrowed",
    "match": "matched on",
    "assignment": "assigned",
    "partial assignment": "partially assigned",
}


def explain_moved(cx: Context, found: UseOfMoved) -> BorrowFault:
    """E0382."""
    captured = cx.closure_operand(found.point, found.used) or cx.closure_use(found.point)
    span = captured[0] if captured is not None else found.span
    name = quoted(cx, found.used)
    moved = cx.moves.paths[found.path].place
    partially = "partially " if len(moved.projection) > len(found.used.projection) else ""
    labels: Labels = ()
    in_loop = any(s.in_loop and cx.flow.span(s.point) == found.span for s in found.sites)
    for site in found.sites:
        labels += _site_labels(cx, site, found, partially)
    if captured is not None:
        labels += ((captured[1], "use occurs due to use in closure"),)
    here = f"value {_PAST[found.action]} here after {partially}move"
    if in_loop:
        here = "value moved here, in previous iteration of loop"
    verb = _ACTIONS[found.action]
    value = f"{partially}moved value"
    message = f"{verb} of {value}: {name}" if name != "value" else f"{verb} of {value}"
    note = _copy_note(cx, moved, found)
    fixes = _clone_fix(cx, found) + reborrow(cx, found) + use_before_move(cx, found)
    return BorrowFault("E0382", message, span, here, labels, (note,), (), fixes, _method_notes(cx, found))


def _site_labels(cx: Context, site: MoveSite, found: UseOfMoved, partially: str) -> Labels:
    span = cx.flow.span(site.point)
    if span == found.span and site.in_loop:
        return ()
    place = cx.moves.paths[cx.moves.moves[site.move].path].place
    captured = cx.closure_operand(site.point, place)
    loop = ", in previous iteration of loop" if site.in_loop else ""
    if captured is not None:
        return (
            (captured[0], f"value {partially}moved into closure here{loop}"),
            (captured[1], "variable moved due to use in closure"),
        )
    return ((span, f"value {partially}moved here{loop}"),)


def _copy_note(cx: Context, place: m.Place, found: UseOfMoved) -> str:
    ty = cx.ty(place)
    name = quoted(cx, place)
    what = name if name != "value" else "value"
    return f"move occurs because {what} has type `{ty!r}`, which does not implement the `Copy` trait"


def _method_notes(cx: Context, found: UseOfMoved) -> tuple[tuple[str, Span, str], ...]:
    """Which method took ``self``."""
    for site in found.sites:
        at = cx.flow.at(site.point)
        if isinstance(at, m.Assign) and not at.place.projection and isinstance(at.rvalue, m.Use):
            at = _call_of(cx, site.point, at.place.local) or at
        if isinstance(at, m.Call) and at.args and isinstance(at.args[0], m.Move):
            ty = at.func.value.ty if isinstance(at.func, m.Constant) else None
            if isinstance(ty, t.FnDefTy) and at.fn_span != at.span:
                name = ty.def_id.name
                text = f"`{name}` takes ownership of the receiver `self`, which moves {quoted(cx, found.moved)}"
                return ((text, at.fn_span, ""),)
    return ()


def _call_of(cx: Context, point: int, local: m.Local) -> m.Call | None:
    """The call that ends the block, if its receiver is this temporary."""
    terminator = cx.body.blocks[cx.flow.block_of[point]].terminator
    if isinstance(terminator, m.Call) and terminator.args:
        first = terminator.args[0]
        if isinstance(first, m.Move) and first.place == m.Place(local):
            return terminator
    return None


def _clone_fix(cx: Context, found: UseOfMoved) -> tuple[Fix, ...]:
    """``.clone()`` at the move, where the type has it."""
    if len(found.sites) != 1 or cx.describe(found.moved) is None:
        return ()
    place = cx.moves.paths[cx.moves.moves[found.sites[0].move].path].place
    ty = cx.ty(place)
    at = cx.flow.at(found.sites[0].point)
    if not isinstance(at, m.Assign) or not isinstance(at.rvalue, m.Use) or not holds(cx.db, cx.env, "clone", ty):
        return ()
    end = Span(at.span.end, at.span.end)
    return (Fix("consider cloning the value if the performance cost is acceptable", ((end, ".clone()"),)),)


def explain_uninitialized(cx: Context, found: UseOfUninitialized) -> BorrowFault:
    """E0381."""
    captured = cx.closure_use(found.point) or cx.closure_operand(found.point, found.used)
    span = captured[0] if captured is not None else found.span
    name = quoted(cx, found.used)
    decl = cx.body.locals[found.used.local]
    moved = cx.moves.paths[found.path].place
    partially = "partially " if len(moved.projection) > len(found.used.projection) else ""
    labels: Labels = ((decl.span, "binding declared here but left uninitialized"),)
    inits = [i for p in cx.moves.ancestors(found.path) for i in cx.moves.inits_of.get(p, ())]
    if found.action == "partial assignment":
        message = f"partially assigned binding {name} isn't fully initialized"
        return BorrowFault(
            "E0381", message, span, f"{name} partially assigned here but it isn't fully initialized", labels
        )
    isnt = "isn't" if not inits else "is possibly"
    state = f"{partially}initialized" if not inits else "uninitialized"
    verb = {"use": "used", "match": "matched on", "assignment": "assigned"}.get(found.action, "used")
    message = f"{verb} binding {name} {isnt} {state}"
    here = f"{name} {_PAST[found.action]} here but it {isnt} {state}"
    return BorrowFault("E0381", message, span, here, labels)


# ---------------------------------------------------------------- moves out of what cannot be moved out of


def explain_illegal_move(cx: Context, found: MoveOutOf) -> BorrowFault:
    """E0507, E0508, E0509."""
    move = found.move
    captured = cx.closure_operand(move.point, move.original)
    span = captured[1] if captured is not None else found.span
    ty = cx.ty(move.original)
    name = cx.describe(move.original)
    note = f"move occurs because {f'`{name}`' if name else 'value'} has type `{ty!r}`, "
    note += "which does not implement the `Copy` trait"
    code, what = _what(cx, found, name)
    labels = tuple((at, "...and here" if i else "data moved here") for i, at in enumerate(found.bound))
    fixes = () if code == "E0509" else _borrow_fix(cx, found)
    return BorrowFault(code, f"cannot move out of {what}", span, "cannot move out of here", labels, (note,), (), fixes)


def _what(cx: Context, found: MoveOutOf, name: str | None) -> tuple[str, str]:
    """The code, and what is moved out of."""
    move = found.move
    if move.kind == "destructor":
        return "E0509", f"type `{move.container!r}`, which implements the `Drop` trait"
    behind = cx.ty(move.target)
    if move.kind == "array or slice" or isinstance(behind, (t.ArrayTy, t.SliceTy)):
        container = move.container if move.kind == "array or slice" else behind
        what = "slice" if isinstance(container, t.SliceTy) else "array"
        return "E0508", f"type `{container!r}`, a non-copy {what}"
    return "E0507", _borrowed_what(cx, move, name)


def _borrowed_what(cx: Context, move: IllegalMove, name: str | None) -> str:
    target = move.target
    base = m.Place(target.local, target.projection[:-1])
    field = cx.upvar_field(target)
    if field is None:
        field = cx.upvar_field(base)
    if cx.is_closure and target.local == 1 and name is not None:
        kind = cx.body.locals[1].ty
        closure = "`FnMut`" if isinstance(kind, t.RefTy) and kind.mutable else "`Fn`"
        if field is None or len(target.projection) == 1:
            return f"`{name}`, a captured variable in an {closure} closure"
    ty = cx.ty(base)
    pointer = "a mutable reference" if isinstance(ty, t.RefTy) and ty.mutable else "a shared reference"
    if isinstance(ty, t.PtrTy):
        pointer = "a raw pointer"
    if name is None:
        return pointer
    return f"`{name}` which is behind {pointer}"


def _borrow_fix(cx: Context, found: MoveOutOf) -> tuple[Fix, ...]:
    """``&`` in front of the place, for ``let x = *r;`` and ``match *r``; ``ref`` where a part is moved."""
    at = cx.flow.at(found.move.point)
    if not isinstance(at, m.Assign) or not isinstance(at.rvalue, m.Use):
        return ()
    if not cx.body.locals[at.place.local].is_user_variable:
        return ()
    if found.of_value:
        edits = tuple((Span(s.start, s.start), "ref ") for s in found.bound)
        return (Fix("consider borrowing the pattern binding", edits, False),)
    if cx.describe(found.move.original) is None:
        return ()
    start = Span(found.span.start, found.span.start)
    return (Fix("consider borrowing here", ((start, "&"),), False),)
