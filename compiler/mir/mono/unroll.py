"""``#[unroll]`` on counted loops: copies of the body, made where locals are still memory.

What it is: for each loop that ``Body.loop_unroll`` names, full unrolling (factor 0) or a grouped loop of ``factor``
copies before the loop as written, which does the remaining iterations.

Assumes: a concrete body with evaluated constants. Guarantees: same behaviour; a loop whose shape is not understood
stays a loop and is in the result with the reason. Afterwards ``loop_unroll`` names loops that LLVM is to leave alone
(factor 1). Understood are loops whose header only compares a counter with a limit that the loop does not change; the
counter is not borrowed and every path to the next iteration adds the same constant. Full unrolling needs a constant
start and limit; grouped unrolling ``<`` or ``<=`` and a positive step (kernel-language.md 1.8).

Before: ``h: if i < 3 { body; i += 1; goto h }``; after, with factor 0: ``body; i += 1; body; i += 1; body; i += 1``.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from compiler.base.span import Span
from compiler.mir import body as m
from compiler.mir.mono.errors import NotUnrolled, UnrollFactor
from compiler.mir.mono.simplify import KnownValues, keep_reachable, retarget, successors
from compiler.mir.place_ty import operand_ty
from compiler.ty import types as t

MAX_COPIES: Final = 1024
MAX_BLOCKS: Final = 8192
MAX_STATEMENTS: Final = 65_536
LEAVE_ALONE: Final = 1
_FLIPPED: Final = {
    m.BinOp.LT: m.BinOp.GT,
    m.BinOp.LE: m.BinOp.GE,
    m.BinOp.GT: m.BinOp.LT,
    m.BinOp.GE: m.BinOp.LE,
    m.BinOp.NE: m.BinOp.NE,
    m.BinOp.EQ: m.BinOp.EQ,
}
_NEGATED: Final = {
    m.BinOp.LT: m.BinOp.GE,
    m.BinOp.LE: m.BinOp.GT,
    m.BinOp.GT: m.BinOp.LE,
    m.BinOp.GE: m.BinOp.LT,
    m.BinOp.NE: m.BinOp.EQ,
    m.BinOp.EQ: m.BinOp.NE,
}


class _Refused(Exception):
    """Why a loop stays a loop."""


@dataclass(slots=True)
class _Loop:
    """``header`` tests ``counter op limit``; the loop goes on at ``inside`` and ends at ``outside``."""

    header: int
    blocks: frozenset[int]
    counter: m.Local
    op: m.BinOp
    limit: m.Operand
    step: int
    inside: int
    outside: int
    ty: t.IntTy


def unrolled(body: m.Body) -> list[NotUnrolled | UnrollFactor]:
    """Unroll what ``loop_unroll`` asks for, inner loops first; where loops stay as they are, and why."""
    wanted = body.loop_unroll
    body.loop_unroll = {}
    refused: list[NotUnrolled | UnrollFactor] = []
    loops = {header: _blocks_of(body, header) for header in wanted}
    for header in sorted(wanted, key=lambda h: (len(loops[h]), h)):
        factor, span = wanted[header], body.blocks[header].terminator.span
        if not isinstance(factor, int) or not loops[header]:
            continue
        if factor == 1 or factor > MAX_COPIES:
            refused.append(UnrollFactor(body.def_id, span, factor))
            continue
        try:
            loop = _counted(body, header, loops[header])
            made = _unroll_all(body, loop) if factor == 0 else _unroll_by(body, loop, factor)
            loops = {h: found | made if header in found and h != header else found for h, found in loops.items()}
        except _Refused as why:
            refused.append(NotUnrolled(body.def_id, span, str(why)))
    if wanted:
        keep_reachable(body)
    return refused


# ---------------------------------------------------------------- the shape


def _reached(body: m.Body, start: int, without: int) -> set[int]:
    seen, work = {start}, [start]
    while work:
        for to in successors(body.blocks[work.pop()].terminator):
            if to != without and to not in seen:
                seen.add(to)
                work.append(to)
    return seen


def _blocks_of(body: m.Body, header: int) -> frozenset[int]:
    """The natural loop of a header: blocks that go on to it and that only it leads to."""
    entered = _reached(body, 0, header) if header else set()
    preds: dict[int, list[int]] = {}
    for at, block in enumerate(body.blocks):
        for to in successors(block.terminator):
            preds.setdefault(to, []).append(at)
    below = _reached(body, header, -1)
    work = [p for p in preds.get(header, ()) if p in below and p not in entered]
    found = {header, *work} if work else set()
    while work:
        at = work.pop()
        if at != header:
            fresh = [p for p in preds.get(at, ()) if p not in found]
            found.update(fresh)
            work += fresh
    return frozenset(found)


def _counted(body: m.Body, header: int, blocks: frozenset[int]) -> _Loop:
    op, left, right, inside, outside = _test(body, header, blocks)
    for counter, limit, turned in ((left, right, op), (right, left, _FLIPPED[op])):
        steps = _steps(body, counter, blocks)
        if steps and isinstance(counter, m.Copy | m.Move):
            local = counter.place.local
            ty = body.locals[local].ty
            if not isinstance(ty, t.IntTy):
                raise _Refused("its counter is not an integer")
            if not _is_fixed(body, limit, blocks, header):
                raise _Refused("its limit changes inside the loop")
            step = _total_step(body, header, blocks, local, steps, ty)
            return _Loop(header, blocks, local, turned, limit, step, inside, outside, ty)
    raise _Refused("its test does not compare a counter that each iteration moves by a constant")


def _test(body: m.Body, header: int, blocks: frozenset[int]) -> tuple[m.BinOp, m.Operand, m.Operand, int, int]:
    """The comparison under which the loop goes on, and where to."""
    block = body.blocks[header]
    term = block.terminator
    if isinstance(term, m.Call):
        raise _Refused("its test calls a function; only counted `while` loops over integers are unrolled")
    if not isinstance(term, m.SwitchInt) or len(term.targets) != 1 or term.targets[0][0] != 0:
        raise _Refused("it does not begin with a test")
    if not all(_is_pure(s) for s in block.statements):
        raise _Refused("its test has a side effect")
    if_false, if_true = term.targets[0][1], term.otherwise
    if (if_false in blocks) == (if_true in blocks):
        raise _Refused("its test does not end it")
    found = _definition(body, term.discr, header)
    if not isinstance(found, m.BinaryOp) or found.op not in _FLIPPED:
        raise _Refused("its test is not one comparison")
    if if_true in blocks:
        return found.op, _source(body, found.left, header), _source(body, found.right, header), if_true, if_false
    op = _NEGATED[found.op]
    return op, _source(body, found.left, header), _source(body, found.right, header), if_false, if_true


def _is_pure(statement: m.Statement) -> bool:
    if isinstance(statement, m.Assign):
        return not statement.place.projection and not isinstance(statement.rvalue, m.Printf | m.Ref | m.RawPtr)
    return isinstance(statement, m.StorageLive | m.StorageDead | m.Nop)


def _definition(body: m.Body, operand: m.Operand, block: int) -> m.Rvalue | None:
    """What a temporary of a block was assigned in it."""
    if isinstance(operand, m.Constant) or operand.place.projection:
        return None
    for s in reversed(body.blocks[block].statements):
        if isinstance(s, m.Assign) and s.place.local == operand.place.local:
            return s.rvalue if not s.place.projection else None
    return None


def _source(body: m.Body, operand: m.Operand, block: int) -> m.Operand:
    """Behind copies into temporaries of the block."""
    while isinstance(found := _definition(body, operand, block), m.Use):
        operand = found.operand
    return operand


# ---------------------------------------------------------------- the counter and the limit


def _writes(body: m.Body, local: m.Local, blocks: Iterable[int]) -> list[tuple[int, m.Rvalue | None]]:
    """(block, value; None for what is no plain assignment) of each write to a local."""
    found: list[tuple[int, m.Rvalue | None]] = []
    for at in blocks:
        for s in body.blocks[at].statements:
            if isinstance(s, m.Assign | m.SetDiscriminant) and s.place.local == local:
                plain = isinstance(s, m.Assign) and not s.place.projection
                found.append((at, s.rvalue if plain and isinstance(s, m.Assign) else None))
        term = body.blocks[at].terminator
        written = [term.destination] if isinstance(term, m.Call) else []
        if isinstance(term, m.InlineAsm):
            written = [o.place for o in term.operands if o.place is not None]
        found += [(at, None) for place in written if place.local == local]
    return found


def _is_borrowed(body: m.Body, local: m.Local) -> bool:
    """Whether something may write a local through a pointer."""
    for block in body.blocks:
        for s in block.statements:
            rv = s.rvalue if isinstance(s, m.Assign) else None
            mutably = isinstance(rv, m.RawPtr) or (isinstance(rv, m.Ref) and rv.kind is not m.BorrowKind.SHARED)
            if mutably and rv.place.local == local and m.Deref() not in rv.place.projection:  # type: ignore[union-attr]
                return True
    return False


def _steps(body: m.Body, counter: m.Operand, blocks: frozenset[int]) -> list[tuple[int, int]]:
    """(block, amount) of each addition to a counter; empty if it is none."""
    if isinstance(counter, m.Constant) or counter.place.projection:
        return []
    local = counter.place.local
    out = []
    for at, value in _writes(body, local, blocks):
        amount = _amount(body, value, local, at)
        if amount is None:
            return []
        out.append((at, amount))
    return [] if _is_borrowed(body, local) else out


def _amount(body: m.Body, value: m.Rvalue | None, local: m.Local, block: int) -> int | None:
    """``n`` of ``local + n``."""
    if isinstance(value, m.Use):
        value = _definition(body, value.operand, block)
    if not isinstance(value, m.BinaryOp) or value.op not in (m.BinOp.ADD, m.BinOp.SUB):
        return None
    left, right = _source(body, value.left, block), _source(body, value.right, block)
    if isinstance(left, m.Constant) and value.op is m.BinOp.ADD:
        left, right = right, left
    known = KnownValues(body).operand(right)
    if isinstance(left, m.Constant) or left.place != m.Place(local) or known is None:
        return None
    return known if value.op is m.BinOp.ADD else -known


def _total_step(
    body: m.Body, header: int, blocks: frozenset[int], counter: m.Local, steps: list[tuple[int, int]], ty: t.IntTy
) -> int:
    """What every path from the header back to it adds, signed."""
    added: dict[int, int] = {}
    for at, amount in steps:
        added[at] = added.get(at, 0) + amount
    at_start: dict[int, int] = {header: 0}
    work, total = [header], None
    while work:
        at = work.pop()
        after = at_start[at] + added.get(at, 0)
        for to in successors(body.blocks[at].terminator):
            if to == header:
                total = after if total is None else total
                if total != after:
                    raise _Refused("some paths move its counter by another amount")
            elif to in blocks and to not in at_start:
                at_start[to] = after
                work.append(to)
            elif to in blocks and at_start[to] != after:
                raise _Refused("some paths move its counter by another amount")
    bits = ty.bits
    wrapped = (total or 0) & ((1 << bits) - 1)
    wrapped = wrapped - (1 << bits) if wrapped >> (bits - 1) and (ty.signed or (total or 0) < 0) else wrapped
    if not wrapped:
        raise _Refused("an iteration does not move its counter")
    return wrapped


def _is_fixed(body: m.Body, operand: m.Operand, blocks: frozenset[int], header: int) -> bool:
    """Whether an operand of the test has one value in all iterations."""
    if isinstance(operand, m.Constant):
        return True
    if operand.place.projection:
        return False
    local = operand.place.local
    rvalue = _definition(body, operand, header)
    if rvalue is not None and all(at == header for at, _ in _writes(body, local, blocks)):
        return _is_fixed_rvalue(body, rvalue, blocks, header)
    return not _writes(body, local, blocks) and not _is_borrowed(body, local)


def _is_fixed_rvalue(body: m.Body, rvalue: m.Rvalue, blocks: frozenset[int], header: int) -> bool:
    match rvalue:
        case m.Use() | m.Cast() | m.UnaryOp():
            return _is_fixed(body, rvalue.operand, blocks, header)
        case m.BinaryOp():
            return all(_is_fixed(body, o, blocks, header) for o in (rvalue.left, rvalue.right))
        case m.Len():
            return _is_fixed(body, m.Copy(m.Place(rvalue.place.local)), blocks, header)
    return False


# ---------------------------------------------------------------- copies


def _copies(body: m.Body, loop: _Loop, n: int) -> list[dict[int, int]]:
    """``n`` copies of the loop's blocks: old to new; the back edges of one lead to the header of the next, those of
    the last to itself."""
    n_statements = sum(len(body.blocks[b].statements) + 1 for b in loop.blocks)
    if n > MAX_COPIES or n * len(loop.blocks) > MAX_BLOCKS or n * n_statements > MAX_STATEMENTS:
        raise _Refused(f"it would be copied {n} times, which is more than the limit")
    ordered = sorted(loop.blocks)
    maps = [{old: len(body.blocks) + k * len(ordered) + i for i, old in enumerate(ordered)} for k in range(n)]
    originals = [body.blocks[b] for b in ordered]
    for k, to in enumerate(maps):
        following = maps[min(k + 1, n - 1)]
        for old, original in zip(ordered, originals, strict=True):
            made = m.BasicBlock(list(map(copy.copy, original.statements)), copy.copy(original.terminator))
            retarget(made.terminator, _Targets({**to, loop.header: following[loop.header]}))
            body.blocks.append(made)
            if old in body.loop_unroll:
                body.loop_unroll[to[old]] = body.loop_unroll[old]
    return maps


class _Targets(dict[int, int]):
    def __missing__(self, block: int) -> int:
        return block


def _pass_test(body: m.Body, block: int, target: int) -> None:
    """The test of a copy whose outcome is known."""
    body.blocks[block].terminator = m.Goto(target, body.blocks[block].terminator.span)


def _enter(body: m.Body, loop: _Loop, new: int, n_before: int) -> None:
    """Edges from outside the loop to its header go to ``new``."""
    to = _Targets({loop.header: new})
    for at in range(n_before):
        if at not in loop.blocks:
            retarget(body.blocks[at].terminator, to)


def _unroll_all(body: m.Body, loop: _Loop) -> frozenset[int]:
    start, limit = _start(body, loop), KnownValues(body).operand(loop.limit)
    if start is None or limit is None:
        raise _Refused("its number of iterations is not a constant")
    n, n_before = _trip_count(loop, start, limit), len(body.blocks)
    maps = _copies(body, loop, n + 1)
    for to in maps[:-1]:
        _pass_test(body, to[loop.header], to[loop.inside])
    _pass_test(body, maps[-1][loop.header], loop.outside)
    _enter(body, loop, maps[0][loop.header], n_before)
    return frozenset(range(n_before, len(body.blocks)))


def _start(body: m.Body, loop: _Loop) -> int | None:
    """The counter's value before the first iteration, if one straight line of blocks sets it."""
    before, seen = loop.header, set(loop.blocks)
    while True:
        preds = [at for at, b in enumerate(body.blocks) if before in successors(b.terminator) and at not in loop.blocks]
        if len(preds) != 1 or preds[0] in seen:
            return None
        before = preds[0]
        seen.add(before)
        for s in reversed(body.blocks[before].statements):
            if isinstance(s, m.Assign) and s.place == m.Place(loop.counter):
                return KnownValues(body).rvalue(s.rvalue)
        if any(value is None for _, value in _writes(body, loop.counter, (before,))):
            return None


