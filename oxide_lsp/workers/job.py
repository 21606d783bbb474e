"""What a job is: a function from parameters to a JSON value, and how it says that the user's code cannot be done.

Assumes: nothing; apart from :mod:`oxide_lsp.workers.child` because that module runs as ``__main__`` and would be a
second copy of itself if jobs imported it.
Guarantees: a :class:`JobError` reaches the user word for word; any other exception is an internal error.

Example: ``raise JobError("no such kernel: saxpi")``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Progress = Callable[[str, int | None], None]
Job = Callable[[dict[str, Any], Progress], Any]


class JobError(Exception):
    """A failure that is the user's to read: its text is shown as it is."""
