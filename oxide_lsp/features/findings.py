"""What running a kernel found wrong with it, as places in its source.

Assumes: a record's line is relative to the kernel's first line at the time of the run.
Guarantees: a finding moves with its kernel; once the kernel's code has changed it says so and is only a hint.

>>> from oxide_lsp.features.code_lens import Record
>>> Finding(12, "out of bounds", is_stale=True).message
'out of bounds (of a run before the last edit)'
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from compiler.semantics.api import KernelSummary
from oxide_lsp.features.code_lens import BENCH, CHECK, RUN, Record


class Finding:
    """One fault at a line (from 1) of the present text."""

    __slots__ = ("is_stale", "line", "message")

    def __init__(self, line: int, message: str, is_stale: bool) -> None:
        self.line = line
        self.message = f"{message} (of a run before the last edit)" if is_stale else message
        self.is_stale = is_stale


def findings(records: Mapping[tuple[str, str, str], Record], kernels: tuple[KernelSummary, ...]) -> Iterator[Finding]:
    """The faults of the last runs of a file's kernels."""
    for kernel in kernels:
        seen: set[tuple[int, str]] = set()
        for action in (RUN, BENCH, CHECK):
            record = records.get((kernel.file, kernel.name, action))
            if record is None or record.state != "failed" or record.fault_line is None:
                continue
            if (record.fault_line, record.summary) not in seen:
                seen.add((record.fault_line, record.summary))
                is_stale = record.content_hash != kernel.content_hash
                yield Finding(kernel.line + record.fault_line, record.summary, is_stale)
