"""Symbolic execution of a kernel: every function it calls, every path joined where it meets again.

What it is: :class:`Executor`. A function's blocks run in reverse post-order; where paths meet, their states are joined
(:func:`~.state.join`). A loop's body runs twice: once on placeholders to learn how values move
(:mod:`compiler.analysis.disjointness.loops`), once on the values of iteration ``k``, recording accesses. Loops with a
small constant number of iterations and irregular values are unrolled. Calls are followed into their bodies.

Assumes: mono items without errors. Guarantees: an :class:`~.access.AccessSet`, or :class:`~.memory.GiveUp` with the
reason.

Example: ``while i < n { c[i] = 0; i += stride }`` records one write at ``4*(i0 + stride*k)`` under ``i < n``.
"""

from __future__ import annotations

from dataclasses import replace
from math import lcm
from typing import Any, Final

from compiler.analysis.disjointness import order as orders
from compiler.analysis.disjointness.flow import Flow, Loop, flow_of
from compiler.analysis.disjointness.in_flight import MAX_LAG, Copies, after_inline, moved, of_some_iteration, united
from compiler.analysis.disjointness.intrinsics import Intrinsics
from compiler.analysis.disjointness.loops import Last, LoopTerms, Progression, Recurrences, kept_parts
from compiler.analysis.disjointness.memory import Frame, GiveUp, is_witness_method
from compiler.analysis.disjointness.quiet import QuietFunctions, leads_to
from compiler.analysis.disjointness.recurrences import flattened, is_shared, leaves_of, sequences, shared_recurrences
from compiler.analysis.disjointness.state import (
    GRID_STREAM,
    Point,
    State,
    assume,
    entailed,
    join,
    possible,
    resolved,
    resolved_cond,
    streams_from,
)
from compiler.analysis.disjointness.substitute import Substitution
from compiler.analysis.disjointness.synchronise import Call
from compiler.analysis.disjointness.terms import GRID, THREAD, Cond, Poly
from compiler.analysis.disjointness.values import (
    UNIT,
    Aggregate,
    EnumValue,
    LocalPlace,
    Opaque,
    Pointer,
    Region,
    Value,
    choices,
    level_of,
    through_witness,
)
from compiler.analysis.disjointness.verdict import AccessKind
from compiler.mir import body as m
from compiler.mir.mono.attributes import intrinsic_name
from compiler.mir.mono.model import Instance, InstanceKind, MonoFunction
from compiler.ty import types as t

_READ: Final = AccessKind.READ
MAX_DEPTH: Final = 48
MAX_UNROLL: Final = 33
MAX_TURNS: Final = 8
MAX_UNROLLED_STEPS: Final = 4000

Exits = dict[int, list[State]]
RETURN: Final = -1


