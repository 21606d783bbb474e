"""Block barriers: arrival, release, reductions over a barrier, and the verdict that one can never be released.

What it is: native code for the sixteen named barriers of a block. What it assumes: waiting threads have ``status ==
WAIT_BARRIER``, the barrier id in ``mask`` and the wanted thread count in ``expected`` (0: the whole block). What it
guarantees: a barrier of the whole block releases when every thread of the block has arrived; when the rest has exited
it traps as divergent, unless the launch says that exited threads count as arrived (what the hardware does); lanes of
one warp waiting at different aligned barrier instructions trap. Example: ``bar.sync 0`` by threads 0..15 of 32, the
others exit: divergent barrier, with both sides' coordinates.
"""

from __future__ import annotations

from compiler.emulator.clocks import order_arrival, order_barrier
from compiler.emulator.native import bit, native, u32, u64
from compiler.emulator.shadow import FOUND_BARRIER_SITES, report_sites
from compiler.emulator.state import (
    DONE,
    N_BARRIERS,
    READY,
    TRAP_BARRIER_MISUSE,
    TRAP_DIVERGENT_BARRIER,
    WAIT_BARRIER,
    Block,
    Thread,
    machine,
    trap,
)

RED_NONE = 0
RED_POPC = 1
RED_AND = 2
RED_OR = 3


@native
def wait_barrier(barrier: u32, expected: u32, reduction: u32, predicate: bit, aligned: bit, site: u32) -> None:
    """Called by a kernel at a barrier, right before it suspends."""
    t = machine.current
    if barrier >= N_BARRIERS or expected % 32 != 0:
        trap(TRAP_BARRIER_MISUSE, site)
    t.status = WAIT_BARRIER
    t.mask = barrier
    t.expected = expected
    t.op = reduction
    t.value = u64(predicate)
    t.aligned = u32(aligned)
    t.site = site
    b = machine.block
    b.arrived[barrier] += 1
    b.n_waiting += 1


@native
def arrive_barrier(barrier: u32, expected: u32, site: u32) -> None:
    """``barrier.arrive``: count without waiting."""
    if barrier >= N_BARRIERS or expected == 0 or expected % 32 != 0:
        trap(TRAP_BARRIER_MISUSE, site)
    machine.block.arrived[barrier] += 1
    if machine.checks != 0:
        order_arrival(machine.block, barrier)


@native
def first_waiting(b: Block, barrier: u32) -> Thread:
    for i in range(b.n_threads):
        t = b.threads[i]
        if t.status == WAIT_BARRIER and t.mask == barrier:
            return t
    return b.threads[0]


@native
def check_aligned(b: Block, barrier: u32) -> None:
    """All lanes of a warp must wait at the same aligned instruction."""
    for i in range(b.n_threads):
        t = b.threads[i]
        if t.status == WAIT_BARRIER and t.mask == barrier and t.aligned != 0:
            head = b.threads[i & ~u32(31)]
            if head.status == WAIT_BARRIER and head.mask == barrier and head.site != t.site:
                machine.current = t
                trap(TRAP_DIVERGENT_BARRIER, t.site)


@native
def check_sites(b: Block, barrier: u32) -> None:
    """Threads that meet at an aligned barrier should be at the same one."""
    first = first_waiting(b, barrier)
    for i in range(b.n_threads):
        t = b.threads[i]
        if t.status == WAIT_BARRIER and t.mask == barrier and t.aligned != 0 and t.site != first.site:
            report_sites(u32(FOUND_BARRIER_SITES), t, first)


@native
def reduce_barrier(b: Block, barrier: u32, reduction: u32) -> u64:
    count = u64(0)
    n = u64(0)
    for i in range(b.n_threads):
        t = b.threads[i]
        if t.status == WAIT_BARRIER and t.mask == barrier:
            count += u64(t.value != 0)
            n += 1
    if reduction == RED_POPC:
        return count
    if reduction == RED_AND:
        return u64(count == n)
    return u64(count != 0)


@native
def release(b: Block, barrier: u32) -> None:
    first = first_waiting(b, barrier)
    if first.aligned != 0:
        check_aligned(b, barrier)
    if machine.checks != 0:
        check_sites(b, barrier)
        order_barrier(b, barrier)
    result = u64(0)
    if first.op != RED_NONE:
        result = reduce_barrier(b, barrier, first.op)
    for i in range(b.n_threads):
        t = b.threads[i]
        if t.status == WAIT_BARRIER and t.mask == barrier:
            t.status = READY
            t.result = result
            b.n_waiting -= 1
    b.arrived[barrier] = 0


@native
def release_barriers(b: Block) -> u32:
    """Release every barrier that is complete; returns how many were."""
    released = u32(0)
    for barrier in range(N_BARRIERS):
        if b.arrived[barrier] != 0:
            first = first_waiting(b, barrier)
            if first.status == WAIT_BARRIER:
                needed = first.expected
                if needed == 0:
                    needed = b.n_threads
                    if machine.exited_counts != 0:
                        needed -= b.n_done
                if b.arrived[barrier] >= needed:
                    release(b, barrier)
                    released += 1
    return released


@native
def report_divergence(b: Block) -> None:
    """No thread can run and threads wait at a barrier: trap at the first of them."""
    for i in range(b.n_threads):
        t = b.threads[i]
        if t.status == WAIT_BARRIER:
            machine.current = t
            trap(TRAP_DIVERGENT_BARRIER, t.site)


@native
def finish_thread() -> None:
    """Called by a kernel when a thread returns."""
    machine.current.status = DONE
    machine.block.n_done += 1
