"""The native scheduler: opens blocks, resumes their threads warp by warp, and completes what they wait for.

What it is: the loop of the emulated device. A kernel without suspend points runs as a plain loop over threads; any
other runs as one coroutine per thread. What it assumes: ``machine`` was filled by ``jit.py``; one schedule per
launch. What it guarantees: the same schedule and seed give the same interleaving; blocks run one after another unless
all threads of the resident ones only spin, then one more block is opened (so cooperative grids and flags between
blocks make progress); the blocks of a cluster are opened and closed together; a thread switches only at a suspend
point. Example: in order, 64 threads, one barrier: threads 0..63 to the barrier, then 0..63 from it.
"""

from __future__ import annotations

from compiler.emulator.block import (
    can_cluster_move,
    release_barriers,
    release_cluster,
    report_divergence,
)
from compiler.emulator.clocks import end_block_clocks, no_clock, start_block_clocks, start_clocks
from compiler.emulator.cluster import cluster_block, peer_stride, shared_size
from compiler.emulator.heap import allocate, allocate_zeroed, free, memcpy, memset
from compiler.emulator.native import address_of, array, bit, extern, native, pointer, ptr, record, size_of, u32, u64
from compiler.emulator.shadow import check_block_end, clear_cells, close_shadow, open_shadow
from compiler.emulator.state import (
    EXPLORE,
    IN_ORDER,
    N_BARRIERS,
    RANDOM,
    READY,
    REVERSED,
    TRAP_ENDLESS_WAIT,
    TRAP_OUT_OF_MEMORY,
    TRAP_TIMEOUT,
    WAIT_WARP,
    YIELDED,
    Block,
    Cell,
    Thread,
    machine,
    next_random,
    trap,
)
from compiler.emulator.warp import report_warp_deadlock, resolve_warp

SPIN_LIMIT = 64
ENDLESS_ROUNDS = 4096  # in which all threads only read, over and over
EXPLORE_LANES = 16
STACK_BYTES = 0x90000  # what a GPU gives a thread's local memory at most (512 KiB), and the margin above


@extern("oxide.call.plain")
def call_plain(entry: ptr, args: ptr) -> None:
    """Run the kernel for the current thread."""


@extern("oxide.call.start")
def call_start(entry: ptr, args: ptr) -> ptr:
    """Create the current thread's coroutine and run it to its first suspend point."""
    return 0


@extern("oxide.call.resume")
def call_resume(handle: ptr) -> None:
    """Resume the current thread."""


@extern("oxide.stack.address")
def stack_address() -> u64:
    return 0


@native
def frame_memory(size: u64) -> ptr:
    """Memory of the current thread's coroutine frame, 64-byte aligned."""
    b = machine.block
    if b.frames == 0:
        machine.frame_stride = (size + 63) & ~u64(63)
        b.frames = allocate(machine.frame_stride * u64(b.n_threads) + 64)
    base = (address_of(b.frames) + 63) & ~u64(63)
    return pointer(base + machine.frame_stride * u64(machine.current.linear))


@native
def choose(n: u32) -> u32:
    """The explored schedule's next decision among ``n``: from the list given, 0 beyond it; arities are noted."""
    i = machine.n_chosen
    if i >= machine.max_chosen or n < 2:
        return u32(0)
    machine.n_chosen = i + 1
    machine.arities[i] = n
    return machine.choices[i] % n


@native
def schedule_key(n: u32) -> u64:
    """What decides the order of ``n`` things this time."""
    if machine.schedule == RANDOM:
        return next_random()
    if machine.schedule == EXPLORE:
        return u64(choose(n))
    return u64(0)


@native
def permuted(k: u32, n: u32, key: u64) -> u32:
    """k-th element of a permutation of ``0..n`` chosen by the schedule; ``n`` or more means: skip."""
    if machine.schedule == IN_ORDER:
        return k
    if machine.schedule == EXPLORE:
        at = k + u32(key)
        return at - n if at >= n else at
    if machine.schedule == REVERSED:
        return n - 1 - k if k < n else k
    bits = u32(1)
    while bits < n:
        bits = bits << 1
    odd = u32(key >> 32) | 1
    return (u32(key) + k * odd) & (bits - 1)


