"""Loops of a kernel executed symbolically: what any iteration does, and the state behind the loop.

What it is: :class:`LoopExecution`, the part of the executor for loops. A loop's body runs on placeholders to learn how
values move (:mod:`compiler.analysis.disjointness.loops`), then once on the values of iteration ``k``, recording
accesses. Loops with a small constant number of iterations and irregular values are unrolled; where a loop uses several
mbarriers in turn, as many iterations are executed as one; where the first iteration differs, it is executed by itself.

Assumes: structured control flow. Guarantees: as of :mod:`compiler.analysis.disjointness.execute`.

Example: ``while i < n { c[i] = 0; i += stride }`` records one write at ``4*(i0 + stride*k)`` under ``i < n``.
"""

from __future__ import annotations

from dataclasses import replace
from math import lcm
from typing import Any, Final

from compiler.analysis.disjointness import order as orders
from compiler.analysis.disjointness.flow import Loop
from compiler.analysis.disjointness.in_flight import MAX_LAG, Copies, moved, of_some_iteration, united
from compiler.analysis.disjointness.intrinsics import Intrinsics
from compiler.analysis.disjointness.loops import Last, LoopTerms, Progression, Recurrences, kept_parts
from compiler.analysis.disjointness.memory import Frame, GiveUp
from compiler.analysis.disjointness.recurrences import flattened, is_shared, leaves_of, sequences, shared_recurrences
from compiler.analysis.disjointness.state import Point, State, entailed_by_cases, join, possible, resolved
from compiler.analysis.disjointness.substitute import Substitution
from compiler.analysis.disjointness.swaps import slots_of
from compiler.analysis.disjointness.terms import GRID, THREAD, Cond, Poly
from compiler.analysis.disjointness.values import Value, same_value
from compiler.analysis.disjointness.verdict import AccessKind

MAX_UNROLL: Final = 33
MAX_TURNS: Final = 8
MAX_UNROLLED_STEPS: Final = 4000
MAX_SHIFTED_STEPS: Final = 8000  # where the iteration says by how many bits something is shifted
_READ: Final = AccessKind.READ

Exits = dict[int, list[State]]


class LoopExecution(Intrinsics):
    """See the module docstring."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.frames = 0
        self.walks: Recurrences = {}
        self.loop_numbers: dict[Any, int] = {}
        self.exact_loops: set[int] = set()
        self.turns: dict[int, int] = {}  # of a loop, how many iterations are executed as one

    def frame_id(self, frame: Frame) -> int:
        """The part of a key that names the frame."""
        return frame.base >> 16

    def region_run(
        self, frame: Frame, blocks: set[int] | None, entry: int, states: list[State], header: int
    ) -> tuple[Exits, list[State]]:
        """See :class:`~.execute.Executor`, which executes blocks."""
        raise GiveUp("blocks are not executed here")

    def loop_run(self, frame: Frame, loop: Loop, state: State, peeled: bool = False) -> list[tuple[int, State]]:
        """Execute a loop: learn how it moves, then record one general iteration."""
        number = self.loop_numbers.setdefault((frame.chain, loop.header), len(self.loop_numbers))
        self.turns.pop(number, None)
        self.turning -= {number}
        self.shifting -= {number}
        counter = self.terms.symbol(f"k{number}", THREAD, 0, self.terms.most_iterations, False, number)
        learned = self._learn(frame, loop, state, number, counter)
        head, back, irregular, first_differs = learned
        if first_differs and not peeled:
            return self._peeled(frame, loop, state)
        in_turn = number in self.turning
        if (irregular or in_turn or number in self.shifting) and len(loop.blocks) < 200:
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
        if number not in self.exact_loops:  # with values in place of placeholders it may be seen
            self._note_exits(head, exits, number, frozenset())
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
            if last.loops <= outer and not last.data and entailed_by_cases(terms, before.known, last):
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
        for key, value in values.items():
            progression.swaps.slots.update(slots_of(state.env.get(key), heads[key], value))
        around = frozenset(c.terms[0][0][0] for c in self.counters)
        progression.shared = shared_recurrences(self.terms, triples, around)
        for key, value in values.items():
            new = progression.at_head((key,), state.env.get(key), heads.get(key), value)
            if new is not None:
                head.env[key] = new
        for atom, left in progression.carried.items():
            region = next((self.contents[x] for x in leaves_of(self.terms, left) if x in self.contents), None)
            if region is not None:
                self.contents[atom] = region
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
            most = self.steps + (MAX_SHIFTED_STEPS if number in self.shifting else MAX_UNROLLED_STEPS)
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
