"""Unsafe functions of the library by what their promise is about.

What it is: names, for what reads the source and for what follows memory. Assumes: a name is looked up for a function of
the library only. Guarantees: no name is in two tables.

Example: ``add`` is in :data:`ADDRESSES`: the address it computes stays in its object.
"""

from __future__ import annotations

from typing import Final

UNCHECKED: Final = frozenset(("get_unchecked", "get_unchecked_mut"))
ACCESSES: Final = frozenset((
    "read", "write", "read_volatile", "write_volatile", "read_unaligned", "write_unaligned", "replace", "swap", "copy",
    "copy_nonoverlapping", "copy_to", "copy_from", "copy_to_nonoverlapping", "copy_from_nonoverlapping", "write_bytes",
))  # fmt: skip
ADDRESSES: Final = frozenset(("add", "sub", "offset", "byte_add", "byte_sub", "byte_offset"))
LENDS: Final = frozenset((
    "from_ptr", "as_ref", "as_mut", "from_raw_parts", "from_raw_parts_mut", "from_raw_parts_with_space",
    "from_mut_slice", "as_raw_mut_ptr",
))  # fmt: skip
