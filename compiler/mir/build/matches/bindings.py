"""Variables of patterns: their locals, storage and assignment (rustc's ``declare_bindings`` and
``bind_matched_candidate_*``).

What it is: :func:`declare` makes a local per variable of a pattern (and, for an arm with a guard, one more holding a
reference to the matched value, which is what the guard sees); :func:`bind_for_guard` and :func:`bind_for_body` assign
them from the matched places.

Assumes: variables are named by their canonical BindPat. Guarantees: a variable bound by value is moved or copied only
after the guard succeeded, so that a failing guard leaves the scrutinee whole.

Example: ``Some(x) if x > 0 => x``: ``_5 = &((_1 as Some).0)`` for the guard, then ``_4 = copy ((_1 as Some).0)``.
"""

from __future__ import annotations

from compiler.base.dataclass import dataclass
from compiler.base.span import Span
from compiler.hir import nodes as hir
from compiler.mir import body as m
from compiler.mir.build.builder import Builder
from compiler.mir.build.matches.candidate import Binding
from compiler.mir.build.scope import Scope, schedule_drop
from compiler.ty import types as t


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable a pattern declares."""

    pat: int
    span: Span


def primary_bindings(b: Builder, pat: int) -> list[Variable]:
    """Variables of a pattern in source order, each once."""
    cx = b.cx
    res = cx.res
    out: list[Variable] = []
    stack = [pat]
    while stack:
        at = stack.pop()
        node = cx.pats[at]
        if isinstance(node, hir.BindPat):
            if at in res.binding_types and at not in res.pat_consts and at not in res.pat_variants:
                if res.pat_canonical.get(at, at) == at:
                    out.append(Variable(at, cx.pat_spans[at]))
            if node.sub is not None:
                stack.append(node.sub)
        elif isinstance(node, hir.RecordPat):
            stack.extend(f.pat for f in reversed(node.fields))
        elif isinstance(node, (hir.TuplePat, hir.TupleStructPat, hir.SlicePat, hir.OrPat)):
            stack.extend(reversed(node.pats))
        elif isinstance(node, hir.RefPat):
            stack.append(node.pat)
    return out


def declare(b: Builder, pat: int, scope: int, has_guard: bool = False) -> None:
    """Make the locals of a pattern's variables, visible in source scope ``scope``."""
    for variable in primary_bindings(b, pat):
        declare_variable(b, variable, scope)
        if has_guard:
            ty = b.locals[b.vars[variable.pat]].ty
            ref = t.RefTy(t.ERASED, ty, False)
            decl = m.LocalDecl(ref, span=variable.span, scope=scope, for_guard=b.vars[variable.pat])
            b.guard_locals[variable.pat] = b.new_local(decl)


def declare_variable(b: Builder, variable: Variable, scope: int) -> m.Local:
    node = b.cx.pats[variable.pat]
    assert isinstance(node, hir.BindPat)
    mutability = m.Mutability.MUT if node.mode is hir.BindingAnnotation.MUTABLE else m.Mutability.NOT
    mode = b.cx.res.binding_modes.get(variable.pat, "move")
    ty = b.cx.res.binding_types[variable.pat]
    name = hir.strip_mark(node.name)
    decl = m.LocalDecl(ty, mutability, name, variable.span, True, False, "by value" if mode == "move" else mode, scope)
    decl.pat = variable.pat
    local = b.vars[variable.pat] = b.new_local(decl)
    return local


def storage_live(b: Builder, variable: Variable, scope: Scope | None) -> m.Local:
    """``StorageLive`` of a variable; its storage ends with ``scope``."""
    local = b.vars[variable.pat]
    b.push(m.StorageLive(local, variable.span))
    if scope is not None:
        schedule_drop(b, scope, local, False)
    return local


def schedule_value_drop(b: Builder, variable: Variable, scope: Scope) -> None:
    schedule_drop(b, scope, b.vars[variable.pat], True)


def _borrow_kind(mode: str) -> m.BorrowKind:
    return m.BorrowKind.MUT if mode == "ref mut" else m.BorrowKind.SHARED


def bind_for_guard(b: Builder, bindings: list[Binding], scope: Scope | None) -> None:
    """References to the matched values for the guard; by-reference variables get their final value now."""
    for binding in bindings:
        for_guard = b.guard_locals[binding.var]
        b.push(m.StorageLive(for_guard, binding.span))
        if scope is not None:
            schedule_drop(b, scope, for_guard, False)
        source = binding.source
        if binding.mode != "move":
            local = storage_live(b, Variable(binding.var, binding.span), scope)
            b.assign(m.Place(local), m.Ref(t.ERASED, _borrow_kind(binding.mode), source), binding.span)
            source = m.Place(local)
        b.assign(m.Place(for_guard), m.Ref(t.ERASED, m.BorrowKind.SHARED, source), binding.span)


def bind_for_body(
    b: Builder, bindings: list[Binding], scope: Scope | None, matched: tuple[m.Place, Span] | None
) -> None:
    """Assign the variables. ``scope`` None: their drops are scheduled already."""
    for binding in bindings:
        variable = Variable(binding.var, binding.span)
        local = b.vars[binding.var]
        storage_live(b, variable, scope)
        b.locals[local].matched = matched
        if scope is not None:
            schedule_value_drop(b, variable, scope)
        value: m.Rvalue
        if binding.mode == "move":
            value = m.Use(b.consume(binding.source, binding.ty))
        else:
            value = m.Ref(t.ERASED, _borrow_kind(binding.mode), binding.source)
        b.assign(m.Place(local), value, binding.span)
