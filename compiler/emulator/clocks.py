"""Vector clocks of the emulated device: what each thread knows to have happened before.

What it is: native code that joins clocks at block barriers, warp barriers and published atomics, and answers whether a
remembered access happens before the current thread. What it assumes: ``machine.checks`` is set; a thread's epoch grows
whenever it releases; clocks with more than one owner are never written. What it guarantees: an order is claimed only
where the PTX memory model gives one (a shuffle or a vote orders nothing, ``bar.warp.sync`` does). Example: two threads
that met at a barrier know each other's accesses from before it, not those after it.
"""

from __future__ import annotations

from compiler.emulator.heap import allocate, allocate_zeroed, free
from compiler.emulator.native import Ptr, address_of, array, bit, native, pointer, record, size_of, u32, u64
from compiler.emulator.state import (
    N_BARRIERS,
    WAIT_BARRIER,
    Block,
    Clock,
    Record,
    Thread,
    machine,
)

KIND_WRITE = 1
KIND_ATOMIC = 2
KIND_ASYNC = 4
KIND_NARROW = 8  # atomic at block scope
KIND_ACQUIRE = 16
KIND_RELEASE = 32
KIND_UPDATE = 64  # read-modify-write
KIND_COPY = 128  # the source of a block copy: may be uninitialised


@native
def no_clock() -> Clock:
    return record(Clock, pointer(u64(0)))


@native
def hold_clock(c: Clock) -> Clock:
    """One more owner."""
    if address_of(c) != 0:
        c.refs += 1
    return c


@native
def drop_clock(c: Clock) -> None:
    """One owner less."""
    if address_of(c) != 0:
        c.refs -= 1
        if c.refs == 0:
            free(pointer(address_of(c.own)))
            free(pointer(address_of(c.foreign)))
            free(pointer(address_of(c)))


@native
def join_range(target: Ptr[u32], source: Ptr[u32], n: u32) -> None:
    for i in range(n):
        target[i] = max(target[i], source[i])


@native
def foreign_of(c: Clock) -> Ptr[u32]:
    if address_of(c.foreign) == 0:
        c.foreign = array(u32, allocate_zeroed(u64(machine.n_threads) * 8))
    return c.foreign


@native
def join_clock(c: Clock, other: Clock) -> None:
    """Add everything ``other`` knows to ``c``, which has one owner."""
    if address_of(other) == 0:
        return
    n = machine.block_threads
    if other.block == c.block:
        join_range(c.own, other.own, n * 2)
    else:
        join_range(foreign_of(c) + other.block * n, other.own, n)
        join_range(foreign_of(c) + machine.n_threads + other.block * n, other.own + n, n)
    if address_of(other.foreign) != 0:
        join_range(foreign_of(c), other.foreign, machine.n_threads * 2)
        join_range(c.own, other.foreign + c.block * n, n)
        join_range(c.own + n, other.foreign + machine.n_threads + c.block * n, n)


@native
def new_clock(block: u32, known: Clock) -> Clock:
    """A clock with one owner that knows what ``known`` does."""
    c = record(Clock, allocate(size_of(Clock)))
    c.own = array(u32, allocate_zeroed(u64(machine.block_threads) * 8))
    c.foreign = array(u32, pointer(u64(0)))
    c.block = block
    c.refs = 1
    join_clock(c, known)
    return c


@native
def stamp(c: Clock, t: Thread) -> None:
    """Put a thread's own progress into a clock."""
    if t.id - c.block * machine.block_threads >= machine.block_threads:
        foreign_of(c)[t.id] = t.epoch
        foreign_of(c)[machine.n_threads + t.id] = t.waited
        return
    c.own[t.linear] = t.epoch
    c.own[machine.block_threads + t.linear] = t.waited


@native
def join_thread(c: Clock, t: Thread, last: Clock) -> Clock:
    """Add a thread to a meeting; ``last`` is the clock joined just before (threads often share one)."""
    if address_of(t.clock) != address_of(last):
        join_clock(c, t.clock)
    stamp(c, t)
    return t.clock


@native
def adopt_clock(t: Thread, c: Clock) -> None:
    """A thread leaves a meeting knowing ``c``."""
    kept = hold_clock(c)
    drop_clock(t.clock)
    t.clock = kept
    t.epoch += 1


@native
def learn_clock(t: Thread, known: Clock) -> None:
    """An acquire: the thread alone learns ``known``."""
    if address_of(known) == 0 or address_of(known) == address_of(t.clock):
        return
    c = new_clock(u32(machine.block.linear), t.clock)
    join_clock(c, known)
    drop_clock(t.clock)
    t.clock = c


