"""Records of the emulated machine: one device thread, one resident block, the machine itself, a memory region.

What it is: C-layout records shared by the native scheduler, the code generated for a kernel, and Python (which reads
them after a trap through :func:`record_dtype`). What it assumes: one OS thread runs the machine; exactly one device
thread is current at any time. What it guarantees: a thread waits (``WAIT_BARRIER``, ``WAIT_WARP``) only inside a
suspend point and its operands then lie in its record. Example::

    np.frombuffer(memory, record_dtype(Thread))["tid_x"]
"""

from __future__ import annotations

import sys
from functools import cache

import numpy as np

from compiler.emulator.native import Program, Ptr, extern, native, program_of, ptr, struct, u8, u32, u64

READY = 0
WAIT_BARRIER = 1
WAIT_WARP = 2
YIELDED = 3
DONE = 4
WAIT_CLUSTER = 5

IN_ORDER = 0
REVERSED = 1
RANDOM = 2
EXPLORE = 3

TRAP_NONE = 0
TRAP_EXPLICIT = 1
TRAP_OUT_OF_BOUNDS = 2
TRAP_DIVERGENT_BARRIER = 3
TRAP_WARP_DEADLOCK = 4
TRAP_TIMEOUT = 5
TRAP_ASSERT = 6
TRAP_STACK_OVERFLOW = 7
TRAP_READ_ONLY = 8
TRAP_MEMBER_MASK = 9
TRAP_MISALIGNED = 10
TRAP_BARRIER_MISUSE = 11
TRAP_OUT_OF_MEMORY = 12
TRAP_ENDLESS_WAIT = 13

N_BARRIERS = 16
WARP_SIZE = 32


@struct
class Clock:
    """Vector clock, shared and never changed once it has a second owner.

    ``own``: epochs of the block's threads, then how many of their asynchronous copies are complete. ``foreign``: the
    same of all threads of the grid, null when nothing is known of other blocks.
    """

    own: Ptr[u32]
    foreign: Ptr[u32]
    block: u32
    refs: u32


@struct
class Record:
    """One access remembered by a shadow cell. ``group``: of asynchronous copies; ``mask``: bytes of the cell."""

    thread: u32
    epoch: u32
    site: u32
    kind: u32
    group: u32
    mask: u32


@struct
class Sync:
    """What atomics or an mbarrier at an address publish. ``pending``: arrivals of the phase not yet complete."""

    clock: Clock
    pending: Clock
    narrow: u32  # 1: published at block scope
    block: u32


@struct
class Cell:
    """Shadow of four bytes. ``init``: mask of the bytes written."""

    records: Ptr[Record]
    sync: Sync
    count: u32
    capacity: u32
    init: u32
    unused: u32


@struct
class Finding:
    """One defect; ``other_*`` is the earlier access of a race, or the second thread of a convergence finding."""

    address: u64
    size: u32
    what: u32
    site: u32
    other_site: u32
    thread: u32
    other_thread: u32
    kind: u32
    other_kind: u32
    count: u32
    unused: u32
    home: u32  # shared memory in a launch of clusters: of which block, by its linear number + 1
    padding: u32


@struct
class Thread:
    """One device thread of a resident block."""

    tid_x: u32
    tid_y: u32
    tid_z: u32
    lane: u32
    linear: u32
    status: u32
    op: u32
    mask: u32  # member mask of a warp operation, or id of a barrier
    expected: u32  # barrier: thread count asked for, 0 = the whole block
    site: u32
    operand_b: u32
    operand_c: u32
    value: u64
    result: u64
    predicate: u32
    aligned: u32
    handle: ptr
    clock: Clock
    fence_clock: Clock
    observed: Clock  # published clocks seen by relaxed loads, taken over by the next fence
    id: u32
    epoch: u32
    fence_epoch: u32
    fence_narrow: u32
    group: u32  # asynchronous copies: groups committed
    waited: u32  # asynchronous copies: groups known to be complete
    cluster_arrival: u32  # at the cluster barrier: none, of a phase that goes on, of one that is complete
    unused: u32


