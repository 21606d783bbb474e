"""Shadow memory: every access of every thread against those before it, for races, uninitialised reads and convergence.

What it is: native code called in front of each access of an instrumented kernel. Four bytes of global, constant or
shared memory have a cell with the accesses not yet covered by a later one. What it assumes: regions and blocks carry
their cells; ``clocks.py`` orders threads. What it guarantees: two accesses to a common byte, one of them a plain write
(or two atomics whose scopes do not include each other), neither known to the other's thread, are a finding, whatever
the interleaving was; a finding is kept once per pair of source sites. Example: ``s[t] = x; y = s[t + 1]`` without a
barrier: a race of thread 0's read with thread 1's write, in every schedule.
"""

from __future__ import annotations

from compiler.emulator.clocks import (
    KIND_ASYNC,
    KIND_ATOMIC,
    KIND_COPY,
    KIND_NARROW,
    KIND_WRITE,
    drop_clock,
    happened_before,
    is_known,
    order_block_end,
)
from compiler.emulator.cluster import (
    is_peer_address,
    is_shared_address,
    is_window_address,
    shared_owner,
    shared_size,
    shared_start,
    window_address,
)
from compiler.emulator.heap import allocate, allocate_zeroed, free, memcpy
from compiler.emulator.native import Ptr, address_of, array, bit, native, pointer, ptr, record, size_of, u32, u64
from compiler.emulator.state import Block, Cell, Finding, Record, Sync, Thread, machine

CHECK_RACES = 1
CHECK_INIT = 2
CHECK_BOUNDS = 4
CHECK_CONVERGENCE = 8

FOUND_RACE = 1
FOUND_UNINITIALISED = 2
FOUND_BARRIER_SITES = 3
FOUND_WARP_SITES = 4
FOUND_SHUFFLE_SOURCE = 5
FOUND_BLOCK_ENDED = 6
FOUND_CLUSTER_SITES = 7


@native
def find(what: u32, site: u32, other_site: u32, kinds: u32) -> Finding:
    """The finding of these sites, counted; a new one has ``count`` 1, null when the table is full."""
    for i in range(machine.n_findings):
        f = machine.findings[i]
        if f.what == what and f.unused == kinds:
            if (f.site == site and f.other_site == other_site) or (f.site == other_site and f.other_site == site):
                f.count += 1
                return f
    if machine.n_findings == machine.max_findings:
        return record(Finding, pointer(u64(0)))
    made = machine.findings[machine.n_findings]
    machine.n_findings += 1
    made.what = what
    made.site = site
    made.other_site = other_site
    made.unused = kinds
    made.count = 1
    return made


@native
def place_finding(f: Finding, address: u64, size: u32) -> None:
    """Where it is; shared memory by its place in the window, and the block it belongs to."""
    f.address = address
    f.size = size
    f.home = 0
    if machine.cluster_blocks > 1 and is_shared_address(address):
        f.address = window_address(address)
        f.home = u32(shared_owner(address).linear) + 1


@native
def report_race(r: Record, address: u64, size: u32, kind: u32, site: u32) -> None:
    plain = KIND_WRITE | KIND_ATOMIC
    f = find(FOUND_RACE, site, r.site, (kind | r.kind) & plain)
    if address_of(f) != 0 and f.count == 1:
        place_finding(f, address, size)
        f.thread = machine.current.id
        f.kind = kind
        f.other_thread = r.thread
        f.other_kind = r.kind


@native
def report_uninitialised(address: u64, size: u32, site: u32) -> None:
    f = find(FOUND_UNINITIALISED, site, u32(0), u32(0))
    if address_of(f) != 0 and f.count == 1:
        place_finding(f, address, size)
        f.thread = machine.current.id


@native
def report_ended(b: Block, thread: u32, site: u32, kind: u32, address: u64, size: u32) -> None:
    """A thread of another block uses shared memory of ``b``, all threads of which may have returned."""
    if machine.checks & CHECK_BOUNDS == 0:
        return
    f = find(FOUND_BLOCK_ENDED, site, u32(0), kind & KIND_WRITE)
    if address_of(f) != 0 and f.count == 1:
        f.address = address
        f.size = size
        f.home = u32(b.linear) + 1
        f.thread = thread
        f.kind = kind


