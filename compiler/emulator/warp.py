"""Warp collectives: shuffles, votes, matches, reductions, warp barriers, election, active mask.

What it is: native code that completes a collective once every live lane of its member mask waits at it. What it
assumes: lanes wait with ``status == WAIT_WARP`` and their operands in their record; PTX ISA 9.7.13 semantics. What it
guarantees: lanes that have exited count as absent; a lane outside its own mask traps; ``activemask`` is answered only
when no lane of the warp can run, and groups the lanes waiting at the same place (largest convergence). Example: 32
lanes at ``shfl.sync.down 1, full`` get their right neighbour's value, lane 31 its own.
"""

from __future__ import annotations

from compiler.emulator.clocks import order_lanes
from compiler.emulator.native import Ptr, bit, extern, i32, native, u32, u64
from compiler.emulator.shadow import FOUND_SHUFFLE_SOURCE, FOUND_WARP_SITES, report_sites
from compiler.emulator.state import (
    DONE,
    READY,
    TRAP_MEMBER_MASK,
    TRAP_WARP_DEADLOCK,
    WAIT_WARP,
    Thread,
    machine,
    trap,
)

OP_SYNC = 0
OP_SHFL_IDX = 1
OP_SHFL_UP = 2
OP_SHFL_DOWN = 3
OP_SHFL_BFLY = 4
OP_VOTE_ALL = 5
OP_VOTE_ANY = 6
OP_VOTE_UNI = 7
OP_BALLOT = 8
OP_MATCH_ANY = 9
OP_MATCH_ALL = 10
OP_REDUX_ADD = 11
OP_REDUX_UMIN = 12
OP_REDUX_UMAX = 13
OP_REDUX_MIN = 14
OP_REDUX_MAX = 15
OP_REDUX_AND = 16
OP_REDUX_OR = 17
OP_REDUX_XOR = 18
OP_ELECT = 19
OP_ACTIVEMASK = 20


@extern("llvm.ctpop.i32")
def popcount(x: u32) -> u32:
    return x.bit_count()


@extern("llvm.cttz.i32")
def trailing_zeros(x: u32, poison: bit) -> u32:
    return (x & -x).bit_length() - 1


@native
def shuffle_source(op: u32, lane: u32, b: u32, c: u32) -> u32:
    """Source lane of a shuffle, or ``lane + 64`` when the source is out of range (predicate false)."""
    segment = (c >> 8) & 31
    clamp = c & 31
    low = lane & segment
    bound = low | (clamp & ~segment & 31)
    b = b & 31
    if op == OP_SHFL_UP:
        source = i32(lane) - i32(b)
        if source >= i32(bound):
            return u32(source)
        return lane + 64
    if op == OP_SHFL_DOWN:
        target = lane + b
    elif op == OP_SHFL_BFLY:
        target = lane ^ b
    else:
        target = low | (b & ~segment & 31)
    if target <= bound:
        return target
    return lane + 64


@native
def complete_shuffle(lanes: Ptr[Thread], members: u32) -> None:
    for lane in range(32):
        if (members >> lane) & 1 != 0:
            t = lanes[lane]
            source = shuffle_source(t.op, lane, t.operand_b, t.operand_c)
            t.predicate = u32(source < 32)
            source = source & 31
            t.result = lanes[source].value if (members >> source) & 1 != 0 else t.value


@native
def redux_step(op: u32, a: u32, b: u32) -> u32:
    if op == OP_REDUX_ADD:
        return a + b
    if op == OP_REDUX_UMIN:
        return a if a < b else b
    if op == OP_REDUX_UMAX:
        return a if a > b else b
    if op == OP_REDUX_MIN:
        return a if i32(a) < i32(b) else b
    if op == OP_REDUX_MAX:
        return a if i32(a) > i32(b) else b
    if op == OP_REDUX_AND:
        return a & b
    if op == OP_REDUX_OR:
        return a | b
    return a ^ b


@native
def equal_lanes(lanes: Ptr[Thread], members: u32, value: u64) -> u32:
    """Mask of the members whose operand equals ``value``."""
    same = u32(0)
    for lane in range(32):
        if (members >> lane) & 1 != 0 and lanes[lane].value == value:
            same |= u32(1) << lane
    return same


@native
def group_result(lanes: Ptr[Thread], members: u32, op: u32, first: u32) -> u32:
    """Result common to all members of a vote, match.all or reduction."""
    if op >= OP_REDUX_ADD and op <= OP_REDUX_XOR:
        total = u32(lanes[first].value)
        for lane in range(first + 1, u32(32)):
            if (members >> lane) & 1 != 0:
                total = redux_step(op, total, u32(lanes[lane].value))
        return total
    if op == OP_MATCH_ALL:
        return members if equal_lanes(lanes, members, lanes[first].value) == members else u32(0)
    if op == OP_ELECT:
        return first
    true_lanes = members & ~equal_lanes(lanes, members, u64(0))
    if op == OP_BALLOT:
        return true_lanes
    if op == OP_VOTE_ALL:
        return u32(true_lanes == members)
    if op == OP_VOTE_ANY:
        return u32(true_lanes != 0)
    return u32(true_lanes == members) | u32(true_lanes == 0)