@struct
class Block:
    """One resident block and its threads."""

    threads: Ptr[Thread]
    frames: ptr
    shared_copy: ptr
    arrived: Ptr[u32]
    arrived_clocks: Ptr[u64]
    shadow: Ptr[Cell]
    peers: Ptr[u64]  # the blocks of its cluster by rank
    peer_memory: u64  # shared memory of those that do not run; 0 without clusters
    cluster_pending: Clock  # rank 0: arrivals at the cluster barrier
    cluster_clock: Clock  # what its last complete phase gives to those who wait
    linear: u64
    ctaid_x: u32
    ctaid_y: u32
    ctaid_z: u32
    n_threads: u32
    n_done: u32
    n_yielded: u32
    n_waiting: u32
    started: u32
    rank: u32
    n_cluster: u32  # threads that wait at the cluster barrier
    is_blocked: u32  # none can run until another block arrives there
    unused: u32


@struct
class Region:
    """Memory a kernel may touch: ``[low, high)``."""

    low: u64
    high: u64
    shadow: Ptr[Cell]
    writable: u32
    index: u32


@struct
class Machine:
    """The one emulated device. ``current`` stays first: generated code loads it at offset 0."""

    current: Thread
    block: Block
    slots: Ptr[u64]
    regions: Ptr[Region]
    shared: ptr
    entry: ptr
    args: ptr
    workspace: ptr
    n_blocks: u64
    frame_size: u64
    frame_stride: u64
    rng: u64
    clock: u64
    stack_low: u64
    stack_high: u64
    shadow_low: u64
    trap_address: u64
    trap_size: u64
    message: ptr
    message_file: ptr
    findings: Ptr[Finding]
    choices: Ptr[u32]
    arities: Ptr[u32]
    checks: u32
    n_findings: u32
    max_findings: u32
    max_records: u32
    block_threads: u32
    n_threads: u32
    n_chosen: u32
    n_changes: u32  # writes and atomics so far, under checks
    last_site: u32  # of the access before this one, under checks
    n_strong: u32  # atomics and mbarrier tests so far: what makes results depend on the schedule
    max_chosen: u32
    shared_bytes: u32
    dynamic_bytes: u32
    n_regions: u32
    n_resident: u32
    n_slots: u32
    ntid_x: u32
    ntid_y: u32
    ntid_z: u32
    nctaid_x: u32
    nctaid_y: u32
    nctaid_z: u32
    cluster_x: u32
    cluster_y: u32
    cluster_z: u32
    cluster_blocks: u32
    n_phases: u32  # of cluster barriers that were completed
    schedule: u32
    coroutine: u32
    exited_counts: u32
    spins: u32
    stop: u32
    trap_kind: u32
    trap_site: u32
    message_line: u32
    poison: u8


machine = Machine()


@extern("oxide.trap")
def trap(kind: u32, site: u32) -> None:
    """Stop the launch; never returns."""


@native
def next_random() -> u64:
    """xorshift64*: the seeded source of every random choice."""
    x = machine.rng
    x ^= x >> 12
    x ^= x << 25
    x ^= x >> 27
    machine.rng = x
    return x * 0x2545F4914F6CDD1D


MACHINE_SYMBOL = "oxide.machine"
GLOBALS = {"machine": (MACHINE_SYMBOL, "Machine")}


@cache
def state_program() -> Program:
    """The records alone, for their layout."""
    return program_of([sys.modules[__name__]], GLOBALS)


@cache
def record_dtype(name: str) -> np.dtype[np.void]:
    """NumPy dtype of a record (pointers as uint64)."""
    record = state_program().structs[name]
    names = list(record.fields)
    formats = ["u8" if ty.llvm == "ptr" else f"u{ty.size}" for ty, _ in record.fields.values()]
    offsets = [offset for _, offset in record.fields.values()]
    return np.dtype({"names": names, "formats": formats, "offsets": offsets, "itemsize": record.size})
