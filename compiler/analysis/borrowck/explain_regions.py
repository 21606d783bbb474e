"""Words for lifetimes: "lifetime may not live long enough" (no code), E0521, E0621, and E0309 to E0311.

Assumes: verdicts of :mod:`region_check`. Guarantees: code and primary span are rustc's.

Example: "returning this value requires that `'b` must outlive `'a`".
"""

from __future__ import annotations

from compiler.analysis.borrowck.constraints import Category, Where
from compiler.analysis.borrowck.context import Context
from compiler.analysis.borrowck.errors import BorrowFault, Labels
from compiler.analysis.borrowck.verdicts import CapturedTooLittle, NotGeneral, RegionError, TypeOutlives
from compiler.base.span import Span
from compiler.hir.def_id import DefKind
from compiler.ty import types as t

_WHAT = {
    Category.RETURN: "returning this value",
    Category.ASSIGNMENT: "assignment",
    Category.CALL_ARGUMENT: "argument",
    Category.CAST: "cast",
    Category.TYPE_ANNOTATION: "type annotation",
    Category.GENERIC_ARG: "generic argument",
    Category.USE_AS_CONST: "using this value as a constant",
    Category.USE_AS_STATIC: "using this value as a static",
    Category.USAGE: "this usage",
    Category.OPAQUE: "opaque type",
    Category.CLOSURE_UPVAR: "closure capture",
}


# What no one takes for data that escapes.
_NO_ESCAPE = (
    Category.RETURN,
    Category.TYPE_ANNOTATION,
    Category.GENERIC_ARG,
    Category.CAST,
    Category.USAGE,
    Category.BORING_NO_LOCATION,
)


def explain_region(cx: Context, found: RegionError) -> BorrowFault:
    """One universal region that must outlive another."""
    blame = cx.regions.best_blame(found.longer, found.shorter)
    where = blame.where if blame is not None else Where(cx.body.span)
    if _is_fn_mut_escape(cx, found, where):
        text = "captured variable cannot escape `FnMut` closure body"
        note = "`FnMut` closures only have access to their captured variables while they are executing..."
        return BorrowFault("", text, where.span, "", (), (note,))
    explicit = _named_against_anonymous(cx, found, where)
    if explicit is not None:
        return explicit
    universal = cx.checked.universal
    if universal.is_local[found.longer] and not universal.is_local[found.shorter]:
        escaped = _escapes(cx, found, where)
        if escaped is not None:
            return escaped
    longer, shorter = name(cx, found.longer), name(cx, found.shorter)
    labels: Labels = tuple(
        (at, f"{word} {shown} {what}")
        for r in (found.longer, found.shorter)
        for at, word, shown, what in _defined(cx, r)
    )
    if where.category is Category.RETURN and cx.is_closure:
        here = f"returning this value requires that {longer} must outlive {shorter}"
    else:
        here = f"{_WHAT.get(where.category, 'this')} requires that {longer} must outlive {shorter}"
    return BorrowFault("", "lifetime may not live long enough", where.span, here, labels, helps=_bound_help(cx, found))


def name(cx: Context, region: int) -> str:
    """``'a``, or ``'1`` for an anonymous one."""
    written = cx.checked.universal.names[region]
    return f"`{written}`" if written else f"`'{region}`"


def _bound_help(cx: Context, found: RegionError) -> tuple[str, ...]:
    names = cx.checked.universal.names
    longer, shorter = names[found.longer], names[found.shorter]
    if not longer or not shorter:
        return ()
    if shorter == "'static":
        return (f"consider replacing `{longer}` with `'static`",)
    return (f"consider adding the following bound: `{longer}: {shorter}`",)


def _defined(cx: Context, region: int) -> list[tuple[Span, str, str, str]]:
    """Where an anonymous region comes from: the argument whose type has it."""
    universal = cx.checked.universal
    if universal.names[region]:
        return []
    index = argument_of(cx, region)
    if index is None:
        return []
    decl = cx.body.locals[1 + index]
    return [(decl.span, "let's call the lifetime of this reference", f"`'{region}`", "")]


def argument_of(cx: Context, region: int) -> int | None:
    """The first argument whose type mentions a region."""
    types = cx.checked.types
    for i, ty in enumerate(cx.checked.universal.inputs):
        if cx.is_closure and i == 0:
            continue
        if any(r.index == region for r in types.regions(ty)):
            return i
    return None


def _upvar_of(cx: Context, region: int) -> int | None:
    closure = cx.checked.universal.closure
    parts = cx.checked.types.closure_parts(closure) if closure is not None else None
    for i, ty in enumerate(parts[1].elems if parts is not None else ()):
        if any(r.index == region for r in cx.checked.types.regions(ty)):
            return i
    return None


def _is_fn_mut_escape(cx: Context, found: RegionError, where: Where) -> bool:
    """Returning a reference into the closure's own captures from an ``FnMut``."""
    if not cx.is_closure or where.category is not Category.RETURN:
        return False
    ty = cx.checked.universal.inputs[0] if cx.checked.universal.inputs else t.UNIT
    return isinstance(ty, t.RefTy) and ty.mutable and ty.region.index == found.longer