@native
def check_lanes(lanes: Ptr[Thread], members: u32, first: Thread) -> None:
    """Lanes should meet at one place and read lanes that take part; a warp barrier orders their memory."""
    for lane in range(32):
        if (members >> lane) & 1 != 0:
            t = lanes[lane]
            if t.site != first.site:
                report_sites(u32(FOUND_WARP_SITES), t, first)
            if t.op >= OP_SHFL_IDX and t.op <= OP_SHFL_BFLY:
                source = shuffle_source(t.op, lane, t.operand_b, t.operand_c)
                if source < 32 and (members >> source) & 1 == 0:
                    report_sites(u32(FOUND_SHUFFLE_SOURCE), t, t)
    if first.op == OP_SYNC:
        order_lanes(lanes, members)


@native
def complete_group(lanes: Ptr[Thread], members: u32) -> None:
    """Give every member its result and make it ready."""
    first = trailing_zeros(members, False)
    op = lanes[first].op
    if machine.checks != 0:
        check_lanes(lanes, members, lanes[first])
    if op >= OP_SHFL_IDX and op <= OP_SHFL_BFLY:
        complete_shuffle(lanes, members)
    elif op == OP_MATCH_ANY:
        for lane in range(32):
            if (members >> lane) & 1 != 0:
                lanes[lane].result = u64(equal_lanes(lanes, members, lanes[lane].value))
    elif op != OP_SYNC:
        common = group_result(lanes, members, op, first)
        for lane in range(32):
            if (members >> lane) & 1 != 0:
                lanes[lane].result = u64(members if op == OP_ACTIVEMASK else common)
                lanes[lane].predicate = u32(lane == first) if op == OP_ELECT else u32(common != 0)
    for lane in range(32):
        if (members >> lane) & 1 != 0:
            lanes[lane].status = READY


@native
def waiting_members(lanes: Ptr[Thread], n: u32, lane: u32, live: u32) -> u32:
    """Member mask of the collective ``lane`` waits at when it can complete now, else 0."""
    t = lanes[lane]
    members = u32(0)
    if t.op == OP_ACTIVEMASK:
        for other in range(n):
            o = lanes[other]
            if o.status == WAIT_WARP and o.op == OP_ACTIVEMASK and o.site == t.site:
                members |= u32(1) << other
        return members
    if (t.mask >> lane) & 1 == 0:
        machine.current = t
        trap(TRAP_MEMBER_MASK, t.site)
    members = t.mask & live
    for other in range(n):
        if (members >> other) & 1 != 0:
            o = lanes[other]
            if o.status != WAIT_WARP or o.op != t.op or o.mask != t.mask:
                return u32(0)
    return members


@native
def resolve_warp(lanes: Ptr[Thread], n: u32) -> u32:
    """Complete every collective of this warp whose members have all arrived; returns how many lanes became ready."""
    live = u32(0)
    waiting = u32(0)
    for lane in range(n):
        status = lanes[lane].status
        if status != DONE:
            live |= u32(1) << lane
        if status == WAIT_WARP:
            waiting |= u32(1) << lane
    released = u32(0)
    while waiting != 0:
        lane = trailing_zeros(waiting, False)
        members = waiting_members(lanes, n, lane, live)
        if members == 0:
            waiting &= waiting - 1
        else:
            complete_group(lanes, members)
            released += popcount(members)
            waiting &= ~members
    return released


@native
def report_warp_deadlock(t: Thread) -> None:
    machine.current = t
    trap(TRAP_WARP_DEADLOCK, t.site)


@native
def wait_warp(op: u32, mask: u32, value: u64, site: u32) -> None:
    """Called by a kernel at a collective, right before it suspends."""
    t = machine.current
    t.status = WAIT_WARP
    t.op = op
    t.mask = mask
    t.value = value
    t.site = site


@native
def wait_shuffle(op: u32, mask: u32, value: u64, b: u32, c: u32, site: u32) -> None:
    t = machine.current
    t.operand_b = b
    t.operand_c = c
    wait_warp(op, mask, value, site)


@native
def wait_active_mask(site: u32) -> None:
    wait_warp(OP_ACTIVEMASK, u32(0), u64(0), site)


@native
def result_u32() -> u32:
    return u32(machine.current.result)


@native
def result_u64() -> u64:
    return machine.current.result


@native
def result_bit() -> bit:
    return machine.current.result != 0


@native
def result_predicate() -> bit:
    return machine.current.predicate != 0
