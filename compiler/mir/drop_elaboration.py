"""Drop elaboration: from "drop if initialised" to unconditional drops (rustc's ``ElaborateDrops``).

What it is: a forward dataflow of maybe-initialised and maybe-uninitialised move paths decides each ``Drop``:

- never initialised there: removed; always: kept;
- sometimes: guarded by a *drop flag*, a bool local set where the path is initialised and cleared where it is moved out;
- parts moved out: the remaining fields are dropped one by one (a *drop ladder*), enums after a switch on the
  discriminant.

Assumes: borrowck-only statements may be present or not; the body is well formed. Guarantees: afterwards every
``Drop`` is of an initialised place; bodies without ``Drop`` are left as they are at no cost.

Example: ``if c { consume(x) }`` with ``x: Guard``: ``_5 = true; .. bb1: _5 = false; consume(move _1) .. bb3:
switchInt(_5) -> [0: bb5, else: bb4]; bb4: drop(_1)``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from compiler.base.dataclass import dataclass
from compiler.base.span import Span
from compiler.hir.def_id import DefKind
from compiler.mir import body as m
from compiler.mir.move_paths import (
    MovePathIndex,
    MovePaths,
    array_length,
    assigned_places,
    moved_operands,
    rvalue_operands,
    terminator_operands,
    whole_places,
)
from compiler.mir.simplify import reachable_in_rpo, successors
from compiler.mir.type_facts import discriminant_ty, discriminants, needs_drop, normalize, upvar_tys
from compiler.query import Database
from compiler.ty import types as t
from compiler.ty.impls import drop_impl


def elaborate_drops(db: Database, env: Any, body: m.Body) -> None:
    """Rewrite the drops of a body in place."""
    if any(isinstance(block.terminator, m.Drop) for block in body.blocks):
        _Elaborator(db, env, body).run()


@dataclass(slots=True)
class _State:
    """Bit sets over move paths."""

    init: int
    uninit: int

    def move_out(self, mask: int) -> None:
        self.init &= ~mask
        self.uninit |= mask

    def initialise(self, mask: int) -> None:
        self.init |= mask
        self.uninit &= ~mask


class _Elaborator:
    def __init__(self, db: Database, env: Any, body: m.Body) -> None:
        self.db = db
        self.env = env
        self.body = body
        self.paths = MovePaths(body, self._has_drop_impl)
        for moved in moved_operands(body):
            for place in whole_places(body, moved):
                self.paths.add(place)
        self.flags: dict[MovePathIndex, m.Local] = {}

    def _has_drop_impl(self, ty: t.Ty) -> bool:
        return isinstance(ty, t.AdtTy) and drop_impl(self.db, ty.def_id) is not None

    def run(self) -> None:
        entry_states = self._dataflow()
        n_blocks = len(self.body.blocks)
        drops: list[tuple[int, m.Drop, _State]] = []
        for at in range(n_blocks):
            term = self.body.blocks[at].terminator
            if isinstance(term, m.Drop):
                state = entry_states.get(at)
                if state is None:
                    self.body.blocks[at].terminator = m.Goto(term.target, term.span)
                    continue
                state = _State(state.init, state.uninit)
                self._statements(at, state)
                drops.append((at, term, state))
        for at, term, state in drops:
            self._elaborate(at, term, state)
        self._set_flags(n_blocks)

    # -- dataflow

    def _dataflow(self) -> dict[int, _State]:
        every = (1 << len(self.paths.paths)) - 1
        args = 0
        for local in range(1, self.body.arg_count + 1):
            args |= self.paths.mask(local)
        states = {0: _State(args, every & ~args)}
        order = {block: i for i, block in enumerate(reachable_in_rpo(self.body))}
        work = {0}
        while work:
            at = min(work, key=order.__getitem__)
            work.discard(at)
            out = _State(states[at].init, states[at].uninit)
            self._statements(at, out)
            self._terminator(at, out)
            for to, edge in self._edges(at, out):
                before = states.get(to)
                if before is None:
                    states[to] = _State(edge.init, edge.uninit)
                    work.add(to)
                elif (before.init | edge.init, before.uninit | edge.uninit) != (before.init, before.uninit):
                    states[to] = _State(before.init | edge.init, before.uninit | edge.uninit)
                    work.add(to)
        return states

    def _edges(self, at: int, out: _State) -> Iterator[tuple[int, _State]]:
        """States on the way out; a switch on a discriminant tells which variants' parts do not exist."""
        block = self.body.blocks[at]
        switched = self._switched_enum(block)
        if switched is None:
            for to in successors(block.terminator):
                yield to, out
            return
        path, values = switched
        assert isinstance(block.terminator, m.SwitchInt)
        for value, to in block.terminator.targets:
            edge = _State(out.init, out.uninit)
            for (kind, variant), child in self.paths.paths[path].children.items():
                if kind == "variant" and values[variant] != value:
                    edge.move_out(self.paths.mask(child))
            yield to, edge
        yield block.terminator.otherwise, out

    def _switched_enum(self, block: m.BasicBlock) -> tuple[MovePathIndex, list[int]] | None:
        """The enum whose discriminant the block switches on, if it has variant paths, and its discriminant bits."""
        discr = block.terminator.discr if isinstance(block.terminator, m.SwitchInt) else None
        last = block.statements[-1] if block.statements else None
        if (
            not isinstance(discr, m.Move)
            or not isinstance(last, m.Assign)
            or not isinstance(last.rvalue, m.Discriminant)
        ):
            return None
        path, exact = self.paths.lookup(last.rvalue.place)
        ty = self.paths.paths[path].ty
        if last.place != discr.place or not exact or not self.paths.paths[path].children or not isinstance(ty, t.AdtTy):
            return None
        return path, self._discriminant_bits(ty)

    def _discriminant_bits(self, ty: t.AdtTy) -> list[int]:
        discr_ty = discriminant_ty(self.db, ty)
        mask = (1 << discr_ty.bits) - 1 if isinstance(discr_ty, t.IntTy) else -1
        return [value & mask for value in discriminants(self.db, ty.def_id)]

    def _move_out(self, operands: tuple[m.Operand, ...], state: _State) -> None:
        for operand in operands:
            if type(operand) is m.Move:
                for place in whole_places(self.body, operand.place):
                    path, exact = self.paths.lookup(place)
                    if exact:
                        state.move_out(self.paths.mask(path))

    def _initialise(self, place: m.Place, state: _State) -> None:
        path, exact = self.paths.lookup(place)
        if exact:
            state.initialise(self.paths.mask(path))

    def _statements(self, at: int, state: _State) -> None:
        for statement in self.body.blocks[at].statements:
            if isinstance(statement, m.Assign):
                self._move_out(rvalue_operands(statement.rvalue), state)
                self._initialise(statement.place, state)
            elif isinstance(statement, (m.StorageDead, m.StorageLive)):
                state.move_out(self.paths.mask(statement.local))

    def _terminator(self, at: int, state: _State) -> None:
        terminator = self.body.blocks[at].terminator
        self._move_out(terminator_operands(terminator), state)
        if isinstance(terminator, m.Drop):
            path, exact = self.paths.lookup(terminator.place)
            if exact:
                state.move_out(self.paths.mask(path))
        for place in assigned_places(terminator):
            self._initialise(place, state)

    # -- elaboration

    def _elaborate(self, at: int, drop: m.Drop, state: _State) -> None:
        path, exact = self.paths.lookup(drop.place)
        if not exact:
            return  # behind a pointer: always initialised
        block = self._drop_path(path, drop, drop.target, state)
        self.body.blocks[at].terminator = m.Goto(block, drop.span)

    def _new_block(self, terminator: m.Terminator) -> int:
        self.body.blocks.append(m.BasicBlock([], terminator))
        return len(self.body.blocks) - 1

    def _drop_path(self, path: MovePathIndex, drop: m.Drop, target: int, state: _State) -> int:
        """A block that drops what is initialised of ``path`` and goes to ``target``."""
        node = self.paths.paths[path]
        mask = self.paths.mask(path)
        if not state.init & mask or not needs_drop(self.db, self.env, node.ty):
            return target
        if not state.uninit & mask:
            return self._new_block(m.Drop(node.place, target, drop.span))
        if node.children:
            return self._open_drop(path, drop, target, state)
        return self._test_flag(path, self._new_block(m.Drop(node.place, target, drop.span)), target, drop)

    def _test_flag(self, path: MovePathIndex, dropped: int, target: int, drop: m.Drop) -> int:
        flag = m.Copy(m.Place(self._flag(path)))
        return self._new_block(m.SwitchInt(flag, t.bool_, ((0, target),), dropped, drop.span))

    def _flag(self, path: MovePathIndex) -> m.Local:
        local = self.flags.get(path)
        if local is None:
            local = self.flags[path] = len(self.body.locals)
            self.body.locals.append(m.LocalDecl(t.bool_, m.Mutability.MUT, span=self.body.span))
        return local

    def _open_drop(self, path: MovePathIndex, drop: m.Drop, target: int, state: _State) -> int:
        node = self.paths.paths[path]
        if isinstance(node.ty, t.AdtTy) and node.ty.def_id.kind is DefKind.ENUM:
            return self._enum_drop(path, drop, target, state)
        if isinstance(node.ty, t.ArrayTy):
            return self._array_drop(path, node.ty, drop, target, state)
        return self._ladder(path, self._field_tys(node.ty, 0), drop, target, state)

    def _ladder(self, path: MovePathIndex, tys: list[t.Ty], drop: m.Drop, target: int, state: _State) -> int:
        """Fields in declaration order; built from the last one back."""
        node = self.paths.paths[path]
        at = target
        for index in range(len(tys) - 1, -1, -1):
            child = node.children.get(("field", index))
            if child is not None:
                at = self._drop_path(child, drop, at, state)
            elif needs_drop(self.db, self.env, tys[index]):
                dropped = self._new_block(m.Drop(node.place.project(m.Field(index, tys[index])), at, drop.span))
                at = self._guarded(path, dropped, at, drop, state)
        return at

    def _array_drop(self, path: MovePathIndex, ty: t.ArrayTy, drop: m.Drop, target: int, state: _State) -> int:
        """Elements with a path and the runs between them, the last one first as in rustc; a run in its order."""
        node, n, at = self.paths.paths[path], array_length(ty), target
        assert n is not None  # elements have paths
        runs: list[list[int]] = []
        for index in range(n):
            if ("element", index) in node.children or not runs or ("element", index - 1) in node.children:
                runs.append([])
            runs[-1].append(index)
        for index in [i for run in runs for i in reversed(run)]:
            child = node.children.get(("element", index))
            if child is not None:
                at = self._drop_path(child, drop, at, state)
            elif needs_drop(self.db, self.env, ty.ty):
                dropped = self._new_block(m.Drop(node.place.project(m.ConstantIndex(index, n, False)), at, drop.span))
                at = self._guarded(path, dropped, at, drop, state)
        return at

    def _guarded(self, path: MovePathIndex, dropped: int, target: int, drop: m.Drop, state: _State) -> int:
        """Behind the flag of ``path`` where the path itself may be uninitialised."""
        if not state.init >> path & 1:
            return target
        return self._test_flag(path, dropped, target, drop) if state.uninit >> path & 1 else dropped

    def _enum_drop(self, path: MovePathIndex, drop: m.Drop, target: int, state: _State) -> int:
        node = self.paths.paths[path]
        assert isinstance(node.ty, t.AdtTy)
        values = self._discriminant_bits(node.ty)
        discr_ty = discriminant_ty(self.db, node.ty)
        targets: list[tuple[int, int]] = []
        for (kind, variant), child in node.children.items():
            if kind == "variant":
                tys = self._field_tys(node.ty, variant)
                targets.append((values[variant], self._ladder(child, tys, drop, target, state)))
        others = (i for i in range(len(values)) if ("variant", i) not in node.children)
        whole = target
        if any(needs_drop(self.db, self.env, ty) for i in others for ty in self._field_tys(node.ty, i)):
            whole = self._new_block(m.Drop(node.place, target, drop.span))
        elif all(to == target for _, to in targets):
            return target
        discr = m.Place(len(self.body.locals))
        self.body.locals.append(m.LocalDecl(discr_ty, m.Mutability.MUT, span=drop.span))
        switch = self._new_block(m.SwitchInt(m.Move(discr), discr_ty, tuple(targets), whole, drop.span))
        self.body.blocks[switch].statements.append(m.Assign(discr, m.Discriminant(node.place), drop.span))
        return self._guarded(path, switch, target, drop, state)

    def _field_tys(self, ty: t.Ty, variant: int) -> list[t.Ty]:
        if isinstance(ty, t.TupleTy):
            return list(ty.elems)
        if isinstance(ty, t.ClosureTy):
            return upvar_tys(self.db, ty)
        assert isinstance(ty, t.AdtTy)
        from compiler.ty.adt import adt_def

        fields = adt_def(self.db, ty.def_id).variants[variant].fields
        return [normalize(self.db, self.env, t.erase_regions(t.subst(f.ty, ty.args))) for f in fields]

    # -- flags

    def _set_flags(self, n_blocks: int) -> None:
        """Assign the drop flags where their paths are initialised and moved out."""
        if not self.flags:
            return
        for at in range(n_blocks):
            block = self.body.blocks[at]
            out: list[m.Statement] = []
            for statement in block.statements:
                out.append(statement)
                if isinstance(statement, m.Assign):
                    self._flag_moves(rvalue_operands(statement.rvalue), out, statement.span)
                    self._flag_assign(statement.place, True, out, statement.span)
            block.statements = out
            self._flag_moves(terminator_operands(block.terminator), out, block.terminator.span)
            self._flag_call(block.terminator)
        entry: list[m.Statement] = []
        for path, flag in self.flags.items():
            local = self.paths.paths[path].place.local
            is_arg = 1 <= local <= self.body.arg_count
            entry.append(self._flag_set(flag, is_arg, self.body.span))
        self.body.blocks[0].statements[:0] = entry

    def _flag_set(self, flag: m.Local, value: bool, span: Span) -> m.Statement:
        constant = m.Constant(m.ScalarConst(int(value), t.bool_), span)
        return m.Assign(m.Place(flag), m.Use(constant), span)

    def _flag_assign(self, place: m.Place, value: bool, out: list[m.Statement], span: Span) -> None:
        path, exact = self.paths.lookup(place)
        if exact:
            for at in self.paths.descendants(path):
                if at in self.flags:
                    out.append(self._flag_set(self.flags[at], value, span))

    def _flag_moves(self, operands: tuple[m.Operand, ...], out: list[m.Statement], span: Span) -> None:
        for operand in operands:
            if type(operand) is m.Move:
                for place in whole_places(self.body, operand.place):
                    self._flag_assign(place, False, out, span)

    def _flag_call(self, terminator: m.Terminator) -> None:
        """What a call writes is initialised on its return edge, in a block of its own."""
        if not isinstance(terminator, (m.Call, m.InlineAsm)) or terminator.target is None:
            return
        statements: list[m.Statement] = []
        for place in assigned_places(terminator):
            self._flag_assign(place, True, statements, terminator.span)
        if statements:
            edge = self._new_block(m.Goto(terminator.target, terminator.span))
            self.body.blocks[edge].statements = statements
            terminator.target = edge
