"""Garbage collection held back while a module is built.

What it is: a context manager. Building IR makes many objects that all live, so the cyclic collector, which runs by
count of allocations, walks the whole heap again and again and frees nothing: it took more than half of lowering's
time. What it guarantees: the collector is as it was afterwards, also after an exception, and when nested. Example::

    with collector_paused():
        module = lower_mir(module)
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
