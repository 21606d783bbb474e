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

from typing import Any, Final

from compiler.analysis.disjointness.flow import Flow, flow_of
from compiler.analysis.disjointness.in_flight import after_inline
from compiler.analysis.disjointness.loop_execution import Exits, LoopExecution
from compiler.analysis.disjointness.memory import LIBRARY, Frame, GiveUp, is_witness_method
from compiler.analysis.disjointness.quiet import QuietFunctions, leads_to
from compiler.analysis.disjointness.state import (
    GRID_STREAM,
    State,
    assume,
    join,
    resolved,
    resolved_cond,
    streams_from,
)
from compiler.analysis.disjointness.synchronise import Call
from compiler.analysis.disjointness.terms import GRID, THREAD, Cond, Poly
from compiler.analysis.disjointness.values import (
    UNIT,
    Aggregate,
    EnumValue,
    LocalPlace,
    Opaque,
    Pointer,
    PointerChoice,
    Region,
    Value,
    choices,
    level_of,
    same_value,
    through_witness,
)
from compiler.analysis.disjointness.verdict import AccessKind
from compiler.library.pointer_calls import LENDS
from compiler.mir import body as m
from compiler.mir.mono.attributes import intrinsic_name
from compiler.mir.mono.model import Instance, InstanceKind, MonoFunction
from compiler.ty import types as t

MAX_DEPTH: Final = 48
RETURN: Final = -1


class Executor(LoopExecution):
    """See the module docstring."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.flows: dict[int, Flow] = {}
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
            elif isinstance(s, m.StorageDead):
                value = state.env.get(frame.base + s.local)
                if not isinstance(value, Pointer | PointerChoice):  # cleaned MIR still reads through a pointer
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
        self.out.bounds.append(
            BoundsCheck(inside, state.path, place, None, True, index, length, tuple(self.loop_stack))
        )

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
        if call.name in LENDS and callee.def_id.krate.name in LIBRARY and frame.owner.krate.name not in LIBRARY:
            for arg in args:
                self.touch(frame, span, arg, "lent")
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
