"""Layout of shared memory: every addrspace(3) global of a kernel in one window.

What it is: offsets of static arrays, then the dynamic part. What it assumes: one block uses the window at a time.
What it guarantees: alignments hold (the window itself is page aligned); an external zero-length array is dynamic
shared memory and starts after the static part. Example: ``[32 x float]`` and ``[8 x i64]`` lie at 0 and 128; dynamic
memory starts at 192.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from compiler.base.dataclass import dataclass, field
from compiler.emulator.ir_text import SYMBOL, Module

_SYMBOL = re.compile(SYMBOL)
DYNAMIC_ALIGNMENT = 128


@dataclass(slots=True)
class SharedLayout:
    """``offsets``: symbol -> (offset_bytes, size_bytes; 0 for dynamic)."""

    offsets: dict[str, tuple[int, int]] = field(default_factory=dict)
    static_bytes: int = 0
    dynamic_offset: int = -1  # -1: no dynamic shared memory
    red_zone_bytes: int = 0  # left unused, all gaps together

    @classmethod
    def of(cls, module: Module, sizes: Mapping[str, tuple[int, int]], red_zone: int = 0) -> SharedLayout:
        """``red_zone``: bytes kept free after each array, so that an access past its end is seen."""
        layout = cls()
        dynamic: list[str] = []
        for name, line in module.globals.items():
            if "addrspace(3)" not in line.split(" global ", 1)[0]:
                continue
            size, align = sizes.get(name, (0, 16))
            if " external " in line or size == 0:
                dynamic.append(name)
                continue
            start = -(-layout.static_bytes // max(align, 1)) * max(align, 1)
            layout.offsets[name] = (start, size)
            layout.static_bytes = start + size + red_zone
            layout.red_zone_bytes += red_zone
        if dynamic:
            layout.dynamic_offset = -(-layout.static_bytes // DYNAMIC_ALIGNMENT) * DYNAMIC_ALIGNMENT
            for name in dynamic:
                layout.offsets[name] = (layout.dynamic_offset, 0)
        return layout


def rename_shared(text: str, layout: SharedLayout) -> str:
    """Uses of shared symbols as constant addresses in the window."""
    if not layout.offsets or "@" not in text:
        return text

    def address(match: re.Match[str]) -> str:
        found = layout.offsets.get(match[0])
        return match[0] if found is None else f"getelementptr (i8, ptr @oxide.shared, i64 {found[0]})"

    return _SYMBOL.sub(address, text)