@native
def permutation_size(n: u32) -> u32:
    if machine.schedule != RANDOM:
        return n
    bits = u32(1)
    while bits < n:
        bits = bits << 1
    return bits


@native
def place_thread(t: Thread, linear: u32) -> None:
    """Set a thread's coordinates from its linear index in the block."""
    plane = machine.ntid_x * machine.ntid_y
    t.linear = linear
    t.lane = linear & 31
    t.tid_z = linear // plane
    t.tid_y = (linear % plane) // machine.ntid_x
    t.tid_x = linear % machine.ntid_x
    t.status = READY
    t.cluster_arrival = 0
    t.handle = pointer(u64(0))


@native
def place_block(b: Block, linear: u64) -> None:
    plane = u64(machine.nctaid_x) * u64(machine.nctaid_y)
    b.linear = linear
    b.ctaid_z = u32(linear // plane)
    b.ctaid_y = u32((linear % plane) // u64(machine.nctaid_x))
    b.ctaid_x = u32(linear % u64(machine.nctaid_x))
    b.n_done = 0
    b.n_yielded = 0
    b.n_waiting = 0
    b.n_cluster = 0
    b.is_blocked = 0
    b.started = 0
    for i in range(N_BARRIERS):
        b.arrived[i] = 0
    if machine.checks != 0:
        start_block_clocks(b)
    for i in range(b.n_threads):
        place_thread(b.threads[i], i)
        if machine.checks != 0:
            start_clocks(b, b.threads[i])


@native
def create_block() -> Block:
    """A new slot for a resident block."""
    b = record(Block, allocate(size_of(Block)))
    b.n_threads = machine.ntid_x * machine.ntid_y * machine.ntid_z
    b.threads = array(Thread, allocate_zeroed(u64(b.n_threads) * size_of(Thread)))
    b.arrived = array(u32, allocate(u64(N_BARRIERS * 4)))
    b.arrived_clocks = array(u64, allocate_zeroed(u64(N_BARRIERS * 8)))
    b.peers = array(u64, allocate_zeroed(u64(machine.cluster_blocks) * 8))
    b.peer_memory = 0
    b.rank = 0
    b.cluster_pending = no_clock()
    b.cluster_clock = no_clock()
    b.shadow = array(Cell, pointer(u64(0)))
    if machine.checks != 0:
        b.shadow = array(Cell, allocate_zeroed((shared_size() + 8) // 4 * size_of(Cell)))
    b.frames = pointer(u64(0))
    b.shared_copy = pointer(u64(0))
    return b


@native
def activate(b: Block) -> None:
    """Make ``b`` the running block; shared memory of the previous one is kept aside."""
    previous = machine.block
    if address_of(previous) == address_of(b) and b.started != 0:
        return
    size = shared_size()
    if (
        address_of(previous) != 0
        and address_of(previous) != address_of(b)
        and (previous.n_done < previous.n_threads or previous.peer_memory != 0)
        and size != 0
    ):
        if previous.shared_copy == 0:
            previous.shared_copy = allocate(size)
        memcpy(previous.shared_copy, machine.shared, size)
    machine.block = b
    if b.started == 0:
        b.started = 1
        clear_cells(b.shadow, (size + 8) // 4)
        if size != 0:
            memset(machine.shared, u32(machine.poison), size)
    elif size != 0:
        memcpy(machine.shared, b.shared_copy, size)


@native
def run_thread(t: Thread) -> None:
    machine.current = t
    machine.spins = 0
    if t.handle == 0:
        t.handle = call_start(machine.entry, machine.args)
    else:
        call_resume(t.handle)


@native
def run_warp(b: Block, warp: u32) -> u32:
    """Resume ready lanes and complete collectives until neither is possible; returns how many lanes ran."""
    lanes = b.threads + warp * 32
    n = b.n_threads - warp * 32
    n = min(n, 32)
    total = u32(0)
    while True:
        ran = u32(0)
        key = next_random() if machine.schedule == RANDOM else u64(0)
        if machine.schedule == EXPLORE and machine.checks & EXPLORE_LANES != 0:
            key = u64(choose(n))
        for k in range(permutation_size(n)):
            lane = permuted(k, n, key)
            if lane < n and lanes[lane].status == READY:
                run_thread(lanes[lane])
                ran += 1
        total += ran
        if resolve_warp(lanes, n) == 0:
            return total
        if machine.stop != 0:
            trap(TRAP_TIMEOUT, machine.current.site)


@native
def run_ready(b: Block) -> u32:
    """One pass over all warps; returns how many threads ran."""
    n_warps = (b.n_threads + 31) // 32
    key = schedule_key(n_warps)
    ran = u32(0)
    for k in range(permutation_size(n_warps)):
        warp = permuted(k, n_warps, key)
        if warp < n_warps:
            ran += run_warp(b, warp)
    return ran


@native
def wake_yielded(b: Block) -> u32:
    woken = u32(0)
    for i in range(b.n_threads):
        t = b.threads[i]
        if t.status == YIELDED:
            t.status = READY
            woken += 1
    b.n_yielded = 0
    return woken


@native
def report_stuck(b: Block) -> None:
    """Live threads, none can run: a warp collective or a barrier that never completes."""
    for i in range(b.n_threads):
        t = b.threads[i]
        if t.status == WAIT_WARP:
            report_warp_deadlock(t)
    report_divergence(b)


@native
def run_block(b: Block) -> u32:
    """Run a block until it is done (returns 1) or all its runnable threads only spin or wait for other blocks (0)."""
    activate(b)
    while True:
        ran = run_ready(b)
        if b.n_done == b.n_threads:
            check_block_end(b)
            return u32(1)
        if machine.stop != 0:
            trap(TRAP_TIMEOUT, machine.current.site)
        if b.n_waiting != 0 and release_barriers(b) != 0:
            wake_yielded(b)
            continue
        if b.n_cluster != 0 and release_cluster(b) != 0:
            wake_yielded(b)
            continue
        if b.n_yielded == 0:
            b.is_blocked = 1
            if b.n_cluster == 0 or not can_cluster_move(b):
                report_stuck(b)
            return u32(0)
        only_spun = ran == b.n_yielded
        wake_yielded(b)
        if only_spun:
            return u32(0)


@native
def run_plain_block(b: Block) -> None:
    """A kernel without suspend points: every thread from start to end."""
    activate(b)
    key = schedule_key(b.n_threads)
    for k in range(permutation_size(b.n_threads)):
        i = permuted(k, b.n_threads, key)
        if i < b.n_threads:
            machine.current = b.threads[i]
            call_plain(machine.entry, machine.args)
    b.n_done = b.n_threads
    check_block_end(b)


@native
def block_in_slot(i: u32) -> Block:
    return record(Block, pointer(machine.slots[i]))


@native
def open_block(linear: u64) -> Block:
    """Make block ``linear`` resident in the next slot."""
    i = machine.n_resident
    if i == machine.n_slots:
        trap(TRAP_OUT_OF_MEMORY, u32(0))
    if machine.slots[i] == 0:
        machine.slots[i] = address_of(create_block())
    b = block_in_slot(i)
    place_block(b, linear)
    b.peers[0] = machine.slots[i]
    machine.n_resident = i + 1
    return b


@native
def share_memory(first: u32) -> None:
    """The blocks from slot ``first`` on become a cluster: each finds the others, and their memory."""
    n = machine.cluster_blocks
    size = shared_size()
    lead = block_in_slot(first)
    if lead.peer_memory == 0:
        lead.peer_memory = address_of(allocate(peer_stride() * u64(n)))
    for rank in range(n):
        b = block_in_slot(first + rank)
        b.rank = rank
        b.peer_memory = lead.peer_memory
        b.shared_copy = pointer(lead.peer_memory + u64(rank) * peer_stride())
        b.started = 1
        memset(b.shared_copy, u32(machine.poison), size)
        clear_cells(b.shadow, (size + 8) // 4)
        for other in range(n):
            b.peers[other] = machine.slots[first + other]


@native
def open_cluster(cluster: u64) -> None:
    """Make the blocks of a cluster resident; without clusters, a block."""
    first = machine.n_resident
    for rank in range(machine.cluster_blocks):
        open_block(cluster_block(cluster, rank))
    if machine.cluster_blocks > 1:
        share_memory(first)


@native
def run_once(b: Block) -> u32:
    """Run a resident block; whether it is done."""
    if machine.coroutine != 0:
        return run_block(b)
    run_plain_block(b)
    return u32(1)


@native
def run_cluster(first: u32) -> u32:
    """Run the blocks from slot ``first`` on until all are done (1), or all only wait for other clusters (0)."""
    n = machine.cluster_blocks
    if n == 1:
        return run_once(block_in_slot(first))
    done = u32(0)
    while True:
        before = done
        phases = machine.n_phases
        done = 0
        key = schedule_key(n)
        for k in range(permutation_size(n)):
            rank = permuted(k, n, key)
            if rank < n:
                b = block_in_slot(first + rank)
                if b.n_done == b.n_threads:
                    done += 1
                else:
                    done += run_once(b)
        if done == n:
            machine.block = record(Block, pointer(u64(0)))
            return u32(1)
        if done == before and phases == machine.n_phases:
            return u32(0)


@native
def swap_slots(i: u32, j: u32) -> None:
    for rank in range(machine.cluster_blocks):
        held = machine.slots[i + rank]
        machine.slots[i + rank] = machine.slots[j + rank]
        machine.slots[j + rank] = held


@native
def run_resident() -> u64:
    """Run every resident cluster once; returns how many blocks finished (the last cluster takes a done one's slots)."""
    finished = u64(0)
    i = u32(0)
    while i < machine.n_resident:
        if run_cluster(i) != 0:
            finished += u64(machine.cluster_blocks)
            last = machine.n_resident - machine.cluster_blocks
            swap_slots(i, last)
            machine.n_resident = last
        else:
            i += machine.cluster_blocks
    return finished


@native
def run_launch() -> None:
    """Run the whole grid."""
    machine.stack_high = stack_address() + 65536
    machine.stack_low = machine.stack_high - STACK_BYTES
    if machine.checks != 0:
        open_shadow()
    n = u32(machine.n_blocks // u64(machine.cluster_blocks))
    key = schedule_key(n)
    k = u32(0)
    finished = u64(0)
    idle = u32(0)
    while finished < machine.n_blocks:
        before = machine.n_changes
        advanced = run_resident()
        finished += advanced
        idle = idle + 1 if advanced == 0 and machine.n_changes == before else u32(0)
        if advanced == 0 and k < permutation_size(n):
            cluster = permuted(k, n, key)
            k += 1
            if cluster < n:
                open_cluster(u64(cluster))
        elif machine.checks != 0 and idle == ENDLESS_ROUNDS:
            trap(TRAP_ENDLESS_WAIT, machine.last_site)


@native
def release_slots() -> None:
    """Free the memory of all block slots (after the launch, also after a trap)."""
    i = u32(0)
    while i < machine.n_slots and machine.slots[i] != 0:
        b = block_in_slot(i)
        if address_of(b.shadow) != 0:
            end_block_clocks(b)
            clear_cells(b.shadow, (shared_size() + 8) // 4)
            free(pointer(address_of(b.shadow)))
        free(pointer(address_of(b.threads)))
        free(pointer(address_of(b.arrived)))
        free(pointer(address_of(b.arrived_clocks)))
        free(b.frames)
        free(pointer(address_of(b.peers)))
        if b.peer_memory == 0:
            free(b.shared_copy)
        elif b.rank == 0:
            free(pointer(b.peer_memory))
        free(pointer(machine.slots[i]))
        machine.slots[i] = 0
        i += 1
    if machine.checks != 0:
        close_shadow()


@native
def preempted() -> bit:
    """Under checks, other threads may come first at any atomic or volatile access."""
    if machine.checks == 0:
        return False
    if machine.schedule == RANDOM:
        return next_random() >> 62 == 0
    return machine.schedule == EXPLORE and choose(u32(2)) != 0


@native
def should_yield() -> bit:
    """Called after a load that a loop may be spinning on: true once it has spun long enough to let others run."""
    machine.spins += 1
    if machine.spins < SPIN_LIMIT and not preempted():
        return False
    yield_thread()
    return True


@native
def yield_thread() -> None:
    machine.current.status = YIELDED
    machine.block.n_yielded += 1
