"""Intrinsics: what each does to values, memory and the order between threads.

What it is: ``intrinsic(call)`` dispatches on the intrinsic's name (``compiler/library/README.md`` lists them).
Families are told apart by prefix, so a new member of a family needs nothing here.

Assumes: arguments already evaluated. Guarantees: an intrinsic that is not known and gets a pointer into a memory object
is noted as not followed.

Example: ``thread::sync_threads`` starts a new barrier interval of the block.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from compiler.analysis.disjointness.access import BoundsCheck
from compiler.analysis.disjointness.clusters import Clusters
from compiler.analysis.disjointness.in_flight import Copy, after_wait, committed, united
from compiler.analysis.disjointness.masks import tile_size
from compiler.analysis.disjointness.memory import COMPUTES_ADDRESS, Frame, int_range
from compiler.analysis.disjointness.state import BLOCK_STREAM, State, assume, resolved, streams_from, tile_stream
from compiler.analysis.disjointness.synchronise import Call
from compiler.analysis.disjointness.terms import BLOCK, GRID, THREAD, Cond, Poly
from compiler.analysis.disjointness.values import (
    OWN_BYTES,
    UNIT,
    EnumValue,
    LocalPlace,
    Opaque,
    Pointer,
    PointerChoice,
    Region,
    Value,
    choices,
    level_of,
    without_proof,
)
from compiler.analysis.disjointness.verdict import AccessKind
from compiler.analysis.disjointness.votes import population
from compiler.mir import body as m
from compiler.ty import types as t

_AXES: Final = {"x": 0, "y": 1, "z": 2}
_BINARY: Final = {
    "wrapping_add": m.BinOp.ADD, "wrapping_sub": m.BinOp.SUB, "wrapping_mul": m.BinOp.MUL,
    "unchecked_add": m.BinOp.ADD, "unchecked_sub": m.BinOp.SUB, "unchecked_mul": m.BinOp.MUL,
    "unchecked_div": m.BinOp.DIV, "unchecked_rem": m.BinOp.REM, "unchecked_shl": m.BinOp.SHL,
    "unchecked_shr": m.BinOp.SHR, "exact_div": m.BinOp.DIV,
}  # fmt: skip
_OVERFLOW: Final = {
    "add_with_overflow": m.BinOp.ADD_WITH_OVERFLOW,
    "sub_with_overflow": m.BinOp.SUB_WITH_OVERFLOW,
    "mul_with_overflow": m.BinOp.MUL_WITH_OVERFLOW,
}
_DIVERGING: Final = frozenset(("abort", "unreachable", "debug::trap"))
_NO_EFFECT: Final = frozenset((
    "breakpoint", "cold_path", "assert_inhabited", "barrier::nanosleep", "debug::breakpoint", "debug::pmevent",
    "barrier::fence_proxy_async_shared_cta", "barrier::fence_mbarrier_init_release_cluster",
))  # fmt: skip


class Intrinsics(Clusters):
    """See the module docstring."""

    def intrinsic(self, call: Call) -> tuple[State | None, Value]:
        """The state after the call and its result; None where it does not return."""
        name = call.name
        if name in _DIVERGING:
            return None, UNIT
        if name in _NO_EFFECT:
            return call.state, UNIT
        if name in _BINARY or name in _OVERFLOW:
            return call.state, self._arithmetic(call)
        if "try_cancel" in name:  # a block that is cancelled does not run
            self.order_by("cluster launch control", call)
        handler = _EXACT.get(name)
        if handler is not None:
            return handler(self, call)
        family = name.partition("::")[0] if "::" in name else ""
        if name.startswith("atomic_"):
            return self.atomic(call)
        by_family = _FAMILIES.get(family)
        if by_family is not None:
            return by_family(self, call)
        return call.state, self.plain(call)

    # -- integers

    def _arithmetic(self, call: Call) -> Value:
        a, b = call.args[0], call.args[1]
        ty = call.types[0]
        if isinstance(ty, t.IntTy) and isinstance(a, Poly) and isinstance(b, Poly):
            if call.name in _OVERFLOW:
                return self.overflowing(call.state, _OVERFLOW[call.name], a, b, ty)
            exact = call.name.startswith("wrapping") and not self._coordinates_fit(call)
            return self.binary(call.state, _BINARY[call.name], a, b, ty, exact)
        return self.unknown(call.dest, max(level_of(a), level_of(b)))

    def _coordinates_fit(self, call: Call) -> bool:
        """Whether the call belongs to an index function whose contract says that coordinates fit 32 bits."""
        at: Frame | None = call.frame
        while at is not None and at.owner.krate.name in ("core", "std"):
            at = at.parent
        return at is not None and at.owner.name in ("index_1d_u32", "coord_2d_u32")

    def _saturating(self, call: Call) -> tuple[State, Value]:
        a, b, ty = call.args[0], call.args[1], call.types[0]
        if not (isinstance(a, Poly) and isinstance(b, Poly) and isinstance(ty, t.IntTy)):
            return call.state, self.unknown(call.dest)
        terms = self.terms
        exact = terms.add(a, b) if call.name == "saturating_add" else terms.sub(a, b)
        lo, hi = int_range(ty)
        low, high = terms.const(lo), terms.const(hi)
        value = terms.ite(terms.le(exact, high), exact, high)
        return call.state, terms.ite(terms.ge(terms.sub(exact, low)), value, low)

    def _counting(self, call: Call) -> tuple[State, Value]:
        ty = call.types[0]
        bits = ty.bits if isinstance(ty, t.IntTy) else 64
        a = call.args[0]
        if isinstance(a, Poly):
            if call.name == "ctpop" and isinstance(ty, t.IntTy) and not ty.signed:
                return call.state, population(self.launch, a, bits)
            return call.state, self.terms.app(f"{call.name}.{bits}", (a,), 0, bits)
        return call.state, self.terms.fresh(call.name, level_of(a), 0, bits)

    def _permuted(self, call: Call) -> tuple[State, Value]:
        """Bits or bytes of an unsigned number in another order."""
        a, ty = call.args[0], call.types[0]
        if isinstance(a, Poly) and isinstance(ty, t.IntTy) and not ty.signed:
            return call.state, self.terms.app(f"{call.name}.{ty.bits}", (a,), 0, (1 << ty.bits) - 1)
        return call.state, self.unknown(call.dest, level_of(a))

    def _rotated(self, call: Call) -> tuple[State, Value]:
        """Rotation of an unsigned number by a constant: two shifts."""
        a, by, ty = call.args[0], call.args[1], call.types[0]
        if not (isinstance(a, Poly) and isinstance(by, Poly) and isinstance(ty, t.IntTy)) or ty.signed:
            return call.state, self.unknown(call.dest, max(level_of(a), level_of(by)))
        if by.constant is None:
            return call.state, self.unknown(call.dest, max(level_of(a), level_of(by)))
        n = by.constant % ty.bits
        n = n if call.name == "rotate_left" else (ty.bits - n) % ty.bits
        terms, split = self.terms, 1 << (ty.bits - n)
        high = self.floor_divided(call.state, a, terms.const(split))
        low = self.remainder(call.state, a, terms.const(split))
        return call.state, a if n == 0 else terms.add(terms.scale(low, 1 << n), high)

    # -- control

    def _assume(self, call: Call) -> tuple[State | None, Value]:
        cond = call.args[0]
        return (assume(self.terms, call.state, cond) if isinstance(cond, Cond) else call.state), UNIT

    def _identity(self, call: Call) -> tuple[State, Value]:
        return call.state, call.args[0]

    def _select(self, call: Call) -> tuple[State, Value]:
        cond, a, b = call.args
        if isinstance(cond, Cond):
            return call.state, self.selected(cond, a, b)
        return call.state, self.unknown(call.dest)

    def _transmute(self, call: Call) -> tuple[State, Value]:
        source = call.types[0]
        if isinstance(call.args[0], Pointer | PointerChoice):
            return call.state, self.cast_pointer(call.args[0], source, call.dest, m.CastKind.PTR_TO_PTR)
        return call.state, self.transmuted(call.state, call.args[0], source, call.dest)

    def _discriminant_value(self, call: Call) -> tuple[State, Value]:
        from compiler.ty.adt import discriminant_values

        ty = call.types[0]
        inner = ty.ty if isinstance(ty, t.RefTy) else ty
        value = self.load(call.state, call.frame, call.args[0], inner, call.span)
        if isinstance(value, EnumValue) and isinstance(inner, t.AdtTy):
            return call.state, self.discriminant_of(value.tag, list(discriminant_values(self.db, inner.def_id)))
        return call.state, self.unknown(call.dest, level_of(value))

    # -- pointers

    def _element(self, call: Call) -> t.Ty:
        ty = call.types[0]
        return ty.ty if isinstance(ty, t.PtrTy | t.RefTy) else t.u8

    def _offset(self, call: Call) -> tuple[State, Value]:
        pointer, delta = call.args
        if not self._in_device_library(call.frame):
            pointer = without_proof(pointer)
        moved = self.advance(pointer, self.number(delta), self._element(call))
        self._note_move(call, moved)
        return call.state, moved

    def _note_move(self, call: Call, moved: Value) -> None:
        """An address that the user's code, or what skips a check for it, computes: it must stay in its object."""
        if not self.recording or not isinstance(moved, Pointer) or not isinstance(moved.base, Region):
            return
        if call.frame.called not in COMPUTES_ADDRESS:
            return
        region = moved.base.origin or moved.base
        self.touch(call.frame, call.span, moved, "moved")
        if region.size is not None:
            room = self.terms.sub(region.size, moved.offset)
            inside = self.terms.and_((self.terms.ge(moved.offset), self.terms.ge(room)))
            place = self.place_at(call.frame, call.span, AccessKind.READ)
            self.out.moves.append(BoundsCheck(inside, call.state.path, place, region, False))

    def _in_device_library(self, frame: Frame) -> bool:
        """Whether the device library computes here, perhaps through ``core``."""
        at: Frame | None = frame
        while at is not None and at.owner.krate.name in ("core", "std"):
            at = at.parent
        return at is not None and at.owner.krate.name == "cuda_device"

    def _distance(self, call: Call) -> tuple[State, Value]:
        a, b = call.args
        if isinstance(a, Pointer) and isinstance(b, Pointer):
            size = self.size_of(self._element(call)) or 1
            if a.base is b.base:
                gap = self.terms.sub(a.offset, b.offset)
                return call.state, self.floor_divided(call.state, gap, self.terms.const(size))
            elif isinstance(a.base, LocalPlace) and isinstance(b.base, LocalPlace) and a.base.key == b.base.key:
                one, two = a.base.steps, b.base.steps
                if one and two and one[:-1] == two[:-1] and one[-1][0] == "i":
                    return call.state, self.terms.sub(one[-1][1], two[-1][1])
        return call.state, self.unknown(call.dest)

    def _metadata(self, call: Call) -> tuple[State, Value]:
        value = call.args[0]
        if isinstance(value, Pointer) and isinstance(value.meta, Poly):
            return call.state, value.meta
        return call.state, self.unknown(call.dest, level_of(value))

    def _raw_parts(self, call: Call) -> tuple[State, Value]:
        return call.state, self.with_meta(call.args[0], call.args[1])

    # -- memory

    def _copy(self, call: Call) -> tuple[State, Value]:
        source, dest, count = call.args
        element = self._element(call)
        n = self.number(count)
        if n.constant == 1:
            value = self.load(call.state, call.frame, source, element, call.span)
            self.store(call.state, call.frame, dest, element, value, call.span)
        else:
            self._range(call, source, element, n, AccessKind.READ)
            self._range(call, dest, element, n, AccessKind.WRITE)
        return call.state, UNIT

    def _range(self, call: Call, pointer: Value, element: t.Ty, count: Poly, kind: AccessKind) -> None:
        for cond, p in choices(pointer):
            if isinstance(p, Pointer) and not isinstance(p.base, LocalPlace):
                size = self.size_of(element)
                self.record(call.state, call.frame, p, size, kind, call.span, extra=cond, count=count)
            elif isinstance(p, Pointer) and kind is AccessKind.WRITE and isinstance(p.base, LocalPlace):
                whole = p.base.surroundings()
                self.store(call.state, call.frame, whole, t.UNIT, Opaque(THREAD, True, "copied"), call.span)
            elif not isinstance(p, Pointer) and not (kind is AccessKind.READ and _is_own(p)):
                self.unfollowed(call.frame, call.span, "a copy through a pointer that cannot be followed")

    def _write_bytes(self, call: Call) -> tuple[State, Value]:
        self._range(call, call.args[0], self._element(call), self.number(call.args[2]), AccessKind.WRITE)
        return call.state, UNIT

    def _read(self, call: Call) -> tuple[State, Value]:
        return call.state, self.load(call.state, call.frame, call.args[0], call.dest, call.span)

    def _write(self, call: Call) -> tuple[State, Value]:
        self.store(call.state, call.frame, call.args[0], self._element(call), call.args[1], call.span)
        return call.state, UNIT

    def _swap(self, call: Call) -> tuple[State, Value]:
        element = self._element(call)
        x, y = (self.load(call.state, call.frame, at, element, call.span) for at in call.args)
        self.store(call.state, call.frame, call.args[0], element, y, call.span)
        self.store(call.state, call.frame, call.args[1], element, x, call.span)
        return call.state, UNIT

    def _dynamic_shared(self, call: Call) -> tuple[State, Value]:
        return call.state, Pointer(self.dynamic_region(), self.terms.zero)

    # -- barriers

    def _thread(self, call: Call) -> tuple[State, Value]:
        if call.name == "thread::sync_threads":
            return self.barrier(call, streams_from(BLOCK_STREAM)), UNIT
        return call.state, self.unknown(call.dest, THREAD, call.name)

    def _warp(self, call: Call) -> tuple[State, Value]:
        name = call.name.removeprefix("warp::")
        state = call.state
        if name == "sync_mask":
            mask = call.args[0]
            size = tile_size(self.launch, resolved(self.terms, state, mask)) if isinstance(mask, Poly) else None
            if size is not None:
                return self.barrier(call, streams_from(tile_stream(size))) if size > 1 else state, UNIT
            self.order_by("a warp barrier with a mask", call)
            return state, UNIT
        value = self.unknown(call.dest, THREAD, name)
        args = [resolved(self.terms, state, a) if isinstance(a, Poly | Cond) else a for a in call.args]
        one_mask = bool(args) and isinstance(args[0], Poly) and args[0].constant is not None
        if name == "ballot_sync" and one_mask:
            self.voted(value, args[1])
        elif name == "match_any_sync" and one_mask:
            self.matched(value, args[1])
        elif name == "shuffle_sync" and one_mask:
            self.told_by_lane(value, args[1], args[2])
        return state, value

    def _tensor(self, call: Call) -> tuple[State, Value]:
        """Operations on tensor memory, of which two touch shared memory: the address that an allocation leaves there,
        written once a warp, and the arrival at an mbarrier by which a commit is complete."""
        name, at = call.name.partition("::")[2], call.args[0] if call.args else None
        if not isinstance(at, Pointer) or isinstance(at.base, LocalPlace):
            return call.state, self.plain(call)
        if name.startswith("tcgen05_alloc"):
            first = self.terms.eq0(self.launch.lane())
            self.record(call.state, call.frame, at, 4, AccessKind.WRITE, call.span, first)
            return call.state, UNIT
        if name.startswith("tcgen05_commit"):
            return self.committed_to(call, at)
        return call.state, self.plain(call)

    def _fence(self, call: Call) -> tuple[State, Value]:
        return self.fence(call, "a memory fence"), UNIT

    def _async_copy(self, call: Call) -> tuple[State, Value]:
        name = call.name.removeprefix("async_copy::")
        state = call.state
        if name in ("cp_async_wait_all", "cp_async_wait_group"):
            after = state.fork()
            waits_for_all = not call.args
            after.pending = () if waits_for_all else after_wait(state.pending, self.number(call.args[0]).constant)
            return after, UNIT
        if "mbarrier" in name:
            self.order_by("an mbarrier", call)
            return state, UNIT
        if "commit" in name:
            after = state.fork()
            after.pending = committed(state.pending)
            return after, UNIT
        size = int("".join(c for c in name.rpartition("_")[2] if c.isdigit()) or 4)
        after = state.fork()
        for at, kind in ((call.args[1], AccessKind.READ), (call.args[0], AccessKind.WRITE)):
            for cond, p in choices(at):
                if isinstance(p, Pointer) and not isinstance(p.base, LocalPlace):
                    after.pending = (*after.pending, self._issued(call, p, size, kind, cond))
                elif kind is AccessKind.WRITE or not isinstance(p, Pointer):
                    what = "an asynchronous copy through a pointer that cannot be followed"
                    self.unfollowed(call.frame, call.span, what)
        after.pending = united(after.pending)
        return after, UNIT

    def _issued(self, call: Call, at: Pointer, size: int, kind: AccessKind, cond: Cond | None) -> Copy:
        """One side of a copy, recorded where it starts."""
        self.record(call.state, call.frame, at, size, kind, call.span, extra=cond)
        region = at.base
        assert isinstance(region, Region)
        offset = resolved(self.terms, call.state, at.offset)
        place = self.place_at(call.frame, call.span, kind)
        return Copy(region.origin or region, offset, size, kind, place, 0, (cond,) if cond is not None else ())

    # -- special registers

    def _register(self, call: Call) -> tuple[State, Value]:
        name = call.name.removeprefix("sreg::")
        table = {"thread_idx_": "t", "block_idx_": "b", "block_dim_": "bd", "grid_dim_": "gd"}
        for prefix, key in table.items():
            if name.startswith(prefix):
                return call.state, self.launch.coordinate(key, _AXES[name[-1]])
        if name == "lane_id":
            return call.state, self.launch.lane()
        if name.startswith("lanemask"):
            return call.state, self.terms.app(name, (self.launch.lane(),), 0, 0xFFFFFFFF)
        if name.startswith("cluster_"):
            return call.state, self.cluster_register(name)
        level = GRID if "dim" in name or "count" in name else BLOCK
        return call.state, self.terms.symbol(name, level, 0, 0xFFFFFFFF)


