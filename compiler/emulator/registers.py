"""Special registers of PTX (``%tid``, ``%laneid``, ``%clock64`` ...), read from the machine's records.

What it is: one native function per register, inlined into kernels. What it assumes: ``machine.current`` and
``machine.block`` are the running thread and block; a launch without clusters is one of clusters of one block. What it
guarantees: ``%clock`` and ``%globaltimer`` grow with every read and are deterministic (reads are counted, time is
not). Example: ``%lanemask_lt`` of lane 3 is 7.
"""

from __future__ import annotations

from compiler.emulator.native import address_of, native, u32, u64
from compiler.emulator.state import machine

CLOCK_STEP = 16


@native
def sreg_tid_x() -> u32:
    return machine.current.tid_x


@native
def sreg_tid_y() -> u32:
    return machine.current.tid_y


@native
def sreg_tid_z() -> u32:
    return machine.current.tid_z


@native
def sreg_ntid_x() -> u32:
    return machine.ntid_x


@native
def sreg_ntid_y() -> u32:
    return machine.ntid_y


@native
def sreg_ntid_z() -> u32:
    return machine.ntid_z


@native
def sreg_ctaid_x() -> u32:
    return machine.block.ctaid_x


@native
def sreg_ctaid_y() -> u32:
    return machine.block.ctaid_y


@native
def sreg_ctaid_z() -> u32:
    return machine.block.ctaid_z


@native
def sreg_nctaid_x() -> u32:
    return machine.nctaid_x


@native
def sreg_nctaid_y() -> u32:
    return machine.nctaid_y


@native
def sreg_nctaid_z() -> u32:
    return machine.nctaid_z


@native
def sreg_laneid() -> u32:
    return machine.current.lane


@native
def sreg_warpid() -> u32:
    return machine.current.linear >> 5


@native
def sreg_nwarpid() -> u32:
    return (machine.block.n_threads + 31) >> 5


@native
def sreg_warpsize() -> u32:
    return u32(32)


@native
def sreg_lanemask_eq() -> u32:
    return u32(1) << machine.current.lane


@native
def sreg_lanemask_lt() -> u32:
    return (u32(1) << machine.current.lane) - 1


@native
def sreg_lanemask_le() -> u32:
    return (u32(2) << machine.current.lane) - 1


@native
def sreg_lanemask_ge() -> u32:
    return ~((u32(1) << machine.current.lane) - 1)


@native
def sreg_lanemask_gt() -> u32:
    return ~((u32(2) << machine.current.lane) - 1)


@native
def sreg_smid() -> u32:
    return u32(machine.block.linear)


@native
def sreg_nsmid() -> u32:
    return u32(machine.n_blocks)


@native
def sreg_gridid() -> u64:
    return u64(1)


@native
def sreg_clock64() -> u64:
    machine.clock += CLOCK_STEP
    return machine.clock


@native
def sreg_clock() -> u32:
    return u32(sreg_clock64())


@native
def sreg_globaltimer() -> u64:
    return sreg_clock64()


@native
def sreg_envreg1() -> u32:
    """High half of the grid workspace's address (cooperative launches)."""
    return u32(address_of(machine.workspace) >> 32)


@native
def sreg_envreg2() -> u32:
    return u32(address_of(machine.workspace))


@native
def sreg_dynamic_smem_size() -> u32:
    return machine.dynamic_bytes


@native
def sreg_total_smem_size() -> u32:
    return machine.shared_bytes + machine.dynamic_bytes


@native
def sreg_cluster_nctaid_x() -> u32:
    return machine.cluster_x


@native
def sreg_cluster_ctaid_x() -> u32:
    return machine.block.ctaid_x % machine.cluster_x


@native
def sreg_clusterid_x() -> u32:
    return machine.block.ctaid_x // machine.cluster_x


@native
def sreg_nclusterid_x() -> u32:
    return machine.nctaid_x // machine.cluster_x


@native
def sreg_cluster_nctaid_y() -> u32:
    return machine.cluster_y


@native
def sreg_cluster_ctaid_y() -> u32:
    return machine.block.ctaid_y % machine.cluster_y


@native
def sreg_clusterid_y() -> u32:
    return machine.block.ctaid_y // machine.cluster_y


@native
def sreg_nclusterid_y() -> u32:
    return machine.nctaid_y // machine.cluster_y


@native
def sreg_cluster_nctaid_z() -> u32:
    return machine.cluster_z


@native
def sreg_cluster_ctaid_z() -> u32:
    return machine.block.ctaid_z % machine.cluster_z


@native
def sreg_clusterid_z() -> u32:
    return machine.block.ctaid_z // machine.cluster_z


@native
def sreg_nclusterid_z() -> u32:
    return machine.nctaid_z // machine.cluster_z


@native
def sreg_cluster_ctarank() -> u32:
    return machine.block.rank


@native
def sreg_cluster_nctarank() -> u32:
    return machine.cluster_blocks
