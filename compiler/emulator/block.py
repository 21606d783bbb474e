"""Barriers of blocks and clusters: arrival, release, reductions over a barrier, and the verdict that one can never be
released.

What it is: native code for the sixteen named barriers of a block, and for the one of its cluster, which also completes
when those that did not arrive have exited (as PTX has it). What it assumes: waiting threads have ``status ==
WAIT_BARRIER``, the barrier id in ``mask`` and the wanted thread count in ``expected`` (0: the whole block). What it
guarantees: a barrier of the whole block releases when every thread of the block has arrived; when the rest has exited
it traps as divergent, unless the launch says that exited threads count as arrived (what the hardware does); lanes of
one warp waiting at different aligned barrier instructions trap. Example: ``bar.sync 0`` by threads 0..15 of 32, the
others exit: divergent barrier, with both sides' coordinates.
"""

from __future__ import annotations

from compiler.emulator.clocks import (
    drop_clock,
    learn_clock,
    new_clock,
    no_clock,
    order_arrival,
    order_barrier,
    order_cluster_arrival,
)
from compiler.emulator.native import address_of, bit, native, pointer, record, u32, u64
from compiler.emulator.shadow import FOUND_BARRIER_SITES, FOUND_CLUSTER_SITES, report_sites
from compiler.emulator.state import (
    DONE,
    N_BARRIERS,
    READY,
    TRAP_BARRIER_MISUSE,
    TRAP_DIVERGENT_BARRIER,
    WAIT_BARRIER,
    WAIT_CLUSTER,
    Block,
    Thread,
    machine,
    trap,
)

RED_NONE = 0
RED_POPC = 1
RED_AND = 2
RED_OR = 3

ARRIVED = 1  # at the cluster barrier, in a phase that goes on
ALIGNED = 2  # so too, with all lanes of the warp
COMPLETE = 3  # in one that is complete, but did not wait for it yet


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


# -- the barrier of a cluster


@native
def peer(b: Block, rank: u32) -> Block:
    return record(Block, pointer(b.peers[rank]))


@native
def arrive_cluster(releases: bit, aligned: bit, site: u32) -> None:
    """``barrier.cluster.arrive``; a relaxed one ``releases`` nothing."""
    t = machine.current
    if t.cluster_arrival != 0:
        trap(TRAP_BARRIER_MISUSE, site)
    t.cluster_arrival = ALIGNED if aligned else ARRIVED
    t.site = site
    if machine.checks != 0:
        order_cluster_arrival(peer(machine.block, u32(0)), t, releases)


@native
def wait_cluster(site: u32) -> None:
    """``barrier.cluster.wait``, right before the thread suspends."""
    t = machine.current
    if t.cluster_arrival == 0:
        trap(TRAP_BARRIER_MISUSE, site)
    t.status = WAIT_CLUSTER
    t.site = site
    machine.block.n_cluster += 1


@native
def has_arrived(t: Thread) -> bit:
    return u32(t.cluster_arrival - 1) < u32(COMPLETE - 1)


@native
def check_lane(b: Block, i: u32) -> None:
    """All lanes of a warp must arrive at an aligned cluster barrier; a warp that is gone altogether need not."""
    if b.threads[i].cluster_arrival != ALIGNED:
        return
    first = i & ~u32(31)
    end = min(first + 32, b.n_threads)
    for k in range(first, end):
        other = b.threads[k]
        if other.status == DONE and other.cluster_arrival == 0:
            machine.block = b
            machine.current = b.threads[i]
            trap(TRAP_DIVERGENT_BARRIER, b.threads[i].site)


@native
def is_cluster_complete(b: Block) -> bit:
    """Whether every thread of the cluster has arrived or exited."""
    arrived = u32(0)
    for rank in range(machine.cluster_blocks):
        other = peer(b, rank)
        for i in range(other.n_threads):
            t = other.threads[i]
            if has_arrived(t):
                arrived += 1
            elif t.status != DONE:
                return False
    return arrived != 0


@native
def complete_cluster(b: Block) -> None:
    """The phase ends: each block keeps what its threads will learn when they wait."""
    machine.n_phases += 1
    first = peer(b, u32(0))
    pending = first.cluster_pending
    meeting = record(Thread, pointer(u64(0)))
    for rank in range(machine.cluster_blocks):
        other = peer(b, rank)
        other.is_blocked = 0
        if machine.checks != 0:
            drop_clock(other.cluster_clock)
            other.cluster_clock = new_clock(u32(other.linear), pending)
        for i in range(other.n_threads):
            t = other.threads[i]
            check_lane(other, i)
            if t.cluster_arrival == ALIGNED:
                if address_of(meeting) == 0:
                    meeting = t
                if meeting.site != t.site:
                    report_sites(u32(FOUND_CLUSTER_SITES), t, meeting)
            if has_arrived(t):
                t.cluster_arrival = COMPLETE
    drop_clock(pending)
    first.cluster_pending = no_clock()


@native
def release_cluster(b: Block) -> u32:
    """Let those threads of the running block go whose phase is complete; returns how many."""
    if is_cluster_complete(b):
        complete_cluster(b)
    released = u32(0)
    for i in range(b.n_threads):
        t = b.threads[i]
        if t.status == WAIT_CLUSTER and t.cluster_arrival == COMPLETE:
            t.status = READY
            t.cluster_arrival = 0
            b.n_cluster -= 1
            released += 1
            if machine.checks != 0:
                learn_clock(t, b.cluster_clock)
    return released


@native
def can_cluster_move(b: Block) -> bit:
    """Whether a thread of the cluster may still run."""
    for rank in range(machine.cluster_blocks):
        other = peer(b, rank)
        if other.n_done < other.n_threads and other.is_blocked == 0:
            return True
    return False


@native
def waits_for_others(t: Thread) -> bit:
    if t.status == WAIT_CLUSTER:
        return True
    return t.status == WAIT_BARRIER


@native
def report_divergence(b: Block) -> None:
    """No thread can run and threads wait at a barrier: trap at the first of them."""
    for i in range(b.n_threads):
        t = b.threads[i]
        if waits_for_others(t):
            machine.current = t
            trap(TRAP_DIVERGENT_BARRIER, t.site)


@native
def finish_thread() -> None:
    """Called by a kernel when a thread returns."""
    machine.current.status = DONE
    machine.block.n_done += 1
