"""Memory of the emulated machine itself: the C allocator, and the trap when it is exhausted.

What it is: declarations of ``malloc`` and its relatives for native code. What it assumes: the process's C library.
What it guarantees: :func:`allocate` and :func:`allocate_zeroed` never return null. Example: ``allocate(64)``.
"""

from __future__ import annotations

from compiler.emulator.native import extern, native, ptr, u32, u64
from compiler.emulator.state import TRAP_OUT_OF_MEMORY, trap


@extern("malloc")
def malloc(size: u64) -> ptr:
    return 0


@extern("calloc")
def calloc(count: u64, size: u64) -> ptr:
    return 0


@extern("free")
def free(p: ptr) -> None:
    """C's free."""


@extern("memset")
def memset(p: ptr, byte: u32, size: u64) -> ptr:
    return p


@extern("memcpy")
def memcpy(target: ptr, source: ptr, size: u64) -> ptr:
    return target


@native
def allocate(size: u64) -> ptr:
    p = malloc(size)
    if p == 0:
        trap(TRAP_OUT_OF_MEMORY, u32(0))
    return p


@native
def allocate_zeroed(size: u64) -> ptr:
    p = calloc(u64(1), size)
    if p == 0:
        trap(TRAP_OUT_OF_MEMORY, u32(0))
    return p
