"""Checked memory of the emulated device: bounds of every access, asynchronous copies, transaction barriers.

What it is: the slow path of an access check (the fast path is inlined in the kernel: does the access lie inside the
region this instruction touched last?), ``cp.async`` (done at once) and ``mbarrier`` objects. What it assumes:
``machine.regions`` lists every buffer, global and constant of the launch; shared memory is one window. What it
guarantees: an access outside every region traps with its address and size before it happens. Under checks
each shared array is a region of its own. Example: 4 bytes at the end of a 16-byte buffer:
``TRAP_OUT_OF_BOUNDS``, address = end, size = 4.
"""

from __future__ import annotations

from compiler.emulator.cluster import is_peer_address, shared_size, shared_start, window_address
from compiler.emulator.heap import memcpy, memset
from compiler.emulator.native import Ptr, address_of, bit, extern, load, native, pointer, ptr, store, u32, u64
from compiler.emulator.ordering import order_mbarrier_complete
from compiler.emulator.schedule import stack_address
from compiler.emulator.state import (
    TRAP_BARRIER_MISUSE,
    TRAP_MISALIGNED,
    TRAP_OUT_OF_BOUNDS,
    TRAP_READ_ONLY,
    TRAP_STACK_OVERFLOW,
    TRAP_TIMEOUT,
    machine,
    trap,
)


@native
def in_range(address: u64, size: u64, low: u64, high: u64) -> bit:
    return address >= low and address < high and size <= high - address


@native
def trap_access(kind: u32, address: u64, size: u64, site: u32) -> None:
    machine.trap_address = window_address(address) if is_peer_address(address) else address
    machine.trap_size = size
    trap(kind, site)


@native
def in_frames(address: u64, size: u64) -> bit:
    """Inside the local memory of the current thread."""
    if in_range(address, size, machine.stack_low, machine.stack_high):
        return True
    if machine.coroutine == 0 or machine.block.frames == 0:
        return False
    low = address_of(machine.block.frames)
    return in_range(address, size, low, low + machine.frame_stride * u64(machine.block.n_threads) + 64)


@native
def check_slow(address: u64, size: u64, cache: Ptr[u64], write: bit, site: u32) -> None:
    """Find the region of an access, remember it for the site, or trap."""
    low = shared_start(address)
    high = low + shared_size()
    if machine.checks == 0 and in_range(address, size, low, high):
        cache[0] = low
        cache[1] = high
        return
    at = window_address(address) if is_peer_address(address) else address
    for i in range(machine.n_regions):
        r = machine.regions[i]
        if in_range(at, size, r.low, r.high):
            if write and r.writable == 0:
                trap_access(TRAP_READ_ONLY, address, size, site)
            cache[0] = r.low + (address - at)
            cache[1] = r.high + (address - at)
            return
    if not in_frames(address, size):
        trap_access(TRAP_OUT_OF_BOUNDS, address, size, site)


@native
def check_access(p: ptr, size: u64, align: u64, cache: Ptr[u64], write: bit, site: u32) -> None:
    """The check in front of every load, store and atomic; inlined into the kernel."""
    address = address_of(p)
    if address < cache[0] or address + size > cache[1]:
        check_slow(address, size, cache, write, site)
    if address & (align - 1) != 0:
        trap_access(TRAP_MISALIGNED, address, size, site)


@native
def poll(site: u32) -> None:
    """On every loop back edge: stop when the time budget is spent."""
    if load_stop() != 0:
        trap(TRAP_TIMEOUT, site)


@extern("oxide.load.stop")
def load_stop() -> u32:
    return 0


@native
def check_stack(site: u32) -> None:
    """On entry of a function that is not inlined."""
    if stack_address() < machine.stack_low:
        trap(TRAP_STACK_OVERFLOW, site)


@native
def copy_async(target: ptr, source: ptr, size: u32, source_size: u32) -> None:
    """``cp.async``: copy ``source_size`` bytes, zero the rest up to ``size``."""
    n = source_size if source_size < size else size
    memcpy(target, source, u64(n))
    if n < size:
        memset(pointer(address_of(target) + u64(n)), u32(0), u64(size - n))


# An mbarrier in 64 bits: phase (1), pending arrivals (20), expected arrivals (20), transaction bytes (23, signed).
PHASE_SHIFT = 63
PENDING_SHIFT = 43
EXPECTED_SHIFT = 23
COUNT_MASK = 0xFFFFF
TX_MASK = 0x7FFFFF


@native
def mbarrier_init(p: ptr, count: u32, site: u32) -> None:
    if count == 0 or count > COUNT_MASK:
        trap(TRAP_BARRIER_MISUSE, site)
    store(u64, p, (u64(count) << PENDING_SHIFT) | (u64(count) << EXPECTED_SHIFT))


@native
def mbarrier_settle(p: ptr, state: u64) -> None:
    """Write ``state``; complete the phase when no arrival and no transaction byte is outstanding."""
    if (state >> PENDING_SHIFT) & COUNT_MASK == 0 and state & TX_MASK == 0:
        expected = (state >> EXPECTED_SHIFT) & COUNT_MASK
        phase = (state >> PHASE_SHIFT) ^ 1
        state = (phase << PHASE_SHIFT) | (expected << PENDING_SHIFT) | (expected << EXPECTED_SHIFT)
        order_mbarrier_complete(p)
    store(u64, p, state)


@native
def mbarrier_arrive(p: ptr, count: u32, site: u32) -> u64:
    """Arrive; the result is the state before, which names the phase to wait for."""
    state = load(u64, p)
    if (state >> PENDING_SHIFT) & COUNT_MASK < u64(count):
        trap(TRAP_BARRIER_MISUSE, site)
    mbarrier_settle(p, state - (u64(count) << PENDING_SHIFT))
    return state


@native
def mbarrier_expect_tx(p: ptr, n_bytes: u32) -> None:
    state = load(u64, p)
    store(u64, p, (state & ~u64(TX_MASK)) | ((state + u64(n_bytes)) & TX_MASK))


@native
def mbarrier_complete_tx(p: ptr, n_bytes: u32) -> None:
    state = load(u64, p)
    mbarrier_settle(p, (state & ~u64(TX_MASK)) | ((state - u64(n_bytes)) & TX_MASK))


@native
def mbarrier_test(p: ptr, token: u64) -> bit:
    """Has the phase of ``token`` completed?"""
    return (load(u64, p) >> PHASE_SHIFT) != (token >> PHASE_SHIFT)


@native
def mbarrier_test_parity(p: ptr, parity: u32) -> bit:
    return (load(u64, p) >> PHASE_SHIFT) != u64(parity & 1)


@native
def mbarrier_invalidate(p: ptr) -> None:
    store(u64, p, u64(0))


@native
def fail_assertion(message: ptr, file: ptr, line: u32) -> None:
    """Remember what an assertion said; the trap that follows reports it."""
    machine.message = message
    machine.message_file = file
    machine.message_line = line