@native
def released_clock(t: Thread) -> Clock:
    """A release: everything the thread knows and did so far."""
    c = new_clock(u32(machine.block.linear), t.clock)
    stamp(c, t)
    t.epoch += 1
    return c


@native
def start_clocks(b: Block, t: Thread) -> None:
    """A thread begins knowing nothing but the launch."""
    drop_clock(t.clock)
    drop_clock(t.fence_clock)
    drop_clock(t.observed)
    t.clock = no_clock()
    t.fence_clock = no_clock()
    t.observed = no_clock()
    t.id = u32(b.linear) * machine.block_threads + t.linear
    t.epoch = 1
    t.fence_epoch = 0
    t.fence_narrow = 0
    t.group = 0
    t.waited = 0


@native
def start_block_clocks(b: Block) -> None:
    for i in range(N_BARRIERS):
        drop_clock(record(Clock, pointer(b.arrived_clocks[i])))
        b.arrived_clocks[i] = 0
    drop_clock(b.cluster_pending)
    drop_clock(b.cluster_clock)
    b.cluster_pending = no_clock()
    b.cluster_clock = no_clock()


@native
def end_block_clocks(b: Block) -> None:
    """Give back the clocks of a block slot."""
    start_block_clocks(b)
    for i in range(b.n_threads):
        start_clocks(b, b.threads[i])


@native
def order_arrival(b: Block, barrier: u32) -> None:
    """``barrier.arrive``: what came before it is known to those who wait."""
    c = new_clock(u32(b.linear), record(Clock, pointer(b.arrived_clocks[barrier])))
    join_clock(c, machine.current.clock)
    stamp(c, machine.current)
    machine.current.epoch += 1
    drop_clock(record(Clock, pointer(b.arrived_clocks[barrier])))
    b.arrived_clocks[barrier] = address_of(c)


@native
def order_barrier(b: Block, barrier: u32) -> None:
    """The waiting threads of a barrier meet."""
    c = new_clock(u32(b.linear), record(Clock, pointer(b.arrived_clocks[barrier])))
    last = no_clock()
    for i in range(b.n_threads):
        t = b.threads[i]
        if t.status == WAIT_BARRIER and t.mask == barrier:
            last = join_thread(c, t, last)
    for i in range(b.n_threads):
        t = b.threads[i]
        if t.status == WAIT_BARRIER and t.mask == barrier:
            adopt_clock(t, c)
    drop_clock(c)
    drop_clock(record(Clock, pointer(b.arrived_clocks[barrier])))
    b.arrived_clocks[barrier] = 0


@native
def order_lanes(lanes: Ptr[Thread], members: u32) -> None:
    """The lanes of a warp barrier meet."""
    c = new_clock(u32(machine.block.linear), no_clock())
    last = no_clock()
    for lane in range(32):
        if (members >> lane) & 1 != 0:
            last = join_thread(c, lanes[lane], last)
    for lane in range(32):
        if (members >> lane) & 1 != 0:
            adopt_clock(lanes[lane], c)
    drop_clock(c)


@native
def order_block_end(b: Block) -> Clock:
    """What is known once every thread of a block has returned."""
    c = new_clock(u32(b.linear), no_clock())
    last = no_clock()
    for i in range(b.n_threads):
        last = join_thread(c, b.threads[i], last)
    return c


@native
def order_cluster_arrival(first: Block, t: Thread, releases: bit) -> None:
    """A thread arrives at its cluster's barrier, whose arrivals the ``first`` block keeps."""
    if not releases:
        return
    c = new_clock(u32(first.linear), first.cluster_pending)
    join_clock(c, t.clock)
    stamp(c, t)
    t.epoch += 1
    drop_clock(first.cluster_pending)
    first.cluster_pending = c


@native
def is_known(c: Clock, r: Record) -> bit:
    """Whether a remembered access is part of what a clock knows."""
    if address_of(c) == 0:
        return False
    n = machine.block_threads
    at = r.thread - c.block * n
    known = c.own + at
    if r.kind & KIND_ASYNC != 0:
        known = c.own + n + at
    if at >= n:
        if address_of(c.foreign) == 0:
            return False
        known = c.foreign + r.thread
        if r.kind & KIND_ASYNC != 0:
            known = c.foreign + machine.n_threads + r.thread
    if r.kind & KIND_ASYNC != 0:
        return known[0] >= r.group
    return known[0] >= r.epoch


@native
def happened_before(t: Thread, r: Record) -> bit:
    """Whether a remembered access is known to the current thread ``t``."""
    if r.thread == t.id:
        return r.kind & KIND_ASYNC == 0 or t.waited >= r.group
    return is_known(t.clock, r)
