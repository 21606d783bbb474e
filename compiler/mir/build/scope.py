"""Scopes of the builder: which drops are due, on every way out (rustc's ``builder/scope.rs``, without unwinding).

What it is: a stack of :class:`Scope`; each holds the drops (``StorageDead`` and ``Drop``) of its locals in scheduling
order. Falling out of a scope (:func:`pop_scope`) runs them in reverse. ``break``, ``continue``, ``return`` and a
failed condition leave several scopes at once: they add an entry to the :class:`DropTree` of their target, so that
exits share their common tail of drops.

Assumes: scopes nest (the object passed to a function is on the stack). Guarantees: every path out of a scope drops
its locals exactly once, in reverse order. ``terminating`` scopes are where temporaries of the expressions inside die
(statement, tail, arm, condition).

Example: ``{ let a = A; let b = B; if c { break } }``: the break's tree is ``drop b -> drop a -> exit``; the
fall-through shares nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from compiler.base.span import Span
from compiler.mir import body as m
from compiler.mir.build.builder import OPEN, Builder


class Drop:
    """One scheduled drop: of the value (``is_value``) or of the storage."""

    __slots__ = ("is_value", "local", "span")

    def __init__(self, local: m.Local, is_value: bool, span: Span) -> None:
        self.local = local
        self.is_value = is_value
        self.span = span


class Scope:
    """``depth`` is its index in the stack."""

    __slots__ = ("_end_span", "depth", "drops", "moved", "span", "terminating")

    def __init__(self, depth: int, span: Span, terminating: bool) -> None:
        self.depth = depth
        self.span = span
        self.terminating = terminating
        self.drops: list[Drop] = []
        self.moved: list[m.Local] = []
        self._end_span: Span | None = None

    @property
    def end_span(self) -> Span:
        """The last byte of the scope, where its drops happen."""
        found = self._end_span
        if found is None:
            start, end = self.span
            found = self._end_span = Span(max(end - 1, start), end)
        return found


class DropTree:
    """Pending exits to one target; node 0 is the target, each other node a drop followed by its ``next`` node."""

    __slots__ = ("_existing", "entries", "nodes")

    def __init__(self) -> None:
        self.nodes: list[tuple[Drop | None, int]] = [(None, 0)]
        self._existing: dict[tuple[int, m.Local, bool], int] = {}
        self.entries: dict[int, list[m.BasicBlockId]] = {}

    def add_drop(self, drop: Drop, next_node: int) -> int:
        key = (next_node, drop.local, drop.is_value)
        node = self._existing.get(key)
        if node is None:
            node = len(self.nodes)
            self.nodes.append((drop, next_node))
            self._existing[key] = node
        return node

    def add_exit(self, scopes: list[Scope], down_to: int, block: m.BasicBlockId) -> None:
        """``block`` leaves all scopes above index ``down_to``."""
        node = 0
        for scope in scopes[down_to + 1 :]:
            for drop in scope.drops:
                node = self.add_drop(drop, node)
        self.entries.setdefault(node, []).append(block)

    def build(self, b: Builder, root: m.BasicBlockId | None) -> m.BasicBlockId | None:
        """Make the blocks; returns the target's block (``root`` if given), None if nothing exits here."""
        if not self.entries:
            return root
        blocks = self._assign_blocks(b, root)
        self._link(b, blocks)
        return blocks[0]

    def _assign_blocks(self, b: Builder, root: m.BasicBlockId | None) -> list[m.BasicBlockId | None]:
        n = len(self.nodes)
        blocks: list[m.BasicBlockId | None] = [None] * n
        blocks[0] = root
        need: list[int] = [-1] * n  # -1 none, -2 own block, k shares the block of node k
        if root is not None:
            need[0] = -2
        for node in range(n - 1, -1, -1):
            drop, next_node = self.nodes[node]
            entries = self.entries.get(node)
            if entries:
                need[node] = -2
            if need[node] == -1:
                continue
            if need[node] == -2:
                if blocks[node] is None:
                    blocks[node] = b.new_block()
            else:
                blocks[node] = blocks[need[node]]
            for entry in entries or ():
                target = blocks[node]
                assert target is not None
                pending = b.blocks[entry].terminator
                b.blocks[entry].terminator = m.Goto(target, pending.span)
            if drop is None:
                continue
            if drop.is_value or need[next_node] != -1:
                need[next_node] = -2
            else:
                need[next_node] = node
        return blocks

    def _link(self, b: Builder, blocks: list[m.BasicBlockId | None]) -> None:
        for node in range(len(self.nodes) - 1, 0, -1):
            block = blocks[node]
            if block is None:
                continue
            drop, next_node = self.nodes[node]
            target = blocks[next_node]
            assert drop is not None and target is not None
            if drop.is_value:
                b.terminate_at(block, m.Drop(m.Place(drop.local), target, drop.span))
            else:
                b.blocks[block].statements.append(m.StorageDead(drop.local, drop.span))
                if block != target:
                    b.terminate_at(block, m.Goto(target, drop.span))


