"""A launch in host code, as data.

Assumes nothing. Guarantees: a dimension is None where the source does not say it in constants.

Example: ``HostLaunch(owner, "k", span, block=(256, 1, 1))``.
"""

from __future__ import annotations

from dataclasses import dataclass

from compiler.base.span import Span
from compiler.hir.def_id import DefId

Dims = tuple[int | None, int | None, int | None]
UNKNOWN: Dims = (None, None, None)


@dataclass(frozen=True, slots=True)
class HostLaunch:
    """``rank``: of a ``LaunchConfig{1,2,3}D``, 0 for a plain one. Spans are relative to ``owner``'s item."""

    owner: DefId
    kernel: str
    span: Span
    grid: Dims = UNKNOWN
    block: Dims = UNKNOWN
    shared_bytes: int | None = None
    rank: int = 0
    config_span: Span | None = None
    prepared: bool = False
    unchecked: bool = False
    cooperative: bool = False
