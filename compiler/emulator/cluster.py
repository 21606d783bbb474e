"""Clusters: which blocks are in one, and the addresses of their shared memory.

What it is: native code for the geometry of clusters and for distributed shared memory. What it assumes: the blocks of
a cluster are resident together, in neighbouring slots; the running block's shared memory is the window
``machine.shared``, that of the others of its cluster lies in ``peer_memory``, one after another by rank. What it
guarantees: an address made by ``mapa`` is right for the block that made it, as long as that block runs. Example: in a
cluster of two, rank 0 asks for rank 1's copy of the window's byte 16: ``peer_memory + peer_stride + 16``.
"""

from __future__ import annotations

from compiler.emulator.native import address_of, bit, native, pointer, ptr, record, u32, u64
from compiler.emulator.state import Block, machine

SHARED_WINDOW_BYTES = 0x40000


@native
def shared_size() -> u64:
    return u64(machine.shared_bytes) + u64(machine.dynamic_bytes)


@native
def peer_stride() -> u64:
    """Bytes from one block's memory to the next one's: pages, with room after the last byte."""
    return (shared_size() + 0x1FFF) & ~u64(0xFFF)


@native
def is_window_address(address: u64) -> bit:
    """In the running block's own shared memory."""
    low = address_of(machine.shared)
    return address >= low and address < low + shared_size()


@native
def is_peer_address(address: u64) -> bit:
    """In the shared memory of another block of the running block's cluster."""
    b = machine.block
    if b.peer_memory == 0 or address < b.peer_memory:
        return False
    return address - b.peer_memory < peer_stride() * u64(machine.cluster_blocks)


@native
def is_shared_address(address: u64) -> bit:
    return is_window_address(address) or is_peer_address(address)


@native
def shared_start(address: u64) -> u64:
    """Where the shared memory with this address begins."""
    if is_peer_address(address):
        return address - (address - machine.block.peer_memory) % peer_stride()
    return address_of(machine.shared)


@native
def shared_owner(address: u64) -> Block:
    """The block whose shared memory this address is in."""
    b = machine.block
    if is_peer_address(address):
        return record(Block, pointer(b.peers[(address - b.peer_memory) // peer_stride()]))
    return b


@native
def window_address(address: u64) -> u64:
    """The same place in the window, for an address in any block's shared memory."""
    return address - shared_start(address) + address_of(machine.shared)


@native
def shared_pointer(address: u64) -> ptr:
    """A shared address given as an integer: an offset (own window, then each peer's), or a generic address."""
    if address < SHARED_WINDOW_BYTES:
        return pointer(address_of(machine.shared) + address)
    if address < u64(SHARED_WINDOW_BYTES) * u64(machine.cluster_blocks + 1):
        rank = address // SHARED_WINDOW_BYTES - 1
        return pointer(machine.block.peer_memory + rank * peer_stride() + address % SHARED_WINDOW_BYTES)
    return pointer(address)


@native
def shared_offset(p: ptr) -> u64:
    """``cvta.to.shared``: what :func:`shared_pointer` takes back."""
    address = address_of(p)
    offset = address - shared_start(address)
    if is_peer_address(address):
        return u64(SHARED_WINDOW_BYTES) * (u64(shared_owner(address).rank) + 1) + offset
    return offset


@native
def is_shared(p: ptr) -> bit:
    """``isspacep.shared``: of the own block."""
    return address_of(p) - address_of(machine.shared) < SHARED_WINDOW_BYTES


@native
def is_shared_cluster(p: ptr) -> bit:
    """``isspacep.shared::cluster``: of any block of the cluster."""
    return is_shared(p) or is_peer_address(address_of(p))


@native
def map_shared(address: u64, rank: u32) -> ptr:
    """``mapa``: the address in block ``rank`` of the cluster; one that is no address for a rank there is not."""
    p = shared_pointer(address)
    offset = address_of(p) - shared_start(address_of(p))
    if rank >= machine.cluster_blocks:
        return pointer(u64(0))
    if rank == machine.block.rank:
        return pointer(address_of(machine.shared) + offset)
    return pointer(machine.block.peer_memory + u64(rank) * peer_stride() + offset)


@native
def cluster_block(cluster: u64, rank: u32) -> u64:
    """Linear number in the grid of a cluster's block."""
    n_x = machine.nctaid_x // machine.cluster_x
    n_y = machine.nctaid_y // machine.cluster_y
    x = u32(cluster % u64(n_x)) * machine.cluster_x + rank % machine.cluster_x
    y = u32(cluster // u64(n_x) % u64(n_y)) * machine.cluster_y + rank // machine.cluster_x % machine.cluster_y
    z = u32(cluster // u64(n_x) // u64(n_y)) * machine.cluster_z + rank // machine.cluster_x // machine.cluster_y
    return (u64(z) * u64(machine.nctaid_y) + u64(y)) * u64(machine.nctaid_x) + u64(x)