class Executor(Intrinsics):
    """See the module docstring."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.flows: dict[int, Flow] = {}
        self.frames = 0
        self.walks: Recurrences = {}
        self.loop_numbers: dict[Any, int] = {}
        self.exact_loops: set[int] = set()
        self.turns: dict[int, int] = {}  # of a loop, how many iterations are executed as one
        self.quiet = QuietFunctions(self.db, self.functions)

    # -- functions

    def enter(self, function: MonoFunction, parent: Frame | None, span: Any, chain: tuple[Any, ...]) -> Frame:
        """A frame for a call."""
        self.frames += 1
        flow = self.flows.get(id(function.body))
        if flow is None:
            flow = self.flows[id(function.body)] = flow_of(function.body)
        depth = parent.depth + 1 if parent is not None else 0
        frame = Frame(function, flow, self.frames << 16, parent, span, chain, depth)
        if flow.irregular:
            raise GiveUp("control flow that is no structured loop", self.place_at(frame, span, AccessKind.READ))
        return frame

    def run(self, frame: Frame, args: list[Value], state: State) -> tuple[State | None, Value]:
        """Execute a function to its returns."""
        for i, arg in enumerate(args):
            state.env[frame.base + 1 + i] = arg
        exits, _ = self.region_run(frame, None, 0, [state], -2)
        returned = exits.get(RETURN)
        if not returned:
            return None, UNIT
        state = join(self.terms, returned)
        result = state.env.get(frame.base, UNIT)
        for key in [k for k in state.env if k >> 16 == self.frame_id(frame)]:
            del state.env[key]
        return state, resolved(self.terms, state, result)

    def frame_id(self, frame: Frame) -> int:
        """The part of a key that names the frame."""
        return frame.base >> 16

    def region_run(
        self, frame: Frame, blocks: set[int] | None, entry: int, states: list[State], header: int
    ) -> tuple[Exits, list[State]]:
        """Execute blocks from ``entry`` on; states that leave them by target, and those that return to ``header``."""
        pending: Exits = {entry: states}
        exits: Exits = {}
        back: list[State] = []
        for b in frame.flow.order:
            waiting = pending.pop(b, None)
            if not waiting or (blocks is not None and b not in blocks):
                if waiting:
                    exits.setdefault(b, []).extend(waiting)
                continue
            state = join(self.terms, waiting)
            loop = frame.flow.loops.get(b) if b != header else None
            outgoing = self.loop_run(frame, loop, state) if loop is not None else self.block_run(frame, b, state)
            for target, reached in outgoing:
                if target == header:
                    back.append(reached)
                elif target == RETURN or (blocks is not None and target not in blocks):
                    exits.setdefault(target, []).append(reached)
                else:
                    pending.setdefault(target, []).append(reached)
        return exits, back

    # -- blocks

    def block_run(self, frame: Frame, b: int, state: State) -> list[tuple[int, State]]:
        """Execute one block."""
        state = state.fork()
        block = frame.body.blocks[b]
        for s in block.statements:
            self.tick()
            if isinstance(s, m.Assign):
                dest, ty = self.destination(state, frame, s.place)
                value = self.rvalue(state, frame, s.rvalue, ty, s.span)
                self.store(state, frame, dest, ty, value, s.span)
            elif isinstance(s, m.SetDiscriminant):
                dest, ty = self.destination(state, frame, s.place)
                if isinstance(dest, LocalPlace):
                    old = self.load_value(state, dest, ty)
                    variants = old.variants if isinstance(old, EnumValue) else {}
                    made = EnumValue(self.terms.const(s.variant_index), {**variants})
                    made.variants.setdefault(s.variant_index, ())
                    self.store(state, frame, dest, ty, made, s.span)
                else:
                    self.store(state, frame, dest, ty, Opaque(), s.span)
            elif isinstance(s, m.StorageDead) and not isinstance(state.env.get(frame.base + s.local), Pointer):
                state.env.pop(frame.base + s.local, None)
        self.tick()
        return self.terminator(frame, b, block.terminator, state)

    def destination(self, state: State, frame: Frame, place: m.Place) -> tuple[Any, t.Ty]:
        """Where an assignment goes."""
        if not place.projection:
            return LocalPlace(frame.base + place.local), frame.body.locals[place.local].ty
        return self.place(state, frame, place)

    def terminator(self, frame: Frame, b: int, end: m.Terminator, state: State) -> list[tuple[int, State]]:
        """Where a block goes from its end."""
        match end:
            case m.Goto(target):
                return [(target, state)]
            case m.SwitchInt():
                return self.switch(frame, end, state)
            case m.Return():
                return [(RETURN, state)]
            case m.Call():
                return self.call(frame, b, end, state)
            case m.Assert():
                return self.checked(frame, end, state)
            case m.Drop():
                return self.dropped(frame, b, end, state)
            case m.FalseEdge(target) | m.FalseUnwind(target):
                return [(target, state)]
            case m.InlineAsm():
                return self.asm(frame, end, state)
        return []

    def switch(self, frame: Frame, end: m.SwitchInt, state: State) -> list[tuple[int, State]]:
        """A branch; one condition after the other, so that paths meet again pairwise."""
        value = self.operand(state, frame, end.discr, end.span)
        out: list[tuple[int, State]] = []
        rest: State | None = state
        targets = list(end.targets)
        if isinstance(frame.body.blocks[end.otherwise].terminator, m.Unreachable) and len(targets) > 1:
            if not frame.body.blocks[end.otherwise].statements:
                last = targets.pop()[1]
                return self._switched(value, targets, last, end.ty, state)
        return self._switched(value, targets, end.otherwise, end.ty, rest) or out

    def _switched(
        self, value: Value, targets: list[tuple[int, int]], otherwise: int, ty: t.Ty, state: State | None
    ) -> list[tuple[int, State]]:
        out: list[tuple[int, State]] = []
        for bits, target in targets:
            if state is None:
                return out
            cond = resolved_cond(self.terms, state, self.equals(value, bits, ty))
            self.branched.update((cond.id, self.terms.negate(cond).id))
            taken = assume(self.terms, state, cond)
            state = assume(self.terms, state, self.terms.negate(cond))
            if state is not None:
                state = self.learned(state, self.terms.negate(cond))
            if taken is not None:
                out.append((target, self.learned(taken.fork(), cond)))
        if state is not None:
            out.append((otherwise, state))
        return out

    def equals(self, value: Value, bits: int, ty: t.Ty) -> Cond:
        """``value == bits``."""
        if isinstance(value, Cond):
            return value if bits else self.terms.negate(value)
        if isinstance(value, Poly):
            if isinstance(ty, t.IntTy) and ty.signed and bits >> (ty.bits - 1):
                bits -= 1 << ty.bits
            return self.terms.eq(value, self.terms.const(bits))
        return self.terms.fresh_condition("branch", level_of(value))

    def checked(self, frame: Frame, end: m.Assert, state: State) -> list[tuple[int, State]]:
        """A check that traps."""
        cond = self.operand(state, frame, end.cond, end.span)
        if not isinstance(cond, Cond):
            return [(end.target, state)]
        wanted = cond if end.expected else self.terms.negate(cond)
        if end.kind is m.AssertKind.BOUNDS_CHECK and self.recording:
            self.note_bounds(frame, end, state, wanted)
        wanted = resolved_cond(self.terms, state, wanted)
        self.asserted.update(c.id for c in (wanted, *wanted.args))
        passed = assume(self.terms, state, wanted)
        return [(end.target, passed)] if passed is not None else []

    def note_bounds(self, frame: Frame, end: m.Assert, state: State, inside: Cond) -> None:
        """A bounds check for the facts on bounds."""
        from compiler.analysis.disjointness.access import BoundsCheck

        place = self.place_at(frame, end.span, AccessKind.READ)
        values = [self.operand(state, frame, o, end.span) for o in end.operands]
        length, index = ([v if isinstance(v, Poly) else None for v in values] + [None, None])[:2]
        self.out.bounds.append(BoundsCheck(inside, state.path, place, None, True, index, length))

    def asm(self, frame: Frame, end: m.InlineAsm, state: State) -> list[tuple[int, State]]:
        """Inline PTX: unknown results; memory objects it is given are not followed."""
        level = GRID
        self.out.is_exact = self.out.is_exact and end.register_only
        for o in end.operands:
            if o.value is not None:
                value = self.operand(state, frame, o.value, end.span)
                level = max(level, level_of(value))
                if not end.register_only:
                    self.forget_local(state, frame, value, end.span)
                for _, p in choices(value):
                    if isinstance(p, Pointer) and not isinstance(p.base, LocalPlace) and not end.register_only:
                        self.unfollowed(frame, end.span, "inline PTX accesses memory", p.base)
        if not end.register_only:
            pending, state = after_inline(state.pending, end.template.decode("latin-1")), state.fork()
            state.pending = pending or ()
            if pending is None:
                self.order_at("inline PTX", state, frame, end.span)
        for o in end.operands:
            if o.place is not None:
                at, ty = self.place(state, frame, o.place)
                self.store(state, frame, at, ty, self.unknown(ty, THREAD, "inline PTX"), end.span)
        return [(end.target, state)]

    # -- calls

    def dropped(self, frame: Frame, b: int, end: m.Drop, state: State) -> list[tuple[int, State]]:
        """Drop glue."""
        glue = frame.function.drops.get(b)
        if glue is None:
            return [(end.target, state)]
        pointer = self.address(state, frame, end.place)
        after, _ = self.invoke(frame, b, glue, [pointer], [t.PtrTy(t.UNIT, True)], t.UNIT, end.span, state)
        return [(end.target, after)] if after is not None else []

    def call(self, frame: Frame, b: int, end: m.Call, state: State) -> list[tuple[int, State]]:
        """A call: into its body, an intrinsic, or something unknown."""
        if end.target is None:
            return []
        dest, dest_ty = self.destination(state, frame, end.destination)
        args = [self.operand(state, frame, a, end.span) for a in end.args]
        types = [self.operand_ty(frame, a) for a in end.args]
        callee = frame.function.callees.get(b)
        if callee is None:
            self.unfollowed(frame, end.span, "a call through a function pointer")
            after: State | None = state
            value: Value = self.unknown(dest_ty)
        else:
            after, value = self.invoke(frame, b, callee, args, types, dest_ty, end.span, state)
        if after is None:
            return []
        if after.env is not state.env and not end.destination.projection:
            dest = LocalPlace(frame.base + end.destination.local)
        self.store(after, frame, dest, dest_ty, value, end.span)
        return [(end.target, after)]

    def invoke(
        self,
        frame: Frame,
        b: int,
        callee: Instance,
        args: list[Value],
        types: list[t.Ty],
        dest: t.Ty,
        span: Any,
        state: State,
    ) -> tuple[State | None, Value]:
        """Run a callee."""
        if callee.kind is InstanceKind.INTRINSIC:
            name = intrinsic_name(self.db, callee.def_id) or callee.def_id.name
            return self.intrinsic(Call(name, callee, args, types, dest, state, frame, span, b))
        call = Call(callee.def_id.name, callee, args, types, dest, state, frame, span, b)
        known = self.known_function(call)
        if known is not None:
            return known
        function = self.functions.get(callee)
        if function is None:
            self.out.is_exact = self.out.is_exact and not any(self.holds_pointer(ty) for ty in types)
            return state, self.plain(call)
        if self.quiet.is_quiet(callee):
            skipped = self.skipped(call)
            if skipped is not None:
                self.out.left_out.append(callee)
                return skipped
        at: Frame | None = frame
        while at is not None:
            if at.function is function:
                raise GiveUp(f"`{callee.def_id.name}` is recursive", self.place_at(frame, span, AccessKind.READ))
            at = at.parent
        if frame.depth > MAX_DEPTH:
            raise GiveUp("calls are nested too deeply", self.place_at(frame, span, AccessKind.READ))
        inner = self.enter(function, frame, span, (*frame.chain, b, callee.def_id.path))
        proved = is_witness_method(callee.def_id) and self.is_parameter(state, args[0], types[0])
        after, value = self.run(inner, args, state)
        return after, through_witness(value, callee.def_id.name) if proved else value

    def is_parameter(self, state: State, receiver: Value, ty: t.Ty) -> bool:
        """Whether a witness method is called on a slice as the kernel got it, not on one made of its parts."""
        if not isinstance(receiver, Pointer) or not isinstance(receiver.base, LocalPlace):
            return False
        if not isinstance(ty, t.RefTy):
            return False
        value = self.load_value(state, receiver.base, t.UNIT)
        spaces = [repr(a) for a in ty.ty.args if isinstance(a, t.Ty)][1:] if isinstance(ty.ty, t.AdtTy) else []
        if not isinstance(value, Aggregate) or len(value.fields) < 3:
            return False
        first = value.fields[0]
        if not isinstance(first, Pointer) or not isinstance(first.base, Region):
            return False
        parts = first.base.slice_parts
        same_space = (spaces[0] if spaces else "Index1D") == first.base.proof_type
        return same_space and len(parts) == 3 and same_value(Aggregate(value.fields[:3]), Aggregate(parts))

    def known_function(self, call: Call) -> tuple[State | None, Value] | None:
        """Library functions whose meaning is not in their code: barriers built from memory accesses."""
        def_id = call.instance.def_id
        if def_id.krate.name != "cuda_device":
            return None
        if def_id.path.endswith("grid::sync"):
            return self.barrier(call, streams_from(GRID_STREAM)), UNIT
        return None

    def skipped(self, call: Call) -> tuple[State, Value] | None:
        """A call of a quiet function with its effect forgotten; None if it is given a writable memory object."""
        places: list[LocalPlace] = []
        seen: set[int] = set()
        if self.holds_pointer(call.dest) or not all(leads_to(a, places) for a in call.args):
            return None
        while places:
            at = places.pop()
            if at.key in seen or at.key < 0:
                continue
            seen.add(at.key)
            if not leads_to(call.state.env.get(at.key), places):
                return None
        level = max((level_of(a) for a in call.args), default=GRID)
        if self.quiet.reads_coordinates(call.instance):
            level = THREAD
        for ty, arg in zip(call.types, call.args, strict=True):
            for at in self.written_through(arg, ty):
                self.store(call.state, call.frame, at, t.UNIT, Opaque(level, True, "call"), call.span)
        return call.state, self.unknown(call.dest, level, f"{call.instance.def_id.name}(..)")

    def written_through(self, value: Value, ty: t.Ty) -> list[LocalPlace]:
        """Locals a callee may write: those behind anything but a shared reference."""
        if isinstance(ty, t.RefTy) and not ty.mutable:
            return []
        if isinstance(value, Aggregate):
            types = [ty.ty] * len(value.fields) if isinstance(ty, t.ArrayTy) else self.fields(ty)
            if len(types) == len(value.fields):
                pairs = zip(value.fields, types, strict=True)
                return [at for v, f in pairs for at in self.written_through(v, f)]
        if isinstance(value, EnumValue):
            found: list[LocalPlace] = []
            for variant, fields in value.variants.items():
                types = self.fields(ty, variant)
                if len(types) == len(fields):
                    found += [at for v, f in zip(fields, types, strict=True) for at in self.written_through(v, f)]
                    continue
                leads_to(Aggregate(fields), found)
            return found
        places: list[LocalPlace] = []
        leads_to(value, places)
        return places

    # -- loops

    def loop_run(self, frame: Frame, loop: Loop, state: State, peeled: bool = False) -> list[tuple[int, State]]:
        """Execute a loop: learn how it moves, then record one general iteration."""
        number = self.loop_numbers.setdefault((frame.chain, loop.header), len(self.loop_numbers))
        self.turns.pop(number, None)
        self.turning -= {number}
        counter = self.terms.symbol(f"k{number}", THREAD, 0, self.terms.most_iterations, False, number)
        learned = self._learn(frame, loop, state, number, counter)
        head, back, irregular, first_differs = learned
        if first_differs and not peeled:
            return self._peeled(frame, loop, state)
        in_turn = number in self.turning
        if (irregular or in_turn) and len(loop.blocks) < 200:
            unrolled = self._unrolled(frame, loop, state, number)
            if unrolled is not None:
                return unrolled
        if in_turn and back is not None:
            turns = self._turns(frame, loop, head, number, counter)
            if turns > 1:
                head = self._in_turns(head, number, counter, turns)
                back = self._arrivals(frame, loop, head, number, counter) or back
        if back is not None:
            self._guess_phases(frame, loop, state, head, number, counter)
            head.synced = head.synced or back.synced
            head.order = orders.at_head(head.order, back.order)
            head.points = self._loop_points(
                state, self._at_end(frame, loop, head, back, number, counter), counter, number
            )
            head.pending = self._pending_at_head(frame, loop, head, back, number, counter)
        self.counters.append(counter)
        self.loop_stack.append(number)
        frames = self.frames
        exits, _ = self._round(frame, loop, head, number)
        self.frames = max(frames, self.frames)
        self.loop_stack.pop()
        self.counters.pop()
        return self._left(state, exits, number, counter, frozenset(head.path[len(state.path) :]))

    def _guess_phases(self, frame: Frame, loop: Loop, before: State, head: State, number: int, counter: Poly) -> None:
        """How many phases of mbarriers are complete at the head of iteration ``k``, at least: as many more each time as
        in the first iteration, if one from there gives as many again; else one an iteration but for the first."""
        keys = [b.key + 1 for b in self.mbarriers.values() if isinstance(before.env.get(b.key + 1), Poly)]
        if not keys:
            return
        _, _, back = self._iteration(frame, loop, before, {}, number, counter)
        kept = self._keep_gains(
            frame, loop, before, head, number, counter, self._gains(before, self._met(back), keys), 0
        )
        rest = dict.fromkeys((key for key in keys if key not in kept), 1)
        if rest:
            self._keep_gains(frame, loop, before, head, number, counter, rest, 1)

    def _keep_gains(
        self,
        frame: Frame,
        loop: Loop,
        before: State,
        head: State,
        number: int,
        counter: Poly,
        more: dict[int, int],
        late: int,
    ) -> dict[int, int]:
        """The gains of an iteration that each iteration makes; ``late`` iterations make none."""
        terms = self.terms
        passed = terms.sub(counter, terms.const(late))
        while more:
            for key, gain in more.items():
                head.env[key] = terms.add(before.env[key], terms.scale(passed, gain))
            _, _, back = self._iteration(frame, loop, head, {}, number, counter)
            again = self._gains(head, self._met(back), list(more))
            failed = [key for key, gain in more.items() if again.get(key, 0) < gain]
            for key in failed:
                del more[key]
                head.env[key] = before.env[key]
            if not failed:
                break
        return more

    def _met(self, back: list[State]) -> State | None:
        return join(self.terms, back) if back else None

    def _gains(self, start: State, end: State | None, keys: list[int]) -> dict[int, int]:
        gains: dict[int, int] = {}
        for key in keys:
            value = end.env.get(key) if end is not None else None
            gain = self.terms.sub(value, start.env[key]).lo if isinstance(value, Poly) else None
            if gain is not None and gain > 0:
                gains[key] = gain
        return gains

    def _turns(self, frame: Frame, loop: Loop, head: State, number: int, counter: Poly) -> int:
        """After how many iterations a loop uses the same mbarriers again; 1 if it is not known."""
        self.turning -= {number}
        self.moduli = set()
        self._iteration(frame, loop, head, {}, number, counter)
        turns = lcm(*self.moduli) if self.moduli and number in self.turning else 1
        return turns if turns <= MAX_TURNS else 1

    def _in_turns(self, head: State, number: int, counter: Poly, turns: int) -> State:
        """The head of every ``turns``-th iteration: the loop's counter counts those."""
        swap = Substitution(self.terms, {counter.terms[0][0][0]: self.terms.scale(counter, turns)}, "", everywhere=True)
        head = head.fork()
        head.env = {key: swap.value(value) for key, value in head.env.items()}
        head.path = tuple(swap.cond(c) for c in head.path)
        head.known = frozenset(swap.cond(c) for c in head.known)
        self.turns[number] = turns
        return head

    def _arrivals(self, frame: Frame, loop: Loop, head: State, number: int, counter: Poly) -> State | None:
        """The state after a turn, with the arrivals of earlier turns at the head of this one."""
        _, _, back = self._iteration(frame, loop, head, {}, number, counter)
        after = self._met(back)
        if after is None:
            return None
        start = head.fork()
        for mbarrier in self.mbarriers.values():
            mine, then = (s.env.get(mbarrier.key) for s in (start, after))
            if not isinstance(mine, Poly) or not isinstance(then, Poly):
                continue
            gain = self.terms.sub(then, mine).constant
            if gain is None:
                mbarrier.known = False
            else:
                head.env[mbarrier.key] = self.terms.add(mine, self.terms.scale(counter, gain))
        _, _, back = self._iteration(frame, loop, head, {}, number, counter)
        return self._met(back)

    def _pending_at_head(
        self, frame: Frame, loop: Loop, head: State, back: State, number: int, counter: Poly
    ) -> Copies:
        """Asynchronous copies that may be under way at the head of iteration ``k``: those from before the loop, and
        those of each earlier iteration, one by one for some iterations and then all alike."""
        if not head.pending and not back.pending:
            return ()
        terms, outer = self.terms, frozenset(self.loop_stack)
        shift = Substitution(terms, {counter.terms[0][0][0]: terms.sub(counter, terms.one)}, f"'{number}", outer)
        before = tuple(replace(c, path=(*c.path, terms.eq0(counter))) for c in head.pending)
        later = terms.ge(terms.sub(counter, terms.one))
        found: Copies = before
        for _ in range(MAX_LAG):
            left = moved(self._left_in_flight(frame, loop, head, found, number, counter), shift)
            aged = (replace(c, path=(*c.path, later)) for c in left)
            made = united((*before, *(c for c in aged if possible(terms, c.path))))
            if {c.key for c in made} == {c.key for c in found}:
                return made
            found = made
        of_body = self._left_in_flight(frame, loop, head, (), number, counter)
        again = of_some_iteration(terms, of_body, counter, number, outer)
        ages = {c.place: {x.group for x in found if x.place == c.place} for c in of_body}
        again = tuple(replace(c, varies=len(ages[c.place]) > 1) for c in again)
        return united((*again, *(replace(c, exact=False) for c in head.pending)))

    def _left_in_flight(
        self, frame: Frame, loop: Loop, head: State, found: Copies, number: int, counter: Poly
    ) -> Copies:
        """What is under way at the end of an iteration that begins with ``found``."""
        start = head.fork()
        start.pending = found
        _, _, back = self._iteration(frame, loop, start, {}, number, counter)
        if not back:
            return ()
        after = join(self.terms, back)
        conds = after.path[len(head.path) :]
        return tuple(replace(c, path=tuple(dict.fromkeys((*c.path, *conds)))) for c in after.pending)

    def _peeled(self, frame: Frame, loop: Loop, state: State) -> list[tuple[int, State]]:
        """The first iteration by itself, then the others: a flag says which is the first."""
        chain = frame.chain
        frame.chain = (*chain, "first", loop.header)
        exits, back = self.region_run(frame, loop.blocks, loop.header, [state], loop.header)
        frame.chain = chain
        out = [(target, s) for target, states in exits.items() for s in states]
        return out + self.loop_run(frame, loop, join(self.terms, back), True) if back else out

    def _learn(
        self, frame: Frame, loop: Loop, state: State, number: int, counter: Poly
    ) -> tuple[State, State | None, bool, bool]:
        """The state at the head of iteration ``k``, the state after one iteration on placeholders, whether something
        moves irregularly, and whether the first iteration is another."""
        changing = {frame.base + x for x in loop.assigned if frame.base + x in state.env}
        for _ in range(6):
            heads = self._heads(frame, state, number, counter, changing)
            start, exits, back = self._iteration(frame, loop, state, heads, number, counter)
            after = join(self.terms, back) if back else None
            more = set() if after is None else self._changed(after, start, state) - changing
            if not more:
                break
            changing |= more
        else:
            raise GiveUp("a loop changes more with every look at it", self.place_at(frame, frame.call_span, _READ))
        progression, head = self._progression(state, heads, after, exits, back, number, counter)
        if progression.irregular and after is not None:
            fixed = {k: kept_parts(state.env[k], heads[k], after.env.get(k)) for k in changing}
            if any(fixed[k] is not heads[k] for k in changing):  # what never changes is known: look again
                start, exits, back = self._iteration(frame, loop, state, fixed, number, counter)
                again = join(self.terms, back) if back else None
                if again is not None and not self._changed(again, start, state) - changing:
                    after = again
                    progression, head = self._progression(state, fixed, after, exits, back, number, counter)
        met = self._not_met_before(state, after, progression, counter) if after is not None else {}
        head.path, head.known = (*head.path, *met.values()), head.known | frozenset(met.values())
        self._note_exits(state, exits, number, frozenset(met))
        return head, after, progression.irregular, progression.first_differs

    def _not_met_before(self, before: State, after: State, progression: Progression, counter: Poly) -> dict[Cond, Cond]:
        """What holds at the head of iteration ``k`` because each earlier one found ``k != n``: that ``k <= n``, by the
        condition that an iteration found (on placeholders)."""
        terms, found = self.terms, {}
        mine, outer = counter.terms[0][0], frozenset(self.loop_stack)
        for c in after.path[len(before.path) :]:
            if c.kind != "ne" or c.data:
                continue
            poly = Substitution(terms, progression.heads, "", everywhere=True).cond(c).poly
            sign = dict(poly.terms).get(mine) if poly is not None else None
            if poly is None or sign not in (1, -1):
                continue
            last = terms.scale(terms.sub(poly, terms.scale(counter, sign)), -sign)
            if last.loops <= outer and not last.data and entailed(terms, before.known, terms.ge(last)):
                found[c] = terms.le(counter, last)
        return found

    def _iteration(
        self, frame: Frame, loop: Loop, state: State, heads: dict[int, Value], number: int, counter: Poly
    ) -> tuple[State, Exits, list[State]]:
        """One iteration from the given values, without recording."""
        recording, self.recording = self.recording, False
        self.counters.append(counter)
        self.loop_stack.append(number)
        try:
            start = state.fork()
            start.env.update(heads)
            exits, back = self._round(frame, loop, start, number)
        finally:
            self.recording = recording
            self.counters.pop()
            self.loop_stack.pop()
        return start, exits, back

    def _round(self, frame: Frame, loop: Loop, start: State, number: int) -> tuple[Exits, list[State]]:
        """The body once, or once for each iteration of a turn."""
        turns, chain = self.turns.get(number, 1), frame.chain
        if turns == 1:
            return self.region_run(frame, loop.blocks, loop.header, [start], loop.header)
        out: Exits = {}
        back = [start]
        for turn in range(turns):
            frame.chain = (*chain, "turn", loop.header, turn)
            exits, back = self.region_run(frame, loop.blocks, loop.header, [join(self.terms, back)], loop.header)
            for target, states in exits.items():
                out.setdefault(target, []).extend(states)
            if not back:
                break
        frame.chain = chain
        return out, back

    def _progression(
        self,
        state: State,
        heads: dict[int, Value],
        after: State | None,
        exits: Exits,
        back: list[State],
        number: int,
        counter: Poly,
    ) -> tuple[Progression, State]:
        """How the values move, and the state at the head of iteration ``k``."""
        uniform = self._exit_level(state, exits, back)
        loop_terms = LoopTerms(self.terms, number, counter, self.fields)
        progression = Progression(loop_terms, self.walks, uniform, frozenset(self.loop_stack), tuple(self.counters))
        head = state.fork()
        values = {key: resolved(self.terms, after, after.env.get(key)) for key in heads} if after is not None else {}
        triples = [t for key, value in values.items() for t in flattened(state.env.get(key), heads[key], value)]
        progression.rounds = sequences(self.terms, triples)
        around = frozenset(c.terms[0][0][0] for c in self.counters)
        progression.shared = shared_recurrences(self.terms, triples, around)
        for key, value in values.items():
            new = progression.at_head((key,), state.env.get(key), heads.get(key), value)
            if new is not None:
                head.env[key] = new
        return progression, head

    def _heads(self, frame: Frame, state: State, number: int, counter: Poly, changing: set[int]) -> dict[int, Value]:
        terms = LoopTerms(self.terms, number, counter, self.fields)
        heads: dict[int, Value] = {}
        for key in changing:
            ty = frame.body.locals[key - frame.base].ty if key >> 16 == self.frame_id(frame) else None
            heads[key] = terms.placeholder((key,), state.env[key], ty)
        return heads

    def _changed(self, after: State, start: State, before: State) -> set[int]:
        return {
            k for k, v in before.env.items()
            if after.env.get(k) is not None and not same_value(after.env[k], start.env.get(k))
        }  # fmt: skip

    def _note_exits(self, state: State, exits: Exits, number: int, counted: frozenset[Cond]) -> None:
        """Whether the loop ends by one test that, once it fails, would go on failing, or by one that it reaches
        (``counted``: see :meth:`_not_met_before`)."""
        left = [s for states in exits.values() for s in states]
        extra = left[0].path[len(state.path) :] if len(left) == 1 else ()
        ends = len(extra) == 1 and (extra[0].kind == "ge" or self.terms.negate(extra[0]) in counted)
        if ends and not extra[0].data:
            self.exact_loops.add(number)
        else:
            self.exact_loops.discard(number)

    def _exit_level(self, state: State, exits: Exits, back: list[State]) -> int:
        """The level of the conditions that decide whether the loop goes on."""
        level = GRID
        for states in (*exits.values(), back):
            for s in states:
                level = max([level, *(c.level for c in s.path[len(state.path) :])])
        return level

    def _is_of_iterations(self, cond: Cond) -> bool:
        """Whether a condition is about the iterations of loops and the launch, not about what a placeholder is."""
        if cond.data:
            return False
        symbols = (self.terms.atoms[x] for x in leaves_of(self.terms, cond) if x >= 0)
        return all(not atom.loops or atom.name.startswith("k") for atom in symbols)

    def _at_end(self, frame: Frame, loop: Loop, head: State, back: State, number: int, counter: Poly) -> State:
        """The end of an iteration; once more with its values where a barrier depends on how often a loop in it ran."""
        atoms = (a for stream in back.points for p in stream for c in p.counters for mono, _ in c.terms for a in mono)
        if not any(self.terms.atoms[a].name.startswith("last") and self.terms.atoms[a].loops for a in atoms):
            return back
        _, _, states = self._iteration(frame, loop, head, {}, number, counter)
        return join(self.terms, states) if states else back

    def _loop_points(self, before: State, back: State, counter: Poly, number: int) -> Any:
        """Barrier intervals at the head of iteration ``k``: those before the loop, or of the iteration before."""
        last = self.terms.sub(counter, self.terms.one)
        first = self.terms.eq0(counter)
        later = self.terms.ge(last)
        streams = []
        for mine, theirs in zip(before.points, back.points, strict=True):
            if mine == theirs:
                streams.append(mine)
                continue
            points = [self._when(p, first) for p in mine]
            keep = frozenset(self.loop_stack)
            shift = Substitution(self.terms, {counter.terms[0][0][0]: last}, f"'{number}", keep)
            for p in theirs:
                if p in mine:
                    points.append(replace(p, when=None))
                else:
                    counters = tuple(shift.poly(c) for c in p.counters)
                    when = later
                    if p.when is not None and self._is_of_iterations(p.when):
                        when = self.terms.and_((later, shift.cond(p.when)))
                    points.append(Point(p.site, counters, when))
            streams.append(tuple(dict.fromkeys(points)))
        return tuple(streams)

    def _when(self, p: Point, cond: Cond) -> Point:
        return replace(p, when=cond if p.when is None else self.terms.and_((cond, p.when)))

    def _left(
        self, before: State, exits: Exits, number: int, counter: Poly, at_head: frozenset[Cond]
    ) -> list[tuple[int, State]]:
        """States behind the loop (``at_head``: what holds at the head of any iteration). The number of its iterations
        is a symbol: the first for which the test fails where the loop ends by one test, else unknown."""
        terms = self.terms
        level = self._exit_level(before, exits, [])
        exact = number in self.exact_loops
        outer = frozenset(self.loop_stack)
        last = self._last_iteration(before, exits, number, counter, GRID if level == GRID else THREAD, at_head)
        k = counter.terms[0][0][0]
        gone = Substitution(terms, {k: last}, f"^{number}", outer)
        out: list[tuple[int, State]] = []
        for target, states in exits.items():
            for s in states:
                env = {
                    key: v if key in before.env and before.env[key] is v else gone.value(resolved(terms, s, v))
                    for key, v in s.env.items()
                }
                points = tuple(tuple(self._left_point(p, gone) for p in stream) for stream in s.points)
                extra = tuple(c for c in s.path[len(before.path) :] if c not in at_head)
                kept = [c for c in extra if c.loops <= outer and not c.data]
                if exact and len(extra) == 1 and gone.used:
                    previous = Substitution(terms, {k: terms.sub(last, terms.one)}, f"^{number}", outer)
                    went_on = previous.cond(terms.negate(extra[0]))
                    kept = [gone.cond(extra[0]), terms.or_((terms.eq0(last), went_on))]
                    kept = [c for c in kept if c.kind != "const"]
                ended = moved(s.pending, gone) if s.pending else ()
                known = before.known | frozenset(kept)
                path = (*before.path, *kept)
                order = orders.moved(s.order, gone)
                out.append((target, State(env, path, known, points, ended, s.synced, order)))
        return out

    def _last_iteration(
        self, before: State, exits: Exits, number: int, counter: Poly, level: int, at_head: frozenset[Cond]
    ) -> Poly:
        """How often a loop was run: a symbol, or within other loops a function of their iterations."""
        name, exact = f"last{number}", number in self.exact_loops
        extra = [c for states in exits.values() for s in states for c in s.path[len(before.path) :] if c not in at_head]
        if exact and self.counters and len(extra) == 1:
            counters = (counter, *self.counters)
            if is_shared(self.terms, extra[0], frozenset(c.terms[0][0][0] for c in counters)):
                self.walks[name] = Last(extra[0], counters)
                return self.terms.app(name, tuple(self.counters), 0, self.terms.most_iterations)
        last = self.terms.symbol(name, level, 0, self.terms.most_iterations, not exact)
        atom = self.terms.atoms[last.terms[0][0][0]]
        atom.loops = atom.loops | frozenset(self.loop_stack)
        return last

    def _left_point(self, p: Point, gone: Substitution) -> Point:
        return Point(p.site, tuple(gone.poly(c) for c in p.counters), gone.cond(p.when) if p.when is not None else None)

    def _unrolled(self, frame: Frame, loop: Loop, state: State, number: int) -> list[tuple[int, State]] | None:
        """The loop iteration by iteration; None if its end is not decided by constants."""
        out: list[tuple[int, State]] = []
        recording, self.recording = self.recording, False
        trace: list[State] = []
        current = state
        try:
            most = self.steps + MAX_UNROLLED_STEPS
            for _ in range(MAX_UNROLL):
                if self.steps > most:
                    return None
                trace.append(current)
                exits, back = self.region_run(frame, loop.blocks, loop.header, [current], loop.header)
                if back and exits:
                    return None
                if not back:
                    break
                current = join(self.terms, back)
            else:
                return None
        except RecursionError:  # values of many iterations, one in the other
            return None
        finally:
            self.recording = recording
        chain = frame.chain
        current = state
        for i in range(len(trace)):
            frame.chain = (*chain, "iteration", loop.header, i)
            exits, back = self.region_run(frame, loop.blocks, loop.header, [current], loop.header)
            out += [(target, s) for target, states in exits.items() for s in states]
            if not back:
                break
            current = join(self.terms, back)
        frame.chain = chain
        return out


def same_value(a: Value, b: Value) -> bool:
    """Whether two values are certainly equal."""
    if a is b:
        return True
    if type(a) is not type(b):
        return False
    if isinstance(a, Aggregate):
        return len(a.fields) == len(b.fields) and all(map(same_value, a.fields, b.fields))
    if isinstance(a, EnumValue):
        return (
            a.tag is b.tag
            and a.variants.keys() == b.variants.keys()
            and all(
                len(f) == len(b.variants[v]) and all(map(same_value, f, b.variants[v])) for v, f in a.variants.items()
            )
        )
    if isinstance(a, Pointer):
        same = a.base is b.base or (
            isinstance(a.base, LocalPlace) and isinstance(b.base, LocalPlace)
            and a.base.key == b.base.key and a.base.steps == b.base.steps
        )  # fmt: skip
        return same and a.offset is b.offset and a.meta is b.meta
    return False
