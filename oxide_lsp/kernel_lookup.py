"""Which kernel a command or a virtual document means.

Assumes: kernel names are unique in a file.
Guarantees: None, not an error, when there is no such kernel.

Example: ``await by_name(session, "/k.rs", "saxpy")``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compiler.semantics.api import KernelSummary
from oxide_lsp.schedule import Lane

if TYPE_CHECKING:
    from oxide_lsp.session import Session


async def all_of(session: Session, path: str) -> tuple[KernelSummary, ...]:
    """The kernels of a file, in source order."""
    found = await session.of_kernels(path, Lane.LATENCY, lambda analysis, _index: analysis.kernels(path))
    return found or ()


async def by_name(session: Session, path: str, name: str) -> KernelSummary | None:
    """The kernel of that name, or None. ``name`` "" means the first."""
    for kernel in await all_of(session, path):
        if kernel.name == name or not name:
            return kernel
    return None


async def at_line(session: Session, path: str, line_0: int) -> KernelSummary | None:
    """The kernel a line is in, or the next one below it, or the last."""
    kernels = await all_of(session, path)
    index = session.index_of(path)
    offset = index.starts[min(line_0, len(index.starts) - 1)]
    for kernel in kernels:
        if offset <= kernel.span.end:
            return kernel
    return kernels[-1] if kernels else None