def _escapes(cx: Context, found: RegionError, where: Where) -> BorrowFault | None:
    """E0521: borrowed data given away to something that lives longer than the function."""
    longer = argument_of(cx, found.longer)
    upvar = _upvar_of(cx, found.shorter)
    if (
        longer is None
        and _upvar_of(cx, found.longer) is None
        and upvar is None
        and argument_of(cx, found.shorter) is None
    ):
        return None
    kind = cx.body.def_id.kind
    if kind not in (DefKind.FN, DefKind.CLOSURE):
        return None
    if where.category is Category.ASSIGNMENT and kind is DefKind.FN:
        return None
    if where.category in _NO_ESCAPE:
        return None
    what = "closure" if cx.is_closure else "associated function" if _is_assoc(cx) else "function"
    labels: Labels = ()
    if longer is not None:
        decl = cx.body.locals[1 + longer]
        labels = ((decl.span, f"`{decl.name or '_'}` is a reference that is only valid in the {what} body"),)
    return BorrowFault("E0521", f"borrowed data escapes outside of {what}", where.span, "", labels)


def _is_assoc(cx: Context) -> bool:
    parent = cx.owner.parent
    return parent is not None and parent.kind in (DefKind.IMPL, DefKind.TRAIT)


def _named_against_anonymous(cx: Context, found: RegionError, where: Where) -> BorrowFault | None:
    """E0621: an argument's type leaves out the lifetime that is needed."""
    universal = cx.checked.universal
    if cx.is_closure:
        return None
    for named, anonymous in ((found.shorter, found.longer), (found.longer, found.shorter)):
        if not universal.names[named] or named == 0 or universal.names[anonymous] or anonymous == universal.fn_body:
            continue
        index = argument_of(cx, anonymous)
        if index is None or _in_output(cx, anonymous) or (_is_assoc(cx) and index == 0 and _has_self(cx)):
            continue
        if cx.owner.parent is not None and cx.owner.parent.kind is DefKind.IMPL and _implements_trait(cx):
            continue
        decl = cx.body.locals[1 + index]
        shown = universal.names[named]
        label = f"lifetime `{shown}` required"
        if decl.name:
            text = f"explicit lifetime required in the type of `{decl.name}`"
        else:
            text = "explicit lifetime required in parameter type"
        return BorrowFault("E0621", text, where.span, label, ((decl.span, f"add the lifetime `{shown}` to this type"),))
    return None


def _implements_trait(cx: Context) -> bool:
    from compiler.ty.impls import impl_header

    parent = cx.owner.parent
    return parent is not None and impl_header(cx.db, parent).of_trait


def _has_self(cx: Context) -> bool:
    from compiler.ty.collect import fn_sig

    return fn_sig(cx.db, cx.owner).has_self


def _in_output(cx: Context, region: int) -> bool:
    return any(r.index == region for r in cx.checked.types.regions(cx.checked.universal.output))


def explain_not_general(cx: Context, found: NotGeneral) -> BorrowFault:
    """What is asked for every lifetime holds for one."""
    if found.of_type:
        return BorrowFault("E0308", "mismatched types", found.span, "one type is more general than the other")
    if not found.trait:
        return BorrowFault("", "higher-ranked lifetime error", found.span, "")
    text = f"implementation of `{found.trait}` is not general enough"
    here = f"`{found.trait}` would have to be implemented for every lifetime"
    return BorrowFault("", text, found.span, here)


def explain_type_outlives(cx: Context, found: TypeOutlives) -> BorrowFault:
    """E0309 (named region), E0310 (``'static``), E0311 (anonymous), no code (every lifetime)."""
    if found.universal < 0:
        return BorrowFault("", f"`{found.subject!r}` does not live long enough", found.span, "")
    kind = "parameter" if isinstance(found.subject, t.ParamTy) else "associated"
    text = f"the {kind} type `{found.subject!r}` may not live long enough"
    if found.universal == 0:
        here = f"...so that the type `{found.subject!r}` will meet its required lifetime bounds"
        static = f"consider adding an explicit lifetime bound: `{found.subject!r}: 'static`"
        return BorrowFault("E0310", text, found.span, here, helps=(static,))
    written = cx.checked.universal.names[found.universal]
    code = "E0309" if written else "E0311"
    here = f"...so that the type `{found.subject!r}` will meet its required lifetime bounds"
    helps = (f"consider adding an explicit lifetime bound: `{found.subject!r}: {written}`",) if written else ()
    return BorrowFault(code, text, found.span, here, helps=helps)


def explain_captured_too_little(cx: Context, found: CapturedTooLittle) -> BorrowFault:
    """E0700."""
    name = cx.checked.universal.names[found.universal] or "an anonymous lifetime"
    text = f"the hidden type of an `impl Trait` result captures {name}, which its bounds do not name"
    help_ = "name the lifetime in the bounds of the result: `+ use<..>` with it, or `+ 'a`"
    return BorrowFault("E0700", text, found.span, f"borrows for {name}", helps=(help_,))