class BreakableScope:
    """A loop, labelled block or the function body (``expr`` -1)."""

    __slots__ = ("breaks", "continues", "destination", "expr", "scope")

    def __init__(self, scope: Scope, destination: m.Place, expr: int, is_loop: bool) -> None:
        self.scope = scope
        self.destination = destination
        self.expr = expr
        self.breaks = DropTree()
        self.continues = DropTree() if is_loop else None


class IfThenScope:
    """Where a failing condition goes."""

    __slots__ = ("else_drops", "scope")

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.else_drops = DropTree()


# ---------------------------------------------------------------- entering and leaving


def push_scope(b: Builder, span: Span, terminating: bool = False) -> Scope:
    scope = Scope(len(b.scopes), span, terminating)
    b.scopes.append(scope)
    return scope


def pop_scope(b: Builder) -> None:
    """Leave the innermost scope at the cursor, running its drops in reverse."""
    scope = b.scopes.pop()
    if scope.drops:
        emit_drops(b, scope)


def emit_drops(b: Builder, scope: Scope) -> None:
    statements = b.blocks[b.block].statements
    moved = scope.moved
    for drop in reversed(scope.drops):
        if not drop.is_value:
            statements.append(m.StorageDead(drop.local, drop.span))
        elif drop.local not in moved:
            target = b.new_block()
            b.terminate(m.Drop(m.Place(drop.local), target, drop.span))
            b.block = target
            statements = b.blocks[target].statements


def temp_scope(b: Builder, expr: int) -> Scope | None:
    """Where a temporary holding ``expr`` dies: its extended scope, or the innermost terminating scope; None: never
    (constants).
    """
    extended = b.rvalue_scopes
    if expr in extended:
        return extended[expr]
    for scope in reversed(b.scopes):
        if scope.terminating:
            return scope
    return None


def schedule_drop(b: Builder, scope: Scope, local: m.Local, is_value: bool) -> None:
    """Drop the local's value (if its type needs it) or its storage when ``scope`` is left."""
    if is_value and not b.cx.needs_drop(b.locals[local].ty):
        return
    scope.drops.append(Drop(local, is_value, scope.end_span))


def record_moved(b: Builder, operands: tuple[m.Operand, ...]) -> None:
    """Call arguments moved out of temporaries of the innermost scope need no drop on the normal path."""
    scope = b.scopes[-1]
    for operand in operands:
        if type(operand) is m.Move and not operand.place.projection:
            local = operand.place.local
            if any(d.is_value and d.local == local for d in scope.drops):
                scope.moved.append(local)


def clear_drops(b: Builder, scope: Scope) -> None:
    """Forget what is scheduled in the innermost scope (between alternatives of an or-pattern with guards)."""
    assert b.scopes[-1] is scope
    scope.drops.clear()
    scope.moved.clear()


# ---------------------------------------------------------------- exits


def in_breakable_scope(
    b: Builder, expr: int, loop_block: m.BasicBlockId | None, destination: m.Place, span: Span, body: Callable[[], bool]
) -> None:
    """Run ``body`` with a break target. It returns whether control falls out of it; then that joins the breaks."""
    b.breakables.append(BreakableScope(b.scopes[-1], destination, expr, loop_block is not None))
    falls_through = body()
    breakable = b.breakables.pop()
    break_block = breakable.breaks.build(b, None)
    if breakable.continues is not None:
        breakable.continues.build(b, loop_block)
    if break_block is None:
        if not falls_through:
            b.start_block()
        return
    if falls_through:
        join = b.new_block()
        b.goto(join, span)
        b.terminate_at(break_block, m.Goto(join, span))
        break_block = join
    b.block = break_block


def exit_scope(b: Builder, target: BreakableScope, is_continue: bool, span: Span) -> None:
    """Leave to a break or continue target; the cursor continues in a new, unreachable block."""
    tree = target.continues if is_continue else target.breaks
    assert tree is not None
    b.terminate(m.Unreachable(span))
    tree.add_exit(b.scopes, target.scope.depth, b.block)
    b.start_block()


def in_if_then_scope(b: Builder, scope: Scope, body: Callable[[], None]) -> m.BasicBlockId:
    """Run ``body`` (condition, then what follows success); returns the block every :func:`break_for_else` leads to."""
    previous = b.if_then
    current = b.if_then = IfThenScope(scope)
    body()
    b.if_then = previous
    then_block = b.block
    else_block = current.else_drops.build(b, None)
    b.block = then_block
    return b.new_block() if else_block is None else else_block


def break_for_else(b: Builder, block: m.BasicBlockId, span: Span) -> None:
    """``block`` (still open) fails the condition of the enclosing :func:`in_if_then_scope`."""
    assert b.if_then is not None and b.blocks[block].terminator is OPEN
    b.blocks[block].terminator = m.Unreachable(span)
    b.if_then.else_drops.add_exit(b.scopes, b.if_then.scope.depth, block)