def _trip_count(loop: _Loop, start: int, limit: int) -> int:
    value, bound = _number(start, loop.ty), _number(limit, loop.ty)
    n = 0
    while _holds(loop.op, value, bound):
        n += 1
        if n > MAX_COPIES:
            raise _Refused(f"it has more than {MAX_COPIES} iterations")
        value = _number(value + loop.step, loop.ty)
    return n


def _number(bits: int, ty: t.IntTy) -> int:
    value = bits & ((1 << ty.bits) - 1)
    return value - (1 << ty.bits) if ty.signed and value >> (ty.bits - 1) else value


def _holds(op: m.BinOp, left: int, right: int) -> bool:
    return {
        m.BinOp.LT: left < right,
        m.BinOp.LE: left <= right,
        m.BinOp.GT: left > right,
        m.BinOp.GE: left >= right,
        m.BinOp.NE: left != right,
        m.BinOp.EQ: left == right,
    }[op]


def _unroll_by(body: m.Body, loop: _Loop, factor: int) -> frozenset[int]:
    """``while limit - i > (factor - 1) * step { factor copies }`` before the loop itself."""
    if loop.op not in (m.BinOp.LT, m.BinOp.LE) or loop.step < 0:
        raise _Refused("a partly unrolled loop must count up to a limit with `<` or `<=`")
    room = (factor - 1) * loop.step
    if room >> (loop.ty.bits - 1):
        raise _Refused("so many steps at once do not fit the counter's type")
    n_before = len(body.blocks)
    maps = _copies(body, loop, factor)
    for to in maps:
        _pass_test(body, to[loop.header], to[loop.inside])
    span = body.blocks[loop.header].terminator.span
    grouped = len(body.blocks)
    header = body.blocks[loop.header]
    test = m.BasicBlock(list(map(copy.copy, header.statements)), copy.copy(header.terminator))
    retarget(test.terminator, _Targets({loop.inside: grouped + 1, loop.outside: loop.header}))
    body.blocks += [test, _room_test(body, loop, room, maps[0][loop.inside], span)]
    for old in loop.blocks:
        retarget(body.blocks[maps[-1][old]].terminator, _Targets({maps[-1][loop.header]: grouped}))
    _enter(body, loop, grouped, n_before)
    body.loop_unroll[grouped] = body.loop_unroll[loop.header] = LEAVE_ALONE
    return frozenset(range(n_before, len(body.blocks)))