@native
def check_block_end(b: Block) -> None:
    """When a block of a cluster is done: which accesses of other blocks to its memory may come after that?"""
    if machine.checks & CHECK_BOUNDS == 0 or b.peer_memory == 0:
        return
    known = order_block_end(b)
    first = u32(b.linear) * machine.block_threads
    n = u32((shared_size() + 3) // 4)
    for i in range(n):
        cell = b.shadow[i]
        for k in range(cell.count):
            r = cell.records[k]
            if r.thread - first >= machine.block_threads and not is_known(known, r):
                report_ended(b, r.thread, r.site, r.kind, address_of(machine.shared) + u64(i) * 4, u32(4))
    drop_clock(known)


@native
def report_sites(what: u32, t: Thread, other: Thread) -> None:
    """Two threads meet at different places."""
    if machine.checks & CHECK_CONVERGENCE == 0:
        return
    f = find(what, t.site, other.site, u32(0))
    if address_of(f) != 0 and f.count == 1:
        f.thread = t.id
        f.other_thread = other.id
        if f.site != t.site:
            f.thread = other.id
            f.other_thread = t.id


@native
def conflicting(kind: u32, other: u32, same_block: bit) -> bit:
    both = kind | other
    if both & KIND_WRITE == 0:
        return False
    if kind & other & KIND_ATOMIC != 0:
        return both & KIND_NARROW != 0 and not same_block
    return True


@native
def covers(kind: u32, other: u32) -> bit:
    """Whatever would race with an ``other`` before this access races with this access too."""
    if kind & KIND_ASYNC != 0:
        return False
    if kind & KIND_ATOMIC == 0:
        return kind & KIND_WRITE != 0 or other & (KIND_WRITE | KIND_ATOMIC) == 0
    if other & KIND_ATOMIC == 0 or (other & KIND_NARROW != 0 and kind & KIND_NARROW == 0):
        return False
    return kind & KIND_WRITE != 0 or other & KIND_WRITE == 0


@native
def append_record(cell: Cell) -> Record:
    """Room for one more access; when the cell is full an old one makes place."""
    if cell.count == machine.max_records:
        return cell.records[machine.current.id % machine.max_records]
    if cell.count == cell.capacity:
        capacity = cell.capacity * 2 if cell.capacity != 0 else u32(2)
        grown = allocate(u64(capacity) * size_of(Record))
        memcpy(grown, pointer(address_of(cell.records)), u64(cell.count) * size_of(Record))
        free(pointer(address_of(cell.records)))
        cell.records = array(Record, grown)
        cell.capacity = capacity
    cell.count += 1
    return cell.records[cell.count - 1]


@native
def access_cell(cell: Cell, mask: u32, kind: u32, site: u32, address: u64, size: u32) -> None:
    """Compare with the remembered accesses, forget those covered, remember this one."""
    t = machine.current
    first = u32(machine.block.linear) * machine.block_threads
    kept = u32(0)
    for i in range(cell.count):
        r = cell.records[i]
        before = happened_before(t, r)
        if not before and r.mask & mask != 0:
            if conflicting(kind, r.kind, r.thread - first < machine.block_threads):
                report_race(r, address, size, kind, site)
        if not (before and r.mask & ~mask == 0 and covers(kind, r.kind)):
            if kept != i:
                memcpy(
                    pointer(address_of(cell.records[kept])),
                    pointer(address_of(cell.records[i])),
                    size_of(Record),
                )
            kept += 1
    cell.count = kept
    made = append_record(cell)
    made.thread = t.id
    made.epoch = t.epoch
    made.site = site
    made.kind = kind
    made.group = t.group + 1
    made.mask = mask


@native
def cells_at(address: u64) -> Ptr[Cell]:
    """The cell of an address, null for memory without a shadow (locals); ``shadow_low`` becomes where cells begin."""
    if is_shared_address(address):
        machine.shadow_low = shared_start(address)
        return shared_owner(address).shadow + ((address - machine.shadow_low) >> 2)
    for i in range(machine.n_regions):
        r = machine.regions[i]
        if address >= r.low and address < r.high and address_of(r.shadow) != 0:
            machine.shadow_low = r.low
            return r.shadow + ((address - r.low) >> 2)
    return array(Cell, pointer(u64(0)))


@native
def byte_mask(address: u64, size: u64, at: u64) -> u32:
    """Bytes of the cell that starts at ``at`` which an access touches."""
    low = address - at if address > at else u64(0)
    end = address + size - at
    end = min(end, u64(4))
    return u32(((u64(1) << end) - 1) & ~((u64(1) << low) - 1))


@native
def shadow_access(p: ptr, size: u64, kind: u32, site: u32) -> None:
    """In front of every access of an instrumented kernel."""
    address = address_of(p)
    if machine.checks == 0 or size == 0:
        return
    machine.last_site = site
    machine.n_changes += kind & KIND_WRITE
    cells = cells_at(address)
    if address_of(cells) == 0:
        return
    shared = is_shared_address(address)
    if is_peer_address(address):
        owner = shared_owner(address)
        if owner.n_done == owner.n_threads:
            report_ended(owner, machine.current.id, site, kind, window_address(address), u32(size))
    start = address - ((address - machine.shadow_low) & 3)
    n = (address + size - start + 3) >> 2
    missing = u32(0)
    for i in range(n):
        at = start + i * 4
        mask = byte_mask(address, size, at)
        cell = cells[i]
        if machine.checks & CHECK_RACES != 0:
            access_cell(cell, mask, kind, site, address, u32(size))
        if kind & KIND_WRITE != 0:
            cell.init |= mask
        else:
            missing |= mask & ~cell.init
    if shared and missing != 0 and machine.checks & CHECK_INIT != 0 and kind & KIND_COPY == 0:
        report_uninitialised(address, u32(size), site)


@native
def shadow_update_init(p: ptr, size: u64, site: u32) -> None:
    """Before a read-modify-write: it reads as well."""
    address = address_of(p)
    if machine.checks & CHECK_INIT == 0 or not is_shared_address(address):
        return
    cells = cells_at(address)
    start = address - ((address - machine.shadow_low) & 3)
    n = (address + size - start + 3) >> 2
    for i in range(n):
        if byte_mask(address, size, start + i * 4) & ~cells[i].init != 0:
            report_uninitialised(address, u32(size), site)


@native
def shadow_copied(target: ptr, source: ptr, size: u64) -> None:
    """After a block copy: what was uninitialised stays so."""
    if machine.checks == 0 or not is_shared_address(address_of(target)):
        return
    if not is_shared_address(address_of(source)) or size & 3 != 0:
        return
    to = cells_at(address_of(target))
    source_cells = cells_at(address_of(source))
    for i in range(size >> 2):
        to[i].init = source_cells[i].init


@native
def sync_of(cell: Cell) -> Sync:
    if address_of(cell.sync) == 0:
        cell.sync = record(Sync, allocate_zeroed(size_of(Sync)))
    return cell.sync


@native
def clear_cells(cells: Ptr[Cell], n: u64) -> None:
    """Forget everything, and give the memory back."""
    if address_of(cells) == 0:
        return
    for i in range(n):
        cell = cells[i]
        free(pointer(address_of(cell.records)))
        if address_of(cell.sync) != 0:
            drop_clock(cell.sync.clock)
            drop_clock(cell.sync.pending)
            free(pointer(address_of(cell.sync)))
        cell.records = array(Record, pointer(u64(0)))
        cell.sync = record(Sync, pointer(u64(0)))
        cell.count = 0
        cell.capacity = 0
        cell.init = 0


@native
def open_shadow() -> None:
    """Cells of every region of the launch."""
    for i in range(machine.n_regions):
        r = machine.regions[i]
        if not is_window_address(r.low):
            n = (r.high - r.low + 4) >> 2
            r.shadow = array(Cell, allocate_zeroed((n + 1) * size_of(Cell)))


@native
def close_shadow() -> None:
    for i in range(machine.n_regions):
        r = machine.regions[i]
        if address_of(r.shadow) != 0:
            clear_cells(r.shadow, (r.high - r.low + 4) >> 2)
            free(pointer(address_of(r.shadow)))
            r.shadow = array(Cell, pointer(u64(0)))