def _is_own(value: Value) -> bool:
    """Whether a pointer that is not followed leads to a local, which no other thread has."""
    return isinstance(value, Opaque) and value.why == OWN_BYTES


Handler = Callable[[Any, Call], tuple[State | None, Value]]
I = Intrinsics
_EXACT: Final[dict[str, Handler]] = {
    "saturating_add": I._saturating, "saturating_sub": I._saturating, "ctpop": I._counting, "ctlz": I._counting,
    "cttz": I._counting, "ctlz_nonzero": I._counting, "cttz_nonzero": I._counting, "assume": I._assume,
    "bitreverse": I._permuted, "bswap": I._permuted, "rotate_left": I._rotated, "rotate_right": I._rotated,
    "black_box": I._identity, "select_unpredictable": I._select, "transmute": I._transmute,
    "transmute_unchecked": I._transmute, "discriminant_value": I._discriminant_value, "offset": I._offset,
    "arith_offset": I._offset, "ptr_offset_from": I._distance, "ptr_offset_from_unsigned": I._distance,
    "ptr_metadata": I._metadata, "aggregate_raw_ptr": I._raw_parts, "copy": I._copy, "copy_nonoverlapping": I._copy,
    "write_bytes": I._write_bytes, "read_via_copy": I._read, "write_via_move": I._write, "volatile_load": I._read,
    "volatile_store": I._write, "typed_swap_nonoverlapping": I._swap, "dynamic_shared": I._dynamic_shared,
}  # fmt: skip
_FAMILIES: Final[dict[str, Handler]] = {
    "sreg": I._register, "thread": I._thread, "warp": I._warp, "cluster": I.cluster, "fence": I._fence,
    "barrier": I.mbarrier, "tcgen05": I._tensor, "async_copy": I._async_copy,
}  # fmt: skip