def _room_test(body: m.Body, loop: _Loop, room: int, go_on: int, span: Span) -> m.BasicBlock:
    """Whether the counter, which is below the limit, may move on by ``room`` and still pass the test."""
    unsigned = t.PRIMITIVES[f"u{loop.ty.name[1:]}"]

    def temp(ty: t.Ty) -> m.Place:
        body.locals.append(m.LocalDecl(ty, m.Mutability.MUT, None, span))
        return m.Place(len(body.locals) - 1)

    left, enough = temp(loop.ty), temp(t.bool_)
    statements: list[m.Statement] = [
        m.Assign(left, m.BinaryOp(m.BinOp.SUB, _read(loop.limit), m.Copy(m.Place(loop.counter))), span)
    ]
    if loop.ty.signed:
        signed, left = left, temp(unsigned)
        statements.append(m.Assign(left, m.Cast(m.CastKind.INT_TO_INT, m.Copy(signed), unsigned), span))
    op = m.BinOp.GT if loop.op is m.BinOp.LT else m.BinOp.GE
    bound = m.Constant(m.ScalarConst(room, operand_ty(body.locals, m.Copy(left))), span)
    statements.append(m.Assign(enough, m.BinaryOp(op, m.Copy(left), bound), span))
    return m.BasicBlock(statements, m.SwitchInt(m.Move(enough), t.bool_, ((0, loop.header),), go_on, span))


def _read(operand: m.Operand) -> m.Operand:
    return operand if isinstance(operand, m.Constant) else m.Copy(operand.place)
