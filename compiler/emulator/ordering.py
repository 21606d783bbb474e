"""Orders made by atomics, fences, mbarriers and asynchronous copies, for the shadow memory.

What it is: native code an instrumented kernel calls at each of them. What it assumes: one device thread runs at a time,
so an atomic load sees the last store. What it guarantees: release and acquire pair up when their scopes include each
other; a fence turns the relaxed atomics after it into releases and those before it into acquires; an mbarrier phase
gives its waiters what arrived before; a group of ``cp.async`` is known to its thread from the wait on. Example: data,
``threadfence``, flag (relaxed store) against flag (relaxed load), ``threadfence``, data: ordered.
"""

from __future__ import annotations

from compiler.emulator.clocks import (
    KIND_ACQUIRE,
    KIND_NARROW,
    KIND_RELEASE,
    KIND_UPDATE,
    KIND_WRITE,
    drop_clock,
    hold_clock,
    join_clock,
    learn_clock,
    new_clock,
    no_clock,
    released_clock,
    stamp,
)
from compiler.emulator.native import address_of, bit, native, ptr, u32
from compiler.emulator.shadow import cells_at, sync_of
from compiler.emulator.state import Clock, Sync, Thread, machine


@native
def observe(t: Thread, s: Sync, kind: u32) -> None:
    """An atomic load or update sees what was published."""
    if address_of(s.clock) == 0:
        return
    if (s.narrow != 0 or kind & KIND_NARROW != 0) and s.block != u32(machine.block.linear):
        return
    if kind & KIND_ACQUIRE != 0:
        learn_clock(t, s.clock)
    elif address_of(t.observed) == 0:
        t.observed = hold_clock(s.clock)
    elif address_of(t.observed) != address_of(s.clock):
        both = new_clock(u32(machine.block.linear), t.observed)
        join_clock(both, s.clock)
        drop_clock(t.observed)
        t.observed = both


@native
def fenced_clock(t: Thread) -> Clock:
    """What a thread's last fence releases."""
    c = new_clock(u32(machine.block.linear), t.fence_clock)
    c.own[t.linear] = t.fence_epoch
    return c


@native
def publish(t: Thread, s: Sync, kind: u32) -> None:
    """An atomic store or update at ``s``."""
    made = no_clock()
    narrow = kind & KIND_NARROW
    if kind & KIND_RELEASE != 0:
        made = released_clock(t)
    elif t.fence_epoch != 0:
        made = fenced_clock(t)
        narrow |= t.fence_narrow
    if kind & KIND_UPDATE != 0:
        if address_of(made) == 0:
            return
        join_clock(made, s.clock)
    drop_clock(s.clock)
    s.clock = made
    s.narrow = u32(narrow != 0)
    s.block = u32(machine.block.linear)


@native
def order_atomic(p: ptr, kind: u32) -> None:
    """At an atomic access that happens (a failed compare-exchange is a load)."""
    if machine.checks == 0:
        return
    machine.n_strong += 1
    cells = cells_at(address_of(p))
    if address_of(cells) == 0:
        return
    cell = cells[0]
    t = machine.current
    if kind & KIND_WRITE == 0 or kind & KIND_UPDATE != 0:
        if address_of(cell.sync) != 0:
            observe(t, cell.sync, kind)
    if kind & KIND_WRITE != 0:
        if kind & KIND_RELEASE != 0 or t.fence_epoch != 0 or address_of(cell.sync) != 0:
            publish(t, sync_of(cell), kind)


@native
def order_exchange(p: ptr, success: bit, kind: u32, failure_kind: u32) -> None:
    order_atomic(p, kind if success else failure_kind)


@native
def order_fence(narrow: u32) -> None:
    """A fence of block scope (``narrow`` 1) or wider."""
    if machine.checks == 0:
        return
    t = machine.current
    if address_of(t.observed) != 0:
        learn_clock(t, t.observed)
        drop_clock(t.observed)
        t.observed = no_clock()
    kept = hold_clock(t.clock)
    drop_clock(t.fence_clock)
    t.fence_clock = kept
    t.fence_epoch = t.epoch
    t.fence_narrow = narrow
    t.epoch += 1


# -- mbarriers


@native
def order_mbarrier_arrive(p: ptr, copies: u32) -> None:
    """Arrive; ``copies`` 1: the arrival also stands for the thread's asynchronous copies so far."""
    if machine.checks == 0:
        return
    cells = cells_at(address_of(p))
    if address_of(cells) == 0:
        return
    s = sync_of(cells[0])
    t = machine.current
    c = new_clock(u32(machine.block.linear), s.pending)
    join_clock(c, t.clock)
    stamp(c, t)
    t.epoch += 1
    if copies != 0:
        t.group += 1
        c.own[machine.block_threads + t.linear] = t.group
    drop_clock(s.pending)
    s.pending = c


@native
def order_mbarrier_complete(p: ptr) -> None:
    """A phase completed: what arrived is what waiters learn."""
    if machine.checks == 0:
        return
    cells = cells_at(address_of(p))
    if address_of(cells) != 0:
        s = sync_of(cells[0])
        kept = hold_clock(s.pending)
        drop_clock(s.clock)
        s.clock = kept


@native
def order_mbarrier_wait(p: ptr, done: bit) -> bit:
    """A successful test of a phase; gives ``done`` back."""
    machine.n_strong += 1
    if machine.checks != 0 and done:
        cells = cells_at(address_of(p))
        if address_of(cells) != 0 and address_of(cells[0].sync) != 0:
            learn_clock(machine.current, cells[0].sync.clock)
    return done


# -- cp.async groups


@native
def order_copies_commit() -> None:
    machine.current.group += 1


@native
def order_copies_wait(n: u32) -> None:
    """All but the last ``n`` committed groups are complete."""
    t = machine.current
    if t.group > n and t.group - n > t.waited:
        t.waited = t.group - n


@native
def order_copies_wait_all() -> None:
    t = machine.current
    t.group += 1
    t.waited = t.group
